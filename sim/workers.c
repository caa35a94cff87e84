/* workers.c: many processes that make the runs of a campaign.
 *
 * Each worker has two pipes: tasks come in by one, summaries leave by the other, each behind a head, in
 * the order of the tasks. It has the next task already while it works on one. As soon as a summary is made it
 * is sent; so when a worker dies, the run that it died of is the first one that is missing.
 *
 * This process needs a processor too, which the workers would use better. So it sleeps while they have enough
 * to do, and adds up many summaries at once: what it touches for one is then still in the cache for the next.
 *
 * No worker outlives the campaign: it ends when its tasks do, when nobody takes its summaries, or when the
 * process that made it is gone. */
#define _GNU_SOURCE /* F_SETPIPE_SZ */
#include "sim/workers.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#  include <sys/prctl.h>
#endif

#include "sim/common.h"

/* A task should take about as long: many short runs cost few messages, and no worker waits long for the last.
 */
#define TASK_SECONDS 0.05
#define TASK_RUNS    256

/* Tasks that a worker has at once. */
#define TASKS_AHEAD 2

/* How long to wait at most until Ctrl-C is noticed and progress is shown. */
#define WAIT_MILLISECONDS 100

/* So long, in seconds, summaries may gather once one has come. */
#define GATHER_LEAST 0.0002
#define GATHER_MOST  0.03

/* For the summaries that gather. */
#define PIPE_BYTES (1 << 20)

/* Before each summary. */
typedef struct
{
  guint32 length;
  guint32 microseconds; /* that its run took */
} Head;

typedef struct
{
  pid_t process;            /* 0: none */
  int tasks;                /* to write to */
  int summaries;            /* to read from */
  OrrTask has[TASKS_AHEAD]; /* what it has to do, the first one begun: what is left of each */
  guint n_has;
  GByteArray *bytes;     /* that came and are no whole summary yet */
  OrrFigureNames *names; /* of figures, that it has sent already */
} Worker;

typedef struct
{
  OrrCampaign *campaign;
  const OrrPlan *plan;
  const WorkersOptions *options;
  GArray *workers; /* Worker */
  guint64 n_done;
  double seconds; /* that all of these took together */
} Workers;

/* --- In the worker --- */

/* FALSE: there is nothing more to read, or nobody to write to. */
static gboolean
transfer_all (int descriptor, gboolean out, gpointer data, gsize size)
{
  char *at = data;
  while (size > 0)
    {
      gssize n = out ? write (descriptor, at, size) : read (descriptor, at, size);
      if (n > 0)
        {
          at += n;
          size -= (gsize) n;
        }
      else if (n == 0 || errno != EINTR)
        return FALSE;
    }
  return TRUE;
}

static gboolean
do_task (const OrrPlan *plan, const OrrTask *task, OrrFigureNames **names, int summaries)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  for (guint i = 0; i < task->count; i++)
    {
      Head head = { 0 };
      gint64 began = g_get_monotonic_time ();
      OrrSummary *summary = orr_campaign_run (plan, task->scenario, task->seed + i);
      head.microseconds = (guint32) MIN (g_get_monotonic_time () - began, G_MAXUINT32);
      g_byte_array_set_size (bytes, 0);
      g_byte_array_append (bytes, (const guint8 *) &head, sizeof head);
      orr_summary_write (summary, names, bytes);
      orr_summary_free (summary);
      head.length = bytes->len - (guint32) sizeof head;
      memcpy (bytes->data, &head, sizeof head);
      if (!transfer_all (summaries, TRUE, bytes->data, bytes->len))
        return FALSE;
    }
  return TRUE;
}

/* What a worker must not share with the process that made it. Its complaints would mix with those of others;
 * the command that repeats its run shows them. */
