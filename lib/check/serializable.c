/* serializable.c: as if one transaction ran after the other. */
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

const OrrCheck orr_check_serializable = {
  .entry = { .name = "serializable",
             .summary = "As if the transactions ran one after the other",
             .doc = "There is an order of all transactions in which each reads what the last one "
                    "before it wrote. Forbidden are all cycles of dependencies and anti-"
                    "dependencies (G0, G1c, G-single, G-nonadjacent, G2-item)."
                    "\n\n"
                    "Neither session order nor real time count. dbcop and others count session "
                    "order: that is `strong-session-serializable`. Where the order of writes is "
                    "not known, one is searched for, with a budget. Where it is known, as for "
                    "lists, the answer is exact and takes no search." },
  .source = "Papadimitriou: The Serializability of Concurrent Database Updates, JACM "
            "26(4), 1979; Adya: Weak Consistency: A Generalized Theory and Optimistic "
            "Implementations for Distributed Transactions, MIT 1999, section 3.1.3",
  .check = check,
};
