/* trace-seal.c: one word for all rows.
 *
 * A database tells when its pages are torn, but not when a bit in a number has flipped. So what a trace says
 * is folded into one word, which is saved with it. The same words, a table each, tell a loader whether it
 * understood every row: the trace that it made must say just what it was told. It is no defence against those
 * who mean harm, since they can seal what they like. */
#include "trace/trace-private.h"

#include "base/draw.h"

#include <string.h>
#include <xxhash.h>

const char orr_trace_seal_sql[] = "CREATE TABLE seal (rows TEXT NOT NULL) STRICT";

void
orr_trace_seal_take (OrrTraceSeal *seal, OrrTraceTable table, const OrrTraceRow *row)
{
  guint64 word = seal->tables[table];
  for (guint i = 0; i < row->n; i++)
    {
      const OrrTraceCell *cell = &row->cells[i];
      if (cell->kind == ORR_CELL_NUMBER)
        word = orr_mix (word, (guint64) cell->number);
      else if (cell->kind == ORR_CELL_TEXT)
        word = XXH3_64bits_withSeed (cell->text, strlen (cell->text), word);
      word = orr_mix (word, cell->kind);
    }
  seal->tables[table] = word;
}

guint64
orr_trace_seal_word (const OrrTraceSeal *seal)
{
  guint64 word = 0;
  for (guint table = 0; table < ORR_N_TABLES; table++)
    word = orr_mix (word, seal->tables[table]);
  return word;
}
