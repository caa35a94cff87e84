/* test-trace-file.c: saved runs are the runs that were saved.
 *
 * Here traces come from the models' own scenarios, and must be judged alike before and after. What is damaged
 * is refused; what contradicts itself is refused or harms nobody; a process that dies while it saves leaves
 * the old file or the new one. And the page that explains the tables to people is held to what it says. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/simulation.h"
#include "report/catalog-new.h"
#include "report/report.h"
#include "trace/trace-private.h"
#include "../support/cases.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- What all tests use --- */

static char *folder;
static OrrCatalog *catalog;

static int
set_up (void **state G_GNUC_UNUSED)
{
  folder = g_dir_make_tmp ("orrery-trace-XXXXXX", NULL);
  catalog = orr_catalog_new (orr_models);
  return folder ? 0 : -1;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir));)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);
      g_remove (file);
    }
  int result = g_rmdir (folder);
  g_free (folder);
  orr_catalog_free (catalog);
  return result;
}

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

/* A file of the project's; tests are told where that lies. */
static char *
source_of (const char *name)
{
  const char *source = g_getenv ("ORRERY_SOURCE");
  if (!source)
    fail_msg ("ORRERY_SOURCE, the project's folder, is not set");
  return g_build_filename (source, name, NULL);
}

static OrrTrace *
simulate (const OrrScenario *scenario, OrrRecordLevel level)
{
  const OrrRunOptions options = { .level = level };
  return orr_simulate (scenario, &options);
}

/* The scenario of a text, which nobody remembers to be from a file. */
static OrrScenario *
scenario_of (const char *text, const char *const *sets)
{
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  OrrScenario *scenario = orr_scenario_parse (text, strlen (text), NULL, sets, catalog, problems);
  g_autofree char *messages = orr_problems_to_text (problems);
  if (!scenario)
    fail_msg ("%s\n%s", text, messages);
  return scenario;
}

static OrrScenario *
scenario_from (const char *name, const char *const *sets)
{
  g_autofree char *file = source_of (name), *text = NULL;
  assert_true (g_file_get_contents (file, &text, NULL, NULL));
  return scenario_of (text, sets);
}

static OrrTrace *
run_of (const char *text, OrrRecordLevel level)
{
  g_autoptr (OrrScenario) scenario = scenario_of (text, NULL);
  return simulate (scenario, level);
}

static void
save (const OrrTrace *trace, const char *file)
{
  g_autoptr (GError) error = NULL;
  if (!orr_trace_save (trace, file, &error))
    fail_msg ("%s", error->message);
}

static OrrTrace *
load (const char *file)
{
  g_autoptr (GError) error = NULL;
  OrrTrace *trace = orr_trace_load (file, catalog, &error);
  if (!trace)
    fail_msg ("%s", error->message);
  return trace;
}

static char *
dump (const OrrTrace *trace)
{
  GString *text = g_string_new (NULL);
  orr_trace_dump (trace, text);
  return g_string_free (text, FALSE);
}

/* All that is said of a trace. */
static char *
judge (const OrrTrace *trace)
{
  const OrrCheckBudget budget = { .states_max = 10000 };
  const OrrReportStyle style = { .again = "again" };
  g_autoptr (OrrReport) report = orr_report_new (trace, NULL, TRUE, &budget);
  GString *text = g_string_new (NULL);
  orr_report_print (report, &style, text);
  orr_report_print_json (report, "again", text);
  return g_string_free (text, FALSE);
}

/* With faults, lost messages, clients that give up, and values of every kind. */
static const char registers[]
    = "model: primary-replica\nduration: 300ms\noptions: {replicas: 2, apply-delay: exponential(mean 10ms)}\n"
      "clients: {hosts: 2, sessions: 3, timeout: 60ms}\nnetwork: {latency: 1ms, loss: 2%}\n"
      "workload:\n  arrival: constant(100/s)\n  mix: {read: 50%, write: 30%, cas: 20%}\n  operations:\n"
      "    - {id: q, write: {\"two words\": \"a \\\"quoted\\\" text, → ☃\"}}\n    - {after: q, read: \"two "
      "words\"}\n"
      "    - {id: n, session: s2, write: {\"12\": nil}}\n    - {after: n, session: s2, write: {12: \"12\"}}\n"
      "    - {session: s3, write: {list: [1, [], [a, \"nil\"], nil]}}\n    - {session: s3, read: list}\n"
      "faults:\n  - {at: 50ms, crash: replica1, for: 50ms}\n  - {at: 100ms, pause: primary, for: 70ms}\n";
