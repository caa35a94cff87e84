/* test-event-queue.c: the event queue against a plain binary heap, event by event.
 *
 * Both get the same pushes; each event popped must be the same. The loads are drawn from a table of shapes of
 * delay, of sequence and of size, so that every way through the queue is taken: windows, deeper rungs, the
 * run, the heap and the way back from it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/event-queue.h"

static guint64
draw (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* The reference: a binary heap in an array. */
typedef struct
{
  OrrEvent *events;
  gsize length, capacity;
} Reference;

static gboolean
precedes (const OrrEvent *a, const OrrEvent *b)
{
  return a->time != b->time ? a->time < b->time : a->sequence < b->sequence;
}

static void
reference_push (Reference *reference, OrrEvent event)
{
  if (reference->length == reference->capacity)
    {
      reference->capacity = MAX (64, 2 * reference->capacity);
      reference->events = g_renew (OrrEvent, reference->events, reference->capacity);
    }
  gsize i = reference->length++;
  for (; i > 0 && precedes (&event, &reference->events[(i - 1) / 2]); i = (i - 1) / 2)
    reference->events[i] = reference->events[(i - 1) / 2];
  reference->events[i] = event;
}

static OrrEvent
reference_pop (Reference *reference)
{
  OrrEvent *events = reference->events;
  OrrEvent first = events[0], last = events[--reference->length];
  gsize i = 0;
  for (gsize child; (child = 2 * i + 1) < reference->length; i = child)
    {
      if (child + 1 < reference->length && precedes (&events[child + 1], &events[child]))
        child++;
      if (!precedes (&events[child], &last))
        break;
      events[i] = events[child];
    }
  events[i] = last;
  return first;
}

/* A queue and its reference, side by side. */
typedef struct
{
  OrrEventQueue *queue;
  Reference reference;
  OrrTime now;
  guint64 pushed, popped;
  guint64 random;
} Pair;

static Pair
pair_new (guint64 seed)
{
  return (Pair){ .queue = orr_event_queue_new (), .random = seed };
}

static void
pair_push (Pair *pair, OrrTime time, guint64 sequence)
{
  OrrEvent event = { .time = time, .sequence = sequence, .target = (guint32) pair->pushed, .slot = 7 };
  event.source = event.target ^ 0x5a5a5a5a;
  event.kind = (guint16) (event.target >> 3);
  event.type = (guint16) (event.target >> 5);
  orr_event_queue_push (pair->queue, &event);
  reference_push (&pair->reference, event);
  pair->pushed++;
}

static void
assert_same_event (const OrrEvent *event, const OrrEvent *expected)
{
  if (event->time == expected->time && event->sequence == expected->sequence
      && event->target == expected->target && event->source == expected->source
      && event->kind == expected->kind && event->type == expected->type && event->slot == expected->slot)
    return;
  fail_msg ("popped (%" G_GINT64_FORMAT ", %" G_GUINT64_FORMAT "), expected (%" G_GINT64_FORMAT
            ", %" G_GUINT64_FORMAT ")",
            event->time, event->sequence, expected->time, expected->sequence);
}

static gboolean
pair_pop (Pair *pair)
{
  if (draw (&pair->random) % 16 == 0)
    {
      const OrrEvent *next = orr_event_queue_peek (pair->queue);
      assert_int_equal (next != NULL, pair->reference.length > 0);
      if (next)
        assert_same_event (next, &pair->reference.events[0]);
    }
  assert_int_equal (orr_event_queue_length (pair->queue), pair->reference.length);
  const OrrEvent *event = orr_event_queue_pop (pair->queue);
  if (pair->reference.length == 0)
    {
      assert_null (event);
      return FALSE;
    }
  assert_non_null (event);
  OrrEvent expected = reference_pop (&pair->reference);
  assert_same_event (event, &expected);
  pair->now = expected.time;
  pair->popped++;
  return TRUE;
}

static void
pair_finish (Pair *pair)
{
  while (pair_pop (pair))
    ;
  assert_int_equal (pair->popped, pair->pushed);
  orr_event_queue_free (pair->queue);
  g_free (pair->reference.events);
}

/* Shapes of delay. */

static OrrTime
delay_zero (guint64 *random)
{
  (void) random;
  return 0;
}

static OrrTime
delay_constant (guint64 *random)
{
  (void) random;
  return ORR_MILLISECOND;
}

static OrrTime
delay_uniform (guint64 *random)
{
  return draw (random) % ORR_SECOND;
}

static OrrTime
delay_narrow (guint64 *random)
{
  return draw (random) % 4;
}

