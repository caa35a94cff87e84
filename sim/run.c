/* run.c: `orrery run`: runs scenarios and reports on them. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib-unix.h>

#include "engine/simulation.h"
#include "report/report.h"
#include "sim/common.h"

typedef struct
{
  gint64 seed;
  gboolean has_seed;
  char **sets, **properties;
  char *save, *level;
  gint64 record_limit, events_max;
  gboolean all_properties, json, quiet, dump;
} Options;

/* Set by Ctrl-C; read by the run. */
static gint interrupted;

static void
on_interrupt (int signal_number)
{
  g_atomic_int_set (&interrupted, 1);
}

static gboolean
take_seed (const gchar *name, const gchar *value, gpointer data, GError **error)
{
  Options *options = data;
  guint64 seed;
  if (!g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, &seed, error))
    return FALSE;
  options->seed = (gint64) seed;
  options->has_seed = TRUE;
  return TRUE;
}

/* --- Progress --- */

typedef struct
{
  gint64 began, shown; /* host's monotonic microseconds */
  OrrTime duration;
} Progress;

/* One line that rewrites itself, on a terminal, for runs that take longer than a second. */
static void
show_progress (gpointer data, OrrTime now, guint64 events)
{
  Progress *progress = data;
  gint64 time = g_get_monotonic_time ();
  if (time - progress->began < G_USEC_PER_SEC || time - progress->shown < G_USEC_PER_SEC / 5)
    return;
  progress->shown = time;
  fprintf (stderr, "\r%.1fs simulated, %" G_GUINT64_FORMAT " million events\033[K", (double) now / ORR_SECOND, events / 1000000);
}

static void
clear_progress (const Progress *progress)
{
  if (progress->shown)
    fputs ("\r\033[K", stderr);
}

/* --- One run --- */

static OrrTrace *
simulate (const OrrScenario *scenario, const Options *options, OrrRecordLevel level)
{
  Progress progress = { .began = g_get_monotonic_time () };
  OrrRunOptions run = {
    .seed = options->has_seed ? (guint64) options->seed : scenario->seed,
    .level = level,
    .record_limit = (guint64) options->record_limit,
    .events_max = (guint64) options->events_max,
    .interrupt = &interrupted,
    .progress = isatty (STDERR_FILENO) && !options->quiet ? show_progress : NULL,
    .progress_data = &progress,
  };
  OrrTrace *trace = orr_simulate (scenario, &run);
  clear_progress (&progress);
  return trace;
}

/* The command that repeats a run, as a person would type it. */
static char *
command_again (const char *name, const OrrTrace *trace, const Options *options)
{
  g_autoptr (GString) command = g_string_new ("orrery run ");
  g_autofree char *quoted = g_shell_quote (name);
  gboolean plain = strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") == strlen (name);
  g_string_append (command, plain ? name : quoted);
  g_string_append_printf (command, " --seed %" G_GUINT64_FORMAT, trace->seed);
  for (char **set = options->sets; set && *set; set++)
    {
      g_autofree char *quoted_set = g_shell_quote (*set);
      g_string_append_printf (command, " --set %s", quoted_set);
    }
  return g_string_free (g_steal_pointer (&command), FALSE);
}

static gboolean
save_trace (const OrrTrace *trace, const Options *options)
{
  g_autoptr (GError) error = NULL;
  if (!options->save || orr_trace_save (trace, options->save, &error))
    return TRUE;
  complain ("%s", error->message);
  return FALSE;
}

static void
print_report (const OrrReport *report, const char *name, const Options *options)
{
  g_autofree char *again = command_again (name, report->trace, options);
  g_autoptr (GString) text = g_string_new (NULL);
  OrrReportStyle style = { .colour = wants_colour (STDOUT_FILENO), .brief = options->quiet, .again = again };
  if (options->dump)
    orr_trace_dump (report->trace, text);
  else if (options->json)
    orr_report_print_json (report, again, text);
  else
    orr_report_print (report, &style, text);
  put (text->str);
}

