/* first-order.c: an order of transactions that is probably a good one.
 *
 * Where the order of a key's writes is not known, transactions are laid in a row as a careful server would
 * have run them: none overwrites a value that is still to be read (Biswas & Enea 2019), unless nothing else
 * can go on. Those that write only what they also read go first, which never does harm; the others go by the
 * time at which they ended. */
#include "check/order-search.h"

typedef struct
{
  gboolean blind; /* writes what it did not read */
  OrrTime time;
  guint node;
} Ready;

typedef struct
{
  const OrrDependencies *graph;
  const OrrTransactions *all;
  guint *n_before;  /* by node */
  guint *n_readers; /* by key: reads to come of loose writes that are done */
  guint *done;      /* nodes, in order */
  guint n_done;
  gboolean *is_done;
  GArray *heap;     /* Ready, a binary heap */
  GArray **waiting; /* by key: nodes; NULL: none */
  GQueue late;      /* nodes that wait, as they came */
} Guess;

static gboolean
goes_first (const Ready *a, const Ready *b)
{
  if (a->blind != b->blind)
    return !a->blind;
  if (a->time != b->time)
    return a->time < b->time;
  return a->node < b->node;
}

static void
push (Guess *guess, Ready ready)
{
  g_array_append_val (guess->heap, ready);
  guint i = guess->heap->len - 1;
  while (i > 0 && goes_first (&ready, &g_array_index (guess->heap, Ready, (i - 1) / 2)))
    {
      g_array_index (guess->heap, Ready, i) = g_array_index (guess->heap, Ready, (i - 1) / 2);
      i = (i - 1) / 2;
    }
  g_array_index (guess->heap, Ready, i) = ready;
}

static guint
pop (Guess *guess)
{
  Ready *heap = (Ready *) guess->heap->data;
  guint node = heap[0].node, n = guess->heap->len - 1, i = 0;
  Ready last = heap[n];
  g_array_set_size (guess->heap, n);
  for (guint child = 1; child < n; child = 2 * i + 1)
    {
      if (child + 1 < n && goes_first (&heap[child + 1], &heap[child]))
        child++;
      if (!goes_first (&heap[child], &last))
        break;
      heap[i] = heap[child];
      i = child;
    }
  if (n > 0)
    heap[i] = last;
  return node;
}

/* The transaction that begins, or ends, with this node; ORR_NONE. */
static guint
begins (const Guess *guess, guint node)
{
  guint transaction = orr_node_transaction (guess->graph, node);
  return transaction != ORR_NONE && orr_node_begin (guess->graph, transaction) == node ? transaction
                                                                                       : ORR_NONE;
}

static guint
ends (const Guess *guess, guint node)
{
  guint transaction = orr_node_transaction (guess->graph, node);
  return transaction != ORR_NONE && orr_node_end (guess->graph, transaction) == node ? transaction : ORR_NONE;
}

static gboolean
is_loose_read (const Guess *guess, const OrrExternalRead *read)
{
  return read->source < ORR_SOURCE_INITIAL && orr_last_write (guess->all, read->source)->rank == 0;
}

static void
make_ready (Guess *guess, guint node)
{
  guint transaction = orr_node_transaction (guess->graph, node);
  Ready ready = { FALSE, 0, node };
  if (transaction != ORR_NONE)
    {
      const OrrTransaction *row = orr_transaction (guess->all, transaction);
      guint n_updates = 0, n_loose = 0;
      for (guint i = 0; i < row->n_writes; i++)
        n_loose += orr_last_write (guess->all, row->first_write + i)->rank == 0;
      for (guint i = 0; i < row->n_reads; i++)
        n_updates += orr_external_read (guess->all, row->first_read + i)->updates;
      ready.blind = n_loose > n_updates;
      ready.time = guess->all->history->timeless ? row->place
                   : row->end != ORR_TIME_NEVER  ? row->end
                                                 : row->start;
    }
  push (guess, ready);
}

/* The first key that the transaction would overwrite while others still have to read it; ORR_NONE. */
static guint
find_obstacle (Guess *guess, guint node)
{
  guint transaction = ends (guess, node), obstacle = ORR_NONE;
  if (transaction == ORR_NONE)
    return ORR_NONE;
  const OrrTransaction *row = orr_transaction (guess->all, transaction);
  gboolean reads = begins (guess, node) == transaction;
  for (guint i = 0; reads && i < row->n_reads; i++)
    if (is_loose_read (guess, orr_external_read (guess->all, row->first_read + i)))
      guess->n_readers[orr_external_read (guess->all, row->first_read + i)->key]--;
  for (guint i = 0; obstacle == ORR_NONE && i < row->n_writes; i++)
    {
      const OrrLastWrite *write = orr_last_write (guess->all, row->first_write + i);
      if (write->rank == 0 && guess->n_readers[write->key] > 0)
        obstacle = write->key;
    }
  for (guint i = 0; reads && i < row->n_reads; i++)
    if (is_loose_read (guess, orr_external_read (guess->all, row->first_read + i)))
      guess->n_readers[orr_external_read (guess->all, row->first_read + i)->key]++;
  return obstacle;
}

