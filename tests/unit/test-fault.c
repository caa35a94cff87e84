/* test-fault.c: faults strike when they should, do what they say, and are over when they are. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "tiny-model.h"

#define MS ORR_MILLISECOND

/* Five servers that tell each other the time every 10 ms, 1 ms away from each other, for a second. */
#define PINGING "model: tiny\nduration: 1s\noptions: {servers: 5, tick: 10ms}\nnetwork: {latency: 1ms}\n"

/* --- Who hears whom --- */

typedef struct
{
  guint n[5][5]; /* from, to */
} Heard;

/* What was heard from `begin` on and before `end`. */
static Heard
heard (const OrrTrace *trace, OrrTime begin, OrrTime end)
{
  Heard all = { 0 };
  for (guint i = 0; i < trace->facts->len; i++)
    {
      const OrrTraceFact *fact = &g_array_index (trace->facts, OrrTraceFact, i);
      if (fact->fact == TINY_HEARD && fact->time >= begin && fact->time < end)
        all.n[((const TinyHeard *) fact->body)->from][fact->node]++;
    }
  return all;
}

/* Rows of a matrix as text: '.' where nothing is heard from the row's server at the column's, else 'x'. */
static void
check_heard (const OrrTrace *trace, OrrTime begin, OrrTime end, const char *expected)
{
  Heard all = heard (trace, begin, end);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < 5; i++)
    for (guint j = 0; j < 5; j++)
      g_string_append_printf (text, "%s%s",
                              i == j            ? "-"
                              : all.n[i][j] > 0 ? "x"
                                                : ".",
                              j == 4 && i < 4 ? " " : "");
  assert_string_equal (text->str, expected);
}

#define EVERYBODY "-xxxx x-xxx xx-xx xxx-x xxxx-"

/* A fault from 200 ms on for 300 ms: what gets through before, in it and after. */
static void
check_partition (const char *fault, const char *what, const char *expected)
{
  g_autofree char *text = g_strdup_printf (PINGING "faults:\n  - {at: 200ms, %s, for: 300ms}\n", fault);
  g_autoptr (OrrTrace) trace = tiny_run (text);
  check_heard (trace, 0, 200 * MS, EVERYBODY);
  check_heard (trace, 200 * MS, 500 * MS, expected);
  check_heard (trace, 500 * MS, ORR_SECOND, EVERYBODY);
  const OrrTraceFault *row = tiny_fault (trace, 0);
  assert_string_equal (row->what, what);
  assert_string_equal (row->fault->name, "partition");
  assert_int_equal (row->began, 200 * MS);
  assert_int_equal (row->ended, 500 * MS);
  guint cut = 0;
  for (const char *c = expected; *c; c++)
    cut += *c == '.';
  assert_int_equal (row->effects, 30 * cut);
}

static void
test_partitions (void **data G_GNUC_UNUSED)
{
  check_partition ("partition: [[s1, s2], [s3]]", "partition [s1 s2 | s3]", "-x.xx x-.xx ..-xx xxx-x xxxx-");
  check_partition ("partition: [[s1], [s2], [s3, s4, s5]]", "partition [s1 | s2 | s3 s4 s5]",
                   "-.... .-... ..-xx ..x-x ..xx-");
  check_partition ("partition: [[s1, s2, s3], [s3, s4, s5]]", "partition [s1 s2 s3 | s3 s4 s5]",
                   "-xx.. x-x.. xx-xx ..x-x ..xx-");
  check_partition ("partition: {from: s2, to: s1}", "partition from s2 to s1",
                   "-xxxx .-xxx xx-xx xxx-x xxxx-");
  check_partition ("partition: {from: s2}", "partition from s2 to all", "-xxxx .-... xx-xx xxx-x xxxx-");
  check_partition ("partition: {to: s2}", "partition from all to s2", "-.xxx x-xxx x.-xx x.x-x x.xx-");
  check_partition ("partition: {isolate: s3}", "partition isolate s3", "-x.xx x-.xx ..-.. xx.-x xx.x-");
}

/* How many servers are on the side of the one that is named, when all that are not are cut off; 0 where it is
 * no cut into two. */
