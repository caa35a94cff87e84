/* test-duration.c: durations are read and written exactly, over all that a scenario may speak of. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/distribution.h"

#include <string.h>

static void
test_parse (void **state)
{
  (void) state;
  static const struct
  {
    const char *text;
    OrrTime value;
    const char *canonical; /* NULL: the text itself */
  } good[] = {
    { "0", 0, "0s" },
    { "-0", 0, "0s" },
    { "0s", 0 },
    { "0d", 0, "0s" },
    { "1ns", 1 },
    { "1us", ORR_MICROSECOND },
    { "200ms", 200 * ORR_MILLISECOND },
    { "0.2s", 200 * ORR_MILLISECOND, "200ms" },
    { "1.5s", 1500 * ORR_MILLISECOND },
    { "1500ms", 1500 * ORR_MILLISECOND, "1.5s" },
    { "-2s", -2 * ORR_SECOND },
    { "0.235ms", 235 * ORR_MICROSECOND, "235us" },
    { "60s", 60 * ORR_SECOND },
    { "90s", 90 * ORR_SECOND },
    { "1.5min", 90 * ORR_SECOND, "90s" },
    { "2min", 120 * ORR_SECOND },
    { "120s", 120 * ORR_SECOND, "2min" },
    { "3h", 10800 * ORR_SECOND },
    { "1d", 86400 * ORR_SECOND },
    { "24h", 86400 * ORR_SECOND, "1d" },
    { "0.000000001s", 1, "1ns" },
    { "1.000000001s", ORR_SECOND + 1 },
    { "1.0000000000000000000000000000000000000000000000s", ORR_SECOND, "1s" },
    { "000000000000000000000000000000000000000000000001s", ORR_SECOND, "1s" },
    { "2305843009213693951ns", ORR_TIME_MAX, "2305843009.213693951s" },
    { "-2305843009.213693951s", -ORR_TIME_MAX },
    { "26687d", ORR_TIME_MAX / (86400 * ORR_SECOND) * (86400 * ORR_SECOND) },
  };
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      OrrTime value = ORR_TIME_UNSET;
      g_autofree char *message = NULL;
      if (!orr_duration_parse (good[i].text, &value, &message))
        fail_msg ("'%s': %s", good[i].text, message);
      assert_int_equal (value, good[i].value);
      g_autofree char *text = orr_duration_to_text (value);
      assert_string_equal (text, good[i].canonical ? good[i].canonical : good[i].text);
    }
}

