/* access-order.c: what came before what, as clocks. */
#include "check/access-order.h"

/* Clocks of many sessions are large; a check that would need more words than this says `unknown`. */
#define WORDS_MAX (G_GUINT64_CONSTANT (1) << 28)

/* --- Chains --- */

typedef struct
{
  OrrAccessOrder *order;
  guint32 *done;         /* by session: how many of its accesses have their clock */
  guint32 *next_aside;   /* by session: the first row aside that has none yet */
  guint32 *lengths;      /* by chain */
  guint32 *waiting;      /* by row: a session that waits for it, + 1 */
  guint32 *also_waiting; /* by session: another that waits for the same row, + 1 */
  GArray *ready;         /* sessions that can go on */
} Walk;

static gboolean
is_done (const Walk *walk, guint32 row)
{
  const OrrAccesses *accesses = walk->order->accesses;
  guint32 session = accesses->rows[row].session;
  if (orr_access_is_aside (accesses, row))
    return row < walk->next_aside[session];
  return orr_access_place (accesses, row) <= walk->done[session];
}

static void
wake (Walk *walk, guint32 row)
{
  for (guint32 session = walk->waiting[row]; session > 0; session = walk->also_waiting[session - 1])
    {
      guint32 ready = session - 1;
      g_array_append_val (walk->ready, ready);
    }
  walk->waiting[row] = 0;
}

static void
copy_previous (const Walk *walk, guint32 row)
{
  OrrAccessOrder *order = walk->order;
  guint32 previous = orr_access_previous (order->accesses, row);
  guint32 *clock = order->clocks + (gsize) row * order->n_chains;
  for (guint32 i = 0; i < order->n_chains; i++)
    clock[i] = previous == ORR_NO_ACCESS ? 0 : order->clocks[(gsize) previous * order->n_chains + i];
}

/* A chain whose last access is before this row, or an empty one; n_chains: all are taken. */
static guint32
find_chain (const Walk *walk, const guint32 *clock)
{
  guint32 chain = walk->order->accesses->n_sessions;
  while (chain < walk->order->n_chains && clock[chain] != walk->lengths[chain])
    chain++;
  return chain;
}

/* Writes aside have their clock as soon as the access before them has. */
static gboolean
take_asides (Walk *walk, guint32 session)
{
  OrrAccessOrder *order = walk->order;
  const OrrAccesses *accesses = order->accesses;
  guint32 row = walk->next_aside[session];
  for (; row < accesses->n && accesses->rows[row].session == session
         && accesses->rows[row].after <= walk->done[session];
       row++)
    {
      guint32 *clock = order->clocks + (gsize) row * order->n_chains;
      copy_previous (walk, row);
      guint32 chain = find_chain (walk, clock);
      if (chain == order->n_chains)
        return FALSE;
      clock[chain] = ++walk->lengths[chain];
      order->aside_chain[row - accesses->n_main] = chain;
      order->aside_place[row - accesses->n_main] = clock[chain];
      walk->next_aside[session] = row + 1;
      wake (walk, row);
    }
  return TRUE;
}

/* Goes along a session until it reads what has no clock yet. */
static gboolean
walk_session (Walk *walk, guint32 session)
{
  OrrAccessOrder *order = walk->order;
  const OrrAccesses *accesses = order->accesses;
  for (guint32 row = accesses->starts[session] + walk->done[session]; row < accesses->starts[session + 1];
       row++)
    {
      guint32 source = accesses->rows[row].source;
      if (source != ORR_NO_ACCESS && !is_done (walk, source))
        {
          walk->also_waiting[session] = walk->waiting[source];
          walk->waiting[source] = session + 1;
          return TRUE;
        }
      copy_previous (walk, row);
      guint32 *clock = order->clocks + (gsize) row * order->n_chains;
      if (source != ORR_NO_ACCESS)
        orr_clock_join (order, clock, source);
      clock[session] = ++walk->done[session];
      wake (walk, row);
      if (!take_asides (walk, session))
        return FALSE;
    }
  return TRUE;
}

