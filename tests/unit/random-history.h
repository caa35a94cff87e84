/* random-history.h: small random histories of any object, and rules of the objects written once more.
 *
 * For tests that hold checks against definitions: nothing here is shared with the library's rules or checks. A history
 * is made from one true order of its operations, so that it is often right; then some of what was returned is changed. */
#pragma once

#include "history/history.h"

#include <string.h>

#define RANDOM_OPERATIONS_MAX 7
#define RANDOM_KEYS_MAX       2
#define RANDOM_STEPS_MAX      2

/* What a key holds: a few small numbers; a register one or none. */
typedef struct
{
  guint n;
  int values[2 * RANDOM_OPERATIONS_MAX + 2];
} RandomState;

typedef struct
{
  OrrStepKind kind;
  guint key;
  int value, expected; /* expected 0: nothing */
  RandomState returned;
} RandomStep;

typedef struct
{
  RandomStep steps[RANDOM_STEPS_MAX];
  guint n_steps;
  guint session, process;
  int call, back;
  OrrOutcome outcome;
  gboolean taken; /* away: it may have happened at any time, or never */
} RandomOperation;

typedef struct
{
  const char *object;
  guint n, n_processes;
  RandomOperation operations[RANDOM_OPERATIONS_MAX];
} RandomHistory;

/* How histories are made. */
typedef struct
{
  const char *object;
  const OrrStepKind *kinds;
  guint n_keys, n_steps_max, n_values; /* n_values 0: each write writes a value of its own */
  gboolean ties;                       /* moments may be equal */
} RandomShape;

static inline void
random_state_remove (RandomState *state, guint index)
{
  memmove (state->values + index, state->values + index + 1, (state->n - index - 1) * sizeof (int));
  state->n--;
}

static inline guint
random_state_find (const RandomState *state, int value)
{
  guint i = 0;
  while (i < state->n && state->values[i] < value)
    i++;
  return i;
}

static inline gboolean
random_state_equal (const RandomState *a, const RandomState *b)
{
  return a->n == b->n && memcmp (a->values, b->values, a->n * sizeof (int)) == 0;
}

/* The rules. FALSE: refused. */
static inline gboolean
random_apply (const char *object, RandomState *state, const RandomStep *step, RandomState *returned)
{
  guint at = random_state_find (state, step->value);
  *returned = (RandomState){ 0 };
  switch (step->kind)
    {
    case ORR_READ:
      *returned = *state;
      return TRUE;
    case ORR_CAS:
      if (step->expected == 0 ? state->n > 0 : state->n == 0 || state->values[0] != step->expected)
        return FALSE;
      G_GNUC_FALLTHROUGH;
    case ORR_WRITE:
      *state = (RandomState){ 1, { step->value } };
      return TRUE;
    case ORR_DELETE:
      *state = (RandomState){ 0 };
      return TRUE;
    case ORR_INCREMENT:
      *state = (RandomState){ 1, { (state->n ? state->values[0] : 0) + step->value } };
      return TRUE;
    case ORR_APPEND:
    case ORR_ENQUEUE:
    case ORR_PUSH:
      state->values[state->n++] = step->value;
      return TRUE;
    case ORR_ADD:
      if (at < state->n && state->values[at] == step->value)
        return TRUE;
      memmove (state->values + at + 1, state->values + at, (state->n - at) * sizeof (int));
      state->values[at] = step->value;
      state->n++;
      return TRUE;
    case ORR_REMOVE:
      if (at < state->n && state->values[at] == step->value)
        random_state_remove (state, at);
      return TRUE;
    case ORR_DEQUEUE:
    case ORR_POP:
      if (state->n == 0)
        return TRUE;
      at = step->kind == ORR_POP ? state->n - 1 : 0;
      *returned = (RandomState){ 1, { state->values[at] } };
      random_state_remove (state, at);
      return TRUE;
    case ORR_ACQUIRE:
    case ORR_RELEASE:
      if ((state->n > 0) == (step->kind == ORR_ACQUIRE))
        return FALSE;
      state->n = step->kind == ORR_ACQUIRE;
      return TRUE;
    default:
      g_error ("no rule of %s", object);
    }
}

static inline gboolean
random_step_returns (const RandomStep *step)
{
  return step->kind == ORR_READ || step->kind == ORR_DEQUEUE || step->kind == ORR_POP;
}

/* Does it fit, with what it returned? Then the states are what it leaves. */
static inline gboolean
random_fits (const char *object, RandomState *states, const RandomOperation *operation)
{
  for (guint i = 0; i < operation->n_steps; i++)
    {
      RandomState returned;
      const RandomStep *step = &operation->steps[i];
      if (!random_apply (object, &states[step->key], step, &returned))
        return FALSE;
      if (operation->outcome == ORR_OK && !operation->taken && random_step_returns (step)
          && !random_state_equal (&returned, &step->returned))
        return FALSE;
    }
  return TRUE;
}

