/* crashing.c: a model that takes its whole process down when a node starts again after a crash. */
#include "orrery.h"

#include <stdlib.h>

static void
on_start (OrrNode *node, OrrStart why)
{
  if (why != ORR_START_FIRST)
    abort ();
}

static void
on_request (OrrNode *node, const OrrOperation *operation)
{
  orr_complete_value (node, operation->id, ORR_NIL);
}

static void
layout (gconstpointer options, OrrLayout *layout)
{
  orr_layout_add (layout, 0, "node");
}

static const OrrRole role
    = { .name = "server", .doc = "starts once", .on_start = on_start, .on_request = on_request };
static const OrrRole *const roles[] = { &role, NULL };
static const char *const objects[] = { "register", NULL };

static void
claims (gconstpointer options, guint64 bugs, OrrClaims *claims)
{
  orr_claim (claims, "availability");
  orr_claim_bears (claims, "crash");
  orr_claim_bears (claims, "slow");
}

static const OrrModel model = {
  .abi = ORR_MODEL_ABI,
  .entry = { .name = "crashing", .summary = "Can't start again", .doc = "For tests of the program." },
  .roles = roles,
  .objects = objects,
  .layout = layout,
  .claims = claims,
};

ORR_PLUGIN (model);
