/* coordinator.c: takes transactions from clients, has them worked on, and sees to it that all decide alike.
 *
 * Work comes first: each participant does its steps and keeps its locks. Then the coordinator asks for votes;
 * one no, or one that does not come in time, and it decides to abort. The decision holds from the moment that
 * its record is on disk; only then is anybody told. What else is logged, forced and acknowledged depends on
 * what a coordinator that remembers nothing of a transaction would answer (Mohan, Lindsay & Obermarck 1986,
 * §2 and §3):
 *
 *   nothing   both decisions are forced and acknowledged, then forgotten.
 *   abort     an abort is not logged at all, not acknowledged, forgotten at once.
 *   commit    a commit is not acknowledged; its price is the collecting record, forced before votes are asked
 * for, so that a coordinator that comes back knows that it must not presume.
 *
 * Three-phase commit puts a round between the votes and the commit: nobody commits before all have
 * acknowledged to know that all voted yes (Skeen 1981). Its decisions are never forgotten, and fetched by who
 * missed them. */
#include "atomic-commitment.h"

typedef enum
{
  PHASE_WORK,
  PHASE_COLLECTING, /* presumed commit: its collecting record is on its way to the disk */
  PHASE_VOTES,
  PHASE_PRE_COMMIT,
  PHASE_FORCE,  /* the decision's record is on its way to the disk */
  PHASE_SPREAD, /* decided; waits for acknowledgements */
} Phase;

typedef struct
{
  OrrAddress address;
  gboolean heard; /* has answered in this phase */
  gboolean left;  /* voted no or read-only: need not learn the decision */
  gboolean may_vote_yes;
  OrrTime stamp;
} Member;

typedef struct
{
  guint64 number;
  OrrRequest request;
  gboolean answered; /* the client, or there is none to answer any more */
  Phase phase;
  gboolean commit;
  const char *why; /* not */
  OrrAddress veto;
  OrrArray steps; /* OrrStep */
  OrrValue *values;
  guint64 *versions;
  Member *members;
  guint n_members, n_awaited;
  OrrTimer timer;
} Transaction;

typedef struct
{
  gboolean open;       /* has read its log */
  OrrMap transactions; /* number → Transaction * */
  OrrMap decided;      /* three-phase: number → gboolean: committed */
} Coordinator;

static Transaction *
find (const Coordinator *coordinator, guint64 number)
{
  Transaction *const *transaction = orr_map_get (&coordinator->transactions, number);
  return transaction ? *transaction : NULL;
}

static Transaction *
make (OrrNode *node, Coordinator *coordinator, guint64 number)
{
  Transaction *transaction = orr_alloc (node, sizeof *transaction);
  transaction->number = number;
  *(Transaction **) orr_map_put (node, &coordinator->transactions, number) = transaction;
  return transaction;
}

static void
forget (OrrNode *node, Coordinator *coordinator, Transaction *transaction)
{
  orr_timer_cancel (node, &transaction->timer);
  orr_map_remove (&coordinator->transactions, transaction->number);
  orr_array_unref (node, transaction->steps);
  orr_free (node, transaction->values);
  orr_free (node, transaction->versions);
  orr_free (node, transaction->members);
  orr_free (node, transaction);
}

static void
wait (OrrNode *node, Transaction *transaction, OrrTime time, guint timer)
{
  orr_timer_cancel (node, &transaction->timer);
  transaction->timer = orr_timer_set (node, time, timer, &(About){ transaction->number });
}

static Member *
find_member (const Transaction *transaction, OrrAddress address)
{
  for (guint i = 0; transaction && i < transaction->n_members; i++)
    if (transaction->members[i].address == address)
      return &transaction->members[i];
  return NULL;
}

/* The one of whom an answer is awaited in this phase, or NULL where nobody waits for it. */
static Member *
await_answer (Transaction *transaction, Phase phase, OrrAddress from)
{
  Member *member = find_member (transaction, from);
  if (!member || transaction->phase != phase || member->left || member->heard)
    return NULL;
  member->heard = TRUE;
  transaction->n_awaited--;
  return member;
}

