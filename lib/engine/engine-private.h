/* engine-private.h: the inside of a run. Not installed.
 *
 * One struct holds all of it. Each idea has a file and the part of the state that it owns:
 *
 *     simulation.c  the loop, scheduling, quiet, the end, digests      event-queue.c  pending events
 *     actor.c       actors and their callbacks, starts and crashes     slab.c         payloads
 *     network.c     links, latency, loss, partitions, pins             stream.c       what TCP would do
 *     timer.c       timers                                             processor.c    busy and paused machines
 *     clock.c       what nodes think the time is                       disk.c         logs, cells, writes and syncs
 *     store.c       their content, and what a crash takes back         plain-client.c the client of models without one
 *     session.c     clients, operations, outcomes                      workload.c     arrivals, keys, planned operations
 *     fault.c       when faults strike and end; faults/ what they do   trigger.c      faults by event
 *     record.c      rows of the trace, who caused what                 array.c        what messages and logs share
 *     pin.c         choices that the scenario fixes                    hold.c         messages that are kept back
 *     ways.c        which links a fault is about       choices.c      what chance decided, for whoever asks
 *
 * Performance: the hot path of a run is pop → deliver → on_message → orr_send → push. It touches the event, the actor (one cache line), the
 * payload, and one table of link settings that is small unless the scenario gives links of their own. Everything rare hides behind one flag test. */
#pragma once

#include "base/draw.h"
#include "base/pool.h"
#include "engine/choices.h"
#include "engine/event-queue.h"
#include "engine/fault.h"
#include "engine/model.h"
#include "engine/simulation.h"
#include "engine/slab.h"

G_BEGIN_DECLS

typedef struct OrrMachine OrrMachine;
typedef struct OrrInboxLimit OrrInboxLimit; /* processor.c */
typedef struct OrrArrayHold OrrArrayHold; /* array.c */
typedef struct OrrDamage OrrDamage; /* links.h */
typedef struct OrrPins OrrPins; /* pin.c */

#define ORR_NO_ROW  G_MAXUINT64

/* How long something usually takes. */
typedef struct
{
  const OrrDistribution *drawn; /* NULL: no time */
  OrrTime delay;                /* on top of it, by a fault */
} OrrUsual;

/* What the engine does with an event; OrrEvent.kind. Those up to ORR_DO_FOR_ACTORS concern an actor and wait while its machine is busy or paused. */
typedef enum
{
  ORR_DO_DATAGRAM,    /* target, source: addresses; type: message; slot: body */
  ORR_DO_TWIN,        /* the same; slot: body behind a header that counts who shares it */
  ORR_DO_STREAM,      /* the same, in order; slot: body behind a stream header */
  ORR_DO_TIMER,       /* target; type: timer; slot: timer */
  ORR_DO_WRITTEN,     /* target; type: sync; slot: the machine's life, no payload */
  ORR_DO_SYNCED,
  ORR_DO_LINK_DOWN,   /* target; source: the peer; slot: the connection that is no more (not a payload) */
  ORR_DO_LINK_UP,
  ORR_DO_REQUEST,     /* target: a client host or, from the plain client, a server; source: the session */
  ORR_DO_REPLY,       /* target: client host; the plain client's answer; slot: result */
  ORR_DO_CANCEL,      /* target: client host; source: the session; type: 1 when it timed out */
  ORR_DO_ACTION,      /* target; type: action; slot: arguments */
  ORR_DO_FOR_ACTORS = ORR_DO_ACTION,
  ORR_DO_WAKE,        /* slot: machine that is no longer busy; source: its life then */
  ORR_DO_RETRY,       /* slot: a stream that sends again; source: which try */
  ORR_DO_ARRIVAL,     /* the open loop's next operation */
  ORR_DO_INVOKE,      /* source: a session whose next operation is due */
  ORR_DO_TIMEOUT,     /* source: session; slot: serial of the operation (not a payload) */
  ORR_DO_FAULT,       /* slot: index of the plan: strike */
  ORR_DO_HEAL,        /* slot: row of the fault: end */
  ORR_DO_STEP,        /* the same: it goes on to its next step, or what it waits for has happened */
  ORR_DO_END,         /* the workload is over: heal all */
} OrrDo;

typedef struct OrrVolume OrrVolume; /* disk.c: what an actor has on its machine's disk */
typedef struct OrrDisk OrrDisk; /* disk.c: of a machine */
typedef struct OrrStreams OrrStreams; /* stream.c */

