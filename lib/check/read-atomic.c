/* read-atomic.c: of each transaction all or nothing is seen. */
#include "check/dependencies.h"

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrLevel level = {
    .shape = ORR_SHAPE_PLAIN,
    .reads = TRUE,
    .sessions = TRUE,
    .sees = ORR_SEES_DIRECT,
    .explains = "an order in which no read is fractured",
  };
  return orr_isolation_check (history, budget, &level);
}

const OrrCheck orr_check_read_atomic = {
  .entry = { .name = "read-atomic",
             .summary = "A transaction is seen whole or not at all",
             .doc = "Where a transaction reads from another, or comes behind it in a session, "
                    "none of its reads, not even an earlier one, overlooks what the other wrote. "
                    "So there are no fractured reads, and a second read of a key returns what the"
                    " first did."
                    "\n\n"
                    "Session order counts, as in Biswas & Enea 2019 and AWDIT: sessions see their"
                    " own writes. Real time does not. Decided in O(n^1.5)." },
  .source = "Biswas & Enea: On the Complexity of Checking Transactional Consistency, "
            "OOPSLA 2019, section 2.2",
  .check = check,
};
