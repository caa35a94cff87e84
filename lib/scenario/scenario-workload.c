/* scenario-workload.c: what clients do.
 *
 * A load is generated from a mix, in an open loop (operations arrive at a rate) or a closed one (each session
 * thinks, then asks again). An explicit list of operations stands instead of that, or beside it. The object
 * says which steps there are. */
#include "scenario/scenario-private.h"

#include "base/quantity.h"

#include <string.h>

/* --- Object --- */

static gboolean
model_works_on (const OrrModel *model, const char *object)
{
  return !model || !model->objects || g_strv_contains (model->objects, object);
}

static void
read_object (OrrScenarioReader *reader, const OrrYaml *map)
{
  OrrScenario *scenario = reader->scenario;
  const OrrModel *model = scenario->model;
  const OrrYaml *node = orr_yaml_get (map, "object");
  const char *name = model && model->objects ? model->objects[0] : "register";
  if (!model && !node)
    return;
  if (node)
    {
      if (!orr_scenario_read_value (reader, node, &orr_type_TEXT, "object", &reader->context, &name))
        return;
      if (!model_works_on (model, name))
        {
          g_autoptr (GPtrArray) words = orr_words_new ();
          for (guint i = 0; model->objects[i]; i++)
            g_ptr_array_add (words, (gpointer) model->objects[i]);
          orr_scenario_unknown (reader, node->place, "object", name, model->entry.name, words, NULL);
          return;
        }
    }
  scenario->workload.object = orr_objects_find (reader->catalog->objects, name);
  if (scenario->workload.object)
    return;
  g_autoptr (GPtrArray) words = orr_words_new ();
  for (guint i = 0; reader->catalog->objects && reader->catalog->objects[i]; i++)
    g_ptr_array_add (words, (gpointer) reader->catalog->objects[i]->entry.name);
  orr_scenario_unknown (reader, node ? node->place : map->place, "object", name, NULL, words, NULL);
}

static OrrPlace
locate (gpointer root, const char *path)
{
  return orr_yaml_locate (root, path);
}

static void
read_object_settings (OrrScenarioReader *reader, const OrrYaml *map)
{
  OrrWorkload *workload = &reader->scenario->workload;
  const OrrEntry *entry = workload->object ? &workload->object->entry : NULL;
  if (!entry || !entry->fields)
    return;
  guint before = orr_problems_get_length (reader->problems);
  gpointer settings = orr_arena_alloc (reader->arena, entry->size);
  orr_yaml_read (orr_scenario_pick (reader, map, entry->fields), entry->fields, "the workload", NULL,
                 &reader->context, settings, reader->problems);
  workload->settings = settings;
  if (!entry->validate || reader->damaged || orr_problems_get_length (reader->problems) != before)
    return;
  orr_problems_set_locate (reader->problems, "workload", locate, reader->root);
  entry->validate (settings, reader->problems);
  orr_problems_set_locate (reader->problems, NULL, NULL, NULL);
}

/* --- Mix --- */

/* A template's attributes, with what `node` (may be NULL) says of them. */
static gconstpointer
read_attributes (OrrScenarioReader *reader, const OrrYaml *node)
{
  const OrrRecord *record = reader->scenario->model ? reader->scenario->model->attributes : NULL;
  if (!record || record->size == 0)
    return NULL;
  gpointer attributes = orr_arena_alloc (reader->arena, record->size);
  orr_yaml_read (node ? orr_scenario_pick (reader, node, record->fields) : NULL, record->fields, "a template",
                 NULL, &reader->context, attributes, reader->problems);
  return attributes;
}

/* The kind that a word of the mix stands for: a generated withdrawal is a whole transfer. */
static OrrStepKind
find_kind (const char *word)
{
  return strcmp (word, "transfer") == 0 ? ORR_WITHDRAW : orr_step_kind_find (word);
}

static gboolean
is_step (OrrScenarioReader *reader, const char *word)
{
  const OrrObject *object = reader->scenario->workload.object;
  OrrStepKind kind = find_kind (word);
  if (kind == ORR_STEP_NONE || !object || !orr_object_has_step (object, kind))
    return FALSE;
  return strcmp (word, "transfer") != 0 || orr_object_has_step (object, ORR_DEPOSIT);
}

