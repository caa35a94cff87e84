/* test-cursor.c: stepping through a run, in a run made up event by event. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/cursor-text.h"
#include "report/trace-words.h"
#include "sample-trace.h"

#define NO_ROW G_MAXUINT64

static void
add_event (OrrTrace *trace, OrrTime time, OrrEventKind kind, OrrAddress target, guint64 cause,
           guint32 message)
{
  OrrTraceEvent event = { .cause = cause,
                          .time = time,
                          .target = target,
                          .kind = (guint16) kind,
                          .type = kind == ORR_EVENT_MESSAGE ? 1 : 0,
                          .message = message,
                          .body = NO_ROW };
  g_array_append_val (trace->events, event);
}

static void
add_message (OrrTrace *trace, guint64 sent_by, OrrTime sent, OrrTime arrived, OrrAddress to, OrrFate fate)
{
  OrrTraceMessage message = { .sent_by = sent_by,
                              .sent_at = sent,
                              .arrived_at = arrived,
                              .from = 0,
                              .to = to,
                              .type = 1,
                              .fate = (guint8) fate,
                              .body = NO_ROW };
  g_array_append_val (trace->messages, message);
}

static void
hold (OrrTrace *trace, guint64 event, OrrTime time, OrrAddress node, const char *key, const char *value)
{
  OrrFactApplied body = { sample_value (trace, key), sample_value (trace, value), 1 };
  sample_fact (trace, time, node, SAMPLE_APPLIED, event == NO_ROW, &body, sizeof body);
  g_array_index (trace->facts, OrrTraceFact, trace->facts->len - 1).event = event;
}

/* Events: 0, 1 start; 2 invoke, which sends to the replicas, once in vain; 3 a message arrives at replica1,
 * which says two things; 4 a fault; 5 replica1 stops; 6 a heal; 7 the other message arrives at replica2. */
static OrrTrace *
make_trace (void)
{
  OrrTrace *trace = sample_trace_new (ORR_RECORD_FULL);
  OrrStep step = { .kind = ORR_WRITE, .key = sample_value (trace, "x"), .value = sample_value (trace, "1") };
  OrrTraceFault fault = {
    .began = 40, .ended = 60, .fault = &orr_faults[0]->entry, .what = "made up", .effects = 1, .line = 0
  };
  add_event (trace, 0, ORR_EVENT_START, 0, NO_ROW, G_MAXUINT32);
  add_event (trace, 0, ORR_EVENT_START, 1, NO_ROW, G_MAXUINT32);
  add_event (trace, 10, ORR_EVENT_INVOKE, 3, NO_ROW, G_MAXUINT32);
  add_message (trace, 2, 10, 30, 1, ORR_FATE_DELIVERED);
  add_message (trace, 2, 10, 70, 2, ORR_FATE_DELIVERED);
  add_message (trace, 2, 10, ORR_TIME_NEVER, 2, ORR_FATE_LOST);
  add_event (trace, 30, ORR_EVENT_MESSAGE, 1, 2, 0);
  hold (trace, 3, 30, 1, "x", "1");
  hold (trace, 3, 30, 1, "y", "1");
  add_event (trace, 40, ORR_EVENT_FAULT, ORR_NOBODY, NO_ROW, G_MAXUINT32);
  add_event (trace, 40, ORR_EVENT_STOP, 1, 4, G_MAXUINT32);
  add_event (trace, 60, ORR_EVENT_HEAL, ORR_NOBODY, 4, G_MAXUINT32);
  add_event (trace, 70, ORR_EVENT_MESSAGE, 2, 2, 1);
  hold (trace, 7, 70, 2, "x", "1");
  hold (trace, NO_ROW, trace->ended_at, 1, "x", "2");
  g_array_append_val (trace->faults, fault);
  sample_operation (trace, 0, 10, 80, step, ORR_NIL, NO_ROW, 0);
  g_array_index (trace->operations, OrrTraceOperation, 0).event = 2;
  return trace;
}

static void
test_steps (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = make_trace ();
  OrrCursor cursor = orr_cursor_new (trace);
  assert_true (orr_cursor_is_at_start (&cursor));
  assert_true (orr_cursor_event (&cursor) == NO_ROW);
  assert_int_equal (orr_cursor_back (&cursor, 1), 0);
  assert_int_equal (orr_cursor_forth (&cursor, 3), 3);
  assert_int_equal (orr_cursor_event (&cursor), 2);
  assert_true (orr_cursor_time (&cursor) == 10);
  assert_int_equal (orr_cursor_back (&cursor, 1), 1);
  assert_int_equal (orr_cursor_event (&cursor), 1);
  assert_int_equal (orr_cursor_forth (&cursor, G_MAXUINT64), 7); /* six events and the end */
  assert_true (orr_cursor_is_at_end (&cursor));
  assert_true (orr_cursor_time (&cursor) == trace->ended_at);
  assert_int_equal (orr_cursor_forth (&cursor, 1), 0);
  assert_int_equal (orr_cursor_back (&cursor, 1), 1);
  assert_int_equal (orr_cursor_event (&cursor), 7);
  assert_int_equal (orr_cursor_back (&cursor, G_MAXUINT64), 8);
  assert_true (orr_cursor_is_at_start (&cursor));
}

