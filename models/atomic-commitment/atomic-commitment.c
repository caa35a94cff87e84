/* atomic-commitment.c: several servers, one transaction, one decision.
 *
 * A bank keeps its accounts on several servers. A transfer takes from one and gives to another, and must
 * happen at both or at neither, whatever fails in between. One coordinator asks all participants for their
 * votes and decides; what each process must have on disk before it says what, and what it may do when it
 * hears nothing, is the protocol. Two-phase commit never errs and can block: who has voted yes and hears
 * nothing may have to wait for a repair. Three-phase commit does not block while processes crash alone, and
 * errs when the network parts.
 *
 * Gray: Notes on Data Base Operating Systems, 1978. Lampson & Sturgis 1976. Skeen: Nonblocking Commit
 * Protocols, 1981. Mohan, Lindsay & Obermarck: Transaction Management in the R* Distributed Database
 * Management System, 1986. Bernstein, Hadzilacos & Goodman: Concurrency Control and Recovery in Database
 * Systems, 1987, chapter 7.
 *
 * This file says what there is to say about the model; coordinator.c and participant.c are its roles. */
#include "atomic-commitment.h"

#include <string.h>

static const OrrChoice protocols[] = {
  { "two-phase", "votes, then the decision" },
  { "three-phase", "votes, then the knowledge that all voted yes, then the decision" },
  { 0 },
};

static const OrrChoice presumptions[] = {
  { "nothing", "both decisions are forced and acknowledged" },
  { "abort", "what is not known was aborted: aborts cost nothing" },
  { "commit",
    "what is not known was committed: commits are not acknowledged, but begin with a forced record" },
  { 0 },
};

static const OrrChoice terminations[] = {
  { "wait", "nobody" },
  { "ask", "the coordinator" },
  { "cooperative", "the coordinator and the other participants" },
  { 0 },
};

static const OrrChoice deadlocks[] = {
  { "wound-wait", "an older transaction aborts a younger one that holds what it wants" },
  { "timeout", "a transaction that waits for `lock-timeout` gives up" },
  { 0 },
};

static const OrrField place_fields[] = {
  ORR_FIELD (Place, account, KEY, .required = TRUE, .doc = "an account"),
  ORR_FIELD (Place, participant, NODE, .required = TRUE, .doc = "who keeps it"),
  { 0 },
};

static const OrrField option_fields[] = {
  ORR_FIELD (Options, participants, COUNT, .initial = "2", .least = 1, .most = 100,
             .doc = "how many servers keep accounts: participant1, participant2, …"),
  ORR_FIELD (Options, accounts, MAP, .fields = place_fields, .element_size = sizeof (Place),
             .shorthand = "participant",
             .doc
             = "who keeps which account. Others lie in turn: k1, a and 1 at participant1, k2, b and 2 at "
               "participant2, and so on"),
  ORR_FIELD (Options, protocol, CHOICE, .choices = protocols, .initial = "two-phase",
             .doc = "how a decision is come to"),
  ORR_FIELD (Options, presumption, CHOICE, .choices = presumptions, .initial = "nothing", .tag = "protocol",
             .when = "two-phase",
             .doc
             = "what a coordinator says of a transaction that it knows nothing of, and hence what is logged, "
               "forced and acknowledged"),
  ORR_FIELD (Options, termination, CHOICE, .choices = terminations, .initial = "cooperative",
             .tag = "protocol", .when = "two-phase", .doc = "whom a participant asks that is in doubt"),
  ORR_FIELD (Options, deadlock, CHOICE, .choices = deadlocks, .initial = "wound-wait",
             .doc = "how transactions are kept from waiting for each other for ever"),
  ORR_FIELD (Options, read_only_votes, BOOL, .initial = "true",
             .doc = "a participant that has only read is out of it with its vote"),
  ORR_FIELD (Options, work_timeout, DURATION, .initial = "2s", .least = 1, .most = ORR_TIME_MAX,
             .doc = "how long the coordinator waits for the work, waiting for locks included"),
  ORR_FIELD (Options, lock_timeout, DURATION, .initial = "500ms", .least = 1, .most = ORR_TIME_MAX,
             .tag = "deadlock", .when = "timeout", .doc = "how long a transaction waits for a lock"),
  ORR_FIELD (
      Options, vote_request_timeout, DURATION, .initial = "3s", .least = 1, .most = ORR_TIME_MAX,
      .doc
      = "how long a participant that has done its work waits to be asked for its vote, before it aborts"),
  ORR_FIELD (Options, vote_timeout, DURATION, .initial = "500ms", .least = 1, .most = ORR_TIME_MAX,
             .doc = "how long the coordinator waits for votes, before it aborts"),
  ORR_FIELD (Options, decision_timeout, DURATION, .initial = "1500ms", .least = 1, .most = ORR_TIME_MAX,
             .doc = "how long a participant that voted yes waits for the next word, before it does something "
                    "about it"),
  ORR_FIELD (Options, acknowledge_timeout, DURATION, .initial = "300ms", .least = 1, .most = ORR_TIME_MAX,
             .tag = "protocol", .when = "three-phase",
             .doc
             = "how long a coordinator, the first or an elected one, waits for acknowledgements and states; "
               "who is silent is taken to be down"),
  ORR_FIELD (Options, retry, DURATION, .initial = "500ms", .least = ORR_MICROSECOND, .most = ORR_TIME_MAX,
             .doc
             = "how often a decision is sent again that is not acknowledged, and one is asked for that does "
               "not come"),
  { 0 },
};

