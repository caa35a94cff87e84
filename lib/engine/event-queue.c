/* event-queue.c: the parts of the event queue that run once a bucket, not once an event.
 *
 * Most of it is `refill`: find the next bucket that holds something, sort it into the window, or cut it into
 * a deeper rung if it is too full. The rest is what happens beside the window: a run that is kept sorted by
 * moving a few events at its end (what is pushed at one instant, or with one constant delay, comes in order
 * and is only appended), a heap for what would have to move more than a few, and the way back into buckets
 * when that heap grows. No event costs more than a few moves, whatever times a model thinks of: all at one
 * instant, nanoseconds beside hours, or the end of time. */
#include "engine/event-queue.h"

#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#  include <sys/mman.h>
#endif

enum
{
  CHUNK_EVENTS = ORR_EVENT_CHUNK_SIZE / sizeof (OrrEvent), /* its header counted */

  /* How many events a bucket should hold. Many, so that its turn pays and few places are written to in turns
   * when a million are pending; but a small share of all, or else too many pushes fall into the window. */
  BUCKET_SHARE = 32,
  BUCKET_EVENTS_MIN = 8,
  BUCKET_EVENTS_MAX = 4096,

  /* A bucket of more events is cut into a rung, as its sort would leave the cache. */
  SORT_MAX = 4 * BUCKET_EVENTS_MAX,

  /* So few events are sorted by insertion alone. */
  INSERTION_MAX = 6,

  /* With so few events no bucket pays: all are kept in the window and the run. */
  FEW = 24,

  /* An event moves at most so many others of the run, otherwise it goes to the heap. They move in one piece
   * of 2 KiB at most, which costs less than the heap's way up and down. */
  RUN_MOVES_MAX = 64,

  /* A heap of more events goes back into buckets. */
  HEAP_MAX = 64,

  /* A rung has at most 2^16 buckets, so that the addresses of their ends stay in the cache. */
  BUCKETS_LOG_MAX = 16,

  /* With so many rungs, what overflows stays in the heap. */
  WINDOWS_CUT_MAX = ORR_EVENT_RUNGS_MAX / 2,

  /* A deeper rung's buckets are 2^4 times narrower, or more. */
  CUT_LOG_MIN = 4,

  /* A new rung reaches 2^4 times as far as the nearer half of its events: few pushes go beyond, and each of
   * those is moved once more. */
  REACH_LOG = 4,

  BLOCK_SIZE_MIN = 16 * ORR_EVENT_CHUNK_SIZE,
  BLOCK_SIZE_MAX = 8 << 20,
  HUGE_PAGE = 2 << 20,
};

/* A chunk's header. */
typedef struct
{
  OrrEvent *previous; /* the chunk before it in its chain */
  gsize before;       /* events in those before it */
} Chunk;

struct OrrEventBlock
{
  OrrEventBlock *next;
};

G_STATIC_ASSERT (sizeof (Chunk) <= sizeof (OrrEvent));
G_STATIC_ASSERT (sizeof (OrrEventBlock) <= ORR_EVENT_CHUNK_SIZE);
G_STATIC_ASSERT (SORT_MAX <= G_MAXUINT16);
G_STATIC_ASSERT (WINDOWS_CUT_MAX + 1 + 64 / CUT_LOG_MIN < ORR_EVENT_RUNGS_MAX);

/* (time, sequence) of a before that of b, without a branch that depends on the times. */
static inline gboolean
before (const OrrEvent *a, const OrrEvent *b)
{
  return (a->time < b->time) | ((a->time == b->time) & (a->sequence < b->sequence));
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return before (a, b) ? -1 : 1;
}

static inline guint
log2_ceiling (guint64 n)
{
  return n <= 1 ? 0 : 64 - __builtin_clzll (n - 1);
}

static OrrEvent *
reserve (OrrEvent *events, gsize *capacity, gsize needed)
{
  if (needed <= *capacity)
    return events;
  *capacity = MAX (needed, MAX (2 * *capacity, 64));
  return g_renew (OrrEvent, events, *capacity);
}

