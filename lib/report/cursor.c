/* cursor.c: moves through the rows of a trace. */
#include "report/cursor.h"

#include <string.h>

#include "report/trace-words.h"

OrrCursor
orr_cursor_new (const OrrTrace *trace)
{
  return (OrrCursor){ .trace = trace, .node = ORR_NOBODY };
}

static guint64
n_events (const OrrCursor *cursor)
{
  return cursor->trace->events->len;
}

gboolean
orr_cursor_is_at_start (const OrrCursor *cursor)
{
  return cursor->place == 0;
}

gboolean
orr_cursor_is_at_end (const OrrCursor *cursor)
{
  return cursor->place > n_events (cursor);
}

guint64
orr_cursor_event (const OrrCursor *cursor)
{
  return orr_cursor_is_at_start (cursor) || orr_cursor_is_at_end (cursor) ? G_MAXUINT64 : cursor->place - 1;
}

OrrTime
orr_cursor_time (const OrrCursor *cursor)
{
  if (orr_cursor_is_at_start (cursor))
    return 0;
  if (orr_cursor_is_at_end (cursor))
    return cursor->trace->ended_at;
  return orr_trace_event (cursor->trace, cursor->place - 1)->time;
}

void
orr_cursor_to_place (OrrCursor *cursor, guint64 place)
{
  g_assert (place <= n_events (cursor) + 1);
  cursor->place = place;
}

/* --- Moving --- */

/* Both ends are everybody's. */
static gboolean
counts (const OrrCursor *cursor, guint64 place)
{
  return cursor->node == ORR_NOBODY || place == 0 || place > n_events (cursor)
         || orr_trace_event (cursor->trace, place - 1)->target == cursor->node;
}

guint64
orr_cursor_forth (OrrCursor *cursor, guint64 n)
{
  guint64 moved = 0;
  for (guint64 place = cursor->place; moved < n && place <= n_events (cursor);)
    if (counts (cursor, ++place))
      {
        cursor->place = place;
        moved++;
      }
  return moved;
}

guint64
orr_cursor_back (OrrCursor *cursor, guint64 n)
{
  guint64 moved = 0;
  for (guint64 place = cursor->place; moved < n && place > 0;)
    if (counts (cursor, --place))
      {
        cursor->place = place;
        moved++;
      }
  return moved;
}

/* --- What belongs to an event --- */

/* The first row from which on all belong to that event or a later one: facts and messages stand in the order
 * of the events in which they were said and sent. */
