/* rule-unique.c: one node alone says it of one thing. */
#include "check/rule.h"

static void
say (const OrrInvariant *invariant, GString *text)
{
  orr_rule_say_facts (invariant, text);
  g_string_append (text, " is said by one node alone");
}

static void
judge (const OrrRuleCase *kase, OrrVerdict *verdict)
{
  const OrrRuleFacts *own = &kase->own;
  g_autoptr (OrrRuleTable) firsts = orr_rule_table_new (kase);
  for (guint i = 0; i < own->facts->len; i++)
    {
      guint fact = g_array_index (own->facts, guint, i);
      guint *first = orr_rule_table_place (firsts, &own->per, fact);
      if (*first == G_MAXUINT)
        *first = fact;
      else if (orr_rule_fact (kase, *first)->node != orr_rule_fact (kase, fact)->node)
        orr_rule_wrong (kase, verdict, *first, fact);
    }
}

const OrrFactRule orr_fact_rule_unique = {
  .entry = { .entry = { .name = "unique",
                        .summary = "At most one node says facts with the same `per`",
                        .doc = "Violated by two facts that are equal in all fields of `per` and were said by "
                               "different nodes. A node may say it again." },
             .takes = ORR_RULE_PER },
  .say = say,
  .judge = judge,
};
