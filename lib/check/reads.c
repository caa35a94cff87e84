/* reads.c: how old what a read returned was.
 *
 * A write can be missed by a read only when someone has already been told that it happened: what is being
 * written while the read goes on may be seen or not. So a version counts from the moment at which its write
 * was acknowledged to its client, and with it all versions below it, which it replaces. A write that nobody
 * was told of never counts. That is how staleness is defined for histories (Golab, Li & Shah 2011: Δ- and
 * k-atomicity) and for probabilistically bounded staleness (Bailis et al. 2012, section 3). */
#include "check/measure-private.h"

/* An acknowledged version of one key. */
typedef struct
{
  OrrTime at;
  guint rank; /* the highest that was acknowledged by then */
} Acknowledged;

/* What is known of a key, made at its first read. */
typedef struct
{
  OrrKey key;
  const OrrHistoryVersion *versions;
  guint n;
  OrrTime *stale_from;  /* by rank, 0 … n: when the first version above it was acknowledged */
  GArray *acknowledged; /* Acknowledged, by time; ranks grow */
} Key;

static void
key_free (gpointer data)
{
  Key *key = data;
  g_free (key->stale_from);
  g_array_unref (key->acknowledged);
  g_free (key);
}

static gint
compare_acknowledged (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  const Acknowledged *left = a, *right = b;
  return (left->at > right->at) - (left->at < right->at);
}

OrrTime
orr_version_acknowledged_at (const OrrHistory *history, const OrrHistoryVersion *version)
{
  if (version->operation == G_MAXUINT32)
    return ORR_TIME_NEVER;
  const OrrHistoryOperation *operation
      = &g_array_index (history->operations, OrrHistoryOperation, version->operation);
  return operation->outcome == ORR_OK ? operation->completed : ORR_TIME_NEVER;
}

/* Of the acknowledgements by time, those that raised the highest rank. */
static void
keep_rising (GArray *acknowledged)
{
  guint kept = 0;
  for (guint i = 0; i < acknowledged->len; i++)
    {
      Acknowledged row = g_array_index (acknowledged, Acknowledged, i);
      if (kept == 0 || row.rank > g_array_index (acknowledged, Acknowledged, kept - 1).rank)
        g_array_index (acknowledged, Acknowledged, kept++) = row;
    }
  g_array_set_size (acknowledged, kept);
}

static Key *
key_new (const OrrHistory *history, OrrKey name)
{
  Key *key = g_new0 (Key, 1);
  key->key = name;
  key->versions = orr_history_versions_of (history, name, &key->n);
  key->stale_from = g_new (OrrTime, key->n + 1);
  key->acknowledged = g_array_new (FALSE, FALSE, sizeof (Acknowledged));
  key->stale_from[key->n] = ORR_TIME_NEVER;
  for (guint rank = key->n; rank > 0; rank--)
    {
      Acknowledged row = { orr_version_acknowledged_at (history, &key->versions[rank - 1]), rank };
      key->stale_from[rank - 1] = MIN (key->stale_from[rank], row.at);
      if (row.at != ORR_TIME_NEVER)
        g_array_append_val (key->acknowledged, row);
    }
  g_array_sort_with_data (key->acknowledged, compare_acknowledged, NULL);
  keep_rising (key->acknowledged);
  return key;
}

static const Key *
get_key (const OrrHistory *history, GHashTable *keys, OrrKey name)
{
  Key *key = g_hash_table_lookup (keys, &name);
  if (!key)
    {
      key = key_new (history, name);
      g_hash_table_add (keys, key);
    }
  return key;
}

/* The rank of a version among the key's; FALSE where it is none of them. */
static gboolean
find_rank (const Key *key, guint64 version, guint *ret_rank)
{
  guint low = 0, high = key->n;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (key->versions[middle].version < version)
        low = middle + 1;
      else
        high = middle;
    }
  *ret_rank = version == 0 ? 0 : low + 1;
  return version == 0 || (low < key->n && key->versions[low].version == version);
}

/* The last acknowledgement that was there at `time`, or NULL. A session that begins one operation at the
 * instant at which another ended knows of it. */
static const Acknowledged *
find_newest (const Key *key, OrrTime time)
{
  guint low = 0, high = key->acknowledged->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (g_array_index (key->acknowledged, Acknowledged, middle).at <= time)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 ? &g_array_index (key->acknowledged, Acknowledged, low - 1) : NULL;
}

static void
add_read (GArray *reads, const Key *key, const OrrHistoryOperation *operation, guint index, guint step)
{
  OrrRead read = { .operation = index, .step = step, .key = key->key, .stale_at = ORR_TIME_NEVER };
  if (!find_rank (key, operation->versions[step], &read.rank))
    return;
  const Acknowledged *newest = find_newest (key, operation->invoked);
  if (newest)
    {
      read.newest = newest->rank;
      read.newest_at = newest->at;
    }
  if (read.newest > read.rank)
    read.stale_at = key->stale_from[read.rank];
  g_array_append_val (reads, read);
}

GArray *
orr_reads_new (const OrrHistory *history)
{
  GArray *reads = g_array_new (FALSE, FALSE, sizeof (OrrRead));
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, key_free);
  for (guint i = 0; history->versions_known && i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, i);
      for (guint j = 0; operation->outcome == ORR_OK && operation->versions && j < operation->n_steps; j++)
        if (operation->steps[j].kind == ORR_READ)
          add_read (reads, get_key (history, keys, operation->steps[j].key), operation, i, j);
    }
  return reads;
}
