/* test-check-sequential.c: sequential means what Lamport says it means. */
#include "order-by-force.h"

#include "history-builder.h"

/* What must come before what: the order of each session; an unknown outcome may come as late as it likes. */
static gboolean
session_precedes (const RandomHistory *history, guint a, guint b)
{
  const RandomOperation *first = &history->operations[a], *second = &history->operations[b];
  return a < b && first->session == second->session && first->outcome == ORR_OK && !first->taken
         && !second->taken;
}

static const Force force = { "sequential", session_precedes, TRUE };

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
check_says (const char *text, gboolean timeless, OrrVerdictKind kind, const char *sentence)
{
  OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
  g_autoptr (OrrHistory) history
      = history_build_with (text, orr_objects_find (orr_objects, "register"), NULL);
  history->timeless = timeless;
  g_autoptr (OrrVerdict) verdict = orr_check_judge (orr_checks_find ("sequential"), history, &budget);
  assert_int_equal (verdict->kind, kind);
  assert_string_equal (verdict->sentence, sentence);
}

/* Two buffers: each session writes one and then does not see the other's. */
#define BUFFERS "s1 w x 1 [0,10]\ns2 w y 1 [0,10]\ns1 r y nil [20,30]\ns2 r x nil [20,30]\n"

static void
test_sentences (void **state G_GNUC_UNUSED)
{
  check_says ("s1 w x 1 [0,10]\ns1 w x 2 [20,30]\ns2 r x 1 [40,50]\n", FALSE, ORR_HOLDS,
              "one order explains 3 operations");
  for (guint timeless = 0; timeless < 2; timeless++)
    check_says (BUFFERS, timeless, ORR_VIOLATED,
                "in no order that keeps each session's own do these give what they returned: s1 wrote x = 1 "
                "at 0s (ok at "
                "0.01s); s2 wrote y = 1 at 0s (ok at 0.01s); s1 read y = nil at 0.02s (ok at 0.03s); s2 read "
                "x = nil at "
                "0.02s (ok at 0.03s)");
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

  };
  return cmocka_run_group_tests_name ("check-sequential", tests, NULL, NULL);
}
