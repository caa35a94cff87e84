/* help.c: `orrery help [COMMAND]`, from the table of commands. */
#include <string.h>

#include "object/object.h"
#include "sim/common.h"
#include "sim/option.h"

static void
print_overview (GString *text)
{
  g_string_append (
      text,
      "orrery: a deterministic simulator of replicated databases\n\nusage: orrery COMMAND [OPTION…] …\n\n");
  for (guint i = 0; orr_commands[i]; i++)
    g_string_append_printf (text, "  %-14s %s\n", orr_commands[i]->name, orr_commands[i]->summary);
  g_string_append (text, "\nEvery command takes --plugin FILE, a model from a shared object.\n"
                         "\nStart with   orrery run primary-replica/window-shorter-than-lag\n"
                         "More on one  orrery help COMMAND\n");
}

static void
print_command (const OrrCommand *command, GString *text)
{
  g_string_append_printf (text, "usage: orrery %s%s%s\n\n", command->name, *command->arguments ? " " : "",
                          command->arguments);
  g_string_append_printf (text, "%s: %s.\n\n%s", command->name, command->summary, command->doc);
}

/* --- For programs --- */

static void
add_option (const CommandOption *option, JsonBuilder *json)
{
  char letter[2] = { option->letter, '\0' };
  json_builder_begin_object (json);
  orr_json_add_text (json, "name", option->name);
  orr_json_add_text (json, "letter", option->letter ? letter : NULL);
  orr_json_add_text (json, "argument", option->argument);
  orr_json_add_text (json, "doc", option->doc);
  json_builder_end_object (json);
}

static void
add_command (const OrrCommand *command, JsonBuilder *json)
{
  g_autofree char *prose = command_prose (command);
  g_autoptr (GArray) options = command_options (command);
  json_builder_begin_object (json);
  orr_json_add_text (json, "name", command->name);
  orr_json_add_text (json, "arguments", command->arguments);
  orr_json_add_text (json, "summary", command->summary);
  orr_json_add_text (json, "doc", prose);
  orr_json_begin_array (json, "options");
  for (guint i = 0; i < options->len; i++)
    add_option (&g_array_index (options, CommandOption, i), json);
  add_option (&plugin_option, json);
  json_builder_end_array (json);
  json_builder_end_object (json);
}

/* The commands that are named, or all of them. */
static ExitStatus
say_as_json (char **names)
{
  g_autoptr (JsonBuilder) json = json_builder_new_immutable ();
  json_builder_begin_array (json);
  for (char **name = names; *name; name++)
    {
      const OrrCommand *command = find_command (*name);
      if (!command)
        return EXIT_USAGE;
      add_command (command, json);
    }
  for (guint i = 0; !*names && orr_commands[i]; i++)
    add_command (orr_commands[i], json);
  json_builder_end_array (json);
  put_json (json);
  return EXIT_AS_EXPECTED;
}

/* --- The command --- */

/* A word that is no command may be the name of something that another one explains. */
static const OrrCommand *
find_topic (const char *name, const OrrCatalog *catalog)
{
  gboolean known = FALSE;
  for (guint i = 0; orr_commands[i]; i++)
    known |= strcmp (orr_commands[i]->name, name) == 0;
  const char *other = known                                          ? NULL
                      : orr_catalog_find_model (catalog, name)       ? "models"
                      : orr_objects_find (catalog->objects, name)    ? "objects"
                      : orr_entries_find (catalog->faults, name)     ? "faults"
                      : orr_entries_find (catalog->properties, name) ? "properties"
                      : orr_measures_find (catalog->measures, name)  ? "figures"
                                                                     : NULL;
  if (!other)
    return find_command (name);
  complain ("there is no command '%s'; 'orrery %s %s' explains it", name, other, name);
  return NULL;
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = { { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, NULL, NULL }, { 0 } };
  g_auto (GStrv) names = parse_options (entries, argc, argv);
  g_autoptr (GString) text = g_string_new (NULL);
  if (!names)
    return EXIT_USAGE;
  if (as_json)
    return say_as_json (names);
  if (!*names)
    print_overview (text);
  for (char **name = names; *name; name++)
    {
      const OrrCommand *command = find_topic (*name, catalog);
      if (!command)
        return EXIT_USAGE;
      g_string_append (text, name > names ? "\n\n" : "");
      print_command (command, text);
    }
  put (text->str);
  return EXIT_AS_EXPECTED;
}

const OrrCommand orr_command_help = {
  .name = "help",
  .arguments = "[--json] [COMMAND…]",
  .summary = "explain a command",
  .doc = "Without a command, lists them all.\n"
         "\n"
         "      --json  the same as JSON, with all options\n",
  .run = run,
};
