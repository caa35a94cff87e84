/* sync-crash.c: crashes at the worst moment.
 *
 * What a protocol must not lose it writes down before it speaks. Whether it does shows between the two: right
 * after a sync, right after a message was sent, right when one arrives. So a node crashes at the n-th of
 * these. */
#include "explore/swarm-private.h"

/* "when: {send: vote, nth: 3}": something that some node does, or this one. */
static char *
draw_moment (const OrrVariant *variant, const char *node, OrrDraw draw)
{
  const OrrRecord *messages = variant->base->model->messages;
  guint n = 0;
  guint64 nth = orr_draw_wide_count (orr_draw_fold (draw, 1), 1, 40);
  guint64 kind = orr_draw_below (draw, 3);
  while (messages && messages[n].name)
    n++;
  if (kind == 0 || n == 0)
    return g_strdup_printf ("when: {sync: %s, nth: %" G_GUINT64_FORMAT "}", node ? node : "any", nth);
  g_autoptr (GString) name = g_string_new (NULL);
  orr_name_print (messages[orr_draw_below (orr_draw_fold (draw, 2), n)].name, name);
  g_autofree char *who = node ? g_strdup_printf (", %s: %s", kind == 1 ? "from" : "to", node) : g_strdup ("");
  return g_strdup_printf ("when: {%s: %s%s, nth: %" G_GUINT64_FORMAT "}", kind == 1 ? "send" : "receive",
                          name->str, who, nth);
}

/* Mostly it is whoever did it that crashes, else a node that was chosen beforehand, whose moments alone
 * count. */
static void
add_crash (OrrVariant *variant, const OrrFamily *family, OrrDraw draw)
{
  gboolean is_chosen = family->role || orr_draw_once_in (draw, 3);
  const char *node
      = is_chosen ? orr_variant_draw_node (variant, family->role, orr_draw_fold (draw, 1)) : NULL;
  g_autofree char *when = draw_moment (variant, node, orr_draw_fold (draw, 2));
  if (node)
    orr_variant_add_named (variant, family, when, node, variant->duration / 4, orr_draw_fold (draw, 3));
  else if (!is_chosen)
    orr_variant_add_random (variant, family, when, "doer", variant->duration / 4, orr_draw_fold (draw, 3));
}

static void
draw_sync_crash (OrrVariant *variant)
{
  OrrDraw draw = orr_variant_draw (variant, "sync-crash");
  g_autoptr (GArray) families = orr_variant_families (variant);
  guint n = 1 + (guint) orr_draw_below (draw, 4);
  for (guint i = 0; i < n; i++)
    {
      OrrDraw own = orr_draw_fold (orr_draw_fold (draw, 1), i);
      const OrrFamily *family = orr_families_draw (families, "crash", orr_draw_fold (own, 1));
      if (family)
        add_crash (variant, family, orr_draw_fold (own, 2));
    }
  orr_variant_add_any (variant, orr_draw_wide (orr_draw_fold (draw, 2), 0.3, 4), orr_draw_fold (draw, 3));
}

const OrrStrategyEntry orr_strategy_sync_crash = {
  .name = "sync-crash",
  .summary = "Nodes crash at the n-th sync, sending or receipt",
  .source = "Pillai et al.: All File Systems Are Not Created Equal, OSDI 2014 (crashes between two steps of "
            "an update)",
  .draw = draw_sync_crash,
};
