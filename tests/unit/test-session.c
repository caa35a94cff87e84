/* test-session.c: clients ask when they should, for what they should, and learn what they can. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "tiny-model.h"

#define MS ORR_MILLISECOND

/* --- The life of one operation --- */

static void
test_plain (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = tiny_run ("model: tiny\nnetwork: {latency: 1ms}\nworkload:\n  operations:\n"
                                         "    - {id: w, at: 5ms, session: s1, write: {x: 7}}\n"
                                         "    - {id: r, after: w, at: 3ms, session: s1, read: x}\n"
                                         "    - {id: n, after: r, session: s1, read: y}\n");
  const OrrTraceOperation *write = tiny_operation (trace, 0), *read = tiny_operation (trace, 1);
  assert_int_equal (trace->operations->len, 3);
  assert_string_equal (write->id, "w");
  assert_int_equal (write->due, 5 * MS);
  assert_int_equal (write->invoked, 5 * MS);
  assert_int_equal (write->completed, 7 * MS);
  assert_int_equal (write->outcome, ORR_OK);
  assert_int_equal (write->server, 0);
  assert_int_equal (read->due, 10 * MS);
  assert_int_equal (read->completed, 12 * MS);
  assert_int_equal (read->values[0], orr_value_int (7));
  assert_int_equal (tiny_operation (trace, 2)->invoked, 12 * MS);
  assert_int_equal (tiny_operation (trace, 2)->values[0], ORR_NIL);
  assert_int_equal (trace->ending, ORR_ENDED_QUIET);
}

/* What is due while its session is busy waits, in order; sessions don't wait for each other. */
static void
test_busy (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run ("model: tiny\noptions: {delay: 8ms}\nnetwork: {latency: 1ms}\nclients: {sessions: 2}\n"
                  "workload:\n  operations:\n"
                  "    - {at: 0ms, session: s1, read: x}\n"
                  "    - {at: 2ms, session: s1, read: x}\n"
                  "    - {at: 1ms, session: s1, read: x}\n"
                  "    - {at: 3ms, session: s2, read: x}\n");
  static const OrrTime due[] = { 0, 1 * MS, 2 * MS, 3 * MS }, invoked[] = { 0, 10 * MS, 20 * MS, 3 * MS };
  for (guint i = 0; i < 4; i++)
    {
      assert_int_equal (tiny_operation (trace, i)->due, due[i]);
      assert_int_equal (tiny_operation (trace, i)->invoked, invoked[i]);
      assert_int_equal (tiny_operation (trace, i)->completed, invoked[i] + 10 * MS);
    }
}

static void
test_timeout (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = tiny_run ("model: tiny\noptions: {delay: 50ms}\nnetwork: {latency: 1ms}\n"
                                         "clients: {sessions: 2, timeout: 20ms}\nworkload:\n  operations:\n"
                                         "    - {id: a, at: 0ms, session: s1, read: x}\n"
                                         "    - {id: b, after: a, session: s1, write: {x: 1}}\n"
                                         "    - {id: c, after: b, session: s1, write: {x: 2}}\n"
                                         "    - {id: d, at: 0ms, session: s2, write: {y: 2}}\n");
  const OrrTraceOperation *read = tiny_operation (trace, 0), *other = tiny_operation (trace, 1);
  assert_int_equal (read->outcome, ORR_UNKNOWN);
  assert_int_equal (read->completed, ORR_TIME_NEVER);
  assert_int_equal (read->process, 0);
  assert_string_equal (other->id, "d");
  assert_int_equal (other->process, 1);
  assert_int_equal (tiny_operation (trace, 2)->invoked, 20 * MS);
  assert_int_equal (tiny_operation (trace, 2)->outcome, ORR_OK);
  assert_int_equal (tiny_operation (trace, 2)->process, 2); /* a new logical process, */
  assert_int_equal (tiny_operation (trace, 3)->process, 2); /* which stays */
  assert_int_equal (trace->counts.requests_late, 1);
}

static void
test_client_role (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run ("model: tiny-client\noptions: {delay: 30ms}\nnetwork: {latency: 1ms}\n"
                  "clients: {sessions: 3, timeout: 100ms}\nworkload:\n  operations:\n"
                  "    - {at: 0ms, session: s1, write: {x: 4}}\n"
                  "    - {at: 10ms, session: s2, read: x, cancel: 5ms}\n"
                  "    - {at: 10ms, session: s3, read: x, cancel: 50ms}\n");
  assert_int_equal (tiny_operation (trace, 0)->completed, 2 * MS);
  /* A cancel asks the client role; that goes on waiting here, and gets its answer. One that comes too late is
   * nothing. */
  assert_int_equal (tiny_operation (trace, 1)->completed, 42 * MS);
  assert_int_equal (tiny_operation (trace, 1)->values[0], orr_value_int (4));
  const OrrTraceFact *cancelled = tiny_fact (trace, TINY_CANCELLED, 0);
  assert_non_null (cancelled);
  assert_int_equal (cancelled->time, 15 * MS);
  assert_int_equal (((const TinyCancelled *) cancelled->body)->serial, 1);
  assert_false (((const TinyCancelled *) cancelled->body)->timed_out);
  assert_null (tiny_fact (trace, TINY_CANCELLED, 1));
}

