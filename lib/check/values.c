/* values.c: who wrote what, in a whole history.
 *
 * A read names the write that it returned by its value, if only one transaction wrote that value to the key.
 * Where the true order of writes is known, versions name them better, and any step that changes something
 * counts. */
#include "check/transactions.h"

static void
add_written (OrrValues *values, guint operation, guint step, OrrValue value)
{
  const OrrHistoryOperation *row = orr_history_operation (values->history, operation);
  OrrKey key = row->steps[step].key;
  gboolean failed = row->outcome == ORR_FAIL;
  guint place = orr_pairs_add (&values->places, key, value, values->written->len);
  if (place == values->written->len)
    {
      gboolean initial = value == orr_history_initial (values->history, key);
      OrrWritten written = { operation, step, initial, failed };
      g_array_append_val (values->written, written);
      return;
    }
  OrrWritten *found = &g_array_index (values->written, OrrWritten, place);
  if (found->operation == operation)
    found->step = step;
  else if (found->failed && !failed)
    *found = (OrrWritten){ operation, step, found->several, FALSE };
  else if (!failed)
    found->several = TRUE;
}

/* What the step makes of its key, by what can be read afterwards. */
static void
add_step (OrrValues *values, OrrPairs *replaced, guint operation, guint index)
{
  const OrrStep *step = &orr_history_operation (values->history, operation)->steps[index];
  if (!orr_step_infos[step->kind].writes || step->key == ORR_NIL)
    return;
  gboolean appends = step->kind == ORR_APPEND;
  gboolean replaces = step->kind == ORR_WRITE || step->kind == ORR_CAS || step->kind == ORR_DELETE;
  if (appends)
    orr_pairs_add (&values->appends, step->key, 0, 0);
  if (replaces)
    orr_pairs_add (replaced, step->key, 0, 0);
  if ((!appends && !replaces)
      || orr_pairs_get (appends ? replaced : &values->appends, step->key, 0) != ORR_PAIRS_NONE)
    orr_pairs_add (&values->unclear, step->key, 0, 0);
  else
    add_written (values, operation, index, step->kind == ORR_DELETE ? ORR_NIL : step->value);
}

/* Versions serve where all that was answered has them. */
static gboolean
has_versions (const OrrHistory *history)
{
  if (!history->versions_known)
    return FALSE;
  for (guint i = 0; i < history->operations->len; i++)
    if (orr_history_operation (history, i)->outcome == ORR_OK
        && !orr_history_operation (history, i)->versions)
      return FALSE;
  return TRUE;
}

OrrValues *
orr_values_new (const OrrHistory *history)
{
  OrrValues *values = g_new0 (OrrValues, 1);
  g_auto (OrrPairs) replaced = { 0 };
  values->history = history;
  values->written = g_array_new (FALSE, FALSE, sizeof (OrrWritten));
  values->placed = g_new0 (guint8, history->operations->len + 1);
  values->versions = has_versions (history);
  for (guint i = 0; i < history->operations->len; i++)
    for (guint j = 0; j < orr_history_operation (history, i)->n_steps; j++)
      add_step (values, &replaced, i, j);
  for (guint i = 0; values->versions && i < history->versions->len; i++)
    {
      guint32 operation = g_array_index (history->versions, OrrHistoryVersion, i).operation;
      if (operation != G_MAXUINT32)
        values->placed[operation] = TRUE;
    }
  return values;
}

void
orr_values_free (OrrValues *values)
{
  if (!values)
    return;
  orr_pairs_clear (&values->places);
  orr_pairs_clear (&values->unclear);
  orr_pairs_clear (&values->appends);
  g_array_unref (values->written);
  g_free (values->placed);
  g_free (values);
}
