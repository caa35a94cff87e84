/* compare.c: `orrery compare`: what a change would do. */
#include <string.h>
#include <unistd.h>

#include "explore/compare.h"
#include "sim/campaign.h"
#include "sim/interrupt.h"
#include "sim/scenarios.h"
#include "sim/show.h"
#include "sim/watchdog.h"

#define SEEDS_DEFAULT "1..100"

/* So many seeds of A, then those of B: pairs come close together, and a task is not too small. */
#define TURN 32

typedef struct
{
  Show show;
  char **sets, **both;
  char *seeds, *jobs; /* as given */
  gboolean all;
  guint64 first, last, n_jobs;
} Options;

/* --- What it says --- */

static void
add_sets (char **sets, const char *option, GString *command)
{
  for (char **set = sets; set && *set; set++)
    {
      g_string_append_printf (command, " %s", option);
      show_add_word (*set, command);
    }
}

/* The command that runs one of the two, up to its seed. */
static char *
command_of (const char *name, const Options *options, gboolean is_b)
{
  GString *command = g_string_new ("orrery run");
  show_add_word (name, command);
  add_sets (options->both, "--set", command);
  if (is_b)
    add_sets (options->sets, "--set", command);
  return g_string_free (command, FALSE);
}

static char *
command_again (char **names, const Options *options)
{
  GString *command = g_string_new ("orrery compare");
  for (char **name = names; *name; name++)
    show_add_word (*name, command);
  add_sets (options->both, "--both", command);
  add_sets (options->sets, "--set", command);
  g_string_append_printf (command, " --seeds %" G_GUINT64_FORMAT "..%" G_GUINT64_FORMAT, options->first,
                          options->last);
  show_add_options (&options->show, command);
  return g_string_free (command, FALSE);
}

/* What the user calls it: the scenario, and what is set in it alone. */
static char *
name_of (const char *name, char **sets)
{
  GString *text = g_string_new (name);
  for (char **set = sets; set && *set; set++)
    g_string_append_printf (text, "%s%s", set == sets ? " with " : ", ", *set);
  return g_string_free (text, FALSE);
}

static void
show (const OrrComparison *comparison, char **names, const Options *options)
{
  const char *name = names[1] ? names[1] : names[0];
  g_autofree char *name_b = name_of (name, options->sets), *again = command_again (names, options);
  g_autofree char *command_a = command_of (names[0], options, FALSE);
  g_autofree char *command_b = command_of (name, options, TRUE);
  g_autoptr (GString) words = g_string_new (NULL), text = g_string_new (NULL);
  show_add_options (&options->show, words);
  const OrrComparisonStyle style = { .colour = wants_colour (STDOUT_FILENO),
                                     .brief = options->show.quiet,
                                     .all = options->all,
                                     .name_a = names[0],
                                     .name_b = name_b,
                                     .command_a = command_a,
                                     .command_b = command_b,
                                     .options = words->str,
                                     .again = again };
  (options->show.json ? orr_comparison_print_json : orr_comparison_print) (comparison, &style, text);
  g_string_append (text, options->show.json ? "\n" : "");
  put (text->str);
}

static ExitStatus
compare (const GPtrArray *scenarios, char **names, const Options *options)
{
  g_autoptr (GPtrArray) properties = show_properties (&options->show, scenarios);
  const OrrPlan plan = { .scenarios = (OrrScenario *const *) scenarios->pdata,
                         .n_scenarios = 2,
                         .first = options->first,
                         .last = options->last,
                         .turn = TURN,
                         .properties = (const char *const *) properties->pdata,
                         .all_properties = options->show.all_properties };
  g_autoptr (OrrComparison) comparison
      = orr_comparison_new (plan.scenarios[0], plan.scenarios[1], plan.first, plan.last);
  g_autoptr (OrrCampaign) campaign = orr_campaign_new (&plan);
  orr_campaign_set_tell (campaign, orr_comparison_take, comparison);
  ExitStatus status
      = make_runs (campaign, &plan, (guint) options->n_jobs, PATIENCE_DEFAULT, options->show.quiet);
  if (status == EXIT_AS_EXPECTED || comparison->n > 0)
    show (comparison, names, options);
  status = worse_status (status, show_status (orr_comparison_result (comparison)));
  if (comparison->died_a.count + comparison->died_b.count > 0)
    status = worse_status (status, EXIT_INTERNAL);
  if (!interrupt_happened ())
    return status;
  complain ("interrupted");
  return EXIT_INTERRUPTED;
}

/* --- The command --- */

