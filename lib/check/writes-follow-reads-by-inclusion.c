/* writes-follow-reads-by-inclusion.c: whoever sees a write has seen what its writer had read. */
#include "check/access-witness.h"

static void
find (const OrrAccesses *accesses, const OrrCheckBudget *budget G_GNUC_UNUSED, guint32 session G_GNUC_UNUSED,
      OrrFinding *ret_finding)
{
  ret_finding->session = ORR_NO_ACCESS;
  orr_access_find_writes_before_reads (accesses, ret_finding);
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrAccessRule rule
      = { .find = find,
          .condition = "can be explained with what had been read before each write in sight",
          .kept = "" };
  return orr_accesses_check (history, budget, &rule);
}

const OrrCheck orr_check_writes_follow_reads_by_inclusion = {
  .entry = { .name = "writes-follow-reads-by-inclusion",
             .summary = "Whoever saw a write saw all that its session had read before it",
             .doc = "A read of one key returns one write; on registers what clients see refutes this alone "
                    "where somebody read what nobody wrote, and where writes follow reads in a circle: "
                    "each session read what the other wrote only after it had read. Together with the "
                    "other guarantees it says more: see `causal-memory`."
                    "\n\n"
                    "The reading is by inclusion of the sets of writes that reads saw: it holds if there "
                    "are sets that obey it and, for each session, an order of the writes, such that each "
                    "read returns the last write of its key in its set, and no read sees what its session "
                    "wrote only later." },
  .source = "Terry, Demers, Petersen, Spreitzer, Theimer & Welch: Session Guarantees for Weakly Consistent "
            "Replicated Data, PDIS 1994, section 3.3; Brzezinski, Sobaniec & Wawrzyniak: From Session "
            "Causality to Causal Consistency, PDP 2004; Viotti & Vukolic: Consistency in Non-Transactional "
            "Distributed Storage Systems, 2016",
  .silent = orr_accesses_silent,
  .check = check,
};
