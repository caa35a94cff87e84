/* workers.c: many processes that do what there is to do.
 *
 * Each worker has two pipes: tasks come in by one, results leave by the other, each behind a head, in the
 * order of the tasks. It has the next task already while it works on one. As soon as a result is there it is
 * sent; so when a worker dies, the piece of work that it died of is the first one that is missing.
 *
 * This process needs a processor too, which the workers would use better. So it sleeps while they have enough
 * to do, and takes many results at once: what it touches for one is then still in the cache for the next.
 *
 * No worker outlives the job: it ends when its tasks do, when nobody takes its results, or when the process
 * that made it is gone. */
#define _GNU_SOURCE /* F_SETPIPE_SZ */
#include "sim/workers.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/apart.h"
#include "sim/common.h"
#include "sim/watchdog.h"

/* A task should take about as long: many short pieces cost few messages, and no worker waits long for the
 * last. */
#define TASK_SECONDS 0.05
#define TASK_PIECES  256

/* Tasks that a worker has at once. */
#define TASKS_AHEAD 2

/* How long to wait at most until Ctrl-C is noticed and progress is shown. */
#define WAIT_MILLISECONDS 100

/* So long, in seconds, results may gather once one has come. */
#define GATHER_LEAST 0.0002
#define GATHER_MOST  0.03

/* For the results that gather. */
#define PIPE_BYTES (1 << 20)

/* Before each result. A model that writes where it has no business must not be taken for a long result that
 * is still to come. */
#define MARK 0x0e5317ab

typedef struct
{
  guint32 mark;
  guint32 length;
  guint32 microseconds; /* that it took */
} Head;

typedef struct
{
  pid_t process;            /* 0: none */
  int tasks;                /* to write to */
  int results;              /* to read from */
  OrrTask has[TASKS_AHEAD]; /* what it has to do, the first one begun: what is left of each */
  guint n_has;
  GByteArray *bytes;   /* that came and are no whole result yet */
  gpointer memory;     /* of what it has sent already */
  gboolean is_garbled; /* what it sent is no result */
} Worker;

typedef struct
{
  const WorkersJob *job;
  gpointer data;
  const WorkersOptions *options;
  GArray *workers; /* Worker */
  guint64 n_done;
  double seconds; /* that all of these took together */
} Workers;

/* --- In the worker --- */

/* The next piece is the first one from then on. */
static void
drop_first (OrrTask *task)
{
  task->number++;
  task->seed++;
  task->count--;
}

static gboolean
do_task (const Workers *workers, OrrTask task, gpointer *memory, int results)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  for (; task.count > 0; drop_first (&task))
    {
      Head head = { .mark = MARK };
      gint64 began = g_get_monotonic_time ();
      g_byte_array_set_size (bytes, 0);
      g_byte_array_append (bytes, (const guint8 *) &head, sizeof head);
      workers->job->work (workers->data, &task, memory, bytes);
      head.microseconds = (guint32) MIN (g_get_monotonic_time () - began, G_MAXUINT32);
      head.length = bytes->len - (guint32) sizeof head;
      memcpy (bytes->data, &head, sizeof head);
      if (!apart_transfer (results, TRUE, bytes->data, bytes->len))
        return FALSE;
    }
  return TRUE;
}

G_NORETURN static void
be_worker (const Workers *workers, pid_t parent, int tasks, int results)
{
  OrrTask task;
  gpointer memory = NULL;
  apart_begin (parent);
  while (apart_transfer (tasks, FALSE, &task, sizeof task))
    if (!do_task (workers, task, &memory, results))
      break;
  _exit (EXIT_AS_EXPECTED);
}

/* --- Making and ending them --- */

static Worker *
worker_at (const Workers *workers, guint index)
{
  return &g_array_index (workers->workers, Worker, index);
}

static void
close_both (const int ends[2])
{
  close (ends[0]);
  close (ends[1]);
}

