/* visible-writes.c: what a reader saw of other transactions, and what follows for the order of writes.
 *
 * A transaction that reads x from t1 although it sees t2, which also wrote x, tells that t2's write comes
 * before t1's (Biswas & Enea 2019). How far it sees is what tells read committed, read atomic and causal
 * apart. The ways to find all such pairs in O(n^1.5) for the direct ones and O(n · sessions) for the causal
 * ones are AWDIT's (Møldrup & Pavlogiannis 2025): compare the smaller of what was read and what was written;
 * and for causes keep a clock a session. */
#include "check/dependencies.h"

typedef struct
{
  OrrDependencies *graph;
  const OrrTransactions *all;
  OrrPairs last_of;     /* (chain, key) → the last transaction of the chain so far that wrote the key */
  guint *first_of_key;  /* by key: the last read of it by the reader, ORR_NONE */
  guint *reader_of_key; /* by key: whose reads first_of_key has */
  GArray *before;       /* by read of the reader: its read before of the same key */
} Looker;

/* The reader saw `seen`, which wrote the key that it read. */
static void
add_pair (OrrDependencies *graph, guint index, guint seen)
{
  const OrrExternalRead *read = orr_external_read (graph->all, index);
  guint write = orr_transaction_find_write (graph->all, seen, read->key);
  if (write == ORR_PAIRS_NONE || read->writer == seen || read->transaction == seen)
    return;
  if (read->rank
      != ORR_NONE) /* of a known order: either it is as it should be, or the reader overlooked something */
    {
      guint rank = orr_last_write (graph->all, write)->rank;
      if (rank == 0 || rank > read->rank)
        orr_dependencies_add_edge (graph,
                                   orr_edge_precedes (graph, read->transaction, seen, read->key, index));
      return;
    }
  if (read->writer == ORR_NONE)
    return;
  OrrEdge edge = orr_edge_overwrites (graph, seen, read->writer, ORR_EDGE_SEEN, read->key, index);
  edge.seen = seen;
  orr_dependencies_add_edge (graph, edge);
}

/* --- What was read of the same key before --- */

static void
look_at_keys (Looker *looker, const OrrTransaction *reader, guint transaction)
{
  for (guint i = 0; i < reader->n_reads; i++)
    {
      guint index = reader->first_read + i;
      const OrrExternalRead *read = orr_external_read (looker->all, index);
      if (looker->reader_of_key[read->key] == transaction)
        {
          guint writer = orr_external_read (looker->all, looker->first_of_key[read->key])->writer;
          if (writer != ORR_NONE)
            add_pair (looker->graph, index, writer);
        }
      looker->reader_of_key[read->key] = transaction;
      looker->first_of_key[read->key] = index;
    }
}

/* --- The transactions that were read from --- */

static void
chain_reads (Looker *looker, const OrrTransaction *reader, guint transaction)
{
  g_array_set_size (looker->before, reader->n_reads);
  for (guint i = 0; i < reader->n_reads; i++)
    {
      guint index = reader->first_read + i, key = orr_external_read (looker->all, index)->key;
      gboolean first = looker->reader_of_key[key] != transaction;
      g_array_index (looker->before, guint, i) = first ? ORR_NONE : looker->first_of_key[key];
      looker->reader_of_key[key] = transaction;
      looker->first_of_key[key] = index;
    }
}

/* All reads behind `from` of what `seen` wrote. */
static void
look_at_seen (Looker *looker, const OrrTransaction *reader, guint transaction, guint seen, guint from)
{
  const OrrTransaction *writer = orr_transaction (looker->all, seen);
  guint end = reader->first_read + reader->n_reads;
  if (reader->n_reads <= writer->n_writes)
    {
      for (guint i = from; i < end; i++)
        add_pair (looker->graph, i, seen);
      return;
    }
  for (guint i = 0; i < writer->n_writes; i++)
    {
      guint key = orr_last_write (looker->all, writer->first_write + i)->key;
      guint read = looker->reader_of_key[key] == transaction ? looker->first_of_key[key] : ORR_NONE;
      for (; read != ORR_NONE && read >= from;
           read = g_array_index (looker->before, guint, read - reader->first_read))
        add_pair (looker->graph, read, seen);
    }
}

static void
look_at_sources (Looker *looker, const OrrTransaction *reader, guint transaction, gboolean so_far)
{
  g_auto (OrrPairs) done = { 0 };
  chain_reads (looker, reader, transaction);
  for (guint i = 0; i < reader->n_reads; i++)
    {
      guint writer = orr_external_read (looker->all, reader->first_read + i)->writer;
      guint n = done.n;
      if (writer == ORR_NONE)
        continue;
      orr_pairs_add (&done, writer, 0, 0);
      if (done.n > n)
        look_at_seen (looker, reader, transaction, writer, reader->first_read + (so_far ? i + 1 : 0));
    }
}

