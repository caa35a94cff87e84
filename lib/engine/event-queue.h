/* event-queue.h: the pending events of a run, in the order in which they will happen. Internal to the engine.
 *
 * A simulation spends its life taking the earliest event out and putting a few later ones in. A heap does
 * that in log n steps that each miss the cache. This queue instead throws events unsorted into buckets of
 * equal width in time, and sorts a bucket once, when its turn has come (a calendar queue, Brown 1988, with
 * the late sort and the rungs of the ladder queue, Tang, Goh & Thng 2005). It cuts time, from now to its end,
 * into three:
 *
 *   - The window is sorted, and events are popped from it. What is pushed into its stretch of time goes to a
 *     sorted run and a small heap beside it.
 *   - Rungs, the deepest first, are rows of unsorted buckets. The next bucket of the deepest becomes the next
 *     window. If it is too full to be sorted at once, a new, deeper rung is made from its nearer part.
 *   - The far rung is one bucket, for all that lies beyond. It feeds the others in the same way.
 *
 * How wide a new rung's buckets are is measured from the events that go into it. So the widths follow the
 * load, whatever it is; nobody has to tell them.
 *
 * An event is therefore moved two or three times in its life, however many are pending. Buckets are chains of
 * chunks that come from a pool and go back to it, so that memory follows the number of pending events and the
 * steady state allocates nothing.
 *
 * Order is a value: (time, sequence). Two events never have equal sequences, so there is exactly one order,
 * whatever the queue's layout is. */
#pragma once

#include "base/time.h"

G_BEGIN_DECLS

typedef struct
{
  OrrTime time;     /* ≥ the time of the last event popped */
  guint64 sequence; /* unique; breaks ties in time */
  guint32 target;   /* whom it concerns: an address, a fault, a session */
  guint32 source;   /* who made it: the sender's address */
  guint16 kind;     /* what the engine does with it */
  guint16 type;     /* of message, timer, sync: the model's number */
  guint32 slot;     /* payload in the slab */
} OrrEvent;

G_STATIC_ASSERT (sizeof (OrrEvent) == 32);

typedef struct OrrEventQueue OrrEventQueue;

OrrEventQueue *orr_event_queue_new (void);
void orr_event_queue_free (OrrEventQueue *queue); /* accepts NULL */

/* Puts a copy of an event in. Its time must not lie before that of the last event popped; at that very time
 * any sequence is right, also one lower than that event's: it simply comes next. */
static inline void orr_event_queue_push (OrrEventQueue *queue, const OrrEvent *event);

/* Takes the earliest event out; NULL if none is pending. It may be read until the next pop or peek; pushes
 * leave it alone. */
static inline const OrrEvent *orr_event_queue_pop (OrrEventQueue *queue);

/* The event that the next pop will return, if nothing is pushed before it; NULL if none is pending. Read it
 * before the next push. */
static inline const OrrEvent *orr_event_queue_peek (OrrEventQueue *queue);

/* The event about n places behind the next one, or NULL if that is not known yet: a hint what to prefetch,
 * nothing more. */
static inline const OrrEvent *orr_event_queue_ahead (const OrrEventQueue *queue, guint n);

/* Takes out all pending events that `is_void` says TRUE of, whose order is nobody's business; it is asked
 * once for each pending event. Costs a walk over all of them. The last event popped may still be read.
 * Returns how many were taken out. */
gsize orr_event_queue_sweep (OrrEventQueue *queue, gboolean (*is_void) (gpointer data, const OrrEvent *event),
                             gpointer data);

static inline guint64 orr_event_queue_length (const OrrEventQueue *queue);
gsize orr_event_queue_bytes (const OrrEventQueue *queue); /* memory held */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrEventQueue, orr_event_queue_free)

/* What follows is private to the queue; it stands here because pushing and popping must melt into the
 * engine's loop. */

/* A chunk is aligned to its size, and what would be its first event is its header. So the address at which a
 * bucket's next event is to be written tells by itself when a new chunk is due: when it is a multiple of the
 * size, as NULL also is. */
#define ORR_EVENT_CHUNK_SIZE 1024

/* Each rung's buckets are at most a sixteenth as wide as the bucket above from which it was cut, so that one
 * bucket can't hold more than 16 rungs; the rest are for windows that are cut again. */
#define ORR_EVENT_RUNGS_MAX 40

