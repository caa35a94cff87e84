/* fuzz-suites.c: what a fuzzing campaign comes to for programs that run tests: a case for each property that
 * was sought. */
#include "sim/fuzz-show.h"

/* What was found of the property (NULL: of runs that died), and how to see it. The caller frees it. */
static char *
details_of (const FuzzShow *show, const OrrCheck *check)
{
  const GPtrArray *findings = orr_fuzz_get_findings (show->fuzz);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < findings->len; i++)
    {
      const OrrFinding *finding = g_ptr_array_index (findings, i);
      if (finding->check != check)
        continue;
      g_autofree char *command = fuzz_show_command (show, finding);
      const char *what = finding->sentence ? finding->sentence : finding->died;
      g_string_append_printf (text, "%s\n%s\n", what ? what : "", command);
    }
  return g_string_free (text, FALSE);
}

static void
add_property (OrrSuite *suite, const FuzzShow *show, const OrrCheck *check, const OrrFuzzPropertyTally *tally)
{
  OrrCaseOutcome outcome = tally->violated > 0                ? ORR_CASE_FAILED
                           : tally->tested > tally->undecided ? ORR_CASE_PASSED
                                                              : ORR_CASE_UNDECIDED;
  g_autofree char *message = g_strdup_printf ("violated in %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                                              " runs that put it to the test",
                                              tally->violated, tally->tested);
  g_autofree char *details = details_of (show, check);
  orr_suite_add (suite, &(OrrCase){ .name = check->entry.name,
                                    .outcome = outcome,
                                    .message = message,
                                    .details = details,
                                    .place = { .file = show->scenario->file } });
}

void
fuzz_show_suite (const FuzzShow *show, OrrSuites *suites)
{
  const OrrFuzzTally *tally = orr_fuzz_get_tally (show->fuzz);
  OrrSuite *suite = orr_suites_add (suites, show->name);
  for (guint i = 0; i < tally->properties->len; i++)
    {
      const OrrFuzzPropertyTally *property = &g_array_index (tally->properties, OrrFuzzPropertyTally, i);
      if (property->runs > 0)
        add_property (suite, show, orr_checks[i], property);
    }
  g_autofree char *details = details_of (show, NULL);
  g_autofree char *message = g_strdup_printf ("of %" G_GUINT64_FORMAT " runs %" G_GUINT64_FORMAT " died",
                                              tally->runs, tally->died);
  orr_suite_add (suite, &(OrrCase){ .name = "all runs come to their end",
                                    .outcome = tally->died > 0 ? ORR_CASE_DIED : ORR_CASE_PASSED,
                                    .message = message,
                                    .details = details,
                                    .place = { .file = show->scenario->file } });
}
