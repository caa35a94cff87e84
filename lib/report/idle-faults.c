/* idle-faults.c: what was planned and did not happen. */
#include "report/idle-faults.h"

static void
clear (gpointer idle)
{
  g_free (((OrrIdleFault *) idle)->why);
}

static char *
why_not (const OrrFaultPlan *plan)
{
  if (plan->trigger == ORR_TRIGGER_AT)
    return g_strdup ("the run was cut short before that");
  if (plan->trigger == ORR_TRIGGER_EVERY)
    return g_strdup ("the workload was over before its first time came");
  if (plan->when.nth == 1)
    return g_strdup ("what it waits for did not happen before the workload was over");
  return g_strdup_printf ("what it waits for did not happen %u times before the workload was over",
                          plan->when.nth);
}

/* A line has a mark of its own, and behind it one for each of its choices. */
static guint
n_marks (const OrrFaultPlan *plan)
{
  return 1 + plan->choose.length;
}

GArray *
orr_struck_new (const OrrScenario *scenario)
{
  const OrrFaultPlan *plans = scenario->faults.data;
  guint n = 0;
  for (guint i = 0; i < scenario->faults.length; i++)
    n += n_marks (&plans[i]);
  GArray *struck = g_array_new (FALSE, TRUE, sizeof (guint8));
  return g_array_set_size (struck, n);
}

GArray *
orr_struck_of (const OrrTrace *trace)
{
  const OrrFaultPlan *plans = trace->scenario->faults.data;
  guint n = trace->scenario->faults.length;
  GArray *struck = orr_struck_new (trace->scenario);
  guint8 *mark = (guint8 *) struck->data;
  g_autofree guint8 **marks = g_new (guint8 *, n + 1);
  for (guint i = 0; i < n; mark += n_marks (&plans[i++]))
    marks[i] = mark;
  for (guint i = 0; i < trace->faults->len; i++)
    {
      const OrrTraceFault *fault = &g_array_index (trace->faults, OrrTraceFault, i);
      if (fault->line == G_MAXUINT32)
        continue;
      marks[fault->line][0] = 1;
      if (fault->choice != G_MAXUINT32)
        marks[fault->line][1 + fault->choice] = 1;
    }
  return struck;
}

/* Adds what of a line never struck: the line, or some of its choices. */
static void
add_idle (const OrrFaultPlan *plan, const guint8 *marks, gboolean of_runs, GArray *all)
{
  const OrrChosenFault *chosen = plan->choose.data;
  if (!marks[0])
    {
      OrrIdleFault idle = { plan, NULL, of_runs ? g_strdup ("it struck in no run") : why_not (plan) };
      g_array_append_val (all, idle);
      return;
    }
  for (guint i = 0; i < plan->choose.length; i++)
    if (!marks[1 + i])
      {
        OrrIdleFault idle
            = { plan, &chosen[i], g_strdup (of_runs ? "it was drawn in no run" : "it was never drawn") };
        g_array_append_val (all, idle);
      }
}

static GArray *
idle_faults (const OrrScenario *scenario, const GArray *struck, gboolean of_runs)
{
  const OrrFaultPlan *plans = scenario->faults.data;
  const guint8 *marks = (const guint8 *) struck->data;
  GArray *all = g_array_new (FALSE, FALSE, sizeof (OrrIdleFault));
  g_array_set_clear_func (all, clear);
  for (guint i = 0; i < scenario->faults.length; marks += n_marks (&plans[i++]))
    add_idle (&plans[i], marks, of_runs, all);
  return all;
}

GArray *
orr_idle_faults_of (const OrrTrace *trace)
{
  g_autoptr (GArray) struck = orr_struck_of (trace);
  return idle_faults (trace->scenario, struck, FALSE);
}

GArray *
orr_idle_faults_of_runs (const OrrScenario *scenario, const GArray *struck)
{
  return idle_faults (scenario, struck, TRUE);
}

char *
orr_idle_place (const OrrScenario *scenario, const OrrPlace *place)
{
  const char *file = place->file ? place->file : scenario->file;
  if (!file || place->line == 0)
    return NULL;
  g_autofree char *named = orr_one_line (file);
  return g_strdup_printf ("%s:%u:%u", named, place->line, place->column);
}

void
orr_idle_fault_print (const OrrScenario *scenario, const OrrIdleFault *idle, GString *text)
{
  g_autofree char *line = orr_scenario_fault_to_text (scenario, idle->plan);
  g_autofree char *place = orr_idle_place (scenario, &idle->plan->place);
  if (idle->choice)
    g_string_append_printf (text, "%s of ", idle->choice->text);
  g_string_append (text, line);
  if (place)
    g_string_append_printf (text, " (%s)", place);
  g_string_append_printf (text, ": %s\n", idle->why);
}

void
orr_idle_faults_add_json (const OrrScenario *scenario, const GArray *idle_faults, JsonBuilder *json)
{
  orr_json_begin_array (json, "idle-faults");
  for (guint i = 0; i < idle_faults->len; i++)
    {
      const OrrIdleFault *idle = &g_array_index (idle_faults, OrrIdleFault, i);
      g_autofree char *line = orr_scenario_fault_to_text (scenario, idle->plan);
      g_autofree char *place = orr_idle_place (scenario, &idle->plan->place);
      json_builder_begin_object (json);
      orr_json_add_text (json, "line", line);
      orr_json_add_text (json, "place", place);
      orr_json_add_text (json, "choice", idle->choice ? idle->choice->text : NULL);
      orr_json_add_text (json, "why", idle->why);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}
