/* test-suggest.c: what someone who mistyped a word most likely meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/problems.h"

#include <string.h>

static const char *const words[]
    = { "latency", "loss", "duplicate", "reorder", "bandwidth", "links", "regions", "on", "off", NULL };

static void
assert_suggests (const char *word, const char *expected)
{
  const char *found = orr_suggest (word, words);
  if (expected)
    {
      assert_non_null (found);
      assert_string_equal (found, expected);
    }
  else
    assert_null (found);
}

static void
test_slips (void **state)
{
  assert_suggests ("latencey", "latency"); /* one too many */
  assert_suggests ("latncy", "latency");   /* one too few */
  assert_suggests ("latemcy", "latency");  /* the key beside it */
  assert_suggests ("latecny", "latency");  /* two neighbours swapped: one slip, not two */
  assert_suggests ("lsos", "loss");        /* a third of four is one, and a swap is one */
  assert_suggests ("Latency", "latency");
  assert_suggests ("BANDWIDTH", "bandwidth"); /* case costs nothing */
  assert_suggests ("bandwith", "bandwidth");
  assert_suggests ("of", "off");
}

static void
test_no_guess_from_afar (void **state)
{
  assert_suggests ("jitter", NULL);
  assert_suggests ("lass-o", NULL);
  assert_suggests ("", NULL);
  assert_suggests ("x", NULL);
  assert_suggests ("slos", NULL); /* two slips in four letters */
  g_autofree char *long_word = g_strnfill (8 * 1024 * 1024, 'l');
  assert_suggests (long_word, NULL);
}

static void
test_edits_do_not_overlap (void **state)
{
  /* Optimal string alignment: "ca" to "abc" is 3, where the unrestricted distance is 2. Nine letters allow 3,
   * six allow 2. */
  static const char *const nine[] = { "abcxxxxxx", NULL }, *const six[] = { "abcxxx", NULL };
  assert_non_null (orr_suggest ("caxxxxxx", nine));
  assert_null (orr_suggest ("caxxx", six));
}

static void
test_ties (void **state)
{
  static const char *const tied[] = { "cat-a", "cat-b", NULL };
  assert_string_equal (orr_suggest ("cat-c", tied), "cat-a");
}

static void
test_remedies (void **state)
{
  static const char *const one[] = { "alone", NULL }, *const none[] = { NULL };
  g_autofree char *near = orr_suggest_remedy ("lantency", words);
  assert_string_equal (near, "did you mean 'latency'?");
  g_autofree char *far = orr_suggest_remedy ("jitter", words);
  assert_string_equal (far,
                       "use one of latency, loss, duplicate, reorder, bandwidth, links, regions, on, off");
  g_autofree char *only = orr_suggest_remedy ("jitter", one);
  assert_string_equal (only, "use alone");
  assert_null (orr_suggest_remedy ("jitter", none));
  static const char *const twice[] = { "alone", "other", "alone", NULL };
  g_autofree char *each_once = orr_suggest_remedy ("jitter", twice);
  assert_string_equal (each_once, "use one of alone, other");
  char names[99][8];
  const char *many[100] = { NULL };
  for (guint i = 0; i < 99; i++)
    {
      g_snprintf (names[i], sizeof names[i], "word%u", i);
      many[i] = names[i];
    }
  assert_null (orr_suggest_remedy ("jitter", many));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_slips),
    cmocka_unit_test (test_no_guess_from_afar),
    cmocka_unit_test (test_edits_do_not_overlap),
    cmocka_unit_test (test_ties),
    cmocka_unit_test (test_remedies),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
