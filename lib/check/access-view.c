/* access-view.c: can what one session read be explained by an order of its own?
 *
 * Causal memory (Ahamad, Neiger, Burns, Kohli & Hutto 1995) and PRAM (Lipton & Sandberg 1988) give each
 * session an order of all writes and of its own reads: the first extends causal order, the second session
 * order alone. With unique values one grows that order from what must be (Wei et al. 2016; Bouajjani et al.
 * 2017): a write of the key that is before a read must be before the write which the read returned; and so on
 * until nothing is added. The session can't be explained exactly when that becomes a circle, or puts a write
 * before a read of the initial value.
 *
 * Reads stand in a row, so "what is before this read" is a clock that grows from read to read, and the rows
 * of clocks say all. What a read demands of two writes changes something only where the one is known before
 * earlier reads than the other; the clocks of the reads in between then grow, and those reads are looked at
 * again. Writes that come before the same reads are left to a search for a circle, one such layer at a time.
 */
#include "check/access-witness.h"

#define WORDS_MAX (G_GUINT64_CONSTANT (1) << 28)

typedef struct
{
  const OrrAccessOrder *order;
  const OrrCheckBudget *budget;
  OrrFinding *finding;
  guint64 n_states;
  guint32 session;
  guint32 *reads; /* rows of the session's reads */
  guint32 n;
  guint32 *clocks;    /* by read */
  guint32 *last_read; /* by row: the last read that returned it, + 1; 0: none so far */
  GArray *queue;      /* reads to be looked at */
  guint8 *queued;     /* by read */
  OrrForcedGraph graph;
} View;

static guint32 *
clock_of (const View *view, guint32 read)
{
  return view->clocks + (gsize) read * view->order->n_chains;
}

static guint32
source_of (const View *view, guint32 read)
{
  return view->order->accesses->rows[view->reads[read]].source;
}

static gboolean
found (const View *view)
{
  return view->finding->pattern != ORR_PATTERN_NONE;
}

/* What is before the latest read is enough to show the pattern: nothing that later ones demand was used. */
static void
find (View *view, OrrPattern pattern, guint32 read, guint32 write)
{
  const OrrAccessOrder *order = view->order;
  if (found (view))
    return;
  view->finding->pattern = pattern;
  view->finding->session = view->session;
  view->finding->read = view->reads[read];
  view->finding->write = write;
  for (guint32 i = 0; i < order->accesses->n; i++)
    if (i == view->reads[view->n - 1] || orr_clock_has (order, clock_of (view, view->n - 1), i))
      g_array_append_val (view->finding->rows, i);
}

/* The first read that has the write before it. */
static guint32
entry_of (const View *view, guint32 write, guint32 latest)
{
  return orr_clocks_entry (view->order, view->clocks, latest, write);
}

static void
enqueue (View *view, guint32 read)
{
  if (!view->queued[read])
    g_array_append_val (view->queue, read);
  view->queued[read] = TRUE;
}

/* Reads of what has come before an earlier read than it was must be looked at again. */
static void
enqueue_readers (View *view, const guint32 *before, const guint32 *now)
{
  const OrrAccesses *accesses = view->order->accesses;
  for (guint32 session = 0; session < accesses->n_sessions; session++)
    for (guint32 place = before[session]; place < now[session]; place++)
      {
        guint32 row = accesses->starts[session] + place;
        view->n_states++;
        if (view->last_read[row] > 0)
          enqueue (view, view->last_read[row] - 1);
      }
  for (guint32 row = accesses->n_main; row < accesses->n; row++)
    if (view->last_read[row] > 0 && !orr_clock_has (view->order, before, row)
        && orr_clock_has (view->order, now, row))
      enqueue (view, view->last_read[row] - 1);
}

