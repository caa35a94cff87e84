/* test-maths.c: own logarithms against the C library's in more precision, at many points and at the edges;
 * and to the last bit against bits that were written down. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/draw.h"
#include "base/maths-tables.h"
#include "base/maths.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define POINTS 300000

static guint64
bits_of (double x)
{
  guint64 bits;
  memcpy (&bits, &x, sizeof bits);
  return bits;
}

static double
double_of (guint64 bits)
{
  double x;
  memcpy (&x, &bits, sizeof x);
  return x;
}

/* The i-th point of a test, uniform from `low` to `high`. */
static double
point (const char *test, guint64 i, double low, double high)
{
  return low + (high - low) * orr_draw_unit (orr_draw_fold (orr_draw_key (7, test), i));
}

/* How far `got` is from the truth, in units of the last place of the truth. */
static double
error_in_ulps (double got, long double truth)
{
  double near = fabs ((double) truth);
  double ulp = near < DBL_MAX ? nextafter (near, INFINITY) - near : near - nextafter (near, 0);
  return (double) (fabsl ((long double) got - truth) / ulp);
}

/* What a long double does not hold beyond a double can't be compared with it. */
static double
allowed (double ulps)
{
  return LDBL_MANT_DIG >= 64 ? ulps : ulps + 1;
}

static void
test_tables (void **state)
{
  (void) state;
  double precision = LDBL_MANT_DIG >= 64 ? 0x1p-62 : 0x1p-52;

  assert_true (fabsl ((long double) LN2_HIGH + LN2_LOW - logl (2)) < precision);
  assert_true (fabsl ((long double) STEP_HIGH + STEP_LOW - logl (2) / 32) < precision);
  assert_true (SQRT_2_PI == (double) sqrtl (8 * atanl (1)));
  /* The first parts have so few bits that their multiples are exact. */
  assert_true (LN2_HIGH * 0x1p40 == floor (LN2_HIGH * 0x1p40));
  assert_true (STEP_HIGH * 0x1p36 == floor (STEP_HIGH * 0x1p36));

  for (gint j = 0; j < 32; j++)
    {
      long double truth = powl (2, j / 32.0L);
      assert_true (exp_table[j][0] == (double) truth);
      assert_true (fabsl ((long double) exp_table[j][0] + exp_table[j][1] - truth) < precision);
    }
  for (gint j = 23; j <= 45; j++)
    {
      const double *value = log_table[j - 23];
      assert_true (value[0] * 0x1p40 == floor (value[0] * 0x1p40));
      assert_true (fabsl ((long double) value[0] + value[1] - logl (j / 32.0L)) < precision);
    }
}

static void
test_log (void **state)
{
  (void) state;
  static const double ranges[][2]
      = { { 0.999, 1.001 }, { 0.5, 2 }, { 1e-300, 1 }, { 1, 1e300 }, { 1e-9, 1e9 } };

  for (guint r = 0; r < G_N_ELEMENTS (ranges); r++)
    for (guint64 i = 0; i < POINTS; i++)
      {
        double x = point ("log", i, ranges[r][0], ranges[r][1]);
        assert_true (error_in_ulps (orr_log (x), logl (x)) <= allowed (0.502));
      }
  /* Every exponent, and the numbers beside each border of the table. */
  for (guint64 i = 0; i < POINTS; i++)
    {
      double x = double_of (orr_draw_fold (orr_draw_key (7, "bits"), i) >> 1);
      if (x > 0 && x <= DBL_MAX)
        assert_true (error_in_ulps (orr_log (x), logl (x)) <= allowed (0.502));
    }
  for (gint j = 44; j <= 92; j++)
    for (gint k = -2; k <= 2; k++)
      {
        double x = j / 64.0 + k * 0x1p-53;
        if (x != 1)
          assert_true (error_in_ulps (orr_log (x), logl (x)) <= allowed (0.502));
      }
}

static void
test_exp (void **state)
{
  (void) state;
  static const double ranges[][2] = { { -1e-8, 1e-8 }, { -1, 1 }, { -20, 20 }, { -708, 709.7 } };

  for (guint r = 0; r < G_N_ELEMENTS (ranges); r++)
    for (guint64 i = 0; i < POINTS; i++)
      {
        double x = point ("exp", i, ranges[r][0], ranges[r][1]);
        assert_true (error_in_ulps (orr_exp (x), expl (x)) <= allowed (0.56));
      }
  /* Results that are no normal numbers any more are rounded a second time. */
  for (guint64 i = 0; i < POINTS; i++)
    {
      double x = point ("small", i, -745.1, -708);
      assert_true (error_in_ulps (orr_exp (x), expl (x)) <= allowed (1));
    }
}

