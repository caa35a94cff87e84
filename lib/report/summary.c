/* summary.c: the little that stays of a run.
 *
 * Its bytes are read by the program that wrote them, so they need no version. But the one that wrote may have
 * died over it: whoever reads looks before each step whether there is anything left. */
#include "report/summary.h"

#include "report/idle-faults.h"

#include <string.h>

static OrrSummary *
summary_new (guint64 seed)
{
  OrrSummary *summary = g_new0 (OrrSummary, 1);
  summary->seed = seed;
  summary->arena = orr_arena_new ();
  summary->met = g_array_new (FALSE, FALSE, sizeof (OrrVerdictKind));
  summary->verdicts = g_array_new (FALSE, FALSE, sizeof (OrrSummaryVerdict));
  summary->figures = g_array_new (FALSE, FALSE, sizeof (OrrSummaryFigure));
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
  for (guint i = 0; i < orr_figures_get_length (report->figures); i++)
    {
      const OrrFigure *figure = orr_figures_get (report->figures, i);
      OrrSummaryFigure kept = { orr_arena_strdup (summary->arena, figure->name), figure->value };
      g_array_append_val (summary->figures, kept);
    }
  return summary;
}

OrrSummary *
orr_summary_new_died (guint64 seed, const char *how)
{
  OrrSummary *summary = summary_new (seed);
  summary->died = orr_arena_strdup (summary->arena, how);
  return summary;
}

void
orr_summary_free (OrrSummary *summary)
{
  if (!summary)
    return;
  g_array_unref (summary->struck);
  g_array_unref (summary->figures);
  g_array_unref (summary->verdicts);
  g_array_unref (summary->met);
  orr_arena_free (summary->arena);
  g_free (summary);
}

/* --- As bytes: all numbers as they lie in memory; a text with its NUL --- */

typedef struct
{
  guint64 seed, digest, events;
  guint32 ending, result, n_met, n_verdicts, n_struck, n_figures, has_died;
} Head;

static void
write_texts (const OrrSummary *summary, GByteArray *bytes)
{
  if (summary->died)
    g_byte_array_append (bytes, (const guint8 *) summary->died, (guint) strlen (summary->died) + 1);
  for (guint i = 0; i < summary->figures->len; i++)
    {
      const OrrSummaryFigure *figure = &g_array_index (summary->figures, OrrSummaryFigure, i);
      g_byte_array_append (bytes, (const guint8 *) &figure->value, sizeof figure->value);
      g_byte_array_append (bytes, (const guint8 *) figure->name, (guint) strlen (figure->name) + 1);
    }
}

void
orr_summary_write (const OrrSummary *summary, GByteArray *bytes)
{
  Head head = { .seed = summary->seed,
                .digest = summary->digest,
                .events = summary->events,
                .ending = summary->ending,
                .result = summary->result,
                .n_met = summary->met->len,
                .n_verdicts = summary->verdicts->len,
                .n_struck = summary->struck->len,
                .n_figures = summary->figures->len,
                .has_died = summary->died != NULL };
  g_byte_array_append (bytes, (const guint8 *) &head, sizeof head);
  if (summary->met->len > 0)
    g_byte_array_append (bytes, (const guint8 *) summary->met->data,
                         (guint) (summary->met->len * sizeof (OrrVerdictKind)));
  if (summary->verdicts->len > 0)
    g_byte_array_append (bytes, (const guint8 *) summary->verdicts->data,
                         (guint) (summary->verdicts->len * sizeof (OrrSummaryVerdict)));
  g_byte_array_append (bytes, (const guint8 *) summary->struck->data, summary->struck->len);
  write_texts (summary, bytes);
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
take_figures (Reader *reader, OrrSummary *summary, guint n)
{
  OrrSummaryFigure figure;
  for (guint i = 0; i < n; i++)
    {
      if (!take (reader, &figure.value, sizeof figure.value) || !take_text (reader, &figure.name))
        return FALSE;
      g_array_append_val (summary->figures, figure);
    }
  return TRUE;
}

OrrSummary *
orr_summary_read (const guint8 *bytes, gsize length)
{
  Head head;
  Reader reader = { bytes, length };
  if (!take (&reader, &head, sizeof head))
    return NULL;
  /* The texts are kept as they came, all together. */
  g_autoptr (OrrSummary) summary = summary_new (head.seed);
  reader.at = orr_arena_copy (summary->arena, reader.at, reader.left);
  summary->digest = head.digest;
  summary->events = head.events;
  summary->ending = (OrrEnding) head.ending;
  summary->result = (OrrVerdictKind) head.result;
  if (head.ending >= ORR_N_ENDINGS || head.result > ORR_UNDECIDED
      || !take_elements (&reader, summary->met, head.n_met)
      || !take_elements (&reader, summary->verdicts, head.n_verdicts)
      || !take_elements (&reader, summary->struck, head.n_struck)
      || (head.has_died && !take_text (&reader, &summary->died))
      || !take_figures (&reader, summary, head.n_figures) || reader.left > 0)
    return NULL;
  return g_steal_pointer (&summary);
}