static gboolean
options_are_possible (Options *options, char **names)
{
  guint n = g_strv_length (names);
  if (n == 0)
    complain ("which scenarios? Name two, or one and --set PATH=VALUE, what would change");
  else if (n == 1 && !options->sets)
    complain ("with what? Name a second scenario, or --set PATH=VALUE, what would change");
  else if (n > 2)
    complain ("two are compared; 'orrery run' shows more of them side by side, and 'orrery sweep' a grid");
  else
    return show_is_possible (&options->show)
           && parse_seeds (options->seeds ? options->seeds : SEEDS_DEFAULT, &options->first, &options->last)
           && parse_number ("--jobs", options->jobs, 1, JOBS_MAX, &options->n_jobs);
  return FALSE;
}

/* What changes both, then what changes B alone. Both parts stay whose they were. */
static char **
joined (char **both, char **sets)
{
  GPtrArray *all = g_ptr_array_new ();
  for (char **set = both; set && *set; set++)
    g_ptr_array_add (all, *set);
  for (char **set = sets; set && *set; set++)
    g_ptr_array_add (all, *set);
  g_ptr_array_add (all, NULL);
  return (char **) g_ptr_array_free (all, FALSE);
}

static ExitStatus
load_and_compare (const OrrCatalog *catalog, char **names, const Options *options)
{
  g_autoptr (GPtrArray) scenarios = g_ptr_array_new_with_free_func ((GDestroyNotify) orr_scenario_unref);
  g_autofree char **sets = joined (options->both, options->sets);
  ExitStatus status = EXIT_AS_EXPECTED;
  OrrScenario *a = load_scenario (names[0], options->both, catalog, NULL, &status);
  if (a)
    g_ptr_array_add (scenarios, a);
  OrrScenario *b = load_scenario (names[1] ? names[1] : names[0], sets, catalog, NULL, &status);
  if (b)
    g_ptr_array_add (scenarios, b);
  return a && b ? compare (scenarios, names, options) : status;
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  Options options = { 0 };
  GOptionEntry entries[] = {
    { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.sets, NULL, NULL },
    { "both", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.both, NULL, NULL },
    { "seeds", 0, 0, G_OPTION_ARG_STRING, &options.seeds, NULL, NULL },
    { "jobs", 'j', 0, G_OPTION_ARG_STRING, &options.jobs, NULL, NULL },
    { "property", 'p', 0, G_OPTION_ARG_FILENAME_ARRAY, &options.show.properties, NULL, NULL },
    { "all-properties", 'a', 0, G_OPTION_ARG_NONE, &options.show.all_properties, NULL, NULL },
    { "all", 0, 0, G_OPTION_ARG_NONE, &options.all, NULL, NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.show.json, NULL, NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options.show.quiet, NULL, NULL },
    { 0 },
  };
  g_auto (GStrv) names = parse_options (entries, argc, argv);
  ExitStatus status = EXIT_USAGE;
  if (names && options_are_possible (&options, names))
    status = load_and_compare (catalog, names, &options);
  show_clear (&options.show);
  g_strfreev (options.sets);
  g_strfreev (options.both);
  g_free (options.seeds);
  g_free (options.jobs);
  return status;
}

const OrrCommand orr_command_compare = {
  .name = "compare",
  .arguments = "[OPTION…] SCENARIO [SCENARIO]",
  .summary = "say what a change would do: two scenarios under the same seeds",
  .doc
  = "A is the first scenario. B is the second, or the first again; --set changes it. Both run by the same\n"
    "seeds, and each run of B is set against that of A with the same seed: what the change does not\n"
    "reach is the same in both, so that what differs is what the change did. Shown are the properties\n"
    "that other runs violate, what A's scenario expects and B does not meet, or the other way round, and\n"
    "the figures whose mean difference has a 95% confidence interval without 0, the largest changes\n"
    "first. Of twenty figures that the change only jostles, one looks as if it differed.\n"
    "\n"
    "      --set PATH=VALUE  change a value in B, as in --set options.router.window=2s (may be repeated)\n"
    "      --both PATH=VALUE  change it in A and B, before what --set does (may be repeated)\n"
    "      --seeds A..B      the seeds (default: " SEEDS_DEFAULT ")\n"
    "  -j, --jobs N          so many runs at once (default: one a processor)\n"
    "  -p, --property NAME   judge this property too (may be repeated)\n"
    "  -a, --all-properties  judge all properties\n"
    "      --all             list also what does not differ\n"
    "      --json            all of it as JSON\n"
    "  -q, --quiet           verdicts and expectations alone\n"
    "\n"
    "Exit status: 0 B keeps all that A's scenario expects (or the model claims of it) and A's runs meet,\n"
    "1 it breaks some of that, 2 that could not be decided, 64 wrong usage, 65 a scenario is wrong, 66\n"
    "there is no such scenario, or it can't be read, 70 a run died, 71 no process could be started, 74\n"
    "writing failed, 130 interrupted. Where a property is expected to be violated and B does not violate\n"
    "it, nothing is broken.\n",
  .run = run,
};
