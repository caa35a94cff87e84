/* trace-load.c: reading a saved trace from its database.
 *
 * The file may come from anywhere. It is opened for reading alone, with all of SQLite's features off that a
 * hostile database could use, checked for damage as a whole, and its tables must be ours to the letter. Then
 * its rows are fed to the loader, which believes none of them. */
#include "trace/trace-private.h"

#include "base/problems.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3, sqlite3_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

/* --- Opening --- */

static gboolean
is_regular (const char *file, goffset *ret_size, GError **error)
{
  GStatBuf status;
  if (g_stat (file, &status) != 0)
    g_set_error_literal (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_IO, g_strerror (errno));
  else if (!S_ISREG (status.st_mode))
    g_set_error_literal (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_NOT_OURS, "it is not a regular file");
  else
    *ret_size = status.st_size;
  return *error == NULL;
}

/* What SQLite could not do: because the file is no good, or because the system failed. */
static gboolean
fail (sqlite3 *database, GError **error)
{
  int code = database ? sqlite3_errcode (database) : SQLITE_NOMEM;
  if (code == SQLITE_NOTADB)
    g_set_error_literal (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_NOT_OURS, "it is not an SQLite database");
  else if (code == SQLITE_CORRUPT)
    g_set_error_literal (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_NOT_OURS, "it is damaged or cut short");
  else if (code == SQLITE_TOOBIG)
    g_set_error_literal (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_NOT_OURS,
                         "it is damaged: a text in it is longer than itself");
  else
    {
      int number = database ? sqlite3_system_errno (database) : 0;
      gboolean system = (code == SQLITE_IOERR || code == SQLITE_CANTOPEN) && number != 0;
      g_set_error_literal (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_IO,
                           system     ? g_strerror (number)
                           : database ? sqlite3_errmsg (database)
                                      : "out of memory");
    }
  return FALSE;
}

