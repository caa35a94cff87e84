/* trace-tables.c: the tables of a saved trace.
 *
 * A table here is one kind of row of the trace, and a column one member. Times are whole nanoseconds; a row
 * is named by its place, from 0. The views say the same in words, with names for numbers and seconds for
 * nanoseconds. docs/trace.md explains all of them; a change here needs a new ORR_TRACE_FORMAT. */
#include "trace/trace-private.h"

const OrrTraceTableInfo orr_trace_tables[ORR_N_TABLES] = {
  [ORR_TABLE_RUN] = { "run",
                      "id",
                      { { "id", ORR_COLUMN_NUMBER },
                        { "version", ORR_COLUMN_TEXT },
                        { "seed", ORR_COLUMN_TEXT },
                        { "level", ORR_COLUMN_TEXT },
                        { "ending", ORR_COLUMN_TEXT },
                        { "healed_at", ORR_COLUMN_NUMBER_OR_NOTHING },
                        { "ended_at", ORR_COLUMN_NUMBER },
                        { "digest", ORR_COLUMN_TEXT },
                        { "body_digest", ORR_COLUMN_TEXT },
                        { "events", ORR_COLUMN_NUMBER },
                        { "sent", ORR_COLUMN_NUMBER },
                        { "delivered", ORR_COLUMN_NUMBER },
                        { "lost", ORR_COLUMN_NUMBER },
                        { "corrupted", ORR_COLUMN_NUMBER },
                        { "overflowed", ORR_COLUMN_NUMBER },
                        { "duplicated", ORR_COLUMN_NUMBER },
                        { "partitioned", ORR_COLUMN_NUMBER },
                        { "resent", ORR_COLUMN_NUMBER },
                        { "timers_fired", ORR_COLUMN_NUMBER },
                        { "timers_cancelled", ORR_COLUMN_NUMBER },
                        { "writes", ORR_COLUMN_NUMBER },
                        { "syncs", ORR_COLUMN_NUMBER },
                        { "requests_late", ORR_COLUMN_NUMBER },
                        { "recorded_dropped", ORR_COLUMN_NUMBER },
                        { "scenario", ORR_COLUMN_TEXT } } },
  [ORR_TABLE_ACTORS] = { "actors",
                         "id",
                         { { "id", ORR_COLUMN_NUMBER },
                           { "name", ORR_COLUMN_TEXT },
                           { "node", ORR_COLUMN_NUMBER },
                           { "node_name", ORR_COLUMN_TEXT },
                           { "role", ORR_COLUMN_NUMBER_OR_NOTHING },
                           { "observed", ORR_COLUMN_NUMBER } } },
  [ORR_TABLE_SESSIONS] = { "sessions", "id", { { "id", ORR_COLUMN_NUMBER }, { "name", ORR_COLUMN_TEXT } } },
  [ORR_TABLE_EVENTS] = { "events",
                         "id",
                         { { "id", ORR_COLUMN_NUMBER },
                           { "time", ORR_COLUMN_NUMBER },
                           { "kind", ORR_COLUMN_TEXT },
                           { "type", ORR_COLUMN_TEXT_OR_NOTHING },
                           { "target", ORR_COLUMN_NUMBER_OR_NOTHING },
                           { "source", ORR_COLUMN_NUMBER_OR_NOTHING },
                           { "cause", ORR_COLUMN_NUMBER_OR_NOTHING },
                           { "message", ORR_COLUMN_NUMBER_OR_NOTHING },
                           { "body", ORR_COLUMN_TEXT_OR_NOTHING } } },
  [ORR_TABLE_MESSAGES] = { "messages",
                           "id",
                           { { "id", ORR_COLUMN_NUMBER },
                             { "sent_at", ORR_COLUMN_NUMBER },
                             { "arrived_at", ORR_COLUMN_NUMBER_OR_NOTHING },
                             { "sender", ORR_COLUMN_NUMBER },
                             { "receiver", ORR_COLUMN_NUMBER },
                             { "type", ORR_COLUMN_TEXT },
                             { "fate", ORR_COLUMN_TEXT },
                             { "duplicate", ORR_COLUMN_NUMBER },
                             { "sent_by", ORR_COLUMN_NUMBER_OR_NOTHING },
                             { "body", ORR_COLUMN_TEXT_OR_NOTHING } } },
  [ORR_TABLE_OPERATIONS] = { "operations",
                             "id",
                             { { "id", ORR_COLUMN_NUMBER },
                               { "name", ORR_COLUMN_TEXT_OR_NOTHING },
                               { "session", ORR_COLUMN_NUMBER },
                               { "process", ORR_COLUMN_NUMBER },
                               { "host", ORR_COLUMN_NUMBER },
                               { "due", ORR_COLUMN_NUMBER },
                               { "invoked", ORR_COLUMN_NUMBER_OR_NOTHING },
                               { "completed", ORR_COLUMN_NUMBER_OR_NOTHING },
                               { "outcome", ORR_COLUMN_TEXT },
                               { "server", ORR_COLUMN_NUMBER_OR_NOTHING },
                               { "note", ORR_COLUMN_TEXT_OR_NOTHING },
                               { "attributes", ORR_COLUMN_TEXT_OR_NOTHING },
                               { "event", ORR_COLUMN_NUMBER_OR_NOTHING },
                               { "steps", ORR_COLUMN_NUMBER } } },
  [ORR_TABLE_STEPS] = { "steps",
                        "operation, step",
                        { { "operation", ORR_COLUMN_NUMBER },
                          { "step", ORR_COLUMN_NUMBER },
                          { "kind", ORR_COLUMN_TEXT },
                          { "key", ORR_COLUMN_TEXT_OR_NOTHING },
                          { "value", ORR_COLUMN_TEXT_OR_NOTHING },
                          { "expected", ORR_COLUMN_TEXT_OR_NOTHING },
                          { "result", ORR_COLUMN_TEXT_OR_NOTHING },
                          { "version", ORR_COLUMN_NUMBER_OR_NOTHING } } },
  [ORR_TABLE_FACTS] = { "facts",
                        "id",
                        { { "id", ORR_COLUMN_NUMBER },
                          { "time", ORR_COLUMN_NUMBER },
                          { "node", ORR_COLUMN_NUMBER },
                          { "fact", ORR_COLUMN_TEXT },
                          { "final", ORR_COLUMN_NUMBER },
                          { "event", ORR_COLUMN_NUMBER_OR_NOTHING },
                          { "key", ORR_COLUMN_TEXT_OR_NOTHING },
                          { "value", ORR_COLUMN_TEXT_OR_NOTHING },
                          { "version", ORR_COLUMN_NUMBER_OR_NOTHING },
                          { "body", ORR_COLUMN_TEXT_OR_NOTHING } } },
  [ORR_TABLE_FAULTS] = { "faults",
                         "id",
                         { { "id", ORR_COLUMN_NUMBER },
                           { "began", ORR_COLUMN_NUMBER },
                           { "ended", ORR_COLUMN_NUMBER_OR_NOTHING },
                           { "fault", ORR_COLUMN_TEXT_OR_NOTHING },
                           { "what", ORR_COLUMN_TEXT_OR_NOTHING },
                           { "effects", ORR_COLUMN_NUMBER },
                           { "line", ORR_COLUMN_NUMBER_OR_NOTHING },
                           { "choice", ORR_COLUMN_NUMBER_OR_NOTHING } } },
};

