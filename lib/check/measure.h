/* measure.h: what a run measured, by name.
 *
 * Every figure that a report prints has a name, `measure[.operation][.node].statistic` ("latency.read.p99",
 * "share.read.primary"), by which a scenario can expect it and a sweep can chart it. A measure is a pure function of
 * the history that adds its figures to a collection. Without samples there is no figure: an expectation about it is
 * then unknown, never met. */
#pragma once

#include "history/history.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name; /* in full; owned by the collection */
  const OrrMeasureEntry *measure;
  double value;     /* in the measure's unit: nanoseconds, parts per billion, plain */
  guint64 samples;  /* that it rests on */
} OrrFigure;

typedef struct OrrFigures OrrFigures;

ORR_PUBLIC OrrFigures *orr_figures_new (void);
ORR_PUBLIC void orr_figures_free (OrrFigures *figures); /* accepts NULL */
ORR_PUBLIC guint orr_figures_get_length (const OrrFigures *figures);
ORR_PUBLIC const OrrFigure *orr_figures_get (const OrrFigures *figures, guint index); /* in the order of adding */
ORR_PUBLIC const OrrFigure *orr_figures_find (const OrrFigures *figures, const char *name); /* NULL: no samples, or no such figure */

/* A value as users see it: "2.4ms", "61.2%", "1042/s", "17". */
ORR_PUBLIC char *orr_figure_to_text (const OrrMeasureEntry *measure, double value);

typedef struct
{
  OrrMeasureEntry entry;
  void (*measure) (const OrrHistory *history, OrrFigures *figures);
} OrrMeasure;

extern ORR_PUBLIC const OrrMeasure *const orr_measures[]; /* all; ends with NULL */
/* Whose figure it is: what the name of a figure begins with. Another name is a programmer's mistake. */
ORR_PUBLIC const OrrMeasureEntry *orr_figure_measure (const char *name);

/* All figures of a history. */
ORR_PUBLIC OrrFigures *orr_figures_of (const OrrHistory *history);

/* For measures. `operation` and `node` may be NULL. Of samples, all of orr_sample_statistics are added; percentiles
 * are the smallest sample that so many are not above (nearest rank). The samples are sorted in place. */
void orr_figures_add (OrrFigures *figures, const OrrMeasure *measure, const char *operation, const char *node, double value, guint64 samples);
void orr_figures_add_samples (OrrFigures *figures, const OrrMeasure *measure, const char *operation, const char *node, gint64 *samples, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrFigures, orr_figures_free)

G_END_DECLS