/* An actor. Its first cache line is what a delivery touches. */
struct OrrNode
{
  OrrSimulation *simulation;
  const OrrRole *role;
  gpointer state;
  guint64 word;        /* that stands for it in draws */
  OrrTime instant;     /* of its last draw or message, */
  guint32 ordinal;     /* and how many there were then */
  OrrAddress address;
  guint16 place;      /* index into the network's places: nodes that all links treat alike */
  guint8 special;     /* its machine's */
  guint8 crowded;     /* it shares its machine with other actors */
  gboolean observing; /* inside observe: no effects */
  void (*on_message) (OrrNode *node, OrrAddress from, guint type, gconstpointer body); /* its role's */

  OrrMachine *machine;
  const char *name;
  guint32 role_index; /* or ORR_ROLE_CLIENT */
  GQueue allocations; /* volatile memory, freed by a crash (links are headers of the blocks) */
  OrrArrayHold *holds; /* arrays that it refers to in its state, the latest first */
  OrrVolume *volume;  /* its logs and cells */
  guint32 pending;    /* foreground timers and disk requests of this life, for quiet */
} __attribute__ ((aligned (64)));

/* A belief about how exact a clock is (faults/clock-lie.c); the latest is first. */
typedef struct OrrClockLie OrrClockLie;
struct OrrClockLie
{
  OrrTime bound; /* ORR_TIME_UNSET: the usual one */
  OrrClockLie *next;
};

/* What faults have done to a machine's clocks, and how often these were used. */
typedef struct
{
  OrrTime since, shown;  /* the monotonic clock showed that when its rate was last changed */
  gint64 change;         /* of its rate, by faults; parts per billion */
  guint stops;           /* faults that make it stand */
  OrrClockLie *lie;
  guint64 uses;          /* readings of any clock, timers set or moved */
  guint64 lies;          /* intervals in which true time was not */
  guint64 *jump_effects; /* of the last jump, which counts readings of the wall clock; NULL: of none */
} OrrClockState;

/* A node: what several actors can share. */
struct OrrMachine
{
  guint index;
  const char *name;
  const OrrNodeSettings *settings;
  gboolean up, paused;
  guint32 life;           /* counts starts; timers and disk requests of an earlier life are void */
  guint32 crashes;
  gboolean silent;        /* down with its operating system: nobody even refuses a connection */
  gboolean special;       /* FALSE: up, not paused, not busy, and it has no service times: a delivery skips all of it */
  OrrTime busy_until;
  OrrTime paused_at;
  double slow;            /* factor on service times; 1 */
  guint64 slowed;         /* pieces of work that took longer for it */
  guint pauses, slowings; /* faults of these kinds that are going on: faults/pause.c, faults/slow.c */
  GArray *inbox;          /* OrrEvent: waiting for the processor, first in first out; NULL until needed */
  guint inbox_head;
  guint n_messages;       /* from other machines, among them */
  OrrInboxLimit *limits;  /* by faults that are going on */
  gboolean wake_pending;
  gboolean serving;       /* the first of the inbox is in service */
  OrrTime service_instant; /* names draws of service times, as an actor's instant and ordinal do */
  guint32 service_ordinal;

  /* clock.c */
  OrrTime wall_offset;    /* skew and jumps */
  gint64 drift;           /* parts per billion, faults apart */
  OrrClockState clock;

  OrrDisk *disk;
  guint n_actors;
  OrrNode **actors;
};

/* What a send or a delivery must know of a kind of message: its record, at a glance. */
typedef struct
{
  guint32 size;
  guint8 slab_class; /* of its body alone */
  guint8 is_foreground;
  guint8 is_stream : 1, has_arrays : 1;
  guint8 is_long; /* a stream, or a body that takes more than copying: not for the short way */
} OrrMessageInfo;

/* What a model draws for, and the word that stands for it. */
typedef struct
{
  const char *text;
  guint64 word;
} OrrPurpose;