/* The write is before this read and all later ones. */
static void
put_before (View *view, guint32 write, guint32 read)
{
  const OrrAccessOrder *order = view->order;
  gsize size = order->n_chains * sizeof (guint32);
  g_autofree guint32 *before = g_memdup2 (clock_of (view, read), size);
  for (guint32 i = read; i < view->n && !orr_clock_has (order, clock_of (view, i), write); i++)
    {
      guint32 *clock = clock_of (view, i);
      view->n_states++;
      orr_clock_join (order, clock, write);
      if (orr_access_reach (order, write, view->session)
          >= orr_access_place (order->accesses, view->reads[i]))
        {
          find (view, ORR_PATTERN_FORCED, i, write);
          return;
        }
      enqueue (view, i);
    }
  enqueue_readers (view, before, clock_of (view, read));
}

/* The last write of the key in a chain that is before the read; ORR_NO_ACCESS: there is none, or it was
 * before the read before `entry` already, and demands nothing. */
static guint32
last_write (const View *view, guint32 read, guint32 entry, OrrChainWrites *writes)
{
  const OrrAccessOrder *order = view->order;
  guint32 place = clock_of (view, read)[writes->chain];
  guint32 known = orr_clocks_known (order, view->clocks, entry, writes->chain);
  if (place == known)
    return ORR_NO_ACCESS;
  guint32 last = orr_chain_writes_last (order, writes, place);
  return last != ORR_NO_ACCESS && order->writes[writes->hint].place > known ? last : ORR_NO_ACCESS;
}

/* What this read demands. */
static void
look_at (View *view, guint32 read)
{
  const OrrAccessOrder *order = view->order;
  const OrrAccess *access = &order->accesses->rows[view->reads[read]];
  guint32 source = access->source;
  guint32 entry = source == ORR_NO_ACCESS ? 0 : entry_of (view, source, read);
  const guint32 *clock = clock_of (view, entry);
  view->n_states++;
  for (guint32 i = order->key_starts[access->key]; i < order->key_starts[access->key + 1] && !found (view);
       i++)
    {
      OrrChainWrites *writes = &g_array_index (order->chain_writes, OrrChainWrites, i);
      guint32 last = last_write (view, read, entry, writes);
      if (last == ORR_NO_ACCESS || last == source)
        continue;
      if (source == ORR_NO_ACCESS)
        find (view, ORR_PATTERN_INITIAL, read, last);
      else if (orr_access_before (order, source, last))
        find (view, ORR_PATTERN_OVERWRITTEN, read, last);
      else if (clock[writes->chain] < order->writes[writes->hint].place)
        put_before (view, last, entry);
    }
}

/* The clocks of the reads so far, with nothing left that they demand. */
static void
take_read (View *view, guint32 read)
{
  const OrrAccessOrder *order = view->order;
  guint32 *clock = clock_of (view, read), source = source_of (view, read);
  for (guint32 i = 0; i < order->n_chains; i++)
    clock[i] = read == 0 ? 0 : clock_of (view, read - 1)[i];
  clock[view->session] = MAX (clock[view->session], orr_access_place (order->accesses, view->reads[read]));
  view->n = read + 1;
  if (source != ORR_NO_ACCESS)
    {
      orr_clock_join (order, clock, source);
      view->last_read[source] = read + 1;
    }
  if (source != ORR_NO_ACCESS
      && orr_access_reach (order, source, view->session)
             >= orr_access_place (order->accesses, view->reads[read]))
    {
      find (view, ORR_PATTERN_CYCLE, read, source);
      return;
    }
  enqueue (view, read);
  while (view->queue->len > 0 && !found (view))
    {
      guint32 next = g_array_index (view->queue, guint32, view->queue->len - 1);
      g_array_set_size (view->queue, view->queue->len - 1);
      view->queued[next] = FALSE;
      look_at (view, next);
    }
}

/* What reads demand of writes that are before the same reads. */
static void
add_forced (View *view, guint32 read)
{
  const OrrAccessOrder *order = view->order;
  const OrrAccess *access = &order->accesses->rows[view->reads[read]];
  guint32 source = access->source;
  if (source == ORR_NO_ACCESS)
    return;
  guint32 entry = entry_of (view, source, read);
  for (guint32 i = order->key_starts[access->key]; i < order->key_starts[access->key + 1]; i++)
    {
      OrrChainWrites *writes = &g_array_index (order->chain_writes, OrrChainWrites, i);
      guint32 last = last_write (view, read, entry, writes);
      if (last != ORR_NO_ACCESS && last != source && !orr_access_before (order, last, source))
        orr_forced_graph_add (&view->graph, last, source, read);
    }
}

