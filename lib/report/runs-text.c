/* runs-text.c: a report on many runs for people to read.
 *
 * It has the order of a single run's: verdicts, what was expected, which runs to look at and how, figures. */
#include "report/runs-private.h"

#include "base/quantity.h"
#include "report/idle-faults.h"
#include "report/report-private.h"
#include "report/table.h"
#include "report/wrap.h"

#include <string.h>

/* So many faults that never struck are named. */
#define IDLE_MAX 40

typedef struct
{
  const OrrRuns *runs;
  const OrrRunsStyle *style;
  GString *text;
} Printer;

/* --- Words --- */

char *
orr_runs_share_to_text (double share)
{
  static const OrrMeasureEntry measure = { .type = &orr_type_SHARE };
  return orr_figure_to_text (&measure, share * 1e9);
}

char *
orr_runs_interval_to_text (const OrrMeasureEntry *measure, OrrInterval interval)
{
  double high = measure->type == &orr_type_SHARE ? MIN (interval.high, 1e9) : interval.high;
  g_autofree char *low_text = orr_figure_to_text (measure, MAX (interval.low, 0));
  g_autofree char *high_text = orr_figure_to_text (measure, high);
  return g_strdup_printf ("%s..%s", low_text, high_text);
}

char *
orr_runs_asked_for (const OrrRuns *runs)
{
  guint64 less_one = runs->last - runs->first;
  return less_one == G_MAXUINT64 ? g_strdup ("18446744073709551616")
                                 : g_strdup_printf ("%" G_GUINT64_FORMAT, less_one + 1);
}

char *
orr_runs_command (const OrrRunsStyle *style, guint64 seed)
{
  return style->command
             ? g_strdup_printf ("%s --seed %" G_GUINT64_FORMAT "%s", style->command, seed, style->options)
             : NULL;
}

char *
orr_runs_command_for_all (const OrrRuns *runs, const OrrRunsStyle *style)
{
  return style->command ? g_strdup_printf ("%s --seeds %" G_GUINT64_FORMAT "..%" G_GUINT64_FORMAT "%s",
                                           style->command, runs->first, runs->last, style->options)
                        : NULL;
}

guint64
orr_runs_decided (const OrrRunsVerdict *verdict)
{
  return verdict->by_kind[ORR_HOLDS].count + verdict->by_kind[ORR_VIOLATED].count;
}

