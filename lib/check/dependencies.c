/* dependencies.c: which transaction comes before which, and why. */
#include "check/dependencies.h"

guint
orr_dependencies_add_node (OrrDependencies *graph)
{
  guint none = ORR_NONE;
  g_array_append_val (graph->first_out, none);
  g_array_append_val (graph->first_in, none);
  return graph->n_nodes++;
}

void
orr_dependencies_add_edge (OrrDependencies *graph, OrrEdge edge)
{
  guint *out = &g_array_index (graph->first_out, guint, edge.from);
  guint *in = &g_array_index (graph->first_in, guint, edge.to);
  edge.next_out = *out;
  edge.next_in = *in;
  *out = *in = graph->edges->len;
  g_array_append_val (graph->edges, edge);
}

void
orr_dependencies_remove_last (OrrDependencies *graph)
{
  const OrrEdge *edge = orr_edge (graph, graph->edges->len - 1);
  g_array_index (graph->first_out, guint, edge->from) = edge->next_out;
  g_array_index (graph->first_in, guint, edge->to) = edge->next_in;
  g_array_set_size (graph->edges, graph->edges->len - 1);
}

OrrEdge
orr_edge_depends (const OrrDependencies *graph, guint from, guint to, OrrEdgeKind kind, guint key, guint read)
{
  return (OrrEdge){ orr_node_end (graph, from), orr_node_begin (graph, to), 0, 0, kind, key, read, ORR_NONE };
}

OrrEdge
orr_edge_overwrites (const OrrDependencies *graph, guint from, guint to, OrrEdgeKind kind, guint key,
                     guint read)
{
  OrrEdge edge = orr_edge_depends (graph, from, to, kind, key, read);
  if (graph->level->shape == ORR_SHAPE_PREFIX)
    edge.to = orr_node_end (graph, to);
  return edge;
}

OrrEdge
orr_edge_precedes (const OrrDependencies *graph, guint reader, guint writer, guint key, guint read)
{
  return (OrrEdge){
    orr_node_begin (graph, reader), orr_node_end (graph, writer), 0, 0, ORR_EDGE_RW, key, read, ORR_NONE
  };
}

/* --- Writes --- */

static guint
link_at (const OrrDependencies *graph, const OrrAccessedKey *key, guint place)
{
  return g_array_index (graph->all->links, guint, key->first_link + place);
}

static guint
loose_writer (const OrrDependencies *graph, const OrrAccessedKey *key, guint i)
{
  return orr_last_write (graph->all, g_array_index (key->loose, guint, i))->transaction;
}

static void
add_overwrite (OrrDependencies *graph, guint from, guint to, guint key)
{
  if (from != ORR_NONE && from != to)
    orr_dependencies_add_edge (graph, orr_edge_overwrites (graph, from, to, ORR_EDGE_WW, key, ORR_NONE));
}

static void
add_chain (OrrDependencies *graph, guint index)
{
  const OrrAccessedKey *key = orr_accessed_key (graph->all, index);
  guint last = ORR_NONE;
  for (guint i = 0; i < key->n_links; i++)
    {
      add_overwrite (graph, last, link_at (graph, key, i), index);
      last = link_at (graph, key, i);
    }
  for (guint i = 0; i < key->loose->len; i++)
    add_overwrite (graph, last, loose_writer (graph, key, i), index);
}

/* --- Reads --- */

static void
add_anti (OrrDependencies *graph, guint index, guint writer)
{
  const OrrExternalRead *read = orr_external_read (graph->all, index);
  if (writer != read->transaction)
    orr_dependencies_add_edge (graph, orr_edge_precedes (graph, read->transaction, writer, read->key, index));
}

/* The transaction that overwrote what was read, within the chain; its own, where it did that itself;
 * ORR_NONE: nobody there. */
static guint
overwriter (const OrrDependencies *graph, const OrrExternalRead *read)
{
  const OrrAccessedKey *key = orr_accessed_key (graph->all, read->key);
  return read->rank < key->n_links ? link_at (graph, key, read->rank) : ORR_NONE;
}

/* Readers of a chain's end come before all loose writes. Through helping nodes, so that m readers and n
 * writes take m + n edges: `up` leads to the loose writes from a place on, `down` to those before it; a
 * reader that writes there itself leaves itself out. */
