/* interrupt.h: Ctrl-C, and SIGTERM, by which those ask who end jobs.
 *
 * The first one asks: what goes on ends soon, and what is known by then is told. A second one, a moment later, is meant at once: it ends the program,
 * also where a model from outside never comes back. */
#pragma once

#include <glib.h>
#include <sys/types.h>

/* From now on; the flag becomes 1 when someone presses it. */
const gint *interrupt_watch (void);
/* From now on it ends the program. */
void interrupt_unwatch (void);
gboolean interrupt_happened (void);

/* A process that this one makes hears of it from this one, however often and to whom it was sent: to be called before it is made, and as soon as it
 * is, and 0 once it is gone. */
void interrupt_prepare_to_tell (void);
void interrupt_tell (pid_t process);
/* In the other one. */
void interrupt_be_told (void);
