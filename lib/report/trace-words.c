/* trace-words.c: says what the rows of a trace mean. */
#include "report/trace-words.h"

#include <string.h>

#include "report/json-members.h"
#include "trace/trace-private.h"

/* --- Operations --- */

void
orr_words_operation_id (const OrrTrace *trace, guint32 operation, GString *text)
{
  const char *id = orr_trace_operation (trace, operation)->id;
  if (id)
    g_string_append (text, id);
  else
    g_string_append_printf (text, "o%u", operation + 1);
}

void
orr_words_asked (const OrrTrace *trace, guint32 operation, GString *text)
{
  const OrrTraceOperation *row = orr_trace_operation (trace, operation);
  for (guint i = 0; i < row->n_steps; i++)
    {
      g_string_append (text, i > 0 ? "; " : "");
      orr_step_print (&row->steps[i], NULL, trace->terms, text);
    }
}

static void
print_answers (const OrrTrace *trace, const OrrTraceOperation *row, GString *text)
{
  gboolean any = FALSE;
  for (guint i = 0; i < row->n_steps; i++)
    if (row->values && orr_step_infos[row->steps[i].kind].reads)
      {
        g_string_append (text, any ? "; " : "");
        orr_step_print (&row->steps[i], &row->values[i], trace->terms, text);
        any = TRUE;
      }
  if (!any)
    g_string_append (text, "ok");
}

void
orr_words_outcome (const OrrTrace *trace, guint32 operation, GString *text)
{
  const OrrTraceOperation *row = orr_trace_operation (trace, operation);
  if (row->outcome == ORR_OK)
    print_answers (trace, row, text);
  else
    g_string_append (text, row->outcome == ORR_FAIL ? "fails" : "nobody knows what came of it");
  if (row->note)
    g_string_append_printf (text, ": %s", row->note);
  else if (row->outcome == ORR_UNKNOWN)
    g_string_append (text, ": no answer in time");
}

/* --- Bodies --- */

/* What a body says, as long as there is room. */
typedef struct
{
  const OrrTrace *trace;
  GString *text;
  gsize limit; /* of the text's length; G_MAXSIZE: none */
} Telling;

static void tell_node (Telling *telling, JsonNode *node, guint depth);

/* "client1/0/2/0" is a request: its third number is the operation's. */
static gboolean
tell_request (Telling *telling, const char *word)
{
  g_auto (GStrv) parts = g_strsplit (word, "/", 5);
  guint64 serial;
  if (g_strv_length (parts) != 4 || !g_ascii_string_to_unsigned (parts[2], 10, 0, G_MAXUINT32, &serial, NULL)
      || serial >= telling->trace->operations->len)
    return FALSE;
  for (guint i = 0; i < telling->trace->n_actors; i++)
    if (strcmp (telling->trace->actor_names[i], parts[0]) == 0)
      {
        orr_words_operation_id (telling->trace, (guint32) serial, telling->text);
        return TRUE;
      }
  return FALSE;
}

static void
tell_value (Telling *telling, JsonNode *node)
{
  GType type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    {
      g_autofree char *shown = orr_one_line (json_node_get_string (node));
      if (!tell_request (telling, shown))
        g_string_append (telling->text, shown);
    }
  else if (type == G_TYPE_INT64)
    g_string_append_printf (telling->text, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (telling->text, json_node_get_boolean (node) ? "true" : "false");
  else
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];
      g_string_append (telling->text, g_ascii_dtostr (number, sizeof number, json_node_get_double (node)));
    }
}

/* A step of an operation: "write x 1". */
static gboolean
tell_step (Telling *telling, JsonObject *object)
{
  if (!json_object_has_member (object, "kind") || !json_object_has_member (object, "key")
      || orr_step_kind_find (json_object_get_string_member (object, "kind")) == ORR_STEP_NONE)
    return FALSE;
  g_string_append (telling->text, json_object_get_string_member (object, "kind"));
  for (guint i = 0; i < 2; i++)
    {
      JsonNode *node = json_object_get_member (object, i == 0 ? "key" : "value");
      if (!node || JSON_NODE_HOLDS_NULL (node))
        continue;
      g_string_append_c (telling->text, ' ');
      tell_node (telling, node, 1);
    }
  return TRUE;
}

static void
tell_members (Telling *telling, JsonObject *object, guint depth)
{
  g_autoptr (GList) names = json_object_get_members (object);
  JsonNode *value = json_object_get_member (object, "value"); /* a key and its value are told as "x = 17" */
  gboolean any = FALSE, pair = FALSE;
  for (GList *name = names; name && telling->text->len < telling->limit; name = name->next)
    {
      JsonNode *node = json_object_get_member (object, name->data);
      gboolean is_pair = strcmp (name->data, "key") == 0 && value;
      if ((JSON_NODE_HOLDS_NULL (node) && node != value) || (node == value && pair))
        continue;
      g_string_append (telling->text, any ? " " : "");
      if (!is_pair)
        g_string_append_printf (telling->text, "%s=", (const char *) name->data);
      tell_node (telling, node, depth + 1);
      if (is_pair)
        {
          g_string_append (telling->text, " = ");
          tell_node (telling, value, depth + 1);
        }
      pair |= is_pair;
      any = TRUE;
    }
}

