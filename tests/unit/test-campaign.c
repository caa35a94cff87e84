/* test-campaign.c: runs by seed, however they are handed out and in whatever order they come back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "explore/campaign.h"

#include "../support/scenario-from.h"

static OrrCatalog *catalog;
static OrrScenario *scenario;

static const char text[] = "model: primary-replica\n"
                           "options: {replicas: 1, apply-delay: exponential(mean 2ms)}\n"
                           "workload:\n"
                           "  operations:\n"
                           "    - {id: w1, write: {x: 1}}\n"
                           "    - {id: r1, after: w1, at: 2ms, read: x}\n"
                           "expect:\n"
                           "  read-your-writes: violated in at least 20% of runs\n"
                           "  success: exactly 100%\n";

static OrrScenario *
scenario_of (const char *source)
{
  return scenario_from (catalog, source);
}

static int
set_up (void **state G_GNUC_UNUSED)
{
  catalog = orr_catalog_new (orr_models);
  scenario = scenario_of (text);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  orr_scenario_unref (scenario);
  orr_catalog_free (catalog);
  return 0;
}

/* All that a report on the runs says. */
static char *
say (OrrCampaign *campaign, guint n)
{
  GString *said = g_string_new (NULL);
  OrrRunsStyle style = { .command = "orrery run x", .options = "" };
  for (guint i = 0; i < n; i++)
    {
      orr_runs_print (orr_campaign_runs (campaign)[i], &style, said);
      orr_runs_print_json (orr_campaign_runs (campaign)[i], &style, said);
    }
  return g_string_free (said, FALSE);
}

/* Does a whole campaign by so many at once, each of whom has tasks of so many runs; the summaries come back
 * last task first. */
static char *
campaign_by (const OrrPlan *plan, guint at_once, guint task_size)
{
  g_autoptr (OrrCampaign) campaign = orr_campaign_new (plan);
  g_autofree OrrTask *tasks = g_new (OrrTask, at_once);
  while (!orr_campaign_is_done (campaign))
    {
      guint n = 0;
      while (n < at_once && orr_campaign_next (campaign, task_size, &tasks[n]))
        n++;
      assert_true (n > 0);
      for (guint i = n; i > 0; i--)
        for (guint j = tasks[i - 1].count; j > 0; j--)
          orr_campaign_take (campaign, tasks[i - 1].number + j - 1,
                             orr_campaign_run (plan, tasks[i - 1].what, tasks[i - 1].seed + j - 1));
    }
  assert_int_equal (orr_campaign_left (campaign), 0);
  return say (campaign, plan->n_scenarios);
}

static void
order_does_not_matter (void **state G_GNUC_UNUSED)
{
  OrrScenario *scenarios[] = { scenario, scenario };
  const OrrPlan plan = { .scenarios = scenarios, .n_scenarios = 2, .first = 10, .last = 59 };
  g_autofree char *alone = campaign_by (&plan, 1, 1);
  g_autofree char *few = campaign_by (&plan, 3, 7);
  g_autofree char *many = campaign_by (&plan, 100, 1);
  g_autofree char *at_once = campaign_by (&plan, 2, 1000);
  assert_non_null (strstr (alone, "50 runs, seeds 10..59"));
  assert_string_equal (alone, few);
  assert_string_equal (alone, many);
  assert_string_equal (alone, at_once);
}

typedef struct
{
  guint64 first, last, turn;
  guint n_scenarios;
  guint64 told;
} Told;

/* The runs that the plan has, in its order. */
static void
tell (gpointer data, guint what, OrrSummary *summary)
{
  Told *told = data;
  guint64 turn = MIN (told->turn, told->last - told->first + 1), in_turn = told->turn * told->n_scenarios;
  guint64 begin = told->first + told->told / in_turn * turn;
  guint64 length = MIN (turn, told->last - begin + 1),
          within = told->told - (begin - told->first) * told->n_scenarios;
  assert_int_equal (what, within / length);
  assert_int_equal (summary->seed, begin + within % length);
  told->told++;
  orr_summary_free (summary);
}

