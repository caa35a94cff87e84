/* test-links.c: faults of the network: who is cut off from whom, and when; what is corrupt, held, clogged,
 * too much or too slow. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../support/puppet.h"

#define MS    ORR_MILLISECOND
#define NODES 7

/* --- Who hears whom: every node sends a note to all others every 10 ms --- */

static guint heard[NODES][NODES]; /* from, to; between heard_from and heard_until */
static OrrTime heard_from, heard_until;

static void
beat (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  for (guint64 i = 0; i < 90 && orr_role_of (node, orr_self (node)) != ORR_ROLE_CLIENT; i++)
    orr_timer_set (node, (OrrTime) i * 10 * MS, PUPPET_TICK, &(PuppetNote){ i });
}

static void
tell_all (OrrNode *node, guint kind G_GNUC_UNUSED, gconstpointer body)
{
  for (OrrAddress to = 0; to < orr_n_addresses (node); to++)
    if (to != orr_self (node) && orr_role_of (node, to) != ORR_ROLE_CLIENT)
      orr_send (node, to, PUPPET_NOTE, body);
}

static void
hear (OrrNode *node, OrrAddress from, guint type G_GNUC_UNUSED, gconstpointer body G_GNUC_UNUSED)
{
  OrrTime now = orr_clock_monotonic (node);
  if (now >= heard_from && now < heard_until)
    heard[from][orr_self (node)]++;
}

static OrrTrace *
run_beats (guint n, const char *fault, guint64 seed)
{
  puppet.start = beat;
  puppet.timer = tell_all;
  puppet.message = hear;
  memset (heard, 0, sizeof heard);
  g_autofree char *lines = g_strdup_printf (
      "duration: 1s\noptions: {nodes: %u}\nnetwork: {latency: 1ms}\nfaults: [%s]\n", n, fault);
  return run_puppet (lines, ORR_RECORD_OPERATIONS, seed);
}

static gboolean
reaches (guint from, guint to)
{
  return from == to || heard[from][to] > 0;
}

/* As a set of bits. */
static guint
reached_by (guint n, guint from)
{
  guint set = 0;
  for (guint to = 0; to < n; to++)
    set |= (guint) reaches (from, to) << to;
  return set;
}

static guint
size_of (guint set)
{
  guint size = 0;
  for (; set; set &= set - 1)
    size++;
  return size;
}

/* Every server reaches a majority, in both directions, and no two the same; no more than must be. */
static void
check_ring (guint n, guint64 seed)
{
  g_autoptr (OrrTrace) trace = run_beats (n, "{at: 200ms, partition: ring, for: 300ms}", seed);
  guint majority = n / 2 + 1, more = 0;
  for (guint i = 0; i < n; i++)
    {
      guint set = reached_by (n, i);
      assert_in_range (size_of (set), majority, majority + 1);
      more += size_of (set) - majority;
      for (guint j = 0; j < n; j++)
        {
          assert_int_equal (reaches (i, j), reaches (j, i));
          assert_true (j == i || reached_by (n, j) != set);
        }
    }
  /* A graph can't have an odd number of nodes with an odd number of links each. */
  assert_int_equal (more, n % 2 == 1 && majority % 2 == 0);
  assert_string_equal (g_array_index (trace->faults, OrrTraceFault, 0).what, "partition ring");
  assert_int_equal (g_array_index (trace->faults, OrrTraceFault, 0).effects, trace->counts.partitioned);
}

static void
a_ring_leaves_everyone_a_majority_of_its_own (void **state G_GNUC_UNUSED)
{
  heard_from = 200 * MS;
  heard_until = 500 * MS;
  guint first[NODES] = { 0 };
  for (guint n = 3; n <= NODES; n++)
    for (guint64 seed = 1; seed <= 10; seed++)
      check_ring (n, seed);
  /* Exactly, where it is told who is first: with five, two neighbours; who they are is drawn. */
  for (guint64 seed = 1; seed <= 40; seed++)
    {
      g_autoptr (OrrTrace) trace
          = run_beats (5, "{at: 200ms, partition: {shape: ring, isolate: n2}, for: 300ms}", seed);
      for (guint i = 0; i < 5; i++)
        first[i] += reaches (2, i);
      assert_string_equal (g_array_index (trace->faults, OrrTraceFault, 0).what, "partition ring with n2");
    }
  assert_int_equal (first[2], 40);
  for (guint i = 0; i < 5; i++)
    assert_true (first[i] >= 10);
}

/* One reaches all; the others fall into n / 2 and the rest. */
static void
check_bridge (guint n, guint64 seed)
{
  g_autoptr (OrrTrace) trace
      = run_beats (n, "{at: 200ms, partition: {shape: bridge, isolate: n1}, for: 300ms}", seed);
  guint all = (1U << n) - 1, bridge = 1U << 1;
  assert_int_equal (reached_by (n, 1), all);
  guint side = reached_by (n, 0) & ~bridge, other = all & ~side & ~bridge;
  for (guint i = 0; i < n; i++)
    if (i != 1)
      assert_int_equal (reached_by (n, i), (side >> i & 1 ? side : other) | bridge);
  assert_int_equal (MAX (size_of (side), size_of (other)), n / 2);
  assert_int_equal (MIN (size_of (side), size_of (other)), n - n / 2 - 1);
}

