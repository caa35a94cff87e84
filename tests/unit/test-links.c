/* test-links.c: faults of the network: who is cut off from whom, and when; what is corrupt. */
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
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
