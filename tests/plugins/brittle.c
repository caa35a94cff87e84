/* brittle.c: a keeper that numbers what it tells its mirror, and a mirror that can't bear a gap.
 *
 * Each write goes to the mirror as a datagram of its own. Where one is lost or late and the next one comes
 * all the same, the mirror takes its process down; or, with the mistake, it waits for the missing one for
 * ever. That takes exactly two operations (writes), and one message that is lost or late; or no message but a
 * fault that does the same. With another mistake it takes nothing but the wrong seed, and a third one writes
 * into whatever the process has open. */
#include "orrery.h"

#include <stdlib.h>
#include <unistd.h>

typedef struct
{
  guint64 number;
} Told;

typedef struct
{
  guint64 last;
} State;

#define MIRROR 1

static const OrrField told_fields[] = {
  ORR_FIELD (Told, number, NUMBER, .doc = "the how-manieth write"),
  { 0 },
};

static void
on_start (OrrNode *node, OrrStart why)
{
  if (orr_bug (node, 1) && orr_draw_index (node, "luck", 8) == 0)
    abort ();
  for (int descriptor = 3; orr_bug (node, 2) && descriptor < 12; descriptor++)
    write (descriptor, "scribbled all over it", 21);
}

static void
on_request (OrrNode *node, const OrrOperation *operation)
{
  State *state = orr_state (node);
  if (operation->steps->kind == ORR_WRITE)
    orr_send (node, MIRROR, 0, &(Told){ ++state->last });
  orr_complete_value (node, operation->id, ORR_NIL);
}

static void
on_message (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  State *state = orr_state (node);
  guint64 number = ((const Told *) body)->number;
  for (volatile gboolean waits = orr_bug (node, 0) && number > state->last + 1; waits;)
    continue;
  if (number > state->last + 1)
    abort ();
  state->last = number;
}

static void
layout (gconstpointer options, OrrLayout *layout)
{
  orr_layout_add (layout, 0, "keeper");
  orr_layout_add (layout, 0, "mirror");
}

static void
claims (gconstpointer options, guint64 bugs, OrrClaims *claims)
{
  orr_claim (claims, "progress");
  orr_claim_bears (claims, "loss");
  orr_claim_bears (claims, "latency");
  orr_claim_bears (claims, "pause");
  orr_claim_bears (claims, "slow");
}

static const OrrRecord messages[] = { ORR_RECORD ("told", Told, told_fields, .doc = "a write"), { 0 } };
static const OrrRole role = { .name = "server",
                              .doc = "keeps, or mirrors",
                              .state_size = sizeof (State),
                              .on_start = on_start,
                              .on_message = on_message,
                              .on_request = on_request };
static const OrrRole *const roles[] = { &role, NULL };
static const char *const objects[] = { "register", NULL };
static const char *const draws[] = { "luck", NULL };
static const OrrBug bugs[] = {
  { "waits-for-ever", "progress", "The mirror waits for what is missing, and does nothing else.",
    "a spin lock" },
  { "starts-by-luck", "progress", "One start in eight takes the process down.", "a race" },
  { "scribbles", "progress", "What starts writes into files that are not its own.",
    "a descriptor used after close" },
  { 0 },
};

static const OrrModel model = {
  .abi = ORR_MODEL_ABI,
  .entry = { .name = "brittle", .summary = "Can't bear a gap", .doc = "For tests of the program." },
  .messages = messages,
  .roles = roles,
  .objects = objects,
  .draws = draws,
  .bugs = bugs,
  .layout = layout,
  .claims = claims,
};

ORR_PLUGIN (model);
