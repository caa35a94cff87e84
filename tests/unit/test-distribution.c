/* test-distribution.c: samples are distributed as their families say.
 *
 * The truth is written here a second time, with the C library's functions and in other words than the
 * library's own: each family's distribution function and mean. Samples are held against it by the test of
 * Kolmogorov and Smirnov, at quantiles out to one in a thousand, and by their mean. Keys are fixed: what
 * passes once passes always, and what fails would fail by chance once in a thousand. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/distribution-private.h"
#include "base/maths.h"

#include <glib/gstdio.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define N 200000

/* √N times the largest distance between the two functions exceeds this once in a thousand cases (Kolmogorov's
 * distribution). */
#define KOLMOGOROV_BOUND 1.95

/* How many standard deviations a mean or a share may be off: passed by chance once in 16,000 cases. */
#define DEVIATIONS_MAX 4.0

/* The share of samples that are at most x milliseconds. */
typedef double (*Function) (double x);

static double
normal (double z)
{
  return erfc (-z / sqrt (2)) / 2;
}

/* The regularised lower incomplete gamma function, by its power series. */
static double
gamma_function (double shape, double x)
{
  if (x <= 0)
    return 0;
  long double term = 1 / (long double) shape, sum = term;
  for (gint n = 1; term > 1e-20L * sum; n++)
    sum += term *= (long double) x / (shape + n);
  long double share = expl (shape * logl (x) - x - lgammal (shape)) * sum;
  return (double) MIN (share, 1);
}

static double
uniform_1_4 (double x)
{
  return CLAMP ((x - 1000) / 3000, 0, 1);
}

static double
exponential_10 (double x)
{
  return x < 0 ? 0 : -expm1 (-x / 10);
}

static double
shifted_exponential (double x)
{
  return exponential_10 (x - 200);
}

static double
normal_40_2 (double x)
{
  return normal ((x - 40) / 2);
}

static double
normal_cut (double x)
{
  return x < 0 ? 0 : normal (x - 1);
}

static double
normal_around (double x)
{
  return normal ((x - 200) / 5);
}

/* 2.326… is the 99th percentile of the normal distribution. */
static double
lognormal_40_900 (double x)
{
  return x <= 0 ? 0 : normal (log (x / 40) * 2.3263478740408411 / log (900.0 / 40));
}

static double
pareto_10 (double x)
{
  return x <= 0.235 ? 0 : 1 - pow (0.235 / x, 10);
}

static double
pareto_heavy (double x)
{
  return x <= 1.05 ? 0 : 1 - pow (1.05 / x, 0.5);
}

static double
weibull_2 (double x)
{
  return x <= 0 ? 0 : -expm1 (-pow (x / 5, 2));
}

static double
weibull_half (double x)
{
  return x <= 0 ? 0 : -expm1 (-pow (x / 5, 0.5));
}

static double
gamma_2 (double x)
{
  return gamma_function (2, x / 5);
}

static double
gamma_small (double x)
{
  return gamma_function (0.3, x / 1000);
}

static double
gamma_1 (double x)
{
  return gamma_function (1, x / 5);
}

static double
gamma_large (double x)
{
  return gamma_function (37.5, x / 5);
}

static double
two_exponentials (double x)
{
  return gamma_function (2, x / 10);
}

static double
three_terms (double x)
{
  return gamma_function (3, (x - 5) / 10);
}

static double
mixture_pbs (double x)
{
  return 0.9122 * pareto_10 (x) + 0.0878 * (x < 0 ? 0 : -expm1 (-x / 0.602));
}

static double
mixture_nested (double x)
{
  double inner = 0.75 * shifted_exponential (x) + 0.25 * uniform_1_4 (x);
  return 0.5 * gamma_2 (x) + 0.3 * inner + 0.2 * (x >= 7);
}

