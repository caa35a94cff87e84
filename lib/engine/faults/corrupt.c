/* corrupt.c: bits that flip on the way.
 *
 * A bad cable, a card with faulty memory, a switch that is too hot. Checksums find nearly all of it, so that
 * what a node sees is loss; but the cause is another, which is why it is counted apart. (What no checksum
 * finds is a lie, and not the network's business here.) */
#include "engine/links.h"

#include "base/quantity.h"

typedef struct
{
  OrrWays ways;
  gint64 share;
} CorruptSettings;

typedef struct
{
  OrrLinkSettings link;
  gpointer handle; /* the network's */
} Corruption;

static const OrrField fields[] = {
  ORR_WAYS_FIELDS,
  ORR_FIELD (CorruptSettings, share, SHARE, .initial = "10%", .doc = "of the messages"),
  { 0 },
};

static gboolean
corrupt_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const CorruptSettings *settings = fault->settings;
  OrrMachineWays ways = orr_ways_find (simulation, &settings->ways);
  Corruption *corruption = g_new (Corruption, 1);
  corruption->link = ORR_LINK_SETTINGS_UNSET;
  corruption->link.corrupt = settings->share;
  corruption->handle = orr_network_override (simulation, &ways, &corruption->link, NULL, fault->effects);
  fault->state = corruption;
  return TRUE;
}

static void
corrupt_end (OrrSimulation *simulation, OrrActiveFault *fault)
{
  g_autofree Corruption *corruption = g_steal_pointer (&fault->state);
  orr_network_restore (simulation, corruption->handle);
}

static void
corrupt_describe (gconstpointer data, GString *text)
{
  const CorruptSettings *settings = data;
  g_autofree char *share = orr_share_to_text (settings->share);
  g_string_append_printf (text, "corrupt %s of the messages", share);
  orr_ways_describe (&settings->ways, text);
}

static void
corrupt_validate (gconstpointer data, OrrProblems *problems)
{
  const CorruptSettings *settings = data;
  orr_ways_validate (&settings->ways, problems);
  if (settings->share == 0)
    orr_problems_add_at (problems, "share", "write a share above 0%", "no message would be corrupt");
}

const OrrFault orr_fault_corrupt = {
  .entry
  = { .name = "corrupt",
      .summary = "Corrupts messages, which their checksums show",
      .doc
      = "A share of the messages that are sent on these links arrives corrupt, is found to be so and "
        "dropped; a stream's message is sent again after 200ms, and then twice as long each time. They are "
        "counted apart from those that are lost. Of several such faults on one link the latest "
        "counts.\n\n"
        "Without `node`, `from` and `to`, it is about all links. Its effects are the copies that it "
        "corrupted.",
      .size = sizeof (CorruptSettings),
      .fields = fields,
      .scalar = "node",
      .validate = corrupt_validate },
  .target = "node",
  .begin = corrupt_begin,
  .end = corrupt_end,
  .describe = corrupt_describe,
};
