/* test-report.c: what reports say, and how prose and tables are laid out. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/draw.h"
#include "engine/simulation.h"
#include "report/catalog-new.h"
#include "report/json-members.h"
#include "report/report.h"
#include "report/table.h"
#include "report/wrap.h"

/* --- Prose --- */

static void
assert_wraps (const char *prose, guint column, guint indent, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  orr_wrap (prose, column, indent, text);
  assert_string_equal (text->str, expected);
}

#define TEN    "123456789 "
#define NINETY TEN TEN TEN TEN TEN TEN TEN TEN TEN

static void
test_wrap (void **state G_GNUC_UNUSED)
{
  assert_wraps ("", 0, 0, "\n");
  assert_wraps (" \n \n", 0, 0, "\n");
  assert_wraps ("one", 0, 2, "  one\n");
  assert_wraps ("one\ntwo  three\n", 0, 0, "one two three\n");
  assert_wraps ("one\n\n\n\ntwo\n\n", 0, 1, " one\n\n two\n");
  assert_wraps (NINETY "123456789 a", 0, 0, NINETY "123456789\na\n");
  assert_wraps (NINETY "1234567890 a", 0, 0, NINETY "1234567890\na\n"); /* 100 columns, and not one more */
  assert_wraps (NINETY "12345678901 a", 0, 0, TEN TEN TEN TEN TEN TEN TEN TEN "123456789\n12345678901 a\n");
}

static void
test_wrap_lists_and_code (void **state G_GNUC_UNUSED)
{
  assert_wraps ("one:\n- two\n- three\nfour", 0, 0, "one:\n- two\n- three four\n");
  assert_wraps ("- one\n\ntwo", 0, 2, "  - one\n\n  two\n");
  assert_wraps ("one\n    int   main;\n    }\ntwo", 0, 0, "one\n    int   main;\n    }\ntwo\n");
  assert_wraps ("one - two\n-three", 0, 0, "one - two -three\n");
  assert_wraps (NINETY "- a", 0, 0, NINETY "- a\n");
  assert_wraps ("- " NINETY "12345678 a", 0, 0, "- " NINETY "12345678\n  a\n");
}

/* Behind what the line holds already. */
static void
test_wrap_behind (void **state G_GNUC_UNUSED)
{
  assert_wraps ("one", 4, 8, "    one\n");
  assert_wraps ("one", 8, 8, "one\n");
  assert_wraps ("one", 9, 8, " one\n");
  assert_wraps ("", 4, 8, "\n");
  assert_wraps ("one\n\ntwo", 4, 8, "    one\n\n        two\n");
}

/* Whatever the words: each is there, in its place, and no line is too wide that has more than one. */
static void
test_wrap_any_words (void **state G_GNUC_UNUSED)
{
  for (guint64 round = 0; round < 300; round++)
    {
      g_autoptr (GString) prose = g_string_new (NULL), text = g_string_new (NULL);
      guint indent = (guint) orr_draw_below (orr_draw_fold (round, 1), 60);
      for (guint64 word = 0; word < 60; word++)
        {
          guint letters = 1 + (guint) orr_draw_below (orr_draw_fold (round * 100 + word, 2), 14);
          for (guint i = 0; i < (round % 7 == 0 && word == 9 ? 130 : letters); i++)
            g_string_append (prose, round % 2 ? "é" : "x");
          g_string_append (prose, word % 5 == 0 ? "\n" : " ");
        }
      orr_wrap (prose->str, 0, indent, text);

      g_auto (GStrv) lines = g_strsplit (text->str, "\n", -1);
      g_autoptr (GString) words = g_string_new (NULL);
      for (char **line = lines; *line; line++)
        {
          glong width = g_utf8_strlen (*line, -1);
          const char *bare = g_strchug (*line);
          assert_true (width <= ORR_LINE_WIDTH || !strchr (bare, ' '));
          g_string_append_printf (words, "%s%s", bare, *bare ? " " : "");
        }
      g_strdelimit (prose->str, "\n", ' ');
      assert_string_equal (words->str, prose->str);
    }
}

