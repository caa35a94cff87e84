/* primary-replica.h: what the files of this model share: its options, and the records that travel and last. */
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
  OrrTime wal_retrieve_retry_interval;
  RouterOptions router;
} Options;

/* Bits of orr_bug. */
typedef enum
{
  BUG_LSN_COMPARED_AS_TEXT,
  BUG_NETWORK_ERROR_REPORTED_OK,
} Bug;

typedef enum { ROLE_PRIMARY, ROLE_REPLICA } Role;

/* --- What lasts: the write-ahead log --- */

/* One change of one key, or a bulk insert. A transaction's records stand together; the last of them commits it. */
typedef struct
{
  Lsn lsn;              /* where it ends */
  OrrKey key;           /* ORR_NIL: a bulk insert */
  OrrValue state;       /* what the key holds from now on */
  guint64 version, previous; /* hidden order */
  guint32 rows;         /* of a bulk insert */
  gint64 bytes;         /* of the record */
  OrrTime committed_at; /* the primary's wall clock: recovery_min_apply_delay counts from it */
  gboolean commit;
} WalRecord;

enum { LOG_WAL };

/* Up to where the log has been shown to readers: what lies beyond was decided but unseen when the server died. */
typedef struct
{
  guint64 end;
} Shown;

enum { CELL_SHOWN };

/* --- Messages --- */

enum { MESSAGE_QUERY, MESSAGE_RESULT, MESSAGE_POSITION_QUERY, MESSAGE_POSITION, MESSAGE_CANCEL, MESSAGE_START_STREAMING, MESSAGE_WAL, MESSAGE_STANDBY_STATUS };

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
  Lsn lsn;           /* of a commit: the insert position after it; what a reader must find replayed */
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
  guint64 next; /* the index of the first record that the standby does not have */
} StartStreaming;

typedef struct
{
  guint64 first;    /* index of the first record */
  OrrArray records; /* WalRecord */
} Wal;

typedef struct
{
  Lsn write, flush, apply;
} StandbyStatus;

/* --- Timers, disk requests, facts, actions --- */

enum { TIMER_WAL_WRITER, TIMER_BULK, TIMER_REPLAY, TIMER_RETRY, TIMER_PATIENCE };

typedef struct
{
  OrrRequest request;
} RequestTimer;

enum { SYNC_COMMIT, SYNC_WAL_WRITER, SYNC_RECEIVED };

enum { FACT_VERSION, FACT_APPLIED, FACT_VALUE, FACT_ROUTED, FACT_POSITION };

typedef enum { WHY_WRITE, WHY_POLICY, WHY_RECENT_WRITE, WHY_CAUGHT_UP, WHY_LAGGING, WHY_UNREACHABLE } Why;

typedef struct
{
  OrrRequest request;
  OrrAddress to;
  gint32 why;
} Routed;

/* Where a replica's replay stands: said after a bulk insert, and at the end. */
typedef struct
{
  Lsn received, flushed, replayed;
} PositionFact;

enum { ACTION_PAUSE_REPLAY, ACTION_RESUME_REPLAY, ACTION_FREEZE_RECEIVER, ACTION_THAW_RECEIVER };

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

/* The rows as the log on disk has them, after a start. */
void store_recover (OrrNode *node, Store *store);
/* All records before `end` are visible. */
void store_shown (OrrNode *node, guint64 end);
/* What a key holds: what was put, else what was there before the run. */
Row store_get (OrrNode *node, const Store *store, OrrKey key);
/* Makes a record visible and says so (FACT_APPLIED). */
void store_apply (OrrNode *node, Store *store, const WalRecord *record);
void store_observe (OrrNode *node, const Store *store);
/* Answers a query that only reads. */
void store_answer (OrrNode *node, const Store *store, OrrAddress client, const Query *query);
void send_result (OrrNode *node, OrrAddress client, OrrRequest request, OrrOutcome outcome, guint32 n, const OrrValue *values, const guint64 *versions, Lsn lsn, const char *note);

extern const OrrRole primary_role, replica_role, router_role;