/* The pipes of the others are theirs and this process's alone: else they would not end with it. */
static void
close_others (const Workers *workers)
{
  for (guint i = 0; i < workers->workers->len; i++)
    if (worker_at (workers, i)->process)
      {
        close (worker_at (workers, i)->tasks);
        close (worker_at (workers, i)->results);
      }
}

/* FALSE, with errno, where the system does not let us. */
static gboolean
start (const Workers *workers, Worker *worker)
{
  int tasks[2], results[2];
  pid_t parent = getpid ();
  if (pipe (tasks) != 0)
    return FALSE;
  if (pipe (results) != 0)
    {
      int why = errno;
      close_both (tasks);
      errno = why;
      return FALSE;
    }
  pid_t process = fork ();
  if (process == 0)
    {
      close_others (workers);
      close (tasks[1]);
      close (results[0]);
      be_worker (workers, parent, tasks[0], results[1]);
    }
  int why = errno;
  close (tasks[0]);
  close (results[1]);
  if (process < 0)
    {
      close (tasks[1]);
      close (results[0]);
      errno = why;
      return FALSE;
    }
  fcntl (results[0], F_SETFL, O_NONBLOCK);
#ifdef F_SETPIPE_SZ
  fcntl (results[0], F_SETPIPE_SZ, PIPE_BYTES); /* where that is refused, workers wait more often */
#endif
  *worker = (Worker){ .process = process, .tasks = tasks[1], .results = results[0], .bytes = worker->bytes };
  g_byte_array_set_size (worker->bytes, 0);
  return TRUE;
}

/* Waits for a worker that ends by itself, or by `with`. Returns how it ended, as waitpid tells it. */
static int
end (const Workers *workers, Worker *worker, int with)
{
  int status = 0;
  if (with)
    kill (worker->process, with);
  close (worker->tasks);
  close (worker->results);
  while (waitpid (worker->process, &status, 0) < 0 && errno == EINTR)
    continue;
  worker->process = 0;
  if (worker->memory)
    workers->job->forget (g_steal_pointer (&worker->memory));
  return status;
}

/* Those who have nothing left to do end when they are told so. */
static void
end_all (Workers *workers)
{
  for (guint i = 0; i < workers->workers->len; i++)
    {
      Worker *worker = worker_at (workers, i);
      if (worker->process)
        end (workers, worker, worker->n_has > 0 ? SIGKILL : 0);
    }
}

/* --- Giving them work --- */

/* How long a piece takes, in seconds; 0: not known yet. */
static double
piece_seconds (const Workers *workers)
{
  return workers->n_done > 0 ? workers->seconds / (double) workers->n_done : 0;
}

/* How many pieces make the next task: towards the end fewer, so that all workers end together. */
static guint
task_size (const Workers *workers)
{
  double seconds = piece_seconds (workers), pieces = seconds > 0 ? TASK_SECONDS / seconds : 1;
  guint64 fair = workers->job->left (workers->data) / (4 * workers->workers->len);
  return (guint) MAX (MIN (CLAMP (pieces, 1, TASK_PIECES), (double) fair), 1);
}

static void
give_work (Workers *workers, Worker *worker)
{
  while (worker->process && worker->n_has < TASKS_AHEAD)
    {
      OrrTask task;
      if (!workers->job->next (workers->data, task_size (workers), &task))
        return;
      worker->has[worker->n_has++] = task;
      /* It fits into the pipe; one that nobody reads from is told by the other pipe. */
      apart_transfer (worker->tasks, TRUE, &task, sizeof task);
    }
}

/* --- What comes back --- */

/* The first piece of the worker's first task is done with. */
static void
drop_piece (Workers *workers, Worker *worker)
{
  OrrTask *task = &worker->has[0];
  workers->n_done++;
  drop_first (task);
  if (task->count == 0)
    memmove (task, task + 1, --worker->n_has * sizeof *task);
}

