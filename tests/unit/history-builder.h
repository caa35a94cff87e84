/* history-builder.h: histories written as text, for the tests of checks and measures.
 *
 *     s1 w x 1 @1 [0,10] ok primary       a step with its version, invoked and completed in milliseconds, outcome, who served it
 *     s2 r x 1 @1 ; r y nil [20,-]        several steps; no versions on some: none for the operation; `-`: no answer; outcome then unknown
 *     version x 1 @1 <0 5                 a write took its place: value, version, previous, time
 *     applied replica1 x 1 @1 7           a node came to hold it
 *     final replica1 x 1 @1               what it holds in the end; `final replica2` alone: nothing
 *     order                               the order of writes is known, even if there is none
 *     healed 100 · ended 200 quiet · faults · timeout 50
 *
 * A list is written (1,2), the empty one (). Step letters: w write, r read, a append, d delete, c cas, +
 * add, - remove, i increment, t withdraw, u deposit, b bulk-write, e enqueue, q dequeue,
 * p push, o pop, l acquire (lock), f release (free). What returns nothing takes no value.
 * c takes what it expects and what it writes, `1>2`, or the latter alone. */
#pragma once

#include "history/history.h"

#include <string.h>

typedef struct
{
  OrrHistory *history;
  GPtrArray *sessions, *nodes;
  gboolean any_version, any_final;
  gboolean spoke[64];
} Builder;

static inline guint
builder_index (GPtrArray *names, OrrArena *arena, const char *name)
{
  for (guint i = 0; i < names->len; i++)
    if (strcmp (names->pdata[i], name) == 0)
      return i;
  g_ptr_array_add (names, orr_arena_strdup (arena, name));
  return names->len - 1;
}

static inline OrrTime
builder_time (const char *text)
{
  return strcmp (text, "-") == 0 ? ORR_TIME_NEVER : (OrrTime) (g_ascii_strtod (text, NULL) * ORR_MILLISECOND + 0.5);
}

static inline guint64
builder_number (const char *text)
{
  g_assert (text[0] == '@' || text[0] == '<');
  return g_ascii_strtoull (text + 1, NULL, 10);
}

/* (1,2) is a list. */
static inline OrrValue
builder_value (OrrTerms *terms, const char *text)
{
  g_autofree char *copy = g_strdup (text);
  if (copy[0] == '(')
    {
      g_strdelimit (copy, ",", ' ');
      copy[0] = '[';
      copy[strlen (copy) - 1] = ']';
    }
  return orr_terms_parse (terms, copy);
}

/* The value of a step; of a cas also what it expects, `1>2`. */
static inline OrrValue
builder_step_value (OrrTerms *terms, OrrStep *step, const char *text)
{
  const char *arrow = step->kind == ORR_CAS ? strchr (text, '>') : NULL;
  if (!arrow)
    return builder_value (terms, text);
  g_autofree char *expected = g_strndup (text, (gsize) (arrow - text));
  step->expected = builder_value (terms, expected);
  return builder_value (terms, arrow + 1);
}

static inline OrrStepKind
builder_kind (const char *letter)
{
  switch (letter[0])
    {
    case 'w':
      return ORR_WRITE;
    case 'r':
      return ORR_READ;
    case 'a':
      return ORR_APPEND;
    case 'd':
      return ORR_DELETE;
    case 'c':
      return ORR_CAS;
    case '+':
      return ORR_ADD;
    case '-':
      return ORR_REMOVE;
    case 'i':
      return ORR_INCREMENT;
    case 't':
      return ORR_WITHDRAW;
    case 'u':
      return ORR_DEPOSIT;
    case 'b':
      return ORR_BULK_WRITE;
    case 'e':
      return ORR_ENQUEUE;
    case 'q':
      return ORR_DEQUEUE;
    case 'p':
      return ORR_PUSH;
    case 'o':
      return ORR_POP;
    case 'l':
      return ORR_ACQUIRE;
    case 'f':
      return ORR_RELEASE;
    default:
      g_error ("no step '%s'", letter);
    }
}

