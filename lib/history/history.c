/* history.c: what a history holds, in order, and how it is found.
 *
 * Operations stand by the time of their invocation, versions by their key, so that every look-up is a binary
 * search. Keys are ordered as words: the order means nothing, and no verdict may depend on it. */
#include "history/history.h"

#include <string.h>

OrrHistory *
orr_history_new (OrrTerms *terms)
{
  OrrHistory *history = g_new0 (OrrHistory, 1);
  history->arena = orr_arena_new ();
  history->terms = orr_terms_ref (terms);
  history->operations = g_array_new (FALSE, FALSE, sizeof (OrrHistoryOperation));
  history->versions = g_array_new (FALSE, FALSE, sizeof (OrrHistoryVersion));
  history->finals = g_array_new (FALSE, FALSE, sizeof (OrrHistoryFinal));
  history->applied = g_array_new (FALSE, FALSE, sizeof (OrrHistoryApplied));
  history->facts = g_array_new (FALSE, FALSE, sizeof (OrrHistoryFact));
  history->initials = g_array_new (FALSE, FALSE, sizeof (OrrHistoryInitial));
  history->timeout = ORR_TIME_NEVER;
  history->healed_at = ORR_TIME_NEVER;
  history->ended_at = ORR_TIME_NEVER;
  history->struck_at = ORR_TIME_NEVER;
  return history;
}

OrrHistory *
orr_history_client_view (const OrrHistory *history)
{
  OrrHistory *view = orr_history_new (history->terms);
  OrrHistory fresh = *view;
  *view = *history;
  view->arena = fresh.arena;
  view->operations = fresh.operations;
  view->versions = fresh.versions;
  view->finals = fresh.finals;
  view->applied = fresh.applied;
  view->facts = fresh.facts;
  g_array_unref (fresh.initials);
  g_array_ref (view->initials); /* clients know what they began with */
  if (view->source)
    g_array_ref (view->source->assumptions);
  view->fact_records = NULL;
  view->invariants = NULL;
  view->versions_known = view->finals_known = FALSE;
  view->final_nodes = orr_arena_alloc (view->arena, (gsize) history->n_nodes * sizeof (gboolean));
  for (guint i = 0; i < history->operations->len; i++)
    {
      OrrHistoryOperation operation = g_array_index (history->operations, OrrHistoryOperation, i);
      operation.versions = NULL;
      g_array_append_val (view->operations, operation);
    }
  return view;
}

void
orr_history_free (OrrHistory *history)
{
  if (!history)
    return;
  g_array_unref (history->operations);
  g_array_unref (history->versions);
  g_array_unref (history->finals);
  g_array_unref (history->applied);
  g_array_unref (history->facts);
  g_array_unref (history->initials);
  if (history->source)
    g_array_unref (history->source->assumptions);
  orr_terms_unref (history->terms);
  orr_arena_free (history->arena);
  g_free (history);
}

/* --- Order --- */

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

static gint
compare_operations (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  const OrrHistoryOperation *left = a, *right = b;
  gint order = COMPARE (left->invoked, right->invoked);
  return order != 0 ? order : COMPARE (left->index, right->index);
}

static gint
compare_versions (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  const OrrHistoryVersion *left = a, *right = b;
  gint order = COMPARE (left->key, right->key);
  if (order == 0)
    order = COMPARE (left->version, right->version);
  return order != 0 ? order : COMPARE (left->time, right->time);
}

static gint
compare_applied (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  const OrrHistoryApplied *left = a, *right = b;
  gint order = COMPARE (left->node, right->node);
  if (order == 0)
    order = COMPARE (left->key, right->key);
  if (order == 0)
    order = COMPARE (left->version, right->version);
  return order != 0 ? order : COMPARE (left->time, right->time);
}

static gint
compare_finals (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  const OrrHistoryFinal *left = a, *right = b;
  return COMPARE (left->node, right->node);
}

static gint
compare_initials (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  const OrrHistoryInitial *left = a, *right = b;
  return COMPARE (left->key, right->key);
}

