/* schema.c: a JSON Schema of scenarios, from the tables that the parser reads.
 *
 * A schema is written as text, object within object. What field tables describe follows from them; what has a
 * grammar of its own (a step that is a key, a fault whose settings stand beside it) is put together here from
 * the words of the catalog. */
#include "export/schema.h"

#include <string.h>

#include "base/json.h"
#include "object/object.h"
#include "scenario/scenario.h"

#define ANYTHING "{}"

/* A map of what is named there; nothing behind its key is an empty one. */
#define MAP_OF "{\"type\":[\"object\",\"null\"],\"additionalProperties\":false,\"properties\":{"

/* --- Objects --- */

static void
add_key (GString *text, const char *key)
{
  char last = text->str[text->len - 1];
  if (last != '{' && last != '[')
    g_string_append_c (text, ',');
  orr_json_print_text (key, text);
  g_string_append_c (text, ':');
}

static void
add_text (GString *text, const char *key, const char *value)
{
  add_key (text, key);
  orr_json_print_text (value, text);
}

static void
add_item (GString *text, const char *word)
{
  if (text->str[text->len - 1] != '[')
    g_string_append_c (text, ',');
  orr_json_print_text (word, text);
}

/* A property that may be whatever the schema says. */
static void
add_property (GString *text, const char *name, const char *schema)
{
  add_key (text, name);
  g_string_append (text, schema);
}

static void
add_field_name (GString *text, const char *name)
{
  g_autoptr (GString) printed = g_string_new (NULL);
  orr_name_print (name, printed);
  add_key (text, printed->str);
}

/* --- Fields --- */

static void print_field (const OrrField *field, GString *text);

static void
add_fields (const OrrField *fields, GString *text)
{
  for (; fields && fields->name; fields++)
    {
      add_field_name (text, fields->name);
      print_field (fields, text);
    }
}

static void
add_required (const OrrField *fields, GString *text)
{
  add_key (text, "required");
  g_string_append_c (text, '[');
  for (; fields && fields->name; fields++)
    if (fields->required)
      {
        g_autoptr (GString) name = g_string_new (NULL);
        orr_name_print (fields->name, name);
        add_item (text, name->str);
      }
  g_string_append_c (text, ']');
}

/* A map with these fields and no others. */
static void
print_record (const OrrField *fields, GString *text)
{
  g_string_append (text, MAP_OF);
  add_fields (fields, text);
  g_string_append_c (text, '}');
  add_required (fields, text);
  g_string_append_c (text, '}');
}

/* The record, or what is short for it. */
static void
print_element (const OrrField *fields, const char *shorthand, GString *text)
{
  if (shorthand)
    g_string_append (text, "{\"anyOf\":[");
  print_record (fields, text);
  for (const OrrField *field = fields; shorthand && field->name; field++)
    if (strcmp (field->name, shorthand) == 0)
      {
        g_string_append_c (text, ',');
        print_field (field, text);
      }
  g_string_append (text, shorthand ? "]}" : "");
}

/* What is said of a type's text; a model's own type may say nothing. */
static const char *
schema_of (const OrrType *type)
{
  return type && type->schema ? type->schema : ANYTHING;
}

static void
print_form (const OrrField *field, GString *text)
{
  if (field->type == &orr_type_RECORD)
    print_element (field->fields, field->shorthand, text);
  else if (field->type == &orr_type_LIST)
    {
      g_string_append (text, "{\"type\":\"array\",\"items\":");
      if (field->fields)
        print_element (field->fields, field->shorthand, text);
      else
        g_string_append (text, schema_of (field->element));
      g_string_append_c (text, '}');
    }
  else if (field->type == &orr_type_MAP)
    {
      g_string_append (text, "{\"type\":[\"object\",\"null\"],\"additionalProperties\":");
      print_element (field->fields + 1, field->shorthand, text);
      g_string_append_c (text, '}');
    }
  else if (field->type == &orr_type_CHOICE)
    {
      g_string_append (text, "{\"enum\":[");
      for (const OrrChoice *choice = field->choices; choice->name; choice++)
        add_item (text, choice->name);
      g_string_append (text, "]}");
    }
  else
    g_string_append (text, schema_of (field->type));
}

