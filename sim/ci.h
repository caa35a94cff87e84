/* ci.h: results for programs that run tests: what a command found, told in the forms that they read. */
#pragma once

#include "export/suites.h"
#include "report/runs.h"
#include "sim/common.h"

/* Which forms a user wants. */
typedef struct
{
  char *junit; /* a file; NULL: none */
  gboolean tap, github;
} Ci;

#define CI_ENTRIES(ci) \
  { "junit", 0, 0, G_OPTION_ARG_FILENAME, &(ci)->junit, NULL, NULL }, { "tap", 0, 0, G_OPTION_ARG_NONE, &(ci)->tap, NULL, NULL }, \
  { "github", 0, 0, G_OPTION_ARG_NONE, &(ci)->github, NULL, NULL }

#define CI_DOC \
  "      --junit FILE      save what passed and failed as JUnit's XML\n" \
  "      --tap             print it by the Test Anything Protocol, instead of the report\n" \
  "      --github          print annotations for GitHub's actions on standard error\n"

gboolean ci_is_wanted (const Ci *ci);
/* TRUE where the forms go together; else a complaint. `form`: the option by which the report takes another form; NULL: none. */
gboolean ci_is_possible (const Ci *ci, const char *form);
/* TRUE where the file can be written; else a complaint, of EXIT_CANNOT_CREATE. */
gboolean ci_can_write (const Ci *ci);
void ci_clear (Ci *ci);

/* A suite of what is expected of a run, or of many runs, or, where nothing is, of its coming to an end; of a history from elsewhere, of what was
 * judged; where `properties` (may be NULL) are what counts, of those. `name` is what the user calls it. The commands show it again: all, and, of
 * many runs, one: up to its seed, and behind it. */
void ci_add_report (OrrSuites *suites, const char *name, const OrrReport *report, char *const *properties, const char *again);
void ci_add_runs (OrrSuites *suites, const char *name, const OrrRuns *runs, const char *command, const char *options);

/* Tells it in all forms that are wanted. */
ExitStatus ci_write (const Ci *ci, const OrrSuites *suites);
