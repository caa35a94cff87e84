/* linear-register.c: registers whose writes write different values, in nearly linear time.
 *
 * A value and all that touches it, its write and the reads that returned it, make a cluster; whatever order
 * there is keeps a cluster together, because nobody can read a value again once another was written. A
 * compare-and-set ties the cluster of what it expected to that of what it wrote. So the history is a row of
 * blocks, and the only question is their order: block A must come before B if something in A completed before
 * something in B was invoked, that is, if A's first completion is before B's last invocation.
 *
 * No cycle of that relation is longer than two if none has two (the block with the first completion of all
 * would have nobody before it). Two blocks contradict each other if their zones, from first completion to
 * last invocation, overlap, or if one whose operations all overlap lies within the zone of another (Gibbons &
 * Korach 1997; Golab, Li & Shah 2011). That takes a sort, which is cheap because a history is nearly sorted
 * already.
 *
 * What it costs is above all to fetch the operations from memory. So a history of nothing but single steps is
 * gone through once for all of its keys; it is cut into parts only where that does not tell that it is right.
 */
#include "check/linear-private.h"

#include <string.h>

#define NONE G_MAXUINT32

typedef struct
{
  OrrValue value;
  OrrTime call, back;            /* of its write */
  OrrTime first_back, last_call; /* of its reads */
  guint32 expects, next;         /* clusters that a compare-and-set ties to it, before and behind */
  guint32 head;                  /* of its block */
  guint8 written, read, optional;
} Cluster;

G_STATIC_ASSERT (sizeof (Cluster) <= 64); /* a cache line: a history is judged as fast as memory gives it */

typedef struct
{
  OrrTime first_back, last_call; /* its zone */
  guint32 head;
} Zone;

typedef struct
{
  GArray *clusters; /* Cluster; the first is that of the initial value */
  guint32 *slots;   /* cluster + 1, by value */
  guint32 mask;
  gboolean mix;      /* the plain values make too many collide */
  gboolean tied;     /* some are, by compare-and-sets */
  guint32 guilty[2]; /* heads of the blocks that contradict each other or themselves */
} Clusters;

/* --- Finding a value's cluster: numbers that follow each other stand side by side --- */

