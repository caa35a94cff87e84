/* replica.c: a streaming standby.
 *
 * What the primary sends goes through four stages, each with a position of its own: received, written to the operating system, flushed, replayed
 * (pg_stat_replication's write_lsn, flush_lsn, replay_lsn; PostgreSQL 15 manual, §28.2.4). Only flushed log is replayed, one record after the other,
 * and only what is replayed is visible. How long a record waits for its replay is `apply-delay`, how long the replay of a bulk insert takes grows with its rows,
 * and recovery_min_apply_delay holds a commit back on purpose. */
#include "primary-replica.h"

/* Log that was flushed at one time, and waits for its replay. */
typedef struct Batch Batch;
struct Batch
{
  Batch *next;
  guint64 end;
  OrrTime flushed_at; /* monotonic */
};

/* Log that came while the receiver was frozen. */
typedef struct Unread Unread;
struct Unread
{
  Unread *next;
  Wal wal;
};

/* A client that waits until a position is replayed. */
typedef struct Waiter Waiter;
struct Waiter
{
  Waiter *next;
  OrrAddress client;
  OrrRequest request;
  Lsn wanted;
};

typedef struct
{
  Store store;
  OrrAddress primary;
  gboolean connected;
  OrrTimer retry;

  Lsn received, written, flushed, replayed;
  guint64 flushed_end, replayed_end; /* indices: the first record that is not yet */
  Batch *batches, *last_batch;
  Unread *unread, *last_unread;
  gboolean receiver_frozen, replay_paused;

  gboolean due_known;     /* when the next record is replayed is decided */
  OrrTime due;
  OrrTime last_replay;    /* monotonic */
  guint64 first_unshown;  /* first record of the transaction that is being replayed */
  OrrTimer replay_timer;
  Waiter *waiters;
} Replica;

static Lsn
lsn_before (OrrNode *node, guint64 end)
{
  const Options *options = orr_options (node);
  if (end <= orr_log_first (node, LOG_WAL))
    return options->wal_start;
  return ((const WalRecord *) orr_log_get (node, LOG_WAL, end - 1))->lsn;
}

static void
report (OrrNode *node, const Replica *replica)
{
  if (replica->connected && !replica->receiver_frozen)
    orr_send (node, replica->primary, MESSAGE_STANDBY_STATUS,
              &(StandbyStatus) { .write = replica->written, .flush = replica->flushed, .apply = replica->replayed });
}

/* --- Connection --- */

static void
connect_to_primary (OrrNode *node, Replica *replica)
{
  const Options *options = orr_options (node);
  replica->connected = FALSE;
  orr_timer_cancel (node, &replica->retry);
  orr_send (node, replica->primary, MESSAGE_START_STREAMING, &(StartStreaming) { orr_log_end (node, LOG_WAL) });
  replica->retry = orr_timer_set (node, options->wal_retrieve_retry_interval, TIMER_RETRY, NULL);
}

/* --- Replay --- */

static const OrrDistribution *
apply_delay (OrrNode *node)
{
  const Options *options = orr_options (node);
  const ReplicaDelay *delays = options->apply_delays.data;
  for (guint i = 0; i < options->apply_delays.length; i++)
    if (g_str_equal (delays[i].replica, orr_name (node, orr_self (node))))
      return delays[i].delay;
  return options->apply_delay;
}

/* When the next record is replayed, on the monotonic clock: some time after its flush, never before its predecessor. */
static OrrTime
replay_due (OrrNode *node, const Replica *replica, const WalRecord *record)
{
  const Options *options = orr_options (node);
  OrrTime now = orr_clock_monotonic (node);
  OrrTime due = replica->batches->flushed_at + orr_draw (node, "apply-delay", apply_delay (node));
  if (record->commit && options->recovery_min_apply_delay > 0)
    due = MAX (due, now + record->committed_at + options->recovery_min_apply_delay - orr_clock_wall (node));
  return MAX (due, replica->last_replay) + record->rows * options->replay_per_row;
}

static void
replay_record (OrrNode *node, Replica *replica, const WalRecord *record)
{
  replica->replayed_end++;
  replica->replayed = record->lsn;
  if (!record->commit)
    return;
  for (guint64 index = replica->first_unshown; index < replica->replayed_end; index++)
    store_apply (node, &replica->store, orr_log_get (node, LOG_WAL, index));
  replica->first_unshown = replica->replayed_end;
  store_shown (node, replica->replayed_end);
  if (record->rows > 0)
    orr_fact (node, FACT_POSITION,
              &(PositionFact) { .received = replica->received, .flushed = replica->flushed, .replayed = replica->replayed });
}