static guint
side_of (const OrrTrace *trace, guint named)
{
  Heard all = heard (trace, 200 * MS, 500 * MS);
  guint n = 1;
  for (guint i = 0; i < 5; i++)
    n += all.n[named][i] > 0;
  for (guint i = 0; i < 5; i++)
    for (guint j = 0; j < 5; j++)
      {
        gboolean same = (i == named || all.n[named][i] > 0) == (j == named || all.n[named][j] > 0);
        if (i != j && same != (all.n[i][j] > 0))
          return 0;
      }
  return n;
}

static void
test_drawn_partitions (void **data G_GNUC_UNUSED)
{
  guint majority[6] = { 0 }, minority[6] = { 0 }, with[6] = { 0 }, isolated[6] = { 0 };
  for (guint64 seed = 1; seed <= 60; seed++)
    {
      g_autoptr (OrrTrace) a
          = tiny_run_seed (PINGING "faults:\n  - {at: 200ms, partition: majority, for: 300ms}\n", seed);
      g_autoptr (OrrTrace) b
          = tiny_run_seed (PINGING "faults:\n  - {at: 200ms, partition: minority, for: 300ms}\n", seed);
      g_autoptr (OrrTrace) c = tiny_run_seed (
          PINGING "faults:\n  - {at: 200ms, partition: {shape: minority, isolate: s2}, for: 300ms}\n", seed);
      g_autoptr (OrrTrace) d
          = tiny_run_seed (PINGING "faults:\n  - {at: 200ms, partition: isolate, for: 300ms}\n", seed);
      majority[side_of (a, 0)]++;
      minority[side_of (b, 0)]++;
      with[side_of (c, 1)]++;
      isolated[side_of (d, 0)]++;
    }
  assert_int_equal (majority[2] + majority[3], 60);
  assert_in_range (majority[3], 24, 48);
  assert_int_equal (minority[1] + minority[2] + minority[3] + minority[4], 60);
  assert_true (minority[1] > 0 && minority[2] > 0 && minority[3] > 0 && minority[4] > 0);
  assert_int_equal (with[1] + with[2], 60);
  assert_in_range (with[1], 18, 42);
  assert_int_equal (isolated[1] + isolated[4], 60);
  assert_in_range (isolated[1], 4, 22);
}

/* A message gets through when no partition cuts it. */
static void
test_overlapping_partitions (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run (PINGING "faults:\n  - {at: 200ms, partition: [[s1], [s2]], for: 300ms}\n"
                          "  - {at: 300ms, partition: {from: s1, to: s2}, for: 400ms}\n"
                          "  - {at: 300ms, partition: {isolate: s5}, for: 100ms}\n");
  check_heard (trace, 200 * MS, 300 * MS, "-.xxx .-xxx xx-xx xxx-x xxxx-");
  check_heard (trace, 300 * MS, 400 * MS, "-.xx. .-xx. xx-x. xxx-. ....-");
  check_heard (trace, 400 * MS, 500 * MS, "-.xxx .-xxx xx-xx xxx-x xxxx-");
  check_heard (trace, 500 * MS, 700 * MS, "-.xxx x-xxx xx-xx xxx-x xxxx-");
  check_heard (trace, 700 * MS, ORR_SECOND, EVERYBODY);
}

static void
test_nothing_to_cut (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = tiny_run ("model: tiny\nduration: 1s\noptions: {servers: 2}\n"
                                         "faults:\n  - {at: 200ms, partition: minority, for: 300ms}\n");
  assert_int_equal (tiny_fault (trace, 0)->effects, 0);
  assert_int_equal (tiny_fault (trace, 0)->ended, 200 * MS);
}

/* --- Links, processors, clocks --- */

