/* statistics.c: shares, means and medians of many runs, and how far they can be trusted.
 *
 * The mean and the squares around it are carried along (Welford, Technometrics 4, 1962), so that neither
 * large values nor many of them cost digits. The median needs the values themselves. Of more than are kept,
 * those stay whose lot is lowest: a sample that is drawn by the values' names and not by their order. */
#include "base/statistics.h"

#include <math.h>

/* The value that 97.5 % of a standard normal distribution lie below. */
#define Z 1.959963984540054

/* Up to so many values the median's interval is counted out exactly; 2 to the minus that is still a double.
 */
#define EXACT_MAX 1000

typedef struct
{
  guint64 lot;
  double value;
} Kept;

struct OrrSpread
{
  OrrMean mean;
  double least, most;
  guint64 lots_below; /* values whose lot is not below it are not kept */
  GArray *kept;       /* Kept */
};

OrrInterval
orr_share_interval (guint64 k, guint64 n)
{
  g_assert (n > 0 && k <= n);
  double total = (double) n, share = (double) k / total;
  double scale = 1 + Z * Z / total;
  double middle = (share + Z * Z / (2 * total)) / scale;
  double half = Z * sqrt (share * (1 - share) / total + Z * Z / (4 * total * total)) / scale;
  /* At the ends it is exact but for the last digit. */
  return (OrrInterval){ k == 0 ? 0 : MAX (middle - half, 0), k == n ? 1 : MIN (middle + half, 1) };
}

/* --- Quantiles --- */

/* The value that 97.5 % of Student's t distribution lie below. Beyond the table by the expansion of Fisher
 * and Cornish (Abramowitz & Stegun, 26.7.5), good to six digits there. */
static double
student (guint64 freedom)
{
  static const double table[]
      = { 12.706204736, 4.302652730, 3.182446305, 2.776445105, 2.570581836, 2.446911851,
          2.364624252,  2.306004135, 2.262157163, 2.228138852, 2.200985160, 2.178812830,
          2.160368656,  2.144786688, 2.131449546, 2.119905299, 2.109815578, 2.100922040,
          2.093024054,  2.085963447, 2.079613845, 2.073873068, 2.068657610, 2.063898562,
          2.059538553,  2.055529439, 2.051830516, 2.048407142, 2.045229642, 2.042272456 };
  if (freedom <= G_N_ELEMENTS (table))
    return table[freedom - 1];
  double v = (double) freedom, z2 = Z * Z;
  return Z
         + Z / v
               * ((z2 + 1) / 4 + ((5 * z2 + 16) * z2 + 3) / (96 * v)
                  + (((3 * z2 + 19) * z2 + 17) * z2 - 15) / (384 * v * v));
}

/* The largest rank d, from 1, for which chance puts the median below the d-th value in at most 2.5 % of all
 * cases; 0: there is none. */
static guint
median_rank (guint n)
{
  if (n > EXACT_MAX)
    return (guint) ((n + 1) / 2.0 - Z * sqrt (n) / 2);
  double term = 1, sum = 0;
  for (guint i = 0; i < n; i++)
    term /= 2;
  guint rank = 0;
  for (sum = term; sum <= 0.025; sum += term)
    {
      rank++;
      term = term * (n - rank + 1) / rank;
    }
  return rank;
}

/* --- Means --- */

void
orr_mean_add (OrrMean *mean, double value)
{
  mean->n++;
  double off = value - mean->mean;
  mean->mean += off / (double) mean->n;
  mean->squares += off * (value - mean->mean);
}

gboolean
orr_mean_interval (const OrrMean *mean, OrrInterval *ret_interval)
{
  double n = (double) mean->n;
  if (mean->n < 2)
    return FALSE;
  double half = student (mean->n - 1) * sqrt (mean->squares / (n - 1) / n);
  *ret_interval = (OrrInterval){ mean->mean - half, mean->mean + half };
  return TRUE;
}

/* --- Values --- */

OrrSpread *
orr_spread_new (void)
{
  OrrSpread *spread = g_new0 (OrrSpread, 1);
  spread->lots_below = G_MAXUINT64;
  spread->kept = g_array_new (FALSE, FALSE, sizeof (Kept));
  return spread;
}

void
orr_spread_free (OrrSpread *spread)
{
  if (!spread)
    return;
  g_array_unref (spread->kept);
  g_free (spread);
}

/* Keeps about half of the values. */
static void
thin_out (OrrSpread *spread)
{
  guint left = 0;
  spread->lots_below /= 2;
  for (guint i = 0; i < spread->kept->len; i++)
    {
      Kept kept = g_array_index (spread->kept, Kept, i);
      if (kept.lot < spread->lots_below)
        g_array_index (spread->kept, Kept, left++) = kept;
    }
  g_array_set_size (spread->kept, left);
}

void
orr_spread_add (OrrSpread *spread, double value, guint64 lot)
{
  spread->least = spread->mean.n > 0 ? MIN (spread->least, value) : value;
  spread->most = spread->mean.n > 0 ? MAX (spread->most, value) : value;
  orr_mean_add (&spread->mean, value);
  if (lot < spread->lots_below)
    g_array_append_val (spread->kept, ((Kept){ lot, value }));
  while (spread->kept->len > ORR_SPREAD_KEPT)
    thin_out (spread);
}

static gint
compare (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  double left = ((const Kept *) a)->value, right = ((const Kept *) b)->value;
  return (left > right) - (left < right);
}

static void
look_at_median (const OrrSpread *spread, OrrSpreadView *view)
{
  g_autoptr (GArray) sorted = g_array_copy (spread->kept);
  guint n = sorted->len;
  if (n == 0) /* every lot was the highest there is */
    {
      view->median = view->mean;
      return;
    }
  g_array_sort_with_data (sorted, compare, NULL);
  const Kept *kept = (const Kept *) (gpointer) sorted->data;
  view->median = (kept[(n - 1) / 2].value + kept[n / 2].value) / 2;
  guint rank = median_rank (n);
  view->has_median_interval = rank > 0;
  if (rank > 0)
    view->median_interval = (OrrInterval){ kept[rank - 1].value, kept[n - rank].value };
}

void
orr_spread_look (OrrSpread *spread, OrrSpreadView *ret_view)
{
  g_assert (spread->mean.n > 0);
  *ret_view = (OrrSpreadView){
    .n = spread->mean.n, .least = spread->least, .most = spread->most, .mean = spread->mean.mean
  };
  look_at_median (spread, ret_view);
  ret_view->has_mean_interval = orr_mean_interval (&spread->mean, &ret_view->mean_interval);
}