/* No text of a file is longer than the file: none is worth more memory than that. */
static void
disarm (sqlite3 *database, goffset size)
{
  static const struct
  {
    int option, value;
  } options[] = {
    { SQLITE_DBCONFIG_DEFENSIVE, 1 },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
    { SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
    { SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
    { SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0 },
    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
  };
  const struct
  {
    int what, most;
  } limits[] = {
    { SQLITE_LIMIT_LENGTH, (int) CLAMP (size, 4096, G_MAXINT32) },
    { SQLITE_LIMIT_SQL_LENGTH, 100000 },
    { SQLITE_LIMIT_COLUMN, 100 },
    { SQLITE_LIMIT_EXPR_DEPTH, 10 },
    { SQLITE_LIMIT_COMPOUND_SELECT, 3 },
    { SQLITE_LIMIT_VDBE_OP, 25000 },
    { SQLITE_LIMIT_FUNCTION_ARG, 8 },
    { SQLITE_LIMIT_ATTACHED, 0 },
    { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50 },
    { SQLITE_LIMIT_VARIABLE_NUMBER, 10 },
    { SQLITE_LIMIT_TRIGGER_DEPTH, 0 },
    { SQLITE_LIMIT_WORKER_THREADS, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    sqlite3_db_config (database, options[i].option, options[i].value, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    sqlite3_limit (database, limits[i].what, limits[i].most);
}

/* The one value of a query: a number, or a text that the caller frees (ret_text may be NULL). */
static gboolean
ask (sqlite3 *database, const char *sql, const char *argument, gint64 *ret_number, char **ret_text,
     GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  if (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) != SQLITE_OK)
    return fail (database, error);
  if (argument)
    sqlite3_bind_text (statement, 1, argument, -1, SQLITE_STATIC);
  int result = sqlite3_step (statement);
  if (result != SQLITE_ROW && result != SQLITE_DONE)
    return fail (database, error);
  if (ret_number)
    *ret_number = result == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : 0;
  if (ret_text)
    *ret_text = result == SQLITE_ROW ? g_strdup ((const char *) sqlite3_column_text (statement, 0)) : NULL;
  return TRUE;
}

static gboolean
check_identity (sqlite3 *database, GError **error)
{
  gint64 pages, application, format;
  if (!ask (database, "PRAGMA page_count", NULL, &pages, NULL, error)
      || !ask (database, "PRAGMA application_id", NULL, &application, NULL, error)
      || !ask (database, "PRAGMA user_version", NULL, &format, NULL, error))
    return FALSE;
  if (pages == 0)
    g_set_error_literal (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_NOT_OURS, "it is empty");
  else if (application != ORR_TRACE_APPLICATION)
    g_set_error_literal (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_NOT_OURS,
                         "it is an SQLite database, but no trace");
  else if (format != ORR_TRACE_FORMAT)
    g_set_error (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_VERSION,
                 "its format is %" G_GINT64_FORMAT "; this version reads format %d alone", format,
                 ORR_TRACE_FORMAT);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_table (sqlite3 *database, const char *name, const char *sql, GError **error)
{
  g_autofree char *found = NULL;
  if (!ask (database, "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", name, NULL, &found,
            error))
    return FALSE;
  if (g_strcmp0 (found, sql) == 0)
    return TRUE;
  g_set_error (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_NOT_OURS,
               found ? "its table '%s' has other columns than a trace's" : "it has no table '%s'", name);
  return FALSE;
}

static gboolean
check_tables (sqlite3 *database, GError **error)
{
  for (guint table = 0; table < ORR_N_TABLES; table++)
    {
      g_autoptr (GString) sql = g_string_new (NULL);
      orr_trace_table_print_sql (table, sql);
      if (!check_table (database, orr_trace_tables[table].name, sql->str, error))
        return FALSE;
    }
  return check_table (database, "seal", orr_trace_seal_sql, error);
}

/* Looks at every page of a table. Not at those of others, whose checks and computed columns could take any
 * time. */
static gboolean
check_damage (sqlite3 *database, const char *table, GError **error)
{
  g_autofree char *answer = NULL;
  g_autofree char *sql = g_strdup_printf ("PRAGMA quick_check('%s')", table);
  if (!ask (database, sql, NULL, NULL, &answer, error))
    return FALSE;
  if (g_strcmp0 (answer, "ok") == 0)
    return TRUE;
  g_autofree char *quoted = orr_quote (answer ? answer : "");
  g_set_error (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_NOT_OURS, "it is damaged: %s", quoted);
  return FALSE;
}

/* --- Rows --- */

/* Reads a cell; FALSE where it is not of the column's kind. */
static gboolean
read_cell (sqlite3_stmt *statement, int index, OrrTraceColumnKind kind, OrrTraceCell *cell)
{
  gboolean is_text = kind == ORR_COLUMN_TEXT || kind == ORR_COLUMN_TEXT_OR_NOTHING;
  gboolean is_optional = kind == ORR_COLUMN_NUMBER_OR_NOTHING || kind == ORR_COLUMN_TEXT_OR_NOTHING;
  *cell = (OrrTraceCell){ .kind = ORR_CELL_NOTHING };
  switch (sqlite3_column_type (statement, index))
    {
    case SQLITE_NULL:
      return is_optional;
    case SQLITE_INTEGER:
      cell->kind = ORR_CELL_NUMBER;
      cell->number = sqlite3_column_int64 (statement, index);
      return !is_text;
    case SQLITE_TEXT:
      cell->kind = ORR_CELL_TEXT;
      cell->text = (const char *) sqlite3_column_text (statement, index);
      return is_text && cell->text && strlen (cell->text) == (gsize) sqlite3_column_bytes (statement, index)
             && g_utf8_validate (cell->text, -1, NULL);
    default:
      return FALSE;
    }
}

static gboolean
read_row (sqlite3_stmt *statement, OrrTraceTable table, OrrTraceRow *row, GError **error)
{
  row->n = orr_trace_table_width (table);
  for (guint i = 0; i < row->n; i++)
    {
      const OrrTraceColumn *column = &orr_trace_tables[table].columns[i];
      if (read_cell (statement, (int) i, column->kind, &row->cells[i]))
        continue;
      g_set_error (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_NOT_OURS, "'%s' is not what it must be",
                   column->name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
load_table (sqlite3 *database, OrrTraceTable table, OrrTraceLoader *loader, OrrTraceSeal *seal,
            GError **error)
{
  const OrrTraceTableInfo *info = &orr_trace_tables[table];
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s NOT INDEXED ORDER BY %s", info->name, info->key);
  /* A table without a rowid is its own index. */
  if (table == ORR_TABLE_STEPS)
    sql = (g_free (sql), g_strdup_printf ("SELECT * FROM %s ORDER BY %s", info->name, info->key));
  if (!check_damage (database, info->name, error))
    return FALSE;
  if (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) != SQLITE_OK)
    return fail (database, error);
  int result = sqlite3_step (statement);
  for (guint64 i = 0; result == SQLITE_ROW; i++, result = sqlite3_step (statement))
    {
      OrrTraceRow row;
      if (!read_row (statement, table, &row, error) || !orr_trace_loader_take (loader, table, &row, error))
        {
          g_prefix_error (error, "row %" G_GUINT64_FORMAT " of its table '%s': ", i, info->name);
          return FALSE;
        }
      orr_trace_seal_take (seal, table, &row);
    }
  if (result != SQLITE_DONE)
    return fail (database, error);
  if (orr_trace_loader_end_table (loader, table, error))
    return TRUE;
  g_prefix_error (error, "its table '%s': ", info->name);
  return FALSE;
}

static gboolean
check_seal (sqlite3 *database, const OrrTraceSeal *seal, GError **error)
{
  g_autofree char *found = NULL;
  g_autofree char *wanted = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", orr_trace_seal_word (seal));
  if (!check_damage (database, "seal", error)
      || !ask (database, "SELECT rows FROM seal NOT INDEXED", NULL, NULL, &found, error))
    return FALSE;
  if (g_strcmp0 (found, wanted) == 0)
    return TRUE;
  g_set_error_literal (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_NOT_OURS,
                       "its rows are not those that were saved");
  return FALSE;
}

static OrrTrace *
load (const char *file, const OrrCatalog *catalog, GError **error)
{
  g_autoptr (sqlite3) database = NULL;
  g_autoptr (OrrTraceLoader) loader = orr_trace_loader_new (catalog);
  /* A name that starts with "file:" would be taken for an address. */
  g_autofree char *path = g_path_is_absolute (file) ? g_strdup (file) : g_build_filename (".", file, NULL);
  goffset size = 0;
  if (!is_regular (file, &size, error))
    return NULL;
  if (size == 0) /* to SQLite, a database in which nothing is */
    {
      g_set_error_literal (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_NOT_OURS, "it is empty");
      return NULL;
    }
  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    {
      fail (database, error);
      return NULL;
    }
  disarm (database, size);
  if (!check_identity (database, error) || !check_tables (database, error))
    return NULL;
  OrrTraceSeal seal = { 0 };
  for (guint table = 0; table < ORR_N_TABLES; table++)
    if (!load_table (database, table, loader, &seal, error))
      return NULL;
  return check_seal (database, &seal, error) ? orr_trace_loader_finish (loader, &seal, error) : NULL;
}

OrrTrace *
orr_trace_load (const char *file, const OrrCatalog *catalog, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *line = orr_one_line (file);
  OrrTrace *trace = load (file, catalog, &reason);
  if (!trace)
    g_propagate_prefixed_error (error, g_steal_pointer (&reason), "can't load '%s': ", line);
  return trace;
}
