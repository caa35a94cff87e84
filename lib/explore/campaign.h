/* campaign.h: runs by seed, whoever makes them.
 *
 * A campaign says which run is to be made next and takes what came of it. It makes no run by itself and knows of
 * no process: its caller asks for tasks, has them done wherever it likes, many at once, and brings the summaries
 * back as they come. They are added up in the order of the tasks, whatever the order in which they came; so what a
 * campaign says does not depend on how many hands it had, nor on which was faster. Memory is that of the few that
 * came early, since no task is handed out that is too far ahead of the first that is missing.
 *
 * A task names its run by the scenario's index and the seed, so that it can be sent to another process, which has
 * the same plan and makes the run with orr_campaign_run. */
#pragma once

#include "engine/simulation.h"
#include "explore/task.h"
#include "report/runs.h"

G_BEGIN_DECLS

/* What is to be run: each scenario by each seed, scenario after scenario, or in turns of so many seeds each. All of it must outlive what is made
 * from it. */
typedef struct
{
  OrrScenario *const *scenarios;
  guint n_scenarios;
  guint64 first, last;           /* seeds; first ≤ last */
  guint64 turn;                  /* seeds of one scenario before the next one's turn; 0: all of them */
  const char *const *properties; /* judged besides those that the scenarios expect something of; ends with NULL, may be NULL */
  gboolean all_properties;
  OrrRunOptions run;             /* of each run, but for its seed */
} OrrPlan;

/* Makes one run of the plan and judges it. The caller frees the summary. */
ORR_PUBLIC OrrSummary *orr_campaign_run (const OrrPlan *plan, guint scenario, guint64 seed);

typedef struct OrrCampaign OrrCampaign;

/* At most so many runs are handed out ahead of the first one that has not come back. */
#define ORR_CAMPAIGN_AHEAD_MAX 1024

ORR_PUBLIC OrrCampaign *orr_campaign_new (const OrrPlan *plan);
ORR_PUBLIC void orr_campaign_free (OrrCampaign *campaign); /* accepts NULL */

/* Tells of each run when it is added up, thus in the order of the plan. It takes the summary over. */
typedef void (*OrrCampaignTell) (gpointer data, guint scenario, OrrSummary *summary);
ORR_PUBLIC void orr_campaign_set_tell (OrrCampaign *campaign, OrrCampaignTell tell, gpointer data);

/* The next task, of at most so many runs (> 0): of one scenario, whose index it names, by consecutive seeds. They are numbered from the campaign's
 * beginning. FALSE: there is none for now, or ever. */
ORR_PUBLIC gboolean orr_campaign_next (OrrCampaign *campaign, guint count_max, OrrTask *ret_task);
/* Whoever had it did not do it: it will be handed out again. */
ORR_PUBLIC void orr_campaign_give_back (OrrCampaign *campaign, const OrrTask *task);
/* What came of a run that was handed out and not taken yet. Takes the summary over. */
ORR_PUBLIC void orr_campaign_take (OrrCampaign *campaign, guint64 number, OrrSummary *summary);

ORR_PUBLIC gboolean orr_campaign_is_done (const OrrCampaign *campaign); /* all runs were taken */
ORR_PUBLIC guint64 orr_campaign_left (const OrrCampaign *campaign);     /* runs that are still to be handed out; G_MAXUINT64: at least so many */
/* What the runs say that came back, up to the first that did not: one a scenario, owned by the campaign. */
ORR_PUBLIC OrrRuns *const *orr_campaign_runs (const OrrCampaign *campaign);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrCampaign, orr_campaign_free)

G_END_DECLS
