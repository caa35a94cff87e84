/* primary.c: the server that takes writes.
 *
 * A transaction locks the rows that it changes, inserts its records into the write-ahead log, flushes the
 * log, waits for the standbys that synchronous_commit asks for, and only then becomes visible and is
 * answered: PostgreSQL's RecordTransactionCommit flushes and waits (SyncRepWaitForLSN) before the transaction
 * leaves the list of running ones (PostgreSQL 15 manual, §27.2.8). So while a commit waits, readers of the
 * primary do not see it, although a standby may show it already. Only flushed log is sent to standbys. */
#include "primary-replica.h"

/* A bulk insert's rows go into the log as they come, so many in a record; of a very large one more, so that
 * there are not too many records. */
#define BULK_ROWS_A_RECORD 1000
#define BULK_RECORDS_MAX   1000
#define BULK_ROWS_MAX      1000000000
#define BULK_ROW_BYTES_MAX 1000000000

#define WAL_PAGE_BYTES 8192 /* XLOG_BLCKSZ */

typedef enum
{
  PHASE_LOCK,    /* waits for rows that another transaction holds */
  PHASE_EXECUTE, /* a bulk insert takes its time */
  PHASE_COMMIT,  /* its records are in the log: waits for the disk, then for standbys */
} Phase;

typedef struct Transaction Transaction;
struct Transaction
{
  OrrRequest request;
  OrrAddress client;
  OrrArray steps; /* OrrStep */
  Phase phase;
  guint n_locks_awaited;
  Transaction *next_runnable; /* has its locks now */

  OrrValue *values, *states; /* one a step: what it returns, what it leaves behind */
  guint64 *versions;
  guint bulk_step;   /* the bulk insert that is under way, */
  guint64 rows_done; /* and how many of its rows are in the log */
  OrrTimer bulk;

  Transaction *previous, *next; /* in the order of the log: those that commit */
  guint64 first, end;           /* its records in the log */
  Lsn lsn;                      /* of its commit */
  gboolean cancelled;
};

/* A row's lock is a queue: the first in it has the lock. */
typedef struct Place Place;
struct Place
{
  Place *next;
  Transaction *transaction;
};

typedef struct
{
  Place *first, *last;
} Lock;

