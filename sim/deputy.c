/* deputy.c: a process like this one, and a pipe by which it says that it came to the end. */
#include "sim/deputy.h"

#include <errno.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/apart.h"
#include "sim/interrupt.h"
#include "sim/watchdog.h"

G_NORETURN static void
be_deputy (pid_t parent, ExitStatus (*work) (gpointer data), gpointer data, int result)
{
  apart_bind (parent);
  interrupt_be_told ();
  ExitStatus status = work (data);
  if (!finish_output ())
    status = EXIT_IO_ERROR;
  apart_transfer (result, TRUE, &status, sizeof status);
  _exit (EXIT_AS_EXPECTED);
}

ExitStatus
deputy_do (ExitStatus (*work) (gpointer data), gpointer data, OrrTime patience, char **ret_how)
{
  int ends[2], ended = 0;
  ExitStatus status = EXIT_INTERNAL;
  pid_t parent = getpid (), deputy;
  *ret_how = NULL;
  fflush (NULL); /* what is not written yet would be written by both */
  if (pipe (ends) != 0)
    return work (data);
  interrupt_prepare_to_tell ();
  deputy = fork ();
  if (deputy == 0)
    {
      close (ends[0]);
      be_deputy (parent, work, data, ends[1]);
    }
  close (ends[1]);
  interrupt_tell (MAX (deputy, 0));
  gboolean is_done = deputy > 0 && apart_transfer (ends[0], FALSE, &status, sizeof status);
  close (ends[0]);
  while (deputy > 0 && waitpid (deputy, &ended, 0) < 0 && errno == EINTR)
    continue;
  interrupt_tell (0);
  if (deputy < 0)
    return work (data);
  if (!is_done)
    *ret_how = watchdog_how_it_died (ended, patience);
  return status;
}
