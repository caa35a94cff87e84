/* measure-staleness.c: how long what a read returned had been out of date. */
#include "check/measure-private.h"

extern const OrrMeasure orr_measure_staleness;

static void
measure (const OrrHistory *history, OrrFigures *figures)
{
  g_autoptr (OrrSamples) samples = orr_samples_new (history, &orr_measure_staleness, figures);
  g_autoptr (GArray) reads = orr_reads_new (history);
  for (guint i = 0; i < reads->len; i++)
    {
      const OrrRead *read = &g_array_index (reads, OrrRead, i);
      const OrrHistoryOperation *operation
          = &g_array_index (history->operations, OrrHistoryOperation, read->operation);
      orr_samples_add (samples, orr_operation_kind (operation->steps, operation->n_steps), operation->server,
                       read->stale_at == ORR_TIME_NEVER ? 0 : operation->invoked - read->stale_at);
    }
  orr_samples_add_statistics (samples);
}

const OrrMeasure orr_measure_staleness = {
  .entry
  = { .entry
      = { .name = "staleness",
          .summary = "How long what a read returned had been out of date when the read began",
          .doc = "0 where it was fresh: no newer write of the key had been acknowledged. Else the time "
                 "from the first acknowledgement of a newer write to the beginning of the read. Reports call "
                 "it `behind`.\n\n"
                 "Source: Golab, Li & Shah, Analyzing Consistency Properties for Fun and Profit, PODC 2011 "
                 "(Δ-atomicity), with the true order of writes in the place of the one that flatters most." },
      .type = &orr_type_DURATION,
      .by_operation = TRUE,
      .by_node = TRUE,
      .statistics = orr_sample_statistics },
  .measure = measure,
};
