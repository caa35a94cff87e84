/* run.c: `orrery run`: runs scenarios and reports on them. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/simulation.h"
#include "sim/campaign.h"
#include "sim/interrupt.h"
#include "sim/run-many.h"
#include "sim/scenarios.h"
#include "sim/show.h"
#include "sim/watchdog.h"

typedef struct
{
  Show show;
  Ci ci;
  char **sets;
  char *save;
  char *seed, *seeds, *jobs, *patience, *level, *record_limit, *events_max, *instant_max; /* as given */
  guint64 first, last, n_jobs;
  OrrTime n_patience;
  OrrRunOptions run;
} Options;

/* --- Progress --- */

typedef struct
{
  const char *name; /* of the scenario; NULL where it is the only one */
  OrrTime duration;
  gint64 began, shown; /* host's monotonic microseconds */
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
  g_autofree char *done = orr_duration_to_text (now / (ORR_SECOND / 10) * (ORR_SECOND / 10));
  g_autofree char *whole = orr_duration_to_text (progress->duration);
  fprintf (stderr, "\r%s%s%s of %s simulated, %" G_GUINT64_FORMAT " million events\033[K",
           progress->name ? progress->name : "", progress->name ? ": " : "", done, whole, events / 1000000);
}

static void
clear_progress (const Progress *progress)
{
  if (progress->shown)
    fputs ("\r\033[K", stderr);
}

/* --- One run --- */

static OrrTrace *
simulate (const OrrScenario *scenario, const char *name, const Options *options)
{
  Progress progress = { .name = name, .duration = scenario->duration, .began = g_get_monotonic_time () };
  OrrRunOptions run = options->run;
  if (!options->seed)
    run.seed = scenario->seed;
  run.interrupt = interrupt_watch ();
  run.progress = isatty (STDERR_FILENO) && !options->show.quiet ? show_progress : NULL;
  run.progress_data = &progress;
  OrrTrace *trace = orr_simulate (scenario, &run);
  clear_progress (&progress);
  return trace;
}

/* The options that a run depends on, but for its seed, as a person would type them. */
static void
add_options (const Options *options, GString *command)
{
  for (char **set = options->sets; set && *set; set++)
    {
      g_string_append (command, " --set");
      show_add_word (*set, command);
    }
  if (options->events_max)
    g_string_append_printf (command, " --events-max %" G_GUINT64_FORMAT, options->run.events_max);
  if (options->instant_max)
    g_string_append_printf (command, " --instant-max %" G_GUINT64_FORMAT, options->run.instant_max);
  show_add_options (&options->show, command);
}

/* The command that repeats a run. */
static char *
command_again (const char *name, const OrrTrace *trace, const Options *options)
{
  g_autoptr (GString) command = g_string_new ("orrery run");
  show_add_word (name, command);
  g_string_append_printf (command, " --seed %" G_GUINT64_FORMAT, trace->seed);
  add_options (options, command);
  return g_string_free (g_steal_pointer (&command), FALSE);
}

/* A trace may replace a trace, but no other file: whoever confuses two names should not lose a scenario by
 * it. */
static gboolean
may_save_to (const char *file)
{
  static const char magic[] = "SQLite format 3";
  struct stat status;
  char start[sizeof magic] = "";
  if (stat (file, &status) != 0)
    return TRUE; /* saving tells what is wrong */
  if (!S_ISREG (status.st_mode))
    {
      complain ("can't save to '%s': it is not a regular file", file);
      return FALSE;
    }
  FILE *stream = fopen (file, "rb");
  gsize length = stream ? fread (start, 1, sizeof start, stream) : 0;
  if (stream)
    fclose (stream);
  if (length == 0 || memcmp (start, magic, sizeof magic) == 0)
    return TRUE;
  complain ("can't save to '%s': what it holds is no trace, and would be lost", file);
  return FALSE;
}

static ExitStatus
save_trace (const OrrTrace *trace, const Options *options)
{
  g_autoptr (GError) error = NULL;
  if (!options->save || orr_trace_save (trace, options->save, &error))
    return EXIT_AS_EXPECTED;
  complain ("%s", error->message);
  return EXIT_CANNOT_CREATE;
}

