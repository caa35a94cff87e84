/* campaign.c: handing out runs, and putting what comes back in order.
 *
 * Runs are numbered as they are handed out for the first time. Summaries that come early wait in a ring, each
 * at its number, until those before them are there. */
#include "explore/campaign.h"

struct OrrCampaign
{
  const OrrPlan *plan;
  OrrRuns **runs;    /* by scenario */
  GQueue given_back; /* OrrTask */

  /* What is handed out next: */
  guint64 number, seed;
  guint scenario; /* n_scenarios: nothing is left */

  /* What is added up next: */
  guint64 awaited;
  guint adding; /* its scenario; n_scenarios: all is done */
  OrrSummary *early[ORR_CAMPAIGN_AHEAD_MAX];
};

OrrSummary *
orr_campaign_run (const OrrPlan *plan, guint scenario, guint64 seed)
{
  const OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
  OrrRunOptions options = plan->run;
  options.seed = seed;
  g_assert (scenario < plan->n_scenarios);
  OrrTrace *trace = orr_simulate (plan->scenarios[scenario], &options);
  OrrReport *report = orr_report_new (trace, plan->properties, plan->all_properties, &budget);
  OrrSummary *summary = orr_summary_new (report);
  orr_report_free (report);
  orr_trace_free (trace);
  return summary;
}

OrrCampaign *
orr_campaign_new (const OrrPlan *plan)
{
  OrrCampaign *campaign = g_new0 (OrrCampaign, 1);
  g_assert (plan->n_scenarios > 0 && plan->first <= plan->last);
  campaign->plan = plan;
  campaign->seed = plan->first;
  campaign->runs = g_new (OrrRuns *, plan->n_scenarios);
  for (guint i = 0; i < plan->n_scenarios; i++)
    campaign->runs[i] = orr_runs_new (plan->scenarios[i], plan->first, plan->last);
  g_queue_init (&campaign->given_back);
  return campaign;
}

void
orr_campaign_free (OrrCampaign *campaign)
{
  if (!campaign)
    return;
  for (guint i = 0; i < ORR_CAMPAIGN_AHEAD_MAX; i++)
    orr_summary_free (campaign->early[i]);
  for (guint i = 0; i < campaign->plan->n_scenarios; i++)
    orr_runs_free (campaign->runs[i]);
  g_queue_clear_full (&campaign->given_back, g_free);
  g_free (campaign->runs);
  g_free (campaign);
}

/* --- Handing out --- */

/* A task that came back, or as much of it as was asked for. */
static void
take_given_back (OrrCampaign *campaign, guint count_max, OrrTask *ret_task)
{
  OrrTask *task = g_queue_peek_head (&campaign->given_back);
  *ret_task = *task;
  ret_task->count = MIN (task->count, count_max);
  task->number += ret_task->count;
  task->seed += ret_task->count;
  task->count -= ret_task->count;
  if (task->count == 0)
    g_free (g_queue_pop_head (&campaign->given_back));
}

gboolean
orr_campaign_next (OrrCampaign *campaign, guint count_max, OrrTask *ret_task)
{
  const OrrPlan *plan = campaign->plan;
  guint64 room = campaign->awaited + ORR_CAMPAIGN_AHEAD_MAX - campaign->number;
  g_assert (count_max > 0);
  if (campaign->given_back.length > 0)
    {
      take_given_back (campaign, count_max, ret_task);
      return TRUE;
    }
  if (campaign->scenario == plan->n_scenarios || room == 0)
    return FALSE;
  /* The last seed may be the last of all numbers: there is none behind it. */
  guint64 behind = plan->last - campaign->seed, count = MIN (count_max, room);
  gboolean is_last = behind < count;
  if (is_last)
    count = behind + 1;
  *ret_task = (OrrTask){ campaign->number, campaign->seed, campaign->scenario, (guint32) count };
  campaign->number += count;
  campaign->seed = is_last ? plan->first : campaign->seed + count;
  campaign->scenario += is_last;
  return TRUE;
}

void
orr_campaign_give_back (OrrCampaign *campaign, const OrrTask *task)
{
  if (task->count > 0)
    g_queue_push_tail (&campaign->given_back, g_memdup2 (task, sizeof *task));
}

/* --- Taking --- */

/* Adds what is there of the runs that come next. */
static void
add_up (OrrCampaign *campaign)
{
  for (;;)
    {
      OrrSummary **place = &campaign->early[campaign->awaited % ORR_CAMPAIGN_AHEAD_MAX];
      if (!*place)
        return;
      OrrRuns *runs = campaign->runs[campaign->adding];
      orr_runs_add (runs, *place);
      g_clear_pointer (place, orr_summary_free);
      campaign->awaited++;
      campaign->adding += orr_runs_is_complete (runs);
    }
}

void
orr_campaign_take (OrrCampaign *campaign, guint64 number, OrrSummary *summary)
{
  OrrSummary **place = &campaign->early[number % ORR_CAMPAIGN_AHEAD_MAX];
  g_assert (number - campaign->awaited < campaign->number - campaign->awaited && !*place);
  *place = summary;
  add_up (campaign);
}

/* --- Asking --- */

gboolean
orr_campaign_is_done (const OrrCampaign *campaign)
{
  return campaign->adding == campaign->plan->n_scenarios;
}

guint64
orr_campaign_left (const OrrCampaign *campaign)
{
  const OrrPlan *plan = campaign->plan;
  guint64 left = 0, each;
  if (campaign->scenario < plan->n_scenarios)
    {
      guint whole = plan->n_scenarios - campaign->scenario - 1;
      if (plan->last - plan->first == G_MAXUINT64
          || !g_uint64_checked_mul (&each, plan->last - plan->first + 1, whole)
          || !g_uint64_checked_add (&left, each, plan->last - campaign->seed)
          || !g_uint64_checked_add (&left, left, 1))
        return G_MAXUINT64;
    }
  for (const GList *link = campaign->given_back.head; link; link = link->next)
    if (!g_uint64_checked_add (&left, left, ((const OrrTask *) link->data)->count))
      return G_MAXUINT64;
  return left;
}

OrrRuns *const *
orr_campaign_runs (const OrrCampaign *campaign)
{
  return campaign->runs;
}
