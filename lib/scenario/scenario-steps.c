/* scenario-steps.c: what an operation does, as a scenario writes it.
 *
 * One step stands as a key of the operation itself (`read: x`, `write: {x: 1}`, `cas: {key: x, expected: 1,
 * value: 2}`), several as a list under `steps`. `transfer: {from: a, to: b, amount: 5}` is short for the two
 * steps that move money. */
#include "scenario/scenario-private.h"

#include <string.h>

/* The steps of a transfer, as it is written. */
typedef struct
{
  OrrKey from, to;
  OrrValue amount;
} Transfer;

const OrrField orr_scenario_transfer_fields[] = {
  ORR_FIELD (Transfer, from, KEY, .required = TRUE, .doc = "the account that pays"),
  ORR_FIELD (Transfer, to, KEY, .required = TRUE, .doc = "the account that is paid"),
  ORR_FIELD (Transfer, amount, AMOUNT_VALUE, .required = TRUE, .doc = "how much"),
  { 0 },
};

static gboolean
knows_transfers (const OrrObject *object)
{
  return orr_object_has_step (object, ORR_WITHDRAW) && orr_object_has_step (object, ORR_DEPOSIT);
}

/* The first object of the model that has such a step; NULL where none has. */
static const OrrObject *
find_object_with (const OrrScenarioReader *reader, OrrStepKind kind)
{
  const OrrObject *const *objects = reader->catalog->objects;
  const OrrModel *model = reader->scenario->model;
  for (guint i = 0; kind != ORR_STEP_NONE && objects && objects[i]; i++)
    if (orr_object_has_step (objects[i], kind)
        && (!model || !model->objects || g_strv_contains (model->objects, objects[i]->entry.name)))
      return objects[i];
  return NULL;
}

void
orr_scenario_unknown_step (OrrScenarioReader *reader, const OrrYaml *key, const GPtrArray *words)
{
  const char *name = reader->scenario->workload.object->entry.name;
  gboolean transfer = strcmp (key->text, "transfer") == 0;
  const OrrObject *other
      = find_object_with (reader, transfer ? ORR_WITHDRAW : orr_step_kind_find (key->text));
  if (!other)
    {
      orr_scenario_unknown (reader, key->place, "step", key->text, name, words, NULL);
      return;
    }
  g_autofree char *remedy = g_strdup_printf ("%s has it: write 'object: %s' under 'workload'",
                                             other->entry.name, other->entry.name);
  orr_problems_add (reader->problems, key->place, remedy, "unknown step '%s' of %s", key->text, name);
}

void
orr_words_add_steps (OrrScenarioReader *reader, GPtrArray *words)
{
  const OrrObject *object = reader->scenario->workload.object;
  for (guint i = 0; object && object->steps[i] != ORR_STEP_NONE; i++)
    g_ptr_array_add (words, (gpointer) orr_step_infos[object->steps[i]].name);
  for (guint kind = ORR_STEP_NONE + 1; !object && kind < ORR_N_STEP_KINDS; kind++)
    g_ptr_array_add (words, (gpointer) orr_step_infos[kind].name);
  if (!object || knows_transfers (object))
    g_ptr_array_add (words, (gpointer) "transfer");
}

/* --- Reading --- */

/* write: {x: 1} */
static gboolean
read_pair (OrrScenarioReader *reader, const OrrYaml *node, const OrrStepInfo *info, OrrStep *step)
{
  g_autofree char *remedy = g_strdup_printf ("write {%s: {x: 1}}", info->name);
  if (node->kind != ORR_YAML_MAP || node->n_children != 1)
    {
      orr_problems_add (reader->problems, node->place, remedy, "'%s' needs one key and its value",
                        info->name);
      return FALSE;
    }
  const OrrType *type = info->value ? info->value : &orr_type_VALUE;
  return orr_scenario_read_value (reader, node->keys[0], &orr_type_KEY, "key", &reader->context, &step->key)
         & orr_scenario_read_value (reader, node->children[0], type, info->name, &reader->context,
                                    &step->value);
}

