/* rule-agreement.c: all who speak of one thing say the same of it. */
#include "check/rule.h"

static void
say (const OrrInvariant *invariant, GString *text)
{
  orr_rule_say_facts (invariant, text);
  g_string_append (text, " says the same ");
  orr_rule_say_fields (invariant->value, text);
}

/* Each is held against the first of its kind: what differs from any differs from that, or that from it. */
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
      else if (orr_rule_compare (kase, &own->value, *first, &own->value, fact) != 0)
        orr_rule_wrong (kase, verdict, *first, fact);
    }
}

const OrrFactRule orr_fact_rule_agreement = {
  .entry
  = { .entry = { .name = "agreement",
                 .summary = "Facts with the same `per` say the same `value`",
                 .doc = "Violated by two facts that are equal in all fields of `per` and differ in one "
                        "of `value`, whoever said them and when." },
      .needs = ORR_RULE_VALUE,
      .takes = ORR_RULE_PER },
  .say = say,
  .judge = judge,
};