static const OrrField attribute_fields[] = {
  ORR_FIELD (Attributes, veto, ADDRESS,
             .doc = "who votes no, a participant or the coordinator, though all the work was done"),
  { 0 },
};

static const OrrRecord attributes[] = {
  ORR_RECORD ("attributes", Attributes, attribute_fields, .doc = "what a transaction carries"),
  { 0 },
};

/* --- Logs --- */

static const OrrField change_fields[] = {
  ORR_FIELD (Change, key, KEY, .doc = "which account"),
  ORR_FIELD (Change, state, VALUE, .doc = "what it will hold"),
  ORR_FIELD (Change, version, NUMBER, .doc = "hidden order"),
  ORR_FIELD (Change, previous, NUMBER, .doc = "the version it is built upon"),
  { 0 },
};

static const OrrChoice decision_kinds[] = {
  { "collecting", "votes are about to be collected" },
  { "commit", "the decision" },
  { "abort", "the decision" },
  { "end", "all have acknowledged the decision" },
  { 0 },
};

static const OrrField decision_record_fields[] = {
  ORR_FIELD (DecisionRecord, transaction, NUMBER, .doc = "which transaction"),
  ORR_FIELD (DecisionRecord, kind, CHOICE, .choices = decision_kinds, .doc = "what about it"),
  ORR_FIELD (DecisionRecord, participants, LIST, .element = &orr_type_ADDRESS,
             .element_size = sizeof (OrrAddress), .doc = "who must learn of it"),
  { 0 },
};

static const OrrChoice state_kinds[] = {
  { "prepared", "it can be committed and aborted" },
  { "committed", "it is" },
  { "aborted", "it is" },
  { 0 },
};

static const OrrField state_record_fields[] = {
  ORR_FIELD (StateRecord, transaction, NUMBER, .doc = "which transaction"),
  ORR_FIELD (StateRecord, kind, CHOICE, .choices = state_kinds, .doc = "how far it is here"),
  ORR_FIELD (StateRecord, coordinator, ADDRESS, .doc = "of a prepared one: who decides"),
  ORR_FIELD (StateRecord, participants, LIST, .element = &orr_type_ADDRESS,
             .element_size = sizeof (OrrAddress), .doc = "who else was asked for a vote"),
  ORR_FIELD (StateRecord, changes, LIST, .fields = change_fields, .element_size = sizeof (Change),
             .doc = "what a commit changes"),
  { 0 },
};

static const OrrRecord logs[] = {
  [LOG_DECISIONS]
  = ORR_RECORD ("decisions", DecisionRecord, decision_record_fields, .doc = "the coordinator's log"),
  [LOG_STATES] = ORR_RECORD ("states", StateRecord, state_record_fields, .doc = "a participant's log"),
  { 0 },
};

