/* test-trace.c: traces survive their file, and nothing else gets in.
 *
 * Random traces are saved and loaded, and must dump alike. Then the files are broken in every way that comes
 * to mind: by SQL, by cutting them, by changing single bytes. Whatever is loaded must be a trace that can be
 * dumped; all else is refused with a reason. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/check.h"
#include "check/measure.h"
#include "sample-trace.h"
#include "trace/trace-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char *folder;

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static int
set_up (void **state G_GNUC_UNUSED)
{
  folder = g_dir_make_tmp ("orrery-trace-XXXXXX", NULL);
  return folder ? 0 : -1;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir));)
    {
      g_autofree char *file = path_of (name);
      g_remove (file);
    }
  int result = g_rmdir (folder);
  g_free (folder);
  return result;
}

static guint
count_files (void)
{
  guint n = 0;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  while (g_dir_read_name (dir))
    n++;
  return n;
}

static char *
dump (const OrrTrace *trace)
{
  GString *text = g_string_new (NULL);
  orr_trace_dump (trace, text);
  return g_string_free (text, FALSE);
}

static OrrTrace *
load (const char *file, GError **error)
{
  OrrCatalog catalog = sample_catalog ();
  return orr_trace_load (file, &catalog, error);
}

/* --- Random traces --- */

static OrrValue
random_value (GRand *random, OrrTrace *trace)
{
  static const char *const texts[]
      = { "alice",   "two words", "12",    "nil", "null",         "",      "'", "\"", "\\",
          "a\nb\tc", "ä→☃",       "[1 2]", "-",   "# no comment", "{x: 1}" };
  switch (g_rand_int_range (random, 0, 5))
    {
    case 0:
      return orr_value_int (g_rand_int_range (random, -5, 100));
    case 1:
      return orr_value_int (g_rand_boolean (random) ? ORR_VALUE_INT_MAX : ORR_VALUE_INT_MIN);
    case 2:
      return orr_terms_text (trace->terms, texts[g_rand_int_range (random, 0, G_N_ELEMENTS (texts))]);
    case 3:
      {
        OrrValue list = orr_terms_empty_list (trace->terms);
        for (gint i = g_rand_int_range (random, 0, 4); i > 0; i--)
          list = orr_terms_append (trace->terms, list, random_value (random, trace));
        return list;
      }
    default:
      return ORR_NIL;
    }
}

static OrrKey
random_key (GRand *random, OrrTrace *trace)
{
  OrrKey key = random_value (random, trace);
  return key == ORR_NIL ? orr_terms_text (trace->terms, "x") : key;
}

static guint64
random_index (GRand *random, guint n, guint64 none)
{
  return n == 0 || g_rand_int_range (random, 0, 4) == 0 ? none
                                                        : (guint64) g_rand_int_range (random, 0, (gint) n);
}

static SampleNote
random_note (GRand *random, OrrTrace *trace)
{
  SampleNote note = { .number = (guint64) g_rand_int (random) << 32 | g_rand_int (random),
                      .who = (OrrAddress) random_index (random, 4, ORR_NOBODY),
                      .when = g_rand_boolean (random) ? ORR_TIME_UNSET : g_rand_int (random) };
  if (g_rand_boolean (random))
    note.text = g_rand_boolean (random) ? "what was said: \"yes\"\n→" : "true";
  OrrValue values[3];
  guint n = (guint) g_rand_int_range (random, 0, 4);
  for (guint i = 0; i < n; i++)
    values[i] = random_value (random, trace);
  if (n > 0)
    note.values = (OrrArray){ orr_arena_copy (trace->arena, values, n * sizeof *values), n };
  return note;
}

static guint64
random_body (GRand *random, OrrTrace *trace)
{
  guint64 offset = trace->bodies->len;
  SampleNote note = random_note (random, trace);
  OrrContext context = orr_trace_context (trace);
  if (trace->level < ORR_RECORD_FULL || g_rand_boolean (random))
    return G_MAXUINT64;
  orr_fields_print_json (sample_note_fields, &context, &note, trace->bodies);
  g_string_append_c (trace->bodies, '\0');
  return offset;
}

