/* fuzz.c: how fast a fuzzing campaign is, and what it needs of memory.
 *
 * For each model the scenario `hunt` is fuzzed by one worker and by two. A campaign of ten times as many runs
 * then shows whether memory grows with them: of runs nothing is kept but sums, coverage and findings.
 *
 * usage: benchmark-fuzz ORRERY MODELS [RUNS [LONG]] */
#define _DEFAULT_SOURCE /* wait4 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "engine/model.h"

typedef struct
{
  double wall, cpu; /* seconds, all processes together */
  long memory;      /* KiB, of the largest process */
} Cost;

static Cost
fuzz (const char *orrery, const char *file, guint runs, guint jobs)
{
  g_autofree char *number = g_strdup_printf ("%u", runs);
  g_autofree char *workers = g_strdup_printf ("%u", jobs);
  const char *const words[] = { orrery, "fuzz", file, "--runs", number, "--jobs", workers, "--quiet", NULL };
  struct rusage usage;
  int status;
  GPid process;
  gint64 began = g_get_monotonic_time ();
  if (!g_spawn_async (NULL, (char **) words, NULL,
                      G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                      NULL, NULL, &process, NULL)
      || wait4 (process, &status, 0, &usage) < 0 || !WIFEXITED (status) || WEXITSTATUS (status) != 0)
    g_error ("the program failed, or found something in '%s'", file);
  return (Cost){ (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC,
                 (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
                     + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
                 usage.ru_maxrss };
}

int
main (int argc, char **argv)
{
  g_assert (argc >= 3);
  guint runs = argc > 3 ? (guint) strtoul (argv[3], NULL, 10) : 2000;
  guint many = argc > 4 ? (guint) strtoul (argv[4], NULL, 10) : 10 * runs;
  for (guint i = 0; orr_models[i]; i++)
    {
      g_autofree char *file = g_strdup_printf ("%s/%s/hunt.yaml", argv[2], orr_models[i]->entry.name);
      Cost one = fuzz (argv[1], file, runs, 1), two = fuzz (argv[1], file, runs, 2);
      printf ("%s: %.0f runs a second of processor time; two workers are %.2f times as fast as one\n",
              orr_models[i]->entry.name, runs / one.cpu, one.wall / two.wall);
      fflush (stdout);
    }
  g_autofree char *file = g_strdup_printf ("%s/lww-cache/hunt.yaml", argv[2]);
  Cost few = fuzz (argv[1], file, runs, 1), lots = fuzz (argv[1], file, many, 1);
  printf ("memory: %.1f MiB for %u runs, %.1f MiB for %u\n", (double) few.memory / 1024, runs,
          (double) lots.memory / 1024, many);
  return 0;
}
