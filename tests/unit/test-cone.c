/* test-cone.c: what is told of a run that went wrong.
 *
 * Runs are made up event by event, so that it is known what led to what. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/cone.h"
#include "report/space-time.h"
#include "report/trace-words.h"
#include "sample-trace.h"

#define NO_ROW G_MAXUINT64

enum
{
  PRIMARY,
  REPLICA1,
  REPLICA2,
  CLIENT
};

typedef struct
{
  OrrTrace *trace;
  OrrHistory *history;
  OrrVerdict *verdict;
  OrrCone *cone;
} Fixture;

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  fixture->trace = sample_trace_new (ORR_RECORD_FULL);
  fixture->verdict = orr_verdict_new (ORR_VIOLATED, 1, "made up");
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;
  orr_cone_free (fixture->cone);
  orr_verdict_free (fixture->verdict);
  orr_history_free (fixture->history);
  orr_trace_free (fixture->trace);
  g_free (fixture);
  return 0;
}

/* --- Making a run up --- */

static guint64
add_event (OrrTrace *trace, OrrTime time, OrrEventKind kind, guint type, OrrAddress target, OrrAddress source,
           guint64 cause)
{
  OrrTraceEvent event = { .cause = cause,
                          .time = time,
                          .target = target,
                          .source = source,
                          .kind = (guint16) kind,
                          .type = (guint16) type,
                          .message = G_MAXUINT32,
                          .body = NO_ROW };
  g_array_append_val (trace->events, event);
  return trace->events->len - 1;
}

/* A message of the type that says nothing; where it arrives, the event of that. */
static guint64
add_message (OrrTrace *trace, OrrTime sent, OrrTime arrived, OrrAddress from, OrrAddress to, guint64 sent_by,
             OrrFate fate)
{
  OrrTraceMessage message = { .sent_by = sent_by,
                              .sent_at = sent,
                              .arrived_at = fate == ORR_FATE_DELIVERED ? arrived : ORR_TIME_NEVER,
                              .from = from,
                              .to = to,
                              .type = 1,
                              .fate = (guint8) fate,
                              .body = NO_ROW };
  g_array_append_val (trace->messages, message);
  if (fate != ORR_FATE_DELIVERED)
    return NO_ROW;
  guint64 event = add_event (trace, arrived, ORR_EVENT_MESSAGE, 1, to, from, sent_by);
  g_array_index (trace->events, OrrTraceEvent, event).message = trace->messages->len - 1;
  return event;
}

static void
say (OrrTrace *trace, guint64 event, OrrAddress node, guint fact)
{
  OrrTraceFact row = { .event = event,
                       .time = g_array_index (trace->events, OrrTraceEvent, event).time,
                       .node = node,
                       .fact = fact };
  g_array_append_val (trace->facts, row);
}

static void
hold (OrrTrace *trace, guint64 event, OrrAddress node, const char *key, const char *value, guint64 version)
{
  OrrFactApplied body = { sample_value (trace, key), sample_value (trace, value), version };
  say (trace, event, node, SAMPLE_APPLIED);
  g_array_index (trace->facts, OrrTraceFact, trace->facts->len - 1).body
      = orr_arena_copy (trace->arena, &body, sizeof body);
}

static guint64
invoke (OrrTrace *trace, OrrTime time, guint session)
{
  return add_event (trace, time, ORR_EVENT_INVOKE, 0, CLIENT, session, NO_ROW);
}

static void
complete (OrrTrace *trace, guint64 invocation, guint64 cause, OrrTime time, OrrStep step, const char *value,
          OrrAddress server)
{
  const OrrTraceEvent asked = g_array_index (trace->events, OrrTraceEvent, invocation);
  add_event (trace, time, ORR_EVENT_COMPLETE, 0, CLIENT, asked.source, cause);
  sample_operation (trace, asked.source, asked.time, time, step, sample_value (trace, value), G_MAXUINT64,
                    server);
  g_array_index (trace->operations, OrrTraceOperation, trace->operations->len - 1).event = invocation;
}

static OrrStep
step_of (OrrTrace *trace, OrrStepKind kind, const char *key, const char *value)
{
  return (OrrStep){ .kind = kind, .key = sample_value (trace, key), .value = sample_value (trace, value) };
}

