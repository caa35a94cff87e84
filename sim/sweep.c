/* sweep.c: `orrery sweep`: runs the grid of a scenario. */
#include <string.h>
#include <unistd.h>

#include "explore/sweep.h"
#include "sim/campaign.h"
#include "sim/interrupt.h"
#include "sim/output.h"
#include "sim/scenarios.h"
#include "sim/show.h"
#include "sim/watchdog.h"

#define SEEDS_DEFAULT "1..100"

typedef struct
{
  Show show;
  char **vary, **sets, **figures;
  char *csv, *svg, *seeds, *jobs; /* as given */
  guint64 first, last, n_jobs;
} Options;

/* --- What it says --- */

/* The command of each point up to its seed. */
static GPtrArray *
commands_of (const OrrSweep *sweep, const char *name, const Options *options)
{
  GPtrArray *commands = g_ptr_array_new_with_free_func (g_free);
  for (guint point = 0; point < sweep->points->len; point++)
    {
      GString *command = g_string_new ("orrery run");
      show_add_word (name, command);
      for (char **set = options->sets; set && *set; set++)
        {
          g_string_append (command, " --set");
          show_add_word (*set, command);
        }
      for (guint axis = 0; axis < sweep->axes->len; axis++)
        {
          g_autofree char *set = g_strdup_printf ("%s=%s", orr_sweep_axis (sweep, axis)->path,
                                                  orr_sweep_value (sweep, point, axis));
          g_string_append (command, " --set");
          show_add_word (set, command);
        }
      g_ptr_array_add (commands, g_string_free (command, FALSE));
    }
  return commands;
}

/* TRUE where some run had each figure that was named. */
static gboolean
had_figures (const OrrSweepView *view)
{
  gboolean had_all = TRUE;
  for (const char *const *name = view->figures; name && *name; name++)
    {
      gboolean had = FALSE;
      for (guint i = 0; i < view->n && !had; i++)
        had = orr_runs_find_figure (view->runs[i], *name) != NULL;
      if (!had)
        complain ("no run had the figure '%s'; --csv has all that there were", *name);
      had_all &= had;
    }
  return had_all;
}

static ExitStatus
save_files (const OrrSweepView *view, const Options *options)
{
  g_autoptr (GString) csv = g_string_new (NULL), svg = g_string_new (NULL);
  ExitStatus status = EXIT_AS_EXPECTED;
  if (options->csv)
    {
      orr_sweep_print_csv (view, csv);
      status = worse_status (status, save_output (options->csv, csv));
    }
  if (options->svg && orr_sweep_print_svg (view, svg))
    status = worse_status (status, save_output (options->svg, svg));
  else if (options->svg && !options->figures)
    complain ("there is nothing to draw in '%s': name a figure by --figure", options->svg);
  return status;
}

static ExitStatus
show_sweep (const OrrSweepView *view, const Options *options)
{
  g_autoptr (GString) text = g_string_new (NULL);
  ExitStatus status = save_files (view, options);
  if (output_is_taken (options->csv) || output_is_taken (options->svg))
    return status;
  if (options->show.json)
    {
      orr_sweep_print_json (view, text);
      g_string_append_c (text, '\n');
    }
  else
    orr_sweep_print (view, text);
  put (text->str);
  return status;
}

static ExitStatus
run_sweep (const OrrSweep *sweep, const char *name, const Options *options)
{
  g_autoptr (GPtrArray) properties = show_properties (&options->show, sweep->points);
  g_autoptr (GPtrArray) commands = commands_of (sweep, name, options);
  g_autoptr (GString) words = g_string_new (NULL);
  show_add_options (&options->show, words);
  const OrrPlan plan = { .scenarios = (OrrScenario *const *) sweep->points->pdata,
                         .n_scenarios = sweep->points->len,
                         .first = options->first,
                         .last = options->last,
                         .properties = (const char *const *) properties->pdata,
                         .all_properties = options->show.all_properties };
  g_autoptr (OrrCampaign) campaign = orr_campaign_new (&plan);
  ExitStatus status
      = make_runs (campaign, &plan, (guint) options->n_jobs, PATIENCE_DEFAULT, options->show.quiet);
  OrrSweepView view
      = { .sweep = sweep,
          .runs = orr_campaign_runs (campaign),
          .figures = (const char *const *) options->figures,
          .commands = (const char *const *) commands->pdata,
          .style
          = { .colour = wants_colour (STDOUT_FILENO), .brief = options->show.quiet, .options = words->str } };
  while (view.n < plan.n_scenarios && view.runs[view.n]->n > 0)
    view.n++;
  if (view.n > 0)
    {
      status = worse_status (status, show_sweep (&view, options));
      status = worse_status (status, status_of_runs (view.runs, view.n));
    }
  if (interrupt_happened ())
    {
      complain ("interrupted");
      return EXIT_INTERRUPTED;
    }
  return had_figures (&view) ? status : worse_status (status, EXIT_USAGE);
}

/* --- The command --- */

/* A figure's name begins with its measure's; which operations and nodes there are to measure, the runs show.
 */
static gboolean
figures_are_possible (char **figures, const OrrCatalog *catalog)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; catalog->measures[i]; i++)
    g_ptr_array_add (names, (gpointer) catalog->measures[i]->entry.name);
  g_ptr_array_add (names, NULL);
  for (char **figure = figures; figure && *figure; figure++)
    {
      g_autofree char *measure = g_strndup (*figure, strcspn (*figure, "."));
      if (g_strv_contains ((const char *const *) names->pdata, measure))
        continue;
      complain_unknown ("figure", measure, (const char *const *) names->pdata, "'orrery figures' lists them");
      return FALSE;
    }
  return TRUE;
}

