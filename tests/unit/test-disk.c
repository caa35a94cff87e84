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

/* A sync up to a record: at that position there is all before it that is there now, and nothing from it on.
 */
static void
check_position_before (const OrrStore *store, const Snapshot *history, const Snapshot *now, guint64 end)
{
  guint64 position = orr_store_position_before (store, 0, end);
  const Snapshot *then = &history[position];
  assert_in_range (position, orr_store_durable (store), orr_store_position (store));
  assert_true (then->first == then->end || then->end <= MAX (end, history[orr_store_durable (store)].end));
  for (guint64 i = now->first; i < MIN (end, now->end); i++)
    {
      assert_in_range (i, then->first, then->end - 1);
      assert_int_equal (then->log[i % 64], now->log[i % 64]);
    }
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
          check_position_before (store, history, &now, now.first + draw (&state, now.end - now.first + 2));
          if (draw (&state, 4) == 0)
            check_order (store, &now);
        }
      check_order (store, &history[position]);
      orr_store_clear (store);
      check_same (store, &history[0]);
    }
}

/* --- Losses, against doing only what is kept --- */

typedef enum
{
  DO_APPEND,
  DO_CUT,
  DO_PUT,
  DO_DELETE,
} What;

typedef struct
{
  What what;
  guint64 number, first, end;
  OrrKey key;
} Deed;

static void
drop_key (Snapshot *now, OrrKey key)
{
  guint i = find_key (now, key);
  if (i == now->n_keys)
    return;
  now->n_keys--;
  memmove (&now->keys[i], &now->keys[i + 1], (now->n_keys - i) * sizeof (OrrKey));
  memmove (&now->values[i], &now->values[i + 1], (now->n_keys - i) * sizeof (guint64));
}

static void
do_to_copy (Snapshot *now, const Deed *deed)
{
  switch (deed->what)
    {
    case DO_APPEND:
      now->log[now->end++ % 64] = deed->number;
      break;
    case DO_CUT:
      now->first = deed->first;
      now->end = deed->end;
      break;
    case DO_PUT:
      if (find_key (now, deed->key) == now->n_keys)
        now->keys[now->n_keys++] = deed->key;
      now->values[find_key (now, deed->key)] = deed->number;
      break;
    case DO_DELETE:
      drop_key (now, deed->key);
      break;
    }
}

static void
do_to_store (OrrStore *store, const Deed *deed)
{
  switch (deed->what)
    {
    case DO_APPEND:
      orr_store_append (store, 0, &(Record){ deed->number });
      break;
    case DO_CUT:
      orr_store_keep (store, 0, deed->first, deed->end);
      break;
    case DO_PUT:
      orr_store_put (store, 0, deed->key, &(Record){ deed->number });
      break;
    case DO_DELETE:
      orr_store_delete (store, 0, deed->key);
      break;
    }
}

/* Something that changes what is there. */
static Deed
draw_deed (const Snapshot *now, guint64 *state, guint64 number)
{
  Deed deed = { .what = (What) draw (state, 4), .number = number, .key = 1 + draw (state, N_KEYS) };
  guint64 length = now->end - now->first;
  if (deed.what == DO_DELETE && find_key (now, deed.key) == now->n_keys)
    deed.what = DO_PUT;
  if (deed.what == DO_CUT && length < 2)
    deed.what = DO_APPEND;
  deed.first = now->first + draw (state, MAX (length, 1));
  deed.end = deed.first + draw (state, now->end - deed.first);
  return deed;
}

