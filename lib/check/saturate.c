/* saturate.c: what follows for the order of writes before anything is tried.
 *
 * As PolySI (Huang et al. 2023) prunes: of two orders one of which there must be, a way the other way round
 * rules out one. With all ways at hand, a bit a pair of nodes, this is asked of every read and every other
 * writer of its key, again and again until nothing new follows. Histories that are too long for a table of
 * bits go without. */
#include "check/order-search.h"

#define BITS_MAX      (G_GUINT64_CONSTANT (1) << 31)
#define QUESTIONS_MAX 50000000
#define ROUNDS_MAX    50

typedef struct
{
  OrrDependencies *graph;
  const OrrTransactions *all;
  OrrOrderSearch *search;
  guint64 *leads; /* by node: n_words of bits, one a node */
  gsize n_words;
  gboolean changed;
} Saturation;

static gboolean
leads (const Saturation *saturation, guint from, guint to)
{
  return saturation->leads[from * saturation->n_words + to / 64] >> to % 64 & 1;
}

static gint
compare_positions (gconstpointer a, gconstpointer b, gpointer data)
{
  guint left = orr_order_search_position (data, *(const guint *) a),
        right = orr_order_search_position (data, *(const guint *) b);
  return (left > right) - (left < right);
}

/* From the last node to the first: what it leads to, and what those lead to. */
static void
find_ways (Saturation *saturation)
{
  const OrrDependencies *graph = saturation->graph;
  guint n = graph->n_nodes;
  g_autofree guint *order = g_new (guint, n + 1);
  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (gint) n, sizeof *order, compare_positions, saturation->search);
  for (guint i = n; i > 0; i--)
    {
      guint node = order[i - 1];
      guint64 *row = &saturation->leads[node * saturation->n_words];
      for (guint j = g_array_index (graph->first_out, guint, node); j != ORR_NONE;
           j = orr_edge (graph, j)->next_out)
        {
          guint to = orr_edge (graph, j)->to;
          const guint64 *other = &saturation->leads[to * saturation->n_words];
          if (row[to / 64] >> to % 64 & 1)
            continue;
          for (gsize k = 0; k < saturation->n_words; k++)
            row[k] |= other[k];
          row[to / 64] |= G_GUINT64_CONSTANT (1) << to % 64;
        }
    }
}

/* One of the two must be there: does one rule out the other? FALSE: the search has come to an end. */
static gboolean
weigh (Saturation *saturation, OrrEdge one, OrrEdge other, const guint *because, guint n)
{
  gboolean no_one = leads (saturation, one.to, one.from), no_other = leads (saturation, other.to, other.from);
  if ((!no_one && !no_other) || (no_one && !no_other && leads (saturation, other.from, other.to))
      || (no_other && !no_one && leads (saturation, one.from, one.to)))
    return TRUE;
  saturation->changed = TRUE;
  return orr_order_search_choose (saturation->search, one, other, because, n);
}

static gboolean
weigh_read (Saturation *saturation, guint index, guint writer, guint other)
{
  OrrDependencies *graph = saturation->graph;
  const OrrExternalRead *read = orr_external_read (saturation->all, index);
  guint because[] = { read->transaction, writer, other };
  if (other == read->transaction || !orr_level_minds (graph->level, read))
    return TRUE;
  return weigh (saturation, orr_edge_overwrites (graph, other, writer, ORR_EDGE_CHOSEN, read->key, index),
                orr_edge_precedes (graph, read->transaction, other, read->key, index), because, 3);
}

static gboolean
weigh_pair (Saturation *saturation, guint key, guint one, guint other)
{
  OrrDependencies *graph = saturation->graph;
  guint because[] = { one, other };
  return weigh (saturation, orr_edge_overwrites (graph, one, other, ORR_EDGE_CHOSEN, key, ORR_NONE),
                orr_edge_overwrites (graph, other, one, ORR_EDGE_CHOSEN, key, ORR_NONE), because, 2);
}

static gboolean
weigh_key (Saturation *saturation, guint index)
{
  const GArray *loose = orr_accessed_key (saturation->all, index)->loose;
  for (guint i = 0; i < loose->len; i++)
    for (guint j = 0; j < loose->len; j++)
      {
        const OrrLastWrite *write = orr_last_write (saturation->all, g_array_index (loose, guint, i));
        guint other = orr_last_write (saturation->all, g_array_index (loose, guint, j))->transaction;
        if (i < j && saturation->graph->level->shape == ORR_SHAPE_SNAPSHOT
            && !weigh_pair (saturation, index, write->transaction, other))
          return FALSE;
        for (guint k = write->first_reader; i != j && k != ORR_NONE;
             k = orr_external_read (saturation->all, k)->next)
          if (!weigh_read (saturation, k, write->transaction, other))
            return FALSE;
      }
  return TRUE;
}

/* How many questions a round asks. */
static guint64
count_questions (const OrrTransactions *all)
{
  guint64 n = 0;
  for (guint i = 0; i < all->keys->len; i++)
    {
      const GArray *loose = orr_accessed_key (all, i)->loose;
      guint64 n_readers = loose->len;
      for (guint j = 0; j < loose->len; j++)
        for (guint k = orr_last_write (all, g_array_index (loose, guint, j))->first_reader; k != ORR_NONE;
             k = orr_external_read (all, k)->next)
          n_readers++;
      n += n_readers * loose->len;
    }
  return n;
}

gboolean
orr_order_search_saturate (OrrOrderSearch *search, OrrDependencies *graph)
{
  Saturation saturation = { .graph = graph, .all = graph->all, .search = search, .changed = TRUE };
  gboolean goes_on = TRUE;
  saturation.n_words = graph->n_nodes / 64 + 1;
  if ((guint64) graph->n_nodes * graph->n_nodes > BITS_MAX || count_questions (graph->all) > QUESTIONS_MAX)
    return TRUE;
  saturation.leads = g_new0 (guint64, saturation.n_words * (graph->n_nodes + 1));
  for (guint round = 0; goes_on && saturation.changed && round < ROUNDS_MAX; round++)
    {
      find_ways (&saturation);
      saturation.changed = FALSE;
      for (guint i = 0; goes_on && i < graph->all->keys->len; i++)
        goes_on = weigh_key (&saturation, i);
    }
  g_free (saturation.leads);
  if (goes_on)
    orr_order_search_start_over (search);
  return goes_on;
}
