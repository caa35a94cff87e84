/* finals.c: what nodes held in the end.
 *
 * Each node names the keys that it holds. A key that it does not name it never had, so that it would answer
 * with the initial value; or the key was deleted there. */
#include "check/check-private.h"

typedef struct
{
  guint64 node;
  OrrKey key;
  const OrrHistoryFinal *final;
} Entry;

struct OrrFinals
{
  const OrrHistory *history;
  GArray *keys;        /* OrrKey, in the order in which they were first said */
  GHashTable *entries; /* Entry */
  GHashTable *seen;    /* keys */
};

static guint
entry_hash (gconstpointer data)
{
  const Entry *entry = data;
  return (guint) ((entry->key * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + entry->node)
                      * G_GUINT64_CONSTANT (0xd1342543de82ef95)
                  >> 32);
}

static gboolean
entry_equal (gconstpointer a, gconstpointer b)
{
  const Entry *left = a, *right = b;
  return left->node == right->node && left->key == right->key;
}

OrrFinals *
orr_finals_new (const OrrHistory *history)
{
  OrrFinals *finals = g_new0 (OrrFinals, 1);
  finals->history = history;
  finals->keys = g_array_new (FALSE, FALSE, sizeof (OrrKey));
  finals->entries = g_hash_table_new_full (entry_hash, entry_equal, g_free, NULL);
  finals->seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < history->finals->len; i++)
    {
      const OrrHistoryFinal *final = &g_array_index (history->finals, OrrHistoryFinal, i);
      Entry entry = { final->node, final->key, final };
      g_hash_table_add (finals->entries, g_memdup2 (&entry, sizeof entry));
      if (g_hash_table_add (finals->seen, (gpointer) &final->key))
        g_array_append_val (finals->keys, final->key);
    }
  return finals;
}

void
orr_finals_free (OrrFinals *finals)
{
  if (!finals)
    return;
  g_array_unref (finals->keys);
  g_hash_table_unref (finals->entries);
  g_hash_table_unref (finals->seen);
  g_free (finals);
}

guint
orr_finals_n_keys (const OrrFinals *finals)
{
  return finals->keys->len;
}

OrrKey
orr_finals_key (const OrrFinals *finals, guint index)
{
  return g_array_index (finals->keys, OrrKey, index);
}

static const OrrHistoryFinal *
find (const OrrFinals *finals, guint32 node, OrrKey key)
{
  Entry wanted = { node, key, NULL };
  const Entry *entry = g_hash_table_lookup (finals->entries, &wanted);
  return entry ? entry->final : NULL;
}

OrrValue
orr_finals_value (const OrrFinals *finals, guint32 node, OrrKey key)
{
  const OrrHistoryFinal *final = find (finals, node, key);
  return final ? final->value : orr_history_initial (finals->history, key);
}

guint64
orr_finals_version (const OrrFinals *finals, guint32 node, OrrKey key)
{
  const OrrHistoryFinal *final = find (finals, node, key);
  if (final && final->version != 0)
    return final->version;
  OrrValue value = final ? final->value : ORR_NIL;
  guint n;
  const OrrHistoryVersion *versions = orr_history_versions_of (finals->history, key, &n);
  for (; n > 0; n--)
    if (versions[n - 1].value == value)
      return versions[n - 1].version;
  return 0;
}

/* TRUE where some of the nodes that keep the key hold different values of it. */
static gboolean
differs (const OrrFinals *finals, OrrKey key, OrrDifference *difference)
{
  const OrrHistory *history = finals->history;
  gboolean first = TRUE;
  OrrValue value = ORR_NIL;
  difference->key = key;
  for (guint32 node = 0; node < history->n_nodes; node++)
    {
      if (!history->final_nodes[node] || !orr_history_is_kept (history, node, key))
        continue;
      OrrValue held = orr_finals_value (finals, node, key);
      if (!first && held != value)
        {
          difference->other = node;
          return TRUE;
        }
      if (first)
        difference->node = node;
      value = held;
      first = FALSE;
    }
  return FALSE;
}

guint
orr_finals_differ (const OrrFinals *finals, OrrDifference *ret_difference)
{
  guint n = 0;
  for (guint i = 0; i < finals->keys->len; i++)
    {
      OrrDifference difference;
      if (differs (finals, orr_finals_key (finals, i), &difference) && n++ == 0 && ret_difference)
        *ret_difference = difference;
    }
  return n;
}
