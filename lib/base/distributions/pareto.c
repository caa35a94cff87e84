/* pareto.c: the heavy tail: twice as long is less likely by the same factor, wherever one stands.
 *
 * The logarithm of a Pareto variate over its scale is exponential with mean 1 / shape; so that is what is
 * drawn. */
#include "base/distribution-private.h"

#include "base/maths.h"

#include <math.h>

static OrrTime
sample (const OrrTerm *term, OrrDraw key)
{
  return orr_time_from_real (term->arguments[0].number
                             * orr_exp (orr_draw_exponential (key) / term->arguments[1].number));
}

static double
mean (const OrrTerm *term)
{
  double scale = term->arguments[0].number, shape = term->arguments[1].number;
  return shape > 1 ? scale * (shape / (shape - 1)) : INFINITY;
}

static const struct OrrFamilyRules rules = {
  .parameters = { { "scale", ORR_PARAMETER_DURATION_ABOVE_0 }, { "shape", ORR_PARAMETER_NUMBER } },
  .sample = sample,
  .mean = mean,
};

const OrrDistributionFamily orr_distribution_family_pareto = {
  .name = "pareto",
  .form = "pareto(scale DURATION shape NUMBER)",
  .example = "pareto(scale 0.235ms shape 10)",
  .doc = "At least `scale`; the share that exceeds t is (scale / t) to the power `shape`. There is no mean "
         "where shape is 1 or less.",
  .rules = &rules,
};
