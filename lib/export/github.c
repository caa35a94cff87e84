/* github.c: workflow commands of GitHub's actions, a line each: `::error file=x.yaml,line=7::what`. */
#include "export/suites.h"

/* A line is a command; within its properties commas and colons mean something too. */
static void
add_words (GString *text, const char *words, gboolean in_property)
{
  g_autofree char *valid = g_utf8_make_valid (words, -1);
  for (const char *c = valid; *c; c++)
    if (*c == '%' || g_ascii_iscntrl (*c) || (in_property && (*c == ',' || *c == ':')))
      g_string_append_printf (text, "%%%02X", (guint) *c);
    else
      g_string_append_c (text, *c);
}

static void
print_case (const OrrSuite *suite, const OrrCase *test, GString *text)
{
  const char *between = "";
  if (test->outcome == ORR_CASE_PASSED)
    return;
  g_string_append_printf (text, "::%s ", test->outcome == ORR_CASE_UNDECIDED ? "warning" : "error");
  if (test->place.file)
    {
      g_string_append (text, "file=");
      add_words (text, test->place.file, TRUE);
      if (test->place.line > 0)
        g_string_append_printf (text, ",line=%u,col=%u", test->place.line, test->place.column);
      between = ",";
    }
  g_string_append_printf (text, "%stitle=", between);
  add_words (text, suite->name, TRUE);
  g_string_append (text, "::");
  add_words (text, test->name, FALSE);
  g_string_append (text, ": ");
  add_words (text, test->message ? test->message : orr_case_outcome_name (test->outcome), FALSE);
  if (test->details)
    {
      g_string_append (text, "%0A");
      add_words (text, test->details, FALSE);
    }
  g_string_append_c (text, '\n');
}

void
orr_suites_print_github (const OrrSuites *suites, GString *text)
{
  for (guint i = 0; i < suites->suites->len; i++)
    {
      const OrrSuite *suite = g_ptr_array_index (suites->suites, i);
      for (guint j = 0; j < suite->cases->len; j++)
        print_case (suite, &g_array_index (suite->cases, OrrCase, j), text);
    }
}
