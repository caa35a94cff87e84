/* scenario.h: a scenario as a value.
 *
 * A scenario says everything that a run depends on: the model and its options, who the clients are and what they do, the network, clocks and
 * disks, what goes wrong and when, and what the author expects of it. It is read from a YAML file (docs/scenario.md), checked as a whole with every
 * mistake reported at once, and is constant from then on. Written back it reads to the same value.
 *
 * The structs below are described by field tables (scenario-fields.c), from which the parser, the writer and the reference are made. */
#pragma once

#include "base/catalog.h"
#include "base/document.h"
#include "base/operation.h"
#include "object/object.h"

G_BEGIN_DECLS

/* How far a node's wall clock is off, drawn once a node, uniform between two bounds: `uniform(-5ms..5ms)`, or one duration. */
typedef struct
{
  OrrTime least, most; /* unset: ORR_TIME_UNSET both */
} OrrSkew;

/* nodes: */
typedef struct
{
  const char *name;
  const char *region;        /* NULL: none */
  gint64 weight;             /* for routing; default 1 */
  double cpu;                /* speed; 0.5 doubles service times; default 1 */
  OrrDistribution *service;  /* time to handle one message, timer or request; NULL: none */
  guint32 inbox;             /* how many messages may wait, the one in service included; unset: any number */
  OrrSkew skew;              /* of its wall clock; unset: as `clocks` says */
  gint64 drift;              /* parts per billion; unset: as `clocks` says */
} OrrNodeSettings;

/* clients: */
typedef struct
{
  guint32 hosts;        /* default 1; named client1 … */
  guint32 sessions;     /* in all hosts together, dealt in turn; default: as many as are named, else 1 */
  OrrArray names;       /* const char *: of the sessions; default s1, s2, … */
  const char *region;
  OrrTime timeout;      /* then the outcome is unknown; default 5s */
  gint32 retry;         /* OrrRetry */
  gint32 contact;       /* OrrContact: which server a plain client's session asks */
} OrrClientSettings;

typedef enum { ORR_RETRY_NEVER } OrrRetry;
typedef enum { ORR_CONTACT_STICKY, ORR_CONTACT_RANDOM, ORR_CONTACT_ROUND_ROBIN, ORR_CONTACT_FIRST } OrrContact;

/* network: */
typedef struct
{
  const char *from, *to;    /* NULL: any */
  OrrDistribution *latency; /* NULL: not said here */
  gint64 loss, duplicate, corrupt; /* parts per billion; unset: not said here */
  gint64 bandwidth;         /* bits a second; unset: not said here */
} OrrLinkSettings;

typedef struct
{
  OrrArray between;         /* const char *: two regions; the same twice: within it */
  OrrDistribution *latency;
  gint64 loss, corrupt, bandwidth;
} OrrRegionSettings;

typedef struct
{
  OrrDistribution *latency; /* one way; default 500us */
  gint64 loss, duplicate, corrupt; /* parts per billion; default 0 */
  gboolean reorder;         /* datagrams may overtake; default true */
  gint64 bandwidth;         /* bits a second on each link; unset: no limit */
  OrrTime stream_timeout;   /* how long a message is sent again before its stream counts as broken; default 60s */
  OrrArray links;           /* OrrLinkSettings; a later one wins */
  OrrArray regions;         /* OrrRegionSettings */
} OrrNetworkSettings;

/* clocks: */
typedef struct
{
  OrrSkew skew;                    /* default 0 */
  gint64 drift;                    /* parts per billion, at most; each node draws its own, uniform in ±drift; default 0 */
  OrrTime bound;                   /* half the width of the interval clock; default 0 */
} OrrClockSettings;

/* disk: */
typedef struct
{
  OrrDistribution *write; /* until the operating system has it; default 0 */
  OrrDistribution *sync;  /* from there until it survives a crash of the system; default 0 */
  gint32 loses;           /* OrrLoses; default tail */
  gboolean atomic;        /* a cell that was being written is there wholly or as it was before; default true */
} OrrDiskSettings;

/* What may be lost in a crash of the system, of what was written and not synced. */
typedef enum { ORR_LOSES_TAIL, ORR_LOSES_NOTHING, ORR_LOSES_ALL, ORR_LOSES_ANY } OrrLoses;

/* workload: */
typedef struct
{
  const char *text;          /* as written: "poisson(1000/s)", "constant(50/s)" */
  OrrDistribution *interval; /* between two arrivals */
} OrrArrival;

typedef struct
{
  guint32 count;     /* default 1 where there is a mix, else 0; named x when there is one, else k1, k2, … */
  gint32 choose;     /* OrrKeyChoice */
  double exponent;   /* of zipf */
} OrrKeySettings;

