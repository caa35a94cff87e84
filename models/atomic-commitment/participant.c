/* participant.c: a server that keeps accounts, and its part in the protocols.
 *
 * Until it has voted yes, a participant may abort of its own accord: it votes no, or just forgets the work.
 * To vote yes it forces a prepare record, with all that the transaction changes, and from then on it is in
 * doubt: it can do whatever is decided, even after a crash, and must not decide alone. A participant whose
 * part was only reading has nothing to do later: it votes read-only, gives its locks back and is out of it
 * (Mohan, Lindsay & Obermarck 1986, §2.2). The decision ends the doubt: its record is forced where the
 * protocol says so, then the changes are made, the locks given back, the decision acknowledged.
 *
 * What happens when the decision does not come is in termination.c. */
#include "atomic-commitment.h"

#include <string.h>

static const OrrStep *
steps_of (const Part *part)
{
  return part->steps.data;
}

Part *
participant_find (const Participant *participant, guint64 transaction)
{
  Part *const *part = orr_map_get (&participant->parts, transaction);
  return part ? *part : NULL;
}

static Part *
make_part (OrrNode *node, Participant *participant, guint64 transaction, PartState state,
           OrrAddress coordinator)
{
  Part *part = orr_alloc (node, sizeof *part);
  *part = (Part){ .transaction = transaction, .state = state, .coordinator = coordinator };
  *(Part **) orr_map_put (node, &participant->parts, transaction) = part;
  return part;
}

static void
close_part (OrrNode *node, Participant *participant, Part *part)
{
  orr_timer_cancel (node, &part->timer);
  locks_release (node, &participant->locks, part);
  orr_map_remove (&participant->parts, part->transaction);
  orr_array_unref (node, part->steps);
  orr_array_unref (node, part->participants);
  orr_free (node, part->changes);
  orr_free (node, part->heard);
  orr_free (node, part);
}

void
participant_drop (OrrNode *node, Participant *participant, Part *part)
{
  close_part (node, participant, part);
}

/* --- Work --- */

static void
answer_work (OrrNode *node, const Part *part, const OrrValue *values, const guint64 *versions)
{
  Worked worked = { .transaction = part->transaction, .done = TRUE, .stamp = part->stamp };
  worked.values = orr_array (node, part->steps.length, sizeof *values, values);
  worked.versions = orr_array (node, part->steps.length, sizeof *versions, versions);
  orr_send (node, part->coordinator, MESSAGE_WORKED, &worked);
}

static void
give_up (OrrNode *node, Participant *participant, Part *part, const char *why)
{
  orr_send (node, part->coordinator, MESSAGE_WORKED,
            &(Worked){ .transaction = part->transaction, .note = why });
  participant_drop (node, participant, part);
}

/* What an account holds for this transaction: what its own earlier steps left, else what is committed. */
static Account
account_within (OrrNode *node, const Participant *participant, const Part *part, OrrKey key)
{
  for (guint i = part->n_changes; i-- > 0;)
    if (part->changes[i].key == key)
      return (Account){ part->changes[i].state, part->changes[i].version };
  return accounts_get (node, &participant->accounts, key);
}

/* Does one step; FALSE where the object's rules refuse it. */
static gboolean
do_step (OrrNode *node, const Participant *participant, Part *part, const OrrStep *step, OrrValue *ret_value,
         guint64 *ret_version)
{
  Account account = account_within (node, participant, part, step->key);
  OrrValue state;
  if (orr_object (node)->apply (orr_terms (node), account.state, step, &state, ret_value) == ORR_RULE_REFUSED)
    return FALSE;
  *ret_version = account.version;
  if (!orr_step_infos[step->kind].writes)
    return TRUE;
  *ret_version = orr_hidden_version (node);
  part->changes[part->n_changes++]
      = (Change){ .key = step->key, .state = state, .version = *ret_version, .previous = account.version };
  return TRUE;
}

