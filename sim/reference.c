/* reference.c: `orrery reference`: the manual, from the tables.
 *
 * One page for the program, one for each command, one for the scenario language, one for each kind of thing
 * that a scenario can name, and one for each model. Nothing here is said twice: a page is built from what the
 * parser, `orrery help` and `orrery models` read. */
#include "sim/reference.h"

#include <stdio.h>
#include <string.h>

#include "base/distribution.h"
#include "export/schema.h"
#include "history/format.h"
#include "object/object.h"
#include "scenario/scenario.h"
#include "sim/common.h"
#include "sim/option.h"

/* --- Commands --- */

static void
add_option (OrrPage *page, const CommandOption *option)
{
  g_autofree char *letter = option->letter ? g_strdup_printf ("-%c, ", option->letter) : g_strdup ("");
  g_autofree char *term = g_strdup_printf ("%s--%s%s%s", letter, option->name, option->argument ? " " : "",
                                           option->argument ? option->argument : "");
  orr_page_term (page, 0, term, option->doc);
}

static OrrPage *
command_page (const OrrCommand *command)
{
  g_autofree char *name = g_strconcat ("orrery-", command->name, NULL);
  g_autofree char *usage = g_strdup_printf ("`orrery %s` %s", command->name, command->arguments);
  g_autofree char *prose = command_prose (command);
  g_autoptr (GArray) options = command_options (command);
  OrrPage *page = orr_page_new (name, 1, command->summary);
  orr_page_heading (page, "Synopsis");
  orr_page_prose (page, usage);
  orr_page_heading (page, "Description");
  orr_page_prose (page, prose);
  orr_page_heading (page, "Options");
  for (guint i = 0; i < options->len; i++)
    add_option (page, &g_array_index (options, CommandOption, i));
  add_option (page, &plugin_option);
  orr_page_heading (page, "See also");
  orr_page_prose (page, "orrery(1), orrery-scenario(5)");
  return page;
}

static OrrPage *
program_page (const OrrCatalog *catalog)
{
  OrrPage *page = orr_page_new ("orrery", 1, "a deterministic simulator of replicated databases");
  orr_page_heading (page, "Synopsis");
  orr_page_prose (page, "`orrery` COMMAND [OPTION…] …");
  orr_page_heading (page, "Description");
  orr_page_prose (
      page, "Runs scenarios: small files that say which replicated system runs, who its clients are, "
            "what goes wrong, and what is expected. Reports which guarantees a run really gave, with a "
            "witness for each that was broken. The same scenario, seed and version give the same run on "
            "every machine. Results go to standard output, all else to standard error.");
  orr_page_heading (page, "Commands");
  for (guint i = 0; orr_commands[i]; i++)
    {
      g_autofree char *term = g_strdup_printf ("%s %s", orr_commands[i]->name, orr_commands[i]->arguments);
      g_autofree char *doc
          = g_strdup_printf ("%s: orrery-%s(1).", orr_commands[i]->summary, orr_commands[i]->name);
      orr_page_term (page, 0, g_strchomp (term), doc);
    }
  orr_page_heading (page, "Options of every command");
  add_option (page, &plugin_option);
  orr_page_heading (page, "Exit status");
  orr_page_prose (page,
                  "0: all is as expected. 1: something is not. 2: something could not be decided. 64: wrong "
                  "usage. 65: bad input. 66: no such input. 70: a fault of the program. 73: an output can't "
                  "be made. 74: reading or writing failed. 130: interrupted.");
  orr_page_heading (page, "Environment");
  orr_page_term (page, 0, "ORRERY_MODELS",
                 "a folder with scenarios, MODEL/NAME.yaml, that is looked in first");
  orr_page_term (page, 0, "NO_COLOR", "no colours, where it is set and not empty");
  orr_page_heading (page, "See also");
  g_autoptr (GString) others
      = g_string_new ("orrery-scenario(5), orrery-objects(7), orrery-faults(7), "
                      "orrery-properties(7), orrery-figures(7), orrery-distributions(7), orrery-formats(7)");
  for (guint i = 0; catalog->models[i]; i++)
    g_string_append_printf (others, ", orrery-%s(7)", catalog->models[i]->entry.name);
  orr_page_prose (page, others->str);
  return page;
}