static double
measured (double x)
{
  static const double values[] = { 1, 2, 4, 10 }, shares[] = { 0, 1.0 / 3, 2.0 / 3, 1 };
  if (x < 1)
    return 0;
  for (guint i = 1; i < 4; i++)
    if (x < values[i])
      return shares[i - 1] + (shares[i] - shares[i - 1]) * (x - values[i - 1]) / (values[i] - values[i - 1]);
  return 1;
}

/* Weights 1, 3, 4: between the first two lie 2 of 5.5, between the last two 3.5. */
static double
measured_weighted (double x)
{
  if (x < 1)
    return 0;
  if (x < 2)
    return 2 / 5.5 * (x - 1);
  return x < 5 ? 2 / 5.5 + 3.5 / 5.5 * (x - 2) / 3 : 1;
}

typedef struct
{
  const char *text;
  Function function;
  double mean; /* in ms; computed by hand or by another program */
} Case;

static const Case cases[] = {
  { "uniform(1s..4s)", uniform_1_4, 2500 },
  { "exponential(mean 10ms)", exponential_10, 10 },
  { "200ms + exponential(mean 10ms)", shifted_exponential, 210 },
  { "normal(mean 40ms sd 2ms)", normal_40_2, 40 },
  { "normal(mean 1ms sd 1ms)", normal_cut, 1 },
  { "200ms + normal(mean 0ms sd 5ms)", normal_around, 200 },
  { "lognormal(median 40ms p99 900ms)", lognormal_40_900, 97.953925317932922 },
  { "pareto(scale 0.235ms shape 10)", pareto_10, 0.235 * 10 / 9 },
  { "pareto(scale 1.05ms shape 0.5)", pareto_heavy, INFINITY },
  { "weibull(scale 5ms shape 2)", weibull_2, 4.4311346272637901 },
  { "weibull(scale 5ms shape 0.5)", weibull_half, 10 },
  { "gamma(shape 2 scale 5ms)", gamma_2, 10 },
  { "gamma(shape 0.3 scale 1s)", gamma_small, 300 },
  { "gamma(shape 1 scale 5ms)", gamma_1, 5 },
  { "gamma(shape 37.5 scale 5ms)", gamma_large, 187.5 },
  { "exponential(mean 10ms) + exponential(mean 10ms)", two_exponentials, 20 },
  { "exponential(mean 10ms) + 5ms + gamma(shape 2 scale 10ms)", three_terms, 35 },
  { "mixture(91.22% pareto(scale 0.235ms shape 10) + 8.78% exponential(mean 0.602ms))", mixture_pbs,
    0.9122 * 0.235 * 10 / 9 + 0.0878 * 0.602 },
  { "mixture(50% gamma(shape 2 scale 5ms) + 30% mixture(75% (200ms + exponential(mean 10ms)) + 25% "
    "uniform(1s..4s)) + "
    "20% 7ms)",
    mixture_nested, 0.5 * 10 + 0.3 * (0.75 * 210 + 0.25 * 2500) + 0.2 * 7 },
  { "empirical(measured.csv)", measured, 1.0 / 3 * (1.5 + 3 + 7) },
  { "empirical(weighted.csv)", measured_weighted, 2 / 5.5 * 1.5 + 3.5 / 5.5 * 3.5 },
};

/* A folder with the files that the cases read. */
static int
set_up (void **state)
{
  char *folder = g_dir_make_tmp ("orrery-test-XXXXXX", NULL);
  g_autofree char *measured_path = g_build_filename (folder, "measured.csv", NULL);
  g_autofree char *weighted_path = g_build_filename (folder, "weighted.csv", NULL);
  *state = folder;
  return g_file_set_contents (measured_path, "# out of order\n4ms\n10ms\r\n\n  1ms\n2ms", -1, NULL)
                 && g_file_set_contents (weighted_path, "1ms,1\n2ms , 3\n5ms,4\n", -1, NULL)
             ? 0
             : -1;
}

static int
tear_down (void **state)
{
  static const char *const names[] = { "measured.csv", "weighted.csv" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (*state, names[i], NULL);
      g_unlink (path);
    }
  g_rmdir (*state);
  g_free (*state);
  return 0;
}