/* Of what was said several times, the first time counts. */
static void
keep_first_versions (GArray *versions)
{
  guint kept = 0;
  for (guint i = 0; i < versions->len; i++)
    {
      const OrrHistoryVersion *version = &g_array_index (versions, OrrHistoryVersion, i);
      const OrrHistoryVersion *last
          = kept > 0 ? &g_array_index (versions, OrrHistoryVersion, kept - 1) : NULL;
      if (!last || last->key != version->key || last->version != version->version)
        g_array_index (versions, OrrHistoryVersion, kept++) = *version;
    }
  g_array_set_size (versions, kept);
}

static void
keep_first_applied (GArray *applied)
{
  guint kept = 0;
  for (guint i = 0; i < applied->len; i++)
    {
      const OrrHistoryApplied *row = &g_array_index (applied, OrrHistoryApplied, i);
      const OrrHistoryApplied *last = kept > 0 ? &g_array_index (applied, OrrHistoryApplied, kept - 1) : NULL;
      if (!last || last->node != row->node || last->key != row->key || last->version != row->version)
        g_array_index (applied, OrrHistoryApplied, kept++) = *row;
    }
  g_array_set_size (applied, kept);
}

/* --- Who wrote which version --- */

typedef struct
{
  OrrKey key;
  OrrValue value;
  guint operation; /* G_MAXUINT: several wrote it */
} Written;

static guint
written_hash (gconstpointer data)
{
  const Written *written = data;
  guint64 word = written->key * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)
                 ^ written->value * G_GUINT64_CONSTANT (0xd1342543de82ef95);
  return (guint) (word >> 32);
}

static gboolean
written_equal (gconstpointer a, gconstpointer b)
{
  const Written *left = a, *right = b;
  return left->key == right->key && left->value == right->value;
}

/* What each operation may have written: the last value of a list stands for the append that put it there. */
static GHashTable *
index_written (const OrrHistory *history)
{
  GHashTable *table = g_hash_table_new_full (written_hash, written_equal, g_free, NULL);
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, i);
      for (guint j = 0; operation->outcome != ORR_FAIL && j < operation->n_steps; j++)
        {
          const OrrStep *step = &operation->steps[j];
          if (step->kind != ORR_WRITE && step->kind != ORR_CAS && step->kind != ORR_APPEND)
            continue;
          Written key = { step->key, step->value, i };
          Written *found = g_hash_table_lookup (table, &key);
          if (!found)
            g_hash_table_add (table, g_memdup2 (&key, sizeof key));
          else if (found->operation != i)
            found->operation = G_MAXUINT;
        }
    }
  return table;
}

static void
match_by_versions (OrrHistory *history)
{
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, i);
      for (guint j = 0; operation->versions && operation->outcome == ORR_OK && j < operation->n_steps; j++)
        {
          const OrrStep *step = &operation->steps[j];
          if (!orr_step_infos[step->kind].writes)
            continue;
          OrrHistoryVersion *version = (OrrHistoryVersion *) orr_history_find_version (
              history, step->key, operation->versions[j], NULL);
          if (version && version->operation == G_MAXUINT32)
            version->operation = i;
        }
    }
}

static void
match_by_values (OrrHistory *history)
{
  if (history->versions->len == 0)
    return;
  g_autoptr (GHashTable) table = index_written (history);
  for (guint i = 0; i < history->versions->len; i++)
    {
      OrrHistoryVersion *version = &g_array_index (history->versions, OrrHistoryVersion, i);
      if (version->operation != G_MAXUINT32)
        continue;
      Written key = { .key = version->key, .value = version->value };
      const Written *found = g_hash_table_lookup (table, &key);
      if (!found && orr_terms_is_list (history->terms, version->value)
          && orr_terms_get_length (history->terms, version->value) > 0)
        {
          key.value = orr_terms_get_last (history->terms, version->value);
          found = g_hash_table_lookup (table, &key);
        }
      if (found && found->operation != G_MAXUINT)
        version->operation = found->operation;
    }
}

