/* sequential-search.c: looking for one order of everything.
 *
 * As Wing & Gong's search, but what may come next is the next operation of each session. A read that fits is
 * taken at once. A register's value is not overwritten while someone must still read it and nobody will write
 * it again; with values that are unique that leaves little to try. Of several that fit, the one that was
 * invoked first is tried first: time is no rule here, but a good guess. What was tried is remembered as how
 * far each session had come, with the state. */
#include "check/sequential-private.h"

#include <string.h>

#define NONE ORR_SEQUENCE_NONE

extern const OrrObject orr_object_register, orr_object_map;

/* What is counted (linear-private.h). */
enum
{
  TICKS_OF_WALK = 1,  /* to look at what could come next */
  TICKS_OF_RULE = 24, /* to apply an object's rule */
  TICKS_OF_TERM = 16, /* to make a value of a list, or find it */
  TICKS_OF_TAKE = 32, /* to take an operation, or give it back */
  TICKS_OF_LOOK = 64, /* to find out if a state was tried before */
  BYTES_OF_TERM = 32,
  BYTES_OF_SLOT = 32,
};

/* Of a key and a value: how many must still see it, and can still write it. */
typedef struct
{
  guint32 needs, supplies;
} Need;

typedef struct
{
  guint32 node, n_undo; /* what its steps changed stands at the end of `undo` */
  gboolean forced;
} Frame;

typedef struct
{
  guint32 key;
  OrrValue value;
} Undo;

typedef struct
{
  const OrrSequence *sequence;
  const OrrCheckBudget *budget;
  OrrTerms *terms;
  guint64 states_left, ticks, next_look;
  guint32 n, left;
  guint32 *waits; /* of each node: forced ones before it that are not taken */
  guint32 *first_edge, *next_edge;
  guint32 *at; /* of each chain: its next */
  gboolean *taken;
  guint32 *optional; /* nodes */
  guint32 n_optional;
  guint32 **keys; /* of each node: of each step */
  OrrArena *arena;
  OrrValue *state;
  guint n_keys;
  gboolean is_register;
  GHashTable *needs; /* (key, value) → Need */
  GArray *stack, *undo;
  GArray *words; /* what was visited */
  GHashTable *seen;
} Search;

#define NODE(search, i) (&g_array_index ((search)->sequence->nodes, OrrSequenceNode, i))

/* --- Who must still see what --- */

static guint
hash_undo (gconstpointer data)
{
  const Undo *cell = data;
  return (guint) ((cell->value ^ (guint64) cell->key << 40) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> 32);
}

static gboolean
equal_undo (gconstpointer a, gconstpointer b)
{
  const Undo *left = a, *right = b;
  return left->key == right->key && left->value == right->value;
}

static Need *
need_of (Search *search, guint32 key, OrrValue value)
{
  Undo cell = { key, value };
  Need *need = g_hash_table_lookup (search->needs, &cell);
  if (!need)
    {
      need = orr_arena_new0 (search->arena, Need);
      g_hash_table_insert (search->needs, orr_arena_copy (search->arena, &cell, sizeof cell), need);
    }
  return need;
}

static void
count_needs (Search *search, guint32 index, int by)
{
  const OrrSequenceNode *node = NODE (search, index);
  const OrrStep *step = node->steps;
  if (!search->sequence->plain)
    return;
  if (step->kind == ORR_READ)
    need_of (search, search->keys[index][0], node->values[0])->needs += (guint32) by;
  else
    need_of (search, search->keys[index][0], step->kind == ORR_DELETE ? ORR_NIL : step->value)->supplies
        += (guint32) by;
  if (step->kind == ORR_CAS && !node->optional)
    need_of (search, search->keys[index][0], step->expected)->needs += (guint32) by;
}

/* --- Taking and giving back --- */

static gboolean
may_come (const Search *search, guint32 index)
{
  return search->waits[index] == 0;
}

static void
restore (Search *search, guint32 n)
{
  for (; n > 0; n--)
    {
      Undo *undo = &g_array_index (search->undo, Undo, search->undo->len - 1);
      search->state[undo->key] = undo->value;
      g_array_set_size (search->undo, search->undo->len - 1);
    }
}

