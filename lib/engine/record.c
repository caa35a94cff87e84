/* record.c: what a trace keeps above the level of operations.
 *
 * Each event becomes a row that names the row in whose handling it was made, and each message a row with its
 * fate. A pending event does not carry that along: most runs don't want it, and it would cost all of them. It
 * is kept beside, by the event's sequence number, from the push to the end of the event. */
#include "engine/engine-private.h"

#include <string.h>

typedef struct
{
  guint64 sequence;
  guint64 cause;
  guint32 message;
} Origin;

/* TRUE where the limit leaves room for one more row of a table. */
static gboolean
has_room (OrrSimulation *simulation, const GArray *rows)
{
  if (rows->len < simulation->options.record_limit)
    return TRUE;
  simulation->trace->counts.recorded_dropped++;
  return FALSE;
}

/* The offset of a body's text among the trace's, which is appended; G_MAXUINT64 where there is none. */
static guint64
append_body (OrrSimulation *simulation, const OrrRecord *record, gconstpointer body)
{
  GString *bodies = simulation->trace->bodies;
  if (simulation->trace->level < ORR_RECORD_FULL || !record || record->size == 0 || !body)
    return G_MAXUINT64;
  guint64 offset = bodies->len;
  orr_fields_print_json (record->fields, &simulation->context, body, bodies);
  g_string_append_c (bodies, '\0');
  return offset;
}

/* --- Origins --- */

void
orr_record_origin (OrrSimulation *simulation, guint64 sequence, guint64 cause, guint32 message)
{
  if (!simulation->origins || (cause == ORR_NO_ROW && message == ORR_NO_MESSAGE))
    return;
  Origin *origin = g_new (Origin, 1);
  *origin = (Origin){ sequence, cause, message };
  g_hash_table_add (simulation->origins, origin);
}

void
orr_record_find_origin (OrrSimulation *simulation, guint64 sequence)
{
  const Origin *origin = g_hash_table_lookup (simulation->origins, &sequence);
  simulation->cause = origin ? origin->cause : ORR_NO_ROW;
  simulation->message = origin ? origin->message : ORR_NO_MESSAGE;
  simulation->row = simulation->cause;
  if (origin)
    g_hash_table_remove (simulation->origins, &sequence);
}

/* --- Messages --- */

guint32
orr_record_message (OrrSimulation *simulation, OrrAddress from, OrrAddress to, guint16 type,
                    gconstpointer body, gboolean duplicate)
{
  GArray *messages = simulation->trace->messages;
  if (!orr_is_recorded (simulation) || !has_room (simulation, messages) || messages->len == ORR_NO_MESSAGE)
    return ORR_NO_MESSAGE;
  OrrTraceMessage message = {
    .sent_by = simulation->row,
    .sent_at = simulation->now,
    .arrived_at = ORR_TIME_NEVER,
    .from = from,
    .to = to,
    .type = type,
    .fate = ORR_FATE_UNDER_WAY,
    .duplicate = duplicate,
    .body = append_body (simulation, &simulation->model->messages[type], body),
  };
  g_array_append_val (messages, message);
  return messages->len - 1;
}

void
orr_record_fate (OrrSimulation *simulation, guint32 row, OrrFate fate)
{
  if (row == ORR_NO_MESSAGE)
    return;
  OrrTraceMessage *message = &g_array_index (simulation->trace->messages, OrrTraceMessage, row);
  message->fate = fate;
  message->arrived_at = fate == ORR_FATE_DELIVERED ? simulation->now : ORR_TIME_NEVER;
}

/* --- Events --- */

/* The text of what an event says: its message's own, if that has a row. */
static guint64
body_of (OrrSimulation *simulation, guint32 message, const OrrRecord *record, gconstpointer body)
{
  if (message != ORR_NO_MESSAGE)
    return g_array_index (simulation->trace->messages, OrrTraceMessage, message).body;
  return append_body (simulation, record, body);
}

void
orr_record_event (OrrSimulation *simulation, OrrEventKind kind, OrrAddress target, guint32 source,
                  guint16 type, guint64 cause, guint32 message, const OrrRecord *record, gconstpointer body)
{
  if (simulation->trace->level == ORR_RECORD_FULL && record && record->size > 0 && body)
    simulation->body_digest
        = orr_fields_hash (record->fields, &simulation->context, body, simulation->body_digest);

  simulation->row = ORR_NO_ROW;
  if (!has_room (simulation, simulation->trace->events))
    return;
  OrrTraceEvent event = {
    .cause = cause,
    .time = simulation->now,
    .target = target,
    .source = source,
    .kind = kind,
    .type = type,
    .message = message,
    .body = body_of (simulation, message, record, body),
  };
  simulation->row = simulation->trace->events->len;
  g_array_append_val (simulation->trace->events, event);
}

void
orr_record_init (OrrSimulation *simulation)
{
  if (simulation->trace->level >= ORR_RECORD_EVENTS)
    simulation->origins = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  if (simulation->options.record_limit == 0)
    simulation->options.record_limit = 10 * 1000 * 1000;
}

void
orr_record_clear (OrrSimulation *simulation)
{
  g_clear_pointer (&simulation->origins, g_hash_table_unref);
}