static ExitStatus
status_of (OrrReport *const *reports, guint n)
{
  ExitStatus status = EXIT_AS_EXPECTED;
  for (guint i = 0; i < n; i++)
    if (reports[i]->result == ORR_VIOLATED)
      status = EXIT_NOT_AS_EXPECTED;
    else if (reports[i]->result == ORR_UNDECIDED && status == EXIT_AS_EXPECTED)
      status = EXIT_UNDECIDED;
  return g_atomic_int_get (&interrupted) ? EXIT_INTERRUPTED : status;
}

/* --- The command --- */

static gboolean
parse_level (const char *text, OrrRecordLevel *ret_level)
{
  static const char *const words[] = { "operations", "events", "full", NULL };
  for (guint i = 0; words[i]; i++)
    if (strcmp (text, words[i]) == 0)
      {
        *ret_level = (OrrRecordLevel) i;
        return TRUE;
      }
  complain_unknown ("level", text, words);
  return FALSE;
}

static gboolean
properties_exist (char **properties, const OrrCatalog *catalog)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; catalog->properties[i]; i++)
    g_ptr_array_add (names, (gpointer) catalog->properties[i]->name);
  g_ptr_array_add (names, NULL);
  for (char **property = properties; property && *property; property++)
    if (!orr_checks_find (*property))
      {
        complain_unknown ("property", *property, (const char *const *) names->pdata);
        return FALSE;
      }
  return TRUE;
}

static void
put_all (OrrReport *const *reports, char **names, guint n, const Options *options)
{
  if (options->json && n > 1)
    put ("[\n");
  for (guint i = 0; i < n && (n == 1 || options->json || options->dump); i++)
    {
      print_report (reports[i], names[i], options);
      if (options->json)
        put (i + 1 < n ? ",\n" : "\n");
    }
  if (options->json && n > 1)
    put ("]\n");
  if (n == 1 || options->json || options->dump)
    return;

  g_autoptr (GString) text = g_string_new (NULL);
  orr_reports_print_table (reports, (const char *const *) names, n, text);
  put (text->str);
  for (guint i = 0; i < n; i++)
    if (reports[i]->result != ORR_HOLDS)
      {
        g_autofree char *again = command_again (names[i], reports[i]->trace, options);
        printf ("%s: %s\n", reports[i]->result == ORR_VIOLATED ? "not as expected" : "undecided", again);
      }
}

/* Runs what has been loaded, one after the other. */
static ExitStatus
run_all (GPtrArray *scenarios, char **names, const Options *options, OrrRecordLevel level)
{
  g_autoptr (GPtrArray) traces = g_ptr_array_new_with_free_func ((GDestroyNotify) orr_trace_free);
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func ((GDestroyNotify) orr_report_free);
  for (guint i = 0; i < scenarios->len && !g_atomic_int_get (&interrupted); i++)
    {
      OrrTrace *trace = simulate (g_ptr_array_index (scenarios, i), options, level);
      g_ptr_array_add (traces, trace);
      if (!save_trace (trace, options))
        return EXIT_CANNOT_CREATE;
      OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
      g_ptr_array_add (reports, orr_report_new (trace, (const char *const *) options->properties, options->all_properties, &budget));
    }
  put_all ((OrrReport *const *) reports->pdata, names, reports->len, options);
  ExitStatus status = status_of ((OrrReport *const *) reports->pdata, reports->len);
  g_ptr_array_set_size (reports, 0); /* before the traces that they speak of */
  return status;
}

