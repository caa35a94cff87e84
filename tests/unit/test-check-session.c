/* test-check-session.c: the four session guarantees against their definitions.
 *
 * Each is held against a definition that is written down directly and shares no code with it, on many small
 * random histories: with versions, where the definition looks at all pairs; and without, where it tries all
 * orders of each key's writes. Each witness must be 1-minimal. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/check.h"
#include "history-builder.h"
#include "../support/cases.h"

typedef struct
{
  const char *name;
  gboolean first_writes, second_writes;
} Guarantee;

static const Guarantee guarantees[] = {
  { "read-your-writes", TRUE, FALSE },
  { "monotonic-reads", FALSE, FALSE },
  { "monotonic-writes", TRUE, TRUE },
  { "writes-follow-reads", FALSE, TRUE },
};

static OrrVerdict *
judge (const OrrHistory *history, const char *name)
{
  const OrrCheck *check = orr_checks_find (name);
  assert_non_null (check);
  return orr_check_judge (check, history, &ORR_CHECK_BUDGET_DEFAULT);
}

static void
expect (const char *text, const char *name, OrrVerdictKind kind, const char *sentence)
{
  g_autoptr (OrrHistory) history = history_build (text);
  g_autoptr (OrrVerdict) verdict = judge (history, name);
  if (verdict->kind != kind || strcmp (verdict->sentence, sentence) != 0)
    fail_msg ("%s: %s: %s", name, orr_verdict_name (verdict->kind), verdict->sentence);
}

/* --- Sentences --- */

static void
test_read_your_writes (void **state G_GNUC_UNUSED)
{
  expect ("alice w x 12 @1 [1000,1001] ok primary\n"
          "alice w x 17 @2 [1204,1207] ok primary\n"
          "alice r x 12 @1 [1230,1231] ok replica1\n"
          "version x 12 @1 <0 1000\nversion x 17 @2 <1 1205\n"
          "applied replica1 x 12 @1 1010\napplied replica1 x 17 @2 1804\n",
          "read-your-writes", ORR_VIOLATED,
          "alice wrote x = 17 at 1.204s (ok at 1.207s on primary), but then read x = 12 at 1.23s on "
          "replica1, which came "
          "to hold x = 17 only at 1.804s");
  expect ("alice w x 17 @2 [1204,1207] ok primary\nalice r x 17 @2 [1230,1231] ok replica1\n",
          "read-your-writes", ORR_HOLDS, "in 1 read of what the session had written, by 1 session");
  expect ("alice w x 17 [1204,-]\nalice r x 12 @1 [1230,1231] ok replica1\n", "read-your-writes", ORR_HOLDS,
          "no session read a key that it had written");
  expect ("alice w x 17 @2 [1204,1207] ok primary\nalice r x nil @0 [1230,1231] ok replica1\n"
          "applied replica1 y 3 @1 1500\n",
          "read-your-writes", ORR_VIOLATED,
          "alice wrote x = 17 at 1.204s (ok at 1.207s on primary), but then read x = nil at 1.23s on "
          "replica1, which "
          "never came to hold x = 17");
}

/* Where some versions are not known: the initial value is older than any write. */
static void
test_vague (void **state G_GNUC_UNUSED)
{
  expect ("order\ns w x 1 [0,1] ok a\ns r x nil @0 [2,3] ok a\n", "read-your-writes", ORR_VIOLATED,
          "s wrote x = 1 at 0s (ok at 0.001s on a), but then read x = nil at 0.002s on a");
  expect ("order\ns w x 1 [0,1] ok a\ns r x 4 @4 [2,3] ok a\n", "read-your-writes", ORR_UNDECIDED,
          "it is not known where in the order of writes 1 read of what the session had written stood");
  expect ("order\ns w x 1 [0,1] ok a\ns r x 4 @4 [2,3] ok a\ns w x 5 @5 [4,5]\ns r x 4 @4 [6,7]\n",
          "read-your-writes", ORR_VIOLATED,
          "s wrote x = 5 at 0.004s (ok at 0.005s), but then read x = 4 at 0.006s");
  expect ("order\ns w x 1 [0,1] ok a\ns w y 1 @5 [2,3] ok a\n", "monotonic-writes", ORR_HOLDS,
          "no session wrote a key twice");
  expect ("order\ns r x 1 @5 [0,1] ok a\ns w x 7 [2,3] ok a\n", "writes-follow-reads", ORR_UNDECIDED,
          "it is not known where in the order of writes 1 write of what the session had read stood");
}

