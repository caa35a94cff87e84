/* accesses.c: who read what whom wrote.
 *
 * A table finds the write of each value, so all is done in a few passes over the operations. The rows of one
 * session lie together, since every check walks along sessions. */
#include "check/accesses.h"

#include <string.h>

#define SEVERAL (G_MAXUINT32 - 1) /* instead of a row: several writes wrote that value */
#define DROPPED (G_MAXUINT32 - 2) /* instead of a source: the read is left out */

/* --- What counts --- */

static gboolean
step_matters (const OrrStep *step)
{
  return step->kind != ORR_BULK_WRITE && step->key != ORR_NIL;
}

const char *
orr_accesses_silent (const OrrHistory *history)
{
  if (history->object && !orr_object_has_step (history->object, ORR_WRITE))
    return "it is about registers, which are read and written as a whole";
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = orr_history_operation (history, i);
      guint n = 0;
      for (guint j = 0; operation->outcome != ORR_FAIL && j < operation->n_steps; j++)
        {
          const OrrStep *step = &operation->steps[j];
          if (!step_matters (step))
            continue;
          if (step->kind == ORR_CAS)
            return "its compare-and-set operations read and write at once; this is about reads and writes";
          if (step->kind != ORR_READ && step->kind != ORR_WRITE && step->kind != ORR_DELETE)
            return "it is about registers, which are read and written as a whole";
          if (++n > 1 || j > G_MAXUINT16)
            return "its operations have several steps, so they are transactions; this is about single reads "
                   "and writes";
        }
    }
  return NULL;
}

const char *
orr_accesses_silent_of_time (const OrrHistory *history)
{
  return history->timeless ? "its operations have no times" : orr_accesses_silent (history);
}

/* The step of an operation that counts; FALSE: none does. */
static gboolean
find_step (const OrrHistoryOperation *operation, guint16 *ret_step)
{
  for (guint j = 0; operation->outcome != ORR_FAIL && j < operation->n_steps; j++)
    if (step_matters (&operation->steps[j]))
      {
        *ret_step = (guint16) j;
        return operation->steps[j].kind != ORR_READ || (operation->outcome == ORR_OK && operation->values);
      }
  return FALSE;
}

static OrrValue
value_of (const OrrHistoryOperation *operation, guint step)
{
  if (operation->steps[step].kind == ORR_READ)
    return operation->values[step];
  return operation->steps[step].kind == ORR_DELETE ? ORR_NIL : operation->steps[step].value;
}

/* --- A table from a word and a number to a number --- */

typedef struct
{
  guint64 word;
  guint32 number;
  guint32 row; /* ORR_NO_ACCESS: the slot is free */
} Slot;

typedef struct
{
  Slot *slots;
  guint32 mask, n;
} Table;

static void
table_init (Table *table, guint n)
{
  guint32 size = 16;
  while (size < 2 * (guint64) n)
    size *= 2;
  *table = (Table){ .slots = g_new (Slot, size), .mask = size - 1 };
  for (guint32 i = 0; i < size; i++)
    table->slots[i].row = ORR_NO_ACCESS;
}

static inline guint32
table_hash (const Table *table, guint64 word, guint32 number)
{
  guint64 hash
      = (number * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + word) * G_GUINT64_CONSTANT (0xd1342543de82ef95);
  return (guint32) (hash >> 32) & table->mask;
}

/* Where the two are, or would be. */
static inline Slot *
table_find (const Table *table, guint64 word, guint32 number)
{
  guint32 i = table_hash (table, word, number);
  while (table->slots[i].row != ORR_NO_ACCESS
         && (table->slots[i].word != word || table->slots[i].number != number))
    i = (i + 1) & table->mask;
  return &table->slots[i];
}

static void
table_grow (Table *table)
{
  Table old = *table;
  table_init (table, old.mask + 1);
  table->n = old.n;
  for (guint32 i = 0; i <= old.mask; i++)
    if (old.slots[i].row != ORR_NO_ACCESS)
      *table_find (table, old.slots[i].word, old.slots[i].number) = old.slots[i];
  g_free (old.slots);
}

/* --- Building --- */

/* An access before it has its place. */
typedef struct
{
  OrrAccess access;
  gboolean aside;
  OrrValue value;
} Entry;

typedef struct
{
  OrrAccesses *accesses;
  Table keys, writes;
  GArray *entries;   /* Entry, in the order of the history */
  OrrValue *values;  /* by row: what it read or wrote */
  guint32 *row_of;   /* by operation; where versions are known */
  GArray *names;     /* OrrKey, by index */
  OrrValue *initial; /* by index of the key */
  gboolean *is_read; /* by row: someone read it */
} Builder;

