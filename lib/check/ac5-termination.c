/* ac5-termination.c: nobody is in doubt for ever.
 *
 * While something is broken, waiting may be all that a process can do. Once all is mended and stays so,
 * everybody who voted yes must come to decide. How long he had to wait is a figure (`in-doubt`, `blocking`),
 * not a mistake. */
#include "check/ballots.h"

/* The first vote of yes whose process never decided; NULL: there is none. */
static const OrrHistoryFact *
find_doubt (const OrrHistory *history, const OrrBallot *ballot, guint64 *n_checked)
{
  const OrrHistoryFact *doubt = NULL;
  for (guint i = 0; i < ballot->votes->len; i++)
    {
      const OrrHistoryFact *fact = orr_ballot_fact (history, ballot->votes, i);
      if (orr_ballot_vote (fact) != ORR_VOTE_YES)
        continue;
      ++*n_checked;
      if (!doubt && !orr_ballot_has_decided (history, ballot, fact->node))
        doubt = fact;
    }
  return doubt;
}

/* Why waiting is excused; NULL: it is not. */
static const char *
excuse (const OrrHistory *history)
{
  if (!orr_ending_is_final (history->ending))
    return "but the run was cut short";
  return history->lasting_faults ? "but not all that broke was mended" : NULL;
}

static OrrVerdict *
say_doubt (const OrrHistory *history, const OrrBallot *ballot, const OrrHistoryFact *doubt, guint64 n_checked,
           guint64 n_wrong)
{
  const char *why = excuse (history);
  g_autoptr (GString) text = g_string_new (history->node_names[doubt->node]);
  g_string_append (text, " voted yes on ");
  orr_ballot_print (history, ballot->transaction, text);
  g_string_append (text, " at ");
  orr_history_print_moment (doubt->time, text);
  g_string_append_printf (text, " and never decided, %s",
                          why               ? why
                          : history->faults ? "though all that broke was mended"
                                            : "though nothing was broken");
  OrrVerdict *verdict = orr_verdict_new (why ? ORR_UNDECIDED : ORR_VIOLATED, n_checked, "%s", text->str);
  verdict->n_violations = why ? 0 : n_wrong;
  if (why)
    return verdict;
  orr_ballot_add_witness (history, ballot, verdict);
  orr_ballot_add_fact (history, doubt, verdict);
  return verdict;
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget G_GNUC_UNUSED)
{
  g_autoptr (GArray) ballots = orr_ballots_new (history);
  guint64 n_checked = 0, n_wrong = 0;
  const OrrHistoryFact *first = NULL;
  guint wrong = 0;
  for (guint i = 0; i < ballots->len; i++)
    {
      const OrrHistoryFact *doubt = find_doubt (history, orr_ballot (ballots, i), &n_checked);
      if (doubt && n_wrong++ == 0)
        {
          first = doubt;
          wrong = i;
        }
    }
  if (n_wrong > 0)
    return say_doubt (history, orr_ballot (ballots, wrong), first, n_checked, n_wrong);
  g_autofree char *votes = orr_words_count (n_checked, "vote", "votes");
  return orr_verdict_new (ORR_HOLDS, n_checked, "%s of yes ended in a decision", votes);
}

const OrrCheck orr_check_ac5_termination = {
  .entry
  = { .name = "ac5-termination",
      .summary = "When all failures are repaired and no new ones come, all processes decide",
      .doc
      = "For models of atomic commitment: every process that voted yes has decided when the run is over. "
        "Unknown where one has not, while a fault lasted to the end (a node that does not return).",
      .is_liveness = TRUE },
  .source
  = "Bernstein, Hadzilacos & Goodman: Concurrency Control and Recovery in Database Systems, 1987, section "
    "7.2, AC5",
  .silent = orr_ballots_silence,
  .check = check,
};
