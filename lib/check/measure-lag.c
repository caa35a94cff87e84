/* measure-lag.c: how far nodes are behind. */
#include "check/measure-private.h"

extern const OrrMeasure orr_measure_lag;

static void
measure (const OrrHistory *history, OrrFigures *figures)
{
  g_autoptr (OrrSamples) samples = orr_samples_new (history, &orr_measure_lag, figures);
  for (guint i = 0; i < history->applied->len; i++)
    {
      const OrrHistoryApplied *applied = &g_array_index (history->applied, OrrHistoryApplied, i);
      const OrrHistoryVersion *version
          = orr_history_find_version (history, applied->key, applied->version, NULL);
      if (version && version->node != applied->node)
        orr_samples_add (samples, "write", applied->node, MAX (applied->time - version->time, 0));
    }
  orr_samples_add_statistics (samples);
}

const OrrMeasure orr_measure_lag = {
  .entry
  = { .entry = { .name = "lag",
                 .summary = "How long after a write took its place a node came to hold it",
                 .doc = "Of each write on each node but the one that gave it its place; in true time, as "
                        "no monitor could see it." },
      .type = &orr_type_DURATION,
      .by_node = TRUE,
      .statistics = orr_sample_statistics },
  .measure = measure,
};