static void
test_node (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = make_trace ();
  OrrCursor cursor = orr_cursor_new (trace);
  static const guint64 places[] = { 1, 3, 5 };
  cursor.node = 1;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      assert_int_equal (orr_cursor_forth (&cursor, 1), 1);
      assert_int_equal (orr_cursor_event (&cursor), places[i]);
    }
  assert_int_equal (orr_cursor_forth (&cursor, 1), 1);
  assert_true (orr_cursor_is_at_end (&cursor));
  assert_int_equal (orr_cursor_back (&cursor, 2), 2);
  assert_int_equal (orr_cursor_event (&cursor), 3);
}

static void
test_next_of_a_sort (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = make_trace ();
  OrrCursor cursor = orr_cursor_new (trace);
  assert_true (orr_cursor_to_fact (&cursor, -1));
  assert_int_equal (orr_cursor_event (&cursor), 3);
  assert_true (orr_cursor_to_fact (&cursor, SAMPLE_APPLIED));
  assert_int_equal (orr_cursor_event (&cursor), 7);
  assert_false (orr_cursor_to_fact (&cursor, SAMPLE_NOTED));
  assert_int_equal (orr_cursor_event (&cursor), 7);
  assert_true (orr_cursor_to_fact (&cursor, -1)); /* what is said in the end */
  assert_true (orr_cursor_is_at_end (&cursor));
  assert_false (orr_cursor_to_fact (&cursor, -1));
  orr_cursor_to_time (&cursor, 0);
  assert_int_equal (orr_cursor_event (&cursor), 1);
  assert_true (orr_cursor_to_fault (&cursor));
  assert_int_equal (orr_cursor_event (&cursor), 4);
  assert_true (orr_cursor_to_fault (&cursor));
  assert_int_equal (orr_cursor_event (&cursor), 6);
  assert_false (orr_cursor_to_fault (&cursor));
  assert_true (orr_cursor_to_operation (&cursor, 0));
  assert_int_equal (orr_cursor_event (&cursor), 2);
  assert_false (orr_cursor_to_operation (&cursor, G_MAXUINT32));
}

static void
test_time_and_cause (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = make_trace ();
  OrrCursor cursor = orr_cursor_new (trace);
  orr_cursor_to_time (&cursor, 40);
  assert_int_equal (orr_cursor_event (&cursor), 5);
  orr_cursor_to_time (&cursor, 39);
  assert_int_equal (orr_cursor_event (&cursor), 3);
  assert_true (orr_cursor_to_cause (&cursor));
  assert_int_equal (orr_cursor_event (&cursor), 2);
  assert_false (orr_cursor_to_cause (&cursor));
  orr_cursor_to_time (&cursor, -1);
  assert_true (orr_cursor_is_at_start (&cursor));
  orr_cursor_to_time (&cursor, ORR_TIME_NEVER);
  assert_int_equal (orr_cursor_event (&cursor), 7);
}

static void
test_what_is_so (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = make_trace ();
  OrrCursor cursor = orr_cursor_new (trace);
  static const guint n_pending[] = { 0, 0, 0, 2, 1, 1, 1, 1, 0, 0 };
  static const guint n_said[] = { 0, 0, 0, 0, 2, 2, 2, 2, 2, 2 };
  for (guint place = 0; place < G_N_ELEMENTS (n_pending); place++)
    {
      orr_cursor_to_place (&cursor, place);
      g_autoptr (GArray) pending = orr_cursor_pending (&cursor);
      g_autoptr (GArray) said = orr_cursor_said (&cursor, 1);
      assert_int_equal (pending->len, n_pending[place]);
      assert_int_equal (said->len, n_said[place]);
    }
  /* In the end it says something else of x. */
  g_autoptr (GArray) said = orr_cursor_said (&cursor, 1);
  assert_int_equal (g_array_index (said, guint64, 0), 1);
  assert_int_equal (g_array_index (said, guint64, 1), 3);
  assert_int_equal (orr_cursor_last_turn (&cursor, 1), 5);
  orr_cursor_to_place (&cursor, 3);
  assert_int_equal (orr_cursor_last_turn (&cursor, 1), 1);
  g_autoptr (GArray) effects = orr_cursor_effects (&cursor);
  assert_int_equal (effects->len, 2);
  assert_int_equal (g_array_index (effects, guint64, 1), 7);
}

static void
test_words (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = make_trace ();
  g_autoptr (GString) text = g_string_new (NULL);
  OrrCursor cursor = orr_cursor_new (trace);
  orr_cursor_to_place (&cursor, 3);
  orr_cursor_print (&cursor, text);
  orr_cursor_print_state (&cursor, 3, text);
  orr_cursor_to_place (&cursor, 6);
  orr_cursor_print_state (&cursor, 1, text);
  orr_cursor_print_pending (&cursor, text);
  assert_string_equal (text->str, "#2  10ns  alice: o1: write x 1\n"
                                  "  primary sends ping to replica1, arrives at 30ns\n"
                                  "  primary sends ping to replica2, arrives at 70ns\n"
                                  "  primary sends ping to replica2 (✗ lost)\n"
                                  "client1:\n"
                                  "  alice waits for o1: write x 1, since 10ns\n"
                                  "replica1, down since 40ns:\n"
                                  "  holds x = 1 (30ns, before it last stopped)\n"
                                  "  holds y = 1 (30ns, before it last stopped)\n"
                                  "  from primary, sent at 10ns: ping to replica2, arrives at 70ns\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_steps),          cmocka_unit_test (test_node),
    cmocka_unit_test (test_next_of_a_sort), cmocka_unit_test (test_time_and_cause),
    cmocka_unit_test (test_what_is_so),     cmocka_unit_test (test_words),
  };
  return cmocka_run_group_tests_name ("cursor", tests, NULL, NULL);
}
