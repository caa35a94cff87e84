/* primary-replica.c: one server takes writes, the others follow its log.
 *
 * A primary answers a write when it has done as much as `synchronous-commit` asks; its replicas receive,
 * flush and replay its log some time later. A client that reads from a replica sees the past. Which past, and
 * whether it can notice, is decided by the commit level and by where the client's router sends its reads.
 * Terms and semantics are PostgreSQL 15's (manual, chapters 20.5, 20.6, 27.2).
 *
 * This file says what there is to say about the model; primary.c, replica.c and router.c are its three roles.
 */
#include "primary-replica.h"

#include <string.h>

/* Half of all positions are left for the log. */
#define WAL_START_MAX ((Lsn) G_MAXINT64)

static const OrrChoice commit_levels[] = {
  { "off", "wait for nothing: the WAL writer flushes within two of its delays" },
  { "local", "wait for the flush on the primary" },
  { "remote_write", "and until the awaited standbys' operating systems have the record" },
  { "on", "and until the awaited standbys have flushed it" },
  { "remote_apply", "and until the awaited standbys have replayed it" },
  { 0 },
};

static const OrrChoice policies[] = {
  { "primary-only", "every read goes to the primary" },
  { "replica-only", "every read goes to a replica, chosen by `spread`" },
  { "random", "a replica drawn anew for each read" },
  { "round-robin", "the replicas in turn" },
  { "time-window", "the primary for `window` after the session's own last write, then a replica" },
  { "lsn",
    "a replica that has replayed the session's last write; else wait there for `wait`, then the primary" },
  { "sticky", "always the same replica for a session, by a hash of its name" },
  { 0 },
};

static const OrrChoice spreads[] = {
  { "random", "a replica drawn anew for each read" },
  { "round-robin", "the replicas in turn, a turn a client host" },
  { "sticky", "by a hash of the session's name" },
  { "first", "always the first replica" },
  { 0 },
};

static const OrrChoice hashes[] = {
  { "modulo", "md5 of the session's name modulo the number of replicas" },
  { "rendezvous", "the replica that scores highest with the session's name (Thaler & Ravishankar 1998)" },
  { 0 },
};

static const OrrChoice fallbacks[] = {
  { "none", "the read fails" },
  { "primary", "the primary is asked" },
  { "next", "the next replica is asked, and after the last of them the primary" },
  { 0 },
};

static const OrrField router_fields[] = {
  ORR_FIELD (RouterOptions, policy, CHOICE, .choices = policies, .initial = "replica-only",
             .doc = "where reads go"),
  ORR_FIELD (RouterOptions, spread, CHOICE, .choices = spreads, .initial = "random", .tag = "policy",
             .when = "replica-only|time-window|lsn", .doc = "which replica, where the policy leaves it open"),
  ORR_FIELD (RouterOptions, hash, CHOICE, .choices = hashes, .initial = "modulo", .tag = "policy",
             .when = "sticky|replica-only|time-window|lsn",
             .doc = "how a session's name is turned into a replica"),
  ORR_FIELD (RouterOptions, window, DURATION, .initial = "5s", .least = 0, .most = ORR_TIME_MAX,
             .tag = "policy", .when = "time-window",
             .doc = "how long after its own write a session reads from the primary"),
  ORR_FIELD (
      RouterOptions, wait, DURATION, .initial = "0s", .least = 0, .most = ORR_TIME_MAX, .tag = "policy",
      .when = "lsn",
      .doc
      = "how long the chosen replica waits for the session's last write before the read goes to the primary"),
  ORR_FIELD (RouterOptions, fallback, CHOICE, .choices = fallbacks, .initial = "none",
             .doc = "what a read does when its connection is refused or breaks"),
  { 0 },
};

static const OrrField replica_delay_fields[] = {
  ORR_FIELD (ReplicaDelay, replica, NODE, .required = TRUE, .doc = "a replica's name"),
  ORR_FIELD (ReplicaDelay, delay, DISTRIBUTION, .required = TRUE, .doc = "its apply delay"),
  { 0 },
};

