/* test-value.c: words, terms, and their texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/draw.h"
#include "base/value.h"

static OrrValue
list (OrrTerms *terms, guint n, ...)
{
  va_list arguments;
  va_start (arguments, n);
  OrrValue value = orr_terms_empty_list (terms);
  for (guint i = 0; i < n; i++)
    value = orr_terms_append (terms, value, va_arg (arguments, OrrValue));
  va_end (arguments);
  return value;
}

static void
assert_prints (const OrrTerms *terms, OrrValue value, const char *users, const char *json)
{
  g_autoptr (GString) text = g_string_new (NULL);
  orr_terms_print (terms, value, text);
  assert_string_equal (text->str, users);
  g_string_truncate (text, 0);
  orr_terms_print_json (terms, value, text);
  assert_string_equal (text->str, json);
}

static void
test_ints (void **state)
{
  static const gint64 numbers[] = { 0, 1, -1, 42, ORR_VALUE_INT_MAX, ORR_VALUE_INT_MIN };
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      OrrValue value = orr_value_int (numbers[i]);
      assert_true (orr_value_is_int (value));
      assert_true (orr_value_to_int (value) == numbers[i]);
    }
  assert_false (orr_value_is_int (ORR_NIL));
  assert_true (orr_value_int (0) != ORR_NIL);
}

static void
test_texts_are_interned (void **state)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  char buffer[] = "alice";
  OrrValue alice = orr_terms_text (terms, buffer);
  buffer[0] = 'X'; /* the table keeps its own copy */
  assert_string_equal (orr_terms_get_text (terms, alice), "alice");
  assert_true (orr_terms_text (terms, "alice") == alice);
  assert_true (orr_terms_text (terms, "bob") != alice);
  assert_true (orr_terms_text (terms, "") != ORR_NIL);
  assert_true (orr_terms_is_text (terms, alice));
  assert_false (orr_terms_is_list (terms, alice));
  assert_false (orr_terms_is_text (terms, ORR_NIL));
  assert_false (orr_terms_is_text (terms, orr_value_int (3)));
}

static void
test_lists_share_prefixes (void **state)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  OrrValue one = orr_value_int (1), two = orr_value_int (2), alice = orr_terms_text (terms, "alice");
  OrrValue ab = list (terms, 2, one, alice);
  OrrValue abc = orr_terms_append (terms, ab, two);
  assert_true (orr_terms_get_length (terms, abc) == 3);
  assert_true (orr_terms_get_last (terms, abc) == two);
  assert_true (orr_terms_get_prefix (terms, abc) == ab);
  assert_true (orr_terms_append (terms, ab, two) == abc);
  assert_true (orr_terms_append (terms, ab, one) != abc);
  assert_true (orr_terms_append (terms, ORR_NIL, one) == list (terms, 1, one));
  assert_true (orr_terms_list (terms, 0, NULL) == orr_terms_empty_list (terms));
  assert_true (orr_terms_get_length (terms, ORR_NIL) == 0);
  assert_true (orr_terms_is_list (terms, orr_terms_empty_list (terms)));
  assert_false (orr_terms_is_list (terms, ORR_NIL));

  OrrValue values[3];
  orr_terms_get_values (terms, abc, values);
  assert_true (values[0] == one && values[1] == alice && values[2] == two);
  assert_true (orr_terms_list (terms, 3, values) == abc);
}

/* A list-append workload: one term an append, found again by any path to the same content. */
static void
test_many_terms (void **state)
{
  enum
  {
    N = 100000
  };
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  g_autofree OrrValue *prefixes = g_new (OrrValue, N);
  OrrValue value = ORR_NIL;
  for (gint i = 0; i < N; i++)
    prefixes[i] = value = orr_terms_append (terms, value, orr_value_int (i % 7));
  value = ORR_NIL;
  for (gint i = 0; i < N; i++)
    {
      value = orr_terms_append (terms, value, orr_value_int (i % 7));
      assert_true (value == prefixes[i]);
    }
  g_autofree OrrValue *values = g_new (OrrValue, N);
  orr_terms_get_values (terms, value, values);
  for (gint i = 0; i < N; i++)
    assert_true (orr_value_to_int (values[i]) == i % 7);
}

