/* canary.c: a keeper and its mirror, with one mistake whose smallest story is known.
 *
 * The keeper takes writes into its memory and sends a copy of each to the mirror. It answers a write when the
 * mirror has confirmed the copy; so after a crash it can recall all that it ever promised. With the mistake
 * it answers at once. Then a write is lost that was promised, when two things come together: its copy is lost
 * on the way, and the keeper crashes before anyone looks. To see it takes exactly two operations (the write,
 * and a read of the same session), one fault (the crash), and one message that is lost; without any of the
 * four, every read sees what its session wrote. Copies alone are datagrams: nothing else can be lost. */
#include "orrery.h"

typedef struct
{
  OrrRequest request; /* the write that waits for it */
  OrrKey key;         /* nil: that was all */
  OrrValue value;
  guint64 number;  /* of the key's writes */
  guint64 version; /* hidden order, for the checks alone */
} Copy;

typedef struct
{
  OrrMap held; /* Copy, by key */
  gboolean recalls;
} State;

enum
{
  COPY,
  COPIED,
  RECALL,
  HELD
};

enum
{
  ROLE_KEEPER,
  ROLE_MIRROR
};

#define KEEPER 0
#define MIRROR 1

static const OrrField copy_fields[] = {
  ORR_FIELD (Copy, request, REQUEST, .doc = "whose write it is"),
  ORR_FIELD (Copy, key, KEY, .doc = "what was written; not given: that was all"),
  ORR_FIELD (Copy, value, VALUE, .doc = "what is held"),
  ORR_FIELD (Copy, number, NUMBER, .doc = "the how-manieth write of the key"),
  { 0 },
};

static void
hold (OrrNode *node, const Copy *copy)
{
  State *state = orr_state (node);
  Copy *held = orr_map_put (node, &state->held, copy->key);
  if (copy->number > held->number)
    *held = *copy;
}

static void
answer (OrrNode *node, OrrRequest request, OrrValue value, guint64 version)
{
  orr_complete (node, request,
                &(OrrResult){ ORR_OK, .values = &value, .versions = &version, .server = orr_self (node) });
}

/* --- The keeper --- */

static void
keeper_on_start (OrrNode *node, OrrStart start)
{
  State *state = orr_state (node);
  orr_map_init (&state->held, sizeof (Copy));
  state->recalls = start != ORR_START_FIRST;
  if (state->recalls)
    orr_send (node, MIRROR, RECALL, NULL);
}

static void
keeper_write (OrrNode *node, OrrRequest request, const OrrStep *step)
{
  State *state = orr_state (node);
  const Copy *before = orr_map_get (&state->held, step->key);
  const Copy copy = { .request = request,
                      .key = step->key,
                      .value = step->value,
                      .number = before ? before->number + 1 : 1,
                      .version = orr_hidden_version (node) };
  OrrFactVersion fact = {
    .key = copy.key, .value = copy.value, .version = copy.version, .previous = before ? before->version : 0
  };
  hold (node, &copy);
  orr_fact (node, 0, &fact);
  orr_send (node, MIRROR, COPY, &copy);
  if (orr_bug (node, 0))
    answer (node, request, ORR_NIL, copy.version);
}

static void
keeper_on_request (OrrNode *node, const OrrOperation *operation)
{
  State *state = orr_state (node);
  const OrrStep *step = operation->steps;
  if (state->recalls)
    orr_complete_fail (node, operation->id, "the keeper recalls what it held");
  else if (step->kind == ORR_WRITE)
    keeper_write (node, operation->id, step);
  else
    {
      const Copy *held = orr_map_get (&state->held, step->key);
      answer (node, operation->id, held ? held->value : ORR_NIL, held ? held->version : 0);
    }
}

static void
keeper_on_message (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  State *state = orr_state (node);
  const Copy *copy = body;
  if (type == COPIED && !orr_bug (node, 0))
    answer (node, copy->request, ORR_NIL, copy->version);
  else if (type == HELD && copy->key == ORR_NIL)
    state->recalls = FALSE;
  else if (type == HELD)
    hold (node, copy);
}

/* --- The mirror --- */

static void
mirror_on_start (OrrNode *node, OrrStart start)
{
  State *state = orr_state (node);
  orr_map_init (&state->held, sizeof (Copy));
}

static void
mirror_on_request (OrrNode *node, const OrrOperation *operation)
{
  orr_complete_fail (node, operation->id, "the mirror answers no clients");
}

static void
mirror_on_message (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  State *state = orr_state (node);
  guint32 place = 0;
  guint64 key;
  gpointer held;
  if (type == COPY)
    {
      hold (node, body);
      orr_send (node, from, COPIED, body);
    }
  else if (type == RECALL)
    {
      while (orr_map_next (&state->held, &place, &key, &held))
        orr_send (node, from, HELD, held);
      orr_send (node, from, HELD, &(Copy){ .key = ORR_NIL });
    }
}

/* --- The model --- */

static void
layout (gconstpointer options, OrrLayout *layout)
{
  orr_layout_add (layout, ROLE_KEEPER, "keeper");
  orr_layout_add (layout, ROLE_MIRROR, "mirror");
}

/* The promise stands whatever is switched on: the mistake breaks it. */
static void
claims (gconstpointer options, guint64 bugs, OrrClaims *claims)
{
  orr_claim_bears_at (claims, "crash-process", "keeper");
  orr_claim_bears_at (claims, "stop", "keeper");
  orr_claim_bears (claims, "pause");
  orr_claim_bears (claims, "partition");
  orr_claim_bears (claims, "slow");
  orr_claim (claims, "read-your-writes");
}

static const OrrRecord messages[] = {
  ORR_RECORD ("copy", Copy, copy_fields, .doc = "a write, for the mirror"),
  ORR_RECORD ("copied", Copy, copy_fields, .flags = ORR_STREAM, .doc = "the mirror has it"),
  { .name = "recall",
    .flags = ORR_STREAM,
    .doc = "the keeper has started again, and asks for all that the mirror holds" },
  ORR_RECORD ("held", Copy, copy_fields, .flags = ORR_STREAM,
              .doc = "what the mirror holds of a key, or that this was all"),
  { 0 },
};
static const OrrRecord facts[] = { ORR_FACT_VERSION, { 0 } };
static const OrrRole keeper = { .name = "keeper",
                                .state_size = sizeof (State),
                                .on_start = keeper_on_start,
                                .on_message = keeper_on_message,
                                .on_request = keeper_on_request };
static const OrrRole mirror = { .name = "mirror",
                                .state_size = sizeof (State),
                                .on_start = mirror_on_start,
                                .on_message = mirror_on_message,
                                .on_request = mirror_on_request };
static const OrrRole *const roles[] = { &keeper, &mirror, NULL };
static const OrrBug bugs[] = {
  { "answers-before-copied", "read-your-writes",
    "A write is answered before the mirror has its copy. Needs a lost copy, a crash of the keeper, and a "
    "read by "
    "the session that wrote.",
    "asynchronous replication that is taken for synchronous" },
  { 0 },
};

static const OrrModel canary = {
  .abi = ORR_MODEL_ABI,
  .entry = { .name = "canary", .summary = "A keeper and its mirror, with one mistake of known size" },
  .messages = messages,
  .facts = facts,
  .roles = roles,
  .bugs = bugs,
  .layout = layout,
  .claims = claims,
};

ORR_PLUGIN (canary);
