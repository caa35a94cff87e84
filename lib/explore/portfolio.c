/* portfolio.c: how many runs each strategy gets. */
#include "explore/portfolio.h"

/* Scores are whole numbers of so many parts. */
#define SCALE G_GUINT64_CONSTANT (1000000)

/* What a run by this strategy is expected to bring. One that has made no run is taken to bring something with
 * every other. */
static guint64
score (const OrrYield *yield)
{
  guint64 brought
      = MIN (yield->news, yield->runs) + ORR_PORTFOLIO_FINDING * MIN (yield->findings, yield->runs);
  return (brought + 1) * SCALE / (yield->runs + 2);
}

/* Each strategy's part of all, in parts of SCALE; they add up to about that. */
static void
divide (const OrrYield *yields, guint64 *parts)
{
  guint64 sum = 0;
  for (guint i = 0; i < ORR_N_STRATEGIES; i++)
    sum += score (&yields[i]);
  for (guint i = 0; i < ORR_N_STRATEGIES; i++)
    parts[i] = SCALE * ORR_PORTFOLIO_EVEN_PERCENT / 100 / ORR_N_STRATEGIES
               + score (&yields[i]) * (SCALE * (100 - ORR_PORTFOLIO_EVEN_PERCENT) / 100) / (sum + (sum == 0));
}

/* Each run goes to the strategy that is the furthest behind what it should have by now; of equals to the
 * first. */
void
orr_portfolio_deal (const OrrYield yields[ORR_N_STRATEGIES], guint n, OrrStrategy *dealt)
{
  guint64 parts[ORR_N_STRATEGIES], has[ORR_N_STRATEGIES] = { 0 };
  divide (yields, parts);
  for (guint run = 0; run < n; run++)
    {
      guint next = 0;
      gint64 most = G_MININT64;
      for (guint i = 0; i < ORR_N_STRATEGIES; i++)
        {
          gint64 behind = (gint64) (parts[i] * (run + 1)) - (gint64) (has[i] * SCALE);
          if (behind <= most)
            continue;
          most = behind;
          next = i;
        }
      has[next]++;
      dealt[run] = (OrrStrategy) next;
    }
}

void
orr_portfolio_fade (OrrYield yields[ORR_N_STRATEGIES])
{
  for (guint i = 0; i < ORR_N_STRATEGIES; i++)
    yields[i] = (OrrYield){ yields[i].runs / 2, yields[i].news / 2, yields[i].findings / 2 };
}
