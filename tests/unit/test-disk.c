/* test-disk.c: what is kept is what a disk would have kept. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/store.h"
#include "tiny-model.h"

/* --- The store, against one that is copied whole after each change --- */

#define N_KEYS 6

typedef struct
{
  guint64 first, end;
  guint64 log[64]; /* by index */
  guint n_keys;
  OrrKey keys[N_KEYS]; /* in the order of first puts */
  guint64 values[N_KEYS];
} Snapshot;

typedef struct
{
  guint64 number;
} Record;

static const OrrField record_fields[] = { ORR_FIELD (Record, number, NUMBER, .doc = ""), { 0 } };
static const OrrRecord logs[] = { ORR_RECORD ("log", Record, record_fields), { 0 } };
static const OrrRecord cells[] = { ORR_RECORD ("cell", Record, record_fields), { .name = "flag" }, { 0 } };

static guint
find_key (const Snapshot *snapshot, OrrKey key)
{
  guint i = 0;
  while (i < snapshot->n_keys && snapshot->keys[i] != key)
    i++;
  return i;
}

static void
check_same (OrrStore *store, const Snapshot *expected)
{
  assert_int_equal (orr_store_first (store, 0), expected->first);
  assert_int_equal (orr_store_end (store, 0), expected->end);
  for (guint64 i = expected->first; i < expected->end; i++)
    assert_int_equal (((const Record *) orr_store_get (store, 0, i))->number, expected->log[i % 64]);
  for (OrrKey key = 1; key <= N_KEYS; key++)
    {
      guint i = find_key (expected, key);
      const Record *record = orr_store_look_up (store, 0, key);
      assert_int_equal (record != NULL, i < expected->n_keys);
      if (record)
        assert_int_equal (record->number, expected->values[i]);
    }
  assert_int_equal (orr_store_length (store, 0), expected->n_keys);
}

/* The same by index; apart, because asking for it tidies the store. */
static void
check_order (OrrStore *store, const Snapshot *expected)
{
  for (guint i = 0; i < expected->n_keys; i++)
    assert_int_equal (orr_store_key (store, 0, i), expected->keys[i]);
}

static guint64
draw (guint64 *state, guint64 n)
{
  *state = orr_draw_fold (*state, 1);
  return orr_draw_below (*state, n);
}

static void
change_keys (OrrStore *store, Snapshot *now, guint64 *state, guint64 number)
{
  OrrKey key = 1 + draw (state, N_KEYS);
  guint i = find_key (now, key);
  if (draw (state, 3) == 0)
    {
      orr_store_delete (store, 0, key);
      if (i == now->n_keys)
        return;
      now->n_keys--;
      memmove (&now->keys[i], &now->keys[i + 1], (now->n_keys - i) * sizeof (OrrKey));
      memmove (&now->values[i], &now->values[i + 1], (now->n_keys - i) * sizeof (guint64));
      return;
    }
  orr_store_put (store, 0, key, &(Record){ number });
  if (i == now->n_keys)
    now->keys[now->n_keys++] = key;
  now->values[i] = number;
}

static void
change_log (OrrStore *store, Snapshot *now, guint64 *state, guint64 number)
{
  if (draw (state, 4) > 0 && now->end - now->first < 60)
    {
      assert_int_equal (orr_store_append (store, 0, &(Record){ number }), now->end);
      now->log[now->end++ % 64] = number;
      return;
    }
  guint64 length = now->end - now->first;
  guint64 first = now->first + draw (state, length + 1), end = first + draw (state, now->end - first + 1);
  if (draw (state, 8) == 0)
    first = end = now->end + draw (state, 5);
  orr_store_keep (store, 0, first, end);
  now->first = first;
  now->end = end;
}