/* The time of the last event popped: of the window's, or of those beside it. */
static OrrTime
now (const OrrEventQueue *queue)
{
  return queue->head > queue->window ? MAX (queue->popped.time, queue->head[-1].time) : queue->popped.time;
}

/* Chunks */

/* Blocks grow with what is held, so that their number stays small and what is unused a fraction. Large ones
 * are aligned so that the system can map them by huge pages, which spares most misses of the address cache
 * when a million events are pending. */
static void
add_block (OrrEventQueue *queue)
{
  gsize size = CLAMP (queue->block_bytes / 2, BLOCK_SIZE_MIN, BLOCK_SIZE_MAX);
  gsize unit = size >= HUGE_PAGE ? HUGE_PAGE : ORR_EVENT_CHUNK_SIZE;
  size -= size % unit;
  OrrEventBlock *block = g_aligned_alloc (size / unit, unit, unit);
#ifdef MADV_HUGEPAGE
  if (unit == HUGE_PAGE)
    madvise (block, size, MADV_HUGEPAGE);
#endif
  block->next = queue->blocks;
  queue->blocks = block;
  queue->block_bytes += size;
  queue->fresh = (char *) block + ORR_EVENT_CHUNK_SIZE;
  queue->fresh_end = (char *) block + size;
}

static Chunk *
take_chunk (OrrEventQueue *queue)
{
  Chunk *chunk = queue->free_chunks;
  if (chunk)
    {
      queue->free_chunks = chunk->previous;
      return chunk;
    }
  if (queue->fresh == queue->fresh_end)
    add_block (queue);
  chunk = (Chunk *) queue->fresh;
  queue->fresh += ORR_EVENT_CHUNK_SIZE;
  return chunk;
}

/* The bucket's last chunk is full, or it has none: gives it one, and returns the place of its next event. */
OrrEvent *
orr_event_queue_grow_bucket (OrrEventQueue *queue, OrrEventRung *rung, gsize bucket)
{
  OrrEvent *end = rung->buckets[bucket];
  Chunk *chunk = take_chunk (queue);
  chunk->previous = end ? end - CHUNK_EVENTS : NULL;
  chunk->before = end ? ((Chunk *) chunk->previous)->before + CHUNK_EVENTS - 1 : 0;
  if (!end)
    rung->occupied[bucket / 64] |= G_GUINT64_CONSTANT (1) << (bucket % 64);
  return (OrrEvent *) chunk + 1;
}

/* A chain is named by the place behind its last event. It is walked from there, chunk by chunk, each from its
 * last event to its first: the reverse of the order in which they were pushed. */
typedef struct
{
  OrrEvent *chunk;
  guint count; /* events in it, at 1 … count */
} Walk;

static inline Walk
walk_start (OrrEvent *end)
{
  guint count = ((guintptr) (end - 1) % ORR_EVENT_CHUNK_SIZE) / sizeof (OrrEvent);
  return (Walk){ end - 1 - count, count };
}

static inline Walk
walk_next (Walk walk)
{
  return (Walk){ ((Chunk *) walk.chunk)->previous, CHUNK_EVENTS - 1 };
}

static inline void
release (OrrEventQueue *queue, OrrEvent *chunk)
{
  ((Chunk *) chunk)->previous = queue->free_chunks;
  queue->free_chunks = chunk;
}

static gsize
chain_length (OrrEvent *end)
{
  Walk last = walk_start (end);
  return ((Chunk *) last.chunk)->before + last.count;
}

/* Rungs */

/* Which events are to go; a NULL function: none. */
typedef struct
{
  gboolean (*is_void) (gpointer data, const OrrEvent *event);
  gpointer data;
} Sieve;

static inline gboolean
stays (const Sieve *sieve, const OrrEvent *event)
{
  return !sieve->is_void || !sieve->is_void (sieve->data, event);
}

