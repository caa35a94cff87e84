/* test-causality.c: what the clocks say, held against the histories that they are clocks of.
 *
 * A few processes do things, send and receive at random. Who happened before whom is then worked out from the
 * arrows themselves, and every clock must agree with that as far as it promises to. The laws (a partial
 * order; merging is a join) are held on random vectors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/causality.h"

enum
{
  NODES = 4,
  EVENTS = 24
};

typedef struct
{
  OrrDot dots[NODES];
  guint32 length;
} Vector;

static OrrVector
of (const Vector *vector)
{
  return (OrrVector){ .data = vector->dots, .length = vector->length };
}

static Vector
random_vector (GRand *rand)
{
  Vector vector = { 0 };
  for (OrrAddress node = 0; node < NODES; node++)
    {
      guint64 count = (guint64) g_rand_int_range (rand, 0, 3);
      if (count > 0)
        vector.dots[vector.length++] = (OrrDot){ node, count };
    }
  return vector;
}

static Vector
merged (const Vector *a, const Vector *b)
{
  OrrDot dots[2 * NODES];
  Vector both = { .length = orr_vector_merge (of (a), of (b), dots) };
  assert_true (both.length <= NODES);
  for (guint32 i = 0; i < both.length; i++)
    both.dots[i] = dots[i];
  return both;
}

static gboolean
is_below (const Vector *a, const Vector *b)
{
  OrrOrder order = orr_vector_compare (of (a), of (b));
  return order == ORR_BEFORE || order == ORR_EQUAL;
}

static OrrOrder
reversed (OrrOrder order)
{
  return order == ORR_BEFORE ? ORR_AFTER : order == ORR_AFTER ? ORR_BEFORE : order;
}

static void
test_laws (void **state)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint seen[ORR_CONCURRENT + 1] = { 0 };
  for (guint i = 0; i < 20000; i++)
    {
      Vector a = random_vector (rand), b = random_vector (rand), c = random_vector (rand);
      OrrOrder order = orr_vector_compare (of (&a), of (&b));
      seen[order]++;

      assert_int_equal (orr_vector_compare (of (&a), of (&a)), ORR_EQUAL);
      assert_int_equal (orr_vector_compare (of (&b), of (&a)), reversed (order));
      if (is_below (&a, &b) && is_below (&b, &c))
        assert_true (is_below (&a, &c));

      Vector ab = merged (&a, &b), ba = merged (&b, &a), bc = merged (&b, &c);
      Vector left = merged (&ab, &c), right = merged (&a, &bc);
      assert_int_equal (orr_vector_compare (of (&ab), of (&ba)), ORR_EQUAL);
      assert_int_equal (orr_vector_compare (of (&left), of (&right)), ORR_EQUAL);
      assert_true (is_below (&a, &ab) && is_below (&b, &ab)); /* an upper bound, … */
      if (is_below (&a, &c) && is_below (&b, &c))
        assert_true (is_below (&ab, &c)); /* … and the least */
    }
  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    assert_true (seen[i] > 100);
}

/* An event of a history: what it knows by each clock, and directly which events came before. */
typedef struct
{
  OrrAddress node;
  gboolean past[EVENTS];
  guint64 lamport;
  Vector vector;
  OrrHybrid hybrid;
} Event;

/* The next event of `node`, which receives from `from` (NULL: from nobody). */
static void
happen (Event *events, guint index, OrrAddress node, const Event *last, const Event *from, OrrTime now)
{
  Event *event = &events[index];
  static const Event nothing = { 0 };
  const Event *own = last ? last : &nothing;
  event->node = node;
  for (guint i = 0; i < index; i++)
    event->past[i] = own->past[i] || &events[i] == last || (from && (from->past[i] || &events[i] == from));

  event->lamport = from ? orr_lamport_merge (own->lamport, from->lamport) : orr_lamport_tick (own->lamport);
  Vector known = from ? merged (&own->vector, &from->vector) : own->vector;
  OrrDot dots[NODES + 1];
  event->vector.length = orr_vector_increment (of (&known), node, dots);
  for (guint32 i = 0; i < event->vector.length; i++)
    event->vector.dots[i] = dots[i];
  event->hybrid
      = from ? orr_hybrid_merge (own->hybrid, from->hybrid, now) : orr_hybrid_tick (own->hybrid, now);
}

static void
make_history (GRand *rand, Event *events)
{
  const OrrTime skew[NODES]
      = { 0, 40, -40, 5 }; /* their wall clocks disagree, and stand still now and then */
  const Event *last[NODES] = { 0 };
  for (guint i = 0; i < EVENTS; i++)
    {
      OrrAddress node = (OrrAddress) g_rand_int_range (rand, 0, NODES);
      const Event *from
          = i > 0 && g_rand_boolean (rand) ? &events[g_rand_int_range (rand, 0, (gint32) i)] : NULL;
      events[i] = (Event){ 0 };
      happen (events, i, node, last[node], from, 1000 + (OrrTime) i / 3 + skew[node]);
      last[node] = &events[i];
    }
}