static void
test_store_against_copies (void **data G_GNUC_UNUSED)
{
  for (guint64 seed = 0; seed < 300; seed++)
    {
      guint64 state = orr_draw_key (seed, "store");
      g_autoptr (OrrStore) store = orr_store_new (logs, cells);
      g_autofree Snapshot *history = g_new0 (Snapshot, 4000); /* by position */
      guint64 position = 0;
      history[0] = (Snapshot){ .first = 1, .end = 1 };
      for (guint64 i = 1; i <= 200; i++)
        {
          Snapshot now = history[position];
          guint64 what = draw (&state, 10), durable = orr_store_durable (store);
          if (what < 4)
            change_keys (store, &now, &state, i);
          else if (what < 8)
            change_log (store, &now, &state, i);
          else if (what == 8)
            orr_store_commit (store, durable + draw (&state, position - durable + 1));
          else if (draw (&state, 3) == 0)
            {
              position = durable + draw (&state, position - durable + 1);
              orr_store_rewind (store, position);
              now = history[position];
            }
          /* A change that changed nothing is no change. */
          if (orr_store_position (store) == position)
            assert_memory_equal (&now, &history[position], sizeof now);
          else
            assert_int_equal (orr_store_position (store), ++position);
          history[position] = now;
          check_same (store, &now);
          if (draw (&state, 4) == 0)
            check_order (store, &now);
        }
      check_order (store, &history[position]);
      orr_store_clear (store);
      check_same (store, &history[0]);
    }
}

static void
test_store_flags (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrStore) store = orr_store_new (logs, cells);
  orr_store_put (store, 1, ORR_NIL, NULL);
  orr_store_put (store, 1, 7, NULL);
  assert_non_null (orr_store_look_up (store, 1, ORR_NIL));
  assert_int_equal (orr_store_length (store, 1), 2);
  orr_store_delete (store, 1, ORR_NIL);
  assert_null (orr_store_look_up (store, 1, ORR_NIL));
  assert_int_equal (orr_store_key (store, 1, 0), 7);
}

static void
test_store_gaps (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrStore) store = orr_store_new (logs, cells);
  for (guint64 i = 1; i <= 5; i++)
    orr_store_append (store, 0, &(Record){ i });
  assert_true (orr_store_may_keep (store, 0, 1, 6));
  assert_true (orr_store_may_keep (store, 0, 100, 100)); /* a snapshot takes the log's place */
  assert_false (orr_store_may_keep (store, 0, 1, 7));
  assert_false (orr_store_may_keep (store, 0, 6, 7));
  assert_false (orr_store_may_keep (store, 0, 4, 3));
  assert_false (orr_store_may_keep (store, 0, 0, 3));
  orr_store_keep (store, 0, 3, 5);
  orr_store_keep (store, 0, 1, 5); /* what is gone is gone */
  assert_int_equal (orr_store_first (store, 0), 3);
  assert_int_equal (orr_store_end (store, 0), 5);
}

/* --- Crashes --- */

#define WRITES                                                                                               \
  "workload:\n  operations:\n"                                                                               \
  "    - {id: w1, at: 0ms, session: s1, write: {x: 1}}\n"                                                    \
  "    - {id: w2, at: 10ms, session: s1, write: {x: 2}}\n"                                                   \
  "    - {id: w3, at: 20ms, session: s1, write: {y: 3}}\n"                                                   \
  "    - {id: r, at: 200ms, session: s1, read: x}\n"

/* Runs and returns what the server found when it started again. */
static TinyStarted
restart (const char *settings, const char *faults, guint64 seed)
{
  g_autofree char *text
      = g_strdup_printf ("model: tiny\noptions: %s\nnetwork: {latency: 1ms}\n%s" WRITES, settings, faults);
  g_autoptr (OrrTrace) trace = tiny_run_seed (text, seed);
  const OrrTraceFact *fact = NULL;
  for (guint i = 0; tiny_fact (trace, TINY_STARTED, i); i++)
    fact = tiny_fact (trace, TINY_STARTED, i);
  return *(const TinyStarted *) fact->body;
}

static void
check_restart (const char *settings, const char *faults, OrrStart start, guint64 log_end, guint64 keys)
{
  TinyStarted started = restart (settings, faults, 1);
  assert_int_equal (started.start, start);
  assert_int_equal (started.log_end, log_end);
  assert_int_equal (started.keys, keys);
}

static void
test_process_crash (void **data G_GNUC_UNUSED)
{
  const char *crash = "disk: {write: 1ms, sync: 5ms}\nfaults:\n  - {at: 50ms, crash: s1, for: 10ms}\n";
  check_restart ("{answer: memory}", crash, ORR_START_PROCESS_CRASH, 1, 0);
  check_restart ("{answer: written}", crash, ORR_START_PROCESS_CRASH, 4, 2);
  check_restart ("{answer: synced}", crash, ORR_START_PROCESS_CRASH, 4, 2);
  /* The third write arrives at 21 ms: at 21.5 ms it is on its way, and lost. */
  const char *early = "disk: {write: 1ms}\nfaults:\n  - {at: 21500us, crash: s1, for: 10ms}\n";
  check_restart ("{answer: written}", early, ORR_START_PROCESS_CRASH, 3, 1);
}

