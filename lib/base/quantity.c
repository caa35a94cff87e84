/* quantity.c: reading and printing numbers with units, exactly.
 *
 * A number is read as an integer and a count of decimal places, never as a double, so that 0.1% is 1,000,000
 * parts per billion and not nearly so. What comes out as a fraction of the smallest unit is refused. Printing
 * tries every unit and keeps the shortest text, so that 1,500,000,000 ns reads as 1.5s and 200,000,000 ns as
 * 200ms. */
#include "base/quantity.h"

#include "base/problems.h"
#include "base/quantity-private.h"

#include <string.h>

/* No quantity has more significant digits: the product with the largest unit must stay below 2^127. */
#define DIGITS_MAX 24

/* Places beyond which even the largest unit leaves a fraction. */
#define PLACES_MAX 36

static unsigned __int128
power_of_ten (guint n)
{
  unsigned __int128 power = 1;
  while (n-- > 0)
    power *= 10;
  return power;
}

/* Takes one more digit; zeros at the end of a fraction wait in *zeros until another digit shows that they
 * count. */
static void
decimal_take (OrrDecimal *decimal, guint digit, gboolean in_fraction, guint *zeros)
{
  if (in_fraction && digit == 0)
    {
      (*zeros)++;
      return;
    }
  guint steps = in_fraction ? *zeros + 1 : 1;
  *zeros = 0;
  for (guint i = steps; i > 0 && !decimal->too_long; i--)
    {
      decimal->digits = decimal->digits * 10 + (i == 1 ? digit : 0);
      decimal->places += in_fraction;
      decimal->too_long = decimal->digits >= power_of_ten (DIGITS_MAX) || decimal->places > PLACES_MAX;
    }
}

const char *
orr_decimal_read (const char *text, OrrDecimal *ret_decimal)
{
  guint zeros = 0;
  *ret_decimal = (OrrDecimal){ .negative = *text == '-' };
  text += *text == '-';
  if (!g_ascii_isdigit (*text))
    return NULL;
  for (; g_ascii_isdigit (*text); text++)
    decimal_take (ret_decimal, (guint) (*text - '0'), FALSE, &zeros);
  if (*text != '.' || !g_ascii_isdigit (text[1]))
    return text;
  for (text++; g_ascii_isdigit (*text); text++)
    decimal_take (ret_decimal, (guint) (*text - '0'), TRUE, &zeros);
  return text;
}

gboolean
orr_decimal_scale (const OrrDecimal *decimal, gint64 worth, unsigned __int128 *ret_value)
{
  unsigned __int128 product = decimal->digits * (unsigned __int128) worth;
  unsigned __int128 divisor = power_of_ten (decimal->places);
  *ret_value = product / divisor;
  return product % divisor == 0;
}

/* "ns, us, ms, s, min, h or d" */
static char *
list_units (const OrrUnit *units)
{
  GString *list = g_string_new (NULL);
  for (const OrrUnit *unit = units; unit->name; unit++)
    g_string_append_printf (list, "%s%s", unit == units ? "" : unit[1].name ? ", " : " or ", unit->name);
  return g_string_free (list, FALSE);
}

static char *
explain_unit (const OrrQuantity *quantity, const char *text, const char *unit)
{
  g_autofree char *quoted = orr_quote (text);
  g_autofree char *list = list_units (quantity->units);
  if (*unit == '\0')
    return g_strdup_printf ("%s has no unit; write %s right behind the number, as in %s", quoted, list,
                            quantity->example);

  const char *names[16] = { NULL };
  for (guint i = 0; quantity->units[i].name; i++)
    names[i] = quantity->units[i].name;
  g_autofree char *quoted_unit = orr_quote (unit);
  const char *near = strpbrk (unit, "0123456789.,:") ? NULL : orr_suggest (unit, names);
  if (near)
    return g_strdup_printf ("%s has the unknown unit %s; did you mean '%s'?", quoted, quoted_unit, near);
  if (g_ascii_isspace (*unit))
    return g_strdup_printf ("%s has a space in it; write the unit right behind the number, as in %s", quoted,
                            quantity->example);
  /* Anything but letters is no misspelt unit: 1,5s or 1min30s or 00:05. */
  if (strpbrk (unit, "0123456789.,:"))
    return g_strdup_printf ("%s is not a %s; write one number with its unit, like %s", quoted, quantity->what,
                            quantity->example);
  return g_strdup_printf ("%s has the unknown unit %s; the units are %s", quoted, quoted_unit, list);
}

static const OrrUnit *
find_unit (const OrrUnit *units, const char *name)
{
  for (; units->name; units++)
    if (strcmp (units->name, name) == 0)
      return units;
  return NULL;
}