static guint32
key_index (Builder *builder, OrrKey key)
{
  Slot *slot = table_find (&builder->keys, key, 0);
  if (slot->row != ORR_NO_ACCESS)
    return slot->row;
  guint32 index = builder->names->len;
  *slot = (Slot){ key, 0, index };
  g_array_append_val (builder->names, key);
  if (2 * ++builder->keys.n > builder->keys.mask)
    table_grow (&builder->keys);
  return index;
}

/* All that may count. */
static void
take_entries (Builder *builder, guint32 *mains, guint32 *asides)
{
  const OrrHistory *history = builder->accesses->history;
  guint16 step;
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = orr_history_operation (history, i);
      orr_history_fetch (history, i);
      if (!find_step (operation, &step))
        continue;
      Entry entry = { .access = { .operation = i,
                                  .session = operation->session,
                                  .key = key_index (builder, operation->steps[step].key),
                                  .source = ORR_NO_ACCESS,
                                  .step = step,
                                  .writes = operation->steps[step].kind != ORR_READ },
                      .aside = operation->outcome != ORR_OK,
                      .value = value_of (operation, step) };
      g_array_append_val (builder->entries, entry);
      (entry.aside ? asides : mains)[operation->session + 1]++;
    }
}

/* Puts them in their places: by session, those aside behind. */
static void
place_rows (Builder *builder)
{
  OrrAccesses *accesses = builder->accesses;
  g_autofree guint32 *asides = g_new0 (guint32, accesses->n_sessions + 1);
  g_autofree guint32 *filled = g_new0 (guint32, accesses->n_sessions + 1);
  take_entries (builder, accesses->starts, asides);
  for (guint s = 0; s < accesses->n_sessions; s++)
    {
      accesses->starts[s + 1] += accesses->starts[s];
      asides[s + 1] += asides[s];
    }
  accesses->n_main = accesses->starts[accesses->n_sessions];
  accesses->n = builder->entries->len;
  accesses->rows = g_new (OrrAccess, accesses->n);
  builder->values = g_new (OrrValue, accesses->n);
  for (guint i = 0; i < builder->entries->len; i++)
    {
      const Entry *entry = &g_array_index (builder->entries, Entry, i);
      guint32 session = entry->access.session;
      guint32 row
          = entry->aside ? accesses->n_main + asides[session]++ : accesses->starts[session] + filled[session];
      accesses->rows[row] = entry->access;
      accesses->rows[row].after = entry->aside ? filled[session] : 0;
      builder->values[row] = entry->value;
      filled[session] += !entry->aside;
      if (builder->row_of)
        builder->row_of[entry->access.operation] = row;
    }
}

static void
find_initial (Builder *builder)
{
  const OrrHistory *history = builder->accesses->history;
  builder->initial = g_new0 (OrrValue, builder->names->len);
  for (guint i = 0; i < builder->names->len; i++)
    builder->initial[i] = orr_history_initial (history, g_array_index (builder->names, OrrKey, i));
}

/* The slot of what a row some way behind this one wrote or read will be asked for. */
static inline void
fetch_slot (const Builder *builder, guint32 row)
{
  const OrrAccesses *accesses = builder->accesses;
  guint32 ahead = row + ORR_FETCH_AHEAD;
  if (ahead < accesses->n)
    __builtin_prefetch (&builder->writes.slots[table_hash (&builder->writes, builder->values[ahead],
                                                           accesses->rows[ahead].key)]);
}

static void
index_writes (Builder *builder)
{
  const OrrAccesses *accesses = builder->accesses;
  guint n_writes = 0;
  for (guint32 i = 0; i < accesses->n; i++)
    n_writes += accesses->rows[i].writes;
  table_init (&builder->writes, n_writes);
  for (guint32 i = 0; i < accesses->n; i++)
    {
      const OrrAccess *access = &accesses->rows[i];
      fetch_slot (builder, i);
      if (!access->writes)
        continue;
      OrrValue value = builder->values[i];
      Slot *slot = table_find (&builder->writes, value, access->key);
      gboolean several = slot->row != ORR_NO_ACCESS || value == builder->initial[access->key];
      *slot = (Slot){ value, access->key, several ? SEVERAL : i };
    }
}

/* Of several that wrote the same, the one that has the version which the read returned; SEVERAL: it is not
 * known. */
static guint32
find_by_version (const Builder *builder, const OrrAccess *read)
{
  const OrrHistory *history = builder->accesses->history;
  const OrrHistoryOperation *operation = orr_history_operation (history, read->operation);
  if (!operation->versions || !history->versions_known)
    return SEVERAL;
  if (operation->versions[read->step] == 0)
    return ORR_NO_ACCESS;
  const OrrHistoryVersion *version = orr_history_find_version (history, operation->steps[read->step].key,
                                                               operation->versions[read->step], NULL);
  if (!version || version->operation >= history->operations->len || !builder->row_of)
    return SEVERAL;
  guint32 row = builder->row_of[version->operation];
  return row != ORR_NO_ACCESS && builder->accesses->rows[row].writes
                 && builder->accesses->rows[row].key == read->key
             ? row
             : SEVERAL;
}

