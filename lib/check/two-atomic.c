/* two-atomic.c: reads are at most one write behind, in one order for all. */
#include "check/atomicity.h"
#include "check/linear-private.h"

#define TESTS_MAX 20000

typedef struct
{
  const OrrAccesses *accesses;
  const OrrCheckBudget *budget;
} Attempt;

static gboolean
is_violated (const guint *rows, guint n, gpointer data)
{
  const Attempt *attempt = data;
  guint64 states = G_MAXUINT64;
  if (orr_budget_is_stopped (attempt->budget))
    return FALSE;
  g_autoptr (OrrAccesses) part = orr_accesses_part (attempt->accesses, rows, n);
  return orr_atomicity_judge (part, 2, attempt->budget, &states, NULL).n_violated > 0;
}

static gint
compare_operations (gconstpointer a, gconstpointer b)
{
  guint left = *(const guint *) a, right = *(const guint *) b; /* they stand by invocation */
  return left < right ? -1 : left > right;
}

static OrrVerdict *
say_violated (const OrrAccesses *accesses, const OrrCheckBudget *budget, GArray *suspects)
{
  Attempt attempt = { accesses, budget };
  guint n = suspects->len;
  gboolean least = orr_reduce ((guint *) suspects->data, &n, is_violated, &attempt, TESTS_MAX);
  g_autoptr (GArray) witness = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < n; i++)
    g_array_append_val (witness, accesses->rows[g_array_index (suspects, guint, i)].operation);
  g_array_sort (witness, compare_operations);
  g_autoptr (GString) text = g_string_new (NULL);
  orr_linear_tell (accesses->history, witness, text);
  g_string_append (text, ": in no order did each read return one of the last two writes");
  OrrVerdict *verdict = orr_verdict_new (ORR_VIOLATED, accesses->n_reads, "%s", text->str);
  for (guint i = 0; i < witness->len; i++)
    orr_verdict_add_witness (verdict, g_array_index (witness, guint, i));
  if (!least)
    orr_verdict_not_least (verdict);
  return verdict;
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  g_autoptr (OrrAccesses) accesses = orr_accesses_new (history);
  g_autoptr (GArray) suspects = g_array_new (FALSE, FALSE, sizeof (guint));
  OrrVerdict *verdict = orr_accesses_judge_thin_air (accesses);
  if (verdict)
    return verdict;
  guint64 states = budget->states_max;
  OrrAtomicity answer = orr_atomicity_judge (accesses, 2, budget, &states, suspects);
  if (answer.n_violated > 0)
    {
      verdict = say_violated (accesses, budget, suspects);
      verdict->n_violations = answer.n_violated;
      return verdict;
    }
  if (answer.n_undecided > 0)
    return orr_verdict_new (
        ORR_UNDECIDED, accesses->n_reads, "the search for an order %s after %" G_GUINT64_FORMAT " steps",
        orr_budget_is_stopped (budget) ? "was stopped" : "ended", budget->states_max - states);
  return orr_accesses_judge_clean (accesses, "returned one of the last two writes, in one order for all");
}

const OrrCheck orr_check_two_atomic = {
  .entry
  = { .name = "two-atomic",
      .summary = "One order for all, in which a read returns one of the last two writes",
      .doc = "There is one order of all operations on a key that respects real time, and in which each read "
             "returns what the last write wrote, or the one before it: `linearizable`, but for one step. "
             "It is what a client may rely on where a replica can miss at most the latest write. Reads may "
             "go back from the new value to the old one, again and again, as long as no third write comes "
             "between.\n\n"
             "It is k-atomicity for a k of 2. A write whose outcome is unknown counts where someone read "
             "it, and may take effect at any time after it was invoked. Moments that are equal tell nothing "
             "of the order, except within one session. The figure `k-atomicity` is the smallest k, "
             "`delta-atomicity` the same as time." },
  .source = "Aiyer, Alvisi & Bazzi: On the Availability of Non-strict Quorum Systems, DISC 2005; Golab, Li "
            "& Shah: Analyzing Consistency Properties for Fun and Profit, PODC 2011, section 4",
  .silent = orr_accesses_silent_of_time,
  .check = check,
};
