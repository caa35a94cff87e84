/* shrink-lists.c: faults, pins and operations: which of them are needed.
 *
 * All are lists of lines, and delta debugging finds the lines. Operations fall into groups besides, which
 * often go as wholes and could not go by chunks of neighbours: those of a session, those on a key. */
#include "explore/shrink-private.h"

#include "engine/choices.h"
#include "explore/ddmin.h"

#include <string.h>

#define OPERATIONS "workload.operations"

/* --- Any list --- */

/* What the pins count, and because of which operations. */
typedef struct
{
  OrrChoices *choices;
  guint *operation_of; /* of each thing that is counted, the operation that led to it; n_lines: none did */
} Counts;

/* A list whose lines go by groups. */
typedef struct
{
  OrrShrinking *shrinking;
  const char *path;
  OrrDraft *whole; /* as it was before */
  guint n_lines;
  const guint *group_of; /* by line; NULL: each is its own */
  Counts counts;         /* of operations */
} Lines;

static void renumber_pins (OrrDraft *draft, const gboolean *kept, guint n);
static Counts count_by_operation (OrrShrinking *shrinking, guint n_lines);
static void counts_clear (Counts *counts);
static void count_anew (OrrDraft *draft, const Counts *counts, const gboolean *kept, guint n_lines);

static void
keep_lines (OrrDraft *draft, const char *path, const gboolean *kept)
{
  if (g_str_equal (path, OPERATIONS))
    orr_shrink_keep_operations (draft, kept);
  else
    orr_draft_keep (draft, path, kept);
}

/* The whole with those lines alone; by the seed that the smallest has by now. `counts` (may be NULL): pins go
 * on meaning the same. */
static OrrDraft *
candidate_of (const Lines *lines, const gboolean *flags, const Counts *counts)
{
  const char *seed = orr_draft_get_text (lines->shrinking->draft, "seed");
  OrrDraft *candidate = orr_draft_copy (lines->whole);
  if (seed)
    orr_draft_set (candidate, "seed", seed);
  if (counts)
    count_anew (candidate, counts, flags, lines->n_lines);
  keep_lines (candidate, lines->path, flags);
  return candidate;
}

/* Without some operations, pins name by other numbers what they named: by how many of its kind came before,
 * and by the numbers that models give to requests. What was tried already is not tried again. */
static gboolean
try_renumbered (const Lines *lines, const gboolean *flags)
{
  for (guint way = 0; way < 3; way++)
    {
      OrrDraft *candidate = candidate_of (lines, flags, way != 1 ? &lines->counts : NULL);
      if (way != 2)
        renumber_pins (candidate, flags, lines->n_lines);
      if (orr_shrinking_try (lines->shrinking, candidate))
        return TRUE;
    }
  return FALSE;
}

static gboolean
try_groups (gpointer data, const gboolean *kept)
{
  const Lines *lines = data;
  g_autofree gboolean *flags = g_new (gboolean, lines->n_lines);
  if (orr_shrinking_is_over (lines->shrinking))
    return FALSE;
  for (guint i = 0; i < lines->n_lines; i++)
    flags[i] = kept[lines->group_of ? lines->group_of[i] : i];
  if (orr_shrinking_try (lines->shrinking, candidate_of (lines, flags, NULL)))
    return TRUE;
  return g_str_equal (lines->path, OPERATIONS) && try_renumbered (lines, flags);
}

static gboolean
reduce_groups (OrrShrinking *shrinking, const char *path, const guint *group_of, guint n_groups)
{
  Lines lines = { .shrinking = shrinking, .path = path, .group_of = group_of };
  lines.n_lines = orr_draft_length (shrinking->draft, path);
  if (lines.n_lines == 0)
    return FALSE;
  if (!group_of)
    n_groups = lines.n_lines;
  g_autofree gboolean *kept = g_new (gboolean, n_groups);
  for (guint i = 0; i < n_groups; i++)
    kept[i] = TRUE;
  lines.whole = orr_draft_copy (shrinking->draft);
  if (g_str_equal (path, OPERATIONS))
    lines.counts = count_by_operation (shrinking, lines.n_lines);
  gboolean any = orr_ddmin (n_groups, kept, try_groups, &lines);
  counts_clear (&lines.counts);
  orr_draft_free (lines.whole);
  return any;
}

gboolean
orr_shrinking_reduce_list (OrrShrinking *shrinking, const char *path)
{
  return reduce_groups (shrinking, path, NULL, 0);
}

gboolean
orr_shrink_faults (OrrShrinking *shrinking)
{
  return orr_shrinking_reduce_list (shrinking, "faults");
}

