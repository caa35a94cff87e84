/* test-explain.c: a story has its parts, keeps to what it was asked for, and is the same each time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <json-glib/json-glib.h>

#include "engine/simulation.h"
#include "explore/explain.h"
#include "../support/program-catalog.h"
#include "../support/scenario-from.h"

/* A tie that is settled otherwise on either side, and an operation that has nothing to do with it. */
static const char tie[] = "title: A tie\n"
                          "model: {name: lww-cache, bugs: [tie-keeps-local]}\n"
                          "options: {caches: 2, replication-delay: 100ms, clock-resolution: 100ms}\n"
                          "clients: {names: [alice, bob]}\n"
                          "workload:\n"
                          "  object: map\n"
                          "  operations:\n"
                          "    - {id: w1, session: alice, to: cache1, write: {x: 1}}\n"
                          "    - {id: w2, session: bob, to: cache2, write: {x: 2}}\n"
                          "    - {id: w3, at: 5s, session: bob, to: cache2, write: {y: 3}}\n";

/* Nothing is wrong with the model: it never promised that. */
static const char late[] = "model: lww-cache\n"
                           "options: {caches: 2, replication-delay: 1s}\n"
                           "workload:\n"
                           "  object: map\n"
                           "  operations:\n"
                           "    - {id: w1, to: cache1, write: {x: 1}}\n"
                           "    - {id: r1, at: 100ms, to: cache2, read: x}\n";

typedef struct
{
  OrrScenario *scenario;
  OrrTrace *trace;
  OrrHistory *history;
  OrrVerdict *verdict;
} Violation;

static void
violation_clear (Violation *violation)
{
  orr_verdict_free (violation->verdict);
  orr_history_free (violation->history);
  orr_trace_free (violation->trace);
  orr_scenario_unref (violation->scenario);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Violation, violation_clear)

static Violation
violate (const char *text, const char *property)
{
  const OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
  Violation violation = { .scenario = scenario_from (catalog, text) };
  const OrrRunOptions options = { .seed = violation.scenario->seed, .level = ORR_RECORD_FULL };
  violation.trace = orr_simulate (violation.scenario, &options);
  violation.history = orr_history_from_trace (violation.trace);
  violation.verdict = orr_check_judge (orr_checks_find (property), violation.history, &budget);
  assert_int_equal (violation.verdict->kind, ORR_VIOLATED);
  return violation;
}

static char *
explain (const Violation *violation, const OrrExplainStyle *style)
{
  GString *text = g_string_new (NULL);
  orr_explain (violation->trace, violation->verdict, catalog, style, text);
  return g_string_free (text, FALSE);
}

/* --- Parts --- */

static void
assert_in_order (const char *text, const char *const *words)
{
  const char *at = text;
  for (; *words; words++)
    {
      const char *found = strstr (at, *words);
      if (!found)
        fail_msg ("'%s' is missing, or not in its place:\n%s", *words, text);
      at = found + strlen (*words);
    }
}

static void
test_parts (void **state G_GNUC_UNUSED)
{
  static const char *const parts[] = { "A tie\n",
                                       "convergence is violated",
                                       "\nStep by step",
                                       "w1: write x 1",
                                       "\nAs a picture",
                                       "cache1",
                                       "\nWhat each held",
                                       "\nWhat broke\n",
                                       "\n  convergence: ",
                                       "Source: ",
                                       "\nThe mistake that is switched on\n  tie-keeps-local: ",
                                       "\nWhat makes the difference\n",
                                       "Without the bug tie-keeps-local",
                                       "only here",
                                       "only there",
                                       "\nagain: this command\n",
                                       NULL };
  g_auto (Violation) violation = violate (tie, "convergence");
  const OrrExplainStyle style = { .again = "this command" };
  g_autofree char *text = explain (&violation, &style);
  g_autofree char *again = explain (&violation, &style);
  assert_in_order (text, parts);
  assert_string_equal (text, again);
}

