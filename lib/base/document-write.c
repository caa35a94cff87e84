/* document-write.c: from structs to text that reads back to the same.
 *
 * A value stands on the line of its key where the line stays short enough to read, `clocks: {skew: 5ms,
 * drift: 50ppm}`, and below it where it does not. What holds its default is left out unless asked for, so
 * that a written scenario says what its author said. Scalars are quoted where YAML would take them for
 * something else, in flow style or in block style; that costs a few quotes too many and needs no thought
 * about where a scalar stands. */
#include "base/document-private.h"

#include "base/field-private.h"
#include "base/json.h"

#include <string.h>

/* A flow value that makes its line longer goes below its key. */
#define WIDTH_MAX 100

/* libyaml takes no longer key without a '?' before it (YAML 1.2, 7.4.2: 1024 characters). */
#define KEY_MAX 512

typedef struct
{
  OrrContext context; /* with an arena of our own, for defaults */
  gboolean defaults;  /* write them too */
} Writer;

static void write_flow_fields (const Writer *writer, const OrrField *fields, guint first,
                               const char *shorthand, gconstpointer value, gconstpointer initial,
                               GString *text);
static void write_block_fields (const Writer *writer, const OrrField *fields, guint first,
                                gconstpointer value, gconstpointer initial, guint indent, GString *text);

/* --- Scalars --- */

/* TRUE for a character that means nothing to YAML, wherever it stands within a plain scalar. */
static gboolean
is_harmless (gunichar character)
{
  if (character >= 0x80)
    return orr_character_is_plain (character) && !g_unichar_isspace (character);
  return g_ascii_isalnum ((gchar) character) || strchr (" _-./()+%*<>=^'$;?!~@|&", (int) character) != NULL;
}

