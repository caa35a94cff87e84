/* maths.h: logarithm, exponential and what is built on them, the same to the last bit everywhere.
 *
 * The C library's log and exp differ between versions and processors in their last bits, and one such bit makes two runs of one seed
 * drift apart. These use only operations that IEEE 754 fixes (+ − × ÷ √ and moves between integers and doubles), in a fixed order, and are compiled
 * without contraction into fused multiply-adds. They are accurate to about one unit in the last place, which the unit tests measure. */
#pragma once

#include <glib.h>

#include "base/visibility.h"

G_BEGIN_DECLS

/* The natural logarithm. -infinity at 0, NaN below. */
ORR_PUBLIC double orr_log (double x);

/* e to the x: 0 below about -745.2, infinity above about 709.8. */
ORR_PUBLIC double orr_exp (double x);

/* x to the y for x ≥ 0, NaN below; 1 where y is 0. */
ORR_PUBLIC double orr_pow (double x, double y);

/* The gamma function, 1 ≤ x; (x - 1)! where x is whole. Good to 2e-14; infinity above about 171.6. */
ORR_PUBLIC double orr_gamma (double x);

/* The inverse of the standard normal distribution's function, 0 < p < 1: the value that a share p of all lies below. Good to 1e-15
 * (Wichura 1988, algorithm AS 241, PPND16). -infinity at 0, infinity at 1, NaN beyond. */
ORR_PUBLIC double orr_normal_quantile (double p);

G_END_DECLS
