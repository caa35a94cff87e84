/* simulation.h: from a scenario to a trace.
 *
 * A run takes the earliest pending event, lets whoever it concerns handle it, and puts the events that follow from it among the pending ones, until
 * nothing is left to happen. While `duration` lasts, clients work and faults strike; then everything is healed and the run goes on until it is quiet:
 * no operation open and nothing pending but background events. Then every actor says what it holds.
 *
 * A run depends on the scenario and the seed alone. It keeps all its state in one value, so that any number of runs may go on side by side in
 * threads. */
#pragma once

#include "engine/model.h"
#include "trace/trace.h"

G_BEGIN_DECLS

typedef struct OrrChoices OrrChoices;

typedef struct
{
  guint64 seed;             /* of the run, as `scenario->seed` is unless someone wants another */
  OrrRecordLevel level;
  guint64 record_limit;     /* rows of events and of messages each; 0: 10 million */
  guint64 events_max;       /* 0: 1000 million */
  guint64 instant_max;      /* events at one instant; 0: 10 million */
  guint64 operations_max;   /* a run with more of them ends soon after; 0: 10 million */
  const gint *interrupt;    /* the run ends when it becomes non-zero (read atomically now and then); may be NULL */
  void (*progress) (gpointer data, OrrTime now, guint64 events); /* now and then, some times a second; may be NULL */
  gpointer progress_data;
  void (*watch) (gpointer data, gboolean goes_on); /* TRUE: the run begins, or has gone on by 1024 events; FALSE: it is over. So that somebody
                                                    * notices a model that never comes back; may be NULL */
  gpointer watch_data;
  OrrChoices *choices;      /* gets what chance decides (choices.h), whole at the level of full recording; empty before; may be NULL */
} OrrRunOptions;

/* Runs the scenario to its end; without options with its own seed. Never fails: what went wrong is in the trace (`ending`).
 * The caller frees the trace. */
ORR_PUBLIC OrrTrace *orr_simulate (const OrrScenario *scenario, const OrrRunOptions *options);

G_END_DECLS
