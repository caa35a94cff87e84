/* campaign.c: handing out runs, and putting what comes back in order.
 *
 * Runs are numbered as they are handed out for the first time. Summaries that come early wait in a ring, each
 * at its number, until those before them are there. */
#include "explore/campaign.h"

/* A run of the plan: where handing out, or adding up, has come to. */
typedef struct
{
  guint64 number;
  guint64 begin, seed; /* the turn's first seed, and the run's */
  guint scenario;      /* n_scenarios: there is none */
} Cursor;

struct OrrCampaign
{
  const OrrPlan *plan;
  OrrRuns **runs;    /* by scenario */
  GQueue given_back; /* OrrTask */
  Cursor out, in;    /* what is handed out and what is added up next */
  OrrSummary *early[ORR_CAMPAIGN_AHEAD_MAX];
  OrrCampaignTell tell;
  gpointer tell_data;
};

/* The last seed of the turn. */
static guint64
turn_end (const OrrPlan *plan, const Cursor *cursor)
{
  gboolean is_last = plan->turn == 0 || plan->last - cursor->begin < plan->turn;
  return is_last ? plan->last : cursor->begin + (plan->turn - 1);
}

/* Goes on by so many runs, all of this scenario's turn. The last seed may be the last of all numbers: there
 * is none behind it. */
static void
advance (const OrrPlan *plan, Cursor *cursor, guint64 count)
{
  guint64 end = turn_end (plan, cursor);
  cursor->number += count;
  if (count <= end - cursor->seed)
    {
      cursor->seed += count;
      return;
    }
  cursor->seed = cursor->begin;
  cursor->scenario++;
  if (cursor->scenario < plan->n_scenarios || end == plan->last)
    return;
  cursor->begin = cursor->seed = end + 1;
  cursor->scenario = 0;
}

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
  campaign->out.begin = campaign->out.seed = campaign->in.begin = campaign->in.seed = plan->first;
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

void
orr_campaign_set_tell (OrrCampaign *campaign, OrrCampaignTell tell, gpointer data)
{
  campaign->tell = tell;
  campaign->tell_data = data;
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
  Cursor *out = &campaign->out;
  guint64 room = campaign->in.number + ORR_CAMPAIGN_AHEAD_MAX - out->number;
  g_assert (count_max > 0);
  if (campaign->given_back.length > 0)
    {
      take_given_back (campaign, count_max, ret_task);
      return TRUE;
    }
  if (out->scenario == plan->n_scenarios || room == 0)
    return FALSE;
  guint64 behind = turn_end (plan, out) - out->seed, count = MIN (count_max, room);
  if (behind < count)
    count = behind + 1;
  *ret_task = (OrrTask){ out->number, out->seed, out->scenario, (guint32) count };
  advance (plan, out, count);
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
      guint scenario = campaign->in.scenario;
      OrrSummary **place = &campaign->early[campaign->in.number % ORR_CAMPAIGN_AHEAD_MAX];
      if (!*place)
        return;
      OrrSummary *summary = g_steal_pointer (place);
      orr_runs_add (campaign->runs[scenario], summary);
      advance (campaign->plan, &campaign->in, 1);
      if (campaign->tell)
        campaign->tell (campaign->tell_data, scenario, summary);
      else
        orr_summary_free (summary);
    }
}

void
orr_campaign_take (OrrCampaign *campaign, guint64 number, OrrSummary *summary)
{
  OrrSummary **place = &campaign->early[number % ORR_CAMPAIGN_AHEAD_MAX];
  g_assert (number - campaign->in.number < campaign->out.number - campaign->in.number && !*place);
  *place = summary;
  add_up (campaign);
}

/* --- Asking --- */

gboolean
orr_campaign_is_done (const OrrCampaign *campaign)
{
  return campaign->in.scenario == campaign->plan->n_scenarios;
}

/* Adds `each` times `n`. FALSE: that is more than there are numbers. */
static gboolean
add_times (guint64 *sum, guint64 each, guint64 n)
{
  guint64 product;
  return g_uint64_checked_mul (&product, each, n) && g_uint64_checked_add (sum, *sum, product);
}

guint64
orr_campaign_left (const OrrCampaign *campaign)
{
  const OrrPlan *plan = campaign->plan;
  const Cursor *out = &campaign->out;
  guint64 left = 0, end = turn_end (plan, out);
  guint others = plan->n_scenarios - out->scenario - 1; /* that have this turn after it */
  if (out->scenario < plan->n_scenarios
      && (end - out->begin == G_MAXUINT64 || !add_times (&left, plan->last - end, plan->n_scenarios)
          || !add_times (&left, end - out->begin + 1, others) || !add_times (&left, end - out->seed, 1)
          || !add_times (&left, 1, 1)))
    return G_MAXUINT64;
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
