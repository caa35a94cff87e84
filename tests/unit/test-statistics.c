/* test-statistics.c: intervals against published ones, and how often they hold what they promise. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/draw.h"
#include "base/statistics.h"

#include <math.h>

#define assert_near(a, b, within) assert_true (fabs ((a) - (b)) <= (within))

/* Newcombe, Statistics in Medicine 17 (1998), table I, method 3. */
static void
test_wilson (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    guint64 k, n;
    double low, high;
  } cases[] = { { 81, 263, 0.2553, 0.3662 }, { 15, 148, 0.0624, 0.1605 }, { 0, 20, 0, 0.1611 },
                { 1, 29, 0.0061, 0.1718 },   { 29, 29, 0.8830, 1 },       { 37, 200, 0.1373, 0.2446 } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OrrInterval interval = orr_share_interval (cases[i].k, cases[i].n);
      assert_near (interval.low, cases[i].low, 0.00005);
      assert_near (interval.high, cases[i].high, 0.00005);
    }
  OrrInterval huge = orr_share_interval (G_MAXUINT64 / 2, G_MAXUINT64);
  assert_near (huge.low, 0.5, 1e-8);
  assert_near (huge.high, 0.5, 1e-8);
}

static OrrSpreadView
view_of (const double *values, guint n)
{
  g_autoptr (OrrSpread) spread = orr_spread_new ();
  OrrSpreadView view;
  for (guint i = 0; i < n; i++)
    orr_spread_add (spread, values[i], orr_draw_key (i, "lot"));
  orr_spread_look (spread, &view);
  return view;
}

/* Student's own example: hours of sleep that ten patients gained, t = 2.262 with 9 degrees of freedom. */
static void
test_mean (void **state G_GNUC_UNUSED)
{
  static const double sleep[] = { 1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4 };
  OrrSpreadView view = view_of (sleep, G_N_ELEMENTS (sleep));
  assert_int_equal (view.n, 10);
  assert_near (view.mean, 2.33, 1e-12);
  assert_near (view.median, 1.75, 1e-12);
  assert_true (view.least == -0.1 && view.most == 5.5);
  assert_near (view.mean_interval.low, 0.8976775, 1e-6);
  assert_near (view.mean_interval.high, 3.7623225, 1e-6);
  /* The second of ten and the second from the top: chance leaves the median out in 2.15 % of all cases. */
  assert_true (view.median_interval.low == 0.1 && view.median_interval.high == 4.6);
}

/* His own table: the same patients by either drug. Of the differences t is 4.0621 with 9 degrees of freedom.
 */
static void
test_paired (void **state G_GNUC_UNUSED)
{
  static const double first[] = { 0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0 };
  static const double second[] = { 1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4 };
  OrrMean mean = { 0 };
  OrrInterval interval;
  assert_false (orr_mean_interval (&mean, &interval));
  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    {
      orr_mean_add (&mean, second[i] - first[i]);
      assert_int_equal (orr_mean_interval (&mean, &interval), i > 0);
    }
  assert_near (mean.mean, 1.58, 1e-12);
  assert_near (interval.low, 0.7001142, 1e-6);
  assert_near (interval.high, 2.4598858, 1e-6);
}

static void
test_few (void **state G_GNUC_UNUSED)
{
  static const double values[] = { 3, 1, 2, 5, 4, 6 };
  OrrSpreadView one = view_of (values, 1), two = view_of (values, 2), five = view_of (values, 5),
                six = view_of (values, 6);
  assert_true (one.mean == 3 && one.median == 3 && !one.has_mean_interval && !one.has_median_interval);
  assert_true (two.has_mean_interval && two.median == 2);
  assert_near (two.mean_interval.high - 2, 12.706204736, 1e-9);
  assert_true (five.median == 3 && !five.has_median_interval);
  assert_true (six.has_median_interval && six.median_interval.low == 1 && six.median_interval.high == 6);
}

/* Beyond the table; by scipy.stats.t.ppf (0.975, df). The values -1, 1, -1, 1, … have a known deviation. */
static void
test_student (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    guint n;
    double t;
  } cases[] = { { 32, 2.039513446 }, { 62, 1.999623585 }, { 122, 1.979763763 }, { 1002, 1.962337260 } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree double *values = g_new (double, cases[i].n);
      for (guint j = 0; j < cases[i].n; j++)
        values[j] = j % 2 ? 1 : -1;
      OrrSpreadView view = view_of (values, cases[i].n);
      assert_near (view.mean_interval.high * sqrt (cases[i].n - 1.0), cases[i].t, 2e-6);
    }
}

/* Of many values some are kept to tell the median from: the same whatever the order, and good enough. */
static void
test_many (void **state G_GNUC_UNUSED)
{
  const guint n = 200000;
  g_autoptr (OrrSpread) forth = orr_spread_new (), back = orr_spread_new ();
  OrrSpreadView a, b;
  for (guint i = 0; i < n; i++)
    {
      orr_spread_add (forth, orr_draw_unit (orr_draw_key (i, "value")), orr_draw_key (i, "lot"));
      orr_spread_add (back, orr_draw_unit (orr_draw_key (n - 1 - i, "value")),
                      orr_draw_key (n - 1 - i, "lot"));
    }
  orr_spread_look (forth, &a);
  orr_spread_look (back, &b);
  assert_int_equal (a.n, n);
  assert_true (a.median == b.median && a.median_interval.low == b.median_interval.low);
  assert_near (a.mean, b.mean, 1e-12);
  assert_near (a.mean, 0.5, 0.003);
  assert_near (a.median, 0.5, 0.04);
  assert_true (a.median_interval.low < 0.5 && a.median_interval.high > 0.5);
}

/* Of 2000 samples of 20 uniform values, at least about 95 % have the truth within their intervals. */
static void
test_coverage (void **state G_GNUC_UNUSED)
{
  guint mean_misses = 0, median_misses = 0;
  for (guint sample = 0; sample < 2000; sample++)
    {
      double values[20];
      for (guint i = 0; i < G_N_ELEMENTS (values); i++)
        values[i] = orr_draw_unit (orr_draw_fold (orr_draw_key (sample, "value"), i));
      OrrSpreadView view = view_of (values, G_N_ELEMENTS (values));
      mean_misses += view.mean_interval.low > 0.5 || view.mean_interval.high < 0.5;
      median_misses += view.median_interval.low > 0.5 || view.median_interval.high < 0.5;
    }
  assert_in_range (mean_misses, 70, 130);   /* 100, give or take three deviations */
  assert_in_range (median_misses, 50, 115); /* 4.14 % by the binomial: 83 */
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_wilson),   cmocka_unit_test (test_mean),    cmocka_unit_test (test_paired),
    cmocka_unit_test (test_few),      cmocka_unit_test (test_student), cmocka_unit_test (test_many),
    cmocka_unit_test (test_coverage),
  };
  return cmocka_run_group_tests_name ("statistics", tests, NULL, NULL);
}
