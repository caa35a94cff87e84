/* rule-implies.c: who says one thing relies on another that was said before. */
#include "check/rule.h"

static void
say (const OrrInvariant *invariant, GString *text)
{
  orr_rule_say_fact (invariant->fact, invariant->when, text);
  g_string_append (text, " comes only after ");
  orr_rule_say_fact (invariant->other, invariant->other_when, text);
  if (invariant->per)
    {
      g_string_append (text, " with the same ");
      orr_rule_say_fields (invariant->per, text);
    }
  if (invariant->among)
    {
      g_string_append (text, " by each node that says ");
      orr_rule_say_fact (invariant->among, NULL, text);
    }
}

/* When each was first said, by the fields. */
static OrrRuleTable *
first_said (const OrrRuleCase *kase, const OrrRuleFacts *facts, const OrrRuleFields *fields)
{
  OrrRuleTable *table = orr_rule_table_new (kase);
  for (guint i = 0; i < facts->facts->len; i++)
    {
      guint fact = g_array_index (facts->facts, guint, i);
      guint *first = orr_rule_table_place (table, fields, fact);
      *first = MIN (*first, fact);
    }
  return table;
}

static void
judge_by_anybody (const OrrRuleCase *kase, OrrVerdict *verdict)
{
  g_autoptr (OrrRuleTable) said = first_said (kase, &kase->other, &kase->other.per);
  for (guint i = 0; i < kase->own.facts->len; i++)
    {
      guint fact = g_array_index (kase->own.facts, guint, i);
      const guint *first = orr_rule_table_find (said, &kase->own.per, fact);
      if (!first || *first > fact)
        orr_rule_wrong (kase, verdict, fact, fact);
    }
}

/* When the node that says `member` first said the other; G_MAXUINT: never. */
static guint
said_by (OrrRuleTable *said, const OrrRuleFields *by_node, guint member)
{
  const guint *when = orr_rule_table_find (said, by_node, member);
  return when ? *when : G_MAXUINT;
}

/* Of those among whom it must have been said, it is enough to know the last who did. */
static void
judge_among (const OrrRuleCase *kase, OrrVerdict *verdict)
{
  OrrRuleFields other_by_node = orr_rule_fields_and_node (&kase->other.per);
  OrrRuleFields among_by_node = orr_rule_fields_and_node (&kase->among.per);
  g_autoptr (OrrRuleTable) said = first_said (kase, &kase->other, &other_by_node);
  g_autoptr (OrrRuleTable) lasts = orr_rule_table_new (kase);
  for (guint i = 0; i < kase->among.facts->len; i++)
    {
      guint member = g_array_index (kase->among.facts, guint, i);
      guint *last = orr_rule_table_place (lasts, &kase->among.per, member);
      if (*last == G_MAXUINT
          || said_by (said, &among_by_node, member) > said_by (said, &among_by_node, *last))
        *last = member;
    }
  for (guint i = 0; i < kase->own.facts->len; i++)
    {
      guint fact = g_array_index (kase->own.facts, guint, i);
      const guint *last = orr_rule_table_find (lasts, &kase->own.per, fact);
      if (last && said_by (said, &among_by_node, *last) > fact)
        orr_rule_wrong (kase, verdict, MIN (*last, fact), MAX (*last, fact));
    }
}

static void
judge (const OrrRuleCase *kase, OrrVerdict *verdict)
{
  if (kase->invariant->among)
    judge_among (kase, verdict);
  else
    judge_by_anybody (kase, verdict);
}

const OrrFactRule orr_fact_rule_implies = {
  .entry = { .entry = { .name = "implies",
                        .summary = "A fact is said only after another, `other`, with the same `per`",
                        .doc = "Violated by a fact before which nobody said `other` with equal fields of "
                               "`per`. Where the invariant names "
                               "`among`, each node that says that fact with these fields, at any time, must "
                               "have said `other` itself, before; "
                               "where no node does, nothing is asked for." },
             .needs = ORR_RULE_OTHER,
             .takes = ORR_RULE_PER | ORR_RULE_AMONG },
  .say = say,
  .judge = judge,
};
