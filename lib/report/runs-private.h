/* runs-private.h: what the forms of a report on many runs share. Not installed. */
#pragma once

#include <json-glib/json-glib.h>

#include "report/runs.h"

G_BEGIN_DECLS

/* "18.5%": a share as users see it. The caller frees it. */
char *orr_runs_share_to_text (double share);
/* "1.2ms..1.5ms", without what no figure can be: below nothing, or more than all. The caller frees it. */
char *orr_runs_interval_to_text (const OrrMeasureEntry *measure, OrrInterval interval);
/* "200", also where it is 2^64. The caller frees it. */
char *orr_runs_asked_for (const OrrRuns *runs);
/* The command that makes one run, or all of them. NULL where the style has none. The caller frees it. */
char *orr_runs_command (const OrrRunsStyle *style, guint64 seed);
char *orr_runs_command_for_all (const OrrRuns *runs, const OrrRunsStyle *style);
/* All that they say, as one JSON object. */
void orr_runs_add_json (JsonBuilder *json, const OrrRuns *runs, const OrrRunsStyle *style);
/* Runs in which it was decided whether the property holds. */
guint64 orr_runs_decided (const OrrRunsVerdict *verdict);

G_END_DECLS
