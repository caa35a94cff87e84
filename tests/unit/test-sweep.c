/* test-sweep.c: the points of a grid, and what is made of their runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "explore/campaign.h"
#include "explore/sweep.h"

#include "../support/program-catalog.h"
#include "../support/scenario-from.h"

static OrrScenario *
scenario_of (const char *source)
{
  return scenario_from (catalog, source);
}

static const char text[] = "model: primary-replica\n"
                           "duration: 100ms\n"
                           "options: {replicas: 1, router: {policy: time-window, window: 50ms}}\n"
                           "workload: {think: exponential(mean 10ms), mix: {read: 90%, write: 10%}}\n"
                           "sweep:\n"
                           "  options.replicas: [1, 2]\n"
                           "  options.router: [random, {policy: time-window, window: 7s}, lsn]\n";

static OrrSweep *
sweep_of (const OrrScenario *base, const char *const *vary)
{
  g_autoptr (OrrProblems) problems = orr_problems_new ("test");
  OrrSweep *sweep = orr_sweep_new (base, vary, catalog, problems);
  assert_int_equal (sweep == NULL, orr_problems_get_length (problems) > 0);
  return sweep;
}

/* The last axis goes fastest, and each point has its values and everything else as it was. */
static void
points (void **state G_GNUC_UNUSED)
{
  static const char *const values[] = { "random", "{policy: time-window, window: 7s}", "lsn" };
  static const char *const written[] = { "router: random", "window: 7s", "router: lsn" };
  g_autoptr (OrrScenario) base = scenario_of (text);
  g_autoptr (OrrSweep) sweep = sweep_of (base, NULL);
  assert_int_equal (sweep->points->len, 6);
  for (guint i = 0; i < 6; i++)
    {
      const OrrScenario *point = g_ptr_array_index (sweep->points, i);
      g_autofree char *shown = orr_scenario_to_text (point);
      assert_int_equal (orr_sweep_index (sweep, i, 0), i / 3);
      assert_int_equal (orr_sweep_index (sweep, i, 1), i % 3);
      assert_string_equal (orr_sweep_value (sweep, i, 0), i / 3 ? "2" : "1");
      assert_string_equal (orr_sweep_value (sweep, i, 1), values[i % 3]);
      assert_int_equal (point->duration, 100 * ORR_MILLISECOND);
      assert_int_equal (point->layout->nodes->len, (i / 3 ? 3 : 2) + 1);
      assert_non_null (strstr (shown, written[i % 3]));
      assert_int_equal (point->sweep.length, 0);
    }
}

/* What is given takes the place of the scenario's own; values may hold commas within brackets and quotes. */
static void
given_axes (void **state G_GNUC_UNUSED)
{
  const char *const vary[]
      = { "options.router={policy: time-window, window: 1s},sticky", "title=\"a, b\", c d", NULL };
  g_autoptr (OrrScenario) base = scenario_of (text);
  g_autoptr (OrrSweep) sweep = sweep_of (base, vary);
  assert_int_equal (sweep->points->len, 4);
  assert_string_equal (((const OrrScenario *) sweep->points->pdata[2])->title, "a, b");
  assert_string_equal (((const OrrScenario *) sweep->points->pdata[3])->title, "c d");
}

static void
impossible (void **state G_GNUC_UNUSED)
{
  static const char *const bad[][3] = {
    { "options.router" },                                        /* no values */
    { "=1,2" },                                                  /* no path */
    { "seed=" },                                                 /* no value */
    { "seed=[1" },                                               /* no YAML */
    { "seed=1", "seed=2" },                                      /* twice */
    { "options.replicas=1,x" },                                  /* no number */
    { "options.router=random", "options.router.window=1s" },     /* not both */
    { "options.router=random", "options.router.0.nothing=1,2" }, /* a path through a word */
    { "model=primary-replica,nothing" },                         /* no model */
    { "sweep=1" },                                               /* no grid of grids */
  };
  g_autoptr (OrrScenario) base = scenario_of (text);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (OrrSweep) sweep = sweep_of (base, bad[i]);
      assert_null (sweep);
    }
  g_autoptr (OrrScenario) plain = scenario_of ("model: primary-replica\n");
  assert_null (sweep_of (plain, NULL));
}

/* A value that CSV would take apart is quoted; a point without runs by then is left out. */
static void
as_csv (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) base = scenario_of (text);
  g_autoptr (OrrSweep) sweep = sweep_of (base, NULL);
  const OrrPlan plan = { .scenarios = (OrrScenario *const *) sweep->points->pdata,
                         .n_scenarios = sweep->points->len,
                         .first = 1,
                         .last = 2 };
  g_autoptr (OrrCampaign) campaign = orr_campaign_new (&plan);
  OrrTask task;
  for (guint i = 0; i < 10; i++)
    {
      assert_true (orr_campaign_next (campaign, 1, &task));
      orr_campaign_take (campaign, i, orr_campaign_run (&plan, task.what, task.seed));
    }
  const OrrSweepView view = { .sweep = sweep, .runs = orr_campaign_runs (campaign), .n = 5 };
  g_autoptr (GString) csv = g_string_new (NULL);
  orr_sweep_print_csv (&view, csv);
  g_auto (GStrv) lines = g_strsplit (csv->str, "\n", -1);
  assert_int_equal (g_strv_length (lines), 7);
  assert_true (g_str_has_prefix (lines[0], "options.replicas,options.router,runs,result,"));
  assert_true (g_str_has_prefix (lines[2], "1,\"{policy: time-window, window: 7s}\",2,as expected,"));
  guint columns = 0;
  for (const char *c = lines[0]; *c; c++)
    columns += *c == ',';
  for (guint i = 1; i < 6; i++)
    {
      guint n = 0;
      gboolean quoted = FALSE;
      for (const char *c = lines[i]; *c; c++)
        {
          quoted ^= *c == '"';
          n += *c == ',' && !quoted;
        }
      assert_int_equal (n, columns);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (points),
    cmocka_unit_test (given_axes),
    cmocka_unit_test (impossible),
    cmocka_unit_test (as_csv),
  };
  return cmocka_run_group_tests_name ("sweep", tests, set_up, tear_down);
}
