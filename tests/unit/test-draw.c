/* test-draw.c: draws look random however regular the words are that name them, and are the same everywhere.
 *
 * All keys are fixed, so that nothing here passes on one day and fails on the next; the bounds are those that
 * chance alone would break about once in a million cases. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/draw.h"
#include "base/ziggurat.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define N 100000

/* By how many standard deviations counts that should be equal are not. */
static double
chi_square_excess (const guint *counts, guint n, guint total)
{
  double expected = (double) total / n, sum = 0;
  for (guint i = 0; i < n; i++)
    sum += (counts[i] - expected) * (counts[i] - expected) / expected;
  return (sum - (n - 1)) / sqrt (2.0 * (n - 1));
}

static void
assert_plausible (double deviations, const char *what, guint64 detail)
{
  if (!(fabs (deviations) < 5.5))
    fail_msg ("%s, %" G_GUINT64_FORMAT ": %.1f standard deviations off", what, detail, deviations);
}

/* Sequences of draws as the library makes them: words that grow by a stride are folded into one key, or keys
 * begin with small seeds. */
static guint64
nth_draw (OrrDraw key, guint64 stride, guint64 i)
{
  return stride > 0 ? orr_draw_fold (key, i * stride) : orr_draw_key (i, "seeds");
}

/* Ordinals, clock ticks, addresses in the upper half, and 0 for seeds in a row; the last one is picked to
 * hurt. */
static const guint64 strides[] = {
  0,
  1,
  2,
  3,
  10,
  1000,
  1000000,
  10000000,
  1000000000,
  1 << 8,
  1 << 16,
  1 << 24,
  G_GUINT64_CONSTANT (1) << 32,
  G_GUINT64_CONSTANT (1) << 40,
  G_GUINT64_CONSTANT (1) << 44,
  (G_GUINT64_CONSTANT (1) << 32) + 1,
};

static void
test_bytes_are_uniform (void **state)
{
  (void) state;

  for (guint s = 0; s + 1 < G_N_ELEMENTS (strides); s++)
    for (guint64 k = 0; k < 3; k++)
      {
        guint counts[8][256] = { { 0 } };
        OrrDraw key = orr_draw_key (k, "bytes");
        for (guint64 i = 0; i < N; i++)
          {
            guint64 draw = nth_draw (key, strides[s], i);
            for (guint byte = 0; byte < 8; byte++)
              counts[byte][draw >> (8 * byte) & 255]++;
          }
        for (guint byte = 0; byte < 8; byte++)
          assert_plausible (chi_square_excess (counts[byte], 256, N), "a byte of draws by stride",
                            strides[s]);
      }
}

/* What follows does not show in what came before: pairs of neighbours fill their square evenly, at either end
 * of the word and one apart. */
static void
test_neighbours_are_independent (void **state)
{
  (void) state;
  static guint64 draws[N];

  for (guint s = 0; s < G_N_ELEMENTS (strides); s++)
    {
      guint high[1024] = { 0 }, low[1024] = { 0 }, apart[1024] = { 0 }, unit[1024] = { 0 };
      OrrDraw key = orr_draw_key (11, "pairs");
      for (guint64 i = 0; i < N; i++)
        draws[i] = nth_draw (key, strides[s], i);
      for (guint i = 2; i < N; i++)
        {
          high[draws[i - 1] >> 59 << 5 | draws[i] >> 59]++;
          low[(draws[i - 1] & 31) << 5 | (draws[i] & 31)]++;
          apart[draws[i - 2] >> 59 << 5 | draws[i] >> 59]++;
          unit[(guint) (orr_draw_unit (draws[i - 1]) * 32) << 5 | (guint) (orr_draw_unit (draws[i]) * 32)]++;
        }
      assert_plausible (chi_square_excess (unit, 1024, N - 2), "reals of neighbours by stride", strides[s]);
      /* The last stride undoes the folding of halves on purpose, which takes the second step that all numbers
       * take to repair. */
      if (s + 1 == G_N_ELEMENTS (strides))
        continue;
      assert_plausible (chi_square_excess (high, 1024, N - 2), "high bits of neighbours by stride",
                        strides[s]);
      assert_plausible (chi_square_excess (low, 1024, N - 2), "low bits of neighbours by stride", strides[s]);
      assert_plausible (chi_square_excess (apart, 1024, N - 2), "every other draw by stride", strides[s]);
    }
}

