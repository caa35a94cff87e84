/* test-check-state.c: what nodes held in the end, whether writes were kept, whether clients were answered.
 *
 * Each check by hand-made histories first, then against a definition that is written down directly and shares
 * no code with it, on many small random histories. Each witness must be 1-minimal: what a removed write left
 * is then anybody's guess, and guesses show nothing. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/check.h"
#include "history-builder.h"
#include "../support/cases.h"

static OrrVerdict *
judge (const OrrHistory *history, const char *name)
{
  const OrrCheck *check = orr_checks_find (name);
  assert_non_null (check);
  return orr_check_judge (check, history, &ORR_CHECK_BUDGET_DEFAULT);
}

static void
expect (const char *name, const char *text, OrrVerdictKind kind, const char *sentence)
{
  g_autoptr (OrrHistory) history = history_build (text);
  g_autoptr (OrrVerdict) verdict = judge (history, name);
  if (verdict->kind != kind || strcmp (verdict->sentence, sentence) != 0)
    fail_msg ("%s: %s: %s", name, orr_verdict_name (verdict->kind), verdict->sentence);
}

#define TWO_WRITES                                                                                           \
  "alice w x 1 @1 [0,5] ok p\nbob w x 2 @2 [10,15] ok p\nversion x 1 @1 <0 1\nversion x 2 @2 <1 11\nended "  \
  "100 quiet\n"

static void
test_convergence (void **state G_GNUC_UNUSED)
{
  expect ("convergence", TWO_WRITES "final p x 2 @2\nfinal r x 2 @2\n", ORR_HOLDS,
          "2 nodes held the same of 1 key in the end");
  expect ("convergence", TWO_WRITES "final p x 2 @2\nfinal r x 1 @1\n", ORR_VIOLATED,
          "when all was quiet, p held x = 2 and r held x = 1");
  expect ("convergence", TWO_WRITES "final p x 2 @2\nfinal r\n", ORR_VIOLATED,
          "when all was quiet, p held x = 2 and r held x = nil");
  expect ("convergence", TWO_WRITES "final p x 2 @2\nfinal r x 1 @1\nended 100 settle\n", ORR_UNDECIDED,
          "the run ended before it was quiet, while nodes still differed");
  expect ("convergence", TWO_WRITES "final p x 2 @2\n", ORR_HOLDS, "only one node held anything");
  expect ("convergence", TWO_WRITES, ORR_UNDECIDED, "it is not known what the nodes held in the end");
  /* nil is what a node holds that holds nothing. */
  expect ("convergence", TWO_WRITES "final p x nil\nfinal r\n", ORR_HOLDS,
          "2 nodes held the same of 1 key in the end");
}