static void
a_bridge_joins_two_sides (void **state G_GNUC_UNUSED)
{
  heard_from = 200 * MS;
  heard_until = 500 * MS;
  for (guint n = 3; n <= NODES; n++)
    for (guint64 seed = 1; seed <= 10; seed++)
      check_bridge (n, seed);
  guint bridges[5] = { 0 };
  for (guint64 seed = 1; seed <= 50; seed++)
    {
      orr_trace_free (run_beats (5, "{at: 200ms, partition: bridge, for: 300ms}", seed));
      for (guint i = 0; i < 5; i++)
        bridges[i] += reached_by (5, i) == 31;
    }
  for (guint i = 0; i < 5; i++)
    assert_in_range (bridges[i], 3, 20);
}

static void
two_servers_make_neither_ring_nor_bridge (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = run_beats (
      2, "{at: 200ms, partition: ring, for: 300ms}, {at: 200ms, partition: bridge, for: 300ms}", 1);
  assert_int_equal (trace->counts.partitioned, 0);
  for (guint i = 0; i < 2; i++)
    assert_int_equal (g_array_index (trace->faults, OrrTraceFault, i).ended, 200 * MS);
}

/* --- Flapping --- */

/* The arrivals at n1 from n0, as text: one character for each of the 90 beats, of 10 ms. */
static char pattern[91];

static void
mark (OrrNode *node, OrrAddress from, guint type G_GNUC_UNUSED, gconstpointer body)
{
  if (from == 0 && orr_self (node) == 1)
    pattern[((const PuppetNote *) body)->number] = 'x';
}

static OrrTrace *
run_pattern (guint n, const char *fault)
{
  memset (pattern, '.', 90);
  g_autofree char *lines = g_strdup_printf (
      "duration: 1s\noptions: {nodes: %u}\nnetwork: {latency: 1ms}\nfaults: [%s]\n", n, fault);
  puppet.start = beat;
  puppet.timer = tell_all;
  puppet.message = mark;
  return run_puppet (lines, ORR_RECORD_OPERATIONS, 1);
}

#define TEN_UP   "xxxxxxxxxx"
#define TEN_DOWN ".........."

static void
a_flapping_link_is_down_and_up_in_turn (void **state G_GNUC_UNUSED)
{
  /* From 100 ms on: down 100, up 200, down 100, up 200; then over, in the midst of being down. */
  g_autoptr (OrrTrace) trace = run_pattern (3, "{at: 100ms, flap: n1, down: 100ms, up: 200ms, for: 650ms}");
  assert_string_equal (pattern, TEN_UP TEN_DOWN TEN_UP TEN_UP TEN_DOWN TEN_UP TEN_UP ".....xxxxx" TEN_UP);
  const OrrTraceFault *row = &g_array_index (trace->faults, OrrTraceFault, 0);
  assert_string_equal (row->what, "flapping links of n1: 100ms down, 200ms up");
  assert_int_equal (row->ended, 750 * MS);
  assert_int_equal (row->effects, 25 * 4); /* two links, both ways */
  assert_int_equal (trace->counts.partitioned, 25 * 4);
}

static void
one_way_flaps_alone (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = run_pattern (3, "{at: 100ms, flap: {from: n0, to: n1, down: 100ms, up: 100ms}, for: 300ms}");
  assert_string_equal (pattern, TEN_UP TEN_DOWN TEN_UP TEN_DOWN TEN_UP TEN_UP TEN_UP TEN_UP TEN_UP);
  assert_int_equal (trace->counts.partitioned, 20);
  g_autoptr (OrrTrace) other
      = run_pattern (3, "{at: 100ms, flap: {from: n1, down: 100ms, up: 100ms}, for: 300ms}");
  assert_string_equal (pattern, TEN_UP TEN_UP TEN_UP TEN_UP TEN_UP TEN_UP TEN_UP TEN_UP TEN_UP);
  assert_int_equal (other->counts.partitioned, 40);
  g_autoptr (OrrTrace) all = run_pattern (3, "{at: 100ms, flap: {down: 100ms, up: 100ms}, for: 300ms}");
  assert_int_equal (all->counts.partitioned, 20 * 6);
}

/* Turns are drawn anew: up and down for 50 ms on the average, some short, some long. */
static void
turns_are_drawn (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = run_pattern (2, "{flap: n1, down: exponential(mean 50ms), up: exponential(mean 50ms)}");
  guint turns = 0;
  for (guint i = 1; i < 90; i++)
    turns += pattern[i] != pattern[i - 1];
  assert_in_range (turns, 6, 40);
  g_autoptr (OrrTrace) hasty
      = run_pattern (2, "{flap: n1, down: exponential(mean 1ns), up: uniform(0s..1us), for: 10ms}");
  assert_in_range (hasty->counts.events, 5000, 20000);
}

/* A broken stream hears that its peer is there again when the link comes up, not when the fault is over. */
static void
say_link (OrrNode *node, OrrAddress peer, gboolean up)
{
  say (node, "%s %s", orr_name (node, peer), up ? "up" : "down");
}

