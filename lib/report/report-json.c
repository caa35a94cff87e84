/* report-json.c: a report for programs to read. */
#include <json-glib/json-glib.h>

#include "report/report.h"

static void
add_text (JsonBuilder *json, const char *name, const char *text)
{
  json_builder_set_member_name (json, name);
  if (text)
    json_builder_add_string_value (json, text);
  else
    json_builder_add_null_value (json);
}

static void
add_int (JsonBuilder *json, const char *name, gint64 number)
{
  json_builder_set_member_name (json, name);
  json_builder_add_int_value (json, number);
}

/* 64 bits do not fit into the numbers of every reader of JSON. */
static void
add_digest (JsonBuilder *json, const char *name, guint64 digest)
{
  g_autofree char *text = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", digest);
  add_text (json, name, text);
}

static void
add_verdicts (JsonBuilder *json, const OrrReport *report)
{
  json_builder_set_member_name (json, "verdicts");
  json_builder_begin_array (json);
  for (guint i = 0; i < report->verdicts->len; i++)
    {
      const OrrVerdict *verdict = g_ptr_array_index (report->verdicts, i);
      json_builder_begin_object (json);
      add_text (json, "property", verdict->property->name);
      add_text (json, "verdict", orr_verdict_name (verdict->kind));
      add_text (json, "sentence", verdict->sentence);
      add_int (json, "checked", (gint64) verdict->n_checked);
      add_int (json, "violations", (gint64) verdict->n_violations);
      json_builder_set_member_name (json, "witness");
      json_builder_begin_array (json);
      for (guint w = 0; w < verdict->n_witness; w++)
        {
          g_autoptr (GString) operation = g_string_new (NULL);
          orr_history_print_operation (report->history, verdict->witness[w], operation);
          json_builder_add_string_value (json, operation->str);
        }
      json_builder_end_array (json);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_expected (JsonBuilder *json, const OrrReport *report)
{
  static const char *const words[] = { [ORR_HOLDS] = "met", [ORR_VIOLATED] = "not met", [ORR_UNDECIDED] = "undecided" };
  json_builder_set_member_name (json, "expected");
  json_builder_begin_array (json);
  for (guint i = 0; i < report->expected->len; i++)
    {
      const OrrExpected *expected = &g_array_index (report->expected, OrrExpected, i);
      json_builder_begin_object (json);
      add_text (json, "name", expected->expectation->name);
      add_text (json, "expected", expected->expectation->text);
      add_text (json, "found", expected->found);
      add_text (json, "result", words[expected->met]);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_figures (JsonBuilder *json, const OrrFigures *figures)
{
  json_builder_set_member_name (json, "figures");
  json_builder_begin_object (json);
  for (guint i = 0; i < orr_figures_get_length (figures); i++)
    {
      const OrrFigure *figure = orr_figures_get (figures, i);
      g_autofree char *text = orr_figure_to_text (figure->measure, figure->value);
      json_builder_set_member_name (json, figure->name);
      json_builder_begin_object (json);
      json_builder_set_member_name (json, "value");
      json_builder_add_double_value (json, figure->value);
      add_text (json, "text", text);
      add_int (json, "samples", (gint64) figure->samples);
      json_builder_end_object (json);
    }
  json_builder_end_object (json);
}

static void
add_faults (JsonBuilder *json, const OrrTrace *trace)
{
  json_builder_set_member_name (json, "faults");
  json_builder_begin_array (json);
  for (guint i = 0; i < trace->faults->len; i++)
    {
      const OrrTraceFault *fault = &g_array_index (trace->faults, OrrTraceFault, i);
      json_builder_begin_object (json);
      add_text (json, "what", fault->what);
      add_int (json, "began", fault->began);
      if (fault->ended != ORR_TIME_NEVER)
        add_int (json, "ended", fault->ended);
      add_int (json, "effects", (gint64) fault->effects);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_report (JsonBuilder *json, const OrrReport *report, const char *again)
{
  static const char *const results[] = { [ORR_HOLDS] = "as expected", [ORR_VIOLATED] = "not as expected", [ORR_UNDECIDED] = "undecided" };
  const OrrTrace *trace = report->trace;
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, trace->seed);
  json_builder_begin_object (json);
  add_text (json, "title", trace->scenario->title);
  add_text (json, "file", trace->scenario->file);
  add_text (json, "model", trace->scenario->model->entry.name);
  add_text (json, "version", trace->version);
  add_text (json, "seed", seed);
  add_text (json, "result", results[report->result]);
  add_verdicts (json, report);
  add_expected (json, report);
  add_figures (json, report->figures);
  add_faults (json, trace);
  add_int (json, "operations", trace->operations->len);
  add_int (json, "events", (gint64) trace->counts.events);
  add_int (json, "ended-at", trace->ended_at);
  add_text (json, "ending", orr_ending_name (trace->ending));
  add_digest (json, "digest", trace->digest);
  if (trace->body_digest != 0)
    add_digest (json, "body-digest", trace->body_digest);
  if (again)
    add_text (json, "again", again);
  json_builder_end_object (json);
}

void
orr_report_print_json (const OrrReport *report, const char *again, GString *text)
{
  g_autoptr (JsonBuilder) json = json_builder_new_immutable ();
  add_report (json, report, again);
  g_autoptr (JsonNode) root = json_builder_get_root (json);
  g_autofree char *printed = json_to_string (root, TRUE);
  g_string_append (text, printed);
}
