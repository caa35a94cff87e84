/* space-time.c: draws a cone, a row after the other. */
#include "report/space-time.h"

#include <string.h>

#include "report/trace-words.h"

/* A node's column takes at least so many columns of the terminal, and no more than it needs. */
#define COLUMN_LEAST 14
#define COLUMN_MOST  26

/* The last one has no other behind it, and more to say. */
#define COLUMN_LAST 28

typedef struct
{
  gunichar line, down, dash, dots, right, left, lost, dot, stop, bar;
} Glyphs;

static const Glyphs fine = { 0x2502, 0x250a, 0x2500, 0xb7, 0x25b6, 0x25c0, 0x2717, 0x25cf, 0x2573, 0x2550 };
static const Glyphs plain = { '|', ':', '-', '.', '>', '<', 'x', 'o', 'X', '=' };

const char *
orr_space_time_legend (gboolean ascii)
{
  return ascii ? "time downwards; o--> a message; x one that never arrives; : a node that is down"
               : "time downwards; ●──▶ a message; ✗ one that never arrives; ┊ a node that is down";
}

/* A node, and where its line stands. */
typedef struct
{
  OrrAddress node;
  guint weight; /* in how many steps it has a part */
  guint x;
  gboolean is_down;
} Column;

/* A message that is under way while other things happen. */
typedef struct
{
  guint64 message;
  guint number;
} Pending;

typedef struct
{
  const OrrCone *cone;
  const OrrTrace *trace;
  const Glyphs *glyphs;
  guint indent, width, spread, time_width;
  GArray *columns; /* Column, from left to right */
  GArray *pending; /* Pending */
  GString *text;
  gunichar *row; /* `width` characters */
  OrrTime told;  /* the time that stands at the left of a row already */
  guint n_numbers;
} Diagram;

static OrrConeStep *
get_step (const Diagram *diagram, guint index)
{
  return &g_array_index (diagram->cone->steps, OrrConeStep, index);
}

static Column *
find_column (const Diagram *diagram, OrrAddress node)
{
  for (guint i = 0; i < diagram->columns->len; i++)
    if (g_array_index (diagram->columns, Column, i).node == node)
      return &g_array_index (diagram->columns, Column, i);
  return NULL;
}

/* --- Rows --- */

static void
clear_row (Diagram *diagram)
{
  for (guint i = 0; i < diagram->width; i++)
    diagram->row[i] = ' ';
  for (guint i = 0; i < diagram->columns->len; i++)
    {
      const Column *column = &g_array_index (diagram->columns, Column, i);
      diagram->row[column->x] = column->is_down ? diagram->glyphs->down : diagram->glyphs->line;
    }
}

/* Writes over what is there; what has no room ends in a sign that it goes on. */
static void
put_text (Diagram *diagram, guint x, guint end, const char *words)
{
  g_autoptr (GString) shown_text = g_string_new (NULL);
  g_autofree char *line = orr_one_line (words);
  g_string_append (shown_text, line);
  if (diagram->glyphs == &plain)
    g_string_replace (shown_text, "→", "->", 0);
  const char *shown = shown_text->str;
  end = MIN (end, diagram->width);
  for (const char *at = shown; *at && x < end; at = g_utf8_next_char (at), x++)
    {
      gunichar character = g_utf8_get_char (at);
      gboolean last = x + 1 == end && *g_utf8_next_char (at);
      if (diagram->glyphs == &plain && character > 127)
        character = '?';
      diagram->row[x] = last ? (diagram->glyphs == &plain ? '~' : 0x2026) : character;
    }
}

static void
end_row (Diagram *diagram)
{
  guint length = diagram->width;
  while (length > 0 && diagram->row[length - 1] == ' ')
    length--;
  if (length > 0)
    g_string_append_printf (diagram->text, "%*s", (int) diagram->indent, "");
  for (guint i = 0; i < length; i++)
    g_string_append_unichar (diagram->text, diagram->row[i]);
  g_string_append_c (diagram->text, '\n');
  clear_row (diagram);
}

static void
put_time (Diagram *diagram, OrrTime time, gboolean is_witness)
{
  g_autoptr (GString) moment = g_string_new (NULL);
  orr_history_print_moment (time, moment);
  if (is_witness)
    diagram->row[0] = '*';
  if (time != diagram->told)
    put_text (diagram, 2, 2 + diagram->time_width, moment->str);
  diagram->told = time;
}

