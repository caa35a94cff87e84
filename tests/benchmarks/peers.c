/* peers.c: other simulators' PHOLD beside ours, in turns.
 *
 * Theirs are events with a number in them, no messages and no network; ours is the whole way of a message.
 * Each peer is a program of its own (peer-….cc), built where its library is installed, and prints the
 * processor time of an event. */
#include "phold-model.h"

#include <stdlib.h>

/* What a peer says of itself; 0: it would not run. */
static double
ask (const char *program, guint64 events, guint64 pending)
{
  g_autofree char *n = g_strdup_printf ("%" G_GUINT64_FORMAT, events);
  g_autofree char *held = g_strdup_printf ("%" G_GUINT64_FORMAT, pending);
  char *argv[] = { (char *) program, n, held, NULL };
  g_autofree char *output = NULL;
  int status;
  if (!g_spawn_sync (NULL, argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL, &status, NULL)
      || !g_spawn_check_wait_status (status, NULL))
    return 0;
  const char *space = strchr (output, ' ');
  return space ? g_ascii_strtod (space + 1, NULL) : 0;
}

/* peers [PROGRAM …] */
int
main (int argc, char **argv)
{
  static const guint64 sizes[] = { 100, 16384, 1000000 };
  enum
  {
    ROUNDS = 2,
    EVENTS = 500000
  };

  if (argc == 1)
    g_print ("no peer to compare with: neither libns3-dev with libgsl-dev nor libsimgrid-dev is installed\n");
  g_print ("%10s %-16s %12s %8s\n", "pending", "simulator", "ns an event", "ratio");
  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      double ours = G_MAXDOUBLE;
      g_autofree double *theirs = g_new0 (double, argc);
      for (int round = 0; round < ROUNDS; round++)
        {
          ours = MIN (ours, play_phold (1024, sizes[s], PHOLD_NETWORK, EVENTS, ORR_RECORD_OPERATIONS).ns);
          for (int i = 1; i < argc; i++)
            {
              double ns = ask (argv[i], EVENTS, sizes[s]);
              theirs[i] = theirs[i] > 0 ? MIN (theirs[i], ns) : ns;
            }
        }
      g_print ("%10" G_GUINT64_FORMAT " %-16s %12.1f %8.2f\n", sizes[s], "orrery", ours, 1.0);
      for (int i = 1; i < argc; i++)
        {
          g_autofree char *name = g_path_get_basename (argv[i]);
          g_print ("%10" G_GUINT64_FORMAT " %-16s %12.1f %8.2f\n", sizes[s], name, theirs[i],
                   theirs[i] / ours);
        }
    }
  return 0;
}
