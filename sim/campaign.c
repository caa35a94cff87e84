/* campaign.c: making the runs of a campaign for a user who waits for them. */
#include "sim/campaign.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sim/interrupt.h"
#include "sim/show.h"
#include "sim/workers.h"

/* --- Options --- */

gboolean
parse_seeds (const char *text, guint64 *ret_first, guint64 *ret_last)
{
  const char *dots = strstr (text, "..");
  g_autofree char *first = g_strndup (text, dots ? (gsize) (dots - text) : 0);
  if (dots && g_ascii_string_to_unsigned (first, 10, 0, G_MAXUINT64, ret_first, NULL)
      && g_ascii_string_to_unsigned (dots + strlen (".."), 10, 0, G_MAXUINT64, ret_last, NULL)
      && *ret_first <= *ret_last)
    return TRUE;
  complain ("--seeds takes the first and the last of the seeds, as in 1..200, not '%s'", text);
  return FALSE;
}

gboolean
parse_number (const char *option, const char *text, guint64 least, guint64 most, guint64 *number)
{
  if (!text || g_ascii_string_to_unsigned (text, 10, least, most, number, NULL))
    return TRUE;
  g_autofree char *to = most < G_MAXUINT64 ? g_strdup_printf (" to %" G_GUINT64_FORMAT, most) : NULL;
  complain ("%s takes a whole number from %" G_GUINT64_FORMAT "%s, not '%s'", option, least, to ? to : "",
            text);
  return FALSE;
}

/* --- Progress --- */

typedef struct
{
  const OrrCampaign *campaign;
  gint64 began, shown; /* host's monotonic microseconds */
  guint n_scenarios;
} Progress;

static guint64
count_bad (OrrRuns *const *runs, guint n)
{
  guint64 bad = 0;
  for (guint i = 0; i < n; i++)
    bad += runs[i]->by_result[ORR_VIOLATED].count + runs[i]->n_died;
  return bad;
}

/* One line that rewrites itself, for campaigns that take longer than a second. */
static void
show_progress (gpointer data, guint64 n)
{
  Progress *progress = data;
  gint64 time = g_get_monotonic_time ();
  if (time - progress->began < G_USEC_PER_SEC || time - progress->shown < G_USEC_PER_SEC / 5)
    return;
  progress->shown = time;
  guint64 left = orr_campaign_left (progress->campaign);
  guint64 a_second = n * 10 / (guint64) ((time - progress->began) / (G_USEC_PER_SEC / 10));
  fprintf (stderr, "\r%" G_GUINT64_FORMAT " runs, %" G_GUINT64_FORMAT " a second", n, a_second);
  if (left < G_MAXUINT64)
    fprintf (stderr, ", %" G_GUINT64_FORMAT " to begin", left);
  fprintf (stderr, ", %" G_GUINT64_FORMAT " not as expected\033[K",
           count_bad (orr_campaign_runs (progress->campaign), progress->n_scenarios));
}

/* --- Running --- */

ExitStatus
make_runs (OrrCampaign *campaign, const OrrPlan *plan, guint jobs, OrrTime patience, gboolean quiet)
{
  Progress progress
      = { .campaign = campaign, .began = g_get_monotonic_time (), .n_scenarios = plan->n_scenarios };
  WorkersOptions options = { .jobs = jobs ? jobs : MAX (g_get_num_processors (), 1),
                             .patience = patience,
                             .interrupt = interrupt_watch (),
                             .progress = isatty (STDERR_FILENO) && !quiet ? show_progress : NULL,
                             .progress_data = &progress };
  ExitStatus status = workers_run (campaign, plan, &options);
  interrupt_unwatch ();
  if (progress.shown)
    fputs ("\r\033[K", stderr);
  return status;
}

ExitStatus
status_of_runs (OrrRuns *const *runs, guint n)
{
  ExitStatus status = EXIT_AS_EXPECTED;
  for (guint i = 0; i < n; i++)
    {
      status = worse_status (status, show_status (orr_runs_result (runs[i])));
      if (runs[i]->n_died > 0)
        status = worse_status (status, EXIT_INTERNAL);
    }
  return status;
}
