/* scenario-faults.c: what goes wrong, and when.
 *
 * A line has a trigger (`at`, `every` or `when`), a duration (`for`), and either one fault or a choice of
 * several. The fault's name is a key; what stands behind it is one of its settings, written short, or a map
 * of them, and further settings may stand beside it: `crash: replica1, kind: os`. */
#include "scenario/scenario-private.h"

#include <string.h>

static const char *const reserved[] = { "at", "every", "when", "for", "choose", "target", NULL };

/* --- The event that triggers --- */

typedef struct
{
  guint32 nth;
  const char *node, *from, *to;
} WhenLine;

static const OrrField sync_fields[] = {
  ORR_FIELD (WhenLine, nth, COUNT, .initial = "1", .least = 1, .most = G_MAXINT32,
             .doc = "which of them, from 1"),
  { 0 },
};

static const OrrField message_fields[] = {
  ORR_FIELD (WhenLine, from, NODE, .doc = "the sender; not given: any"),
  ORR_FIELD (WhenLine, to, NODE, .doc = "the receiver; not given: any"),
  ORR_FIELD (WhenLine, nth, COUNT, .initial = "1", .least = 1, .most = G_MAXINT32,
             .doc = "which of them, from 1"),
  { 0 },
};

static const OrrField fact_fields[] = {
  ORR_FIELD (WhenLine, node, NODE, .doc = "who says it; not given: any"),
  ORR_FIELD (WhenLine, nth, COUNT, .initial = "1", .least = 1, .most = G_MAXINT32,
             .doc = "which of them, from 1"),
  { 0 },
};

/* By OrrWhenKind. */
static const struct
{
  const char *name;
  const OrrField *fields;
} whens[] = {
  { "sync", sync_fields },
  { "send", message_fields },
  { "receive", message_fields },
  { "fact", fact_fields },
};

static const OrrRecord *
records_of (const OrrModel *model, OrrWhenKind kind)
{
  return kind == ORR_WHEN_SYNC ? NULL : kind == ORR_WHEN_FACT ? model->facts : model->messages;
}

gint32
orr_scenario_find_record (OrrScenarioReader *reader, const OrrYaml *node, const OrrRecord *records,
                          const char *what)
{
  if (!orr_scenario_is_scalar (reader, node, what))
    return -1;
  gint index = orr_records_find (records, node->text);
  if (index >= 0)
    return index;
  g_autoptr (GPtrArray) words = orr_words_new ();
  orr_words_add_records (reader, words, records);
  orr_scenario_unknown (reader, node->place, what, node->text, reader->scenario->model->entry.name, words,
                        words->len > 0 ? NULL : "it has none");
  return -1;
}

/* sync: primary, or any */
static void
read_synced_node (OrrScenarioReader *reader, const OrrYaml *node, OrrWhen *when)
{
  if (node->kind == ORR_YAML_SCALAR && strcmp (node->text, "any") == 0)
    return;
  orr_scenario_read_value (reader, node, &orr_type_NODE, "sync", &reader->actors, &when->node);
}

static void
read_when (OrrScenarioReader *reader, const OrrYaml *map, OrrWhen *when)
{
  *when = (OrrWhen){ .record = -1, .nth = 1 };
  if (!orr_scenario_is_map (reader, map, "when"))
    return;
  guint kind = 0;
  while (kind < G_N_ELEMENTS (whens) && !orr_yaml_get (map, whens[kind].name))
    kind++;
  if (kind == G_N_ELEMENTS (whens))
    {
      static const char *const words[] = { "sync", "send", "receive", "fact", NULL };
      orr_scenario_refuse_map (reader, map, words, "'when' names no event",
                               "use one of sync, send, receive, fact, as in {sync: primary, nth: 2}");
      return;
    }
  when->kind = (gint32) kind;
  const OrrYaml *what = orr_yaml_get (map, whens[kind].name);
  const char *others[] = { whens[kind].name, kind == ORR_WHEN_SYNC ? NULL : "where", NULL };
  WhenLine line = { 0 };
  orr_yaml_read (map, whens[kind].fields, "when", others, &reader->actors, &line, reader->problems);
  when->nth = line.nth;
  when->node = kind == ORR_WHEN_SEND ? line.from : kind == ORR_WHEN_RECEIVE ? line.to : line.node;
  when->peer = kind == ORR_WHEN_SEND ? line.to : kind == ORR_WHEN_RECEIVE ? line.from : NULL;
  if (kind == ORR_WHEN_SYNC)
    read_synced_node (reader, what, when);
  else if (reader->scenario->model)
    {
      const OrrRecord *records = records_of (reader->scenario->model, (OrrWhenKind) kind);
      when->record
          = orr_scenario_find_record (reader, what, records, kind == ORR_WHEN_FACT ? "fact" : "message");
      if (when->record >= 0)
        when->where = orr_scenario_read_where (reader, orr_yaml_get (map, "where"), &records[when->record]);
    }
}

