/* tiny-model.h: a small model and what it takes to run it, for tests of the engine from the outside.
 *
 * Servers that keep a register for each key in a cell, and every write in a log; they answer a write as soon
 * as it is in memory, written or synced, as an option says. They tell in facts all that happens to them: when
 * they start and with what, what the disk says, what time it is, whom they hear. The second model has the
 * same servers behind a client role. */
#pragma once

#include "engine/model.h"
#include "engine/fault.h"
#include "engine/simulation.h"
#include "scenario/scenario.h"

#include <string.h>

typedef enum
{
  TINY_MEMORY,
  TINY_WRITTEN,
  TINY_SYNCED,
  TINY_NEVER
} TinyAnswer;

typedef struct
{
  guint32 servers;
  gint32 answer;        /* TinyAnswer */
  OrrTime tick;         /* 0: none */
  OrrTime delay;        /* until a write is answered, by a timer */
  gboolean notes_start; /* appends a record at each start but the first, and syncs it */
} TinyOptions;

#define TINY_OF_START G_MAXUINT64 /* the token of that sync */

static const OrrChoice tiny_answers[]
    = { { "memory", "" }, { "written", "" }, { "synced", "" }, { "never", "" }, { 0 } };

static const OrrField tiny_option_fields[] = {
  ORR_FIELD (TinyOptions, servers, COUNT, .initial = "1", .least = 1, .most = 100, .doc = "how many"),
  ORR_FIELD (TinyOptions, answer, CHOICE, .choices = tiny_answers, .initial = "memory",
             .doc = "what a write waits for"),
  ORR_FIELD (TinyOptions, tick, DURATION, .initial = "0s", .least = 0, .most = -1,
             .doc = "how often it says what time it is"),
  ORR_FIELD (TinyOptions, delay, DURATION, .initial = "0s", .least = 0, .most = -1,
             .doc = "how long reads take"),
  ORR_FIELD (TinyOptions, notes_start, BOOL, .initial = "false", .doc = "whether a start is put on disk"),
  { 0 },
};

typedef struct
{
  OrrKey key;
  OrrValue value;
} TinyEntry;
typedef struct
{
  OrrRequest request;
  gint32 step;
  OrrKey key;
  OrrValue value;
} TinyAsk;
typedef struct
{
  guint64 start, log_first, log_end;
  guint64 keys, damaged; /* damaged: logs, and cells x and y */
} TinyStarted;
typedef struct
{
  guint64 token;
  gboolean synced;
} TinyDisk;
typedef struct
{
  OrrTime wall, monotonic;
} TinyTick;
typedef struct
{
  OrrAddress from;
} TinyHeard;
typedef struct
{
  guint64 number;
} TinyNumber;
typedef struct
{
  OrrRequest request;
  OrrValue value;
} TinyLater;
typedef struct
{
  guint64 serial;
  gboolean timed_out;
} TinyCancelled;

static const OrrField tiny_entry_fields[] = {
  ORR_FIELD (TinyEntry, key, KEY, .doc = "what"),
  ORR_FIELD (TinyEntry, value, VALUE, .doc = "holds"),
  { 0 },
};
static const OrrField tiny_ask_fields[] = {
  ORR_FIELD (TinyAsk, request, REQUEST, .doc = "which"),
  ORR_FIELD (TinyAsk, key, KEY, .doc = "what"),
  ORR_FIELD (TinyAsk, value, VALUE, .doc = "the value"),
  { 0 },
};
static const OrrField tiny_started_fields[] = {
  ORR_FIELD (TinyStarted, start, NUMBER, .doc = "OrrStart"),
  ORR_FIELD (TinyStarted, log_end, NUMBER, .doc = "of the log"),
  { 0 },
};
static const OrrField tiny_disk_fields[] = {
  ORR_FIELD (TinyDisk, token, NUMBER, .doc = "its number"),
  ORR_FIELD (TinyDisk, synced, BOOL, .doc = "or written"),
  { 0 },
};
static const OrrField tiny_tick_fields[] = {
  ORR_FIELD (TinyTick, wall, DURATION, .doc = "clock"),
  ORR_FIELD (TinyTick, monotonic, DURATION, .doc = "clock"),
  { 0 },
};
static const OrrField tiny_heard_fields[] = { ORR_FIELD (TinyHeard, from, ADDRESS, .doc = "whom"), { 0 } };
static const OrrField tiny_number_fields[]
    = { ORR_FIELD (TinyNumber, number, NUMBER, .initial = "0", .doc = "a number"), { 0 } };
