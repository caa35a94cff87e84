/* cycles.c: cycles of dependencies.
 *
 * Tarjan (1972) finds the strongly connected parts; in the first of them that has a cycle a breadth-first
 * search finds one of the shortest through each of a few nodes. Only edges of the kinds that are asked for
 * count. */
#include "check/dependencies.h"

/* How many nodes are tried as the start of the shortest cycle, and how many may be looked at before the best
 * so far must do. */
#define STARTS_MAX 64
#define LOOKS_MAX  2000000

typedef struct
{
  guint node, edge; /* the next edge to look at */
} Frame;

typedef struct
{
  const OrrDependencies *graph;
  guint kinds;
  guint *index, *low, *component; /* index 0: not seen; component ORR_NONE: still open */
  GArray *frames, *pending;       /* Frame, guint */
  guint counter, n_components;
  guint n_tangled, tangled; /* components with a cycle; the first of them */
} Tarjan;

static void
open_node (Tarjan *tarjan, guint node)
{
  Frame frame = { node, g_array_index (tarjan->graph->first_out, guint, node) };
  tarjan->index[node] = tarjan->low[node] = ++tarjan->counter;
  g_array_append_val (tarjan->frames, frame);
  g_array_append_val (tarjan->pending, node);
}

static void
close_node (Tarjan *tarjan)
{
  guint node = g_array_index (tarjan->frames, Frame, tarjan->frames->len - 1).node, n = 0, member;
  g_array_set_size (tarjan->frames, tarjan->frames->len - 1);
  if (tarjan->frames->len > 0)
    {
      guint parent = g_array_index (tarjan->frames, Frame, tarjan->frames->len - 1).node;
      tarjan->low[parent] = MIN (tarjan->low[parent], tarjan->low[node]);
    }
  if (tarjan->low[node] != tarjan->index[node])
    return;
  do
    {
      member = g_array_index (tarjan->pending, guint, tarjan->pending->len - 1);
      g_array_set_size (tarjan->pending, tarjan->pending->len - 1);
      tarjan->component[member] = tarjan->n_components;
      n++;
    }
  while (member != node);
  if (n > 1 && tarjan->n_tangled++ == 0)
    tarjan->tangled = tarjan->n_components;
  tarjan->n_components++;
}

static void
visit_from (Tarjan *tarjan, guint root)
{
  open_node (tarjan, root);
  while (tarjan->frames->len > 0)
    {
      Frame *frame = &g_array_index (tarjan->frames, Frame, tarjan->frames->len - 1);
      if (frame->edge == ORR_NONE)
        {
          close_node (tarjan);
          continue;
        }
      const OrrEdge *edge = orr_edge (tarjan->graph, frame->edge);
      frame->edge = edge->next_out;
      if (!(tarjan->kinds >> edge->kind & 1))
        continue;
      if (tarjan->index[edge->to] == 0)
        open_node (tarjan, edge->to);
      else if (tarjan->component[edge->to] == ORR_NONE)
        tarjan->low[frame->node] = MIN (tarjan->low[frame->node], tarjan->index[edge->to]);
    }
}

/* --- The shortest way --- */

/* A search in layers: a state is a node and the number of rw edges taken so far, if they are counted. */
typedef struct
{
  const OrrDependencies *graph;
  guint kinds, n_layers;
  const guint *component;    /* stay within that of the start; NULL: anywhere */
  OrrPairs from;             /* (state, 0): those that were met */
  GArray *queue;             /* Met */
  guint n_looks, length_max; /* looked at so far; ways as long as this are too long */
} Search;

/* A state that was met: by which edge, from where in the queue, how far from the start. */
typedef struct
{
  guint64 state;
  guint parent, edge, length;
} Met;

/* Meets the states behind the one at `head`; the place of the goal in the queue, or ORR_NONE. */
static guint
look_from (Search *search, guint start, guint goal, guint head)
{
  const OrrDependencies *graph = search->graph;
  Met met = g_array_index (search->queue, Met, head);
  guint64 n = graph->n_nodes;
  for (guint i = g_array_index (graph->first_out, guint, met.state % n); i != ORR_NONE;
       i = orr_edge (graph, i)->next_out)
    {
      const OrrEdge *edge = orr_edge (graph, i);
      guint64 layer = met.state / n + (search->n_layers > 1 && edge->kind == ORR_EDGE_RW);
      Met next = { layer * n + edge->to, head, i, met.length + 1 };
      guint known = search->from.n;
      search->n_looks++;
      if (!(search->kinds >> edge->kind & 1) || layer >= search->n_layers
          || (search->component && search->component[edge->to] != search->component[start]))
        continue;
      orr_pairs_add (&search->from, next.state, 0, 0);
      if (search->from.n == known)
        continue;
      g_array_append_val (search->queue, next);
      if (edge->to == goal)
        return search->queue->len - 1;
    }
  return ORR_NONE;
}

