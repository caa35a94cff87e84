/* test-check-prefix.c: consistent prefix against its definition. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/check.h"
#include "history-builder.h"
#include "../support/cases.h"

#define WRITES_MAX 5

/* Some writes, in their true order, and one operation that reads both keys. The write number i has version i
 * + 1. */
typedef struct
{
  guint n, session[WRITES_MAX], key[WRITES_MAX];
  guint reader, read[2]; /* versions */
} Case;

static Case
make_case (GRand *random)
{
  Case c = { .n = (guint) g_rand_int_range (random, 1, WRITES_MAX + 1),
             .reader = (guint) g_rand_int_range (random, 0, 3) };
  guint versions[2][WRITES_MAX + 1] = { { 0 } }, n[2] = { 1, 1 };
  for (guint i = 0; i < c.n; i++)
    {
      c.session[i] = (guint) g_rand_int_range (random, 0, 3);
      c.key[i] = (guint) g_rand_int_range (random, 0, 2);
      versions[c.key[i]][n[c.key[i]]++] = i + 1;
    }
  for (guint key = 0; key < 2; key++)
    c.read[key] = versions[key][g_rand_int_range (random, 0, (gint) n[key])];
  return c;
}

static OrrHistory *
build_case (const Case *c)
{
  g_autoptr (GString) text = g_string_new ("order\n");
  for (guint i = 0; i < c->n; i++)
    g_string_append_printf (text, "s%u w k%u %u @%u [%u,%u]\nversion k%u %u @%u <0 %u\n", c->session[i],
                            c->key[i], i + 1, i + 1, 10 * i, 10 * i + 5, c->key[i], i + 1, i + 1, 10 * i + 3);
  g_string_append_printf (text, "s%u r k0 %u @%u ; r k1 %u @%u [900,901]\n", c->reader, c->read[0],
                          c->read[0], c->read[1], c->read[1]);
  return history_build (text->str);
}

/* Is there a prefix, with some writes of the reader's session besides, whose last write of each key was read?
 */
static gboolean
holds_by_definition (const Case *c, guint mask)
{
  guint own = 0;
  for (guint i = 0; i < c->n; i++)
    own |= c->session[i] == c->reader ? 1u << i : 0;
  for (guint prefix = 0; prefix <= c->n; prefix++)
    for (guint besides = own;; besides = (besides - 1) & own)
      {
        guint seen = ((1u << prefix) - 1) | besides, last[2] = { 0, 0 };
        for (guint i = 0; i < c->n; i++)
          if (seen & mask & (1u << i))
            last[c->key[i]] = i + 1;
        gboolean right = TRUE;
        for (guint key = 0; key < 2; key++)
          right &= last[key] == c->read[key] || (c->read[key] > 0 && !(mask >> (c->read[key] - 1) & 1));
        if (right || !(mask >> c->n & 1))
          return TRUE;
        if (besides == 0)
          break;
      }
  return FALSE;
}

static void
test_random (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  const OrrCheck *check = orr_checks_find ("consistent-prefix");
  guint n_violated = 0, n_cases = CASES (20000);
  for (guint round = 0; round < n_cases; round++)
    {
      Case c = make_case (random);
      g_autoptr (OrrHistory) history = build_case (&c);
      g_autoptr (OrrVerdict) verdict = orr_check_judge (check, history, &ORR_CHECK_BUDGET_DEFAULT);
      gboolean holds = holds_by_definition (&c, G_MAXUINT);
      if (verdict->kind != (holds ? ORR_HOLDS : ORR_VIOLATED))
        fail_msg ("round %u: %s: %s", round, orr_verdict_name (verdict->kind), verdict->sentence);
      n_violated += !holds;
      guint mask = 0;
      for (guint i = 0; i < verdict->n_witness; i++)
        mask |= 1u << verdict->witness[i];
      assert_true (holds || !holds_by_definition (&c, mask));
      for (guint i = 0; i < verdict->n_witness; i++)
        assert_true (holds_by_definition (&c, mask & ~(1u << verdict->witness[i])));
    }
  if (n_violated < n_cases / 10 || n_violated > n_cases * 9 / 10)
    fail_msg ("%u of %u cases violate it", n_violated, n_cases);
}

static void
test_sentence (void **state G_GNUC_UNUSED)
{
  g_autoptr (OrrHistory) history
      = history_build ("a w x 1 @1 [0,2]\na w y 1 @1 [3,5]\nb r x nil @0 ; r y 1 @1 [6,7]\n"
                       "version x 1 @1 <0 1\nversion y 1 @1 <0 4\n");
  g_autoptr (OrrVerdict) verdict
      = orr_check_judge (orr_checks_find ("consistent-prefix"), history, &ORR_CHECK_BUDGET_DEFAULT);
  assert_int_equal (verdict->kind, ORR_VIOLATED);
  assert_string_equal (
      verdict->sentence,
      "a wrote x = 1 at 0.001s; later a wrote y = 1 at 0.004s; but b read y = 1 and, in the same "
      "operation, read x = nil: the later write without the earlier");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_random),
    cmocka_unit_test (test_sentence),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
