/* toy-catalog.h: a small world for the tests of the scenario language.
 *
 * A model with options of every kind, and faults, properties and figures like the real ones: the language can
 * be tested against it whatever the real ones become. */
#pragma once

#include "base/quantity.h"
#include "engine/model.h"
#include "scenario/scenario.h"

#include <string.h>

/* --- The model: a primary, its replicas, and a router with policies --- */

typedef enum
{
  TOY_PRIMARY_ONLY,
  TOY_TIME_WINDOW,
  TOY_LSN
} ToyPolicy;

typedef struct
{
  gint32 policy;
  OrrTime window, wait;
} ToyRouter;

typedef struct
{
  const char *replica;
  OrrDistribution *delay;
} ToyDelay;

typedef struct
{
  guint32 replicas;
  gint32 synchronous_commit;
  const char *standby_names;
  OrrDistribution *apply_delay;
  OrrArray apply_delays; /* ToyDelay */
  OrrArray spares;       /* const char * */
  gint64 record_bytes, share;
  double factor;
  gboolean fencing;
  ToyRouter router;
} ToyOptions;

static const OrrChoice toy_commits[] = { { "off", "" }, { "local", "" }, { "on", "" }, { 0 } };
static const OrrChoice toy_policies[]
    = { { "primary-only", "" }, { "time-window", "" }, { "lsn", "" }, { 0 } };

static const OrrField toy_router_fields[] = {
  ORR_FIELD (ToyRouter, policy, CHOICE, .choices = toy_policies, .initial = "primary-only",
             .doc = "who is asked"),
  ORR_FIELD (ToyRouter, window, DURATION, .tag = "policy", .when = "time-window", .initial = "5s", .least = 0,
             .most = -1, .doc = "how long the primary is asked after a write"),
  ORR_FIELD (ToyRouter, wait, DURATION, .tag = "policy", .when = "lsn", .required = TRUE,
             .doc = "how long a read waits"),
  { 0 },
};

static const OrrField toy_delay_fields[] = {
  ORR_FIELD (ToyDelay, replica, NAME, .required = TRUE, .doc = "whose"),
  ORR_FIELD (ToyDelay, delay, DISTRIBUTION, .required = TRUE, .doc = "how long"),
  { 0 },
};

static const OrrField toy_option_fields[] = {
  ORR_FIELD (ToyOptions, replicas, COUNT, .initial = "2", .least = 1, .most = 200000, .doc = "how many"),
  ORR_FIELD (ToyOptions, synchronous_commit, CHOICE, .choices = toy_commits, .initial = "on",
             .doc = "what a commit waits for"),
  ORR_FIELD (ToyOptions, standby_names, TEXT, .doc = "who is waited for"),
  ORR_FIELD (ToyOptions, apply_delay, DISTRIBUTION, .initial = "0s", .doc = "how long replay takes"),
  ORR_FIELD (ToyOptions, apply_delays, MAP, .fields = toy_delay_fields, .element_size = sizeof (ToyDelay),
             .shorthand = "delay", .doc = "the same for one replica"),
  ORR_FIELD (ToyOptions, spares, LIST, .element = &orr_type_NAME, .element_size = sizeof (const char *),
             .doc = "more nodes"),
  ORR_FIELD (ToyOptions, record_bytes, SIZE, .initial = "64B", .doc = "size of a record"),
  ORR_FIELD (ToyOptions, share, SHARE, .doc = "of something"),
  ORR_FIELD (ToyOptions, factor, REAL, .doc = "of something else"),
  ORR_FIELD (ToyOptions, fencing, BOOL, .initial = "true", .doc = "whether an old primary is kept out"),
  ORR_FIELD (ToyOptions, router, RECORD, .fields = toy_router_fields, .shorthand = "policy",
             .doc = "where reads go"),
  { 0 },
};

typedef struct
{
  gint32 level;
  const char *table;
} ToyAttributes;

static const OrrChoice toy_levels[] = { { "one", "" }, { "quorum", "" }, { "all", "" }, { 0 } };