/* Takes the whole results among the bytes that came. FALSE: they are none, which no sane worker sends. */
static gboolean
take_whole (Workers *workers, Worker *worker)
{
  Head head;
  gsize at = 0;
  for (; worker->bytes->len - at >= sizeof head; at += sizeof head + head.length)
    {
      memcpy (&head, worker->bytes->data + at, sizeof head);
      if (head.mark != MARK)
        return FALSE;
      if (worker->bytes->len - at - sizeof head < head.length)
        break;
      if (worker->n_has == 0
          || !workers->job->take (workers->data, &worker->has[0], worker->bytes->data + at + sizeof head,
                                  head.length, &worker->memory))
        return FALSE;
      drop_piece (workers, worker);
      workers->seconds += head.microseconds / 1e6;
    }
  g_byte_array_remove_range (worker->bytes, 0, (guint) at);
  return TRUE;
}

/* What a worker died of is a finding; others do the rest of its work. */
static void
bury (Workers *workers, Worker *worker)
{
  gboolean is_garbled = worker->is_garbled;
  int status = end (workers, worker, SIGKILL);
  g_autofree char *how = is_garbled ? g_strdup ("what it sent back was no result")
                                    : watchdog_how_it_died (status, workers->options->patience);
  if (worker->n_has > 0)
    {
      workers->job->take_death (workers->data, &worker->has[0], how);
      drop_piece (workers, worker);
    }
  for (guint i = 0; i < worker->n_has; i++)
    workers->job->give_back (workers->data, &worker->has[i]);
  worker->n_has = 0;
}

/* Reads what a worker has sent. FALSE: it has died. */
static gboolean
listen_to (Workers *workers, Worker *worker)
{
  guint8 buffer[1 << 16];
  for (;;)
    {
      gssize n = read (worker->results, buffer, sizeof buffer);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return errno == EAGAIN;
      if (n == 0)
        return FALSE;
      g_byte_array_append (worker->bytes, buffer, (guint) n);
      worker->is_garbled = !take_whole (workers, worker);
      if (worker->is_garbled)
        return FALSE;
    }
}

/* --- The loop --- */

/* As many workers as are wanted and there is work for. FALSE where there is none at all; errno says why. */
static gboolean
keep_staffed (Workers *workers)
{
  gboolean any = FALSE, failed = FALSE;
  for (guint i = 0; i < workers->workers->len; i++)
    {
      Worker *worker = worker_at (workers, i);
      if (!worker->process && !failed && workers->job->left (workers->data) > 0)
        failed = !start (workers, worker);
      give_work (workers, worker);
      any |= worker->process != 0;
    }
  return any || !failed;
}

/* Half as long as the worker that has least to do will be busy: none is to wait for its next task. */
static double
gather_seconds (const Workers *workers)
{
  guint64 least = G_MAXUINT64;
  for (guint i = 0; i < workers->workers->len; i++)
    {
      const Worker *worker = worker_at (workers, i);
      guint64 pieces = 0;
      for (guint j = 0; j < worker->n_has; j++)
        pieces += worker->has[j].count;
      if (worker->process)
        least = MIN (least, pieces);
    }
  return CLAMP ((double) least / 2 * piece_seconds (workers), GATHER_LEAST, GATHER_MOST);
}

static void
wait_and_listen (Workers *workers)
{
  guint n = 0;
  g_autofree struct pollfd *polled = g_new0 (struct pollfd, workers->workers->len);
  g_autofree Worker **polled_of = g_new (Worker *, workers->workers->len);
  for (guint i = 0; i < workers->workers->len; i++)
    if (worker_at (workers, i)->process)
      {
        polled_of[n] = worker_at (workers, i);
        polled[n] = (struct pollfd){ .fd = polled_of[n]->results, .events = POLLIN };
        n++;
      }
  if (poll (polled, n, WAIT_MILLISECONDS) <= 0)
    return;
  g_usleep ((gulong) (gather_seconds (workers) * G_USEC_PER_SEC));
  for (guint i = 0; i < n; i++)
    if (polled[i].revents && !listen_to (workers, polled_of[i]))
      bury (workers, polled_of[i]);
}

