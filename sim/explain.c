/* explain.c: `orrery explain`: the story of a violation. */
#include <string.h>
#include <unistd.h>

#include "explore/explain.h"
#include "report/report.h"
#include "sim/apart.h"
#include "sim/campaign.h"
#include "sim/death.h"
#include "sim/interrupt.h"
#include "sim/show.h"
#include "sim/watchdog.h"

typedef struct
{
  Subject subject;
  Apart apart;
  char *property, *steps, *runs, *patience; /* as given */
  gboolean json;
  guint64 n_steps, n_runs;
} Options;

/* --- Which property --- */

/* The one that was asked for, else the first that the scenario expects something of and that is violated. */
static const OrrVerdict *
choose_verdict (const OrrReport *report, const char *property)
{
  for (guint i = 0; i < report->verdicts->len; i++)
    {
      const OrrVerdict *verdict = g_ptr_array_index (report->verdicts, i);
      if (property ? strcmp (verdict->property->name, property) == 0 : verdict->kind == ORR_VIOLATED)
        return verdict;
    }
  return NULL;
}

/* Where a trace is all there is, no other seed can be had. */
static void
complain_held (const Options *options, const OrrVerdict *verdict, const char *operand)
{
  Subject other = options->subject;
  g_autoptr (GString) hint = g_string_new (NULL);
  other.seed = NULL;
  if (!subject_is_trace (operand))
    {
      g_string_append (hint, "; another seed may break it: 'orrery run");
      subject_add (&other, operand, hint);
      g_string_append_printf (hint, " --seeds 1..100 --property %s'", verdict->property->name);
    }
  complain ("%s holds in this run, %s%s", verdict->property->name, verdict->sentence, hint->str);
}

/* There is nothing to explain. */
static ExitStatus
complain_kept (const Options *options, const OrrReport *report, const OrrVerdict *verdict,
               const char *operand)
{
  g_autoptr (GString) words = g_string_new (NULL);
  subject_add (&options->subject, operand, words);
  if (verdict && verdict->kind == ORR_UNDECIDED)
    {
      complain ("whether %s is violated is not known: %s", verdict->property->name, verdict->sentence);
      return EXIT_UNDECIDED;
    }
  if (verdict)
    complain_held (options, verdict, operand);
  else if (report->verdicts->len > 0)
    complain ("this run violates nothing of what is expected of it or claimed; 'orrery %s%s "
              "--all-properties' judges all properties, and --property NAME explains one",
              subject_is_trace (operand) ? "check" : "run", words->str);
  else
    complain ("nothing is expected of this run; say which property is to be explained: --property NAME");
  return EXIT_NOT_AS_EXPECTED;
}

static void
tell_others (const OrrReport *report, const OrrVerdict *told, GString *text)
{
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < report->verdicts->len; i++)
    {
      const OrrVerdict *verdict = g_ptr_array_index (report->verdicts, i);
      if (verdict->kind == ORR_VIOLATED && verdict->property != told->property)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", verdict->property->name);
    }
  if (names->len > 0)
    g_string_append_printf (text, "violated too: %s (--property explains them)\n", names->str);
}

/* --- The story --- */

static char *
command_again (const Options *options, const char *operand, const OrrVerdict *verdict)
{
  GString *command = g_string_new ("orrery explain");
  subject_add (&options->subject, operand, command);
  g_string_append_printf (command, " --property %s", verdict->property->name);
  if (options->steps)
    g_string_append_printf (command, " --steps %s", options->steps);
  if (options->runs)
    g_string_append_printf (command, " --runs %s", options->runs);
  return g_string_free (command, FALSE);
}

static void
tell (const Options *options, const OrrReport *report, const OrrVerdict *verdict, const char *operand,
      const OrrCatalog *catalog)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *again = command_again (options, operand, verdict);
  OrrExplainStyle style
      = { .colour = wants_colour (STDOUT_FILENO),
          .ascii = !g_get_charset (NULL),
          .again = again,
          .steps_max = (guint) options->n_steps,
          .runs_max = options->runs && options->n_runs == 0 ? G_MAXUINT : (guint) options->n_runs,
          .interrupt = options->subject.interrupt,
          .apart = options->subject.apart,
          .watch = options->subject.watch,
          .watch_data = options->subject.watch_data };
  if (options->json)
    {
      orr_explain_json (report->trace, verdict, catalog, &style, text);
      g_string_append_c (text, '\n');
    }
  else
    {
      orr_explain (report->trace, verdict, catalog, &style, text);
      tell_others (report, verdict, text);
    }
  put (text->str);
}

