/* regularity.c: what a read may return by real time alone.
 *
 * Lamport (1986) speaks of one writer: a read that overlaps no write returns the latest, one that does may
 * return (regular) one of those it overlaps, too, or (safe) anything. With several writers "the latest" is
 * any write after which no other began and ended before the read (Shao, Welch, Pierce & Lee 2011, the weakest
 * of their four: each read has an order of the writes to itself).
 *
 * So each read is judged alone. Of the writes that ended before it began, the one that began last says which
 * others are too old: those that had ended by then. Both are found by halving, and values may repeat. */
#include "check/regularity.h"

typedef struct
{
  OrrKey key;
  OrrValue value;
  OrrTime invoked, completed;
  guint operation, step;
  guint best; /* by completion: of those of the key up to here, the one that began last; by value: that ended
                 last */
} Write;

typedef struct
{
  const OrrHistory *history;
  Write *by_start, *by_end, *by_value;
  guint n;
  guint64 n_checked, n_wrong;
  guint read, step, newer; /* the first wrong one, and the index of a write in by_end; G_MAXUINT: none */
} Times;

#define COMPARE(a, b)                                                                                        \
  if ((a) != (b))                                                                                            \
  return (a) < (b) ? -1 : 1

static gint
compare_starts (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  const Write *left = a, *right = b;
  COMPARE (left->key, right->key);
  COMPARE (left->invoked, right->invoked);
  return 0;
}

static gint
compare_ends (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  const Write *left = a, *right = b;
  COMPARE (left->key, right->key);
  COMPARE (left->completed, right->completed);
  return 0;
}

static gint
compare_values (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  const Write *left = a, *right = b;
  COMPARE (left->key, right->key);
  COMPARE (left->value, right->value);
  COMPARE (left->invoked, right->invoked);
  return 0;
}

static GArray *
collect (const OrrHistory *history)
{
  GArray *writes = g_array_new (FALSE, FALSE, sizeof (Write));
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = orr_history_operation (history, i);
      for (guint j = 0; operation->outcome != ORR_FAIL && j < operation->n_steps; j++)
        {
          const OrrStep *step = &operation->steps[j];
          if ((step->kind != ORR_WRITE && step->kind != ORR_DELETE) || step->key == ORR_NIL)
            continue;
          Write write = { .key = step->key,
                          .value = step->kind == ORR_DELETE ? ORR_NIL : step->value,
                          .invoked = operation->invoked,
                          .completed = operation->outcome == ORR_OK ? operation->completed : ORR_TIME_NEVER,
                          .operation = i,
                          .step = j };
          g_array_append_val (writes, write);
        }
    }
  return writes;
}

static void
open_times (Times *times, const OrrHistory *history)
{
  g_autoptr (GArray) writes = collect (history);
  gsize size = writes->len * sizeof (Write);
  *times = (Times){ .history = history, .n = writes->len, .newer = G_MAXUINT };
  times->by_start = g_memdup2 (writes->data, size);
  times->by_end = g_memdup2 (writes->data, size);
  times->by_value = g_memdup2 (writes->data, size);
  g_qsort_with_data (times->by_start, (gint) times->n, sizeof (Write), compare_starts, NULL);
  g_qsort_with_data (times->by_end, (gint) times->n, sizeof (Write), compare_ends, NULL);
  g_qsort_with_data (times->by_value, (gint) times->n, sizeof (Write), compare_values, NULL);
  for (guint i = 0; i < times->n; i++)
    {
      Write *end = times->by_end, *value = times->by_value;
      gboolean same_key = i > 0 && end[i - 1].key == end[i].key;
      gboolean same_value = i > 0 && value[i - 1].key == value[i].key && value[i - 1].value == value[i].value;
      end[i].best = same_key && end[end[i - 1].best].invoked >= end[i].invoked ? end[i - 1].best : i;
      value[i].best
          = same_value && value[value[i - 1].best].completed >= value[i].completed ? value[i - 1].best : i;
    }
}

static void
close_times (Times *times)
{
  g_free (times->by_start);
  g_free (times->by_end);
  g_free (times->by_value);
}

