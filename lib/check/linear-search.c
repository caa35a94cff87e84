/* linear-search.c: any object, by search.
 *
 * Wing & Gong's search (1993) takes one operation after another of those that nothing else precedes, as the
 * object's rules allow, and goes back where none fits. Lowe (2017) remembers every pair of (operations taken,
 * state) that was tried, and keeps what is left in a linked list of calls and returns, so that the operations
 * that could come next are those before the first return.
 *
 * Four things that cannot change the answer keep it small. A read that fits is taken at once: later it could
 * only fit worse. Of operations that do the same, the one that must be done first is taken. One whose outcome
 * is unknown and that nobody can have noticed is left out from the start; and one that overwrites a register
 * is taken only right before an operation that looks at it.
 *
 * The set of operations taken is stored as the first one that is not, and bits for those behind it: they
 * overlap it, so that there are few. Operations of unknown outcome have bits of their own, since they overlap
 * everything. */
#include "check/linear-private.h"

#include <string.h>

#define NONE G_MAXUINT32

extern const OrrObject orr_object_register, orr_object_map, orr_object_list_append, orr_object_set,
    orr_object_queue, orr_object_stack, orr_object_text;

enum
{
  TICKS_OF_WALK = 1,  /* to look at an operation that could come next */
  TICKS_OF_MOVE = 8,  /* to look up what was worked out before */
  TICKS_OF_RULE = 24, /* to apply an object's rule */
  TICKS_OF_TERM = 16, /* to make a value of a list, or find it */
  TICKS_OF_LOOK = 64, /* to find out if a state was tried before */
  BYTES_OF_TERM = 32,
  BYTES_OF_STATE = 20, /* its number and slot */
  BYTES_OF_BYTES = 64, /* of a state of several keys, besides the keys */
};

/* What an operation does and must return: the same for all that do the same. */
typedef struct
{
  const OrrStep *steps;
  const OrrValue *values;
  guint32 n_steps;
  gboolean reads_only; /* changes nothing, whatever the state */
  gboolean blind;      /* its effect does not depend on the state, and it returns nothing */
  guint32 best;        /* of those that could come next, the one to be taken; as of `stamp` */
  guint64 stamp;
} Class;

typedef struct
{
  OrrTime call, back;
  guint32 index; /* into the part */
  guint32 class;
  guint32
      before;  /* the operation of the same process that must come first, although they touch; NONE: none */
  guint32 bit; /* among those of its sort, by call */
  gboolean optional, taken;
} Node;

/* A call or return, in a ring through the head at 0. A node's call is 2i + 1, its return 2i + 2. */
typedef struct
{
  guint32 next, previous;
} Link;

typedef struct
{
  guint32 node, state; /* state: before it was taken */
  guint32 base;        /* before it was taken */
  gboolean forced;     /* nothing else needs to be tried in its place */
  gboolean loose;      /* was the last one taken before it optional */
} Frame;

typedef struct
{
  guint32 hash;
  guint32 offset; /* into `words`, + 1; 0: free */
} Slot;

/* What a class makes of a state. */
typedef struct
{
  guint32 state, class; /* state + 1; 0: free */
  guint32 then;
} Move;

typedef struct
{
  const OrrLinearPart *part;
  OrrTerms *terms;
  const OrrCheckBudget *budget;
  guint64 states_left, ticks, next_look;

  GArray *nodes; /* Node, by call */
  Link *links;
  guint32 *calls_before; /* of each event: mandatory calls before it */
  guint32 n_mandatory, n_optional, left;
  gboolean is_register;

  GArray *classes;      /* Class */
  GHashTable *class_of; /* Class → index + 1 */

  guint n_keys; /* a state is so many values */
  OrrKey *keys;
  GArray *states;       /* OrrValue, n_keys each */
  GHashTable *state_of; /* only where n_keys > 1: GBytes → index + 1 */
  guint32 *state_slots; /* where n_keys is 1: by value */
  guint32 state_mask;

  Move *moves; /* the latest of each slot */
  guint32 n_moves, move_mask;

  guint64 *bits, *optional_bits; /* of those taken */
  guint32 base;                  /* the first word of `bits` that is not full */
  guint64 hash;

  Slot *slots;
  guint32 slot_mask, n_slots;
  GArray *words; /* guint64: what was visited, as the slots point to it */
  GArray *stack; /* Frame */
  guint64 stamp;
  guint32 furthest; /* node whose return was the first at the furthest place that was reached */
} Search;

