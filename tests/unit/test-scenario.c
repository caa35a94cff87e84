/* test-scenario.c: the scenario language: what it reads, what it refuses and in which words, and that what it
 * writes reads back to the same. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "broken-scenarios.h"
#include "random-scenario.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <time.h>

/* --- Helpers --- */

static OrrScenario *
try_parse (const char *text, const char *const *sets, char **ret_messages)
{
  g_autoptr (OrrProblems) problems = orr_problems_new ("f");
  OrrScenario *scenario = orr_scenario_parse (text, strlen (text), "f", sets, &toy_catalog, problems);
  *ret_messages = orr_problems_to_text (problems);
  assert_int_equal (scenario == NULL, orr_problems_get_length (problems) > 0);
  return scenario;
}

/* Parses what must be right. */
static OrrScenario *
parse (const char *text, const char *const *sets)
{
  g_autofree char *messages = NULL;
  OrrScenario *scenario = try_parse (text, sets, &messages);
  if (!scenario)
    fail_msg ("refused:\n%s\n%s", messages, text);
  return scenario;
}

/* --- What is read --- */

#define SAMPLE                                                                                               \
  "title: A sample\nseed: 18446744073709551615\nsettle: 20s\nmodel: {name: primary-replica, bugs: "          \
  "[vote-not-persisted]}\n"                                                                                  \
  "options: {replicas: 3, synchronous-commit: off, apply-delays: {replica2: 5ms}, router: {policy: lsn, "    \
  "wait: 1s}}\n"                                                                                             \
  "nodes: {replica2: {region: eu, weight: 2, cpu: 0.5, drift: -7ppm}}\n"                                     \
  "clients: {hosts: 2, names: [alice, bob, carol], region: us, timeout: 7s, contact: first}\n"               \
  "network: {loss: 0.01%, bandwidth: 1Mbit/s, links: [{from: primary, latency: 200ms}], regions: "           \
  "[{between: [us, eu], loss: 1%}]}\n"                                                                       \
  "clocks: {skew: uniform(-5ms..5ms), drift: 50ppm}\ndisk: {sync: 1ms}\n"                                    \
  "workload:\n  object: register\n  arrival: poisson(3000/s)\n  mix:\n    - {share: 10%, read: 1, write: "   \
  "2, level: quorum}\n    - {share: 90%, read: 1}\n"                                                         \
  "  keys: {count: 2, choose: zipf(0.99)}\n  operations:\n    - {at: 1s, session: bob, write: {z: nil}}\n"   \
  "    - {id: second, after: o1, at: 2s, cancel: 3ms, table: t, steps: [{read: k1}, {cas: {key: q, "         \
  "expected: 1, value: 2}}]}\n"                                                                              \
  "faults:\n  - {at: 1s, crash: replica1, kind: os, for: 5s}\n  - {when: {send: wal, from: primary, to: "    \
  "replica2, nth: 2, where: {term: 4}}, partition: [[primary], [replica1]]}\n"                               \
  "  - {every: 5s, choose: [partition-majority, {slow: {factor: 3}}], target: replica}\n  - {at: 2s, "       \
  "action: {move-away: {node: primary, times: 3}}}\n"                                                        \
  "pins:\n  - {message: wal, to: replica1, drop: true}\n  - {disk: primary, kept: 4}\n"                      \
  "expect: {convergence: violated, latency.read.p99: below 5ms, success: at least 99.9%}\n"

static void
test_head_and_model (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario = parse (SAMPLE, NULL);
  const ToyOptions *options = scenario->options;
  assert_string_equal (scenario->title, "A sample");
  assert_null (scenario->about);
  assert_true (scenario->seed == G_MAXUINT64);
  assert_int_equal (scenario->settle, 20 * ORR_SECOND);
  assert_ptr_equal (scenario->model, &toy_model);
  assert_false (orr_scenario_has_bug (scenario, 0));
  assert_true (orr_scenario_has_bug (scenario, 1));
  assert_int_equal (options->replicas, 3);
  assert_int_equal (options->synchronous_commit, 0);
  assert_int_equal (options->apply_delays.length, 1);
  assert_int_equal (options->router.policy, TOY_LSN);
  assert_int_equal (options->router.wait, ORR_SECOND);
  assert_int_equal (scenario->layout->nodes->len, 6);
  assert_int_equal (orr_layout_find (scenario->layout, "client2"), 5);
  assert_int_equal (g_array_index (scenario->layout->actors, OrrActorPlace, 5).role, ORR_ROLE_CLIENT);
}

static void
test_nodes_and_clients (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario = parse (SAMPLE, NULL);
  const OrrNodeSettings *nodes = scenario->nodes.data;
  assert_int_equal (scenario->nodes.length, 6);
  assert_string_equal (nodes[2].name, "replica2");
  assert_string_equal (nodes[2].region, "eu");
  assert_int_equal (nodes[2].weight, 2);
  assert_true (nodes[2].cpu == 0.5);
  assert_int_equal (nodes[2].drift, -7000);
  assert_null (nodes[1].region);
  assert_int_equal (nodes[1].weight, 1);
  assert_string_equal (nodes[4].region, "us");
  assert_int_equal (scenario->n_sessions, 3);
  assert_string_equal (scenario->session_names[2], "carol");
  assert_int_equal (scenario->clients.timeout, 7 * ORR_SECOND);
  assert_int_equal (scenario->clients.contact, ORR_CONTACT_FIRST);
}

