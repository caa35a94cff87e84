/* linear-queue.c: queues, in nearly linear time.
 *
 * A history of a queue whose values are enqueued once each is linearizable exactly if four things never
 * happen (Henzinger, Sezgin & Vafeiadis 2013): a value is dequeued that was not enqueued before (VFresh), or
 * twice (VRepet); a value overtakes another that was certainly enqueued before it (VOrd); the queue is said
 * to be empty all the while that certainly something was in it (VWit). Each is found by a sort and a walk.
 *
 * Of a value that is enqueued several times, what goes in as the k-th comes out as the k-th. When that was,
 * is bounded by the k-th of all calls and the k-th of all returns: if one of the four happens within such
 * wide bounds, it did happen. And if none happens when the k-th enqueue by its return (or by its call) is
 * taken for the k-th, and likewise of the dequeues, then there is an order. Where neither is so the search
 * must tell. A dequeue of unknown outcome could have taken anything: such histories are for the search, too.
 */
#include "check/linear-private.h"

#include <stdlib.h>

extern const OrrObject orr_object_queue;

/* A value with the moments between which it went in and came out. */
typedef struct
{
  OrrTime in_call, in_back, out_call, out_back;
  guint in, out; /* entries; G_MAXUINT: none */
} Item;

/* What put a value in, or took one out. */
typedef struct
{
  OrrValue value;
  OrrTime call, back;
  guint index;
} Move;

/* One sort of moves, by value: first those of each by their calls, and by their returns. */
typedef struct
{
  GArray *by_call, *by_back; /* Move */
} Moves;

typedef struct
{
  const OrrLinearPart *part;
  gboolean tight;
  Moves ins, outs;
  gboolean repeated; /* some value goes in or out more than once */
  GArray *items;     /* Item */
  GArray *empties;   /* guint: dequeues that found nothing */
  guint n_free;      /* dequeues that were taken away: they may have taken anything, at any time */
  GArray *suspects;  /* may be NULL */
} Queue;

/* How moves of one value are taken to be in order. */
typedef enum
{
  BOUNDS, /* within what bounds the k-th must be */
  BY_CALL,
  BY_BACK,
} Guess;

static gboolean
suspect (Queue *queue, guint index)
{
  if (queue->suspects && index != G_MAXUINT)
    g_array_append_val (queue->suspects, index);
  return FALSE;
}

static const Move *
move_at (const GArray *moves, guint index)
{
  return &g_array_index (moves, Move, index);
}

/* Whatever put the value in or took it out. */
static void
suspect_value (Queue *queue, const Moves *moves, OrrValue value)
{
  for (guint i = 0; i < moves->by_call->len; i++)
    if (move_at (moves->by_call, i)->value == value)
      suspect (queue, move_at (moves->by_call, i)->index);
}

/* Which of several moves of one value it was is not known: then all of them. */
static gboolean
suspect_item (Queue *queue, const Item *item)
{
  if (!queue->repeated)
    {
      suspect (queue, item->in);
      return suspect (queue, item->out);
    }
  OrrLinearEntry entry = orr_linear_entry (queue->part, item->in == G_MAXUINT ? item->out : item->in);
  OrrValue value = item->in == G_MAXUINT ? entry.values[0] : entry.steps->value;
  suspect_value (queue, &queue->ins, value);
  suspect_value (queue, &queue->outs, value);
  return FALSE;
}

/* --- What goes in and comes out --- */

static gboolean
add_enqueue (Queue *queue, guint index, const OrrLinearEntry *entry)
{
  Move move = { entry->steps->value, entry->call, orr_linear_back (queue->part, index, entry, queue->tight),
                index };
  g_array_append_val (queue->ins.by_call, move);
  return move.value != ORR_NIL;
}

static gboolean
add_dequeue (Queue *queue, guint index, const OrrLinearEntry *entry)
{
  if (entry->optional && entry->call == G_MININT64)
    {
      queue->n_free++;
      return TRUE;
    }
  if (entry->optional || !entry->values)
    return FALSE;
  if (entry->values[0] == ORR_NIL)
    {
      g_array_append_val (queue->empties, index);
      return TRUE;
    }
  Move move
      = { entry->values[0], entry->call, orr_linear_back (queue->part, index, entry, queue->tight), index };
  g_array_append_val (queue->outs.by_call, move);
  return TRUE;
}