/* --- Scenarios --- */

/* How values of each type that a scenario may hold are written; each type once. */
static void
add_types (OrrPage *page)
{
  static const OrrType *const types[]
      = { &orr_type_DURATION, &orr_type_DISTRIBUTION, &orr_type_SHARE, &orr_type_DRIFT, &orr_type_SIZE,
          &orr_type_BIT_RATE, &orr_type_KEY,          &orr_type_VALUE, &orr_type_NAME };
  orr_page_heading (page, "Values");
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    orr_page_term (page, 0, types[i]->name, types[i]->form);
}

static OrrPage *
scenario_page (void)
{
  OrrPage *page = orr_page_new ("orrery-scenario", 5, "the language of scenarios");
  orr_page_heading (page, "Description");
  orr_page_prose (
      page, "A scenario is a YAML file of maps, lists and scalars. A word is a word: `off` needs no quotes. "
            "A number that has a unit is written with it. Only `model` is required. `orrery validate` "
            "reports all mistakes of a file; `orrery reference schema` writes a JSON Schema for editors.");
  orr_page_example (page, "title: Reads go to a replica that is behind\nmodel: primary-replica\n"
                          "options: {replicas: 1, apply-delay: 100ms}\nworkload:\n  operations:\n"
                          "    - {id: w1, write: {x: 1}}\n    - {id: r1, after: w1, read: x}\n"
                          "expect: {read-your-writes: violated}");
  add_types (page);
  for (const OrrScenarioPart *part = orr_scenario_parts; part->name; part++)
    {
      g_autofree char *doc = g_strconcat (part->doc, part->fields ? ":" : ".", NULL);
      *doc = g_ascii_toupper (*doc);
      orr_page_heading (page, *part->name ? part->name : "The head");
      orr_page_prose (page, doc);
      orr_page_fields (page, 0, part->fields);
    }
  orr_page_heading (page, "See also");
  orr_page_prose (
      page, "orrery-run(1), orrery-validate(1), orrery-objects(7), orrery-faults(7), orrery-properties(7), "
            "orrery-figures(7), orrery-distributions(7)");
  return page;
}

/* --- What scenarios name --- */

static OrrPage *
objects_page (const OrrCatalog *catalog)
{
  OrrPage *page = orr_page_new ("orrery-objects", 7, "what operations work on");
  for (guint i = 0; catalog->objects[i]; i++)
    {
      orr_page_entry (page, &catalog->objects[i]->entry);
      orr_page_prose (page, "Its steps:");
      for (const OrrStepKind *step = catalog->objects[i]->steps; *step != ORR_STEP_NONE; step++)
        orr_page_term (page, 0, orr_step_infos[*step].name, orr_step_infos[*step].doc);
    }
  return page;
}

static OrrPage *
entries_page (const char *name, const char *summary, const OrrEntry *const *entries)
{
  OrrPage *page = orr_page_new (name, 7, summary);
  for (; *entries; entries++)
    orr_page_entry (page, *entries);
  return page;
}

static OrrPage *
figures_page (const OrrCatalog *catalog)
{
  OrrPage *page = orr_page_new ("orrery-figures", 7, "what is measured, and can be expected");
  for (guint i = 0; catalog->measures[i]; i++)
    {
      const OrrMeasureEntry *measure = catalog->measures[i];
      g_autofree char *form
          = g_strdup_printf ("%s%s%s%s", measure->entry.name, measure->by_operation ? "[.OPERATION]" : "",
                             measure->by_node ? "[.NODE]" : "", measure->statistics ? ".STATISTIC" : "");
      g_autofree char *list = measure->statistics ? g_strjoinv ("`, `", (char **) measure->statistics) : NULL;
      g_autofree char *statistics = list ? g_strdup_printf ("Statistics: `%s`.", list) : NULL;
      orr_page_entry (page, &measure->entry);
      orr_page_example (page, form);
      orr_page_prose (page, statistics);
    }
  return page;
}

