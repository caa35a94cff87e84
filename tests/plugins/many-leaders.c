/* many-leaders.c: a model that tells the fact checks apart: nodes that declare themselves leaders.
 *
 * Each node says at its own time that it leads. By its option they count their terms together, or each for
 * itself, so that two lead in the same term. */
#include "engine/model.h"

#include <string.h>

typedef struct
{
  gint32 count;
} Options;

enum
{
  TOGETHER,
  EACH_FOR_ITSELF
};

static const OrrChoice counts[]
    = { { "together", "terms of one series" }, { "each-for-itself", "terms of its own" }, { 0 } };

static const OrrField option_fields[] = {
  ORR_FIELD (Options, count, CHOICE, .choices = counts, .initial = "together",
             .doc = "how terms are counted"),
  { 0 },
};

typedef struct
{
  guint64 term;
  gint32 how;
} Leads;

static const OrrChoice hows[] = { { "elected", "by votes" }, { "declared", "by itself" }, { 0 } };
static const OrrField leads_fields[] = {
  ORR_FIELD (Leads, term, NUMBER, .doc = "in which term"),
  ORR_FIELD (Leads, how, CHOICE, .choices = hows, .doc = "how it came to lead"),
  { 0 },
};
static const OrrRecord facts[]
    = { ORR_RECORD ("leads", Leads, leads_fields, .doc = "the node leads"), { 0 } };
static const OrrRecord timers[] = { { .name = "time", .doc = "to lead" }, { 0 } };

static void
on_start (OrrNode *node, OrrStart start G_GNUC_UNUSED)
{
  orr_timer_set (node, (OrrTime) (orr_self (node) + 1) * ORR_SECOND, 0, NULL);
}

static void
on_timer (OrrNode *node, guint kind G_GNUC_UNUSED, gconstpointer body G_GNUC_UNUSED)
{
  const Options *options = orr_options (node);
  guint64 term = options->count == TOGETHER ? orr_self (node) + 1 : 1;
  orr_fact (node, 0, &(Leads){ .term = term, .how = 1 });
}

static void
on_request (OrrNode *node, const OrrOperation *operation)
{
  orr_complete_value (node, operation->id, ORR_NIL);
}

static void
layout (gconstpointer options G_GNUC_UNUSED, OrrLayout *layout)
{
  orr_layout_add (layout, 0, "north");
  orr_layout_add (layout, 0, "south");
}

static void
claims (gconstpointer options, guint64 bugs G_GNUC_UNUSED, OrrClaims *claims)
{
  if (((const Options *) options)->count == TOGETHER)
    orr_claim (claims, "election-safety");
}

static const OrrRole role
    = { .name = "server", .on_start = on_start, .on_request = on_request, .on_timer = on_timer };
static const OrrRole *const roles[] = { &role, NULL };

static const OrrInvariant invariants[] = {
  { "election-safety", "unique", "leads", .per = "term", .source = "Raft, figure 3" },
  { 0 },
};

static const OrrModel many_leaders = {
  .abi = ORR_MODEL_ABI,
  .entry = { .name = "many-leaders",
             .summary = "Nodes that declare themselves leaders",
             .size = sizeof (Options),
             .fields = option_fields },
  .timers = timers,
  .facts = facts,
  .roles = roles,
  .invariants = invariants,
  .layout = layout,
  .claims = claims,
};

ORR_PLUGIN (many_leaders);
