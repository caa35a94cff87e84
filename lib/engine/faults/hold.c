/* hold.c: messages that are held, and delivered all at once.
 *
 * No network does this; whoever looks for mistakes does. A vote that comes when the election is long over, an
 * old leader's last words behind the new one's first, a hundred acknowledgements in one instant and in the
 * worst order: all of it may happen, and to wait for it takes too long. */
#include "engine/links.h"

typedef enum
{
  ORDER_ARRIVAL,
  ORDER_SHUFFLED,
} Order;

typedef struct
{
  OrrWays ways;
  const char *message;
  gint32 order; /* Order */
} HoldSettings;

typedef struct
{
  OrrMachineWays ways;
  gpointer hold;
} State;

static const OrrChoice orders[] = {
  { "arrival", "as they arrived" },
  { "shuffled", "in an order that is drawn; but each stream's in its own" },
  { 0 },
};

static const OrrField fields[] = {
  ORR_WAYS_FIELDS,
  ORR_FIELD (HoldSettings, message, MESSAGE, .doc = "only messages of this kind; not given: all"),
  ORR_FIELD (HoldSettings, order, CHOICE, .choices = orders, .initial = "arrival",
             .doc = "in which they are delivered"),
  { 0 },
};

static gboolean
is_held (gconstpointer data, guint from, guint to)
{
  return orr_ways_include (&((const State *) data)->ways, from, to);
}

static gboolean
hold_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const HoldSettings *settings = fault->settings;
  guint message = ORR_ANY_MESSAGE;
  if (settings->message)
    {
      gint index = orr_records_find (simulation->model->messages, settings->message);
      if (index < 0)
        return FALSE;
      message = (guint) index;
    }
  State *state = g_new (State, 1);
  state->ways = orr_ways_find (simulation, &settings->ways);
  state->hold
      = orr_hold_begin (simulation, is_held, state, message,
                        settings->order == ORDER_SHUFFLED ? ORR_RELEASE_SHUFFLED : ORR_RELEASE_AT_ONCE,
                        orr_draw_fold (fault->draw, 3), fault->effects);
  fault->state = state;
  return TRUE;
}

static void
hold_end (OrrSimulation *simulation, OrrActiveFault *fault)
{
  g_autofree State *state = g_steal_pointer (&fault->state);
  orr_hold_end (simulation, state->hold);
}

static void
hold_describe (gconstpointer data, GString *text)
{
  const HoldSettings *settings = data;
  g_string_append_printf (text, "hold %s", settings->message ? settings->message : "all messages");
  orr_ways_describe (&settings->ways, text);
  if (settings->order == ORDER_SHUFFLED)
    g_string_append (text, ", and shuffle");
}

static void
hold_validate (gconstpointer data, OrrProblems *problems)
{
  orr_ways_validate (&((const HoldSettings *) data)->ways, problems);
}

const OrrFault orr_fault_hold = {
  .entry
  = { .name = "hold",
      .summary = "Holds messages, and delivers them all at once",
      .doc
      = "What arrives meanwhile is put aside, and delivered in one instant when the fault is over. A stream "
        "is in order always: behind a message "
        "that is held, all that come on the same stream wait too, of whatever kind; and it breaks when it "
        "was held for longer than "
        "`stream-timeout`.\n\n"
        "Without `node`, `from` and `to`, it is about all links. Its effects are the messages that it held.",
      .size = sizeof (HoldSettings),
      .fields = fields,
      .scalar = "message",
      .validate = hold_validate },
  .target = "node",
  .begin = hold_begin,
  .end = hold_end,
  .describe = hold_describe,
};
