/* swarm-world.c: in what world a variant runs, and what its clients do there.
 *
 * The base scenario gives the scale: its latency, its duration. Around it all is drawn over one or two orders
 * of magnitude, since a mistake shows where two times are of one size and nobody knows which two. */
#include "explore/swarm-private.h"

#include "base/quantity.h"

/* A load has at least and at most so many operations. */
#define OPERATIONS_LEAST 10
#define OPERATIONS_MOST  200
#define SESSIONS_MOST    8
#define KEYS_MOST        8

/* --- Network --- */

/* Half of the variants do not lose, or double, anything. */
static void
draw_network_share (OrrVariant *variant, const char *word)
{
  OrrDraw draw = orr_variant_draw (variant, word);
  if (!orr_variant_may (variant, word))
    return;
  g_autofree char *path = g_strconcat ("network.", word, NULL);
  g_autofree char *share = orr_draw_share (orr_draw_fold (draw, 1), 0.001, 0.3);
  orr_draft_set (variant->draft, path, orr_draw_once_in (draw, 2) ? share : "0");
}

static void
draw_network (OrrVariant *variant)
{
  OrrDraw draw = orr_variant_draw (variant, "latency");
  double mean = orr_distribution_mean (variant->now->network.latency);
  OrrTime middle = (OrrTime) CLAMP (mean, 1000, (double) variant->duration / 20);
  g_autofree char *latency = orr_draw_latency (orr_draw_fold (draw, 1), middle / 10,
                                               MIN (middle * 20, variant->duration / 20), ORR_TIME_MAX);
  if (orr_variant_may (variant, "latency") && !orr_draw_once_in (draw, 4))
    orr_draft_set (variant->draft, "network.latency", latency);
  draw_network_share (variant, "loss");
  draw_network_share (variant, "duplicate");
  if (orr_variant_may (variant, "reorder"))
    orr_draft_set (variant->draft, "network.reorder",
                   orr_draw_once_in (orr_variant_draw (variant, "reorder"), 4) ? "false" : "true");
}

/* --- Clocks and disks --- */

static void
draw_clocks (OrrVariant *variant)
{
  OrrDraw draw = orr_variant_draw (variant, "clocks");
  if (!orr_variant_may (variant, "clock"))
    return;
  g_autofree char *off = orr_draw_duration (orr_draw_fold (draw, 1), 10 * ORR_MICROSECOND, variant->duration);
  g_autofree char *drift = orr_draw_share (orr_draw_fold (draw, 2), 1e-6, 0.02);
  if (orr_draw_once_in (orr_draw_fold (draw, 3), 2))
    orr_variant_set (variant, "clocks.skew", "uniform(-%s..%s)", off, off);
  if (orr_variant_may (variant, "clock-drift") && orr_draw_once_in (orr_draw_fold (draw, 4), 2))
    orr_draft_set (variant->draft, "clocks.drift", drift);
}

/* What a crash of the system takes is a matter of such crashes alone. A message that is late is sent again, a
 * sync that takes long has to be waited for: it must be done when the time to settle is over. */
static void
draw_disk (OrrVariant *variant)
{
  const OrrTime longest = variant->duration / 8;
  static const char *const loses[] = { "tail", "nothing", "all", "any" };
  OrrDraw draw = orr_variant_draw (variant, "disks");
  g_autofree char *write
      = orr_draw_latency (orr_draw_fold (draw, 1), ORR_MICROSECOND, variant->duration / 1000, longest);
  g_autofree char *sync
      = orr_draw_latency (orr_draw_fold (draw, 2), 10 * ORR_MICROSECOND, variant->duration / 20, longest);
  if (orr_variant_may (variant, "disk") && !orr_draw_once_in (orr_draw_fold (draw, 3), 3))
    {
      orr_draft_set (variant->draft, "disk.write", write);
      orr_draft_set (variant->draft, "disk.sync", sync);
    }
  if (orr_variant_may (variant, "crash-os") && orr_draw_once_in (orr_draw_fold (draw, 4), 2))
    orr_draft_set (variant->draft, "disk.loses",
                   loses[orr_draw_below (orr_draw_fold (draw, 5), G_N_ELEMENTS (loses))]);
}

void
orr_variant_draw_world (OrrVariant *variant)
{
  draw_network (variant);
  draw_clocks (variant);
  draw_disk (variant);
}

/* --- Load --- */

/* How much each kind weighs next to the others; one in four is left out, but never all. */
static void
draw_weights (OrrDraw draw, double *weights, guint n)
{
  guint left_in = (guint) orr_draw_below (orr_draw_fold (draw, n), n);
  for (guint i = 0; i < n; i++)
    {
      OrrDraw own = orr_draw_fold (draw, i);
      gboolean is_out = i != left_in && orr_draw_once_in (own, 4);
      weights[i] = is_out ? 0 : orr_draw_wide (orr_draw_fold (own, 1), 0.1, 1);
    }
}

