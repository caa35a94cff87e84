/* priorities.c: messages and timers in an order of random priorities. */
#include "explore/swarm-private.h"

static void
draw_priorities (OrrVariant *variant)
{
  OrrDraw draw = orr_variant_draw (variant, "priorities");
  g_autoptr (GArray) families = orr_variant_families (variant);
  const OrrFamily *family = orr_families_draw (families, "priorities", draw);
  if (family)
    orr_variant_add_random (variant, family, "at: 0s", NULL, variant->duration, orr_draw_fold (draw, 1));
  orr_variant_add_any (variant, orr_draw_wide (orr_draw_fold (draw, 2), 0.3, 4), orr_draw_fold (draw, 3));
}

const OrrStrategyEntry orr_strategy_priorities = {
  .name = "priorities",
  .summary = "Links and nodes have random priorities, which change at a few points",
  .source = "Burckhardt, Kothari, Musuvathi & Nagarakatte: A Randomized Scheduler with Probabilistic "
            "Guarantees of Finding Bugs, ASPLOS 2010; "
            "for messages Ozkan et al., OOPSLA 2018",
  .draw = draw_priorities,
};
