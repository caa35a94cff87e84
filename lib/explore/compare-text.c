/* compare-text.c: what a change would do, for people: verdicts first, then figures. */
#include <math.h>
#include <string.h>

#include "explore/compare.h"
#include "report/report-private.h"
#include "report/runs-private.h"
#include "report/table.h"
#include "report/wrap.h"

typedef struct
{
  const OrrComparison *comparison;
  const OrrComparisonStyle *style;
  GString *text;
} Printer;

/* --- Words --- */

/* "+1.2ms", "-56.2pp": a difference; of shares in percentage points. The caller frees it. */
static char *
difference_to_text (const OrrMeasureEntry *measure, double value)
{
  const char *sign = value < 0 ? "-" : value > 0 ? "+" : "";
  g_autofree char *size = orr_figure_to_text (measure, fabs (value));
  if (measure->type == &orr_type_SHARE && g_str_has_suffix (size, "%"))
    {
      size[strlen (size) - 1] = '\0';
      return g_strconcat (sign, size, "pp", NULL);
    }
  return g_strconcat (sign, size, NULL);
}

/* "+4.2%" of A's mean, "x12" where it is that much more; "-" where A's is 0. */
static char *
relative_to_text (const OrrComparedFigure *figure)
{
  static const OrrMeasureEntry share = { .type = &orr_type_SHARE };
  double change = figure->a.mean == 0 ? 0 : figure->difference.mean / fabs (figure->a.mean);
  const char *sign = change < 0 ? "-" : "+";
  if (figure->a.mean == 0)
    return g_strdup ("-");
  if (fabs (change) >= 9)
    return g_strdup_printf ("x%" G_GINT64_FORMAT,
                            (gint64) (MIN (figure->b.mean / figure->a.mean, 1e15) + 0.5));
  if (fabs (change) >= 1)
    return g_strdup_printf ("%s%d%%", sign, (int) (fabs (change) * 100 + 0.5));
  g_autofree char *size = orr_figure_to_text (&share, fabs (change) * 1e9);
  return g_strconcat (sign, size, NULL);
}

static char *
seeds_to_text (const OrrSeeds *seeds)
{
  GString *text = g_string_new (seeds->count == 0 ? "-" : NULL);
  for (guint i = 0; i < MIN (seeds->count, ORR_RUNS_SEEDS_MAX); i++)
    g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, i > 0 ? ", " : "", seeds->seeds[i]);
  if (seeds->count > ORR_RUNS_SEEDS_MAX)
    g_string_append (text, ", ...");
  return g_string_free (text, FALSE);
}

static void
take_count (OrrTable *table, guint64 count)
{
  orr_table_take (table, g_strdup_printf ("%" G_GUINT64_FORMAT, count));
}

/* --- The parts --- */

static void
print_side (const Printer *printer, const char *letter, const char *title, const char *name)
{
  g_autofree char *line = orr_one_line (name);
  g_autofree char *about = title ? orr_one_line (title) : NULL;
  g_string_append_printf (printer->text, "  %s  %s%s%s\n", letter, line, about ? ": " : "",
                          about ? about : "");
}

static void
print_head (const Printer *printer)
{
  const OrrComparison *comparison = printer->comparison;
  GString *text = printer->text;
  orr_print_bold (printer->style->colour, "What changes from A to B", text);
  g_string_append_c (text, '\n');
  const char *title_b = comparison->b->title;
  print_side (printer, "A", comparison->a->title, printer->style->name_a);
  print_side (printer, "B", g_strcmp0 (title_b, comparison->a->title) == 0 ? NULL : title_b,
              printer->style->name_b);
  g_string_append_printf (text,
                          "%" G_GUINT64_FORMAT " pair%s of runs by the same seed, of %" G_GUINT64_FORMAT
                          "..%" G_GUINT64_FORMAT "\n",
                          comparison->n, comparison->n == 1 ? "" : "s", comparison->first, comparison->last);
  if (comparison->same.count > 0)
    g_string_append_printf (text, "%" G_GUINT64_FORMAT " of them are the same, event for event\n",
                            comparison->same.count);
}

