/* primary.c: the server that takes writes.
 *
 * A transaction locks the rows that it changes, inserts its records into the write-ahead log, flushes the log, waits for the standbys that
 * synchronous_commit asks for, and only then becomes visible and is answered: PostgreSQL's RecordTransactionCommit flushes and waits
 * (SyncRepWaitForLSN) before the transaction leaves the list of running ones (PostgreSQL 15 manual, §27.2.8). So while a commit
 * waits, readers of the primary do not see it, although a standby may show it already. Only flushed log is sent to standbys. */
#include "primary-replica.h"

#define RECORDS_A_MESSAGE_MAX 1024

typedef enum
{
  PHASE_LOCK,    /* waits for rows that another transaction holds */
  PHASE_EXECUTE, /* a bulk insert takes its time */
  PHASE_FLUSH,   /* waits for the primary's disk */
  PHASE_STANDBY, /* waits for standbys */
} Phase;

typedef struct Transaction Transaction;
struct Transaction
{
  Transaction *previous, *next; /* all that are open, in the order of their arrival */
  OrrRequest request;
  OrrAddress client;
  OrrArray steps; /* OrrStep */
  OrrValue *values, *states; /* one a step: what it returns, what it leaves behind */
  guint64 *versions;
  Phase phase;
  gboolean cancelled;
  guint64 first, end; /* its records in the log */
  Lsn lsn;            /* of its commit */
};

/* What the primary knows of a standby: its walsender. */
typedef struct
{
  OrrAddress address;
  gboolean streaming;
  guint64 sent; /* index of the next record to send */
  Lsn write, flush, apply;
} Standby;

typedef struct
{
  Store store;
  Lsn inserted;        /* where the log ends */
  guint64 flushed_end; /* records before it are on disk */
  Transaction *first, *last;
  OrrMap locks; /* key → Transaction * */
  guint n_standbys;
  Standby *standbys;
  gboolean wal_writer_armed;
} Primary;

static const OrrStep *
step_of (const Transaction *transaction, guint index)
{
  return &((const OrrStep *) transaction->steps.data)[index];
}

static gboolean
changes_row (const OrrStep *step)
{
  return orr_step_infos[step->kind].writes && step->key != ORR_NIL;
}

/* --- Row locks --- */

static gboolean
locks_are_free (const Primary *primary, const Transaction *transaction)
{
  for (guint i = 0; i < transaction->steps.length; i++)
    if (changes_row (step_of (transaction, i)) && orr_map_get (&primary->locks, step_of (transaction, i)->key))
      return FALSE;
  return TRUE;
}

/* All at once, so that no two transactions can wait for each other. */
static void
take_locks (OrrNode *node, Primary *primary, Transaction *transaction)
{
  for (guint i = 0; i < transaction->steps.length; i++)
    if (changes_row (step_of (transaction, i)))
      *(Transaction **) orr_map_put (node, &primary->locks, step_of (transaction, i)->key) = transaction;
}

static void
close_transaction (OrrNode *node, Primary *primary, Transaction *transaction)
{
  if (transaction->phase != PHASE_LOCK)
    for (guint i = 0; i < transaction->steps.length; i++)
      if (changes_row (step_of (transaction, i)))
        orr_map_remove (&primary->locks, step_of (transaction, i)->key);

  *(transaction->previous ? &transaction->previous->next : &primary->first) = transaction->next;
  *(transaction->next ? &transaction->next->previous : &primary->last) = transaction->previous;
  orr_array_unref (node, transaction->steps);
  orr_free (node, transaction->values);
  orr_free (node, transaction->states);
  orr_free (node, transaction->versions);
  orr_free (node, transaction);
}

/* --- Synchronous replication --- */

static Lsn
standby_position (const Standby *standby, CommitLevel level)
{
  switch (level)
    {
    case COMMIT_REMOTE_WRITE:
      return standby->write;
    case COMMIT_ON:
      return standby->flush;
    case COMMIT_REMOTE_APPLY:
      return standby->apply;
    default:
      g_assert_not_reached ();
    }
}

