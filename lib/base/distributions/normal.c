/* normal.c: the bell curve, as of a sum of many small influences. */
#include "base/distribution-private.h"

static OrrTime
sample (const OrrTerm *term, OrrDraw key)
{
  return orr_time_from_real (term->arguments[0].number + term->arguments[1].number * orr_draw_normal (key));
}

static double
mean (const OrrTerm *term)
{
  return term->arguments[0].number;
}

static const struct OrrFamilyRules rules = {
  .parameters = { { "mean", ORR_PARAMETER_DURATION }, { "sd", ORR_PARAMETER_DURATION_ABOVE_0 } },
  .sample = sample,
  .mean = mean,
};

const OrrDistributionFamily orr_distribution_family_normal = {
  .name = "normal",
  .form = "normal(mean DURATION sd DURATION)",
  .example = "normal(mean 40ms sd 2ms)",
  .doc = "The bell curve with its mean and standard deviation. A time that would be negative becomes 0, and "
         "the mean then rises a little.",
  .rules = &rules,
};