static void
tell_elements (Telling *telling, JsonArray *array, guint depth)
{
  g_string_append_c (telling->text, '[');
  for (guint i = 0; i < json_array_get_length (array) && telling->text->len < telling->limit; i++)
    {
      g_string_append (telling->text, i > 0 ? ", " : "");
      tell_node (telling, json_array_get_element (array, i), depth + 1);
    }
  g_string_append_c (telling->text, ']');
}

static void
tell_node (Telling *telling, JsonNode *node, guint depth)
{
  if (JSON_NODE_HOLDS_OBJECT (node) && tell_step (telling, json_node_get_object (node)))
    return;
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_string_append (telling->text, depth > 0 ? "{" : "");
      tell_members (telling, json_node_get_object (node), depth);
      g_string_append (telling->text, depth > 0 ? "}" : "");
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    tell_elements (telling, json_node_get_array (node), depth);
  else if (JSON_NODE_HOLDS_NULL (node))
    g_string_append (telling->text, "nil");
  else
    tell_value (telling, node);
}

/* Cuts what is behind the limit, between two characters. */
static void
cut (GString *text, gsize limit)
{
  if (text->len <= limit)
    return;
  while (limit > 0 && ((guchar) text->str[limit] & 0xC0) == 0x80)
    limit--;
  g_string_truncate (text, limit);
  g_string_append (text, "…");
}

static void
tell_json (const OrrTrace *trace, const char *json, guint width, GString *text)
{
  g_autoptr (JsonNode) root = orr_json_read (json, strlen (json));
  gsize limit = width > 0 ? text->len + width : G_MAXSIZE;
  Telling telling = { trace, text, limit };
  if (root)
    tell_node (&telling, root, 0);
  cut (text, limit);
}

void
orr_words_body (const OrrTrace *trace, guint64 body, guint width, GString *text)
{
  if (body >= trace->bodies->len)
    return;
  tell_json (trace, trace->bodies->str + body, width, text);
}

/* --- Events --- */

/* How a node's going and coming are told, by OrrStart. */
static const char *const stops[] = { "", "stops", "crashes (process)", "crashes (os)", "loses its disk" };
static const char *const starts[]
    = { "starts", "starts again", "starts again after a crash of the process",
        "starts again after a crash of the system", "starts again with an empty disk" };

static void
print_typed (const OrrTrace *trace, const OrrTraceEvent *event, const char *verb, GString *text)
{
  const char *name = orr_trace_type_name (trace->scenario->model, event->kind, event->type);
  g_string_append (text, verb);
  if (name)
    g_string_append_c (text, ' ');
  if (name)
    orr_name_print (name, text);
}

guint32
orr_trace_event_operation (const OrrTrace *trace, guint64 row)
{
  const OrrTraceEvent *event = orr_trace_event (trace, row);
  guint32 found = G_MAXUINT32;
  for (guint i = 0; i < trace->operations->len; i++)
    {
      const OrrTraceOperation *operation = orr_trace_operation (trace, i);
      if (operation->session != event->source || operation->event > row
          || (operation->event == row) != (event->kind == ORR_EVENT_INVOKE))
        continue;
      if (found == G_MAXUINT32 || operation->event > orr_trace_operation (trace, found)->event)
        found = i;
    }
  return found;
}

static void
print_client (const OrrTrace *trace, guint64 row, GString *text)
{
  const OrrTraceEvent *event = orr_trace_event (trace, row);
  guint32 operation = orr_trace_event_operation (trace, row);
  if (operation == G_MAXUINT32)
    {
      g_string_append (text, orr_event_kind_name (event->kind));
      return;
    }
  orr_words_operation_id (trace, operation, text);
  g_string_append (text, ": ");
  if (event->kind == ORR_EVENT_INVOKE)
    orr_words_asked (trace, operation, text);
  else if (event->kind == ORR_EVENT_CANCEL)
    g_string_append (text, "is cancelled");
  else
    orr_words_outcome (trace, operation, text);
}

static void
print_fault (const OrrTrace *trace, const OrrTraceEvent *event, GString *text)
{
  if (event->kind == ORR_EVENT_HEAL)
    g_string_append (text, "ends: ");
  g_string_append (text,
                   event->type < trace->faults->len ? orr_trace_fault (trace, event->type)->what : "a fault");
}

