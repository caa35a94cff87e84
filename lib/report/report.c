/* report.c: from a trace to what is to be said about it. */
#include "report/report-private.h"

#include "check/map.h"

#include <string.h>

static const OrrVerdict *
find_verdict (const OrrReport *report, const OrrEntry *property)
{
  for (guint i = 0; i < report->verdicts->len; i++)
    {
      const OrrVerdict *verdict = g_ptr_array_index (report->verdicts, i);
      if (verdict->property == property)
        return verdict;
    }
  return NULL;
}

/* Once the user has asked for an end, nothing more is begun. */
static OrrVerdict *
judge_history (const OrrCheck *check, const OrrHistory *history, const OrrCheckBudget *budget)
{
  if (!orr_budget_is_stopped (budget))
    return orr_check_judge (check, history, budget);
  OrrVerdict *verdict = g_new0 (OrrVerdict, 1);
  verdict->property = &check->entry;
  verdict->kind = ORR_UNDECIDED;
  verdict->sentence = g_strdup ("it was interrupted before this was looked at");
  return verdict;
}

/* A run that was cut short proves nothing by what it did not show. */
static void
add_verdict (OrrReport *report, OrrVerdict *verdict)
{
  if (report->trace && orr_ending_is_cut_short (report->trace->ending) && verdict->kind == ORR_HOLDS)
    {
      verdict->kind = ORR_UNDECIDED;
      g_free (verdict->sentence);
      verdict->sentence = g_strdup ("the run was cut short: what it did not show might have come later");
    }
  g_ptr_array_add (report->verdicts, verdict);
}

static void
judge (OrrReport *report, const OrrCheck *check, const OrrCheckBudget *budget)
{
  if (!find_verdict (report, &check->entry))
    add_verdict (report, judge_history (check, report->history, budget));
}

/* All that say anything of the history and were not asked for by name, the strongest first: what follows from
 * others is not computed. */
static void
judge_all (OrrReport *report, const OrrCheckBudget *budget, OrrReportTell tell, gpointer data)
{
  OrrMapNeeds given = orr_map_given (report->history);
  g_autoptr (GPtrArray) checks = g_ptr_array_new ();
  for (guint i = 0; orr_checks[i]; i++)
    if (!find_verdict (report, &orr_checks[i]->entry) && !orr_check_silence (orr_checks[i], report->history))
      g_ptr_array_add (checks, (gpointer) orr_checks[i]);
  orr_map_sort ((const OrrCheck **) checks->pdata, checks->len, given);
  for (guint i = 0; i < checks->len; i++)
    {
      const OrrCheck *check = g_ptr_array_index (checks, i);
      OrrVerdict *decided = orr_map_decide (check, report->verdicts, given);
      if (tell)
        tell (data, &check->entry, i, checks->len);
      if (decided)
        add_verdict (report, decided);
      else
        judge (report, check, budget);
    }
}

gboolean
orr_expectation_compare (OrrExpectKind kind, double found, double wanted)
{
  switch (kind)
    {
    case ORR_EXPECT_ABOVE:
      return found > wanted;
    case ORR_EXPECT_BELOW:
      return found < wanted;
    case ORR_EXPECT_AT_LEAST:
      return found >= wanted;
    case ORR_EXPECT_AT_MOST:
      return found <= wanted;
    case ORR_EXPECT_EXACTLY:
      return found == wanted;
    default:
      g_assert_not_reached ();
    }
}

OrrVerdictKind
orr_expectation_judge (const OrrExpectation *expectation, OrrVerdictKind found)
{
  static const OrrVerdictKind wanted[] = {
    [ORR_EXPECT_HOLDS] = ORR_HOLDS, [ORR_EXPECT_VIOLATED] = ORR_VIOLATED, [ORR_EXPECT_UNKNOWN] = ORR_UNDECIDED
  };
  if (found == wanted[expectation->kind])
    return ORR_HOLDS;
  return found == ORR_UNDECIDED ? ORR_UNDECIDED : ORR_VIOLATED;
}

static OrrExpected
look_at_verdict (const OrrReport *report, const OrrExpectation *expectation)
{
  const OrrVerdict *verdict = find_verdict (report, expectation->property);
  return (OrrExpected){ .expectation = expectation,
                        .met = orr_expectation_judge (expectation, verdict->kind),
                        .found = g_strdup (orr_verdict_name (verdict->kind)) };
}

static OrrExpected
look_at_figure (const OrrReport *report, const OrrExpectation *expectation)
{
  const OrrFigure *figure = orr_figures_find (report->figures, expectation->name);
  OrrExpected expected = { .expectation = expectation };
  if (!figure)
    {
      expected.met = ORR_UNDECIDED;
      expected.found = g_strdup ("no samples");
      return expected;
    }
  expected.found = orr_figure_to_text (figure->measure, figure->value);
  /* Of the whole run the figure might be another. */
  if (orr_ending_is_cut_short (report->trace->ending))
    expected.met = ORR_UNDECIDED;
  else
    expected.met
        = orr_expectation_compare ((OrrExpectKind) expectation->kind, figure->value, expectation->value)
              ? ORR_HOLDS
              : ORR_VIOLATED;
  return expected;
}

