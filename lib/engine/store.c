/* store.c: logs and cells, and the journal that takes changes back.
 *
 * A log is an array of pointers that moves in memory only when it is full, so that any index is found at
 * once. Cells are kept in the order of their first put, with an open table beside them that finds a key by
 * its hash; the table is never walked.
 *
 * Each change of the journal holds one record or bundle of records: the one that is not in the store. That is
 * the replaced one while the change stands; taking the change back puts the two in each other's place. So
 * whatever is in the journal can be undone, and what was undone can be done again: that is how a crash keeps
 * some changes and loses others.
 *
 * Damage sits on a record, by its address, and goes with it. It shows when the disk is read at a start. */
#include "engine/store.h"

#include "engine/engine-private.h"

#include <string.h>

/* What a log's or cell's records are. */
typedef struct
{
  gsize size;
  const OrrField *fields; /* NULL: no arrays in them */
} Kind;

typedef struct
{
  Kind kind;
  gpointer *records; /* the first one at `head` */
  gsize head, length, capacity;
  guint64 first; /* index of the first record */
  gboolean torn; /* a record behind its end was being written when the system crashed */
  gboolean is_damaged;
} Log;

typedef struct
{
  OrrKey key;
  gpointer record; /* NULL: deleted */
  guint64 ordinal; /* of its first put; entries are ordered by it */
} CellEntry;

typedef struct
{
  Kind kind;
  GArray *entries; /* CellEntry */
  guint n_deleted; /* of the entries */
  guint64 next_ordinal;
  guint32
      *slots; /* open addressing: 0: free, else index + 1 of the key's latest entry, which may be deleted */
  guint n_slots;          /* a power of two, at least twice the entries */
  GArray *torn, *damaged; /* OrrKey; NULL where there are none */
} Cell;

typedef enum
{
  CHANGE_APPEND,
  CHANGE_KEEP,
  CHANGE_PUT,
  CHANGE_DELETE,
} ChangeKind;

/* What a cut dropped, where the log began before it, and what it was asked to keep. */
typedef struct
{
  guint64 first, keep_first, keep_end;
  gsize n_head, n_tail;
  gpointer records[]; /* of the head, then of the tail */
} Cut;

typedef struct
{
  ChangeKind kind;
  guint table;       /* which log or cell */
  OrrKey key;        /* of logs, in its place, an index: of what was appended, or where the log goes on */
  guint64 ordinal;   /* DELETE: of the entry */
  gpointer replaced; /* APPEND: NULL; KEEP: a Cut; PUT, DELETE: the old record, NULL where there was none */
} Change;

struct OrrStore
{
  guint n_logs, n_cells;
  Log *logs;
  Cell *cells;
  GArray *journal; /* Change */
  gsize journal_head;
  guint64 durable;    /* position of the journal's first change */
  OrrPool pool;       /* of records */
  GHashTable *damage; /* record → guint64 *effects; for look-ups; NULL: none */
};

/* --- Records --- */

static Kind
kind_of (const OrrRecord *record)
{
  gboolean arrays = record->fields && orr_record_has_arrays (record->fields);
  /* A piece of no bytes would be no memory: also a record that says nothing is there or not. */
  return (Kind){ .size = MAX (record->size, 1), .fields = arrays ? record->fields : NULL };
}

static gpointer
copy_record (OrrStore *store, const Kind *kind, gconstpointer record)
{
  gpointer copy = orr_pool_alloc (&store->pool, kind->size);
  if (record)
    memcpy (copy, record, kind->size);
  else
    memset (copy, 0, kind->size);
  if (kind->fields)
    orr_record_ref_arrays (kind->fields, copy);
  return copy;
}

static void
free_record (OrrStore *store, const Kind *kind, gpointer record)
{
  if (!record)
    return;
  if (G_UNLIKELY (store->damage))
    g_hash_table_remove (store->damage, record);
  if (kind->fields)
    orr_record_unref_arrays (kind->fields, record);
  orr_pool_free (&store->pool, record, kind->size);
}

static guint
count_records (const OrrRecord *records)
{
  guint n = 0;
  while (records && records[n].name)
    n++;
  return n;
}

/* --- Logs --- */

static void
move_pointers (gpointer *to, gpointer const *from, gsize n)
{
  if (n > 0)
    memmove (to, from, n * sizeof (gpointer));
}

/* The address of a record, or of where one would stand. A log that was never written to has none to count
 * from. */
static gpointer *
log_at (const Log *log, gsize i)
{
  return log->records ? log->records + log->head + i : NULL;
}

