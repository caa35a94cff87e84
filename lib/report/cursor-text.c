/* cursor-text.c: tells what is at a place of a run. */
#include "report/cursor-text.h"

#include "report/trace-words.h"

/* So many lines of one sort are told, and how many more there are. */
#define LINES_MAX 40

/* What a message says is told in so many columns. */
#define BODY_WIDTH 70

static void
print_more (gsize n, GString *text)
{
  if (n > LINES_MAX)
    g_string_append_printf (text, "  … and %" G_GSIZE_FORMAT " more\n", n - LINES_MAX);
}

static void
print_body (const OrrTrace *trace, guint64 body, GString *text)
{
  gsize before = text->len;
  g_string_append (text, " {");
  orr_words_body (trace, body, BODY_WIDTH, text);
  if (text->len == before + 2)
    g_string_truncate (text, before);
  else
    g_string_append_c (text, '}');
}

/* --- An event --- */

void
orr_cursor_print_event (const OrrTrace *trace, guint64 row, GString *text)
{
  const OrrTraceEvent *event = orr_trace_event (trace, row);
  g_string_append_printf (text, "#%" G_GUINT64_FORMAT "  ", row);
  orr_history_print_moment (event->time, text);
  g_string_append_printf (text, "  %s: ", orr_trace_event_who (trace, row));
  orr_words_event (trace, row, text);
  if (event->message < trace->messages->len)
    print_body (trace, orr_trace_message (trace, event->message)->body, text);
  else if (event->kind == ORR_EVENT_TIMER)
    print_body (trace, event->body, text);
  g_string_append_c (text, '\n');
}

static void
print_message (const OrrTrace *trace, guint64 row, GString *text)
{
  const OrrTraceMessage *message = orr_trace_message (trace, row);
  const char *fate = orr_words_fate (message->fate);
  orr_name_print (trace->scenario->model->messages[message->type].name, text);
  print_body (trace, message->body, text);
  g_string_append_printf (text, " to %s", orr_trace_actor_name (trace, message->to));
  if (message->duplicate)
    g_string_append (text, ", a second copy");
  if (fate)
    g_string_append_printf (text, " (✗ %s)", fate);
  else
    {
      g_string_append (text, ", arrives at ");
      orr_history_print_moment (message->arrived_at, text);
    }
  g_string_append_c (text, '\n');
}

/* A node other than the event's own is a server that a plain client asked. */
static void
print_facts (const OrrTrace *trace, guint64 event, GString *text)
{
  guint64 first, n = orr_cursor_facts_of (trace, event, &first);
  OrrAddress own = event < trace->events->len ? orr_trace_event (trace, event)->target : ORR_NOBODY;
  for (guint64 i = 0; i < MIN (n, LINES_MAX); i++)
    {
      const OrrTraceFact *fact = orr_trace_fact (trace, first + i);
      g_string_append (text, "  ");
      if (fact->node != own)
        g_string_append_printf (text, "%s ", orr_trace_actor_name (trace, fact->node));
      orr_words_fact (trace, first + i, text);
      g_string_append_c (text, '\n');
    }
  print_more (n, text);
}

static void
print_sent (const OrrTrace *trace, guint64 event, GString *text)
{
  guint64 first, n = orr_cursor_messages_of (trace, event, &first);
  for (guint64 i = 0; i < MIN (n, LINES_MAX); i++)
    {
      const OrrTraceMessage *message = orr_trace_message (trace, first + i);
      gboolean own = message->from == orr_trace_event (trace, event)->target;
      g_string_append (text, "  ");
      if (!own)
        g_string_append_printf (text, "%s ", orr_trace_actor_name (trace, message->from));
      g_string_append (text, "sends ");
      print_message (trace, first + i, text);
    }
  print_more (n, text);
}

void
orr_cursor_print (const OrrCursor *cursor, GString *text)
{
  const OrrTrace *trace = cursor->trace;
  guint64 event = orr_cursor_event (cursor);
  if (orr_cursor_is_at_start (cursor))
    {
      g_string_append_printf (text, "the beginning: %u events lie ahead\n", trace->events->len);
      return;
    }
  if (orr_cursor_is_at_end (cursor))
    {
      g_string_append (text, "the end, at ");
      orr_history_print_moment (trace->ended_at, text);
      g_string_append_printf (text, ": %s\n", orr_ending_name (trace->ending));
      print_facts (trace, G_MAXUINT64, text);
      return;
    }
  orr_cursor_print_event (trace, event, text);
  print_facts (trace, event, text);
  print_sent (trace, event, text);
}

