/* measure-throughput.c: how much was done. */
#include "check/measure-private.h"

extern const OrrMeasure orr_measure_throughput;

static void
take (OrrSamples *samples, const char *kind, const char *node, gint64 *values G_GNUC_UNUSED, guint n)
{
  orr_figures_add (samples->figures, samples->measure, kind, node, n / samples->divisor, n);
}

static void
measure (const OrrHistory *history, OrrFigures *figures)
{
  OrrTime end = history->healed_at != ORR_TIME_NEVER ? history->healed_at : history->ended_at;
  if (end == ORR_TIME_NEVER || end <= 0)
    return;
  g_autoptr (OrrSamples) samples = orr_samples_new (history, &orr_measure_throughput, figures);
  samples->divisor = (double) end / ORR_SECOND;
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, i);
      if (operation->outcome == ORR_OK && operation->completed <= end)
        orr_samples_add (samples, orr_operation_kind (operation->steps, operation->n_steps),
                         operation->server, 1);
    }
  orr_samples_for_each (samples, take);
}

const OrrMeasure orr_measure_throughput = {
  .entry = { .entry = { .name = "throughput",
                        .summary = "Operations that completed, a second of the workload",
                        .doc = "Those answered `ok` before the workload was over, by its length." },
             .type = &orr_type_REAL,
             .by_operation = TRUE,
             .by_node = TRUE,
             .unit = "/s" },
  .measure = measure,
};
