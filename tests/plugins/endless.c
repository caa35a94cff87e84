/* endless.c: a model that never comes back to a request. */
#include "orrery.h"

static void
server_on_request (OrrNode *node, const OrrOperation *operation)
{
  for (volatile gboolean waits = TRUE; waits;)
    continue;
  orr_complete_value (node, operation->id, ORR_NIL);
}

static void
layout (gconstpointer options, OrrLayout *layout)
{
  orr_layout_add (layout, 0, "node");
}

static const OrrRole role = { .name = "server", .doc = "waits", .on_request = server_on_request };
static const OrrRole *const roles[] = { &role, NULL };
static const char *const objects[] = { "register", NULL };

static const OrrModel model = {
  .abi = ORR_MODEL_ABI,
  .entry = { .name = "endless", .summary = "Never comes back", .doc = "For tests of the program." },
  .roles = roles,
  .objects = objects,
  .layout = layout,
};

ORR_PLUGIN (model);
