/* test-distribution-text.c: what distributions look like, what is wrong with those that don't, and that no
 * text does harm. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/distribution-private.h"
#include "base/quantity.h"

#include <glib/gstdio.h>

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  const char *name, *content;
} File;

static const File files[] = {
  { "good.csv", "1ms\n2ms,3\n\n# slow\n10ms\n" },
  { "same.csv", "1ms\n2ms,3\n10ms\n" },
  { "one value.csv", "5ms\n" },
  { "empty.csv", "# nothing here\n\n" },
  { "no-unit.csv", "1ms\n12\n" },
  { "negative.csv", "1ms\n\n-2ms\n" },
  { "weight.csv", "1ms,0\n" },
  { "fraction.csv", "1ms,1.5\n" },
  { "three.csv", "1ms,2,3\n" },
  { "words.csv", "duration,count\n1ms,5\n" },
};

static int
set_up (void **state)
{
  char *folder = g_dir_make_tmp ("orrery-test-XXXXXX", NULL);
  g_autofree char *binary = g_build_filename (folder, "binary.csv", NULL);
  g_autofree char *large = g_build_filename (folder, "large.csv", NULL);
  g_autofree char *lines = g_strnfill (ORR_DISTRIBUTION_FILE_MAX + 1, '\n');
  *state = folder;
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i].name, NULL);
      if (!g_file_set_contents (path, files[i].content, -1, NULL))
        return -1;
    }
  g_autofree char *pipe = g_build_filename (folder, "pipe.csv", NULL);
  if (mkfifo (pipe, 0600) != 0)
    return -1;
  return g_file_set_contents (binary, "1ms\n\0\n", 6, NULL) && g_file_set_contents (large, lines, -1, NULL)
             ? 0
             : -1;
}

static int
tear_down (void **state)
{
  g_autoptr (GDir) folder = g_dir_open (*state, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (folder)))
    {
      g_autofree char *path = g_build_filename (*state, name, NULL);
      g_unlink (path);
    }
  g_rmdir (*state);
  g_free (*state);
  return 0;
}

static void
test_canonical (void **state)
{
  static const struct
  {
    const char *text, *canonical; /* NULL: the text itself */
  } good[] = {
    { "200ms", NULL },
    { "0", "0s" },
    { " \t 200ms \t ", "200ms" },
    { "0.2s", "200ms" },
    { "1ms + 2ms + (3ms + 4ms)", "10ms" },
    { "uniform(1s..4s)", NULL },
    { "uniform( 1000ms..4s )", "uniform(1s..4s)" },
    { "uniform(5ms..5ms)", NULL },
    { "uniform(0..5ms)", "uniform(0s..5ms)" },
    { "uniform (1s..4s)", "uniform(1s..4s)" },
    { "exponential(mean 10ms)", NULL },
    { "exponential(  mean\t10ms)", "exponential(mean 10ms)" },
    { "200ms + exponential(mean 10ms)", NULL },
    { "exponential(mean 10ms)+200ms", "200ms + exponential(mean 10ms)" },
    { "150ms + exponential(mean 10ms) + 50ms", "200ms + exponential(mean 10ms)" },
    { "0s + exponential(mean 10ms)", "exponential(mean 10ms)" },
    { "(((exponential(mean 10ms))))", "exponential(mean 10ms)" },
    { "normal(mean 40ms sd 2ms)", NULL },
    { "normal(sd 2ms mean 40ms)", "normal(mean 40ms sd 2ms)" },
    { "normal(mean 0 sd 2ms)", "normal(mean 0s sd 2ms)" },
    { "lognormal(median 40ms p99 900ms)", NULL },
    { "lognormal(p99 900ms median 0.04s)", "lognormal(median 40ms p99 900ms)" },
    { "pareto(scale 0.235ms shape 10)", "pareto(scale 235us shape 10)" },
    { "pareto(scale 1.05ms shape 1.51)", "pareto(scale 1.05ms shape 1.51)" },
    { "pareto(scale 1ms shape 1.000)", "pareto(scale 1ms shape 1)" },
    { "pareto(scale 1ms shape 0.3333333333333333333333)", "pareto(scale 1ms shape 0.3333333333333333)" },
    { "weibull(scale 5ms shape 0.001)", NULL },
    { "gamma(shape 1000000 scale 5ms)", NULL },
    { "gamma(scale 5ms shape 2)", "gamma(shape 2 scale 5ms)" },
    { "exponential(mean 2305843009213693951ns)", "exponential(mean 2305843009.213693951s)" },
    { "empirical(good.csv)", NULL },
    { "empirical(  one value.csv  )", "empirical(one value.csv)" },
    { "empirical(./good.csv)", NULL },
    { "1ms + empirical(good.csv) + empirical(good.csv)", NULL },
    { "mixture(91.22% pareto(scale 0.235ms shape 10) + 8.78% exponential(mean 0.602ms))",
      "mixture(91.22% pareto(scale 235us shape 10) + 8.78% exponential(mean 602us))" },
    { "mixture(50%  5ms+50%  6ms)", "mixture(50% 5ms + 50% 6ms)" },
    { "mixture(100% exponential(mean 1ms))", NULL },
    { "mixture(0 1ms + 100% 2ms)", "mixture(0% 1ms + 100% 2ms)" },
    { "mixture(33.3333333% 1ms + 33.3333333% 2ms + 33.3333334% 3ms)", NULL },
    { "mixture(50% (1ms + exponential(mean 1ms)) + 50% (exponential(mean 1ms) + exponential(mean 2ms)))",
      NULL },
    { "mixture(50% (1ms + 2ms) + 50% (exponential(mean 1ms)))",
      "mixture(50% 3ms + 50% exponential(mean 1ms))" },
    { "mixture(50% mixture(50% 1ms + 50% 2ms) + 50% uniform(1s..2s)) + 5ms",
      "5ms + mixture(50% mixture(50% 1ms + 50% 2ms) + 50% uniform(1s..2s))" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      OrrDistributionError error = { 0 };
      g_autoptr (OrrDistribution) one = orr_distribution_parse (good[i].text, *state, &error);
      if (!one)
        fail_msg ("'%s', byte %zu: %s", good[i].text, error.offset, error.message);
      g_autofree char *text = orr_distribution_to_text (one);
      assert_string_equal (text, good[i].canonical ? good[i].canonical : good[i].text);
      g_autoptr (OrrDistribution) again = orr_distribution_parse (text, *state, &error);
      assert_non_null (again);
      assert_true (orr_distribution_equal (one, again));
    }
}

