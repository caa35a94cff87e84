/* explain-held.c: what each replica held. */
#include "check/check-private.h"
#include "explore/explain-private.h"
#include "report/json-members.h"
#include "report/table.h"
#include "report/trace-words.h"

/* More keys or nodes than that make a table that nobody reads. */
#define KEYS_MAX  4
#define NODES_MAX 12

/* What a node held is told in so many columns of a terminal. */
#define CELL_WIDTH 36

/* When the last operation of the witness was served: when its answer left, as far as that is known. */
static OrrTime
served_at (const OrrExplanation *explanation)
{
  const OrrTrace *trace = explanation->trace;
  const OrrVerdict *verdict = explanation->verdict;
  if (verdict->n_facts > 0 || verdict->n_witness == 0)
    return explanation->cone->until;
  guint last = verdict->witness[verdict->n_witness - 1];
  const OrrHistoryOperation *operation = orr_history_operation (explanation->history, last);
  guint64 end = orr_cone_end_of (trace, operation->index);
  if (end >= trace->events->len || explanation->cone->until >= trace->ended_at)
    return explanation->cone->until;
  for (guint hops = 0; hops < 2; hops++)
    {
      const OrrTraceEvent *event = orr_trace_event (trace, end);
      if (event->cause >= end || event->target == operation->server)
        break;
      end = event->cause;
    }
  const OrrTraceEvent *event = orr_trace_event (trace, end);
  return event->target == operation->server ? event->time : explanation->cone->until;
}

/* The last that a node said by then to hold of a key; FALSE: it had said nothing. */
static gboolean
held_at (const OrrExplanation *explanation, guint32 node, OrrKey key, OrrTime time, OrrValue *ret_value)
{
  const OrrTrace *trace = explanation->trace;
  const OrrRecord *records = trace->scenario->model->facts;
  gboolean known = FALSE;
  for (guint i = 0; i < trace->facts->len; i++)
    {
      const OrrTraceFact *fact = orr_trace_fact (trace, i);
      const OrrFactApplied *applied = fact->body;
      if (fact->time > time)
        break;
      if (fact->final || fact->node != node || records[fact->fact].fields != orr_fact_applied_fields
          || applied->key != key)
        continue;
      *ret_value = applied->value;
      known = TRUE;
    }
  return known;
}

/* In JSON the whole of it; in the table a long list is cut. */
static char *
value_text (const OrrExplanation *explanation, OrrValue value)
{
  GString *text = g_string_new (NULL);
  orr_terms_print (explanation->trace->terms, value, text);
  return g_string_free (text, FALSE);
}

static void
add_cell (OrrTable *table, char *text)
{
  g_autofree char *whole = text;
  g_autofree char *begin = g_utf8_substring (whole, 0, MIN (g_utf8_strlen (whole, -1), CELL_WIDTH - 1));
  if (g_utf8_strlen (whole, -1) > CELL_WIDTH)
    orr_table_take (table, g_strconcat (begin, "…", NULL));
  else
    orr_table_add (table, whole);
}

/* Did the node stop since it said that? What it held then need not have survived. */
static gboolean
has_stopped (const OrrExplanation *explanation, guint32 node, OrrKey key, OrrTime time)
{
  const OrrTrace *trace = explanation->trace;
  const OrrRecord *records = trace->scenario->model->facts;
  OrrTime said = 0;
  for (guint i = 0; i < trace->facts->len; i++)
    {
      const OrrTraceFact *fact = orr_trace_fact (trace, i);
      if (!fact->final && fact->node == node && fact->time <= time
          && records[fact->fact].fields == orr_fact_applied_fields
          && ((const OrrFactApplied *) fact->body)->key == key)
        said = fact->time;
    }
  for (guint64 i = 0; i < trace->events->len; i++)
    {
      const OrrTraceEvent *event = orr_trace_event (trace, i);
      if (event->kind == ORR_EVENT_STOP && event->target == node && event->time >= said
          && event->time <= time)
        return TRUE;
    }
  return FALSE;
}

static char *
then_text (const OrrExplanation *explanation, guint32 node, OrrKey key, OrrTime time)
{
  OrrValue value;
  if (!orr_history_is_kept (explanation->history, node, key))
    return g_strdup ("-");
  if (held_at (explanation, node, key, time, &value))
    {
      g_autofree char *text = value_text (explanation, value);
      return g_strconcat (text, has_stopped (explanation, node, key, time) ? ", before it stopped" : "",
                          NULL);
    }
  return value_text (explanation, orr_history_initial (explanation->history, key));
}