/* One thing at a time. */
static gboolean
streams_are_possible (const Options *options)
{
  gboolean csv = output_is_taken (options->csv), svg = output_is_taken (options->svg);
  if (csv && svg)
    complain ("--csv - and --svg - both want standard output; name a file");
  else if (options->csv && g_strcmp0 (options->csv, options->svg) == 0)
    complain ("--csv and --svg both want '%s'; name two files", options->csv);
  else if (options->show.json && (csv || svg))
    complain ("--json and --%s - both want standard output; name a file", csv ? "csv" : "svg");
  else
    return TRUE;
  return FALSE;
}

static gboolean
options_are_possible (Options *options, char **names, const OrrCatalog *catalog)
{
  if (!*names)
    complain ("which scenario? A file, or one that is installed: 'orrery models primary-replica' lists them");
  else if (names[1])
    complain ("a sweep is of one scenario; 'orrery run' takes several, and 'orrery compare' two");
  else
    return show_is_possible (&options->show) && streams_are_possible (options)
           && figures_are_possible (options->figures, catalog)
           && parse_seeds (options->seeds ? options->seeds : SEEDS_DEFAULT, &options->first, &options->last)
           && parse_number ("--jobs", options->jobs, 1, JOBS_MAX, &options->n_jobs);
  return FALSE;
}

static ExitStatus
load_and_run (const OrrCatalog *catalog, const char *name, const Options *options)
{
  ExitStatus status = EXIT_AS_EXPECTED;
  if (!output_is_possible (options->csv, FALSE) || !output_is_possible (options->svg, FALSE))
    return EXIT_CANNOT_CREATE;
  g_autoptr (OrrScenario) base = load_scenario (name, options->sets, catalog, NULL, &status);
  if (!base)
    return status;
  g_autoptr (OrrProblems) problems = orr_problems_new (base->file);
  g_autoptr (OrrSweep) sweep = orr_sweep_new (base, (const char *const *) options->vary, catalog, problems);
  if (sweep)
    return run_sweep (sweep, name, options);
  return show_problems (problems);
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  Options options = { 0 };
  GOptionEntry entries[] = {
    { "vary", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.vary, NULL, NULL },
    { "seeds", 0, 0, G_OPTION_ARG_STRING, &options.seeds, NULL, NULL },
    { "jobs", 'j', 0, G_OPTION_ARG_STRING, &options.jobs, NULL, NULL },
    { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.sets, NULL, NULL },
    { "figure", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.figures, NULL, NULL },
    { "property", 'p', 0, G_OPTION_ARG_FILENAME_ARRAY, &options.show.properties, NULL, NULL },
    { "all-properties", 'a', 0, G_OPTION_ARG_NONE, &options.show.all_properties, NULL, NULL },
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &options.csv, NULL, NULL },
    { "svg", 0, 0, G_OPTION_ARG_FILENAME, &options.svg, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.show.json, NULL, NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options.show.quiet, NULL, NULL },
    { 0 },
  };
  g_auto (GStrv) names = parse_options (entries, argc, argv);
  ExitStatus status = EXIT_USAGE;
  if (names && options_are_possible (&options, names, catalog))
    status = load_and_run (catalog, names[0], &options);
  show_clear (&options.show);
  g_strfreev (options.vary);
  g_strfreev (options.sets);
  g_strfreev (options.figures);
  g_free (options.csv);
  g_free (options.svg);
  g_free (options.seeds);
  g_free (options.jobs);
  return status;
}

const OrrCommand orr_command_sweep = {
  .name = "sweep",
  .arguments = "[OPTION…] SCENARIO",
  .summary = "run a scenario with every combination of some values, a row each",
  .doc
  = "Makes a scenario of each combination of the values that 'sweep' lists in the scenario, or --vary on\n"
    "the command line, and runs each by the same seeds, by processes of their own. The table has a row\n"
    "for each: in which share of the runs a property was violated, and the means of figures, with 95%\n"
    "confidence intervals. The output does not depend on --jobs.\n"
    "\n"
    "      --vary PATH=V1,V2  what takes which values, instead of the scenario's own 'sweep' (may be\n"
    "                        repeated); a value with commas is quoted, or within its own brackets, as in\n"
    "                        options.router=random,{policy: time-window, window: 5s}\n"
    "      --seeds A..B      the seeds (default: " SEEDS_DEFAULT ")\n"
    "  -j, --jobs N          so many runs at once (default: one a processor)\n"
    "      --set PATH=VALUE  change a value of all of them (may be repeated)\n"
    "      --figure NAME     show this figure (may be repeated); default: those that the scenario expects\n"
    "                        something of, or else those that 'orrery run' shows\n"
    "  -p, --property NAME   judge this property too (may be repeated)\n"
    "  -a, --all-properties  judge all properties\n"
    "      --csv FILE        save all figures, a row a point; - is standard output\n"
    "      --svg FILE        save a chart of the first figure; - is standard output\n"
    "      --json            all that the runs say, as JSON\n"
    "  -q, --quiet           verdicts alone\n"
    "\n"
    "Exit status: 0 all points are as expected (or as the model claims there), 1 one is not, 2 one could\n"
    "not be decided, 64 wrong usage, 65 the scenario or a point of the grid is wrong, 66 there is no such\n"
    "scenario, or it can't be read, 70 a run died, 71 no process could be started, 73 a file could not be\n"
    "written, 74 writing failed, 130 interrupted.\n",
  .run = run,
};
