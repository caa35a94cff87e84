/* test-engine-actors.c: actors, timers, arrays, draws, actions, the end of a run and what is recorded of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/engine-private.h"

#include "../support/puppet.h"

static const PuppetNote one = { 1 }, two = { 2 }, three = { 3 };

static void
start_and_say (OrrNode *node, OrrStart start)
{
  static const char *const names[] = { "first", "stopped", "process", "os", "disk" };
  say (node, "starts: %s", names[start]);
}

static void
stop_and_say (OrrNode *node)
{
  say (node, "stops");
}

static void
say_timer (OrrNode *node, guint kind, gconstpointer body)
{
  say (node, "%s %" G_GUINT64_FORMAT, puppet_timers[kind].name,
       body ? ((const PuppetNote *) body)->number : 0);
}

static const OrrTraceEvent *
event_at (const OrrTrace *trace, guint row)
{
  return &g_array_index (trace->events, OrrTraceEvent, row);
}

/* --- Lives --- */

static void
actors_start_by_address_and_live_together (void **state G_GNUC_UNUSED)
{
  puppet.start = start_and_say;
  puppet.stop = stop_and_say;
  g_autoptr (OrrTrace) trace
      = run_puppet ("duration: 1s\noptions: {nodes: 2, actors: 2}\n"
                    "faults: [{at: 1ms, stop: n1, for: 1ms}, {at: 4ms, crash: n0, for: 1ms}]\n",
                    ORR_RECORD_EVENTS, 0);
  assert_string_equal (
      journal->str, "0s n0a starts: first\n0s n0b starts: first\n0s n1a starts: first\n0s n1b starts: first\n"
                    "1ms n1a stops\n1ms n1b stops\n2ms n1a starts: stopped\n2ms n1b starts: stopped\n"
                    "5ms n0a starts: process\n5ms n0b starts: process\n");
  assert_int_equal (trace->ending, ORR_ENDED_QUIET);
}

static gpointer kept;

static void
count_in_state (OrrNode *node, OrrStart start)
{
  guint64 *state = orr_state (node);
  if (orr_self (node) != 0)
    return;
  say (node, "%" G_GUINT64_FORMAT, *state);
  *state = 7;
  for (guint i = 0; i < 3; i++)
    kept = orr_alloc (node, 1000);
  orr_free (node, kept);
  orr_free (node, NULL);
  if (start == ORR_START_FIRST)
    orr_timer_set (node, 10 * ORR_MILLISECOND, PUPPET_TICK, &one);
  orr_timer_set (node, 20 * ORR_MILLISECOND, PUPPET_TICK, &two);
}

static void
a_crash_wipes_state_memory_and_timers (void **state G_GNUC_UNUSED)
{
  puppet.start = count_in_state;
  puppet.timer = say_timer;
  g_autoptr (OrrTrace) trace
      = run_puppet ("duration: 1s\nfaults: [{at: 5ms, crash: n0, for: 1ms}]\n", ORR_RECORD_OPERATIONS, 0);
  assert_string_equal (journal->str, "0s n0 0\n6ms n0 0\n26ms n0 tick 2\n");
  assert_int_equal (trace->counts.timers_fired, 1);
}

/* --- Timers --- */

static OrrTimer handle;

static void
set_three (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  if (orr_self (node) != 0)
    return;
  orr_timer_set (node, 3 * ORR_MILLISECOND, PUPPET_TICK, &three);
  handle = orr_timer_set (node, 2 * ORR_MILLISECOND, PUPPET_TICK, &two);
  orr_timer_set (node, 1 * ORR_MILLISECOND, PUPPET_TICK, &one);
  orr_timer_set (node, 0, PUPPET_TOCK, NULL);
}

static void
cancel_two (OrrNode *node, guint kind, gconstpointer body)
{
  say_timer (node, kind, body);
  OrrTimer copy = handle;
  orr_timer_cancel (node, &copy);
  assert_int_equal (copy, 0);
  orr_timer_cancel (node, &copy);
}

