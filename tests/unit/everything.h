/* everything.h: a record that has a field of every type, for the tests of fields and documents. */
#pragma once

#include "base/field.h"
#include "base/operation.h"

#include <string.h>

enum
{
  POLICY_RANDOM,
  POLICY_TIME_WINDOW,
  POLICY_LSN,
};

static const OrrChoice policies[] = {
  { "random", "any" },
  { "time-window", "the primary for a while after a write" },
  { "lsn", "a replica that has come far enough" },
  { 0 },
};

static const OrrChoice commits[] = { { "off", "" }, { "on", "" }, { "remote_write", "" }, { 0 } };

typedef struct
{
  gint32 policy;
  OrrTime window;
  gint32 fallback;
  guint32 tries; /* depends on what itself depends on the policy */
} Router;

static const OrrField router_fields[] = {
  ORR_FIELD (Router, policy, CHOICE, .choices = policies, .initial = "random", .doc = "which server"),
  ORR_FIELD (Router, window, DURATION, .tag = "policy", .when = "time-window", .initial = "5s", .least = 0,
             .most = 60 * ORR_SECOND, .doc = "how long"),
  ORR_FIELD (Router, fallback, CHOICE, .choices = commits, .tag = "policy", .when = "lsn|time-window", .doc = "else"),
  ORR_FIELD (Router, tries, COUNT, .tag = "fallback", .when = "on", .doc = "how often"),
  { 0 },
};

typedef struct
{
  const char *from, *to;
  gint64 loss;
  OrrDistribution *latency;
} Link;

static const OrrField link_fields[] = {
  ORR_FIELD (Link, from, NODE, .required = TRUE, .doc = "where it starts"),
  ORR_FIELD (Link, to, NODE, .doc = "where it ends"),
  ORR_FIELD (Link, loss, SHARE, .initial = "0", .doc = "lost"),
  ORR_FIELD (Link, latency, DISTRIBUTION, .doc = "one way"),
  { 0 },
};

typedef struct
{
  OrrArray members;
} Group;

static const OrrField group_fields[] = {
  ORR_FIELD (Group, members, LIST, .element = &orr_type_NODE, .element_size = sizeof (const char *), .doc = "together"),
  { 0 },
};

typedef struct
{
  OrrKey key;
  OrrValue value;
  const char *note;
} Pair;

static const OrrField pair_fields[] = {
  ORR_FIELD (Pair, key, KEY, .doc = "which"),
  ORR_FIELD (Pair, value, VALUE, .doc = "what"),
  ORR_FIELD (Pair, note, TEXT, .doc = "why"),
  { 0 },
};

typedef struct
{
  gboolean flag;
  gint64 integer;
  guint32 count;
  guint64 number;
  double real;
  OrrTime duration;
  OrrDistribution *distribution;
  gint64 size, bit_rate, share, drift;
  const char *text, *name, *node;
  OrrAddress address;
  OrrKey key;
  OrrValue value;
  OrrRequest request;
  gint32 commit;
  Router router;
  OrrArray names;  /* const char * */
  OrrArray values; /* OrrValue */
  OrrArray links;  /* Link; a bare name is `from` */
  OrrArray groups; /* Group; a bare list is `members` */
  OrrArray pairs;  /* Pair, by key; a bare value is `value` */
} Everything;

static const OrrField everything_fields[] = {
  ORR_FIELD (Everything, flag, BOOL, .initial = "true", .doc = "a boolean"),
  ORR_FIELD (Everything, integer, INT, .least = -1000, .most = 1000, .doc = "an integer"),
  ORR_FIELD (Everything, count, COUNT, .initial = "1", .least = 1, .doc = "a count"),
  ORR_FIELD (Everything, number, NUMBER, .doc = "a number"),
  ORR_FIELD (Everything, real, REAL, .doc = "a real"),
  ORR_FIELD (Everything, duration, DURATION, .initial = "60s", .doc = "a duration"),
  ORR_FIELD (Everything, distribution, DISTRIBUTION, .initial = "500us", .doc = "a distribution"),
  ORR_FIELD (Everything, size, SIZE, .doc = "a size"),
  ORR_FIELD (Everything, bit_rate, BIT_RATE, .doc = "a bit rate"),
  ORR_FIELD (Everything, share, SHARE, .initial = "0.01%", .doc = "a share"),
  ORR_FIELD (Everything, drift, DRIFT, .doc = "a drift"),
  ORR_FIELD (Everything, text, TEXT, .doc = "a text"),
  ORR_FIELD (Everything, name, NAME, .doc = "a name"),
  ORR_FIELD (Everything, node, NODE, .doc = "a node"),
  ORR_FIELD (Everything, address, ADDRESS, .doc = "an address"),
  ORR_FIELD (Everything, key, KEY, .doc = "a key"),
  ORR_FIELD (Everything, value, VALUE, .initial = "nil", .doc = "a value"),
  ORR_FIELD (Everything, request, REQUEST, .doc = "a request"),
  ORR_FIELD (Everything, commit, CHOICE, .choices = commits, .initial = "on", .doc = "a choice"),
  ORR_FIELD (Everything, router, RECORD, .fields = router_fields, .shorthand = "policy", .doc = "a record"),
  ORR_FIELD (Everything, names, LIST, .element = &orr_type_NAME, .element_size = sizeof (const char *),
             .initial = "[s1, s2]", .doc = "a list of names"),
  ORR_FIELD (Everything, values, LIST, .element = &orr_type_VALUE, .element_size = sizeof (OrrValue),
             .doc = "a list of values"),
  ORR_FIELD (Everything, links, LIST, .fields = link_fields, .element_size = sizeof (Link), .shorthand = "from",
             .doc = "a list of records"),
  ORR_FIELD (Everything, groups, LIST, .fields = group_fields, .element_size = sizeof (Group), .shorthand = "members",
             .doc = "a list of lists"),
  ORR_FIELD (Everything, pairs, MAP, .fields = pair_fields, .element_size = sizeof (Pair), .shorthand = "value",
             .doc = "a map"),
  { 0 },
};

static const char *const node_names[] = { "primary", "replica1", "replica2", "client1" };

/* A context with an arena and terms of its own. */
static inline OrrContext
context_new (void)
{
  return (OrrContext) { .arena = orr_arena_new (),
                        .terms = orr_terms_new (),
                        .names = node_names,
                        .n_names = G_N_ELEMENTS (node_names) };
}

static inline void
context_clear (OrrContext *context)
{
  orr_arena_free (context->arena);
  orr_terms_unref (context->terms);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OrrContext, context_clear)
