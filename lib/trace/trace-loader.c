/* trace-loader.c: from rows back to a trace.
 *
 * The rows may say anything. Each is held against what is known by then: indices must lie within their
 * tables, times within the run, a cause before its effect, words among those that exist, records readable by
 * the model's own tables. The first that is not ends the loading. */
#include "trace/trace-private.h"

#include "base/document.h"
#include "scenario/scenario-private.h"

#include <string.h>

/* Bodies are read by way of a tree, which is thrown away after so many. */
#define BODIES_A_SCRATCH 256

struct OrrTraceLoader
{
  const OrrCatalog *catalog;
  OrrTrace *trace; /* from the first row on */
  OrrContext context;
  OrrArena *scratch;
  guint n_scratch;
  guint n_actors, n_sessions; /* rows so far */

  guint operation;                   /* whose steps are read */
  guint64 n_wanted;                  /* of its steps */
  GArray *n_steps;                   /* guint64, by operation */
  GArray *steps, *values, *versions; /* of one operation */
};

/* Reads the cells of a row in turn. The first that is wrong is told; what follows it does not matter. */
typedef struct
{
  OrrTraceLoader *loader;
  const OrrTraceTableInfo *info;
  const OrrTraceRow *row;
  guint next;
  GError *error;
} Reader;

static gboolean G_GNUC_PRINTF (2, 3) refuse (Reader *reader, const char *format, ...)
{
  if (reader->error)
    return FALSE;
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (&reader->error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_NOT_OURS, message);
  return FALSE;
}

/* --- Cells --- */

static const OrrTraceCell *
take (Reader *reader)
{
  return &reader->row->cells[reader->next++];
}

static const char *
name_of_last (const Reader *reader)
{
  return reader->info->columns[reader->next - 1].name;
}

/* A number from 0 to `most`; `nothing` where the cell is empty. */
static guint64
take_number (Reader *reader, guint64 most, guint64 nothing)
{
  const OrrTraceCell *cell = take (reader);
  if (cell->kind == ORR_CELL_NOTHING)
    return nothing;
  if (cell->number < 0 || (guint64) cell->number > most)
    refuse (reader, "'%s' is %" G_GINT64_FORMAT ", which can't be", name_of_last (reader), cell->number);
  return (guint64) cell->number;
}

/* An index into something of `length`. */
static guint32
take_index (Reader *reader, guint length)
{
  const OrrTraceCell *cell = take (reader);
  if (cell->kind == ORR_CELL_NOTHING)
    return G_MAXUINT32;
  if (cell->number < 0 || cell->number >= (gint64) length)
    refuse (reader, "'%s' is %" G_GINT64_FORMAT ", and there are %u", name_of_last (reader), cell->number,
            length);
  return (guint32) cell->number;
}

static guint64
take_row (Reader *reader, guint length)
{
  guint32 index = take_index (reader, length);
  return index == G_MAXUINT32 ? G_MAXUINT64 : index;
}

static OrrTime
take_time (Reader *reader)
{
  return (OrrTime) take_number (reader, ORR_TIME_NEVER - 1, ORR_TIME_NEVER);
}

static guint64
take_word (Reader *reader)
{
  return (guint64) take (reader)->number;
}

static const char *
take_text (Reader *reader)
{
  return take (reader)->text;
}

static const char *
take_kept_text (Reader *reader)
{
  return orr_arena_strdup (reader->loader->trace->arena, take_text (reader));
}

/* One of the words that `name_of` gives for 0 … n - 1. */
static guint
take_choice (Reader *reader, const char *(*name_of) (guint), guint n)
{
  const char *text = take_text (reader);
  for (guint i = 0; i < n; i++)
    if (strcmp (text, name_of (i)) == 0)
      return i;
  g_autofree char *quoted = orr_quote (text);
  refuse (reader, "'%s' can't be %s", name_of_last (reader), quoted);
  return 0;
}

static guint64
take_digits (Reader *reader, guint base)
{
  const char *text = take_text (reader);
  guint64 number = 0;
  if (!g_ascii_string_to_unsigned (text, base, 0, G_MAXUINT64, &number, NULL))
    refuse (reader, "'%s' is no number", name_of_last (reader));
  return number;
}

static void
take_id (Reader *reader, guint wanted)
{
  guint64 found = take_number (reader, G_MAXINT64, 0);
  if (found != wanted)
    refuse (reader, "it is numbered %" G_GUINT64_FORMAT ", not %u", found, wanted);
}

