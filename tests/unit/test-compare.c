/* test-compare.c: pairs of runs: what differs, by how much, and what is broken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <math.h>

#include <cmocka.h>

#include "explore/campaign.h"
#include "explore/compare.h"

#include "../support/program-catalog.h"
#include "../support/scenario-from.h"

#define assert_near(a, b, within) assert_true (fabs ((a) - (b)) <= (within))

static OrrScenario *
scenario_of (const char *expect)
{
  g_autofree char *source = g_strdup_printf ("model: primary-replica\nexpect: {%s}\n", expect);
  return scenario_from (catalog, source);
}

/* --- Runs by hand --- */

static guint
check_of (const char *name)
{
  for (guint i = 0; orr_checks[i]; i++)
    if (strcmp (orr_checks[i]->entry.name, name) == 0)
      return i;
  g_assert_not_reached ();
}

/* A run that was judged by read-your-writes and has one figure, latency.read.p99. */
static OrrSummary *
run_of (guint64 seed, OrrVerdictKind kind, double latency)
{
  static const char name[] = "latency.read.p99";
  OrrSummary *summary = orr_summary_new_died (seed, NULL);
  OrrSummaryVerdict verdict = { check_of ("read-your-writes"), kind };
  g_array_append_val (summary->verdicts, verdict);
  summary->ending = ORR_ENDED_QUIET;
  summary->digest = (guint64) (gint64) latency;
  orr_figure_names_unref (summary->names);
  summary->names = g_rc_box_new0 (OrrFigureNames);
  summary->names->arena = orr_arena_new ();
  summary->names->n = 1;
  summary->names->names = orr_arena_alloc (summary->names->arena, sizeof (char *));
  summary->names->names[0] = name;
  summary->values = orr_arena_copy (summary->arena, &latency, sizeof latency);
  return summary;
}

static void
add_pair (OrrComparison *comparison, guint64 seed, OrrVerdictKind a, OrrVerdictKind b, double in_a,
          double in_b)
{
  orr_comparison_take (comparison, 0, run_of (seed, a, in_a));
  orr_comparison_take (comparison, 1, run_of (seed, b, in_b));
}

/* Student's ten patients by either drug: the difference is 1.58, t is 4.0621 with 9 degrees of freedom.
 * Unpaired it would not be told from 0. */
static void
paired (void **state G_GNUC_UNUSED)
{
  static const double first[] = { 0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0 };
  static const double second[] = { 1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4 };
  g_autoptr (OrrScenario) scenario = scenario_of ("");
  g_autoptr (OrrComparison) comparison = orr_comparison_new (scenario, scenario, 1, 10);
  OrrInterval interval, in_a, in_b;
  for (guint i = 0; i < 10; i++)
    {
      assert_int_equal (orr_comparison_result (comparison), ORR_UNDECIDED);
      add_pair (comparison, i + 1, ORR_HOLDS, ORR_HOLDS, first[i], second[i]);
    }
  assert_int_equal (orr_comparison_result (comparison), ORR_HOLDS);
  assert_int_equal (comparison->n, 10);
  assert_int_equal (comparison->figures->len, 1);
  const OrrComparedFigure *figure = g_ptr_array_index (comparison->figures, 0);
  assert_string_equal (figure->name, "latency.read.p99");
  assert_near (figure->a.mean, 0.75, 1e-12);
  assert_near (figure->b.mean, 2.33, 1e-12);
  assert_near (figure->difference.mean, 1.58, 1e-12);
  assert_true (orr_mean_interval (&figure->difference, &interval));
  assert_near (interval.low, 0.7001142, 1e-6);
  assert_near (interval.high, 2.4598858, 1e-6);
  assert_true (orr_compared_figure_differs (figure));
  assert_near (orr_compared_figure_size (figure), 1.58 / 2.33, 1e-12);
  assert_true (orr_mean_interval (&figure->a, &in_a) && orr_mean_interval (&figure->b, &in_b));
  assert_true (in_a.high > in_b.low);
}

/* Two runs tell nothing where each differs otherwise, and one alone never does. */
static void
unsure (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario = scenario_of ("");
  g_autoptr (OrrComparison) comparison = orr_comparison_new (scenario, scenario, 1, 3);
  add_pair (comparison, 1, ORR_HOLDS, ORR_HOLDS, 1, 5);
  const OrrComparedFigure *figure = g_ptr_array_index (comparison->figures, 0);
  assert_false (orr_compared_figure_differs (figure));
  add_pair (comparison, 2, ORR_HOLDS, ORR_HOLDS, 5, 2);
  assert_false (orr_compared_figure_differs (figure));
  add_pair (comparison, 3, ORR_HOLDS, ORR_HOLDS, 7, 7);
  assert_int_equal (comparison->same.count, 1);
  assert_int_equal (comparison->same.seeds[0], 3);
}