static void
test_link (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run (PINGING "faults:\n"
                          "  - {at: 200ms, link: {from: s1, to: s2, loss: 100%}, for: 300ms}\n"
                          "  - {at: 600ms, link: {to: s3, latency: 5ms}, for: 200ms}\n");
  check_heard (trace, 200 * MS, 500 * MS, "-.xxx x-xxx xx-xx xxx-x xxxx-");
  check_heard (trace, 500 * MS, ORR_SECOND, EVERYBODY);
  assert_string_equal (tiny_fault (trace, 0)->what, "link from s1 to s2: loss 100%");
  assert_string_equal (tiny_fault (trace, 1)->what, "link from any to s3: latency 5ms");
  assert_true (tiny_fault (trace, 0)->effects >= 29);
  for (guint i = 0; i < trace->facts->len; i++)
    {
      const OrrTraceFact *fact = &g_array_index (trace->facts, OrrTraceFact, i);
      gboolean slow = fact->node == 2 && fact->time > 602 * MS && fact->time < 799 * MS;
      if (fact->fact == TINY_HEARD)
        assert_int_equal (fact->time % (10 * MS), slow ? 5 * MS : 1 * MS);
    }
}

static void
test_slow (void **data G_GNUC_UNUSED)
{
  /* A read takes 2 ms on the way and 1 ms in service; 3 and 6 ms while it is slow. */
  g_autoptr (OrrTrace) trace
      = tiny_run ("model: tiny\nduration: 1s\nnetwork: {latency: 1ms}\nnodes: {s1: {service: 1ms}}\n"
                  "faults:\n  - {at: 200ms, slow: {node: s1, factor: 3}, for: 400ms}\n"
                  "  - {at: 400ms, slow: {node: s1, factor: 2}, for: 400ms}\n"
                  "workload:\n  operations:\n    - {at: 100ms, session: s1, read: x}\n"
                  "    - {at: 300ms, session: s1, read: x}\n    - {at: 500ms, session: s1, read: x}\n"
                  "    - {at: 700ms, session: s1, read: x}\n    - {at: 900ms, session: s1, read: x}\n");
  static const OrrTime service[] = { 1, 3, 6, 2, 1 };
  for (guint i = 0; i < 5; i++)
    assert_int_equal (tiny_operation (trace, i)->completed - tiny_operation (trace, i)->invoked,
                      (2 + service[i]) * MS);
  assert_string_equal (tiny_fault (trace, 0)->what, "slow s1 down 3 times");
}

static void
test_clock (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = tiny_run (PINGING "faults:\n  - {at: 205ms, clock: {node: s2, jump: -2s}}\n"
                                                 "  - {at: 405ms, clock: {node: s2, jump: 5s}}\n");
  for (guint i = 0; tiny_fact (trace, TINY_TICKED, i); i++)
    {
      const OrrTraceFact *fact = tiny_fact (trace, TINY_TICKED, i);
      const TinyTick *tick = fact->body;
      OrrTime jump = fact->node != 1 || fact->time < 205 * MS ? 0
                     : fact->time < 405 * MS                  ? -2 * ORR_SECOND
                                                              : 3 * ORR_SECOND;
      assert_int_equal (tick->monotonic, fact->time);
      assert_int_equal (tick->wall, fact->time + jump);
    }
  assert_string_equal (tiny_fault (trace, 0)->what, "set the clock of s2 by -2s");
  assert_int_equal (tiny_fault (trace, 0)->ended, 205 * MS);
}

static OrrTime
largest_gap (const OrrTrace *trace, OrrAddress node)
{
  OrrTime last = 0, gap = 0;
  for (guint i = 0; tiny_fact (trace, TINY_TICKED, i); i++)
    if (tiny_fact (trace, TINY_TICKED, i)->node == node)
      {
        gap = MAX (gap, tiny_fact (trace, TINY_TICKED, i)->time - last);
        last = tiny_fact (trace, TINY_TICKED, i)->time;
      }
  return gap;
}