static void
add_events (GRand *random, OrrTrace *trace)
{
  guint n = trace->level < ORR_RECORD_EVENTS ? 0 : (guint) g_rand_int_range (random, 0, 30);
  guint n_messages = n == 0 ? 0 : (guint) g_rand_int_range (random, 0, 20);
  for (guint i = 0; i < n_messages; i++)
    {
      gboolean delivered = g_rand_boolean (random);
      OrrTraceMessage message = { .sent_by = random_index (random, n, G_MAXUINT64),
                                  .sent_at = i * 1000,
                                  .arrived_at = delivered ? i * 1000 + 500 : ORR_TIME_NEVER,
                                  .from = (OrrAddress) g_rand_int_range (random, 0, 4),
                                  .to = (OrrAddress) g_rand_int_range (random, 0, 4),
                                  .type = (guint16) g_rand_int_range (random, 0, 2),
                                  .fate = (guint8) (delivered                 ? ORR_FATE_DELIVERED
                                                    : g_rand_boolean (random) ? ORR_FATE_LOST
                                                                              : ORR_FATE_PINNED),
                                  .duplicate = g_rand_boolean (random),
                                  .body = random_body (random, trace) };
      g_array_append_val (trace->messages, message);
    }
  for (guint i = 0; i < n; i++)
    {
      OrrTraceEvent event = { .cause = random_index (random, i, G_MAXUINT64),
                              .time = i * 700,
                              .message = G_MAXUINT32,
                              .body = G_MAXUINT64 };
      event.kind = (guint16) g_rand_int_range (random, 1, ORR_N_EVENT_KINDS);
      event.target = (OrrAddress) random_index (random, 4, ORR_NOBODY);
      event.source = (OrrAddress) random_index (random, 3, ORR_NOBODY);
      if (event.kind == ORR_EVENT_START || event.kind == ORR_EVENT_STOP)
        event.type = (guint16) g_rand_int_range (random, 0, 6); /* one more than there are names */
      else if (event.kind == ORR_EVENT_FAULT || event.kind == ORR_EVENT_HEAL)
        event.type = (guint16) g_rand_int_range (random, 0, 65536);
      else if (event.kind == ORR_EVENT_MESSAGE || event.kind == ORR_EVENT_TIMER)
        event.type = (guint16) g_rand_int_range (random, 0, 2);
      if (event.kind == ORR_EVENT_MESSAGE)
        event.message = (guint32) random_index (random, n_messages, G_MAXUINT32);
      if (event.message != G_MAXUINT32)
        event.body = g_array_index (trace->messages, OrrTraceMessage, event.message).body;
      else if (event.kind == ORR_EVENT_TIMER)
        event.body = random_body (random, trace);
      g_array_append_val (trace->events, event);
    }
}

static void
add_operation (GRand *random, OrrTrace *trace, guint index)
{
  static const OrrStepKind kinds[]
      = { ORR_READ, ORR_WRITE, ORR_CAS, ORR_DELETE, ORR_APPEND, ORR_BULK_WRITE, ORR_INCREMENT };
  guint n = (guint) g_rand_int_range (random, 1, 4);
  OrrStep steps[3] = { 0 };
  OrrValue values[3];
  guint64 versions[3];
  for (guint i = 0; i < n; i++)
    {
      OrrStepKind kind = kinds[g_rand_int_range (random, 0, G_N_ELEMENTS (kinds))];
      gboolean number = kind == ORR_BULK_WRITE || kind == ORR_INCREMENT;
      steps[i] = (OrrStep){ .kind = kind,
                            .key = kind == ORR_BULK_WRITE ? ORR_NIL : random_key (random, trace),
                            .value = number ? orr_value_int (3) : random_value (random, trace),
                            .expected = number ? orr_value_int (4) : random_value (random, trace) };
      values[i] = random_value (random, trace);
      versions[i] = g_rand_boolean (random) ? (guint64) g_rand_int (random) : G_MAXUINT64 - 3;
    }
  OrrTraceOperation operation
      = { .session = index % 3,
          .process = index,
          .host = 3,
          .id = g_rand_boolean (random) ? NULL : "w1",
          .due = index * 100,
          .invoked = g_rand_int_range (random, 0, 10) == 0 ? ORR_TIME_NEVER : index * 100 + 50,
          .completed = ORR_TIME_NEVER,
          .outcome = ORR_UNKNOWN,
          .n_steps = n,
          .steps = orr_arena_copy (trace->arena, steps, n * sizeof *steps),
          .server = (OrrAddress) random_index (random, 4, ORR_NOBODY),
          .note = g_rand_boolean (random) ? NULL : "refused; \"why\"",
          .event = random_index (random, trace->events->len, G_MAXUINT64) };
  if (operation.invoked != ORR_TIME_NEVER && g_rand_boolean (random))
    {
      operation.completed = operation.invoked + g_rand_int_range (random, 0, 1000);
      operation.outcome = (OrrOutcome) g_rand_int_range (random, 0, 3);
    }
  if (g_rand_boolean (random))
    operation.values = orr_arena_copy (trace->arena, values, n * sizeof *values);
  if (g_rand_boolean (random))
    operation.versions = orr_arena_copy (trace->arena, versions, n * sizeof *versions);
  if (g_rand_boolean (random))
    operation.attributes = orr_arena_copy (
        trace->arena, &(SampleAttributes){ g_rand_int_range (random, 0, 2) }, sizeof (SampleAttributes));
  g_array_append_val (trace->operations, operation);
}

