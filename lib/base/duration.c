/* duration.c: durations as text.
 *
 * A duration is one more number with a unit (quantity.h): whole nanoseconds, and everything else is a
 * multiple. */
#include "base/distribution.h"
#include "base/quantity-private.h"

static const OrrUnit units[] = {
  { "ns", ORR_NANOSECOND, 0 },        { "us", ORR_MICROSECOND, 0 },
  { "ms", ORR_MILLISECOND, 0 },       { "s", ORR_SECOND, 0 },
  { "min", 60 * ORR_SECOND, 0 },      { "h", 3600 * ORR_SECOND, 0 },
  { "d", 24 * 3600 * ORR_SECOND, 0 }, { NULL },
};

const OrrQuantity orr_quantity_duration = {
  .what = "duration",
  .example = "200ms",
  .smallest = "a nanosecond",
  .zero = "0s",
  .units = units,
  .least = -ORR_TIME_MAX,
  .most = ORR_TIME_MAX,
  .bounds = "at most 73 years, 26687d",
};

gboolean
orr_duration_parse (const char *text, OrrTime *ret_value, char **ret_message)
{
  return orr_quantity_parse (&orr_quantity_duration, text, ret_value, ret_message);
}

char *
orr_duration_to_text (OrrTime value)
{
  return orr_quantity_to_text (&orr_quantity_duration, value);
}

char *
orr_duration_to_words (OrrTime value)
{
  OrrTime size = ABS (value);
  const OrrUnit *unit = units;
  if (size == 0 || size >= ORR_SECOND)
    return orr_duration_to_text (value);
  while (unit[1].name && size >= unit[1].worth)
    unit++;
  g_autofree char *number = orr_quantity_divide (size, unit->worth);
  return g_strconcat (value < 0 ? "-" : "", number, unit->name, NULL);
}
