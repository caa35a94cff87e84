/* trace-words.h: the rows of a trace, as a sentence tells them. Internal.
 *
 * A row says what happened in the words of the model's tables and of JSON. Here it becomes what an engineer would say of it: "gets commit from
 * coordinator", "holds x = 17", "t1: withdraw 50 from a". Rows are named by their numbers; those that are not there are a mistake of the caller. */
#pragma once

#include "history/history.h"
#include "trace/trace.h"

G_BEGIN_DECLS

static inline const OrrTraceEvent *
orr_trace_event (const OrrTrace *trace, guint64 row)
{
  return &g_array_index (trace->events, OrrTraceEvent, row);
}

static inline const OrrTraceMessage *
orr_trace_message (const OrrTrace *trace, guint64 row)
{
  return &g_array_index (trace->messages, OrrTraceMessage, row);
}

static inline const OrrTraceOperation *
orr_trace_operation (const OrrTrace *trace, guint64 row)
{
  return &g_array_index (trace->operations, OrrTraceOperation, row);
}

static inline const OrrTraceFact *
orr_trace_fact (const OrrTrace *trace, guint64 row)
{
  return &g_array_index (trace->facts, OrrTraceFact, row);
}

static inline const OrrTraceFault *
orr_trace_fault (const OrrTrace *trace, guint64 row)
{
  return &g_array_index (trace->faults, OrrTraceFault, row);
}

/* "w1", or "o17" where nobody named it. */
void orr_words_operation_id (const OrrTrace *trace, guint32 operation, GString *text);
/* What was asked: "write x = 1; read y". */
void orr_words_asked (const OrrTrace *trace, guint32 operation, GString *text);
/* What came of it: "ok", "x = nil", "fails: the connection broke", "no answer in time". */
void orr_words_outcome (const OrrTrace *trace, guint32 operation, GString *text);

/* What a message or a timer said, in a few words: "transaction=1 vote=yes"; nothing where that was not recorded, or it says nothing. At most
 * about `width` columns; 0: all of it. */
void orr_words_body (const OrrTrace *trace, guint64 body, guint width, GString *text);

/* What happened to whom it happened: "gets commit from coordinator", "timer election", "crashes (os)". */
void orr_words_event (const OrrTrace *trace, guint64 event, GString *text);

/* "says decided transaction=1 decision=commit", "holds x = 17". */
void orr_words_fact (const OrrTrace *trace, guint64 fact, GString *text);

/* What became of a message that never arrived, "dropped by a pin"; NULL: it arrived. */
const char *orr_words_fate (OrrFate fate);

/* The operation that a session began, ended or cancelled in an event; G_MAXUINT32: none that is known. */
guint32 orr_trace_event_operation (const OrrTrace *trace, guint64 event);

/* Of whom an event tells: the session that asks, else the actor, else "fault". */
const char *orr_trace_event_who (const OrrTrace *trace, guint64 event);

G_END_DECLS
