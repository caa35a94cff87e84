/* run-many.c: `orrery run --seeds A..B`: runs by seed, in many processes. */
#include "sim/run-many.h"

#include <unistd.h>

#include "sim/campaign.h"
#include "sim/interrupt.h"
#include "sim/output.h"

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

/* For programs that run tests. */
static ExitStatus
write_ci (const Many *many, OrrRuns *const *runs, const GPtrArray *commands, guint n)
{
  g_autoptr (OrrSuites) suites = orr_suites_new ();
  for (guint i = 0; i < n && ci_is_wanted (many->ci); i++)
    ci_add_runs (suites, many->names[i], runs[i], g_ptr_array_index (commands, i), many->options);
  return ci_write (many->ci, suites);
}

/* Those scenarios whose turn did not come are left out. */
static ExitStatus
show_all (const Many *many, OrrRuns *const *runs)
{
  g_autoptr (GPtrArray) commands = commands_of (many);
  ExitStatus status;
  guint n = 1;
  while (n < many->scenarios->len && runs[n]->n > 0)
    n++;
  status = write_ci (many, runs, commands, n);
  if (many->ci->tap || output_is_taken (many->ci->junit))
    return worse_status (status, status_of_runs (runs, n));
  if (many->show->json)
    show_json (many, runs, commands, n);
  else if (many->scenarios->len > 1)
    show_table (many, runs, commands, n);
  else
    show_one (many, runs[0], commands);
  return worse_status (status, status_of_runs (runs, n));
}

ExitStatus
run_many (const Many *many)
{
  g_autoptr (GPtrArray) properties = show_properties (many->show, many->scenarios);
  OrrPlan plan = { .scenarios = (OrrScenario *const *) many->scenarios->pdata,
                   .n_scenarios = many->scenarios->len,
                   .first = many->first,
                   .last = many->last,
                   .properties = (const char *const *) properties->pdata,
                   .all_properties = many->show->all_properties,
                   .run = many->run };
  g_autoptr (OrrCampaign) campaign = orr_campaign_new (&plan);
  ExitStatus status = make_runs (campaign, &plan, many->jobs, many->patience, many->show->quiet);
  if (status != EXIT_AS_EXPECTED && orr_campaign_runs (campaign)[0]->n == 0)
    return status;
  status = worse_status (status, show_all (many, orr_campaign_runs (campaign)));
  if (!interrupt_happened ())
    return status;
  complain ("interrupted");
  return EXIT_INTERRUPTED;
}