static void
add_fact (GRand *random, OrrTrace *trace, guint index)
{
  guint32 fact = (guint32) g_rand_int_range (random, 0, 5);
  OrrTime time = index * 10;
  OrrAddress node = (OrrAddress) g_rand_int_range (random, 0, 4);
  OrrFactVersion version
      = { random_key (random, trace), random_value (random, trace), g_rand_int (random), index };
  OrrFactValue value = { version.key, version.value, version.version };
  SampleNote note = random_note (random, trace);
  note.text = orr_arena_strdup (trace->arena, note.text);
  if (fact == SAMPLE_VERSION)
    sample_fact (trace, time, node, fact, FALSE, &version, sizeof version);
  else if (fact == SAMPLE_APPLIED || fact == SAMPLE_VALUE)
    sample_fact (trace, time, node, fact, g_rand_boolean (random), &value, sizeof value);
  else
    sample_fact (trace, time, node, fact, FALSE, &note, fact == SAMPLE_NOTED ? sizeof note : 0);
}

static OrrTrace *
random_trace (GRand *random)
{
  OrrTrace *trace = sample_trace_new ((OrrRecordLevel) g_rand_int_range (random, 0, 3));
  guint64 *numbers = (guint64 *) &trace->counts;
  trace->seed = (guint64) g_rand_int (random) << 32 | g_rand_int (random);
  trace->ending = (OrrEnding) g_rand_int_range (random, 0, 5);
  trace->healed_at = g_rand_boolean (random) ? ORR_TIME_NEVER : g_rand_int (random);
  trace->digest = (guint64) g_rand_int (random) << 32;
  trace->body_digest = g_rand_int (random);
  for (guint i = 0; i < sizeof trace->counts / sizeof *numbers; i++)
    numbers[i] = g_rand_int (random);
  trace->observed[2] = g_rand_boolean (random);
  add_events (random, trace);
  for (gint i = 0, n = g_rand_int_range (random, 0, 20); i < n; i++)
    add_operation (random, trace, (guint) i);
  for (gint i = 0, n = g_rand_int_range (random, 0, 20); i < n; i++)
    add_fact (random, trace, (guint) i);
  for (gint i = 0, n = g_rand_int_range (random, 0, 3); i < n; i++)
    {
      OrrTraceFault fault = { .began = i,
                              .ended = g_rand_boolean (random) ? ORR_TIME_NEVER : i + 5,
                              .what = "crash replica1 (process)",
                              .line = G_MAXUINT32,
                              .choice = G_MAXUINT32,
                              .effects = g_rand_int (random) };
      if (g_rand_boolean (random) && orr_faults[0])
        fault.fault = &orr_faults[0]->entry;
      g_array_append_val (trace->faults, fault);
    }
  return trace;
}

static void
test_round_trip (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree char *file = path_of ("a.trace");
  for (guint round = 0; round < 100; round++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (OrrTrace) trace = random_trace (random);
      if (!orr_trace_save (trace, file, &error))
        fail_msg ("%s", error->message);
      g_autoptr (OrrTrace) again = load (file, &error);
      if (!again)
        fail_msg ("round %u: %s", round, error->message);
      g_autofree char *before = dump (trace), *after = dump (again);
      assert_string_equal (before, after);
      assert_string_equal (trace->scenario->text, again->scenario->text);
    }
  assert_int_equal (count_files (), 1);
}

/* The dump tells any two of these apart. */
static void
test_dump (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  g_autoptr (OrrTrace) trace = random_trace (random);
  g_autofree char *before = dump (trace);
  guint64 *const words[] = { &trace->seed, &trace->digest, &trace->body_digest, &trace->counts.resent,
                             &trace->counts.recorded_dropped };
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      *words[i] += 1;
      g_autofree char *after = dump (trace);
      assert_string_not_equal (before, after);
      *words[i] -= 1;
    }
  g_autofree char *same = dump (trace);
  assert_string_equal (before, same);
}

/* --- Refusals --- */

