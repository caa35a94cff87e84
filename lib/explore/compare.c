/* compare.c: adding up pairs of runs. */
#include "explore/compare.h"

#include <math.h>
#include <string.h>

static void
figure_free (gpointer data)
{
  OrrComparedFigure *figure = data;
  g_free (figure->name);
  g_free (figure);
}

OrrComparison *
orr_comparison_new (const OrrScenario *a, const OrrScenario *b, guint64 first, guint64 last)
{
  g_assert (first <= last);
  OrrComparison *comparison = g_new0 (OrrComparison, 1);
  comparison->a = orr_scenario_ref (a);
  comparison->b = orr_scenario_ref (b);
  comparison->first = first;
  comparison->last = last;
  comparison->verdicts = g_array_new (FALSE, TRUE, sizeof (OrrComparedVerdict));
  comparison->expected = g_array_new (FALSE, TRUE, sizeof (OrrComparedExpectation));
  comparison->figures = g_ptr_array_new_with_free_func (figure_free);
  comparison->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&comparison->waiting);
  for (guint i = 0; i < a->expectations.length; i++)
    {
      const OrrExpectation *expectation = &((const OrrExpectation *) a->expectations.data)[i];
      OrrComparedExpectation expected = { .a.expectation = expectation, .b.expectation = expectation };
      g_array_append_val (comparison->expected, expected);
    }
  return comparison;
}

void
orr_comparison_free (OrrComparison *comparison)
{
  if (!comparison)
    return;
  g_queue_clear_full (&comparison->waiting, (GDestroyNotify) orr_summary_free);
  g_array_unref (comparison->verdicts);
  g_array_unref (comparison->expected);
  g_hash_table_unref (comparison->by_name);
  g_ptr_array_unref (comparison->figures);
  orr_scenario_unref (comparison->a);
  orr_scenario_unref (comparison->b);
  g_free (comparison);
}

/* --- Adding --- */

static OrrComparedVerdict *
find_verdict (OrrComparison *comparison, const OrrEntry *property)
{
  for (guint i = 0; i < comparison->verdicts->len; i++)
    {
      OrrComparedVerdict *verdict = &g_array_index (comparison->verdicts, OrrComparedVerdict, i);
      if (verdict->property == property)
        return verdict;
    }
  g_array_append_val (comparison->verdicts, (OrrComparedVerdict){ .property = property });
  return &g_array_index (comparison->verdicts, OrrComparedVerdict, comparison->verdicts->len - 1);
}

/* Both were judged by the same properties, by whatever order. */
static OrrVerdictKind
kind_in (const OrrSummary *summary, guint check)
{
  for (guint i = 0; i < summary->verdicts->len; i++)
    {
      const OrrSummaryVerdict *verdict = &g_array_index (summary->verdicts, OrrSummaryVerdict, i);
      if (verdict->check == check)
        return verdict->kind;
    }
  return ORR_UNDECIDED;
}

static void
add_verdicts (OrrComparison *comparison, const OrrSummary *a, const OrrSummary *b)
{
  for (guint i = 0; i < a->verdicts->len; i++)
    {
      const OrrSummaryVerdict *in_a = &g_array_index (a->verdicts, OrrSummaryVerdict, i);
      OrrComparedVerdict *verdict = find_verdict (comparison, &orr_checks[in_a->check]->entry);
      OrrVerdictKind in_b = kind_in (b, in_a->check);
      if (in_a->kind == ORR_UNDECIDED || in_b == ORR_UNDECIDED)
        verdict->n_unknown++;
      else if (in_a->kind == in_b)
        orr_seeds_add (in_b == ORR_VIOLATED ? &verdict->both : &verdict->neither, a->seed);
      else
        orr_seeds_add (in_b == ORR_VIOLATED ? &verdict->only_b : &verdict->only_a, a->seed);
    }
}

static void
add_expected (OrrComparison *comparison, const OrrSummary *a, const OrrSummary *b)
{
  for (guint i = 0; i < comparison->expected->len; i++)
    {
      OrrComparedExpectation *expected = &g_array_index (comparison->expected, OrrComparedExpectation, i);
      orr_seeds_add (&expected->a.by_kind[orr_summary_meets (a, expected->a.expectation)], a->seed);
      orr_seeds_add (&expected->b.by_kind[orr_summary_meets (b, expected->b.expectation)], b->seed);
    }
}

static OrrComparedFigure *
find_figure (OrrComparison *comparison, const char *name)
{
  OrrComparedFigure *figure = g_hash_table_lookup (comparison->by_name, name);
  if (figure)
    return figure;
  figure = g_new0 (OrrComparedFigure, 1);
  figure->name = g_strdup (name);
  figure->measure = orr_figure_measure (name);
  g_ptr_array_add (comparison->figures, figure);
  g_hash_table_insert (comparison->by_name, figure->name, figure);
  return figure;
}