/* "in all 200 runs", "in 3 of 200 runs". */
static void
print_in_runs (const Printer *printer, guint64 k, guint64 n)
{
  if (k == n)
    g_string_append_printf (printer->text, n == 1 ? "in the one run" : "in all %" G_GUINT64_FORMAT " runs",
                            n);
  else
    g_string_append_printf (printer->text, "in %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " runs", k, n);
}

static void
print_share (const Printer *printer, guint64 k, guint64 n)
{
  OrrInterval interval = orr_share_interval (k, n);
  g_autofree char *share = orr_runs_share_to_text ((double) k / (double) n);
  g_autofree char *low = orr_runs_share_to_text (interval.low);
  g_autofree char *high = orr_runs_share_to_text (interval.high);
  g_string_append_printf (printer->text, "%s, 95%% CI %s..%s", share, low, high);
}

static void
print_padded (const Printer *printer, const char *word, gsize width)
{
  gsize length = (gsize) g_utf8_strlen (word, -1);
  g_string_append_printf (printer->text, "  %s%*s", word, (int) (width > length ? width - length : 0), "");
}

/* The runs to look at, where there are any: "first by seed 3, 4, 9". */
static void
print_first_seeds (const Printer *printer, const OrrSeeds *seeds)
{
  if (seeds->count == 0)
    return;
  g_string_append (printer->text, seeds->count <= ORR_RUNS_SEEDS_MAX ? "    by seed" : "    first by seed");
  for (guint i = 0; i < MIN (seeds->count, ORR_RUNS_SEEDS_MAX); i++)
    g_string_append_printf (printer->text, "%s %" G_GUINT64_FORMAT, i > 0 ? "," : "", seeds->seeds[i]);
  g_string_append_c (printer->text, '\n');
}

/* --- The parts --- */

static void
print_head (const Printer *printer)
{
  const OrrRuns *runs = printer->runs;
  g_autofree char *asked_for = orr_runs_asked_for (runs);
  orr_print_title (printer->style->colour, runs->scenario, printer->text);
  if (!orr_runs_is_complete (runs))
    g_string_append_printf (printer->text, "the first %" G_GUINT64_FORMAT " of ", runs->n);
  g_string_append_printf (printer->text, "%s %s, seeds %" G_GUINT64_FORMAT "..%" G_GUINT64_FORMAT "\n",
                          asked_for, strcmp (asked_for, "1") == 0 ? "run" : "runs", runs->first, runs->last);
  if (!printer->style->brief && runs->scenario->about)
    {
      g_string_append_c (printer->text, '\n');
      orr_wrap (runs->scenario->about, 0, 0, printer->text);
    }
}

static void
print_verdict (const Printer *printer, const OrrRunsVerdict *verdict, gsize width)
{
  const OrrSeeds *violated = &verdict->by_kind[ORR_VIOLATED], *unknown = &verdict->by_kind[ORR_UNDECIDED];
  guint64 decided = orr_runs_decided (verdict);
  OrrVerdictKind kind = violated->count > 0 ? ORR_VIOLATED : decided > 0 ? ORR_HOLDS : ORR_UNDECIDED;
  print_padded (printer, verdict->property->name, width + 2);
  orr_print_word (printer->style->colour, kind, orr_verdict_name (kind), printer->text);
  g_string_append_c (printer->text, ' ');
  if (decided > 0)
    {
      print_in_runs (printer, kind == ORR_VIOLATED ? violated->count : decided, decided);
      g_string_append (printer->text, kind == ORR_VIOLATED ? " (" : " (violated: ");
      print_share (printer, violated->count, decided);
      g_string_append_c (printer->text, ')');
    }
  else
    print_in_runs (printer, unknown->count, unknown->count);
  if (decided > 0 && unknown->count > 0)
    g_string_append_printf (printer->text, "; unknown in %" G_GUINT64_FORMAT " more", unknown->count);
  g_string_append_c (printer->text, '\n');
  print_first_seeds (printer, violated);
}

static void
print_verdicts (const Printer *printer)
{
  const GArray *verdicts = printer->runs->verdicts;
  gsize width = 0;
  if (verdicts->len > 0)
    orr_print_heading (printer->style->colour, "Verdicts", NULL, printer->text);
  for (guint i = 0; i < verdicts->len; i++)
    width = MAX (width, strlen (g_array_index (verdicts, OrrRunsVerdict, i).property->name));
  for (guint i = 0; i < verdicts->len; i++)
    print_verdict (printer, &g_array_index (verdicts, OrrRunsVerdict, i), width);
}

/* What was found of an expectation: in how many runs it was not so, or in what share of them it was. */
static void
print_found (const Printer *printer, const OrrRunsExpected *expected, OrrVerdictKind met)
{
  guint64 n = printer->runs->n, good = expected->by_kind[ORR_HOLDS].count;
  guint64 bad = expected->by_kind[ORR_VIOLATED].count;
  if (n == 0)
    return;
  if (expected->expectation->runs_kind != ORR_EXPECT_HOLDS)
    {
      g_string_append (printer->text, ": in ");
      print_share (printer, good, n);
      if (good + bad < n)
        g_string_append_printf (printer->text, "; undecided in %" G_GUINT64_FORMAT " runs", n - good - bad);
      return;
    }
  g_string_append_c (printer->text, ' ');
  print_in_runs (printer, met == ORR_HOLDS ? good : met == ORR_VIOLATED ? bad : n - good - bad, n);
}

static void
print_expected (const Printer *printer)
{
  static const char *const words[]
      = { [ORR_HOLDS] = "met", [ORR_VIOLATED] = "NOT MET", [ORR_UNDECIDED] = "undecided" };
  const GArray *all = printer->runs->expected;
  gsize name_width = 0, text_width = 0;
  if (all->len == 0)
    return;
  gboolean claimed = printer->runs->scenario->expectations_claimed;
  orr_print_heading (printer->style->colour, claimed ? "Claimed by the model" : "Expected", NULL,
                     printer->text);
  for (guint i = 0; i < all->len; i++)
    {
      const OrrExpectation *expectation = g_array_index (all, OrrRunsExpected, i).expectation;
      name_width = MAX (name_width, strlen (expectation->name));
      text_width = MAX (text_width, strlen (expectation->text));
    }
  for (guint i = 0; i < all->len; i++)
    {
      const OrrRunsExpected *expected = &g_array_index (all, OrrRunsExpected, i);
      OrrVerdictKind met = orr_runs_met (printer->runs, i);
      print_padded (printer, expected->expectation->name, name_width);
      print_padded (printer, expected->expectation->text, text_width + 2);
      orr_print_word (printer->style->colour, met, words[met], printer->text);
      print_found (printer, expected, met);
      g_string_append_c (printer->text, '\n');
      if (met != ORR_HOLDS && expected->expectation->runs_kind == ORR_EXPECT_HOLDS)
        print_first_seeds (printer, &expected->by_kind[met]);
    }
}

/* --- Runs to look at --- */

static void
print_seeds (const Printer *printer, const char *heading, const OrrSeeds *seeds)
{
  if (seeds->count == 0 || !printer->style->command)
    return;
  orr_print_heading (printer->style->colour, heading, NULL, printer->text);
  for (guint i = 0; i < MIN (seeds->count, ORR_RUNS_SEEDS_MAX); i++)
    {
      g_autofree char *command = orr_runs_command (printer->style, seeds->seeds[i]);
      g_string_append_printf (printer->text, "  %s\n", command);
    }
  if (seeds->count > ORR_RUNS_SEEDS_MAX)
    g_string_append_printf (printer->text, "  and %" G_GUINT64_FORMAT " more\n",
                            seeds->count - ORR_RUNS_SEEDS_MAX);
}

static void
print_died (const Printer *printer)
{
  const OrrRuns *runs = printer->runs;
  if (runs->n_died == 0)
    return;
  orr_print_heading (printer->style->colour, "Died", "a mistake of the model's, or ours", printer->text);
  for (guint i = 0; i < runs->died->len; i++)
    {
      const OrrRunsDied *died = &g_array_index (runs->died, OrrRunsDied, i);
      g_autofree char *command = orr_runs_command (printer->style, died->seed);
      g_string_append_printf (printer->text, "  seed %" G_GUINT64_FORMAT ": %s%s%s\n", died->seed, died->how,
                              command ? ": " : "", command ? command : "");
    }
  if (runs->n_died > runs->died->len)
    g_string_append_printf (printer->text, "  and %" G_GUINT64_FORMAT " more\n",
                            runs->n_died - runs->died->len);
}

/* --- Faults that never struck --- */

static void
print_idle_faults (const Printer *printer)
{
  const OrrRuns *runs = printer->runs;
  g_autoptr (GArray) idle = orr_idle_faults_of_runs (runs->scenario, runs->struck);
  if (idle->len == 0 || runs->n == runs->n_died)
    return;
  orr_print_heading (printer->style->colour, "Faults that never struck", NULL, printer->text);
  for (guint i = 0; i < MIN (idle->len, IDLE_MAX); i++)
    {
      g_string_append (printer->text, "  ");
      orr_idle_fault_print (runs->scenario, &g_array_index (idle, OrrIdleFault, i), printer->text);
    }
  if (idle->len > IDLE_MAX)
    g_string_append_printf (printer->text, "  … and %u more\n", idle->len - IDLE_MAX);
}

/* --- Figures --- */

static void
add_interval (OrrTable *table, const OrrMeasureEntry *measure, gboolean is_known, OrrInterval interval)
{
  orr_table_take (table, is_known ? orr_runs_interval_to_text (measure, interval) : g_strdup ("-"));
}

static void
add_figure (OrrTable *table, const OrrRunsFigure *figure)
{
  OrrSpreadView view;
  orr_spread_look (figure->spread, &view);
  orr_table_add_line (table);
  orr_table_add (table, figure->name);
  orr_table_take (table, g_strdup_printf ("%" G_GUINT64_FORMAT, view.n));
  orr_table_take (table, orr_figure_to_text (figure->measure, view.mean));
  add_interval (table, figure->measure, view.has_mean_interval, view.mean_interval);
  orr_table_take (table, orr_figure_to_text (figure->measure, view.median));
  add_interval (table, figure->measure, view.has_median_interval, view.median_interval);
  orr_table_take (table, orr_figure_to_text (figure->measure, figure->least));
  orr_table_take (table, g_strdup_printf ("%" G_GUINT64_FORMAT, figure->least_by));
  orr_table_take (table, orr_figure_to_text (figure->measure, figure->most));
  orr_table_take (table, g_strdup_printf ("%" G_GUINT64_FORMAT, figure->most_by));
}

static gboolean
is_shown (const OrrRuns *runs, const char *name)
{
  for (const OrrShownFigure *shown = orr_shown_figures; shown->name; shown++)
    if (strcmp (shown->name, name) == 0)
      return TRUE;
  for (guint i = 0; i < runs->expected->len; i++)
    if (strcmp (g_array_index (runs->expected, OrrRunsExpected, i).expectation->name, name) == 0)
      return TRUE;
  return FALSE;
}

/* Those that a table of scenarios shows too, and those that something is expected of. */
static void
print_figures (const Printer *printer)
{
  static const char *const headings[] = { "figure", ">runs",    ">mean", ">95% CI",  ">median", ">95% CI",
                                          ">least", ">by seed", ">most", ">by seed", NULL };
  const OrrRuns *runs = printer->runs;
  g_autoptr (OrrTable) table = orr_table_new (headings);
  gboolean any = FALSE;
  for (guint i = 0; i < runs->figures->len; i++)
    {
      const OrrRunsFigure *figure = g_ptr_array_index (runs->figures, i);
      if (!is_shown (runs, figure->name))
        continue;
      if (!any)
        orr_print_heading (printer->style->colour, "Figures",
                           "a run each; 95% CI: of the mean Student's, of the median by ranks",
                           printer->text);
      any = TRUE;
      add_figure (table, figure);
    }
  orr_table_print (table, 2, printer->text);
}

void
orr_runs_print (const OrrRuns *runs, const OrrRunsStyle *style, GString *text)
{
  Printer printer = { runs, style, text };
  g_autofree char *again = orr_runs_command_for_all (runs, style);
  print_head (&printer);
  print_verdicts (&printer);
  print_expected (&printer);
  print_died (&printer);
  print_seeds (&printer, "Not as expected", &runs->by_result[ORR_VIOLATED]);
  print_seeds (&printer, "Undecided", &runs->by_result[ORR_UNDECIDED]);
  if (!style->brief)
    {
      print_idle_faults (&printer);
      print_figures (&printer);
    }
  g_string_append_printf (text, "\n%" G_GUINT64_FORMAT " events in all; digest %016" G_GINT64_MODIFIER "x\n",
                          runs->events, runs->digest);
  if (again)
    g_string_append_printf (text, "again: %s\n", again);
}