static void
send_a_word (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  if (orr_self (node) == 0)
    orr_send (node, 1, PUPPET_WORD, &(PuppetNote){ 1 });
}

static void
streams_are_told_when_a_flapping_link_is_up (void **state G_GNUC_UNUSED)
{
  puppet.start = send_a_word;
  puppet.link = say_link;
  g_autoptr (OrrTrace) trace = run_puppet ("duration: 10s\nnetwork: {latency: 1ms, stream-timeout: "
                                           "500ms}\nfaults: [{flap: n1, down: 1s, up: 2s, for: 8s}]\n",
                                           ORR_RECORD_OPERATIONS, 0);
  assert_string_equal (journal->str,
                       "501ms n0 n1 down\n501ms n1 n0 down\n1.001s n0 n1 up\n1.001s n1 n0 up\n");
}

/* --- Corruption --- */

#define MANY 20000

static guint64 arrived;

static void
send_many (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  for (guint64 i = 0; i < MANY && orr_self (node) == 0; i++)
    orr_send (node, 1, PUPPET_NOTE, &(PuppetNote){ i });
}

static void
send_many_words (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  for (guint64 i = 0; i < MANY && orr_self (node) == 0; i++)
    orr_send (node, 1, PUPPET_WORD, &(PuppetNote){ i });
}

static void
check_order (OrrNode *node G_GNUC_UNUSED, OrrAddress from G_GNUC_UNUSED, guint type G_GNUC_UNUSED,
             gconstpointer body)
{
  assert_int_equal (((const PuppetNote *) body)->number, arrived);
  arrived++;
}

static guint
count_fate (const OrrTrace *trace, OrrFate fate)
{
  guint n = 0;
  for (guint i = 0; i < trace->messages->len; i++)
    n += g_array_index (trace->messages, OrrTraceMessage, i).fate == fate;
  return n;
}

/* Of those that are not lost, a share: 20 % lost, and 10 % of the other 80 % corrupt. */
static void
corrupt_datagrams_are_dropped_and_counted_apart (void **state G_GNUC_UNUSED)
{
  puppet.start = send_many;
  g_autoptr (OrrTrace) trace
      = run_puppet ("duration: 1s\nnetwork: {loss: 20%, corrupt: 10%}\n", ORR_RECORD_EVENTS, 0);
  assert_in_range (trace->counts.lost, MANY / 5 - 250, MANY / 5 + 250);
  assert_in_range (trace->counts.corrupted, MANY * 8 / 100 - 170, MANY * 8 / 100 + 170);
  assert_int_equal (trace->counts.delivered + trace->counts.lost + trace->counts.corrupted, MANY);
  assert_int_equal (count_fate (trace, ORR_FATE_CORRUPTED), trace->counts.corrupted);
}

static void
corrupt_words_are_sent_again (void **state G_GNUC_UNUSED)
{
  puppet.start = send_many_words;
  puppet.message = check_order;
  arrived = 0;
  g_autoptr (OrrTrace) trace = run_puppet (
      "duration: 1s\nsettle: 100s\nnetwork: {latency: 1ms, corrupt: 10%}\n", ORR_RECORD_OPERATIONS, 0);
  assert_int_equal (arrived, MANY);
  assert_int_equal (trace->counts.lost, 0);
  assert_int_equal (trace->counts.resent, trace->counts.corrupted);
  assert_in_range (trace->counts.corrupted, MANY / 9 - 230, MANY / 9 + 230);
  assert_true (trace->ended_at >= 600 * MS);
}

static void
a_fault_corrupts_its_own_links_alone (void **state G_GNUC_UNUSED)
{
  heard_from = 0;
  heard_until = ORR_SECOND;
  g_autoptr (OrrTrace) trace = run_beats (3, "{at: 200ms, corrupt: {from: n1, share: 100%}, for: 300ms}", 1);
  const OrrTraceFault *row = &g_array_index (trace->faults, OrrTraceFault, 0);
  assert_string_equal (row->what, "corrupt 100% of the messages from n1 to all");
  assert_int_equal (row->effects, 60);
  assert_int_equal (trace->counts.corrupted, 60);
  assert_int_equal (heard[1][0], 60);
  assert_int_equal (heard[1][2], 60);
  assert_int_equal (heard[0][1], 90);
}

/* --- Holding, clogging --- */

/* n0 sends n1 six notes, one a millisecond from 1 ms on, of which the even ones are beats; or words. */
static guint sent_as[2];

static void
plan_six (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  for (guint64 i = 1; i <= 6 && orr_self (node) == 0; i++)
    orr_timer_set (node, (OrrTime) i * MS, PUPPET_TICK, &(PuppetNote){ i });
}

static void
send_next (OrrNode *node, guint kind G_GNUC_UNUSED, gconstpointer body)
{
  guint64 number = ((const PuppetNote *) body)->number;
  orr_send (node, 1, sent_as[number % 2 == 0], body);
}

static void
say_number (OrrNode *node, OrrAddress from G_GNUC_UNUSED, guint type G_GNUC_UNUSED, gconstpointer body)
{
  say (node, "%" G_GUINT64_FORMAT, ((const PuppetNote *) body)->number);
}