/* A constant and an exponential with an offset are one step to sample; anything else is not taken for one. */
static void
test_commonest_are_flat (void **state)
{
  static const struct
  {
    const char *text;
    OrrSampleKind kind;
  } cases[] = {
    { "5ms", ORR_SAMPLE_CONSTANT },
    { "5ms + (6ms + 7ms)", ORR_SAMPLE_CONSTANT },
    { "exponential(mean 10ms)", ORR_SAMPLE_EXPONENTIAL },
    { "200ms + exponential(mean 10ms)", ORR_SAMPLE_EXPONENTIAL },
    { "100ms + (exponential(mean 10ms) + 100ms)", ORR_SAMPLE_EXPONENTIAL },
    { "exponential(mean 10ms) + exponential(mean 10ms)", ORR_SAMPLE_TERMS },
    { "uniform(1s..2s)", ORR_SAMPLE_TERMS },
    { "mixture(100% exponential(mean 10ms))", ORR_SAMPLE_TERMS },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OrrDistributionError error = { 0 };
      g_autoptr (OrrDistribution) distribution = orr_distribution_parse (cases[i].text, *state, &error);
      assert_non_null (distribution);
      assert_int_equal (distribution->kind, cases[i].kind);
    }
}

static void
test_unequal (void **state)
{
  static const char *const texts[] = {
    "5ms",
    "6ms",
    "exponential(mean 5ms)",
    "exponential(mean 6ms)",
    "5ms + exponential(mean 5ms)",
    "exponential(mean 5ms) + exponential(mean 6ms)",
    "exponential(mean 6ms) + exponential(mean 5ms)",
    "uniform(1ms..5ms)",
    "uniform(1ms..6ms)",
    "gamma(shape 2 scale 5ms)",
    "gamma(shape 2.5 scale 5ms)",
    "weibull(scale 5ms shape 2)",
    "pareto(scale 5ms shape 2)",
    "empirical(good.csv)",
    "empirical(same.csv)",
    "empirical(one value.csv)",
    "mixture(50% 5ms + 50% 6ms)",
    "mixture(50% 6ms + 50% 5ms)",
    "mixture(49% 5ms + 51% 6ms)",
    "mixture(50% 5ms + 25% 6ms + 25% 7ms)",
  };
  OrrDistribution *all[G_N_ELEMENTS (texts)];
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      OrrDistributionError error = { 0 };
      all[i] = orr_distribution_parse (texts[i], *state, &error);
      assert_non_null (all[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
      assert_int_equal (orr_distribution_equal (all[i], all[j]), i == j);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    orr_distribution_unref (all[i]);
}

static void
test_references (void **state)
{
  OrrDistributionError error = { 0 };
  OrrDistribution *one
      = orr_distribution_parse ("mixture(50% empirical(good.csv) + 50% 5ms)", *state, &error);
  OrrDistribution *other = orr_distribution_ref (one);
  orr_distribution_unref (one);
  g_autofree char *text = orr_distribution_to_text (other);
  assert_string_equal (text, "mixture(50% empirical(good.csv) + 50% 5ms)");
  orr_distribution_unref (other);
  orr_distribution_unref (NULL);
}

/* A file is looked for beside the scenario, wherever the program was started and however the scenario was
 * named. */
static void
test_directories (void **state)
{
  g_autofree char *before = g_get_current_dir ();
  g_autofree char *absolute = g_strconcat ("empirical(", *state, "/good.csv)", NULL);
  g_autofree char *parent = g_path_get_dirname (*state), *name = g_path_get_basename (*state);

  assert_null (orr_distribution_parse ("empirical(good.csv)", NULL, NULL));
  g_autoptr (OrrDistribution) by_name = orr_distribution_parse (absolute, "/nowhere", NULL);
  assert_non_null (by_name);
  assert_int_equal (chdir (parent), 0);
  g_autoptr (OrrDistribution) beside = orr_distribution_parse ("empirical(good.csv)", name, NULL);
  assert_non_null (beside);
  assert_int_equal (chdir (name), 0);
  g_autoptr (OrrDistribution) here = orr_distribution_parse ("empirical(good.csv)", NULL, NULL);
  assert_non_null (here);
  assert_int_equal (chdir (before), 0);
  assert_true (orr_distribution_equal (beside, here));
}

/* Texts made at random by the grammar, with all freedom that it leaves. */
typedef struct
{
  OrrDraw key;
  guint64 n;
  GString *text;
} Maker;

static guint64
pick (Maker *maker, guint64 n)
{
  return orr_draw_below (orr_draw_fold (maker->key, maker->n++), n);
}

static void
make_space (Maker *maker, gboolean at_least_one)
{
  for (guint64 n = pick (maker, 3) + at_least_one; n > 1; n--)
    g_string_append_c (maker->text, pick (maker, 5) ? ' ' : '\t');
  if (at_least_one)
    g_string_append_c (maker->text, ' ');
}

static OrrTime
make_duration (Maker *maker, OrrTime least)
{
  OrrTime value = least + (OrrTime) (orr_draw_fold (maker->key, maker->n++) >> (24 + pick (maker, 40)));
  g_autofree char *text = orr_duration_to_text (value);
  g_string_append (maker->text, text);
  return value;
}

static void
make_named (Maker *maker, const char *name, gboolean is_number)
{
  make_space (maker, FALSE);
  g_string_append (maker->text, name);
  make_space (maker, TRUE);
  if (is_number)
    g_string_append_printf (maker->text, "%u.%03u", (guint) pick (maker, 100), (guint) pick (maker, 999) + 1);
  else
    make_duration (maker, 1);
  make_space (maker, FALSE);
}

static void make_sum (Maker *maker, guint depth, guint terms);

static void
make_mixture (Maker *maker, guint depth)
{
  guint64 n = 1 + pick (maker, 4);
  OrrShare rest = ORR_SHARE_WHOLE;
  for (guint64 i = 0; i < n; i++)
    {
      OrrShare share = i + 1 == n ? rest : (OrrShare) pick (maker, (guint64) rest + 1);
      g_autofree char *text = orr_share_to_text (share);
      rest -= share;
      g_string_append_printf (maker->text, "%s%s ", i == 0 ? "" : "+ ", text);
      gboolean in_parentheses = pick (maker, 2);
      g_string_append (maker->text, in_parentheses ? "(" : "");
      make_sum (maker, depth + 1, in_parentheses ? 3 : 1);
      g_string_append (maker->text, in_parentheses ? ")" : "");
      make_space (maker, FALSE);
    }
}

static void
make_term (Maker *maker, guint depth)
{
  static const struct
  {
    const char *name, *parameters[2];
    gboolean is_number[2];
  } plain[] = {
    { "exponential", { "mean" }, { FALSE } },
    { "normal", { "mean", "sd" }, { FALSE } },
    { "pareto", { "scale", "shape" }, { FALSE, TRUE } },
    { "weibull", { "scale", "shape" }, { FALSE, TRUE } },
    { "gamma", { "shape", "scale" }, { TRUE, FALSE } },
  };
  guint64 kind = pick (maker, depth < 3 ? 10 : 8);
  if (kind < G_N_ELEMENTS (plain))
    {
      gboolean swapped = plain[kind].parameters[1] && pick (maker, 2);
      g_string_append_printf (maker->text, "%s(", plain[kind].name);
      make_named (maker, plain[kind].parameters[swapped], plain[kind].is_number[swapped]);
      if (plain[kind].parameters[1])
        {
          make_space (maker, TRUE);
          make_named (maker, plain[kind].parameters[!swapped], plain[kind].is_number[!swapped]);
        }
      g_string_append_c (maker->text, ')');
      return;
    }
  switch (kind)
    {
    case 5:
      make_duration (maker, 0);
      break;
    case 6:
      g_string_append (maker->text, "uniform(");
      OrrTime low = make_duration (maker, 0);
      g_string_append (maker->text, "..");
      make_duration (maker, low);
      g_string_append (maker->text, ")");
      break;
    case 7:
      g_string_append (maker->text, "lognormal(median ");
      OrrTime median = make_duration (maker, 1);
      g_string_append (maker->text, " p99 ");
      make_duration (maker, median + 1);
      g_string_append (maker->text, ")");
      break;
    case 8:
      g_string_append_c (maker->text, '(');
      make_sum (maker, depth + 1, 2);
      g_string_append_c (maker->text, ')');
      break;
    default:
      g_string_append (maker->text, "mixture(");
      make_mixture (maker, depth);
      g_string_append (maker->text, ")");
    }
}

static void
make_sum (Maker *maker, guint depth, guint terms)
{
  for (guint64 n = pick (maker, terms), i = 0; i <= n; i++)
    {
      make_space (maker, FALSE);
      g_string_append (maker->text, i == 0 ? "" : "+");
      make_space (maker, FALSE);
      make_term (maker, depth);
    }
  make_space (maker, FALSE);
}

static void
test_random_round_trips (void **state)
{
  guint sums = 0, mixtures = 0;
  for (guint64 i = 0; i < 20000; i++)
    {
      Maker maker = { orr_draw_fold (orr_draw_key (4, "texts"), i), 0, g_string_new (NULL) };
      make_sum (&maker, 0, 3);
      g_autofree char *made = g_string_free (maker.text, FALSE);
      OrrDistributionError error = { 0 };
      g_autoptr (OrrDistribution) one = orr_distribution_parse (made, *state, &error);
      if (!one)
        fail_msg ("'%s', byte %zu: %s", made, error.offset, error.message);
      g_autofree char *text = orr_distribution_to_text (one);
      g_autoptr (OrrDistribution) again = orr_distribution_parse (text, *state, &error);
      if (!again)
        fail_msg ("'%s', byte %zu: %s", text, error.offset, error.message);
      g_autofree char *repeated = orr_distribution_to_text (again);
      assert_true (orr_distribution_equal (one, again));
      assert_string_equal (text, repeated);
      for (guint64 j = 0; j < 20; j++)
        assert_int_equal (orr_distribution_sample (one, orr_draw_fold (maker.key, j)),
                          orr_distribution_sample (again, orr_draw_fold (maker.key, j)));
      sums += strchr (text, '+') != NULL;
      mixtures += strstr (text, "mixture") != NULL;
    }
  assert_true (sums > 5000 && mixtures > 1000);
}

static void
test_broken (void **state)
{
  static const struct
  {
    const char *text;
    gsize offset;
    const char *message;
  } bad[] = {
    { "", 0, "a distribution is missing; write a duration like 200ms, or one like exponential(mean 10ms)" },
    { "   ", 3,
      "a distribution is missing; write a duration like 200ms, or one like exponential(mean 10ms)" },
    { "200", 0, "'200' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms" },
    { "200 ms", 0,
      "'200' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms" },
    { "200msec", 0, "'200msec' has the unknown unit 'msec'; the units are ns, us, ms, s, min, h or d" },
    { "1.5ns", 0, "'1.5ns' is finer than a nanosecond, and nothing is rounded here" },
    { "0.0000001us", 0, "'0.0000001us' is finer than a nanosecond, and nothing is rounded here" },
    { "99999999d", 0, "'99999999d' is out of bounds; a duration is at most 73 years, 26687d" },
    { "-5ms", 0, "'-5ms' is negative; a time that something takes is 0 or more" },
    { "5ms +", 5,
      "a distribution is missing; write a duration like 200ms, or one like exponential(mean 10ms)" },
    { "5ms + + 6ms", 6, "'+' can't stand here; a duration or a distribution should" },
    { "+ 5ms", 0, "'+' can't stand here; a duration or a distribution should" },
    { "5ms 6ms", 4, "'6ms' can't stand behind a distribution; terms are joined by '+'" },
    { "5ms, 6ms", 3, "',' can't stand behind a distribution; terms are joined by '+'" },
    { "5ms)", 3, "')' can't stand behind a distribution; terms are joined by '+'" },
    { "(5ms", 4, "the ')' that closes '(' is missing" },
    { "()", 1, "')' can't stand here; a duration or a distribution should" },
    { "((((((((((5ms))))))))))", 8, "distributions are nested more than 8 deep; take parentheses out" },
    { "ms", 0,
      "unknown distribution 'ms'; there are durations like 200ms, and uniform, exponential, normal, "
      "lognormal, pareto, weibull, gamma, empirical and mixture" },
    { "exponential", 0, "exponential needs its arguments in parentheses, as in exponential(mean 10ms)" },
    { "exponential 5ms", 0, "exponential needs its arguments in parentheses, as in exponential(mean 10ms)" },
    { "exponental(mean 10ms)", 0, "unknown distribution 'exponental'; did you mean 'exponential'?" },
    { "Exponential(mean 10ms)", 0, "unknown distribution 'Exponential'; did you mean 'exponential'?" },
    { "poisson(mean 10ms)", 0,
      "unknown distribution 'poisson'; there are durations like 200ms, and uniform, exponential, normal, "
      "lognormal, pareto, weibull, gamma, empirical and mixture" },
    { "constant(5ms)", 0, "a constant is written as a bare duration, as in 200ms" },
    { "exponential()", 12, "'mean' is missing; exponential is written exponential(mean DURATION)" },
    { "exponential(10ms)", 12, "'10ms' has no name before it; write it as in exponential(mean 10ms)" },
    { "exponential(mean)", 16,
      "the value of 'mean' is missing; write it behind a space, as in exponential(mean 10ms)" },
    { "exponential(mean 10)", 17,
      "'10' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms" },
    { "exponential(mean 0s)", 17, "'mean' of exponential must be above 0s" },
    { "exponential(mean -1ms)", 17, "'-1ms' is negative; a time that something takes is 0 or more" },
    { "exponential(mean 10ms mean 20ms)", 22, "'mean' is given twice; keep one" },
    { "exponential(men 10ms)", 12, "exponential has no parameter 'men'; did you mean 'mean'?" },
    { "exponential(mean=10ms)", 16,
      "the value of 'mean' is missing; write it behind a space, as in exponential(mean 10ms)" },
    { "exponential(mean: 10ms)", 16,
      "the value of 'mean' is missing; write it behind a space, as in exponential(mean 10ms)" },
    { "exponential(mean 10ms, sd 2ms)", 21,
      "arguments are separated by spaces, not by commas, as in exponential(mean 10ms)" },
    { "exponential(mean 10ms sd 2ms)", 22,
      "exponential has no parameter 'sd'; it is written exponential(mean DURATION)" },
    { "exponential(mean 10ms", 21, "a parameter or ')' is missing here, as in exponential(mean 10ms)" },
    { "exponential(mean 10ms))", 22, "')' can't stand behind a distribution; terms are joined by '+'" },
    { "exponential(mean 10ms) exponential(mean 1ms)", 23,
      "'exponential' can't stand behind a distribution; terms are joined by '+'" },
    { "exponential(mean (10ms))", 17,
      "the value of 'mean' is missing; write it behind a space, as in exponential(mean 10ms)" },
    { "normal(mean 40ms)", 16, "'sd' is missing; normal is written normal(mean DURATION sd DURATION)" },
    { "normal(sd 2ms mean 40ms sd 1ms)", 24, "'sd' is given twice; keep one" },
    { "normal(mean 40ms sd 0s)", 20, "'sd' of normal must be above 0s" },
    { "normal(mean -40ms sd 1ms)", 12, "'-40ms' is negative; a time that something takes is 0 or more" },
    { "lognormal(median 40ms p99 40ms)", 26, "'p99' of lognormal must be above its 'median'" },
    { "lognormal(p99 4ms median 40ms)", 14, "'p99' of lognormal must be above its 'median'" },
    { "lognormal(median 40ms p90 900ms)", 22, "lognormal has no parameter 'p90'; did you mean 'p99'?" },
    { "pareto(scale 1ms shape 0)", 23, "'0' is out of bounds; it must be from 0.001 to 1000000" },
    { "pareto(scale 1ms shape -2)", 23, "'-2' is out of bounds; it must be from 0.001 to 1000000" },
    { "pareto(scale 1ms shape 2ms)", 23, "'2ms' is not a plain number; write one like 2 or 1.5" },
    { "pareto(scale 1ms shape 1e3)", 23, "'1e3' is not a plain number; write one like 2 or 1.5" },
    { "pareto(scale 1ms shape two)", 23, "'two' is not a plain number; write one like 2 or 1.5" },
    { "pareto(scale 1 shape 2)", 13,
      "'1' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms" },
    { "weibull(shape 2 scale 5)", 22,
      "'5' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms" },
    { "weibull(scale 5ms shape 2000000)", 24,
      "'2000000' is out of bounds; it must be from 0.001 to 1000000" },
    { "gamma(shape 2)", 13, "'scale' is missing; gamma is written gamma(shape NUMBER scale DURATION)" },
    { "gamma(shape nan scale 5ms)", 12, "'nan' is not a plain number; write one like 2 or 1.5" },
    { "uniform(1s)", 8, "uniform takes a range without spaces, as in uniform(1s..4s)" },
    { "uniform(1s 4s)", 8, "uniform takes a range without spaces, as in uniform(1s..4s)" },
    { "uniform(1s - 4s)", 8, "uniform takes a range without spaces, as in uniform(1s..4s)" },
    { "uniform(4s..1s)", 8, "the range runs backwards; write the smaller end first" },
    { "uniform(1..4s)", 8,
      "'1' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms" },
    { "uniform(1s..4)", 12,
      "'4' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms" },
    { "uniform(1s..)", 12, "a duration is missing; write one like 200ms" },
    { "uniform(..4s)", 8, "a duration is missing; write one like 200ms" },
    { "uniform()", 8, "uniform takes a range without spaces, as in uniform(1s..4s)" },
    { "uniform(-5ms..5ms)", 8, "'-5ms' is negative; a time that something takes is 0 or more" },
    { "uniform(1s..4s..9s)", 12, "'4s..9s' is not a duration; write one number with its unit, like 200ms" },
    { "uniform(1s .. 4s)", 8, "uniform takes a range without spaces, as in uniform(1s..4s)" },
    { "mixture()", 8,
      "a part of a mixture begins with its share, as in 8.78% exponential(mean 1ms); a sum within it stands "
      "in parentheses" },
    { "mixture(5ms + 6ms)", 8,
      "a part of a mixture begins with its share, as in 8.78% exponential(mean 1ms); a sum within it stands "
      "in parentheses" },
    { "mixture(50% 5ms + 49% 6ms)", 8, "the shares of this mixture add up to 99%; they must make 100%" },
    { "mixture(50% 5ms + 51% 6ms)", 8, "the shares of this mixture add up to 101%; they must make 100%" },
    { "mixture(50% + 50% 6ms)", 12, "'+' can't stand here; a duration or a distribution should" },
    { "mixture(0.5 5ms + 0.5 6ms)", 8,
      "'0.5' has no unit; write ppb, ppm or % right behind the number, as in 0.01%" },
    { "mixture(50% 5ms 50% 6ms)", 16, "the parts of a mixture are joined by '+'" },
    { "mixture(50% 5ms + exponential(mean 1ms) + 50% 6ms)", 18,
      "a part of a mixture begins with its share, as in 8.78% exponential(mean 1ms); a sum within it stands "
      "in parentheses" },
    { "mixture(50% 5ms + 50%", 21,
      "a distribution is missing; write a duration like 200ms, or one like exponential(mean 10ms)" },
    { "mixture(-50% 5ms + 150% 5ms)", 8, "'-50%' is out of bounds; a share is from 0% to 100%" },
    { "mixture(33.33333333333% 5ms + 66% 1ms)", 8,
      "'33.33333333333%' is finer than a part per billion, and nothing is rounded here" },
    { "empirical()", 10, "the name of a file is missing, as in empirical(latencies.csv)" },
    { "empirical(nowhere.csv)", 10,
      "can't use the file 'nowhere.csv': No such file or directory; it must lie beside the scenario" },
    { "empirical(nowhere.csv", 10,
      "can't use the file 'nowhere.csv': No such file or directory; it must lie beside the scenario" },
    { "26688d", 0, "'26688d' is out of bounds; a duration is at most 73 years, 26687d" },
    { "20000d + 20000d", 9, "the constants of this sum exceed the longest duration of 73 years" },
    { "é5ms", 0,
      "unknown distribution 'é5ms'; there are durations like 200ms, and uniform, exponential, normal, "
      "lognormal, pareto, weibull, gamma, empirical and mixture" },
    { "5ms + ünïform(1s..2s)", 6,
      "unknown distribution 'ünïform'; there are durations like 200ms, and uniform, exponential, normal, "
      "lognormal, pareto, weibull, gamma, empirical and mixture" },
    { "empirical(.)", 10, "can't use the file '.': it is not a plain file" },
    { "empirical(pipe.csv)", 10, "can't use the file 'pipe.csv': it is not a plain file" },
    { "empirical(/dev/zero)", 10, "can't use the file '/dev/zero': it is not a plain file" },
    { "empirical(binary.csv)", 10, "can't use the file 'binary.csv': it is not a text file" },
    { "empirical(large.csv)", 10,
      "can't use the file 'large.csv': it has more than 1 MiB; count equal values and give them a weight" },
    { "empirical(empty.csv)", 10,
      "can't use the file 'empty.csv': it has no values; write a duration a line" },
    { "empirical(no-unit.csv)", 10,
      "can't use the file 'no-unit.csv': line 2: '12' has no unit; write ns, us, ms, s, min, h or d right "
      "behind the number, as in 200ms" },
    { "empirical(negative.csv)", 10,
      "can't use the file 'negative.csv': line 3: '-2ms' is negative; a time that something takes is 0 or "
      "more" },
    { "empirical(weight.csv)", 10,
      "can't use the file 'weight.csv': line 1: the weight '0' is not a whole number from 1 to 1000000000" },
    { "empirical(fraction.csv)", 10,
      "can't use the file 'fraction.csv': line 1: the weight '1.5' is not a whole number from 1 to "
      "1000000000" },
    { "empirical(three.csv)", 10,
      "can't use the file 'three.csv': line 1: the weight '2,3' is not a whole number from 1 to 1000000000" },
    { "empirical(words.csv)", 10,
      "can't use the file 'words.csv': line 1: the weight 'count' is not a whole number from 1 to "
      "1000000000" },
    { "empirical(good.csv", 18, "the ')' that closes empirical is missing" },
    { "empirical(good(1).csv)", 14, "the name of a file can't contain parentheses here; rename the file" },
    { "mixture(50% (5ms + 6ms + 50% 6ms)", 25,
      "'50%' has the unknown unit '%'; the units are ns, us, ms, s, min, h or d" },
    { "5ms +exponential(mean 1ms)exponential(mean 1ms)", 26,
      "'exponential' can't stand behind a distribution; terms are joined by '+'" },
    { "normal(40ms 2ms)", 7, "'40ms' has no name before it; write it as in normal(mean 40ms sd 2ms)" },
    { "normal(mean 40ms, 2ms)", 16,
      "arguments are separated by spaces, not by commas, as in normal(mean 40ms sd 2ms)" },
    { "lognormal(mean 40ms sd 2ms)", 10, "lognormal has no parameter 'mean'; did you mean 'median'?" },
    { "logNormal(median 40ms)", 0, "unknown distribution 'logNormal'; did you mean 'lognormal'?" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      OrrDistributionError error = { .offset = 999 };
      if (orr_distribution_parse (bad[i].text, *state, &error))
        fail_msg ("'%s' was accepted", bad[i].text);
      g_autofree char *message = error.message;
      assert_null (orr_distribution_parse (bad[i].text, *state, NULL));
      if (error.offset != bad[i].offset || strcmp (message, bad[i].message) != 0)
        fail_msg ("'%s', byte %zu: %s", bad[i].text, error.offset, message);
    }
}

/* Bounds on depth, terms, parts and length hold, and what lies just within them is read. */
static void
test_bounds (void **state)
{
  static const struct
  {
    const char *start, *repeated, *end;
    guint fits;
    const char *message;
  } cases[] = {
    { "", "(", "5ms", 7, "distributions are nested more than 8 deep; take parentheses out" },
    { "", "mixture(100% ", "5ms", 7, "distributions are nested more than 8 deep; take parentheses out" },
    { "exponential(mean 1ms)", " + exponential(mean 1ms)", "", 15, "a sum has at most 16 terms" },
    { "mixture(100% 5ms", " + 0% 5ms", ")", 15, "a mixture has at most 16 parts" },
    { "5ms", " ", "", 4194301, "a distribution of more than 4194304 bytes is not read" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint more = 0; more < 2; more++)
      {
        GString *text = g_string_new (cases[i].start);
        guint n = cases[i].fits + more;
        for (guint j = 0; j < n; j++)
          g_string_append (text, cases[i].repeated);
        g_string_append (text, cases[i].end);
        for (guint j = 0; j < n && strchr (cases[i].repeated, '(') && !strchr (cases[i].repeated, ')'); j++)
          g_string_append_c (text, ')');

        OrrDistributionError error = { 0 };
        g_autoptr (OrrDistribution) distribution = orr_distribution_parse (text->str, *state, &error);
        assert_int_equal (distribution == NULL, more);
        if (!distribution)
          assert_string_equal (error.message, cases[i].message);
        g_free (error.message);
        g_string_free (text, TRUE);
      }
}

/* Whatever the bytes are, there is an answer: a distribution that can be written, read and sampled, or a
 * message in UTF-8 with a place in the text. */
static void
check_any (const char *text, const char *folder)
{
  OrrDistributionError error = { 0 };
  g_autoptr (OrrDistribution) distribution = orr_distribution_parse_signed (text, folder, &error);
  if (!distribution)
    {
      assert_true (error.offset <= strlen (text));
      assert_true (g_utf8_validate (error.message, -1, NULL));
      assert_true (strlen (error.message) > 0 && strlen (error.message) < 1000);
      g_free (error.message);
      return;
    }
  g_autofree char *written = orr_distribution_to_text (distribution);
  g_autoptr (OrrDistribution) again = orr_distribution_parse_signed (written, folder, &error);
  assert_true (again && orr_distribution_equal (distribution, again));
  OrrTime sample = orr_distribution_sample (distribution, orr_draw_key (1, text));
  assert_true (sample >= -ORR_TIME_MAX && sample <= ORR_TIME_MAX);
}

static void
test_hostile (void **state)
{
  static const char *const pieces[] = {
    "5ms",
    "-5ms",
    "0",
    "..",
    "+",
    " + ",
    "(",
    ")",
    ",",
    "=",
    " ",
    "\t",
    "%",
    "50%",
    "mean ",
    "sd ",
    "shape ",
    "scale ",
    "p99 ",
    "median ",
    "exponential(",
    "normal(",
    "uniform(",
    "gamma(",
    "mixture(",
    "empirical(",
    "pareto(",
    "good.csv",
    "/dev/zero",
    "/",
    ".",
    "26687d",
    "1ns",
    "99999999999999999999",
    "\xff",
    "\xc3\xa9",
    "\x01",
    "%s%n",
    "1e9",
    "nan",
    "constant",
    "1000000",
  };
  for (guint64 i = 0; i < 100000; i++)
    {
      Maker maker = { orr_draw_fold (orr_draw_key (6, "hostile"), i), 0, g_string_new (NULL) };
      if (i % 2)
        {
          /* A good text, with a few bytes changed, dropped or doubled. */
          make_sum (&maker, 0, 2);
          for (guint64 n = pick (&maker, 3); n > 0 && maker.text->len > 0; n--)
            {
              gsize at = pick (&maker, maker.text->len);
              if (pick (&maker, 2))
                g_string_erase (maker.text, (gssize) at, 1);
              else
                g_string_insert (maker.text, (gssize) at, pieces[pick (&maker, G_N_ELEMENTS (pieces))]);
            }
        }
      else
        for (guint64 n = pick (&maker, 12); n > 0; n--)
          g_string_append (maker.text, pieces[pick (&maker, G_N_ELEMENTS (pieces))]);
      check_any (maker.text->str, *state);
      g_string_free (maker.text, TRUE);
    }

  g_autofree char *opened = g_strnfill (1000000, '(');
  check_any (opened, *state);
  g_autofree char *digits = g_strnfill (4000, '9');
  check_any (digits, *state);
  g_autofree char *letters = g_strnfill (4000, 'e');
  check_any (letters, *state);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_canonical),   cmocka_unit_test (test_commonest_are_flat),
    cmocka_unit_test (test_unequal),     cmocka_unit_test (test_references),
    cmocka_unit_test (test_directories), cmocka_unit_test (test_random_round_trips),
    cmocka_unit_test (test_broken),      cmocka_unit_test (test_bounds),
    cmocka_unit_test (test_hostile),
  };
  return cmocka_run_group_tests_name ("distribution-text", tests, set_up, tear_down);
}
