/* clock.c: a wall clock that is set.
 *
 * An operator mistypes, a time daemon steps, a leap second is applied twice. The wall clock jumps, to either
 * side, and stays there; the monotonic clock and the timers don't notice. */
#include "engine/engine-private.h"

typedef struct
{
  const char *node;
  OrrTime jump;
} ClockSettings;

static const OrrField fields[] = {
  ORR_FIELD (ClockSettings, node, NODE, .required = TRUE, .doc = "whose clock"),
  ORR_FIELD (ClockSettings, jump, DURATION, .initial = "-2s", .least = -ORR_TIME_MAX, .most = ORR_TIME_MAX,
             .doc = "by how much; below 0: back"),
  { 0 },
};

static gboolean
clock_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const ClockSettings *settings = fault->settings;
  OrrMachine *machine = settings->node ? orr_machine_find (simulation, settings->node) : NULL;
  if (!machine)
    return FALSE;
  orr_clock_jump (machine, settings->jump);
  machine->clock.jump_effects = settings->jump != 0 ? fault->effects : NULL;
  return TRUE;
}

static void
clock_describe (gconstpointer settings, GString *text)
{
  const ClockSettings *clock = settings;
  g_autofree char *jump = orr_duration_to_text (clock->jump);
  g_string_append_printf (text, "set the clock of %s by %s", clock->node, jump);
}

static const char *
clock_endless (gconstpointer settings G_GNUC_UNUSED)
{
  return "a wall clock stays as it was set";
}

const OrrFault orr_fault_clock = {
  .entry
  = { .name = "clock",
      .summary = "Sets a node's wall clock forward or back",
      .doc = "The wall clock jumps and stays there, so it takes no `for`. The monotonic clock "
             "goes on, and timers with it. Its effects are the times that the node then read its wall clock, "
             "up to the next jump.",
      .size = sizeof (ClockSettings),
      .fields = fields,
      .endless = clock_endless },
  .target = "node",
  .begin = clock_begin,
  .describe = clock_describe,
};