static void
test_os_crash (void **data G_GNUC_UNUSED)
{
  const char *synced
      = "disk: {write: 1ms, sync: 5ms}\nfaults:\n  - {at: 50ms, crash: s1, kind: os, for: 10ms}\n";
  check_restart ("{answer: memory}", synced, ORR_START_OS_CRASH, 1, 0);
  check_restart ("{answer: synced}", synced, ORR_START_OS_CRASH, 4, 2);
  /* Each write is two changes, to the log and then to the cell. Nothing is synced: a prefix is kept, as
   * pinned. */
  static const struct
  {
    guint kept;
    guint64 log_end, keys;
  } cases[] = { { 0, 1, 0 }, { 1, 2, 0 }, { 2, 2, 1 }, { 4, 3, 1 }, { 5, 4, 1 }, { 6, 4, 2 } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *pinned
          = g_strdup_printf ("%spins:\n  - {disk: s1, crash: 1, kept: %u}\n", synced, cases[i].kept);
      check_restart ("{answer: written}", pinned, ORR_START_OS_CRASH, cases[i].log_end, cases[i].keys);
    }
}

static void
test_os_crash_is_drawn (void **data G_GNUC_UNUSED)
{
  const char *crash = "disk: {write: 1ms}\nfaults:\n  - {at: 50ms, crash: s1, kind: os, for: 10ms}\n";
  guint seen[5] = { 0 };
  for (guint64 seed = 1; seed <= 400; seed++)
    {
      TinyStarted started = restart ("{answer: written}", crash, seed);
      assert_in_range (started.log_end, 1, 4);
      seen[started.log_end]++;
    }
  /* Of 0 … 6 changes kept, one gives an empty log, and two give each of the other ends. */
  assert_in_range (seen[1], 30, 90);
  for (guint i = 2; i <= 4; i++)
    assert_in_range (seen[i], 75, 155);
}

static void
test_lost_and_stopped (void **data G_GNUC_UNUSED)
{
  check_restart ("{answer: synced}", "faults:\n  - {at: 50ms, crash: s1, kind: disk, for: 10ms}\n",
                 ORR_START_DISK_LOST, 1, 0);
  check_restart ("{answer: memory}", "faults:\n  - {at: 50ms, stop: s1, for: 10ms}\n", ORR_START_STOPPED, 4,
                 2);
}

/* What survived a crash of the process is not safer for it. */
static void
test_two_crashes (void **data G_GNUC_UNUSED)
{
  const char *two
      = "disk: {write: 1ms, sync: 100ms}\nfaults:\n  - {at: 50ms, crash: s1, for: 10ms}\n"
        "  - {at: 70ms, crash: s1, kind: os, for: 10ms}\npins:\n  - {disk: s1, crash: 2, kept: 0}\n";
  check_restart ("{answer: synced}", two, ORR_START_OS_CRASH, 1, 0);
  /* But what the disk kept of the first system is safe from the second. */
  const char *again
      = "disk: {write: 1ms}\nfaults:\n  - {at: 50ms, crash: s1, kind: os, for: 10ms}\n"
        "  - {at: 70ms, crash: s1, kind: os, for: 10ms}\npins:\n  - {disk: s1, crash: 1, kept: 2}\n"
        "  - {disk: s1, crash: 2, kept: 0}\n";
  check_restart ("{answer: written}", again, ORR_START_OS_CRASH, 2, 1);
}

/* --- Requests --- */

static const TinyDisk *
disk_fact (const OrrTrace *trace, guint n, OrrTime *ret_time)
{
  const OrrTraceFact *fact = tiny_fact (trace, TINY_DISK, n);
  assert_non_null (fact);
  *ret_time = fact->time;
  return fact->body;
}

static void
check_disk (const OrrTrace *trace, guint n, OrrTime time, guint64 token, gboolean synced)
{
  OrrTime when;
  const TinyDisk *fact = disk_fact (trace, n, &when);
  assert_int_equal (when, time);
  assert_int_equal (fact->token, token);
  assert_int_equal (fact->synced, synced);
}

