/* constant.c: always the same time.
 *
 * It has no rules: the reader adds constants to the offset of a sum. */
#include "base/distribution-private.h"

const OrrDistributionFamily orr_distribution_family_constant = {
  .name = "constant",
  .form = "DURATION",
  .example = "200ms",
  .doc = "Always DURATION. Added to another distribution, it shifts it: 200ms + exponential(mean 10ms).",
};
