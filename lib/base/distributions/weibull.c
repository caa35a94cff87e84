/* weibull.c: the time to a failure whose likelihood changes with age.
 *
 * With shape 1 it is exponential; below 1 things that have lasted last longer, above 1 they wear out. A power
 * of an exponential variate. */
#include "base/distribution-private.h"

#include "base/maths.h"

static OrrTime
sample (const OrrTerm *term, OrrDraw key)
{
  return orr_time_from_real (term->arguments[0].number
                             * orr_pow (orr_draw_exponential (key), 1 / term->arguments[1].number));
}

/* scale · Γ (1 + 1 / shape). */
static double
mean (const OrrTerm *term)
{
  return term->arguments[0].number * orr_gamma (1 + 1 / term->arguments[1].number);
}

static const struct OrrFamilyRules rules = {
  .parameters = { { "scale", ORR_PARAMETER_DURATION_ABOVE_0 }, { "shape", ORR_PARAMETER_NUMBER } },
  .sample = sample,
  .mean = mean,
};

const OrrDistributionFamily orr_distribution_family_weibull = {
  .name = "weibull",
  .form = "weibull(scale DURATION shape NUMBER)",
  .example = "weibull(scale 5ms shape 2)",
  .doc = "63 % are below `scale`. A shape below 1 gives many short and few very long times, above 1 a hump "
         "that grows narrower.",
  .rules = &rules,
};