static const OrrRecord syncs[] = {
  [SYNC_COLLECTING] = { .name = "collecting", .doc = "the coordinator forces its collecting record" },
  [SYNC_DECISION] = { .name = "decision", .doc = "the coordinator forces its decision" },
  [SYNC_PREPARED] = { .name = "prepared", .doc = "a participant forces its prepare record" },
  [SYNC_DECIDED] = { .name = "decided", .doc = "a participant forces the decision that it heard" },
  [SYNC_REFUSED] = { .name = "refused", .doc = "a participant forces that it will not vote yes any more" },
  [SYNC_RECOVERY] = { .name = "recovery", .doc = "a process that crashed makes durable what it found" },
  { 0 },
};

/* --- Messages --- */

static const OrrField work_fields[] = {
  ORR_FIELD (Work, transaction, NUMBER, .doc = "which transaction"),
  ORR_FIELD (Work, steps, LIST, .fields = orr_step_fields, .element_size = sizeof (OrrStep),
             .doc = "what is to be done here"),
  ORR_FIELD (Work, veto, BOOL, .doc = "will be found unacceptable at the vote"),
  { 0 },
};

static const OrrField worked_fields[] = {
  ORR_FIELD (Worked, transaction, NUMBER, .doc = "which transaction"),
  ORR_FIELD (Worked, done, BOOL, .doc = "was it done"),
  ORR_FIELD (Worked, stamp, DURATION,
             .doc = "when, by the participant's clock: a later life has not done it"),
  ORR_FIELD (Worked, values, LIST, .element = &orr_type_VALUE, .element_size = sizeof (OrrValue),
             .doc = "what was read, one a step"),
  ORR_FIELD (Worked, versions, LIST, .element = &orr_type_NUMBER, .element_size = sizeof (guint64),
             .doc = "hidden order, one a step"),
  ORR_FIELD (Worked, note, TEXT, .doc = "why it was not"),
  { 0 },
};

static const OrrField vote_request_fields[] = {
  ORR_FIELD (VoteRequest, transaction, NUMBER, .doc = "which transaction"),
  ORR_FIELD (VoteRequest, stamp, DURATION, .doc = "when its work was done, by the participant's clock"),
  ORR_FIELD (VoteRequest, participants, LIST, .element = &orr_type_ADDRESS,
             .element_size = sizeof (OrrAddress), .doc = "all that may vote yes"),
  { 0 },
};

static const OrrField vote_fields[] = {
  ORR_FIELD (Vote, transaction, NUMBER, .doc = "which transaction"),
  ORR_FIELD (Vote, vote, CHOICE, .choices = orr_votes, .doc = "what it is"),
  ORR_FIELD (Vote, note, TEXT, .doc = "why no"),
  { 0 },
};

static const OrrField about_fields[] = {
  ORR_FIELD (About, transaction, NUMBER, .doc = "which transaction"),
  { 0 },
};

static const OrrChoice progresses[] = {
  { "silent", "nothing is known" },
  { "aborted", "it is decided" },
  { "committed", "it is decided" },
  { "uncertain", "has voted yes, and heard no more" },
  { "pre-committed", "knows that all voted yes" },
  { "recovered", "undecided, and has been down" },
  { 0 },
};

static const OrrField state_fields[] = {
  ORR_FIELD (State, transaction, NUMBER, .doc = "which transaction"),
  ORR_FIELD (State, progress, CHOICE, .choices = progresses, .doc = "where it is"),
  { 0 },
};