static gboolean
changes (const OrrComparedVerdict *verdict)
{
  return verdict->only_a.count + verdict->only_b.count > 0;
}

static void
add_verdict (OrrTable *table, const OrrComparedVerdict *verdict)
{
  orr_table_add_line (table);
  orr_table_add (table, verdict->property->name);
  take_count (table, verdict->both.count + verdict->only_a.count);
  take_count (table, verdict->both.count + verdict->only_b.count);
  take_count (table, verdict->only_a.count);
  orr_table_take (table, seeds_to_text (&verdict->only_a));
  take_count (table, verdict->only_b.count);
  orr_table_take (table, seeds_to_text (&verdict->only_b));
  take_count (table, verdict->n_unknown);
}

/* What does not change is named, so that it is known to have been looked at. */
static void
print_unchanged (const Printer *printer)
{
  const GArray *verdicts = printer->comparison->verdicts;
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < verdicts->len; i++)
    {
      const OrrComparedVerdict *verdict = &g_array_index (verdicts, OrrComparedVerdict, i);
      if (!changes (verdict))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", verdict->property->name);
    }
  if (names->len == 0)
    return;
  g_string_prepend (names, "No pair differs in ");
  g_string_append_c (printer->text, '\n');
  orr_wrap (names->str, 0, 0, printer->text);
}

static void
print_verdicts (const Printer *printer)
{
  static const char *const headings[]
      = { "property", ">A", ">B", ">only A", "by seed", ">only B", "by seed", ">unknown", NULL };
  const GArray *verdicts = printer->comparison->verdicts;
  g_autoptr (OrrTable) table = orr_table_new (headings);
  guint n_changed = 0;
  for (guint i = 0; i < verdicts->len; i++)
    {
      const OrrComparedVerdict *verdict = &g_array_index (verdicts, OrrComparedVerdict, i);
      n_changed += changes (verdict);
      if (changes (verdict) || printer->style->all)
        add_verdict (table, verdict);
    }
  if (n_changed > 0 || (printer->style->all && verdicts->len > 0))
    orr_print_heading (printer->style->colour, n_changed > 0 ? "Verdicts that change" : "Verdicts",
                       "how many runs violate it; unknown: pairs in which one was not decided",
                       printer->text);
  orr_table_print (table, 2, printer->text);
  if (!printer->style->all)
    print_unchanged (printer);
}

static const char *
met_word (OrrVerdictKind met)
{
  static const char *const words[]
      = { [ORR_HOLDS] = "met", [ORR_VIOLATED] = "NOT MET", [ORR_UNDECIDED] = "undecided" };
  return words[met];
}

static void
print_expected (const Printer *printer)
{
  static const char *const headings[]
      = { "figure or property", "expected", "A", ">runs", "B", ">runs", "B's first that do not", NULL };
  const OrrComparison *comparison = printer->comparison;
  g_autoptr (OrrTable) table = orr_table_new (headings);
  guint n = 0;
  for (guint i = 0; i < comparison->expected->len; i++)
    {
      const OrrComparedExpectation *expected
          = &g_array_index (comparison->expected, OrrComparedExpectation, i);
      OrrVerdictKind met_a = orr_runs_expected_met (&expected->a, comparison->n);
      OrrVerdictKind met_b = orr_runs_expected_met (&expected->b, comparison->n);
      if (met_a == met_b && !printer->style->all)
        continue;
      n++;
      orr_table_add_line (table);
      orr_table_add (table, expected->a.expectation->name);
      orr_table_add (table, expected->a.expectation->text);
      orr_table_add (table, met_word (met_a));
      take_count (table, expected->a.by_kind[ORR_HOLDS].count);
      orr_table_add (table, met_word (met_b));
      take_count (table, expected->b.by_kind[ORR_HOLDS].count);
      orr_table_take (table, seeds_to_text (&expected->b.by_kind[ORR_VIOLATED]));
    }
  if (n > 0)
    orr_print_heading (printer->style->colour,
                       comparison->a->expectations_claimed ? "What the model claims of A" : "What A expects",
                       "and how many runs meet it", printer->text);
  orr_table_print (table, 2, printer->text);
}

