/* scenario-from.h: scenarios of the program's own models, for tests. */
#pragma once

#include "engine/model.h"
#include "report/catalog-new.h"

#include <string.h>

/* Reads a scenario whose text must be right; the test fails with what is wrong with it. The caller unrefs it.
 */
static inline OrrScenario *
scenario_from (const OrrCatalog *known, const char *text)
{
  g_autoptr (OrrProblems) problems = orr_problems_new ("test");
  OrrScenario *scenario = orr_scenario_parse (text, strlen (text), NULL, NULL, known, problems);
  g_autofree char *messages = orr_problems_to_text (problems);
  if (!scenario)
    fail_msg ("%s", messages);
  return scenario;
}