static const OrrRecord messages[] = {
  [MESSAGE_WORK] = ORR_RECORD ("work", Work, work_fields, .doc = "the coordinator asks for steps to be done"),
  [MESSAGE_WORKED] = ORR_RECORD ("worked", Worked, worked_fields, .doc = "the answer to that"),
  [MESSAGE_RELEASE]
  = ORR_RECORD ("release", About, about_fields, .doc = "it comes to no vote: the work is to be forgotten"),
  [MESSAGE_VOTE_REQUEST]
  = ORR_RECORD ("vote-request", VoteRequest, vote_request_fields, .doc = "can it be committed?"),
  [MESSAGE_VOTE] = ORR_RECORD ("vote", Vote, vote_fields, .doc = "the answer to that"),
  [MESSAGE_PRE_COMMIT] = ORR_RECORD ("pre-commit", About, about_fields, .doc = "three-phase: all voted yes"),
  [MESSAGE_PRE_COMMIT_ACK]
  = ORR_RECORD ("pre-commit-ack", About, about_fields, .doc = "three-phase: that is known now"),
  [MESSAGE_COMMIT] = ORR_RECORD ("commit", About, about_fields, .doc = "the decision"),
  [MESSAGE_ABORT] = ORR_RECORD ("abort", About, about_fields, .doc = "the decision"),
  [MESSAGE_ACK]
  = ORR_RECORD ("ack", About, about_fields, .doc = "the decision is done, and need not be remembered for me"),
  [MESSAGE_DECISION_REQUEST]
  = ORR_RECORD ("decision-request", About, about_fields, .doc = "a participant in doubt asks"),
  [MESSAGE_DECISION_ANSWER]
  = ORR_RECORD ("decision-answer", State, state_fields, .doc = "the answer to that"),
  [MESSAGE_ELECTED]
  = ORR_RECORD ("elected", About, about_fields,
                .doc = "three-phase: the coordinator is down, and the receiver takes its place"),
  [MESSAGE_STATE_REQUEST]
  = ORR_RECORD ("state-request", About, about_fields, .doc = "three-phase: an elected coordinator asks"),
  [MESSAGE_STATE] = ORR_RECORD ("state", State, state_fields, .doc = "the answer to that"),
  { 0 },
};

static const OrrRecord timers[] = {
  [TIMER_WORK] = ORR_RECORD ("work", About, about_fields, .doc = "the work was not done in time"),
  [TIMER_VOTES] = ORR_RECORD ("votes", About, about_fields, .doc = "a vote did not come"),
  [TIMER_ACKNOWLEDGES]
  = ORR_RECORD ("acknowledges", About, about_fields, .doc = "a pre-commit was not acknowledged"),
  [TIMER_RESEND] = ORR_RECORD ("resend", About, about_fields, .doc = "a decision was not acknowledged"),
  [TIMER_LOCK] = ORR_RECORD ("lock", About, about_fields, .doc = "a lock was not given"),
  [TIMER_VOTE_REQUEST] = ORR_RECORD ("vote-request", About, about_fields, .doc = "nobody asked for a vote"),
  [TIMER_DECISION] = ORR_RECORD ("decision", About, about_fields, .doc = "no decision came"),
  [TIMER_TERMINATION]
  = ORR_RECORD ("termination", About, about_fields, .doc = "an elected coordinator has waited for answers"),
  { 0 },
};

static const OrrRecord facts[] = {
  [FACT_VERSION] = ORR_FACT_VERSION,
  [FACT_APPLIED] = ORR_FACT_APPLIED,
  [FACT_VALUE] = ORR_FACT_VALUE,
  [FACT_BEGUN] = ORR_FACT_BEGUN,
  [FACT_VOTED] = ORR_FACT_VOTED,
  [FACT_DECIDED] = ORR_FACT_DECIDED,
  [FACT_SUSPECTED] = ORR_FACT_SUSPECTED,
  [FACT_BLOCKED] = ORR_FACT_BLOCKED,
  [FACT_ELECTED] = ORR_RECORD ("elected", About, about_fields,
                               .doc = "three-phase: a participant takes the coordinator's place"),
  { 0 },
};

#define BERNSTEIN "Bernstein, Hadzilacos & Goodman 1987, §7.2"

static const OrrInvariant invariants[] = {
  { .property = "ac1-agreement",
    .rule = "agreement",
    .fact = "decided",
    .per = "transaction",
    .value = "decision",
    .source = BERNSTEIN },
  { .property = "ac2-no-reversal",
    .rule = "agreement",
    .fact = "decided",
    .per = "transaction node",
    .value = "decision",
    .source = BERNSTEIN },
  { 0 },
};

