/* test-history.c: what a history takes from a trace. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "history/history.h"
#include "history-builder.h"
#include "sample-trace.h"

#define MS ORR_MILLISECOND

static void
say_version (OrrTrace *trace, OrrTime time, OrrKey key, gint value, guint64 version, guint64 previous)
{
  OrrFactVersion body = { key, orr_value_int (value), version, previous };
  sample_fact (trace, time, 0, SAMPLE_VERSION, FALSE, &body, sizeof body);
}

static void
say_applied (OrrTrace *trace, OrrTime time, OrrAddress node, OrrKey key, gint value, guint64 version)
{
  OrrFactApplied body = { key, orr_value_int (value), version };
  sample_fact (trace, time, node, SAMPLE_APPLIED, FALSE, &body, sizeof body);
}

static void
say_value (OrrTrace *trace, OrrTime time, OrrAddress node, OrrKey key, gint value, guint64 version,
           gboolean final)
{
  OrrFactValue body = { key, orr_value_int (value), version };
  sample_fact (trace, time, node, SAMPLE_VALUE, final, &body, sizeof body);
}

static OrrTrace *
make_trace (void)
{
  OrrTrace *trace = sample_trace_new (ORR_RECORD_OPERATIONS);
  OrrKey x = sample_value (trace, "x"), y = sample_value (trace, "y");
  /* By serial: invoked later, earlier, never answered, never begun. */
  sample_operation (trace, 0, 30 * MS, 40 * MS,
                    (OrrStep){ .kind = ORR_WRITE, .key = x, .value = orr_value_int (2) }, ORR_NIL, 8, 0);
  sample_operation (trace, 1, 10 * MS, 20 * MS,
                    (OrrStep){ .kind = ORR_WRITE, .key = x, .value = orr_value_int (1) }, ORR_NIL, 5, 0);
  sample_operation (trace, 2, 35 * MS, ORR_TIME_NEVER,
                    (OrrStep){ .kind = ORR_WRITE, .key = x, .value = orr_value_int (3) }, ORR_NIL, 0,
                    ORR_NOBODY);
  sample_operation (trace, 2, ORR_TIME_NEVER, ORR_TIME_NEVER, (OrrStep){ .kind = ORR_READ, .key = x },
                    ORR_NIL, 0, ORR_NOBODY);
  sample_operation (trace, 1, 60 * MS, 61 * MS, (OrrStep){ .kind = ORR_READ, .key = y }, orr_value_int (9), 7,
                    1);
  g_array_index (trace->operations, OrrTraceOperation, 4).id = "r1";
  say_version (trace, 15 * MS, x, 1, 5, 0);
  say_version (trace, 34 * MS, x, 2, 8, 5);
  say_version (trace, 36 * MS, x, 3, 12, 8);
  say_version (trace, 37 * MS, y, 9, 7, 0);
  say_version (trace, 70 * MS, x, 2, 8, 5); /* again, after a recovery */
  say_applied (trace, 50 * MS, 1, x, 2, 8);
  say_applied (trace, 90 * MS, 1, x, 2, 8);
  say_applied (trace, 80 * MS, 2, x, 3, 12);
  trace->observed[0] = trace->observed[1] = trace->observed[2] = TRUE;
  say_value (trace, 75 * MS, 0, x, 2, 8, FALSE);
  say_value (trace, 99 * MS, 0, x, 3, 12, TRUE);
  say_value (trace, 99 * MS, 2, x, 3, 12, TRUE);
  return trace;
}

static void
test_operations (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = make_trace ();
  g_autoptr (OrrHistory) history = orr_history_from_trace (trace);
  static const struct
  {
    const char *id, *words;
    guint index;
  } expected[] = {
    { "o2", "o2 (bob, 0.01s): write x 1 at primary", 1 },
    { "o1", "o1 (alice, 0.03s): write x 2 at primary", 0 },
    { "o3", "o3 (charlie, 0.035s): write x 3 (unknown)", 2 },
    { "r1", "r1 (bob, 0.06s): read y → 9 at replica1", 4 },
  };
  assert_int_equal (history->operations->len, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, i);
      g_autoptr (GString) words = g_string_new (NULL);
      orr_history_print_operation (history, i, words);
      assert_string_equal (operation->id, expected[i].id);
      assert_string_equal (words->str, expected[i].words);
      assert_int_equal (operation->index, expected[i].index);
    }
  assert_int_equal (history->n_processes, 3);
  assert_int_equal (history->timeout, 5 * ORR_SECOND);
  assert_int_equal (history->healed_at, 10 * ORR_SECOND);
  assert_false (history->faults);
  assert_true (history->is_server[0] && history->is_server[2]);
  assert_false (history->is_server[3]);
}

