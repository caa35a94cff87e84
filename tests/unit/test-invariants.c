/* test-invariants.c: rules on what nodes say, each against its definition.
 *
 * A definition is written down for all pairs or for each fact against all before, with loops and nothing
 * else; the check must say the same of thousands of small random lists of facts, and what it shows must be
 * wrong by itself. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/rule.h"
#include "../support/cases.h"

#include <string.h>

/* --- A model's facts --- */

typedef enum
{
  YES,
  NO
} Word;

typedef struct
{
  guint64 term;
  OrrValue thing;
  const char *name;
  gint32 word;
  gint64 place;
} Said;

typedef struct
{
  guint64 term;
} Joined;

static const OrrChoice words[] = { { "yes", "" }, { "no", "" }, { 0 } };
static const OrrField said_fields[] = {
  ORR_FIELD (Said, term, NUMBER, .doc = "of what"),
  ORR_FIELD (Said, thing, VALUE, .doc = "what"),
  ORR_FIELD (Said, name, TEXT, .doc = "by name"),
  ORR_FIELD (Said, word, CHOICE, .choices = words, .doc = "or not"),
  ORR_FIELD (Said, place, INT, .doc = "where"),
  { 0 },
};
static const OrrField joined_fields[] = { ORR_FIELD (Joined, term, NUMBER, .doc = "of what"), { 0 } };
enum
{
  SAID,
  HEARD,
  JOINED
};
static const OrrRecord records[] = {
  ORR_RECORD ("said", Said, said_fields),
  ORR_RECORD ("heard", Said, said_fields),
  ORR_RECORD ("joined", Joined, joined_fields),
  { 0 },
};

static const char *const node_names[] = { "n1", "n2", "n3" };

static OrrHistory *
history_new (const OrrInvariant *invariants)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  OrrHistory *history = orr_history_new (terms);
  history->fact_records = records;
  history->invariants = invariants;
  history->node_names = node_names;
  history->n_nodes = G_N_ELEMENTS (node_names);
  return history;
}

static void
add (OrrHistory *history, guint record, guint32 node, const Said *said)
{
  OrrHistoryFact fact = { .fact = &records[record],
                          .node = node,
                          .time = (OrrTime) (history->facts->len + 1) * ORR_SECOND,
                          .body = orr_arena_copy (history->arena, said, sizeof *said) };
  g_array_append_val (history->facts, fact);
}

static OrrVerdict *
judge (const OrrHistory *history)
{
  OrrVerdict *verdict
      = orr_check_judge (orr_checks_find ("log-matching"), history, &ORR_CHECK_BUDGET_DEFAULT);
  if (verdict->kind == ORR_VIOLATED)
    assert_true (verdict->n_facts > 0);
  return verdict;
}

/* --- By hand --- */

static void
expect_sentence (const OrrInvariant *invariants, OrrVerdictKind kind, const char *sentence)
{
  g_autoptr (OrrHistory) history = history_new (invariants);
  OrrValue x = orr_terms_text (history->terms, "x");
  add (history, SAID, 0, &(Said){ 1, x, "a", YES, 4 });
  add (history, SAID, 1, &(Said){ 2, x, "b", NO, -5 });
  add (history, HEARD, 1, &(Said){ 1, x, "a", NO, 3 });
  add (history, SAID, 2, &(Said){ 1, orr_value_int (7), "a", YES, 4 });
  add (history, JOINED, 2, &(Said){ .term = 1 });
  g_autoptr (OrrVerdict) verdict = judge (history);
  if (verdict->kind != kind || strcmp (verdict->sentence, sentence) != 0)
    fail_msg ("%s: %s", orr_verdict_name (verdict->kind), verdict->sentence);
}

#define FIRST      "n1 said \"said term=1 thing=x name=a word=yes place=4\" at 1s"
#define SECOND     "n2 said \"said term=2 thing=x name=b word=no place=-5\" at 2s"
#define THIRD      "n3 said \"said term=1 thing=7 name=a word=yes place=4\" at 4s"
#define RULES(...) ((const OrrInvariant[]){ { .property = "log-matching", __VA_ARGS__ }, { 0 } })

