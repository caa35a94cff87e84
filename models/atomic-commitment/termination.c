/* termination.c: what a participant in doubt does when it hears nothing.
 *
 * Two-phase commit: it asks. The coordinator knows, or will; another participant may know, or may not have
 * voted and can abort (Bernstein, Hadzilacos & Goodman 1987, §7.4, cooperative termination). Where everybody
 * whom it reaches is in doubt as well, it is blocked, and asks again.
 *
 * Three-phase commit: those that are up decide without waiting for those that are down (Skeen 1981; Bernstein
 * et al., §7.5). A new coordinator is elected: the processes stand in a line, the coordinator first, and who
 * hears nothing from one turns to the next that is left, perhaps itself. It asks all others for their states
 * and follows four rules:
 *
 *   TR1  some have aborted: abort.
 *   TR2  some have committed: commit.
 *   TR3  all are uncertain: abort.
 *   TR4  some are pre-committed, none has committed: pre-commit those that are uncertain, then commit.
 *
 * It works since nobody commits while anybody who is up is uncertain. It trusts time-outs: who is silent must
 * be down. A participant that was down in doubt can't know what the others did meanwhile; it takes no part in
 * this and asks. When all have been down, and none has a decision in its log, none was taken: then all abort.
 */
#include "atomic-commitment.h"

/* --- Who there is --- */

static guint
n_processes (const Part *part)
{
  return part->participants.length + 1;
}

static OrrAddress
process (const Part *part, guint index)
{
  return index == 0 ? part->coordinator : ((const OrrAddress *) part->participants.data)[index - 1];
}

static guint
index_of (const Part *part, OrrAddress address)
{
  guint index = 0;
  while (index < n_processes (part) && process (part, index) != address)
    index++;
  return index;
}

static void
send_to_others (OrrNode *node, const Part *part, guint from, guint type)
{
  for (guint i = from; i < n_processes (part); i++)
    if (process (part, i) != orr_self (node))
      orr_send (node, process (part, i), type, &(About){ part->transaction });
}

static void
wait (OrrNode *node, Part *part, OrrTime time, guint timer)
{
  orr_timer_cancel (node, &part->timer);
  part->timer = orr_timer_set (node, time, timer, &(About){ part->transaction });
}

void
termination_await (OrrNode *node, Part *part)
{
  const Options *options = orr_options (node);
  wait (node, part, options->decision_timeout, TIMER_DECISION);
}

/* --- Asking --- */

static void
note_round (OrrNode *node, Part *part)
{
  const Options *options = orr_options (node);
  part->n_asked++;
  if (part->n_asked == 1 && !part->recovered)
    orr_fact (node, FACT_SUSPECTED, &(About){ part->transaction });
  if (part->n_asked == (options->termination == TERMINATION_WAIT ? 1 : 2))
    orr_fact (node, FACT_BLOCKED, &(About){ part->transaction });
}

static void
ask (OrrNode *node, Part *part)
{
  const Options *options = orr_options (node);
  note_round (node, part);
  if (is_three_phase (node) || options->termination == TERMINATION_COOPERATIVE)
    send_to_others (node, part, 0, MESSAGE_DECISION_REQUEST);
  else if (options->termination == TERMINATION_ASK)
    orr_send (node, part->coordinator, MESSAGE_DECISION_REQUEST, &(About){ part->transaction });
  wait (node, part, options->retry, TIMER_DECISION);
}

void
termination_take_decision_request (OrrNode *node, Participant *participant, OrrAddress from,
                                   guint64 transaction)
{
  Progress progress = participant_progress (node, participant, transaction);
  if (progress != PROGRESS_SILENT)
    orr_send (node, from, MESSAGE_DECISION_ANSWER,
              &(State){ .transaction = transaction, .progress = (gint32) progress });
}

