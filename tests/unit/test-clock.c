/* test-clock.c: clocks are as wrong as the scenario says, and no more. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/engine-private.h"
#include "../support/puppet.h"
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

/* --- Faults --- */

#define MS ORR_MILLISECOND

/* What both clocks show at each tick is what a function of true time says; returns how many ticks there were.
 */
static guint
check_ticks (const OrrTrace *trace, OrrAddress node, OrrTime (*shown) (OrrTime))
{
  guint n = 0;
  for (guint i = 0; tiny_fact (trace, TINY_TICKED, i); i++)
    {
      const OrrTraceFact *fact = tiny_fact (trace, TINY_TICKED, i);
      const TinyTick *tick = fact->body;
      if (fact->node != node)
        continue;
      n++;
      assert_int_equal (tick->monotonic, shown (fact->time));
      assert_int_equal (tick->wall, tick->monotonic);
      assert_int_equal (tick->monotonic, n * 10 * MS); /* no timer is early or late on its own clock */
    }
  return n;
}

static OrrTime
twice_as_fast (OrrTime now)
{
  return now + CLAMP (now - 205 * MS, 0, 200 * MS);
}

static OrrTime
half_as_fast (OrrTime now)
{
  return now - CLAMP (now - 205 * MS, 0, 200 * MS) / 2;
}

static OrrTime
standing (OrrTime now)
{
  return now - CLAMP (now - 205 * MS, 0, 200 * MS);
}

static OrrTime
as_it_is (OrrTime now)
{
  return now;
}

static void
check_fault (const char *fault, const char *what, OrrTime (*shown) (OrrTime), guint ticks, guint effects)
{
  g_autofree char *text = g_strdup_printf ("model: tiny\nduration: 1s\noptions: {servers: 2, tick: "
                                           "10ms}\nfaults:\n  - {at: 205ms, %s, for: 200ms}\n",
                                           fault);
  g_autoptr (OrrTrace) trace = tiny_run (text);
  assert_int_equal (check_ticks (trace, 0, shown), ticks);
  assert_int_equal (check_ticks (trace, 1, as_it_is), 99);
  assert_string_equal (tiny_fault (trace, 0)->what, what);
  assert_int_equal (tiny_fault (trace, 0)->ended, 405 * MS);
  assert_int_equal (tiny_fault (trace, 0)->effects, effects);
}

static void
test_rates (void **data G_GNUC_UNUSED)
{
  /* The timer that is set is moved; then each tick reads both clocks and sets a timer. */
  check_fault ("clock-drift: {node: s1, by: 100%}", "let the clocks of s1 run 100% too fast", twice_as_fast,
               119, 1 + 40 * 3);
  check_fault ("clock-drift: {node: s1, by: -50%}", "let the clocks of s1 run 50% too slow", half_as_fast, 89,
               1 + 10 * 3);
  check_fault ("clock-stop: s1", "stop the clocks of s1", standing, 79, 1);
}

/* They overlap, and go through a restart. */
static void
test_rates_together (void **data G_GNUC_UNUSED)
{
  g_autoptr (OrrTrace) trace = tiny_run (
      "model: tiny\nduration: 1s\noptions: {tick: 10ms}\nfaults:\n"
      "  - {at: 100ms, clock-drift: {node: s1, by: 100%}, for: 400ms}\n"
      "  - {at: 200ms, clock-stop: s1, for: 200ms}\n  - {at: 300ms, clock-stop: s1, for: 200ms}\n"
      "  - {at: 350ms, crash: s1, for: 10ms}\n  - {at: 600ms, clock-drift: {node: s1, by: -99.9%}}\n"
      "  - {at: 600ms, clock-drift: {node: s1, by: -99.9%}, for: 100ms}\n");
  /* 100 ms, then 200 ms in 100, then nothing until 500 ms; 100 ms more until 600, nothing until 700 and then
   * a thousandth. */
  OrrTime last = 0;
  for (guint i = 0; tiny_fact (trace, TINY_TICKED, i); i++)
    {
      const OrrTraceFact *fact = tiny_fact (trace, TINY_TICKED, i);
      OrrTime time = fact->time, shown = ((const TinyTick *) fact->body)->monotonic;
      OrrTime expected = time < 100 * MS    ? time
                         : time < 200 * MS  ? 2 * time - 100 * MS
                         : time <= 500 * MS ? 300 * MS
                         : time <= 600 * MS ? time - 200 * MS
                                            : -1;
      assert_int_equal (shown, expected);
      last = time;
    }
  assert_int_equal (last, 600 * MS);
}

/* What the puppet asked for and what came. */
static struct
{
  guint set, fired, cancelled;
  OrrTimer timers[8];
} count;

