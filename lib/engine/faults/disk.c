/* disk.c: a disk that hangs.
 *
 * A controller resets, a cloud volume is moved, a cache is flushed: for a while no write and no sync comes
 * back, then all of them do. Nothing is lost unless something else happens meanwhile; but whoever waits for a
 * sync before answering waits. */
#include "engine/engine-private.h"

typedef struct
{
  const char *node;
  OrrTime stall;
} DiskSettings;

static const OrrField fields[] = {
  ORR_FIELD (DiskSettings, node, NODE, .required = TRUE, .doc = "whose disk"),
  ORR_FIELD (DiskSettings, stall, DURATION, .initial = "1s", .least = 0, .most = ORR_TIME_MAX,
             .doc = "how long"),
  { 0 },
};

static gboolean
disk_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const DiskSettings *settings = fault->settings;
  OrrMachine *machine = settings->node ? orr_machine_find (simulation, settings->node) : NULL;
  if (!machine)
    return FALSE;
  orr_disk_stall (simulation, machine, orr_time_add (simulation->now, settings->stall), fault->effects);
  fault->duration = settings->stall;
  return TRUE;
}

static void
disk_describe (gconstpointer settings, GString *text)
{
  const DiskSettings *disk = settings;
  g_autofree char *stall = orr_duration_to_text (disk->stall);
  g_string_append_printf (text, "stall the disk of %s for %s", disk->node, stall);
}

static const char *
disk_endless (gconstpointer settings G_GNUC_UNUSED)
{
  return "a stall lasts as long as 'stall' says";
}

const OrrFault orr_fault_disk = {
  .entry = { .name = "disk",
             .summary = "Stalls a node's disk",
             .doc = "No write and no sync of the node is done before the stall is over, those under way "
                    "included; `stall` says how long, so it takes no "
                    "`for`. Its effects are the requests that were delayed.",
             .size = sizeof (DiskSettings),
             .fields = fields,
             .endless = disk_endless },
  .target = "node",
  .begin = disk_begin,
  .describe = disk_describe,
};