/* --- The fault and its settings --- */

static void
add_fault_words (const OrrScenarioReader *reader, GPtrArray *words)
{
  for (guint i = 0; reader->catalog->faults && reader->catalog->faults[i]; i++)
    g_ptr_array_add (words, (gpointer) reader->catalog->faults[i]->name);
}

/* A map of the fault's settings, whichever way they are written; NULL, with a problem, where they can't be
 * told. */
static OrrYaml *
settings_map (OrrScenarioReader *reader, const OrrEntry *fault, OrrYaml *value, const OrrYaml *line)
{
  gboolean blank = value->kind == ORR_YAML_SCALAR && !value->quoted && *value->text == '\0';
  const char *shorthand = value->kind == ORR_YAML_SCALAR ? fault->scalar : fault->list;
  OrrYaml *map = value;
  if (blank)
    map = orr_scenario_empty_map (reader, value->place);
  else if (value->kind != ORR_YAML_MAP && shorthand)
    map = orr_scenario_with (reader, orr_scenario_empty_map (reader, value->place), shorthand, value,
                             value->place);
  else if (value->kind != ORR_YAML_MAP)
    {
      g_autoptr (GString) remedy = g_string_new (NULL);
      const char *first = fault->scalar                            ? fault->scalar
                          : fault->fields && fault->fields[0].name ? fault->fields[0].name
                                                                   : "";
      g_string_append_printf (remedy, "write %s: {", fault->name);
      orr_name_print (first, remedy);
      g_string_append (remedy, ": …}");
      orr_problems_add (reader->problems, value->place, remedy->str, "'%s' can't be %s", fault->name,
                        value->kind == ORR_YAML_SCALAR ? "a single value" : "a list");
      return NULL;
    }
  for (guint i = 0; line && i < line->n_children; i++)
    {
      const char *key = line->keys[i]->text;
      if (!orr_fields_find (fault->fields, key) || g_strv_contains (reserved, key))
        continue;
      if (orr_yaml_get (map, key))
        orr_problems_add (reader->problems, line->keys[i]->place, "keep one",
                          "'%s' is there twice, here and within '%s'", key, fault->name);
      else
        map = orr_scenario_with (reader, map, key, line->children[i], line->keys[i]->place);
    }
  return map;
}

static OrrPlace
locate (gpointer map, const char *path)
{
  return orr_yaml_locate (map, path);
}

/* The fault's own rules, which its fields can't say. Nodes that will be drawn are not known to it. */
static void
validate_settings (OrrScenarioReader *reader, const OrrEntry *fault, OrrYaml *map, gconstpointer settings)
{
  if (!fault->validate || reader->damaged)
    return;
  orr_problems_set_locate (reader->problems, NULL, locate, map);
  fault->validate (settings, reader->problems);
  orr_problems_set_locate (reader->problems, NULL, NULL, NULL);
}

static gpointer
read_settings (OrrScenarioReader *reader, const OrrEntry *fault, const OrrField *fields, const OrrYaml *map)
{
  static const OrrField none[] = { { 0 } };
  gpointer settings = orr_arena_alloc (reader->arena, fault->size);
  g_autofree char *what = g_strdup_printf ("the fault '%s'", fault->name);
  orr_yaml_read (map, fields ? fields : none, what, NULL, &reader->context, settings, reader->problems);
  return settings;
}

/* --- Actions of an operator --- */

typedef struct
{
  const char *node;
} ActionLine;

