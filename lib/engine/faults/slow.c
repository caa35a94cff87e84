/* slow.c: a node that limps.
 *
 * A throttled processor, a noisy neighbour, a failing fan. A node that is down is easy: everybody notices.
 * One that is ten times slower still answers its heartbeats, and whoever waits for it waits ten times longer.
 */
#include "engine/engine-private.h"

typedef struct
{
  const char *node;
  double factor;
} SlowSettings;

static const OrrField fields[] = {
  ORR_FIELD (SlowSettings, node, NODE, .required = TRUE, .doc = "which node"),
  ORR_FIELD (SlowSettings, factor, REAL, .initial = "10", .least = 1, .most = 1000000,
             .doc = "how many times longer its work takes"),
  { 0 },
};

static gboolean
slow_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const SlowSettings *settings = fault->settings;
  OrrMachine *machine = settings->node ? orr_machine_find (simulation, settings->node) : NULL;
  if (!machine)
    return FALSE;
  machine->slowings++;
  machine->slow *= settings->factor;
  fault->state = g_memdup2 (&machine->slowed, sizeof machine->slowed);
  return TRUE;
}

/* Overlapping ones multiply. With the last, no rounding is left over either. */
static void
slow_end (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const SlowSettings *settings = fault->settings;
  OrrMachine *machine = orr_machine_find (simulation, settings->node);
  g_autofree guint64 *before = g_steal_pointer (&fault->state);
  *fault->effects += machine->slowed - *before;
  machine->slow = --machine->slowings == 0 ? 1 : machine->slow / settings->factor;
}

static void
slow_describe (gconstpointer settings, GString *text)
{
  const SlowSettings *slow = settings;
  char factor[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (factor, sizeof factor, "%.6g", slow->factor);
  g_string_append_printf (text, "slow %s down %s times", slow->node, factor);
}

const OrrFault orr_fault_slow = {
  .entry
  = { .name = "slow",
      .summary = "Makes all work of a node take longer",
      .doc = "Service times, and the work that the model asks its processor for, take `factor` times "
             "as long. It makes no difference "
             "to a node whose handling takes no time. Its effects are the pieces of work that took longer.",
      .size = sizeof (SlowSettings),
      .fields = fields,
      .scalar = "node" },
  .target = "node",
  .begin = slow_begin,
  .end = slow_end,
  .describe = slow_describe,
};
