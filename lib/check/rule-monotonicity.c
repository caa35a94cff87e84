/* rule-monotonicity.c: what a node says never goes back. */
#include "check/rule.h"

static void
say (const OrrInvariant *invariant, GString *text)
{
  g_string_append (text, "no ");
  orr_rule_say_facts (invariant, text);
  g_string_append (text, " is smaller than one that the node said before, by ");
  orr_rule_say_fields (invariant->value, text);
}

/* The largest so far stands for all before. */
static void
judge (const OrrRuleCase *kase, OrrVerdict *verdict)
{
  const OrrRuleFacts *own = &kase->own;
  g_autoptr (OrrRuleTable) largest = orr_rule_table_new (kase);
  OrrRuleFields per_node = orr_rule_fields_and_node (&own->per);
  for (guint i = 0; i < own->facts->len; i++)
    {
      guint fact = g_array_index (own->facts, guint, i);
      guint *last = orr_rule_table_place (largest, &per_node, fact);
      gint order = *last == G_MAXUINT ? 1 : orr_rule_compare (kase, &own->value, fact, &own->value, *last);
      if (order < 0)
        orr_rule_wrong (kase, verdict, *last, fact);
      if (order > 0)
        *last = fact;
    }
}

const OrrFactRule orr_fact_rule_monotonicity = {
  .entry
  = { .entry
      = { .name = "monotonicity",
          .summary = "`value` never goes down in what a node says with the same `per`",
          .doc
          = "Violated by a fact whose `value` is smaller than one that the same node said before, in a fact "
            "that is equal in all fields of `per`. Of several fields the first that differs decides." },
      .needs = ORR_RULE_VALUE,
      .takes = ORR_RULE_PER },
  .say = say,
  .judge = judge,
};
