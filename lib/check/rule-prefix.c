/* rule-prefix.c: what one node says is the beginning of what another says.
 *
 * Nodes that deliver the same sequence may be at different places of it, never in different sequences. */
#include "check/rule.h"

static void
say (const OrrInvariant *invariant, GString *text)
{
  g_string_append (text, "of the sequences of ");
  orr_rule_say_fields (invariant->value, text);
  g_string_append (text, " that nodes say in ");
  orr_rule_say_facts (invariant, text);
  g_string_append (text, ", of any two one is the beginning of the other");
}

/* The longest sequence so far stands for all: place by place, who came there first says what stands there. */
typedef struct
{
  GArray *places; /* guint: facts */
} Sequence;

static void
sequence_clear (gpointer data)
{
  g_array_unref (((Sequence *) data)->places);
}

static Sequence *
find_sequence (GArray *sequences, OrrRuleTable *table, const OrrRuleFields *per, guint fact)
{
  guint *number = orr_rule_table_place (table, per, fact);
  if (*number == G_MAXUINT)
    {
      Sequence fresh = { g_array_new (FALSE, FALSE, sizeof (guint)) };
      *number = sequences->len;
      g_array_append_val (sequences, fresh);
    }
  return &g_array_index (sequences, Sequence, *number);
}

static void
judge (const OrrRuleCase *kase, OrrVerdict *verdict)
{
  const OrrRuleFacts *own = &kase->own;
  OrrRuleFields per_node = orr_rule_fields_and_node (&own->per);
  g_autoptr (OrrRuleTable) all = orr_rule_table_new (kase), lengths = orr_rule_table_new (kase);
  g_autoptr (GArray) sequences = g_array_new (FALSE, FALSE, sizeof (Sequence));
  g_array_set_clear_func (sequences, sequence_clear);
  for (guint i = 0; i < own->facts->len; i++)
    {
      guint fact = g_array_index (own->facts, guint, i);
      Sequence *sequence = find_sequence (sequences, all, &own->per, fact);
      guint *length = orr_rule_table_place (lengths, &per_node, fact);
      guint place = *length == G_MAXUINT ? 0 : *length;
      *length = place + 1;
      if (place == sequence->places->len)
        g_array_append_val (sequence->places, fact);
      guint first = g_array_index (sequence->places, guint, place);
      if (orr_rule_compare (kase, &own->value, first, &own->value, fact) != 0)
        orr_rule_wrong (kase, verdict, first, fact);
    }
}

const OrrFactRule orr_fact_rule_prefix = {
  .entry
  = { .entry
      = { .name = "prefix",
          .summary = "Of the sequences of `value` that two nodes say with the same `per`, one is the "
                     "beginning of the other",
          .doc = "Each node's facts that are equal in all fields of `per` are a sequence, in the order in "
                 "which it said them. Violated where two nodes' sequences differ at a place that both have "
                 "reached." },
      .needs = ORR_RULE_VALUE,
      .takes = ORR_RULE_PER },
  .say = say,
  .judge = judge,
};
