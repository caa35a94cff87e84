/* fuzz-trace.c: a good trace, damaged as the bytes say.
 *
 * Damage comes in two kinds. Bytes of the file are overwritten, or its end is cut off: SQLite must notice, or
 * the seal. Or cells of rows are changed, and rows left out, doubled and exchanged, and the seal is made
 * anew: that is what someone who means harm would do, and the loader must find what contradicts itself, or
 * load a trace that all checks can work on. */
#include "try-scenario.h"

#include "trace/trace-private.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define CHANGES_MAX 64

static const char source[] = "model: primary-replica\n"
                             "options: {replicas: 1, apply-delay: 20ms}\n"
                             "clients: {names: [alice, bob]}\n"
                             "duration: 3s\n"
                             "workload:\n"
                             "  keys: {count: 2}\n"
                             "  operations:\n"
                             "    - {id: w1, session: alice, write: {x: 1}}\n"
                             "    - {id: r1, session: alice, after: w1, read: x}\n"
                             "    - {id: t1, session: bob, after: w1, read: y}\n"
                             "faults: [{at: 1s, crash: replica1, for: 500ms}]\n";

typedef struct
{
  OrrTraceTable table;
  OrrTraceRow row;
} Row;

static OrrCatalog *catalog;
static OrrArena *arena;
static GArray *rows;  /* Row: of the good trace */
static char *content; /* of its file */
static gsize content_length;
static char *path; /* of the damaged file */

static gboolean
keep_row (gpointer data G_GNUC_UNUSED, OrrTraceTable table, const OrrTraceRow *row)
{
  Row kept = { table, *row };
  for (guint i = 0; i < row->n; i++)
    if (row->cells[i].kind == ORR_CELL_TEXT)
      kept.row.cells[i].text = orr_arena_strdup (arena, row->cells[i].text);
  g_array_append_val (rows, kept);
  return TRUE;
}

static void
remove_file (void)
{
  g_unlink (path);
}

int
LLVMFuzzerInitialize (int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  catalog = orr_catalog_new (orr_models);
  arena = orr_arena_new ();
  rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_autoptr (OrrScenario) scenario
      = orr_scenario_parse (source, strlen (source), NULL, NULL, catalog, problems);
  g_assert (scenario);
  g_autoptr (OrrTrace) trace = run_briefly (scenario);
  orr_trace_walk (trace, keep_row, NULL);
  path = g_strdup_printf ("%s/fuzz-trace-%ld.orrery", g_get_tmp_dir (), (long) getpid ());
  if (!orr_trace_save (trace, path, &error) || !g_file_get_contents (path, &content, &content_length, &error))
    g_error ("%s", error->message);
  atexit (remove_file);
  return 0;
}

/* --- What the bytes say --- */

typedef struct
{
  const uint8_t *at, *end;
} Bytes;

static guint64
take (Bytes *bytes, guint n)
{
  guint64 number = 0;
  for (guint i = 0; i < n; i++)
    number = number << 8 | (bytes->at < bytes->end ? *bytes->at++ : 0);
  return number;
}

static gboolean
is_more (const Bytes *bytes)
{
  return bytes->at < bytes->end;
}

/* --- The file --- */

static void
try_file (Bytes *bytes)
{
  g_autofree char *damaged = g_memdup2 (content, content_length);
  gsize length = content_length;
  for (guint i = 0; i < CHANGES_MAX && is_more (bytes); i++)
    {
      guint64 offset = take (bytes, 3), change = take (bytes, 2);
      if (change >> 8 == 0xff)
        length = offset % (length + 1);
      else
        damaged[offset % content_length] = (char) change;
    }
  g_autoptr (GError) error = NULL;
  /* In place: making files anew each time is slow. */
  FILE *file = fopen (path, "wb");
  g_assert (file && fwrite (damaged, 1, length, file) == length && fclose (file) == 0);
  g_autoptr (OrrTrace) trace = orr_trace_load (path, catalog, &error);
  g_assert ((trace == NULL) == (error != NULL));
  if (trace)
    judge (trace);
}

/* --- The rows --- */