typedef struct
{
  Store store;
  Standbys standbys;
  gboolean open;       /* takes connections */
  Lsn inserted;        /* where the log ends */
  guint64 flushed_end; /* records before it are on disk */
  Lsn replicated;      /* the standbys that commits wait for have come so far */
  OrrMap transactions; /* serial → Transaction * */
  OrrMap locks;        /* key → Lock */
  Transaction *first_runnable, *last_runnable;
  Transaction *first_commit, *last_commit;
  gboolean any_cancelled; /* of those that commit */
  gboolean wal_writer_armed;
  Lsn wal_writer_at; /* it has seen to the log before it */
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

static void
make_runnable (Primary *primary, Transaction *transaction)
{
  *(primary->last_runnable ? &primary->last_runnable->next_runnable : &primary->first_runnable) = transaction;
  primary->last_runnable = transaction;
}

/* Waits for all rows at once, so that no two transactions can wait for each other. */
static void
queue_for_locks (OrrNode *node, Primary *primary, Transaction *transaction)
{
  for (guint i = 0; i < transaction->steps.length; i++)
    {
      if (!changes_row (step_of (transaction, i)))
        continue;
      Lock *lock = orr_map_put (node, &primary->locks, step_of (transaction, i)->key);
      if (lock->last && lock->last->transaction == transaction)
        continue; /* an earlier step changes the same row */
      Place *place = orr_alloc (node, sizeof *place);
      place->transaction = transaction;
      transaction->n_locks_awaited += lock->first != NULL;
      *(lock->last ? &lock->last->next : &lock->first) = place;
      lock->last = place;
    }
  if (transaction->n_locks_awaited == 0)
    make_runnable (primary, transaction);
}

static void
leave_lock (OrrNode *node, Primary *primary, Transaction *transaction, OrrKey key)
{
  Lock *lock = orr_map_get (&primary->locks, key);
  Place *previous = NULL, *place = lock ? lock->first : NULL;
  for (; place && place->transaction != transaction; place = place->next)
    previous = place;
  if (!place)
    return; /* an earlier step changed the same row */

  *(previous ? &previous->next : &lock->first) = place->next;
  if (lock->last == place)
    lock->last = previous;
  if (!lock->first)
    orr_map_remove (&primary->locks, key);
  else if (!previous && --lock->first->transaction->n_locks_awaited == 0)
    make_runnable (primary, lock->first->transaction);
  orr_free (node, place);
}

/* The transaction is over: its locks go to whoever waits longest. */
static void
close_transaction (OrrNode *node, Primary *primary, Transaction *transaction)
{
  for (guint i = 0; i < transaction->steps.length; i++)
    if (changes_row (step_of (transaction, i)))
      leave_lock (node, primary, transaction, step_of (transaction, i)->key);
  orr_map_remove (&primary->transactions, transaction->request.serial);
  orr_timer_cancel (node, &transaction->bulk);
  orr_array_unref (node, transaction->steps);
  orr_free (node, transaction->values);
  orr_free (node, transaction->states);
  orr_free (node, transaction->versions);
  orr_free (node, transaction);
}

static void
fail (OrrNode *node, Primary *primary, Transaction *transaction, const char *why)
{
  answer_failed (node, transaction->client, transaction->request, why);
  close_transaction (node, primary, transaction);
}

/* --- Commit --- */

/* The transaction becomes visible, its locks are free, the client hears of it. */
static void
finish (OrrNode *node, Primary *primary, Transaction *transaction)
{
  gboolean warned = transaction->cancelled && transaction->lsn > primary->replicated;
  Result result = { .request = transaction->request, .outcome = ORR_OK, .lsn = transaction->lsn };
  result.values = orr_array (node, transaction->steps.length, sizeof (OrrValue), transaction->values);
  result.versions = orr_array (node, transaction->steps.length, sizeof (guint64), transaction->versions);
  if (warned)
    result.note
        = "cancelled while it waited for synchronous replication: committed locally, perhaps on no standby";
  orr_send (node, transaction->client, MESSAGE_RESULT, &result);
  store_commit (node, &primary->store, transaction->end - 1);
  close_transaction (node, primary, transaction);
  control_set_shown (node,
                     primary->first_commit ? primary->first_commit->first : orr_log_end (node, LOG_WAL));
}

static void
join_commits (Primary *primary, Transaction *transaction)
{
  transaction->previous = primary->last_commit;
  *(primary->last_commit ? &primary->last_commit->next : &primary->first_commit) = transaction;
  primary->last_commit = transaction;
}

static void
leave_commits (Primary *primary, Transaction *transaction)
{
  *(transaction->previous ? &transaction->previous->next : &primary->first_commit) = transaction->next;
  *(transaction->next ? &transaction->next->previous : &primary->last_commit) = transaction->previous;
}

/* After a flush, word from a standby or a cancel: who has waited for it? Both positions cut the log, so all
 * that are behind the first who still waits wait too; but those that were cancelled wait for the flush alone.
 */
static void
finish_ready (OrrNode *node, Primary *primary)
{
  gboolean any_cancelled = FALSE;
  for (Transaction *transaction = primary->first_commit, *next; transaction; transaction = next)
    {
      next = transaction->next;
      gboolean flushed = transaction->end <= primary->flushed_end;
      if (flushed && (transaction->lsn <= primary->replicated || transaction->cancelled))
        {
          leave_commits (primary, transaction);
          finish (node, primary, transaction);
        }
      else if (primary->any_cancelled)
        any_cancelled |= transaction->cancelled;
      else
        break;
    }
  primary->any_cancelled = any_cancelled;
}

/* synchronous_commit = off leaves the flush to the WAL writer, which looks every wal_writer_delay; so does a
 * bulk insert before its commit. */
static void
arm_wal_writer (OrrNode *node, Primary *primary)
{
  if (primary->wal_writer_armed)
    return;
  const Options *options = orr_options (node);
  OrrTime since_look = orr_clock_monotonic (node) % options->wal_writer_delay;
  orr_timer_set (node, options->wal_writer_delay - since_look, TIMER_WAL_WRITER, NULL);
  primary->wal_writer_armed = TRUE;
}

/* The WAL writer favours whole pages (XLogBackgroundFlush): where it finds one that was completed since its
 * last look, it leaves the rest of the log to its next. So what is committed can be at risk for two looks;
 * the third of PostgreSQL's manual (§30.4) is for the end of the ring of buffers, where a look stops too. */
static void
wal_writer_looks (OrrNode *node, Primary *primary)
{
  guint64 end = orr_log_end (node, LOG_WAL);
  Lsn page = primary->inserted - primary->inserted % WAL_PAGE_BYTES;
  Lsn seen_to = MAX (primary->wal_writer_at, wal_position (node, primary->flushed_end));
  primary->wal_writer_armed = FALSE;
  primary->wal_writer_at = page > seen_to ? page : primary->inserted;
  while (wal_position (node, end) > primary->wal_writer_at)
    end--;
  if (primary->wal_writer_at < primary->inserted)
    arm_wal_writer (node, primary);
  orr_disk_sync_log (node, SYNC_WAL_WRITER, end, LOG_WAL, end);
}

/* --- Execution --- */

/* What a row holds for this transaction: what its own earlier steps left, else what is visible. */
static Row
row_within (OrrNode *node, const Primary *primary, const Transaction *transaction, guint before, OrrKey key)
{
  for (guint i = before; i-- > 0;)
    if (changes_row (step_of (transaction, i)) && step_of (transaction, i)->key == key)
      return (Row){ transaction->states[i], transaction->versions[i] };
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
      if (object->apply (orr_terms (node), row.state, step, &transaction->states[i], &transaction->values[i])
          == ORR_RULE_REFUSED)
        return FALSE;
      transaction->versions[i] = changes_row (step) ? orr_hidden_version (node) : row.version;
    }
  return TRUE;
}

