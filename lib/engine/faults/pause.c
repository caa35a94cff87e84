/* pause.c: a node that stands still and does not know it.
 *
 * A long garbage collection, a virtual machine that is moved, a laptop's lid. Nothing is lost; but when the
 * node goes on, all its timers are late, and it may act on what was true long ago. Leases and locks are
 * broken this way. */
#include "engine/engine-private.h"

typedef struct
{
  const char *node;
} PauseSettings;

static const OrrField fields[] = {
  ORR_FIELD (PauseSettings, node, NODE, .required = TRUE, .doc = "which node"),
  { 0 },
};

/* Pauses may overlap; the node goes on when the last is over. A crash ends them all, which shows in its life.
 */
static gboolean
pause_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const PauseSettings *settings = fault->settings;
  OrrMachine *machine = settings->node ? orr_machine_find (simulation, settings->node) : NULL;
  if (!machine || !machine->up)
    return FALSE;
  if (!machine->paused)
    {
      machine->pauses = 0;
      orr_processor_pause (simulation, machine);
    }
  machine->pauses++;
  fault->state = g_memdup2 (&machine->life, sizeof machine->life);
  return TRUE;
}

static void
pause_end (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const PauseSettings *settings = fault->settings;
  OrrMachine *machine = orr_machine_find (simulation, settings->node);
  g_autofree guint32 *life = g_steal_pointer (&fault->state);
  if (!machine->up || machine->life != *life || !machine->paused)
    return;
  *fault->effects += machine->inbox ? machine->inbox->len - machine->inbox_head : 0;
  if (--machine->pauses == 0)
    orr_processor_resume (simulation, machine);
}

static void
pause_describe (gconstpointer settings, GString *text)
{
  g_string_append_printf (text, "pause %s", ((const PauseSettings *) settings)->node);
}

const OrrFault orr_fault_pause = {
  .entry = { .name = "pause",
             .summary = "Stops a node's processor for a while",
             .doc = "The node handles nothing; what arrives and what its timers and disk have to say waits "
                    "until it goes on. Its disk works on. "
                    "Its effects are the events that waited.",
             .size = sizeof (PauseSettings),
             .fields = fields,
             .scalar = "node" },
  .target = "node",
  .begin = pause_begin,
  .end = pause_end,
  .describe = pause_describe,
};