static const OrrField toy_attribute_fields[] = {
  ORR_FIELD (ToyAttributes, level, CHOICE, .choices = toy_levels, .initial = "one",
             .doc = "how many must answer"),
  ORR_FIELD (ToyAttributes, table, NAME, .doc = "which table"),
  { 0 },
};

static const OrrRecord toy_attributes = ORR_RECORD ("attributes", ToyAttributes, toy_attribute_fields);

typedef struct
{
  guint64 term;
  OrrKey key;
  OrrValue value;
  OrrAddress leader;
  OrrArray entries;
} ToyMessage;

static const OrrField toy_message_fields[] = {
  ORR_FIELD (ToyMessage, term, NUMBER, .doc = "the term"),
  ORR_FIELD (ToyMessage, key, KEY, .doc = "the key"),
  ORR_FIELD (ToyMessage, value, VALUE, .doc = "the value"),
  ORR_FIELD (ToyMessage, leader, ADDRESS, .doc = "who leads"),
  ORR_FIELD (ToyMessage, entries, LIST, .element = &orr_type_VALUE, .element_size = sizeof (OrrValue),
             .doc = "entries"),
  { 0 },
};

static const OrrRecord toy_messages[] = {
  ORR_RECORD ("wal", ToyMessage, toy_message_fields, .flags = ORR_STREAM),
  ORR_RECORD ("vote-request", ToyMessage, toy_message_fields),
  { .name = "ping", .flags = ORR_BACKGROUND },
  { 0 },
};

static const OrrRecord toy_timers[] = {
  ORR_RECORD ("election", ToyMessage, toy_message_fields),
  { .name = "heartbeat", .flags = ORR_BACKGROUND },
  { 0 },
};

static const OrrRecord toy_facts[] = { ORR_RECORD ("leader", ToyMessage, toy_message_fields), { 0 } };

typedef struct
{
  const char *from;
  guint32 times;
} ToyAction;

static const OrrField toy_action_fields[] = {
  ORR_FIELD (ToyAction, from, NODE, .doc = "from whom"),
  ORR_FIELD (ToyAction, times, COUNT, .initial = "1", .doc = "how often"),
  { 0 },
};

static const OrrRecord toy_actions[] = {
  { .name = "promote" },
  ORR_RECORD ("move_away", ToyAction, toy_action_fields),
  { 0 },
};

static const OrrBug toy_bugs[] = {
  { "lsn-compared-as-text", "read-your-writes", "LSNs are compared as text", "" },
  { "vote-not-persisted", "durability", "votes are lost", "" },
  { 0 },
};

static const char *const toy_objects[] = { "register", "bank", "list-append", "counter", NULL };
static const char *const toy_draws[] = { "apply-delay", "pick", NULL };

static void
toy_validate (gconstpointer options, OrrProblems *problems)
{
  const ToyOptions *toy = options;
  if (toy->router.policy == TOY_LSN && toy->router.wait > 60 * ORR_SECOND)
    orr_problems_add_at (problems, "router.wait", "wait for a minute at most", "nobody waits so long");
  if (toy->standby_names && strcmp (toy->standby_names, "nobody") == 0)
    orr_problems_add_at (problems, "standby-names", NULL, "nobody is no standby");
}

static void
toy_layout (gconstpointer options, OrrLayout *layout)
{
  const ToyOptions *toy = options;
  orr_layout_add (layout, 0, "primary");
  for (guint i = 0; i < toy->replicas; i++)
    orr_layout_add (layout, 1, "replica%u", i + 1);
  for (guint i = 0; i < toy->spares.length; i++)
    orr_layout_add (layout, 1, "%s", ((const char *const *) toy->spares.data)[i]);
}

static void
toy_claims (gconstpointer options, guint64 bugs, OrrClaims *claims)
{
  orr_claim (claims, "convergence");
  if (bugs == 0 && ((const ToyOptions *) options)->router.policy == TOY_PRIMARY_ONLY)
    orr_claim (claims, "read-your-writes");
  orr_claim_unless (claims, "convergence", "move-away");
  orr_claim_unless (claims, "convergence", "cancel");
  orr_claim_bears (claims, "crash-process");
  orr_claim_bears (claims, "crash-os");
  orr_claim_bears_at (claims, "crash-disk", "replica");
  orr_claim_bears (claims, "partition");
  orr_claim_bears (claims, "move-away");
  orr_claim_bears (claims, "cancel");
}

