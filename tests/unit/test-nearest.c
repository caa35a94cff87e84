/* test-nearest.c: what would have had to be otherwise is told truly.
 *
 * Of scenarios that show the models' mistakes, whatever is said to keep the property is left out here by what
 * its sentence says, and the run made again: the property must hold in it, and as many events be the same as
 * was said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/simulation.h"
#include "explore/draft.h"
#include "explore/nearest.h"
#include "../support/program-catalog.h"
#include "../support/scenario-from.h"

/* --- A run that violates a property --- */

typedef struct
{
  OrrScenario *scenario;
  OrrTrace *trace;
  OrrHistory *history;
  OrrVerdict *verdict;
  OrrCone *cone;
} Told;

static OrrVerdict *
judge (const OrrHistory *history, const char *property)
{
  const OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
  return orr_check_judge (orr_checks_find (property), history, &budget);
}

static OrrTrace *
run (const OrrScenario *scenario)
{
  const OrrRunOptions options = { .seed = scenario->seed, .level = ORR_RECORD_FULL };
  return orr_simulate (scenario, &options);
}

/* Takes the scenario over. */
static Told
tell (OrrScenario *scenario, const char *property)
{
  Told told = { .scenario = scenario, .trace = run (scenario) };
  told.history = orr_history_from_trace (told.trace);
  told.verdict = judge (told.history, property);
  assert_int_equal (told.verdict->kind, ORR_VIOLATED);
  told.cone = orr_cone_new (told.trace, told.history, told.verdict, ORR_CONE_STEPS);
  return told;
}

static void
told_clear (Told *told)
{
  orr_cone_free (told->cone);
  orr_verdict_free (told->verdict);
  orr_history_free (told->history);
  orr_trace_free (told->trace);
  orr_scenario_unref (told->scenario);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Told, told_clear)

static OrrNearest *
find (const Told *told, guint runs_max, const gint *interrupt)
{
  const OrrNearestLimits limits = { .runs_max = runs_max, .interrupt = interrupt };
  return orr_nearest_find (told->trace, told->history, told->verdict, told->cone, catalog, &limits);
}

static const OrrPassing *
passing_at (const OrrNearest *nearest, guint index)
{
  return &g_array_index (nearest->passing, OrrPassing, index);
}

/* --- The sentences taken at their word --- */

/* Where in a list a line stands that says just that; its length where none does. */
static guint
find_line (const OrrDraft *draft, const char *list, const char *line)
{
  guint n = orr_draft_length (draft, list), i = 0;
  for (; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s.%u", list, i);
      g_autoptr (GString) text = g_string_new (NULL);
      orr_yaml_write_node (orr_draft_get (draft, path), text);
      if (strcmp (text->str, line) == 0)
        break;
    }
  return i;
}

/* The scenario with the one thing less that the sentence names. */
static OrrScenario *
do_as_told (const OrrScenario *scenario, const char *otherwise)
{
  static const struct
  {
    const char *words, *list;
  } things[] = { { "without the pin ", "pins" },
                 { "without the operation ", "workload.operations" },
                 { "without the bug ", "model.bugs" },
                 { "without the fault ", "faults" } };
  static const char setting[] = "with the default instead of ";
  g_autoptr (OrrDraft) draft = orr_draft_new (scenario);
  g_autofree char *path = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (things); i++)
    if (g_str_has_prefix (otherwise, things[i].words))
      path = g_strdup_printf ("%s.%u", things[i].list,
                              find_line (draft, things[i].list, otherwise + strlen (things[i].words)));
  if (g_str_has_prefix (otherwise, setting))
    path = g_strndup (otherwise + strlen (setting), strcspn (otherwise + strlen (setting), ":"));
  if (!path || !orr_draft_get (draft, path))
    fail_msg ("nothing is '%s'", otherwise);
  orr_draft_remove (draft, path);
  OrrScenario *less = orr_draft_read (draft, catalog, NULL);
  assert_non_null (less);
  return less;
}

static gboolean
are_same (const OrrTrace *a, const OrrTrace *b, guint64 row)
{
  const OrrTraceEvent *one = &g_array_index (a->events, OrrTraceEvent, row),
                      *other = &g_array_index (b->events, OrrTraceEvent, row);
  return one->time == other->time && one->kind == other->kind && one->type == other->type
         && one->target == other->target && one->source == other->source && one->cause == other->cause;
}

static void
assert_is_so (const OrrTrace *base, const OrrPassing *passing, const char *property)
{
  g_autoptr (OrrScenario) less = do_as_told (base->scenario, passing->otherwise);
  g_autoptr (OrrTrace) trace = run (less);
  g_autoptr (OrrHistory) history = orr_history_from_trace (trace);
  g_autoptr (OrrVerdict) verdict = judge (history, property);
  if (verdict->kind != ORR_HOLDS)
    fail_msg ("%s: %s does not hold", passing->otherwise, property);
  assert_int_equal (passing->is_setting, g_str_has_prefix (passing->otherwise, "with the default"));
  assert_in_range (passing->shared, 0, MIN (base->events->len, trace->events->len));
  for (guint64 row = 0; row < passing->shared; row++)
    assert_true (are_same (base, trace, row));
}

/* The nearest comes first, and settings last. */
static void
assert_is_ordered (const OrrNearest *nearest)
{
  for (guint i = 1; i < nearest->passing->len; i++)
    {
      const OrrPassing *before = passing_at (nearest, i - 1), *after = passing_at (nearest, i);
      assert_true (!before->is_setting || after->is_setting);
      if (before->is_setting == after->is_setting)
        assert_true (before->shared >= after->shared);
    }
}

/* --- Scenarios --- */

typedef struct
{
  const char *scenario, *property;
  const char *first; /* how the sentence of the nearest begins */
} Case;