#define NODE(search, i) (&g_array_index ((search)->nodes, Node, i))

static inline guint64
scramble (guint64 x)
{
  x += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

/* --- States, by number --- */

static void
fill_state_slots (Search *search, guint32 size)
{
  g_free (search->state_slots);
  search->state_slots = g_new0 (guint32, size);
  search->state_mask = size - 1;
  for (guint i = 0; i < search->states->len; i++)
    {
      guint32 slot = (guint32) scramble (g_array_index (search->states, OrrValue, i)) & search->state_mask;
      while (search->state_slots[slot])
        slot = (slot + 1) & search->state_mask;
      search->state_slots[slot] = i + 1;
    }
}

static guint32
find_single_state (Search *search, OrrValue value)
{
  guint32 slot = (guint32) scramble (value) & search->state_mask;
  for (; search->state_slots[slot]; slot = (slot + 1) & search->state_mask)
    if (g_array_index (search->states, OrrValue, search->state_slots[slot] - 1) == value)
      return search->state_slots[slot] - 1;
  g_array_append_val (search->states, value);
  search->ticks += ORR_TICKS_A_BYTE * BYTES_OF_STATE;
  search->state_slots[slot] = search->states->len;
  if (search->states->len > search->state_mask / 2)
    fill_state_slots (search, 2 * (search->state_mask + 1));
  return search->states->len - 1;
}

static guint32
find_state (Search *search, const OrrValue *values)
{
  if (search->n_keys == 1)
    return find_single_state (search, values[0]);
  GBytes *bytes = g_bytes_new (values, search->n_keys * sizeof *values);
  guint32 number = GPOINTER_TO_UINT (g_hash_table_lookup (search->state_of, bytes));
  if (number > 0)
    {
      g_bytes_unref (bytes);
      return number - 1;
    }
  g_array_append_vals (search->states, values, search->n_keys);
  search->ticks += ORR_TICKS_A_BYTE * (BYTES_OF_BYTES + 2 * search->n_keys * sizeof *values);
  number = search->states->len / search->n_keys;
  g_hash_table_insert (search->state_of, bytes, GUINT_TO_POINTER (number));
  return number - 1;
}

static guint
key_index (const Search *search, OrrKey key)
{
  guint index = 0;
  while (search->keys[index] != key)
    index++;
  return index;
}

/* What the class makes of a state; NONE: it does not fit. */
static guint32
apply (Search *search, guint32 state, const Class *class)
{
  OrrValue few[8];
  g_autofree OrrValue *many = search->n_keys > G_N_ELEMENTS (few) ? g_new (OrrValue, search->n_keys) : NULL;
  OrrValue *values = many ? many : few, returned;
  memcpy (values, &g_array_index (search->states, OrrValue, (gsize) state * search->n_keys),
          search->n_keys * sizeof *values);
  for (guint i = 0; i < class->n_steps; i++)
    {
      const OrrStep *step = &class->steps[i];
      if (step->kind == ORR_BULK_WRITE)
        continue;
      guint key = search->n_keys == 1 ? 0 : key_index (search, step->key);
      search->ticks += TICKS_OF_RULE + key;
      if (search->part->object->apply (search->terms, values[key], step, &values[key], &returned)
          != ORR_RULE_APPLIED)
        return NONE;
      if (class->values && orr_step_infos[step->kind].reads && returned != class->values[i])
        return NONE;
    }
  return find_state (search, values);
}

/* The same, with what the object's rules took. */
static guint32
apply_counted (Search *search, guint32 state, guint32 class)
{
  guint64 work = orr_terms_get_work (search->terms);
  guint n_terms = orr_terms_count (search->terms);
  guint32 then = apply (search, state, &g_array_index (search->classes, Class, class));
  search->ticks += TICKS_OF_TERM * (orr_terms_get_work (search->terms) - work)
                   + ORR_TICKS_A_BYTE * BYTES_OF_TERM * (guint64) (orr_terms_count (search->terms) - n_terms);
  return then;
}

static Move *
move_slot (const Search *search, guint32 state, guint32 class)
{
  return &search->moves[(guint32) scramble ((guint64) state << 32 | class) & search->move_mask];
}

static void
grow_moves (Search *search)
{
  g_autofree Move *old = search->moves;
  guint32 n = search->move_mask + 1;
  search->move_mask = 2 * n - 1;
  search->moves = g_new0 (Move, 2 * (gsize) n);
  for (guint32 i = 0; i < n; i++)
    if (old[i].state)
      *move_slot (search, old[i].state, old[i].class) = old[i];
}

/* So many moves are remembered at most: what is worked out again costs less than to look it up in a large
 * table. */
#define MOVES_MAX (1u << 16)

/* The same, remembered. */
static guint32
move (Search *search, guint32 state, guint32 class)
{
  Move *slot = move_slot (search, state + 1, class);
  search->ticks += TICKS_OF_MOVE;
  if (slot->state == state + 1 && slot->class == class)
    return slot->then;
  guint32 then = apply_counted (search, state, class);
  *slot = (Move){ state + 1, class, then };
  if (++search->n_moves > search->move_mask / 2 && search->move_mask < MOVES_MAX - 1)
    grow_moves (search);
  return then;
}

/* --- Classes --- */

static guint
hash_class (gconstpointer data)
{
  const Class *class = data;
  guint64 hash = class->values ? 1 : 2;
  for (guint i = 0; i < class->n_steps; i++)
    {
      const OrrStep *step = &class->steps[i];
      hash = scramble (hash ^ step->kind);
      hash = scramble (hash ^ step->key);
      hash = scramble (hash ^ step->value);
      hash = scramble (hash ^ step->expected);
      if (class->values && orr_step_infos[step->kind].reads)
        hash = scramble (hash ^ class->values[i]);
    }
  return (guint) hash;
}

static gboolean
equal_class (gconstpointer a, gconstpointer b)
{
  const Class *left = a, *right = b;
  if (left->n_steps != right->n_steps || !left->values != !right->values)
    return FALSE;
  for (guint i = 0; i < left->n_steps; i++)
    {
      const OrrStep *one = &left->steps[i], *other = &right->steps[i];
      if (one->kind != other->kind || one->key != other->key || one->value != other->value
          || one->expected != other->expected)
        return FALSE;
      if (left->values && orr_step_infos[one->kind].reads && left->values[i] != right->values[i])
        return FALSE;
    }
  return TRUE;
}

/* Does it return anything that must be looked at? */
static gboolean
returns (const OrrLinearEntry *entry)
{
  for (guint i = 0; entry->values && i < entry->n_steps; i++)
    if (orr_step_infos[entry->steps[i].kind].reads)
      return TRUE;
  return FALSE;
}

static guint32
find_class (Search *search, const OrrLinearEntry *entry)
{
  Class class = { .steps = entry->steps,
                  .values = returns (entry) ? entry->values : NULL,
                  .n_steps = entry->n_steps,
                  .reads_only = orr_linear_reads_only (entry),
                  .blind = search->is_register && entry->n_steps == 1
                           && (entry->steps->kind == ORR_WRITE || entry->steps->kind == ORR_DELETE) };
  guint32 number = GPOINTER_TO_UINT (g_hash_table_lookup (search->class_of, &class));
  if (number > 0)
    return number - 1;
  g_array_append_val (search->classes, class);
  number = search->classes->len;
  g_hash_table_insert (search->class_of, g_memdup2 (&class, sizeof class), GUINT_TO_POINTER (number));
  return number - 1;
}

/* --- Setting out --- */

static gint
compare_nodes (gconstpointer a, gconstpointer b)
{
  const Node *left = a, *right = b;
  if (left->call != right->call)
    return left->call < right->call ? -1 : 1;
  return left->index < right->index ? -1 : left->index > right->index;
}

static void
add_nodes (Search *search)
{
  g_autofree gboolean *matters = orr_linear_notice (search->part);
  for (guint i = 0; i < search->part->n; i++)
    {
      OrrLinearEntry entry = orr_linear_entry (search->part, i);
      if (!matters[i])
        continue;
      Node node = { entry.call, entry.back, i, find_class (search, &entry), NONE, 0, entry.optional, FALSE };
      g_array_append_val (search->nodes, node);
    }
  g_array_sort (search->nodes, compare_nodes);
}

/* Numbers nodes, and finds those of one process that touch. */
static void
number_nodes (Search *search)
{
  const OrrHistory *history = search->part->history;
  g_autoptr (GHashTable) last = g_hash_table_new (NULL, NULL); /* process → node + 1, where some touch */
  for (guint i = 0; i < search->nodes->len; i++)
    {
      Node *node = NODE (search, i);
      node->bit = node->optional ? search->n_optional++ : search->n_mandatory++;
      if (!search->part->touches || (search->part->taken && search->part->taken[node->index]))
        continue;
      guint32 process = orr_history_operation (history, search->part->operations[node->index])->process;
      guint32 before = GPOINTER_TO_UINT (g_hash_table_lookup (last, GUINT_TO_POINTER (process + 1)));
      if (before > 0 && NODE (search, before - 1)->back == node->call)
        node->before = before - 1;
      g_hash_table_insert (last, GUINT_TO_POINTER (process + 1), GUINT_TO_POINTER (i + 1));
    }
  search->left = search->n_mandatory;
}

static gint
compare_backs (gconstpointer a, gconstpointer b, gpointer data)
{
  const Search *search = data;
  const Node *left = NODE (search, *(const guint32 *) a), *right = NODE (search, *(const guint32 *) b);
  if (left->back != right->back)
    return left->back < right->back ? -1 : 1;
  return *(const guint32 *) a < *(const guint32 *) b ? -1 : 1;
}

/* Calls and returns in order; calls first where they meet. */
static void
link_events (Search *search)
{
  guint n = search->nodes->len, call = 0;
  search->links = g_new0 (Link, 2 * n + 1);
  search->calls_before = g_new0 (guint32, 2 * n + 1);
  g_autoptr (GArray) backs = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint32 i = 0; i < n; i++)
    if (!NODE (search, i)->optional)
      g_array_append_val (backs, i);
  g_array_sort_with_data (backs, compare_backs, search);
  guint32 last = 0, mandatory = 0;
  for (guint i = 0; call < n || i < backs->len;)
    {
      guint32 back = i < backs->len ? g_array_index (backs, guint32, i) : NONE, event;
      if (call < n && (back == NONE || NODE (search, call)->call <= NODE (search, back)->back))
        {
          mandatory += !NODE (search, call)->optional;
          event = 2 * call++ + 1;
        }
      else
        {
          event = 2 * back + 2;
          i++;
        }
      search->calls_before[event] = mandatory;
      search->links[last].next = event;
      search->links[event].previous = last;
      last = event;
    }
  search->links[last].next = 0;
  search->links[0].previous = last;
  search->calls_before[0] = mandatory;
}

