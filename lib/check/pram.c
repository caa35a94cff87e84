/* pram.c: each session sees every other session's writes in that session's order. */
#include "check/access-witness.h"

static void
find (const OrrAccesses *accesses, const OrrCheckBudget *budget, guint32 session, OrrFinding *ret_finding)
{
  orr_access_find_view (accesses, budget, FALSE, session, ret_finding);
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrAccessRule rule = { find, "can be explained by one order of the writes for each session",
                                      "that keeps each session's writes in turn" };
  return orr_accesses_check (history, budget, &rule);
}

const OrrCheck orr_check_pram = {
  .entry
  = { .name = "pram",
      .summary = "Each session sees every other session's writes in the order in which they were made",
      .doc = "Pipelined random access memory, also called FIFO consistency. For each session there is one "
             "order of all writes and its own reads that keeps every session's order, in which each of its "
             "reads returns the last write of its key. So writes travel as if through pipes, one from each "
             "session to each other; what a session wrote in reply to another's write may arrive before "
             "that. Implies the by-inclusion forms of read-your-writes, monotonic reads and monotonic "
             "writes." },
  .source = "Lipton & Sandberg: PRAM: A Scalable Shared Memory, Princeton CS-TR-180-88, 1988; Wei, De Biasi, "
            "Huang, Cao & Lu: Verifying Pipelined-RAM Consistency over Read/Write Traces of Data Replicas, "
            "IEEE TPDS 2016",
  .silent = orr_accesses_silent,
  .check = check,
};
