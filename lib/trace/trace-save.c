/* trace-save.c: a trace as an SQLite database.
 *
 * The database is written to a temporary file beside the one that is wanted, in one transaction, handed to
 * the disk, and then renamed. So there is always either the old file or the new one, whole. SQLite needs no
 * journal of its own for that. */
#include "trace/trace-private.h"

#include "base/problems.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  sqlite3 *database;
  sqlite3_stmt *inserts[ORR_N_TABLES];
  OrrTraceSeal seal;
} Writer;

static gboolean
run (Writer *writer, const char *sql)
{
  return sqlite3_exec (writer->database, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static gboolean
prepare_insert (Writer *writer, OrrTraceTable table)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_string_append_printf (sql, "INSERT INTO %s VALUES (?", orr_trace_tables[table].name);
  for (guint i = 1; i < orr_trace_table_width (table); i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  return sqlite3_prepare_v2 (writer->database, sql->str, -1, &writer->inserts[table], NULL) == SQLITE_OK;
}

static gboolean
make_tables (Writer *writer)
{
  for (guint table = 0; table < ORR_N_TABLES; table++)
    {
      g_autoptr (GString) sql = g_string_new (NULL);
      orr_trace_table_print_sql (table, sql);
      if (!run (writer, sql->str) || !prepare_insert (writer, table))
        return FALSE;
    }
  for (guint i = 0; orr_trace_views[i]; i++)
    if (!run (writer, orr_trace_views[i]))
      return FALSE;
  return TRUE;
}

static gboolean
write_row (gpointer data, OrrTraceTable table, const OrrTraceRow *row)
{
  Writer *writer = data;
  sqlite3_stmt *insert = writer->inserts[table];
  int result = SQLITE_OK;
  orr_trace_seal_take (&writer->seal, table, row);
  for (guint i = 0; i < row->n && result == SQLITE_OK; i++)
    {
      const OrrTraceCell *cell = &row->cells[i];
      if (cell->kind == ORR_CELL_NUMBER)
        result = sqlite3_bind_int64 (insert, (int) i + 1, cell->number);
      else if (cell->kind == ORR_CELL_TEXT)
        result = sqlite3_bind_text (insert, (int) i + 1, cell->text, -1, SQLITE_STATIC);
      else
        result = sqlite3_bind_null (insert, (int) i + 1);
    }
  return result == SQLITE_OK && sqlite3_step (insert) == SQLITE_DONE && sqlite3_reset (insert) == SQLITE_OK;
}

static gboolean
write_seal (Writer *writer)
{
  g_autofree char *sql = g_strdup_printf ("%s; INSERT INTO seal VALUES ('%016" G_GINT64_MODIFIER "x')",
                                          orr_trace_seal_sql, orr_trace_seal_word (&writer->seal));
  return run (writer, sql);
}

static gboolean
write_all (Writer *writer, const OrrTrace *trace)
{
  g_autofree char *settings = g_strdup_printf (
      "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; "
      "PRAGMA application_id = %d; PRAGMA user_version = %d; BEGIN",
      ORR_TRACE_APPLICATION, ORR_TRACE_FORMAT);
  return run (writer, settings) && make_tables (writer) && orr_trace_walk (trace, write_row, writer)
         && write_seal (writer) && run (writer, "COMMIT");
}

/* What SQLite says went wrong, and what the system said to it. */
static char *
describe_failure (const Writer *writer)
{
  if (!writer->database)
    return g_strdup ("out of memory");
  int code = sqlite3_errcode (writer->database), number = sqlite3_system_errno (writer->database);
  if (code == SQLITE_FULL)
    return g_strdup (g_strerror (ENOSPC));
  if ((code == SQLITE_IOERR || code == SQLITE_CANTOPEN) && number != 0)
    return g_strdup (g_strerror (number));
  return g_strdup (sqlite3_errmsg (writer->database));
}

static gboolean
write_database (const OrrTrace *trace, const char *file, char **ret_reason)
{
  Writer writer = { 0 };
  gboolean written
      = sqlite3_open_v2 (file, &writer.database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL)
            == SQLITE_OK
        && write_all (&writer, trace);
  if (!written)
    *ret_reason = describe_failure (&writer);
  for (guint table = 0; table < ORR_N_TABLES; table++)
    sqlite3_finalize (writer.inserts[table]);
  if (sqlite3_close (writer.database) == SQLITE_OK || !written)
    return written;
  *ret_reason = g_strdup ("it could not be closed");
  return FALSE;
}

/* Hands a file or folder to the disk. Not all file systems know that of folders, and some folders may be
 * written to but not looked at. */
static gboolean
sync_file (const char *file, gboolean is_folder, char **ret_reason)
{
  int descriptor = g_open (file, O_RDONLY | O_CLOEXEC, 0);
  gboolean synced = descriptor >= 0 && (fsync (descriptor) == 0 || (is_folder && errno == EINVAL));
  synced |= descriptor < 0 && is_folder && errno == EACCES;
  if (!synced)
    *ret_reason = g_strdup (g_strerror (errno));
  if (descriptor >= 0)
    close (descriptor);
  return synced;
}

/* An empty file of a new name beside `file`; NULL where none can be made. Its name is hidden, is not too long
 * where the file's is not, and does not start with "file:", which would be taken for an address. */
static char *
make_temporary (const char *file, char **ret_reason)
{
  g_autofree char *folder = g_path_get_dirname (file);
  g_autofree char *name = g_path_get_basename (file);
  g_autofree char *pattern
      = g_strdup_printf ("%s%s/.%.200s.XXXXXX", g_path_is_absolute (folder) ? "" : "./", folder, name);
  int descriptor = g_mkstemp_full (pattern, O_RDWR | O_CLOEXEC, 0666);
  if (descriptor < 0)
    {
      *ret_reason = g_strdup (g_strerror (errno));
      return NULL;
    }
  close (descriptor);
  return g_steal_pointer (&pattern);
}

static gboolean
replace (const OrrTrace *trace, const char *file, char **ret_reason)
{
  g_autofree char *folder = g_path_get_dirname (file);
  g_autofree char *temporary = make_temporary (file, ret_reason);
  if (!temporary)
    return FALSE;
  gboolean done = write_database (trace, temporary, ret_reason) && sync_file (temporary, FALSE, ret_reason);
  if (done && g_rename (temporary, file) != 0)
    {
      *ret_reason = g_strdup (g_strerror (errno));
      done = FALSE;
    }
  if (!done)
    g_unlink (temporary);
  return done && sync_file (folder, TRUE, ret_reason);
}

/* Why what stands there is not to be replaced: a device, a pipe, a file that may not be written to. NULL
 * where it may be, or nothing is there. */
static char *
find_obstacle (const char *file)
{
  GStatBuf status;
  if (g_lstat (file, &status) != 0)
    return NULL;
  if (S_ISLNK (status.st_mode))
    return g_strdup ("it is a link that leads nowhere");
  if (!S_ISREG (status.st_mode))
    return g_strdup (S_ISDIR (status.st_mode) ? "it is a folder" : "it is not a regular file");
  return g_access (file, W_OK) == 0 ? NULL : g_strdup (g_strerror (errno));
}

gboolean
orr_trace_save (const OrrTrace *trace, const char *file, GError **error)
{
  g_autofree char *line = orr_one_line (file);
  char *real = realpath (file, NULL); /* a link stays a link */
  const char *target = real ? real : file;
  g_autofree char *reason = find_obstacle (target);
  gboolean saved = !reason && replace (trace, target, &reason);
  free (real);
  if (!saved)
    g_set_error (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_IO, "can't save to '%s': %s", line, reason);
  return saved;
}
