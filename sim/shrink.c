/* shrink.c: `orrery shrink`: the smallest scenario that still violates a property. */
#include "explore/shrink.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "check/check.h"
#include "sim/apart.h"
#include "sim/campaign.h"
#include "sim/deputy.h"
#include "sim/interrupt.h"
#include "sim/output.h"
#include "sim/scenarios.h"
#include "sim/show.h"
#include "sim/watchdog.h"

typedef struct
{
  char **sets;
  char *property, *seed, *runs, *patience, *output; /* as given */
  gboolean json, quiet;
  Apart apart;
  OrrShrinkOptions shrink;
} Options;

/* --- Progress --- */

typedef struct
{
  gint64 began, shown; /* host's monotonic microseconds */
} Progress;

static void
show_progress (gpointer data, const OrrShrunk *shrunk)
{
  Progress *progress = data;
  gint64 time = g_get_monotonic_time ();
  if (time - progress->began < G_USEC_PER_SEC || time - progress->shown < G_USEC_PER_SEC / 5)
    return;
  progress->shown = time;
  fprintf (stderr, "\r%" G_GUINT64_FORMAT " runs: %u operations, %u faults, %u pins\033[K", shrunk->runs,
           shrunk->n_operations, shrunk->n_faults + shrunk->n_actions, shrunk->n_pins);
}

/* --- What came of it --- */

static void
show_json (const OrrShrunk *shrunk)
{
  g_autoptr (JsonBuilder) json = json_builder_new_immutable ();
  json_builder_begin_object (json);
  orr_json_add_text (json, "property", shrunk->property->name);
  orr_json_add_int (json, "runs", (gint64) shrunk->runs);
  orr_json_add_int (json, "operations-before", shrunk->n_operations_before);
  orr_json_add_int (json, "faults-before", shrunk->n_faults_before);
  orr_json_add_int (json, "operations", shrunk->n_operations);
  orr_json_add_int (json, "faults", shrunk->n_faults);
  orr_json_add_int (json, "actions", shrunk->n_actions);
  orr_json_add_int (json, "pins", shrunk->n_pins);
  orr_json_add_bool (json, "explicit", shrunk->is_explicit);
  orr_json_add_bool (json, "minimal", shrunk->is_minimal);
  orr_json_add_text (json, "scenario", shrunk->scenario->text);
  json_builder_end_object (json);
  put_json (json);
}

static void
add_count (GString *text, guint before, guint after, const char *what)
{
  if (before > 0 || after > 0)
    g_string_append_printf (text, "%s%u → %u %s", text->len > 0 ? ", " : "", before, after, what);
}

/* One line on standard error, so that the scenario alone is data. */
static void
summarise (const OrrShrunk *shrunk)
{
  g_autoptr (GString) text = g_string_new (NULL);
  add_count (text, shrunk->n_operations_before, shrunk->n_operations, "operations");
  add_count (text, shrunk->n_faults_before, shrunk->n_faults, "faults");
  add_count (text, shrunk->n_actions_before, shrunk->n_actions, "actions");
  if (text->len == 0)
    g_string_append (text, "nothing but its settings is needed");
  if (shrunk->n_pins > 0)
    g_string_append_printf (text, ", %u pins", shrunk->n_pins);
  complain ("%s: %s in %" G_GUINT64_FORMAT " runs%s%s", shrunk->property->name, text->str, shrunk->runs,
            shrunk->is_minimal ? "" : "; ended early, it may become smaller still",
            shrunk->is_explicit ? "" : "; chance is left in it");
}

static ExitStatus
hand_out (const OrrShrunk *shrunk, const Options *options)
{
  g_autoptr (GString) text = g_string_new (shrunk->scenario->text);
  ExitStatus status = EXIT_AS_EXPECTED;
  if (options->json)
    show_json (shrunk);
  if (options->output || !options->json)
    status = save_output (options->output ? options->output : "-", text);
  if (status != EXIT_AS_EXPECTED)
    return status;
  if (!options->quiet)
    summarise (shrunk);
  return interrupt_happened () ? EXIT_INTERRUPTED : EXIT_AS_EXPECTED;
}