/* --- Tables --- */

static void
test_table (void **state G_GNUC_UNUSED)
{
  static const char *const headings[] = { "name", ">number", "word", NULL };
  g_autoptr (OrrTable) table = orr_table_new (headings);
  g_autoptr (GString) text = g_string_new (NULL);
  orr_table_print (table, 2, text);
  assert_string_equal (text->str, "");
  orr_table_add_line (table);
  orr_table_add (table, "a");
  orr_table_take (table, g_strdup ("1"));
  orr_table_add (table, "");
  orr_table_add_line (table);
  orr_table_add (table, "longer");
  orr_table_add (table, "12345678");
  orr_table_add (table, "x");
  orr_table_print (table, 2, text);
  assert_string_equal (text->str, "  name      number  word\n"
                                  "  a              1\n"
                                  "  longer  12345678  x\n");
}

/* --- Reports --- */

#define LAG                                                                                                  \
  "model: primary-replica\n"                                                                                 \
  "options: {replicas: 1, apply-delay: 100ms}\n"                                                             \
  "workload:\n"                                                                                              \
  "  operations:\n"                                                                                          \
  "    - {id: w1, write: {x: 1}}\n"                                                                          \
  "    - {id: r1, after: w1, read: x}\n"

typedef struct
{
  OrrCatalog *catalog;
  OrrScenario *scenario;
  OrrTrace *trace;
  OrrReport *report;
} Run;

static Run
run_events (const char *head, const char *file, guint64 events_max)
{
  Run run = { .catalog = orr_catalog_new (orr_models) };
  g_autofree char *text = g_strconcat (head, LAG, NULL);
  g_autoptr (OrrProblems) problems = orr_problems_new (file);
  run.scenario = orr_scenario_parse (text, strlen (text), file, NULL, run.catalog, problems);
  g_autofree char *messages = orr_problems_to_text (problems);
  assert_string_equal (messages, "");
  OrrRunOptions options = { .seed = run.scenario->seed, .events_max = events_max };
  run.trace = orr_simulate (run.scenario, &options);
  run.report = orr_report_new (run.trace, NULL, FALSE, &ORR_CHECK_BUDGET_DEFAULT);
  return run;
}

static Run
run_of (const char *head)
{
  return run_events (head, "lag.yaml", 0);
}

static void
run_clear (Run *run)
{
  orr_report_free (run->report);
  orr_trace_free (run->trace);
  orr_scenario_unref (run->scenario);
  orr_catalog_free (run->catalog);
}

static void
test_results (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *expect;
    OrrVerdictKind result;
  } cases[] = {
    { "read-your-writes: violated", ORR_HOLDS },
    { "read-your-writes: holds", ORR_VIOLATED },
    { "read-your-writes: unknown", ORR_VIOLATED },
    { "count.read: exactly 1", ORR_HOLDS },
    { "count.read: exactly 2", ORR_VIOLATED },
    { "count.read: above 0", ORR_HOLDS },
    { "count.read: above 1", ORR_VIOLATED },
    { "count.read: at least 1", ORR_HOLDS },
    { "count.read: at least 2", ORR_VIOLATED },
    { "count.read: below 2", ORR_HOLDS },
    { "count.read: below 1", ORR_VIOLATED },
    { "count.read: at most 1", ORR_HOLDS },
    { "count.read: at most 0", ORR_VIOLATED },
    { "latency.cas.p99: below 1s", ORR_UNDECIDED }, /* nobody did one */
    /* Not met outranks undecided, in any order. */
    { "count.read: exactly 2, latency.cas.p99: below 1s", ORR_VIOLATED },
    { "latency.cas.p99: below 1s, count.read: exactly 2", ORR_VIOLATED },
    { "latency.cas.p99: below 1s, count.read: exactly 1", ORR_UNDECIDED },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *head = g_strdup_printf ("expect: {%s}\n", cases[i].expect);
      Run run = run_of (head);
      if (run.report->result != cases[i].result)
        fail_msg ("%s: %s", cases[i].expect, orr_verdict_name (run.report->result));
      run_clear (&run);
    }
}