static void
set_keys (Search *search)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (OrrKey));
  for (guint i = 0; i < search->classes->len; i++)
    {
      const Class *class = &g_array_index (search->classes, Class, i);
      for (guint j = 0; j < class->n_steps; j++)
        {
          guint k = 0;
          while (k < keys->len && g_array_index (keys, OrrKey, k) != class->steps[j].key)
            k++;
          if (k == keys->len && class->steps[j].kind != ORR_BULK_WRITE)
            g_array_append_val (keys, class->steps[j].key);
        }
    }
  search->n_keys = MAX (keys->len, 1);
  search->keys = (OrrKey *) g_array_free (keys, FALSE);
}

/* The state before anything happened: number 0. */
static void
set_initial_state (Search *search, guint n_known)
{
  g_autofree OrrValue *values = g_new0 (OrrValue, search->n_keys);
  for (guint i = 0; i < search->n_keys && n_known > 0; i++)
    values[i] = orr_linear_initial (search->part, search->keys[i]);
  find_state (search, values);
}

OrrTerms *
orr_linear_terms (const OrrLinearPart *part)
{
  const OrrObject *object = part->object;
  gboolean makes = object == &orr_object_list_append || object == &orr_object_set
                   || object == &orr_object_queue || object == &orr_object_stack
                   || object == &orr_object_text;
  return makes ? orr_terms_copy (part->history->terms) : orr_terms_ref (part->history->terms);
}