static void
test_client_role_timeout (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run ("model: tiny-client\noptions: {delay: 30ms}\nclients: {timeout: 10ms}\n"
                  "workload:\n  operations:\n    - {at: 0ms, session: s1, read: x}\n");
  const OrrTraceFact *cancelled = tiny_fact (trace, TINY_CANCELLED, 0);
  assert_int_equal (tiny_operation (trace, 0)->outcome, ORR_UNKNOWN);
  assert_int_equal (cancelled->time, 10 * MS);
  assert_true (((const TinyCancelled *) cancelled->body)->timed_out);
  assert_int_equal (trace->counts.requests_late, 1);
}

static void
test_plain_cancel (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = tiny_run ("model: tiny\noptions: {delay: 30ms}\nworkload:\n  operations:\n"
                                         "    - {id: r, at: 0ms, session: s1, read: x, cancel: 10ms}\n"
                                         "    - {after: r, session: s1, write: {x: 1}}\n");
  assert_int_equal (tiny_operation (trace, 0)->outcome, ORR_UNKNOWN);
  assert_string_equal (tiny_operation (trace, 0)->note, "cancelled");
  assert_int_equal (tiny_operation (trace, 1)->invoked, 10 * MS);
}

static void
test_host_crash (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = tiny_run (
      "model: tiny\noptions: {delay: 30ms}\nnetwork: {latency: 1ms}\nclients: {sessions: 2, hosts: 2}\n"
      "faults:\n  - {at: 10ms, crash: client1, for: 50ms}\n"
      "workload:\n  operations:\n"
      "    - {id: a, at: 0ms, session: s1, read: x}\n"
      "    - {id: b, at: 20ms, session: s1, write: {x: 1}}\n"
      "    - {id: c, at: 0ms, session: s2, read: x}\n");
  assert_int_equal (tiny_operation (trace, 0)->outcome, ORR_UNKNOWN);
  assert_string_equal (tiny_operation (trace, 1)->id, "c");
  assert_int_equal (tiny_operation (trace, 1)->outcome, ORR_OK);
  assert_int_equal (tiny_operation (trace, 2)->due, 20 * MS);
  assert_int_equal (tiny_operation (trace, 2)->invoked, 60 * MS);
  assert_int_equal (tiny_operation (trace, 2)->outcome, ORR_OK);
  assert_int_equal (tiny_operation (trace, 2)->process, 2);
}

/* A question that meets a partition is asked again, at 200 ms, and an answer likewise. */
static void
test_partition (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run ("model: tiny\nnetwork: {latency: 1ms}\nclients: {sessions: 2, timeout: 900ms}\n"
                  "faults:\n  - {at: 0ms, partition: {isolate: s1}, for: 500ms}\n"
                  "  - {at: 11ms, partition: {isolate: client1}, for: 1ms}\n"
                  "workload:\n  operations:\n"
                  "    - {at: 10ms, session: s1, write: {x: 1}}\n"
                  "    - {at: 9500us, session: s2, write: {x: 2}}\n");
  /* At 11 ms; 200 + 1 later; 400 + 1 after that; and 1 for the answer. */
  assert_string_equal (tiny_operation (trace, 1)->id, "o1");
  assert_int_equal (tiny_operation (trace, 1)->completed, 614 * MS);
  assert_int_equal (tiny_operation (trace, 1)->outcome, ORR_OK);
  assert_true (tiny_fault (trace, 0)->effects >= 4);
}