/* In the order in which they were pushed, so that equal times stay in their order from bucket to bucket. */
static void
put_chain (OrrEventQueue *queue, OrrEvent *end, const Sieve *sieve)
{
  Walk last = walk_start (end);
  OrrEvent *first = NULL;
  for (OrrEvent *chunk = last.chunk; chunk;)
    {
      OrrEvent *previous = ((Chunk *) chunk)->previous;
      ((Chunk *) chunk)->previous = first;
      first = chunk;
      chunk = previous;
    }
  for (OrrEvent *chunk = first; chunk;)
    {
      OrrEvent *next = ((Chunk *) chunk)->previous;
      guint count = next ? CHUNK_EVENTS - 1 : last.count;
      for (guint i = 1; i <= count; i++)
        if (stays (sieve, &chunk[i]))
          orr_event_queue_put (queue, &chunk[i]);
      release (queue, chunk);
      chunk = next;
    }
}

/* Opens a rung of 2^count_log empty buckets below the deepest; the window ends before it. */
static void
open_rung (OrrEventQueue *queue, OrrTime start, OrrTime last, guint shift, guint count_log)
{
  OrrEventRung *rung = ++queue->rung;
  guint64 span = (guint64) (last - start) >> shift;
  g_assert (rung < queue->rungs + ORR_EVENT_RUNGS_MAX);
  rung->start = start;
  rung->last = last;
  rung->shift = shift;
  rung->next = 0;
  rung->count = MIN (span, (G_GUINT64_CONSTANT (1) << count_log) - 1) + 1;
  if (span >= rung->count)
    rung->last = start + ((OrrTime) rung->count << shift) - 1;
  if (rung->count > rung->capacity)
    {
      guint words = (rung->count + 63) / 64;
      g_free (rung->buckets);
      g_free (rung->occupied);
      rung->capacity = words * 64;
      rung->buckets = g_new0 (OrrEvent *, rung->capacity);
      rung->occupied = g_new0 (guint64, words);
    }
  queue->window_last = start - 1;
}

/* The number of the first bucket from `next` on that holds something, or that of the rung's buckets if none
 * does. */
static guint
next_occupied (const OrrEventRung *rung)
{
  guint word = rung->next / 64;
  guint words = (rung->count + 63) / 64;
  guint64 bits = rung->occupied[word] & (~G_GUINT64_CONSTANT (0) << (rung->next % 64));
  while (bits == 0)
    {
      if (++word == words)
        return rung->count;
      bits = rung->occupied[word];
    }
  return word * 64 + __builtin_ctzll (bits);
}

static OrrEvent *
take_bucket (OrrEventRung *rung, guint bucket)
{
  OrrEvent *end = rung->buckets[bucket];
  rung->buckets[bucket] = NULL;
  rung->occupied[bucket / 64] &= ~(G_GUINT64_CONSTANT (1) << (bucket % 64));
  return end;
}

static gsize
events_a_bucket (gsize pending)
{
  return CLAMP (pending / BUCKET_SHARE, BUCKET_EVENTS_MIN, BUCKET_EVENTS_MAX);
}

/* Makes a deeper rung from n events of a bucket of the deepest one, which ends at `last`. The nearer half of
 * the events says how wide its buckets must be; that half is put into them, so that a pass over all is paid
 * for by half of them at least. What lies beyond the new rung's reach goes back into the bucket. The measure
 * are the logarithms of the distances from the first event. */
static void
cut (OrrEventQueue *queue, OrrEvent *end, gsize n, OrrTime last)
{
  OrrTime start = ORR_TIME_NEVER;
  for (Walk walk = walk_start (end); walk.chunk; walk = walk_next (walk))
    for (guint i = walk.count; i > 0; i--)
      start = MIN (start, walk.chunk[i].time);

  gsize counts[64] = { 0 };
  for (Walk walk = walk_start (end); walk.chunk; walk = walk_next (walk))
    for (guint i = walk.count; i > 0; i--)
      counts[log2_ceiling ((guint64) (walk.chunk[i].time - start) + 1)]++;

  guint reach_log = 0;
  gsize reached = counts[0];
  while (reached < n - n / 2)
    reached += counts[++reach_log];

  guint narrowest = queue->rung->shift > CUT_LOG_MIN ? queue->rung->shift - CUT_LOG_MIN : 0;
  guint count_log = MIN (log2_ceiling (reached / events_a_bucket (n)), BUCKETS_LOG_MAX - REACH_LOG);
  guint shift = reach_log > count_log ? MIN (reach_log - count_log, narrowest) : 0;
  open_rung (queue, start, last, shift, count_log + REACH_LOG);
  put_chain (queue, end, &(Sieve){ 0 });
}