/* Pins of one kind and one pair of nodes are a group. */
gboolean
orr_shrink_pins (OrrShrinking *shrinking)
{
  const OrrArray *pins = &shrinking->shrunk->scenario->pins;
  const OrrPin *pin = pins->data;
  g_autofree guint *group_of = g_new (guint, pins->length);
  guint n_groups = 0;
  for (guint i = 0; i < pins->length; i++)
    {
      guint j = 0;
      while (j < i
             && (pin[j].kind != pin[i].kind || pin[j].record != pin[i].record
                 || g_strcmp0 (pin[j].purpose, pin[i].purpose) != 0
                 || g_strcmp0 (pin[j].from, pin[i].from) != 0 || g_strcmp0 (pin[j].to, pin[i].to) != 0
                 || g_strcmp0 (pin[j].node, pin[i].node) != 0))
        j++;
      group_of[i] = j < i ? group_of[j] : n_groups++;
    }
  gboolean any = reduce_groups (shrinking, "pins", group_of, n_groups);
  return orr_shrinking_reduce_list (shrinking, "pins") || any;
}

/* --- Operations --- */

static char *
operation_path (guint index, const char *key)
{
  return g_strdup_printf (OPERATIONS ".%u.%s", index, key);
}

void
orr_shrink_name_operations (OrrDraft *draft, const OrrScenario *scenario)
{
  const OrrPlannedOperation *operations = scenario->workload.operations.data;
  guint n = orr_draft_length (draft, OPERATIONS);
  g_assert (n == scenario->workload.operations.length);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = operation_path (i, "id"), *session = operation_path (i, "session");
      orr_draft_set (draft, id, operations[i].id);
      orr_draft_set (draft, session, scenario->session_names[operations[i].session]);
    }
}

/* The operation of that id among the first n; n where there is none. */
static guint
find_operation (const OrrDraft *draft, guint n, const char *id)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = operation_path (i, "id");
      if (g_strcmp0 (orr_draft_get_text (draft, path), id) == 0)
        return i;
    }
  return n;
}

static OrrTime
operation_at (const OrrDraft *draft, guint index)
{
  g_autofree char *path = operation_path (index, "at");
  const char *text = orr_draft_get_text (draft, path);
  OrrTime at = 0;
  g_autofree char *message = NULL;
  return text && orr_duration_parse (text, &at, &message) ? at : 0;
}

/* Whoever waits for one that goes waits for whom that one waited for, and so much longer as that one did. */
static void
relink (OrrDraft *draft, guint n, const gboolean *kept, guint index)
{
  g_autofree char *after = operation_path (index, "after"), *at = operation_path (index, "at");
  const char *id = orr_draft_get_text (draft, after);
  OrrTime time = operation_at (draft, index);
  guint target = id ? find_operation (draft, n, id) : n;
  if (target == n || kept[target])
    return;
  while (target < n && !kept[target])
    {
      g_autofree char *next = operation_path (target, "after");
      time = orr_time_add (time, operation_at (draft, target));
      id = orr_draft_get_text (draft, next);
      target = id ? find_operation (draft, n, id) : n;
    }
  g_autofree char *text = orr_duration_to_text (time);
  if (id)
    orr_draft_set (draft, after, id);
  else
    orr_draft_remove (draft, after);
  orr_draft_set (draft, at, text);
}

/* The place of the operation that a pin names; n where it names none that is there. */
static guint
operation_of_pin (const OrrDraft *draft, guint n, guint pin)
{
  static const char *const keys[] = { "request", "reply" };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *path = g_strdup_printf ("pins.%u.%s", pin, keys[i]);
      const char *id = orr_draft_get_text (draft, path);
      if (id)
        return find_operation (draft, n, id);
    }
  return n;
}

/* With an operation go the pins that are about its way. */
static void
drop_pins_of (OrrDraft *draft, guint n, const gboolean *kept)
{
  guint n_pins = orr_draft_length (draft, "pins");
  g_autofree gboolean *kept_pins = g_new (gboolean, n_pins);
  for (guint i = 0; i < n_pins; i++)
    {
      guint operation = operation_of_pin (draft, n, i);
      kept_pins[i] = operation == n || kept[operation];
    }
  if (n_pins > 0)
    orr_draft_keep (draft, "pins", kept_pins);
}

void
orr_shrink_keep_operations (OrrDraft *draft, const gboolean *kept)
{
  guint n = orr_draft_length (draft, OPERATIONS);
  for (guint i = 0; i < n; i++)
    if (kept[i])
      relink (draft, n, kept, i);
  drop_pins_of (draft, n, kept);
  orr_draft_keep (draft, OPERATIONS, kept);
}

