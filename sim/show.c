/* show.c: judging traces and showing reports. */
#include "sim/show.h"

#include <string.h>
#include <unistd.h>

#include "sim/output.h"
#include "sim/plugin.h"

gboolean
property_is_known (const char *name)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  if (!name || orr_checks_find (name))
    return TRUE;
  for (guint i = 0; orr_checks[i]; i++)
    g_ptr_array_add (names, (gpointer) orr_checks[i]->entry.name);
  g_ptr_array_add (names, NULL);
  complain_unknown ("property", name, (const char *const *) names->pdata, "'orrery properties' lists them");
  return FALSE;
}

gboolean
show_is_possible (const Show *show)
{
  for (char **property = show->properties; property && *property; property++)
    if (!property_is_known (*property))
      return FALSE;
  if (show->json && show->dump)
    complain ("--json and --dump are two forms; use one of them");
  return !(show->json && show->dump);
}

void
show_clear (Show *show)
{
  g_strfreev (show->properties);
}

static void
add_expected (const GPtrArray *scenarios, GPtrArray *properties)
{
  for (guint i = 0; i < scenarios->len; i++)
    {
      const OrrArray *expectations = &((const OrrScenario *) g_ptr_array_index (scenarios, i))->expectations;
      for (guint e = 0; e < expectations->length; e++)
        {
          const OrrEntry *property = ((const OrrExpectation *) expectations->data)[e].property;
          if (property)
            g_ptr_array_add (properties, (gpointer) property->name);
        }
    }
}

GPtrArray *
show_properties (const Show *show, const GPtrArray *scenarios)
{
  GPtrArray *properties = g_ptr_array_new ();
  for (char **property = show->properties; property && *property; property++)
    g_ptr_array_add (properties, *property);
  if (scenarios->len > 1)
    add_expected (scenarios, properties);
  g_ptr_array_add (properties, NULL);
  return properties;
}

GPtrArray *
show_judge (const Show *show, const GPtrArray *traces)
{
  OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
  budget.stop = show->stop;
  GPtrArray *reports = g_ptr_array_new_with_free_func ((GDestroyNotify) orr_report_free);
  g_autoptr (GPtrArray) scenarios = g_ptr_array_new ();
  for (guint i = 0; i < traces->len; i++)
    g_ptr_array_add (scenarios, ((const OrrTrace *) g_ptr_array_index (traces, i))->scenario);
  g_autoptr (GPtrArray) properties = show_properties (show, scenarios);
  for (guint i = 0; i < traces->len; i++)
    g_ptr_array_add (reports, (show->client_view ? orr_report_new_of_clients : orr_report_new) (
                                  g_ptr_array_index (traces, i), (const char *const *) properties->pdata,
                                  show->all_properties, &budget));
  return reports;
}

void
show_add_word (const char *word, GString *command)
{
  static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=:,+%@";
  g_autofree char *quoted = g_shell_quote (word);
  g_string_append_c (command, ' ');
  g_string_append (command, *word && strspn (word, plain) == strlen (word) ? word : quoted);
}

void
show_add_options (const Show *show, GString *command)
{
  for (char **property = show->properties; property && *property; property++)
    g_string_append_printf (command, " --property %s", *property);
  if (show->all_properties)
    g_string_append (command, " --all-properties");
  if (show->client_view)
    g_string_append (command, " --view client");
  if (show->each)
    g_string_append (command, " --each");
  plugin_add_options (command);
}

static void
show_one (const Show *show, const OrrReport *report, const char *again)
{
  g_autoptr (GString) text = g_string_new (NULL);
  OrrReportStyle style
      = { .colour = wants_colour (STDOUT_FILENO), .brief = show->quiet, .each = show->each, .again = again };
  if (show->dump)
    orr_trace_dump (report->trace, text);
  else if (show->json)
    orr_report_print_json (report, again, text);
  else
    orr_report_print (report, &style, text);
  put (text->str);
}

static void
show_list (const Show *show, OrrReport *const *reports, const char *const *agains, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      if (show->json)
        put (i == 0 ? "[\n" : ",\n");
      show_one (show, reports[i], agains[i]);
    }
  put (show->json ? "\n]\n" : "");
}

static const char *
result_word (const OrrReport *report)
{
  if (!report->trace)
    return orr_verdict_name (report->result);
  return report->result == ORR_VIOLATED ? "not as expected" : "undecided";
}

/* Below the table, how to see in full what is not as it should be. */
static void
show_table (const Show *show, OrrReport *const *reports, const char *const *names, const char *const *agains,
            guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  OrrReportStyle style = { .colour = wants_colour (STDOUT_FILENO), .brief = show->quiet };
  orr_reports_print_table (reports, names, n, &style, text);
  for (guint i = 0; i < n; i++)
    if (reports[i]->result != ORR_HOLDS)
      g_string_append_printf (text, "%s: %s\n", result_word (reports[i]), agains[i]);
  put (text->str);
}

void
show_reports (const Show *show, OrrReport *const *reports, const char *const *names,
              const char *const *agains, guint n)
{
  if (n == 1)
    {
      show_one (show, reports[0], agains[0]);
      put (show->json ? "\n" : "");
    }
  else if (show->json || show->dump)
    show_list (show, reports, agains, n);
  else if (n > 1)
    show_table (show, reports, names, agains, n);
}

const char *
show_form (const Show *show)
{
  return show->json ? "--json" : show->dump ? "--dump" : NULL;
}

ExitStatus
show_tested (const Show *show, const Ci *ci, const GPtrArray *reports, char *const *properties,
             const char *const *names, const char *const *agains)
{
  g_autoptr (OrrSuites) suites = orr_suites_new ();
  for (guint i = 0; i < reports->len && ci_is_wanted (ci); i++)
    ci_add_report (suites, names[i], g_ptr_array_index (reports, i), properties, agains[i]);
  ExitStatus status = ci_write (ci, suites);
  if (!ci->tap && !output_is_taken (ci->junit))
    show_reports (show, (OrrReport *const *) reports->pdata, names, agains, reports->len);
  return status;
}

ExitStatus
show_status (OrrVerdictKind result)
{
  static const ExitStatus statuses[] = {
    [ORR_HOLDS] = EXIT_AS_EXPECTED, [ORR_VIOLATED] = EXIT_NOT_AS_EXPECTED, [ORR_UNDECIDED] = EXIT_UNDECIDED
  };
  return statuses[result];
}
