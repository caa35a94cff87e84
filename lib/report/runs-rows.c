/* runs-rows.c: many runs each of several scenarios side by side, a row each. */
#include "report/report-private.h"
#include "report/runs-private.h"
#include "report/runs-rows.h"
#include "report/wrap.h"

static const char legend[]
    = "A property's column is the share of runs that violated it, with its 95% confidence interval "
      "(Wilson's); a figure's is the mean over the runs, with that of Student's t. ";

static OrrColumn
result_column (const OrrRunsRows *rows)
{
  static const char *const results[]
      = { [ORR_HOLDS] = "yes", [ORR_VIOLATED] = "NO", [ORR_UNDECIDED] = "undecided" };
  OrrColumn column = orr_column_new ("as expected");
  for (guint i = 0; i < rows->n; i++)
    g_ptr_array_add (column.cells, g_strdup (results[orr_runs_result (rows->runs[i])]));
  return column;
}

static OrrColumn
count_column (const OrrRunsRows *rows)
{
  OrrColumn column = orr_column_new (">runs");
  for (guint i = 0; i < rows->n; i++)
    g_ptr_array_add (column.cells, g_strdup_printf ("%" G_GUINT64_FORMAT, rows->runs[i]->n));
  return column;
}

static char *
share_cell (const OrrRuns *runs, const OrrEntry *property)
{
  for (guint i = 0; i < runs->verdicts->len; i++)
    {
      const OrrRunsVerdict *verdict = &g_array_index (runs->verdicts, OrrRunsVerdict, i);
      guint64 decided = orr_runs_decided (verdict), violated = verdict->by_kind[ORR_VIOLATED].count;
      if (verdict->property != property)
        continue;
      if (decided == 0)
        return g_strdup ("unknown");
      OrrInterval interval = orr_share_interval (violated, decided);
      g_autofree char *share = orr_runs_share_to_text ((double) violated / (double) decided);
      g_autofree char *low = orr_runs_share_to_text (interval.low);
      g_autofree char *high = orr_runs_share_to_text (interval.high);
      return g_strdup_printf ("%s (%s..%s)", share, low, high);
    }
  return g_strdup ("-");
}

static char *
figure_cell (const OrrRuns *runs, const char *name)
{
  const OrrRunsFigure *figure = orr_runs_find_figure (runs, name);
  OrrSpreadView view;
  if (!figure)
    return g_strdup ("-");
  orr_spread_look (figure->spread, &view);
  g_autofree char *mean = orr_figure_to_text (figure->measure, view.mean);
  if (!view.has_mean_interval)
    return g_steal_pointer (&mean);
  g_autofree char *interval = orr_runs_interval_to_text (figure->measure, view.mean_interval);
  return g_strdup_printf ("%s (%s)", mean, interval);
}

/* Adds the column where some cell of it says something. */
static void
add_column (const OrrRunsRows *rows, const char *heading, const OrrEntry *property, const char *figure,
            GArray *columns)
{
  OrrColumn column = orr_column_new (heading);
  gboolean any = FALSE;
  for (guint i = 0; i < rows->n; i++)
    {
      char *cell = property ? share_cell (rows->runs[i], property) : figure_cell (rows->runs[i], figure);
      any |= *cell != '-';
      g_ptr_array_add (column.cells, cell);
    }
  if (any)
    g_array_append_val (columns, column);
  else
    orr_column_clear (&column);
}

/* `headings` keeps those that are made for it. */
static void
add_figure_columns (const OrrRunsRows *rows, GPtrArray *headings, GArray *columns)
{
  if (rows->figures)
    for (const char *const *figure = rows->figures; *figure; figure++)
      {
        char *heading = g_strconcat (">", *figure, NULL);
        g_ptr_array_add (headings, heading);
        add_column (rows, heading, NULL, *figure, columns);
      }
  else
    for (const OrrShownFigure *shown = orr_shown_figures; shown->heading; shown++)
      add_column (rows, shown->heading, NULL, shown->name, columns);
}

void
orr_runs_rows_print (const OrrRunsRows *rows, const OrrRunsStyle *style, GString *text)
{
  OrrColumn result = result_column (rows), count = count_column (rows);
  g_autoptr (GPtrArray) headings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) verdicts = orr_columns_new (), measured = orr_columns_new ();

  g_array_append_val (verdicts, result);
  g_array_append_val (verdicts, count);
  for (guint i = 0; orr_checks[i]; i++)
    add_column (rows, orr_checks[i]->entry.name, &orr_checks[i]->entry, NULL, verdicts);
  add_figure_columns (rows, headings, measured);
  orr_columns_print (rows->names, verdicts, text);
  if (!style->brief && measured->len > 0)
    {
      orr_columns_print (rows->names, measured, text);
      g_string_append_c (text, '\n');
      g_autofree char *words = g_strconcat (legend, rows->figures ? "" : orr_shown_legend, NULL);
      orr_wrap (words, 0, 0, text);
    }
}

void
orr_runs_print_table (OrrRuns *const *runs, const char *const *names, guint n, const OrrRunsStyle *style,
                      GString *text)
{
  g_autoptr (GArray) name = orr_columns_of_names (names, n);
  const OrrRunsRows rows = { .runs = runs, .n = n, .names = name };
  orr_runs_rows_print (&rows, style, text);
}
