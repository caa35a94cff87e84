/* words.c: what operations did, as a sentence tells it.
 *
 * A verdict's sentence is read by someone who wants to know who missed what. So it speaks of sessions, keys
 * and values, and of the servers that were asked; not of versions and rows. */
#include "check/check-private.h"

static void
print_value (const OrrHistory *history, OrrValue value, GString *text)
{
  orr_terms_print (history->terms, value, text);
}

void
orr_words_value (const OrrHistory *history, OrrKey key, OrrValue value, GString *text)
{
  print_value (history, key, text);
  g_string_append (text, " = ");
  print_value (history, value, text);
}

char *
orr_words_count (guint64 n, const char *one, const char *many)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT " %s", n, n == 1 ? one : many);
}

/* How a kind of step is told: "wrote KEY = VALUE", "added VALUE to KEY". */
typedef struct
{
  const char *did, *ask, *between;
  gboolean value_first;
} Phrase;

static const Phrase phrases[ORR_N_STEP_KINDS] = {
  [ORR_STEP_NONE] = { "did", "do", NULL, FALSE },
  [ORR_READ] = { "read", "read", " = ", FALSE },
  [ORR_WRITE] = { "wrote", "write", " = ", FALSE },
  [ORR_CAS] = { "set", "set", " = ", FALSE },
  [ORR_DELETE] = { "deleted", "delete", NULL, FALSE },
  [ORR_APPEND] = { "appended", "append", " to ", TRUE },
  [ORR_ADD] = { "added", "add", " to ", TRUE },
  [ORR_REMOVE] = { "removed", "remove", " from ", TRUE },
  [ORR_INCREMENT] = { "added", "add", " to ", TRUE },
  [ORR_WITHDRAW] = { "withdrew", "withdraw", " from ", TRUE },
  [ORR_DEPOSIT] = { "deposited", "deposit", " in ", TRUE },
  [ORR_BULK_WRITE] = { "loaded rows", "load rows", NULL, FALSE },
  [ORR_ENQUEUE] = { "enqueued", "enqueue", " to ", TRUE },
  [ORR_DEQUEUE] = { "dequeued", "dequeue", " from ", TRUE },
  [ORR_PUSH] = { "pushed", "push", " on ", TRUE },
  [ORR_POP] = { "popped", "pop", " off ", TRUE },
  [ORR_ACQUIRE] = { "acquired", "acquire", NULL, FALSE },
  [ORR_RELEASE] = { "released", "release", NULL, FALSE },
};

static void
print_step (const OrrHistory *history, const OrrStep *step, const char *verb, const OrrValue *value,
            GString *text)
{
  const Phrase *phrase = &phrases[step->kind];
  g_string_append (text, verb);
  if (step->key == ORR_NIL)
    return;
  g_string_append_c (text, ' ');
  if (phrase->value_first && value)
    print_value (history, *value, text);
  else
    print_value (history, step->key, text);
  if (!phrase->between || !value)
    return;
  g_string_append (text, phrase->between);
  print_value (history, phrase->value_first ? step->key : *value, text);
}

void
orr_words_did (const OrrHistory *history, guint operation, guint index, GString *text)
{
  const OrrHistoryOperation *row = orr_history_operation (history, operation);
  const OrrStep *step = &row->steps[index];
  const OrrValue *value = !orr_step_infos[step->kind].reads ? &step->value
                          : row->values                     ? &row->values[index]
                                                            : NULL;
  print_step (history, step, phrases[step->kind].did, value, text);
}

void
orr_words_ask (const OrrHistory *history, guint operation, guint index, GString *text)
{
  const OrrStep *step = &orr_history_operation (history, operation)->steps[index];
  print_step (history, step, phrases[step->kind].ask, orr_step_infos[step->kind].reads ? NULL : &step->value,
              text);
}

void
orr_words_server (const OrrHistory *history, guint operation, GString *text)
{
  guint32 server = orr_history_operation (history, operation)->server;
  if (server < history->n_nodes)
    g_string_append_printf (text, " on %s", history->node_names[server]);
}

void
orr_words_acknowledged (const OrrHistory *history, guint operation, guint step, GString *text)
{
  const OrrHistoryOperation *row = orr_history_operation (history, operation);
  g_string_append_printf (text, "%s ", history->session_names[row->session]);
  orr_words_did (history, operation, step, text);
  g_string_append (text, " at ");
  orr_history_print_when (history, row->invoked, text);
  if (row->completed != ORR_TIME_NEVER)
    {
      g_string_append (text, " (ok at ");
      orr_history_print_when (history, row->completed, text);
      orr_words_server (history, operation, text);
      g_string_append_c (text, ')');
    }
}

void
orr_words_said (const OrrHistory *history, guint index, GString *text)
{
  const OrrHistoryFact *fact = &g_array_index (history->facts, OrrHistoryFact, index);
  OrrContext context = orr_history_context (history);
  g_string_append_printf (text, "%s said \"", history->node_names[fact->node]);
  orr_name_print (fact->fact->name, text);
  if (fact->fact->fields)
    g_string_append_c (text, ' ');
  orr_fields_print_words (fact->fact->fields, &context, fact->body, text);
  g_string_append (text, "\" at ");
  orr_history_print_moment (fact->time, text);
}

void
orr_words_where (const OrrHistory *history, guint operation, OrrKey key, guint64 version, OrrTime time,
                 const char *what, GString *text)
{
  guint32 server = orr_history_operation (history, operation)->server;
  if (server >= history->n_nodes || history->applied->len == 0)
    return;
  OrrTime held = orr_history_applied_at (history, server, key, version);
  if (held == ORR_TIME_NEVER)
    g_string_append_printf (text, ", which never came to hold %s", what);
  else
    {
      g_string_append_printf (
          text, held > time ? ", which came to hold %s only at " : ", which had come to hold %s at ", what);
      orr_history_print_moment (held, text);
    }
}