static void
test_network_clocks_disk (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario = parse (SAMPLE, NULL);
  const OrrNetworkSettings *network = &scenario->network;
  const OrrLinkSettings *link = network->links.data;
  const OrrRegionSettings *region = network->regions.data;
  OrrTime value;
  assert_int_equal (network->loss, 100000);
  assert_int_equal (network->duplicate, 0);
  assert_true (network->reorder);
  assert_int_equal (network->bandwidth, 1000000);
  assert_int_equal (network->stream_timeout, 60 * ORR_SECOND);
  assert_true (orr_distribution_is_constant (network->latency, &value) && value == 500 * ORR_MICROSECOND);
  assert_string_equal (link->from, "primary");
  assert_null (link->to);
  assert_int_equal (link->loss, G_MININT64);
  assert_int_equal (region->loss, ORR_SHARE_WHOLE / 100);
  assert_int_equal (scenario->clocks.skew.least, -5 * ORR_MILLISECOND);
  assert_int_equal (scenario->clocks.drift, 50000);
  assert_true (orr_distribution_is_constant (scenario->disk.sync, &value) && value == ORR_MILLISECOND);
}

static void
test_workload (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario = parse (SAMPLE, NULL);
  const OrrWorkload *workload = &scenario->workload;
  const OrrTemplate *mix = workload->mix.data;
  const OrrKey *all = workload->all_keys.data;
  assert_true (orr_distribution_mean (workload->arrival.interval) == 1e9 / 3000);
  assert_null (workload->think);
  assert_int_equal (workload->mix.length, 2);
  assert_int_equal (mix[0].share, ORR_SHARE_WHOLE / 10);
  assert_int_equal (mix[0].counts[ORR_READ], 1);
  assert_int_equal (mix[0].counts[ORR_WRITE], 2);
  assert_int_equal (((const ToyAttributes *) mix[0].attributes)->level, 1);
  assert_int_equal (((const ToyAttributes *) mix[1].attributes)->level, 0);
  assert_true (workload->keys.exponent == 0.99);
  assert_int_equal (workload->all_keys.length, 4);
  assert_string_equal (orr_terms_get_text (scenario->terms, all[0]), "k1");
  assert_string_equal (orr_terms_get_text (scenario->terms, all[3]), "q");
}

static void
test_operations (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario = parse (SAMPLE, NULL);
  const OrrPlannedOperation *operations = scenario->workload.operations.data;
  assert_string_equal (operations[0].id, "o1");
  assert_int_equal (operations[0].session, 1);
  assert_int_equal (operations[0].after, -1);
  assert_int_equal (operations[0].cancel, ORR_TIME_UNSET);
  assert_int_equal (operations[0].steps[0].kind, ORR_WRITE);
  assert_true (operations[0].steps[0].value == ORR_NIL);
  assert_string_equal (operations[1].id, "second");
  assert_int_equal (operations[1].session, 0);
  assert_int_equal (operations[1].after, 0);
  assert_int_equal (operations[1].n_steps, 2);
  assert_true (operations[1].steps[1].expected == orr_value_int (1));
  assert_string_equal (((const ToyAttributes *) operations[1].attributes)->table, "t");
  assert_int_equal (operations[1].place.line, 20);
}

static void
test_faults (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario = parse (SAMPLE, NULL);
  const OrrFaultPlan *faults = scenario->faults.data;
  const ToyCrash *crash = faults[0].settings;
  const ToyPartition *partition = faults[1].settings;
  const OrrChosenFault *chosen = faults[2].choose.data;
  const ToyAction *action = faults[3].settings;
  assert_int_equal (scenario->faults.length, 4);
  assert_int_equal (faults[0].at, ORR_SECOND);
  assert_ptr_equal (faults[0].fault, &toy_crash);
  assert_string_equal (crash->node, "replica1");
  assert_int_equal (crash->kind, 1);
  assert_int_equal (faults[1].trigger, ORR_TRIGGER_WHEN);
  assert_int_equal (faults[1].when.kind, ORR_WHEN_SEND);
  assert_string_equal (faults[1].when.peer, "replica2");
  assert_int_equal (faults[1].when.nth, 2);
  assert_null (faults[1].duration);
  assert_int_equal (partition->sets.length, 2);
  assert_null (faults[2].fault);
  assert_string_equal (faults[2].target, "replica");
  assert_int_equal (((const ToyPartition *) chosen[0].settings)->shape, 0);
  assert_true (((const ToySlow *) chosen[1].settings)->factor == 3);
  assert_null (((const ToySlow *) chosen[1].settings)->node);
  assert_int_equal (faults[3].action, 1);
  assert_string_equal (faults[3].action_node, "primary");
  assert_int_equal (action->times, 3);
}