static char *
end_text (const OrrExplanation *explanation, const OrrFinals *finals, guint32 node, OrrKey key)
{
  const OrrHistory *history = explanation->history;
  if (!orr_history_is_kept (history, node, key))
    return g_strdup ("-");
  if (!history->final_nodes || !history->final_nodes[node])
    return g_strdup ("not asked");
  return value_text (explanation, orr_finals_value (finals, node, key));
}

static guint
count_servers (const OrrHistory *history)
{
  guint n = 0;
  for (guint32 i = 0; i < history->n_nodes; i++)
    n += history->is_server && history->is_server[i];
  return n;
}

/* What can be said: what was held at that moment, where nodes say what they come to hold; and in the end. */
static gboolean
is_tellable (const OrrExplanation *explanation, gboolean *ret_then, gboolean *ret_end)
{
  const OrrHistory *history = explanation->history;
  guint n_keys = explanation->cone->keys->len, n_nodes = count_servers (history);
  *ret_then = history->applied->len > 0 && explanation->cone->until < explanation->trace->ended_at;
  *ret_end = history->finals_known;
  return (*ret_then || *ret_end) && n_keys > 0 && n_keys <= KEYS_MAX && n_nodes > 0 && n_nodes <= NODES_MAX;
}

static void
add_headings (const OrrExplanation *explanation, OrrTime time, gboolean then, gboolean end,
              GPtrArray *headings)
{
  g_ptr_array_add (headings, g_strdup ("node"));
  for (guint k = 0; k < explanation->cone->keys->len; k++)
    {
      g_autoptr (GString) moment = g_string_new (NULL);
      g_autofree char *key = value_text (explanation, g_array_index (explanation->cone->keys, OrrKey, k));
      orr_history_print_moment (time, moment);
      if (then)
        g_ptr_array_add (headings, g_strdup_printf ("%s at %s", key, moment->str));
      if (end)
        g_ptr_array_add (headings, g_strdup_printf ("%s in the end", key));
    }
  g_ptr_array_add (headings, NULL);
}

gboolean
orr_explain_held (const OrrExplanation *explanation, GString *text)
{
  const OrrHistory *history = explanation->history;
  g_autoptr (OrrFinals) finals = orr_finals_new (history);
  g_autoptr (GPtrArray) headings = g_ptr_array_new_with_free_func (g_free);
  OrrTime time = served_at (explanation);
  gboolean then, end;
  if (!is_tellable (explanation, &then, &end))
    return FALSE;
  add_headings (explanation, time, then, end, headings);
  g_autoptr (OrrTable) table = orr_table_new ((const char *const *) headings->pdata);
  for (guint32 node = 0; node < history->n_nodes; node++)
    {
      if (!history->is_server[node])
        continue;
      orr_table_add_line (table);
      orr_table_add (table, history->node_names[node]);
      for (guint k = 0; k < explanation->cone->keys->len; k++)
        {
          OrrKey key = g_array_index (explanation->cone->keys, OrrKey, k);
          if (then)
            add_cell (table, then_text (explanation, node, key, time));
          if (end)
            add_cell (table, end_text (explanation, finals, node, key));
        }
    }
  orr_table_print (table, 2, text);
  return TRUE;
}

void
orr_explain_held_json (const OrrExplanation *explanation, JsonBuilder *json)
{
  const OrrHistory *history = explanation->history;
  g_autoptr (OrrFinals) finals = orr_finals_new (history);
  OrrTime time = served_at (explanation);
  gboolean then, end;
  orr_json_begin_array (json, "held");
  gboolean tellable = is_tellable (explanation, &then, &end);
  for (guint32 node = 0; tellable && node < history->n_nodes; node++)
    for (guint k = 0; k < explanation->cone->keys->len && history->is_server[node]; k++)
      {
        OrrKey key = g_array_index (explanation->cone->keys, OrrKey, k);
        g_autofree char *name = value_text (explanation, key);
        g_autofree char *value_then = then ? then_text (explanation, node, key, time) : NULL;
        g_autofree char *value_end = end ? end_text (explanation, finals, node, key) : NULL;
        json_builder_begin_object (json);
        orr_json_add_text (json, "node", history->node_names[node]);
        orr_json_add_text (json, "key", name);
        if (then)
          orr_json_add_int (json, "at-ns", time);
        if (then)
          orr_json_add_text (json, "then", value_then);
        if (end)
          orr_json_add_text (json, "in-the-end", value_end);
        json_builder_end_object (json);
      }
  json_builder_end_array (json);
}
