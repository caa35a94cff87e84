/* sequential-forced.c: what a sequentially consistent order of a history must look like.
 *
 * If nobody writes a value twice, a read names its write, and that forces more: another write of the key that
 * comes before the read comes before the write that was read; one that comes after that write comes after the
 * read (Gibbons & Korach 1997). What follows is added until nothing does; then a cycle is a contradiction,
 * though the lack of one is no proof. Who comes before an operation is known by a clock: how far each session
 * had come. */
#include "check/sequential-private.h"

#include <string.h>

#define NONE ORR_SEQUENCE_NONE

/* Beyond so many clock entries, or rounds, only the search decides. */
#define CLOCKS_MAX (1u << 26)
#define ROUNDS_MAX 64

/* A value of a key. */
typedef struct
{
  guint32 key;
  OrrValue value;
} Cell;

typedef struct
{
  OrrSequence *sequence;
  guint32 n, n_chains;    /* optional nodes have chains of their own here */
  guint32 *chain, *place; /* of each node; places count from 1 */
  guint32 *from;          /* the write that a node reads; NONE: it reads nothing, or the initial value */
  gboolean *initial;      /* reads the initial value */
  guint32 *key;           /* of each node, as an index into the sequence's keys */
  GPtrArray *writes;      /* GArray of guint32 by key * n_chains + chain; NULL: none */
  guint32 *clock;         /* n * n_chains: how many of each chain come before */
  guint32 *order;         /* a topological one */
  guint32 *first_edge, *next_edge; /* edges by the node before */
  guint n_added;
} Forced;

static guint
hash_cell (gconstpointer data)
{
  const Cell *cell = data;
  return (guint) ((cell->value ^ (guint64) cell->key << 40) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> 32);
}

static gboolean
equal_cell (gconstpointer a, gconstpointer b)
{
  const Cell *left = a, *right = b;
  return left->key == right->key && left->value == right->value;
}

static const OrrSequenceNode *
node_at (const Forced *forced, guint32 index)
{
  return &g_array_index (forced->sequence->nodes, OrrSequenceNode, index);
}

static gboolean
writes (const OrrSequenceNode *node)
{
  return node->steps->kind != ORR_READ;
}

static void
add_edge (Forced *forced, guint32 before, guint32 behind)
{
  g_array_append_val (forced->sequence->edges, before);
  g_array_append_val (forced->sequence->edges, behind);
  forced->n_added++;
}

/* --- Who wrote what was read --- */

static void
number_chains (Forced *forced)
{
  const GArray *nodes = forced->sequence->nodes;
  forced->n_chains = forced->sequence->n_chains;
  for (guint32 i = 0; i < nodes->len; i++)
    {
      const OrrSequenceNode *node = node_at (forced, i);
      forced->chain[i] = node->optional ? forced->n_chains++ : node->chain;
      forced->place[i] = node->optional ? 1 : node->place + 1;
    }
}

static guint32
key_of (const Forced *forced, OrrKey key)
{
  const GArray *keys = forced->sequence->keys;
  guint32 index = 0;
  while (g_array_index (keys, OrrKey, index) != key)
    index++;
  return index;
}

/* Finds each key's writes. FALSE: a value was written twice. */
static gboolean
collect_writes (Forced *forced, GHashTable *writers)
{
  for (guint32 i = 0; i < forced->n; i++)
    {
      const OrrSequenceNode *node = node_at (forced, i);
      forced->key[i] = i > 0 && node->steps->key == node_at (forced, i - 1)->steps->key
                           ? forced->key[i - 1]
                           : key_of (forced, node->steps->key);
      if (!writes (node))
        continue;
      Cell cell = { forced->key[i], node->steps->kind == ORR_DELETE ? ORR_NIL : node->steps->value };
      if (cell.value == orr_linear_initial (forced->sequence->all, node->steps->key)
          || g_hash_table_contains (writers, &cell))
        return FALSE;
      g_hash_table_insert (writers, g_memdup2 (&cell, sizeof cell), GUINT_TO_POINTER (i + 1));
      gpointer *list = &forced->writes->pdata[forced->key[i] * forced->n_chains + forced->chain[i]];
      if (!*list)
        *list = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_array_append_val ((GArray *) *list, i);
    }
  return TRUE;
}