static void
test_store_loses (void **data G_GNUC_UNUSED)
{
  for (guint64 seed = 0; seed < 3000; seed++)
    {
      guint64 state = orr_draw_key (seed, "lose");
      g_autoptr (OrrStore) store = orr_store_new (logs, cells);
      Snapshot full = { .first = 1, .end = 1 };
      Deed deeds[30];
      guint8 fates[20];
      for (guint i = 0; i < 30; i++)
        {
          deeds[i] = draw_deed (&full, &state, i);
          do_to_copy (&full, &deeds[i]);
          do_to_store (store, &deeds[i]);
        }
      orr_store_commit (store, 10);
      Snapshot left = { .first = 1, .end = 1 };
      gboolean broken = FALSE, log_torn = FALSE;
      OrrKey torn[N_KEYS + 1] = { 0 };
      for (guint i = 0; i < 30; i++)
        {
          gboolean is_log = deeds[i].what <= DO_CUT;
          guint fate = i < 10 ? (guint) ORR_CHANGE_KEPT : (guint) draw (&state, 5);
          fate = MIN (fate, (guint) ORR_CHANGE_KEPT + (seed % 2));
          if (i >= 10)
            {
              OrrStoreChange change = orr_store_change (store, i - 10);
              fates[i - 10] = (guint8) fate;
              assert_int_equal (change.is_log, is_log);
              assert_int_equal (change.is_append, deeds[i].what == DO_APPEND);
              assert_int_equal (change.is_put, deeds[i].what == DO_PUT);
            }
          if (is_log && broken)
            continue;
          if (fate == ORR_CHANGE_KEPT)
            do_to_copy (&left, &deeds[i]);
          else
            broken |= is_log;
          log_torn |= fate == ORR_CHANGE_TORN && deeds[i].what == DO_APPEND;
          if (fate == ORR_CHANGE_TORN && deeds[i].what == DO_PUT)
            {
              drop_key (&left, deeds[i].key);
              torn[deeds[i].key] = 1;
            }
        }
      orr_store_lose (store, fates);
      check_same (store, &left);
      orr_store_commit (store, orr_store_position (store));
      orr_store_recover (store);
      check_same (store, &left);
      check_order (store, &left);
      assert_int_equal (orr_store_log_is_damaged (store, 0), log_torn);
      for (OrrKey key = 1; key <= N_KEYS; key++)
        assert_int_equal (orr_store_cell_is_damaged (store, 0, key),
                          torn[key] && find_key (&left, key) == left.n_keys);
    }
}

/* A model may have logs and no cells, or the other way round: then there is no table to look at. */
static void
test_store_of_one_kind (void **data G_GNUC_UNUSED)
{
  static const guint8 fates[] = { ORR_CHANGE_KEPT, ORR_CHANGE_LOST };
  g_autoptr (OrrStore) of_logs = orr_store_new (logs, NULL);
  g_autoptr (OrrStore) of_cells = orr_store_new (NULL, cells);
  orr_store_append (of_logs, 0, &(Record){ 1 });
  orr_store_append (of_logs, 0, &(Record){ 2 });
  orr_store_lose (of_logs, fates);
  assert_int_equal (orr_store_end (of_logs, 0), 2);
  orr_store_rewind (of_logs, 0);
  assert_int_equal (orr_store_end (of_logs, 0), 1);
  orr_store_put (of_cells, 0, 1, &(Record){ 1 });
  orr_store_put (of_cells, 0, 2, &(Record){ 2 });
  orr_store_lose (of_cells, fates);
  assert_int_equal (orr_store_length (of_cells, 0), 1);
  orr_store_rewind (of_cells, 0);
  assert_int_equal (orr_store_length (of_cells, 0), 0);
}

/* --- Damage --- */

static void
test_store_damage (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrStore) store = orr_store_new (logs, cells);
  guint64 effects = 0, dropped = 0;
  for (guint64 i = 1; i <= 6; i++)
    orr_store_append (store, 0, &(Record){ i });
  orr_store_put (store, 0, 1, &(Record){ 1 });
  orr_store_put (store, 0, 2, &(Record){ 2 });
  orr_store_commit (store, 7); /* all but the second cell */
  assert_int_equal (orr_store_durable_end (store, 0), 7);
  assert_true (orr_store_is_durable (store, 0, 1));
  assert_false (orr_store_is_durable (store, 0, 2));
  orr_store_append (store, 0, &(Record){ 7 });
  assert_int_equal (orr_store_durable_end (store, 0), 7);
  /* Nothing shows while the process goes on; what is dropped meanwhile never does. */
  orr_store_damage_log (store, 0, 5, &effects);
  orr_store_damage_log (store, 0, 1, &dropped);
  orr_store_damage_cell (store, 0, 1, &effects);
  assert_int_equal (orr_store_end (store, 0), 8);
  orr_store_keep (store, 0, 3, 8);
  orr_store_commit (store, orr_store_position (store));
  orr_store_recover (store);
  assert_int_equal (orr_store_first (store, 0), 3);
  assert_int_equal (orr_store_end (store, 0), 5);
  assert_null (orr_store_look_up (store, 0, 1));
  assert_non_null (orr_store_look_up (store, 0, 2));
  assert_true (orr_store_log_is_damaged (store, 0));
  assert_true (orr_store_cell_is_damaged (store, 0, 1));
  assert_false (orr_store_cell_is_damaged (store, 0, 2));
  assert_int_equal (effects, 2);
  assert_int_equal (dropped, 0);
  assert_int_equal (orr_store_durable (store), orr_store_position (store));
  /* It was written anew: the next start finds nothing. */
  orr_store_append (store, 0, &(Record){ 8 });
  orr_store_recover (store);
  assert_int_equal (orr_store_end (store, 0), 6);
  assert_false (orr_store_log_is_damaged (store, 0));
  assert_false (orr_store_cell_is_damaged (store, 0, 1));
  assert_int_equal (effects, 2);
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