/* Sessions that still wait: each reads what comes after what another waits for, and so in a ring. */
static void
find_ring (const Walk *walk)
{
  const OrrAccesses *accesses = walk->order->accesses;
  guint32 session = 0;
  while (session < accesses->n_sessions
         && accesses->starts[session] + walk->done[session] == accesses->starts[session + 1])
    session++;
  if (session == accesses->n_sessions)
    return;
  g_autofree gboolean *met = g_new0 (gboolean, accesses->n_sessions);
  for (; !met[session];
       session
       = accesses->rows[accesses->rows[accesses->starts[session] + walk->done[session]].source].session)
    met[session] = TRUE;
  GArray *cycle = walk->order->cycle = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (; met[session]; session = accesses->rows[g_array_index (cycle, guint32, cycle->len - 1)].session)
    {
      guint32 read = accesses->starts[session] + walk->done[session], source = accesses->rows[read].source;
      met[session] = FALSE;
      g_array_append_val (cycle, read);
      g_array_append_val (cycle, source);
    }
  /* That went from each read to what it saw: backwards. */
  for (guint i = 0; i < cycle->len / 2; i++)
    {
      guint32 *row = &g_array_index (cycle, guint32, i),
              *other = &g_array_index (cycle, guint32, cycle->len - 1 - i);
      guint32 swapped = *row;
      *row = *other;
      *other = swapped;
    }
}

static void
walk_init (Walk *walk, OrrAccessOrder *order)
{
  const OrrAccesses *accesses = order->accesses;
  guint n_sessions = accesses->n_sessions;
  *walk = (Walk){ .order = order,
                  .done = g_new0 (guint32, n_sessions),
                  .next_aside = g_new0 (guint32, n_sessions),
                  .lengths = g_new0 (guint32, order->n_chains),
                  .waiting = g_new0 (guint32, accesses->n),
                  .also_waiting = g_new0 (guint32, n_sessions),
                  .ready = g_array_new (FALSE, FALSE, sizeof (guint32)) };
  for (guint s = 0; s < n_sessions; s++)
    walk->next_aside[s] = accesses->n;
  for (guint32 row = accesses->n; row > accesses->n_main; row--)
    walk->next_aside[accesses->rows[row - 1].session] = row - 1;
}

static void
walk_clear (Walk *walk)
{
  g_free (walk->done);
  g_free (walk->next_aside);
  g_free (walk->lengths);
  g_free (walk->waiting);
  g_free (walk->also_waiting);
  g_array_unref (walk->ready);
}

/* Gives every row its clock, in an order in which what is before it has its own; FALSE: there are too few
 * chains. */
static gboolean
fill_clocks (OrrAccessOrder *order)
{
  Walk walk;
  gboolean enough = TRUE;
  walk_init (&walk, order);
  for (guint32 session = order->accesses->n_sessions; session > 0; session--)
    {
      guint32 ready = session - 1;
      g_array_append_val (walk.ready, ready);
      enough = enough && take_asides (&walk, ready);
    }
  while (enough && walk.ready->len > 0)
    {
      guint32 session = g_array_index (walk.ready, guint32, walk.ready->len - 1);
      g_array_set_size (walk.ready, walk.ready->len - 1);
      enough = walk_session (&walk, session);
    }
  if (enough)
    find_ring (&walk);
  walk_clear (&walk);
  return enough;
}

/* How many chains the writes aside need is known only when all have their clocks. */
static gboolean
make_clocks (OrrAccessOrder *order)
{
  const OrrAccesses *accesses = order->accesses;
  guint32 n_aside = accesses->n - accesses->n_main;
  for (guint32 n = MIN (n_aside, 4);; n = MIN (n_aside, 2 * n))
    {
      order->n_chains = accesses->n_sessions + n;
      if ((guint64) order->n_chains * accesses->n > WORDS_MAX)
        return FALSE;
      g_free (order->clocks);
      order->clocks = g_new (guint32, (gsize) order->n_chains * accesses->n);
      if (fill_clocks (order))
        return TRUE;
    }
}

