/* replica.c: a streaming standby.
 *
 * What the primary sends goes through four stages, each with a position of its own: received, written to the
 * operating system, flushed, replayed (pg_stat_replication's write_lsn, flush_lsn, replay_lsn; PostgreSQL 15
 * manual, §28.2.4). Only flushed log is replayed, one record after the other, and only what is replayed is
 * visible. How long a record waits for its replay is `apply-delay`, how long the replay of a bulk insert
 * takes grows with its rows, and recovery_min_apply_delay holds a commit back on purpose.
 *
 * A replica that loses the primary asks for the log again from where its own ends. One whose disk was lost is
 * made anew from a base backup, which here is the primary's whole log, and answers nobody before it has
 * replayed that. */
#include "primary-replica.h"

/* Log that was flushed at one time, and waits for its replay. */
typedef struct Batch Batch;
struct Batch
{
  Batch *next;
  guint64 end;
  OrrTime flushed_at; /* monotonic */
};

/* What the primary said, or that the connection broke, while the receiver was frozen: the kernel keeps it. */
typedef struct Unread Unread;
struct Unread
{
  Unread *next;
  guint type; /* of the message; BREAK */
  union
  {
    Streaming streaming;
    Wal wal;
    EndOfStreaming end;
  };
};

#define BREAK G_MAXUINT

/* A client that waits until a position is replayed. */
typedef struct Waiter Waiter;
struct Waiter
{
  Waiter *next;
  OrrAddress client;
  OrrRequest request;
  Lsn wanted;
};

typedef enum
{
  RECEIVER_STOPPED,  /* until wal_retrieve_retry_interval is over */
  RECEIVER_STARTING, /* has asked for the log */
  RECEIVER_STREAMING,
  RECEIVER_REFUSED, /* for good: this log is another system's */
} ReceiverState;

typedef struct
{
  Store store;
  const OrrDistribution *apply_delay;
  gboolean recovered; /* the log that was found at the start is on disk and replayed */

  OrrAddress primary;
  ReceiverState receiver;
  OrrTime asked_at; /* monotonic */
  OrrTimer retry;
  gboolean receiver_frozen;
  Unread *unread, *last_unread;

  Lsn received, written, flushed, replayed;
  guint64 flushed_end, replayed_end; /* indices: the first record that is not yet */
  Batch *batches, *last_batch;
  gboolean replay_paused;
  gboolean due_known; /* when the next record is replayed is decided: */
  OrrTime due;        /* monotonic */
  OrrTimer replay_timer;
  Waiter *waiters;
} Replica;

/* Has it all that it ever showed? Before that it takes no connections. */
static gboolean
is_consistent (OrrNode *node, const Replica *replica)
{
  const Control *control = control_get (node);
  return replica->recovered && control && replica->replayed_end >= control->backup_end;
}

/* --- WAL receiver: its connection --- */

static void
report (OrrNode *node, const Replica *replica)
{
  if ((replica->receiver == RECEIVER_STARTING || replica->receiver == RECEIVER_STREAMING)
      && !replica->receiver_frozen)
    orr_send (
        node, replica->primary, MESSAGE_STANDBY_STATUS,
        &(StandbyStatus){ .write = replica->written, .flush = replica->flushed, .apply = replica->replayed });
}

/* A frozen one starts when it is thawed: what it would be told now must not come before what it has not read
 * yet. */
static void
start_receiver (OrrNode *node, Replica *replica)
{
  const Control *control = control_get (node);
  if (replica->receiver_frozen)
    return;
  guint64 next = orr_log_end (node, LOG_WAL);
  gboolean is_empty = next == orr_log_first (node, LOG_WAL);
  replica->receiver = RECEIVER_STARTING;
  replica->asked_at = orr_clock_monotonic (node);
  orr_send (
      node, replica->primary, MESSAGE_START_STREAMING,
      &(StartStreaming){ .system_identifier = is_empty ? 0 : control->system_identifier, .next = next });
}

/* Starts again at once, but no sooner than wal_retrieve_retry_interval after the last try. */
static void
stop_receiver (OrrNode *node, Replica *replica)
{
  const Options *options = orr_options (node);
  if (replica->receiver != RECEIVER_STARTING && replica->receiver != RECEIVER_STREAMING)
    return;
  replica->receiver = RECEIVER_STOPPED;
  OrrTime left = replica->asked_at + options->wal_retrieve_retry_interval - orr_clock_monotonic (node);
  replica->retry = orr_timer_set (node, MAX (left, 0), TIMER_RETRY, NULL);
}