/* A kind of operation in the mix. */
typedef struct
{
  gint64 share;                    /* parts per billion of all operations */
  guint32 counts[ORR_N_STEP_KINDS]; /* how many steps of each kind */
  gconstpointer attributes;        /* by the model's record; NULL where it has none */
} OrrTemplate;

/* One operation of a litmus test. */
typedef struct
{
  const char *id;          /* in the report; default o1, o2, … */
  guint32 session;         /* index */
  gint32 after;            /* index of the operation after whose end it starts; -1: none */
  OrrTime at;              /* from the start of the run, or from the end of `after` */
  const char *to;          /* the server a plain client asks; NULL: as `contact` says */
  const OrrStep *steps;
  guint32 n_steps;
  gconstpointer attributes;
  OrrTime cancel;          /* how long after its start the client cancels it; unset: never */
  OrrPlace place;
} OrrPlannedOperation;

typedef struct
{
  const OrrObject *object;
  gconstpointer settings;   /* the object's own */
  OrrArrival arrival;       /* open loop; interval NULL: closed */
  OrrDistribution *think;   /* closed loop: between an operation's end and the session's next; NULL: no generated load unless `arrival` */
  guint64 operations_max;   /* stop generating after so many; 0: when `duration` is over */
  OrrArray mix;             /* OrrTemplate; empty: no generated load */
  OrrKeySettings keys;
  OrrArray operations;      /* OrrPlannedOperation */
  gboolean overtime;        /* where there are any: what is due or open when `duration` is over is waited for before faults end; default true */
  OrrArray all_keys;        /* OrrKey: the `keys.count` generated ones, then those that operations name besides, each once */
} OrrWorkload;

/* A value that a field of a message, timer or fact must have. */
typedef struct
{
  const OrrField *field;
  guint64 hash;      /* of the value */
  const char *text;  /* "term: 2", canonical */
} OrrWhere;

/* Does a record hold all of these values? `context` as for hashing it: with the names of all addresses, and terms that know the scenario's. */
ORR_PUBLIC gboolean orr_where_matches (const OrrArray *where, const OrrContext *context, gconstpointer body);

typedef enum { ORR_TRIGGER_AT, ORR_TRIGGER_EVERY, ORR_TRIGGER_WHEN } OrrTriggerKind;
typedef enum { ORR_WHEN_SYNC, ORR_WHEN_SEND, ORR_WHEN_RECEIVE, ORR_WHEN_FACT } OrrWhenKind;

typedef struct
{
  gint32 kind;         /* OrrWhenKind */
  const char *node;    /* sync: whose; fact: who says it; send, receive: the one who does; NULL: anyone */
  const char *peer;    /* send, receive: the other end; NULL: anyone */
  gint32 record;       /* index of the message or fact; -1: any (sync) */
  OrrArray where;      /* OrrWhere */
  guint32 nth;         /* from 1 */
} OrrWhen;

/* Whom a line means by its target, where that is no name: who did what it waits for, or the other end of the message. */
typedef enum { ORR_TARGET_NAMED, ORR_TARGET_DOER, ORR_TARGET_PEER } OrrTargetKind;

/* When a random line rests: `for` at the end of each `every`. */
typedef struct
{
  OrrTime every, length; /* unset: never */
} OrrQuiet;

/* One line of faults: */
typedef struct
{
  gint32 trigger;            /* OrrTriggerKind */
  OrrTime at;                /* AT; default 0 */
  OrrDistribution *every;    /* EVERY */
  OrrWhen when;              /* WHEN */
  OrrDistribution *duration; /* `for`; NULL: until the heal */
  const OrrEntry *fault;     /* which; NULL: drawn from `choose` */
  gpointer settings;         /* by the fault's fields */
  gint32 action;             /* fault `action`: index of the model's action; its arguments are `settings`; else -1 */
  const char *action_node;   /* whom the action is asked of */
  OrrArray choose;           /* OrrChosenFault */
  guint32 intensity;         /* drawn faults: how many at a time */
  OrrQuiet quiet;            /* EVERY */
  const char *target;        /* drawn faults: a node, a role, a fact, `said(FACT)`, `doer`, `peer`, or NULL for any server */
  gint32 target_kind;        /* OrrTargetKind */
  gint32 target_fact;        /* index of the fact whose last speaker is the target; -1: none */
  guint64 word;              /* names its draws: by what the line says, but for how long, and its ordinal among equals */
  OrrPlace place;
} OrrFaultPlan;

/* One of the faults that a random line draws from: `crash`, or a shape of one, `partition-majority`. */
typedef struct
{
  const char *text;
  guint32 weight; /* from 1 */
  const OrrEntry *fault;
  const OrrField *fields; /* the fault's, but that no node must be named */
  gpointer settings; /* with what the shape says; nodes are drawn when it strikes */
} OrrChosenFault;