static void
make_chains (OrrAccessOrder *order)
{
  const OrrAccesses *accesses = order->accesses;
  order->n_chains = accesses->n_sessions + accesses->n - accesses->n_main;
  for (guint32 i = accesses->n_main; i < accesses->n; i++)
    {
      order->aside_chain[i - accesses->n_main] = accesses->n_sessions + i - accesses->n_main;
      order->aside_place[i - accesses->n_main] = 1;
    }
}

/* --- Writes by key and chain --- */

static void
index_write (OrrAccessOrder *order, guint32 *filled, guint32 row)
{
  const OrrAccess *access = &order->accesses->rows[row];
  if (access->writes)
    order->writes[filled[access->key]++] = (OrrPlacedWrite){ row, orr_access_chain_place (order, row) };
}

/* Rows aside, by chain and place. */
static gint
compare_aside (gconstpointer a, gconstpointer b, gpointer data)
{
  const OrrAccessOrder *order = data;
  guint32 left = *(const guint32 *) a, right = *(const guint32 *) b;
  guint32 left_chain = orr_access_chain (order, left), right_chain = orr_access_chain (order, right);
  if (left_chain != right_chain)
    return left_chain < right_chain ? -1 : 1;
  guint32 left_place = orr_access_chain_place (order, left),
          right_place = orr_access_chain_place (order, right);
  return (left_place > right_place) - (left_place < right_place);
}

static void
split_by_chain (OrrAccessOrder *order, guint32 first, guint32 end)
{
  for (guint32 i = first; i < end; i++)
    {
      guint32 chain = orr_access_chain (order, order->writes[i].row);
      OrrChainWrites *last
          = i == first ? NULL
                       : &g_array_index (order->chain_writes, OrrChainWrites, order->chain_writes->len - 1);
      if (last && last->chain == chain)
        last->end = i + 1;
      else
        {
          OrrChainWrites added = { chain, i, i + 1, i };
          g_array_append_val (order->chain_writes, added);
        }
    }
}

static void
index_writes (OrrAccessOrder *order)
{
  const OrrAccesses *accesses = order->accesses;
  guint32 n_aside = accesses->n - accesses->n_main;
  g_autofree guint32 *starts = g_new0 (guint32, accesses->n_keys + 2), *asides = g_new (guint32, n_aside);
  for (guint32 i = 0; i < accesses->n; i++)
    starts[accesses->rows[i].key + 2] += accesses->rows[i].writes;
  for (guint32 i = 2; i < accesses->n_keys + 2; i++)
    starts[i] += starts[i - 1];
  order->writes = g_new (OrrPlacedWrite, accesses->n - accesses->n_reads);
  guint32 *filled = starts + 1; /* afterwards the ends: the starts of the next */
  for (guint32 i = 0; i < accesses->n_main; i++)
    index_write (order, filled, i);
  for (guint32 i = 0; i < n_aside; i++)
    asides[i] = accesses->n_main + i;
  g_qsort_with_data (asides, (gint) n_aside, sizeof *asides, compare_aside, order);
  for (guint32 i = 0; i < n_aside; i++)
    index_write (order, filled, asides[i]);
  order->chain_writes = g_array_new (FALSE, FALSE, sizeof (OrrChainWrites));
  order->key_starts = g_new (guint32, accesses->n_keys + 1);
  for (guint32 key = 0; key < accesses->n_keys; key++)
    {
      order->key_starts[key] = order->chain_writes->len;
      split_by_chain (order, starts[key], starts[key + 1]);
    }
  order->key_starts[accesses->n_keys] = order->chain_writes->len;
}

/* --- The whole --- */