/* --- Making them --- */

static inline void
random_operation (GRand *random, const RandomShape *shape, guint index, RandomOperation *operation)
{
  guint n_kinds = 0;
  while (shape->kinds[n_kinds] != ORR_STEP_NONE)
    n_kinds++;
  operation->n_steps = 1 + (guint) g_rand_int_range (random, 0, (gint) shape->n_steps_max);
  for (guint i = 0; i < operation->n_steps; i++)
    {
      int own = (int) (1 + index * shape->n_steps_max + i), most = (int) shape->n_values;
      RandomStep *step = &operation->steps[i];
      step->kind = shape->kinds[g_rand_int_range (random, 0, (gint) n_kinds)];
      step->key = (guint) g_rand_int_range (random, 0, (gint) shape->n_keys);
      step->value = most ? g_rand_int_range (random, 1, most + 1) : own;
      step->expected = most ? g_rand_int_range (random, 0, most + 1) : g_rand_int_range (random, 0, own);
    }
}

/* Sessions take turns at random; each waits for its answer, and goes on as another process after an unknown outcome. */
static inline void
random_times (GRand *random, const RandomShape *shape, RandomHistory *history)
{
  int free_at[3] = { 0 }, span = shape->ties ? 4 : 40;
  guint process[3] = { 0, 1, 2 };
  history->n_processes = 3;
  for (guint i = 0; i < history->n; i++)
    {
      RandomOperation *operation = &history->operations[i];
      guint session = (guint) g_rand_int_range (random, 0, 3);
      operation->session = session;
      operation->process = process[session];
      operation->call = free_at[session] + g_rand_int_range (random, shape->ties ? 0 : 1, span);
      operation->back = operation->call + g_rand_int_range (random, shape->ties ? 0 : 1, 2 * span);
      if (!shape->ties) /* all moments differ */
        {
          operation->call = operation->call * 32 + 2 * (int) i;
          operation->back = operation->back * 32 + 2 * (int) i + 1;
        }
      operation->outcome = g_rand_int_range (random, 0, 6) == 0 ? ORR_UNKNOWN : ORR_OK;
      free_at[session] = shape->ties ? operation->back : operation->back / 32 + 1;
      if (operation->outcome == ORR_UNKNOWN)
        process[session] = history->n_processes++;
    }
}

/* One of them must come before another: the definition. */
static inline gboolean
random_precedes (const RandomHistory *history, guint a, guint b)
{
  const RandomOperation *first = &history->operations[a], *second = &history->operations[b];
  if (first->taken || second->taken || first->outcome != ORR_OK)
    return FALSE;
  return first->back < second->call || (first->process == second->process && a < b);
}

/* Lets them happen in an order that may be, and keeps what they returned. */
static inline void
random_happen (GRand *random, RandomHistory *history)
{
  RandomState states[RANDOM_KEYS_MAX] = { 0 };
  gboolean done[RANDOM_OPERATIONS_MAX] = { FALSE };
  for (guint left = history->n; left > 0;)
    {
      guint i = (guint) g_rand_int_range (random, 0, (gint) history->n);
      RandomOperation *operation = &history->operations[i];
      gboolean first = !done[i];
      for (guint j = 0; j < history->n && first; j++)
        first = done[j] || !random_precedes (history, j, i);
      if (!first)
        continue;
      done[i] = TRUE;
      left--;
      RandomState before[RANDOM_KEYS_MAX];
      memcpy (before, states, sizeof before);
      for (guint j = 0; j < operation->n_steps; j++)
        if (!random_apply (history->object, &states[operation->steps[j].key], &operation->steps[j],
                           &operation->steps[j].returned)
            && operation->outcome == ORR_OK)
          operation->outcome = ORR_FAIL;
      if (operation->outcome == ORR_FAIL || (operation->outcome == ORR_UNKNOWN && g_rand_boolean (random)))
        memcpy (states, before, sizeof before);
    }
}

/* Tells a lie: an answer becomes another operation's, or a failure success. */
static inline void
random_lie (GRand *random, const RandomShape *shape, RandomHistory *history)
{
  for (guint tries = 0; tries < 30; tries++)
    {
      RandomOperation *one = &history->operations[g_rand_int_range (random, 0, (gint) history->n)];
      RandomOperation *other = &history->operations[g_rand_int_range (random, 0, (gint) history->n)];
      RandomStep *step = &one->steps[g_rand_int_range (random, 0, (gint) one->n_steps)];
      const RandomStep *source = &other->steps[g_rand_int_range (random, 0, (gint) other->n_steps)];
      if (one->outcome == ORR_FAIL && !random_step_returns (step))
        one->outcome = ORR_OK;
      else if (one->outcome == ORR_OK && random_step_returns (step) && random_step_returns (source)
               && !random_state_equal (&step->returned, &source->returned))
        step->returned = source->returned;
      else if (one->outcome == ORR_OK && random_step_returns (step) && step->returned.n == 1 && shape->n_keys == 1
               && !random_step_returns (source))
        step->returned.values[0] = source->value;
      else
        continue;
      return;
    }
}

