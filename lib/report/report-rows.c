/* report-rows.c: several runs side by side, a row each.
 *
 * Only columns in which some run has something to say are shown. */
#include <string.h>

#include "report/columns.h"
#include "report/report-private.h"
#include "report/wrap.h"

const OrrShownFigure orr_shown_figures[] = {
  { ">at primary", "share.read.primary" },
  { ">stale", "stale.read" },
  { ">behind p99", "staleness.read.p99" },
  { ">behind max", "staleness.read.max" },
  { ">read p50", "latency.read.p50" },
  { ">read p99", "latency.read.p99" },
  { ">write p50", "latency.write.p50" },
  { ">write p99", "latency.write.p99" },
  { ">success", "success" },
  { NULL, NULL },
};

const char orr_shown_legend[] = "at primary: share of reads that the primary served. stale: share of reads "
                                "that were out of date. behind: for how long "
                                "what reads returned had been out of date, 0s where it was not. p50, p99, "
                                "max: half of all, 99% of all, all are at most that.";

typedef struct
{
  OrrReport *const *reports;
  const char *const *names;
  guint n;
} Runs;

/* --- The columns --- */

/* A history from elsewhere is expected to be nothing. Adds the column where some run is. */
static void
add_results (const Runs *runs, GArray *columns)
{
  static const char *const results[]
      = { [ORR_HOLDS] = "yes", [ORR_VIOLATED] = "NO", [ORR_UNDECIDED] = "undecided" };
  OrrColumn column = orr_column_new ("as expected");
  gboolean any = FALSE;
  for (guint i = 0; i < runs->n; i++)
    {
      any |= runs->reports[i]->trace != NULL;
      g_ptr_array_add (column.cells,
                       g_strdup (runs->reports[i]->trace ? results[runs->reports[i]->result] : "-"));
    }
  if (any)
    g_array_append_val (columns, column);
  else
    orr_column_clear (&column);
}

/* Adds the column where some run judged the property. */
static void
add_property (const Runs *runs, const OrrEntry *property, GArray *columns)
{
  OrrColumn column = orr_column_new (property->name);
  gboolean any = FALSE;
  for (guint i = 0; i < runs->n; i++)
    {
      const char *word = "-";
      for (guint v = 0; v < runs->reports[i]->verdicts->len; v++)
        {
          const OrrVerdict *verdict = g_ptr_array_index (runs->reports[i]->verdicts, v);
          if (verdict->property == property)
            word = orr_verdict_name (verdict->kind);
        }
      any |= *word != '-';
      g_ptr_array_add (column.cells, g_strdup (word));
    }
  if (any)
    g_array_append_val (columns, column);
  else
    orr_column_clear (&column);
}

/* Adds the column where some run has such a figure. */
static void
add_figure (const Runs *runs, const char *heading, const char *name, GArray *columns)
{
  OrrColumn column = orr_column_new (heading);
  gboolean any = FALSE;
  for (guint i = 0; i < runs->n; i++)
    {
      const OrrFigure *figure = orr_figures_find (runs->reports[i]->figures, name);
      any |= figure != NULL;
      g_ptr_array_add (column.cells, orr_figure_or_dash (figure));
    }
  if (any)
    g_array_append_val (columns, column);
  else
    orr_column_clear (&column);
}

/* --- The table --- */

void
orr_reports_print_table (OrrReport *const *reports, const char *const *names, guint n,
                         const OrrReportStyle *style, GString *text)
{
  Runs runs = { reports, names, n };
  g_autoptr (GArray) name = orr_columns_of_names (names, n);
  g_autoptr (GArray) verdicts = orr_columns_new (), measured = orr_columns_new ();

  add_results (&runs, verdicts);
  for (guint i = 0; orr_checks[i]; i++)
    add_property (&runs, &orr_checks[i]->entry, verdicts);
  for (const OrrShownFigure *figure = orr_shown_figures; figure->heading; figure++)
    add_figure (&runs, figure->heading, figure->name, measured);
  orr_columns_print (name, verdicts, text);
  if (!style->brief && measured->len > 0)
    {
      orr_columns_print (name, measured, text);
      g_string_append_c (text, '\n');
      orr_wrap (orr_shown_legend, 0, 0, text);
    }
}
