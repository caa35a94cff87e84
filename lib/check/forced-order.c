/* forced-order.c: what the rest forces of the order of writes, without trying anything.
 *
 * Of a read, the write that it returned and another write of the key: if the other is known to come after the
 * one that was returned, it overwrote what was read; if it is known to come before the read, it comes before
 * the one that was returned. This is repeated until nothing new follows. It is for telling why: so it stops
 * at the first cycle, and it is for few transactions. */
#include "check/dependencies.h"

#define TRANSACTIONS_MAX 200

static gboolean
leads (const OrrDependencies *graph, guint from, guint to)
{
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (guint));
  return from == to || orr_dependencies_find_path (graph, ORR_EDGES_ALL, from, to, path);
}

static gboolean
has_edge (const OrrDependencies *graph, const OrrEdge *wanted)
{
  for (guint i = g_array_index (graph->first_out, guint, wanted->from); i != ORR_NONE;
       i = orr_edge (graph, i)->next_out)
    if (orr_edge (graph, i)->to == wanted->to && orr_edge (graph, i)->kind == wanted->kind)
      return TRUE;
  return FALSE;
}

/* Adds the edge if its opposite would close a cycle; TRUE: it is new. */
static gboolean
force (OrrDependencies *graph, OrrEdge edge, const OrrEdge *opposite)
{
  if (has_edge (graph, &edge) || !leads (graph, opposite->to, opposite->from))
    return FALSE;
  orr_dependencies_add_edge (graph, edge);
  return TRUE;
}

static gboolean
force_read (OrrDependencies *graph, guint index, guint writer, guint other)
{
  const OrrExternalRead *read = orr_external_read (graph->all, index);
  if (!orr_level_minds (graph->level, read) || other == read->transaction)
    return FALSE;
  OrrEdge before = orr_edge_overwrites (graph, other, writer, ORR_EDGE_CHOSEN, read->key, index);
  OrrEdge after = orr_edge_precedes (graph, read->transaction, other, read->key, index);
  return force (graph, after, &before) || force (graph, before, &after);
}

static gboolean
force_pair (OrrDependencies *graph, guint key, guint one, guint other)
{
  if (graph->level->shape != ORR_SHAPE_SNAPSHOT)
    return FALSE;
  OrrEdge forth = orr_edge_overwrites (graph, one, other, ORR_EDGE_CHOSEN, key, ORR_NONE);
  OrrEdge back = orr_edge_overwrites (graph, other, one, ORR_EDGE_CHOSEN, key, ORR_NONE);
  return force (graph, forth, &back) || force (graph, back, &forth);
}

static gboolean
force_key (OrrDependencies *graph, guint index)
{
  const OrrAccessedKey *key = orr_accessed_key (graph->all, index);
  gboolean changed = FALSE;
  for (guint i = 0; i < key->loose->len; i++)
    for (guint j = 0; j < key->loose->len; j++)
      {
        const OrrLastWrite *write = orr_last_write (graph->all, g_array_index (key->loose, guint, i));
        guint other = orr_last_write (graph->all, g_array_index (key->loose, guint, j))->transaction;
        if (i == j)
          continue;
        for (guint k = write->first_reader; k != ORR_NONE; k = orr_external_read (graph->all, k)->next)
          changed |= force_read (graph, k, write->transaction, other);
        changed |= i < j && force_pair (graph, index, write->transaction, other);
      }
  return changed;
}

void
orr_dependencies_force (OrrDependencies *graph)
{
  gboolean changed = graph->all->transactions->len <= TRANSACTIONS_MAX;
  while (changed && orr_dependencies_find_cycle (graph, ORR_EDGES_ALL, ORR_NONE, NULL) == 0)
    {
      changed = FALSE;
      for (guint i = 0; i < graph->all->keys->len; i++)
        changed |= force_key (graph, i);
    }
}