/* Models number requests and transactions by their place in the run, from 1, and pins name them so. When
 * operations go, those behind them have other numbers. */
static void
renumber_pins (OrrDraft *draft, const gboolean *kept, guint n)
{
  g_autofree guint *place = g_new (guint, n + 1); /* by the old one */
  place[0] = 0;
  for (guint i = 0; i < n; i++)
    place[i + 1] = place[i] + (kept[i] != FALSE);
  for (guint pin = 0; pin < orr_draft_length (draft, "pins"); pin++)
    {
      g_autofree char *where = g_strdup_printf ("pins.%u.where", pin);
      for (guint i = 0; i < orr_draft_length (draft, where); i++)
        {
          g_autofree char *path
              = g_strdup_printf ("%s.%s", where, orr_draft_get (draft, where)->keys[i]->text);
          const char *text = orr_draft_get_text (draft, path);
          guint64 old;
          if (!text || !g_ascii_string_to_unsigned (text, 10, 1, n, &old, NULL) || place[old] == old
              || !kept[old - 1])
            continue;
          g_autofree char *number = g_strdup_printf ("%u", place[old]);
          orr_draft_set (draft, path, number);
        }
    }
}

/* The operation whose invocation led to an event; n: none did, as where a timer of a node's own began it. */
static guint
root_of (const OrrTrace *trace, GHashTable *invoked, guint64 event, guint n)
{
  while (event < trace->events->len)
    {
      const OrrTraceEvent *row = &g_array_index (trace->events, OrrTraceEvent, event);
      if (row->kind == ORR_EVENT_INVOKE)
        break;
      event = row->cause < event ? row->cause : G_MAXUINT64;
    }
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (invoked, &event));
  return place > 0 ? place - 1 : n;
}

/* Event of invocation → the operation's line + 1. */
static GHashTable *
find_invocations (const OrrShrinking *shrinking, const OrrTrace *trace, guint n)
{
  GHashTable *invoked = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < trace->operations->len; i++)
    {
      const OrrTraceOperation *operation = &g_array_index (trace->operations, OrrTraceOperation, i);
      guint line = operation->id ? find_operation (shrinking->draft, n, operation->id) : n;
      if (line < n && operation->event != G_MAXUINT64)
        g_hash_table_insert (invoked, g_memdup2 (&operation->event, sizeof operation->event),
                             GUINT_TO_POINTER (line + 1));
    }
  return invoked;
}

static Counts
count_by_operation (OrrShrinking *shrinking, guint n_lines)
{
  Counts counts = { .choices = orr_choices_new () };
  OrrRunOptions run = shrinking->question.run;
  if (orr_draft_length (shrinking->draft, "pins") == 0 || shrinking->death
      || orr_shrinking_is_over (shrinking))
    return counts;
  run.seed = shrinking->shrunk->scenario->seed;
  run.level = ORR_RECORD_EVENTS;
  run.choices = counts.choices;
  g_autoptr (OrrTrace) trace = orr_simulate (shrinking->shrunk->scenario, &run);
  g_autoptr (GHashTable) invoked = find_invocations (shrinking, trace, n_lines);
  shrinking->shrunk->runs++;
  counts.operation_of = g_new (guint, counts.choices->counted->len);
  for (guint i = 0; i < counts.choices->counted->len; i++)
    counts.operation_of[i]
        = root_of (trace, invoked, g_array_index (counts.choices->counted, OrrCounted, i).event, n_lines);
  return counts;
}

static void
counts_clear (Counts *counts)
{
  orr_choices_free (counts->choices);
  g_free (counts->operation_of);
}

/* Of the first `nth` that a pin counts, how many come of operations that go? */
static guint64
count_gone (const Counts *counts, guint pin, guint64 nth, const gboolean *kept, guint n_lines)
{
  guint32 counter = g_array_index (counts->choices->counters, guint32, pin);
  guint64 gone = 0;
  for (guint i = 0; i < counts->choices->counted->len && nth > 0; i++)
    {
      if (g_array_index (counts->choices->counted, OrrCounted, i).counter != counter)
        continue;
      nth--;
      gone += counts->operation_of[i] < n_lines && !kept[counts->operation_of[i]];
    }
  return gone;
}