static void
test_durability (void **state G_GNUC_UNUSED)
{
  expect ("durability", TWO_WRITES "final p x 2 @2\n", ORR_HOLDS, "2 acknowledged writes were kept");
  expect ("durability", TWO_WRITES "final p x 1 @1\n", ORR_VIOLATED,
          "bob wrote x = 2 at 0.01s (ok at 0.015s on p), but in the end no node held that, or anything built "
          "upon it: p held "
          "x = 1");
  /* Built upon the first, not upon the second. */
  expect ("durability", TWO_WRITES "c w x 3 @3 [20,25] ok p\nversion x 3 @3 <1 21\nfinal p x 3 @3\n",
          ORR_VIOLATED,
          "bob wrote x = 2 at 0.01s (ok at 0.015s on p), but in the end no node held that, or anything built "
          "upon it: p held "
          "x = 3");
  expect ("durability", TWO_WRITES "c w x 3 [20,-]\nversion x 3 @3 <1 21\nfinal p x 2 @2\n", ORR_HOLDS,
          "2 acknowledged writes were kept");
  expect ("durability", TWO_WRITES "final p x 1 @1\nended 100 settle\n", ORR_UNDECIDED,
          "the run ended before it was quiet, and some acknowledged writes were not held by then");
  expect ("durability", TWO_WRITES "final p x 1 @1\nfinal r x 2 @2\n", ORR_HOLDS,
          "2 acknowledged writes were kept");
  /* What was deleted comes back: the delete was lost. */
  expect ("durability", TWO_WRITES "c d x @3 [20,25] ok p\nversion x nil @3 <2 21\nfinal p x 2 @2\n",
          ORR_VIOLATED,
          "c deleted x at 0.02s (ok at 0.025s on p), but in the end no node held that, or anything built "
          "upon it: p held x = "
          "2");
  /* A node that does not name it holds the delete. */
  expect ("durability", TWO_WRITES "c d x @3 [20,25] ok p\nversion x nil @3 <2 21\nfinal p\n", ORR_HOLDS,
          "3 acknowledged writes were kept");
  /* Acknowledged, and it never took a place: the order is known, and it is not in it. */
  expect ("durability", "s w x 1 [0,5] ok p\nversion x 2 @2 <1 11\nended 100 quiet\nfinal p x 2\n",
          ORR_VIOLATED,
          "s wrote x = 1 at 0s (ok at 0.005s on p), but in the end no node held that, or anything built upon "
          "it: p held x = 2");
  expect ("durability", "s i x 1 [0,5] ok p\nversion x 2 @2 <1 11\nended 100 quiet\nfinal p x 2\n",
          ORR_UNDECIDED, "it is not known where 1 acknowledged write stood in the order of writes");
}

static void
test_durability_by_values (void **state G_GNUC_UNUSED)
{
  expect ("durability", "s a l 1 [0,5] ok p\ns a l 2 [10,15] ok p\nended 100 quiet\nfinal p l (1,2)\n",
          ORR_HOLDS, "2 acknowledged writes were kept");
  expect ("durability",
          "s a l 1 [0,5] ok p\ns a l 2 [10,15] ok p\ns a l 3 [20,-]\nended 100 quiet\nfinal p l (2)\n",
          ORR_VIOLATED,
          "s appended 1 to l at 0s (ok at 0.005s on p), but in the end no node held that, or anything built "
          "upon it: p held l "
          "= [2]");
  expect ("durability", "s + l 1 [0,5] ok p\ns + l 2 [10,15] ok p\nended 100 quiet\nfinal p\n", ORR_VIOLATED,
          "s added 1 to l at 0s (ok at 0.005s on p), but in the end no node held that, or anything built "
          "upon it: p held l = "
          "nil");
  /* Taken out, perhaps. */
  expect ("durability", "s + l 1 [0,5] ok p\ns - l 1 [10,-]\nended 100 quiet\nfinal p\n", ORR_HOLDS,
          "1 acknowledged write was kept");
  expect ("durability", "s w x 1 [0,5] ok p\nended 100 quiet\nfinal p x 1\n", ORR_UNDECIDED,
          "it is not known where 1 acknowledged write stood in the order of writes");
}

static void
test_progress (void **state G_GNUC_UNUSED)
{
  expect ("progress", "s w x 1 [0,5] ok p\ns w x 2 [10,15] fail p\nended 100 quiet\n", ORR_HOLDS,
          "2 operations were answered");
  expect ("progress", "s w x 1 [0,-]\nended 100 quiet\n", ORR_VIOLATED,
          "s asked at 0s to write x = 1 and was never answered, though nothing was broken");
  /* While faults last, waiting in vain is forgiven. */
  expect ("progress", "s w x 1 [0,-]\nfaults\nhealed 50\ntimeout 20\nended 100 quiet\n", ORR_HOLDS,
          "no operation began after the heal");
  expect ("progress", "s w x 1 [60,-]\nfaults\nhealed 50\ntimeout 20\nended 100 quiet\n", ORR_VIOLATED,
          "s asked at 0.06s to write x = 1, and even when all was healed was never answered");
  /* Who would still wait when the run is over, waits for ever. */
  expect ("progress", "s w x 1 [0,-]\nfaults\nhealed 50\nended 100 quiet\n", ORR_VIOLATED,
          "s asked at 0s to write x = 1, and even when all was healed was never answered");
  expect ("progress", "s w x 1 [0,5] ok p\nended 100 settle\n", ORR_VIOLATED,
          "the run did not become quiet: `settle` was over and there was still work to do");
  expect ("progress", "s w x 1 [0,5] ok p\nended 100 instant\n", ORR_VIOLATED,
          "time stood still: there was no end of events at one instant");
  expect ("progress", "s w x 1 [0,-]\nended 100 events\n", ORR_UNDECIDED, "the run was cut short");
}