static const OrrField option_fields[] = {
  ORR_FIELD (Options, replicas, COUNT, .initial = "2", .least = 0, .most = 1000,
             .doc = "how many replicas follow the primary: replica1, replica2, …"),
  ORR_FIELD (Options, synchronous_commit, CHOICE, .choices = commit_levels, .initial = "on",
             .doc = "what a commit waits for (synchronous_commit)"),
  ORR_FIELD (Options, synchronous_standby_names, STANDBY_NAMES,
             .doc = "which standbys it waits for (synchronous_standby_names); left out: for none"),
  ORR_FIELD (Options, wal_start, LSN, .initial = "0/1000000", .doc = "where the log starts"),
  ORR_FIELD (Options, record_bytes, SIZE, .initial = "128B", .least = 1, .most = 1000000000,
             .doc = "length of a log record, without a bulk row's own bytes"),
  ORR_FIELD (
      Options, wal_writer_delay, DURATION, .initial = "200ms", .least = ORR_MICROSECOND, .most = ORR_TIME_MAX,
      .doc = "how often the WAL writer looks for what `synchronous-commit: off` left to it: it flushes the "
             "whole pages of 8 KiB completed since its last look, or all where none was"),
  ORR_FIELD (Options, apply_delay, DISTRIBUTION, .initial = "0s",
             .doc = "how long a flushed record waits before a replica replays it"),
  ORR_FIELD (Options, apply_delays, MAP, .fields = replica_delay_fields,
             .element_size = sizeof (ReplicaDelay), .shorthand = "delay",
             .doc = "the same for single replicas, by name"),
  ORR_FIELD (Options, recovery_min_apply_delay, DURATION, .initial = "0s", .least = 0, .most = ORR_TIME_MAX,
             .doc = "a commit is replayed no earlier than so long after the primary's time of it, by the "
                    "replica's clock"),
  ORR_FIELD (Options, insert_per_row, DURATION, .initial = "5us", .least = 0, .most = ORR_SECOND,
             .doc = "what a row of a bulk write costs on the primary"),
  ORR_FIELD (Options, replay_per_row, DURATION, .initial = "10us", .least = 0, .most = ORR_SECOND,
             .doc = "what a row of a bulk write costs a replica's replay"),
  ORR_FIELD (Options, wal_retrieve_retry_interval, DURATION, .initial = "5s", .least = ORR_MILLISECOND,
             .most = ORR_TIME_MAX,
             .doc = "how long a replica waits before it tries to reach the primary again"),
  ORR_FIELD (Options, wal_receiver_status_interval, DURATION, .initial = "10s", .least = ORR_MILLISECOND,
             .most = ORR_TIME_MAX,
             .doc = "how often a replica says how far it is when there is no other reason to; that is how it "
                    "notices a connection that died in silence"),
  ORR_FIELD (
      Options, wal_sender_timeout, DURATION, .initial = "60s", .least = 0, .most = ORR_TIME_MAX,
      .doc
      = "a standby that says nothing for so long is given up, and no commit waits for it any more; 0: never"),
  ORR_FIELD (Options, router, RECORD, .fields = router_fields, .shorthand = "policy",
             .doc = "where the clients' router sends reads"),
  { 0 },
};

/* --- Records --- */

static const OrrField wal_record_fields[] = {
  ORR_FIELD (WalRecord, lsn, LSN, .doc = "where it ends"),
  ORR_FIELD (WalRecord, key, KEY, .doc = "what it changes, if it is a key"),
  ORR_FIELD (WalRecord, state, VALUE, .doc = "what the key holds from now on"),
  ORR_FIELD (WalRecord, version, NUMBER, .doc = "hidden order"),
  ORR_FIELD (WalRecord, previous, NUMBER, .doc = "the version it was built upon"),
  ORR_FIELD (WalRecord, rows, COUNT, .doc = "of a bulk insert"),
  ORR_FIELD (WalRecord, bytes, SIZE, .doc = "length"),
  ORR_FIELD (WalRecord, commits, COUNT, .doc = "how many records, itself the last, it makes visible"),
  ORR_FIELD (WalRecord, committed_at, DURATION, .doc = "of a commit: the primary's wall clock"),
  { 0 },
};

