/* suites.h: what was tested and how it went, as a value, before anyone knows which program will read it.
 *
 * Programs that run tests want to be told of them in a form of theirs, a file each here. A suite is a scenario, or whatever was looked at as a
 * whole; a case is one thing that was expected of it. */
#pragma once

#include <glib.h>

#include "base/problems.h"
#include "base/visibility.h"

G_BEGIN_DECLS

typedef enum
{
  ORR_CASE_PASSED,
  ORR_CASE_FAILED,
  ORR_CASE_UNDECIDED, /* nobody knows; which is no success */
  ORR_CASE_DIED,
  ORR_N_CASE_OUTCOMES,
} OrrCaseOutcome;

typedef struct
{
  const char *name;    /* "read-your-writes: holds" */
  OrrCaseOutcome outcome;
  const char *message; /* what was found instead, on one line; may be NULL */
  const char *details; /* lines that tell more; may be NULL */
  OrrPlace place;      /* where it was expected, in its file; line 0: as a whole; without a file: nowhere */
} OrrCase;

typedef struct
{
  char *name;
  GArray *cases; /* OrrCase, whose texts it owns */
} OrrSuite;

typedef struct
{
  GPtrArray *suites; /* OrrSuite */
} OrrSuites;

ORR_PUBLIC OrrSuites *orr_suites_new (void);
ORR_PUBLIC void orr_suites_free (OrrSuites *suites); /* accepts NULL */
ORR_PUBLIC OrrSuite *orr_suites_add (OrrSuites *suites, const char *name);
ORR_PUBLIC void orr_suite_add (OrrSuite *suite, const OrrCase *test); /* copies it */

/* So many cases there are of an outcome, in all suites. */
ORR_PUBLIC guint orr_suites_count (const OrrSuites *suites, OrrCaseOutcome outcome);
ORR_PUBLIC guint orr_suite_count (const OrrSuite *suite, OrrCaseOutcome outcome);
/* "failed", "undecided", … */
ORR_PUBLIC const char *orr_case_outcome_name (OrrCaseOutcome outcome);

/* JUnit's XML, as Jenkins, GitLab and others read it: what failed is a failure, what was not decided or died an error. */
ORR_PUBLIC void orr_suites_print_junit (const OrrSuites *suites, GString *text);
/* The Test Anything Protocol, version 13, which readers of 14 take too. */
ORR_PUBLIC void orr_suites_print_tap (const OrrSuites *suites, GString *text);
/* What GitHub shows beside the lines of a file: an error for what failed or died, a warning for what was not decided; nothing for what passed. */
ORR_PUBLIC void orr_suites_print_github (const OrrSuites *suites, GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrSuites, orr_suites_free)

G_END_DECLS