static int
run_with (const OrrCatalog *catalog, int argc, char **argv, Options *options)
{
  OrrRecordLevel level = options->save || options->dump ? ORR_RECORD_FULL : ORR_RECORD_OPERATIONS;
  if (argc < 2)
    {
      complain ("which scenario? A file, or one that is installed: 'orrery models primary-replica' lists them");
      return EXIT_USAGE;
    }
  if (options->save && argc > 2)
    {
      complain ("--save takes one scenario");
      return EXIT_USAGE;
    }
  if (options->record_limit < 0 || options->events_max < 0)
    {
      complain ("a limit must be above 0");
      return EXIT_USAGE;
    }
  if ((options->level && !parse_level (options->level, &level)) || !properties_exist (options->properties, catalog))
    return EXIT_USAGE;

  g_autoptr (GPtrArray) scenarios = g_ptr_array_new_with_free_func ((GDestroyNotify) orr_scenario_unref);
  ExitStatus status = EXIT_AS_EXPECTED;
  for (int i = 1; i < argc; i++)
    {
      OrrScenario *scenario = load_scenario (argv[i], (const char *const *) options->sets, catalog, &status);
      if (scenario)
        g_ptr_array_add (scenarios, scenario);
    }
  if (status != EXIT_AS_EXPECTED)
    return status;
  signal (SIGINT, on_interrupt);
  return run_all (scenarios, argv + 1, options, level);
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  Options options = { 0 };
  GOptionEntry entries[] = {
    { "seed", 's', 0, G_OPTION_ARG_CALLBACK, take_seed, NULL, NULL },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.sets, NULL, NULL },
    { "property", 'p', 0, G_OPTION_ARG_STRING_ARRAY, &options.properties, NULL, NULL },
    { "all-properties", 'a', 0, G_OPTION_ARG_NONE, &options.all_properties, NULL, NULL },
    { "save", 0, 0, G_OPTION_ARG_FILENAME, &options.save, NULL, NULL },
    { "level", 0, 0, G_OPTION_ARG_STRING, &options.level, NULL, NULL },
    { "record-limit", 0, 0, G_OPTION_ARG_INT64, &options.record_limit, NULL, NULL },
    { "events-max", 0, 0, G_OPTION_ARG_INT64, &options.events_max, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, NULL, NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options.quiet, NULL, NULL },
    { "dump", 0, 0, G_OPTION_ARG_NONE, &options.dump, NULL, NULL },
    { 0 },
  };
  int status = EXIT_USAGE;
  if (parse_options_with ("run", entries, &options, &argc, &argv))
    status = run_with (catalog, argc, argv, &options);
  g_strfreev (options.sets);
  g_strfreev (options.properties);
  g_free (options.save);
  g_free (options.level);
  return status;
}

const OrrCommand orr_command_run = {
  .name = "run",
  .arguments = "[OPTION…] SCENARIO…",
  .summary = "run scenarios and report what they guarantee",
  .doc = "A scenario is a file, or the name of an installed one (primary-replica/synchronous). Several are run one after\n"
         "the other and shown side by side, a row each.\n"
         "\n"
         "  -s, --seed N          another seed than the scenario's\n"
         "      --set PATH=VALUE  change a value of the scenario: --set options.router.window=2s\n"
         "  -p, --property NAME   judge this property too (may be repeated)\n"
         "  -a, --all-properties  judge all properties\n"
         "      --save FILE       save the trace, an SQLite database\n"
         "      --level LEVEL     how much is recorded: operations, events or full (default: full when saved)\n"
         "      --record-limit N  rows of events and of messages that are recorded at most\n"
         "      --events-max N    end the run after so many events; what is not shown by then is unknown\n"
         "      --json            the report as JSON\n"
         "      --dump            the trace as text, by which runs are compared byte by byte\n"
         "  -q, --quiet           verdicts and expectations alone\n"
         "\n"
         "Exit status: 0 all is as expected (or as the model claims, where the scenario expects nothing), 1 something is not,\n"
         "2 something could not be decided, 64 wrong usage, 65 a scenario is wrong, 66 there is no such scenario,\n"
         "73 the trace could not be saved, 74 writing failed, 130 interrupted.\n",
  .run = run,
};