static void
timers_fire_in_time_unless_cancelled (void **state G_GNUC_UNUSED)
{
  puppet.start = set_three;
  puppet.timer = say_timer;
  orr_trace_free (run_puppet ("duration: 1s\n", ORR_RECORD_OPERATIONS, 0));
  assert_string_equal (journal->str, "0s n0 tock 0\n1ms n0 tick 1\n2ms n0 tick 2\n3ms n0 tick 3\n");

  g_string_truncate (journal, 0);
  puppet.timer = cancel_two;
  g_autoptr (OrrTrace) trace = run_puppet ("duration: 1s\n", ORR_RECORD_OPERATIONS, 0);
  assert_string_equal (journal->str, "0s n0 tock 0\n1ms n0 tick 1\n3ms n0 tick 3\n");
  assert_int_equal (trace->counts.timers_cancelled, 1);
  assert_int_equal (trace->counts.timers_fired, 3);
}

static guint64 beats;
static gsize most_bytes;

/* As an election timer: each beat sets it anew; it never fires. */
static void
beat (OrrNode *node, guint kind, gconstpointer body G_GNUC_UNUSED)
{
  static OrrTimer election;
  if (beats == 0)
    election = 0;
  assert_int_equal (kind, PUPPET_TOCK);
  orr_timer_cancel (node, &election);
  election = orr_timer_set (node, 50 * ORR_MILLISECOND, PUPPET_TICK, &one);
  most_bytes = MAX (most_bytes, orr_slab_bytes (node->simulation->slab)
                                    + orr_event_queue_bytes (node->simulation->queue));
  if (++beats < 100000)
    orr_timer_set (node, ORR_MILLISECOND, PUPPET_TOCK, NULL);
  else
    orr_timer_cancel (node, &election);
}

static void
begin_to_beat (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  if (orr_self (node) == 0)
    beat (node, PUPPET_TOCK, NULL);
}

static void
timers_that_are_always_cancelled_take_no_room (void **state G_GNUC_UNUSED)
{
  puppet.start = begin_to_beat;
  puppet.timer = beat;
  beats = most_bytes = 0;
  g_autoptr (OrrTrace) trace = run_puppet ("duration: 200s\n", ORR_RECORD_OPERATIONS, 0);
  assert_int_equal (beats, 100000);
  assert_int_equal (trace->counts.timers_cancelled, 100000);
  assert_true (most_bytes < 1024 * 1024);
}

static void
pins_fix_timers_and_draws (void **state G_GNUC_UNUSED)
{
  puppet.start = set_three;
  puppet.timer = say_timer;
  orr_trace_free (
      run_puppet ("duration: 1s\npins: [{timer: tick, node: n0, where: {number: 2}, after: 9ms}]\n",
                  ORR_RECORD_OPERATIONS, 0));
  assert_string_equal (journal->str, "0s n0 tock 0\n1ms n0 tick 1\n3ms n0 tick 3\n9ms n0 tick 2\n");
}

static void
draw_three (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  g_autoptr (OrrDistribution) distribution = orr_distribution_parse ("uniform(0s..1000s)", NULL, NULL);
  if (orr_self (node) > 1)
    return;
  for (guint i = 0; i < 3; i++)
    {
      OrrTime drawn = orr_draw (node, "luck", distribution);
      say (node, drawn == 700 * ORR_SECOND ? "pinned" : "drawn");
    }
  assert_true (orr_draw_index (node, "luck", 10) < 10);
  assert_int_equal (orr_draw_index (node, "luck", 1), 0);
}

static void
pins_fix_the_nth_draw (void **state G_GNUC_UNUSED)
{
  puppet.start = draw_three;
  orr_trace_free (run_puppet ("duration: 1s\npins: [{draw: luck, node: n1, nth: 2, value: 700s}]\n",
                              ORR_RECORD_OPERATIONS, 0));
  assert_string_equal (journal->str,
                       "0s n0 drawn\n0s n0 drawn\n0s n0 drawn\n0s n1 drawn\n0s n1 pinned\n0s n1 drawn\n");
}

/* --- Arrays --- */

static OrrArray own;

static void
send_list (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  const guint64 numbers[] = { 5, 6, 7 };
  if (orr_self (node) != 0)
    return;
  own = orr_array (node, 3, sizeof (guint64), numbers);
  orr_array_ref (node, own);
  orr_timer_set (node, 10 * ORR_MILLISECOND, PUPPET_TICK, &one);
  orr_send (node, 1, PUPPET_LIST, &(PuppetList){ own });
  orr_send (node, 2, PUPPET_LIST, &(PuppetList){ { NULL, 0 } });
  orr_array (node, 1, sizeof (guint64), numbers);
}

