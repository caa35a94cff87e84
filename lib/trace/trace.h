/* trace.h: what happened in a run.
 *
 * The trace is all that a run leaves behind; everything that is said about a run is computed from it. It is appended to while the run goes on and
 * constant afterwards. How much it holds is the level's business: operations, facts and faults always; every event with the one that
 * caused it; or also the bodies of messages. The digests are the same at every level that computes them: two runs are the same run exactly
 * when their digests are equal.
 *
 * A trace can be saved as an SQLite database, whose schema docs/trace.md explains, so that a notebook reads it with plain SQL. */
#pragma once

#include "base/ending.h"
#include "base/fact.h"
#include "base/operation.h"
#include "scenario/scenario.h"

G_BEGIN_DECLS

typedef enum
{
  ORR_RECORD_OPERATIONS, /* operations, facts, faults */
  ORR_RECORD_EVENTS,     /* and each event with its cause, each message with its fate */
  ORR_RECORD_FULL,       /* and what the messages and timers said */
} OrrRecordLevel;

typedef enum
{
  ORR_EVENT_NONE,
  ORR_EVENT_START,     /* an actor started; type: OrrStart */
  ORR_EVENT_MESSAGE,   /* a message was delivered; type: of the model's messages */
  ORR_EVENT_TIMER,     /* type: of the model's timers */
  ORR_EVENT_WRITTEN,   /* data reached the operating system; type: of the model's syncs */
  ORR_EVENT_SYNCED,    /* data survives a crash of the system */
  ORR_EVENT_LINK_DOWN, /* source: the peer */
  ORR_EVENT_LINK_UP,
  ORR_EVENT_INVOKE,    /* source: the session */
  ORR_EVENT_COMPLETE,
  ORR_EVENT_CANCEL,
  ORR_EVENT_TIMEOUT,   /* a client's patience is over */
  ORR_EVENT_FAULT,     /* type: index into the trace's faults */
  ORR_EVENT_HEAL,      /* a fault ended */
  ORR_EVENT_ACTION,    /* type: of the model's actions */
  ORR_EVENT_STOP,      /* an actor stopped or crashed; type: the OrrStart that it will see */
  ORR_N_EVENT_KINDS
} OrrEventKind;

/* One row an event, in the order in which they happened; at the level of operations none. */
typedef struct
{
  guint64 cause;  /* row of the event whose handling made this one; G_MAXUINT64: none */
  OrrTime time;
  OrrAddress target, source; /* ORR_NOBODY where it means nothing */
  guint16 kind;   /* OrrEventKind */
  guint16 type;
  guint32 message; /* row of the message; G_MAXUINT32: none */
  guint64 body;    /* offset of its JSON text among the bodies; G_MAXUINT64: none */
} OrrTraceEvent;

typedef enum
{
  ORR_FATE_UNDER_WAY, /* the run ended before it arrived */
  ORR_FATE_DELIVERED,
  ORR_FATE_LOST,        /* by the network's chance */
  ORR_FATE_PARTITIONED, /* cut off on arrival */
  ORR_FATE_DOWN,        /* nobody was there to take it */
  ORR_FATE_RESET,       /* its stream broke */
  ORR_FATE_PINNED,      /* dropped by a pin */
  ORR_FATE_CORRUPTED,   /* its checksum was wrong: dropped on arrival */
  ORR_FATE_OVERFLOWED,  /* the receiver's inbox was full */
} OrrFate;

typedef struct
{
  guint64 sent_by;   /* row of the event in which it was sent */
  OrrTime sent_at, arrived_at; /* arrived_at: ORR_TIME_NEVER where it did not */
  OrrAddress from, to;
  guint16 type;
  guint8 fate;      /* OrrFate */
  guint8 duplicate; /* it is a second copy */
  guint64 body;     /* as in OrrTraceEvent */
} OrrTraceMessage;

typedef struct
{
  guint32 session;
  guint32 process;       /* logical process: a new one after each unknown outcome; numbers are the run's */
  OrrAddress host;
  const char *id;        /* of a planned operation; NULL: generated */
  OrrTime due;           /* when it should have started: an arrival, a plan */
  OrrTime invoked;
  OrrTime completed;     /* ORR_TIME_NEVER: not in the run, or only known as timed out */
  OrrOutcome outcome;
  guint32 n_steps;
  const OrrStep *steps;
  const OrrValue *values;   /* one a step; NULL */
  const guint64 *versions;  /* one a step; NULL */
  OrrAddress server;        /* who served it; ORR_NOBODY */
  const char *note;         /* NULL: none */
  gconstpointer attributes; /* by the model's record; NULL */
  guint64 event;            /* row of its invocation; G_MAXUINT64 */
} OrrTraceOperation; /* its texts and arrays live in the trace's arena */

