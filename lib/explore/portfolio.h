/* portfolio.h: how many runs each strategy gets.
 *
 * Nobody knows beforehand which way of searching finds what. So a campaign goes in rounds, and divides the runs of a round by what each strategy
 * has brought in those before: runs that saw something new count, findings count more, and what was long ago counts less. A part is dealt out
 * evenly whatever they brought, so that none is ever given up. All of it is whole numbers and a pure function of what was found: the same
 * campaign deals the same runs wherever it is made. */
#pragma once

#include "explore/swarm.h"

G_BEGIN_DECLS

/* What a strategy has brought. */
typedef struct
{
  guint64 runs;
  guint64 news;     /* runs that came to something new: covered a word that no run before had */
  guint64 findings; /* distinct ones that it was the first to find */
} OrrYield;

/* So much of a round is dealt out evenly, and so many runs that saw something new weigh as much as one finding. */
#define ORR_PORTFOLIO_EVEN_PERCENT 40
#define ORR_PORTFOLIO_FINDING      10

/* Which strategy makes each run of a round of `n`: `dealt` is an array of n. Those of one strategy are spread over the round. */
ORR_PUBLIC void orr_portfolio_deal (const OrrYield yields[ORR_N_STRATEGIES], guint n, OrrStrategy *dealt);

/* Between rounds, before what the last one brought is added: halves all, so that old merits fade. */
ORR_PUBLIC void orr_portfolio_fade (OrrYield yields[ORR_N_STRATEGIES]);

G_END_DECLS