static void
pass_list_on (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  const PuppetList *list = body;
  say (node, "%u numbers from %s", list->numbers.length, orr_name (node, from));
  if (list->numbers.length == 0)
    return;
  assert_ptr_equal (list->numbers.data, own.data);
  assert_int_equal (((const guint64 *) list->numbers.data)[2], 7);
  orr_fact (node, PUPPET_HOLDS, list);
  if (from == 0)
    orr_send (node, 2, type, body);
}

static void
give_back (OrrNode *node, guint kind G_GNUC_UNUSED, gconstpointer body G_GNUC_UNUSED)
{
  assert_int_equal (((const guint64 *) own.data)[2], 7);
  orr_array_unref (node, own);
}

static void
arrays_live_as_long_as_someone_holds_them (void **state G_GNUC_UNUSED)
{
  puppet.start = send_list;
  puppet.timer = give_back;
  puppet.message = pass_list_on;
  g_autoptr (OrrTrace) trace
      = run_puppet ("duration: 1s\noptions: {nodes: 3}\nnetwork: {latency: 1ms, duplicate: 100%}\n",
                    ORR_RECORD_OPERATIONS, 0);
  assert_string_equal (journal->str, "1ms n1 3 numbers from n0\n1ms n1 3 numbers from n0\n"
                                     "1ms n2 0 numbers from n0\n1ms n2 0 numbers from n0\n"
                                     "2ms n2 3 numbers from n1\n2ms n2 3 numbers from n1\n"
                                     "2ms n2 3 numbers from n1\n2ms n2 3 numbers from n1\n");
  /* The trace has copies of its own. */
  assert_int_equal (trace->facts->len, 6);
  const PuppetList *said = g_array_index (trace->facts, OrrTraceFact, 5).body;
  assert_int_equal (((const guint64 *) said->numbers.data)[1], 6);
}

static void
hold_twice (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  const guint64 number = 5;
  OrrArray array = orr_array (node, 1, sizeof number, &number);
  orr_array_ref (node, array);
  orr_array_ref (node, array);
  orr_array_unref (node, array);
  orr_array_ref (node, (OrrArray){ NULL, 0 });
  *(OrrArray *) orr_state (node) = array;
  orr_timer_set (node, ORR_MILLISECOND, PUPPET_TICK, &one);
}

static void
look_at_held (OrrNode *node, guint kind G_GNUC_UNUSED, gconstpointer body G_GNUC_UNUSED)
{
  OrrArray array = *(OrrArray *) orr_state (node);
  say (node, "%" G_GUINT64_FORMAT, *(const guint64 *) array.data);
  if (orr_self (node) == 1)
    orr_array_unref (node, array);
}

/* What is never given back is given back by the crash, or the end: the address sanitizer looks. */
static void
what_an_actor_holds_dies_with_it (void **state G_GNUC_UNUSED)
{
  puppet.start = hold_twice;
  puppet.timer = look_at_held;
  orr_trace_free (
      run_puppet ("duration: 1s\nfaults: [{at: 2ms, crash: n0, for: 1ms}]\n", ORR_RECORD_OPERATIONS, 0));
  assert_string_equal (journal->str, "1ms n0 5\n1ms n1 5\n4ms n0 5\n");
}

/* --- The end --- */

static void
go_on_for_ever (OrrNode *node, guint kind, gconstpointer body G_GNUC_UNUSED)
{
  orr_timer_set (node, kind == PUPPET_TICK ? 10 * ORR_MILLISECOND : ORR_MILLISECOND, kind, &one);
  if (kind == PUPPET_TOCK)
    orr_send (node, 1, PUPPET_BEAT, &one);
}

static void
start_tock (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  if (orr_self (node) == 0)
    orr_timer_set (node, 0, PUPPET_TOCK, NULL);
}

static void
start_tick (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  if (orr_self (node) == 0)
    orr_timer_set (node, 0, PUPPET_TICK, &one);
}

static void
start_at_once (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  if (orr_self (node) == 0)
    orr_send (node, 0, PUPPET_NOTE, &one);
}