static OrrTrace *
run_six (guint odd, guint even, const char *lines)
{
  sent_as[0] = odd;
  sent_as[1] = even;
  puppet.start = plan_six;
  puppet.timer = send_next;
  puppet.message = say_number;
  puppet.link = say_link;
  g_string_truncate (journal, 0);
  g_autofree char *all = g_strconcat ("duration: 1s\n", lines, NULL);
  return run_puppet (all, ORR_RECORD_FULL, 1);
}

#define WAY "network: {latency: 5ms}\n"

static void
what_is_held_comes_at_once (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = run_six (
      PUPPET_NOTE, PUPPET_NOTE,
      WAY "faults: [{at: 6500us, hold: {to: n1}, for: 3s}, {at: 6500us, hold: {from: n1}, for: 3ms}]\n");
  assert_string_equal (journal->str, "6ms n1 1\n1s n1 2\n1s n1 3\n1s n1 4\n1s n1 5\n1s n1 6\n");
  assert_int_equal (g_array_index (trace->faults, OrrTraceFault, 0).effects, 5);
  assert_int_equal (g_array_index (trace->faults, OrrTraceFault, 1).effects, 0);
  assert_int_equal (count_fate (trace, ORR_FATE_DELIVERED), 6);
  /* Its rows say when and why it came. */
  const OrrTraceMessage *message = &g_array_index (trace->messages, OrrTraceMessage, 1);
  assert_int_equal (message->sent_at, 2 * MS);
  assert_int_equal (message->arrived_at, 1000 * MS);

  orr_trace_free (
      run_six (PUPPET_NOTE, PUPPET_NOTE, WAY "faults: [{at: 6500us, hold: {node: n0}, for: 3ms}]\n"));
  assert_string_equal (journal->str, "6ms n1 1\n9.5ms n1 2\n9.5ms n1 3\n9.5ms n1 4\n10ms n1 5\n11ms n1 6\n");
}

static void
only_what_is_named_is_held (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = run_six (PUPPET_NOTE, PUPPET_BEAT, WAY "faults: [{hold: beat, for: 100ms}]\n");
  assert_string_equal (journal->str, "6ms n1 1\n8ms n1 3\n10ms n1 5\n100ms n1 2\n100ms n1 4\n100ms n1 6\n");
  assert_string_equal (g_array_index (trace->faults, OrrTraceFault, 0).what, "hold beat everywhere");
  /* In a stream, all that comes behind it waits as well. */
  g_autoptr (OrrTrace) words
      = run_six (PUPPET_WORD, PUPPET_WORD, WAY "faults: [{at: 7500us, hold: word, for: 100ms}]\n");
  assert_string_equal (journal->str,
                       "6ms n1 1\n7ms n1 2\n107.5ms n1 3\n107.5ms n1 4\n107.5ms n1 5\n107.5ms n1 6\n");
  assert_int_equal (g_array_index (words->faults, OrrTraceFault, 0).effects, 4);
  assert_int_equal (words->counts.resent, 0);
}

/* Two that hold the same: it goes on when both are over. A cut that came meanwhile cuts it off then. */
static void
holds_and_cuts_overlap (void **state G_GNUC_UNUSED)
{
  static const char *const both
      = WAY "faults: [{hold: {to: n1}, for: 50ms}, {at: 7ms, hold: {from: n0}, for: 90ms}]\n";
  static const char *const cut
      = WAY "faults: [{hold: {to: n1}, for: 50ms}, {at: 8ms, partition: [[n0], [n1]], for: 90ms}]\n";
  orr_trace_free (run_six (PUPPET_NOTE, PUPPET_NOTE, both));
  assert_string_equal (journal->str, "97ms n1 1\n97ms n1 2\n97ms n1 3\n97ms n1 4\n97ms n1 5\n97ms n1 6\n");
  orr_trace_free (run_six (PUPPET_WORD, PUPPET_WORD, both));
  assert_string_equal (journal->str, "97ms n1 1\n97ms n1 2\n97ms n1 3\n97ms n1 4\n97ms n1 5\n97ms n1 6\n");
  g_autoptr (OrrTrace) trace = run_six (PUPPET_NOTE, PUPPET_NOTE, cut);
  assert_string_equal (journal->str, "");
  assert_int_equal (trace->counts.partitioned, 6);
  /* Streams meet the cut when the hold is over, at 50 ms, and are sent again 400 ms later. */
  orr_trace_free (run_six (PUPPET_WORD, PUPPET_WORD, cut));
  assert_string_equal (journal->str,
                       "455ms n1 1\n455ms n1 2\n455ms n1 3\n455ms n1 4\n455ms n1 5\n455ms n1 6\n");
}

static guint64 order[1000];
static guint n_order;

static void
keep_order (OrrNode *node, OrrAddress from G_GNUC_UNUSED, guint type G_GNUC_UNUSED, gconstpointer body)
{
  assert_int_equal (orr_clock_monotonic (node), 500 * MS);
  order[n_order++] = ((const PuppetNote *) body)->number;
}