/* It has its locks: does the work, and tells what came of it. */
static void
execute (OrrNode *node, Participant *participant, Part *part)
{
  const Options *options = orr_options (node);
  guint n = part->steps.length;
  g_autofree OrrValue *values = g_new0 (OrrValue, n);
  g_autofree guint64 *versions = g_new0 (guint64, n);
  orr_timer_cancel (node, &part->timer);
  part->state = PART_WORKED;
  part->changes = orr_alloc (node, n * sizeof (Change));
  for (guint i = 0; i < n; i++)
    if (!do_step (node, participant, part, &steps_of (part)[i], &values[i], &versions[i]))
      {
        give_up (node, participant, part, "refused by the object's rules");
        return;
      }
  part->stamp = orr_clock_monotonic (node);
  part->timer = orr_timer_set (node, options->vote_request_timeout, TIMER_VOTE_REQUEST,
                               &(About){ part->transaction });
  answer_work (node, part, values, versions);
}

/* Parts that have got all their locks, in the order in which they came; one that is refused may let others go
 * on. */
static void
run_ready (OrrNode *node, Participant *participant)
{
  while (participant->locks.n_ready > 0)
    {
      guint32 place = 0;
      guint64 transaction;
      gpointer value = NULL;
      Part *part = NULL;
      while (orr_map_next (&participant->parts, &place, &transaction, &value))
        {
          part = *(Part **) value;
          if (part->state == PART_WAITING && part->n_awaited == 0)
            break;
        }
      g_assert (part && part->state == PART_WAITING && part->n_awaited == 0);
      participant->locks.n_ready--;
      execute (node, participant, part);
    }
}

static gboolean
writes_account (const Part *part, OrrKey account)
{
  for (guint i = 0; i < part->steps.length; i++)
    if (steps_of (part)[i].key == account && orr_step_infos[steps_of (part)[i].kind].writes)
      return TRUE;
  return FALSE;
}

static gboolean
is_first_of_account (const Part *part, guint step)
{
  for (guint i = 0; i < step; i++)
    if (steps_of (part)[i].key == steps_of (part)[step].key)
      return FALSE;
  return TRUE;
}

static void
ask_lock (OrrNode *node, Participant *participant, Part *part, OrrKey account, gboolean exclusive)
{
  const Options *options = orr_options (node);
  Part *victim;
  while (options->deadlock == DEADLOCK_WOUND_WAIT
         && (victim = locks_victim (&participant->locks, part, account, exclusive)))
    give_up (node, participant, victim, "wounded by an older transaction");
  locks_ask (node, &participant->locks, part, account, exclusive);
}

static void
ask_locks (OrrNode *node, Participant *participant, Part *part)
{
  const Options *options = orr_options (node);
  locks_begin (part);
  for (guint i = 0; i < part->steps.length; i++)
    {
      OrrKey account = steps_of (part)[i].key;
      gboolean exclusive = writes_account (part, account);
      if (!exclusive && orr_bug (node, BUG_READS_BETWEEN_COMMITS))
        continue;
      if (is_first_of_account (part, i))
        ask_lock (node, participant, part, account, exclusive);
    }
  locks_end (&participant->locks, part);
  if (part->n_awaited > 0 && options->deadlock == DEADLOCK_TIMEOUT)
    part->timer = orr_timer_set (node, options->lock_timeout, TIMER_LOCK, &(About){ part->transaction });
}

/* A copy of an old message must not bring back what is over. */
static void
take_work (OrrNode *node, Participant *participant, OrrAddress coordinator, const Work *work)
{
  if (participant_find (participant, work->transaction)
      || orr_map_get (&participant->decided, work->transaction)
      || orr_map_get (&participant->voted, work->transaction))
    return;
  Part *part = make_part (node, participant, work->transaction, PART_WAITING, coordinator);
  part->steps = work->steps;
  part->veto = work->veto;
  orr_array_ref (node, part->steps);
  ask_locks (node, participant, part);
}

static void
take_release (OrrNode *node, Participant *participant, guint64 transaction)
{
  Part *part = participant_find (participant, transaction);
  if (part && part->state < PART_PREPARING)
    participant_drop (node, participant, part);
}

/* --- The vote --- */

static void
vote (OrrNode *node, OrrAddress coordinator, guint64 transaction, OrrVote what, const char *why)
{
  orr_fact (node, FACT_VOTED, &(OrrFactVoted){ .transaction = transaction, .vote = (gint32) what });
  orr_send (node, coordinator, MESSAGE_VOTE,
            &(Vote){ .transaction = transaction, .vote = (gint32) what, .note = why });
}