static void
wake (Guess *guess, guint key)
{
  GArray *waiting = guess->waiting[key];
  if (!waiting || guess->n_readers[key] > 1)
    return;
  guess->waiting[key] = NULL;
  for (guint i = 0; i < waiting->len; i++)
    if (!guess->is_done[g_array_index (waiting, guint, i)])
      make_ready (guess, g_array_index (waiting, guint, i));
  g_array_unref (waiting);
}

static void
read_and_write (Guess *guess, guint node)
{
  guint beginning = begins (guess, node), ending = ends (guess, node);
  const OrrTransaction *row = beginning != ORR_NONE ? orr_transaction (guess->all, beginning) : NULL;
  for (guint i = 0; row && i < row->n_reads; i++)
    {
      const OrrExternalRead *read = orr_external_read (guess->all, row->first_read + i);
      if (!is_loose_read (guess, read))
        continue;
      guess->n_readers[read->key]--;
      wake (guess, read->key);
    }
  row = ending != ORR_NONE ? orr_transaction (guess->all, ending) : NULL;
  for (guint i = 0; row && i < row->n_writes; i++)
    {
      const OrrLastWrite *write = orr_last_write (guess->all, row->first_write + i);
      for (guint j = write->first_reader; j != ORR_NONE; j = orr_external_read (guess->all, j)->next)
        guess->n_readers[write->key]++;
    }
}

static void
do_node (Guess *guess, guint node)
{
  const OrrDependencies *graph = guess->graph;
  guess->is_done[node] = TRUE;
  guess->done[guess->n_done++] = node;
  read_and_write (guess, node);
  for (guint i = g_array_index (graph->first_out, guint, node); i != ORR_NONE;
       i = orr_edge (graph, i)->next_out)
    if (--guess->n_before[orr_edge (graph, i)->to] == 0)
      make_ready (guess, orr_edge (graph, i)->to);
}

/* Does whatever can go on; then one of those that wait, whatever it overwrites. FALSE: none is left. */
static gboolean
go_on (Guess *guess)
{
  while (guess->heap->len > 0)
    {
      guint node = pop (guess), obstacle = guess->is_done[node] ? ORR_NONE : find_obstacle (guess, node);
      if (guess->is_done[node])
        continue;
      if (obstacle == ORR_NONE)
        {
          do_node (guess, node);
          continue;
        }
      if (!guess->waiting[obstacle])
        guess->waiting[obstacle] = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val (guess->waiting[obstacle], node);
      g_queue_push_tail (&guess->late, GUINT_TO_POINTER (node));
    }
  while (!g_queue_is_empty (&guess->late))
    {
      guint node = GPOINTER_TO_UINT (g_queue_pop_head (&guess->late));
      if (guess->is_done[node])
        continue;
      do_node (guess, node);
      return TRUE;
    }
  return FALSE;
}

guint *
orr_dependencies_guess (const OrrDependencies *graph)
{
  guint n = graph->n_nodes, n_keys = graph->all->keys->len;
  Guess guess = { .graph = graph, .all = graph->all, .late = G_QUEUE_INIT };
  guess.n_before = g_new0 (guint, n + 1);
  guess.is_done = g_new0 (gboolean, n + 1);
  guess.done = g_new (guint, n + 1);
  guess.n_readers = g_new0 (guint, n_keys + 1);
  guess.waiting = g_new0 (GArray *, n_keys + 1);
  guess.heap = g_array_new (FALSE, FALSE, sizeof (Ready));
  for (guint i = 0; i < graph->edges->len; i++)
    guess.n_before[orr_edge (graph, i)->to]++;
  for (guint i = 0; i < n; i++)
    if (guess.n_before[i] == 0)
      make_ready (&guess, i);
  while (go_on (&guess))
    ;
  for (guint i = 0; i < n_keys; i++)
    g_clear_pointer (&guess.waiting[i], g_array_unref);
  g_array_unref (guess.heap);
  g_queue_clear (&guess.late);
  g_free (guess.waiting);
  g_free (guess.n_readers);
  g_free (guess.n_before);
  g_free (guess.is_done);
  if (guess.n_done < n)
    g_clear_pointer (&guess.done, g_free);
  return guess.done;
}