/* What a node did, beside its line: where there is room for it. */
static void
add_label (Diagram *diagram, const OrrConeStep *step, const Column *column, gunichar mark, const char *words)
{
  put_time (diagram, step->time, step->is_witness);
  if (mark)
    diagram->row[column->x] = mark;
  guint room = diagram->width - column->x - 2, length = (guint) g_utf8_strlen (words, -1);
  guint first = g_array_index (diagram->columns, Column, 0).x + 2;
  if (length > room && column->x >= first + length + 2)
    put_text (diagram, column->x - 2 - length, column->x - 1, words);
  else
    put_text (diagram, column->x + 2, diagram->width, words);
  end_row (diagram);
}

/* --- Arrows --- */

typedef enum
{
  ARROW_WHOLE,
  ARROW_LOST,
  ARROW_BEGIN,
  ARROW_END
} ArrowKind;

/* From one line to the other, with its words in between as far as there is room. */
static void
add_arrow (Diagram *diagram, OrrTime time, const Column *from, const Column *to, ArrowKind kind,
           const char *words)
{
  const Glyphs *glyphs = diagram->glyphs;
  gboolean right = from->x < to->x;
  guint left_end = MIN (from->x, to->x) + 1, right_end = MAX (from->x, to->x) - 1;
  guint head = right ? right_end : left_end, room = right_end - left_end + 1;
  gunichar body = kind == ARROW_END ? ' ' : glyphs->dash;
  glong length = g_utf8_strlen (words, -1);
  put_time (diagram, time, FALSE);
  for (guint x = left_end; x <= right_end && kind != ARROW_END; x++)
    diagram->row[x] = body;
  if (kind != ARROW_END)
    diagram->row[from->x] = glyphs->dot;
  for (guint i = 1; i < 4 && (kind == ARROW_BEGIN || kind == ARROW_END) && room > 4; i++)
    diagram->row[right ? head - i : head + i] = glyphs->dots;
  diagram->row[head] = kind == ARROW_LOST    ? glyphs->lost
                       : kind == ARROW_BEGIN ? glyphs->dots
                       : right               ? glyphs->right
                                             : glyphs->left;
  guint margin = kind == ARROW_BEGIN || kind == ARROW_END ? 5 : 2;
  guint width = room > margin + 1 ? MIN ((guint) length, room - margin - 1) : 0;
  guint start
      = right ? left_end + (room - margin - width) / 2 : left_end + margin + (room - margin - width) / 2;
  if (kind == ARROW_END)
    start = right ? right_end - margin - width + 1 : left_end + margin;
  if (width > 0)
    put_text (diagram, start, start + width, words);
  end_row (diagram);
}

static const char *
type_name (const Diagram *diagram, const OrrTraceMessage *message, GString *name)
{
  orr_name_print (diagram->trace->scenario->model->messages[message->type].name, name);
  return name->str;
}

/* Does anything that is drawn happen while it is under way, or does it arrive after all of that? */
static gboolean
is_overtaken (const Diagram *diagram, guint64 row, gboolean *ret_arrives)
{
  const OrrTraceMessage *message = orr_trace_message (diagram->trace, row);
  gboolean between = FALSE;
  *ret_arrives = FALSE;
  for (guint i = 0; i < diagram->cone->steps->len; i++)
    {
      const OrrConeStep *step = get_step (diagram, i);
      between |= step->time > message->sent_at && step->time < message->arrived_at;
      *ret_arrives |= orr_trace_event (diagram->trace, step->event)->message == row;
    }
  return between;
}

