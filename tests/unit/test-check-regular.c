/* test-check-regular.c: regular and safe registers against their definitions. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/check.h"
#include "register-cases.h"
#include "../support/cases.h"

typedef struct
{
  const char *name;
  CaseDefinition definition;
} Condition;

static const Condition conditions[] = { { "regular", part_is_regular }, { "safe", part_is_safe } };

static OrrVerdict *
judge (const OrrHistory *history, const char *name)
{
  const OrrCheck *check = orr_checks_find (name);
  assert_non_null (check);
  return orr_check_judge (check, history, &ORR_CHECK_BUDGET_DEFAULT);
}

/* A write that is going on forbids nothing to a safe register, read or not; so no choice of what it did is
 * made. */
static gboolean
holds_by_definition (const Case *c, guint kept, const Condition *condition)
{
  if (condition->definition != part_is_safe)
    return case_holds (c, kept, condition->definition);
  Part part = part_new (c, kept, G_MAXUINT);
  return part_is_safe (&part);
}

static void
test_random (void **state G_GNUC_UNUSED)
{
  static const CaseShape shape = {
    .ops_max = 7, .sessions = 3, .keys = 1, .thin_air = 10, .failed = 20, .unknown = 30, .fresh = TRUE
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  guint n_violated[2] = { 0 }, n_cases = CASES (20000);
  for (guint round = 0; round < n_cases; round++)
    {
      Case c = case_new (random, &shape);
      g_autoptr (OrrHistory) history = case_build (&c);
      gboolean holds[2];
      for (guint i = 0; i < 2; i++)
        {
          g_autoptr (OrrVerdict) verdict = judge (history, conditions[i].name);
          holds[i] = holds_by_definition (&c, G_MAXUINT, &conditions[i]);
          if (verdict->kind != (holds[i] ? ORR_HOLDS : ORR_VIOLATED))
            fail_msg ("%s, round %u: %s: %s", conditions[i].name, round, orr_verdict_name (verdict->kind),
                      verdict->sentence);
          n_violated[i] += !holds[i];
          guint mask = 0;
          for (guint j = 0; j < verdict->n_witness; j++)
            mask |= 1u << verdict->witness[j];
          if (!holds[i] && holds_by_definition (&c, mask, &conditions[i]))
            fail_msg ("%s, round %u: the witness shows nothing: %s", conditions[i].name, round,
                      verdict->sentence);
          for (guint j = 0; j < verdict->n_witness; j++)
            assert_true (holds_by_definition (&c, mask & ~(1u << verdict->witness[j]), &conditions[i]));
        }
      assert_true (!case_holds (&c, G_MAXUINT, part_is_linearizable) || holds[0]);
      assert_true (!holds[0] || holds[1]);
    }
  for (guint i = 0; i < 2; i++)
    if (n_violated[i] < n_cases / 10 || n_violated[i] > n_cases * 9 / 10)
      fail_msg ("%s: %u of %u cases violate it", conditions[i].name, n_violated[i], n_cases);
}

static void
expect (const char *text, const char *name, OrrVerdictKind kind, const char *sentence)
{
  g_autoptr (OrrHistory) history = history_build (text);
  g_autoptr (OrrVerdict) verdict = judge (history, name);
  if (verdict->kind != kind || strcmp (verdict->sentence, sentence) != 0)
    fail_msg ("%s: %s: %s", name, orr_verdict_name (verdict->kind), verdict->sentence);
}

static void
test_sentences (void **state G_GNUC_UNUSED)
{
  expect (
      "a w x 1 [0,1]\na w x 2 [2,3]\nb r x 1 [4,5]\n", "regular", ORR_VIOLATED,
      "a wrote x = 1 at 0s (ok at 0.001s); a wrote x = 2 at 0.002s (ok at 0.003s); but then b read x = 1 at "
      "0.004s");
  expect ("a r x 1 [0,1]\nb w x 1 [2,3]\n", "regular", ORR_VIOLATED,
          "b wrote x = 1 at 0.002s (ok at 0.003s); a read x = 1 at 0s, before anybody asked to write that");
  /* New, then old, while it is being written. */
  static const char inversion[] = "a w x 1 [0,9]\nb r x 1 [1,2]\nb r x nil [3,4]\n";
  expect (inversion, "regular", ORR_HOLDS, "of 2 reads, none returned what had been replaced when it began");
  expect ("a w x 1 [0,9]\nb r x 7 [1,2]\n", "safe", ORR_HOLDS, "nobody read what was not being written");
  expect ("a w x 1 [0,9]\nb r x 7 [1,2]\n", "regular", ORR_VIOLATED,
          "b read x = 7 at 0.001s, which nobody wrote");
  /* The same value twice is no matter. */
  expect ("a w x 1 [0,1]\na w x 2 [2,3]\na w x 1 [4,5]\nb r x 1 [6,7]\n", "regular", ORR_HOLDS,
          "of 1 read, none returned what had been replaced when it began");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_random),
    cmocka_unit_test (test_sentences),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