/* A run that was cut short may have shown a violation, but proves nothing by what it did not show. */
static void
test_cut_short (void **state G_GNUC_UNUSED)
{
  Run run = run_events ("expect: {convergence: holds}\n", "lag.yaml", 3);
  const OrrVerdict *verdict = g_ptr_array_index (run.report->verdicts, 0);
  assert_int_equal (run.trace->ending, ORR_ENDED_EVENT_LIMIT);
  assert_int_equal (verdict->kind, ORR_UNDECIDED);
  assert_non_null (strstr (verdict->sentence, "cut short"));
  assert_int_equal (run.report->result, ORR_UNDECIDED);
  run_clear (&run);

  /* A figure might be another of the whole run; and a run that does not end is no success, whatever is
   * expected. */
  Run figure = run_events ("expect: {count.write: at most 5}\n", "lag.yaml", 3);
  assert_int_equal (figure.report->result, ORR_UNDECIDED);
  run_clear (&figure);
  Run nothing = run_events ("expect: {}\n", "lag.yaml", 3);
  assert_int_equal (nothing.report->result, ORR_UNDECIDED);
  run_clear (&nothing);

  Run whole = run_of ("expect: {read-your-writes: violated}\n");
  guint64 events = whole.trace->counts.events;
  run_clear (&whole);
  Run nearly = run_events ("expect: {read-your-writes: violated}\n", "lag.yaml", events - 1);
  assert_int_equal (nearly.trace->ending, ORR_ENDED_EVENT_LIMIT);
  assert_int_equal (nearly.report->result, ORR_HOLDS);
  run_clear (&nearly);
}

/* Each property is judged once, whoever asks for it. */
static void
test_judged_once (void **state G_GNUC_UNUSED)
{
  static const char *const names[] = { "convergence", "read-your-writes", "convergence", NULL };
  Run run = run_of ("expect: {read-your-writes: violated}\n");
  g_autoptr (OrrReport) named = orr_report_new (run.trace, names, FALSE, &ORR_CHECK_BUDGET_DEFAULT);
  g_autoptr (OrrReport) all = orr_report_new (run.trace, names, TRUE, &ORR_CHECK_BUDGET_DEFAULT);
  guint n_checks = 0; /* those that say anything of such a history */
  for (guint i = 0; orr_checks[i]; i++)
    n_checks += !orr_check_silence (orr_checks[i], all->history);
  assert_true (n_checks > 2);
  assert_int_equal (run.report->verdicts->len, 1);
  assert_int_equal (named->verdicts->len, 2);
  assert_int_equal (all->verdicts->len, n_checks);
  run_clear (&run);
}

static char *
print (const OrrReport *report, gboolean colour, gboolean brief)
{
  GString *text = g_string_new (NULL);
  OrrReportStyle style = { .colour = colour, .brief = brief, .again = "orrery run lag.yaml" };
  orr_report_print (report, &style, text);
  return g_string_free (text, FALSE);
}

static void
test_text (void **state G_GNUC_UNUSED)
{
  Run run = run_of ("title: Behind\nabout: Nobody waits.\nexpect: {read-your-writes: holds}\n");
  g_autofree char *plain = print (run.report, FALSE, FALSE), *brief = print (run.report, FALSE, TRUE),
                  *coloured = print (run.report, TRUE, FALSE);
  g_autoptr (GRegex) codes = g_regex_new ("\033\\[[0-9]*m", 0, 0, NULL);
  g_autofree char *stripped = g_regex_replace_literal (codes, coloured, -1, 0, "", 0, NULL);
  assert_null (strchr (plain, '\033'));
  assert_non_null (strchr (coloured, '\033'));
  assert_string_equal (stripped, plain);
  assert_true (g_str_has_prefix (plain,
                                 "Behind\nprimary-replica, 2 operations by 1 session in 10s, seed 1\n\n"
                                 "Nobody waits.\n\nVerdicts\n  read-your-writes  violated\n"));
  assert_true (g_str_has_suffix (plain, "\nagain: orrery run lag.yaml\n"));
  assert_non_null (strstr (plain, "\n  read-your-writes  holds  NOT MET: violated\n"));
  assert_null (strstr (brief, "Latency"));
  assert_null (strstr (brief, "Nobody"));
  assert_true (strlen (brief) < strlen (plain));
  run_clear (&run);
}