/* What is wrong with the text, or NULL and the value. */
static char *
quantity_read (const OrrQuantity *quantity, const char *text, gint64 *ret_value)
{
  OrrDecimal decimal;
  const char *name = orr_decimal_read (text, &decimal);
  if (!name)
    {
      if (*text == '\0')
        return g_strdup_printf ("a %s is missing; write one like %s", quantity->what, quantity->example);
      g_autofree char *quoted = orr_quote (text);
      return g_strdup_printf ("%s is not a %s; write a number with its unit, like %s", quoted, quantity->what,
                              quantity->example);
    }

  const OrrUnit *unit = find_unit (quantity->units, name);
  gint64 worth = unit ? unit->worth : quantity->bare;
  if (!unit && (*name != '\0' || (worth == 0 && decimal.digits != 0)))
    return explain_unit (quantity, text, name);

  unsigned __int128 value = 0;
  gboolean whole = !decimal.too_long && orr_decimal_scale (&decimal, worth, &value);
  gboolean large = decimal.too_long ? decimal.places == 0 : value > (unsigned __int128) G_MAXINT64;
  gint64 number = large ? 0 : decimal.negative ? -(gint64) value : (gint64) value;
  g_autofree char *quoted = orr_quote (text);
  if (large || number > quantity->most || number < quantity->least)
    return g_strdup_printf ("%s is out of bounds; a %s is %s", quoted, quantity->what, quantity->bounds);
  if (!whole)
    return g_strdup_printf ("%s is finer than %s, and nothing is rounded here", quoted, quantity->smallest);
  *ret_value = number;
  return NULL;
}

gboolean
orr_quantity_parse (const OrrQuantity *quantity, const char *text, gint64 *ret_value, char **ret_message)
{
  char *message = quantity_read (quantity, text, ret_value);
  if (!message)
    return TRUE;
  *ret_message = message;
  return FALSE;
}

char *
orr_quantity_divide (gint64 value, gint64 worth)
{
  GString *text = g_string_new (NULL);
  g_string_append_printf (text, "%" G_GINT64_FORMAT, value / worth);
  unsigned __int128 rest = (unsigned __int128) (value % worth);
  for (guint places = 0; rest != 0; places++)
    {
      if (places == 18)
        {
          g_string_free (text, TRUE);
          return NULL;
        }
      if (places == 0)
        g_string_append_c (text, '.');
      rest *= 10;
      g_string_append_c (text, (char) ('0' + (gint) (rest / (unsigned __int128) worth)));
      rest %= (unsigned __int128) worth;
    }
  return g_string_free (text, FALSE);
}

char *
orr_quantity_to_text (const OrrQuantity *quantity, gint64 value)
{
  g_assert (value > G_MININT64);
  if (value == 0)
    return g_strdup (quantity->zero);

  gint64 size = ABS (value);
  char *best = NULL;
  for (const OrrUnit *unit = quantity->units; unit->name; unit++)
    {
      if (unit != quantity->units && size < (unit->shown_from ? unit->shown_from : unit->worth))
        continue;
      g_autofree char *number = orr_quantity_divide (size, unit->worth);
      char *text = number ? g_strconcat (value < 0 ? "-" : "", number, unit->name, NULL) : NULL;
      if (text && (!best || strlen (text) <= strlen (best)))
        {
          g_free (best);
          best = g_steal_pointer (&text);
        }
      g_free (text);
    }
  return best;
}

static const OrrUnit share_units[] = {
  { "ppb", 1, 0 },
  { "ppm", 1000, 0 },
  { "%", 10000000, 100000 },
  { NULL },
};

static const OrrQuantity share = {
  .what = "share",
  .example = "0.01%",
  .smallest = "a part per billion",
  .zero = "0%",
  .units = share_units,
  .least = 0,
  .most = ORR_SHARE_WHOLE,
  .bounds = "from 0% to 100%",
};

static const OrrQuantity drift = {
  .what = "drift",
  .example = "50ppm",
  .smallest = "a part per billion",
  .zero = "0%",
  .units = share_units,
  .least = -ORR_SHARE_WHOLE,
  .most = ORR_SHARE_WHOLE,
  .bounds = "from -100% to 100%",
};

static const OrrUnit size_units[] = {
  { "B", 1, 0 },
  { "kB", 1000, 0 },
  { "KiB", 1024, 0 },
  { "MB", 1000 * 1000, 0 },
  { "MiB", 1024 * 1024, 0 },
  { "GB", 1000 * 1000 * 1000, 0 },
  { "GiB", 1024 * 1024 * 1024, 0 },
  { "TB", G_GINT64_CONSTANT (1000000000000), 0 },
  { "TiB", G_GINT64_CONSTANT (1) << 40, 0 },
  { NULL },
};

static const OrrQuantity size = {
  .what = "size",
  .example = "16kB",
  .smallest = "a byte",
  .zero = "0B",
  .units = size_units,
  .bare = 1,
  .least = 0,
  .most = G_MAXINT64,
  .bounds = "from 0B to 8388607TiB",
};

static const OrrUnit bit_rate_units[] = {
  { "bit/s", 1, 0 },
  { "kbit/s", 1000, 0 },
  { "Mbit/s", 1000 * 1000, 0 },
  { "Gbit/s", 1000 * 1000 * 1000, 0 },
  { "Tbit/s", G_GINT64_CONSTANT (1000000000000), 0 },
  { NULL },
};