static const Case cases[] = {
  { "atomic-commitment/decision-not-logged", "ac1-agreement", "without the " },
  { "lww-cache/tie-keeps-local", "convergence", "without the bug tie-keeps-local" },
  { "lww-cache/clock-not-advanced-on-merge", "convergence", "without the " },
  { "event-store/concurrent-withheld", "convergence", "without the " },
  { "primary-replica/sticky-fails-over", "monotonic-reads", "without the " },
};

static OrrScenario *
load (const char *name)
{
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  g_autofree char *file = g_strdup_printf ("%s/models/%s.yaml", g_getenv ("ORRERY_SOURCE"), name);
  OrrScenario *scenario = orr_scenario_load (file, NULL, catalog, problems, NULL);
  assert_non_null (scenario);
  return scenario;
}

static void
test_true (void **state G_GNUC_UNUSED)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Told) told = tell (load (cases[i].scenario), cases[i].property);
      g_autoptr (OrrNearest) nearest = find (&told, ORR_NEAREST_RUNS, NULL);
      assert_true (nearest->passing->len > 0);
      assert_non_null (nearest->trace);
      assert_null (nearest->written); /* nothing was drawn */
      assert_int_equal (nearest->runs, nearest->tried);
      assert_true (g_str_has_prefix (passing_at (nearest, 0)->otherwise, cases[i].first));
      for (guint p = 0; p < nearest->passing->len; p++)
        assert_is_so (told.trace, passing_at (nearest, p), cases[i].property);
      assert_is_ordered (nearest);
    }
}

/* Without what a property is judged by there is nothing to judge, and nothing is learnt. */
static void
test_witness_stays (void **state G_GNUC_UNUSED)
{
  g_auto (Told) told = tell (load ("primary-replica/sticky-fails-over"), "monotonic-reads");
  g_autoptr (OrrNearest) nearest = find (&told, ORR_NEAREST_RUNS, NULL);
  assert_true (told.verdict->n_witness > 0);
  for (guint i = 0; i < told.verdict->n_witness; i++)
    {
      const OrrHistoryOperation *witness
          = &g_array_index (told.history->operations, OrrHistoryOperation, told.verdict->witness[i]);
      g_autofree char *words = g_strdup_printf ("without the operation {id: %s,", witness->id);
      for (guint p = 0; p < nearest->passing->len; p++)
        assert_false (g_str_has_prefix (passing_at (nearest, p)->otherwise, words));
    }
}

static void
test_bounds (void **state G_GNUC_UNUSED)
{
  const gint stopped = 1;
  g_auto (Told) told = tell (load ("atomic-commitment/decision-not-logged"), "ac1-agreement");
  g_autoptr (OrrNearest) all = find (&told, ORR_NEAREST_RUNS, NULL);
  for (guint runs = 1; runs < all->runs; runs++)
    {
      g_autoptr (OrrNearest) some = find (&told, runs, NULL);
      assert_int_equal (some->runs, runs);
      assert_int_equal (some->tried, all->tried);
      assert_true (some->passing->len <= all->passing->len);
    }
  g_autoptr (OrrNearest) none = find (&told, ORR_NEAREST_RUNS, &stopped);
  assert_int_equal (none->runs, 0);
  assert_int_equal (none->passing->len, 0);
  assert_null (none->trace);
}

/* Where operations were drawn, the run is written down first, so that one of its lines can go. */
static void
test_written_down (void **state G_GNUC_UNUSED)
{
  g_auto (Told) told = tell (
      scenario_from (catalog, "model: {name: lww-cache, bugs: [version-bumped-late]}\n"
                              "duration: 2s\n"
                              "options: {caches: 2, replication-delay: 300ms, anti-entropy: 0s}\n"
                              "clients: {sessions: 3, contact: random}\n"
                              "workload: {object: map, think: 200ms, mix: {read: 50%, write: 50%}}\n"),
      "convergence");
  g_autoptr (OrrNearest) nearest = find (&told, ORR_NEAREST_RUNS, NULL);
  assert_non_null (nearest->written);
  assert_true (orr_nearest_base (nearest, told.trace) == nearest->written);
  assert_int_equal (nearest->written_verdict->kind, ORR_VIOLATED);
  assert_int_equal (nearest->written->scenario->workload.mix.length, 0);
  assert_true (nearest->written->scenario->workload.operations.length > 0);
  assert_true (nearest->passing->len > 0);
  for (guint p = 0; p < nearest->passing->len; p++)
    assert_is_so (nearest->written, passing_at (nearest, p), "convergence");
}

/* Two pins of which each is enough: no one thing less keeps the property, but for a setting. */
static void
test_no_one_thing (void **state G_GNUC_UNUSED)
{
  g_auto (Told) told = tell (
      scenario_from (catalog, "model: lww-cache\n"
                              "options: {caches: 2}\n"
                              "workload:\n"
                              "  object: map\n"
                              "  operations:\n"
                              "    - {id: w1, to: cache1, write: {x: 1}}\n"
                              "    - {id: r1, at: 1s, to: cache2, read: x}\n"
                              "pins: [{message: update, latency: 5s}, {message: update, latency: 6s}]\n"),
      "read-your-writes");
  g_autoptr (OrrNearest) nearest = find (&told, ORR_NEAREST_RUNS, NULL);
  assert_in_range (nearest->runs, 2, ORR_NEAREST_RUNS);
  for (guint p = 0; p < nearest->passing->len; p++)
    assert_true (passing_at (nearest, p)->is_setting);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_true),         cmocka_unit_test (test_witness_stays),
    cmocka_unit_test (test_bounds),       cmocka_unit_test (test_written_down),
    cmocka_unit_test (test_no_one_thing),
  };
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