/* The window */

/* Moves the event at place i down to where it belongs among those before it, which are sorted; returns by how
 * many places. */
static gsize
insert (OrrEvent *events, gsize i)
{
  OrrEvent event = events[i];
  gsize place = i;
  while (place > 0 && before (&event, &events[place - 1]))
    {
      events[place] = events[place - 1];
      place--;
    }
  events[place] = event;
  return i - place;
}

/* Sorts events that are nearly in order; when they prove not to be, leaves it to the general sort. */
static void
sort_nearly_sorted (OrrEvent *events, gsize n)
{
  gsize moves = 0;
  for (gsize i = 1; i < n; i++)
    {
      if (G_LIKELY (events[i].time > events[i - 1].time) || !before (&events[i], &events[i - 1]))
        continue;
      moves += insert (events, i);
      if (moves > 64 + 8 * n)
        {
          qsort (events, n, sizeof (OrrEvent), compare);
          return;
        }
    }
}

/* Puts a chain of n events into the window in the order of their slots, twice as many slices of the bucket's
 * width as there are events: a counting sort, which keeps equals in the order in which they were pushed. */
static void
scatter (OrrEventQueue *queue, OrrEvent *end, gsize n, OrrTime start, guint width_log)
{
  guint slots_log = MIN (log2_ceiling (n) + 1, width_log);
  gsize slots = (gsize) 1 << slots_log;
  guint shift = width_log - slots_log;
  if (slots > queue->slots_capacity)
    {
      g_free (queue->slots);
      queue->slots = g_new (guint16, slots);
      queue->slots_capacity = slots;
    }
  guint16 *ends = queue->slots;
  memset (ends, 0, slots * sizeof *ends);
  for (Walk walk = walk_start (end); walk.chunk; walk = walk_next (walk))
    for (guint i = walk.count; i > 0; i--)
      ends[(guint64) (walk.chunk[i].time - start) >> shift]++;
  for (gsize i = 1; i < slots; i++)
    ends[i] += ends[i - 1];
  for (Walk walk = walk_start (end); walk.chunk;)
    {
      for (guint i = walk.count; i > 0; i--)
        queue->window[--ends[(guint64) (walk.chunk[i].time - start) >> shift]] = walk.chunk[i];
      OrrEvent *done = walk.chunk;
      walk = walk_next (walk);
      release (queue, done);
    }
}

/* Makes the window of a chain of n events, whose times lie in the 2^width_log ns from start on. */
static void
fill_window (OrrEventQueue *queue, OrrEvent *end, gsize n, OrrTime start, guint width_log)
{
  queue->window = reserve (queue->window, &queue->window_capacity, n);
  if (n > INSERTION_MAX && width_log > 0)
    scatter (queue, end, n, start, width_log);
  else
    {
      OrrEvent *place = queue->window + n;
      for (Walk walk = walk_start (end); walk.chunk;)
        {
          place -= walk.count;
          memcpy (place, walk.chunk + 1, walk.count * sizeof (OrrEvent));
          OrrEvent *done = walk.chunk;
          walk = walk_next (walk);
          release (queue, done);
        }
    }
  sort_nearly_sorted (queue->window, n);
  queue->head = queue->window;
  queue->ready = queue->tail = queue->window + n;
}

