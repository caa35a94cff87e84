/* test-engine-network.c: what happens to datagrams. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../support/puppet.h"

#define MANY 20000

static const OrrTraceMessage *
message_at (const OrrTrace *trace, guint row)
{
  return &g_array_index (trace->messages, OrrTraceMessage, row);
}

static guint
count_fate (const OrrTrace *trace, OrrFate fate)
{
  guint n = 0;
  for (guint i = 0; i < trace->messages->len; i++)
    n += message_at (trace, i)->fate == fate;
  return n;
}

/* n0 sends many notes to n1 at the start. */
static void
send_many (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  for (guint64 i = 0; i < MANY && orr_self (node) == 0; i++)
    orr_send (node, 1, PUPPET_NOTE, &(PuppetNote){ i });
}

/* n0 sends three notes to n1, one a microsecond. */
static void
send_three (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  for (guint64 i = 1; i <= 3 && orr_self (node) == 0; i++)
    orr_timer_set (node, (OrrTime) i * ORR_MICROSECOND, PUPPET_TICK, &(PuppetNote){ i });
}

static void
pass_on (OrrNode *node, guint kind G_GNUC_UNUSED, gconstpointer body)
{
  orr_send (node, 1, PUPPET_NOTE, body);
}

static void
say_what (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  say (node, "%s %" G_GUINT64_FORMAT " from %s", puppet_messages[type].name,
       body ? ((const PuppetNote *) body)->number : 0, orr_name (node, from));
}

static void
everyone_to_everyone (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  for (OrrAddress to = 0; to < 3 && orr_self (node) < 3; to++)
    orr_send (node, to, PUPPET_NOTE, &(PuppetNote){ orr_self (node) });
}

static void
latency_is_the_default (void **state G_GNUC_UNUSED)
{
  puppet.start = send_three;
  puppet.timer = pass_on;
  puppet.message = say_what;
  g_autoptr (OrrTrace) trace
      = run_puppet ("duration: 1s\nnetwork: {latency: 5ms}\n", ORR_RECORD_OPERATIONS, 0);
  assert_string_equal (journal->str,
                       "5001us n1 note 1 from n0\n5002us n1 note 2 from n0\n5003us n1 note 3 from n0\n");
  assert_int_equal (trace->counts.sent, 3);
  assert_int_equal (trace->counts.delivered, 3);
  assert_int_equal (trace->ending, ORR_ENDED_QUIET);
}

static void
a_message_to_oneself_comes_at_once (void **state G_GNUC_UNUSED)
{
  puppet.start = everyone_to_everyone;
  puppet.message = say_what;
  g_autoptr (OrrTrace) trace = run_puppet (
      "duration: 1s\noptions: {nodes: 3}\nnetwork: {latency: 5ms, loss: 100%}\n", ORR_RECORD_OPERATIONS, 0);
  assert_string_equal (journal->str, "0s n0 note 0 from n0\n0s n1 note 1 from n1\n0s n2 note 2 from n2\n");
  assert_int_equal (trace->counts.lost, 6);
}

static void
actors_of_one_node_need_no_network (void **state G_GNUC_UNUSED)
{
  puppet.start = everyone_to_everyone;
  puppet.message = say_what;
  g_autoptr (OrrTrace) trace = run_puppet ("duration: 1s\noptions: {nodes: 2, actors: 2}\n"
                                           "network: {latency: 5ms}\n",
                                           ORR_RECORD_OPERATIONS, 0);
  assert_string_equal (
      journal->str,
      "0s n0a note 0 from n0a\n0s n0b note 0 from n0a\n0s n0a note 1 from n0b\n0s n0b note 1 from n0b\n"
      "0s n1a note 2 from n1a\n5ms n1a note 0 from n0a\n5ms n1a note 1 from n0b\n"
      "5ms n0a note 2 from n1a\n5ms n0b note 2 from n1a\n");
  assert_int_equal (trace->counts.delivered, 9);
}

