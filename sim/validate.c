/* validate.c: `orrery validate`: checks scenarios without running them. */
#include <stdio.h>

#include "sim/scenarios.h"

typedef struct
{
  char **sets;
  gboolean write, json, quiet;
} Options;

static ExitStatus
validate_as_text (const OrrCatalog *catalog, char **names, const Options *options)
{
  ExitStatus status = EXIT_AS_EXPECTED;
  for (char **name = names; *name; name++)
    {
      g_autoptr (OrrScenario) scenario = load_scenario (*name, options->sets, catalog, NULL, &status);
      if (scenario && options->write)
        put (scenario->text);
      else if (scenario && !options->quiet)
        printf ("%s: ok\n", *name);
    }
  return status;
}

static void
add_problems (const OrrProblems *problems, JsonBuilder *json)
{
  orr_json_begin_array (json, "problems");
  for (guint i = 0; i < MIN (orr_problems_get_length (problems), ORR_PROBLEMS_MAX); i++)
    {
      const OrrProblem *problem = orr_problems_get (problems, i);
      json_builder_begin_object (json);
      orr_json_add_text (json, "file", problem->file);
      if (problem->place.line > 0)
        {
          orr_json_add_int (json, "line", problem->place.line);
          orr_json_add_int (json, "column", problem->place.column);
        }
      orr_json_add_text (json, "what", problem->what);
      orr_json_add_text (json, "remedy", problem->remedy);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static ExitStatus
validate_as_json (const OrrCatalog *catalog, char **names, const Options *options)
{
  g_autoptr (JsonBuilder) json = json_builder_new_immutable ();
  ExitStatus status = EXIT_AS_EXPECTED;
  json_builder_begin_array (json);
  for (char **name = names; *name; name++)
    {
      g_autoptr (OrrProblems) problems = orr_problems_new (*name);
      g_autoptr (OrrScenario) scenario = load_scenario (*name, options->sets, catalog, problems, &status);
      json_builder_begin_object (json);
      orr_json_add_text (json, "scenario", *name);
      orr_json_add_bool (json, "ok", scenario != NULL);
      add_problems (problems, json);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  put_json (json);
  return status;
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  Options options = { 0 };
  GOptionEntry entries[] = {
    { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.sets, NULL, NULL },
    { "write", 0, 0, G_OPTION_ARG_NONE, &options.write, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, NULL, NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options.quiet, NULL, NULL },
    { 0 },
  };
  g_auto (GStrv) names = parse_options (entries, argc, argv);
  ExitStatus status = EXIT_USAGE;
  if (names && !*names)
    complain ("which scenario? Try 'orrery help validate'");
  else if (names && options.json && options.write)
    complain ("--json and --write are two forms; use one of them");
  else if (names)
    status = options.json ? validate_as_json (catalog, names, &options)
                          : validate_as_text (catalog, names, &options);
  g_strfreev (options.sets);
  return status;
}

const OrrCommand orr_command_validate = {
  .name = "validate",
  .arguments = "[OPTION…] SCENARIO…",
  .summary = "check scenarios without running them",
  .doc = "Reports every mistake of every file, each with its line and column, what is wrong and what would\n"
         "be right.\n"
         "\n"
         "      --set PATH=VALUE  change a value first, as run does\n"
         "      --write           write the scenario in its canonical form to standard output\n"
         "      --json            what is wrong as JSON\n"
         "  -q, --quiet           say nothing of files that are right\n"
         "\n"
         "Exit status: 0 all are right, 64 wrong usage, 65 one is not right, 66 one does not exist or can't\n"
         "be read, 74 writing failed.\n",
  .run = run,
};
