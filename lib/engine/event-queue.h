/* event-queue.h: the pending events of a run, in the order in which they will happen. Internal to the engine.
 *
 * A simulation spends its life taking the earliest event out and putting a few later ones in. A heap does that in log n steps that each
 * miss the cache. This queue instead throws events unsorted into a ring of buckets of equal width in time, and sorts a bucket once, when
 * its turn has come (a calendar queue, Brown 1988, with the late sort of ladder queues, Tang et al. 2005). The width adapts so that a bucket
 * holds some tens to hundreds of events. What lands in the bucket that is being emptied goes to a small heap beside it; what lies beyond the ring goes to an
 * overflow list that refills it.
 *
 * Order is a value: (time, sequence). Two events never have equal sequences, so there is exactly one order, whatever the queue's
 * layout is. */
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

guint64 orr_event_queue_length (const OrrEventQueue *queue);
gsize orr_event_queue_bytes (const OrrEventQueue *queue); /* memory held */

G_END_DECLS