static const OrrField action_fields[] = {
  ORR_FIELD (ActionLine, node, NODE, .required = TRUE, .doc = "whom it is asked of"),
  { 0 },
};

/* action: {promote: replica1}, or with arguments {promote: {node: replica1, …}} */
static void
read_action (OrrScenarioReader *reader, const OrrYaml *map, OrrFaultPlan *plan)
{
  const OrrModel *model = reader->scenario->model;
  if (map->kind != ORR_YAML_MAP || map->n_children != 1)
    {
      orr_problems_add (reader->problems, map->place, "write action: {NAME: node}",
                        "'action' needs one action and its node");
      return;
    }
  if (!model)
    return;
  plan->action = orr_scenario_find_record (reader, map->keys[0], model->actions, "action");
  if (plan->action < 0)
    return;
  const OrrRecord *record = &model->actions[plan->action];
  OrrYaml *value = map->children[0];
  if (value->kind == ORR_YAML_SCALAR)
    value = orr_scenario_with (reader, orr_scenario_empty_map (reader, value->place), "node", value,
                               value->place);
  g_autoptr (GPtrArray) words = orr_words_new ();
  orr_words_add_fields (reader, words, record->fields);
  ActionLine line = { 0 };
  orr_yaml_read (value, action_fields, "an action", orr_words_end (words), &reader->actors, &line,
                 reader->problems);
  plan->action_node = line.node;
  plan->settings = orr_arena_alloc (reader->arena, record->size);
  if (record->fields && value->kind == ORR_YAML_MAP)
    orr_yaml_read (orr_scenario_pick (reader, value, record->fields), record->fields, "an action", NULL,
                   &reader->actors, plan->settings, reader->problems);
}

/* --- Faults to draw from --- */

/* A copy of the table in which nodes need not be named: they are drawn when the fault strikes. */
static const OrrField *
without_nodes (OrrScenarioReader *reader, const OrrField *fields)
{
  guint n = 0;
  while (fields && fields[n].name)
    n++;
  OrrField *copy = orr_arena_alloc (reader->arena, (n + 1) * sizeof *copy);
  for (guint i = 0; i < n; i++)
    {
      copy[i] = fields[i];
      if (copy[i].type == &orr_type_NODE || copy[i].element == &orr_type_NODE || copy[i].fields)
        copy[i].required = FALSE;
    }
  return copy;
}

/* The field of `fault` that has `word` among its choices, NULL where none has. */
static const OrrField *
field_with_word (const OrrEntry *fault, const char *word)
{
  for (const OrrField *field = fault->fields; field && field->name; field++)
    for (const OrrChoice *choice = field->type == &orr_type_CHOICE ? field->choices : NULL;
         choice && choice->name; choice++)
      if (strcmp (choice->name, word) == 0)
        return field;
  return NULL;
}

/* crash, or crash-os: a fault, or one with a word of its settings. Returns the field of the word in
 * *ret_field. */
static const OrrEntry *
find_shape (OrrScenarioReader *reader, const char *text, const OrrField **ret_field, const char **ret_word)
{
  const OrrEntry *fault = orr_entries_find (reader->catalog->faults, text);
  *ret_field = NULL;
  for (const char *dash = strchr (text, '-'); !fault && dash; dash = strchr (dash + 1, '-'))
    {
      g_autofree char *name = g_strndup (text, (gsize) (dash - text));
      fault = orr_entries_find (reader->catalog->faults, name);
      *ret_field = fault ? field_with_word (fault, dash + 1) : NULL;
      *ret_word = dash + 1;
      if (!*ret_field)
        fault = NULL;
    }
  return fault && strcmp (fault->name, "action") != 0 ? fault : NULL;
}

static void
add_shape_words (OrrScenarioReader *reader, GPtrArray *words)
{
  for (guint i = 0; reader->catalog->faults && reader->catalog->faults[i]; i++)
    {
      const OrrEntry *fault = reader->catalog->faults[i];
      if (strcmp (fault->name, "action") == 0)
        continue;
      g_ptr_array_add (words, (gpointer) fault->name);
      for (const OrrField *field = fault->fields; field && field->name; field++)
        for (const OrrChoice *choice = field->type == &orr_type_CHOICE ? field->choices : NULL;
             choice && choice->name; choice++)
          {
            g_autofree char *shape = g_strdup_printf ("%s-%s", fault->name, choice->name);
            g_ptr_array_add (words, orr_arena_strdup (reader->scratch, shape));
          }
    }
}