static void
links_are_said_by_region_then_by_line (void **state G_GNUC_UNUSED)
{
  puppet.start = everyone_to_everyone;
  puppet.message = say_what;
  g_autoptr (OrrTrace) trace = run_puppet (
      "duration: 1s\noptions: {nodes: 3}\n"
      "nodes: {n0: {region: east}, n1: {region: west}, n2: {region: west}}\n"
      "network:\n"
      "  latency: 1ms\n"
      "  regions: [{between: [east, west], latency: 40ms}, {between: [west, west], latency: 2ms}]\n"
      "  links:\n"
      "    - {from: n0, to: n2, latency: 100ms}\n"
      "    - {to: n0, latency: 7ms}\n"
      "    - {from: n2, to: n0, latency: 8ms}\n",
      ORR_RECORD_OPERATIONS, 0);
  assert_string_equal (
      journal->str,
      "0s n0 note 0 from n0\n0s n1 note 1 from n1\n0s n2 note 2 from n2\n"
      "2ms n2 note 1 from n1\n2ms n1 note 2 from n2\n"
      "7ms n0 note 1 from n1\n8ms n0 note 2 from n2\n40ms n1 note 0 from n0\n100ms n2 note 0 from n0\n");
  assert_int_equal (trace->counts.delivered, 9);
}

static void
loss_strikes_as_often_as_it_says (void **state G_GNUC_UNUSED)
{
  puppet.start = send_many;
  g_autoptr (OrrTrace) trace = run_puppet ("duration: 1s\nnetwork: {loss: 20%}\n", ORR_RECORD_OPERATIONS, 0);
  assert_int_equal (trace->counts.lost + trace->counts.delivered, MANY);
  assert_in_range (trace->counts.lost, MANY / 5 - 250,
                   MANY / 5 + 250); /* more than four standard deviations */

  g_autoptr (OrrTrace) again = run_puppet ("duration: 1s\nnetwork: {loss: 20%}\n", ORR_RECORD_OPERATIONS, 0);
  assert_int_equal (again->digest, trace->digest);
  g_autoptr (OrrTrace) other = run_puppet ("duration: 1s\nnetwork: {loss: 20%}\n", ORR_RECORD_OPERATIONS, 2);
  assert_int_not_equal (other->digest, trace->digest);
}

static void
certain_loss_loses_all (void **state G_GNUC_UNUSED)
{
  puppet.start = send_many;
  g_autoptr (OrrTrace) trace = run_puppet ("duration: 1s\nnetwork: {loss: 100%}\n", ORR_RECORD_EVENTS, 0);
  assert_int_equal (trace->counts.delivered, 0);
  assert_int_equal (count_fate (trace, ORR_FATE_LOST), MANY);
}

static void
duplicates_share_their_body (void **state G_GNUC_UNUSED)
{
  puppet.start = send_three;
  puppet.timer = pass_on;
  puppet.message = say_what;
  g_autoptr (OrrTrace) trace
      = run_puppet ("duration: 1s\nnetwork: {latency: 5ms, duplicate: 100%}\n", ORR_RECORD_FULL, 0);
  assert_string_equal (journal->str,
                       "5001us n1 note 1 from n0\n5001us n1 note 1 from n0\n5002us n1 note 2 from n0\n"
                       "5002us n1 note 2 from n0\n5003us n1 note 3 from n0\n5003us n1 note 3 from n0\n");
  assert_int_equal (trace->counts.duplicated, 3);
  assert_int_equal (trace->messages->len, 6);
  assert_int_equal (count_fate (trace, ORR_FATE_DELIVERED), 6);
  assert_false (message_at (trace, 0)->duplicate);
  assert_true (message_at (trace, 1)->duplicate);
}

static guint64 largest, overtaken;

static void
count_overtaken (OrrNode *node G_GNUC_UNUSED, OrrAddress from G_GNUC_UNUSED, guint type G_GNUC_UNUSED,
                 gconstpointer body)
{
  guint64 number = ((const PuppetNote *) body)->number;
  overtaken += number < largest;
  largest = MAX (largest, number);
}

static void
datagrams_overtake_unless_forbidden (void **state G_GNUC_UNUSED)
{
  puppet.start = send_many;
  puppet.message = count_overtaken;
  largest = overtaken = 0;
  orr_trace_free (
      run_puppet ("duration: 1s\nnetwork: {latency: uniform(1ms..2ms)}\n", ORR_RECORD_OPERATIONS, 0));
  assert_true (overtaken > MANY / 2);

  largest = overtaken = 0;
  orr_trace_free (run_puppet ("duration: 1s\nnetwork: {latency: uniform(1ms..2ms), reorder: false}\n",
                              ORR_RECORD_OPERATIONS, 0));
  assert_int_equal (largest, MANY - 1);
  assert_int_equal (overtaken, 0);
}

