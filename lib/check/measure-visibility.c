/* measure-visibility.c: how long it takes until nobody misses a write any more. */
#include "check/measure-private.h"

extern const OrrMeasure orr_measure_visibility;

static gint
compare_reads (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  const OrrRead *left = a, *right = b;
  if (left->key != right->key)
    return left->key < right->key ? -1 : 1;
  return (left->rank > right->rank) - (left->rank < right->rank);
}

static OrrTime
began (const OrrHistory *history, const OrrRead *read)
{
  return g_array_index (history->operations, OrrHistoryOperation, read->operation).invoked;
}

/* One key: its reads by rank, its versions by rank. */
static void
measure_key (OrrSamples *samples, const OrrRead *reads, guint n_reads)
{
  const OrrHistory *history = samples->history;
  guint n_versions, next = 0;
  const OrrHistoryVersion *versions = orr_history_versions_of (history, reads[0].key, &n_versions);
  OrrTime last_missed = G_MININT64, last_read = G_MININT64;
  for (guint i = 0; i < n_reads; i++)
    last_read = MAX (last_read, began (history, &reads[i]));
  for (guint rank = 1; rank <= n_versions; rank++)
    {
      OrrTime at = orr_version_acknowledged_at (history, &versions[rank - 1]);
      for (; next < n_reads && reads[next].rank < rank; next++)
        last_missed = MAX (last_missed, began (history, &reads[next]));
      if (at <= last_read)
        orr_samples_add (samples, "write", G_MAXUINT32, last_missed > at ? last_missed - at : 0);
    }
}

static void
measure (const OrrHistory *history, OrrFigures *figures)
{
  g_autoptr (OrrSamples) samples = orr_samples_new (history, &orr_measure_visibility, figures);
  g_autoptr (GArray) reads = orr_reads_new (history);
  g_array_sort_with_data (reads, compare_reads, NULL);
  for (guint i = 0, end = 0; i < reads->len; i = end)
    {
      while (end < reads->len
             && g_array_index (reads, OrrRead, end).key == g_array_index (reads, OrrRead, i).key)
        end++;
      measure_key (samples, &g_array_index (reads, OrrRead, i), end - i);
    }
  orr_samples_add_statistics (samples);
}

const OrrMeasure orr_measure_visibility = {
  .entry
  = { .entry
      = { .name = "visibility",
          .summary = "How long after its acknowledgement a write was still missed by some read",
          .doc = "Of each acknowledged write that was read for, the time from its acknowledgement to the "
                 "beginning of the last read that returned something older; 0 where none did. "
                 "`visibility.p99: 2s` says: 99 writes of 100 were seen by every read that began later "
                 "than 2 s after them.\n\n"
                 "Source: t-visibility, Bailis et al., Probabilistically Bounded Staleness, VLDB 2012, "
                 "section 3.3, counted over writes." },
      .type = &orr_type_DURATION,
      .statistics = orr_sample_statistics },
  .measure = measure,
};