static void
test_hash_is_of_the_content (void **state)
{
  g_autoptr (OrrTerms) a = orr_terms_new (), b = orr_terms_new ();
  orr_terms_text (b, "first of all"); /* so that everything has another number */
  orr_terms_append (b, ORR_NIL, orr_value_int (9));
  OrrValue in_a = list (a, 2, orr_terms_text (a, "x"), list (a, 1, orr_value_int (5)));
  OrrValue in_b = list (b, 2, orr_terms_text (b, "x"), list (b, 1, orr_value_int (5)));
  assert_true (in_a != in_b);
  assert_true (orr_terms_hash (a, in_a) == orr_terms_hash (b, in_b));

  OrrValue unlike[] = { ORR_NIL,
                        orr_value_int (0),
                        orr_value_int (1),
                        orr_terms_text (a, ""),
                        orr_terms_text (a, "0"),
                        orr_terms_empty_list (a),
                        list (a, 1, ORR_NIL),
                        list (a, 1, orr_terms_empty_list (a)),
                        list (a, 2, orr_value_int (1), orr_value_int (2)),
                        list (a, 2, orr_value_int (2), orr_value_int (1)),
                        list (a, 2, list (a, 1, orr_value_int (1)), orr_value_int (2)) };
  for (guint i = 0; i < G_N_ELEMENTS (unlike); i++)
    for (guint j = 0; j < i; j++)
      assert_true (orr_terms_hash (a, unlike[i]) != orr_terms_hash (a, unlike[j]));
}

/* The digest of a value is part of every run's digest: it must not drift from version to version unnoticed.
 */
static void
test_hash_is_fixed (void **state)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  OrrValue value = list (terms, 3, orr_value_int (-7), orr_terms_text (terms, "naïve"), ORR_NIL);
  assert_int_equal (orr_terms_hash (terms, value), G_GUINT64_CONSTANT (0x61ad82787147184a));
}

static void
test_print (void **state)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  assert_prints (terms, ORR_NIL, "nil", "null");
  assert_prints (terms, orr_value_int (-12), "-12", "-12");
  assert_prints (terms, orr_value_int (ORR_VALUE_INT_MIN), "-4611686018427387904", "-4611686018427387904");
  assert_prints (terms, orr_terms_text (terms, "alice"), "alice", "\"alice\"");
  assert_prints (terms, orr_terms_text (terms, "naïve"), "naïve", "\"naïve\"");
  assert_prints (terms, orr_terms_text (terms, "two words"), "\"two words\"", "\"two words\"");
  assert_prints (terms, orr_terms_text (terms, "12"), "\"12\"", "\"12\"");
  assert_prints (terms, orr_terms_text (terms, "nil"), "\"nil\"", "\"nil\"");
  assert_prints (terms, orr_terms_text (terms, ""), "\"\"", "\"\"");
  assert_prints (terms, orr_terms_text (terms, "a\"b\\c\n\x1b\xc2\x85"), "\"a\\\"b\\\\c\\n\\u001b\\u0085\"",
                 "\"a\\\"b\\\\c\\n\\u001b\\u0085\"");
  assert_prints (terms, orr_terms_text (terms, "\xff!"), "\"\xef\xbf\xbd!\"", "\"\xef\xbf\xbd!\"");
  assert_prints (terms, orr_terms_text (terms, "\xf0\x9f"), "\"\xef\xbf\xbd\xef\xbf\xbd\"",
                 "\"\xef\xbf\xbd\xef\xbf\xbd\"");
  assert_prints (terms, orr_terms_empty_list (terms), "[]", "[]");
  assert_prints (terms,
                 list (terms, 3, orr_value_int (1), ORR_NIL, list (terms, 1, orr_terms_text (terms, "a b"))),
                 "[1 nil [\"a b\"]]", "[1,null,[\"a b\"]]");
}

static void
test_parse (void **state)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  assert_true (orr_terms_parse (terms, "nil") == ORR_NIL);
  assert_true (orr_terms_parse (terms, "null") == ORR_NIL);
  assert_true (orr_terms_parse (terms, "0") == orr_value_int (0));
  assert_true (orr_terms_parse (terms, "-12") == orr_value_int (-12));
  assert_true (orr_terms_parse (terms, "4611686018427387903") == orr_value_int (ORR_VALUE_INT_MAX));
  assert_true (orr_terms_parse (terms, "[1 a]")
               == list (terms, 2, orr_value_int (1), orr_terms_text (terms, "a")));

  static const char *const texts[]
      = { "alice",   "two words", "007", "-0",     "+5",      "4611686018427387904",
          "1.5",     "",          "-",   "NIL",    "[1",      "[1  2]",
          "[1 ]",    "1]",        "\"a", "\"a\"b", "\"\\x\"", "\"\\ud800\"",
          "\"\\u12", "\xff" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_true (orr_terms_parse (terms, texts[i]) == orr_terms_text (terms, texts[i]));
}

