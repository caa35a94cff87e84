/* test-map.c: the map of properties, by itself and against all checks on thousands of small histories.
 *
 * Each check is computed by its own way; the map says which of their verdicts can't stand beside each other.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/map.h"
#include "../support/cases.h"

#include <string.h>

#define ALL ((OrrMapNeeds) (ORR_MAP_TIMED | ORR_MAP_SINGLE_STEPS | ORR_MAP_ORDER_UNKNOWN))

/* --- The map by itself --- */

static void
test_no_circles (void **state G_GNUC_UNUSED)
{
  for (const OrrImplication *step = orr_map; step->stronger; step++)
    {
      assert_false (orr_map_implies (step->weaker, step->stronger, ALL));
      assert_false (orr_map_implies (step->stronger, step->stronger, ALL));
      assert_true (orr_map_implies (step->stronger, step->weaker, ALL));
      assert_int_equal (orr_map_implies (step->stronger, step->weaker, ORR_MAP_ALWAYS),
                        step->needs == ORR_MAP_ALWAYS);
    }
}

/* What is on the map is said by the literature to be so, or not to be so. */
static void
test_known_ways (void **state G_GNUC_UNUSED)
{
  assert_true (orr_map_implies ("linearizable", "monotonic-reads-by-inclusion", ORR_MAP_TIMED));
  assert_false (orr_map_implies ("linearizable", "sequential", ORR_MAP_ALWAYS));
  assert_false (orr_map_implies ("causal", "pram", ALL));
  assert_false (orr_map_implies ("causal-memory", "causal-convergence", ALL));
  assert_false (orr_map_implies ("causal-convergence", "causal-memory", ALL));
  assert_false (orr_map_implies ("pram", "monotonic-reads", ALL));
  assert_true (orr_map_implies ("strict-serializable", "linearizable", ALL));
  assert_false (orr_map_implies ("strict-serializable", "linearizable", ORR_MAP_TIMED));
  assert_true (orr_map_implies ("strict-serializable", "read-uncommitted", ORR_MAP_TIMED));
  assert_true (orr_map_implies ("serializable", "snapshot-isolation", ORR_MAP_ALWAYS));
  assert_false (orr_map_implies ("serializable", "read-atomic", ALL)); /* sessions don't count */
  assert_false (orr_map_implies ("snapshot-isolation", "repeatable-read", ALL));
  assert_false (orr_map_implies ("repeatable-read", "snapshot-isolation", ALL));
  assert_string_equal (orr_map_availability ("pram"), orr_map_availability ("causal"));
  assert_null (orr_map_availability ("progress"));
  for (const OrrImplication *step = orr_map; step->stronger; step++)
    assert_non_null (orr_map_availability (step->weaker));
}

/* --- Verdicts --- */

static OrrCheck toy_checks[] = {
  { .entry = { .name = "pram" } },       { .entry = { .name = "causal" } },
  { .entry = { .name = "sequential" } }, { .entry = { .name = "linearizable" } },
  { .entry = { .name = "durability" } },
};

static void
add (GPtrArray *verdicts, guint check, OrrVerdictKind kind)
{
  OrrVerdict *verdict = orr_verdict_new (kind, 3, "x was y");
  verdict->property = &toy_checks[check].entry;
  if (kind == ORR_VIOLATED)
    orr_verdict_add_witness (verdict, 7);
  g_ptr_array_add (verdicts, verdict);
}

