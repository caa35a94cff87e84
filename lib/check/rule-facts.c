/* rule-facts.c: what rules share: fields by name, tables by what facts hold, words. */
#include "check/rule.h"

#include "base/draw.h"
#include "base/field-private.h"

#include <string.h>

/* --- Comparing --- */

static gconstpointer
member (const OrrHistoryFact *fact, const OrrField *field)
{
  return (const char *) fact->body + field->offset;
}

gint
orr_rule_compare (const OrrRuleCase *kase, const OrrRuleFields *left_fields, guint left,
                  const OrrRuleFields *right_fields, guint right)
{
  const OrrHistoryFact *a = orr_rule_fact (kase, left), *b = orr_rule_fact (kase, right);
  g_assert (left_fields->n == right_fields->n);
  for (guint i = 0; i < left_fields->n; i++)
    {
      const OrrField *of_a = left_fields->fields[i], *of_b = right_fields->fields[i];
      gint order = of_a ? orr_field_compare (of_a, &kase->context, member (a, of_a), member (b, of_b))
                        : (a->node > b->node) - (a->node < b->node);
      if (order != 0)
        return order;
    }
  return 0;
}

OrrRuleFields
orr_rule_fields_and_node (const OrrRuleFields *fields)
{
  OrrRuleFields both = *fields;
  for (guint i = 0; i < both.n; i++)
    if (!both.fields[i])
      return both;
  g_assert (both.n < ORR_RULE_FIELDS_MAX);
  both.fields[both.n++] = NULL;
  return both;
}

/* --- Tables --- */

typedef struct
{
  OrrRuleTable *table;
  OrrRuleFields fields;
  guint fact;
  guint number;
} Slot;

struct OrrRuleTable
{
  const OrrRuleCase *kase;
  GHashTable *slots; /* looked up only */
};

static guint
slot_hash (gconstpointer data)
{
  const Slot *slot = data;
  const OrrRuleCase *kase = slot->table->kase;
  const OrrHistoryFact *fact = orr_rule_fact (kase, slot->fact);
  guint64 hash = 0;
  for (guint i = 0; i < slot->fields.n; i++)
    {
      const OrrField *field = slot->fields.fields[i];
      hash = orr_mix (hash, field ? orr_field_hash (field, &kase->context, fact->body) : fact->node);
    }
  return (guint) (hash ^ hash >> 32);
}

static gboolean
slot_equal (gconstpointer a, gconstpointer b)
{
  const Slot *left = a, *right = b;
  return orr_rule_compare (left->table->kase, &left->fields, left->fact, &right->fields, right->fact) == 0;
}

OrrRuleTable *
orr_rule_table_new (const OrrRuleCase *kase)
{
  OrrRuleTable *table = g_new (OrrRuleTable, 1);
  table->kase = kase;
  table->slots = g_hash_table_new_full (slot_hash, slot_equal, g_free, NULL);
  return table;
}

void
orr_rule_table_free (OrrRuleTable *table)
{
  if (!table)
    return;
  g_hash_table_unref (table->slots);
  g_free (table);
}

guint *
orr_rule_table_find (OrrRuleTable *table, const OrrRuleFields *fields, guint fact)
{
  Slot wanted = { .table = table, .fields = *fields, .fact = fact };
  Slot *found = g_hash_table_lookup (table->slots, &wanted);
  return found ? &found->number : NULL;
}

guint *
orr_rule_table_place (OrrRuleTable *table, const OrrRuleFields *fields, guint fact)
{
  guint *number = orr_rule_table_find (table, fields, fact);
  if (number)
    return number;
  Slot *slot = g_new (Slot, 1);
  *slot = (Slot){ .table = table, .fields = *fields, .fact = fact, .number = G_MAXUINT };
  g_hash_table_add (table->slots, slot);
  return &slot->number;
}

/* --- Words --- */

void
orr_rule_say_fields (const char *fields, GString *text)
{
  g_auto (GStrv) names = g_strsplit (fields, " ", -1);
  for (guint i = 0; names[i]; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? "" : names[i + 1] ? ", " : " and ", names[i]);
}

void
orr_rule_say_fact (const char *fact, const char *when, GString *text)
{
  g_string_append_printf (text, "`%s`", fact);
  if (when)
    g_string_append_printf (text, " (%s)", when);
}

void
orr_rule_say_facts (const OrrInvariant *invariant, GString *text)
{
  orr_rule_say_fact (invariant->fact, invariant->when, text);
  if (!invariant->per)
    return;
  g_string_append (text, " with the same ");
  orr_rule_say_fields (invariant->per, text);
}