/* Makes a new window; the old one, the run and the heap are empty. FALSE if nothing is pending. */
static gboolean
refill (OrrEventQueue *queue)
{
  queue->popped.time = now (queue);
  queue->head = queue->ready = queue->tail = queue->window;
  queue->misfits = 0;
  if (queue->length == 0)
    return FALSE;

  for (;;)
    {
      OrrEventRung *rung = queue->rung;
      guint bucket = next_occupied (rung);
      if (bucket == rung->count)
        {
          queue->rung--;
          continue;
        }
      OrrEvent *end = take_bucket (rung, bucket);
      OrrTime start = rung->start + ((OrrTime) bucket << rung->shift);
      OrrTime width_less_one = (OrrTime) ((G_GUINT64_CONSTANT (1) << rung->shift) - 1);
      OrrTime last = rung->last - start > width_less_one ? start + width_less_one : rung->last;
      gsize n = chain_length (end);
      rung->next = bucket;
      if (n <= (rung == queue->rungs ? FEW : SORT_MAX) || rung->shift == 0)
        {
          queue->window_last = last;
          fill_window (queue, end, n, start, rung->shift);
          return TRUE;
        }
      cut (queue, end, n, last);
    }
}

/* Beside the window */

static void
heap_push (OrrEventQueue *queue, const OrrEvent *event)
{
  gsize i = queue->heap_length++;
  queue->heap = reserve (queue->heap, &queue->heap_capacity, queue->heap_length);
  for (; i > 0 && before (event, &queue->heap[(i - 1) / 2]); i = (i - 1) / 2)
    queue->heap[i] = queue->heap[(i - 1) / 2];
  queue->heap[i] = *event;
}

static void
heap_drop_first (OrrEventQueue *queue)
{
  OrrEvent *heap = queue->heap;
  gsize n = --queue->heap_length;
  const OrrEvent *event = &heap[n];
  gsize i = 0;
  for (gsize child = 1; child < n; child = 2 * i + 1)
    {
      child += child + 1 < n && before (&heap[child + 1], &heap[child]);
      if (!before (&heap[child], event))
        break;
      heap[i] = heap[child];
      i = child;
    }
  heap[i] = *event;
}

/* Room for one more at the end of the run; what was popped from it is overwritten when it is half or more. */
static void
run_make_room (OrrEventQueue *queue)
{
  if (queue->run_tail < queue->run_capacity)
    return;
  if (queue->run_head >= queue->run_capacity / 2 && queue->run_head > 0)
    {
      queue->run_tail -= queue->run_head;
      memmove (queue->run, queue->run + queue->run_head, queue->run_tail * sizeof (OrrEvent));
      queue->run_head = 0;
    }
  else
    queue->run = reserve (queue->run, &queue->run_capacity, queue->run_tail + 1);
}

/* Where an event belongs in the run, if that is within reach of its end; otherwise G_MAXSIZE. Halves the
 * stretch without a branch on the times, which nobody could foretell; what is pushed last at an instant
 * mostly comes last then. */
static gsize
run_find (const OrrEventQueue *queue, const OrrEvent *event)
{
  const OrrEvent *run = queue->run;
  gsize tail = queue->run_tail, head = queue->run_head;
  if (tail == head || !before (event, &run[tail - 1]))
    return tail;
  gsize least = MAX (head + RUN_MOVES_MAX, tail) - RUN_MOVES_MAX, place = least;
  for (gsize n = tail - least; n > 0; n /= 2)
    {
      gsize half = (n + 1) / 2;
      place += run[place + half - 1].time <= event->time ? half : 0;
    }
  while (place > least && before (event, &run[place - 1]))
    place--;
  return place > least || place == head ? place : G_MAXSIZE;
}

/* An event that belongs into the stretch of the window. */
void
orr_event_queue_push_near (OrrEventQueue *queue, const OrrEvent *event)
{
  g_assert (event->time >= now (queue));
  gsize place = run_find (queue, event);
  if (place == G_MAXSIZE)
    {
      heap_push (queue, event);
      queue->misfits++;
    }
  else
    {
      gsize moved = queue->run_tail - place;
      run_make_room (queue);
      place = queue->run_tail - moved;
      memmove (&queue->run[place + 1], &queue->run[place], moved * sizeof (OrrEvent));
      queue->run[place] = *event;
      queue->run_tail++;
    }
  queue->ready = queue->head;
}