static void
change_cell (Bytes *bytes, const GArray *changed, OrrTraceTable table, OrrTraceCell *cell, guint column)
{
  static const gint64 numbers[]
      = { 0, 1, 2, 3, -1, G_MAXINT32, G_MAXUINT32, G_MAXINT64, G_MININT64, ORR_TIME_MAX };
  static const char *const texts[]
      = { "",   "nil", "x",  "ok",     "failed", "unknown", "message", "write", "18446744073709551615",
          "-1", "{}",  "[]", "{a: [}", "1e999" };
  guint what = (guint) take (bytes, 1);
  switch (what % 6)
    {
    case 0:
      *cell = (OrrTraceCell){ .kind = ORR_CELL_NOTHING };
      break;
    case 1:
      *cell = (OrrTraceCell){ .kind = ORR_CELL_NUMBER,
                              .number = numbers[take (bytes, 1) % G_N_ELEMENTS (numbers)] };
      break;
    case 2:
      *cell = (OrrTraceCell){ .kind = ORR_CELL_NUMBER, .number = (gint64) take (bytes, 5) };
      break;
    case 3:
      *cell = (OrrTraceCell){ .kind = ORR_CELL_TEXT, .text = texts[take (bytes, 1) % G_N_ELEMENTS (texts)] };
      break;
    case 4: /* what another row of the table says there */
      {
        const Row *other = &g_array_index (changed, Row, take (bytes, 2) % changed->len);
        if (other->table == table)
          *cell = other->row.cells[column];
        break;
      }
    default: /* a text with one character changed */
      if (cell->kind == ORR_CELL_TEXT && *cell->text)
        {
          g_autofree char *text = g_strdup (cell->text);
          text[take (bytes, 2) % strlen (text)] = (char) take (bytes, 1);
          *cell = (OrrTraceCell){ .kind = ORR_CELL_TEXT, .text = orr_arena_strdup (arena, text) };
        }
    }
}

static void
change_rows (Bytes *bytes, GArray *changed)
{
  for (guint i = 0; i < CHANGES_MAX && is_more (bytes) && changed->len > 0; i++)
    {
      guint what = (guint) take (bytes, 1), at = (guint) take (bytes, 2) % changed->len;
      Row row = g_array_index (changed, Row, at);
      guint column = (guint) take (bytes, 1) % row.row.n;
      if (what < 16)
        g_array_remove_index (changed, at);
      else if (what < 32)
        g_array_insert_val (changed, at, row);
      else if (what < 48 && at > 0)
        {
          g_array_index (changed, Row, at) = g_array_index (changed, Row, at - 1);
          g_array_index (changed, Row, at - 1) = row;
        }
      else
        change_cell (bytes, changed, row.table, &g_array_index (changed, Row, at).row.cells[column], column);
    }
}

/* What no database of ours can hold: its columns have their kinds. */
static gboolean
is_possible (const Row *row)
{
  for (guint i = 0; i < row->row.n; i++)
    {
      const OrrTraceCell *cell = &row->row.cells[i];
      OrrTraceColumnKind kind = orr_trace_tables[row->table].columns[i].kind;
      gboolean is_text = kind == ORR_COLUMN_TEXT || kind == ORR_COLUMN_TEXT_OR_NOTHING;
      if (cell->kind == ORR_CELL_NOTHING
              ? kind != ORR_COLUMN_TEXT_OR_NOTHING && kind != ORR_COLUMN_NUMBER_OR_NOTHING
              : (cell->kind == ORR_CELL_TEXT) != is_text)
        return FALSE;
      if (cell->kind == ORR_CELL_TEXT && !g_utf8_validate (cell->text, -1, NULL))
        return FALSE;
    }
  return TRUE;
}

static OrrTrace *
load_rows (const GArray *changed, GError **error)
{
  g_autoptr (OrrTraceLoader) loader = orr_trace_loader_new (catalog);
  OrrTraceSeal seal = { 0 };
  for (guint table = 0; table < ORR_N_TABLES; table++)
    {
      for (guint i = 0; i < changed->len; i++)
        {
          const Row *row = &g_array_index (changed, Row, i);
          if (row->table != table)
            continue;
          if (!orr_trace_loader_take (loader, table, &row->row, error))
            return NULL;
          orr_trace_seal_take (&seal, table, &row->row);
        }
      if (!orr_trace_loader_end_table (loader, table, error))
        return NULL;
    }
  return orr_trace_loader_finish (loader, &seal, error);
}

static void
try_rows (Bytes *bytes)
{
  g_autoptr (GArray) changed = g_array_copy (rows);
  g_autoptr (GError) error = NULL;
  OrrArena *kept = arena;
  arena = orr_arena_new ();
  change_rows (bytes, changed);
  gboolean possible = TRUE;
  for (guint i = 0; i < changed->len; i++)
    possible &= is_possible (&g_array_index (changed, Row, i));
  g_autoptr (OrrTrace) trace = possible ? load_rows (changed, &error) : NULL;
  g_assert (!possible || (trace == NULL) == (error != NULL));
  if (trace && is_small (trace->scenario))
    judge (trace);
  orr_arena_free (arena);
  arena = kept;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Bytes bytes = { data, data + size };
  if (take (&bytes, 1) % 8 == 0)
    try_file (&bytes);
  else
    try_rows (&bytes);
  return 0;
}
