/* lognormal.c: a product of many small influences: most requests are quick, some take many times as long.
 *
 * Its own parameters, the mean and deviation of a logarithm, say nothing to anyone. A median and a 99th
 * percentile are what a monitoring page shows, and they determine it: the logarithm's mean is that of the
 * median, and 2.326 deviations lie between the two. */
#include "base/distribution-private.h"

#include "base/maths.h"

static const char *
prepare (OrrTerm *term, guint *ret_index)
{
  if (term->arguments[1].time <= term->arguments[0].time)
    {
      *ret_index = 1;
      return "'p99' of lognormal must be above its 'median'";
    }
  term->derived[0]
      = orr_log (term->arguments[1].number / term->arguments[0].number) / orr_normal_quantile (0.99);
  return NULL;
}

static OrrTime
sample (const OrrTerm *term, OrrDraw key)
{
  return orr_time_from_real (term->arguments[0].number * orr_exp (term->derived[0] * orr_draw_normal (key)));
}

static double
mean (const OrrTerm *term)
{
  return term->arguments[0].number * orr_exp (term->derived[0] * term->derived[0] / 2);
}

static const struct OrrFamilyRules rules = {
  .parameters = { { "median", ORR_PARAMETER_DURATION_ABOVE_0 }, { "p99", ORR_PARAMETER_DURATION_ABOVE_0 } },
  .prepare = prepare,
  .sample = sample,
  .mean = mean,
};

const OrrDistributionFamily orr_distribution_family_lognormal = {
  .name = "lognormal",
  .form = "lognormal(median DURATION p99 DURATION)",
  .example = "lognormal(median 40ms p99 900ms)",
  .doc
  = "The usual shape of latency: half are below `median`, 99 % below `p99`, and the logarithm is normal.",
  .rules = &rules,
};