static OrrPage *
distributions_page (void)
{
  OrrPage *page
      = orr_page_new ("orrery-distributions", 7, "how durations that differ from time to time are written");
  for (guint i = 0; orr_distribution_families[i]; i++)
    {
      const OrrDistributionFamily *family = orr_distribution_families[i];
      g_autofree char *example = g_strdup_printf ("%s\n%s", family->form, family->example);
      orr_page_heading (page, family->name);
      orr_page_prose (page, family->doc);
      orr_page_example (page, example);
    }
  return page;
}

static OrrPage *
formats_page (void)
{
  OrrPage *page = orr_page_new ("orrery-formats", 7, "histories of other programs that can be checked");
  for (guint i = 0; orr_history_formats[i]; i++)
    {
      orr_page_entry (page, &orr_history_formats[i]->entry);
      orr_page_example (page, orr_history_formats[i]->example);
    }
  return page;
}

static OrrPage *
model_page (const OrrModel *model)
{
  g_autofree char *name = g_strconcat ("orrery-", model->entry.name, NULL);
  OrrPage *page = orr_page_new (name, 7, model->entry.summary);
  orr_page_heading (page, "Description");
  orr_page_prose (page, model->entry.doc ? model->entry.doc : model->entry.summary);
  if (model->entry.fields)
    orr_page_heading (page, "Options");
  orr_page_fields (page, 0, model->entry.fields);
  if (model->attributes)
    orr_page_heading (page, "Attributes of operations");
  orr_page_fields (page, 0, model->attributes ? model->attributes->fields : NULL);
  orr_page_records (page, "Actions", model->actions);
  if (model->bugs && model->bugs->name)
    orr_page_heading (page, "Bugs that can be switched on");
  for (const OrrBug *bug = model->bugs; bug && bug->name; bug++)
    {
      g_autofree char *doc
          = g_strdup_printf ("Breaks `%s`. %s%s%s", bug->breaks, bug->doc, bug->source ? "\n\nSource: " : "",
                             bug->source ? bug->source : "");
      orr_page_term (page, 0, bug->name, doc);
    }
  orr_page_records (page, "Messages", model->messages);
  orr_page_records (page, "Timers", model->timers);
  orr_page_records (page, "Facts", model->facts);
  return page;
}

GPtrArray *
reference_pages (const OrrCatalog *catalog)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify) orr_page_free);
  g_ptr_array_add (pages, program_page (catalog));
  for (guint i = 0; orr_commands[i]; i++)
    g_ptr_array_add (pages, command_page (orr_commands[i]));
  g_ptr_array_add (pages, scenario_page ());
  g_ptr_array_add (pages, objects_page (catalog));
  g_ptr_array_add (pages, entries_page ("orrery-faults", "what can go wrong", catalog->faults));
  g_ptr_array_add (
      pages, entries_page ("orrery-properties", "what can be promised, and checked", catalog->properties));
  g_ptr_array_add (pages, figures_page (catalog));
  g_ptr_array_add (pages, distributions_page ());
  g_ptr_array_add (pages, formats_page ());
  for (guint i = 0; catalog->models[i]; i++)
    g_ptr_array_add (pages, model_page (catalog->models[i]));
  return pages;
}

/* --- The command --- */

typedef struct
{
  const char *name; /* of the format */
  void (*print) (const OrrPage *page, GString *text);
} Format;

static const Format formats[] = { { "man", orr_page_print_man }, { "markdown", orr_page_print_markdown } };

/* "orrery-run.1", "orrery-run.1.md": commands and what scenarios name may be called the same. */
static char *
file_name (const OrrPage *page, const Format *format)
{
  return g_strdup_printf ("%s.%u%s", page->name, page->section, format == &formats[0] ? "" : ".md");
}