/* A step whose parts have names is a map; else a problem that names them. */
static gboolean
is_field_map (OrrScenarioReader *reader, const OrrYaml *node, const char *name, const OrrField *fields)
{
  if (node->kind == ORR_YAML_MAP)
    return TRUE;
  g_autoptr (GString) remedy = g_string_new (NULL);
  g_string_append_printf (remedy, "write {%s: {", name);
  for (const OrrField *field = fields; field->name; field++)
    g_string_append_printf (remedy, "%s%s: …", field == fields ? "" : ", ", field->name);
  g_string_append (remedy, "}}");
  orr_problems_add (reader->problems, node->place, remedy->str, "'%s' needs its parts by their names", name);
  return FALSE;
}

/* `required` can't tell a value of nil from none, so what is not there is looked for here. */
static gboolean
read_fields (OrrScenarioReader *reader, const OrrYaml *node, const OrrStepInfo *info, OrrStep *step)
{
  if (!is_field_map (reader, node, info->name, info->fields))
    return FALSE;
  OrrStep read = { 0 };
  g_autofree char *what = g_strdup_printf ("a %s", info->name);
  if (!orr_yaml_read (node, info->fields, what, NULL, &reader->context, &read, reader->problems))
    return FALSE;
  *step = (OrrStep){ step->kind, read.key, read.value, read.expected };
  return TRUE;
}

static gboolean
read_transfer (OrrScenarioReader *reader, const OrrYaml *node, GArray *steps)
{
  Transfer transfer = { 0 };
  if (!is_field_map (reader, node, "transfer", orr_scenario_transfer_fields)
      || !orr_yaml_read (node, orr_scenario_transfer_fields, "a transfer", NULL, &reader->context, &transfer,
                         reader->problems))
    return FALSE;
  OrrStep both[] = { { .kind = ORR_WITHDRAW, .key = transfer.from, .value = transfer.amount },
                     { .kind = ORR_DEPOSIT, .key = transfer.to, .value = transfer.amount } };
  g_array_append_vals (steps, both, 2);
  return TRUE;
}

/* One step by its name; the object has it. */
static gboolean
read_step (OrrScenarioReader *reader, const char *name, const OrrYaml *node, GArray *steps)
{
  OrrStep step = { .kind = orr_step_kind_find (name) };
  if (step.kind == ORR_STEP_NONE)
    return read_transfer (reader, node, steps);
  const OrrStepInfo *info = &orr_step_infos[step.kind];
  gboolean right = FALSE;
  switch (info->form)
    {
    case ORR_FORM_KEY:
      right = orr_scenario_read_value (reader, node, &orr_type_KEY, info->name, &reader->context, &step.key);
      break;
    case ORR_FORM_PAIR:
      right = read_pair (reader, node, info, &step);
      break;
    case ORR_FORM_FIELDS:
      right = read_fields (reader, node, info, &step);
      break;
    }
  if (right)
    g_array_append_val (steps, step);
  return right;
}

static gboolean
is_word (const GPtrArray *words, const char *word)
{
  for (guint i = 0; i < words->len; i++)
    if (words->pdata[i] && strcmp (words->pdata[i], word) == 0)
      return TRUE;
  return FALSE;
}

/* The entries of a list under `steps`, each a map of one step. */
static gboolean
read_step_list (OrrScenarioReader *reader, const OrrYaml *list, const GPtrArray *words, GArray *steps)
{
  if (!orr_scenario_is_list (reader, list, "steps"))
    return FALSE;
  if (list->n_children == 0 || list->n_children > ORR_STEPS_MAX)
    {
      orr_problems_add (reader->problems, list->place, "write [{read: x}, {write: {y: 1}}]",
                        "an operation has from 1 to %d steps, not %u", ORR_STEPS_MAX, list->n_children);
      return FALSE;
    }
  gboolean right = TRUE;
  for (guint i = 0; i < list->n_children && !orr_scenario_hopeless (reader); i++)
    {
      const OrrYaml *node = list->children[i];
      if (node->kind != ORR_YAML_MAP || node->n_children != 1)
        {
          orr_problems_add (reader->problems, node->place, "write [{read: x}, {write: {y: 1}}]",
                            "each of 'steps' must be a map of one step");
          right = FALSE;
        }
      else if (!is_word (words, node->keys[0]->text))
        {
          orr_scenario_unknown_step (reader, node->keys[0], words);
          right = FALSE;
        }
      else
        right &= read_step (reader, node->keys[0]->text, node->children[0], steps);
    }
  return right;
}

