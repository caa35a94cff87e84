/* test-shrink.c: what a shrunk scenario claims of itself is so.
 *
 * Scenarios of the models' known mistakes, and of what the models do not promise, are run among other
 * operations and faults, and shrunk. The result is read again and run: it must violate the property by every
 * seed, and must not when any one of its lines is taken out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/model.h"
#include "explore/draft.h"
#include "explore/shrink.h"
#include "explore/trial.h"
#include "report/catalog-new.h"
#include "../support/program-catalog.h"
#include "../support/scenario-from.h"

typedef struct
{
  const char *scenario, *property;
  const char *operations, *faults;            /* ends with a semicolon each: added to its own */
  guint operations_max, faults_max, pins_max; /* what is known to suffice */
} Case;

static const Case cases[] = {
  { "atomic-commitment/decision-forgotten", "ac1-agreement",
    "{session: alice, at: 3s, transfer: {from: c, to: a, amount: 2}};{session: bob, at: 4s, transfer: {from: "
    "b, to: a, amount: 2}};"
    "{session: alice, at: 5s, steps: [{read: a}, {read: c}]};",
    "{at: 3s, pause: participant1, for: 100ms};{at: 6s, crash: coordinator, for: 1s};", 1, 0, 1 },
  { "atomic-commitment/decision-not-logged", "ac1-agreement",
    "{at: 9s, transfer: {from: b, to: a, amount: 2}};",
    "{at: 11s, partition: [[coordinator], [participant2]], for: 1s};", 1, 1, 1 },
  { "event-store/concurrent-withheld", "convergence",
    "{at: 9s, to: store1, add: {x: 77}};{at: 9s, to: store1, read: x};", "{at: 10s, crash: store1, for: 1s};",
    2, 0, 0 },
  { "lww-cache/version-bumped-late", "convergence",
    "{session: bob, at: 2s, to: cache2, write: {size: 4}};{session: alice, at: 2s, to: cache2, read: size};"
    "{session: bob, at: 10s, to: cache1, write: {size: 5}};",
    "{at: 8s, pause: cache1, for: 1s};{at: 12s, partition: [[cache1], [cache2]], for: 1s};", 2, 0, 0 },
  { "lww-cache/dropped-when-peer-down", "convergence",
    "{at: 8s, to: cache1, write: {size: 4}};{at: 9s, to: cache2, read: size};",
    "{at: 12s, pause: cache1, for: 1s};", 1, 1, 0 },
  { "primary-replica/network-error-reported-ok", "durability",
    "{at: 5s, write: {z: 4}};{at: 6s, read: z};{at: 7s, write: {z: 6}};",
    "{at: 8s, crash: replica1, for: 1s};{at: 9s, pause: primary, for: 1s};", 1, 1, 1 },
  { "primary-replica/lsn-compared-as-text", "read-your-writes", "{at: 3s, write: {x: 9}};{at: 4s, read: x};",
    "{at: 5s, crash: replica1, for: 1s};", 2, 0, 0 },
  { "primary-replica/sticky-fails-over", "monotonic-reads", "", "", 3, 1, 0 },
};

static void
add_lines (OrrDraft *draft, const char *list, const char *lines)
{
  g_auto (GStrv) each = g_strsplit (lines, ";", -1);
  for (char **line = each; *line && **line; line++)
    orr_draft_append (draft, list, *line);
}

static OrrScenario *
read_case (const Case *one)
{
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  g_autofree char *file = g_strdup_printf ("%s/models/%s.yaml", g_getenv ("ORRERY_SOURCE"), one->scenario);
  g_autoptr (OrrScenario) quiet = orr_scenario_load (file, NULL, catalog, problems, NULL);
  assert_non_null (quiet);
  g_autoptr (OrrDraft) draft = orr_draft_new (quiet);
  add_lines (draft, "workload.operations", one->operations);
  add_lines (draft, "faults", one->faults);
  OrrScenario *noisy = orr_draft_read (draft, catalog, problems);
  g_autofree char *messages = orr_problems_to_text (problems);
  if (!noisy)
    fail_msg ("%s: %s", one->scenario, messages);
  return noisy;
}

static gboolean
violates (const OrrScenario *scenario, const char *property, guint64 seed)
{
  const OrrQuestion question = { .property = orr_checks_find (property), .run = { .seed = seed } };
  return orr_trial_is_violated (scenario, &question);
}

