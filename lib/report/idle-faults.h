/* idle-faults.h: which lines of `faults` never struck. Not installed.
 *
 * A fault that struck in vain stands in the trace, with no effects. One that never struck leaves nothing behind,
 * and a run in which all went well proves little if what should have gone wrong did not happen. */
#pragma once

#include "trace/trace.h"

G_BEGIN_DECLS

typedef struct
{
  const OrrFaultPlan *plan;
  const OrrChosenFault *choice; /* the one of the line's that was never drawn; NULL: the line as a whole never struck */
  char *why;                    /* "it was never drawn" */
} OrrIdleFault;

/* Of a run, in the scenario's order; the caller frees it with g_array_unref. */
GArray *orr_idle_faults_of (const OrrTrace *trace);

/* Where the line stands, "late.yaml:7:5", as the scenario's file was called; NULL where it came from no file. The caller frees it. */
char *orr_idle_fault_place (const OrrTrace *trace, const OrrIdleFault *idle);

G_END_DECLS