static void
answer_position (OrrNode *node, const Replica *replica, OrrAddress client, OrrRequest request, gboolean reached)
{
  orr_send (node, client, MESSAGE_POSITION, &(Position) { .request = request, .reached = reached, .replayed = replica->replayed });
}

static gboolean
has_replayed (OrrNode *node, const Replica *replica, Lsn wanted)
{
  return lsn_reached (replica->replayed, wanted, orr_bug (node, BUG_LSN_COMPARED_AS_TEXT));
}

static void
answer_waiters (OrrNode *node, Replica *replica)
{
  for (Waiter **place = &replica->waiters; *place;)
    {
      Waiter *waiter = *place;
      if (has_replayed (node, replica, waiter->wanted))
        {
          answer_position (node, replica, waiter->client, waiter->request, TRUE);
          *place = waiter->next;
          orr_free (node, waiter);
        }
      else
        place = &waiter->next;
    }
}

static void
drop_finished_batches (OrrNode *node, Replica *replica)
{
  while (replica->batches && replica->batches->end <= replica->replayed_end)
    {
      Batch *batch = replica->batches;
      replica->batches = batch->next;
      if (!replica->batches)
        replica->last_batch = NULL;
      orr_free (node, batch);
    }
}

/* Replays what is due, and sets a timer for what is not. */
static void
replay (OrrNode *node, Replica *replica)
{
  guint64 began_at = replica->replayed_end;
  while (!replica->replay_paused && replica->replay_timer == 0 && replica->replayed_end < replica->flushed_end)
    {
      const WalRecord *record = orr_log_get (node, LOG_WAL, replica->replayed_end);
      OrrTime now = orr_clock_monotonic (node);
      if (!replica->due_known)
        replica->due = replay_due (node, replica, record);
      replica->due_known = TRUE;
      if (replica->due > now)
        {
          replica->replay_timer = orr_timer_set (node, replica->due - now, TIMER_REPLAY, NULL);
          break;
        }
      replica->due_known = FALSE;
      replica->last_replay = replica->due;
      replay_record (node, replica, record);
      drop_finished_batches (node, replica);
    }
  if (replica->replayed_end > began_at)
    {
      report (node, replica);
      answer_waiters (node, replica);
    }
}

/* --- Receiving --- */

static void
receive (OrrNode *node, Replica *replica, const Wal *wal)
{
  const WalRecord *records = wal->records.data;
  if (wal->first != orr_log_end (node, LOG_WAL))
    return; /* of a connection that we have given up */
  if (wal->records.length == 0)
    return;
  for (guint i = 0; i < wal->records.length; i++)
    orr_log_append (node, LOG_WAL, &records[i]);
  replica->received = records[wal->records.length - 1].lsn;
  orr_disk_sync (node, SYNC_RECEIVED, orr_log_end (node, LOG_WAL));
}

static void
take_wal (OrrNode *node, Replica *replica, const Wal *wal)
{
  replica->connected = TRUE;
  orr_timer_cancel (node, &replica->retry);
  if (!replica->receiver_frozen)
    {
      receive (node, replica, wal);
      return;
    }
  Unread *unread = orr_alloc (node, sizeof *unread);
  unread->wal = *wal;
  orr_array_ref (node, wal->records);
  *(replica->last_unread ? &replica->last_unread->next : &replica->unread) = unread;
  replica->last_unread = unread;
}

static void
thaw_receiver (OrrNode *node, Replica *replica)
{
  replica->receiver_frozen = FALSE;
  while (replica->unread)
    {
      Unread *unread = replica->unread;
      replica->unread = unread->next;
      receive (node, replica, &unread->wal);
      orr_array_unref (node, unread->wal.records);
      orr_free (node, unread);
    }
  replica->last_unread = NULL;
  report (node, replica);
}

static void
take_position_query (OrrNode *node, Replica *replica, OrrAddress client, const PositionQuery *query)
{
  gboolean reached = has_replayed (node, replica, query->wanted);
  if (reached || query->patience == 0)
    {
      answer_position (node, replica, client, query->request, reached);
      return;
    }
  Waiter **end = &replica->waiters;
  while (*end)
    end = &(*end)->next;
  *end = orr_alloc (node, sizeof **end);
  **end = (Waiter) { .client = client, .request = query->request, .wanted = query->wanted };
  orr_timer_set (node, query->patience, TIMER_PATIENCE, &(RequestTimer) { query->request });
}

