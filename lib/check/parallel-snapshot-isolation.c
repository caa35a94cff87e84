/* parallel-snapshot-isolation.c: snapshots, but without one order for all. */
#include "check/dependencies.h"

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrLevel level = {
    .shape = ORR_SHAPE_PARALLEL,
    .reads = TRUE,
    .sessions = TRUE,
    .anti = ORR_ANTI_ALL,
    .explains = "an order of each key's writes",
  };
  return orr_isolation_check (history, budget, &level);
}

const OrrCheck orr_check_parallel_snapshot_isolation = {
  .entry = { .name = "parallel-snapshot-isolation",
             .summary = "Causal snapshots, and no update is lost",
             .doc = "Each transaction reads from a causal snapshot, and of two that write one key"
                    " one sees the other. Two transactions on different keys may be seen in "
                    "different orders (a long fork)."
                    "\n\n"
                    "In terms of dependencies: no cycle with at most one anti-dependency. Session"
                    " order counts, as Cerone, Gotsman & Yang define it; real time does not. "
                    "Where the order of writes is not known, one is searched for, with a budget." },
  .source = "Sovran, Power, Aguilera & Li: Transactional Storage for Geo-Replicated "
            "Systems, SOSP 2011; Cerone, Gotsman & Yang: Transaction Chopping for "
            "Parallel Snapshot Isolation, DISC 2015",
  .check = check,
};
