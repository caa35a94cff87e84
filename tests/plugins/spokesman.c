/* spokesman.c: nodes that say whatever the scenario wants said.
 *
 * The properties of protocols are checked on what nodes say in public. To show what each of them allows and
 * forbids takes no protocol, only somebody who says such things: here each operation carries a sentence, and
 * the node that it goes to says it. A scenario of this model reads like the example in a paper. The rules are
 * those of Raft's figure 3, on logs that are told entry by entry, and of atomic commitment. */
#include "engine/model.h"

typedef struct
{
  guint64 term, index, previous; /* previous: the term of the entry before it */
  OrrValue command;
} Entry;

typedef enum
{
  LEADS,
  APPENDED,
  COMMITTED,
  EXECUTED,
  BEGUN,
  VOTED,
  DECIDED,
  SUSPECTED
} Sentence;

typedef struct
{
  gint32 say; /* Sentence */
  Entry entry;
  guint64 transaction;
  OrrArray participants; /* OrrAddress */
  gint32 vote;           /* OrrVote */
  gint32 decision;       /* OrrDecision */
} Attributes;

static const OrrChoice sentences[] = {
  [LEADS] = { "leads", "the node leads in `term`" },
  [APPENDED] = { "appended", "its log has `command` of `term` at `index`, and nothing behind it" },
  [COMMITTED] = { "committed", "`command` of `term` stands at `index` for good" },
  [EXECUTED] = { "executed", "it has done what stands at `index`: `command`" },
  [BEGUN] = { "begun", "`participants` are to vote on `transaction`" },
  [VOTED] = { "voted", "its `vote` on `transaction`" },
  [DECIDED] = { "decided", "its `decision` on `transaction`" },
  [SUSPECTED] = { "suspected", "in `transaction` it takes another one to be down" },
  { 0 },
};

static const OrrField attribute_fields[] = {
  ORR_FIELD (Attributes, say, CHOICE, .choices = sentences, .doc = "what the node says"),
  ORR_FIELD (Attributes, entry.term, NUMBER, .name = "term", .doc = "in which term"),
  ORR_FIELD (Attributes, entry.index, NUMBER, .name = "index", .doc = "at which place of the log"),
  ORR_FIELD (Attributes, entry.previous, NUMBER, .name = "previous",
             .doc = "the term of the entry before it"),
  ORR_FIELD (Attributes, entry.command, VALUE, .name = "command", .doc = "what stands there"),
  ORR_FIELD (Attributes, transaction, NUMBER, .doc = "which transaction"),
  ORR_FIELD (Attributes, participants, LIST, .element = &orr_type_ADDRESS,
             .element_size = sizeof (OrrAddress), .doc = "who is to vote"),
  ORR_FIELD (Attributes, vote, CHOICE, .choices = orr_votes, .initial = "yes", .doc = "its vote"),
  ORR_FIELD (Attributes, decision, CHOICE, .choices = orr_decisions, .initial = "commit",
             .doc = "its decision"),
  { 0 },
};
static const OrrRecord attributes[] = {
  ORR_RECORD ("attributes", Attributes, attribute_fields, .doc = "what is to be said"),
  { 0 },
};

static const OrrField leads_fields[] = { ORR_FIELD (Entry, term, NUMBER, .doc = "in which term"), { 0 } };
static const OrrField entry_fields[] = {
  ORR_FIELD (Entry, term, NUMBER, .doc = "of which term"),
  ORR_FIELD (Entry, index, NUMBER, .doc = "at which place"),
  ORR_FIELD (Entry, previous, NUMBER, .doc = "the term of the entry before it"),
  ORR_FIELD (Entry, command, VALUE, .doc = "what stands there"),
  { 0 },
};
static const OrrRecord facts[] = {
  [LEADS] = ORR_RECORD ("leads", Entry, leads_fields, .doc = "the node leads"),
  [APPENDED] = ORR_RECORD ("appended", Entry, entry_fields, .doc = "its log ends with this entry"),
  [COMMITTED] = ORR_RECORD ("committed", Entry, entry_fields, .doc = "the entry stays"),
  [EXECUTED]
  = ORR_RECORD ("executed", Entry, entry_fields, .doc = "the entry was applied to the state machine"),
  [BEGUN] = ORR_FACT_BEGUN,
  [VOTED] = ORR_FACT_VOTED,
  [DECIDED] = ORR_FACT_DECIDED,
  [SUSPECTED] = ORR_FACT_SUSPECTED,
  { 0 },
};

static const OrrInvariant invariants[] = {
  { "election-safety", "unique", "leads", .per = "term", .source = "Raft, figure 3" },
  { "leader-append-only", "monotonicity", "appended", .per = "node term", .value = "index",
    .source = "Raft, figure 3" },
  /* What is at every place is known by induction, where entries of one term and place have one before them.
   */
  { "log-matching", "agreement", "appended", .per = "term index", .value = "command previous",
    .source = "Raft, figure 3" },
  { "leader-completeness", "inherits", "committed", .per = "index command", .value = "term",
    .other = "appended", .among = "leads", .source = "Raft, figure 3" },
  { "state-machine-safety", "agreement", "executed", .per = "index", .value = "command",
    .source = "Raft, figure 3" },
  { "ac1-agreement", "agreement", "decided", .per = "transaction", .value = "decision",
    .source = "Bernstein, Hadzilacos & Goodman 1987, section 7.2" },
  { "ac2-no-reversal", "agreement", "decided", .per = "node transaction", .value = "decision",
    .source = "Bernstein, Hadzilacos & Goodman 1987, section 7.2" },
  { 0 },
};

static void
say (OrrNode *node, const Attributes *told)
{
  switch ((Sentence) told->say)
    {
    case BEGUN:
      orr_fact (node, BEGUN, &(OrrFactBegun){ told->transaction, told->participants });
      break;
    case VOTED:
      orr_fact (node, VOTED, &(OrrFactVoted){ told->transaction, told->vote });
      break;
    case DECIDED:
      orr_fact (node, DECIDED, &(OrrFactDecided){ told->transaction, told->decision });
      break;
    case SUSPECTED:
      orr_fact (node, SUSPECTED, &(OrrFactTransaction){ told->transaction });
      break;
    default:
      orr_fact (node, (guint) told->say, &told->entry);
    }
}

static void
on_request (OrrNode *node, const OrrOperation *operation)
{
  say (node, operation->attributes);
  orr_complete_value (node, operation->id, ORR_NIL);
}

static void
layout (gconstpointer options G_GNUC_UNUSED, OrrLayout *layout)
{
  orr_layout_add (layout, 0, "north");
  orr_layout_add (layout, 0, "south");
  orr_layout_add (layout, 0, "west");
}

static const OrrRole role = { .name = "server", .on_request = on_request };
static const OrrRole *const roles[] = { &role, NULL };

static const OrrModel spokesman = {
  .abi = ORR_MODEL_ABI,
  .entry = { .name = "spokesman", .summary = "Nodes that say what they are told to say" },
  .attributes = attributes,
  .facts = facts,
  .roles = roles,
  .invariants = invariants,
  .layout = layout,
};

ORR_PLUGIN (spokesman);