static void
note_heard (OrrNode *node, Part *part, OrrAddress from, Progress progress)
{
  guint index = index_of (part, from);
  if (!part->heard)
    part->heard = orr_alloc (node, n_processes (part));
  if (index < n_processes (part))
    part->heard[index] = (guint8) progress;
}

/* Have all others been down, too? */
static gboolean
all_have_recovered (OrrNode *node, const Part *part)
{
  for (guint i = 0; i < n_processes (part); i++)
    if (process (part, i) != orr_self (node) && part->heard[i] != PROGRESS_RECOVERED)
      return FALSE;
  return TRUE;
}

void
termination_take_answer (OrrNode *node, Participant *participant, OrrAddress from, const State *answer)
{
  Part *part = participant_find (participant, answer->transaction);
  if (!part || part->state < PART_PREPARED)
    return;
  if (answer->progress == PROGRESS_COMMITTED || answer->progress == PROGRESS_ABORTED)
    {
      participant_decide (node, participant, part, answer->progress == PROGRESS_COMMITTED);
      return;
    }
  note_heard (node, part, from, (Progress) answer->progress);
  if (is_three_phase (node) && part->recovered && all_have_recovered (node, part))
    participant_decide (node, participant, part, FALSE);
}

/* --- Electing --- */

/* Collects the states of all others. */
static void
lead (OrrNode *node, Part *part)
{
  const Options *options = orr_options (node);
  if (!part->heard)
    part->heard = orr_alloc (node, n_processes (part));
  for (guint i = 0; i < n_processes (part); i++)
    part->heard[i] = PROGRESS_SILENT;
  part->leader = index_of (part, orr_self (node));
  part->leads = TRUE;
  part->acknowledges = FALSE;
  orr_fact (node, FACT_ELECTED, &(About){ part->transaction });
  send_to_others (node, part, 1, MESSAGE_STATE_REQUEST);
  wait (node, part, options->acknowledge_timeout, TIMER_TERMINATION);
}

/* The leader is silent: the next in the line takes its place. */
static void
turn_to_next (OrrNode *node, Part *part)
{
  guint self = index_of (part, orr_self (node));
  if (part->n_asked++ == 0)
    orr_fact (node, FACT_SUSPECTED, &(About){ part->transaction });
  part->leader++;
  if (part->leader >= self)
    {
      lead (node, part);
      return;
    }
  orr_send (node, process (part, part->leader), MESSAGE_ELECTED, &(About){ part->transaction });
  termination_await (node, part);
}

void
termination_take_elected (OrrNode *node, Participant *participant, OrrAddress from, guint64 transaction)
{
  Part *part = participant_find (participant, transaction);
  const gboolean *decided = orr_map_get (&participant->decided, transaction);
  if (decided)
    orr_send (node, from, *decided ? MESSAGE_COMMIT : MESSAGE_ABORT, &(About){ transaction });
  else if (!part || part->state < PART_PREPARED)
    participant_progress (node, participant, transaction);
  else if (!part->recovered && !part->leads && part->state < PART_DECIDED)
    lead (node, part);
}

/* --- The states --- */

void
termination_take_state_request (OrrNode *node, Participant *participant, OrrAddress from, guint64 transaction)
{
  Progress progress = participant_progress (node, participant, transaction);
  Part *part = participant_find (participant, transaction);
  if (progress == PROGRESS_SILENT || progress == PROGRESS_RECOVERED)
    return;
  if (part)
    {
      if (index_of (part, from) < part->leader)
        return;
      part->leader = index_of (part, from);
      part->leads = FALSE;
      termination_await (node, part);
    }
  orr_send (node, from, MESSAGE_STATE, &(State){ .transaction = transaction, .progress = (gint32) progress });
}

static gboolean
any_is (const Part *part, Progress progress)
{
  for (guint i = 1; i < n_processes (part); i++)
    if (part->heard[i] == progress)
      return TRUE;
  return FALSE;
}

