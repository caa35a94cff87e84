/* sample-trace.h: traces made by hand, for the tests of what comes after a run.
 *
 * The model does nothing; it has records of all sorts, for the rows of a trace to speak of. */
#pragma once

#include "engine/fault.h"
#include "engine/model.h"
#include "trace/trace.h"

#include <string.h>

typedef struct
{
  guint64 number;
  const char *text;
  OrrArray values; /* OrrValue */
  OrrAddress who;
  OrrTime when;
} SampleNote;

typedef struct
{
  gint32 level;
} SampleAttributes;

static const OrrField sample_note_fields[] = {
  ORR_FIELD (SampleNote, number, NUMBER, .doc = "a number"),
  ORR_FIELD (SampleNote, text, TEXT, .doc = "a text"),
  ORR_FIELD (SampleNote, values, LIST, .element = &orr_type_VALUE, .element_size = sizeof (OrrValue), .doc = "values"),
  ORR_FIELD (SampleNote, who, ADDRESS, .doc = "an actor"),
  ORR_FIELD (SampleNote, when, DURATION, .doc = "a time"),
  { 0 },
};

static const OrrChoice sample_levels[] = { { "one", "a" }, { "all", "b" }, { 0 } };

static const OrrField sample_attribute_fields[] = {
  ORR_FIELD (SampleAttributes, level, CHOICE, .choices = sample_levels, .initial = "one", .doc = "how many"),
  { 0 },
};

static const OrrRecord sample_attributes[] = { ORR_RECORD ("attributes", SampleAttributes, sample_attribute_fields), { 0 } };
static const OrrRecord sample_messages[] = { ORR_RECORD ("note", SampleNote, sample_note_fields), { .name = "ping" }, { 0 } };
static const OrrRecord sample_timers[] = { { .name = "tick" }, ORR_RECORD ("later", SampleNote, sample_note_fields), { 0 } };
static const OrrRecord sample_syncs[] = { { .name = "commit" }, { 0 } };
static const OrrRecord sample_facts[]
    = { ORR_FACT_VERSION, ORR_FACT_APPLIED, ORR_FACT_VALUE, ORR_RECORD ("noted", SampleNote, sample_note_fields), { .name = "slept" }, { 0 } };
static const OrrRecord sample_actions[] = { { .name = "promote" }, { 0 } };
static const char *const sample_objects[] = { "register", "list-append", NULL };

enum
{
  SAMPLE_VERSION,
  SAMPLE_APPLIED,
  SAMPLE_VALUE,
  SAMPLE_NOTED,
  SAMPLE_SLEPT
};

static const OrrRole sample_primary = { .name = "primary", .doc = "one" };
static const OrrRole sample_replica = { .name = "replica", .doc = "several" };
static const OrrRole *const sample_roles[] = { &sample_primary, &sample_replica, NULL };

static void
sample_layout (gconstpointer options G_GNUC_UNUSED, OrrLayout *layout)
{
  orr_layout_add (layout, 0, "primary");
  orr_layout_add (layout, 1, "replica1");
  orr_layout_add (layout, 1, "replica2");
}

static const OrrModel sample_model = {
  .abi = ORR_MODEL_ABI,
  .entry = { .name = "sample", .summary = "Does nothing", .doc = "For tests." },
  .attributes = sample_attributes,
  .messages = sample_messages,
  .timers = sample_timers,
  .syncs = sample_syncs,
  .facts = sample_facts,
  .actions = sample_actions,
  .roles = sample_roles,
  .objects = sample_objects,
  .layout = sample_layout,
};

static const OrrModel *const sample_models[] = { &sample_model, NULL };

static inline OrrCatalog
sample_catalog (void)
{
  static const OrrEntry *const no_entries[] = { NULL };
  static const OrrMeasureEntry *const no_measures[] = { NULL };
  return (OrrCatalog){ .models = sample_models,
                       .objects = orr_objects,
                       .faults = (const OrrEntry *const *) (gconstpointer) orr_faults,
                       .properties = no_entries,
                       .measures = no_measures };
}

#define SAMPLE_SCENARIO \
  "title: \"a \\\"quoted\\\" title\"\nmodel: sample\nduration: 10s\n" \
  "clients: {hosts: 1, sessions: 3, names: [alice, bob, charlie], timeout: 5s}\n"

/* An empty trace. The caller frees it. */
static inline OrrTrace *
sample_trace_new (OrrRecordLevel level)
{
  OrrCatalog catalog = sample_catalog ();
  g_autoptr (OrrProblems) problems = orr_problems_new ("test");
  g_autoptr (OrrScenario) scenario
      = orr_scenario_parse (SAMPLE_SCENARIO, strlen (SAMPLE_SCENARIO), NULL, NULL, &catalog, problems);
  g_autofree char *text = orr_problems_to_text (problems);
  if (!scenario)
    g_error ("%s", text);
  g_autoptr (OrrTerms) terms = orr_scenario_copy_terms (scenario);
  OrrTrace *trace = orr_trace_new (scenario, 7, level, terms);
  trace->healed_at = 10 * ORR_SECOND;
  trace->ended_at = 12 * ORR_SECOND;
  return trace;
}

static inline OrrValue
sample_value (OrrTrace *trace, const char *text)
{
  return orr_terms_parse (trace->terms, text);
}

/* An operation of one step; version G_MAXUINT64: the model knows none. */
static inline void
sample_operation (OrrTrace *trace, guint32 session, OrrTime invoked, OrrTime completed, OrrStep step, OrrValue value,
                  guint64 version, OrrAddress server)
{
  OrrTraceOperation operation = {
    .session = session,
    .process = session,
    .host = 3,
    .due = invoked,
    .invoked = invoked,
    .completed = completed,
    .outcome = completed == ORR_TIME_NEVER ? ORR_UNKNOWN : ORR_OK,
    .n_steps = 1,
    .steps = orr_arena_copy (trace->arena, &step, sizeof step),
    .server = server,
    .event = G_MAXUINT64,
    .attributes = orr_arena_new0 (trace->arena, SampleAttributes),
  };
  if (completed != ORR_TIME_NEVER)
    operation.values = orr_arena_copy (trace->arena, &value, sizeof value);
  if (completed != ORR_TIME_NEVER && version != G_MAXUINT64)
    operation.versions = orr_arena_copy (trace->arena, &version, sizeof version);
  g_array_append_val (trace->operations, operation);
}

static inline void
sample_fact (OrrTrace *trace, OrrTime time, OrrAddress node, guint32 fact, gboolean final, gconstpointer body, gsize size)
{
  OrrTraceFact row = { .event = G_MAXUINT64, .time = time, .node = node, .fact = fact, .final = final };
  if (size > 0)
    row.body = orr_arena_copy (trace->arena, body, size);
  g_array_append_val (trace->facts, row);
}