static void
test_monotonic_reads (void **state G_GNUC_UNUSED)
{
  expect ("bob r x 17 @2 [10,11] ok a\nbob r x 12 @1 [20,21] ok b\napplied b x 17 @2 15\n", "monotonic-reads",
          ORR_VIOLATED,
          "bob read x = 17 at 0.01s (ok at 0.011s on a), but then read x = 12 at 0.02s on b, which had come "
          "to hold "
          "x = 17 at 0.015s");
  expect ("bob r x 17 @2 [10,11] ok a\nbob r y 12 @1 [20,21] ok b\n", "monotonic-reads", ORR_HOLDS,
          "no session read a key twice");
}

static void
test_writes (void **state G_GNUC_UNUSED)
{
  expect ("bob w x 1 @2 [10,11] ok a\nbob w x 2 @1 [20,21] ok b\n", "monotonic-writes", ORR_VIOLATED,
          "bob wrote x = 1 at 0.01s (ok at 0.011s on a), then wrote x = 2 at 0.02s on b, and yet the later "
          "write took its "
          "place before x = 1");
  expect ("bob r x 1 @2 [10,11] ok a\nbob w x 2 @1 [20,21] ok b\n", "writes-follow-reads", ORR_VIOLATED,
          "bob read x = 1 at 0.01s (ok at 0.011s on a), then wrote x = 2 at 0.02s on b, and yet the later "
          "write took its "
          "place before x = 1");
}

static void
test_transactions (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrHistory) history = history_build ("s1 w x 1 @5 ; r x 2 @4 [0,10] ok a\n");
  g_autoptr (OrrVerdict) verdict = judge (history, "read-your-writes");
  assert_int_equal (verdict->kind, ORR_VIOLATED);
  assert_int_equal (verdict->n_witness, 1);
}

static void
test_forced (void **state G_GNUC_UNUSED)
{
  expect ("s1 w x 1 [0,1]\ns2 w x 2 [0,1]\ns3 r x 1 [2,3]\ns3 r x 2 [4,5]\ns4 r x 2 [2,3]\ns4 r x 1 [4,5]\n",
          "monotonic-reads", ORR_VIOLATED,
          "no order of the writes explains this: s1 wrote x = 1 at 0s; s2 wrote x = 2 at 0s; s3 read x = 1 "
          "at 0.002s; "
          "s4 read x = 2 at 0.002s; s3 read x = 2 at 0.004s; s4 read x = 1 at 0.004s");
  expect (
      "s1 w x 1 [0,1]\ns2 w x 1 [0,1]\ns3 r x 1 [2,3]\ns3 r x 1 [4,5]\n", "monotonic-reads", ORR_UNDECIDED,
      "the order of writes is not known, and it can't be told which of them 2 reads and writes saw or made");
  expect ("s1 w x 1 [0,1]\ns1 w x 2 [2,3]\n", "monotonic-writes", ORR_UNDECIDED,
          "the order of writes is not known, and no read tells it");
  expect ("s1 a x 1 [0,1]\ns1 a x 2 [2,3]\ns2 r x (2,1) [5,6]\n", "monotonic-writes", ORR_VIOLATED,
          "no order of the writes explains this: s1 appended 1 to x at 0s; s1 appended 2 to x at 0.002s; s2 "
          "read x = [2 "
          "1] at 0.005s");
  expect ("s1 a x 1 [0,1]\ns1 a x 2 [2,3]\ns2 r x (2,1) [5,6]\ns2 r x (1,2) [7,8]\n", "monotonic-writes",
          ORR_UNDECIDED, "the lists that were read don't agree on one order of the writes");
  expect ("s1 w x 1 [0,1]\ns1 r x nil [2,3]\n", "read-your-writes", ORR_VIOLATED,
          "no order of the writes explains this: s1 wrote x = 1 at 0s; s1 read x = nil at 0.002s");
}

