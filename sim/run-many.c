/* run-many.c: `orrery run --seeds A..B`: runs by seed, in many processes. */
#include "sim/run-many.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sim/interrupt.h"
#include "sim/workers.h"

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

/* --- What they say --- */

/* The command of each scenario up to its seed. */
static GPtrArray *
commands_of (const Many *many)
{
  GPtrArray *commands = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < many->scenarios->len; i++)
    {
      GString *command = g_string_new ("orrery run");
      show_add_word (many->names[i], command);
      g_ptr_array_add (commands, g_string_free (command, FALSE));
    }
  return commands;
}

static OrrRunsStyle
style_of (const Many *many, const GPtrArray *commands, guint i)
{
  return (OrrRunsStyle){ .colour = wants_colour (STDOUT_FILENO),
                         .brief = many->show->quiet,
                         .command = g_ptr_array_index (commands, i),
                         .options = many->options };
}

static void
show_json (const Many *many, OrrRuns *const *runs, const GPtrArray *commands, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean several = many->scenarios->len > 1;
  for (guint i = 0; i < n; i++)
    {
      OrrRunsStyle style = style_of (many, commands, i);
      if (several)
        g_string_append (text, i == 0 ? "[\n" : ",\n");
      orr_runs_print_json (runs[i], &style, text);
    }
  g_string_append (text, several ? "\n]\n" : "\n");
  put (text->str);
}

/* Below the table, how to see what is not as it should be: the first run that shows it. */
static void
show_table (const Many *many, OrrRuns *const *runs, const GPtrArray *commands, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  OrrRunsStyle style = style_of (many, commands, 0);
  orr_runs_print_table (runs, (const char *const *) many->names, n, &style, text);
  for (guint i = 0; i < n; i++)
    {
      OrrVerdictKind result = orr_runs_result (runs[i]);
      g_autofree char *again = NULL;
      if (result == ORR_HOLDS)
        continue;
      style = style_of (many, commands, i);
      again = g_strdup_printf ("%s --seeds %" G_GUINT64_FORMAT "..%" G_GUINT64_FORMAT "%s", style.command,
                               many->first, many->last, style.options);
      g_string_append_printf (text, "%s: %s\n", result == ORR_VIOLATED ? "not as expected" : "undecided",
                              again);
    }
  put (text->str);
}

static void
show_one (const Many *many, const OrrRuns *runs, const GPtrArray *commands)
{
  g_autoptr (GString) text = g_string_new (NULL);
  OrrRunsStyle style = style_of (many, commands, 0);
  orr_runs_print (runs, &style, text);
  put (text->str);
}

/* Those scenarios whose turn did not come are left out. */
static ExitStatus
show_all (const Many *many, OrrRuns *const *runs)
{
  g_autoptr (GPtrArray) commands = commands_of (many);
  ExitStatus status = EXIT_AS_EXPECTED;
  guint n = 1;
  while (n < many->scenarios->len && runs[n]->n > 0)
    n++;
  if (many->show->json)
    show_json (many, runs, commands, n);
  else if (many->scenarios->len > 1)
    show_table (many, runs, commands, n);
  else
    show_one (many, runs[0], commands);
  for (guint i = 0; i < n; i++)
    {
      status = worse_status (status, show_status (orr_runs_result (runs[i])));
      if (runs[i]->n_died > 0)
        status = worse_status (status, EXIT_INTERNAL);
    }
  return status;
}

/* Several are judged also by what the others expect, so that they compare. */
static GPtrArray *
properties_of (const Many *many)
{
  GPtrArray *properties = g_ptr_array_new ();
  for (char **property = many->show->properties; property && *property; property++)
    g_ptr_array_add (properties, *property);
  if (many->scenarios->len > 1)
    show_add_expected (many->scenarios, properties);
  g_ptr_array_add (properties, NULL);
  return properties;
}

ExitStatus
run_many (const Many *many)
{
  g_autoptr (GPtrArray) properties = properties_of (many);
  OrrPlan plan = { .scenarios = (OrrScenario *const *) many->scenarios->pdata,
                   .n_scenarios = many->scenarios->len,
                   .first = many->first,
                   .last = many->last,
                   .properties = (const char *const *) properties->pdata,
                   .all_properties = many->show->all_properties,
                   .run = many->run };
  g_autoptr (OrrCampaign) campaign = orr_campaign_new (&plan);
  Progress progress
      = { .campaign = campaign, .began = g_get_monotonic_time (), .n_scenarios = plan.n_scenarios };
  gboolean shows_progress = isatty (STDERR_FILENO) && !many->show->quiet;
  WorkersOptions options = { .jobs = many->jobs ? many->jobs : MAX (g_get_num_processors (), 1),
                             .interrupt = many->interrupt,
                             .progress = shows_progress ? show_progress : NULL,
                             .progress_data = &progress };
  ExitStatus status = workers_run (campaign, &plan, &options);
  interrupt_unwatch ();
  if (progress.shown)
    fputs ("\r\033[K", stderr);
  if (status != EXIT_AS_EXPECTED && orr_campaign_runs (campaign)[0]->n == 0)
    return status;
  status = worse_status (status, show_all (many, orr_campaign_runs (campaign)));
  if (!interrupt_happened ())
    return status;
  complain ("interrupted");
  return EXIT_INTERRUPTED;
}
