/* tap.c: the Test Anything Protocol (testanything.org), a line a case, and YAML below what did not pass. */
#include "base/document.h"
#include "export/suites.h"

/* A description is one line, in which `#` would begin a directive. */
static void
add_words (GString *text, const char *words)
{
  g_autofree char *line = orr_one_line (words);
  for (const char *c = line; *c; c++)
    {
      if (*c == '#' || *c == '\\')
        g_string_append_c (text, '\\');
      g_string_append_c (text, *c);
    }
}

static void
add_member (GString *text, const char *name, const char *value)
{
  if (!value)
    return;
  g_autofree char *valid = g_utf8_make_valid (value, -1);
  g_string_append_printf (text, "  %s: ", name);
  orr_yaml_write_scalar (valid, text);
  g_string_append_c (text, '\n');
}

static void
print_case (const OrrSuite *suite, const OrrCase *test, guint number, GString *text)
{
  g_string_append_printf (text, "%sok %u - ", test->outcome == ORR_CASE_PASSED ? "" : "not ", number);
  add_words (text, suite->name);
  g_string_append (text, ": ");
  add_words (text, test->name);
  g_string_append_c (text, '\n');
  if (test->outcome == ORR_CASE_PASSED)
    return;
  g_string_append (text, "  ---\n");
  add_member (text, "outcome", orr_case_outcome_name (test->outcome));
  add_member (text, "message", test->message);
  add_member (text, "details", test->details);
  add_member (text, "file", test->place.file);
  if (test->place.file && test->place.line > 0)
    g_string_append_printf (text, "  line: %u\n", test->place.line);
  g_string_append (text, "  ...\n");
}

void
orr_suites_print_tap (const OrrSuites *suites, GString *text)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  guint number = 0;
  for (guint i = 0; i < suites->suites->len; i++)
    {
      const OrrSuite *suite = g_ptr_array_index (suites->suites, i);
      for (guint j = 0; j < suite->cases->len; j++)
        print_case (suite, &g_array_index (suite->cases, OrrCase, j), ++number, lines);
    }
  g_string_append_printf (text, "TAP version 13\n1..%u\n%s", number, lines->str);
}
