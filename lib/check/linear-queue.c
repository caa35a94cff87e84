/* linear-queue.c: queues whose values are enqueued once each, in nearly linear time.
 *
 * A history of a queue is linearizable exactly if four things never happen (Henzinger, Sezgin & Vafeiadis
 * 2013): a value is dequeued that was not enqueued before (VFresh), or twice (VRepet); a value overtakes
 * another that was certainly enqueued before it (VOrd); the queue is said to be empty all the while that
 * certainly something was in it (VWit). Each is found by a sort and a walk. A dequeue of unknown outcome
 * could have taken anything: such histories are for the search. */
#include "check/linear-private.h"

#include <stdlib.h>

extern const OrrObject orr_object_queue;

/* A value with the moments between which it went in and came out. */
typedef struct
{
  OrrTime in_call, in_back, out_call, out_back;
  guint in, out; /* entries; G_MAXUINT: none */
} Item;

typedef struct
{
  const OrrLinearPart *part;
  gboolean tight;
  GArray *items;     /* Item */
  GHashTable *found; /* value → index + 1 */
  GArray *empties;   /* guint: dequeues that found nothing */
  guint n_free;      /* dequeues that were taken away: they may have taken anything, at any time */
  GArray *suspects;  /* may be NULL */
} Queue;

static gboolean
suspect (Queue *queue, guint index)
{
  if (queue->suspects && index != G_MAXUINT)
    g_array_append_val (queue->suspects, index);
  return FALSE;
}

static gboolean
suspect_item (Queue *queue, const Item *item)
{
  suspect (queue, item->in);
  return suspect (queue, item->out);
}

static Item *
item_of (Queue *queue, OrrValue value)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (queue->found, GSIZE_TO_POINTER (value)));
  if (index == 0)
    {
      Item item = { ORR_TIME_NEVER, ORR_TIME_NEVER, ORR_TIME_NEVER, ORR_TIME_NEVER, G_MAXUINT, G_MAXUINT };
      g_array_append_val (queue->items, item);
      index = queue->items->len;
      g_hash_table_insert (queue->found, GSIZE_TO_POINTER (value), GUINT_TO_POINTER (index));
    }
  return &g_array_index (queue->items, Item, index - 1);
}

static OrrLinearAnswer
add_enqueue (Queue *queue, guint index, const OrrLinearEntry *entry)
{
  Item *item = item_of (queue, entry->steps->value);
  if (item->in != G_MAXUINT || entry->steps->value == ORR_NIL)
    return ORR_LINEAR_OTHER;
  item->in = index;
  item->in_call = entry->call;
  item->in_back = orr_linear_back (queue->part, index, entry, queue->tight);
  return ORR_LINEAR_HOLDS;
}

static OrrLinearAnswer
add_dequeue (Queue *queue, guint index, const OrrLinearEntry *entry)
{
  if (entry->optional && entry->call == G_MININT64)
    {
      queue->n_free++;
      return ORR_LINEAR_HOLDS;
    }
  if (entry->optional || !entry->values)
    return ORR_LINEAR_OTHER;
  if (entry->values[0] == ORR_NIL)
    {
      g_array_append_val (queue->empties, index);
      return ORR_LINEAR_HOLDS;
    }
  Item *item = item_of (queue, entry->values[0]);
  if (item->out != G_MAXUINT)
    {
      suspect_item (queue, item);
      suspect (queue, index);
      return ORR_LINEAR_VIOLATED; /* VRepet */
    }
  item->out = index;
  item->out_call = entry->call;
  item->out_back = orr_linear_back (queue->part, index, entry, queue->tight);
  return ORR_LINEAR_HOLDS;
}

static OrrLinearAnswer
collect (Queue *queue)
{
  OrrLinearAnswer answer = ORR_LINEAR_HOLDS;
  for (guint i = 0; i < queue->part->n && answer != ORR_LINEAR_OTHER; i++)
    {
      OrrLinearEntry entry = orr_linear_entry (queue->part, i);
      OrrLinearAnswer said = entry.steps->kind == ORR_ENQUEUE ? add_enqueue (queue, i, &entry)
                                                              : add_dequeue (queue, i, &entry);
      if (said != ORR_LINEAR_HOLDS)
        answer = said;
    }
  return answer;
}

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
      for (guint j = stretch->first; j < stretch->end; j++)
        suspect_item (queue, by_back[j]);
      return suspect (queue, index);
    }
  return TRUE;
}

OrrLinearAnswer
orr_linear_queue (const OrrLinearPart *part, gboolean tight, GArray *suspects)
{
  if (!part->plain || part->object != &orr_object_queue)
    return ORR_LINEAR_OTHER;
  Queue queue = { .part = part,
                  .tight = tight,
                  .items = g_array_new (FALSE, FALSE, sizeof (Item)),
                  .found = g_hash_table_new (NULL, NULL),
                  .empties = g_array_new (FALSE, FALSE, sizeof (guint)),
                  .suspects = suspects };
  OrrLinearAnswer answer = collect (&queue);
  if (answer == ORR_LINEAR_HOLDS && !free_what_stayed (&queue))
    answer = ORR_LINEAR_OTHER;
  if (answer == ORR_LINEAR_HOLDS && !(is_fresh (&queue) && is_ordered (&queue) && is_witnessed (&queue)))
    answer = ORR_LINEAR_VIOLATED;
  g_array_unref (queue.items);
  g_hash_table_unref (queue.found);
  g_array_unref (queue.empties);
  return answer;
}