/* Sends to all that are still in it, and waits for their answers. */
static void
begin_round (OrrNode *node, Transaction *transaction, Phase phase, guint message)
{
  transaction->phase = phase;
  transaction->n_awaited = 0;
  for (guint i = 0; i < transaction->n_members; i++)
    {
      Member *member = &transaction->members[i];
      member->heard = FALSE;
      if (member->left)
        continue;
      transaction->n_awaited++;
      orr_send (node, member->address, message, &(About){ transaction->number });
    }
}

/* --- Records --- */

/* The participants for whose sake a decision is kept. */
static void
append (OrrNode *node, const Transaction *transaction, DecisionKind kind)
{
  g_autofree OrrAddress *addresses = g_new (OrrAddress, transaction->n_members + 1);
  guint n = 0;
  for (guint i = 0; i < transaction->n_members && kind != DECISION_END; i++)
    if (!transaction->members[i].left)
      addresses[n++] = transaction->members[i].address;
  DecisionRecord record = { .transaction = transaction->number, .kind = (gint32) kind };
  record.participants = orr_array (node, n, sizeof *addresses, addresses);
  orr_log_append (node, LOG_DECISIONS, &record);
}

/* --- The client --- */

static void
answer_client (OrrNode *node, Transaction *transaction)
{
  if (transaction->answered)
    return;
  transaction->answered = TRUE;
  OrrResult result = { .outcome = transaction->commit ? ORR_OK : ORR_FAIL, .server = orr_self (node) };
  if (transaction->commit)
    {
      result.values = transaction->values;
      result.versions = transaction->versions;
    }
  else
    result.note = transaction->why;
  orr_complete (node, transaction->request, &result);
}

/* --- The decision --- */

static void
end (OrrNode *node, Coordinator *coordinator, Transaction *transaction)
{
  if (is_three_phase (node))
    *(gboolean *) orr_map_put (node, &coordinator->decided, transaction->number) = transaction->commit;
  else if (decision_is_acknowledged (node, transaction->commit))
    append (node, transaction, DECISION_END);
  forget (node, coordinator, transaction);
}

static void
send_decision (OrrNode *node, Transaction *transaction)
{
  const Options *options = orr_options (node);
  guint message = transaction->commit ? MESSAGE_COMMIT : MESSAGE_ABORT;
  for (guint i = 0; i < transaction->n_members; i++)
    if (!transaction->members[i].left && !transaction->members[i].heard)
      orr_send (node, transaction->members[i].address, message, &(About){ transaction->number });
  if (!orr_bug (node, BUG_DECISION_NOT_RETRIED))
    wait (node, transaction, options->retry, TIMER_RESEND);
}

/* The decision holds. */
static void
announce (OrrNode *node, Coordinator *coordinator, Transaction *transaction)
{
  transaction->phase = PHASE_SPREAD;
  transaction->n_awaited = 0;
  for (guint i = 0; i < transaction->n_members; i++)
    {
      transaction->members[i].heard = FALSE;
      transaction->n_awaited += !transaction->members[i].left;
    }
  orr_fact (node, FACT_DECIDED,
            &(OrrFactDecided){ .transaction = transaction->number,
                               .decision = transaction->commit ? ORR_DECIDED_COMMIT : ORR_DECIDED_ABORT });
  answer_client (node, transaction);
  send_decision (node, transaction);
  if (transaction->n_awaited == 0 || !decision_is_acknowledged (node, transaction->commit)
      || orr_bug (node, BUG_DECISION_FORGOTTEN))
    end (node, coordinator, transaction);
}

static void
decide (OrrNode *node, Coordinator *coordinator, Transaction *transaction, gboolean commit, const char *why)
{
  const Options *options = orr_options (node);
  gboolean presumed = !is_three_phase (node) && !commit && options->presumption == PRESUMPTION_ABORT;
  gboolean forced = is_three_phase (node) || commit || options->presumption == PRESUMPTION_NOTHING;
  orr_timer_cancel (node, &transaction->timer);
  transaction->commit = commit;
  transaction->why = why;
  transaction->phase = PHASE_FORCE;
  if (presumed || orr_bug (node, BUG_DECISION_NOT_LOGGED))
    {
      announce (node, coordinator, transaction);
      return;
    }
  append (node, transaction, commit ? DECISION_COMMIT : DECISION_ABORT);
  if (forced)
    orr_disk_sync (node, SYNC_DECISION, transaction->number);
  else
    announce (node, coordinator, transaction);
}

