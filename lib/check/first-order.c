/* first-order.c: an order of transactions that is probably a good one.
 *
 * Where the order of a key's writes is not known, transactions are laid in a row as a careful server would
 * have run them: none overwrites a value that is still to be read (Biswas & Enea 2019), and each session goes
 * on in its own order, also where that is not asked for, unless nothing else can go on. Those that write only
 * what they also read go first, which never does harm; the others go by the time at which they ended, or
 * something ended that has to wait for them. */
#include "check/growing-order.h"

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
  OrrTime *times;      /* by node: when it, or the first of those that wait for it, was done */
  guint *n_before;     /* by node */
  guint *next, *other; /* by transaction: who comes next in its session; who else comes next to the same */
  gboolean *is_next;   /* by transaction: the one before it in its session is done */
  guint *latest;       /* by key: the last loose write that was done; ORR_NONE */
  guint *n_readers;    /* by key: reads to come of that */
  guint *done;         /* nodes, in order */
  guint n_done;
  gboolean *is_done;
  GArray *ready;    /* Ready, a binary heap */
  GArray *late;     /* Ready, the same: those that wait for readers, or for their session */
  GArray **waiting; /* by key: nodes; NULL: none */
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
push (GArray *array, Ready ready)
{
  g_array_append_val (array, ready);
  Ready *heap = (Ready *) array->data;
  guint i = array->len - 1;
  for (; i > 0 && goes_first (&ready, &heap[(i - 1) / 2]); i = (i - 1) / 2)
    heap[i] = heap[(i - 1) / 2];
  heap[i] = ready;
}

