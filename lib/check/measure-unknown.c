/* measure-unknown.c: share of operations whose outcome the client does not know. */
#include "check/measure-private.h"

extern const OrrMeasure orr_measure_unknown;

static void
measure (const OrrHistory *history, OrrFigures *figures)
{
  orr_figures_add_outcome (history, &orr_measure_unknown, ORR_UNKNOWN, figures);
}

const OrrMeasure orr_measure_unknown = {
  .entry = { .entry = { .name = "unknown",
                        .summary = "Share of operations whose outcome the client does not know",
                        .doc = "Of all that were begun, those that timed out or whose connection broke: "
                               "they may have had an effect, or have it later." },
             .type = &orr_type_SHARE,
             .by_operation = TRUE },
  .measure = measure,
};