/* Each bit of the key and of the word turns each bit of the draw in half of all cases. */
static void
test_avalanche (void **state)
{
  (void) state;
  const guint n = 4096;

  for (guint flipped = 0; flipped < 128; flipped++)
    {
      guint turned[64] = { 0 };
      for (guint64 i = 0; i < n; i++)
        {
          OrrDraw key = orr_draw_key (i, "avalanche");
          guint64 key_flip = flipped < 64 ? G_GUINT64_CONSTANT (1) << flipped : 0;
          guint64 word_flip = flipped < 64 ? 0 : G_GUINT64_CONSTANT (1) << (flipped - 64);
          /* Two steps, as every number that is drawn has taken at least: the fold, and the one that makes the
           * number. */
          guint64 before = orr_draw_fold (orr_draw_fold (key, i), ORR_DRAW_UNIT);
          guint64 after = orr_draw_fold (orr_draw_fold (key ^ key_flip, i ^ word_flip), ORR_DRAW_UNIT);
          for (guint bit = 0; bit < 64; bit++)
            turned[bit] += (before ^ after) >> bit & 1;
        }
      for (guint bit = 0; bit < 64; bit++)
        assert_plausible ((turned[bit] - n / 2.0) / sqrt (n / 4.0), "flips of a bit by the input bit",
                          flipped);
    }
}

static gint
compare_words (const void *a, const void *b)
{
  guint64 first = *(const guint64 *) a, second = *(const guint64 *) b;
  return first < second ? -1 : first > second;
}

static void
assert_distinct (guint64 *draws, guint n, const char *what)
{
  qsort (draws, n, sizeof *draws, compare_words);
  for (guint i = 1; i < n; i++)
    if (draws[i] == draws[i - 1])
      fail_msg ("two of %u %s are the same", n, what);
}

/* Small integers, folded in any of the usual ways, never meet; chance would make two of a million meet once
 * in 40 million trials. */
static void
test_small_words_never_meet (void **state)
{
  (void) state;
  const guint side = 1000;
  g_autofree guint64 *draws = g_new (guint64, side * side);

  OrrDraw key = orr_draw_key (1, "grid");
  for (guint64 i = 0; i < side * side; i++)
    draws[i] = orr_draw_fold (orr_draw_fold (key, i / side), i % side);
  assert_distinct (draws, side * side, "pairs of small words");

  for (guint64 i = 0; i < side * side; i++)
    draws[i] = orr_draw_fold (orr_draw_key (i / side, "grid"), i % side);
  assert_distinct (draws, side * side, "seeds and small words");

  for (guint64 i = 0; i < side * side; i++)
    draws[i] = orr_draw_fold (key, (i / side) << 32 | i % side);
  assert_distinct (draws, side * side, "words in halves");

  for (guint64 i = 0; i < side * side; i++)
    draws[i] = orr_mix (i / side, i % side);
  assert_distinct (draws, side * side, "small words mixed with small words");

  for (guint64 i = 0; i < side * side; i++)
    draws[i] = orr_draw_key (i, "seeds");
  assert_distinct (draws, side * side, "seeds");
}

/* The multiplier's lattice: a + b · m repeats for no two pairs that are nearer than its shortest vector,
 * found by Gauss's reduction. */
static void
test_lattice (void **state)
{
  (void) state;
  const guint64 multiplier = G_GUINT64_CONSTANT (0xd1342543de82ef95);
  long double u[2] = { 0, 18446744073709551616.0L }, v[2] = { 1, (long double) multiplier };

  for (;;)
    {
      long double times = roundl ((u[0] * v[0] + u[1] * v[1]) / (u[0] * u[0] + u[1] * u[1]));
      v[0] -= times * u[0];
      v[1] -= times * u[1];
      if (u[0] * u[0] + u[1] * u[1] <= v[0] * v[0] + v[1] * v[1])
        break;
      for (guint i = 0; i < 2; i++)
        {
          long double kept = u[i];
          u[i] = v[i];
          v[i] = kept;
        }
    }
  long double shortest = sqrtl (u[0] * u[0] + u[1] * u[1]);
  assert_true (fabsl (u[1]) < 18446744073709551616.0L && shortest > 0x1p31L);
}