static const OrrBug bugs[] = {
  [BUG_DECISION_NOT_LOGGED]
  = { "decision-not-logged", "ac1-agreement",
      "The coordinator tells its decision without logging it. It crashes, knows nothing any more, and tells "
      "those "
      "who ask the opposite of what it told the others. Needs a crash of the coordinator.",
      "the sample coordinator of many texts, which keeps its decisions in memory" },
  [BUG_PREPARE_IN_MEMORY]
  = { "prepare-in-memory", "conserved-total",
      "A participant votes yes before its prepare record is on disk. It crashes, and can't do what all "
      "decided. "
      "Needs a crash of a participant.",
      "Gray, Notes on Data Base Operating Systems, 1978, §5.8.3.3: what a yes must mean" },
  [BUG_PREPARED_ABORTS_ON_TIMEOUT] = { "prepared-aborts-on-timeout", "ac1-agreement",
                                       "A participant that voted yes and hears nothing aborts of its own "
                                       "accord. Needs lost messages, a partition or "
                                       "a crash of the coordinator.",
                                       "Bernstein, Hadzilacos & Goodman 1987, §7.4: the uncertainty period" },
  [BUG_DECISION_FORGOTTEN]
  = { "decision-forgotten", "ac1-agreement",
      "The coordinator forgets a commit before all have acknowledged it, and answers by presumption who asks "
      "later. "
      "Needs `presumption: nothing` or `abort`, and a participant that misses the commit.",
      "Mohan, Lindsay & Obermarck 1986, §2.1: why commits are acknowledged" },
  [BUG_DECISION_NOT_RETRIED]
  = { "decision-not-retried", "ac5-termination",
      "A decision is sent once. Who misses it stays in doubt, and keeps its locks. Needs `termination: "
      "wait`, and a "
      "lost message.",
      "the sample coordinator of many texts, which drops a decision when a reply is lost" },
  [BUG_READS_BETWEEN_COMMITS] = { "reads-between-commits", "conserved-total",
                                  "Reads take no locks: they see one participant's commit before the "
                                  "other's. Needs nothing but bad luck.",
                                  "Bernstein, Hadzilacos & Goodman 1987, §1.3: inconsistent retrieval" },
  { 0 },
};

/* --- Pure functions of the options --- */

gboolean
is_three_phase (OrrNode *node)
{
  return ((const Options *) orr_options (node))->protocol == PROTOCOL_THREE_PHASE;
}

gboolean
decision_is_forced (OrrNode *node, gboolean commit)
{
  return is_three_phase (node) || decision_is_acknowledged (node, commit);
}

gboolean
decision_is_acknowledged (OrrNode *node, gboolean commit)
{
  const Options *options = orr_options (node);
  return !is_three_phase (node) && options->presumption != (commit ? PRESUMPTION_COMMIT : PRESUMPTION_ABORT);
}

/* A whole number is its own; a text has that at its end, or where it is a letter, its place in the alphabet.
 */
static guint64
number_of (const OrrTerms *terms, OrrKey account)
{
  if (orr_value_is_int (account))
    return (guint64) orr_value_to_int (account);
  if (!orr_terms_is_text (terms, account))
    return orr_terms_hash (terms, account);
  const char *text = orr_terms_get_text (terms, account);
  const char *digits = text + strlen (text);
  while (digits > text && g_ascii_isdigit (digits[-1]))
    digits--;
  if (*digits)
    return g_ascii_strtoull (digits, NULL, 10);
  if (g_ascii_islower (text[0]) && !text[1])
    return (guint64) (text[0] - 'a') + 1;
  return orr_terms_hash (terms, account);
}

/* participant1 is address 1, behind the coordinator. */
gboolean
is_kept_at (gconstpointer data, const OrrTerms *terms, OrrAddress address, OrrKey account)
{
  const Options *options = data;
  const Place *places = options->accounts.data;
  for (guint i = 0; i < options->accounts.length; i++)
    if (places[i].account == account)
      return g_ascii_strtoull (places[i].participant + strlen ("participant"), NULL, 10) == address;
  return (number_of (terms, account) + options->participants - 1) % options->participants + 1 == address;
}

static gboolean
is_participant (const Options *options, const char *name)
{
  char expected[32];
  guint64 number = g_str_has_prefix (name, "participant")
                       ? g_ascii_strtoull (name + strlen ("participant"), NULL, 10)
                       : 0;
  g_snprintf (expected, sizeof expected, "participant%" G_GUINT64_FORMAT, number);
  return number >= 1 && number <= options->participants && g_str_equal (name, expected);
}

