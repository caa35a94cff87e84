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

static void
clear_names (gpointer names)
{
  orr_arena_free (((OrrFigureNames *) names)->arena);
}

void
orr_figure_names_unref (OrrFigureNames *names)
{
  if (names)
    g_rc_box_release_full (names, clear_names);
}

/* From now on these are known. */
static void
know (OrrFigureNames **known, OrrFigureNames *names)
{
  if (*known == names)
    return;
  orr_figure_names_unref (*known);
  *known = orr_figure_names_ref (names);
}

static gboolean
are_known (const OrrFigureNames *known, const OrrFigureNames *names)
{
  if (!known || known->n != names->n)
    return FALSE;
  for (guint i = 0; i < names->n; i++)
    if (!g_str_equal (known->names[i], names->names[i]))
      return FALSE;
  return TRUE;
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
  guint32 ending, result, n_met, n_verdicts, n_struck, n_figures, has_died, has_names;
} Head;

static void
write_bytes (GByteArray *bytes, gconstpointer data, gsize size)
{
  if (size > 0)
    g_byte_array_append (bytes, data, (guint) size);
}

void
orr_summary_write (const OrrSummary *summary, OrrFigureNames **known, GByteArray *bytes)
{
  const OrrFigureNames *names = summary->names;
  Head head = { .seed = summary->seed,
                .digest = summary->digest,
                .events = summary->events,
                .ending = summary->ending,
                .result = summary->result,
                .n_met = summary->met->len,
                .n_verdicts = summary->verdicts->len,
                .n_struck = summary->struck->len,
                .n_figures = names->n,
                .has_died = summary->died != NULL,
                .has_names = !are_known (*known, names) };
  write_bytes (bytes, &head, sizeof head);
  write_bytes (bytes, summary->met->data, summary->met->len * sizeof (OrrVerdictKind));
  write_bytes (bytes, summary->verdicts->data, summary->verdicts->len * sizeof (OrrSummaryVerdict));
  write_bytes (bytes, summary->struck->data, summary->struck->len);
  write_bytes (bytes, summary->values, names->n * sizeof *summary->values);
  if (summary->died)
    write_bytes (bytes, summary->died, strlen (summary->died) + 1);
  for (guint i = 0; head.has_names && i < names->n; i++)
    write_bytes (bytes, names->names[i], strlen (names->names[i]) + 1);
  if (head.has_names)
    know (known, summary->names);
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

static gboolean
take_names (Reader *reader, OrrSummary *summary, const Head *head, OrrFigureNames **known)
{
  if (!head->has_names)
    {
      summary->names = *known ? orr_figure_names_ref (*known) : NULL;
      return *known && (*known)->n == head->n_figures;
    }
  /* The texts are kept as they came, all together. */
  summary->names = names_new (head->n_figures);
  reader->at = orr_arena_copy (summary->names->arena, reader->at, reader->left);
  for (guint i = 0; i < head->n_figures; i++)
    if (!take_text (reader, &summary->names->names[i]))
      return FALSE;
  know (known, summary->names);
  return TRUE;
}

OrrSummary *
orr_summary_read (const guint8 *bytes, gsize length, OrrFigureNames **known)
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
      || !take_names (&reader, summary, &head, known) || reader.left > 0)
    return NULL;
  summary->died = orr_arena_strdup (summary->arena, died);
  return g_steal_pointer (&summary);
}
