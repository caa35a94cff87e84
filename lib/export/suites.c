/* suites.c: what was tested and how it went. */
#include "export/suites.h"

static void
clear_case (gpointer data)
{
  OrrCase *test = data;
  g_free ((char *) test->name);
  g_free ((char *) test->message);
  g_free ((char *) test->details);
  g_free ((char *) test->place.file);
}

static void
suite_free (gpointer data)
{
  OrrSuite *suite = data;
  g_array_unref (suite->cases);
  g_free (suite->name);
  g_free (suite);
}

OrrSuites *
orr_suites_new (void)
{
  OrrSuites *suites = g_new (OrrSuites, 1);
  suites->suites = g_ptr_array_new_with_free_func (suite_free);
  return suites;
}

void
orr_suites_free (OrrSuites *suites)
{
  if (!suites)
    return;
  g_ptr_array_unref (suites->suites);
  g_free (suites);
}

OrrSuite *
orr_suites_add (OrrSuites *suites, const char *name)
{
  OrrSuite *suite = g_new (OrrSuite, 1);
  suite->name = g_strdup (name);
  suite->cases = g_array_new (FALSE, FALSE, sizeof (OrrCase));
  g_array_set_clear_func (suite->cases, clear_case);
  g_ptr_array_add (suites->suites, suite);
  return suite;
}

void
orr_suite_add (OrrSuite *suite, const OrrCase *test)
{
  OrrCase copy = *test;
  g_assert (test->name && test->outcome < ORR_N_CASE_OUTCOMES);
  copy.name = g_strdup (test->name);
  copy.message = g_strdup (test->message);
  copy.details = g_strdup (test->details);
  copy.place.file = g_strdup (test->place.file);
  g_array_append_val (suite->cases, copy);
}

guint
orr_suite_count (const OrrSuite *suite, OrrCaseOutcome outcome)
{
  guint n = 0;
  for (guint i = 0; i < suite->cases->len; i++)
    n += g_array_index (suite->cases, OrrCase, i).outcome == outcome;
  return n;
}

guint
orr_suites_count (const OrrSuites *suites, OrrCaseOutcome outcome)
{
  guint n = 0;
  for (guint i = 0; i < suites->suites->len; i++)
    n += orr_suite_count (g_ptr_array_index (suites->suites, i), outcome);
  return n;
}

const char *
orr_case_outcome_name (OrrCaseOutcome outcome)
{
  static const char *const names[] = { "passed", "failed", "undecided", "died" };
  return names[outcome];
}