static void
verdicts (void **state G_GNUC_UNUSED)
{
  static const OrrVerdictKind kinds[][2]
      = { { ORR_HOLDS, ORR_HOLDS },       { ORR_HOLDS, ORR_VIOLATED },     { ORR_VIOLATED, ORR_HOLDS },
          { ORR_VIOLATED, ORR_VIOLATED }, { ORR_HOLDS, ORR_UNDECIDED },    { ORR_UNDECIDED, ORR_VIOLATED },
          { ORR_HOLDS, ORR_VIOLATED },    { ORR_UNDECIDED, ORR_UNDECIDED } };
  g_autoptr (OrrScenario) scenario = scenario_of ("");
  g_autoptr (OrrComparison) comparison = orr_comparison_new (scenario, scenario, 10, 19);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    add_pair (comparison, 10 + i, kinds[i][0], kinds[i][1], 1, 1);
  orr_comparison_take (comparison, 0, orr_summary_new_died (18, "signal 6"));
  orr_comparison_take (comparison, 1, run_of (18, ORR_VIOLATED, 1));
  orr_comparison_take (comparison, 0, run_of (19, ORR_VIOLATED, 1));
  orr_comparison_take (comparison, 1, orr_summary_new_died (19, "signal 6"));
  const OrrComparedVerdict *verdict = &g_array_index (comparison->verdicts, OrrComparedVerdict, 0);
  assert_int_equal (comparison->verdicts->len, 1);
  assert_int_equal (verdict->neither.count, 1);
  assert_int_equal (verdict->both.count, 1);
  assert_int_equal (verdict->both.seeds[0], 13);
  assert_int_equal (verdict->only_a.count, 1);
  assert_int_equal (verdict->only_a.seeds[0], 12);
  assert_int_equal (verdict->only_b.count, 2);
  assert_int_equal (verdict->only_b.seeds[0], 11);
  assert_int_equal (verdict->only_b.seeds[1], 16);
  assert_int_equal (verdict->n_unknown, 3);
  assert_int_equal (comparison->n, 8);
  assert_int_equal (comparison->died_a.seeds[0], 18);
  assert_int_equal (comparison->died_b.seeds[0], 19);
  assert_int_equal (orr_comparison_result (comparison), ORR_UNDECIDED);
}

static OrrVerdictKind
kept (const char *expect, OrrVerdictKind a, OrrVerdictKind b, double in_a, double in_b)
{
  g_autoptr (OrrScenario) scenario = scenario_of (expect), other = scenario_of ("convergence: violated");
  g_autoptr (OrrComparison) comparison = orr_comparison_new (scenario, other, 1, 2);
  for (guint seed = 1; seed <= 2; seed++)
    add_pair (comparison, seed, a, b, in_a, in_b);
  return orr_comparison_result (comparison);
}

/* What A expects and meets counts, and what B expects does not. */
static void
broken (void **state G_GNUC_UNUSED)
{
  static const char holds[] = "read-your-writes: holds", violated[] = "read-your-writes: violated";
  static const char some[] = "read-your-writes: holds in at least 50% of runs",
                    below[] = "latency.read.p99: below 5ns";
  assert_int_equal (kept ("", ORR_HOLDS, ORR_VIOLATED, 1, 1), ORR_HOLDS);
  assert_int_equal (kept (holds, ORR_HOLDS, ORR_HOLDS, 1, 1), ORR_HOLDS);
  assert_int_equal (kept (holds, ORR_HOLDS, ORR_VIOLATED, 1, 1), ORR_VIOLATED);
  assert_int_equal (kept (holds, ORR_HOLDS, ORR_UNDECIDED, 1, 1), ORR_UNDECIDED);
  assert_int_equal (kept (holds, ORR_VIOLATED, ORR_VIOLATED, 1, 1), ORR_HOLDS);
  assert_int_equal (kept (violated, ORR_VIOLATED, ORR_HOLDS, 1, 1), ORR_HOLDS);
  assert_int_equal (kept (some, ORR_HOLDS, ORR_VIOLATED, 1, 1), ORR_VIOLATED);
  assert_int_equal (kept (below, ORR_HOLDS, ORR_HOLDS, 1, 4), ORR_HOLDS);
  assert_int_equal (kept (below, ORR_HOLDS, ORR_HOLDS, 1, 6), ORR_VIOLATED);
  assert_int_equal (kept ("success: exactly 100%", ORR_HOLDS, ORR_HOLDS, 1, 6),
                    ORR_HOLDS); /* no samples in A */
}

/* The larger changes first, and behind them what does not differ. */
static void
order (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) a = scenario_of (""), b = scenario_of ("");
  OrrComparison *comparison = orr_comparison_new (a, b, 1, 2);
  static const struct
  {
    const char *name;
    double a, b;
  } figures[] = { { "none", 5, 5 }, { "small", 100, 99 }, { "gone", 3, 0 }, { "half", 2, 4 } };
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      OrrComparedFigure *figure = g_new0 (OrrComparedFigure, 1);
      figure->name = g_strdup (figures[i].name);
      for (guint j = 0; j < 2; j++)
        {
          orr_mean_add (&figure->a, figures[i].a);
          orr_mean_add (&figure->b, figures[i].b);
          orr_mean_add (&figure->difference, figures[i].b - figures[i].a);
        }
      g_ptr_array_add (comparison->figures, figure);
    }
  g_autoptr (GPtrArray) sorted = orr_comparison_sorted (comparison);
  static const char *const wanted[] = { "gone", "half", "small", "none" };
  for (guint i = 0; i < 4; i++)
    assert_string_equal (((const OrrComparedFigure *) sorted->pdata[i])->name, wanted[i]);
  orr_comparison_free (comparison);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (paired), cmocka_unit_test (unsure), cmocka_unit_test (verdicts),
    cmocka_unit_test (broken), cmocka_unit_test (order),
  };
  return cmocka_run_group_tests_name ("compare", tests, set_up, tear_down);
}