static void
send_hundreds (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  for (guint64 i = 0; i < 500 && orr_self (node) == 0; i++)
    orr_send (node, 1, sent_as[0], &(PuppetNote){ i });
}

static guint
run_shuffled (guint type, guint64 seed)
{
  n_order = 0;
  sent_as[0] = type;
  puppet.start = send_hundreds;
  puppet.message = keep_order;
  orr_trace_free (run_puppet ("duration: 1s\n" WAY "faults: [{hold: {order: shuffled}, for: 500ms}]\n",
                              ORR_RECORD_OPERATIONS, seed));
  guint backward = 0;
  for (guint i = 1; i < n_order; i++)
    backward += order[i] < order[i - 1];
  assert_int_equal (n_order, 500);
  return backward;
}

static void
what_is_held_may_be_shuffled (void **state G_GNUC_UNUSED)
{
  assert_in_range (run_shuffled (PUPPET_NOTE, 1), 200, 300);
  guint64 first = order[0], second = order[1], sum = 0;
  for (guint i = 0; i < n_order; i++)
    sum += order[i];
  assert_int_equal (sum, 500 * 499 / 2);
  run_shuffled (PUPPET_NOTE, 2);
  assert_true (order[0] != first || order[1] != second);
  run_shuffled (PUPPET_NOTE, 1);
  assert_true (order[0] == first && order[1] == second);
  assert_int_equal (run_shuffled (PUPPET_WORD, 1), 0);
}

static void
a_clogged_link_is_late_by_its_way (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = run_six (PUPPET_NOTE, PUPPET_NOTE, WAY "faults: [{at: 6500us, clog: n1, for: 3ms}]\n");
  assert_string_equal (journal->str,
                       "6ms n1 1\n10ms n1 5\n11ms n1 6\n14.5ms n1 2\n14.5ms n1 3\n14.5ms n1 4\n");
  assert_string_equal (g_array_index (trace->faults, OrrTraceFault, 0).what, "clogged links of n1");
  assert_int_equal (g_array_index (trace->faults, OrrTraceFault, 0).effects, 3);
  assert_int_equal (trace->counts.delivered, 6);
  /* A stream keeps its order, and a network that forbids to overtake does so here too. */
  orr_trace_free (run_six (PUPPET_WORD, PUPPET_WORD, WAY "faults: [{at: 6500us, clog: n1, for: 3ms}]\n"));
  assert_string_equal (journal->str,
                       "6ms n1 1\n14.5ms n1 2\n14.5ms n1 3\n14.5ms n1 4\n14.5ms n1 5\n14.5ms n1 6\n");
}

/* Nobody sends again: what is held is not lost. But who waits for too long gives up, as with any other
 * silence. */
static void
a_long_clog_breaks_a_stream (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = run_six (
      PUPPET_WORD, PUPPET_WORD,
      "network: {latency: 5ms, stream-timeout: 300ms}\nfaults: [{at: 6500us, clog: n1, for: 800ms}]\n");
  assert_string_equal (journal->str,
                       "6ms n1 1\n307ms n0 n1 down\n307ms n1 n0 down\n811.5ms n0 n1 up\n811.5ms n1 n0 up\n");
  assert_int_equal (count_fate (trace, ORR_FATE_RESET), 5);
}

/* At n0, n1 and n2, one after the other, and back: nothing is lost, and while all are clogged nobody hears
 * anybody. */
static void
a_swizzle_clogs_and_clears_in_turn (void **state G_GNUC_UNUSED)
{
  static const char *const swizzle = "{at: 95ms, swizzle: [n0, n1, n2], interval: 100ms}";
  heard_from = 0;
  heard_until = 95 * MS;
  orr_trace_free (run_beats (4, swizzle, 1));
  for (guint i = 0; i < 4; i++)
    assert_int_equal (reached_by (4, i), 15);
  guint first[4] = { 0 };
  for (guint64 seed = 1; seed <= 30; seed++)
    {
      guint deaf = 0;
      heard_from = 100 * MS;
      heard_until = 195 * MS;
      orr_trace_free (run_beats (4, swizzle, seed));
      for (guint i = 0; i < 4; i++)
        if (reached_by (4, i) == 1U << i)
          {
            deaf++;
            first[i]++;
          }
      assert_int_equal (deaf, 1);
    }
  assert_int_equal (first[3], 0);
  assert_true (first[0] >= 4 && first[1] >= 4 && first[2] >= 4);
  heard_from = 300 * MS;
  heard_until = 395 * MS;
  g_autoptr (OrrTrace) trace = run_beats (4, swizzle, 1);
  for (guint i = 0; i < 4; i++)
    assert_int_equal (reached_by (4, i), 1U << i);
  const OrrTraceFault *row = &g_array_index (trace->faults, OrrTraceFault, 0);
  assert_string_equal (row->what, "swizzle n0 n1 n2, every 100ms");
  assert_int_equal (row->ended, 595 * MS);
  assert_int_equal (trace->counts.delivered, trace->counts.sent);
  assert_true (row->effects > 12 * 30);
  heard_from = 610 * MS;
  heard_until = 1000 * MS;
  g_autoptr (OrrTrace) after = run_beats (4, swizzle, 1);
  for (guint i = 0; i < 4; i++)
    assert_int_equal (reached_by (4, i), 15);
}