/* Applies its steps. The number of changes to undo; NONE: it does not fit. */
static guint32
apply (Search *search, guint32 index)
{
  const OrrSequenceNode *node = NODE (search, index);
  const OrrObject *object = search->sequence->all->object;
  guint32 n = 0;
  search->ticks += TICKS_OF_RULE * node->n_steps;
  for (guint i = 0; i < node->n_steps; i++)
    {
      const OrrStep *step = &node->steps[i];
      guint32 key = search->keys[index][i];
      OrrValue then, returned;
      if (step->kind == ORR_BULK_WRITE)
        continue;
      if (object->apply (search->terms, search->state[key], step, &then, &returned) != ORR_RULE_APPLIED
          || (node->values && orr_step_infos[step->kind].reads && returned != node->values[i]))
        {
          restore (search, n);
          return NONE;
        }
      Undo undo = { key, search->state[key] };
      if (then == undo.value)
        continue;
      g_array_append_val (search->undo, undo);
      search->state[key] = then;
      n++;
    }
  return n;
}

/* The same, with what the object's rules took. */
static guint32
apply_counted (Search *search, guint32 index)
{
  guint64 work = orr_terms_get_work (search->terms);
  guint n_terms = orr_terms_count (search->terms);
  guint32 n_undo = apply (search, index);
  search->ticks += TICKS_OF_TERM * (orr_terms_get_work (search->terms) - work)
                   + ORR_TICKS_A_BYTE * BYTES_OF_TERM * (guint64) (orr_terms_count (search->terms) - n_terms);
  return n_undo;
}

static void
mark (Search *search, guint32 index, gboolean taken)
{
  const OrrSequenceNode *node = NODE (search, index);
  search->taken[index] = taken;
  search->ticks += TICKS_OF_TAKE;
  count_needs (search, index, taken ? -1 : 1);
  for (guint32 edge = search->first_edge[index]; edge != NONE; edge = search->next_edge[edge])
    search->waits[g_array_index (search->sequence->edges, guint32, 2 * edge + 1)] += taken ? -1u : 1u;
  if (node->optional)
    return;
  search->at[node->chain] = taken ? node->place + 1 : node->place;
  search->left += taken ? -1u : 1u;
}

static void
give_back (Search *search, Frame *ret_frame)
{
  *ret_frame = g_array_index (search->stack, Frame, search->stack->len - 1);
  g_array_set_size (search->stack, search->stack->len - 1);
  mark (search, ret_frame->node, FALSE);
  restore (search, ret_frame->n_undo);
}

static void
take (Search *search, guint32 index, guint32 n_undo, gboolean forced)
{
  Frame frame = { index, n_undo, forced };
  g_array_append_val (search->stack, frame);
  mark (search, index, TRUE);
}

/* Would it overwrite what someone must still read, for good? As of after it was taken. */
static gboolean
buries (Search *search, guint32 index, guint32 n_undo)
{
  if (!search->sequence->plain || n_undo == 0)
    return FALSE;
  const Undo *undo = &g_array_index (search->undo, Undo, search->undo->len - 1);
  const Need *need = need_of (search, search->keys[index][0], undo->value);
  return need->needs > 0 && need->supplies == 0;
}

/* --- What was tried --- */

static guint
hash_words (gconstpointer data)
{
  const guint64 *words = data;
  guint64 hash = words[0];
  for (guint64 i = 1; i <= words[0]; i++)
    hash = (hash ^ words[i]) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15), hash ^= hash >> 29;
  return (guint) (hash >> 16);
}

static gboolean
equal_words (gconstpointer a, gconstpointer b)
{
  const guint64 *left = a, *right = b;
  return memcmp (left, right, (left[0] + 1) * sizeof *left) == 0;
}

