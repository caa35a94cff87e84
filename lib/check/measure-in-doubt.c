/* measure-in-doubt.c: how long processes did not know what they had agreed to. */
#include "check/ballots.h"
#include "check/measure-private.h"

extern const OrrMeasure orr_measure_in_doubt;

static void
measure (const OrrHistory *history, OrrFigures *figures)
{
  g_autoptr (GArray) ballots = orr_ballots_new (history);
  g_autoptr (OrrSamples) samples = orr_samples_new (history, &orr_measure_in_doubt, figures);
  for (guint i = 0; i < ballots->len; i++)
    {
      const OrrBallot *ballot = orr_ballot (ballots, i);
      for (guint j = 0; j < ballot->votes->len; j++)
        {
          const OrrHistoryFact *vote = orr_ballot_fact (history, ballot->votes, j);
          if (orr_ballot_vote (vote) == ORR_VOTE_YES)
            orr_samples_add (samples, "transaction", vote->node,
                             orr_ballot_decided_at (history, ballot, vote->node) - vote->time);
        }
    }
  orr_samples_add_statistics (samples);
}

const OrrMeasure orr_measure_in_doubt = {
  .entry
  = { .entry = { .name = "in-doubt",
                 .summary = "How long a process that voted yes did not know the decision",
                 .doc = "From its vote of yes to its decision, or to the end of the run, of each process and "
                        "transaction. As long it could neither commit nor abort of its own accord, and kept "
                        "what it had locked." },
      .type = &orr_type_DURATION,
      .by_node = TRUE,
      .statistics = orr_sample_statistics },
  .measure = measure,
};
