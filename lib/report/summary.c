/* summary.c: the little that stays of a run.
 *
 * Its bytes are read by the program that wrote them, so they need no version. But the one that wrote may have
 * died over it: whoever reads looks before each step whether there is anything left. */
#include "report/summary.h"

#include "report/idle-faults.h"
#include "report/report-private.h"

#include <string.h>

static OrrFigureNames *
names_new (guint n)
{
  OrrFigureNames *names = g_rc_box_new0 (OrrFigureNames);
  names->arena = orr_arena_new ();
  names->n = n;
  names->names = orr_arena_alloc (names->arena, n * sizeof *names->names);
  return names;
}

OrrFigureNames *
orr_figure_names_ref (OrrFigureNames *names)
{
  return g_rc_box_acquire (names);
}

struct OrrFigureTexts
{
  OrrArena *arena;
};

OrrFigureTexts *
orr_figure_texts_ref (OrrFigureTexts *texts)
{
  return g_rc_box_acquire (texts);
}

static void
clear_texts (gpointer texts)
{
  orr_arena_free (((OrrFigureTexts *) texts)->arena);
}

void
orr_figure_texts_unref (OrrFigureTexts *texts)
{
  g_rc_box_release_full (texts, clear_texts);
}

static void
clear_names (gpointer data)
{
  OrrFigureNames *names = data;
  if (names->texts)
    orr_figure_texts_unref (names->texts);
  orr_arena_free (names->arena);
}

void
orr_figure_names_unref (OrrFigureNames *names)
{
  if (names)
    g_rc_box_release_full (names, clear_names);
}

/* --- Names with numbers --- */

struct OrrFigureTable
{
  OrrFigureTexts *texts;
  GPtrArray *names;     /* by number */
  GHashTable *numbers;  /* name → number + 1; only looked up */
  OrrFigureNames *last; /* of the summary that went last; NULL */
};

OrrFigureTable *
orr_figure_table_new (void)
{
  OrrFigureTable *table = g_new0 (OrrFigureTable, 1);
  table->texts = g_rc_box_new0 (OrrFigureTexts);
  table->texts->arena = orr_arena_new ();
  table->names = g_ptr_array_new ();
  table->numbers = g_hash_table_new (g_str_hash, g_str_equal);
  return table;
}

void
orr_figure_table_free (OrrFigureTable *table)
{
  if (!table)
    return;
  g_hash_table_unref (table->numbers);
  g_ptr_array_unref (table->names);
  orr_figure_names_unref (table->last);
  orr_figure_texts_unref (table->texts);
  g_free (table);
}

static void
set_last (OrrFigureTable *table, OrrFigureNames *names)
{
  orr_figure_names_ref (names);
  orr_figure_names_unref (table->last);
  table->last = names;
}

static gboolean
is_last (const OrrFigureTable *table, const OrrFigureNames *names)
{
  const OrrFigureNames *last = table->last;
  if (!last || last->n != names->n)
    return FALSE;
  for (guint i = 0; i < names->n; i++)
    if (!g_str_equal (last->names[i], names->names[i]))
      return FALSE;
  return TRUE;
}

/* It gets the next number. */
static void
add_name (OrrFigureTable *table, const char *name)
{
  char *own = orr_arena_strdup (table->texts->arena, name);
  g_ptr_array_add (table->names, own);
  g_hash_table_insert (table->numbers, own, GUINT_TO_POINTER (table->names->len));
}

/* TRUE: it has had one already. */
static gboolean
find_number (const OrrFigureTable *table, const char *name, guint32 *number)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (table->numbers, name));
  *number = found > 0 ? found - 1 : table->names->len;
  return found > 0;
}

static OrrSummary *
summary_new (guint64 seed)
{
  OrrSummary *summary = g_new0 (OrrSummary, 1);
  summary->seed = seed;
  summary->arena = orr_arena_new ();
  summary->met = g_array_new (FALSE, FALSE, sizeof (OrrVerdictKind));
  summary->verdicts = g_array_new (FALSE, FALSE, sizeof (OrrSummaryVerdict));
  summary->struck = g_array_new (FALSE, FALSE, sizeof (guint8));
  return summary;
}

static guint
index_of (const OrrEntry *property)
{
  for (guint i = 0; orr_checks[i]; i++)
    if (&orr_checks[i]->entry == property)
      return i;
  g_assert_not_reached ();
}