static void
test_deciding (void **state G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) orr_verdict_free);
  const OrrVerdict *holds, *violated;
  add (verdicts, 2, ORR_HOLDS);
  add (verdicts, 4, ORR_VIOLATED);
  g_autoptr (OrrVerdict) pram = orr_map_decide (&toy_checks[0], verdicts, ALL);
  assert_int_equal (pram->kind, ORR_HOLDS);
  assert_string_equal (pram->sentence, "since `sequential` holds");
  assert_ptr_equal (pram->property, &toy_checks[0].entry);
  assert_null (orr_map_decide (&toy_checks[3], verdicts, ALL));
  assert_false (orr_map_contradiction (verdicts, ALL, &holds, &violated));
  add (verdicts, 1, ORR_VIOLATED);
  assert_true (orr_map_contradiction (verdicts, ALL, &holds, &violated));
  assert_string_equal (holds->property->name, "sequential");
  assert_string_equal (violated->property->name, "causal");
  g_ptr_array_remove_index (verdicts, 0);
  g_autoptr (OrrVerdict) linearizable = orr_map_decide (&toy_checks[3], verdicts, ALL);
  assert_int_equal (linearizable->kind, ORR_VIOLATED);
  assert_string_equal (linearizable->sentence, "it implies `causal`, which is violated: x was y");
  assert_int_equal (linearizable->n_witness, 1);
  assert_int_equal (linearizable->witness[0], 7);
  assert_null (orr_map_decide (&toy_checks[3], verdicts, ORR_MAP_ALWAYS)); /* without times */
  assert_null (orr_map_decide (&toy_checks[0], verdicts, ALL));
}

static void
test_telling (void **state G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) orr_verdict_free);
  static const gboolean telling[] = { FALSE, TRUE, TRUE, FALSE, TRUE, FALSE };
  add (verdicts, 0, ORR_UNDECIDED);
  add (verdicts, 1, ORR_HOLDS);
  add (verdicts, 2, ORR_VIOLATED);
  add (verdicts, 3, ORR_VIOLATED);
  add (verdicts, 4, ORR_HOLDS);
  add (verdicts, 4, ORR_UNDECIDED);
  for (guint i = 0; i < verdicts->len; i++)
    assert_int_equal (orr_map_is_telling (g_ptr_array_index (verdicts, i), verdicts, ALL), telling[i]);
}

static void
test_sorting (void **state G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (toy_checks); i++)
    g_ptr_array_add (checks, &toy_checks[i]);
  orr_map_sort ((const OrrCheck **) checks->pdata, checks->len, ALL);
  static const guint order[] = { 3, 4, 2, 0, 1 };
  for (guint i = 0; i < checks->len; i++)
    assert_ptr_equal (checks->pdata[i], &toy_checks[order[i]]);
}

/* --- Against all checks --- */

typedef struct
{
  GRand *rand;
  OrrHistory *history;
  gboolean lists, transactions;
  guint n_written;
  OrrTime clocks[3];
} Maker;

static gboolean
chance (Maker *maker, guint percent)
{
  return (guint) g_rand_int_range (maker->rand, 0, 100) < percent;
}

static OrrValue
list_of (Maker *maker, guint n)
{
  OrrValue values[8];
  for (guint i = 0; i < n; i++)
    values[i] = orr_value_int (i + 1);
  return n > 0 ? orr_terms_list (maker->history->terms, n, values) : ORR_NIL; /* as lists begin */
}

/* Reads are of what was written so far, whatever the key: some are of nothing. */
static OrrStep
make_step (Maker *maker, OrrValue *ret_value)
{
  OrrStep step = { .key = orr_value_int (g_rand_int_range (maker->rand, 0, 2)) };
  step.kind = chance (maker, 50) ? ORR_READ : maker->lists ? ORR_APPEND : ORR_WRITE;
  *ret_value = ORR_NIL;
  if (step.kind != ORR_READ)
    step.value = orr_value_int (++maker->n_written);
  else if (maker->lists)
    *ret_value
        = list_of (maker, (guint) g_rand_int_range (maker->rand, 0, (gint) MIN (maker->n_written, 3) + 1));
  else if (maker->n_written > 0 && chance (maker, 80))
    *ret_value = orr_value_int (g_rand_int_range (maker->rand, 1, (gint) maker->n_written + 1));
  return step;
}