static void
test_pow (void **state)
{
  (void) state;
  static const double ranges[][4] = {
    { 0, 10, -10, 10 },
    { 0.5, 1.5, -1000, 1000 },
    { 0.999, 1.001, -700000, 700000 },
    { 0, 1e300, -1, 1 },
  };

  for (guint r = 0; r < G_N_ELEMENTS (ranges); r++)
    for (guint64 i = 0; i < POINTS; i++)
      {
        double x = point ("x", i, ranges[r][0], ranges[r][1]), y = point ("y", i, ranges[r][2], ranges[r][3]);
        long double truth = powl (x, y);
        if (truth > (long double) DBL_MIN && truth < (long double) DBL_MAX)
          assert_true (error_in_ulps (orr_pow (x, y), truth) <= allowed (0.57));
      }
}

static void
test_edges (void **state)
{
  (void) state;

  assert_true (orr_log (0) == -INFINITY && orr_log (-0.0) == -INFINITY);
  assert_true (isnan (orr_log (-1)) && isnan (orr_log (-INFINITY)) && isnan (orr_log (NAN)));
  assert_true (orr_log (INFINITY) == INFINITY);
  assert_true (bits_of (orr_log (1)) == 0);
  assert_true (orr_log (DBL_MAX) == (double) logl (DBL_MAX));
  assert_true (orr_log (0x1p-1074) == (double) logl (0x1p-1074));

  assert_true (orr_exp (0) == 1 && orr_exp (-0.0) == 1);
  assert_true (orr_exp (INFINITY) == INFINITY && orr_exp (-INFINITY) == 0 && isnan (orr_exp (NAN)));
  assert_true (orr_exp (709.7827128933840) < INFINITY && orr_exp (709.7827128933841) == INFINITY);
  assert_true (orr_exp (-745.1332191019411) == 0x1p-1074 && orr_exp (-745.1332191019412) == 0);
  assert_true (orr_exp (1e308) == INFINITY && orr_exp (-1e308) == 0);
  assert_true (orr_exp (0x1p-1074) == 1);

  assert_true (orr_pow (0, 0) == 1 && orr_pow (NAN, 0) == 1 && orr_pow (1, NAN) == 1 && orr_pow (-3, 0) == 1);
  assert_true (orr_pow (0, 2) == 0 && orr_pow (0, -2) == INFINITY);
  assert_true (orr_pow (INFINITY, 2) == INFINITY && orr_pow (INFINITY, -2) == 0);
  assert_true (orr_pow (2, INFINITY) == INFINITY && orr_pow (2, -INFINITY) == 0);
  assert_true (orr_pow (0.5, INFINITY) == 0 && orr_pow (0.5, -INFINITY) == INFINITY);
  assert_true (isnan (orr_pow (-1, 2)) && isnan (orr_pow (NAN, 2)) && isnan (orr_pow (2, NAN)));
  assert_true (orr_pow (2, 10) == 1024 && orr_pow (10, 3) == 1000 && orr_pow (4, 0.5) == 2);
  assert_true (orr_pow (2, 1e300) == INFINITY && orr_pow (2, -1e300) == 0);
  assert_true (orr_pow (2, -1074) == 0x1p-1074 && orr_pow (2, 1023) == 0x1p1023);
}

/* Known to twenty places from other sources. */
static void
test_normal_quantile_values (void **state)
{
  (void) state;
  static const struct
  {
    double p;
    long double value;
  } known[] = {
    { 0.5000001, 2.506628273311648301162e-7L },
    { 0.51, 0.02506890825871105803269L },
    { 0.6, 0.2533471031357997413247L },
    { 0.75, 0.6744897501960817432022L },
    { 0.9, 1.281551565544600593487L },
    { 0.92499, 1.439460830821625634383L },
    { 0.925, 1.439531470938456229063L },
    { 0.92501, 1.439602118239316209159L },
    { 0.95, 1.644853626951472284276L },
    { 0.975, 1.959963984540053855604L },
    { 0.99, 2.326347874040840767637L },
    { 0.999, 3.090232306167813277758L },
    { 0.999999, 4.753424308817087765688L },
    { 0.075, -1.439531470938455934950L },
    { 0.01, -2.326347874040841093075L },
    { 1e-5, -4.264890793922824610234L },
    { 1.3887943864964e-11, -6.657904643501103806052L },
    { 1e-12, -7.034483825301131932614L },
    { 1e-20, -9.262340089798407579572L },
    { 1e-100, -21.27345356096532429418L },
    { 1e-300, -37.04709629936119923655L },
    { 0.25, -0.6744897501960817432022L },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      double got = orr_normal_quantile (known[i].p);
      if (fabsl (got - known[i].value) > 1e-15L * fabsl (known[i].value))
        fail_msg ("the quantile of %a is %a, not %La", known[i].p, got, known[i].value);
    }
  assert_true (orr_normal_quantile (0.5) == 0);
  assert_true (orr_normal_quantile (0) == -INFINITY && orr_normal_quantile (1) == INFINITY);
  assert_true (isnan (orr_normal_quantile (-0.1)) && isnan (orr_normal_quantile (1.1)));
  assert_true (isnan (orr_normal_quantile (NAN)));
}