static void
test_pins_and_expectations (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario = parse (SAMPLE, NULL);
  const OrrPin *pins = scenario->pins.data;
  const OrrExpectation *expectations = scenario->expectations.data;
  assert_true (pins[0].drop);
  assert_int_equal (pins[0].nth, 0);
  assert_int_equal (pins[1].kind, ORR_PIN_DISK);
  assert_int_equal (pins[1].crash, 1);
  assert_int_equal (pins[1].kept, 4);
  assert_false (scenario->expectations_claimed);
  assert_int_equal (expectations[0].kind, ORR_EXPECT_VIOLATED);
  assert_ptr_equal (expectations[1].measure, &toy_latency);
  assert_true (expectations[1].value == 5e6);
  assert_int_equal (expectations[2].kind, ORR_EXPECT_AT_LEAST);
  assert_true (expectations[2].value == 999000000);
}

static void
test_claims (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) right = parse ("model: primary-replica", NULL);
  g_autoptr (OrrScenario) wrong
      = parse ("model: {name: primary-replica, bugs: [lsn-compared-as-text]}", NULL);
  g_autoptr (OrrScenario) none = parse ("model: primary-replica\nexpect: {}", NULL);
  assert_true (right->expectations_claimed);
  assert_int_equal (right->expectations.length, 2);
  assert_int_equal (wrong->expectations.length, 1);
  assert_false (none->expectations_claimed);
  assert_int_equal (none->expectations.length, 0);
  assert_string_equal (none->text, "model: primary-replica\nexpect: {}\n");
}

/* What is claimed depends on what is planned: the toy bears partitions and any crash, but the loss of a disk
 * at replicas alone. Where something is moved away or cancelled it does not promise to converge, nor where
 * messages are lost for good. */
static void
test_claims_and_faults (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *rest;
    guint n_claims;
  } cases[] = {
    { "faults: [{at: 1s, crash: primary}]", 2 },
    { "faults: [{at: 1s, crash: primary, kind: process}, {every: 1s, choose: [crash]}]", 2 },
    { "faults: [{at: 1s, crash: primary, kind: os}]", 2 },
    { "faults: [{at: 1s, crash: replica1, kind: disk}]", 2 },
    { "faults: [{at: 1s, crash: primary, kind: disk}]", 0 },
    { "faults: [{at: 1s, crash: client1, kind: disk}]", 0 },
    { "faults: [{every: 1s, choose: [crash, crash-disk]}]", 0 },
    { "faults: [{every: 1s, choose: [{crash: {kind: disk}}], target: primary}]", 0 },
    { "faults: [{every: 1s, choose: [crash-disk, crash-os], target: replica}]", 2 },
    { "faults: [{every: 1s, choose: [{crash: {node: replica1, kind: disk}}], target: primary}]", 2 },
    { "faults: [{every: 1s, choose: [crash, stop]}]", 0 },
    { "faults: [{at: 1s, stop: replica1}, {at: 2s, crash: replica1}]", 0 },
    { "faults: [{at: 1s, partition: majority}, {every: 1s, choose: [partition-minority]}]", 2 },
    { "faults: [{at: 1s, partition: [[primary], [replica1]]}]", 2 },
    { "faults: [{at: 1s, action: {promote: replica1}}]", 0 },
    { "faults: [{at: 1s, action: {move-away: replica1}}]", 1 },
    { "network: {loss: 99%, corrupt: 99%}", 2 },
    { "network: {loss: 100%}", 1 },
    { "network: {corrupt: 100%}", 1 },
    { "network: {links: [{from: primary, loss: 1%}]}", 2 },
    { "network: {links: [{from: primary, loss: 100%}]}", 1 },
    { "pins: [{message: vote-request, nth: 3, drop: true}, {message: vote-request, latency: 1s}]", 2 },
    { "pins: [{message: vote-request, drop: true}]", 1 },
    { "pins: [{message: vote-request, where: {term: 2}, drop: true}]", 1 },
    { "pins: [{message: wal, drop: true}]", 2 }, /* sent again */
    { "pins: [{request: r1, nth: 1, drop: true}]\nworkload: {operations: [{at: 1s, read: x}]}", 2 },
    { "pins: [{reply: r1, drop: true}]\nworkload: {operations: [{at: 1s, read: x}]}", 1 },
    { "workload: {operations: [{at: 1s, read: x}]}", 2 },
    { "workload: {operations: [{at: 1s, read: x}, {at: 2s, read: x, cancel: 1s}]}", 1 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("model: primary-replica\n%s\n", cases[i].rest);
      g_autoptr (OrrScenario) scenario = parse (text, NULL);
      if (scenario->expectations.length != cases[i].n_claims)
        fail_msg ("%s: %u claims", cases[i].rest, scenario->expectations.length);
    }
}