static OrrValue
take_value (Reader *reader)
{
  const char *text = take_text (reader);
  return text ? orr_terms_parse (reader->loader->trace->terms, text) : ORR_NIL;
}

/* The offset of a text among the bodies. */
static guint64
take_body (Reader *reader)
{
  const char *text = take_text (reader);
  GString *bodies = reader->loader->trace->bodies;
  guint64 offset = bodies->len;
  if (!text)
    return G_MAXUINT64;
  g_string_append_len (bodies, text, (gssize) strlen (text) + 1);
  return offset;
}

static OrrArena *
scratch (OrrTraceLoader *loader)
{
  if (loader->n_scratch++ % BODIES_A_SCRATCH == 0)
    {
      orr_arena_free (loader->scratch);
      loader->scratch = orr_arena_new ();
    }
  return loader->scratch;
}

/* What a record says; NULL where the cell is empty. */
static gconstpointer
take_record (Reader *reader, const OrrRecord *record)
{
  const char *text = take_text (reader);
  OrrTraceLoader *loader = reader->loader;
  gboolean has_body = record && record->size > 0;
  if (!text || !has_body)
    {
      if (text && !has_body)
        refuse (reader, "'%s' says something where there is nothing to say", name_of_last (reader));
      return NULL;
    }
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  gpointer value = orr_arena_alloc (loader->trace->arena, record->size);
  OrrYaml *tree = orr_yaml_parse (text, strlen (text), scratch (loader), problems);
  if (tree && orr_yaml_read (tree, record->fields, record->name, NULL, &loader->context, value, problems))
    return value;
  if (orr_problems_get_length (problems) > 0)
    refuse (reader, "'%s': %s", name_of_last (reader), orr_problems_get (problems, 0)->what);
  else
    refuse (reader, "'%s' can't be read", name_of_last (reader));
  return NULL;
}

/* --- Words --- */

static const char *
kind_name (guint kind)
{
  return orr_event_kind_name (kind);
}

static const char *
fate_name (guint fate)
{
  return orr_fate_name (fate);
}

static const char *
ending_name (guint ending)
{
  return orr_ending_name (ending);
}

static const char *
level_name (guint level)
{
  return orr_record_level_name (level);
}

static const char *
outcome_name (guint outcome)
{
  return orr_outcome_name (outcome);
}

static const char *
step_name (guint kind)
{
  return orr_step_infos[kind].name;
}

/* What stands in `type` for an event of that kind. */
static guint16
take_type (Reader *reader, guint kind)
{
  const OrrModel *model = reader->loader->trace->scenario->model;
  const OrrRecord *records = orr_trace_event_records (model, (guint16) kind);
  const char *text = take_text (reader);
  guint64 number = 0;
  gint index = -1;
  if (!text && !records)
    return 0;
  if (text && records)
    index = orr_records_find (records, text);
  for (guint i = 0; text && !records && orr_trace_start_names[i]; i++)
    if ((kind == ORR_EVENT_START || kind == ORR_EVENT_STOP) && strcmp (orr_trace_start_names[i], text) == 0)
      index = (gint) i;
  if (text && index < 0 && !records && g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &number, NULL))
    index = (gint) number;
  if (index < 0)
    {
      g_autofree char *quoted = orr_quote (text ? text : "");
      refuse (reader, "the model has no %s %s", orr_event_kind_name (kind), quoted);
    }
  return (guint16) index;
}

/* --- Tables --- */

static void
read_counts (Reader *reader, OrrTraceCounts *counts)
{
  guint64 *const numbers[]
      = { &counts->events,    &counts->sent,          &counts->delivered,        &counts->lost,
          &counts->corrupted, &counts->overflowed,    &counts->duplicated,       &counts->partitioned,
          &counts->resent,    &counts->timers_fired,  &counts->timers_cancelled, &counts->writes,
          &counts->syncs,     &counts->requests_late, &counts->recorded_dropped };
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    *numbers[i] = take_word (reader);
}

static OrrScenario *
read_scenario (Reader *reader)
{
  const char *text = take_text (reader);
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  OrrScenario *scenario
      = orr_scenario_parse_plain (text, strlen (text), NULL, NULL, reader->loader->catalog, problems);
  if (scenario || reader->error)
    return scenario;
  const char *what
      = orr_problems_get_length (problems) > 0 ? orr_problems_get (problems, 0)->what : "nothing is in it";
  g_set_error (&reader->error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_SCENARIO, "its scenario can't be read: %s",
               what);
  return NULL;
}