/* Why a run can't take the short way through sends and deliveries: bits of `rare`. */
enum
{
  ORR_RARE_RECORDED = 1 << 0, /* events and messages are written down */
  ORR_RARE_CUT = 1 << 1,      /* a partition is going on, or messages are held */
  ORR_RARE_WATCHED = 1 << 2,  /* some fault waits for an event */
  ORR_RARE_PINNED = 1 << 3,   /* the scenario pins choices */
  ORR_RARE_DUE = 1 << 5,      /* `duration` is over: after each event the end may have come */
  ORR_RARE_LINKS = 1 << 4,    /* not all links are alike, or one duplicates, keeps order or has a bandwidth */
};

/* So many messages wait at most for their latencies to be drawn, and only while so many events are pending that they hardly ever fall due before. */
#define ORR_GATHERED_MAX 8
#define ORR_GATHER_FROM  64

/* Messages that were sent, and whose latencies are still to be drawn: orr_network_settle. Their events' times are still those of sending. */
typedef struct
{
  guint n;
  OrrTime due; /* none of them arrives before */
  OrrEvent events[ORR_GATHERED_MAX];
  OrrDraw draws[ORR_GATHERED_MAX];
} OrrGathered;

struct OrrSimulation
{
  const OrrScenario *scenario;
  const OrrModel *model;
  OrrTrace *trace;
  OrrTerms *terms;
  OrrContext context;        /* for printing and hashing records */
  guint64 seed;
  OrrRunOptions options;

  OrrEventQueue *queue;
  OrrSlab *slab;
  OrrPool pool;              /* of what actors allocate, and of arrays */
  OrrTime now;
  OrrDraw actor_key;         /* of what actors draw, */
  OrrDraw instant_key;       /* and draw now */
  guint64 sequence;          /* of the next ordinary event; faults have a counter of their own below all of them */
  guint64 fault_sequence;    /* of the next strike, heal or step; see orr_schedule_fault */
  guint64 digest, body_digest;
  guint64 row;               /* of the event being handled, when events are recorded; else ORR_NO_ROW */
  guint64 cause;             /* the row in whose handling the event being handled was made: what to hand to orr_note_event */
  guint32 message;           /* the row of its message; ORR_NO_MESSAGE */
  guint rare;                /* ORR_RARE_… */
  OrrNode *active;           /* whose callback is running; NULL, also in observe */
  guint64 foreground;        /* pending events that keep the run from being quiet */
  gboolean is_due;           /* `duration` is over: the workload ends as soon as what was planned is done */
  gboolean stopped;          /* nothing more happens; with is_due */
  gboolean ended;            /* the workload is over and faults are healed */
  OrrTime last_time;         /* what comes later does not happen */
  guint64 hidden_version;

  guint n_actors, n_machines;
  guint n_messages, n_timers, n_facts;
  gboolean *fact_is_flat;    /* by fact: its record names nothing that lies elsewhere */
  OrrNode *actors;           /* by address */
  OrrAddress *by_role;       /* all addresses, role after role, those of client hosts last */
  guint *role_ends;          /* by role, client hosts last: where its addresses end in by_role */
  guint n_roles;
  OrrMachine *machines;
  OrrMessageInfo *messages;  /* by type */
  OrrPurpose *purposes;      /* of the model's draws, in their order; ends with a NULL text */
  gpointer states;           /* of all actors */
  guint n_fresh;             /* arrays that were made in the callback that is running, which holds them until it returns */
  GPtrArray *fresh_arrays;
  GHashTable *addresses, *machine_names; /* by name; for look-ups */
  GHashTable *origins;       /* record.c: who made which pending event; NULL below the level of events */

  OrrGathered gathered;
  struct OrrNetwork *network;   /* network.c */
  OrrStreams *streams;          /* stream.c */
  struct OrrHolds *holds;       /* hold.c */
  struct OrrTimers *timers;     /* timer.c */
  struct OrrSessions *sessions; /* session.c */
  struct OrrWorkloadState *workload; /* workload.c */
  struct OrrFaults *faults;     /* fault.c */
  struct OrrTriggers *triggers; /* trigger.c */
  OrrAddress *speakers;         /* fault.c: who was the last to say each fact; NULL where no fault asks */
  gboolean watched;             /* some fault waits for an event (trigger.c must be told) */
  gboolean pinned;              /* the scenario has pins */
  gboolean timers_vary;         /* timer.c: one may fire otherwise than its model says, or somebody wants to know about it */
  gboolean decides;             /* it has, or somebody wants to know what is decided (choices.h) */
  OrrPins *pins;                /* pin.c */
};