static const char lists[]
    = "model: primary-replica\nduration: 200ms\noptions: {replicas: 1, apply-delay: 5ms}\n"
      "clients: {sessions: 2}\nworkload:\n  object: list-append\n  arrival: constant(200/s)\n"
      "  keys: {count: 2}\n  mix: {read: 50%, append: 50%}\n";

/* --- Runs --- */

/* The text of a trace holds all that its tables do. What judges see besides is put back from the scenario: a
 * few runs show that, for all the checks at once are dear. */
static void
check_round_trip (const char *name, const OrrTrace *trace, gboolean is_judged)
{
  g_autofree char *file = path_of ("run.trace");
  save (trace, file);
  g_autoptr (OrrTrace) again = load (file);
  g_autofree char *before = dump (trace), *after = dump (again);
  if (strcmp (before, after) != 0)
    fail_msg ("%s: it was loaded as another", name);
  if (!is_judged)
    return;
  g_autofree char *judged = judge (trace), *judged_again = judge (again);
  if (strcmp (judged, judged_again) != 0)
    fail_msg ("%s: it is judged otherwise:\n%s\n%s", name, judged, judged_again);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The scenarios of a model, by name. */
static GPtrArray *
list_scenarios (const char *model)
{
  g_autofree char *path = source_of (model);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  assert_non_null (dir);
  for (const char *name; (name = g_dir_read_name (dir));)
    if (g_str_has_suffix (name, ".yaml"))
      g_ptr_array_add (names, g_build_filename (model, name, NULL));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
test_scenarios (void **state G_GNUC_UNUSED)
{
  g_autoptr (GPtrArray) names = list_scenarios ("models/primary-replica");
  assert_true (names->len > 20);
  for (guint i = 0; i < names->len; i += 10 / CASES (10))
    {
      const char *const sets[] = { "duration=1s", NULL };
      const char *name = g_ptr_array_index (names, i);
      gboolean is_load = strstr (name, "benchmark") != NULL;
      g_autoptr (OrrScenario) scenario = scenario_from (name, is_load ? sets : NULL);
      g_autoptr (OrrTrace) trace = simulate (scenario, (OrrRecordLevel) (ORR_RECORD_FULL - i % 3));
      check_round_trip (name, trace, i % 10 == 0 && !is_load);
    }
}

static void
test_levels (void **state G_GNUC_UNUSED)
{
  for (guint level = ORR_RECORD_OPERATIONS; level <= ORR_RECORD_FULL; level++)
    {
      g_autoptr (OrrTrace) one = run_of (registers, level), other = run_of (lists, level);
      assert_true (one->operations->len > 20 && one->faults->len == 2 && other->operations->len > 20);
      assert_true (level == ORR_RECORD_OPERATIONS || one->events->len > 100);
      assert_true ((level == ORR_RECORD_FULL) == (one->bodies->len > 0));
      check_round_trip ("registers", one, TRUE);
      check_round_trip ("lists", other, TRUE);
    }
}

/* --- Rows that say what can't be --- */

typedef struct
{
  OrrTraceTable table;
  OrrTraceRow row;
} Row;

typedef struct
{
  OrrArena *arena; /* of texts */
  GArray *rows;    /* Row */
} Rows;

static gboolean
keep_row (gpointer data, OrrTraceTable table, const OrrTraceRow *row)
{
  Rows *rows = data;
  Row kept = { table, *row };
  for (guint i = 0; i < row->n; i++)
    kept.row.cells[i].text = orr_arena_strdup (rows->arena, row->cells[i].text);
  g_array_append_val (rows->rows, kept);
  return TRUE;
}

static const OrrTraceCell *
cell_of_another (GRand *random, const Rows *rows, const Row *row, guint column)
{
  for (guint i = 0; i < 100; i++)
    {
      const Row *other
          = &g_array_index (rows->rows, Row, g_rand_int_range (random, 0, (gint) rows->rows->len));
      if (other->table == row->table)
        return &other->row.cells[column];
    }
  return &row->row.cells[column];
}

static gint64
other_number (GRand *random, gint64 number)
{
  static const gint64 numbers[]
      = { 0,          1,          2,         3,         -1,          -2,         64,        G_MAXUINT16,
          G_MAXINT32, G_MININT32, 1LL << 32, 1LL << 62, G_MAXUINT32, G_MAXINT64, G_MININT64 };
  gint choice = g_rand_int_range (random, 0, G_N_ELEMENTS (numbers) + 4);
  return choice < (gint) G_N_ELEMENTS (numbers) ? numbers[choice]
                                                : number + choice - (gint) G_N_ELEMENTS (numbers) - 2;
}

static const char *
other_text (GRand *random, OrrArena *arena, const char *text)
{
  static const char *const texts[]
      = { "",      "0",           "-0",           "007",   "nil",     "null",   "x",           "two words",
          "\"",    "\"\"",        "[]",           "[1 2]", "[1 2 ]",  "[[[1]",  "[[[[[[[2]]]", "{}",
          "[",     "{\"key\":1}", "read",         "write", "deposit", "cas",    "ok",          "unknown",
          "start", "message",     "delivered",    "lost",  "crash",   "routed", "version",     "-1",
          "1e9",   "☃",           "\xe2\x80\xae", "a_b" };
  guint choice = (guint) g_rand_int_range (random, 0, G_N_ELEMENTS (texts) + 30);
  if (choice < G_N_ELEMENTS (texts))
    return texts[choice];
  char *copy = orr_arena_strdup (arena, text ? text : "");
  gsize length = strlen (copy);
  if (length > 0 && choice % 2)
    copy[g_rand_int_range (random, 0, (gint) length)] = (char) g_rand_int_range (random, 0x20, 0x7f);
  else if (length > 0)
    copy[g_rand_int_range (random, 0, (gint) length)] = '\0';
  return g_utf8_validate (copy, -1, NULL) ? copy : "";
}

/* Makes one cell say something else, of the kind that its column can hold. */
static void
change_cell (GRand *random, Rows *rows, Row *row)
{
  guint column = (guint) g_rand_int_range (random, 0, (gint) row->row.n);
  OrrTraceColumnKind kind = orr_trace_tables[row->table].columns[column].kind;
  gboolean is_optional = kind == ORR_COLUMN_NUMBER_OR_NOTHING || kind == ORR_COLUMN_TEXT_OR_NOTHING;
  gboolean is_text = kind == ORR_COLUMN_TEXT || kind == ORR_COLUMN_TEXT_OR_NOTHING;
  OrrTraceCell *cell = &row->row.cells[column];
  gint choice = g_rand_int_range (random, 0, 4);
  if (choice == 0 && is_optional)
    *cell = (OrrTraceCell){ .kind = ORR_CELL_NOTHING };
  else if (choice == 1)
    *cell = *cell_of_another (random, rows, row, column);
  else if (is_text)
    *cell = (OrrTraceCell){ .kind = ORR_CELL_TEXT, .text = other_text (random, rows->arena, cell->text) };
  else
    *cell = (OrrTraceCell){ .kind = ORR_CELL_NUMBER, .number = other_number (random, cell->number) };
}

static void
change_rows (GRand *random, Rows *rows)
{
  /* Every table in turn, so that small ones get their share. */
  guint table = (guint) g_rand_int_range (random, 0, ORR_N_TABLES), first = 0, n = 0;
  for (guint i = 0; i < rows->rows->len; i++)
    if (g_array_index (rows->rows, Row, i).table == table && n++ == 0)
      first = i;
  if (n == 0)
    return;
  guint index = first + (guint) g_rand_int_range (random, 0, (gint) n);
  Row copy = g_array_index (rows->rows, Row, index);
  switch (g_rand_int_range (random, 0, 12))
    {
    case 0:
      g_array_remove_index (rows->rows, index);
      break;
    case 1:
      g_array_insert_val (rows->rows, index, copy);
      break;
    default:
      change_cell (random, rows, &g_array_index (rows->rows, Row, index));
    }
}

/* As loading from a file does, but for the seal of the file: it is made for the rows, as who means harm
 * would. */
static OrrTrace *
feed (const Rows *rows, GError **error)
{
  g_autoptr (OrrTraceLoader) loader = orr_trace_loader_new (catalog);
  OrrTraceSeal seal = { 0 };
  guint next = 0;
  for (guint table = 0; table < ORR_N_TABLES; table++)
    {
      for (; next < rows->rows->len && g_array_index (rows->rows, Row, next).table == table; next++)
        {
          const OrrTraceRow *row = &g_array_index (rows->rows, Row, next).row;
          if (!orr_trace_loader_take (loader, table, row, error))
            return NULL;
          orr_trace_seal_take (&seal, table, row);
        }
      if (!orr_trace_loader_end_table (loader, table, error))
        return NULL;
    }
  return orr_trace_loader_finish (loader, &seal, error);
}

typedef struct
{
  const Rows *rows;
  guint next;
} Comparison;

static gboolean
compare_row (gpointer data, OrrTraceTable table, const OrrTraceRow *row)
{
  Comparison *comparison = data;
  if (comparison->next >= comparison->rows->rows->len)
    return FALSE;
  const Row *wanted = &g_array_index (comparison->rows->rows, Row, comparison->next++);
  gboolean same = wanted->table == table && wanted->row.n == row->n;
  for (guint i = 0; i < row->n && same && table != ORR_TABLE_RUN; i++)
    same = wanted->row.cells[i].kind == row->cells[i].kind
           && wanted->row.cells[i].number == row->cells[i].number
           && g_strcmp0 (wanted->row.cells[i].text, row->cells[i].text) == 0;
  return same;
}

static void
fuzz_rows (const char *text, guint32 seed, guint n_rounds)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (OrrTrace) trace = run_of (text, ORR_RECORD_FULL);
  guint n_loaded = 0;
  for (guint round = 0; round < n_rounds; round++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (OrrArena) arena = orr_arena_new ();
      g_autoptr (GArray) array = g_array_new (FALSE, FALSE, sizeof (Row));
      Rows rows = { arena, array };
      orr_trace_walk (trace, keep_row, &rows);
      for (gint i = round == 0 ? 0 : g_rand_int_range (random, 1, 3); i > 0; i--)
        change_rows (random, &rows);
      g_autoptr (OrrTrace) loaded = feed (&rows, &error);
      assert_true ((loaded == NULL) == (error != NULL));
      if (round == 0 && !loaded)
        fail_msg ("%s", error->message);
      if (!loaded)
        {
          assert_true (error->domain == ORR_TRACE_ERROR && *error->message);
          continue;
        }
      /* It was believed: then it says what the rows say, and can be judged. */
      Comparison comparison = { &rows, 0 };
      if (!orr_trace_walk (loaded, compare_row, &comparison) || comparison.next != array->len)
        fail_msg ("round %u: it does not say what its rows say", round);
      g_free (judge (loaded));
      n_loaded++;
    }
  assert_true (n_loaded > n_rounds / 20 && n_loaded < n_rounds);
}

static void
test_rows (void **state G_GNUC_UNUSED)
{
  fuzz_rows (registers, 1, CASES (600));
  fuzz_rows (lists, 2, CASES (600));
}

/* A process's number is an index to who judges: one that no run can have must not become gigabytes. */
static void
test_processes (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = run_of (lists, ORR_RECORD_OPERATIONS);
  const gint64 n = trace->scenario->n_sessions + trace->operations->len;
  for (gint64 process = n - 1; process <= n; process++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (OrrArena) arena = orr_arena_new ();
      g_autoptr (GArray) array = g_array_new (FALSE, FALSE, sizeof (Row));
      Rows rows = { arena, array };
      guint i = 0;
      orr_trace_walk (trace, keep_row, &rows);
      while (g_array_index (array, Row, i).table != ORR_TABLE_OPERATIONS)
        i++;
      g_array_index (array, Row, i).row.cells[3].number = process;
      g_autoptr (OrrTrace) loaded = feed (&rows, &error);
      assert_true ((loaded != NULL) == (process < n));
      assert_true (loaded || strstr (error->message, "a higher number than there can be processes"));
    }
}

/* --- Files --- */

/* Whatever happens to single bytes: the same trace, or none. */
static void
test_bytes (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (OrrTrace) trace = run_of (lists, ORR_RECORD_FULL);
  g_autofree char *file = path_of ("bytes.trace"), *before = dump (trace), *whole = NULL;
  gsize length;
  guint n_refused = 0, n_rounds = CASES (800);
  save (trace, file);
  assert_true (g_file_get_contents (file, &whole, &length, NULL));
  for (guint round = 0; round < n_rounds; round++)
    {
      g_autofree char *copy = g_memdup2 (whole, length);
      gsize at = (gsize) g_rand_int_range (random, 0, round % 8 ? (gint) length : 100);
      if (round % 2)
        copy[at] ^= (char) (1 << g_rand_int_range (random, 0, 8));
      else
        memset (copy + at, g_rand_int_range (random, 0, 256),
                MIN (length - at, (gsize) g_rand_int_range (random, 1, 64)));
      g_remove (file); /* some file systems wait for the disk where a file is cut and written again */
      assert_true (
          g_file_set_contents_full (file, copy, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
      g_autoptr (GError) error = NULL;
      g_autoptr (OrrTrace) loaded = orr_trace_load (file, catalog, &error);
      assert_true ((loaded == NULL) == (error != NULL));
      n_refused += !loaded;
      if (!loaded)
        continue;
      g_autofree char *after = dump (loaded);
      if (strcmp (before, after) != 0)
        fail_msg ("round %u: byte %zu makes it another trace", round, at);
    }
  assert_true (n_refused > n_rounds / 3 && n_refused < n_rounds);
}

/* Runs SQL on the file as anyone can. */
static void
change (const char *file, const char *sql)
{
  sqlite3 *database;
  assert_int_equal (sqlite3_open (file, &database), SQLITE_OK);
  if (sqlite3_exec (database, sql, NULL, NULL, NULL) != SQLITE_OK)
    fail_msg ("%s: %s", sql, sqlite3_errmsg (database));
  sqlite3_close (database);
}

static void
test_seal (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *sql, *message; /* NULL: it is loaded */
  } cases[] = {
    { "UPDATE run SET digest = '0123456789abcdef'", "its rows are not those that were saved" },
    { "UPDATE steps SET version = 77 WHERE operation = 5", "its rows are not those that were saved" },
    { "DELETE FROM seal", "its rows are not those that were saved" },
    { "DROP TABLE seal", "it has no table 'seal'" },
    { "UPDATE seal SET rows = upper(rows || 'a')", "its rows are not those that were saved" },
    { "UPDATE seal SET rows = rows; VACUUM", NULL },
    /* A table whose rows take for ever to look at. */
    { "CREATE TABLE slow (a INT); WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT "
      "1000) "
      "INSERT INTO slow SELECT i FROM n; PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = 'CREATE "
      "TABLE "
      "slow (a INT, CHECK (length(printf(''%.*c'', 60000000, a)) > 0))' WHERE name = 'slow'",
      NULL },
  };
  g_autoptr (OrrTrace) trace = run_of (lists, ORR_RECORD_FULL);
  g_autofree char *file = path_of ("seal.trace");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      save (trace, file);
      change (file, cases[i].sql);
      g_autoptr (OrrTrace) loaded = orr_trace_load (file, catalog, &error);
      if ((loaded != NULL) != (cases[i].message == NULL)
          || (error && !strstr (error->message, cases[i].message)))
        fail_msg ("%s: %s", cases[i].sql, error ? error->message : "it was loaded");
    }
}

/* A name may be as long as names may be, and hold anything; a link that leads nowhere is not replaced. */
static void
test_places (void **state G_GNUC_UNUSED)
{
  g_autofree char *letters = g_strnfill (250, 'x');
  const char *const names[] = { letters, "file:a?b=%41#c", "\033[2Jred", "\xff\xfe", "-", " " };
  g_autoptr (OrrTrace) trace = run_of (lists, ORR_RECORD_OPERATIONS);
  g_autofree char *wanted = dump (trace), *here = g_get_current_dir (), *link = path_of ("nowhere");
  assert_int_equal (chdir (folder), 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      assert_null (orr_trace_load (names[i], catalog, &error));
      assert_true (g_error_matches (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_IO));
      assert_null (strchr (error->message, '\033'));
      assert_true (g_utf8_validate (error->message, -1, NULL));
      save (trace, names[i]);
      g_autoptr (OrrTrace) loaded = load (names[i]);
      g_autofree char *found = dump (loaded);
      assert_string_equal (found, wanted);
    }
  assert_int_equal (chdir (here), 0);

  g_autoptr (GError) error = NULL;
  assert_int_equal (symlink ("no/such/file", link), 0);
  assert_false (orr_trace_save (trace, link, &error));
  assert_non_null (strstr (error->message, "it is a link that leads nowhere"));
}

/* Who may not write to a file may not replace it either. */
static void
test_rights (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = run_of (lists, ORR_RECORD_OPERATIONS);
  g_autoptr (GError) error = NULL;
  g_autofree char *file = path_of ("rights.trace");
  save (trace, file);
  assert_int_equal (g_chmod (file, 0444), 0);
  gboolean saved = orr_trace_save (trace, file, &error);
  if (geteuid () == 0)
    assert_true (saved);
  else
    assert_true (g_error_matches (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_IO)
                 && strstr (error->message, "Permission denied"));
}

/* --- Dying --- */

/* Saves now the one trace, now the other, until it is killed. */
static void G_GNUC_NORETURN
save_for_ever (const OrrTrace *const traces[2], const char *file)
{
  for (guint i = 0;; i++)
    if (!orr_trace_save (traces[i % 2], file, NULL))
      _exit (1);
}

static void
test_killed (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (OrrTrace) one = run_of (registers, ORR_RECORD_FULL), other = run_of (lists, ORR_RECORD_FULL);
  const OrrTrace *const traces[2] = { one, other };
  g_autofree char *first = dump (one), *second = dump (other), *file = path_of ("killed.trace");
  gint64 start = g_get_monotonic_time ();
  guint n_first = 0, n_second = 0;
  save (one, file);
  gint64 once = g_get_monotonic_time () - start; /* how long saving takes on this machine, now */
  /* A child starts slowly under a sanitizer: they live the longer the more died without having saved both. */
  for (guint n = 0; g_get_monotonic_time () < start + (n_first > 0 && n_second > 0 ? 2 : 30) * G_USEC_PER_SEC;
       n++)
    {
      pid_t child = fork ();
      assert_true (child >= 0);
      if (child == 0)
        save_for_ever (traces, file);
      g_usleep ((gulong) (g_rand_double (random) * (4.0 + n / 4) * (double) once));
      assert_int_equal (kill (child, SIGKILL), 0);
      int status;
      assert_int_equal (waitpid (child, &status, 0), child);
      assert_true (WIFSIGNALED (status));
      g_autoptr (OrrTrace) trace = load (file);
      g_autofree char *text = dump (trace);
      if (strcmp (text, first) == 0)
        n_first++;
      else
        assert_string_equal (text, second);
      n_second += strcmp (text, second) == 0;
    }
  /* What is left over is not to be taken for a trace. */
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir));)
    if (strstr (name, "killed"))
      assert_true (strcmp (name, "killed.trace") == 0 || g_str_has_prefix (name, ".killed.trace."));
  assert_true (n_first > 0 && n_second > 0);
}