static void
test_pauses (void **data G_GNUC_UNUSED)
{
  /* Of two that overlap, the node goes on with the end of the later. */
  g_autoptr (OrrTrace) trace = tiny_run (PINGING "faults:\n  - {at: 205ms, pause: s1, for: 100ms}\n"
                                                 "  - {at: 255ms, pause: s1, for: 100ms}\n"
                                                 "  - {at: 605ms, pause: s2, for: 100ms}\n"
                                                 "  - {at: 655ms, pause: s2, for: 10ms}\n");
  assert_int_equal (largest_gap (trace, 0), 155 * MS);
  assert_int_equal (largest_gap (trace, 1), 105 * MS);
  assert_int_equal (largest_gap (trace, 2), 10 * MS);
  assert_string_equal (tiny_fault (trace, 0)->what, "pause s1");
  assert_int_equal (tiny_fault (trace, 0)->ended, 305 * MS);
  assert_true (tiny_fault (trace, 0)->effects > 0);

  /* A crash ends a pause; the end of the pause then means nothing, not even to a later one. */
  g_autoptr (OrrTrace) crashed = tiny_run (PINGING "faults:\n  - {at: 205ms, pause: s1, for: 100ms}\n"
                                                   "  - {at: 215ms, crash: s1, for: 20ms}\n"
                                                   "  - {at: 275ms, pause: s1, for: 400ms}\n");
  assert_int_equal (largest_gap (crashed, 0), 410 * MS);
}

/* --- Crashes and stops --- */

static void
check_started (const OrrTrace *trace, guint n, OrrTime time, OrrStart start)
{
  const OrrTraceFact *fact = tiny_fact (trace, TINY_STARTED, n);
  assert_non_null (fact);
  assert_int_equal (fact->time, time);
  assert_int_equal (((const TinyStarted *) fact->body)->start, start);
}

static void
test_down_already (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run ("model: tiny\nduration: 1s\nfaults:\n  - {at: 100ms, crash: s1, for: 300ms}\n"
                  "  - {at: 200ms, crash: s1, kind: disk, for: 300ms}\n"
                  "  - {at: 300ms, stop: s1, for: 300ms}\n  - {at: 300ms, pause: s1, for: 300ms}\n"
                  "  - {at: 800ms, stop: s1, for: 50ms}\n");
  check_started (trace, 0, 0, ORR_START_FIRST);
  check_started (trace, 1, 400 * MS, ORR_START_PROCESS_CRASH);
  check_started (trace, 2, 850 * MS, ORR_START_STOPPED);
  assert_null (tiny_fact (trace, TINY_STARTED, 3));
  assert_string_equal (tiny_fault (trace, 0)->what, "crash s1 (process)");
  assert_string_equal (tiny_fault (trace, 1)->what, "crash s1 (disk)");
  assert_string_equal (tiny_fault (trace, 2)->what, "stop s1");
  for (guint i = 0; i < 5; i++)
    assert_int_equal (tiny_fault (trace, i)->effects, i == 0 || i == 4);
  assert_int_equal (tiny_fault (trace, 1)->ended, 200 * MS);
}

/* What has no end of its own, or a later one, ends with the workload. */
static void
test_heal (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run ("model: tiny\nduration: 1s\nfaults:\n  - {at: 100ms, crash: s1, kind: os}\n"
                  "  - {at: 100ms, pause: s1}\n  - {at: 900ms, partition: {isolate: s1}, for: 1h}\n");
  assert_int_equal (trace->healed_at, ORR_SECOND);
  assert_int_equal (trace->faults->len, 3);
  assert_int_equal (tiny_fault (trace, 0)->ended, ORR_SECOND);
  assert_int_equal (tiny_fault (trace, 1)->ended, 100 * MS);
  assert_int_equal (tiny_fault (trace, 2)->ended, ORR_SECOND);
  check_started (trace, 1, ORR_SECOND, ORR_START_OS_CRASH);
}

static void
test_action (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run ("model: tiny\nduration: 1s\noptions: {servers: 2}\nfaults:\n"
                  "  - {at: 100ms, action: {act: {node: s2, number: 7}}}\n"
                  "  - {at: 200ms, stop: s2, for: 100ms}\n  - {at: 250ms, action: {act: s2}}\n"
                  "  - {at: 400ms, pause: s2, for: 100ms}\n  - {at: 450ms, action: {act: s2}}\n");
  const OrrTraceFact *acted = tiny_fact (trace, TINY_ACTED, 0);
  assert_int_equal (acted->time, 100 * MS);
  assert_int_equal (acted->node, 1);
  assert_int_equal (((const TinyNumber *) acted->body)->number, 7);
  assert_int_equal (tiny_fact (trace, TINY_ACTED, 1)->time, 500 * MS);
  assert_int_equal (((const TinyNumber *) tiny_fact (trace, TINY_ACTED, 1)->body)->number, 0);
  assert_null (tiny_fact (trace, TINY_ACTED, 2));
  assert_string_equal (tiny_fault (trace, 0)->what, "act s2");
  assert_int_equal (tiny_fault (trace, 2)->effects, 0);
}

