/* swarm.c: any faults, at any time.
 *
 * About half of all kinds are left out of a run; how often the others strike, for how long, and how hard, is
 * drawn widely. What one run does not try another does. */
#include "explore/swarm-private.h"

static void
draw_swarm (OrrVariant *variant)
{
  OrrDraw draw = orr_variant_draw (variant, "swarm");
  orr_variant_add_any (variant, orr_draw_wide (draw, 0.7, 16), orr_draw_fold (draw, 1));
}

const OrrStrategyEntry orr_strategy_swarm = {
  .name = "swarm",
  .summary = "Some kinds of faults, drawn anew for each run, at any time",
  .source = "Groce, Zhang, Eide, Chen & Regehr: Swarm Testing, ISSTA 2012",
  .draw = draw_swarm,
};