static guint64
lower_bound (guint64 n, guint64 event, guint64 (*event_of) (const OrrTrace *trace, guint64 row),
             const OrrTrace *trace)
{
  guint64 low = 0, high = n;
  while (low < high)
    {
      guint64 middle = low + (high - low) / 2;
      if (event_of (trace, middle) < event)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static guint64
event_of_fact (const OrrTrace *trace, guint64 row)
{
  return orr_trace_fact (trace, row)->event;
}

static guint64
event_of_message (const OrrTrace *trace, guint64 row)
{
  return orr_trace_message (trace, row)->sent_by;
}

guint64
orr_cursor_facts_of (const OrrTrace *trace, guint64 event, guint64 *ret_first)
{
  guint64 n = trace->facts->len, first = lower_bound (n, event, event_of_fact, trace), end = first;
  while (end < n && event_of_fact (trace, end) == event)
    end++;
  *ret_first = first;
  return end - first;
}

guint64
orr_cursor_messages_of (const OrrTrace *trace, guint64 event, guint64 *ret_first)
{
  guint64 n = trace->messages->len, first = lower_bound (n, event, event_of_message, trace), end = first;
  while (end < n && event_of_message (trace, end) == event)
    end++;
  *ret_first = first;
  return end - first;
}

/* --- Moving to the next of a sort --- */

gboolean
orr_cursor_to_fact (OrrCursor *cursor, gint fact)
{
  guint64 row = lower_bound (cursor->trace->facts->len, cursor->place, event_of_fact, cursor->trace);
  if (orr_cursor_is_at_end (cursor))
    return FALSE;
  for (; row < cursor->trace->facts->len; row++)
    {
      const OrrTraceFact *said = orr_trace_fact (cursor->trace, row);
      if ((fact >= 0 && said->fact != (guint32) fact)
          || (cursor->node != ORR_NOBODY && said->node != cursor->node))
        continue;
      cursor->place = said->event < n_events (cursor) ? said->event + 1 : n_events (cursor) + 1;
      return TRUE;
    }
  return FALSE;
}

/* The next event of one of two kinds. */
static gboolean
to_kind (OrrCursor *cursor, OrrEventKind kind, OrrEventKind other)
{
  for (guint64 row = cursor->place; row < n_events (cursor); row++)
    {
      const OrrTraceEvent *event = orr_trace_event (cursor->trace, row);
      if (event->kind != kind && event->kind != other)
        continue;
      cursor->place = row + 1;
      return TRUE;
    }
  return FALSE;
}

gboolean
orr_cursor_to_fault (OrrCursor *cursor)
{
  return to_kind (cursor, ORR_EVENT_FAULT, ORR_EVENT_HEAL);
}

gboolean
orr_cursor_to_operation (OrrCursor *cursor, guint32 operation)
{
  if (operation == G_MAXUINT32)
    return to_kind (cursor, ORR_EVENT_INVOKE, ORR_EVENT_INVOKE);
  guint64 event = orr_trace_operation (cursor->trace, operation)->event;
  if (event >= n_events (cursor))
    return FALSE;
  cursor->place = event + 1;
  return TRUE;
}

gboolean
orr_cursor_to_cause (OrrCursor *cursor)
{
  guint64 event = orr_cursor_event (cursor);
  guint64 cause = event != G_MAXUINT64 ? orr_trace_event (cursor->trace, event)->cause : G_MAXUINT64;
  if (cause >= n_events (cursor))
    return FALSE;
  cursor->place = cause + 1;
  return TRUE;
}

void
orr_cursor_to_time (OrrCursor *cursor, OrrTime time)
{
  guint64 low = 0, high = n_events (cursor);
  while (low < high)
    {
      guint64 middle = low + (high - low) / 2;
      if (orr_trace_event (cursor->trace, middle)->time <= time)
        low = middle + 1;
      else
        high = middle;
    }
  cursor->place = low;
}

/* --- What is so --- */

GArray *
orr_cursor_effects (const OrrCursor *cursor)
{
  GArray *effects = g_array_new (FALSE, FALSE, sizeof (guint64));
  guint64 event = orr_cursor_event (cursor);
  for (guint64 row = cursor->place; event != G_MAXUINT64 && row < n_events (cursor); row++)
    if (orr_trace_event (cursor->trace, row)->cause == event)
      g_array_append_val (effects, row);
  return effects;
}

/* What never arrives is under way no more: that is told where it is sent. */
GArray *
orr_cursor_pending (const OrrCursor *cursor)
{
  GArray *pending = g_array_new (FALSE, FALSE, sizeof (guint64));
  const OrrTrace *trace = cursor->trace;
  guint64 end = lower_bound (trace->messages->len, cursor->place, event_of_message, trace);
  g_autoptr (GHashTable) arrived = g_hash_table_new (NULL, NULL);
  for (guint64 row = 0; row < MIN (cursor->place, n_events (cursor)); row++)
    if (orr_trace_event (trace, row)->message != G_MAXUINT32)
      g_hash_table_add (arrived, GUINT_TO_POINTER (orr_trace_event (trace, row)->message));
  for (guint64 row = 0; row < end; row++)
    {
      const OrrTraceMessage *message = orr_trace_message (trace, row);
      if ((message->fate == ORR_FATE_DELIVERED || message->fate == ORR_FATE_UNDER_WAY)
          && !g_hash_table_contains (arrived, GUINT_TO_POINTER ((guint32) row)))
        g_array_append_val (pending, row);
    }
  return pending;
}

/* What a later fact of the same sort takes the place of: its kind, and its key. */
static guint64
sort_of (const OrrTrace *trace, const OrrTraceFact *fact)
{
  OrrKey key = ORR_NIL;
  for (const OrrField *field = trace->scenario->model->facts[fact->fact].fields; field && field->name;
       field++)
    if (field->type == &orr_type_KEY)
      {
        memcpy (&key, (const char *) fact->body + field->offset, sizeof key);
        break;
      }
  return key * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + fact->fact;
}

static gint
compare_rows (gconstpointer a, gconstpointer b)
{
  guint64 left = *(const guint64 *) a, right = *(const guint64 *) b;
  return left < right ? -1 : left > right;
}

GArray *
orr_cursor_said (const OrrCursor *cursor, OrrAddress node)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint64));
  const OrrTrace *trace = cursor->trace;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  guint64 end = orr_cursor_is_at_end (cursor)
                    ? trace->facts->len
                    : lower_bound (trace->facts->len, cursor->place, event_of_fact, trace);
  for (guint64 row = end; row-- > 0;)
    {
      const OrrTraceFact *fact = orr_trace_fact (trace, row);
      guint64 sort = sort_of (trace, fact);
      if (fact->node == node && g_hash_table_add (seen, g_memdup2 (&sort, sizeof sort)))
        g_array_append_val (rows, row);
    }
  g_array_sort (rows, compare_rows);
  return rows;
}

guint64
orr_cursor_last_turn (const OrrCursor *cursor, OrrAddress node)
{
  for (guint64 row = MIN (cursor->place, n_events (cursor)); row-- > 0;)
    {
      const OrrTraceEvent *event = orr_trace_event (cursor->trace, row);
      if (event->target == node && (event->kind == ORR_EVENT_STOP || event->kind == ORR_EVENT_START))
        return row;
    }
  return G_MAXUINT64;
}
