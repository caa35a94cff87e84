/* ac4-non-triviality.c: where nothing fails and all agree, it is done.
 *
 * A protocol that always aborts would never err. So this is asked for as well: all voted yes, nothing had
 * failed, nobody had taken another one to be down because it was slow (which is a failure as far as he can
 * tell): then nobody aborts. */
#include "check/ballots.h"

static gboolean
has_said_yes (const OrrHistory *history, const OrrBallot *ballot, guint32 node)
{
  for (guint i = 0; i < ballot->votes->len; i++)
    {
      const OrrHistoryFact *fact = orr_ballot_fact (history, ballot->votes, i);
      if (fact->node == node && orr_ballot_vote (fact) != ORR_VOTE_NO)
        return TRUE;
    }
  return FALSE;
}

/* Did all that were to vote vote yes, and nobody no? */
static gboolean
is_unanimous (const OrrHistory *history, const OrrBallot *ballot)
{
  if (ballot->begun == G_MAXUINT)
    return FALSE;
  for (guint i = 0; i < ballot->votes->len; i++)
    if (orr_ballot_vote (orr_ballot_fact (history, ballot->votes, i)) == ORR_VOTE_NO)
      return FALSE;
  const OrrFactBegun *begun = g_array_index (history->facts, OrrHistoryFact, ballot->begun).body;
  const OrrAddress *participants = begun->participants.data;
  for (guint i = 0; i < begun->participants.length; i++)
    if (!has_said_yes (history, ballot, participants[i]))
      return FALSE;
  return TRUE;
}

/* A transaction is judged where no failure came before its first decision. */
static gboolean
is_judged (const OrrHistory *history, const OrrBallot *ballot)
{
  if (ballot->suspected || ballot->decisions->len == 0 || !is_unanimous (history, ballot))
    return FALSE;
  OrrTime decided_at = orr_ballot_fact (history, ballot->decisions, 0)->time;
  return !history->faults || decided_at < history->struck_at;
}

static OrrVerdict *
say_aborted (const OrrHistory *history, const OrrBallot *ballot, guint64 n_checked, guint64 n_wrong)
{
  const OrrHistoryFact *abort = orr_ballot_first (history, ballot, ORR_DECIDED_ABORT);
  g_autoptr (GString) text = g_string_new (history->node_names[abort->node]);
  g_string_append (text, " decided to abort ");
  orr_ballot_print (history, ballot->transaction, text);
  g_string_append (text, " at ");
  orr_history_print_moment (abort->time, text);
  g_string_append (text, ", though all had voted yes and nothing had failed");
  OrrVerdict *verdict = orr_verdict_new (ORR_VIOLATED, n_checked, "%s", text->str);
  verdict->n_violations = n_wrong;
  orr_ballot_add_witness (history, ballot, verdict);
  orr_ballot_add_fact (history, abort, verdict);
  return verdict;
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget G_GNUC_UNUSED)
{
  g_autoptr (GArray) ballots = orr_ballots_new (history);
  guint64 n_checked = 0, n_wrong = 0;
  guint wrong = 0;
  for (guint i = 0; i < ballots->len; i++)
    {
      const OrrBallot *ballot = orr_ballot (ballots, i);
      if (!is_judged (history, ballot))
        continue;
      n_checked++;
      if (orr_ballot_first (history, ballot, ORR_DECIDED_ABORT) && n_wrong++ == 0)
        wrong = i;
    }
  if (n_wrong > 0)
    return say_aborted (history, orr_ballot (ballots, wrong), n_checked, n_wrong);
  if (n_checked == 0)
    return orr_verdict_new (ORR_HOLDS, 0, "of no transaction all voted yes while nothing had failed");
  g_autofree char *transactions = orr_words_count (n_checked, "transaction", "transactions");
  return orr_verdict_new (ORR_HOLDS, n_checked, "%s on which all voted yes %s committed", transactions,
                          n_checked == 1 ? "was" : "were");
}

const OrrCheck orr_check_ac4_non_triviality = {
  .entry
  = { .name = "ac4-non-triviality",
      .summary = "Where nothing fails and all vote yes, the transaction is committed",
      .doc = "For models of atomic commitment. Judged are the transactions on which all voted yes, that were "
             "decided before the first fault struck, and in which no process said that it takes another one "
             "to be down (`suspected`): nobody may abort them." },
  .source
  = "Bernstein, Hadzilacos & Goodman: Concurrency Control and Recovery in Database Systems, 1987, section "
    "7.2, AC4; with suspicions in place of failures: Guerraoui, WDAG 1995",
  .silent = orr_ballots_silence,
  .check = check,
};
