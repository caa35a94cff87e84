/* lww-cache.c: an eventually consistent cache.
 *
 * Every cache answers from its own memory at once and tells the others later. Two of them can therefore
 * disagree for a while, and two clients can write one key at the same time without knowing. A version vector
 * tells "newer" from "concurrent"; a concurrent pair is settled by the later timestamp, so that all caches
 * settle it alike, and one of two acknowledged writes is gone.
 *
 * This file says what there is to say about the model; cache.c is its role, entries.c the rule by which one
 * write wins over another. */
#include "lww-cache.h"

static const OrrChoice replications[] = {
  { "all", "the writer tells every other cache, again and again until each has confirmed it" },
  { "gossip", "the writer tells `fanout` others, and whoever hears news tells as many" },
  { "none", "nobody tells anybody: weak consistency" },
  { 0 },
};

static const OrrField option_fields[] = {
  ORR_FIELD (Options, caches, COUNT, .initial = "3", .least = 1, .most = CACHES_MAX,
             .doc = "how many there are: cache1, cache2, …"),
  ORR_FIELD (Options, replication, CHOICE, .choices = replications, .initial = "all",
             .doc = "how the others learn of a write"),
  ORR_FIELD (Options, replication_delay, DISTRIBUTION, .initial = "uniform(100ms..500ms)",
             .doc = "how long a cache waits before it tells one other of one write"),
  ORR_FIELD (Options, fanout, COUNT, .initial = "2", .least = 1, .most = CACHES_MAX, .tag = "replication",
             .when = "gossip", .doc = "how many are told"),
  ORR_FIELD (Options, retry, DURATION, .initial = "1s", .least = ORR_MILLISECOND, .most = ORR_TIME_MAX,
             .tag = "replication", .when = "all", .doc = "how long the writer waits for a confirmation"),
  ORR_FIELD (Options, anti_entropy, DURATION, .initial = "5s", .least = 0, .most = ORR_TIME_MAX,
             .tag = "replication", .when = "all|gossip",
             .doc = "how often a cache compares all that it holds with another one; 0: never"),
  ORR_FIELD (Options, clock_resolution, DURATION, .initial = "1ms", .least = ORR_MICROSECOND,
             .most = 60 * ORR_SECOND,
             .doc = "the steps of timestamps: the coarser, the more of them are equal"),
  ORR_FIELD (
      Options, ttl, DURATION, .least = 1, .most = ORR_TIME_MAX,
      .doc = "how long a value lives after it was written, by the clock of who reads it; left out: for ever"),
  ORR_FIELD (Options, tombstone_grace, DURATION, .least = 1, .most = ORR_TIME_MAX,
             .doc = "how long a deletion is remembered (Cassandra: 10 days); left out: for ever"),
  { 0 },
};

/* --- Records --- */

static const OrrField update_fields[] = {
  ORR_FIELD (Update, key, KEY, .doc = "what was written"),
  ORR_FIELD (Update, value, VALUE, .doc = "and what it holds"),
  ORR_FIELD (Update, deleted, BOOL, .doc = "it was deleted"),
  ORR_FIELD (Update, written_at, DURATION, .doc = "the writer's timestamp"),
  ORR_FIELD (Update, dot, RECORD, .fields = orr_dot_fields, .doc = "who wrote it, the how-manieth time"),
  ORR_VECTOR_FIELD (Update, version, .doc = "upon what, and that dot"),
  { 0 },
};

static const OrrField stamp_fields[] = {
  ORR_FIELD (Stamp, key, KEY, .doc = "of which key"),
  ORR_FIELD (Stamp, written_at, DURATION, .doc = "the writer's timestamp"),
  ORR_FIELD (Stamp, dot, RECORD, .fields = orr_dot_fields, .doc = "who wrote it, the how-manieth time"),
  { 0 },
};

static const OrrField digest_fields[] = {
  ORR_FIELD (Digest, state, NUMBER,
             .doc = "which of the sender's states this is: another one after each change"),
  ORR_FIELD (Digest, stamps, LIST, .fields = stamp_fields, .element_size = sizeof (Stamp),
             .doc = "of all that the sender holds"),
  { 0 },
};

static const OrrField wanted_fields[] = {
  ORR_FIELD (Wanted, keys, LIST, .element = &orr_type_KEY, .element_size = sizeof (OrrKey),
             .doc = "that the sender has missed"),
  { 0 },
};

