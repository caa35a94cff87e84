/* cone.h: what led to a violation. Internal.
 *
 * Of all that happened in a run only a little has to do with what went wrong. An event that could have had a part in it lies in its causal cone:
 * follow what the witness was told back to what caused it, and what the witness asked for on to what came of it (Lamport 1978). Each event of
 * a trace knows its cause, so that both are walks along one column. Where the cone is large it is cut to what weighs most: what the witness asked and
 * was told, the faults, what became of its keys, then the chain of causes, and last what else followed from it. What is not told is counted.
 *
 * A step of a cone is what one node did at one event: what reached it, what it said, what it sent. */
#pragma once

#include "check/check.h"
#include "trace/trace.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 event;
  OrrTime time;        /* when its node handled it */
  OrrAddress node;     /* whose step it is; ORR_NOBODY: of the network, as a partition */
  guint32 operation;   /* that was invoked or ended in it; G_MAXUINT32: none */
  gboolean is_request; /* a plain client's question has reached its server, which is no event of its own: `event` is the invocation */
  gboolean is_witness; /* the property is judged by it */
  guint folded;        /* how often the same came again at this node, until `last`, without anything else there */
  OrrTime last;
  guint left_out;      /* steps of the cone between the one before and this that are not told */
  GArray *facts;       /* guint64: rows of what was said in it */
  GArray *messages;    /* guint64: rows of what was sent in it */
} OrrConeStep;

typedef struct
{
  const OrrTrace *trace;
  OrrTime until;     /* when the property was broken: the last thing that the witness was told or said */
  GArray *steps;     /* OrrConeStep, in the order of time */
  guint left_out;    /* steps that are not told, in all */
  GArray *keys;      /* OrrKey: of the witness, each once */
  GArray *usual;     /* OrrTime: how long messages of each type are under way as a rule */
} OrrCone;

/* How many steps are told where nobody asks for more or less. */
#define ORR_CONE_STEPS 40

/* The cone of a violation; the verdict is of the trace's own history. Without steps where no events were recorded. */
OrrCone *orr_cone_new (const OrrTrace *trace, const OrrHistory *history, const OrrVerdict *verdict, guint steps_max);
void orr_cone_free (OrrCone *cone); /* accepts NULL */

/* Was a message under way for much longer than others of its type are as a rule? */
gboolean orr_cone_is_delayed (const OrrCone *cone, guint64 message);

/* The row in which an operation ended, or its client stopped to wait; G_MAXUINT64: none. */
guint64 orr_cone_end_of (const OrrTrace *trace, guint32 operation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrCone, orr_cone_free)

G_END_DECLS
