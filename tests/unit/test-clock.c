/* test-clock.c: clocks are as wrong as the scenario says, and no more. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/engine-private.h"
#include "tiny-model.h"

/* A node that stands in for one of a run, at a time. */
typedef struct
{
  OrrScenario scenario;
  OrrSimulation simulation;
  OrrMachine machine;
  OrrNode node;
} World;

static void
world_init (World *world, gint64 drift, OrrTime offset)
{
  *world = (World){ .machine = { .name = "a", .drift = drift, .wall_offset = offset } };
  world->scenario.clocks.bound = 3 * ORR_MILLISECOND;
  world->simulation.scenario = &world->scenario;
  world->node = (OrrNode){ .simulation = &world->simulation, .machine = &world->machine };
}

static void
test_drift (void **data G_GNUC_UNUSED)
{
  World world;
  world_init (&world, 50000, 0); /* 50 ppm fast */
  world.simulation.now = 1000 * ORR_SECOND;
  assert_int_equal (orr_clock_monotonic (&world.node), 1000 * ORR_SECOND + 50 * ORR_MILLISECOND);
  assert_int_equal (orr_clock_wall (&world.node), 1000 * ORR_SECOND + 50 * ORR_MILLISECOND);
  world_init (&world, -1, -7);
  world.simulation.now = 3 * ORR_SECOND;
  assert_int_equal (orr_clock_monotonic (&world.node), 3 * ORR_SECOND - 3);
  assert_int_equal (orr_clock_wall (&world.node), 3 * ORR_SECOND - 10);
  /* Exact where doubles would not be, and at the ends of time and drift. */
  world.simulation.now = ORR_TIME_MAX;
  assert_int_equal (orr_clock_monotonic (&world.node), ORR_TIME_MAX - ORR_TIME_MAX / 1000000000 - 1);
  world.machine.drift = 1000000000;
  assert_int_equal (orr_clock_monotonic (&world.node), 2 * ORR_TIME_MAX);
  world.machine.drift = -1000000000;
  assert_int_equal (orr_clock_monotonic (&world.node), 0);
}

static void
test_bounds (void **data G_GNUC_UNUSED)
{
  World world;
  OrrTime earliest, latest;
  world_init (&world, 0, 2 * ORR_MILLISECOND);
  world.simulation.now = ORR_SECOND;
  orr_clock_bounds (&world.node, &earliest, &latest);
  assert_int_equal (earliest, 999 * ORR_MILLISECOND);
  assert_int_equal (latest, 1005 * ORR_MILLISECOND);
}

static void
test_jump (void **data G_GNUC_UNUSED)
{
  World world;
  world_init (&world, 0, 5);
  world.simulation.now = 100;
  orr_clock_jump (&world.machine, -50);
  assert_int_equal (orr_clock_wall (&world.node), 55);
  assert_int_equal (orr_clock_monotonic (&world.node), 100);
  for (guint i = 0; i < 10; i++)
    orr_clock_jump (&world.machine, ORR_TIME_MAX);
  assert_int_equal (orr_clock_wall (&world.node), ORR_TIME_MAX + 100);
}

/* However the clock drifts and wherever it stands: after the true duration it shows at least the duration
 * more, and a nanosecond earlier it may not have. */
static void
test_true_after (void **data G_GNUC_UNUSED)
{
  World world;
  OrrDraw draw = orr_draw_key (1, "true-after");
  for (guint i = 0; i < 200000; i++)
    {
      OrrDraw key = orr_draw_fold (draw, i);
      gint64 drift
          = (gint64) orr_draw_below (orr_draw_fold (key, 0), 1 + (G_GINT64_CONSTANT (1) << (i % 30)));
      world_init (&world, i % 2 ? drift : -drift, 0);
      world.machine.drift = MAX (world.machine.drift, -999999999);
      OrrTime now = (OrrTime) orr_draw_below (orr_draw_fold (key, 1), G_GUINT64_CONSTANT (1) << (1 + i % 55));
      OrrTime duration
          = (OrrTime) orr_draw_below (orr_draw_fold (key, 2), G_GUINT64_CONSTANT (1) << (1 + i % 30));
      OrrTime after = orr_clock_true_after (&world.machine, duration);
      world.simulation.now = now;
      OrrTime before = orr_clock_monotonic (&world.node);
      world.simulation.now = now + after;
      assert_true (orr_clock_monotonic (&world.node) - before >= duration);
      world.simulation.now = MAX (after - 1, 0);
      if (after > 0)
        assert_true (orr_clock_monotonic (&world.node) < duration);
    }
  world_init (&world, -1000000000, 0);
  assert_int_equal (orr_clock_true_after (&world.machine, 1), ORR_TIME_NEVER);
  assert_int_equal (orr_clock_true_after (&world.machine, 0), 0);
  world_init (&world, -999999999, 0);
  assert_int_equal (orr_clock_true_after (&world.machine, ORR_TIME_MAX), ORR_TIME_NEVER);
}