static void
send_sized (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  if (orr_self (node) != 0)
    return;
  orr_send_sized (node, 1, PUPPET_NOTE, &(PuppetNote){ 1 }, 125000);
  orr_send_sized (node, 1, PUPPET_WORD, &(PuppetNote){ 2 }, 125000);
  orr_send (node, 1, PUPPET_NOTE, &(PuppetNote){ 3 });
  orr_send_sized (node, 2, PUPPET_NOTE, &(PuppetNote){ 4 }, 125000);
}

static void
a_link_transmits_one_after_the_other (void **state G_GNUC_UNUSED)
{
  puppet.start = send_sized;
  puppet.message = say_what;
  /* 125000 bytes are a megabit: 10 ms at 100 Mbit/s. The third is 8 + 40 bytes: 3.84 us. */
  g_autoptr (OrrTrace) trace = run_puppet ("duration: 1s\noptions: {nodes: 3}\n"
                                           "network: {latency: 1ms, bandwidth: 100Mbit/s}\n",
                                           ORR_RECORD_OPERATIONS, 0);
  assert_string_equal (journal->str,
                       "11ms n1 note 1 from n0\n11ms n2 note 4 from n0\n21ms n1 word 2 from n0\n"
                       "21.00384ms n1 note 3 from n0\n");
  assert_int_equal (trace->counts.delivered, 4);
}

static void
a_cut_drops_on_arrival (void **state G_GNUC_UNUSED)
{
  puppet.start = send_three;
  puppet.timer = pass_on;
  puppet.message = say_what;
  g_autoptr (OrrTrace) trace = run_puppet ("duration: 1s\nnetwork: {latency: 5ms}\n"
                                           "faults: [{at: 5.002ms, partition: [[n0], [n1]], for: 0.5us}]\n",
                                           ORR_RECORD_EVENTS, 0);
  assert_string_equal (journal->str, "5001us n1 note 1 from n0\n5003us n1 note 3 from n0\n");
  assert_int_equal (trace->counts.partitioned, 1);
  assert_int_equal (message_at (trace, 1)->fate, ORR_FATE_PARTITIONED);
  assert_int_equal (g_array_index (trace->faults, OrrTraceFault, 0).effects, 1);
}

static void
a_crashed_node_takes_nothing (void **state G_GNUC_UNUSED)
{
  puppet.start = send_three;
  puppet.timer = pass_on;
  puppet.message = say_what;
  g_autoptr (OrrTrace) trace
      = run_puppet ("duration: 1s\nnetwork: {latency: 5ms}\nfaults: [{at: 5.002ms, crash: n1, for: 0.5us}]\n",
                    ORR_RECORD_EVENTS, 0);
  assert_string_equal (journal->str, "5001us n1 note 1 from n0\n5003us n1 note 3 from n0\n");
  assert_int_equal (message_at (trace, 1)->fate, ORR_FATE_DOWN);
}

static void
faults_change_links_and_stack (void **state G_GNUC_UNUSED)
{
  puppet.start = send_three;
  puppet.timer = pass_on;
  puppet.message = say_what;
  g_autoptr (OrrTrace) trace = run_puppet ("duration: 1s\nnetwork: {latency: 5ms}\n"
                                           "faults:\n"
                                           "  - {at: 2us, link: {from: n0, to: n1, latency: 20ms}, for: 1s}\n"
                                           "  - {at: 2500ns, link: {to: n1, latency: 30ms}, for: 1s}\n",
                                           ORR_RECORD_OPERATIONS, 0);
  assert_string_equal (journal->str,
                       "5001us n1 note 1 from n0\n20002us n1 note 2 from n0\n30003us n1 note 3 from n0\n");
  assert_int_equal (g_array_index (trace->faults, OrrTraceFault, 0).effects, 2);
  assert_int_equal (g_array_index (trace->faults, OrrTraceFault, 1).effects, 1);
}

static void
pins_fix_single_messages (void **state G_GNUC_UNUSED)
{
  puppet.start = send_three;
  puppet.timer = pass_on;
  puppet.message = say_what;
  g_autoptr (OrrTrace) trace
      = run_puppet ("duration: 1s\nnetwork: {latency: 5ms}\n"
                    "pins:\n"
                    "  - {message: note, from: n0, to: n1, where: {number: 1}, latency: 100ms}\n"
                    "  - {message: note, nth: 3, drop: true}\n"
                    "  - {message: note, from: n1, drop: true}\n",
                    ORR_RECORD_EVENTS, 0);
  assert_string_equal (journal->str, "5002us n1 note 2 from n0\n100001us n1 note 1 from n0\n");
  assert_int_equal (message_at (trace, 2)->fate, ORR_FATE_PINNED);
}