static void
append (OrrNode *node, Primary *primary, WalRecord *record)
{
  record->lsn = primary->inserted += (guint64) record->bytes;
  orr_log_append (node, LOG_WAL, record);
}

/* Writes the transaction's changes into the log: from here on it has its place in the order of all commits.
 */
static void
commit (OrrNode *node, Primary *primary, Transaction *transaction)
{
  const Options *options = orr_options (node);
  guint n_changes = 0, n_done = 0;
  for (guint i = 0; i < transaction->steps.length; i++)
    n_changes += changes_row (step_of (transaction, i));

  transaction->phase = PHASE_COMMIT;
  transaction->first = orr_log_end (node, LOG_WAL);
  for (guint i = 0; i < transaction->steps.length; i++)
    {
      OrrKey key = step_of (transaction, i)->key;
      if (!changes_row (step_of (transaction, i)))
        continue;
      n_done++;
      append (node, primary,
              &(WalRecord){ .key = key,
                            .state = transaction->states[i],
                            .version = transaction->versions[i],
                            .previous = row_within (node, primary, transaction, i, key).version,
                            .bytes = options->record_bytes,
                            .commits = n_done == n_changes ? n_changes : 0,
                            .committed_at = orr_clock_wall (node) });
    }
  if (n_changes == 0)
    append (
        node, primary,
        &(WalRecord){ .bytes = options->record_bytes, .commits = 1, .committed_at = orr_clock_wall (node) });
  transaction->end = orr_log_end (node, LOG_WAL);
  transaction->lsn = primary->inserted;

  if (options->synchronous_commit == COMMIT_OFF)
    {
      arm_wal_writer (node, primary);
      finish (node, primary, transaction);
      return;
    }
  join_commits (primary, transaction);
  orr_disk_sync (node, SYNC_COMMIT, transaction->end);
}

/* --- Bulk inserts --- */

static guint64
bulk_rows (const OrrStep *step)
{
  return (guint64) MIN (orr_value_to_int (step->value), BULK_ROWS_MAX);
}