gboolean
orr_yaml_can_be_plain (const char *text)
{
  gunichar first = g_utf8_get_char_validated (text, -1);
  if (*text == '\0' || first == (gunichar) -1 || first == (gunichar) -2
      || (first < 0x80 && !g_ascii_isalnum ((gchar) first) && !strchr ("_/.(+-", (int) first)))
    return FALSE;
  if (*text == '-' && (text[1] == '\0' || text[1] == ' ' || text[1] == '-'))
    return FALSE;
  if (g_str_has_prefix (text, "...") || g_str_has_suffix (text, " ") || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (; *text; text = g_utf8_next_char (text))
    if (!is_harmless (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

/* TRUE where some reader of YAML takes the plain text for a boolean, a number, a date or nothing. */
static gboolean
looks_typed (const char *text)
{
  static const char *const words[]
      = { "true", "false", "yes",   "no",   "on", "off", "y",    "n",    "null", "nil",
          ".inf", "-.inf", "+.inf", ".nan", "=",  "inf", "-inf", "+inf", "nan",  NULL };
  for (guint i = 0; words[i]; i++)
    if (g_ascii_strcasecmp (text, words[i]) == 0)
      return TRUE;
  const char *digits = text + (*text == '-' || *text == '+');
  return (g_ascii_isdigit (*digits) || *digits == '.')
         && strspn (digits, "0123456789abcdefABCDEFox._+-") == strlen (digits);
}

void
orr_yaml_write_scalar (const char *scalar, GString *text)
{
  if (orr_yaml_can_be_plain (scalar) && !looks_typed (scalar))
    g_string_append (text, scalar);
  else
    orr_json_print_text (scalar, text);
}

/* TRUE where the type's text is a number or a boolean, and is meant to be one. */
static gboolean
is_bare_type (const OrrType *type)
{
  return type == &orr_type_BOOL || type == &orr_type_INT || type == &orr_type_COUNT
         || type == &orr_type_NUMBER || type == &orr_type_REAL || type == &orr_type_SIZE
         || g_str_has_prefix (type->schema, "{\"type\":\"integer\"");
}

/* A key or value: texts that would be read as something else are quoted, as the reader understands quotes. */
static void
write_term (const OrrTerms *terms, OrrValue value, GString *text)
{
  if (value == ORR_NIL || orr_value_is_int (value))
    orr_terms_print (terms, value, text);
  else if (orr_terms_is_text (terms, value))
    {
      const char *content = orr_terms_get_text (terms, value);
      if (orr_terms_reads_as_text (content))
        orr_yaml_write_scalar (content, text);
      else
        orr_json_print_text (content, text);
    }
  else
    {
      guint length = orr_terms_get_length (terms, value);
      g_autofree OrrValue *values = g_new (OrrValue, length);
      orr_terms_get_values (terms, value, values);
      g_string_append_c (text, '[');
      for (guint i = 0; i < length; i++)
        {
          g_string_append (text, i > 0 ? ", " : "");
          write_term (terms, values[i], text);
        }
      g_string_append_c (text, ']');
    }
}

static void
write_single (const Writer *writer, const OrrType *type, const OrrField *field, gconstpointer value,
              GString *text)
{
  if (type->is_unset && type->is_unset (value)) /* an element of a list */
    g_string_append (text, "nil");
  else if (type == &orr_type_KEY || type == &orr_type_VALUE)
    write_term (writer->context.terms, *(const OrrValue *) value, text);
  else if (is_bare_type (type))
    type->print (field, &writer->context, value, text);
  else
    {
      g_autoptr (GString) plain = g_string_new (NULL);
      type->print (field, &writer->context, value, plain);
      orr_yaml_write_scalar (plain->str, text);
    }
}

/* A key of a map, which is read by its type as if it had no quotes. */
static void
write_key (const Writer *writer, const OrrField *field, gconstpointer element, GString *text)
{
  g_autoptr (GString) plain = g_string_new (NULL), key = g_string_new (NULL);
  field->type->print (field, &writer->context, (const char *) element + field->offset, plain);
  if (orr_yaml_can_be_plain (plain->str))
    g_string_append (key, plain->str);
  else
    orr_json_print_text (plain->str, key);
  g_string_append_printf (text, "%s%s:", key->len > KEY_MAX ? "? " : "", key->str);
}

/* --- What is written --- */

/* A struct that holds the defaults of a record. */
static gpointer
make_initial (const Writer *writer, const OrrField *fields)
{
  gsize size = 0;
  for (const OrrField *field = fields; field->name; field++)
    size = MAX (size, field->offset + field->size);
  gpointer initial = orr_arena_alloc (writer->context.arena, size);
  orr_fields_init (fields, &writer->context, initial);
  return initial;
}

static gboolean
is_written (const Writer *writer, const OrrField *fields, const OrrField *field, gconstpointer value,
            gconstpointer initial)
{
  if (!orr_field_has_value (fields, field, value))
    return FALSE;
  return writer->defaults || field->required
         || orr_field_hash (field, &writer->context, value)
                != orr_field_hash (field, &writer->context, initial);
}

/* The only field that is written, where that is the shorthand and its value can stand alone; else NULL. */
static const OrrField *
find_shorthand (const Writer *writer, const OrrField *fields, guint first, const char *shorthand,
                gconstpointer value, gconstpointer initial)
{
  if (!shorthand)
    return NULL;
  const OrrField *found = orr_fields_member (fields, shorthand);
  if (found->type == &orr_type_RECORD || found->type == &orr_type_MAP
      || !is_written (writer, fields, found, value, initial))
    return NULL;
  for (const OrrField *field = fields + first; field->name; field++)
    if (field != found && is_written (writer, fields, field, value, initial))
      return NULL;
  return found;
}

/* --- On one line --- */

static gconstpointer
element_of (const OrrField *field, const OrrArray *array, guint index)
{
  return (const char *) array->data + index * field->element_size;
}

static void
write_flow_list (const Writer *writer, const OrrField *field, const OrrArray *array, GString *text)
{
  gpointer initial = field->fields ? make_initial (writer, field->fields) : NULL;
  g_string_append_c (text, '[');
  for (guint i = 0; i < array->length; i++)
    {
      g_string_append (text, i > 0 ? ", " : "");
      if (field->fields)
        write_flow_fields (writer, field->fields, 0, field->shorthand, element_of (field, array, i), initial,
                           text);
      else
        write_single (writer, field->element, field, element_of (field, array, i), text);
    }
  g_string_append_c (text, ']');
}

static void
write_flow_map (const Writer *writer, const OrrField *field, const OrrArray *array, GString *text)
{
  gpointer initial = make_initial (writer, field->fields);
  g_string_append_c (text, '{');
  for (guint i = 0; i < array->length; i++)
    {
      gconstpointer element = element_of (field, array, i);
      g_string_append (text, i > 0 ? ", " : "");
      write_key (writer, field->fields, element, text);
      g_string_append_c (text, ' ');
      write_flow_fields (writer, field->fields, 1, field->shorthand, element, initial, text);
    }
  g_string_append_c (text, '}');
}

static void
write_flow_value (const Writer *writer, const OrrField *field, gconstpointer value, gconstpointer initial,
                  GString *text)
{
  gconstpointer at = (const char *) value + field->offset;
  if (field->type == &orr_type_RECORD)
    write_flow_fields (writer, field->fields, 0, field->shorthand, at, (const char *) initial + field->offset,
                       text);
  else if (field->type == &orr_type_LIST)
    write_flow_list (writer, field, at, text);
  else if (field->type == &orr_type_MAP)
    write_flow_map (writer, field, at, text);
  else
    write_single (writer, field->type, field, at, text);
}

static void
write_flow_fields (const Writer *writer, const OrrField *fields, guint first, const char *shorthand,
                   gconstpointer value, gconstpointer initial, GString *text)
{
  const OrrField *alone = find_shorthand (writer, fields, first, shorthand, value, initial);
  if (alone)
    {
      write_flow_value (writer, alone, value, initial, text);
      return;
    }
  const char *separator = "";
  g_string_append_c (text, '{');
  for (const OrrField *field = fields + first; field->name; field++)
    {
      if (!is_written (writer, fields, field, value, initial))
        continue;
      g_string_append (text, separator);
      orr_name_print (field->name, text);
      g_string_append (text, ": ");
      write_flow_value (writer, field, value, initial, text);
      separator = ", ";
    }
  g_string_append_c (text, '}');
}

/* --- On lines of its own --- */

static void
pad (guint indent, GString *text)
{
  g_string_append_printf (text, "%*s", (int) indent, "");
}

/* TRUE where a text of several lines can stand as a block: its first line shows how far it is indented, and
 * no character needs an escape. */
static gboolean
can_be_block (const char *text)
{
  if (!strchr (text, '\n') || strchr (" \t\n", *text) || g_str_has_suffix (text, "\n\n")
      || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (; *text; text = g_utf8_next_char (text))
    if (*text != '\n' && *text != '\t' && !orr_character_is_plain (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

static void
write_block_text (const char *content, guint indent, GString *text)
{
  gboolean ended = g_str_has_suffix (content, "\n");
  g_string_append (text, ended ? " |\n" : " |-\n");
  g_auto (GStrv) lines = g_strsplit (content, "\n", -1);
  guint n = g_strv_length (lines) - (ended ? 1 : 0);
  for (guint i = 0; i < n; i++)
    {
      if (*lines[i])
        pad (indent, text);
      g_string_append_printf (text, "%s\n", lines[i]);
    }
}

/* Puts a record behind what is already on the line: on the same line if it is short, else below, indented. */
static void
write_record (const Writer *writer, const OrrField *fields, guint first, const char *shorthand,
              gconstpointer value, gconstpointer initial, guint indent, gsize line_start, GString *text)
{
  g_autoptr (GString) flow = g_string_new (NULL);
  write_flow_fields (writer, fields, first, shorthand, value, initial, flow);
  gboolean entry = text->str[text->len - 1] == '-';
  if (flow->str[0] != '{' || flow->len == 2 || text->len - line_start + 1 + flow->len <= WIDTH_MAX)
    {
      g_string_append_printf (text, " %s\n", flow->str);
      return;
    }
  gsize start = text->len;
  write_block_fields (writer, fields, first, value, initial, indent, text);
  if (entry) /* its first key stands behind the '-' */
    {
      g_string_erase (text, (gssize) start, (gssize) indent);
      g_string_insert_c (text, (gssize) start, ' ');
    }
  else
    g_string_insert_c (text, (gssize) start, '\n');
}

static void
write_block_list (const Writer *writer, const OrrField *field, const OrrArray *array, guint indent,
                  GString *text)
{
  gpointer initial = field->fields ? make_initial (writer, field->fields) : NULL;
  g_string_append_c (text, '\n');
  for (guint i = 0; i < array->length; i++)
    {
      gsize line_start = text->len;
      pad (indent, text);
      g_string_append_c (text, '-');
      if (field->fields)
        {
          write_record (writer, field->fields, 0, field->shorthand, element_of (field, array, i), initial,
                        indent + 2, line_start, text);
          continue;
        }
      g_string_append_c (text, ' ');
      write_single (writer, field->element, field, element_of (field, array, i), text);
      g_string_append_c (text, '\n');
    }
}

static void
write_block_map (const Writer *writer, const OrrField *field, const OrrArray *array, guint indent,
                 GString *text)
{
  gpointer initial = make_initial (writer, field->fields);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < array->length; i++)
    {
      gconstpointer element = element_of (field, array, i);
      g_autoptr (GString) key = g_string_new (NULL);
      write_key (writer, field->fields, element, key);
      gsize line_start = text->len;
      pad (indent, text);
      if (g_str_has_prefix (key->str, "? ")) /* a long key has a line of its own */
        {
          g_string_append_len (text, key->str, (gssize) key->len - 1);
          g_string_append_c (text, '\n');
          line_start = text->len;
          pad (indent, text);
          g_string_append_c (text, ':');
        }
      else
        g_string_append (text, key->str);
      write_record (writer, field->fields, 1, field->shorthand, element, initial, indent + 2, line_start,
                    text);
    }
}

/* One field: its key, and its value behind or below. */
static void
write_block_field (const Writer *writer, const OrrField *field, gconstpointer value, gconstpointer initial,
                   guint indent, GString *text)
{
  gconstpointer at = (const char *) value + field->offset;
  gsize line_start = text->len;
  pad (indent, text);
  orr_name_print (field->name, text);
  g_string_append_c (text, ':');
  if (field->type == &orr_type_TEXT && can_be_block (*(const char *const *) at))
    {
      write_block_text (*(const char *const *) at, indent + 2, text);
      return;
    }
  if (field->type == &orr_type_RECORD)
    {
      write_record (writer, field->fields, 0, field->shorthand, at, (const char *) initial + field->offset,
                    indent + 2, line_start, text);
      return;
    }
  gboolean many = field->type == &orr_type_LIST || field->type == &orr_type_MAP;
  gsize before = text->len;
  g_string_append_c (text, ' ');
  write_flow_value (writer, field, value, initial, text);
  g_string_append_c (text, '\n');
  if (!many || ((const OrrArray *) at)->length == 0 || text->len - line_start <= WIDTH_MAX + 1)
    return;
  g_string_truncate (text, before);
  if (field->type == &orr_type_LIST)
    write_block_list (writer, field, at, indent + 2, text);
  else
    write_block_map (writer, field, at, indent + 2, text);
}

static void
write_block_fields (const Writer *writer, const OrrField *fields, guint first, gconstpointer value,
                    gconstpointer initial, guint indent, GString *text)
{
  for (const OrrField *field = fields + first; field->name; field++)
    if (is_written (writer, fields, field, value, initial))
      write_block_field (writer, field, value, initial, indent, text);
}

void
orr_yaml_write_fields (const OrrField *fields, const OrrContext *context, gconstpointer value,
                       gboolean defaults, guint indent, GString *text)
{
  g_autoptr (OrrArena) arena = orr_arena_new ();
  Writer writer = { .context = *context, .defaults = defaults };
  writer.context.arena = arena;
  write_block_fields (&writer, fields, 0, value, make_initial (&writer, fields), indent, text);
}

void
orr_yaml_write_flow (const OrrField *fields, const OrrContext *context, gconstpointer value, GString *text)
{
  g_autoptr (OrrArena) arena = orr_arena_new ();
  Writer writer = { .context = *context };
  writer.context.arena = arena;
  write_flow_fields (&writer, fields, 0, NULL, value, make_initial (&writer, fields), text);
}

void
orr_yaml_write_node (const OrrYaml *node, GString *text)
{
  if (node->kind == ORR_YAML_SCALAR)
    {
      if (!node->quoted && orr_yaml_can_be_plain (node->text))
        g_string_append (text, node->text);
      else
        orr_json_print_text (node->text, text);
      return;
    }
  gboolean is_map = node->kind == ORR_YAML_MAP;
  g_string_append_c (text, is_map ? '{' : '[');
  for (guint i = 0; i < node->n_children; i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      if (is_map)
        {
          orr_yaml_write_node (node->keys[i], text);
          g_string_append (text, ": ");
        }
      orr_yaml_write_node (node->children[i], text);
    }
  g_string_append_c (text, is_map ? '}' : ']');
}
