/* access-witness.h: from a bad pattern to a verdict. Not installed.
 *
 * A condition on reads and writes is a search for bad patterns. Here is what all of them share: the order in which things are tried, the witness,
 * which is made 1-minimal by leaving out as much as can be, and the sentence. */
#pragma once

#include "check/access-order.h"

G_BEGIN_DECLS

typedef enum
{
  ORR_PATTERN_NONE,
  ORR_PATTERN_CYCLE,       /* a cycle of the order itself: something came before its own cause */
  ORR_PATTERN_INITIAL,     /* a read of the initial value after a write of the key */
  ORR_PATTERN_OVERWRITTEN, /* a read of a write that another had replaced */
  ORR_PATTERN_FORCED,      /* the reads demand an order that goes in a circle */
  ORR_PATTERN_UNDECIDED,   /* the budget ran out */
} OrrPattern;

typedef struct
{
  OrrPattern pattern;
  guint32 read, write; /* ORR_PATTERN_INITIAL and _OVERWRITTEN: what was read; the write before it */
  guint32 session;     /* whose view it is that can't be explained; ORR_NO_ACCESS: that of all */
  GArray *rows;        /* enough to show it */
  const char *why;     /* undecided: a constant */
} OrrFinding;

/* Looks for a pattern, in the view of one session or in that of all (ORR_NO_ACCESS), and fills what is zeroed but for `rows`. */
typedef void (*OrrFindPattern) (const OrrAccesses *accesses, const OrrCheckBudget *budget, guint32 session, OrrFinding *ret_finding);

typedef struct
{
  OrrFindPattern find;
  const char *condition; /* "can be explained by causal order": what was found of all reads */
  const char *kept;      /* "that keeps to causality": which orders were tried where reads demand a circle */
} OrrAccessRule;

OrrVerdict *orr_accesses_check (const OrrHistory *history, const OrrCheckBudget *budget, const OrrAccessRule *rule);

/* access-patterns.c: the bad patterns that causal order alone shows; causal convergence demands one order of the writes for all, besides. */
void orr_access_find_causal (const OrrAccesses *accesses, const OrrCheckBudget *budget, gboolean converges, OrrFinding *ret_finding);
/* access-view.c: can what each session read be explained, by an order of its own that extends the causal or the session order? */
void orr_access_find_view (const OrrAccesses *accesses, const OrrCheckBudget *budget, gboolean causal, guint32 session, OrrFinding *ret_finding);

/* access-inclusion.c: are there sets of writes that reads saw, such that …? Each as said where it is a property of its own. */
typedef enum
{
  ORR_INCLUDE_OWN_WRITES,
  ORR_INCLUDE_EARLIER_READS,
  ORR_INCLUDE_EARLIER_WRITES,
} OrrInclusion;

void orr_access_find_inclusion (const OrrAccesses *accesses, const OrrCheckBudget *budget, OrrInclusion inclusion, OrrFinding *ret_finding);
void orr_access_find_writes_before_reads (const OrrAccesses *accesses, OrrFinding *ret_finding);

G_END_DECLS