static void
test_versions (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = make_trace ();
  g_autoptr (OrrHistory) history = orr_history_from_trace (trace);
  OrrKey x = sample_value (trace, "x"), y = sample_value (trace, "y"), z = sample_value (trace, "z");
  guint n, rank;
  const OrrHistoryVersion *versions = orr_history_versions_of (history, x, &n);
  assert_true (history->versions_known);
  assert_int_equal (n, 3);
  assert_int_equal (versions[0].version, 5);
  assert_int_equal (versions[1].version, 8);
  assert_int_equal (versions[1].time, 34 * MS); /* the first time counts */
  assert_int_equal (versions[1].previous, 5);
  assert_int_equal (versions[2].version, 12);
  /* By the versions of their steps; the third, whose client never heard, by its value. */
  assert_int_equal (versions[0].operation, 0);
  assert_int_equal (versions[1].operation, 1);
  assert_int_equal (versions[2].operation, 2);
  assert_ptr_equal (orr_history_find_version (history, x, 12, &rank), &versions[2]);
  assert_int_equal (rank, 3);
  assert_null (orr_history_find_version (history, x, 6, NULL));
  assert_null (orr_history_find_version (history, x, 13, NULL));
  assert_int_equal (orr_history_find_version (history, y, 7, &rank)->operation, G_MAXUINT32);
  assert_int_equal (rank, 1);
  assert_null (orr_history_versions_of (history, z, &n));
  assert_int_equal (n, 0);
}

static void
test_nodes (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = make_trace ();
  g_autoptr (OrrHistory) history = orr_history_from_trace (trace);
  OrrKey x = sample_value (trace, "x");
  assert_int_equal (history->applied->len, 2);
  assert_int_equal (orr_history_applied_at (history, 1, x, 5), 50 * MS); /* a later version holds it too */
  assert_int_equal (orr_history_applied_at (history, 1, x, 8), 50 * MS);
  assert_int_equal (orr_history_applied_at (history, 1, x, 12), ORR_TIME_NEVER);
  assert_int_equal (orr_history_applied_at (history, 2, x, 8), 80 * MS);
  assert_int_equal (orr_history_applied_at (history, 0, x, 8), ORR_TIME_NEVER);

  assert_true (history->finals_known);
  assert_int_equal (history->finals->len, 2);
  /* replica1 was asked, and holds nothing. */
  assert_true (history->final_nodes[0] && history->final_nodes[1] && history->final_nodes[2]);
  assert_false (history->final_nodes[3]);
}

/* What is ambiguous is not matched. */
static void
test_matching (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrHistory) history = history_build ("s1 w x 1 [0,-]\n"
                                                  "s2 w x 1 [0,-]\n"
                                                  "s3 w x 2 [0,1] fail\n"
                                                  "s4 a l 7 [0,-]\n"
                                                  "s5 c x 4 [0,-]\n"
                                                  "version x 1 @1 <0 1\n"
                                                  "version x 2 @2 <1 1\n"
                                                  "version l (5,7) @3 <0 1\n"
                                                  "version l () @4 <3 1\n"
                                                  "version x 4 @5 <2 1\n");
  static const struct
  {
    const char *key;
    guint64 version;
    guint32 operation;
  } expected[] = {
    { "x", 1, G_MAXUINT32 }, { "x", 2, G_MAXUINT32 }, { "l", 3, 3 }, { "l", 4, G_MAXUINT32 }, { "x", 5, 4 }
  };
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      OrrKey key = orr_terms_text (history->terms, expected[i].key);
      assert_int_equal (orr_history_find_version (history, key, expected[i].version, NULL)->operation,
                        expected[i].operation);
    }
}

static void
test_moments (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    OrrTime time;
    const char *text;
  } expected[] = { { 0, "0s" },
                   { 999, "999ns" },
                   { 1500, "1.5us" },
                   { 99999, "99.999us" },
                   { 100001, "0.0001s" },
                   { 17 * ORR_MICROSECOND, "0.000017s" },
                   { 1204 * MS, "1.204s" },
                   { 60 * ORR_SECOND, "60s" },
                   { 1100 * MS, "1.1s" } };
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      orr_history_print_moment (expected[i].time, text);
      assert_string_equal (text->str, expected[i].text);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_operations), cmocka_unit_test (test_versions), cmocka_unit_test (test_nodes),
    cmocka_unit_test (test_matching),   cmocka_unit_test (test_moments),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