/* --- The page --- */

/* What a query answers, as a table of the page. */
static char *
answer (sqlite3 *database, const char *sql)
{
  sqlite3_stmt *statement;
  GString *text = g_string_new ("|");
  if (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) != SQLITE_OK)
    fail_msg ("%s\n%s", sql, sqlite3_errmsg (database));
  int n = sqlite3_column_count (statement);
  for (int i = 0; i < n; i++)
    g_string_append_printf (text, " %s |", sqlite3_column_name (statement, i));
  g_string_append (text, "\n|");
  for (int i = 0; i < n; i++)
    g_string_append (text, " --- |");
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      g_string_append (text, "\n|");
      for (int i = 0; i < n; i++)
        {
          const char *cell = (const char *) sqlite3_column_text (statement, i);
          g_string_append_printf (text, " %s |", cell ? cell : "");
        }
    }
  sqlite3_finalize (statement);
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

static char *
read_page (void)
{
  g_autofree char *path = source_of ("docs/trace.md");
  char *page = NULL;
  assert_true (g_file_get_contents (path, &page, NULL, NULL));
  return page;
}

/* Each query of the page, asked of the run that the page speaks of, answers what stands below it. */
static void
test_queries (void **state G_GNUC_UNUSED)
{
  g_autofree char *page = read_page (), *file = path_of ("page.trace");
  g_autoptr (OrrScenario) scenario
      = scenario_from ("models/primary-replica/window-shorter-than-lag.yaml", NULL);
  g_autoptr (OrrTrace) trace = simulate (scenario, ORR_RECORD_FULL);
  g_auto (GStrv) parts = g_strsplit (page, "```sql\n", -1);
  sqlite3 *database;
  save (trace, file);
  assert_int_equal (sqlite3_open (file, &database), SQLITE_OK);
  assert_true (g_strv_length (parts) >= 6);
  for (guint i = 1; parts[i]; i++)
    {
      char *below = strstr (parts[i], "```\n\n");
      assert_non_null (below);
      *below = '\0';
      g_autofree char *found = answer (database, parts[i]);
      if (!g_str_has_prefix (below + strlen ("```\n\n"), found))
        fail_msg ("docs/trace.md: below the query\n%sshould stand\n%s", parts[i], found);
    }
  sqlite3_close (database);
}