/* What its session wrote before. */
static void
look_at_session (Looker *looker, const OrrTransaction *reader)
{
  for (guint i = 0; i < reader->n_reads; i++)
    {
      guint key = orr_external_read (looker->all, reader->first_read + i)->key;
      guint last = orr_pairs_get (&looker->last_of, reader->chain, key);
      if (last != ORR_PAIRS_NONE)
        add_pair (looker->graph, reader->first_read + i, last);
    }
}

static void
note_writes (Looker *looker, const OrrTransaction *writer, guint transaction)
{
  for (guint i = 0; i < writer->n_writes; i++)
    orr_pairs_set (&looker->last_of, writer->chain,
                   orr_last_write (looker->all, writer->first_write + i)->key, transaction);
}

static gboolean
add_direct (OrrDependencies *graph, const OrrCheckBudget *budget)
{
  const OrrTransactions *all = graph->all;
  OrrSees sees = graph->level->sees;
  Looker looker = { .graph = graph, .all = all, .before = g_array_new (FALSE, FALSE, sizeof (guint)) };
  looker.first_of_key = g_new (guint, all->keys->len + 1);
  looker.reader_of_key = g_new (guint, all->keys->len + 1);
  for (guint i = 0; i < all->keys->len; i++)
    looker.reader_of_key[i] = ORR_NONE;
  gboolean stopped = FALSE;
  for (guint i = 0; i < all->transactions->len && !stopped; i++)
    {
      const OrrTransaction *reader = orr_transaction (all, i);
      stopped = i % 1024 == 0 && orr_budget_is_stopped (budget);
      if (sees == ORR_SEES_KEY)
        look_at_keys (&looker, reader, i);
      else
        look_at_sources (&looker, reader, i, sees == ORR_SEES_SO_FAR);
      if (sees == ORR_SEES_DIRECT)
        {
          look_at_session (&looker, reader);
          note_writes (&looker, reader, i);
        }
    }
  orr_pairs_clear (&looker.last_of);
  g_array_unref (looker.before);
  g_free (looker.first_of_key);
  g_free (looker.reader_of_key);
  return !stopped;
}

/* --- Causes --- */

/* The writers of one key in one chain, by place. */
typedef struct
{
  guint key, chain, first, n;
} Writers;

typedef struct
{
  OrrDependencies *graph;
  const OrrTransactions *all;
  GArray *writers;     /* Writers, by key */
  guint *first_of_key; /* n_keys + 1: into writers */
  guint *members;      /* transactions */
  guint **clocks;      /* by transaction: how many of each chain it sees; NULL: not yet, or no more */
  guint *n_uses;       /* by transaction: how many still need its clock */
} Causes;

static gint
compare_by_key (gconstpointer a, gconstpointer b, gpointer data)
{
  const OrrTransactions *all = data;
  const OrrLastWrite *left = orr_last_write (all, *(const guint *) a),
                     *right = orr_last_write (all, *(const guint *) b);
  if (left->key != right->key)
    return left->key < right->key ? -1 : 1;
  const OrrTransaction *one = orr_transaction (all, left->transaction),
                       *other = orr_transaction (all, right->transaction);
  if (one->chain != other->chain)
    return one->chain < other->chain ? -1 : 1;
  return (one->place > other->place) - (one->place < other->place);
}

static void
sort_writers (Causes *causes)
{
  const OrrTransactions *all = causes->all;
  guint n = all->writes->len;
  g_autofree guint *sorted = g_new (guint, n + 1);
  for (guint i = 0; i < n; i++)
    sorted[i] = i;
  g_qsort_with_data (sorted, (gint) n, sizeof *sorted, compare_by_key, (gpointer) all);
  causes->writers = g_array_new (FALSE, FALSE, sizeof (Writers));
  causes->first_of_key = g_new0 (guint, all->keys->len + 1);
  causes->members = g_new (guint, n + 1);
  for (guint i = 0; i < n; i++)
    {
      const OrrLastWrite *write = orr_last_write (all, sorted[i]);
      Writers row = { write->key, orr_transaction (all, write->transaction)->chain, i, 0 };
      Writers *last = causes->writers->len > 0
                          ? &g_array_index (causes->writers, Writers, causes->writers->len - 1)
                          : NULL;
      causes->members[i] = write->transaction;
      if (!last || last->key != row.key || last->chain != row.chain)
        {
          g_array_append_val (causes->writers, row);
          last = &g_array_index (causes->writers, Writers, causes->writers->len - 1);
          causes->first_of_key[row.key + 1] = causes->writers->len;
        }
      last->n++;
    }
  for (guint i = 0; i < all->keys->len; i++)
    causes->first_of_key[i + 1] = MAX (causes->first_of_key[i + 1], causes->first_of_key[i]);
}