/* How many rows the next record of the bulk insert that is under way has. */
static guint64
next_rows (const Transaction *transaction)
{
  guint64 rows = bulk_rows (step_of (transaction, transaction->bulk_step));
  return MIN (MAX (BULK_ROWS_A_RECORD, rows / BULK_RECORDS_MAX + 1), rows - transaction->rows_done);
}

/* Goes on with the transaction's bulk inserts; commits when there are no more rows to come. */
static void
go_on (OrrNode *node, Primary *primary, Transaction *transaction)
{
  const Options *options = orr_options (node);
  for (; transaction->bulk_step < transaction->steps.length; transaction->bulk_step++)
    {
      const OrrStep *step = step_of (transaction, transaction->bulk_step);
      if (step->kind == ORR_BULK_WRITE && transaction->rows_done < bulk_rows (step))
        {
          OrrTime duration = (OrrTime) next_rows (transaction) * options->insert_per_row;
          transaction->bulk
              = orr_timer_set (node, duration, TIMER_BULK, &(RequestTimer){ transaction->request });
          return;
        }
      transaction->rows_done = 0;
    }
  commit (node, primary, transaction);
}

static void
insert_rows (OrrNode *node, Primary *primary, Transaction *transaction)
{
  const Options *options = orr_options (node);
  guint64 rows = next_rows (transaction);
  gint64 row_bytes
      = MIN (orr_value_to_int (step_of (transaction, transaction->bulk_step)->expected), BULK_ROW_BYTES_MAX);
  transaction->bulk = 0;
  transaction->rows_done += rows;
  append (
      node, primary,
      &(WalRecord){ .rows = (guint32) rows, .bytes = (gint64) rows * (options->record_bytes + row_bytes) });
  arm_wal_writer (node, primary);
  go_on (node, primary, transaction);
}

/* --- Queries --- */

static void
begin (OrrNode *node, Primary *primary, Transaction *transaction)
{
  transaction->phase = PHASE_EXECUTE;
  if (execute (node, primary, transaction))
    go_on (node, primary, transaction);
  else
    fail (node, primary, transaction, "refused by the object's rules");
}

/* Transactions that have got all their locks begin; one that ends at once may let others begin. */
static void
run (OrrNode *node, Primary *primary)
{
  while (primary->first_runnable)
    {
      Transaction *transaction = primary->first_runnable;
      primary->first_runnable = transaction->next_runnable;
      if (!primary->first_runnable)
        primary->last_runnable = NULL;
      begin (node, primary, transaction);
    }
}

static Transaction *
find_transaction (const Primary *primary, OrrRequest request)
{
  Transaction *const *transaction = orr_map_get (&primary->transactions, request.serial);
  return transaction ? *transaction : NULL;
}

static void
take_query (OrrNode *node, Primary *primary, OrrAddress client, const Query *query)
{
  if (!primary->open)
    {
      answer_failed (node, client, query->request, STARTING_UP);
      return;
    }
  if (!query_writes (query))
    {
      answer_reads (node, &primary->store, client, query, primary->inserted);
      return;
    }
  Transaction *transaction = orr_alloc (node, sizeof *transaction);
  *transaction = (Transaction){ .request = query->request, .client = client, .steps = query->steps };
  orr_array_ref (node, transaction->steps);
  *(Transaction **) orr_map_put (node, &primary->transactions, query->request.serial) = transaction;
  queue_for_locks (node, primary, transaction);
}

/* Before its commit a transaction can be taken back. After it, it is committed all the same: only the wait
 * for standbys ends. */
static void
cancel (OrrNode *node, Primary *primary, OrrRequest request)
{
  Transaction *transaction = find_transaction (primary, request);
  if (!transaction)
    return;
  if (transaction->phase < PHASE_COMMIT)
    {
      fail (node, primary, transaction, "cancelled");
      return;
    }
  transaction->cancelled = primary->any_cancelled = TRUE;
  finish_ready (node, primary);
}

/* --- Callbacks --- */

/* All that is in the log is on disk: whatever was committed is visible, even what was still waiting for a
 * standby. */
