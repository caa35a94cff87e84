/* rule.h: rules on what nodes say in public.
 *
 * Most invariants of protocols are instances of a few: those who decide agree, a term has one leader, an
 * index only grows. A model declares each in one line (OrrInvariant), and here the line becomes a check. A
 * rule looks at the facts of one kind, in the order in which they were said; it groups them by the fields
 * that the line names as `per`, and compares those that it names as `value`. Internal. */
#pragma once

#include "check/check-private.h"

G_BEGIN_DECLS

#define ORR_RULE_FIELDS_MAX (ORR_INVARIANT_FIELDS_MAX + 1) /* and the node */

/* Fields of one fact table, in the order in which the invariant names them. */
typedef struct
{
  const OrrField *fields[ORR_RULE_FIELDS_MAX]; /* NULL stands for the node */
  guint n;
} OrrRuleFields;

/* The facts of one kind that count. */
typedef struct
{
  GArray *facts; /* guint: indices into the history's facts */
  OrrRuleFields per, value;
} OrrRuleFacts;

/* An invariant, made ready to be judged. */
typedef struct
{
  const OrrHistory *history;
  const OrrInvariant *invariant;
  OrrContext context;
  OrrRuleFacts own, other, among; /* the latter two are empty where the invariant names none */
} OrrRuleCase;

typedef struct
{
  OrrRuleEntry entry;
  /* What it demands, of this invariant: "`leader` with the same term is said by one node alone". */
  void (*say) (const OrrInvariant *invariant, GString *text);
  /* Which facts are wrong: in the order of the history. */
  void (*judge) (const OrrRuleCase *kase, OrrVerdict *verdict);
} OrrFactRule;

extern const OrrFactRule *const orr_fact_rules[]; /* all; ends with NULL */

/* The rule, and what it demands, in words. */
void orr_invariant_print (const OrrInvariant *invariant, GString *text);

/* Why a model's invariants say nothing of a property: it has none of that name. NULL: it has. */
const char *orr_invariants_silence (const OrrHistory *history, const char *property);
OrrVerdict *orr_invariants_judge (const OrrHistory *history, const char *property);

/* --- For rules --- */

/* A fact is wrong, in the light of another one (or of itself alone, where both are the same). The first of
 * all is told: the verdict's witness is the earlier one and this. */
void orr_rule_wrong (const OrrRuleCase *kase, OrrVerdict *verdict, guint earlier, guint fact);

static inline const OrrHistoryFact *
orr_rule_fact (const OrrRuleCase *kase, guint fact)
{
  return &g_array_index (kase->history->facts, OrrHistoryFact, fact);
}

/* Which of two comes first by these fields; of two tables, each by its own. */
gint orr_rule_compare (const OrrRuleCase *kase, const OrrRuleFields *left_fields, guint left,
                       const OrrRuleFields *right_fields, guint right);

/* A table by what the fields of a fact hold: for each such, a number. */
typedef struct OrrRuleTable OrrRuleTable;
OrrRuleTable *orr_rule_table_new (const OrrRuleCase *kase);
void orr_rule_table_free (OrrRuleTable *table); /* accepts NULL */
/* The number that stands there; NULL: none. It stays where it is. */
guint *orr_rule_table_find (OrrRuleTable *table, const OrrRuleFields *fields, guint fact);
/* The same, or a new one, which holds G_MAXUINT. */
guint *orr_rule_table_place (OrrRuleTable *table, const OrrRuleFields *fields, guint fact);

/* `fields` and the node, unless it is among them. */
OrrRuleFields orr_rule_fields_and_node (const OrrRuleFields *fields);

/* "`leader` with the same term", "`leader`" where nothing is to be the same; `when` as "`decided`
 * (outcome=commit)". */
void orr_rule_say_facts (const OrrInvariant *invariant, GString *text);
void orr_rule_say_fact (const char *fact, const char *when, GString *text);
/* "index and term" of "index term". */
void orr_rule_say_fields (const char *fields, GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrRuleTable, orr_rule_table_free)

G_END_DECLS
