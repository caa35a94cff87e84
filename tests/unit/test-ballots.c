/* test-ballots.c: the five properties of atomic commitment, each against its definition.
 *
 * Hand-made lists of votes and decisions first, with the sentences; then thousands of small random ones, on
 * which each check must say what its definition says, written down here with loops over all facts and nothing
 * else. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/check.h"
#include "../support/cases.h"

#include <string.h>

enum
{
  BEGUN,
  VOTED,
  DECIDED,
  SUSPECTED,
};

static const OrrRecord records[]
    = { ORR_FACT_BEGUN, ORR_FACT_VOTED, ORR_FACT_DECIDED, ORR_FACT_SUSPECTED, { 0 } };

static const OrrInvariant invariants[] = {
  { .property = "ac1-agreement",
    .rule = "agreement",
    .fact = "decided",
    .per = "transaction",
    .value = "decision" },
  { .property = "ac2-no-reversal",
    .rule = "agreement",
    .fact = "decided",
    .per = "transaction node",
    .value = "decision" },
  { 0 },
};

#define N_NODES        3 /* the coordinator, and two that vote */
#define N_TRANSACTIONS 2

static const char *const node_names[N_NODES] = { "c", "p1", "p2" };
static const OrrAddress participants[] = { 1, 2 };

static OrrHistory *
history_new (void)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  OrrHistory *history = orr_history_new (terms);
  history->fact_records = records;
  history->invariants = invariants;
  history->node_names = node_names;
  history->n_nodes = N_NODES;
  history->ending = ORR_ENDED_QUIET;
  return history;
}

static void
add (OrrHistory *history, guint record, guint32 node, guint64 transaction, gint32 what)
{
  OrrFactBegun begun = { .transaction = transaction, .participants = { participants, 2 } };
  OrrFactVoted voted = { .transaction = transaction, .vote = what }; /* a decision looks alike */
  OrrHistoryFact fact
      = { .fact = &records[record], .node = node, .time = (OrrTime) (history->facts->len + 1) * ORR_SECOND };
  fact.body = record == BEGUN ? orr_arena_copy (history->arena, &begun, sizeof begun)
                              : orr_arena_copy (history->arena, &voted, sizeof voted);
  g_array_append_val (history->facts, fact);
}

/* Words of four: what, who, transaction, vote or decision. `b` begun, `v` voted (y, n, r), `d` decided (c,
 * a), `s` suspected, `f` a fault, `l` one that lasts. */
static OrrHistory *
history_of (const char *text)
{
  OrrHistory *history = history_new ();
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  for (guint i = 0; words[i]; i++)
    {
      const char *word = words[i];
      if (word[0] == 'f' || word[0] == 'l')
        {
          history->faults = TRUE;
          history->struck_at = MIN (history->struck_at, (OrrTime) history->facts->len * ORR_SECOND + 1);
          history->lasting_faults |= word[0] == 'l';
          continue;
        }
      guint32 node = (guint32) (word[1] - '0');
      guint64 transaction = (guint64) (word[2] - '0');
      switch (word[0])
        {
        case 'b':
          add (history, BEGUN, node, transaction, 0);
          break;
        case 'v':
          add (history, VOTED, node, transaction,
               word[3] == 'y'   ? ORR_VOTE_YES
               : word[3] == 'n' ? ORR_VOTE_NO
                                : ORR_VOTE_READ_ONLY);
          break;
        case 'd':
          add (history, DECIDED, node, transaction, word[3] == 'c' ? ORR_DECIDED_COMMIT : ORR_DECIDED_ABORT);
          break;
        default:
          add (history, SUSPECTED, node, transaction, 0);
        }
    }
  return history;
}

static OrrVerdict *
judge (const OrrHistory *history, const char *property)
{
  return orr_check_judge (orr_checks_find (property), history, &ORR_CHECK_BUDGET_DEFAULT);
}

