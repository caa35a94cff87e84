/* ac3-validity.c: nobody is overruled.
 *
 * A process votes no because it can't do its part: what is committed against its vote is not done as a whole.
 * So a commit needs the yes of everybody who was to vote, said before it. */
#include "check/ballots.h"

/* What a process had voted before a moment, by the order of facts; NULL: nothing. Its first vote counts. */
static const OrrHistoryFact *
vote_before (const OrrHistory *history, const OrrBallot *ballot, guint32 node, const OrrHistoryFact *moment)
{
  const OrrHistoryFact *first = NULL;
  for (guint i = 0; i < ballot->votes->len; i++)
    {
      const OrrHistoryFact *fact = orr_ballot_fact (history, ballot->votes, i);
      if (fact->node == node && fact < moment && !first)
        first = fact;
    }
  return first;
}

/* A process that was to vote, and did not say yes before the commit; or one that said no without being asked.
 */
static gboolean
find_overruled (const OrrHistory *history, const OrrBallot *ballot, const OrrHistoryFact *commit,
                guint32 *ret_node, const OrrHistoryFact **ret_vote)
{
  for (guint i = 0; i < ballot->votes->len; i++)
    {
      const OrrHistoryFact *fact = orr_ballot_fact (history, ballot->votes, i);
      *ret_node = fact->node;
      *ret_vote = vote_before (history, ballot, fact->node, commit);
      if (*ret_vote && orr_ballot_vote (*ret_vote) == ORR_VOTE_NO)
        return TRUE;
    }
  if (ballot->begun == G_MAXUINT)
    return FALSE;
  const OrrFactBegun *begun = g_array_index (history->facts, OrrHistoryFact, ballot->begun).body;
  const OrrAddress *participants = begun->participants.data;
  for (guint i = 0; i < begun->participants.length; i++)
    {
      *ret_node = participants[i];
      *ret_vote = vote_before (history, ballot, participants[i], commit);
      if (!*ret_vote)
        return TRUE;
    }
  return FALSE;
}

static OrrVerdict *
say_overruled (const OrrHistory *history, const OrrBallot *ballot, const OrrHistoryFact *commit, guint32 node,
               const OrrHistoryFact *vote, guint64 n_checked, guint64 n_wrong)
{
  g_autoptr (GString) text = g_string_new (history->node_names[commit->node]);
  g_string_append (text, " decided to commit ");
  orr_ballot_print (history, ballot->transaction, text);
  g_string_append (text, " at ");
  orr_history_print_moment (commit->time, text);
  g_string_append_printf (text, ", though %s had %s", history->node_names[node],
                          vote ? "voted no" : "not voted yes");
  OrrVerdict *verdict = orr_verdict_new (ORR_VIOLATED, n_checked, "%s", text->str);
  verdict->n_violations = n_wrong;
  orr_ballot_add_witness (history, ballot, verdict);
  if (vote)
    orr_ballot_add_fact (history, vote, verdict);
  orr_ballot_add_fact (history, commit, verdict);
  return verdict;
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget G_GNUC_UNUSED)
{
  g_autoptr (GArray) ballots = orr_ballots_new (history);
  guint64 n_checked = 0, n_wrong = 0;
  guint wrong = 0;
  guint32 node;
  const OrrHistoryFact *vote;
  for (guint i = 0; i < ballots->len; i++)
    {
      const OrrBallot *ballot = orr_ballot (ballots, i);
      const OrrHistoryFact *commit = orr_ballot_first (history, ballot, ORR_DECIDED_COMMIT);
      n_checked += commit != NULL;
      if (commit && find_overruled (history, ballot, commit, &node, &vote) && n_wrong++ == 0)
        wrong = i;
    }
  g_autofree char *commits = orr_words_count (n_checked, "commit", "commits");
  if (n_wrong == 0)
    return orr_verdict_new (ORR_HOLDS, n_checked, "all had voted yes before each of %s", commits);
  const OrrBallot *ballot = orr_ballot (ballots, wrong);
  const OrrHistoryFact *commit = orr_ballot_first (history, ballot, ORR_DECIDED_COMMIT);
  find_overruled (history, ballot, commit, &node, &vote);
  return say_overruled (history, ballot, commit, node, vote, n_checked, n_wrong);
}

const OrrCheck orr_check_ac3_validity = {
  .entry
  = { .name = "ac3-validity",
      .summary = "A transaction is committed only if all processes voted yes",
      .doc = "For models of atomic commitment: of each transaction that any process decided to commit, all "
             "that were to vote had voted yes (or read-only) before the first of them did, and nobody no." },
  .source
  = "Bernstein, Hadzilacos & Goodman: Concurrency Control and Recovery in Database Systems, 1987, section "
    "7.2, AC3",
  .silent = orr_ballots_silence,
  .check = check,
};
