/* catalog.h: all that a scenario can name.
 *
 * A scenario speaks of models, objects, faults, properties and figures. They live in rooms above the parser, which must know them all the
 * same, to check a file before anything runs. So each has a description (a name, what it is, its settings as a field table), and the parser is
 * handed a catalog of descriptions. What they do stays in their own rooms: an OrrRole is opaque here. */
#pragma once

#include "base/field.h"

G_BEGIN_DECLS

/* What can be said about anything that a scenario can name. The first member of each thing's own table. */
typedef struct
{
  const char *name;       /* as scenarios write it */
  const char *summary;    /* one line, no full stop */
  const char *doc;        /* paragraphs, Markdown; with the source */
  gsize size;             /* sizeof its settings; 0: none */
  const OrrField *fields; /* its settings */
  const char *scalar;     /* the setting that a bare word stands for: `crash: replica1` is `crash: {node: replica1}`; NULL: none */
  const char *list;       /* the setting that a bare list stands for: `partition: [[a], [b]]`; NULL: none */
  void (*validate) (gconstpointer settings, OrrProblems *problems); /* of faults and objects: what the fields can't say; may be NULL */
  /* Of faults: why one of such settings has no end, "a wall clock stays as it was set", so that `for` means nothing to it. NULL, also as an
   * answer: it ends. */
  const char *(*endless) (gconstpointer settings);
  gboolean is_liveness; /* Of properties: something comes about in the end, once all is mended and messages get through. */
} OrrEntry;

/* A figure that a report can print and a scenario expect: `name[.operation][.node].statistic`. */
typedef struct
{
  OrrEntry entry;
  const OrrType *type;           /* of a value: DURATION, SHARE, COUNT (as REAL), REAL */
  gboolean by_operation, by_node; /* may be narrowed to a kind of operation ("read", "write"), to a node */
  const char *const *statistics; /* ends with NULL; NULL: there is one value, and the name has no statistic */
  const char *unit;              /* printed behind a plain number: "/s"; NULL: nothing */
} OrrMeasureEntry;

/* mean min p50 p90 p95 p99 p999 max: what is said of any sample. All are of the measure's type. */
extern ORR_PUBLIC const char *const orr_sample_statistics[];

/* Who stands where: a pure function of a model's options. A node is a machine with its clock, disk and processor; on it run one or several
 * actors, each an instance of a role with an address of its own. */
typedef struct
{
  const char *name; /* of the actor: its node's name, unless several share a node */
  guint node;       /* index into the nodes */
  guint role;       /* index into the model's roles, or ORR_ROLE_CLIENT */
} OrrActorPlace;

#define ORR_ROLE_CLIENT G_MAXUINT

typedef struct
{
  OrrArena *arena;
  GPtrArray *nodes;  /* const char *: names */
  GArray *actors;    /* OrrActorPlace, by address */
} OrrLayout;

ORR_PUBLIC OrrLayout *orr_layout_new (OrrArena *arena);
ORR_PUBLIC void orr_layout_free (OrrLayout *layout); /* the names stay with the arena; accepts NULL */

