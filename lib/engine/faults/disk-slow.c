/* disk-slow.c: a disk that takes its time.
 *
 * A neighbour on the same volume, a battery that is learning, a drive that reads its sectors three times.
 * Nothing is lost and nothing hangs; but whoever waits for a sync before it answers becomes as slow as its
 * disk. */
#include "engine/engine-private.h"

#include <math.h>

typedef struct
{
  const char *node;
  double factor; /* unset: 10, or 1 where a time is given */
  OrrDistribution *write, *sync;
} SlowSettings;

static const OrrField fields[] = {
  ORR_FIELD (SlowSettings, node, NODE, .required = TRUE, .doc = "whose disk"),
  ORR_FIELD (SlowSettings, factor, REAL, .least = 1, .most = 1000000,
             .doc
             = "how many times longer writes and syncs take. Default: 10, or 1 beside `write` or `sync`"),
  ORR_FIELD (SlowSettings, write, DISTRIBUTION, .doc = "in the place of the usual time of a write"),
  ORR_FIELD (SlowSettings, sync, DISTRIBUTION, .doc = "in the place of the usual time of a sync"),
  { 0 },
};

static double
factor_of (const SlowSettings *settings)
{
  if (!isnan (settings->factor))
    return settings->factor;
  return settings->write || settings->sync ? 1 : 10;
}

static gboolean
slow_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const SlowSettings *settings = fault->settings;
  OrrMachine *machine = settings->node ? orr_machine_find (simulation, settings->node) : NULL;
  if (!machine)
    return FALSE;
  OrrDiskSlowing *slowing = g_new0 (OrrDiskSlowing, 1);
  slowing->write = settings->write;
  slowing->sync = settings->sync;
  slowing->factor = factor_of (settings);
  slowing->effects = fault->effects;
  orr_disk_slow (machine, slowing);
  fault->state = slowing;
  return TRUE;
}

static void
slow_end (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const SlowSettings *settings = fault->settings;
  g_autofree OrrDiskSlowing *slowing = g_steal_pointer (&fault->state);
  orr_disk_unslow (orr_machine_find (simulation, settings->node), slowing);
}

static void
slow_describe (gconstpointer data, GString *text)
{
  const SlowSettings *settings = data;
  g_string_append_printf (text, "slow the disk of %s down", settings->node);
  if (factor_of (settings) != 1)
    {
      char factor[G_ASCII_DTOSTR_BUF_SIZE];
      g_ascii_formatd (factor, sizeof factor, "%.6g", factor_of (settings));
      g_string_append_printf (text, " %s times", factor);
    }
  if (settings->write)
    {
      g_autofree char *write = orr_distribution_to_text (settings->write);
      g_string_append_printf (text, ", write %s", write);
    }
  if (settings->sync)
    {
      g_autofree char *sync = orr_distribution_to_text (settings->sync);
      g_string_append_printf (text, ", sync %s", sync);
    }
}

const OrrFault orr_fault_disk_slow = {
  .entry
  = { .name = "disk-slow",
      .summary = "Makes writes and syncs of a node take longer",
      .doc
      = "Requests that are made meanwhile take `factor` times as long, or as long as `write` and `sync` say. "
        "Of several at the same time the latest counts. A disk that takes no time takes none `factor` times "
        "either. Its effects are the writes and syncs that took another time.",
      .size = sizeof (SlowSettings),
      .fields = fields,
      .scalar = "node" },
  .target = "node",
  .begin = slow_begin,
  .end = slow_end,
  .describe = slow_describe,
};
