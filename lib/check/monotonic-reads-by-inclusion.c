/* monotonic-reads-by-inclusion.c: what a session saw it goes on seeing. */
#include "check/access-witness.h"

static void
find (const OrrAccesses *accesses, const OrrCheckBudget *budget, guint32 session G_GNUC_UNUSED,
      OrrFinding *ret_finding)
{
  orr_access_find_inclusion (accesses, budget, ORR_INCLUDE_EARLIER_READS, ret_finding);
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrAccessRule rule = {
    .find = find, .condition = "can be explained with all that their session had seen in sight", .kept = ""
  };
  return orr_accesses_check (history, budget, &rule);
}

const OrrCheck orr_check_monotonic_reads_by_inclusion = {
  .entry = { .name = "monotonic-reads-by-inclusion",
             .summary = "Each read saw all that its session's earlier reads had seen",
             .doc = "Violated where a session read something, then something else, and then the first "
                    "again; and where it read the initial value after anything else."
                    "\n\n"
                    "The reading is by inclusion of the sets of writes that reads saw: it holds if there "
                    "are sets that obey it and, for each session, an order of the writes, such that each "
                    "read returns the last write of its key in its set, and no read sees what its session "
                    "wrote only later." },
  .source = "Terry, Demers, Petersen, Spreitzer, Theimer & Welch: Session Guarantees for Weakly Consistent "
            "Replicated Data, PDIS 1994, section 3.2; Brzezinski, Sobaniec & Wawrzyniak: From Session "
            "Causality to Causal Consistency, PDP 2004; Viotti & Vukolic: Consistency in Non-Transactional "
            "Distributed Storage Systems, 2016",
  .silent = orr_accesses_silent,
  .check = check,
};
