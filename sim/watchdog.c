/* watchdog.c: a timer of processor time, wound up again whenever a run has gone on. */
#include "sim/watchdog.h"

#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>

#include "base/distribution.h"
#include "explore/death.h"

gboolean
parse_patience (const char *text, OrrTime *patience)
{
  g_autofree char *why = NULL;
  *patience = PATIENCE_DEFAULT;
  if (!text || (orr_duration_parse (text, patience, &why) && *patience >= ORR_MILLISECOND))
    return TRUE;
  complain ("--patience takes a duration of at least 1ms, as in 60s, not '%s'", text);
  return FALSE;
}

void
watchdog_watch (gpointer data, gboolean goes_on)
{
  const OrrTime *patience = data;
  struct itimerval timer = { 0 };
  if (goes_on)
    timer.it_value = (struct timeval){ .tv_sec = (time_t) (*patience / ORR_SECOND),
                                       .tv_usec = (suseconds_t) (*patience % ORR_SECOND / 1000) };
  setitimer (ITIMER_PROF, &timer, NULL);
}

char *
watchdog_how_it_died (int status, OrrTime patience)
{
  if (!WIFSIGNALED (status))
    return g_strdup_printf ("it ended the process, with status %d", WEXITSTATUS (status));
  if (WTERMSIG (status) != SIGPROF)
    return g_strdup_printf ("signal %d (%s)", WTERMSIG (status), g_strsignal (WTERMSIG (status)));
  g_autofree char *time = orr_duration_to_text (patience);
  return g_strdup_printf (ORR_DEATH_STUCK " in %s of processor time", time);
}
