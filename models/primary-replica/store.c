/* store.c: the rows that a server shows to readers.
 *
 * Rows are volatile: what lasts is the write-ahead log, from which they are made again after a crash. */
#include "primary-replica.h"

static void
put_row (OrrNode *node, Store *store, const WalRecord *record)
{
  if (record->key != ORR_NIL)
    *(Row *) orr_map_put (node, &store->rows, record->key) = (Row) { .state = record->state, .version = record->version };
}

/* A server that comes back replays its whole log before it serves anyone, so that even what was waiting for a standby is visible from now on.
 * What was seen before the crash is not said again. */
void
store_recover (OrrNode *node, Store *store)
{
  const Shown *shown = orr_cell_get (node, CELL_SHOWN, ORR_NIL);
  guint64 end = orr_log_end (node, LOG_WAL);

  orr_map_init (&store->rows, sizeof (Row));
  for (guint64 index = orr_log_first (node, LOG_WAL); index < end; index++)
    {
      const WalRecord *record = orr_log_get (node, LOG_WAL, index);
      if (shown && index < shown->end)
        put_row (node, store, record);
      else
        store_apply (node, store, record);
    }
  store_shown (node, end);
}

void
store_shown (OrrNode *node, guint64 end)
{
  const Shown *shown = orr_cell_get (node, CELL_SHOWN, ORR_NIL);
  if (!shown || shown->end != end)
    orr_cell_put (node, CELL_SHOWN, ORR_NIL, &(Shown) { end });
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
store_apply (OrrNode *node, Store *store, const WalRecord *record)
{
  if (record->key == ORR_NIL)
    return;
  put_row (node, store, record);
  if (orr_role_of (node, orr_self (node)) == ROLE_PRIMARY)
    orr_fact (node, FACT_VERSION,
              &(OrrFactVersion) { .key = record->key, .value = record->state, .version = record->version, .previous = record->previous });
  orr_fact (node, FACT_APPLIED, &(OrrFactApplied) { .key = record->key, .value = record->state, .version = record->version });
}

void
store_observe (OrrNode *node, const Store *store)
{
  guint32 place = 0;
  guint64 key;
  gpointer row;
  while (orr_map_next (&store->rows, &place, &key, &row))
    orr_fact (node, FACT_VALUE,
              &(OrrFactValue) { .key = key, .value = ((Row *) row)->state, .version = ((Row *) row)->version });
}

void
send_result (OrrNode *node, OrrAddress client, OrrRequest request, OrrOutcome outcome, guint32 n, const OrrValue *values,
             const guint64 *versions, Lsn lsn, const char *note)
{
  Result result = { .request = request, .outcome = (gint32) outcome, .lsn = lsn, .note = note };
  if (values)
    result.values = orr_array (node, n, sizeof *values, values);
  if (versions)
    result.versions = orr_array (node, n, sizeof *versions, versions);
  orr_send (node, client, MESSAGE_RESULT, &result);
}

void
store_answer (OrrNode *node, const Store *store, OrrAddress client, const Query *query)
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
  send_result (node, client, query->request, ORR_OK, n, values, versions, 0, NULL);
}
