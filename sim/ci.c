/* ci.c: results for programs that run tests. */
#include "sim/ci.h"

#include <stdio.h>

#include "sim/output.h"

gboolean
ci_is_wanted (const Ci *ci)
{
  return ci->junit || ci->tap || ci->github;
}

gboolean
ci_is_possible (const Ci *ci, const char *form)
{
  if (ci->tap && form)
    complain ("--tap and %s are two forms; use one of them", form);
  else if (ci->tap && output_is_taken (ci->junit))
    complain ("--tap and --junit - both want standard output; name a file");
  else
    return TRUE;
  return FALSE;
}

gboolean
ci_can_write (const Ci *ci)
{
  return output_is_possible (ci->junit, FALSE);
}

void
ci_clear (Ci *ci)
{
  g_free (ci->junit);
}

/* --- What was found --- */

static OrrCaseOutcome
outcome_of (OrrVerdictKind met)
{
  static const OrrCaseOutcome outcomes[] = {
    [ORR_HOLDS] = ORR_CASE_PASSED, [ORR_VIOLATED] = ORR_CASE_FAILED, [ORR_UNDECIDED] = ORR_CASE_UNDECIDED
  };
  return outcomes[met];
}

/* What was expected on the command line, or is claimed by the model, stands in no line of the file. */
static OrrPlace
place_of (const OrrScenario *scenario, const OrrExpectation *expectation)
{
  OrrPlace place = { .file = scenario->file };
  if (expectation && !expectation->place.file)
    {
      place.line = expectation->place.line;
      place.column = expectation->place.column;
    }
  return place;
}

static char *
name_of (const OrrExpectation *expectation)
{
  return g_strdup_printf ("%s: %s", expectation->name, expectation->text);
}

/* The whole verdict of a property: its sentence, as the report has it. */
static const OrrVerdict *
find_verdict (const OrrReport *report, const OrrEntry *property)
{
  for (guint i = 0; i < report->verdicts->len && property; i++)
    {
      const OrrVerdict *verdict = g_ptr_array_index (report->verdicts, i);
      if (verdict->property == property)
        return verdict;
    }
  return NULL;
}

static char *
details_of (const OrrVerdict *verdict, const char *again)
{
  return g_strdup_printf ("%s%sagain: %s\n", verdict && verdict->sentence ? verdict->sentence : "",
                          verdict && verdict->sentence ? "\n" : "", again);
}

static void
add_expected (OrrSuite *suite, const OrrReport *report, const OrrExpected *expected, const char *again)
{
  const OrrExpectation *expectation = expected->expectation;
  g_autofree char *name = name_of (expectation);
  g_autofree char *details = details_of (find_verdict (report, expectation->property), again);
  orr_suite_add (suite, &(OrrCase){ .name = name,
                                    .outcome = outcome_of (expected->met),
                                    .message = expected->found,
                                    .details = details,
                                    .place = place_of (report->trace->scenario, expectation) });
}

static void
add_verdict (OrrSuite *suite, const OrrVerdict *verdict, const char *file, const char *again)
{
  g_autofree char *details = details_of (verdict, again);
  orr_suite_add (suite, &(OrrCase){ .name = verdict->property->name,
                                    .outcome = outcome_of (verdict->kind),
                                    .message = orr_verdict_name (verdict->kind),
                                    .details = details,
                                    .place = { .file = file } });
}

/* Of a history from elsewhere all verdicts count. */
static gboolean
counts (const OrrReport *report, const OrrVerdict *verdict, char *const *properties)
{
  return !report->trace
         || (properties && g_strv_contains ((const char *const *) properties, verdict->property->name));
}

void
ci_add_report (OrrSuites *suites, const char *name, const OrrReport *report, char *const *properties,
               const char *again)
{
  OrrSuite *suite = orr_suites_add (suites, name);
  const char *file = report->trace ? report->trace->scenario->file : name;
  for (guint i = 0; i < report->expected->len && !properties; i++)
    add_expected (suite, report, &g_array_index (report->expected, OrrExpected, i), again);
  for (guint i = 0; i < report->verdicts->len; i++)
    if (counts (report, g_ptr_array_index (report->verdicts, i), properties))
      add_verdict (suite, g_ptr_array_index (report->verdicts, i), file, again);
  if (suite->cases->len == 0)
    orr_suite_add (suite, &(OrrCase){ .name = "comes to its end",
                                      .outcome = outcome_of (report->result),
                                      .details = again,
                                      .place = { .file = file } });
}

