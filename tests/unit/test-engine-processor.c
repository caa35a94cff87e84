/* test-engine-processor.c: busy, slow and paused machines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../support/puppet.h"

/* n0 sends n1 three notes at once. */
static void
send_three (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  for (guint64 i = 1; i <= 3 && orr_self (node) == 0; i++)
    orr_send (node, 1, PUPPET_NOTE, &(PuppetNote){ i });
}

static void
say_note (OrrNode *node, OrrAddress from G_GNUC_UNUSED, guint type G_GNUC_UNUSED, gconstpointer body)
{
  say (node, "note %" G_GUINT64_FORMAT, ((const PuppetNote *) body)->number);
}

static void
say_timer (OrrNode *node, guint kind, gconstpointer body)
{
  say (node, "%s %" G_GUINT64_FORMAT, puppet_timers[kind].name,
       body ? ((const PuppetNote *) body)->number : 0);
}

static void
service_is_one_after_the_other (void **state G_GNUC_UNUSED)
{
  puppet.start = send_three;
  puppet.message = say_note;
  g_autoptr (OrrTrace) trace = run_puppet (
      "duration: 1s\nnodes: {n1: {service: 2ms, cpu: 0.5}}\nnetwork: {latency: 1ms}\n", ORR_RECORD_EVENTS, 0);
  assert_string_equal (journal->str, "5ms n1 note 1\n9ms n1 note 2\n13ms n1 note 3\n");
  assert_int_equal (g_array_index (trace->messages, OrrTraceMessage, 2).arrived_at, ORR_MILLISECOND);
  assert_int_equal (trace->ending, ORR_ENDED_QUIET);
}

static void
work_in_a_callback (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  say_note (node, from, type, body);
  orr_work (node, 4 * ORR_MILLISECOND);
}

static void
work_keeps_later_events_waiting (void **state G_GNUC_UNUSED)
{
  puppet.start = send_three;
  puppet.message = work_in_a_callback;
  orr_trace_free (run_puppet ("duration: 1s\nnetwork: {latency: 1ms}\n", ORR_RECORD_OPERATIONS, 0));
  assert_string_equal (journal->str, "1ms n1 note 1\n5ms n1 note 2\n9ms n1 note 3\n");
}

static void
a_slow_node_takes_longer (void **state G_GNUC_UNUSED)
{
  puppet.start = send_three;
  puppet.message = say_note;
  orr_trace_free (run_puppet ("duration: 1s\nnodes: {n1: {service: 2ms}}\nnetwork: {latency: 1ms}\n"
                              "faults: [{at: 4ms, slow: {node: n1, factor: 10}, for: 3ms}]\n",
                              ORR_RECORD_OPERATIONS, 0));
  /* The second was in service already. */
  assert_string_equal (journal->str, "3ms n1 note 1\n5ms n1 note 2\n25ms n1 note 3\n");
}

static void
set_timer_and_send (OrrNode *node, OrrStart start)
{
  send_three (node, start);
  if (orr_self (node) == 1)
    orr_timer_set (node, 2 * ORR_MILLISECOND, PUPPET_TICK, &(PuppetNote){ 4 });
}

static void
a_paused_node_does_all_of_it_late (void **state G_GNUC_UNUSED)
{
  puppet.start = set_timer_and_send;
  puppet.message = say_note;
  puppet.timer = say_timer;
  g_autoptr (OrrTrace) trace
      = run_puppet ("duration: 1s\nnetwork: {latency: 1ms}\nfaults: [{at: 0s, pause: n1, for: 12ms}]\n",
                    ORR_RECORD_EVENTS, 0);
  assert_string_equal (journal->str, "12ms n1 note 1\n12ms n1 note 2\n12ms n1 note 3\n12ms n1 tick 4\n");
  assert_int_equal (trace->ending, ORR_ENDED_QUIET);
}

static void
a_pause_stretches_what_is_in_service (void **state G_GNUC_UNUSED)
{
  puppet.start = send_three;
  puppet.message = say_note;
  orr_trace_free (run_puppet ("duration: 1s\nnodes: {n1: {service: 4ms}}\nnetwork: {latency: 1ms}\n"
                              "faults: [{at: 2ms, pause: n1, for: 10ms}]\n",
                              ORR_RECORD_OPERATIONS, 0));
  assert_string_equal (journal->str, "15ms n1 note 1\n19ms n1 note 2\n23ms n1 note 3\n");
}

static void
a_pause_of_an_idle_node_costs_service_later (void **state G_GNUC_UNUSED)
{
  puppet.start = send_three;
  puppet.message = say_note;
  orr_trace_free (run_puppet ("duration: 1s\nnodes: {n1: {service: 4ms}}\nnetwork: {latency: 1ms}\n"
                              "faults: [{at: 0s, pause: n1, for: 10ms}]\n",
                              ORR_RECORD_OPERATIONS, 0));
  assert_string_equal (journal->str, "14ms n1 note 1\n18ms n1 note 2\n22ms n1 note 3\n");
}

