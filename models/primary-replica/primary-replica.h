/* primary-replica.h: what the files of this model share: its options, the records that travel and last. */
#pragma once

#include "engine/map.h"
#include "engine/model.h"
#include "lsn.h"
#include "standby-names.h"

/* --- Options --- */

/* How long a commit waits (synchronous_commit; PostgreSQL 15 manual, §20.5.1). */
typedef enum
{
  COMMIT_OFF,          /* for nothing */
  COMMIT_LOCAL,        /* for the flush on the primary */
  COMMIT_REMOTE_WRITE, /* and until the standby's operating system has it */
  COMMIT_ON,           /* and until the standby has flushed it */
  COMMIT_REMOTE_APPLY, /* and until the standby has replayed it, so that it is visible there */
} CommitLevel;

typedef enum
{
  POLICY_PRIMARY_ONLY,
  POLICY_REPLICA_ONLY,
  POLICY_RANDOM,
  POLICY_ROUND_ROBIN,
  POLICY_TIME_WINDOW,
  POLICY_LSN,
  POLICY_STICKY,
} Policy;

typedef enum
{
  SPREAD_RANDOM,
  SPREAD_ROUND_ROBIN,
  SPREAD_STICKY,
  SPREAD_FIRST,
} Spread;

typedef enum
{
  HASH_MODULO,     /* md5 of the session's name, modulo the number of replicas */
  HASH_RENDEZVOUS, /* the replica with the highest hash of both names (Thaler & Ravishankar 1998) */
} Hash;

typedef enum
{
  FALLBACK_NONE,
  FALLBACK_PRIMARY,
  FALLBACK_NEXT, /* the next replica, and after the last of them the primary */
} Fallback;

typedef struct
{
  gint32 policy, spread, hash, fallback;
  OrrTime window; /* time-window */
  OrrTime wait;   /* lsn */
} RouterOptions;

typedef struct
{
  const char *replica;
  OrrDistribution *delay;
} ReplicaDelay;

typedef struct
{
  guint32 replicas;
  gint32 synchronous_commit;
  const StandbyNames *synchronous_standby_names;
  Lsn wal_start;
  gint64 record_bytes;
  OrrTime wal_writer_delay;
  OrrDistribution *apply_delay;
  OrrArray apply_delays; /* ReplicaDelay */
  OrrTime recovery_min_apply_delay;
  OrrTime insert_per_row, replay_per_row;
  OrrTime wal_retrieve_retry_interval, wal_receiver_status_interval, wal_sender_timeout;
  RouterOptions router;
} Options;

/* How often a replica says how far it is when nothing else makes it: every wal_receiver_status_interval, and
 * when the primary, at half of wal_sender_timeout, asks whether it is still there. */
OrrTime status_interval (const Options *options);

/* Does a commit wait for standbys? */
gboolean waits_for_standbys (const Options *options);

/* The router's spread as its policy has it. */
Spread spread_of (const RouterOptions *options);

/* Bits of orr_bug. */
typedef enum
{
  BUG_LSN_COMPARED_AS_TEXT,
  BUG_NETWORK_ERROR_REPORTED_OK,
} Bug;

typedef enum
{
  ROLE_PRIMARY,
  ROLE_REPLICA
} Role;

/* --- What lasts: the write-ahead log, and what a server notes about itself --- */

/* A change of one key, some rows of a bulk insert, or a commit. The changes of keys that a transaction makes
 * stand together, and the last of them commits it; the rows of a bulk insert stand before, as they came, and
 * its commit has a record of its own. */
typedef struct
{
  Lsn lsn;                   /* where it ends */
  OrrKey key;                /* ORR_NIL: none */
  OrrValue state;            /* what the key holds from now on */
  guint64 version, previous; /* hidden order */
  guint32 rows;              /* of a bulk insert */
  gint64 bytes;              /* of the record */
  guint32 commits;           /* how many records, this one the last, it makes visible; 0: it is no commit */
  OrrTime committed_at;      /* the primary's wall clock: recovery_min_apply_delay counts from it */
} WalRecord;

enum
{
  LOG_WAL
};

/* As pg_control. */
typedef struct
{
  guint64 system_identifier; /* drawn by a primary whose disk is empty; a replica has its primary's */
  guint64 backup_end; /* of a replica that was made anew: when it has replayed so far it is consistent */
  guint64 shown_end;  /* commits before this record have been visible: they need not be said again */
} Control;

enum
{
  CELL_CONTROL
};

/* --- Messages --- */

enum
{
  MESSAGE_QUERY,
  MESSAGE_RESULT,
  MESSAGE_POSITION_QUERY,
  MESSAGE_POSITION,
  MESSAGE_CANCEL,
  MESSAGE_START_STREAMING,
  MESSAGE_STREAMING,
  MESSAGE_WAL,
  MESSAGE_END_OF_STREAMING,
  MESSAGE_STANDBY_STATUS,
};

typedef struct
{
  OrrRequest request;
  OrrArray steps; /* OrrStep */
} Query;

typedef struct
{
  OrrRequest request;
  gint32 outcome;    /* OrrOutcome */
  OrrArray values;   /* OrrValue, one a step */
  OrrArray versions; /* guint64, one a step */
  Lsn lsn;           /* the primary's insert position: a replica that has replayed it shows all until now */
  const char *note;
} Result;

typedef struct
{
  OrrRequest request;
  Lsn wanted;
  OrrTime patience; /* how long the replica waits before it says no */
} PositionQuery;