/* How many writes stand before `wanted`. */
static guint
count_below (const Write *writes, guint n, const Write *wanted,
             gint (*compare) (gconstpointer, gconstpointer, gpointer))
{
  guint low = 0, high = n;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (compare (&writes[middle], wanted, NULL) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The write that makes others too old; G_MAXUINT: none had ended when the read began. */
static guint
find_newer (const Times *times, OrrKey key, OrrTime begun)
{
  Write wanted = { .key = key, .completed = begun };
  guint end = count_below (times->by_end, times->n, &wanted, compare_ends);
  return end > 0 && times->by_end[end - 1].key == key ? times->by_end[end - 1].best : G_MAXUINT;
}

static gboolean
overlaps (const Times *times, OrrKey key, const OrrHistoryOperation *read)
{
  Write first = { .key = key, .completed = G_MININT64, .invoked = G_MININT64 };
  Write begun
      = { .key = key, .invoked = read->completed == ORR_TIME_NEVER ? ORR_TIME_NEVER : read->completed + 1 };
  Write ended = { .key = key, .completed = read->invoked };
  guint n_begun = count_below (times->by_start, times->n, &begun, compare_starts)
                  - count_below (times->by_start, times->n, &first, compare_starts);
  guint n_ended = count_below (times->by_end, times->n, &ended, compare_ends)
                  - count_below (times->by_end, times->n, &first, compare_ends);
  return n_begun > n_ended;
}

static gboolean
is_right (const Times *times, OrrKey key, OrrValue value, const OrrHistoryOperation *read, guint newer)
{
  if (newer == G_MAXUINT && value == orr_history_initial (times->history, key))
    return TRUE;
  Write wanted = { .key = key,
                   .value = value,
                   .invoked = read->completed == ORR_TIME_NEVER ? ORR_TIME_NEVER : read->completed + 1 };
  guint end = count_below (times->by_value, times->n, &wanted, compare_values);
  if (end == 0 || times->by_value[end - 1].key != key || times->by_value[end - 1].value != value)
    return FALSE;
  const Write *latest = &times->by_value[times->by_value[end - 1].best];
  return newer == G_MAXUINT || latest->completed >= times->by_end[newer].invoked;
}

static void
take_read (Times *times, guint index, guint step, gboolean any_while_writing)
{
  const OrrHistoryOperation *read = orr_history_operation (times->history, index);
  OrrKey key = read->steps[step].key;
  if (any_while_writing && overlaps (times, key, read))
    return;
  times->n_checked++;
  guint newer = find_newer (times, key, read->invoked);
  if (is_right (times, key, read->values[step], read, newer) || times->n_wrong++ > 0)
    return;
  times->read = index;
  times->step = step;
  times->newer = newer;
}

/* --- The sentence --- */

/* Those who wrote what was read: without them it might be anybody's. */
static guint
add_writers (const Times *times, OrrVerdict *verdict, GString *text, gboolean *ret_later)
{
  const OrrHistoryOperation *read = orr_history_operation (times->history, times->read);
  Write wanted
      = { .key = read->steps[times->step].key, .value = read->values[times->step], .invoked = G_MININT64 };
  guint first = count_below (times->by_value, times->n, &wanted, compare_values), n = 0;
  *ret_later = TRUE;
  for (guint i = first;
       i < times->n && times->by_value[i].key == wanted.key && times->by_value[i].value == wanted.value;
       i++, n++)
    {
      orr_words_acknowledged (times->history, times->by_value[i].operation, times->by_value[i].step, text);
      g_string_append (text, "; ");
      orr_verdict_add_witness (verdict, times->by_value[i].operation);
      *ret_later = *ret_later && times->by_value[i].invoked > read->completed;
    }
  return n;
}

static OrrVerdict *
say_violated (const Times *times)
{
  const OrrHistory *history = times->history;
  const OrrHistoryOperation *read = orr_history_operation (history, times->read);
  gboolean later = FALSE;
  g_autoptr (GString) text = g_string_new (NULL);
  OrrVerdict *verdict = orr_verdict_new (ORR_VIOLATED, times->n_checked, "%s", "");
  verdict->n_violations = times->n_wrong;
  guint n_writers = add_writers (times, verdict, text, &later);
  OrrValue initial = orr_history_initial (history, read->steps[times->step].key);
  gboolean thin = n_writers == 0 && read->values[times->step] != initial;
  gboolean replaced = !thin && times->newer != G_MAXUINT && !(n_writers > 0 && later);
  if (replaced)
    {
      const Write *newer = &times->by_end[times->newer];
      orr_words_acknowledged (history, newer->operation, newer->step, text);
      g_string_append (text, "; ");
      orr_verdict_add_witness (verdict, newer->operation);
    }
  g_string_append_printf (text, "%s%s ", replaced ? "but then " : "", history->session_names[read->session]);
  orr_words_did (history, times->read, times->step, text);
  g_string_append (text, " at ");
  orr_history_print_moment (read->invoked, text);
  orr_words_server (history, times->read, text);
  guint32 failed
      = thin ? orr_find_failed_write (history, read->steps[times->step].key, read->values[times->step])
             : ORR_NO_ACCESS;
  if (failed != ORR_NO_ACCESS)
    {
      g_string_append_printf (text, ", which %s asked to write, and that failed",
                              history->session_names[orr_history_operation (history, failed)->session]);
      orr_verdict_add_witness (verdict, failed);
    }
  else if (thin)
    g_string_append (text, ", which nobody wrote");
  else if (!replaced)
    g_string_append (text, ", before anybody asked to write that");
  orr_verdict_add_witness (verdict, times->read);
  g_free (verdict->sentence);
  verdict->sentence = g_strdup (text->str);
  return verdict;
}

OrrVerdict *
orr_regularity_check (const OrrHistory *history, const OrrCheckBudget *budget, gboolean any_while_writing)
{
  Times times;
  OrrVerdict *verdict = NULL;
  open_times (&times, history);
  for (guint i = 0; i < history->operations->len && !verdict; i++)
    {
      const OrrHistoryOperation *operation = orr_history_operation (history, i);
      if (i % 4096 == 0 && orr_budget_is_stopped (budget))
        verdict = orr_verdict_new (ORR_UNDECIDED, times.n_checked, "it was stopped");
      for (guint j = 0; operation->outcome == ORR_OK && operation->values && j < operation->n_steps; j++)
        if (operation->steps[j].kind == ORR_READ && operation->steps[j].key != ORR_NIL)
          take_read (&times, i, j, any_while_writing);
    }
  if (!verdict && times.n_wrong > 0)
    verdict = say_violated (&times);
  else if (!verdict && times.n_checked == 0)
    verdict = orr_verdict_new (
        ORR_HOLDS, 0, any_while_writing ? "nobody read what was not being written" : "nobody read anything");
  else if (!verdict)
    {
      g_autofree char *reads = orr_words_count (times.n_checked, "read", "reads");
      verdict = orr_verdict_new (ORR_HOLDS, times.n_checked,
                                 "of %s, none returned what had been replaced when it began", reads);
    }
  close_times (&times);
  return verdict;
}
