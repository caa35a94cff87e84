/* field.c: what is derived from a field table without any file: defaults, JSON, digests.
 *
 * The composite types are here too. A record lies within its struct and is worked on field by field; a list
 * is an array of elements, each a record or a single value; a map is a list of records whose first field is
 * the key. */
#include "base/field-private.h"

#include "base/document.h"
#include "base/draw.h"
#include "base/json.h"

#include <string.h>

/* What stands in a digest for a field without a value, and at the start of a list. */
#define HASH_OF_UNSET G_GUINT64_CONSTANT (0x756e736574756e73)
#define HASH_OF_LIST  G_GUINT64_CONSTANT (0x6c6973746c697374)

static gconstpointer
member (gconstpointer value, const OrrField *field)
{
  return (const char *) value + field->offset;
}

/* --- Names --- */

/* TRUE where both are the same but for '-' and '_'. */
static gboolean
same_name (const char *a, const char *b)
{
  for (; *a && *b; a++, b++)
    if ((*a == '_' ? '-' : *a) != (*b == '_' ? '-' : *b))
      return FALSE;
  return *a == *b;
}

/* A table's name, written with '-', against a scenario's. */
static gboolean
is_called (const char *table_name, const char *name)
{
  return !strchr (name, '_') && same_name (table_name, name);
}

void
orr_name_print (const char *name, GString *text)
{
  for (; *name; name++)
    g_string_append_c (text, *name == '_' ? '-' : *name);
}

const OrrField *
orr_fields_member (const OrrField *fields, const char *name)
{
  for (const OrrField *field = fields; field->name; field++)
    if (same_name (field->name, name))
      return field;
  g_error ("a field table speaks of a field '%s', which is not in it", name);
}

const OrrField *
orr_fields_find (const OrrField *fields, const char *name)
{
  for (; fields && fields->name; fields++)
    if (is_called (fields->name, name))
      return fields;
  return NULL;
}

gint
orr_records_find (const OrrRecord *records, const char *name)
{
  for (gint i = 0; records && records[i].name; i++)
    if (is_called (records[i].name, name))
      return i;
  return -1;
}

/* --- Which fields apply --- */

static gboolean
is_one_of (const char *word, const char *words)
{
  gsize length = strlen (word);
  for (const char *at = words; at; at = strchr (at, '|') ? strchr (at, '|') + 1 : NULL)
    if (strncmp (at, word, length) == 0 && (at[length] == '|' || at[length] == '\0'))
      return TRUE;
  return FALSE;
}

gboolean
orr_field_applies (const OrrField *fields, const OrrField *field, gconstpointer value)
{
  if (!field->tag)
    return TRUE;
  const OrrField *tag = orr_fields_member (fields, field->tag);
  if (!orr_field_applies (fields, tag, value) || tag->type->is_unset (member (value, tag)))
    return FALSE;
  if (tag->type == &orr_type_CHOICE)
    return is_one_of (tag->choices[*(const gint32 *) member (value, tag)].name, field->when);
  g_autoptr (GString) word = g_string_new (NULL);
  tag->type->print (tag, NULL, member (value, tag), word);
  return is_one_of (word->str, field->when);
}

gboolean
orr_field_has_value (const OrrField *fields, const OrrField *field, gconstpointer value)
{
  if (field->type->is_unset && field->type->is_unset (member (value, field)))
    return FALSE;
  return orr_field_applies (fields, field, value);
}

/* --- Defaults --- */

/* A default that can't be read is the table's mistake, not the user's. */
static void
read_initial (const OrrField *field, const OrrContext *context, gpointer value)
{
  if (field->type->parse)
    {
      g_autofree char *message = NULL;
      if (!field->type->parse (field, context, field->initial, value, &message))
        g_error ("the default of field '%s' can't be read: %s", field->name, message);
      return;
    }
  g_autoptr (OrrProblems) problems = orr_problems_new (field->name);
  OrrYaml *node = orr_yaml_parse (field->initial, strlen (field->initial), context->arena, problems);
  if (!node || !orr_yaml_read_field (node, field, context, value, problems))
    g_error ("the default of field '%s' can't be read: %s", field->name, orr_problems_to_text (problems));
}