static void
test_sentences (void **state G_GNUC_UNUSED)
{
  expect_sentence (NULL, ORR_UNDECIDED, "the model says nothing of it");
  expect_sentence ((const OrrInvariant[]){ { .property = "election-safety" }, { 0 } }, ORR_UNDECIDED,
                   "the model says nothing of it");
  expect_sentence (RULES (.rule = "agreement", .fact = "said", .per = "term", .value = "thing word"),
                   ORR_VIOLATED,
                   FIRST ", and " THIRD "; but `said` with the same term says the same thing and word");
  expect_sentence (
      RULES (.rule = "agreement", .fact = "said", .per = "term name word", .value = "name word place"),
      ORR_HOLDS, "in 3 facts, `said` with the same term, name and word says the same name, word and place");
  expect_sentence (RULES (.rule = "unique", .fact = "said", .per = "term"), ORR_VIOLATED,
                   FIRST ", and " THIRD "; but `said` with the same term is said by one node alone");
  expect_sentence (RULES (.rule = "unique", .fact = "said", .per = "term", .when = "word=no"), ORR_HOLDS,
                   "in 1 fact, `said` (word=no) with the same term is said by one node alone");
  expect_sentence (RULES (.rule = "order", .fact = "said", .value = "term place"), ORR_VIOLATED,
                   SECOND ", and " THIRD
                          "; but each `said` is larger than those before it, by term and place");
  expect_sentence (RULES (.rule = "order", .fact = "said", .value = "place"), ORR_VIOLATED,
                   FIRST ", and " SECOND "; but each `said` is larger than those before it, by place");
  expect_sentence (RULES (.rule = "monotonicity", .fact = "said", .value = "place"), ORR_HOLDS,
                   "in 3 facts, no `said` is smaller than one that the node said before, by place");
  expect_sentence (RULES (.rule = "prefix", .fact = "said", .value = "thing"), ORR_VIOLATED,
                   FIRST ", and " THIRD
                         "; but of the sequences of thing that nodes say in `said`, of any two one is the "
                         "beginning of the other");
  expect_sentence (
      RULES (.rule = "implies", .fact = "said", .per = "term", .other = "heard", .other_when = "word=no"),
      ORR_VIOLATED, FIRST "; but `said` comes only after `heard` (word=no) with the same term");
  expect_sentence (
      RULES (.rule = "implies", .fact = "heard", .per = "term", .other = "said", .among = "joined"),
      ORR_VIOLATED,
      "n2 said \"heard term=1 thing=x name=a word=no place=3\" at 3s, and n3 said \"joined term=1\" at 5s; "
      "but `heard` comes only after `said` with the same term by each node that says `joined`");
  expect_sentence (RULES (.rule = "excludes", .fact = "said", .per = "term", .other = "heard"), ORR_VIOLATED,
                   FIRST
                   ", and n2 said \"heard term=1 thing=x name=a word=no place=3\" at 3s; but `said` with the "
                   "same term is never said beside `heard`");
  expect_sentence (RULES (.rule = "inherits", .fact = "heard", .per = "place name", .value = "term",
                          .other = "said", .among = "joined"),
                   ORR_HOLDS,
                   "in 1 fact, `joined` is said only by a node that holds, by its `said`, the place and "
                   "name of each `heard` with a smaller term");
  expect_sentence (RULES (.rule = "agreement", .fact = "said", .when = "name=c", .value = "term"), ORR_HOLDS,
                   "nobody said anything of it: `said` (name=c) says the same term");
  expect_sentence ((const OrrInvariant[]){ { "log-matching", "unique", "heard", "term" },
                                           { "log-matching", "monotonicity", "said", NULL, "place" },
                                           { 0 } },
                   ORR_HOLDS,
                   "in 4 facts, `heard` with the same term is said by one node alone; no `said` is smaller "
                   "than one that the node said "
                   "before, by place");
}

/* --- Against definitions --- */

#define N_FACTS_MAX 8

/* A fact as the definitions see it: small numbers. */
typedef struct
{
  guint record, node;
  guint term, value, word;
} Plain;

typedef gboolean (*Definition) (const Plain *facts, guint n);

static gboolean
pairs (const Plain *facts, guint n, gboolean (*is_wrong) (const Plain *a, const Plain *b))
{
  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      if (facts[i].record == SAID && facts[j].record == SAID && is_wrong (&facts[i], &facts[j]))
        return FALSE;
  return TRUE;
}

