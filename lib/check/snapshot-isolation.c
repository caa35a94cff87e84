/* snapshot-isolation.c: transactions read from a snapshot, and don't overwrite each other's updates. */
#include "check/dependencies.h"

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrLevel level = {
    .shape = ORR_SHAPE_SNAPSHOT,
    .reads = TRUE,
    .anti = ORR_ANTI_ALL,
    .explains = "one order of begins and ends",
  };
  return orr_isolation_check (history, budget, &level);
}

const OrrCheck orr_check_snapshot_isolation = {
  .entry = { .name = "snapshot-isolation",
             .summary = "Reads from a snapshot, and the first to commit wins",
             .doc = "Each transaction reads from a snapshot, and commits only if nobody has "
                    "overwritten since what it writes itself. Forbidden are cycles in which no "
                    "two anti-dependencies stand next to each other (G0, G1c, G-single, "
                    "G-nonadjacent); write skew is allowed."
                    "\n\n"
                    "A snapshot may be old: neither session order nor real time count, so that "
                    "this alone gives no session its own writes. That is `strong-session-"
                    "snapshot-isolation`, which dbcop and PolySI mean by snapshot isolation. "
                    "Where the order of writes is not known, one is searched for, with a budget." },
  .source = "Cerone & Gotsman: Analysing Snapshot Isolation, JACM 65(2), 2018, section 4",
  .check = check,
};