static void
send_list_at_once (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  const guint64 numbers[] = { 5, 6 };
  if (orr_self (node) == 0)
    orr_send (node, 0, PUPPET_LIST, &(PuppetList){ orr_array (node, 2, sizeof (guint64), numbers) });
}

static void
echo (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  orr_send (node, from, type, body);
}

static void
say_finally (OrrNode *node)
{
  orr_fact (node, PUPPET_SAYS, &(PuppetNote){ orr_self (node) });
}

static void
background_does_not_keep_a_run_going (void **state G_GNUC_UNUSED)
{
  puppet.start = start_tock;
  puppet.timer = go_on_for_ever;
  puppet.observe = say_finally;
  g_autoptr (OrrTrace) trace = run_puppet ("duration: 1s\nsettle: 5s\n", ORR_RECORD_OPERATIONS, 0);
  assert_int_equal (trace->ending, ORR_ENDED_QUIET);
  assert_int_equal (trace->ended_at, ORR_SECOND);
  assert_int_equal (trace->healed_at, ORR_SECOND);
  assert_int_equal (trace->facts->len, 2);
  assert_true (g_array_index (trace->facts, OrrTraceFact, 1).final);
  assert_int_equal (g_array_index (trace->facts, OrrTraceFact, 1).node, 1);
}

static void
who_never_rests_has_settle_to_do_so (void **state G_GNUC_UNUSED)
{
  puppet.start = start_tick;
  puppet.timer = go_on_for_ever;
  g_autoptr (OrrTrace) trace = run_puppet ("duration: 1s\nsettle: 2s\n", ORR_RECORD_OPERATIONS, 0);
  assert_int_equal (trace->ending, ORR_ENDED_SETTLE_LIMIT);
  assert_int_equal (trace->ended_at, 3 * ORR_SECOND);
}

static void
a_crashed_node_is_not_waited_for (void **state G_GNUC_UNUSED)
{
  /* Its timer in the foreground dies with it; after the heal it starts again, with another. */
  puppet.start = start_tick;
  g_autoptr (OrrTrace) trace = run_puppet (
      "duration: 1s\nsettle: 2s\nfaults: [{at: 0s, crash: n0, for: 10s}]\n", ORR_RECORD_OPERATIONS, 0);
  assert_int_equal (trace->ending, ORR_ENDED_QUIET);
  assert_int_equal (trace->ended_at, ORR_SECOND);
}

static gint *puppet_interrupt;

static void
interrupt_it (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  g_atomic_int_set (puppet_interrupt, 1);
  echo (node, from, type, body);
}

static void
operations_end_a_run (void **state G_GNUC_UNUSED)
{
  static const char text[] = "model: puppet\nduration: 1000s\n"
                             "workload: {arrival: constant(1000/s), mix: {read: 100%}}\n";
  g_autoptr (OrrScenario) scenario = scenario_of (&puppet_model, text);
  OrrRunOptions options = { .operations_max = 5000 };
  g_autoptr (OrrTrace) trace = orr_simulate (scenario, &options);
  assert_int_equal (trace->ending, ORR_ENDED_OPERATION_LIMIT);
  assert_in_range (trace->operations->len, 5000, 6100);
}

static void
limits_end_a_run (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario = scenario_of (&puppet_model, "model: puppet\nduration: 1000s\n");
  puppet.start = start_tick;
  puppet.timer = go_on_for_ever;
  OrrRunOptions options = { .events_max = 1234 };
  g_autoptr (OrrTrace) events = orr_simulate (scenario, &options);
  assert_int_equal (events->ending, ORR_ENDED_EVENT_LIMIT);
  assert_int_equal (events->counts.events, 1234);

  gint interrupt = 1;
  options = (OrrRunOptions){ .interrupt = &interrupt };
  puppet.start = start_tock;
  g_autoptr (OrrTrace) interrupted = orr_simulate (scenario, &options);
  assert_int_equal (interrupted->ending, ORR_ENDED_INTERRUPTED);
  assert_int_equal (interrupted->counts.events, 0);

  options = (OrrRunOptions){ .interrupt = &interrupt };
  interrupt = 0;
  puppet.start = start_at_once;
  puppet.message = interrupt_it;
  puppet_interrupt = &interrupt;
  g_autoptr (OrrTrace) soon = orr_simulate (scenario, &options);
  assert_int_equal (soon->ending, ORR_ENDED_INTERRUPTED);
  assert_in_range (soon->counts.events, 1, 2000);

  options = (OrrRunOptions){ .instant_max = 1000 };
  puppet.start = start_at_once;
  puppet.message = echo;
  g_autoptr (OrrTrace) instant = orr_simulate (scenario, &options);
  assert_int_equal (instant->ending, ORR_ENDED_INSTANT_LIMIT);
  assert_int_equal (instant->ended_at, 0);

  /* What was about to be handled then is given back with all else: a sanitizer sees it. */
  puppet.start = send_list_at_once;
  g_autoptr (OrrTrace) with_list = orr_simulate (scenario, &options);
  assert_int_equal (with_list->ending, ORR_ENDED_INSTANT_LIMIT);
}

