/* test-check-atomic.c: reads that may be one write behind, against the definition. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/check.h"
#include "check/measure.h"
#include "register-cases.h"
#include "../support/cases.h"

static OrrVerdict *
judge (const OrrHistory *history, guint64 states_max)
{
  const OrrCheck *check = orr_checks_find ("two-atomic");
  assert_non_null (check);
  OrrCheckBudget budget = { .states_max = states_max };
  return orr_check_judge (check, history, &budget);
}

#define ENOUGH 1000000

static void
compare (const Case *c, guint round, guint *n_violated, guint *n_just)
{
  g_autoptr (OrrHistory) history = case_build (c);
  g_autoptr (OrrVerdict) verdict = judge (history, ENOUGH);
  gboolean holds = case_holds (c, G_MAXUINT, part_is_two_atomic),
           linear = case_holds (c, G_MAXUINT, part_is_linearizable);
  assert_true (!linear || holds);
  *n_violated += !holds;
  *n_just += holds && !linear;
  if (verdict->kind != (holds ? ORR_HOLDS : ORR_VIOLATED))
    fail_msg ("round %u: %s: %s", round, orr_verdict_name (verdict->kind), verdict->sentence);
  guint mask = 0;
  for (guint j = 0; j < verdict->n_witness; j++)
    mask |= 1u << verdict->witness[j];
  if (!holds && case_holds (c, mask, part_is_two_atomic))
    fail_msg ("round %u: the witness shows nothing: %s", round, verdict->sentence);
  for (guint j = 0; j < verdict->n_witness; j++)
    if (!case_holds (c, mask & ~(1u << verdict->witness[j]), part_is_two_atomic))
      fail_msg ("round %u: the witness is not the least: %s", round, verdict->sentence);
}

static void
test_random (void **state G_GNUC_UNUSED)
{
  static const CaseShape shapes[] = {
    { .ops_max = 8, .sessions = 3, .keys = 1, .thin_air = 3, .failed = 20, .unknown = 60, .fresh = TRUE },
    { .ops_max = 8, .sessions = 4, .keys = 1, .failed = 20, .unknown = 30, .fresh = TRUE },
    { .ops_max = 8, .sessions = 2, .keys = 1 },
    { .ops_max = 8, .sessions = 3, .keys = 2, .thin_air = 3, .unknown = 30 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (i + 1);
      guint n_violated = 0, n_just = 0, n_cases = CASES (10000);
      for (guint round = 0; round < n_cases; round++)
        {
          Case c = case_new (random, &shapes[i]);
          compare (&c, round, &n_violated, &n_just);
        }
      if (n_violated < n_cases / 20 || n_violated > n_cases * 9 / 10 || n_just < n_cases / 20)
        fail_msg ("shape %u: of %u cases %u violate it, and %u hold that are not linearizable", i, n_cases,
                  n_violated, n_just);
    }
}

static void
expect (const char *text, guint64 states_max, OrrVerdictKind kind, const char *sentence)
{
  g_autoptr (OrrHistory) history = history_build (text);
  g_autoptr (OrrVerdict) verdict = judge (history, states_max);
  if (verdict->kind != kind || strcmp (verdict->sentence, sentence) != 0)
    fail_msg ("%s: %s", orr_verdict_name (verdict->kind), verdict->sentence);
}

static void
test_sentences (void **state G_GNUC_UNUSED)
{
  static const char back_and_forth[]
      = "a w x 1 [0,1]\na w x 2 [2,3]\nb r x 2 [4,5]\nb r x 1 [6,7]\nb r x 2 [8,9]\n";
  expect (back_and_forth, ENOUGH, ORR_HOLDS,
          "3 reads by 1 session returned one of the last two writes, in one order for all");
  expect (back_and_forth, 2, ORR_UNDECIDED, "the search for an order ended after 2 steps");
  expect ("a w x 1 [0,1]\na w x 2 [2,3]\na w x 3 [4,5]\nb r x 1 [6,7]\n", ENOUGH, ORR_VIOLATED,
          "a wrote x = 1 at 0s (ok at 0.001s); a wrote x = 2 at 0.002s (ok at 0.003s); a wrote x = 3 at "
          "0.004s (ok at 0.005s); b read x = 1 at 0.006s (ok at 0.007s): in no order did each read return "
          "one of the last two writes");
  expect ("a r x 1 [0,1]\nb w x 1 [2,3]\n", ENOUGH, ORR_VIOLATED,
          "a read x = 1 at 0s (ok at 0.001s); b wrote x = 1 at 0.002s (ok at 0.003s): in no order did each "
          "read return one of the last two writes");
  expect ("a w x 1 [0,1]\nb r x 7 [2,3]\n", ENOUGH, ORR_VIOLATED, "b read x = 7, which nobody wrote");
}

/* A session that goes on in the moment in which it was answered has done one thing before the other. */
static void
test_touching (void **state G_GNUC_UNUSED)
{
  expect ("a w x 1 [0,1]\na w x 2 [1,2]\na w x 3 [2,3]\na r x 1 [3,4]\n", ENOUGH, ORR_VIOLATED,
          "a wrote x = 1 at 0s (ok at 0.001s); a wrote x = 2 at 0.001s (ok at 0.002s); a wrote x = 3 at "
          "0.002s (ok at 0.003s); a read x = 1 at 0.003s (ok at 0.004s): in no order did each read return "
          "one of the last two writes");
  expect ("a w x 1 [0,1]\nb w x 2 [1,2]\nc w x 3 [2,3]\nd r x 1 [3,4]\n", ENOUGH, ORR_HOLDS,
          "1 read by 1 session returned one of the last two writes, in one order for all");
}