/* That run violates nothing that was asked about; perhaps since it dies. */
static ExitStatus
complain_nothing (const OrrScenario *scenario, const char *name, const Options *options)
{
  const OrrShrinkOptions *shrink = &options->shrink;
  const OrrRunOptions run
      = { .seed = shrink->seed, .watch = shrink->watch, .watch_data = shrink->watch_data };
  g_autofree char *death = orr_death_of (scenario, &run, shrink->apart);
  if (death)
    {
      complain ("by seed %" G_GUINT64_FORMAT " the run dies (%s); without --property that is shrunk",
                shrink->seed, death);
      return EXIT_NOT_AS_EXPECTED;
    }
  char *properties[] = { options->property, NULL };
  g_autoptr (GString) hint = g_string_new ("orrery run");
  show_add_word (name, hint);
  for (char **set = options->sets; set && *set; set++)
    {
      g_string_append (hint, " --set");
      show_add_word (*set, hint);
    }
  g_string_append (hint, " --seeds 1..1000");
  show_add_options (&(Show){ .properties = properties }, hint);
  if (g_strcmp0 (options->property, ORR_DIED) == 0)
    {
      complain ("nothing to shrink: by seed %" G_GUINT64_FORMAT " the run comes to its end",
                options->shrink.seed);
      return EXIT_NOT_AS_EXPECTED;
    }
  complain ("nothing to shrink: by seed %" G_GUINT64_FORMAT " %s%s violated", options->shrink.seed,
            options->property ? options->property : "nothing that the scenario expects or its model claims",
            options->property ? " is not" : " is");
  complain ("'%s' tells by which seeds it is; then name one with --seed", hint->str);
  return EXIT_NOT_AS_EXPECTED;
}

/* --- The command --- */

static ExitStatus
shrink (const OrrScenario *scenario, const OrrCatalog *catalog, const char *name, Options *options)
{
  Progress progress = { .began = g_get_monotonic_time () };
  const OrrApart apart = apart_by (&options->apart);
  if (!options->seed)
    options->shrink.seed = scenario->seed;
  options->shrink.interrupt = options->apart.interrupt = interrupt_watch ();
  options->shrink.apart = &apart;
  options->shrink.watch = watchdog_watch;
  options->shrink.watch_data = &options->apart.watched;
  options->shrink.progress = isatty (STDERR_FILENO) && !options->quiet ? show_progress : NULL;
  options->shrink.progress_data = &progress;
  g_autoptr (OrrShrunk) shrunk = orr_shrink (scenario, catalog, &options->shrink);
  interrupt_unwatch ();
  if (progress.shown)
    fputs ("\r\033[K", stderr);
  if (shrunk)
    return hand_out (shrunk, options);
  if (!interrupt_happened ())
    return complain_nothing (scenario, name, options);
  complain ("interrupted before the first run was over");
  return EXIT_INTERRUPTED;
}

static gboolean
options_are_possible (Options *options, char **names)
{
  options->shrink.property = options->property;
  if (!*names)
    complain ("which scenario? A file, or one that is installed: 'orrery models primary-replica' lists them");
  else if (names[1])
    complain ("one scenario at a time, but there is '%s'", names[1]);
  else if (options->json && output_is_taken (options->output))
    complain ("--json and --output - are both for standard output; use one of them");
  else
    return (g_strcmp0 (options->property, ORR_DIED) == 0 || property_is_known (options->property))
           && apart_parse (options->patience, &options->apart)
           && parse_number ("--seed", options->seed, 0, G_MAXUINT64, &options->shrink.seed)
           && parse_number ("--runs", options->runs, 1, G_MAXUINT64, &options->shrink.runs_max);
  return FALSE;
}

typedef struct
{
  const OrrScenario *scenario;
  const OrrCatalog *catalog;
  const char *name;
  Options *options;
} Work;

