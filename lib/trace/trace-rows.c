/* trace-rows.c: from a trace to rows.
 *
 * One function a table says what stands in its cells. Texts that have to be made (a value, a record as JSON)
 * live in a few buffers that are used again for every row. */
#include "trace/trace-private.h"

#include "object/object.h"

#define TEXTS_MAX 4

typedef struct
{
  const OrrTrace *trace;
  OrrContext context;
  OrrTraceRow row;
  GString *texts[TEXTS_MAX];
  guint n_texts;
  OrrTakeRow take;
  gpointer data;
} Walk;

/* Why an actor started or stopped, in the order of OrrStart (engine/model.h), which lies above this room. */
const char *const orr_trace_start_names[]
    = { "first", "stopped", "process-crash", "os-crash", "disk-lost", NULL };

const OrrRecord *
orr_trace_event_records (const OrrModel *model, guint16 kind)
{
  switch (kind)
    {
    case ORR_EVENT_MESSAGE:
      return model->messages;
    case ORR_EVENT_TIMER:
      return model->timers;
    case ORR_EVENT_WRITTEN:
    case ORR_EVENT_SYNCED:
      return model->syncs;
    case ORR_EVENT_ACTION:
      return model->actions;
    default:
      return NULL;
    }
}

const char *
orr_trace_type_name (const OrrModel *model, guint16 kind, guint16 type)
{
  const OrrRecord *records = orr_trace_event_records (model, kind);
  if (records)
    return records[type].name;
  if ((kind == ORR_EVENT_START || kind == ORR_EVENT_STOP)
      && type < g_strv_length ((GStrv) orr_trace_start_names))
    return orr_trace_start_names[type];
  return NULL;
}

/* --- Cells --- */

static OrrTraceCell *
next_cell (Walk *walk)
{
  g_assert (walk->row.n < ORR_ROW_CELLS_MAX);
  return &walk->row.cells[walk->row.n++];
}

static void
put_nothing (Walk *walk)
{
  *next_cell (walk) = (OrrTraceCell){ .kind = ORR_CELL_NOTHING };
}

/* A word beyond 63 bits keeps its bits: it is read back as unsigned. */
static void
put_number (Walk *walk, guint64 number)
{
  *next_cell (walk) = (OrrTraceCell){ .kind = ORR_CELL_NUMBER, .number = (gint64) number };
}

static void
put_number_unless (Walk *walk, guint64 number, guint64 nothing)
{
  if (number == nothing)
    put_nothing (walk);
  else
    put_number (walk, number);
}

static void
put_time (Walk *walk, OrrTime time)
{
  put_number_unless (walk, (guint64) time, (guint64) ORR_TIME_NEVER);
}

static void
put_text (Walk *walk, const char *text)
{
  *next_cell (walk) = (OrrTraceCell){ .kind = text ? ORR_CELL_TEXT : ORR_CELL_NOTHING, .text = text };
}

/* A buffer for the text of the next cell. */
static GString *
put_made_text (Walk *walk)
{
  g_assert (walk->n_texts < TEXTS_MAX);
  GString *text = walk->texts[walk->n_texts++];
  g_string_truncate (text, 0);
  put_text (walk, text->str);
  return text;
}

/* The buffer may have moved while it was written to. */
static void
made_text_done (Walk *walk, const GString *text)
{
  walk->row.cells[walk->row.n - 1].text = text->str;
}

static void
put_value (Walk *walk, OrrValue value)
{
  GString *text = put_made_text (walk);
  orr_terms_print (walk->trace->terms, value, text);
  made_text_done (walk, text);
}

static void
put_value_unless_nil (Walk *walk, OrrValue value)
{
  if (value == ORR_NIL)
    put_nothing (walk);
  else
    put_value (walk, value);
}

static void
put_record (Walk *walk, const OrrRecord *record, gconstpointer body)
{
  if (!record || record->size == 0 || !body)
    {
      put_nothing (walk);
      return;
    }
  GString *text = put_made_text (walk);
  orr_fields_print_json (record->fields, &walk->context, body, text);
  made_text_done (walk, text);
}