/* Any power of two up to about a year: nanoseconds and days together. */
static OrrTime
delay_all_scales (guint64 *random)
{
  guint64 bits = draw (random);
  return (OrrTime) ((bits >> 8) & ((G_GUINT64_CONSTANT (1) << (bits % 55)) - 1));
}

static OrrTime
delay_near_or_far (guint64 *random)
{
  guint64 bits = draw (random);
  return bits % 8 ? (OrrTime) (bits >> 8) % 1000 : 10 * ORR_SECOND + (OrrTime) (bits >> 8) % ORR_SECOND;
}

/* Many at one instant, at whole milliseconds. */
static OrrTime
delay_ticks (guint64 *random)
{
  return (OrrTime) (draw (random) % 8) * ORR_MILLISECOND;
}

/* Now and then the end of time. */
static OrrTime
delay_never (guint64 *random)
{
  guint64 bits = draw (random);
  return bits % 16 ? (OrrTime) (bits >> 8) % ORR_SECOND : ORR_TIME_NEVER;
}

typedef struct
{
  const char *name;
  OrrTime (*draw) (guint64 *random);
} Delay;

static const Delay delays[] = {
  { "zero", delay_zero },     { "constant", delay_constant },     { "uniform", delay_uniform },
  { "narrow", delay_narrow }, { "all scales", delay_all_scales }, { "near or far", delay_near_or_far },
  { "ticks", delay_ticks },   { "never", delay_never },
};

/* Shapes of sequence: unique, as an odd factor maps 64-bit numbers one to one. */

static guint64
sequence_rising (guint64 i)
{
  return i;
}

static guint64
sequence_falling (guint64 i)
{
  return G_MAXUINT64 - i;
}

static guint64
sequence_scattered (guint64 i)
{
  return i * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
}

/* One in eight is a fault's: low, so that it comes first at its instant. */
static guint64
sequence_faults (guint64 i)
{
  return i % 8 ? i + (G_GUINT64_CONSTANT (1) << 32) : i;
}

typedef guint64 (*Sequence) (guint64 i);

static const Sequence sequences[]
    = { sequence_rising, sequence_falling, sequence_scattered, sequence_faults };

/* The classic hold: pop one, push one, with n pending. */
static void
test_hold (void **state)
{
  (void) state;
  static const gsize sizes[] = { 1, 2, 23, 25, 30, 100, 1000, 20000 };
  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (gsize d = 0; d < G_N_ELEMENTS (delays); d++)
      for (gsize q = 0; q < G_N_ELEMENTS (sequences); q++)
        {
          Pair pair = pair_new (s * 64 + d * 8 + q);
          for (gsize i = 0; i < sizes[s]; i++)
            pair_push (&pair, delays[d].draw (&pair.random), sequences[q](pair.pushed));
          for (gsize i = 0; i < 2000 + 3 * sizes[s]; i++)
            {
              pair_pop (&pair);
              pair_push (&pair, orr_time_add (pair.now, delays[d].draw (&pair.random)),
                         sequences[q](pair.pushed));
            }
          pair_finish (&pair);
        }
}

/* Sizes that rise and fall, a burst now and then, all shapes of delay in turns. */
static void
test_mixed (void **state)
{
  (void) state;
  for (guint64 seed = 0; seed < 40; seed++)
    {
      Pair pair = pair_new (seed + 1000);
      Sequence sequence = sequences[seed % G_N_ELEMENTS (sequences)];
      for (guint phase = 0; phase < 60; phase++)
        {
          const Delay *delay = &delays[draw (&pair.random) % (G_N_ELEMENTS (delays) - 1)];
          const Delay *other = &delays[draw (&pair.random) % (G_N_ELEMENTS (delays) - 1)];
          guint64 share = draw (&pair.random) % 100;
          guint64 steps = draw (&pair.random) % 3000;
          guint64 pushes = draw (&pair.random) % 3;
          for (guint64 i = 0; i < steps; i++)
            {
              for (guint64 k = 0; k < pushes; k++)
                {
                  const Delay *chosen = draw (&pair.random) % 100 < share ? delay : other;
                  pair_push (&pair, orr_time_add (pair.now, chosen->draw (&pair.random)),
                             sequence (pair.pushed));
                }
              pair_pop (&pair);
            }
          if (phase % 8 == 0)
            for (guint i = 0; i < 10000; i++)
              pair_push (&pair, pair.now + delay->draw (&pair.random), sequence (pair.pushed));
        }
      pair_finish (&pair);
    }
}