static const OrrRole toy_primary = { .name = "leader" }, toy_replica = { .name = "replica" };
static const OrrRole *const toy_roles[] = { &toy_primary, &toy_replica, NULL };

static const OrrModel toy_model = {
  .abi = ORR_MODEL_ABI,
  .entry = { .name = "primary-replica",
             .summary = "A toy",
             .size = sizeof (ToyOptions),
             .fields = toy_option_fields },
  .attributes = &toy_attributes,
  .messages = toy_messages,
  .timers = toy_timers,
  .facts = toy_facts,
  .actions = toy_actions,
  .roles = toy_roles,
  .bugs = toy_bugs,
  .objects = toy_objects,
  .draws = toy_draws,
  .validate = toy_validate,
  .layout = toy_layout,
  .claims = toy_claims,
};

/* A second one: no options, no attributes, any object; two actors share a node. */
static void
plain_layout (gconstpointer options G_GNUC_UNUSED, OrrLayout *layout)
{
  guint node = orr_layout_add_node (layout, "box");
  orr_layout_add_actor (layout, node, 0, "left");
  orr_layout_add_actor (layout, node, 0, "right");
}

static const OrrModel plain_model = {
  .abi = ORR_MODEL_ABI,
  .entry = { .name = "two-in-a-box", .summary = "Another toy" },
  .layout = plain_layout,
};

/* --- Faults --- */

typedef struct
{
  const char *node;
} ToyStop;
typedef struct
{
  const char *node;
  gint32 kind;
} ToyCrash;
typedef struct
{
  OrrArray nodes;
} ToySet;
typedef struct
{
  OrrArray sets;
  const char *from, *to, *isolate;
  gint32 shape;
} ToyPartition;
typedef struct
{
  const char *from, *to;
  OrrDistribution *latency;
  gint64 loss;
} ToyLink;
typedef struct
{
  const char *node;
  OrrTime jump;
} ToyClock;
typedef struct
{
  const char *node;
  OrrTime stall;
} ToyDisk;
typedef struct
{
  const char *node;
  double factor;
} ToySlow;

static const OrrChoice toy_crash_kinds[] = { { "process", "" }, { "os", "" }, { "disk", "" }, { 0 } };
static const OrrChoice toy_shapes[] = { { "majority", "" }, { "minority", "" }, { 0 } };

static const OrrField toy_stop_fields[] = { ORR_FIELD (ToyStop, node, NODE, .required = TRUE), { 0 } };
static const OrrField toy_crash_fields[] = {
  ORR_FIELD (ToyCrash, node, NODE, .required = TRUE),
  ORR_FIELD (ToyCrash, kind, CHOICE, .choices = toy_crash_kinds, .initial = "process"),
  { 0 },
};
static const OrrField toy_set_fields[] = {
  ORR_FIELD (ToySet, nodes, LIST, .element = &orr_type_NODE, .element_size = sizeof (const char *),
             .required = TRUE),
  { 0 },
};
static const OrrField toy_partition_fields[] = {
  ORR_FIELD (ToyPartition, sets, LIST, .fields = toy_set_fields, .element_size = sizeof (ToySet),
             .shorthand = "nodes"),
  ORR_FIELD (ToyPartition, from, NODE),
  ORR_FIELD (ToyPartition, to, NODE),
  ORR_FIELD (ToyPartition, isolate, NODE),
  ORR_FIELD (ToyPartition, shape, CHOICE, .choices = toy_shapes),
  { 0 },
};
static void
toy_partition_validate (gconstpointer settings, OrrProblems *problems)
{
  const ToyPartition *partition = settings;
  if (partition->sets.data && partition->sets.length < 2)
    orr_problems_add_at (problems, "sets", "name two", "one set alone cuts nobody off");
}

