/* transactional-causal.c: effects are not seen without their causes. */
#include "check/dependencies.h"

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrLevel level = {
    .shape = ORR_SHAPE_PLAIN,
    .reads = TRUE,
    .sessions = TRUE,
    .sees = ORR_SEES_CAUSES,
    .explains = "an order that respects causes",
  };
  return orr_isolation_check (history, budget, &level);
}

const OrrCheck orr_check_transactional_causal = {
  .entry = { .name = "transactional-causal",
             .summary = "Read atomic, and causes are seen before effects",
             .doc = "`read-atomic` for all that was seen directly or through others: who sees a "
                    "transaction sees all that the transaction saw. All agree on one order of the"
                    " writes of each key (causal convergence of transactions)."
                    "\n\n"
                    "Session order is part of causality; real time is not. Decided in O(n · "
                    "sessions), as AWDIT does." },
  .source = "Biswas & Enea: On the Complexity of Checking Transactional Consistency, "
            "OOPSLA 2019, section 2.2",
  .check = check,
};
