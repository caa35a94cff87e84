/* sweep-chart.c: what a sweep's chart shows.
 *
 * A figure depends on the first axis whose values are numbers, or else on the first axis; each combination of
 * the others is a series. */
#include <string.h>

#include "base/distribution.h"
#include "base/quantity.h"
#include "explore/sweep.h"
#include "export/chart.h"

typedef struct
{
  const OrrSweepView *view;
  const char *name;         /* of the figure, */
  const OrrEntry *property; /* or of a property: then it is in which share of the runs that was violated */
  guint axis;               /* that it depends on */
  double *numbers;          /* its values; NULL: they are words */
  GPtrArray *series;        /* char *: what they are called */
  GArray *points;           /* OrrChartPoint */
} Builder;

/* --- Numbers --- */

static gboolean
read_plain (const char *text, double *number)
{
  char *end;
  *number = g_ascii_strtod (text, &end);
  return end > text && !*end && *number > -G_MAXDOUBLE && *number < G_MAXDOUBLE;
}

static gboolean
read_rate (const char *text, double *number)
{
  OrrRate rate;
  g_autofree char *message = NULL;
  gboolean read = orr_rate_parse (text, &rate, &message);
  *number = read ? orr_rate_per_second (rate) : 0;
  return read;
}

#define READ_INTEGER(kind)                                                                                   \
  static gboolean read_##kind (const char *text, double *number)                                             \
  {                                                                                                          \
    gint64 value = 0;                                                                                        \
    g_autofree char *message = NULL;                                                                         \
    gboolean read = orr_##kind##_parse (text, &value, &message);                                             \
    *number = (double) value;                                                                                \
    return read;                                                                                             \
  }

READ_INTEGER (duration)
READ_INTEGER (drift)
READ_INTEGER (size)
READ_INTEGER (bit_rate)

/* The values of an axis, where all are numbers of one kind; else NULL. The caller frees them. */
static double *
read_numbers (const OrrVariation *axis)
{
  static gboolean (*const kinds[]) (const char *, double *)
      = { read_plain, read_duration, read_drift, read_size, read_bit_rate, read_rate };
  const char *const *values = axis->values.data;
  g_autofree double *numbers = g_new (double, axis->values.length);
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    {
      guint n = 0;
      while (n < axis->values.length && kinds[kind](values[n], &numbers[n]))
        n++;
      if (n == axis->values.length)
        return g_steal_pointer (&numbers);
    }
  return NULL;
}

/* --- Choosing --- */

static void
choose_axis (Builder *builder)
{
  const OrrSweep *sweep = builder->view->sweep;
  for (guint i = 0; i < sweep->axes->len && !builder->numbers; i++)
    if (orr_sweep_axis (sweep, i)->values.length > 1)
      {
        builder->numbers = read_numbers (orr_sweep_axis (sweep, i));
        builder->axis = i;
      }
  if (!builder->numbers)
    builder->axis = 0;
}

/* The figure that was named; else the first that something is expected of, or the first property. */
static void
choose_figure (Builder *builder)
{
  const OrrRuns *runs = builder->view->runs[0];
  builder->name = builder->view->figures ? *builder->view->figures : NULL;
  for (guint i = 0; i < runs->expected->len && !builder->name; i++)
    {
      const OrrExpectation *expectation = g_array_index (runs->expected, OrrRunsExpected, i).expectation;
      if (expectation->measure)
        builder->name = expectation->name;
    }
  if (!builder->name && runs->verdicts->len > 0)
    builder->property = g_array_index (runs->verdicts, OrrRunsVerdict, 0).property;
}

/* --- Points --- */

static OrrChartPoint
point_of_property (const OrrRuns *runs, const OrrEntry *property)
{
  for (guint i = 0; i < runs->verdicts->len; i++)
    {
      const OrrRunsVerdict *verdict = &g_array_index (runs->verdicts, OrrRunsVerdict, i);
      guint64 violated = verdict->by_kind[ORR_VIOLATED].count;
      guint64 decided = violated + verdict->by_kind[ORR_HOLDS].count;
      if (verdict->property != property || decided == 0)
        continue;
      OrrInterval interval = orr_share_interval (violated, decided);
      return (OrrChartPoint){ .is_known = TRUE,
                              .has_interval = TRUE,
                              .value = (double) violated * 1e9 / (double) decided,
                              .low = interval.low * 1e9,
                              .high = interval.high * 1e9 };
    }
  return (OrrChartPoint){ 0 };
}

