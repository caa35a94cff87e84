/* inbox.c: a queue with an end.
 *
 * A socket's buffer, a mailbox, a thread pool's backlog: every queue is bounded, or pretends that memory is
 * not. While a node keeps up nobody sees the bound. When it is slow or stands still, what comes too much is
 * thrown away, or whoever sent it has to wait: load is then shed or handed back, and not just late. */
#include "engine/engine-private.h"

typedef struct
{
  const char *node;
  guint32 limit;
} InboxSettings;

static const OrrField fields[] = {
  ORR_FIELD (InboxSettings, node, NODE, .required = TRUE, .doc = "which node"),
  ORR_FIELD (InboxSettings, limit, COUNT, .initial = "10", .least = 1, .most = G_MAXINT32,
             .doc = "how many messages from others may wait, the one in service included"),
  { 0 },
};

static gboolean
inbox_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const InboxSettings *settings = fault->settings;
  OrrMachine *machine = settings->node ? orr_machine_find (simulation, settings->node) : NULL;
  if (!machine)
    return FALSE;
  OrrInboxLimit *limit = orr_processor_limit (machine, settings->limit, fault->effects);
  fault->state = g_memdup2 (&limit, sizeof limit);
  return TRUE;
}

static void
inbox_end (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const InboxSettings *settings = fault->settings;
  g_autofree OrrInboxLimit **limit = g_steal_pointer (&fault->state);
  orr_processor_unlimit (orr_machine_find (simulation, settings->node), *limit);
}

static void
inbox_describe (gconstpointer data, GString *text)
{
  const InboxSettings *settings = data;
  g_string_append_printf (text, "bound the inbox of %s to %u", settings->node, settings->limit);
}

const OrrFault orr_fault_inbox = {
  .entry
  = { .name = "inbox",
      .summary = "Bounds how many messages may wait at a node",
      .doc = "While the node is busy or paused, messages from others wait. When as many as `limit` do, the "
             "one in service included, a "
             "datagram that comes is dropped, and a stream's message is sent again after 200ms, 400ms and so "
             "on, with all behind it; its stream does not break by that. Of several bounds the lowest "
             "counts; what waits already stays. A bound "
             "of its own, for the "
             "whole run, is the setting `inbox` of a node. A node whose handling takes no time has nothing "
             "waiting.\n\n"
             "Its effects are the times that a message found no room.",
      .size = sizeof (InboxSettings),
      .fields = fields,
      .scalar = "node" },
  .target = "node",
  .begin = inbox_begin,
  .end = inbox_end,
  .describe = inbox_describe,
};