/* Runs what has been loaded, one after the other, and tells of those that ran. */
static ExitStatus
run_all (GPtrArray *scenarios, char **names, const Options *options)
{
  g_autoptr (GPtrArray) traces = g_ptr_array_new_with_free_func ((GDestroyNotify) orr_trace_free);
  g_autoptr (GPtrArray) agains = g_ptr_array_new_with_free_func (g_free);
  ExitStatus status = EXIT_AS_EXPECTED;
  for (guint i = 0; i < scenarios->len && !interrupt_happened (); i++)
    {
      OrrTrace *trace
          = simulate (g_ptr_array_index (scenarios, i), scenarios->len > 1 ? names[i] : NULL, options);
      g_ptr_array_add (traces, trace);
      g_ptr_array_add (agains, command_again (names[i], trace, options));
      status = worse_status (status, save_trace (trace, options));
    }
  interrupt_unwatch ();
  GPtrArray *reports = show_judge (&options->show, traces);
  for (guint i = 0; i < reports->len; i++)
    status
        = worse_status (status, show_status (((const OrrReport *) g_ptr_array_index (reports, i))->result));
  status
      = worse_status (status, show_tested (&options->show, &options->ci, reports, NULL,
                                           (const char *const *) names, (const char *const *) agains->pdata));
  g_ptr_array_unref (reports); /* before the traces that they speak of */
  if (!interrupt_happened ())
    return status;
  complain ("interrupted");
  return EXIT_INTERRUPTED;
}

static ExitStatus
run_seeds (GPtrArray *scenarios, char **names, const Options *options)
{
  g_autoptr (GString) words = g_string_new (NULL);
  add_options (options, words);
  const Many many = { .show = &options->show,
                      .ci = &options->ci,
                      .scenarios = scenarios,
                      .names = names,
                      .first = options->first,
                      .last = options->last,
                      .jobs = (guint) options->n_jobs,
                      .patience = options->n_patience,
                      .run = options->run,
                      .options = words->str };
  return run_many (&many);
}

/* --- The command --- */

static gboolean
parse_level (const char *text, OrrRecordLevel *level)
{
  const char *words[]
      = { orr_record_level_name (ORR_RECORD_OPERATIONS), orr_record_level_name (ORR_RECORD_EVENTS),
          orr_record_level_name (ORR_RECORD_FULL), NULL };
  for (guint i = 0; text && words[i]; i++)
    if (strcmp (text, words[i]) == 0)
      {
        *level = (OrrRecordLevel) i;
        return TRUE;
      }
  if (text)
    complain_unknown ("level", text, words, "use one of operations, events, full");
  return !text;
}

/* What is said of one run can't be said of many. */
static gboolean
seeds_are_possible (Options *options)
{
  const char *alone = options->seed           ? "--seed"
                      : options->save         ? "--save"
                      : options->show.dump    ? "--dump"
                      : options->level        ? "--level"
                      : options->record_limit ? "--record-limit"
                                              : NULL;
  const char *many = options->jobs ? "--jobs" : options->patience ? "--patience" : NULL;
  if (!options->seeds && many)
    complain ("%s is for many runs; say which, as in --seeds 1..200", many);
  if (options->seeds && alone)
    complain ("%s is for one run, and --seeds for many; use one of them", alone);
  if (options->seeds ? alone != NULL : many != NULL)
    return FALSE;
  return (!options->seeds || parse_seeds (options->seeds, &options->first, &options->last))
         && parse_number ("--jobs", options->jobs, 1, JOBS_MAX, &options->n_jobs)
         && parse_patience (options->patience, &options->n_patience);
}

static gboolean
options_are_possible (Options *options, char **names)
{
  options->run.level = options->save || options->show.dump ? ORR_RECORD_FULL : ORR_RECORD_OPERATIONS;
  if (!*names)
    complain ("which scenario? A file, or one that is installed: 'orrery models primary-replica' lists them");
  else if (options->save && names[1])
    complain ("--save takes one scenario");
  else
    return show_is_possible (&options->show) && ci_is_possible (&options->ci, show_form (&options->show))
           && seeds_are_possible (options)
           && parse_number ("--seed", options->seed, 0, G_MAXUINT64, &options->run.seed)
           && parse_number ("--record-limit", options->record_limit, 1, G_MAXUINT64,
                            &options->run.record_limit)
           && parse_number ("--events-max", options->events_max, 1, G_MAXUINT64, &options->run.events_max)
           && parse_number ("--instant-max", options->instant_max, 1, G_MAXUINT64, &options->run.instant_max)
           && parse_level (options->level, &options->run.level);
  return FALSE;
}

/* Reads all scenarios before any runs, so that the last one's mistake does not cost the time of the others.
 */