static void
read_run (Reader *reader)
{
  OrrTraceLoader *loader = reader->loader;
  OrrTrace head = { 0 };
  if (loader->trace)
    {
      refuse (reader, "a trace is of one run");
      return;
    }
  take_id (reader, 0);
  const char *version = take_text (reader);
  head.seed = take_digits (reader, 10);
  head.level = take_choice (reader, level_name, ORR_RECORD_FULL + 1);
  head.ending = take_choice (reader, ending_name, ORR_N_ENDINGS);
  head.healed_at = take_time (reader);
  head.ended_at = take_time (reader);
  head.digest = take_digits (reader, 16);
  head.body_digest = take_digits (reader, 16);
  read_counts (reader, &head.counts);
  g_autoptr (OrrScenario) scenario = read_scenario (reader);
  if (reader->error)
    return;
  g_autoptr (OrrTerms) terms = orr_scenario_copy_terms (scenario);
  OrrTrace *trace = loader->trace = orr_trace_new (scenario, head.seed, head.level, terms);
  trace->version = orr_arena_strdup (trace->arena, version);
  trace->ending = head.ending;
  trace->healed_at = head.healed_at;
  trace->ended_at = head.ended_at;
  trace->digest = head.digest;
  trace->body_digest = head.body_digest;
  trace->counts = head.counts;
  loader->context = orr_trace_context (trace);
}

/* The actors and sessions are the scenario's; they stand in the file for those who read it with SQL. */
static void
read_actor (Reader *reader)
{
  const OrrLayout *layout = reader->loader->trace->scenario->layout;
  guint index = reader->loader->n_actors++;
  if (index >= layout->actors->len)
    {
      refuse (reader, "the scenario has %u actors", layout->actors->len);
      return;
    }
  const OrrActorPlace *actor = &g_array_index (layout->actors, OrrActorPlace, index);
  take_id (reader, index);
  gboolean same = strcmp (take_text (reader), actor->name) == 0;
  same &= take_number (reader, G_MAXUINT32, 0) == actor->node;
  same &= strcmp (take_text (reader), layout->nodes->pdata[actor->node]) == 0;
  same &= take_number (reader, G_MAXUINT32 - 1, ORR_ROLE_CLIENT) == actor->role;
  if (!same)
    refuse (reader, "the scenario has another actor there");
  reader->loader->trace->observed[index] = take_number (reader, 1, 0) == 1;
}

static void
read_session (Reader *reader)
{
  const OrrScenario *scenario = reader->loader->trace->scenario;
  guint index = reader->loader->n_sessions++;
  if (index >= scenario->n_sessions)
    {
      refuse (reader, "the scenario has %u sessions", scenario->n_sessions);
      return;
    }
  take_id (reader, index);
  if (strcmp (take_text (reader), scenario->session_names[index]) != 0)
    refuse (reader, "the scenario has another session there");
}

static gboolean
is_about_session (guint kind)
{
  return kind == ORR_EVENT_INVOKE || kind == ORR_EVENT_COMPLETE || kind == ORR_EVENT_CANCEL
         || kind == ORR_EVENT_TIMEOUT;
}

static void
read_event (Reader *reader)
{
  OrrTrace *trace = reader->loader->trace;
  OrrTraceEvent event = { .message = G_MAXUINT32 };
  guint n = trace->events->len;
  take_id (reader, n);
  event.time = take_time (reader);
  if (n > 0 && event.time < g_array_index (trace->events, OrrTraceEvent, n - 1).time)
    refuse (reader, "it is earlier than the one before");
  event.kind = (guint16) take_choice (reader, kind_name, ORR_N_EVENT_KINDS);
  event.type = take_type (reader, event.kind);
  event.target = take_index (reader, trace->n_actors);
  event.source
      = take_index (reader, is_about_session (event.kind) ? trace->scenario->n_sessions : trace->n_actors);
  event.cause = take_row (reader, n);
  event.message = (guint32) take_number (reader, G_MAXUINT32 - 1, G_MAXUINT32);
  event.body = take_body (reader);
  if (trace->level < ORR_RECORD_EVENTS)
    refuse (reader, "the run did not record events");
  if (event.body != G_MAXUINT64 && (trace->level < ORR_RECORD_FULL || event.message != G_MAXUINT32))
    refuse (reader, "'body' says something that was not recorded there");
  g_array_append_val (trace->events, event);
}

