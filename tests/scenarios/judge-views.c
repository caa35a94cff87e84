/* judge-views.c: judges the run of a scenario twice, by all that the simulator knows and by what its clients
 * saw.
 *
 * A real system has its clients' view alone. So whatever that view says must be so by the truth too, or the
 * other way round where both can say it: a verdict that turns round is a mistake of one of the two, but where
 * the properties are defined by what is known. In each view the verdicts must not contradict the map of
 * properties either. */
#include <stdio.h>
#include <string.h>

#include "check/map.h"
#include "engine/simulation.h"
#include "report/catalog-new.h"

extern const OrrModel *const orr_models[];

/* Those that differ by their definition, and how. */
static const struct
{
  const char *property, *why;
} differ[] = {
  { "read-your-writes",
    "clients grant any order of the writes that explains the reads; the true one may not" },
  { "monotonic-reads", "the same" },
  { "monotonic-writes", "the same" },
  { "writes-follow-reads", "the same" },
  { "read-uncommitted", "the same" },
  { "read-committed", "the same" },
  { "cursor-stability", "the same" },
  { "monotonic-atomic-view", "the same" },
  { "repeatable-read", "the same" },
  { "read-atomic", "the same" },
  { "transactional-causal", "the same" },
  { "prefix", "the same" },
  { "parallel-snapshot-isolation", "the same" },
  { "snapshot-isolation", "the same" },
  { "serializable", "the same" },
  { "strong-session-snapshot-isolation", "the same" },
  { "strong-session-serializable", "the same" },
  { "strong-snapshot-isolation", "the same" },
  { "strict-serializable", "the same" },
};

/* Scenarios in which the two tell of different things. */
static const struct
{
  const char *scenario, *why;
} apart[] = {
  { "lww-cache/two-timestamps",
    "by its bug one write has two places in the order, and each node tells of its own" },
};

static gboolean
tell_apart (const char *file)
{
  g_autofree char *name = g_strndup (file, strlen (file) - strlen (".yaml"));
  for (guint i = 0; i < G_N_ELEMENTS (apart); i++)
    if (g_str_has_suffix (name, apart[i].scenario))
      return TRUE;
  return FALSE;
}

/* By the truth violated, while some order that is not the true one would explain what was seen. */
static gboolean
may_differ (const char *property, OrrVerdictKind truth, OrrVerdictKind seen)
{
  for (guint i = 0; i < G_N_ELEMENTS (differ); i++)
    if (strcmp (differ[i].property, property) == 0)
      return truth == ORR_VIOLATED && seen == ORR_HOLDS;
  return FALSE;
}

static GPtrArray *
judge_all (const OrrHistory *history)
{
  const OrrCheckBudget budget = { .states_max = 100 * 1000 }; /* what is unknown contradicts nothing */
  GPtrArray *verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) orr_verdict_free);
  for (guint i = 0; orr_checks[i]; i++)
    g_ptr_array_add (verdicts, orr_check_judge (orr_checks[i], history, &budget));
  return verdicts;
}

static gboolean
keeps_the_map (const OrrHistory *history, const GPtrArray *verdicts, const char *view)
{
  const OrrVerdict *holds, *violated;
  if (!orr_map_contradiction (verdicts, orr_map_given (history), &holds, &violated))
    return TRUE;
  printf ("%s: %s holds (%s), which implies %s, and that is violated: %s\n", view, holds->property->name,
          holds->sentence, violated->property->name, violated->sentence);
  return FALSE;
}

static gboolean
agree (const GPtrArray *truth, const GPtrArray *seen)
{
  gboolean all = TRUE;
  for (guint i = 0; i < truth->len; i++)
    {
      const OrrVerdict *a = g_ptr_array_index (truth, i), *b = g_ptr_array_index (seen, i);
      if (a->kind == b->kind || a->kind == ORR_UNDECIDED || b->kind == ORR_UNDECIDED
          || may_differ (a->property->name, a->kind, b->kind))
        continue;
      printf ("%s: by the truth %s (%s), by what clients saw %s (%s)\n", a->property->name,
              orr_verdict_name (a->kind), a->sentence, orr_verdict_name (b->kind), b->sentence);
      all = FALSE;
    }
  return all;
}

static gboolean
judge_scenario (const OrrScenario *scenario, const char *file)
{
  OrrTrace *trace = orr_simulate (scenario, NULL);
  OrrHistory *history = orr_history_from_trace (trace), *view = orr_history_client_view (history);
  GPtrArray *truth = judge_all (history), *seen = judge_all (view);
  gboolean ok = keeps_the_map (history, truth, "by the truth");
  ok &= keeps_the_map (view, seen, "by what clients saw");
  if (tell_apart (file))
    ok &= !agree (truth, seen); /* else it need not be in the table */
  else
    ok &= agree (truth, seen);
  g_ptr_array_unref (seen);
  g_ptr_array_unref (truth);
  orr_history_free (view);
  orr_history_free (history);
  orr_trace_free (trace);
  return ok;
}

int
main (int argc, char **argv)
{
  OrrCatalog *catalog = orr_catalog_new (orr_models);
  gboolean ok = argc > 1;
  for (int i = 1; i < argc; i++)
    {
      g_autoptr (OrrProblems) problems = orr_problems_new (argv[i]);
      OrrScenario *scenario = orr_scenario_load (argv[i], NULL, catalog, problems, NULL);
      ok &= scenario && judge_scenario (scenario, argv[i]);
      orr_scenario_unref (scenario);
    }
  orr_catalog_free (catalog);
  return ok ? 0 : 1;
}
