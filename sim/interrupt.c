/* interrupt.c: Ctrl-C. */
#include "sim/interrupt.h"

#include <signal.h>

/* A handler can reach nothing but what is global. */
static gint happened;

static void
on_interrupt (int signal_number)
{
  g_atomic_int_set (&happened, 1);
  signal (signal_number, SIG_DFL);
}

gboolean
interrupt_happened (void)
{
  return g_atomic_int_get (&happened);
}

const gint *
interrupt_watch (void)
{
  if (!interrupt_happened ())
    signal (SIGINT, on_interrupt);
  return &happened;
}

void
interrupt_unwatch (void)
{
  signal (SIGINT, SIG_DFL);
}
