/* report-json.c: a report for programs to read.
 *
 * Times are whole nanoseconds of virtual time, under names that end with -ns. */
#include "check/map.h"
#include "report/idle-faults.h"
#include "report/idle-pins.h"
#include "report/json-members.h"
#include "report/report-private.h"

/* 64 bits do not fit into the numbers of every reader of JSON; so these two are texts. */
static void
add_seed (JsonBuilder *json, guint64 seed)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, seed);
  orr_json_add_text (json, "seed", text);
}

static void
add_digest (JsonBuilder *json, const char *name, guint64 digest)
{
  g_autofree char *text = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", digest);
  orr_json_add_text (json, name, text);
}

/* What nodes said that shows it. */
static void
add_facts (JsonBuilder *json, const OrrHistory *history, const OrrVerdict *verdict)
{
  if (verdict->n_facts == 0)
    return;
  orr_json_begin_array (json, "facts");
  for (guint i = 0; i < verdict->n_facts; i++)
    {
      const OrrHistoryFact *fact = &g_array_index (history->facts, OrrHistoryFact, verdict->facts[i]);
      g_autoptr (GString) name = g_string_new (NULL);
      g_autoptr (GString) what = g_string_new (NULL);
      orr_name_print (fact->fact->name, name);
      orr_history_print_fact (history, verdict->facts[i], what);
      json_builder_begin_object (json);
      orr_json_add_text (json, "fact", name->str);
      orr_json_add_text (json, "node", history->node_names[fact->node]);
      orr_json_add_int (json, "time-ns", fact->time);
      orr_json_add_text (json, "what", what->str);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

/* When it began; of a history from elsewhere, where it stands. */
static void
add_place (JsonBuilder *json, const OrrHistory *history, const OrrHistoryOperation *operation)
{
  if (history->source)
    orr_json_add_int (json, "line", operation->index);
  if (history->source)
    orr_json_add_int (json, "column", MAX (operation->column, 1));
  if (!history->source || history->source->times == ORR_TIMES_REAL)
    orr_json_add_int (json, "invoked-ns", operation->invoked);
}

static void
add_verdicts (JsonBuilder *json, const OrrReport *report)
{
  orr_json_begin_array (json, "verdicts");
  for (guint i = 0; i < report->verdicts->len; i++)
    {
      const OrrVerdict *verdict = g_ptr_array_index (report->verdicts, i);
      json_builder_begin_object (json);
      orr_json_add_text (json, "property", verdict->property->name);
      orr_json_add_text (json, "verdict", orr_verdict_name (verdict->kind));
      orr_json_add_text (json, "sentence", verdict->sentence);
      orr_json_add_int (json, "checked", (gint64) verdict->n_checked);
      orr_json_add_int (json, "violations", (gint64) verdict->n_violations);
      orr_json_begin_array (json, "witness");
      for (guint w = 0; w < verdict->n_witness; w++)
        {
          const OrrHistoryOperation *operation
              = &g_array_index (report->history->operations, OrrHistoryOperation, verdict->witness[w]);
          g_autoptr (GString) what = g_string_new (NULL);
          orr_history_print_operation (report->history, verdict->witness[w], what);
          json_builder_begin_object (json);
          orr_json_add_text (json, "id", operation->id);
          orr_json_add_text (json, "session", report->history->session_names[operation->session]);
          add_place (json, report->history, operation);
          orr_json_add_text (json, "what", what->str);
          json_builder_end_object (json);
        }
      json_builder_end_array (json);
      if (verdict->not_least)
        orr_json_add_bool (json, "least", FALSE);
      add_facts (json, report->history, verdict);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_telling (JsonBuilder *json, const OrrReport *report, OrrVerdictKind kind, const char *name)
{
  OrrMapNeeds given = orr_map_given (report->history);
  orr_json_begin_array (json, name);
  for (guint i = 0; i < report->verdicts->len; i++)
    {
      const OrrVerdict *verdict = g_ptr_array_index (report->verdicts, i);
      if (verdict->kind == kind && orr_map_is_telling (verdict, report->verdicts, given))
        json_builder_add_string_value (json, verdict->property->name);
    }
  json_builder_end_array (json);
}

/* Of all properties those from which the others follow; of a few that were asked for, nothing follows. */
static void
add_map (JsonBuilder *json, const OrrReport *report)
{
  if (report->verdicts->len == report->n_asked)
    return;
  add_telling (json, report, ORR_HOLDS, "strongest");
  add_telling (json, report, ORR_VIOLATED, "weakest");
}

static void
add_expected (JsonBuilder *json, const OrrReport *report)
{
  static const char *const words[]
      = { [ORR_HOLDS] = "met", [ORR_VIOLATED] = "not met", [ORR_UNDECIDED] = "undecided" };
  orr_json_begin_array (json, "expected");
  for (guint i = 0; i < report->expected->len; i++)
    {
      const OrrExpected *expected = &g_array_index (report->expected, OrrExpected, i);
      json_builder_begin_object (json);
      orr_json_add_text (json, "name", expected->expectation->name);
      orr_json_add_text (json, "expected", expected->expectation->text);
      orr_json_add_text (json, "found", expected->found);
      orr_json_add_text (json, "result", words[expected->met]);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

const char *
orr_figure_unit (const OrrMeasureEntry *measure)
{
  if (measure->type == &orr_type_DURATION)
    return "ns";
  return measure->type == &orr_type_SHARE ? "ppb" : measure->unit;
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
      orr_json_add_text (json, "unit", orr_figure_unit (figure->measure));
      orr_json_add_text (json, "text", text);
      orr_json_add_int (json, "samples", (gint64) figure->samples);
      json_builder_end_object (json);
    }
  json_builder_end_object (json);
}

static void
add_faults (JsonBuilder *json, const OrrTrace *trace)
{
  orr_json_begin_array (json, "faults");
  for (guint i = 0; i < trace->faults->len; i++)
    {
      const OrrTraceFault *fault = &g_array_index (trace->faults, OrrTraceFault, i);
      json_builder_begin_object (json);
      orr_json_add_text (json, "what", fault->what);
      orr_json_add_int (json, "began-ns", fault->began);
      if (fault->ended != ORR_TIME_NEVER)
        orr_json_add_int (json, "ended-ns", fault->ended);
      orr_json_add_int (json, "effects", (gint64) fault->effects);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

/* Of a history from elsewhere. */
static void
add_history (JsonBuilder *json, const OrrReport *report, const char *again)
{
  json_builder_begin_object (json);
  orr_json_add_source (json, report->history);
  orr_json_add_text (json, "result", orr_verdict_name (report->result));
  add_verdicts (json, report);
  add_map (json, report);
  add_figures (json, report->figures);
  if (again)
    orr_json_add_text (json, "again", again);
  json_builder_end_object (json);
}

static void
add_report (JsonBuilder *json, const OrrReport *report, const char *again)
{
  static const char *const results[]
      = { [ORR_HOLDS] = "as expected", [ORR_VIOLATED] = "not as expected", [ORR_UNDECIDED] = "undecided" };
  const OrrTrace *trace = report->trace;
  json_builder_begin_object (json);
  orr_json_add_text (json, "title", trace->scenario->title);
  orr_json_add_text (json, "file", trace->scenario->file);
  orr_json_add_text (json, "model", trace->scenario->model->entry.name);
  orr_json_add_text (json, "version", trace->version);
  add_seed (json, trace->seed);
  if (report->whole)
    orr_json_add_text (json, "view", "client");
  orr_json_add_text (json, "result", results[report->result]);
  add_verdicts (json, report);
  add_map (json, report);
  add_expected (json, report);
  add_figures (json, report->figures);
  add_faults (json, trace);
  g_autoptr (GArray) idle = orr_idle_faults_of (trace);
  orr_idle_faults_add_json (trace->scenario, idle, json);
  g_autoptr (GPtrArray) pins = orr_idle_pins_of (trace);
  orr_idle_pins_add_json (trace->scenario, pins, json);
  orr_json_add_int (json, "operations", trace->operations->len);
  orr_json_add_int (json, "events", (gint64) trace->counts.events);
  orr_json_add_int (json, "ended-ns", trace->ended_at);
  orr_json_add_text (json, "ending", orr_ending_name (trace->ending));
  add_digest (json, "digest", trace->digest);
  if (trace->body_digest != 0)
    add_digest (json, "body-digest", trace->body_digest);
  if (again)
    orr_json_add_text (json, "again", again);
  json_builder_end_object (json);
}

void
orr_report_print_json (const OrrReport *report, const char *again, GString *text)
{
  g_autoptr (JsonBuilder) json = json_builder_new_immutable ();
  if (report->trace)
    add_report (json, report, again);
  else
    add_history (json, report, again);
  orr_json_print (json, text);
}