static const OrrField tiny_later_fields[]
    = { ORR_FIELD (TinyLater, value, VALUE, .doc = "what to answer"), { 0 } };
static const OrrField tiny_cancelled_fields[] = {
  ORR_FIELD (TinyCancelled, serial, NUMBER, .doc = "which"),
  ORR_FIELD (TinyCancelled, timed_out, BOOL, .doc = "why"),
  { 0 },
};

static const OrrRecord tiny_messages[] = {
  { .name = "ping", .flags = ORR_BACKGROUND },
  ORR_RECORD ("ask", TinyAsk, tiny_ask_fields),
  ORR_RECORD ("tell", TinyAsk, tiny_ask_fields),
  { 0 },
};
static const OrrRecord tiny_timers[] = {
  { .name = "tick", .flags = ORR_BACKGROUND },
  ORR_RECORD ("later", TinyLater, tiny_later_fields),
  { 0 },
};
static const OrrRecord tiny_syncs[] = { { .name = "commit" }, { 0 } };
static const OrrRecord tiny_logs[] = { ORR_RECORD ("log", TinyEntry, tiny_entry_fields), { 0 } };
static const OrrRecord tiny_cells[] = { ORR_RECORD ("row", TinyEntry, tiny_entry_fields), { 0 } };
enum
{
  TINY_STARTED,
  TINY_DISK,
  TINY_TICKED,
  TINY_HEARD,
  TINY_ACTED,
  TINY_CANCELLED,
  TINY_HOLDS
};
static const OrrRecord tiny_facts[] = {
  ORR_RECORD ("started", TinyStarted, tiny_started_fields),
  ORR_RECORD ("disk", TinyDisk, tiny_disk_fields),
  ORR_RECORD ("ticked", TinyTick, tiny_tick_fields),
  ORR_RECORD ("heard", TinyHeard, tiny_heard_fields),
  ORR_RECORD ("acted", TinyNumber, tiny_number_fields),
  ORR_RECORD ("cancelled", TinyCancelled, tiny_cancelled_fields),
  ORR_FACT_VALUE,
  { 0 },
};
static const OrrRecord tiny_actions[] = { ORR_RECORD ("act", TinyNumber, tiny_number_fields), { 0 } };

typedef struct
{
  OrrRequest asked[256]; /* by serial */
  gboolean by_message[256];
  guint64 n_requests;
} TinyServer;

static void
tiny_answer (OrrNode *node, OrrRequest request, OrrValue value)
{
  TinyServer *server = orr_state (node);
  if (server->by_message[request.serial % 256])
    orr_send (node, request.client, 2, &(TinyAsk){ .request = request, .value = value });
  else
    orr_complete_value (node, request, value);
}

static void
tiny_do (OrrNode *node, OrrRequest request, OrrStepKind step, OrrKey key, OrrValue value)
{
  TinyServer *server = orr_state (node);
  const TinyOptions *options = orr_options (node);
  server->asked[request.serial % 256] = request;
  if (step == ORR_READ)
    {
      const TinyEntry *entry = orr_cell_get (node, 0, key);
      OrrValue found = entry ? entry->value : ORR_NIL;
      if (options->delay > 0)
        orr_timer_set (node, options->delay, 1, &(TinyLater){ request, found });
      else
        tiny_answer (node, request, found);
      return;
    }
  TinyEntry entry = { key, value };
  orr_log_append (node, 0, &entry);
  orr_cell_put (node, 0, key, &entry);
  if (options->answer == TINY_MEMORY)
    tiny_answer (node, request, ORR_NIL);
  else if (options->answer == TINY_WRITTEN)
    orr_disk_write (node, 0, request.serial);
  else if (options->answer == TINY_SYNCED)
    orr_disk_sync (node, 0, request.serial);
}