static void
give_up_waiting (OrrNode *node, Replica *replica, OrrRequest request)
{
  for (Waiter **place = &replica->waiters; *place; place = &(*place)->next)
    if ((*place)->request.serial == request.serial && (*place)->request.attempt == request.attempt)
      {
        Waiter *waiter = *place;
        answer_position (node, replica, waiter->client, request, FALSE);
        *place = waiter->next;
        orr_free (node, waiter);
        return;
      }
}

/* --- Callbacks --- */

static void
replica_on_start (OrrNode *node, OrrStart start)
{
  Replica *replica = orr_state (node);
  replica->primary = orr_find (node, "primary");
  replica->flushed_end = replica->replayed_end = replica->first_unshown = orr_log_end (node, LOG_WAL);
  replica->received = replica->written = replica->flushed = replica->replayed = lsn_before (node, replica->flushed_end);
  store_recover (node, &replica->store);
  connect_to_primary (node, replica);
}

static void
replica_on_message (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  Replica *replica = orr_state (node);
  const Query *query = body;
  switch (type)
    {
    case MESSAGE_QUERY:
      for (guint i = 0; i < query->steps.length; i++)
        if (orr_step_infos[((const OrrStep *) query->steps.data)[i].kind].writes)
          {
            send_result (node, from, query->request, ORR_FAIL, 0, NULL, NULL, 0, "a replica is read-only");
            return;
          }
      store_answer (node, &replica->store, from, query);
      break;
    case MESSAGE_POSITION_QUERY:
      take_position_query (node, replica, from, body);
      break;
    case MESSAGE_WAL:
      take_wal (node, replica, body);
      break;
    case MESSAGE_CANCEL:
      break; /* reads are answered at once: there is nothing to cancel */
    default:
      g_assert_not_reached ();
    }
}

static void
replica_on_timer (OrrNode *node, guint kind, gconstpointer body)
{
  Replica *replica = orr_state (node);
  switch (kind)
    {
    case TIMER_RETRY:
      replica->retry = 0;
      connect_to_primary (node, replica);
      break;
    case TIMER_REPLAY:
      replica->replay_timer = 0;
      replay (node, replica);
      break;
    case TIMER_PATIENCE:
      give_up_waiting (node, replica, ((const RequestTimer *) body)->request);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
replica_on_disk (OrrNode *node, guint kind, guint64 token, OrrDurability durability)
{
  Replica *replica = orr_state (node);
  if (durability == ORR_WRITTEN)
    replica->written = lsn_before (node, token);
  else
    {
      Batch *batch = orr_alloc (node, sizeof *batch);
      *batch = (Batch) { .end = token, .flushed_at = orr_clock_monotonic (node) };
      *(replica->last_batch ? &replica->last_batch->next : &replica->batches) = batch;
      replica->last_batch = batch;
      replica->flushed_end = token;
      replica->flushed = lsn_before (node, token);
    }
  report (node, replica);
  replay (node, replica);
}

/* A broken stream, or a primary that is there again: both mean to ask anew from where our log ends. */
static void
replica_on_link (OrrNode *node, OrrAddress peer, gboolean up)
{
  Replica *replica = orr_state (node);
  if (peer == replica->primary)
    connect_to_primary (node, replica);
}

static void
replica_on_action (OrrNode *node, guint action, gconstpointer arguments)
{
  Replica *replica = orr_state (node);
  switch (action)
    {
    case ACTION_PAUSE_REPLAY:
      replica->replay_paused = TRUE;
      break;
    case ACTION_RESUME_REPLAY:
      replica->replay_paused = FALSE;
      replay (node, replica);
      break;
    case ACTION_FREEZE_RECEIVER:
      replica->receiver_frozen = TRUE;
      break;
    case ACTION_THAW_RECEIVER:
      thaw_receiver (node, replica);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
replica_observe (OrrNode *node)
{
  const Replica *replica = orr_state (node);
  store_observe (node, &replica->store);
  orr_fact (node, FACT_POSITION,
            &(PositionFact) { .received = replica->received, .flushed = replica->flushed, .replayed = replica->replayed });
}

const OrrRole replica_role = {
  .name = "replica",
  .doc = "Receives the primary's log, replays it, answers reads from what it has replayed.",
  .state_size = sizeof (Replica),
  .on_start = replica_on_start,
  .on_message = replica_on_message,
  .on_timer = replica_on_timer,
  .on_disk = replica_on_disk,
  .on_link = replica_on_link,
  .on_action = replica_on_action,
  .observe = replica_observe,
};
