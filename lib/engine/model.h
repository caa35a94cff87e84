/* model.h: what a model sees of the world.
 *
 * A model is a pure step: its state and an event go in, effects come out. It never sees the host's clock, files, threads or random numbers. All that
 * it wants done it asks of its node: to send a message, set a timer, read the node's own clocks, draw, append to a log and sync it, complete a
 * request, say something in public. The engine owns time, the network, the disks and the faults, and calls the model back when something happened.
 *
 * An actor (one instance of a role at one address; `OrrNode *` here is that actor's handle) keeps volatile state that a crash wipes out, and logs and
 * cells on its node's disk that a crash may cut short. The engine checks what models do: a message to no actor, a timer in the past, an effect inside
 * `observe` trips an assertion that names the model and the rule. */
#pragma once

#include "base/catalog.h"
#include "base/fact.h"
#include "base/operation.h"
#include "object/object.h"

G_BEGIN_DECLS

typedef struct OrrNode OrrNode;

typedef guint64 OrrTimer; /* 0: none; stale handles are harmless */

/* Why a role starts. */
typedef enum
{
  ORR_START_FIRST,         /* the run begins: disk empty */
  ORR_START_STOPPED,       /* after a clean stop: everything was synced first */
  ORR_START_PROCESS_CRASH, /* all that was written is there */
  ORR_START_OS_CRASH,      /* what was synced is there, and of the rest what the disk kept */
  ORR_START_DISK_LOST,     /* nothing is there */
} OrrStart;

/* How far data has come on its way to the disk. */
typedef enum
{
  ORR_WRITTEN, /* the operating system has it: survives a crash of the process */
  ORR_SYNCED,  /* survives a crash of the system */
} OrrDurability;

/* What an actor does, as callbacks. Those that are NULL have nothing to do; a message to a role without on_message is a model's mistake. */
struct OrrRole
{
  const char *name; /* "replica"; first, see orr_role_name */
  const char *doc;
  gsize state_size; /* of orr_state (); zeroed before on_start */

  void (*on_start) (OrrNode *node, OrrStart start);
  void (*on_stop) (OrrNode *node); /* a clean stop only; may still write and send */
  void (*on_message) (OrrNode *node, OrrAddress from, guint type, gconstpointer body);
  void (*on_timer) (OrrNode *node, guint kind, gconstpointer body);
  void (*on_disk) (OrrNode *node, guint kind, guint64 token, OrrDurability durability);
  void (*on_link) (OrrNode *node, OrrAddress peer, gboolean up); /* streams: a break was noticed, or the peer is reached again */
  void (*on_request) (OrrNode *node, const OrrOperation *operation); /* client role: from a session of this host; server: from the plain client */
  /* Client role: the client cancels and goes on waiting, or its time is over; then the outcome is unknown already. */
  void (*on_cancel) (OrrNode *node, OrrRequest request, gboolean timed_out);
  void (*on_action) (OrrNode *node, guint action, gconstpointer arguments); /* what an operator does */
  void (*observe) (OrrNode *node); /* say by orr_fact () what the node holds; no other effect is allowed */
};

/* --- The actor itself --- */

ORR_PUBLIC gpointer orr_state (OrrNode *node);              /* volatile: state_size bytes, zeroed at each start */
ORR_PUBLIC gconstpointer orr_options (const OrrNode *node); /* the model's options; constant in a run */
ORR_PUBLIC gboolean orr_bug (const OrrNode *node, guint index); /* is bug `index` of the model's table switched on? */
ORR_PUBLIC OrrTerms *orr_terms (OrrNode *node);
ORR_PUBLIC const OrrObject *orr_object (const OrrNode *node); /* what the workload works on */
ORR_PUBLIC gboolean orr_preload (OrrNode *node, OrrKey key, OrrValue *ret_state); /* what a key holds before any write */

