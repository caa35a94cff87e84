/* swarm.c: a base scenario, a strategy and a seed make a variant.
 *
 * First the values that `fuzz:` names are chosen, and the scenario is read with them: they may change who
 * there is to strike, and what the model bears. All else is drawn for the scenario that comes of it. */
#include "explore/swarm-private.h"

#include "base/maths.h"
#include "base/quantity.h"
#include "engine/fault.h"
#include "report/catalog-new.h"

#include <string.h>

/* --- Numbers --- */

OrrDraw
orr_variant_draw (const OrrVariant *variant, const char *purpose)
{
  return orr_draw_fold (variant->draw, orr_draw_word (purpose));
}

gboolean
orr_draw_once_in (OrrDraw draw, guint n)
{
  return orr_draw_below (draw, n) == 0;
}

double
orr_draw_wide (OrrDraw draw, double least, double most)
{
  double from = orr_log (least), to = orr_log (MAX (most, least));
  return orr_exp (from + orr_draw_unit (draw) * (to - from));
}

guint64
orr_draw_wide_count (OrrDraw draw, guint64 least, guint64 most)
{
  guint64 count = (guint64) orr_draw_wide (draw, (double) least, (double) MAX (most, least) + 1);
  return CLAMP (count, least, MAX (most, least));
}

/* To two digits, as a person would have written it. */
static gint64
rounded (double value)
{
  gint64 whole = (gint64) value, unit = 1;
  while (whole / unit >= 100)
    unit *= 10;
  return MAX (whole / unit * unit, 1);
}

char *
orr_draw_duration (OrrDraw draw, OrrTime least, OrrTime most)
{
  return orr_duration_to_text (
      rounded (orr_draw_wide (draw, (double) MAX (least, 1), (double) MAX (most, 1))));
}

char *
orr_draw_share (OrrDraw draw, double least, double most)
{
  return orr_share_to_text (rounded (orr_draw_wide (draw, least, most) * (double) ORR_SHARE_WHOLE));
}

char *
orr_draw_latency (OrrDraw draw, OrrTime least, OrrTime most, OrrTime longest)
{
  double middle = orr_draw_wide (orr_draw_fold (draw, 1), (double) MAX (least, 1), (double) MAX (most, 1));
  g_autofree char *text = orr_duration_to_text (rounded (middle));
  g_autofree char *twice = orr_duration_to_text (rounded (2 * middle));
  double hundredth = middle * orr_draw_wide (orr_draw_fold (draw, 2), 2, 50);
  g_autofree char *tail
      = orr_duration_to_text (rounded (MIN (hundredth, MAX (2 * middle, (double) longest))));
  switch (orr_draw_below (orr_draw_fold (draw, 3), 4))
    {
    case 0:
      return g_steal_pointer (&text);
    case 1:
      return g_strdup_printf ("uniform(0s..%s)", twice);
    case 2:
      return g_strdup_printf ("exponential(mean %s)", text);
    default:
      return g_strdup_printf ("lognormal(median %s p99 %s)", text, tail);
    }
}

void
orr_variant_set (OrrVariant *variant, const char *path, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *value = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  orr_draft_set (variant->draft, path, value);
}

/* --- What may be used --- */

static gboolean
is_named (const OrrArray *words, const char *word)
{
  for (guint i = 0; i < words->length; i++)
    {
      const char *named = ((const char *const *) words->data)[i];
      gsize length = strlen (named);
      if (strncmp (named, word, length) == 0 && (word[length] == '\0' || word[length] == '-'))
        return TRUE;
    }
  return FALSE;
}

/* What is asked of a model for what is no fault of the catalog. */
static const char *
fault_like (const char *word)
{
  static const char *const of_links[] = { "loss", "duplicate", "reorder", "latency", NULL };
  return g_strv_contains (of_links, word) ? "link" : word;
}

gboolean
orr_variant_may (const OrrVariant *variant, const char *word)
{
  if (variant->base->fuzz_faults.length > 0)
    return is_named (&variant->base->fuzz_faults, word);
  return !variant->claims || orr_claims_bear (variant->claims, fault_like (word), NULL);
}

/* --- The values that `fuzz:` names --- */

static void
choose_values (OrrDraft *draft, const OrrScenario *base, guint n, OrrDraw draw)
{
  const OrrVariation *variations = base->fuzz.data;
  for (guint i = 0; i < n; i++)
    {
      OrrDraw own = orr_draw_fold (draw, orr_draw_word (variations[i].path));
      guint64 value = orr_draw_below (own, variations[i].values.length);
      orr_draft_set (draft, variations[i].path, ((const char *const *) variations[i].values.data)[value]);
    }
}

/* Each value alone was tried when the scenario was read; together they may contradict each other. Then fewer
 * are chosen. */
static void
choose (OrrVariant *variant)
{
  const OrrModel *const models[] = { variant->base->model, NULL };
  g_autoptr (OrrCatalog) catalog = orr_catalog_new (models);
  OrrDraw draw = orr_variant_draw (variant, "fuzz");
  for (guint n = variant->base->fuzz.length; n > 0; n--)
    {
      OrrDraft *draft = orr_draft_new (variant->base);
      choose_values (draft, variant->base, n, draw);
      variant->now = orr_draft_read (draft, catalog, NULL);
      if (variant->now)
        {
          variant->draft = draft;
          return;
        }
      orr_draft_free (draft);
    }
  variant->draft = orr_draft_new (variant->base);
  variant->now = orr_scenario_ref ((OrrScenario *) variant->base);
}

/* --- Drawing --- */

/* Lines that strike at random give way to those that are drawn; what stands at a time, or waits for
 * something, is part of the story. */
static void
drop_random_faults (OrrVariant *variant)
{
  const OrrFaultPlan *plans = variant->now->faults.data;
  guint n = variant->now->faults.length;
  g_autofree gboolean *kept = g_new (gboolean, n + 1);
  for (guint i = 0; i < n; i++)
    kept[i] = plans[i].trigger != ORR_TRIGGER_EVERY;
  orr_draft_keep (variant->draft, "faults", kept);
}

OrrDraft *
orr_swarm_draw (const OrrScenario *base, OrrStrategy strategy, guint64 seed)
{
  g_assert (strategy < ORR_N_STRATEGIES);
  OrrVariant variant = { .base = base, .draw = orr_draw_key (seed, "variant") };
  g_autoptr (OrrClaims) claims = orr_claims_new ();
  choose (&variant);
  if (base->model->claims)
    {
      base->model->claims (variant.now->options, 0, claims);
      variant.claims = claims;
    }
  orr_variant_set (&variant, "seed", "%" G_GUINT64_FORMAT, seed);
  drop_random_faults (&variant);
  orr_variant_draw_load (&variant);
  orr_variant_draw_world (&variant);
  orr_strategies[strategy]->draw (&variant);
  orr_variant_add_actions (&variant, orr_variant_draw (&variant, "actions"));
  orr_scenario_unref (variant.now);
  return variant.draft;
}

/* --- Strategies --- */

const char *
orr_strategy_name (OrrStrategy strategy)
{
  g_assert (strategy < ORR_N_STRATEGIES);
  return orr_strategies[strategy]->name;
}

const char *
orr_strategy_summary (OrrStrategy strategy)
{
  g_assert (strategy < ORR_N_STRATEGIES);
  return orr_strategies[strategy]->summary;
}

const char *
orr_strategy_source (OrrStrategy strategy)
{
  g_assert (strategy < ORR_N_STRATEGIES);
  return orr_strategies[strategy]->source;
}
