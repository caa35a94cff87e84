/* measure-share.c: who served how much. */
#include "check/measure-private.h"

extern const OrrMeasure orr_measure_share;

static void
measure (const OrrHistory *history, OrrFigures *figures)
{
  g_autoptr (OrrSamples) samples = orr_samples_new (history, &orr_measure_share, figures);
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, i);
      if (operation->outcome == ORR_OK)
        orr_samples_add (samples, orr_operation_kind (operation->steps, operation->n_steps),
                         operation->server, 1);
    }
  orr_samples_add_tally (samples, TRUE);
}

const OrrMeasure orr_measure_share = {
  .entry
  = { .entry
      = { .name = "share",
          .summary = "A node's share of the operations that were served",
          .doc = "Of those answered `ok` whose server is known. `share.read.primary` is the share of reads "
                 "that the primary served." },
      .type = &orr_type_SHARE,
      .by_operation = TRUE,
      .by_node = TRUE },
  .measure = measure,
};
