/* chart-lines.c: how a figure depends on a number: a line for each series, with error bars. */
#include "export/chart-private.h"

#include "base/maths.h"

/* Numbers that are so far apart, each so many times another, lie on a logarithmic axis. */
#define LOGARITHMIC_FROM 50

/* Left free at both ends of the axis. */
#define INSET 24

/* Half as wide as the end of an error bar. */
#define CAP 4

typedef struct
{
  const OrrChart *chart;
  const OrrChartScale *scale;
  const OrrChartBox *box;
  double least, most;
  gboolean is_logarithmic;
  guint *order; /* settings by their numbers */
  GString *svg;
} Lines;

static gint
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const double *numbers = data;
  double left = numbers[*(const guint *) a], right = numbers[*(const guint *) b];
  return (left > right) - (left < right);
}

static double
x_of (const Lines *lines, guint setting)
{
  double number = lines->chart->numbers[setting], share = 0.5;
  if (lines->most > lines->least)
    share = lines->is_logarithmic ? (orr_log (number) - orr_log (lines->least))
                                        / (orr_log (lines->most) - orr_log (lines->least))
                                  : (number - lines->least) / (lines->most - lines->least);
  return lines->box->x + INSET + share * (lines->box->width - 2 * INSET);
}

static double
y_of (const Lines *lines, double value)
{
  return lines->box->y + lines->box->height * (1 - orr_chart_place (lines->scale, value));
}

/* --- Axes --- */

static void
draw_figure_axis (const Lines *lines)
{
  const OrrChartBox *box = lines->box;
  for (guint i = 0; i <= lines->scale->n; i++)
    {
      double y = y_of (lines, lines->scale->step * i);
      g_autofree char *words = orr_chart_tick (lines->chart, lines->scale, i);
      orr_chart_line (lines->svg, i == 0 ? "axis" : "grid", box->x, y, box->x + box->width, y);
      orr_chart_text (lines->svg, "tick", "end", box->x - 8, y + 4, 9, words);
    }
  g_string_append_printf (lines->svg, "<g transform=\"translate(%d ", ORR_CHART_EDGE - 4);
  orr_chart_number (lines->svg, box->y + box->height / 2);
  g_string_append (lines->svg, ") rotate(-90)\">\n");
  orr_chart_text (lines->svg, "label", "middle", 0, 0, 44, lines->chart->figure_title);
  g_string_append (lines->svg, "</g>\n");
}

/* Where two would lie over one another, the first is told. */
static void
draw_setting_axis (const Lines *lines)
{
  const OrrChartBox *box = lines->box;
  double bottom = box->y + box->height, free_from = 0;
  for (guint i = 0; i < lines->chart->n_settings; i++)
    {
      const char *words = lines->chart->settings[lines->order[i]];
      double x = x_of (lines, lines->order[i]);
      double half = (double) g_utf8_strlen (words, -1) * ORR_CHART_LETTER / 2;
      orr_chart_line (lines->svg, "axis", x, bottom, x, bottom + 4);
      if (x - half < free_from)
        continue;
      orr_chart_text (lines->svg, "tick", "middle", x, bottom + 18, 30, words);
      free_from = x + half + ORR_CHART_LETTER;
    }
  g_autofree char *title
      = g_strconcat (lines->chart->setting_title, lines->is_logarithmic ? " (logarithmic)" : "", NULL);
  orr_chart_text (lines->svg, "label", "middle", box->x + box->width / 2, bottom + 40, 90, title);
}

/* --- Series --- */

static void
draw_line (const Lines *lines, guint series)
{
  const char *between = "";
  g_string_append_printf (lines->svg, "<polyline class=\"s s%u%s\" points=\"", series % ORR_CHART_COLOURS,
                          series / ORR_CHART_COLOURS % 2 ? " dashed" : "");
  for (guint i = 0; i < lines->chart->n_settings; i++)
    {
      const OrrChartPoint *point = orr_chart_point (lines->chart, series, lines->order[i]);
      if (!point->is_known)
        continue;
      g_string_append (lines->svg, between);
      orr_chart_number (lines->svg, x_of (lines, lines->order[i]));
      g_string_append_c (lines->svg, ',');
      orr_chart_number (lines->svg, y_of (lines, point->value));
      between = " ";
    }
  g_string_append (lines->svg, "\"/>\n");
}

static void
draw_error (const Lines *lines, const OrrChartPoint *point, double x)
{
  double low = y_of (lines, point->low), high = y_of (lines, point->high);
  if (!point->has_interval || point->high <= point->low)
    return;
  orr_chart_line (lines->svg, "error", x, low, x, high);
  orr_chart_line (lines->svg, "error", x - CAP, low, x + CAP, low);
  orr_chart_line (lines->svg, "error", x - CAP, high, x + CAP, high);
}

/* A circle, a square, a diamond, a triangle: each about the middle. */
static void
draw_mark (const Lines *lines, guint series, double x, double y)
{
  static const char *const shapes[]
      = { "M-3.5 0A3.5 3.5 0 1 0 3.5 0A3.5 3.5 0 1 0 -3.5 0Z", "M-3.5-3.5H3.5V3.5H-3.5Z",
          "M0-5L5 0L0 5L-5 0Z", "M0-5L4.5 3.5H-4.5Z" };
  g_string_append_printf (lines->svg, "<path class=\"mark f%u\" transform=\"translate(",
                          series % ORR_CHART_COLOURS);
  orr_chart_number (lines->svg, x);
  g_string_append_c (lines->svg, ' ');
  orr_chart_number (lines->svg, y);
  g_string_append_printf (lines->svg, ")\" d=\"%s\"/>\n", shapes[series % G_N_ELEMENTS (shapes)]);
}

static void
draw_series (const Lines *lines, guint series)
{
  draw_line (lines, series);
  for (guint i = 0; i < lines->chart->n_settings; i++)
    {
      const OrrChartPoint *point = orr_chart_point (lines->chart, series, lines->order[i]);
      double x = x_of (lines, lines->order[i]);
      if (!point->is_known)
        continue;
      draw_error (lines, point, x);
      draw_mark (lines, series, x, y_of (lines, point->value));
    }
}

void
orr_chart_lines (const OrrChart *chart, const OrrChartScale *scale, const OrrChartBox *box, GString *svg)
{
  g_autofree guint *order = g_new (guint, MAX (chart->n_settings, 1));
  Lines lines = { .chart = chart, .scale = scale, .box = box, .order = order, .svg = svg };
  for (guint i = 0; i < chart->n_settings; i++)
    order[i] = i;
  g_qsort_with_data (order, (gint) chart->n_settings, sizeof *order, compare, (gpointer) chart->numbers);
  lines.least = chart->numbers[order[0]];
  lines.most = chart->numbers[order[chart->n_settings - 1]];
  lines.is_logarithmic = lines.least > 0 && lines.most / lines.least >= LOGARITHMIC_FROM;
  draw_figure_axis (&lines);
  draw_setting_axis (&lines);
  for (guint i = 0; i < chart->n_series; i++)
    draw_series (&lines, i);
}