#define FIRST_SIZE 1024

static void
search_init (Search *search, const OrrLinearPart *part, const OrrCheckBudget *budget, guint64 states)
{
  *search = (Search){ .part = part,
                      .terms = part->history->terms,
                      .budget = budget,
                      .states_left = states,
                      .is_register = part->object == &orr_object_register || part->object == &orr_object_map,
                      .nodes = g_array_new (FALSE, FALSE, sizeof (Node)),
                      .classes = g_array_new (FALSE, FALSE, sizeof (Class)),
                      .class_of = g_hash_table_new_full (hash_class, equal_class, g_free, NULL),
                      .states = g_array_new (FALSE, FALSE, sizeof (OrrValue)),
                      .state_of = g_hash_table_new_full (g_bytes_hash, g_bytes_equal,
                                                         (GDestroyNotify) g_bytes_unref, NULL),
                      .words = g_array_new (FALSE, FALSE, sizeof (guint64)),
                      .stack = g_array_new (FALSE, FALSE, sizeof (Frame)),
                      .moves = g_new0 (Move, FIRST_SIZE),
                      .move_mask = FIRST_SIZE - 1,
                      .slots = g_new0 (Slot, FIRST_SIZE),
                      .slot_mask = FIRST_SIZE - 1,
                      .furthest = NONE };
  add_nodes (search);
  number_nodes (search);
  link_events (search);
  set_keys (search);
  fill_state_slots (search, FIRST_SIZE);
  set_initial_state (search, search->classes->len);
  search->bits = g_new0 (guint64, search->n_mandatory / 64 + 2);
  search->optional_bits = g_new0 (guint64, search->n_optional / 64 + 1);
  search->terms = orr_linear_terms (part);
}