/* The bounds of plain numbers; those of quantities are in another unit than the file's. */
static void
print_bounds (const OrrField *field, GString *text)
{
  if ((field->least == 0 && field->most == 0)
      || (field->type != &orr_type_INT && field->type != &orr_type_COUNT && field->type != &orr_type_NUMBER))
    return;
  g_string_append_printf (text, ",{\"minimum\":%" G_GINT64_FORMAT, field->least);
  if (field->most >= field->least)
    g_string_append_printf (text, ",\"maximum\":%" G_GINT64_FORMAT, field->most);
  g_string_append_c (text, '}');
}

static void
print_field (const OrrField *field, GString *text)
{
  g_string_append_c (text, '{');
  if (field->doc)
    add_text (text, "description", field->doc);
  if (field->initial)
    add_text (text, "default", field->initial);
  add_key (text, "allOf");
  g_string_append_c (text, '[');
  print_form (field, text);
  print_bounds (field, text);
  g_string_append (text, "]}");
}

static const OrrField *
part (const char *name)
{
  const OrrScenarioPart *found = orr_scenario_parts;
  while (found->name && strcmp (found->name, name) != 0)
    found++;
  g_assert (found->name);
  return found->fields;
}

/* --- Model and options --- */

static void
add_model (const OrrCatalog *catalog, GString *text)
{
  g_autoptr (GString) names = g_string_new ("{\"enum\":[");
  for (guint i = 0; catalog->models[i]; i++)
    add_item (names, catalog->models[i]->entry.name);
  g_string_append (names, "]}");
  add_key (text, "model");
  g_string_append_printf (
      text,
      "{\"description\":\"the system that runs\",\"anyOf\":[%s,{\"type\":\"object\","
      "\"required\":[\"name\"],\"additionalProperties\":false,\"properties\":{\"name\":%s,"
      "\"bugs\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}]}",
      names->str, names->str);
}

/* The options by the model that is named. */
static void
add_options (const OrrCatalog *catalog, GString *text)
{
  add_key (text, "allOf");
  g_string_append_c (text, '[');
  for (guint i = 0; catalog->models[i]; i++)
    {
      const OrrEntry *entry = &catalog->models[i]->entry;
      g_string_append_printf (
          text,
          "%s{\"if\":{\"properties\":{\"model\":{\"anyOf\":[{\"const\":\"%s\"},{\"type\":\"object\","
          "\"properties\":{\"name\":{\"const\":\"%s\"}},\"required\":[\"name\"]}]}}},\"then\":{"
          "\"properties\":"
          "{\"options\":",
          i > 0 ? "," : "", entry->name, entry->name);
      print_record (entry->fields, text);
      g_string_append (text, "}}}");
    }
  g_string_append_c (text, ']');
}

/* --- Workload --- */

/* Fields whose form depends on what stands beside them, each but once. */
static void
add_any (const OrrField *fields, GHashTable *seen, GString *text)
{
  for (; fields && fields->name; fields++)
    if (g_hash_table_add (seen, (gpointer) fields->name))
      {
        add_field_name (text, fields->name);
        g_string_append (text, ANYTHING);
      }
}

/* A model's attributes stand beside steps; which, depends on the model. */
static void
add_attributes (const OrrCatalog *catalog, GString *text)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; catalog->models[i]; i++)
    if (catalog->models[i]->attributes)
      add_any (catalog->models[i]->attributes->fields, seen, text);
}

static void
add_steps (GString *text)
{
  for (guint kind = ORR_STEP_NONE + 1; kind < ORR_N_STEP_KINDS; kind++)
    {
      const OrrStepInfo *info = &orr_step_infos[kind];
      add_key (text, info->name);
      if (info->form == ORR_FORM_KEY)
        g_string_append (text, orr_type_KEY.schema);
      else if (info->form == ORR_FORM_FIELDS)
        print_record (info->fields, text);
      else
        g_string_append_printf (text,
                                "{\"type\":\"object\",\"minProperties\":1,\"maxProperties\":1,"
                                "\"additionalProperties\":%s}",
                                info->value ? info->value->schema : orr_type_VALUE.schema);
    }
  add_key (text, "transfer");
  print_record (part ("workload.operations.transfer"), text);
}