static void
read_message (Reader *reader)
{
  OrrTrace *trace = reader->loader->trace;
  OrrTraceMessage message = { 0 };
  take_id (reader, trace->messages->len);
  message.sent_at = take_time (reader);
  message.arrived_at = take_time (reader);
  message.from = take_index (reader, trace->n_actors);
  message.to = take_index (reader, trace->n_actors);
  message.type = take_type (reader, ORR_EVENT_MESSAGE);
  message.fate = (guint8) take_choice (reader, fate_name, ORR_FATE_PINNED + 1);
  message.duplicate = (guint8) take_number (reader, 1, 0);
  message.sent_by = take_row (reader, trace->events->len);
  message.body = take_body (reader);
  if (message.arrived_at < message.sent_at)
    refuse (reader, "it arrived before it was sent");
  if ((message.arrived_at != ORR_TIME_NEVER) != (message.fate == ORR_FATE_DELIVERED))
    refuse (reader, "its fate and its arrival contradict each other");
  g_array_append_val (trace->messages, message);
}

/* Delivered messages were read after the events that they belong to. */
static gboolean
link_messages (OrrTraceLoader *loader, GError **error)
{
  OrrTrace *trace = loader->trace;
  for (guint i = 0; i < trace->events->len; i++)
    {
      OrrTraceEvent *event = &g_array_index (trace->events, OrrTraceEvent, i);
      if (event->message == G_MAXUINT32)
        continue;
      if (event->message >= trace->messages->len)
        {
          g_set_error (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_NOT_OURS,
                       "event %u is about message %u, and there are %u", i, event->message,
                       trace->messages->len);
          return FALSE;
        }
      event->body = g_array_index (trace->messages, OrrTraceMessage, event->message).body;
    }
  return TRUE;
}

static void
check_order (Reader *reader, const OrrTraceOperation *operation)
{
  if (operation->invoked == ORR_TIME_NEVER && operation->completed != ORR_TIME_NEVER)
    refuse (reader, "it was completed and never begun");
  if (operation->completed < operation->invoked && operation->invoked != ORR_TIME_NEVER)
    refuse (reader, "it was completed before it was begun");
  if (operation->completed == ORR_TIME_NEVER && operation->outcome != ORR_UNKNOWN)
    refuse (reader, "it has an outcome and was never completed");
  if (operation->due > operation->invoked)
    refuse (reader, "it was begun before it was due");
}

static void
read_operation (Reader *reader)
{
  OrrTraceLoader *loader = reader->loader;
  OrrTrace *trace = loader->trace;
  OrrTraceOperation operation = { 0 };
  take_id (reader, trace->operations->len);
  operation.id = take_kept_text (reader);
  operation.session = take_index (reader, trace->scenario->n_sessions);
  operation.process = (guint32) take_number (reader, G_MAXUINT32 - 1, 0);
  operation.host = take_index (reader, trace->n_actors);
  operation.due = take_time (reader);
  operation.invoked = take_time (reader);
  operation.completed = take_time (reader);
  operation.outcome = take_choice (reader, outcome_name, ORR_UNKNOWN + 1);
  operation.server = take_index (reader, trace->n_actors);
  operation.note = take_kept_text (reader);
  operation.attributes = take_record (reader, trace->scenario->model->attributes);
  operation.event = take_row (reader, trace->events->len);
  guint64 n_steps = take_number (reader, G_MAXINT32, 0);
  if (n_steps == 0)
    refuse (reader, "it has no steps");
  check_order (reader, &operation);
  g_array_append_val (trace->operations, operation);
  g_array_append_val (loader->n_steps, n_steps);
}

/* Steps whose values are numbers by nature. */
static gboolean
needs_numbers (OrrStepKind kind)
{
  return kind == ORR_INCREMENT || kind == ORR_WITHDRAW || kind == ORR_DEPOSIT || kind == ORR_BULK_WRITE;
}

static void
keep_steps (OrrTraceLoader *loader)
{
  OrrTrace *trace = loader->trace;
  OrrTraceOperation *operation = &g_array_index (trace->operations, OrrTraceOperation, loader->operation);
  guint n = loader->steps->len;
  operation->n_steps = n;
  operation->steps = orr_arena_copy (trace->arena, loader->steps->data, n * sizeof (OrrStep));
  if (loader->values->len > 0)
    operation->values = orr_arena_copy (trace->arena, loader->values->data, n * sizeof (OrrValue));
  if (loader->versions->len > 0)
    operation->versions = orr_arena_copy (trace->arena, loader->versions->data, n * sizeof (guint64));
  g_array_set_size (loader->steps, 0);
  g_array_set_size (loader->values, 0);
  g_array_set_size (loader->versions, 0);
  loader->operation++;
}