/* --- Votes --- */

static void
pre_commit (OrrNode *node, Transaction *transaction)
{
  const Options *options = orr_options (node);
  begin_round (node, transaction, PHASE_PRE_COMMIT, MESSAGE_PRE_COMMIT);
  wait (node, transaction, options->acknowledge_timeout, TIMER_ACKNOWLEDGES);
}

/* Where all were only reading there is nothing to log or to tell; but for a collecting record, which must not
 * be taken for an abort later. */
static gboolean
has_nothing_to_decide (OrrNode *node, const Transaction *transaction)
{
  const Options *options = orr_options (node);
  for (guint i = 0; i < transaction->n_members; i++)
    if (!transaction->members[i].left)
      return FALSE;
  return is_three_phase (node) || options->presumption != PRESUMPTION_COMMIT;
}

/* All have voted, and none no. The coordinator's own vote is the last. */
static void
count_votes (OrrNode *node, Coordinator *coordinator, Transaction *transaction)
{
  gboolean vetoes = transaction->veto == orr_self (node);
  if (vetoes)
    {
      orr_fact (node, FACT_VOTED, &(OrrFactVoted){ .transaction = transaction->number, .vote = ORR_VOTE_NO });
      decide (node, coordinator, transaction, FALSE, "vetoed by the coordinator");
    }
  else if (has_nothing_to_decide (node, transaction))
    {
      transaction->commit = TRUE;
      announce (node, coordinator, transaction);
    }
  else if (is_three_phase (node))
    pre_commit (node, transaction);
  else
    decide (node, coordinator, transaction, TRUE, NULL);
}

static void
take_vote (OrrNode *node, Coordinator *coordinator, OrrAddress from, const Vote *vote)
{
  Transaction *transaction = find (coordinator, vote->transaction);
  Member *member = await_answer (transaction, PHASE_VOTES, from);
  if (!member)
    return;
  member->left = vote->vote != ORR_VOTE_YES;
  if (vote->vote == ORR_VOTE_NO)
    decide (node, coordinator, transaction, FALSE, vote->note);
  else if (transaction->n_awaited == 0)
    count_votes (node, coordinator, transaction);
}

/* Those that may vote yes: whom a participant in doubt can ask. */
static OrrArray
voters (OrrNode *node, const Transaction *transaction)
{
  g_autofree OrrAddress *addresses = g_new (OrrAddress, transaction->n_members);
  guint n = 0;
  for (guint i = 0; i < transaction->n_members; i++)
    if (transaction->members[i].may_vote_yes)
      addresses[n++] = transaction->members[i].address;
  return orr_array (node, n, sizeof *addresses, addresses);
}

static void
request_votes (OrrNode *node, Transaction *transaction)
{
  const Options *options = orr_options (node);
  OrrArray participants = voters (node, transaction);
  transaction->phase = PHASE_VOTES;
  transaction->n_awaited = transaction->n_members;
  for (guint i = 0; i < transaction->n_members; i++)
    {
      Member *member = &transaction->members[i];
      member->heard = FALSE;
      orr_send (node, member->address, MESSAGE_VOTE_REQUEST,
                &(VoteRequest){ .transaction = transaction->number,
                                .stamp = member->stamp,
                                .participants = participants });
    }
  wait (node, transaction, options->vote_timeout, TIMER_VOTES);
}

/* The work is done: whether it shall be kept is now to be agreed on. */
static void
begin_commitment (OrrNode *node, Transaction *transaction)
{
  const Options *options = orr_options (node);
  g_autofree OrrAddress *addresses = g_new (OrrAddress, transaction->n_members);
  for (guint i = 0; i < transaction->n_members; i++)
    addresses[i] = transaction->members[i].address;
  OrrFactBegun begun = { .transaction = transaction->number };
  begun.participants = orr_array (node, transaction->n_members, sizeof *addresses, addresses);
  orr_fact (node, FACT_BEGUN, &begun);
  orr_timer_cancel (node, &transaction->timer);
  if (is_three_phase (node) || options->presumption != PRESUMPTION_COMMIT)
    {
      request_votes (node, transaction);
      return;
    }
  transaction->phase = PHASE_COLLECTING;
  append (node, transaction, DECISION_COLLECTING);
  orr_disk_sync (node, SYNC_COLLECTING, transaction->number);
}

