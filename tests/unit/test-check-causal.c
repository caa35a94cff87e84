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
  { "read-your-writes-by-inclusion", part_reads_own_writes },
  { "monotonic-reads-by-inclusion", part_reads_grow },
  { "monotonic-writes-by-inclusion", part_sees_writes_in_turn },
  { "writes-follow-reads-by-inclusion", part_writes_follow_reads },
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

/* Some of them are refuted by little else than thin air and what comes from the future. */
static void
test_inclusion (void **state G_GNUC_UNUSED)
{
  static const CaseShape shape
      = { .ops_max = 6, .sessions = 2, .keys = 2, .thin_air = 30, .failed = 10, .unknown = 60 };
  for (guint i = 4; i < G_N_ELEMENTS (conditions); i++)
    test_random (&conditions[i], &shape, CASES (20000), i + 10);
}

/* What follows from what; the first two by their definitions. */
static void
test_implications (void **state G_GNUC_UNUSED)
{
  static const CaseShape shape
      = { .ops_max = 8, .sessions = 3, .keys = 2, .failed = 20, .unknown = 60, .fresh = TRUE };
  static const struct
  {
    const char *stronger, *weaker;
  } implied[] = {
    { "causal-memory", "causal" },
    { "causal-convergence", "causal" },
    { "causal-memory", "pram" },
    { "causal-memory", "writes-follow-reads-by-inclusion" },
    { "pram", "read-your-writes-by-inclusion" },
    { "pram", "monotonic-reads-by-inclusion" },
    { "pram", "monotonic-writes-by-inclusion" },
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (20);
  for (guint round = 0; round < CASES (20000); round++)
    {
      Case c = case_new (random, &shape);
      g_autoptr (OrrHistory) history = case_build (&c);
      gboolean linearizable = case_holds (&c, G_MAXUINT, part_is_linearizable);
      gboolean sequential = case_holds (&c, G_MAXUINT, part_is_sequential);
      assert_true (!linearizable || sequential);
      for (guint i = 0; i < G_N_ELEMENTS (implied); i++)
        {
          g_autoptr (OrrVerdict) stronger = judge (history, implied[i].stronger);
          g_autoptr (OrrVerdict) weaker = judge (history, implied[i].weaker);
          if (sequential)
            assert_int_equal (stronger->kind, ORR_HOLDS);
          if (stronger->kind == ORR_HOLDS)
            assert_int_equal (weaker->kind, ORR_HOLDS);
        }
    }
}

static void
expect (const char *text, const char *name, OrrVerdictKind kind, const char *sentence)
{
  g_autoptr (OrrHistory) history = history_build (text);
  g_autoptr (OrrVerdict) verdict = judge (history, name);
  if (verdict->kind != kind || (sentence && strcmp (verdict->sentence, sentence) != 0))
    fail_msg ("%s: %s: %s", name, orr_verdict_name (verdict->kind), verdict->sentence);
}

/* Histories that tell the conditions apart, after figure 3 of Bouajjani and others 2017. */
static void
test_apart (void **state G_GNUC_UNUSED)
{
  /* One session puts the other's write after its own, then its own after the other's. */
  static const char two_minds[] = "a w x 1 [0,1]\nb w x 2 [0,1]\nb r x 1 [2,3]\nb r x 2 [4,5]\n";
  expect (two_minds, "causal", ORR_HOLDS, NULL);
  expect (two_minds, "pram", ORR_VIOLATED,
          "a wrote x = 1; b wrote x = 2, then read x = 1, then read x = 2: no order of the writes that keeps "
          "each session's writes in turn explains what b read");
  expect (two_minds, "causal-memory", ORR_VIOLATED, NULL);
  expect (two_minds, "causal-convergence", ORR_VIOLATED, NULL);
  expect (two_minds, "read-your-writes-by-inclusion", ORR_HOLDS, NULL);
  expect (two_minds, "monotonic-reads-by-inclusion", ORR_HOLDS, NULL);
  /* Two sessions disagree for good: memory may, convergence may not. */
  static const char disagree[] = "a w x 1 [0,1]\na r x 2 [2,3]\nb w x 2 [0,1]\nb r x 1 [2,3]\n";
  expect (disagree, "causal-memory", ORR_HOLDS, NULL);
  expect (disagree, "causal-convergence", ORR_VIOLATED, NULL);
  /* Convergence puts x = 1 last for all, though the session has not seen it yet when it reads z. */
  static const char hidden[] = "a w z 1 [0,1]\na w x 1 [2,3]\na w y 1 [4,5]\n"
                               "b w x 2 [0,1]\nb r z nil [2,3]\nb r y 1 [4,5]\nb r x 2 [6,7]\n";
  expect (hidden, "causal-convergence", ORR_HOLDS, NULL);
  expect (hidden, "causal-memory", ORR_VIOLATED, NULL);
  expect (hidden, "causal", ORR_HOLDS, NULL);
  /* A reply before what it replies to. */
  static const char reply[] = "a w y 1 [0,1]\nb r y 1 [2,3]\nb w x 2 [4,5]\nc r x 2 [6,7]\nc r y nil [8,9]\n";
  expect (reply, "pram", ORR_HOLDS, NULL);
  expect (
      reply, "causal", ORR_VIOLATED,
      "a wrote y = 1; b read y = 1, then wrote x = 2; c read x = 2, then read y = nil: so y = 1 was already "
      "there when c read y = nil");
  /* What was replaced. */
  expect (
      "a w x 1 [0,1]\na w x 2 [2,3]\nb r x 2 [4,5]\nb r x 1 [6,7]\n", "causal", ORR_VIOLATED,
      "a wrote x = 1, then wrote x = 2; b read x = 2, then read x = 1: so x = 2 had already taken its place "
      "when b read x = 1");
}

static void
test_borders (void **state G_GNUC_UNUSED)
{
  expect ("a r x 7 [0,1]\n", "causal", ORR_VIOLATED, "a read x = 7, which nobody wrote");
  expect ("a w x 7 [0,1] fail\nb r x 7 [2,3]\n", "pram", ORR_VIOLATED,
          "b read x = 7, which a asked to write, and that failed");
  expect ("a w x 1 [0,1]\nb w x 1 [0,1]\nc r x 1 [2,3]\n", "causal", ORR_UNDECIDED,
          "values were written more than once, and it can't be told which write 1 read saw");
  expect (
      "a w x 1 ; w y 1 [0,1]\n", "causal", ORR_UNDECIDED,
      "its operations have several steps, so they are transactions; this is about single reads and writes");
  expect ("a a x 1 [0,1]\n", "pram", ORR_UNDECIDED,
          "it is about registers, which are read and written as a whole");
  expect ("a w x 1 [0,1]\n", "pram", ORR_HOLDS, "nobody read anything");
}

/* To reduce a ring of very many has an end, though it is the least already and each test of that takes long.
 */
static void
test_long_ring (void **state G_GNUC_UNUSED)
{
  enum
  {
    SESSIONS = 4000
  };
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < SESSIONS; i++)
    g_string_append_printf (text, "s%u r k%u 1 [0,1]\ns%u w k%u 1 [2,3]\n", i, i, i, (i + 1) % SESSIONS);
  g_autoptr (OrrHistory) history = history_build (text->str);
  g_autoptr (OrrVerdict) verdict = judge (history, "causal");
  assert_int_equal (verdict->kind, ORR_VIOLATED);
  assert_int_equal (verdict->n_witness, 2 * SESSIONS);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_causal),    cmocka_unit_test (test_causal_one_key), cmocka_unit_test (test_pram),
    cmocka_unit_test (test_inclusion), cmocka_unit_test (test_implications),   cmocka_unit_test (test_apart),
    cmocka_unit_test (test_borders),   cmocka_unit_test (test_long_ring),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