static void
expect (const char *property, const char *text, OrrVerdictKind kind, const char *sentence)
{
  g_autoptr (OrrHistory) history = history_of (text);
  g_autoptr (OrrVerdict) verdict = judge (history, property);
  if (verdict->kind != kind || (sentence && strcmp (verdict->sentence, sentence) != 0))
    fail_msg ("%s of %s: %s: %s", property, text, orr_verdict_name (verdict->kind), verdict->sentence);
}

#define ALL_YES "b01 v11y v21y "

static void
test_by_hand (void **state G_GNUC_UNUSED)
{
  expect ("ac1-agreement", ALL_YES "d01c d11c d21c", ORR_HOLDS, NULL);
  expect ("ac1-agreement", ALL_YES "d01c d11c d21a", ORR_VIOLATED, NULL);
  expect ("ac1-agreement", ALL_YES "d01c d12a", ORR_HOLDS, NULL);
  expect ("ac2-no-reversal", ALL_YES "d01c d11a", ORR_HOLDS, NULL);
  expect ("ac2-no-reversal", ALL_YES "d01c d01a", ORR_VIOLATED, NULL);
  expect ("ac3-validity", ALL_YES "d01c d11c", ORR_HOLDS, "all had voted yes before each of 1 commit");
  expect ("ac3-validity", "b01 v11y v21n d01c", ORR_VIOLATED,
          "c decided to commit transaction 1 at 4s, though p2 had voted no");
  expect ("ac3-validity", "b01 v11y d01c v21y", ORR_VIOLATED,
          "c decided to commit transaction 1 at 3s, though p2 had not voted yes");
  expect ("ac3-validity", "b01 v11y v21r d01c", ORR_HOLDS, NULL);
  expect ("ac3-validity", ALL_YES "v01n d11c", ORR_VIOLATED,
          "p1 decided to commit transaction 1 at 5s, though c had voted no");
  expect ("ac3-validity", "b01 v11y v21n d01a", ORR_HOLDS, NULL);
  expect ("ac4-non-triviality", ALL_YES "d01c", ORR_HOLDS,
          "1 transaction on which all voted yes was committed");
  expect ("ac4-non-triviality", ALL_YES "d01a", ORR_VIOLATED,
          "c decided to abort transaction 1 at 4s, though all had voted yes and nothing had failed");
  expect ("ac4-non-triviality", ALL_YES "f d01a", ORR_HOLDS, NULL);
  expect ("ac4-non-triviality", ALL_YES "s01 d01a", ORR_HOLDS, NULL);
  expect ("ac4-non-triviality", "b01 v11y v21n d01a", ORR_HOLDS,
          "of no transaction all voted yes while nothing had failed");
  expect ("ac4-non-triviality", ALL_YES "d01a f", ORR_VIOLATED, NULL);
  expect ("ac5-termination", ALL_YES "d11c d21c", ORR_HOLDS, "2 votes of yes ended in a decision");
  expect ("ac5-termination", ALL_YES "d11c", ORR_VIOLATED,
          "p2 voted yes on transaction 1 at 3s and never decided, though nothing was broken");
  expect ("ac5-termination", ALL_YES "f d11c", ORR_VIOLATED,
          "p2 voted yes on transaction 1 at 3s and never decided, though all that broke was mended");
  expect ("ac5-termination", ALL_YES "l d11c", ORR_UNDECIDED,
          "p2 voted yes on transaction 1 at 3s and never decided, but not all that broke was mended");
  expect ("ac5-termination", "b01 v11r v21n", ORR_HOLDS, NULL);
}

/* A model that says nothing of votes is not judged. */
static void
test_silence (void **state G_GNUC_UNUSED)
{
  static const char *const names[] = { "ac3-validity", "ac4-non-triviality", "ac5-termination" };
  g_autoptr (OrrHistory) history = history_of ("");
  history->fact_records = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (OrrVerdict) verdict = judge (history, names[i]);
      assert_int_equal (verdict->kind, ORR_UNDECIDED);
      assert_string_equal (verdict->sentence, "nobody says how processes voted and decided");
      expect (names[i], "", ORR_HOLDS, NULL); /* they could have, and nothing was to be decided */
    }
}

