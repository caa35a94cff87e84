/* phold.c: what the engine costs, as a ratio to what no engine could do without.
 *
 * PHOLD (Fujimoto 1990): 1024 nodes hold a fixed number of messages between them; whoever gets one sends one
 * on, to another node at random. Here it is a model like any other, on a network with a latency of 100 ms and
 * an exponential second, and with a loss so small that it hardly ever strikes, but is drawn. It is played
 * through orr_simulate in turns with the limit program, which does the same on a bare queue (limit.c). What
 * counts is the ratio of the two in one run; the best of some rounds each, for figures of processor time are
 * disturbed in one direction only. */
#include "limit.h"

#include "phold-model.h"

#include <stdlib.h>

/* phold [EVENTS [ROUNDS]] */
int
main (int argc, char **argv)
{
  static const guint64 sizes[] = { 100, 10000, 16384, 1000000 };
  guint64 events = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : 5000000;
  int rounds = argc > 2 ? atoi (argv[2]) : 5;

  g_print ("%10s %14s %14s %8s\n", "pending", "engine, ns", "limit, ns", "ratio");
  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      double engine = G_MAXDOUBLE, limit = G_MAXDOUBLE;
      for (int i = 0; i < rounds; i++)
        {
          engine = MIN (engine, play_phold (1024, sizes[s], PHOLD_NETWORK, events, ORR_RECORD_OPERATIONS).ns);
          limit = MIN (limit, orr_limit_run (sizes[s], events));
        }
      g_print ("%10" G_GUINT64_FORMAT " %14.1f %14.1f %8.2f\n", sizes[s], engine, limit, limit / engine);
    }
  return 0;
}
