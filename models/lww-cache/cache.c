/* cache.c: one cache among equals.
 *
 * It answers from its own memory, at once, and tells the others later. How they learn of a write is
 * `replication`; what they missed, because a message was lost or they were down, they find by anti-entropy:
 * two caches compare digests of all that they hold and send each other what the other lacks (Demers et al.
 * 1987).
 *
 * A crash empties its memory. It counts its starts on disk, so that a write after a crash is never taken for
 * one before it, and fetches what the others hold. */
#include "lww-cache.h"

/* An update that a peer has not confirmed. */
typedef struct Pending Pending;
struct Pending
{
  Pending *next;
  OrrAddress to;
  Stamp stamp;
  OrrTimer timer;
};

typedef struct
{
  Entries entries;
  guint64 base;      /* where this incarnation's counts begin */
  gboolean open;     /* the start is counted on disk: it may write */
  guint64 state;     /* another number after each change; no earlier life had it */
  guint64 in_sync;   /* by address: who is known to have held just the same in this state */
  OrrTimer exchange; /* the next comparison with a peer */
  Pending *pending;
} Cache;

/* Nobody else has an address below this: caches are all that the layout has. */
static guint
n_caches (OrrNode *node)
{
  return ((const Options *) orr_options (node))->caches;
}

/* --- Telling the others --- */

static void
send_later (OrrNode *node, const Update *update, OrrAddress to, gboolean confirmed)
{
  const Options *options = orr_options (node);
  Cache *cache = orr_state (node);
  OrrTime delay = orr_draw (node, "replication-delay", options->replication_delay);
  Sending sending = { .to = to, .update = *update };
  OrrTimer timer = orr_timer_set (node, delay, TIMER_SEND, &sending);
  if (!confirmed)
    return;
  Pending *pending = orr_alloc (node, sizeof *pending);
  *pending = (Pending){ .next = cache->pending, .to = to, .stamp = stamp_of (update), .timer = timer };
  cache->pending = pending;
}

/* Tells `fanout` others, drawn without repetition; nobody confirms a rumour. */
static void
gossip (OrrNode *node, const Update *update, OrrAddress heard_from)
{
  const Options *options = orr_options (node);
  guint n = 0;
  OrrAddress others[CACHES_MAX];
  for (OrrAddress i = 0; i < n_caches (node); i++)
    if (i != orr_self (node) && i != heard_from)
      others[n++] = i;
  for (guint i = 0; i < options->fanout && n > 0; i++)
    {
      guint64 chosen = orr_draw_index (node, "peer", n);
      send_later (node, update, others[chosen], FALSE);
      others[chosen] = others[--n];
    }
}

static void
replicate (OrrNode *node, const Update *update, OrrAddress heard_from)
{
  const Options *options = orr_options (node);
  if (options->replication == REPLICATION_GOSSIP)
    gossip (node, update, heard_from);
  if (options->replication != REPLICATION_ALL || heard_from != ORR_NOBODY)
    return;
  for (OrrAddress i = 0; i < n_caches (node); i++)
    if (i != orr_self (node))
      send_later (node, update, i, TRUE);
}

static Pending **
find_pending (Cache *cache, OrrAddress to, const Stamp *stamp)
{
  Pending **place = &cache->pending;
  while (*place
         && ((*place)->to != to || (*place)->stamp.key != stamp->key
             || stamp_compare (&(*place)->stamp, stamp) != 0))
    place = &(*place)->next;
  return place;
}

/* Sends, and sends again until it is confirmed: a peer may be down, or the message lost. */
static void
tell (OrrNode *node, const Sending *sending)
{
  const Options *options = orr_options (node);
  Stamp stamp = stamp_of (&sending->update);
  Pending **place = find_pending (orr_state (node), sending->to, &stamp);
  orr_send (node, sending->to, MESSAGE_UPDATE, &sending->update);
  if (*place && !orr_bug (node, BUG_DROPPED_WHEN_PEER_DOWN))
    (*place)->timer = orr_timer_set (node, options->retry, TIMER_SEND, sending);
}

static void
confirmed (OrrNode *node, OrrAddress from, const Stamp *stamp)
{
  Pending **place = find_pending (orr_state (node), from, stamp), *pending = *place;
  if (!pending)
    return;
  orr_timer_cancel (node, &pending->timer);
  *place = pending->next;
  orr_free (node, pending);
}

