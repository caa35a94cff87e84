/* measure-convergence-time.c: how long it took until all nodes held the same. */
#include "check/check-private.h"
#include "check/measure-private.h"

extern const OrrMeasure orr_measure_convergence_time;

static void
measure (const OrrHistory *history, OrrFigures *figures)
{
  OrrTime written = 0, held = 0;
  guint64 n = 0;
  g_autoptr (OrrFinals) finals = orr_finals_new (history);
  if (!history->finals_known || !history->versions_known || history->applied->len == 0
      || orr_finals_differ (finals, NULL) > 0)
    return;
  for (guint i = 0; i < history->finals->len; i++)
    {
      const OrrHistoryFinal *final = &g_array_index (history->finals, OrrHistoryFinal, i);
      const OrrHistoryVersion *version = orr_history_find_version (history, final->key, final->version, NULL);
      if (final->version == 0)
        continue; /* the initial value was always there */
      OrrTime at = orr_history_applied_at (history, final->node, final->key, final->version);
      if (!version || at == ORR_TIME_NEVER)
        return;
      written = MAX (written, version->time);
      held = MAX (held, at);
      n++;
    }
  if (n > 0)
    orr_figures_add (figures, &orr_measure_convergence_time, NULL, NULL, (double) MAX (held - written, 0), n);
}

const OrrMeasure orr_measure_convergence_time = {
  .entry = { .entry = { .name = "convergence-time",
                        .summary = "How long after the last write all nodes held the same",
                        .doc = "From when the last write took its place until the last node came to hold "
                               "what all held in the end. There is no such time where they did not "
                               "converge." },
             .type = &orr_type_DURATION },
  .measure = measure,
};
