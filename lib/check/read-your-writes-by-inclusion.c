/* read-your-writes-by-inclusion.c: what a session wrote is among what it sees. */
#include "check/access-witness.h"

static void
find (const OrrAccesses *accesses, const OrrCheckBudget *budget, guint32 session G_GNUC_UNUSED,
      OrrFinding *ret_finding)
{
  orr_access_find_inclusion (accesses, budget, ORR_INCLUDE_OWN_WRITES, ret_finding);
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrAccessRule rule = {
    .find = find, .condition = "can be explained with all that their session had written in sight", .kept = ""
  };
  return orr_accesses_check (history, budget, &rule);
}

const OrrCheck orr_check_read_your_writes_by_inclusion = {
  .entry = { .name = "read-your-writes-by-inclusion",
             .summary = "Each read saw all that its session had written",
             .doc = "Violated where a session read the initial value of a key that it had written, and "
                    "where it read two of its own writes each after the other had been written. What "
                    "others wrote may take the place of what it wrote."
                    "\n\n"
                    "The reading is by inclusion of the sets of writes that reads saw: it holds if there "
                    "are sets that obey it and, for each session, an order of the writes, such that each "
                    "read returns the last write of its key in its set, and no read sees what its session "
                    "wrote only later." },
  .source = "Terry, Demers, Petersen, Spreitzer, Theimer & Welch: Session Guarantees for Weakly Consistent "
            "Replicated Data, PDIS 1994, section 3.1; Brzezinski, Sobaniec & Wawrzyniak: From Session "
            "Causality to Causal Consistency, PDP 2004; Viotti & Vukolic: Consistency in Non-Transactional "
            "Distributed Storage Systems, 2016",
  .silent = orr_accesses_silent,
  .check = check,
};
