/* workers.h: many processes that make the runs of a campaign.
 *
 * A run may crash: a model's rule is broken, a plug-in reads what is not there. It should take itself down and not
 * the campaign. So runs are made in processes of their own, copies of this one that have read the scenarios
 * already, and whatever kills one of them ends that run alone, as a finding. */
#pragma once

#include "explore/campaign.h"
#include "sim/command.h"

typedef struct
{
  guint jobs;            /* processes at most */
  const gint *interrupt; /* the campaign ends when it becomes non-zero */
  void (*progress) (gpointer data, const OrrCampaign *campaign, guint64 n); /* now and then: `n` runs have come back; may be NULL */
  gpointer progress_data;
} WorkersOptions;

/* Makes all runs of a campaign; when interrupted, those up to some seed. All processes are gone when it returns.
 * Fails, with a complaint, only where no process can be started. */
ExitStatus workers_run (OrrCampaign *campaign, const OrrPlan *plan, const WorkersOptions *options);
