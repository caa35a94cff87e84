/* scenario-faults.c: what goes wrong, and when.
 *
 * A line has a trigger (`at`, `every` or `when`), a duration (`for`), and either one fault or a choice of
 * several. The fault's name is a key; what stands behind it is one of its settings, written short, or a map
 * of them, and further settings may stand beside it: `crash: replica1, kind: os`. */
#include "scenario/scenario-private.h"

#include "base/draw.h"

#include <string.h>

#define WEIGHT_MAX 1000000

static const char *const reserved[]
    = { "at", "every", "when", "for", "choose", "target", "quiet", "intensity", "weight", NULL };

/* --- The event that triggers --- */

typedef struct
{
  guint32 nth;
  const char *node, *from, *to;
} WhenLine;

const OrrField orr_scenario_when_sync_fields[] = {
  ORR_FIELD (WhenLine, nth, COUNT, .initial = "1", .least = 1, .most = G_MAXINT32,
             .doc = "which of them, from 1"),
  { 0 },
};

const OrrField orr_scenario_when_message_fields[] = {
  ORR_FIELD (WhenLine, from, NODE, .doc = "the sender; not given: any"),
  ORR_FIELD (WhenLine, to, NODE, .doc = "the receiver; not given: any"),
  ORR_FIELD (WhenLine, nth, COUNT, .initial = "1", .least = 1, .most = G_MAXINT32,
             .doc = "which of them, from 1"),
  { 0 },
};

