/* try-scenario.h: everything that can be done with a scenario, in a bounded time.
 *
 * What could be read is written and read again: the same text must come out. Both are run for some events: the same digest must come out. And the
 * run is judged by all checks. */
#pragma once

#include "engine/model.h"
#include "engine/simulation.h"
#include "fuzz.h"
#include "report/catalog-new.h"
#include "report/report.h"

#include <string.h>

#define EVENTS_MAX   2000
#define INSTANT_MAX  500
#define NODES_MAX    40 /* larger ones are not run */
#define SESSIONS_MAX 200
#define KEYS_MAX     2000

static inline gboolean
is_small (const OrrScenario *scenario)
{
  return scenario->layout->nodes->len <= NODES_MAX && scenario->n_sessions <= SESSIONS_MAX
         && scenario->workload.all_keys.length <= KEYS_MAX && scenario->workload.operations.length <= KEYS_MAX;
}

static inline OrrTrace *
run_briefly (const OrrScenario *scenario)
{
  OrrRunOptions options = { .seed = scenario->seed,
                            .level = ORR_RECORD_FULL,
                            .record_limit = EVENTS_MAX,
                            .events_max = EVENTS_MAX,
                            .instant_max = INSTANT_MAX };
  return orr_simulate (scenario, &options);
}

static inline void
judge (const OrrTrace *trace)
{
  const OrrCheckBudget budget = { .states_max = 10000 };
  OrrReportStyle style = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (OrrReport) report = orr_report_new (trace, NULL, TRUE, &budget);
  orr_report_print (report, &style, text);
  g_assert (g_utf8_validate (text->str, (gssize) text->len, NULL));
  g_string_truncate (text, 0);
  orr_report_print_json (report, NULL, text);
}

/* `sets` as in orr_scenario_parse. */
static inline void
try_scenario (const char *text, gsize length, const char *const *sets, const OrrCatalog *catalog)
{
  g_autoptr (OrrProblems) problems = orr_problems_new ("fuzz.yaml");
  g_autoptr (OrrScenario) scenario = orr_scenario_parse (text, length, "fuzz.yaml", sets, catalog, problems);
  g_autofree char *told = orr_problems_to_text (problems);
  g_assert ((scenario == NULL) == (orr_problems_get_length (problems) > 0));
  g_assert (g_utf8_validate (told, -1, NULL));
  if (!scenario)
    return;

  g_autoptr (OrrProblems) none = orr_problems_new ("fuzz.yaml");
  g_autoptr (OrrScenario) again
      = orr_scenario_parse (scenario->text, strlen (scenario->text), "fuzz.yaml", NULL, catalog, none);
  g_autofree char *wrong = orr_problems_to_text (none);
  if (!again)
    g_error ("what was written can't be read:\n%s\n%s", scenario->text, wrong);
  if (strcmp (again->text, scenario->text) != 0)
    g_error ("what was written is read as something else:\n%s\n%s", scenario->text, again->text);
  if (!is_small (scenario))
    return;

  g_autoptr (OrrTrace) one = run_briefly (scenario), other = run_briefly (again);
  if (one->digest != other->digest || one->body_digest != other->body_digest)
    g_error ("what was written runs otherwise:\n%s", scenario->text);
  judge (one);
}
