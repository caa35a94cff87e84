/* read-committed.c: nothing is read that was not committed for good. */
#include "check/dependencies.h"

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrLevel level = {
    .shape = ORR_SHAPE_PLAIN,
    .reads = TRUE,
    .sees = ORR_SEES_KEY,
    .explains = "an order of the writes and reads",
  };
  return orr_isolation_check (history, budget, &level);
}

const OrrCheck orr_check_read_committed = {
  .entry = { .name = "read-committed",
             .summary = "Only what committed transactions wrote last is read",
             .doc = "Adya's PL-2: no write cycles (G0), no reads from failed transactions (G1a), "
                    "none of values that their transaction overwrote (G1b), no circle of writes "
                    "and reads (G1c). And of one key a transaction never reads an older version "
                    "after a newer one, as dbcop has it."
                    "\n\n"
                    "What Biswas & Enea, AWDIT and Plume call read committed asks for more: that "
                    "nothing be overlooked of a transaction that was read from before, of "
                    "whatever key. Here that is `monotonic-atomic-view`."
                    "\n\n"
                    "Neither session order nor real time count." },
  .source = "Adya: Weak Consistency: A Generalized Theory and Optimistic Implementations "
            "for Distributed Transactions, MIT 1999, section 4.2.2",
  .check = check,
};
