/* statistics.h: what many runs say together.
 *
 * A share of runs, or a mean over them, is what was seen of something that more runs would show more of. So each
 * comes with its confidence interval at 95 %: of all intervals that are made so, 95 in 100 hold the true value.
 * Everything is of + − × ÷ and √ in a fixed order, the same everywhere. */
#pragma once

#include <glib.h>

#include "base/visibility.h"

G_BEGIN_DECLS

typedef struct
{
  double low, high;
} OrrInterval;

/* Of a share of which `k` of `n` were seen, n > 0, 0 ≤ k ≤ n; both ends lie within 0 … 1, also where all or none
 * were seen. Wilson: Probable Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927); why it
 * and not the usual one: Brown, Cai & DasGupta, Statistical Science 16 (2001). */
ORR_PUBLIC OrrInterval orr_share_interval (guint64 k, guint64 n);

/* Values of which only the mean is wanted; all zero, it has none. The interval is that of Student's t ("The Probable Error of a Mean", Biometrika 6,
 * 1908). */
typedef struct
{
  guint64 n;
  double mean, squares; /* those around the mean */
} OrrMean;

ORR_PUBLIC void orr_mean_add (OrrMean *mean, double value);
ORR_PUBLIC gboolean orr_mean_interval (const OrrMean *mean, OrrInterval *ret_interval); /* FALSE: of fewer than two values there is none */

/* Values, of which it is kept what tells them all: memory does not grow with them. */
typedef struct OrrSpread OrrSpread;

/* So many values are kept to tell the median. */
#define ORR_SPREAD_KEPT 4096

/* What is known of the values so far. The median's interval lies between two of the values in their order, whatever they are distributed
 * like (David & Nagaraja, Order Statistics, 3rd ed., section 7.1). */
typedef struct
{
  guint64 n;
  double least, most, mean, median;
  gboolean has_mean_interval;   /* of two values and more */
  OrrInterval mean_interval;
  gboolean has_median_interval; /* of six values and more */
  OrrInterval median_interval;
} OrrSpreadView;

ORR_PUBLIC OrrSpread *orr_spread_new (void);
ORR_PUBLIC void orr_spread_free (OrrSpread *spread); /* accepts NULL */

/* `lot` decides whether the value is among those that the median is told from, once they are more than are kept.
 * It must be well mixed and come from what names the value (its run's seed): what is kept is then the same
 * whatever the order. */
ORR_PUBLIC void orr_spread_add (OrrSpread *spread, double value, guint64 lot);
ORR_PUBLIC void orr_spread_look (OrrSpread *spread, OrrSpreadView *ret_view); /* n > 0 */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrSpread, orr_spread_free)

G_END_DECLS
