/* scenario-operations.c: an explicit list of operations, as litmus tests have.
 *
 * Each says when it starts (at a time, or after another has ended), in which session, and what it does. */
#include "scenario/scenario-private.h"

#include <string.h>

/* What every operation has besides its steps and the model's attributes. */
typedef struct
{
  const char *id, *session, *after, *to;
  OrrTime at, cancel;
} Line;

const OrrField orr_scenario_operation_fields[] = {
  ORR_FIELD (Line, id, NAME, .doc = "what the report calls it. Default: o1, o2, … by its place in the list"),
  ORR_FIELD (Line, at, DURATION, .initial = "0s", .least = 0, .most = ORR_TIME_MAX,
             .doc = "when it starts, from the start of the run or, with `after`, from that operation's end"),
  ORR_FIELD (Line, after, NAME, .doc = "the operation after whose end it starts"),
  ORR_FIELD (Line, session, NAME, .doc = "whose it is. Default: the first session's"),
  ORR_FIELD (Line, to, NODE, .doc = "the server that is asked, where the model brings no client of its own"),
  ORR_FIELD (Line, cancel, DURATION, .least = 0, .most = ORR_TIME_MAX,
             .doc = "how long after its start the client cancels it"),
  { 0 },
};

/* What reading a list of operations remembers. */
typedef struct
{
  OrrScenarioReader *reader;
  const char *const *others; /* the keys of an operation that are not of orr_scenario_operation_fields */
  GArray *operations;        /* OrrPlannedOperation */
  GPtrArray *after;          /* const char *, by operation; NULL */
  GPtrArray *after_nodes;    /* where they stand */
  GHashTable *ids;           /* id → index + 1; only looked up */
} List;

static void
set_session (List *list, const OrrYaml *node, const char *name, OrrPlannedOperation *operation)
{
  OrrScenarioReader *reader = list->reader;
  if (!name)
    return;
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (reader->sessions, name));
  if (index > 0)
    {
      operation->session = index - 1;
      return;
    }
  const OrrContext doubts = { .doubtful = reader->doubtful_sessions };
  if (orr_context_doubts (&doubts, name))
    return;
  g_autoptr (GPtrArray) names = orr_words_new ();
  for (guint i = 0; i < reader->scenario->n_sessions && i < ORR_NAMES_SUGGESTED; i++)
    g_ptr_array_add (names, (gpointer) reader->scenario->session_names[i]);
  const char *best = orr_suggest (name, orr_words_end (names));
  const char *const *all = reader->scenario->session_names;
  guint n = reader->scenario->n_sessions;
  g_autofree char *quoted = orr_quote (name);
  g_autofree char *remedy
      = best                                         ? g_strdup_printf ("did you mean '%s'?", best)
        : reader->scenario->clients.names.length > 0 ? g_strdup ("name it under 'clients: {names: […]}'")
        : n > 1 ? g_strdup_printf ("there are '%s' to '%s'; 'clients: {sessions: N}' makes more", all[0],
                                   all[n - 1])
                : g_strdup_printf ("the only one is '%s'; 'clients: {sessions: N}' makes more", all[0]);
  orr_problems_add (reader->problems, orr_yaml_get (node, "session")->place, remedy, "unknown session %s",
                    quoted);
}

static void
set_server (List *list, const OrrYaml *node, const char *name, OrrPlannedOperation *operation)
{
  OrrScenarioReader *reader = list->reader;
  operation->to = name;
  if (!name || !reader->context.names)
    return;
  const OrrLayout *layout = reader->scenario->layout;
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (reader->actors.index, name));
  OrrPlace place = orr_yaml_get (node, "to")->place;
  if (reader->scenario->model->client)
    orr_problems_add (reader->problems, place, "leave 'to' out",
                      "%s has a client of its own, which chooses the server",
                      reader->scenario->model->entry.name);
  else if (found > 0 && g_array_index (layout->actors, OrrActorPlace, found - 1).role == ORR_ROLE_CLIENT)
    orr_problems_add (reader->problems, place, "name a server", "'%s' is a host of clients", name);
}

static void
set_id (List *list, const OrrYaml *node, const char *id, OrrPlannedOperation *operation)
{
  OrrScenarioReader *reader = list->reader;
  guint number = list->operations->len + 1;
  g_autofree char *initial = g_strdup_printf ("o%u", number);
  operation->id = id ? id : orr_arena_strdup (reader->arena, initial);
  if (g_hash_table_contains (list->ids, operation->id))
    orr_problems_add (reader->problems, id ? orr_yaml_get (node, "id")->place : node->place,
                      "give each an id of its own", "two operations are called '%s'", operation->id);
  else
    g_hash_table_insert (list->ids, (gpointer) operation->id, GUINT_TO_POINTER (number));
}

