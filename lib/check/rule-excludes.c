/* rule-excludes.c: of two things that contradict each other only one is ever said. */
#include "check/rule.h"

static void
say (const OrrInvariant *invariant, GString *text)
{
  orr_rule_say_facts (invariant, text);
  g_string_append (text, " is never said beside ");
  orr_rule_say_fact (invariant->other, invariant->other_when, text);
}

static void
judge (const OrrRuleCase *kase, OrrVerdict *verdict)
{
  g_autoptr (OrrRuleTable) said = orr_rule_table_new (kase);
  for (guint i = 0; i < kase->other.facts->len; i++)
    {
      guint fact = g_array_index (kase->other.facts, guint, i);
      guint *first = orr_rule_table_place (said, &kase->other.per, fact);
      *first = MIN (*first, fact);
    }
  for (guint i = 0; i < kase->own.facts->len; i++)
    {
      guint fact = g_array_index (kase->own.facts, guint, i);
      const guint *first = orr_rule_table_find (said, &kase->own.per, fact);
      if (first)
        orr_rule_wrong (kase, verdict, MIN (*first, fact), MAX (*first, fact));
    }
}

const OrrFactRule orr_fact_rule_excludes = {
  .entry = { .entry = { .name = "excludes",
                        .summary = "A fact and another, `other`, are never both said with the same `per`",
                        .doc = "Violated by two facts, one of each kind, that are equal in all fields of "
                               "`per`, whoever said them and when." },
             .needs = ORR_RULE_OTHER,
             .takes = ORR_RULE_PER },
  .say = say,
  .judge = judge,
};