static void
open_for_connections (OrrNode *node, Primary *primary)
{
  primary->flushed_end = orr_log_end (node, LOG_WAL);
  primary->inserted = wal_position (node, primary->flushed_end);
  store_recover (node, &primary->store, primary->flushed_end);
  primary->open = TRUE;
}

/* A process that crashed left log behind that the operating system has and the disk perhaps has not. It is
 * made durable before anyone builds upon it. */
static void
primary_on_start (OrrNode *node, OrrStart start)
{
  Primary *primary = orr_state (node);
  orr_map_init (&primary->transactions, sizeof (Transaction *));
  orr_map_init (&primary->locks, sizeof (Lock));
  primary->replicated = waits_for_standbys (orr_options (node)) ? 0 : G_MAXUINT64;
  standbys_init (node, &primary->standbys);
  if (!control_get (node))
    control_make (node, 1 + orr_draw_index (node, "system-identifier", G_MAXUINT32));

  if (start == ORR_START_PROCESS_CRASH)
    orr_disk_sync (node, SYNC_RECOVERY, 0);
  else
    open_for_connections (node, primary);
}

/* A fast shutdown: what has not come to its commit is undone, and the standbys get the rest of the log. */
static void
primary_on_stop (OrrNode *node)
{
  Primary *primary = orr_state (node);
  guint32 place = 0;
  guint64 serial;
  gpointer value;
  while (orr_map_next (&primary->transactions, &place, &serial, &value))
    {
      const Transaction *transaction = *(Transaction **) value;
      if (transaction->phase < PHASE_COMMIT)
        answer_failed (node, transaction->client, transaction->request,
                       "the database system is shutting down");
    }
  standbys_send (node, &primary->standbys, orr_log_end (node, LOG_WAL));
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
      if (primary->open)
        standbys_start_streaming (node, &primary->standbys, from, body, primary->flushed_end);
      else
        refuse_streaming (node, from, END_STARTING_UP);
      break;
    case MESSAGE_STANDBY_STATUS:
      standbys_note_status (node, &primary->standbys, from, body);
      if (waits_for_standbys (orr_options (node)))
        primary->replicated
            = MAX (primary->replicated, standbys_synchronous_position (node, &primary->standbys, from));
      finish_ready (node, primary);
      break;
    default:
      g_assert_not_reached ();
    }
  run (node, primary);
}

static void
primary_on_timer (OrrNode *node, guint kind, gconstpointer body)
{
  Primary *primary = orr_state (node);
  switch (kind)
    {
    case TIMER_WAL_WRITER:
      wal_writer_looks (node, primary);
      break;
    case TIMER_BULK:
      insert_rows (node, primary, find_transaction (primary, ((const RequestTimer *) body)->request));
      break;
    case TIMER_STANDBY_SILENT:
      standbys_silent (node, &primary->standbys, ((const StandbyTimer *) body)->standby);
      break;
    case TIMER_STANDBYS_MISSING:
      standbys_missing (node, &primary->standbys);
      break;
    default:
      g_assert_not_reached ();
    }
  run (node, primary);
}

static void
primary_on_disk (OrrNode *node, guint kind, guint64 token, OrrDurability durability)
{
  Primary *primary = orr_state (node);
  if (durability != ORR_SYNCED || kind == SYNC_CONTROL)
    return;
  if (kind == SYNC_RECOVERY)
    {
      open_for_connections (node, primary);
      return;
    }
  primary->flushed_end = MAX (primary->flushed_end, token);
  standbys_send (node, &primary->standbys, primary->flushed_end);
  finish_ready (node, primary);
  run (node, primary);
}

/* A commit that waits for a standby which is gone goes on waiting: as in PostgreSQL, another standby takes
 * over when it next says how far it is. */
static void
primary_on_link (OrrNode *node, OrrAddress peer, gboolean up)
{
  Primary *primary = orr_state (node);
  if (!up)
    standbys_link_down (&primary->standbys, peer);
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
  .on_stop = primary_on_stop,
  .on_message = primary_on_message,
  .on_timer = primary_on_timer,
  .on_disk = primary_on_disk,
  .on_link = primary_on_link,
  .observe = primary_observe,
};