static void
count_anew (OrrDraft *draft, const Counts *counts, const gboolean *kept, guint n_lines)
{
  for (guint pin = 0; counts->operation_of && pin < orr_draft_length (draft, "pins"); pin++)
    {
      g_autofree char *path = g_strdup_printf ("pins.%u.nth", pin);
      const char *text = orr_draft_get_text (draft, path);
      guint64 nth;
      if (!text || !g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT32, &nth, NULL))
        continue;
      guint64 gone = count_gone (counts, pin, nth, kept, n_lines);
      if (gone == 0 || gone >= nth)
        continue;
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, nth - gone);
      orr_draft_set (draft, path, number);
    }
}

/* By their sessions. */
static gboolean
reduce_sessions (OrrShrinking *shrinking)
{
  const OrrScenario *scenario = shrinking->shrunk->scenario;
  const OrrArray *operations = &scenario->workload.operations;
  g_autofree guint *group_of = g_new (guint, operations->length);
  for (guint i = 0; i < operations->length; i++)
    group_of[i] = ((const OrrPlannedOperation *) operations->data)[i].session;
  return reduce_groups (shrinking, OPERATIONS, group_of, scenario->n_sessions);
}

/* By the keys of their first steps. */
static gboolean
reduce_keys (OrrShrinking *shrinking)
{
  const OrrArray *operations = &shrinking->shrunk->scenario->workload.operations;
  const OrrPlannedOperation *operation = operations->data;
  g_autofree guint *group_of = g_new (guint, operations->length);
  g_autoptr (GHashTable) groups = g_hash_table_new (g_direct_hash, g_direct_equal); /* key → group + 1 */
  guint n_groups = 0;
  for (guint i = 0; i < operations->length; i++)
    {
      gpointer key = GSIZE_TO_POINTER (operation[i].n_steps > 0 ? (gsize) operation[i].steps[0].key : 0);
      guint group = GPOINTER_TO_UINT (g_hash_table_lookup (groups, key));
      if (group == 0)
        g_hash_table_insert (groups, key, GUINT_TO_POINTER (group = ++n_groups));
      group_of[i] = group - 1;
    }
  return reduce_groups (shrinking, OPERATIONS, group_of, n_groups);
}

/* The steps of transactions. */
static gboolean
reduce_steps (OrrShrinking *shrinking)
{
  gboolean any = FALSE;
  for (guint i = 0; i < orr_draft_length (shrinking->draft, OPERATIONS); i++)
    {
      g_autofree char *path = operation_path (i, "steps");
      if (orr_draft_length (shrinking->draft, path) > 1)
        any |= orr_shrinking_reduce_list (shrinking, path);
    }
  return any;
}

gboolean
orr_shrink_operations (OrrShrinking *shrinking)
{
  gboolean any = reduce_sessions (shrinking);
  any |= reduce_keys (shrinking);
  any |= orr_shrinking_reduce_list (shrinking, OPERATIONS);
  any |= reduce_steps (shrinking);
  return any;
}

/* --- Time --- */

/* The operations that a verdict speaks of, by their ids. */
void
orr_shrink_mark_witness (const OrrShrinking *shrinking, const OrrTrial *trial, gboolean *kept, guint n)
{
  for (guint i = 0; i < trial->verdict->n_witness; i++)
    {
      const OrrHistoryOperation *operation
          = &g_array_index (trial->history->operations, OrrHistoryOperation, trial->verdict->witness[i]);
      guint found = find_operation (shrinking->draft, n, operation->id);
      if (found < n)
        kept[found] = TRUE;
    }
}

/* When the last of the operations and facts was over that the verdict speaks of. */
static OrrTime
witness_end (const OrrTrial *trial)
{
  OrrTime end = 0;
  for (guint i = 0; i < trial->verdict->n_witness; i++)
    {
      const OrrHistoryOperation *operation
          = &g_array_index (trial->history->operations, OrrHistoryOperation, trial->verdict->witness[i]);
      end = MAX (end, operation->completed == ORR_TIME_NEVER ? operation->invoked : operation->completed);
    }
  for (guint i = 0; i < trial->verdict->n_facts; i++)
    end = MAX (end, g_array_index (trial->history->facts, OrrHistoryFact, trial->verdict->facts[i]).time);
  return end;
}

static gboolean
try_operations (OrrShrinking *shrinking, const gboolean *kept, guint n)
{
  guint n_kept = 0;
  for (guint i = 0; i < n; i++)
    n_kept += kept[i];
  if (n_kept == n || n_kept == 0)
    return FALSE;
  OrrDraft *candidate = orr_draft_copy (shrinking->draft);
  orr_shrink_keep_operations (candidate, kept);
  return orr_shrinking_try (shrinking, candidate);
}

