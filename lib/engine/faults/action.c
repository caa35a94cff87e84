/* action.c: what an operator does.
 *
 * Half of all outages have an operator in them. What can be done to a system by hand (promote this replica,
 * pause that replay) is declared by its model, and asked of a node here. */
#include "engine/engine-private.h"

#include <string.h>

/* The actor that is meant: by its own name, else the first on the node of that name. */
static OrrNode *
find_actor (OrrSimulation *simulation, const char *name)
{
  OrrAddress address = orr_find (&simulation->actors[0], name);
  if (address != ORR_NOBODY)
    return &simulation->actors[address];
  OrrMachine *machine = orr_machine_find (simulation, name);
  return machine && machine->n_actors > 0 ? machine->actors[0] : NULL;
}

static gboolean
action_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const OrrActionSettings *settings = fault->settings;
  OrrNode *actor = settings->node ? find_actor (simulation, settings->node) : NULL;
  guint32 slot = ORR_NO_SLOT;
  if (!actor || !actor->machine->up || !actor->role->on_action)
    return FALSE;
  if (settings->record->size > 0)
    {
      slot = orr_slab_alloc (simulation->slab, settings->record->size);
      memcpy (orr_slab_get (simulation->slab, slot), settings->arguments, settings->record->size);
    }
  orr_schedule (simulation, simulation->now, ORR_DO_ACTION, actor->address, ORR_NOBODY,
                (guint16) settings->index, slot);
  ++*fault->effects;
  return TRUE;
}

static void
action_describe (gconstpointer settings, GString *text)
{
  const OrrActionSettings *action = settings;
  orr_name_print (action->record->name, text);
  g_string_append_printf (text, " %s", action->node);
}

static const char *
action_endless (gconstpointer settings G_GNUC_UNUSED)
{
  return "an action has no end";
}

const OrrFault orr_fault_action = {
  .entry = { .name = "action",
             .summary = "Does what an operator does",
             .doc = "`action: {promote: replica1}` asks a node for one of the model's actions, with its "
                    "arguments, if it takes any, as "
                    "`{promote: {node: replica1, …}}`. A node that is down hears nothing.",
             .endless = action_endless },
  .begin = action_begin,
  .describe = action_describe,
};
