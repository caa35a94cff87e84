/* fuzz-show.h: what a fuzzing campaign says. */
#pragma once

#include "explore/fuzz.h"
#include "export/suites.h"
#include "sim/common.h"

typedef struct
{
  const OrrScenario *scenario;
  const OrrCatalog *catalog;
  const OrrFuzz *fuzz;
  const char *name;    /* of the scenario, as the user called it */
  const char *folder;  /* of the findings */
  const char *again;   /* the command that does it again */
  const char *options; /* that a finding needs to be shown: " --plugin ./mine.so"; or empty */
  guint64 first, last; /* seeds that were asked for */
  const char *seeds;   /* of a merged campaign: those of its runs; NULL: from the first on, as many as there are runs */
  gboolean brief;      /* the findings alone */
} FuzzShow;

void fuzz_show (const FuzzShow *show);
void fuzz_show_json (const FuzzShow *show);

/* A suite with a case for each property that was sought. */
void fuzz_show_suite (const FuzzShow *show, OrrSuites *suites);

/* The command that shows a finding. The caller frees it. */
char *fuzz_show_command (const FuzzShow *show, const OrrFinding *finding);

/* One line about a finding, as it is found. The caller frees it. */
char *fuzz_show_line (const char *folder, const OrrFinding *finding);

/* What it comes to: violated: something was found; undecided: nothing was put to the test. */
OrrVerdictKind fuzz_show_result (const OrrFuzz *fuzz);
