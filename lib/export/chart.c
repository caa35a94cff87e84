/* chart.c: a chart's frame: title, legend, scale and colours.
 *
 * The colours are those of Okabe and Ito, which people who see few colours can tell apart too; each series
 * has a mark of its own besides. */
#include "export/chart-private.h"

#include "export/xml.h"

#define LINES_HEIGHT 320
#define AXIS_HEIGHT  52 /* below the box: ticks and a title */

/* --- The scale --- */

static double
highest (const OrrChart *chart)
{
  double most = 0;
  for (guint i = 0; i < chart->n_series * chart->n_settings; i++)
    if (chart->points[i].is_known)
      most = MAX (most, chart->points[i].has_interval ? chart->points[i].high : chart->points[i].value);
  return most;
}

/* Steps are 1, 2 or 5 times a power of ten, about five of them. */
OrrChartScale
orr_chart_scale (const OrrChart *chart)
{
  static const double factors[] = { 1, 2, 5, 10 };
  double most = highest (chart), power = 1;
  OrrChartScale scale = { .step = 1, .n = 1 };
  if (chart->measure->type == &orr_type_SHARE)
    most = most > 0 ? MIN (most, 1e9) : 1e9;
  if (most <= 0 || most > G_MAXDOUBLE / 100)
    return scale;
  while (power * 10 <= most / 5)
    power *= 10;
  while (power > most / 5)
    power /= 10;
  guint factor = 0;
  while (factors[factor] * power * 5 < most && factor + 1 < G_N_ELEMENTS (factors))
    factor++;
  scale.step = factors[factor] * power;
  while (scale.step * scale.n < most)
    scale.n++;
  return scale;
}

double
orr_chart_place (const OrrChartScale *scale, double value)
{
  return CLAMP (value / (scale->step * scale->n), 0, 1);
}

char *
orr_chart_tick (const OrrChart *chart, const OrrChartScale *scale, guint tick)
{
  return orr_figure_to_text (chart->measure, scale->step * tick);
}

const OrrChartPoint *
orr_chart_point (const OrrChart *chart, guint series, guint setting)
{
  return &chart->points[series * chart->n_settings + setting];
}

/* --- Elements --- */

void
orr_chart_number (GString *svg, double number)
{
  gint64 tenths = (gint64) (number * 10 + 0.5);
  g_string_append_printf (svg, "%" G_GINT64_FORMAT, tenths / 10);
  if (tenths % 10)
    g_string_append_printf (svg, ".%" G_GINT64_FORMAT, tenths % 10);
}

static void
add_number (GString *svg, const char *name, double number)
{
  g_string_append_printf (svg, " %s=\"", name);
  orr_chart_number (svg, number);
  g_string_append_c (svg, '"');
}

void
orr_chart_line (GString *svg, const char *class, double x1, double y1, double x2, double y2)
{
  g_string_append_printf (svg, "<line class=\"%s\"", class);
  add_number (svg, "x1", x1);
  add_number (svg, "y1", y1);
  add_number (svg, "x2", x2);
  add_number (svg, "y2", y2);
  g_string_append (svg, "/>\n");
}

void
orr_chart_rect (GString *svg, guint colour, double x, double y, double width, double height)
{
  g_string_append_printf (svg, "<rect class=\"f%u\"", colour % ORR_CHART_COLOURS);
  add_number (svg, "x", x);
  add_number (svg, "y", y);
  add_number (svg, "width", width);
  add_number (svg, "height", height);
  g_string_append (svg, "/>\n");
}

void
orr_chart_text (GString *svg, const char *class, const char *anchor, double x, double y, guint letters,
                const char *words)
{
  g_autofree char *valid = g_utf8_make_valid (words, -1);
  gboolean is_cut = letters > 0 && g_utf8_strlen (valid, -1) > (glong) letters;
  g_autofree char *start = is_cut ? g_utf8_substring (valid, 0, (glong) letters - 1) : g_strdup (valid);
  g_string_append_printf (svg, "<text class=\"%s\" text-anchor=\"%s\"", class, anchor);
  add_number (svg, "x", x);
  add_number (svg, "y", y);
  g_string_append_c (svg, '>');
  orr_xml_escape (start, svg);
  if (is_cut)
    {
      g_string_append (svg, "…<title>");
      orr_xml_escape (valid, svg);
      g_string_append (svg, "</title>");
    }
  g_string_append (svg, "</text>\n");
}

/* --- The frame --- */

