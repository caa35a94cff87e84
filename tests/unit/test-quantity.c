/* test-quantity.c: numbers with units come back exactly, and what can't be kept exactly is refused. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/draw.h"
#include "base/quantity.h"

#include <math.h>
#include <string.h>

typedef gboolean (*Parse) (const char *text, gint64 *ret_value, char **ret_message);
typedef char *(*ToText) (gint64 value);

typedef struct
{
  const char *text;
  gint64 value;
  const char *canonical; /* NULL: the text itself */
} Good;

typedef struct
{
  const char *text, *message;
} Bad;

static void
check_good (Parse parse, ToText to_text, const Good *good)
{
  for (; good->text; good++)
    {
      gint64 value = G_MININT64;
      g_autofree char *message = NULL;
      if (!parse (good->text, &value, &message))
        fail_msg ("'%s': %s", good->text, message);
      assert_int_equal (value, good->value);
      g_autofree char *text = to_text (value);
      assert_string_equal (text, good->canonical ? good->canonical : good->text);
    }
}

static void
check_bad (Parse parse, const Bad *bad)
{
  for (; bad->text; bad++)
    {
      gint64 value = 77;
      g_autofree char *message = NULL;
      if (parse (bad->text, &value, &message))
        fail_msg ("'%s' was accepted", bad->text);
      assert_string_equal (message, bad->message);
      assert_int_equal (value, 77);
    }
}

/* Random values of every size, some of them round, are printed and read back. */
static void
check_round_trips (Parse parse, ToText to_text, gint64 least, gint64 most)
{
  for (guint64 i = 0; i < 100000; i++)
    {
      OrrDraw key = orr_draw_fold (orr_draw_key (1, "round trips"), i);
      gint64 value = (gint64) (key >> (1 + orr_draw_below (key, 63)));
      gint64 rounding = 1;
      for (guint64 n = orr_draw_below (orr_draw_fold (key, 1), 13); n > 0; n--)
        rounding *= orr_draw_below (orr_draw_fold (key, 2), 4) == 0 ? 2 : 10;
      value -= value % rounding;
      value = least < 0 && orr_draw_below (orr_draw_fold (key, 3), 2) ? -value : value;
      if (value < least || value > most)
        continue;

      gint64 again = G_MININT64;
      g_autofree char *message = NULL;
      g_autofree char *text = to_text (value);
      if (!parse (text, &again, &message))
        fail_msg ("'%s': %s", text, message);
      assert_int_equal (again, value);
    }
}

static void
test_share (void **state)
{
  (void) state;
  static const Good good[] = {
    { "0", 0, "0%" },
    { "0%", 0 },
    { "0.00%", 0, "0%" },
    { "100%", 1000000000 },
    { "0.01%", 100000 },
    { "50ppm", 50000 },
    { "91.22%", 912200000 },
    { "7ppb", 7 },
    { "1000ppm", 1000000, "0.1%" },
    { "0.005%", 50000, "50ppm" },
    { "33.3333333%", 333333333 },
    { "00010.500%", 105000000, "10.5%" },
    { "1.5ppm", 1500 },
    { "1000000000ppb", 1000000000, "100%" },
    { NULL },
  };
  static const Bad bad[] = {
    { "", "a share is missing; write one like 0.01%" },
    { "0.5", "'0.5' has no unit; write ppb, ppm or % right behind the number, as in 0.01%" },
    { "1", "'1' has no unit; write ppb, ppm or % right behind the number, as in 0.01%" },
    { "1/2", "'1/2' is not a share; write one number with its unit, like 0.01%" },
    { "50 %", "'50 %' has a space in it; write the unit right behind the number, as in 0.01%" },
    { "50pm", "'50pm' has the unknown unit 'pm'; did you mean 'ppm'?" },
    { "50PPM", "'50PPM' has the unknown unit 'PPM'; did you mean 'ppm'?" },
    { "100.0000001%", "'100.0000001%' is out of bounds; a share is from 0% to 100%" },
    { "101%", "'101%' is out of bounds; a share is from 0% to 100%" },
    { "-1%", "'-1%' is out of bounds; a share is from 0% to 100%" },
    { "0.00000001%", "'0.00000001%' is finer than a part per billion, and nothing is rounded here" },
    { "0.5ppb", "'0.5ppb' is finer than a part per billion, and nothing is rounded here" },
    { "half", "'half' is not a share; write a number with its unit, like 0.01%" },
    { ".5%", "'.5%' is not a share; write a number with its unit, like 0.01%" },
    { "5.%", "'5.%' is not a share; write one number with its unit, like 0.01%" },
    { "+5%", "'+5%' is not a share; write a number with its unit, like 0.01%" },
    { "1e-3%", "'1e-3%' is not a share; write one number with its unit, like 0.01%" },
    { "1,5%", "'1,5%' is not a share; write one number with its unit, like 0.01%" },
    { "nan%", "'nan%' is not a share; write a number with its unit, like 0.01%" },
    { NULL },
  };
  check_good (orr_share_parse, orr_share_to_text, good);
  check_bad (orr_share_parse, bad);
  check_round_trips (orr_share_parse, orr_share_to_text, 0, ORR_SHARE_WHOLE);
}