/* Makes room for so many records before and behind those that are there. */
static void
log_reserve (Log *log, gsize before, gsize behind)
{
  if (log->head >= before && log->head + log->length + behind <= log->capacity)
    return;
  gsize wanted = before + log->length + behind;
  if (wanted > log->capacity / 2)
    {
      log->capacity = MAX (2 * wanted, 8);
      log->records = g_renew (gpointer, log->records, log->capacity);
    }
  move_pointers (log->records + before, log_at (log, 0), log->length);
  log->head = before;
}

static void
log_push (Log *log, gpointer record)
{
  log_reserve (log, 0, 1);
  log->records[log->head + log->length++] = record;
}

static gpointer
log_pop (Log *log)
{
  g_assert (log->length > 0);
  return log->records[log->head + --log->length];
}

/* Cuts records off both ends and hands them over. */
static Cut *
log_cut (Log *log, guint64 first, guint64 end)
{
  guint64 old_end = log->first + log->length;
  guint64 from = CLAMP (first, log->first, old_end), to = CLAMP (end, from, old_end);
  gsize n_head = from - log->first, n_tail = old_end - to;

  Cut *cut = g_malloc (sizeof (Cut) + (n_head + n_tail) * sizeof (gpointer));
  *cut = (Cut){ log->first, first, end, n_head, n_tail };
  move_pointers (cut->records, log_at (log, 0), n_head);
  move_pointers (cut->records + n_head, log_at (log, to - log->first), n_tail);

  log->head += n_head;
  log->length = to - from;
  log->first = log->length > 0 ? from : end;
  return cut;
}

/* The other way round. */
static void
log_mend (Log *log, const Cut *cut)
{
  log_reserve (log, cut->n_head, cut->n_tail);
  log->head -= cut->n_head;
  move_pointers (log_at (log, 0), cut->records, cut->n_head);
  move_pointers (log_at (log, cut->n_head + log->length), cut->records + cut->n_head, cut->n_tail);
  log->length += cut->n_head + cut->n_tail;
  log->first = cut->first;
}

static void
free_cut (OrrStore *store, const Kind *kind, Cut *cut)
{
  for (gsize i = 0; i < cut->n_head + cut->n_tail; i++)
    free_record (store, kind, cut->records[i]);
  g_free (cut);
}

/* --- Cells --- */

static CellEntry *
cell_entry (const Cell *cell, guint index)
{
  return &g_array_index (cell->entries, CellEntry, index);
}

/* The slot of a key: the one that names its entry, or a free one. */
static guint32 *
cell_slot (const Cell *cell, OrrKey key)
{
  guint mask = cell->n_slots - 1;
  for (guint i = (guint) orr_mix (ORR_DRAW_BELOW, key) & mask;; i = (i + 1) & mask)
    if (cell->slots[i] == 0 || cell_entry (cell, cell->slots[i] - 1)->key == key)
      return &cell->slots[i];
}

static CellEntry *
cell_find (const Cell *cell, OrrKey key)
{
  guint32 slot = *cell_slot (cell, key);
  return slot == 0 ? NULL : cell_entry (cell, slot - 1);
}

static gint
compare_entries (gconstpointer a, gconstpointer b)
{
  guint64 first = ((const CellEntry *) a)->ordinal, second = ((const CellEntry *) b)->ordinal;
  return first < second ? -1 : first > second;
}

/* Drops what is deleted, puts the rest in order and makes the table anew, with room for one entry more. */
static void
cell_rebuild (Cell *cell)
{
  guint n = 0;
  for (guint i = 0; i < cell->entries->len; i++)
    if (cell_entry (cell, i)->record)
      *cell_entry (cell, n++) = *cell_entry (cell, i);
  g_array_set_size (cell->entries, n);
  g_array_sort (cell->entries, compare_entries);
  cell->n_deleted = 0;

  while (cell->n_slots < 4 * (n + 1))
    cell->n_slots *= 2;
  g_free (cell->slots);
  cell->slots = g_new0 (guint32, cell->n_slots);
  for (guint i = 0; i < n; i++)
    *cell_slot (cell, cell_entry (cell, i)->key) = i + 1;
}

/* Gives a key that has no record one. */
static void
cell_insert (Cell *cell, OrrKey key, gpointer record, guint64 ordinal)
{
  if (2 * (cell->entries->len + 1) > cell->n_slots)
    cell_rebuild (cell);
  CellEntry entry = { .key = key, .record = record, .ordinal = ordinal };
  guint32 *slot = cell_slot (cell, key);
  g_array_append_val (cell->entries, entry);
  *slot = cell->entries->len;
}