static const OrrField control_fields[] = {
  ORR_FIELD (Control, system_identifier, NUMBER, .doc = "which database this is"),
  ORR_FIELD (
      Control, backup_end, NUMBER,
      .doc
      = "of a replica that was made anew: it is consistent when it has replayed what is before this record"),
  ORR_FIELD (Control, shown_end, NUMBER, .doc = "commits before this record have been visible"),
  { 0 },
};

static const OrrRecord logs[] = {
  [LOG_WAL] = ORR_RECORD ("wal", WalRecord, wal_record_fields, .doc = "the write-ahead log"),
  { 0 },
};

static const OrrRecord cells[] = {
  [CELL_CONTROL]
  = ORR_RECORD ("control", Control, control_fields, .doc = "what a server notes about itself (pg_control)"),
  { 0 },
};

static const OrrField query_fields[] = {
  ORR_FIELD (Query, request, REQUEST, .doc = "whose it is"),
  ORR_FIELD (Query, steps, LIST, .fields = orr_step_fields, .element_size = sizeof (OrrStep),
             .doc = "what is asked"),
  { 0 },
};

static const OrrChoice outcomes[]
    = { { "ok", "done" }, { "fail", "without effect" }, { "unknown", "nobody knows" }, { 0 } };

static const OrrField result_fields[] = {
  ORR_FIELD (Result, request, REQUEST, .doc = "what it answers"),
  ORR_FIELD (Result, outcome, CHOICE, .choices = outcomes, .doc = "how it went"),
  ORR_FIELD (Result, values, LIST, .element = &orr_type_VALUE, .element_size = sizeof (OrrValue),
             .doc = "what was read, one a step"),
  ORR_FIELD (Result, versions, LIST, .element = &orr_type_NUMBER, .element_size = sizeof (guint64),
             .doc = "hidden order, one a step"),
  ORR_FIELD (Result, lsn, LSN,
             .doc
             = "the primary's insert position: after a commit, what a replica must have replayed to show it"),
  ORR_FIELD (Result, note, TEXT, .doc = "a warning, or why it failed"),
  { 0 },
};

static const OrrField position_query_fields[] = {
  ORR_FIELD (PositionQuery, request, REQUEST, .doc = "for which operation"),
  ORR_FIELD (PositionQuery, wanted, LSN, .doc = "what must be replayed"),
  ORR_FIELD (PositionQuery, patience, DURATION, .doc = "how long the replica may wait for it"),
  { 0 },
};

static const OrrField position_fields[] = {
  ORR_FIELD (Position, request, REQUEST, .doc = "for which operation"),
  ORR_FIELD (Position, reached, BOOL, .doc = "was it replayed in time"),
  ORR_FIELD (Position, replayed, LSN, .doc = "how far the replica is"),
  { 0 },
};

static const OrrField cancel_fields[] = {
  ORR_FIELD (Cancel, request, REQUEST, .doc = "which operation"),
  { 0 },
};

static const OrrField start_streaming_fields[] = {
  ORR_FIELD (StartStreaming, system_identifier, NUMBER, .doc = "whose log it follows; 0: it has none"),
  ORR_FIELD (StartStreaming, next, NUMBER, .doc = "the first record that the replica does not have"),
  { 0 },
};

static const OrrField streaming_fields[] = {
  ORR_FIELD (Streaming, system_identifier, NUMBER, .doc = "whose log this is"),
  ORR_FIELD (Streaming, end, NUMBER, .doc = "where it ends now"),
  { 0 },
};