/* The workload ends 10 s after the last thing that is planned. */
static void
test_duration (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *text;
    OrrTime duration;
  } cases[] = {
    { "", 10 * ORR_SECOND },
    { "workload: {operations: [{id: a, at: 2s, read: x}, {id: b, after: c, at: 4s, read: x}, {id: c, after: "
      "a, at: 1s, read: x}]}",
      17 * ORR_SECOND },
    { "faults: [{at: 3s, stop: primary, for: 5s}, {at: 7s, pause: primary}, {every: 100s, pause: primary}]",
      18 * ORR_SECOND },
    { "duration: 0s", 0 },
    { "duration: 1s\nworkload: {operations: [{at: 2s, read: x}]}", ORR_SECOND },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("model: primary-replica\n%s\n", cases[i].text);
      g_autoptr (OrrScenario) scenario = parse (text, NULL);
      assert_int_equal (scenario->duration, cases[i].duration);
    }
}

/* A model whose actors share a node, without options: links and faults speak of nodes, pins and triggers of
 * actors. */
static void
test_actors_and_nodes (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario
      = parse ("model: two-in-a-box\nnetwork: {links: [{from: box, latency: 1s}]}\n"
               "faults: [{when: {sync: left}, crash: box}]\nworkload: {object: set, operations: [{to: right, "
               "read: x}]}",
               NULL);
  assert_int_equal (scenario->nodes.length, 2);
  g_autofree char *messages = NULL;
  assert_null (try_parse ("model: two-in-a-box\nfaults: [{at: 1s, crash: left}]", NULL, &messages));
  assert_string_equal (messages,
                       "f:2:26: node: 'left' is no node of this scenario; use one of box, client1\n");
}

/* --- --set --- */

static void
test_set (void **state G_GNUC_UNUSED)
{
  const char *const sets[] = { "seed=9",
                               "options.router.window=2s",
                               "options.apply-delays.replica2.delay=7ms",
                               "clients.names=[a, b]",
                               "model.bugs=[vote-not-persisted]",
                               "faults.0.kind=os",
                               "workload.mix.read=50%",
                               "workload.mix.write=50%",
                               NULL };
  g_autoptr (OrrScenario) scenario
      = parse ("model: primary-replica\noptions: {router: time-window, apply-delays: {replica2: "
               "5ms}}\nfaults: [{at: 1s, crash: primary}]\n"
               "workload: {think: 1s, mix: {read: 90%, write: 10%}}",
               sets);
  const ToyOptions *options = scenario->options;
  const OrrFaultPlan *fault = scenario->faults.data;
  assert_int_equal (scenario->seed, 9);
  assert_int_equal (options->router.window, 2 * ORR_SECOND);
  assert_int_equal (scenario->n_sessions, 2);
  assert_true (orr_scenario_has_bug (scenario, 1));
  assert_int_equal (((const ToyCrash *) fault->settings)->kind, 1);
}

static void
test_set_problems (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *set, *messages;
  } cases[] = {
    { "seed", "--set: 'seed' has no '='; write PATH=VALUE, as in seed=7\n" },
    { "sed=7", "--set sed: unknown key 'sed'; did you mean 'seed'?\n" },
    { "options.replicas=0", "--set options.replicas: replicas: '0' is too small; the least is 1\n" },
    { "options.router.windw=1s",
      "--set options.router.windw: unknown key 'windw'; did you mean 'window'?\n" },
    { "options..x=1s",
      "--set options..x: the path has an empty part; write it like options.router.window\n" },
    { "seed=", "--set seed: there is no value; write PATH=VALUE; \"\" is the empty text\n" },
    { "faults.3.at=1s",
      "--set faults.3.at: '3' is no index into the list 'faults'; use 0 to 1; 1 adds an entry at the end\n" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const sets[] = { cases[i].set, NULL };
      g_autofree char *messages = NULL;
      assert_null (try_parse (
          "model: primary-replica\noptions: {router: time-window}\nfaults: [{at: 1s, crash: primary}]\n",
          sets, &messages));
      assert_string_equal (messages, cases[i].messages);
    }
}

/* --- What is refused --- */

static void
test_broken (void **state G_GNUC_UNUSED)
{
  guint wrong = 0;
  for (guint i = 0; i < G_N_ELEMENTS (broken_scenarios); i++)
    {
      const BrokenScenario *broken = &broken_scenarios[i];
      g_autofree char *messages = NULL;
      g_autoptr (OrrScenario) scenario = try_parse (broken->text, NULL, &messages);
      if (!scenario && strcmp (messages, broken->messages) == 0)
        continue;
      wrong++;
      print_error ("%s: expected\n%sgot\n%s\n", broken->name, broken->messages, messages);
    }
  assert_int_equal (wrong, 0);
}

/* Where the model is not known, what depends on it is not complained about. */
static void
test_unknown_model_hides_nothing_else (void **state G_GNUC_UNUSED)
{
  g_autofree char *messages = NULL;
  assert_null (try_parse ("model: primry-replica\noptions: {anything: 1}\nclients: {hosts: "
                          "none}\nworkload:\n  mix: [{share: 100%, read: 1, level: all}]\n  think: 5\n"
                          "  operations: [{level: all, read: x, session: eve}]\nfaults: [{at: 1s, crash: "
                          "anybody}, {at: 1s, crsh: anybody}]\npins: [{message: any, drop: true}]\n"
                          "expect: {share.read.nobody: above 5%}\n",
                          NULL, &messages));
  assert_string_equal (
      messages, "f:1:8: unknown model 'primry-replica'; did you mean 'primary-replica'?\n"
                "f:3:18: hosts: 'none' is not a whole number; write a whole number from 0, like 3\n"
                "f:6:10: think: '5' has no unit; write ns, us, ms, s, min, h or d right behind the number, "
                "as in 200ms\n"
                "f:7:47: unknown session 'eve'; the only one is 's1'; 'clients: {sessions: N}' makes more\n"
                "f:8:45: unknown key 'crsh'; did you mean 'crash'?\n");
}