/* Takes the record of a key away and hands it over; NULL where it has none. */
static gpointer
cell_take (Cell *cell, OrrKey key, guint64 *ret_ordinal)
{
  CellEntry *entry = cell_find (cell, key);
  if (!entry || !entry->record)
    return NULL;
  gpointer record = entry->record;
  *ret_ordinal = entry->ordinal;
  entry->record = NULL;
  cell->n_deleted++;
  return record;
}

/* Gives a key this record in the place of the one that it has, and hands that over; NULL where it had none.
 */
static gpointer
cell_swap (Cell *cell, OrrKey key, gpointer record)
{
  CellEntry *entry = cell_find (cell, key);
  if (!entry || !entry->record)
    {
      cell_insert (cell, key, record, cell->next_ordinal++);
      return NULL;
    }
  gpointer replaced = entry->record;
  entry->record = record;
  return replaced;
}

/* --- The journal --- */

static void
note_change (OrrStore *store, Change change)
{
  g_array_append_val (store->journal, change);
}

/* Whose change it is. A store may have no logs or no cells, so ask only for what the kind of change is of. */
static inline Log *
log_of (const OrrStore *store, const Change *change)
{
  return &store->logs[change->table];
}

static inline Cell *
cell_of (const OrrStore *store, const Change *change)
{
  return &store->cells[change->table];
}

static void
free_change (OrrStore *store, const Change *change)
{
  if (change->kind == CHANGE_APPEND)
    free_record (store, &log_of (store, change)->kind, change->replaced);
  else if (change->kind == CHANGE_KEEP)
    free_cut (store, &log_of (store, change)->kind, change->replaced);
  else
    free_record (store, &cell_of (store, change)->kind, change->replaced);
}

/* Puts back what the change replaced; the change then holds what it had put there, if anything. */
static void
undo (OrrStore *store, Change *change)
{
  guint64 ordinal;
  switch (change->kind)
    {
    case CHANGE_APPEND:
      change->replaced = log_pop (log_of (store, change));
      break;
    case CHANGE_KEEP:
      log_mend (log_of (store, change), change->replaced);
      ((Cut *) change->replaced)->n_head = ((Cut *) change->replaced)->n_tail = 0;
      break;
    case CHANGE_PUT:
      if (change->replaced)
        change->replaced = cell_swap (cell_of (store, change), change->key, change->replaced);
      else
        change->replaced = cell_take (cell_of (store, change), change->key, &ordinal);
      break;
    case CHANGE_DELETE:
      cell_insert (cell_of (store, change), change->key, change->replaced, change->ordinal);
      change->replaced = NULL;
      break;
    }
}

/* Does again what was undone. FALSE: it changes nothing any more, and holds nothing. */
static gboolean
redo (OrrStore *store, Change *change)
{
  Cut *cut = change->replaced;
  switch (change->kind)
    {
    case CHANGE_APPEND:
      log_push (log_of (store, change), g_steal_pointer (&change->replaced));
      return TRUE;
    case CHANGE_KEEP:
      change->replaced = log_cut (log_of (store, change), cut->keep_first, cut->keep_end);
      g_free (cut);
      return TRUE;
    case CHANGE_PUT:
      change->replaced = cell_swap (cell_of (store, change), change->key, change->replaced);
      return TRUE;
    case CHANGE_DELETE:
      change->replaced = cell_take (cell_of (store, change), change->key, &change->ordinal);
      return change->replaced != NULL;
    }
  g_assert_not_reached ();
}

/* Drops the journal's changes before a position, or from it on. */
static void
drop_changes (OrrStore *store, gsize from, gsize to)
{
  for (gsize i = from; i < to; i++)
    free_change (store, &g_array_index (store->journal, Change, i));
}

/* --- The whole --- */

OrrStore *
orr_store_new (const OrrRecord *logs, const OrrRecord *cells)
{
  OrrStore *store = g_new0 (OrrStore, 1);
  store->n_logs = count_records (logs);
  store->n_cells = count_records (cells);
  store->logs = g_new0 (Log, store->n_logs);
  for (guint i = 0; i < store->n_logs; i++)
    store->logs[i] = (Log){ .kind = kind_of (&logs[i]), .first = 1 };
  store->cells = g_new0 (Cell, store->n_cells);
  for (guint i = 0; i < store->n_cells; i++)
    {
      store->cells[i] = (Cell){ .kind = kind_of (&cells[i]), .n_slots = 8 };
      store->cells[i].entries = g_array_new (FALSE, FALSE, sizeof (CellEntry));
      store->cells[i].slots = g_new0 (guint32, store->cells[i].n_slots);
    }
  store->journal = g_array_new (FALSE, FALSE, sizeof (Change));
  return store;
}

