/* history-trace.c: the history of a run.
 *
 * Clients' operations are copied as they are. The truth behind them comes from the facts that mean the same
 * in every model (base/fact.h): in which order writes took their places, when each node came to hold them,
 * what it held in the end. */
#include "history/history.h"

#include "trace/trace.h"

/* The index of the model's fact that is described by `fields`; -1 where it has none. */
static gint
find_fact (const OrrModel *model, const OrrField *fields)
{
  for (gint i = 0; model->facts && model->facts[i].name; i++)
    if (model->facts[i].fields == fields)
      return i;
  return -1;
}

static void
add_operations (OrrHistory *history, const OrrTrace *trace)
{
  for (guint i = 0; i < trace->operations->len; i++)
    {
      const OrrTraceOperation *row = &g_array_index (trace->operations, OrrTraceOperation, i);
      const char *id = row->id;
      if (row->invoked == ORR_TIME_NEVER)
        continue; /* it waited for its session to the end: nobody was asked */
      if (!id)
        {
          g_autofree char *name = g_strdup_printf ("o%u", i + 1);
          id = orr_arena_strdup (history->arena, name);
        }
      OrrHistoryOperation operation = {
        .id = id,
        .session = row->session,
        .process = row->process,
        .due = row->due,
        .invoked = row->invoked,
        .completed = row->completed,
        .outcome = row->outcome,
        .steps = row->steps,
        .n_steps = row->n_steps,
        .values = row->values,
        .versions = row->versions,
        .server = row->server,
        .index = i,
        .note = row->note,
      };
      g_array_append_val (history->operations, operation);
    }
}

static void
add_version (OrrHistory *history, const OrrTraceFact *fact)
{
  const OrrFactVersion *body = fact->body;
  OrrHistoryVersion version = {
    .key = body->key,
    .value = body->value,
    .version = body->version,
    .previous = body->previous,
    .time = fact->time,
    .operation = G_MAXUINT32,
    .node = fact->node,
  };
  g_array_append_val (history->versions, version);
}

static void
add_applied (OrrHistory *history, const OrrTraceFact *fact)
{
  const OrrFactApplied *body = fact->body;
  OrrHistoryApplied applied = {
    .node = fact->node, .key = body->key, .value = body->value, .version = body->version, .time = fact->time
  };
  g_array_append_val (history->applied, applied);
}

static void
add_final (OrrHistory *history, const OrrTraceFact *fact)
{
  const OrrFactValue *body = fact->body;
  OrrHistoryFinal final
      = { .node = fact->node, .key = body->key, .value = body->value, .version = body->version };
  g_array_append_val (history->finals, final);
}

static void
add_fact (OrrHistory *history, const OrrModel *model, const OrrTraceFact *row)
{
  OrrHistoryFact fact = { .fact = &model->facts[row->fact],
                          .node = row->node,
                          .time = row->time,
                          .final = row->final,
                          .body = row->body };
  g_array_append_val (history->facts, fact);
}

static void
add_facts (OrrHistory *history, const OrrTrace *trace)
{
  const OrrModel *model = trace->scenario->model;
  history->fact_records = model->facts;
  history->invariants = model->invariants;
  gint version = find_fact (model, orr_fact_version_fields);
  gint applied = find_fact (model, orr_fact_applied_fields);
  gint value = find_fact (model, orr_fact_value_fields);
  for (guint i = 0; i < trace->facts->len; i++)
    {
      const OrrTraceFact *fact = &g_array_index (trace->facts, OrrTraceFact, i);
      add_fact (history, model, fact);
      if ((gint) fact->fact == version)
        add_version (history, fact);
      else if ((gint) fact->fact == applied)
        add_applied (history, fact);
      else if ((gint) fact->fact == value && fact->final)
        add_final (history, fact);
    }
  history->versions_known = version >= 0;
  history->finals_known = value >= 0;
}

static void
add_faults (OrrHistory *history, const OrrTrace *trace)
{
  history->faults = trace->faults->len > 0;
  for (guint i = 0; i < trace->faults->len; i++)
    {
      const OrrTraceFault *fault = &g_array_index (trace->faults, OrrTraceFault, i);
      history->struck_at = MIN (history->struck_at, fault->began);
      history->lasting_faults |= fault->ended == ORR_TIME_NEVER;
    }
}

static void
add_nodes (OrrHistory *history, const OrrTrace *trace)
{
  const GArray *actors = trace->scenario->layout->actors;
  guint32 *machines = orr_arena_alloc (history->arena, actors->len * sizeof *machines);
  gboolean *servers = orr_arena_alloc (history->arena, actors->len * sizeof *servers);
  for (guint i = 0; i < actors->len; i++)
    {
      machines[i] = g_array_index (actors, OrrActorPlace, i).node;
      servers[i] = g_array_index (actors, OrrActorPlace, i).role != ORR_ROLE_CLIENT;
    }
  history->node_names = trace->actor_names;
  history->n_nodes = actors->len;
  history->node_of = machines;
  history->is_server = servers;
  history->final_nodes = trace->observed;
}

OrrHistory *
orr_history_from_trace (const OrrTrace *trace)
{
  const OrrScenario *scenario = trace->scenario;
  OrrHistory *history = orr_history_new (trace->terms);
  history->trace = trace;
  history->object = scenario->workload.object;
  history->object_settings = scenario->workload.settings;
  history->session_names = scenario->session_names;
  history->n_sessions = scenario->n_sessions;
  if (scenario->clients.timeout != ORR_TIME_UNSET)
    history->timeout = scenario->clients.timeout;
  history->healed_at = trace->healed_at;
  history->ended_at = trace->ended_at;
  history->ending = trace->ending;
  add_faults (history, trace);
  add_nodes (history, trace);
  add_operations (history, trace);
  add_facts (history, trace);
  orr_history_complete (history);
  return history;
}
