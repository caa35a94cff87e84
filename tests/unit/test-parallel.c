/* test-parallel.c: simulations side by side in threads.
 *
 * A run keeps all its state in one value. So any number of runs of one scenario, which they share and only
 * read, may go on at once, and each comes out as it does alone: the same trace, the same verdicts. Under the
 * thread sanitizer this test also finds what two runs touch without saying so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "check/check.h"
#include "../support/scenario-of.h"

#define N_THREADS 8
#define N_SEEDS   4

static const char text[]
    = "title: Everything at once\n"
      "duration: 3s\n"
      "model: primary-replica\n"
      "options:\n"
      "  replicas: 2\n"
      "  apply-delay: lognormal(median 40ms p99 900ms)\n"
      "  router: {policy: time-window, window: 100ms}\n"
      "clients: {hosts: 2, sessions: 6, timeout: 500ms}\n"
      "network: {latency: lognormal(median 500us p99 4ms), loss: 1%, duplicate: 1%, reorder: true}\n"
      "clocks: {skew: uniform(-5ms..5ms), drift: 50ppm}\n"
      "disk: {write: 20us, sync: lognormal(median 1ms p99 15ms)}\n"
      "workload:\n"
      "  object: register\n"
      "  arrival: poisson(300/s)\n"
      "  mix: {read: 75%, write: 25%}\n"
      "  keys: {count: 10, choose: zipf(0.99)}\n"
      "faults:\n"
      "  - {at: 500ms, crash: replica1, kind: os, for: 300ms}\n"
      "  - {at: 1s, partition: {isolate: replica2}, for: 500ms}\n"
      "  - {at: 2s, pause: primary, for: 200ms}\n";

typedef struct
{
  const OrrScenario *scenario;
  guint64 seed;
  char *outcome;
} Run;

/* The trace and all verdicts on it, as text. */
static gpointer
simulate (gpointer data)
{
  Run *run = data;
  const OrrRunOptions options = { .seed = run->seed, .level = ORR_RECORD_FULL };
  const OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
  OrrTrace *trace = orr_simulate (run->scenario, &options);
  OrrHistory *history = orr_history_from_trace (trace);
  GString *outcome = g_string_new (NULL);
  orr_trace_dump (trace, outcome);
  for (guint i = 0; orr_checks[i]; i++)
    {
      OrrVerdict *verdict = orr_check_judge (orr_checks[i], history, &budget);
      g_string_append_printf (outcome, "%s %s %s\n", orr_checks[i]->entry.name,
                              orr_verdict_name (verdict->kind), verdict->sentence);
      orr_verdict_free (verdict);
    }
  orr_history_free (history);
  orr_trace_free (trace);
  run->outcome = g_string_free (outcome, FALSE);
  return NULL;
}

static void
test_as_alone (void **state)
{
  const OrrCatalog catalog = { .models = orr_models };
  OrrScenario *scenario = scenario_of (orr_catalog_find_model (&catalog, "primary-replica"), text);
  GThread *threads[N_THREADS];
  Run runs[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    {
      runs[i] = (Run){ .scenario = scenario, .seed = 1 + i % N_SEEDS };
      threads[i] = g_thread_new ("run", simulate, &runs[i]);
    }
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);

  for (guint i = 0; i < N_THREADS; i++)
    {
      Run alone = { .scenario = scenario, .seed = runs[i].seed };
      simulate (&alone);
      assert_true (strlen (alone.outcome) > 100000);
      assert_string_equal (runs[i].outcome, alone.outcome);
      g_free (alone.outcome);
    }
  for (guint i = 1; i < N_SEEDS; i++)
    assert_string_not_equal (runs[0].outcome, runs[i].outcome);

  for (guint i = 0; i < N_THREADS; i++)
    g_free (runs[i].outcome);
  orr_scenario_unref (scenario);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_as_alone),
  };
  return cmocka_run_group_tests_name ("parallel", tests, NULL, NULL);
}
