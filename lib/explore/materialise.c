/* materialise.c: a run written down, as a scenario that repeats it. */
#include "explore/materialise-private.h"

#include <string.h>

static const OrrTraceOperation *
operation_at (const OrrWriter *writer, guint32 serial)
{
  return &g_array_index (writer->trace->operations, OrrTraceOperation, serial);
}

static const OrrTraceEvent *
event_at (const OrrWriter *writer, guint64 row)
{
  return &g_array_index (writer->trace->events, OrrTraceEvent, row);
}

/* --- Operations: what they are called --- */

/* r1, w2; t3 where it has several steps. */
static char *
make_id (const OrrWriter *writer, GHashTable *taken, const OrrTraceOperation *operation, guint *n_of_letter)
{
  char letter = operation->n_steps > 1 ? 't' : orr_step_infos[operation->steps[0].kind].name[0];
  for (;;)
    {
      g_autofree char *id = g_strdup_printf ("%c%u", letter, ++n_of_letter[letter - 'a']);
      if (!g_hash_table_contains (taken, id))
        return g_steal_pointer (&id);
    }
}

static void
name_operations (OrrWriter *writer)
{
  const OrrPlannedOperation *planned = writer->scenario->workload.operations.data;
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_of_letter['z' - 'a' + 1] = { 0 };
  for (guint i = 0; i < writer->scenario->workload.operations.length; i++)
    g_hash_table_add (taken, (gpointer) planned[i].id);
  for (guint32 i = 0; i < writer->trace->operations->len; i++)
    {
      const OrrTraceOperation *operation = operation_at (writer, i);
      g_ptr_array_add (writer->ids, operation->id ? g_strdup (operation->id)
                                                  : make_id (writer, taken, operation, n_of_letter));
    }
}

/* --- Operations: after whom --- */

/* What an operation was of, and what it came behind. */
typedef struct
{
  const OrrPlannedOperation *plan; /* NULL: it was generated */
  OrrTime end;                     /* ORR_TIME_NEVER: not within the run */
  guint32 before;                  /* serial of what it waited for; G_MAXUINT32: nothing */
} Origin;

/* When each was over, by its session's events: the trace's own time is that of an answer. */
static void
find_ends (const OrrWriter *writer, Origin *origins)
{
  guint n = writer->trace->operations->len;
  g_autofree guint32 *current = g_new0 (guint32, writer->scenario->n_sessions + 1);
  g_autoptr (GHashTable) invoked = g_hash_table_new (NULL, NULL);
  for (guint32 i = 0; i < n; i++)
    if (operation_at (writer, i)->event != G_MAXUINT64)
      g_hash_table_insert (invoked, GSIZE_TO_POINTER (operation_at (writer, i)->event + 1),
                           GUINT_TO_POINTER (i + 1));
  for (guint64 row = 0; row < writer->trace->events->len; row++)
    {
      const OrrTraceEvent *event = event_at (writer, row);
      if (event->kind == ORR_EVENT_INVOKE)
        current[event->source] = GPOINTER_TO_UINT (g_hash_table_lookup (invoked, GSIZE_TO_POINTER (row + 1)));
      else if ((event->kind == ORR_EVENT_COMPLETE || event->kind == ORR_EVENT_TIMEOUT)
               && current[event->source] > 0)
        {
          origins[current[event->source] - 1].end = event->time;
          current[event->source] = 0;
        }
    }
}

/* A planned one waits for what its plan says, one of a closed loop for its session's last. */
static void
find_origins (const OrrWriter *writer, Origin *origins)
{
  const OrrWorkload *workload = &writer->scenario->workload;
  const OrrPlannedOperation *planned = workload->operations.data;
  gboolean is_loop = workload->think && !workload->arrival.interval;
  g_autoptr (GHashTable) plans = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) serials = g_hash_table_new (NULL, NULL);
  g_autofree guint32 *last = g_new0 (guint32, writer->scenario->n_sessions + 1);
  for (guint i = 0; i < workload->operations.length; i++)
    g_hash_table_insert (plans, (gpointer) planned[i].id, (gpointer) &planned[i]);
  for (guint32 i = 0; i < writer->trace->operations->len; i++)
    {
      const OrrTraceOperation *operation = operation_at (writer, i);
      const OrrPlannedOperation *plan = operation->id ? g_hash_table_lookup (plans, operation->id) : NULL;
      origins[i] = (Origin){ plan, ORR_TIME_NEVER, G_MAXUINT32 };
      if (plan)
        g_hash_table_insert (serials, (gpointer) plan, GUINT_TO_POINTER (i + 1));
      if (plan && plan->after >= 0)
        origins[i].before = GPOINTER_TO_UINT (g_hash_table_lookup (serials, &planned[plan->after])) - 1;
      else if (!plan && is_loop)
        {
          origins[i].before = last[operation->session] - 1;
          last[operation->session] = i + 1;
        }
    }
}

