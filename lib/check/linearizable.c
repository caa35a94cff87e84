/* linearizable.c: as if there were one copy, and each operation took effect at one moment.
 *
 * There must be one order of all operations that the object's rules allow and in which whatever completed
 * before something else was invoked comes before it. Each part of the history, a key as a rule, is judged for
 * itself, in whatever way is fastest for it: by zones, by the order that reads show, by the four mistakes
 * that a queue can make, else by search. */
#include "check/linear-private.h"

/* In the two forms of a fast way; where they disagree, operations of one process touch, and the search tells.
 */
static OrrLinearAnswer
judge_fast (const OrrLinearPart *part, GArray *suspects)
{
  static const OrrLinearWay ways[] = { orr_linear_register, orr_linear_grown, orr_linear_queue };
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      OrrLinearAnswer answer = ways[i](part, FALSE, suspects);
      if (answer == ORR_LINEAR_OTHER && suspects)
        g_array_set_size (suspects, 0);
      if (answer == ORR_LINEAR_HOLDS && part->touches && ways[i](part, TRUE, NULL) != ORR_LINEAR_HOLDS)
        return ORR_LINEAR_OTHER;
      if (answer != ORR_LINEAR_OTHER)
        return answer;
    }
  return ORR_LINEAR_OTHER;
}

OrrLinearAnswer
orr_linear_judge (const OrrLinearPart *part, const OrrCheckBudget *budget, guint64 *states, GArray *suspects)
{
  OrrLinearAnswer answer = judge_fast (part, suspects);
  return answer == ORR_LINEAR_OTHER ? orr_linear_search (part, budget, states, suspects) : answer;
}

static gint
compare_operations (gconstpointer a, gconstpointer b)
{
  guint left = *(const guint *) a, right = *(const guint *) b; /* they stand by invocation */
  return left < right ? -1 : left > right;
}

/* Says what is wrong with the part. */
static OrrVerdict *
refuse (const OrrLinearPart *part, const OrrCheckBudget *budget, const GArray *suspects)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean least;
  g_autoptr (GArray) witness = orr_linear_witness (part, orr_linear_judge, budget, suspects, &least);
  g_array_sort (witness, compare_operations);
  orr_linear_explain (part, witness, text);
  OrrVerdict *verdict = orr_verdict_new (ORR_VIOLATED, 0, "%s", text->str);
  for (guint i = 0; i < witness->len; i++)
    orr_verdict_add_witness (verdict, g_array_index (witness, guint, i));
  if (!least)
    orr_verdict_not_least (verdict);
  return verdict;
}

/* "812 operations in 3 parts that share no key". */
static char *
say_how_much (guint64 n_operations, guint n_parts)
{
  g_autofree char *operations = orr_words_count (n_operations, "operation", "operations");
  g_autofree char *parts = orr_words_count (n_parts, "part", "parts");
  return n_parts > 1 ? g_strdup_printf ("%s in %s that share no key", operations, parts)
                     : g_strdup (operations);
}

static OrrVerdict *
say_holds (guint64 n_operations, guint n_parts)
{
  g_autofree char *much = say_how_much (n_operations, n_parts);
  return orr_verdict_new (ORR_HOLDS, n_operations, "one order explains %s", much);
}

static OrrVerdict *
judge_parts (const OrrHistory *history, const OrrCheckBudget *budget)
{
  g_autoptr (OrrLinearParts) parts = orr_linear_parts_new (history);
  g_autoptr (GArray) suspects = g_array_new (FALSE, FALSE, sizeof (guint));
  OrrVerdict *verdict = NULL;
  guint64 states = budget->states_max, n_violated = 0, n_undecided = 0;
  for (guint i = 0; i < parts->parts->len; i++)
    {
      const OrrLinearPart *part = &g_array_index (parts->parts, OrrLinearPart, i);
      g_array_set_size (suspects, 0);
      OrrLinearAnswer answer = orr_linear_judge (part, budget, &states, suspects);
      n_undecided += answer == ORR_LINEAR_UNDECIDED;
      n_violated += answer == ORR_LINEAR_VIOLATED;
      if (answer == ORR_LINEAR_VIOLATED && !verdict)
        verdict = refuse (part, budget, suspects);
    }
  g_autofree char *much = say_how_much (parts->n_operations, parts->parts->len);
  if (!verdict && n_undecided > 0)
    verdict = orr_verdict_new (ORR_UNDECIDED, 0, "the search %s after %" G_GUINT64_FORMAT " states, in %s",
                               orr_budget_is_stopped (budget) ? "was stopped" : "ended",
                               budget->states_max - states, much);
  if (!verdict)
    verdict = say_holds (parts->n_operations, parts->parts->len);
  verdict->n_checked = parts->n_operations;
  verdict->n_violations = n_violated;
  return verdict;
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  guint64 n_operations;
  guint n_keys;
  return orr_linear_registers (history, &n_operations, &n_keys) == ORR_LINEAR_HOLDS
             ? say_holds (n_operations, n_keys)
             : judge_parts (history, budget);
}

static const char *
silent (const OrrHistory *history)
{
  if (history->timeless)
    return "its operations have no times, so that nothing is known to come before anything else";
  return orr_linear_object (history) ? NULL : "nothing is known of the object that its operations work on";
}

const OrrCheck orr_check_linearizable = {
  .entry
  = { .name = "linearizable",
      .summary = "As if there were one copy, and each operation took effect at one moment",
      .doc
      = "There is one order of all operations that the object's rules allow, in which whatever completed "
        "before something else was invoked comes before it. So nobody reads what was overwritten before the "
        "read began, and all see the same order.\n\n"
        "Keys are judged one by one, but for those that operations with several steps tie together. An "
        "operation "
        "whose outcome is unknown may take effect at any time after it was invoked, or never; one that "
        "failed "
        "does not. Moments that are equal tell nothing of the order, except within one process.\n\n"
        "Registers whose writes write different values, lists and sets that only grow, and queues are "
        "judged in nearly linear time; all else by a search, which answers `unknown` when it has seen as "
        "many states as it may. A long queue or list counts as several states, since it takes as long." },
  .source = "Herlihy & Wing: Linearizability: A Correctness Condition for Concurrent Objects, TOPLAS 1990, "
            "section 2; Gibbons & Korach: Testing Shared Memories, SIAM J. Computing 1997, section 4; Lowe: "
            "Testing for Linearizability, Concurrency and Computation 2017",
  .silent = silent,
  .check = check,
};
