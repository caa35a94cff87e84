/* strong-snapshot-isolation.c: snapshot isolation in which nobody reads from the past. */
#include "check/dependencies.h"

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrLevel level = {
    .shape = ORR_SHAPE_SNAPSHOT,
    .reads = TRUE,
    .sessions = TRUE,
    .real_time = TRUE,
    .anti = ORR_ANTI_ALL,
    .explains = "one order of begins and ends",
  };
  return orr_isolation_check (history, budget, &level);
}

const OrrCheck orr_check_strong_snapshot_isolation = {
  .entry = { .name = "strong-snapshot-isolation",
             .summary = "Snapshot isolation with up-to-date snapshots",
             .doc = "Each transaction reads from a snapshot, and commits only if nobody has "
                    "overwritten since what it writes itself. Forbidden are cycles in which no "
                    "two anti-dependencies stand next to each other (G0, G1c, G-single, "
                    "G-nonadjacent); write skew is allowed."
                    "\n\n"
                    "And each transaction's snapshot holds all that had committed, in any "
                    "session, before it began. Says nothing where operations have no times. Where"
                    " the order of writes is not known, one is searched for, with a budget." },
  .source = "Daudjee & Salem: Lazy Database Replication with Snapshot Isolation, VLDB "
            "2006",
  .silent = orr_isolation_silent,
  .check = check,
};