/* Most histories come in order; sorting a million operations takes as long as reading them. */
static void
sort_operations (GArray *operations)
{
  for (guint i = 1; i < operations->len; i++)
    if (compare_operations (&g_array_index (operations, OrrHistoryOperation, i - 1),
                            &g_array_index (operations, OrrHistoryOperation, i), NULL)
        > 0)
      {
        g_array_sort_with_data (operations, compare_operations, NULL);
        return;
      }
}

void
orr_history_complete (OrrHistory *history)
{
  sort_operations (history->operations);
  g_array_sort_with_data (history->versions, compare_versions, NULL);
  g_array_sort_with_data (history->applied, compare_applied, NULL);
  g_array_sort_with_data (history->finals, compare_finals, NULL);
  g_array_sort_with_data (history->initials, compare_initials, NULL);
  keep_first_versions (history->versions);
  keep_first_applied (history->applied);
  for (guint i = 0; i < history->versions->len; i++)
    g_array_index (history->versions, OrrHistoryVersion, i).operation = G_MAXUINT32;
  match_by_versions (history);
  match_by_values (history);
  history->n_processes = 0;
  for (guint i = 0; i < history->operations->len; i++)
    history->n_processes
        = MAX (history->n_processes, g_array_index (history->operations, OrrHistoryOperation, i).process + 1);
}

/* --- Finding --- */

/* The first row that is not before (key, version). */
static guint
find_place (const GArray *versions, OrrKey key, guint64 version)
{
  guint low = 0, high = versions->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const OrrHistoryVersion *row = &g_array_index (versions, OrrHistoryVersion, middle);
      if (row->key < key || (row->key == key && row->version < version))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

const OrrHistoryVersion *
orr_history_versions_of (const OrrHistory *history, OrrKey key, guint *ret_n)
{
  guint first = find_place (history->versions, key, 0);
  guint end = find_place (history->versions, key, G_MAXUINT64);
  while (end < history->versions->len && g_array_index (history->versions, OrrHistoryVersion, end).key == key)
    end++;
  *ret_n = end - first;
  return end > first ? &g_array_index (history->versions, OrrHistoryVersion, first) : NULL;
}

const OrrHistoryVersion *
orr_history_find_version (const OrrHistory *history, OrrKey key, guint64 version, guint *ret_rank)
{
  guint place = find_place (history->versions, key, version);
  if (place == history->versions->len)
    return NULL;
  const OrrHistoryVersion *row = &g_array_index (history->versions, OrrHistoryVersion, place);
  if (row->key != key || row->version != version)
    return NULL;
  if (ret_rank)
    *ret_rank = place - find_place (history->versions, key, 0) + 1;
  return row;
}

OrrTime
orr_history_applied_at (const OrrHistory *history, guint32 node, OrrKey key, guint64 version)
{
  OrrHistoryApplied wanted = { .node = node, .key = key, .version = version, .time = G_MININT64 };
  guint low = 0, high = history->applied->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (compare_applied (&g_array_index (history->applied, OrrHistoryApplied, middle), &wanted, NULL) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  OrrTime earliest = ORR_TIME_NEVER;
  for (; low < history->applied->len; low++)
    {
      const OrrHistoryApplied *row = &g_array_index (history->applied, OrrHistoryApplied, low);
      if (row->node != node || row->key != key)
        break;
      earliest = MIN (earliest, row->time);
    }
  return earliest;
}

OrrValue
orr_history_initial (const OrrHistory *history, OrrKey key)
{
  guint low = 0, high = history->initials->len;
  OrrValue state = ORR_NIL;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const OrrHistoryInitial *row = &g_array_index (history->initials, OrrHistoryInitial, middle);
      if (row->key == key)
        return row->state;
      if (row->key < key)
        low = middle + 1;
      else
        high = middle;
    }
  if (history->object && history->object->preload)
    history->object->preload (history->object_settings, history->terms, key, &state);
  return state;
}

/* --- In words --- */

gboolean
orr_history_is_kept (const OrrHistory *history, guint32 node, OrrKey key)
{
  const OrrModel *model = history->model;
  return !model || !model->keeps || model->keeps (history->model_options, history->terms, node, key);
}

/* Before that, nanoseconds tell moments apart. */
#define EXACT_BEFORE (100 * ORR_MICROSECOND)

void
orr_history_print_moment (OrrTime time, GString *text)
{
  guint64 microseconds = (guint64) ABS (time) / ORR_MICROSECOND;
  if (ABS (time) < EXACT_BEFORE && time % ORR_MICROSECOND != 0)
    {
      g_autofree char *exact = orr_duration_to_words (time);
      g_string_append (text, exact);
      return;
    }
  g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, time < 0 ? "-" : "", microseconds / 1000000);
  if (microseconds % 1000000 != 0)
    {
      g_string_append_printf (text, ".%06" G_GUINT64_FORMAT, microseconds % 1000000);
      while (text->str[text->len - 1] == '0')
        g_string_truncate (text, text->len - 1);
    }
  g_string_append_c (text, 's');
}