static void
add_mix (const OrrCatalog *catalog, GString *text)
{
  g_autoptr (GString) shares = g_string_new ("{");
  g_autoptr (GString) counts = g_string_new ("{");
  for (guint kind = ORR_STEP_NONE + 1; kind <= ORR_N_STEP_KINDS; kind++)
    {
      const char *name = kind < ORR_N_STEP_KINDS ? orr_step_infos[kind].name : "transfer";
      add_property (shares, name, orr_type_SHARE.schema);
      add_property (counts, name, orr_type_COUNT.schema);
    }
  add_fields (part ("workload.mix"), counts);
  add_attributes (catalog, counts);
  add_key (text, "mix");
  g_string_append_printf (
      text,
      "{\"description\":\"shares of the kinds of operations\",\"anyOf\":[{\"type\":\"object\","
      "\"additionalProperties\":false,\"properties\":%s}},{\"type\":\"array\",\"items\":"
      "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":%s}}}]}",
      shares->str, counts->str);
}

static void
add_operations (const OrrCatalog *catalog, GString *text)
{
  g_autoptr (GString) steps = g_string_new ("{");
  add_steps (steps);
  add_key (text, "operations");
  g_string_append (text, "{\"description\":\"an explicit list of operations\",\"type\":\"array\",\"items\":"
                         "{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{");
  add_fields (part ("workload.operations"), text);
  add_attributes (catalog, text);
  g_string_append_printf (
      text,
      ",%s,\"steps\":{\"type\":\"array\",\"minItems\":1,\"items\":{\"type\":\"object\","
      "\"additionalProperties\":false,\"minProperties\":1,\"maxProperties\":1,\"properties\":%s}}}}}}",
      steps->str + 1, steps->str);
}

static void
add_workload (const OrrCatalog *catalog, GString *text)
{
  add_key (text, "workload");
  g_string_append (text, MAP_OF);
  add_fields (part ("workload"), text);
  add_key (text, "object");
  g_string_append (text, "{\"enum\":[");
  for (guint i = 0; catalog->objects[i]; i++)
    add_item (text, catalog->objects[i]->entry.name);
  g_string_append (text, "]}");
  for (guint i = 0; catalog->objects[i]; i++)
    add_fields (catalog->objects[i]->entry.fields, text);
  add_mix (catalog, text);
  add_operations (catalog, text);
  g_string_append (text, "}}");
}

/* --- Faults and pins --- */

/* A map of the settings, one of them written short, or nothing. Which must be there depends on what stands
 * beside. */
static void
print_fault (const OrrEntry *fault, GString *text)
{
  g_string_append_c (text, '{');
  add_text (text, "description", fault->summary);
  g_string_append (text, ",\"anyOf\":[{\"type\":\"null\"},{\"type\":\"object\"");
  if (fault->fields)
    {
      g_string_append (text, ",\"additionalProperties\":false,\"properties\":{");
      add_fields (fault->fields, text);
      g_string_append_c (text, '}');
    }
  g_string_append_c (text, '}');
  for (const OrrField *field = fault->fields; field && field->name; field++)
    if (g_strcmp0 (field->name, fault->scalar) == 0 || g_strcmp0 (field->name, fault->list) == 0)
      {
        g_string_append_c (text, ',');
        print_field (field, text);
      }
  g_string_append (text, "]}");
}

/* One of these kinds of what happens, each with settings of its own beside it. */
static void
print_kinds (const char *path, const char *const *kinds, GString *text)
{
  g_string_append (text, "{\"anyOf\":[");
  for (const char *const *kind = kinds; *kind; kind++)
    {
      g_autofree char *name = g_strconcat (path, ".", *kind, NULL);
      g_string_append_printf (text,
                              "%s{\"type\":\"object\",\"required\":[\"%s\"],\"additionalProperties\":false,"
                              "\"properties\":{\"%s\":{\"type\":\"string\"}",
                              kind > kinds ? "," : "", *kind, *kind);
      if (strcmp (*kind, "sync") != 0) /* which has no fields to look at */
        add_property (text, "where", "{\"type\":\"object\"}");
      add_fields (part (name), text);
      g_string_append (text, "}}");
    }
  g_string_append (text, "]}");
}