static void
add_message (Diagram *diagram, guint64 row)
{
  const OrrTraceMessage *message = orr_trace_message (diagram->trace, row);
  const Column *from = find_column (diagram, message->from), *to = find_column (diagram, message->to);
  g_autoptr (GString) words = g_string_new (NULL);
  gboolean arrives;
  if (!from || !to || from == to)
    return;
  type_name (diagram, message, words);
  const char *fate = orr_words_fate (message->fate);
  if (fate)
    {
      guint room = MAX (from->x, to->x) - MIN (from->x, to->x);
      if (words->len + strlen (fate) + 8 < room)
        g_string_append_printf (words, " (%s)", fate);
      add_arrow (diagram, message->sent_at, from, to, ARROW_LOST, words->str);
      return;
    }
  if (!is_overtaken (diagram, row, &arrives))
    {
      add_arrow (diagram, message->sent_at, from, to, ARROW_WHOLE, words->str);
      return;
    }
  Pending pending = { row, ++diagram->n_numbers };
  if (arrives)
    {
      g_string_append_printf (words, " (%u)", pending.number);
      g_array_append_val (diagram->pending, pending);
    }
  else
    {
      g_string_append (words, " (till ");
      orr_history_print_moment (message->arrived_at, words);
      g_string_append_c (words, ')');
      diagram->n_numbers--;
    }
  add_arrow (diagram, message->sent_at, from, to, ARROW_BEGIN, words->str);
}

/* A message that was overtaken arrives. */
static void
add_arrival (Diagram *diagram, const OrrConeStep *step)
{
  guint32 row = orr_trace_event (diagram->trace, step->event)->message;
  for (guint i = 0; i < diagram->pending->len; i++)
    {
      const Pending *pending = &g_array_index (diagram->pending, Pending, i);
      if (pending->message != row)
        continue;
      const OrrTraceMessage *message = orr_trace_message (diagram->trace, row);
      g_autoptr (GString) words = g_string_new (NULL);
      type_name (diagram, message, words);
      g_string_append_printf (words, " (%u)", pending->number);
      add_arrow (diagram, step->time, find_column (diagram, message->from),
                 find_column (diagram, message->to), ARROW_END, words->str);
      return;
    }
}

/* --- Steps --- */

static gboolean
is_applied (const Diagram *diagram, const OrrConeStep *step, const OrrFactVersion *version)
{
  const OrrRecord *records = diagram->trace->scenario->model->facts;
  for (guint i = 0; i < step->facts->len; i++)
    {
      const OrrTraceFact *fact = orr_trace_fact (diagram->trace, g_array_index (step->facts, guint64, i));
      if (records[fact->fact].fields == orr_fact_applied_fields
          && ((const OrrFactApplied *) fact->body)->key == version->key)
        return TRUE;
    }
  return FALSE;
}

/* That a write takes its place is told where the node does not hold it at once. */
static void
add_facts (Diagram *diagram, const OrrConeStep *step, const Column *column)
{
  const OrrRecord *records = diagram->trace->scenario->model->facts;
  for (guint i = 0; i < step->facts->len; i++)
    {
      guint64 row = g_array_index (step->facts, guint64, i);
      const OrrTraceFact *fact = orr_trace_fact (diagram->trace, row);
      g_autoptr (GString) words = g_string_new (NULL);
      if (records[fact->fact].fields == orr_fact_version_fields && is_applied (diagram, step, fact->body))
        continue;
      orr_words_fact (diagram->trace, row, words);
      add_label (diagram, step, column, 0, words->str + (g_str_has_prefix (words->str, "says ") ? 5 : 0));
    }
}

static void
add_across (Diagram *diagram, const OrrConeStep *step, const char *words)
{
  g_autofree char *padded = g_strdup_printf (" %s ", words);
  guint left = g_array_index (diagram->columns, Column, 0).x;
  put_time (diagram, step->time, step->is_witness);
  for (guint x = left; x < diagram->width; x++)
    diagram->row[x] = diagram->glyphs->bar;
  put_text (diagram, left + 2, diagram->width, padded);
  end_row (diagram);
}

/* A crash and its end are drawn at the node. */
static gboolean
is_drawn_at_node (const Diagram *diagram, guint64 fault)
{
  for (guint i = 0; i < diagram->cone->steps->len; i++)
    {
      const OrrTraceEvent *event = orr_trace_event (diagram->trace, get_step (diagram, i)->event);
      if (event->cause == fault && (event->kind == ORR_EVENT_STOP || event->kind == ORR_EVENT_START)
          && find_column (diagram, event->target))
        return TRUE;
    }
  return FALSE;
}

/* Is it told when the question reached its server? */
static gboolean
has_request (const Diagram *diagram, const OrrConeStep *step)
{
  for (guint i = 0; i < diagram->cone->steps->len; i++)
    if (get_step (diagram, i)->is_request && get_step (diagram, i)->event == step->event)
      return TRUE;
  return FALSE;
}