/* What a terminal would obey is shown, not done. */
static void
test_controls (void **state G_GNUC_UNUSED)
{
  assert_wraps ("a \033[31mred\r b", 0, 0, "a \\u001b[31mred\\u000d b\n");
  assert_wraps ("    a\033b", 0, 0, "    a\\u001bb\n");
  Run run = run_of ("title: \"\\e[31mred\\ntwo\"\nabout: \"\\e[1mbold\"\n");
  g_autofree char *text = print (run.report, FALSE, FALSE);
  assert_null (strchr (text, '\033'));
  assert_true (g_str_has_prefix (text, "\\u001b[31mred\\ntwo\nprimary-replica"));
  run_clear (&run);
}

static void
test_json (void **state G_GNUC_UNUSED)
{
  Run run = run_events ("title: \"a \\\"title\\\" \\u0001 → \\U0001F600\"\nseed: 18446744073709551615\n",
                        "\xff\xfe.yaml", 0); /* a name that is no UTF-8 */
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  orr_report_print_json (run.report, NULL, text);
  assert_true (json_parser_load_from_data (parser, text->str, (gssize) text->len, NULL));
  JsonObject *report = json_node_get_object (json_parser_get_root (parser));
  assert_string_equal (json_object_get_string_member (report, "title"), run.scenario->title);
  assert_string_equal (json_object_get_string_member (report, "seed"), "18446744073709551615");
  assert_true (g_utf8_validate (json_object_get_string_member (report, "file"), -1, NULL));
  assert_int_equal (json_object_get_int_member (report, "operations"), 2);
  assert_false (json_object_has_member (report, "again"));
  JsonObject *figure
      = json_object_get_object_member (json_object_get_object_member (report, "figures"), "latency.read.max");
  assert_int_equal ((gint64) json_object_get_double_member (figure, "value"), ORR_MILLISECOND);
  assert_string_equal (json_object_get_string_member (figure, "unit"), "ns");
  assert_string_equal (json_object_get_string_member (figure, "text"), "1ms");
  run_clear (&run);
}

/* Whether fewer operations may show a violation, too, a program can read. */
static void
test_json_least (void **state G_GNUC_UNUSED)
{
  Run run = run_of ("expect: {read-your-writes: violated}\n");
  OrrVerdict *verdict = g_ptr_array_index (run.report->verdicts, 0);
  assert_int_equal (verdict->kind, ORR_VIOLATED);
  for (guint not_least = 0; not_least < 2; not_least++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (JsonParser) parser = json_parser_new ();
      verdict->not_least = not_least == 1;
      orr_report_print_json (run.report, NULL, text);
      assert_true (json_parser_load_from_data (parser, text->str, (gssize) text->len, NULL));
      JsonObject *report = json_node_get_object (json_parser_get_root (parser));
      JsonObject *told = json_array_get_object_element (json_object_get_array_member (report, "verdicts"), 0);
      assert_int_equal (json_object_has_member (told, "least"), not_least);
      assert_false (json_object_get_boolean_member_with_default (told, "least", FALSE));
    }
  run_clear (&run);
}

/* --- Side by side --- */

static char *
print_rows (OrrReport *const *reports, const char *const *names, guint n, gboolean brief)
{
  GString *text = g_string_new (NULL);
  OrrReportStyle style = { .brief = brief };
  orr_reports_print_table (reports, names, n, &style, text);
  return g_string_free (text, FALSE);
}

