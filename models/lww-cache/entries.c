/* entries.c: what a cache holds, and which of two writes wins.
 *
 * An update that arrives is compared by version vectors with what is held. If it comes after, its writer had
 * seen what is held, and it takes its place; if before, it is stale news. Concurrent writes knew nothing of
 * each other, and one must go: the one with the earlier timestamp, and at equal timestamps the one of the
 * writer that stands first, so that every cache decides alike (the last writer wins; Thomas 1979, as
 * Dynamo-like stores have it).
 *
 * For that to converge, whatever the order in which updates arrive, a later timestamp must go with a later
 * vector. So a cache's timestamps follow its wall clock, but never stay behind one that it has heard of, as
 * a hybrid logical clock's do (Kulkarni et al. 2014; the compact form of section 4, one number). */
#include "lww-cache.h"

/* Timestamps as far as a hidden version has room for them: 2^42 microseconds, 50 days, on either side. */
#define STAMP_MOST ((OrrTime) (G_GINT64_CONSTANT (1) << 42) * ORR_MICROSECOND - ORR_SECOND)

void
entries_init (Entries *entries)
{
  orr_map_init (&entries->updates, sizeof (Update));
  orr_map_init (&entries->written, sizeof (guint64));
  entries->latest = -STAMP_MOST;
}

const Update *
entries_get (const Entries *entries, OrrKey key)
{
  return orr_map_get (&entries->updates, key);
}

static gboolean
is_older_than (OrrNode *node, const Update *update, OrrTime age)
{
  return age != ORR_TIME_UNSET && orr_clock_wall (node) - update->written_at >= age;
}

gboolean
entries_is_expired (OrrNode *node, const Update *held)
{
  const Options *options = orr_options (node);
  return !held->deleted && is_older_than (node, held, options->ttl);
}

OrrValue
entries_read (OrrNode *node, const Entries *entries, OrrKey key)
{
  const Update *held = entries_get (entries, key);
  if (held)
    return held->deleted || entries_is_expired (node, held) ? ORR_NIL : held->value;
  OrrValue initial = ORR_NIL;
  orr_preload (node, key, &initial);
  return initial;
}

void
entries_put (OrrNode *node, Entries *entries, const Update *update)
{
  Update *held = orr_map_put (node, &entries->updates, update->key);
  OrrVector version = held->version;
  *held = *update;
  held->version = version;
  orr_vector_keep (node, &held->version, update->version);
  orr_fact (
      node, FACT_APPLIED,
      &(OrrFactApplied){ .key = update->key, .value = update->value, .version = hidden_version (update) });
}

void
entries_remove (OrrNode *node, Entries *entries, OrrKey key)
{
  Update *held = orr_map_get (&entries->updates, key);
  if (!held)
    return;
  orr_array_unref (node, held->version);
  orr_map_remove (&entries->updates, key);
}

void
entries_drop_tombstones (OrrNode *node, Entries *entries)
{
  const Options *options = orr_options (node);
  guint32 place = 0;
  guint64 key;
  gpointer held;
  while (orr_map_next (&entries->updates, &place, &key, &held))
    if (((Update *) held)->deleted && is_older_than (node, held, options->tombstone_grace))
      entries_remove (node, entries, key);
}

/* --- Writing --- */

/* The next timestamp: the wall clock's, in steps of its resolution, but later than any before. */
static OrrTime
next_timestamp (OrrNode *node, Entries *entries)
{
  const Options *options = orr_options (node);
  OrrTime step = options->clock_resolution;
  OrrTime now = CLAMP (orr_clock_wall (node), -STAMP_MOST, STAMP_MOST);
  now -= ((now % step) + step) % step;
  entries->latest = MAX (now, MIN (entries->latest + step, STAMP_MOST));
  return entries->latest;
}

