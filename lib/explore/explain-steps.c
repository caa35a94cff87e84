/* explain-steps.c: what happened, a sentence a step. */
#include <string.h>

#include "explore/explain-private.h"
#include "report/trace-words.h"
#include "report/wrap.h"

/* So many things that were sent or said in one step are told one by one. */
#define TOLD_MAX 6

/* What a message says is told in so many columns. */
#define BODY_WIDTH 60

static void
begin_part (GString *text, gsize begin)
{
  if (text->len > begin)
    g_string_append (text, "; ");
}

/* --- What was said --- */

static gboolean
is_held_too (const OrrCone *cone, const OrrConeStep *step, const OrrFactVersion *version)
{
  const OrrRecord *records = cone->trace->scenario->model->facts;
  for (guint i = 0; i < step->facts->len; i++)
    {
      const OrrTraceFact *fact = orr_trace_fact (cone->trace, g_array_index (step->facts, guint64, i));
      if (records[fact->fact].fields == orr_fact_applied_fields
          && ((const OrrFactApplied *) fact->body)->version == version->version)
        return TRUE;
    }
  return FALSE;
}

/* Who orders a write mostly holds it from then on: that is told once. */
static void
tell_facts (const OrrCone *cone, const OrrConeStep *step, gsize begin, GString *text)
{
  const OrrRecord *records = cone->trace->scenario->model->facts;
  guint told = 0;
  for (guint i = 0; i < step->facts->len; i++)
    {
      guint64 row = g_array_index (step->facts, guint64, i);
      const OrrTraceFact *fact = orr_trace_fact (cone->trace, row);
      if (records[fact->fact].fields == orr_fact_version_fields && is_held_too (cone, step, fact->body))
        continue;
      told++;
      if (told > TOLD_MAX)
        continue;
      begin_part (text, begin);
      orr_words_fact (cone->trace, row, text);
    }
  if (told > TOLD_MAX)
    g_string_append_printf (text, ", and %u more", told - TOLD_MAX);
}

/* --- What was sent --- */

/* Messages that are told as one: of one type, with one content, and the same came of them. */
static gboolean
is_alike (const OrrTrace *trace, const OrrTraceMessage *a, const OrrTraceMessage *b)
{
  const char *bodies = trace->bodies->str;
  gboolean known = a->body < trace->bodies->len && b->body < trace->bodies->len;
  return a->type == b->type && a->fate == b->fate
         && (known ? strcmp (bodies + a->body, bodies + b->body) == 0 : a->body == b->body);
}

/* As exact as a reader cares for: three digits. */
static char *
short_duration (OrrTime time)
{
  OrrTime grain = 1;
  while (time / grain >= 1000)
    grain *= 10;
  return orr_duration_to_words (time / grain * grain);
}

static void
tell_passage (const OrrCone *cone, guint64 row, GString *text)
{
  const OrrTraceMessage *message = orr_trace_message (cone->trace, row);
  const char *fate = orr_words_fate (message->fate);
  if (fate)
    g_string_append_printf (text, " (✗ %s)", fate);
  else if (orr_cone_is_delayed (cone, row))
    {
      OrrTime usual = g_array_index (cone->usual, OrrTime, message->type);
      g_autofree char *took = short_duration (message->arrived_at - message->sent_at);
      g_autofree char *others = short_duration (usual);
      g_string_append_printf (text, " (delayed: arrives after %s, others after %s)", took, others);
    }
}

static void
tell_message (const OrrCone *cone, guint64 row, GString *text)
{
  const OrrTraceMessage *message = orr_trace_message (cone->trace, row);
  gsize before;
  orr_name_print (cone->trace->scenario->model->messages[message->type].name, text);
  before = text->len;
  g_string_append (text, " {");
  orr_words_body (cone->trace, message->body, BODY_WIDTH, text);
  if (text->len == before + 2)
    g_string_truncate (text, before);
  else
    g_string_append_c (text, '}');
  g_string_append_printf (text, " to %s", orr_trace_actor_name (cone->trace, message->to));
  tell_passage (cone, row, text);
}

static void
tell_messages (const OrrCone *cone, const OrrConeStep *step, gsize begin, GString *text)
{
  const OrrTraceMessage *last = NULL;
  guint n = step->messages->len;
  for (guint i = 0; i < MIN (n, TOLD_MAX); i++)
    {
      guint64 row = g_array_index (step->messages, guint64, i);
      const OrrTraceMessage *message = orr_trace_message (cone->trace, row);
      if (last && is_alike (cone->trace, last, message))
        {
          g_string_append_printf (text, ", %s", orr_trace_actor_name (cone->trace, message->to));
          if (orr_cone_is_delayed (cone, row))
            tell_passage (cone, row, text);
          continue;
        }
      if (!last)
        begin_part (text, begin);
      g_string_append (text, last ? ", and " : "sends ");
      tell_message (cone, row, text);
      last = message;
    }
  if (n > TOLD_MAX)
    g_string_append_printf (text, ", and %u more", n - TOLD_MAX);
}

/* --- A step --- */

