/* cursor-text.h: what there is to see at a place of a run, in a few lines. Internal. */
#pragma once

#include "report/cursor.h"

G_BEGIN_DECLS

/* What has just happened: the event, what was said in it, what it sent. At the ends what begins or is over. */
void orr_cursor_print (const OrrCursor *cursor, GString *text);
/* One line: the event of that row. */
void orr_cursor_print_event (const OrrTrace *trace, guint64 event, GString *text);
/* Where the cursor stands among all, and which node it is bound to. */
void orr_cursor_print_where (const OrrCursor *cursor, GString *text);
/* What a node has said by now, and whether it is up; of a client host, what its sessions wait for. */
void orr_cursor_print_state (const OrrCursor *cursor, OrrAddress node, GString *text);
/* The messages that are under way. */
void orr_cursor_print_pending (const OrrCursor *cursor, GString *text);
/* The events that this one caused. */
void orr_cursor_print_effects (const OrrCursor *cursor, GString *text);

G_END_DECLS