static const OrrQuantity bit_rate = {
  .what = "bit rate",
  .example = "100Mbit/s",
  .smallest = "a bit a second",
  .zero = "0bit/s",
  .units = bit_rate_units,
  .least = 1,
  .most = G_GINT64_CONSTANT (1000000000000000),
  .bounds = "from 1bit/s to 1000Tbit/s",
};

gboolean
orr_share_parse (const char *text, OrrShare *ret_value, char **ret_message)
{
  return orr_quantity_parse (&share, text, ret_value, ret_message);
}

char *
orr_share_to_text (OrrShare value)
{
  return orr_quantity_to_text (&share, value);
}

gboolean
orr_drift_parse (const char *text, OrrShare *ret_value, char **ret_message)
{
  return orr_quantity_parse (&drift, text, ret_value, ret_message);
}

gboolean
orr_size_parse (const char *text, gint64 *ret_value, char **ret_message)
{
  return orr_quantity_parse (&size, text, ret_value, ret_message);
}

char *
orr_size_to_text (gint64 value)
{
  return orr_quantity_to_text (&size, value);
}

gboolean
orr_bit_rate_parse (const char *text, gint64 *ret_value, char **ret_message)
{
  return orr_quantity_parse (&bit_rate, text, ret_value, ret_message);
}

char *
orr_bit_rate_to_text (gint64 value)
{
  return orr_quantity_to_text (&bit_rate, value);
}

/* How finely a rate's number is kept. */
#define RATE_PARTS 1000000000

static char *
rate_read (const char *text, OrrRate *ret_value)
{
  OrrDecimal decimal;
  const char *name = orr_decimal_read (text, &decimal);
  g_autofree char *quoted = orr_quote (text);
  if (*text == '\0')
    return g_strdup ("a rate is missing; write one like 1000/s");
  const OrrUnit *unit = name && *name == '/' ? find_unit (orr_quantity_duration.units, name + 1) : NULL;
  if (!unit)
    {
      g_autofree char *list = list_units (orr_quantity_duration.units);
      return g_strdup_printf ("%s is not a rate; write how many, a slash and %s, like 1000/s or 5/min",
                              quoted, list);
    }

  unsigned __int128 count = 0;
  if (decimal.too_long || !orr_decimal_scale (&decimal, RATE_PARTS, &count))
    return g_strdup_printf ("%s has too many digits; a rate has at most nine decimal places", quoted);
  if (count == 0 || decimal.negative)
    return g_strdup_printf ("%s never happens; a rate is above 0, like 1000/s", quoted);
  if (count > (unsigned __int128) unit->worth * RATE_PARTS)
    return g_strdup_printf ("%s is more than once in a nanosecond, the smallest time that there is", quoted);
  if ((unsigned __int128) unit->worth * RATE_PARTS / count > (unsigned __int128) ORR_TIME_MAX)
    return g_strdup_printf ("%s is less than once in 73 years, the longest time that a scenario may speak of",
                            quoted);
  if (count > (unsigned __int128) G_MAXINT64)
    return g_strdup_printf ("%s has too many digits; write it with a shorter unit of time", quoted);
  *ret_value = (OrrRate){ (gint64) count, unit->worth };
  return NULL;
}

gboolean
orr_rate_parse (const char *text, OrrRate *ret_value, char **ret_message)
{
  char *message = rate_read (text, ret_value);
  if (!message)
    return TRUE;
  *ret_message = message;
  return FALSE;
}

char *
orr_rate_to_text (OrrRate value)
{
  const OrrUnit *unit = orr_quantity_duration.units;
  while (unit->name && unit->worth != value.per)
    unit++;
  g_assert (unit->name != NULL && value.count > 0);
  g_autofree char *number = orr_quantity_divide (value.count, RATE_PARTS);
  return g_strdup_printf ("%s/%s", number, unit->name);
}

double
orr_rate_interval (OrrRate rate)
{
  unsigned __int128 parts = (unsigned __int128) rate.per * RATE_PARTS, count = (unsigned __int128) rate.count;
  return (double) (gint64) (parts / count) + (double) (gint64) (parts % count) / (double) rate.count;
}

double
orr_rate_per_second (OrrRate rate)
{
  return (double) ORR_SECOND / orr_rate_interval (rate);
}

char *
orr_real_to_text (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *shortest = NULL;

  for (gint digits = 1; digits <= 17; digits++)
    {
      char format[] = { '%', '.', (char) ('0' + digits / 10), (char) ('0' + digits % 10), 'g', '\0' };
      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if (digits < 17 && g_ascii_strtod (buffer, NULL) != value)
        continue;
      /* 10 rather than 1e+01. */
      if (!strchr (buffer, 'e'))
        {
          g_free (shortest);
          return g_strdup (buffer);
        }
      if (!shortest)
        shortest = g_strdup (buffer);
    }
  return shortest;
}
