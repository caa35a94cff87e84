/* table.c: columns that line up, by libsmartcols. */
#include "report/table.h"

#include <libsmartcols.h>
#include <stdlib.h>

struct OrrTable
{
  struct libscols_table *table;
  struct libscols_line *line;
  gsize column; /* of the next cell */
};

OrrTable *
orr_table_new (const char *const *headings)
{
  OrrTable *table = g_new0 (OrrTable, 1);
  table->table = scols_new_table ();
  scols_table_set_termforce (table->table, SCOLS_TERMFORCE_NEVER); /* the width is the table's own */
  scols_table_set_column_separator (table->table, "  ");
  for (; *headings; headings++)
    {
      gboolean right = **headings == '>';
      scols_table_new_column (table->table, *headings + right, 0, right ? SCOLS_FL_RIGHT : 0);
    }
  return table;
}

void
orr_table_free (OrrTable *table)
{
  if (!table)
    return;
  scols_unref_table (table->table);
  g_free (table);
}

void
orr_table_add_line (OrrTable *table)
{
  table->line = scols_table_new_line (table->table, NULL);
  table->column = 0;
}

void
orr_table_add (OrrTable *table, const char *text)
{
  scols_line_set_data (table->line, table->column++, text);
}

void
orr_table_take (OrrTable *table, char *text)
{
  orr_table_add (table, text);
  g_free (text);
}

void
orr_table_print (const OrrTable *table, guint indent, GString *text)
{
  char *printed = NULL;
  if (scols_print_table_to_string (table->table, &printed) == 0 && printed)
    {
      g_auto (GStrv) lines = g_strsplit (printed, "\n", -1);
      for (char **line = lines; *line; line++)
        if (*g_strchomp (*line))
          g_string_append_printf (text, "%*s%s\n", (int) indent, "", *line);
    }
  free (printed);
}