static gboolean
disagree (const Plain *a, const Plain *b)
{
  return a->term == b->term && a->value != b->value;
}

static gboolean
both_say (const Plain *a, const Plain *b)
{
  return a->term == b->term && a->node != b->node && a->word == YES && b->word == YES;
}

static gboolean
not_larger (const Plain *a, const Plain *b)
{
  return a->term == b->term && a->value >= b->value;
}

static gboolean
goes_back (const Plain *a, const Plain *b)
{
  return a->node == b->node && a->term == b->term && a->value > b->value;
}

static gboolean
define_agreement (const Plain *facts, guint n)
{
  return pairs (facts, n, disagree);
}

static gboolean
define_unique (const Plain *facts, guint n)
{
  return pairs (facts, n, both_say);
}

static gboolean
define_order (const Plain *facts, guint n)
{
  return pairs (facts, n, not_larger);
}

static gboolean
define_monotonicity (const Plain *facts, guint n)
{
  return pairs (facts, n, goes_back);
}

static guint
sequence_of (const Plain *facts, guint n, guint node, guint term, guint *ret_values)
{
  guint length = 0;
  for (guint i = 0; i < n; i++)
    if (facts[i].record == SAID && facts[i].node == node && facts[i].term == term)
      ret_values[length++] = facts[i].value;
  return length;
}

static gboolean
define_prefix (const Plain *facts, guint n)
{
  for (guint term = 0; term < 3; term++)
    for (guint a = 0; a < 3; a++)
      for (guint b = 0; b < 3; b++)
        {
          guint left[N_FACTS_MAX], right[N_FACTS_MAX];
          guint n_left = sequence_of (facts, n, a, term, left),
                n_right = sequence_of (facts, n, b, term, right);
          if (memcmp (left, right, MIN (n_left, n_right) * sizeof *left) != 0)
            return FALSE;
        }
  return TRUE;
}

/* Was `heard` said with this term before place `end`, by this node (3: by any)? */
static gboolean
was_heard (const Plain *facts, guint end, guint term, guint node)
{
  for (guint i = 0; i < end; i++)
    if (facts[i].record == HEARD && facts[i].term == term && (node == 3 || facts[i].node == node))
      return TRUE;
  return FALSE;
}

static gboolean
define_implies (const Plain *facts, guint n)
{
  for (guint i = 0; i < n; i++)
    if (facts[i].record == SAID && facts[i].word == YES && !was_heard (facts, i, facts[i].term, 3))
      return FALSE;
  return TRUE;
}

static gboolean
define_implies_among (const Plain *facts, guint n)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n && facts[i].record == SAID; j++)
      if (facts[j].record == JOINED && facts[j].term == facts[i].term
          && !was_heard (facts, i, facts[i].term, facts[j].node))
        return FALSE;
  return TRUE;
}

static gboolean
define_excludes (const Plain *facts, guint n)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      if (facts[i].record == SAID && facts[j].record == HEARD && facts[i].term == facts[j].term
          && facts[i].word == NO && facts[j].word == YES)
        return FALSE;
  return TRUE;
}

/* Does the node hold that value at that place, by what it said before `end`? */
static gboolean
has (const Plain *facts, guint end, guint node, guint place, guint value)
{
  guint held[N_FACTS_MAX] = { 0 }; /* by place: value + 1 */
  for (guint i = 0; i < end; i++)
    if (facts[i].record == HEARD && facts[i].node == node)
      {
        held[facts[i].value] = facts[i].word + 1;
        for (guint behind = facts[i].value + 1; behind < N_FACTS_MAX; behind++)
          held[behind] = 0;
      }
  return held[place] == value + 1;
}

static gboolean
define_inherits (const Plain *facts, guint n)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      if (facts[i].record == JOINED && facts[j].record == SAID && facts[j].term < facts[i].term
          && !has (facts, i, facts[i].node, facts[j].value, facts[j].word))
        return FALSE;
  return TRUE;
}

typedef struct
{
  OrrInvariant invariant;
  Definition holds;
  guint n_values; /* few where chance would seldom let it hold */
} Case;

