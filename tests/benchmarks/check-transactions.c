/* check-transactions.c: what it costs to judge transactions.
 *
 * A database that runs one transaction after the other, but answers late, makes a history of ten thousand, a
 * hundred thousand and a million reads and writes, four a transaction, by twenty sessions; once of lists,
 * once of registers whose order of writes nobody knows. Each is judged by several levels, in a process of its
 * own, so that the memory is that of this check alone. `growth` is how much more time ten times as much
 * takes; `stale` has one transaction that missed another's write, some way before the end. */
#include "check/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define STEPS    4
#define SESSIONS 20

static double
processor_seconds (void)
{
  struct timespec now;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

static double
mebibytes (void)
{
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  return (double) usage.ru_maxrss / 1024;
}

/* One transaction before it runs: it takes effect at `commit`. */
typedef struct
{
  guint session;
  OrrTime start, commit, end;
} Plan;

static gint
compare_plans (gconstpointer a, gconstpointer b)
{
  OrrTime left = ((const Plan *) a)->commit, right = ((const Plan *) b)->commit;
  return (left > right) - (left < right);
}

static Plan *
make_plans (GRand *random, guint n)
{
  Plan *plans = g_new (Plan, n);
  OrrTime clock[SESSIONS] = { 0 };
  for (guint i = 0; i < n; i++)
    {
      guint session = i % SESSIONS;
      OrrTime start = clock[session] + g_rand_int_range (random, 1, 1000),
              commit = start + g_rand_int_range (random, 1, 5000);
      clock[session] = commit + g_rand_int_range (random, 1, 5000);
      plans[i] = (Plan){ session, start, commit, clock[session] };
    }
  qsort (plans, n, sizeof *plans, compare_plans);
  return plans;
}

static void
run_step (OrrHistory *history, GRand *random, gboolean lists, OrrValue *state, guint n_keys, OrrStep *step,
          OrrValue *value, gint64 unique)
{
  guint key = (guint) g_rand_int_range (random, 0, (gint) n_keys);
  gboolean write = g_rand_boolean (random);
  step->key = orr_value_int (key);
  step->kind = !write ? ORR_READ : lists ? ORR_APPEND : ORR_WRITE;
  if (!write)
    *value = state[key];
  else
    {
      step->value = orr_value_int (unique);
      state[key] = lists ? orr_terms_append (history->terms, state[key], step->value) : step->value;
    }
}

static OrrHistory *
make_history (guint n, gboolean lists, gboolean stale)
{
  static const char *const names[SESSIONS]
      = { "s1",  "s2",  "s3",  "s4",  "s5",  "s6",  "s7",  "s8",  "s9",  "s10",
          "s11", "s12", "s13", "s14", "s15", "s16", "s17", "s18", "s19", "s20" };
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (n);
  OrrHistory *history = orr_history_new (terms);
  guint n_keys = MAX (n / 50, 10);
  g_autofree OrrValue *state = g_new0 (OrrValue, n_keys + 1);
  g_autofree Plan *plans = make_plans (random, n / STEPS);
  for (guint i = 0; i < n / STEPS; i++)
    {
      OrrStep *steps = orr_arena_alloc (history->arena, STEPS * sizeof *steps);
      OrrValue *values = orr_arena_alloc (history->arena, STEPS * sizeof *values);
      for (guint j = 0; j < STEPS; j++)
        run_step (history, random, lists, state, n_keys, &steps[j], &values[j], (gint64) i * STEPS + j + 1);
      OrrHistoryOperation operation = { .id = "t",
                                        .session = plans[i].session,
                                        .process = plans[i].session,
                                        .due = plans[i].start,
                                        .invoked = plans[i].start,
                                        .completed = plans[i].end,
                                        .outcome = ORR_OK,
                                        .steps = steps,
                                        .n_steps = STEPS,
                                        .values = values,
                                        .server = G_MAXUINT32,
                                        .index = i };
      if (stale && i == n / STEPS * 9 / 10) /* its reads are of the beginning */
        for (guint j = 0; j < STEPS; j++)
          values[j] = ORR_NIL;
      g_array_append_val (history->operations, operation);
    }
  history->session_names = names;
  history->n_sessions = SESSIONS;
  orr_history_complete (history);
  return history;
}

/* In a process of its own; returns the seconds. */
static double
measure (const char *name, guint n, gboolean lists, gboolean stale, double before)
{
  int ends[2];
  double seconds = 0;
  fflush (stdout);
  if (pipe (ends) != 0)
    g_error ("no pipe");
  pid_t child = fork ();
  if (child == 0)
    {
      g_autoptr (OrrHistory) history = make_history (n, lists, stale);
      double held = mebibytes (), start = processor_seconds ();
      g_autoptr (OrrVerdict) verdict = orr_checks_find (name)->check (history, &ORR_CHECK_BUDGET_DEFAULT);
      seconds = processor_seconds () - start;
      g_print ("%-30s %-10s %8u %-9s %9.3f ", name, lists ? "lists" : "registers", n,
               orr_verdict_name (verdict->kind), seconds);
      if (before > 0)
        g_print ("%7.1f ", seconds / before);
      else
        g_print ("%7s ", "-");
      g_print ("%9.0f %9.0f\n", held, mebibytes () - held);
      fflush (stdout);
      if (write (ends[1], &seconds, sizeof seconds) != sizeof seconds)
        _exit (1);
      _exit (0);
    }
  close (ends[1]);
  if (read (ends[0], &seconds, sizeof seconds) != sizeof seconds)
    g_error ("%s: no answer", name);
  close (ends[0]);
  waitpid (child, NULL, 0);
  return seconds;
}

/* check-transactions [MOST], or check-transactions SIZE STALE LEVEL for one check of registers */
int
main (int argc, char **argv)
{
  static const char *const names[]
      = { "read-committed",     "monotonic-atomic-view", "read-atomic",        "transactional-causal",
          "snapshot-isolation", "serializable",          "strict-serializable" };
  guint most = argc > 1 ? (guint) atoi (argv[1]) : 1000000;
  g_print ("%-30s %-10s %8s %-9s %9s %7s %9s %9s\n", "property", "object", "steps", "verdict", "seconds",
           "growth", "MiB held", "MiB more");
  if (argc > 3)
    {
      measure (argv[3], most, FALSE, atoi (argv[2]) != 0, 0);
      return 0;
    }
  for (guint stale = 0; stale < 2; stale++)
    for (guint lists = 0; lists < 2; lists++)
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          double before = 0;
          for (guint n = 10000; n <= most; n *= 10)
            before = measure (names[i], n, lists, stale, before);
        }
  return 0;
}