/* The settings that a shape stands for, over those that `map` gives. */
static OrrYaml *
with_shape (OrrScenarioReader *reader, OrrYaml *map, const OrrField *field, const char *word, OrrPlace place)
{
  if (!field)
    return map;
  g_autoptr (GString) name = g_string_new (NULL);
  orr_name_print (field->name, name);
  OrrYaml *value = orr_arena_new0 (reader->scratch, OrrYaml);
  *value = (OrrYaml){ .kind = ORR_YAML_SCALAR,
                      .place = place,
                      .text = orr_arena_strdup (reader->scratch, word) };
  return orr_scenario_with (reader, map, name->str, value, place);
}

static void
refuse_shape (OrrScenarioReader *reader, const OrrYaml *node)
{
  g_autoptr (GPtrArray) words = orr_words_new ();
  add_shape_words (reader, words);
  orr_scenario_unknown (reader, node->place, "fault", node->text, NULL, words, "`orrery faults` lists them");
}

gboolean
orr_scenario_check_shape (OrrScenarioReader *reader, const OrrYaml *node)
{
  const OrrField *field;
  const char *word;
  if (find_shape (reader, node->text, &field, &word))
    return TRUE;
  refuse_shape (reader, node);
  return FALSE;
}

/* crash, partition-majority, or {slow: {factor: 10}} */
static gboolean
read_choice (OrrScenarioReader *reader, const OrrYaml *node, OrrChosenFault *ret_fault)
{
  gboolean is_map = node->kind == ORR_YAML_MAP && node->n_children == 1;
  const OrrYaml *name = is_map ? node->keys[0] : node;
  if (name->kind != ORR_YAML_SCALAR)
    {
      orr_problems_add (reader->problems, node->place, "write a name, or {slow: {factor: 10}}",
                        "this is not one fault to draw");
      return FALSE;
    }
  const OrrField *field;
  const char *word = NULL;
  const OrrEntry *fault = find_shape (reader, name->text, &field, &word);
  if (!fault)
    {
      refuse_shape (reader, name);
      return FALSE;
    }
  OrrYaml *map = is_map ? settings_map (reader, fault, node->children[0], NULL)
                        : orr_scenario_empty_map (reader, node->place);
  if (!map)
    return FALSE;
  guint before = orr_problems_get_length (reader->problems);
  map = with_shape (reader, map, field, word, name->place);
  ret_fault->fault = fault;
  ret_fault->fields = without_nodes (reader, fault->fields);
  ret_fault->settings = read_settings (reader, fault, ret_fault->fields, map);
  ret_fault->text = orr_arena_strdup (reader->arena, name->text);
  return orr_problems_get_length (reader->problems) == before;
}

static void
read_choices (OrrScenarioReader *reader, const OrrYaml *list, OrrFaultPlan *plan)
{
  if (!orr_scenario_is_list (reader, list, "choose"))
    return;
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (OrrChosenFault));
  for (guint i = 0; i < list->n_children && !orr_scenario_hopeless (reader); i++)
    {
      OrrChosenFault fault = { 0 };
      if (read_choice (reader, list->children[i], &fault))
        g_array_append_val (chosen, fault);
    }
  if (list->n_children == 0)
    orr_problems_add (reader->problems, list->place, "name at least one, as in [crash, pause]",
                      "there is nothing to choose from");
  plan->choose = orr_scenario_keep (reader, chosen);
}

/* --- A line --- */

static const OrrYaml *
key_of (const OrrYaml *map, const char *name)
{
  for (guint i = 0; i < map->n_children; i++)
    if (strcmp (map->keys[i]->text, name) == 0)
      return map->keys[i];
  return NULL;
}

