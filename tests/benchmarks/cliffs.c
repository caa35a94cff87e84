/* cliffs.c: unfriendly loads, as ratios to the friendly one.
 *
 * PHOLD through the network with delays that some queues can not bear: none at all, from a microsecond to
 * minutes, of two kinds far apart; with very many nodes; and with a long timer that each message cancels and
 * sets anew. All play in turns, the best of some rounds each. */
#include "phold-model.h"

#include <stdlib.h>

/* The same, but whoever gets a ball loses patience an hour later if no other comes. */

typedef struct
{
  Player player;
  OrrTimer patience;
} Impatient;

static void
impatient_on_message (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  Impatient *state = orr_state (node);
  orr_timer_cancel (node, &state->patience);
  state->patience = orr_timer_set (node, 3600 * ORR_SECOND, 0, NULL);
  player_on_message (node, from, type, body);
}

static void
impatient_on_timer (OrrNode *node, guint kind G_GNUC_UNUSED, gconstpointer body G_GNUC_UNUSED)
{
  Impatient *state = orr_state (node);
  state->patience = 0;
}

static const OrrRecord impatient_timers[] = {
  { .name = "patience", .doc = "an hour without a ball" },
  { 0 },
};

static const OrrRole impatient_player = {
  .name = "player",
  .state_size = sizeof (Impatient),
  .on_start = player_on_start,
  .on_message = impatient_on_message,
  .on_timer = impatient_on_timer,
};

static const OrrRole *const impatient_roles[] = { &impatient_player, NULL };

static const OrrModel impatient_phold = {
  .abi = ORR_MODEL_ABI,
  .entry = { .name = "phold",
             .summary = "Balls that are thrown on by impatient players",
             .size = sizeof (Options),
             .fields = option_fields },
  .messages = messages,
  .timers = impatient_timers,
  .roles = impatient_roles,
  .objects = objects,
  .draws = draws,
  .layout = layout,
};

typedef struct
{
  const char *name;
  const OrrModel *model;
  guint nodes, pending;
  const char *latency;
} Load;

static const Load loads[] = {
  { "plain", &phold, 1024, 16384, "100ms + exponential(mean 1s)" },
  { "no look-ahead", &phold, 1024, 16384, "exponential(mean 1s)" },
  { "no delay at all", &phold, 1024, 16384, "0s" },
  { "no delay, or a second", &phold, 1024, 16384, "mixture(90% 0s + 10% exponential(mean 1s))" },
  { "six decades", &phold, 1024, 16384, "pareto(scale 1us shape 0.5)" },
  { "microseconds or a minute", &phold, 1024, 16384, "mixture(80% exponential(mean 2us) + 20% 1min)" },
  { "constant", &phold, 1024, 16384, "1s" },
  { "99,999 nodes", &phold, 99999, 16384, "100ms + exponential(mean 1s)" },
  { "a cancelled timer each", &impatient_phold, 1024, 16384, "100ms + exponential(mean 1s)" },
};

/* cliffs [EVENTS [ROUNDS]] */
int
main (int argc, char **argv)
{
  guint64 events = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : 2000000;
  int rounds = argc > 2 ? atoi (argv[2]) : 3;
  double best[G_N_ELEMENTS (loads)];

  for (gsize i = 0; i < G_N_ELEMENTS (loads); i++)
    best[i] = G_MAXDOUBLE;
  for (int round = 0; round < rounds; round++)
    for (gsize i = 0; i < G_N_ELEMENTS (loads); i++)
      {
        const Load *load = &loads[i];
        g_autofree char *text = g_strdup_printf ("model: phold\noptions: {nodes: %u, pending: %u}\n"
                                                 "duration: 20000d\nnetwork: {latency: \"%s\"}\n",
                                                 load->nodes, load->pending, load->latency);
        best[i] = MIN (best[i], play_scenario (load->model, text, events, ORR_RECORD_OPERATIONS).ns);
      }
  g_print ("%-28s %12s %8s\n", "load", "ns an event", "ratio");
  for (gsize i = 0; i < G_N_ELEMENTS (loads); i++)
    g_print ("%-28s %12.1f %8.2f\n", loads[i].name, best[i], best[i] / best[0]);
  return 0;
}