/* Reads the text that a user would get. */
static OrrScenario *
read_again (const OrrShrunk *shrunk)
{
  g_autoptr (OrrProblems) problems = orr_problems_new (NULL);
  OrrScenario *again = orr_scenario_parse (shrunk->scenario->text, strlen (shrunk->scenario->text), NULL,
                                           NULL, catalog, problems);
  assert_non_null (again);
  assert_string_equal (again->text, shrunk->scenario->text);
  return again;
}

/* By each of some seeds, its own first: without a pin, chance may be back. */
static gboolean
violates_always (const OrrScenario *scenario, const char *property)
{
  gboolean always = violates (scenario, property, scenario->seed);
  for (guint64 seed = 1; always && seed <= 20; seed++)
    always = violates (scenario, property, seed);
  return always;
}

static void
assert_none_can_go (const OrrScenario *scenario, const char *property, const char *list, guint n)
{
  g_autoptr (OrrDraft) draft = orr_draft_new (scenario);
  assert_int_equal (orr_draft_length (draft, list), n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (OrrDraft) without = orr_draft_copy (draft);
      g_autofree char *path = g_strdup_printf ("%s.%u", list, i);
      orr_draft_remove (without, path);
      g_autoptr (OrrScenario) smaller = orr_draft_read (without, catalog, NULL);
      if (smaller && violates_always (smaller, property))
        fail_msg ("%s can go:\n%s", path, scenario->text);
    }
}

static void
assert_claims_hold (const OrrShrunk *shrunk, const char *property)
{
  g_autoptr (OrrScenario) again = read_again (shrunk);
  assert_true (shrunk->is_minimal);
  assert_string_equal (shrunk->property->name, property);
  assert_int_equal (again->expectations.length, 1);
  assert_true (violates (again, property, again->seed));
  for (guint64 seed = 1; shrunk->is_explicit && seed <= 100; seed++)
    assert_true (violates (again, property, seed));
  assert_int_equal (strstr (again->about, "Chance is still at work") != NULL, !shrunk->is_explicit);
  assert_none_can_go (again, property, "workload.operations", shrunk->n_operations);
  assert_none_can_go (again, property, "faults", shrunk->n_faults + shrunk->n_actions);
  assert_none_can_go (again, property, "pins", shrunk->n_pins);
}

static OrrShrunk *
shrink (const OrrScenario *scenario, const char *property)
{
  const OrrShrinkOptions options = { .property = property, .seed = scenario->seed };
  return orr_shrink (scenario, catalog, &options);
}

static void
test_claims (void **state G_GNUC_UNUSED)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OrrScenario) scenario = read_case (&cases[i]);
      g_autoptr (OrrShrunk) shrunk = shrink (scenario, cases[i].property);
      if (!shrunk)
        fail_msg ("%s does not violate %s", cases[i].scenario, cases[i].property);
      assert_true (shrunk->is_explicit);
      assert_claims_hold (shrunk, cases[i].property);
      assert_in_range (shrunk->n_operations, 0, cases[i].operations_max);
      assert_in_range (shrunk->n_faults + shrunk->n_actions, 0, cases[i].faults_max);
      assert_in_range (shrunk->n_pins, 0, cases[i].pins_max);
    }
}

/* Loads that were generated and faults that came at random, with a mistake switched on. */
typedef struct
{
  const char *scenario, *model, *property;
  guint64 seed;     /* of a run that shows it */
  const char *loss; /* of messages; NULL: as the scenario has it */
} Campaign;

static const Campaign campaigns[] = {
  { "lww-cache/campaign", "{name: lww-cache, bugs: [delete-without-tombstone]}", "durability", 1 },
  { "lww-cache/campaign", "{name: lww-cache, bugs: [clock-not-advanced-on-merge]}", "writes-follow-reads",
    3 },
  { "atomic-commitment/campaign-presumed-abort", "{name: atomic-commitment, bugs: [prepare-in-memory]}",
    "ac5-termination", 22 },
  { "atomic-commitment/campaign-presumed-abort", "{name: atomic-commitment, bugs: [reads-between-commits]}",
    "conserved-total", 2 },
  { "event-store/campaign", "{name: event-store, bugs: [concurrent-withheld]}", "convergence", 5 },
  { "event-store/campaign", "{name: event-store, bugs: [concurrent-withheld]}", "convergence", 2, "20%" },
};

static OrrScenario *
read_campaign (const Campaign *campaign)
{
  const Case alone = { .scenario = campaign->scenario, .operations = "", .faults = "" };
  g_autoptr (OrrScenario) correct = read_case (&alone);
  g_autoptr (OrrDraft) draft = orr_draft_new (correct);
  orr_draft_set (draft, "model", campaign->model);
  if (campaign->loss)
    orr_draft_set (draft, "network.loss", campaign->loss);
  OrrScenario *scenario = orr_draft_read (draft, catalog, NULL);
  assert_non_null (scenario);
  return scenario;
}

