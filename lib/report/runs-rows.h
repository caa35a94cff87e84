/* runs-rows.h: many runs each of several scenarios side by side, a row each, whatever the rows are called. Internal. */
#pragma once

#include "report/columns.h"
#include "report/runs.h"

G_BEGIN_DECLS

typedef struct
{
  OrrRuns *const *runs;
  guint n;
  const GArray *names;        /* OrrColumn: what each line begins with */
  const char *const *figures; /* ends with NULL; NULL: those that reports show */
} OrrRunsRows;

void orr_runs_rows_print (const OrrRunsRows *rows, const OrrRunsStyle *style, GString *text);

G_END_DECLS
