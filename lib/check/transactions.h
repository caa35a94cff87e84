/* transactions.h: a history as transactions that read what others wrote. Not installed.
 *
 * Isolation levels speak of committed transactions, of which write each read returned, and of the order of each key's
 * writes. This header has the three: transactions with their reads and writes; what is wrong whatever the order
 * is (Adya's G1a and G1b, and values from nowhere); and for each key as much of its order of writes as is known:
 * a chain, and behind it the writes whose order nobody saw.
 *
 * A failed operation is an aborted transaction. One whose outcome is unknown counts as committed if anything it wrote
 * was read, or took its place in a known order; else it is left out, since it might as well never have happened. */
#pragma once

#include "check/check-private.h"
#include "check/pairs.h"

G_BEGIN_DECLS

#define ORR_NONE G_MAXUINT

/* --- Who wrote what, in the whole history --- */

typedef struct
{
  guint operation, step;
  gboolean several; /* more than one transaction may have written it */
  gboolean failed;  /* only transactions that failed wrote it */
} OrrWritten;

typedef struct
{
  const OrrHistory *history;
  OrrPairs places; /* (key, value) → index */
  GArray *written; /* OrrWritten */
  OrrPairs unclear; /* (key, 0): steps on it that neither replace nor append, or both */
  OrrPairs appends; /* (key, 0): a list */
  guint8 *placed;   /* by operation: something it wrote stands in the known order */
  gboolean versions; /* reads and writes are told by their versions, not by their values */
} OrrValues;

OrrValues *orr_values_new (const OrrHistory *history);
void orr_values_free (OrrValues *values); /* accepts NULL */

/* --- Transactions --- */

typedef struct
{
  guint operation;
  guint chain, place;   /* its session's chain of transactions, and where it stands there, from 0 */
  guint before;         /* the transaction before it in its session's order; ORR_NONE: none */
  OrrTime start, end;   /* end: ORR_TIME_NEVER where nobody knows */
  guint first_read, n_reads;   /* by step */
  guint first_write, n_writes; /* by key */
} OrrTransaction;

/* The last write of a transaction to a key. */
typedef struct
{
  guint transaction, key, step;
  guint rank;         /* of its last link in its key's chain, from 1; 0: none, its order is not known */
  guint first_reader; /* where it has no rank: its readers, by OrrExternalRead.next; ORR_NONE: none */
} OrrLastWrite;

#define ORR_SOURCE_INITIAL (G_MAXUINT - 1) /* nobody's: what was there before all writes */

/* A read of what others wrote. */
typedef struct
{
  guint transaction, key, step;
  guint source; /* index of the OrrLastWrite; ORR_SOURCE_INITIAL; ORR_NONE: it says nothing */
  guint writer; /* the transaction; ORR_NONE: none, or not known */
  guint rank;   /* in the chain: how many links were seen; ORR_NONE: not of the chain */
  gboolean updates; /* its transaction writes the same key */
  guint next;
} OrrExternalRead;

typedef struct
{
  OrrKey key;
  guint first_link, n_links; /* into links: transactions, in order */
  GArray *loose;             /* OrrLastWrite indices: behind the chain, in no known order */
  guint shown_by;            /* the operation whose read showed the chain; ORR_NONE: none, it is known otherwise */
} OrrAccessedKey;

/* What is wrong whatever the order is. */
typedef enum
{
  ORR_FLAW_THIN_AIR,     /* a value that nobody wrote */
  ORR_FLAW_INTERNAL,     /* not what the transaction itself had written */
  ORR_FLAW_DUPLICATE,    /* one append twice in a list */
  ORR_FLAW_INCOMPATIBLE, /* two lists of which neither begins the other */
  ORR_FLAW_SCRAMBLED,    /* a list that has the appends of one transaction in another order, or not all before the last of them */
  ORR_FLAW_ABORTED,      /* G1a */
  ORR_FLAW_INTERMEDIATE, /* G1b */
  ORR_N_FLAWS
} OrrFlawKind;

typedef struct
{
  OrrFlawKind kind;
  OrrKey key;
  OrrValue value;
  guint operation, step; /* who read it */
  guint other, other_step; /* who wrote it, or read otherwise; ORR_NONE */
} OrrFlaw;

typedef struct
{
  const OrrValues *values;
  const OrrHistory *history;
  guint n_operations;
  GArray *transactions; /* OrrTransaction, in the order of the history */
  GArray *writes, *reads; /* OrrLastWrite, OrrExternalRead */
  GArray *keys;         /* OrrAccessedKey, as first met */
  GArray *links;        /* guint */
  GArray *flaws;        /* OrrFlaw */
  OrrPairs write_of;    /* (transaction, key) → OrrLastWrite */
  guint n_chains;
  guint64 n_reads, n_unclear; /* external reads; steps of which nobody can tell what they saw or did */
} OrrTransactions;

/* The transactions among these operations; what others wrote says nothing. */
OrrTransactions *orr_transactions_new (const OrrValues *values, const guint *operations, guint n);
void orr_transactions_free (OrrTransactions *transactions); /* accepts NULL */

static inline const OrrTransaction *
orr_transaction (const OrrTransactions *all, guint index)
{
  return &g_array_index (all->transactions, OrrTransaction, index);
}

static inline const OrrLastWrite *
orr_last_write (const OrrTransactions *all, guint index)
{
  return &g_array_index (all->writes, OrrLastWrite, index);
}

static inline const OrrExternalRead *
orr_external_read (const OrrTransactions *all, guint index)
{
  return &g_array_index (all->reads, OrrExternalRead, index);
}

static inline const OrrAccessedKey *
orr_accessed_key (const OrrTransactions *all, guint index)
{
  return &g_array_index (all->keys, OrrAccessedKey, index);
}

/* The transaction's write of the key; ORR_NONE. */
static inline guint
orr_transaction_find_write (const OrrTransactions *all, guint transaction, guint key)
{
  return orr_pairs_get (&all->write_of, transaction, key);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrValues, orr_values_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrTransactions, orr_transactions_free)

G_END_DECLS