static gint
compare_moves (gconstpointer a, gconstpointer b)
{
  const Move *left = a, *right = b;
  if (left->value != right->value)
    return left->value < right->value ? -1 : 1;
  if (left->call != right->call)
    return left->call < right->call ? -1 : 1;
  return left->index < right->index ? -1 : left->index > right->index;
}

static gint
compare_move_backs (gconstpointer a, gconstpointer b)
{
  const Move *left = a, *right = b;
  if (left->value != right->value || left->back == right->back)
    return compare_moves (a, b);
  return left->back < right->back ? -1 : 1;
}

/* TRUE: some value moves more than once. */
static gboolean
sort_moves (Moves *moves)
{
  gboolean repeated = FALSE;
  g_array_sort (moves->by_call, compare_moves);
  for (guint i = 1; i < moves->by_call->len && !repeated; i++)
    repeated = move_at (moves->by_call, i)->value == move_at (moves->by_call, i - 1)->value;
  moves->by_back = repeated ? g_array_copy (moves->by_call) : g_array_ref (moves->by_call);
  if (repeated)
    g_array_sort (moves->by_back, compare_move_backs);
  return repeated;
}

/* FALSE: this way is not for such a queue. */
static gboolean
collect (Queue *queue)
{
  gboolean fits = TRUE;
  for (guint i = 0; i < queue->part->n && fits; i++)
    {
      OrrLinearEntry entry = orr_linear_entry (queue->part, i);
      fits = entry.steps->kind == ORR_ENQUEUE ? add_enqueue (queue, i, &entry)
                                              : add_dequeue (queue, i, &entry);
    }
  queue->repeated = sort_moves (&queue->ins);
  queue->repeated |= sort_moves (&queue->outs);
  return fits;
}

/* How many moves from one on are of the same value. */
static guint
count_same (const Moves *moves, guint first, OrrValue value)
{
  guint end = first;
  while (end < moves->by_call->len && move_at (moves->by_call, end)->value == value)
    end++;
  return end - first;
}

/* The k-th of a value is one move, or within the bounds of two. */
static void
place (const Moves *moves, guint index, guint earlier, Guess guess, OrrTime *ret_call, OrrTime *ret_back,
       guint *ret_index)
{
  const Move *back = move_at (guess == BY_CALL ? moves->by_call : moves->by_back, index), *call = back;
  if (guess == BOUNDS)
    call = move_at (moves->by_call, index - earlier);
  *ret_call = call->call;
  *ret_back = back->back;
  *ret_index = back->index;
}

/* Items of one value. Dequeues that were taken away may have taken some of them first, if there are more than
 * came out: then those that are there are later ones. */
static void
add_items (Queue *queue, guint first_in, guint n_in, guint first_out, guint n_out, Guess in, Guess out)
{
  guint n_free = out == BOUNDS && n_in > n_out ? MIN (queue->n_free, n_in - n_out) : 0;
  for (guint i = 0; i < MAX (n_in, n_out); i++)
    {
      Item item = { ORR_TIME_NEVER, ORR_TIME_NEVER, ORR_TIME_NEVER, ORR_TIME_NEVER, G_MAXUINT, G_MAXUINT };
      if (i < n_in)
        place (&queue->ins, first_in + i, 0, in, &item.in_call, &item.in_back, &item.in);
      if (i < n_out)
        place (&queue->outs, first_out + i, MIN (i, n_free), out, &item.out_call, &item.out_back, &item.out);
      if (i < MIN (n_out, n_free))
        item.out_call = G_MININT64;
      g_array_append_val (queue->items, item);
    }
}

