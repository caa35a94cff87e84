/* repeat-runs.c: writes runs of scenarios down, and runs what was written.
 *
 *     repeat-runs [--parts PARTS] [--seeds N] [--variants] [--show] FILE…
 *
 * What is written down must give the run again: the same events in the same order, the same facts, the same
 * outcomes. Where everything is written down, by any seed. PARTS is a sum: 1 the operations, 2 the faults, 4
 * the choices. --variants draws variants as fuzzing does. --show prints the scenario that does not repeat its
 * run, and the first line in which the two traces differ. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explore/materialise.h"
#include "explore/swarm.h"
#include "report/catalog-new.h"

#include "../unit/told-run.h"

extern const OrrModel *const orr_models[];

typedef struct
{
  const OrrCatalog *catalog;
  OrrMaterialise parts;
  guint64 seeds;
  gboolean show, variants;
} Task;

/* The rows of a trace but for the run's own, which names seed, scenario and digest. */
static char *
rows_of (const OrrTrace *trace)
{
  g_autoptr (GString) text = g_string_new (NULL);
  orr_trace_dump (trace, text);
  const char *second = strchr (text->str, '\n');
  return g_strdup (second ? second + 1 : "");
}

static void
show_difference (const char *a, const char *b)
{
  gsize begin = 0;
  for (gsize i = 0; a[i] && a[i] == b[i]; i++)
    if (a[i] == '\n')
      begin = i + 1;
  printf ("was: %.*s\nis:  %.*s\n", (int) strcspn (a + begin, "\n"), a + begin,
          (int) strcspn (b + begin, "\n"), b + begin);
}

/* By the same seed what was written must tell the story again; by others, all rows must be the same. */
static gboolean
is_repeated (const Task *task, const OrrTrace *was, const OrrScenario *written, guint64 seed)
{
  OrrRunOptions options = { .seed = seed, .level = ORR_RECORD_FULL };
  g_autoptr (OrrTrace) is = orr_simulate (written, &options);
  g_autofree char *a = seed == was->seed ? tell_run (was) : rows_of (was);
  g_autofree char *b = seed == was->seed ? tell_run (is) : rows_of (is);
  if (strcmp (a, b) == 0 && is->ending == was->ending && is->healed_at == was->healed_at)
    return TRUE;
  g_autofree char *text = orr_scenario_to_text (written);
  if (task->show)
    {
      printf ("%s", text);
      show_difference (a, b);
    }
  return FALSE;
}

static const char *
try_run (const Task *task, const OrrScenario *scenario, guint64 seed)
{
  g_autoptr (OrrChoices) choices = orr_choices_new ();
  OrrRunOptions options = { .seed = seed, .level = ORR_RECORD_FULL, .choices = choices };
  g_autoptr (OrrTrace) trace = orr_simulate (scenario, &options);
  g_autoptr (OrrDraft) draft = orr_materialise (trace, choices, task->parts);
  g_autoptr (OrrProblems) problems = orr_problems_new ("written");
  g_autoptr (OrrScenario) written = orr_draft_read (draft, task->catalog, problems);
  if (!written)
    {
      g_autofree char *messages = orr_problems_to_text (problems);
      printf ("%s", messages);
      return "can't be read";
    }
  if (!is_repeated (task, trace, written, seed))
    return "another run";
  if (task->parts != ORR_MATERIALISE_ALL)
    return NULL;
  /* What is compared with the rows of other seeds is not the first run, in which losses were chance and not
   * pinned. */
  OrrRunOptions again = { .seed = seed, .level = ORR_RECORD_FULL };
  g_autoptr (OrrTrace) repeated = orr_simulate (written, &again);
  for (guint64 i = 1; i <= 3; i++)
    if (!is_repeated (task, repeated, written, seed + 1000 * i))
      return "another run by another seed";
  return NULL;
}

/* The variants that fuzzing draws, each strategy in its turn. */
static const char *
try_variant (const Task *task, const OrrScenario *base, guint64 seed)
{
  g_autoptr (OrrDraft) draft = orr_swarm_draw (base, (OrrStrategy) (seed % ORR_N_STRATEGIES), seed);
  g_autoptr (OrrScenario) variant = orr_draft_read (draft, task->catalog, NULL);
  return variant ? try_run (task, variant, seed) : "no variant";
}

/* Returns how many runs were not repeated. */
static guint
try_file (const Task *task, const char *file)
{
  g_autoptr (OrrProblems) problems = orr_problems_new (file);
  g_autoptr (OrrScenario) scenario = orr_scenario_load (file, NULL, task->catalog, problems, NULL);
  guint failed = 0;
  if (!scenario)
    {
      printf ("%s: can't be read\n", file);
      return 1;
    }
  for (guint64 seed = scenario->seed; seed < scenario->seed + task->seeds; seed++)
    {
      const char *why = task->variants ? try_variant (task, scenario, seed) : try_run (task, scenario, seed);
      if (why)
        printf ("%s, seed %" G_GUINT64_FORMAT ": %s\n", file, seed, why);
      failed += why != NULL;
    }
  return failed;
}

int
main (int argc, char **argv)
{
  g_autoptr (OrrCatalog) catalog = orr_catalog_new (orr_models);
  Task task = { .catalog = catalog, .parts = ORR_MATERIALISE_ALL, .seeds = 1 };
  guint failed = 0, files = 0;
  for (int i = 1; i < argc; i++)
    if (strcmp (argv[i], "--parts") == 0 && i + 1 < argc)
      task.parts = (OrrMaterialise) atoi (argv[++i]);
    else if (strcmp (argv[i], "--seeds") == 0 && i + 1 < argc)
      task.seeds = (guint64) atoi (argv[++i]);
    else if (strcmp (argv[i], "--variants") == 0)
      task.variants = TRUE;
    else if (strcmp (argv[i], "--show") == 0)
      task.show = TRUE;
    else
      {
        failed += try_file (&task, argv[i]);
        files++;
      }
  printf ("%" G_GUINT64_FORMAT " runs, %u not repeated\n", files * task.seeds, failed);
  return failed > 0;
}
