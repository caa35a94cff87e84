/* commit-order.c: is there an order of the writes that leaves no forbidden cycle?
 *
 * Where the order of a key's writes is known, the graph says all. Where it isn't, each read still says
 * something: nobody wrote between the write that it returned and the read. So any other writer of the key
 * comes before that write, or overwrites what was read. To find an order that obeys all of that is NP-hard
 * (Papadimitriou 1979; Biswas & Enea 2019). The search starts from an order that is probably a good one,
 * looks for reads that it breaks, and mends them one by one; so it costs little where little is broken. */
#include "check/order-search.h"

typedef struct
{
  OrrDependencies *graph;
  const OrrTransactions *all;
  OrrOrderSearch *search;
  GArray *writers; /* OrrLastWrite indices of one key, in the order as it stands */
  gboolean changed;
} Mender;

static guint
end_of (const Mender *mender, guint write)
{
  guint transaction = orr_last_write (mender->all, write)->transaction;
  return orr_order_search_position (mender->search, orr_node_end (mender->graph, transaction));
}

static guint
begin_of (const Mender *mender, guint transaction)
{
  return orr_order_search_position (mender->search, orr_node_begin (mender->graph, transaction));
}

static gint
compare_writers (gconstpointer a, gconstpointer b, gpointer data)
{
  guint left = end_of (data, *(const guint *) a), right = end_of (data, *(const guint *) b);
  return (left > right) - (left < right);
}

/* The read returned `source`; `other` wrote the key, too. */
static gboolean
mend_read (Mender *mender, guint index, guint source, guint other)
{
  OrrDependencies *graph = mender->graph;
  const OrrExternalRead *read = orr_external_read (mender->all, index);
  guint writer = orr_last_write (mender->all, source)->transaction;
  guint intruder = orr_last_write (mender->all, other)->transaction;
  guint begin = begin_of (mender, read->transaction), between = end_of (mender, other),
        end = end_of (mender, source);
  if (intruder == read->transaction || between < end || begin < between)
    return TRUE;
  OrrEdge before = orr_edge_overwrites (graph, intruder, writer, ORR_EDGE_CHOSEN, read->key, index);
  OrrEdge after = orr_edge_precedes (graph, read->transaction, intruder, read->key, index);
  guint because[] = { read->transaction, writer, intruder };
  mender->changed = TRUE;
  return between - end < begin - between
             ? orr_order_search_choose (mender->search, before, after, because, G_N_ELEMENTS (because))
             : orr_order_search_choose (mender->search, after, before, because, G_N_ELEMENTS (because));
}

/* Of two that wrote one key one had ended before the other began. */
static gboolean
mend_pair (Mender *mender, guint first, guint second, guint key)
{
  OrrDependencies *graph = mender->graph;
  guint one = orr_last_write (mender->all, first)->transaction,
        other = orr_last_write (mender->all, second)->transaction;
  if (end_of (mender, first) < begin_of (mender, other) || end_of (mender, second) < begin_of (mender, one))
    return TRUE;
  guint because[] = { one, other };
  mender->changed = TRUE;
  return orr_order_search_choose (
      mender->search, orr_edge_overwrites (graph, one, other, ORR_EDGE_CHOSEN, key, ORR_NONE),
      orr_edge_overwrites (graph, other, one, ORR_EDGE_CHOSEN, key, ORR_NONE), because, 2);
}

static void
sort_writers (Mender *mender, guint index)
{
  const OrrAccessedKey *key = orr_accessed_key (mender->all, index);
  g_array_set_size (mender->writers, 0);
  g_array_append_vals (mender->writers, key->loose->data, key->loose->len);
  g_array_sort_with_data (mender->writers, compare_writers, mender);
}

static gboolean
mend_key (Mender *mender, guint index)
{
  sort_writers (mender, index);
  for (guint i = 0; i + 1 < mender->writers->len; i++)
    {
      guint write = g_array_index (mender->writers, guint, i),
            next = g_array_index (mender->writers, guint, i + 1);
      if (mender->graph->level->shape == ORR_SHAPE_SNAPSHOT && !mend_pair (mender, write, next, index))
        return FALSE;
      for (guint j = orr_last_write (mender->all, write)->first_reader; j != ORR_NONE;
           j = orr_external_read (mender->all, j)->next)
        if (orr_level_minds (mender->graph->level, orr_external_read (mender->all, j))
            && !mend_read (mender, j, write, next))
          return FALSE;
    }
  return TRUE;
}

/* --- Parallel snapshot isolation: what is seen is what there is a way from --- */

