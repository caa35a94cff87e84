/* shrink-plain.c: plainer faults that do as well.
 *
 * A run under random faults meets elaborate ones: a link that flaps thirteen times, a crash at the fortieth
 * sync. Often one message less would have done, or a node that is cut off, or a crash at the first sync. An
 * elaborate fault stands in the way of all else: whoever counts syncs up to forty needs the operations that
 * make them. */
#include "explore/shrink-private.h"

#include <string.h>

static char *
line_path (guint line, const char *key)
{
  return g_strdup_printf ("faults.%u.%s", line, key);
}

static const OrrFaultPlan *
plan_at (const OrrShrinking *shrinking, guint line)
{
  return &((const OrrFaultPlan *) shrinking->shrunk->scenario->faults.data)[line];
}

/* --- When: sooner --- */

/* A reader counts so far. */
#define NTH_PLAIN 3

/* Waits for an earlier event of that kind. */
static gboolean
count_less (OrrShrinking *shrinking, guint line)
{
  g_autofree char *path = line_path (line, "when.nth");
  for (guint nth = 1; nth <= NTH_PLAIN && nth < plan_at (shrinking, line)->when.nth; nth++)
    {
      g_autofree char *number = g_strdup_printf ("%u", nth);
      if (nth == 1 ? orr_shrinking_try_remove (shrinking, path)
                   : orr_shrinking_try_set (shrinking, path, number))
        return TRUE;
    }
  return FALSE;
}

/* When the line struck in the smallest run; ORR_TIME_UNSET: it did not, or the run dies, and is not looked
 * at. */
static OrrTime
struck_at (OrrShrinking *shrinking, guint line)
{
  if (shrinking->death)
    return ORR_TIME_UNSET;
  g_autoptr (OrrTrial) trial = orr_shrinking_try_smallest (shrinking);
  for (guint i = 0; i < trial->trace->faults->len; i++)
    {
      const OrrTraceFault *fault = &g_array_index (trial->trace->faults, OrrTraceFault, i);
      if (fault->line == line)
        return fault->began;
    }
  return ORR_TIME_UNSET;
}

/* At that time, whatever happened by then; a line with a time strikes before all else of its instant. */
static gboolean
say_time (OrrShrinking *shrinking, guint line)
{
  OrrTime began = struck_at (shrinking, line);
  for (OrrTime later = 0; began != ORR_TIME_UNSET && later <= ORR_MICROSECOND; later += ORR_MICROSECOND)
    {
      OrrDraft *candidate = orr_draft_copy (shrinking->draft);
      g_autofree char *when = line_path (line, "when"), *at = line_path (line, "at");
      g_autofree char *text = orr_duration_to_text (began + later);
      orr_draft_remove (candidate, when);
      orr_draft_set (candidate, at, text);
      if (orr_shrinking_try (shrinking, candidate))
        return TRUE;
    }
  return FALSE;
}

static gboolean
plain_trigger (OrrShrinking *shrinking, guint line)
{
  if (plan_at (shrinking, line)->trigger != ORR_TRIGGER_WHEN)
    return FALSE;
  return count_less (shrinking, line)
         || (plan_at (shrinking, line)->when.nth > NTH_PLAIN && say_time (shrinking, line));
}

/* --- What: a node that is cut off, or that crashes --- */

static gboolean
is_plain (const OrrFaultPlan *plan)
{
  static const char *const plain[] = { "stop", "crash", "pause", "partition", "clock", NULL };
  return !plan->fault || plan->action >= 0 || g_strv_contains (plain, plan->fault->name);
}

/* Puts the fault in the place of the line's own; when it strikes, and for how long, stays. */
static gboolean
try_instead (OrrShrinking *shrinking, guint line, const char *fault, const char *setting)
{
  static const char *const kept[] = { "at", "when", "for" };
  OrrDraft *candidate = orr_draft_copy (shrinking->draft);
  g_autofree char *path = g_strdup_printf ("faults.%u", line), *what = line_path (line, fault);
  g_autoptr (OrrDraft) before = orr_draft_copy (shrinking->draft);
  orr_draft_set (candidate, path, "{}");
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autofree char *key = line_path (line, kept[i]);
      const OrrYaml *value = orr_draft_get (before, key);
      g_autoptr (GString) text = g_string_new (NULL);
      if (!value)
        continue;
      orr_yaml_write_node (value, text);
      orr_draft_set (candidate, key, text->str);
    }
  orr_draft_set (candidate, what, setting);
  return orr_shrinking_try (shrinking, candidate);
}

static gboolean
is_named (const OrrShrinking *shrinking, guint line, const char *node)
{
  const OrrFaultPlan *plan = plan_at (shrinking, line);
  g_autofree char *text = orr_scenario_fault_to_text (shrinking->shrunk->scenario, plan);
  g_auto (GStrv) words = g_strsplit_set (text, " :,{}[]", -1);
  return g_strv_contains ((const char *const *) words, node);
}

