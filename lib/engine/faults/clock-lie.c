/* clock-lie.c: an interval clock that promises too much.
 *
 * A clock that tells an interval (TrueTime: Corbett et al., Spanner: Google's Globally-Distributed Database,
 * OSDI 2012, section 3) is worth as much as its bound. Whoever waits until an instant is surely past relies
 * on true time being within. When a time server is wrong, or a quartz is worse than its data sheet, it is
 * not. */
#include "engine/engine-private.h"

typedef struct
{
  const char *node;
  OrrTime off;
  OrrTime bound; /* unset: as ever */
} LieSettings;

typedef struct
{
  OrrClockLie lie;
  guint64 lies_before;
} Lie;

static const OrrField fields[] = {
  ORR_FIELD (LieSettings, node, NODE, .required = TRUE, .doc = "whose clock"),
  ORR_FIELD (LieSettings, off, DURATION, .initial = "100ms", .least = -ORR_TIME_MAX, .most = ORR_TIME_MAX,
             .doc = "how far wall clock and interval are off meanwhile; below 0: behind"),
  ORR_FIELD (LieSettings, bound, DURATION, .least = 0, .most = ORR_TIME_MAX,
             .doc = "half the width of the interval meanwhile; not given: as it would be"),
  { 0 },
};

static gboolean
lie_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const LieSettings *settings = fault->settings;
  OrrMachine *machine = settings->node ? orr_machine_find (simulation, settings->node) : NULL;
  if (!machine || (settings->off == 0 && settings->bound == ORR_TIME_UNSET))
    return FALSE;
  Lie *state = g_new0 (Lie, 1);
  state->lie = (OrrClockLie){ .bound = settings->bound, .next = machine->clock.lie };
  state->lies_before = machine->clock.lies;
  machine->clock.lie = &state->lie;
  orr_clock_jump (machine, settings->off);
  fault->state = state;
  return TRUE;
}

static void
lie_end (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const LieSettings *settings = fault->settings;
  OrrMachine *machine = orr_machine_find (simulation, settings->node);
  g_autofree Lie *state = g_steal_pointer (&fault->state);
  *fault->effects += machine->clock.lies - state->lies_before;
  for (OrrClockLie **link = &machine->clock.lie; *link; link = &(*link)->next)
    if (*link == &state->lie)
      {
        *link = state->lie.next;
        break;
      }
  orr_clock_jump (machine, -settings->off);
}

static void
lie_describe (gconstpointer data, GString *text)
{
  const LieSettings *settings = data;
  g_autofree char *off = orr_duration_to_text (settings->off);
  g_string_append_printf (text, "let the clock of %s be off by %s", settings->node, off);
  if (settings->bound == ORR_TIME_UNSET)
    return;
  g_autofree char *bound = orr_duration_to_text (settings->bound);
  g_string_append_printf (text, " and believe itself right to %s", bound);
}

const OrrFault orr_fault_clock_lie = {
  .entry
  = { .name = "clock-lie",
      .summary = "Lets true time lie outside of the interval that a node's clock tells",
      .doc
      = "For a while wall clock and interval are off by `off`, of which the bound knows nothing, and the "
        "bound "
        "may be another. Monotonic clock and timers don't notice. Of several at the same time the latest "
        "gives the bound, and all of them are off. Its effects are the times that the node was told an "
        "interval in which true time did not lie.",
      .size = sizeof (LieSettings),
      .fields = fields },
  .target = "node",
  .begin = lie_begin,
  .end = lie_end,
  .describe = lie_describe,
};
