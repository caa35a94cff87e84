/* figures.c: the figures of a run, by name. */
#include "check/measure-private.h"

#include "base/quantity.h"

#include <string.h>

struct OrrFigures
{
  GPtrArray *list; /* OrrFigure */
  GHashTable *by_name;
};

static void
figure_free (gpointer data)
{
  OrrFigure *figure = data;
  g_free ((char *) figure->name);
  g_free (figure);
}

OrrFigures *
orr_figures_new (void)
{
  OrrFigures *figures = g_new0 (OrrFigures, 1);
  figures->list = g_ptr_array_new_with_free_func (figure_free);
  figures->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  return figures;
}

void
orr_figures_free (OrrFigures *figures)
{
  if (!figures)
    return;
  g_hash_table_unref (figures->by_name);
  g_ptr_array_unref (figures->list);
  g_free (figures);
}

guint
orr_figures_get_length (const OrrFigures *figures)
{
  return figures->list->len;
}

const OrrFigure *
orr_figures_get (const OrrFigures *figures, guint index)
{
  g_assert (index < figures->list->len);
  return g_ptr_array_index (figures->list, index);
}

const OrrFigure *
orr_figures_find (const OrrFigures *figures, const char *name)
{
  return g_hash_table_lookup (figures->by_name, name);
}

const OrrMeasureEntry *
orr_figure_measure (const char *name)
{
  gsize length = strcspn (name, ".");
  for (guint i = 0; orr_measures[i]; i++)
    if (strncmp (orr_measures[i]->entry.entry.name, name, length) == 0
        && orr_measures[i]->entry.entry.name[length] == '\0')
      return &orr_measures[i]->entry;
  g_assert_not_reached ();
}

OrrFigures *
orr_figures_of (const OrrHistory *history)
{
  OrrFigures *figures = orr_figures_new ();
  for (guint i = 0; orr_measures[i]; i++)
    orr_measures[i]->measure (history, figures);
  return figures;
}

/* --- Adding --- */

void
orr_figures_add_named (OrrFigures *figures, const OrrMeasure *measure, const char *operation,
                       const char *node, const char *statistic, double value, guint64 samples)
{
  GString *name = g_string_new (measure->entry.entry.name);
  const char *parts[] = { operation, node, statistic };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i])
      g_string_append_printf (name, ".%s", parts[i]);
  OrrFigure *figure = g_new (OrrFigure, 1);
  *figure = (OrrFigure){
    .name = g_string_free (name, FALSE), .measure = &measure->entry, .value = value, .samples = samples
  };
  g_ptr_array_add (figures->list, figure);
  g_hash_table_insert (figures->by_name, (gpointer) figure->name, figure);
}

void
orr_figures_add (OrrFigures *figures, const OrrMeasure *measure, const char *operation, const char *node,
                 double value, guint64 samples)
{
  orr_figures_add_named (figures, measure, operation, node, NULL, value, samples);
}

static gint
compare_samples (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;
  return (left > right) - (left < right);
}

/* The smallest sample that so many thousandths of all are not above: the nearest rank. */
static gint64
percentile (const gint64 *sorted, guint n, guint thousandths)
{
  guint64 rank = ((guint64) n * thousandths + 999) / 1000;
  return sorted[MAX (rank, 1) - 1];
}

static double
mean (const gint64 *samples, guint n)
{
  double sum = 0;
  for (guint i = 0; i < n; i++)
    sum += (double) samples[i];
  return sum / n;
}

void
orr_figures_add_samples (OrrFigures *figures, const OrrMeasure *measure, const char *operation,
                         const char *node, gint64 *samples, guint n)
{
  static const struct
  {
    const char *name;
    guint thousandths;
  } ranks[] = { { "min", 0 },   { "p50", 500 },  { "p90", 900 }, { "p95", 950 },
                { "p99", 990 }, { "p999", 999 }, { "max", 1000 } };
  if (n == 0)
    return;
  g_qsort_with_data (samples, (gint) n, sizeof *samples, compare_samples, NULL);
  orr_figures_add_named (figures, measure, operation, node, "mean", mean (samples, n), n);
  for (guint i = 0; i < G_N_ELEMENTS (ranks); i++)
    orr_figures_add_named (figures, measure, operation, node, ranks[i].name,
                           (double) percentile (samples, n, ranks[i].thousandths), n);
}

/* --- As text --- */

/* To three digits; what is 1000 and more, to a whole number. */
static double
round_for_people (double value)
{
  double scale = 1;
  if (value >= 1000)
    return (double) (gint64) (value + 0.5);
  while (value * scale < 100 && scale < 1e9)
    scale *= 10;
  return (double) (gint64) (value * scale + 0.5) / scale;
}

static char *
duration_to_text (double value)
{
  static const struct
  {
    const char *name;
    double size;
  } units[] = { { "s", 1e9 }, { "ms", 1e6 }, { "us", 1e3 }, { "ns", 1 } };
  guint unit = 0;
  while (unit < 3 && round_for_people (value / units[unit].size) < 1)
    unit++;
  g_autofree char *number = orr_real_to_text (round_for_people (value / units[unit].size));
  return value <= 0 ? g_strdup ("0s") : g_strconcat (number, units[unit].name, NULL);
}

/* To a tenth of a percent; as many more digits as it takes not to claim all or nothing. */
static char *
share_to_text (double value)
{
  double percent = value / 1e7, rounded = percent;
  for (double scale = 10; scale <= 1e7; scale *= 10)
    {
      rounded = (double) (gint64) (percent * scale + 0.5) / scale;
      if ((rounded > 0 && rounded < 100) || rounded == percent)
        break;
    }
  if (rounded > 0 && rounded < 0.001)
    return orr_share_to_text ((OrrShare) (value + 0.5));
  g_autofree char *number = orr_real_to_text (rounded);
  return g_strconcat (number, "%", NULL);
}

char *
orr_figure_to_text (const OrrMeasureEntry *measure, double value)
{
  if (measure->type == &orr_type_DURATION)
    return duration_to_text (value);
  if (measure->type == &orr_type_SHARE)
    return share_to_text (value);
  g_autofree char *number
      = orr_real_to_text (value == (double) (gint64) value ? value : round_for_people (value));
  return g_strconcat (number, measure->unit, NULL);
}
