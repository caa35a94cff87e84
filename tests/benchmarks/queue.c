/* queue.c: what the event queue costs on its own, under friendly and unfriendly loads.
 *
 * The hold model (Jones 1986): with n events pending, take the earliest out and put one back, later by a
 * delay. A load is a distribution of delays, told by its quantiles. Each is run with several n, on the
 * engine's queue and on a plain 4-ary heap; where the limit program's queue can be told a fitting width, on
 * that too; all in turns in one process, the best of some rounds each. The table gives nanoseconds of
 * processor time a hold. */
#include "limit.h"
#include "limit-queue.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

/* A queue to compare with: the usual heap. */
typedef struct
{
  OrrEvent *events;
  gsize length;
  OrrEvent popped;
} Heap;

static inline void
heap_push (Heap *heap, const OrrEvent *event)
{
  gsize i = heap->length++;
  for (; i > 0 && limit_before (event, &heap->events[(i - 1) / 4]); i = (i - 1) / 4)
    heap->events[i] = heap->events[(i - 1) / 4];
  heap->events[i] = *event;
}

static inline const OrrEvent *
heap_pop (Heap *heap)
{
  OrrEvent *events = heap->events;
  gsize n = --heap->length;
  gsize i = 0;
  heap->popped = events[0];
  for (gsize child; (child = 4 * i + 1) < n; i = child)
    {
      gsize end = MIN (child + 4, n);
      for (gsize other = child + 1; other < end; other++)
        if (limit_before (&events[other], &events[child]))
          child = other;
      if (!limit_before (&events[child], &events[n]))
        break;
      events[i] = events[child];
    }
  events[i] = events[n];
  return &heap->popped;
}

/* Loads. Delays in ns as a function of a uniform u in [0, 1]. */

static double
exponential (double u)
{
  return 1e8 - 1e9 * log (1 - MIN (u, 0.9999));
}

static double
exponential_from_zero (double u)
{
  return -1e9 * log (1 - MIN (u, 0.9999));
}

static double
uniform (double u)
{
  return 2e9 * u;
}

static double
constant (double u)
{
  (void) u;
  return 1e9;
}

static double
instant (double u)
{
  (void) u;
  return 0;
}

/* Nine events in ten follow at once. */
static double
zero_delay_bursts (double u)
{
  return u < 0.9 ? 0 : -1e9 * log (1 - MIN (10 * (u - 0.9), 0.999));
}

/* From a microsecond to hours. */
static double
heavy_tail (double u)
{
  return 1e3 / pow (1 - MIN (u, 0.9999), 2.5);
}

/* Local steps of microseconds beside messages of a second. */
static double
near_or_far (double u)
{
  return u < 0.8 ? 2e3 * u : 1e9 * (1 + u);
}

typedef struct
{
  const char *name;
  double (*quantile) (double u);
  OrrTime lookahead, mean; /* what the limit program's queue is told; 0 where it has no fitting width */
  gboolean whole_ms;       /* many events at one instant */
} Load;

static const Load loads[] = {
  { "exponential", exponential, ORR_SECOND / 10, ORR_SECOND, FALSE },
  { "exponential, no look-ahead", exponential_from_zero, 0, 0, FALSE },
  { "uniform", uniform, 0, 0, FALSE },
  { "uniform, whole ms", uniform, 0, 0, TRUE },
  { "constant", constant, ORR_SECOND, 0, FALSE },
  { "all at one instant", instant, 0, 0, FALSE },
  { "zero-delay bursts", zero_delay_bursts, 0, 0, FALSE },
  { "heavy tail", heavy_tail, 0, 0, FALSE },
  { "near or far", near_or_far, 0, 0, FALSE },
};

enum
{
  STEPS = 1024
};

/* Delays are drawn from a load's quantiles, with straight lines between them, for a nanosecond or two each.
 */
typedef struct
{
  OrrTime start[STEPS];
  OrrTime width[STEPS];
  OrrTime unit;
  guint64 random;
} Delays;

static void
delays_init (Delays *delays, const Load *load)
{
  for (int i = 0; i < STEPS; i++)
    {
      delays->start[i] = (OrrTime) load->quantile ((double) i / STEPS);
      delays->width[i] = (OrrTime) load->quantile ((double) (i + 1) / STEPS) - delays->start[i];
    }
  delays->unit = load->whole_ms ? ORR_MILLISECOND : 1;
  delays->random = 1;
}

