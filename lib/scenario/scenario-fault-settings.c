/* scenario-fault-settings.c: a fault and its settings, in whichever of their forms.
 *
 * What stands behind the fault's name is one of its settings, written short, or a map of them, and further
 * settings may stand beside it: `crash: replica1, kind: os`. An action of an operator is the model's own. */
#include "scenario/scenario-private.h"

#include <string.h>

const char *const orr_scenario_fault_keys[]
    = { "at", "every", "when", "for", "choose", "target", "quiet", "intensity", "weight", NULL };

/* --- Settings --- */

/* A map of the fault's settings, whichever way they are written; NULL, with a problem, where they can't be
 * told. */
OrrYaml *
orr_scenario_settings_map (OrrScenarioReader *reader, const OrrEntry *fault, OrrYaml *value,
                           const OrrYaml *line)
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
      if (!orr_fields_find (fault->fields, key) || g_strv_contains (orr_scenario_fault_keys, key))
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
void
orr_scenario_validate_settings (OrrScenarioReader *reader, const OrrEntry *fault, OrrYaml *map,
                                gconstpointer settings)
{
  if (!fault->validate || reader->damaged)
    return;
  orr_problems_set_locate (reader->problems, NULL, locate, map);
  fault->validate (settings, reader->problems);
  orr_problems_set_locate (reader->problems, NULL, NULL, NULL);
}

gpointer
orr_scenario_read_settings (OrrScenarioReader *reader, const OrrEntry *fault, const OrrField *fields,
                            const OrrYaml *map)
{
  static const OrrField none[] = { { 0 } };
  gpointer settings = orr_arena_alloc (reader->arena, fault->size);
  g_autofree char *what = g_strdup_printf ("the fault '%s'", fault->name);
  orr_yaml_read (map, fields ? fields : none, what, NULL, &reader->context, settings, reader->problems);
  return settings;
}

/* `crash: replica1, kind: os` where one setting may be written short, else `clock: {node: a, jump: -2s}`. */
void
orr_scenario_write_settings (const OrrContext *context, const OrrEntry *fault, gconstpointer settings,
                             GString *text)
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
    short_form &= !g_strv_contains (orr_scenario_fault_keys, map->keys[i]->text);
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
void
orr_scenario_read_action (OrrScenarioReader *reader, const OrrYaml *map, OrrFaultPlan *plan)
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

void
orr_scenario_write_action (const OrrScenario *scenario, const OrrFaultPlan *plan, GString *text)
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
