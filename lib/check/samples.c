/* samples.c: numbers told apart by kind of operation and by node.
 *
 * Most measures say the same thing four times: of all operations, of each kind, on each node, and of each
 * kind on each node. The samples are collected once, with their kind and node, and then dealt out. */
#include "check/measure-private.h"

#include <string.h>

OrrSamples *
orr_samples_new (const OrrHistory *history, const OrrMeasure *measure, OrrFigures *figures)
{
  OrrSamples *samples = g_new0 (OrrSamples, 1);
  samples->history = history;
  samples->measure = measure;
  samples->figures = figures;
  samples->samples = g_array_new (FALSE, FALSE, sizeof (OrrSample));
  return samples;
}

void
orr_samples_free (OrrSamples *samples)
{
  if (!samples)
    return;
  g_array_unref (samples->samples);
  g_free (samples);
}

void
orr_samples_add (OrrSamples *samples, const char *kind, guint32 node, gint64 value)
{
  OrrSample sample = { kind, node, value };
  g_array_append_val (samples->samples, sample);
}

/* The kinds in the order in which they are first met: a handful. */
static GPtrArray *
list_kinds (const OrrSamples *samples)
{
  GPtrArray *kinds = g_ptr_array_new ();
  for (guint i = 0; i < samples->samples->len; i++)
    {
      const char *kind = g_array_index (samples->samples, OrrSample, i).kind;
      guint j = 0;
      while (j < kinds->len && strcmp (kinds->pdata[j], kind) != 0)
        j++;
      if (j == kinds->len)
        g_ptr_array_add (kinds, (gpointer) kind);
    }
  return kinds;
}

/* Hands out the samples of one kind (NULL: all), together and, where `by_node`, node by node. Samples are
 * stably sorted by node. */
static void
deal (OrrSamples *samples, const char *kind, OrrTakeSamples take, gint64 *values)
{
  const OrrMeasureEntry *entry = &samples->measure->entry;
  const GArray *array = samples->samples;
  guint n = 0;
  for (guint i = 0; i < array->len; i++)
    {
      const OrrSample *sample = &g_array_index (array, OrrSample, i);
      if (!kind || strcmp (sample->kind, kind) == 0)
        values[n++] = sample->value;
    }
  if (n > 0)
    take (samples, kind, NULL, values, n);

  for (guint i = 0; entry->by_node && i < array->len;)
    {
      guint32 node = g_array_index (array, OrrSample, i).node;
      for (n = 0; i < array->len && g_array_index (array, OrrSample, i).node == node; i++)
        {
          const OrrSample *sample = &g_array_index (array, OrrSample, i);
          if (!kind || strcmp (sample->kind, kind) == 0)
            values[n++] = sample->value;
        }
      if (n > 0 && node < samples->history->n_nodes)
        take (samples, kind, samples->history->node_names[node], values, n);
    }
}

static gint
compare_nodes (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  const OrrSample *left = a, *right = b;
  return (left->node > right->node) - (left->node < right->node);
}

void
orr_samples_for_each (OrrSamples *samples, OrrTakeSamples take)
{
  g_autoptr (GPtrArray) kinds = list_kinds (samples);
  g_autofree gint64 *values = g_new (gint64, samples->samples->len);
  g_array_sort_with_data (samples->samples, compare_nodes, NULL);
  deal (samples, NULL, take, values);
  for (guint i = 0; samples->measure->entry.by_operation && i < kinds->len; i++)
    deal (samples, kinds->pdata[i], take, values);
}

static void
take_statistics (OrrSamples *samples, const char *kind, const char *node, gint64 *values, guint n)
{
  orr_figures_add_samples (samples->figures, samples->measure, kind, node, values, n);
}

void
orr_samples_add_statistics (OrrSamples *samples)
{
  orr_samples_for_each (samples, take_statistics);
}

static void
take_share (OrrSamples *samples, const char *kind, const char *node, gint64 *values, guint n)
{
  guint64 sum = 0;
  for (guint i = 0; i < n; i++)
    sum += (guint64) values[i];
  orr_figures_add_named (samples->figures, samples->measure, kind, node, samples->statistic,
                         (double) sum * 1e9 / n, n);
}

void
orr_samples_add_share (OrrSamples *samples)
{
  orr_samples_for_each (samples, take_share);
}

/* The tally of one kind (NULL: all). */
static void
tally (OrrSamples *samples, const char *kind, gboolean share, guint64 *counts)
{
  const OrrHistory *history = samples->history;
  guint64 all = 0, placed = 0;
  for (guint i = 0; i < history->n_nodes; i++)
    counts[i] = 0;
  for (guint i = 0; i < samples->samples->len; i++)
    {
      const OrrSample *sample = &g_array_index (samples->samples, OrrSample, i);
      if (kind && strcmp (sample->kind, kind) != 0)
        continue;
      all++;
      if (sample->node < history->n_nodes)
        {
          placed++;
          counts[sample->node]++;
        }
    }
  if (!share)
    orr_figures_add (samples->figures, samples->measure, kind, NULL, (double) all, all);
  for (guint i = 0; placed > 0 && i < history->n_nodes; i++)
    if (counts[i] > 0 || (history->is_server && history->is_server[i]))
      orr_figures_add (samples->figures, samples->measure, kind, history->node_names[i],
                       share ? (double) counts[i] * 1e9 / (double) placed : (double) counts[i], placed);
}

void
orr_samples_add_tally (OrrSamples *samples, gboolean share)
{
  g_autoptr (GPtrArray) kinds = list_kinds (samples);
  g_autofree guint64 *counts = g_new (guint64, samples->history->n_nodes);
  if (samples->samples->len == 0)
    return;
  tally (samples, NULL, share, counts);
  for (guint i = 0; i < kinds->len; i++)
    tally (samples, kinds->pdata[i], share, counts);
}

void
orr_figures_add_outcome (const OrrHistory *history, const OrrMeasure *measure, OrrOutcome outcome,
                         OrrFigures *figures)
{
  g_autoptr (OrrSamples) samples = orr_samples_new (history, measure, figures);
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, i);
      orr_samples_add (samples, orr_operation_kind (operation->steps, operation->n_steps), G_MAXUINT32,
                       operation->outcome == outcome);
    }
  orr_samples_add_share (samples);
}
