/* interrupt.h: Ctrl-C.
 *
 * The first one asks: what goes on ends soon, and what is known by then is told. The second one is meant at once: it ends the program,
 * also where a model from outside never comes back. */
#pragma once

#include <glib.h>

/* From now on; the flag becomes 1 when someone presses it. */
const gint *interrupt_watch (void);
/* From now on it ends the program. */
void interrupt_unwatch (void);
gboolean interrupt_happened (void);
