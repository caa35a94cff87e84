/* fact.h: facts that checks understand, whatever the model.
 *
 * A fact is what a model says in public about itself. Most are the model's own (`leader`, `routed`). These few have one meaning everywhere, so that a
 * check written once serves all models. A model puts them into its table of facts by these initializers. */
#pragma once

#include "base/field.h"

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

extern ORR_PUBLIC const OrrField orr_fact_version_fields[];
extern ORR_PUBLIC const OrrField orr_fact_value_fields[];
extern ORR_PUBLIC const OrrField orr_fact_applied_fields[];

#define ORR_FACT_VERSION \
  ORR_RECORD ("version", OrrFactVersion, orr_fact_version_fields, .doc = "a write took its place in its key's order of writes")
#define ORR_FACT_VALUE ORR_RECORD ("value", OrrFactValue, orr_fact_value_fields, .doc = "what the node holds of a key")
#define ORR_FACT_APPLIED \
  ORR_RECORD ("applied", OrrFactApplied, orr_fact_applied_fields, .doc = "the node came to hold a write, and shows it")

G_END_DECLS