/* --- By the definitions --- */

static const OrrHistoryFact *
fact_at (const OrrHistory *history, guint index)
{
  return &g_array_index (history->facts, OrrHistoryFact, index);
}

/* Is this a fact of that kind about the transaction? */
static gboolean
is (const OrrHistory *history, guint index, guint record, guint64 transaction)
{
  const OrrHistoryFact *fact = fact_at (history, index);
  return fact->fact == &records[record] && ((const OrrFactVoted *) fact->body)->transaction == transaction;
}

static gint32
what (const OrrHistory *history, guint index)
{
  return ((const OrrFactVoted *) fact_at (history, index)->body)->vote;
}

static gboolean
is_begun (const OrrHistory *history, guint64 transaction)
{
  for (guint i = 0; i < history->facts->len; i++)
    if (is (history, i, BEGUN, transaction))
      return TRUE;
  return FALSE;
}

/* The node's first vote before that place: -1 where there is none. */
static gint
first_vote (const OrrHistory *history, guint32 node, guint64 transaction, guint before)
{
  for (guint i = 0; i < before; i++)
    if (is (history, i, VOTED, transaction) && fact_at (history, i)->node == node)
      return what (history, i);
  return -1;
}

/* No commit that anybody who was to vote had not said yes to, or anybody no. */
static gboolean
is_valid (const OrrHistory *history, guint64 transaction)
{
  for (guint i = 0; i < history->facts->len; i++)
    {
      if (!is (history, i, DECIDED, transaction) || what (history, i) != ORR_DECIDED_COMMIT)
        continue;
      for (guint32 node = 0; node < N_NODES; node++)
        {
          gint vote = first_vote (history, node, transaction, i);
          if (vote == ORR_VOTE_NO || (vote < 0 && node > 0 && is_begun (history, transaction)))
            return FALSE;
        }
      return TRUE; /* a later commit can't be worse than the first: votes only come to be more */
    }
  return TRUE;
}

static gboolean
is_not_trivial (const OrrHistory *history, guint64 transaction)
{
  gboolean yes[N_NODES] = { FALSE }, aborted = FALSE;
  OrrTime decided_at = ORR_TIME_NEVER;
  for (guint i = 0; i < history->facts->len; i++)
    {
      if (is (history, i, SUSPECTED, transaction))
        return TRUE;
      if (is (history, i, VOTED, transaction) && what (history, i) == ORR_VOTE_NO)
        return TRUE;
      if (is (history, i, VOTED, transaction))
        yes[fact_at (history, i)->node] = TRUE;
      if (!is (history, i, DECIDED, transaction))
        continue;
      decided_at = MIN (decided_at, fact_at (history, i)->time);
      aborted |= what (history, i) == ORR_DECIDED_ABORT;
    }
  gboolean failed_before = history->faults && history->struck_at <= decided_at;
  return !(is_begun (history, transaction) && yes[1] && yes[2] && aborted && !failed_before);
}

static gboolean
terminates (const OrrHistory *history, guint64 transaction)
{
  for (guint i = 0; i < history->facts->len; i++)
    {
      gboolean decided = FALSE;
      if (!is (history, i, VOTED, transaction) || what (history, i) != ORR_VOTE_YES)
        continue;
      for (guint j = 0; j < history->facts->len; j++)
        decided |= is (history, j, DECIDED, transaction)
                   && fact_at (history, j)->node == fact_at (history, i)->node;
      if (!decided)
        return FALSE;
    }
  return TRUE;
}