static gboolean
is_of_fault (const OrrTraceEvent *event)
{
  return event->kind == ORR_EVENT_FAULT || event->kind == ORR_EVENT_HEAL || event->kind == ORR_EVENT_STOP
         || event->kind == ORR_EVENT_START;
}

/* TRUE where something else happened first at the instant at which it began, but faults, which are before
 * all, and other operations that begin. */
static gboolean
is_tied (const OrrWriter *writer, const OrrTraceOperation *operation)
{
  if (operation->event == G_MAXUINT64 || operation->invoked != operation->due)
    return FALSE;
  for (guint64 row = operation->event; row > 0; row--)
    {
      const OrrTraceEvent *event = event_at (writer, row - 1);
      if (event->time != operation->due)
        return FALSE;
      if (event->kind != ORR_EVENT_INVOKE && !is_of_fault (event))
        return TRUE;
    }
  return FALSE;
}

/* --- Operations: their lines --- */

static void
write_operation (const OrrWriter *writer, guint32 serial, const Origin *origins, GString *text)
{
  const OrrTraceOperation *operation = operation_at (writer, serial);
  const Origin *origin = &origins[serial];
  OrrPlannedOperation line = { .id = g_ptr_array_index (writer->ids, serial),
                               .session = operation->session,
                               .after = -1,
                               .at = operation->due,
                               .to = origin->plan ? origin->plan->to : NULL,
                               .steps = operation->steps,
                               .n_steps = operation->n_steps,
                               .attributes = operation->attributes,
                               .cancel = origin->plan ? origin->plan->cancel : ORR_TIME_UNSET };
  OrrAddress server = serial < writer->choices->servers->len
                          ? g_array_index (writer->choices->servers, OrrAddress, serial)
                          : ORR_NOBODY;
  const char *after = NULL;
  if (server != ORR_NOBODY)
    line.to = orr_trace_actor_name (writer->trace, server);
  if (origin->before != G_MAXUINT32 && origins[origin->before].end <= operation->due
      && is_tied (writer, operation))
    {
      after = g_ptr_array_index (writer->ids, origin->before);
      line.at = operation->due - origins[origin->before].end;
    }
  g_autofree char *said
      = orr_scenario_operation_to_text (writer->scenario, &line, after, writer->trace->terms);
  g_string_append_printf (text, "%s%s", text->len > 1 ? ", " : "", said);
}

/* Nobody waits for generated operations when the workload is over, but for those of a list. */
static void
write_operations (OrrWriter *writer)
{
  const OrrWorkload *workload = &writer->scenario->workload;
  guint n = writer->trace->operations->len;
  static const char *const generated[]
      = { "mix", "arrival", "think", "operations-max", "keys", "operations" };
  for (guint i = 0; i < G_N_ELEMENTS (generated); i++)
    {
      g_autofree char *path = g_strdup_printf ("workload.%s", generated[i]);
      orr_draft_remove (writer->draft, path);
    }
  if (workload->keys.count > 0)
    {
      g_autofree char *keys = g_strdup_printf ("{count: %u}", workload->keys.count);
      orr_draft_set (writer->draft, "workload.keys", keys);
    }
  if (n == 0)
    return;
  if (workload->operations.length == 0)
    orr_draft_set (writer->draft, "workload.overtime", "false");
  g_autofree Origin *origins = g_new0 (Origin, n);
  g_autoptr (GString) text = g_string_new ("[");
  find_origins (writer, origins);
  find_ends (writer, origins);
  for (guint32 i = 0; i < n; i++)
    write_operation (writer, i, origins, text);
  g_string_append_c (text, ']');
  orr_draft_set (writer->draft, "workload.operations", text->str);
}

/* --- Faults --- */

/* The settings of the line that says it; NULL: none is needed, or could be. Chance may have taken a fault
 * that says nothing, as a `link` without a setting. The caller frees them. */
