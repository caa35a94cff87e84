/* idle-faults.h: which lines of `faults` never struck. Not installed.
 *
 * A fault that struck in vain stands in the trace, with no effects. One that never struck leaves nothing behind,
 * and a run in which all went well proves little if what should have gone wrong did not happen. */
#pragma once

#include "report/json-members.h"
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

/* What did strike in a run, as many can be added up: a mark (guint8) for each line and, behind it, for each of its choices. The caller frees it. */
GArray *orr_struck_of (const OrrTrace *trace);
/* The same of no run: all marks are 0. */
GArray *orr_struck_new (const OrrScenario *scenario);
/* What has no mark. */
GArray *orr_idle_faults_of_runs (const OrrScenario *scenario, const GArray *struck);

/* Where a line stands, "late.yaml:7:5", as the scenario's file was called; NULL where it came from no file. The caller frees it. */
char *orr_idle_place (const OrrScenario *scenario, const OrrPlace *place);
/* "swizzle of every: 2s, choose: … (late.yaml:7:5): it was never drawn". */
void orr_idle_fault_print (const OrrScenario *scenario, const OrrIdleFault *idle, GString *text);
/* As member "idle-faults". */
void orr_idle_faults_add_json (const OrrScenario *scenario, const GArray *idle_faults, JsonBuilder *json);

G_END_DECLS