/* --- Recording --- */

static void
ping (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  if (orr_self (node) != 0)
    return;
  orr_timer_set (node, ORR_MILLISECOND, PUPPET_TICK, &one);
  orr_send (node, 1, PUPPET_WORD, &two);
}

static void
pong (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  guint64 number = ((const PuppetNote *) body)->number;
  orr_fact (node, PUPPET_SAYS, body);
  if (number < 20)
    orr_send (node, from, number % 2 ? PUPPET_NOTE : type, &(PuppetNote){ number + 1 });
}

static void
ping_on (OrrNode *node, guint kind G_GNUC_UNUSED, gconstpointer body)
{
  orr_send (node, 1, PUPPET_NOTE, body);
}

static const char *const busy_lines
    = "duration: 1s\n"
      "nodes: {n1: {service: 100us}}\n"
      "network: {latency: lognormal(median 500us p99 4ms), loss: 1%, duplicate: 10%}\n"
      "faults: [{at: 2ms, crash: n1, for: 1ms}, {at: 5ms, pause: n0, for: 2ms}, {at: 8ms, partition: [[n0], "
      "[n1]], for: 1ms}]\n";

static void
digests_are_equal_at_every_level (void **state G_GNUC_UNUSED)
{
  puppet.start = ping;
  puppet.message = pong;
  puppet.timer = ping_on;
  for (guint64 seed = 1; seed <= 20; seed++)
    {
      g_autoptr (OrrTrace) operations = run_puppet (busy_lines, ORR_RECORD_OPERATIONS, seed);
      g_autoptr (OrrTrace) events = run_puppet (busy_lines, ORR_RECORD_EVENTS, seed);
      g_autoptr (OrrTrace) full = run_puppet (busy_lines, ORR_RECORD_FULL, seed);
      assert_int_equal (operations->digest, events->digest);
      assert_int_equal (operations->digest, full->digest);
      assert_int_equal (memcmp (&operations->counts, &full->counts, sizeof full->counts), 0);
      assert_int_equal (operations->body_digest, 0);
      assert_int_not_equal (full->body_digest, 0);
      assert_int_equal (operations->events->len + operations->messages->len, 0);
      assert_int_equal (events->bodies->len, 0);
    }
}

static void
each_event_knows_its_cause (void **state G_GNUC_UNUSED)
{
  puppet.start = ping;
  puppet.message = pong;
  puppet.timer = ping_on;
  for (guint64 seed = 1; seed <= 20; seed++)
    {
      g_autoptr (OrrTrace) trace = run_puppet (busy_lines, ORR_RECORD_FULL, seed);
      assert_true (trace->events->len > 10);
      for (guint i = 0; i < trace->events->len; i++)
        {
          const OrrTraceEvent *event = event_at (trace, i);
          assert_true (event->cause == G_MAXUINT64 || event->cause < i);
          if (event->kind == ORR_EVENT_TIMER)
            assert_int_equal (event_at (trace, event->cause)->target, event->target);
          if (event->kind != ORR_EVENT_MESSAGE)
            continue;
          const OrrTraceMessage *message = &g_array_index (trace->messages, OrrTraceMessage, event->message);
          assert_int_equal (message->fate, ORR_FATE_DELIVERED);
          assert_int_equal (message->sent_by, event->cause);
          assert_int_equal (event_at (trace, event->cause)->target, event->source);
          assert_int_equal (message->sent_at, event_at (trace, event->cause)->time);
          assert_true (message->arrived_at <= event->time);
          assert_true (g_str_has_prefix (trace->bodies->str + event->body, "{\"number\":"));
        }
    }
}