/* Mostly both have the same figures in the same order; then none is searched for. */
static guint
index_in (const OrrFigureNames *names, const char *name, guint guess)
{
  if (guess < names->n && strcmp (names->names[guess], name) == 0)
    return guess;
  for (guint i = 0; i < names->n; i++)
    if (strcmp (names->names[i], name) == 0)
      return i;
  return names->n;
}

static void
add_figures (OrrComparison *comparison, const OrrSummary *a, const OrrSummary *b)
{
  guint guess = 0;
  for (guint i = 0; i < a->names->n; i++)
    {
      OrrComparedFigure *figure = find_figure (comparison, a->names->names[i]);
      guint j = index_in (b->names, figure->name, guess);
      if (j == b->names->n)
        {
          figure->n_only_a++;
          continue;
        }
      guess = j + 1;
      orr_mean_add (&figure->a, a->values[i]);
      orr_mean_add (&figure->b, b->values[j]);
      orr_mean_add (&figure->difference, b->values[j] - a->values[i]);
    }
  guess = 0;
  for (guint j = 0; j < b->names->n; j++)
    {
      guint i = index_in (a->names, b->names->names[j], guess);
      if (i == a->names->n)
        find_figure (comparison, b->names->names[j])->n_only_b++;
      else
        guess = i + 1;
    }
}

void
orr_comparison_add (OrrComparison *comparison, const OrrSummary *a, const OrrSummary *b)
{
  g_assert (a->seed == b->seed);
  if (a->died)
    orr_seeds_add (&comparison->died_a, a->seed);
  if (b->died)
    orr_seeds_add (&comparison->died_b, b->seed);
  if (a->died || b->died)
    return;
  comparison->n++;
  if (a->digest == b->digest)
    orr_seeds_add (&comparison->same, a->seed);
  add_verdicts (comparison, a, b);
  add_expected (comparison, a, b);
  add_figures (comparison, a, b);
}

void
orr_comparison_take (gpointer comparison, guint scenario, OrrSummary *summary)
{
  OrrComparison *self = comparison;
  if (scenario == 0)
    {
      g_queue_push_tail (&self->waiting, summary);
      return;
    }
  OrrSummary *pair = g_queue_pop_head (&self->waiting);
  orr_comparison_add (self, pair, summary);
  orr_summary_free (pair);
  orr_summary_free (summary);
}

/* --- Asking --- */

gboolean
orr_compared_figure_differs (const OrrComparedFigure *figure)
{
  OrrInterval interval;
  return orr_mean_interval (&figure->difference, &interval) && (interval.low > 0 || interval.high < 0);
}

double
orr_compared_figure_size (const OrrComparedFigure *figure)
{
  double larger = MAX (fabs (figure->a.mean), fabs (figure->b.mean));
  return larger > 0 ? fabs (figure->difference.mean) / larger : 0;
}

static gint
compare_figures (gconstpointer a, gconstpointer b)
{
  const OrrComparedFigure *left = *(OrrComparedFigure *const *) a, *right = *(OrrComparedFigure *const *) b;
  gboolean left_differs = orr_compared_figure_differs (left),
           right_differs = orr_compared_figure_differs (right);
  double left_size = orr_compared_figure_size (left), right_size = orr_compared_figure_size (right);
  if (left_differs != right_differs)
    return right_differs - left_differs;
  return left_differs ? (left_size < right_size) - (left_size > right_size) : 0;
}

GPtrArray *
orr_comparison_sorted (const OrrComparison *comparison)
{
  GPtrArray *sorted = g_ptr_array_new ();
  for (guint i = 0; i < comparison->figures->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (comparison->figures, i));
  g_ptr_array_sort (sorted, compare_figures); /* it keeps equal ones in their order */
  return sorted;
}

OrrVerdictKind
orr_compared_expectation_kept (const OrrComparedExpectation *expected, guint64 n)
{
  const OrrExpectation *expectation = expected->a.expectation;
  gboolean shows_mistake = expectation->property && expectation->kind == ORR_EXPECT_VIOLATED;
  if (shows_mistake || orr_runs_expected_met (&expected->a, n) != ORR_HOLDS)
    return ORR_HOLDS;
  return orr_runs_expected_met (&expected->b, n);
}

OrrVerdictKind
orr_comparison_result (const OrrComparison *comparison)
{
  OrrVerdictKind result = ORR_HOLDS;
  if (comparison->n <= comparison->last - comparison->first)
    result = ORR_UNDECIDED;
  for (guint i = 0; i < comparison->expected->len; i++)
    {
      OrrVerdictKind kept = orr_compared_expectation_kept (
          &g_array_index (comparison->expected, OrrComparedExpectation, i), comparison->n);
      if (kept == ORR_VIOLATED)
        return ORR_VIOLATED;
      if (kept == ORR_UNDECIDED)
        result = ORR_UNDECIDED;
    }
  return result;
}
