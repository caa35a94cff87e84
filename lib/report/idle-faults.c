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

/* A mark for each line and each of its choices: the first of a line's stands at its offset. */
static guint8 *
mark_struck (const OrrTrace *trace, const guint *offsets, guint n_marks)
{
  guint8 *marks = g_new0 (guint8, n_marks + 1);
  for (guint i = 0; i < trace->faults->len; i++)
    {
      const OrrTraceFault *fault = &g_array_index (trace->faults, OrrTraceFault, i);
      if (fault->line == G_MAXUINT32)
        continue;
      marks[offsets[fault->line]] = 1;
      if (fault->choice != G_MAXUINT32)
        marks[offsets[fault->line] + 1 + fault->choice] = 1;
    }
  return marks;
}

/* Adds what of a line never struck: the line, or some of its choices. */
static void
add_idle (const OrrFaultPlan *plan, const guint8 *marks, GArray *all)
{
  const OrrChosenFault *chosen = plan->choose.data;
  if (!marks[0])
    {
      OrrIdleFault idle = { plan, NULL, why_not (plan) };
      g_array_append_val (all, idle);
      return;
    }
  for (guint i = 0; i < plan->choose.length; i++)
    if (!marks[1 + i])
      {
        OrrIdleFault idle = { plan, &chosen[i], g_strdup ("it was never drawn") };
        g_array_append_val (all, idle);
      }
}

GArray *
orr_idle_faults_of (const OrrTrace *trace)
{
  const OrrFaultPlan *plans = trace->scenario->faults.data;
  guint n = trace->scenario->faults.length, n_marks = 0;
  g_autofree guint *offsets = g_new (guint, n + 1);
  for (guint i = 0; i < n; i++)
    {
      offsets[i] = n_marks;
      n_marks += 1 + plans[i].choose.length;
    }
  g_autofree guint8 *marks = mark_struck (trace, offsets, n_marks);
  GArray *all = g_array_new (FALSE, FALSE, sizeof (OrrIdleFault));
  g_array_set_clear_func (all, clear);
  for (guint i = 0; i < n; i++)
    add_idle (&plans[i], marks + offsets[i], all);
  return all;
}

char *
orr_idle_fault_place (const OrrTrace *trace, const OrrIdleFault *idle)
{
  const OrrPlace *place = &idle->plan->place;
  const char *file = place->file ? place->file : trace->scenario->file;
  if (!file || place->line == 0)
    return NULL;
  g_autofree char *named = orr_one_line (file);
  return g_strdup_printf ("%s:%u:%u", named, place->line, place->column);
}