/* --- Anti-entropy ---
 *
 * A cache that has changed asks every other one whether it holds the same, and goes on asking until each has
 * said so of the state that it is in now. What was said of an earlier state says nothing. Of two caches that
 * both have heard that, the one that changed last has asked after the last change of either; so they do hold
 * the same, whatever was lost, doubled or late, and whoever crashed. That is why the questions may be
 * background: whoever may lack something has a timer that keeps the run from being over. */

static gboolean
all_in_sync (OrrNode *node)
{
  const Cache *cache = orr_state (node);
  guint64 others
      = (~G_GUINT64_CONSTANT (0) >> (64 - n_caches (node))) & ~(G_GUINT64_CONSTANT (1) << orr_self (node));
  return (cache->in_sync & others) == others;
}

/* The next exchange. While somebody may lack something it keeps the run from being over. */
static void
plan_exchange (OrrNode *node)
{
  const Options *options = orr_options (node);
  Cache *cache = orr_state (node);
  orr_timer_cancel (node, &cache->exchange);
  if (options->anti_entropy == 0 || options->replication == REPLICATION_NONE || n_caches (node) < 2)
    return;
  guint kind = all_in_sync (node) ? TIMER_EXCHANGE_IDLE : TIMER_EXCHANGE;
  cache->exchange = orr_timer_set (node, options->anti_entropy, kind, NULL);
}

/* Something new is held: nobody is known to hold the same. */
static void
disturb (OrrNode *node)
{
  Cache *cache = orr_state (node);
  gboolean was_idle = all_in_sync (node);
  cache->state++;
  cache->in_sync = 0;
  if (was_idle)
    plan_exchange (node);
}

/* Whom to compare with: one of those that may differ, where there are some. */
static OrrAddress
choose_peer (OrrNode *node)
{
  const Cache *cache = orr_state (node);
  gboolean any = all_in_sync (node);
  guint n = 0;
  OrrAddress peers[CACHES_MAX];
  for (OrrAddress i = 0; i < n_caches (node); i++)
    if (i != orr_self (node) && (any || !(cache->in_sync >> i & 1)))
      peers[n++] = i;
  return peers[orr_draw_index (node, "peer", n)];
}

static GArray *
stamps_of (Entries *entries)
{
  GArray *stamps = g_array_new (FALSE, FALSE, sizeof (Stamp));
  guint32 place = 0;
  guint64 key;
  gpointer held;
  while (orr_map_next (&entries->updates, &place, &key, &held))
    {
      Stamp stamp = stamp_of (held);
      g_array_append_val (stamps, stamp);
    }
  return stamps;
}

static void
exchange (OrrNode *node)
{
  Cache *cache = orr_state (node);
  entries_drop_tombstones (node, &cache->entries);
  g_autoptr (GArray) stamps = stamps_of (&cache->entries);
  Digest digest
      = { .state = cache->state, .stamps = orr_array (node, stamps->len, sizeof (Stamp), stamps->data) };
  orr_send (node, choose_peer (node), MESSAGE_DIGEST, &digest);
}

/* Sends what is held and wins over each of the peer's stamps, or is not among them; how many that were. */
static guint
send_missing (OrrNode *node, OrrAddress peer, const Digest *digest)
{
  Cache *cache = orr_state (node);
  g_autoptr (GHashTable) theirs = g_hash_table_new (g_int64_hash, g_int64_equal);
  const Stamp *stamps = digest->stamps.data;
  for (guint32 i = 0; i < digest->stamps.length; i++)
    g_hash_table_insert (theirs, (gpointer) &stamps[i].key, (gpointer) &stamps[i]);

  guint n = 0;
  guint32 place = 0;
  guint64 key;
  gpointer held;
  while (orr_map_next (&cache->entries.updates, &place, &key, &held))
    {
      const Stamp *stamp = g_hash_table_lookup (theirs, &key);
      Stamp own = stamp_of (held);
      if (stamp && !stamp_wins (node, &own, stamp))
        continue;
      orr_send (node, peer, MESSAGE_UPDATE, held);
      n++;
    }
  return n;
}