static void
test_rows (void **state G_GNUC_UNUSED)
{
  static const char *const short_names[] = { "models/raft/a.yaml", "raft/b" };
  static const char *const long_names[] = { "one/a.yaml", "other/a" };
  Run met = run_of ("expect: {read-your-writes: violated}\n"),
      missed = run_of ("expect: {convergence: violated}\n");
  OrrReport *reports[] = { met.report, missed.report };
  g_autofree char *rows = print_rows (reports, short_names, 2, TRUE);
  assert_string_equal (rows, "scenario  as expected  read-your-writes  convergence\n"
                             "a         yes          violated          -\n"
                             "b         NO           -                 holds\n");
  g_autofree char *both = print_rows (reports, long_names, 2, TRUE);
  assert_non_null (strstr (both, "\none/a.yaml  yes"));
  assert_non_null (strstr (both, "\nother/a     NO"));
  g_autofree char *figures = print_rows (reports, short_names, 2, FALSE);
  assert_true (g_str_has_prefix (figures, rows));
  assert_non_null (strstr (figures, "at primary  stale"));
  run_clear (&met);
  run_clear (&missed);
}

/* However many columns there are, no line is longer than 120; each part begins with the names. */
static void
test_wide_rows (void **state G_GNUC_UNUSED)
{
  static const char *const names[]
      = { "a-name-that-is-rather-long-but-not-beyond-what-people-write", "another" };
  Run run = run_of ("");
  g_autoptr (OrrReport) all = orr_report_new (run.trace, NULL, TRUE, &ORR_CHECK_BUDGET_DEFAULT);
  OrrReport *reports[] = { all, all };
  g_autofree char *text = print_rows (reports, names, 2, FALSE);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_parts = 0;
  for (char **line = lines; *line; line++)
    {
      assert_true (strlen (*line) <= 120);
      n_parts += g_str_has_prefix (*line, "scenario ");
    }
  assert_true (n_parts >= 4);
  for (guint i = 0; orr_checks[i]; i++)
    assert_true (orr_check_silence (orr_checks[i], all->history) || strstr (text, orr_checks[i]->entry.name));
  run_clear (&run);
}

/* --- The catalog --- */

/* What was written comes back, and what is no JSON or lies too deep for its parser does not. */
static void
test_json_read (void **state G_GNUC_UNUSED)
{
  static const char right[] = "{\"a [[ \\\" [\" : [ { \"b\" : -1.5e3 }, true, null ]}";
  static const char *const wrong[]
      = { "", "[", "]", "[1", "[]]", "{\"a\"}", "[1] /* [ */", "'a'", "\"a", "\"a\\" };
  g_autoptr (JsonNode) node = orr_json_read (right, strlen (right));
  assert_non_null (node);
  assert_true (json_object_has_member (json_node_get_object (node), "a [[ \" ["));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_null (orr_json_read (wrong[i], strlen (wrong[i])));
  g_autofree char *deep = g_strnfill (1000000, '[');
  assert_null (orr_json_read (deep, strlen (deep)));
}

static void
test_catalog (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrCatalog) catalog = orr_catalog_new (orr_models);
  assert_ptr_equal (catalog->models, orr_models);
  for (guint i = 0; orr_checks[i]; i++)
    assert_ptr_equal (orr_entries_find (catalog->properties, orr_checks[i]->entry.name),
                      &orr_checks[i]->entry);
  for (guint i = 0; orr_measures[i]; i++)
    assert_ptr_equal (orr_measures_find (catalog->measures, orr_measures[i]->entry.entry.name),
                      &orr_measures[i]->entry);
  assert_null (orr_entries_find (catalog->properties, "happiness"));
  orr_catalog_free (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_wrap),        cmocka_unit_test (test_wrap_lists_and_code),
    cmocka_unit_test (test_wrap_behind), cmocka_unit_test (test_wrap_any_words),
    cmocka_unit_test (test_table),       cmocka_unit_test (test_results),
    cmocka_unit_test (test_cut_short),   cmocka_unit_test (test_judged_once),
    cmocka_unit_test (test_text),        cmocka_unit_test (test_json),
    cmocka_unit_test (test_json_least),  cmocka_unit_test (test_controls),
    cmocka_unit_test (test_rows),        cmocka_unit_test (test_wide_rows),
    cmocka_unit_test (test_catalog),     cmocka_unit_test (test_json_read),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