typedef enum
{
  ORR_PIN_MESSAGE,
  ORR_PIN_TIMER,
  ORR_PIN_DRAW,
  ORR_PIN_DISK,    /* what a crash leaves */
  ORR_PIN_WRITE,   /* how long the disk takes */
  ORR_PIN_SYNC,
  ORR_PIN_SERVICE, /* how long the processor takes */
  ORR_PIN_REQUEST, /* of the plain client */
  ORR_PIN_REPLY,
  ORR_PIN_STREAM,  /* what a stream sends by itself */
  ORR_PIN_RELEASE, /* of what a fault kept back */
  ORR_N_PIN_KINDS
} OrrPinKind;

/* Changes of a log or a cell, by name. */
typedef struct
{
  gboolean is_log, all;
  guint32 table;       /* of the model's logs or cells */
  guint64 first, last; /* indices of a log */
  OrrKey key;          /* of a cell */
  const char *text;    /* as it is written: "log 1..4" */
} OrrKept;

/* One line of pins: */
typedef struct
{
  gint32 kind;           /* OrrPinKind */
  gint32 record;         /* index of the message, timer, or sync (WRITE, SYNC); -1 for others */
  const char *purpose;   /* DRAW; REQUEST, REPLY: the operation */
  const char *from, *to; /* MESSAGE, STREAM, RELEASE; NULL: any */
  const char *node;      /* the others; NULL: any */
  OrrArray where;        /* OrrWhere */
  guint32 nth;           /* from 1; 0: all that match */
  OrrTime latency;       /* all that take time; unset: not pinned */
  gboolean drop;         /* MESSAGE, REQUEST, REPLY */
  OrrTime duplicate;     /* MESSAGE: it comes twice, the second time after so long; unset: as chance has it */
  OrrTime after;         /* TIMER: fires so long after it was set; unset */
  OrrTime value;         /* DRAW; unset: `index` is pinned */
  gint64 index;          /* DRAW: of several things, from 0; unset: `value` is pinned */
  guint32 crash;         /* DISK: which crash of that node, from 1 */
  guint32 kept;          /* DISK: how many of the un-synced changes survive it, oldest first; 0 where they are named */
  gboolean by_name;      /* DISK: those of `survivors` do */
  OrrArray survivors;    /* DISK: OrrKept */
  gboolean torn;         /* DISK: what comes next in a log was being written */
  const char *fates;     /* DISK: of each change, the oldest first: k is kept, l lost, t torn; NULL: as the others say */
  const char *actor;     /* DISK: of which actor on the node; NULL: of each */
  OrrArray lost;         /* STREAM: guint32, which of the messages that are sent again are lost again, from 1 */
  guint32 rank;          /* RELEASE: its place among all that are let go together, from 1; unset: by its arrival */
  OrrPlace place;
} OrrPin;

ORR_PUBLIC const char *orr_pin_kind_name (OrrPinKind kind); /* "message" */
extern ORR_PUBLIC const OrrPin orr_pin_unset; /* says nothing; its nth is what a field that is not given holds, and is 0 once it is read */

/* One line of expect: */
typedef enum
{
  ORR_EXPECT_HOLDS,
  ORR_EXPECT_VIOLATED,
  ORR_EXPECT_UNKNOWN,
  ORR_EXPECT_ABOVE,
  ORR_EXPECT_BELOW,
  ORR_EXPECT_AT_LEAST,
  ORR_EXPECT_AT_MOST,
  ORR_EXPECT_EXACTLY,
} OrrExpectKind;

typedef struct
{
  const char *name;               /* "read-your-writes", "latency.read.p99" */
  gint32 kind;                    /* OrrExpectKind */
  const OrrEntry *property;       /* verdicts */
  const OrrMeasureEntry *measure; /* figures */
  double value;                   /* in the measure's unit: ns, parts per billion, plain */
  gint32 runs_kind;               /* ORR_EXPECT_ABOVE … of the share of many runs in which it must be so; ORR_EXPECT_HOLDS: in every run */
  gint64 runs_share;              /* parts per billion */
  const char *text;               /* the right-hand side as written */
  OrrPlace place;
} OrrExpectation;

/* One line of fuzz: or sweep: a path and the values it may take. */
typedef struct
{
  const char *path;
  OrrArray values; /* const char *: YAML on one line */
} OrrVariation;

typedef struct OrrScenario OrrScenario;

struct OrrScenario
{
  gint ref_count; /* atomic */
  OrrArena *arena;
  OrrTerms *terms; /* keys and values that the text names; a run starts from a copy of its own, see orr_scenario_copy_terms */
  const char *file; /* NULL: not from a file */
  const char *directory;