static inline void
random_history (GRand *random, const RandomShape *shape, RandomHistory *history)
{
  *history = (RandomHistory){ .object = shape->object };
  history->n = 4 + (guint) g_rand_int_range (random, 0, RANDOM_OPERATIONS_MAX - 3);
  for (guint i = 0; i < history->n; i++)
    random_operation (random, shape, i, &history->operations[i]);
  random_times (random, shape, history);
  random_happen (random, history);
  for (guint lies = (guint) g_rand_int_range (random, 0, 6); lies > 0; lies--)
    random_lie (random, shape, history);
}

/* --- As the library knows them --- */

static inline OrrValue
random_value (OrrTerms *terms, const char *object, int value)
{
  char letter[] = { (char) ('a' + value - 1), '\0' };
  return strcmp (object, "text") == 0 ? orr_terms_text (terms, letter) : orr_value_int (value);
}

static inline OrrValue
random_returned (OrrTerms *terms, const char *object, OrrStepKind kind, const RandomState *state)
{
  if (strcmp (object, "text") == 0)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      for (guint i = 0; i < state->n; i++)
        g_string_append_c (text, (char) ('a' + state->values[i] - 1));
      return orr_terms_text (terms, text->str);
    }
  if (kind == ORR_READ && (strcmp (object, "list-append") == 0 || strcmp (object, "set") == 0))
    {
      OrrValue list = ORR_NIL;
      for (guint i = 0; i < state->n; i++)
        list = orr_terms_append (terms, list, orr_value_int (state->values[i]));
      return list;
    }
  if (state->n == 0)
    return strcmp (object, "counter") == 0 ? orr_value_int (0) : ORR_NIL;
  return orr_value_int (state->values[0]);
}

static inline void
random_add_row (OrrHistory *history, const RandomHistory *from, guint index, const OrrKey *keys)
{
  const RandomOperation *operation = &from->operations[index];
  OrrTerms *terms = history->terms;
  OrrStep steps[RANDOM_STEPS_MAX] = { 0 };
  OrrValue values[RANDOM_STEPS_MAX] = { 0 };
  for (guint i = 0; i < operation->n_steps; i++)
    {
      const RandomStep *step = &operation->steps[i];
      steps[i] = (OrrStep){ step->kind, keys[step->key], random_value (terms, from->object, step->value),
                            step->expected ? random_value (terms, from->object, step->expected) : ORR_NIL };
      if (random_step_returns (step))
        values[i] = random_returned (terms, from->object, step->kind, &step->returned);
    }
  OrrHistoryOperation row = {
    .id = "o",
    .session = operation->session,
    .process = operation->process,
    .due = operation->call,
    .invoked = operation->call,
    .completed = operation->outcome == ORR_UNKNOWN ? ORR_TIME_NEVER : operation->back,
    .outcome = operation->outcome,
    .steps = orr_arena_copy (history->arena, steps, sizeof steps),
    .n_steps = operation->n_steps,
    .server = G_MAXUINT32,
    .index = index,
  };
  if (operation->outcome == ORR_OK)
    row.values = orr_arena_copy (history->arena, values, sizeof values);
  g_array_append_val (history->operations, row);
}

static inline OrrHistory *
random_as_history (const RandomHistory *from)
{
  static const char *const names[] = { "s1", "s2", "s3" };
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  OrrHistory *history = orr_history_new (terms);
  OrrKey keys[] = { orr_terms_text (terms, "x"), orr_terms_text (terms, "y") };
  history->object = orr_objects_find (orr_objects, from->object);
  g_assert (history->object);
  history->session_names = names;
  history->n_sessions = G_N_ELEMENTS (names);
  for (guint i = 0; i < from->n; i++)
    random_add_row (history, from, i, keys);
  orr_history_complete (history);
  return history;
}

/* As text, for a test that fails. */
static inline char *
random_print (const RandomHistory *from)
{
  g_autoptr (OrrHistory) history = random_as_history (from);
  GString *text = g_string_new (from->object);
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *row = &g_array_index (history->operations, OrrHistoryOperation, i);
      g_string_append_printf (text, "\n  [%d, %d] process %u #%u ", (int) row->invoked,
                              row->completed == ORR_TIME_NEVER ? -1 : (int) row->completed, row->process, row->index);
      orr_history_print_operation (history, i, text);
    }
  return g_string_free (text, FALSE);
}