#define ORR_NO_MESSAGE        G_MAXUINT32
#define ORR_SEQUENCE_STRIKE   (G_GUINT64_CONSTANT (1) << 61)
#define ORR_SEQUENCE_ORDINARY (G_GUINT64_CONSTANT (1) << 62)

/* A model's mistake: names the model, the actor and the rule, and aborts. */
#define orr_model_assert(node, condition, rule, ...) \
  G_STMT_START { if (G_UNLIKELY (!(condition))) orr_model_mistake (node, rule, __VA_ARGS__); } G_STMT_END
G_NORETURN void orr_model_mistake (const OrrNode *node, const char *rule, const char *format,
                                   ...) G_GNUC_PRINTF (3, 4);

/* simulation.c */
gboolean orr_is_interrupted (const OrrSimulation *simulation); /* the caller wants no more of the run */
/* Puts an event among the pending ones. Messages (by their records), LINK_…, REQUEST, REPLY, CANCEL and ACTION count as foreground until they are
 * settled, which the loop does; timers and disk requests count themselves, by their actor's `pending`; all others don't keep a run going. */
void orr_schedule (OrrSimulation *simulation, OrrTime time, OrrDo what, guint32 target, guint32 source,
                   guint16 type, guint32 slot);
/* Before all else at its instant: what ends or goes on first, so that a node can be struck again at the instant at which it comes back, then what
 * strikes. */
void orr_schedule_fault (OrrSimulation *simulation, OrrTime time, OrrDo what, guint32 slot);
/* An event's machine is down, or its stream broke: frees its payload. A REQUEST's, REPLY's or ACTION's slot is released as it is. */
void orr_event_discard (OrrSimulation *simulation, const OrrEvent *event, OrrFate fate);
/* The digest alone, for the hot path: orr_note_event does it too. */
static inline void
orr_digest_event (OrrSimulation *simulation, OrrEventKind kind, OrrAddress target, guint16 type)
{
  guint64 what = (guint64) target << 32 | (guint64) kind << 16 | type;
  simulation->digest = orr_mix (simulation->digest ^ (guint64) simulation->now, what);
}
void orr_digest_word (OrrSimulation *simulation, guint64 word);
/* A draw of the engine's own: named by purpose, whom it concerns, and an ordinal. */
OrrDraw orr_engine_draw (const OrrSimulation *simulation, const char *purpose, guint64 whom, guint64 ordinal);

/* record.c: what a trace keeps above the level of operations. All do nothing below it. */
void orr_record_init (OrrSimulation *simulation);
void orr_record_clear (OrrSimulation *simulation);
void orr_record_origin (OrrSimulation *simulation, guint64 sequence, guint64 cause, guint32 message); /* of an event that is pushed */
void orr_record_find_origin (OrrSimulation *simulation, guint64 sequence);
void orr_record_event (OrrSimulation *simulation, OrrEventKind kind, OrrAddress target, guint32 source, guint16 type,
                       guint64 cause, guint32 message, const OrrRecord *record, gconstpointer body);

static inline gboolean
orr_is_recorded (const OrrSimulation *simulation)
{
  return G_UNLIKELY (simulation->origins != NULL);
}

/* An event is popped: sets cause and message, and row to the cause. */
static inline void
orr_record_take_origin (OrrSimulation *simulation, guint64 sequence)
{
  if (orr_is_recorded (simulation))
    orr_record_find_origin (simulation, sequence);
}

/* Notes an event in the digest and, at the levels of events, as a row of the trace, which becomes `simulation->row` until the next. `cause` is
 * `simulation->cause` and `message` ORR_NO_MESSAGE for whoever is told of an event by the loop; in the midst of
 * another event's handling the cause is `simulation->row`. */
static inline void
orr_note_event (OrrSimulation *simulation, OrrEventKind kind, OrrAddress target, guint32 source, guint16 type,
                guint64 cause, guint32 message, const OrrRecord *record, gconstpointer body)
{
  orr_digest_event (simulation, kind, target, type);
  if (orr_is_recorded (simulation))
    orr_record_event (simulation, kind, target, source, type, cause, message, record, body);
}

guint32 orr_record_message (OrrSimulation *simulation, OrrAddress from, OrrAddress to, guint16 type,
                            gconstpointer body, gboolean duplicate);
void orr_record_fate (OrrSimulation *simulation, guint32 message, OrrFate fate);

