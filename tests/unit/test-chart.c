/* test-chart.c: charts as SVG: well-formed whatever the words, everything within the picture, and the scales.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "export/chart-private.h"
#include "export/xml.h"

static const OrrMeasureEntry duration = { .type = &orr_type_DURATION }, share = { .type = &orr_type_SHARE };

static const char *const settings[]
    = { "1s", "<&\"'>\x01\xff]]>", "a word that is so long that nobody would read all of it" };
static const double numbers[] = { 5e9, 1e9, 1e12 };
static const char *const series[] = { "one", "</svg>" };
static const OrrChartPoint points[] = {
  { TRUE, TRUE, 4e6, 3e6, 5.5e6 }, { TRUE, FALSE, 1e6, 0, 0 }, { FALSE, FALSE, 0, 0, 0 },
  { TRUE, TRUE, 2e6, -1e6, 5e6 },  { TRUE, TRUE, 0, 0, 0 },    { TRUE, TRUE, 1e7, 9e6, 1.2e7 },
};

static OrrChart
chart_of (gboolean lines)
{
  return (OrrChart){ .title = "A <title> & more",
                     .about = "from \x1b[31mhere",
                     .measure = &duration,
                     .figure_title = "latency.read.p99",
                     .setting_title = "options.\"router\"",
                     .settings = settings,
                     .numbers = lines ? numbers : NULL,
                     .n_settings = 3,
                     .series_title = "replicas",
                     .series = series,
                     .n_series = 2,
                     .points = points };
}

/* --- Reading it back --- */

typedef struct
{
  guint n_bars, n_lines, n_texts;
  double width, height;
  gboolean saw_long_word;
} Seen;

/* Nothing lies outside the picture. */
static void
start (GMarkupParseContext *context G_GNUC_UNUSED, const char *element, const char **names,
       const char **values, gpointer data, GError **error G_GNUC_UNUSED)
{
  static const char *const across[] = { "x", "x1", "x2", NULL }, *const down[] = { "y", "y1", "y2", NULL };
  Seen *seen = data;
  seen->n_bars += strcmp (element, "rect") == 0;
  seen->n_lines += strcmp (element, "polyline") == 0;
  seen->n_texts += strcmp (element, "text") == 0;
  assert_string_not_equal (element, "script");
  for (guint i = 0; names[i]; i++)
    {
      double number = g_ascii_strtod (values[i], NULL);
      if (strcmp (element, "svg") == 0 && strcmp (names[i], "width") == 0)
        seen->width = number;
      if (strcmp (element, "svg") == 0 && strcmp (names[i], "height") == 0)
        seen->height = number;
      if (g_strv_contains (across, names[i]))
        assert_true (number >= 0 && number <= seen->width);
      if (g_strv_contains (down, names[i]))
        assert_true (number >= 0 && number <= seen->height);
    }
}

static void
words (GMarkupParseContext *context G_GNUC_UNUSED, const char *text, gsize length, gpointer data,
       GError **error G_GNUC_UNUSED)
{
  Seen *seen = data;
  g_autofree char *copy = g_strndup (text, length);
  seen->saw_long_word |= strcmp (copy, settings[2]) == 0;
}

static Seen
read_svg (const GString *svg)
{
  static const GMarkupParser parser = { .start_element = start, .text = words };
  Seen seen = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &seen, NULL);
  if (!g_markup_parse_context_parse (context, svg->str, (gssize) svg->len, &error)
      || !g_markup_parse_context_end_parse (context, &error))
    fail_msg ("%s", error->message);
  assert_null (strpbrk (svg->str, "\x01\x1b"));
  assert_true (g_utf8_validate (svg->str, (gssize) svg->len, NULL));
  return seen;
}

static void
bars (void **state G_GNUC_UNUSED)
{
  g_autoptr (GString) svg = g_string_new (NULL);
  OrrChart chart = chart_of (FALSE);
  orr_chart_print_svg (&chart, svg);
  Seen seen = read_svg (svg);
  assert_int_equal (seen.n_bars, 2 + 5); /* of the legend and of the points that are known */
  assert_int_equal (seen.n_lines, 0);
  assert_true (seen.saw_long_word); /* in full, where it is pointed at */
  assert_non_null (strstr (svg->str, "not known"));
}

static void
lines (void **state G_GNUC_UNUSED)
{
  g_autoptr (GString) svg = g_string_new (NULL), again = g_string_new (NULL);
  OrrChart chart = chart_of (TRUE);
  orr_chart_print_svg (&chart, svg);
  Seen seen = read_svg (svg);
  assert_int_equal (seen.n_lines, 2);
  assert_non_null (strstr (svg->str, "(logarithmic)"));
  orr_chart_print_svg (&chart, again);
  assert_string_equal (svg->str, again->str);
  /* One setting alone, and nothing known of it. */
  g_string_truncate (svg, 0);
  chart.n_settings = chart.n_series = 1;
  chart.points = &points[2];
  orr_chart_print_svg (&chart, svg);
  read_svg (svg);
}

/* The last tick is above all, and steps are 1, 2 or 5. */
static void
scales (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    double most, step;
    guint n;
    const OrrMeasureEntry *measure;
  } cases[] = { { 5.5e6, 2e6, 3, &duration }, { 1e9, 2e8, 5, &share },  { 1.2e9, 2e8, 5, &share },
                { 0, 1, 1, &duration },       { 1, 0.2, 5, &duration }, { 0.03, 0.01, 3, &duration },
                { 7, 2, 4, &duration } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OrrChartPoint point = { TRUE, FALSE, cases[i].most, 0, 0 };
      OrrChart chart = chart_of (TRUE);
      chart.points = &point;
      chart.n_settings = chart.n_series = 1;
      chart.measure = cases[i].measure;
      OrrChartScale scale = orr_chart_scale (&chart);
      assert_true (scale.step == cases[i].step);
      assert_int_equal (scale.n, cases[i].n);
      assert_true (orr_chart_place (&scale, cases[i].most) <= 1);
    }
}

static void
escapes (void **state G_GNUC_UNUSED)
{
  g_autoptr (GString) text = g_string_new (NULL);
  orr_xml_escape ("a<b>&\"'\n\x07é\xc3\xef\xbf\xbf", text);
  assert_string_equal (text->str, "a&lt;b&gt;&amp;&quot;&apos;&#10;\uFFFDé\uFFFD\uFFFD");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (bars),
    cmocka_unit_test (lines),
    cmocka_unit_test (scales),
    cmocka_unit_test (escapes),
  };
  return cmocka_run_group_tests_name ("chart", tests, NULL, NULL);
}