static void
test_drift (void **state)
{
  (void) state;
  static const Good good[] = {
    { "50ppm", 50000 },       { "-50ppm", -50000 }, { "-0", 0, "0%" },
    { "-100%", -1000000000 }, { "0.02%", 200000 },  { NULL },
  };
  static const Bad bad[] = {
    { "-101%", "'-101%' is out of bounds; a drift is from -100% to 100%" },
    { "--5%", "'--5%' is not a drift; write a number with its unit, like 50ppm" },
    { "-", "'-' is not a drift; write a number with its unit, like 50ppm" },
    { NULL },
  };
  check_good (orr_drift_parse, orr_share_to_text, good);
  check_bad (orr_drift_parse, bad);
  check_round_trips (orr_drift_parse, orr_share_to_text, -ORR_SHARE_WHOLE, ORR_SHARE_WHOLE);
}

static void
test_size (void **state)
{
  (void) state;
  static const Good good[] = {
    { "0", 0, "0B" },
    { "64", 64, "64B" },
    { "64B", 64 },
    { "16kB", 16000 },
    { "8MB", 8000000 },
    { "1GiB", 1073741824 },
    { "64KiB", 65536 },
    { "1.5kB", 1500 },
    { "1536B", 1536 },
    { "0.5KiB", 512, "512B" },
    { "8388607TiB", G_GINT64_CONSTANT (8388607) << 40 },
    { "9223372036854775807", G_MAXINT64, "9223372036854775807B" },
    { "2TB", G_GINT64_CONSTANT (2000000000000) },
    { NULL },
  };
  static const Bad bad[] = {
    { "", "a size is missing; write one like 16kB" },
    { "1.5B", "'1.5B' is finer than a byte, and nothing is rounded here" },
    { "1.5", "'1.5' is finer than a byte, and nothing is rounded here" },
    { "-1B", "'-1B' is out of bounds; a size is from 0B to 8388607TiB" },
    { "9223372036854775808", "'9223372036854775808' is out of bounds; a size is from 0B to 8388607TiB" },
    { "8388608TiB", "'8388608TiB' is out of bounds; a size is from 0B to 8388607TiB" },
    { "99999999999999999999999999999999999999999999999TiB",
      "'99999999999999999999999999999999999999999999999TiB' is out of bounds; a size is from 0B to "
      "8388607TiB" },
    { "16KB", "'16KB' has the unknown unit 'KB'; did you mean 'kB'?" },
    { "16bytes",
      "'16bytes' has the unknown unit 'bytes'; the units are B, kB, KiB, MB, MiB, GB, GiB, TB or TiB" },
    { "many", "'many' is not a size; write a number with its unit, like 16kB" },
    { "1.0000000000000000000000000000000000000000001kB",
      "'1.0000000000000000000000000000000000000000001kB' is finer than a byte, and nothing is rounded here" },
    { NULL },
  };
  check_good (orr_size_parse, orr_size_to_text, good);
  check_bad (orr_size_parse, bad);
  check_round_trips (orr_size_parse, orr_size_to_text, 0, G_MAXINT64);
}

