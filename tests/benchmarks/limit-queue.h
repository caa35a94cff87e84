/* limit-queue.h: a queue that is told what the engine's has to find out.
 *
 * The window-sort queue at its barest: a ring of unsorted buckets whose width and number are given, each
 * sorted once when its turn has come; a list for what lies beyond the ring. What falls into the open bucket
 * is kept in order by insertion, which is quadratic in the worst case. It knows one load, and for that load
 * it is the mark to measure against. */
#pragma once

#include "engine/event-queue.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  OrrEvent *events;
  guint32 length, capacity;
} LimitList;

typedef struct
{
  LimitList *ring;
  guint32 buckets, shift; /* 2^shift ns a bucket */
  guint64 current;        /* number of the bucket that is open, from time 0 */
  guint64 length;
  guint64 occupied[1 << 12]; /* a bit for each bucket of the ring */
  LimitList window, side, beyond;
  guint32 window_head, side_head;
  guint64 beyond_least; /* the first bucket that has something beyond the ring */
  guint32 ends[65536 + 1];
} LimitQueue;

static inline void
limit_list_add (LimitList *list, OrrEvent event)
{
  if (G_UNLIKELY (list->length == list->capacity))
    {
      list->capacity = list->capacity ? 2 * list->capacity : 8;
      list->events = g_renew (OrrEvent, list->events, list->capacity);
    }
  list->events[list->length++] = event;
}

static inline gboolean
limit_before (const OrrEvent *a, const OrrEvent *b)
{
  return ((unsigned __int128) (guint64) a->time << 64 | a->sequence)
         < ((unsigned __int128) (guint64) b->time << 64 | b->sequence);
}

