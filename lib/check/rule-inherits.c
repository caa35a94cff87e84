/* rule-inherits.c: who takes over has all that was settled before.
 *
 * A leader's log must hold what was committed under earlier ones, whoever it was that said so, and whenever:
 * news of an old commit may come late. What a node holds is what it said last of each place. Logs are cut
 * where they are mended: who says something of a place has dropped what it had said of that place and of all
 * behind it. */
#include "check/rule.h"

static void
say (const OrrInvariant *invariant, GString *text)
{
  orr_rule_say_fact (invariant->among, NULL, text);
  g_string_append (text, " is said only by a node that holds, by its ");
  orr_rule_say_fact (invariant->other, invariant->other_when, text);
  g_string_append (text, ", the ");
  orr_rule_say_fields (invariant->per, text);
  g_string_append (text, " of each ");
  orr_rule_say_fact (invariant->fact, invariant->when, text);
  g_string_append (text, " with a smaller ");
  orr_rule_say_fields (invariant->value, text);
}

/* What a node holds. */
typedef struct
{
  GArray *places;       /* guint: facts, by their places */
  OrrRuleTable *latest; /* which of its facts said that last */
} Log;

static void
hold (const OrrRuleCase *kase, Log *log, guint *place_of, guint fact)
{
  OrrRuleFields place = { .fields = { kase->other.per.fields[0] }, .n = 1 };
  while (log->places->len > 0
         && orr_rule_compare (kase, &place, g_array_index (log->places, guint, log->places->len - 1), &place,
                              fact)
                >= 0)
    g_array_set_size (log->places, log->places->len - 1);
  place_of[fact] = log->places->len;
  g_array_append_val (log->places, fact);
  *orr_rule_table_place (log->latest, &kase->other.per, fact) = fact;
}

static gboolean
holds (const OrrRuleCase *kase, const Log *log, const guint *place_of, guint settled)
{
  const guint *fact = orr_rule_table_find (log->latest, &kase->own.per, settled);
  return fact && place_of[*fact] < log->places->len
         && g_array_index (log->places, guint, place_of[*fact]) == *fact;
}

/* Of what several nodes said was settled, the one with the smallest value. */
static GArray *
find_settled (const OrrRuleCase *kase)
{
  GArray *settled = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (OrrRuleTable) numbers = orr_rule_table_new (kase);
  for (guint i = 0; i < kase->own.facts->len; i++)
    {
      guint fact = g_array_index (kase->own.facts, guint, i);
      guint *number = orr_rule_table_place (numbers, &kase->own.per, fact);
      if (*number == G_MAXUINT)
        {
          *number = settled->len;
          g_array_append_val (settled, fact);
        }
      guint *first = &g_array_index (settled, guint, *number);
      if (orr_rule_compare (kase, &kase->own.value, fact, &kase->own.value, *first) < 0)
        *first = fact;
    }
  return settled;
}

static void
take_over (const OrrRuleCase *kase, const Log *log, const guint *place_of, const GArray *settled,
           guint member, OrrVerdict *verdict)
{
  for (guint i = 0; i < settled->len; i++)
    {
      guint fact = g_array_index (settled, guint, i);
      if (orr_rule_compare (kase, &kase->own.value, fact, &kase->among.per, member) < 0
          && !holds (kase, log, place_of, fact))
        orr_rule_wrong (kase, verdict, MIN (fact, member), MAX (fact, member));
    }
}

static void
judge (const OrrRuleCase *kase, OrrVerdict *verdict)
{
  g_autoptr (GArray) settled = find_settled (kase);
  g_autofree guint *place_of = g_new (guint, kase->history->facts->len + 1);
  g_autofree Log *logs = g_new (Log, kase->history->n_nodes + 1);
  for (guint i = 0; i < kase->history->n_nodes; i++)
    logs[i] = (Log){ g_array_new (FALSE, FALSE, sizeof (guint)), orr_rule_table_new (kase) };
  for (guint held = 0, i = 0; i < kase->among.facts->len; i++)
    {
      guint member = g_array_index (kase->among.facts, guint, i);
      for (; held < kase->other.facts->len && g_array_index (kase->other.facts, guint, held) < member; held++)
        {
          guint fact = g_array_index (kase->other.facts, guint, held);
          hold (kase, &logs[orr_rule_fact (kase, fact)->node], place_of, fact);
        }
      take_over (kase, &logs[orr_rule_fact (kase, member)->node], place_of, settled, member, verdict);
    }
  for (guint i = 0; i < kase->history->n_nodes; i++)
    {
      g_array_unref (logs[i].places);
      orr_rule_table_free (logs[i].latest);
    }
}

const OrrFactRule orr_fact_rule_inherits = {
  .entry
  = { .entry = { .name = "inherits",
                 .summary = "Who says `among` holds, by what it said of `other`, each fact with a "
                            "smaller `value`",
                 .doc = "`per` says what is held, its first field the place. A node holds what it "
                        "said of `other`, as long as it has not said it of that place or of one "
                        "before it again: so logs are cut. Violated where a node says `among` and "
                        "does not hold what a fact, said by anybody at any time, has in `per`, with "
                        "a `value` that is smaller than that of `among`." },
      .needs = ORR_RULE_PER | ORR_RULE_VALUE | ORR_RULE_OTHER | ORR_RULE_AMONG | ORR_RULE_AMONG_VALUE },
  .say = say,
  .judge = judge,
};
