/* campaign.c: what many runs cost beyond the runs themselves.
 *
 * A campaign of many short runs is made three times: in a plain loop of one process that only runs and
 * judges, by `orrery run --seeds` with one worker, and with two. The first tells what the runs cost; what the
 * second takes beyond it, in processor time, is the price of processes, pipes and adding up. The third tells
 * how much faster two workers are, on a machine that has two processors to spare.
 *
 * usage: benchmark-campaign ORRERY */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "explore/campaign.h"
#include "report/catalog-new.h"

#define RUNS 3000

static const char text[]
    = "model: primary-replica\n"
      "options: {replicas: 2, apply-delay: exponential(mean 2ms)}\n"
      "duration: 200ms\n"
      "clients: {sessions: 4}\n"
      "workload: {arrival: poisson(500/s), mix: {read: 80%, write: 20%}, keys: {count: 10}}\n"
      "expect: {convergence: holds}\n";

typedef struct
{
  double wall, cpu; /* seconds */
} Cost;

static double
cpu_of (int who)
{
  struct rusage usage;
  getrusage (who, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static Cost
loop (void)
{
  OrrCatalog *catalog = orr_catalog_new (orr_models);
  OrrProblems *problems = orr_problems_new ("benchmark");
  OrrScenario *scenario = orr_scenario_parse (text, strlen (text), NULL, NULL, catalog, problems);
  g_assert (scenario);
  const OrrPlan plan = { .scenarios = &scenario, .n_scenarios = 1, .first = 1, .last = RUNS };
  gint64 began = g_get_monotonic_time ();
  double cpu = cpu_of (RUSAGE_SELF);
  for (guint64 seed = 1; seed <= RUNS; seed++)
    orr_summary_free (orr_campaign_run (&plan, 0, seed));
  Cost cost = { (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC, cpu_of (RUSAGE_SELF) - cpu };
  orr_scenario_unref (scenario);
  orr_problems_free (problems);
  orr_catalog_free (catalog);
  return cost;
}

static Cost
program (const char *orrery, const char *file, guint jobs)
{
  g_autofree char *seeds = g_strdup_printf ("1..%u", RUNS);
  g_autofree char *number = g_strdup_printf ("%u", jobs);
  const char *const words[] = { orrery, "run", "-q", file, "--seeds", seeds, "--jobs", number, NULL };
  g_autofree char *said = NULL;
  int status;
  gint64 began = g_get_monotonic_time ();
  double cpu = cpu_of (RUSAGE_CHILDREN);
  gboolean ran
      = g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, NULL, &status, NULL);
  if (!ran || status != 0)
    g_error ("the program failed");
  return (Cost){ (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC,
                 cpu_of (RUSAGE_CHILDREN) - cpu };
}

int
main (int argc, char **argv)
{
  g_autofree char *file = NULL;
  g_assert (argc == 2);
  int descriptor = g_file_open_tmp ("campaign-XXXXXX.yaml", &file, NULL);
  g_assert (descriptor >= 0 && g_file_set_contents (file, text, -1, NULL));
  Cost plain = loop (), one = program (argv[1], file, 1), two = program (argv[1], file, 2);
  remove (file);
  printf ("%u runs, processor time of each: %.0f us in a loop, %.0f us with one worker (%+.1f %%), %.0f us "
          "with two\n",
          RUNS, plain.cpu / RUNS * 1e6, one.cpu / RUNS * 1e6, (one.cpu / plain.cpu - 1) * 100,
          two.cpu / RUNS * 1e6);
  printf ("two workers are %.2f times as fast as one (%.2f s and %.2f s; the loop %.2f s)\n",
          one.wall / two.wall, two.wall, one.wall, plain.wall);
  return 0;
}