static void
test_availability (void **state G_GNUC_UNUSED)
{
  expect ("availability", "s w x 1 [0,5] ok p\ns w x 2 [10,15] fail p\n", ORR_HOLDS,
          "2 operations were answered in time");
  expect ("availability", "s w x 1 [0,5] ok p\ns r x nil [10,-]\ns w x 3 [40,45] unknown p\ntimeout 20\n",
          ORR_VIOLATED,
          "s asked at 0.01s to read x and had no answer by 0.03s; so it went with 2 of 3 operations");
  expect ("availability", "s w x 3 [40,45] unknown p\n", ORR_VIOLATED,
          "s asked at 0.04s to write x = 3 and had no answer: at 0.045s it knew that the outcome is unknown; "
          "so it went with 1 of "
          "1 operations");
  expect ("availability", "", ORR_HOLDS, "nobody asked for anything");
}

static void
test_bounded_staleness (void **state G_GNUC_UNUSED)
{
  expect ("bounded-staleness", TWO_WRITES "c r x 2 @2 [20,21] ok r\nfinal r x 2 @2\n", ORR_HOLDS,
          "none of 1 read was stale");
  expect ("bounded-staleness", TWO_WRITES "c r x 1 @1 [20,21] ok r\nfinal r x 2 @2\n", ORR_HOLDS,
          "of 1 read, 1 was stale, by at most 1 version and 0.005s");
  expect ("bounded-staleness", TWO_WRITES "c r x 1 @1 [20,21] ok r\nfinal r x 1 @1\n", ORR_VIOLATED,
          "bob wrote x = 2 at 0.01s (ok at 0.015s on p); c read x = 1 at 0.02s on r, which still held x = 1 "
          "when all was quiet");
  expect ("bounded-staleness", TWO_WRITES "c r x nil @0 [12,13] ok r\nfinal r\n", ORR_VIOLATED,
          "alice wrote x = 1 at 0s (ok at 0.005s on p); c read x = nil at 0.012s on r, which still held x = "
          "nil when all was "
          "quiet");
  expect ("bounded-staleness", TWO_WRITES "c r x 1 @1 [20,21] ok r\n", ORR_UNDECIDED,
          "of 1 read, 1 was stale, and it is not known whether their servers ever caught up");
  expect ("bounded-staleness", "c r x 1 [20,21] ok r\n", ORR_UNDECIDED,
          "the true order of writes is not known");
}