static void
say_decided (OrrNode *node, guint64 transaction, gboolean commit)
{
  orr_fact (node, FACT_DECIDED,
            &(OrrFactDecided){ .transaction = transaction,
                               .decision = commit ? ORR_DECIDED_COMMIT : ORR_DECIDED_ABORT });
}

/* Whose part in it is gone has nothing to decide. It must say no, lest the others commit without it; but it
 * may have voted read-only before it crashed, and they may have committed rightly: the request is a late copy
 * then. */
static void
vote_no (OrrNode *node, Participant *participant, OrrAddress coordinator, guint64 transaction,
         const Part *part, const char *why)
{
  *(gboolean *) orr_map_put (node, &participant->voted, transaction) = TRUE;
  vote (node, coordinator, transaction, ORR_VOTE_NO, why);
  if (part)
    say_decided (node, transaction, FALSE);
}

static void
vote_read_only (OrrNode *node, Participant *participant, Part *part)
{
  *(gboolean *) orr_map_put (node, &participant->voted, part->transaction) = TRUE;
  vote (node, part->coordinator, part->transaction, ORR_VOTE_READ_ONLY, NULL);
  participant_drop (node, participant, part);
}

static void
vote_yes (OrrNode *node, Part *part)
{
  part->state = PART_PREPARED;
  vote (node, part->coordinator, part->transaction, ORR_VOTE_YES, NULL);
  termination_await (node, part);
}

static void
prepare (OrrNode *node, Part *part, OrrArray participants)
{
  part->participants = participants;
  orr_array_ref (node, participants);
  orr_timer_cancel (node, &part->timer);
  part->state = PART_PREPARING;
  StateRecord record = { .transaction = part->transaction,
                         .kind = STATE_PREPARED,
                         .coordinator = part->coordinator,
                         .participants = participants };
  record.changes = orr_array (node, part->n_changes, sizeof (Change), part->changes);
  orr_log_append (node, LOG_STATES, &record);
  if (orr_bug (node, BUG_PREPARE_IN_MEMORY))
    vote_yes (node, part);
  else
    orr_disk_sync (node, SYNC_PREPARED, part->transaction);
}

static void
take_vote_request (OrrNode *node, Participant *participant, OrrAddress coordinator,
                   const VoteRequest *request)
{
  const Options *options = orr_options (node);
  Part *part = participant_find (participant, request->transaction);
  if ((part && part->state >= PART_PREPARING) || orr_map_get (&participant->decided, request->transaction)
      || orr_map_get (&participant->voted, request->transaction))
    return;
  if (!part || part->state == PART_WAITING || part->stamp != request->stamp)
    vote_no (node, participant, coordinator, request->transaction, part, "the work is gone");
  else if (part->veto)
    vote_no (node, participant, coordinator, request->transaction, part, "vetoed");
  else if (part->n_changes == 0 && options->read_only_votes)
    {
      vote_read_only (node, participant, part);
      return;
    }
  else
    {
      prepare (node, part, request->participants);
      return;
    }
  if (part)
    participant_drop (node, participant, part);
}

/* --- The decision --- */

/* The decision is as durable here as it has to be. */
static void
finish (OrrNode *node, Participant *participant, Part *part)
{
  *(gboolean *) orr_map_put (node, &participant->decided, part->transaction) = part->commit;
  say_decided (node, part->transaction, part->commit);
  if (part->commit)
    accounts_apply (node, &participant->accounts, part->changes, part->n_changes);
  if (part->leads)
    termination_spread (node, part);
  else if (decision_is_acknowledged (node, part->commit))
    orr_send (node, part->coordinator, MESSAGE_ACK, &(About){ part->transaction });
  close_part (node, participant, part);
}

static void
log_state (OrrNode *node, guint64 transaction, StateKind kind)
{
  orr_log_append (
      node, LOG_STATES,
      &(StateRecord){ .transaction = transaction, .kind = (gint32) kind, .coordinator = ORR_NOBODY });
}

void
participant_decide (OrrNode *node, Participant *participant, Part *part, gboolean commit)
{
  if (part->state == PART_DECIDED)
    return;
  orr_timer_cancel (node, &part->timer);
  part->state = PART_DECIDED;
  part->commit = commit;
  log_state (node, part->transaction, commit ? STATE_COMMITTED : STATE_ABORTED);
  if (decision_is_forced (node, commit))
    orr_disk_sync (node, SYNC_DECIDED, part->transaction);
  else
    finish (node, participant, part);
}