static void
the_record_limit_counts_what_it_keeps_out (void **state G_GNUC_UNUSED)
{
  g_autofree char *text = g_strconcat ("model: puppet\n", busy_lines, NULL);
  g_autoptr (OrrScenario) scenario = scenario_of (&puppet_model, text);
  puppet.start = ping;
  puppet.message = pong;
  puppet.timer = ping_on;
  OrrRunOptions options = { .level = ORR_RECORD_FULL };
  g_autoptr (OrrTrace) all = orr_simulate (scenario, &options);
  options.record_limit = 5;
  g_autoptr (OrrTrace) few = orr_simulate (scenario, &options);
  assert_int_equal (few->events->len, 5);
  assert_int_equal (few->messages->len, 5);
  assert_int_equal (few->counts.recorded_dropped, all->events->len + all->messages->len - 10);
  assert_int_equal (few->digest, all->digest);
}

static void
say_action (OrrNode *node, guint action, gconstpointer arguments)
{
  say (node, "%s %" G_GUINT64_FORMAT, puppet_actions[action].name, ((const PuppetNote *) arguments)->number);
}

static void
operators_act (void **state G_GNUC_UNUSED)
{
  puppet.action = say_action;
  g_autoptr (OrrTrace) trace = run_puppet (
      "duration: 1s\nfaults: [{at: 5ms, action: {do: {node: n1, number: 9}}}]\n", ORR_RECORD_EVENTS, 0);
  assert_string_equal (journal->str, "5ms n1 do 9\n");
}

static void
who_is_who (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  if (orr_self (node) != 0)
    return;
  assert_int_equal (orr_find (node, "n1"), 1);
  assert_int_equal (orr_find (node, "n9"), ORR_NOBODY);
  assert_int_equal (orr_n_addresses (node), 3);
  assert_string_equal (orr_name (node, 2), "client1");
  assert_int_equal (orr_role_of (node, 2), ORR_ROLE_CLIENT);
  assert_int_equal (orr_role_of (node, 1), 0);
  guint n;
  const OrrAddress *servers = orr_role_addresses (node, 0, &n);
  assert_int_equal (n, 2);
  assert_int_equal (servers[0], 0);
  assert_int_equal (servers[1], 1);
  const OrrAddress *clients = orr_role_addresses (node, ORR_ROLE_CLIENT, &n);
  assert_int_equal (n, 1);
  assert_int_equal (clients[0], 2);
  assert_string_equal (orr_region (node, 1), "west");
  assert_null (orr_region (node, 0));
  assert_int_equal (orr_weight (node, 1), 3);
  assert_int_equal (orr_n_sessions (node), 1);
  assert_string_equal (orr_session_name (node, 0), "s1");
  assert_int_equal (orr_hidden_version (node), 1);
  assert_int_equal (orr_hidden_version (node), 2);
}

static void
actors_know_who_is_who (void **state G_GNUC_UNUSED)
{
  puppet.start = who_is_who;
  orr_trace_free (
      run_puppet ("duration: 1s\nnodes: {n1: {region: west, weight: 3}}\n", ORR_RECORD_OPERATIONS, 0));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, puppet_setup, puppet_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (actors_start_by_address_and_live_together),
    TEST (a_crash_wipes_state_memory_and_timers),
    TEST (timers_fire_in_time_unless_cancelled),
    TEST (timers_that_are_always_cancelled_take_no_room),
    TEST (pins_fix_timers_and_draws),
    TEST (pins_fix_the_nth_draw),
    TEST (arrays_live_as_long_as_someone_holds_them),
    TEST (what_an_actor_holds_dies_with_it),
    TEST (background_does_not_keep_a_run_going),
    TEST (who_never_rests_has_settle_to_do_so),
    TEST (a_crashed_node_is_not_waited_for),
    TEST (limits_end_a_run),
    TEST (operations_end_a_run),
    TEST (digests_are_equal_at_every_level),
    TEST (each_event_knows_its_cause),
    TEST (the_record_limit_counts_what_it_keeps_out),
    TEST (operators_act),
    TEST (actors_know_who_is_who),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
