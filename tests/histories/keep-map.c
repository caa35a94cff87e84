/* keep-map.c: judges each history that is named by all properties, each for itself, and says where two
 * verdicts contradict the map.
 *
 * A report would not do: it does not compute what follows from others. */
#include <stdio.h>

#include "check/map.h"
#include "history/format.h"

static OrrHistory *
load (const char *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMappedFile) mapped = g_mapped_file_new (file, FALSE, &error);
  g_autoptr (OrrProblems) problems = orr_problems_new (file);
  const OrrHistoryReadOptions options = { NULL, NULL };
  OrrHistory *history = NULL;
  if (mapped)
    history = orr_history_read (g_mapped_file_get_contents (mapped), g_mapped_file_get_length (mapped), file,
                                &options, problems);
  if (!history)
    {
      g_autofree char *told = orr_problems_to_text (problems);
      printf ("%s: %s\n", file, error ? error->message : told);
    }
  return history;
}

static GPtrArray *
judge_each (const OrrHistory *history)
{
  const OrrCheckBudget budget = { .states_max = 100 * 1000 }; /* what is unknown contradicts nothing */
  GPtrArray *verdicts = g_ptr_array_new_with_free_func ((GDestroyNotify) orr_verdict_free);
  for (guint i = 0; orr_checks[i]; i++)
    g_ptr_array_add (verdicts, orr_check_judge (orr_checks[i], history, &budget));
  return verdicts;
}

static guint
count_decided (const GPtrArray *verdicts)
{
  guint n = 0;
  for (guint i = 0; i < verdicts->len; i++)
    n += ((const OrrVerdict *) g_ptr_array_index (verdicts, i))->kind != ORR_UNDECIDED;
  return n;
}

static gboolean
keeps_map (const char *file)
{
  OrrHistory *history = load (file);
  if (!history)
    return FALSE;
  g_autoptr (GPtrArray) verdicts = judge_each (history);
  const OrrVerdict *holds = NULL, *violated = NULL;
  gboolean contradicts = orr_map_contradiction (verdicts, orr_map_given (history), &holds, &violated);
  guint n_decided = count_decided (verdicts);
  if (contradicts)
    printf ("%s: %s holds (%s), which implies %s, and that is violated: %s\n", file, holds->property->name,
            holds->sentence, violated->property->name, violated->sentence);
  if (n_decided == 0)
    printf ("%s: no property was decided\n", file);
  orr_history_free (history);
  return !contradicts && n_decided > 0;
}

int
main (int argc, char **argv)
{
  gboolean ok = argc > 1;
  for (int i = 1; i < argc; i++)
    ok &= keeps_map (argv[i]);
  return ok ? 0 : 1;
}
