/* lww-cache.h: what the files of this model share: its options, the records that travel, the bugs. */
#pragma once

#include "engine/map.h"
#include "engine/vector.h"

typedef enum
{
  REPLICATION_ALL,    /* the writer tells every other cache, until each has confirmed it */
  REPLICATION_GOSSIP, /* the writer tells a few, and whoever hears news tells a few more */
  REPLICATION_NONE,   /* nobody tells anybody */
} Replication;

typedef struct
{
  guint32 caches;
  gint32 replication;
  OrrDistribution *replication_delay;
  guint32 fanout;
  OrrTime retry, anti_entropy;
  OrrTime clock_resolution;
  OrrTime ttl, tombstone_grace; /* ORR_TIME_UNSET: for ever */
} Options;

/* So many caches fit into a hidden version. */
#define CACHES_MAX 64

/* One write. It is the same wherever it goes: who wrote what, when by his clock, and upon what. */
typedef struct
{
  OrrKey key;
  OrrValue value;
  gboolean deleted;   /* a tombstone: the key was deleted, and that must be remembered */
  OrrTime written_at; /* the writer's timestamp: who has the later one wins among concurrent writes */
  OrrDot dot;         /* who wrote it, and his how-manieth write of the key it was */
  OrrVector version;  /* what it was built upon, and the dot */
} Update;

typedef struct
{
  OrrAddress to;
  Update update;
} Sending;

/* Which update, without what it says. */
typedef struct
{
  OrrKey key;
  OrrTime written_at;
  OrrDot dot;
} Stamp;

typedef struct
{
  guint64 state;   /* which of the sender's states it tells of */
  OrrArray stamps; /* Stamp: all that it holds */
} Digest;

typedef struct
{
  guint64 state; /* as the digest had it */
} InSync;

typedef struct
{
  OrrArray keys; /* OrrKey */
} Wanted;

/* What became of an update that arrived. */
typedef struct
{
  OrrKey key;
  OrrValue value;
  gint32 order;  /* OrrOrder: how it stands to what was held */
  gboolean kept; /* it was taken; else what was held stays */
} Arrived;

typedef struct
{
  guint64 count; /* starts so far: an incarnation's writes are counted from here */
} Epoch;

enum
{
  MESSAGE_UPDATE,
  MESSAGE_CONFIRMED,
  MESSAGE_DIGEST,
  MESSAGE_WANTED,
  MESSAGE_IN_SYNC,
};

enum
{
  TIMER_SEND,
  TIMER_EXCHANGE,
  TIMER_EXCHANGE_IDLE,
};

enum
{
  SYNC_EPOCH
};

enum
{
  CELL_EPOCH
};

enum
{
  FACT_VERSION,
  FACT_APPLIED,
  FACT_VALUE,
  FACT_ARRIVED,
};

typedef enum
{
  BUG_TIE_KEEPS_LOCAL,
  BUG_DELETE_WITHOUT_TOMBSTONE,
  BUG_CLOCK_NOT_ADVANCED_ON_MERGE,
  BUG_TWO_TIMESTAMPS,
  BUG_VERSION_BUMPED_LATE,
  BUG_DROPPED_WHEN_PEER_DOWN,
} Bug;

extern const OrrRole cache_role;

/* --- entries.c: what a cache holds, and which of two writes wins --- */

typedef struct
{
  OrrMap updates; /* Update, by key */
  OrrMap written; /* guint64, by key: how often this incarnation wrote it */
  OrrTime latest; /* the latest timestamp that was given out or heard of */
} Entries;

void entries_init (Entries *entries);
/* What is held of a key, tombstones included; NULL: nothing was ever heard of it. */
const Update *entries_get (const Entries *entries, OrrKey key);
/* Holds it from now on, and shows it to readers. */
void entries_put (OrrNode *node, Entries *entries, const Update *update);
void entries_remove (OrrNode *node, Entries *entries, OrrKey key);
/* Is its time to live over? Then the key holds nothing, as if it had never been written. */
gboolean entries_is_expired (OrrNode *node, const Update *held);
/* What a reader gets: nil where nothing is held, it was deleted, or its time to live is over. */
OrrValue entries_read (OrrNode *node, const Entries *entries, OrrKey key);
/* Forgets tombstones that are older than `tombstone-grace`. */
void entries_drop_tombstones (OrrNode *node, Entries *entries);

/* A new write of a key, made now, upon what is held. `base` is where this incarnation's counts begin. */
Update entries_make (OrrNode *node, Entries *entries, OrrKey key, OrrValue value, gboolean deleted,
                     guint64 base);

/* Takes in an update from elsewhere, and says so. TRUE where it is held from now on. */
gboolean entries_merge (OrrNode *node, Entries *entries, const Update *update);

/* The order in which writes win: by timestamp, then by writer, then by count. Below 0: a loses to b. */
gint stamp_compare (const Stamp *a, const Stamp *b);
Stamp stamp_of (const Update *update);
/* Does the new one of two concurrent writes take the place of the old one? */
gboolean stamp_wins (OrrNode *node, const Stamp *new, const Stamp *old);
/* The place of a write in that order, as hidden version (base/operation.h). */
guint64 hidden_version (const Update *update);