/* --- What a disk may lose --- */

/* Each outcome of 400 crashes, as in `1:0`: where the log ends and how many keys there are; sorted, each
 * once. */
static char *
outcomes (const char *settings)
{
  gboolean seen[5][3] = { 0 };
  GString *text = g_string_new (NULL);
  g_autofree char *crash = g_strdup_printf (
      "disk: {write: 1ms, %s}\nfaults:\n  - {at: 50ms, crash: s1, kind: os, for: 10ms}\n", settings);
  for (guint64 seed = 1; seed <= 400; seed++)
    {
      TinyStarted started = restart ("{answer: written}", crash, seed);
      assert_in_range (started.log_end, 1, 4);
      assert_in_range (started.keys, 0, 2);
      seen[started.log_end][started.keys] = TRUE;
    }
  for (guint i = 1; i <= 4; i++)
    for (guint j = 0; j <= 2; j++)
      if (seen[i][j])
        g_string_append_printf (text, "%u:%u ", i, j);
  return g_string_free (text, FALSE);
}

static void
test_losses (void **data G_GNUC_UNUSED)
{
  static const struct
  {
    const char *settings, *outcomes;
  } cases[] = {
    { "loses: tail", "1:0 2:0 2:1 3:1 4:1 4:2 " },
    { "loses: nothing", "4:2 " },
    { "loses: all", "1:0 " },
    { "loses: any", "1:0 1:1 1:2 2:0 2:1 2:2 3:0 3:1 3:2 4:0 4:1 4:2 " },
    { "loses: tail, atomic: false",
      "1:0 2:0 2:1 3:0 3:1 4:1 4:2 " }, /* 3:0: the second put of x tore the first */
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = outcomes (cases[i].settings);
      assert_string_equal (found, cases[i].outcomes);
    }
}

/* A log whose end was half-written says so, in about half of the cases in which there was something to write.
 */
static void
test_torn_by_chance (void **data G_GNUC_UNUSED)
{
  const char *crash
      = "disk: {write: 1ms, loses: all}\nfaults:\n  - {at: 50ms, crash: s1, kind: os, for: 10ms}\n";
  guint torn = 0;
  for (guint64 seed = 1; seed <= 200; seed++)
    torn += (guint) restart ("{answer: written}", crash, seed).damaged;
  assert_in_range (torn, 75, 125);
  const char *synced
      = "disk: {write: 1ms, loses: any}\nfaults:\n  - {at: 50ms, crash: s1, kind: os, for: 10ms}\n";
  for (guint64 seed = 1; seed <= 50; seed++)
    assert_int_equal (restart ("{answer: synced}", synced, seed).damaged, 0);
}