static OrrDistribution *
parse (const char *text, const char *folder)
{
  OrrDistributionError error = { 0 };
  OrrDistribution *distribution = orr_distribution_parse (text, folder, &error);
  if (!distribution)
    fail_msg ("'%s', byte %zu: %s", text, error.offset, error.message);
  return distribution;
}

static gint
compare (const void *a, const void *b)
{
  double first = *(const double *) a, second = *(const double *) b;
  return first < second ? -1 : first > second;
}

/* N samples in milliseconds, in order of size; keys are made as the engine makes them, of times and ordinals.
 */
static double *
draw_samples (const OrrDistribution *distribution)
{
  double *samples = g_new (double, N);
  OrrDraw link = orr_draw_fold (orr_draw_key (1, "latency"), (guint64) 3 << 32 | 5);
  for (guint64 i = 0; i < N; i++)
    {
      OrrDraw key = orr_draw_fold (orr_draw_fold (link, i / 4 * ORR_MILLISECOND), i % 4);
      samples[i] = (double) orr_distribution_sample (distribution, key) / (double) ORR_MILLISECOND;
    }
  qsort (samples, N, sizeof *samples, compare);
  return samples;
}

/* The largest distance between the share of samples and the function, on either side of each sample. A step
 * is left on its left side at what the function is just below it. */
static void
check_kolmogorov (const Case *one, const double *samples)
{
  double largest = 0;
  for (guint i = 0, next = 0; i < N; i = next)
    {
      while (next < N && samples[next] == samples[i])
        next++;
      double at = one->function (samples[i]), below = one->function (samples[i] - 1e-6);
      largest = fmax (largest, fmax (fabs ((double) next / N - at), fabs ((double) i / N - below)));
    }
  if (!(largest * sqrt (N) < KOLMOGOROV_BOUND))
    fail_msg ("%s: %.3f is too far", one->text, largest * sqrt (N));
}

/* Of all samples, a share p should lie below the p-quantile; the truth is asked how many lie below the sample
 * that has that rank. */
static void
check_quantiles (const Case *one, const double *samples)
{
  static const double shares[] = { 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999 };
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      double p = shares[i], x = samples[(guint) (p * N)];
      double low = one->function (x - 1e-6), high = one->function (x + 1e-6);
      double slack = DEVIATIONS_MAX * sqrt (p * (1 - p) / N) + 2.0 / N;
      if (!(low - slack <= p && p <= high + slack))
        fail_msg ("%s: below %g ms lie %g, not %g", one->text, x, high, p);
    }
}

static void
check_mean (const Case *one, const OrrDistribution *distribution, const double *samples)
{
  double stated = orr_distribution_mean (distribution) / (double) ORR_MILLISECOND;
  if (isinf (one->mean))
    {
      assert_true (isinf (stated));
      return;
    }
  if (!(fabs (stated / one->mean - 1) < 1e-12))
    fail_msg ("%s: the mean is %.15g, not %.15g", one->text, one->mean, stated);

  /* What the cut at 0 adds is no part of the stated mean. */
  if (one->function == normal_cut)
    return;
  double sum = 0, squares = 0;
  for (guint i = 0; i < N; i++)
    {
      sum += samples[i];
      squares += (samples[i] - one->mean) * (samples[i] - one->mean);
    }
  double deviations = (sum / N - one->mean) / sqrt (squares / N / N);
  if (!(fabs (deviations) < DEVIATIONS_MAX))
    fail_msg ("%s: the mean of the samples is %.1f deviations off", one->text, deviations);
}

static void
test_families (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OrrDistribution) distribution = parse (cases[i].text, *state);
      g_autofree double *samples = draw_samples (distribution);
      assert_true (samples[0] >= 0);
      check_kolmogorov (&cases[i], samples);
      check_quantiles (&cases[i], samples);
      check_mean (&cases[i], distribution, samples);
    }
}

