/* choices.h: what chance decided in a run.
 *
 * A run is made of a scenario and of chance, and the seed stands for all of chance at once. That is the shortest way to name a run, and the worst to
 * understand or to shrink one: nothing can be left out of a seed. So a run that is asked to (`OrrRunOptions.choices`) writes down each thing that was
 * not settled by the scenario, next to its trace. What the trace tells anyway (who asked what when, what each message said) is not written twice.
 * explore/materialise.h makes a scenario of both that says all of it, so that nothing is left to chance.
 *
 * Nothing in a run depends on being asked. */
#pragma once

#include "engine/simulation.h"

G_BEGIN_DECLS

/* A fault that struck, with what the line left open: the node that was drawn, the sets that a shape stands for, the turns of a flapping link. */
typedef struct
{
  gconstpointer settings; /* by the fault's record; of an action those of the line */
  OrrTime length;         /* after which it was to end; ORR_TIME_UNSET: it has no end of its own */
  gboolean began;         /* FALSE: there was nobody to strike, or it could not do anything */
} OrrStrikeChoice;

struct OrrChoices
{
  OrrArena *arena;
  GArray *strikes; /* OrrStrikeChoice, one for each of the trace's faults */
  GArray *servers; /* OrrAddress, by serial: whom the plain client asked; ORR_NOBODY. May end before the last operation */
};

ORR_PUBLIC OrrChoices *orr_choices_new (void);
ORR_PUBLIC void orr_choices_free (OrrChoices *choices); /* accepts NULL */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrChoices, orr_choices_free)

G_END_DECLS
