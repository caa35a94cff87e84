/* test-check-linearizable.c: linearizable means what Herlihy & Wing say it means.
 *
 * The definition, tried by brute force: some order of all operations that returned, and of any of those whose
 * outcome is unknown, respects what precedes what and the object's rules. It shares no code with the check,
 * nor do the rules. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/linear-private.h"
#include "history-builder.h"
#include "random-history.h"

/* --- The definition --- */

static gboolean
continues (const RandomHistory *history, guint done, const RandomState *states)
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
        next = (done >> j & 1) || !random_precedes (history, j, i);
      RandomState then[RANDOM_KEYS_MAX];
      memcpy (then, states, sizeof then);
      if (next && random_fits (history->object, then, &history->operations[i])
          && continues (history, done | 1u << i, then))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_linearizable (const RandomHistory *history)
{
  RandomState states[RANDOM_KEYS_MAX] = { 0 };
  return continues (history, 0, states);
}

/* --- Held against it --- */

static void
fail_on (const RandomHistory *history, const char *what, const OrrVerdict *verdict)
{
  g_autofree char *text = random_print (history);
  fail_msg ("%s: %s: %s\n%s", what, orr_verdict_name (verdict->kind), verdict->sentence, text);
}

/* Only those of the witness stay; of these, not `without` (an index of a row of the history). */
static gboolean
is_violated_by (const RandomHistory *history, const OrrHistory *rows, const OrrVerdict *verdict,
                guint without)
{
  RandomHistory rest = *history;
  for (guint i = 0; i < rest.n; i++)
    rest.operations[i].taken = TRUE;
  for (guint i = 0; i < verdict->n_witness; i++)
    if (i != without)
      rest.operations[g_array_index (rows->operations, OrrHistoryOperation, verdict->witness[i]).index].taken
          = FALSE;
  return !is_linearizable (&rest);
}

static void
check_witness (const RandomHistory *history, const OrrHistory *rows, const OrrVerdict *verdict)
{
  if (verdict->n_witness == 0 || !is_violated_by (history, rows, verdict, G_MAXUINT))
    fail_on (history, "the witness shows no violation", verdict);
  for (guint i = 0; i < verdict->n_witness; i++)
    if (is_violated_by (history, rows, verdict, i))
      fail_on (history, "the witness is not 1-minimal", verdict);
}

/* On few states: the same verdict or `unknown`, and twice the same. */
static void
check_budget (const RandomHistory *history, const OrrHistory *rows, OrrVerdictKind kind, guint64 states)
{
  const OrrCheck *property = orr_checks_find ("linearizable");
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
  guint n, violated, unknown;
} Tally;

static void
check_one (const RandomHistory *history, guint ordinal, Tally *tally)
{
  const OrrCheck *property = orr_checks_find ("linearizable");
  OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
  g_autoptr (OrrHistory) rows = random_as_history (history);
  g_autoptr (OrrVerdict) verdict = orr_check_judge (property, rows, &budget);
  gboolean right = is_linearizable (history);
  tally->n++;
  tally->violated += !right;
  if (verdict->kind != (right ? ORR_HOLDS : ORR_VIOLATED))
    fail_on (history, "the definition says otherwise", verdict);
  if (!right)
    check_witness (history, rows, verdict);
  if (ordinal % 16 == 0)
    check_budget (history, rows, verdict->kind, 1 + ordinal / 16 % 4);
}

static void
check_shape (const RandomShape *shape)
{
  Tally tally = { 0 };
  GRand *random = g_rand_new_with_seed (42);
  for (guint i = 0; i < 20000; i++)
    {
      RandomHistory history;
      random_history (random, shape, &history);
      check_one (&history, i, &tally);
    }
  g_rand_free (random);
  print_message ("# %s: %u histories, %u %% violated\n", shape->object, tally.n,
                 100 * tally.violated / tally.n);
  assert_in_range (100 * tally.violated / tally.n, 15, 85);
}

#define SHAPES(name, object, n_keys, n_steps, n_values, ...)                                                 \
  static void test_##name (void **state G_GNUC_UNUSED)                                                       \
  {                                                                                                          \
    static const OrrStepKind kinds[] = { __VA_ARGS__, ORR_STEP_NONE };                                       \
    check_shape (&(RandomShape){ object, kinds, n_keys, n_steps, n_values, FALSE });                         \
    if (n_keys == 1)                                                                                         \
      check_shape (&(RandomShape){ object, kinds, n_keys, n_steps, n_values, TRUE });                        \
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
    cmocka_unit_test (test_silent),
  };
  return cmocka_run_group_tests_name ("check-linearizable", tests, NULL, NULL);
}
