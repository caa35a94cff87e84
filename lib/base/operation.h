/* operation.h: what clients ask for and what they are told.
 *
 * An operation is a list of steps on an object: one step for a register (`read x`), several for a transaction. It is invoked at a time
 * in a session, and completes with an outcome: ok; fail, which promises that it had no effect; or unknown, when the client cannot tell
 * (a time-out is unknown, never a failure). A session runs one operation at a time; after an unknown outcome it goes on as a new logical
 * process, because the old operation may still take effect. */
#pragma once

#include "base/field.h"

G_BEGIN_DECLS

/* Which operation of which session; a plain value that a server may store, log, forward and answer later. */
typedef struct
{
  OrrAddress client; /* the host whose session asked */
  guint32 session;   /* 0-based, in all hosts together */
  guint32 serial;    /* the operation's index in the run, 0-based */
  guint32 attempt;   /* 0 at first */
} OrrRequest;

/* All kinds of steps. Which of them an object has, and what they do to it, is the object's to say (object/object.h). */
typedef enum
{
  ORR_STEP_NONE,
  ORR_READ,       /* key → value */
  ORR_WRITE,      /* key, value */
  ORR_CAS,        /* key, expected, value: write if it holds the expected value, else fail */
  ORR_DELETE,     /* key */
  ORR_APPEND,     /* key, value: to the end of a list or text */
  ORR_ADD,        /* key, value: to a set */
  ORR_REMOVE,     /* key, value: from a set */
  ORR_INCREMENT,  /* key, value: of a counter, by a whole number */
  ORR_WITHDRAW,   /* key, value: from an account, fails if the balance does not cover it */
  ORR_DEPOSIT,    /* key, value: to an account */
  ORR_BULK_WRITE, /* value rows of expected bytes each, into no key: load alone */
  ORR_ENQUEUE,    /* key, value: to the end of a queue */
  ORR_DEQUEUE,    /* key → the first value of a queue, which it takes out; nil where it is empty */
  ORR_PUSH,       /* key, value: on top of a stack */
  ORR_POP,        /* key → the top value of a stack, which it takes off; nil where it is empty */
  ORR_ACQUIRE,    /* key: a lock, fails where it is held */
  ORR_RELEASE,    /* key: a lock, fails where it is free */
  ORR_N_STEP_KINDS
} OrrStepKind;

typedef struct
{
  OrrStepKind kind;
  OrrKey key;
  OrrValue value, expected;
} OrrStep;

typedef struct
{
  OrrRequest id;
  const OrrStep *steps;
  guint n_steps;
  gboolean reads_only;       /* no step changes anything */
  gconstpointer attributes;  /* the model's own, by its `attributes` record; never NULL where the model has one */
  OrrTime timeout;           /* how long the client will wait, from now; ORR_TIME_NEVER: for ever */
} OrrOperation;

typedef enum
{
  ORR_OK,
  ORR_FAIL,    /* it had no effect and never will */
  ORR_UNKNOWN, /* it may have had an effect, or have it later */
} OrrOutcome;

/* What a client is told. All pointers are the caller's and are copied. */
typedef struct
{
  OrrOutcome outcome;
  const OrrValue *values;    /* one a step: what a read returned; NULL where nothing was read */
  const guint64 *versions;   /* one a step: hidden order, see below; NULL where the model knows none */
  OrrAddress server;         /* who served it; ORR_NOBODY where that means nothing */
  const char *note;          /* a warning, or why it failed; may be NULL */
} OrrResult;

/* Hidden order. A simulated system knows what a real client can only guess: in which order a key's writes took effect. A model that has
 * one order of each key's writes gives each write a version, by which checks are fast and exact: for a write step its own version, for a read step
 * the version of the write it returned, 0 for the initial value. Versions of a key grow in the order of its writes. Clients never see them. */

ORR_PUBLIC const char *orr_outcome_name (OrrOutcome outcome);          /* "ok", "fail", "unknown" */

G_END_DECLS
