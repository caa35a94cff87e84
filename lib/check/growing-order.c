/* growing-order.c: an order of a graph to which edges are added. */
#include "check/growing-order.h"

struct OrrGrowingOrder
{
  const OrrDependencies *graph;
  guint n_static;  /* edges that are there from the beginning */
  guint *position; /* by node */
  guint *mark;     /* by node: the search that saw it last */
  guint *via;      /* by node: the edge by which it was seen; ORR_NONE: the search began there */
  guint stamp;
  GArray *ahead, *behind, *later, *places; /* guint; later: edges */
  guint64 n_looks;
};

OrrGrowingOrder *
orr_growing_order_new (const OrrDependencies *graph)
{
  guint n = graph->n_nodes;
  g_autofree guint *nodes = orr_dependencies_guess (graph);
  if (!nodes)
    return NULL;
  OrrGrowingOrder *order = g_new0 (OrrGrowingOrder, 1);
  order->graph = graph;
  order->n_static = graph->edges->len;
  order->position = g_new (guint, n + 1);
  order->mark = g_new0 (guint, n + 1);
  order->via = g_new (guint, n + 1);
  order->ahead = g_array_new (FALSE, FALSE, sizeof (guint));
  order->behind = g_array_new (FALSE, FALSE, sizeof (guint));
  order->later = g_array_new (FALSE, FALSE, sizeof (guint));
  order->places = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < n; i++)
    order->position[nodes[i]] = i;
  return order;
}

void
orr_growing_order_free (OrrGrowingOrder *order)
{
  if (!order)
    return;
  g_free (order->position);
  g_free (order->mark);
  g_free (order->via);
  g_array_unref (order->ahead);
  g_array_unref (order->behind);
  g_array_unref (order->later);
  g_array_unref (order->places);
  g_free (order);
}

guint
orr_growing_order_position (const OrrGrowingOrder *order, guint node)
{
  return order->position[node];
}

guint64
orr_growing_order_looks (const OrrGrowingOrder *order)
{
  return order->n_looks;
}

/* --- Ways --- */

static void
see (OrrGrowingOrder *order, guint node, guint via, GArray *seen)
{
  order->mark[node] = order->stamp;
  order->via[node] = via;
  g_array_append_val (seen, node);
}

/* What one node leads to: at once by edges from the beginning, later by the others. */
static void
look_from (OrrGrowingOrder *order, guint node, guint limit)
{
  const OrrDependencies *graph = order->graph;
  for (guint i = g_array_index (graph->first_out, guint, node); i != ORR_NONE;
       i = orr_edge (graph, i)->next_out)
    {
      guint next = orr_edge (graph, i)->to;
      order->n_looks++;
      if (order->mark[next] == order->stamp || order->position[next] > limit)
        continue;
      if (i < order->n_static)
        see (order, next, i, order->ahead);
      else
        g_array_append_val (order->later, i);
    }
}

/* All that can be reached from `from` and stands no later than `to`; TRUE where `to` is among them: then not
 * all. */
static gboolean
look_ahead (OrrGrowingOrder *order, guint from, guint to)
{
  guint limit = order->position[to], done = 0;
  g_array_set_size (order->ahead, 0);
  g_array_set_size (order->later, 0);
  order->stamp++;
  see (order, from, ORR_NONE, order->ahead);
  for (guint head = 0;;)
    {
      while (head < order->ahead->len && order->mark[to] != order->stamp)
        look_from (order, g_array_index (order->ahead, guint, head++), limit);
      if (order->mark[to] == order->stamp)
        return TRUE;
      /* One layer of later edges at a time. */
      for (guint end = order->later->len; done < end; done++)
        {
          guint edge = g_array_index (order->later, guint, done), next = orr_edge (order->graph, edge)->to;
          if (order->mark[next] != order->stamp)
            see (order, next, edge, order->ahead);
        }
      if (head == order->ahead->len)
        return FALSE;
    }
}

/* All from which `to` can be reached and that stand no earlier than `from`. */
static void
look_behind (OrrGrowingOrder *order, guint from, guint to)
{
  const OrrDependencies *graph = order->graph;
  guint limit = order->position[from];
  g_array_set_size (order->behind, 0);
  order->stamp++;
  see (order, to, ORR_NONE, order->behind);
  for (guint i = 0; i < order->behind->len; i++)
    for (guint j = g_array_index (graph->first_in, guint, g_array_index (order->behind, guint, i));
         j != ORR_NONE; j = orr_edge (graph, j)->next_in)
      {
        guint before = orr_edge (graph, j)->from;
        order->n_looks++;
        if (order->mark[before] != order->stamp && order->position[before] >= limit)
          see (order, before, j, order->behind);
      }
}

static gint
compare_positions (gconstpointer a, gconstpointer b, gpointer data)
{
  const guint *position = data;
  guint left = position[*(const guint *) a], right = position[*(const guint *) b];
  return (left > right) - (left < right);
}

static gint
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint left = *(const guint *) a, right = *(const guint *) b;
  return (left > right) - (left < right);
}

/* Whoever leads to `from` comes before whoever `to` leads to, in the places that both have. */
static void
move (OrrGrowingOrder *order, GArray *ret_moved)
{
  GArray *places = order->places;
  g_array_sort_with_data (order->ahead, compare_positions, order->position);
  g_array_sort_with_data (order->behind, compare_positions, order->position);
  g_array_set_size (ret_moved, 0);
  g_array_append_vals (ret_moved, order->behind->data, order->behind->len);
  g_array_append_vals (ret_moved, order->ahead->data, order->ahead->len);
  g_array_set_size (places, 0);
  for (guint i = 0; i < ret_moved->len; i++)
    g_array_append_val (places, order->position[g_array_index (ret_moved, guint, i)]);
  g_array_sort (places, compare_numbers);
  for (guint i = 0; i < places->len; i++)
    order->position[g_array_index (ret_moved, guint, i)] = g_array_index (places, guint, i);
  order->n_looks += places->len;
}

/* The edges by which look_ahead came to `to`. */
static void
append_way (const OrrGrowingOrder *order, guint to, GArray *ret_way)
{
  for (guint i = order->via[to]; i != ORR_NONE; i = order->via[orr_edge (order->graph, i)->from])
    g_array_append_val (ret_way, i);
}

gboolean
orr_growing_order_admit (OrrGrowingOrder *order, const OrrEdge *edge, GArray *ret_moved, GArray *ret_way)
{
  g_array_set_size (ret_moved, 0);
  order->n_looks++;
  if (order->position[edge->from] < order->position[edge->to])
    return TRUE;
  if (look_ahead (order, edge->to, edge->from))
    {
      append_way (order, edge->from, ret_way);
      return FALSE;
    }
  look_behind (order, edge->to, edge->from);
  move (order, ret_moved);
  return TRUE;
}

gboolean
orr_growing_order_leads (OrrGrowingOrder *order, guint from, guint to, GArray *ret_way)
{
  order->n_looks++;
  if (order->position[from] > order->position[to] || !look_ahead (order, from, to))
    return FALSE;
  if (ret_way)
    append_way (order, to, ret_way);
  return TRUE;
}
