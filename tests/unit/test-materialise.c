/* test-materialise.c: runs that are written down. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/model.h"
#include "explore/materialise.h"

#include "../support/program-catalog.h"
#include "../support/scenario-from.h"

#include "told-run.h"

static OrrScenario *
parse (const char *text)
{
  return scenario_from (catalog, text);
}

static OrrTrace *
run (const OrrScenario *scenario, guint64 seed, OrrChoices *choices)
{
  OrrRunOptions options = { .seed = seed, .level = ORR_RECORD_FULL, .choices = choices };
  return orr_simulate (scenario, &options);
}

static OrrDraft *
write_down (const OrrScenario *scenario, guint64 seed, OrrMaterialise what)
{
  g_autoptr (OrrChoices) choices = orr_choices_new ();
  g_autoptr (OrrTrace) trace = run (scenario, seed, choices);
  return orr_materialise (trace, choices, what);
}

static OrrScenario *
read_draft (const OrrDraft *draft)
{
  g_autoptr (OrrProblems) problems = orr_problems_new ("written");
  OrrScenario *scenario = orr_draft_read (draft, catalog, problems);
  g_autofree char *messages = orr_problems_to_text (problems);
  if (!scenario)
    fail_msg ("%s", messages);
  return scenario;
}

/* --- All of it --- */

#define CHAOS                                                                                                \
  "network: {latency: exponential(mean 3ms), loss: 2%, duplicate: 2%}\n"                                     \
  "clocks: {skew: uniform(-5ms..5ms), drift: 100ppm}\n"                                                      \
  "disk: {write: 20us, sync: exponential(mean 2ms), loses: any, atomic: false}\n"                            \
  "faults:\n"                                                                                                \
  "  - {every: exponential(mean 150ms), for: uniform(10ms..300ms), choose: [crash, crash-os, stop, pause, "  \
  "partition-majority, partition-ring, partition-bridge, partition-isolate, {link: {loss: 40%, latency: "    \
  "exponential(mean 9ms), duplicate: 20%}}, slow, {flap: {down: exponential(mean 20ms), up: "                \
  "exponential(mean "                                                                                        \
  "20ms)}}, corrupt, clog, {hold: {order: shuffled}}, collapse, {swizzle: {interval: exponential(mean "      \
  "20ms)}}, "                                                                                                \
  "inbox, clock, clock-drift, clock-stop, clock-lie, {disk: {stall: 30ms}}, {disk-slow: {sync: "             \
  "exponential(mean "                                                                                        \
  "20ms)}}, disk-full, disk-corrupt]}\n"

static const char *const chaotic[] = {
  "model: primary-replica\nduration: 3s\noptions: {replicas: 2, apply-delay: exponential(mean 5ms), router: "
  "random}\n"
  "nodes: {replica1: {service: exponential(mean 100us)}}\nclients: {sessions: 3, timeout: 500ms}\n"
  "workload: {think: exponential(mean 30ms), mix: {read: 60%, write: 40%}, keys: {count: 3}}\n" CHAOS,
  "model: lww-cache\nduration: 3s\nclients: {sessions: 3, contact: random, timeout: 500ms}\n"
  "workload: {arrival: poisson(60/s), mix: {read: 60%, write: 40%}, keys: {count: 3}}\n" CHAOS,
  "model: event-store\nduration: 3s\nclients: {sessions: 3, timeout: 500ms}\n"
  "workload: {object: set, think: exponential(mean 40ms), mix: {read: 50%, add: 50%}, keys: {count: "
  "3}}\n" CHAOS,
  "model: atomic-commitment\nduration: 3s\nsettle: 60s\nclients: {sessions: 3, timeout: 2s}\n"
  "workload: {object: bank, think: exponential(mean 30ms), mix: {read: 30%, transfer: 70%}, keys: {count: "
  "4}}\n" CHAOS,
};

/* The same by any seed. */
static void
test_all (void **state G_GNUC_UNUSED)
{
  for (guint i = 0; i < G_N_ELEMENTS (chaotic); i++)
    for (guint64 seed = 1; seed <= 4; seed++)
      {
        g_autoptr (OrrScenario) scenario = parse (chaotic[i]);
        g_autoptr (OrrTrace) was = run (scenario, seed, NULL);
        g_autoptr (OrrDraft) draft = write_down (scenario, seed, ORR_MATERIALISE_ALL);
        g_autoptr (OrrScenario) written = read_draft (draft);
        g_autofree char *told = tell_run (was);
        assert_true (was->operations->len > 10 && was->faults->len > 3);
        for (guint64 other = 0; other < 3; other++)
          {
            g_autoptr (OrrTrace) is = run (written, seed + other, NULL);
            g_autofree char *again = tell_run (is);
            assert_string_equal (told, again);
            assert_int_equal (is->healed_at, was->healed_at);
            for (guint pin = 0; pin < written->pins.length; pin++)
              assert_true (is->pins_met[pin]);
          }
      }
}

/* That somebody looks changes nothing. */
static void
test_looking (void **state G_GNUC_UNUSED)
{
  for (guint i = 0; i < G_N_ELEMENTS (chaotic); i++)
    {
      g_autoptr (OrrScenario) scenario = parse (chaotic[i]);
      g_autoptr (OrrChoices) choices = orr_choices_new ();
      g_autoptr (OrrTrace) alone = run (scenario, 3, NULL), watched = run (scenario, 3, choices);
      assert_true (alone->digest == watched->digest && alone->body_digest == watched->body_digest);
      assert_true (choices->decided->len > 100);
    }
}

/* --- Priorities --- */

static guint
count_timers (const OrrScenario *scenario)
{
  const OrrPin *pins = scenario->pins.data;
  guint n = 0;
  for (guint i = 0; i < scenario->pins.length; i++)
    n += pins[i].kind == ORR_PIN_TIMER;
  return n;
}

