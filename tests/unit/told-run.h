/* told-run.h: a run as text, by which runs are compared that differ in what could do nothing. */
#pragma once

#include "trace/trace.h"

/* What happened, was asked, answered and said, without the numbers of rows: a strike that could do nothing is
 * a row of the first run, and is not written down. */
static char *
tell_run (const OrrTrace *trace)
{
  OrrContext context = orr_trace_context (trace);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < trace->events->len; i++)
    {
      const OrrTraceEvent *event = &g_array_index (trace->events, OrrTraceEvent, i);
      if (event->kind != ORR_EVENT_FAULT && event->kind != ORR_EVENT_HEAL)
        g_string_append_printf (text, "%" G_GINT64_FORMAT " %s %u to %u from %u %s\n", event->time,
                                orr_event_kind_name ((OrrEventKind) event->kind), event->type, event->target,
                                event->source,
                                event->body == G_MAXUINT64 ? "" : trace->bodies->str + event->body);
    }
  for (guint i = 0; i < trace->operations->len; i++)
    {
      const OrrTraceOperation *operation = &g_array_index (trace->operations, OrrTraceOperation, i);
      g_string_append_printf (text,
                              "%u %u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u %u",
                              operation->session, operation->process, operation->due, operation->invoked,
                              operation->completed, operation->outcome, operation->server);
      for (guint j = 0; j < operation->n_steps; j++)
        g_string_append_printf (
            text, " %u %" G_GINT64_MODIFIER "x %" G_GINT64_MODIFIER "x %" G_GINT64_MODIFIER "x",
            operation->steps[j].kind, orr_terms_hash (trace->terms, operation->steps[j].key),
            orr_terms_hash (trace->terms, operation->steps[j].value),
            operation->values ? orr_terms_hash (trace->terms, operation->values[j]) : 0);
      g_string_append_c (text, '\n');
    }
  for (guint i = 0; i < trace->facts->len; i++)
    {
      const OrrTraceFact *fact = &g_array_index (trace->facts, OrrTraceFact, i);
      const OrrRecord *record = &trace->scenario->model->facts[fact->fact];
      g_string_append_printf (text, "%" G_GINT64_FORMAT " %u %s %d ", fact->time, fact->node, record->name,
                              fact->final);
      if (record->fields)
        orr_fields_print_json (record->fields, &context, fact->body, text);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}