/* A draw is named by the message alone: leaving one out does not change what becomes of others at other
 * instants. */
static guint64 left_out;

static void
pass_most_on (OrrNode *node, guint kind G_GNUC_UNUSED, gconstpointer body)
{
  if (((const PuppetNote *) body)->number != left_out)
    orr_send (node, 1, PUPPET_NOTE, body);
}

static void
draws_depend_on_the_message_alone (void **state G_GNUC_UNUSED)
{
  const char *lines = "duration: 1s\nnetwork: {latency: uniform(1ms..100ms)}\n";
  puppet.start = send_three;
  puppet.timer = pass_most_on;
  left_out = 0;
  g_autoptr (OrrTrace) all = run_puppet (lines, ORR_RECORD_EVENTS, 0);
  left_out = 2;
  g_autoptr (OrrTrace) most = run_puppet (lines, ORR_RECORD_EVENTS, 0);
  assert_int_equal (message_at (most, 0)->arrived_at, message_at (all, 0)->arrived_at);
  assert_int_equal (message_at (most, 1)->arrived_at, message_at (all, 2)->arrived_at);
  assert_int_not_equal (message_at (all, 1)->arrived_at - message_at (all, 1)->sent_at,
                        message_at (all, 2)->arrived_at - message_at (all, 2)->sent_at);
}

static void
pass_around (OrrNode *node, guint64 number)
{
  orr_send (node, (orr_self (node) + 1 + number % 3) % 4, PUPPET_NOTE, &(PuppetNote){ number });
}

static void
begin_to_pass (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  for (guint64 i = 0; i < 40; i++)
    pass_around (node, 20 + i % 7);
}

/* A timer makes some times lie between those of the messages, and just before the first may arrive. */
static void
pass_down (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  guint64 number = ((const PuppetNote *) body)->number;
  say_what (node, from, type, body);
  if (number % 5 == 0)
    orr_timer_set (node, ORR_MILLISECOND, PUPPET_TICK, &(PuppetNote){ number });
  if (number > 0)
    pass_around (node, number - 1);
}

static void
pass_later (OrrNode *node, guint kind G_GNUC_UNUSED, gconstpointer body)
{
  pass_around (node, ((const PuppetNote *) body)->number % 4);
}

/* Where latencies have a least value they are drawn for several messages together, unless events are
 * recorded. Nobody may see that. */
static void
latencies_drawn_together_are_the_same (void **state G_GNUC_UNUSED)
{
  puppet.start = begin_to_pass;
  puppet.message = pass_down;
  puppet.timer = pass_later;
  const char *const latencies[] = { "1ms + exponential(mean 2ms)", "1ns + exponential(mean 2ms)",
                                    "1s + exponential(mean 1us)", "3ms + exponential(mean 1ns)" };
  for (guint i = 0; i < G_N_ELEMENTS (latencies); i++)
    {
      g_autofree char *lines = g_strdup_printf (
          "duration: 1min\noptions: {nodes: 4}\nnetwork: {loss: 1%%, latency: %s}\n", latencies[i]);
      g_string_truncate (journal, 0);
      g_autoptr (OrrTrace) together = run_puppet (lines, ORR_RECORD_OPERATIONS, 0);
      g_autofree char *first = g_strdup (journal->str);
      g_string_truncate (journal, 0);
      g_autoptr (OrrTrace) apart = run_puppet (lines, ORR_RECORD_EVENTS, 0);
      assert_string_equal (first, journal->str);
      assert_int_equal (together->digest, apart->digest);
      assert_int_equal (together->counts.events, apart->counts.events);
      assert_true (together->counts.delivered > 2000);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, puppet_setup, puppet_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (latency_is_the_default),
    TEST (a_message_to_oneself_comes_at_once),
    TEST (actors_of_one_node_need_no_network),
    TEST (links_are_said_by_region_then_by_line),
    TEST (loss_strikes_as_often_as_it_says),
    TEST (certain_loss_loses_all),
    TEST (duplicates_share_their_body),
    TEST (datagrams_overtake_unless_forbidden),
    TEST (a_link_transmits_one_after_the_other),
    TEST (a_cut_drops_on_arrival),
    TEST (a_crashed_node_takes_nothing),
    TEST (faults_change_links_and_stack),
    TEST (pins_fix_single_messages),
    TEST (draws_depend_on_the_message_alone),
    TEST (latencies_drawn_together_are_the_same),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