/* --- Work --- */

/* It never comes to a vote: nobody is in doubt, and whoever misses this finds out by a time-out. */
static void
release (OrrNode *node, Coordinator *coordinator, Transaction *transaction, const char *why)
{
  begin_round (node, transaction, PHASE_SPREAD, MESSAGE_RELEASE);
  transaction->why = why;
  answer_client (node, transaction);
  forget (node, coordinator, transaction);
}

static OrrAddress
keeper_of (OrrNode *node, OrrKey account)
{
  guint n;
  const OrrAddress *participants = orr_role_addresses (node, ROLE_PARTICIPANT, &n);
  for (guint i = 0; i < n; i++)
    if (is_kept_at (orr_options (node), orr_terms (node), participants[i], account))
      return participants[i];
  g_assert_not_reached ();
}

static const OrrStep *
step_of (const Transaction *transaction, guint index)
{
  return &((const OrrStep *) transaction->steps.data)[index];
}

static void
note_work (OrrNode *node, Transaction *transaction, OrrAddress from, const Worked *worked)
{
  const OrrValue *values = worked->values.data;
  const guint64 *versions = worked->versions.data;
  guint n = 0;
  for (guint i = 0; i < transaction->steps.length; i++)
    if (keeper_of (node, step_of (transaction, i)->key) == from)
      {
        transaction->values[i] = values[n];
        transaction->versions[i] = versions[n++];
      }
}

static void
take_worked (OrrNode *node, Coordinator *coordinator, OrrAddress from, const Worked *worked)
{
  Transaction *transaction = find (coordinator, worked->transaction);
  if (transaction && transaction->phase == PHASE_WORK && !worked->done)
    {
      release (node, coordinator, transaction, worked->note);
      return;
    }
  Member *member = await_answer (transaction, PHASE_WORK, from);
  if (!member)
    return;
  member->stamp = worked->stamp;
  note_work (node, transaction, from, worked);
  if (transaction->n_awaited == 0)
    begin_commitment (node, transaction);
}

/* A member for each participant that keeps one of the accounts, in the order of the steps. */
static void
find_members (OrrNode *node, Transaction *transaction)
{
  const Options *options = orr_options (node);
  transaction->members = orr_alloc (node, transaction->steps.length * sizeof (Member));
  for (guint i = 0; i < transaction->steps.length; i++)
    {
      const OrrStep *step = step_of (transaction, i);
      OrrAddress keeper = keeper_of (node, step->key);
      Member *member = find_member (transaction, keeper);
      if (!member)
        {
          member = &transaction->members[transaction->n_members++];
          *member = (Member){ .address = keeper };
        }
      member->may_vote_yes |= !options->read_only_votes || orr_step_infos[step->kind].writes;
    }
}

static void
send_work (OrrNode *node, Transaction *transaction, const Member *member)
{
  g_autofree OrrStep *steps = g_new (OrrStep, transaction->steps.length);
  guint n = 0;
  for (guint i = 0; i < transaction->steps.length; i++)
    if (keeper_of (node, step_of (transaction, i)->key) == member->address)
      steps[n++] = *step_of (transaction, i);
  Work work = { .transaction = transaction->number, .veto = transaction->veto == member->address };
  work.steps = orr_array (node, n, sizeof *steps, steps);
  orr_send (node, member->address, MESSAGE_WORK, &work);
}

static gboolean
has_keys (const OrrOperation *operation)
{
  for (guint i = 0; i < operation->n_steps; i++)
    if (operation->steps[i].key == ORR_NIL)
      return FALSE;
  return TRUE;
}

