/* measure-staleness-versions.c: how many writes a read was behind. */
#include "check/measure-private.h"

extern const OrrMeasure orr_measure_staleness_versions;

static void
measure (const OrrHistory *history, OrrFigures *figures)
{
  g_autoptr (OrrSamples) samples = orr_samples_new (history, &orr_measure_staleness_versions, figures);
  g_autoptr (GArray) reads = orr_reads_new (history);
  for (guint i = 0; i < reads->len; i++)
    {
      const OrrRead *read = &g_array_index (reads, OrrRead, i);
      const OrrHistoryOperation *operation
          = &g_array_index (history->operations, OrrHistoryOperation, read->operation);
      orr_samples_add (samples, orr_operation_kind (operation->steps, operation->n_steps), operation->server,
                       read->newest > read->rank ? read->newest - read->rank : 0);
    }
  orr_samples_add_statistics (samples);
}

const OrrMeasure orr_measure_staleness_versions = {
  .entry
  = { .entry = { .name = "staleness-versions",
                 .summary = "How many versions behind a read was",
                 .doc = "0 where it was fresh. Else the number of versions by which the newest write of "
                        "the key that had been acknowledged when the read began was ahead of what it "
                        "returned.\n\n"
                        "Source: k-staleness, Bailis et al., Probabilistically Bounded Staleness, VLDB "
                        "2012, section 3.1; Golab, Li & Shah, PODC 2011 (k-atomicity)." },
      .type = &orr_type_REAL,
      .by_operation = TRUE,
      .by_node = TRUE,
      .statistics = orr_sample_statistics },
  .measure = measure,
};
