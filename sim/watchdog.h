/* watchdog.h: the end of a run that never comes back.
 *
 * A model may loop for ever over one event. Nothing in the run can end that, since it looks around between events alone; a campaign would stand
 * still with it. So a process that makes runs has the system end it when it has had the processor for long and its run went no further. What counts
 * is the processor's time that the process itself had: how much else a machine has to do makes no run a finding, and a run that is slow but goes on
 * may take as long as it likes. What looks at a run afterwards may, too. */
#pragma once

#include "base/time.h"
#include "sim/common.h"

/* Processor time in which a run must go on by 1024 events, unless the user says otherwise. */
#define PATIENCE_DEFAULT (60 * ORR_SECOND)

#define PATIENCE_DOC \
  "      --patience TIME   give a run up that gets nowhere for so much processor time (default: 60s)\n"

/* TRUE where `text` is a duration of at least a millisecond, or NULL, which stands for the default; else a complaint. */
gboolean parse_patience (const char *text, OrrTime *patience);

/* For OrrRunOptions.watch; the data is the patience, an OrrTime. */
void watchdog_watch (gpointer patience, gboolean goes_on);

/* What a process died of, in words, from what waitpid says of it. The caller frees it. */
char *watchdog_how_it_died (int status, OrrTime patience);
