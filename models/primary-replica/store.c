/* store.c: the rows that a server shows to readers, and what it notes about itself.
 *
 * Rows are volatile: what lasts is the write-ahead log, from which they are made again after a crash. A
 * change becomes visible with the commit of its transaction, never before: a transaction whose commit the
 * crash has cut off never happened. */
#include "primary-replica.h"

/* --- What a server notes --- */

void
control_make (OrrNode *node, guint64 system_identifier)
{
  control_put (node, &(Control){ .system_identifier = system_identifier });
  orr_disk_sync (node, SYNC_CONTROL, 0);
}

const Control *
control_get (OrrNode *node)
{
  return orr_cell_get (node, CELL_CONTROL, ORR_NIL);
}

void
control_put (OrrNode *node, const Control *control)
{
  orr_cell_put (node, CELL_CONTROL, ORR_NIL, control);
}

void
control_set_shown (OrrNode *node, guint64 end)
{
  Control control = *control_get (node);
  if (control.shown_end == end)
    return;
  control.shown_end = end;
  control_put (node, &control);
}

Lsn
wal_position (OrrNode *node, guint64 end)
{
  const Options *options = orr_options (node);
  if (end <= orr_log_first (node, LOG_WAL))
    return options->wal_start;
  return ((const WalRecord *) orr_log_get (node, LOG_WAL, end - 1))->lsn;
}

/* --- Rows --- */

static void
put_row (OrrNode *node, Store *store, const WalRecord *record)
{
  *(Row *) orr_map_put (node, &store->rows, record->key)
      = (Row){ .state = record->state, .version = record->version };
}

static void
say_visible (OrrNode *node, const WalRecord *record)
{
  if (orr_role_of (node, orr_self (node)) == ROLE_PRIMARY)
    orr_fact (node, FACT_VERSION,
              &(OrrFactVersion){ .key = record->key,
                                 .value = record->state,
                                 .version = record->version,
                                 .previous = record->previous });
  orr_fact (node, FACT_APPLIED,
            &(OrrFactApplied){ .key = record->key, .value = record->state, .version = record->version });
}

static void
commit (OrrNode *node, Store *store, guint64 index, gboolean is_news)
{
  guint64 n = ((const WalRecord *) orr_log_get (node, LOG_WAL, index))->commits;
  for (guint64 i = index + 1 - n; i <= index; i++)
    {
      const WalRecord *record = orr_log_get (node, LOG_WAL, i);
      if (record->key == ORR_NIL)
        continue;
      put_row (node, store, record);
      if (is_news)
        say_visible (node, record);
    }
}

void
store_commit (OrrNode *node, Store *store, guint64 index)
{
  commit (node, store, index, TRUE);
}

void
store_recover (OrrNode *node, Store *store, guint64 end)
{
  guint64 shown_end = control_get (node)->shown_end;
  orr_map_init (&store->rows, sizeof (Row));
  for (guint64 index = orr_log_first (node, LOG_WAL); index < end; index++)
    commit (node, store, index, index >= shown_end);
  control_set_shown (node, MAX (end, shown_end));
}

Row
store_get (OrrNode *node, const Store *store, OrrKey key)
{
  const Row *row = orr_map_get (&store->rows, key);
  if (row)
    return *row;
  Row initial = { 0 };
  orr_preload (node, key, &initial.state);
  return initial;
}

void
store_observe (OrrNode *node, const Store *store)
{
  guint32 place = 0;
  guint64 key;
  gpointer row;
  while (orr_map_next (&store->rows, &place, &key, &row))
    orr_fact (
        node, FACT_VALUE,
        &(OrrFactValue){ .key = key, .value = ((Row *) row)->state, .version = ((Row *) row)->version });
}

/* --- Answers --- */

gboolean
query_writes (const Query *query)
{
  const OrrStep *steps = query->steps.data;
  for (guint i = 0; i < query->steps.length; i++)
    if (orr_step_infos[steps[i].kind].writes)
      return TRUE;
  return FALSE;
}

void
answer_failed (OrrNode *node, OrrAddress client, OrrRequest request, const char *why)
{
  orr_send (node, client, MESSAGE_RESULT, &(Result){ .request = request, .outcome = ORR_FAIL, .note = why });
}

void
answer_reads (OrrNode *node, const Store *store, OrrAddress client, const Query *query, Lsn lsn)
{
  const OrrObject *object = orr_object (node);
  const OrrStep *steps = query->steps.data;
  guint32 n = query->steps.length;
  g_autofree OrrValue *values = g_new0 (OrrValue, n);
  g_autofree guint64 *versions = g_new0 (guint64, n);

  for (guint32 i = 0; i < n; i++)
    {
      Row row = store_get (node, store, steps[i].key);
      OrrValue unchanged;
      object->apply (orr_terms (node), row.state, &steps[i], &unchanged, &values[i]);
      versions[i] = row.version;
    }
  Result result = { .request = query->request, .outcome = ORR_OK, .lsn = lsn };
  result.values = orr_array (node, n, sizeof *values, values);
  result.versions = orr_array (node, n, sizeof *versions, versions);
  orr_send (node, client, MESSAGE_RESULT, &result);
}