/* Put back into the distribution's function, a quantile gives the share that it was asked for. */
static void
test_normal_quantile_inverts (void **state)
{
  (void) state;

  for (guint64 i = 0; i < POINTS; i++)
    {
      double p = i % 2 ? point ("p", i, 0, 1) : orr_exp (point ("tail", i, -700, -0.7));
      if (p == 0)
        continue;
      double x = orr_normal_quantile (p);
      /* The share changes by x² relatively where the quantile does by 1. */
      long double share = erfcl (-x / sqrtl (2)) / 2;
      assert_true (fabsl (share / p - 1) <= 1e-15L * (1 + (long double) x * x));
      if (1 - (1 - p) == p)
        assert_true (orr_normal_quantile (1 - p) == -x);
    }
}

static void
test_gamma (void **state)
{
  (void) state;

  for (guint64 i = 0; i < POINTS / 10; i++)
    {
      double x = point ("gamma", i, 1, i % 2 ? 171.6 : 4);
      assert_true (fabsl (orr_gamma (x) / tgammal (x) - 1) < 2e-14L);
    }
  assert_true (fabs (orr_gamma (5) - 24) < 1e-13 && orr_gamma (200) == INFINITY);
}

/* What any machine and compiler must compute, to the last bit. Should one of these fail where the others
 * hold, then doubles are not what they were. */
static void
test_golden_bits (void **state)
{
  (void) state;
  static const struct
  {
    guint64 x, log, exp, cube_root, quantile;
  } golden[] = {
    { 0x3fb999999999999a, 0xc0026bb1bbb55515, 0x3ff1aec7b35a00d4, 0x3fddb4c7760bcff3, 0xc003fb4d01fd2164 },
    { 0x3fe6666666666666, 0xbfd6d3c324e13f50, 0x40001c2a61268987, 0x3fec69b5a72f1a99, 0xbffb56fac81df1a0 },
    { 0x3ff000001ad7f29b, 0x3e7ad7f2847b6492, 0x4005bf0aaf904984, 0x3ff0000008f2a62f, 0xbff88bc1ee3d8e30 },
    { 0x4000000000000000, 0x3fe62e42fefa39ef, 0x401d8e64b8d4ddae, 0x3ff428a2f98d728b, 0xbff267d4c07b0566 },
    { 0x4005bf0a8b145769, 0x3ff0000000000000, 0x402e4efb75e4527a, 0x3ff6546db1ba2d13, 0xbfee8bffb22c5e2a },
    { 0x4024000000000000, 0x40026bb1bbb55516, 0x40d5829dcf950560, 0x40013c484138704f, 0x3fd464965bdc7eaf },
    { 0x402fcccccccccccd, 0x4006216be9c3691b, 0x415eac09532f3e5f, 0x40041ddce199966a, 0x4003fb4d01fd2167 },
    { 0x3e10000000000000, 0xc034cb5ecf0a9650, 0x3ff0000000400000, 0x3f50000000000002, 0xc019c696c5c43189 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (golden); i++)
    {
      double x = double_of (golden[i].x);
      assert_true (bits_of (orr_log (x)) == golden[i].log);
      assert_true (bits_of (orr_exp (x)) == golden[i].exp);
      assert_true (bits_of (orr_pow (x, 1.0 / 3)) == golden[i].cube_root);
      assert_true (bits_of (orr_normal_quantile (x / 16)) == golden[i].quantile);
    }

  /* And of many more, all together. */
  guint64 digest = 0;
  for (guint64 i = 0; i < 100000; i++)
    {
      double x = point ("golden", i, 0, 16);
      digest = orr_mix (digest, bits_of (orr_log (x)));
      digest = orr_mix (digest, bits_of (orr_exp (x - 8)));
      digest = orr_mix (digest, bits_of (orr_pow (x, x - 8)));
      digest = orr_mix (digest, bits_of (orr_normal_quantile (x / 16)));
      digest = orr_mix (digest, bits_of (orr_gamma (1 + x)));
    }
  assert_true (digest == G_GUINT64_CONSTANT (0xd52ba8f7be382ed1));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_tables),
    cmocka_unit_test (test_log),
    cmocka_unit_test (test_exp),
    cmocka_unit_test (test_pow),
    cmocka_unit_test (test_edges),
    cmocka_unit_test (test_normal_quantile_values),
    cmocka_unit_test (test_normal_quantile_inverts),
    cmocka_unit_test (test_gamma),
    cmocka_unit_test (test_golden_bits),
  };
  return cmocka_run_group_tests_name ("maths", tests, NULL, NULL);
}