static void
find_source (Builder *builder, guint32 row)
{
  OrrAccesses *accesses = builder->accesses;
  OrrAccess *read = &accesses->rows[row];
  OrrValue value = builder->values[row];
  guint32 found = table_find (&builder->writes, value, read->key)->row;
  if (found == SEVERAL)
    found = find_by_version (builder, read);
  if (found == ORR_NO_ACCESS && value != builder->initial[read->key])
    {
      if (accesses->n_thin_air++ == 0 || read->operation < accesses->thin_air)
        {
          accesses->thin_air = read->operation;
          accesses->thin_air_step = read->step;
        }
      found = DROPPED;
    }
  else if (found == SEVERAL)
    {
      accesses->n_unclear++;
      found = DROPPED;
    }
  else if (found != ORR_NO_ACCESS)
    builder->is_read[found] = TRUE;
  read->source = found;
}

/* The rows that are kept move together. */
static void
compact (OrrAccesses *accesses, const gboolean *keep)
{
  OrrAccess *rows = accesses->rows;
  guint32 n_main = accesses->n_main, n = accesses->n;
  g_autofree guint32 *place = g_new (guint32, n), *before = g_new0 (guint32, n_main + 1);
  g_autofree guint32 *starts = g_memdup2 (accesses->starts, (accesses->n_sessions + 1) * sizeof (guint32));
  guint32 kept = 0;
  for (guint32 i = 0; i < n; i++)
    {
      if (i < n_main)
        before[i + 1] = before[i] + keep[i];
      place[i] = keep[i] ? kept : ORR_NO_ACCESS;
      kept += keep[i];
    }
  for (guint s = 0; s <= accesses->n_sessions; s++)
    accesses->starts[s] = before[starts[s]];
  accesses->n_main = before[n_main];
  accesses->n = kept;
  accesses->n_reads = 0;
  for (guint32 i = 0; i < n; i++)
    {
      if (!keep[i])
        continue;
      OrrAccess *access = &rows[place[i]];
      *access = rows[i];
      if (i >= n_main)
        access->after = before[starts[access->session] + access->after] - before[starts[access->session]];
      if (access->source != ORR_NO_ACCESS)
        access->source = place[access->source];
      accesses->n_reads += !access->writes;
    }
}

static void
resolve (Builder *builder)
{
  OrrAccesses *accesses = builder->accesses;
  builder->is_read = g_new0 (gboolean, accesses->n);
  find_initial (builder);
  index_writes (builder);
  for (guint32 i = 0; i < accesses->n; i++)
    {
      fetch_slot (builder, i);
      if (!accesses->rows[i].writes)
        find_source (builder, i);
    }
  gboolean *keep = builder->is_read; /* aside: those that someone read */
  gboolean all = accesses->n == accesses->n_main;
  for (guint32 i = 0; i < accesses->n_main; i++)
    {
      keep[i] = accesses->rows[i].writes || accesses->rows[i].source != DROPPED;
      accesses->n_reads += !accesses->rows[i].writes;
      all &= keep[i];
    }
  if (!all)
    compact (accesses, keep);
}

OrrAccesses *
orr_accesses_new (const OrrHistory *history)
{
  OrrAccesses *accesses = g_new0 (OrrAccesses, 1);
  accesses->history = history;
  accesses->n_sessions = history->n_sessions;
  accesses->starts = g_new0 (guint32, accesses->n_sessions + 1);
  accesses->thin_air = ORR_NO_ACCESS;
  guint n = history->operations->len;
  Builder builder = { .accesses = accesses,
                      .entries = g_array_sized_new (FALSE, FALSE, sizeof (Entry), n),
                      .row_of = history->versions_known ? g_new (guint32, n) : NULL,
                      .names = g_array_new (FALSE, FALSE, sizeof (OrrKey)) };
  if (builder.row_of)
    memset (builder.row_of, 0xff, n * sizeof *builder.row_of); /* ORR_NO_ACCESS */
  table_init (&builder.keys, 0);
  place_rows (&builder);
  g_array_unref (builder.entries);
  resolve (&builder);
  accesses->n_keys = builder.names->len;
  g_array_unref (builder.names);
  g_free (builder.keys.slots);
  g_free (builder.writes.slots);
  g_free (builder.row_of);
  g_free (builder.values);
  g_free (builder.initial);
  g_free (builder.is_read);
  return accesses;
}

