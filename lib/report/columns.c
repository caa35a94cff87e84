/* columns.c: a table of what is set side by side.
 *
 * Where the columns are more than a line holds, the table goes on below, so that it can be read on any
 * terminal and pasted anywhere. */
#include "report/columns.h"

#include <string.h>

#include "report/table.h"

/* The widest line of a table. */
#define TABLE_WIDTH 120

/* Between two columns. */
#define GAP 2

static guint
width_of (const OrrColumn *column)
{
  glong width = (glong) strlen (column->heading) - (*column->heading == '>');
  for (guint i = 0; i < column->cells->len; i++)
    width = MAX (width, g_utf8_strlen (g_ptr_array_index (column->cells, i), -1));
  return (guint) width + GAP;
}

OrrColumn
orr_column_new (const char *heading)
{
  return (OrrColumn){ heading, g_ptr_array_new_with_free_func (g_free) };
}

void
orr_column_clear (gpointer column)
{
  g_ptr_array_unref (((OrrColumn *) column)->cells);
}

GArray *
orr_columns_new (void)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (OrrColumn));
  g_array_set_clear_func (columns, orr_column_clear);
  return columns;
}

/* "models/raft/split-vote.yaml" → "split-vote". */
static char *
last_part (const char *name)
{
  g_autofree char *last = g_path_get_basename (name);
  return g_str_has_suffix (last, ".yaml") ? g_strndup (last, strlen (last) - strlen (".yaml"))
                                          : g_steal_pointer (&last);
}

OrrColumn
orr_column_of_names (const char *const *names, guint n)
{
  OrrColumn column = orr_column_new ("scenario");
  for (guint i = 0; i < n; i++)
    {
      char *name = last_part (names[i]);
      for (guint other = 0; other < n; other++)
        {
          g_autofree char *last = last_part (names[other]);
          if (other != i && strcmp (last, name) == 0)
            {
              g_free (name);
              name = g_strdup (names[i]);
              break;
            }
        }
      g_ptr_array_add (column.cells, name);
    }
  return column;
}

GArray *
orr_columns_of_names (const char *const *names, guint n)
{
  GArray *columns = orr_columns_new ();
  OrrColumn column = orr_column_of_names (names, n);
  g_array_append_val (columns, column);
  return columns;
}

static void
add_headings (const GArray *columns, guint first, guint end, GPtrArray *headings)
{
  for (guint c = first; c < end; c++)
    g_ptr_array_add (headings, (gpointer) g_array_index (columns, OrrColumn, c).heading);
}

static void
add_cells (const GArray *columns, guint first, guint end, guint row, OrrTable *table)
{
  for (guint c = first; c < end; c++)
    orr_table_add (table, g_ptr_array_index (g_array_index (columns, OrrColumn, c).cells, row));
}

/* Prints those columns from `first` on that a line holds beside the names; returns the first that is left. */
static guint
print_part (const GArray *names, const GArray *columns, guint first, GString *text)
{
  guint width = 0, end = first, n_rows = g_array_index (names, OrrColumn, 0).cells->len;
  for (guint i = 0; i < names->len; i++)
    width += width_of (&g_array_index (names, OrrColumn, i));
  while (
      end < columns->len
      && (end == first || width + width_of (&g_array_index (columns, OrrColumn, end)) <= TABLE_WIDTH + GAP))
    width += width_of (&g_array_index (columns, OrrColumn, end++));

  g_autoptr (GPtrArray) headings = g_ptr_array_new ();
  add_headings (names, 0, names->len, headings);
  add_headings (columns, first, end, headings);
  g_ptr_array_add (headings, NULL);

  g_autoptr (OrrTable) table = orr_table_new ((const char *const *) headings->pdata);
  for (guint row = 0; row < n_rows; row++)
    {
      orr_table_add_line (table);
      add_cells (names, 0, names->len, row, table);
      add_cells (columns, first, end, row, table);
    }
  orr_table_print (table, 0, text);
  return end;
}

void
orr_columns_print (const GArray *names, const GArray *columns, GString *text)
{
  for (guint next = 0; next < columns->len;)
    {
      if (text->len > 0)
        g_string_append_c (text, '\n');
      next = print_part (names, columns, next, text);
    }
}