static ExitStatus
do_shrink (gpointer data)
{
  const Work *work = data;
  return shrink (work->scenario, work->catalog, work->name, work->options);
}

/* A smaller scenario's run may die, though the property that it is about is violated without that. */
static ExitStatus
shrink_by_deputy (const OrrScenario *scenario, const OrrCatalog *catalog, const char *name, Options *options)
{
  Work work = { scenario, catalog, name, options };
  g_autofree char *how = NULL;
  ExitStatus status = deputy_do (do_shrink, &work, options->apart.patience, &how);
  if (!how)
    return status;
  if (!options->quiet)
    complain ("a smaller run died (%s); now each is made in a process of its own, which takes longer", how);
  options->shrink.is_careful = TRUE;
  return do_shrink (&work);
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  Options options = { 0 };
  GOptionEntry entries[] = {
    { "property", 'p', 0, G_OPTION_ARG_STRING, &options.property, NULL, NULL },
    { "seed", 's', 0, G_OPTION_ARG_STRING, &options.seed, NULL, NULL },
    { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.sets, NULL, NULL },
    { "runs", 'n', 0, G_OPTION_ARG_STRING, &options.runs, NULL, NULL },
    { "patience", 0, 0, G_OPTION_ARG_STRING, &options.patience, NULL, NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, NULL, NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options.quiet, NULL, NULL },
    { 0 },
  };
  g_auto (GStrv) names = parse_options (entries, argc, argv);
  ExitStatus status = EXIT_USAGE;
  if (names && options_are_possible (&options, names))
    {
      status = EXIT_AS_EXPECTED;
      g_autoptr (OrrScenario) scenario = load_scenario (names[0], options.sets, catalog, NULL, &status);
      if (scenario && !output_is_possible (options.output, TRUE))
        status = EXIT_CANNOT_CREATE;
      else if (scenario)
        status = shrink_by_deputy (scenario, catalog, names[0], &options);
    }
  g_strfreev (options.sets);
  g_free (options.property);
  g_free (options.seed);
  g_free (options.runs);
  g_free (options.patience);
  g_free (options.output);
  return status;
}

const OrrCommand orr_command_shrink = {
  .name = "shrink",
  .arguments = "[OPTION…] SCENARIO",
  .summary = "make a scenario that violates a property as small as it can be",
  .doc
  = "A scenario is a file, or the name of an installed one. Its run by its seed must violate a property.\n"
    "Operations, faults, nodes, settings and chance are taken out of it as long as the same property is\n"
    "violated; what is left is rounded and renamed. The result is an ordinary scenario, printed on\n"
    "standard output, that expects the violation. Mostly every seed shows it; where chance could not be\n"
    "taken out, it says so. The same scenario and seed give the same result.\n"
    "\n"
    "A run that takes its process down, or never comes back, is shrunk to the smallest that dies of the\n"
    "same; the runs are then made in processes of their own.\n"
    "\n"
    "  -p, --property NAME   the property (default: 'died' if the run dies, else the first that it violates\n"
    "                        of those that the scenario expects something of or its model claims, or else\n"
    "                        that the mistakes break that are switched on)\n"
    "  -s, --seed N          another seed than the scenario's\n"
    "      --set PATH=VALUE  change a value, as in --set options.router.window=2s (may be repeated)\n"
    "  -n, --runs N          end after so many runs, and a few that look at the result (default: "
    "5000)\n" PATIENCE_DOC "  -o, --output FILE     write the scenario there\n"
    "      --json            the numbers and the scenario's text as JSON\n"
    "  -q, --quiet           no progress and no summary on standard error\n"
    "\n"
    "Ctrl-C ends it with the smallest that was found by then.\n"
    "\n"
    "Exit status: 0 it was shrunk, 1 the run violates nothing that was asked about, 64 wrong usage, 65 the\n"
    "scenario is wrong, 66 there is no such scenario, or it can't be read, 73 the file could not be\n"
    "written, 74 writing failed, 130 interrupted.\n",
  .run = run,
};