static const char style[]
    = "<style>\n"
      "svg { font: 12px system-ui, sans-serif; background: #fff; fill: #222 }\n"
      ".title { font-size: 16px; font-weight: 600 }\n"
      ".note { fill: #666 }\n"
      ".grid { stroke: #ddd } .axis { stroke: #888 } .error { stroke: #222 }\n"
      ".s { fill: none; stroke-width: 2 } .mark { stroke-width: 1.5 }\n"
      ".s0 { stroke: #0072b2 } .s1 { stroke: #d55e00 } .s2 { stroke: #009e73 } .s3 { stroke: #cc79a7 }\n"
      ".s4 { stroke: #e69f00 } .s5 { stroke: #56b4e9 } .s6 { stroke: #777 } .s7 { stroke: #a08a00 }\n"
      ".f0 { fill: #0072b2 } .f1 { fill: #d55e00 } .f2 { fill: #009e73 } .f3 { fill: #cc79a7 }\n"
      ".f4 { fill: #e69f00 } .f5 { fill: #56b4e9 } .f6 { fill: #777 } .f7 { fill: #a08a00 }\n"
      ".dashed { stroke-dasharray: 6 4 }\n"
      "@media (prefers-color-scheme: dark) {\n"
      "svg { background: #16181d; fill: #e6e6e6 } .note { fill: #a0a0a0 }\n"
      ".grid { stroke: #333 } .axis { stroke: #888 } .error { stroke: #e6e6e6 }\n"
      ".s0 { stroke: #4aa8e0 } .f0 { fill: #4aa8e0 } .s6 { stroke: #aaa } .f6 { fill: #aaa }\n"
      ".s7 { stroke: #f0e442 } .f7 { fill: #f0e442 }\n"
      "}\n"
      "</style>\n";

static double
entry_width (const char *name)
{
  return 32 + ORR_CHART_LETTER * MIN ((double) g_utf8_strlen (name, -1), 60);
}

/* Entries in lines; returns where the next line would be. `svg` may be NULL: then nothing is drawn. */
static double
print_legend (const OrrChart *chart, double y, GString *svg)
{
  double x = ORR_CHART_EDGE;
  if (!chart->series_title)
    return y;
  if (svg)
    orr_chart_text (svg, "note", "start", x, y, 60, chart->series_title);
  x += ORR_CHART_LETTER * MIN ((double) g_utf8_strlen (chart->series_title, -1), 60) + 16;
  for (guint i = 0; i < chart->n_series; i++)
    {
      double width = entry_width (chart->series[i]);
      if (x + width > ORR_CHART_WIDTH - ORR_CHART_EDGE && x > ORR_CHART_EDGE)
        {
          x = ORR_CHART_EDGE;
          y += ORR_CHART_LINE;
        }
      if (svg)
        {
          orr_chart_rect (svg, i, x, y - 9, 10, 10);
          orr_chart_text (svg, "name", "start", x + 15, y, 60, chart->series[i]);
        }
      x += width;
    }
  return y + ORR_CHART_LINE;
}

static void
print_head (const OrrChart *chart, GString *svg)
{
  double y = ORR_CHART_EDGE + 12;
  orr_chart_text (svg, "title", "start", ORR_CHART_EDGE, y, 80, chart->title);
  if (chart->about)
    orr_chart_text (svg, "note", "start", ORR_CHART_EDGE, y + 20, 105, chart->about);
}

void
orr_chart_print_svg (const OrrChart *chart, GString *svg)
{
  const double legend = ORR_CHART_EDGE + (chart->about ? 56 : 36);
  double margin = chart->numbers ? 84 : orr_chart_bars_margin (chart),
         top = print_legend (chart, legend, NULL);
  OrrChartScale scale = orr_chart_scale (chart);
  OrrChartBox box = { .x = margin,
                      .y = top + 8,
                      .width = ORR_CHART_WIDTH - margin - 2 * ORR_CHART_EDGE,
                      .height = chart->numbers ? LINES_HEIGHT : orr_chart_bars_height (chart) };
  guint height = (guint) (box.y + box.height + AXIS_HEIGHT);
  g_string_append_printf (svg,
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%u\" "
                          "viewBox=\"0 0 %d %u\" role=\"img\">\n<title>",
                          ORR_CHART_WIDTH, height, ORR_CHART_WIDTH, height);
  orr_xml_escape (chart->title, svg);
  g_string_append (svg, "</title>\n");
  g_string_append (svg, style);
  print_head (chart, svg);
  print_legend (chart, legend, svg);
  (chart->numbers ? orr_chart_lines : orr_chart_bars) (chart, &scale, &box, svg);
  g_string_append (svg, "</svg>\n");
}