/* --- Writing --- */

static guint64
hash_array (const OrrArray *array, guint64 digest)
{
  return orr_draw_fold (digest, array->length);
}

static guint64
hash_text (const char *text, guint64 digest)
{
  return orr_draw_fold (digest, text ? orr_draw_word (text) : 0);
}

static guint64
hash_workload (const OrrScenario *scenario, const OrrContext *context, guint64 digest)
{
  const OrrWorkload *workload = &scenario->workload;
  const OrrPlannedOperation *operations = workload->operations.data;
  const OrrTemplate *mix = workload->mix.data;
  digest = hash_text (workload->object->entry.name, digest);
  if (workload->settings)
    digest = orr_fields_hash (workload->object->entry.fields, context, workload->settings, digest);
  digest = orr_fields_hash (orr_scenario_workload_fields, context, workload, digest);
  for (guint i = 0; i < workload->mix.length; i++)
    {
      digest = orr_draw_fold (digest, (guint64) mix[i].share);
      for (guint kind = 0; kind < ORR_N_STEP_KINDS; kind++)
        digest = orr_draw_fold (digest, mix[i].counts[kind]);
      digest = orr_fields_hash (toy_attribute_fields, context, mix[i].attributes, digest);
    }
  for (guint i = 0; i < workload->operations.length; i++)
    {
      digest = hash_text (operations[i].to, hash_text (operations[i].id, digest));
      digest = orr_draw_fold (orr_draw_fold (digest, operations[i].session), (guint64) operations[i].after);
      digest = orr_draw_fold (orr_draw_fold (digest, (guint64) operations[i].at),
                              (guint64) operations[i].cancel);
      for (guint j = 0; j < operations[i].n_steps; j++)
        digest = orr_fields_hash (orr_step_fields, context, &operations[i].steps[j], digest);
      digest = orr_fields_hash (toy_attribute_fields, context, operations[i].attributes, digest);
    }
  for (guint i = 0; i < workload->all_keys.length; i++)
    digest = orr_draw_fold (digest,
                            orr_terms_hash (scenario->terms, ((const OrrKey *) workload->all_keys.data)[i]));
  return digest;
}

static guint64
hash_where (const OrrArray *where, guint64 digest)
{
  for (guint i = 0; i < where->length; i++)
    digest = orr_draw_fold (digest, ((const OrrWhere *) where->data)[i].hash);
  return hash_array (where, digest);
}

static guint64
hash_faults (const OrrScenario *scenario, const OrrContext *context, guint64 digest)
{
  const OrrFaultPlan *plans = scenario->faults.data;
  for (guint i = 0; i < scenario->faults.length; i++)
    {
      const OrrFaultPlan *plan = &plans[i];
      const OrrChosenFault *chosen = plan->choose.data;
      digest = orr_fields_hash (orr_scenario_fault_fields, context, plan,
                                orr_draw_fold (digest, (guint64) plan->trigger));
      digest = hash_text (plan->when.peer,
                          hash_text (plan->when.node, orr_draw_fold (digest, (guint64) plan->when.kind)));
      digest = hash_where (&plan->when.where, orr_draw_fold (orr_draw_fold (digest, plan->when.nth),
                                                             (guint64) plan->when.record));
      digest = hash_text (plan->action_node, orr_draw_fold (digest, (guint64) plan->action));
      if (plan->action >= 0 && toy_actions[plan->action].fields)
        digest = orr_fields_hash (toy_actions[plan->action].fields, context, plan->settings, digest);
      else if (plan->fault && plan->fault->fields)
        digest = orr_fields_hash (plan->fault->fields, context, plan->settings,
                                  hash_text (plan->fault->name, digest));
      digest = orr_draw_fold (orr_draw_fold (digest, plan->word), (guint64) plan->target_fact);
      for (guint j = 0; j < plan->choose.length; j++)
        digest
            = orr_fields_hash (chosen[j].fault->fields, context, chosen[j].settings,
                               hash_text (chosen[j].fault->name, orr_draw_fold (digest, chosen[j].weight)));
    }
  return digest;
}

