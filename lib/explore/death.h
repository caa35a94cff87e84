/* death.h: a run that takes its process with it.
 *
 * A model's broken rule, a null pointer in a plug-in, a loop without an end: the run gives no trace, and whoever asked for it is gone too. Yet it is
 * as much a function of scenario and seed as any other, so it can be asked about, as long as it is asked about elsewhere. The library makes no
 * process; a program that can lends the means to do some work apart.
 *
 * How far such a run came is found out by ending it sooner: after so many events it still comes back, and the next one is what it dies of. Up to
 * there it is an ordinary run, which can be looked at, told and written down. */
#pragma once

#include "engine/simulation.h"

G_BEGIN_DECLS

typedef void (*OrrApartWork) (gpointer data, GByteArray *bytes);

/* The means to do some work in a process of its own. */
typedef struct
{
  /* Does it there. NULL: it came back, and *bytes has what it appended to its own; else what the process died of, "signal 6 (Aborted)", which
   * the caller frees. */
  char *(*make) (gpointer data, OrrApartWork work, gpointer work_data, GByteArray *bytes);
  gpointer data;
} OrrApart;

/* What stands in place of a property's name. */
#define ORR_DIED "died"

/* How it is told of a run that never came back begins so; of all others "signal 6 (Aborted)". */
#define ORR_DEATH_STUCK "it did not come back"

/* What the run dies of; the caller frees it. NULL: it does not. */
ORR_PUBLIC char *orr_death_of (const OrrScenario *scenario, const OrrRunOptions *run, const OrrApart *apart);

/* After how many events a run that dies would still come back, were it ended then. 0: not even after the first. */
ORR_PUBLIC guint64 orr_death_find (const OrrScenario *scenario, const OrrRunOptions *run, const OrrApart *apart);

G_END_DECLS