/* Who takes part is drawn, one at least; the order in which they come back is not that in which they went. */
static void
a_swizzle_draws_its_nodes (void **state G_GNUC_UNUSED)
{
  guint sizes[4] = { 0 };
  for (guint64 seed = 1; seed <= 40; seed++)
    {
      g_autoptr (OrrTrace) trace = run_beats (3, "{at: 95ms, swizzle: , interval: 50ms}", seed);
      const OrrTraceFault *row = &g_array_index (trace->faults, OrrTraceFault, 0);
      OrrTime steps = (row->ended - row->began) / (50 * MS) + 1;
      assert_int_equal (steps % 2, 0);
      assert_in_range (steps, 2, 6);
      sizes[steps / 2]++;
    }
  assert_true (sizes[1] > 5 && sizes[2] > 5 && sizes[3] > 0);
  g_autoptr (OrrTrace) cut_short
      = run_beats (3, "{at: 95ms, swizzle: [n0, n1], interval: 100ms, for: 250ms}", 1);
  assert_int_equal (g_array_index (cut_short->faults, OrrTraceFault, 0).ended, 345 * MS);
  assert_int_equal (cut_short->counts.delivered, cut_short->counts.sent);
}

/* Arrays of what is held when the run breaks off are given back: the address sanitizer looks. */
static void
send_lists (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  guint64 numbers[] = { 1, 2, 3 };
  PuppetList list = { orr_array (node, 3, sizeof (guint64), numbers) };
  for (guint i = 0; i < 4 && orr_self (node) == 0; i++)
    orr_send (node, 1, i % 2 == 0 ? PUPPET_LIST : PUPPET_SPEECH, &list);
}

static void
what_is_held_at_the_end_is_given_back (void **state G_GNUC_UNUSED)
{
  puppet.start = send_lists;
  g_autoptr (OrrScenario) scenario
      = scenario_of (&puppet_model, "model: puppet\nduration: 10s\n" WAY
                                    "faults: [{hold: {order: shuffled}}, {clog: n1}, {inbox: n1}]\n");
  OrrRunOptions options = { .seed = 1, .level = ORR_RECORD_FULL, .events_max = 12 };
  g_autoptr (OrrTrace) trace = orr_simulate (scenario, &options);
  assert_int_equal (trace->ending, ORR_ENDED_EVENT_LIMIT);
  assert_int_equal (count_fate (trace, ORR_FATE_UNDER_WAY), 4);
}

/* --- Inboxes --- */

static void
send_five (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  for (guint64 i = 1; i <= 5 && orr_self (node) == 0; i++)
    orr_send (node, 1, sent_as[0], &(PuppetNote){ i });
}

static OrrTrace *
run_five (guint type, const char *lines)
{
  sent_as[0] = type;
  puppet.start = send_five;
  puppet.message = say_number;
  puppet.link = say_link;
  g_string_truncate (journal, 0);
  g_autofree char *all = g_strconcat ("duration: 1s\nnetwork: {latency: 1ms}\n", lines, NULL);
  return run_puppet (all, ORR_RECORD_EVENTS, 1);
}

static void
a_full_inbox_drops_datagrams (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = run_five (PUPPET_NOTE, "nodes: {n1: {service: 10ms, inbox: 2}}\n");
  assert_string_equal (journal->str, "11ms n1 1\n21ms n1 2\n");
  assert_int_equal (trace->counts.overflowed, 3);
  assert_int_equal (count_fate (trace, ORR_FATE_OVERFLOWED), 3);
  assert_int_equal (trace->ending, ORR_ENDED_QUIET);
  /* The lowest bound counts; a fault's effects are its own. */
  g_autoptr (OrrTrace) faults
      = run_five (PUPPET_NOTE, "nodes: {n1: {service: 10ms, inbox: 4}}\n"
                               "faults: [{inbox: n1}, {inbox: n1, limit: 3}, {inbox: n0, limit: 1}]\n");
  assert_string_equal (journal->str, "11ms n1 1\n21ms n1 2\n31ms n1 3\n");
  assert_int_equal (g_array_index (faults->faults, OrrTraceFault, 0).effects, 0);
  assert_int_equal (g_array_index (faults->faults, OrrTraceFault, 1).effects, 2);
  assert_string_equal (g_array_index (faults->faults, OrrTraceFault, 1).what, "bound the inbox of n1 to 3");
  /* Where nothing waits there is no bound; and a paused node has an inbox. */
  orr_trace_free (run_five (PUPPET_NOTE, "nodes: {n1: {inbox: 1}}\n"));
  assert_string_equal (journal->str, "1ms n1 1\n1ms n1 2\n1ms n1 3\n1ms n1 4\n1ms n1 5\n");
  orr_trace_free (run_five (PUPPET_NOTE, "nodes: {n1: {inbox: 1}}\nfaults: [{pause: n1, for: 9ms}]\n"));
  assert_string_equal (journal->str, "9ms n1 1\n");
}

