/* swizzle.c: nodes that drop out one by one and come back in another order.
 *
 * The fault of that name, at one time or two, and little else beside it. */
#include "explore/swarm-private.h"

static void
draw_swizzle (OrrVariant *variant)
{
  OrrDraw draw = orr_variant_draw (variant, "swizzle");
  g_autoptr (GArray) families = orr_variant_families (variant);
  const OrrFamily *family = orr_families_draw (families, "swizzle", draw);
  guint n = 1 + (guint) orr_draw_below (orr_draw_fold (draw, 1), 2);
  for (guint i = 0; family && i < n; i++)
    {
      OrrDraw own = orr_draw_fold (orr_draw_fold (draw, 2), i);
      g_autofree char *at = orr_draw_duration (own, variant->duration / 50, variant->duration / 2);
      g_autofree char *when = g_strconcat ("at: ", at, NULL);
      orr_variant_add_random (variant, family, when, NULL, variant->duration, orr_draw_fold (own, 1));
    }
  orr_variant_add_any (variant, orr_draw_wide (orr_draw_fold (draw, 3), 0.3, 4), orr_draw_fold (draw, 4));
}

const OrrStrategyEntry orr_strategy_swizzle = {
  .name = "swizzle",
  .summary = "Nodes are clogged one after the other, and cleared in another order",
  .source = "Zhou et al.: FoundationDB, SIGMOD 2021, section 4",
  .draw = draw_swizzle,
};