Update
entries_make (OrrNode *node, Entries *entries, OrrKey key, OrrValue value, gboolean deleted, guint64 base)
{
  static const Update nothing = { 0 };
  const Update *held = entries_get (entries, key);
  held = held ? held : &nothing;
  guint64 *count = orr_map_put (node, &entries->written, key);
  Update update = { .key = key, .value = value, .deleted = deleted };
  update.dot = (OrrDot){ orr_self (node), base + ++*count };
  update.version = orr_vector_merged (node, held->version, (OrrVector){ .data = &update.dot, .length = 1 });
  update.written_at = next_timestamp (node, entries);
  orr_fact (node, FACT_VERSION,
            &(OrrFactVersion){ .key = key,
                               .value = value,
                               .version = hidden_version (&update),
                               .previous = held->dot.count > 0 ? hidden_version (held) : 0 });
  return update;
}

/* --- Merging --- */

/* A cache that crashed and writes before it has fetched what it knew counts on all the same, in its next
 * incarnation: such a count does not tell that the earlier ones were seen. */
static gboolean
crosses_crash (OrrVector a, OrrVector b)
{
  const OrrDot *dots = a.data;
  for (guint32 i = 0; i < a.length; i++)
    {
      guint64 other = orr_vector_get (b, dots[i].node);
      if (other > 0 && other >> 32 != dots[i].count >> 32)
        return TRUE;
    }
  return FALSE;
}

static OrrOrder
order_of (const Update *update, const Update *held)
{
  OrrOrder order = orr_vector_compare (update->version, held->version);
  gboolean ordered = order == ORR_BEFORE || order == ORR_AFTER;
  return ordered && crosses_crash (update->version, held->version) ? ORR_CONCURRENT : order;
}

Stamp
stamp_of (const Update *update)
{
  return (Stamp){ .key = update->key, .written_at = update->written_at, .dot = update->dot };
}

gint
stamp_compare (const Stamp *a, const Stamp *b)
{
  if (a->written_at != b->written_at)
    return a->written_at < b->written_at ? -1 : 1;
  if (a->dot.node != b->dot.node)
    return a->dot.node < b->dot.node ? -1 : 1;
  return (a->dot.count > b->dot.count) - (a->dot.count < b->dot.count);
}

gboolean
stamp_wins (OrrNode *node, const Stamp *new, const Stamp *old)
{
  if (orr_bug (node, BUG_TIE_KEEPS_LOCAL))
    return new->written_at > old->written_at;
  return stamp_compare (new, old) > 0;
}

guint64
hidden_version (const Update *update)
{
  guint64 microseconds
      = (guint64) (update->written_at / ORR_MICROSECOND + (G_GINT64_CONSTANT (1) << 42)); /* 43 bits */
  guint64 count = (update->dot.count >> 32 & 0x3f) << 8 | (update->dot.count & 0xff);     /* 14 bits */
  return microseconds << 20 | (guint64) update->dot.node << 14 | count;
}

/* Does the update win over what is held? */
static gboolean
wins (OrrNode *node, const Update *update, const Update *held, OrrOrder order)
{
  if (order != ORR_CONCURRENT)
    return order == ORR_AFTER;
  Stamp new = stamp_of (update), old = stamp_of (held);
  return stamp_wins (node, &new, &old);
}

gboolean
entries_merge (OrrNode *node, Entries *entries, const Update *update)
{
  const Options *options = orr_options (node);
  if (!orr_bug (node, BUG_CLOCK_NOT_ADVANCED_ON_MERGE))
    entries->latest = MAX (entries->latest, update->written_at);
  if (update->deleted && is_older_than (node, update, options->tombstone_grace))
    return FALSE;

  const Update *held = entries_get (entries, update->key);
  OrrOrder order = held ? order_of (update, held) : ORR_AFTER;
  gboolean kept = !held || wins (node, update, held, order);
  orr_fact (node, FACT_ARRIVED,
            &(Arrived){ .key = update->key, .value = update->value, .order = (gint32) order, .kept = kept });
  if (kept && update->deleted && orr_bug (node, BUG_DELETE_WITHOUT_TOMBSTONE))
    entries_remove (node, entries, update->key);
  else if (kept)
    entries_put (node, entries, update);
  return kept;
}
