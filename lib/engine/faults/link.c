/* link.c: a link that is worse than usual.
 *
 * Between working and cut lies everything that operators meet: a congested path, a flapping port, a route
 * over another continent. For a while a link takes longer, loses or doubles more, or carries less. */
#include "engine/links.h"

static const OrrField fields[] = {
  ORR_FIELD (OrrLinkSettings, from, NODE, .doc = "the sender; not given: any"),
  ORR_FIELD (OrrLinkSettings, to, NODE, .doc = "the receiver; not given: any"),
  ORR_FIELD (OrrLinkSettings, latency, DISTRIBUTION, .doc = "in the place of the usual one"),
  ORR_FIELD (OrrLinkSettings, loss, SHARE, .doc = "of messages; a stream's are sent again"),
  ORR_FIELD (OrrLinkSettings, duplicate, SHARE, .doc = "of datagrams that arrive twice"),
  ORR_FIELD (OrrLinkSettings, corrupt, SHARE, .doc = "of messages that arrive corrupt, and are dropped"),
  ORR_FIELD (OrrLinkSettings, bandwidth, BIT_RATE, .doc = "what it can carry"),
  { 0 },
};

static gboolean
link_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const OrrLinkSettings *settings = fault->settings;
  OrrMachineWays ways = orr_ways_find (simulation, &(OrrWays){ NULL, settings->from, settings->to });
  gpointer handle = orr_network_override (simulation, &ways, settings, fault->effects, NULL);
  fault->state = g_memdup2 (&handle, sizeof handle);
  return TRUE;
}

static void
link_end (OrrSimulation *simulation, OrrActiveFault *fault)
{
  g_autofree gpointer *handle = g_steal_pointer (&fault->state);
  orr_network_restore (simulation, *handle);
}

static void
link_describe (gconstpointer settings, GString *text)
{
  const OrrLinkSettings *link = settings;
  g_string_append_printf (text, "link from %s to %s:", link->from ? link->from : "any",
                          link->to ? link->to : "any");
  if (link->latency)
    {
      g_autofree char *latency = orr_distribution_to_text (link->latency);
      g_string_append_printf (text, " latency %s", latency);
    }
  OrrContext context = { 0 };
  for (const OrrField *field = fields; field->name; field++)
    {
      gconstpointer value = (const char *) settings + field->offset;
      if (field->type == &orr_type_NODE || field->type == &orr_type_DISTRIBUTION
          || field->type->is_unset (value))
        continue;
      g_string_append_printf (text, " %s ", field->name);
      field->type->print (field, &context, value, text);
    }
}

static void
link_validate (gconstpointer data, OrrProblems *problems)
{
  const OrrLinkSettings *link = data;
  if (!link->latency && link->loss == G_MININT64 && link->duplicate == G_MININT64
      && link->corrupt == G_MININT64 && link->bandwidth == G_MININT64)
    orr_problems_add_at (problems, "", "add a latency, loss, duplicate, corrupt or bandwidth",
                         "the link would stay as it is");
}

const OrrFault orr_fault_link = {
  .entry = { .name = "link",
             .summary = "Makes a link slow, lossy or narrow",
             .doc = "What is given takes the place of the network's own settings on all links from `from` to "
                    "`to`, in that direction alone; what is not "
                    "given stays as it is. Of several at the same time the latest wins. Its effects are the "
                    "messages that it met.",
             .size = sizeof (OrrLinkSettings),
             .fields = fields,
             .validate = link_validate },
  .target = "from",
  .begin = link_begin,
  .end = link_end,
  .describe = link_describe,
};