static const OrrChoice end_reasons[] = {
  { "starting-up", "the primary is not open yet" },
  { "timeout", "the replica was silent for wal_sender_timeout" },
  { "other-system", "the replica holds log that this primary does not have" },
  { 0 },
};

static const OrrField end_of_streaming_fields[] = {
  ORR_FIELD (EndOfStreaming, reason, CHOICE, .choices = end_reasons, .doc = "why"),
  { 0 },
};

static const OrrField wal_fields[] = {
  ORR_FIELD (Wal, first, NUMBER, .doc = "index of the first record"),
  ORR_FIELD (Wal, records, LIST, .fields = wal_record_fields, .element_size = sizeof (WalRecord),
             .doc = "the log"),
  { 0 },
};

static const OrrField standby_status_fields[] = {
  ORR_FIELD (StandbyStatus, write, LSN, .doc = "the operating system has it up to here"),
  ORR_FIELD (StandbyStatus, flush, LSN, .doc = "it is on disk up to here"),
  ORR_FIELD (StandbyStatus, apply, LSN, .doc = "it is replayed up to here"),
  { 0 },
};

static const OrrRecord messages[] = {
  [MESSAGE_QUERY] = ORR_RECORD ("query", Query, query_fields, .flags = ORR_STREAM,
                                .doc = "an operation, from a router to a server"),
  [MESSAGE_RESULT] = ORR_RECORD ("result", Result, result_fields, .flags = ORR_STREAM, .doc = "its answer"),
  [MESSAGE_POSITION_QUERY]
  = ORR_RECORD ("position-query", PositionQuery, position_query_fields, .flags = ORR_STREAM,
                .doc = "has the replica replayed the session's last write?"),
  [MESSAGE_POSITION]
  = ORR_RECORD ("position", Position, position_fields, .flags = ORR_STREAM, .doc = "the answer to that"),
  [MESSAGE_CANCEL] = ORR_RECORD ("cancel", Cancel, cancel_fields, .flags = ORR_STREAM,
                                 .doc = "the client does not want to wait any more"),
  [MESSAGE_START_STREAMING]
  = ORR_RECORD ("start-streaming", StartStreaming, start_streaming_fields, .flags = ORR_STREAM,
                .doc = "a replica asks for the log from where its own ends"),
  [MESSAGE_STREAMING] = ORR_RECORD ("streaming", Streaming, streaming_fields, .flags = ORR_STREAM,
                                    .doc = "the primary will send it"),
  [MESSAGE_WAL] = ORR_RECORD ("wal", Wal, wal_fields, .flags = ORR_STREAM, .doc = "a stretch of flushed log"),
  [MESSAGE_END_OF_STREAMING]
  = ORR_RECORD ("end-of-streaming", EndOfStreaming, end_of_streaming_fields, .flags = ORR_STREAM,
                .doc = "the primary will not send it, or no longer"),
  [MESSAGE_STANDBY_STATUS] = ORR_RECORD ("standby-status", StandbyStatus, standby_status_fields,
                                         .flags = ORR_STREAM, .doc = "how far a replica has come"),
  { 0 },
};

static const OrrField request_timer_fields[] = {
  ORR_FIELD (RequestTimer, request, REQUEST, .doc = "which operation"),
  { 0 },
};

static const OrrField standby_timer_fields[] = {
  ORR_FIELD (StandbyTimer, standby, ADDRESS, .doc = "which standby"),
  { 0 },
};