/* Without handing it to the disk, which takes its time. */
static void
put_contents (const char *file, const char *contents, gssize length)
{
  g_remove (file); /* some versions of GLib don't cut a file that was longer */
  assert_true (g_file_set_contents_full (file, contents, length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

/* A trace with something in every table. */
static void
save_sample (const char *file)
{
  OrrTrace *trace = sample_trace_new (ORR_RECORD_FULL);
  OrrKey x = sample_value (trace, "x");
  OrrTraceEvent start = { .cause = G_MAXUINT64,
                          .target = 0,
                          .source = ORR_NOBODY,
                          .kind = ORR_EVENT_START,
                          .message = G_MAXUINT32,
                          .body = G_MAXUINT64 };
  OrrTraceEvent arrival = { .cause = 0,
                            .time = 5,
                            .target = 1,
                            .source = 0,
                            .kind = ORR_EVENT_MESSAGE,
                            .type = 1,
                            .message = 0,
                            .body = G_MAXUINT64 };
  OrrTraceMessage message = { .sent_by = 0,
                              .sent_at = 0,
                              .arrived_at = 5,
                              .from = 0,
                              .to = 1,
                              .type = 1,
                              .fate = ORR_FATE_DELIVERED,
                              .body = G_MAXUINT64 };
  OrrTraceFault fault = { .began = 3,
                          .ended = 4,
                          .fault = &orr_faults[0]->entry,
                          .what = "crash",
                          .line = G_MAXUINT32,
                          .choice = G_MAXUINT32 };
  g_array_append_val (trace->events, start);
  g_array_append_val (trace->events, arrival);
  g_array_append_val (trace->messages, message);
  g_array_append_val (trace->faults, fault);
  sample_operation (trace, 0, 10, 20, (OrrStep){ .kind = ORR_WRITE, .key = x, .value = orr_value_int (1) },
                    ORR_NIL, 1, 0);
  sample_operation (trace, 1, 30, 40, (OrrStep){ .kind = ORR_READ, .key = x }, orr_value_int (1), 1, 1);
  sample_fact (trace, 15, 0, SAMPLE_VERSION, FALSE, &(OrrFactVersion){ x, orr_value_int (1), 1, 0 },
               sizeof (OrrFactVersion));
  sample_fact (trace, 15 + 3 * ORR_MILLISECOND, 1, SAMPLE_APPLIED, FALSE,
               &(OrrFactApplied){ x, orr_value_int (1), 1 }, sizeof (OrrFactApplied));
  sample_fact (trace, 50, 0, SAMPLE_VALUE, TRUE, &(OrrFactValue){ x, orr_value_int (1), 1 },
               sizeof (OrrFactValue));
  g_autoptr (GError) error = NULL;
  if (!orr_trace_save (trace, file, &error))
    fail_msg ("%s", error->message);
  orr_trace_free (trace);
}

typedef struct
{
  const char *sql;
  OrrTraceError code;
  const char *message;
} Refusal;

static const Refusal refusals[] = {
  { "PRAGMA application_id = 1", ORR_TRACE_ERROR_NOT_OURS, "it is an SQLite database, but no trace" },
  { "PRAGMA user_version = 4", ORR_TRACE_ERROR_VERSION,
    "its format is 4; this version reads format 3 alone" },
  { "DROP TABLE facts", ORR_TRACE_ERROR_NOT_OURS, "it has no table 'facts'" },
  { "ALTER TABLE events ADD COLUMN more TEXT", ORR_TRACE_ERROR_NOT_OURS,
    "its table 'events' has other columns than a trace's" },
  { "DROP VIEW event_log; ALTER TABLE events DROP COLUMN body", ORR_TRACE_ERROR_NOT_OURS,
    "its table 'events' has other columns than a trace's" },
  { "DROP TABLE faults; CREATE VIEW faults AS SELECT 1", ORR_TRACE_ERROR_NOT_OURS,
    "it has no table 'faults'" },
  { "DELETE FROM run", ORR_TRACE_ERROR_NOT_OURS, "its table 'run': there is no run" },
  { "INSERT INTO run SELECT 1, version, seed, level, ending, healed_at, ended_at, digest, body_digest, "
    "0,0,0,0,0,0,0,0,0,0,0,0,0,0,0, scenario FROM run",
    ORR_TRACE_ERROR_NOT_OURS, "row 1 of its table 'run': a trace is of one run" },
  { "UPDATE run SET scenario = 'model: other'", ORR_TRACE_ERROR_SCENARIO,
    "row 0 of its table 'run': its scenario can't be read: " },
  { "UPDATE run SET scenario = ''", ORR_TRACE_ERROR_SCENARIO, "its scenario can't be read" },
  { "UPDATE run SET seed = 'x'", ORR_TRACE_ERROR_NOT_OURS, "'seed' is no number" },
  { "UPDATE run SET level = 'some'", ORR_TRACE_ERROR_NOT_OURS, "'level' can't be 'some'" },
  { "UPDATE run SET level = 'operations'", ORR_TRACE_ERROR_NOT_OURS,
    "row 0 of its table 'events': the run did not record events" },
  { "UPDATE run SET ended_at = -1", ORR_TRACE_ERROR_NOT_OURS, "'ended_at' is -1, which can't be" },
  { "UPDATE actors SET name = 'other' WHERE id = 1", ORR_TRACE_ERROR_NOT_OURS,
    "row 1 of its table 'actors': the scenario has another actor there" },
  { "DELETE FROM actors WHERE id = 3", ORR_TRACE_ERROR_NOT_OURS,
    "its table 'actors': the scenario has more actors" },
  { "INSERT INTO actors VALUES (4, 'more', 4, 'more', NULL, 1)", ORR_TRACE_ERROR_NOT_OURS,
    "the scenario has 4 actors" },
  { "UPDATE sessions SET name = 'eve' WHERE id = 2", ORR_TRACE_ERROR_NOT_OURS,
    "the scenario has another session there" },
  { "DELETE FROM sessions", ORR_TRACE_ERROR_NOT_OURS,
    "its table 'sessions': the scenario has more sessions" },
  { "DELETE FROM events WHERE id = 0", ORR_TRACE_ERROR_NOT_OURS,
    "row 0 of its table 'events': it is numbered 1, not 0" },
  { "UPDATE events SET cause = 1 WHERE id = 1", ORR_TRACE_ERROR_NOT_OURS, "'cause' is 1, and there are 1" },
  { "UPDATE events SET cause = -1 WHERE id = 1", ORR_TRACE_ERROR_NOT_OURS, "'cause' is -1, and there are 1" },
  { "UPDATE events SET kind = 'explosion'", ORR_TRACE_ERROR_NOT_OURS, "'kind' can't be 'explosion'" },
  { "UPDATE events SET type = 'pong' WHERE id = 1", ORR_TRACE_ERROR_NOT_OURS,
    "the model has no message 'pong'" },
  { "UPDATE events SET type = NULL WHERE id = 1", ORR_TRACE_ERROR_NOT_OURS, "the model has no message ''" },
  { "UPDATE events SET target = 4 WHERE id = 1", ORR_TRACE_ERROR_NOT_OURS, "'target' is 4, and there are 4" },
  { "UPDATE events SET time = 6 WHERE id = 0", ORR_TRACE_ERROR_NOT_OURS,
    "it is earlier than the one before" },
  { "UPDATE events SET time = 9223372036854775807", ORR_TRACE_ERROR_NOT_OURS,
    "'time' is 9223372036854775807, which can't be" },
  { "UPDATE events SET message = 1 WHERE id = 1", ORR_TRACE_ERROR_NOT_OURS,
    "event 1 is about message 1, and there are 1" },
  { "UPDATE events SET body = '{}' WHERE id = 1", ORR_TRACE_ERROR_NOT_OURS,
    "'body' says something that was not recorded there" },
  { "UPDATE messages SET sender = 4294967295", ORR_TRACE_ERROR_NOT_OURS,
    "'sender' is 4294967295, and there are 4" },
  { "UPDATE messages SET fate = 'lost'", ORR_TRACE_ERROR_NOT_OURS,
    "its fate and its arrival contradict each other" },
  { "UPDATE messages SET sent_at = 6", ORR_TRACE_ERROR_NOT_OURS, "it arrived before it was sent" },
  { "UPDATE messages SET duplicate = 2", ORR_TRACE_ERROR_NOT_OURS, "'duplicate' is 2, which can't be" },
  { "UPDATE messages SET sent_by = 2", ORR_TRACE_ERROR_NOT_OURS, "'sent_by' is 2, and there are 2" },
  { "UPDATE operations SET session = 3 WHERE id = 0", ORR_TRACE_ERROR_NOT_OURS,
    "'session' is 3, and there are 3" },
  { "UPDATE operations SET completed = 9 WHERE id = 0", ORR_TRACE_ERROR_NOT_OURS,
    "it was completed before it was begun" },
  { "UPDATE operations SET completed = NULL WHERE id = 0", ORR_TRACE_ERROR_NOT_OURS,
    "it has an outcome and was never completed" },
  { "UPDATE operations SET invoked = NULL WHERE id = 0", ORR_TRACE_ERROR_NOT_OURS,
    "it was completed and never begun" },
  { "UPDATE operations SET due = 11 WHERE id = 0", ORR_TRACE_ERROR_NOT_OURS,
    "it was begun before it was due" },
  { "UPDATE operations SET outcome = 'maybe' WHERE id = 0", ORR_TRACE_ERROR_NOT_OURS,
    "'outcome' can't be 'maybe'" },
  { "UPDATE operations SET steps = 0 WHERE id = 0", ORR_TRACE_ERROR_NOT_OURS, "it has no steps" },
  { "UPDATE operations SET steps = 2 WHERE id = 0", ORR_TRACE_ERROR_NOT_OURS,
    "row 1 of its table 'steps': it is numbered 1, not 0" },
  { "UPDATE operations SET steps = 2147483647 WHERE id = 1", ORR_TRACE_ERROR_NOT_OURS,
    "its table 'steps': some operations have fewer steps than they should" },
  { "UPDATE operations SET attributes = '{level: two}' WHERE id = 0", ORR_TRACE_ERROR_NOT_OURS,
    "row 0 of its table 'operations': 'attributes': " },
  { "UPDATE operations SET attributes = '[[[[' WHERE id = 0", ORR_TRACE_ERROR_NOT_OURS,
    "row 0 of its table 'operations': 'attributes': " },
  { "UPDATE steps SET kind = 'jump' WHERE operation = 0", ORR_TRACE_ERROR_NOT_OURS,
    "'kind' can't be 'jump'" },
  { "UPDATE steps SET kind = 'none' WHERE operation = 0", ORR_TRACE_ERROR_NOT_OURS, "there is no such step" },
  { "UPDATE steps SET key = NULL WHERE operation = 0", ORR_TRACE_ERROR_NOT_OURS, "there is no such step" },
  { "UPDATE steps SET kind = 'deposit', value = 'much' WHERE operation = 0", ORR_TRACE_ERROR_NOT_OURS,
    "its value is no number" },
  { "INSERT INTO steps VALUES (0, 1, 'read', 'x', NULL, NULL, NULL, NULL)", ORR_TRACE_ERROR_NOT_OURS,
    "row 1 of its table 'steps': it is numbered 0, not 1" },
  { "UPDATE operations SET steps = 2 WHERE id = 0; INSERT INTO steps VALUES (0, 1, 'read', 'x', NULL, NULL, "
    "NULL, 1)",
    ORR_TRACE_ERROR_NOT_OURS, "some steps of the operation have results and others have none" },
  { "INSERT INTO steps VALUES (2, 0, 'read', 'x', NULL, NULL, NULL, NULL)", ORR_TRACE_ERROR_NOT_OURS,
    "all operations had their steps before" },
  { "UPDATE facts SET fact = 'rumour' WHERE id = 0", ORR_TRACE_ERROR_NOT_OURS,
    "the model has no fact 'rumour'" },
  { "UPDATE facts SET body = NULL WHERE id = 0", ORR_TRACE_ERROR_NOT_OURS, "it says nothing" },
  { "UPDATE facts SET body = '{\"key\":\"x\"}' WHERE id = 0", ORR_TRACE_ERROR_NOT_OURS,
    "its columns and its body contradict each other" },
  { "UPDATE facts SET value = '2' WHERE id = 0", ORR_TRACE_ERROR_NOT_OURS,
    "its columns and its body contradict each other" },
  { "UPDATE facts SET version = NULL WHERE id = 0", ORR_TRACE_ERROR_NOT_OURS,
    "its columns and its body contradict each other" },
  { "UPDATE facts SET node = NULL WHERE id = 0", ORR_TRACE_ERROR_NOT_OURS,
    NULL /* SQLite itself forbids it */ },
  { "UPDATE facts SET body = '{\"key\":\"x\",\"value\":1,\"version\":1,\"colour\":2}' WHERE id = 0",
    ORR_TRACE_ERROR_NOT_OURS, "row 0 of its table 'facts': 'body': unknown key 'colour'" },
  { "UPDATE faults SET fault = 'flood'", ORR_TRACE_ERROR_NOT_OURS, "there is no fault 'flood'" },
  { "UPDATE faults SET ended = 2", ORR_TRACE_ERROR_NOT_OURS, "it ended before it began" },
  { "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 2 WHERE name = 'events'",
    ORR_TRACE_ERROR_NOT_OURS, "it is damaged" },
};

static gboolean
change (const char *file, const char *sql)
{
  sqlite3 *database;
  assert_int_equal (sqlite3_open (file, &database), SQLITE_OK);
  gboolean done = sqlite3_exec (database, sql, NULL, NULL, NULL) == SQLITE_OK;
  sqlite3_close (database);
  return done;
}

static void
test_refusals (void **state G_GNUC_UNUSED)
{
  g_autofree char *file = path_of ("b.trace");
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      const Refusal *refusal = &refusals[i];
      g_autoptr (GError) error = NULL;
      save_sample (file);
      if (change (file, refusal->sql) != (refusal->message != NULL))
        fail_msg ("%s: SQLite does not do what the test thinks", refusal->sql);
      if (!refusal->message)
        continue;
      g_autoptr (OrrTrace) trace = load (file, &error);
      if (trace)
        fail_msg ("%s: was loaded", refusal->sql);
      if (!g_error_matches (error, ORR_TRACE_ERROR, (gint) refusal->code)
          || !strstr (error->message, refusal->message))
        fail_msg ("%s: %s", refusal->sql, error->message);
      g_autofree char *prefix = g_strdup_printf ("can't load '%s': ", file);
      assert_true (g_str_has_prefix (error->message, prefix));
    }
}

/* What others add for themselves does no harm. */
static void
test_additions (void **state G_GNUC_UNUSED)
{
  g_autofree char *file = path_of ("c.trace");
  g_autoptr (GError) error = NULL;
  save_sample (file);
  g_autoptr (OrrTrace) before = load (file, &error);
  assert_true (change (
      file,
      "CREATE TABLE mine (a, b); CREATE INDEX by_kind ON events (kind); CREATE VIEW v AS SELECT * FROM mine; "
      "CREATE TRIGGER t AFTER INSERT ON mine BEGIN DELETE FROM mine; END; SELECT count(*) FROM event_log; "
      "SELECT count(*) FROM message_log; SELECT count(*) FROM operation_log; SELECT count(*) FROM fact_log"));
  g_autoptr (OrrTrace) after = load (file, &error);
  assert_non_null (after);
  g_autofree char *one = dump (before), *other = dump (after);
  assert_string_equal (one, other);
}

static void
test_views (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *sql, *row;
  } questions[] = {
    { "SELECT printf('%s|%s|%s|%s', kind, type, target, source) FROM event_log WHERE id = 1",
      "message|ping|replica1|primary" },
    { "SELECT printf('%s|%s|%s|%s', sender, receiver, type, fate) FROM message_log",
      "primary|replica1|ping|delivered" },
    { "SELECT printf('%s|%s|%s|%s|%s', session, server, kind, key, result) FROM operation_log WHERE id = 1",
      "bob|replica1|read|x|1" },
    { "SELECT printf('%s|%s|%s|%s', node, fact, key, value) FROM fact_log WHERE final", "primary|value|x|1" },
    /* How far nodes were behind; what led to an event. */
    { "SELECT printf('%s|%s|%s', actors.name, applied.version, (applied.time - written.time) / 1e6) FROM "
      "facts AS applied "
      "JOIN facts AS written USING (key, version) JOIN actors ON actors.id = applied.node WHERE applied.fact "
      "= 'applied' "
      "AND written.fact = 'version' AND applied.node <> written.node",
      "replica1|1|3.0" },
    { "WITH RECURSIVE before (id) AS (VALUES (1) UNION SELECT cause FROM events JOIN before USING (id) WHERE "
      "cause IS NOT NULL) "
      "SELECT group_concat(kind) FROM (SELECT event_log.* FROM event_log JOIN before USING (id) ORDER BY id)",
      "start,message" },
  };
  g_autofree char *file = path_of ("d.trace");
  save_sample (file);
  sqlite3 *database;
  assert_int_equal (sqlite3_open (file, &database), SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      sqlite3_stmt *statement;
      assert_int_equal (sqlite3_prepare_v2 (database, questions[i].sql, -1, &statement, NULL), SQLITE_OK);
      assert_int_equal (sqlite3_step (statement), SQLITE_ROW);
      assert_string_equal ((const char *) sqlite3_column_text (statement, 0), questions[i].row);
      sqlite3_finalize (statement);
    }
  sqlite3_close (database);
}

static void
expect_refused (const char *file, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OrrTrace) trace = load (file, &error);
  assert_null (trace);
  if (!strstr (error->message, message))
    fail_msg ("%s", error->message);
}