static void
make_operation (Maker *maker, guint index)
{
  OrrHistory *history = maker->history;
  OrrStep steps[2];
  OrrValue values[2];
  guint n = maker->transactions ? 1 + (guint) chance (maker, 60) : 1;
  guint32 session = (guint32) g_rand_int_range (maker->rand, 0, 3);
  for (guint i = 0; i < n; i++)
    steps[i] = make_step (maker, &values[i]);
  OrrTime invoked = maker->clocks[session] + g_rand_int_range (maker->rand, 1, 6);
  OrrTime completed = invoked + g_rand_int_range (maker->rand, 1, 8);
  maker->clocks[session] = completed;
  gboolean fails = chance (maker, 5);
  OrrHistoryOperation operation = {
    .id = "o",
    .session = session,
    .process = session,
    .due = invoked,
    .invoked = invoked,
    .completed = completed,
    .outcome = fails ? ORR_FAIL : ORR_OK,
    .steps = orr_arena_copy (history->arena, steps, n * sizeof *steps),
    .n_steps = n,
    .values = fails ? NULL : orr_arena_copy (history->arena, values, n * sizeof *values),
    .server = G_MAXUINT32,
    .index = index,
  };
  g_array_append_val (history->operations, operation);
}

/* A read's value fits its key where chance wills it: reads of another key's values are thrown away. */
static void
forget_strange_reads (OrrHistory *history)
{
  for (guint i = 0; i < history->operations->len; i++)
    {
      OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, i);
      for (guint s = 0; operation->values && s < operation->n_steps; s++)
        {
          gboolean written = operation->steps[s].kind != ORR_READ || operation->values[s] == ORR_NIL;
          for (guint j = 0; j < history->operations->len; j++)
            {
              const OrrHistoryOperation *other = &g_array_index (history->operations, OrrHistoryOperation, j);
              for (guint t = 0; t < other->n_steps; t++)
                written |= other->steps[t].kind == ORR_WRITE && other->steps[t].key == operation->steps[s].key
                           && other->steps[t].value == operation->values[s];
            }
          if (!written)
            ((OrrValue *) operation->values)[s] = ORR_NIL;
        }
    }
}

static OrrHistory *
make_history (GRand *rand, guint number)
{
  static const char *const sessions[] = { "a", "b", "c" };
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  Maker maker = {
    .rand = rand, .history = orr_history_new (terms), .lists = number % 4 == 3, .transactions = number % 2
  };
  OrrHistory *history = maker.history;
  history->object = orr_objects_find (orr_objects, maker.lists ? "list-append" : "map");
  history->session_names = sessions;
  history->n_sessions = G_N_ELEMENTS (sessions);
  history->timeless = number % 16 >= 12;
  guint n = (guint) g_rand_int_range (rand, 2, 7);
  for (guint i = 0; i < n; i++)
    make_operation (&maker, i);
  if (!maker.lists)
    forget_strange_reads (history);
  orr_history_complete (history);
  return history;
}

static void
say_history (const OrrHistory *history, GString *text)
{
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, i);
      orr_history_print_operation (history, i, text);
      g_string_append_printf (text, " [%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "]\n", operation->invoked,
                              operation->completed);
    }
}

static void
test_no_contradiction (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  guint n_holds = 0, n_violated = 0, n_cases = CASES (20000);
  for (guint i = 0; i < n_cases; i++)
    {
      g_autoptr (OrrHistory) history = make_history (rand, i);
      g_autoptr (GPtrArray) verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) orr_verdict_free);
      const OrrVerdict *holds, *violated;
      for (guint c = 0; orr_checks[c]; c++)
        if (!orr_check_silence (orr_checks[c], history))
          {
            OrrVerdict *verdict = orr_check_judge (orr_checks[c], history, &ORR_CHECK_BUDGET_DEFAULT);
            n_holds += verdict->kind == ORR_HOLDS;
            n_violated += verdict->kind == ORR_VIOLATED;
            g_ptr_array_add (verdicts, verdict);
          }
      if (!orr_map_contradiction (verdicts, orr_map_given (history), &holds, &violated))
        continue;
      g_autoptr (GString) text = g_string_new (NULL);
      say_history (history, text);
      fail_msg ("history %u: %s holds (%s), %s is violated (%s):\n%s", i, holds->property->name,
                holds->sentence, violated->property->name, violated->sentence, text->str);
    }
  assert_true (n_holds > n_cases && n_violated > n_cases / 10);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_no_circles), cmocka_unit_test (test_known_ways),
    cmocka_unit_test (test_deciding),   cmocka_unit_test (test_telling),
    cmocka_unit_test (test_sorting),    cmocka_unit_test (test_no_contradiction),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
