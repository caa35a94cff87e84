/* prefix.c: every transaction reads from a prefix of one order. */
#include "check/dependencies.h"

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrLevel level = {
    .shape = ORR_SHAPE_PREFIX,
    .reads = TRUE,
    .sessions = TRUE,
    .anti = ORR_ANTI_ALL,
    .explains = "one order, of which each transaction saw a prefix,",
  };
  return orr_isolation_check (history, budget, &level);
}

const OrrCheck orr_check_prefix = {
  .entry = { .name = "prefix",
             .summary = "All read from prefixes of one order of the transactions",
             .doc = "There is one order of all transactions, and each reads from the state after "
                    "some first part of it, at least as long as what its session saw before. Two "
                    "transactions may overwrite each other's updates."
                    "\n\n"
                    "Session order counts, real time does not. Where the order of writes is not "
                    "known, an order is searched for, with a budget." },
  .source = "Biswas & Enea: On the Complexity of Checking Transactional Consistency, "
            "OOPSLA 2019, section 2.2",
  .check = check,
};