static void
set_another (OrrNode *node)
{
  guint place = (guint) orr_draw_index (node, "luck", G_N_ELEMENTS (count.timers));
  OrrTime after = (OrrTime) orr_draw_index (node, "luck", 300) * ORR_MICROSECOND;
  if (count.timers[place])
    {
      count.cancelled++;
      orr_timer_cancel (node, &count.timers[place]);
    }
  guint64 due = (guint64) (orr_clock_monotonic (node) + after);
  count.timers[place] = orr_timer_set (node, after, PUPPET_TICK, &(PuppetNote){ due << 3 | place });
  count.set++;
}

static void
start_many (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  memset (count.timers, 0, sizeof count.timers);
  for (guint i = 0; i < 20; i++)
    set_another (node);
}

static void
check_due (OrrNode *node, guint kind G_GNUC_UNUSED, gconstpointer body)
{
  guint64 number = ((const PuppetNote *) body)->number;
  OrrTime due = (OrrTime) (number >> 3), now = orr_clock_monotonic (node);
  assert_true (now >= due && now <= due + 3);
  count.timers[number & 7] = 0;
  count.fired++;
  if (count.set < 200000)
    for (guint i = 0; i < 2; i++)
      set_another (node);
}

/* However a clock's rate changes, a timer fires once, when the clock shows its time, unless it is cancelled.
 */
static void
test_timers_follow (void **data G_GNUC_UNUSED)
{
  puppet_setup (NULL);
  memset (&count, 0, sizeof count);
  puppet.start = start_many;
  puppet.timer = check_due;
  g_autoptr (OrrTrace) trace = run_puppet (
      "options: {nodes: 1}\nclocks: {drift: 100ppm}\nduration: 20s\nfaults:\n"
      "  - {every: exponential(mean 2ms), for: exponential(mean 1ms), choose: [clock-stop, {clock-drift: "
      "{by: "
      "50%}}, {clock-drift: {by: -30%}}, {clock-drift: {by: 3ppb}}, {clock: {jump: -1h}}], target: n0}\n",
      ORR_RECORD_OPERATIONS, 5);
  assert_int_equal (trace->ending, ORR_ENDED_QUIET);
  assert_true (count.set >= 200000);
  assert_true (count.cancelled > 10000);
  assert_int_equal (count.set, count.fired + count.cancelled);
  puppet_teardown (NULL);
}

/* --- Intervals --- */

static void
say_bounds (OrrNode *node, guint kind G_GNUC_UNUSED, gconstpointer body G_GNUC_UNUSED)
{
  OrrTime earliest, latest;
  orr_clock_bounds (node, &earliest, &latest);
  say (node, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, earliest / ORR_MICROSECOND, latest / ORR_MICROSECOND);
  orr_timer_set (node, ORR_SECOND, PUPPET_TOCK, NULL);
}

static void
start_asking (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  orr_timer_set (node, ORR_SECOND, PUPPET_TOCK, NULL);
}

static void
test_intervals (void **data G_GNUC_UNUSED)
{
  puppet_setup (NULL);
  puppet.start = start_asking;
  puppet.timer = say_bounds;
  g_autoptr (OrrTrace) trace
      = run_puppet ("options: {nodes: 1}\nclocks: {bound: 1ms, drift: 100ppm}\n"
                    "nodes: {n0: {drift: 0}}\nduration: 7500ms\nfaults:\n"
                    "  - {at: 1500ms, clock-lie: {node: n0, off: 100ms}, for: 3s}\n"
                    "  - {at: 2500ms, clock-lie: {node: n0, off: -1s, bound: 2s}, for: 1s}\n"
                    "  - {at: 5500ms, clock: {node: n0, jump: -1200us}}\n"
                    "  - {at: 7400ms, clock: {node: n0, jump: 0s}}\n",
                    ORR_RECORD_OPERATIONS, 1);
  /* The bound grows by 100 us a second. The jump is within it: no lie. */
  assert_string_equal (journal->str, "1s n0 998900 1001100\n"
                                     "2s n0 2098800 2101200\n"
                                     "3s n0 100000 4100000\n"
                                     "4s n0 4098600 4101400\n"
                                     "5s n0 4998500 5001500\n"
                                     "6s n0 5997200 6000400\n"
                                     "7s n0 6997100 7000500\n");
  assert_string_equal (tiny_fault (trace, 0)->what, "let the clock of n0 be off by 100ms");
  assert_string_equal (tiny_fault (trace, 1)->what,
                       "let the clock of n0 be off by -1s and believe itself right to 2s");
  static const guint effects[] = { 2, 0, 2, 0 };
  for (guint i = 0; i < G_N_ELEMENTS (effects); i++)
    assert_int_equal (tiny_fault (trace, i)->effects, effects[i]);
  puppet_teardown (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_drift),          cmocka_unit_test (test_bounds),
    cmocka_unit_test (test_jump),           cmocka_unit_test (test_true_after),
    cmocka_unit_test (test_skew_and_drift), cmocka_unit_test (test_own_draw),
    cmocka_unit_test (test_rates),          cmocka_unit_test (test_rates_together),
    cmocka_unit_test (test_timers_follow),  cmocka_unit_test (test_intervals),
  };
  return cmocka_run_group_tests_name ("clock", tests, NULL, NULL);
}