static void
see (Causes *causes, guint *clock, guint transaction)
{
  const OrrTransaction *seen = orr_transaction (causes->all, transaction);
  const guint *other = causes->clocks[transaction];
  for (guint i = 0; i < causes->all->n_chains; i++)
    clock[i] = MAX (clock[i], other[i]);
  clock[seen->chain] = MAX (clock[seen->chain], seen->place + 1);
  if (--causes->n_uses[transaction] == 0)
    g_clear_pointer (&causes->clocks[transaction], g_free);
}

/* In each chain the last transaction that the reader sees and that wrote what it read. */
static void
look_at_causes (Causes *causes, const guint *clock, guint index)
{
  guint key = orr_external_read (causes->all, index)->key;
  for (guint i = causes->first_of_key[key]; i < causes->first_of_key[key + 1]; i++)
    {
      const Writers *row = &g_array_index (causes->writers, Writers, i);
      guint low = 0, high = row->n;
      while (low < high)
        {
          guint middle = low + (high - low) / 2;
          if (orr_transaction (causes->all, causes->members[row->first + middle])->place < clock[row->chain])
            low = middle + 1;
          else
            high = middle;
        }
      if (low > 0)
        add_pair (causes->graph, index, causes->members[row->first + low - 1]);
    }
}

static void
visit (Causes *causes, guint transaction)
{
  const OrrTransaction *reader = orr_transaction (causes->all, transaction);
  guint *clock = g_new0 (guint, causes->all->n_chains + 1);
  if (reader->before != ORR_NONE)
    see (causes, clock, reader->before);
  for (guint i = 0; i < reader->n_reads; i++)
    {
      guint writer = orr_external_read (causes->all, reader->first_read + i)->writer;
      if (writer != ORR_NONE)
        see (causes, clock, writer);
    }
  for (guint i = 0; i < reader->n_reads; i++)
    look_at_causes (causes, clock, reader->first_read + i);
  if (causes->n_uses[transaction] > 0)
    causes->clocks[transaction] = clock;
  else
    g_free (clock);
}

static void
count_uses (Causes *causes)
{
  const OrrTransactions *all = causes->all;
  causes->n_uses = g_new0 (guint, all->transactions->len + 1);
  for (guint i = 0; i < all->transactions->len; i++)
    if (orr_transaction (all, i)->before != ORR_NONE)
      causes->n_uses[orr_transaction (all, i)->before]++;
  for (guint i = 0; i < all->reads->len; i++)
    if (orr_external_read (all, i)->writer != ORR_NONE)
      causes->n_uses[orr_external_read (all, i)->writer]++;
}

/* The most clock entries that are worth their time and memory: as many as a thousand sessions of two million
 * transactions have. */
#define ENTRIES_MAX (G_GUINT64_CONSTANT (1) << 31)

static gboolean
add_causes (OrrDependencies *graph, const OrrCheckBudget *budget)
{
  guint n = graph->all->transactions->len;
  g_autofree guint *order = orr_dependencies_sort (graph, 1u << ORR_EDGE_WR | 1u << ORR_EDGE_SESSION);
  if (!order) /* a cycle, which will be found */
    return TRUE;
  if ((guint64) n * graph->all->n_chains > ENTRIES_MAX)
    return FALSE;
  Causes causes = { .graph = graph, .all = graph->all, .clocks = g_new0 (guint *, n + 1) };
  gboolean stopped = FALSE;
  sort_writers (&causes);
  count_uses (&causes);
  for (guint i = 0; i < n; i++)
    {
      stopped = stopped || (i % 256 == 0 && orr_budget_is_stopped (budget));
      if (!stopped)
        visit (&causes, order[i]);
    }
  for (guint i = 0; i < n; i++)
    g_free (causes.clocks[i]);
  g_free (causes.clocks);
  g_free (causes.n_uses);
  g_free (causes.members);
  g_free (causes.first_of_key);
  g_array_unref (causes.writers);
  return !stopped;
}

gboolean
orr_dependencies_add_seen (OrrDependencies *graph, const OrrCheckBudget *budget)
{
  switch (graph->level->sees)
    {
    case ORR_SEES_NOTHING:
      return TRUE;
    case ORR_SEES_CAUSES:
      return add_causes (graph, budget);
    default:
      return add_direct (graph, budget);
    }
}
