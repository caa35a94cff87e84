/* maths.c: logarithm, exponential and the normal quantile from basic operations.
 *
 * Both functions go the way that Tang described (1989, 1990): cut the argument down until a short polynomial
 * is exact enough, and take the rest from a table. The logarithm takes x apart into 2^k · c · (1 + small),
 * where c is one of 23 fractions j/32; the exponential takes x apart into (32 k + j) · ln 2 / 32 + small.
 * Tables hold each value as a double and what is missing from it, so that the last rounding is almost the
 * only one. All constants are computed anew by the unit test. */
#include "base/maths.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Where intermediate results keep more bits than a double, results would depend on what the compiler keeps in
 * registers. */
#if FLT_EVAL_METHOD != 0
#  error "doubles must be computed as doubles"
#endif

#include "base/maths-tables.h"

/* A number as an unevaluated sum: `low` is what does not fit into `high`. */
typedef struct
{
  double high, low;
} Sum;

static inline guint64
bits_of (double x)
{
  guint64 bits;
  memcpy (&bits, &x, sizeof bits);
  return bits;
}

static inline double
double_of (guint64 bits)
{
  double x;
  memcpy (&x, &bits, sizeof x);
  return x;
}

/* a + b without error, where |a| ≥ |b| or a is 0 (Dekker 1971). */
static inline Sum
add_exactly (double a, double b)
{
  double high = a + b;
  return (Sum){ high, b - (high - a) };
}

/* a · b without error, by halves of 26 bits (Veltkamp's split; Dekker 1971). */
static inline Sum
multiply_exactly (double a, double b)
{
  double a_scaled = a * 0x1.0000002p+27, b_scaled = b * 0x1.0000002p+27;
  double a_high = a_scaled - (a_scaled - a), b_high = b_scaled - (b_scaled - b);
  double a_low = a - a_high, b_low = b - b_high;
  double product = a * b;
  return (Sum){ product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low };
}

/* The logarithm of a finite x > 0, good to 2^-65 of itself. With m near the fraction c, log (m / c) = 2
 * artanh s, s = (m - c) / (m + c), a series in odd powers of |s| < 0.012. Where m is near 1, c is 1 and its
 * logarithm 0, so that nothing cancels. */
static Sum
log_parts (double x)
{
  guint64 bits = bits_of (x < DBL_MIN ? x * 0x1p54 : x);
  gint exponent = (gint) (bits >> 52) - (x < DBL_MIN ? 1023 + 54 : 1023);
  double m = double_of ((bits & G_GUINT64_CONSTANT (0x000fffffffffffff))
                        | G_GUINT64_CONSTANT (0x3ff0000000000000));
  if (m >= 45.0 / 32)
    {
      m *= 0.5;
      exponent++;
    }
  gint j = (gint) (m * 32 + 0.5);
  double c = j / 32.0;

  Sum divisor = c > m ? add_exactly (c, m) : add_exactly (m, c);
  double s = (m - c) / divisor.high;
  Sum back = multiply_exactly (s, divisor.high);
  double s_low = ((((m - c) - back.high) - back.low) - s * divisor.low) / divisor.high;
  double z = s * s;
  double series = s * z * (2.0 / 3 + z * (2.0 / 5 + z * (2.0 / 7 + z * (2.0 / 9))));

  const double *log_c = log_table[j - 23];
  Sum sum = add_exactly (exponent * LN2_HIGH + log_c[0], 2 * s);
  return add_exactly (sum.high, sum.low + ((exponent * LN2_LOW + log_c[1]) + (2 * s_low + series)));
}

/* e to the high + low, where low is far smaller. */
static double
exp_parts (double high, double low)
{
  if (!(high < 709.79 && high > -745.14))
    return high > 0 ? INFINITY : high < 0 ? 0 : high; /* the last is NaN */

  gint n = (gint) (high * (1 / (STEP_HIGH + STEP_LOW)) + (high < 0 ? -0.5 : 0.5));
  gint j = n & 31, k = (n - j) / 32;
  double r = (high - n * STEP_HIGH) - (n * STEP_LOW - low);
  double series = r + r * r * (1.0 / 2 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 + r * (1.0 / 720)))));
  double power = exp_table[j][0] + (exp_table[j][1] + exp_table[j][0] * series);

  /* Powers of two that are no normal doubles are reached in two steps, of which only the last rounds. */
  if (k > 1000)
    return power * 0x1p1000 * double_of ((guint64) (k - 1000 + 1023) << 52);
  if (k < -1000)
    return power * double_of ((guint64) (k + 200 + 1023) << 52) * 0x1p-200;
  return power * double_of ((guint64) (k + 1023) << 52);
}

double
orr_log (double x)
{
  if (!(x > 0))
    return x == 0 ? -INFINITY : NAN;
  if (x > DBL_MAX)
    return x;
  return log_parts (x).high;
}

double
orr_exp (double x)
{
  return exp_parts (x, 0);
}

double
orr_pow (double x, double y)
{
  if (y == 0 || x == 1)
    return 1;
  if (!(x > 0 && x <= DBL_MAX))
    return x == 0 || x > 0 ? ((x == 0) == (y > 0) ? 0 : INFINITY) : NAN;

  Sum log_x = log_parts (x);
  double estimate = y * log_x.high;
  if (!(estimate < 800 && estimate > -800))
    return exp_parts (estimate, 0);
  Sum exponent = multiply_exactly (y, log_x.high);
  return exp_parts (exponent.high, exponent.low + y * log_x.low);
}

/* Stirling's series, which needs x to be large; below that the recurrence Γ (x) = Γ (x + 1) / x climbs there.
 */
double
orr_gamma (double x)
{
  g_assert (x >= 1);
  if (x > 172)
    return INFINITY;
  double divisor = 1;
  for (; x < 16; x++)
    divisor *= x;
  double z = 1 / (x * x);
  double series = (1.0 / 12 - z * (1.0 / 360 - z * (1.0 / 1260 - z * (1.0 / 1680 - z * (1.0 / 1188))))) / x;
  /* In two halves, since x to the x exceeds all doubles before the whole does. */
  double half = orr_pow (x, (x - 0.5) / 2) * SQRT_2_PI;
  return half / divisor * orr_exp (series - x) * (half / SQRT_2_PI);
}

static inline double
ratio_of_polynomials (const double coefficients[2][8], double x)
{
  double above = coefficients[0][7], below = coefficients[1][7];
  for (gint i = 6; i >= 0; i--)
    {
      above = above * x + coefficients[0][i];
      below = below * x + coefficients[1][i];
    }
  return above / below;
}

double
orr_normal_quantile (double p)
{
  if (!(p > 0 && p < 1))
    return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;

  double q = p - 0.5;
  if (q >= -0.425 && q <= 0.425)
    return q * ratio_of_polynomials (quantile_centre, 0.180625 - q * q);

  double r = sqrt (-orr_log (q < 0 ? p : 1 - p));
  double value = r <= 5 ? ratio_of_polynomials (quantile_shoulder, r - 1.6)
                        : ratio_of_polynomials (quantile_tail, r - 5);
  return q < 0 ? -value : value;
}