/* --- Random histories --- */

/* One step an operation; `version` also stands for the value, so that the truth and the clients' view agree.
 */
typedef struct
{
  guint session, key, version;
  gboolean write, ok;
} Op;

#define OPS_MAX 9

typedef struct
{
  Op ops[OPS_MAX];
  guint n;
} Case;

/* Versions of writes are a random order of each key's writes; reads see some of them, or the initial value.
 * Later reads tend to see later versions, so that both verdicts are frequent. */
static Case
make_case (GRand *random)
{
  Case c = { .n = (guint) g_rand_int_range (random, 1, OPS_MAX + 1) };
  guint n_written[2] = { 0 };
  for (guint i = 0; i < c.n; i++)
    {
      Op *op = &c.ops[i];
      op->session = (guint) g_rand_int_range (random, 0, 3);
      op->key = (guint) g_rand_int_range (random, 0, 4) == 0;
      op->write = g_rand_int_range (random, 0, 5) < 2;
      op->ok = !op->write || g_rand_int_range (random, 0, 8) > 0;
      if (op->write)
        op->version = ++n_written[op->key];
    }
  for (guint i = 0; i < c.n; i++)
    if (c.ops[i].write && g_rand_int_range (random, 0, 4) == 0)
      {
        guint j = (guint) g_rand_int_range (random, 0, (gint) c.n);
        if (c.ops[j].write && c.ops[j].key == c.ops[i].key)
          {
            guint version = c.ops[i].version;
            c.ops[i].version = c.ops[j].version;
            c.ops[j].version = version;
          }
      }
  for (guint i = 0; i < c.n; i++)
    if (!c.ops[i].write)
      {
        guint last = 0;
        for (guint j = 0; j < i; j++)
          if (c.ops[j].write && c.ops[j].key == c.ops[i].key)
            last = c.ops[j].version;
        c.ops[i].version = last;
        if (g_rand_int_range (random, 0, 3) == 0)
          c.ops[i].version = (guint) g_rand_int_range (random, 0, (gint) n_written[c.ops[i].key] + 1);
      }
  return c;
}

/* `without`: an operation that is left out; `versions`: whether results tell their versions. */
static OrrHistory *
build_case (const Case *c, guint64 mask, gboolean versions)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < c->n; i++)
    {
      const Op *op = &c->ops[i];
      if (!(mask >> i & 1))
        continue;
      g_string_append_printf (text, "s%u %s k%u ", op->session, op->write ? "w" : "r", op->key);
      if (!op->write && op->version == 0)
        g_string_append (text, "nil");
      else
        g_string_append_printf (text, "%u", op->version);
      if (versions && op->ok)
        g_string_append_printf (text, " @%u", op->version);
      g_string_append_printf (text, " [%u,%s]\n", i * 10, op->ok ? "9999" : "-");
    }
  return history_build (text->str);
}

static gboolean
is_pair (const Case *c, const Guarantee *guarantee, guint i, guint j)
{
  const Op *a = &c->ops[i], *b = &c->ops[j];
  return i < j && a->session == b->session && a->key == b->key && a->ok && b->ok
         && a->write == guarantee->first_writes && b->write == guarantee->second_writes;
}

static guint
count_by_definition (const Case *c, const Guarantee *guarantee, guint64 mask)
{
  guint n = 0;
  for (guint j = 0; j < c->n; j++)
    {
      gboolean violated = FALSE;
      for (guint i = 0; i < j; i++)
        violated |= mask >> i & mask >> j & 1 && is_pair (c, guarantee, i, j)
                    && c->ops[i].version > c->ops[j].version;
      n += violated;
    }
  return n;
}