/* Does the model without its mistakes promise it of such a scenario? */
static gboolean
is_promised (const OrrScenario *scenario, const char *property)
{
  g_autoptr (OrrDraft) draft = orr_draft_new (scenario);
  orr_draft_remove (draft, "model.bugs");
  orr_draft_remove (draft, "expect");
  g_autoptr (OrrScenario) correct = orr_draft_read (draft, catalog, NULL);
  const OrrExpectation *expectations = correct->expectations.data;
  for (guint i = 0; i < correct->expectations.length; i++)
    if (strcmp (expectations[i].name, property) == 0)
      return TRUE;
  return FALSE;
}

/* What shows that a promise was broken must be such that it was given. */
static void
assert_still_promised (const OrrScenario *before, const OrrShrunk *shrunk, const char *property)
{
  g_autoptr (OrrScenario) after = read_again (shrunk);
  if (is_promised (before, property) && !is_promised (after, property))
    fail_msg ("%s is not promised here:\n%s", property, after->text);
}

static void
test_campaigns (void **state G_GNUC_UNUSED)
{
  for (guint i = 0; i < G_N_ELEMENTS (campaigns); i++)
    {
      g_autoptr (OrrScenario) scenario = read_campaign (&campaigns[i]);
      const OrrShrinkOptions options = { .property = campaigns[i].property, .seed = campaigns[i].seed };
      g_autoptr (OrrShrunk) shrunk = orr_shrink (scenario, catalog, &options);
      if (!shrunk)
        fail_msg ("%s does not violate %s", campaigns[i].model, campaigns[i].property);
      assert_true (shrunk->is_explicit);
      assert_claims_hold (shrunk, campaigns[i].property);
      assert_still_promised (scenario, shrunk, campaigns[i].property);
      assert_in_range (shrunk->n_operations_before, 10, 1000);
      assert_in_range (shrunk->n_operations, 1, 12);
      assert_in_range (shrunk->n_faults, 0, 3);
    }
}

/* What once kept the shrinker from going on: counts that need all operations to get there, and a setting that
 * does. */
static const struct
{
  const char *text, *property;
  guint operations_max, lines_max;
} stubborn[] = {
  /* The fortieth sync takes fifteen transactions; the first would do. */
  { "model: {name: atomic-commitment, bugs: [decision-not-logged]}\n"
    "options: {presumption: commit}\n"
    "workload:\n"
    "  operations: [\n"
    "    {id: t1, to: coordinator, transfer: {from: k1, to: k6, amount: 1}},\n"
    "    {id: t2, to: coordinator, transfer: {from: k1, to: k2, amount: 2}},\n"
    "    {id: t3, to: coordinator, transfer: {from: k2, to: k3, amount: 3}},\n"
    "    {id: t4, to: coordinator, transfer: {from: k2, to: k4, amount: 4}},\n"
    "    {id: t5, to: coordinator, transfer: {from: k4, to: k1, amount: 4}},\n"
    "    {id: t6, to: coordinator, transfer: {from: k3, to: k6, amount: 5}},\n"
    "    {id: t7, to: coordinator, transfer: {from: k4, to: k3, amount: 6}},\n"
    "    {id: t8, to: coordinator, transfer: {from: k1, to: k3, amount: 3}},\n"
    "    {id: t9, to: coordinator, transfer: {from: k2, to: k3, amount: 4}},\n"
    "    {id: t10, to: coordinator, transfer: {from: k4, to: k1, amount: 7}},\n"
    "    {id: t11, to: coordinator, transfer: {from: k1, to: k3, amount: 4}},\n"
    "    {id: t12, to: coordinator, transfer: {from: k1, to: k2, amount: 8}},\n"
    "    {id: t13, to: coordinator, transfer: {from: k3, to: k2, amount: 4}},\n"
    "    {id: t14, to: coordinator, transfer: {from: k2, to: k4, amount: 9}},\n"
    "    {id: t15, to: coordinator, transfer: {from: k4, to: k1, amount: 7}}]\n"
    "faults: [{when: {sync: any, nth: 40}, crash: coordinator, for: 10ms}]\n",
    "ac1-agreement", 2, 1 },
  /* The sixth message of its kind is the first when five operations are gone. */
  { "model: {name: atomic-commitment, bugs: [decision-forgotten]}\n"
    "options: {presumption: commit}\n"
    "workload:\n"
    "  operations: [\n"
    "    {id: t1, to: coordinator, transfer: {from: k2, to: k1, amount: 1}},\n"
    "    {id: t2, to: coordinator, transfer: {from: k2, to: k3, amount: 2}},\n"
    "    {id: t3, to: coordinator, transfer: {from: k2, to: k1, amount: 3}},\n"
    "    {id: t4, to: coordinator, transfer: {from: k2, to: k1, amount: 1}},\n"
    "    {id: t5, to: coordinator, transfer: {from: k2, to: k1, amount: 4}},\n"
    "    {id: t6, to: coordinator, transfer: {from: k2, to: k1, amount: 5}}]\n"
    "faults: [{at: 500ms, partition: [[coordinator], [participant1]], for: 100ms}]\n"
    "pins: [{message: vote-request, to: participant2, nth: 6, drop: true}]\n",
    "ac1-agreement", 2, 2 },
  /* A log that is about to need a digit more needs no writes to get there. */
  { "model: {name: primary-replica, bugs: [lsn-compared-as-text]}\n"
    "options: {replicas: 1, wal-start: 0/FFFFFC00, apply-delay: 80ms, router: lsn}\n"
    "workload:\n"
    "  operations: [\n"
    "    {id: w1, at: 0ms, write: {x: 1}},\n"
    "    {id: w2, at: 1ms, write: {x: 2}},\n"
    "    {id: w3, at: 2ms, write: {x: 3}},\n"
    "    {id: w4, at: 3ms, write: {x: 4}},\n"
    "    {id: w5, at: 4ms, write: {x: 5}},\n"
    "    {id: w6, at: 5ms, write: {x: 6}},\n"
    "    {id: w7, at: 6ms, write: {x: 7}},\n"
    "    {id: w8, at: 7ms, write: {x: 8}},\n"
    "    {id: w9, at: 8ms, write: {x: 9}},\n"
    "    {id: w10, at: 19ms, write: {x: 10}}, {id: r1, at: 89ms, read: x}]\n"
    "fuzz: {options.wal-start: [0/1000000, 0/FFFFF80, 0/FFFFFC00, F/FFFFFF00]}\n",
    "read-your-writes", 2, 0 },
};

