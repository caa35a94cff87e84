/* repeatable-read.c: what was read stays so until the transaction ends. */
#include "check/dependencies.h"

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrLevel level = {
    .shape = ORR_SHAPE_PLAIN,
    .reads = TRUE,
    .anti = ORR_ANTI_ALL,
    .explains = "one order of all transactions",
  };
  return orr_isolation_check (history, budget, &level);
}

const OrrCheck orr_check_repeatable_read = {
  .entry = { .name = "repeatable-read",
             .summary = "No cycle of dependencies between single keys",
             .doc = "Adya's PL-2.99: no cycle of dependencies and anti-dependencies on keys (G1, "
                    "G2-item). It differs from `serializable` only in reads by predicate, which "
                    "histories of keys don't have: so the two say the same here."
                    "\n\n"
                    "dbcop's level of that name is weaker: that a transaction reads the same "
                    "value of a key twice."
                    "\n\n"
                    "Neither session order nor real time count." },
  .source = "Adya: Weak Consistency: A Generalized Theory and Optimistic Implementations "
            "for Distributed Transactions, MIT 1999, section 4.2.3",
  .check = check,
};
