/* disk-full.c: no space left on the device.
 *
 * Logs that nobody rotated, a backup in the wrong place. Reading goes on as ever, and so does what needs no
 * new space. But a database whose log can't be written can't keep any promise, nor take back what it has
 * already done in memory: PostgreSQL panics ("could not write to file: No space left on device", PANIC within
 * a critical section), and so do most. So the process dies of the first new thing that it wants written, and
 * can't start again before there is room. */
#include "engine/engine-private.h"

typedef struct
{
  const char *node;
} FullSettings;

static const OrrField fields[] = {
  ORR_FIELD (FullSettings, node, NODE, .required = TRUE, .doc = "whose disk"),
  { 0 },
};

static gboolean
full_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const FullSettings *settings = fault->settings;
  OrrMachine *machine = settings->node ? orr_machine_find (simulation, settings->node) : NULL;
  return machine && orr_disk_fill (machine, fault->index);
}

/* A write was refused, and what asked for it has not died of anything else meanwhile. */
static void
full_step (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const FullSettings *settings = fault->settings;
  OrrMachine *machine = orr_machine_find (simulation, settings->node);
  if (!machine->up || !orr_disk_has_refused (machine))
    return;
  orr_machine_stop (simulation, machine, ORR_START_PROCESS_CRASH);
  fault->state = g_malloc0 (1);
  ++*fault->effects;
}

static void
full_end (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const FullSettings *settings = fault->settings;
  OrrMachine *machine = orr_machine_find (simulation, settings->node);
  /* At this very instant: there is room too late for it. */
  if (orr_disk_has_refused (machine))
    full_step (simulation, fault);
  g_autofree char *killed = g_steal_pointer (&fault->state);
  orr_disk_clear (machine);
  if (killed)
    orr_machine_start (simulation, machine, ORR_START_PROCESS_CRASH);
}

static void
full_describe (gconstpointer settings, GString *text)
{
  g_string_append_printf (text, "fill the disk of %s", ((const FullSettings *) settings)->node);
}

const OrrFault orr_fault_disk_full = {
  .entry
  = { .name = "disk-full",
      .summary = "Leaves no space on a node's disk",
      .doc
      = "The first write or sync that would put something new on the disk is refused: its process dies at "
        "once, and starts again when the fault ends, with all that was written. Who writes nothing lives "
        "on. Its effects are the processes that died of it.",
      .size = sizeof (FullSettings),
      .fields = fields,
      .scalar = "node" },
  .target = "node",
  .begin = full_begin,
  .step = full_step,
  .end = full_end,
  .describe = full_describe,
};
