/* check-causal.c: what the checks of causality and of weaker conditions cost, and how that grows.
 *
 * Ten sessions read and write a hundred keys, each value once, on replicas that get each other's writes with
 * a delay and in causal order: what they show is causal, and stale. Each check is run on histories of 10⁴,
 * 10⁵ and 10⁶ operations, the best of some rounds; the table gives milliseconds of processor time, by how
 * much it grew for ten times as many operations, and how much memory the process had at its most. */
#include "check/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define SESSIONS 10
#define KEYS     100
#define LAG      300 /* by how many writes a replica may be behind, at most */

static guint64
next_random (guint64 *state)
{
  *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  guint64 z = *state;
  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ z >> 31;
}

/* One log of writes; each session has seen a prefix of it that grows, and its own. */
typedef struct
{
  guint64 random;
  guint32 *log; /* key of each write; its value is its place, from 1 */
  guint32 n;
  guint32 seen[SESSIONS];
  guint32 latest[SESSIONS][KEYS]; /* value that the session would read */
} Store;

static void
catch_up (Store *store, guint session)
{
  guint32 lag = (guint32) (next_random (&store->random) % LAG);
  guint32 to = store->n > lag ? store->n - lag : 0;
  for (; store->seen[session] < to; store->seen[session]++)
    {
      guint32 place = store->seen[session] + 1, *latest = &store->latest[session][store->log[place - 1]];
      *latest = MAX (*latest, place);
    }
}

static void
add_operation (OrrHistory *history, Store *store, guint index, guint session)
{
  guint32 key = (guint32) (next_random (&store->random) % KEYS);
  gboolean write = next_random (&store->random) % 2;
  OrrStep step = { .kind = write ? ORR_WRITE : ORR_READ, .key = orr_value_int (key + 1) };
  OrrValue value = ORR_NIL;
  catch_up (store, session);
  if (write)
    {
      /* What a session writes, all have that have seen what it had: it waits for its turn in the log. */
      while (store->seen[session] < store->n)
        {
          guint32 place = store->seen[session] + 1;
          store->latest[session][store->log[place - 1]]
              = MAX (store->latest[session][store->log[place - 1]], place);
          store->seen[session]++;
        }
      store->log[store->n++] = key;
      store->latest[session][key] = store->n;
      step.value = orr_value_int (store->n);
    }
  else if (store->latest[session][key] > 0)
    value = orr_value_int (store->latest[session][key]);
  OrrHistoryOperation operation = { .id = "o",
                                    .session = session,
                                    .process = session,
                                    .invoked = (OrrTime) index * ORR_MICROSECOND,
                                    .completed = (OrrTime) (index + 5) * ORR_MICROSECOND,
                                    .due = (OrrTime) index * ORR_MICROSECOND,
                                    .outcome = ORR_OK,
                                    .steps = orr_arena_copy (history->arena, &step, sizeof step),
                                    .n_steps = 1,
                                    .values = orr_arena_copy (history->arena, &value, sizeof value),
                                    .server = G_MAXUINT32,
                                    .index = index };
  g_array_append_val (history->operations, operation);
}

static OrrHistory *
make_history (guint n)
{
  static const char *const names[SESSIONS] = { "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9" };
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  OrrHistory *history = orr_history_new (terms);
  Store *store = g_new0 (Store, 1);
  store->log = g_new (guint32, n);
  history->session_names = names;
  history->n_sessions = SESSIONS;
  for (guint i = 0; i < n; i++)
    add_operation (history, store, i, i % SESSIONS);
  orr_history_complete (history);
  g_free (store->log);
  g_free (store);
  return history;
}

static double
seconds (void)
{
  struct timespec now;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

static double
measure (const OrrCheck *check, const OrrHistory *history, guint rounds, OrrVerdictKind *ret_kind)
{
  double best = 1e9;
  for (guint i = 0; i < rounds; i++)
    {
      double start = seconds ();
      g_autoptr (OrrVerdict) verdict = orr_check_judge (check, history, &ORR_CHECK_BUDGET_DEFAULT);
      best = MIN (best, seconds () - start);
      *ret_kind = verdict->kind;
    }
  return best;
}

static long
memory_mib (void)
{
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

static gboolean
is_asked_for (const char *name, int argc, char **argv)
{
  for (int i = 2; i < argc; i++)
    if (strcmp (argv[i], name) == 0)
      return TRUE;
  return argc <= 2;
}

/* [MOST [PROPERTY…]]: up to how many operations, and which checks alone. */
int
main (int argc, char **argv)
{
  static const char *const names[]
      = { "causal", "causal-convergence", "pram", "causal-memory", "regular", "safe", "two-atomic" };
  static double last[G_N_ELEMENTS (names)];
  guint most = argc > 1 ? (guint) atoi (argv[1]) : 1000000;
  printf ("%u sessions, %u keys; milliseconds of processor time\n", SESSIONS, KEYS);
  for (guint n = 10000; n <= most; n *= 10)
    {
      g_autoptr (OrrHistory) history = make_history (n);
      printf ("%u operations (%ld MiB with the history)\n", n, memory_mib ());
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          OrrVerdictKind kind = ORR_UNDECIDED;
          const OrrCheck *check = orr_checks_find (names[i]);
          if (!check || !is_asked_for (names[i], argc, argv))
            continue;
          double took = measure (check, history, n < 1000000 ? 5 : 3, &kind);
          printf ("  %-20s %10.1f  %-8s", names[i], took * 1e3, orr_verdict_name (kind));
          if (last[i] > 0)
            printf ("  × %.1f", took / last[i]);
          printf ("  at most %ld MiB\n", memory_mib ());
          last[i] = took;
        }
    }
  return 0;
}
