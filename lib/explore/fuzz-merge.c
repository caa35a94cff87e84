/* fuzz-merge.c: several fuzzing campaigns made into one. */
#include "explore/fuzz-private.h"

#include "base/draw.h"
#include "explore/coverage.h"

static void
merge_tally (OrrFuzzTally *tally, const OrrFuzzTally *other)
{
  tally->runs += other->runs;
  tally->events += other->events;
  tally->simulated += other->simulated;
  tally->violating += other->violating;
  tally->died += other->died;
  tally->cut_short += other->cut_short;
  tally->unsought += other->unsought;
  tally->digest = orr_mix (orr_draw_key (tally->digest, "fuzz"), other->digest);
  for (guint i = 0; i < ORR_N_STRATEGIES; i++)
    {
      tally->strategies[i].runs += other->strategies[i].runs;
      tally->strategies[i].violating += other->strategies[i].violating;
    }
  for (guint i = 0; i < tally->properties->len; i++)
    {
      OrrFuzzPropertyTally *sum = &g_array_index (tally->properties, OrrFuzzPropertyTally, i);
      const OrrFuzzPropertyTally *more = &g_array_index (other->properties, OrrFuzzPropertyTally, i);
      sum->runs += more->runs;
      sum->tested += more->tested;
      sum->violated += more->violated;
      sum->undecided += more->undecided;
    }
  for (guint i = 0; i < tally->faults->len; i++)
    {
      OrrFuzzFaultTally *sum = &g_array_index (tally->faults, OrrFuzzFaultTally, i);
      const OrrFuzzFaultTally *more = &g_array_index (other->faults, OrrFuzzFaultTally, i);
      sum->runs += more->runs;
      sum->runs_effective += more->runs_effective;
      sum->strikes += more->strikes;
      sum->effects += more->effects;
    }
}

static OrrFinding *
copy_finding (const OrrFinding *finding)
{
  OrrFinding *copy = g_memdup2 (finding, sizeof *finding);
  copy->died = g_strdup (finding->died);
  copy->sentence = g_strdup (finding->sentence);
  copy->shape = g_strdup (finding->shape);
  return copy;
}

/* Which finding of `fuzz` shows the same as this one of another campaign; a new one where none does. */
static guint
merge_finding (OrrFuzz *fuzz, const OrrFinding *finding, OrrFuzzTellMerged tell, gpointer data)
{
  guint number = orr_fuzz_find_equal (fuzz, finding);
  if (number > 0)
    return number;
  OrrFinding *copy = copy_finding (finding);
  g_ptr_array_add (fuzz->findings, copy);
  copy->number = fuzz->findings->len;
  fuzz->tally.strategies[copy->strategy].findings++;
  tell (data, copy, finding);
  return copy->number;
}

static void
merge_candidate (OrrFuzz *fuzz, const OrrCandidate *candidate, const guint *numbers)
{
  OrrCandidate *copy = g_memdup2 (candidate, sizeof *candidate);
  copy->died = g_strdup (candidate->died);
  copy->finding = numbers[candidate->finding - 1];
  g_ptr_array_add (fuzz->candidates, copy);
  fuzz->n_settled++;
}

void
orr_fuzz_merge (OrrFuzz *fuzz, const OrrFuzz *other, OrrFuzzTellMerged tell, gpointer data)
{
  g_autofree guint *numbers = g_new (guint, other->findings->len);
  g_assert (orr_fuzz_can_save (fuzz) && orr_fuzz_can_save (other));
  merge_tally (&fuzz->tally, &other->tally);
  if (orr_coverage_merge (fuzz->words, other->words) > 0)
    fuzz->tally.last_new = fuzz->tally.runs - other->tally.runs + other->tally.last_new;
  fuzz->tally.words = fuzz->words->len;
  fuzz->dropped += other->dropped;
  for (guint i = 0; i < other->findings->len; i++)
    numbers[i] = merge_finding (fuzz, other->findings->pdata[i], tell, data);
  for (guint i = 0; i < other->candidates->len; i++)
    merge_candidate (fuzz, other->candidates->pdata[i], numbers);
  fuzz->handed = fuzz->taken = fuzz->tally.runs;
  fuzz->stopped = TRUE;
}