/* A transaction bears the number of its client's request, which is as unique. */
static void
coordinator_on_request (OrrNode *node, const OrrOperation *operation)
{
  Coordinator *coordinator = orr_state (node);
  const Options *options = orr_options (node);
  if (!coordinator->open || !has_keys (operation))
    {
      orr_complete_fail (node, operation->id,
                         coordinator->open ? "a transaction needs accounts"
                                           : "the coordinator is starting up");
      return;
    }
  Transaction *transaction = make (node, coordinator, (guint64) operation->id.serial + 1);
  transaction->request = operation->id;
  transaction->veto = ((const Attributes *) operation->attributes)->veto;
  transaction->steps = orr_array (node, operation->n_steps, sizeof (OrrStep), operation->steps);
  orr_array_ref (node, transaction->steps);
  transaction->values = orr_alloc (node, operation->n_steps * sizeof (OrrValue));
  transaction->versions = orr_alloc (node, operation->n_steps * sizeof (guint64));
  find_members (node, transaction);
  transaction->n_awaited = transaction->n_members;
  for (guint i = 0; i < transaction->n_members; i++)
    send_work (node, transaction, &transaction->members[i]);
  wait (node, transaction, options->work_timeout, TIMER_WORK);
}

/* --- After the decision --- */

static void
take_ack (OrrNode *node, Coordinator *coordinator, OrrAddress from, guint64 number)
{
  Transaction *transaction = find (coordinator, number);
  if (await_answer (transaction, PHASE_SPREAD, from) && transaction->n_awaited == 0)
    end (node, coordinator, transaction);
}

static void
take_pre_commit_ack (OrrNode *node, Coordinator *coordinator, OrrAddress from, guint64 number)
{
  Transaction *transaction = find (coordinator, number);
  if (await_answer (transaction, PHASE_PRE_COMMIT, from) && transaction->n_awaited == 0)
    decide (node, coordinator, transaction, TRUE, NULL);
}

/* What is not known any more is presumed; in three-phase commit nothing is. */
static Progress
progress_of_unknown (OrrNode *node, const Coordinator *coordinator, guint64 number)
{
  const Options *options = orr_options (node);
  const gboolean *decided = orr_map_get (&coordinator->decided, number);
  if (decided)
    return *decided ? PROGRESS_COMMITTED : PROGRESS_ABORTED;
  if (is_three_phase (node))
    return PROGRESS_RECOVERED;
  return options->presumption == PRESUMPTION_COMMIT ? PROGRESS_COMMITTED : PROGRESS_ABORTED;
}

static void
take_decision_request (OrrNode *node, Coordinator *coordinator, OrrAddress from, guint64 number)
{
  const Transaction *transaction = find (coordinator, number);
  Progress progress;
  if (!transaction)
    progress = progress_of_unknown (node, coordinator, number);
  else if (transaction->phase == PHASE_SPREAD)
    progress = transaction->commit ? PROGRESS_COMMITTED : PROGRESS_ABORTED;
  else
    return; /* it will hear */
  orr_send (node, from, MESSAGE_DECISION_ANSWER,
            &(State){ .transaction = number, .progress = (gint32) progress });
}

/* --- Start --- */

/* What the log knows of a transaction that nobody has forgotten. */
static Transaction *
recover_transaction (OrrNode *node, Coordinator *coordinator, const DecisionRecord *record)
{
  Transaction *transaction = find (coordinator, record->transaction);
  if (!transaction)
    transaction = make (node, coordinator, record->transaction);
  const OrrAddress *addresses = record->participants.data;
  orr_free (node, transaction->members);
  transaction->n_members = record->participants.length;
  transaction->members = orr_alloc (node, transaction->n_members * sizeof (Member));
  for (guint i = 0; i < transaction->n_members; i++)
    transaction->members[i] = (Member){ .address = addresses[i] };
  transaction->answered = TRUE; /* nobody knows what was read */
  transaction->phase = record->kind == DECISION_COLLECTING ? PHASE_COLLECTING : PHASE_FORCE;
  transaction->commit = record->kind == DECISION_COMMIT;
  return transaction;
}

