/* validate.c: `orrery validate`: checks scenarios without running them. */
#include <stdio.h>

#include "sim/common.h"

static int
validate_all (const OrrCatalog *catalog, int argc, char **argv, const char *const *sets, gboolean write, gboolean quiet)
{
  ExitStatus status = EXIT_AS_EXPECTED;
  for (int i = 1; i < argc; i++)
    {
      g_autoptr (OrrScenario) scenario = load_scenario (argv[i], sets, catalog, &status);
      if (scenario && write)
        put (scenario->text);
      else if (scenario && !quiet)
        printf ("%s: ok\n", argv[i]);
    }
  return status;
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  g_auto (GStrv) sets = NULL;
  gboolean write = FALSE, quiet = FALSE;
  GOptionEntry entries[] = {
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &sets, NULL, NULL },
    { "write", 0, 0, G_OPTION_ARG_NONE, &write, NULL, NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, NULL, NULL },
    { 0 },
  };
  if (!parse_options ("validate", entries, &argc, &argv))
    return EXIT_USAGE;
  if (argc < 2)
    {
      complain ("which scenario? Try 'orrery help validate'");
      return EXIT_USAGE;
    }
  return validate_all (catalog, argc, argv, (const char *const *) sets, write, quiet);
}

const OrrCommand orr_command_validate = {
  .name = "validate",
  .arguments = "[OPTION…] SCENARIO…",
  .summary = "check scenarios without running them",
  .doc = "Reports every mistake of every file, each with its line and column, what is wrong and what would be right.\n"
         "\n"
         "      --set PATH=VALUE  change a value first, as run does\n"
         "      --write           write the scenario in its canonical form to standard output\n"
         "  -q, --quiet           say nothing of files that are right\n"
         "\n"
         "Exit status: 0 all are right, 65 one is not, 66 one does not exist.\n",
  .run = run,
};