/* The checks above can fail: near relatives of an exponential distribution are told from it. */
static void
test_that_the_checks_see (void **state)
{
  static const char *const relatives[]
      = { "exponential(mean 10.2ms)", "gamma(shape 1.02 scale 9.804ms)", "weibull(scale 10ms shape 1.02)",
          "50us + exponential(mean 9.95ms)" };
  for (guint r = 0; r < G_N_ELEMENTS (relatives); r++)
    {
      g_autoptr (OrrDistribution) distribution = parse (relatives[r], *state);
      g_autofree double *samples = draw_samples (distribution);
      double largest = 0;
      for (guint i = 0; i < N; i++)
        largest = fmax (largest, fabs ((double) i / N - exponential_10 (samples[i])));
      assert_true (largest * sqrt (N) > KOLMOGOROV_BOUND);
    }
}

/* Every family has its place above, an example that parses, and words for the page that lists it. */
static void
test_table (void **state)
{
  (void) state;
  for (guint i = 0; orr_distribution_families[i]; i++)
    {
      const OrrDistributionFamily *family = orr_distribution_families[i];
      assert_true (family->name && family->form && family->example && family->doc);
      if (!family->rules)
        continue;
      g_autofree char *opening = g_strconcat (family->name, "(", NULL);
      assert_true (g_str_has_prefix (family->form, opening));
      assert_true (g_str_has_prefix (family->example, opening));
      assert_true (family->rules->sample && family->rules->mean);
      gboolean covered = FALSE;
      for (guint j = 0; j < G_N_ELEMENTS (cases); j++)
        covered = covered || strstr (cases[j].text, opening);
      assert_true (covered);
      if (strcmp (family->name, "empirical") != 0)
        orr_distribution_unref (parse (family->example, NULL));
    }
}

static void
test_constants (void **state)
{
  (void) state;
  OrrTime value = 0;
  g_autoptr (OrrDistribution) made = orr_distribution_new_constant (5 * ORR_SECOND);
  g_autoptr (OrrDistribution) read = parse ("4s + (500ms + 500ms)", NULL);
  g_autoptr (OrrDistribution) other = parse ("4s + exponential(mean 1ns)", NULL);

  assert_true (orr_distribution_equal (made, read));
  assert_false (orr_distribution_equal (made, other));
  assert_true (orr_distribution_is_constant (read, &value));
  assert_int_equal (value, 5 * ORR_SECOND);
  assert_false (orr_distribution_is_constant (other, &value));
  for (guint64 i = 0; i < 100; i++)
    assert_int_equal (orr_distribution_sample (made, orr_draw_key (i, "any")), 5 * ORR_SECOND);
}

/* No sample leaves the bounds of time, not even where a distribution has no bounds. */
static void
test_clipping (void **state)
{
  (void) state;
  static const char *const texts[] = {
    "pareto(scale 26687d shape 0.001)",
    "26687d + exponential(mean 26687d)",
    "weibull(scale 26687d shape 0.001)",
    "gamma(shape 1000000 scale 26687d)",
    "lognormal(median 1ns p99 26687d) + 26687d",
    "normal(mean 26687d sd 26687d)",
    "uniform(0s..26687d) + uniform(0s..26687d) + uniform(0s..26687d) + uniform(0s..26687d)",
    "gamma(shape 0.001 scale 1ns)",
    "weibull(scale 1ns shape 0.001)",
    "2305843009213693951ns",
    "0s",
  };
  for (guint t = 0; t < G_N_ELEMENTS (texts); t++)
    {
      g_autoptr (OrrDistribution) distribution = parse (texts[t], NULL);
      for (guint64 i = 0; i < 10000; i++)
        {
          OrrTime sample
              = orr_distribution_sample (distribution, orr_draw_fold (orr_draw_key (t, "clip"), i));
          assert_true (sample >= 0 && sample <= ORR_TIME_MAX);
        }
    }
}