/* array.c: arrays belong to whatever holds them. A record that is stored (in a message, a log, a cell, a timer) holds those that its fields name. */
gboolean orr_record_has_arrays (const OrrField *fields); /* ask once, so that records without are left alone */
void orr_record_ref_arrays (const OrrField *fields, gconstpointer record);
void orr_record_unref_arrays (const OrrField *fields, gconstpointer record);
gboolean orr_record_is_flat (const OrrField *fields); /* it names no array and no text: copying its bytes copies it */
/* A copy for the trace, arrays and texts with it; NULL for none. */
gconstpointer orr_record_keep (OrrArena *arena, const OrrRecord *record, gconstpointer body);
void orr_arrays_drop_fresh (OrrSimulation *simulation); /* a callback has returned */
void orr_array_drop_holds (OrrNode *node);              /* a crash: its state is gone */

/* actor.c */
void orr_actors_init (OrrSimulation *simulation);
void orr_actors_clear (OrrSimulation *simulation);
gboolean orr_actors_start_all (OrrSimulation *simulation);   /* at time 0, by address; FALSE: the caller asked to stop */
void orr_actors_observe_all (OrrSimulation *simulation);     /* at the end */
void orr_machine_stop (OrrSimulation *simulation, OrrMachine *machine, OrrStart restart_as); /* crash or stop; restart_as: what it will see */
void orr_machine_start (OrrSimulation *simulation, OrrMachine *machine, OrrStart start);
/* One of the ORR_DO_… for actors has come: it is handled, waits for the processor, or finds nobody. */
void orr_actor_deliver (OrrSimulation *simulation, const OrrEvent *event);
void orr_actor_handle (OrrSimulation *simulation, const OrrEvent *event); /* the same, now: machine is up and free */
void orr_message_release (OrrSimulation *simulation, const OrrEvent *event); /* DATAGRAM, TWIN, STREAM: it is settled, one way or another */
OrrMachine *orr_machine_find (OrrSimulation *simulation, const char *name); /* NULL where there is none */

/* Around each call of a role's callback, but for observe. */
static inline void
orr_actor_enter (OrrNode *actor)
{
  actor->simulation->active = actor;
}

static inline void
orr_actor_leave (OrrNode *actor)
{
  actor->simulation->active = NULL;
  if (G_UNLIKELY (actor->simulation->n_fresh > 0))
    orr_arrays_drop_fresh (actor->simulation);
}

/* A draw of an actor's, named by what it is for, the time and its ordinal at that instant. */
static inline OrrDraw
orr_actor_draw (OrrNode *actor, guint64 purpose)
{
  const OrrSimulation *simulation = actor->simulation;
  actor->ordinal = actor->instant == simulation->now ? actor->ordinal + 1 : 0;
  actor->instant = simulation->now;
  return orr_draw_fold (simulation->instant_key, actor->word ^ (purpose + actor->ordinal));
}

/* Makes it a later time. */
static inline void
orr_set_now (OrrSimulation *simulation, OrrTime now)
{
  simulation->now = now;
  simulation->instant_key = orr_draw_fold (simulation->actor_key, now);
}

static inline void
orr_actor_receive (OrrNode *actor, const OrrEvent *event, gconstpointer body)
{
  actor->simulation->trace->counts.delivered++;
  orr_actor_enter (actor);
  actor->on_message (actor, event->source, event->type, body);
  orr_actor_leave (actor);
}

/* At the head of each function by which a model asks for an effect. */
#define orr_model_effect(node) \
  G_STMT_START { if (G_UNLIKELY ((node)->simulation->active != (node))) orr_model_no_effect (node, G_STRFUNC); } G_STMT_END
G_NORETURN void orr_model_no_effect (const OrrNode *node, const char *function);

/* processor.c */
gboolean orr_processor_must_wait (OrrSimulation *simulation, OrrMachine *machine, const OrrEvent *event); /* TRUE: it took the event over */
void orr_processor_update (OrrSimulation *simulation, OrrMachine *machine);  /* `special`, after up, paused or busy_until changed */
void orr_processor_wake (OrrSimulation *simulation, OrrMachine *machine);
void orr_processor_pause (OrrSimulation *simulation, OrrMachine *machine);
void orr_processor_resume (OrrSimulation *simulation, OrrMachine *machine);
/* TRUE where a message from there still finds room in the inbox; else it counts that. */
gboolean orr_processor_has_room (OrrSimulation *simulation, OrrMachine *machine, OrrAddress from);
/* At most so many messages from other machines wait, or are in service, until the limit is taken back. */
OrrInboxLimit *orr_processor_limit (OrrMachine *machine, guint32 most, guint64 *effects);
void orr_processor_unlimit (OrrMachine *machine, OrrInboxLimit *limit);
void orr_processor_free_limits (OrrMachine *machine); /* at the end of a run */
void orr_processor_clear (OrrSimulation *simulation, OrrMachine *machine);   /* a crash: the inbox is lost */