static void
test_conserved_total (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    gint64 balance, amount;
  } settings = { 100, 10 };
  static const struct
  {
    const char *text;
    OrrVerdictKind kind;
    const char *sentence;
  } cases[] = {
    { "s t x 10 ; u y 10 [0,5]\ns r x 90 ; r y 110 [10,11]\ns r y 100 ; r x 100 [20,21]\n", ORR_HOLDS,
      "2 reads of all accounts found 200" },
    { "s t x 10 ; u y 10 [0,5]\ns r x 90 ; r y 100 [10,11] ok p\n", ORR_VIOLATED,
      "s read all accounts at 0.01s on p, and found 190 in them, not 200" },
    { "s t x 10 ; u y 10 [0,5]\ns r x 90 [10,11]\n", ORR_HOLDS, "no operation read all accounts" },
    { "s u y 10 [0,5]\ns r x 90 ; r y 110 [10,11]\n", ORR_UNDECIDED,
      "not all operations are transfers: o1 takes more than it gives, or less" },
    { "s u y 10 [0,5] fail\ns r x 90 ; r y 110 [10,11]\n", ORR_HOLDS, "1 read of all accounts found 200" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OrrHistory) history
          = history_build_with (cases[i].text, orr_objects_find (orr_objects, "bank"), &settings);
      g_autoptr (OrrVerdict) verdict = judge (history, "conserved-total");
      if (verdict->kind != cases[i].kind || strcmp (verdict->sentence, cases[i].sentence) != 0)
        fail_msg ("%s: %s", orr_verdict_name (verdict->kind), verdict->sentence);
    }
}

/* --- Random histories: writes of one or two keys, reads, what two nodes hold --- */

#define OPS_MAX 8

typedef struct
{
  guint key, version, previous; /* a write's own and what it was built upon; a read's */
  gboolean write, ok;
  guint begin, end, node;
} Op;

typedef struct
{
  Op ops[OPS_MAX];
  guint n;
  guint final[2][2]; /* by node, key: version; 0: nothing */
} Case;

/* The value of a version is its number; so the truth is in the text twice. */
static Case
make_case (GRand *random)
{
  Case c = { .n = (guint) g_rand_int_range (random, 1, OPS_MAX + 1) };
  guint last[2] = { 0 }, n_versions[2] = { 0 };
  for (guint i = 0; i < c.n; i++)
    {
      Op *op = &c.ops[i];
      op->key = (guint) g_rand_int_range (random, 0, 5) == 0;
      op->write = g_rand_boolean (random);
      op->begin = i * 10;
      op->end = op->begin + (guint) g_rand_int_range (random, 1, 15);
      op->node = (guint) g_rand_int_range (random, 0, 2);
      op->ok = g_rand_int_range (random, 0, 8) > 0;
      if (op->write)
        {
          op->version = ++n_versions[op->key];
          op->previous = last[op->key];
          /* Now and then a crash, and the next write is built upon an older one. */
          if (g_rand_int_range (random, 0, 5) == 0)
            op->previous = (guint) g_rand_int_range (random, 0, (gint) op->version);
          last[op->key] = op->version;
        }
      else
        op->version = g_rand_boolean (random)
                          ? (guint) g_rand_int_range (random, 0, (gint) n_versions[op->key] + 1)
                          : n_versions[op->key];
    }
  for (guint node = 0; node < 2; node++)
    for (guint key = 0; key < 2; key++)
      c.final[node][key] = g_rand_boolean (random)
                               ? (guint) g_rand_int_range (random, 0, (gint) n_versions[key] + 1)
                               : last[key];
  return c;
}

static void
print_value (guint version, GString *text)
{
  if (version == 0)
    g_string_append (text, " nil");
  else
    g_string_append_printf (text, " %u", version);
}

static OrrHistory *
build_case (const Case *c)
{
  g_autoptr (GString) text = g_string_new ("order\nended 1000 quiet\nfinal n0\nfinal n1\n");
  for (guint i = 0; i < c->n; i++)
    {
      const Op *op = &c->ops[i];
      g_string_append_printf (text, "s%u %s k%u", i, op->write ? "w" : "r", op->key);
      print_value (op->version, text);
      g_string_append_printf (text, " @%u [%u,%u] %s n%u\n", op->version, op->begin, op->end,
                              op->ok ? "ok" : "unknown", op->node);
      if (op->write)
        g_string_append_printf (text, "version k%u %u @%u <%u %u\n", op->key, op->version, op->version,
                                op->previous, op->begin);
    }
  for (guint node = 0; node < 2; node++)
    for (guint key = 0; key < 2; key++)
      if (c->final[node][key] > 0)
        g_string_append_printf (text, "final n%u k%u %u @%u\n", node, key, c->final[node][key],
                                c->final[node][key]);
  return history_build (text->str);
}

