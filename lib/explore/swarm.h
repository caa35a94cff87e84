/* swarm.h: the variant of a scenario that a seed draws.
 *
 * A tester that always uses everything finds little: what floods the run hides what a trickle would show, and two faults that undo each other
 * are never seen apart. Swarm testing (Groce et al., ISSTA 2012) therefore gives each run a configuration of its own: about half of what could
 * vary is left out, and what is left is drawn widely, rates and durations over orders of magnitude. A base scenario says what the run is about;
 * its variant is an ordinary scenario that keeps the model, what is written out line by line, and what is expected, and draws the rest:
 * network, clocks, disks, load, length, faults, and the values that `fuzz:` names.
 *
 * What the model does not bear makes its promises void, and a run of which nothing is promised can't find anything; so a variant has only what
 * the model bears, unless `fuzz.faults` names what is to be used. Variants are small, tens to some hundreds of operations, so that a campaign
 * can afford many; and faults strike while the load lasts, then all heal and the run settles, so that progress and convergence are asked for.
 *
 * How faults are chosen is a strategy; each finds something that the others rarely come upon. */
#pragma once

#include "check/check.h"
#include "explore/draft.h"

G_BEGIN_DECLS

typedef enum
{
  ORR_STRATEGY_SWARM,      /* any faults, at any time */
  ORR_STRATEGY_PRIORITIES, /* messages in an order of random priorities */
  ORR_STRATEGY_ROLES,      /* faults at whoever said something */
  ORR_STRATEGY_SWIZZLE,    /* nodes clogged one by one, and cleared in another order */
  ORR_STRATEGY_SYNC_CRASH, /* crashes right after a sync, a send, a receipt */
  ORR_N_STRATEGIES
} OrrStrategy;

/* The variant: a pure function of its arguments. It is readable, always. Its `seed:` is `seed`. The caller frees it. */
ORR_PUBLIC OrrDraft *orr_swarm_draw (const OrrScenario *base, OrrStrategy strategy, guint64 seed);

ORR_PUBLIC const char *orr_strategy_name (OrrStrategy strategy);    /* "sync-crash" */
ORR_PUBLIC const char *orr_strategy_summary (OrrStrategy strategy); /* one line, no full stop */
ORR_PUBLIC const char *orr_strategy_source (OrrStrategy strategy);  /* the paper */

G_END_DECLS
