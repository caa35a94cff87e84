/* fuzz-tally.c: what all runs of a fuzzing campaign come to. */
#include "explore/fuzz-private.h"

#include "base/draw.h"

void
orr_fuzz_tally_init (OrrFuzzTally *tally, const OrrCatalog *catalog)
{
  guint n_checks = 0, n_faults = 0;
  while (orr_checks[n_checks])
    n_checks++;
  while (catalog->faults[n_faults])
    n_faults++;
  *tally = (OrrFuzzTally){ .properties = g_array_new (FALSE, TRUE, sizeof (OrrFuzzPropertyTally)),
                           .faults = g_array_new (FALSE, TRUE, sizeof (OrrFuzzFaultTally)) };
  g_array_set_size (tally->properties, n_checks);
  g_array_set_size (tally->faults, n_faults);
}

void
orr_fuzz_tally_clear (OrrFuzzTally *tally)
{
  g_array_unref (tally->properties);
  g_array_unref (tally->faults);
}

gboolean
orr_fuzz_run_violates (const OrrFuzzRun *run)
{
  for (guint i = 0; i < run->verdicts->len; i++)
    if (g_array_index (run->verdicts, OrrFuzzVerdict, i).kind == ORR_VIOLATED)
      return TRUE;
  return run->died != NULL;
}

static void
add_verdicts (OrrFuzzTally *tally, const OrrFuzzRun *run)
{
  for (guint i = 0; i < run->verdicts->len; i++)
    {
      const OrrFuzzVerdict *verdict = &g_array_index (run->verdicts, OrrFuzzVerdict, i);
      OrrFuzzPropertyTally *property
          = &g_array_index (tally->properties, OrrFuzzPropertyTally, verdict->check);
      property->runs++;
      property->tested += verdict->tested;
      property->violated += verdict->kind == ORR_VIOLATED;
      property->undecided += verdict->kind == ORR_UNDECIDED;
    }
}

static void
add_faults (OrrFuzzTally *tally, const OrrFuzzRun *run)
{
  for (guint i = 0; i < run->faults->len; i++)
    {
      const OrrFuzzFault *fault = &g_array_index (run->faults, OrrFuzzFault, i);
      if (fault->fault >= tally->faults->len)
        continue; /* whatever process sent it is not quite well */
      OrrFuzzFaultTally *sum = &g_array_index (tally->faults, OrrFuzzFaultTally, fault->fault);
      sum->runs++;
      sum->runs_effective += fault->effects > 0;
      sum->strikes += fault->strikes;
      sum->effects += fault->effects;
    }
}

void
orr_fuzz_tally_add (OrrFuzzTally *tally, const OrrFuzzRun *run, guint n_new)
{
  OrrFuzzStrategyTally *strategy = &tally->strategies[run->strategy];
  gboolean violates = orr_fuzz_run_violates (run);
  tally->runs++;
  tally->events += run->events;
  tally->simulated += (guint64) run->simulated / ORR_MILLISECOND;
  tally->violating += violates;
  tally->died += run->died != NULL;
  tally->cut_short += !run->died && orr_ending_is_cut_short ((OrrEnding) run->ending);
  tally->unsought += !run->died && run->verdicts->len == 0;
  tally->digest = orr_mix (orr_draw_key (tally->digest, "fuzz"), run->digest);
  tally->words += n_new;
  if (n_new > 0)
    tally->last_new = tally->runs;
  strategy->runs++;
  strategy->violating += violates;
  strategy->words += n_new;
  add_verdicts (tally, run);
  add_faults (tally, run);
}
