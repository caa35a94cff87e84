/* shrink-explicit.c: the run written down.
 *
 * What a mix generated and what random faults did can't be taken apart, and a seed can't either; so before
 * anything is left out, operations and faults become lines of their own, and later each choice of chance that
 * made a difference. */
#include "explore/shrink-private.h"

void
orr_shrink_strip (OrrDraft *draft, guint64 seed)
{
  static const char *const said[] = { "title", "about", "expect" };
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, seed);
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    orr_draft_remove (draft, said[i]);
  orr_draft_set (draft, "seed", number);
}

/* A scenario's run, as a draft that repeats it. Of one that dies what it did until then; NULL: that is
 * nothing. */
static OrrDraft *
written_down (OrrShrinking *shrinking, const OrrScenario *scenario, OrrMaterialise what)
{
  g_autoptr (OrrChoices) choices = orr_choices_new ();
  OrrRunOptions run = shrinking->question.run;
  run.seed = scenario->seed;
  if (shrinking->death && (run.events_max = orr_death_find (scenario, &run, shrinking->question.apart)) == 0)
    return NULL;
  run.level = ORR_RECORD_FULL;
  run.choices = choices;
  g_autoptr (OrrTrace) trace = orr_simulate (scenario, &run);
  shrinking->shrunk->runs++;
  OrrDraft *draft = orr_materialise (trace, choices, what);
  orr_shrink_strip (draft, scenario->seed);
  return draft;
}

/* A pin of what was lost names it by what it said, since that was sent once. In a smaller run it may be sent
 * over and over, and would be lost for good; where the promise supposes that messages get through, it is the
 * first alone that is lost. */
static void
count_lost (const OrrShrinking *shrinking, OrrDraft *draft)
{
  for (guint i = 0; i < orr_draft_length (draft, "pins"); i++)
    {
      g_autofree char *drop = g_strdup_printf ("pins.%u.drop", i), *nth = g_strdup_printf ("pins.%u.nth", i);
      if (shrinking->is_promised && shrinking->shrunk->property->is_liveness && orr_draft_get (draft, drop)
          && !orr_draft_get (draft, nth))
        orr_draft_set (draft, nth, "1");
    }
}

OrrDraft *
orr_shrink_written_down (OrrShrinking *shrinking, const OrrScenario *scenario, OrrMaterialise what)
{
  OrrDraft *draft = written_down (shrinking, scenario, what);
  if (!draft)
    return NULL;
  count_lost (shrinking, draft);
  g_autoptr (OrrScenario) again = orr_draft_read (draft, shrinking->catalog, NULL);
  if (again)
    orr_shrink_name_operations (draft, again);
  else
    g_clear_pointer (&draft, orr_draft_free);
  return draft;
}

gboolean
orr_shrink_write_down (OrrShrinking *shrinking, OrrMaterialise what)
{
  OrrDraft *draft = orr_shrink_written_down (shrinking, shrinking->shrunk->scenario, what);
  return draft && orr_shrinking_try (shrinking, draft);
}

/* A fault that a run dies of as it strikes is in no trace, so that faults stay as they were, or operations.
 */
static OrrMaterialise
write_down_what_can_be (OrrShrinking *shrinking, OrrMaterialise what)
{
  static const OrrMaterialise each[] = { ORR_MATERIALISE_OPERATIONS, ORR_MATERIALISE_FAULTS };
  for (guint i = 0; i < G_N_ELEMENTS (each); i++)
    if (what != each[i] && (what & each[i]) && orr_shrink_write_down (shrinking, each[i]))
      return each[i];
  return 0;
}

/* Where that makes another run, though it should not, all choices at once make it the same. */
void
orr_shrink_write_down_lines (OrrShrinking *shrinking)
{
  const OrrScenario *scenario = shrinking->shrunk->scenario;
  OrrMaterialise what = 0;
  if (scenario->workload.mix.length > 0)
    what |= ORR_MATERIALISE_OPERATIONS;
  if (scenario->faults.length > 0)
    what |= ORR_MATERIALISE_FAULTS;
  if (what != 0 && !orr_shrink_write_down (shrinking, what)
      && !orr_shrink_write_down (shrinking, what | ORR_MATERIALISE_CHOICES) && shrinking->death)
    what = write_down_what_can_be (shrinking, what);
  shrinking->is_written_down = (what & ORR_MATERIALISE_OPERATIONS) != 0;
}
