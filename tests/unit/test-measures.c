/* test-measures.c: figures, by hand and against what their definitions say word by word. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/measure-private.h"
#include "history-builder.h"

/* `NAME VALUE` or `NAME none`, a line each: how the figure is printed. */
static void
expect (const char *history_text, const char *figures_text)
{
  g_autoptr (OrrHistory) history = history_build (history_text);
  g_autoptr (OrrFigures) figures = orr_figures_of (history);
  g_auto (GStrv) lines = g_strsplit (figures_text, "\n", -1);
  for (guint i = 0; lines[i] && lines[i][0]; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 2);
      const OrrFigure *figure = orr_figures_find (figures, words[0]);
      g_autofree char *found
          = figure ? orr_figure_to_text (figure->measure, figure->value) : g_strdup ("none");
      if (strcmp (found, words[1]) != 0)
        fail_msg ("%s is %s, not %s", words[0], found, words[1]);
    }
}

static void
test_texts (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const OrrType *type;
    const char *unit;
    double value;
    const char *text;
  } cases[] = {
    { &orr_type_DURATION, NULL, 0, "0s" },
    { &orr_type_DURATION, NULL, 1, "1ns" },
    { &orr_type_DURATION, NULL, 0.4, "0.4ns" },
    { &orr_type_DURATION, NULL, 999, "999ns" },
    { &orr_type_DURATION, NULL, 999.7, "1us" },
    { &orr_type_DURATION, NULL, 1234, "1.23us" },
    { &orr_type_DURATION, NULL, 2400000, "2.4ms" },
    { &orr_type_DURATION, NULL, 2435001, "2.44ms" },
    { &orr_type_DURATION, NULL, 999600000, "1s" },
    { &orr_type_DURATION, NULL, 61.25e9, "61.3s" },
    { &orr_type_DURATION, NULL, 7200e9, "7200s" },
    { &orr_type_SHARE, NULL, 0, "0%" },
    { &orr_type_SHARE, NULL, 1e9, "100%" },
    { &orr_type_SHARE, NULL, 612e6, "61.2%" },
    { &orr_type_SHARE, NULL, 612345678, "61.2%" },
    { &orr_type_SHARE, NULL, 999900000, "99.99%" },
    { &orr_type_SHARE, NULL, 999999999, "99.9999999%" },
    { &orr_type_SHARE, NULL, 1, "1ppb" },
    { &orr_type_SHARE, NULL, 1e9 / 3, "33.3%" },
    { &orr_type_REAL, NULL, 17, "17" },
    { &orr_type_REAL, NULL, 1234567, "1234567" },
    { &orr_type_REAL, NULL, 1.0 / 3, "0.333" },
    { &orr_type_REAL, "/s", 1042, "1042/s" },
    { &orr_type_REAL, "/s", 1042.4, "1042/s" },
    { &orr_type_REAL, "/s", 10.42, "10.4/s" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OrrMeasureEntry entry = { .type = cases[i].type, .unit = cases[i].unit };
      g_autofree char *text = orr_figure_to_text (&entry, cases[i].value);
      assert_string_equal (text, cases[i].text);
    }
}

/* The nearest rank: of ten samples, the fifth is the median, the ninth p90 and the tenth all above. */
static void
test_statistics (void **state G_GNUC_UNUSED)
{
  static const OrrMeasure measure = { .entry = { .entry = { .name = "m" }, .type = &orr_type_REAL } };
  gint64 samples[] = { 50, 10, 100, 30, 20, 90, 60, 40, 80, 70 };
  static const struct
  {
    const char *name;
    double value;
  } expected[] = { { "m.read.a.mean", 55 },  { "m.read.a.min", 10 },  { "m.read.a.p50", 50 },
                   { "m.read.a.p90", 90 },   { "m.read.a.p95", 100 }, { "m.read.a.p99", 100 },
                   { "m.read.a.p999", 100 }, { "m.read.a.max", 100 } };
  g_autoptr (OrrFigures) figures = orr_figures_new ();
  orr_figures_add_samples (figures, &measure, "read", "a", samples, G_N_ELEMENTS (samples));
  orr_figures_add_samples (figures, &measure, "read", "b", samples, 0); /* no samples, no figures */
  assert_int_equal (orr_figures_get_length (figures), G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const OrrFigure *figure = orr_figures_get (figures, i);
      assert_string_equal (figure->name, expected[i].name);
      assert_true (figure->value == expected[i].value);
      assert_int_equal (figure->samples, 10);
      assert_ptr_equal (orr_figures_find (figures, expected[i].name), figure);
    }
  assert_null (orr_figures_find (figures, "m.read.b.p50"));
}

