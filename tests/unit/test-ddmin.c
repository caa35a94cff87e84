/* test-ddmin.c: delta debugging on predicates that are made up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/draw.h"
#include "explore/ddmin.h"

#define N_MAX 1000

typedef struct
{
  guint n;
  gboolean needed[N_MAX]; /* all of them */
  guint64 odd;            /* 0: nothing else; else sets that a hash of them refuses fail, too */
  guint tests, tests_max; /* 0: no bound */
} Predicate;

static guint
count (const gboolean *flags, guint n)
{
  guint flagged = 0;
  for (guint i = 0; i < n; i++)
    flagged += flags[i] != FALSE;
  return flagged;
}

/* What a set must hold, and a whim that is the same each time: bigger sets need not succeed where smaller
 * ones do. */
static gboolean
succeeds (const Predicate *predicate, const gboolean *kept)
{
  OrrDraw hash = predicate->odd;
  for (guint i = 0; i < predicate->n; i++)
    {
      if (predicate->needed[i] && !kept[i])
        return FALSE;
      hash = orr_draw_fold (hash, kept[i] != FALSE);
    }
  return predicate->odd == 0 || hash % 3 > 0;
}

static gboolean
test_of_predicate (gpointer data, const gboolean *kept)
{
  Predicate *predicate = data;
  predicate->tests++;
  return (predicate->tests_max == 0 || predicate->tests <= predicate->tests_max)
         && succeeds (predicate, kept);
}

static void
assert_one_minimal (const Predicate *predicate, gboolean *kept)
{
  assert_true (succeeds (predicate, kept));
  for (guint i = 0; i < predicate->n; i++)
    if (kept[i])
      {
        kept[i] = FALSE;
        assert_false (succeeds (predicate, kept));
        kept[i] = TRUE;
      }
}

static void
keep_all (gboolean *kept, guint n)
{
  for (guint i = 0; i < n; i++)
    kept[i] = TRUE;
}

/* Exactly the needed ones stay; in how many tests at most. */
static void
find (Predicate *predicate, guint tests_max)
{
  gboolean kept[N_MAX];
  keep_all (kept, predicate->n);
  assert_int_equal (orr_ddmin (predicate->n, kept, test_of_predicate, predicate),
                    count (predicate->needed, predicate->n) < predicate->n);
  for (guint i = 0; i < predicate->n; i++)
    assert_int_equal (kept[i], predicate->needed[i]);
  assert_in_range (predicate->tests, 1, tests_max);
}

static void
test_counts (void **state G_GNUC_UNUSED)
{
  Predicate none = { .n = 1000 };
  find (&none, 1);
  for (guint i = 0; i < 1000; i += 37)
    {
      Predicate one = { .n = 1000, .needed = { [0] = FALSE } };
      one.needed[i] = TRUE;
      find (&one, 30); /* some tests for each of ten halvings */
    }
  Predicate three = { .n = 1000, .needed = { [3] = TRUE, [471] = TRUE, [980] = TRUE } };
  find (&three, 100);
  Predicate all = { .n = 16 };
  for (guint i = 0; i < 16; i++)
    all.needed[i] = TRUE;
  find (&all, 1 + 2 + 4 + 2 + 4 + 8 + 16); /* none, chunks alone, then without them, each in vain */
}

static void
test_small (void **state G_GNUC_UNUSED)
{
  Predicate nothing = { .n = 0 }, single = { .n = 1, .needed = { TRUE } },
            two = { .n = 2, .needed = { FALSE, TRUE } };
  gboolean kept[1] = { FALSE };
  assert_false (orr_ddmin (0, kept, test_of_predicate, &nothing));
  assert_int_equal (nothing.tests, 0);
  find (&single, 2);
  find (&two, 5);
}

/* Of whatever predicate, the result succeeds and no single element can go. */
static void
test_one_minimal (void **state G_GNUC_UNUSED)
{
  const OrrDraw key = orr_draw_key (1, "ddmin");
  guint met = 0;
  for (guint round = 0; round < 500; round++)
    {
      OrrDraw draw = orr_draw_fold (key, round);
      Predicate predicate = { .n = 1 + (guint) orr_draw_below (draw, 60), .odd = draw | 1 };
      for (guint i = 0; i < predicate.n; i++)
        predicate.needed[i] = orr_draw_below (orr_draw_fold (draw, i), 8) == 0;
      gboolean kept[N_MAX];
      keep_all (kept, predicate.n);
      if (!succeeds (&predicate, kept))
        continue;
      orr_ddmin (predicate.n, kept, test_of_predicate, &predicate);
      assert_one_minimal (&predicate, kept);
      met++;
    }
  assert_in_range (met, 200, 500);
}

/* What is not there at the beginning is never there. */
static void
test_starts_with_some (void **state G_GNUC_UNUSED)
{
  Predicate predicate = { .n = 20, .needed = { [4] = TRUE, [6] = TRUE } };
  gboolean kept[20];
  for (guint i = 0; i < 20; i++)
    kept[i] = i % 2 == 0;
  assert_true (orr_ddmin (20, kept, test_of_predicate, &predicate));
  for (guint i = 0; i < 20; i++)
    assert_int_equal (kept[i], i == 4 || i == 6);
}

/* A budget that ends leaves what was reached, which succeeds. */
static void
test_ends_early (void **state G_GNUC_UNUSED)
{
  for (guint tests = 0; tests < 40; tests++)
    {
      Predicate predicate = { .n = 200, .needed = { [10] = TRUE, [150] = TRUE }, .tests_max = tests + 1 };
      gboolean kept[N_MAX];
      keep_all (kept, predicate.n);
      orr_ddmin (predicate.n, kept, test_of_predicate, &predicate);
      assert_true (succeeds (&predicate, kept));
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_counts),      cmocka_unit_test (test_small),
    cmocka_unit_test (test_one_minimal), cmocka_unit_test (test_starts_with_some),
    cmocka_unit_test (test_ends_early),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