static guint
pop (GArray *array)
{
  Ready *heap = (Ready *) array->data;
  guint node = heap[0].node, n = array->len - 1, i = 0;
  Ready last = heap[n];
  g_array_set_size (array, n);
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

/* Is it of what stands there now? */
static gboolean
reads_latest (const Guess *guess, const OrrExternalRead *read)
{
  return read->source < ORR_SOURCE_INITIAL && guess->latest[read->key] == read->source;
}

/* The other node of a transaction that begins with this one, if nothing else has to come before it; else the
 * node itself. */
static guint
last_node (const Guess *guess, guint node)
{
  guint transaction = begins (guess, node);
  guint end = transaction == ORR_NONE ? node : orr_node_end (guess->graph, transaction);
  return end != node && guess->n_before[end] == 1 ? end : node;
}

/* Does it write what it did not read? */
static gboolean
is_blind (const Guess *guess, guint transaction)
{
  const OrrTransaction *row = orr_transaction (guess->all, transaction);
  guint n_updates = 0, n_loose = 0;
  for (guint i = 0; i < row->n_writes; i++)
    n_loose += orr_last_write (guess->all, row->first_write + i)->rank == 0;
  for (guint i = 0; i < row->n_reads; i++)
    n_updates += orr_external_read (guess->all, row->first_read + i)->updates;
  return n_loose > n_updates;
}

/* Nothing has to come before it any more, but for the one before it in its session perhaps. */
static void
make_ready (Guess *guess, guint node)
{
  guint transaction = orr_node_transaction (guess->graph, node), beginning = begins (guess, node);
  Ready ready = { transaction != ORR_NONE && is_blind (guess, transaction), guess->times[node], node };
  if (beginning == ORR_NONE || guess->is_next[beginning])
    push (guess->ready, ready);
  else
    {
      ready.blind = FALSE; /* the latecomers go by time alone */
      push (guess->late, ready);
    }
}

/* The first key that the transaction would overwrite while others still have to read it; ORR_NONE. `last`: as
 * last_node has it. */
static guint
find_obstacle (Guess *guess, guint node, guint last)
{
  guint transaction = ends (guess, last), obstacle = ORR_NONE;
  if (transaction == ORR_NONE)
    return ORR_NONE;
  const OrrTransaction *row = orr_transaction (guess->all, transaction);
  guint n_reads = begins (guess, node) == transaction ? row->n_reads : 0;
  for (guint i = 0; i < n_reads; i++)
    if (reads_latest (guess, orr_external_read (guess->all, row->first_read + i)))
      guess->n_readers[orr_external_read (guess->all, row->first_read + i)->key]--;
  for (guint i = 0; obstacle == ORR_NONE && i < row->n_writes; i++)
    {
      const OrrLastWrite *write = orr_last_write (guess->all, row->first_write + i);
      if (write->rank == 0 && guess->n_readers[write->key] > 0)
        obstacle = write->key;
    }
  for (guint i = 0; i < n_reads; i++)
    if (reads_latest (guess, orr_external_read (guess->all, row->first_read + i)))
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

/* Whoever still had to read what is overwritten came too late. */
static void
read_and_write (Guess *guess, guint node)
{
  guint beginning = begins (guess, node), ending = ends (guess, node);
  const OrrTransaction *row = beginning != ORR_NONE ? orr_transaction (guess->all, beginning) : NULL;
  for (guint i = 0; row && i < row->n_reads; i++)
    {
      const OrrExternalRead *read = orr_external_read (guess->all, row->first_read + i);
      if (!reads_latest (guess, read))
        continue;
      guess->n_readers[read->key]--;
      wake (guess, read->key);
    }
  row = ending != ORR_NONE ? orr_transaction (guess->all, ending) : NULL;
  for (guint i = 0; row && i < row->n_writes; i++)
    {
      const OrrLastWrite *write = orr_last_write (guess->all, row->first_write + i);
      if (write->rank > 0)
        continue;
      guess->latest[write->key] = row->first_write + i;
      guess->n_readers[write->key] = 0;
      for (guint j = write->first_reader; j != ORR_NONE; j = orr_external_read (guess->all, j)->next)
        guess->n_readers[write->key]++;
      wake (guess, write->key);
    }
}

/* Those who come next in its session. */
static void
let_session_go_on (Guess *guess, guint transaction)
{
  for (guint i = guess->next[transaction]; i != ORR_NONE; i = guess->other[i])
    {
      guint node = orr_node_begin (guess->graph, i);
      guess->is_next[i] = TRUE;
      if (guess->n_before[node] == 0 && !guess->is_done[node])
        make_ready (guess, node);
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
  if (ends (guess, node) != ORR_NONE)
    let_session_go_on (guess, ends (guess, node));
}

/* Does whatever can go on; then one of those that wait, whatever it overwrites. FALSE: none is left. */
static gboolean
go_on (Guess *guess)
{
  while (guess->ready->len > 0)
    {
      guint node = pop (guess->ready), last = last_node (guess, node);
      if (guess->is_done[node])
        continue;
      guint obstacle = find_obstacle (guess, node, last);
      if (obstacle == ORR_NONE)
        {
          do_node (guess, node);
          if (last != node)
            do_node (guess, last);
          continue;
        }
      if (!guess->waiting[obstacle])
        guess->waiting[obstacle] = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val (guess->waiting[obstacle], node);
      push (guess->late, (Ready){ FALSE, guess->times[node], node });
    }
  while (guess->late->len > 0)
    {
      guint node = pop (guess->late);
      if (guess->is_done[node])
        continue;
      do_node (guess, node);
      return TRUE;
    }
  return FALSE;
}

/* FALSE: there is a cycle. */
static gboolean
set_times (Guess *guess)
{
  const OrrDependencies *graph = guess->graph;
  g_autofree guint *order = orr_dependencies_sort (graph, ORR_EDGES_ALL);
  for (guint i = order ? graph->n_nodes : 0; i > 0; i--)
    {
      guint node = order[i - 1], transaction = orr_node_transaction (graph, node);
      OrrTime time = ORR_TIME_NEVER;
      if (transaction != ORR_NONE)
        {
          const OrrTransaction *row = orr_transaction (guess->all, transaction);
          time = guess->all->history->timeless ? row->place
                 : row->end != ORR_TIME_NEVER  ? row->end
                                               : row->start;
        }
      for (guint j = g_array_index (graph->first_out, guint, node); j != ORR_NONE;
           j = orr_edge (graph, j)->next_out)
        time = MIN (time, guess->times[orr_edge (graph, j)->to]);
      guess->times[node] = time;
    }
  return order != NULL;
}

static void
set_sessions (Guess *guess)
{
  for (guint i = guess->all->transactions->len; i > 0; i--)
    {
      guint before = orr_transaction (guess->all, i - 1)->before;
      guess->is_next[i - 1] = before == ORR_NONE;
      if (before == ORR_NONE)
        continue;
      guess->other[i - 1] = guess->next[before];
      guess->next[before] = i - 1;
    }
}

static guint *
new_nones (guint n)
{
  guint *numbers = g_new (guint, n + 1);
  for (guint i = 0; i <= n; i++)
    numbers[i] = ORR_NONE;
  return numbers;
}

static Guess
guess_new (const OrrDependencies *graph)
{
  guint n = graph->n_nodes, n_keys = graph->all->keys->len, n_transactions = graph->all->transactions->len;
  Guess guess = { .graph = graph,
                  .all = graph->all,
                  .times = g_new (OrrTime, n + 1),
                  .n_before = g_new0 (guint, n + 1),
                  .next = new_nones (n_transactions),
                  .other = new_nones (n_transactions),
                  .is_next = g_new0 (gboolean, n_transactions + 1),
                  .latest = new_nones (n_keys),
                  .n_readers = g_new0 (guint, n_keys + 1),
                  .done = g_new (guint, n + 1),
                  .is_done = g_new0 (gboolean, n + 1),
                  .waiting = g_new0 (GArray *, n_keys + 1),
                  .ready = g_array_new (FALSE, FALSE, sizeof (Ready)),
                  .late = g_array_new (FALSE, FALSE, sizeof (Ready)) };
  for (guint i = 0; i < graph->edges->len; i++)
    guess.n_before[orr_edge (graph, i)->to]++;
  return guess;
}

static guint *
guess_finish (Guess *guess)
{
  for (guint i = 0; i < guess->all->keys->len; i++)
    g_clear_pointer (&guess->waiting[i], g_array_unref);
  g_array_unref (guess->ready);
  g_array_unref (guess->late);
  g_free (guess->times);
  g_free (guess->n_before);
  g_free (guess->next);
  g_free (guess->other);
  g_free (guess->is_next);
  g_free (guess->latest);
  g_free (guess->n_readers);
  g_free (guess->is_done);
  g_free (guess->waiting);
  if (guess->n_done < guess->graph->n_nodes)
    g_clear_pointer (&guess->done, g_free);
  return guess->done;
}

guint *
orr_dependencies_guess (const OrrDependencies *graph)
{
  Guess guess = guess_new (graph);
  set_sessions (&guess);
  if (set_times (&guess))
    {
      for (guint i = 0; i < graph->n_nodes; i++)
        if (guess.n_before[i] == 0)
          make_ready (&guess, i);
      while (go_on (&guess))
        ;
    }
  return guess_finish (&guess);
}
