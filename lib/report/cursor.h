/* cursor.h: a place in a run, and how to get to another. Internal.
 *
 * A run is a row of events. A cursor stands on one of them, which has just happened, before the first, or behind the last, where the run is over and
 * every node was asked what it holds. It moves by events, all of them or those of one node, and to the next of a sort. What is so at a place (what
 * nodes have said by then, which messages are under way) is computed from the trace, so that stepping back costs no more than stepping on. */
#pragma once

#include "trace/trace.h"

G_BEGIN_DECLS

typedef struct
{
  const OrrTrace *trace;
  guint64 place;    /* 0: before the first event; i + 1: event i has just happened; one more than there are events: it is over */
  OrrAddress node;  /* only events of this node count; ORR_NOBODY: of all */
} OrrCursor;

OrrCursor orr_cursor_new (const OrrTrace *trace);

gboolean orr_cursor_is_at_start (const OrrCursor *cursor);
gboolean orr_cursor_is_at_end (const OrrCursor *cursor);
/* The event that has just happened; G_MAXUINT64 at both ends. */
guint64 orr_cursor_event (const OrrCursor *cursor);
OrrTime orr_cursor_time (const OrrCursor *cursor);

/* Moves by so many events, at most to an end; returns by how many, the step to an end included. */
guint64 orr_cursor_forth (OrrCursor *cursor, guint64 n);
guint64 orr_cursor_back (OrrCursor *cursor, guint64 n);

/* The next event in which something is said: a fact of that kind (-1: of any). What is said when it is over counts. FALSE: there is none, and the
 * cursor stays. */
gboolean orr_cursor_to_fact (OrrCursor *cursor, gint fact);
/* The next event at which a fault strikes or ends, whomever it concerns. */
gboolean orr_cursor_to_fault (OrrCursor *cursor);
/* Where an operation is invoked; G_MAXUINT32: the next that is. */
gboolean orr_cursor_to_operation (OrrCursor *cursor, guint32 operation);
/* To what caused this event. */
gboolean orr_cursor_to_cause (OrrCursor *cursor);
/* Behind the last event by that time. */
void orr_cursor_to_time (OrrCursor *cursor, OrrTime time);
/* To an event, which exists, or to an end: the place. */
void orr_cursor_to_place (OrrCursor *cursor, guint64 place);

/* Rows of what was said in an event (G_MAXUINT64: when it was over), and of what was sent: from *ret_first on, so many. */
guint64 orr_cursor_facts_of (const OrrTrace *trace, guint64 event, guint64 *ret_first);
guint64 orr_cursor_messages_of (const OrrTrace *trace, guint64 event, guint64 *ret_first);

/* Rows of the events that this one caused, of the messages that are under way at this place, and of the last that a node has said by now: of each
 * kind of fact, and of each key where it names one. The caller unrefs the array of guint64. */
GArray *orr_cursor_effects (const OrrCursor *cursor);
GArray *orr_cursor_pending (const OrrCursor *cursor);
GArray *orr_cursor_said (const OrrCursor *cursor, OrrAddress node);

/* The last event by now in which the node started or stopped; G_MAXUINT64: none. */
guint64 orr_cursor_last_turn (const OrrCursor *cursor, OrrAddress node);

G_END_DECLS