/* Whole percents; what rounding leaves over goes to the last that is left in. */
static void
draw_mix (OrrVariant *variant)
{
  const OrrYaml *mix = orr_draft_get (variant->draft, "workload.mix");
  guint n = mix->n_children, last = 0;
  g_autofree double *weights = g_new (double, n);
  g_autofree guint *shares = g_new (guint, n);
  double sum = 0;
  guint left = 100;
  draw_weights (orr_variant_draw (variant, "mix"), weights, n);
  for (guint i = 0; i < n; i++)
    sum += weights[i];
  for (guint i = 0; i < n; i++)
    {
      shares[i] = (guint) (100 * weights[i] / sum);
      left -= shares[i];
      last = weights[i] > 0 ? i : last;
    }
  shares[last] += left;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = mix->keys ? g_strdup_printf ("workload.mix.%s", mix->keys[i]->text)
                                        : g_strdup_printf ("workload.mix.%u.share", i);
      orr_variant_set (variant, path, "%u%%", shares[i]);
    }
}

static guint
draw_sessions (OrrVariant *variant)
{
  const OrrClientSettings *clients = &variant->now->clients;
  OrrDraw draw = orr_variant_draw (variant, "sessions");
  if (clients->names.length > 0 || variant->now->workload.operations.length > 0)
    return variant->now->n_sessions;
  guint sessions = (guint) orr_draw_wide_count (draw, 1, SESSIONS_MOST);
  guint hosts = (guint) orr_draw_wide_count (orr_draw_fold (draw, 1), 1, MIN (sessions, 3));
  orr_variant_set (variant, "clients.sessions", "%u", sessions);
  if (variant->now->layout->nodes->len < 64) /* else they are the author's */
    orr_variant_set (variant, "clients.hosts", "%u", hosts);
  return sessions;
}

static void
draw_keys (OrrVariant *variant)
{
  OrrDraw draw = orr_variant_draw (variant, "keys");
  guint64 least = MIN (variant->now->workload.keys.count, 2);
  g_autofree char *skew = orr_draw_once_in (orr_draw_fold (draw, 1), 3) ? g_strdup ("zipf(0.99)") : NULL;
  orr_variant_set (variant, "workload.keys.count", "%" G_GUINT64_FORMAT,
                   orr_draw_wide_count (draw, least, KEYS_MOST));
  if (skew)
    orr_draft_set (variant->draft, "workload.keys.choose", skew);
}

/* So many operations, over all of the time or a part of it. */
static void
draw_pace (OrrVariant *variant, guint sessions)
{
  OrrDraw draw = orr_variant_draw (variant, "pace");
  guint64 n = orr_draw_wide_count (draw, OPERATIONS_LEAST, OPERATIONS_MOST);
  double busy = (double) variant->duration * orr_draw_wide (orr_draw_fold (draw, 1), 0.1, 1);
  gboolean open = variant->now->workload.arrival.interval != NULL;
  g_autofree char *interval = orr_draw_duration (orr_draw_fold (draw, 2), (OrrTime) (busy / (double) n),
                                                 (OrrTime) (busy / (double) n * (open ? 1 : sessions)));
  if (open)
    orr_variant_set (variant, "workload.arrival", "poisson(%u/s)",
                     (guint) CLAMP ((double) n / (busy / ORR_SECOND), 1, 1000000));
  else
    orr_variant_set (variant, "workload.think", "exponential(mean %s)", interval);
  orr_variant_set (variant, "workload.operations-max", "%" G_GUINT64_FORMAT, n);
}

/* The load must last until the last fault that the base scenario plans. */
static OrrTime
last_strike (const OrrScenario *scenario)
{
  const OrrFaultPlan *plans = scenario->faults.data;
  OrrTime last = 0;
  for (guint i = 0; i < scenario->faults.length; i++)
    if (plans[i].trigger == ORR_TRIGGER_AT)
      last = MAX (last, plans[i].at);
  return last;
}

/* Between an eighth of what the base scenario has, and all of it. */
static void
draw_length (OrrVariant *variant)
{
  OrrTime whole = variant->now->duration, last = last_strike (variant->now);
  OrrTime least = MAX (whole / 8, MIN (last + last / 5 + 1, whole));
  g_autofree char *duration = orr_draw_duration (orr_variant_draw (variant, "duration"), least, whole);
  orr_duration_parse (duration, &variant->duration, NULL);
  if (variant->duration > last && variant->duration <= whole)
    orr_draft_set (variant->draft, "duration", duration);
  else
    variant->duration = whole;
}

void
orr_variant_draw_load (OrrVariant *variant)
{
  const OrrScenario *now = variant->now;
  guint sessions = draw_sessions (variant);
  variant->duration = MAX (now->duration, ORR_MILLISECOND);
  if (now->workload.mix.length == 0)
    return;
  if (now->workload.operations.length == 0 && now->duration > ORR_MILLISECOND)
    draw_length (variant);
  draw_mix (variant);
  draw_keys (variant);
  draw_pace (variant, sessions);
}