static void
test_contact (void **data G_GNUC_UNUSED)
{
  static const char *const contacts[] = { "first", "sticky", "random", "round-robin" };
  for (guint c = 0; c < G_N_ELEMENTS (contacts); c++)
    {
      g_autofree char *text = g_strdup_printf ("model: tiny\nduration: 1s\noptions: {servers: 4}\n"
                                               "clients: {sessions: 8, contact: %s}\n"
                                               "workload: {think: 1ms, mix: {read: 100%%}}\n",
                                               contacts[c]);
      g_autoptr (OrrTrace) trace = tiny_run (text);
      guint by_server[4] = { 0 }, by_session[8][4] = { { 0 } }, most = 0;
      for (guint i = 0; i < trace->operations->len; i++)
        {
          const OrrTraceOperation *operation = tiny_operation (trace, i);
          assert_int_equal (operation->outcome, ORR_OK);
          by_server[operation->server]++;
          by_session[operation->session][operation->server]++;
        }
      guint n = trace->operations->len;
      assert_true (n > 2000);
      for (guint i = 0; i < 8; i++)
        for (guint j = 0; j < 4; j++)
          most = MAX (most, by_session[i][j]);
      if (c == 0)
        assert_int_equal (by_server[0], n);
      else if (c == 1)
        {
          /* Each session has one server, and not all the same. */
          assert_true (by_server[0] < n);
          for (guint i = 0; i < 8; i++)
            for (guint j = 0; j < 4; j++)
              assert_true (by_session[i][j] == 0 || by_session[i][j] > n / 10);
        }
      else
        assert_true (most < n / 8 / 3);
      if (c == 3)
        for (guint j = 0; j < 4; j++)
          assert_in_range (by_server[j], n / 4 - 8, n / 4 + 8);
    }
}

static void
test_to (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = tiny_run ("model: tiny\noptions: {servers: 3}\nworkload:\n  operations:\n"
                                         "    - {at: 0ms, session: s1, write: {x: 1}, to: s3}\n"
                                         "    - {at: 9ms, session: s1, read: x, to: s2}\n"
                                         "    - {at: 19ms, session: s1, read: x, to: s3}\n");
  assert_int_equal (tiny_operation (trace, 0)->server, 2);
  assert_int_equal (tiny_operation (trace, 1)->values[0], ORR_NIL);
  assert_int_equal (tiny_operation (trace, 2)->values[0], orr_value_int (1));
}

/* --- Loads --- */

static void
test_open_loop (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run ("model: tiny\nduration: 10s\noptions: {delay: 1s}\nclients: {sessions: 10}\n"
                  "workload: {arrival: poisson(500/s), mix: {read: 75%, write: 25%}, keys: {count: 10}}\n");
  guint n = trace->operations->len, writes = 0, of_session[10] = { 0 };
  gint64 largest = 0;
  assert_in_range (n, 4700, 5300);
  for (guint i = 0; i < n; i++)
    {
      const OrrTraceOperation *operation = tiny_operation (trace, i);
      of_session[operation->session]++;
      assert_true (operation->invoked >= operation->due && operation->due < 10 * ORR_SECOND);
      assert_true (i == 0 || operation->due >= tiny_operation (trace, i - 1)->due);
      if (operation->steps[0].kind != ORR_WRITE)
        continue;
      writes++;
      assert_int_equal (orr_value_to_int (operation->steps[0].value), ++largest); /* each its own */
    }
  assert_in_range (writes, n / 4 - 130, n / 4 + 130);
  for (guint i = 0; i < 10; i++)
    assert_in_range (of_session[i], 400, 600);
}

static void
test_closed_loop (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run ("model: tiny\nduration: 10s\noptions: {delay: 6ms}\nnetwork: {latency: 1ms}\n"
                  "clients: {sessions: 5}\nworkload: {think: 12ms, mix: {read: 100%}}\n");
  /* Each session needs 20 ms for thinking and asking; the last question is asked before 10 s. */
  assert_int_equal (trace->operations->len, 5 * 500);
  OrrTime last[5];
  for (guint i = 0; i < 5; i++)
    last[i] = -8 * MS;
  for (guint i = 0; i < trace->operations->len; i++)
    {
      const OrrTraceOperation *operation = tiny_operation (trace, i);
      assert_int_equal (operation->invoked, last[operation->session] + 20 * MS);
      assert_int_equal (operation->due, operation->invoked);
      last[operation->session] = operation->invoked;
    }
}

static void
test_operations_max (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) open
      = tiny_run ("model: tiny\nduration: 10s\n"
                  "workload: {arrival: constant(100/s), mix: {write: 100%}, operations-max: 37}\n");
  assert_int_equal (open->operations->len, 37);
  assert_int_equal (tiny_operation (open, 36)->due, 370 * MS);
  g_autoptr (OrrTrace) closed = tiny_run ("model: tiny\nduration: 10s\nclients: {sessions: 4}\n"
                                          "workload: {think: 1ms, mix: {write: 100%}, operations-max: 37}\n");
  assert_int_equal (closed->operations->len, 37);
}

