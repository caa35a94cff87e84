/* delays.h: what makes others late, for as long as it lasts.
 *
 * Several faults may make messages late, or timers, each by an amount of its own; what counts is their sum. Whoever sends or sets something asks
 * for it, once. */
#pragma once

#include "engine/links.h"

typedef struct
{
  OrrDelay by;
  gpointer data;
} OrrDelayed;

/* Of OrrDelayed; freed by g_ptr_array_unref. */
static inline GPtrArray *
orr_delays_new (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

/* A handle, for g_ptr_array_remove. */
static inline gpointer
orr_delays_add (GPtrArray *delays, OrrDelay by, gpointer data)
{
  OrrDelayed *delayed = g_new (OrrDelayed, 1);
  *delayed = (OrrDelayed){ by, data };
  g_ptr_array_add (delays, delayed);
  return delayed;
}

/* What all of them say of the way between two machines, or of one's own timers. */
static inline OrrTime
orr_delays_sum (const GPtrArray *delays, guint from, guint to)
{
  OrrTime sum = 0;
  for (guint i = 0; i < delays->len; i++)
    {
      const OrrDelayed *delayed = g_ptr_array_index (delays, i);
      sum = orr_time_add (sum, delayed->by (delayed->data, from, to));
    }
  return sum;
}