/* A write that the primary sends on, to one replica late and to the other in vain, and a stale read. */
static void
make_stale_read (Fixture *fixture)
{
  OrrTrace *trace = fixture->trace;
  guint64 asked = invoke (trace, 1 * ORR_MILLISECOND, 0);
  guint64 taken = add_message (trace, 1 * ORR_MILLISECOND, 2 * ORR_MILLISECOND, CLIENT, PRIMARY, asked,
                               ORR_FATE_DELIVERED);
  hold (trace, taken, PRIMARY, "x", "17", 1);
  add_message (trace, 2 * ORR_MILLISECOND, 0, PRIMARY, REPLICA2, taken, ORR_FATE_LOST);
  guint64 answered = add_message (trace, 2 * ORR_MILLISECOND, 3 * ORR_MILLISECOND, PRIMARY, CLIENT, taken,
                                  ORR_FATE_DELIVERED);
  complete (trace, asked, answered, 3 * ORR_MILLISECOND, step_of (trace, ORR_WRITE, "x", "17"), "nil",
            PRIMARY);
  guint64 read = invoke (trace, 4 * ORR_MILLISECOND, 0);
  guint64 served = add_message (trace, 4 * ORR_MILLISECOND, 5 * ORR_MILLISECOND, CLIENT, REPLICA1, read,
                                ORR_FATE_DELIVERED);
  guint64 told = add_message (trace, 5 * ORR_MILLISECOND, 6 * ORR_MILLISECOND, REPLICA1, CLIENT, served,
                              ORR_FATE_DELIVERED);
  complete (trace, read, told, 6 * ORR_MILLISECOND, step_of (trace, ORR_READ, "x", "nil"), "nil", REPLICA1);
  guint64 late = add_message (trace, 2 * ORR_MILLISECOND, 90 * ORR_MILLISECOND, PRIMARY, REPLICA1, taken,
                              ORR_FATE_DELIVERED);
  hold (trace, late, REPLICA1, "x", "17", 1);
  orr_verdict_add_witness (fixture->verdict, 0);
  orr_verdict_add_witness (fixture->verdict, 1);
}

static void
make_cone (Fixture *fixture, guint steps_max)
{
  orr_cone_free (fixture->cone);
  orr_history_free (fixture->history);
  fixture->history = orr_history_from_trace (fixture->trace);
  fixture->cone = orr_cone_new (fixture->trace, fixture->history, fixture->verdict, steps_max);
}

static const OrrConeStep *
get_step (const Fixture *fixture, guint index)
{
  assert_true (index < fixture->cone->steps->len);
  return &g_array_index (fixture->cone->steps, OrrConeStep, index);
}

static const OrrConeStep *
find_step (const Fixture *fixture, guint64 event)
{
  for (guint i = 0; i < fixture->cone->steps->len; i++)
    if (get_step (fixture, i)->event == event)
      return get_step (fixture, i);
  return NULL;
}

/* --- What is told --- */

static void
test_stale_read (void **state)
{
  Fixture *fixture = *state;
  make_stale_read (fixture);
  guint64 elsewhere = invoke (fixture->trace, 95 * ORR_MILLISECOND, 1); /* another session, another key */
  complete (fixture->trace, elsewhere, elsewhere, 96 * ORR_MILLISECOND,
            step_of (fixture->trace, ORR_WRITE, "y", "1"), "nil", PRIMARY);
  make_cone (fixture, ORR_CONE_STEPS);
  assert_true (fixture->cone->until == 6 * ORR_MILLISECOND);
  assert_int_equal (fixture->cone->keys->len, 1);
  assert_null (find_step (fixture, elsewhere));
  /* asked, taken, answered, told; asked, served, answered, told; and that it came too late */
  assert_int_equal (fixture->cone->steps->len, 9);
  assert_true (get_step (fixture, 0)->is_witness);
  assert_int_equal (get_step (fixture, 1)->node, PRIMARY);
  assert_int_equal (get_step (fixture, 1)->messages->len, 3);
  assert_int_equal (get_step (fixture, 1)->facts->len, 1);
  assert_int_equal (get_step (fixture, 8)->node, REPLICA1);
  assert_true (get_step (fixture, 8)->time > fixture->cone->until);
  assert_int_equal (fixture->cone->left_out, 0);
}

