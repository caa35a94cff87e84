/* clock-stop.c: clocks that stand.
 *
 * A driver hangs, a virtual machine's clock source is lost while the machine goes on. The node answers
 * whoever asks, but for itself no time passes: its timers don't fire, its leases don't end. When the clocks
 * go on they are behind for as long as they stood, and nothing tells the node. */
#include "engine/engine-private.h"

typedef struct
{
  const char *node;
} StopSettings;

static const OrrField fields[] = {
  ORR_FIELD (StopSettings, node, NODE, .required = TRUE, .doc = "whose clocks"),
  { 0 },
};

static gboolean
stop_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const StopSettings *settings = fault->settings;
  OrrMachine *machine = settings->node ? orr_machine_find (simulation, settings->node) : NULL;
  if (!machine)
    return FALSE;
  fault->state = g_memdup2 (&machine->clock.uses, sizeof machine->clock.uses);
  orr_clock_change (simulation, machine, 0, 1);
  return TRUE;
}

static void
stop_end (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const StopSettings *settings = fault->settings;
  OrrMachine *machine = orr_machine_find (simulation, settings->node);
  g_autofree guint64 *before = g_steal_pointer (&fault->state);
  *fault->effects += machine->clock.uses - *before;
  orr_clock_change (simulation, machine, 0, -1);
}

static void
stop_describe (gconstpointer settings, GString *text)
{
  g_string_append_printf (text, "stop the clocks of %s", ((const StopSettings *) settings)->node);
}

const OrrFault orr_fault_clock_stop = {
  .entry
  = { .name = "clock-stop",
      .summary = "Stops a node's clocks for a while",
      .doc
      = "Wall clock and monotonic clock stand, and no timer of the node fires; all else goes on. When it is "
        "over, the clocks go on from where they stood. Its effects are the times that the node read its "
        "clocks or set a timer, and the timers that waited.",
      .size = sizeof (StopSettings),
      .fields = fields,
      .scalar = "node" },
  .target = "node",
  .begin = stop_begin,
  .end = stop_end,
  .describe = stop_describe,
};