static gconstpointer
read_attributes (List *list, const OrrYaml *node)
{
  OrrScenarioReader *reader = list->reader;
  const OrrRecord *record = reader->scenario->model ? reader->scenario->model->attributes : NULL;
  if (!record || record->size == 0)
    return NULL;
  gpointer attributes = orr_arena_alloc (reader->arena, record->size);
  orr_yaml_read (orr_scenario_pick (reader, node, record->fields), record->fields, "an operation", NULL,
                 &reader->context, attributes, reader->problems);
  return attributes;
}

/* TRUE where the operation has a key that nobody knows. */
static gboolean
is_mistyped (const List *list, const OrrYaml *node)
{
  for (guint i = 0; i < node->n_children; i++)
    if (!orr_fields_find (orr_scenario_operation_fields, node->keys[i]->text)
        && !g_strv_contains (list->others, node->keys[i]->text))
      return TRUE;
  return FALSE;
}

static void
read_operation (List *list, const OrrYaml *node)
{
  OrrScenarioReader *reader = list->reader;
  if (!orr_scenario_is_map (reader, node, "an operation"))
    return;
  Line line = { 0 };
  const OrrYaml *known
      = reader->scenario->model ? node : orr_scenario_pick (reader, node, orr_scenario_operation_fields);
  orr_yaml_read (known, orr_scenario_operation_fields, "an operation", list->others, &reader->actors, &line,
                 reader->problems);
  OrrPlannedOperation operation = { .after = -1, .at = line.at, .cancel = line.cancel };
  operation.place = orr_scenario_keep_place (reader, node->place);
  set_id (list, node, line.id, &operation);
  set_session (list, node, line.session, &operation);
  set_server (list, node, line.to, &operation);
  operation.attributes = read_attributes (list, node);

  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (OrrStep));
  orr_scenario_read_steps (reader, node, is_mistyped (list, node), steps);
  OrrArray kept = orr_scenario_keep (reader, steps);
  operation.steps = kept.data;
  operation.n_steps = kept.length;
  g_array_append_val (list->operations, operation);
  g_ptr_array_add (list->after, (gpointer) line.after);
  g_ptr_array_add (list->after_nodes, line.after ? orr_yaml_get (node, "after") : NULL);
}

/* --- After whom --- */

static void
resolve_after (List *list)
{
  for (guint i = 0; i < list->operations->len && !orr_scenario_hopeless (list->reader); i++)
    {
      const char *id = list->after->pdata[i];
      if (!id)
        continue;
      const OrrYaml *node = list->after_nodes->pdata[i];
      OrrPlannedOperation *operation = &g_array_index (list->operations, OrrPlannedOperation, i);
      operation->after = (gint32) GPOINTER_TO_UINT (g_hash_table_lookup (list->ids, id)) - 1;
      if (operation->after >= 0)
        continue;
      g_autoptr (GPtrArray) ids = orr_words_new ();
      for (guint j = 0; j < list->operations->len && j < ORR_NAMES_SUGGESTED; j++)
        g_ptr_array_add (ids, (gpointer) g_array_index (list->operations, OrrPlannedOperation, j).id);
      orr_scenario_unknown (list->reader, node->place, "operation", id, NULL, ids, "give it as its 'id'");
    }
}

/* Each operation waits for one other at most, so a walk from each that has not been seen finds every circle.
 */
static void
refuse_circles (List *list)
{
  guint n = list->operations->len;
  g_autofree guint *seen_by = g_new0 (guint, n); /* the walk that came here first, from 1 */
  for (guint i = 0; i < n; i++)
    {
      gint32 at = (gint32) i;
      while (at >= 0 && seen_by[at] == 0)
        {
          seen_by[at] = i + 1;
          at = g_array_index (list->operations, OrrPlannedOperation, at).after;
        }
      if (at < 0 || seen_by[at] != i + 1)
        continue;
      const OrrYaml *node = list->after_nodes->pdata[at];
      OrrPlannedOperation *operation = &g_array_index (list->operations, OrrPlannedOperation, at);
      orr_problems_add (list->reader->problems, node->place, "let one of them start at a time",
                        "'%s' waits for itself by way of '%s'", operation->id,
                        (const char *) list->after->pdata[at]);
      operation->after = -1;
    }
}

