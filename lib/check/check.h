/* check.h: does a history keep a promise?
 *
 * A check answers `holds`, `violated` or `unknown`, never a guess. What is violated comes with a witness: the
 * few operations that show it, and the sentence that a teacher would say about them. None of them can be left
 * out: that is tried, as far as a bound on the work allows, and where it ran out the verdict says so. A check
 * is a pure function of the history, one file, one table entry. */
#pragma once

#include "history/history.h"

G_BEGIN_DECLS

typedef enum
{
  ORR_HOLDS,
  ORR_VIOLATED,
  ORR_UNDECIDED, /* "unknown": the budget ran out, or the history does not say enough */
} OrrVerdictKind;

typedef struct
{
  const OrrEntry *property;
  OrrVerdictKind kind;
  char *sentence; /* violated: what happened, in plain words; holds: how much was looked at ("in 812 reads by
                     6 sessions"); unknown: why */
  guint *witness; /* indices into the history's operations, in the order in which the sentence tells them */
  guint n_witness;
  guint *facts; /* the same for what nodes said: indices into the history's facts */
  guint n_facts;
  gboolean not_least; /* there may be operations in the witness without which the others show it, too */
  guint64 n_checked;  /* how many things the property spoke about: 0 means that it held for want of a test */
  guint64 n_violations;
} OrrVerdict;

/* What a check may spend. */
typedef struct
{
  /* Of searches; counted, not timed, so that verdicts are the same everywhere. A state is about a microsecond
   * of work and 64 bytes; one that takes more, such as a long queue, counts as several. */
  guint64 states_max;
  const gint *stop; /* set from outside, atomically: say `unknown` soon; NULL: nobody will */
} OrrCheckBudget;

#define ORR_CHECK_BUDGET_DEFAULT ((OrrCheckBudget){ .states_max = 10 * 1000 * 1000 })

typedef struct
{
  OrrEntry entry;
  const char *source; /* the paper and section that defines it */
  /* Why the property says nothing about such a history: "its operations have no times"; a constant. NULL,
   * also as an answer: it does. */
  const char *(*silent) (const OrrHistory *history);
  /* NULL: what the property means, the model says, by its invariants of this name. */
  OrrVerdict *(*check) (const OrrHistory *history, const OrrCheckBudget *budget);
} OrrCheck;

extern ORR_PUBLIC const OrrCheck *const orr_checks[]; /* all; ends with NULL */

ORR_PUBLIC const OrrCheck *orr_checks_find (const char *name);
/* Why the property says nothing about such a history; NULL: it does. */
ORR_PUBLIC const char *orr_check_silence (const OrrCheck *check, const OrrHistory *history);
/* Judges; `unknown`, with the reason, where the property says nothing about such a history. */
ORR_PUBLIC OrrVerdict *orr_check_judge (const OrrCheck *check, const OrrHistory *history,
                                        const OrrCheckBudget *budget);
ORR_PUBLIC const char *orr_verdict_name (OrrVerdictKind kind); /* "holds", "violated", "unknown" */
ORR_PUBLIC void orr_verdict_free (OrrVerdict *verdict);        /* accepts NULL */

/* Has the caller asked for an end? */
static inline gboolean
orr_budget_is_stopped (const OrrCheckBudget *budget)
{
  return budget->stop && g_atomic_int_get (budget->stop);
}

/* For checks: a verdict with its sentence (printf), then its witness. */
OrrVerdict *orr_verdict_new (OrrVerdictKind kind, guint64 n_checked, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void orr_verdict_add_witness (OrrVerdict *verdict, guint operation);
void orr_verdict_add_fact (OrrVerdict *verdict, guint fact);
void orr_verdict_not_least (OrrVerdict *verdict); /* says of its witness that it may not be the least */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrVerdict, orr_verdict_free)

G_END_DECLS
