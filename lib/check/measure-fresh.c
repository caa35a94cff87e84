/* measure-fresh.c: how likely a read is to see the last write. */
#include "check/measure-private.h"

extern const OrrMeasure orr_measure_fresh;

/* So long, at least, after the write was acknowledged. */
static const OrrTime waits[]
    = { 0, ORR_MILLISECOND, 10 * ORR_MILLISECOND, 100 * ORR_MILLISECOND, ORR_SECOND, 10 * ORR_SECOND };
static const char *const wait_names[] = { "0ms", "1ms", "10ms", "100ms", "1s", "10s", NULL };

G_STATIC_ASSERT (G_N_ELEMENTS (wait_names) == G_N_ELEMENTS (waits) + 1);

static void
measure_wait (const OrrHistory *history, const GArray *reads, guint wait, OrrFigures *figures)
{
  g_autoptr (OrrSamples) samples = orr_samples_new (history, &orr_measure_fresh, figures);
  samples->statistic = wait_names[wait];
  for (guint i = 0; i < reads->len; i++)
    {
      const OrrRead *read = &g_array_index (reads, OrrRead, i);
      const OrrHistoryOperation *operation
          = &g_array_index (history->operations, OrrHistoryOperation, read->operation);
      if (read->newest > 0 && operation->invoked - read->newest_at >= waits[wait])
        orr_samples_add (samples, orr_operation_kind (operation->steps, operation->n_steps),
                         operation->server, read->rank >= read->newest);
    }
  orr_samples_add_share (samples);
}

static void
measure (const OrrHistory *history, OrrFigures *figures)
{
  g_autoptr (GArray) reads = orr_reads_new (history);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    measure_wait (history, reads, i, figures);
}

const OrrMeasure orr_measure_fresh = {
  .entry
  = { .entry
      = { .name = "fresh",
          .summary = "Share of reads that saw the newest write, begun at least so long after it",
          .doc = "`fresh.10ms` speaks of the reads that began 10 ms or more after the newest write of "
                 "their key had been acknowledged: the share of them that returned it or a newer one. "
                 "`fresh.0ms` is of all reads of a key that had been written.\n\n"
                 "Source: t-visibility, Bailis et al., Probabilistically Bounded Staleness, VLDB 2012, "
                 "section 3.3." },
      .type = &orr_type_SHARE,
      .by_node = TRUE,
      .statistics = wait_names },
  .measure = measure,
};