/* --- At random --- */

static void
test_every (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run ("model: tiny\nduration: 1000s\noptions: {servers: 3}\nclients: {hosts: 3}\nfaults:\n"
                  "  - {every: exponential(mean 5s), for: uniform(1s..4s), choose: [crash, pause, {slow: "
                  "{factor: 5}}, clock]}\n");
  guint n = trace->faults->len, by_kind[4] = { 0 }, by_node[3] = { 0 };
  assert_in_range (n, 160, 240);
  for (guint i = 0; i < n; i++)
    {
      const OrrTraceFault *row = tiny_fault (trace, i);
      static const char *const names[] = { "crash", "pause", "slow", "clock" };
      for (guint j = 0; j < 4; j++)
        by_kind[j] += strcmp (row->fault->name, names[j]) == 0;
      for (guint j = 0; j < 3; j++)
        {
          g_autofree char *name = g_strdup_printf ("s%u", j + 1);
          by_node[j] += strstr (row->what, name) != NULL;
        }
      OrrTime lasted = row->ended - row->began;
      assert_true (lasted == 0 || (lasted >= ORR_SECOND && lasted <= 4 * ORR_SECOND)
                   || row->ended == 1000 * ORR_SECOND);
    }
  for (guint j = 0; j < 4; j++)
    assert_in_range (by_kind[j], n / 4 - 30, n / 4 + 30);
  assert_int_equal (by_node[0] + by_node[1] + by_node[2], n); /* never a client */
  for (guint j = 0; j < 3; j++)
    assert_in_range (by_node[j], n / 3 - 35, n / 3 + 35);
}

static void
test_target (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) one
      = tiny_run ("model: tiny\nduration: 100s\noptions: {servers: 3}\n"
                  "faults:\n  - {every: 1s, for: 100ms, choose: [crash-os], target: s2}\n");
  assert_int_equal (one->faults->len, 99);
  for (guint i = 0; i < one->faults->len; i++)
    assert_string_equal (tiny_fault (one, i)->what, "crash s2 (os)");
  g_autoptr (OrrTrace) role
      = tiny_run ("model: tiny\nduration: 100s\noptions: {servers: 3}\n"
                  "faults:\n  - {every: 1s, for: 100ms, choose: [partition-isolate], target: server}\n");
  guint first = 0;
  for (guint i = 0; i < role->faults->len; i++)
    first += strcmp (tiny_fault (role, i)->what, "partition isolate s1") == 0;
  assert_in_range (first, 20, 50);
  g_autoptr (OrrTrace) client = tiny_run ("model: tiny\nduration: 3s\n"
                                          "faults:\n  - {every: 1s, choose: [crash], target: client1}\n");
  assert_string_equal (tiny_fault (client, 0)->what, "crash client1 (process)");
}

/* How many rows begin with these words. */
static guint
count_what (const OrrTrace *trace, const char *words)
{
  guint n = 0;
  for (guint i = 0; i < trace->faults->len; i++)
    n += g_str_has_prefix (tiny_fault (trace, i)->what, words);
  return n;
}

static void
test_weights (void **data G_GNUC_UNUSED)
{
  static const char *const forms[]
      = { "{crash: 6, pause: 3, clock: 1}", "[{crash: {}, weight: 6}, {weight: 3, pause: {}}, clock]" };
  char *described[G_N_ELEMENTS (forms)];
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *text = g_strdup_printf ("model: tiny\nduration: 1000s\nfaults:\n"
                                               "  - {every: 1s, for: 100ms, choose: %s}\n",
                                               forms[i]);
      g_autoptr (OrrTrace) trace = tiny_run (text);
      assert_in_range (count_what (trace, "crash"), 540, 660);
      assert_in_range (count_what (trace, "pause"), 245, 355);
      assert_in_range (count_what (trace, "set the clock"), 65, 135);
      described[i] = g_strdup (trace->scenario->text);
    }
  assert_string_equal (described[0], described[1]); /* the shorter form is the canonical one */
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    g_free (described[i]);
}

