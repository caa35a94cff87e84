/* measure-success.c: share of operations that succeeded. */
#include "check/measure-private.h"

extern const OrrMeasure orr_measure_success;

static void
measure (const OrrHistory *history, OrrFigures *figures)
{
  orr_figures_add_outcome (history, &orr_measure_success, ORR_OK, figures);
}

const OrrMeasure orr_measure_success = {
  .entry = { .entry = { .name = "success",
                        .summary = "Share of operations that succeeded",
                        .doc = "Of all that were begun, those answered `ok`." },
             .type = &orr_type_SHARE,
             .by_operation = TRUE },
  .measure = measure,
};
