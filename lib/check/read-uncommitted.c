/* read-uncommitted.c: transactions don't overwrite each other both ways. */
#include "check/dependencies.h"

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrLevel level = {
    .shape = ORR_SHAPE_PLAIN,
    .explains = "an order of the writes of all keys",
  };
  return orr_isolation_check (history, budget, &level);
}

const OrrCheck orr_check_read_uncommitted = {
  .entry = { .name = "read-uncommitted",
             .summary = "Transactions' writes don't interleave",
             .doc = "Adya's PL-1: the writes of all keys fit into one order of the transactions "
                    "(no G0). Whatever is read, it is a value that someone wrote, and what the "
                    "transaction itself wrote before is seen."
                    "\n\n"
                    "Neither session order nor real time count. Where nobody saw the order of a "
                    "key's writes, some order must fit." },
  .source = "Adya: Weak Consistency: A Generalized Theory and Optimistic Implementations "
            "for Distributed Transactions, MIT 1999, section 4.2.1",
  .check = check,
};