static void
test_intensity (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run ("model: tiny\nduration: 10s\noptions: {servers: 30}\nfaults:\n"
                  "  - {every: 1s, for: 100ms, choose: [crash, pause], intensity: 4}\n");
  guint different = 0;
  assert_int_equal (trace->faults->len, 9 * 4);
  for (guint i = 0; i < trace->faults->len; i++)
    {
      assert_int_equal (tiny_fault (trace, i)->began, (i / 4 + 1) * ORR_SECOND);
      different += i % 4 > 0 && strcmp (tiny_fault (trace, i)->what, tiny_fault (trace, i - 1)->what) != 0;
    }
  assert_true (different >= 20);
}

static void
test_quiet (void **data G_GNUC_UNUSED)
{
  /* Seven seconds of every ten are busy; nothing begins or goes on in the other three. */
  g_autoptr (OrrTrace) trace = tiny_run (
      "model: tiny\nduration: 1000s\noptions: {servers: 5}\nfaults:\n"
      "  - {every: exponential(mean 500ms), for: uniform(0s..5s), choose: [pause, slow], "
      "quiet: {every: 10s, for: 3s}}\n"
      "  - {every: exponential(mean 20s), choose: [partition-isolate], quiet: {every: 10s, for: 3s}}\n");
  guint cut_short = 0;
  assert_in_range (trace->faults->len, 1200, 1600);
  for (guint i = 0; i < trace->faults->len; i++)
    {
      const OrrTraceFault *row = tiny_fault (trace, i);
      OrrTime quiet = row->began / (10 * ORR_SECOND) * (10 * ORR_SECOND) + 7 * ORR_SECOND;
      assert_true (row->began < quiet);
      assert_true (row->ended <= quiet);
      cut_short += row->ended == quiet;
    }
  assert_in_range (cut_short, 300, 700);
  /* A line without the rest is as often at work in the time that is busy. */
  g_autoptr (OrrTrace) steady = tiny_run ("model: tiny\nduration: 30s\nfaults:\n"
                                          "  - {every: 2s, choose: [clock], quiet: {every: 10s, for: 3s}}\n");
  static const OrrTime times[] = { 2, 4, 6, 11, 13, 15, 20, 22, 24, 26 };
  assert_int_equal (steady->faults->len, G_N_ELEMENTS (times));
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    assert_int_equal (tiny_fault (steady, i)->began, times[i] * ORR_SECOND);
}

static void
test_target_of_fact (void **data G_GNUC_UNUSED)
{
  /* Servers say `acted` when they are told to: first nobody, then s2, then s3. */
  g_autoptr (OrrTrace) trace
      = tiny_run ("model: tiny\nduration: 10s\noptions: {servers: 3}\nfaults:\n"
                  "  - {at: 1500ms, action: {act: s2}}\n  - {at: 3500ms, action: {act: s3}}\n"
                  "  - {every: 1s, for: 100ms, choose: [crash, partition-majority], target: acted}\n"
                  "  - {at: 2500ms, choose: [stop], for: 1ms, target: said(acted)}\n");
  for (guint i = 0; i < trace->faults->len; i++)
    {
      const OrrTraceFault *row = tiny_fault (trace, i);
      const char *node = row->began < 1600 * MS ? "nobody" : row->began < 3600 * MS ? "s2" : "s3";
      if (strcmp (row->fault->name, "action") == 0)
        continue;
      assert_non_null (strstr (row->what, node));
      assert_int_equal (row->effects > 0,
                        row->began > 1600 * MS && strcmp (row->fault->name, "partition") != 0);
      if (row->began < 1600 * MS)
        {
          assert_int_equal (row->ended, row->began);
          assert_true (g_str_has_suffix (row->what, " nobody: no node has said acted yet"));
        }
    }
  assert_int_equal (count_what (trace, "stop s2"), 1);
  assert_in_range (count_what (trace, "crash s3"), 1, 6);
}