void
orr_fields_init (const OrrField *fields, const OrrContext *context, gpointer value)
{
  for (const OrrField *field = fields; field && field->name; field++)
    {
      gpointer at = (char *) value + field->offset;
      if (field->type == &orr_type_RECORD)
        orr_fields_init (field->fields, context, at);
      else
        field->type->set_unset (at);
      if (field->initial)
        read_initial (field, context, at);
    }
}

/* --- JSON --- */

static void
print_json (const OrrType *type, const OrrField *field, const OrrContext *context, gconstpointer value,
            GString *text)
{
  if (type->is_unset && type->is_unset (value)) /* an element of a list */
    g_string_append (text, "null");
  else if (type->print_json)
    type->print_json (field, context, value, text);
  else
    {
      g_autoptr (GString) plain = g_string_new (NULL);
      type->print (field, context, value, plain);
      orr_json_print_text (plain->str, text);
    }
}

/* "name":value of each field that has one, from `fields` on; `all` is the whole table. */
static void
print_members (const OrrField *all, const OrrField *fields, const OrrContext *context, gconstpointer value,
               GString *text)
{
  gboolean first = TRUE;
  for (const OrrField *field = fields; field && field->name; field++)
    {
      if (!orr_field_has_value (all, field, value))
        continue;
      g_string_append (text, first ? "\"" : ",\"");
      orr_name_print (field->name, text);
      g_string_append (text, "\":");
      print_json (field->type, field, context, member (value, field), text);
      first = FALSE;
    }
}

void
orr_fields_print_json (const OrrField *fields, const OrrContext *context, gconstpointer value, GString *text)
{
  g_string_append_c (text, '{');
  print_members (fields, fields, context, value, text);
  g_string_append_c (text, '}');
}

void
orr_fields_print_words (const OrrField *fields, const OrrContext *context, gconstpointer value, GString *text)
{
  const char *between = "";
  for (const OrrField *field = fields; field && field->name; field++)
    {
      if (!orr_field_has_value (fields, field, value))
        continue;
      g_string_append (text, between);
      orr_name_print (field->name, text);
      g_string_append_c (text, '=');
      if (field->type->print)
        field->type->print (field, context, member (value, field), text);
      else
        print_json (field->type, field, context, member (value, field), text);
      between = " ";
    }
}

/* --- Digests --- */

static guint64
hash_bytes (gconstpointer value, gsize size)
{
  switch (size)
    {
    case 1:
      return *(const guint8 *) value;
    case 2:
      return *(const guint16 *) value;
    case 4:
      return *(const guint32 *) value;
    case 8:
      return *(const guint64 *) value;
    default:
      g_error ("a type whose values are of %" G_GSIZE_FORMAT " bytes needs a hash of its own", size);
    }
}

static guint64
hash_value (const OrrType *type, const OrrField *field, const OrrContext *context, gconstpointer value)
{
  if (type->is_unset && type->is_unset (value))
    return HASH_OF_UNSET;
  return type->hash ? type->hash (field, context, value) : hash_bytes (value, type->size);
}

guint64
orr_field_hash (const OrrField *field, const OrrContext *context, gconstpointer value)
{
  return hash_value (field->type, field, context, member (value, field));
}

guint64
orr_fields_hash (const OrrField *fields, const OrrContext *context, gconstpointer value, guint64 digest)
{
  for (const OrrField *field = fields; field && field->name; field++)
    digest = orr_draw_fold (digest, orr_field_applies (fields, field, value)
                                        ? orr_field_hash (field, context, value)
                                        : HASH_OF_UNSET);
  return digest;
}

/* --- Order --- */

static gint
compare_integers (gconstpointer a, gconstpointer b, gsize size)
{
  guint64 left = hash_bytes (a, size), right = hash_bytes (b, size);
  return (left > right) - (left < right);
}

static gint
compare_texts (const OrrField *field, const OrrContext *context, gconstpointer a, gconstpointer b)
{
  g_autoptr (GString) left = g_string_new (NULL);
  g_autoptr (GString) right = g_string_new (NULL);
  print_json (field->type, field, context, a, left);
  print_json (field->type, field, context, b, right);
  return strcmp (left->str, right->str);
}