static const Case cases[] = {
  { { "log-matching", "agreement", "said", "term", "thing" }, define_agreement, 2 },
  { { "log-matching", "agreement", "said", "term", "name" }, define_agreement, 2 },
  { { "log-matching", "unique", "said", "term", .when = "word=yes" }, define_unique, 2 },
  { { "log-matching", "order", "said", "term", "thing" }, define_order, 8 },
  { { "log-matching", "order", "said", "term", "place" }, define_order, 8 },
  { { "log-matching", "monotonicity", "said", "term", "place" }, define_monotonicity, 4 },
  { { "log-matching", "monotonicity", "said", "node term", "thing" }, define_monotonicity, 4 },
  { { "log-matching", "prefix", "said", "term", "thing" }, define_prefix, 2 },
  { { "log-matching", "implies", "said", "term", .when = "word=yes", .other = "heard" }, define_implies, 2 },
  { { "log-matching", "implies", "said", "term", .other = "heard", .among = "joined" },
    define_implies_among,
    2 },
  { { "log-matching", "excludes", "said", "term", .when = "word=no", .other = "heard",
      .other_when = "word=yes" },
    define_excludes,
    2 },
  { { "log-matching", "inherits", "said", "place word", "term", .other = "heard", .among = "joined" },
    define_inherits,
    2 },
};

static OrrVerdict *
judge_plain (const Case *kase, const Plain *facts, guint n)
{
  static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g", "h" };
  const OrrInvariant invariants[] = { kase->invariant, { 0 } };
  g_autoptr (OrrHistory) history = history_new (invariants);
  for (guint i = 0; i < n; i++)
    add (history, facts[i].record, facts[i].node,
         &(Said){ facts[i].term, orr_value_int (facts[i].value), names[facts[i].value],
                  (gint32) facts[i].word, (gint64) facts[i].value - 3 });
  return judge (history);
}

/* The facts that it shows are wrong by themselves, and none of them can be left out. */
static void
look_at_witness (const Case *kase, const Plain *facts, const OrrVerdict *verdict)
{
  Plain shown[N_FACTS_MAX];
  guint indices[N_FACTS_MAX];
  memcpy (indices, verdict->facts, verdict->n_facts * sizeof *indices);
  for (guint i = 0; i < verdict->n_facts; i++)
    {
      assert_true (i == 0 || indices[i - 1] < indices[i]);
      shown[i] = facts[indices[i]];
    }
  assert_false (kase->holds (shown, verdict->n_facts));
  for (guint without = 0; without < verdict->n_facts; without++)
    {
      Plain rest[N_FACTS_MAX];
      guint n = 0;
      for (guint i = 0; i < verdict->n_facts; i++)
        if (i != without)
          rest[n++] = shown[i];
      assert_true (kase->holds (rest, n));
    }
}

/* Mostly the first. */
static guint
random_record (GRand *rand)
{
  gint record = g_rand_int_range (rand, -2, 3);
  return (guint) MAX (record, 0);
}

static void
test_against_definitions (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      guint n_held = 0, n_cases = CASES (20000);
      for (guint i = 0; i < n_cases; i++)
        {
          Plain facts[N_FACTS_MAX];
          guint n = (guint) g_rand_int_range (rand, 0, N_FACTS_MAX + 1);
          for (guint f = 0; f < n; f++)
            facts[f] = (Plain){ random_record (rand), (guint) g_rand_int_range (rand, 0, 3),
                                (guint) g_rand_int_range (rand, 0, 3),
                                (guint) g_rand_int_range (rand, 0, (gint) cases[c].n_values),
                                (guint) g_rand_int_range (rand, 0, 2) };
          g_autoptr (OrrVerdict) verdict = judge_plain (&cases[c], facts, n);
          gboolean holds = cases[c].holds (facts, n);
          assert_int_equal (verdict->kind, holds ? ORR_HOLDS : ORR_VIOLATED);
          n_held += holds;
          if (!holds)
            look_at_witness (&cases[c], facts, verdict);
        }
      if (n_held < n_cases / 20 || n_held > n_cases / 20 * 19)
        fail_msg ("case %u held in %u of %u", c, n_held, n_cases);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_sentences),
    cmocka_unit_test (test_against_definitions),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