static ExitStatus
load_and_run (const OrrCatalog *catalog, char **names, Options *options)
{
  g_autoptr (GPtrArray) scenarios = g_ptr_array_new_with_free_func ((GDestroyNotify) orr_scenario_unref);
  ExitStatus status = EXIT_AS_EXPECTED;
  for (char **name = names; *name; name++)
    {
      OrrScenario *scenario = load_scenario (*name, options->sets, catalog, NULL, &status);
      if (scenario)
        g_ptr_array_add (scenarios, scenario);
    }
  if (status != EXIT_AS_EXPECTED)
    return status;
  if ((options->save && !may_save_to (options->save)) || !ci_can_write (&options->ci))
    return EXIT_CANNOT_CREATE;
  return (options->seeds ? run_seeds : run_all) (scenarios, names, options);
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  Options options = { 0 };
  GOptionEntry entries[] = {
    SHOW_ENTRIES (&options.show),
    CI_ENTRIES (&options.ci),
    { "seed", 's', 0, G_OPTION_ARG_STRING, &options.seed, NULL, NULL },
    { "seeds", 0, 0, G_OPTION_ARG_STRING, &options.seeds, NULL, NULL },
    { "jobs", 'j', 0, G_OPTION_ARG_STRING, &options.jobs, NULL, NULL },
    { "patience", 0, 0, G_OPTION_ARG_STRING, &options.patience, NULL, NULL },
    { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.sets, NULL, NULL },
    { "save", 0, 0, G_OPTION_ARG_FILENAME, &options.save, NULL, NULL },
    { "level", 0, 0, G_OPTION_ARG_STRING, &options.level, NULL, NULL },
    { "record-limit", 0, 0, G_OPTION_ARG_STRING, &options.record_limit, NULL, NULL },
    { "events-max", 0, 0, G_OPTION_ARG_STRING, &options.events_max, NULL, NULL },
    { "instant-max", 0, 0, G_OPTION_ARG_STRING, &options.instant_max, NULL, NULL },
    { 0 },
  };
  g_auto (GStrv) names = parse_options (entries, argc, argv);
  ExitStatus status = EXIT_USAGE;
  if (names && options_are_possible (&options, names))
    status = load_and_run (catalog, names, &options);
  show_clear (&options.show);
  ci_clear (&options.ci);
  g_strfreev (options.sets);
  g_free (options.save);
  g_free (options.seed);
  g_free (options.seeds);
  g_free (options.jobs);
  g_free (options.patience);
  g_free (options.level);
  g_free (options.record_limit);
  g_free (options.events_max);
  g_free (options.instant_max);
  return status;
}

const OrrCommand orr_command_run = {
  .name = "run",
  .arguments = "[OPTION…] SCENARIO…",
  .summary = "run scenarios and report what they guarantee",
  .doc
  = "A scenario is a file, or the name of an installed one (primary-replica/synchronous). Several are\n"
    "run one after the other and shown side by side, a row each.\n"
    "\n"
    "With --seeds each is run many times, by processes of their own, and what the runs say is counted:\n"
    "in how many of them a property was violated and an expectation met, between which bounds the\n"
    "figures lie (95% confidence intervals), and which seeds to look at. All runs must meet what is\n"
    "expected, unless it says of how many ('violated in at least 10% of runs'). The output does not\n"
    "depend on --jobs. A run that crashes or never comes back is told of, and the others go on.\n"
    "\n"
    "  -s, --seed N          another seed than the scenario's\n"
    "      --seeds A..B      many runs, one by each of these seeds; the report counts and measures over all\n"
    "  -j, --jobs N          so many of them at once (default: one a processor)\n" PATIENCE_DOC
    "      --set PATH=VALUE  change a value, as in --set options.router.window=2s (may be repeated)\n"
    "      --save FILE       save the trace, an SQLite database\n"
    "      --level LEVEL     what is recorded: operations, events or full (default: full if saved)\n"
    "      --record-limit N  rows of events and of messages that are recorded at most\n"
    "      --events-max N    end the run after so many events; what it did not show is unknown\n"
    "                        (default: 1000000000)\n"
    "      --instant-max N   the same for events at one instant (default: 10000000)\n" SHOW_DOC CI_DOC "\n"
    "Exit status: 0 all is as expected (or as the model claims, where the scenario expects nothing),\n"
    "1 something is not, 2 something could not be decided, 64 wrong usage, 65 a scenario is wrong,\n"
    "66 there is no such scenario, or it can't be read, 70 one of many runs died, 71 no process could be\n"
    "started for them, 73 the trace could not be saved, 74 writing failed, 130 interrupted.\n",
  .run = run,
};