/* Is the version one that some operation in the mask wrote, or initial? */
static gboolean
is_written (const Case *c, guint64 mask, guint key, guint version)
{
  for (guint i = 0; i < c->n; i++)
    if (mask >> i & 1 && c->ops[i].write && c->ops[i].key == key && c->ops[i].version == version)
      return TRUE;
  return version == 0;
}

/* Tries to give places[first …] to the versions 1 … n of a key in all ways. */
static gboolean
some_order_obeys (const Case *c, const Guarantee *guarantee, guint64 mask, guint key, guint n, guint *places,
                  guint first)
{
  if (first > n)
    {
      for (guint j = 0; j < c->n; j++)
        for (guint i = 0; i < j; i++)
          if (mask >> i & mask >> j & 1 && c->ops[i].key == key && is_pair (c, guarantee, i, j)
              && is_written (c, mask, key, c->ops[i].version) && is_written (c, mask, key, c->ops[j].version)
              && places[c->ops[i].version] > places[c->ops[j].version])
            return FALSE;
      return TRUE;
    }
  for (guint i = first; i <= n; i++)
    {
      guint place = places[first];
      places[first] = places[i];
      places[i] = place;
      gboolean found = some_order_obeys (c, guarantee, mask, key, n, places, first + 1);
      place = places[first];
      places[first] = places[i];
      places[i] = place;
      if (found)
        return TRUE;
    }
  return FALSE;
}

static gboolean
violated_by_all_orders (const Case *c, const Guarantee *guarantee, guint64 mask)
{
  for (guint key = 0; key < 2; key++)
    {
      guint places[OPS_MAX + 1], n = 0;
      for (guint i = 0; i < c->n; i++)
        n += c->ops[i].write && c->ops[i].key == key;
      for (guint i = 0; i <= n; i++)
        places[i] = i;
      if (!some_order_obeys (c, guarantee, mask, key, n, places, 1))
        return TRUE;
    }
  return FALSE;
}

/* The operations of a witness as a mask. Operations in a case are in the order of the history. */
static guint64
witness_mask (const OrrVerdict *verdict)
{
  guint64 mask = 0;
  for (guint i = 0; i < verdict->n_witness; i++)
    mask |= G_GUINT64_CONSTANT (1) << verdict->witness[i];
  return mask;
}

static void
test_random_with_versions (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  guint n_violated[G_N_ELEMENTS (guarantees)] = { 0 };
  guint n_cases = CASES (10000);
  for (guint round = 0; round < n_cases; round++)
    {
      Case c = make_case (random);
      g_autoptr (OrrHistory) history = build_case (&c, G_MAXUINT64, TRUE);
      for (guint g = 0; g < G_N_ELEMENTS (guarantees); g++)
        {
          guint n = count_by_definition (&c, &guarantees[g], G_MAXUINT64);
          g_autoptr (OrrVerdict) verdict = judge (history, guarantees[g].name);
          /* A case in which nothing was answered has no versions. */
          if (verdict->kind == ORR_UNDECIDED)
            assert_int_equal (n, 0);
          else
            assert_int_equal (verdict->kind, n > 0 ? ORR_VIOLATED : ORR_HOLDS);
          assert_int_equal (verdict->n_violations, n);
          n_violated[g] += n > 0;
          if (n == 0)
            continue;
          guint64 mask = witness_mask (verdict);
          assert_true (count_by_definition (&c, &guarantees[g], mask) > 0);
          for (guint i = 0; i < verdict->n_witness; i++)
            assert_int_equal (count_by_definition (&c, &guarantees[g],
                                                   mask & ~(G_GUINT64_CONSTANT (1) << verdict->witness[i])),
                              0);
        }
    }
  for (guint g = 0; g < G_N_ELEMENTS (guarantees); g++)
    if (n_violated[g] < n_cases / 50 || n_violated[g] > n_cases * 9 / 10)
      fail_msg ("%s: %u of %u cases violate it", guarantees[g].name, n_violated[g], n_cases);
}

