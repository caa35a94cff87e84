/* scenario-of.h: scenarios for models that only a test knows. */
#pragma once

#include "engine/fault.h"
#include "engine/simulation.h"

#include <string.h>

/* A scenario of a model, whose text must be right. The caller unrefs it. */
static inline OrrScenario *
scenario_of (const OrrModel *model, const char *text)
{
  const OrrModel *models[] = { model, NULL };
  const OrrEntry *no_entries[] = { NULL };
  const OrrMeasureEntry *no_measures[] = { NULL };
  const OrrCatalog catalog = { .models = models,
                               .objects = orr_objects,
                               .faults = (const OrrEntry *const *) (gconstpointer) orr_faults,
                               .properties = no_entries,
                               .measures = no_measures };
  g_autoptr (OrrProblems) problems = orr_problems_new ("test");
  OrrScenario *scenario = orr_scenario_parse (text, strlen (text), NULL, NULL, &catalog, problems);
  g_autofree char *messages = orr_problems_to_text (problems);
  if (!scenario)
    g_error ("a test's scenario is wrong:\n%s", messages);
  return scenario;
}
