/* access-cycle.c: cycles of the order and of what reads demand.
 *
 * The order itself has no cycle, or it would have been found when the clocks were made. A search in depth,
 * against the direction of the edges, tells whether forced edges close one; only then a search in breadth
 * looks for a short one. */
#include "check/access-order.h"

#include <string.h>

enum
{
  WHITE,
  GREY,
  BLACK
};

void
orr_forced_graph_init (OrrForcedGraph *graph, const OrrAccessOrder *order, guint32 reader)
{
  guint32 n = order->accesses->n;
  *graph = (OrrForcedGraph){ .order = order,
                             .reader = reader,
                             .forced = g_array_new (FALSE, FALSE, sizeof (OrrForced)),
                             .heads = g_new (guint32, n),
                             .colours = g_new0 (guint8, n) };
  for (guint32 i = 0; i < n; i++)
    graph->heads[i] = ORR_NO_ACCESS;
}

void
orr_forced_graph_clear (OrrForcedGraph *graph)
{
  g_array_unref (graph->forced);
  g_free (graph->heads);
  g_free (graph->colours);
}

void
orr_forced_graph_add (OrrForcedGraph *graph, guint32 from, guint32 to, guint32 read)
{
  OrrForced forced = { from, to, read, graph->heads[to] };
  graph->heads[to] = graph->forced->len;
  g_array_append_val (graph->forced, forced);
}

void
orr_forced_graph_forget (OrrForcedGraph *graph)
{
  if (graph->order->accesses->n > 0) /* else there is no memory, which memset must not be given */
    memset (graph->colours, WHITE, graph->order->accesses->n);
  for (guint i = 0; i < graph->forced->len; i++)
    graph->heads[g_array_index (graph->forced, OrrForced, i).to] = ORR_NO_ACCESS;
  g_array_set_size (graph->forced, 0);
}

static guint32
get_source (const OrrForcedGraph *graph, guint32 row)
{
  const OrrAccess *access = &graph->order->accesses->rows[row];
  return graph->order->causal || access->session == graph->reader ? access->source : ORR_NO_ACCESS;
}

/* --- In depth --- */

typedef struct
{
  guint32 row;
  guint32 stage; /* 0: the row before it, 1: its source, 2: forced edges */
  guint32 edge;  /* the next forced edge */
  guint32 taken; /* the forced edge by which the next frame was reached; ORR_NO_ACCESS: none */
} Frame;

static void
push (OrrForcedGraph *graph, GArray *stack, guint32 row)
{
  Frame frame = { .row = row, .edge = graph->heads[row], .taken = ORR_NO_ACCESS };
  graph->colours[row] = GREY;
  g_array_append_val (stack, frame);
}

/* The next row before that of the frame; ORR_NO_ACCESS where there are no more. */
static guint32
next_before (const OrrForcedGraph *graph, Frame *frame)
{
  guint32 row = ORR_NO_ACCESS;
  frame->taken = ORR_NO_ACCESS;
  if (frame->stage == 0)
    {
      frame->stage = 1;
      row = orr_access_previous (graph->order->accesses, frame->row);
    }
  if (row == ORR_NO_ACCESS && frame->stage == 1)
    {
      frame->stage = 2;
      row = get_source (graph, frame->row);
    }
  if (row == ORR_NO_ACCESS && frame->edge != ORR_NO_ACCESS)
    {
      const OrrForced *forced = &g_array_index (graph->forced, OrrForced, frame->edge);
      frame->taken = frame->edge;
      frame->edge = forced->next;
      row = forced->from;
    }
  return row;
}

static void
collect (const GArray *stack, guint32 closing, GArray *ret_edges)
{
  for (guint i = stack->len; i > 0; i--)
    {
      const Frame *frame = &g_array_index (stack, Frame, i - 1);
      if (frame->taken != ORR_NO_ACCESS)
        g_array_append_val (ret_edges, frame->taken);
      if (frame->row == closing)
        break;
    }
}

