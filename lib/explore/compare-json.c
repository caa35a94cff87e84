/* compare-json.c: a comparison for programs to read. Figures are in their own units, seeds are texts, as in
 * reports on many runs. */
#include "explore/compare.h"
#include "report/json-members.h"
#include "report/report-private.h"

static void
add_real (JsonBuilder *json, const char *name, double value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_double_value (json, value);
}

static void
add_seed (JsonBuilder *json, const char *name, guint64 seed)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, seed);
  orr_json_add_text (json, name, text);
}

/* How many there were, and the first of them. */
static void
add_seeds (JsonBuilder *json, const char *name, const OrrSeeds *seeds)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_object (json);
  orr_json_add_int (json, "runs", (gint64) seeds->count);
  orr_json_begin_array (json, "seeds");
  for (guint i = 0; i < MIN (seeds->count, ORR_RUNS_SEEDS_MAX); i++)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, seeds->seeds[i]);
      json_builder_add_string_value (json, text);
    }
  json_builder_end_array (json);
  json_builder_end_object (json);
}

static void
add_side (JsonBuilder *json, const char *letter, const OrrScenario *scenario, const char *name,
          const char *command)
{
  json_builder_set_member_name (json, letter);
  json_builder_begin_object (json);
  orr_json_add_text (json, "name", name);
  orr_json_add_text (json, "title", scenario->title);
  orr_json_add_text (json, "model", scenario->model->entry.name);
  orr_json_add_text (json, "command", command);
  json_builder_end_object (json);
}

static void
add_verdicts (JsonBuilder *json, const OrrComparison *comparison)
{
  orr_json_begin_array (json, "verdicts");
  for (guint i = 0; i < comparison->verdicts->len; i++)
    {
      const OrrComparedVerdict *verdict = &g_array_index (comparison->verdicts, OrrComparedVerdict, i);
      json_builder_begin_object (json);
      orr_json_add_text (json, "property", verdict->property->name);
      add_seeds (json, "violated-by-neither", &verdict->neither);
      add_seeds (json, "violated-by-both", &verdict->both);
      add_seeds (json, "violated-only-by-a", &verdict->only_a);
      add_seeds (json, "violated-only-by-b", &verdict->only_b);
      orr_json_add_int (json, "unknown", (gint64) verdict->n_unknown);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_met (JsonBuilder *json, const char *letter, const OrrRunsExpected *expected, guint64 n)
{
  static const char *const words[]
      = { [ORR_HOLDS] = "met", [ORR_VIOLATED] = "not met", [ORR_UNDECIDED] = "undecided" };
  json_builder_set_member_name (json, letter);
  json_builder_begin_object (json);
  orr_json_add_text (json, "result", words[orr_runs_expected_met (expected, n)]);
  add_seeds (json, "met", &expected->by_kind[ORR_HOLDS]);
  add_seeds (json, "not-met", &expected->by_kind[ORR_VIOLATED]);
  add_seeds (json, "undecided", &expected->by_kind[ORR_UNDECIDED]);
  json_builder_end_object (json);
}

static void
add_expected (JsonBuilder *json, const OrrComparison *comparison)
{
  orr_json_begin_array (json, "expected");
  for (guint i = 0; i < comparison->expected->len; i++)
    {
      const OrrComparedExpectation *expected
          = &g_array_index (comparison->expected, OrrComparedExpectation, i);
      json_builder_begin_object (json);
      orr_json_add_text (json, "name", expected->a.expectation->name);
      orr_json_add_text (json, "expected", expected->a.expectation->text);
      add_met (json, "a", &expected->a, comparison->n);
      add_met (json, "b", &expected->b, comparison->n);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_figure (JsonBuilder *json, const OrrComparedFigure *figure)
{
  OrrInterval interval;
  json_builder_begin_object (json);
  orr_json_add_text (json, "name", figure->name);
  orr_json_add_text (json, "unit", orr_figure_unit (figure->measure));
  orr_json_add_int (json, "pairs", (gint64) figure->difference.n);
  orr_json_add_int (json, "only-a", (gint64) figure->n_only_a);
  orr_json_add_int (json, "only-b", (gint64) figure->n_only_b);
  if (figure->difference.n > 0)
    {
      add_real (json, "a", figure->a.mean);
      add_real (json, "b", figure->b.mean);
      add_real (json, "difference", figure->difference.mean);
    }
  if (orr_mean_interval (&figure->difference, &interval))
    {
      orr_json_begin_array (json, "interval");
      json_builder_add_double_value (json, interval.low);
      json_builder_add_double_value (json, interval.high);
      json_builder_end_array (json);
    }
  orr_json_add_bool (json, "differs", orr_compared_figure_differs (figure));
  json_builder_end_object (json);
}

static void
add_figures (JsonBuilder *json, const OrrComparison *comparison)
{
  g_autoptr (GPtrArray) sorted = orr_comparison_sorted (comparison);
  orr_json_begin_array (json, "figures");
  for (guint i = 0; i < sorted->len; i++)
    add_figure (json, g_ptr_array_index (sorted, i));
  json_builder_end_array (json);
}

void
orr_comparison_print_json (const OrrComparison *comparison, const OrrComparisonStyle *style, GString *text)
{
  static const char *const results[] = {
    [ORR_HOLDS] = "B breaks nothing", [ORR_VIOLATED] = "B breaks something", [ORR_UNDECIDED] = "undecided"
  };
  g_autoptr (JsonBuilder) json = json_builder_new_immutable ();
  json_builder_begin_object (json);
  add_side (json, "a", comparison->a, style->name_a, style->command_a);
  add_side (json, "b", comparison->b, style->name_b, style->command_b);
  add_seed (json, "first-seed", comparison->first);
  add_seed (json, "last-seed", comparison->last);
  orr_json_add_int (json, "pairs", (gint64) comparison->n);
  orr_json_add_int (json, "same", (gint64) comparison->same.count);
  add_seeds (json, "died-a", &comparison->died_a);
  add_seeds (json, "died-b", &comparison->died_b);
  orr_json_add_text (json, "result", results[orr_comparison_result (comparison)]);
  add_verdicts (json, comparison);
  add_expected (json, comparison);
  add_figures (json, comparison);
  orr_json_add_text (json, "again", style->again);
  json_builder_end_object (json);
  orr_json_print (json, text);
}