/* How many of the rows, which ascend, are below this one. */
static guint32
count_below (const guint *rows, guint n, guint32 row)
{
  guint low = 0, high = n;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (rows[middle] < row)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
has_row (const guint *rows, guint n, guint32 row)
{
  guint32 place = count_below (rows, n, row);
  return place < n && rows[place] == row;
}

OrrAccesses *
orr_accesses_part (const OrrAccesses *whole, const guint *rows, guint n)
{
  g_autofree guint *clear = g_new (guint, n);
  guint n_clear = 0;
  for (guint i = 0; i < n; i++)
    {
      guint32 source = whole->rows[rows[i]].source;
      if (source == ORR_NO_ACCESS || has_row (rows, n, source))
        clear[n_clear++] = rows[i];
    }
  OrrAccesses *part = g_memdup2 (whole, sizeof *whole);
  part->starts = g_new (guint32, whole->n_sessions + 1);
  for (guint s = 0; s <= whole->n_sessions; s++)
    part->starts[s] = count_below (clear, n_clear, whole->starts[s]);
  part->rows = g_new (OrrAccess, n_clear);
  part->n = n_clear;
  part->n_main = part->starts[whole->n_sessions];
  part->n_reads = 0;
  for (guint i = 0; i < n_clear; i++)
    {
      OrrAccess *access = &part->rows[i];
      *access = whole->rows[clear[i]];
      guint32 start = whole->starts[access->session];
      access->after
          = count_below (clear, n_clear, start + access->after) - count_below (clear, n_clear, start);
      if (access->source != ORR_NO_ACCESS)
        access->source = count_below (clear, n_clear, access->source);
      part->n_reads += !access->writes;
    }
  return part;
}

void
orr_accesses_free (OrrAccesses *accesses)
{
  if (!accesses)
    return;
  g_free (accesses->rows);
  g_free (accesses->starts);
  g_free (accesses);
}

/* --- What is said of all --- */

guint32
orr_find_failed_write (const OrrHistory *history, OrrKey key, OrrValue value)
{
  for (guint i = 0; i < history->operations->len; i++)
    {
      const OrrHistoryOperation *operation = orr_history_operation (history, i);
      for (guint j = 0; operation->outcome == ORR_FAIL && j < operation->n_steps; j++)
        if (operation->steps[j].kind == ORR_WRITE && operation->steps[j].key == key
            && operation->steps[j].value == value)
          return i;
    }
  return ORR_NO_ACCESS;
}

OrrVerdict *
orr_accesses_judge_thin_air (const OrrAccesses *accesses)
{
  if (accesses->n_thin_air == 0)
    return NULL;
  const OrrHistory *history = accesses->history;
  const OrrHistoryOperation *read = orr_history_operation (history, accesses->thin_air);
  guint32 failed = orr_find_failed_write (history, read->steps[accesses->thin_air_step].key,
                                          read->values[accesses->thin_air_step]);
  g_autoptr (GString) text = g_string_new (history->session_names[read->session]);
  g_string_append_c (text, ' ');
  orr_words_did (history, accesses->thin_air, accesses->thin_air_step, text);
  orr_words_server (history, accesses->thin_air, text);
  if (failed == ORR_NO_ACCESS)
    g_string_append (text, ", which nobody wrote");
  else
    g_string_append_printf (text, ", which %s asked to write, and that failed",
                            history->session_names[orr_history_operation (history, failed)->session]);
  OrrVerdict *verdict
      = orr_verdict_new (ORR_VIOLATED, accesses->n_reads + accesses->n_thin_air, "%s", text->str);
  verdict->n_violations = accesses->n_thin_air;
  if (failed != ORR_NO_ACCESS)
    orr_verdict_add_witness (verdict, failed);
  orr_verdict_add_witness (verdict, accesses->thin_air);
  return verdict;
}

OrrVerdict *
orr_accesses_judge_clean (const OrrAccesses *accesses, const char *condition)
{
  if (accesses->n_unclear > 0)
    {
      g_autofree char *unclear = orr_words_count (accesses->n_unclear, "read", "reads");
      return orr_verdict_new (ORR_UNDECIDED, accesses->n_reads,
                              "values were written more than once, and it can't be told which write %s saw",
                              unclear);
    }
  guint n_sessions = 0;
  for (guint s = 0; s < accesses->n_sessions; s++)
    {
      gboolean reads = FALSE;
      for (guint32 i = accesses->starts[s]; i < accesses->starts[s + 1] && !reads; i++)
        reads = !accesses->rows[i].writes;
      n_sessions += reads;
    }
  if (n_sessions == 0)
    return orr_verdict_new (ORR_HOLDS, 0, "nobody read anything");
  g_autofree char *reads = orr_words_count (accesses->n_reads, "read", "reads");
  g_autofree char *sessions = orr_words_count (n_sessions, "session", "sessions");
  return orr_verdict_new (ORR_HOLDS, accesses->n_reads, "%s by %s %s", reads, sessions, condition);
}
