/* document-read.c: from a tree to structs, by their field tables.
 *
 * Reading goes on past every mistake, so that all of them are told at once. Tags can stand behind what
 * depends on them, so whether a key has a meaning is settled when all keys of its map have been read; what
 * depends on a key that was itself wrong is not complained about. */
#include "base/document-private.h"

#include "base/field-private.h"

#include <string.h>

/* What has become of a field of the record that is being read. */
typedef struct
{
  const OrrYaml *key; /* NULL: not given */
  gboolean wrong;     /* given, but it could not be read */
} Given;

/* A record that is being read. */
typedef struct
{
  const OrrField *fields;
  guint first; /* the fields before this one are not read from the map: a map's key */
  const char *what;
  const char *const *skip;
  const OrrContext *context;
  gpointer value;
  OrrProblems *problems;
  Given *given; /* by field */
} Record;

static const char *const kind_names[] = { "a single value", "a list", "a map" };

static char *
scenario_name (const char *name)
{
  GString *text = g_string_new (NULL);
  orr_name_print (name, text);
  return g_string_free (text, FALSE);
}

/* --- Single values --- */

/* How a value is written: what the type says, or the words of a choice. The caller frees it. */
static char *
describe_form (const OrrType *type, const OrrField *field)
{
  if (type != &orr_type_CHOICE)
    return g_strdup (type->form);
  GString *form = g_string_new ("one of ");
  for (const OrrChoice *choice = field->choices; choice->name; choice++)
    g_string_append_printf (form, "%s%s", choice == field->choices ? "" : ", ", choice->name);
  return g_string_free (form, FALSE);
}

/* A value of the wrong kind, or none. */
static gboolean
refuse_kind (const OrrYaml *node, const OrrType *type, const OrrField *field, OrrProblems *problems)
{
  if (node->refused)
    return FALSE;
  g_autofree char *name = scenario_name (field->name);
  g_autofree char *form = describe_form (type, field);
  gboolean blank = node->kind == ORR_YAML_SCALAR && !node->quoted && *node->text == '\0';
  g_autofree char *remedy = g_strconcat ("write ", form, blank ? ", or leave the key out" : "", NULL);
  if (blank)
    orr_problems_add (problems, node->place, remedy, "'%s' has no value", name);
  else
    orr_problems_add (problems, node->place, remedy, "%s'%s' can't be %s",
                      type == field->type ? "" : "an entry of ", name, kind_names[node->kind]);
  return FALSE;
}

/* The place of a byte of the scalar's text, or of the scalar where that can't be told. */
static OrrPlace
place_within (const OrrYaml *node, gsize offset)
{
  OrrPlace place = node->place;
  if (node->verbatim && offset > 0 && offset <= strlen (node->text))
    place.column += (guint) g_utf8_strlen (node->text, (gssize) offset) + (node->quoted ? 1 : 0);
  return place;
}

static gboolean
refuse_value (const OrrYaml *node, gsize offset, const OrrType *type, const OrrField *field,
              const char *message, OrrProblems *problems)
{
  g_autofree char *name = scenario_name (field->name);
  g_autofree char *form = describe_form (type, field);
  /* A distribution's parser that says which byte is to blame says what should stand there, too. */
  gboolean is_told = (offset > 0 && type == &orr_type_DISTRIBUTION) || strstr (message, "; ")
                     || strstr (message, ", as in ");
  g_autofree char *remedy = is_told ? NULL : g_strconcat ("write ", form, NULL);
  orr_problems_add (problems, place_within (node, offset), remedy, "%s: %s", name, message);
  return FALSE;
}

/* A list of values is itself a value; its elements may be lists. */
static gboolean
read_value_list (const OrrYaml *node, const OrrField *field, const OrrContext *context, OrrValue *value,
                 OrrProblems *problems)
{
  OrrValue list = orr_terms_empty_list (context->terms), last;
  gboolean right = TRUE;
  for (guint i = 0; i < node->n_children; i++)
    {
      const OrrYaml *child = node->children[i];
      OrrContext local = *context;
      if (child->kind == ORR_YAML_LIST)
        right &= read_value_list (child, field, context, &last, problems);
      else if (child->kind == ORR_YAML_MAP || child->refused || (*child->text == '\0' && !child->quoted))
        right = refuse_kind (child, &orr_type_VALUE, field, problems);
      else
        {
          local.quoted = child->quoted;
          orr_type_VALUE.parse (field, &local, child->text, &last, NULL);
        }
      if (right)
        list = orr_terms_append (context->terms, list, last);
    }
  *value = list;
  return right;
}

