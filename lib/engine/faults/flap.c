/* flap.c: a link that comes and goes.
 *
 * A loose plug, a port that negotiates anew, a route that two routers take turns to announce. A link that is
 * dead is soon known to be; one that flaps lets enough heartbeats through to count as alive, and breaks off
 * whatever takes longer than a heartbeat. */
#include "engine/links.h"

#include <string.h>

/* A turn is no shorter, so that time goes on. */
#define TURN_LEAST ORR_MICROSECOND

typedef struct
{
  OrrWays ways;
  OrrDistribution *down, *up;
  OrrArray turns; /* OrrTime */
} FlapSettings;

typedef struct
{
  OrrMachineWays ways;
  guint64 turns;
  gpointer cut; /* the network's handle while it is down; NULL */
} Flap;

static const OrrField fields[] = {
  ORR_WAYS_FIELDS,
  ORR_FIELD (FlapSettings, down, DISTRIBUTION, .initial = "500ms", .doc = "how long it is down, each time"),
  ORR_FIELD (FlapSettings, up, DISTRIBUTION, .initial = "500ms", .doc = "and then up"),
  ORR_FIELD (FlapSettings, turns, LIST, .element = &orr_type_DURATION, .element_size = sizeof (OrrTime),
             .doc
             = "how long the first of them last, down and up in turn; those behind them as `down` and `up` "
               "say"),
  { 0 },
};

static gboolean
is_cut (gconstpointer data, guint from, guint to)
{
  return orr_ways_include (&((const Flap *) data)->ways, from, to);
}

/* How long the next one lasts. */
static OrrTime
next_turn (OrrActiveFault *fault, const OrrDistribution *length)
{
  const OrrArray *turns = &((const FlapSettings *) fault->settings)->turns;
  Flap *flap = fault->state;
  guint64 turn = flap->turns++;
  if (turn < turns->length)
    return ((const OrrTime *) turns->data)[turn];
  return orr_distribution_sample (length, orr_draw_fold (fault->draw, 16 + turn));
}

/* Where turns are drawn, adds this one to those that are known; their room doubles when it is full. */
static void
spell_out (OrrActiveFault *fault, OrrTime turn)
{
  FlapSettings *spelled = fault->spelled;
  OrrArray *turns = &spelled->turns;
  if (orr_distribution_is_constant (spelled->down, NULL) && orr_distribution_is_constant (spelled->up, NULL))
    return;
  if (((const Flap *) fault->state)->turns == 1)
    *turns = (OrrArray){ 0 };
  if ((turns->length & (turns->length - 1)) == 0)
    {
      OrrTime *more = orr_arena_alloc (fault->arena, MAX (2 * turns->length, 1) * sizeof *more);
      if (turns->length > 0)
        memcpy (more, turns->data, turns->length * sizeof *more);
      turns->data = more;
    }
  ((OrrTime *) (gpointer) turns->data)[turns->length++] = turn;
}

/* The other way round from now on, until the turn is over. */
static void
flap_step (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const FlapSettings *settings = fault->settings;
  Flap *flap = fault->state;
  const OrrDistribution *length = flap->cut ? settings->up : settings->down;
  if (flap->cut)
    orr_network_uncut (simulation, g_steal_pointer (&flap->cut));
  else
    flap->cut = orr_network_cut (simulation, is_cut, flap, fault->effects);
  OrrTime turn = next_turn (fault, length);
  if (fault->spelled)
    spell_out (fault, turn);
  orr_fault_step_at (simulation, fault, orr_time_add (simulation->now, MAX (turn, TURN_LEAST)));
}

static gboolean
flap_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  Flap *flap = g_new0 (Flap, 1);
  flap->ways = orr_ways_find (simulation, fault->settings);
  fault->state = flap;
  flap_step (simulation, fault);
  return TRUE;
}

static void
flap_end (OrrSimulation *simulation, OrrActiveFault *fault)
{
  g_autofree Flap *flap = g_steal_pointer (&fault->state);
  if (flap->cut)
    orr_network_uncut (simulation, flap->cut);
}

static void
flap_describe (gconstpointer data, GString *text)
{
  const FlapSettings *settings = data;
  g_autofree char *down = orr_distribution_to_text (settings->down);
  g_autofree char *up = orr_distribution_to_text (settings->up);
  g_string_append (text, "flapping links");
  orr_ways_describe (&settings->ways, text);
  g_string_append_printf (text, ": %s down, %s up", down, up);
}

static void
flap_validate (gconstpointer data, OrrProblems *problems)
{
  const FlapSettings *settings = data;
  OrrTime down;
  orr_ways_validate (&settings->ways, problems);
  if (orr_distribution_is_constant (settings->down, &down) && down == 0)
    orr_problems_add_at (problems, "down", "write a duration above 0s", "a link that is down for no time");
}

const OrrFault orr_fault_flap = {
  .entry
  = { .name = "flap",
      .summary = "Cuts links off and on again, over and over",
      .doc = "First down, then up, and so on until the fault is over; with distributions, each turn is drawn "
             "anew (and lasts a microsecond at least), but for those that `turns` names. While a link is "
             "down it is as in a partition: a "
             "datagram that arrives is dropped, a stream's message is sent again later.\n\n"
             "Without `node`, `from` and `to`, all links flap at once. Its effects are the arrivals that it "
             "cut off.",
      .size = sizeof (FlapSettings),
      .fields = fields,
      .scalar = "node",
      .validate = flap_validate },
  .target = "node",
  .begin = flap_begin,
  .end = flap_end,
  .step = flap_step,
  .describe = flap_describe,
};