/* network.c */
void orr_network_update_rare (OrrSimulation *simulation);
void orr_network_settle (OrrSimulation *simulation); /* draws the latencies of the messages gathered, and puts them among the pending events */

/* orr_schedule for a message, of which `message` is the row. */
static inline void
orr_push (OrrSimulation *simulation, OrrTime time, OrrDo what, OrrAddress target, OrrAddress source, guint16 type, guint32 slot, guint32 message)
{
  OrrEvent event = { time, simulation->sequence++, target, source, what, type, slot };
  simulation->foreground += simulation->messages[type].is_foreground;
  if (G_UNLIKELY (simulation->rare & ORR_RARE_RECORDED))
    orr_record_origin (simulation, event.sequence, simulation->row, message);
  orr_event_queue_push (simulation->queue, &event);
}

/* TRUE with a probability that is given as a fraction of 2^64, whose greatest value is certainty. */
static inline gboolean
orr_chance (OrrDraw draw, guint64 probability)
{
  return draw < probability || probability == G_MAXUINT64;
}

void orr_network_init (OrrSimulation *simulation);
void orr_network_clear (OrrSimulation *simulation);
gboolean orr_network_is_cut (const OrrSimulation *simulation, OrrAddress from, OrrAddress to); /* by some partition; counts the effect */
/* Of the latency of a way, as it is now. */
OrrUsual orr_network_usual (OrrSimulation *simulation, OrrNode *from, OrrAddress to);
gboolean orr_network_reaches (const OrrSimulation *simulation, OrrAddress from, OrrAddress to); /* nothing cuts them; counts no effect */
/* Link changes by faults. A cut is asked about pairs of machines; both are handles that the caller takes back. */
typedef gboolean (*OrrCut) (gconstpointer data, guint from_machine, guint to_machine);
gpointer orr_network_cut (OrrSimulation *simulation, OrrCut cut, gpointer data, guint64 *effects);
void orr_network_uncut (OrrSimulation *simulation, gpointer handle); /* streams try again */
void orr_network_restore (OrrSimulation *simulation, gpointer handle);

/* choices.c: notes one thing that is decided, until the next; NULL where nobody wants to know. */
OrrDecided *orr_decided_add (OrrSimulation *simulation, OrrPinKind kind, guint32 from, guint32 to, guint32 what);
/* How long something takes: as the pin says (NULL: none), else as usual; noted (NULL: not). */
OrrTime orr_decide (OrrDecided *decided, const OrrPin *pin, OrrUsual usual, OrrDraw draw);

/* pin.c: the pin that fixes a choice; NULL where none does. Each question counts for what is n-th, so it is asked once. */
void orr_pins_init (OrrSimulation *simulation);
void orr_pins_clear (OrrSimulation *simulation);
const OrrPin *orr_pins_find_message (OrrSimulation *simulation, OrrAddress from, OrrAddress to, guint type,
                                     gconstpointer body);
const OrrPin *orr_pins_find_timer (OrrSimulation *simulation, OrrAddress actor, guint kind,
                                   gconstpointer body);
const OrrPin *orr_pins_find_draw (OrrSimulation *simulation, OrrAddress actor, guint purpose); /* index of the model's draws */
const OrrPin *orr_pins_find_request_of_disk (OrrSimulation *simulation, OrrAddress actor, guint sync, gboolean is_sync);
const OrrPin *orr_pins_find_crash (OrrSimulation *simulation, OrrAddress actor, guint32 crash);
const OrrPin *orr_pins_find_service (OrrSimulation *simulation, guint machine);
const OrrPin *orr_pins_find_call (OrrSimulation *simulation, OrrPinKind kind, const char *operation); /* REQUEST, REPLY; NULL: it has no id */
const OrrPin *orr_pins_find_link (OrrSimulation *simulation, OrrPinKind kind, OrrAddress from, OrrAddress to); /* STREAM, RELEASE */
gboolean orr_where_holds (const OrrSimulation *simulation, const OrrArray *where, gconstpointer body); /* OrrWhere: of a pin or a trigger */

