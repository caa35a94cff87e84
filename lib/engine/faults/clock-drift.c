/* clock-drift.c: clocks that run too fast or too slow for a while.
 *
 * A quartz that gets hot, a virtual machine whose host is overcommitted, a time daemon that slews: the
 * seconds of a node are longer or shorter than true ones. No reading looks wrong by itself; but two nodes
 * that wait ten seconds each do not wait for the same time, and that is what leases rest on. */
#include "engine/engine-private.h"

typedef struct
{
  const char *node;
  gint64 by; /* parts per billion */
} DriftSettings;

static const OrrField fields[] = {
  ORR_FIELD (DriftSettings, node, NODE, .required = TRUE, .doc = "whose clocks"),
  ORR_FIELD (DriftSettings, by, DRIFT, .initial = "1%", .least = -999999999, .most = 1000000000,
             .doc = "how much too fast they run; below 0: too slow"),
  { 0 },
};

static gboolean
drift_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const DriftSettings *settings = fault->settings;
  OrrMachine *machine = settings->node ? orr_machine_find (simulation, settings->node) : NULL;
  if (!machine || settings->by == 0)
    return FALSE;
  fault->state = g_memdup2 (&machine->clock.uses, sizeof machine->clock.uses);
  orr_clock_change (simulation, machine, settings->by, 0);
  return TRUE;
}

static void
drift_end (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const DriftSettings *settings = fault->settings;
  OrrMachine *machine = orr_machine_find (simulation, settings->node);
  g_autofree guint64 *before = g_steal_pointer (&fault->state);
  *fault->effects += machine->clock.uses - *before;
  orr_clock_change (simulation, machine, -settings->by, 0);
}

static void
drift_describe (gconstpointer data, GString *text)
{
  const DriftSettings *settings = data;
  g_string_append_printf (text, "let the clocks of %s run ", settings->node);
  gint64 much = ABS (settings->by);
  orr_type_DRIFT.print (NULL, NULL, &much, text);
  g_string_append (text, settings->by < 0 ? " too slow" : " too fast");
}

const OrrFault orr_fault_clock_drift = {
  .entry
  = { .name = "clock-drift",
      .summary = "Lets a node's clocks run too fast or too slow",
      .doc
      = "Wall clock, monotonic clock and timers run by so much too fast (below 0: too slow), those "
        "timers that are set already included. Several at the same time add up, to standing still and to "
        "twice the speed at most. When it is over, the clocks run as before, and stay as far off as they "
        "are. The bound of the interval clock knows nothing of it; nor does a client's patience, which is "
        "its `timeout`. Its effects are the times that the node read its clocks or set a timer, and the "
        "timers that it moved.",
      .size = sizeof (DriftSettings),
      .fields = fields },
  .target = "node",
  .begin = drift_begin,
  .end = drift_end,
  .describe = drift_describe,
};