static void
add_gates (OrrDependencies *graph, const OrrAccessedKey *key, guint index, guint *up, guint *down)
{
  guint n = key->loose->len;
  for (guint i = 0; i < n; i++)
    {
      down[i] = orr_dependencies_add_node (graph);
      up[n - 1 - i] = orr_dependencies_add_node (graph);
    }
  for (guint i = 0; i < n; i++)
    {
      guint writer = orr_node_end (graph, loose_writer (graph, key, i));
      OrrEdge edge = { up[i], writer, 0, 0, ORR_EDGE_WITHIN, index, ORR_NONE, ORR_NONE };
      orr_dependencies_add_edge (graph, edge);
      edge.from = down[i];
      orr_dependencies_add_edge (graph, edge);
      if (i + 1 < n)
        {
          orr_dependencies_add_edge (
              graph, (OrrEdge){ up[i], up[i + 1], 0, 0, ORR_EDGE_WITHIN, index, ORR_NONE, ORR_NONE });
          orr_dependencies_add_edge (
              graph, (OrrEdge){ down[i + 1], down[i], 0, 0, ORR_EDGE_WITHIN, index, ORR_NONE, ORR_NONE });
        }
    }
}

/* The place of the reader's own write among the loose ones of the key, which stand by number; ORR_NONE: it
 * has none there. */
static guint
find_loose (const OrrDependencies *graph, const OrrExternalRead *read)
{
  const OrrAccessedKey *key = orr_accessed_key (graph->all, read->key);
  guint own = orr_transaction_find_write (graph->all, read->transaction, read->key), low = 0,
        high = key->loose->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (g_array_index (key->loose, guint, middle) < own)
        low = middle + 1;
      else
        high = middle;
    }
  return low < key->loose->len && g_array_index (key->loose, guint, low) == own ? low : ORR_NONE;
}

static void
add_through_gates (OrrDependencies *graph, guint index, const guint *up, const guint *down)
{
  const OrrExternalRead *read = orr_external_read (graph->all, index);
  const OrrAccessedKey *key = orr_accessed_key (graph->all, read->key);
  guint place = find_loose (graph, read);
  OrrEdge edge
      = { orr_node_begin (graph, read->transaction), up[0], 0, 0, ORR_EDGE_RW, read->key, index, ORR_NONE };
  if (place == ORR_NONE)
    {
      orr_dependencies_add_edge (graph, edge);
      return;
    }
  if (place + 1 < key->loose->len)
    {
      edge.to = up[place + 1];
      orr_dependencies_add_edge (graph, edge);
    }
  if (place > 0)
    {
      edge.to = down[place - 1];
      orr_dependencies_add_edge (graph, edge);
    }
}

/* `readers`: those of the end of this key's chain. */
static void
add_end_readers (OrrDependencies *graph, guint index, const GArray *readers)
{
  const OrrAccessedKey *key = orr_accessed_key (graph->all, index);
  guint n = key->loose->len;
  if (n <= 2 || readers->len <= 2)
    {
      for (guint i = 0; i < readers->len; i++)
        for (guint j = 0; j < n; j++)
          add_anti (graph, g_array_index (readers, guint, i), loose_writer (graph, key, j));
      return;
    }
  g_autofree guint *up = g_new (guint, n), *down = g_new (guint, n);
  add_gates (graph, key, index, up, down);
  for (guint i = 0; i < readers->len; i++)
    add_through_gates (graph, g_array_index (readers, guint, i), up, down);
}

static void
add_reads (OrrDependencies *graph)
{
  const OrrTransactions *all = graph->all;
  const OrrLevel *level = graph->level;
  g_autofree GArray **ends = g_new0 (GArray *, all->keys->len + 1);
  for (guint i = 0; i < all->reads->len; i++)
    {
      const OrrExternalRead *read = orr_external_read (all, i);
      if (level->reads && read->writer != ORR_NONE)
        orr_dependencies_add_edge (
            graph, orr_edge_depends (graph, read->writer, read->transaction, ORR_EDGE_WR, read->key, i));
      if (!orr_level_minds (level, read) || level->shape == ORR_SHAPE_PARALLEL || read->rank == ORR_NONE)
        continue;
      guint writer = overwriter (graph, read);
      if (writer != ORR_NONE)
        add_anti (graph, i, writer);
      else
        {
          GArray **readers = &ends[read->key];
          if (!*readers)
            *readers = g_array_new (FALSE, FALSE, sizeof (guint));
          g_array_append_val (*readers, i);
        }
    }
  for (guint i = 0; i < all->keys->len; i++)
    if (ends[i])
      {
        add_end_readers (graph, i, ends[i]);
        g_array_unref (ends[i]);
      }
}

/* --- Sessions and real time --- */

static void
add_sessions (OrrDependencies *graph)
{
  for (guint i = 0; i < graph->all->transactions->len; i++)
    {
      guint before = orr_transaction (graph->all, i)->before;
      if (before != ORR_NONE)
        orr_dependencies_add_edge (graph,
                                   orr_edge_depends (graph, before, i, ORR_EDGE_SESSION, ORR_NONE, ORR_NONE));
    }
}

