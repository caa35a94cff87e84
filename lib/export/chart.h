/* chart.h: a chart as a value, and as SVG.
 *
 * It shows how one figure depends on a setting, as a line for each series where the setting is a number, as bars where it is a word. Each point
 * has its confidence interval. The SVG stands alone: no script, no font, nothing that would be fetched; it follows the reader's choice of light
 * or dark; and the same chart is the same bytes on every machine. */
#pragma once

#include "check/measure.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean is_known, has_interval;
  double value, low, high;
} OrrChartPoint;

typedef struct
{
  const char *title;
  const char *about;             /* a line below it: what a point is; may be NULL */
  const OrrMeasureEntry *measure; /* in whose unit the points are, none of them below 0 */
  const char *figure_title;      /* what they are */
  const char *setting_title;     /* what it depends on */
  const char *const *settings;   /* as they are shown, */
  const double *numbers;         /* and where they lie; NULL: they are words */
  guint n_settings;
  const char *series_title;      /* NULL where there is one series alone */
  const char *const *series;
  guint n_series;
  const OrrChartPoint *points;   /* a series' points, then the next one's */
} OrrChart;

ORR_PUBLIC void orr_chart_print_svg (const OrrChart *chart, GString *svg);

G_END_DECLS