static void
test_histories (void **state)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  guint concurrent = 0, ordered = 0;
  for (guint round = 0; round < 500; round++)
    {
      Event events[EVENTS];
      make_history (rand, events);
      for (guint b = 0; b < EVENTS; b++)
        for (guint a = 0; a < b; a++)
          {
            gboolean before = events[b].past[a];
            OrrOrder order = orr_vector_compare (of (&events[a].vector), of (&events[b].vector));
            assert_int_equal (order, before ? ORR_BEFORE : ORR_CONCURRENT); /* the vector knows exactly */
            if (before)
              {
                assert_int_equal (orr_lamport_compare (events[a].lamport, events[a].node, events[b].lamport,
                                                       events[b].node),
                                  ORR_BEFORE);
                assert_int_equal (orr_hybrid_compare (events[a].hybrid, events[b].hybrid), ORR_BEFORE);
              }
            concurrent += !before;
            ordered += before;
          }
    }
  assert_true (concurrent > 10000 && ordered > 10000);
}

/* A hybrid clock never runs ahead of the fastest wall clock that it heard of. */
static void
test_hybrid_stays_close (void **state)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  for (guint round = 0; round < 200; round++)
    {
      Event events[EVENTS];
      make_history (rand, events);
      for (guint i = 0; i < EVENTS; i++)
        {
          assert_true (events[i].hybrid.wall <= 1000 + EVENTS / 3 + 40);
          assert_true (events[i].hybrid.logical <= i);
        }
    }
  OrrHybrid clock = orr_hybrid_merge ((OrrHybrid){ 10, 0 }, (OrrHybrid){ 30, 4 }, 20);
  assert_int_equal (clock.wall, 30);
  assert_int_equal (clock.logical, 5);
  clock = orr_hybrid_tick (clock, 31);
  assert_int_equal (clock.wall, 31);
  assert_int_equal (clock.logical, 0);
}

/* Two clients write through one replica without having seen each other: a version vector of replicas takes
 * the second write for later, the dotted one tells. */
static void
test_dots (void **state)
{
  const OrrDot one = { 0, 1 };
  OrrDottedVector first = { .dot = one };
  OrrDottedVector second = { .dot = { 0, 2 } };
  OrrDottedVector third = { .dot = { 1, 1 }, .past = { .data = &one, .length = 1 } };
  assert_int_equal (orr_dotted_compare (&first, &second), ORR_CONCURRENT);
  assert_int_equal (orr_dotted_compare (&first, &third), ORR_BEFORE);
  assert_int_equal (orr_dotted_compare (&third, &first), ORR_AFTER);
  assert_int_equal (orr_dotted_compare (&second, &third), ORR_CONCURRENT);
  assert_int_equal (orr_dotted_compare (&third, &third), ORR_EQUAL);

  OrrDot seen[2], plain[1];
  assert_int_equal (orr_dotted_seen (&third, seen), 2);
  assert_int_equal (seen[1].count, 1);
  assert_int_equal (orr_dotted_seen (&second, plain), 1);
  assert_int_equal (orr_vector_compare ((OrrVector){ .data = &one, .length = 1 },
                                        (OrrVector){ .data = plain, .length = 1 }),
                    ORR_BEFORE);
}

/* The comparison that the sample code of many tutorials has: it looks whether any count of the other is
 * larger, and takes that for "the other is ahead". For concurrent clocks both are then ahead of each other,
 * so that whoever asks for what is new to him misses what he never saw. */
static OrrOrder
compare_wrongly (OrrVector a, OrrVector b)
{
  for (OrrAddress node = 0; node < NODES; node++)
    if (orr_vector_get (b, node) > orr_vector_get (a, node))
      return ORR_BEFORE;
  return orr_vector_compare (a, b) == ORR_EQUAL ? ORR_EQUAL : ORR_AFTER;
}

static void
test_wrong_comparison (void **state)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  guint concurrent = 0;
  for (guint i = 0; i < 5000; i++)
    {
      Vector a = random_vector (rand), b = random_vector (rand);
      OrrOrder right = orr_vector_compare (of (&a), of (&b));
      OrrOrder wrong = compare_wrongly (of (&a), of (&b)), back = compare_wrongly (of (&b), of (&a));
      if (right != ORR_CONCURRENT)
        {
          assert_int_equal (wrong, right); /* it errs only where nobody is ahead */
          continue;
        }
      concurrent++;
      assert_int_equal (wrong, ORR_BEFORE);
      assert_int_equal (back, ORR_BEFORE); /* each before the other: no order at all */
    }
  assert_true (concurrent > 500);
}

static void
test_names (void **state)
{
  assert_string_equal (orr_order_name (ORR_BEFORE), "before");
  assert_string_equal (orr_order_name (ORR_CONCURRENT), "concurrent");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_laws),
    cmocka_unit_test (test_histories),
    cmocka_unit_test (test_hybrid_stays_close),
    cmocka_unit_test (test_dots),
    cmocka_unit_test (test_wrong_comparison),
    cmocka_unit_test (test_names),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