/* Every statistic that a scenario may expect of a sample is there, and nothing else. */
static void
test_names (void **state G_GNUC_UNUSED)
{
  static const OrrMeasure measure = { .entry = { .entry = { .name = "m" }, .type = &orr_type_REAL } };
  gint64 sample = 1;
  g_autoptr (OrrFigures) figures = orr_figures_new ();
  orr_figures_add_samples (figures, &measure, NULL, NULL, &sample, 1);
  for (guint i = 0; orr_sample_statistics[i]; i++)
    {
      g_autofree char *name = g_strconcat ("m.", orr_sample_statistics[i], NULL);
      assert_non_null (orr_figures_find (figures, name));
    }
  assert_int_equal (orr_figures_get_length (figures), g_strv_length ((GStrv) orr_sample_statistics));
  for (guint i = 0; orr_measures[i]; i++)
    {
      assert_non_null (orr_measures[i]->entry.entry.summary);
      assert_non_null (orr_measures[i]->entry.entry.doc);
      assert_non_null (orr_measures[i]->entry.type);
      assert_null (strchr (orr_measures[i]->entry.entry.name, '.'));
    }
}

static void
test_operations (void **state G_GNUC_UNUSED)
{
  expect ("s1 w x 1 [0,4] ok p\n"
          "s1 r x 1 [10,12] ok p\n"
          "s2 r x 1 [10,16] ok r\n"
          "s2 r x 1 [20,28] ok r\n"
          "s2 r x 1 ; w x 2 [30,33] ok p\n"
          "s3 r x 1 [40,-]\n"
          "s3 w x 3 [50,51] fail\n"
          "s3 w x 4 [1990,2010] ok p\n"
          "healed 2000\nended 3000 quiet\n",
          "latency.write.p50 4ms\nlatency.read.max 8ms\nlatency.read.r.p50 6ms\nlatency.read.p.max "
          "2ms\nlatency.p50 4ms\n"
          "latency.transaction.mean 3ms\nlatency.p.max 20ms\nlatency.cas.p50 none\n"
          "throughput 2.5/s\nthroughput.read 1.5/s\nthroughput.read.r 1/s\nthroughput.write 0.5/s\n"
          "count 8\ncount.read 4\ncount.read.r 2\ncount.write.p 2\ncount.write.r none\ncount.transaction 1\n"
          "share.read.r 66.7%\nshare.read.p 33.3%\nshare.r 33.3%\nshare none\nshare.write.p 100%\n"
          "success 75%\nsuccess.read 75%\nsuccess.write 66.7%\nfailed 12.5%\nfailed.read 0%\nunknown "
          "12.5%\nunknown.read 25%\n"
          "success.append none\n");
}

/* A server that did nothing has done 0, where it is known to be one. */
static void
test_idle_server (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrHistory) history = history_build ("s1 r x nil [0,4] ok a\nfinal b\nfinal c\n");
  const gboolean is_server[] = { TRUE, TRUE, FALSE };
  history->is_server = is_server;
  g_autoptr (OrrFigures) figures = orr_figures_of (history);
  assert_true (orr_figures_find (figures, "share.read.b")->value == 0);
  assert_true (orr_figures_find (figures, "count.b")->value == 0);
  assert_null (orr_figures_find (figures, "share.read.c"));
  assert_null (orr_figures_find (figures, "share.write.b"));
}

#define WRITES                                                                                               \
  "order\nw w x 1 @1 [0,10]\nw w x 2 @2 [20,30]\nw w x 3 @3 [40,50]\n"                                       \
  "version x 1 @1 <0 5\nversion x 2 @2 <1 25\nversion x 3 @3 <2 45\n"