static gboolean
read_single (const OrrYaml *node, const OrrType *type, const OrrField *field, const OrrContext *context,
             gpointer value, OrrProblems *problems)
{
  if (node->kind == ORR_YAML_LIST && (type == &orr_type_VALUE || type == &orr_type_KEY))
    return read_value_list (node, field, context, value, problems);
  if (node->kind != ORR_YAML_SCALAR || node->refused || (*node->text == '\0' && !node->quoted))
    return refuse_kind (node, type, field, problems);
  gsize offset = 0;
  OrrContext local = *context;
  local.quoted = node->quoted;
  local.ret_offset = &offset;
  g_autofree char *message = NULL;
  if (type->parse (field, &local, node->text, value, &message))
    return TRUE;
  return refuse_value (node, offset, type, field, message, problems);
}

/* --- Records --- */

/* The keys that could have been meant. The caller frees the array. */
static const char **
list_keys (const Record *record, OrrArena *arena)
{
  GPtrArray *keys = g_ptr_array_new ();
  for (const OrrField *field = record->fields + record->first; field->name; field++)
    {
      g_autofree char *name = scenario_name (field->name);
      g_ptr_array_add (keys, orr_arena_strdup (arena, name));
    }
  for (guint i = 0; record->skip && record->skip[i] && *record->skip[i];
       i++) /* "": the rest is not offered */
    g_ptr_array_add (keys, (gpointer) record->skip[i]);
  g_ptr_array_add (keys, NULL);
  return (const char **) g_ptr_array_free (keys, FALSE);
}

/* Even where nothing is near, so many keys are told: more is no help. */
#define KEYS_LISTED 22

static void
refuse_key (const Record *record, const OrrYaml *key)
{
  if (orr_problems_get_length (record->problems) >= ORR_PROBLEMS_MAX) /* nobody will see what was meant */
    {
      orr_problems_add (record->problems, key->place, NULL, "unknown key");
      return;
    }
  g_autoptr (OrrArena) arena = orr_arena_new ();
  g_autofree const char **keys = list_keys (record, arena);
  g_autofree char *remedy = orr_suggest_remedy (key->text, keys);
  g_autofree char *list = g_strjoinv (", ", (char **) keys);
  g_autofree char *instead = g_strdup_printf ("use one of %s", list);
  g_autofree char *quoted = orr_quote (key->text);
  gboolean few = g_strv_length ((char **) keys) <= KEYS_LISTED;
  orr_problems_add (record->problems, key->place,
                    remedy ? remedy
                    : few  ? instead
                           : NULL,
                    "unknown key %s", quoted);
}

static void
read_entry (Record *record, const OrrYaml *key, const OrrYaml *node)
{
  if (record->skip && g_strv_contains (record->skip, key->text))
    return;
  const OrrField *field = orr_fields_find (record->fields + record->first, key->text);
  if (!field)
    {
      refuse_key (record, key);
      return;
    }
  Given *given = &record->given[field - record->fields];
  given->key = key;
  given->wrong = !orr_yaml_read_field (node, field, record->context, (char *) record->value + field->offset,
                                       record->problems);
}

/* TRUE where the field that decides over this one, or one above that, could not be read. */
static gboolean
depends_on_mistake (const Record *record, const OrrField *field)
{
  while (field->tag)
    {
      field = orr_fields_member (record->fields, field->tag);
      if (record->given[field - record->fields].wrong)
        return TRUE;
    }
  return FALSE;
}

/* A key that means nothing with what the map says elsewhere. */
static void
refuse_meaningless (const Record *record, const OrrField *field)
{
  const OrrField *tag = orr_fields_member (record->fields, field->tag);
  gconstpointer tag_value = (const char *) record->value + tag->offset;
  g_autofree char *name = scenario_name (field->name), *tag_name = scenario_name (tag->name);
  g_auto (GStrv) words = g_strsplit (field->when, "|", -1);
  g_autofree char *list = g_strjoinv (" or ", words);
  g_autofree char *remedy = g_strdup_printf ("it belongs to %s %s", tag_name, list);
  g_autoptr (GString) reason = g_string_new (NULL);
  if (orr_field_has_value (record->fields, tag, record->value))
    {
      g_string_append_printf (reason, "with %s '", tag_name);
      tag->type->print (tag, record->context, tag_value, reason);
      g_string_append_c (reason, '\'');
    }
  else
    g_string_append_printf (reason, "without '%s'", tag_name);
  orr_problems_add (record->problems, record->given[field - record->fields].key->place, remedy,
                    "'%s' has no meaning %s", name, reason->str);
}

