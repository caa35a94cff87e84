/* scenario-choices.c: faults to draw from: `choose: [crash-os, {slow: {factor: 10}}]`. */
#include "scenario/scenario-private.h"

#include <string.h>

#define WEIGHT_MAX 1000000

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
  OrrYaml *map = settings ? orr_scenario_settings_map (reader, fault, settings, NULL)
                          : orr_scenario_empty_map (reader, name->place);
  if (!map)
    return FALSE;
  guint before = orr_problems_get_length (reader->problems);
  ret_fault->weight = read_weight (reader, weight);
  map = with_shape (reader, map, field, word, name->place);
  ret_fault->fault = fault;
  ret_fault->fields = without_nodes (reader, fault->fields);
  ret_fault->settings = orr_scenario_read_settings (reader, fault, ret_fault->fields, map);
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
void
orr_scenario_read_choices (OrrScenarioReader *reader, const OrrYaml *list, OrrFaultPlan *plan)
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

/* --- Writing --- */

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
void
orr_scenario_write_choices (const OrrContext *context, const OrrArray *choose, GString *text)
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