/* A product that folds to 0 is no trap: neither are the keys that lead there bad keys, nor is 0 itself. */
static void
test_no_key_is_weak (void **state)
{
  (void) state;
  static const OrrDraw keys[] = {
    0,
    1,
    G_MAXUINT64,
    G_GUINT64_CONSTANT (0x8000000000000000),
    G_GUINT64_CONSTANT (0x9e3779b97f4a7c15),
    -G_GUINT64_CONSTANT (0x9e3779b97f4a7c15),
    G_GUINT64_CONSTANT (0xe7037ed1a0b428db),
    G_GUINT64_CONSTANT (0xe7037ed1a0b428db) - G_GUINT64_CONSTANT (0x9e3779b97f4a7c15),
    G_GUINT64_CONSTANT (0xd1342543de82ef95),
    -G_GUINT64_CONSTANT (0xd1342543de82ef95),
  };

  assert_true (orr_mix (-G_GUINT64_CONSTANT (0x9e3779b97f4a7c15), 0) == 0); /* there it is */
  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    {
      guint counts[8][256] = { { 0 } };
      g_autofree guint64 *draws = g_new (guint64, N);
      for (guint64 i = 0; i < N; i++)
        {
          draws[i] = orr_draw_fold (orr_draw_fold (keys[k], i), ORR_DRAW_UNIT);
          for (guint byte = 0; byte < 8; byte++)
            counts[byte][draws[i] >> (8 * byte) & 255]++;
        }
      for (guint byte = 0; byte < 8; byte++)
        assert_plausible (chi_square_excess (counts[byte], 256, N), "a byte of draws below the special key",
                          k);
      assert_distinct (draws, N, "draws below a special key");
    }
}

/* The numbers that one key gives have nothing to do with each other, nor with those of its children. */
static void
test_numbers_of_one_key_are_independent (void **state)
{
  (void) state;
  double sums[5][5] = { { 0 } }, means[5] = { 0 };

  for (guint64 i = 0; i < N; i++)
    {
      OrrDraw key = orr_draw_fold (orr_draw_key (5, "one key"), i);
      double numbers[5] = {
        orr_draw_unit (key) - 0.5,
        (double) orr_draw_below (key, 1000001) / 1000000 - 0.5,
        orr_draw_exponential (key) - 1,
        orr_draw_normal (key),
        orr_draw_unit (orr_draw_fold (key, 0)) - 0.5,
      };
      for (guint a = 0; a < 5; a++)
        {
          means[a] += numbers[a];
          for (guint b = 0; b < 5; b++)
            sums[a][b] += numbers[a] * numbers[b];
        }
    }
  for (guint a = 0; a < 5; a++)
    {
      assert_plausible (means[a] / sqrt (sums[a][a]), "the mean of number", a);
      for (guint b = 0; b < a; b++)
        assert_plausible (sums[a][b] / sqrt (sums[a][a] * sums[b][b]) * sqrt (N), "the correlation of number",
                          a);
    }
}

static void
test_below (void **state)
{
  (void) state;
  static const guint64 limits[] = { 1, 2, 3, 6, 10, 1000, G_GUINT64_CONSTANT (1) << 63, G_MAXUINT64 };

  for (guint l = 0; l < G_N_ELEMENTS (limits); l++)
    {
      guint counts[10] = { 0 };
      for (guint64 i = 0; i < N; i++)
        {
          guint64 drawn = orr_draw_below (orr_draw_fold (orr_draw_key (2, "below"), i), limits[l]);
          assert_true (drawn < limits[l]);
          counts[limits[l] <= 10 ? drawn : (guint64) ((unsigned __int128) drawn * 10 / limits[l])]++;
        }
      guint n = (guint) MIN (limits[l], 10);
      if (n > 1)
        assert_plausible (chi_square_excess (counts, n, N), "integers below", limits[l]);
    }
}