const OrrField orr_scenario_when_fact_fields[] = {
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
  { "sync", orr_scenario_when_sync_fields },
  { "send", orr_scenario_when_message_fields },
  { "receive", orr_scenario_when_message_fields },
  { "fact", orr_scenario_when_fact_fields },
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

/* How often it is drawn, next to the others; 1 where nothing is said. */
static guint32
read_weight (OrrScenarioReader *reader, const OrrYaml *node)
{
  guint32 weight = 1;
  if (!node || !orr_scenario_is_scalar (reader, node, "weight")
      || !orr_scenario_read_value (reader, node, &orr_type_COUNT, "weight", &reader->context, &weight))
    return 1;
  if (weight < 1 || weight > WEIGHT_MAX)
    orr_problems_add (reader->problems, node->place, "write a whole number from 1 to 1000000",
                      "weight: '%s' is out of bounds", node->text);
  return weight;
}

/* NAME and what stands behind it, NULL where nothing does: crash, partition-majority, or {slow: {factor:
 * 10}}.
 */
static gboolean
read_choice (OrrScenarioReader *reader, const OrrYaml *name, OrrYaml *settings, const OrrYaml *weight,
             OrrChosenFault *ret_fault)
{
  const OrrField *field;
  const char *word = NULL;
  const OrrEntry *fault = find_shape (reader, name->text, &field, &word);
  if (!fault)
    {
      refuse_shape (reader, name);
      return FALSE;
    }
  OrrYaml *map = settings ? settings_map (reader, fault, settings, NULL)
                          : orr_scenario_empty_map (reader, name->place);
  if (!map)
    return FALSE;
  guint before = orr_problems_get_length (reader->problems);
  ret_fault->weight = read_weight (reader, weight);
  map = with_shape (reader, map, field, word, name->place);
  ret_fault->fault = fault;
  ret_fault->fields = without_nodes (reader, fault->fields);
  ret_fault->settings = read_settings (reader, fault, ret_fault->fields, map);
  ret_fault->text = orr_arena_strdup (reader->arena, name->text);
  return orr_problems_get_length (reader->problems) == before;
}

/* An entry of the list: a name, or a map of a name, with a weight beside it perhaps. */
static gboolean
read_list_entry (OrrScenarioReader *reader, const OrrYaml *node, OrrChosenFault *ret_fault)
{
  if (node->kind == ORR_YAML_SCALAR)
    return read_choice (reader, node, NULL, NULL, ret_fault);
  const OrrYaml *weight = node->kind == ORR_YAML_MAP ? orr_yaml_get (node, "weight") : NULL;
  if (node->kind != ORR_YAML_MAP || node->n_children != (weight ? 2 : 1))
    {
      orr_problems_add (reader->problems, node->place, "write a name, or {slow: {factor: 10}}",
                        "this is not one fault to draw");
      return FALSE;
    }
  guint which = weight == node->children[0] ? 1 : 0;
  return read_choice (reader, node->keys[which], node->children[which], weight, ret_fault);
}

/* [crash, pause], or with weights {crash: 3, pause: 1}. */
static void
read_choices (OrrScenarioReader *reader, const OrrYaml *list, OrrFaultPlan *plan)
{
  gboolean weighted = list->kind == ORR_YAML_MAP;
  if (!weighted && !orr_scenario_is_list (reader, list, "choose"))
    return;
  if (!orr_scenario_is_short (reader, list, "choose"))
    return;
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (OrrChosenFault));
  for (guint i = 0; i < list->n_children && !orr_scenario_hopeless (reader); i++)
    {
      OrrChosenFault fault = { 0 };
      if (weighted ? read_choice (reader, list->keys[i], NULL, list->children[i], &fault)
                   : read_list_entry (reader, list->children[i], &fault))
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

/* The fact whose last speaker is meant; -1 where the target is a node or a role, or wrong. */
static gint32
find_target_fact (const OrrScenarioReader *reader, const OrrFaultPlan *plan, gboolean *ret_known)
{
  const OrrModel *model = reader->scenario->model;
  gboolean said = g_str_has_prefix (plan->target, "said(");
  g_autofree char *fact
      = said ? g_strndup (plan->target + 5, strlen (plan->target) - 6) : g_strdup (plan->target);
  *ret_known = !said && g_hash_table_contains (reader->context.index, plan->target);
  for (guint i = 0; !said && model->roles && model->roles[i]; i++)
    *ret_known |= strcmp (orr_role_name (model->roles[i]), plan->target) == 0;
  gint32 index = *ret_known ? -1 : orr_records_find (model->facts, fact);
  *ret_known |= index >= 0;
  return index;
}

/* doer and peer, where no node, role or fact has that name: who did what the line waits for, and to whom. */
static OrrTargetKind
find_target_kind (const OrrFaultPlan *plan)
{
  gboolean message = plan->when.kind == ORR_WHEN_SEND || plan->when.kind == ORR_WHEN_RECEIVE;
  if (plan->trigger != ORR_TRIGGER_WHEN)
    return ORR_TARGET_NAMED;
  if (strcmp (plan->target, "doer") == 0)
    return ORR_TARGET_DOER;
  return message && strcmp (plan->target, "peer") == 0 ? ORR_TARGET_PEER : ORR_TARGET_NAMED;
}

/* Where the target is a node, a role or a fact of the model, or wrong. */
static void
check_target (OrrScenarioReader *reader, const OrrYaml *line, OrrFaultPlan *plan)
{
  const OrrYaml *node = orr_yaml_get (line, "target");
  const OrrModel *model = reader->scenario->model;
  gboolean known;
  if (!node || !plan->target)
    return;
  if (!orr_yaml_get (line, "choose"))
    orr_problems_add (reader->problems, key_of (line, "target")->place,
                      "name the node as the fault's own setting", "'target' without 'choose'");
  if (!reader->context.names)
    return;
  plan->target_fact = find_target_fact (reader, plan, &known);
  if (!known)
    plan->target_kind = find_target_kind (plan);
  if (known || plan->target_kind != ORR_TARGET_NAMED || orr_context_doubts (&reader->context, plan->target))
    return;
  g_autoptr (GPtrArray) words = orr_words_new ();
  for (guint i = 0; model->roles && model->roles[i]; i++)
    if (!g_hash_table_contains (reader->context.index, orr_role_name (model->roles[i])))
      g_ptr_array_add (words, (gpointer) orr_role_name (model->roles[i]));
  orr_words_add_nodes (reader, words);
  orr_words_add_records (reader, words, model->facts);
  if (plan->trigger == ORR_TRIGGER_WHEN)
    g_ptr_array_add (words, (gpointer) "doer");
  orr_scenario_unknown (reader, node->place, "node, role or fact", plan->target, NULL, words, NULL);
}

/* What belongs to lines that strike at random alone. */
static void
check_random (OrrScenarioReader *reader, const OrrYaml *line, const OrrFaultPlan *plan)
{
  const OrrYaml *quiet = key_of (line, "quiet"), *intensity = key_of (line, "intensity");
  if (intensity && !orr_yaml_get (line, "choose"))
    orr_problems_add (reader->problems, intensity->place, "leave it out, or write a line for each",
                      "'intensity' without 'choose'");
  if (!quiet || orr_yaml_get (line, "quiet")->kind != ORR_YAML_MAP)
    return;
  if (!plan->every)
    orr_problems_add (reader->problems, quiet->place, "leave it out", "'quiet' without 'every'");
  else if (plan->quiet.every == ORR_TIME_UNSET || plan->quiet.length == ORR_TIME_UNSET
           || plan->quiet.length >= plan->quiet.every)
    orr_problems_add (reader->problems, quiet->place, "write it as in quiet: {every: 30s, for: 10s}",
                      "a quiet period needs 'every', and a shorter 'for'");
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

/* There are too many faults to list them all: says where they are listed, of keys that are near to nothing.
 */
static void
refuse_far_keys (OrrScenarioReader *reader, const OrrYaml *line, GPtrArray *words)
{
  g_autoptr (GPtrArray) known = orr_words_new ();
  for (guint i = 0; i < words->len; i++)
    g_ptr_array_add (known, words->pdata[i]);
  orr_words_add_fields (reader, known, orr_scenario_fault_fields);
  orr_words_end (known);
  for (guint i = 0; i < line->n_children; i++)
    if (!g_strv_contains ((const char *const *) known->pdata, line->keys[i]->text)
        && !orr_suggest (line->keys[i]->text, (const char *const *) known->pdata))
      {
        g_autofree char *quoted = orr_quote (line->keys[i]->text);
        orr_problems_add (reader->problems, line->keys[i]->place, "`orrery faults` lists what can go wrong",
                          "unknown key %s", quoted);
        g_ptr_array_add (words, (gpointer) line->keys[i]->text);
      }
}

/* The keys of a line besides those of all faults: names of faults where it has none yet, else the settings of
 * its own and whatever fault stands beside it, of which find_fault spoke. */
static void
add_line_words (OrrScenarioReader *reader, const OrrYaml *line, const OrrFaultPlan *plan, GPtrArray *words)
{
  g_ptr_array_add (words, (gpointer) "when");
  g_ptr_array_add (words, (gpointer) "choose");
  if (!plan->fault)
    {
      add_fault_words (reader, words);
      refuse_far_keys (reader, line, words);
      return;
    }
  orr_words_add_fields (reader, words, plan->fault->fields);
  for (guint i = 0; i < line->n_children; i++)
    if (orr_entries_find (reader->catalog->faults, line->keys[i]->text))
      g_ptr_array_add (words, (gpointer) line->keys[i]->text);
}

static void
read_common (OrrScenarioReader *reader, const OrrYaml *line, OrrFaultPlan *plan)
{
  g_autoptr (GPtrArray) words = orr_words_new ();
  add_line_words (reader, line, plan, words);
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
  plan->quiet = read.quiet;
  plan->intensity = read.intensity;
}

static const char *
why_endless (const OrrEntry *fault, gconstpointer settings)
{
  return fault->endless ? fault->endless (settings) : NULL;
}

/* A duration belongs to what ends; where it is drawn, to one at least of the faults. */
static void
check_duration (OrrScenarioReader *reader, const OrrYaml *line, const OrrFaultPlan *plan)
{
  const OrrYaml *key = key_of (line, "for");
  const OrrChosenFault *chosen = plan->choose.data;
  const char *why = plan->fault ? why_endless (plan->fault, plan->settings) : NULL;
  for (guint i = 0; i < plan->choose.length; i++)
    {
      why = why_endless (chosen[i].fault, chosen[i].settings);
      if (!why)
        return;
    }
  if (key && why)
    orr_problems_add (reader->problems, key->place, "leave 'for' out", "%s", why);
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
                        .target_fact = -1,
                        .when = { .record = -1, .nth = 1 },
                        .place = orr_scenario_keep_place (reader, line->place) };
  if (!orr_scenario_is_map (reader, line, "a fault"))
    return;
  OrrYaml *value = find_fault (reader, line, &plan);
  const OrrYaml *choose = orr_yaml_get (line, "choose");
  read_common (reader, line, &plan);
  read_trigger (reader, line, &plan);
  check_target (reader, line, &plan);
  check_random (reader, line, &plan);
  if (choose)
    {
      read_choices (reader, choose, &plan);
      check_duration (reader, line, &plan);
    }
  else if (plan.fault && strcmp (plan.fault->name, "action") == 0)
    {
      read_action (reader, value, &plan);
      check_duration (reader, line, &plan);
    }
  else if (plan.fault)
    {
      OrrYaml *map = settings_map (reader, plan.fault, value, line);
      guint before = orr_problems_get_length (reader->problems);
      if (map)
        plan.settings = read_settings (reader, plan.fault, plan.fault->fields, map);
      if (map && orr_problems_get_length (reader->problems) == before)
        {
          validate_settings (reader, plan.fault, map, plan.settings);
          check_duration (reader, line, &plan);
        }
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
  orr_yaml_write_node (short_form ? orr_yaml_get (map, bare) : map, text);
  for (guint i = 0; short_form && i < map->n_children; i++)
    {
      if (strcmp (map->keys[i]->text, bare) == 0)
        continue;
      g_string_append_printf (text, ", %s: ", map->keys[i]->text);
      orr_yaml_write_node (map->children[i], text);
    }
}

/* The settings of a fault to draw, in the braces of a map; or, where one word says all, `*ret_name` is
 * crash-os and the settings are NULL, as they are where nothing is said. */
static char *
chosen_settings (const OrrContext *context, const OrrChosenFault *chosen, char **ret_name)
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
  gboolean is_shape = field && field == orr_fields_find (chosen->fault->fields, map->keys[0]->text);
  *ret_name = is_shape ? g_strdup_printf ("%s-%s", chosen->fault->name, only->text)
                       : g_strdup (chosen->fault->name);
  return map->n_children == 0 || is_shape ? NULL : g_string_free (g_steal_pointer (&flow), FALSE);
}

/* A list, in which a weight stands beside its fault. Or, where there are weights and no settings, a map, as
 * long as no name is there twice. */
static void
write_choices (const OrrContext *context, const OrrArray *choose, GString *text)
{
  const OrrChosenFault *chosen = choose->data;
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (GString) map = g_string_new (NULL);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean weights = FALSE, plain = TRUE;
  for (guint i = 0; i < choose->length; i++)
    {
      char *name = NULL;
      const char *comma = i > 0 ? ", " : "";
      g_autofree char *settings = chosen_settings (context, &chosen[i], &name);
      weights |= chosen[i].weight != 1;
      g_string_append_printf (map, "%s%s: %u", comma, name, chosen[i].weight);
      if (!settings && chosen[i].weight == 1)
        g_string_append_printf (list, "%s%s", comma, name);
      else
        g_string_append_printf (list, "%s{%s: %s", comma, name, settings ? settings : "{}");
      if (chosen[i].weight != 1)
        g_string_append_printf (list, ", weight: %u", chosen[i].weight);
      g_string_append (list, settings || chosen[i].weight != 1 ? "}" : "");
      if (!g_hash_table_add (names, name) || settings)
        plain = FALSE;
    }
  if (weights && plain)
    g_string_append_printf (text, "choose: {%s}", map->str);
  else
    g_string_append_printf (text, "choose: [%s]", list->str);
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

static const OrrQuiet no_quiet = { ORR_TIME_UNSET, ORR_TIME_UNSET };

static void
write_line (const OrrScenario *scenario, const OrrFaultPlan *plan, GString *text)
{
  OrrContext context = orr_scenario_context (scenario);
  g_string_append_c (text, '{');
  if (plan->trigger == ORR_TRIGGER_WHEN)
    write_when (scenario, &plan->when, text);
  else
    {
      OrrFaultPlan trigger = { .at = plan->at, .every = plan->every, .intensity = 1, .quiet = no_quiet };
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
    write_choices (&context, &plan->choose, text);
  OrrFaultPlan rest = { .at = ORR_TIME_UNSET,
                        .duration = plan->duration,
                        .quiet = plan->quiet,
                        .intensity = plan->intensity,
                        .target = plan->target };
  orr_scenario_append_flow (orr_scenario_fault_fields, &context, &rest, text);
  g_string_append_c (text, '}');
}

/* As an entry of the list. */
static void
write_entry (const OrrScenario *scenario, const OrrFaultPlan *plan, GString *text)
{
  g_string_append (text, "  - ");
  write_line (scenario, plan, text);
  g_string_append_c (text, '\n');
}

char *
orr_scenario_fault_to_text (const OrrScenario *scenario, const OrrFaultPlan *plan)
{
  g_autoptr (GString) text = g_string_new (NULL);
  write_line (scenario, plan, text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A line's draws are named by what it says, so that a line that is taken out changes no other's; but not by
 * how long it lasts, so that this can be cut short and all else stays as it was. */
void
orr_scenario_name_faults (OrrScenario *scenario)
{
  g_autoptr (GHashTable) equals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  OrrFaultPlan *plans = (OrrFaultPlan *) (gpointer) scenario->faults.data;
  for (guint i = 0; i < scenario->faults.length; i++)
    {
      OrrFaultPlan line = plans[i];
      g_autoptr (GString) text = g_string_new (NULL);
      line.duration = NULL;
      write_entry (scenario, &line, text);
      guint ordinal = GPOINTER_TO_UINT (g_hash_table_lookup (equals, text->str));
      plans[i].word = orr_draw_fold (orr_draw_word (text->str), ordinal);
      g_hash_table_insert (equals, g_strdup (text->str), GUINT_TO_POINTER (ordinal + 1));
    }
}

void
orr_scenario_write_faults (const OrrScenario *scenario, GString *text)
{
  if (scenario->faults.length > 0)
    g_string_append (text, "faults:\n");
  for (guint i = 0; i < scenario->faults.length; i++)
    write_entry (scenario, (const OrrFaultPlan *) scenario->faults.data + i, text);
}