static inline guint32
slot_of (const Clusters *table, OrrValue value)
{
  if (table->mix)
    value = (value * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> 20;
  return (guint32) (value >> 1) & table->mask;
}

static void
fill_slots (Clusters *table, guint32 size)
{
  g_free (table->slots);
  table->slots = g_new0 (guint32, size);
  table->mask = size - 1;
  for (guint i = 0; i < table->clusters->len; i++)
    {
      guint32 slot = slot_of (table, g_array_index (table->clusters, Cluster, i).value);
      while (table->slots[slot])
        slot = (slot + 1) & table->mask;
      table->slots[slot] = i + 1;
    }
}

static guint32
add_cluster (Clusters *table, OrrValue value)
{
  Cluster cluster = { .value = value,
                      .call = G_MININT64,
                      .back = ORR_TIME_NEVER,
                      .first_back = ORR_TIME_NEVER,
                      .last_call = G_MININT64,
                      .expects = NONE,
                      .next = NONE,
                      .head = NONE };
  g_array_append_val (table->clusters, cluster);
  return table->clusters->len - 1;
}

#define PROBES_MAX 32

static inline guint32
cluster_of (Clusters *table, OrrValue value)
{
  guint32 slot = slot_of (table, value), probes = 0;
  while (table->slots[slot])
    {
      if (g_array_index (table->clusters, Cluster, table->slots[slot] - 1).value == value)
        return table->slots[slot] - 1;
      slot = (slot + 1) & table->mask;
      probes++;
    }
  guint32 index = add_cluster (table, value);
  table->slots[slot] = index + 1;
  if (probes > PROBES_MAX && !table->mix)
    {
      table->mix = TRUE;
      fill_slots (table, table->mask + 1);
    }
  else if (table->clusters->len > table->mask / 4) /* room for numbers with gaps */
    fill_slots (table, 2 * (table->mask + 1));
  return index;
}

/* Until the next is added. */
static inline Cluster *
cluster_at (const Clusters *table, guint32 index)
{
  return &g_array_index (table->clusters, Cluster, index);
}

/* --- Who wrote and read what --- */

/* FALSE: the value was written before. `back` is when it came back, as far as it counts. */
static gboolean
add_write (Clusters *table, const OrrLinearEntry *entry, OrrTime back, OrrValue value)
{
  Cluster *cluster = cluster_at (table, cluster_of (table, value));
  if (cluster->written)
    return FALSE;
  cluster->written = TRUE;
  cluster->optional = entry->optional;
  cluster->call = entry->call;
  cluster->back = back;
  return TRUE;
}

/* FALSE: the value was written before. */
static inline gboolean
add_entry (Clusters *table, const OrrLinearEntry *entry, OrrTime back)
{
  const OrrStep *step = entry->steps;
  if (step->kind == ORR_READ)
    {
      if (!entry->values)
        return TRUE;
      Cluster *cluster = cluster_at (table, cluster_of (table, entry->values[0]));
      cluster->read = TRUE;
      cluster->first_back = MIN (cluster->first_back, back);
      cluster->last_call = MAX (cluster->last_call, entry->call);
      return TRUE;
    }
  if (!add_write (table, entry, back, step->kind == ORR_DELETE ? ORR_NIL : step->value))
    return FALSE;
  if (step->kind == ORR_CAS)
    {
      guint32 expects = cluster_of (table, step->expected);
      cluster_at (table, cluster_of (table, step->value))->expects = expects;
      table->tied = TRUE;
    }
  return TRUE;
}

static gboolean
add_all (Clusters *table, const OrrLinearPart *part, gboolean tight)
{
  for (guint i = 0; i < part->n; i++)
    {
      orr_linear_fetch (part, i);
      OrrLinearEntry entry = orr_linear_entry (part, i);
      if (!add_entry (table, &entry, orr_linear_back (part, i, &entry, tight)))
        return FALSE;
    }
  return TRUE;
}

/* With the cluster of the initial value. */
static void
open_clusters (Clusters *table, OrrValue initial, guint n)
{
  *table = (Clusters){ .clusters = g_array_sized_new (FALSE, FALSE, sizeof (Cluster), n / 2 + 4),
                       .guilty = { NONE, NONE } };
  fill_slots (table, 1u << CLAMP (g_bit_storage (n) + 1, 5, 29));
  Cluster *first = cluster_at (table, cluster_of (table, initial));
  first->written = TRUE;
  first->back = G_MININT64;
}

static void
close_clusters (gpointer data)
{
  Clusters *table = data;
  g_array_unref (table->clusters);
  g_free (table->slots);
}

/* --- Blocks --- */

/* Did it happen, for all that is known? A write of unknown outcome did if somebody saw what it wrote. */
static inline gboolean
happened (const Cluster *cluster)
{
  return cluster->read || (cluster->written && !cluster->optional);
}

/* Ties clusters by compare-and-sets. What one that happened expected was seen, and so on back. FALSE: a value
 * was expected that nobody wrote, or replaced twice. */
static gboolean
tie (Clusters *table)
{
  for (guint i = 0; table->tied && i < table->clusters->len; i++)
    for (guint at = i; happened (cluster_at (table, at)) && cluster_at (table, at)->expects != NONE;)
      {
        guint before = cluster_at (table, at)->expects;
        Cluster *cluster = cluster_at (table, before);
        if (cluster->next == at)
          break;
        if (!cluster->written || cluster->next != NONE)
          {
            table->guilty[0] = at;
            table->guilty[1] = cluster->next;
            return FALSE;
          }
        cluster->next = at;
        cluster->read = TRUE;
        at = before;
      }
  return TRUE;
}

/* The zone of the block that starts with `head`. Within, everything is in a given order: write, its reads,
 * the compare-and-set, its reads, and so on. FALSE: something completed before something was invoked that
 * must precede it. */
static gboolean
measure (Clusters *table, guint32 head, Zone *ret_zone)
{
  OrrTime last_call = G_MININT64, first_back = ORR_TIME_NEVER;
  for (guint32 at = head; at != NONE; at = cluster_at (table, at)->next)
    {
      Cluster *cluster = cluster_at (table, at);
      cluster->head = head;
      if (!cluster->written || cluster->back < last_call)
        return FALSE;
      last_call = MAX (last_call, cluster->call);
      if (cluster->first_back < last_call)
        return FALSE;
      last_call = MAX (last_call, cluster->last_call);
      first_back = MIN (first_back, MIN (cluster->back, cluster->first_back));
    }
  *ret_zone = (Zone){ first_back, last_call, head };
  return TRUE;
}

static gint
compare_zones (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  const Zone *left = a, *right = b;
  if (left->first_back != right->first_back)
    return left->first_back < right->first_back ? -1 : 1;
  return left->head < right->head ? -1 : left->head > right->head;
}

/* By first completion. They nearly are; where that is not so, the library sorts. */
static void
sort_zones (Zone *zones, guint n)
{
  guint64 moves = 0;
  for (guint i = 1; i < n; i++)
    {
      Zone zone = zones[i];
      guint j = i;
      for (; j > 0 && zones[j - 1].first_back > zone.first_back; j--, moves++)
        zones[j] = zones[j - 1];
      zones[j] = zone;
      if (moves > 32 * (guint64) i + 1000)
        {
          g_qsort_with_data (zones, (gint) n, sizeof *zones, compare_zones, NULL);
          return;
        }
    }
}

/* The last of the zones, which are sorted, that begins before `time`; n: none. `near` is where to begin. */
static guint
last_before (const Zone *zones, guint n, OrrTime time, guint near)
{
  for (guint tries = 0; tries < 16; tries++)
    if (zones[near].first_back >= time && near > 0)
      near--;
    else if (zones[near].first_back >= time)
      return n;
    else if (near + 1 < n && zones[near + 1].first_back < time)
      near++;
    else
      return near;
  guint low = 0, high = n; /* the first that does not */
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (zones[middle].first_back < time)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 ? low - 1 : n;
}

static gboolean
accuse (Clusters *table, guint32 one, guint32 other)
{
  table->guilty[0] = one;
  table->guilty[1] = other;
  return FALSE;
}

/* `forward`, sorted: blocks with a zone. `within`: those whose operations all overlap. */
static gboolean
compare_blocks (Clusters *table, const GArray *forward, const GArray *within)
{
  const Zone *zones = (const Zone *) forward->data;
  for (guint i = 1; i < forward->len; i++)
    if (zones[i].first_back < zones[i - 1].last_call)
      return accuse (table, zones[i - 1].head, zones[i].head);
  guint near = 0;
  for (guint i = 0; i < within->len && forward->len > 0; i++)
    {
      const Zone *zone = &g_array_index (within, Zone, i);
      guint found = last_before (zones, forward->len, zone->last_call, near);
      if (found == forward->len)
        continue;
      near = found;
      if (zone->first_back < zones[found].last_call)
        return accuse (table, zones[found].head, zone->head);
    }
  return TRUE;
}

static gboolean
judge_blocks (Clusters *table)
{
  g_autoptr (GArray) forward = g_array_sized_new (FALSE, FALSE, sizeof (Zone), table->clusters->len);
  g_autoptr (GArray) within = g_array_new (FALSE, FALSE, sizeof (Zone));
  for (guint i = 0; i < table->clusters->len; i++)
    {
      Zone zone;
      const Cluster *cluster = cluster_at (table, i);
      if (!happened (cluster) || cluster->expects != NONE)
        continue;
      if (!measure (table, i, &zone))
        return accuse (table, i, NONE);
      if (zone.first_back < zone.last_call)
        g_array_append_val (forward, zone);
      else if (i > 0 || zone.last_call > G_MININT64)
        g_array_append_val (within, zone);
    }
  for (guint i = 0; table->tied && i < table->clusters->len; i++) /* those in a ring have no head */
    if (happened (cluster_at (table, i)) && cluster_at (table, i)->head == NONE)
      return accuse (table, i, NONE);
  sort_zones ((Zone *) forward->data, forward->len);
  return compare_blocks (table, forward, within);
}

/* --- Who shows it --- */

/* The whole block of a cluster. A ring has no beginning, so that the way back is bounded. */
static void
mark_block (Clusters *table, guint32 at, gboolean *guilty)
{
  for (guint steps = 0; at != NONE && cluster_at (table, at)->expects != NONE && steps < table->clusters->len;
       steps++)
    {
      guint32 before = cluster_at (table, at)->expects;
      if (cluster_at (table, before)->next != at)
        break;
      at = before;
    }
  for (; at != NONE && !guilty[at]; at = cluster_at (table, at)->next)
    guilty[at] = TRUE;
}

static void
list_suspects (Clusters *table, const OrrLinearPart *part, GArray *suspects)
{
  g_autofree gboolean *guilty = g_new0 (gboolean, table->clusters->len);
  mark_block (table, table->guilty[0], guilty);
  mark_block (table, table->guilty[1], guilty);
  for (guint i = 0; i < part->n; i++)
    {
      OrrLinearEntry entry = orr_linear_entry (part, i);
      const OrrStep *step = entry.steps;
      if (step->kind == ORR_READ && !entry.values)
        continue;
      OrrValue value = step->kind == ORR_READ     ? entry.values[0]
                       : step->kind == ORR_DELETE ? ORR_NIL
                                                  : step->value;
      if (guilty[cluster_of (table, value)])
        g_array_append_val (suspects, i);
    }
}

#define KINDS (1u << ORR_READ | 1u << ORR_WRITE | 1u << ORR_CAS | 1u << ORR_DELETE)

extern const OrrObject orr_object_register, orr_object_map;

OrrLinearAnswer
orr_linear_register (const OrrLinearPart *part, gboolean tight, GArray *suspects)
{
  if (!part->plain || (part->kinds & ~KINDS)
      || (part->object != &orr_object_register && part->object != &orr_object_map))
    return ORR_LINEAR_OTHER;
  Clusters table;
  open_clusters (&table, orr_linear_initial (part, part->key), part->n);
  OrrLinearAnswer answer = ORR_LINEAR_OTHER;
  if (add_all (&table, part, tight))
    answer = tie (&table) && judge_blocks (&table) ? ORR_LINEAR_HOLDS : ORR_LINEAR_VIOLATED;
  if (answer == ORR_LINEAR_VIOLATED && suspects)
    list_suspects (&table, part, suspects);
  close_clusters (&table);
  return answer;
}

/* --- All keys at once --- */

typedef struct
{
  const OrrHistory *history;
  guint8 *touching;    /* by operation, as in OrrLinearPart */
  gboolean tight;      /* they count */
  gboolean touches;    /* some are */
  OrrTime *completed;  /* by process: when its last operation was */
  guint32 *last;       /* by process: which that is */
  GHashTable *numbers; /* key → number + 1 */
  GArray *keys;        /* Clusters, in the order in which keys are first seen */
  OrrKey key;          /* the last */
  guint32 number;
} Registers;

static Clusters *
clusters_of_key (Registers *registers, OrrKey key)
{
  if (registers->keys->len == 0 || key != registers->key)
    {
      guint32 number = GPOINTER_TO_UINT (g_hash_table_lookup (registers->numbers, GSIZE_TO_POINTER (key)));
      if (number == 0)
        {
          Clusters table;
          guint n
              = registers->keys->len == 0 ? registers->history->operations->len : 0; /* often it is alone */
          open_clusters (&table, orr_history_initial (registers->history, key), n);
          g_array_append_val (registers->keys, table);
          number = registers->keys->len;
          g_hash_table_insert (registers->numbers, GSIZE_TO_POINTER (key), GUINT_TO_POINTER (number));
        }
      registers->key = key;
      registers->number = number - 1;
    }
  return &g_array_index (registers->keys, Clusters, registers->number);
}

static void
note_touching (Registers *registers, guint index, const OrrHistoryOperation *row)
{
  if (registers->last[row->process] != NONE && registers->completed[row->process] == row->invoked)
    registers->touches = registers->touching[registers->last[row->process]] = TRUE;
  registers->completed[row->process] = row->completed;
  registers->last[row->process] = index;
}

/* FALSE: it is none for this way. */
static gboolean
add_row (Registers *registers, guint index, guint64 *n_operations)
{
  const OrrHistoryOperation *row = orr_history_operation (registers->history, index);
  if (!registers->tight)
    note_touching (registers, index, row);
  if (row->outcome == ORR_FAIL)
    return TRUE;
  if (row->n_steps != 1 || !(1u << row->steps->kind & KINDS))
    return FALSE;
  gboolean known = row->outcome == ORR_OK;
  const OrrLinearEntry entry = { .steps = row->steps,
                                 .values = known ? row->values : NULL,
                                 .call = row->invoked,
                                 .n_steps = 1,
                                 .optional = !known };
  OrrTime back = known ? row->completed - (registers->tight && registers->touching[index]) : ORR_TIME_NEVER;
  ++*n_operations;
  return add_entry (clusters_of_key (registers, row->steps->key), &entry, back);
}

static OrrLinearAnswer
judge_keys (Registers *registers, guint64 *ret_n_operations)
{
  guint n = registers->history->operations->len;
  *ret_n_operations = 0;
  g_array_set_size (registers->keys, 0);
  g_hash_table_remove_all (registers->numbers);
  for (guint i = 0; i < n; i++)
    {
      orr_history_fetch (registers->history, i);
      if (!add_row (registers, i, ret_n_operations))
        return ORR_LINEAR_OTHER;
    }
  for (guint i = 0; i < registers->keys->len; i++)
    {
      Clusters *table = &g_array_index (registers->keys, Clusters, i);
      if (!tie (table) || !judge_blocks (table))
        return ORR_LINEAR_OTHER;
    }
  return ORR_LINEAR_HOLDS;
}

OrrLinearAnswer
orr_linear_registers (const OrrHistory *history, guint64 *ret_n_operations, guint *ret_n_keys)
{
  if (history->object != &orr_object_register && history->object != &orr_object_map)
    return ORR_LINEAR_OTHER;
  gsize n_processes = MAX (history->n_processes, 1);
  Registers registers = { .history = history,
                          .touching = g_new0 (guint8, history->operations->len + 1),
                          .completed = g_new (OrrTime, n_processes),
                          .last = g_new (guint32, n_processes),
                          .numbers = g_hash_table_new (NULL, NULL),
                          .keys = g_array_new (FALSE, FALSE, sizeof (Clusters)) };
  g_array_set_clear_func (registers.keys, close_clusters);
  memset (registers.last, 0xff, n_processes * sizeof *registers.last);
  OrrLinearAnswer answer = judge_keys (&registers, ret_n_operations);
  registers.tight = TRUE;
  if (answer == ORR_LINEAR_HOLDS && registers.touches)
    answer = judge_keys (&registers, ret_n_operations);
  *ret_n_keys = registers.keys->len;
  g_free (registers.touching);
  g_free (registers.completed);
  g_free (registers.last);
  g_hash_table_unref (registers.numbers);
  g_array_unref (registers.keys);
  return answer;
}