gint
orr_field_compare (const OrrField *field, const OrrContext *context, gconstpointer a, gconstpointer b)
{
  const OrrType *type = field->type;
  gboolean a_unset = type->is_unset && type->is_unset (a), b_unset = type->is_unset && type->is_unset (b);
  if (a_unset || b_unset)
    return b_unset - a_unset;
  if (type->compare)
    return type->compare (field, context, a, b);
  return type->hash ? compare_texts (field, context, a, b) : compare_integers (a, b, type->size);
}

/* --- Records, lists and maps --- */

static void
record_print_json (const OrrField *field, const OrrContext *context, gconstpointer value, GString *text)
{
  orr_fields_print_json (field->fields, context, value, text);
}

static guint64
record_hash (const OrrField *field, const OrrContext *context, gconstpointer value)
{
  return orr_fields_hash (field->fields, context, value, HASH_OF_LIST);
}

const OrrType orr_type_RECORD = {
  .name = "record",
  .form = "a map",
  .schema = "{\"type\":\"object\"}",
  .print = record_print_json,
  .print_json = record_print_json,
  .hash = record_hash,
};

static gconstpointer
element_of (const OrrField *field, const OrrArray *array, guint index)
{
  return (const char *) array->data + index * field->element_size;
}

static void
list_print_json (const OrrField *field, const OrrContext *context, gconstpointer value, GString *text)
{
  const OrrArray *array = value;
  g_string_append_c (text, '[');
  for (guint i = 0; i < array->length; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      if (field->fields)
        orr_fields_print_json (field->fields, context, element_of (field, array, i), text);
      else
        print_json (field->element, field, context, element_of (field, array, i), text);
    }
  g_string_append_c (text, ']');
}

/* Is all that a key has one value, that can stand for it: {a: 1}? */
static gboolean
is_pair (const OrrField *field)
{
  const OrrField *value = field->fields + 1;
  return field->shorthand && value->name && strcmp (value->name, field->shorthand) == 0 && !value[1].name;
}

static void
map_print_json (const OrrField *field, const OrrContext *context, gconstpointer value, GString *text)
{
  const OrrArray *array = value;
  const OrrField *key = field->fields;
  g_string_append_c (text, '{');
  for (guint i = 0; i < array->length; i++)
    {
      gconstpointer element = element_of (field, array, i);
      g_autoptr (GString) name = g_string_new (NULL);
      key->type->print (key, context, member (element, key), name);
      if (i > 0)
        g_string_append_c (text, ',');
      orr_json_print_text (name->str, text);
      g_string_append_c (text, ':');
      if (is_pair (field))
        {
          print_json (key[1].type, &key[1], context, member (element, &key[1]), text);
          continue;
        }
      g_string_append_c (text, '{');
      print_members (field->fields, key + 1, context, element, text);
      g_string_append_c (text, '}');
    }
  g_string_append_c (text, '}');
}

static guint64
list_hash (const OrrField *field, const OrrContext *context, gconstpointer value)
{
  const OrrArray *array = value;
  guint64 digest = orr_draw_fold (HASH_OF_LIST, array->length);
  for (guint i = 0; i < array->length; i++)
    {
      gconstpointer element = element_of (field, array, i);
      if (field->fields)
        digest = orr_fields_hash (field->fields, context, element, digest);
      else
        digest = orr_draw_fold (digest, hash_value (field->element, field, context, element));
    }
  return digest;
}

static void
list_set_unset (gpointer value)
{
  *(OrrArray *) value = (OrrArray){ 0 };
}

static gboolean
list_is_unset (gconstpointer value)
{
  return ((const OrrArray *) value)->data == NULL;
}

const OrrType orr_type_LIST = {
  .name = "list",
  .form = "a list, like [a, b]",
  .schema = "{\"type\":\"array\"}",
  .size = sizeof (OrrArray),
  .print = list_print_json,
  .print_json = list_print_json,
  .hash = list_hash,
  .set_unset = list_set_unset,
  .is_unset = list_is_unset,
};

const OrrType orr_type_MAP = {
  .name = "map",
  .form = "a map, like {a: 1, b: 2}",
  .schema = "{\"type\":\"object\"}",
  .size = sizeof (OrrArray),
  .print = map_print_json,
  .print_json = map_print_json,
  .hash = list_hash,
  .set_unset = list_set_unset,
  .is_unset = list_is_unset,
};
