/* measure-count.c: how many operations there were. */
#include "check/measure-private.h"

extern const OrrMeasure orr_measure_count;

static void
measure (const OrrHistory *history, OrrFigures *figures)
{
  g_autoptr (OrrSamples) samples = orr_samples_new (history, &orr_measure_count, figures);
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, i);
      orr_samples_add (samples, orr_operation_kind (operation->steps, operation->n_steps), operation->server,
                       1);
    }
  orr_samples_add_tally (samples, FALSE);
}

const OrrMeasure orr_measure_count = {
  .entry
  = { .entry
      = { .name = "count",
          .summary = "How many operations there were",
          .doc = "All that were begun, whatever became of them; by node, those whose server is known." },
      .type = &orr_type_REAL,
      .by_operation = TRUE,
      .by_node = TRUE },
  .measure = measure,
};
