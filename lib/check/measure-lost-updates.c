/* measure-lost-updates.c: how many acknowledged writes are gone although nobody overwrote them knowingly.
 *
 * A write that was read or overwritten by someone who held it lives on in what was built upon it. So from the
 * last version of a key one goes back to what it was built upon, and so on to the initial value; an
 * acknowledged write that is not met on the way was lost to a concurrent one. */
#include "check/measure-private.h"

extern const OrrMeasure orr_measure_lost_updates;

/* Marks what the last version of each key was built upon, itself included. */
static void
mark_chains (const OrrHistory *history, gboolean *kept)
{
  const OrrHistoryVersion *rows = (const OrrHistoryVersion *) (gconstpointer) history->versions->data;
  for (guint i = 0; i < history->versions->len; i++)
    {
      if (i + 1 < history->versions->len && rows[i + 1].key == rows[i].key)
        continue;
      const OrrHistoryVersion *row = &rows[i];
      while (row && !kept[row - rows])
        {
          kept[row - rows] = TRUE;
          row = row->previous == 0 ? NULL : orr_history_find_version (history, row->key, row->previous, NULL);
        }
    }
}

static void
measure (const OrrHistory *history, OrrFigures *figures)
{
  if (!history->versions_known)
    return;
  g_autofree gboolean *kept = g_new0 (gboolean, history->versions->len);
  mark_chains (history, kept);
  guint64 n = 0, n_lost = 0;
  for (guint i = 0; i < history->versions->len; i++)
    {
      const OrrHistoryVersion *row = &g_array_index (history->versions, OrrHistoryVersion, i);
      if (orr_version_acknowledged_at (history, row) == ORR_TIME_NEVER)
        continue;
      n++;
      n_lost += !kept[i];
    }
  if (n > 0)
    orr_figures_add (figures, &orr_measure_lost_updates, NULL, NULL, (double) n_lost, n);
}

const OrrMeasure orr_measure_lost_updates = {
  .entry = { .entry = { .name = "lost-updates",
                        .summary = "How many acknowledged writes were lost to a concurrent one",
                        .doc = "Those that the last version of their key was not built upon, directly or "
                               "by way of others: whoever wrote it did not know of them. Where one order "
                               "of writes is kept, as a primary keeps it, there are none." },
             .type = &orr_type_REAL },
  .measure = measure,
};