static void
search_clear (Search *search)
{
  g_array_unref (search->nodes);
  g_array_unref (search->classes);
  g_hash_table_unref (search->class_of);
  g_array_unref (search->states);
  g_hash_table_unref (search->state_of);
  g_array_unref (search->words);
  g_array_unref (search->stack);
  g_free (search->links);
  g_free (search->calls_before);
  g_free (search->keys);
  g_free (search->state_slots);
  g_free (search->moves);
  g_free (search->bits);
  g_free (search->optional_bits);
  g_free (search->slots);
  orr_terms_unref (search->terms);
}

/* --- What was tried --- */

static void
grow_slots (Search *search)
{
  g_autofree Slot *old = search->slots;
  guint32 n = search->slot_mask + 1;
  search->slot_mask = 2 * n - 1;
  search->slots = g_new0 (Slot, 2 * (gsize) n);
  for (guint32 i = 0; i < n; i++)
    if (old[i].offset)
      {
        guint32 slot = old[i].hash & search->slot_mask;
        while (search->slots[slot].offset)
          slot = (slot + 1) & search->slot_mask;
        search->slots[slot] = old[i];
      }
}

/* The pair of operations taken and state as words: first its length and where its bits begin. No operation is
 * taken that was called after the first return that is left, hence `end`. */
static void
write_key (Search *search, guint32 state, gboolean loose, guint32 end, GArray *words)
{
  guint32 optional = (search->n_optional + 63) / 64, last = MAX (search->base, (end + 63) / 64);
  guint64 head = (guint64) search->base << 32 | state, length = 2 + (last - search->base) + optional;
  guint64 first = length << 1 | loose;
  g_array_append_val (words, first);
  g_array_append_val (words, head);
  g_array_append_vals (words, search->bits + search->base, last - search->base);
  g_array_append_vals (words, search->optional_bits, optional);
}