/* Decisions that must be acknowledged are told again, and a vote that was cut off is an abort. */
static void
resume (OrrNode *node, Coordinator *coordinator)
{
  guint32 place = 0;
  guint64 number;
  gpointer value;
  while (orr_map_next (&coordinator->transactions, &place, &number, &value))
    {
      Transaction *transaction = *(Transaction **) value;
      if (transaction->phase == PHASE_COLLECTING)
        decide (node, coordinator, transaction, FALSE, NULL);
      else
        {
          if (!decision_is_acknowledged (node, transaction->commit))
            transaction->n_members = 0;
          announce (node, coordinator, transaction);
        }
    }
}

static void
recover (OrrNode *node, Coordinator *coordinator)
{
  for (guint64 i = orr_log_first (node, LOG_DECISIONS); i < orr_log_end (node, LOG_DECISIONS); i++)
    {
      const DecisionRecord *record = orr_log_get (node, LOG_DECISIONS, i);
      Transaction *transaction = find (coordinator, record->transaction);
      if (record->kind != DECISION_END)
        recover_transaction (node, coordinator, record);
      else if (transaction)
        forget (node, coordinator, transaction);
    }
  coordinator->open = TRUE;
  resume (node, coordinator);
}

static void
coordinator_on_start (OrrNode *node, OrrStart start)
{
  Coordinator *coordinator = orr_state (node);
  orr_map_init (&coordinator->transactions, sizeof (Transaction *));
  orr_map_init (&coordinator->decided, sizeof (gboolean));
  if (start == ORR_START_PROCESS_CRASH)
    orr_disk_sync (node, SYNC_RECOVERY, 0);
  else
    recover (node, coordinator);
}

/* --- Callbacks --- */

static void
coordinator_on_message (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  Coordinator *coordinator = orr_state (node);
  guint64 number = ((const About *) body)->transaction; /* which each of them begins with */
  if (!coordinator->open)
    return;
  switch (type)
    {
    case MESSAGE_WORKED:
      take_worked (node, coordinator, from, body);
      break;
    case MESSAGE_VOTE:
      take_vote (node, coordinator, from, body);
      break;
    case MESSAGE_PRE_COMMIT_ACK:
      take_pre_commit_ack (node, coordinator, from, number);
      break;
    case MESSAGE_ACK:
      take_ack (node, coordinator, from, number);
      break;
    case MESSAGE_DECISION_REQUEST:
      take_decision_request (node, coordinator, from, number);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
coordinator_on_timer (OrrNode *node, guint kind, gconstpointer body)
{
  Coordinator *coordinator = orr_state (node);
  Transaction *transaction = find (coordinator, ((const About *) body)->transaction);
  g_assert (transaction);
  transaction->timer = 0;
  switch (kind)
    {
    case TIMER_WORK:
      release (node, coordinator, transaction, "the work was not done in time");
      break;
    case TIMER_VOTES:
      orr_fact (node, FACT_SUSPECTED, &(About){ transaction->number });
      decide (node, coordinator, transaction, FALSE, "a vote did not come in time");
      break;
    case TIMER_ACKNOWLEDGES: /* who is silent is down, and will ask when it is back */
      decide (node, coordinator, transaction, TRUE, NULL);
      break;
    case TIMER_RESEND:
      send_decision (node, transaction);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
coordinator_on_disk (OrrNode *node, guint kind, guint64 token, OrrDurability durability)
{
  Coordinator *coordinator = orr_state (node);
  Transaction *transaction = find (coordinator, token);
  if (durability != ORR_SYNCED)
    return;
  if (kind == SYNC_RECOVERY)
    recover (node, coordinator);
  else if (kind == SYNC_COLLECTING && transaction->phase == PHASE_COLLECTING)
    request_votes (node, transaction);
  else if (kind == SYNC_DECISION && transaction->phase == PHASE_FORCE)
    announce (node, coordinator, transaction);
}

const OrrRole coordinator_role = {
  .name = "coordinator",
  .doc = "Takes transactions, spreads their work, collects votes, decides.",
  .state_size = sizeof (Coordinator),
  .on_start = coordinator_on_start,
  .on_message = coordinator_on_message,
  .on_timer = coordinator_on_timer,
  .on_disk = coordinator_on_disk,
  .on_request = coordinator_on_request,
};