static gint
compare_ends (gconstpointer a, gconstpointer b, gpointer data)
{
  const OrrTransactions *all = data;
  OrrTime left = orr_transaction (all, *(const guint *) a)->end,
          right = orr_transaction (all, *(const guint *) b)->end;
  return (left > right) - (left < right);
}

/* What had ended before another began. Moments at which transactions ended are helping nodes in a row:
 * whoever ended leads to its moment, and the last moment before a begin leads there: n log n, and n edges
 * instead of n². */
static void
add_real_time (OrrDependencies *graph)
{
  const OrrTransactions *all = graph->all;
  guint n = all->transactions->len, next = 0, moment = ORR_NONE;
  g_autoptr (GArray) ended = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < n; i++)
    if (orr_transaction (all, i)->end != ORR_TIME_NEVER)
      g_array_append_val (ended, i);
  g_array_sort_with_data (ended, compare_ends, (gpointer) all);
  for (guint i = 0; i < n; i++) /* by their begin: the order of the history */
    {
      guint last = moment;
      while (next < ended->len
             && orr_transaction (all, g_array_index (ended, guint, next))->end
                    < orr_transaction (all, i)->start)
        {
          if (moment == last)
            moment = orr_dependencies_add_node (graph);
          guint node = orr_node_end (graph, g_array_index (ended, guint, next++));
          orr_dependencies_add_edge (
              graph, (OrrEdge){ node, moment, 0, 0, ORR_EDGE_TIME, ORR_NONE, ORR_NONE, ORR_NONE });
        }
      if (last != ORR_NONE && last != moment)
        orr_dependencies_add_edge (
            graph, (OrrEdge){ last, moment, 0, 0, ORR_EDGE_TIME, ORR_NONE, ORR_NONE, ORR_NONE });
      if (moment != ORR_NONE)
        orr_dependencies_add_edge (graph, (OrrEdge){ moment, orr_node_begin (graph, i), 0, 0, ORR_EDGE_TIME,
                                                     ORR_NONE, ORR_NONE, ORR_NONE });
    }
}

OrrDependencies *
orr_dependencies_new (const OrrTransactions *all, const OrrLevel *level, const OrrCheckBudget *budget)
{
  OrrDependencies *graph = g_new0 (OrrDependencies, 1);
  guint n = all->transactions->len;
  graph->all = all;
  graph->level = level;
  graph->stride = level->shape == ORR_SHAPE_SNAPSHOT || level->shape == ORR_SHAPE_PREFIX ? 2 : 1;
  graph->edges = g_array_new (FALSE, FALSE, sizeof (OrrEdge));
  graph->first_out = g_array_new (FALSE, FALSE, sizeof (guint));
  graph->first_in = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < n * graph->stride; i++)
    orr_dependencies_add_node (graph);
  for (guint i = 0; graph->stride == 2 && i < n; i++)
    orr_dependencies_add_edge (
        graph, (OrrEdge){ 2 * i, 2 * i + 1, 0, 0, ORR_EDGE_WITHIN, ORR_NONE, ORR_NONE, ORR_NONE });
  for (guint i = 0; i < all->keys->len; i++)
    add_chain (graph, i);
  add_reads (graph);
  if (level->sessions || level->real_time)
    add_sessions (graph);
  if (level->real_time)
    add_real_time (graph);
  if (!orr_dependencies_add_seen (graph, budget))
    g_clear_pointer (&graph, orr_dependencies_free);
  return graph;
}

/* --- Blame --- */

void
orr_transaction_blame (const OrrDependencies *graph, guint transaction, GArray *operations)
{
  if (transaction != ORR_NONE)
    g_array_append_val (operations,
                        g_array_index (graph->all->transactions, OrrTransaction, transaction).operation);
}

void
orr_edge_blame (const OrrDependencies *graph, const OrrEdge *edge, GArray *operations)
{
  orr_transaction_blame (graph, orr_node_transaction (graph, edge->from), operations);
  orr_transaction_blame (graph, orr_node_transaction (graph, edge->to), operations);
  if (edge->read != ORR_NONE)
    {
      orr_transaction_blame (graph, orr_external_read (graph->all, edge->read)->transaction, operations);
      orr_transaction_blame (graph, orr_external_read (graph->all, edge->read)->writer, operations);
    }
  if (edge->key != ORR_NONE && orr_accessed_key (graph->all, edge->key)->shown_by != ORR_NONE)
    g_array_append_val (operations, g_array_index (graph->all->keys, OrrAccessedKey, edge->key).shown_by);
}

void
orr_dependencies_free (OrrDependencies *graph)
{
  if (!graph)
    return;
  g_array_unref (graph->edges);
  g_array_unref (graph->first_out);
  g_array_unref (graph->first_in);
  g_free (graph);
}
