/* causal-memory.c: nothing is seen before its cause, and each session sees one order of the writes. */
#include "check/access-witness.h"

static void
find (const OrrAccesses *accesses, const OrrCheckBudget *budget, guint32 session, OrrFinding *ret_finding)
{
  orr_access_find_view (accesses, budget, TRUE, session, ret_finding);
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrAccessRule rule
      = { find, "can be explained by causal order and one order of the writes for each session",
          "that keeps to causality" };
  return orr_accesses_check (history, budget, &rule);
}

const OrrCheck orr_check_causal_memory = {
  .entry
  = { .name = "causal-memory",
      .summary = "Causal, and each session sees all writes in one order of its own",
      .doc = "Causal memory (CM). For each session there is one order of its own reads and of all writes "
             "that came before them, in keeping with causality, in which each of its reads returns the last "
             "write of its key. Two sessions may see writes that don't depend on each other in different "
             "orders, but none may change its mind. It neither implies `causal-convergence` nor follows "
             "from it." },
  .source
  = "Ahamad, Neiger, Burns, Kohli & Hutto: Causal Memory: Definitions, Implementation, and Programming, "
    "Distributed Computing 1995; Bouajjani, Enea, Guerraoui & Hamza: On Verifying Causal Consistency, "
    "POPL 2017, sections 3 and 5",
  .silent = orr_accesses_silent,
  .check = check,
};