/* FALSE: a read returned what nobody wrote. */
static gboolean
collect_reads (Forced *forced, GHashTable *writers)
{
  for (guint32 i = 0; i < forced->n; i++)
    {
      const OrrSequenceNode *node = node_at (forced, i);
      forced->from[i] = NONE;
      if (node->steps->kind == ORR_WRITE || node->steps->kind == ORR_DELETE)
        continue;
      Cell cell = { forced->key[i], node->steps->kind == ORR_CAS ? node->steps->expected : node->values[0] };
      forced->from[i] = GPOINTER_TO_UINT (g_hash_table_lookup (writers, &cell)) - 1;
      if (forced->from[i] != NONE)
        add_edge (forced, forced->from[i], i);
      else if (cell.value == orr_linear_initial (forced->sequence->all, node->steps->key))
        forced->initial[i] = TRUE;
      else
        return FALSE;
    }
  return TRUE;
}

/* --- Clocks --- */

static void
index_edges (Forced *forced)
{
  const GArray *edges = forced->sequence->edges;
  g_free (forced->next_edge);
  forced->next_edge = g_new (guint32, edges->len / 2 + 1);
  memset (forced->first_edge, 0xff, forced->n * sizeof (guint32));
  for (guint32 i = 0; i < edges->len / 2; i++)
    {
      guint32 before = g_array_index (edges, guint32, 2 * i);
      forced->next_edge[i] = forced->first_edge[before];
      forced->first_edge[before] = i;
    }
}

/* What comes right behind a node in its session: the next of the session, or optional ones; by `visit`. */
typedef void (*Visit) (Forced *forced, guint32 before, guint32 behind, guint32 *data);

static void
visit_followers (Forced *forced, guint32 index, GArray *const *optional_behind, Visit visit, guint32 *data)
{
  const OrrSequenceNode *node = node_at (forced, index);
  if (!node->optional)
    {
      const GArray *chain = forced->sequence->chains->pdata[node->chain];
      if (node->place + 1 < chain->len)
        visit (forced, index, g_array_index (chain, guint32, node->place + 1), data);
      for (guint i = 0; optional_behind[index] && i < optional_behind[index]->len; i++)
        visit (forced, index, g_array_index (optional_behind[index], guint32, i), data);
    }
  for (guint32 edge = forced->first_edge[index]; edge != NONE; edge = forced->next_edge[edge])
    visit (forced, index, g_array_index (forced->sequence->edges, guint32, 2 * edge + 1), data);
}

static void
count (Forced *forced G_GNUC_UNUSED, guint32 before G_GNUC_UNUSED, guint32 behind, guint32 *data)
{
  data[behind]++;
}

/* `data`: those before that are not placed, of each; at the end, how many are in the order. */
static void
place_behind (Forced *forced, guint32 before, guint32 behind, guint32 *data)
{
  guint32 *from = forced->clock + (gsize) before * forced->n_chains;
  guint32 *to = forced->clock + (gsize) behind * forced->n_chains;
  for (guint32 i = 0; i < forced->n_chains; i++)
    to[i] = MAX (to[i], from[i]);
  to[forced->chain[before]] = MAX (to[forced->chain[before]], forced->place[before]);
  if (--data[behind] == 0)
    forced->order[data[forced->n]++] = behind;
}

/* Puts the nodes into an order, with their clocks. FALSE: there is a cycle. */
static gboolean
wind_clocks (Forced *forced, GArray *const *optional_behind)
{
  g_autofree guint32 *waits = g_new0 (guint32, forced->n + 1);
  index_edges (forced);
  memset (forced->clock, 0, (gsize) forced->n * forced->n_chains * sizeof (guint32));
  for (guint32 i = 0; i < forced->n; i++)
    visit_followers (forced, i, optional_behind, count, waits);
  guint32 *n_placed = &waits[forced->n];
  for (guint32 i = 0; i < forced->n; i++)
    if (waits[i] == 0)
      forced->order[(*n_placed)++] = i;
  for (guint32 done = 0; done < *n_placed; done++)
    visit_followers (forced, forced->order[done], optional_behind, place_behind, waits);
  return *n_placed == forced->n;
}

static gboolean
is_before (const Forced *forced, guint32 a, guint32 b)
{
  return forced->clock[(gsize) b * forced->n_chains + forced->chain[a]] >= forced->place[a];
}

/* --- What follows --- */

/* The last of the chain's writes that come before the node; NONE: none does. */
static guint32
last_before (const Forced *forced, const GArray *list, guint32 node)
{
  guint low = 0, high = list->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (is_before (forced, g_array_index (list, guint32, middle), node))
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 ? g_array_index (list, guint32, low - 1) : NONE;
}