static guint64
hash_rest (const OrrScenario *scenario, guint64 digest)
{
  const OrrPin *pins = scenario->pins.data;
  const OrrExpectation *expectations = scenario->expectations.data;
  for (guint i = 0; i < scenario->pins.length; i++)
    {
      const OrrPin *pin = &pins[i];
      const guint64 words[] = { (guint64) pin->kind,
                                (guint64) pin->record,
                                pin->nth,
                                (guint64) pin->latency,
                                (guint64) pin->drop,
                                (guint64) pin->after,
                                (guint64) pin->value,
                                (guint64) pin->index,
                                (guint64) pin->duplicate,
                                pin->rank,
                                pin->lost.length,
                                pin->crash,
                                pin->kept };
      for (guint j = 0; j < G_N_ELEMENTS (words); j++)
        digest = orr_draw_fold (digest, words[j]);
      digest = hash_text (pin->actor, hash_text (pin->fates, digest));
      digest = hash_text (
          pin->purpose,
          hash_text (pin->from,
                     hash_text (pin->to, hash_text (pin->node, hash_where (&pin->where, digest)))));
    }
  for (guint i = 0; i < scenario->expectations.length; i++)
    digest = hash_text (
        expectations[i].text,
        hash_text (expectations[i].name, orr_draw_fold (digest, (guint64) expectations[i].value)));
  const OrrArray *variations[] = { &scenario->fuzz, &scenario->sweep };
  for (guint i = 0; i < 2; i++)
    for (guint j = 0; j < variations[i]->length; j++)
      {
        const OrrVariation *variation = (const OrrVariation *) variations[i]->data + j;
        digest = hash_text (variation->path, digest);
        for (guint k = 0; k < variation->values.length; k++)
          digest = hash_text (((const char *const *) variation->values.data)[k], digest);
      }
  return hash_array (&scenario->fuzz_faults, digest);
}

/* A word for all that a scenario says. */
static guint64
hash_scenario (const OrrScenario *scenario)
{
  OrrContext context = orr_scenario_context (scenario);
  guint64 digest = orr_fields_hash (orr_scenario_fields, &context, scenario, scenario->bugs);
  digest = orr_fields_hash (toy_option_fields, &context, scenario->options, digest);
  for (guint i = 0; i < scenario->nodes.length; i++)
    digest = orr_fields_hash (orr_scenario_node_fields, &context,
                              (const OrrNodeSettings *) scenario->nodes.data + i, digest);
  digest = orr_fields_hash (orr_scenario_client_fields, &context, &scenario->clients, digest);
  for (guint i = 0; i < scenario->n_sessions; i++)
    digest = hash_text (scenario->session_names[i], digest);
  digest = orr_fields_hash (orr_scenario_network_fields, &context, &scenario->network, digest);
  digest = orr_fields_hash (orr_scenario_clock_fields, &context, &scenario->clocks, digest);
  digest = orr_fields_hash (orr_scenario_disk_fields, &context, &scenario->disk, digest);
  digest = hash_workload (scenario, &context, digest);
  digest = hash_faults (scenario, &context, digest);
  return hash_rest (scenario, digest);
}

static void
test_written_reads_back (void **state G_GNUC_UNUSED)
{
  for (guint64 seed = 1; seed <= 400; seed++)
    {
      g_autofree char *text = random_scenario (seed);
      g_autoptr (OrrScenario) scenario = parse (text, NULL);
      g_autoptr (OrrScenario) again = parse (scenario->text, NULL);
      if (strcmp (again->text, scenario->text) != 0)
        fail_msg ("seed %" G_GUINT64_FORMAT ": written as\n%s\nand then as\n%s", seed, scenario->text,
                  again->text);
      if (hash_scenario (again) != hash_scenario (scenario))
        fail_msg ("seed %" G_GUINT64_FORMAT ": another value\n%s\nfrom\n%s", seed, scenario->text, text);
    }
}

/* The deep hash would be worthless if it saw no difference. */
static void
test_hash_sees_changes (void **state G_GNUC_UNUSED)
{
  static const char *const sets[] = { "seed=2",
                                      "settle=21s",
                                      "options.replicas=4",
                                      "options.apply-delays.replica2=6ms",
                                      "nodes.replica2.weight=3",
                                      "clients.timeout=8s",
                                      "network.loss=0.02%",
                                      "network.links.0.latency=1s",
                                      "clocks.drift=51ppm",
                                      "disk.write=1us",
                                      "workload.mix.0.read=2",
                                      "workload.mix.0.level=all",
                                      "workload.keys.count=3",
                                      "workload.operations.0.at=3s",
                                      "workload.operations.0.write={z: 1}",
                                      "workload.operations.1.table=u",
                                      "faults.0.kind=disk",
                                      "faults.1.when.nth=3",
                                      "faults.1.when.where.term=5",
                                      "faults.2.choose.1.slow.factor=4",
                                      "faults.3.action.move-away.times=4",
                                      "pins.0.to=replica2",
                                      "pins.1.kept=5",
                                      "expect.success=at least 99.8%",
                                      "sweep.seed=[1]",
                                      "fuzz.faults=[crash]" };
  g_autoptr (OrrScenario) scenario = parse (SAMPLE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      const char *const one[] = { sets[i], NULL };
      g_autoptr (OrrScenario) changed = parse (SAMPLE, one);
      g_autoptr (OrrScenario) again = parse (changed->text, NULL);
      if (hash_scenario (changed) == hash_scenario (scenario))
        fail_msg ("%s changes nothing", sets[i]);
      assert_true (hash_scenario (again) == hash_scenario (changed));
    }
}