/* From the coordinator, or whoever took its place. */
static void
take_decision (OrrNode *node, Participant *participant, OrrAddress from, guint64 transaction, gboolean commit)
{
  Part *part = participant_find (participant, transaction);
  if (part && part->state >= PART_PREPARING)
    participant_decide (node, participant, part, commit);
  else
    {
      if (part && !commit)
        participant_drop (node, participant, part);
      if (decision_is_acknowledged (node, commit))
        orr_send (node, from, MESSAGE_ACK, &(About){ transaction });
    }
}

void
participant_refuse (OrrNode *node, guint64 transaction)
{
  log_state (node, transaction, STATE_ABORTED);
  orr_disk_sync (node, SYNC_REFUSED, transaction);
}

/* The refusal is on disk. */
static void
note_refused (OrrNode *node, Participant *participant, guint64 transaction)
{
  if (orr_map_get (&participant->decided, transaction))
    return;
  *(gboolean *) orr_map_put (node, &participant->decided, transaction) = FALSE;
  say_decided (node, transaction, FALSE);
}

Progress
participant_progress (OrrNode *node, Participant *participant, guint64 transaction)
{
  const gboolean *decided = orr_map_get (&participant->decided, transaction);
  Part *part = participant_find (participant, transaction);
  if (decided)
    return *decided ? PROGRESS_COMMITTED : PROGRESS_ABORTED;
  if (!part || part->state < PART_PREPARING)
    {
      if (part)
        participant_drop (node, participant, part);
      participant_refuse (node, transaction);
      return PROGRESS_SILENT;
    }
  if (part->state == PART_PREPARING)
    participant_decide (node, participant, part, FALSE);
  if (part->state == PART_DECIDED)
    return PROGRESS_SILENT; /* will be asked again, when it is on disk */
  if (part->recovered)
    return PROGRESS_RECOVERED;
  return part->state == PART_PRE_COMMITTED ? PROGRESS_PRE_COMMITTED : PROGRESS_UNCERTAIN;
}

/* --- Start --- */

static void
recover_prepared (OrrNode *node, Participant *participant, const StateRecord *record)
{
  Part *part = make_part (node, participant, record->transaction, PART_PREPARED, record->coordinator);
  part->participants = record->participants;
  orr_array_ref (node, part->participants);
  part->n_changes = record->changes.length;
  part->changes = orr_alloc (node, part->n_changes * sizeof (Change));
  memcpy (part->changes, record->changes.data, part->n_changes * sizeof (Change));
  part->recovered = TRUE;
}

static void
recover_decided (OrrNode *node, Participant *participant, const StateRecord *record)
{
  gboolean commit = record->kind == STATE_COMMITTED;
  Part *part = participant_find (participant, record->transaction);
  *(gboolean *) orr_map_put (node, &participant->decided, record->transaction) = commit;
  say_decided (node, record->transaction, commit);
  if (part && commit)
    accounts_apply (node, &participant->accounts, part->changes, part->n_changes);
  if (part)
    close_part (node, participant, part);
}

/* What was prepared and not decided is in doubt still: its accounts are locked before anybody can ask for
 * them. */
static void
resume_doubts (OrrNode *node, Participant *participant)
{
  guint32 place = 0;
  guint64 transaction;
  gpointer value;
  while (orr_map_next (&participant->parts, &place, &transaction, &value))
    {
      Part *part = *(Part **) value;
      for (guint i = 0; i < part->n_changes; i++)
        locks_ask (node, &participant->locks, part, part->changes[i].key, TRUE);
      termination_start (node, participant, part);
    }
}

static void
recover (OrrNode *node, Participant *participant)
{
  for (guint64 i = orr_log_first (node, LOG_STATES); i < orr_log_end (node, LOG_STATES); i++)
    {
      const StateRecord *record = orr_log_get (node, LOG_STATES, i);
      if (record->kind == STATE_PREPARED)
        recover_prepared (node, participant, record);
      else
        recover_decided (node, participant, record);
    }
  participant->open = TRUE;
  resume_doubts (node, participant);
}

