/* test-suites.c: what programs that run tests are told, whatever names and findings hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/document.h"
#include "export/suites.h"

static const char hostile[] = "a<b>&\"']]>--> # \\ %: , \n::error::no\r\t\x1b[31m \xff \u00e9";

/* Two suites: one hostile, one with each outcome. */
static OrrSuites *
suites_of (void)
{
  OrrSuites *suites = orr_suites_new ();
  OrrSuite *first = orr_suites_add (suites, hostile), *second = orr_suites_add (suites, "plain");
  orr_suite_add (first, &(OrrCase){ .name = hostile,
                                    .outcome = ORR_CASE_FAILED,
                                    .message = hostile,
                                    .details = hostile,
                                    .place = { 7, 3, hostile } });
  orr_suite_add (second, &(OrrCase){ .name = "good", .outcome = ORR_CASE_PASSED, .message = "not told" });
  orr_suite_add (second, &(OrrCase){ .name = "open", .outcome = ORR_CASE_UNDECIDED });
  orr_suite_add (second,
                 &(OrrCase){ .name = "dead", .outcome = ORR_CASE_DIED, .details = "signal 6\nagain: x\n" });
  orr_suite_add (second,
                 &(OrrCase){ .name = "bad", .outcome = ORR_CASE_FAILED, .place = { 0, 0, "x.yaml" } });
  return suites;
}

static void
counts (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrSuites) suites = suites_of ();
  assert_int_equal (orr_suites_count (suites, ORR_CASE_FAILED), 2);
  assert_int_equal (orr_suite_count (suites->suites->pdata[1], ORR_CASE_FAILED), 1);
  assert_int_equal (orr_suites_count (suites, ORR_CASE_DIED), 1);
}

/* --- JUnit --- */

typedef struct
{
  guint n_cases, n_failures, n_errors;
  char *name, *message, *details;
} Seen;

/* As a reader takes it: what no XML may hold is replaced. */
static void
start (GMarkupParseContext *context G_GNUC_UNUSED, const char *element, const char **names,
       const char **values, gpointer data, GError **error G_GNUC_UNUSED)
{
  Seen *seen = data;
  seen->n_cases += strcmp (element, "testcase") == 0;
  seen->n_failures += strcmp (element, "failure") == 0;
  seen->n_errors += strcmp (element, "error") == 0;
  for (guint i = 0; names[i]; i++)
    {
      if (strcmp (element, "testcase") == 0 && strcmp (names[i], "name") == 0 && !seen->name)
        seen->name = g_strdup (values[i]);
      if (strcmp (element, "failure") == 0 && strcmp (names[i], "message") == 0 && !seen->message)
        seen->message = g_strdup (values[i]);
      if (strcmp (element, "testsuites") == 0 && strcmp (names[i], "errors") == 0)
        assert_string_equal (values[i], "2");
    }
}

static void
words (GMarkupParseContext *context G_GNUC_UNUSED, const char *text, gsize length, gpointer data,
       GError **error G_GNUC_UNUSED)
{
  Seen *seen = data;
  if (strchr (text, '%') && !seen->details)
    seen->details = g_strndup (text, length);
}

static void
junit (void **state G_GNUC_UNUSED)
{
  static const GMarkupParser parser = { .start_element = start, .text = words };
  static const char kept[] = "a<b>&\"']]>--> # \\ %: , \n::error::no\r\t\uFFFD[31m \uFFFD \u00e9";
  g_autoptr (OrrSuites) suites = suites_of ();
  g_autoptr (GString) text = g_string_new (NULL);
  Seen seen = { 0 };
  g_autoptr (GError) error = NULL;
  orr_suites_print_junit (suites, text);
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &seen, NULL);
  if (!g_markup_parse_context_parse (context, text->str, (gssize) text->len, &error)
      || !g_markup_parse_context_end_parse (context, &error))
    fail_msg ("%s", error->message);
  assert_true (g_utf8_validate (text->str, (gssize) text->len, NULL));
  assert_null (strpbrk (text->str, "\x1b\r\t"));
  assert_int_equal (seen.n_cases, 5);
  assert_int_equal (seen.n_failures, 2);
  assert_int_equal (seen.n_errors, 2);
  assert_string_equal (seen.name, kept);
  assert_string_equal (seen.message, kept);
  assert_string_equal (seen.details, kept);
  g_free (seen.name);
  g_free (seen.message);
  g_free (seen.details);
}