static gsize
pending_beside_rungs (const OrrEventQueue *queue)
{
  return (gsize) (queue->tail - queue->head) + queue->run_tail - queue->run_head + queue->heap_length;
}

/* The window is too wide for what is pushed into it: the heap has grown, or as many events went there as lie
 * beside the rungs, as when a few are on their way among thousands of timers that are due much later. Each of
 * them has paid for one that is now moved. */
static gboolean
is_too_wide (const OrrEventQueue *queue)
{
  return queue->heap_length > HEAP_MAX || queue->misfits > pending_beside_rungs (queue);
}

/* The window, the run and the heap go back into buckets, narrower ones, if time can be cut finer. */
static void
cut_window (OrrEventQueue *queue)
{
  OrrTime start = now (queue);
  queue->misfits = 0;
  if (queue->window_last <= start || queue->rung >= queue->rungs + WINDOWS_CUT_MAX)
    return;
  if (queue->rung == queue->rungs)
    queue->window_last = start - 1;
  else
    open_rung (queue, start, queue->window_last, log2_ceiling ((guint64) (queue->window_last - start) + 1),
               0);
  for (const OrrEvent *event = queue->head; event < queue->tail; event++)
    orr_event_queue_put (queue, event);
  for (gsize i = queue->run_head; i < queue->run_tail; i++)
    orr_event_queue_put (queue, &queue->run[i]);
  for (gsize i = 0; i < queue->heap_length; i++)
    orr_event_queue_put (queue, &queue->heap[i]);
  queue->popped.time = start;
  queue->head = queue->ready = queue->tail = queue->window;
  queue->run_head = queue->run_tail = queue->heap_length = 0;
  OrrEventRung *rung = queue->rung;
  OrrEvent *end = take_bucket (rung, 0);
  cut (queue, end, chain_length (end), rung->last);
  refill (queue);
}

typedef enum
{
  NOWHERE,
  WINDOW,
  RUN,
  HEAP
} Place;

/* Where the earliest event is, when that takes a look beside the window. */
static Place
find_first (OrrEventQueue *queue)
{
  if (queue->heap_length > 0 && is_too_wide (queue))
    cut_window (queue);
  Place place = NOWHERE;
  const OrrEvent *first = NULL;
  if (queue->run_head < queue->run_tail)
    {
      place = RUN;
      first = &queue->run[queue->run_head];
    }
  if (queue->heap_length > 0 && (!first || before (queue->heap, first)))
    {
      place = HEAP;
      first = queue->heap;
    }
  if (!first)
    {
      if (queue->head == queue->tail && !refill (queue))
        return NOWHERE;
      queue->ready = queue->tail;
      return WINDOW;
    }
  return queue->head < queue->tail && before (queue->head, first) ? WINDOW : place;
}

const OrrEvent *
orr_event_queue_peek_near (OrrEventQueue *queue)
{
  switch (find_first (queue))
    {
    case WINDOW:
      return queue->head;
    case RUN:
      return &queue->run[queue->run_head];
    case HEAP:
      return queue->heap;
    default:
      return NULL;
    }
}

const OrrEvent *
orr_event_queue_pop_near (OrrEventQueue *queue)
{
  switch (find_first (queue))
    {
    case WINDOW:
      queue->length--;
      queue->head++;
      queue->ready = MAX (queue->ready, queue->head);
      return queue->head - 1;
    case RUN:
      queue->popped = queue->run[queue->run_head++];
      if (queue->run_head == queue->run_tail)
        queue->run_head = queue->run_tail = 0;
      break;
    case HEAP:
      queue->popped = queue->heap[0];
      heap_drop_first (queue);
      break;
    default:
      return NULL;
    }
  queue->length--;
  return &queue->popped;
}