ORR_PUBLIC OrrAddress orr_self (const OrrNode *node);
ORR_PUBLIC guint orr_n_addresses (const OrrNode *node);
ORR_PUBLIC OrrAddress orr_find (const OrrNode *node, const char *name); /* ORR_NOBODY where there is none */
ORR_PUBLIC const char *orr_name (const OrrNode *node, OrrAddress address);
ORR_PUBLIC guint orr_role_of (const OrrNode *node, OrrAddress address); /* ORR_ROLE_CLIENT for client hosts */
/* The addresses of a role, in their order; they are the run's and last as long as it. NULL where there are none. */
ORR_PUBLIC const OrrAddress *orr_role_addresses (const OrrNode *node, guint role, guint *ret_n);
ORR_PUBLIC const char *orr_region (const OrrNode *node, OrrAddress address); /* NULL: none */
ORR_PUBLIC gint64 orr_weight (const OrrNode *node, OrrAddress address);
ORR_PUBLIC const char *orr_session_name (const OrrNode *node, guint32 session);
ORR_PUBLIC guint32 orr_n_sessions (const OrrNode *node); /* of the run */

/* Memory of the actor's life: freed singly, or by a crash. */
ORR_PUBLIC gpointer orr_alloc (OrrNode *node, gsize size); /* zeroed */
ORR_PUBLIC void orr_free (OrrNode *node, gpointer memory); /* accepts NULL */

/* --- Messages --- */

/* Sends a message of the model's table; the body is copied, arrays in it are shared. An actor may send to itself. Never fails: what the
 * network does with it is the network's business. */
ORR_PUBLIC void orr_send (OrrNode *node, OrrAddress to, guint type, gconstpointer body);
/* The same where the size on the wire is not that of the struct: what bandwidth and queues are charged, in bytes. */
ORR_PUBLIC void orr_send_sized (OrrNode *node, OrrAddress to, guint type, gconstpointer body, gint64 bytes);

/* An immutable array for messages, logs and facts. It lives as long as something that it was put into (a message under way, a log entry), and at
 * least until the callback returns: to keep one in volatile state, take a reference, and give it back. */
ORR_PUBLIC OrrArray orr_array (OrrNode *node, guint32 length, gsize element_size, gconstpointer elements);
ORR_PUBLIC void orr_array_ref (OrrNode *node, OrrArray array);
ORR_PUBLIC void orr_array_unref (OrrNode *node, OrrArray array);

/* --- Time --- */

/* Calls on_timer after so long on the node's monotonic clock (drift counts, jumps do not); `after` ≥ 0. The body (by the timer's record) is copied;
 * NULL where it has none. */
ORR_PUBLIC OrrTimer orr_timer_set (OrrNode *node, OrrTime after, guint kind, gconstpointer body);
ORR_PUBLIC void orr_timer_cancel (OrrNode *node, OrrTimer *timer); /* sets it to 0; a timer that has fired or none is fine */

ORR_PUBLIC OrrTime orr_clock_wall (OrrNode *node);      /* skewed, drifts, jumps */
ORR_PUBLIC OrrTime orr_clock_monotonic (OrrNode *node); /* drifts; starts at 0 with the run */
ORR_PUBLIC void orr_clock_bounds (OrrNode *node, OrrTime *ret_earliest, OrrTime *ret_latest); /* true time lies within, if the clock is honest */

/* Keeps the node's processor busy for so long (divided by its `cpu`): later events wait their turn. */
ORR_PUBLIC void orr_work (OrrNode *node, OrrTime duration);

/* A draw named by its purpose (a word of the model's `draws`), the actor, the time and the ordinal at that instant. */
ORR_PUBLIC OrrTime orr_draw (OrrNode *node, const char *purpose, const OrrDistribution *distribution);
ORR_PUBLIC guint64 orr_draw_index (OrrNode *node, const char *purpose, guint64 n); /* uniform in 0 … n - 1; n > 0 */

/* --- Disk --- */

