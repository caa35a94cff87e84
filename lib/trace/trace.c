/* trace.c: the trace itself, and what its words are called.
 *
 * Rows are appended by the engine while it runs, straight into the arrays; what they point to is cut from the
 * trace's arena. When the run is over, nobody changes it any more. */
#include "trace/trace.h"

#include "base/version.h"

/* Not G_DEFINE_QUARK: that keeps the quark in a variable, and the library has none. */
GQuark
orr_trace_error_quark (void)
{
  return g_quark_from_static_string ("orr-trace-error-quark");
}

static void
copy_actor_names (OrrTrace *trace)
{
  const GArray *actors = trace->scenario->layout->actors;
  const char **names = orr_arena_alloc (trace->arena, actors->len * sizeof *names);
  for (guint i = 0; i < actors->len; i++)
    names[i] = g_array_index (actors, OrrActorPlace, i).name;
  trace->actor_names = names;
  trace->n_actors = actors->len;
  trace->observed = orr_arena_alloc (trace->arena, actors->len * sizeof *trace->observed);
}

OrrTrace *
orr_trace_new (const OrrScenario *scenario, guint64 seed, OrrRecordLevel level, OrrTerms *terms)
{
  OrrTrace *trace = g_new0 (OrrTrace, 1);
  trace->scenario = orr_scenario_ref (scenario);
  trace->terms = orr_terms_ref (terms);
  trace->seed = seed;
  trace->version = ORR_VERSION;
  trace->level = level;
  trace->healed_at = ORR_TIME_NEVER;
  trace->events = g_array_new (FALSE, FALSE, sizeof (OrrTraceEvent));
  trace->messages = g_array_new (FALSE, FALSE, sizeof (OrrTraceMessage));
  trace->operations = g_array_new (FALSE, FALSE, sizeof (OrrTraceOperation));
  trace->facts = g_array_new (FALSE, FALSE, sizeof (OrrTraceFact));
  trace->faults = g_array_new (FALSE, FALSE, sizeof (OrrTraceFault));
  trace->bodies = g_string_new (NULL);
  trace->arena = orr_arena_new ();
  copy_actor_names (trace);
  return trace;
}

void
orr_trace_free (OrrTrace *trace)
{
  if (!trace)
    return;
  g_array_unref (trace->events);
  g_array_unref (trace->messages);
  g_array_unref (trace->operations);
  g_array_unref (trace->facts);
  g_array_unref (trace->faults);
  g_string_free (trace->bodies, TRUE);
  orr_arena_free (trace->arena);
  orr_terms_unref (trace->terms);
  orr_scenario_unref (trace->scenario);
  g_free (trace);
}

const char *
orr_trace_actor_name (const OrrTrace *trace, OrrAddress address)
{
  if (address == ORR_NOBODY)
    return "nobody";
  g_assert (address < trace->n_actors);
  return trace->actor_names[address];
}

OrrContext
orr_trace_context (const OrrTrace *trace)
{
  return (OrrContext){
    .arena = trace->arena,
    .terms = trace->terms,
    .names = trace->actor_names,
    .n_names = trace->n_actors,
  };
}

const char *
orr_event_kind_name (OrrEventKind kind)
{
  static const char *const names[ORR_N_EVENT_KINDS] = {
    [ORR_EVENT_NONE] = "none",           [ORR_EVENT_START] = "start",     [ORR_EVENT_MESSAGE] = "message",
    [ORR_EVENT_TIMER] = "timer",         [ORR_EVENT_WRITTEN] = "written", [ORR_EVENT_SYNCED] = "synced",
    [ORR_EVENT_LINK_DOWN] = "link-down", [ORR_EVENT_LINK_UP] = "link-up", [ORR_EVENT_INVOKE] = "invoke",
    [ORR_EVENT_COMPLETE] = "complete",   [ORR_EVENT_CANCEL] = "cancel",   [ORR_EVENT_TIMEOUT] = "timeout",
    [ORR_EVENT_FAULT] = "fault",         [ORR_EVENT_HEAL] = "heal",       [ORR_EVENT_ACTION] = "action",
    [ORR_EVENT_STOP] = "stop",
  };
  g_assert ((guint) kind < ORR_N_EVENT_KINDS);
  return names[kind];
}

const char *
orr_fate_name (OrrFate fate)
{
  static const char *const names[] = { "under-way", "delivered", "lost",      "partitioned", "down",
                                       "reset",     "pinned",    "corrupted", "overflowed" };
  g_assert ((guint) fate < G_N_ELEMENTS (names));
  return names[fate];
}

const char *
orr_ending_name (OrrEnding ending)
{
  static const char *const names[] = { "quiet",       "settle-limit",    "event-limit", "instant-limit",
                                       "interrupted", "operation-limit", "fault-limit" };
  g_assert ((guint) ending < G_N_ELEMENTS (names));
  return names[ending];
}

const char *
orr_record_level_name (OrrRecordLevel level)
{
  static const char *const names[] = { "operations", "events", "full" };
  g_assert ((guint) level < G_N_ELEMENTS (names));
  return names[level];
}