static void
test_latency (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = tiny_run ("model: tiny\noptions: {answer: synced}\nnetwork: {latency: 1ms}\n"
                                         "disk: {write: 2ms, sync: 5ms}\n" WRITES);
  check_disk (trace, 0, 3 * ORR_MILLISECOND, 0, FALSE);
  check_disk (trace, 1, 8 * ORR_MILLISECOND, 0, TRUE);
  check_disk (trace, 2, 13 * ORR_MILLISECOND, 1, FALSE);
  check_disk (trace, 3, 18 * ORR_MILLISECOND, 1, TRUE);
  assert_int_equal (trace->counts.writes, 3);
  assert_int_equal (trace->counts.syncs, 3);
  assert_int_equal (tiny_operation (trace, 0)->completed, 9 * ORR_MILLISECOND);
}

static void
test_order (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run ("model: tiny\nduration: 1s\noptions: {answer: synced}\nclients: {sessions: 20}\n"
                  "disk: {write: uniform(0ms..2ms), sync: uniform(0ms..20ms)}\n"
                  "workload: {arrival: poisson(2000/s), mix: {write: 100%}, operations-max: 200}\n");
  guint64 last[2] = { 0 };
  guint n[2] = { 0 };
  for (guint i = 0; tiny_fact (trace, TINY_DISK, i); i++)
    {
      const TinyDisk *fact = tiny_fact (trace, TINY_DISK, i)->body;
      assert_true (n[fact->synced] == 0 || fact->token != last[fact->synced]);
      n[fact->synced]++;
      last[fact->synced] = fact->token;
    }
  assert_int_equal (n[0], 200);
  assert_int_equal (n[1], 200);
}

static void
test_stall (void **data G_GNUC_UNUSED)
{
  /* The first write is under way when the disk stalls, the second is asked for meanwhile, the third
   * afterwards. */
  g_autoptr (OrrTrace) trace = tiny_run ("model: tiny\noptions: {answer: written}\nnetwork: {latency: 1ms}\n"
                                         "clients: {sessions: 3}\ndisk: {write: 2ms}\n"
                                         "faults:\n  - {at: 2ms, disk: {node: s1, stall: 13ms}}\n"
                                         "workload:\n  operations:\n"
                                         "    - {at: 0ms, session: s1, write: {x: 1}}\n"
                                         "    - {at: 10ms, session: s2, write: {x: 2}}\n"
                                         "    - {at: 20ms, session: s3, write: {y: 3}}\n");
  check_disk (trace, 0, 15 * ORR_MILLISECOND, 0, FALSE);
  check_disk (trace, 1, 15 * ORR_MILLISECOND, 1, FALSE);
  check_disk (trace, 2, 23 * ORR_MILLISECOND, 2, FALSE);
  assert_int_equal (tiny_fault (trace, 0)->effects, 2);
  assert_int_equal (tiny_fault (trace, 0)->ended, 15 * ORR_MILLISECOND);
}

#define PAUSED(further)                                                                                      \
  "model: tiny\noptions: {answer: synced}\nnetwork: {latency: 1ms}\ndisk: {write: 1ms, sync: 1ms}\n"         \
  "faults:\n  - {at: 1500us, pause: s1, for: 100ms}\n" further                                               \
  "workload:\n  operations:\n    - {at: 0ms, session: s1, write: {x: 1}}\n"

/* The disk works while the process stands still; the process hears of it later. */
static void
test_pause (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = tiny_run (PAUSED (""));
  check_disk (trace, 0, 101500 * ORR_MICROSECOND, 0, FALSE);
  check_disk (trace, 1, 101500 * ORR_MICROSECOND, 0, TRUE);
  assert_int_equal (tiny_fault (trace, 0)->effects, 2);

  g_autoptr (OrrTrace) again = tiny_run (PAUSED ("  - {at: 50ms, crash: s1, kind: os, for: 10ms}\n"));
  const TinyStarted *started = tiny_fact (again, TINY_STARTED, 1)->body;
  assert_int_equal (started->log_end, 2);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_store_against_copies),
    cmocka_unit_test (test_store_flags),
    cmocka_unit_test (test_store_gaps),
    cmocka_unit_test (test_process_crash),
    cmocka_unit_test (test_os_crash),
    cmocka_unit_test (test_os_crash_is_drawn),
    cmocka_unit_test (test_lost_and_stopped),
    cmocka_unit_test (test_two_crashes),
    cmocka_unit_test (test_latency),
    cmocka_unit_test (test_order),
    cmocka_unit_test (test_stall),
    cmocka_unit_test (test_pause),
  };
  return cmocka_run_group_tests_name ("disk", tests, NULL, NULL);
}