static void
look_at_expectations (OrrReport *report)
{
  const OrrArray *expectations = &report->trace->scenario->expectations;
  for (guint i = 0; i < expectations->length; i++)
    {
      const OrrExpectation *expectation = &((const OrrExpectation *) expectations->data)[i];
      OrrExpected expected = expectation->property ? look_at_verdict (report, expectation)
                                                   : look_at_figure (report, expectation);
      expected.in_run = expected.met;
      if (expectation->runs_kind != ORR_EXPECT_HOLDS)
        expected.met = ORR_UNDECIDED;
      else
        report->in_run = orr_verdict_worse (report->in_run, expected.in_run);
      g_array_append_val (report->expected, expected);
      report->result = orr_verdict_worse (report->result, expected.met);
    }
}

static void
clear_expected (gpointer expected)
{
  g_free (((OrrExpected *) expected)->found);
}

OrrVerdictKind
orr_verdict_worse (OrrVerdictKind a, OrrVerdictKind b)
{
  if (a == ORR_VIOLATED || b == ORR_VIOLATED)
    return ORR_VIOLATED;
  return a == ORR_UNDECIDED || b == ORR_UNDECIDED ? ORR_UNDECIDED : ORR_HOLDS;
}

char *
orr_figure_or_dash (const OrrFigure *figure)
{
  return figure ? orr_figure_to_text (figure->measure, figure->value) : g_strdup ("-");
}

/* A report of nothing yet, which takes the history over. */
static OrrReport *
report_new (const OrrTrace *trace, OrrHistory *history)
{
  OrrReport *report = g_new0 (OrrReport, 1);
  report->trace = trace;
  report->history = history;
  report->verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) orr_verdict_free);
  report->expected = g_array_new (FALSE, FALSE, sizeof (OrrExpected));
  g_array_set_clear_func (report->expected, clear_expected);
  return report;
}

OrrReport *
orr_report_new_of_history (OrrHistory *history, const char *const *properties, const OrrCheckBudget *budget,
                           OrrReportTell tell, gpointer data)
{
  OrrReport *report = report_new (NULL, history);
  gboolean real = !history->source || history->source->times == ORR_TIMES_REAL;
  guint n = properties ? g_strv_length ((char **) properties) : 0;
  report->figures = real ? orr_figures_of (history) : orr_figures_new ();
  for (guint i = 0; i < n; i++)
    {
      const OrrCheck *check = orr_checks_find (properties[i]);
      if (tell)
        tell (data, &check->entry, i, n);
      judge (report, check, budget);
    }
  report->n_asked = report->verdicts->len;
  if (n == 0)
    judge_all (report, budget, tell, data);
  orr_map_settle (report->verdicts, history, orr_map_given (history));
  report->result = ORR_HOLDS;
  for (guint i = 0; i < report->verdicts->len; i++)
    report->result
        = orr_verdict_worse (report->result, ((const OrrVerdict *) report->verdicts->pdata[i])->kind);
  report->in_run = report->result;
  return report;
}

/* By what expectations and `properties` name; with `all`, by the others too. */
static OrrReport *
report_on (OrrReport *report, const char *const *properties, gboolean all, const OrrCheckBudget *budget)
{
  const OrrTrace *trace = report->trace;
  report->figures = orr_figures_of (report->whole ? report->whole : report->history);

  /* Where nothing is expected, all is well with a run that came to its end. */
  const OrrArray *expectations = &trace->scenario->expectations;
  report->result = report->in_run
      = expectations->length == 0 && orr_ending_is_cut_short (trace->ending) ? ORR_UNDECIDED : ORR_HOLDS;
  for (guint i = 0; i < expectations->length; i++)
    {
      const OrrExpectation *expectation = &((const OrrExpectation *) expectations->data)[i];
      if (expectation->property)
        judge (report, orr_checks_find (expectation->property->name), budget);
    }
  for (guint i = 0; properties && properties[i]; i++)
    judge (report, orr_checks_find (properties[i]), budget);
  report->n_asked = report->verdicts->len;
  if (all)
    judge_all (report, budget, NULL, NULL);
  orr_map_settle (report->verdicts, report->history, orr_map_given (report->history));
  look_at_expectations (report);
  return report;
}

OrrReport *
orr_report_new (const OrrTrace *trace, const char *const *properties, gboolean all,
                const OrrCheckBudget *budget)
{
  return report_on (report_new (trace, orr_history_from_trace (trace)), properties, all, budget);
}

OrrReport *
orr_report_new_of_clients (const OrrTrace *trace, const char *const *properties, gboolean all,
                           const OrrCheckBudget *budget)
{
  OrrHistory *whole = orr_history_from_trace (trace);
  OrrReport *report = report_new (trace, orr_history_client_view (whole));
  report->whole = whole;
  return report_on (report, properties, all, budget);
}

void
orr_report_free (OrrReport *report)
{
  if (!report)
    return;
  g_array_unref (report->expected);
  g_ptr_array_unref (report->verdicts);
  orr_figures_free (report->figures);
  orr_history_free (report->history);
  orr_history_free (report->whole);
  g_free (report);
}