/* --- The figures --- */

#define DELTA_MAX 40

/* The smallest time by which reads must begin earlier; beyond DELTA_MAX: none suffices. */
static guint
delta_by_definition (const Case *c)
{
  guint delta = 0;
  for (; delta <= DELTA_MAX; delta++)
    {
      Case moved = *c;
      for (guint i = 0; i < c->n; i++)
        {
          moved.ops[i].invoked += DELTA_MAX - (c->ops[i].write ? 0 : delta);
          if (c->ops[i].completed != CASE_NEVER)
            moved.ops[i].completed += DELTA_MAX;
        }
      if (case_holds (&moved, G_MAXUINT, part_is_linearizable))
        break;
    }
  return delta;
}

static void
test_figures (void **state G_GNUC_UNUSED)
{
  static const CaseShape shape
      = { .ops_max = 7, .sessions = 3, .keys = 2, .thin_air = 3, .failed = 20, .unknown = 60, .fresh = TRUE };
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  guint n_none = 0, n_by_k[4] = { 0 }, n_late = 0, n_cases = CASES (20000);
  for (guint round = 0; round < n_cases; round++)
    {
      Case c = case_new (random, &shape);
      g_autoptr (OrrHistory) history = case_build (&c);
      g_autoptr (OrrFigures) figures = orr_figures_of (history);
      const OrrFigure *k = orr_figures_find (figures, "k-atomicity"),
                      *delta = orr_figures_find (figures, "delta-atomicity");
      guint n_reads = 0, late = delta_by_definition (&c);
      for (guint i = 0; i < c.n; i++)
        n_reads += !c.ops[i].write && c.ops[i].outcome == CASE_OK;
      guint most = case_holds (&c, G_MAXUINT, part_is_linearizable) ? 1
                   : case_holds (&c, G_MAXUINT, part_is_two_atomic) ? 2
                                                                    : 3;
      if ((k != NULL) != (n_reads > 0) || (k && k->value != most))
        fail_msg ("round %u: k is %g, not %u", round, k ? k->value : 0, most);
      if ((delta != NULL) != (n_reads > 0 && late <= DELTA_MAX) || (delta && delta->value != late * 1e6))
        fail_msg ("round %u: delta is %g, not %u", round, delta ? delta->value : -1, late);
      n_none += !delta;
      n_by_k[most]++;
      n_late += delta && late > 1;
    }
  if (n_none < 100 || n_late < n_cases / 20 || n_by_k[1] < n_cases / 20 || n_by_k[2] < n_cases / 20
      || n_by_k[3] < n_cases / 20)
    fail_msg ("none %u, late %u, k %u %u %u", n_none, n_late, n_by_k[1], n_by_k[2], n_by_k[3]);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_random),
    cmocka_unit_test (test_sentences),
    cmocka_unit_test (test_touching),
    cmocka_unit_test (test_figures),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