static void
test_bit_rate (void **state)
{
  (void) state;
  static const Good good[] = {
    { "1Gbit/s", 1000000000 },
    { "100Mbit/s", 100000000 },
    { "10kbit/s", 10000 },
    { "9600bit/s", 9600, "9.6kbit/s" },
    { "1000Tbit/s", G_GINT64_CONSTANT (1000000000000000) },
    { NULL },
  };
  static const Bad bad[] = {
    { "", "a bit rate is missing; write one like 100Mbit/s" },
    { "0bit/s", "'0bit/s' is out of bounds; a bit rate is from 1bit/s to 1000Tbit/s" },
    { "0", "'0' is out of bounds; a bit rate is from 1bit/s to 1000Tbit/s" },
    { "1001Tbit/s", "'1001Tbit/s' is out of bounds; a bit rate is from 1bit/s to 1000Tbit/s" },
    { "1Gbit", "'1Gbit' has the unknown unit 'Gbit'; did you mean 'Gbit/s'?" },
    { "1Gbps", "'1Gbps' has the unknown unit 'Gbps'; the units are bit/s, kbit/s, Mbit/s, Gbit/s or Tbit/s" },
    { "100", "'100' has no unit; write bit/s, kbit/s, Mbit/s, Gbit/s or Tbit/s right behind the number, as "
             "in 100Mbit/s" },
    { "0.5bit/s", "'0.5bit/s' is out of bounds; a bit rate is from 1bit/s to 1000Tbit/s" },
    { "1.5bit/s", "'1.5bit/s' is finer than a bit a second, and nothing is rounded here" },
    { NULL },
  };
  check_good (orr_bit_rate_parse, orr_bit_rate_to_text, good);
  check_bad (orr_bit_rate_parse, bad);
  check_round_trips (orr_bit_rate_parse, orr_bit_rate_to_text, 1, G_GINT64_CONSTANT (1000000000000000));
}

