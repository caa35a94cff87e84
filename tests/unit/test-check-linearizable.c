/* test-check-linearizable.c: linearizable means what Herlihy & Wing say it means. */
#include "order-by-force.h"

#include "history-builder.h"

static const Force force = { "linearizable", random_precedes, FALSE };

#define SHAPES(name, object, n_keys, n_steps, n_values, ...)                                                 \
  static void test_##name (void **state G_GNUC_UNUSED)                                                       \
  {                                                                                                          \
    static const OrrStepKind kinds[] = { __VA_ARGS__, ORR_STEP_NONE };                                       \
    check_shape (&force, &(RandomShape){ object, kinds, n_keys, n_steps, n_values, FALSE }, CASES (20000));  \
    if (n_keys == 1)                                                                                         \
      check_shape (&force, &(RandomShape){ object, kinds, n_keys, n_steps, n_values, TRUE }, CASES (20000)); \
  }

SHAPES (register, "register", 1, 1, 0, ORR_READ, ORR_READ, ORR_WRITE)
SHAPES (cas, "register", 1, 1, 0, ORR_READ, ORR_CAS, ORR_CAS, ORR_WRITE)
SHAPES (register_repeated, "register", 1, 1, 2, ORR_READ, ORR_READ, ORR_WRITE, ORR_CAS)
SHAPES (registers, "register", 2, 1, 0, ORR_READ, ORR_READ, ORR_WRITE)
SHAPES (transactions, "register", 2, 2, 3, ORR_READ, ORR_READ, ORR_WRITE)
SHAPES (map, "map", 1, 1, 0, ORR_READ, ORR_READ, ORR_WRITE, ORR_DELETE)
SHAPES (list, "list-append", 1, 1, 0, ORR_READ, ORR_READ, ORR_APPEND)
SHAPES (list_repeated, "list-append", 1, 1, 2, ORR_READ, ORR_READ, ORR_APPEND)
SHAPES (set, "set", 1, 1, 0, ORR_READ, ORR_READ, ORR_ADD)
SHAPES (set_repeated, "set", 1, 1, 3, ORR_READ, ORR_READ, ORR_ADD, ORR_REMOVE)
SHAPES (counter, "counter", 1, 1, 2, ORR_READ, ORR_READ, ORR_INCREMENT)
SHAPES (text, "text", 1, 1, 3, ORR_READ, ORR_READ, ORR_APPEND, ORR_WRITE)
SHAPES (queue, "queue", 1, 1, 0, ORR_ENQUEUE, ORR_DEQUEUE, ORR_DEQUEUE)
SHAPES (queue_repeated, "queue", 1, 1, 2, ORR_ENQUEUE, ORR_DEQUEUE)
SHAPES (stack, "stack", 1, 1, 0, ORR_PUSH, ORR_POP, ORR_POP)
SHAPES (mutex, "mutex", 1, 1, 0, ORR_ACQUIRE, ORR_RELEASE)

/* --- What is said --- */

static void
check_says (const char *object, const char *text, OrrVerdictKind kind, const char *sentence)
{
  OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
  g_autoptr (OrrHistory) history = history_build_with (text, orr_objects_find (orr_objects, object), NULL);
  g_autoptr (OrrVerdict) verdict = orr_check_judge (orr_checks_find ("linearizable"), history, &budget);
  assert_int_equal (verdict->kind, kind);
  assert_string_equal (verdict->sentence, sentence);
}

static void
test_sentences (void **state G_GNUC_UNUSED)
{
  check_says (
      "register", "s1 w x 1 [0,10]\ns1 w x 2 [20,30]\ns2 r x 1 [40,50]\ns2 w y 1 [60,70]\n", ORR_VIOLATED,
      "x = 1 came before x = 2, for s1 wrote x = 1 at 0s (ok at 0.01s) before s1 wrote x = 2 at 0.02s (ok at "
      "0.03s); but it came after it, too, for s1 wrote x = 2 at 0.02s (ok at 0.03s) before s2 read x = 1 at "
      "0.04s (ok at 0.05s)");
  check_says ("register", "s1 w x 1 [0,10]\ns2 r x 7 [5,15]\n", ORR_VIOLATED,
              "s2 read x = 7 at 0.005s (ok at 0.015s), which nobody had written");
  check_says (
      "register", "s2 r x 7 [5,15]\ns1 w x 7 [20,-]\n", ORR_VIOLATED,
      "s2 read x = 7 at 0.005s (ok at 0.015s), before s1 asked to write x = 7 at 0.02s (outcome unknown)");
  check_says ("register", "s1 w x 1 [0,10]\ns2 r x 1 [5,15]\ns2 w y 1 [60,70]\n", ORR_HOLDS,
              "one order explains 3 operations in 2 parts that share no key");
  check_says (
      "queue", "s1 e q 1 [0,10]\ns1 e q 2 [20,30]\ns2 q q 2 [40,50]\ns2 q q 1 [60,70]\n", ORR_VIOLATED,
      "in no order do these give what they returned: s1 enqueued 1 to q at 0s (ok at 0.01s); s1 enqueued 2 "
      "to "
      "q at 0.02s (ok at 0.03s); s2 dequeued 2 from q at 0.04s (ok at 0.05s); s2 dequeued 1 from q at 0.06s "
      "(ok at 0.07s)");
}