static void
test_other_files (void **state G_GNUC_UNUSED)
{
  g_autofree char *file = path_of ("e.trace");
  g_autofree char *pipe = path_of ("pipe");
  expect_refused (file, "No such file");
  put_contents (file, "", 0);
  expect_refused (file, "it is empty");
  assert_true (g_file_set_contents (
      file,
      "model: primary-replica\nduration: 10s\nmore text to make it long enough for a page of something\n", -1,
      NULL));
  expect_refused (file, "it is not an SQLite database");
  expect_refused (folder, "it is not a regular file");
  assert_int_equal (mkfifo (pipe, 0600), 0);
  expect_refused (pipe, "it is not a regular file");
}

/* A file that is cut short, at any length, or in which any byte is another. */
static void
test_damage (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  g_autofree char *file = path_of ("f.trace");
  g_autofree char *whole = NULL;
  gsize length;
  guint n_refused = 0;
  save_sample (file);
  assert_true (g_file_get_contents (file, &whole, &length, NULL));
  for (gsize cut = 0; cut < length; cut += 511)
    {
      put_contents (file, whole, (gssize) cut);
      g_autoptr (OrrTrace) trace = load (file, NULL);
      assert_null (trace);
    }
  for (guint round = 0; round < 1500; round++)
    {
      g_autofree char *copy = g_memdup2 (whole, length);
      for (gint i = g_rand_int_range (random, 1, 4); i > 0; i--)
        copy[g_rand_int_range (random, 0, round % 2 ? (gint) length : 200)] = (char) g_rand_int (random);
      put_contents (file, copy, (gssize) length);
      g_autoptr (GError) error = NULL;
      g_autoptr (OrrTrace) trace = load (file, &error);
      assert_true ((trace == NULL) == (error != NULL));
      if (trace)
        g_free (dump (trace));
      else
        n_refused++;
    }
  if (n_refused < 300)
    fail_msg ("only %u were refused", n_refused);
}