static gint
compare_lsns_descending (gconstpointer a, gconstpointer b)
{
  Lsn left = *(const Lsn *) a, right = *(const Lsn *) b;
  return (left < right) - (left > right);
}

/* The position that the wanted standbys have all reached: of the first k by priority (FIRST), or of the k that are furthest (ANY); 0 while fewer than k are connected. */
static Lsn
synchronous_position (OrrNode *node, const Primary *primary)
{
  const Options *options = orr_options (node);
  const StandbyNames *names = options->synchronous_standby_names;
  g_autofree Lsn *positions = g_new (Lsn, primary->n_standbys + 1);
  guint n = 0;

  for (guint priority = 1; priority <= names->n_names; priority++)
    for (guint i = 0; i < primary->n_standbys; i++)
      {
        const Standby *standby = &primary->standbys[i];
        if (standby->streaming && standby_names_priority (names, orr_name (node, standby->address)) == priority)
          positions[n++] = standby_position (standby, (CommitLevel) options->synchronous_commit);
      }
  if (n < names->wanted)
    return 0;
  if (names->any)
    qsort (positions, n, sizeof *positions, compare_lsns_descending);

  Lsn reached = G_MAXUINT64;
  for (guint i = 0; i < names->wanted; i++)
    reached = MIN (reached, positions[i]);
  return reached;
}

static gboolean
waits_for_standbys (const Options *options)
{
  return options->synchronous_commit > COMMIT_LOCAL && options->synchronous_standby_names
         && options->synchronous_standby_names->wanted > 0;
}

/* --- Commit --- */

/* The first record that is not visible yet, or the end of the log. */
static guint64
shown_end (OrrNode *node, const Primary *primary)
{
  guint64 end = orr_log_end (node, LOG_WAL);
  for (const Transaction *transaction = primary->first; transaction; transaction = transaction->next)
    if (transaction->phase >= PHASE_FLUSH)
      end = MIN (end, transaction->first);
  return end;
}

/* The transaction becomes visible, its locks are free, the client hears of it. */
static void
finish (OrrNode *node, Primary *primary, Transaction *transaction, const char *note)
{
  for (guint64 index = transaction->first; index < transaction->end; index++)
    store_apply (node, &primary->store, orr_log_get (node, LOG_WAL, index));
  send_result (node, transaction->client, transaction->request, ORR_OK, transaction->steps.length, transaction->values,
               transaction->versions, transaction->lsn, note);
  close_transaction (node, primary, transaction);
  store_shown (node, shown_end (node, primary));
}

/* Flushed here. Is it also where synchronous_commit wants it? */
static gboolean
finish_if_replicated (OrrNode *node, Primary *primary, Transaction *transaction, Lsn reached)
{
  transaction->phase = PHASE_STANDBY;
  if (!waits_for_standbys (orr_options (node)) || transaction->lsn <= reached)
    finish (node, primary, transaction, NULL);
  else if (transaction->cancelled)
    finish (node, primary, transaction, "cancelled while waiting for synchronous replication: committed locally, maybe not on any standby");
  else
    return FALSE;
  return TRUE;
}

static void begin_waiting (OrrNode *node, Primary *primary);

/* Looks at all commits again, after a flush or word from a standby. */
static void
finish_ready (OrrNode *node, Primary *primary)
{
  Lsn reached = waits_for_standbys (orr_options (node)) ? synchronous_position (node, primary) : 0;
  Transaction *next;
  for (Transaction *transaction = primary->first; transaction; transaction = next)
    {
      next = transaction->next;
      if (transaction->phase == PHASE_STANDBY || (transaction->phase == PHASE_FLUSH && transaction->end <= primary->flushed_end))
        finish_if_replicated (node, primary, transaction, reached);
    }
  begin_waiting (node, primary);
}