gboolean
orr_forced_graph_find_cycle (OrrForcedGraph *graph, const guint32 *floor, guint32 row, GArray *ret_edges)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Frame));
  if (graph->colours[row] == WHITE)
    push (graph, stack, row);
  while (stack->len > 0)
    {
      Frame *frame = &g_array_index (stack, Frame, stack->len - 1);
      guint32 before = next_before (graph, frame);
      if (before == ORR_NO_ACCESS)
        {
          graph->colours[frame->row] = BLACK;
          g_array_set_size (stack, stack->len - 1);
        }
      else if (graph->colours[before] == GREY)
        {
          collect (stack, before, ret_edges);
          return TRUE;
        }
      else if (graph->colours[before] == WHITE && !(floor && orr_clock_has (graph->order, floor, before)))
        push (graph, stack, before);
    }
  return FALSE;
}

/* --- In breadth --- */

/* A way from here to the end: along the session from `row` to the row of the entry `parent` that is `via`. */
typedef struct
{
  guint32 row, via, parent;
  guint32 edge; /* the forced edge from `row` to `via`; ORR_NO_ACCESS: none */
} Entry;

typedef struct
{
  const OrrForcedGraph *graph;
  gboolean forced;
  guint32 *seen; /* by session: up to which place; by aside: whether */
  GArray *queue; /* Entry */
} Search;

static void
add_entry (Search *search, guint32 row, guint32 via, guint32 parent, guint32 edge)
{
  Entry entry = { row, via, parent, edge };
  if (row != ORR_NO_ACCESS)
    g_array_append_val (search->queue, entry);
}

static void
add_before (Search *search, guint32 row, guint32 parent)
{
  const OrrForcedGraph *graph = search->graph;
  add_entry (search, get_source (graph, row), row, parent, ORR_NO_ACCESS);
  for (guint32 edge = search->forced ? graph->heads[row] : ORR_NO_ACCESS; edge != ORR_NO_ACCESS;)
    {
      const OrrForced *forced = &g_array_index (graph->forced, OrrForced, edge);
      add_entry (search, forced->from, row, parent, edge);
      edge = forced->next;
    }
}

/* All rows of the session up to the entry's that were not seen before. */
static void
expand (Search *search, guint32 index)
{
  const OrrAccesses *accesses = search->graph->order->accesses;
  guint32 row = g_array_index (search->queue, Entry, index).row;
  guint32 session = accesses->rows[row].session;
  if (orr_access_is_aside (accesses, row))
    {
      guint32 *seen = &search->seen[accesses->n_sessions + row - accesses->n_main];
      if (*seen)
        return;
      *seen = TRUE;
      add_before (search, row, index);
      add_entry (search, orr_access_previous (accesses, row), row, index, ORR_NO_ACCESS);
      return;
    }
  guint32 place = orr_access_place (accesses, row);
  for (guint32 i = search->seen[session]; i < place; i++)
    add_before (search, accesses->starts[session] + i, index);
  search->seen[session] = MAX (search->seen[session], place);
}

static gboolean
has_reached (const OrrAccesses *accesses, guint32 row, guint32 from)
{
  if (row == from || orr_access_is_aside (accesses, row) || orr_access_is_aside (accesses, from))
    return row == from;
  return accesses->rows[row].session == accesses->rows[from].session && row >= from;
}

gboolean
orr_forced_graph_find_path (const OrrForcedGraph *graph, guint32 from, guint32 to, GArray *rows,
                            GArray *edges)
{
  const OrrAccesses *accesses = graph->order->accesses;
  Search search = { .graph = graph,
                    .forced = edges != NULL,
                    .seen = g_new0 (guint32, accesses->n_sessions + accesses->n - accesses->n_main),
                    .queue = g_array_new (FALSE, FALSE, sizeof (Entry)) };
  guint32 i = 0;
  add_entry (&search, to, ORR_NO_ACCESS, ORR_NO_ACCESS, ORR_NO_ACCESS);
  for (; i < search.queue->len && !has_reached (accesses, g_array_index (search.queue, Entry, i).row, from);
       i++)
    expand (&search, i);
  gboolean found = i < search.queue->len;
  if (found)
    g_array_append_val (rows, from);
  for (; found && i != ORR_NO_ACCESS;)
    {
      const Entry *entry = &g_array_index (search.queue, Entry, i);
      g_array_append_val (rows, entry->row);
      if (entry->via != ORR_NO_ACCESS)
        g_array_append_val (rows, entry->via);
      if (entry->edge != ORR_NO_ACCESS)
        g_array_append_val (edges, entry->edge);
      i = entry->parent;
    }
  g_free (search.seen);
  g_array_unref (search.queue);
  return found;
}