static void
a_crash_empties_the_inbox (void **state G_GNUC_UNUSED)
{
  puppet.start = send_three;
  puppet.message = say_note;
  g_autoptr (OrrTrace) trace
      = run_puppet ("duration: 1s\nnodes: {n1: {service: 4ms}}\nnetwork: {latency: 1ms}\n"
                    "faults: [{at: 6ms, crash: n1, for: 100us}]\n",
                    ORR_RECORD_EVENTS, 0);
  assert_string_equal (journal->str, "5ms n1 note 1\n");
  assert_int_equal (g_array_index (trace->messages, OrrTraceMessage, 1).fate, ORR_FATE_DOWN);
  assert_int_equal (trace->ending, ORR_ENDED_QUIET);
}

static OrrTimer cancelled;

static void
set_and_cancel (OrrNode *node, OrrStart start)
{
  send_three (node, start);
  if (orr_self (node) == 1)
    cancelled = orr_timer_set (node, 2 * ORR_MILLISECOND, PUPPET_TICK, &(PuppetNote){ 4 });
}

static void
say_and_cancel (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  say_note (node, from, type, body);
  orr_timer_cancel (node, &cancelled);
}

static void
a_timer_cancelled_while_it_waits_takes_no_service (void **state G_GNUC_UNUSED)
{
  puppet.start = set_and_cancel;
  puppet.message = say_and_cancel;
  puppet.timer = say_timer;
  orr_trace_free (run_puppet ("duration: 1s\nnodes: {n1: {service: 4ms}}\nnetwork: {latency: 1ms}\n",
                              ORR_RECORD_OPERATIONS, 0));
  assert_string_equal (journal->str, "5ms n1 note 1\n9ms n1 note 2\n13ms n1 note 3\n");
}

/* --- Against queueing theory --- */

#define CUSTOMERS 40000

static OrrDistribution *between;
static OrrTime total_response;
static guint64 served;

static void
next_customer (OrrNode *node, guint kind, gconstpointer body)
{
  guint64 number = ((const PuppetNote *) body)->number;
  orr_send (node, 1, PUPPET_NOTE, &(PuppetNote){ (guint64) orr_clock_monotonic (node) });
  if (number < CUSTOMERS)
    orr_timer_set (node, orr_draw (node, "luck", between), kind, &(PuppetNote){ number + 1 });
}

static void
first_customer (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  if (orr_self (node) == 0)
    orr_timer_set (node, 0, PUPPET_TICK, &(PuppetNote){ 1 });
}

static void
note_response (OrrNode *node, OrrAddress from G_GNUC_UNUSED, guint type G_GNUC_UNUSED, gconstpointer body)
{
  total_response += orr_clock_monotonic (node) - (OrrTime) ((const PuppetNote *) body)->number;
  served++;
}

static double
mean_response_ms (const char *service)
{
  total_response = served = 0;
  g_autofree char *lines
      = g_strdup_printf ("duration: 1000s\nnodes: {n1: {service: %s}}\nnetwork: {latency: 0s}\n", service);
  orr_trace_free (run_puppet (lines, ORR_RECORD_OPERATIONS, 0));
  assert_int_equal (served, CUSTOMERS);
  return (double) total_response / CUSTOMERS / ORR_MILLISECOND;
}

/* Kleinrock 1975: at a load of one half, M/M/1 answers in 2 service times, M/D/1 in 1.5. */
static void
waiting_is_as_theory_says (void **state G_GNUC_UNUSED)
{
  between = orr_distribution_parse ("exponential(mean 2ms)", NULL, NULL);
  puppet.start = first_customer;
  puppet.timer = next_customer;
  puppet.message = note_response;
  double exponential = mean_response_ms ("exponential(mean 1ms)"), constant = mean_response_ms ("1ms");
  orr_distribution_unref (between);
  assert_true (exponential > 1.92 && exponential < 2.08);
  assert_true (constant > 1.46 && constant < 1.54);
}

#define BURST 100000

static void
send_burst (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  for (guint64 i = 1; i <= BURST && orr_self (node) == 0; i++)
    orr_send (node, 1, PUPPET_NOTE, &(PuppetNote){ i });
}

static void
count_served (OrrNode *node G_GNUC_UNUSED, OrrAddress from G_GNUC_UNUSED, guint type G_GNUC_UNUSED,
              gconstpointer body)
{
  served++;
  assert_int_equal (((const PuppetNote *) body)->number, served);
}

/* A long queue costs two events a message: its arrival and the end of its service. */
static void
a_burst_costs_no_more_than_its_messages (void **state G_GNUC_UNUSED)
{
  puppet.start = send_burst;
  puppet.message = count_served;
  served = 0;
  g_autoptr (OrrTrace) trace = run_puppet (
      "duration: 1s\nnodes: {n1: {service: 1us}}\nnetwork: {latency: 1ms}\n", ORR_RECORD_OPERATIONS, 0);
  assert_int_equal (served, BURST);
  assert_int_equal (trace->counts.events, 2 * BURST + 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, puppet_setup, puppet_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (service_is_one_after_the_other),
    TEST (work_keeps_later_events_waiting),
    TEST (a_slow_node_takes_longer),
    TEST (a_paused_node_does_all_of_it_late),
    TEST (a_pause_stretches_what_is_in_service),
    TEST (a_pause_of_an_idle_node_costs_service_later),
    TEST (a_crash_empties_the_inbox),
    TEST (a_timer_cancelled_while_it_waits_takes_no_service),
    TEST (waiting_is_as_theory_says),
    TEST (a_burst_costs_no_more_than_its_messages),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