static void
validate (gconstpointer data, OrrProblems *problems)
{
  const Options *options = data;
  const Place *places = options->accounts.data;
  for (guint i = 0; i < options->accounts.length; i++)
    if (!is_participant (options, places[i].participant))
      orr_problems_add_at (problems, "accounts", "name one of the participants", "'%s' keeps no accounts",
                           places[i].participant);
  if (options->protocol == PROTOCOL_THREE_PHASE
      && options->decision_timeout <= MAX (options->vote_timeout, options->acknowledge_timeout))
    orr_problems_add_at (
        problems, "decision-timeout", "let it be longer than `vote-timeout` and `acknowledge-timeout`",
        "participants would give the coordinator up while it is still waiting for another of them");
}

static void
layout (gconstpointer data, OrrLayout *layout)
{
  const Options *options = data;
  orr_layout_add (layout, ROLE_COORDINATOR, "coordinator");
  for (guint i = 1; i <= options->participants; i++)
    orr_layout_add (layout, ROLE_PARTICIPANT, "participant%u", i);
}

/* Two-phase commit bears whatever does not destroy a disk. Three-phase commit bears crashes alone, since it
 * takes who is silent for dead: in a network that delivers, and in less time than its time-outs allow for. */
static void
claim_faults (const Options *options, OrrClaims *claims)
{
  static const char *const crashes[] = { "stop", "crash-process", "crash-os", "clock", "cancel" };
  static const char *const others[]
      = { "pause",      "partition", "link",  "slow",      "disk",      "clock-drift",
          "clock-stop", "clock-lie", "flap",  "corrupt",   "clog",      "hold",
          "collapse",   "swizzle",   "inbox", "disk-slow", "disk-full", "priorities" };
  for (guint i = 0; i < G_N_ELEMENTS (crashes); i++)
    orr_claim_bears (claims, crashes[i]);
  for (guint i = 0; options->protocol == PROTOCOL_TWO_PHASE && i < G_N_ELEMENTS (others); i++)
    orr_claim_bears (claims, others[i]);
}

/* With a known mistake switched on nothing is promised; and where nobody asks, who has missed a presumed
 * decision stays in doubt, as does whoever waits for a coordinator that has fallen. */
static void
claims (gconstpointer data, guint64 switched_on, OrrClaims *claims)
{
  const Options *options = data;
  static const char *const always[] = { "ac1-agreement",      "ac2-no-reversal", "ac3-validity",
                                        "ac4-non-triviality", "conserved-total", "serializable" };
  static const char *const when_asked[] = { "ac5-termination", "durability" };
  gboolean asks = options->protocol == PROTOCOL_THREE_PHASE || options->termination != TERMINATION_WAIT;
  claim_faults (options, claims);
  for (guint i = 0; switched_on == 0 && i < G_N_ELEMENTS (always); i++)
    orr_claim (claims, always[i]);
  for (guint i = 0; switched_on == 0 && asks && i < G_N_ELEMENTS (when_asked); i++)
    orr_claim (claims, when_asked[i]);
  if (switched_on != 0 || asks || options->presumption != PRESUMPTION_NOTHING)
    return;
  orr_claim (claims, "ac5-termination");
  orr_claim_unless (claims, "ac5-termination", "crash");
  orr_claim_unless (claims, "ac5-termination", "stop");
  orr_claim_unless (claims, "ac5-termination", "disk-full");
}

static const OrrRole *const roles[]
    = { [ROLE_COORDINATOR] = &coordinator_role, [ROLE_PARTICIPANT] = &participant_role, NULL };
static const char *const objects[] = { "bank", "register", "map", "list-append", "set", "counter", NULL };

const OrrModel orr_model_atomic_commitment = {
  .abi = ORR_MODEL_ABI,
  .entry = {
    .name = "atomic-commitment",
    .summary = "Several servers that do a transaction all or none, by two-phase or three-phase commit",
    .doc = "Accounts are kept by several participants. A transaction is worked on by those whose accounts "
           "it touches, under strict two-phase locking, and then committed at all of them or at none, by "
           "two-phase commit (presumed nothing, abort or commit) or by three-phase commit.",
    .size = sizeof (Options),
    .fields = option_fields,
  },
  .attributes = attributes,
  .messages = messages,
  .timers = timers,
  .syncs = syncs,
  .logs = logs,
  .facts = facts,
  .roles = roles,
  .invariants = invariants,
  .bugs = bugs,
  .objects = objects,
  .validate = validate,
  .layout = layout,
  .claims = claims,
  .keeps = is_kept_at,
};