static gboolean
has_priorities (const OrrScenario *scenario)
{
  const OrrFaultPlan *plans = scenario->faults.data;
  for (guint i = 0; i < scenario->faults.length; i++)
    if (plans[i].fault && strcmp (plans[i].fault->name, "priorities") == 0)
      return TRUE;
  return FALSE;
}

/* Messages and timers that were late are pinned, and the fault that made them so has nothing left to do.
 * Where choices are not written down, it stays, and says which priorities. */
static void
test_priorities (void **state G_GNUC_UNUSED)
{
  for (guint i = 0; i < G_N_ELEMENTS (chaotic); i++)
    {
      g_autofree char *text = g_strconcat (
          chaotic[i], "  - {at: 20ms, priorities: {spread: 40ms, steps: 300}, for: 2500ms}\n", NULL);
      g_autoptr (OrrScenario) scenario = parse (text);
      g_autoptr (OrrTrace) was = run (scenario, 2, NULL);
      g_autoptr (OrrDraft) all = write_down (scenario, 2, ORR_MATERIALISE_ALL);
      g_autoptr (OrrDraft) lines
          = write_down (scenario, 2, ORR_MATERIALISE_OPERATIONS | ORR_MATERIALISE_FAULTS);
      g_autoptr (OrrScenario) pinned = read_draft (all), listed = read_draft (lines);
      g_autoptr (OrrTrace) by_pins = run (pinned, 99, NULL), by_lines = run (listed, 2, NULL);
      g_autofree char *told = tell_run (was), *of_pins = tell_run (by_pins), *of_lines = tell_run (by_lines);
      assert_string_equal (told, of_pins);
      assert_string_equal (told, of_lines);
      assert_true (count_timers (pinned) > 10 && !has_priorities (pinned));
      assert_true (count_timers (listed) == 0 && has_priorities (listed));
    }
}

/* --- What is written --- */

static const char litmus[]
    = "model: primary-replica\noptions: {replicas: 1}\nclients: {names: [alice, bob]}\n"
      "network: {latency: exponential(mean 3ms)}\n"
      "workload:\n  operations:\n"
      "    - {id: w1, session: alice, write: {x: 1}}\n"
      "    - {id: w2, after: w1, at: 5ms, session: alice, write: {x: 2}, cancel: 1s}\n"
      "    - {id: r1, after: w1, session: bob, read: x}\n"
      "faults:\n"
      "  - {when: {sync: primary, nth: 2}, choose: [partition-majority], for: uniform(1ms..5ms)}\n"
      "  - {at: 1s, choose: [crash], target: replica1, for: exponential(mean 10ms)}\n";

/* In the order in which they were due. Absolute times, but where one begins in the instant in which another
 * ends. */
static void
test_operations (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario = parse (litmus);
  g_autoptr (OrrDraft) draft = write_down (scenario, 1, ORR_MATERIALISE_ALL);
  assert_int_equal (orr_draft_length (draft, "workload.operations"), 3);
  assert_string_equal (orr_draft_get_text (draft, "workload.operations.1.id"), "r1");
  assert_string_equal (orr_draft_get_text (draft, "workload.operations.1.after"), "w1");
  assert_string_equal (orr_draft_get_text (draft, "workload.operations.2.id"), "w2");
  assert_non_null (orr_draft_get (draft, "workload.operations.2.at"));
  assert_null (orr_draft_get (draft, "workload.operations.2.after"));
  assert_string_equal (orr_draft_get_text (draft, "workload.operations.2.cancel"), "1s");
}

static void
test_faults (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario = parse (litmus);
  g_autoptr (OrrDraft) draft = write_down (scenario, 1, ORR_MATERIALISE_FAULTS);
  g_autoptr (OrrScenario) written = read_draft (draft);
  const OrrFaultPlan *plans = written->faults.data;
  OrrTime length;
  assert_int_equal (written->faults.length, 2);
  assert_int_equal (plans[0].trigger, ORR_TRIGGER_WHEN);
  assert_int_equal (plans[0].when.nth, 2);
  assert_non_null (orr_draft_get (draft, "faults.0.partition"));
  assert_int_equal (plans[1].at, ORR_SECOND);
  assert_string_equal (plans[1].fault->name, "crash");
  for (guint i = 0; i < 2; i++)
    assert_true (plans[i].fault && orr_distribution_is_constant (plans[i].duration, &length));
}

/* A message goes on being the same when operations before it are gone: the pins name it by what it says. */
static void
test_pins_by_content (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario = parse (litmus);
  g_autoptr (OrrDraft) draft = write_down (scenario, 1, ORR_MATERIALISE_ALL);
  g_autoptr (OrrScenario) written = read_draft (draft);
  const OrrPin *pins = written->pins.data;
  guint messages = 0, counted = 0;
  for (guint i = 0; i < written->pins.length; i++)
    if (pins[i].kind == ORR_PIN_MESSAGE
        && (written->model->messages[pins[i].record].flags & ORR_BACKGROUND) == 0)
      {
        messages++;
        counted += pins[i].where.length == 0;
      }
  assert_true (messages > 4);
  assert_true (counted < messages / 2);
  orr_draft_remove (draft, "workload.operations.2");
  g_autoptr (OrrScenario) smaller = read_draft (draft);
  g_autoptr (OrrTrace) trace = run (smaller, 99, NULL);
  assert_int_equal (trace->operations->len, 2);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_all),        cmocka_unit_test (test_looking),
    cmocka_unit_test (test_priorities), cmocka_unit_test (test_operations),
    cmocka_unit_test (test_faults),     cmocka_unit_test (test_pins_by_content),
  };
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