/* Appends a record to a log and returns its index; the first is 1. It is in the process's memory until it is written. */
ORR_PUBLIC guint64 orr_log_append (OrrNode *node, guint log, gconstpointer record);
/* Keeps the records with first ≤ index < end and drops the others at both ends; the next append gets index `end`. */
ORR_PUBLIC void orr_log_keep (OrrNode *node, guint log, guint64 first, guint64 end);
ORR_PUBLIC guint64 orr_log_first (OrrNode *node, guint log);
ORR_PUBLIC guint64 orr_log_end (OrrNode *node, guint log);                                /* the index of the next append */
ORR_PUBLIC gconstpointer orr_log_get (OrrNode *node, guint log, guint64 index);           /* first ≤ index < end; valid until it is dropped */
/* Did this start find a wrong checksum behind the log's end? A record was half-written when the system crashed, or it rotted: a node can't tell,
 * nor can it see what was behind. The next append takes its place. */
ORR_PUBLIC gboolean orr_log_is_damaged (OrrNode *node, guint log);
ORR_PUBLIC void orr_cell_put (OrrNode *node, guint cell, OrrKey key, gconstpointer record); /* key ORR_NIL: the cell itself */
ORR_PUBLIC gconstpointer orr_cell_get (OrrNode *node, guint cell, OrrKey key);            /* NULL where nothing was put; valid until the next put */
ORR_PUBLIC void orr_cell_delete (OrrNode *node, guint cell, OrrKey key);
/* Did this start find a wrong checksum there? Then the key held nothing. */
ORR_PUBLIC gboolean orr_cell_is_damaged (OrrNode *node, guint cell, OrrKey key);
/* The keys that hold something, in the order of their first put; the index-th, 0-based. */
ORR_PUBLIC guint orr_cell_length (OrrNode *node, guint cell);
ORR_PUBLIC OrrKey orr_cell_key (OrrNode *node, guint cell, guint index);

/* Hands all that was appended and put so far to the operating system, or further to the platter. on_disk tells: once when written, and for a sync
 * once more when synced. `kind` is of the model's `syncs`, `token` is the model's own (a log position). */
ORR_PUBLIC void orr_disk_write (OrrNode *node, guint kind, guint64 token);
ORR_PUBLIC void orr_disk_sync (OrrNode *node, guint kind, guint64 token);
/* A sync of a log's records before `end` alone, and of what was put before the next one was appended. */
ORR_PUBLIC void orr_disk_sync_log (OrrNode *node, guint kind, guint64 token, guint log, guint64 end);

/* --- Requests --- */

/* Answers a request. At the client host that it came from: completes it. At a server that had it from the plain client: sends the answer. Late and
 * repeated answers are ignored and counted. */
ORR_PUBLIC void orr_complete (OrrNode *node, OrrRequest request, const OrrResult *result);
ORR_PUBLIC void orr_complete_value (OrrNode *node, OrrRequest request, OrrValue value); /* ok, one step */
ORR_PUBLIC void orr_complete_fail (OrrNode *node, OrrRequest request, const char *why);

/* --- Speaking in public --- */

/* Publishes a fact of the model's table. */
ORR_PUBLIC void orr_fact (OrrNode *node, guint fact, gconstpointer body);

/* A number that grows from call to call through the whole run, for the versions of facts and results (hidden order, base/operation.h). It comes
 * from true order, which no real node knows: a model must not let anything else depend on it. */
ORR_PUBLIC guint64 orr_hidden_version (OrrNode *node);

/* What the program was built with; ends with NULL. Defined beside the models, not in the library. */
extern ORR_PUBLIC const OrrModel *const orr_models[];

/* --- Models from outside --- */

/* What a shared object shows, so that `--plugin` finds its model and can tell whether it was built against these headers. The sizes tell of a
 * struct that was changed without another ORR_MODEL_ABI. */
typedef struct
{
  guint32 abi;
  guint32 model_size, role_size, field_size, record_size;
  const OrrModel *model;
} OrrPlugin;

#define ORR_PLUGIN_SYMBOL "orr_plugin"

/* Stands once, at the foot of a model from outside: ORR_PLUGIN (my_model); */
#define ORR_PLUGIN(Model) \
  extern ORR_PUBLIC const OrrPlugin orr_plugin; \
  const OrrPlugin orr_plugin = { ORR_MODEL_ABI, sizeof (OrrModel), sizeof (OrrRole), sizeof (OrrField), sizeof (OrrRecord), &(Model) }

G_END_DECLS