/* The primary serves us. To whoever has nothing yet, its log as it is now is a base backup. */
static void
begin_streaming (OrrNode *node, Replica *replica, const Streaming *streaming)
{
  const Control *old = control_get (node);
  Control control = old ? *old : (Control){ .backup_end = streaming->end };
  control.system_identifier = streaming->system_identifier;
  control_put (node, &control);
  replica->receiver = RECEIVER_STREAMING;
  report (node, replica);
}

static void
end_streaming (OrrNode *node, Replica *replica, EndReason reason)
{
  if (reason == END_OTHER_SYSTEM)
    replica->receiver = RECEIVER_REFUSED;
  else
    stop_receiver (node, replica);
}

/* --- WAL receiver: the log --- */

static void
receive (OrrNode *node, Replica *replica, const Wal *wal)
{
  const WalRecord *records = wal->records.data;
  g_assert (
      wal->first
      == orr_log_end (node, LOG_WAL)); /* streams are in order, and this one began where our log ended */
  for (guint i = 0; i < wal->records.length; i++)
    orr_log_append (node, LOG_WAL, &records[i]);
  replica->received = records[wal->records.length - 1].lsn;
  orr_disk_sync (node, SYNC_RECEIVED, orr_log_end (node, LOG_WAL));
}

static void
hear (OrrNode *node, Replica *replica, guint type, gconstpointer body)
{
  switch (type)
    {
    case MESSAGE_STREAMING:
      begin_streaming (node, replica, body);
      break;
    case MESSAGE_WAL:
      receive (node, replica, body);
      break;
    case MESSAGE_END_OF_STREAMING:
      end_streaming (node, replica, (EndReason) ((const EndOfStreaming *) body)->reason);
      break;
    case BREAK:
      stop_receiver (node, replica);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
keep_unread (OrrNode *node, Replica *replica, guint type, gconstpointer body)
{
  Unread *unread = orr_alloc (node, sizeof *unread);
  unread->type = type;
  if (type == MESSAGE_STREAMING)
    unread->streaming = *(const Streaming *) body;
  else if (type == MESSAGE_END_OF_STREAMING)
    unread->end = *(const EndOfStreaming *) body;
  else if (type == MESSAGE_WAL)
    {
      unread->wal = *(const Wal *) body;
      orr_array_ref (node, unread->wal.records);
    }
  *(replica->last_unread ? &replica->last_unread->next : &replica->unread) = unread;
  replica->last_unread = unread;
}

static void
hear_when_thawed (OrrNode *node, Replica *replica, guint type, gconstpointer body)
{
  if (replica->receiver_frozen)
    keep_unread (node, replica, type, body);
  else
    hear (node, replica, type, body);
}

static void
thaw_receiver (OrrNode *node, Replica *replica)
{
  replica->receiver_frozen = FALSE;
  while (replica->unread)
    {
      Unread *unread = replica->unread;
      replica->unread = unread->next;
      hear (node, replica, unread->type, &unread->wal);
      if (unread->type == MESSAGE_WAL)
        orr_array_unref (node, unread->wal.records);
      orr_free (node, unread);
    }
  replica->last_unread = NULL;
  if (replica->recovered && replica->receiver == RECEIVER_STOPPED && replica->retry == 0)
    start_receiver (node, replica);
  else
    report (node, replica);
}

/* --- Readers who wait for a position --- */

static void
answer_position (OrrNode *node, const Replica *replica, OrrAddress client, OrrRequest request,
                 gboolean reached)
{
  orr_send (node, client, MESSAGE_POSITION,
            &(Position){ .request = request, .reached = reached, .replayed = replica->replayed });
}

static gboolean
has_replayed (OrrNode *node, const Replica *replica, Lsn wanted)
{
  return is_consistent (node, replica)
         && lsn_reached (replica->replayed, wanted, orr_bug (node, BUG_LSN_COMPARED_AS_TEXT));
}

/* Takes the waiter at this place out of the list, with its answer. */
static void
dismiss (OrrNode *node, const Replica *replica, Waiter **place, gboolean reached)
{
  Waiter *waiter = *place;
  answer_position (node, replica, waiter->client, waiter->request, reached);
  *place = waiter->next;
  orr_free (node, waiter);
}

static void
answer_waiters (OrrNode *node, Replica *replica)
{
  for (Waiter **place = &replica->waiters; *place;)
    if (has_replayed (node, replica, (*place)->wanted))
      dismiss (node, replica, place, TRUE);
    else
      place = &(*place)->next;
}

static void
give_up_waiting (OrrNode *node, Replica *replica, OrrRequest request)
{
  for (Waiter **place = &replica->waiters; *place; place = &(*place)->next)
    if ((*place)->request.serial == request.serial)
      {
        dismiss (node, replica, place, FALSE);
        return;
      }
}

static void
take_position_query (OrrNode *node, Replica *replica, OrrAddress client, const PositionQuery *query)
{
  gboolean reached = has_replayed (node, replica, query->wanted);
  if (reached || query->patience == 0 || !is_consistent (node, replica))
    {
      answer_position (node, replica, client, query->request, reached);
      return;
    }
  Waiter *waiter = orr_alloc (node, sizeof *waiter);
  *waiter = (Waiter){
    .next = replica->waiters, .client = client, .request = query->request, .wanted = query->wanted
  };
  replica->waiters = waiter;
  orr_timer_set (node, query->patience, TIMER_PATIENCE, &(RequestTimer){ query->request });
}

/* --- Replay --- */

/* How long recovery_min_apply_delay still holds a commit back, by this node's wall clock. */
static OrrTime
held_back (OrrNode *node, guint64 index)
{
  const Options *options = orr_options (node);
  const WalRecord *record = orr_log_get (node, LOG_WAL, index);
  if (record->commits == 0 || options->recovery_min_apply_delay == 0
      || index < control_get (node)->backup_end)
    return 0;
  return options->recovery_min_apply_delay - (orr_clock_wall (node) - record->committed_at);
}

/* When the replay of the next record is done: some time after its flush, and after the work that it is. A
 * base backup is no replay, and takes no time. */
static OrrTime
replay_due (OrrNode *node, const Replica *replica, const WalRecord *record)
{
  const Options *options = orr_options (node);
  OrrTime now = orr_clock_monotonic (node);
  if (replica->replayed_end < control_get (node)->backup_end)
    return now;
  OrrTime due
      = orr_time_add (replica->batches->flushed_at, orr_draw (node, "apply-delay", replica->apply_delay));
  return orr_time_add (MAX (due, now), record->rows * options->replay_per_row);
}

static void
replay_record (OrrNode *node, Replica *replica, const WalRecord *record)
{
  guint64 index = replica->replayed_end++;
  replica->replayed = record->lsn;
  replica->due_known = FALSE;
  if (record->commits > 0)
    {
      store_commit (node, &replica->store, index);
      control_set_shown (node, replica->replayed_end);
    }
  if (record->commits > 0 && record->key == ORR_NIL)
    orr_fact (node, FACT_POSITION,
              &(PositionFact){ .received = replica->received,
                               .flushed = replica->flushed,
                               .replayed = replica->replayed });

  if (replica->batches->end > replica->replayed_end)
    return;
  Batch *batch = replica->batches;
  replica->batches = batch->next;
  if (!replica->batches)
    replica->last_batch = NULL;
  orr_free (node, batch);
}

/* Replay alone is no reason to write home: a replica says how far it has replayed when there is nothing left
 * to replay, and after each commit when commits wait for that. Else the primary learns of it with the next
 * word about what is written and flushed, or after wal_receiver_status_interval. */
static void
report_replay (OrrNode *node, const Replica *replica, gboolean committed)
{
  const Options *options = orr_options (node);
  if (replica->replayed_end == replica->flushed_end
      || (committed && options->synchronous_commit == COMMIT_REMOTE_APPLY))
    report (node, replica);
}

/* Replays what is due, and sets a timer for what is not. */
static void
replay (OrrNode *node, Replica *replica)
{
  guint64 began_at = replica->replayed_end;
  gboolean committed = FALSE;
  while (!replica->replay_paused && replica->replay_timer == 0
         && replica->replayed_end < replica->flushed_end)
    {
      const WalRecord *record = orr_log_get (node, LOG_WAL, replica->replayed_end);
      if (!replica->due_known)
        replica->due = replay_due (node, replica, record);
      replica->due_known = TRUE;
      OrrTime wait = MAX (replica->due - orr_clock_monotonic (node), held_back (node, replica->replayed_end));
      if (wait > 0)
        {
          replica->replay_timer = orr_timer_set (node, wait, TIMER_REPLAY, NULL);
          break;
        }
      committed |= record->commits > 0;
      replay_record (node, replica, record);
    }
  if (replica->replayed_end > began_at)
    {
      report_replay (node, replica, committed);
      answer_waiters (node, replica);
    }
}

static void
note_flushed (OrrNode *node, Replica *replica, guint64 end)
{
  replica->flushed_end = end;
  replica->flushed = wal_position (node, end);
  Batch *batch = orr_alloc (node, sizeof *batch);
  *batch = (Batch){ .end = end, .flushed_at = orr_clock_monotonic (node) };
  *(replica->last_batch ? &replica->last_batch->next : &replica->batches) = batch;
  replica->last_batch = batch;
}

/* --- Start --- */

/* Up to where the log can be shown at once: all of it, but for what recovery_min_apply_delay holds back. What
 * was shown before stays shown, as far as the log still has it: a record may have rotted. */
static guint64
recovery_end (OrrNode *node)
{
  guint64 index = MAX (orr_log_first (node, LOG_WAL), control_get (node)->shown_end);
  guint64 end = orr_log_end (node, LOG_WAL);
  while (index < end && held_back (node, index) <= 0)
    index++;
  return MIN (index, end);
}

/* The log that was found is on disk. Where what the server noted about itself is lost or has rotted, nobody
 * knows whose log it is: the replica is made anew. */
static void
recover (OrrNode *node, Replica *replica)
{
  guint64 first = orr_log_first (node, LOG_WAL);
  if (!control_get (node))
    orr_log_keep (node, LOG_WAL, first, first);
  replica->recovered = TRUE;
  replica->replayed_end = replica->flushed_end = orr_log_end (node, LOG_WAL);
  if (control_get (node))
    {
      replica->replayed_end = recovery_end (node);
      store_recover (node, &replica->store, replica->replayed_end);
    }
  replica->received = replica->written = replica->flushed = wal_position (node, replica->flushed_end);
  replica->replayed = wal_position (node, replica->replayed_end);
  if (replica->replayed_end < replica->flushed_end)
    note_flushed (node, replica, replica->flushed_end);
  start_receiver (node, replica);
  replay (node, replica);
}

static void
replica_on_start (OrrNode *node, OrrStart start)
{
  const Options *options = orr_options (node);
  Replica *replica = orr_state (node);
  const ReplicaDelay *delays = options->apply_delays.data;
  replica->primary = orr_find (node, "primary");
  replica->apply_delay = options->apply_delay;
  for (guint i = 0; i < options->apply_delays.length; i++)
    if (g_str_equal (delays[i].replica, orr_name (node, orr_self (node))))
      replica->apply_delay = delays[i].delay;
  orr_map_init (&replica->store.rows, sizeof (Row));
  orr_timer_set (node, status_interval (options), TIMER_STATUS, NULL);

  if (start == ORR_START_FIRST)
    control_make (node, 0);
  if (start == ORR_START_PROCESS_CRASH)
    orr_disk_sync (node, SYNC_RECOVERY, 0);
  else
    recover (node, replica);
}

/* --- Callbacks --- */

static void
take_query (OrrNode *node, const Replica *replica, OrrAddress client, const Query *query)
{
  if (query_writes (query))
    answer_failed (node, client, query->request, "a replica is read-only");
  else if (!is_consistent (node, replica))
    answer_failed (node, client, query->request, STARTING_UP);
  else
    answer_reads (node, &replica->store, client, query, 0);
}

static void
replica_on_message (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  Replica *replica = orr_state (node);
  switch (type)
    {
    case MESSAGE_QUERY:
      take_query (node, replica, from, body);
      break;
    case MESSAGE_POSITION_QUERY:
      take_position_query (node, replica, from, body);
      break;
    default:
      hear_when_thawed (node, replica, type, body);
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
      start_receiver (node, replica);
      break;
    case TIMER_STATUS:
      report (node, replica);
      orr_timer_set (node, status_interval (orr_options (node)), TIMER_STATUS, NULL);
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
  if (kind == SYNC_RECOVERY && durability == ORR_SYNCED)
    recover (node, replica);
  if (kind != SYNC_RECEIVED)
    return;
  if (durability == ORR_WRITTEN)
    replica->written = wal_position (node, token);
  else
    note_flushed (node, replica, token);
  report (node, replica);
  replay (node, replica);
}

static void
replica_on_link (OrrNode *node, OrrAddress peer, gboolean up)
{
  Replica *replica = orr_state (node);
  if (peer == replica->primary && !up)
    hear_when_thawed (node, replica, BREAK, NULL);
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
            &(PositionFact){
                .received = replica->received, .flushed = replica->flushed, .replayed = replica->replayed });
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