/* In turns, whatever they are, and however many runs a task has; nobody is forgotten. */
static void
turns (void **state G_GNUC_UNUSED)
{
  static const guint64 lengths[] = { 1, 3, 7, 10 };
  OrrScenario *scenarios[] = { scenario, scenario, scenario };
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    for (guint size = 1; size < 9; size += 3)
      {
        const OrrPlan plan = { .scenarios = scenarios,
                               .n_scenarios = 3,
                               .first = G_MAXUINT64 - 9,
                               .last = G_MAXUINT64,
                               .turn = lengths[i] };
        Told told = { .first = plan.first, .last = plan.last, .turn = plan.turn, .n_scenarios = 3 };
        g_autoptr (OrrCampaign) campaign = orr_campaign_new (&plan);
        guint64 left = 30;
        OrrTask task;
        orr_campaign_set_tell (campaign, tell, &told);
        assert_int_equal (orr_campaign_left (campaign), left);
        while (orr_campaign_next (campaign, size, &task))
          {
            left -= task.count;
            assert_int_equal (orr_campaign_left (campaign), left);
            for (guint j = task.count; j > 0; j--)
              orr_campaign_take (campaign, task.number + j - 1,
                                 orr_summary_new_died (task.seed + j - 1, "signal 6"));
          }
        assert_true (orr_campaign_is_done (campaign));
        assert_int_equal (told.told, 30);
        for (guint j = 0; j < 3; j++)
          assert_int_equal (orr_campaign_runs (campaign)[j]->n, 10);
      }
}

/* What was not done is handed out again; the last of all seeds ends the campaign. */
static void
tasks_come_back (void **state G_GNUC_UNUSED)
{
  const OrrPlan plan
      = { .scenarios = &scenario, .n_scenarios = 1, .first = G_MAXUINT64 - 4, .last = G_MAXUINT64 };
  g_autoptr (OrrCampaign) campaign = orr_campaign_new (&plan);
  OrrTask task, again;
  assert_int_equal (orr_campaign_left (campaign), 5);
  assert_true (orr_campaign_next (campaign, 3, &task));
  assert_int_equal (task.count, 3);
  orr_campaign_take (campaign, task.number, orr_summary_new_died (task.seed, "signal 6 (Aborted)"));
  orr_campaign_give_back (campaign, &(OrrTask){ task.number + 1, task.seed + 1, 0, 2 });
  assert_int_equal (orr_campaign_left (campaign), 4);
  for (guint left = 4; left > 0; left--)
    {
      assert_true (orr_campaign_next (campaign, 1, &again));
      assert_int_equal (again.seed, G_MAXUINT64 - left + 1);
      assert_int_equal (again.count, 1);
      assert_false (orr_campaign_is_done (campaign));
      orr_campaign_take (campaign, again.number, orr_campaign_run (&plan, 0, again.seed));
    }
  assert_false (orr_campaign_next (campaign, 1, &again));
  assert_true (orr_campaign_is_done (campaign));
  const OrrRuns *runs = orr_campaign_runs (campaign)[0];
  assert_int_equal (runs->n, 5);
  assert_int_equal (runs->n_died, 1);
  assert_int_equal (g_array_index (runs->died, OrrRunsDied, 0).seed, G_MAXUINT64 - 4);
  assert_int_equal (orr_runs_result (runs), ORR_UNDECIDED);
}

/* All seeds that there are: nobody runs too far ahead of one that takes its time. */
static void
nobody_runs_ahead (void **state G_GNUC_UNUSED)
{
  const OrrPlan plan = { .scenarios = &scenario, .n_scenarios = 1, .first = 0, .last = G_MAXUINT64 };
  g_autoptr (OrrCampaign) campaign = orr_campaign_new (&plan);
  OrrTask task;
  guint handed_out = 0;
  assert_true (orr_campaign_left (campaign) == G_MAXUINT64);
  while (orr_campaign_next (campaign, 100, &task))
    handed_out += task.count;
  assert_int_equal (handed_out, ORR_CAMPAIGN_AHEAD_MAX);
  orr_campaign_take (campaign, 1, orr_campaign_run (&plan, 0, 1));
  assert_false (orr_campaign_next (campaign, 100, &task));
  orr_campaign_take (campaign, 0, orr_campaign_run (&plan, 0, 0));
  assert_true (orr_campaign_next (campaign, 100, &task));
  assert_int_equal (task.count, 2);
  assert_int_equal (task.seed, ORR_CAMPAIGN_AHEAD_MAX);
}

