/* fact.c: the field tables of the facts that every check understands. */
#include "base/fact.h"

const OrrField orr_fact_version_fields[] = {
  ORR_FIELD (OrrFactVersion, key, KEY, .doc = "what was written"),
  ORR_FIELD (OrrFactVersion, value, VALUE, .doc = "the value that the write left"),
  ORR_FIELD (OrrFactVersion, version, NUMBER, .doc = "its place in the key's order of writes, from 1"),
  ORR_FIELD (OrrFactVersion, previous, NUMBER,
             .doc = "the version that it was built upon; 0 is the initial value"),
  { 0 },
};

const OrrField orr_fact_value_fields[] = {
  ORR_FIELD (OrrFactValue, key, KEY, .doc = "what the node holds"),
  ORR_FIELD (OrrFactValue, value, VALUE, .doc = "its value"),
  ORR_FIELD (OrrFactValue, version, NUMBER,
             .doc = "the version of the value; 0 where it is the initial one or not known"),
  { 0 },
};

const OrrField orr_fact_applied_fields[] = {
  ORR_FIELD (OrrFactApplied, key, KEY, .doc = "what was written"),
  ORR_FIELD (OrrFactApplied, value, VALUE, .doc = "the value that the node came to hold"),
  ORR_FIELD (OrrFactApplied, version, NUMBER, .doc = "the version that it came to hold"),
  { 0 },
};

const OrrChoice orr_votes[] = {
  [ORR_VOTE_NO] = { "no", "it can't be committed" },
  [ORR_VOTE_YES] = { "yes", "it can be committed and aborted, whatever happens" },
  [ORR_VOTE_READ_ONLY] = { "read-only", "nothing was changed, and nothing is left to be done" },
  { 0 },
};

const OrrChoice orr_decisions[] = {
  [ORR_DECIDED_ABORT] = { "abort", "nothing of it happens" },
  [ORR_DECIDED_COMMIT] = { "commit", "all of it happens" },
  { 0 },
};

const OrrField orr_fact_begun_fields[] = {
  ORR_FIELD (OrrFactBegun, transaction, NUMBER, .doc = "which transaction"),
  ORR_FIELD (OrrFactBegun, participants, LIST, .element = &orr_type_ADDRESS,
             .element_size = sizeof (OrrAddress), .doc = "who is to vote"),
  { 0 },
};

const OrrField orr_fact_voted_fields[] = {
  ORR_FIELD (OrrFactVoted, transaction, NUMBER, .doc = "which transaction"),
  ORR_FIELD (OrrFactVoted, vote, CHOICE, .choices = orr_votes, .doc = "what the process voted"),
  { 0 },
};

const OrrField orr_fact_decided_fields[] = {
  ORR_FIELD (OrrFactDecided, transaction, NUMBER, .doc = "which transaction"),
  ORR_FIELD (OrrFactDecided, decision, CHOICE, .choices = orr_decisions, .doc = "what the process decided"),
  { 0 },
};

const OrrField orr_fact_suspected_fields[] = {
  ORR_FIELD (OrrFactTransaction, transaction, NUMBER, .doc = "in which transaction"),
  { 0 },
};

const OrrField orr_fact_blocked_fields[] = {
  ORR_FIELD (OrrFactTransaction, transaction, NUMBER, .doc = "which transaction it can't decide"),
  { 0 },
};

static const OrrChoice orders[] = {
  { "before", "older" },
  { "after", "it knew of that one" },
  { "equal", "the same" },
  { "concurrent", "neither knew of the other" },
  { 0 },
};

const OrrField orr_fact_delivered_fields[] = {
  ORR_FIELD (OrrFactDelivered, key, KEY, .doc = "what it is about"),
  ORR_FIELD (OrrFactDelivered, value, VALUE, .doc = "what happened"),
  ORR_FIELD (OrrFactDelivered, dot, RECORD, .fields = orr_dot_fields,
             .doc = "where, as the how-manieth there"),
  ORR_VECTOR_FIELD (OrrFactDelivered, clock, .doc = "its past, and the dot"),
  ORR_FIELD (OrrFactDelivered, order, CHOICE, .choices = orders,
             .doc = "how it stands to the event of its key that was shown before it"),
  { 0 },
};