static void
read_step (Reader *reader)
{
  OrrTraceLoader *loader = reader->loader;
  if (loader->operation >= loader->trace->operations->len)
    {
      refuse (reader, "all operations had their steps before");
      return;
    }
  guint64 n_steps = g_array_index (loader->n_steps, guint64, loader->operation);
  OrrStep step = { 0 };
  take_id (reader, loader->operation);
  take_id (reader, loader->steps->len);
  step.kind = take_choice (reader, step_name, ORR_N_STEP_KINDS);
  step.key = take_value (reader);
  step.value = take_value (reader);
  step.expected = take_value (reader);
  gboolean has_value = reader->row->cells[reader->next].kind != ORR_CELL_NOTHING;
  OrrValue value = take_value (reader);
  gboolean has_version = reader->row->cells[reader->next].kind != ORR_CELL_NOTHING;
  guint64 version = take_word (reader);
  if (step.kind == ORR_STEP_NONE || (step.key == ORR_NIL) != (step.kind == ORR_BULK_WRITE))
    refuse (reader, "there is no such step");
  if (needs_numbers (step.kind)
      && (!orr_value_is_int (step.value)
          || (step.kind == ORR_BULK_WRITE && !orr_value_is_int (step.expected))))
    refuse (reader, "its value is no number");
  if (has_value)
    g_array_append_val (loader->values, value);
  if (has_version)
    g_array_append_val (loader->versions, version);
  g_array_append_val (loader->steps, step);
  guint n = loader->steps->len;
  if ((loader->values->len != 0 && loader->values->len != n)
      || (loader->versions->len != 0 && loader->versions->len != n))
    refuse (reader, "some steps of the operation have results and others have none");
  else if (n == n_steps && !reader->error)
    keep_steps (loader);
}

static void
read_fact (Reader *reader)
{
  OrrTrace *trace = reader->loader->trace;
  const OrrRecord *facts = trace->scenario->model->facts;
  OrrTraceFact fact = { 0 };
  take_id (reader, trace->facts->len);
  fact.time = take_time (reader);
  fact.node = take_index (reader, trace->n_actors);
  const char *name = take_text (reader);
  gint index = orr_records_find (facts, name);
  if (index < 0)
    {
      g_autofree char *quoted = orr_quote (name);
      refuse (reader, "the model has no fact %s", quoted);
      return;
    }
  fact.fact = (guint32) index;
  fact.final = take_number (reader, 1, 0) == 1;
  fact.event = take_row (reader, trace->events->len);
  const OrrTraceCell *columns = &reader->row->cells[reader->next];
  reader->next += 3;
  fact.body = take_record (reader, &facts[index]);
  if (!reader->error && facts[index].size > 0 && !fact.body)
    refuse (reader, "it says nothing");
  if (!reader->error && !orr_trace_fact_columns_are (trace, &facts[index], fact.body, columns))
    refuse (reader, "its columns and its body contradict each other");
  g_array_append_val (trace->facts, fact);
}

static void
read_fault (Reader *reader)
{
  OrrTrace *trace = reader->loader->trace;
  const OrrArray *plans = &trace->scenario->faults;
  OrrTraceFault fault = { 0 };
  take_id (reader, trace->faults->len);
  fault.began = take_time (reader);
  fault.ended = take_time (reader);
  const char *name = take_text (reader);
  fault.fault = name ? orr_entries_find (reader->loader->catalog->faults, name) : NULL;
  if (name && !fault.fault)
    {
      g_autofree char *quoted = orr_quote (name);
      refuse (reader, "there is no fault %s", quoted);
    }
  fault.what = take_kept_text (reader);
  fault.effects = take_word (reader);
  fault.line = take_index (reader, plans->length);
  const OrrFaultPlan *plan
      = fault.line < plans->length ? &((const OrrFaultPlan *) plans->data)[fault.line] : NULL;
  fault.choice = take_index (reader, plan ? plan->choose.length : 0);
  if (fault.ended < fault.began)
    refuse (reader, "it ended before it began");
  g_array_append_val (trace->faults, fault);
}