static gpointer
settings_of (OrrWriter *writer, const OrrFaultPlan *plan, const OrrStrikeChoice *strike)
{
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  g_autofree gpointer settings = g_memdup2 (strike->settings, plan->fault->size);
  if (writer->what & ORR_MATERIALISE_CHOICES)
    return orr_writer_settle_fault (writer, plan->fault, settings) ? g_steal_pointer (&settings) : NULL;
  if (plan->choose.length > 0 && plan->fault->validate)
    plan->fault->validate (settings, problems);
  return orr_problems_get_length (problems) > 0 ? NULL : g_steal_pointer (&settings);
}

static void
write_fault (OrrWriter *writer, guint row, GString *text)
{
  const OrrTraceFault *fault = &g_array_index (writer->trace->faults, OrrTraceFault, row);
  const OrrStrikeChoice *strike = &g_array_index (writer->choices->strikes, OrrStrikeChoice, row);
  OrrFaultPlan plan = ((const OrrFaultPlan *) writer->scenario->faults.data)[fault->line];
  plan.fault = fault->fault;
  if (!strike->began)
    return;
  g_autofree gpointer settings = plan.action < 0 ? settings_of (writer, &plan, strike) : NULL;
  g_autoptr (OrrDistribution) length
      = strike->length == ORR_TIME_UNSET ? NULL : orr_distribution_new_constant (strike->length);
  if (plan.action < 0 && !settings)
    return;
  if (plan.trigger != ORR_TRIGGER_WHEN)
    {
      plan.trigger = ORR_TRIGGER_AT;
      plan.at = fault->began;
    }
  plan.every = NULL;
  plan.duration = length;
  plan.settings = settings ? settings : (gpointer) strike->settings;
  plan.choose = (OrrArray){ 0 };
  plan.intensity = 1;
  plan.quiet = (OrrQuiet){ ORR_TIME_UNSET, ORR_TIME_UNSET };
  plan.target = NULL;
  plan.target_kind = ORR_TARGET_NAMED;
  g_autofree char *said = orr_scenario_fault_to_text (writer->scenario, &plan);
  g_string_append_printf (text, "%s%s", text->len > 1 ? ", " : "", said);
}

static void
write_faults (OrrWriter *writer)
{
  g_autoptr (GString) text = g_string_new ("[");
  for (guint i = 0; i < writer->trace->faults->len; i++)
    write_fault (writer, i, text);
  g_string_append_c (text, ']');
  orr_draft_remove (writer->draft, "faults");
  if (text->len > strlen ("[]"))
    orr_draft_set (writer->draft, "faults", text->str);
}

/* --- All of it --- */

/* What was drawn from each distribution. */
static void
collect_values (OrrWriter *writer)
{
  for (guint i = 0; i < writer->choices->decided->len; i++)
    {
      const OrrDecided *decided = &g_array_index (writer->choices->decided, OrrDecided, i);
      if (!decided->usual)
        continue;
      GArray *values = g_hash_table_lookup (writer->values, decided->usual);
      if (!values)
        {
          values = g_array_new (FALSE, FALSE, sizeof (OrrTime));
          g_hash_table_insert (writer->values, (gpointer) decided->usual, values);
        }
      g_array_append_val (values, decided->latency);
    }
}

OrrDraft *
orr_materialise (const OrrTrace *trace, const OrrChoices *choices, OrrMaterialise what)
{
  g_assert (trace->level == ORR_RECORD_FULL);
  g_assert (choices->strikes->len == trace->faults->len);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) values = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  g_autoptr (GHashTable) constants
      = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) orr_distribution_unref);
  OrrWriter writer = { .trace = trace,
                       .scenario = trace->scenario,
                       .choices = choices,
                       .what = what,
                       .draft = orr_draft_new (trace->scenario),
                       .ids = ids,
                       .values = values,
                       .constants = constants };
  g_autofree char *duration = orr_duration_to_text (trace->scenario->duration);
  orr_draft_set (writer.draft, "duration", duration);
  name_operations (&writer);
  if (what & ORR_MATERIALISE_OPERATIONS)
    write_operations (&writer);
  if (what & ORR_MATERIALISE_CHOICES)
    {
      collect_values (&writer);
      orr_writer_settle (&writer);
    }
  if (what & ORR_MATERIALISE_FAULTS)
    write_faults (&writer);
  if (what & ORR_MATERIALISE_CHOICES)
    orr_writer_pin (&writer);
  return writer.draft;
}