static void
test_staleness (void **state G_GNUC_UNUSED)
{
  /* Of the first write nobody had been told when the first read began. */
  expect (WRITES "a r x nil @0 [9,11] ok p\n",
          "staleness.max 0s\nstale 0%\nstaleness-versions.max 0\nfresh.0ms none\nvisibility.max none\n");
  expect (WRITES "a r x nil @0 [10,11] ok p\n",
          "staleness.max 0s\nstale 100%\nstaleness-versions.max 1\nfresh.0ms 0%\nvisibility.max 0s\n");
  expect (WRITES "a r x nil @0 [35,36] ok p\na r x 2 @2 [48,49] ok p\na r x 2 @2 [65,66] ok q\n",
          "staleness.max 25ms\nstaleness.p50 15ms\nstaleness.min 0s\nstaleness.read.q.max 15ms\nstale "
          "66.7%\nstale.read.p 50%\nstale.q 100%\n"
          "staleness-versions.max 2\nstaleness-versions.p50 1\nfresh.0ms 33.3%\nfresh.10ms 50%\nfresh.q.10ms "
          "0%\nfresh.100ms none\n"
          "visibility.max 25ms\nvisibility.min 5ms\nvisibility.p50 15ms\n");
  /* What was never acknowledged is not missed. */
  expect ("w w x 1 [0,-]\nversion x 1 @1 <0 5\na r x nil @0 [35,36] ok p\n",
          "stale 0%\nvisibility.max none\n");
  expect ("a r x nil [35,36] ok p\n", "stale none\nstaleness.max none\n");
}

static void
test_replication (void **state G_GNUC_UNUSED)
{
  expect (WRITES "applied p x 1 @1 5\napplied r x 1 @1 8\napplied r x 3 @3 95\nfinal p x 3 @3\nfinal r x 3 "
                 "@3\napplied p x 3 @3 45\n",
          "lag.r.max 50ms\nlag.r.min 3ms\nconvergence-time 50ms\n");
  expect (WRITES "applied r x 1 @1 8\nfinal p x 3 @3\nfinal r x 1 @1\n", "convergence-time none\n");
  expect (WRITES "applied r x 1 @1 8\nfinal p x 3 @3\nfinal r x 3 @3\n", "convergence-time none\n");
}

/* --- Random histories, against the definitions --- */

#define OPS_MAX 12

typedef struct
{
  gboolean write, ok;
  guint key, version, begin, end;
} Op;

typedef struct
{
  Op ops[OPS_MAX];
  guint n;
} Case;

static Case
make_case (GRand *random)
{
  Case c = { .n = (guint) g_rand_int_range (random, 2, OPS_MAX + 1) };
  guint n_versions[2] = { 0 };
  for (guint i = 0; i < c.n; i++)
    {
      Op *op = &c.ops[i];
      op->key = (guint) g_rand_int_range (random, 0, 4) == 0;
      op->write = g_rand_boolean (random);
      op->ok = g_rand_int_range (random, 0, 6) > 0;
      op->begin = i * 10;
      op->end = op->begin + (guint) g_rand_int_range (random, 1, 40);
      op->version = op->write ? ++n_versions[op->key]
                              : (guint) g_rand_int_range (random, 0, (gint) n_versions[op->key] + 1);
    }
  return c;
}

static OrrHistory *
build_case (const Case *c)
{
  g_autoptr (GString) text = g_string_new ("order\n");
  for (guint i = 0; i < c->n; i++)
    {
      const Op *op = &c->ops[i];
      g_string_append_printf (text, "s%u %s k%u %u @%u [%u,%u] %s n\n", i, op->write ? "w" : "r", op->key,
                              op->version, op->version, op->begin, op->end, op->ok ? "ok" : "unknown");
      if (op->write)
        g_string_append_printf (text, "version k%u %u @%u <0 %u\n", op->key, op->version, op->version,
                                op->begin);
    }
  return history_build (text->str);
}

/* Has a write of the read's key been acknowledged when the read begins? */
static gboolean
is_known (const Op *write, const Op *read)
{
  return write->write && write->ok && write->key == read->key && write->end <= read->begin;
}

static guint
newest_known (const Case *c, const Op *read)
{
  guint newest = 0;
  for (guint i = 0; i < c->n; i++)
    if (is_known (&c->ops[i], read))
      newest = MAX (newest, c->ops[i].version);
  return newest;
}