static void
set_apart (pid_t parent)
{
  const struct rlimit no_core = { 0, 0 };
  int nowhere = open ("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere >= 0)
    dup2 (nowhere, STDERR_FILENO);
  setrlimit (RLIMIT_CORE, &no_core);
  signal (SIGINT, SIG_IGN); /* a terminal sends it to all; whoever made us decides */
#ifdef __linux__
  prctl (PR_SET_PDEATHSIG, SIGKILL);
#endif
  if (getppid () != parent)
    _exit (EXIT_INTERNAL);
}

G_NORETURN static void
be_worker (const OrrPlan *plan, pid_t parent, int tasks, int summaries)
{
  OrrTask task;
  OrrFigureNames *names = NULL;
  set_apart (parent);
  while (transfer_all (tasks, FALSE, &task, sizeof task))
    if (!do_task (plan, &task, &names, summaries))
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
        close (worker_at (workers, i)->summaries);
      }
}

/* FALSE, with errno, where the system does not let us. */
static gboolean
start (const Workers *workers, Worker *worker)
{
  int tasks[2], summaries[2];
  pid_t parent = getpid ();
  if (pipe (tasks) != 0)
    return FALSE;
  if (pipe (summaries) != 0)
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
      close (summaries[0]);
      be_worker (workers->plan, parent, tasks[0], summaries[1]);
    }
  int why = errno;
  close (tasks[0]);
  close (summaries[1]);
  if (process < 0)
    {
      close (tasks[1]);
      close (summaries[0]);
      errno = why;
      return FALSE;
    }
  fcntl (summaries[0], F_SETFL, O_NONBLOCK);
#ifdef F_SETPIPE_SZ
  fcntl (summaries[0], F_SETPIPE_SZ, PIPE_BYTES); /* where that is refused, workers wait more often */
#endif
  *worker
      = (Worker){ .process = process, .tasks = tasks[1], .summaries = summaries[0], .bytes = worker->bytes };
  g_byte_array_set_size (worker->bytes, 0);
  return TRUE;
}

/* Waits for a worker that ends by itself, or by `with`. Returns how it ended, as waitpid tells it. */
static int
end (Worker *worker, int with)
{
  int status = 0;
  if (with)
    kill (worker->process, with);
  close (worker->tasks);
  close (worker->summaries);
  while (waitpid (worker->process, &status, 0) < 0 && errno == EINTR)
    continue;
  worker->process = 0;
  g_clear_pointer (&worker->names, orr_figure_names_unref);
  return status;
}

static void
end_all (Workers *workers, int with)
{
  for (guint i = 0; i < workers->workers->len; i++)
    if (worker_at (workers, i)->process)
      end (worker_at (workers, i), with);
}

/* --- Giving them work --- */

/* How long a run takes, in seconds; 0: not known yet. */
static double
run_seconds (const Workers *workers)
{
  return workers->n_done > 0 ? workers->seconds / (double) workers->n_done : 0;
}

/* How many runs make the next task: towards the end fewer, so that all workers end together. */
static guint
task_size (const Workers *workers)
{
  double seconds = run_seconds (workers), runs = seconds > 0 ? TASK_SECONDS / seconds : 1;
  guint64 fair = orr_campaign_left (workers->campaign) / (4 * workers->workers->len);
  return (guint) MAX (MIN (CLAMP (runs, 1, TASK_RUNS), (double) fair), 1);
}

static void
give_work (Workers *workers, Worker *worker)
{
  while (worker->process && worker->n_has < TASKS_AHEAD)
    {
      OrrTask task;
      if (!orr_campaign_next (workers->campaign, task_size (workers), &task))
        return;
      worker->has[worker->n_has++] = task;
      /* It fits into the pipe; one that nobody reads from is told by the other pipe. */
      transfer_all (worker->tasks, TRUE, &task, sizeof task);
    }
}

/* --- What comes back --- */

static void
take (Workers *workers, Worker *worker, OrrSummary *summary)
{
  OrrTask *task = &worker->has[0];
  orr_campaign_take (workers->campaign, task->number, summary);
  workers->n_done++;
  task->number++;
  task->seed++;
  if (--task->count == 0)
    memmove (task, task + 1, --worker->n_has * sizeof *task);
}

