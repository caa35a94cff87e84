/* ending.h: how a run came to its end.
 *
 * A run that was cut short shows what went wrong in it, and proves nothing by what did not. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ORR_ENDED_QUIET,         /* nothing was left to happen */
  ORR_ENDED_SETTLE_LIMIT,  /* `settle` was over before it was quiet */
  ORR_ENDED_EVENT_LIMIT,   /* more events than the run was allowed */
  ORR_ENDED_INSTANT_LIMIT, /* more events at one instant than could be sane: time stands still */
  ORR_ENDED_INTERRUPTED,   /* the caller asked for it */
  ORR_ENDED_OPERATION_LIMIT, /* more operations than the run was allowed */
  ORR_ENDED_FAULT_LIMIT,   /* more faults than a run may have */
  ORR_N_ENDINGS
} OrrEnding;

/* It might have gone on. */
static inline gboolean
orr_ending_is_cut_short (OrrEnding ending)
{
  return ending != ORR_ENDED_QUIET && ending != ORR_ENDED_SETTLE_LIMIT;
}

/* No larger limit would have shown another end: where time stands still it would never have come to rest. */
static inline gboolean
orr_ending_is_final (OrrEnding ending)
{
  return !orr_ending_is_cut_short (ending) || ending == ORR_ENDED_INSTANT_LIMIT;
}

G_END_DECLS