static void
test_stubborn (void **state G_GNUC_UNUSED)
{
  for (guint i = 0; i < G_N_ELEMENTS (stubborn); i++)
    {
      g_autoptr (OrrScenario) scenario = scenario_from (catalog, stubborn[i].text);
      g_autoptr (OrrShrunk) shrunk = shrink (scenario, stubborn[i].property);
      assert_non_null (shrunk);
      assert_true (shrunk->is_explicit);
      assert_claims_hold (shrunk, stubborn[i].property);
      assert_still_promised (scenario, shrunk, stubborn[i].property);
      if (shrunk->n_operations > stubborn[i].operations_max
          || shrunk->n_faults + shrunk->n_pins > stubborn[i].lines_max)
        fail_msg ("more than is needed:\n%s", shrunk->scenario->text);
    }
}

/* Clocks that are off by chance change no event, and decide all the same who wins. */
static void
test_skews (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario
      = scenario_from (catalog, "model: {name: lww-cache, bugs: [tie-keeps-local]}\n"
                                "options: {replication-delay: 20ms}\n"
                                "clocks: {skew: uniform(-1.5s..1.5s)}\n"
                                "workload:\n"
                                "  operations:\n"
                                "    - {id: w1, to: cache3, write: {x: 1}}\n"
                                "    - {id: w2, at: 90ms, to: cache1, write: {x: 2}}\n"
                                "    - {id: w3, at: 91ms, to: cache2, write: {x: 3}}\n"
                                "pins: [{draw: peer, index: 0}]\n");
  g_autoptr (OrrShrunk) shrunk = shrink (scenario, "convergence");
  assert_non_null (shrunk);
  assert_true (shrunk->is_explicit);
  for (guint64 seed = 1; seed <= 100; seed++)
    assert_true (violates (shrunk->scenario, "convergence", seed));
}

