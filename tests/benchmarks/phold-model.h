/* phold-model.h: PHOLD (Fujimoto 1990) as a model like any other.
 *
 * Some nodes hold a fixed number of messages between them; whoever gets one sends one on, to another node at
 * random. The messages go through the network of the scenario. */
#pragma once

#include "../support/scenario-of.h"

#include <time.h>

enum
{
  WORDS = 8
};

typedef struct
{
  guint32 nodes, pending;
} Options;

typedef struct
{
  guint64 words[WORDS];
} Ball;

typedef struct
{
  guint64 count, sum;
} Player;

enum
{
  BALL
};

static const char *const draws[] = { "target", NULL };

static void throw (OrrNode * node, const Ball *ball)
{
  /* Uniform among the others. */
  OrrAddress to = orr_draw_index (node, draws[0], ((const Options *) orr_options (node))->nodes - 1);
  orr_send (node, to + (to >= orr_self (node)), BALL, ball);
}

static void
player_on_start (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  const Options *options = orr_options (node);
  for (guint32 i = orr_self (node); i < options->pending; i += options->nodes)
    throw (node, &(Ball){ { i } });
}

static void
player_on_message (OrrNode *node, OrrAddress from G_GNUC_UNUSED, guint type G_GNUC_UNUSED, gconstpointer body)
{
  const Ball *ball = body;
  Player *player = orr_state (node);
  guint64 folded = 0;
  for (guint i = 0; i < WORDS; i++)
    folded ^= ball->words[i];
  player->count++;
  player->sum = player->sum * 31 + folded;

  Ball next;
  for (guint i = 0; i < WORDS; i++)
    next.words[i] = folded + i;
  throw (node, &next);
}

static const OrrField option_fields[] = {
  ORR_FIELD (Options, nodes, COUNT, .initial = "1024", .doc = "how many play"),
  ORR_FIELD (Options, pending, COUNT, .initial = "1024", .doc = "balls"),
  { 0 },
};

static const OrrField ball_fields[] = {
  { .name = "word",
    .type = &orr_type_NUMBER,
    .offset = 0,
    .size = sizeof (guint64),
    .doc = "the first of eight" },
  { 0 },
};

static const OrrRecord messages[] = {
  ORR_RECORD ("ball", Ball, ball_fields, .doc = "what is thrown on"),
  { 0 },
};

static const OrrRole player = {
  .name = "player",
  .state_size = sizeof (Player),
  .on_start = player_on_start,
  .on_message = player_on_message,
};

static const OrrRole *const roles[] = { &player, NULL };
static const char *const objects[] = { "register", NULL };

static void
layout (gconstpointer data, OrrLayout *layout)
{
  for (guint32 i = 0; i < ((const Options *) data)->nodes; i++)
    orr_layout_add (layout, 0, "p%u", i);
}

static const OrrModel phold = {
  .abi = ORR_MODEL_ABI,
  .entry = { .name = "phold",
             .summary = "Balls that are thrown on",
             .size = sizeof (Options),
             .fields = option_fields },
  .messages = messages,
  .roles = roles,
  .objects = objects,
  .draws = draws,
  .layout = layout,
};

static double
processor_ns (void)
{
  struct timespec time;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return 1e9 * (double) time.tv_sec + (double) time.tv_nsec;
}

/* Where the clock is read: after a tenth of the events, as the limit program does. */
typedef struct
{
  double start;
  guint64 events, warm;
} Clock;

static void
on_progress (gpointer data, OrrTime now G_GNUC_UNUSED, guint64 events)
{
  Clock *clock = data;
  if (clock->start > 0 || events < clock->warm)
    return;
  clock->start = processor_ns ();
  clock->events = events;
}

/* What one game costs. */
typedef struct
{
  double ns; /* of processor time an event, after the first tenth */
  guint64 events;
} Game;

/* Plays a scenario of a model for so many events, and a tenth more before. */
static inline Game
play_scenario (const OrrModel *model, const char *text, guint64 events, OrrRecordLevel level)
{
  g_autoptr (OrrScenario) scenario = scenario_of (model, text);
  Clock clock = { .warm = events / 10 };
  OrrRunOptions options = { .events_max = events + events / 10,
                            .instant_max = 2 * events,
                            .level = level,
                            .progress = on_progress,
                            .progress_data = &clock };
  g_autoptr (OrrTrace) trace = orr_simulate (scenario, &options);
  double end = processor_ns ();
  g_assert (clock.start > 0);
  return (Game){ (end - clock.start) / (double) (trace->counts.events - clock.events), trace->counts.events };
}

/* The common game; `network` is what stands in its braces. */
static inline Game
play_phold (guint64 nodes, guint64 pending, const char *network, guint64 events, OrrRecordLevel level)
{
  g_autofree char *text = g_strdup_printf ("model: phold\n"
                                           "options: {nodes: %" G_GUINT64_FORMAT ", pending: %" G_GUINT64_FORMAT
                                           "}\n"
                                           "duration: 20000d\n"
                                           "network: {%s}\n",
                                           nodes, pending, network);
  return play_scenario (&phold, text, events, level);
}

#define PHOLD_NETWORK "latency: 100ms + exponential(mean 1s), loss: 0.0000001%"
