/* measure-stale.c: how many reads were out of date. */
#include "check/measure-private.h"

extern const OrrMeasure orr_measure_stale;

static void
measure (const OrrHistory *history, OrrFigures *figures)
{
  g_autoptr (OrrSamples) samples = orr_samples_new (history, &orr_measure_stale, figures);
  g_autoptr (GArray) reads = orr_reads_new (history);
  for (guint i = 0; i < reads->len; i++)
    {
      const OrrRead *read = &g_array_index (reads, OrrRead, i);
      const OrrHistoryOperation *operation
          = &g_array_index (history->operations, OrrHistoryOperation, read->operation);
      orr_samples_add (samples, orr_operation_kind (operation->steps, operation->n_steps), operation->server,
                       read->newest > read->rank);
    }
  orr_samples_add_share (samples);
}

const OrrMeasure orr_measure_stale = {
  .entry = { .entry = { .name = "stale",
                        .summary = "Share of reads that were out of date",
                        .doc = "Those which returned something older than the newest write of the key that "
                               "had been acknowledged when they began." },
             .type = &orr_type_SHARE,
             .by_operation = TRUE,
             .by_node = TRUE },
  .measure = measure,
};