void
orr_words_event (const OrrTrace *trace, guint64 row, GString *text)
{
  const OrrTraceEvent *event = orr_trace_event (trace, row);
  switch ((OrrEventKind) event->kind)
    {
    case ORR_EVENT_START:
    case ORR_EVENT_STOP:
      g_string_append (text, event->type >= G_N_ELEMENTS (starts) ? orr_event_kind_name (event->kind)
                             : event->kind == ORR_EVENT_START     ? starts[event->type]
                                                                  : stops[event->type]);
      break;
    case ORR_EVENT_MESSAGE:
      print_typed (trace, event, "gets", text);
      g_string_append_printf (text, " from %s", orr_trace_actor_name (trace, event->source));
      break;
    case ORR_EVENT_TIMER:
      print_typed (trace, event, "timer", text);
      break;
    case ORR_EVENT_WRITTEN:
      print_typed (trace, event, "has written", text);
      break;
    case ORR_EVENT_SYNCED:
      print_typed (trace, event, "has synced", text);
      break;
    case ORR_EVENT_LINK_DOWN:
      g_string_append_printf (text, "notices that its connection to %s broke",
                              orr_trace_actor_name (trace, event->source));
      break;
    case ORR_EVENT_LINK_UP:
      g_string_append_printf (text, "reaches %s again", orr_trace_actor_name (trace, event->source));
      break;
    case ORR_EVENT_FAULT:
    case ORR_EVENT_HEAL:
      print_fault (trace, event, text);
      break;
    case ORR_EVENT_ACTION:
      print_typed (trace, event, "is told to", text);
      break;
    case ORR_EVENT_INVOKE:
    case ORR_EVENT_COMPLETE:
    case ORR_EVENT_CANCEL:
    case ORR_EVENT_TIMEOUT:
      print_client (trace, row, text);
      break;
    case ORR_EVENT_NONE:
    case ORR_N_EVENT_KINDS:
      g_string_append (text, "nothing");
      break;
    }
}

const char *
orr_trace_event_who (const OrrTrace *trace, guint64 row)
{
  const OrrTraceEvent *event = orr_trace_event (trace, row);
  switch ((OrrEventKind) event->kind)
    {
    case ORR_EVENT_INVOKE:
    case ORR_EVENT_COMPLETE:
    case ORR_EVENT_CANCEL:
    case ORR_EVENT_TIMEOUT:
      return event->source < trace->scenario->n_sessions ? trace->scenario->session_names[event->source]
                                                         : orr_trace_actor_name (trace, event->target);
    case ORR_EVENT_FAULT:
    case ORR_EVENT_HEAL:
      return "fault";
    default:
      return orr_trace_actor_name (trace, event->target);
    }
}

/* --- Facts --- */

static void
print_held (const OrrTrace *trace, const char *verb, OrrKey key, OrrValue value, GString *text)
{
  g_string_append_printf (text, "%s ", verb);
  orr_terms_print (trace->terms, key, text);
  g_string_append (text, " = ");
  orr_terms_print (trace->terms, value, text);
}

void
orr_words_fact (const OrrTrace *trace, guint64 row, GString *text)
{
  const OrrTraceFact *fact = orr_trace_fact (trace, row);
  const OrrRecord *record = &trace->scenario->model->facts[fact->fact];
  OrrContext context = orr_trace_context (trace);
  if (record->fields == orr_fact_version_fields)
    {
      const OrrFactVersion *version = fact->body;
      print_held (trace, "gives", version->key, version->value, text);
      g_string_append (text, " its place in the order of writes");
    }
  else if (record->fields == orr_fact_applied_fields)
    {
      const OrrFactApplied *applied = fact->body;
      print_held (trace, "holds", applied->key, applied->value, text);
    }
  else if (record->fields == orr_fact_value_fields)
    {
      const OrrFactValue *value = fact->body;
      print_held (trace, fact->final ? "holds in the end" : "holds", value->key, value->value, text);
    }
  else
    {
      g_string_append (text, "says ");
      orr_name_print (record->name, text);
      g_string_append (text, record->fields ? " " : "");
      g_autoptr (GString) json = g_string_new (NULL);
      if (record->fields)
        orr_fields_print_json (record->fields, &context, fact->body, json);
      tell_json (trace, json->str, 0, text);
    }
}

const char *
orr_words_fate (OrrFate fate)
{
  switch (fate)
    {
    case ORR_FATE_UNDER_WAY:
      return "still under way in the end";
    case ORR_FATE_DELIVERED:
      return NULL;
    case ORR_FATE_LOST:
      return "lost";
    case ORR_FATE_PARTITIONED:
      return "cut off";
    case ORR_FATE_DOWN:
      return "nobody there";
    case ORR_FATE_RESET:
      return "its connection broke";
    case ORR_FATE_PINNED:
      return "dropped by a pin";
    case ORR_FATE_CORRUPTED:
      return "corrupted, so dropped";
    case ORR_FATE_OVERFLOWED:
      return "dropped by a full inbox";
    }
  g_assert_not_reached ();
}