/* What a line draws is its own: other lines may come and go, before it and behind it. */
static void
test_own_draws (void **data G_GNUC_UNUSED)
{
#define LINE  "  - {every: exponential(mean 700ms), for: 1ms, choose: [crash, partition-minority, pause]}\n"
#define OTHER "  - {every: 900ms, choose: [clock]}\n"
  static const char *const faults[] = { LINE, OTHER LINE, LINE OTHER, LINE LINE };
  g_autoptr (GString) first = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *text
          = g_strconcat ("model: tiny\nduration: 20s\noptions: {servers: 5}\nfaults:\n", faults[i], NULL);
      g_autoptr (OrrTrace) trace = tiny_run (text);
      g_autoptr (GString) said = g_string_new (NULL);
      for (guint j = 0; j < trace->faults->len; j++)
        if (strcmp (tiny_fault (trace, j)->fault->name, "clock") != 0)
          g_string_append_printf (said, "%" G_GINT64_FORMAT " %s\n", tiny_fault (trace, j)->began,
                                  tiny_fault (trace, j)->what);
      if (i == 0)
        g_string_assign (first, said->str);
      else if (i < 3)
        assert_string_equal (said->str, first->str);
      else /* of two that are equal, the second has draws of its own */
        {
          assert_true (said->len > first->len * 3 / 2);
          g_auto (GStrv) lines = g_strsplit (first->str, "\n", -1);
          for (guint j = 0; lines[j]; j++)
            assert_non_null (strstr (said->str, lines[j]));
        }
    }
  /* How long it lasts does not change when it strikes, and where. */
  g_autoptr (OrrTrace) longer = tiny_run ("model: tiny\nduration: 20s\noptions: {servers: 5}\nfaults:\n"
                                          "  - {every: exponential(mean 700ms), for: 2ms, choose: [crash, "
                                          "partition-minority, pause]}\n");
  g_autofree char *start = g_strdup_printf ("%" G_GINT64_FORMAT " %s\n", tiny_fault (longer, 0)->began,
                                            tiny_fault (longer, 0)->what);
  assert_true (g_str_has_prefix (first->str, start));
}

static void
test_limits (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) many
      = tiny_run ("model: tiny\nduration: 1h\nfaults:\n  - {every: 1ns, choose: [crash, pause], for: 1ns}\n");
  assert_int_equal (many->ending, ORR_ENDED_FAULT_LIMIT);
  assert_int_equal (many->faults->len, 1000000);
  g_autoptr (OrrTrace) together = tiny_run ("model: tiny\nduration: 1h\noptions: {servers: 2}\nfaults:\n"
                                            "  - {every: 1ns, partition: majority}\n");
  assert_int_equal (together->ending, ORR_ENDED_FAULT_LIMIT);
  assert_int_equal (together->faults->len, 10000);
}

/* --- When something happens --- */

#define WAITING                                                                                              \
  "model: tiny-client\nduration: 1s\noptions: {servers: 2, answer: synced}\nnetwork: {latency: 1ms}\ndisk: " \
  "{sync: 5ms}\n"                                                                                            \
  "workload:\n  operations:\n    - {id: a, at: 0ms, session: s1, write: {x: 1}}\n"                           \
  "    - {id: b, after: a, session: s1, write: {x: 2}}\n    - {id: c, after: b, session: s1, write: {y: "    \
  "3}}\n"

static void
check_when (const char *when, OrrTime time)
{
  g_autofree char *text
      = g_strdup_printf (WAITING "faults:\n  - {when: %s, clock: {node: s1, jump: 1s}}\n", when);
  g_autoptr (OrrTrace) trace = tiny_run (text);
  if (time == ORR_TIME_NEVER)
    {
      assert_int_equal (trace->faults->len, 0);
      return;
    }
  assert_int_equal (trace->faults->len, 1);
  assert_int_equal (tiny_fault (trace, 0)->began, time);
}

