/* disk-corrupt.c: a record that rots.
 *
 * A bit flips on the platter, a sector is written to the wrong place. Nobody notices while the process has
 * the record in its memory. When the disk is read, at the next start, the checksum is wrong. A log that is
 * read from its start then ends there, for whatever is behind can't be trusted to follow on what is missing;
 * that is just how the end of a log looks that was torn in a crash, so the node takes the one for the other
 * (Alagappan et al., Protocol-Aware Recovery for Consensus-Based Storage, FAST 2018). */
#include "engine/engine-private.h"

typedef enum
{
  PART_ANY,
  PART_LOGS,
  PART_CELLS,
} Part;

typedef struct
{
  const char *node;
  gint32 part; /* Part */
  guint32 last;
  guint32 which; /* from 1; unset: drawn */
} CorruptSettings;

static const OrrChoice parts[] = {
  { "any", "a record of a log, or a cell" },
  { "logs", "a record of a log" },
  { "cells", "a cell" },
  { 0 },
};

static const OrrField fields[] = {
  ORR_FIELD (CorruptSettings, node, NODE, .required = TRUE, .doc = "whose disk"),
  ORR_FIELD (CorruptSettings, part, CHOICE, .choices = parts, .initial = "any", .doc = "of what, drawn"),
  ORR_FIELD (CorruptSettings, last, COUNT, .least = 1, .most = G_MAXINT32,
             .doc = "only of so many records at the end of each log; not given: of all"),
  ORR_FIELD (CorruptSettings, which, COUNT, .least = 1, .most = G_MAXINT32,
             .doc = "which of them, from 1: the logs one after the other, then the cells; not given: drawn"),
  { 0 },
};

static gboolean
corrupt_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const CorruptSettings *settings = fault->settings;
  OrrMachine *machine = settings->node ? orr_machine_find (simulation, settings->node) : NULL;
  CorruptSettings *spelled = fault->spelled;
  guint32 which = settings->which;
  if (!machine
      || !orr_disk_corrupt (machine, settings->part != PART_CELLS, settings->part != PART_LOGS,
                            settings->last, orr_draw_fold (fault->draw, 3), &which, fault->effects))
    return FALSE;
  if (spelled)
    spelled->which = which;
  return TRUE;
}

static void
corrupt_describe (gconstpointer data, GString *text)
{
  const CorruptSettings *settings = data;
  g_string_append_printf (text, "damage %s on the disk of %s", parts[settings->part].doc, settings->node);
}

static const char *
corrupt_endless (gconstpointer settings G_GNUC_UNUSED)
{
  return "what has rotted stays so";
}

const OrrFault orr_fault_disk_corrupt = {
  .entry
  = { .name = "disk-corrupt",
      .summary = "Damages a record on a node's disk",
      .doc
      = "The record is drawn among those that were synced, or `which` says the how-manieth. Its checksum is "
        "wrong when the disk is read at "
        "the node's next start: then a log ends before it, and a cell holds nothing. The model may ask "
        "whether there was a wrong checksum; it can't tell it from that of a record that was half-written "
        "when the system crashed. It takes no `for`. Its effect is that it was noticed; a record "
        "that is dropped or overwritten before is not.",
      .size = sizeof (CorruptSettings),
      .fields = fields,
      .scalar = "node",
      .endless = corrupt_endless },
  .target = "node",
  .begin = corrupt_begin,
  .describe = corrupt_describe,
};