/* Any cell of any row says something else. What is loaded all the same is judged and measured: nothing may
 * stumble over it. */
static void
test_hostile_cells (void **state G_GNUC_UNUSED)
{
  static const char *const values[] = { "NULL",
                                        "0",
                                        "1",
                                        "2",
                                        "-1",
                                        "4294967295",
                                        "4611686018427387904",
                                        "9223372036854775806",
                                        "'x'",
                                        "''",
                                        "'nil'",
                                        "'[[[[1]]]]'",
                                        "'read'",
                                        "'write'",
                                        "'append'",
                                        "'deposit'",
                                        "'ok'",
                                        "'unknown'",
                                        "'-4611686018427387904'",
                                        "'{}'",
                                        "'[]'",
                                        "'{\"key\":\"x\",\"value\":1,\"version\":2}'" };
  g_autoptr (GRand) random = g_rand_new_with_seed (8);
  g_autofree char *file = path_of ("i.trace"), *original = path_of ("j.trace"), *whole = NULL;
  gsize length;
  guint n_loaded = 0;
  save_sample (original);
  assert_true (g_file_get_contents (original, &whole, &length, NULL));
  for (guint round = 0; round < 1500; round++)
    {
      OrrTraceTable table = (OrrTraceTable) g_rand_int_range (random, 0, ORR_N_TABLES);
      const OrrTraceTableInfo *info = &orr_trace_tables[table];
      const OrrTraceColumn *column
          = &info->columns[g_rand_int_range (random, 0, (gint) orr_trace_table_width (table))];
      g_autofree char *sql
          = g_strdup_printf ("PRAGMA synchronous = OFF; UPDATE %s SET %s = %s WHERE %s = %d", info->name,
                             column->name, values[g_rand_int_range (random, 0, G_N_ELEMENTS (values))],
                             info->columns[0].name, g_rand_int_range (random, 0, 2));
      put_contents (file, whole, (gssize) length);
      if (!change (file, sql))
        continue; /* SQLite itself forbids it */
      g_autoptr (OrrTrace) trace = load (file, NULL);
      if (!trace)
        continue;
      n_loaded++;
      g_autoptr (OrrHistory) history = orr_history_from_trace (trace);
      g_autoptr (OrrFigures) figures = orr_figures_of (history);
      for (guint i = 0; orr_checks[i]; i++)
        orr_verdict_free (orr_check_judge (orr_checks[i], history, &ORR_CHECK_BUDGET_DEFAULT));
      g_free (dump (trace));
    }
  assert_true (n_loaded > 100);
}