static inline void
builder_add_operation (Builder *builder, GPtrArray *words)
{
  OrrHistory *history = builder->history;
  OrrStep steps[16] = { 0 };
  OrrValue values[16] = { 0 };
  guint64 versions[16] = { 0 };
  guint n = 0, i = 1;
  gboolean versioned = TRUE;
  for (; ((const char *) words->pdata[i])[0] != '['; n++)
    {
      if (strcmp (words->pdata[i], ";") == 0)
        i++;
      steps[n].kind = builder_kind (words->pdata[i++]);
      if (steps[n].kind != ORR_BULK_WRITE)
        steps[n].key = orr_terms_parse (history->terms, words->pdata[i++]);
      if (steps[n].kind != ORR_DELETE && steps[n].kind != ORR_ACQUIRE && steps[n].kind != ORR_RELEASE)
        values[n] = builder_step_value (history->terms, &steps[n], words->pdata[i++]);
      if (!orr_step_infos[steps[n].kind].reads)
        {
          steps[n].value = values[n];
          values[n] = ORR_NIL;
        }
      if (((const char *) words->pdata[i])[0] == '@')
        versions[n] = builder_number (words->pdata[i++]);
      else
        versioned = FALSE;
    }
  char *comma = strchr (words->pdata[i], ',');
  OrrHistoryOperation operation = {
    .session = builder_index (builder->sessions, history->arena, words->pdata[0]),
    .index = history->operations->len,
    .steps = orr_arena_copy (history->arena, steps, n * sizeof *steps),
    .n_steps = n,
    .server = G_MAXUINT32,
  };
  comma[strlen (comma) - 1] = '\0';
  operation.completed = builder_time (comma + 1);
  *comma = '\0';
  operation.due = operation.invoked = builder_time ((char *) words->pdata[i++] + 1);
  operation.outcome = operation.completed == ORR_TIME_NEVER ? ORR_UNKNOWN : ORR_OK;
  if (i < words->len)
    {
      const char *outcome = words->pdata[i++];
      operation.outcome = outcome[0] == 'o' ? ORR_OK : outcome[0] == 'f' ? ORR_FAIL : ORR_UNKNOWN;
    }
  if (i < words->len)
    operation.server = builder_index (builder->nodes, history->arena, words->pdata[i++]);
  if (operation.outcome == ORR_OK)
    operation.values = orr_arena_copy (history->arena, values, n * sizeof *values);
  if (operation.outcome == ORR_OK && versioned)
    operation.versions = orr_arena_copy (history->arena, versions, n * sizeof *versions);
  g_autofree char *id = g_strdup_printf ("o%u", operation.index + 1);
  operation.id = orr_arena_strdup (history->arena, id);
  operation.process = operation.session;
  g_array_append_val (history->operations, operation);
}

static inline void
builder_add_line (Builder *builder, GPtrArray *words)
{
  OrrHistory *history = builder->history;
  char **word = (char **) words->pdata;
  if (strcmp (word[0], "version") == 0)
    {
      OrrHistoryVersion version = { orr_terms_parse (history->terms, word[1]),
                                    builder_value (history->terms, word[2]),
                                    builder_number (word[3]),
                                    builder_number (word[4]),
                                    builder_time (word[5]),
                                    G_MAXUINT32,
                                    G_MAXUINT32 };
      g_array_append_val (history->versions, version);
      builder->any_version = TRUE;
    }
  else if (strcmp (word[0], "applied") == 0)
    {
      OrrHistoryApplied applied = { builder_index (builder->nodes, history->arena, word[1]),
                                    orr_terms_parse (history->terms, word[2]),
                                    builder_value (history->terms, word[3]), builder_number (word[4]),
                                    builder_time (word[5]) };
      g_array_append_val (history->applied, applied);
    }
  else if (strcmp (word[0], "final") == 0)
    {
      OrrHistoryFinal final = { .node = builder_index (builder->nodes, history->arena, word[1]) };
      builder->any_final = builder->spoke[final.node] = TRUE;
      if (words->len > 2)
        {
          final.key = orr_terms_parse (history->terms, word[2]);
          final.value = builder_value (history->terms, word[3]);
          final.version = words->len > 4 ? builder_number (word[4]) : 0;
          g_array_append_val (history->finals, final);
        }
    }
  else if (strcmp (word[0], "healed") == 0)
    history->healed_at = builder_time (word[1]);
  else if (strcmp (word[0], "timeout") == 0)
    history->timeout = builder_time (word[1]);
  else if (strcmp (word[0], "order") == 0)
    builder->any_version = TRUE;
  else if (strcmp (word[0], "faults") == 0)
    history->faults = TRUE;
  else if (strcmp (word[0], "ended") == 0)
    {
      history->ended_at = builder_time (word[1]);
      history->ending = strcmp (word[2], "quiet") == 0   ? ORR_ENDED_QUIET
                        : strcmp (word[2], "settle") == 0 ? ORR_ENDED_SETTLE_LIMIT
                        : strcmp (word[2], "instant") == 0 ? ORR_ENDED_INSTANT_LIMIT
                                                           : ORR_ENDED_EVENT_LIMIT;
    }
  else
    builder_add_operation (builder, words);
}

static inline OrrHistory *
history_build_with (const char *text, const OrrObject *object, gconstpointer settings)
{
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  Builder builder = { .history = orr_history_new (terms), .sessions = g_ptr_array_new (), .nodes = g_ptr_array_new () };
  OrrHistory *history = builder.history;
  history->object = object;
  history->object_settings = settings;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    {
      g_autoptr (GPtrArray) words = g_ptr_array_new ();
      g_auto (GStrv) parts = g_strsplit (lines[i], " ", -1);
      for (guint j = 0; parts[j]; j++)
        if (parts[j][0])
          g_ptr_array_add (words, parts[j]);
      if (words->len > 0)
        builder_add_line (&builder, words);
    }
  history->session_names = orr_arena_copy (history->arena, builder.sessions->pdata, builder.sessions->len * sizeof (char *));
  history->n_sessions = builder.sessions->len;
  history->node_names = orr_arena_copy (history->arena, builder.nodes->pdata, builder.nodes->len * sizeof (char *));
  history->n_nodes = builder.nodes->len;
  history->final_nodes = orr_arena_copy (history->arena, builder.spoke, sizeof builder.spoke);
  history->versions_known = builder.any_version;
  history->finals_known = builder.any_final;
  g_ptr_array_unref (builder.sessions);
  g_ptr_array_unref (builder.nodes);
  orr_history_complete (history);
  return history;
}

static inline OrrHistory *
history_build (const char *text)
{
  return history_build_with (text, NULL, NULL);
}