static void
put_decimal (Walk *walk, guint64 word)
{
  GString *text = put_made_text (walk);
  g_string_append_printf (text, "%" G_GUINT64_FORMAT, word);
  made_text_done (walk, text);
}

static void
put_digest (Walk *walk, guint64 word)
{
  GString *text = put_made_text (walk);
  g_string_append_printf (text, "%016" G_GINT64_MODIFIER "x", word);
  made_text_done (walk, text);
}

static void
put_body (Walk *walk, guint64 offset)
{
  put_text (walk, offset == G_MAXUINT64 ? NULL : walk->trace->bodies->str + offset);
}

static void
begin_row (Walk *walk)
{
  walk->row.n = 0;
  walk->n_texts = 0;
}

/* --- Tables --- */

static gboolean
walk_run (Walk *walk)
{
  const OrrTrace *trace = walk->trace;
  const OrrTraceCounts *counts = &trace->counts;
  /* A trace stands alone. */
  g_autofree char *whole = orr_scenario_to_whole_text (trace->scenario);
  begin_row (walk);
  put_number (walk, 0);
  put_text (walk, trace->version);
  put_decimal (walk, trace->seed);
  put_text (walk, orr_record_level_name (trace->level));
  put_text (walk, orr_ending_name (trace->ending));
  put_time (walk, trace->healed_at);
  put_number (walk, (guint64) trace->ended_at);
  put_digest (walk, trace->digest);
  put_digest (walk, trace->body_digest);
  const guint64 numbers[]
      = { counts->events,    counts->sent,          counts->delivered,        counts->lost,
          counts->corrupted, counts->overflowed,    counts->duplicated,       counts->partitioned,
          counts->resent,    counts->timers_fired,  counts->timers_cancelled, counts->writes,
          counts->syncs,     counts->requests_late, counts->recorded_dropped };
  G_STATIC_ASSERT (sizeof numbers == sizeof *counts);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    put_number (walk, numbers[i]);
  put_text (walk, whole);
  return walk->take (walk->data, ORR_TABLE_RUN, &walk->row);
}

static gboolean
walk_actors (Walk *walk)
{
  const OrrLayout *layout = walk->trace->scenario->layout;
  for (guint i = 0; i < layout->actors->len; i++)
    {
      const OrrActorPlace *actor = &g_array_index (layout->actors, OrrActorPlace, i);
      begin_row (walk);
      put_number (walk, i);
      put_text (walk, actor->name);
      put_number (walk, actor->node);
      put_text (walk, layout->nodes->pdata[actor->node]);
      put_number_unless (walk, actor->role, ORR_ROLE_CLIENT);
      put_number (walk, walk->trace->observed[i] != FALSE);
      if (!walk->take (walk->data, ORR_TABLE_ACTORS, &walk->row))
        return FALSE;
    }
  return TRUE;
}

static gboolean
walk_sessions (Walk *walk)
{
  for (guint i = 0; i < walk->trace->scenario->n_sessions; i++)
    {
      begin_row (walk);
      put_number (walk, i);
      put_text (walk, walk->trace->scenario->session_names[i]);
      if (!walk->take (walk->data, ORR_TABLE_SESSIONS, &walk->row))
        return FALSE;
    }
  return TRUE;
}

static void
put_type (Walk *walk, guint16 kind, guint16 type)
{
  const char *name = orr_trace_type_name (walk->trace->scenario->model, kind, type);
  if (name)
    {
      GString *text = put_made_text (walk);
      orr_name_print (name, text);
      made_text_done (walk, text);
    }
  else if (type != 0)
    put_decimal (walk, type);
  else
    put_nothing (walk);
}

static gboolean
walk_events (Walk *walk)
{
  const OrrTrace *trace = walk->trace;
  for (guint i = 0; i < trace->events->len; i++)
    {
      const OrrTraceEvent *event = &g_array_index (trace->events, OrrTraceEvent, i);
      begin_row (walk);
      put_number (walk, i);
      put_number (walk, (guint64) event->time);
      put_text (walk, orr_event_kind_name (event->kind));
      put_type (walk, event->kind, event->type);
      put_number_unless (walk, event->target, ORR_NOBODY);
      put_number_unless (walk, event->source, ORR_NOBODY);
      put_number_unless (walk, event->cause, G_MAXUINT64);
      put_number_unless (walk, event->message, G_MAXUINT32);
      /* What a delivered message said stands with the message. */
      put_body (walk, event->message == G_MAXUINT32 ? event->body : G_MAXUINT64);
      if (!walk->take (walk->data, ORR_TABLE_EVENTS, &walk->row))
        return FALSE;
    }
  return TRUE;
}