static gboolean
plain_fault (OrrShrinking *shrinking, guint line)
{
  if (is_plain (plan_at (shrinking, line)))
    return FALSE;
  for (guint i = 0; i < shrinking->shrunk->scenario->layout->nodes->len; i++)
    {
      g_autofree char *node = g_strdup (g_ptr_array_index (shrinking->shrunk->scenario->layout->nodes, i));
      g_autofree char *cut_off = g_strdup_printf ("{isolate: %s}", node);
      if (is_named (shrinking, line, node)
          && (try_instead (shrinking, line, "partition", cut_off)
              || try_instead (shrinking, line, "pause", node)
              || try_instead (shrinking, line, "crash", node)))
        return TRUE;
    }
  return FALSE;
}

/* --- What: a message that is lost, or late --- */

/* So many messages that were lost or late are tried in the place of a fault, each alone. */
#define TRIED_MAX 24

/* Late is one that took so many times as long as the fastest of its kind. */
#define LATE_FACTOR 3

static gboolean
is_lost_to_fault (const OrrTraceMessage *message)
{
  return !message->duplicate
         && (message->fate == ORR_FATE_PARTITIONED || message->fate == ORR_FATE_CORRUPTED
             || message->fate == ORR_FATE_OVERFLOWED);
}

/* As which of its kind between these two it was sent, from 1. */
static guint
ordinal_of (const OrrTrace *trace, guint index)
{
  const OrrTraceMessage *message = &g_array_index (trace->messages, OrrTraceMessage, index);
  guint nth = 0;
  for (guint i = 0; i <= index; i++)
    {
      const OrrTraceMessage *other = &g_array_index (trace->messages, OrrTraceMessage, i);
      nth += other->type == message->type && other->from == message->from && other->to == message->to
             && !other->duplicate;
    }
  return nth;
}

/* Of each kind of message, how long the fastest took; ORR_TIME_NEVER: none arrived. The caller frees it. */
static OrrTime *
find_fastest (const OrrTrace *trace)
{
  guint n = 0;
  while (trace->scenario->model->messages && trace->scenario->model->messages[n].name)
    n++;
  OrrTime *fastest = g_new (OrrTime, n + 1);
  for (guint i = 0; i < n; i++)
    fastest[i] = ORR_TIME_NEVER;
  for (guint i = 0; i < trace->messages->len; i++)
    {
      const OrrTraceMessage *message = &g_array_index (trace->messages, OrrTraceMessage, i);
      if (message->fate == ORR_FATE_DELIVERED)
        fastest[message->type] = MIN (fastest[message->type], message->arrived_at - message->sent_at);
    }
  return fastest;
}

static gboolean
is_late (const OrrTraceMessage *message, const OrrTime *fastest)
{
  return message->fate == ORR_FATE_DELIVERED && !message->duplicate
         && (message->arrived_at - message->sent_at) / LATE_FACTOR > fastest[message->type];
}

/* The pin that does to a message what the fault did to it; NULL: it did nothing that is known. A stream sends
 * again what was lost. The caller frees it. */
static char *
pin_of (const OrrTrace *trace, guint index, const OrrTime *fastest)
{
  const OrrTraceMessage *message = &g_array_index (trace->messages, OrrTraceMessage, index);
  OrrPin pin = orr_pin_unset;
  pin.kind = ORR_PIN_MESSAGE;
  pin.record = message->type;
  pin.from = orr_trace_actor_name (trace, message->from);
  pin.to = orr_trace_actor_name (trace, message->to);
  if (is_lost_to_fault (message))
    pin.drop = (trace->scenario->model->messages[message->type].flags & ORR_STREAM) == 0;
  else if (is_late (message, fastest))
    pin.latency = message->arrived_at - message->sent_at;
  if (!pin.drop && pin.latency == ORR_TIME_UNSET)
    return NULL;
  pin.nth = ordinal_of (trace, index);
  return orr_scenario_pin_to_text (trace->scenario, &pin);
}

/* One message that the line lost or delayed is lost or late by a pin instead. */
static gboolean
pin_one (OrrShrinking *shrinking, guint line)
{
  OrrRunOptions run = shrinking->question.run;
  guint tried = 0;
  if (shrinking->death)
    return FALSE;
  run.seed = shrinking->shrunk->scenario->seed;
  run.level = ORR_RECORD_FULL;
  shrinking->shrunk->runs++;
  g_autoptr (OrrTrace) trace = orr_simulate (shrinking->shrunk->scenario, &run);
  g_autofree OrrTime *fastest = find_fastest (trace);
  for (guint i = 0; i < trace->messages->len && tried < TRIED_MAX; i++)
    {
      g_autofree char *pin = pin_of (trace, i, fastest);
      if (!pin)
        continue;
      tried++;
      OrrDraft *candidate = orr_draft_copy (shrinking->draft);
      g_autofree char *path = g_strdup_printf ("faults.%u", line);
      orr_draft_remove (candidate, path);
      orr_draft_append (candidate, "pins", pin);
      if (orr_shrinking_try (shrinking, candidate))
        return TRUE;
    }
  return FALSE;
}

gboolean
orr_shrink_plain (OrrShrinking *shrinking)
{
  gboolean any = FALSE;
  for (guint line = orr_draft_length (shrinking->draft, "faults");
       line-- > 0 && !orr_shrinking_is_over (shrinking);)
    {
      gboolean gone = !is_plain (plan_at (shrinking, line)) && pin_one (shrinking, line);
      any |= gone || plain_fault (shrinking, line);
      any |= !gone && plain_trigger (shrinking, line);
    }
  return any;
}