static ExitStatus
explain (const Options *options, const OrrTrace *trace, const char *operand, const OrrCatalog *catalog)
{
  const char *properties[] = { options->property, NULL };
  OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
  budget.stop = options->subject.interrupt;
  g_autoptr (OrrReport) report = orr_report_new (trace, properties, FALSE, &budget);
  const OrrVerdict *verdict = choose_verdict (report, options->property);
  if (!verdict || verdict->kind != ORR_VIOLATED)
    return complain_kept (options, report, verdict, operand);
  tell (options, report, verdict, operand, catalog);
  return EXIT_AS_EXPECTED;
}

/* A run that dies violates nothing; it has a story all the same. */
static ExitStatus
explain_death (const Options *options, const SubjectDeath *death, const OrrTrace *trace, const char *operand)
{
  g_autoptr (GString) run = g_string_new ("orrery run"), again = g_string_new ("orrery explain");
  subject_add (&options->subject, operand, run);
  subject_add (&options->subject, operand, again);
  if (options->patience)
    g_string_append_printf (again, " --patience %s", options->patience);
  const DeathStory story
      = { .death = death, .trace = trace, .name = operand, .run = run->str, .again = again->str };
  (options->json ? death_tell_json : death_tell) (&story);
  return EXIT_AS_EXPECTED;
}

static ExitStatus
load_and_explain (Options *options, char **operands, const OrrCatalog *catalog)
{
  ExitStatus status;
  SubjectDeath death = { 0 };
  const OrrApart apart = apart_by (&options->apart);
  options->subject.interrupt = options->apart.interrupt = interrupt_watch ();
  options->subject.apart = &apart;
  options->subject.watch = watchdog_watch;
  options->subject.watch_data = &options->apart.watched;
  g_autoptr (OrrTrace) trace
      = subject_load (&options->subject, operands, "explain", catalog, &death, &status);
  if (death.how)
    status = explain_death (options, &death, trace, operands[0]);
  else if (trace)
    status = explain (options, trace, operands[0], catalog);
  g_free (death.how);
  return status;
}

static int
run (const OrrCatalog *catalog, int argc, char **argv)
{
  Options options = { 0 };
  GOptionEntry entries[] = { SUBJECT_ENTRIES (&options.subject),
                             { "property", 'p', 0, G_OPTION_ARG_STRING, &options.property, NULL, NULL },
                             { "steps", 0, 0, G_OPTION_ARG_STRING, &options.steps, NULL, NULL },
                             { "runs", 0, 0, G_OPTION_ARG_STRING, &options.runs, NULL, NULL },
                             { "patience", 0, 0, G_OPTION_ARG_STRING, &options.patience, NULL, NULL },
                             { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, NULL, NULL },
                             { 0 } };
  g_auto (GStrv) operands = parse_options (entries, argc, argv);
  ExitStatus status = EXIT_USAGE;
  if (operands && property_is_known (options.property)
      && parse_number ("--steps", options.steps, 1, 100000, &options.n_steps)
      && parse_number ("--runs", options.runs, 0, 1000000, &options.n_runs)
      && apart_parse (options.patience, &options.apart))
    status = load_and_explain (&options, operands, catalog);
  if (interrupt_happened ())
    {
      complain ("interrupted");
      status = EXIT_INTERRUPTED;
    }
  subject_clear (&options.subject);
  g_free (options.property);
  g_free (options.steps);
  g_free (options.runs);
  g_free (options.patience);
  return status;
}

const OrrCommand orr_command_explain = {
  .name = "explain",
  .arguments = "[OPTION…] TRACE|SCENARIO",
  .summary = "tell how a violation came about",
  .doc
  = "Tells the story of a violation, to someone who has never seen the run: step by step what led to it, of\n"
    "all that happened only what had a part in it; the same as a picture; what each replica held; the rule\n"
    "that broke, and its source; and what makes the difference: of the scenarios with one thing less, a\n"
    "fault, a pin, an operation or a bug, each is run, and the one that keeps the property and goes the "
    "same\n"
    "way for longest is compared with this run.\n"
    "\n"
    "Of a run that takes its process down, or never comes back, it tells how far it came, what happened "
    "last,\n"
    "and how to look at it with a debugger.\n"
    "\n"
    "TRACE is a file that 'orrery run --save' made. A scenario, a file or the name of an installed one, is\n"
    "run first.\n"
    "\n"
    "  -p, --property NAME   explain this one; else the first that is violated of those that the scenario\n"
    "                        expects something of, or that the model claims\n" SUBJECT_DOC
    "      --steps N         tell at most so many steps (default: 40)\n"
    "      --runs N          make at most so many runs to compare with (default: 64; 0: none)\n" PATIENCE_DOC
    "      --json            all of it as JSON\n"
    "\n"
    "Exit status: 0 it was explained, 1 there is nothing to explain: the run violates nothing, 2 whether it\n"
    "does is not known, 64 wrong usage, 65 the trace or the scenario can't be made sense of, 66 it does not\n"
    "exist or can't be read, 74 reading or writing failed, 130 interrupted.\n",
  .run = run,
};
