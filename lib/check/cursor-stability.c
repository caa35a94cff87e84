/* cursor-stability.c: what is read and then written was not overwritten in between. */
#include "check/dependencies.h"

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrLevel level = {
    .shape = ORR_SHAPE_PLAIN,
    .reads = TRUE,
    .anti = ORR_ANTI_UPDATES,
    .sees = ORR_SEES_KEY,
    .explains = "an order of the writes, reads and updates",
  };
  return orr_isolation_check (history, budget, &level);
}

const OrrCheck orr_check_cursor_stability = {
  .entry = { .name = "cursor-stability",
             .summary = "Read committed, and no update is lost",
             .doc = "Adya's PL-CS: `read-committed`, and no transaction overwrites a key that it "
                    "read when another overwrote it in between (G-cursor, the lost update). Every"
                    " read of a key that the transaction also writes counts as one through a "
                    "cursor."
                    "\n\n"
                    "Neither session order nor real time count." },
  .source = "Adya: Weak Consistency: A Generalized Theory and Optimistic Implementations "
            "for Distributed Transactions, MIT 1999, section 4.2.4",
  .check = check,
};