static void
test_reals (void **state)
{
  (void) state;
  guint counts[1000] = { 0 };

  for (guint64 i = 0; i < N; i++)
    {
      OrrDraw key = orr_draw_fold (orr_draw_key (2, "reals"), i);
      double unit = orr_draw_unit (key), open = orr_draw_open (key);
      assert_true (unit >= 0 && unit < 1 && unit * 0x1p53 == floor (unit * 0x1p53));
      assert_true (open > 0 && open < 1 && fabs (open - unit) <= 0x1p-52);
      counts[(guint) (open * 1000)]++;
    }
  assert_plausible (chi_square_excess (counts, 1000, N), "reals", 0);
}

static void
test_words (void **state)
{
  (void) state;
  static const char *const texts[]
      = { "", "a", "b", "aa", "ab", "ba", "latency", "latencz", "loss", "s1", "s2", "s10", "s11" };
  guint64 words[G_N_ELEMENTS (texts)], keys[G_N_ELEMENTS (texts)];

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      words[i] = orr_draw_word (texts[i]);
      keys[i] = orr_draw_key (7, texts[i]);
      assert_true (words[i] == orr_draw_word (texts[i]));
      assert_true (keys[i] != orr_draw_key (8, texts[i]));
    }
  assert_distinct (words, G_N_ELEMENTS (texts), "words");
  assert_distinct (keys, G_N_ELEMENTS (texts), "keys");
}

static guint64
bits_of (double x)
{
  guint64 bits;
  memcpy (&bits, &x, sizeof bits);
  return bits;
}

/* A seed means the same run for ever: whoever changes one of these changes every saved result. */
static void
test_golden (void **state)
{
  (void) state;
  OrrDraw key = orr_draw_fold (orr_draw_key (7, "latency"), 12345);

  assert_true (orr_draw_word ("latency") == G_GUINT64_CONSTANT (0x5bbe78fe26fc8c33));
  assert_true (orr_draw_key (7, "latency") == G_GUINT64_CONSTANT (0xd093c61e4fbdbbb6));
  assert_true (key == G_GUINT64_CONSTANT (0xbb84b40fa725d9e9));
  assert_true (orr_draw_below (key, 1000000007) == G_GUINT64_CONSTANT (0x000000002af67666));
  assert_true (bits_of (orr_draw_unit (key)) == G_GUINT64_CONSTANT (0x3fc1b8c4342153d4));
  assert_true (bits_of (orr_draw_open (key)) == G_GUINT64_CONSTANT (0x3fc1b8c4342153d4));
  assert_true (bits_of (orr_draw_exponential (key)) == G_GUINT64_CONSTANT (0x3fed7a1666534fdf));
  assert_true (bits_of (orr_draw_normal (key)) == G_GUINT64_CONSTANT (0x3f6c6a0468e5f745));

  guint64 digest = 0;
  for (guint64 i = 0; i < N; i++)
    {
      OrrDraw drawn = orr_draw_fold (key, i);
      digest = orr_mix (digest, orr_draw_below (drawn, i + 1));
      digest = orr_mix (digest, bits_of (orr_draw_unit (drawn)));
      digest = orr_mix (digest, bits_of (orr_draw_exponential (drawn)));
      digest = orr_mix (digest, bits_of (orr_draw_normal (drawn)));
    }
  assert_true (digest == G_GUINT64_CONSTANT (0x8e71f0670cd6010b));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_bytes_are_uniform),
    cmocka_unit_test (test_neighbours_are_independent),
    cmocka_unit_test (test_avalanche),
    cmocka_unit_test (test_small_words_never_meet),
    cmocka_unit_test (test_lattice),
    cmocka_unit_test (test_no_key_is_weak),
    cmocka_unit_test (test_numbers_of_one_key_are_independent),
    cmocka_unit_test (test_below),
    cmocka_unit_test (test_reals),
    cmocka_unit_test (test_words),
    cmocka_unit_test (test_golden),
  };
  return cmocka_run_group_tests_name ("draw", tests, NULL, NULL);
}