const char *const orr_trace_views[] = {
  "CREATE VIEW event_log AS SELECT events.id, events.time / 1e9 AS seconds, kind, events.type, "
  "target.name AS target, CASE WHEN kind IN ('invoke', 'complete', 'cancel', 'timeout') THEN session.name "
  "ELSE source.name END AS source, cause, coalesce(events.body, messages.body) AS body FROM events "
  "LEFT JOIN actors AS target ON target.id = events.target "
  "LEFT JOIN actors AS source ON source.id = events.source "
  "LEFT JOIN sessions AS session ON session.id = events.source "
  "LEFT JOIN messages ON messages.id = events.message ORDER BY events.id",

  "CREATE VIEW message_log AS SELECT messages.id, sent_at / 1e9 AS sent, arrived_at / 1e9 AS arrived, "
  "sender.name AS sender, receiver.name AS receiver, type, fate, body FROM messages "
  "JOIN actors AS sender ON sender.id = messages.sender "
  "JOIN actors AS receiver ON receiver.id = messages.receiver ORDER BY messages.id",

  "CREATE VIEW operation_log AS SELECT operations.id, operations.name, sessions.name AS session, "
  "invoked / 1e9 AS invoked, completed / 1e9 AS completed, outcome, actors.name AS server, "
  "steps.kind, steps.key, steps.value, steps.result, steps.version, note FROM operations "
  "JOIN sessions ON sessions.id = operations.session JOIN steps ON steps.operation = operations.id "
  "LEFT JOIN actors ON actors.id = operations.server ORDER BY operations.id, steps.step",

  "CREATE VIEW fact_log AS SELECT facts.id, time / 1e9 AS seconds, actors.name AS node, fact, final, key, "
  "value, version, body FROM facts JOIN actors ON actors.id = facts.node ORDER BY facts.id",
  NULL,
};

guint
orr_trace_table_width (OrrTraceTable table)
{
  guint width = 0;
  while (width < ORR_ROW_CELLS_MAX && orr_trace_tables[table].columns[width].name)
    width++;
  return width;
}

void
orr_trace_table_print_sql (OrrTraceTable table, GString *sql)
{
  static const char *const types[] = {
    [ORR_COLUMN_NUMBER] = "INTEGER NOT NULL",
    [ORR_COLUMN_NUMBER_OR_NOTHING] = "INTEGER",
    [ORR_COLUMN_TEXT] = "TEXT NOT NULL",
    [ORR_COLUMN_TEXT_OR_NOTHING] = "TEXT",
  };
  const OrrTraceTableInfo *info = &orr_trace_tables[table];
  g_string_append_printf (sql, "CREATE TABLE %s (", info->name);
  for (guint i = 0; i < orr_trace_table_width (table); i++)
    g_string_append_printf (sql, "%s %s, ", info->columns[i].name, types[info->columns[i].kind]);
  g_string_append_printf (sql, "PRIMARY KEY (%s)) STRICT%s", info->key,
                          table == ORR_TABLE_STEPS ? ", WITHOUT ROWID" : "");
}
