/* swarm-private.h: how variants are drawn. Internal.
 *
 * Every number is drawn for a purpose that has a name, so that one decision more or less leaves the others as they are. */
#pragma once

#include "explore/swarm.h"

#include "base/draw.h"

G_BEGIN_DECLS

/* A variant that is being drawn. */
typedef struct
{
  const OrrScenario *base; /* what is varied */
  OrrScenario *now;        /* the same with the values of `fuzz:` chosen: its layout and options are the variant's */
  OrrClaims *claims;       /* what the model bears with these options; NULL: it does not say, so anything goes */
  OrrDraft *draft;
  OrrDraw draw;
  OrrTime duration;        /* of the variant's load */
} OrrVariant;

/* The key of a purpose's draws. */
OrrDraw orr_variant_draw (const OrrVariant *variant, const char *purpose);

/* Of a key: once in `n`; a number between two, as likely in each order of magnitude; the same as a whole number. 0 < least ≤ most. */
gboolean orr_draw_once_in (OrrDraw draw, guint n);
double orr_draw_wide (OrrDraw draw, double least, double most);
guint64 orr_draw_wide_count (OrrDraw draw, guint64 least, guint64 most);

/* The same as texts of a scenario, to two digits. The caller frees them. */
char *orr_draw_duration (OrrDraw draw, OrrTime least, OrrTime most);
/* A distribution whose middle lies there; what hardly ever takes longer than `longest`, or twice the middle. */
char *orr_draw_latency (OrrDraw draw, OrrTime least, OrrTime most, OrrTime longest);
char *orr_draw_share (OrrDraw draw, double least, double most);

/* orr_draft_set by a printf. */
void orr_variant_set (OrrVariant *variant, const char *path, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* May it be used: a fault (`crash`, or a shape of one, `crash-os`), or what `fuzz.faults` calls loss, duplicate, reorder, latency? */
gboolean orr_variant_may (const OrrVariant *variant, const char *word);

/* --- The world: network, clocks, disks, load --- */

void orr_variant_draw_world (OrrVariant *variant);
void orr_variant_draw_load (OrrVariant *variant);

/* --- Faults --- */

/* A fault, in one of its shapes, that a variant may use. */
typedef struct
{
  const OrrEntry *fault;
  const OrrField *field; /* whose word makes the shape; NULL: it has none */
  const char *word;
  const char *role;      /* it may strike nodes of this role alone; NULL: any */
  gboolean costs;        /* some promise is void with it */
} OrrFamily;

GArray *orr_variant_families (const OrrVariant *variant); /* OrrFamily; the caller frees it */

/* Adds a line: `when` is its beginning, "at: 2s" or "every: exponential(mean 1s)"; strikes a node that is drawn when it does, of those that
 * `target` says (NULL: any server); lasts for a time that is drawn for the strike and not above `most`. */
void orr_variant_add_random (OrrVariant *variant, const OrrFamily *family, const char *when, const char *target, OrrTime most, OrrDraw draw);
/* The same for one node that is named, or links that are. */
void orr_variant_add_named (OrrVariant *variant, const OrrFamily *family, const char *when, const char *node, OrrTime most, OrrDraw draw);

/* What an operator may do, at some times. */
void orr_variant_add_actions (OrrVariant *variant, OrrDraw draw);

/* About `strikes` of all that may be used, anyhow. */
void orr_variant_add_any (OrrVariant *variant, double strikes, OrrDraw draw);

const char *orr_variant_draw_node (const OrrVariant *variant, const char *role, OrrDraw draw); /* a server; NULL: there is none */
/* One whose fault is of that name; NULL: none. */
const OrrFamily *orr_families_draw (const GArray *families, const char *fault, OrrDraw draw);

/* --- Strategies: one file each, in strategies/ --- */

typedef struct
{
  const char *name, *summary, *source;
  void (*draw) (OrrVariant *variant); /* adds the faults */
} OrrStrategyEntry;

extern const OrrStrategyEntry *const orr_strategies[]; /* by OrrStrategy; ends with NULL */

G_END_DECLS
