/* json-members.c: members of JSON objects. */
#include "report/json-members.h"

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