static void
a_full_inbox_holds_streams_back (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = run_five (PUPPET_WORD, "nodes: {n1: {service: 10ms, inbox: 2}}\n");
  /* Two find room at 1 ms; the other three do not and are sent again at 201 ms, when the last finds none
   * again; it is sent once more at 402 ms. */
  assert_string_equal (journal->str, "11ms n1 1\n21ms n1 2\n212ms n1 3\n222ms n1 4\n413ms n1 5\n");
  assert_int_equal (trace->counts.resent, 4);
  assert_int_equal (trace->counts.overflowed, 4);
  assert_int_equal (count_fate (trace, ORR_FATE_DELIVERED), 5);
}

/* Whoever has no room still answers: its peer goes on asking, and does not give the connection up. */
static void
a_full_inbox_breaks_no_stream (void **state G_GNUC_UNUSED)
{
  sent_as[0] = PUPPET_WORD;
  puppet.start = send_five;
  puppet.message = say_number;
  puppet.link = say_link;
  g_autoptr (OrrTrace) trace
      = run_puppet ("duration: 10s\nnodes: {n1: {inbox: 2}}\nnetwork: {latency: 1ms, stream-timeout: 500ms}\n"
                    "faults: [{at: 0s, pause: n1, for: 2s}]\n",
                    ORR_RECORD_EVENTS, 1);
  /* It asks at 201, 601, 1101, 1601 and 2101 ms: never later than a stream-timeout after the last answer. */
  assert_string_equal (journal->str, "2s n1 1\n2s n1 2\n2.102s n1 3\n2.102s n1 4\n2.102s n1 5\n");
}

/* A message to a neighbour on the same machine, or to oneself, needs no room: n1a's three notes wait at n0
 * when the bound comes, and n0a, who gets the first, writes to itself and to n0b. */
static void
send_three_abroad (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  for (guint64 i = 1; i <= 3 && orr_self (node) == 2; i++)
    orr_send (node, 0, PUPPET_NOTE, &(PuppetNote){ i });
}

static void
pass_on_at_home (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  say_number (node, from, type, body);
  if (((const PuppetNote *) body)->number != 1)
    return;
  orr_send (node, 0, PUPPET_NOTE, &(PuppetNote){ 10 });
  orr_send (node, 1, PUPPET_NOTE, &(PuppetNote){ 11 });
}

static void
at_home_there_is_always_room (void **state G_GNUC_UNUSED)
{
  puppet.start = send_three_abroad;
  puppet.message = pass_on_at_home;
  g_autoptr (OrrTrace) trace = run_puppet (
      "duration: 1s\noptions: {nodes: 2, actors: 2}\nnetwork: {latency: 1ms}\nnodes: {n0: {service: 10ms}}\n"
      "faults: [{at: 5ms, inbox: n0, limit: 1}]\n",
      ORR_RECORD_OPERATIONS, 1);
  assert_string_equal (journal->str, "11ms n0a 1\n21ms n0a 2\n31ms n0a 3\n41ms n0a 10\n51ms n0b 11\n");
  assert_int_equal (trace->counts.overflowed, 0);
}

/* --- Bandwidth --- */

static void
bandwidth_collapses_for_a_while (void **state G_GNUC_UNUSED)
{
  /* 8 + 40 bytes are 384 bits: a millisecond each. From 4 ms on there is no limit, but what is queued leaves
   * first. */
  g_autoptr (OrrTrace) trace
      = run_five (PUPPET_NOTE, "faults: [{at: 500us, collapse: n1, bandwidth: 384kbit/s, for: 5ms}]\n");
  assert_string_equal (journal->str, "1ms n1 1\n1ms n1 2\n1ms n1 3\n1ms n1 4\n1ms n1 5\n");
  assert_int_equal (g_array_index (trace->faults, OrrTraceFault, 0).effects, 0);
  g_autoptr (OrrTrace) six = run_six (
      PUPPET_NOTE, PUPPET_WORD, WAY "faults: [{at: 1500us, collapse: n1, bandwidth: 192kbit/s, for: 3ms}]\n");
  assert_string_equal (journal->str, "6ms n1 1\n9ms n1 2\n10ms n1 5\n11ms n1 3\n13ms n1 4\n13ms n1 6\n");
  assert_string_equal (g_array_index (six->faults, OrrTraceFault, 0).what, "links of n1 carry 192kbit/s");
  assert_int_equal (g_array_index (six->faults, OrrTraceFault, 0).effects, 3);
  /* It never goes up. */
  g_autoptr (OrrTrace) narrow = run_six (
      PUPPET_NOTE, PUPPET_NOTE,
      "network: {latency: 5ms, bandwidth: 384kbit/s}\nfaults: [{collapse: n1, bandwidth: 1Mbit/s}]\n");
  assert_string_equal (journal->str, "7ms n1 1\n8ms n1 2\n9ms n1 3\n10ms n1 4\n11ms n1 5\n12ms n1 6\n");
  assert_int_equal (g_array_index (narrow->faults, OrrTraceFault, 0).effects, 0);
}

static void
send_large (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  if (orr_self (node) != 0)
    return;
  orr_send_sized (node, 1, PUPPET_WORD, &(PuppetNote){ 1 }, 125000);
  orr_send_sized (node, 1, PUPPET_WORD, &(PuppetNote){ 2 }, 125000);
}