/* Takes the whole summaries among the bytes that came. FALSE: they are none, which no sane worker sends. */
static gboolean
take_whole (Workers *workers, Worker *worker)
{
  Head head;
  gsize at = 0;
  for (; worker->bytes->len - at >= sizeof head; at += sizeof head + head.length)
    {
      memcpy (&head, worker->bytes->data + at, sizeof head);
      if (worker->bytes->len - at - sizeof head < head.length)
        break;
      OrrSummary *summary = worker->n_has > 0 ? orr_summary_read (worker->bytes->data + at + sizeof head,
                                                                  head.length, &worker->names)
                                              : NULL;
      if (!summary)
        return FALSE;
      take (workers, worker, summary);
      workers->seconds += head.microseconds / 1e6;
    }
  g_byte_array_remove_range (worker->bytes, 0, (guint) at);
  return TRUE;
}

static char *
how_it_died (int status)
{
  if (WIFSIGNALED (status))
    return g_strdup_printf ("signal %d (%s)", WTERMSIG (status), g_strsignal (WTERMSIG (status)));
  return g_strdup_printf ("it ended the process, with status %d", WEXITSTATUS (status));
}

/* The run that a worker died of is a finding; others do the rest of its work. */
static void
bury (Workers *workers, Worker *worker)
{
  g_autofree char *how = how_it_died (end (worker, SIGKILL));
  if (worker->n_has > 0)
    take (workers, worker, orr_summary_new_died (worker->has[0].seed, how));
  for (guint i = 0; i < worker->n_has; i++)
    orr_campaign_give_back (workers->campaign, &worker->has[i]);
  worker->n_has = 0;
}

/* Reads what a worker has sent. FALSE: it has died. */
static gboolean
listen_to (Workers *workers, Worker *worker)
{
  guint8 buffer[1 << 16];
  for (;;)
    {
      gssize n = read (worker->summaries, buffer, sizeof buffer);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return errno == EAGAIN;
      if (n == 0)
        return FALSE;
      g_byte_array_append (worker->bytes, buffer, (guint) n);
      if (!take_whole (workers, worker))
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
      if (!worker->process && !failed && orr_campaign_left (workers->campaign) > 0)
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
      guint64 runs = 0;
      for (guint j = 0; j < worker->n_has; j++)
        runs += worker->has[j].count;
      if (worker->process)
        least = MIN (least, runs);
    }
  return CLAMP ((double) least / 2 * run_seconds (workers), GATHER_LEAST, GATHER_MOST);
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
        polled[n] = (struct pollfd){ .fd = polled_of[n]->summaries, .events = POLLIN };
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
  return !orr_campaign_is_done (workers->campaign) && !g_atomic_int_get (workers->options->interrupt);
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
        options->progress (options->progress_data, workers->campaign, workers->n_done);
    }
  return EXIT_AS_EXPECTED;
}

ExitStatus
workers_run (OrrCampaign *campaign, const OrrPlan *plan, const WorkersOptions *options)
{
  guint n = (guint) CLAMP (orr_campaign_left (campaign), 1, options->jobs);
  Workers workers = { .campaign = campaign,
                      .plan = plan,
                      .options = options,
                      .workers = g_array_sized_new (FALSE, TRUE, sizeof (Worker), n) };
  for (guint i = 0; i < n; i++)
    g_array_append_val (workers.workers, (Worker){ .bytes = g_byte_array_new () });
  fflush (NULL); /* what is not written yet would be written by each */
  ExitStatus status = work (&workers);
  /* Those of a whole campaign have nothing left to do, and end when they are told so. */
  end_all (&workers, orr_campaign_is_done (campaign) ? 0 : SIGKILL);
  for (guint i = 0; i < n; i++)
    g_byte_array_unref (worker_at (&workers, i)->bytes);
  g_array_unref (workers.workers);
  return status;
}
