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

/* One thing that was decided, by chance, by a fault or by a pin: what a pin of that kind says. */
typedef struct
{
  gint32 kind;        /* OrrPinKind */
  guint32 from, to;   /* addresses: MESSAGE, STREAM, RELEASE; `from` alone: DRAW, TIMER, WRITE, SYNC, DISK, and of SERVICE a machine */
  guint32 what;       /* MESSAGE, TIMER: its type; DRAW: its purpose; WRITE, SYNC: of the model's syncs; DISK: which crash; REQUEST, REPLY: serial */
  const OrrDistribution *usual; /* from which its latency, or the value of a DRAW, is drawn; NULL: from none */
  OrrTime latency;    /* or value; TIMER: after which it was to fire */
  OrrTime duplicate;  /* MESSAGE: of its second copy; ORR_TIME_UNSET: there is none */
  gint64 index;       /* DRAW of one of several, else G_MININT64; RELEASE: its rank; TIMER: 1 where a fault put it off; else 0 */
  gboolean drop;      /* by chance or by a pin: not where the link loses all */
  gconstpointer body; /* MESSAGE: what it said; NULL: nothing */
  const char *fates;  /* DISK, as the pin has it; of a STREAM the same of what was sent again, where l is lost again; NULL: nothing was */
} OrrDecided;

/* Something that pins count came about. */
typedef struct
{
  guint32 counter; /* of which pins: OrrChoices.counters */
  guint64 event;   /* row of the event in whose handling it did; ORR_NO_ROW below the level of events */
} OrrCounted;

struct OrrChoices
{
  OrrArena *arena;
  GArray *strikes; /* OrrStrikeChoice, one for each of the trace's faults */
  GArray *servers; /* OrrAddress, by serial: whom the plain client asked; ORR_NOBODY. May end before the last operation */
  GArray *decided; /* OrrDecided, in the order of the run */
  GArray *counters; /* guint32, by pin: pins with the same number here count the same things together */
  GArray *counted;  /* OrrCounted, in the order of the run: the n-th of a counter is what a pin with `nth: n` is about */
  GArray *skews;   /* OrrTime, by machine: how far its wall clock was off at the start */
  GArray *drifts;  /* gint64, by machine: parts per billion */
};

ORR_PUBLIC OrrChoices *orr_choices_new (void);
ORR_PUBLIC void orr_choices_free (OrrChoices *choices); /* accepts NULL */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrChoices, orr_choices_free)

G_END_DECLS