typedef struct
{
  OrrTime start;
  OrrTime last;       /* the last time that belongs to it */
  guint shift;        /* a bucket is 2^shift ns wide */
  guint next;         /* the first bucket that may hold something */
  guint count;        /* of buckets */
  guint capacity;     /* of the two arrays below; a power of two */
  OrrEvent **buckets; /* where the next event of each bucket is to be written */
  guint64 *occupied;  /* a bit a bucket */
} OrrEventRung;

typedef struct OrrEventBlock OrrEventBlock;

struct OrrEventQueue
{
  OrrEvent *head;      /* of the window */
  OrrEvent *ready;     /* as far as the window may be popped without a look at the run and the heap */
  OrrEvent *tail;      /* the window's end */
  OrrTime window_last; /* the last time that belongs to the window */
  OrrEventRung *rung;  /* the deepest */
  guint64 length;

  OrrEvent *window;
  gsize window_capacity;

  OrrEvent *run; /* sorted, between run_head and run_tail */
  gsize run_head, run_tail, run_capacity;
  OrrEvent *heap; /* what would have moved too many events of the run */
  gsize heap_length, heap_capacity;
  guint64 misfits; /* events that went to the heap since the window was made or cut */
  OrrEvent popped; /* the last event popped from the run or the heap */

  guint16 *slots; /* scratch of the sort */
  gsize slots_capacity;

  gpointer free_chunks;
  char *fresh, *fresh_end; /* what was not cut into chunks yet of the newest block */
  OrrEventBlock *blocks;
  gsize block_bytes;

  OrrEventRung rungs[ORR_EVENT_RUNGS_MAX];
};

OrrEvent *orr_event_queue_grow_bucket (OrrEventQueue *queue, OrrEventRung *rung, gsize bucket);
void orr_event_queue_push_near (OrrEventQueue *queue, const OrrEvent *event);
const OrrEvent *orr_event_queue_peek_near (OrrEventQueue *queue);
const OrrEvent *orr_event_queue_pop_near (OrrEventQueue *queue);

/* Field by field, so that an event made in registers goes straight to its place. Copied as a whole it would
 * be written to the stack in narrow pieces and read back in wide ones, for which the processor has to wait.
 */
static inline void
orr_event_store (OrrEvent *place, const OrrEvent *event)
{
  place->time = event->time;
  place->sequence = event->sequence;
  place->target = event->target;
  place->source = event->source;
  place->kind = event->kind;
  place->type = event->type;
  place->slot = event->slot;
}

/* Puts an event that lies behind the window into its bucket. */
static inline void
orr_event_queue_put (OrrEventQueue *queue, const OrrEvent *event)
{
  OrrEventRung *rung = queue->rung;
  while (event->time > rung->last)
    rung--;
  gsize bucket = (guint64) (event->time - rung->start) >> rung->shift;
  OrrEvent *place = rung->buckets[bucket];
  if (G_UNLIKELY ((guintptr) place % ORR_EVENT_CHUNK_SIZE == 0))
    place = orr_event_queue_grow_bucket (queue, rung, bucket);
  orr_event_store (place, event);
  rung->buckets[bucket] = place + 1;
}

static inline void
orr_event_queue_push (OrrEventQueue *queue, const OrrEvent *event)
{
  queue->length++;
  if (G_LIKELY (event->time > queue->window_last))
    orr_event_queue_put (queue, event);
  else
    {
      OrrEvent copy; /* so that the caller's own may stay in registers on the way above */
      orr_event_store (&copy, event);
      orr_event_queue_push_near (queue, &copy);
    }
}

static inline const OrrEvent *
orr_event_queue_pop (OrrEventQueue *queue)
{
  if (G_UNLIKELY (queue->head == queue->ready))
    return orr_event_queue_pop_near (queue);
  queue->length--;
  return queue->head++;
}

static inline const OrrEvent *
orr_event_queue_peek (OrrEventQueue *queue)
{
  return G_UNLIKELY (queue->head == queue->ready) ? orr_event_queue_peek_near (queue) : queue->head;
}

static inline const OrrEvent *
orr_event_queue_ahead (const OrrEventQueue *queue, guint n)
{
  return (gsize) (queue->tail - queue->head) > n ? queue->head + n : NULL;
}

static inline guint64
orr_event_queue_length (const OrrEventQueue *queue)
{
  return queue->length;
}

G_END_DECLS
