/* explain-json.c: an explanation for programs. */
#include "explore/explain-private.h"
#include "report/json-members.h"
#include "report/trace-words.h"

static void
add_words (JsonBuilder *json, const char *name, void (*print) (const OrrTrace *, guint64, GString *),
           const OrrTrace *trace, const GArray *rows)
{
  orr_json_begin_array (json, name);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GString) words = g_string_new (NULL);
      print (trace, g_array_index (rows, guint64, i), words);
      json_builder_add_string_value (json, words->str);
    }
  json_builder_end_array (json);
}

static void
add_messages (JsonBuilder *json, const OrrCone *cone, const GArray *rows)
{
  orr_json_begin_array (json, "sent");
  for (guint i = 0; i < rows->len; i++)
    {
      guint64 row = g_array_index (rows, guint64, i);
      const OrrTraceMessage *message = orr_trace_message (cone->trace, row);
      g_autoptr (GString) type = g_string_new (NULL), body = g_string_new (NULL);
      orr_name_print (cone->trace->scenario->model->messages[message->type].name, type);
      orr_words_body (cone->trace, message->body, 0, body);
      json_builder_begin_object (json);
      orr_json_add_int (json, "message", (gint64) row);
      orr_json_add_text (json, "type", type->str);
      orr_json_add_text (json, "to", orr_trace_actor_name (cone->trace, message->to));
      orr_json_add_text (json, "says", body->str);
      orr_json_add_text (json, "fate", orr_fate_name (message->fate));
      if (message->arrived_at != ORR_TIME_NEVER)
        orr_json_add_int (json, "arrived-ns", message->arrived_at);
      orr_json_add_bool (json, "delayed", orr_cone_is_delayed (cone, row));
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_step (JsonBuilder *json, const OrrCone *cone, const OrrConeStep *step)
{
  g_autoptr (GString) what = g_string_new (NULL);
  if (step->is_request && step->operation != G_MAXUINT32)
    {
      g_string_append (what, "takes ");
      orr_words_operation_id (cone->trace, step->operation, what);
    }
  else
    orr_words_event (cone->trace, step->event, what);
  json_builder_begin_object (json);
  orr_json_add_int (json, "time-ns", step->time);
  orr_json_add_int (json, "event", (gint64) step->event);
  orr_json_add_text (json, "who", orr_explain_who (cone, step));
  orr_json_add_text (json, "what", what->str);
  orr_json_add_bool (json, "witness", step->is_witness);
  orr_json_add_int (json, "folded", step->folded);
  orr_json_add_int (json, "left-out-before", step->left_out);
  add_words (json, "said", orr_words_fact, cone->trace, step->facts);
  add_messages (json, cone, step->messages);
  json_builder_end_object (json);
}

void
orr_explanation_print_json (const OrrExplanation *explanation, const char *again, GString *text)
{
  g_autoptr (JsonBuilder) json = json_builder_new_immutable ();
  const OrrTrace *trace = explanation->trace;
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, trace->seed);
  json_builder_begin_object (json);
  orr_json_add_text (json, "title", trace->scenario->title);
  orr_json_add_text (json, "model", trace->scenario->model->entry.name);
  orr_json_add_text (json, "seed", seed);
  orr_json_add_text (json, "property", explanation->verdict->property->name);
  orr_json_add_text (json, "sentence", explanation->verdict->sentence);
  orr_json_add_text (json, "rule", explanation->verdict->property->summary);
  orr_json_add_text (json, "source", explanation->check->source);
  orr_json_add_int (json, "until-ns", explanation->cone->until);
  orr_json_begin_array (json, "steps");
  for (guint i = 0; i < explanation->cone->steps->len; i++)
    add_step (json, explanation->cone, &g_array_index (explanation->cone->steps, OrrConeStep, i));
  json_builder_end_array (json);
  orr_json_add_int (json, "left-out", explanation->cone->left_out);
  orr_explain_held_json (explanation, json);
  orr_explain_difference_json (explanation, json);
  if (again)
    orr_json_add_text (json, "again", again);
  json_builder_end_object (json);
  orr_json_print (json, text);
}
