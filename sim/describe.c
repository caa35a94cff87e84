/* describe.c: prints descriptions from the tables, for people and for programs. */
#include "sim/describe.h"

#include <string.h>

#include "report/json-members.h"
#include "report/wrap.h"

/* Where the meaning begins, behind the names; further right in a section where some name needs it. */
#define NAME_WIDTH 30
/* The same in a list of all entries. */
#define LIST_WIDTH 22

typedef struct
{
  char *name, *doc;
  const OrrField *fields;
} Row;

typedef struct
{
  const char *key, *heading;
  GArray *rows; /* Row */
} Section;

struct Sections
{
  GArray *sections; /* Section */
};

static void
clear_row (gpointer data)
{
  Row *row = data;
  g_free (row->name);
  g_free (row->doc);
}

static void
clear_section (gpointer data)
{
  g_array_unref (((Section *) data)->rows);
}

void
describe_section (Sections *sections, const char *key, const char *heading)
{
  Section section = { .key = key, .heading = heading, .rows = g_array_new (FALSE, FALSE, sizeof (Row)) };
  g_array_set_clear_func (section.rows, clear_row);
  g_array_append_val (sections->sections, section);
}

void
describe_row (Sections *sections, const char *name, const char *doc, const OrrField *fields)
{
  Row row = { .name = g_strdup (name), .doc = g_strdup (doc), .fields = fields };
  g_array_append_val (g_array_index (sections->sections, Section, sections->sections->len - 1).rows, row);
}

void
describe_records (Sections *sections, const char *key, const char *heading, const OrrRecord *records)
{
  if (!records || !records->name)
    return;
  describe_section (sections, key, heading);
  for (; records->name; records++)
    describe_row (sections, records->name, records->doc, records->fields);
}

static char *
scenario_name (const char *name)
{
  GString *text = g_string_new (NULL);
  orr_name_print (name, text);
  return g_string_free (text, FALSE);
}

/* --- For people --- */

static void
print_row (const char *name, const char *doc, guint indent, guint width, GString *text)
{
  gsize start = text->len;
  g_string_append_printf (text, "%*s%s", (int) indent, "", name);
  if (doc && *doc)
    {
      if (text->len - start >= width)
        g_string_append_c (text, ' ');
      orr_wrap (doc, (guint) g_utf8_strlen (text->str + start, -1), width, text);
    }
  else
    g_string_append_c (text, '\n');
}

/* "how long … [5s; with policy time-window]" */
static char *
field_doc (const OrrField *field)
{
  g_autoptr (GPtrArray) remarks = g_ptr_array_new_with_free_func (g_free);
  if (field->initial && *field->initial)
    g_ptr_array_add (remarks, g_strdup (field->initial));
  if (field->required)
    g_ptr_array_add (remarks, g_strdup ("required"));
  if (field->when)
    {
      g_auto (GStrv) words = g_strsplit (field->when, "|", -1);
      g_autofree char *list = g_strjoinv (", ", words);
      g_ptr_array_add (remarks, g_strdup_printf ("with %s %s", field->tag, list));
    }
  if (remarks->len == 0)
    return g_strdup (field->doc);
  g_ptr_array_add (remarks, NULL);
  g_autofree char *list = g_strjoinv ("; ", (char **) remarks->pdata);
  return g_strdup_printf ("%s [%s]", field->doc ? field->doc : "", list);
}

static void
print_fields (const OrrField *fields, guint indent, GString *text)
{
  for (const OrrField *field = fields; field && field->name; field++)
    {
      g_autofree char *name = scenario_name (field->name);
      g_autofree char *doc = field_doc (field);
      print_row (name, doc, indent, NAME_WIDTH, text);
      for (const OrrChoice *choice = field->choices; choice && choice->name; choice++)
        print_row (choice->name, choice->doc, indent + 2, NAME_WIDTH, text);
      print_fields (field->fields, indent + 2, text);
    }
}

static void
print_section (const Section *section, GString *text)
{
  gsize width = NAME_WIDTH;
  g_string_append_printf (text, "\n%s\n", section->heading);
  for (guint i = 0; i < section->rows->len; i++)
    width = MAX (width, strlen (g_array_index (section->rows, Row, i).name) + 3);
  for (guint i = 0; i < section->rows->len; i++)
    {
      const Row *row = &g_array_index (section->rows, Row, i);
      print_row (row->name, row->doc, 2, (guint) width, text);
      print_fields (row->fields, 4, text);
    }
}

static void
print_entry (const OrrEntry *entry, const Sections *sections, GString *text)
{
  g_string_append_printf (text, "%s: %s\n", entry->name, entry->summary);
  if (entry->doc)
    {
      g_string_append_c (text, '\n');
      orr_wrap (entry->doc, 0, 0, text);
    }
  if (entry->fields && entry->fields->name)
    {
      g_string_append (text, "\nSettings\n");
      print_fields (entry->fields, 2, text);
    }
  for (guint i = 0; i < sections->sections->len; i++)
    print_section (&g_array_index (sections->sections, Section, i), text);
}

/* --- For programs --- */

