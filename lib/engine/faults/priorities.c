/* priorities.c: messages and timers in an order of random priorities.
 *
 * Most mistakes in the order of events need few things to happen in the wrong order: two, or three. Latencies
 * that are all drawn alike seldom bring that about, since nothing is ever much later than all the rest.
 * Probabilistic concurrency testing gives everyone a random priority instead, lets the highest go first, and
 * lowers somebody's at a few random points: a mistake that takes `depth` events in order is then found with a
 * chance that can be reckoned (Burckhardt et al., ASPLOS 2010; for messages Ozkan et al., OOPSLA 2018). Here
 * it is links that have priorities, and the lower one is the later its messages are; and nodes, whose timers
 * are late likewise, as if their processes had to wait for a processor. Nothing is ever early. */
#include "engine/links.h"

typedef struct
{
  OrrTime spread;
  guint32 depth, steps, number;
  gboolean timers;
} PrioritiesSettings;

/* A link that has been lowered, or, from a node to itself, its timers; a later one is lower still. */
typedef struct
{
  guint from, to;
} Lowered;

typedef struct
{
  const PrioritiesSettings *settings;
  gpointer network, timers; /* handles; NULL: of none */
  const OrrMachine *machines;
  guint64 *effects;
  OrrDraw draw;
  guint32 n_steps, n_lowered;
  Lowered lowered[]; /* depth - 1 of them at most */
} Priorities;

static const OrrField fields[] = {
  ORR_FIELD (
      PrioritiesSettings, spread, DURATION, .initial = "100ms", .least = 1, .most = ORR_TIME_MAX,
      .doc
      = "how much later the messages of the lowest link are than those of the highest, and the timers of the "
        "lowest node"),
  ORR_FIELD (PrioritiesSettings, depth, COUNT, .initial = "3", .least = 1, .most = 100,
             .doc
             = "priorities change once less than this: for a mistake that takes so many events in one order"),
  ORR_FIELD (PrioritiesSettings, steps, COUNT, .initial = "200", .least = 1, .most = G_MAXINT32,
             .doc = "the changes come within so many messages and timers"),
  ORR_FIELD (PrioritiesSettings, number, COUNT, .most = G_MAXINT32,
             .doc = "which priorities: any number stands for some; not given: drawn"),
  ORR_FIELD (PrioritiesSettings, timers, BOOL, .initial = "true",
             .doc = "whether nodes have priorities too, by which their timers are late"),
  { 0 },
};

/* Is the message that is being sent, or the timer that is set, one at which a priority changes? */
static gboolean
is_change (const Priorities *priorities)
{
  for (guint32 i = 1; i < priorities->settings->depth; i++)
    if (orr_draw_below (orr_draw_fold (priorities->draw, i), priorities->settings->steps)
        == priorities->n_steps)
      return TRUE;
  return FALSE;
}

/* The lowest of all is late by the whole spread. Who has been lowered once may be lowered again. */
static OrrTime
delay_of (gpointer data, guint from, guint to)
{
  Priorities *priorities = data;
  OrrTime spread = priorities->settings->spread;
  guint32 depth = priorities->settings->depth;
  if (priorities->n_lowered + 1 < depth && is_change (priorities))
    priorities->lowered[priorities->n_lowered++] = (Lowered){ from, to };
  priorities->n_steps++;
  ++*priorities->effects;
  for (guint32 i = priorities->n_lowered; i > 0; i--)
    if (priorities->lowered[i - 1].from == from && priorities->lowered[i - 1].to == to)
      return spread - (depth - 1 - i) * (spread / (2 * (OrrTime) depth));
  OrrDraw link = orr_draw_fold (priorities->draw, orr_draw_word (priorities->machines[from].name));
  link = orr_draw_fold (link, orr_draw_word (priorities->machines[to].name));
  return (OrrTime) orr_draw_below (link, (guint64) spread / 2 + 1);
}

static gboolean
priorities_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const PrioritiesSettings *settings = fault->settings;
  Priorities *priorities = g_malloc0 (sizeof *priorities + settings->depth * sizeof (Lowered));
  guint32 number = settings->number != G_MAXUINT32
                       ? settings->number
                       : (guint32) orr_draw_below (orr_draw_fold (fault->draw, 3), 1000000);
  if (fault->spelled)
    ((PrioritiesSettings *) fault->spelled)->number = number;
  priorities->settings = settings;
  priorities->machines = simulation->machines;
  priorities->effects = fault->effects;
  priorities->draw = orr_draw_key (number, "priorities");
  priorities->network = orr_network_delay (simulation, delay_of, priorities);
  if (settings->timers)
    priorities->timers = orr_timers_delay (simulation, delay_of, priorities);
  fault->state = priorities;
  return TRUE;
}

static void
priorities_end (OrrSimulation *simulation, OrrActiveFault *fault)
{
  g_autofree Priorities *priorities = g_steal_pointer (&fault->state);
  orr_network_undelay (simulation, priorities->network);
  if (priorities->timers)
    orr_timers_undelay (simulation, priorities->timers);
}

static void
priorities_describe (gconstpointer data, GString *text)
{
  const PrioritiesSettings *settings = data;
  g_autofree char *spread = orr_duration_to_text (settings->spread);
  g_string_append_printf (text, "priorities of links%s, up to %s apart, changed %u times",
                          settings->timers ? " and timers" : "", spread, settings->depth - 1);
}

const OrrFault orr_fault_priorities = {
  .entry
  = { .name = "priorities",
      .summary = "Gives links and nodes random priorities: the lower, the later messages and timers",
      .doc
      = "Each direction between two nodes, clients included, has a random priority. Its messages "
        "take longer by up to half of `spread`, the more the lower it is. So has each node, and its "
        "timers fire as much later than they were set to. At `depth - 1` of the first `steps` "
        "messages and timers, which are drawn, the link of that message or the node of that timer "
        "becomes the lowest so far and stays so: it is late by at least half of `spread`. The "
        "network's latency comes on top; streams stay in order; nothing is early. With `timers: "
        "false` it is about messages alone.\n\n"
        "Source: Burckhardt, Kothari, Musuvathi & Nagarakatte, A Randomized Scheduler with "
        "Probabilistic Guarantees of Finding "
        "Bugs, ASPLOS 2010; for messages Ozkan, Majumdar, Niksic, Tabaei Befrouei & "
        "Weissenbacher, Randomized Testing of Distributed Systems with "
        "Probabilistic Guarantees, OOPSLA 2018. Its effects are the messages and timers that it delayed.",
      .size = sizeof (PrioritiesSettings),
      .fields = fields },
  .begin = priorities_begin,
  .end = priorities_end,
  .describe = priorities_describe,
};
