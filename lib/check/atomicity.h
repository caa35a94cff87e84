/* atomicity.h: is there one order in which each read returns one of the last k writes? Not installed.
 *
 * A register is k-atomic if there is a total order of its operations that respects real time and in which each read
 * returns what one of the last k writes before it wrote (Aiyer, Alvisi & Bazzi 2005). 1-atomic is linearizable. Each key
 * is judged by itself, for if each has such an order, all have one together. */
#pragma once

#include "check/accesses.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_keys, n_violated, n_undecided;
} OrrAtomicity;

/* For a k of 1 or 2. Reads that saw a write which began after they had ended violate it for every k. `*states`: how many steps may
 * be taken; what is taken is taken off. `suspects`: gets the rows of the first key that violates it that show it by themselves, as
 * guint, ascending; NULL: nobody wants them. */
OrrAtomicity orr_atomicity_judge (const OrrAccesses *accesses, guint k, const OrrCheckBudget *budget, guint64 *states, GArray *suspects);

G_END_DECLS