void
orr_cursor_print_where (const OrrCursor *cursor, GString *text)
{
  guint n = cursor->trace->events->len;
  if (orr_cursor_is_at_start (cursor))
    g_string_append_printf (text, "at the beginning, before %u events", n);
  else if (orr_cursor_is_at_end (cursor))
    g_string_append_printf (text, "at the end, behind %u events", n);
  else
    g_string_append_printf (text, "at event #%" G_GUINT64_FORMAT ", the last is #%u",
                            orr_cursor_event (cursor), n - 1);
  g_string_append (text, ", ");
  orr_history_print_moment (orr_cursor_time (cursor), text);
  g_string_append (text, " of ");
  orr_history_print_moment (cursor->trace->ended_at, text);
  if (cursor->node == ORR_NOBODY)
    g_string_append (text, "; all nodes\n");
  else
    g_string_append_printf (text, "; events of %s alone\n",
                            orr_trace_actor_name (cursor->trace, cursor->node));
}

/* --- What is so --- */

/* Of a client host: the operations of its sessions that have begun and not ended. */
static guint
print_open (const OrrCursor *cursor, OrrAddress node, GString *text)
{
  const OrrTrace *trace = cursor->trace;
  guint n = 0;
  for (guint32 i = 0; i < trace->operations->len; i++)
    {
      const OrrTraceOperation *row = orr_trace_operation (trace, i);
      if (row->host != node || row->event >= cursor->place || row->completed <= orr_cursor_time (cursor))
        continue;
      n++;
      if (n > LINES_MAX)
        continue;
      g_string_append_printf (text, "  %s waits for ", trace->scenario->session_names[row->session]);
      orr_words_operation_id (trace, i, text);
      g_string_append (text, ": ");
      orr_words_asked (trace, i, text);
      g_string_append (text, ", since ");
      orr_history_print_moment (row->invoked, text);
      g_string_append_c (text, '\n');
    }
  print_more (n, text);
  return n;
}

/* "replica1, down since 0.2s (stops)". */
static void
print_turn (const OrrCursor *cursor, OrrAddress node, GString *text)
{
  guint64 turn = orr_cursor_last_turn (cursor, node);
  g_string_append (text, orr_trace_actor_name (cursor->trace, node));
  if (turn == G_MAXUINT64)
    return;
  const OrrTraceEvent *event = orr_trace_event (cursor->trace, turn);
  if (event->kind == ORR_EVENT_START && event->time == 0)
    return;
  g_string_append (text, event->kind == ORR_EVENT_STOP ? ", down since " : ", up again since ");
  orr_history_print_moment (event->time, text);
}

static void
print_said (const OrrCursor *cursor, OrrAddress node, const GArray *said, GString *text)
{
  guint64 turn = orr_cursor_last_turn (cursor, node);
  OrrTime since = turn == G_MAXUINT64 ? 0 : orr_trace_event (cursor->trace, turn)->time;
  for (guint i = 0; i < MIN (said->len, LINES_MAX); i++)
    {
      guint64 row = g_array_index (said, guint64, i);
      const OrrTraceFact *fact = orr_trace_fact (cursor->trace, row);
      g_string_append (text, "  ");
      orr_words_fact (cursor->trace, row, text);
      g_string_append (text, " (");
      orr_history_print_moment (fact->time, text);
      g_string_append (text, fact->time < since ? ", before it last stopped)\n" : ")\n");
    }
  print_more (said->len, text);
}

void
orr_cursor_print_state (const OrrCursor *cursor, OrrAddress node, GString *text)
{
  g_autoptr (GArray) said = orr_cursor_said (cursor, node);
  print_turn (cursor, node, text);
  g_string_append (text, ":\n");
  if (print_open (cursor, node, text) + said->len == 0)
    g_string_append (text, "  has said nothing yet\n");
  print_said (cursor, node, said, text);
}

void
orr_cursor_print_pending (const OrrCursor *cursor, GString *text)
{
  g_autoptr (GArray) pending = orr_cursor_pending (cursor);
  if (pending->len == 0)
    g_string_append (text, "no message is under way\n");
  for (guint i = 0; i < MIN (pending->len, LINES_MAX); i++)
    {
      guint64 row = g_array_index (pending, guint64, i);
      const OrrTraceMessage *message = orr_trace_message (cursor->trace, row);
      g_string_append_printf (text, "  from %s, sent at ",
                              orr_trace_actor_name (cursor->trace, message->from));
      orr_history_print_moment (message->sent_at, text);
      g_string_append (text, ": ");
      print_message (cursor->trace, row, text);
    }
  print_more (pending->len, text);
}

void
orr_cursor_print_effects (const OrrCursor *cursor, GString *text)
{
  g_autoptr (GArray) effects = orr_cursor_effects (cursor);
  if (effects->len == 0)
    g_string_append (text, "nothing came of it\n");
  for (guint i = 0; i < MIN (effects->len, LINES_MAX); i++)
    {
      g_string_append (text, "  ");
      orr_cursor_print_event (cursor->trace, g_array_index (effects, guint64, i), text);
    }
  print_more (effects->len, text);
}