/* {read: 90%, write: 10%} */
static void
read_shares (OrrScenarioReader *reader, const OrrYaml *map, GArray *templates)
{
  g_autoptr (GPtrArray) words = orr_words_new ();
  orr_words_add_steps (reader, words);
  gconstpointer attributes = read_attributes (reader, NULL);
  for (guint i = 0; i < map->n_children && !orr_scenario_hopeless (reader); i++)
    {
      const char *word = map->keys[i]->text;
      OrrTemplate template = { .attributes = attributes };
      if (!is_step (reader, word))
        {
          if (reader->scenario->workload.object)
            orr_scenario_unknown_step (reader, map->keys[i], words);
          continue;
        }
      template.counts[find_kind (word)] = 1;
      if (orr_scenario_read_value (reader, map->children[i], &orr_type_SHARE, word, &reader->context,
                                   &template.share))
        g_array_append_val (templates, template);
    }
}

/* What a template has besides the counts of its steps and the attributes. */
typedef struct
{
  gint64 share;
} TemplateLine;

const OrrField orr_scenario_template_fields[] = {
  ORR_FIELD (TemplateLine, share, SHARE, .required = TRUE, .doc = "of all operations"),
  { 0 },
};

static gboolean
read_counts (OrrScenarioReader *reader, const OrrYaml *node, OrrTemplate *template)
{
  guint64 sum = 0;
  for (guint i = 0; i < node->n_children; i++)
    {
      const char *word = node->keys[i]->text;
      if (!is_step (reader, word))
        continue;
      guint32 *count = &template->counts[find_kind (word)];
      if (!orr_scenario_read_value (reader, node->children[i], &orr_type_COUNT, word, &reader->context,
                                    count))
        return FALSE;
      sum += *count;
    }
  if (sum > 0 && sum <= ORR_STEPS_MAX)
    return TRUE;
  orr_problems_add (reader->problems, node->place,
                    "say how many of each, as in {share: 10%, read: 2, write: 1}",
                    "an operation has from 1 to %d steps, not %" G_GUINT64_FORMAT, ORR_STEPS_MAX, sum);
  return FALSE;
}

/* TRUE where a template has a key that nobody knows, which was to be a step perhaps. */
static gboolean
has_stray (const OrrYaml *node, GPtrArray *words)
{
  for (guint i = 0; i < node->n_children; i++)
    if (!orr_fields_find (orr_scenario_template_fields, node->keys[i]->text)
        && !g_strv_contains (orr_words_end (words), node->keys[i]->text))
      return TRUE;
  return FALSE;
}

/* - {share: 10%, read: 1, write: 2, level: QUORUM} */
static void
read_templates (OrrScenarioReader *reader, const OrrYaml *list, GArray *templates)
{
  const OrrModel *model = reader->scenario->model;
  g_autoptr (GPtrArray) words = orr_words_new ();
  orr_words_add_steps (reader, words);
  if (model && model->attributes)
    orr_words_add_fields (reader, words, model->attributes->fields);
  for (guint i = 0; i < list->n_children && !orr_scenario_hopeless (reader); i++)
    {
      const OrrYaml *node = list->children[i];
      TemplateLine line = { 0 };
      OrrTemplate template = { 0 };
      if (!orr_scenario_is_map (reader, node, "a template of the mix"))
        continue;
      const OrrYaml *known = model ? node : orr_scenario_pick (reader, node, orr_scenario_template_fields);
      gboolean right = orr_yaml_read (known, orr_scenario_template_fields, "a template of the mix",
                                      orr_words_end (words), &reader->context, &line, reader->problems);
      right &= reader->scenario->workload.object == NULL || has_stray (node, words)
               || read_counts (reader, node, &template);
      template.attributes = read_attributes (reader, node);
      template.share = line.share;
      if (right && !reader->damaged)
        g_array_append_val (templates, template);
    }
}

static void
check_sum (OrrScenarioReader *reader, const OrrYaml *node, const GArray *templates)
{
  gint64 sum = 0;
  for (guint i = 0; i < templates->len; i++)
    sum += g_array_index (templates, OrrTemplate, i).share;
  if (sum == ORR_SHARE_WHOLE)
    return;
  g_autofree char *text = orr_share_to_text (sum);
  orr_problems_add (reader->problems, node->place, "they must add up to 100%",
                    "the shares of the mix add up to %s", text);
}

static void
read_mix (OrrScenarioReader *reader, const OrrYaml *node)
{
  if (!node)
    return;
  g_autoptr (GArray) templates = g_array_new (FALSE, FALSE, sizeof (OrrTemplate));
  guint before = orr_problems_get_length (reader->problems);
  if (node->kind == ORR_YAML_SCALAR)
    orr_problems_add (reader->problems, node->place, "write {read: 90%, write: 10%}",
                      "'mix' can't be a single value");
  else if (node->kind == ORR_YAML_MAP)
    read_shares (reader, node, templates);
  else
    read_templates (reader, node, templates);
  if (orr_problems_get_length (reader->problems) == before && reader->scenario->workload.object
      && !reader->damaged)
    check_sum (reader, node, templates);
  reader->scenario->workload.mix = orr_scenario_keep (reader, templates);
}

