/* strong-session-snapshot-isolation.c: snapshot isolation in which each session goes forward. */
#include "check/dependencies.h"

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrLevel level = {
    .shape = ORR_SHAPE_SNAPSHOT,
    .reads = TRUE,
    .sessions = TRUE,
    .anti = ORR_ANTI_ALL,
    .explains = "one order of begins and ends",
  };
  return orr_isolation_check (history, budget, &level);
}

const OrrCheck orr_check_strong_session_snapshot_isolation = {
  .entry = { .name = "strong-session-snapshot-isolation",
             .summary = "Snapshot isolation, and sessions see their own past",
             .doc = "Each transaction reads from a snapshot, and commits only if nobody has "
                    "overwritten since what it writes itself. Forbidden are cycles in which no "
                    "two anti-dependencies stand next to each other (G0, G1c, G-single, "
                    "G-nonadjacent); write skew is allowed."
                    "\n\n"
                    "And each transaction's snapshot holds all that its session committed before."
                    " Real time does not count. This is what dbcop and PolySI mean by snapshot "
                    "isolation. Where the order of writes is not known, one is searched for, with"
                    " a budget." },
  .source = "Daudjee & Salem: Lazy Database Replication with Snapshot Isolation, VLDB "
            "2006; Cerone & Gotsman: Analysing Snapshot Isolation, JACM 65(2), 2018, "
            "section 4",
  .check = check,
};