static guint
ask_for_missing (OrrNode *node, OrrAddress peer, const Digest *digest)
{
  const Cache *cache = orr_state (node);
  const Stamp *stamps = digest->stamps.data;
  g_autofree OrrKey *keys = g_new (OrrKey, digest->stamps.length + 1);
  guint n = 0;
  for (guint32 i = 0; i < digest->stamps.length; i++)
    {
      const Update *held = entries_get (&cache->entries, stamps[i].key);
      Stamp own = held ? stamp_of (held) : (Stamp){ 0 };
      if (!held || stamp_wins (node, &stamps[i], &own))
        keys[n++] = stamps[i].key;
    }
  if (n > 0)
    orr_send (node, peer, MESSAGE_WANTED, &(Wanted){ orr_array (node, n, sizeof *keys, keys) });
  return n;
}

static void
on_digest (OrrNode *node, OrrAddress from, const Digest *digest)
{
  Cache *cache = orr_state (node);
  entries_drop_tombstones (node, &cache->entries);
  guint n = send_missing (node, from, digest);
  n += ask_for_missing (node, from, digest);
  if (n == 0)
    orr_send (node, from, MESSAGE_IN_SYNC, &(InSync){ .state = digest->state });
}

static void
on_in_sync (OrrNode *node, OrrAddress from, const InSync *answer)
{
  Cache *cache = orr_state (node);
  gboolean was_idle = all_in_sync (node);
  if (answer->state == cache->state)
    cache->in_sync |= G_GUINT64_CONSTANT (1) << from;
  if (all_in_sync (node) && !was_idle)
    plan_exchange (node);
}

static void
on_wanted (OrrNode *node, OrrAddress from, const Wanted *wanted)
{
  const Cache *cache = orr_state (node);
  const OrrKey *keys = wanted->keys.data;
  for (guint32 i = 0; i < wanted->keys.length; i++)
    {
      const Update *held = entries_get (&cache->entries, keys[i]);
      if (held)
        orr_send (node, from, MESSAGE_UPDATE, held);
    }
}

/* --- What happens --- */

static void
on_update (OrrNode *node, OrrAddress from, const Update *update)
{
  const Options *options = orr_options (node);
  Cache *cache = orr_state (node);
  Stamp stamp = stamp_of (update);
  if (options->replication == REPLICATION_ALL)
    orr_send (node, from, MESSAGE_CONFIRMED, &stamp);
  if (!entries_merge (node, &cache->entries, update))
    return;
  disturb (node);
  replicate (node, update, from);
}