/* TR4: those that are uncertain learn first that all have voted yes. */
static void
pre_commit_uncertain (OrrNode *node, Participant *participant, Part *part)
{
  const Options *options = orr_options (node);
  gboolean any = any_is (part, PROGRESS_UNCERTAIN);
  part->state = PART_PRE_COMMITTED;
  if (!any)
    {
      participant_decide (node, participant, part, TRUE);
      return;
    }
  part->acknowledges = TRUE;
  for (guint i = 1; i < n_processes (part); i++)
    if (part->heard[i] == PROGRESS_UNCERTAIN)
      orr_send (node, process (part, i), MESSAGE_PRE_COMMIT, &(About){ part->transaction });
  wait (node, part, options->acknowledge_timeout, TIMER_TERMINATION);
}

/* The four rules, on the states of those that have answered, its own among them. */
static void
apply_rules (OrrNode *node, Participant *participant, Part *part)
{
  if (any_is (part, PROGRESS_ABORTED))
    participant_decide (node, participant, part, FALSE);
  else if (any_is (part, PROGRESS_COMMITTED))
    participant_decide (node, participant, part, TRUE);
  else if (part->state == PART_PRE_COMMITTED || any_is (part, PROGRESS_PRE_COMMITTED))
    pre_commit_uncertain (node, participant, part);
  else
    participant_decide (node, participant, part, FALSE);
}

/* Has every other participant answered? */
static gboolean
all_have_answered (OrrNode *node, const Part *part)
{
  for (guint i = 1; i < n_processes (part); i++)
    if (process (part, i) != orr_self (node) && part->heard[i] == PROGRESS_SILENT)
      return FALSE;
  return TRUE;
}

void
termination_take_state (OrrNode *node, Participant *participant, OrrAddress from, const State *state)
{
  Part *part = participant_find (participant, state->transaction);
  if (!part || !part->leads || part->acknowledges || part->state >= PART_DECIDED)
    return;
  note_heard (node, part, from, (Progress) state->progress);
  if (all_have_answered (node, part))
    apply_rules (node, participant, part);
}

void
termination_take_pre_commit (OrrNode *node, Participant *participant, OrrAddress from, guint64 transaction)
{
  Part *part = participant_find (participant, transaction);
  if (!part || part->recovered || index_of (part, from) < part->leader
      || (part->state != PART_PREPARED && part->state != PART_PRE_COMMITTED))
    return;
  part->state = PART_PRE_COMMITTED;
  part->leader = index_of (part, from);
  part->leads = FALSE;
  orr_send (node, from, MESSAGE_PRE_COMMIT_ACK, &(About){ transaction });
  termination_await (node, part);
}

void
termination_take_acknowledge (OrrNode *node, Participant *participant, OrrAddress from, guint64 transaction)
{
  Part *part = participant_find (participant, transaction);
  if (!part || !part->acknowledges || part->state >= PART_DECIDED)
    return;
  note_heard (node, part, from, PROGRESS_PRE_COMMITTED);
  if (!any_is (part, PROGRESS_UNCERTAIN))
    participant_decide (node, participant, part, TRUE);
}

/* Who has not answered by now is down. */
void
termination_timeout (OrrNode *node, Participant *participant, Part *part)
{
  if (part->acknowledges)
    participant_decide (node, participant, part, TRUE);
  else
    apply_rules (node, participant, part);
}

void
termination_spread (OrrNode *node, const Part *part)
{
  send_to_others (node, part, 1, part->commit ? MESSAGE_COMMIT : MESSAGE_ABORT);
}

/* --- When it has waited long enough --- */

void
termination_start (OrrNode *node, Participant *participant, Part *part)
{
  if (orr_bug (node, BUG_PREPARED_ABORTS_ON_TIMEOUT))
    participant_decide (node, participant, part, FALSE);
  else if (is_three_phase (node) && !part->recovered)
    turn_to_next (node, part);
  else
    ask (node, part);
}
