/* test-plain-client.c: the questions and answers of clients that models don't bring go through the network.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tiny-model.h"

#define MS ORR_MILLISECOND

/* One server, 1 ms away. */
#define TINY(network) "model: tiny\nduration: 10s\nnetwork: {latency: 1ms" network "}\n"

/* How long each of the operations took, in microseconds. */
static void
check_times (const OrrTrace *trace, guint n, const OrrTime *expected)
{
  for (guint i = 0; i < n; i++)
    {
      assert_int_equal (tiny_operation (trace, i)->outcome, ORR_OK);
      assert_int_equal ((tiny_operation (trace, i)->completed - tiny_operation (trace, i)->invoked)
                            / ORR_MICROSECOND,
                        expected[i]);
    }
}

#define CHECK_TIMES(trace, ...)                                                                              \
  check_times (trace, sizeof ((OrrTime[]){ __VA_ARGS__ }) / sizeof (OrrTime), (OrrTime[]){ __VA_ARGS__ })

/* What is lost is sent again 200 ms later, 400 ms after that, and so on; none is lost for good. */
static void
loss_is_delay (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run ("model: tiny\nduration: 60s\nnetwork: {latency: 1ms, loss: 30%}\n"
                  "clients: {timeout: 50s, sessions: 20}\nworkload: {think: 100ms, mix: {read: 100%}}\n");
  guint n = trace->operations->len, late = 0;
  assert_in_range (n, 1000, 12000);
  for (guint i = 0; i < n; i++)
    {
      const OrrTraceOperation *operation = tiny_operation (trace, i);
      OrrTime delay = operation->completed - operation->invoked - 2 * MS;
      assert_int_equal (operation->outcome, ORR_OK);
      assert_int_equal (delay % (200 * MS), 0);
      late += delay > 0;
    }
  /* 1 - 0.7² = 51 % of them; and 2 · 0.3 / 0.7 copies each. */
  assert_in_range (late, n * 46 / 100, n * 56 / 100);
  assert_in_range (trace->counts.resent, n * 77 / 100, n * 95 / 100);
}

static void
certain_loss_leaves_the_outcome_open (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run (TINY (", loss: 100%") "workload:\n  operations:\n    - {at: 1s, read: x}\n");
  assert_int_equal (tiny_operation (trace, 0)->outcome, ORR_UNKNOWN);
  assert_int_equal (trace->ending, ORR_ENDED_QUIET);
}

static void
corruption_is_delay_and_counted (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run (TINY ("") "workload:\n  operations:\n    - {at: 1s, read: x}\n"
                            "faults:\n  - {at: 999ms, corrupt: {to: s1, share: 100%}, for: 300ms}\n");
  /* Sent again at 1.2 s, corrupt once more, and at 1.6 s, when the link is mended. */
  CHECK_TIMES (trace, 602000);
  assert_int_equal (trace->counts.corrupted, 2);
  assert_int_equal (trace->counts.resent, 2);
  assert_int_equal (tiny_fault (trace, 0)->effects, trace->counts.corrupted);
}

/* 40 bytes and 16 for the step are 448 bits: a millisecond. Two at once queue, there and back. */
static void
bandwidth_is_shared (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = tiny_run (TINY (
      ", bandwidth: 448kbit/s") "clients: {names: [a, b]}\nworkload:\n  operations:\n"
                                "    - {at: 1s, session: a, read: x}\n    - {at: 1s, session: b, read: x}\n");
  CHECK_TIMES (trace, 4000, 5000);
}

static void
a_clog_holds_questions_and_answers (void **data G_GNUC_UNUSED)
{
  static const char *const operations = "workload:\n  operations:\n    - {at: 1s, read: x}\n";
  g_autofree char *there = g_strconcat (TINY (""), operations,
                                        "faults:\n  - {at: 1000500us, clog: {to: s1}, for: 50ms}\n", NULL);
  g_autofree char *back = g_strconcat (TINY (""), operations,
                                       "faults:\n  - {at: 1001500us, hold: {from: s1}, for: 50ms}\n", NULL);
  g_autoptr (OrrTrace) clogged = tiny_run (there);
  CHECK_TIMES (clogged, 52500); /* let go after 50.5 ms; then there, and back */
  assert_int_equal (tiny_fault (clogged, 0)->effects, 1);
  g_autoptr (OrrTrace) held = tiny_run (back);
  CHECK_TIMES (held, 51500); /* there already when it is let go */
}

/* One in service, none behind it: who is turned away comes again after 200 ms, and after 400 ms more. */
static void
a_full_inbox_turns_questions_away (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = tiny_run (TINY (
      "") "clients: {names: [a, b, c]}\nnodes: {s1: {service: 10ms, inbox: 1}}\nworkload:\n  operations:\n"
          "    - {at: 1s, session: a, read: x}\n    - {at: 1s, session: b, read: x}\n    - {at: 1s, session: "
          "c, read: x}\n");
  CHECK_TIMES (trace, 12000, 213000, 614000);
  assert_int_equal (trace->counts.overflowed, 3);
}

/* What has arrived is there: a cut that comes while it waits for a paused server does not concern it. */
static void
a_cut_is_met_on_arrival (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run (TINY ("") "workload:\n  operations:\n    - {at: 1s, read: x}\n"
                            "faults:\n  - {at: 999ms, pause: s1, for: 101ms}\n"
                            "  - {at: 1005ms, partition: {from: client1, to: s1}, for: 5s}\n");
  CHECK_TIMES (trace, 101000);
  assert_int_equal (tiny_fault (trace, 1)->effects, 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (loss_is_delay),
    cmocka_unit_test (certain_loss_leaves_the_outcome_open),
    cmocka_unit_test (corruption_is_delay_and_counted),
    cmocka_unit_test (bandwidth_is_shared),
    cmocka_unit_test (a_clog_holds_questions_and_answers),
    cmocka_unit_test (a_full_inbox_turns_questions_away),
    cmocka_unit_test (a_cut_is_met_on_arrival),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