static inline void
limit_queue_put (LimitQueue *queue, OrrEvent event)
{
  guint64 bucket = (guint64) event.time >> queue->shift;
  if (G_LIKELY (bucket - queue->current - 1 < queue->buckets - 1))
    {
      guint32 i = bucket & (queue->buckets - 1);
      limit_list_add (&queue->ring[i], event);
      queue->occupied[i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
    }
  else if (bucket <= queue->current)
    {
      LimitList *side = &queue->side;
      limit_list_add (side, event);
      guint32 i = side->length - 1;
      for (; i > queue->side_head && limit_before (&event, &side->events[i - 1]); i--)
        side->events[i] = side->events[i - 1];
      side->events[i] = event;
    }
  else
    {
      queue->beyond_least = MIN (queue->beyond_least, bucket);
      limit_list_add (&queue->beyond, event);
    }
}

static inline void
limit_queue_push (LimitQueue *queue, const OrrEvent *event)
{
  queue->length++;
  limit_queue_put (queue, *event);
}

/* The number of the next bucket in the ring that holds something; G_MAXUINT64 if none does. */
static inline guint64
limit_queue_next (const LimitQueue *queue)
{
  guint32 words = (queue->buckets + 63) / 64;
  guint32 first = (queue->current + 1) & (queue->buckets - 1);
  guint32 word = first / 64;
  guint64 bits = queue->occupied[word] & (~G_GUINT64_CONSTANT (0) << (first % 64));
  for (guint32 i = 0; bits == 0 && i < words; i++)
    {
      word = word + 1 == words ? 0 : word + 1;
      bits = queue->occupied[word];
    }
  if (bits == 0)
    return G_MAXUINT64;
  guint32 found = word * 64 + (guint32) __builtin_ctzll (bits);
  return queue->current + 1 + ((found - first) & (queue->buckets - 1));
}

static inline void
limit_queue_pull_in (LimitQueue *queue)
{
  LimitList beyond = queue->beyond;
  queue->current = queue->beyond_least - 1;
  queue->beyond = (LimitList){ 0 };
  queue->beyond_least = G_MAXUINT64;
  for (guint32 i = 0; i < beyond.length; i++)
    limit_queue_put (queue, beyond.events[i]);
  if (queue->beyond.capacity)
    g_free (beyond.events);
  else
    queue->beyond = (LimitList){ beyond.events, 0, beyond.capacity };
}

/* By as many slices of the bucket's width as there are events. */
static inline void
limit_queue_scatter (LimitQueue *queue, LimitList *bucket, OrrTime start)
{
  guint32 slots_log = MIN (31 - (guint32) __builtin_clz (bucket->length), 16);
  guint32 slots = 1u << slots_log;
  guint32 shift = queue->shift - slots_log;
  guint32 *ends = queue->ends;
  memset (ends, 0, (slots + 1) * sizeof *ends);
  if (queue->window.capacity < bucket->length)
    {
      queue->window.capacity = 2 * bucket->length;
      queue->window.events = g_renew (OrrEvent, queue->window.events, queue->window.capacity);
    }
  for (guint32 i = 0; i < bucket->length; i++)
    ends[((bucket->events[i].time - start) >> shift) + 1]++;
  for (guint32 i = 0; i < slots; i++)
    ends[i + 1] += ends[i];
  for (guint32 i = 0; i < bucket->length; i++)
    queue->window.events[ends[(bucket->events[i].time - start) >> shift]++] = bucket->events[i];
  queue->window.length = bucket->length;
  bucket->length = 0;
}

static G_GNUC_NO_INLINE gboolean
limit_queue_refill (LimitQueue *queue)
{
  queue->window.length = queue->window_head = 0;
  queue->side.length = queue->side_head = 0;
  if (queue->length == 0)
    return FALSE;
  guint64 next = limit_queue_next (queue);
  if (queue->beyond.length && queue->beyond_least <= next)
    {
      limit_queue_pull_in (queue);
      return limit_queue_refill (queue);
    }
  guint32 i = next & (queue->buckets - 1);
  LimitList *bucket = &queue->ring[i];
  queue->occupied[i / 64] &= ~(G_GUINT64_CONSTANT (1) << (i % 64));
  queue->current = next;
  if (bucket->length > 24)
    limit_queue_scatter (queue, bucket, (OrrTime) (next << queue->shift));
  else
    {
      LimitList empty = queue->window;
      queue->window = *bucket;
      *bucket = empty;
    }

  OrrEvent *events = queue->window.events;
  for (guint32 k = 1; k < queue->window.length; k++)
    if (limit_before (&events[k], &events[k - 1]))
      {
        OrrEvent event = events[k];
        guint32 place = k;
        do
          {
            events[place] = events[place - 1];
            place--;
          }
        while (place && limit_before (&event, &events[place - 1]));
        events[place] = event;
      }
  return TRUE;
}

/* The earliest event, or NULL; it stays where it is until the next pop or push. */
static inline const OrrEvent *
limit_queue_pop (LimitQueue *queue)
{
  for (;;)
    {
      if (G_LIKELY (queue->window_head < queue->window.length))
        {
          queue->length--;
          OrrEvent *first = &queue->window.events[queue->window_head];
          if (G_UNLIKELY (queue->side_head < queue->side.length)
              && limit_before (&queue->side.events[queue->side_head], first))
            return &queue->side.events[queue->side_head++];
          queue->window_head++;
          return first;
        }
      if (queue->side_head < queue->side.length)
        {
          queue->length--;
          return &queue->side.events[queue->side_head++];
        }
      if (!limit_queue_refill (queue))
        return NULL;
    }
}

static inline const OrrEvent *
limit_queue_ahead (const LimitQueue *queue, guint32 n)
{
  guint32 place = queue->window_head + n;
  return place < queue->window.length ? &queue->window.events[place] : NULL;
}

/* For delays of `lookahead` + about `mean` ns: buckets of 65,536 events, but never wider than the look-ahead,
 * so that nothing falls into the open one; and about four means of time in the ring. */
static inline LimitQueue *
limit_queue_new (guint64 pending, OrrTime lookahead, OrrTime mean)
{
  LimitQueue *queue = g_new0 (LimitQueue, 1);
  double width = 65536.0 * (double) (lookahead + mean) / (double) pending;
  if (lookahead > 0)
    width = MIN (width, (double) lookahead);
  while ((G_GUINT64_CONSTANT (2) << queue->shift) <= (guint64) width)
    queue->shift++;
  queue->buckets = 64;
  while (((guint64) queue->buckets << queue->shift) < 4 * (guint64) mean && queue->buckets < 1 << 18)
    queue->buckets *= 2;
  queue->ring = g_new0 (LimitList, queue->buckets);
  queue->beyond_least = G_MAXUINT64;
  return queue;
}

static inline void
limit_queue_free (LimitQueue *queue)
{
  for (guint32 i = 0; i < queue->buckets; i++)
    g_free (queue->ring[i].events);
  g_free (queue->ring);
  g_free (queue->window.events);
  g_free (queue->side.events);
  g_free (queue->beyond.events);
  g_free (queue);
}