/* A node that bears one actor of its own name; returns the actor's address. */
ORR_PUBLIC OrrAddress orr_layout_add (OrrLayout *layout, guint role, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* A node without actors, and an actor on a node. */
ORR_PUBLIC guint orr_layout_add_node (OrrLayout *layout, const char *format, ...) G_GNUC_PRINTF (2, 3);
ORR_PUBLIC OrrAddress orr_layout_add_actor (OrrLayout *layout, guint node, guint role, const char *format, ...) G_GNUC_PRINTF (4, 5);
ORR_PUBLIC OrrAddress orr_layout_find (const OrrLayout *layout, const char *name); /* an actor; ORR_NOBODY */
ORR_PUBLIC gint orr_layout_find_node (const OrrLayout *layout, const char *name);  /* -1 */

/* What a model promises with given options: the default `expect:`, and which faults it bears while keeping it. A fault is named as in `choose`:
 * `partition` in all its shapes, `crash-os` in one; an action by its own name; `cancel` is a client that cancels an operation. A scenario that
 * plans what the model does not bear is promised nothing. And where messages of some kind are lost for good, however often they are sent, nothing
 * is promised that has to come about in the end: no model could. */
typedef struct OrrClaims OrrClaims;
ORR_PUBLIC OrrClaims *orr_claims_new (void);
ORR_PUBLIC void orr_claims_free (OrrClaims *claims); /* accepts NULL */
ORR_PUBLIC void orr_claim (OrrClaims *claims, const char *property);
/* The property is promised as long as the scenario does not plan this fault, which the model bears otherwise. */
ORR_PUBLIC void orr_claim_unless (OrrClaims *claims, const char *property, const char *fault);
ORR_PUBLIC void orr_claim_bears (OrrClaims *claims, const char *fault);
/* The same where it strikes actors of that role alone. */
ORR_PUBLIC void orr_claim_bears_at (OrrClaims *claims, const char *fault, const char *role);
ORR_PUBLIC const char *const *orr_claims_get_properties (const OrrClaims *claims); /* ends with NULL; in the order of claiming */
ORR_PUBLIC const char *const *orr_claims_get_faults (const OrrClaims *claims);     /* those borne wherever they strike */
/* Does the promise stand with this fault? */
ORR_PUBLIC gboolean orr_claims_keep (const OrrClaims *claims, const char *property, const char *fault);
/* Is this fault borne, at this role (NULL: at any)? */
ORR_PUBLIC gboolean orr_claims_bear (const OrrClaims *claims, const char *fault, const char *role);

/* A rule on a model's facts: what the property of that name means for this model. `per` and `value` name fields of the fact's table, several
 * with blanks between them; `node` is whoever said it, where the table has no field of that name. Rules compare facts of equal `per`, and look at
 * their `value`. lib/check/rule-*.c has the rules, docs/properties.md explains them. */
typedef struct
{
  const char *property; /* "election-safety"; several rules may bear one name: the property is all of them */
  const char *rule;     /* "unique" */
  const char *fact, *per, *value;
  const char *source;   /* paper and section */
  const char *when;     /* only such facts count: "outcome=commit", with '|' between several words; NULL: all */
  const char *other;    /* for rules that hold a fact against another one: that one, whose table has the fields of `per` too */
  const char *other_when;
  const char *among;    /* for those that speak of certain nodes: the fact by which a node says that it is one */
} OrrInvariant;

#define ORR_INVARIANT_FIELDS_MAX 7 /* of per, and of value */

/* A kind of rule, and which parts of an invariant it needs; it understands no others. */
typedef enum
{
  ORR_RULE_PER = 1 << 0,
  ORR_RULE_VALUE = 1 << 1,
  ORR_RULE_OTHER = 1 << 2,
  ORR_RULE_AMONG = 1 << 3,
  ORR_RULE_AMONG_VALUE = 1 << 4, /* the table of `among` has the fields of `value`, not of `per` */
} OrrRuleParts;

typedef struct
{
  OrrEntry entry;
  OrrRuleParts needs, takes; /* takes: and those that it can do without */
} OrrRuleEntry;

/* A known mistake that a scenario can switch on: `model: {name: …, bugs: […]}`. */
typedef struct
{
  const char *name;   /* "lsn-compared-as-text" */
  const char *breaks; /* the property that it breaks */
  const char *doc;    /* what goes wrong, which faults it needs */
  const char *source; /* where it happened */
} OrrBug;

typedef struct OrrRole OrrRole; /* engine/model.h */

/* A role's name, which is its first member: all that can be said of a role here. */
static inline const char *
orr_role_name (const OrrRole *role)
{
  return *(const char *const *) (gconstpointer) role;
}

/* A model: one const table at the foot of its file. All tables end with a NULL name and may be NULL. */
typedef struct
{
  guint abi;    /* ORR_MODEL_ABI */
  OrrEntry entry; /* name, summary, doc; size and fields of its options */

  const OrrRecord *attributes; /* one record: what an operation carries besides its steps; NULL: nothing */
  const OrrRecord *messages, *timers, *syncs, *logs, *cells, *facts, *actions;
  const OrrRole *const *roles; /* of servers; ends with NULL */
  const OrrRole *client;       /* of client hosts; NULL: the engine's plain client, which asks a server and waits */
  const OrrInvariant *invariants;
  const OrrBug *bugs;          /* at most 64: bit i of a node's bugs is bugs[i] */
  const char *const *objects;  /* what its operations may work on; ends with NULL; the first is the default */
  const char *const *draws;    /* the purposes of its own draws, for pins; ends with NULL; may be NULL */

  void (*validate) (gconstpointer options, OrrProblems *problems); /* what the fields can't say; paths go from the options; may be NULL */
  void (*layout) (gconstpointer options, OrrLayout *layout);
  void (*claims) (gconstpointer options, guint64 bugs, OrrClaims *claims); /* may be NULL: nothing */
  /* Is the key kept by this actor? Who keeps other keys need not agree with those who keep it. NULL: every server keeps all keys. */
  gboolean (*keeps) (gconstpointer options, const OrrTerms *terms, OrrAddress address, OrrKey key);
} OrrModel;

#define ORR_MODEL_ABI 4

typedef struct OrrObject OrrObject; /* object/object.h */

/* All of it; every list ends with NULL. */
typedef struct
{
  const OrrModel *const *models;
  const OrrObject *const *objects;
  const OrrEntry *const *faults;
  const OrrEntry *const *properties;
  const OrrMeasureEntry *const *measures;
  const OrrRuleEntry *const *rules; /* of invariants; NULL: not known */
} OrrCatalog;

/* By name, or NULL. */
ORR_PUBLIC const OrrModel *orr_catalog_find_model (const OrrCatalog *catalog, const char *name);
ORR_PUBLIC const OrrEntry *orr_entries_find (const OrrEntry *const *entries, const char *name);
ORR_PUBLIC const OrrRuleEntry *orr_rules_find (const OrrRuleEntry *const *rules, const char *name);
ORR_PUBLIC const OrrMeasureEntry *orr_measures_find (const OrrMeasureEntry *const *measures, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrLayout, orr_layout_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OrrClaims, orr_claims_free)

G_END_DECLS
