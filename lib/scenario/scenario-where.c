/* scenario-where.c: what a field must hold, for triggers and pins.
 *
 * `where: {term: 2}` picks messages, timers and facts by their content. The value is read by the record's own
 * table; what is kept of it is its hash, which is compared with that of the field in the record at hand. */
#include "scenario/scenario-private.h"

#include "base/field-private.h"

#include <string.h>

static gboolean
can_be_compared (const OrrField *field)
{
  return field->type->parse != NULL;
}

static OrrWhere
make_where (const OrrField *field, const OrrContext *context, gconstpointer value, OrrArena *arena)
{
  OrrField alone = *field;
  alone.required = TRUE;
  alone.tag = NULL;
  const OrrField one[] = { alone, { 0 } };
  g_autoptr (GString) text = g_string_new (NULL);
  orr_yaml_write_flow (one, context, value, text); /* {term: 2} */
  g_string_truncate (text, text->len - 1);
  return (OrrWhere){ .field = field,
                     .hash = orr_field_hash (field, context, value),
                     .text = orr_arena_strdup (arena, text->str + 1) };
}

gboolean
orr_where_of (const OrrField *fields, const OrrField *field, const OrrContext *context, gconstpointer body,
              OrrArena *arena, OrrWhere *ret_where)
{
  gconstpointer member = (const char *) body + field->offset;
  if (!can_be_compared (field) || !orr_field_applies (fields, field, body)
      || (field->type->is_unset && field->type->is_unset (member)))
    return FALSE;
  *ret_where = make_where (field, context, body, arena);
  return TRUE;
}

static void
read_condition (OrrScenarioReader *reader, const OrrYaml *key, const OrrYaml *node, const OrrRecord *record,
                GArray *conditions)
{
  const OrrField *field = orr_fields_find (record->fields, key->text);
  if (!field || !can_be_compared (field))
    {
      g_autoptr (GPtrArray) words = orr_words_new ();
      for (const OrrField *each = record->fields; each && each->name; each++)
        if (can_be_compared (each))
          {
            const OrrField one[] = { *each, { 0 } };
            orr_words_add_fields (reader, words, one);
          }
      g_autoptr (GString) name = g_string_new (NULL);
      orr_name_print (record->name, name);
      orr_scenario_unknown (reader, key->place, "field", key->text, name->str, words, "it has none");
      return;
    }
  gpointer value = orr_arena_alloc (reader->arena, MAX (field->size, record->size));
  orr_fields_init (record->fields, &reader->actors, value);
  gpointer member = (char *) value + field->offset;
  if (!orr_yaml_read_field (node, field, &reader->actors, member, reader->problems))
    return;

  OrrWhere where = make_where (field, &reader->actors, value, reader->arena);
  g_array_append_val (conditions, where);
}

OrrArray
orr_scenario_read_where (OrrScenarioReader *reader, const OrrYaml *node, const OrrRecord *record)
{
  g_autoptr (GArray) conditions = g_array_new (FALSE, FALSE, sizeof (OrrWhere));
  if (node && orr_scenario_is_map (reader, node, "where"))
    for (guint i = 0; i < node->n_children && !orr_scenario_hopeless (reader); i++)
      read_condition (reader, node->keys[i], node->children[i], record, conditions);
  return orr_scenario_keep (reader, conditions);
}

gboolean
orr_where_matches (const OrrArray *where, const OrrContext *context, gconstpointer body)
{
  for (guint i = 0; i < where->length; i++)
    {
      const OrrWhere *condition = (const OrrWhere *) where->data + i;
      if (orr_field_hash (condition->field, context, body) != condition->hash)
        return FALSE;
    }
  return TRUE;
}

void
orr_scenario_write_where (const OrrArray *where, GString *text)
{
  if (where->length == 0)
    return;
  g_string_append (text, ", where: {");
  for (guint i = 0; i < where->length; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", ((const OrrWhere *) where->data + i)->text);
  g_string_append_c (text, '}');
}
