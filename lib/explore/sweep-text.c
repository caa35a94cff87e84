/* sweep-text.c: a sweep as a table, a row a point. */
#include <string.h>

#include "explore/sweep.h"
#include "report/report-private.h"
#include "report/runs-rows.h"

/* As much of a path's end as tells it from those of the other axes: "window" of options.router.window. */
static const char *
heading_of (const OrrSweep *sweep, guint axis)
{
  const char *path = orr_sweep_axis (sweep, axis)->path, *from = path + strlen (path);
  gboolean is_alone = FALSE;
  while (!is_alone && from > path)
    {
      do
        from--;
      while (from > path && from[-1] != '.');
      is_alone = TRUE;
      for (guint i = 0; i < sweep->axes->len; i++)
        is_alone &= i == axis || !g_str_has_suffix (orr_sweep_axis (sweep, i)->path, from);
    }
  return from;
}

static GArray *
columns_of_axes (const OrrSweepView *view)
{
  GArray *columns = orr_columns_new ();
  for (guint axis = 0; axis < view->sweep->axes->len; axis++)
    {
      OrrColumn column = orr_column_new (heading_of (view->sweep, axis));
      for (guint point = 0; point < view->n; point++)
        g_ptr_array_add (column.cells, g_strdup (orr_sweep_value (view->sweep, point, axis)));
      g_array_append_val (columns, column);
    }
  return columns;
}

static void
print_head (const OrrSweepView *view, GString *text)
{
  const OrrRuns *runs = view->runs[0];
  guint n = view->sweep->points->len;
  orr_print_title (view->style.colour, view->sweep->base, text);
  g_string_append_printf (text, "%u %s, seeds %" G_GUINT64_FORMAT "..%" G_GUINT64_FORMAT " each\n", n,
                          n == 1 ? "point" : "points", runs->first, runs->last);
}

/* The figures that something is expected of at any point; NULL where there are none. */
static GPtrArray *
expected_figures (const OrrSweepView *view)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; i < view->n; i++)
    for (guint j = 0; j < view->runs[i]->expected->len; j++)
      {
        const OrrExpectation *expectation
            = g_array_index (view->runs[i]->expected, OrrRunsExpected, j).expectation;
        gboolean is_new = expectation->measure != NULL;
        for (guint k = 0; k < names->len && is_new; k++)
          is_new = strcmp (g_ptr_array_index (names, k), expectation->name) != 0;
        if (is_new)
          g_ptr_array_add (names, (gpointer) expectation->name);
      }
  if (names->len == 0)
    return NULL;
  g_ptr_array_add (names, NULL);
  return g_steal_pointer (&names);
}

/* Below the table, how to see what is not as it should be. */
static void
print_commands (const OrrSweepView *view, GString *text)
{
  for (guint i = 0; i < view->n && view->commands; i++)
    {
      OrrVerdictKind result = orr_runs_result (view->runs[i]);
      if (result != ORR_HOLDS)
        g_string_append_printf (text, "%s: %s --seeds %" G_GUINT64_FORMAT "..%" G_GUINT64_FORMAT "%s\n",
                                result == ORR_VIOLATED ? "not as expected" : "undecided", view->commands[i],
                                view->runs[i]->first, view->runs[i]->last, view->style.options);
    }
}

void
orr_sweep_print (const OrrSweepView *view, GString *text)
{
  g_autoptr (GArray) names = columns_of_axes (view);
  g_autoptr (GPtrArray) expected = view->figures ? NULL : expected_figures (view);
  const char *const *figures = expected ? (const char *const *) expected->pdata : view->figures;
  const OrrRunsRows rows = { view->runs, view->n, names, figures };
  print_head (view, text);
  orr_runs_rows_print (&rows, &view->style, text);
  print_commands (view, text);
}
