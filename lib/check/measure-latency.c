/* measure-latency.c: how long clients waited. */
#include "check/measure-private.h"

extern const OrrMeasure orr_measure_latency;

static void
measure (const OrrHistory *history, OrrFigures *figures)
{
  g_autoptr (OrrSamples) samples = orr_samples_new (history, &orr_measure_latency, figures);
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, i);
      if (operation->outcome == ORR_OK && operation->completed != ORR_TIME_NEVER)
        orr_samples_add (samples, orr_operation_kind (operation->steps, operation->n_steps),
                         operation->server, operation->completed - operation->due);
    }
  orr_samples_add_statistics (samples);
}

const OrrMeasure orr_measure_latency = {
  .entry
  = { .entry
      = { .name = "latency",
          .summary = "How long operations took",
          .doc = "From when an operation was due until its client was answered `ok`. An operation that had "
                 "to wait because its session was busy has waited all the same: a load that arrives by "
                 "itself does not slow down for a slow system." },
      .type = &orr_type_DURATION,
      .by_operation = TRUE,
      .by_node = TRUE,
      .statistics = orr_sample_statistics },
  .measure = measure,
};