static guint64
tiny_damaged (OrrNode *node)
{
  OrrKey x = orr_terms_text (orr_terms (node), "x"), y = orr_terms_text (orr_terms (node), "y");
  return (guint64) orr_log_is_damaged (node, 0) + (guint64) orr_cell_is_damaged (node, 0, x)
         + (guint64) orr_cell_is_damaged (node, 0, y);
}

static void
tiny_on_start (OrrNode *node, OrrStart start)
{
  const TinyOptions *options = orr_options (node);
  orr_fact (node, TINY_STARTED,
            &(TinyStarted){ start, orr_log_first (node, 0), orr_log_end (node, 0), orr_cell_length (node, 0),
                            tiny_damaged (node) });
  if (options->tick > 0)
    orr_timer_set (node, options->tick, 0, NULL);
  if (options->notes_start && start != ORR_START_FIRST)
    {
      orr_log_append (node, 0, &(TinyEntry){ 0 });
      orr_disk_sync (node, 0, TINY_OF_START);
    }
}

static void
tiny_on_request (OrrNode *node, const OrrOperation *operation)
{
  const OrrStep *step = &operation->steps[0];
  tiny_do (node, operation->id, step->kind, step->key, step->value);
}

static void
tiny_on_message (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  const TinyAsk *ask = body;
  TinyServer *server = orr_state (node);
  if (type == 0)
    {
      orr_fact (node, TINY_HEARD, &(TinyHeard){ from });
      return;
    }
  server->by_message[ask->request.serial % 256] = TRUE;
  tiny_do (node, ask->request, (OrrStepKind) ask->step, ask->key, ask->value);
}

static void
tiny_on_timer (OrrNode *node, guint kind, gconstpointer body)
{
  const TinyOptions *options = orr_options (node);
  const TinyLater *later = body;
  if (kind == 1)
    {
      tiny_answer (node, later->request, later->value);
      return;
    }
  orr_fact (node, TINY_TICKED, &(TinyTick){ orr_clock_wall (node), orr_clock_monotonic (node) });
  for (OrrAddress i = 0; i < orr_n_addresses (node); i++)
    if (i != orr_self (node) && orr_role_of (node, i) != ORR_ROLE_CLIENT)
      orr_send (node, i, 0, NULL);
  orr_timer_set (node, options->tick, 0, NULL);
}

static void
tiny_on_disk (OrrNode *node, guint kind G_GNUC_UNUSED, guint64 token, OrrDurability durability)
{
  TinyServer *server = orr_state (node);
  const TinyOptions *options = orr_options (node);
  orr_fact (node, TINY_DISK, &(TinyDisk){ token, durability == ORR_SYNCED });
  if (token != TINY_OF_START && (options->answer == TINY_SYNCED) == (durability == ORR_SYNCED))
    tiny_answer (node, server->asked[token % 256], ORR_NIL);
}

static void
tiny_on_action (OrrNode *node, guint action G_GNUC_UNUSED, gconstpointer arguments)
{
  orr_fact (node, TINY_ACTED, arguments);
}

static void
tiny_observe (OrrNode *node)
{
  for (guint i = 0; i < orr_cell_length (node, 0); i++)
    {
      const TinyEntry *entry = orr_cell_get (node, 0, orr_cell_key (node, 0, i));
      orr_fact (node, TINY_HOLDS, &(OrrFactValue){ .key = entry->key, .value = entry->value });
    }
}

static const OrrRole tiny_server = {
  .name = "server",
  .doc = "keeps registers",
  .state_size = sizeof (TinyServer),
  .on_start = tiny_on_start,
  .on_request = tiny_on_request,
  .on_message = tiny_on_message,
  .on_timer = tiny_on_timer,
  .on_disk = tiny_on_disk,
  .on_action = tiny_on_action,
  .observe = tiny_observe,
};

/* The client role asks the first server by a datagram. */
static void
tiny_client_on_request (OrrNode *node, const OrrOperation *operation)
{
  const OrrStep *step = &operation->steps[0];
  orr_send (
      node, 0, 1,
      &(TinyAsk){
          .request = operation->id, .step = (gint32) step->kind, .key = step->key, .value = step->value });
}