/* What travels between processes arrives as it was; of what broke off, nothing. */
static void
summaries_travel (void **state G_GNUC_UNUSED)
{
  const OrrPlan plan
      = { .scenarios = &scenario, .n_scenarios = 1, .first = 0, .last = 9, .all_properties = TRUE };
  g_autoptr (OrrSummary) sent = orr_campaign_run (&plan, 0, 7);
  g_autoptr (OrrSummary) died = orr_summary_new_died (3, "signal 11 (Segmentation fault)");
  g_autoptr (GByteArray) bytes = g_byte_array_new (), more = g_byte_array_new (), dead = g_byte_array_new ();
  g_autoptr (OrrFigureTable) written = orr_figure_table_new (), read = orr_figure_table_new (),
                             again = orr_figure_table_new ();
  orr_summary_write (sent, written, bytes);
  g_autoptr (OrrSummary) got = orr_summary_read (bytes->data, bytes->len, read);
  assert_non_null (got);
  assert_int_equal (got->seed, 7);
  assert_int_equal (got->met->len, 2);
  assert_true (got->verdicts->len > 5 && got->names->n > 10);
  orr_summary_write (got, again, more);
  assert_int_equal (more->len, bytes->len);
  assert_memory_equal (more->data, bytes->data, bytes->len);
  for (guint length = 0; length < bytes->len; length++)
    {
      g_autoptr (OrrFigureTable) nothing = orr_figure_table_new ();
      assert_null (orr_summary_read (bytes->data, length, nothing));
    }

  /* Names travel once. */
  g_autoptr (GByteArray) second = g_byte_array_new ();
  orr_summary_write (sent, written, second);
  assert_true (second->len < bytes->len / 2);
  g_autoptr (OrrSummary) same = orr_summary_read (second->data, second->len, read);
  assert_ptr_equal (same->names, got->names);
  assert_memory_equal (same->values, got->values, got->names->n * sizeof (double));
  g_autoptr (OrrFigureTable) nothing = orr_figure_table_new ();
  assert_null (orr_summary_read (second->data, second->len, nothing));

  orr_summary_write (died, written, dead);
  g_autoptr (OrrSummary) told = orr_summary_read (dead->data, dead->len, read);
  assert_string_equal (told->died, "signal 11 (Segmentation fault)");
}

/* Runs differ in which figures they have. A name that is known goes by its number, and is the same pointer.
 */
static void
names_get_numbers (void **state G_GNUC_UNUSED)
{
  const OrrPlan plan = { .scenarios = &scenario, .n_scenarios = 1, .first = 0, .last = 9 };
  g_autoptr (OrrSummary) sent = orr_campaign_run (&plan, 0, 7);
  g_autoptr (OrrFigureTable) written = orr_figure_table_new (), read = orr_figure_table_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new (), fewer = g_byte_array_new (), more = g_byte_array_new ();
  guint n = sent->names->n;
  orr_summary_write (sent, written, bytes);
  g_autoptr (OrrSummary) first = orr_summary_read (bytes->data, bytes->len, read);
  assert_true (n > 10);

  g_autoptr (OrrFigureNames) all = sent->names;
  OrrFigureNames *others = sent->names = g_rc_box_new0 (OrrFigureNames);
  others->arena = orr_arena_new ();
  others->names = orr_arena_alloc (others->arena, n * sizeof *others->names);
  others->n = n - 1;
  for (guint i = 0; i + 1 < n; i++)
    others->names[i] = i == 3 ? "a new one" : all->names[i + 1];
  orr_summary_write (sent, written, fewer);
  assert_true (fewer->len < bytes->len - 5 * n);
  g_autoptr (OrrSummary) second = orr_summary_read (fewer->data, fewer->len, read);
  assert_non_null (second);
  for (guint i = 0; i + 1 < n; i++)
    if (i == 3)
      assert_string_equal (second->names->names[i], "a new one");
    else
      assert_ptr_equal (second->names->names[i], first->names->names[i + 1]);

  orr_figure_names_unref (sent->names);
  sent->names = orr_figure_names_ref (all);
  orr_summary_write (sent, written, more);
  g_autoptr (OrrSummary) third = orr_summary_read (more->data, more->len, read);
  assert_non_null (third);
  for (guint i = 0; i < n; i++)
    assert_ptr_equal (third->names->names[i], first->names->names[i]);

  /* They outlive the table. A number that nobody gave is none. */
  orr_figure_table_free (g_steal_pointer (&read));
  assert_string_equal (first->names->names[0], all->names[0]);
  read = orr_figure_table_new ();
  assert_null (orr_summary_read (more->data, more->len, read));
}