static void
add_faults (const OrrCatalog *catalog, GString *text)
{
  static const char *const events[] = { "sync", "send", "receive", "fact", NULL };
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  add_key (text, "faults");
  g_string_append (text, "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"additionalProperties\":false,"
                         "\"properties\":{");
  add_key (text, "when");
  print_kinds ("faults.when", events, text);
  add_property (text, "choose", "{\"type\":[\"array\",\"object\"]}");
  for (const OrrField *field = part ("faults"); field->name; field++)
    g_hash_table_add (seen, (gpointer) field->name);
  add_fields (part ("faults"), text);
  for (guint i = 0; catalog->faults[i]; i++)
    {
      g_hash_table_add (seen, (gpointer) catalog->faults[i]->name);
      add_key (text, catalog->faults[i]->name);
      print_fault (catalog->faults[i], text);
    }
  for (guint i = 0; catalog->faults[i]; i++) /* settings that stand beside their fault */
    add_any (catalog->faults[i]->fields, seen, text);
  g_string_append (text, "}}}");
}

static void
add_pins (GString *text)
{
  static const char *const kinds[] = { "message", "timer",   "draw",  "disk",   "write",   "sync",
                                       "service", "request", "reply", "stream", "release", NULL };
  add_key (text, "pins");
  g_string_append (text, "{\"type\":\"array\",\"items\":");
  print_kinds ("pins", kinds, text);
  g_string_append_c (text, '}');
}

/* --- Expectations and variations --- */

static void
add_expect (const OrrCatalog *catalog, GString *text)
{
  static const char bound[]
      = "{\"type\":\"string\",\"pattern\":\"^(above|below|at least|at most|exactly) \"}";
  add_key (text, "expect");
  g_string_append (text, MAP_OF);
  for (guint i = 0; catalog->properties[i]; i++)
    {
      add_key (text, catalog->properties[i]->name);
      g_string_append_c (text, '{');
      add_text (text, "description", catalog->properties[i]->summary);
      g_string_append (text, ",\"enum\":[\"holds\",\"violated\",\"unknown\"]}");
    }
  g_string_append (text, "},\"patternProperties\":{");
  for (guint i = 0; catalog->measures[i]; i++)
    {
      const OrrEntry *entry = &catalog->measures[i]->entry;
      g_autofree char *pattern = g_strdup_printf ("^%s(\\..+)?$", entry->name);
      add_key (text, pattern);
      g_string_append_c (text, '{');
      add_text (text, "description", entry->summary);
      g_string_append_printf (text, ",\"anyOf\":[%s,{\"type\":\"array\",\"minItems\":1,\"items\":%s}]}",
                              bound, bound);
    }
  g_string_append (text, "}}");
}

static void
add_variations (GString *text)
{
  static const char *const names[] = { "fuzz", "sweep" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    add_property (
        text, names[i],
        "{\"type\":[\"object\",\"null\"],\"additionalProperties\":{\"type\":\"array\",\"minItems\":1}}");
}

void
orr_schema_print (const OrrCatalog *catalog, GString *text)
{
  static const char *const plain[] = { "clients", "network", "clocks", "disk" };
  g_string_append_c (text, '{');
  add_text (text, "$schema", "http://json-schema.org/draft-07/schema#");
  add_text (text, "title", "Orrery scenario");
  add_text (text, "type", "object");
  add_property (text, "additionalProperties", "false");
  add_property (text, "required", "[\"model\"]");
  add_options (catalog, text);
  add_key (text, "properties");
  g_string_append_c (text, '{');
  add_fields (part (""), text);
  add_model (catalog, text);
  add_property (text, "options", ANYTHING);
  add_key (text, "nodes");
  g_string_append (text, "{\"type\":[\"object\",\"null\"],\"additionalProperties\":");
  print_record (part ("nodes") + 1, text);
  g_string_append_c (text, '}');
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    {
      add_key (text, plain[i]);
      print_record (part (plain[i]), text);
    }
  add_workload (catalog, text);
  add_faults (catalog, text);
  add_pins (text);
  add_expect (catalog, text);
  add_variations (text);
  g_string_append (text, "}}");
}