static gboolean
goes_on (const Workers *workers)
{
  return !workers->job->is_done (workers->data) && !g_atomic_int_get (workers->options->interrupt);
}

static ExitStatus
work (Workers *workers)
{
  const WorkersOptions *options = workers->options;
  while (goes_on (workers))
    {
      if (!keep_staffed (workers))
        {
          complain ("can't start a process for the runs: %s; fewer --jobs may help", g_strerror (errno));
          return EXIT_OS_ERROR;
        }
      wait_and_listen (workers);
      if (options->progress)
        options->progress (options->progress_data, workers->n_done);
    }
  return EXIT_AS_EXPECTED;
}

ExitStatus
workers_do (const WorkersJob *job, gpointer data, const WorkersOptions *options)
{
  guint n = (guint) CLAMP (job->left (data), 1, options->jobs);
  Workers workers = { .job = job,
                      .data = data,
                      .options = options,
                      .workers = g_array_sized_new (FALSE, TRUE, sizeof (Worker), n) };
  for (guint i = 0; i < n; i++)
    g_array_append_val (workers.workers, (Worker){ .bytes = g_byte_array_new () });
  fflush (NULL); /* what is not written yet would be written by each */
  ExitStatus status = work (&workers);
  end_all (&workers);
  for (guint i = 0; i < n; i++)
    g_byte_array_unref (worker_at (&workers, i)->bytes);
  g_array_unref (workers.workers);
  return status;
}

/* --- The runs of a campaign; the names of figures are what need not be told twice --- */

typedef struct
{
  OrrCampaign *campaign;
  const OrrPlan *plan;
} Runs;

static gboolean
next_runs (gpointer data, guint count_max, OrrTask *ret_task)
{
  return orr_campaign_next (((Runs *) data)->campaign, count_max, ret_task);
}

static void
give_back_runs (gpointer data, const OrrTask *task)
{
  orr_campaign_give_back (((Runs *) data)->campaign, task);
}

static guint64
runs_left (gpointer data)
{
  return orr_campaign_left (((Runs *) data)->campaign);
}

static gboolean
runs_are_done (gpointer data)
{
  return orr_campaign_is_done (((Runs *) data)->campaign);
}

/* The memory of what went between a worker and this process. */
static OrrFigureTable *
table_in (gpointer *memory)
{
  if (!*memory)
    *memory = orr_figure_table_new ();
  return *memory;
}

static gboolean
take_run (gpointer data, const OrrTask *task, const guint8 *bytes, gsize length, gpointer *memory)
{
  OrrSummary *summary = orr_summary_read (bytes, length, table_in (memory));
  if (summary)
    orr_campaign_take (((Runs *) data)->campaign, task->number, summary);
  return summary != NULL;
}

static void
take_dead_run (gpointer data, const OrrTask *task, const char *how)
{
  orr_campaign_take (((Runs *) data)->campaign, task->number, orr_summary_new_died (task->seed, how));
}

static void
make_run (gpointer data, const OrrTask *task, gpointer *memory, GByteArray *bytes)
{
  OrrSummary *summary = orr_campaign_run (((Runs *) data)->plan, task->what, task->seed);
  orr_summary_write (summary, table_in (memory), bytes);
  orr_summary_free (summary);
}

static void
forget_names (gpointer table)
{
  orr_figure_table_free (table);
}

ExitStatus
workers_run (OrrCampaign *campaign, const OrrPlan *plan, const WorkersOptions *options)
{
  static const WorkersJob job = { .next = next_runs,
                                  .give_back = give_back_runs,
                                  .left = runs_left,
                                  .is_done = runs_are_done,
                                  .take = take_run,
                                  .take_death = take_dead_run,
                                  .work = make_run,
                                  .forget = forget_names };
  OrrTime patience = options->patience;
  OrrPlan watched = *plan;
  watched.run.watch = watchdog_watch;
  watched.run.watch_data = &patience;
  Runs runs = { campaign, &watched };
  return workers_do (&job, &runs, options);
}