/* A clock's skew may be negative, and is told so when it is parsed. */
static void
test_signed (void **state)
{
  (void) state;
  static const char *const texts[] = {
    "uniform(-5ms..5ms)",           "-5ms",
    "normal(mean 0s sd 1ms)",       "normal(mean -40ms sd 1ms)",
    "-5ms + exponential(mean 5ms)", "mixture(50% -5ms + 50% 5ms)",
  };
  for (guint t = 0; t < G_N_ELEMENTS (texts); t++)
    {
      OrrDistributionError error = { 0 };
      g_autoptr (OrrDistribution) distribution = orr_distribution_parse_signed (texts[t], NULL, &error);
      assert_non_null (distribution);
      g_autofree char *text = orr_distribution_to_text (distribution);
      assert_string_equal (text, texts[t]);
      guint negative = 0;
      double sum = 0;
      for (guint64 i = 0; i < 10000; i++)
        {
          OrrTime sample
              = orr_distribution_sample (distribution, orr_draw_fold (orr_draw_key (t, "signed"), i));
          negative += sample < 0;
          sum += (double) sample;
        }
      assert_true (negative > 4500);
      assert_true (fabs (sum / 10000 - orr_distribution_mean (distribution)) < 0.2 * ORR_MILLISECOND);
    }
  /* The same text unsigned is another distribution. */
  OrrDistributionError error = { 0 };
  g_autoptr (OrrDistribution) one = orr_distribution_parse_signed ("normal(mean 0s sd 1ms)", NULL, &error);
  g_autoptr (OrrDistribution) other = parse ("normal(mean 0s sd 1ms)", NULL);
  assert_false (orr_distribution_equal (one, other));
  assert_true (orr_distribution_sample (other, 1) >= 0);
}

static void
test_exponential_sample (void **state)
{
  (void) state;
  g_autoptr (OrrDistribution) distribution = parse ("exponential(mean 10ms)", NULL);
  for (guint64 i = 0; i < 10000; i++)
    {
      OrrDraw key = orr_draw_key (i, "arrivals");
      assert_int_equal (orr_exponential_sample (10.0 * ORR_MILLISECOND, key),
                        orr_distribution_sample (distribution, key));
      assert_int_equal (orr_distribution_sample_inline (distribution, key),
                        orr_distribution_sample (distribution, key));
    }
}

/* A loss and a latency may be drawn with one key: what is not lost takes as long as the rest. */
static void
test_key_may_be_shared (void **state)
{
  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autoptr (OrrDistribution) distribution = parse (cases[c].text, *state);
      double median = 0, sums[3] = { 0 };
      g_autofree double *samples = draw_samples (distribution);
      median = samples[N / 2] * ORR_MILLISECOND;
      for (guint64 i = 0; i < N; i++)
        {
          OrrDraw key = orr_draw_fold (orr_draw_key (c, "shared"), i);
          double above = (double) orr_distribution_sample (distribution, key) > median ? 0.5 : -0.5;
          sums[0] += above * ((double) orr_draw_below (key, 1000001) / 500000 - 1);
          sums[1] += above * (2 * orr_draw_unit (key) - 1);
          sums[2] += above * ((double) key * 0x1p-63 - 1);
        }
      /* Each product has the variance 1/4 · 1/3. */
      for (guint j = 0; j < 3; j++)
        assert_true (fabs (sums[j]) < DEVIATIONS_MAX * sqrt (N / 12.0));
    }
}

/* The layers of the ziggurats, from the conditions that define them: all of one area, the tail with the
 * lowest. */
static void
check_ziggurat (const OrrZigguratLayer *layers, long double (*curve) (long double),
                long double (*inverse) (long double), long double (*tail) (long double))
{
  long double start = (long double) layers[1].width * 0x1p53L;
  long double area = start * curve (start) + tail (start);
  long double x[257] = { area / curve (start), start };
  for (guint i = 2; i < 256; i++)
    x[i] = inverse (curve (x[i - 1]) + area / x[i - 1]);
  x[256] = 0;

  /* The highest layer ends where the curve begins. */
  assert_true (fabsl (curve (x[255]) + area / x[255] - 1) < 1e-12L);
  for (guint i = 0; i < 256; i++)
    {
      assert_true (fabsl (layers[i].width * 0x1p53L / x[i] - 1) < 1e-12L);
      assert_true (fabsl ((long double) layers[i].inside - x[i + 1] / x[i] * 0x1p53L) < 1e-12L * 0x1p53L);
    }
  assert_true (layers[256].inside == 0 && layers[256].width == 0);
}