typedef struct
{
  OrrRequest request;
  gboolean reached;
  Lsn replayed;
} Position;

typedef struct
{
  OrrRequest request;
} Cancel;

typedef struct
{
  guint64 system_identifier; /* 0: any; the replica's log is empty */
  guint64 next;              /* the index of the first record that the replica does not have */
} StartStreaming;

typedef struct
{
  guint64 system_identifier;
  guint64 end; /* where the primary's flushed log ends now */
} Streaming;

typedef struct
{
  guint64 first;    /* index of the first record */
  OrrArray records; /* WalRecord */
} Wal;

typedef enum
{
  END_STARTING_UP,
  END_TIMEOUT,
  END_OTHER_SYSTEM
} EndReason;

typedef struct
{
  gint32 reason; /* EndReason */
} EndOfStreaming;

typedef struct
{
  Lsn write, flush, apply;
} StandbyStatus;

/* --- Timers, disk requests, facts, actions --- */

enum
{
  TIMER_WAL_WRITER,
  TIMER_BULK,
  TIMER_STANDBY_SILENT,
  TIMER_STANDBYS_MISSING,
  TIMER_REPLAY,
  TIMER_RETRY,
  TIMER_STATUS,
  TIMER_PATIENCE
};

typedef struct
{
  OrrRequest request;
} RequestTimer;

typedef struct
{
  OrrAddress standby;
} StandbyTimer;

enum
{
  SYNC_COMMIT,
  SYNC_WAL_WRITER,
  SYNC_RECEIVED,
  SYNC_RECOVERY,
  SYNC_CONTROL
};

enum
{
  FACT_VERSION,
  FACT_APPLIED,
  FACT_VALUE,
  FACT_ROUTED,
  FACT_POSITION
};

typedef enum
{
  WHY_WRITE,
  WHY_POLICY,
  WHY_RECENT_WRITE,
  WHY_CAUGHT_UP,
  WHY_LAGGING,
  WHY_UNREACHABLE,
  WHY_FORGOTTEN
} Why;

typedef struct
{
  OrrRequest request;
  OrrAddress to;
  gint32 why;
} Routed;

/* How far a replica is: said after a bulk insert, and at the end. */
typedef struct
{
  Lsn received, flushed, replayed;
} PositionFact;

enum
{
  ACTION_PAUSE_REPLAY,
  ACTION_RESUME_REPLAY,
  ACTION_FREEZE_RECEIVER,
  ACTION_THAW_RECEIVER
};

/* --- store.c: what a server holds --- */

typedef struct
{
  OrrValue state;
  guint64 version;
} Row;

typedef struct
{
  OrrMap rows; /* by key: what is visible */
} Store;

/* Makes the commits before record `end` visible, after a start. */
void store_recover (OrrNode *node, Store *store, guint64 end);
/* Makes what a commit's record commits visible, and says so (FACT_VERSION on the primary, FACT_APPLIED). */
void store_commit (OrrNode *node, Store *store, guint64 index);
/* What a key holds: what was put, else what was there before the run. */
Row store_get (OrrNode *node, const Store *store, OrrKey key);
void store_observe (OrrNode *node, const Store *store);

/* What a server whose disk is empty begins with. */
void control_make (OrrNode *node, guint64 system_identifier);
/* NULL: the disk is empty. */
const Control *control_get (OrrNode *node);
void control_put (OrrNode *node, const Control *control);
/* All commits before record `end` are visible. */
void control_set_shown (OrrNode *node, guint64 end);
/* Where the log ends after the records before `end`. */
Lsn wal_position (OrrNode *node, guint64 end);

/* Answers a query that only reads; `lsn` is what Result.lsn says. */
void answer_reads (OrrNode *node, const Store *store, OrrAddress client, const Query *query, Lsn lsn);
/* Answers that a query had no effect. */
void answer_failed (OrrNode *node, OrrAddress client, OrrRequest request, const char *why);
gboolean query_writes (const Query *query);

#define STARTING_UP "the database system is starting up"

/* --- walsender.c: the primary's view of its standbys --- */

typedef struct Standby Standby;

typedef struct
{
  guint n_standbys, n_missing;
  Standby *standbys;
  Standby **candidates; /* room for as many */
  OrrTimer missing;
} Standbys;

void standbys_init (OrrNode *node, Standbys *standbys);
/* Sends what is flushed, up to before record `end`, to all that stream. */
void standbys_send (OrrNode *node, Standbys *standbys, guint64 end);
void standbys_start_streaming (OrrNode *node, Standbys *standbys, OrrAddress from,
                               const StartStreaming *start, guint64 end);
/* A standby cannot be served now. */
void refuse_streaming (OrrNode *node, OrrAddress standby, EndReason reason);
void standbys_note_status (OrrNode *node, Standbys *standbys, OrrAddress from, const StandbyStatus *status);
void standbys_link_down (Standbys *standbys, OrrAddress peer);
void standbys_silent (OrrNode *node, Standbys *standbys, OrrAddress standby);
void standbys_missing (OrrNode *node, Standbys *standbys);
/* The position that as many standbys as synchronous_standby_names wants have all reached, after word from one of
 * them; 0: too few are there, or it is none of those that are awaited. */
Lsn standbys_synchronous_position (OrrNode *node, const Standbys *standbys, OrrAddress from);

extern const OrrRole primary_role, replica_role, router_role;