/* --- How all of it fits together --- */

static OrrPlace
place_of_key (const OrrYaml *map, const char *key)
{
  for (guint i = 0; i < map->n_children; i++)
    if (strcmp (map->keys[i]->text, key) == 0)
      return map->keys[i]->place;
  return map->place;
}

static void
check_loop (OrrScenarioReader *reader, const OrrYaml *map)
{
  gboolean mix = orr_yaml_get (map, "mix") != NULL, think = orr_yaml_get (map, "think") != NULL,
           arrival = orr_yaml_get (map, "arrival") != NULL;
  if (arrival && think)
    orr_problems_add (reader->problems, place_of_key (map, "think"),
                      "keep 'arrival' for an open loop or 'think' for a closed one",
                      "'think' beside 'arrival'");
  if (mix && !arrival && !think)
    orr_problems_add (
        reader->problems, place_of_key (map, "mix"),
        "add 'arrival: poisson(1000/s)' for an open loop or 'think: exponential(mean 10ms)' for a closed one",
        "a mix, but nothing says when its operations come");
  if (!mix && (arrival || think))
    orr_problems_add (reader->problems, place_of_key (map, arrival ? "arrival" : "think"),
                      "add a mix, such as 'mix: {read: 90%, write: 10%}'", "nothing says what operations do");
}

/* What reads all keys at once, as an operation of a bank does, can't have more of them than steps. */
static void
check_accounts (OrrScenarioReader *reader, const OrrYaml *map)
{
  const OrrWorkload *workload = &reader->scenario->workload;
  const OrrYaml *count = orr_yaml_get (orr_yaml_get (map, "keys"), "count");
  if (!count || !workload->object || !orr_object_has_step (workload->object, ORR_WITHDRAW)
      || workload->keys.count == G_MAXUINT32 || workload->keys.count <= ORR_STEPS_MAX)
    return;
  g_autofree char *remedy = g_strdup_printf ("use %d accounts at most", ORR_STEPS_MAX);
  orr_problems_add (reader->problems, count->place, remedy,
                    "a generated read reads all accounts, and an operation has at most %d steps",
                    ORR_STEPS_MAX);
}

/* The generated keys, then those that operations name, each once. */
static void
list_keys (OrrScenarioReader *reader)
{
  OrrScenario *scenario = reader->scenario;
  OrrWorkload *workload = &scenario->workload;
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (OrrKey));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < workload->keys.count; i++)
    {
      char name[24];
      g_snprintf (name, sizeof name, "k%u", i + 1);
      OrrKey key = orr_terms_text (scenario->terms, workload->keys.count == 1 ? "x" : name);
      g_hash_table_add (seen, GSIZE_TO_POINTER (key));
      g_array_append_val (keys, key);
    }
  const OrrPlannedOperation *operations = workload->operations.data;
  for (guint i = 0; i < workload->operations.length; i++)
    for (guint j = 0; j < operations[i].n_steps; j++)
      {
        OrrKey key = operations[i].steps[j].key;
        if (key != ORR_NIL && g_hash_table_add (seen, GSIZE_TO_POINTER (key)))
          g_array_append_val (keys, key);
      }
  workload->all_keys = orr_scenario_keep (reader, keys);
}

void
orr_scenario_read_workload (OrrScenarioReader *reader)
{
  OrrWorkload *workload = &reader->scenario->workload;
  const OrrYaml *map = orr_scenario_section (reader, "workload");
  read_object (reader, map);

  g_autoptr (GPtrArray) others = orr_words_new ();
  g_ptr_array_add (others, (gpointer) "object");
  g_ptr_array_add (others, (gpointer) "mix");
  g_ptr_array_add (others, (gpointer) "operations");
  if (workload->object)
    orr_words_add_fields (reader, others, workload->object->entry.fields);
  orr_yaml_read (map, orr_scenario_workload_fields, "the workload", orr_words_end (others), &reader->context,
                 workload, reader->problems);
  read_object_settings (reader, map);
  read_mix (reader, orr_yaml_get (map, "mix"));
  orr_scenario_read_operations (reader, orr_yaml_get (map, "operations"));
  check_loop (reader, map);
  check_accounts (reader, map);
  if (workload->keys.count == G_MAXUINT32)
    workload->keys.count = workload->mix.length > 0;
  if (!orr_scenario_hopeless (reader))
    list_keys (reader);
}

