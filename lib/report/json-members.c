/* json-members.c: members of JSON objects. */
#include "report/json-members.h"

#include <string.h>

/* Nothing that is written here lies half as deep. */
#define DEPTH_MAX 64

void
orr_json_add_text (JsonBuilder *json, const char *name, const char *text)
{
  /* Names of files may be any bytes. */
  g_autofree char *valid = text ? g_utf8_make_valid (text, -1) : NULL;
  json_builder_set_member_name (json, name);
  if (valid)
    json_builder_add_string_value (json, valid);
  else
    json_builder_add_null_value (json);
}

void
orr_json_add_int (JsonBuilder *json, const char *name, gint64 number)
{
  json_builder_set_member_name (json, name);
  json_builder_add_int_value (json, number);
}

void
orr_json_add_bool (JsonBuilder *json, const char *name, gboolean truth)
{
  json_builder_set_member_name (json, name);
  json_builder_add_boolean_value (json, truth);
}

void
orr_json_begin_array (JsonBuilder *json, const char *name)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_array (json);
}

void
orr_json_print (JsonBuilder *json, GString *text)
{
  g_autoptr (JsonNode) root = json_builder_get_root (json);
  g_autofree char *printed = json_to_string (root, TRUE);
  g_string_append (text, printed);
}

/* --- Reading --- */

/* Behind the quote that ends a string which begins at `at`. */
static gsize
skip_string (const char *text, gsize length, gsize at)
{
  for (at++; at < length && text[at] != '"'; at++)
    if (text[at] == '\\')
      at++;
  return at + 1;
}

/* Outside of strings; others, as of comments, are never written. */
static gboolean
is_character (char c)
{
  return c != '\0' && (g_ascii_isalnum (c) || strchr ("{}[]:,+-. \t\r\n", c));
}

static gboolean
is_shallow (const char *text, gsize length)
{
  guint depth = 0;
  for (gsize at = 0; at < length;)
    {
      char c = text[at];
      if (c == '"')
        {
          at = skip_string (text, length, at);
          continue;
        }
      if (!is_character (c) || ((c == '[' || c == '{') && ++depth > DEPTH_MAX))
        return FALSE;
      if ((c == ']' || c == '}') && depth-- == 0)
        return FALSE;
      at++;
    }
  return TRUE;
}

JsonNode *
orr_json_read (const char *text, gsize length)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  if (!is_shallow (text, length) || !json_parser_load_from_data (parser, text, (gssize) length, NULL))
    return NULL;
  return json_parser_steal_root (parser);
}
