/* chart-bars.c: how a figure depends on a word: bars that lie, so that words may be long, a group for each
 * word. */
#include "export/chart-private.h"

#define BAR_HEIGHT 16
#define BAR_GAP    4
#define GROUP_GAP  18
#define CAP        3
#define WORD_MAX   40 /* letters */

static double
group_height (const OrrChart *chart)
{
  return chart->n_series * (BAR_HEIGHT + BAR_GAP) - BAR_GAP + GROUP_GAP;
}

double
orr_chart_bars_height (const OrrChart *chart)
{
  return group_height (chart) * chart->n_settings + GROUP_GAP;
}

double
orr_chart_bars_margin (const OrrChart *chart)
{
  glong longest = 0;
  for (guint i = 0; i < chart->n_settings; i++)
    longest = MAX (longest, g_utf8_strlen (chart->settings[i], -1));
  return ORR_CHART_EDGE + 8 + ORR_CHART_LETTER * (double) CLAMP (longest, 8, WORD_MAX);
}

static void
draw_axis (const OrrChart *chart, const OrrChartScale *scale, const OrrChartBox *box, GString *svg)
{
  double bottom = box->y + box->height;
  for (guint i = 0; i <= scale->n; i++)
    {
      double x = box->x + box->width * orr_chart_place (scale, scale->step * i);
      g_autofree char *words = orr_chart_tick (chart, scale, i);
      orr_chart_line (svg, i == 0 ? "axis" : "grid", x, box->y, x, bottom);
      orr_chart_text (svg, "tick", "middle", x, bottom + 18, 0, words);
    }
  orr_chart_text (svg, "label", "middle", box->x + box->width / 2, bottom + 40, 80, chart->figure_title);
  orr_chart_text (svg, "note", "end", box->x - 8, box->y + 4, WORD_MAX, chart->setting_title);
}

static void
draw_bar (const OrrChart *chart, const OrrChartScale *scale, const OrrChartBox *box, guint series,
          const OrrChartPoint *point, double y, GString *svg)
{
  double middle = y + BAR_HEIGHT / 2.0, end = box->width * orr_chart_place (scale, point->value);
  if (!point->is_known)
    {
      orr_chart_text (svg, "note", "start", box->x + 4, middle + 4, 0, "not known");
      return;
    }
  orr_chart_rect (svg, series, box->x, y, end, BAR_HEIGHT);
  if (point->has_interval && point->high > point->low)
    {
      double low = box->x + box->width * orr_chart_place (scale, point->low);
      double high = box->x + box->width * orr_chart_place (scale, point->high);
      orr_chart_line (svg, "error", low, middle, high, middle);
      orr_chart_line (svg, "error", low, middle - CAP, low, middle + CAP);
      orr_chart_line (svg, "error", high, middle - CAP, high, middle + CAP);
    }
}

void
orr_chart_bars (const OrrChart *chart, const OrrChartScale *scale, const OrrChartBox *box, GString *svg)
{
  draw_axis (chart, scale, box, svg);
  for (guint i = 0; i < chart->n_settings; i++)
    {
      double y = box->y + GROUP_GAP + group_height (chart) * i;
      double middle = y + (group_height (chart) - GROUP_GAP) / 2;
      orr_chart_text (svg, "name", "end", box->x - 8, middle + 4, WORD_MAX, chart->settings[i]);
      for (guint j = 0; j < chart->n_series; j++)
        draw_bar (chart, scale, box, j, orr_chart_point (chart, j, i), y + j * (BAR_HEIGHT + BAR_GAP), svg);
    }
}