/* Remembers it. FALSE: it was tried before. */
static gboolean
remember (Search *search, guint32 state, gboolean loose, guint32 end)
{
  guint32 hash = (guint32) scramble (search->hash ^ ((guint64) state << 1 | loose)),
          offset = search->words->len;
  write_key (search, state, loose, end, search->words);
  const guint64 *words = (const guint64 *) search->words->data;
  guint64 size = (words[offset] >> 1) * sizeof *words;
  guint32 slot = hash & search->slot_mask;
  search->ticks += TICKS_OF_LOOK + size / 4;
  for (; search->slots[slot].offset; slot = (slot + 1) & search->slot_mask)
    {
      const guint64 *other = words + search->slots[slot].offset - 1;
      if (search->slots[slot].hash == hash && other[0] == words[offset]
          && memcmp (other, words + offset, size) == 0)
        {
          g_array_set_size (search->words, offset);
          return FALSE;
        }
    }
  search->slots[slot] = (Slot){ hash, offset + 1 };
  if (++search->n_slots > search->slot_mask / 4 * 3)
    grow_slots (search);
  search->ticks += ORR_TICKS_A_BYTE * (size + 2 * sizeof (Slot));
  return TRUE;
}

/* --- Walking --- */

static void
toggle (Search *search, guint32 index)
{
  Node *node = NODE (search, index);
  guint64 *bits = node->optional ? search->optional_bits : search->bits;
  bits[node->bit / 64] ^= G_GUINT64_CONSTANT (1) << node->bit % 64;
  search->hash ^= scramble (index);
  node->taken = !node->taken;
}

static void
lift (Search *search, guint32 index)
{
  Link *links = search->links;
  guint32 call = 2 * index + 1, back = call + 1;
  links[links[call].previous].next = links[call].next;
  links[links[call].next].previous = links[call].previous;
  if (!NODE (search, index)->optional)
    {
      links[links[back].previous].next = links[back].next;
      links[links[back].next].previous = links[back].previous;
      search->left--;
    }
  toggle (search, index);
  while (search->bits[search->base] == G_MAXUINT64)
    search->base++;
}

static void
unlift (Search *search, guint32 index)
{
  Link *links = search->links;
  guint32 call = 2 * index + 1, back = call + 1;
  if (!NODE (search, index)->optional)
    {
      links[links[back].previous].next = back;
      links[links[back].next].previous = back;
      search->left++;
    }
  links[links[call].previous].next = call;
  links[links[call].next].previous = call;
  toggle (search, index);
}

static inline gboolean
may_come (const Search *search, const Node *node)
{
  return node->before == NONE || NODE (search, node->before)->taken;
}

/* Is `a` to be taken rather than `b`, which does the same? */
static inline gboolean
goes_first (const Node *a, const Node *b)
{
  return a->back < b->back;
}

/* Looks at all that could come next: of each class, which is to be taken. Returns a read that fits; NONE:
 * none does. The event at which they end goes into `ret_end`. */
static guint32
survey (Search *search, guint32 state, guint32 *ret_end)
{
  guint32 event = search->links[0].next;
  search->stamp++;
  for (; event && (event & 1); event = search->links[event].next)
    {
      guint32 index = event / 2;
      const Node *node = NODE (search, index);
      Class *class = &g_array_index (search->classes, Class, node->class);
      search->ticks += TICKS_OF_WALK;
      if (!may_come (search, node))
        continue;
      if (class->reads_only && move (search, state, node->class) != NONE)
        return index;
      if (class->stamp != search->stamp || goes_first (node, NODE (search, class->best)))
        {
          class->stamp = search->stamp;
          class->best = index;
        }
    }
  *ret_end = event;
  return NONE;
}

/* Is there no need to try it here? */
static gboolean
is_idle (const Search *search, guint32 index, gboolean loose)
{
  const Node *node = NODE (search, index);
  const Class *class = &g_array_index (search->classes, Class, node->class);
  if (!may_come (search, node) || class->reads_only || (loose && class->blind))
    return TRUE;
  const Node *best = NODE (search, class->best);
  return class->best != index && (goes_first (best, node) || (node->optional && best->optional));
}

static void
push (Search *search, guint32 index, guint32 state, gboolean forced, gboolean loose)
{
  Frame frame = { index, state, search->base, forced, loose };
  g_array_append_val (search->stack, frame);
  lift (search, index);
}