static gboolean
walk_messages (Walk *walk)
{
  const OrrTrace *trace = walk->trace;
  for (guint i = 0; i < trace->messages->len; i++)
    {
      const OrrTraceMessage *message = &g_array_index (trace->messages, OrrTraceMessage, i);
      begin_row (walk);
      put_number (walk, i);
      put_number (walk, (guint64) message->sent_at);
      put_time (walk, message->arrived_at);
      put_number (walk, message->from);
      put_number (walk, message->to);
      put_type (walk, ORR_EVENT_MESSAGE, message->type);
      put_text (walk, orr_fate_name (message->fate));
      put_number (walk, message->duplicate);
      put_number_unless (walk, message->sent_by, G_MAXUINT64);
      put_body (walk, message->body);
      if (!walk->take (walk->data, ORR_TABLE_MESSAGES, &walk->row))
        return FALSE;
    }
  return TRUE;
}

static gboolean
walk_operations (Walk *walk)
{
  const OrrTrace *trace = walk->trace;
  for (guint i = 0; i < trace->operations->len; i++)
    {
      const OrrTraceOperation *operation = &g_array_index (trace->operations, OrrTraceOperation, i);
      begin_row (walk);
      put_number (walk, i);
      put_text (walk, operation->id);
      put_number (walk, operation->session);
      put_number (walk, operation->process);
      put_number (walk, operation->host);
      put_number (walk, (guint64) operation->due);
      put_time (walk, operation->invoked);
      put_time (walk, operation->completed);
      put_text (walk, orr_outcome_name (operation->outcome));
      put_number_unless (walk, operation->server, ORR_NOBODY);
      put_text (walk, operation->note);
      put_record (walk, trace->scenario->model->attributes, operation->attributes);
      put_number_unless (walk, operation->event, G_MAXUINT64);
      put_number (walk, operation->n_steps);
      if (!walk->take (walk->data, ORR_TABLE_OPERATIONS, &walk->row))
        return FALSE;
    }
  return TRUE;
}

static gboolean
walk_step (Walk *walk, guint index, const OrrTraceOperation *operation, guint i)
{
  const OrrStep *step = &operation->steps[i];
  begin_row (walk);
  put_number (walk, index);
  put_number (walk, i);
  put_text (walk, orr_step_infos[step->kind].name);
  put_value_unless_nil (walk, step->key);
  put_value_unless_nil (walk, step->value);
  put_value_unless_nil (walk, step->expected);
  if (operation->values)
    put_value (walk, operation->values[i]);
  else
    put_nothing (walk);
  if (operation->versions)
    put_number (walk, operation->versions[i]);
  else
    put_nothing (walk);
  return walk->take (walk->data, ORR_TABLE_STEPS, &walk->row);
}

static gboolean
walk_steps (Walk *walk)
{
  const GArray *operations = walk->trace->operations;
  for (guint i = 0; i < operations->len; i++)
    {
      const OrrTraceOperation *operation = &g_array_index (operations, OrrTraceOperation, i);
      for (guint j = 0; j < operation->n_steps; j++)
        if (!walk_step (walk, i, operation, j))
          return FALSE;
    }
  return TRUE;
}

/* The columns that stand for a fact's fields `key`, `value` and `version`, where it has such: they are in its
 * body too. */
static void
put_fact_columns (Walk *walk, const OrrRecord *record, gconstpointer body)
{
  const OrrField *fields = body && record->size > 0 ? record->fields : NULL;
  const OrrField *key = orr_fields_find (fields, "key");
  const OrrField *value = orr_fields_find (fields, "value");
  const OrrField *version = orr_fields_find (fields, "version");
  if (key && key->type == &orr_type_KEY)
    put_value_unless_nil (walk, G_STRUCT_MEMBER (OrrKey, body, key->offset));
  else
    put_nothing (walk);
  if (value && value->type == &orr_type_VALUE)
    put_value (walk, G_STRUCT_MEMBER (OrrValue, body, value->offset));
  else
    put_nothing (walk);
  if (version && version->type == &orr_type_NUMBER)
    put_number (walk, G_STRUCT_MEMBER (guint64, body, version->offset));
  else
    put_nothing (walk);
}