/* --- Writing --- */

static const char *
word_of (const OrrObject *object, OrrStepKind kind)
{
  gboolean transfer = kind == ORR_WITHDRAW && orr_object_has_step (object, ORR_DEPOSIT);
  return transfer ? "transfer" : orr_step_infos[kind].name;
}

/* The only step of a template that says nothing else; ORR_STEP_NONE where it says more. */
static OrrStepKind
only_step (const OrrScenario *scenario, const OrrTemplate *template)
{
  OrrStepKind only = ORR_STEP_NONE;
  OrrContext context = orr_scenario_context (scenario);
  g_autoptr (GString) attributes = g_string_new (NULL);
  if (template->attributes)
    orr_scenario_append_flow (scenario->model->attributes->fields, &context, template->attributes,
                              attributes);
  for (guint kind = ORR_STEP_NONE + 1; kind < ORR_N_STEP_KINDS; kind++)
    if (template->counts[kind] > 1 || (template->counts[kind] == 1 && only != ORR_STEP_NONE))
      return ORR_STEP_NONE;
    else if (template->counts[kind] == 1)
      only = (OrrStepKind) kind;
  return attributes->len == 0 ? only : ORR_STEP_NONE;
}

/* {read: 90%, write: 10%}; FALSE where the mix needs templates. */
static gboolean
write_shares (const OrrScenario *scenario, GString *text)
{
  const OrrTemplate *templates = scenario->workload.mix.data;
  gboolean seen[ORR_N_STEP_KINDS] = { FALSE };
  g_autoptr (GString) shares = g_string_new (NULL);
  for (guint i = 0; i < scenario->workload.mix.length; i++)
    {
      OrrStepKind kind = only_step (scenario, &templates[i]);
      if (kind == ORR_STEP_NONE || seen[kind])
        return FALSE;
      seen[kind] = TRUE;
      g_autofree char *share = orr_share_to_text (templates[i].share);
      g_string_append_printf (shares, "%s%s: %s", i > 0 ? ", " : "",
                              word_of (scenario->workload.object, kind), share);
    }
  g_string_append_printf (text, "  mix: {%s}\n", shares->str);
  return TRUE;
}

static void
write_template (const OrrScenario *scenario, const OrrTemplate *template, GString *text)
{
  OrrContext context = orr_scenario_context (scenario);
  g_autofree char *share = orr_share_to_text (template->share);
  g_string_append_printf (text, "    - {share: %s", share);
  for (guint kind = ORR_STEP_NONE + 1; kind < ORR_N_STEP_KINDS; kind++)
    if (template->counts[kind] > 0)
      g_string_append_printf (text, ", %s: %u", word_of (scenario->workload.object, (OrrStepKind) kind),
                              template->counts[kind]);
  if (template->attributes)
    orr_scenario_append_flow (scenario->model->attributes->fields, &context, template->attributes, text);
  g_string_append (text, "}\n");
}

static void
write_mix (const OrrScenario *scenario, GString *text)
{
  const OrrArray *mix = &scenario->workload.mix;
  if (mix->length == 0 || write_shares (scenario, text))
    return;
  g_string_append (text, "  mix:\n");
  for (guint i = 0; i < mix->length; i++)
    write_template (scenario, (const OrrTemplate *) mix->data + i, text);
}

void
orr_scenario_write_workload (const OrrScenario *scenario, GString *text)
{
  const OrrWorkload *workload = &scenario->workload;
  const char *first = scenario->model->objects ? scenario->model->objects[0] : "register";
  OrrContext context = orr_scenario_context (scenario);
  g_autoptr (GString) body = g_string_new (NULL);
  if (strcmp (workload->object->entry.name, first) != 0)
    g_string_append_printf (body, "  object: %s\n", workload->object->entry.name);
  if (workload->settings)
    orr_yaml_write_fields (workload->object->entry.fields, &context, workload->settings, FALSE, 2, body);
  OrrWorkload plain = *workload;
  if (plain.keys.count == (workload->mix.length > 0))
    plain.keys.count = G_MAXUINT32;
  orr_yaml_write_fields (orr_scenario_workload_fields, &context, &plain, FALSE, 2, body);
  write_mix (scenario, body);
  orr_scenario_write_operations (scenario, body);
  if (body->len > 0)
    g_string_append_printf (text, "workload:\n%s", body->str);
}