static const OrrField in_sync_fields[] = {
  ORR_FIELD (InSync, state, NUMBER, .doc = "which of the asker's states it was, as the digest says"),
  { 0 },
};

static const OrrRecord messages[] = {
  [MESSAGE_UPDATE] = ORR_RECORD ("update", Update, update_fields, .doc = "a write, told to another cache"),
  [MESSAGE_CONFIRMED] = ORR_RECORD ("confirmed", Stamp, stamp_fields, .doc = "it has arrived"),
  [MESSAGE_DIGEST] = ORR_RECORD ("digest", Digest, digest_fields, .flags = ORR_BACKGROUND,
                                 .doc = "anti-entropy: this is what I hold"),
  [MESSAGE_WANTED] = ORR_RECORD ("wanted", Wanted, wanted_fields, .flags = ORR_BACKGROUND,
                                 .doc = "anti-entropy: send me what I have missed"),
  [MESSAGE_IN_SYNC] = ORR_RECORD ("in-sync", InSync, in_sync_fields, .flags = ORR_BACKGROUND,
                                  .doc = "anti-entropy: I hold just the same"),
  { 0 },
};

static const OrrField sending_fields[] = {
  ORR_FIELD (Sending, to, ADDRESS, .doc = "who is to be told"),
  ORR_FIELD (Sending, update, RECORD, .fields = update_fields, .doc = "of what"),
  { 0 },
};

static const OrrRecord timers[] = {
  [TIMER_SEND] = ORR_RECORD ("send", Sending, sending_fields, .doc = "another cache is told, or told again"),
  [TIMER_EXCHANGE] = { .name = "exchange", .doc = "somebody may lack something: two caches compare" },
  [TIMER_EXCHANGE_IDLE]
  = { .name = "exchange-idle", .flags = ORR_BACKGROUND, .doc = "all agree, as far as is known: two compare" },
  { 0 },
};

static const OrrField epoch_fields[] = {
  ORR_FIELD (Epoch, count, NUMBER, .doc = "how often the cache was started again"),
  { 0 },
};

static const OrrRecord cells[] = {
  [CELL_EPOCH] = ORR_RECORD ("epoch", Epoch, epoch_fields,
                             .doc = "counts starts, so that no two writes are ever the same write"),
  { 0 },
};

static const OrrRecord syncs[] = {
  [SYNC_EPOCH] = { .name = "epoch", .doc = "a start is counted" },
  { 0 },
};

static const OrrChoice orders[] = {
  { "before", "it is older than what is held" },
  { "after", "it is newer: its writer had seen what is held, or nothing is" },
  { "equal", "it is what is held" },
  { "concurrent", "neither writer knew of the other" },
  { 0 },
};

static const OrrField arrived_fields[] = {
  ORR_FIELD (Arrived, key, KEY, .doc = "what was written"),
  ORR_FIELD (Arrived, value, VALUE, .doc = "what it says"),
  ORR_FIELD (Arrived, order, CHOICE, .choices = orders, .doc = "how it stands to what the cache held"),
  ORR_FIELD (Arrived, kept, BOOL, .doc = "it is held from now on; else it is dropped"),
  { 0 },
};

static const OrrRecord facts[] = {
  [FACT_VERSION] = ORR_FACT_VERSION,
  [FACT_APPLIED] = ORR_FACT_APPLIED,
  [FACT_VALUE] = ORR_FACT_VALUE,
  [FACT_ARRIVED] = ORR_RECORD ("arrived", Arrived, arrived_fields,
                               .doc = "a write arrived and was compared with what was held"),
  { 0 },
};