void
orr_store_clear (OrrStore *store)
{
  drop_changes (store, store->journal_head, store->journal->len);
  store->durable = orr_store_position (store);
  g_array_set_size (store->journal, 0);
  store->journal_head = 0;

  for (guint i = 0; i < store->n_logs; i++)
    {
      Log *log = &store->logs[i];
      while (log->length > 0)
        free_record (store, &log->kind, log_pop (log));
      log->head = 0;
      log->first = 1;
      log->torn = FALSE;
    }
  for (guint i = 0; i < store->n_cells; i++)
    {
      Cell *cell = &store->cells[i];
      for (guint j = 0; j < cell->entries->len; j++)
        free_record (store, &cell->kind, cell_entry (cell, j)->record);
      g_array_set_size (cell->entries, 0);
      cell_rebuild (cell);
      g_clear_pointer (&cell->torn, g_array_unref);
    }
}

void
orr_store_free (OrrStore *store)
{
  if (!store)
    return;
  orr_store_clear (store);
  for (guint i = 0; i < store->n_logs; i++)
    g_free (store->logs[i].records);
  for (guint i = 0; i < store->n_cells; i++)
    {
      g_array_unref (store->cells[i].entries);
      g_clear_pointer (&store->cells[i].damaged, g_array_unref);
      g_free (store->cells[i].slots);
    }
  g_free (store->logs);
  g_free (store->cells);
  g_array_unref (store->journal);
  g_clear_pointer (&store->damage, g_hash_table_unref);
  orr_pool_clear (&store->pool);
  g_free (store);
}

guint
orr_store_n_logs (const OrrStore *store)
{
  return store->n_logs;
}

guint
orr_store_n_cells (const OrrStore *store)
{
  return store->n_cells;
}

guint64
orr_store_append (OrrStore *store, guint log, gconstpointer record)
{
  log_push (&store->logs[log], copy_record (store, &store->logs[log].kind, record));
  guint64 index = orr_store_end (store, log) - 1;
  note_change (store, (Change){ .kind = CHANGE_APPEND, .table = log, .key = index });
  return index;
}

gboolean
orr_store_may_keep (const OrrStore *store, guint log, guint64 first, guint64 end)
{
  return first >= 1 && first <= end && (end <= orr_store_end (store, log) || first == end);
}

void
orr_store_keep (OrrStore *store, guint log, guint64 first, guint64 end)
{
  g_assert (orr_store_may_keep (store, log, first, end));
  if (first <= orr_store_first (store, log) && end == orr_store_end (store, log))
    return;
  Cut *cut = log_cut (&store->logs[log], first, end);
  note_change (store, (Change){ .kind = CHANGE_KEEP, .table = log, .key = end, .replaced = cut });
}

guint64
orr_store_first (const OrrStore *store, guint log)
{
  return store->logs[log].first;
}

guint64
orr_store_end (const OrrStore *store, guint log)
{
  return store->logs[log].first + store->logs[log].length;
}

gconstpointer
orr_store_get (const OrrStore *store, guint log, guint64 index)
{
  const Log *table = &store->logs[log];
  g_assert (index >= table->first && index - table->first < table->length);
  return table->records[table->head + (index - table->first)];
}

void
orr_store_put (OrrStore *store, guint cell, OrrKey key, gconstpointer record)
{
  Cell *table = &store->cells[cell];
  gpointer replaced = cell_swap (table, key, copy_record (store, &table->kind, record));
  note_change (store, (Change){ .kind = CHANGE_PUT, .table = cell, .key = key, .replaced = replaced });
}

gconstpointer
orr_store_look_up (const OrrStore *store, guint cell, OrrKey key)
{
  const CellEntry *entry = cell_find (&store->cells[cell], key);
  return entry ? entry->record : NULL;
}

void
orr_store_delete (OrrStore *store, guint cell, OrrKey key)
{
  guint64 ordinal;
  gpointer replaced = cell_take (&store->cells[cell], key, &ordinal);
  if (replaced)
    note_change (store, (Change){ CHANGE_DELETE, cell, key, ordinal, replaced });
}