/* How long a stream waits before it sends again what was lost; then twice as long each time. */
#define ORR_STREAM_RETRY_FIRST (200 * ORR_MILLISECOND)

/* stream.c */
void orr_streams_init (OrrSimulation *simulation);
void orr_streams_clear (OrrSimulation *simulation);
void orr_streams_machine_down (OrrSimulation *simulation, OrrMachine *machine, OrrStart restart_as);
void orr_streams_machine_up (OrrSimulation *simulation, OrrMachine *machine);
void orr_streams_try_again (OrrSimulation *simulation); /* a partition ended */
/* Sends; `arrival` is when it would be there if nothing went wrong. */
void orr_streams_send (OrrSimulation *simulation, OrrNode *from, OrrAddress to, guint16 type,
                       gconstpointer body, gint64 bytes, OrrTime arrival, const OrrDamage *damage, OrrDraw draw,
                       guint32 message, OrrDecided *decided /* gets whether it is lost; may be NULL */);
gboolean orr_streams_accept (OrrSimulation *simulation, const OrrEvent *event); /* STREAM, LINK_DOWN, LINK_UP: FALSE: it was taken over or is void */
void orr_streams_told (OrrSimulation *simulation, const OrrEvent *event); /* a LINK_DOWN is handled now */
void orr_streams_retry (OrrSimulation *simulation, const OrrEvent *event);
#define ORR_BODY_HEADER 16 /* bytes before the body of a TWIN or STREAM */

/* timer.c */
void orr_timers_init (OrrSimulation *simulation);
void orr_timers_clear (OrrSimulation *simulation);
void orr_timers_follow (OrrSimulation *simulation, OrrMachine *machine); /* its clock runs at another rate from now on */
void orr_timers_void (OrrSimulation *simulation, OrrNode *actor); /* a crash: all of its timers */
gboolean orr_timer_is_void (OrrSimulation *simulation, const OrrEvent *event); /* TRUE: cancelled, or of an earlier life */
void orr_timer_discard (OrrSimulation *simulation, const OrrEvent *event);
void orr_timers_sweep (OrrSimulation *simulation); /* between events, now and then: the events of those that were cancelled, if they are most */
void orr_timer_fire (OrrSimulation *simulation, OrrNode *actor, const OrrEvent *event);

/* clock.c */
void orr_clocks_init (OrrSimulation *simulation);
OrrTime orr_clock_true_after (const OrrMachine *machine, OrrTime monotonic); /* how long a monotonic duration takes in true time */
OrrTime orr_clock_until (const OrrMachine *machine, OrrTime monotonic); /* the same as the clock runs now, faults included */
/* Changes how fast the clocks run, by parts per billion and by how many faults stop them; moves timers that are set. */
void orr_clock_change (OrrSimulation *simulation, OrrMachine *machine, gint64 by, gint stops);
void orr_clock_jump (OrrMachine *machine, OrrTime by);

/* disk.c. Its two events name no payload: each says that the actor's next request of its kind is due; `slot` is the
 * machine's life. They are noted as events by orr_disk_handle itself, which knows the request's kind and cause. */
void orr_disks_init (OrrSimulation *simulation);
void orr_disks_clear (OrrSimulation *simulation);
void orr_disk_crash (OrrSimulation *simulation, OrrMachine *machine, OrrStart kind); /* decides what is left */
void orr_disk_handle (OrrSimulation *simulation, OrrNode *actor, const OrrEvent *event); /* ORR_DO_WRITTEN, ORR_DO_SYNCED */
/* Requests complete no earlier; counts those delayed. */
/* The latest of those that go on gives the times. Its memory is the fault's. */
typedef struct OrrDiskSlowing OrrDiskSlowing;
struct OrrDiskSlowing
{
  const OrrDistribution *write, *sync; /* in the place of the usual ones; NULL: these */
  double factor;
  guint64 *effects;
  OrrDiskSlowing *next;
};
void orr_disk_slow (OrrMachine *machine, OrrDiskSlowing *slowing);
void orr_disk_unslow (OrrMachine *machine, OrrDiskSlowing *slowing);
/* Full: a request that would write what is new is refused, never completes, and strikes that fault again. FALSE: it is full already. */
gboolean orr_disk_fill (OrrMachine *machine, guint fault);
gboolean orr_disk_has_refused (const OrrMachine *machine); /* and the process has not died since */
void orr_disk_clear (OrrMachine *machine);
/* Damages a record: of the logs (of each the last so many) and the cells, the how-manieth from 1; G_MAXUINT32: drawn, and told. FALSE: there is
 * none. */
