/* check-linearizable.c: how long it takes to judge linearizability, by clients and operations.
 *
 * Histories are made here: clients that overlap all the time, one object, an answer taken at a moment within
 * each operation, so that an order exists; or with one answer that is older than what was acknowledged.
 * Printed are user seconds of the check alone, nanoseconds an operation, and the most memory that the check
 * took beyond the history, also an operation. Registers, lists, sets and queues with unique values go the
 * fast ways; with few values, and for all else, the search. */
#include "check/check.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

typedef struct
{
  const char *object;
  guint clients, operations;
  guint n_values;  /* 0: unique */
  guint n_unknown; /* of its writes, so many at the beginning have no known outcome */
  gboolean stale;
} Load;

typedef struct
{
  OrrTime call, point, back;
  OrrStep step;
} Pending;

static guint64
draw (guint64 *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

static OrrStepKind
kind_of (const char *object, guint64 number)
{
  gboolean first = number % 2;
  if (strcmp (object, "queue") == 0)
    return first ? ORR_ENQUEUE : ORR_DEQUEUE;
  if (strcmp (object, "stack") == 0)
    return first ? ORR_PUSH : ORR_POP;
  OrrStepKind writes = strcmp (object, "list-append") == 0 ? ORR_APPEND
                       : strcmp (object, "set") == 0       ? ORR_ADD
                       : strcmp (object, "counter") == 0   ? ORR_INCREMENT
                                                           : ORR_WRITE;
  return first ? writes : ORR_READ;
}

static void
begin (const Load *load, Pending *pending, guint64 *state, gint64 *unique, OrrKey key)
{
  OrrStepKind kind = kind_of (load->object, draw (state) >> 20);
  pending->call = pending->back + 1 + (OrrTime) (draw (state) % 50);
  pending->point = pending->call + 1 + (OrrTime) (draw (state) % 500);
  pending->back = pending->point + 1 + (OrrTime) (draw (state) % 500);
  gint64 value = load->n_values ? 1 + (gint64) (draw (state) % load->n_values) : ++*unique;
  pending->step
      = (OrrStep){ kind, key, orr_step_infos[kind].form == ORR_FORM_KEY ? ORR_NIL : orr_value_int (value),
                   ORR_NIL };
}

static gint
compare_rows (gconstpointer a, gconstpointer b)
{
  const OrrHistoryOperation *left = a, *right = b;
  return left->invoked != right->invoked ? (left->invoked < right->invoked ? -1 : 1)
                                         : (left->index > right->index) - (left->index < right->index);
}

static void
add_row (OrrHistory *history, guint client, const Pending *pending, OrrValue value)
{
  OrrHistoryOperation row = { .id = "o",
                              .session = client,
                              .process = client,
                              .due = pending->call,
                              .invoked = pending->call,
                              .completed = pending->back,
                              .outcome = ORR_OK,
                              .steps = orr_arena_copy (history->arena, &pending->step, sizeof pending->step),
                              .n_steps = 1,
                              .values = orr_arena_copy (history->arena, &value, sizeof value),
                              .server = G_MAXUINT32,
                              .index = history->operations->len };
  g_array_append_val (history->operations, row);
}

/* An answer near the end becomes one from a hundredth before it. */
static void
make_stale (OrrHistory *history)
{
  guint n = history->operations->len;
  for (guint i = n - n / 10; i < n; i++)
    for (guint j = i - n / 100 - 1; j > 0; j--)
      {
        OrrHistoryOperation *late = &g_array_index (history->operations, OrrHistoryOperation, i);
        const OrrHistoryOperation *early = &g_array_index (history->operations, OrrHistoryOperation, j);
        if (!orr_step_infos[late->steps->kind].reads)
          break;
        if (!orr_step_infos[early->steps->kind].reads || early->values[0] == late->values[0])
          continue;
        late->values = early->values;
        return;
      }
}

/* The first writes become such as took effect, and nobody was told. */
static void
forget_outcomes (OrrHistory *history, guint n)
{
  for (guint i = 0; i < history->operations->len && n > 0; i++)
    {
      OrrHistoryOperation *row = &g_array_index (history->operations, OrrHistoryOperation, i);
      if (orr_step_infos[row->steps->kind].reads)
        continue;
      row->outcome = ORR_UNKNOWN;
      row->process = history->n_processes++;
      n--;
    }
}

static OrrHistory *
make (const Load *load)
{
  static const char *const names[64] = { "c0" };
  g_autoptr (OrrTerms) terms = orr_terms_new ();
  OrrHistory *history = orr_history_new (terms);
  OrrKey key = orr_terms_text (terms, "x");
  g_autofree Pending *pending = g_new0 (Pending, load->clients);
  guint64 state = 88172645463325252;
  gint64 unique = 0;
  OrrValue held = ORR_NIL;
  history->object = orr_objects_find (orr_objects, load->object);
  if (history->object->preload)
    history->object->preload (NULL, terms, key, &held);
  for (guint i = 0; i < load->clients; i++)
    begin (load, &pending[i], &state, &unique, key);
  for (guint n = 0; n < load->clients * load->operations; n++)
    {
      guint next = 0;
      OrrValue value;
      for (guint i = 1; i < load->clients; i++)
        if (pending[i].point < pending[next].point)
          next = i;
      history->object->apply (terms, held, &pending[next].step, &held, &value);
      add_row (history, next, &pending[next], value);
      begin (load, &pending[next], &state, &unique, key);
    }
  g_array_sort (history->operations, compare_rows);
  history->n_processes = history->n_sessions = load->clients;
  history->session_names = names;
  forget_outcomes (history, load->n_unknown);
  if (load->stale)
    make_stale (history);
  return history;
}

static double
user_seconds (void)
{
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  return (double) usage.ru_utime.tv_sec + 1e-6 * (double) usage.ru_utime.tv_usec;
}

static double
memory_max (void)
{
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  return 1024.0 * (double) usage.ru_maxrss;
}

static void
measure (const Load *load)
{
  g_autoptr (OrrHistory) history = make (load);
  OrrCheckBudget budget = ORR_CHECK_BUDGET_DEFAULT;
  guint n = history->operations->len;
  double best = 1e9, memory = memory_max ();
  const char *verdict = NULL;
  guint witness = 0;
  for (guint i = 0; i < 5 && (i == 0 || best < 3.0 / (i + 1)); i++)
    {
      double start = user_seconds ();
      g_autoptr (OrrVerdict) said = orr_check_judge (orr_checks_find ("linearizable"), history, &budget);
      best = MIN (best, user_seconds () - start);
      verdict = orr_verdict_name (said->kind);
      witness = said->n_witness;
    }
  memory = memory_max () - memory;
  printf ("%-12s %2u x %7u  %-8s %-6s %-9s %9.4f s %8.1f ns/op %6.0f B/op  witness %u\n", load->object,
          load->clients, load->operations, load->n_values ? "few" : "unique",
          load->stale       ? "stale"
          : load->n_unknown ? "lost"
                            : "right",
          verdict, best, 1e9 * best / n, MAX (memory, 0) / n, witness);
  fflush (stdout);
}

static const Load loads[] = {
  { "register", 20, 1000, 0, 0, FALSE },   { "register", 40, 1000, 0, 0, FALSE },
  { "register", 5, 1000, 0, 0, FALSE },    { "register", 5, 10000, 0, 0, FALSE },
  { "register", 5, 100000, 0, 0, FALSE },  { "register", 5, 1000000, 0, 0, FALSE },
  { "list-append", 5, 1000, 0, 0, FALSE }, { "list-append", 5, 10000, 0, 0, FALSE },
  { "set", 5, 1000, 0, 0, FALSE },         { "queue", 5, 1000, 0, 0, FALSE },
  { "queue", 5, 10000, 0, 0, FALSE },      { "counter", 5, 10000, 0, 0, FALSE },
  { "counter", 5, 10000, 1, 0, FALSE },    { "register", 5, 1000, 5, 0, FALSE },
  { "register", 5, 10000, 5, 0, FALSE },   { "register", 5, 100000, 5, 0, FALSE },
  { "register", 10, 1000, 5, 0, FALSE },   { "stack", 5, 1000, 0, 0, FALSE },
  { "stack", 5, 10000, 5, 0, FALSE },      { "queue", 5, 200, 5, 0, FALSE },
  { "queue", 5, 2000, 5, 0, FALSE },       { "queue", 5, 10000, 5, 0, FALSE },
  { "list-append", 5, 2000, 5, 0, FALSE }, { "set", 5, 2000, 50, 0, FALSE },
  { "counter", 5, 1000, 0, 60, FALSE },
};

/* Without arguments all loads; with them the one that they say, in the order of Load's fields. */
int
main (int argc, char **argv)
{
  if (argc == 7)
    {
      guint64 numbers[5];
      for (guint i = 0; i < 5; i++)
        numbers[i] = g_ascii_strtoull (argv[2 + i], NULL, 10);
      measure (&(Load){ argv[1], (guint) numbers[0], (guint) numbers[1], (guint) numbers[2],
                        (guint) numbers[3], numbers[4] > 0 });
      return 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (loads); i++)
    for (guint stale = 0; stale < 2; stale++)
      {
        Load load = loads[i];
        load.stale = stale;
        measure (&load);
      }
  return 0;
}