/* A megabit each: 10 ms. Both come to the cut, and are sent again at 211 ms, which takes 20 ms more. */
static void
what_is_sent_again_takes_its_bandwidth (void **state G_GNUC_UNUSED)
{
  puppet.start = send_large;
  puppet.message = say_number;
  g_autoptr (OrrTrace) trace = run_puppet ("duration: 1s\nnetwork: {latency: 1ms, bandwidth: 100Mbit/s}\n"
                                           "faults: [{partition: [[n0], [n1]], for: 100ms}]\n",
                                           ORR_RECORD_OPERATIONS, 1);
  assert_string_equal (journal->str, "232ms n1 1\n232ms n1 2\n");
  assert_int_equal (trace->counts.resent, 2);
}

/* --- Priorities --- */

/* Of four nodes' notes, those that come within half a second: 50 without a delay, one less for each 10 ms of
 * it. */
static guint64
run_priorities (const char *settings, guint64 seed, guint *ret_late)
{
  g_autofree char *fault = g_strdup_printf ("{at: 0s, priorities: {spread: 400ms, %s}}", settings);
  guint64 word = 0;
  heard_from = 0;
  heard_until = 500 * MS;
  g_autoptr (OrrTrace) trace = run_beats (4, fault, seed);
  assert_int_equal (g_array_index (trace->faults, OrrTraceFault, 0).effects, 4 * 3 * 90);
  *ret_late = 0;
  for (guint from = 0; from < 4; from++)
    for (guint to = 0; to < 4; to++)
      if (from != to)
        {
          assert_in_range (heard[from][to], 10, 50);
          *ret_late += heard[from][to] < 29;
          word = orr_draw_fold (word, heard[from][to]);
        }
  return word;
}

static void
each_link_has_a_priority (void **state G_GNUC_UNUSED)
{
  guint late;
  guint64 one = run_priorities ("depth: 1, number: 7", 1, &late);
  assert_int_equal (late, 0); /* at most half of the spread */
  assert_true (one == run_priorities ("depth: 1, number: 7", 2, &late));
  assert_true (one != run_priorities ("depth: 1, number: 8", 1, &late));
  assert_true (run_priorities ("depth: 1", 1, &late) != run_priorities ("depth: 1", 2, &late));
}

static void
priorities_change_at_few_points (void **state G_GNUC_UNUSED)
{
  guint late, most = 0;
  for (guint64 seed = 1; seed <= 20; seed++)
    {
      run_priorities ("depth: 3, steps: 20", seed, &late);
      assert_true (late <= 2);
      most = MAX (most, late);
    }
  assert_int_equal (most, 2);
}

/* --- Whom a line strikes that waits --- */

static void
who_did_it_is_struck (void **state G_GNUC_UNUSED)
{
  static const char *const faults[][2] = {
    { "{when: {send: note, from: n1, nth: 3}, choose: [pause], target: doer, for: 10ms}", "pause n1" },
    { "{when: {send: note, from: n1, nth: 4}, choose: [pause], target: peer, for: 10ms}", "pause n2" },
    { "{when: {receive: note, from: n2, nth: 1}, choose: [pause], target: doer, for: 10ms}", "pause n0" },
    { "{when: {receive: note, to: n0, nth: 2}, choose: [pause], target: peer, for: 10ms}", "pause n2" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (OrrTrace) trace = run_beats (3, faults[i][0], 1);
      assert_int_equal (trace->faults->len, 1);
      assert_string_equal (g_array_index (trace->faults, OrrTraceFault, 0).what, faults[i][1]);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, puppet_setup, puppet_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (a_ring_leaves_everyone_a_majority_of_its_own),
    TEST (a_bridge_joins_two_sides),
    TEST (two_servers_make_neither_ring_nor_bridge),
    TEST (a_flapping_link_is_down_and_up_in_turn),
    TEST (one_way_flaps_alone),
    TEST (turns_are_drawn),
    TEST (streams_are_told_when_a_flapping_link_is_up),
    TEST (corrupt_datagrams_are_dropped_and_counted_apart),
    TEST (corrupt_words_are_sent_again),
    TEST (a_fault_corrupts_its_own_links_alone),
    TEST (what_is_held_comes_at_once),
    TEST (only_what_is_named_is_held),
    TEST (holds_and_cuts_overlap),
    TEST (what_is_held_may_be_shuffled),
    TEST (a_clogged_link_is_late_by_its_way),
    TEST (a_long_clog_breaks_a_stream),
    TEST (a_swizzle_clogs_and_clears_in_turn),
    TEST (a_swizzle_draws_its_nodes),
    TEST (what_is_held_at_the_end_is_given_back),
    TEST (a_full_inbox_drops_datagrams),
    TEST (a_full_inbox_holds_streams_back),
    TEST (a_full_inbox_breaks_no_stream),
    TEST (at_home_there_is_always_room),
    TEST (bandwidth_collapses_for_a_while),
    TEST (what_is_sent_again_takes_its_bandwidth),
    TEST (each_link_has_a_priority),
    TEST (priorities_change_at_few_points),
    TEST (who_did_it_is_struck),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