static const OrrRecord timers[] = {
  [TIMER_WAL_WRITER] = { .name = "wal-writer", .doc = "the WAL writer's next look" },
  [TIMER_BULK] = ORR_RECORD ("bulk", RequestTimer, request_timer_fields,
                             .doc = "some more rows of a bulk insert are done"),
  [TIMER_STANDBY_SILENT]
  = ORR_RECORD ("standby-silent", StandbyTimer, standby_timer_fields, .flags = ORR_BACKGROUND,
                .doc = "a standby may have been silent for wal_sender_timeout"),
  [TIMER_STANDBYS_MISSING]
  = { .name = "standbys-missing", .doc = "a primary that was away waits until its standbys have noticed" },
  [TIMER_REPLAY] = { .name = "replay", .doc = "the next record is due for replay" },
  [TIMER_RETRY] = { .name = "retry", .doc = "a replica tries to reach the primary again" },
  [TIMER_STATUS] = { .name = "status", .flags = ORR_BACKGROUND, .doc = "a replica says how far it is" },
  [TIMER_PATIENCE] = ORR_RECORD ("patience", RequestTimer, request_timer_fields,
                                 .doc = "a reader has waited long enough for a replica"),
  { 0 },
};

static const OrrRecord syncs[] = {
  [SYNC_COMMIT] = { .name = "commit", .doc = "a commit's flush" },
  [SYNC_WAL_WRITER] = { .name = "wal-writer", .doc = "the WAL writer's flush" },
  [SYNC_RECEIVED] = { .name = "received", .doc = "a replica writes and flushes what it received" },
  [SYNC_RECOVERY] = { .name = "recovery", .doc = "a server that crashed makes durable what it found" },
  [SYNC_CONTROL] = { .name = "control", .doc = "a new server makes durable what it notes about itself" },
  { 0 },
};

static const OrrChoice reasons[] = {
  { "write", "it is a write" },
  { "policy", "the policy says so" },
  { "recent-write", "the session wrote within the window" },
  { "caught-up", "the replica has replayed the session's last write" },
  { "lagging", "the replica has not" },
  { "unreachable", "another server could not be reached" },
  { "forgotten", "the client host was down, and does not know what the session wrote" },
  { 0 },
};

static const OrrField routed_fields[] = {
  ORR_FIELD (Routed, request, REQUEST, .doc = "which read"),
  ORR_FIELD (Routed, to, ADDRESS, .doc = "where it went"),
  ORR_FIELD (Routed, why, CHOICE, .choices = reasons, .doc = "and why"),
  { 0 },
};

static const OrrField position_fact_fields[] = {
  ORR_FIELD (PositionFact, received, LSN, .doc = "the log up to here has arrived"),
  ORR_FIELD (PositionFact, flushed, LSN, .doc = "up to here it is on disk"),
  ORR_FIELD (PositionFact, replayed, LSN, .doc = "up to here it is visible"),
  { 0 },
};

static const OrrRecord facts[] = {
  [FACT_VERSION] = ORR_FACT_VERSION,
  [FACT_APPLIED] = ORR_FACT_APPLIED,
  [FACT_VALUE] = ORR_FACT_VALUE,
  [FACT_ROUTED] = ORR_RECORD ("routed", Routed, routed_fields, .doc = "a router sent a read somewhere"),
  [FACT_POSITION] = ORR_RECORD ("position", PositionFact, position_fact_fields,
                                .doc = "how far a replica is: said after a bulk insert and at the end"),
  { 0 },
};

static const OrrRecord actions[] = {
  [ACTION_PAUSE_REPLAY] = { .name = "pause-replay",
                            .doc = "a replica goes on receiving but replays nothing (pg_wal_replay_pause)" },
  [ACTION_RESUME_REPLAY] = { .name = "resume-replay", .doc = "it replays again" },
  [ACTION_FREEZE_RECEIVER]
  = { .name = "freeze-receiver", .doc = "a replica's WAL receiver stands still, its connection stays open" },
  [ACTION_THAW_RECEIVER] = { .name = "thaw-receiver", .doc = "it reads again" },
  { 0 },
};

static const OrrBug bugs[] = {
  [BUG_LSN_COMPARED_AS_TEXT]
  = { "lsn-compared-as-text", "read-your-writes",
      "Log positions are compared character by character: 0/9000000 counts as behind which 0/10000000 lies. "
      "A replica that has not replayed the write is taken for one that has. "
      "Shows when the log crosses a power of sixteen (`wal-start`).",
      "application scripts that compare pg_current_wal_lsn () as a string" },
  [BUG_NETWORK_ERROR_REPORTED_OK]
  = { "network-error-reported-ok", "durability",
      "When the connection breaks before a write is answered, the client library says that it succeeded. "
      "Needs a crash of the primary before the flush.",
      "client libraries that swallow connection errors on commit" },
  { 0 },
};