void
orr_history_print_when (const OrrHistory *history, OrrTime time, GString *text)
{
  OrrHistoryTimes times = history->source ? history->source->times : ORR_TIMES_REAL;
  if (times == ORR_TIMES_REAL)
    orr_history_print_moment (time, text);
  else
    g_string_append_printf (text, "%s %" G_GINT64_FORMAT, times == ORR_TIMES_LINES ? "line" : "entry", time);
}

/* Where an operation stands, and when it began. */
static void
print_place (const OrrHistory *history, const OrrHistoryOperation *operation, GString *text)
{
  gboolean timed = !history->source || history->source->times == ORR_TIMES_REAL;
  if (history->source)
    g_string_append_printf (text, "line %u", operation->index);
  if (history->source && operation->column > 0)
    g_string_append_printf (text, ", column %u", operation->column);
  if (history->source && timed)
    g_string_append (text, ", ");
  if (timed)
    orr_history_print_moment (operation->invoked, text);
}

void
orr_history_print_operation (const OrrHistory *history, guint index, GString *text)
{
  const OrrHistoryOperation *operation = &g_array_index (history->operations, OrrHistoryOperation, index);
  g_string_append_printf (text, "%s (%s, ", operation->id, history->session_names[operation->session]);
  print_place (history, operation, text);
  g_string_append (text, "): ");
  for (guint i = 0; i < operation->n_steps; i++)
    {
      const OrrStep *step = &operation->steps[i];
      gboolean answered
          = operation->outcome == ORR_OK && operation->values && orr_step_infos[step->kind].reads;
      if (i > 0)
        g_string_append (text, "; ");
      orr_step_print (step, answered ? &operation->values[i] : NULL, history->terms, text);
    }
  if (operation->server < history->n_nodes)
    g_string_append_printf (text, " at %s", history->node_names[operation->server]);
  if (operation->outcome != ORR_OK && operation->note)
    g_string_append_printf (text, " (%s: %s)", orr_outcome_name (operation->outcome), operation->note);
  else if (operation->outcome != ORR_OK || operation->note)
    g_string_append_printf (text, " (%s)",
                            operation->note ? operation->note : orr_outcome_name (operation->outcome));
}

OrrContext
orr_history_context (const OrrHistory *history)
{
  return (OrrContext){ .terms = history->terms, .names = history->node_names, .n_names = history->n_nodes };
}

void
orr_history_print_fact (const OrrHistory *history, guint index, GString *text)
{
  const OrrHistoryFact *fact = &g_array_index (history->facts, OrrHistoryFact, index);
  OrrContext context = orr_history_context (history);
  g_string_append_printf (text, "%s (", history->node_names[fact->node]);
  orr_history_print_moment (fact->time, text);
  g_string_append (text, "): ");
  orr_name_print (fact->fact->name, text);
  if (fact->fact->fields)
    g_string_append_c (text, ' ');
  orr_fields_print_words (fact->fact->fields, &context, fact->body, text);
}