static void
on_message (OrrNode *node, OrrAddress from, guint type, gconstpointer body)
{
  switch (type)
    {
    case MESSAGE_UPDATE:
      on_update (node, from, body);
      break;
    case MESSAGE_CONFIRMED:
      confirmed (node, from, body);
      break;
    case MESSAGE_DIGEST:
      on_digest (node, from, body);
      break;
    case MESSAGE_WANTED:
      on_wanted (node, from, body);
      break;
    case MESSAGE_IN_SYNC:
      on_in_sync (node, from, body);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
on_timer (OrrNode *node, guint kind, gconstpointer body)
{
  if (kind == TIMER_SEND)
    tell (node, body);
  else
    {
      exchange (node);
      plan_exchange (node);
    }
}

/* What the sample codes of tutorials get wrong about one write: it is kept with another timestamp, or another
 * version, than it is sent with. */
static Update
as_kept (OrrNode *node, const Update *update)
{
  Cache *cache = orr_state (node);
  Update kept = *update;
  const Update *held = entries_get (&cache->entries, update->key);
  if (orr_bug (node, BUG_VERSION_BUMPED_LATE))
    kept.version = held ? held->version : (OrrVector){ 0 };
  return kept;
}

static Update
as_sent (OrrNode *node, const Update *update)
{
  Update sent = *update;
  if (orr_bug (node, BUG_TWO_TIMESTAMPS))
    sent.written_at += ((const Options *) orr_options (node))->clock_resolution;
  return sent;
}

static guint64
put (OrrNode *node, OrrKey key, OrrValue value, gboolean deleted)
{
  Cache *cache = orr_state (node);
  Update update = entries_make (node, &cache->entries, key, value, deleted, cache->base);
  Update kept = as_kept (node, &update), sent = as_sent (node, &update);
  if (deleted && orr_bug (node, BUG_DELETE_WITHOUT_TOMBSTONE))
    entries_remove (node, &cache->entries, key);
  else
    entries_put (node, &cache->entries, &kept);
  disturb (node);
  replicate (node, &sent, ORR_NOBODY);
  return hidden_version (&update);
}

/* Does one step on what is held here; FALSE where the object's rules refuse it. */
static gboolean
do_step (OrrNode *node, const OrrStep *step, OrrValue *ret_value, guint64 *ret_version)
{
  Cache *cache = orr_state (node);
  const Update *held = entries_get (&cache->entries, step->key);
  OrrValue state = entries_read (node, &cache->entries, step->key);
  *ret_version = held && !entries_is_expired (node, held) ? hidden_version (held) : 0;
  if (orr_object (node)->apply (orr_terms (node), state, step, &state, ret_value) != ORR_RULE_APPLIED)
    return FALSE;
  if (orr_step_infos[step->kind].writes)
    *ret_version = put (node, step->key, state, step->kind == ORR_DELETE);
  return TRUE;
}

static const char *
why_not (const Cache *cache, const OrrOperation *operation)
{
  if (!cache->open)
    return "the cache is starting";
  for (guint i = 0; i < operation->n_steps; i++)
    {
      if (operation->steps[i].key == ORR_NIL)
        return "a cache takes no bulk writes";
      if (operation->steps[i].kind == ORR_CAS && operation->n_steps > 1)
        return "a cas stands alone";
    }
  return NULL;
}

static void
on_request (OrrNode *node, const OrrOperation *operation)
{
  const char *why = why_not (orr_state (node), operation);
  if (why)
    {
      orr_complete_fail (node, operation->id, why);
      return;
    }
  g_autofree OrrValue *values = g_new0 (OrrValue, operation->n_steps);
  g_autofree guint64 *versions = g_new0 (guint64, operation->n_steps);
  for (guint i = 0; i < operation->n_steps; i++)
    if (!do_step (node, &operation->steps[i], &values[i], &versions[i]))
      {
        orr_complete_fail (node, operation->id, "it held another value here");
        return;
      }
  OrrResult result = { .outcome = ORR_OK, .values = values, .versions = versions, .server = orr_self (node) };
  orr_complete (node, operation->id, &result);
}

static void
on_start (OrrNode *node, OrrStart start)
{
  Cache *cache = orr_state (node);
  const Epoch *last = orr_cell_get (node, CELL_EPOCH, ORR_NIL);
  Epoch epoch = { start == ORR_START_FIRST ? 0 : last ? last->count + 1 : 1 };
  entries_init (&cache->entries);
  cache->base = epoch.count << 32;
  cache->open = start == ORR_START_FIRST; /* the first start can't be mistaken for another */
  /* Where a crash took the count of starts, the clock has gone on. */
  cache->state = cache->base + (guint64) orr_clock_monotonic (node);
  cache->in_sync = start == ORR_START_FIRST ? ~G_GUINT64_CONSTANT (0) : 0;
  orr_cell_put (node, CELL_EPOCH, ORR_NIL, &epoch);
  orr_disk_sync (node, SYNC_EPOCH, 0);
  plan_exchange (node);
  if (start != ORR_START_FIRST && cache->exchange != 0)
    exchange (node);
}

static void
on_disk (OrrNode *node, guint kind G_GNUC_UNUSED, guint64 token G_GNUC_UNUSED, OrrDurability durability)
{
  Cache *cache = orr_state (node);
  cache->open |= durability == ORR_SYNCED;
}

static void
observe (OrrNode *node)
{
  Cache *cache = orr_state (node);
  guint32 place = 0;
  guint64 key;
  gpointer held;
  while (orr_map_next (&cache->entries.updates, &place, &key, &held))
    {
      if (entries_is_expired (node, held))
        continue;
      OrrValue value = entries_read (node, &cache->entries, key);
      orr_fact (node, FACT_VALUE,
                &(OrrFactValue){ .key = key, .value = value, .version = hidden_version (held) });
    }
}

const OrrRole cache_role = {
  .name = "cache",
  .doc = "answers from its own memory and tells the others later",
  .state_size = sizeof (Cache),
  .on_start = on_start,
  .on_message = on_message,
  .on_timer = on_timer,
  .on_disk = on_disk,
  .on_request = on_request,
  .observe = observe,
};
