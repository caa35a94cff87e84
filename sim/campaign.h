/* campaign.h: what commands share that make many runs. */
#pragma once

#include "explore/campaign.h"
#include "sim/common.h"

/* More processes than that help nobody. */
#define JOBS_MAX 1024

/* TRUE where `text` is a range of seeds, A..B; else a complaint. */
gboolean parse_seeds (const char *text, guint64 *ret_first, guint64 *ret_last);
/* TRUE where `text` is a number within these bounds, or NULL, which leaves it alone; else a complaint. */
gboolean parse_number (const char *option, const char *text, guint64 least, guint64 most, guint64 *number);

/* Makes all runs, until Ctrl-C, and shows how far it is, unless it is to be quiet. `jobs`: processes at most; 0: one a processor. A run that gets
 * nowhere for so much processor time is given up. */
ExitStatus make_runs (OrrCampaign *campaign, const OrrPlan *plan, guint jobs, OrrTime patience, gboolean quiet);

/* What the runs of these scenarios amount to. */
ExitStatus status_of_runs (OrrRuns *const *runs, guint n);
