/* check-known.c: how long it takes to judge the histories that other tools are measured by.
 *
 * The environment names a folder of other projects' histories (ORRERY_HISTORIES), one folder a source; of
 * those that Porcupine's and Knossos's tests judge for linearizability, each file is read and then judged,
 * and only the judging is measured: milliseconds of processor time, the best of some rounds, summed over each
 * folder; of the decision alone, which is all that others tell, and with the witness, which is made minimal
 * where there is a violation. Without such a folder nothing is measured. */
#include "check/linear-private.h"
#include "history/format.h"

#include <stdio.h>
#include <time.h>

#define ROUNDS 5

typedef struct
{
  guint n, n_violated, n_unknown;
  double decided, told; /* sums */
} Sums;

static double
milliseconds (void)
{
  struct timespec now;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return 1e3 * (double) now.tv_sec + 1e-6 * (double) now.tv_nsec;
}

/* The decision alone. */
static void
decide (const OrrHistory *history)
{
  g_autoptr (OrrLinearParts) parts = orr_linear_parts_new (history);
  g_autoptr (GArray) suspects = g_array_new (FALSE, FALSE, sizeof (guint));
  guint64 states = ORR_CHECK_BUDGET_DEFAULT.states_max;
  for (guint i = 0; i < parts->parts->len; i++)
    orr_linear_judge (&g_array_index (parts->parts, OrrLinearPart, i), &ORR_CHECK_BUDGET_DEFAULT, &states,
                      suspects);
}

static OrrVerdictKind
tell (const OrrHistory *history)
{
  g_autoptr (OrrVerdict) verdict
      = orr_check_judge (orr_checks_find ("linearizable"), history, &ORR_CHECK_BUDGET_DEFAULT);
  return verdict->kind;
}

static void
measure (const char *file, Sums *sums)
{
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (OrrProblems) problems = orr_problems_new (file);
  const OrrHistoryReadOptions options = { NULL, NULL };
  OrrHistory *history = g_file_get_contents (file, &text, &length, NULL)
                            ? orr_history_read (text, length, file, &options, problems)
                            : NULL;
  if (!history) /* what else lies in the folder */
    return;
  double decided = 1e9, told = 1e9;
  OrrVerdictKind kind = ORR_UNDECIDED;
  for (guint i = 0; i < ROUNDS; i++)
    {
      double start = milliseconds ();
      decide (history);
      double between = milliseconds ();
      kind = tell (history);
      decided = MIN (decided, between - start);
      told = MIN (told, milliseconds () - between);
    }
  sums->n++;
  sums->n_violated += kind == ORR_VIOLATED;
  sums->n_unknown += kind == ORR_UNDECIDED;
  sums->decided += decided;
  sums->told += told;
  orr_history_free (history);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static void
measure_folder (const char *folder, Sums *sums)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) opened = g_dir_open (folder, 0, NULL);
  for (const char *name; opened && (name = g_dir_read_name (opened));)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    if (g_file_test (names->pdata[i], G_FILE_TEST_IS_DIR))
      measure_folder (names->pdata[i], sums);
    else
      measure (names->pdata[i], sums);
}

int
main (void)
{
  static const char *const folders[] = { "porcupine-etcd", "porcupine-kv", "knossos" };
  const char *all = g_getenv ("ORRERY_HISTORIES");
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      Sums sums = { 0 };
      g_autofree char *folder = g_build_filename (all ? all : ".", folders[i], NULL);
      if (all)
        measure_folder (folder, &sums);
      printf ("%-16s %3u histories, %3u violated, %u unknown: decided in %8.2f ms, told in %8.2f ms\n",
              folders[i], sums.n, sums.n_violated, sums.n_unknown, sums.decided, sums.told);
    }
  return 0;
}
