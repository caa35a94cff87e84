/* rule-order.c: what is said of one thing grows each time. */
#include "check/rule.h"

static void
say (const OrrInvariant *invariant, GString *text)
{
  g_string_append (text, "each ");
  orr_rule_say_facts (invariant, text);
  g_string_append (text, " is larger than those before it, by ");
  orr_rule_say_fields (invariant->value, text);
}

/* The largest so far stands for all before. */
static void
judge (const OrrRuleCase *kase, OrrVerdict *verdict)
{
  const OrrRuleFacts *own = &kase->own;
  g_autoptr (OrrRuleTable) largest = orr_rule_table_new (kase);
  for (guint i = 0; i < own->facts->len; i++)
    {
      guint fact = g_array_index (own->facts, guint, i);
      guint *last = orr_rule_table_place (largest, &own->per, fact);
      gint order = *last == G_MAXUINT ? 1 : orr_rule_compare (kase, &own->value, fact, &own->value, *last);
      if (order <= 0)
        orr_rule_wrong (kase, verdict, *last, fact);
      if (order > 0)
        *last = fact;
    }
}

const OrrFactRule orr_fact_rule_order = {
  .entry
  = { .entry
      = { .name = "order",
          .summary = "`value` grows with each fact of the same `per`",
          .doc
          = "Violated by a fact whose `value` is not larger than that of all facts before it that are equal "
            "in all fields of `per`, whoever said them. Of several fields the first that differs decides." },
      .needs = ORR_RULE_VALUE,
      .takes = ORR_RULE_PER },
  .say = say,
  .judge = judge,
};