static void
read_trigger (OrrScenarioReader *reader, const OrrYaml *line, OrrFaultPlan *plan)
{
  static const char *const names[] = { "at", "every", "when" }; /* by OrrTriggerKind */
  const OrrYaml *first = NULL;
  plan->trigger = ORR_TRIGGER_AT;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const OrrYaml *key = key_of (line, names[i]);
      if (key && first)
        orr_problems_add (reader->problems, key->place, "write two lines, or keep one of them",
                          "'%s' beside '%s'", key->text, first->text);
      if (!key || first)
        continue;
      first = key;
      plan->trigger = (gint32) i;
    }
  if (plan->trigger == ORR_TRIGGER_AT && plan->at == ORR_TIME_UNSET)
    plan->at = 0;
  const OrrYaml *when = orr_yaml_get (line, "when");
  if (when)
    read_when (reader, when, &plan->when);
}

/* Where the target is a node, a role of the model, or wrong. */
static void
check_target (OrrScenarioReader *reader, const OrrYaml *line, const OrrFaultPlan *plan)
{
  const OrrYaml *node = orr_yaml_get (line, "target");
  const OrrModel *model = reader->scenario->model;
  if (!node || !plan->target)
    return;
  if (!orr_yaml_get (line, "choose"))
    orr_problems_add (reader->problems, key_of (line, "target")->place,
                      "name the node as the fault's own setting", "'target' without 'choose'");
  if (!reader->context.names)
    return;
  g_autoptr (GPtrArray) words = orr_words_new ();
  for (guint i = 0; model->roles && model->roles[i]; i++)
    g_ptr_array_add (words, (gpointer) orr_role_name (model->roles[i]));
  if (g_strv_contains (orr_words_end (words), plan->target)
      || g_hash_table_contains (reader->context.index, plan->target))
    return;
  g_ptr_array_set_size (words, 0);
  for (guint i = 0; model->roles && model->roles[i]; i++)
    if (!g_hash_table_contains (reader->context.index, orr_role_name (model->roles[i])))
      g_ptr_array_add (words, (gpointer) orr_role_name (model->roles[i]));
  orr_words_add_nodes (reader, words);
  orr_scenario_unknown (reader, node->place, "node or role", plan->target, NULL, words, NULL);
}

/* The keys of a line that name faults: one, or none where there is a choice. Returns its value. */
static OrrYaml *
find_fault (OrrScenarioReader *reader, const OrrYaml *line, OrrFaultPlan *plan)
{
  OrrYaml *found = NULL;
  const char *first = orr_yaml_get (line, "choose") ? "choose" : NULL;
  for (guint i = 0; i < line->n_children; i++)
    {
      const OrrYaml *key = line->keys[i];
      const OrrEntry *fault = orr_entries_find (reader->catalog->faults, key->text);
      if (!fault || (plan->fault && orr_fields_find (plan->fault->fields, key->text)))
        continue;
      if (first)
        {
          orr_problems_add (reader->problems, key->place, "write a line for each", "'%s' beside '%s'",
                            key->text, first);
          continue;
        }
      first = key->text;
      plan->fault = fault;
      found = line->children[i];
    }
  return found;
}

/* The line's keys that are not of all faults: names of faults, and the settings of this one. */
static void
read_common (OrrScenarioReader *reader, const OrrYaml *line, OrrFaultPlan *plan)
{
  g_autoptr (GPtrArray) words = orr_words_new ();
  add_fault_words (reader, words);
  g_ptr_array_add (words, (gpointer) "when");
  g_ptr_array_add (words, (gpointer) "choose");
  if (plan->fault)
    orr_words_add_fields (reader, words, plan->fault->fields);
  OrrFaultPlan read = { 0 };
  orr_yaml_read (line, orr_scenario_fault_fields, "a fault", orr_words_end (words), &reader->context, &read,
                 reader->problems);
  plan->at = read.at;
  plan->every = read.every;
  OrrTime every;
  if (read.every && orr_distribution_is_constant (read.every, &every) && every <= 0)
    orr_problems_add (reader->problems, orr_yaml_get (line, "every")->place, "write a duration above 0s",
                      "no time would pass between one fault and the next");
  plan->duration = read.duration;
  plan->target = read.target;
}

static gboolean
has_unknown_key (OrrScenarioReader *reader, const OrrYaml *line)
{
  for (guint i = 0; i < line->n_children; i++)
    if (!g_strv_contains (reserved, line->keys[i]->text))
      return TRUE;
  return FALSE;
}