guint
orr_store_length (const OrrStore *store, guint cell)
{
  return store->cells[cell].entries->len - store->cells[cell].n_deleted;
}

OrrKey
orr_store_key (OrrStore *store, guint cell, guint index)
{
  Cell *table = &store->cells[cell];
  g_assert (index < orr_store_length (store, cell));
  if (table->n_deleted > 0)
    cell_rebuild (table);
  return cell_entry (table, index)->key;
}

guint64
orr_store_position (const OrrStore *store)
{
  return store->durable + (store->journal->len - store->journal_head);
}

guint64
orr_store_position_before (const OrrStore *store, guint log, guint64 end)
{
  gsize i = store->journal->len, before = i;
  for (; i > store->journal_head; i--)
    {
      const Change *change = &g_array_index (store->journal, Change, i - 1);
      if (change->kind != CHANGE_APPEND || change->table != log)
        continue;
      if (change->key < end)
        break;
      before = i - 1;
    }
  return store->durable + (before - store->journal_head);
}

guint64
orr_store_durable (const OrrStore *store)
{
  return store->durable;
}

void
orr_store_commit (OrrStore *store, guint64 position)
{
  if (position <= store->durable)
    return;
  g_assert (position <= orr_store_position (store));
  gsize n = position - store->durable;
  drop_changes (store, store->journal_head, store->journal_head + n);
  store->journal_head += n;
  store->durable = position;
  /* Moving what is left pays only when it is the smaller part. */
  if (store->journal_head > store->journal->len / 2)
    {
      g_array_remove_range (store->journal, 0, (guint) store->journal_head);
      store->journal_head = 0;
    }
}

void
orr_store_rewind (OrrStore *store, guint64 position)
{
  g_assert (position >= store->durable && position <= orr_store_position (store));
  gsize from = store->journal_head + (position - store->durable);
  for (gsize i = store->journal->len; i > from; i--)
    undo (store, &g_array_index (store->journal, Change, i - 1));
  drop_changes (store, from, store->journal->len);
  g_array_set_size (store->journal, (guint) from);
  for (guint i = 0; i < store->n_cells; i++)
    cell_rebuild (&store->cells[i]);
}

/* --- Losses --- */

static Change *
change_at (const OrrStore *store, guint64 i)
{
  return &g_array_index (store->journal, Change, store->journal_head + i);
}

OrrStoreChange
orr_store_change (const OrrStore *store, guint64 i)
{
  const Change *change = change_at (store, i);
  gboolean is_log = change->kind == CHANGE_APPEND || change->kind == CHANGE_KEEP;
  return (OrrStoreChange){ .is_log = is_log,
                           .is_append = change->kind == CHANGE_APPEND,
                           .is_put = change->kind == CHANGE_PUT,
                           .table = change->table,
                           .index = is_log ? change->key : 0,
                           .key = is_log ? ORR_NIL : change->key };
}

static void
add_key (GArray **keys, OrrKey key)
{
  if (!*keys)
    *keys = g_array_new (FALSE, FALSE, sizeof (OrrKey));
  g_array_append_val (*keys, key);
}

/* Neither what was being put is there nor what was there before. */
static void
tear_cell (OrrStore *store, guint table, OrrKey key)
{
  Cell *cell = &store->cells[table];
  guint64 ordinal;
  free_record (store, &cell->kind, cell_take (cell, key, &ordinal));
  add_key (&cell->torn, key);
}

/* FALSE: it is not kept. */
static gboolean
decide (OrrStore *store, Change *change, OrrChangeFate fate, gboolean *broken)
{
  gboolean is_log = change->kind == CHANGE_APPEND || change->kind == CHANGE_KEEP;
  if (is_log && broken[change->table])
    return FALSE;
  if (fate == ORR_CHANGE_KEPT)
    return redo (store, change);
  if (is_log)
    broken[change->table] = TRUE;
  if (fate == ORR_CHANGE_TORN && change->kind == CHANGE_APPEND)
    log_of (store, change)->torn = TRUE;
  else if (fate == ORR_CHANGE_TORN && change->kind == CHANGE_PUT)
    tear_cell (store, change->table, change->key);
  return FALSE;
}

void
orr_store_lose (OrrStore *store, const guint8 *fates)
{
  guint64 n = orr_store_position (store) - store->durable, n_kept = 0;
  g_autofree gboolean *broken = g_new0 (gboolean, store->n_logs + 1);
  for (guint64 i = n; i > 0; i--)
    undo (store, change_at (store, i - 1));
  for (guint64 i = 0; i < n; i++)
    {
      Change *change = change_at (store, i);
      if (decide (store, change, (OrrChangeFate) fates[i], broken))
        *change_at (store, n_kept++) = *change;
      else
        free_change (store, change);
    }
  g_array_set_size (store->journal, (guint) (store->journal_head + n_kept));
  for (guint i = 0; i < store->n_cells; i++)
    cell_rebuild (&store->cells[i]);
}

