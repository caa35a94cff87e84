/* maths.h: logarithm, exponential and what is built on them, the same to the last bit everywhere.
 *
 * The C library's log and exp differ between versions and processors in their last bits, and one such bit makes two runs of one seed
 * drift apart. These use only operations that IEEE 754 fixes (+ − × ÷ √ and moves between integers and doubles), in a fixed order, and are compiled
 * without contraction into fused multiply-adds. They are accurate to about one unit in the last place, which the unit tests measure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

double orr_log (double x);              /* natural logarithm, x > 0 */
double orr_exp (double x);              /* 0 below about -745, infinity above about 709.8 */
double orr_pow (double x, double y);    /* x ≥ 0 */
double orr_normal_quantile (double p);  /* the inverse of the standard normal distribution's function, 0 < p < 1 */

G_END_DECLS