/* --- TAP --- */

/* Each line is the version, the plan, a case, or of the YAML below one, which reads back. */
static void
tap (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrSuites) suites = suites_of ();
  g_autoptr (GString) text = g_string_new (NULL), yaml = g_string_new (NULL);
  guint n_cases = 0, n_not = 0;
  orr_suites_print_tap (suites, text);
  assert_true (g_str_has_prefix (text->str, "TAP version 13\n1..5\nnot ok 1 - "));
  g_auto (GStrv) lines = g_strsplit (text->str, "\n", -1);
  for (char **line = lines + 2; **line; line++)
    {
      n_cases += g_str_has_prefix (*line, "ok ") || g_str_has_prefix (*line, "not ok ");
      n_not += g_str_has_prefix (*line, "not ok ");
      assert_true (g_str_has_prefix (*line, "ok ") || g_str_has_prefix (*line, "not ok ")
                   || g_str_has_prefix (*line, "  "));
      assert_null (strpbrk (*line, "\x1b\r\t"));
      if (n_cases == 1 && g_str_has_prefix (*line, "  ") && strcmp (*line, "  ---") != 0
          && strcmp (*line, "  ...") != 0)
        g_string_append_printf (yaml, "%s\n", *line + 2);
      if (**line == 'n')
        for (const char *mark = strchr (*line, '#'); mark; mark = strchr (mark + 1, '#'))
          assert_true (mark[-1] == '\\');
    }
  assert_int_equal (n_cases, 5);
  assert_int_equal (n_not, 4);
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  OrrArena *arena = orr_arena_new ();
  const OrrYaml *root = orr_yaml_parse (yaml->str, yaml->len, arena, problems);
  g_autofree char *messages = orr_problems_to_text (problems);
  assert_string_equal (messages, "");
  assert_string_equal (orr_yaml_get (root, "outcome")->text, "failed");
  assert_string_equal (orr_yaml_get (root, "line")->text, "7");
  assert_non_null (strstr (orr_yaml_get (root, "message")->text, "a<b>&\"']]>--> # \\ %: , \n::error::no"));
  orr_arena_free (arena);
}

/* --- GitHub --- */

/* A command a line, and none that a name makes; what passed is not told of. */
static void
github (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrSuites) suites = suites_of ();
  g_autoptr (GString) text = g_string_new (NULL);
  orr_suites_print_github (suites, text);
  g_auto (GStrv) lines = g_strsplit (text->str, "\n", -1);
  assert_int_equal (g_strv_length (lines), 5);
  assert_true (g_str_has_prefix (
      lines[0], "::error file=a<b>&\"']]>--> # \\ %25%3A %2C %0A%3A%3Aerror%3A%3Ano%0D%09%1B[31m "));
  assert_non_null (strstr (lines[0], ",line=7,col=3,title=a<b>"));
  assert_string_equal (lines[1], "::warning title=plain::open: undecided");
  assert_string_equal (lines[2], "::error title=plain::dead: died%0Asignal 6%0Aagain: x%0A");
  assert_string_equal (lines[3], "::error file=x.yaml,title=plain::bad: failed");
  assert_null (strpbrk (text->str, "\x1b\r\t"));
}

/* Nothing at all is well-formed too. */
static void
none (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrSuites) suites = orr_suites_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  orr_suites_print_tap (suites, text);
  assert_string_equal (text->str, "TAP version 13\n1..0\n");
  g_string_truncate (text, 0);
  orr_suites_print_github (suites, text);
  assert_string_equal (text->str, "");
  orr_suites_print_junit (suites, text);
  assert_non_null (strstr (text->str, "tests=\"0\""));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (counts), cmocka_unit_test (junit), cmocka_unit_test (tap),
    cmocka_unit_test (github), cmocka_unit_test (none),
  };
  return cmocka_run_group_tests_name ("suites", tests, NULL, NULL);
}
