/* fuzz-distribution.c: any text as a distribution, and as a duration.
 *
 * What could be read is written and read again: an equal one, which samples alike, comes out. */
#include "base/distribution.h"
#include "fuzz.h"

#include <math.h>
#include <string.h>

int
LLVMFuzzerInitialize (int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
  return 0;
}

typedef OrrDistribution *(*Parse) (const char *text, const char *directory, OrrDistributionError *error);

static void
try_distribution (const char *text, Parse parse, gboolean may_be_negative)
{
  OrrDistributionError error = { 0 };
  g_autoptr (OrrDistribution) distribution = parse (text, NULL, &error);
  g_assert ((distribution == NULL) == (error.message != NULL));
  g_assert (distribution || error.offset <= strlen (text));
  g_free (error.message);
  if (!distribution)
    return;
  g_autofree char *written = orr_distribution_to_text (distribution);
  g_autoptr (OrrDistribution) again = parse (written, NULL, NULL);
  g_assert (again && orr_distribution_equal (distribution, again));
  g_assert (!isnan (orr_distribution_mean (distribution)));
  for (guint i = 0; i < 64; i++)
    {
      OrrDraw key = orr_draw_fold (orr_draw_key (1, "fuzz"), i);
      OrrTime sample = orr_distribution_sample (distribution, key);
      g_assert (sample <= ORR_TIME_MAX && sample >= (may_be_negative ? -ORR_TIME_MAX : 0));
      g_assert (sample == orr_distribution_sample (again, key));
    }
}

static void
try_duration (const char *text)
{
  OrrTime time, again;
  g_autofree char *message = NULL;
  if (!orr_duration_parse (text, &time, &message))
    {
      g_assert (message);
      return;
    }
  g_autofree char *written = orr_duration_to_text (time);
  g_assert (orr_duration_parse (written, &again, &message) && again == time);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  if (!g_utf8_validate (text, -1, NULL))
    return 0; /* a document has been looked at before */
  try_distribution (text, orr_distribution_parse, FALSE);
  try_distribution (text, orr_distribution_parse_signed, TRUE);
  try_duration (text);
  return 0;
}
