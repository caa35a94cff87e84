/* walsender.c: the primary's view of its standbys.
 *
 * A standby connects and asks for the log from where its own ends; from then on it is sent what is flushed,
 * and says how far it is. Those that synchronous_standby_names lists are awaited by commits: the first k that
 * are connected, or any k (PostgreSQL 15 manual, §20.6.2 and §27.2.8; SyncRepGetSyncRecPtr). A standby counts
 * once it has said how far it is. One that says nothing for wal_sender_timeout is given up. */
#include "primary-replica.h"

#define RECORDS_A_MESSAGE_MAX 1024

struct Standby
{
  OrrAddress address;
  guint priority;     /* in synchronous_standby_names; 0: never awaited */
  gboolean missing;   /* it has not asked for the log since the primary started */
  gboolean streaming; /* it is sent the log, */
  gboolean reported;  /* and has said how far it is: */
  Lsn write, flush, apply;
  guint64 sent;     /* index of the next record to send */
  OrrTime heard_at; /* monotonic */
  OrrTimer silent;
};

void
standbys_init (OrrNode *node, Standbys *standbys)
{
  const Options *options = orr_options (node);
  const StandbyNames *names = options->synchronous_standby_names;
  const OrrAddress *replicas = orr_role_addresses (node, ROLE_REPLICA, &standbys->n_standbys);
  standbys->standbys = orr_alloc (node, standbys->n_standbys * sizeof (Standby));
  standbys->candidates = orr_alloc (node, standbys->n_standbys * sizeof (Standby *));
  for (guint i = 0; i < standbys->n_standbys; i++)
    standbys->standbys[i]
        = (Standby){ .address = replicas[i],
                     .priority = names ? standby_names_priority (names, orr_name (node, replicas[i])) : 0,
                     .missing = TRUE };
  standbys->n_missing = standbys->n_standbys;
  standbys_missing (node, standbys);
}

static Standby *
find_standby (const Standbys *standbys, OrrAddress address)
{
  for (guint i = 0; i < standbys->n_standbys; i++)
    if (standbys->standbys[i].address == address)
      return &standbys->standbys[i];
  return NULL;
}

/* --- Streaming --- */

static void
send_wal (OrrNode *node, Standby *standby, guint64 end)
{
  while (standby->streaming && standby->sent < end)
    {
      guint64 n = MIN (end - standby->sent, RECORDS_A_MESSAGE_MAX);
      g_autofree WalRecord *records = g_new (WalRecord, n);
      gint64 bytes = 0;
      for (guint64 i = 0; i < n; i++)
        {
          records[i] = *(const WalRecord *) orr_log_get (node, LOG_WAL, standby->sent + i);
          bytes += records[i].bytes;
        }
      Wal wal
          = { .first = standby->sent, .records = orr_array (node, (guint32) n, sizeof *records, records) };
      orr_send_sized (node, standby->address, MESSAGE_WAL, &wal, bytes);
      standby->sent += n;
    }
}

void
standbys_send (OrrNode *node, Standbys *standbys, guint64 end)
{
  for (guint i = 0; i < standbys->n_standbys; i++)
    send_wal (node, &standbys->standbys[i], end);
}

void
refuse_streaming (OrrNode *node, OrrAddress standby, EndReason reason)
{
  orr_send (node, standby, MESSAGE_END_OF_STREAMING, &(EndOfStreaming){ .reason = (gint32) reason });
}

/* A standby that followed another system, whose disk was lost, or that has log which we don't have, can't
 * follow this one. */
void
standbys_start_streaming (OrrNode *node, Standbys *standbys, OrrAddress from, const StartStreaming *start,
                          guint64 end)
{
  const Options *options = orr_options (node);
  const Control *control = control_get (node);
  Standby *standby = find_standby (standbys, from);
  standbys->n_missing -= standby->missing;
  standby->missing = FALSE;
  standby->reported = FALSE;
  standby->streaming
      = (start->system_identifier == 0 || start->system_identifier == control->system_identifier)
        && start->next <= end;
  if (!standby->streaming)
    {
      refuse_streaming (node, from, END_OTHER_SYSTEM);
      return;
    }
  standby->heard_at = orr_clock_monotonic (node);
  if (standby->silent == 0 && options->wal_sender_timeout > 0)
    standby->silent
        = orr_timer_set (node, options->wal_sender_timeout, TIMER_STANDBY_SILENT, &(StandbyTimer){ from });
  orr_send (node, from, MESSAGE_STREAMING,
            &(Streaming){ .system_identifier = control->system_identifier, .end = end });
  standby->sent = start->next;
  send_wal (node, standby, end);
}