/* A session that times out goes on. */
static void
test_closed_loop_goes_on (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace
      = tiny_run ("model: tiny\nduration: 10s\noptions: {answer: never}\nclients: {timeout: 90ms}\n"
                  "workload: {think: 10ms, mix: {write: 100%}}\n");
  assert_int_equal (trace->operations->len, 100);
  assert_int_equal (tiny_operation (trace, 99)->process, 99);
}

/* Generated writes don't repeat what the plan writes. */
static void
test_plan_beside_load (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = tiny_run ("model: tiny\nduration: 1s\nclients: {sessions: 2}\n"
                                         "workload:\n  think: 10ms\n  mix: {write: 100%}\n  operations:\n"
                                         "    - {at: 100ms, session: s1, write: {x: 50}}\n");
  guint planned = 0;
  for (guint i = 0; i < trace->operations->len; i++)
    {
      const OrrTraceOperation *operation = tiny_operation (trace, i);
      planned += operation->id != NULL;
      assert_true (operation->id || orr_value_to_int (operation->steps[0].value) > 50);
    }
  assert_int_equal (planned, 1);
  assert_true (trace->operations->len > 100);
}

/* The same seed is the same run, whatever is recorded; another seed is another. */
static void
test_same (void **data G_GNUC_UNUSED)
{
  const char *text
      = "model: tiny\nduration: 2s\noptions: {servers: 3, answer: synced}\n"
        "clients: {sessions: 10, hosts: 3, contact: random, timeout: 30ms}\n"
        "network: {latency: exponential(mean 2ms)}\ndisk: {write: 1ms, sync: exponential(mean 5ms)}\n"
        "faults:\n  - {every: exponential(mean 300ms), for: 100ms, choose: [crash-os, pause, "
        "partition-majority, disk]}\n"
        "workload: {arrival: poisson(1000/s), mix: {read: 50%, write: 50%}, keys: {count: 5}}\n";
  g_autoptr (OrrScenario) scenario = tiny_scenario (text);
  guint64 digests[4];
  for (guint i = 0; i < 4; i++)
    {
      OrrRunOptions options
          = { .seed = i == 3 ? 8 : 7, .level = i < 3 ? (OrrRecordLevel) i : ORR_RECORD_OPERATIONS };
      g_autoptr (OrrTrace) trace = orr_simulate (scenario, &options);
      digests[i] = trace->digest;
      assert_int_equal (trace->ending, ORR_ENDED_QUIET);
      assert_true (trace->faults->len > 2);
      for (guint j = 0; j < trace->operations->len; j++)
        assert_true (tiny_operation (trace, j)->invoked != ORR_TIME_NEVER);
    }
  assert_true (digests[0] == digests[1] && digests[1] == digests[2]);
  assert_true (digests[0] != digests[3]);
}

/* Taking one operation away leaves the others as they were. */
static void
test_one_less (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) all
      = tiny_run ("model: tiny\nnetwork: {latency: uniform(1ms..2ms)}\nclients: {sessions: 3}\n"
                  "workload:\n  operations:\n    - {id: a, at: 0ms, session: s1, write: {x: 1}}\n"
                  "    - {id: b, at: 50ms, session: s2, write: {x: 2}}\n"
                  "    - {id: c, at: 90ms, session: s3, read: x}\n");
  g_autoptr (OrrTrace) less
      = tiny_run ("model: tiny\nnetwork: {latency: uniform(1ms..2ms)}\nclients: {sessions: 3}\n"
                  "workload:\n  operations:\n"
                  "    - {id: b, at: 50ms, session: s2, write: {x: 2}}\n"
                  "    - {id: c, at: 90ms, session: s3, read: x}\n");
  for (guint i = 0; i < 2; i++)
    assert_int_equal (tiny_operation (all, i + 1)->completed, tiny_operation (less, i)->completed);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_plain),
    cmocka_unit_test (test_busy),
    cmocka_unit_test (test_timeout),
    cmocka_unit_test (test_client_role),
    cmocka_unit_test (test_client_role_timeout),
    cmocka_unit_test (test_plain_cancel),
    cmocka_unit_test (test_host_crash),
    cmocka_unit_test (test_partition),
    cmocka_unit_test (test_contact),
    cmocka_unit_test (test_to),
    cmocka_unit_test (test_open_loop),
    cmocka_unit_test (test_closed_loop),
    cmocka_unit_test (test_operations_max),
    cmocka_unit_test (test_closed_loop_goes_on),
    cmocka_unit_test (test_plan_beside_load),
    cmocka_unit_test (test_same),
    cmocka_unit_test (test_one_less),
  };
  return cmocka_run_group_tests_name ("session", tests, NULL, NULL);
}
