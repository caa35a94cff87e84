/* collapse.c: a link that carries next to nothing.
 *
 * A backup that nobody announced, a fallback line over a modem, congestion that collapses on itself. Small
 * messages get through, and every heartbeat says that all is well; but what is large, or much, queues, and
 * all that is sent behind it queues too. */
#include "engine/links.h"

#include "base/quantity.h"

typedef struct
{
  OrrWays ways;
  gint64 bandwidth;
} CollapseSettings;

typedef struct
{
  OrrLinkSettings link;
  gpointer handle; /* the network's */
} Collapse;

static const OrrField fields[] = {
  ORR_WAYS_FIELDS,
  ORR_FIELD (CollapseSettings, bandwidth, BIT_RATE, .initial = "64kbit/s",
             .doc = "what each link carries, where it did not carry less before"),
  { 0 },
};

static gboolean
collapse_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const CollapseSettings *settings = fault->settings;
  OrrMachineWays ways = orr_ways_find (simulation, &settings->ways);
  Collapse *collapse = g_new (Collapse, 1);
  collapse->link = ORR_LINK_SETTINGS_UNSET;
  collapse->link.bandwidth = settings->bandwidth;
  collapse->handle = orr_network_narrow (simulation, &ways, &collapse->link, fault->effects);
  fault->state = collapse;
  return TRUE;
}

static void
collapse_end (OrrSimulation *simulation, OrrActiveFault *fault)
{
  g_autofree Collapse *collapse = g_steal_pointer (&fault->state);
  orr_network_restore (simulation, collapse->handle);
}

static void
collapse_describe (gconstpointer data, GString *text)
{
  const CollapseSettings *settings = data;
  g_autofree char *bandwidth = orr_bit_rate_to_text (settings->bandwidth);
  g_string_append (text, "links");
  orr_ways_describe (&settings->ways, text);
  g_string_append_printf (text, " carry %s", bandwidth);
}

static void
collapse_validate (gconstpointer data, OrrProblems *problems)
{
  orr_ways_validate (&((const CollapseSettings *) data)->ways, problems);
}

const OrrFault orr_fault_collapse = {
  .entry
  = { .name = "collapse",
      .summary = "Lets the bandwidth of links go down",
      .doc
      = "Each of these links carries so many bits a second and no more; what is sent queues for it, link by "
        "link and direction by direction. Links that carry less anyway stay as they are. What was sent "
        "meanwhile leaves at the rate at which it was queued, also when the fault is over by then, and what "
        "is sent later leaves behind it.\n\n"
        "Without `node`, `from` and `to`, it is about all links. Its effects are the messages that had to go "
        "at the "
        "lower rate.",
      .size = sizeof (CollapseSettings),
      .fields = fields,
      .scalar = "node",
      .validate = collapse_validate },
  .target = "node",
  .begin = collapse_begin,
  .end = collapse_end,
  .describe = collapse_describe,
};
