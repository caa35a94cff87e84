/* trace-dump.c: a trace as text.
 *
 * Two traces are the same when their dumps are, byte by byte. A line is a row: the table, then each cell that
 * holds something as NAME=VALUE. No memory address, no number of a term and no property of the machine goes
 * in. */
#include "trace/trace-private.h"

#include "base/json.h"

static gboolean
print_row (gpointer data, OrrTraceTable table, const OrrTraceRow *row)
{
  GString *text = data;
  const OrrTraceTableInfo *info = &orr_trace_tables[table];
  g_string_append (text, info->name);
  for (guint i = 0; i < row->n; i++)
    {
      const OrrTraceCell *cell = &row->cells[i];
      if (cell->kind == ORR_CELL_NOTHING)
        continue;
      g_string_append_printf (text, " %s=", info->columns[i].name);
      if (cell->kind == ORR_CELL_NUMBER)
        g_string_append_printf (text, "%" G_GINT64_FORMAT, cell->number);
      else
        orr_json_print_text (cell->text, text);
    }
  g_string_append_c (text, '\n');
  return TRUE;
}

void
orr_trace_dump (const OrrTrace *trace, GString *text)
{
  orr_trace_walk (trace, print_row, text);
}