static long double
falling (long double x)
{
  return expl (-x);
}

static long double
falling_inverse (long double y)
{
  return -logl (y);
}

static long double
bell (long double x)
{
  return expl (-x * x / 2);
}

static long double
bell_inverse (long double y)
{
  return sqrtl (-2 * logl (y));
}

static long double
bell_tail (long double x)
{
  return sqrtl (2 * atanl (1)) * erfcl (x / sqrtl (2));
}

static void
test_ziggurat_tables (void **state)
{
  (void) state;
  check_ziggurat (orr_ziggurat_exponential, falling, falling_inverse, falling);
  check_ziggurat (orr_ziggurat_normal, bell, bell_inverse, bell_tail);
  for (guint i = 0; i < G_N_ELEMENTS (orr_ziggurat_exponential_heights); i++)
    assert_true (orr_ziggurat_exponential_heights[i]
                 == orr_exp (-orr_ziggurat_exponential[i].width * 0x1p53));
}

/* The tails, which few samples reach: shares far out, and both signs alike. */
static void
test_ziggurat_tails (void **state)
{
  (void) state;
  const guint n = 4000000;
  guint beyond[16] = { 0 }, above[6] = { 0 }, below[6] = { 0 };

  for (guint64 i = 0; i < n; i++)
    {
      OrrDraw key = orr_draw_fold (orr_draw_key (9, "tails"), i);
      double exponential = orr_draw_exponential (key), z = orr_draw_normal (key);
      assert_true (exponential >= 0 && exponential < 45 && fabs (z) < 14);
      for (guint j = 0; j < 16 && exponential > j; j++)
        beyond[j]++;
      for (guint j = 0; j < 6 && z > j; j++)
        above[j]++;
      for (guint j = 0; j < 6 && -z > j; j++)
        below[j]++;
    }
  for (guint j = 0; j < 16; j++)
    {
      double expected = n * exp (-(double) j);
      assert_true (fabs (beyond[j] - expected) <= DEVIATIONS_MAX * sqrt (expected) + 1);
    }
  for (guint j = 0; j < 6; j++)
    {
      double expected = n * normal (-(double) j);
      assert_true (fabs (above[j] - expected) <= DEVIATIONS_MAX * sqrt (expected) + 1);
      assert_true (fabs (below[j] - expected) <= DEVIATIONS_MAX * sqrt (expected) + 1);
    }
}

/* A seed means the same run for ever, on every machine. */
static void
test_golden (void **state)
{
  guint64 digest = 0;
  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autoptr (OrrDistribution) distribution = parse (cases[c].text, *state);
      for (guint64 i = 0; i < 20000; i++)
        {
          OrrDraw key = orr_draw_fold (orr_draw_key (c, "golden"), i);
          digest = orr_mix (digest, (guint64) orr_distribution_sample (distribution, key));
        }
    }
  if (digest != G_GUINT64_CONSTANT (0xe0f6ad7a97d62426))
    fail_msg ("the digest of all samples is 0x%016" G_GINT64_MODIFIER "x", digest);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_families),
    cmocka_unit_test (test_that_the_checks_see),
    cmocka_unit_test (test_table),
    cmocka_unit_test (test_constants),
    cmocka_unit_test (test_clipping),
    cmocka_unit_test (test_signed),
    cmocka_unit_test (test_exponential_sample),
    cmocka_unit_test (test_key_may_be_shared),
    cmocka_unit_test (test_ziggurat_tables),
    cmocka_unit_test (test_ziggurat_tails),
    cmocka_unit_test (test_golden),
  };
  return cmocka_run_group_tests_name ("distribution", tests, set_up, tear_down);
}