static void
test_random_forced (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  guint n_violated[G_N_ELEMENTS (guarantees)] = { 0 };
  /* Rare ones need all cases to be frequent. */
  guint n_cases = CASES (20000), n_least = n_cases == 20000 ? n_cases / 400 : 1;
  for (guint round = 0; round < n_cases; round++)
    {
      Case c = make_case (random);
      g_autoptr (OrrHistory) history = build_case (&c, G_MAXUINT64, FALSE);
      for (guint g = 0; g < G_N_ELEMENTS (guarantees); g++)
        {
          gboolean violated = violated_by_all_orders (&c, &guarantees[g], G_MAXUINT64);
          g_autoptr (OrrVerdict) verdict = judge (history, guarantees[g].name);
          assert_int_equal (verdict->kind == ORR_VIOLATED, violated);
          n_violated[g] += violated;
          /* What clients alone can see is so in truth, too. */
          if (violated)
            assert_true (count_by_definition (&c, &guarantees[g], G_MAXUINT64) > 0);
          if (!violated)
            continue;
          guint64 mask = witness_mask (verdict);
          assert_true (violated_by_all_orders (&c, &guarantees[g], mask));
          for (guint i = 0; i < verdict->n_witness; i++)
            assert_false (violated_by_all_orders (&c, &guarantees[g],
                                                  mask & ~(G_GUINT64_CONSTANT (1) << verdict->witness[i])));
        }
    }
  for (guint g = 0; g < G_N_ELEMENTS (guarantees); g++)
    if (n_violated[g] < n_least && !(guarantees[g].first_writes && guarantees[g].second_writes))
      fail_msg ("%s: only %u of %u cases violate it", guarantees[g].name, n_violated[g], n_cases);
}

/* One server that does one thing after the other keeps every guarantee. */
static void
test_one_server (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL), bare = g_string_new (NULL);
      guint last[3] = { 0 };
      for (guint i = 0; i < 200; i++)
        {
          guint key = (guint) g_rand_int_range (random, 0, 3),
                session = (guint) g_rand_int_range (random, 0, 4);
          gboolean write = g_rand_boolean (random);
          if (write)
            last[key] = i + 1;
          g_autofree char *value = last[key] ? g_strdup_printf ("%u", last[key]) : g_strdup ("nil");
          g_string_append_printf (text, "s%u %s k%u %s @%u [%u,%u]\n", session, write ? "w" : "r", key, value,
                                  last[key], i * 2, i * 2 + 1);
          g_string_append_printf (bare, "s%u %s k%u %s [%u,%u]\n", session, write ? "w" : "r", key, value,
                                  i * 2, i * 2 + 1);
        }
      g_autoptr (OrrHistory) history = history_build (text->str);
      g_autoptr (OrrHistory) view = history_build (bare->str);
      for (guint g = 0; g < G_N_ELEMENTS (guarantees); g++)
        {
          g_autoptr (OrrVerdict) truth = judge (history, guarantees[g].name);
          assert_int_equal (truth->kind, ORR_HOLDS);
          assert_true (truth->n_checked > 0);
          g_autoptr (OrrVerdict) seen = judge (view, guarantees[g].name);
          assert_int_not_equal (seen->kind, ORR_VIOLATED);
        }
    }
}

/* A ring of reads is as long as it likes: time must stay near linear. */
static void
test_long_cycle (void **state G_GNUC_UNUSED)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 3000;
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "w%u w x %u [0,1]\n", i / 100, i);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "s%u r x %u [%u,5000]\ns%u r x %u [%u,5000]\n", i, i, i + 10, i,
                            (i + 1) % n, i + 20);
  g_autoptr (OrrHistory) history = history_build (text->str);
  g_autoptr (OrrVerdict) verdict = judge (history, "monotonic-reads");
  assert_int_equal (verdict->kind, ORR_VIOLATED);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_read_your_writes),
    cmocka_unit_test (test_monotonic_reads),
    cmocka_unit_test (test_vague),
    cmocka_unit_test (test_writes),
    cmocka_unit_test (test_transactions),
    cmocka_unit_test (test_forced),
    cmocka_unit_test (test_random_with_versions),
    cmocka_unit_test (test_random_forced),
    cmocka_unit_test (test_one_server),
    cmocka_unit_test (test_long_cycle),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
