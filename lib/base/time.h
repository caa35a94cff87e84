/* time.h: virtual time.
 *
 * A simulated run has one true time. It is a signed count of nanoseconds from the start of the run, so that it is exact, compares as
 * an integer and means the same on every machine; 2^63 ns are 292 years. Nodes never see it: they read clocks of their own, which are
 * wrong by as much as a scenario says. True time is for the engine, the trace and the checks. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef gint64 OrrTime; /* nanoseconds */

#define ORR_NANOSECOND  ((OrrTime) 1)
#define ORR_MICROSECOND (1000 * ORR_NANOSECOND)
#define ORR_MILLISECOND (1000 * ORR_MICROSECOND)
#define ORR_SECOND      (1000 * ORR_MILLISECOND)

/* A time that never comes: later than all others. */
#define ORR_TIME_NEVER G_MAXINT64

/* A time or duration that nobody gave. */
#define ORR_TIME_UNSET G_MININT64

/* The longest time that a scenario may speak of, about 73 years: four of them still add up without overflow. */
#define ORR_TIME_MAX (G_MAXINT64 / 4)

/* The sum of two times, kept at ORR_TIME_NEVER where it would overflow. Both must be at least 0. */
static inline OrrTime
orr_time_add (OrrTime a, OrrTime b)
{
  return a > ORR_TIME_NEVER - b ? ORR_TIME_NEVER : a + b;
}

G_END_DECLS
