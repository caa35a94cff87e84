/* costs.c: what is paid for what, in time and in bytes.
 *
 * Time is told as a ratio: of each level of recording to the lowest; of a whole scenario's event (clients,
 * logs, syncs, facts and operations that are kept) to an event of PHOLD, which is the bare engine. All play
 * in turns, the best of some rounds each. Bytes are those that the allocator has handed out. */
#include "phold-model.h"

#include <malloc.h>
#include <stdlib.h>

extern const OrrModel orr_model_primary_replica;

static gsize
bytes_held (void)
{
  struct mallinfo2 info = mallinfo2 ();
  return info.uordblks + info.hblkhd;
}

/* --- Levels --- */

static void
compare_levels (guint64 events, int rounds)
{
  double best[ORR_RECORD_FULL + 1];
  for (int i = 0; i <= ORR_RECORD_FULL; i++)
    best[i] = G_MAXDOUBLE;
  for (int round = 0; round < rounds; round++)
    for (int i = 0; i <= ORR_RECORD_FULL; i++)
      best[i] = MIN (best[i], play_phold (1024, 1024, PHOLD_NETWORK, events, i).ns);
  g_print ("%-28s %12s %8s\n", "recording level", "ns an event", "ratio");
  for (int i = 0; i <= ORR_RECORD_FULL; i++)
    g_print ("%-28s %12.1f %8.2f\n", orr_record_level_name (i), best[i], best[i] / best[0]);
}

/* --- A whole scenario --- */

static const char *const policies[] = { "primary-only", "random", "lsn" };

typedef struct
{
  double ns;
  guint64 events, operations, facts;
  gsize bytes;
} Run;

static Run
run_scenario (const char *policy)
{
  g_autofree char *text
      = g_strdup_printf ("model: primary-replica\n"
                         "duration: 200s\n"
                         "options: {replicas: 2, apply-delay: lognormal(median 5ms p99 40ms), "
                         "router: {policy: %s}}\n"
                         "clients: {hosts: 2, sessions: 10}\n"
                         "network: {latency: lognormal(median 500us p99 2ms)}\n"
                         "disk: {write: 20us, sync: lognormal(median 1ms p99 5ms)}\n"
                         "workload: {object: register, think: exponential(mean 5ms), "
                         "mix: {read: 50%%, write: 50%%}, keys: {count: 10}}\n",
                         policy);
  g_autoptr (OrrScenario) scenario = scenario_of (&orr_model_primary_replica, text);
  gsize before = bytes_held ();
  double start = processor_ns ();
  g_autoptr (OrrTrace) trace = orr_simulate (scenario, NULL);
  double end = processor_ns ();
  return (Run){ (end - start) / (double) trace->counts.events, trace->counts.events, trace->operations->len,
                trace->facts->len, bytes_held () - before };
}

static void
compare_scenarios (guint64 events, int rounds)
{
  double bare = G_MAXDOUBLE;
  Run best[G_N_ELEMENTS (policies)];
  for (int round = 0; round < rounds; round++)
    {
      bare = MIN (bare, play_phold (1024, 1024, PHOLD_NETWORK, events, ORR_RECORD_OPERATIONS).ns);
      for (gsize i = 0; i < G_N_ELEMENTS (policies); i++)
        {
          Run run = run_scenario (policies[i]);
          if (round == 0 || run.ns < best[i].ns)
            best[i] = run;
        }
    }
  g_print ("\n%-28s %12s %8s %12s %12s %14s\n", "scenario", "ns an event", "ratio", "operations", "facts",
           "B/(op + fact)");
  g_print ("%-28s %12.1f %8.2f\n", "bare engine", bare, 1.0);
  for (gsize i = 0; i < G_N_ELEMENTS (policies); i++)
    {
      g_autofree char *name = g_strdup_printf ("primary-replica, %s", policies[i]);
      g_print ("%-28s %12.1f %8.2f %12" G_GUINT64_FORMAT " %12" G_GUINT64_FORMAT " %14.0f\n", name,
               best[i].ns, best[i].ns / bare, best[i].operations, best[i].facts,
               (double) best[i].bytes / (double) (best[i].operations + best[i].facts));
    }
}

/* --- Memory --- */

static void
note_bytes (gpointer data, OrrTime now G_GNUC_UNUSED, guint64 events G_GNUC_UNUSED)
{
  gsize *most = data;
  *most = MAX (*most, bytes_held ());
}

/* The most that a game held while it was played, looked at now and then. */
static gsize
most_bytes (guint64 pending, guint64 events)
{
  g_autofree char *text
      = g_strdup_printf ("model: phold\noptions: {pending: %" G_GUINT64_FORMAT "}\nduration: 20000d\n"
                         "network: {%s}\n",
                         pending, PHOLD_NETWORK);
  g_autoptr (OrrScenario) scenario = scenario_of (&phold, text);
  gsize before = bytes_held (), most = 0;
  OrrRunOptions options = { .events_max = events, .progress = note_bytes, .progress_data = &most };
  g_autoptr (OrrTrace) trace = orr_simulate (scenario, &options);
  return most - before;
}

static void
compare_memory (guint64 events)
{
  gsize few = most_bytes (1024, events), many = most_bytes (1000000, events);
  gsize longer = most_bytes (1024, 10 * events);
  g_print ("\nA pending message with its 64 bytes holds %.0f bytes.\n",
           (double) (many - few) / (1000000 - 1024));
  g_print ("%" G_GUINT64_FORMAT " events held %" G_GSIZE_FORMAT
           " KiB at most, ten times as many %" G_GSIZE_FORMAT " KiB.\n",
           events, few / 1024, longer / 1024);
}

/* costs [EVENTS [ROUNDS]] */
int
main (int argc, char **argv)
{
  guint64 events = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : 2000000;
  int rounds = argc > 2 ? atoi (argv[2]) : 3;
  compare_levels (events, rounds);
  compare_scenarios (events, rounds);
  compare_memory (events);
  return 0;
}