/* --- Saving --- */

static void
test_full_disk (void **state G_GNUC_UNUSED)
{
  g_autofree char *file = path_of ("g.trace");
  g_autofree char *before = NULL, *after = NULL;
  gsize length, length_after;
  save_sample (file);
  assert_true (g_file_get_contents (file, &before, &length, NULL));
  guint n_files = count_files ();

  g_autoptr (OrrTrace) trace = sample_trace_new (ORR_RECORD_OPERATIONS);
  for (guint i = 0; i < 5000; i++)
    sample_operation (
        trace, 0, i, i,
        (OrrStep){ .kind = ORR_WRITE, .key = sample_value (trace, "x"), .value = orr_value_int (i) }, ORR_NIL,
        i + 1, 0);
  struct rlimit old, small;
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &old);
  for (guint pages = 0; pages < 40; pages += 3)
    {
      g_autoptr (GError) error = NULL;
      small = (struct rlimit){ .rlim_cur = pages * 4096, .rlim_max = old.rlim_max };
      setrlimit (RLIMIT_FSIZE, &small);
      gboolean saved = orr_trace_save (trace, file, &error);
      setrlimit (RLIMIT_FSIZE, &old);
      assert_false (saved);
      assert_true (g_error_matches (error, ORR_TRACE_ERROR, ORR_TRACE_ERROR_IO));
      assert_non_null (strstr (error->message, "can't save to '"));
      /* What the system says to a write that goes beyond the limit, and to one that ends at it. */
      if (!strstr (error->message, "File too large") && !strstr (error->message, "No space left on device")
          && !strstr (error->message, "disk I/O error"))
        fail_msg ("%s", error->message);
      assert_int_equal (count_files (), n_files);
    }
  assert_true (g_file_get_contents (file, &after, &length_after, NULL));
  assert_int_equal (length, length_after);
  assert_memory_equal (before, after, length);
}

