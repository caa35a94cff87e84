/* idle-pins.h: pins that fixed nothing. Not installed.
 *
 * A pin that is about nothing that happened says nothing, and looks as if it did: the message that it means was never sent, or says something else by
 * now, or there were fewer of them than its `nth`. A report names each of them, so that nobody believes in it. Of a trace that was loaded it
 * is not known. */
#pragma once

#include "report/json-members.h"
#include "trace/trace.h"

G_BEGIN_DECLS

/* Of a run: const OrrPin *, in the scenario's order. The caller frees the array, not the pins. */
GPtrArray *orr_idle_pins_of (const OrrTrace *trace);
/* "{message: wal, drop: true} (late.yaml:7:5)" */
void orr_idle_pin_print (const OrrScenario *scenario, const OrrPin *pin, GString *text);
/* As member "idle-pins". */
void orr_idle_pins_add_json (const OrrScenario *scenario, const GPtrArray *pins, JsonBuilder *json);

G_END_DECLS