static void
add_fields (const OrrField *fields, JsonBuilder *json)
{
  for (const OrrField *field = fields; field && field->name; field++)
    {
      g_autofree char *name = scenario_name (field->name);
      json_builder_begin_object (json);
      orr_json_add_text (json, "name", name);
      orr_json_add_text (json, "type", field->type->name);
      orr_json_add_text (json, "default", field->initial);
      orr_json_add_bool (json, "required", field->required);
      orr_json_add_text (json, "doc", field->doc);
      if (field->when)
        {
          orr_json_add_text (json, "tag", field->tag);
          orr_json_add_text (json, "when", field->when);
        }
      if (field->choices)
        orr_json_begin_array (json, "choices");
      for (const OrrChoice *choice = field->choices; choice && choice->name; choice++)
        {
          json_builder_begin_object (json);
          orr_json_add_text (json, "name", choice->name);
          orr_json_add_text (json, "doc", choice->doc);
          json_builder_end_object (json);
        }
      if (field->choices)
        json_builder_end_array (json);
      if (field->fields)
        {
          orr_json_begin_array (json, "fields");
          add_fields (field->fields, json);
          json_builder_end_array (json);
        }
      json_builder_end_object (json);
    }
}

static void
add_section (const Section *section, JsonBuilder *json)
{
  orr_json_begin_array (json, section->key);
  for (guint i = 0; i < section->rows->len; i++)
    {
      const Row *row = &g_array_index (section->rows, Row, i);
      json_builder_begin_object (json);
      orr_json_add_text (json, "name", row->name);
      if (row->doc)
        orr_json_add_text (json, "doc", row->doc);
      if (row->fields)
        {
          orr_json_begin_array (json, "fields");
          add_fields (row->fields, json);
          json_builder_end_array (json);
        }
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_entry (const OrrEntry *entry, const Sections *sections, JsonBuilder *json)
{
  json_builder_begin_object (json);
  orr_json_add_text (json, "name", entry->name);
  orr_json_add_text (json, "summary", entry->summary);
  orr_json_add_text (json, "doc", entry->doc);
  orr_json_begin_array (json, "settings");
  add_fields (entry->fields, json);
  json_builder_end_array (json);
  for (guint i = 0; i < sections->sections->len; i++)
    add_section (&g_array_index (sections->sections, Section, i), json);
  json_builder_end_object (json);
}

/* --- The command --- */

/* Says all about the entry, in the form that is not NULL. */
static void
say_entry (const Description *description, guint index, GString *text, JsonBuilder *json)
{
  Sections sections = { g_array_new (FALSE, FALSE, sizeof (Section)) };
  g_array_set_clear_func (sections.sections, clear_section);
  if (description->more)
    description->more (index, description->data, &sections);
  if (json)
    add_entry (description->entries[index], &sections, json);
  else
    print_entry (description->entries[index], &sections, text);
  g_array_unref (sections.sections);
}

static gboolean
find_entries (const Description *description, char **names, GArray *ret_indices)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  g_autofree char *or_else = g_strdup_printf ("'orrery %s' lists them", description->command);
  for (guint i = 0; description->entries[i]; i++)
    g_ptr_array_add (known, (gpointer) description->entries[i]->name);
  g_ptr_array_add (known, NULL);
  for (; *names; names++)
    {
      guint index = 0;
      while (description->entries[index] && strcmp (description->entries[index]->name, *names) != 0)
        index++;
      if (!description->entries[index])
        {
          complain_unknown (description->what, *names, (const char *const *) known->pdata, or_else);
          return FALSE;
        }
      g_array_append_val (ret_indices, index);
    }
  return TRUE;
}

static void
say_as_json (const Description *description, const GArray *indices)
{
  g_autoptr (JsonBuilder) json = json_builder_new_immutable ();
  json_builder_begin_array (json);
  for (guint i = 0; i < indices->len; i++)
    say_entry (description, g_array_index (indices, guint, i), NULL, json);
  json_builder_end_array (json);
  put_json (json);
}

static void
say_as_text (const Description *description, const GArray *indices, gboolean whole)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize width = LIST_WIDTH;
  for (guint i = 0; i < indices->len; i++)
    width = MAX (width, strlen (description->entries[g_array_index (indices, guint, i)]->name));
  for (guint i = 0; i < indices->len; i++)
    {
      guint index = g_array_index (indices, guint, i);
      if (whole)
        {
          g_string_append (text, i > 0 ? "\n\n" : "");
          say_entry (description, index, text, NULL);
        }
      else
        g_string_append_printf (text, "%-*s %s\n", (int) width, description->entries[index]->name,
                                description->entries[index]->summary);
    }
  put (text->str);
}

const OrrEntry **
describe_entries_of (gconstpointer table, gsize offset)
{
  const char *const *structs = table;
  GPtrArray *entries = g_ptr_array_new ();
  for (; *structs; structs++)
    g_ptr_array_add (entries, (gpointer) (*structs + offset));
  g_ptr_array_add (entries, NULL);
  return (const OrrEntry **) g_ptr_array_free (entries, FALSE);
}

int
describe (const Description *description, int argc, char **argv)
{
  gboolean json = FALSE;
  GOptionEntry options[] = { { "json", 0, 0, G_OPTION_ARG_NONE, &json, NULL, NULL }, { 0 } };
  g_auto (GStrv) names = parse_options (options, argc, argv);
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));
  if (!names || !find_entries (description, names, indices))
    return EXIT_USAGE;
  for (guint i = 0; !*names && description->entries[i]; i++)
    g_array_append_val (indices, i);
  if (json)
    say_as_json (description, indices);
  else
    say_as_text (description, indices, *names != NULL);
  return EXIT_AS_EXPECTED;
}