OrrSummary *
orr_summary_new (const OrrReport *report)
{
  const OrrTrace *trace = report->trace;
  OrrSummary *summary = summary_new (trace->seed);
  summary->digest = trace->digest;
  summary->events = trace->counts.events;
  summary->ending = trace->ending;
  summary->result = report->result;
  g_autoptr (GArray) struck = orr_struck_of (trace);
  g_array_append_vals (summary->struck, struck->data, struck->len);
  for (guint i = 0; i < report->expected->len; i++)
    g_array_append_val (summary->met, g_array_index (report->expected, OrrExpected, i).in_run);
  for (guint i = 0; i < report->verdicts->len; i++)
    {
      const OrrVerdict *verdict = g_ptr_array_index (report->verdicts, i);
      OrrSummaryVerdict kept = { index_of (verdict->property), verdict->kind };
      g_array_append_val (summary->verdicts, kept);
    }
  guint n = orr_figures_get_length (report->figures);
  summary->names = names_new (n);
  summary->values = orr_arena_alloc (summary->arena, n * sizeof *summary->values);
  for (guint i = 0; i < n; i++)
    {
      const OrrFigure *figure = orr_figures_get (report->figures, i);
      summary->names->names[i] = orr_arena_strdup (summary->names->arena, figure->name);
      summary->values[i] = figure->value;
    }
  return summary;
}

OrrSummary *
orr_summary_new_died (guint64 seed, const char *how)
{
  OrrSummary *summary = summary_new (seed);
  summary->names = names_new (0);
  summary->died = orr_arena_strdup (summary->arena, how);
  return summary;
}

void
orr_summary_free (OrrSummary *summary)
{
  if (!summary)
    return;
  g_array_unref (summary->struck);
  orr_figure_names_unref (summary->names);
  g_array_unref (summary->verdicts);
  g_array_unref (summary->met);
  orr_arena_free (summary->arena);
  g_free (summary);
}

/* --- Asking --- */

OrrVerdictKind
orr_summary_meets (const OrrSummary *summary, const OrrExpectation *expectation)
{
  if (summary->died)
    return ORR_UNDECIDED;
  for (guint i = 0; i < summary->verdicts->len && expectation->property; i++)
    {
      const OrrSummaryVerdict *verdict = &g_array_index (summary->verdicts, OrrSummaryVerdict, i);
      if (&orr_checks[verdict->check]->entry == expectation->property)
        return orr_expectation_judge (expectation, verdict->kind);
    }
  for (guint i = 0;
       i < summary->names->n && !expectation->property && !orr_ending_is_cut_short (summary->ending); i++)
    if (strcmp (summary->names->names[i], expectation->name) == 0)
      return orr_expectation_compare ((OrrExpectKind) expectation->kind, summary->values[i],
                                      expectation->value)
                 ? ORR_HOLDS
                 : ORR_VIOLATED;
  return ORR_UNDECIDED;
}

/* --- As bytes: all numbers as they lie in memory; a text with its NUL --- */

typedef struct
{
  guint64 seed, digest, events;
  guint32 ending, result, n_met, n_verdicts, n_struck, n_figures, has_died, has_names, n_new, unused;
} Head;

static void
write_bytes (GByteArray *bytes, gconstpointer data, gsize size)
{
  if (size > 0)
    g_byte_array_append (bytes, data, (guint) size);
}

/* The numbers of all, then the texts of those that have just got theirs. Returns how many these are. */
static guint
write_names (const OrrFigureNames *names, OrrFigureTable *table, GByteArray *bytes)
{
  guint n_before = table->names->len;
  for (guint i = 0; i < names->n; i++)
    {
      guint32 number;
      if (!find_number (table, names->names[i], &number))
        add_name (table, names->names[i]);
      write_bytes (bytes, &number, sizeof number);
    }
  for (guint i = n_before; i < table->names->len; i++)
    {
      const char *name = g_ptr_array_index (table->names, i);
      write_bytes (bytes, name, strlen (name) + 1);
    }
  return table->names->len - n_before;
}

