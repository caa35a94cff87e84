/* test-problems.c: mistakes are kept in the order of the text, within bounds, and on one line each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/problems.h"

#include <string.h>

static void
assert_text (const OrrProblems *problems, const char *expected)
{
  g_autofree char *text = orr_problems_to_text (problems);
  assert_string_equal (text, expected);
}

static void
test_order (void **state)
{
  g_autoptr (OrrProblems) problems = orr_problems_new ("b.yaml");
  orr_problems_add (problems, (OrrPlace){ 7, 3 }, "fourth", "%s", "d");
  orr_problems_add (problems, (OrrPlace){ 2, 9 }, NULL, "c");
  orr_problems_add (problems, (OrrPlace){ 2, 1 }, "did you mean 'x'?", "b%d", 1);
  orr_problems_add (problems, (OrrPlace){ 2, 1 }, NULL, "b2");
  orr_problems_add (problems, (OrrPlace){ 0 }, NULL, "a");
  orr_problems_set_file (problems, "a.yaml"); /* a file comes after those that were named before it */
  orr_problems_add (problems, (OrrPlace){ 1, 1 }, NULL, "e");
  orr_problems_add (problems, (OrrPlace){ .line = 1, .column = 2, .file = "--set x" }, NULL, "f");
  assert_int_equal (orr_problems_get_length (problems), 7);
  assert_text (problems, "b.yaml: a\n"
                         "b.yaml:2:1: b1; did you mean 'x'?\n"
                         "b.yaml:2:1: b2\n"
                         "b.yaml:2:9: c\n"
                         "b.yaml:7:3: d; fourth\n"
                         "a.yaml:1:1: e\n"
                         "--set x:1:2: f\n");
  const OrrProblem *problem = orr_problems_get (problems, 4);
  assert_string_equal (problem->file, "b.yaml");
  assert_string_equal (problem->what, "d");
  assert_string_equal (problem->remedy, "fourth");
  assert_int_equal (problem->place.line, 7);
}

static void
test_no_file (void **state)
{
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  orr_problems_add (problems, (OrrPlace){ 0 }, NULL, "nowhere");
  orr_problems_add (problems, (OrrPlace){ 3, 4 }, NULL, "here");
  assert_text (problems, "nowhere\n3:4: here\n");
}

static void
test_none (void **state)
{
  g_autoptr (OrrProblems) problems = orr_problems_new ("x");
  assert_int_equal (orr_problems_get_length (problems), 0);
  assert_text (problems, "");
  orr_problems_free (NULL);
}

static void
test_many (void **state)
{
  g_autoptr (OrrProblems) problems = orr_problems_new ("x");
  for (guint i = 0; i < 200000; i++)
    orr_problems_add (problems, (OrrPlace){ 200000 - i, 1 }, NULL, "no. %u", i);
  assert_int_equal (orr_problems_get_length (problems), 200000);
  g_autofree char *text = orr_problems_to_text (problems);
  assert_true (g_str_has_prefix (text, "x:199901:1: no. 99\n"));
  assert_true (g_str_has_suffix (text, "x:200000:1: no. 0\n… and 199900 more\n"));
}

/* What a file says may end up on a terminal. */
static void
test_hostile_words (void **state)
{
  g_autoptr (OrrProblems) problems = orr_problems_new ("x");
  orr_problems_add (problems, (OrrPlace){ 1, 1 }, "tab\there", "%s",
                    "\x1b[31mred\nnext\xff \xe2\x80\xae"
                    "turned");
  assert_text (problems, "x:1:1: \\u001b[31mred\\nnext\xef\xbf\xbd \\u202eturned; tab\\there\n");

  g_autofree char *much = g_strnfill (1000000, 'a');
  orr_problems_add (problems, (OrrPlace){ 2, 1 }, NULL, "%s", much);
  assert_true (strlen (orr_problems_get (problems, 1)->what) < 3000);
  assert_true (g_str_has_suffix (orr_problems_get (problems, 1)->what, "aaa…"));
}

static void
test_quote (void **state)
{
  g_autofree char *plain = orr_quote ("latencey"), *lines = orr_quote ("a\nb");
  assert_string_equal (plain, "'latencey'");
  assert_string_equal (lines, "'a\\nb'");
  g_autofree char *much = g_strnfill (1000000, 'a'), *cut = orr_quote (much);
  assert_true (g_str_has_prefix (cut, "'aaaa"));
  assert_true (g_str_has_suffix (cut, "aaa…'"));
  assert_true (g_utf8_strlen (cut, -1) < 70);
}

static OrrPlace
locate (gpointer data, const char *path)
{
  assert_string_equal (data, "data");
  if (strcmp (path, "options.router.window") == 0)
    return (OrrPlace){ 12, 5 };
  return (OrrPlace){ 0 };
}

static void
test_paths (void **state)
{
  g_autoptr (OrrProblems) problems = orr_problems_new ("x");
  orr_problems_add_at (problems, "window", "use 5s", "too short");
  orr_problems_set_locate (problems, "options.router", locate, (gpointer) "data");
  orr_problems_add_at (problems, "window", "use 5s", "the window of %d s is too short", 1);
  orr_problems_add_at (problems, "weight", NULL, "too light");
  orr_problems_set_locate (problems, "", locate, (gpointer) "data");
  orr_problems_add_at (problems, "options.router.window", NULL, "again");
  orr_problems_set_locate (problems, NULL, NULL, NULL);
  orr_problems_add_at (problems, "", NULL, "nowhere");
  assert_text (problems, "x: window: too short; use 5s\n"
                         "x: options.router.weight: too light\n"
                         "x: nowhere\n"
                         "x:12:5: the window of 1 s is too short; use 5s\n"
                         "x:12:5: again\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_order), cmocka_unit_test (test_no_file),       cmocka_unit_test (test_none),
    cmocka_unit_test (test_many),  cmocka_unit_test (test_hostile_words), cmocka_unit_test (test_quote),
    cmocka_unit_test (test_paths),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