typedef struct
{
  guint64 event;     /* row of the event in whose handling it was said; G_MAXUINT64 */
  OrrTime time;
  OrrAddress node;
  guint32 fact;      /* of the model's facts */
  gboolean final;    /* said in `observe`, when the run had ended */
  gconstpointer body;
} OrrTraceFact;

typedef struct
{
  OrrTime began, ended; /* ended: ORR_TIME_NEVER: never healed within the run */
  const OrrEntry *fault;
  const char *what;     /* in words: "crash replica1 (process)"; in the trace's arena */
  guint64 effects;      /* how often it made a difference: messages cut, events delayed; 0: it changed nothing */
  guint32 line;         /* of the scenario's faults, from 0; G_MAXUINT32: none that is known */
  guint32 choice;       /* of the line's choose, from 0; G_MAXUINT32: it does not choose */
} OrrTraceFault;

/* Sums over the run. */
typedef struct
{
  guint64 events, sent, delivered, lost, corrupted, overflowed, duplicated, partitioned, resent;
  guint64 timers_fired, timers_cancelled, writes, syncs, requests_late;
  guint64 recorded_dropped; /* rows that the record limit kept out */
} OrrTraceCounts;

typedef struct OrrTrace
{
  OrrScenario *scenario;
  OrrTerms *terms;
  const char *const *actor_names; /* by address */
  guint n_actors;
  gboolean *observed;     /* by address: it was asked in the end what it holds */
  gboolean *pins_met;     /* by the scenario's pins: there was something that it is about; NULL: not known of a trace that was loaded */
  guint64 seed;
  const char *version;    /* of the program that made it */
  OrrRecordLevel level;
  OrrEnding ending;
  OrrTime healed_at;      /* when the workload was over and faults were healed */
  OrrTime ended_at;       /* the time of the last event */
  guint64 digest;         /* of events, facts and results */
  guint64 body_digest;    /* and of the bodies; 0 below the full level */
  OrrTraceCounts counts;
  GArray *events;         /* OrrTraceEvent */
  GArray *messages;       /* OrrTraceMessage */
  GArray *operations;     /* OrrTraceOperation, by serial */
  GArray *facts;          /* OrrTraceFact */
  GArray *faults;         /* OrrTraceFault */
  GString *bodies;        /* JSON texts, each ended by a NUL */
  OrrArena *arena;        /* of steps, values, bodies of facts, texts */
} OrrTrace;

/* Takes references to the scenario and the terms. */
ORR_PUBLIC OrrTrace *orr_trace_new (const OrrScenario *scenario, guint64 seed, OrrRecordLevel level, OrrTerms *terms);
ORR_PUBLIC void orr_trace_free (OrrTrace *trace); /* accepts NULL */

ORR_PUBLIC const char *orr_trace_actor_name (const OrrTrace *trace, OrrAddress address); /* "nobody" for ORR_NOBODY */
/* What reading and printing this trace's records needs. It lives as long as the trace. */
ORR_PUBLIC OrrContext orr_trace_context (const OrrTrace *trace);

/* Saves atomically: a temporary file beside it, synced, then renamed; on an error the old file is as it was. Loads what orr_trace_save wrote; refuses
 * anything else with the reason. The rows of a saved trace are those of orr_trace_dump; docs/trace.md explains them. */
ORR_PUBLIC gboolean orr_trace_save (const OrrTrace *trace, const char *file, GError **error);
ORR_PUBLIC OrrTrace *orr_trace_load (const char *file, const OrrCatalog *catalog, GError **error);

/* The canonical dump: one line a row of every table, by which traces are compared byte by byte. */
ORR_PUBLIC void orr_trace_dump (const OrrTrace *trace, GString *text);

ORR_PUBLIC const char *orr_event_kind_name (OrrEventKind kind);
ORR_PUBLIC const char *orr_fate_name (OrrFate fate);
ORR_PUBLIC const char *orr_ending_name (OrrEnding ending);
ORR_PUBLIC const char *orr_record_level_name (OrrRecordLevel level); /* "operations", "events", "full" */

#define ORR_TRACE_ERROR (orr_trace_error_quark ())
ORR_PUBLIC GQuark orr_trace_error_quark (void);
typedef enum
{
  ORR_TRACE_ERROR_NOT_OURS,  /* no trace, or damaged */
  ORR_TRACE_ERROR_VERSION,   /* of a version that this program does not read */
  ORR_TRACE_ERROR_SCENARIO,  /* its scenario needs what this program does not have (a model) */
  ORR_TRACE_ERROR_IO,        /* reading or writing failed */
} OrrTraceError;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrTrace, orr_trace_free)

G_END_DECLS
