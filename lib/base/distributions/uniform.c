/* uniform.c: every time between two ends is as likely as any other. */
#include "base/distribution-private.h"

#include <string.h>

static gboolean
read_range (OrrDistributionReader *reader, OrrTerm *term)
{
  gsize length = orr_reader_word (reader);
  const char *place = reader->at;
  const char *dots = g_strstr_len (place, (gssize) length, "..");

  if (!dots)
    return orr_reader_fail (reader, place, "uniform takes a range without spaces, as in %s",
                            term->family->example);
  if (!orr_reader_duration (reader, (gsize) (dots - place), &term->arguments[0].time))
    return FALSE;
  reader->at += strlen ("..");
  if (!orr_reader_duration (reader, (gsize) (place + length - reader->at), &term->arguments[1].time))
    return FALSE;
  if (term->arguments[0].time > term->arguments[1].time)
    return orr_reader_fail (reader, place, "the range runs backwards; write the smaller end first");
  return TRUE;
}

static void
write_range (const OrrTerm *term, gboolean whole G_GNUC_UNUSED, GString *text)
{
  g_autofree char *low = orr_duration_to_text (term->arguments[0].time);
  g_autofree char *high = orr_duration_to_text (term->arguments[1].time);
  g_string_append_printf (text, "%s..%s", low, high);
}

static OrrTime
sample (const OrrTerm *term, OrrDraw key)
{
  OrrTime low = term->arguments[0].time, high = term->arguments[1].time;
  return low + (OrrTime) orr_draw_below (key, (guint64) (high - low) + 1);
}

static double
mean (const OrrTerm *term)
{
  return ((double) term->arguments[0].time + (double) term->arguments[1].time) / 2;
}

static const struct OrrFamilyRules rules
    = { .read = read_range, .write = write_range, .sample = sample, .mean = mean };

const OrrDistributionFamily orr_distribution_family_uniform = {
  .name = "uniform",
  .form = "uniform(DURATION..DURATION)",
  .example = "uniform(1s..4s)",
  .doc = "Every nanosecond from the first to the second, both included, is equally likely.",
  .rules = &rules,
};