/* A plain client's question goes to its server, and the answer back, without events of their own. */
static void
add_answer (Diagram *diagram, const OrrConeStep *step)
{
  const OrrTraceEvent *event = orr_trace_event (diagram->trace, step->event);
  if (diagram->trace->scenario->model->client || step->operation == G_MAXUINT32)
    return;
  const OrrTraceOperation *row = orr_trace_operation (diagram->trace, step->operation);
  const Column *client = find_column (diagram, row->host), *server = find_column (diagram, row->server);
  g_autoptr (GString) id = g_string_new (NULL);
  orr_words_operation_id (diagram->trace, step->operation, id);
  gboolean was_sent = event->cause < step->event
                      && orr_trace_event (diagram->trace, event->cause)->kind == ORR_EVENT_MESSAGE
                      && orr_trace_event (diagram->trace, event->cause)->target == row->host;
  if (!client || !server || client == server || was_sent)
    return;
  if (event->kind == ORR_EVENT_COMPLETE)
    add_arrow (diagram, step->time, server, client, ARROW_WHOLE, id->str);
  else if (step->is_request
           || (event->kind == ORR_EVENT_INVOKE && step->messages->len == 0 && !has_request (diagram, step)))
    add_arrow (diagram, step->time, client, server, ARROW_WHOLE, id->str);
}

static void
add_own (Diagram *diagram, const OrrConeStep *step, Column *column)
{
  const OrrTraceEvent *event = orr_trace_event (diagram->trace, step->event);
  g_autoptr (GString) words = g_string_new (NULL);
  if (event->kind != ORR_EVENT_INVOKE || step->is_request)
    add_answer (diagram, step);
  orr_words_event (diagram->trace, step->event, words);
  if (event->kind == ORR_EVENT_MESSAGE || step->is_request)
    return;
  if (event->kind == ORR_EVENT_STOP || event->kind == ORR_EVENT_START)
    column->is_down = event->kind == ORR_EVENT_STOP;
  add_label (diagram, step, column,
             event->kind == ORR_EVENT_STOP    ? diagram->glyphs->stop
             : event->kind == ORR_EVENT_START ? diagram->glyphs->dot
                                              : 0,
             words->str);
  if (event->kind == ORR_EVENT_INVOKE)
    add_answer (diagram, step);
}

static void add_note (Diagram *diagram, guint x, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
add_note (Diagram *diagram, guint x, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *words = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  put_text (diagram, x, diagram->width, words);
  end_row (diagram);
}

static void
add_step (Diagram *diagram, const OrrConeStep *step)
{
  if (step->left_out > 0)
    add_note (diagram, 2, "(%u more)", step->left_out);
  if (step->node == ORR_NOBODY)
    {
      g_autoptr (GString) words = g_string_new (NULL);
      orr_words_event (diagram->trace, step->event, words);
      if (!is_drawn_at_node (diagram, step->event))
        add_across (diagram, step, words->str);
      return;
    }
  Column *column = find_column (diagram, step->node);
  if (!column)
    return;
  add_arrival (diagram, step);
  add_own (diagram, step, column);
  add_facts (diagram, step, column);
  for (guint i = 0; i < step->messages->len; i++)
    add_message (diagram, g_array_index (step->messages, guint64, i));
  if (step->folded > 0)
    {
      g_autoptr (GString) last = g_string_new (NULL);
      orr_history_print_moment (step->last, last);
      if (step->folded == 1)
        add_note (diagram, column->x + 2, "(once more, at %s)", last->str);
      else
        add_note (diagram, column->x + 2, "(%u times more, till %s)", step->folded, last->str);
    }
}

/* --- Columns --- */

static void
count_node (Diagram *diagram, OrrAddress node)
{
  Column *column = find_column (diagram, node);
  Column fresh = { .node = node, .weight = 1 };
  if (column)
    column->weight++;
  else if (node < diagram->trace->n_actors)
    g_array_append_val (diagram->columns, fresh);
}

/* Those that stay: nodes that do or say something, or that a message goes to. */
static void
find_nodes (Diagram *diagram)
{
  for (guint i = 0; i < diagram->cone->steps->len; i++)
    {
      const OrrConeStep *step = get_step (diagram, i);
      count_node (diagram, step->node);
      for (guint m = 0; m < step->messages->len; m++)
        count_node (diagram,
                    orr_trace_message (diagram->trace, g_array_index (step->messages, guint64, m))->to);
      if (step->operation != G_MAXUINT32)
        count_node (diagram, orr_trace_operation (diagram->trace, step->operation)->server);
    }
}

/* Clients stand at the left, since it begins with them. */
static gint
compare_columns (gconstpointer a, gconstpointer b, gpointer data)
{
  const OrrLayout *layout = ((const OrrTrace *) data)->scenario->layout;
  const Column *left = a, *right = b;
  gboolean left_client = g_array_index (layout->actors, OrrActorPlace, left->node).role == ORR_ROLE_CLIENT;
  gboolean right_client = g_array_index (layout->actors, OrrActorPlace, right->node).role == ORR_ROLE_CLIENT;
  if (left_client != right_client)
    return left_client ? -1 : 1;
  return left->node < right->node ? -1 : left->node > right->node;
}

static void
drop_lightest (GArray *columns, GString *names, const OrrTrace *trace)
{
  guint lightest = 0;
  for (guint i = 1; i < columns->len; i++)
    if (g_array_index (columns, Column, i).weight <= g_array_index (columns, Column, lightest).weight)
      lightest = i;
  g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                          orr_trace_actor_name (trace, g_array_index (columns, Column, lightest).node));
  g_array_remove_index (columns, lightest);
}