static void
test_broken (void **state)
{
  (void) state;
  static const struct
  {
    const char *text, *message;
  } bad[] = {
    { "", "a duration is missing; write one like 200ms" },
    { " ", "' ' is not a duration; write a number with its unit, like 200ms" },
    { "5", "'5' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms" },
    { "5 s", "'5 s' has a space in it; write the unit right behind the number, as in 200ms" },
    { "5sec", "'5sec' has the unknown unit 'sec'; the units are ns, us, ms, s, min, h or d" },
    { "5mins", "'5mins' has the unknown unit 'mins'; did you mean 'min'?" },
    { "5S", "'5S' has the unknown unit 'S'; did you mean 's'?" },
    { "5s ", "'5s ' has the unknown unit 's '; the units are ns, us, ms, s, min, h or d" },
    { "s", "'s' is not a duration; write a number with its unit, like 200ms" },
    { "+5s", "'+5s' is not a duration; write a number with its unit, like 200ms" },
    { ".5s", "'.5s' is not a duration; write a number with its unit, like 200ms" },
    { "1.s", "'1.s' is not a duration; write one number with its unit, like 200ms" },
    { "1.2.3s", "'1.2.3s' is not a duration; write one number with its unit, like 200ms" },
    { "1e3s", "'1e3s' is not a duration; write one number with its unit, like 200ms" },
    { "1,5s", "'1,5s' is not a duration; write one number with its unit, like 200ms" },
    { "0x10s", "'0x10s' is not a duration; write one number with its unit, like 200ms" },
    { "infs", "'infs' is not a duration; write a number with its unit, like 200ms" },
    { "0.5ns", "'0.5ns' is finer than a nanosecond, and nothing is rounded here" },
    { "1.0000000001s", "'1.0000000001s' is finer than a nanosecond, and nothing is rounded here" },
    { "0.00000000000000000000000000000000000000000001d",
      "'0.00000000000000000000000000000000000000000001d' is finer than a nanosecond, and nothing is rounded "
      "here" },
    { "0.0002777777777777777777h",
      "'0.0002777777777777777777h' is finer than a nanosecond, and nothing is rounded here" },
    { "2305843009213693952ns",
      "'2305843009213693952ns' is out of bounds; a duration is at most 73 years, 26687d" },
    { "-2305843009213693952ns",
      "'-2305843009213693952ns' is out of bounds; a duration is at most 73 years, 26687d" },
    { "9223372036854775808ns",
      "'9223372036854775808ns' is out of bounds; a duration is at most 73 years, 26687d" },
    { "18446744073709551616ns",
      "'18446744073709551616ns' is out of bounds; a duration is at most 73 years, 26687d" },
    { "340282366920938463463374607431768211456ns", "'340282366920938463463374607431768211456ns' is out of "
                                                   "bounds; a duration is at most 73 years, 26687d" },
    { "26688d", "'26688d' is out of bounds; a duration is at most 73 years, 26687d" },
    { "99999999999999999999999999d",
      "'99999999999999999999999999d' is out of bounds; a duration is at most 73 years, 26687d" },
    { "5\xc2\xb5s", "'5µs' has the unknown unit 'µs'; the units are ns, us, ms, s, min, h or d" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      OrrTime value = 77;
      g_autofree char *message = NULL;
      if (orr_duration_parse (bad[i].text, &value, &message))
        fail_msg ("'%s' was accepted", bad[i].text);
      assert_string_equal (message, bad[i].message);
      assert_int_equal (value, 77);
    }
}

/* No other exact text with a number of at least 1 is shorter. */
static void
test_shortest (void **state)
{
  (void) state;
  static const struct
  {
    const char *unit;
    OrrTime worth;
  } units[] = {
    { "ns", 1 },
    { "us", ORR_MICROSECOND },
    { "ms", ORR_MILLISECOND },
    { "s", ORR_SECOND },
    { "min", 60 * ORR_SECOND },
    { "h", 3600 * ORR_SECOND },
    { "d", 86400 * ORR_SECOND },
  };
  for (guint64 i = 0; i < 100000; i++)
    {
      OrrDraw key = orr_draw_fold (orr_draw_key (3, "shortest"), i);
      guint unit = (guint) orr_draw_below (key, G_N_ELEMENTS (units));
      OrrTime count = 1 + (OrrTime) orr_draw_below (orr_draw_fold (key, 1), 10000);
      g_autofree char *plain = g_strdup_printf ("%" G_GINT64_FORMAT "%s", count, units[unit].unit);
      g_autofree char *text = orr_duration_to_text (count * units[unit].worth);
      assert_true (strlen (text) <= strlen (plain));
    }
}

static void
test_round_trips (void **state)
{
  (void) state;

  for (guint64 i = 0; i < 300000; i++)
    {
      OrrDraw key = orr_draw_fold (orr_draw_key (3, "round trips"), i);
      OrrTime value = (OrrTime) (key >> (2 + orr_draw_below (key, 62)));
      OrrTime rounding = 1;
      for (guint64 n = orr_draw_below (orr_draw_fold (key, 1), 16); n > 0; n--)
        rounding *= 10;
      if (i % 3 == 0)
        rounding *= 6;
      value -= value % rounding;
      value = MIN (value, ORR_TIME_MAX);
      if (i % 2)
        value = -value;

      OrrTime again = ORR_TIME_UNSET;
      g_autofree char *message = NULL;
      g_autofree char *text = orr_duration_to_text (value);
      if (!orr_duration_parse (text, &again, &message))
        fail_msg ("'%s': %s", text, message);
      assert_int_equal (again, value);
    }
}

/* For people: exact, and below a second never thousands of a unit. */
static void
test_words (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    OrrTime time;
    const char *words;
  } cases[] = { { 0, "0s" },
                { 999, "999ns" },
                { 1500, "1.5us" },
                { 602011 * ORR_MICROSECOND, "602.011ms" },
                { -602011 * ORR_MICROSECOND, "-602.011ms" },
                { 999999999, "999.999999ms" },
                { 200 * ORR_MILLISECOND, "200ms" },
                { 1234567 * ORR_MICROSECOND, "1.234567s" },
                { 90 * ORR_SECOND, "90s" },
                { 120 * ORR_SECOND, "2min" } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = orr_duration_to_words (cases[i].time);
      assert_string_equal (words, cases[i].words);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_parse),       cmocka_unit_test (test_broken), cmocka_unit_test (test_shortest),
    cmocka_unit_test (test_round_trips), cmocka_unit_test (test_words),
  };
  return cmocka_run_group_tests_name ("duration", tests, NULL, NULL);
}