void
standbys_note_status (OrrNode *node, Standbys *standbys, OrrAddress from, const StandbyStatus *status)
{
  Standby *standby = find_standby (standbys, from);
  if (!standby->streaming)
    return;
  standby->reported = TRUE;
  standby->write = status->write;
  standby->flush = status->flush;
  standby->apply = status->apply;
  standby->heard_at = orr_clock_monotonic (node);
}

/* It will ask again from where it is. */
void
standbys_link_down (Standbys *standbys, OrrAddress peer)
{
  Standby *standby = find_standby (standbys, peer);
  if (standby)
    standby->streaming = FALSE;
}

/* wal_sender_timeout may be over for this standby. */
void
standbys_silent (OrrNode *node, Standbys *standbys, OrrAddress address)
{
  const Options *options = orr_options (node);
  Standby *standby = find_standby (standbys, address);
  OrrTime left = standby->heard_at + options->wal_sender_timeout - orr_clock_monotonic (node);
  standby->silent = 0;
  if (!standby->streaming)
    return;
  if (left > 0)
    {
      standby->silent = orr_timer_set (node, left, TIMER_STANDBY_SILENT, &(StandbyTimer){ address });
      return;
    }
  standby->streaming = FALSE;
  refuse_streaming (node, address, END_TIMEOUT);
}

/* A standby does not know that the primary was gone when nobody told it, until its next status finds no
 * connection any more. A run is not over before that. */
void
standbys_missing (OrrNode *node, Standbys *standbys)
{
  if (standbys->n_missing > 0)
    orr_timer_set (node, status_interval (orr_options (node)), TIMER_STANDBYS_MISSING, NULL);
}

/* --- Synchronous replication --- */

static Lsn
reached_by (const Standby *standby, CommitLevel level)
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
compare_priorities (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  const Standby *left = *(Standby *const *) a, *right = *(Standby *const *) b;
  return left->priority != right->priority
             ? (left->priority > right->priority) - (left->priority < right->priority)
             : (left->address > right->address) - (left->address < right->address);
}

static gint
compare_positions (gconstpointer a, gconstpointer b, gpointer level)
{
  Lsn left = reached_by (*(Standby *const *) a, *(CommitLevel *) level);
  Lsn right = reached_by (*(Standby *const *) b, *(CommitLevel *) level);
  return (left < right) - (left > right);
}

/* FIRST: of the first k by their priority, the one that is least far. ANY: of the k that are furthest. Only
 * word from a standby that is awaited moves it (SyncRepReleaseWaiters): where one has taken another's place,
 * what was waiting already goes on with its next word. */
Lsn
standbys_synchronous_position (OrrNode *node, const Standbys *standbys, OrrAddress from)
{
  const Options *options = orr_options (node);
  const StandbyNames *names = options->synchronous_standby_names;
  CommitLevel level = (CommitLevel) options->synchronous_commit;
  Standby **candidates = standbys->candidates;
  gboolean awaited = FALSE;
  guint n = 0;
  for (guint i = 0; i < standbys->n_standbys; i++)
    {
      Standby *standby = &standbys->standbys[i];
      if (standby->streaming && standby->reported && standby->priority > 0)
        candidates[n++] = standby;
    }
  if (n < names->wanted)
    return 0;

  if (!names->any)
    {
      g_qsort_with_data (candidates, (gint) n, sizeof *candidates, compare_priorities, NULL);
      n = names->wanted;
    }
  for (guint i = 0; i < n; i++)
    awaited |= candidates[i]->address == from;
  g_qsort_with_data (candidates, (gint) n, sizeof *candidates, compare_positions, &level);
  return awaited ? reached_by (candidates[names->wanted - 1], level) : 0;
}
