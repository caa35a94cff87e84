/* describe.c: prints descriptions from the tables. */
#include "sim/describe.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"

#define NAME_WIDTH 28

static void
put_choices (const OrrField *field, guint indent)
{
  for (const OrrChoice *choice = field->choices; choice && choice->name; choice++)
    {
      printf ("%*s%-*s %s\n", (int) indent + 2, "", NAME_WIDTH - (int) indent - 2, choice->name, choice->doc ? choice->doc : "");
    }
}

void
describe_fields (const OrrField *fields, guint indent)
{
  for (const OrrField *field = fields; field && field->name; field++)
    {
      g_autoptr (GString) name = g_string_new (NULL);
      orr_name_print (field->name, name);
      printf ("%*s%-*s %s", (int) indent, "", NAME_WIDTH - (int) indent, name->str, field->doc ? field->doc : "");
      if (field->initial && *field->initial)
        printf (" [%s]", field->initial);
      else if (field->required)
        put (" (required)");
      if (field->when)
        {
          g_auto (GStrv) words = g_strsplit (field->when, "|", -1);
          g_autofree char *list = g_strjoinv (", ", words);
          printf (" (with %s %s)", field->tag, list);
        }
      put ("\n");
      put_choices (field, indent);
      if (field->fields)
        describe_fields (field->fields, indent + 2);
    }
}

void
describe_records (const char *heading, const OrrRecord *records)
{
  if (!records || !records->name)
    return;
  printf ("\n%s\n", heading);
  for (; records->name; records++)
    printf ("  %-*s %s\n", NAME_WIDTH - 2, records->name, records->doc ? records->doc : "");
}

static void
put_entry (const OrrEntry *entry)
{
  printf ("%s: %s\n", entry->name, entry->summary);
  if (entry->doc)
    {
      put ("\n");
      put_wrapped (entry->doc, 0);
    }
  if (entry->fields && entry->fields->name)
    {
      put ("\nSettings\n");
      describe_fields (entry->fields, 2);
    }
}

static void
put_json_member (const char *name, const char *value, gboolean last, GString *json)
{
  orr_json_print_text (name, json);
  g_string_append (json, ": ");
  orr_json_print_text (value ? value : "", json);
  g_string_append (json, last ? "" : ", ");
}

static void
put_json_fields (const OrrField *fields, GString *json)
{
  g_string_append (json, "[");
  for (const OrrField *field = fields; field && field->name; field++)
    {
      g_autoptr (GString) name = g_string_new (NULL);
      orr_name_print (field->name, name);
      g_string_append (json, field == fields ? "{" : ", {");
      put_json_member ("name", name->str, FALSE, json);
      put_json_member ("type", field->type->name, FALSE, json);
      put_json_member ("default", field->initial, FALSE, json);
      put_json_member ("doc", field->doc, field->fields == NULL, json);
      if (field->fields)
        {
          g_string_append (json, "\"fields\": ");
          put_json_fields (field->fields, json);
        }
      g_string_append (json, "}");
    }
  g_string_append (json, "]");
}

static void
put_json (const OrrEntry *const *entries)
{
  g_autoptr (GString) json = g_string_new ("[\n");
  for (guint i = 0; entries[i]; i++)
    {
      g_string_append (json, "{");
      put_json_member ("name", entries[i]->name, FALSE, json);
      put_json_member ("summary", entries[i]->summary, FALSE, json);
      put_json_member ("doc", entries[i]->doc, FALSE, json);
      g_string_append (json, "\"settings\": ");
      put_json_fields (entries[i]->fields, json);
      g_string_append (json, entries[i + 1] ? "},\n" : "}\n");
    }
  g_string_append (json, "]\n");
  put (json->str);
}

static int
put_one (const char *what, const char *name, const OrrEntry *const *entries, void (*more) (guint index, gpointer data), gpointer data)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; entries[i]; i++)
    {
      g_ptr_array_add (names, (gpointer) entries[i]->name);
      if (strcmp (entries[i]->name, name) != 0)
        continue;
      put_entry (entries[i]);
      if (more)
        more (i, data);
      return EXIT_AS_EXPECTED;
    }
  g_ptr_array_add (names, NULL);
  complain_unknown (what, name, (const char *const *) names->pdata);
  return EXIT_USAGE;
}

int
describe_entries (const char *what, const OrrEntry *const *entries, void (*more) (guint index, gpointer data), gpointer data, int argc,
                  char **argv)
{
  const char *command = argv[0];
  gboolean json = FALSE;
  GOptionEntry options[] = { { "json", 0, 0, G_OPTION_ARG_NONE, &json, NULL, NULL }, { 0 } };
  if (!parse_options (command, options, &argc, &argv))
    return EXIT_USAGE;
  if (json)
    {
      put_json (entries);
      return EXIT_AS_EXPECTED;
    }
  for (int i = 1; i < argc; i++)
    {
      int status = put_one (what, argv[i], entries, more, data);
      if (status != EXIT_AS_EXPECTED)
        return status;
    }
  for (guint i = 0; argc < 2 && entries[i]; i++)
    printf ("%-22s %s\n", entries[i]->name, entries[i]->summary);
  return EXIT_AS_EXPECTED;
}