/* Sweeping */

/* Closes the gaps between those that stay; returns the new end. */
static OrrEvent *
sift (OrrEvent *head, OrrEvent *tail, const Sieve *sieve)
{
  OrrEvent *end = head;
  for (const OrrEvent *event = head; event < tail; event++)
    if (stays (sieve, event))
      *end++ = *event;
  return end;
}

static void
sift_heap (OrrEventQueue *queue, const Sieve *sieve)
{
  gsize length = queue->heap_length;
  queue->heap_length = 0;
  for (gsize i = 0; i < length; i++)
    {
      OrrEvent event = queue->heap[i];
      if (stays (sieve, &event))
        heap_push (queue, &event);
    }
}

static gsize
pending_in_rungs (const OrrEventQueue *queue)
{
  gsize n = 0;
  for (const OrrEventRung *rung = queue->rungs; rung <= queue->rung; rung++)
    for (guint bucket = next_occupied (rung); bucket < rung->count; bucket++)
      n += rung->buckets[bucket] ? chain_length (rung->buckets[bucket]) : 0;
  return n;
}

gsize
orr_event_queue_sweep (OrrEventQueue *queue, gboolean (*is_void) (gpointer data, const OrrEvent *event),
                       gpointer data)
{
  Sieve sieve = { is_void, data };
  gboolean beside = queue->ready != queue->tail;
  if (queue->head < queue->tail)
    queue->tail = sift (queue->head, queue->tail, &sieve);
  queue->ready = beside ? queue->head : queue->tail;
  if (queue->run_head < queue->run_tail)
    queue->run_tail
        = (gsize) (sift (queue->run + queue->run_head, queue->run + queue->run_tail, &sieve) - queue->run);
  if (queue->run_head == queue->run_tail)
    queue->run_head = queue->run_tail = 0;
  sift_heap (queue, &sieve);
  for (OrrEventRung *rung = queue->rungs; rung <= queue->rung; rung++)
    for (guint bucket = next_occupied (rung); bucket < rung->count; bucket++)
      if (rung->buckets[bucket])
        put_chain (queue, take_bucket (rung, bucket), &sieve);

  gsize before_sweep = queue->length;
  queue->length = pending_beside_rungs (queue) + pending_in_rungs (queue);
  return before_sweep - queue->length;
}

OrrEventQueue *
orr_event_queue_new (void)
{
  OrrEventQueue *queue = g_new0 (OrrEventQueue, 1);
  queue->window_last = -1;
  queue->rung = queue->rungs;
  queue->rung->last = ORR_TIME_NEVER;
  queue->rung->shift = 63;
  queue->rung->count = 1;
  queue->rung->capacity = 64;
  queue->rung->buckets = g_new0 (OrrEvent *, 64);
  queue->rung->occupied = g_new0 (guint64, 1);
  return queue;
}

void
orr_event_queue_free (OrrEventQueue *queue)
{
  if (!queue)
    return;
  for (OrrEventBlock *block = queue->blocks; block;)
    {
      OrrEventBlock *next = block->next;
      g_aligned_free (block);
      block = next;
    }
  for (guint i = 0; i < ORR_EVENT_RUNGS_MAX; i++)
    {
      g_free (queue->rungs[i].buckets);
      g_free (queue->rungs[i].occupied);
    }
  g_free (queue->window);
  g_free (queue->run);
  g_free (queue->heap);
  g_free (queue->slots);
  g_free (queue);
}

gsize
orr_event_queue_bytes (const OrrEventQueue *queue)
{
  gsize events = queue->window_capacity + queue->run_capacity + queue->heap_capacity;
  gsize bytes = sizeof *queue + queue->block_bytes + events * sizeof (OrrEvent);
  bytes += queue->slots_capacity * sizeof (guint16);
  for (guint i = 0; i < ORR_EVENT_RUNGS_MAX; i++)
    bytes += queue->rungs[i].capacity * sizeof (OrrEvent *) + queue->rungs[i].capacity / 8;
  return bytes;
}
