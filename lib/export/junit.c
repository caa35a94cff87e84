/* junit.c: JUnit's XML, of which no standard exists: what the readers have in common. */
#include "export/suites.h"
#include "export/xml.h"

static void
add_attribute (GString *text, const char *name, const char *value)
{
  g_string_append_printf (text, " %s=\"", name);
  orr_xml_escape (value, text);
  g_string_append_c (text, '"');
}

/* Who counts errors and failures counts what is not decided as an error. */
static void
add_counts (GString *text, guint n, guint n_failed, guint n_undecided, guint n_died)
{
  g_string_append_printf (text, " tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"0\">\n", n, n_failed,
                          n_undecided + n_died);
}

static void
print_case (const OrrSuite *suite, const OrrCase *test, GString *text)
{
  const char *element = test->outcome == ORR_CASE_FAILED ? "failure" : "error";
  g_string_append (text, "    <testcase");
  add_attribute (text, "classname", suite->name);
  add_attribute (text, "name", test->name);
  if (test->place.file)
    add_attribute (text, "file", test->place.file);
  if (test->place.file && test->place.line > 0)
    g_string_append_printf (text, " line=\"%u\"", test->place.line);
  if (test->outcome == ORR_CASE_PASSED)
    {
      g_string_append (text, "/>\n");
      return;
    }
  g_string_append_printf (text, ">\n      <%s", element);
  add_attribute (text, "type", orr_case_outcome_name (test->outcome));
  add_attribute (text, "message", test->message ? test->message : orr_case_outcome_name (test->outcome));
  g_string_append_c (text, '>');
  orr_xml_escape (test->details ? test->details : "", text);
  g_string_append_printf (text, "</%s>\n    </testcase>\n", element);
}

static void
print_suite (const OrrSuite *suite, GString *text)
{
  g_string_append (text, "  <testsuite");
  add_attribute (text, "name", suite->name);
  add_counts (text, suite->cases->len, orr_suite_count (suite, ORR_CASE_FAILED),
              orr_suite_count (suite, ORR_CASE_UNDECIDED), orr_suite_count (suite, ORR_CASE_DIED));
  for (guint i = 0; i < suite->cases->len; i++)
    print_case (suite, &g_array_index (suite->cases, OrrCase, i), text);
  g_string_append (text, "  </testsuite>\n");
}

void
orr_suites_print_junit (const OrrSuites *suites, GString *text)
{
  guint n = 0;
  for (guint i = 0; i < suites->suites->len; i++)
    n += ((const OrrSuite *) suites->suites->pdata[i])->cases->len;
  g_string_append (text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"orrery\"");
  add_counts (text, n, orr_suites_count (suites, ORR_CASE_FAILED),
              orr_suites_count (suites, ORR_CASE_UNDECIDED), orr_suites_count (suites, ORR_CASE_DIED));
  for (guint i = 0; i < suites->suites->len; i++)
    print_suite (g_ptr_array_index (suites->suites, i), text);
  g_string_append (text, "</testsuites>\n");
}
