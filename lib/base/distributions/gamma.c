/* gamma.c: the time that several exponential steps take, one after the other.
 *
 * `shape` steps of mean `scale`; shape need not be whole. Sampled by rejection as Marsaglia & Tsang do it
 * (2000, A simple method for generating gamma variables): a cube of a normal variate is nearly gamma, and a
 * uniform one decides whether it stays. Below shape 1, one more step is taken and shortened by a power of a
 * uniform variate. Each attempt draws from keys of its own. */
#include "base/distribution-private.h"

#include "base/maths.h"

#include <math.h>

/* What the key is folded with for the shortening, and counted up from for the attempts. */
#define SHORTEN G_GUINT64_CONSTANT (0x589965cc75374cc3)

static const char *
prepare (OrrTerm *term, guint *ret_index)
{
  (void) ret_index;
  double shape = term->arguments[0].number;
  double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
  term->derived[0] = d;
  term->derived[1] = 1 / sqrt (9 * d);
  return NULL;
}

static double
attempt (double d, double c, OrrDraw key)
{
  for (guint64 i = 1;; i++)
    {
      OrrDraw tried = orr_draw_fold (key, SHORTEN + i);
      double x = orr_draw_normal (tried);
      double root = 1 + c * x;
      if (root <= 0)
        continue;
      double v = root * root * root;
      double u = orr_draw_open (tried);
      if (u < 1 - 0.0331 * (x * x) * (x * x) || orr_log (u) < 0.5 * x * x + d * (1 - v + orr_log (v)))
        return d * v;
    }
}

static OrrTime
sample (const OrrTerm *term, OrrDraw key)
{
  double shape = term->arguments[0].number;
  double value = attempt (term->derived[0], term->derived[1], key);
  if (shape < 1)
    value *= orr_exp (-orr_draw_exponential (orr_draw_fold (key, SHORTEN)) / shape);
  return orr_time_from_real (value * term->arguments[1].number);
}

static double
mean (const OrrTerm *term)
{
  return term->arguments[0].number * term->arguments[1].number;
}

static const struct OrrFamilyRules rules = {
  .parameters = { { "shape", ORR_PARAMETER_NUMBER }, { "scale", ORR_PARAMETER_DURATION_ABOVE_0 } },
  .prepare = prepare,
  .sample = sample,
  .mean = mean,
};

const OrrDistributionFamily orr_distribution_family_gamma = {
  .name = "gamma",
  .form = "gamma(shape NUMBER scale DURATION)",
  .example = "gamma(shape 2 scale 5ms)",
  .doc = "The sum of `shape` exponential times of mean `scale`; the mean is their product, and shape may be "
         "any number above 0.",
  .rules = &rules,
};
