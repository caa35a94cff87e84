/* fault.h: what can go wrong, one kind a file.
 *
 * A fault is something that begins and usually ends: a crash and the restart, a partition and its heal. Its
 * settings are a record that the scenario fills. Where a random fault leaves a node open, the engine draws
 * one before it begins. Everything that is still going on when the workload is over is ended then. */
#pragma once

#include "base/catalog.h"
#include "base/draw.h"
#include "trace/trace.h"

G_BEGIN_DECLS

typedef struct OrrSimulation OrrSimulation;

/* A fault that is going on. */
typedef struct
{
  guint index;             /* row in the trace's faults */
  gconstpointer settings;  /* by the fault's record, nodes filled in */
  gpointer state;          /* the fault's own, from begin to end: one block of g_malloc, made by begin, freed by end */
  guint64 *effects;        /* counts what it changed; lives as long as the run */
  OrrDraw draw;            /* of this strike, for what the settings leave open: fold it for each number */
  gboolean for_good;       /* begin may say so: it has no end, whatever the scenario says */
  gpointer spelled;        /* where somebody wants to know (choices.h), a copy of the settings, into which begin and step write what they draw;
                            * else NULL */
  OrrArena *arena;         /* beside it: where what it names lives */
  OrrTime duration;        /* how long it lasts by its own settings: begin may say so; ORR_TIME_UNSET: as the scenario says */
} OrrActiveFault;

typedef struct
{
  OrrEntry entry;
  const char *target; /* the setting, a NODE, into which a random fault's node is drawn; NULL: none */
  /* Strikes. May return FALSE: it could not do anything (the node is down already); then it does not end either. */
  gboolean (*begin) (OrrSimulation *simulation, OrrActiveFault *fault);
  /* Heals; NULL: it has no end (a clock jump). */
  void (*end) (OrrSimulation *simulation, OrrActiveFault *fault);
  /* Goes on, at a time that it asked for by orr_fault_step_at, or since what it waits for has happened (ORR_DO_STEP); NULL: it is the same
   * from begin to end. */
  void (*step) (OrrSimulation *simulation, OrrActiveFault *fault);
  /* In words, for the trace: "crash replica1 (process)". */
  void (*describe) (gconstpointer settings, GString *text);
} OrrFault;

extern ORR_PUBLIC const OrrFault *const orr_faults[]; /* all; ends with NULL */

G_END_DECLS
