/* nearest.h: what makes the difference between a run that breaks a property and one that keeps it.
 *
 * Of the scenarios that have one thing less (a fault, a pin, an operation, a planted mistake, a setting that is not the default) each is run by
 * the same seed. Some of them keep the property: without that one thing it would not have been broken. The one whose run is the same as the
 * violating one for longest, event by event, is the nearest, and where the two part lies the decisive difference. Internal. */
#pragma once

#include "explore/death.h"
#include "report/cone.h"

G_BEGIN_DECLS

/* A scenario with one thing less, in whose run the property holds. */
typedef struct
{
  char *otherwise;     /* "without the fault {at: 60ms, crash: primary}", "with the default instead of options.apply-delay: 100ms" */
  gboolean is_setting; /* a default stands there instead of what the scenario sets */
  guint64 shared;      /* so many events at the beginning are the same */
} OrrPassing;

typedef struct
{
  GArray *passing;   /* OrrPassing; the nearest first, settings last */
  guint runs, tried; /* how many were run, of how many that could be made */
  OrrTrace *trace;   /* of the nearest; NULL: there is none */

  /* Where operations or faults were drawn, the same run written down line by line, so that one can go: what the others are compared with. NULL: they
   * are compared with the run itself. */
  OrrTrace *written;
  OrrHistory *written_history;
  OrrVerdict *written_verdict;
} OrrNearest;

/* How many runs are made where nobody asks for more or less. */
#define ORR_NEAREST_RUNS 64

/* And how many events they may have in all, so that nobody waits for long. */
#define ORR_NEAREST_EVENTS 8000000

typedef struct
{
  guint runs_max;
  const gint *interrupt; /* ends the search early; may be NULL */
  const OrrApart *apart; /* the runs are looked at there first, since one of them may die; NULL: none does */
  void (*watch) (gpointer data, gboolean goes_on); /* of them, as OrrRunOptions has it; may be NULL */
  gpointer watch_data;
} OrrNearestLimits;

/* The run that others are compared with, and what it violates. */
static inline const OrrTrace *
orr_nearest_base (const OrrNearest *nearest, const OrrTrace *trace)
{
  return nearest->written ? nearest->written : trace;
}

/* Looks for it. The trace has events; the verdict is `violated`. */
OrrNearest *orr_nearest_find (const OrrTrace *trace, const OrrHistory *history, const OrrVerdict *verdict,
                                         const OrrCone *cone, const OrrCatalog *catalog, const OrrNearestLimits *limits);
void orr_nearest_free (OrrNearest *nearest); /* accepts NULL */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrNearest, orr_nearest_free)

G_END_DECLS