static inline OrrTime
draw_delay (Delays *delays)
{
  guint64 z = (delays->random += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z ^= z >> 27;
  guint step = z % STEPS;
  OrrTime part = (OrrTime) (((unsigned __int128) (guint64) delays->width[step] * (z | (STEPS - 1))) >> 64);
  OrrTime delay = delays->start[step] + part;
  return G_UNLIKELY (delays->unit > 1) ? delay - delay % delays->unit : delay;
}

static double
processor_ns (void)
{
  struct timespec time;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return 1e9 * (double) time.tv_sec + (double) time.tv_nsec;
}

/* The hold model, once for each kind of queue; the checksum proves that all gave the same order. */
#define DEFINE_HOLD(kind, Queue, push, pop)                                                                  \
  static double kind##_hold (Queue *queue, const Load *load, guint64 pending, guint64 holds, guint64 *check) \
  {                                                                                                          \
    Delays delays;                                                                                           \
    guint64 sequence = 0, sum = 0;                                                                           \
    double start = 0;                                                                                        \
    delays_init (&delays, load);                                                                             \
    for (guint64 i = 0; i < pending; i++)                                                                    \
      push (queue, (&(OrrEvent){ .time = draw_delay (&delays), .sequence = sequence++ }));                   \
    for (guint64 i = 0; i < holds + holds / 4; i++)                                                          \
      {                                                                                                      \
        if (i == holds / 4)                                                                                  \
          start = processor_ns ();                                                                           \
        OrrEvent event = *pop (queue);                                                                       \
        sum = sum * 31 + event.sequence;                                                                     \
        event.time += draw_delay (&delays);                                                                  \
        event.sequence = sequence++;                                                                         \
        push (queue, &event);                                                                                \
      }                                                                                                      \
    *check = sum;                                                                                            \
    return (processor_ns () - start) / (double) holds;                                                       \
  }

DEFINE_HOLD (queue, OrrEventQueue, orr_event_queue_push, orr_event_queue_pop)
DEFINE_HOLD (limit, LimitQueue, limit_queue_push, limit_queue_pop)
DEFINE_HOLD (heap, Heap, heap_push, heap_pop)

typedef struct
{
  double queue, limit, heap; /* ns a hold; 0: not run */
  gsize bytes;
} Result;

static void
keep_best (double *best, double ns)
{
  *best = *best > 0 ? MIN (*best, ns) : ns;
}

static void
run_round (const Load *load, guint64 pending, guint64 holds, Result *result)
{
  guint64 check = 0, other = 0;
  OrrEventQueue *queue = orr_event_queue_new ();
  keep_best (&result->queue, queue_hold (queue, load, pending, holds, &check));
  result->bytes = orr_event_queue_bytes (queue);
  orr_event_queue_free (queue);

  Heap heap = { .events = g_new (OrrEvent, pending + 1) };
  keep_best (&result->heap, heap_hold (&heap, load, pending, holds, &other));
  g_free (heap.events);
  g_assert (other == check);

  if (load->lookahead > 0)
    {
      LimitQueue *limit = limit_queue_new (pending, load->lookahead, MAX (load->mean, 1));
      keep_best (&result->limit, limit_hold (limit, load, pending, holds, &other));
      limit_queue_free (limit);
      g_assert (other == check);
    }
}

static void
compare_holds (guint64 holds, int rounds)
{
  static const guint64 sizes[] = { 1, 100, 10000, 16384, 1000000 };
  g_print ("%-28s %8s %8s %8s %8s %10s\n", "ns a hold", "pending", "queue", "limit", "heap", "B/pending");
  for (gsize l = 0; l < G_N_ELEMENTS (loads); l++)
    for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
      {
        Result result = { 0 };
        for (int i = 0; i < rounds; i++)
          run_round (&loads[l], sizes[s], holds, &result);
        g_print ("%-28s %8" G_GUINT64_FORMAT " %8.1f ", loads[l].name, sizes[s], result.queue);
        if (result.limit > 0)
          g_print ("%8.1f ", result.limit);
        else
          g_print ("%8s ", "");
        g_print ("%8.1f %10.0f\n", result.heap, (double) result.bytes / (double) sizes[s]);
      }
}

static void
compare_programs (guint64 events, int rounds)
{
  static const guint64 sizes[] = { 100, 10000, 16384, 1000000 };
  g_print ("\n%-28s %8s %8s %8s %8s\n", "PHOLD, ns an event", "pending", "queue", "limit", "ratio");
  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      Result result = { 0 };
      for (int i = 0; i < rounds; i++)
        {
          keep_best (&result.queue, orr_limit_run_adaptive (sizes[s], events));
          keep_best (&result.limit, orr_limit_run (sizes[s], events));
        }
      g_print ("%-28s %8" G_GUINT64_FORMAT " %8.1f %8.1f %8.2f\n", "", sizes[s], result.queue, result.limit,
               result.limit / result.queue);
    }
}

/* queue [HOLDS [ROUNDS]] */
int
main (int argc, char **argv)
{
  guint64 holds = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : 1000000;
  int rounds = argc > 2 ? atoi (argv[2]) : 3;
  compare_holds (holds, rounds);
  compare_programs (4 * holds, rounds);
  return 0;
}
