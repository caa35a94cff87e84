/* toy-store.c: checks a store of one's own, here a toy whose readers may look at an old copy.
 *
 * Threads work on the store and write down what they asked, what they were told, and when; then the history
 * is judged.
 *
 *     cc $(pkg-config --cflags orrery-check) -o toy-store toy-store.c $(pkg-config --libs orrery-check)
 */
#include <stdio.h>

#include "orrery-check.h"

/* --- The store: a register and a copy of it, which is renewed only now and then --- */

static gint64 current, copy;
static GMutex lock;

static gint64
store_do (OrrStepKind kind, gint64 value)
{
  g_mutex_lock (&lock);
  if (kind == ORR_WRITE)
    current = value;
  gint64 seen = copy;
  if (value % 3 == 0)
    copy = current;
  g_mutex_unlock (&lock);
  return seen;
}

/* --- The clients: each with a log of its own, so that writing it down disturbs nobody --- */

static gint64 started;

static OrrTime
now (void)
{
  return (g_get_monotonic_time () - started) * ORR_MICROSECOND;
}

static void
client_do (GArray *log, OrrStepKind kind, gint64 value, guint32 session)
{
  OrrStep *step = g_new0 (OrrStep, 1); /* it lives as long as the program */
  OrrValue *seen = g_new0 (OrrValue, 1);
  *step = (OrrStep){ .kind = kind,
                     .key = orr_value_int (0),
                     .value = kind == ORR_WRITE ? orr_value_int (value) : ORR_NIL };
  OrrHistoryOperation operation = { .id = kind == ORR_WRITE ? "w" : "r",
                                    .session = session,
                                    .process = session,
                                    .outcome = ORR_OK,
                                    .steps = step,
                                    .n_steps = 1,
                                    .values = seen,
                                    .server = G_MAXUINT32 };
  operation.due = operation.invoked = now ();
  gint64 answer = store_do (kind, value);
  operation.completed = now ();
  if (kind == ORR_READ && answer != 0) /* 0: nobody wrote yet */
    *seen = orr_value_int (answer);
  g_array_append_val (log, operation);
}

static gpointer
client_run (gpointer number)
{
  guint32 session = GPOINTER_TO_UINT (number);
  GArray *log = g_array_new (FALSE, FALSE, sizeof (OrrHistoryOperation));
  for (gint64 i = 1; i <= 50; i++)
    {
      client_do (log, ORR_WRITE, i * 10 + session,
                 session); /* each value once: then every read names its write */
      client_do (log, ORR_READ, i, session);
      g_usleep (50);
    }
  return log;
}

int
main (void)
{
  static const char *const names[] = { "alice", "bob", "carol" };
  GThread *threads[G_N_ELEMENTS (names)];
  OrrTerms *terms = orr_terms_new ();
  started = g_get_monotonic_time ();
  OrrHistory *history = orr_history_new (terms);
  history->object = orr_objects_find (orr_objects, "register");
  history->session_names = names;
  history->n_sessions = G_N_ELEMENTS (names);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    threads[i] = g_thread_new (names[i], client_run, GUINT_TO_POINTER (i));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GArray *log = g_thread_join (threads[i]);
      g_array_append_vals (history->operations, log->data, log->len);
      g_array_unref (log);
    }
  for (guint i = 0; i < history->operations->len; i++)
    g_array_index (history->operations, OrrHistoryOperation, i).index = i;
  orr_history_complete (history);

  OrrVerdict *verdict
      = orr_check_judge (orr_checks_find ("linearizable"), history, &ORR_CHECK_BUDGET_DEFAULT);
  printf ("linearizable: %s: %s\n", orr_verdict_name (verdict->kind), verdict->sentence);
  for (guint i = 0; i < verdict->n_witness; i++)
    {
      GString *line = g_string_new ("  ");
      orr_history_print_operation (history, verdict->witness[i], line);
      puts (line->str);
      g_string_free (line, TRUE);
    }
  int status = verdict->kind == ORR_HOLDS ? 0 : 1;
  orr_verdict_free (verdict);
  orr_history_free (history);
  orr_terms_unref (terms);
  return status;
}