static void
read_line (OrrScenarioReader *reader, const OrrYaml *line, GArray *plans)
{
  OrrFaultPlan plan = { .action = -1,
                        .when = { .record = -1, .nth = 1 },
                        .place = orr_scenario_keep_place (reader, line->place) };
  if (!orr_scenario_is_map (reader, line, "a fault"))
    return;
  OrrYaml *value = find_fault (reader, line, &plan);
  const OrrYaml *choose = orr_yaml_get (line, "choose");
  read_common (reader, line, &plan);
  read_trigger (reader, line, &plan);
  check_target (reader, line, &plan);
  if (choose)
    read_choices (reader, choose, &plan);
  else if (plan.fault && strcmp (plan.fault->name, "action") == 0)
    {
      read_action (reader, value, &plan);
      if (plan.duration)
        orr_problems_add (reader->problems, key_of (line, "for")->place, "leave 'for' out",
                          "an action has no end");
    }
  else if (plan.fault)
    {
      OrrYaml *map = settings_map (reader, plan.fault, value, line);
      guint before = orr_problems_get_length (reader->problems);
      if (map)
        plan.settings = read_settings (reader, plan.fault, plan.fault->fields, map);
      if (map && orr_problems_get_length (reader->problems) == before)
        validate_settings (reader, plan.fault, map, plan.settings);
    }
  else if (!has_unknown_key (reader, line))
    orr_problems_add (reader->problems, line->place,
                      "name one, as in {at: 10s, crash: NODE, for: 5s}; `orrery faults` lists them",
                      "a line without a fault");
  g_array_append_val (plans, plan);
}

void
orr_scenario_read_faults (OrrScenarioReader *reader)
{
  const OrrYaml *list = orr_yaml_get (reader->root, "faults");
  if (!list || !orr_scenario_is_list (reader, list, "faults"))
    return;
  g_autoptr (GArray) plans = g_array_new (FALSE, FALSE, sizeof (OrrFaultPlan));
  for (guint i = 0; i < list->n_children && !orr_scenario_hopeless (reader); i++)
    read_line (reader, list->children[i], plans);
  reader->scenario->faults = orr_scenario_keep (reader, plans);
}

/* --- Writing --- */

static void
write_when (const OrrScenario *scenario, const OrrWhen *when, GString *text)
{
  OrrContext context = orr_scenario_context (scenario);
  gboolean sends = when->kind == ORR_WHEN_SEND;
  gboolean message = sends || when->kind == ORR_WHEN_RECEIVE;
  WhenLine line = { .nth = when->nth,
                    .node = when->node,
                    .from = sends ? when->node : when->peer,
                    .to = sends ? when->peer : when->node };
  g_string_append_printf (text, "when: {%s: ", whens[when->kind].name);
  if (when->kind == ORR_WHEN_SYNC)
    g_string_append (text, when->node ? when->node : "any");
  else
    orr_name_print ((message ? scenario->model->messages : scenario->model->facts)[when->record].name, text);
  orr_scenario_append_flow (whens[when->kind].fields, &context, &line, text);
  orr_scenario_write_where (&when->where, text);
  g_string_append_c (text, '}');
}

/* `crash: replica1, kind: os` where one setting may be written short, else `clock: {node: a, jump: -2s}`. */
static void
write_settings (const OrrContext *context, const OrrEntry *fault, gconstpointer settings, GString *text)
{
  g_autoptr (OrrArena) arena = orr_arena_new ();
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  g_autoptr (GString) flow = g_string_new ("{}");
  if (fault->fields)
    {
      g_string_truncate (flow, 0);
      orr_yaml_write_flow (fault->fields, context, settings, flow);
    }
  const OrrYaml *map = orr_yaml_parse (flow->str, flow->len, arena, problems);
  g_assert (map && map->kind == ORR_YAML_MAP);
  const char *bare = fault->scalar && orr_yaml_get (map, fault->scalar) ? fault->scalar
                     : fault->list && orr_yaml_get (map, fault->list)   ? fault->list
                                                                        : NULL;
  gboolean short_form = bare != NULL;
  for (guint i = 0; i < map->n_children; i++)
    short_form &= !g_strv_contains (reserved, map->keys[i]->text);
  g_string_append_printf (text, "%s: ", fault->name);
  orr_scenario_write_flow (short_form ? orr_yaml_get (map, bare) : map, text);
  for (guint i = 0; short_form && i < map->n_children; i++)
    {
      if (strcmp (map->keys[i]->text, bare) == 0)
        continue;
      g_string_append_printf (text, ", %s: ", map->keys[i]->text);
      orr_scenario_write_flow (map->children[i], text);
    }
}

