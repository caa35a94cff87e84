/* exponential.c: the time to the next of many independent things, each of which could happen now.
 *
 * It has no memory: however long one has waited, the rest of the wait is distributed as the whole was. */
#include "base/distribution-private.h"

static OrrTime
sample (const OrrTerm *term, OrrDraw key)
{
  return orr_exponential_sample (term->arguments[0].number, key);
}

static double
mean (const OrrTerm *term)
{
  return term->arguments[0].number;
}

static const struct OrrFamilyRules rules = {
  .parameters = { { "mean", ORR_PARAMETER_DURATION_ABOVE_0 } },
  .sample = sample,
  .mean = mean,
};

const OrrDistributionFamily orr_distribution_family_exponential = {
  .name = "exponential",
  .form = "exponential(mean DURATION)",
  .example = "exponential(mean 10ms)",
  .doc = "The time between independent events that happen once in `mean` on average. 37 % exceed the mean, 1 "
         "% 4.6 times the mean.",
  .rules = &rules,
};