static gboolean
agrees (const OrrHistory *history, guint64 transaction, gboolean same_node)
{
  for (guint i = 0; i < history->facts->len; i++)
    for (guint j = 0; j < i; j++)
      if (is (history, i, DECIDED, transaction) && is (history, j, DECIDED, transaction)
          && what (history, i) != what (history, j)
          && (!same_node || fact_at (history, i)->node == fact_at (history, j)->node))
        return FALSE;
  return TRUE;
}

static gboolean
defined (const OrrHistory *history, guint property)
{
  gboolean holds = TRUE;
  for (guint64 transaction = 1; transaction <= N_TRANSACTIONS; transaction++)
    switch (property)
      {
      case 0:
      case 1:
        holds &= agrees (history, transaction, property == 1);
        break;
      case 2:
        holds &= is_valid (history, transaction);
        break;
      case 3:
        holds &= is_not_trivial (history, transaction);
        break;
      default:
        holds &= terminates (history, transaction);
      }
  return holds;
}

/* Facts that are often right: a vote is mostly yes, a decision mostly commit. */
static OrrHistory *
random_history (guint64 number)
{
  OrrHistory *history = history_new ();
  OrrDraw draw = orr_draw_key (number, "ballots");
  guint n = 1 + (guint) orr_draw_below (orr_draw_fold (draw, 0), 14);
  guint64 strikes = orr_draw_below (orr_draw_fold (draw, 1), 3 * n);
  add (history, BEGUN, 0, 1, 0);
  for (guint i = 0; i < n; i++)
    {
      OrrDraw own = orr_draw_fold (draw, 2 + i);
      guint64 kind = orr_draw_below (orr_draw_fold (own, 0), 12);
      guint32 node = (guint32) orr_draw_below (orr_draw_fold (own, 1), N_NODES);
      guint64 transaction = 1 + orr_draw_below (orr_draw_fold (own, 2), 7) / 6;
      gboolean good = orr_draw_below (orr_draw_fold (own, 3), 6) > 0;
      if (i == strikes)
        {
          history->faults = TRUE;
          history->struck_at = (OrrTime) history->facts->len * ORR_SECOND + 1;
        }
      if (kind == 0 && !good)
        add (history, SUSPECTED, node, transaction, 0);
      else if (kind == 1)
        add (history, BEGUN, 0, transaction, 0);
      else if (kind < 8)
        add (history, VOTED, MAX (node, kind < 7 ? 1 : 0), transaction,
             good ? ORR_VOTE_YES : (gint32) orr_draw_below (orr_draw_fold (own, 4), 3));
      else
        add (history, DECIDED, node, transaction,
             good != (number % 3 == 0) ? ORR_DECIDED_COMMIT : ORR_DECIDED_ABORT);
    }
  return history;
}

static void
test_by_definition (void **state G_GNUC_UNUSED)
{
  static const char *const names[]
      = { "ac1-agreement", "ac2-no-reversal", "ac3-validity", "ac4-non-triviality", "ac5-termination" };
  guint n_cases = CASES (20000);
  guint n_violated[G_N_ELEMENTS (names)] = { 0 };
  for (guint number = 0; number < n_cases; number++)
    {
      g_autoptr (OrrHistory) history = random_history (number);
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          g_autoptr (OrrVerdict) verdict = judge (history, names[i]);
          gboolean holds = defined (history, i);
          n_violated[i] += !holds;
          if (verdict->kind != (holds ? ORR_HOLDS : ORR_VIOLATED))
            fail_msg ("%s, history %u: %s, and by definition it is %s: %s", names[i], number,
                      orr_verdict_name (verdict->kind), holds ? "kept" : "not kept", verdict->sentence);
          assert_true (holds || verdict->n_facts > 0);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (n_violated[i] < n_cases / 50 || n_violated[i] > n_cases - n_cases / 50)
      fail_msg ("%s: %u of %u are violated: that tests nothing", names[i], n_violated[i], n_cases);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_by_hand),
    cmocka_unit_test (test_silence),
    cmocka_unit_test (test_by_definition),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