gboolean orr_disk_corrupt (OrrMachine *machine, gboolean logs, gboolean cells, guint32 last, OrrDraw draw, guint32 *which,
                           guint64 *effects);
void orr_disk_recover (OrrMachine *machine); /* it starts: checksums are looked at */
void orr_disk_stall (OrrSimulation *simulation, OrrMachine *machine, OrrTime until, guint64 *effects);

/* session.c */
void orr_sessions_init (OrrSimulation *simulation);
void orr_sessions_clear (OrrSimulation *simulation);
/* REQUEST, REPLY and CANCEL, now: the machine is up and free; and TIMEOUT. Slots: of a REQUEST and a REPLY a payload,
 * which it releases; of CANCEL and TIMEOUT the serial. */
void orr_sessions_handle (OrrSimulation *simulation, const OrrEvent *event);
void orr_sessions_host_down (OrrSimulation *simulation, OrrMachine *machine); /* its open operations are unknown */
void orr_sessions_host_up (OrrSimulation *simulation, OrrMachine *machine);
guint orr_sessions_open (const OrrSimulation *simulation); /* operations begun and not completed, and those that wait for their session */
/* An operation for a session; it starts now or, while the session is busy, when its turn comes. Takes copies. Returns its serial. */
guint32 orr_sessions_submit (OrrSimulation *simulation, guint32 session, OrrTime due, const char *id,
                             const OrrStep *steps, guint n_steps, gconstpointer attributes, OrrAddress to,
                             OrrTime cancel);

/* workload.c */
void orr_workload_init (OrrSimulation *simulation);  /* schedules the first arrivals */
void orr_workload_clear (OrrSimulation *simulation);
void orr_workload_handle (OrrSimulation *simulation, const OrrEvent *event); /* ARRIVAL, INVOKE */
void orr_workload_completed (OrrSimulation *simulation, guint32 session, guint32 serial); /* closed loop and `after` go on */
guint orr_workload_planned (const OrrSimulation *simulation); /* operations of the plan that are still to come */

/* fault.c */
void orr_faults_init (OrrSimulation *simulation);
void orr_faults_clear (OrrSimulation *simulation);
void orr_faults_handle (OrrSimulation *simulation, const OrrEvent *event); /* FAULT, HEAL, STEP */
/* For a fault that changes while it goes on: calls its `step` at that time, unless it has ended; ends it at this instant. */
void orr_fault_step_at (OrrSimulation *simulation, const OrrActiveFault *fault, OrrTime time);
void orr_fault_end_now (OrrSimulation *simulation, const OrrActiveFault *fault);
void orr_faults_end_all (OrrSimulation *simulation);  /* ORR_DO_END */
void orr_faults_strike (OrrSimulation *simulation, guint plan); /* a trigger fired: as soon as the event is over that is being handled */
gboolean orr_machine_is_server (const OrrMachine *machine);      /* it bears something else than a client host */
/* The settings of the fault `action`: which of the model's actions, of whom, with what arguments. */
typedef struct
{
  const OrrRecord *record;
  guint index;
  const char *node;
  gconstpointer arguments;
} OrrActionSettings;

/* trigger.c: told of what happens when `watched`; fault.c makes it ready */
/* Who did what the plan waited for, or to whom; ORR_NOBODY. */
OrrAddress orr_triggers_who (const OrrSimulation *simulation, guint plan, OrrTargetKind kind);
void orr_triggers_init (OrrSimulation *simulation);
void orr_triggers_clear (OrrSimulation *simulation);
void orr_triggers_sync (OrrSimulation *simulation, OrrNode *actor);
void orr_triggers_message (OrrSimulation *simulation, OrrWhenKind kind, OrrNode *actor, OrrAddress peer,
                           guint type, gconstpointer body);
void orr_triggers_fact (OrrSimulation *simulation, OrrNode *actor, guint fact, gconstpointer body);

G_END_DECLS