/* synchronous_commit = off leaves the flush to the WAL writer, which looks every wal_writer_delay. */
static void
arm_wal_writer (OrrNode *node, Primary *primary)
{
  if (primary->wal_writer_armed)
    return;
  const Options *options = orr_options (node);
  OrrTime since_tick = orr_clock_monotonic (node) % options->wal_writer_delay;
  orr_timer_set (node, options->wal_writer_delay - since_tick, TIMER_WAL_WRITER, NULL);
  primary->wal_writer_armed = TRUE;
}

/* --- Execution --- */

/* What a row holds for this transaction: what its own earlier steps left, else what is visible. */
static Row
row_within (OrrNode *node, const Primary *primary, const Transaction *transaction, guint before, OrrKey key)
{
  for (guint i = before; i-- > 0;)
    if (changes_row (step_of (transaction, i)) && step_of (transaction, i)->key == key)
      return (Row) { transaction->states[i], transaction->versions[i] };
  return store_get (node, &primary->store, key);
}

/* Runs the steps on what is visible; FALSE when one is refused. Changes nothing but the transaction. */
static gboolean
execute (OrrNode *node, const Primary *primary, Transaction *transaction)
{
  const OrrObject *object = orr_object (node);
  guint n = transaction->steps.length;
  transaction->values = orr_alloc (node, n * sizeof (OrrValue));
  transaction->states = orr_alloc (node, n * sizeof (OrrValue));
  transaction->versions = orr_alloc (node, n * sizeof (guint64));

  for (guint i = 0; i < n; i++)
    {
      const OrrStep *step = step_of (transaction, i);
      Row row = row_within (node, primary, transaction, i, step->key);
      if (object->apply (orr_terms (node), row.state, step, &transaction->states[i], &transaction->values[i]) == ORR_RULE_REFUSED)
        return FALSE;
      transaction->versions[i] = changes_row (step) ? orr_hidden_version (node) : row.version;
    }
  return TRUE;
}

static OrrTime
bulk_duration (OrrNode *node, const Transaction *transaction)
{
  const Options *options = orr_options (node);
  OrrTime duration = 0;
  for (guint i = 0; i < transaction->steps.length; i++)
    if (step_of (transaction, i)->kind == ORR_BULK_WRITE)
      duration += MIN (orr_value_to_int (step_of (transaction, i)->value), G_MAXUINT32) * options->insert_per_row;
  return duration;
}

static WalRecord
record_of_step (OrrNode *node, const Primary *primary, const Transaction *transaction, guint index)
{
  const Options *options = orr_options (node);
  const OrrStep *step = step_of (transaction, index);
  WalRecord record = { .committed_at = orr_clock_wall (node), .bytes = options->record_bytes };

  if (step->kind == ORR_BULK_WRITE)
    {
      record.rows = (guint32) MIN (orr_value_to_int (step->value), G_MAXUINT32);
      record.bytes = record.rows * (options->record_bytes + MIN (orr_value_to_int (step->expected), G_MAXINT32));
    }
  else
    {
      record.key = step->key;
      record.state = transaction->states[index];
      record.version = transaction->versions[index];
      record.previous = row_within (node, primary, transaction, index, step->key).version;
    }
  return record;
}

/* Writes the transaction's records into the log: from here on it has its place in the order of all commits. */
static void
insert (OrrNode *node, Primary *primary, Transaction *transaction)
{
  const Options *options = orr_options (node);
  guint last = 0;
  for (guint i = 0; i < transaction->steps.length; i++)
    if (orr_step_infos[step_of (transaction, i)->kind].writes)
      last = i;

  transaction->phase = PHASE_FLUSH;
  transaction->first = orr_log_end (node, LOG_WAL);
  for (guint i = 0; i <= last; i++)
    if (orr_step_infos[step_of (transaction, i)->kind].writes)
      {
        WalRecord record = record_of_step (node, primary, transaction, i);
        record.commit = i == last;
        record.lsn = primary->inserted += (guint64) record.bytes;
        orr_log_append (node, LOG_WAL, &record);
      }
  transaction->end = orr_log_end (node, LOG_WAL);
  transaction->lsn = primary->inserted;

  if (options->synchronous_commit == COMMIT_OFF)
    {
      arm_wal_writer (node, primary);
      finish (node, primary, transaction, NULL);
    }
  else
    orr_disk_sync (node, SYNC_COMMIT, transaction->end);
}