static void
expect_unsaved (const char *file, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OrrTrace) trace = sample_trace_new (ORR_RECORD_OPERATIONS);
  assert_false (orr_trace_save (trace, file, &error));
  if (!strstr (error->message, message))
    fail_msg ("%s", error->message);
}

static void
test_bad_places (void **state G_GNUC_UNUSED)
{
  g_autofree char *pipe = path_of ("pipe2");
  g_autofree char *nowhere = path_of ("no/such/folder.trace");
  assert_int_equal (mkfifo (pipe, 0600), 0);
  expect_unsaved (folder, "it is a folder");
  expect_unsaved (pipe, "it is not a regular file");
  expect_unsaved ("/dev/null", "it is not a regular file");
  expect_unsaved (nowhere, "No such file or directory");
}

static void
test_link (void **state G_GNUC_UNUSED)
{
  g_autofree char *link = path_of ("link"), *file = path_of ("h.trace");
  GStatBuf status;
  save_sample (file);
  assert_int_equal (symlink (file, link), 0);
  save_sample (link);
  assert_int_equal (g_lstat (link, &status), 0);
  assert_true (S_ISLNK (status.st_mode));
  g_autoptr (OrrTrace) trace = load (link, NULL);
  assert_non_null (trace);
}

static void
test_names (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = sample_trace_new (ORR_RECORD_OPERATIONS);
  assert_string_equal (orr_trace_actor_name (trace, 2), "replica2");
  assert_string_equal (orr_trace_actor_name (trace, 3), "client1");
  assert_string_equal (orr_trace_actor_name (trace, ORR_NOBODY), "nobody");
  for (guint i = 0; i < ORR_N_EVENT_KINDS; i++)
    for (guint j = 0; j < i; j++)
      assert_string_not_equal (orr_event_kind_name (i), orr_event_kind_name (j));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_names),         cmocka_unit_test (test_round_trip),
    cmocka_unit_test (test_dump),          cmocka_unit_test (test_refusals),
    cmocka_unit_test (test_additions),     cmocka_unit_test (test_views),
    cmocka_unit_test (test_other_files),   cmocka_unit_test (test_damage),
    cmocka_unit_test (test_hostile_cells), cmocka_unit_test (test_full_disk),
    cmocka_unit_test (test_bad_places),    cmocka_unit_test (test_link),
  };
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
