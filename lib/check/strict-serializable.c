/* strict-serializable.c: one after the other, in real time. */
#include "check/dependencies.h"

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrLevel level = {
    .shape = ORR_SHAPE_PLAIN,
    .reads = TRUE,
    .sessions = TRUE,
    .real_time = TRUE,
    .anti = ORR_ANTI_ALL,
    .explains = "one order of all transactions",
  };
  return orr_isolation_check (history, budget, &level);
}

const OrrCheck orr_check_strict_serializable = {
  .entry = { .name = "strict-serializable",
             .summary = "Serializable in an order that respects real time",
             .doc = "`serializable`, in an order in which a transaction that had ended before "
                    "another began stands before it; session order is part of that. For "
                    "transactions of one step this is linearizability. Says nothing where "
                    "operations have no times. Where the order of writes is not known, one is "
                    "searched for, with a budget." },
  .source = "Papadimitriou: The Serializability of Concurrent Database Updates, JACM "
            "26(4), 1979; Herlihy & Wing: Linearizability, TOPLAS 12(3), 1990",
  .silent = orr_isolation_silent,
  .check = check,
};