static void
test_canonical (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario
      = parse ("expect: {success: at least 0.999%}\nfaults: [{crash: {kind: os, node: primary}, at: 1000ms}, "
               "{every: 1s, choose: [{partition: {shape: majority}}, {crash: {kind: process}}]}]\n"
               "workload: {mix: [{share: 10%, write: 1}, {share: 90%, read: 1, level: one}], think: 1000us, "
               "object: register, operations: [{at: 0s, id: o1, steps: [{read: x}]}]}\n"
               "duration: 11s\nsettle: 30000ms\nmodel: {name: primary-replica, bugs: []}\noptions: {router: "
               "{policy: primary-only}, replicas: 2}\nclients: {hosts: 2, sessions: 2}\n",
               NULL);
  assert_string_equal (scenario->text,
                       "model: primary-replica\nclients:\n  hosts: 2\nworkload:\n  think: 1ms\n  mix: "
                       "{write: 10%, read: 90%}\n  operations:\n    - {read: x}\n"
                       "faults:\n  - {at: 1s, crash: primary, kind: os}\n  - {every: 1s, choose: "
                       "[partition-majority, crash]}\nexpect:\n  success: at least 0.999%\n");
}

/* --- Hostile texts --- */

/* Changes a text in some places: bytes, lines and pieces of it. */
static void
mutate (Dice *dice, GString *text)
{
  for (guint i = 0, n = roll (dice, 3) + 1; i < n && text->len > 2; i++)
    {
      gsize at = roll (dice, (guint) text->len), length = roll (dice, 12);
      g_autofree char *piece = g_strndup (text->str + roll (dice, (guint) text->len), length);
      switch (roll (dice, 5))
        {
        case 0:
          text->str[at] = "{}[]:,-#\"'\n &*!|>%@`x0\t\x01\xff"[roll (dice, 25)];
          break;
        case 1:
          g_string_erase (text, (gssize) at, (gssize) MIN (length, text->len - at));
          break;
        case 2:
          g_string_insert (text, (gssize) at, piece);
          break;
        case 3:
          g_string_insert (text, (gssize) at, PICK (dice, nasty_texts));
          break;
        default:
          g_string_overwrite (text, at, piece);
        }
    }
}

static void
test_mutated_texts (void **state G_GNUC_UNUSED)
{
  gint64 end = g_get_monotonic_time () + 2 * G_USEC_PER_SEC;
  guint right = 0, tried = 0;
  for (guint64 seed = 1; seed <= 4000 && g_get_monotonic_time () < end; seed++, tried++)
    {
      Dice dice = { .key = orr_draw_key (seed, "mutation") };
      g_autofree char *base = random_scenario (seed % 50);
      g_autoptr (GString) text = g_string_new (base);
      mutate (&dice, text);
      g_autoptr (OrrProblems) problems = orr_problems_new ("f");
      g_autoptr (OrrScenario) scenario
          = orr_scenario_parse (text->str, text->len, "f", NULL, &toy_catalog, problems);
      g_autofree char *messages = orr_problems_to_text (problems);
      assert_true (g_utf8_validate (messages, -1, NULL));
      assert_int_equal (scenario == NULL, *messages != '\0');
      if (!scenario)
        continue;
      g_autoptr (OrrScenario) again = parse (scenario->text, NULL);
      assert_string_equal (again->text, scenario->text);
      right++;
    }
  assert_in_range (right, 1, tried - 1);
}

/* A hole instead of any value: its problem has been said when the tree was made, and the reader must not fall
 * into it. */
static void
test_holes (void **state G_GNUC_UNUSED)
{
  static const char *const holes[] = { "*a", "\"\\0\"", "&a b", "{}", "[]", "\"\"" };
  const char *sample = SAMPLE;
  guint n = 0;
  for (const char *at = sample; *at; n++, at += n % G_N_ELEMENTS (holes) == 0)
    {
      gboolean starts
          = at > sample && (at[-1] == ' ' || at[-1] == '[' || at[-1] == '{') && g_ascii_isalnum (*at);
      if (!starts)
        continue;
      gsize length = strcspn (at, ",]}:\n");
      g_autofree char *text = g_strdup_printf ("%.*s%s%s", (int) (at - sample), sample,
                                               holes[n % G_N_ELEMENTS (holes)], at + length);
      g_autofree char *messages = NULL;
      orr_scenario_unref (try_parse (text, NULL, &messages));
    }
  assert_true (n > 100);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *text = g_strdup_printf ("model: %s\n", holes[i]);
      g_autofree char *messages = NULL;
      assert_null (try_parse (text, NULL, &messages));
    }
}

/* What is large is refused or read, soon. */
static void
test_large (void **state G_GNUC_UNUSED)
{
  g_autoptr (GString) text = g_string_new ("model: primary-replica\nworkload:\n  operations:\n");
  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "    - {id: a%u, %s%.0u, write: {k%u: %u}}\n", i,
                            i > 0 ? "after: a" : "at: 0s", i > 0 ? i - 1 : 0, i, i);
  g_string_append (text, "faults:\n");
  for (guint i = 0; i < 5000; i++)
    g_string_append (text, "  - {at: 1s, crash: nobody-here}\n");
  clock_t start = clock ();
  g_autofree char *messages = NULL;
  assert_null (try_parse (text->str, NULL, &messages));
  assert_true (clock () - start < 5 * CLOCKS_PER_SEC);
  assert_non_null (strstr (messages, "more\n"));
}