static void
test_pinned_losses (void **data G_GNUC_UNUSED)
{
  static const struct
  {
    const char *pin;
    guint64 log_end, keys, damaged;
  } cases[] = {
    { "kept: [log 1..2, row y]", 3, 1, 0 },
    { "kept: [log 2..3, row]", 1, 2, 0 }, /* the log ends before its first loss */
    { "kept: []", 1, 0, 0 },
    { "kept: [log, row x]", 4, 1, 0 },
    { "kept: [log 1], torn: true", 2, 0, 1 },
    { "kept: [log 1, row x], torn: true", 2, 1, 1 },
    { "kept: 2, torn: true", 2, 1, 1 },
    { "kept: 1, torn: true", 2, 0, 0 }, /* a cell is atomic */
    { "kept: 6, torn: true", 4, 2, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *crash = g_strdup_printf ("disk: {write: 1ms, loses: any}\n"
                                                "faults:\n  - {at: 50ms, crash: s1, kind: os, for: 10ms}\n"
                                                "pins:\n  - {disk: s1, %s}\n",
                                                cases[i].pin);
      TinyStarted started = restart ("{answer: written}", crash, 1);
      assert_int_equal (started.log_end, cases[i].log_end);
      assert_int_equal (started.keys, cases[i].keys);
      assert_int_equal (started.damaged, cases[i].damaged);
    }
  TinyStarted torn = restart ("{answer: written}",
                              "disk: {write: 1ms, atomic: false}\n"
                              "faults:\n  - {at: 50ms, crash: s1, kind: os, for: 10ms}\n"
                              "pins:\n  - {disk: s1, kept: 3, torn: true}\n",
                              1);
  assert_int_equal (torn.log_end, 3);
  assert_int_equal (torn.keys, 0); /* the first put of x is gone with the second */
  assert_int_equal (torn.damaged, 1);
}

/* --- Disks that are slow, full, rotten or gone --- */

static void
test_corrupt (void **data G_GNUC_UNUSED)
{
  const char *last = "faults:\n  - {at: 50ms, disk-corrupt: {node: s1, part: logs, last: 1}}\n"
                     "  - {at: 60ms, crash: s1, for: 10ms}\n";
  TinyStarted started = restart ("{answer: synced}", last, 1);
  assert_int_equal (started.start, ORR_START_PROCESS_CRASH);
  assert_int_equal (started.log_end, 3);
  assert_int_equal (started.keys, 2);
  assert_int_equal (started.damaged, 1);
  /* Of all: each of three records and two cells is hit now and then. */
  const char *any = "faults:\n  - {at: 50ms, disk-corrupt: s1}\n  - {at: 60ms, stop: s1, for: 10ms}\n";
  guint seen[5] = { 0 }, cells_hit = 0;
  for (guint64 seed = 0; seed < 100; seed++)
    {
      started = restart ("{answer: synced}", any, seed);
      assert_int_equal (started.damaged, 1);
      assert_true ((started.log_end == 4) != (started.keys == 2));
      seen[started.log_end]++;
      cells_hit += started.keys == 1;
    }
  assert_in_range (cells_hit, 25, 55);
  for (guint i = 1; i <= 3; i++)
    assert_in_range (seen[i], 8, 35);
  /* What was never synced can't rot, nor what was never written. */
  started = restart ("{answer: written}",
                     "disk: {sync: 1s}\nfaults:\n  - {at: 50ms, disk-corrupt: s1}\n"
                     "  - {at: 60ms, crash: s1, for: 10ms}\n",
                     1);
  assert_int_equal (started.log_end, 4);
}

static void
test_full (void **data G_GNUC_UNUSED)
{
  /* The first write is done, the second kills the process, which starts again when there is room; a read does
   * not. */
  g_autoptr (OrrTrace) trace = tiny_run (
      "model: tiny\noptions: {answer: synced}\nnetwork: {latency: 1ms}\nclients: {sessions: 3, timeout: "
      "100ms}\ndisk: {write: 2ms}\n"
      "faults:\n  - {at: 5ms, disk-full: s1, for: 40ms}\n  - {at: 6ms, disk-full: s1, for: 1ms}\n"
      "  - {at: 200ms, disk-full: s1, for: 10ms}\n"
      "workload:\n  operations:\n"
      "    - {at: 0ms, session: s1, write: {x: 1}}\n"
      "    - {at: 10ms, session: s2, read: x}\n"
      "    - {at: 20ms, session: s2, write: {x: 2}}\n"
      "    - {at: 30ms, session: s3, read: x}\n"
      "    - {at: 60ms, session: s1, write: {y: 3}}\n");
  static const OrrOutcome outcomes[] = { ORR_OK, ORR_OK, ORR_UNKNOWN, ORR_UNKNOWN, ORR_OK };
  static const guint effects[] = { 1, 0, 0 };
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    assert_int_equal (tiny_operation (trace, i)->outcome, outcomes[i]);
  for (guint i = 0; i < G_N_ELEMENTS (effects); i++)
    assert_int_equal (tiny_fault (trace, i)->effects, effects[i]);
  const OrrTraceFact *fact = tiny_fact (trace, TINY_STARTED, 1);
  const TinyStarted *started = fact->body;
  assert_int_equal (fact->time, 45 * ORR_MILLISECOND);
  assert_int_equal (started->start, ORR_START_PROCESS_CRASH);
  assert_int_equal (started->log_end, 2);
  assert_null (tiny_fact (trace, TINY_STARTED, 2));
  assert_string_equal (tiny_fault (trace, 0)->what, "fill the disk of s1");
}

/* A write that is refused at the very instant in which there is room again, as the process starts that
 * crashed before: it dies all the same, and comes back at once. */
static void
test_full_until_now (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run ("model: tiny\noptions: {answer: synced, notes-start: true}\n"
                  "faults:\n  - {at: 5ms, crash: s1, for: 10ms}\n  - {at: 7ms, disk-full: s1, for: 8ms}\n"
                  "workload:\n  operations:\n    - {at: 50ms, write: {x: 1}}\n");
  assert_int_equal (tiny_fault (trace, 1)->effects, 1);
  assert_int_equal (tiny_fault (trace, 1)->ended, 15 * ORR_MILLISECOND);
  for (guint i = 1; i <= 2; i++)
    assert_int_equal (tiny_fact (trace, TINY_STARTED, i)->time, 15 * ORR_MILLISECOND);
  assert_null (tiny_fact (trace, TINY_STARTED, 3));
  assert_int_equal (tiny_operation (trace, 0)->outcome, ORR_OK);
}

static void
check_slow (const char *fault, OrrTime written, OrrTime synced, guint effects, const char *what)
{
  g_autofree char *text = g_strdup_printf (
      "model: tiny\noptions: {answer: synced}\nnetwork: {latency: 1ms}\n"
      "disk: {write: 1ms, sync: 2ms}\nfaults:\n  - {at: 5ms, disk-slow: %s, for: 10ms}\n" WRITES,
      fault);
  g_autoptr (OrrTrace) trace = tiny_run (text);
  check_disk (trace, 0, 2 * ORR_MILLISECOND, 0, FALSE);
  check_disk (trace, 1, 4 * ORR_MILLISECOND, 0, TRUE);
  check_disk (trace, 2, 11 * ORR_MILLISECOND + written, 1, FALSE);
  check_disk (trace, 3, 11 * ORR_MILLISECOND + written + synced, 1, TRUE);
  assert_int_equal (tiny_fault (trace, 0)->effects, effects);
  assert_string_equal (tiny_fault (trace, 0)->what, what);
}

static void
test_slow (void **data G_GNUC_UNUSED)
{
  const OrrTime ms = ORR_MILLISECOND;
  check_slow ("{node: s1, factor: 3}", 3 * ms, 6 * ms, 2, "slow the disk of s1 down 3 times");
  check_slow ("{node: s1, sync: 8ms}", 1 * ms, 8 * ms, 1, "slow the disk of s1 down, sync 8ms");
  check_slow ("{node: s1, write: 2ms, factor: 2}", 4 * ms, 4 * ms, 2,
              "slow the disk of s1 down 2 times, write 2ms");
  check_slow ("{node: s1, factor: 1}", 1 * ms, 2 * ms, 0, "slow the disk of s1 down");
}

static void
test_gone_for_good (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run ("model: tiny\noptions: {answer: synced, servers: 2}\nduration: 1s\nfaults:\n"
                  "  - {at: 50ms, crash: s1, kind: disk, returns: false}\n  - {at: 100ms, crash: s1}\n"
                  "  - {at: 200ms, stop: s2, for: 1ms}\n");
  assert_int_equal (tiny_fact (trace, TINY_STARTED, 2)->node, 1);
  assert_null (tiny_fact (trace, TINY_STARTED, 3));
  assert_string_equal (tiny_fault (trace, 0)->what, "crash s1 (disk) for good");
  assert_int_equal (tiny_fault (trace, 0)->ended, ORR_TIME_NEVER);
  assert_int_equal (tiny_fault (trace, 0)->effects, 1);
  assert_int_equal (tiny_fault (trace, 1)->effects, 0);
  assert_false (trace->observed[0]);
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
    cmocka_unit_test (test_store_loses),
    cmocka_unit_test (test_store_of_one_kind),
    cmocka_unit_test (test_store_damage),
    cmocka_unit_test (test_store_flags),
    cmocka_unit_test (test_losses),
    cmocka_unit_test (test_torn_by_chance),
    cmocka_unit_test (test_pinned_losses),
    cmocka_unit_test (test_corrupt),
    cmocka_unit_test (test_full),
    cmocka_unit_test (test_full_until_now),
    cmocka_unit_test (test_slow),
    cmocka_unit_test (test_gone_for_good),
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