/* So many values stand in a queue; then clients put six more there at once, and the first to come out is one
 * that nobody put in. To see that takes all orders of the six, by the search: a dequeue whose outcome is not
 * known, though nobody can have noticed it, keeps the faster way out. */
static OrrVerdict *
judge_queue (guint n, guint64 states)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "s1 e q 7 [%u,%u]\n", 2 * i, 2 * i + 1);
  for (guint i = 1; i <= 6; i++)
    g_string_append_printf (text, "s%u e q %u [%u,%u]\n", i + 1, i, 2 * n, 2 * n + 1);
  g_string_append_printf (text, "s1 q q 8 [%u,%u]\n", 2 * n + 2, 2 * n + 3);
  g_string_append_printf (text, "s9 q q nil [%u,-]\n", 2 * n + 4);
  g_autoptr (OrrHistory) history
      = history_build_with (text->str, orr_objects_find (orr_objects, "queue"), NULL);
  OrrCheckBudget budget = { .states_max = states };
  return orr_check_judge (orr_checks_find ("linearizable"), history, &budget);
}

/* A state that is long takes as long as several: what a short queue is judged by is not enough for a long
 * one. */
static void
test_long_states_cost_more (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrVerdict) small = judge_queue (2, 20000);
  g_autoptr (OrrVerdict) large = judge_queue (2000, 20000);
  g_autoptr (OrrVerdict) again = judge_queue (2000, 20000);
  g_autoptr (OrrVerdict) enough = judge_queue (2000, 1000000);
  assert_int_equal (small->kind, ORR_VIOLATED);
  assert_int_equal (large->kind, ORR_UNDECIDED);
  assert_string_equal (large->sentence, again->sentence);
  assert_non_null (strstr (large->sentence, "the search ended after 20000 states"));
  assert_int_equal (enough->kind, ORR_VIOLATED);
}

/* What can't be made small within the bound says so: of increments none can go, since a sum needs them all.
 */
static void
test_large_witness (void **state G_GNUC_UNUSED)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (text, "s1 i c 1 [%u,%u]\n", 2 * i, 2 * i + 1);
  g_string_append (text, "s2 r c 2999 [7000,7001]\n");
  g_autoptr (OrrHistory) history
      = history_build_with (text->str, orr_objects_find (orr_objects, "counter"), NULL);
  g_autoptr (OrrVerdict) verdict
      = orr_check_judge (orr_checks_find ("linearizable"), history, &ORR_CHECK_BUDGET_DEFAULT);
  assert_int_equal (verdict->kind, ORR_VIOLATED);
  assert_true (verdict->not_least);
  assert_non_null (strstr (verdict->sentence, "; fewer operations may show it, too"));
}

/* A history that says nothing of times says nothing of this. */
static void
test_silent (void **state G_GNUC_UNUSED)
{
  OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
  g_autoptr (OrrHistory) history = history_build ("s1 w x 1 [0,10]\n");
  history->timeless = TRUE;
  g_autoptr (OrrVerdict) verdict = orr_check_judge (orr_checks_find ("linearizable"), history, &budget);
  assert_int_equal (verdict->kind, ORR_UNDECIDED);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_register),
    cmocka_unit_test (test_cas),
    cmocka_unit_test (test_register_repeated),
    cmocka_unit_test (test_registers),
    cmocka_unit_test (test_transactions),
    cmocka_unit_test (test_map),
    cmocka_unit_test (test_list),
    cmocka_unit_test (test_list_repeated),
    cmocka_unit_test (test_set),
    cmocka_unit_test (test_set_repeated),
    cmocka_unit_test (test_counter),
    cmocka_unit_test (test_text),
    cmocka_unit_test (test_queue),
    cmocka_unit_test (test_queue_repeated),
    cmocka_unit_test (test_stack),
    cmocka_unit_test (test_mutex),
    cmocka_unit_test (test_sentences),
    cmocka_unit_test (test_long_states_cost_more),
    cmocka_unit_test (test_large_witness),
    cmocka_unit_test (test_silent),
  };
  return cmocka_run_group_tests_name ("check-linearizable", tests, NULL, NULL);
}
