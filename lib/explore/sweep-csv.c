/* sweep-csv.c: a sweep as CSV, for spreadsheets and data frames (RFC 4180, but for its line ends). */
#include <string.h>

#include "base/quantity.h"
#include "explore/sweep.h"
#include "report/runs-private.h"

static void
add_cell (GString *text, const char *cell)
{
  if (text->len > 0 && text->str[text->len - 1] != '\n')
    g_string_append_c (text, ',');
  if (!strpbrk (cell, ",\"\r\n"))
    {
      g_string_append (text, cell);
      return;
    }
  g_string_append_c (text, '"');
  for (; *cell; cell++)
    {
      if (*cell == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *cell);
    }
  g_string_append_c (text, '"');
}

static void
add_number (GString *text, guint64 number)
{
  g_autofree char *cell = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  add_cell (text, cell);
}

/* Nothing where it is not known. */
static void
add_real (GString *text, gboolean is_known, double value)
{
  g_autofree char *cell = is_known ? orr_real_to_text (value) : g_strdup ("");
  add_cell (text, cell);
}

static void
add_heading (GString *text, const char *name, const char *end)
{
  g_autofree char *cell = g_strconcat (name, end, NULL);
  add_cell (text, cell);
}

/* --- What the columns are --- */

/* All properties that were judged, in the order in which they were met. */
static GPtrArray *
properties_of (const OrrSweepView *view)
{
  GPtrArray *properties = g_ptr_array_new ();
  for (guint i = 0; i < view->n; i++)
    for (guint j = 0; j < view->runs[i]->verdicts->len; j++)
      {
        const OrrEntry *property = g_array_index (view->runs[i]->verdicts, OrrRunsVerdict, j).property;
        if (!g_ptr_array_find (properties, property, NULL))
          g_ptr_array_add (properties, (gpointer) property);
      }
  return properties;
}

/* All figures that any run had, likewise. */
static GPtrArray *
figures_of (const OrrSweepView *view)
{
  GPtrArray *figures = g_ptr_array_new ();
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < view->n; i++)
    for (guint j = 0; j < view->runs[i]->figures->len; j++)
      {
        const char *name = ((const OrrRunsFigure *) view->runs[i]->figures->pdata[j])->name;
        if (g_hash_table_add (known, (gpointer) name))
          g_ptr_array_add (figures, (gpointer) name);
      }
  return figures;
}

static void
add_headings (const OrrSweepView *view, const GPtrArray *properties, const GPtrArray *figures, GString *text)
{
  for (guint i = 0; i < view->sweep->axes->len; i++)
    add_cell (text, orr_sweep_axis (view->sweep, i)->path);
  add_cell (text, "runs");
  add_cell (text, "result");
  for (guint i = 0; i < properties->len; i++)
    {
      const char *name = ((const OrrEntry *) properties->pdata[i])->name;
      add_heading (text, name, ".violated");
      add_heading (text, name, ".decided");
    }
  for (guint i = 0; i < figures->len; i++)
    {
      add_cell (text, figures->pdata[i]);
      add_heading (text, figures->pdata[i], ".low");
      add_heading (text, figures->pdata[i], ".high");
    }
  g_string_append_c (text, '\n');
}

/* --- Rows --- */

static void
add_property (const OrrRuns *runs, const OrrEntry *property, GString *text)
{
  for (guint i = 0; i < runs->verdicts->len; i++)
    {
      const OrrRunsVerdict *verdict = &g_array_index (runs->verdicts, OrrRunsVerdict, i);
      if (verdict->property != property)
        continue;
      add_number (text, verdict->by_kind[ORR_VIOLATED].count);
      add_number (text, orr_runs_decided (verdict));
      return;
    }
  add_cell (text, "");
  add_cell (text, "");
}

static void
add_figure (const OrrRuns *runs, const char *name, GString *text)
{
  const OrrRunsFigure *figure = orr_runs_find_figure (runs, name);
  OrrSpreadView spread = { 0 };
  if (figure)
    orr_spread_look (figure->spread, &spread);
  add_real (text, figure != NULL, spread.mean);
  add_real (text, spread.has_mean_interval, spread.mean_interval.low);
  add_real (text, spread.has_mean_interval, spread.mean_interval.high);
}

void
orr_sweep_print_csv (const OrrSweepView *view, GString *text)
{
  static const char *const results[]
      = { [ORR_HOLDS] = "as expected", [ORR_VIOLATED] = "not as expected", [ORR_UNDECIDED] = "undecided" };
  g_autoptr (GPtrArray) properties = properties_of (view), figures = figures_of (view);
  add_headings (view, properties, figures, text);
  for (guint point = 0; point < view->n; point++)
    {
      const OrrRuns *runs = view->runs[point];
      for (guint axis = 0; axis < view->sweep->axes->len; axis++)
        add_cell (text, orr_sweep_value (view->sweep, point, axis));
      add_number (text, runs->n);
      add_cell (text, results[orr_runs_result (runs)]);
      for (guint i = 0; i < properties->len; i++)
        add_property (runs, properties->pdata[i], text);
      for (guint i = 0; i < figures->len; i++)
        add_figure (runs, figures->pdata[i], text);
      g_string_append_c (text, '\n');
    }
}