/* The part of the page that is about a table: from its name in bold letters to the next. Not inlined: gcc 12
 * then sees a dangling pointer where there is none. */
static G_NO_INLINE char *
section_of (const char *page, const char *table)
{
  g_autofree char *name = g_strdup_printf ("**%s**", table);
  const char *start = strstr (page, name);
  if (!start)
    fail_msg ("docs/trace.md says nothing of the table %s", table);
  const char *end = strstr (start, "\n\n**");
  return end ? g_strndup (start, (gsize) (end - start)) : g_strdup (start);
}

static void
expect_word (const char *text, const char *prefix, const char *word)
{
  g_autofree char *quoted = g_strdup_printf ("`%s%s`", prefix, word);
  if (!strstr (text, quoted))
    fail_msg ("docs/trace.md does not tell of %s", quoted);
}

static void
test_words (void **state G_GNUC_UNUSED)
{
  g_autofree char *page = read_page ();
  for (guint table = 0; table < ORR_N_TABLES; table++)
    {
      const OrrTraceTableInfo *info = &orr_trace_tables[table];
      g_autofree char *section = section_of (page, info->name);
      gboolean who = table == ORR_TABLE_ACTORS || table == ORR_TABLE_SESSIONS;
      g_autofree char *prefix = who ? g_strconcat (info->name, ".", NULL) : g_strdup ("");
      for (guint i = 0; i < orr_trace_table_width (table); i++)
        if (who || strcmp (info->columns[i].name, "id") != 0)
          expect_word (section, prefix, info->columns[i].name);
    }
  for (guint i = ORR_EVENT_NONE + 1; i < ORR_N_EVENT_KINDS; i++)
    expect_word (page, "", orr_event_kind_name (i));
  for (guint i = 0; i <= ORR_FATE_OVERFLOWED; i++)
    expect_word (page, "", orr_fate_name (i));
  for (guint i = 0; i < ORR_N_ENDINGS; i++)
    expect_word (page, "", orr_ending_name (i));
  for (guint i = 0; i <= ORR_RECORD_FULL; i++)
    expect_word (page, "", orr_record_level_name (i));
  for (guint i = 0; orr_trace_start_names[i]; i++)
    expect_word (page, "", orr_trace_start_names[i]);
  g_autofree char *identity = g_strdup_printf ("(%d, \"Orry\")", ORR_TRACE_APPLICATION);
  g_autofree char *format = g_strdup_printf ("in which format: %d.", ORR_TRACE_FORMAT);
  assert_non_null (strstr (page, identity));
  assert_non_null (strstr (page, format));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_scenarios), cmocka_unit_test (test_levels), cmocka_unit_test (test_rows),
    cmocka_unit_test (test_processes), cmocka_unit_test (test_bytes),  cmocka_unit_test (test_seal),
    cmocka_unit_test (test_places),    cmocka_unit_test (test_rights), cmocka_unit_test (test_killed),
    cmocka_unit_test (test_queries),   cmocka_unit_test (test_words),
  };
  return cmocka_run_group_tests_name ("trace-file", tests, set_up, tear_down);
}