static void
make_items (Queue *queue, Guess in, Guess out)
{
  const GArray *ins = queue->ins.by_call, *outs = queue->outs.by_call;
  g_array_set_size (queue->items, 0);
  for (guint i = 0, j = 0, n_in, n_out; i < ins->len || j < outs->len; i += n_in, j += n_out)
    {
      OrrValue value = i == ins->len    ? move_at (outs, j)->value
                       : j == outs->len ? move_at (ins, i)->value
                                        : MIN (move_at (ins, i)->value, move_at (outs, j)->value);
      n_in = count_same (&queue->ins, i, value);
      n_out = count_same (&queue->outs, j, value);
      add_items (queue, i, n_in, j, n_out, in, out);
    }
}

/* --- The four mistakes --- */

/* Dequeues that may have taken anything at any time can take all that stayed, if they are as many: then that
 * bounds nothing. FALSE: there are some, but too few. */
static gboolean
free_what_stayed (Queue *queue)
{
  guint kept = 0, n_stayed = 0;
  if (queue->n_free == 0)
    return TRUE;
  for (guint i = 0; i < queue->items->len; i++)
    {
      const Item *item = &g_array_index (queue->items, Item, i);
      if (item->out != G_MAXUINT)
        g_array_index (queue->items, Item, kept++) = *item;
      else
        n_stayed += item->in_back != ORR_TIME_NEVER;
    }
  g_array_set_size (queue->items, kept);
  return n_stayed <= queue->n_free;
}

/* VFresh and VRepet: nothing comes out more often than it went in, or before. */
static gboolean
is_fresh (Queue *queue)
{
  for (guint i = 0; i < queue->items->len; i++)
    {
      const Item *item = &g_array_index (queue->items, Item, i);
      if (item->out != G_MAXUINT && (item->in == G_MAXUINT || item->out_back < item->in_call))
        return suspect_item (queue, item);
    }
  return TRUE;
}

static gint
compare_in_call (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  const Item *left = *(Item *const *) a, *right = *(Item *const *) b;
  return left->in_call < right->in_call ? -1 : left->in_call > right->in_call;
}

static gint
compare_in_back (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  const Item *left = *(Item *const *) a, *right = *(Item *const *) b;
  return left->in_back < right->in_back ? -1 : left->in_back > right->in_back;
}

/* The items in one of two orders. What may never have gone in, and never came out, is left out. */
static Item **
sorted (const Queue *queue, GCompareDataFunc compare, guint *ret_n)
{
  Item **order = g_new (Item *, queue->items->len + 1);
  guint n = 0;
  for (guint i = 0; i < queue->items->len; i++)
    {
      Item *item = &g_array_index (queue->items, Item, i);
      if (item->in_back != ORR_TIME_NEVER || item->out != G_MAXUINT)
        order[n++] = item;
    }
  g_qsort_with_data (order, (gint) n, sizeof *order, compare, NULL);
  *ret_n = n;
  return order;
}

/* VOrd: of all that was certainly enqueued before, nothing comes out certainly later. */
static gboolean
is_ordered (Queue *queue)
{
  guint n, earlier = 0;
  g_autofree Item **by_call = sorted (queue, compare_in_call, &n);
  g_autofree Item **by_back = sorted (queue, compare_in_back, &n);
  const Item *latest = NULL;
  for (guint i = 0; i < n; i++)
    {
      for (; earlier < n && by_back[earlier]->in_back < by_call[i]->in_call; earlier++)
        if (!latest || by_back[earlier]->out_call > latest->out_call)
          latest = by_back[earlier];
      if (latest && by_call[i]->out != G_MAXUINT && by_call[i]->out_back < latest->out_call)
        {
          suspect_item (queue, latest);
          return suspect_item (queue, by_call[i]);
        }
    }
  return TRUE;
}

/* From when to when certainly something was in the queue, without a gap; [first, end) of the items that show
 * it. */
typedef struct
{
  OrrTime from, to;
  guint first, end;
} Stretch;