static void
place_columns (Diagram *diagram, GString *ret_left_out)
{
  guint first = 2 + diagram->time_width + 1, room = diagram->width - first, widest = 0;
  while (diagram->columns->len > 1 + (room - COLUMN_LAST) / COLUMN_LEAST)
    drop_lightest (diagram->columns, ret_left_out, diagram->trace);
  g_array_sort_with_data (diagram->columns, compare_columns, (gpointer) diagram->trace);
  if (diagram->columns->len > 1)
    widest = CLAMP ((room - COLUMN_LAST) / (diagram->columns->len - 1), COLUMN_LEAST, COLUMN_MOST);
  for (guint i = 0; i < diagram->columns->len; i++)
    g_array_index (diagram->columns, Column, i).x = first + i * widest;
  diagram->spread = widest;
}

static guint
find_time_width (const OrrCone *cone)
{
  gsize width = 0;
  for (guint i = 0; i < cone->steps->len; i++)
    {
      g_autoptr (GString) moment = g_string_new (NULL);
      orr_history_print_moment (g_array_index (cone->steps, OrrConeStep, i).time, moment);
      width = MAX (width, moment->len);
    }
  return (guint) width;
}

static void
add_names (Diagram *diagram)
{
  for (guint x = 0; x < diagram->width; x++)
    diagram->row[x] = ' ';
  for (guint i = 0; i < diagram->columns->len; i++)
    {
      const Column *column = &g_array_index (diagram->columns, Column, i);
      put_text (diagram, column->x, MAX (column->x + diagram->spread, column->x + COLUMN_LEAST) - 1,
                orr_trace_actor_name (diagram->trace, column->node));
    }
  end_row (diagram);
}

void
orr_space_time_print (const OrrCone *cone, guint indent, guint width, gboolean ascii, GString *text)
{
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_autoptr (GArray) pending = g_array_new (FALSE, FALSE, sizeof (Pending));
  g_autofree gunichar *row = g_new0 (gunichar, width);
  g_autoptr (GString) left_out = g_string_new (NULL);
  Diagram diagram = { .cone = cone,
                      .trace = cone->trace,
                      .glyphs = ascii ? &plain : &fine,
                      .indent = indent,
                      .width = width - MIN (indent, width),
                      .columns = columns,
                      .pending = pending,
                      .text = text,
                      .row = row,
                      .told = ORR_TIME_NEVER,
                      .time_width = find_time_width (cone) };
  if (cone->steps->len == 0 || diagram.width < 3 + diagram.time_width + COLUMN_LEAST + COLUMN_LAST)
    return;
  find_nodes (&diagram);
  place_columns (&diagram, left_out);
  if (columns->len == 0)
    return;
  add_names (&diagram);
  for (guint i = 0; i < cone->steps->len; i++)
    add_step (&diagram, get_step (&diagram, i));
  if (left_out->len > 0)
    g_string_append_printf (text, "%*snot drawn, for want of room: %s\n", (int) indent, "", left_out->str);
}