static void
test_delay (void **state)
{
  Fixture *fixture = *state;
  guint n_delayed = 0;
  make_stale_read (fixture);
  make_cone (fixture, ORR_CONE_STEPS);
  for (guint i = 0; i < fixture->trace->messages->len; i++)
    if (orr_cone_is_delayed (fixture->cone, i))
      {
        n_delayed++;
        assert_true (orr_trace_message (fixture->trace, i)->arrived_at == 90 * ORR_MILLISECOND);
      }
  assert_int_equal (n_delayed, 1);
}

/* What is told of less than all: the witness first. */
static void
test_bound (void **state)
{
  Fixture *fixture = *state;
  make_stale_read (fixture);
  make_cone (fixture, 4);
  assert_int_equal (fixture->cone->steps->len, 4);
  assert_int_equal (fixture->cone->left_out, 5);
  for (guint i = 0; i < 4; i++)
    assert_true (get_step (fixture, i)->is_witness);
  assert_int_equal (get_step (fixture, 1)->left_out, 2);
  make_cone (fixture, 5);
  assert_int_equal (fixture->cone->steps->len, 6);
  assert_non_null (
      find_step (fixture, 1)); /* that the primary took it; and what lies alone between two that are told */
}

/* A retry that comes to nothing is told once. */
static void
test_fold (void **state)
{
  Fixture *fixture = *state;
  OrrTrace *trace = fixture->trace;
  guint64 asked = invoke (trace, 1, 0), timer = asked;
  for (guint i = 0; i < 5; i++)
    {
      timer = add_event (trace, (i + 1) * ORR_SECOND, ORR_EVENT_TIMER, 0, REPLICA1, ORR_NOBODY, timer);
      add_message (trace, (i + 1) * ORR_SECOND, 0, REPLICA1, PRIMARY, timer, ORR_FATE_DOWN);
    }
  complete (trace, asked, timer, 6 * ORR_SECOND, step_of (trace, ORR_READ, "x", "nil"), "nil", REPLICA1);
  orr_verdict_add_witness (fixture->verdict, 0);
  make_cone (fixture, ORR_CONE_STEPS);
  assert_int_equal (fixture->cone->steps->len, 3);
  assert_int_equal (get_step (fixture, 1)->folded, 4);
  assert_true (get_step (fixture, 1)->last == 5 * ORR_SECOND);
}

/* Faults without effect, those that struck later, and messages that led to nothing are not told. */
static void
test_faults (void **state)
{
  Fixture *fixture = *state;
  OrrTrace *trace = fixture->trace;
  static const guint64 effects[] = { 1, 0, 1 };
  guint64 rows[3];
  guint64 asked = invoke (trace, 1, 0);
  add_message (trace, 1, 2, CLIENT, PRIMARY, asked, ORR_FATE_DELIVERED);
  for (guint i = 0; i < 3; i++)
    {
      OrrTraceFault fault = { .began = 3 + i * 10,
                              .ended = ORR_TIME_NEVER,
                              .fault = &orr_faults[0]->entry,
                              .what = "made up",
                              .effects = effects[i],
                              .line = i };
      g_array_append_val (trace->faults, fault);
      if (i == 2)
        complete (trace, asked, asked, 20, step_of (trace, ORR_READ, "x", "nil"), "nil", PRIMARY);
      rows[i] = add_event (trace, fault.began, ORR_EVENT_FAULT, i, ORR_NOBODY, ORR_NOBODY, NO_ROW);
    }
  orr_verdict_add_witness (fixture->verdict, 0);
  make_cone (fixture, ORR_CONE_STEPS);
  assert_non_null (find_step (fixture, rows[0]));
  assert_null (find_step (fixture, rows[1]));
  assert_null (find_step (fixture, rows[2]));
  assert_int_equal (get_step (fixture, 0)->messages->len, 0);
  assert_int_equal (fixture->cone->steps->len, 3);
}

