/* commit-wait.c: two nodes that stamp writes with what their clocks say, and wait until the stamp is past.
 *
 * After Spanner (Corbett et al., Spanner: Google's Globally-Distributed Database, OSDI 2012, section 4.1.2):
 * a write's stamp is the latest time that it can be, and it is answered and shown when the earliest time that
 * it can be is past that. So a write that begins after another was answered has a later stamp, whichever node
 * it is made at, as long as true time lies within what clocks say. A read asks both nodes, and shows the
 * write with the latest stamp. */
#include "orrery.h"

typedef struct
{
  OrrRequest request;
  OrrKey key;
  OrrValue value;
  gint64 stamp;
} Version;

enum
{
  ASK,
  TELL
};

static const OrrField fields[] = {
  ORR_FIELD (Version, request, REQUEST, .doc = "whose write or read it is"),
  ORR_FIELD (Version, key, KEY, .doc = "what was written or is read"),
  ORR_FIELD (Version, value, VALUE, .doc = "what the node shows"),
  ORR_FIELD (Version, stamp, INT, .doc = "the write's time, in ns; not given: there is no write"),
  { 0 },
};

static void
on_start (OrrNode *node, OrrStart start)
{
  orr_map_init (orr_state (node), sizeof (Version));
}

/* What the node shows of a key. */
static Version
shown (OrrNode *node, OrrRequest request, OrrKey key)
{
  const Version *held = orr_map_get (orr_state (node), key);
  return (Version){ request, key, held ? held->value : ORR_NIL, held ? held->stamp : G_MININT64 };
}

static void
show (OrrNode *node, const Version *version)
{
  if (version->stamp > shown (node, version->request, version->key).stamp)
    *(Version *) orr_map_put (node, orr_state (node), version->key) = *version;
}

/* The order of writes is that of their stamps, so these are their versions. */
static void
answer (OrrNode *node, const Version *version, OrrValue value)
{
  guint64 place = version->stamp > 0 ? (guint64) version->stamp : 0;
  orr_complete (node, version->request,
                &(OrrResult){ ORR_OK, .values = &value, .versions = &place, .server = orr_self (node) });
}

/* Shows and answers a write when its stamp is past for sure, and else waits for that. */
static void
commit (OrrNode *node, const Version *write)
{
  OrrTime earliest, latest;
  orr_clock_bounds (node, &earliest, &latest);
  if (earliest <= write->stamp)
    {
      orr_timer_set (node, write->stamp - earliest + 1, 0, write);
      return;
    }
  show (node, write);
  orr_fact (node, 0,
            &(OrrFactVersion){ .key = write->key, .value = write->value, .version = (guint64) write->stamp });
  answer (node, write, ORR_NIL);
}

static void
on_timer (OrrNode *node, guint kind, gconstpointer body)
{
  commit (node, body);
}

static void
on_request (OrrNode *node, const OrrOperation *operation)
{
  const OrrStep *step = operation->steps;
  Version version = { operation->id, step->key, step->value, 0 };
  OrrTime earliest;
  if (step->kind == ORR_WRITE)
    {
      orr_clock_bounds (node, &earliest, &version.stamp);
      commit (node, &version);
    }
  else if (step->kind == ORR_READ)
    orr_send (node, !orr_self (node), ASK, &version); /* node 0 asks 1, and 1 asks 0 */
  else
    orr_complete_fail (node, operation->id, "there are reads and writes alone");
}

static void
on_message (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  const Version *other = body;
  Version own = shown (node, other->request, other->key);
  if (type == ASK)
    orr_send (node, from, TELL, &own);
  else
    {
      const Version *later = other->stamp > own.stamp ? other : &own;
      answer (node, later, later->value);
    }
}

static void
layout (gconstpointer options, OrrLayout *layout)
{
  orr_layout_add (layout, 0, "a");
  orr_layout_add (layout, 0, "b");
}

static const OrrRecord messages[] = {
  ORR_RECORD ("ask", Version, fields, .flags = ORR_STREAM, .doc = "asks what the other node shows of a key"),
  ORR_RECORD ("tell", Version, fields, .flags = ORR_STREAM, .doc = "tells it"),
  { 0 },
};
static const OrrRecord timers[] = {
  ORR_RECORD ("wait", Version, fields, .doc = "until the stamp of a write is past"),
  { 0 },
};
static const OrrRecord facts[] = { ORR_FACT_VERSION, { 0 } };
static const OrrRole role = { .name = "server",
                              .state_size = sizeof (OrrMap),
                              .on_start = on_start,
                              .on_message = on_message,
                              .on_timer = on_timer,
                              .on_request = on_request };
static const OrrRole *const roles[] = { &role, NULL };

static const OrrModel commit_wait = {
  .abi = ORR_MODEL_ABI,
  .entry
  = { .name = "commit-wait", .summary = "Two nodes stamp writes by an interval clock and wait it out" },
  .messages = messages,
  .timers = timers,
  .facts = facts,
  .roles = roles,
  .layout = layout,
};

ORR_PLUGIN (commit_wait);
