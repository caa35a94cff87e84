/* monotonic-atomic-view.c: once something of a transaction was seen, all of it is. */
#include "check/dependencies.h"

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrLevel level = {
    .shape = ORR_SHAPE_PLAIN,
    .reads = TRUE,
    .sees = ORR_SEES_SO_FAR,
    .explains = "an order in which no transaction that was seen vanishes",
  };
  return orr_isolation_check (history, budget, &level);
}

const OrrCheck orr_check_monotonic_atomic_view = {
  .entry = { .name = "monotonic-atomic-view",
             .summary = "After a read from a transaction, all that it wrote is seen",
             .doc = "`read-committed`, and once a transaction has read from another, its later "
                    "reads of any key that the other wrote return that write or a later one: no "
                    "observed transaction vanishes (OTV)."
                    "\n\n"
                    "This is the axiom that Biswas & Enea, and AWDIT, call read committed, but "
                    "for their session order: neither session order nor real time count here." },
  .source = "Bailis, Davidson, Fekete, Ghodsi, Hellerstein & Stoica: Highly Available "
            "Transactions, VLDB 2014, section 5.1.2",
  .check = check,
};
