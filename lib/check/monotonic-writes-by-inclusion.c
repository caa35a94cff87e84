/* monotonic-writes-by-inclusion.c: whoever sees a write has seen what its session wrote before. */
#include "check/access-witness.h"

static void
find (const OrrAccesses *accesses, const OrrCheckBudget *budget, guint32 session G_GNUC_UNUSED,
      OrrFinding *ret_finding)
{
  orr_access_find_inclusion (accesses, budget, ORR_INCLUDE_EARLIER_WRITES, ret_finding);
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrAccessRule rule = {
    .find = find, .condition = "can be explained with what was written before each write in sight", .kept = ""
  };
  return orr_accesses_check (history, budget, &rule);
}

const OrrCheck orr_check_monotonic_writes_by_inclusion = {
  .entry = { .name = "monotonic-writes-by-inclusion",
             .summary = "Whoever saw a write saw all that its session had written before it",
             .doc = "A read of one key returns one write, and with the writes of the same session before "
                    "it, it is explained. So on registers what clients see refutes this alone only where "
                    "somebody read what nobody wrote, or what the session itself wrote later. Together "
                    "with the other guarantees it says more: see `pram`, and `monotonic-writes` where the "
                    "order of writes is known."
                    "\n\n"
                    "The reading is by inclusion of the sets of writes that reads saw: it holds if there "
                    "are sets that obey it and, for each session, an order of the writes, such that each "
                    "read returns the last write of its key in its set, and no read sees what its session "
                    "wrote only later." },
  .source = "Terry, Demers, Petersen, Spreitzer, Theimer & Welch: Session Guarantees for Weakly Consistent "
            "Replicated Data, PDIS 1994, section 3.4; Brzezinski, Sobaniec & Wawrzyniak: From Session "
            "Causality to Causal Consistency, PDP 2004; Viotti & Vukolic: Consistency in Non-Transactional "
            "Distributed Storage Systems, 2016",
  .silent = orr_accesses_silent,
  .check = check,
};