OrrAccessOrder *
orr_access_order_new (const OrrAccesses *accesses, gboolean causal)
{
  guint32 n_aside = accesses->n - accesses->n_main;
  OrrAccessOrder *order = g_new0 (OrrAccessOrder, 1);
  order->accesses = accesses;
  order->causal = causal;
  order->aside_chain = g_new0 (guint32, n_aside);
  order->aside_place = g_new0 (guint32, n_aside);
  if (causal && !make_clocks (order))
    {
      orr_access_order_free (order);
      return NULL;
    }
  if (!causal)
    make_chains (order);
  if (!order->cycle)
    index_writes (order);
  return order;
}

void
orr_access_order_free (OrrAccessOrder *order)
{
  if (!order)
    return;
  g_free (order->aside_chain);
  g_free (order->aside_place);
  g_free (order->clocks);
  g_free (order->writes);
  g_free (order->key_starts);
  g_clear_pointer (&order->cycle, g_array_unref);
  g_clear_pointer (&order->chain_writes, g_array_unref);
  g_free (order);
}

/* --- Questions --- */

void
orr_clock_join (const OrrAccessOrder *order, guint32 *clock, guint32 row)
{
  if (order->causal)
    {
      const guint32 *other = orr_access_clock (order, row);
      for (guint32 i = 0; i < order->n_chains; i++)
        clock[i] = MAX (clock[i], other[i]);
      return;
    }
  const OrrAccess *access = &order->accesses->rows[row];
  guint32 chain = orr_access_chain (order, row);
  clock[chain] = MAX (clock[chain], orr_access_chain_place (order, row));
  if (orr_access_is_aside (order->accesses, row))
    clock[access->session] = MAX (clock[access->session], access->after);
}

guint32
orr_access_reach (const OrrAccessOrder *order, guint32 row, guint32 session)
{
  if (order->causal)
    return orr_access_clock (order, row)[session];
  if (order->accesses->rows[row].session != session)
    return 0;
  return orr_access_is_aside (order->accesses, row) ? order->accesses->rows[row].after
                                                    : orr_access_place (order->accesses, row);
}

gboolean
orr_access_before (const OrrAccessOrder *order, guint32 row, guint32 later)
{
  if (order->causal)
    return orr_clock_has (order, orr_access_clock (order, later), row);
  const OrrAccess *access = &order->accesses->rows[row], *other = &order->accesses->rows[later];
  if (row == later || access->session != other->session || orr_access_is_aside (order->accesses, row))
    return row == later;
  guint32 before = orr_access_is_aside (order->accesses, later) ? other->after
                                                                : orr_access_place (order->accesses, later);
  return orr_access_place (order->accesses, row) <= before;
}

guint32
orr_chain_writes_last (const OrrAccessOrder *order, OrrChainWrites *writes, guint32 place)
{
  guint32 low = writes->first, high = writes->end, hint = writes->hint;
  /* Most often it is the one of last time, or one of those behind it. */
  if (order->writes[hint].place <= place)
    {
      low = hint + 1;
      guint32 near = MIN (high, low + 4);
      while (low < near && order->writes[low].place <= place)
        low++;
      high = low < near ? low : high;
    }
  else
    high = hint;
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      if (order->writes[middle].place <= place)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == writes->first)
    return ORR_NO_ACCESS;
  writes->hint = low - 1;
  return order->writes[low - 1].row;
}

/* As a rule it is one of the last before `latest`: so it is looked for from there, in steps that double. */
guint32
orr_clocks_entry (const OrrAccessOrder *order, const guint32 *clocks, guint32 latest, guint32 row)
{
  guint32 place = orr_access_chain_place (order, row), low = 0, high = latest;
  gsize width = order->n_chains;
  clocks += orr_access_chain (order, row);
  for (guint32 step = 1; step <= high - low; step *= 2)
    {
      if (clocks[(high - step) * width] < place)
        low = high - step + 1;
      else
        high -= step;
    }
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      if (clocks[middle * width] >= place)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}