/* --- Pure functions of the options --- */

OrrTime
status_interval (const Options *options)
{
  OrrTime interval = options->wal_receiver_status_interval;
  return options->wal_sender_timeout > 0 ? MAX (MIN (interval, options->wal_sender_timeout / 2), 1)
                                         : interval;
}

gboolean
waits_for_standbys (const Options *options)
{
  return options->synchronous_commit > COMMIT_LOCAL && options->synchronous_standby_names
         && options->synchronous_standby_names->wanted > 0;
}

Spread
spread_of (const RouterOptions *options)
{
  switch (options->policy)
    {
    case POLICY_RANDOM:
      return SPREAD_RANDOM;
    case POLICY_ROUND_ROBIN:
      return SPREAD_ROUND_ROBIN;
    case POLICY_STICKY:
      return SPREAD_STICKY;
    default:
      return (Spread) options->spread;
    }
}

/* Is that the name of one of the replicas, as the layout has them? */
static gboolean
is_replica (const Options *options, const char *name)
{
  char expected[24];
  gint64 number
      = g_str_has_prefix (name, "replica") ? g_ascii_strtoll (name + strlen ("replica"), NULL, 10) : 0;
  g_snprintf (expected, sizeof expected, "replica%" G_GINT64_FORMAT, number);
  return number >= 1 && number <= options->replicas && g_str_equal (name, expected);
}

static void
validate (gconstpointer data, OrrProblems *problems)
{
  const Options *options = data;
  if (options->replicas == 0 && options->router.policy != POLICY_PRIMARY_ONLY)
    orr_problems_add_at (problems, "router", "use `policy: primary-only`, or have a replica",
                         "there is no replica to read from");
  if (options->wal_start > WAL_START_MAX)
    orr_problems_add_at (problems, "wal-start", "start below 80000000/0",
                         "a log that starts there soon comes to the end of all positions");
  const ReplicaDelay *delays = options->apply_delays.data;
  for (guint i = 0; i < options->apply_delays.length; i++)
    if (!is_replica (options, delays[i].replica))
      {
        g_autofree char *path = g_strconcat ("apply-delays.", delays[i].replica, NULL);
        g_autofree char *remedy
            = options->replicas > 1
                  ? g_strdup_printf ("they are replica1 to replica%u", options->replicas)
                  : g_strdup (options->replicas == 1 ? "there is replica1 alone" : "there is none");
        orr_problems_add_at (problems, path, remedy, "'%s' is no replica", delays[i].replica);
      }
}

static void
layout (gconstpointer data, OrrLayout *layout)
{
  const Options *options = data;
  orr_layout_add (layout, ROLE_PRIMARY, "primary");
  for (guint i = 1; i <= options->replicas; i++)
    orr_layout_add (layout, ROLE_REPLICA, "replica%u", i);
}

/* Is every replica awaited, up to its replay? Then no replica misses what was acknowledged. */
static gboolean
replicas_are_current (const Options *options)
{
  return options->synchronous_commit == COMMIT_REMOTE_APPLY && waits_for_standbys (options)
         && options->synchronous_standby_names->wanted >= options->replicas;
}

/* Are there as many of the awaited standbys as a commit waits for? Else it waits for ever, and standbys show
 * what the primary does not. */
static gboolean
commits_can_end (const Options *options)
{
  const StandbyNames *names = options->synchronous_standby_names;
  guint n = 0;
  if (!waits_for_standbys (options))
    return TRUE;
  for (guint i = 1; i <= options->replicas; i++)
    {
      char name[24];
      g_snprintf (name, sizeof name, "replica%u", i);
      n += standby_names_priority (names, name) > 0;
    }
  return n >= names->wanted;
}