static void
begin (OrrNode *node, Primary *primary, Transaction *transaction)
{
  take_locks (node, primary, transaction);
  transaction->phase = PHASE_EXECUTE;
  if (!execute (node, primary, transaction))
    {
      send_result (node, transaction->client, transaction->request, ORR_FAIL, transaction->steps.length, NULL, NULL, 0,
                   "refused by the object's rules");
      close_transaction (node, primary, transaction);
      return;
    }
  OrrTime duration = bulk_duration (node, transaction);
  if (duration > 0)
    orr_timer_set (node, duration, TIMER_BULK, &(RequestTimer) { transaction->request });
  else
    insert (node, primary, transaction);
}

/* Locks were given back: whoever waited longest goes first. */
static void
begin_waiting (OrrNode *node, Primary *primary)
{
  Transaction *transaction = primary->first;
  while (transaction)
    if (transaction->phase == PHASE_LOCK && locks_are_free (primary, transaction))
      {
        begin (node, primary, transaction);
        transaction = primary->first; /* it may have ended at once and given its locks back */
      }
    else
      transaction = transaction->next;
}

static Transaction *
find_transaction (const Primary *primary, OrrRequest request)
{
  Transaction *transaction = primary->first;
  while (transaction && (transaction->request.serial != request.serial || transaction->request.attempt != request.attempt))
    transaction = transaction->next;
  return transaction;
}

static void
take_query (OrrNode *node, Primary *primary, OrrAddress client, const Query *query)
{
  gboolean writes = FALSE;
  for (guint i = 0; i < query->steps.length; i++)
    writes |= orr_step_infos[((const OrrStep *) query->steps.data)[i].kind].writes;
  if (!writes)
    {
      store_answer (node, &primary->store, client, query);
      return;
    }

  Transaction *transaction = orr_alloc (node, sizeof *transaction);
  *transaction = (Transaction) { .previous = primary->last, .request = query->request, .client = client, .steps = query->steps };
  orr_array_ref (node, transaction->steps);
  *(primary->last ? &primary->last->next : &primary->first) = transaction;
  primary->last = transaction;
  begin_waiting (node, primary);
}

/* A cancelled commit is committed all the same: its records are in the log. Only the wait for standbys ends. */
static void
cancel (OrrNode *node, Primary *primary, OrrRequest request)
{
  Transaction *transaction = find_transaction (primary, request);
  if (!transaction)
    return;
  transaction->cancelled = TRUE;
  if (transaction->phase == PHASE_LOCK)
    {
      send_result (node, transaction->client, request, ORR_FAIL, 0, NULL, NULL, 0, "cancelled while waiting for a lock");
      close_transaction (node, primary, transaction);
    }
  finish_ready (node, primary);
}

/* --- Streaming --- */

static void
send_wal (OrrNode *node, Primary *primary, Standby *standby)
{
  while (standby->streaming && standby->sent < primary->flushed_end)
    {
      guint64 n = MIN (primary->flushed_end - standby->sent, RECORDS_A_MESSAGE_MAX);
      g_autofree WalRecord *records = g_new (WalRecord, n);
      gint64 bytes = 0;
      for (guint64 i = 0; i < n; i++)
        {
          records[i] = *(const WalRecord *) orr_log_get (node, LOG_WAL, standby->sent + i);
          bytes += records[i].bytes;
        }
      Wal wal = { .first = standby->sent, .records = orr_array (node, (guint32) n, sizeof *records, records) };
      orr_send_sized (node, standby->address, MESSAGE_WAL, &wal, bytes);
      standby->sent += n;
    }
}

static Standby *
find_standby (Primary *primary, OrrAddress address)
{
  for (guint i = 0; i < primary->n_standbys; i++)
    if (primary->standbys[i].address == address)
      return &primary->standbys[i];
  return NULL;
}