static GArray *
list_stretches (Item **by_back, guint n)
{
  GArray *stretches = g_array_new (FALSE, FALSE, sizeof (Stretch));
  for (guint i = 0; i < n && by_back[i]->in_back != ORR_TIME_NEVER; i++)
    {
      const Item *item = by_back[i];
      Stretch *last = stretches->len > 0 ? &g_array_index (stretches, Stretch, stretches->len - 1) : NULL;
      Stretch next = { item->in_back, item->out_call, i, i + 1 };
      if (item->in_back >= item->out_call)
        continue;
      if (last && item->in_back < last->to)
        {
          last->to = MAX (last->to, item->out_call);
          last->end = i + 1;
        }
      else
        g_array_append_val (stretches, next);
    }
  return stretches;
}

static gint
compare_stretch (gconstpointer wanted, gconstpointer element)
{
  const OrrTime *time = wanted;
  const Stretch *stretch = element;
  return *time <= stretch->from ? -1 : *time >= stretch->to ? 1 : 0;
}

/* VWit: each dequeue that found nothing spans a moment in which there may have been nothing. */
static gboolean
is_witnessed (Queue *queue)
{
  guint n;
  g_autofree Item **by_back = sorted (queue, compare_in_back, &n);
  g_autoptr (GArray) stretches = list_stretches (by_back, n);
  for (guint i = 0; i < queue->empties->len && stretches->len > 0; i++)
    {
      guint index = g_array_index (queue->empties, guint, i);
      OrrLinearEntry entry = orr_linear_entry (queue->part, index);
      OrrTime back = orr_linear_back (queue->part, index, &entry, queue->tight);
      if (back < entry.call) /* it has no moment of its own, as when seen too tight: not known to be right */
        return suspect (queue, index);
      const Stretch *stretch
          = bsearch (&entry.call, stretches->data, stretches->len, sizeof (Stretch), compare_stretch);
      if (!stretch || back >= stretch->to)
        continue;
      for (guint j = stretch->first; j < stretch->end && !queue->repeated; j++)
        suspect_item (queue, by_back[j]);
      return suspect (queue, index);
    }
  return TRUE;
}

static OrrLinearAnswer
judge (Queue *queue, Guess in, Guess out)
{
  make_items (queue, in, out);
  if (!free_what_stayed (queue))
    return ORR_LINEAR_OTHER;
  return is_fresh (queue) && is_ordered (queue) && is_witnessed (queue) ? ORR_LINEAR_HOLDS
                                                                        : ORR_LINEAR_VIOLATED;
}

/* Does one of some likely orders of what has the same value make it right? */
static OrrLinearAnswer
try_orders (Queue *queue)
{
  static const Guess guesses[][2]
      = { { BY_BACK, BY_BACK }, { BY_CALL, BY_BACK }, { BY_BACK, BY_CALL }, { BY_CALL, BY_CALL } };
  queue->suspects = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (guesses); i++)
    if (judge (queue, guesses[i][0], guesses[i][1]) == ORR_LINEAR_HOLDS)
      return ORR_LINEAR_HOLDS;
  return ORR_LINEAR_OTHER;
}

OrrLinearAnswer
orr_linear_queue (const OrrLinearPart *part, gboolean tight, GArray *suspects)
{
  if (!part->plain || part->object != &orr_object_queue)
    return ORR_LINEAR_OTHER;
  Queue queue = { .part = part,
                  .tight = tight,
                  .ins.by_call = g_array_new (FALSE, FALSE, sizeof (Move)),
                  .outs.by_call = g_array_new (FALSE, FALSE, sizeof (Move)),
                  .items = g_array_new (FALSE, FALSE, sizeof (Item)),
                  .empties = g_array_new (FALSE, FALSE, sizeof (guint)),
                  .suspects = suspects };
  OrrLinearAnswer answer = collect (&queue) ? judge (&queue, BOUNDS, BOUNDS) : ORR_LINEAR_OTHER;
  if (answer == ORR_LINEAR_HOLDS && queue.repeated)
    answer = try_orders (&queue);
  GArray *arrays[] = { queue.ins.by_call,  queue.ins.by_back, queue.outs.by_call,
                       queue.outs.by_back, queue.items,       queue.empties };
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_array_unref (arrays[i]);
  return answer;
}
