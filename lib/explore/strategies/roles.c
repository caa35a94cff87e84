/* roles.c: faults at whoever matters.
 *
 * A fault at a node that is drawn blindly mostly strikes one that has nothing to do. Whoever has just said
 * something in public (who leads, what is decided, what was applied) is in the middle of it: that node is
 * struck, and often another one at the same time. */
#include "explore/swarm-private.h"

static guint
count_facts (const OrrModel *model)
{
  guint n = 0;
  while (model->facts && model->facts[n].name)
    n++;
  return n;
}

/* A fact's name, between two texts. */
static char *
fact_within (const OrrModel *model, guint64 fact, const char *before, const char *behind)
{
  g_autoptr (GString) text = g_string_new (before);
  orr_name_print (model->facts[fact].name, text);
  return g_strconcat (text->str, behind, NULL);
}

/* Some time after it was said, or as soon as it is said again. */
static void
strike (OrrVariant *variant, const GArray *families, OrrDraw draw)
{
  const OrrModel *model = variant->base->model;
  guint64 fact = orr_draw_below (orr_draw_fold (draw, 1), count_facts (model));
  const OrrFamily *family = orr_families_draw (families, NULL, orr_draw_fold (draw, 2));
  const char *node = orr_variant_draw_node (variant, NULL, orr_draw_fold (draw, 3));
  OrrTime most = variant->duration / 2;
  g_autofree char *nth = g_strdup_printf (", nth: %" G_GUINT64_FORMAT "}",
                                          orr_draw_wide_count (orr_draw_fold (draw, 5), 1, 60));
  g_autofree char *target = fact_within (model, fact, "said(", ")");
  g_autofree char *at
      = orr_draw_duration (orr_draw_fold (draw, 4), variant->duration / 50, variant->duration);
  g_autofree char *when = orr_draw_once_in (orr_draw_fold (draw, 6), 3)
                              ? g_strconcat ("at: ", at, NULL)
                              : fact_within (model, fact, "when: {fact: ", nth);
  orr_variant_add_random (variant, family, when, target, most, orr_draw_fold (draw, 7));
  if (node && orr_draw_once_in (orr_draw_fold (draw, 8), 3))
    orr_variant_add_random (variant, family, when, node, most, orr_draw_fold (draw, 9));
}

static void
draw_roles (OrrVariant *variant)
{
  OrrDraw draw = orr_variant_draw (variant, "roles");
  g_autoptr (GArray) families = orr_variant_families (variant);
  guint n = 1 + (guint) orr_draw_below (draw, 3);
  for (guint i = families->len; i > 0; i--)
    if (g_array_index (families, OrrFamily, i - 1).role || g_array_index (families, OrrFamily, i - 1).costs)
      g_array_remove_index (families, i - 1);
  for (guint i = 0; count_facts (variant->base->model) > 0 && families->len > 0 && i < n; i++)
    strike (variant, families, orr_draw_fold (orr_draw_fold (draw, 1), i));
  orr_variant_add_any (variant, orr_draw_wide (orr_draw_fold (draw, 2), 0.3, 4), orr_draw_fold (draw, 3));
}

const OrrStrategyEntry orr_strategy_roles = {
  .name = "roles",
  .summary = "Faults strike whoever has just said something in public, and a neighbour at the same time",
  .source = "Alvaro, Rosen & Hellerstein: Lineage-driven Fault Injection, SIGMOD 2015 (faults where the "
            "outcome hangs on them)",
  .draw = draw_roles,
};
