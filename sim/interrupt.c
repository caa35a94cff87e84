/* interrupt.c: Ctrl-C, and SIGTERM. */
#include "sim/interrupt.h"

#include <signal.h>

/* What one process tells the other by. */
#define TOLD SIGUSR1

/* What comes within so many microseconds is of one press: timeout (1), for one, sends a signal to its program
 * and again to the whole group. */
#define ONE_PRESS 200000

/* A handler can reach nothing but what is global. */
static gint happened;
static gint told_process; /* 0: none */
static gboolean is_told;
static gint64 first_at; /* host's monotonic microseconds */

static void
on_interrupt (int signal_number)
{
  gint process = g_atomic_int_get (&told_process);
  gint64 now = g_get_monotonic_time ();
  if (!g_atomic_int_get (&happened))
    {
      first_at = now;
      g_atomic_int_set (&happened, 1);
      if (process > 0)
        kill (process, TOLD);
    }
  else if (now - first_at >= ONE_PRESS)
    {
      signal (signal_number, SIG_DFL);
      raise (signal_number);
    }
}

/* Whoever schedules jobs asks by SIGTERM, and means the same. */
static void
listen_by (void (*handler) (int))
{
  signal (SIGINT, handler);
  signal (SIGTERM, handler);
}

static void
on_told (int signal_number G_GNUC_UNUSED)
{
  g_atomic_int_set (&happened, 1);
}

gboolean
interrupt_happened (void)
{
  return g_atomic_int_get (&happened);
}

const gint *
interrupt_watch (void)
{
  if (!interrupt_happened () && !is_told)
    listen_by (on_interrupt);
  return &happened;
}

void
interrupt_prepare_to_tell (void)
{
  interrupt_watch ();
  signal (TOLD, on_told); /* so that the other one is never without a handler */
}

void
interrupt_tell (pid_t process)
{
  g_atomic_int_set (&told_process, process);
  if (process > 0 && interrupt_happened ())
    kill (process, TOLD);
}

void
interrupt_be_told (void)
{
  is_told = TRUE;
  listen_by (SIG_IGN); /* a terminal sends it to both */
}

void
interrupt_unwatch (void)
{
  if (!interrupt_happened ())
    listen_by (SIG_DFL);
}
