/* fact.h: facts that checks understand, whatever the model.
 *
 * A fact is what a model says in public about itself. Most are the model's own (`leader`, `routed`). These few have one meaning everywhere, so that a
 * check written once serves all models. A model puts them into its table of facts by these initializers. */
#pragma once

#include "base/causality.h"

G_BEGIN_DECLS

/* A write took its place in its key's order of writes. Published by whoever decides that order, also where the client
 * never hears of it; said again after a recovery it changes nothing, the first time counts. */
typedef struct
{
  OrrKey key;
  OrrValue value;
  guint64 version;  /* > 0; grows with each write of the key */
  guint64 previous; /* the version it was built upon, 0 for the initial value: what follows the chain back from the last version is what was kept */
} OrrFactVersion;

/* What a node holds of a key now: said in `observe`, for convergence, durability and replay. A key that a node does not name is one it does not
 * hold. */
typedef struct
{
  OrrKey key;
  OrrValue value;
  guint64 version; /* 0: the initial value, or versions are not known */
} OrrFactValue;

/* A node came to hold a write: reads that it serves from now on see it, or a later one. Published by each node that holds the key, also by the
 * one that wrote it, in the order of versions; said again after a recovery it changes nothing. It tells when each node had caught up, and where a
 * value was when a read missed it. */
typedef struct
{
  OrrKey key;
  OrrValue value;
  guint64 version; /* as in OrrFactVersion */
} OrrFactApplied;

/* A node shows an event that happened somewhere, with its vector clock, from now on. Said by each node for each event, in the order in which they
 * are shown; said again after a recovery it changes nothing. */
typedef struct
{
  OrrKey key;
  OrrValue value;
  OrrDot dot;      /* where it happened, as the how-manieth there */
  OrrVector clock; /* its past, and the dot */
  gint32 order;    /* OrrOrder: how it stands to the event of its key that was shown before it */
} OrrFactDelivered;

extern ORR_PUBLIC const OrrField orr_fact_version_fields[];
extern ORR_PUBLIC const OrrField orr_fact_value_fields[];
extern ORR_PUBLIC const OrrField orr_fact_applied_fields[];
extern ORR_PUBLIC const OrrField orr_fact_delivered_fields[];

#define ORR_FACT_VERSION \
  ORR_RECORD ("version", OrrFactVersion, orr_fact_version_fields, .doc = "a write took its place in its key's order of writes")
#define ORR_FACT_VALUE ORR_RECORD ("value", OrrFactValue, orr_fact_value_fields, .doc = "what the node holds of a key")
#define ORR_FACT_APPLIED \
  ORR_RECORD ("applied", OrrFactApplied, orr_fact_applied_fields, .doc = "the node came to hold a write, and shows it")
#define ORR_FACT_DELIVERED \
  ORR_RECORD ("delivered", OrrFactDelivered, orr_fact_delivered_fields, .doc = "the node shows an event from now on")

/* --- Facts about atomic commitment: what a protocol that makes several processes decide alike says about itself
 * (Bernstein, Hadzilacos & Goodman 1987, §7.2). A transaction's number is its operation's place in the run, from 1. --- */

typedef enum
{
  ORR_VOTE_NO,
  ORR_VOTE_YES,
  ORR_VOTE_READ_ONLY, /* yes, and whatever is decided makes no difference there */
} OrrVote;

typedef enum
{
  ORR_DECIDED_ABORT,
  ORR_DECIDED_COMMIT,
} OrrDecision;

extern ORR_PUBLIC const OrrChoice orr_votes[];     /* words for OrrVote */
extern ORR_PUBLIC const OrrChoice orr_decisions[]; /* and for OrrDecision */

/* Votes are going to be asked for. */
typedef struct
{
  guint64 transaction;
  OrrArray participants; /* OrrAddress: whose votes */
} OrrFactBegun;

/* A process voted; one that was not asked may say no. */
typedef struct
{
  guint64 transaction;
  gint32 vote; /* OrrVote */
} OrrFactVoted;

/* A process decided: for good, and durably. Said again after a recovery. */
typedef struct
{
  guint64 transaction;
  gint32 decision; /* OrrDecision */
} OrrFactDecided;

/* What happened to a process in a transaction: it waited too long for others, and takes one of them to be down
 * (`suspected`); or it has voted yes, asked whom it can, and can neither commit nor abort (`blocked`). */
typedef struct
{
  guint64 transaction;
} OrrFactTransaction;

extern ORR_PUBLIC const OrrField orr_fact_begun_fields[];
extern ORR_PUBLIC const OrrField orr_fact_voted_fields[];
extern ORR_PUBLIC const OrrField orr_fact_decided_fields[];
extern ORR_PUBLIC const OrrField orr_fact_suspected_fields[];
extern ORR_PUBLIC const OrrField orr_fact_blocked_fields[];

#define ORR_FACT_BEGUN \
  ORR_RECORD ("begun", OrrFactBegun, orr_fact_begun_fields, .doc = "votes on a transaction are going to be asked for")
#define ORR_FACT_VOTED ORR_RECORD ("voted", OrrFactVoted, orr_fact_voted_fields, .doc = "the process voted on a transaction")
#define ORR_FACT_DECIDED ORR_RECORD ("decided", OrrFactDecided, orr_fact_decided_fields, .doc = "the process decided a transaction")
#define ORR_FACT_SUSPECTED \
  ORR_RECORD ("suspected", OrrFactTransaction, orr_fact_suspected_fields, .doc = "the process takes another one to be down")
#define ORR_FACT_BLOCKED \
  ORR_RECORD ("blocked", OrrFactTransaction, orr_fact_blocked_fields, .doc = "the process can neither commit nor abort")

G_END_DECLS