/* --- Damage --- */

guint64
orr_store_durable_end (const OrrStore *store, guint log)
{
  guint64 end = orr_store_end (store, log);
  for (gsize i = store->journal_head; i < store->journal->len; i++)
    {
      const Change *change = &g_array_index (store->journal, Change, i);
      if (change->table == log && (change->kind == CHANGE_APPEND || change->kind == CHANGE_KEEP))
        end = MIN (end, change->key);
    }
  return MAX (end, store->logs[log].first);
}

gboolean
orr_store_is_durable (const OrrStore *store, guint cell, OrrKey key)
{
  for (gsize i = store->journal_head; i < store->journal->len; i++)
    {
      const Change *change = &g_array_index (store->journal, Change, i);
      if (change->table == cell && change->key == key
          && (change->kind == CHANGE_PUT || change->kind == CHANGE_DELETE))
        return FALSE;
    }
  return orr_store_look_up (store, cell, key) != NULL;
}

static void
damage (OrrStore *store, gconstpointer record, guint64 *effects)
{
  if (!store->damage)
    store->damage = g_hash_table_new (NULL, NULL);
  g_hash_table_insert (store->damage, (gpointer) record, effects);
}

void
orr_store_damage_log (OrrStore *store, guint log, guint64 index, guint64 *effects)
{
  damage (store, orr_store_get (store, log, index), effects);
}

void
orr_store_damage_cell (OrrStore *store, guint cell, OrrKey key, guint64 *effects)
{
  damage (store, orr_store_look_up (store, cell, key), effects);
}

/* Is the checksum of this record wrong? Then it is noticed. */
static gboolean
notice (const OrrStore *store, gconstpointer record)
{
  guint64 *effects = store->damage && record ? g_hash_table_lookup (store->damage, record) : NULL;
  if (effects)
    ++*effects;
  return effects != NULL;
}

/* The index of the first damaged record of a log; its end where there is none. */
static guint64
first_damaged (const OrrStore *store, const Log *log)
{
  gsize i = 0;
  while (store->damage && i < log->length && !notice (store, *log_at (log, i)))
    i++;
  return log->first + (store->damage ? i : log->length);
}

static gboolean
recover_cell (OrrStore *store, guint table)
{
  Cell *cell = &store->cells[table];
  gboolean changed = FALSE;
  g_clear_pointer (&cell->damaged, g_array_unref);
  for (guint i = 0; store->damage && i < cell->entries->len; i++)
    if (notice (store, cell_entry (cell, i)->record))
      {
        OrrKey key = cell_entry (cell, i)->key;
        orr_store_delete (store, table, key);
        add_key (&cell->damaged, key);
        changed = TRUE;
      }
  for (guint i = 0; cell->torn && i < cell->torn->len; i++)
    if (!orr_store_look_up (store, table, g_array_index (cell->torn, OrrKey, i)))
      add_key (&cell->damaged, g_array_index (cell->torn, OrrKey, i));
  g_clear_pointer (&cell->torn, g_array_unref);
  return changed;
}

void
orr_store_recover (OrrStore *store)
{
  gboolean changed = FALSE;
  for (guint i = 0; i < store->n_logs; i++)
    {
      Log *log = &store->logs[i];
      guint64 end = first_damaged (store, log);
      gboolean cut = end < orr_store_end (store, i);
      if (cut)
        orr_store_keep (store, i, log->first, end);
      log->is_damaged = cut || log->torn;
      log->torn = FALSE;
      changed |= cut;
    }
  for (guint i = 0; i < store->n_cells; i++)
    changed |= recover_cell (store, i);
  if (changed)
    orr_store_commit (store, orr_store_position (store));
}

gboolean
orr_store_log_is_damaged (const OrrStore *store, guint log)
{
  return store->logs[log].is_damaged;
}

gboolean
orr_store_cell_is_damaged (const OrrStore *store, guint cell, OrrKey key)
{
  const GArray *damaged = store->cells[cell].damaged;
  for (guint i = 0; damaged && i < damaged->len; i++)
    if (g_array_index (damaged, OrrKey, i) == key)
      return TRUE;
  return FALSE;
}