void
orr_summary_write (const OrrSummary *summary, OrrFigureTable *table, GByteArray *bytes)
{
  Head head = { .seed = summary->seed,
                .digest = summary->digest,
                .events = summary->events,
                .ending = summary->ending,
                .result = summary->result,
                .n_met = summary->met->len,
                .n_verdicts = summary->verdicts->len,
                .n_struck = summary->struck->len,
                .n_figures = summary->names->n,
                .has_died = summary->died != NULL,
                .has_names = !is_last (table, summary->names) };
  guint at = bytes->len;
  write_bytes (bytes, &head, sizeof head);
  write_bytes (bytes, summary->met->data, summary->met->len * sizeof (OrrVerdictKind));
  write_bytes (bytes, summary->verdicts->data, summary->verdicts->len * sizeof (OrrSummaryVerdict));
  write_bytes (bytes, summary->struck->data, summary->struck->len);
  write_bytes (bytes, summary->values, summary->names->n * sizeof *summary->values);
  if (summary->died)
    write_bytes (bytes, summary->died, strlen (summary->died) + 1);
  if (!head.has_names)
    return;
  head.n_new = write_names (summary->names, table, bytes);
  memcpy (bytes->data + at, &head, sizeof head);
  set_last (table, summary->names);
}

typedef struct
{
  const guint8 *at;
  gsize left;
} Reader;

static gboolean
take (Reader *reader, gpointer to, gsize size)
{
  if (reader->left < size)
    return FALSE;
  memcpy (to, reader->at, size);
  reader->at += size;
  reader->left -= size;
  return TRUE;
}

static gboolean
take_elements (Reader *reader, GArray *elements, guint n)
{
  gsize size = g_array_get_element_size (elements);
  if (reader->left / size < n)
    return FALSE;
  g_array_set_size (elements, n);
  return n == 0 || take (reader, elements->data, n * size);
}

static gboolean
take_text (Reader *reader, const char **ret_text)
{
  const guint8 *end = memchr (reader->at, 0, reader->left);
  if (!end)
    return FALSE;
  *ret_text = (const char *) reader->at;
  reader->left -= (gsize) (end - reader->at) + 1;
  reader->at = end + 1;
  return TRUE;
}

static gboolean
take_values (Reader *reader, OrrSummary *summary, guint n)
{
  if (reader->left / sizeof (double) < n)
    return FALSE;
  summary->values = orr_arena_alloc (summary->arena, n * sizeof (double));
  return take (reader, summary->values, n * sizeof (double));
}

/* By their numbers, each of which must have been given. */
static gboolean
take_names (Reader *reader, OrrSummary *summary, const Head *head, OrrFigureTable *table)
{
  const char *name;
  if (!head->has_names)
    {
      summary->names = table->last ? orr_figure_names_ref (table->last) : NULL;
      return table->last && table->last->n == head->n_figures;
    }
  OrrFigureNames *names = summary->names = names_new (head->n_figures);
  names->texts = orr_figure_texts_ref (table->texts);
  if (reader->left / sizeof *names->numbers < names->n)
    return FALSE;
  names->numbers = orr_arena_alloc (names->arena, names->n * sizeof *names->numbers);
  if (!take (reader, names->numbers, names->n * sizeof *names->numbers))
    return FALSE;
  for (guint i = 0; i < head->n_new; i++)
    if (take_text (reader, &name))
      add_name (table, name);
    else
      return FALSE;
  for (guint i = 0; i < names->n; i++)
    if (names->numbers[i] < table->names->len)
      names->names[i] = g_ptr_array_index (table->names, names->numbers[i]);
    else
      return FALSE;
  set_last (table, names);
  return TRUE;
}

OrrSummary *
orr_summary_read (const guint8 *bytes, gsize length, OrrFigureTable *table)
{
  Head head;
  const char *died = NULL;
  Reader reader = { bytes, length };
  if (!take (&reader, &head, sizeof head))
    return NULL;
  g_autoptr (OrrSummary) summary = summary_new (head.seed);
  summary->digest = head.digest;
  summary->events = head.events;
  summary->ending = (OrrEnding) head.ending;
  summary->result = (OrrVerdictKind) head.result;
  if (head.ending >= ORR_N_ENDINGS || head.result > ORR_UNDECIDED
      || !take_elements (&reader, summary->met, head.n_met)
      || !take_elements (&reader, summary->verdicts, head.n_verdicts)
      || !take_elements (&reader, summary->struck, head.n_struck)
      || !take_values (&reader, summary, head.n_figures) || (head.has_died && !take_text (&reader, &died))
      || !take_names (&reader, summary, &head, table) || reader.left > 0)
    return NULL;
  summary->died = orr_arena_strdup (summary->arena, died);
  return g_steal_pointer (&summary);
}