/* The key that says what the operation does; NULL, with a problem, where none does or several do. */
static const OrrYaml *
find_step (OrrScenarioReader *reader, const OrrYaml *operation, gboolean mistyped, GPtrArray *words)
{
  const OrrYaml *found = NULL;
  for (guint i = 0; i < operation->n_children; i++)
    {
      const OrrYaml *key = operation->keys[i];
      gboolean known = is_word (words, key->text);
      if (!known && (orr_step_kind_find (key->text) != ORR_STEP_NONE || strcmp (key->text, "transfer") == 0))
        orr_scenario_unknown_step (reader, key, words);
      else if (known && found)
        orr_problems_add (reader->problems, key->place,
                          "put several steps into one list: steps: [{read: x}, {write: {y: 1}}]",
                          "'%s' beside '%s' in one operation", key->text, found->text);
      else if (known)
        {
          found = key;
          continue;
        }
      else
        continue;
      return NULL;
    }
  if (found || mistyped)
    return found;
  g_autofree char *list = g_strjoinv (", ", (char **) orr_words_end (words));
  g_autofree char *remedy = g_strdup_printf ("add one of %s", list);
  orr_problems_add (reader->problems, operation->place, remedy, "an operation without a step");
  return NULL;
}

gboolean
orr_scenario_read_steps (OrrScenarioReader *reader, const OrrYaml *operation, gboolean mistyped,
                         GArray *steps)
{
  if (!reader->scenario->workload.object)
    return FALSE;
  g_autoptr (GPtrArray) words = orr_words_new ();
  orr_words_add_steps (reader, words);
  g_ptr_array_add (words, (gpointer) "steps");
  const OrrYaml *key = find_step (reader, operation, mistyped, words);
  if (!key)
    return FALSE;
  const OrrYaml *value = orr_yaml_get (operation, key->text);
  if (strcmp (key->text, "steps") != 0)
    return read_step (reader, key->text, value, steps);
  g_ptr_array_set_size (words, 0);
  orr_words_add_steps (reader, words);
  return read_step_list (reader, value, words, steps);
}

/* --- Writing --- */

/* A key or value as a scalar inside {}. */
static void
write_value (const OrrContext *context, const OrrType *type, OrrValue value, GString *text)
{
  const OrrField fields[] = { { .name = "v", .type = type, .size = sizeof value, .required = TRUE }, { 0 } };
  g_autoptr (GString) map = g_string_new (NULL);
  orr_yaml_write_flow (fields, context, &value, map); /* {v: VALUE} */
  g_string_append_len (text, map->str + strlen ("{v: "), (gssize) (map->len - strlen ("{v: }")));
}

static void
write_step (const OrrContext *context, const OrrStep *step, GString *text)
{
  const OrrStepInfo *info = &orr_step_infos[step->kind];
  g_string_append_printf (text, "%s: ", info->name);
  if (info->form == ORR_FORM_FIELDS)
    {
      orr_yaml_write_flow (info->fields, context, step, text);
      return;
    }
  if (info->form == ORR_FORM_PAIR)
    g_string_append_c (text, '{');
  write_value (context, &orr_type_KEY, step->key, text);
  if (info->form == ORR_FORM_PAIR)
    {
      g_string_append (text, ": ");
      write_value (context, info->value ? info->value : &orr_type_VALUE, step->value, text);
      g_string_append_c (text, '}');
    }
}

void
orr_scenario_write_steps (const OrrContext *context, const OrrStep *steps, guint n_steps, GString *text)
{
  if (n_steps == 1)
    {
      write_step (context, &steps[0], text);
      return;
    }
  if (n_steps == 2 && steps[0].kind == ORR_WITHDRAW && steps[1].kind == ORR_DEPOSIT
      && steps[0].value == steps[1].value)
    {
      Transfer transfer = { .from = steps[0].key, .to = steps[1].key, .amount = steps[0].value };
      g_string_append (text, "transfer: ");
      orr_yaml_write_flow (orr_scenario_transfer_fields, context, &transfer, text);
      return;
    }
  g_string_append (text, "steps: [");
  for (guint i = 0; i < n_steps; i++)
    {
      g_string_append (text, i > 0 ? ", {" : "{");
      write_step (context, &steps[i], text);
      g_string_append_c (text, '}');
    }
  g_string_append_c (text, ']');
}