/* The first and the last times that there are. */
static void
test_edges (void **state)
{
  (void) state;
  for (guint seed = 0; seed < 8; seed++)
    {
      Pair pair = pair_new (seed);
      guint n = seed % 2 ? 40 : 20000;
      for (guint i = 0; i < n; i++)
        {
          OrrTime near_end = ORR_TIME_NEVER - (OrrTime) (draw (&pair.random) % (1 + seed * 1000));
          pair_push (&pair, draw (&pair.random) % 2 ? 0 : near_end, draw (&pair.random));
        }
      for (guint i = 0; i < 3 * n / 2; i++)
        {
          pair_pop (&pair);
          guint64 room = (guint64) (ORR_TIME_NEVER - pair.now) + 1;
          OrrTime time = pair.now + (OrrTime) (draw (&pair.random) % room);
          pair_push (&pair, i % 3 ? time : ORR_TIME_NEVER, draw (&pair.random));
          if (i % 5 == 0)
            pair_push (&pair, pair.now, draw (&pair.random));
        }
      pair_finish (&pair);
    }
}

static void
test_empty (void **state)
{
  (void) state;
  orr_event_queue_free (NULL);
  g_autoptr (OrrEventQueue) queue = orr_event_queue_new ();
  assert_null (orr_event_queue_pop (queue));
  assert_null (orr_event_queue_peek (queue));
  assert_null (orr_event_queue_ahead (queue, 0));
  assert_int_equal (orr_event_queue_length (queue), 0);
  for (guint i = 0; i < 100; i++)
    {
      orr_event_queue_push (queue, &(OrrEvent){ .time = i / 2, .sequence = 100 - i, .target = i });
      assert_int_equal (orr_event_queue_peek (queue)->target, i);
      assert_int_equal (orr_event_queue_pop (queue)->target, i);
      assert_null (orr_event_queue_pop (queue));
      assert_null (orr_event_queue_peek (queue));
    }
}

/* At the instant of the event just popped, a lower sequence simply comes next; and the popped event may be
 * read while others are pushed. */
static void
test_lower_sequence_at_the_same_instant (void **state)
{
  (void) state;
  g_autoptr (OrrEventQueue) queue = orr_event_queue_new ();
  for (guint i = 0; i < 1000; i++)
    orr_event_queue_push (queue, &(OrrEvent){ .time = 5, .sequence = 1000000 + i });
  for (guint i = 0; i < 1000; i++)
    {
      const OrrEvent *event = orr_event_queue_pop (queue);
      assert_int_equal (event->sequence, 1000000 + i);
      for (guint k = 0; k < 100; k++)
        orr_event_queue_push (queue, &(OrrEvent){ .time = 5, .sequence = 100 * i + 99 - k });
      assert_int_equal (event->sequence, 1000000 + i);
      for (guint k = 0; k < 100; k++)
        assert_int_equal (orr_event_queue_pop (queue)->sequence, 100 * i + k);
    }
  assert_null (orr_event_queue_pop (queue));
}

/* A look at the next event fixes nothing: earlier ones may still be pushed, any number, again and again. */
static void
test_pushes_before_what_was_seen (void **state)
{
  (void) state;
  Pair pair = pair_new (4);
  OrrTime time = 1000 * ORR_SECOND;
  for (guint i = 0; i < 100; i++)
    pair_push (&pair, time + i, pair.pushed);
  for (guint round = 0; round < 200; round++)
    {
      assert_same_event (orr_event_queue_peek (pair.queue), &pair.reference.events[0]);
      for (guint i = 0; i < 100; i++)
        pair_push (&pair, time -= 1 + round, pair.pushed);
    }
  for (guint i = 0; i < 10000; i++)
    {
      pair_pop (&pair);
      pair_push (&pair, pair.now + delay_uniform (&pair.random), pair.pushed);
    }
  pair_finish (&pair);
}

/* What `ahead` promises: it never changes anything, and place 0 is the next event wherever nothing was pushed
 * into the window. */
static void
test_ahead (void **state)
{
  (void) state;
  Pair pair = pair_new (3);
  for (guint i = 0; i < 50000; i++)
    pair_push (&pair, delay_uniform (&pair.random), i);
  guint64 known = 0;
  while (pair.reference.length > 0)
    {
      const OrrEvent *next = orr_event_queue_ahead (pair.queue, 0);
      const OrrEvent *eighth = orr_event_queue_ahead (pair.queue, 8);
      if (next)
        assert_same_event (next, &pair.reference.events[0]);
      if (eighth)
        assert_true (eighth->time >= pair.reference.events[0].time);
      known += eighth != NULL;
      pair_pop (&pair);
    }
  assert_true (known > 40000);
  pair_finish (&pair);
}

