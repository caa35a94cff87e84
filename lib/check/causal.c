/* causal.c: nothing is seen before its cause. */
#include "check/access-witness.h"

static void
find (const OrrAccesses *accesses, const OrrCheckBudget *budget, guint32 session G_GNUC_UNUSED,
      OrrFinding *ret_finding)
{
  orr_access_find_causal (accesses, budget, FALSE, ret_finding);
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrAccessRule rule = { find, "can be explained by causal order", "" };
  return orr_accesses_check (history, budget, &rule);
}

const OrrCheck orr_check_causal = {
  .entry
  = { .name = "causal",
      .summary = "Whoever sees a write has seen all that it was written in knowledge of",
      .doc = "Causal consistency (CC). A write comes after all that its session had read and written "
             "before, and a read after the write that it returned; and so on, along any chain. A read "
             "must return the last write of its key in some order of what came before it. Violated "
             "where a read returned what had been replaced, or the initial value, although its session "
             "already depended on a newer write; and where something came before its own cause.\n\n"
             "Each read may see writes that don't depend on each other in an order of its own. Stronger "
             "forms: `causal-memory` (each session has one such order) and `causal-convergence` (all "
             "have the same)." },
  .source
  = "Bouajjani, Enea, Guerraoui & Hamza: On Verifying Causal Consistency, POPL 2017, sections 3 and 5; "
    "Perrin, Mostefaoui & Jard: Causal Consistency: Beyond Memory, PPoPP 2016",
  .silent = orr_accesses_silent,
  .check = check,
};
