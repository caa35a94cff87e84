/* test-check-causal.c: the causal conditions, PRAM and the session guarantees by inclusion against their
 * definitions.
 *
 * Each is held against the definition of the literature, tried in all ways, on many small random histories;
 * each witness must be 1-minimal; and no verdict may contradict what follows from another. */
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

static const Condition conditions[] = {
  { "causal", part_is_causal },
  { "causal-memory", part_is_causal_memory },
  { "causal-convergence", part_is_causal_convergence },
  { "pram", part_is_pram },
};

static OrrVerdict *
judge (const OrrHistory *history, const char *name)
{
  const OrrCheck *check = orr_checks_find (name);
  assert_non_null (check);
  return orr_check_judge (check, history, &ORR_CHECK_BUDGET_DEFAULT);
}

static void
print_case (const OrrHistory *history)
{
  for (guint i = 0; i < history->operations->len; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      orr_history_print_operation (history, i, text);
      print_message ("%s\n", text->str);
    }
}

static void
check_witness (const Case *c, const OrrVerdict *verdict, const Condition *condition)
{
  guint mask = 0;
  for (guint i = 0; i < verdict->n_witness; i++)
    mask |= 1u << verdict->witness[i];
  assert_false (case_holds (c, mask, condition->definition));
  for (guint i = 0; i < verdict->n_witness; i++)
    assert_true (case_holds (c, mask & ~(1u << verdict->witness[i]), condition->definition));
}

static void
test_random (const Condition *condition, const CaseShape *shape, guint n_cases, guint seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  guint n_violated = 0;
  for (guint round = 0; round < n_cases; round++)
    {
      Case c = case_new (random, shape);
      g_autoptr (OrrHistory) history = case_build (&c);
      g_autoptr (OrrVerdict) verdict = judge (history, condition->name);
      gboolean holds = case_holds (&c, G_MAXUINT, condition->definition);
      if (verdict->kind != (holds ? ORR_HOLDS : ORR_VIOLATED))
        {
          print_case (history);
          fail_msg ("%s, round %u: %s: %s", condition->name, round, orr_verdict_name (verdict->kind),
                    verdict->sentence);
        }
      n_violated += !holds;
      if (!holds)
        check_witness (&c, verdict, condition);
    }
  if (n_violated < n_cases / 10 || n_violated > n_cases * 9 / 10)
    fail_msg ("%s: %u of %u cases violate it", condition->name, n_violated, n_cases);
}

static void
test_causal (void **state G_GNUC_UNUSED)
{
  static const CaseShape shape
      = { .ops_max = 5, .sessions = 3, .keys = 2, .thin_air = 10, .failed = 20, .unknown = 60 };
  for (guint i = 0; i < 3; i++)
    test_random (&conditions[i], &shape, CASES (20000), i + 1);
}

/* One key: here the conditions part. */
static void
test_causal_one_key (void **state G_GNUC_UNUSED)
{
  static const CaseShape shape = { .ops_max = 6, .sessions = 3, .keys = 1, .unknown = 30 };
  for (guint i = 0; i < 3; i++)
    test_random (&conditions[i], &shape, CASES (2000), i + 4);
}

static void
test_pram (void **state G_GNUC_UNUSED)
{
  static const CaseShape shape
      = { .ops_max = 8, .sessions = 3, .keys = 2, .thin_air = 5, .failed = 20, .unknown = 60, .fresh = TRUE };
  test_random (&conditions[3], &shape, CASES (20000), 7);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_causal),
    cmocka_unit_test (test_causal_one_key),
    cmocka_unit_test (test_pram),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