/* What each held in the end, and what was held when the read was served. */
static void
test_held (void **state G_GNUC_UNUSED)
{
  g_auto (Violation) violation = violate (late, "read-your-writes");
  g_autofree char *text = explain (&violation, &(OrrExplainStyle){ 0 });
  const char *held = strstr (text, "\nWhat each held\n"), *broke = strstr (text, "\nWhat broke\n");
  assert_true (held && broke && held < broke);
  g_autofree char *table = g_strndup (held, (gsize) (broke - held));
  g_auto (GStrv) lines = g_strsplit (table + 1, "\n", -1);
  assert_true (g_regex_match_simple ("^  node +x at 0\\.1\\d*s +x in the end$", lines[1], 0, 0));
  assert_true (g_regex_match_simple ("^  cache1 +1 +1$", lines[2], 0, 0));
  assert_true (g_regex_match_simple ("^  cache2 +nil +1$", lines[3], 0, 0));
}

static void
test_no_mistake (void **state G_GNUC_UNUSED)
{
  g_auto (Violation) violation = violate (late, "read-your-writes");
  g_autofree char *text = explain (&violation, &(OrrExplainStyle){ 0 });
  assert_null (strstr (text, "The mistake"));
  assert_null (strstr (text, "again:"));
}

/* --- What it is asked for --- */

static void
test_no_runs (void **state G_GNUC_UNUSED)
{
  g_auto (Violation) violation = violate (tie, "convergence");
  g_autofree char *without = explain (&violation, &(OrrExplainStyle){ .runs_max = G_MAXUINT });
  assert_null (strstr (without, "What makes the difference"));
  g_autofree char *one = explain (&violation, &(OrrExplainStyle){ .runs_max = 1 });
  assert_non_null (strstr (one, "(1 of "));
}

/* Steps stand behind two blanks, or a star and one; what goes on in the next line stands further right. That
 * a server takes what was asked comes with the asking. */
static guint
count_steps (const char *text)
{
  const char *begin = strstr (text, "\nStep by step"), *end = strstr (text, "\nAs a picture");
  assert_true (begin && end && begin < end);
  g_autofree char *part = g_strndup (begin, (gsize) (end - begin));
  g_auto (GStrv) lines = g_strsplit (part, "\n", -1);
  guint n = 0;
  for (char **line = lines; *line; line++)
    n += g_regex_match_simple ("^[* ] [0-9]", *line, 0, 0) && !strstr (*line, "  takes ");
  return n;
}

/* One that would be left out alone is told, too: to say so would take as long. */
static void
test_steps (void **state G_GNUC_UNUSED)
{
  g_auto (Violation) violation = violate (tie, "convergence");
  g_autofree char *all = explain (&violation, &(OrrExplainStyle){ .runs_max = G_MAXUINT });
  guint n = count_steps (all);
  assert_in_range (n, 5, 40);
  for (guint steps = 1, before = 1; steps < n / 2; steps++)
    {
      const OrrExplainStyle style = { .steps_max = steps, .runs_max = G_MAXUINT };
      g_autofree char *text = explain (&violation, &style);
      guint told = count_steps (text);
      assert_in_range (told, before, 2 * steps);
      before = told;
      assert_non_null (strstr (text, " left out)"));
    }
}

static void
test_ascii (void **state G_GNUC_UNUSED)
{
  g_auto (Violation) violation = violate (tie, "convergence");
  g_autofree char *ascii = explain (&violation, &(OrrExplainStyle){ .ascii = TRUE });
  g_autofree char *full = explain (&violation, &(OrrExplainStyle){ 0 });
  assert_true (g_str_is_ascii (ascii));
  assert_false (g_str_is_ascii (full));
  assert_null (strchr (full, '\033'));
  g_autofree char *coloured = explain (&violation, &(OrrExplainStyle){ .colour = TRUE });
  assert_non_null (strchr (coloured, '\033'));
}

/* --- As JSON --- */

static void
test_json (void **state G_GNUC_UNUSED)
{
  g_auto (Violation) violation = violate (tie, "convergence");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  orr_explain_json (violation.trace, violation.verdict, catalog, &(OrrExplainStyle){ 0 }, text);
  assert_true (json_parser_load_from_data (parser, text->str, -1, NULL));
  JsonObject *root = json_node_get_object (json_parser_get_root (parser));
  assert_string_equal (json_object_get_string_member (root, "property"), "convergence");
  assert_true (json_array_get_length (json_object_get_array_member (root, "steps")) > 0);
  assert_true (json_array_get_length (json_object_get_array_member (root, "holds")) > 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_parts),   cmocka_unit_test (test_held),  cmocka_unit_test (test_no_mistake),
    cmocka_unit_test (test_no_runs), cmocka_unit_test (test_steps), cmocka_unit_test (test_ascii),
    cmocka_unit_test (test_json),
  };
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