static gboolean
order_pair (Mender *mender, guint first, guint second, guint key)
{
  guint one = orr_last_write (mender->all, first)->transaction,
        other = orr_last_write (mender->all, second)->transaction;
  guint because[] = { one, other };
  if (orr_order_search_leads (mender->search, one, other))
    return !orr_order_search_is_spent (mender->search);
  mender->changed = TRUE;
  return orr_order_search_choose (
      mender->search, orr_edge_overwrites (mender->graph, one, other, ORR_EDGE_CHOSEN, key, ORR_NONE),
      orr_edge_overwrites (mender->graph, other, one, ORR_EDGE_CHOSEN, key, ORR_NONE), because, 2);
}

/* The reader did not see `next`, which overwrote what it read: so there is no way from there. */
static gboolean
refuse (Mender *mender, const OrrExternalRead *read, guint since, guint next)
{
  guint because[] = { read->transaction, next, since };
  guint n_edges = mender->graph->edges->len;
  gboolean fine = next == read->transaction
                  || orr_order_search_refuse (mender->search, next, read->transaction, since, next, because,
                                              since == ORR_NONE ? 2 : 3);
  mender->changed |= mender->graph->edges->len != n_edges;
  return fine;
}

/* Who overwrote what a read of the chain saw; the chain's own order is in the graph. */
static gboolean
look_at_chained (Mender *mender, const OrrExternalRead *read, guint first_loose)
{
  const OrrAccessedKey *key = orr_accessed_key (mender->all, read->key);
  if (read->rank < key->n_links)
    return refuse (mender, read, ORR_NONE,
                   g_array_index (mender->all->links, guint, key->first_link + read->rank));
  return first_loose == ORR_NONE
         || refuse (mender, read, ORR_NONE, orr_last_write (mender->all, first_loose)->transaction);
}

static gboolean
order_key (Mender *mender, guint index, guint *first_loose)
{
  sort_writers (mender, index);
  first_loose[index] = mender->writers->len > 0 ? g_array_index (mender->writers, guint, 0) : ORR_NONE;
  for (guint i = 0; i + 1 < mender->writers->len; i++)
    {
      guint write = g_array_index (mender->writers, guint, i),
            next = g_array_index (mender->writers, guint, i + 1);
      if (!order_pair (mender, write, next, index))
        return FALSE;
      if (!orr_order_search_leads (mender->search, orr_last_write (mender->all, write)->transaction,
                                   orr_last_write (mender->all, next)->transaction))
        continue;
      for (guint j = orr_last_write (mender->all, write)->first_reader; j != ORR_NONE;
           j = orr_external_read (mender->all, j)->next)
        if (!refuse (mender, orr_external_read (mender->all, j),
                     orr_last_write (mender->all, write)->transaction,
                     orr_last_write (mender->all, next)->transaction))
          return FALSE;
    }
  return TRUE;
}

static gboolean
order_all (Mender *mender)
{
  guint n = mender->all->keys->len;
  g_autofree guint *first_loose = g_new (guint, n + 1);
  for (guint i = 0; i < n; i++)
    do
      {
        mender->changed = FALSE;
        if (!order_key (mender, i, first_loose))
          return FALSE;
      }
    while (mender->changed);
  for (guint i = 0; i < mender->all->reads->len; i++)
    {
      const OrrExternalRead *read = orr_external_read (mender->all, i);
      if (read->rank != ORR_NONE && !look_at_chained (mender, read, first_loose[read->key]))
        return FALSE;
    }
  return TRUE;
}

/* --- Both --- */

static gboolean
mend_all (Mender *mender)
{
  for (guint i = 0; i < mender->all->keys->len; i++)
    if (!mend_key (mender, i))
      return FALSE;
  return TRUE;
}

OrrVerdictKind
orr_dependencies_solve (OrrDependencies *graph, gboolean saturate, guint64 *states_left,
                        const OrrCheckBudget *budget, GArray *ret_blame)
{
  Mender mender = { .graph = graph,
                    .all = graph->all,
                    .search = orr_order_search_new (graph, states_left, budget),
                    .writers = g_array_new (FALSE, FALSE, sizeof (guint)),
                    .changed = TRUE };
  gboolean parallel = graph->level->shape == ORR_SHAPE_PARALLEL, found = TRUE;
  g_assert (mender.search); /* cycles were looked for before */
  found = parallel || !saturate || orr_order_search_saturate (mender.search, graph);
  while (found && mender.changed)
    {
      guint n_edges = graph->edges->len;
      mender.changed = FALSE;
      found = parallel ? order_all (&mender) : mend_all (&mender);
      mender.changed |= graph->edges->len != n_edges;
    }
  OrrVerdictKind kind = found                                       ? ORR_HOLDS
                        : orr_order_search_is_spent (mender.search) ? ORR_UNDECIDED
                                                                    : ORR_VIOLATED;
  if (kind == ORR_VIOLATED)
    orr_order_search_blame (mender.search, ret_blame);
  orr_order_search_free (mender.search);
  g_array_unref (mender.writers);
  return kind;
}