static const Op *
find_write (const Case *c, guint64 mask, guint key, guint version)
{
  for (guint i = 0; i < c->n; i++)
    if (mask >> i & 1 && c->ops[i].write && c->ops[i].key == key && c->ops[i].version == version)
      return &c->ops[i];
  return NULL;
}

/* Two nodes hold what can't be the same: the value of a write that is left out may be any. */
static guint
differs (const Case *c, guint64 mask)
{
  guint n = 0;
  for (guint key = 0; key < 2; key++)
    {
      guint a = c->final[0][key], b = c->final[1][key];
      n += a != b && (a == 0 || find_write (c, mask, key, a)) && (b == 0 || find_write (c, mask, key, b));
    }
  return n;
}

static gboolean
is_ancestor (const Case *c, guint key, guint version, guint of)
{
  while (of > version)
    of = find_write (c, G_MAXUINT64, key, of)->previous;
  return of == version;
}

static guint
loses (const Case *c, guint64 mask)
{
  guint n = 0;
  for (guint i = 0; i < c->n; i++)
    {
      const Op *op = &c->ops[i];
      n += mask >> i & 1 && op->write && op->ok
           && !is_ancestor (c, op->key, op->version, c->final[0][op->key])
           && !is_ancestor (c, op->key, op->version, c->final[1][op->key]);
    }
  return n;
}

static guint
never_catches_up (const Case *c, guint64 mask)
{
  guint n = 0;
  for (guint i = 0; i < c->n; i++)
    {
      const Op *read = &c->ops[i];
      gboolean endless = FALSE;
      for (guint j = 0; j < c->n; j++)
        {
          const Op *write = &c->ops[j];
          endless |= mask >> i & mask >> j & 1 && !read->write && read->ok && write->write && write->ok
                     && write->key == read->key && write->end <= read->begin && write->version > read->version
                     && c->final[read->node][read->key] < write->version;
        }
      n += endless;
    }
  return n;
}

static const struct
{
  const char *name;
  guint (*count) (const Case *c, guint64 mask);
} definitions[] = {
  { "convergence", differs },
  { "durability", loses },
  { "bounded-staleness", never_catches_up },
};

static void
test_random (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  guint n_violated[G_N_ELEMENTS (definitions)] = { 0 }, n_cases = CASES (20000);
  for (guint round = 0; round < n_cases; round++)
    {
      Case c = make_case (random);
      g_autoptr (OrrHistory) history = build_case (&c);
      for (guint d = 0; d < G_N_ELEMENTS (definitions); d++)
        {
          guint n = definitions[d].count (&c, G_MAXUINT64);
          g_autoptr (OrrVerdict) verdict = judge (history, definitions[d].name);
          if (verdict->kind != (n > 0 ? ORR_VIOLATED : ORR_HOLDS) || verdict->n_violations != n)
            fail_msg ("%s, round %u: %s, and there are %u: %s", definitions[d].name, round,
                      orr_verdict_name (verdict->kind), n, verdict->sentence);
          n_violated[d] += n > 0;
          guint64 mask = 0;
          for (guint i = 0; i < verdict->n_witness; i++)
            mask |= G_GUINT64_CONSTANT (1)
                    << g_array_index (history->operations, OrrHistoryOperation, verdict->witness[i]).session;
          if (n == 0)
            continue;
          assert_true (definitions[d].count (&c, mask) > 0);
          for (guint i = 0; i < c.n; i++)
            if (mask >> i & 1)
              assert_int_equal (definitions[d].count (&c, mask & ~(G_GUINT64_CONSTANT (1) << i)), 0);
        }
    }
  for (guint d = 0; d < G_N_ELEMENTS (definitions); d++)
    if (n_violated[d] < n_cases / 50 || n_violated[d] > n_cases * 9 / 10)
      fail_msg ("%s: %u of %u cases violate it", definitions[d].name, n_violated[d], n_cases);
}