/* Tries what could come next from `event` on. The state after it; NONE: nothing does. */
static guint32
step (Search *search, guint32 event, guint32 state, gboolean *loose)
{
  for (; event && (event & 1); event = search->links[event].next)
    {
      guint32 index = event / 2;
      if (is_idle (search, index, *loose))
        continue;
      const Node *node = NODE (search, index);
      guint32 then = move (search, state, node->class);
      if (then == NONE || (node->optional && then == state))
        continue;
      gboolean next_loose = node->optional && search->is_register && search->part->plain;
      push (search, index, state, FALSE, *loose);
      guint32 first = search->links[0].next;
      while (first && (first & 1))
        first = search->links[first].next;
      if (search->left == 0 || remember (search, then, next_loose, search->calls_before[first]))
        {
          *loose = next_loose;
          return then;
        }
      unlift (search, index);
      search->base = g_array_index (search->stack, Frame, search->stack->len - 1).base;
      g_array_set_size (search->stack, search->stack->len - 1);
    }
  return NONE;
}

/* Takes back the last choice that had another. FALSE: there is none. */
static gboolean
go_back (Search *search, guint32 *state, gboolean *loose, guint32 *ret_event)
{
  while (search->stack->len > 0)
    {
      Frame frame = g_array_index (search->stack, Frame, search->stack->len - 1);
      g_array_set_size (search->stack, search->stack->len - 1);
      unlift (search, frame.node);
      search->base = frame.base;
      *state = frame.state;
      *loose = frame.loose;
      if (!frame.forced)
        {
          *ret_event = search->links[2 * frame.node + 1].next;
          return TRUE;
        }
    }
  return FALSE;
}

static void
note_furthest (Search *search, guint32 event)
{
  if (event == 0)
    return;
  guint32 index = event / 2 - 1;
  if (search->furthest == NONE || compare_backs (&search->furthest, &index, search) < 0)
    search->furthest = index;
}

/* Must it end? */
static gboolean
is_spent (Search *search)
{
  if (search->ticks / ORR_TICKS_A_STATE > search->states_left || search->words->len > G_MAXINT32)
    return TRUE;
  if (search->ticks < search->next_look)
    return FALSE;
  search->next_look = search->ticks + ORR_TICKS_BETWEEN;
  return orr_budget_is_stopped (search->budget);
}

static OrrLinearAnswer
run (Search *search)
{
  guint32 state = 0, end = 0;
  gboolean loose = FALSE;
  while (search->left > 0)
    {
      if (is_spent (search))
        return ORR_LINEAR_UNDECIDED;
      guint32 read = survey (search, state, &end);
      if (read != NONE)
        {
          gboolean optional = NODE (search, read)->optional;
          g_assert (!optional);
          push (search, read, state, TRUE, loose);
          loose = FALSE;
          continue;
        }
      note_furthest (search, end);
      guint32 event = search->links[0].next, then = step (search, event, state, &loose);
      while (then == NONE)
        {
          if (!go_back (search, &state, &loose, &event))
            return ORR_LINEAR_VIOLATED;
          if (is_spent (search))
            return ORR_LINEAR_UNDECIDED;
          survey (search, state, &end);
          then = step (search, event, state, &loose);
        }
      state = then;
    }
  return ORR_LINEAR_HOLDS;
}

/* What was called before the return that the search never got past cannot be put into order. */
static void
list_suspects (Search *search, GArray *suspects)
{
  if (search->furthest == NONE)
    return;
  OrrTime back = NODE (search, search->furthest)->back;
  for (guint i = 0; i < search->nodes->len; i++)
    if (NODE (search, i)->call <= back)
      g_array_append_val (suspects, NODE (search, i)->index);
}

OrrLinearAnswer
orr_linear_search (const OrrLinearPart *part, const OrrCheckBudget *budget, guint64 *states, GArray *suspects)
{
  Search search;
  search_init (&search, part, budget, *states);
  OrrLinearAnswer answer = run (&search);
  *states -= MIN (*states, search.ticks / ORR_TICKS_A_STATE);
  if (answer == ORR_LINEAR_VIOLATED && suspects)
    list_suspects (&search, suspects);
  search_clear (&search);
  return answer;
}