  const char *title, *about;
  guint64 seed;
  OrrTime duration, settle;

  const OrrModel *model;
  guint64 bugs;     /* bit i: model->bugs[i] is on */
  gpointer options;
  OrrLayout *layout; /* the model's nodes, then the client hosts */
  const char *const *session_names;
  guint32 n_sessions;

  OrrArray nodes; /* OrrNodeSettings, one for each node of the layout in its order, defaults filled in */
  OrrClientSettings clients;
  OrrNetworkSettings network;
  OrrClockSettings clocks;
  OrrDiskSettings disk;
  OrrWorkload workload;
  OrrArray faults;       /* OrrFaultPlan */
  OrrArray pins;         /* OrrPin */
  OrrArray expectations; /* OrrExpectation; where the file has none: what the model claims */
  gboolean expectations_claimed; /* they are the model's claims */
  OrrArray fuzz_faults;  /* const char * */
  OrrArray fuzz, sweep;  /* OrrVariation */

  const char *text; /* canonical: as orr_scenario_to_text writes it */
  gboolean whole;   /* it is being written by orr_scenario_to_whole_text */
};

/* Reads a scenario. `file` names it in messages (may be NULL). `sets` are PATH=VALUE texts of --set, applied in order; may be NULL; ends with
 * NULL. Returns a reference, or NULL when there were problems, all of which are in `problems`. */
ORR_PUBLIC OrrScenario *orr_scenario_parse (const char *text, gsize length, const char *file, const char *const *sets,
                                            const OrrCatalog *catalog, OrrProblems *problems);

/* The same from a file; one that can't be read (none, a directory, a FIFO, no permission, too large) is a GError of G_FILE_ERROR. */
ORR_PUBLIC OrrScenario *orr_scenario_load (const char *file, const char *const *sets, const OrrCatalog *catalog,
                                           OrrProblems *problems, GError **error);

ORR_PUBLIC OrrScenario *orr_scenario_ref (const OrrScenario *scenario);
ORR_PUBLIC void orr_scenario_unref (OrrScenario *scenario); /* accepts NULL */

/* The canonical text: what is not a default, in the order of docs/scenario.md. Reading it gives the same value and the same runs. The caller
 * frees it. */
ORR_PUBLIC char *orr_scenario_to_text (const OrrScenario *scenario);

/* The same with all measurements that it reads from files in it, so that it can be read where they are not. The caller frees it. */
ORR_PUBLIC char *orr_scenario_to_whole_text (const OrrScenario *scenario);

/* One line of `pins`, {message: wal, drop: true}, canonical. The caller frees it. */
ORR_PUBLIC char *orr_scenario_pin_to_text (const OrrScenario *scenario, const OrrPin *pin);
/* What a field of a record holds, for a pin or a trigger to ask for; the texts live in the arena. FALSE: it holds nothing that could be asked for. */
ORR_PUBLIC gboolean orr_where_of (const OrrField *fields, const OrrField *field, const OrrContext *context, gconstpointer body,
                                  OrrArena *arena, OrrWhere *ret_where);

/* One line of `faults`, `{at: 1s, crash: replica1}`, canonical. The caller frees it. */
ORR_PUBLIC char *orr_scenario_fault_to_text (const OrrScenario *scenario, const OrrFaultPlan *plan);

/* One line of `workload.operations`, {id: w1, at: 1s, write: {x: 1}}, canonical but that its id is always there. `after`: the id of the one that it
 * waits for; NULL: none. `terms` are those of its keys and values, as a run may know more than the scenario. The caller frees it. */
ORR_PUBLIC char *orr_scenario_operation_to_text (const OrrScenario *scenario, const OrrPlannedOperation *operation, const char *after,
                                                 OrrTerms *terms);

/* The scenario's terms for a run that will add its own: same numbers for the same terms. */
ORR_PUBLIC OrrTerms *orr_scenario_copy_terms (const OrrScenario *scenario);

/* TRUE where bug `index` of the model's table is switched on. */
static inline gboolean
orr_scenario_has_bug (const OrrScenario *scenario, guint index)
{
  return scenario->bugs >> index & 1;
}

/* The parts of a scenario as field tables, for reference pages and the JSON Schema; ends with a NULL name. The first is what stands at the top
 * beside them; a name with dots is of what stands within a part ("workload.operations": an entry of that list). */
typedef struct
{
  const char *name;       /* "clients" */
  const OrrField *fields; /* those that it has besides what has a form of its own; NULL: none */
  const char *doc;
} OrrScenarioPart;
extern ORR_PUBLIC const OrrScenarioPart orr_scenario_parts[];

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrScenario, orr_scenario_unref)

G_END_DECLS