/* Lists nest only so deep when they are read; what lies deeper is a text, and reading ends. */
static void
test_parse_is_bounded (void **state)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  g_autofree char *deep = g_strnfill (100000, '[');
  assert_true (orr_terms_parse (terms, deep) == orr_terms_text (terms, deep));
}

static OrrValue
random_value (OrrTerms *terms, OrrDraw draw, guint depth)
{
  static const char *const texts[]
      = { "",       "a",    "b c", "12",           "-",    "nil", "null", "[",  "]",  "[1 2]", "\"", "\\",
          "{x: 1}", "a\nb", "ü",   "\xe2\x80\xa8", "\x7f", "#",   "true", "- ", "1 2" };
  switch (orr_draw_below (draw, depth < 3 ? 4 : 3))
    {
    case 0:
      return ORR_NIL;
    case 1:
      return orr_value_int ((gint64) orr_draw_below (orr_draw_fold (draw, 1), 1000) - 500);
    case 2:
      return orr_terms_text (terms, texts[orr_draw_below (orr_draw_fold (draw, 1), G_N_ELEMENTS (texts))]);
    default:
      break;
    }
  OrrValue value = orr_terms_empty_list (terms);
  guint n = (guint) orr_draw_below (orr_draw_fold (draw, 2), 4);
  for (guint i = 0; i < n; i++)
    value = orr_terms_append (terms, value, random_value (terms, orr_draw_fold (draw, 10 + i), depth + 1));
  return value;
}

static void
test_what_is_printed_reads_back (void **state)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  for (guint i = 0; i < 20000; i++)
    {
      OrrValue value = random_value (terms, orr_mix (7, i), 0);
      g_autoptr (GString) text = g_string_new (NULL);
      orr_terms_print (terms, value, text);
      assert_true (orr_terms_parse (terms, text->str) == value);
      if (orr_terms_is_text (terms, value) && orr_terms_reads_as_text (orr_terms_get_text (terms, value)))
        assert_true (orr_terms_parse (terms, orr_terms_get_text (terms, value)) == value);
    }
}

static void
test_copies_grow_apart (void **state)
{
  OrrTerms *terms = orr_terms_new ();
  OrrValue alice = orr_terms_text (terms, "alice"), pair = list (terms, 2, alice, alice);
  g_autoptr (OrrTerms) copy = orr_terms_copy (terms);
  OrrValue bob = orr_terms_text (terms, "bob");
  orr_terms_unref (terms); /* the copy stands on its own */
  assert_true (orr_terms_text (copy, "alice") == alice);
  assert_true (list (copy, 2, alice, alice) == pair);
  assert_string_equal (orr_terms_get_text (copy, alice), "alice");
  assert_true (orr_terms_text (copy, "carol") == bob);
}

static void
test_references (void **state)
{
  OrrTerms *terms = orr_terms_new ();
  OrrTerms *again = orr_terms_ref (terms);
  assert_ptr_equal (terms, again);
  orr_terms_unref (again);
  assert_string_equal (orr_terms_get_text (terms, orr_terms_text (terms, "still here")), "still here");
  orr_terms_unref (terms);
  orr_terms_unref (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_ints),
    cmocka_unit_test (test_texts_are_interned),
    cmocka_unit_test (test_lists_share_prefixes),
    cmocka_unit_test (test_many_terms),
    cmocka_unit_test (test_hash_is_of_the_content),
    cmocka_unit_test (test_hash_is_fixed),
    cmocka_unit_test (test_print),
    cmocka_unit_test (test_parse),
    cmocka_unit_test (test_parse_is_bounded),
    cmocka_unit_test (test_what_is_printed_reads_back),
    cmocka_unit_test (test_copies_grow_apart),
    cmocka_unit_test (test_references),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
