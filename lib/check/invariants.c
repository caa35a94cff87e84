/* invariants.c: a property that a model declares by rules on its facts. */
#include "check/rule.h"

#include "base/field-private.h"

#include <string.h>

static const OrrFactRule *
find_rule (const char *name)
{
  for (guint i = 0; orr_fact_rules[i]; i++)
    if (strcmp (orr_fact_rules[i]->entry.entry.name, name) == 0)
      return orr_fact_rules[i];
  return NULL;
}

void
orr_invariant_print (const OrrInvariant *invariant, GString *text)
{
  const OrrFactRule *rule = find_rule (invariant->rule);
  g_assert (rule);
  rule->say (invariant, text);
}

const char *
orr_invariants_silence (const OrrHistory *history, const char *property)
{
  const OrrInvariant *invariant = history->invariants;
  for (; invariant && invariant->property; invariant++)
    if (strcmp (invariant->property, property) == 0)
      return NULL;
  return "the model says nothing of it";
}

/* --- Which facts count --- */

/* Names that are not there are a mistake of the model's, which orr_model_check finds. */
static OrrRuleFields
find_fields (const OrrRecord *record, const char *names)
{
  OrrRuleFields found = { .n = 0 };
  g_auto (GStrv) words = g_strsplit (names ? names : "", " ", -1);
  for (char **word = words; *word; word++)
    {
      const OrrField *field = orr_fields_find (record->fields, *word);
      g_assert (field || strcmp (*word, "node") == 0);
      g_assert (found.n < ORR_RULE_FIELDS_MAX);
      found.fields[found.n++] = field;
    }
  return found;
}

/* "outcome=commit|abort": the field, and the words that count. */
static gboolean
is_when (const OrrHistoryFact *fact, const OrrContext *context, const OrrField *field, char **words)
{
  if (!field)
    return TRUE;
  gconstpointer value = (const char *) fact->body + field->offset;
  if (!orr_field_has_value (fact->fact->fields, field, fact->body))
    return FALSE;
  g_autoptr (GString) text = g_string_new (NULL);
  field->type->print (field, context, value, text);
  return g_strv_contains ((const char *const *) words, text->str);
}

static void
select_facts (const OrrRuleCase *kase, const char *name, const char *per, const char *when,
              OrrRuleFacts *ret_facts)
{
  const OrrHistory *history = kase->history;
  ret_facts->facts = g_array_new (FALSE, FALSE, sizeof (guint));
  gint record = name ? orr_records_find (history->fact_records, name) : -1;
  if (record < 0)
    return;
  ret_facts->per = find_fields (&history->fact_records[record], per);
  g_auto (GStrv) sides = g_strsplit (when ? when : "", "=", 2);
  g_auto (GStrv) words = g_strsplit (when ? sides[1] : "", "|", -1);
  const OrrField *field = when ? orr_fields_find (history->fact_records[record].fields, sides[0]) : NULL;
  for (guint i = 0; i < history->facts->len; i++)
    {
      const OrrHistoryFact *fact = orr_rule_fact (kase, i);
      if (fact->fact == &history->fact_records[record] && is_when (fact, &kase->context, field, words))
        g_array_append_val (ret_facts->facts, i);
    }
}

/* --- Judging --- */

static void
tell (const OrrRuleCase *kase, OrrVerdict *verdict, guint earlier, guint fact)
{
  g_autoptr (GString) text = g_string_new (NULL);
  orr_words_said (kase->history, earlier, text);
  if (earlier != fact)
    {
      g_string_append (text, ", and ");
      orr_words_said (kase->history, fact, text);
    }
  g_string_append (text, "; but ");
  orr_invariant_print (kase->invariant, text);
  g_free (verdict->sentence);
  verdict->sentence = g_string_free (g_steal_pointer (&text), FALSE);
}

void
orr_rule_wrong (const OrrRuleCase *kase, OrrVerdict *verdict, guint earlier, guint fact)
{
  verdict->n_violations++;
  if (verdict->kind == ORR_VIOLATED)
    return;
  verdict->kind = ORR_VIOLATED;
  orr_verdict_add_fact (verdict, earlier);
  orr_verdict_add_fact (verdict, fact);
  tell (kase, verdict, earlier, fact);
}

static void
judge_one (const OrrHistory *history, const OrrInvariant *invariant, OrrVerdict *verdict)
{
  OrrRuleCase kase = { .history = history, .invariant = invariant, .context = orr_history_context (history) };
  const OrrFactRule *rule = find_rule (invariant->rule);
  gboolean by_value = rule->entry.needs & ORR_RULE_AMONG_VALUE;
  select_facts (&kase, invariant->fact, invariant->per, invariant->when, &kase.own);
  select_facts (&kase, invariant->other, invariant->per, invariant->other_when, &kase.other);
  select_facts (&kase, invariant->among, by_value ? invariant->value : invariant->per, NULL, &kase.among);
  gint record = orr_records_find (history->fact_records, invariant->fact);
  if (record >= 0)
    kase.own.value = find_fields (&history->fact_records[record], invariant->value);
  verdict->n_checked += kase.own.facts->len;
  rule->judge (&kase, verdict);
  g_array_unref (kase.own.facts);
  g_array_unref (kase.other.facts);
  g_array_unref (kase.among.facts);
}

/* "in 12 facts, `leader` with the same term is said by one node alone" */
static void
say_holds (const OrrHistory *history, const char *property, OrrVerdict *verdict)
{
  const char *between = "";
  g_autofree char *facts = orr_words_count (verdict->n_checked, "fact", "facts");
  GString *text = g_string_new (NULL);
  if (verdict->n_checked == 0)
    g_string_append (text, "nobody said anything of it: ");
  else
    g_string_append_printf (text, "in %s, ", facts);
  for (const OrrInvariant *invariant = history->invariants; invariant->property; invariant++)
    if (strcmp (invariant->property, property) == 0)
      {
        g_string_append (text, between);
        orr_invariant_print (invariant, text);
        between = "; ";
      }
  g_free (verdict->sentence);
  verdict->sentence = g_string_free (text, FALSE);
}

OrrVerdict *
orr_invariants_judge (const OrrHistory *history, const char *property)
{
  OrrVerdict *verdict = orr_verdict_new (ORR_HOLDS, 0, "%s", "");
  for (const OrrInvariant *invariant = history->invariants; invariant->property; invariant++)
    if (strcmp (invariant->property, property) == 0)
      judge_one (history, invariant, verdict);
  if (verdict->kind == ORR_HOLDS)
    say_holds (history, property, verdict);
  return verdict;
}
