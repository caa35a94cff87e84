/* interrupt.c: Ctrl-C. */
#include "sim/interrupt.h"

#include <signal.h>

/* What one process tells the other by. */
#define TOLD SIGUSR1

/* A handler can reach nothing but what is global. */
static gint happened;
static gint told_process; /* 0: none */
static gboolean is_told;

static void
on_interrupt (int signal_number)
{
  gint process = g_atomic_int_get (&told_process);
  g_atomic_int_set (&happened, 1);
  if (process > 0)
    kill (process, TOLD);
  signal (signal_number, SIG_DFL);
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
    signal (SIGINT, on_interrupt);
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
  signal (SIGINT, SIG_IGN); /* a terminal sends it to both */
}

void
interrupt_unwatch (void)
{
  signal (SIGINT, SIG_DFL);
}