static gboolean
walk_facts (Walk *walk)
{
  const OrrTrace *trace = walk->trace;
  for (guint i = 0; i < trace->facts->len; i++)
    {
      const OrrTraceFact *fact = &g_array_index (trace->facts, OrrTraceFact, i);
      const OrrRecord *record = &trace->scenario->model->facts[fact->fact];
      begin_row (walk);
      put_number (walk, i);
      put_number (walk, (guint64) fact->time);
      put_number (walk, fact->node);
      GString *name = put_made_text (walk);
      orr_name_print (record->name, name);
      made_text_done (walk, name);
      put_number (walk, fact->final != FALSE);
      put_number_unless (walk, fact->event, G_MAXUINT64);
      put_fact_columns (walk, record, fact->body);
      put_record (walk, record, fact->body);
      if (!walk->take (walk->data, ORR_TABLE_FACTS, &walk->row))
        return FALSE;
    }
  return TRUE;
}

static gboolean
walk_faults (Walk *walk)
{
  const OrrTrace *trace = walk->trace;
  for (guint i = 0; i < trace->faults->len; i++)
    {
      const OrrTraceFault *fault = &g_array_index (trace->faults, OrrTraceFault, i);
      begin_row (walk);
      put_number (walk, i);
      put_number (walk, (guint64) fault->began);
      put_time (walk, fault->ended);
      put_text (walk, fault->fault ? fault->fault->name : NULL);
      put_text (walk, fault->what);
      put_number (walk, fault->effects);
      put_number_unless (walk, fault->line, G_MAXUINT32);
      put_number_unless (walk, fault->choice, G_MAXUINT32);
      if (!walk->take (walk->data, ORR_TABLE_FAULTS, &walk->row))
        return FALSE;
    }
  return TRUE;
}

gboolean
orr_trace_fact_columns_are (const OrrTrace *trace, const OrrRecord *record, gconstpointer body,
                            const OrrTraceCell *cells)
{
  Walk walk = { .trace = trace };
  gboolean same = TRUE;
  for (guint i = 0; i < TEXTS_MAX; i++)
    walk.texts[i] = g_string_new (NULL);
  put_fact_columns (&walk, record, body);
  for (guint i = 0; i < walk.row.n; i++)
    {
      const OrrTraceCell *cell = &walk.row.cells[i];
      same = same && cell->kind == cells[i].kind && cell->number == cells[i].number
             && g_strcmp0 (cell->text, cells[i].text) == 0;
    }
  for (guint i = 0; i < TEXTS_MAX; i++)
    g_string_free (walk.texts[i], TRUE);
  return same;
}

gboolean
orr_trace_walk (const OrrTrace *trace, OrrTakeRow take, gpointer data)
{
  static gboolean (*const tables[ORR_N_TABLES]) (Walk *) = {
    [ORR_TABLE_RUN] = walk_run,           [ORR_TABLE_ACTORS] = walk_actors,
    [ORR_TABLE_SESSIONS] = walk_sessions, [ORR_TABLE_EVENTS] = walk_events,
    [ORR_TABLE_MESSAGES] = walk_messages, [ORR_TABLE_OPERATIONS] = walk_operations,
    [ORR_TABLE_STEPS] = walk_steps,       [ORR_TABLE_FACTS] = walk_facts,
    [ORR_TABLE_FAULTS] = walk_faults,
  };
  Walk walk = { .trace = trace, .context = orr_trace_context (trace), .take = take, .data = data };
  for (guint i = 0; i < TEXTS_MAX; i++)
    walk.texts[i] = g_string_new (NULL);
  gboolean whole = TRUE;
  for (guint table = 0; table < ORR_N_TABLES && whole; table++)
    whole = tables[table](&walk);
  for (guint i = 0; i < TEXTS_MAX; i++)
    g_string_free (walk.texts[i], TRUE);
  return whole;
}