static const OrrField toy_link_fields[] = {
  ORR_FIELD (ToyLink, from, NODE),
  ORR_FIELD (ToyLink, to, NODE),
  ORR_FIELD (ToyLink, latency, DISTRIBUTION),
  ORR_FIELD (ToyLink, loss, SHARE),
  { 0 },
};
static const OrrField toy_clock_fields[] = {
  ORR_FIELD (ToyClock, node, NODE, .required = TRUE),
  ORR_FIELD (ToyClock, jump, DURATION, .initial = "10s"),
  { 0 },
};
static const OrrField toy_disk_fields[] = {
  ORR_FIELD (ToyDisk, node, NODE, .required = TRUE),
  ORR_FIELD (ToyDisk, stall, DURATION, .initial = "1s"),
  { 0 },
};
static const OrrField toy_slow_fields[] = {
  ORR_FIELD (ToySlow, node, NODE, .required = TRUE),
  ORR_FIELD (ToySlow, factor, REAL, .required = TRUE, .least = 1, .most = 1000),
  { 0 },
};

static const OrrEntry toy_stop
    = { .name = "stop", .size = sizeof (ToyStop), .fields = toy_stop_fields, .scalar = "node" };
static const OrrEntry toy_crash
    = { .name = "crash", .size = sizeof (ToyCrash), .fields = toy_crash_fields, .scalar = "node" };
static const OrrEntry toy_partition = { .name = "partition",
                                        .size = sizeof (ToyPartition),
                                        .fields = toy_partition_fields,
                                        .scalar = "shape",
                                        .list = "sets",
                                        .validate = toy_partition_validate };
static const OrrEntry toy_link = { .name = "link", .size = sizeof (ToyLink), .fields = toy_link_fields };
static const OrrEntry toy_pause
    = { .name = "pause", .size = sizeof (ToyStop), .fields = toy_stop_fields, .scalar = "node" };
static const OrrEntry toy_clock = { .name = "clock", .size = sizeof (ToyClock), .fields = toy_clock_fields };
static const OrrEntry toy_disk = { .name = "disk", .size = sizeof (ToyDisk), .fields = toy_disk_fields };
static const OrrEntry toy_slow = { .name = "slow", .size = sizeof (ToySlow), .fields = toy_slow_fields };
static const char *
toy_action_endless (gconstpointer settings G_GNUC_UNUSED)
{
  return "an action has no end";
}

static const OrrEntry toy_action = { .name = "action", .endless = toy_action_endless };

/* --- What is expected --- */

static const OrrEntry toy_read_your_writes = { .name = "read-your-writes" };
static const OrrEntry toy_convergence = { .name = "convergence", .is_liveness = TRUE };
static const OrrEntry toy_durability = { .name = "durability" };

static const OrrMeasureEntry toy_latency
    = { { .name = "latency" }, &orr_type_DURATION, TRUE, FALSE, orr_sample_statistics };
static const OrrMeasureEntry toy_staleness
    = { { .name = "staleness" }, &orr_type_DURATION, FALSE, FALSE, orr_sample_statistics };
static const OrrMeasureEntry toy_share = { { .name = "share" }, &orr_type_SHARE, TRUE, TRUE, NULL };
static const OrrMeasureEntry toy_success = { { .name = "success" }, &orr_type_SHARE, FALSE, FALSE, NULL };
static const OrrMeasureEntry toy_throughput
    = { { .name = "throughput" }, &orr_type_REAL, FALSE, FALSE, NULL, "/s" };

/* --- All of it --- */

static const OrrModel *const toy_models[] = { &toy_model, &plain_model, NULL };
static const OrrEntry *const toy_faults[] = { &toy_stop,  &toy_crash, &toy_partition, &toy_link,   &toy_pause,
                                              &toy_clock, &toy_disk,  &toy_slow,      &toy_action, NULL };
static const OrrEntry *const toy_properties[]
    = { &toy_read_your_writes, &toy_convergence, &toy_durability, NULL };
static const OrrMeasureEntry *const toy_measures[]
    = { &toy_latency, &toy_staleness, &toy_share, &toy_success, &toy_throughput, NULL };

static const OrrCatalog toy_catalog = {
  .models = toy_models,
  .objects = orr_objects,
  .faults = toy_faults,
  .properties = toy_properties,
  .measures = toy_measures,
};
