/* test-timers.c: timers that are set and never come, and such that come late.
 *
 * Counted in events, not in bytes or seconds: a timer that is swept out is never popped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../support/scenario-of.h"

typedef struct
{
  OrrTimer patience;
} Impatient;

enum
{
  TICK,
  PATIENCE
};

static const OrrRecord timers[] = {
  { .name = "tick", .doc = "work to do" },
  { .name = "patience", .doc = "an hour without any" },
  { 0 },
};

static void
on_start (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  orr_timer_set (node, 0, TICK, NULL);
}

static void
on_timer (OrrNode *node, guint kind, gconstpointer body G_GNUC_UNUSED)
{
  Impatient *state = orr_state (node);
  g_assert (kind == TICK);
  orr_timer_cancel (node, &state->patience);
  state->patience = orr_timer_set (node, 3600 * ORR_SECOND, PATIENCE, NULL);
  orr_timer_set (node, 10 * ORR_MILLISECOND, TICK, NULL);
}

static const OrrRole role = {
  .name = "impatient",
  .state_size = sizeof (Impatient),
  .on_start = on_start,
  .on_timer = on_timer,
};

static const OrrRole *const roles[] = { &role, NULL };
static const char *const objects[] = { "register", NULL };

static void
layout (gconstpointer data G_GNUC_UNUSED, OrrLayout *into)
{
  orr_layout_add (into, 0, "n");
}

static const OrrModel model = {
  .abi = ORR_MODEL_ABI,
  .entry = { .name = "impatient", .summary = "Sets an hour's timer anew for each thing it does" },
  .timers = timers,
  .roles = roles,
  .objects = objects,
  .layout = layout,
};

static guint64
count_events (OrrRecordLevel level)
{
  g_autoptr (OrrScenario) scenario = scenario_of (&model, "model: impatient\nduration: 2h\nsettle: 0s\n");
  OrrRunOptions options = { .level = level, .record_limit = 1000 };
  g_autoptr (OrrTrace) trace = orr_simulate (scenario, &options);
  assert_true (trace->counts.timers_cancelled >= 719999);
  return trace->counts.events;
}

/* Half of those that are cancelled would come within the two hours. At all levels the same are swept. */
static void
test_cancelled_timers_are_swept (void **state)
{
  (void) state;
  guint64 events = count_events (ORR_RECORD_OPERATIONS);
  if (events > 725000)
    fail_msg ("%" G_GUINT64_FORMAT " events for 720,000 ticks", events);
  assert_true (events == count_events (ORR_RECORD_EVENTS));
}

/* --- Late ones --- */

/* How many ticks there were in ten seconds. */
static guint64
count_ticks (const char *fault, guint64 *ret_effects)
{
  g_autofree char *text
      = g_strdup_printf ("model: impatient\nduration: 10s\nsettle: 0s\nfaults: [%s]\n", fault);
  g_autoptr (OrrScenario) scenario = scenario_of (&model, text);
  g_autoptr (OrrTrace) trace = orr_simulate (scenario, NULL);
  *ret_effects = trace->faults->len > 0 ? g_array_index (trace->faults, OrrTraceFault, 0).effects : 0;
  return trace->counts.timers_fired;
}

/* By its node's priority, and in the end by as much as can be; never early, and none is lost. */
static void
test_priorities_of_timers (void **state)
{
  guint64 effects, usual = count_ticks ("", &effects), least = usual, most = 0;
  (void) state;
  for (guint number = 0; number < 20; number++)
    {
      g_autofree char *fault = g_strdup_printf (
          "{at: 0s, priorities: {spread: 40ms, depth: 1, steps: 20, number: %u}, for: 10s}", number);
      guint64 ticks = count_ticks (fault, &effects);
      assert_in_range (ticks, 10 * 1000 / (10 + 20), usual);
      assert_in_range (effects, 2 * (ticks - 1), 2 * ticks);
      least = MIN (least, ticks);
      most = MAX (most, ticks);
    }
  assert_true (least < 400 && most > 700); /* 333 are those of the latest, 1000 those of one in time */
  guint64 lowest
      = count_ticks ("{at: 0s, priorities: {spread: 40ms, depth: 2, steps: 1}, for: 10s}", &effects);
  assert_in_range (lowest, 10 * 1000 / (10 + 40), 10 * 1000 / (10 + 40) + 2);
  assert_int_equal (usual,
                    count_ticks ("{at: 0s, priorities: {spread: 40ms, timers: false}, for: 10s}", &effects));
  assert_int_equal (effects, 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_cancelled_timers_are_swept),
    cmocka_unit_test (test_priorities_of_timers),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