/* --- The list --- */

static const char *const *
other_keys (OrrScenarioReader *reader, GPtrArray *words)
{
  const OrrObject *object = reader->scenario->workload.object;
  orr_words_add_steps (reader, words);
  g_ptr_array_add (words, (gpointer) "steps");
  const OrrModel *model = reader->scenario->model;
  if (model && model->attributes)
    orr_words_add_fields (reader, words, model->attributes->fields);
  g_ptr_array_add (words, (gpointer) ""); /* what no remedy offers: told by whoever reads the steps */
  for (guint kind = ORR_STEP_NONE + 1; kind < ORR_N_STEP_KINDS; kind++)
    if (object && !orr_object_has_step (object, (OrrStepKind) kind))
      g_ptr_array_add (words, (gpointer) orr_step_infos[kind].name);
  g_ptr_array_add (words, (gpointer) "transfer");
  return orr_words_end (words);
}

void
orr_scenario_read_operations (OrrScenarioReader *reader, const OrrYaml *node)
{
  if (!node || !orr_scenario_is_list (reader, node, "operations"))
    return;
  if (node->n_children > ORR_OPERATIONS_MAX)
    {
      orr_problems_add (reader->problems, node->place, "let a 'mix' generate them", "more than %d operations",
                        ORR_OPERATIONS_MAX);
      return;
    }
  g_autoptr (GPtrArray) words = orr_words_new ();
  g_autoptr (GArray) operations = g_array_new (FALSE, FALSE, sizeof (OrrPlannedOperation));
  g_autoptr (GPtrArray) after = g_ptr_array_new (), after_nodes = g_ptr_array_new ();
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  List list = { reader, other_keys (reader, words), operations, after, after_nodes, ids };
  for (guint i = 0; i < node->n_children && !orr_scenario_hopeless (reader); i++)
    read_operation (&list, node->children[i]);
  resolve_after (&list);
  refuse_circles (&list);
  reader->scenario->workload.operations = orr_scenario_keep (reader, operations);
}

/* In the braces of a map. */
static void
write_operation (const OrrScenario *scenario, const OrrContext *context, const OrrPlannedOperation *operation,
                 const Line *line, GString *text)
{
  const OrrRecord *record = scenario->model->attributes;
  gsize start = text->len;
  orr_yaml_write_flow (orr_scenario_operation_fields, context, line, text);
  g_string_truncate (text, text->len - 1); /* the brace: the steps come behind */
  if (text->len > start + 1)
    g_string_append (text, ", ");
  orr_scenario_write_steps (context, operation->steps, operation->n_steps, text);
  if (record && operation->attributes)
    orr_scenario_append_flow (record->fields, context, operation->attributes, text);
  g_string_append_c (text, '}');
}

static Line
line_of (const OrrScenario *scenario, const OrrPlannedOperation *operation, const char *id, const char *after)
{
  return (Line){ .id = id,
                 .session = operation->session > 0 ? scenario->session_names[operation->session] : NULL,
                 .after = after,
                 .to = operation->to,
                 .at = after && operation->at == 0 ? ORR_TIME_UNSET : operation->at,
                 .cancel = operation->cancel };
}

void
orr_scenario_write_operations (const OrrScenario *scenario, GString *text)
{
  const OrrPlannedOperation *all = scenario->workload.operations.data;
  OrrContext context = orr_scenario_context (scenario);
  if (scenario->workload.operations.length == 0)
    return;
  g_string_append (text, "  operations:\n");
  for (guint i = 0; i < scenario->workload.operations.length; i++)
    {
      g_autofree char *initial = g_strdup_printf ("o%u", i + 1);
      Line line = line_of (scenario, &all[i], strcmp (all[i].id, initial) == 0 ? NULL : all[i].id,
                           all[i].after >= 0 ? all[all[i].after].id : NULL);
      g_string_append (text, "    - ");
      write_operation (scenario, &context, &all[i], &line, text);
      g_string_append_c (text, '\n');
    }
}

char *
orr_scenario_operation_to_text (const OrrScenario *scenario, const OrrPlannedOperation *operation,
                                const char *after, OrrTerms *terms)
{
  OrrContext context = orr_scenario_context (scenario);
  Line line = line_of (scenario, operation, operation->id, after);
  g_autoptr (GString) text = g_string_new (NULL);
  context.terms = terms;
  write_operation (scenario, &context, operation, &line, text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