static void
test_rate (void **state)
{
  (void) state;
  static const struct
  {
    const char *text;
    double per_second, interval;
  } good[] = {
    { "1000/s", 1000, 1e6 },       { "5/min", 5 / 60.0, 12e9 },         { "0.5/h", 0.5 / 3600, 7200e9 },
    { "3/s", 3, 1e9 / 3 },         { "7/d", 7 / 86400.0, 86400e9 / 7 }, { "1/ns", 1e9, 1 },
    { "1.5/ms", 1500, 1e6 / 1.5 }, { "0.000000001/s", 1e-9, 1e18 },     { "86400/d", 1, 1e9 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      OrrRate rate, again;
      g_autofree char *message = NULL;
      if (!orr_rate_parse (good[i].text, &rate, &message))
        fail_msg ("'%s': %s", good[i].text, message);
      assert_true (orr_rate_interval (rate) == good[i].interval);
      assert_true (fabs (orr_rate_per_second (rate) / good[i].per_second - 1) < 1e-15);
      g_autofree char *text = orr_rate_to_text (rate);
      assert_string_equal (text, good[i].text);
      assert_true (orr_rate_parse (text, &again, &message));
      assert_true (again.count == rate.count && again.per == rate.per);
    }

  static const Bad bad[] = {
    { "", "a rate is missing; write one like 1000/s" },
    { "1000",
      "'1000' is not a rate; write how many, a slash and ns, us, ms, s, min, h or d, like 1000/s or 5/min" },
    { "1000/",
      "'1000/' is not a rate; write how many, a slash and ns, us, ms, s, min, h or d, like 1000/s or 5/min" },
    { "/s",
      "'/s' is not a rate; write how many, a slash and ns, us, ms, s, min, h or d, like 1000/s or 5/min" },
    { "5/m",
      "'5/m' is not a rate; write how many, a slash and ns, us, ms, s, min, h or d, like 1000/s or 5/min" },
    { "5 /s",
      "'5 /s' is not a rate; write how many, a slash and ns, us, ms, s, min, h or d, like 1000/s or 5/min" },
    { "0/s", "'0/s' never happens; a rate is above 0, like 1000/s" },
    { "-5/s", "'-5/s' never happens; a rate is above 0, like 1000/s" },
    { "2/ns", "'2/ns' is more than once in a nanosecond, the smallest time that there is" },
    { "1000000001/s", "'1000000001/s' is more than once in a nanosecond, the smallest time that there is" },
    { "0.0000000001/s", "'0.0000000001/s' has too many digits; a rate has at most nine decimal places" },
    { "0.00003/d",
      "'0.00003/d' is less than once in 73 years, the longest time that a scenario may speak of" },
    { "86400000000000/d", "'86400000000000/d' has too many digits; write it with a shorter unit of time" },
    { NULL },
  };
  for (const Bad *at = bad; at->text; at++)
    {
      OrrRate rate = { 0 };
      g_autofree char *message = NULL;
      if (orr_rate_parse (at->text, &rate, &message))
        fail_msg ("'%s' was accepted", at->text);
      assert_string_equal (message, at->message);
    }
}

static void
test_real (void **state)
{
  (void) state;
  static const struct
  {
    double value;
    const char *text;
  } known[] = {
    { 0, "0" },         { 10, "10" },        { 1000000, "1000000" },
    { 0.001, "0.001" }, { 0.1, "0.1" },      { 1.0 / 3, "0.3333333333333333" },
    { -2.5, "-2.5" },   { 1e300, "1e+300" }, { 0.1 + 0.2, "0.30000000000000004" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *text = orr_real_to_text (known[i].value);
      assert_string_equal (text, known[i].text);
    }
  for (guint64 i = 0; i < 20000; i++)
    {
      guint64 bits = orr_draw_fold (orr_draw_key (1, "real"), i);
      double value;
      memcpy (&value, &bits, sizeof value);
      if (!isfinite (value))
        continue;
      g_autofree char *text = orr_real_to_text (value);
      assert_true (g_ascii_strtod (text, NULL) == value);
    }
}

/* Whatever bytes come, there is an answer, and a message that is UTF-8. */
static void
test_hostile (void **state)
{
  (void) state;
  static const char alphabet[] = "0123456789.-+%/ pmbBkKMGTisnhdt\xff\xc3\xa9\t\x01";
  static const Parse parsers[] = { orr_share_parse, orr_drift_parse, orr_size_parse, orr_bit_rate_parse };

  for (guint64 i = 0; i < 100000; i++)
    {
      char text[64];
      OrrDraw key = orr_draw_fold (orr_draw_key (1, "hostile"), i);
      guint length = (guint) orr_draw_below (key, i % 10 == 0 ? 63 : 8);
      for (guint j = 0; j < length; j++)
        text[j] = alphabet[orr_draw_below (orr_draw_fold (key, j), sizeof alphabet - 1)];
      text[length] = '\0';

      gint64 value;
      g_autofree char *message = NULL;
      if (!parsers[i % 4](text, &value, &message))
        assert_true (g_utf8_validate (message, -1, NULL));
      OrrRate rate;
      g_autofree char *rate_message = NULL;
      if (!orr_rate_parse (text, &rate, &rate_message))
        assert_true (g_utf8_validate (rate_message, -1, NULL));
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_share),    cmocka_unit_test (test_drift), cmocka_unit_test (test_size),
    cmocka_unit_test (test_bit_rate), cmocka_unit_test (test_rate),  cmocka_unit_test (test_real),
    cmocka_unit_test (test_hostile),
  };
  return cmocka_run_group_tests_name ("quantity", tests, NULL, NULL);
}