/* What is borne. A replica whose disk is lost is made anew from the primary; what the primary has lost is
 * lost, and its replicas can't follow it any more. */
static void
claim_faults (OrrClaims *claims)
{
  static const char *const borne[]
      = { "stop",          "crash-process", "crash-os", "pause",        "partition",     "link",
          "slow",          "clock",         "disk",     "pause-replay", "resume-replay", "freeze-receiver",
          "thaw-receiver", "cancel",        "flap",     "corrupt",      "clog",          "hold",
          "priorities",    "collapse",      "swizzle",  "inbox",        "clock-drift",   "clock-stop",
          "clock-lie",     "disk-slow",     "disk-full" };
  for (guint i = 0; i < G_N_ELEMENTS (borne); i++)
    orr_claim_bears (claims, borne[i]);
  orr_claim_bears_at (claims, "crash-disk", replica_role.name);
  orr_claim_bears_at (claims, "crash-disk", router_role.name);
}

/* What is promised whatever happens to nodes, links and clocks. Where an acknowledged commit may be lost, a
 * read may miss it; still no write takes its place before what its session wrote or read earlier.
 *
 * A replica that an operator holds back does not converge. A commit whose wait is cancelled is acknowledged
 * before the replicas have it.
 *
 * Not promised are `progress`, since who uses a connection that died in silence does not learn whether the
 * write came through; and monotonic reads of a sticky session, since a transaction that also writes reads at
 * the primary. */
static void
claims (gconstpointer data, guint64 switched_on, OrrClaims *claims)
{
  const Options *options = data;
  Policy policy = (Policy) options->router.policy;
  gboolean lsn_works = policy == POLICY_LSN && !(switched_on >> BUG_LSN_COMPARED_AS_TEXT & 1);

  claim_faults (claims);
  if (commits_can_end (options))
    orr_claim (claims, "convergence");
  orr_claim_unless (claims, "convergence", "pause-replay");
  orr_claim_unless (claims, "convergence", "freeze-receiver");
  orr_claim (claims, "monotonic-writes");
  orr_claim (claims, "writes-follow-reads");
  if (options->synchronous_commit == COMMIT_OFF || switched_on >> BUG_NETWORK_ERROR_REPORTED_OK & 1)
    return;
  orr_claim (claims, "durability");
  if (policy == POLICY_PRIMARY_ONLY || lsn_works || replicas_are_current (options))
    orr_claim (claims, "read-your-writes");
  if (policy == POLICY_PRIMARY_ONLY)
    orr_claim (claims, "monotonic-reads");
  else if (!lsn_works)
    orr_claim_unless (claims, "read-your-writes", "cancel");
}

static const OrrRole *const roles[]
    = { [ROLE_PRIMARY] = &primary_role, [ROLE_REPLICA] = &replica_role, NULL };
static const char *const objects[] = { "register", "map", "list-append", "set", "counter", "bank", NULL };
static const char *const draws[] = { "apply-delay", "replica", "system-identifier", NULL };

const OrrModel orr_model_primary_replica = {
  .abi = ORR_MODEL_ABI,
  .entry = {
    .name = "primary-replica",
    .summary = "One server takes writes, replicas follow its log, a router decides where reads go",
    .doc = "A primary with streaming replicas, with the terms and semantics of PostgreSQL 15. A write is "
           "answered when `synchronous-commit` is content; a replica shows it when it has replayed it. What "
           "a session can notice of the time in between depends on the router's policy.",
    .size = sizeof (Options),
    .fields = option_fields,
  },
  .messages = messages,
  .timers = timers,
  .syncs = syncs,
  .logs = logs,
  .cells = cells,
  .facts = facts,
  .actions = actions,
  .roles = roles,
  .client = &router_role,
  .bugs = bugs,
  .objects = objects,
  .draws = draws,
  .validate = validate,
  .layout = layout,
  .claims = claims,
};