/* The first of the chain's writes that comes behind `write` (NONE: the initial value) and is not the reader.
 */
static guint32
first_behind (const Forced *forced, const GArray *list, guint32 write, guint32 reader)
{
  guint low = 0, high = list->len;
  while (write != NONE && low < high)
    {
      guint middle = low + (high - low) / 2;
      if (is_before (forced, write, g_array_index (list, guint32, middle)))
        high = middle;
      else
        low = middle + 1;
    }
  if (low < list->len && g_array_index (list, guint32, low) == reader)
    low++;
  return low < list->len ? g_array_index (list, guint32, low) : NONE;
}

/* FALSE: the initial value was read behind a write. */
static gboolean
force_one (Forced *forced, guint32 reader)
{
  guint32 write = forced->from[reader];
  if (write == NONE && !forced->initial[reader])
    return TRUE;
  for (guint32 i = 0; i < forced->n_chains; i++)
    {
      const GArray *list = forced->writes->pdata[forced->key[reader] * forced->n_chains + i];
      if (!list)
        continue;
      guint32 before = last_before (forced, list, reader);
      if (before != NONE && write == NONE)
        return FALSE;
      if (before != NONE && before != write && !is_before (forced, before, write))
        add_edge (forced, before, write);
      guint32 behind = first_behind (forced, list, write, reader);
      if (behind != NONE && !is_before (forced, reader, behind))
        add_edge (forced, reader, behind);
    }
  return TRUE;
}

/* Until nothing follows any more. */
static gboolean
force_all (Forced *forced, GArray *const *optional_behind)
{
  for (guint round = 0; round < ROUNDS_MAX; round++)
    {
      if (!wind_clocks (forced, optional_behind))
        return FALSE;
      forced->n_added = 0;
      for (guint32 i = 0; i < forced->n; i++)
        if (!force_one (forced, i))
          return FALSE;
      if (forced->n_added == 0)
        return TRUE;
    }
  return TRUE;
}

/* Of each node, the optional ones that stand right behind it. */
static GArray **
list_optional (const Forced *forced)
{
  GArray **behind = g_new0 (GArray *, forced->n + 1);
  for (guint32 i = 0; i < forced->n; i++)
    {
      const OrrSequenceNode *node = node_at (forced, i);
      if (!node->optional || node->place == 0)
        continue;
      const GArray *chain = forced->sequence->chains->pdata[node->chain];
      guint32 before = g_array_index (chain, guint32, node->place - 1);
      if (!behind[before])
        behind[before] = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_array_append_val (behind[before], i);
    }
  return behind;
}

static void
free_list (gpointer list)
{
  if (list)
    g_array_unref (list);
}

/* An optional write that was seen happened; what such a compare-and-set expected was seen too. So are all
 * that are left. */
gboolean
orr_sequence_force (OrrSequence *sequence)
{
  guint32 n = sequence->nodes->len;
  Forced forced
      = { .sequence = sequence, .n = n, .chain = g_new (guint32, n + 1), .place = g_new (guint32, n + 1) };
  gboolean right = TRUE;
  number_chains (&forced);
  if (sequence->plain && n > 0 && (guint64) n * forced.n_chains <= CLOCKS_MAX)
    {
      g_autoptr (GHashTable) writers = g_hash_table_new_full (hash_cell, equal_cell, g_free, NULL);
      forced.from = g_new (guint32, n);
      forced.key = g_new (guint32, n);
      forced.initial = g_new0 (gboolean, n);
      forced.order = g_new (guint32, n);
      forced.first_edge = g_new (guint32, n);
      forced.clock = g_new (guint32, (gsize) n * forced.n_chains);
      forced.writes = g_ptr_array_new_full (0, free_list);
      g_ptr_array_set_size (forced.writes, (gint) (sequence->keys->len * forced.n_chains));
      GArray **optional_behind = list_optional (&forced);
      if (collect_writes (&forced, writers))
        right = collect_reads (&forced, writers) && force_all (&forced, optional_behind);
      for (guint32 i = 0; i < n; i++)
        free_list (optional_behind[i]);
      g_free (optional_behind);
      g_ptr_array_unref (forced.writes);
    }
  g_free (forced.chain);
  g_free (forced.place);
  g_free (forced.from);
  g_free (forced.initial);
  g_free (forced.key);
  g_free (forced.clock);
  g_free (forced.order);
  g_free (forced.first_edge);
  g_free (forced.next_edge);
  return right;
}
