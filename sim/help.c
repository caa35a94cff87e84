/* help.c: `orrery help [COMMAND]`, from the table of commands. */
#include <stdio.h>
#include <string.h>

#include "sim/common.h"

static void
put_overview (void)
{
  put ("orrery: a deterministic simulator of replicated databases\n\nusage: orrery COMMAND [OPTION…] …\n\n");
  for (guint i = 0; orr_commands[i]; i++)
    printf ("  %-14s %s\n", orr_commands[i]->name, orr_commands[i]->summary);
  put ("\nStart with   orrery run primary-replica/window-shorter-than-lag\n"
       "More on one  orrery help COMMAND\n");
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  if (argc < 2)
    {
      put_overview ();
      return EXIT_AS_EXPECTED;
    }
  for (guint i = 0; orr_commands[i]; i++)
    if (strcmp (orr_commands[i]->name, argv[1]) == 0)
      {
        const OrrCommand *command = orr_commands[i];
        printf ("usage: orrery %s%s%s\n\n", command->name, *command->arguments ? " " : "", command->arguments);
        printf ("%s: %s.\n\n", command->name, command->summary);
        put (command->doc);
        put ("\n");
        return EXIT_AS_EXPECTED;
      }
  complain ("there is no command '%s'; 'orrery help' lists them", argv[1]);
  return EXIT_USAGE;
}

const OrrCommand orr_command_help = {
  .name = "help",
  .arguments = "[COMMAND]",
  .summary = "explain a command",
  .doc = "Without a command, lists them all.",
  .run = run,
};
