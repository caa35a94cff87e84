/* order-by-force.h: is there an order? By trying all, and a check held against that.
 *
 * Some order of all operations that returned, and of any of those whose outcome is unknown, respects what precedes what and
 * the object's rules. What precedes what is the property's. It shares no code with the checks, nor do the rules. */
#pragma once

#include "check/check.h"
#include "random-history.h"
#include "../support/cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Must `a` come before `b`? */
typedef gboolean (*Precedes) (const RandomHistory *history, guint a, guint b);

typedef struct
{
  const char *property;
  Precedes precedes;
  gboolean timeless; /* speaks of histories without times, too */
} Force;

/* --- The definition --- */

static inline gboolean
continues (const Force *force, const RandomHistory *history, guint done, const RandomState *states)
{
  gboolean complete = TRUE;
  for (guint i = 0; i < history->n; i++)
    complete &= (done >> i & 1) || history->operations[i].outcome != ORR_OK || history->operations[i].taken;
  if (complete)
    return TRUE;
  for (guint i = 0; i < history->n; i++)
    {
      gboolean next = !(done >> i & 1) && history->operations[i].outcome != ORR_FAIL;
      for (guint j = 0; j < history->n && next; j++)
        next = (done >> j & 1) || !force->precedes (history, j, i);
      RandomState then[RANDOM_KEYS_MAX];
      memcpy (then, states, sizeof then);
      if (next && random_fits (history->object, then, &history->operations[i])
          && continues (force, history, done | 1u << i, then))
        return TRUE;
    }
  return FALSE;
}

static inline gboolean
has_order (const Force *force, const RandomHistory *history)
{
  RandomState states[RANDOM_KEYS_MAX] = { 0 };
  return continues (force, history, 0, states);
}

/* --- Held against it --- */

static inline void
fail_on (const RandomHistory *history, const char *what, const OrrVerdict *verdict)
{
  g_autofree char *text = random_print (history);
  fail_msg ("%s: %s: %s\n%s", what, orr_verdict_name (verdict->kind), verdict->sentence, text);
}

/* Only those of the witness stay; of these, not `without` (an index of a row of the history). */
static inline gboolean
is_violated_by (const Force *force, const RandomHistory *history, const OrrHistory *rows, const OrrVerdict *verdict,
                guint without)
{
  RandomHistory rest = *history;
  for (guint i = 0; i < rest.n; i++)
    rest.operations[i].taken = TRUE;
  for (guint i = 0; i < verdict->n_witness; i++)
    if (i != without)
      rest.operations[g_array_index (rows->operations, OrrHistoryOperation, verdict->witness[i]).index].taken
          = FALSE;
  return !has_order (force, &rest);
}

static inline void
check_witness (const Force *force, const RandomHistory *history, const OrrHistory *rows, const OrrVerdict *verdict)
{
  if (verdict->n_witness == 0 || !is_violated_by (force, history, rows, verdict, G_MAXUINT))
    fail_on (history, "the witness shows no violation", verdict);
  for (guint i = 0; i < verdict->n_witness; i++)
    if (is_violated_by (force, history, rows, verdict, i))
      fail_on (history, "the witness is not 1-minimal", verdict);
}

/* On few states: the same verdict or `unknown`, and twice the same. */
static inline void
check_budget (const Force *force, const RandomHistory *history, const OrrHistory *rows, OrrVerdictKind kind, guint64 states)
{
  const OrrCheck *property = orr_checks_find (force->property);
  OrrCheckBudget budget = { .states_max = states };
  g_autoptr (OrrVerdict) one = orr_check_judge (property, rows, &budget);
  g_autoptr (OrrVerdict) other = orr_check_judge (property, rows, &budget);
  if (one->kind != kind && one->kind != ORR_UNDECIDED)
    fail_on (history, "a small budget changes the verdict", one);
  assert_int_equal (one->kind, other->kind);
  assert_string_equal (one->sentence, other->sentence);
}

typedef struct
{
  guint n, violated;
} Tally;

static inline void
check_one (const Force *force, const RandomHistory *history, guint ordinal, Tally *tally)
{
  const OrrCheck *property = orr_checks_find (force->property);
  OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
  g_autoptr (OrrHistory) rows = random_as_history (history);
  rows->timeless = force->timeless && ordinal % 2;
  g_autoptr (OrrVerdict) verdict = orr_check_judge (property, rows, &budget);
  gboolean right = has_order (force, history);
  tally->n++;
  tally->violated += !right;
  if (verdict->kind != (right ? ORR_HOLDS : ORR_VIOLATED))
    fail_on (history, "the definition says otherwise", verdict);
  if (!right)
    check_witness (force, history, rows, verdict);
  if (ordinal % 16 == 0)
    check_budget (force, history, rows, verdict->kind, 1 + ordinal / 16 % 4);
}

static inline void
check_shape (const Force *force, const RandomShape *shape, guint n)
{
  Tally tally = { 0 };
  GRand *random = g_rand_new_with_seed (42);
  for (guint i = 0; i < n; i++)
    {
      RandomHistory history;
      random_history (random, shape, &history);
      check_one (force, &history, i, &tally);
    }
  g_rand_free (random);
  print_message ("# %s of %s: %u histories, %u %% violated\n", force->property, shape->object, tally.n,
                 100 * tally.violated / tally.n);
  assert_in_range (100 * tally.violated / tally.n, 15, 85);
}