/* --- Expectations --- */

/* A run by hand: whether its one expectation was met. */
static void
add_run (OrrRuns *runs, OrrVerdictKind met)
{
  g_autoptr (OrrSummary) summary = orr_summary_new_died (runs->first + runs->n, NULL);
  g_array_append_val (summary->met, met);
  summary->result = met;
  orr_runs_add (runs, summary);
}

static OrrVerdictKind
judge (const char *expect, guint n_met, guint n_not, guint n_undecided)
{
  g_autofree char *source = g_strdup_printf ("model: primary-replica\nexpect: {convergence: %s}\n", expect);
  g_autoptr (OrrScenario) made = scenario_of (source);
  g_autoptr (OrrRuns) runs = orr_runs_new (made, 1, n_met + n_not + n_undecided);
  for (guint i = 0; i < n_met; i++)
    add_run (runs, ORR_HOLDS);
  for (guint i = 0; i < n_not; i++)
    add_run (runs, ORR_VIOLATED);
  for (guint i = 0; i < n_undecided; i++)
    add_run (runs, ORR_UNDECIDED);
  assert_true (orr_runs_is_complete (runs));
  assert_int_equal (orr_runs_met (runs, 0), orr_runs_result (runs));
  return orr_runs_result (runs);
}

static void
expectations_over_runs (void **state G_GNUC_UNUSED)
{
  assert_int_equal (judge ("holds", 10, 0, 0), ORR_HOLDS);
  assert_int_equal (judge ("holds", 9, 1, 0), ORR_VIOLATED);
  assert_int_equal (judge ("holds", 9, 0, 1), ORR_UNDECIDED);
  assert_int_equal (judge ("holds", 8, 1, 1), ORR_VIOLATED);
  assert_int_equal (judge ("violated in at least 10% of runs", 1, 9, 0), ORR_HOLDS);
  assert_int_equal (judge ("violated in at least 10% of runs", 0, 10, 0), ORR_VIOLATED);
  assert_int_equal (judge ("violated in at least 10% of runs", 0, 9, 1), ORR_UNDECIDED);
  assert_int_equal (judge ("violated in at least 10% of runs", 1, 8, 1), ORR_HOLDS);
  assert_int_equal (judge ("violated in above 10% of runs", 1, 9, 0), ORR_VIOLATED);
  assert_int_equal (judge ("violated in below 10% of runs", 1, 9, 0), ORR_VIOLATED);
  assert_int_equal (judge ("violated in at most 10% of runs", 1, 8, 1), ORR_UNDECIDED);
  assert_int_equal (judge ("holds in exactly 30% of runs", 3, 7, 0), ORR_HOLDS);
  assert_int_equal (judge ("holds in exactly 30% of runs", 2, 6, 2), ORR_UNDECIDED);
  assert_int_equal (judge ("holds in exactly 30% of runs", 4, 6, 0), ORR_VIOLATED);
}

/* What nobody expects anything of is well where it came to its end. */
static void
nothing_expected (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) made = scenario_of ("model: primary-replica\nduration: 10ms\nexpect: {}\n");
  OrrPlan plan = { .scenarios = &made, .n_scenarios = 1, .first = 1, .last = 2 };
  for (guint limit = 0; limit <= 1; limit++)
    {
      plan.run.events_max = limit;
      g_autoptr (OrrCampaign) campaign = orr_campaign_new (&plan);
      for (guint i = 0; i < 2; i++)
        {
          OrrTask task;
          assert_int_equal (orr_runs_result (orr_campaign_runs (campaign)[0]), ORR_UNDECIDED);
          assert_true (orr_campaign_next (campaign, 1, &task));
          orr_campaign_take (campaign, i, orr_campaign_run (&plan, 0, task.seed));
        }
      assert_int_equal (orr_runs_result (orr_campaign_runs (campaign)[0]), limit ? ORR_UNDECIDED : ORR_HOLDS);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (order_does_not_matter),
    cmocka_unit_test (tasks_come_back),
    cmocka_unit_test (turns),
    cmocka_unit_test (nobody_runs_ahead),
    cmocka_unit_test (summaries_travel),
    cmocka_unit_test (names_get_numbers),
    cmocka_unit_test (expectations_over_runs),
    cmocka_unit_test (nothing_expected),
  };
  return cmocka_run_group_tests_name ("campaign", tests, set_up, tear_down);
}