/* Where nodes' words are the witness, they are followed back. */
static void
test_facts (void **state)
{
  Fixture *fixture = *state;
  OrrTrace *trace = fixture->trace;
  guint64 start = add_event (trace, 0, ORR_EVENT_START, 0, PRIMARY, ORR_NOBODY, NO_ROW);
  guint64 timer = add_event (trace, 5, ORR_EVENT_TIMER, 0, PRIMARY, ORR_NOBODY, start);
  guint64 heard = add_message (trace, 5, 6, PRIMARY, REPLICA1, timer, ORR_FATE_DELIVERED);
  add_message (trace, 5, 6, PRIMARY, REPLICA2, timer, ORR_FATE_PARTITIONED);
  guint64 other = add_event (trace, 6, ORR_EVENT_TIMER, 0, REPLICA2, ORR_NOBODY, NO_ROW);
  say (trace, heard, REPLICA1, SAMPLE_SLEPT);
  say (trace, other, REPLICA2, SAMPLE_SLEPT);
  orr_verdict_add_fact (fixture->verdict, 0);
  make_cone (fixture, ORR_CONE_STEPS);
  assert_int_equal (fixture->cone->steps->len, 2);
  assert_int_equal (get_step (fixture, 0)->event, timer);
  assert_int_equal (get_step (fixture, 0)->messages->len, 2);
  assert_true (get_step (fixture, 1)->is_witness);
}

/* A trace that holds no events has no cone, and nothing to draw. */
static void
test_nothing (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GString) text = g_string_new (NULL);
  sample_operation (fixture->trace, 0, 1, 2, step_of (fixture->trace, ORR_READ, "x", "nil"), ORR_NIL,
                    G_MAXUINT64, PRIMARY);
  orr_verdict_add_witness (fixture->verdict, 0);
  make_cone (fixture, ORR_CONE_STEPS);
  assert_int_equal (fixture->cone->steps->len, 0);
  orr_space_time_print (fixture->cone, 0, 100, FALSE, text);
  assert_string_equal (text->str, "");
}

/* --- The picture --- */

static void
test_picture (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (GString) text = g_string_new (NULL);
  make_stale_read (fixture);
  make_cone (fixture, ORR_CONE_STEPS);
  orr_space_time_print (fixture->cone, 0, 90, TRUE, text);
  assert_string_equal (text->str, "         client1          primary          replica1         replica2\n"
                                  "* 0.001s | o1: write x 17 |                |                |\n"
                                  "         o-----ping------>|                |                |\n"
                                  "  0.002s |                | holds x = 17   |                |\n"
                                  "         |                o----------ping (lost)-----------x|\n"
                                  "         |<------ping-----o                |                |\n"
                                  "         |                o-ping (1)---....|                |\n"
                                  "* 0.003s | o1: ok         |                |                |\n"
                                  "* 0.004s | o2: read x     |                |                |\n"
                                  "         o-------------ping--------------->|                |\n"
                                  "  0.005s |<--------------ping--------------o                |\n"
                                  "* 0.006s | o2: read x -> nil               |                |\n"
                                  "  0.09s  |                |   ping (1) ...>|                |\n"
                                  "         |                |                | holds x = 17   |\n");
}

/* No line is wider than what was asked for, whatever the width; nodes that have no room are named. */
static void
test_narrow (void **state)
{
  Fixture *fixture = *state;
  make_stale_read (fixture);
  make_cone (fixture, ORR_CONE_STEPS);
  for (guint width = 0; width < 130; width++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      orr_space_time_print (fixture->cone, 2, width, width % 2 == 0, text);
      assert_true (width >= 60 || width % 2 == 1 || g_str_is_ascii (text->str));
      g_auto (GStrv) lines = g_strsplit (text->str, "\n", -1);
      for (char **line = lines; *line; line++)
        assert_true (g_str_has_prefix (*line, "  not drawn") || g_utf8_strlen (*line, -1) <= width);
      if (width >= 60 && width < 80)
        assert_non_null (strstr (text->str, "not drawn, for want of room: "));
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (test_stale_read, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_delay, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_bound, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_fold, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_faults, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_facts, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_nothing, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_picture, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_narrow, set_up, tear_down),
  };
  return cmocka_run_group_tests_name ("cone", tests, NULL, NULL);
}