static guint
staleness_of (const Case *c, const Op *read)
{
  guint since = G_MAXUINT;
  for (guint i = 0; i < c->n; i++)
    if (is_known (&c->ops[i], read) && c->ops[i].version > read->version)
      since = MIN (since, c->ops[i].end);
  return since == G_MAXUINT ? 0 : read->begin - since;
}

/* The sum over all samples; G_MAXUINT: there are none. */
static guint
sum_staleness (const Case *c, guint *ret_n)
{
  guint sum = 0;
  *ret_n = 0;
  for (guint i = 0; i < c->n; i++)
    if (!c->ops[i].write && c->ops[i].ok)
      {
        sum += staleness_of (c, &c->ops[i]);
        (*ret_n)++;
      }
  return sum;
}

static guint
sum_versions (const Case *c, guint *ret_n)
{
  guint sum = 0;
  *ret_n = 0;
  for (guint i = 0; i < c->n; i++)
    if (!c->ops[i].write && c->ops[i].ok)
      {
        guint newest = newest_known (c, &c->ops[i]);
        sum += newest > c->ops[i].version ? newest - c->ops[i].version : 0;
        (*ret_n)++;
      }
  return sum;
}

static guint
sum_visibility (const Case *c, guint *ret_n)
{
  guint sum = 0;
  *ret_n = 0;
  for (guint i = 0; i < c->n; i++)
    {
      const Op *write = &c->ops[i];
      gboolean read_for = FALSE;
      guint missed = 0;
      for (guint j = 0; j < c->n; j++)
        {
          const Op *read = &c->ops[j];
          if (read->write || !read->ok || !is_known (write, read))
            continue;
          read_for = TRUE;
          if (read->version < write->version)
            missed = MAX (missed, read->begin - write->end);
        }
      sum += missed;
      *ret_n += read_for;
    }
  return sum;
}

/* Of the reads that began at least 10 ms after the newest write had been acknowledged, those that saw it. */
static guint
sum_fresh (const Case *c, guint *ret_n)
{
  guint sum = 0;
  *ret_n = 0;
  for (guint i = 0; i < c->n; i++)
    {
      const Op *read = &c->ops[i];
      guint newest = newest_known (c, read);
      if (read->write || !read->ok || newest == 0)
        continue;
      for (guint j = 0; j < c->n; j++)
        if (is_known (&c->ops[j], read) && c->ops[j].version == newest && read->begin >= c->ops[j].end + 10)
          {
            sum += read->version >= newest;
            (*ret_n)++;
          }
    }
  return sum;
}

static void
test_random (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *name;
    guint (*sum) (const Case *c, guint *ret_n);
    double unit;
  } definitions[] = {
    { "staleness.mean", sum_staleness, ORR_MILLISECOND },
    { "staleness-versions.mean", sum_versions, 1 },
    { "visibility.mean", sum_visibility, ORR_MILLISECOND },
    { "fresh.10ms", sum_fresh, 1e9 },
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (9);
  guint n_positive[G_N_ELEMENTS (definitions)] = { 0 };
  for (guint round = 0; round < 5000; round++)
    {
      Case c = make_case (random);
      g_autoptr (OrrHistory) history = build_case (&c);
      g_autoptr (OrrFigures) figures = orr_figures_of (history);
      for (guint d = 0; d < G_N_ELEMENTS (definitions); d++)
        {
          guint n, sum = definitions[d].sum (&c, &n);
          const OrrFigure *figure = orr_figures_find (figures, definitions[d].name);
          assert_int_equal (figure != NULL, n > 0);
          if (n == 0)
            continue;
          assert_int_equal (figure->samples, n);
          double difference = figure->value * n - sum * definitions[d].unit;
          if (difference < -1 || difference > 1)
            fail_msg ("round %u: %s is not %u of %u", round, definitions[d].name, sum, n);
          n_positive[d] += sum > 0;
        }
    }
  for (guint d = 0; d < G_N_ELEMENTS (definitions); d++)
    assert_true (n_positive[d] > 500);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_texts),       cmocka_unit_test (test_statistics),
    cmocka_unit_test (test_names),       cmocka_unit_test (test_operations),
    cmocka_unit_test (test_idle_server), cmocka_unit_test (test_staleness),
    cmocka_unit_test (test_replication), cmocka_unit_test (test_random),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