static void
test_many_nodes (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario = parse ("model: primary-replica\noptions: {replicas: 50000}\nclients: "
                                            "{sessions: 200000}\nworkload: {keys: {count: 100000}}\n",
                                            NULL);
  assert_int_equal (scenario->nodes.length, 50002);
  assert_int_equal (scenario->n_sessions, 200000);
  assert_int_equal (scenario->workload.all_keys.length, 100000);
}

/* --- Conditions --- */

static void
test_where (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrScenario) scenario = parse ("model: primary-replica\npins: [{message: wal, where: {term: 2, "
                                            "key: x, value: [1, 2], leader: replica1}, drop: true}]",
                                            NULL);
  const OrrPin *pin = scenario->pins.data;
  g_autoptr (OrrTerms) terms = orr_scenario_copy_terms (scenario);
  const char *names[] = { "primary", "replica1", "replica2", "client1" };
  OrrContext context = { .terms = terms, .names = names, .n_names = 4 };
  const OrrValue list[] = { orr_value_int (1), orr_value_int (2) };
  ToyMessage message = {
    .term = 2, .key = orr_terms_text (terms, "x"), .value = orr_terms_list (terms, 2, list), .leader = 1
  };
  assert_true (orr_where_matches (&pin->where, &context, &message));
  message.leader = 2;
  assert_false (orr_where_matches (&pin->where, &context, &message));
  message.leader = 1;
  message.value = orr_terms_list (terms, 1, list);
  assert_false (orr_where_matches (&pin->where, &context, &message));
}

/* --- Files --- */

static char *
load_error (const char *file)
{
  g_autoptr (OrrProblems) problems = orr_problems_new (file);
  g_autoptr (GError) error = NULL;
  assert_null (orr_scenario_load (file, NULL, &toy_catalog, problems, &error));
  assert_non_null (error);
  assert_true (error->domain == G_FILE_ERROR);
  return g_strdup (error->message);
}

static void
test_load (void **state G_GNUC_UNUSED)
{
  g_autofree char *directory = g_dir_make_tmp ("orrery-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (directory, "scenario.yaml", NULL);
  g_autofree char *fifo = g_build_filename (directory, "fifo", NULL);
  g_autofree char *table = g_build_filename (directory, "delays.csv", NULL);
  assert_true (g_file_set_contents (table, "1ms\n2ms\n", -1, NULL));
  assert_true (g_file_set_contents (
      file, "model: primary-replica\noptions: {apply-delay: empirical(delays.csv)}\n", -1, NULL));
  assert_int_equal (mkfifo (fifo, 0600), 0);

  g_autoptr (OrrProblems) problems = orr_problems_new (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (OrrScenario) scenario = orr_scenario_load (file, NULL, &toy_catalog, problems, &error);
  assert_null (error);
  assert_non_null (scenario);
  assert_string_equal (scenario->file, file);

  g_autofree char *none = load_error ("/nowhere/at-all.yaml"), *is_directory = load_error (directory),
                  *is_fifo = load_error (fifo);
  assert_string_equal (none, "can't read '/nowhere/at-all.yaml': No such file or directory");
  assert_non_null (strstr (is_directory, "it is a directory"));
  assert_non_null (strstr (is_fifo, "it is not a regular file"));
  g_remove (file);
  g_remove (fifo);
  g_remove (table);
  g_rmdir (directory);
}

static void
test_references (void **state G_GNUC_UNUSED)
{
  OrrScenario *scenario = parse ("model: primary-replica", NULL);
  OrrScenario *second = orr_scenario_ref (scenario);
  orr_scenario_unref (scenario);
  assert_string_equal (second->text, "model: primary-replica\n");
  orr_scenario_unref (second);
  orr_scenario_unref (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_head_and_model),
    cmocka_unit_test (test_nodes_and_clients),
    cmocka_unit_test (test_network_clocks_disk),
    cmocka_unit_test (test_workload),
    cmocka_unit_test (test_operations),
    cmocka_unit_test (test_faults),
    cmocka_unit_test (test_pins_and_expectations),
    cmocka_unit_test (test_claims),
    cmocka_unit_test (test_claims_and_faults),
    cmocka_unit_test (test_duration),
    cmocka_unit_test (test_actors_and_nodes),
    cmocka_unit_test (test_set),
    cmocka_unit_test (test_set_problems),
    cmocka_unit_test (test_broken),
    cmocka_unit_test (test_unknown_model_hides_nothing_else),
    cmocka_unit_test (test_written_reads_back),
    cmocka_unit_test (test_hash_sees_changes),
    cmocka_unit_test (test_canonical),
    cmocka_unit_test (test_mutated_texts),
    cmocka_unit_test (test_holes),
    cmocka_unit_test (test_large),
    cmocka_unit_test (test_many_nodes),
    cmocka_unit_test (test_where),
    cmocka_unit_test (test_load),
    cmocka_unit_test (test_references),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
