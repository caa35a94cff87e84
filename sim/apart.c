/* apart.c: a process for one piece of work, with a pipe by which its result comes back. */
#include "sim/apart.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#  include <sys/prctl.h>
#endif

#include "sim/watchdog.h"

/* How long to wait at most until Ctrl-C is noticed. */
#define WAIT_MILLISECONDS 100

/* How often a process is tried to make, once each time. */
#define FORKS_TRIED 50

/* Of the patience, for runs that are like one which got stuck; and at least so much. */
#define STUCK_DIVISOR 60
#define STUCK_LEAST   (100 * ORR_MILLISECOND)

gboolean
apart_transfer (int descriptor, gboolean out, gpointer data, gsize size)
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

void
apart_bind (pid_t parent)
{
  const struct rlimit no_core = { 0, 0 };
  setrlimit (RLIMIT_CORE, &no_core);
  signal (SIGPROF, SIG_DFL); /* the watchdog's */
#ifdef __linux__
  prctl (PR_SET_PDEATHSIG, SIGKILL);
#endif
  if (getppid () != parent)
    _exit (EXIT_INTERNAL);
}

/* Its complaints would mix with those of others; the command that repeats its run shows them. */
void
apart_begin (pid_t parent)
{
  int nowhere = open ("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere >= 0)
    dup2 (nowhere, STDERR_FILENO);
  signal (SIGINT, SIG_IGN); /* a terminal sends it to all, as others do SIGTERM; whoever made us decides */
  signal (SIGTERM, SIG_IGN);
  apart_bind (parent);
}

/* Behind the result: without it the work was not done, however its process ended. */
#define END 0x2a

G_NORETURN static void
be_apart (pid_t parent, OrrApartWork work, gpointer work_data, int result)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const guint8 last = END;
  apart_begin (parent);
  work (work_data, bytes);
  g_byte_array_append (bytes, &last, 1);
  apart_transfer (result, TRUE, bytes->data, bytes->len);
  _exit (EXIT_AS_EXPECTED);
}

static gboolean
is_interrupted (const Apart *apart)
{
  return apart->interrupt && g_atomic_int_get (apart->interrupt);
}

/* Until the process has closed its end, or is not waited for any more. */
static void
read_result (const Apart *apart, int result, GByteArray *bytes)
{
  guint8 buffer[4096];
  struct pollfd polled = { .fd = result, .events = POLLIN };
  while (!is_interrupted (apart))
    {
      if (poll (&polled, 1, WAIT_MILLISECONDS) <= 0)
        continue;
      gssize n = read (result, buffer, sizeof buffer);
      if (n == 0 || (n < 0 && errno != EINTR))
        return;
      if (n > 0)
        g_byte_array_append (bytes, buffer, (guint) n);
    }
}

/* NULL: it did the work. */
static char *
how_it_ended (Apart *apart, int status, GByteArray *bytes)
{
  if (WIFEXITED (status) && bytes->len > 0 && bytes->data[bytes->len - 1] == END)
    {
      g_byte_array_set_size (bytes, bytes->len - 1);
      return NULL;
    }
  char *how = watchdog_how_it_died (status, apart->patience);
  if (g_str_has_prefix (how, ORR_DEATH_STUCK))
    apart->watched = MIN (apart->watched, MAX (apart->patience / STUCK_DIVISOR, STUCK_LEAST));
  return how;
}

/* Where the system has too many processes for the moment, some may end soon. */
static pid_t
fork_in_time (const Apart *apart)
{
  pid_t process = fork ();
  for (guint i = 0; process < 0 && i < FORKS_TRIED && !is_interrupted (apart); i++)
    {
      g_usleep (WAIT_MILLISECONDS * 1000);
      process = fork ();
    }
  return process;
}

/* That no process can be made says nothing of the run, and must not be taken for what it died of. */
G_NORETURN static void
give_up (void)
{
  complain ("can't start a process for a run: %s", g_strerror (errno));
  exit (EXIT_OS_ERROR);
}

static char *
make (gpointer data, OrrApartWork work, gpointer work_data, GByteArray *bytes)
{
  Apart *apart = data;
  int ends[2], status = 0;
  pid_t parent = getpid (), process;
  fflush (NULL); /* what is not written yet would be written by both */
  if (pipe (ends) != 0 || (process = fork_in_time (apart)) < 0)
    give_up ();
  if (process == 0)
    {
      close (ends[0]);
      be_apart (parent, work, work_data, ends[1]);
    }
  close (ends[1]);
  read_result (apart, ends[0], bytes);
  close (ends[0]);
  if (is_interrupted (apart))
    kill (process, SIGKILL);
  while (waitpid (process, &status, 0) < 0 && errno == EINTR)
    continue;
  return how_it_ended (apart, status, bytes);
}

gboolean
apart_parse (const char *text, Apart *apart)
{
  gboolean is_right = parse_patience (text, &apart->patience);
  apart->watched = apart->patience;
  return is_right;
}

OrrApart
apart_by (Apart *apart)
{
  return (OrrApart){ .make = make, .data = apart };
}