/* A fault to draw: `crash`, `crash-os` where one word says all, else {slow: {factor: 10}}. */
static void
write_chosen (const OrrContext *context, const OrrChosenFault *chosen, GString *text)
{
  g_autoptr (OrrArena) arena = orr_arena_new ();
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  g_autoptr (GString) flow = g_string_new ("{}");
  if (chosen->fault->fields)
    {
      g_string_truncate (flow, 0);
      orr_yaml_write_flow (chosen->fields, context, chosen->settings, flow);
    }
  const OrrYaml *map = orr_yaml_parse (flow->str, flow->len, arena, problems);
  g_assert (map && map->kind == ORR_YAML_MAP);
  const OrrYaml *only
      = map->n_children == 1 && map->children[0]->kind == ORR_YAML_SCALAR ? map->children[0] : NULL;
  const OrrField *field = only ? field_with_word (chosen->fault, only->text) : NULL;
  if (map->n_children == 0)
    g_string_append (text, chosen->fault->name);
  else if (field && field == orr_fields_find (chosen->fault->fields, map->keys[0]->text))
    g_string_append_printf (text, "%s-%s", chosen->fault->name, only->text);
  else
    g_string_append_printf (text, "{%s: %s}", chosen->fault->name, flow->str);
}

static void
write_action (const OrrScenario *scenario, const OrrFaultPlan *plan, GString *text)
{
  OrrContext context = orr_scenario_context (scenario);
  const OrrRecord *record = &scenario->model->actions[plan->action];
  g_autoptr (GString) arguments = g_string_new (NULL);
  if (record->fields)
    orr_scenario_append_flow (record->fields, &context, plan->settings, arguments);
  g_string_append (text, "action: {");
  orr_name_print (record->name, text);
  if (arguments->len > 0)
    g_string_append_printf (text, ": {node: %s%s}}", plan->action_node, arguments->str);
  else
    g_string_append_printf (text, ": %s}", plan->action_node);
}

static void
write_line (const OrrScenario *scenario, const OrrFaultPlan *plan, GString *text)
{
  OrrContext context = orr_scenario_context (scenario);
  g_string_append (text, "  - {");
  if (plan->trigger == ORR_TRIGGER_WHEN)
    write_when (scenario, &plan->when, text);
  else
    {
      OrrFaultPlan trigger = *plan;
      trigger.duration = NULL;
      trigger.target = NULL;
      g_autoptr (GString) flow = g_string_new (NULL);
      orr_scenario_append_flow (orr_scenario_fault_fields, &context, &trigger, flow);
      g_string_append (text, flow->str + strlen (", "));
    }
  g_string_append (text, ", ");
  if (plan->action >= 0)
    write_action (scenario, plan, text);
  else if (plan->fault)
    write_settings (&context, plan->fault, plan->settings, text);
  else
    {
      const OrrChosenFault *chosen = plan->choose.data;
      g_string_append (text, "choose: [");
      for (guint i = 0; i < plan->choose.length; i++)
        {
          g_string_append (text, i > 0 ? ", " : "");
          write_chosen (&context, &chosen[i], text);
        }
      g_string_append_c (text, ']');
    }
  OrrFaultPlan rest = { .at = ORR_TIME_UNSET, .duration = plan->duration, .target = plan->target };
  orr_scenario_append_flow (orr_scenario_fault_fields, &context, &rest, text);
  g_string_append (text, "}\n");
}

void
orr_scenario_write_faults (const OrrScenario *scenario, GString *text)
{
  if (scenario->faults.length > 0)
    g_string_append (text, "faults:\n");
  for (guint i = 0; i < scenario->faults.length; i++)
    write_line (scenario, (const OrrFaultPlan *) scenario->faults.data + i, text);
}
