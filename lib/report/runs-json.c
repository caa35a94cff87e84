/* runs-json.c: a report on many runs for programs to read.
 *
 * Seeds and digests are texts, since 64 bits do not fit into the numbers of every reader of JSON. Shares of
 * runs are reals from 0 to 1; figures are in their own units, as in the report on one run. */
#include "base/version.h"
#include "report/idle-faults.h"
#include "report/json-members.h"
#include "report/report-private.h"
#include "report/runs-private.h"

static void
add_seed (JsonBuilder *json, const char *name, guint64 seed)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, seed);
  orr_json_add_text (json, name, text);
}

static void
add_real (JsonBuilder *json, const char *name, double value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_double_value (json, value);
}

/* Null where it is not known. */
static void
add_interval (JsonBuilder *json, const char *name, gboolean is_known, OrrInterval interval)
{
  if (!is_known)
    {
      orr_json_add_text (json, name, NULL);
      return;
    }
  orr_json_begin_array (json, name);
  json_builder_add_double_value (json, interval.low);
  json_builder_add_double_value (json, interval.high);
  json_builder_end_array (json);
}

/* The first seeds, each with the command that makes its run. */
static void
add_seeds (JsonBuilder *json, const char *name, const OrrSeeds *seeds, const OrrRunsStyle *style)
{
  orr_json_begin_array (json, name);
  for (guint i = 0; i < MIN (seeds->count, ORR_RUNS_SEEDS_MAX); i++)
    {
      g_autofree char *again = orr_runs_command (style, seeds->seeds[i]);
      json_builder_begin_object (json);
      add_seed (json, "seed", seeds->seeds[i]);
      orr_json_add_text (json, "again", again);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_verdicts (JsonBuilder *json, const OrrRuns *runs, const OrrRunsStyle *style)
{
  orr_json_begin_array (json, "verdicts");
  for (guint i = 0; i < runs->verdicts->len; i++)
    {
      const OrrRunsVerdict *verdict = &g_array_index (runs->verdicts, OrrRunsVerdict, i);
      guint64 violated = verdict->by_kind[ORR_VIOLATED].count, decided = orr_runs_decided (verdict);
      json_builder_begin_object (json);
      orr_json_add_text (json, "property", verdict->property->name);
      orr_json_add_int (json, "holds", (gint64) verdict->by_kind[ORR_HOLDS].count);
      orr_json_add_int (json, "violated", (gint64) violated);
      orr_json_add_int (json, "unknown", (gint64) verdict->by_kind[ORR_UNDECIDED].count);
      if (decided > 0)
        {
          add_real (json, "violated-share", (double) violated / (double) decided);
          add_interval (json, "violated-interval", TRUE, orr_share_interval (violated, decided));
        }
      add_seeds (json, "violated-by", &verdict->by_kind[ORR_VIOLATED], style);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_expected (JsonBuilder *json, const OrrRuns *runs, const OrrRunsStyle *style)
{
  static const char *const words[]
      = { [ORR_HOLDS] = "met", [ORR_VIOLATED] = "not met", [ORR_UNDECIDED] = "undecided" };
  orr_json_begin_array (json, "expected");
  for (guint i = 0; i < runs->expected->len; i++)
    {
      const OrrRunsExpected *expected = &g_array_index (runs->expected, OrrRunsExpected, i);
      json_builder_begin_object (json);
      orr_json_add_text (json, "name", expected->expectation->name);
      orr_json_add_text (json, "expected", expected->expectation->text);
      orr_json_add_int (json, "met-in", (gint64) expected->by_kind[ORR_HOLDS].count);
      orr_json_add_int (json, "not-met-in", (gint64) expected->by_kind[ORR_VIOLATED].count);
      orr_json_add_int (json, "undecided-in", (gint64) expected->by_kind[ORR_UNDECIDED].count);
      add_seeds (json, "not-met-by", &expected->by_kind[ORR_VIOLATED], style);
      add_seeds (json, "undecided-by", &expected->by_kind[ORR_UNDECIDED], style);
      orr_json_add_text (json, "result", words[orr_runs_met (runs, i)]);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_figures (JsonBuilder *json, const OrrRuns *runs)
{
  json_builder_set_member_name (json, "figures");
  json_builder_begin_object (json);
  for (guint i = 0; i < runs->figures->len; i++)
    {
      const OrrRunsFigure *figure = g_ptr_array_index (runs->figures, i);
      OrrSpreadView view;
      orr_spread_look (figure->spread, &view);
      json_builder_set_member_name (json, figure->name);
      json_builder_begin_object (json);
      orr_json_add_text (json, "unit", orr_figure_unit (figure->measure));
      orr_json_add_int (json, "runs", (gint64) view.n);
      add_real (json, "mean", view.mean);
      add_interval (json, "mean-interval", view.has_mean_interval, view.mean_interval);
      add_real (json, "median", view.median);
      add_interval (json, "median-interval", view.has_median_interval, view.median_interval);
      add_real (json, "least", figure->least);
      add_seed (json, "least-by", figure->least_by);
      add_real (json, "most", figure->most);
      add_seed (json, "most-by", figure->most_by);
      json_builder_end_object (json);
    }
  json_builder_end_object (json);
}

static void
add_died (JsonBuilder *json, const OrrRuns *runs, const OrrRunsStyle *style)
{
  orr_json_begin_array (json, "died");
  for (guint i = 0; i < runs->died->len; i++)
    {
      const OrrRunsDied *died = &g_array_index (runs->died, OrrRunsDied, i);
      g_autofree char *again = orr_runs_command (style, died->seed);
      json_builder_begin_object (json);
      add_seed (json, "seed", died->seed);
      orr_json_add_text (json, "how", died->how);
      orr_json_add_text (json, "again", again);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

void
orr_runs_add_json (JsonBuilder *json, const OrrRuns *runs, const OrrRunsStyle *style)
{
  static const char *const results[]
      = { [ORR_HOLDS] = "as expected", [ORR_VIOLATED] = "not as expected", [ORR_UNDECIDED] = "undecided" };
  g_autofree char *again = orr_runs_command_for_all (runs, style);
  g_autofree char *digest = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", runs->digest);
  json_builder_begin_object (json);
  orr_json_add_text (json, "title", runs->scenario->title);
  orr_json_add_text (json, "file", runs->scenario->file);
  orr_json_add_text (json, "model", runs->scenario->model->entry.name);
  orr_json_add_text (json, "version", ORR_VERSION);
  add_seed (json, "first-seed", runs->first);
  add_seed (json, "last-seed", runs->last);
  orr_json_add_bool (json, "complete", orr_runs_is_complete (runs));
  orr_json_add_text (json, "result", results[orr_runs_result (runs)]);
  orr_json_add_int (json, "runs", (gint64) runs->n);
  orr_json_add_int (json, "runs-as-expected", (gint64) runs->by_result[ORR_HOLDS].count);
  orr_json_add_int (json, "runs-not-as-expected", (gint64) runs->by_result[ORR_VIOLATED].count);
  orr_json_add_int (json, "runs-undecided", (gint64) runs->by_result[ORR_UNDECIDED].count);
  orr_json_add_int (json, "runs-cut-short", (gint64) runs->cut_short.count);
  orr_json_add_int (json, "runs-died", (gint64) runs->n_died);
  add_seeds (json, "not-as-expected", &runs->by_result[ORR_VIOLATED], style);
  add_seeds (json, "undecided", &runs->by_result[ORR_UNDECIDED], style);
  add_died (json, runs, style);
  add_verdicts (json, runs, style);
  add_expected (json, runs, style);
  add_figures (json, runs);
  g_autoptr (GArray) idle = orr_idle_faults_of_runs (runs->scenario, runs->struck);
  orr_idle_faults_add_json (runs->scenario, idle, json);
  orr_json_add_int (json, "events", (gint64) runs->events);
  orr_json_add_text (json, "digest", digest);
  if (again)
    orr_json_add_text (json, "again", again);
  json_builder_end_object (json);
}

void
orr_runs_print_json (const OrrRuns *runs, const OrrRunsStyle *style, GString *text)
{
  g_autoptr (JsonBuilder) json = json_builder_new_immutable ();
  orr_runs_add_json (json, runs, style);
  orr_json_print (json, text);
}