/* A standby asks for the log from where its own ends. One that has more than we have cannot be served: it followed a history that we lost. */
static void
start_streaming (OrrNode *node, Primary *primary, OrrAddress from, const StartStreaming *start)
{
  Standby *standby = find_standby (primary, from);
  *standby = (Standby) { .address = from, .streaming = start->next <= primary->flushed_end, .sent = start->next };
  orr_send (node, from, MESSAGE_WAL, &(Wal) { .first = start->next });
  send_wal (node, primary, standby);
}

static void
note_status (OrrNode *node, Primary *primary, OrrAddress from, const StandbyStatus *status)
{
  Standby *standby = find_standby (primary, from);
  standby->write = status->write;
  standby->flush = status->flush;
  standby->apply = status->apply;
  finish_ready (node, primary);
}

/* --- Callbacks --- */

static void
primary_on_start (OrrNode *node, OrrStart start)
{
  const Options *options = orr_options (node);
  Primary *primary = orr_state (node);

  orr_map_init (&primary->locks, sizeof (Transaction *));
  primary->flushed_end = orr_log_end (node, LOG_WAL);
  primary->inserted = options->wal_start;
  if (primary->flushed_end > orr_log_first (node, LOG_WAL))
    primary->inserted = ((const WalRecord *) orr_log_get (node, LOG_WAL, primary->flushed_end - 1))->lsn;
  store_recover (node, &primary->store);

  primary->standbys = orr_alloc (node, options->replicas * sizeof (Standby));
  for (OrrAddress address = 0; address < orr_n_addresses (node); address++)
    if (orr_role_of (node, address) == ROLE_REPLICA)
      primary->standbys[primary->n_standbys++].address = address;
}

static void
primary_on_message (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  Primary *primary = orr_state (node);
  switch (type)
    {
    case MESSAGE_QUERY:
      take_query (node, primary, from, body);
      break;
    case MESSAGE_CANCEL:
      cancel (node, primary, ((const Cancel *) body)->request);
      break;
    case MESSAGE_START_STREAMING:
      start_streaming (node, primary, from, body);
      break;
    case MESSAGE_STANDBY_STATUS:
      note_status (node, primary, from, body);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
primary_on_timer (OrrNode *node, guint kind, gconstpointer body)
{
  Primary *primary = orr_state (node);
  if (kind == TIMER_WAL_WRITER)
    {
      primary->wal_writer_armed = FALSE;
      orr_disk_sync (node, SYNC_WAL_WRITER, orr_log_end (node, LOG_WAL));
    }
  else
    {
      Transaction *transaction = find_transaction (primary, ((const RequestTimer *) body)->request);
      insert (node, primary, transaction);
      begin_waiting (node, primary);
    }
}

static void
primary_on_disk (OrrNode *node, guint kind, guint64 token, OrrDurability durability)
{
  Primary *primary = orr_state (node);
  if (durability != ORR_SYNCED)
    return;
  primary->flushed_end = MAX (primary->flushed_end, token);
  for (guint i = 0; i < primary->n_standbys; i++)
    send_wal (node, primary, &primary->standbys[i]);
  finish_ready (node, primary);
}

static void
primary_on_link (OrrNode *node, OrrAddress peer, gboolean up)
{
  Primary *primary = orr_state (node);
  Standby *standby = find_standby (primary, peer);
  if (!standby || up)
    return;
  standby->streaming = FALSE; /* it will ask again from where it is */
  finish_ready (node, primary);
}

static void
primary_observe (OrrNode *node)
{
  const Primary *primary = orr_state (node);
  store_observe (node, &primary->store);
}

const OrrRole primary_role = {
  .name = "primary",
  .doc = "Takes writes, answers reads, sends its log to the replicas.",
  .state_size = sizeof (Primary),
  .on_start = primary_on_start,
  .on_message = primary_on_message,
  .on_timer = primary_on_timer,
  .on_disk = primary_on_disk,
  .on_link = primary_on_link,
  .observe = primary_observe,
};