/* FALSE: it was tried before. */
static gboolean
remember (Search *search)
{
  GArray *words = search->words;
  guint n_chains = search->sequence->n_chains;
  guint64 length = (n_chains + 1) / 2 + (search->n_optional + 63) / 64 + search->n_keys;
  g_array_set_size (words, 0);
  g_array_append_val (words, length);
  for (guint i = 0; i < n_chains; i += 2)
    {
      guint64 two = (guint64) search->at[i] << 32 | (i + 1 < n_chains ? search->at[i + 1] : 0);
      g_array_append_val (words, two);
    }
  guint64 bits = 0;
  for (guint i = 0; i < search->n_optional; i++)
    {
      bits |= (guint64) search->taken[search->optional[i]] << i % 64;
      if (i % 64 == 63 || i + 1 == search->n_optional)
        {
          g_array_append_val (words, bits);
          bits = 0;
        }
    }
  g_array_append_vals (words, search->state, search->n_keys);
  search->ticks += TICKS_OF_LOOK + 4 * length;
  if (g_hash_table_contains (search->seen, words->data))
    return FALSE;
  g_hash_table_add (search->seen,
                    orr_arena_copy (search->arena, words->data, (length + 1) * sizeof (guint64)));
  search->ticks += ORR_TICKS_A_BYTE * (BYTES_OF_SLOT + (length + 1) * sizeof (guint64));
  return TRUE;
}

/* --- Walking --- */

/* The candidates in the order in which they are tried: by index, which is by invocation. The next one after
 * `index`. */
static guint32
candidate_after (Search *search, guint32 index)
{
  guint32 best = NONE;
  search->ticks += TICKS_OF_WALK * (search->sequence->n_chains + search->n_optional);
  for (guint i = 0; i < search->sequence->n_chains; i++)
    {
      const GArray *chain = search->sequence->chains->pdata[i];
      if (search->at[i] == chain->len)
        continue;
      guint32 next = g_array_index (chain, guint32, search->at[i]);
      if ((index == NONE || next > index) && next < best && may_come (search, next))
        best = next;
    }
  for (guint i = 0; i < search->n_optional; i++)
    {
      guint32 next = search->optional[i];
      const OrrSequenceNode *node = NODE (search, next);
      if ((index == NONE || next > index) && next < best && !search->taken[next] && may_come (search, next)
          && (node->place == 0 || search->at[node->chain] >= node->place))
        best = next;
    }
  return best;
}

/* Takes a read that fits, if there is one. */
static gboolean
take_read (Search *search)
{
  search->ticks += TICKS_OF_WALK * search->sequence->n_chains;
  for (guint i = 0; i < search->sequence->n_chains; i++)
    {
      const GArray *chain = search->sequence->chains->pdata[i];
      if (search->at[i] == chain->len)
        continue;
      guint32 next = g_array_index (chain, guint32, search->at[i]);
      if (NODE (search, next)->reads_only && may_come (search, next) && apply_counted (search, next) == 0)
        {
          take (search, next, 0, TRUE);
          return TRUE;
        }
    }
  return FALSE;
}

/* Takes the first candidate behind `index` that fits and leads where the search has not been. */
static gboolean
take_next (Search *search, guint32 index)
{
  Frame frame;
  for (index = candidate_after (search, index); index != NONE; index = candidate_after (search, index))
    {
      guint32 n_undo = NODE (search, index)->reads_only ? NONE : apply_counted (search, index);
      if (n_undo == NONE)
        continue;
      take (search, index, n_undo, FALSE);
      if (!buries (search, index, n_undo) && (search->left == 0 || remember (search)))
        return TRUE;
      give_back (search, &frame);
    }
  return FALSE;
}

/* Must it end? */
static gboolean
is_spent (Search *search)
{
  if (search->ticks / ORR_TICKS_A_STATE > search->states_left)
    return TRUE;
  if (search->ticks < search->next_look)
    return FALSE;
  search->next_look = search->ticks + ORR_TICKS_BETWEEN;
  return orr_budget_is_stopped (search->budget);
}