static void
test_when (void **data G_GNUC_UNUSED)
{
  /* An operation takes 7 ms: a way of 1 ms, a sync of 5 ms, and a way of 1 ms. */
  check_when ("{sync: s1, nth: 2}", 13 * MS);
  check_when ("{sync: any}", 6 * MS);
  check_when ("{sync: s2}", ORR_TIME_NEVER);
  check_when ("{sync: s1, nth: 4}", ORR_TIME_NEVER);
  check_when ("{send: ask, nth: 3}", 14 * MS);
  check_when ("{send: ask, to: s2}", ORR_TIME_NEVER);
  check_when ("{receive: ask, from: client1, to: s1, nth: 3}", 15 * MS);
  check_when ("{receive: tell}", 7 * MS);
  check_when ("{receive: ask, where: {value: 3}}", 15 * MS);
  check_when ("{send: ask, where: {key: y}}", 14 * MS);
  check_when ("{send: ask, where: {key: z}}", ORR_TIME_NEVER);
  check_when ("{fact: disk, where: {synced: true}, nth: 2}", 13 * MS);
  check_when ("{fact: disk, where: {synced: true, token: 2}}", 20 * MS);
  check_when ("{fact: disk, node: s2}", ORR_TIME_NEVER);
}

/* What a node says of itself when the run is over starts nothing, not even where the next event would have
 * come later than the run may take. */
static void
test_when_over (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run ("model: tiny\nduration: 1s\nsettle: 1ns\noptions: {delay: 1h}\nworkload:\n  operations:\n"
                  "    - {session: s1, write: {x: 1}}\n    - {session: s1, at: 900ms, read: x}\n"
                  "faults:\n  - {when: {fact: value}, pause: s1}\n");
  assert_int_equal (trace->ending, ORR_ENDED_SETTLE_LIMIT);
  assert_non_null (tiny_fact (trace, TINY_HOLDS, 0));
  assert_int_equal (trace->faults->len, 0);
}

/* It strikes after the event that it waited for and before all others: here, after the sync is done and
 * before anything else at s1. */
static void
test_when_crash (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = tiny_run (
      WAITING
      "clients: {timeout: 100ms}\nfaults:\n  - {when: {receive: ask, nth: 2}, crash: s1, for: 50ms}\n");
  check_started (trace, 2, 58 * MS, ORR_START_PROCESS_CRASH);
  assert_int_equal (((const TinyStarted *) tiny_fact (trace, TINY_STARTED, 2)->body)->log_end, 2);
  assert_int_equal (tiny_operation (trace, 0)->outcome, ORR_OK);
  assert_int_equal (tiny_operation (trace, 1)->outcome, ORR_UNKNOWN);
  assert_int_equal (tiny_operation (trace, 2)->outcome, ORR_OK);
}

/* --- Tables --- */

static void
test_tables (void **data G_GNUC_UNUSED)
{
  for (guint i = 0; orr_faults[i]; i++)
    {
      const OrrFault *fault = orr_faults[i];
      assert_non_null (fault->entry.summary);
      assert_non_null (fault->entry.doc);
      assert_non_null (fault->begin);
      assert_non_null (fault->describe);
      assert_true (!fault->target
                   || orr_fields_find (fault->entry.fields, fault->target)->type == &orr_type_NODE);
      assert_true (!fault->entry.scalar || orr_fields_find (fault->entry.fields, fault->entry.scalar));
      assert_true (!fault->entry.list || orr_fields_find (fault->entry.fields, fault->entry.list));
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_partitions),
    cmocka_unit_test (test_drawn_partitions),
    cmocka_unit_test (test_overlapping_partitions),
    cmocka_unit_test (test_nothing_to_cut),
    cmocka_unit_test (test_link),
    cmocka_unit_test (test_slow),
    cmocka_unit_test (test_clock),
    cmocka_unit_test (test_pauses),
    cmocka_unit_test (test_down_already),
    cmocka_unit_test (test_heal),
    cmocka_unit_test (test_action),
    cmocka_unit_test (test_every),
    cmocka_unit_test (test_target),
    cmocka_unit_test (test_weights),
    cmocka_unit_test (test_intensity),
    cmocka_unit_test (test_quiet),
    cmocka_unit_test (test_target_of_fact),
    cmocka_unit_test (test_own_draws),
    cmocka_unit_test (test_limits),
    cmocka_unit_test (test_when),
    cmocka_unit_test (test_when_over),
    cmocka_unit_test (test_when_crash),
    cmocka_unit_test (test_tables),
  };
  return cmocka_run_group_tests_name ("fault", tests, NULL, NULL);
}
