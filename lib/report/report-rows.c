/* report-rows.c: several runs side by side, a row each.
 *
 * Only columns in which some run has something to say are shown. Where they are more than a line holds, the
 * table goes on below, so that it can be read on any terminal and pasted anywhere. */
#include <string.h>

#include "report/report-private.h"
#include "report/table.h"
#include "report/wrap.h"

/* The widest line of a table. */
#define TABLE_WIDTH 120

/* Between two columns. */
#define GAP 2

typedef struct
{
  const char *heading; /* a leading '>' has it stand to the right */
  GPtrArray *cells;    /* char *: one a run */
} Column;

typedef struct
{
  OrrReport *const *reports;
  const char *const *names;
  guint n;
} Runs;

static void
clear_column (gpointer column)
{
  g_ptr_array_unref (((Column *) column)->cells);
}

static Column
column_new (const char *heading)
{
  return (Column){ heading, g_ptr_array_new_with_free_func (g_free) };
}

static guint
width_of (const Column *column)
{
  glong width = (glong) strlen (column->heading) - (*column->heading == '>');
  for (guint i = 0; i < column->cells->len; i++)
    width = MAX (width, g_utf8_strlen (g_ptr_array_index (column->cells, i), -1));
  return (guint) width + GAP;
}

/* --- The columns --- */

/* "models/raft/split-vote.yaml" → "split-vote". */
static char *
last_part (const char *name)
{
  g_autofree char *last = g_path_get_basename (name);
  return g_str_has_suffix (last, ".yaml") ? g_strndup (last, strlen (last) - strlen (".yaml"))
                                          : g_steal_pointer (&last);
}

/* Names as short as they can be while all differ. */
static Column
name_column (const Runs *runs)
{
  Column column = column_new ("scenario");
  for (guint i = 0; i < runs->n; i++)
    {
      char *name = last_part (runs->names[i]);
      for (guint other = 0; other < runs->n; other++)
        {
          g_autofree char *last = last_part (runs->names[other]);
          if (other != i && strcmp (last, name) == 0)
            {
              g_free (name);
              name = g_strdup (runs->names[i]);
              break;
            }
        }
      g_ptr_array_add (column.cells, name);
    }
  return column;
}

static Column
result_column (const Runs *runs)
{
  static const char *const results[]
      = { [ORR_HOLDS] = "yes", [ORR_VIOLATED] = "NO", [ORR_UNDECIDED] = "undecided" };
  Column column = column_new ("as expected");
  for (guint i = 0; i < runs->n; i++)
    g_ptr_array_add (column.cells, g_strdup (results[runs->reports[i]->result]));
  return column;
}

/* Adds the column where some run judged the property. */
static void
add_property (const Runs *runs, const OrrEntry *property, GArray *columns)
{
  Column column = column_new (property->name);
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
    clear_column (&column);
}

/* Adds the column where some run has such a figure. */
static void
add_figure (const Runs *runs, const char *heading, const char *name, GArray *columns)
{
  Column column = column_new (heading);
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
    clear_column (&column);
}

static GArray *
columns_new (void)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_array_set_clear_func (columns, clear_column);
  return columns;
}

/* --- The table --- */

/* Prints those columns from `first` on that a line holds beside the names; returns the first that is left. */
static guint
print_part (const Column *names, const GArray *columns, guint first, GString *text)
{
  guint width = width_of (names), end = first;
  while (end < columns->len
         && (end == first || width + width_of (&g_array_index (columns, Column, end)) <= TABLE_WIDTH + GAP))
    width += width_of (&g_array_index (columns, Column, end++));

  g_autoptr (GPtrArray) headings = g_ptr_array_new ();
  g_ptr_array_add (headings, (gpointer) names->heading);
  for (guint c = first; c < end; c++)
    g_ptr_array_add (headings, (gpointer) g_array_index (columns, Column, c).heading);
  g_ptr_array_add (headings, NULL);

  g_autoptr (OrrTable) table = orr_table_new ((const char *const *) headings->pdata);
  for (guint row = 0; row < names->cells->len; row++)
    {
      orr_table_add_line (table);
      orr_table_add (table, g_ptr_array_index (names->cells, row));
      for (guint c = first; c < end; c++)
        orr_table_add (table, g_ptr_array_index (g_array_index (columns, Column, c).cells, row));
    }
  orr_table_print (table, 0, text);
  return end;
}

static void
print_columns (const Column *names, const GArray *columns, GString *text)
{
  for (guint next = 0; next < columns->len;)
    {
      if (text->len > 0)
        g_string_append_c (text, '\n');
      next = print_part (names, columns, next, text);
    }
}

void
orr_reports_print_table (OrrReport *const *reports, const char *const *names, guint n,
                         const OrrReportStyle *style, GString *text)
{
  static const struct
  {
    const char *heading, *name;
  } figures[] = {
    { ">at primary", "share.read.primary" },
    { ">stale", "stale.read" },
    { ">behind p99", "staleness.read.p99" },
    { ">behind max", "staleness.read.max" },
    { ">read p50", "latency.read.p50" },
    { ">read p99", "latency.read.p99" },
    { ">write p50", "latency.write.p50" },
    { ">write p99", "latency.write.p99" },
    { ">success", "success" },
  };
  static const char legend[] = "at primary: share of reads that the primary served. stale: share of reads "
                               "that were out of date. behind: for how long "
                               "what reads returned had been out of date, 0s where it was not. p50, p99, "
                               "max: half of all, 99% of all, all are at most that.";
  Runs runs = { reports, names, n };
  Column name = name_column (&runs), result = result_column (&runs);
  g_autoptr (GArray) verdicts = columns_new (), measured = columns_new ();

  g_array_append_val (verdicts, result);
  for (guint i = 0; orr_checks[i]; i++)
    add_property (&runs, &orr_checks[i]->entry, verdicts);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    add_figure (&runs, figures[i].heading, figures[i].name, measured);
  print_columns (&name, verdicts, text);
  if (!style->brief && measured->len > 0)
    {
      print_columns (&name, measured, text);
      g_string_append_c (text, '\n');
      orr_wrap (legend, 0, 0, text);
    }
  clear_column (&name);
}