static gboolean
is_told (const OrrCone *cone, guint64 cause, OrrEventKind kind)
{
  for (guint i = 0; i < cone->steps->len; i++)
    {
      guint64 row = g_array_index (cone->steps, OrrConeStep, i).event;
      const OrrTraceEvent *event = orr_trace_event (cone->trace, row);
      if (kind == ORR_EVENT_FAULT ? row == cause && event->kind == ORR_EVENT_FAULT
                                  : event->cause == cause && event->kind == kind)
        return TRUE;
    }
  return FALSE;
}

/* A crash is told as the fault, its end as the node's start, an answer that has come as the operation's end.
 */
static gboolean
is_told_elsewhere (const OrrCone *cone, const OrrConeStep *step)
{
  const OrrTraceEvent *event = orr_trace_event (cone->trace, step->event);
  if (step->facts->len + step->messages->len > 0)
    return FALSE;
  if (event->kind == ORR_EVENT_MESSAGE && is_told (cone, step->event, ORR_EVENT_COMPLETE))
    return TRUE;
  return (event->kind == ORR_EVENT_STOP && is_told (cone, event->cause, ORR_EVENT_FAULT))
         || (event->kind == ORR_EVENT_HEAL && is_told (cone, step->event, ORR_EVENT_START));
}

/* Where a plain client's answer comes from. */
static void
tell_server (const OrrCone *cone, const OrrConeStep *step, GString *text)
{
  const OrrTraceEvent *event = orr_trace_event (cone->trace, step->event);
  if (event->kind != ORR_EVENT_COMPLETE || step->operation == G_MAXUINT32)
    return;
  const OrrTraceOperation *row = orr_trace_operation (cone->trace, step->operation);
  if (row->outcome == ORR_OK && row->server != ORR_NOBODY)
    g_string_append_printf (text, " (by %s)", orr_trace_actor_name (cone->trace, row->server));
}

static void
tell_request (const OrrCone *cone, const OrrConeStep *step, GString *text)
{
  g_string_append (text, "takes ");
  orr_words_operation_id (cone->trace, step->operation, text);
}

gboolean
orr_explain_step (const OrrCone *cone, const OrrConeStep *step, GString *text)
{
  const OrrTraceEvent *event = orr_trace_event (cone->trace, step->event);
  gsize begin = text->len;
  if (is_told_elsewhere (cone, step))
    return FALSE;
  if (step->is_request && step->operation != G_MAXUINT32)
    tell_request (cone, step, text);
  else
    orr_words_event (cone->trace, step->event, text);
  if (event->kind == ORR_EVENT_TIMER && step->messages->len == 0 && event->body < cone->trace->bodies->len)
    {
      g_string_append (text, " {");
      orr_words_body (cone->trace, event->body, BODY_WIDTH, text);
      g_string_append_c (text, '}');
    }
  tell_server (cone, step, text);
  tell_facts (cone, step, begin, text);
  tell_messages (cone, step, begin, text);
  if (step->folded > 0)
    {
      if (step->folded == 1)
        g_string_append (text, "; the same once more, at ");
      else
        g_string_append_printf (text, "; the same %u times more, till ", step->folded);
      orr_history_print_moment (step->last, text);
    }
  return TRUE;
}

const char *
orr_explain_who (const OrrCone *cone, const OrrConeStep *step)
{
  return step->is_request ? orr_trace_actor_name (cone->trace, step->node)
                          : orr_trace_event_who (cone->trace, step->event);
}

/* --- All of them --- */

static void
print_blanks (GString *text, gsize width, const char *word)
{
  gsize length = (gsize) g_utf8_strlen (word, -1);
  g_string_append_printf (text, "%*s", (int) (width > length ? width - length : 0), "");
}

static char *
moment_of (OrrTime time)
{
  GString *text = g_string_new (NULL);
  orr_history_print_moment (time, text);
  return g_string_free (text, FALSE);
}

static void
tell_left_out (guint n, GString *text)
{
  if (n > 0)
    g_string_append_printf (text, "    (%u %s left out)\n", n, n == 1 ? "step" : "steps");
}

void
orr_explain_steps (const OrrCone *cone, GString *text)
{
  gsize time_width = 0, who_width = 0;
  guint behind = cone->left_out; /* the last that is told */
  for (guint i = 0; i < cone->steps->len; i++)
    {
      const OrrConeStep *step = &g_array_index (cone->steps, OrrConeStep, i);
      g_autofree char *moment = moment_of (step->time);
      time_width = MAX (time_width, strlen (moment));
      who_width = MAX (who_width, (gsize) g_utf8_strlen (orr_explain_who (cone, step), -1));
    }
  for (guint i = 0; i < cone->steps->len; i++)
    {
      const OrrConeStep *step = &g_array_index (cone->steps, OrrConeStep, i);
      g_autoptr (GString) sentence = g_string_new (NULL);
      g_autofree char *moment = moment_of (step->time);
      const char *who = orr_explain_who (cone, step);
      tell_left_out (step->left_out, text);
      behind -= step->left_out;
      if (!orr_explain_step (cone, step, sentence))
        continue;
      g_string_append_printf (text, "%s %s", step->is_witness ? "*" : " ", moment);
      print_blanks (text, time_width + 2, moment);
      g_string_append (text, who);
      print_blanks (text, who_width + 1, who);
      orr_wrap (sentence->str, (guint) (time_width + who_width + 5), (guint) (time_width + who_width + 6),
                text);
    }
  tell_left_out (behind, text);
}
