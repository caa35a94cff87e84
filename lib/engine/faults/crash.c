/* crash.c: a node that falls over.
 *
 * How much is lost depends on what fell. A process that dies takes its memory along, but the operating system
 * has what was written. A system that dies takes that along too, but for what was synced and what the disk
 * happened to have written out. A disk that dies takes all. */
#include "engine/engine-private.h"

typedef enum
{
  CRASH_PROCESS,
  CRASH_OS,
  CRASH_DISK,
} CrashKind;

typedef struct
{
  const char *node;
  gint32 kind; /* CrashKind */
  gboolean returns;
} CrashSettings;

static const OrrChoice kinds[] = {
  { "process", "the process dies; what was written is kept" },
  { "os", "the operating system dies; what was synced is kept, and of what was only written what the disk "
          "happened to write out" },
  { "disk", "the disk is lost; nothing is kept" },
  { 0 },
};

static const OrrField fields[] = {
  ORR_FIELD (CrashSettings, node, NODE, .required = TRUE, .doc = "which node"),
  ORR_FIELD (CrashSettings, kind, CHOICE, .choices = kinds, .initial = "process", .doc = "what dies"),
  ORR_FIELD (CrashSettings, returns, BOOL, .initial = "true",
             .doc = "whether it starts again; false: it is gone for good"),
  { 0 },
};

static OrrStart
start_of (const CrashSettings *settings)
{
  static const OrrStart starts[] = { ORR_START_PROCESS_CRASH, ORR_START_OS_CRASH, ORR_START_DISK_LOST };
  return starts[settings->kind];
}

static gboolean
crash_begin (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const CrashSettings *settings = fault->settings;
  OrrMachine *machine = settings->node ? orr_machine_find (simulation, settings->node) : NULL;
  if (!machine || !machine->up)
    return FALSE;
  orr_machine_stop (simulation, machine, start_of (settings));
  fault->for_good = !settings->returns;
  ++*fault->effects;
  return TRUE;
}

static void
crash_end (OrrSimulation *simulation, OrrActiveFault *fault)
{
  const CrashSettings *settings = fault->settings;
  orr_machine_start (simulation, orr_machine_find (simulation, settings->node), start_of (settings));
}

static void
crash_describe (gconstpointer settings, GString *text)
{
  const CrashSettings *crash = settings;
  g_string_append_printf (text, "crash %s (%s)%s", crash->node, kinds[crash->kind].name,
                          crash->returns ? "" : " for good");
}

static const char *
crash_endless (gconstpointer settings)
{
  return ((const CrashSettings *) settings)->returns ? NULL : "a node that does not return stays away";
}

const OrrFault orr_fault_crash = {
  .entry
  = { .name = "crash",
      .summary = "Crashes a node, and restarts it",
      .doc
      = "`kind: process` (the default) loses volatile state and what was not yet written; `os` "
        "also what was written and not synced, but for what the disk had written out already, which "
        "is drawn, within what `disk: {loses: …}` says, or pinned; `disk` loses everything. With `returns: "
        "false` the node never starts again, not even when all faults end. A node that is down already is "
        "left alone.",
      .size = sizeof (CrashSettings),
      .fields = fields,
      .scalar = "node",
      .endless = crash_endless },
  .target = "node",
  .begin = crash_begin,
  .end = crash_end,
  .describe = crash_describe,
};