static gboolean
search (Search *search, guint start, guint goal, GArray *ret_path)
{
  Met first = { start, 0, ORR_NONE, 0 };
  guint found = ORR_NONE;
  g_array_set_size (search->queue, 0);
  orr_pairs_clear (&search->from);
  g_array_append_val (search->queue, first);
  for (guint head = 0; head < search->queue->len && found == ORR_NONE; head++)
    {
      if (g_array_index (search->queue, Met, head).length + 1 >= search->length_max)
        return FALSE;
      found = look_from (search, start, goal, head);
    }
  if (found == ORR_NONE)
    return FALSE;
  for (; found != 0; found = g_array_index (search->queue, Met, found).parent)
    g_array_prepend_val (ret_path, g_array_index (search->queue, Met, found).edge);
  return TRUE;
}

gboolean
orr_dependencies_find_path (const OrrDependencies *graph, guint kinds, guint from, guint to, GArray *ret_path)
{
  Search way = { .graph = graph, .kinds = kinds, .n_layers = 1, .length_max = G_MAXUINT };
  way.queue = g_array_new (FALSE, FALSE, sizeof (Met));
  gboolean found = search (&way, from, to, ret_path);
  orr_pairs_clear (&way.from);
  g_array_unref (way.queue);
  return found;
}

/* Of one component, from some of its nodes; without limit of rw edges there is always one. */
static void
find_shortest (const Tarjan *tarjan, guint most_anti, GArray *ret_cycle)
{
  const OrrDependencies *graph = tarjan->graph;
  Search way
      = { .graph = graph, .kinds = tarjan->kinds, .component = tarjan->component, .length_max = G_MAXUINT };
  way.n_layers = most_anti == ORR_NONE ? 1 : most_anti + 1;
  way.queue = g_array_new (FALSE, FALSE, sizeof (Met));
  g_autoptr (GArray) cycle = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0, tried = 0; i < graph->n_nodes && tried < STARTS_MAX && way.n_looks < LOOKS_MAX; i++)
    {
      if (tarjan->component[i] != tarjan->tangled)
        continue;
      tried++;
      g_array_set_size (cycle, 0);
      if (!search (&way, i, i, cycle))
        continue;
      way.length_max = cycle->len;
      g_array_set_size (ret_cycle, 0);
      g_array_append_vals (ret_cycle, cycle->data, cycle->len);
    }
  orr_pairs_clear (&way.from);
  g_array_unref (way.queue);
}

guint
orr_dependencies_find_cycle (const OrrDependencies *graph, guint kinds, guint most_anti, GArray *ret_cycle)
{
  guint n = graph->n_nodes;
  Tarjan tarjan = { .graph = graph,
                    .kinds = kinds,
                    .index = g_new0 (guint, n + 1),
                    .low = g_new0 (guint, n + 1),
                    .component = g_new (guint, n + 1) };
  tarjan.frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  tarjan.pending = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < n; i++)
    tarjan.component[i] = ORR_NONE;
  for (guint i = 0; i < n; i++)
    if (tarjan.index[i] == 0)
      visit_from (&tarjan, i);
  if (tarjan.n_tangled > 0 && ret_cycle)
    find_shortest (&tarjan, most_anti, ret_cycle);
  g_array_unref (tarjan.frames);
  g_array_unref (tarjan.pending);
  g_free (tarjan.index);
  g_free (tarjan.low);
  g_free (tarjan.component);
  return tarjan.n_tangled;
}

/* --- An order --- */

guint *
orr_dependencies_sort (const OrrDependencies *graph, guint kinds)
{
  guint n = graph->n_nodes, first = 0, last = 0;
  g_autofree guint *n_before = g_new0 (guint, n + 1);
  guint *order = g_new (guint, n + 1);
  for (guint i = 0; i < graph->edges->len; i++)
    n_before[orr_edge (graph, i)->to] += kinds >> orr_edge (graph, i)->kind & 1;
  for (guint i = 0; i < n; i++)
    if (n_before[i] == 0)
      order[last++] = i;
  while (first < last)
    for (guint i = g_array_index (graph->first_out, guint, order[first++]); i != ORR_NONE;
         i = orr_edge (graph, i)->next_out)
      if (kinds >> orr_edge (graph, i)->kind & 1 && --n_before[orr_edge (graph, i)->to] == 0)
        order[last++] = orr_edge (graph, i)->to;
  if (last < n)
    g_clear_pointer (&order, g_free);
  return order;
}