static OrrChartPoint
point_of_figure (const OrrRuns *runs, const char *name)
{
  const OrrRunsFigure *figure = orr_runs_find_figure (runs, name);
  OrrSpreadView spread;
  if (!figure)
    return (OrrChartPoint){ 0 };
  orr_spread_look (figure->spread, &spread);
  return (OrrChartPoint){ .is_known = TRUE,
                          .has_interval = spread.has_mean_interval,
                          .value = spread.mean,
                          .low = spread.mean_interval.low,
                          .high = spread.mean_interval.high };
}

/* What the other axes say of a point: "sticky, 3". The caller frees it. */
static char *
name_of_series (const Builder *builder, guint point)
{
  const OrrSweep *sweep = builder->view->sweep;
  GString *name = g_string_new (NULL);
  for (guint i = 0; i < sweep->axes->len; i++)
    if (i != builder->axis)
      g_string_append_printf (name, "%s%s", name->len > 0 ? ", " : "", orr_sweep_value (sweep, point, i));
  return g_string_free (name, FALSE);
}

static char *
title_of_series (const Builder *builder)
{
  const OrrSweep *sweep = builder->view->sweep;
  GString *title = g_string_new (NULL);
  for (guint i = 0; i < sweep->axes->len; i++)
    if (i != builder->axis)
      g_string_append_printf (title, "%s%s", title->len > 0 ? ", " : "", orr_sweep_axis (sweep, i)->path);
  return g_string_free (title, title->len == 0);
}

/* A series begins where the point has the axis's first value; its others follow at a distance. */
static void
add_series (Builder *builder)
{
  const OrrSweepView *view = builder->view;
  guint n = orr_sweep_axis (view->sweep, builder->axis)->values.length, step = 1;
  for (guint i = builder->axis + 1; i < view->sweep->axes->len; i++)
    step *= orr_sweep_axis (view->sweep, i)->values.length;
  for (guint first = 0; first < view->sweep->points->len; first++)
    {
      if (orr_sweep_index (view->sweep, first, builder->axis) > 0)
        continue;
      g_ptr_array_add (builder->series, name_of_series (builder, first));
      for (guint i = 0; i < n; i++)
        {
          guint at = first + i * step;
          OrrChartPoint point = { 0 };
          if (at < view->n)
            point = builder->property ? point_of_property (view->runs[at], builder->property)
                                      : point_of_figure (view->runs[at], builder->name);
          g_array_append_val (builder->points, point);
        }
    }
}

/* --- The chart --- */

static const OrrMeasureEntry share_measure = { .type = &orr_type_SHARE };

static const OrrMeasureEntry *
measure_of (const Builder *builder)
{
  if (builder->property)
    return &share_measure;
  for (guint i = 0; i < builder->view->n; i++)
    {
      const OrrRunsFigure *figure = orr_runs_find_figure (builder->view->runs[i], builder->name);
      if (figure)
        return figure->measure;
    }
  return NULL;
}

static void
print (const Builder *builder, const OrrMeasureEntry *measure, GString *svg)
{
  const OrrSweep *sweep = builder->view->sweep;
  const OrrVariation *axis = orr_sweep_axis (sweep, builder->axis);
  const OrrRuns *runs = builder->view->runs[0];
  g_autofree char *series_title = title_of_series (builder);
  g_autofree char *about = g_strdup_printf ("%s, seeds %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT
                                            " at each point; %s, with 95%% confidence intervals",
                                            sweep->base->model->entry.name, runs->first, runs->last,
                                            builder->property ? "shares of runs" : "means of the runs");
  g_autofree char *figure = builder->property ? g_strconcat (builder->property->name, ": violated", NULL)
                                              : g_strdup (builder->name);
  const OrrChart chart = { .title = sweep->base->title ? sweep->base->title : figure,
                           .about = about,
                           .measure = measure,
                           .figure_title = figure,
                           .setting_title = axis->path,
                           .settings = axis->values.data,
                           .numbers = builder->numbers,
                           .n_settings = axis->values.length,
                           .series_title = series_title,
                           .series = (const char *const *) builder->series->pdata,
                           .n_series = builder->series->len,
                           .points = (const OrrChartPoint *) (gpointer) builder->points->data };
  orr_chart_print_svg (&chart, svg);
}

gboolean
orr_sweep_print_svg (const OrrSweepView *view, GString *svg)
{
  Builder builder = { .view = view };
  g_assert (view->n > 0);
  choose_axis (&builder);
  choose_figure (&builder);
  const OrrMeasureEntry *measure = builder.name || builder.property ? measure_of (&builder) : NULL;
  if (measure)
    {
      builder.series = g_ptr_array_new_with_free_func (g_free);
      builder.points = g_array_new (FALSE, FALSE, sizeof (OrrChartPoint));
      add_series (&builder);
      print (&builder, measure, svg);
      g_ptr_array_unref (builder.series);
      g_array_unref (builder.points);
    }
  g_free (builder.numbers);
  return measure != NULL;
}
