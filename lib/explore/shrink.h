/* shrink.h: the smallest scenario that still shows it.
 *
 * A run of hundreds of operations, under faults that came at random, violates a property; two operations and one crash would have done. Shrinking
 * finds them. It works as an author would: takes something out of the scenario, runs it again, and leaves it out where the property is violated all
 * the same. In every step it is the same property.
 *
 * First the run is written down (explore/materialise.h), so that each of its operations and faults is a line of its own. Then, while chance is still
 * at work, what came after the violation goes, and of the rest all that is not needed: faults, sessions, keys, operations, nodes, settings, other
 * mistakes of the model. Since each draw is named by what it is for (base/draw.h), the others fall as before when one line goes. Then chance goes:
 * distributions become constants where that is possible, else single choices are pinned, and the pins that are not needed go too. What is left is
 * rounded and renamed, as a teacher would have written it.
 *
 * A smaller scenario is worth nothing where it shows another thing, since almost anything can be broken somehow. So where the model, without its
 * mistakes, promises the property for the scenario as it was, it must promise it for each smaller one: with its options, against its faults, and
 * with its pins, too, which may take away what the promise supposes. That messages of a kind get lost is part of the bargain; that all of them do,
 * however often they are sent, breaks any promise about the end and shows nothing. And where it is a mistake of the model that breaks the
 * property, so that without it the run keeps it, the mistake must stay needed. Where nothing was promised to begin with, as where an author only
 * wants to see a property broken, nothing is asked.
 *
 * The result is an ordinary scenario. It says what it shows, expects that and nothing else, and where chance could be taken out of it wholly,
 * every seed gives the same run. */
#pragma once

#include "explore/death.h"
#include "scenario/scenario.h"

G_BEGIN_DECLS

/* What came of it; while it goes on, what has been reached. */
typedef struct OrrShrunk
{
  OrrScenario *scenario;
  guint64 runs; /* that it took */
  guint n_operations, n_faults, n_actions, n_pins;
  guint n_operations_before, n_faults_before, n_actions_before; /* of the run that it began with, as it was written down */
  gboolean is_explicit; /* there is no chance left in it: it shows the same by any seed */
  gboolean is_minimal;  /* no operation, fault or pin can be left out; FALSE: it was ended before that was known */
  const OrrEntry *property; /* of that name; where it is that the run dies, ORR_DIED */
  char *death;              /* then: of what; else NULL */
} OrrShrunk;

typedef struct
{
  /* ORR_DIED: that the run dies, for which `apart` is needed. NULL: that, where `apart` is there and it does; else the first that the run violates of
   * those that the scenario expects something of or its model claims, else that mistakes that are switched on break. An unknown one is a
   * programmer's mistake. */
  const char *property;
  const OrrScenario *base; /* whose `fuzz` names the values that settings may have, the plainer first; NULL: the scenario's own does */
  guint64 seed;         /* of the run that shows it */
  guint64 runs_max;     /* 0: ORR_SHRINK_RUNS_DEFAULT; a few more show that there is no chance in the result */
  guint64 events_max;   /* of the run that shows it, as far as is known; one that takes several times as many is given up. 0: not known */
  const OrrApart *apart; /* runs that die are made there (explore/death.h); NULL: there are none */
  gboolean is_careful;   /* what is tried is made there too, whatever the property: one of them may die, though the first run does not */
  const gint *interrupt; /* ends it when it becomes non-zero, with what has been reached; may be NULL */
  void (*progress) (gpointer data, const OrrShrunk *shrunk); /* after each run; may be NULL */
  gpointer progress_data;
  void (*watch) (gpointer data, gboolean goes_on); /* of each run, as OrrRunOptions has it; may be NULL */
  gpointer watch_data;
} OrrShrinkOptions;

#define ORR_SHRINK_RUNS_DEFAULT 5000

/* NULL: that run does not violate it, or did not come to its end. The catalog must outlive the result. */
ORR_PUBLIC OrrShrunk *orr_shrink (const OrrScenario *scenario, const OrrCatalog *catalog, const OrrShrinkOptions *options);
ORR_PUBLIC void orr_shrunk_free (OrrShrunk *shrunk); /* accepts NULL */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrShrunk, orr_shrunk_free)

G_END_DECLS
