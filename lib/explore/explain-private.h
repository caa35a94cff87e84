/* explain-private.h: what the parts of an explanation share. Not installed. */
#pragma once

#include <json-glib/json-glib.h>

#include "explore/explain.h"
#include "explore/nearest.h"
#include "report/cone.h"

G_BEGIN_DECLS

/* All that is known of a violation, before it is told. */
typedef struct
{
  const OrrTrace *trace;
  const OrrVerdict *verdict;
  const OrrCheck *check;
  OrrHistory *history;
  OrrCone *cone;
  OrrNearest *nearest; /* NULL: it was not looked for */
} OrrExplanation;

/* explain-steps.c: a step as a sentence: "gets commit from coordinator; says decided …; sends ack to coordinator". FALSE, and nothing is
 * appended: another step tells it, as that of a fault tells of the crash. */
gboolean orr_explain_step (const OrrCone *cone, const OrrConeStep *step, GString *text);
/* Of whom it tells. */
const char *orr_explain_who (const OrrCone *cone, const OrrConeStep *step);
/* Appends all of them, a line each. */
void orr_explain_steps (const OrrCone *cone, GString *text);

/* explain-held.c: what each replica held of the witness' keys when the witness was served last, and in the end. FALSE: nothing is known, or
 * there is too much of it. */
gboolean orr_explain_held (const OrrExplanation *explanation, GString *text);
void orr_explain_held_json (const OrrExplanation *explanation, JsonBuilder *json);

/* explain-difference.c: the nearest run that keeps the property, and where it parts from this one. */
void orr_explain_difference (const OrrExplanation *explanation, GString *text);
void orr_explain_difference_json (const OrrExplanation *explanation, JsonBuilder *json);

/* explain-json.c: all of it as one JSON value. */
void orr_explanation_print_json (const OrrExplanation *explanation, const char *again, GString *json);

G_END_DECLS
