/* stop.c: a node that is stopped in good order.
 *
 * Somebody shuts it down for maintenance: the process hears of it, everything is synced, and only then it is
 * gone. What it shows is not loss but absence: what the others do without it, and how it catches up. */
#include "engine/engine-private.h"

typedef struct
{
  const char *node;
} StopSettings;

static const OrrField fields[] = {
  ORR_FIELD (StopSettings, node, NODE, .required = TRUE, .doc = "which node"),
  { 0 },
};

static gboolean
stop_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const StopSettings *settings = fault->settings;
  OrrMachine *machine = settings->node ? orr_machine_find (simulation, settings->node) : NULL;
  if (!machine || !machine->up)
    return FALSE;
  orr_machine_stop (simulation, machine, ORR_START_STOPPED);
  ++*fault->effects;
  return TRUE;
}

static void
stop_end (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const StopSettings *settings = fault->settings;
  orr_machine_start (simulation, orr_machine_find (simulation, settings->node), ORR_START_STOPPED);
}

static void
stop_describe (gconstpointer settings, GString *text)
{
  g_string_append_printf (text, "stop %s", ((const StopSettings *) settings)->node);
}

const OrrFault orr_fault_stop = {
  .entry = { .name = "stop",
             .summary = "Stops a node in good order and starts it again",
             .doc = "The node's processes are told, may still write and send, and everything is synced "
                    "before they are gone. "
                    "Volatile state is lost, nothing else. A node that is down already is left alone.",
             .size = sizeof (StopSettings),
             .fields = fields,
             .scalar = "node" },
  .target = "node",
  .begin = stop_begin,
  .end = stop_end,
  .describe = stop_describe,
};