static const OrrBug bugs[] = {
  [BUG_TIE_KEEPS_LOCAL] = { "tie-keeps-local", "convergence",
                            "Of two concurrent writes with one timestamp each cache keeps its own. Needs two "
                            "writes of a key within "
                            "one step of the clock, through different caches.",
                            "last-write-wins registers that compare timestamps with '>' alone" },
  [BUG_DELETE_WITHOUT_TOMBSTONE]
  = { "delete-without-tombstone", "durability",
      "A deletion removes the entry and leaves nothing behind. Whatever arrives later from a cache that has "
      "not "
      "heard of it brings the value back. Needs a delete and a late or repeated message.",
      "Demers et al.: Epidemic Algorithms for Replicated Database Maintenance, PODC 1987, section 2.1 "
      "(why death certificates are needed)" },
  [BUG_CLOCK_NOT_ADVANCED_ON_MERGE]
  = { "clock-not-advanced-on-merge", "writes-follow-reads",
      "Timestamps come from the wall clock alone. A write that was made upon one with a timestamp from a "
      "fast "
      "clock has an earlier one, and loses against a third that lost against the first. Needs clocks that "
      "disagree.",
      "Kulkarni et al.: Logical Physical Clocks, OPODIS 2014, section 1 (why wall clocks do not suffice)" },
  [BUG_TWO_TIMESTAMPS]
  = { "two-timestamps", "convergence",
      "The clock is read twice for one write: once for the writer's own memory, once more for what is sent. "
      "A "
      "concurrent write with a timestamp between the two wins at the writer and loses elsewhere.",
      "sample code of an eventually consistent cache: time.time () in two places of write ()" },
  [BUG_VERSION_BUMPED_LATE]
  = { "version-bumped-late", "convergence",
      "The version vector is raised after the entry was stored with the old one. At its writer every "
      "concurrent write then looks newer and wins, whatever its timestamp.",
      "the same sample code: versions[key][node] += 1 after the entry was made" },
  [BUG_DROPPED_WHEN_PEER_DOWN]
  = { "dropped-when-peer-down", "convergence",
      "An update that could not be delivered is not sent again. Needs a peer that is down or a lost message, "
      "and no anti-entropy.",
      "the same sample code: the exception is printed and the item is gone" },
  { 0 },
};

/* --- Pure functions of the options --- */

static void
layout (gconstpointer data, OrrLayout *layout)
{
  const Options *options = data;
  for (guint i = 1; i <= options->caches; i++)
    orr_layout_add (layout, 0, "cache%u", i);
}

/* All hold the same when all is quiet, unless nobody tells anybody, or a value's life is over at one cache's
 * clock and not yet at another's. A rumour that was lost, what a crash took from memory, and what a
 * deletion that came too late left behind, only anti-entropy brings back or away. Durability is never
 * claimed: of two concurrent writes one is gone, although both were acknowledged. Nor is what a session may
 * rely on, since it may ask a cache that has not heard of its writes.
 *
 * A cache whose disk is lost does not know that it was there before. */
static void
claims (gconstpointer data, guint64 switched_on, OrrClaims *claims)
{
  const Options *options = data;
  static const char *const borne[]
      = { "stop",       "crash-process", "crash-os",  "pause",    "partition", "link",
          "slow",       "clock",         "disk",      "flap",     "corrupt",   "clog",
          "hold",       "priorities",    "collapse",  "swizzle",  "inbox",     "clock-drift",
          "clock-stop", "clock-lie",     "disk-slow", "disk-full" };
  for (guint i = 0; i < G_N_ELEMENTS (borne); i++)
    orr_claim_bears (claims, borne[i]);
  if (options->replication == REPLICATION_NONE || options->ttl != ORR_TIME_UNSET || switched_on != 0)
    return;
  if (options->anti_entropy == 0
      && (options->replication == REPLICATION_GOSSIP || options->tombstone_grace != ORR_TIME_UNSET))
    return;
  orr_claim (claims, "convergence");
  if (options->anti_entropy > 0)
    return;
  static const char *const forgetful[] = { "stop", "crash-process", "crash-os" };
  for (guint i = 0; i < G_N_ELEMENTS (forgetful); i++)
    orr_claim_unless (claims, "convergence", forgetful[i]);
}

static const OrrRole *const roles[] = { &cache_role, NULL };
static const char *const objects[] = { "register", "map", NULL };
static const char *const draws[] = { "replication-delay", "peer", NULL };

const OrrModel orr_model_lww_cache = {
  .abi = ORR_MODEL_ABI,
  .entry = {
    .name = "lww-cache",
    .summary = "Caches that answer at once, tell each other later, and let the last writer win",
    .doc = "An eventually consistent cache. Each node answers reads and writes from its own memory and tells "
           "the others after `replication-delay`, all of them or by gossip; anti-entropy repairs what was "
           "missed. Version vectors tell stale from concurrent, and of concurrent writes the later "
           "timestamp wins.",
    .size = sizeof (Options),
    .fields = option_fields,
  },
  .messages = messages,
  .timers = timers,
  .syncs = syncs,
  .cells = cells,
  .facts = facts,
  .roles = roles,
  .bugs = bugs,
  .objects = objects,
  .draws = draws,
  .layout = layout,
  .claims = claims,
};