static void
refuse_missing (const Record *record, const OrrField *field, OrrPlace place)
{
  g_autofree char *name = scenario_name (field->name);
  g_autofree char *form = describe_form (field->type, field);
  g_autofree char *remedy = g_strdup_printf ("add '%s': %s", name, form);
  orr_problems_add (record->problems, place, remedy, "%s has no '%s'", record->what, name);
}

/* Reads the entries of a map into a value that holds its defaults. */
static void
read_entries (Record *record, const OrrYaml *map)
{
  guint n_fields = 0;
  while (record->fields[n_fields].name)
    n_fields++;
  g_autofree Given *given = g_new0 (Given, n_fields + 1);
  record->given = given;
  for (guint i = 0; map && i < map->n_children; i++)
    read_entry (record, map->keys[i], map->children[i]);

  for (guint i = record->first; i < n_fields; i++)
    {
      const OrrField *field = &record->fields[i];
      if (depends_on_mistake (record, field))
        continue;
      gboolean applies = orr_field_applies (record->fields, field, record->value);
      if (given[i].key && !applies)
        refuse_meaningless (record, field);
      else if (!given[i].key && field->required && applies)
        refuse_missing (record, field, map ? map->place : (OrrPlace){ 0 });
    }
  record->given = NULL;
}

/* What stands where a record should, of these fields. */
static void
refuse_record (const OrrYaml *node, const OrrField *fields, const char *what, OrrProblems *problems)
{
  if (node->refused)
    return;
  if (node->kind == ORR_YAML_SCALAR && !node->quoted && *node->text == '\0')
    {
      orr_problems_add (problems, node->place, "write 'key: value', or {} for nothing", "%s is empty", what);
      return;
    }
  g_autoptr (OrrArena) arena = orr_arena_new ();
  Record record = { .fields = fields };
  g_autofree const char **keys = list_keys (&record, arena);
  g_autofree char *list = g_strjoinv (", ", (char **) keys);
  g_autofree char *remedy = g_strdup_printf ("write {%s: …}; its keys are %s", keys[0], list);
  gboolean few = keys[0] && g_strv_length ((char **) keys) <= KEYS_LISTED;
  orr_problems_add (problems, node->place, few ? remedy : "write 'key: value'", "%s can't be %s", what,
                    kind_names[node->kind]);
}

gboolean
orr_yaml_read (const OrrYaml *map, const OrrField *fields, const char *what, const char *const *skip,
               const OrrContext *context, gpointer value, OrrProblems *problems)
{
  guint n_problems = orr_problems_get_length (problems);
  orr_fields_init (fields, context, value);
  if (map && map->kind != ORR_YAML_MAP)
    {
      refuse_record (map, fields, what, problems);
      return FALSE;
    }
  Record record = {
    .fields = fields, .what = what, .skip = skip, .context = context, .value = value, .problems = problems
  };
  read_entries (&record, map);
  return orr_problems_get_length (problems) == n_problems;
}

/* TRUE where a bare value of this kind stands for the record's shorthand. */
static gboolean
is_shorthand (const OrrYaml *node, const OrrField *fields, const char *shorthand)
{
  if (!shorthand || node->kind == ORR_YAML_MAP || node->refused)
    return FALSE;
  const OrrType *type = orr_fields_member (fields, shorthand)->type;
  return node->kind == ORR_YAML_SCALAR
             ? *node->text || node->quoted
             : type == &orr_type_LIST || type == &orr_type_VALUE || type == &orr_type_KEY;
}

/* A single value where the shorthand is a list. Nobody wrote the shorthand's name, so that it explains
 * nothing. */
static gboolean
refuse_lone_value (const OrrYaml *node, const OrrField *fields, const char *shorthand, OrrProblems *problems)
{
  const OrrType *type = orr_fields_member (fields, shorthand)->type;
  if (node->kind != ORR_YAML_SCALAR || type != &orr_type_LIST)
    return FALSE;
  g_autofree char *quoted = orr_quote (node->text);
  g_autofree char *remedy = g_strconcat ("write ", type->form, NULL);
  orr_problems_add (problems, node->place, remedy, "%s can't stand alone", quoted);
  return TRUE;
}

/* The map that a bare value is short for. It points into what the caller holds. */
static void
spell_out (OrrYaml *node, const char *name, OrrYaml *key, OrrYaml **keys, OrrYaml **children,
           OrrYaml *ret_map)
{
  *key = (OrrYaml){ .kind = ORR_YAML_SCALAR, .place = node->place, .text = name };
  *keys = key;
  *children = node;
  *ret_map = (OrrYaml){
    .kind = ORR_YAML_MAP, .place = node->place, .n_children = 1, .keys = keys, .children = children
  };
}

