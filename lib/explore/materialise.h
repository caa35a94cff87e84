/* materialise.h: a run written down, as a scenario that repeats it.
 *
 * A run that shows something is known by a scenario and a seed, and what made it come out as it did is hidden in both. Written down it is an
 * ordinary scenario that says all of it: each operation with its time, each fault with its nodes, each message that took another time than
 * usual. It repeats the run, whatever the seed; whoever wants to know what mattered takes lines out of it until the run is another one.
 *
 * Three parts can be written down, each alone or with the others:
 *
 *   OPERATIONS  `mix`, `arrival` and `think` go, `operations` come: what each session did, when it was due, whom it asked (`to`). Times are
 *               absolute, so that any of them can be taken out. Only where another event at that very instant came first does an operation
 *               stay `after` the one that it waited for, since one with a time of its own begins before all that was made later.
 *   FAULTS      each strike becomes a line with a time of its own: who was struck, for how long, what a shape stood for. A strike that could
 *               do nothing has no line. A fault that waited for an event goes on waiting for it (`when`): that is settled too, says more, and
 *               strikes right behind that event, where a line with a time would strike before all that happens at that instant.
 *   CHOICES     distributions become constants, chances become nothing; what was otherwise in this run is pinned. Clocks get their skew and
 *               drift by node.
 *
 * With all three nothing is left to chance. What is expected, the title and the text about it stay as they are: they are the caller's to
 * say. */
#pragma once

#include "engine/choices.h"
#include "explore/draft.h"

G_BEGIN_DECLS

typedef enum
{
  ORR_MATERIALISE_OPERATIONS = 1 << 0,
  ORR_MATERIALISE_FAULTS = 1 << 1,
  ORR_MATERIALISE_CHOICES = 1 << 2,
  ORR_MATERIALISE_ALL = 7,
} OrrMaterialise;

/* The run must have been recorded in full, with its choices; both are only read. The caller frees the draft. */
ORR_PUBLIC OrrDraft *orr_materialise (const OrrTrace *trace, const OrrChoices *choices, OrrMaterialise what);

G_END_DECLS
