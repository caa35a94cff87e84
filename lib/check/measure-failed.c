/* measure-failed.c: share of operations that failed. */
#include "check/measure-private.h"

extern const OrrMeasure orr_measure_failed;

static void
measure (const OrrHistory *history, OrrFigures *figures)
{
  orr_figures_add_outcome (history, &orr_measure_failed, ORR_FAIL, figures);
}

const OrrMeasure orr_measure_failed = {
  .entry = { .entry = { .name = "failed",
                        .summary = "Share of operations that failed",
                        .doc = "Of all that were begun, those answered `fail`: they had no effect." },
             .type = &orr_type_SHARE,
             .by_operation = TRUE },
  .measure = measure,
};