/* --- Of many runs --- */

static char *
details_of_seeds (const OrrSeeds *seeds, const char *command, const char *options)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < MIN (seeds->count, ORR_RUNS_SEEDS_MAX); i++)
    g_string_append_printf (text, "%s --seed %" G_GUINT64_FORMAT "%s\n", command, seeds->seeds[i], options);
  if (seeds->count > ORR_RUNS_SEEDS_MAX)
    g_string_append_printf (text, "and %" G_GUINT64_FORMAT " more\n", seeds->count - ORR_RUNS_SEEDS_MAX);
  return g_string_free (text, FALSE);
}

static void
add_expected_of_runs (OrrSuite *suite, const OrrRuns *runs, guint index, const char *command,
                      const char *options)
{
  const OrrRunsExpected *expected = &g_array_index (runs->expected, OrrRunsExpected, index);
  OrrVerdictKind met = orr_runs_met (runs, index), wanted = met == ORR_HOLDS ? ORR_VIOLATED : met;
  g_autofree char *name = name_of (expected->expectation);
  g_autofree char *details = details_of_seeds (&expected->by_kind[wanted], command, options);
  g_autofree char *message = g_strdup_printf (
      "met in %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " runs, not met in %" G_GUINT64_FORMAT,
      expected->by_kind[ORR_HOLDS].count, runs->n, expected->by_kind[ORR_VIOLATED].count);
  orr_suite_add (suite, &(OrrCase){ .name = name,
                                    .outcome = outcome_of (met),
                                    .message = message,
                                    .details = details,
                                    .place = place_of (runs->scenario, expected->expectation) });
}

/* Were all runs made, and did all of them live? */
static void
add_whole (OrrSuite *suite, const OrrRuns *runs, const char *command, const char *options)
{
  g_autoptr (GString) details = g_string_new (NULL);
  OrrCaseOutcome outcome = runs->n_died > 0               ? ORR_CASE_DIED
                           : !orr_runs_is_complete (runs) ? ORR_CASE_UNDECIDED
                                                          : ORR_CASE_PASSED;
  g_autofree char *message
      = g_strdup_printf ("of %" G_GUINT64_FORMAT " runs %" G_GUINT64_FORMAT " died%s", runs->n, runs->n_died,
                         outcome == ORR_CASE_UNDECIDED ? "; interrupted" : "");
  for (guint i = 0; i < runs->died->len; i++)
    {
      const OrrRunsDied *died = &g_array_index (runs->died, OrrRunsDied, i);
      g_string_append_printf (details, "%s: %s --seed %" G_GUINT64_FORMAT "%s\n", died->how, command,
                              died->seed, options);
    }
  orr_suite_add (suite, &(OrrCase){ .name = "all runs come to their end",
                                    .outcome = outcome,
                                    .message = message,
                                    .details = details->str,
                                    .place = { .file = runs->scenario->file } });
}

void
ci_add_runs (OrrSuites *suites, const char *name, const OrrRuns *runs, const char *command,
             const char *options)
{
  OrrSuite *suite = orr_suites_add (suites, name);
  for (guint i = 0; i < runs->expected->len; i++)
    add_expected_of_runs (suite, runs, i, command, options);
  add_whole (suite, runs, command, options);
}

/* --- Telling it --- */

ExitStatus
ci_write (const Ci *ci, const OrrSuites *suites)
{
  g_autoptr (GString) junit = g_string_new (NULL), tap = g_string_new (NULL), github = g_string_new (NULL);
  if (ci->tap)
    {
      orr_suites_print_tap (suites, tap);
      put (tap->str);
    }
  if (ci->github)
    {
      orr_suites_print_github (suites, github);
      fputs (github->str, stderr);
    }
  if (!ci->junit)
    return EXIT_AS_EXPECTED;
  orr_suites_print_junit (suites, junit);
  return save_output (ci->junit, junit);
}
