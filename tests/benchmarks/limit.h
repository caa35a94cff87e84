/* limit.h: how fast it could be. The same PHOLD as the engine's benchmark plays, on a bare queue with no
 * engine around it. */
#pragma once

#include <glib.h>

/* Plays PHOLD with so many messages pending for so many events (a tenth more before, to warm up) and returns
 * the processor time of one, in nanoseconds. */
double orr_limit_run (guint64 pending, guint64 events);

/* The same program on the engine's queue: what that alone costs. */
double orr_limit_run_adaptive (guint64 pending, guint64 events);