/* A million events at one instant, and each zero-delay event pushes the next: time would show if a step were
 * not constant. */
static void
test_burst (void **state)
{
  (void) state;
  for (guint q = 0; q < G_N_ELEMENTS (sequences); q++)
    {
      Pair pair = pair_new (q);
      for (guint i = 0; i < 1000; i++)
        pair_push (&pair, 1000 + delay_uniform (&pair.random), sequences[q](pair.pushed));
      pair_push (&pair, 1, sequences[q](pair.pushed));
      pair_pop (&pair);
      for (guint i = 0; i < 400000; i++)
        pair_push (&pair, pair.now, sequences[q](pair.pushed));
      for (guint i = 0; i < 400000; i++)
        {
          pair_pop (&pair);
          if (i % 2)
            pair_push (&pair, pair.now, sequences[q](pair.pushed));
        }
      pair_finish (&pair);
    }
}

/* The memory held follows the largest number of events that were pending, not the number of events that
 * passed. */
static void
test_bytes (void **state)
{
  (void) state;
  static const gsize sizes[] = { 1, 100, 10000, 300000 };
  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (gsize d = 0; d < G_N_ELEMENTS (delays) - 1; d++)
      {
        guint64 random = s * 8 + d;
        guint64 sequence = 0;
        g_autoptr (OrrEventQueue) queue = orr_event_queue_new ();
        for (gsize i = 0; i < sizes[s]; i++)
          orr_event_queue_push (queue,
                                &(OrrEvent){ .time = delays[d].draw (&random), .sequence = sequence++ });
        for (gsize i = 0; i < 20000 + 4 * sizes[s]; i++)
          {
            OrrTime time = orr_event_queue_pop (queue)->time;
            orr_event_queue_push (
                queue, &(OrrEvent){ .time = time + delays[d].draw (&random), .sequence = sequence++ });
          }
        gsize bound = 256 * 1024 + 8 * sizes[s] * sizeof (OrrEvent);
        if (orr_event_queue_bytes (queue) > bound)
          fail_msg ("%zu events, delays %s: %zu bytes held, bound %zu", sizes[s], delays[d].name,
                    orr_event_queue_bytes (queue), bound);
      }
}

static gboolean
is_odd (gpointer data, const OrrEvent *event)
{
  ++*(gsize *) data;
  return event->slot % 2;
}

/* One queue gets all events and is swept now and then, another gets only those that a sweep leaves: their
 * pops agree, and after a sweep so do their lengths. */
static void
test_sweep (void **state)
{
  (void) state;
  static const gsize sizes[] = { 2, 30, 1000, 20000 };
  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (gsize d = 0; d < G_N_ELEMENTS (delays); d++)
      {
        g_autoptr (OrrEventQueue) all = orr_event_queue_new (), even = orr_event_queue_new ();
        guint64 random = s * 64 + d, sequence = 0;
        OrrTime now = 0;
        for (gsize i = 0; i < 4 * sizes[s] + 3000; i++)
          {
            guint32 slot = draw (&random) % 8;
            OrrEvent event = { .time = orr_time_add (now, delays[d].draw (&random)),
                               .sequence = sequence++,
                               .slot = slot };
            orr_event_queue_push (all, &event);
            if (slot % 2 == 0)
              orr_event_queue_push (even, &event);
            if (i < sizes[s] || orr_event_queue_length (even) == 0)
              continue;
            const OrrEvent *expected = orr_event_queue_pop (even), *popped;
            do
              popped = orr_event_queue_pop (all);
            while (popped && popped->slot % 2);
            assert_non_null (popped);
            assert_true (expected->sequence == popped->sequence);
            now = expected->time;
            if (draw (&random) % 512 != 0)
              continue;
            gsize asked = 0, pending = orr_event_queue_length (all);
            gsize gone = orr_event_queue_sweep (all, is_odd, &asked);
            assert_int_equal (asked, pending);
            assert_int_equal (pending - gone, orr_event_queue_length (all));
            assert_int_equal (orr_event_queue_length (even), orr_event_queue_length (all));
            assert_true (popped->sequence == expected->sequence);
          }
      }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_empty), cmocka_unit_test (test_lower_sequence_at_the_same_instant),
    cmocka_unit_test (test_hold),  cmocka_unit_test (test_mixed),
    cmocka_unit_test (test_edges), cmocka_unit_test (test_pushes_before_what_was_seen),
    cmocka_unit_test (test_ahead), cmocka_unit_test (test_burst),
    cmocka_unit_test (test_bytes), cmocka_unit_test (test_sweep),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