/* Progress and availability, against the sentence of their definitions. */
static void
test_random_answers (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (6);
  guint n_stuck = 0, n_unanswered = 0, n_cases = CASES (20000);
  for (guint round = 0; round < n_cases; round++)
    {
      g_autoptr (GString) text = g_string_new ("ended 200 quiet\ntimeout 50\nhealed 100\n");
      gboolean faults = g_rand_boolean (random);
      guint stuck = 0, unanswered = 0;
      if (faults)
        g_string_append (text, "faults\n");
      for (gint i = 0, n = g_rand_int_range (random, 1, 5); i < n; i++)
        {
          gint begin = g_rand_int_range (random, 0, 200), outcome = g_rand_int_range (random, 0, 8);
          gboolean late = begin >= 100;
          gboolean silent = outcome == 0;
          g_string_append_printf (text, "s r x nil [%d,", begin);
          if (silent)
            g_string_append (text, "-]\n");
          else
            g_string_append_printf (text, "%d] %s\n", begin + 3,
                                    outcome == 1   ? "unknown"
                                    : outcome == 2 ? "fail"
                                                   : "ok");
          unanswered += outcome <= 1;
          stuck += outcome <= 1 && (!faults || late);
        }
      g_autoptr (OrrHistory) history = history_build (text->str);
      g_autoptr (OrrVerdict) progress = judge (history, "progress");
      g_autoptr (OrrVerdict) availability = judge (history, "availability");
      assert_int_equal (progress->kind, stuck > 0 ? ORR_VIOLATED : ORR_HOLDS);
      assert_int_equal (progress->n_violations, stuck);
      assert_int_equal (progress->n_witness, stuck > 0);
      assert_int_equal (availability->kind, unanswered > 0 ? ORR_VIOLATED : ORR_HOLDS);
      assert_int_equal (availability->n_violations, unanswered);
      assert_int_equal (availability->n_witness, unanswered > 0);
      n_stuck += stuck > 0;
      n_unanswered += unanswered > 0;
    }
  assert_true (n_stuck > n_cases / 10 && n_stuck < n_cases * 9 / 10);
  assert_true (n_unanswered > n_cases / 10 && n_unanswered < n_cases * 9 / 10);
}

static void
test_names (void **state G_GNUC_UNUSED)
{
  assert_null (orr_checks_find ("no-such-thing"));
  for (guint i = 0; orr_checks[i]; i++)
    {
      assert_ptr_equal (orr_checks_find (orr_checks[i]->entry.name), orr_checks[i]);
      assert_non_null (orr_checks[i]->source);
      assert_non_null (orr_checks[i]->entry.summary);
      assert_non_null (orr_checks[i]->entry.doc);
    }
}

/* A history with nothing in it violates nothing, and no check stumbles. */
static void
test_empty (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrHistory) history = history_build ("");
  for (guint i = 0; orr_checks[i]; i++)
    {
      g_autoptr (OrrVerdict) verdict = judge (history, orr_checks[i]->entry.name);
      assert_int_not_equal (verdict->kind, ORR_VIOLATED);
      assert_int_equal (verdict->n_checked, 0);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_convergence),
    cmocka_unit_test (test_durability),
    cmocka_unit_test (test_durability_by_values),
    cmocka_unit_test (test_progress),
    cmocka_unit_test (test_availability),
    cmocka_unit_test (test_bounded_staleness),
    cmocka_unit_test (test_conserved_total),
    cmocka_unit_test (test_random),
    cmocka_unit_test (test_random_answers),
    cmocka_unit_test (test_names),
    cmocka_unit_test (test_empty),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