/* --- In a run --- */

static void
test_skew_and_drift (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = tiny_run ("model: tiny\nduration: 100s\noptions: {servers: 50, tick: 10s}\n"
                                         "nodes:\n  s1: {skew: 40ms, drift: 100ppm}\n"
                                         "clocks: {skew: uniform(-5ms..5ms), drift: 50ppm}\n");
  OrrTime least = ORR_TIME_MAX, most = -ORR_TIME_MAX, fast = -ORR_TIME_MAX, slow = ORR_TIME_MAX;
  guint n = 0;
  for (const OrrTraceFact *fact; (fact = tiny_fact (trace, TINY_TICKED, n)); n++)
    {
      const TinyTick *tick = fact->body;
      OrrTime round = (fact->time + 5 * ORR_SECOND) / (10 * ORR_SECOND) * (10 * ORR_SECOND);
      /* A timer that is set by one that is late is late as well; each is late by less than 3 ns. */
      assert_in_range (tick->monotonic, round, round + 30);
      OrrTime skew = tick->wall - tick->monotonic,
              drift = (tick->monotonic - fact->time) / (round / ORR_SECOND);
      if (fact->node == 0)
        {
          assert_int_equal (skew, 40 * ORR_MILLISECOND);
          assert_in_range (drift, 99980, 100000);
          continue;
        }
      least = MIN (least, skew);
      most = MAX (most, skew);
      fast = MAX (fast, drift);
      slow = MIN (slow, drift);
    }
  assert_true (n >= 50 * 9);
  assert_true (least >= -5 * ORR_MILLISECOND && least < -4 * ORR_MILLISECOND);
  assert_true (most <= 5 * ORR_MILLISECOND && most > 4 * ORR_MILLISECOND);
  assert_true (fast <= 50000 && fast > 40000);
  assert_true (slow >= -50001 && slow < -40000);
}

/* A node's clock does not depend on which other nodes there are. */
static void
test_own_draw (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) few = tiny_run ("model: tiny\nduration: 2s\noptions: {servers: 2, tick: 1s}\n"
                                       "clocks: {skew: uniform(-5ms..5ms), drift: 50ppm}\n");
  g_autoptr (OrrTrace) more = tiny_run ("model: tiny\nduration: 2s\noptions: {servers: 3, tick: 1s}\n"
                                        "clocks: {skew: uniform(-5ms..5ms), drift: 50ppm}\n");
  guint compared = 0;
  for (guint i = 0; tiny_fact (few, TINY_TICKED, i); i++)
    for (guint j = 0; tiny_fact (more, TINY_TICKED, j); j++)
      {
        const OrrTraceFact *a = tiny_fact (few, TINY_TICKED, i), *b = tiny_fact (more, TINY_TICKED, j);
        if (a->node != b->node || a->time != b->time)
          continue;
        assert_int_equal (((const TinyTick *) a->body)->wall, ((const TinyTick *) b->body)->wall);
        compared++;
      }
  assert_in_range (compared, 2, 4);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_drift),          cmocka_unit_test (test_bounds),
    cmocka_unit_test (test_jump),           cmocka_unit_test (test_true_after),
    cmocka_unit_test (test_skew_and_drift), cmocka_unit_test (test_own_draw),
  };
  return cmocka_run_group_tests_name ("clock", tests, NULL, NULL);
}