/* A process that crashed left log behind that the operating system has and the disk perhaps has not: it is
 * made durable before anyone builds upon it. */
static void
participant_on_start (OrrNode *node, OrrStart start)
{
  Participant *participant = orr_state (node);
  accounts_init (&participant->accounts);
  locks_init (&participant->locks);
  orr_map_init (&participant->parts, sizeof (Part *));
  orr_map_init (&participant->decided, sizeof (gboolean));
  orr_map_init (&participant->voted, sizeof (gboolean));
  if (start == ORR_START_PROCESS_CRASH)
    orr_disk_sync (node, SYNC_RECOVERY, 0);
  else
    recover (node, participant);
}

/* --- Callbacks --- */

static void
hear (OrrNode *node, Participant *participant, OrrAddress from, guint type, gconstpointer body)
{
  guint64 transaction = ((const About *) body)->transaction; /* which each of them begins with */
  switch (type)
    {
    case MESSAGE_WORK:
      take_work (node, participant, from, body);
      break;
    case MESSAGE_RELEASE:
      take_release (node, participant, transaction);
      break;
    case MESSAGE_VOTE_REQUEST:
      take_vote_request (node, participant, from, body);
      break;
    case MESSAGE_PRE_COMMIT:
      termination_take_pre_commit (node, participant, from, transaction);
      break;
    case MESSAGE_PRE_COMMIT_ACK:
      termination_take_acknowledge (node, participant, from, transaction);
      break;
    case MESSAGE_COMMIT:
    case MESSAGE_ABORT:
      take_decision (node, participant, from, transaction, type == MESSAGE_COMMIT);
      break;
    case MESSAGE_DECISION_REQUEST:
      termination_take_decision_request (node, participant, from, transaction);
      break;
    case MESSAGE_DECISION_ANSWER:
      termination_take_answer (node, participant, from, body);
      break;
    case MESSAGE_ELECTED:
      termination_take_elected (node, participant, from, transaction);
      break;
    case MESSAGE_STATE_REQUEST:
      termination_take_state_request (node, participant, from, transaction);
      break;
    case MESSAGE_STATE:
      termination_take_state (node, participant, from, body);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
participant_on_message (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  Participant *participant = orr_state (node);
  if (!participant->open)
    return;
  hear (node, participant, from, type, body);
  run_ready (node, participant);
}

static void
participant_on_timer (OrrNode *node, guint kind, gconstpointer body)
{
  Participant *participant = orr_state (node);
  Part *part = participant_find (participant, ((const About *) body)->transaction);
  g_assert (part);
  part->timer = 0;
  switch (kind)
    {
    case TIMER_LOCK:
      give_up (node, participant, part, "waited too long for a lock");
      break;
    case TIMER_VOTE_REQUEST:
      participant_drop (node, participant, part);
      break;
    case TIMER_DECISION:
      termination_start (node, participant, part);
      break;
    case TIMER_TERMINATION:
      termination_timeout (node, participant, part);
      break;
    default:
      g_assert_not_reached ();
    }
  run_ready (node, participant);
}

static void
participant_on_disk (OrrNode *node, guint kind, guint64 token, OrrDurability durability)
{
  Participant *participant = orr_state (node);
  Part *part = participant_find (participant, token);
  if (durability != ORR_SYNCED)
    return;
  if (kind == SYNC_RECOVERY)
    recover (node, participant);
  else if (kind == SYNC_REFUSED)
    note_refused (node, participant, token);
  else if (kind == SYNC_PREPARED && part && part->state == PART_PREPARING)
    vote_yes (node, part);
  else if (kind == SYNC_DECIDED && part && part->state == PART_DECIDED)
    finish (node, participant, part);
  run_ready (node, participant);
}

static void
participant_observe (OrrNode *node)
{
  const Participant *participant = orr_state (node);
  accounts_observe (node, &participant->accounts);
}

const OrrRole participant_role = {
  .name = "participant",
  .doc = "Keeps accounts, does its part of each transaction, votes, and does what is decided.",
  .state_size = sizeof (Participant),
  .on_start = participant_on_start,
  .on_message = participant_on_message,
  .on_timer = participant_on_timer,
  .on_disk = participant_on_disk,
  .observe = participant_observe,
};