static void
find_circle (View *view)
{
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (guint32));
  view->graph.reader = view->session;
  for (guint32 i = 0; i < view->n; i++)
    add_forced (view, i);
  for (guint i = 0; i < view->graph.forced->len && !found (view); i++)
    {
      const OrrForced *forced = &g_array_index (view->graph.forced, OrrForced, i);
      guint32 entry = entry_of (view, forced->to, view->n - 1);
      const guint32 *floor = entry == 0 ? NULL : clock_of (view, entry - 1);
      if (orr_forced_graph_find_cycle (&view->graph, floor, forced->to, edges))
        find (view, ORR_PATTERN_FORCED, forced->read, forced->from);
    }
}

/* --- Sessions --- */

/* FALSE: there is not enough memory for it. */
static gboolean
view_open (View *view, guint32 session)
{
  const OrrAccesses *accesses = view->order->accesses;
  view->session = session;
  view->n = 0;
  view->reads = g_new (guint32, accesses->starts[session + 1] - accesses->starts[session]);
  for (guint32 row = accesses->starts[session]; row < accesses->starts[session + 1]; row++)
    if (!accesses->rows[row].writes)
      view->reads[view->n++] = row;
  gboolean fits = (guint64) view->n * view->order->n_chains <= WORDS_MAX;
  view->clocks = fits ? g_new (guint32, (gsize) view->n * view->order->n_chains) : NULL;
  view->queued = g_new0 (guint8, view->n);
  return fits;
}

static void
view_close (View *view, guint32 n_reads)
{
  for (guint32 i = 0; i < n_reads; i++)
    if (source_of (view, i) != ORR_NO_ACCESS)
      view->last_read[source_of (view, i)] = 0;
  g_array_set_size (view->queue, 0);
  g_free (view->reads);
  g_free (view->clocks);
  g_free (view->queued);
}

static void
give_up (View *view, const char *why)
{
  view->finding->pattern = ORR_PATTERN_UNDECIDED;
  view->finding->why = why;
}

static void
explain (View *view, guint32 session)
{
  gboolean fits = view_open (view, session);
  guint32 n_reads = view->n;
  if (!fits)
    give_up (view, "it has so many sessions that their clocks would not fit into memory");
  for (guint32 i = 0; i < n_reads && !found (view); i++)
    {
      take_read (view, i);
      if (!found (view) && view->n_states > view->budget->states_max)
        give_up (view, "the budget ran out");
      else if (!found (view) && orr_budget_is_stopped (view->budget))
        give_up (view, "it was stopped");
    }
  if (!found (view) && n_reads > 0)
    find_circle (view);
  view_close (view, n_reads);
}

void
orr_access_find_view (const OrrAccesses *accesses, const OrrCheckBudget *budget, gboolean causal,
                      guint32 session, OrrFinding *ret_finding)
{
  g_autoptr (OrrAccessOrder) order = orr_access_order_new (accesses, causal);
  ret_finding->session = ORR_NO_ACCESS;
  View view = { .order = order, .budget = budget, .finding = ret_finding };
  if (!order)
    {
      give_up (&view, "it has so many sessions that their clocks would not fit into memory");
      return;
    }
  if (order->cycle)
    {
      ret_finding->pattern = ORR_PATTERN_CYCLE;
      g_array_append_vals (ret_finding->rows, order->cycle->data, order->cycle->len);
      return;
    }
  view.last_read = g_new0 (guint32, accesses->n);
  view.queue = g_array_new (FALSE, FALSE, sizeof (guint32));
  orr_forced_graph_init (&view.graph, order, ORR_NO_ACCESS);
  for (guint32 s = 0; s < accesses->n_sessions && !found (&view); s++)
    if (session == ORR_NO_ACCESS || session == s)
      {
        orr_forced_graph_forget (&view.graph);
        explain (&view, s);
      }
  orr_forced_graph_clear (&view.graph);
  g_free (view.last_read);
  g_array_unref (view.queue);
}
