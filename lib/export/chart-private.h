/* chart-private.h: what charts of lines and of bars share. Not installed. */
#pragma once

#include "export/chart.h"

G_BEGIN_DECLS

/* Of all charts, in pixels. */
#define ORR_CHART_WIDTH 760
#define ORR_CHART_EDGE 24   /* left free on each side */
#define ORR_CHART_LETTER 7  /* about as wide as a letter is */
#define ORR_CHART_LINE 18   /* from one line of text to the next */
#define ORR_CHART_COLOURS 8 /* series have a colour each, and then again */

/* The axis of the figure, from 0 on. */
typedef struct
{
  double step; /* between two ticks */
  guint n;     /* steps; the last tick is above all points */
} OrrChartScale;

OrrChartScale orr_chart_scale (const OrrChart *chart);
/* Where a value lies, as a share of the whole axis. */
double orr_chart_place (const OrrChartScale *scale, double value);
/* A tick's value as users see it. The caller frees it. */
char *orr_chart_tick (const OrrChart *chart, const OrrChartScale *scale, guint tick);

const OrrChartPoint *orr_chart_point (const OrrChart *chart, guint series, guint setting);

/* Elements. Numbers are printed to a tenth of a pixel. */
void orr_chart_line (GString *svg, const char *class, double x1, double y1, double x2, double y2);
void orr_chart_rect (GString *svg, guint colour, double x, double y, double width, double height);
/* `anchor` is start, middle or end. What is longer than `letters` is cut; 0: it never is. */
void orr_chart_text (GString *svg, const char *class, const char *anchor, double x, double y, guint letters, const char *words);
void orr_chart_number (GString *svg, double number);

/* The axis of the figure lies at the bottom (bars) or at the left (lines); the box is that of what is drawn in it. Draws ticks and their lines. */
typedef struct
{
  double x, y, width, height;
} OrrChartBox;

void orr_chart_lines (const OrrChart *chart, const OrrChartScale *scale, const OrrChartBox *box, GString *svg);
void orr_chart_bars (const OrrChart *chart, const OrrChartScale *scale, const OrrChartBox *box, GString *svg);
/* How high the box must be, and how much room is needed left of it. */
double orr_chart_bars_height (const OrrChart *chart);
double orr_chart_bars_margin (const OrrChart *chart);

G_END_DECLS