static ExitStatus
write_pages (const GPtrArray *pages, const Format *format, const char *folder)
{
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      complain ("there is no folder '%s'; make it first", folder);
      return EXIT_CANNOT_CREATE;
    }
  for (guint i = 0; i < pages->len; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *name = file_name (pages->pdata[i], format);
      g_autofree char *file = g_build_filename (folder, name, NULL);
      format->print (pages->pdata[i], text);
      if (!g_file_set_contents (file, text->str, (gssize) text->len, &error))
        {
          complain ("%s", error->message);
          return EXIT_CANNOT_CREATE;
        }
    }
  return EXIT_AS_EXPECTED;
}

static ExitStatus
put_page (const GPtrArray *pages, const Format *format, const char *name)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < pages->len; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      char *file = file_name (pages->pdata[i], &formats[0]);
      g_ptr_array_add (names, file);
      if (strcmp (file, name) != 0)
        continue;
      format->print (pages->pdata[i], text);
      put (text->str);
      return EXIT_AS_EXPECTED;
    }
  g_ptr_array_add (names, NULL);
  complain_unknown ("page", name, (const char *const *) names->pdata, "'orrery reference man' lists them");
  return EXIT_USAGE;
}

static void
put_list (const GPtrArray *pages)
{
  for (guint i = 0; i < pages->len; i++)
    {
      const OrrPage *page = pages->pdata[i];
      g_autofree char *name = file_name (page, &formats[0]);
      g_autofree char *line = g_strdup_printf ("%-26s %s\n", name, page->summary);
      put (line);
    }
}

static ExitStatus
put_schema (const OrrCatalog *catalog)
{
  g_autoptr (GString) text = g_string_new (NULL);
  orr_schema_print (catalog, text);
  g_autoptr (JsonNode) schema = json_from_string (text->str, NULL);
  g_assert (schema);
  g_autofree char *printed = json_to_string (schema, TRUE);
  put (printed);
  put ("\n");
  return EXIT_AS_EXPECTED;
}

static ExitStatus
reference (const OrrCatalog *catalog, char **words, const char *folder)
{
  static const char *const names[] = { "man", "markdown", "schema", NULL };
  const Format *format = NULL;
  if (strcmp (words[0], "schema") == 0)
    return takes_no_operand (words + 1, "reference schema") ? put_schema (catalog) : EXIT_USAGE;
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (strcmp (words[0], formats[i].name) == 0)
      format = &formats[i];
  if (!format)
    {
      complain_unknown ("format", words[0], names, "use one of man, markdown, schema");
      return EXIT_USAGE;
    }
  g_autoptr (GPtrArray) pages = reference_pages (catalog);
  if (folder)
    return write_pages (pages, format, folder);
  ExitStatus status = EXIT_AS_EXPECTED;
  for (char **name = words + 1; *name; name++)
    status = worse_status (status, put_page (pages, format, *name));
  if (!words[1])
    put_list (pages);
  return status;
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  g_autofree char *folder = NULL;
  const GOptionEntry entries[] = { { "into", 0, 0, G_OPTION_ARG_FILENAME, &folder, NULL, NULL }, { 0 } };
  g_auto (GStrv) words = parse_options (entries, argc, argv);
  if (!words)
    return EXIT_USAGE;
  if (*words && !(folder && words[1]))
    return reference (catalog, words, folder);
  complain (*words ? "--into writes all pages; name none" : "which format? Use one of man, markdown, schema");
  return EXIT_USAGE;
}

const OrrCommand orr_command_reference = {
  .name = "reference",
  .arguments = "[--into FOLDER] FORMAT [PAGE…]",
  .summary = "write the manual, or a JSON Schema of scenarios",
  .doc
  = "The formats are man and markdown, for pages such as orrery-run.1, and schema, for editors that\n"
    "check scenarios as they are written. Without a page a line each.\n"
    "\n"
    "      --into FOLDER  write all pages as files into that folder\n"
    "\n"
    "Exit status: 0 it was written, 64 wrong usage, 73 a file could not be written, 74 writing failed.\n",
  .run = run,
};