static void
tiny_client_on_message (OrrNode *node, OrrAddress from G_GNUC_UNUSED, guint type G_GNUC_UNUSED,
                        gconstpointer body)
{
  const TinyAsk *ask = body;
  orr_complete_value (node, ask->request, ask->value);
}

static void
tiny_client_on_cancel (OrrNode *node, OrrRequest request, gboolean timed_out)
{
  orr_fact (node, TINY_CANCELLED, &(TinyCancelled){ request.serial, timed_out });
}

static const OrrRole tiny_client = {
  .name = "client",
  .on_request = tiny_client_on_request,
  .on_message = tiny_client_on_message,
  .on_cancel = tiny_client_on_cancel,
};

static void
tiny_layout (gconstpointer options, OrrLayout *layout)
{
  for (guint i = 0; i < ((const TinyOptions *) options)->servers; i++)
    orr_layout_add (layout, 0, "s%u", i + 1);
}

static const OrrRole *const tiny_roles[] = { &tiny_server, NULL };
static const char *const tiny_objects[] = { "register", NULL };

#define TINY_TABLES                                                                                          \
  .roles = tiny_roles, .messages = tiny_messages, .timers = tiny_timers, .syncs = tiny_syncs,                \
  .logs = tiny_logs, .cells = tiny_cells, .facts = tiny_facts, .actions = tiny_actions,                      \
  .objects = tiny_objects, .layout = tiny_layout

static const OrrModel tiny = {
  .abi = ORR_MODEL_ABI,
  .entry
  = { .name = "tiny", .summary = "Registers", .size = sizeof (TinyOptions), .fields = tiny_option_fields },
  TINY_TABLES,
};

static const OrrModel tiny_with_client = {
  .abi = ORR_MODEL_ABI,
  .entry = { .name = "tiny-client",
             .summary = "Registers",
             .size = sizeof (TinyOptions),
             .fields = tiny_option_fields },
  .client = &tiny_client,
  TINY_TABLES,
};

/* --- Running --- */

static OrrScenario *
tiny_scenario (const char *text)
{
  static const OrrModel *const models[] = { &tiny, &tiny_with_client, NULL };
  static const OrrEntry *const no_entries[] = { NULL };
  static const OrrMeasureEntry *const no_measures[] = { NULL };
  g_autoptr (GPtrArray) faults = g_ptr_array_new ();
  for (guint i = 0; orr_faults[i]; i++)
    g_ptr_array_add (faults, (gpointer) &orr_faults[i]->entry);
  g_ptr_array_add (faults, NULL);
  OrrCatalog catalog
      = { models, orr_objects, (const OrrEntry *const *) faults->pdata, no_entries, no_measures };
  g_autoptr (OrrProblems) problems = orr_problems_new ("test");
  OrrScenario *scenario = orr_scenario_parse (text, strlen (text), NULL, NULL, &catalog, problems);
  if (!scenario)
    {
      g_autofree char *message = orr_problems_to_text (problems);
      g_error ("%s%s", text, message);
    }
  return scenario;
}

static OrrTrace *
tiny_run_seed (const char *text, guint64 seed)
{
  g_autoptr (OrrScenario) scenario = tiny_scenario (text);
  return orr_simulate (scenario, &(OrrRunOptions){ .seed = seed });
}

static OrrTrace *
tiny_run (const char *text)
{
  return tiny_run_seed (text, 0);
}

static inline const OrrTraceOperation *
tiny_operation (const OrrTrace *trace, guint index)
{
  g_assert (index < trace->operations->len);
  return &g_array_index (trace->operations, OrrTraceOperation, index);
}

/* The n-th fact of a kind, from 0; NULL where there are fewer. */
static inline const OrrTraceFact *
tiny_fact (const OrrTrace *trace, guint kind, guint n)
{
  for (guint i = 0; i < trace->facts->len; i++)
    {
      const OrrTraceFact *fact = &g_array_index (trace->facts, OrrTraceFact, i);
      if (fact->fact == kind && n-- == 0)
        return fact;
    }
  return NULL;
}

static inline const OrrTraceFault *
tiny_fault (const OrrTrace *trace, guint index)
{
  g_assert (index < trace->faults->len);
  return &g_array_index (trace->faults, OrrTraceFault, index);
}