/* Reads a record that may be written short. `first` as in Record: the value holds its defaults from there on.
 */
static gboolean
read_record (const OrrYaml *node, const OrrField *field, guint first, const char *what,
             const OrrContext *context, gpointer value, OrrProblems *problems)
{
  OrrYaml key, *keys, *children, map;
  g_autofree char *name = NULL;
  if (is_shorthand (node, field->fields, field->shorthand))
    {
      if (refuse_lone_value (node, field->fields, field->shorthand, problems))
        return FALSE;
      name = scenario_name (field->shorthand);
      spell_out ((OrrYaml *) node, name, &key, &keys, &children, &map);
      node = &map;
    }
  if (first == 0)
    return orr_yaml_read (node, field->fields, what, NULL, context, value, problems);
  if (node->kind != ORR_YAML_MAP)
    {
      refuse_record (node, field->fields + first, what, problems);
      return FALSE;
    }
  guint n_problems = orr_problems_get_length (problems);
  Record record = { .fields = field->fields,
                    .first = first,
                    .what = what,
                    .context = context,
                    .value = value,
                    .problems = problems };
  read_entries (&record, node);
  return orr_problems_get_length (problems) == n_problems;
}

/* --- Lists and maps --- */

/* A list with so many mistakes in it is read no further: they are made by a program, and each costs time to
 * explain. */
#define MISTAKES_MAX 1000

static gboolean
is_hopeless (const OrrProblems *problems)
{
  return orr_problems_get_length (problems) > MISTAKES_MAX;
}

/* Single values that can't be read are left out, so that a list never holds one that is no value; records are
 * kept with what could be read of them. */
static gboolean
read_list (const OrrYaml *node, const OrrField *field, const OrrContext *context, gpointer value,
           OrrProblems *problems)
{
  if (node->kind != ORR_YAML_LIST)
    return refuse_kind (node, field->type, field, problems);
  g_autofree char *name = scenario_name (field->name);
  g_autofree char *what = g_strdup_printf ("an entry of '%s'", name);
  char *elements = orr_arena_alloc (context->arena, node->n_children * field->element_size);
  guint length = 0;
  gboolean all_right = TRUE;
  for (guint i = 0; i < node->n_children && !is_hopeless (problems); i++)
    {
      gpointer element = elements + length * field->element_size;
      gboolean right;
      if (field->fields)
        right = read_record (node->children[i], field, 0, what, context, element, problems);
      else
        right = read_single (node->children[i], field->element, field, context, element, problems);
      length += right || field->fields;
      all_right &= right;
    }
  *(OrrArray *) value = (OrrArray){ .data = elements, .length = length };
  return all_right;
}

/* One entry of a map: the key into the first field, the value into the others. */
static gboolean
read_map_entry (const OrrYaml *key, const OrrYaml *node, const OrrField *field, const OrrContext *context,
                gpointer element, OrrProblems *problems)
{
  const OrrField *first = field->fields;
  OrrYaml plain = *key;
  plain.quoted = *key->text == '\0'; /* JSON quotes all keys, so quotes say nothing about one */
  orr_fields_init (field->fields, context, element);
  gboolean right
      = read_single (&plain, first->type, first, context, (char *) element + first->offset, problems);
  g_autofree char *what = orr_quote (key->text);
  return read_record (node, field, 1, what, context, element, problems) && right;
}

static gboolean
read_map (const OrrYaml *node, const OrrField *field, const OrrContext *context, gpointer value,
          OrrProblems *problems)
{
  if (node->kind != ORR_YAML_MAP)
    return refuse_kind (node, field->type, field, problems);
  char *elements = orr_arena_alloc (context->arena, node->n_children * field->element_size);
  guint length = 0;
  gboolean right = TRUE;
  for (; length < node->n_children && !is_hopeless (problems); length++)
    right &= read_map_entry (node->keys[length], node->children[length], field, context,
                             elements + length * field->element_size, problems);
  *(OrrArray *) value = (OrrArray){ .data = elements, .length = length };
  return right;
}

gboolean
orr_yaml_read_field (const OrrYaml *node, const OrrField *field, const OrrContext *context, gpointer value,
                     OrrProblems *problems)
{
  if (field->type == &orr_type_LIST)
    return read_list (node, field, context, value, problems);
  if (field->type == &orr_type_MAP)
    return read_map (node, field, context, value, problems);
  if (field->type != &orr_type_RECORD)
    return read_single (node, field->type, field, context, value, problems);
  g_autofree char *name = scenario_name (field->name);
  g_autofree char *what = g_strdup_printf ("'%s'", name);
  return read_record (node, field, 0, what, context, value, problems);
}