/* The witness alone, else what was due until its end. */
static gboolean
cut_operations (OrrShrinking *shrinking, const OrrTrial *trial)
{
  const OrrArray *operations = &shrinking->shrunk->scenario->workload.operations;
  const OrrPlannedOperation *operation = operations->data;
  g_autofree gboolean *kept = g_new0 (gboolean, operations->length);
  OrrTime end = witness_end (trial);
  orr_shrink_mark_witness (shrinking, trial, kept, operations->length);
  if (try_operations (shrinking, kept, operations->length))
    return TRUE;
  for (guint i = 0; i < operations->length; i++)
    kept[i] = operation[i].after >= 0 || operation[i].at <= end;
  return try_operations (shrinking, kept, operations->length);
}

/* Faults that would strike when the workload is over are mistakes. */
static void
drop_late_faults (OrrDraft *draft, const OrrScenario *scenario, OrrTime duration)
{
  const OrrFaultPlan *plans = scenario->faults.data;
  g_autofree gboolean *kept = g_new (gboolean, scenario->faults.length);
  for (guint i = 0; i < scenario->faults.length; i++)
    kept[i] = plans[i].trigger != ORR_TRIGGER_AT || plans[i].at < duration;
  if (scenario->faults.length > 0)
    orr_draft_keep (draft, "faults", kept);
}

static gboolean
try_duration (OrrShrinking *shrinking, OrrTime duration)
{
  OrrDraft *candidate = orr_draft_copy (shrinking->draft);
  g_autofree char *text = orr_duration_to_text (duration);
  drop_late_faults (candidate, shrinking->shrunk->scenario, duration);
  orr_draft_set (candidate, "duration", text);
  return orr_shrinking_try (shrinking, candidate);
}

/* What the file gives at best is no duration, so that it follows from operations and faults; else a short and
 * round one. */
static gboolean
cut_duration (OrrShrinking *shrinking)
{
  static const OrrTime rounds[]
      = { ORR_MILLISECOND * 10, ORR_MILLISECOND * 100, ORR_SECOND,      ORR_SECOND * 2,
          ORR_SECOND * 5,       ORR_SECOND * 10,       ORR_SECOND * 30, ORR_SECOND * 60 };
  OrrTime duration = shrinking->shrunk->scenario->duration;
  if (!orr_draft_get (shrinking->draft, "duration"))
    return FALSE;
  if (orr_draft_get (shrinking->draft, OPERATIONS) && orr_shrinking_try_remove (shrinking, "duration"))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (rounds) && rounds[i] < duration; i++)
    if (try_duration (shrinking, rounds[i]))
      return TRUE;
  return FALSE;
}

/* When the operation of that id was invoked, where that was later than it was due; else ORR_TIME_UNSET. */
static OrrTime
delayed_to (const OrrTrial *trial, const char *id)
{
  for (guint i = 0; i < trial->history->operations->len; i++)
    {
      const OrrHistoryOperation *operation
          = &g_array_index (trial->history->operations, OrrHistoryOperation, i);
      if (strcmp (operation->id, id) == 0)
        return operation->invoked > operation->due ? operation->invoked : ORR_TIME_UNSET;
    }
  return ORR_TIME_UNSET;
}

/* Operations that had to wait for their sessions are due when they came, so that those before them can go. */
static gboolean
settle_moments (OrrShrinking *shrinking, const OrrTrial *trial)
{
  const OrrPlannedOperation *operations = shrinking->shrunk->scenario->workload.operations.data;
  OrrDraft *candidate = orr_draft_copy (shrinking->draft);
  gboolean any = FALSE;
  for (guint i = 0; i < shrinking->shrunk->scenario->workload.operations.length; i++)
    {
      OrrTime at = operations[i].after < 0 ? delayed_to (trial, operations[i].id) : ORR_TIME_UNSET;
      if (at == ORR_TIME_UNSET)
        continue;
      g_autofree char *path = operation_path (i, "at"), *text = orr_duration_to_text (at);
      orr_draft_set (candidate, path, text);
      any = TRUE;
    }
  if (any)
    return orr_shrinking_try (shrinking, candidate);
  orr_draft_free (candidate);
  return FALSE;
}

gboolean
orr_shrink_time (OrrShrinking *shrinking)
{
  if (orr_shrinking_is_over (shrinking))
    return FALSE;
  if (shrinking->death) /* nobody has seen a verdict */
    return cut_duration (shrinking);
  g_autoptr (OrrTrial) trial = orr_shrinking_try_smallest (shrinking);
  gboolean any = orr_trial_answer (trial)
                 && (cut_operations (shrinking, trial)
                     || (shrinking->is_written_down && settle_moments (shrinking, trial)));
  return cut_duration (shrinking) || any;
}