/* Who flaps, lags or is clogged may as well lose or delay one message, or be cut off. */
static void
test_plainer (void **state G_GNUC_UNUSED)
{
  static const char *const elaborate[] = { "flap", "clog", "priorities", "swizzle", "collapse", NULL };
  g_autoptr (OrrScenario) scenario = scenario_from (
      catalog, "model: {name: lww-cache, bugs: [delete-without-tombstone]}\n"
               "options: {caches: 2, replication-delay: 0s, anti-entropy: 0s}\n"
               "workload:\n"
               "  object: map\n"
               "  operations:\n"
               "    - {id: w1, to: cache1, write: {x: 1}}\n"
               "    - {id: d1, at: 40ms, to: cache1, delete: x}\n"
               "faults:\n"
               "  - {at: 0s, clog: {from: cache1, to: cache2}, for: 39ms}\n"
               "  - {at: 0s, link: {from: cache1, to: cache2, latency: 100ms}, for: 20ms}\n");
  g_autoptr (OrrShrunk) shrunk = shrink (scenario, "convergence");
  assert_non_null (shrunk);
  assert_claims_hold (shrunk, "convergence");
  const OrrFaultPlan *plans = shrunk->scenario->faults.data;
  for (guint i = 0; i < shrunk->scenario->faults.length; i++)
    assert_false (g_strv_contains (elaborate, plans[i].fault->name));
}

/* Same in, same out; and what is small already stays as it is. */
static void
test_same (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario = read_case (&cases[3]);
  g_autoptr (OrrShrunk) one = shrink (scenario, cases[3].property),
                        other = shrink (scenario, cases[3].property);
  assert_string_equal (one->scenario->text, other->scenario->text);
  assert_int_equal (one->runs, other->runs);
  g_autoptr (OrrShrunk) again = shrink (one->scenario, NULL);
  assert_string_equal (again->scenario->text, one->scenario->text);
}

static void
test_nothing_to_shrink (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario = read_case (&cases[3]);
  assert_null (shrink (scenario, "monotonic-reads"));
}

/* A run that goes on for much longer than is known of it is given up: a campaign ends those that go round in
 * circles, and shrinking one must not wait for it either. */
static void
test_endless (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario = read_campaign (&campaigns[0]);
  g_autoptr (OrrDraft) draft = orr_draft_new (scenario);
  orr_draft_set (draft, "duration", "100s");
  g_autoptr (OrrScenario) larger = orr_draft_read (draft, catalog, NULL);
  OrrShrinkOptions options
      = { .property = campaigns[0].property, .seed = 1, .runs_max = 3, .events_max = 1000 };
  assert_null (orr_shrink (larger, catalog, &options));
  options.events_max = 100 * 1000;
  g_autoptr (OrrShrunk) shrunk = orr_shrink (larger, catalog, &options);
  assert_non_null (shrunk);
}

/* Whenever it is ended, what it has reached violates the property. */
static void
test_budget (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario = read_case (&cases[0]);
  guint before = G_MAXUINT;
  for (guint64 runs = 1; runs < 100; runs += 9)
    {
      const OrrShrinkOptions options
          = { .property = cases[0].property, .seed = scenario->seed, .runs_max = runs };
      g_autoptr (OrrShrunk) shrunk = orr_shrink (scenario, catalog, &options);
      g_autoptr (OrrScenario) again = read_again (shrunk);
      assert_false (shrunk->is_minimal);
      assert_true (violates (again, cases[0].property, again->seed));
      assert_in_range (shrunk->n_operations, 1, before);
      before = shrunk->n_operations;
    }
}

typedef struct
{
  gint stop;
  guint64 after; /* so many runs */
  guint late;    /* runs that were told of after that */
} Stop;

static void
stop_after (gpointer data, const OrrShrunk *shrunk)
{
  Stop *stop = data;
  stop->late += g_atomic_int_get (&stop->stop) != 0;
  if (shrunk->runs >= stop->after)
    g_atomic_int_set (&stop->stop, 1);
}

static void
test_interrupted (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario = read_case (&cases[0]);
  Stop stop = { .after = 30 };
  const OrrShrinkOptions options = { .property = cases[0].property,
                                     .seed = scenario->seed,
                                     .interrupt = &stop.stop,
                                     .progress = stop_after,
                                     .progress_data = &stop };
  g_autoptr (OrrShrunk) shrunk = orr_shrink (scenario, catalog, &options);
  g_autoptr (OrrScenario) again = read_again (shrunk);
  assert_false (shrunk->is_minimal);
  assert_true (violates (again, cases[0].property, again->seed));
  assert_int_equal (stop.stop, 1);
  assert_int_equal (stop.late, 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_claims),      cmocka_unit_test (test_campaigns),
    cmocka_unit_test (test_same),        cmocka_unit_test (test_nothing_to_shrink),
    cmocka_unit_test (test_endless),     cmocka_unit_test (test_budget),
    cmocka_unit_test (test_interrupted), cmocka_unit_test (test_stubborn),
    cmocka_unit_test (test_skews),       cmocka_unit_test (test_plainer),
  };
  return cmocka_run_group_tests (tests, set_up, tear_down);
}
