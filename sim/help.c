/* help.c: `orrery help [COMMAND]`, from the table of commands. */
#include <string.h>

#include "sim/common.h"

static void
print_overview (GString *text)
{
  g_string_append (
      text,
      "orrery: a deterministic simulator of replicated databases\n\nusage: orrery COMMAND [OPTION…] …\n\n");
  for (guint i = 0; orr_commands[i]; i++)
    g_string_append_printf (text, "  %-14s %s\n", orr_commands[i]->name, orr_commands[i]->summary);
  g_string_append (text, "\nStart with   orrery run primary-replica/window-shorter-than-lag\n"
                         "More on one  orrery help COMMAND\n");
}

static void
print_command (const OrrCommand *command, GString *text)
{
  g_string_append_printf (text, "usage: orrery %s%s%s\n\n", command->name, *command->arguments ? " " : "",
                          command->arguments);
  g_string_append_printf (text, "%s: %s.\n\n%s", command->name, command->summary, command->doc);
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  const GOptionEntry entries[] = { { 0 } };
  g_auto (GStrv) names = parse_options (entries, argc, argv);
  g_autoptr (GString) text = g_string_new (NULL);
  if (!names)
    return EXIT_USAGE;
  if (!*names)
    print_overview (text);
  for (char **name = names; *name; name++)
    {
      const OrrCommand *command = find_command (*name);
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
  .arguments = "[COMMAND…]",
  .summary = "explain a command",
  .doc = "Without a command, lists them all.\n",
  .run = run,
};
