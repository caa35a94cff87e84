/* clock.c: what nodes think the time is.
 *
 * No node has the true time. Its oscillator runs a little too fast or too slow (drift), and somebody once set
 * its wall clock more or less right (skew); since then an operator or a time daemon may have set it again
 * (jumps). The monotonic clock has the drift alone: it starts with the run and nobody sets it. All of it is
 * integer arithmetic in 128 bits, so that a clock reads the same everywhere and never runs backwards by a
 * rounding. */
#include "engine/engine-private.h"

#define BILLION 1000000000

/* What a clock that started with the run and drifts shows; rounded down. */
static OrrTime
drifted (const OrrMachine *machine, OrrTime now)
{
  if (machine->drift == 0)
    return now;
  __int128 product = (__int128) now * (BILLION + machine->drift);
  return (OrrTime) (product / BILLION);
}

static OrrTime
wall (const OrrMachine *machine, OrrTime now)
{
  return drifted (machine, now) + machine->wall_offset;
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
    set_clock (simulation, &simulation->machines[i]);
}

OrrTime
orr_clock_true_after (const OrrMachine *machine, OrrTime monotonic)
{
  if (machine->drift == 0)
    return monotonic;
  /* Rounded up: since reading rounds down, the clock then shows at least so much more, wherever it stood. */
  gint64 rate = BILLION + machine->drift;
  if (rate <= 0)
    return monotonic == 0 ? 0 : ORR_TIME_NEVER;
  __int128 duration = ((__int128) monotonic * BILLION + rate - 1) / rate;
  return duration > ORR_TIME_NEVER ? ORR_TIME_NEVER : (OrrTime) duration;
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
  return wall (node->machine, node->simulation->now);
}

OrrTime
orr_clock_monotonic (OrrNode *node)
{
  return drifted (node->machine, node->simulation->now);
}

void
orr_clock_bounds (OrrNode *node, OrrTime *ret_earliest, OrrTime *ret_latest)
{
  OrrTime bound = node->simulation->scenario->clocks.bound;
  OrrTime now = orr_clock_wall (node);
  *ret_earliest = now - bound;
  *ret_latest = now + bound;
}