static void
add_figure (OrrTable *table, const OrrComparedFigure *figure)
{
  OrrInterval interval;
  orr_table_add_line (table);
  orr_table_add (table, figure->name);
  orr_table_take (table, orr_figure_to_text (figure->measure, figure->a.mean));
  orr_table_take (table, orr_figure_to_text (figure->measure, figure->b.mean));
  orr_table_take (table, difference_to_text (figure->measure, figure->difference.mean));
  if (orr_mean_interval (&figure->difference, &interval))
    {
      g_autofree char *low = difference_to_text (figure->measure, interval.low);
      g_autofree char *high = difference_to_text (figure->measure, interval.high);
      orr_table_take (table, g_strdup_printf ("%s..%s", low, high));
    }
  else
    orr_table_add (table, "-");
  orr_table_take (table, relative_to_text (figure));
}

/* --- Which figures are told of --- */

static gboolean
is_node (const OrrScenario *scenario, const char *word)
{
  for (guint i = 0; i < scenario->layout->nodes->len; i++)
    if (strcmp (g_ptr_array_index (scenario->layout->nodes, i), word) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_expected (const OrrComparison *comparison, const char *name)
{
  for (guint i = 0; i < comparison->expected->len; i++)
    if (strcmp (g_array_index (comparison->expected, OrrComparedExpectation, i).a.expectation->name, name)
        == 0)
      return TRUE;
  return FALSE;
}

/* What users see, and not single nodes; of samples the middle, the worst hundredth and the worst. */
static gboolean
is_headline (const Printer *printer, const char *name)
{
  static const char *const others[] = { "min", "p90", "p95", "p999", NULL };
  for (const OrrShownFigure *shown = orr_shown_figures; shown->name; shown++)
    if (strcmp (shown->name, name) == 0)
      return TRUE;
  g_auto (GStrv) words = g_strsplit (name, ".", -1);
  if (is_expected (printer->comparison, name))
    return TRUE;
  for (char **word = words; *word; word++)
    if (is_node (printer->comparison->a, *word) || is_node (printer->comparison->b, *word)
        || g_strv_contains (others, *word))
      return FALSE;
  return TRUE;
}

static gboolean
is_same (const OrrMean *a, const OrrMean *b)
{
  return a->n == b->n && a->mean == b->mean && a->squares == b->squares;
}

/* Is there one more of the measure that says the very same, with a name that says more: of all that is read
 * where reads alone are measured? */
static gboolean
has_twin (const Printer *printer, const GPtrArray *sorted, guint index)
{
  const OrrComparedFigure *figure = g_ptr_array_index (sorted, index);
  for (guint i = 0; i < sorted->len; i++)
    {
      const OrrComparedFigure *other = g_ptr_array_index (sorted, i);
      if (i != index && other->measure == figure->measure && strlen (other->name) > strlen (figure->name)
          && is_same (&other->a, &figure->a) && is_same (&other->b, &figure->b)
          && is_same (&other->difference, &figure->difference) && is_headline (printer, other->name))
        return TRUE;
    }
  return FALSE;
}

/* How many figures only one of them had: reads at a node that the other has not, say. */
static void
print_lone_figures (const Printer *printer)
{
  guint n_a = 0, n_b = 0;
  for (guint i = 0; i < printer->comparison->figures->len; i++)
    {
      const OrrComparedFigure *figure = g_ptr_array_index (printer->comparison->figures, i);
      n_a += figure->difference.n == 0 && figure->n_only_a > 0;
      n_b += figure->difference.n == 0 && figure->n_only_b > 0;
    }
  if (n_a > 0)
    g_string_append_printf (printer->text, "%u only A has.\n", n_a);
  if (n_b > 0)
    g_string_append_printf (printer->text, "%u only B has.\n", n_b);
}

/* Shows those that are to be shown, each with how many say the same; returns how many more differ. */
static guint
add_figures (const Printer *printer, const GPtrArray *sorted, OrrTable *table)
{
  guint n_more = 0;
  for (guint i = 0; i < sorted->len; i++)
    {
      const OrrComparedFigure *figure = g_ptr_array_index (sorted, i);
      gboolean differs = orr_compared_figure_differs (figure);
      if (printer->style->all ? figure->difference.n == 0 : !differs)
        continue;
      if (printer->style->all || (is_headline (printer, figure->name) && !has_twin (printer, sorted, i)))
        add_figure (table, figure);
      else
        n_more++;
    }
  return n_more;
}

static void
print_figures (const Printer *printer)
{
  static const char *const headings[] = { "figure", ">A", ">B", ">B - A", ">95% CI", ">relative", NULL };
  g_autoptr (GPtrArray) sorted = orr_comparison_sorted (printer->comparison);
  g_autoptr (OrrTable) table = orr_table_new (headings);
  guint n_differ = 0, n_same = 0, n_more = add_figures (printer, sorted, table);
  for (guint i = 0; i < sorted->len; i++)
    {
      const OrrComparedFigure *figure = g_ptr_array_index (sorted, i);
      n_differ += orr_compared_figure_differs (figure);
      n_same += !orr_compared_figure_differs (figure) && figure->difference.n > 0;
    }
  if (n_differ > n_more || printer->style->all)
    orr_print_heading (printer->style->colour, n_differ > 0 ? "Figures that differ" : "Figures",
                       "means of all runs, and of B - A by the same seed; pp: percentage points",
                       printer->text);
  orr_table_print (table, 2, printer->text);
  g_string_append_c (printer->text, '\n');
  if (n_more > 0)
    g_string_append_printf (
        printer->text, "%u more differ, of single nodes or by other statistics; --all lists them.\n", n_more);
  if (n_same > 0)
    g_string_append_printf (printer->text, "%u %s not differ.\n", n_same,
                            n_same == 1 ? "figure does" : "figures do");
  print_lone_figures (printer);
}

/* Below, how to see what B breaks, or what died. */
static void
print_command (const Printer *printer, const char *what, const char *command, const OrrSeeds *seeds)
{
  if (seeds->count > 0 && command)
    g_string_append_printf (printer->text, "%s: %s --seed %" G_GUINT64_FORMAT "%s\n", what, command,
                            seeds->seeds[0], printer->style->options);
}

static void
print_commands (const Printer *printer)
{
  const OrrComparison *comparison = printer->comparison;
  const OrrComparisonStyle *style = printer->style;
  g_string_append_c (printer->text, '\n');
  print_command (printer, "a run of A died", style->command_a, &comparison->died_a);
  print_command (printer, "a run of B died", style->command_b, &comparison->died_b);
  for (guint i = 0; i < comparison->expected->len; i++)
    {
      const OrrComparedExpectation *expected
          = &g_array_index (comparison->expected, OrrComparedExpectation, i);
      g_autofree char *what = g_strconcat ("B breaks ", expected->a.expectation->name, NULL);
      if (orr_compared_expectation_kept (expected, comparison->n) == ORR_VIOLATED)
        print_command (printer, what, style->command_b, &expected->b.by_kind[ORR_VIOLATED]);
    }
  if (style->again)
    g_string_append_printf (printer->text, "again: %s\n", style->again);
}

void
orr_comparison_print (const OrrComparison *comparison, const OrrComparisonStyle *style, GString *text)
{
  Printer printer = { comparison, style, text };
  print_head (&printer);
  print_verdicts (&printer);
  print_expected (&printer);
  if (!style->brief)
    print_figures (&printer);
  print_commands (&printer);
}