/* --- All --- */

OrrTraceLoader *
orr_trace_loader_new (const OrrCatalog *catalog)
{
  OrrTraceLoader *loader = g_new0 (OrrTraceLoader, 1);
  loader->catalog = catalog;
  loader->n_steps = g_array_new (FALSE, FALSE, sizeof (guint64));
  loader->steps = g_array_new (FALSE, FALSE, sizeof (OrrStep));
  loader->values = g_array_new (FALSE, FALSE, sizeof (OrrValue));
  loader->versions = g_array_new (FALSE, FALSE, sizeof (guint64));
  return loader;
}

void
orr_trace_loader_free (OrrTraceLoader *loader)
{
  if (!loader)
    return;
  orr_trace_free (loader->trace);
  orr_arena_free (loader->scratch);
  g_array_unref (loader->n_steps);
  g_array_unref (loader->steps);
  g_array_unref (loader->values);
  g_array_unref (loader->versions);
  g_free (loader);
}

gboolean
orr_trace_loader_take (OrrTraceLoader *loader, OrrTraceTable table, const OrrTraceRow *row, GError **error)
{
  static void (*const tables[ORR_N_TABLES]) (Reader *) = {
    [ORR_TABLE_RUN] = read_run,          [ORR_TABLE_ACTORS] = read_actor,
    [ORR_TABLE_SESSIONS] = read_session, [ORR_TABLE_EVENTS] = read_event,
    [ORR_TABLE_MESSAGES] = read_message, [ORR_TABLE_OPERATIONS] = read_operation,
    [ORR_TABLE_STEPS] = read_step,       [ORR_TABLE_FACTS] = read_fact,
    [ORR_TABLE_FAULTS] = read_fault,
  };
  Reader reader = { .loader = loader, .info = &orr_trace_tables[table], .row = row };
  tables[table](&reader);
  if (!reader.error)
    return TRUE;
  g_propagate_error (error, reader.error);
  return FALSE;
}

/* A session goes on as a new process after an operation whose outcome is unknown, so there are no more than
 * this; who judges may then make room for each. */
static gboolean
has_plausible_processes (const OrrTrace *trace)
{
  guint64 n = (guint64) trace->scenario->n_sessions + trace->operations->len;
  for (guint i = 0; i < trace->operations->len; i++)
    if (g_array_index (trace->operations, OrrTraceOperation, i).process >= n)
      return FALSE;
  return TRUE;
}

gboolean
orr_trace_loader_end_table (OrrTraceLoader *loader, OrrTraceTable table, GError **error)
{
  const char *wrong = NULL;
  if (table == ORR_TABLE_MESSAGES)
    return link_messages (loader, error);
  if (table == ORR_TABLE_RUN && !loader->trace)
    wrong = "there is no run";
  else if (table == ORR_TABLE_ACTORS && loader->n_actors != loader->trace->n_actors)
    wrong = "the scenario has more actors";
  else if (table == ORR_TABLE_SESSIONS && loader->n_sessions != loader->trace->scenario->n_sessions)
    wrong = "the scenario has more sessions";
  else if (table == ORR_TABLE_OPERATIONS && !has_plausible_processes (loader->trace))
    wrong = "an operation is of a process with a higher number than there can be processes";
  else if (table == ORR_TABLE_STEPS && loader->operation != loader->trace->operations->len)
    wrong = "some operations have fewer steps than they should";
  if (wrong)
    g_set_error_literal (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_NOT_OURS, wrong);
  return !wrong;
}

static gboolean
seal_row (gpointer seal, OrrTraceTable table, const OrrTraceRow *row)
{
  orr_trace_seal_take (seal, table, row);
  return TRUE;
}

OrrTrace *
orr_trace_loader_finish (OrrTraceLoader *loader, const OrrTraceSeal *seal, GError **error)
{
  OrrTraceSeal own = { 0 };
  orr_trace_walk (loader->trace, seal_row, &own);
  /* The run stands apart: another version may write the same scenario in other words. */
  for (guint table = ORR_TABLE_RUN + 1; table < ORR_N_TABLES; table++)
    if (own.tables[table] != seal->tables[table])
      {
        g_set_error (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_NOT_OURS,
                     "its table '%s': a row is not written as a trace writes it",
                     orr_trace_tables[table].name);
        return NULL;
      }
  return g_steal_pointer (&loader->trace);
}