static OrrLinearAnswer
run (Search *search)
{
  while (search->left > 0)
    {
      guint32 index = NONE;
      if (is_spent (search))
        return ORR_LINEAR_UNDECIDED;
      if (take_read (search))
        continue;
      while (!take_next (search, index))
        {
          Frame frame = { .forced = TRUE };
          while (search->stack->len > 0 && frame.forced)
            give_back (search, &frame);
          if (frame.forced)
            return ORR_LINEAR_VIOLATED;
          if (is_spent (search))
            return ORR_LINEAR_UNDECIDED;
          index = frame.node;
        }
    }
  return ORR_LINEAR_HOLDS;
}

/* --- Setting out --- */

static void
set_keys (Search *search)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);
  const GArray *keys = search->sequence->keys;
  search->n_keys = keys->len;
  search->state = g_new0 (OrrValue, MAX (keys->len, 1));
  for (guint i = 0; i < keys->len; i++)
    {
      OrrKey key = g_array_index (keys, OrrKey, i);
      g_hash_table_insert (numbers, GSIZE_TO_POINTER (key), GUINT_TO_POINTER (i));
      search->state[i] = orr_linear_initial (search->sequence->all, key);
    }
  for (guint32 i = 0; i < search->n; i++)
    {
      const OrrSequenceNode *node = NODE (search, i);
      search->keys[i] = orr_arena_alloc (search->arena, node->n_steps * sizeof (guint32));
      for (guint j = 0; j < node->n_steps; j++)
        search->keys[i][j]
            = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, GSIZE_TO_POINTER (node->steps[j].key)));
    }
}

static void
set_edges (Search *search)
{
  const GArray *edges = search->sequence->edges;
  memset (search->first_edge, 0xff, search->n * sizeof (guint32));
  for (guint32 i = 0; i < edges->len / 2; i++)
    {
      guint32 before = g_array_index (edges, guint32, 2 * i);
      search->waits[g_array_index (edges, guint32, 2 * i + 1)]++;
      search->next_edge[i] = search->first_edge[before];
      search->first_edge[before] = i;
    }
}

OrrLinearAnswer
orr_sequence_search (const OrrSequence *sequence, const OrrCheckBudget *budget, guint64 *states)
{
  guint32 n = sequence->nodes->len;
  Search search = { .sequence = sequence,
                    .budget = budget,
                    .states_left = *states,
                    .n = n,
                    .waits = g_new0 (guint32, n + 1),
                    .first_edge = g_new (guint32, n + 1),
                    .next_edge = g_new (guint32, sequence->edges->len / 2 + 1),
                    .at = g_new0 (guint32, sequence->n_chains + 1),
                    .taken = g_new0 (gboolean, n + 1),
                    .optional = g_new (guint32, n + 1),
                    .keys = g_new (guint32 *, n + 1),
                    .arena = orr_arena_new (),
                    .needs = g_hash_table_new (hash_undo, equal_undo),
                    .stack = g_array_new (FALSE, FALSE, sizeof (Frame)),
                    .undo = g_array_new (FALSE, FALSE, sizeof (Undo)),
                    .words = g_array_new (FALSE, FALSE, sizeof (guint64)),
                    .seen = g_hash_table_new (hash_words, equal_words) };
  set_keys (&search);
  search.terms = orr_linear_terms (sequence->all); /* with what the keys held */
  set_edges (&search);
  for (guint32 i = 0; i < n; i++)
    {
      count_needs (&search, i, 1);
      if (NODE (&search, i)->optional)
        search.optional[search.n_optional++] = i;
      else
        search.left++;
    }
  OrrLinearAnswer answer = run (&search);
  *states -= MIN (*states, search.ticks / ORR_TICKS_A_STATE);
  orr_terms_unref (search.terms);
  g_free (search.waits);
  g_free (search.first_edge);
  g_free (search.next_edge);
  g_free (search.at);
  g_free (search.taken);
  g_free (search.optional);
  g_free (search.keys);
  g_free (search.state);
  orr_arena_free (search.arena);
  g_hash_table_unref (search.needs);
  g_hash_table_unref (search.seen);
  g_array_unref (search.stack);
  g_array_unref (search.undo);
  g_array_unref (search.words);
  return answer;
}
