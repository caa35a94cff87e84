/* clock.c: what nodes think the time is.
 *
 * No node has the true time. Its oscillator runs a little too fast or too slow (drift), and somebody once set
 * its wall clock more or less right (skew); since then an operator or a time daemon may have set it again
 * (jumps). The monotonic clock has the drift alone: it starts with the run and nobody sets it. Faults change
 * the rate of both for a while, so each is a line of pieces; timers that are set follow. All of it is integer
 * arithmetic in 128 bits, so that a clock reads the same everywhere and never runs backwards by a rounding.
 *
 * A node that is careful asks for an interval. It knows how well its clock was set (`bound`) and how fast
 * clocks drift at most (`drift`), so its interval grows; as long as skew and drift keep to that, true time
 * lies within. */
#include "engine/engine-private.h"

#define BILLION 1000000000

/* How much too fast the clocks run now. */
static gint64
rate_of (const OrrMachine *machine)
{
  if (machine->clock.stops > 0)
    return -BILLION;
  return machine->clock.change == 0 ? machine->drift
                                    : CLAMP (machine->drift + machine->clock.change, -BILLION, BILLION);
}

/* What the monotonic clock shows; rounded down. Since its rate last changed it has run evenly. */
static OrrTime
monotonic (const OrrMachine *machine, OrrTime now)
{
  const OrrClockState *clock = &machine->clock;
  gint64 rate = rate_of (machine);
  if (rate == 0)
    return clock->shown + (now - clock->since);
  __int128 product = (__int128) (now - clock->since) * (BILLION + rate);
  return clock->shown + (OrrTime) (product / BILLION);
}

static OrrTime
wall (const OrrMachine *machine, OrrTime now)
{
  return monotonic (machine, now) + machine->wall_offset;
}

/* How long such a clock takes to show so much more. Rounded up: since reading rounds down, it then shows at
 * least so much more, wherever it stood. */
static OrrTime
true_duration (gint64 rate, OrrTime duration)
{
  if (rate == 0)
    return duration;
  if (rate <= -BILLION)
    return duration == 0 ? 0 : ORR_TIME_NEVER;
  __int128 product = ((__int128) duration * BILLION + BILLION + rate - 1) / (BILLION + rate);
  return product > ORR_TIME_NEVER ? ORR_TIME_NEVER : (OrrTime) product;
}

/* Uniform between two bounds, both included. */
static gint64
draw_between (OrrDraw draw, gint64 least, gint64 most)
{
  return least + (gint64) orr_draw_below (draw, (guint64) (most - least) + 1);
}

static void
set_clock (OrrSimulation *simulation, OrrMachine *machine)
{
  const OrrClockSettings *clocks = &simulation->scenario->clocks;
  const OrrNodeSettings *settings = machine->settings;
  guint64 who = orr_draw_word (machine->name);

  OrrSkew skew = settings->skew.least == ORR_TIME_UNSET ? clocks->skew : settings->skew;
  machine->wall_offset = draw_between (orr_engine_draw (simulation, "skew", who, 0), skew.least, skew.most);

  machine->drift = settings->drift;
  if (settings->drift == G_MININT64)
    machine->drift
        = draw_between (orr_engine_draw (simulation, "drift", who, 0), -clocks->drift, clocks->drift);
}

void
orr_clocks_init (OrrSimulation *simulation)
{
  for (guint i = 0; i < simulation->n_machines; i++)
    {
      OrrMachine *machine = &simulation->machines[i];
      set_clock (simulation, machine);
      if (!simulation->options.choices)
        continue;
      g_array_append_val (simulation->options.choices->skews, machine->wall_offset);
      g_array_append_val (simulation->options.choices->drifts, machine->drift);
    }
}

OrrTime
orr_clock_true_after (const OrrMachine *machine, OrrTime duration)
{
  return true_duration (machine->drift, duration);
}

OrrTime
orr_clock_until (const OrrMachine *machine, OrrTime duration)
{
  return true_duration (rate_of (machine), duration);
}

void
orr_clock_change (OrrSimulation *simulation, OrrMachine *machine, gint64 by, gint stops)
{
  OrrClockState *clock = &machine->clock;
  clock->shown = monotonic (machine, simulation->now);
  clock->since = simulation->now;
  clock->change += by;
  clock->stops += (guint) stops;
  orr_timers_follow (simulation, machine);
}

void
orr_clock_jump (OrrMachine *machine, OrrTime by)
{
  /* Jump upon jump stays in range, so that no sum of times overflows. */
  machine->wall_offset = CLAMP (machine->wall_offset + by, -ORR_TIME_MAX, ORR_TIME_MAX);
}

OrrTime
orr_clock_wall (OrrNode *node)
{
  OrrMachine *machine = node->machine;
  machine->clock.uses++;
  if (G_UNLIKELY (machine->clock.jump_effects))
    ++*machine->clock.jump_effects;
  return wall (machine, node->simulation->now);
}

OrrTime
orr_clock_monotonic (OrrNode *node)
{
  node->machine->clock.uses++;
  return monotonic (node->machine, node->simulation->now);
}

/* Half the width of the interval: what the clock was set right to, and what it may have drifted since. */
static OrrTime
bound_of (const OrrNode *node)
{
  const OrrClockSettings *settings = &node->simulation->scenario->clocks;
  const OrrClockLie *lie = node->machine->clock.lie;
  if (lie && lie->bound != ORR_TIME_UNSET)
    return lie->bound;
  __int128 elapsed = monotonic (node->machine, node->simulation->now);
  __int128 bound = settings->bound + (elapsed * settings->drift + BILLION - 1) / BILLION;
  return (OrrTime) MIN (bound, ORR_TIME_MAX / 2);
}

void
orr_clock_bounds (OrrNode *node, OrrTime *ret_earliest, OrrTime *ret_latest)
{
  OrrTime bound = bound_of (node), wall = orr_clock_wall (node), now = node->simulation->now;
  *ret_earliest = wall - bound;
  *ret_latest = wall + bound;
  if (now < *ret_earliest || now > *ret_latest)
    node->machine->clock.lies++;
}
