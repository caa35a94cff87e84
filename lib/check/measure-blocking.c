/* measure-blocking.c: how long processes could do nothing but wait for a repair. */
#include "check/ballots.h"
#include "check/measure-private.h"

extern const OrrMeasure orr_measure_blocking;

static void
measure (const OrrHistory *history, OrrFigures *figures)
{
  g_autoptr (GArray) ballots = orr_ballots_new (history);
  g_autoptr (OrrSamples) samples = orr_samples_new (history, &orr_measure_blocking, figures);
  for (guint i = 0; i < ballots->len; i++)
    {
      const OrrBallot *ballot = orr_ballot (ballots, i);
      for (guint j = 0; j < ballot->blocked->len; j++)
        {
          const OrrHistoryFact *blocked = orr_ballot_fact (history, ballot->blocked, j);
          orr_samples_add (samples, "transaction", blocked->node,
                           MAX (orr_ballot_decided_at (history, ballot, blocked->node) - blocked->time, 0));
        }
    }
  orr_samples_add_statistics (samples);
}

const OrrMeasure orr_measure_blocking = {
  .entry
  = { .entry
      = { .name = "blocking",
          .summary = "How long a process that voted yes was blocked",
          .doc = "From when it had asked whom it can in vain (the fact `blocked`) to its decision, or to "
                 "the end of the run. There are no samples where nobody was blocked.\n\n"
                 "Source: Skeen, Nonblocking Commit Protocols, SIGMOD 1981." },
      .type = &orr_type_DURATION,
      .by_node = TRUE,
      .statistics = orr_sample_statistics },
  .measure = measure,
};
