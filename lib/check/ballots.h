/* ballots.h: what processes said of each transaction that they had to agree on.
 *
 * The five properties of atomic commitment speak of votes and decisions. Here they are put together, transaction by
 * transaction, from the facts that mean the same in every such model (base/fact.h). Internal. */
#pragma once

#include "base/fact.h"
#include "check/check-private.h"

G_BEGIN_DECLS

/* One transaction; facts are indices into the history's, in the order in which they were said. */
typedef struct
{
  guint64 transaction;
  guint begun;       /* G_MAXUINT: nobody said that votes would be asked for */
  GArray *votes;     /* guint */
  GArray *decisions; /* guint */
  GArray *blocked;   /* guint */
  gboolean suspected; /* somebody waited too long */
} OrrBallot;

/* All of a history, in the order in which they were first spoken of: OrrBallot. */
GArray *orr_ballots_new (const OrrHistory *history);

/* Why a property of atomic commitment says nothing about this history: its model says nothing of votes. NULL: it does. */
const char *orr_ballots_silence (const OrrHistory *history);

static inline const OrrBallot *
orr_ballot (const GArray *ballots, guint index)
{
  return &g_array_index (ballots, OrrBallot, index);
}

static inline const OrrHistoryFact *
orr_ballot_fact (const OrrHistory *history, const GArray *facts, guint index)
{
  return &g_array_index (history->facts, OrrHistoryFact, g_array_index (facts, guint, index));
}

static inline OrrVote
orr_ballot_vote (const OrrHistoryFact *fact)
{
  return (OrrVote) ((const OrrFactVoted *) fact->body)->vote;
}

static inline OrrDecision
orr_ballot_decision (const OrrHistoryFact *fact)
{
  return (OrrDecision) ((const OrrFactDecided *) fact->body)->decision;
}

/* The first decision of that kind; NULL: there is none. */
const OrrHistoryFact *orr_ballot_first (const OrrHistory *history, const OrrBallot *ballot, OrrDecision decision);
/* Did the process decide? */
gboolean orr_ballot_has_decided (const OrrHistory *history, const OrrBallot *ballot, guint32 node);

/* When it first did; the end of the run: it never did. */
OrrTime orr_ballot_decided_at (const OrrHistory *history, const OrrBallot *ballot, guint32 node);

/* "transaction 3 (t1)": by the id of its operation, where that is known. */
void orr_ballot_print (const OrrHistory *history, guint64 transaction, GString *text);
/* The operation that the transaction was, as a witness. */
void orr_ballot_add_witness (const OrrHistory *history, const OrrBallot *ballot, OrrVerdict *verdict);
/* A fact, as one. */
void orr_ballot_add_fact (const OrrHistory *history, const OrrHistoryFact *fact, OrrVerdict *verdict);

G_END_DECLS
