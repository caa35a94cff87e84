/* check.c: `orrery check`: judges saved traces. */
#include <stdio.h>
#include <unistd.h>

#include "report/report.h"
#include "sim/common.h"

typedef struct
{
  char **properties;
  gboolean all, json, quiet;
} Options;

/* Where properties were named, it is they that count; else what the scenario expects. */
static OrrVerdictKind
result_of (const OrrReport *report, const Options *options)
{
  if (!options->properties && !options->all)
    return report->result;
  OrrVerdictKind result = ORR_HOLDS;
  for (guint i = 0; i < report->verdicts->len; i++)
    {
      const OrrVerdict *verdict = g_ptr_array_index (report->verdicts, i);
      gboolean asked = options->all || g_strv_contains ((const char *const *) options->properties, verdict->property->name);
      if (asked && verdict->kind == ORR_VIOLATED)
        result = ORR_VIOLATED;
      else if (asked && verdict->kind == ORR_UNDECIDED && result == ORR_HOLDS)
        result = ORR_UNDECIDED;
    }
  return result;
}

static ExitStatus
check_file (const char *file, const OrrCatalog *catalog, const Options *options)
{
  static const ExitStatus statuses[]
      = { [ORR_HOLDS] = EXIT_AS_EXPECTED, [ORR_VIOLATED] = EXIT_NOT_AS_EXPECTED, [ORR_UNDECIDED] = EXIT_UNDECIDED };
  g_autoptr (GError) error = NULL;
  if (!g_file_test (file, G_FILE_TEST_EXISTS))
    {
      complain ("there is no file '%s'", file);
      return EXIT_NO_INPUT;
    }
  g_autoptr (OrrTrace) trace = orr_trace_load (file, catalog, &error);
  if (!trace)
    {
      complain ("%s", error->message);
      return EXIT_BAD_INPUT;
    }
  OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
  g_autoptr (OrrReport) report = orr_report_new (trace, (const char *const *) options->properties, options->all, &budget);
  g_autoptr (GString) text = g_string_new (NULL);
  OrrReportStyle style = { .colour = wants_colour (STDOUT_FILENO), .brief = options->quiet };
  if (options->json)
    orr_report_print_json (report, NULL, text);
  else
    orr_report_print (report, &style, text);
  put (text->str);
  if (options->json)
    put ("\n");
  return statuses[result_of (report, options)];
}

static int
check_all (const OrrCatalog *catalog, int argc, char **argv, const Options *options)
{
  ExitStatus worst = EXIT_AS_EXPECTED;
  for (char **property = options->properties; property && *property; property++)
    if (!orr_checks_find (*property))
      {
        complain ("there is no property '%s'; 'orrery properties' lists them", *property);
        return EXIT_USAGE;
      }
  for (int i = 1; i < argc; i++)
    {
      ExitStatus status = check_file (argv[i], catalog, options);
      gboolean outranks = status >= EXIT_USAGE ? status > worst : worst == EXIT_AS_EXPECTED || (worst == EXIT_UNDECIDED && status == EXIT_NOT_AS_EXPECTED);
      if (outranks)
        worst = status;
    }
  return worst;
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  Options options = { 0 };
  GOptionEntry entries[] = {
    { "property", 'p', 0, G_OPTION_ARG_STRING_ARRAY, &options.properties, NULL, NULL },
    { "all-properties", 'a', 0, G_OPTION_ARG_NONE, &options.all, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, NULL, NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options.quiet, NULL, NULL },
    { 0 },
  };
  int status = EXIT_USAGE;
  if (parse_options ("check", entries, &argc, &argv))
    {
      if (argc < 2)
        complain ("which trace? 'orrery run SCENARIO --save FILE' makes one");
      else
        status = check_all (catalog, argc, argv, &options);
    }
  g_strfreev (options.properties);
  return status;
}

const OrrCommand orr_command_check = {
  .name = "check",
  .arguments = "[OPTION…] TRACE…",
  .summary = "judge saved traces",
  .doc = "Judges what the trace's scenario expects, and the properties that are named.\n"
         "\n"
         "  -p, --property NAME   judge this property (may be repeated)\n"
         "  -a, --all-properties  judge all properties\n"
         "      --json            the report as JSON\n"
         "  -q, --quiet           verdicts and expectations alone\n"
         "\n"
         "Exit status: with properties named, 0 all of them hold, 1 one is violated, 2 one could not be decided; without, as\n"
         "'orrery run' has it. 65 a file is no trace of ours, 66 it does not exist.\n",
  .run = run,
};
