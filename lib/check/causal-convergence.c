/* causal-convergence.c: nothing is seen before its cause, and all agree on the order of the writes. */
#include "check/access-witness.h"

static void
find (const OrrAccesses *accesses, const OrrCheckBudget *budget, guint32 session G_GNUC_UNUSED,
      OrrFinding *ret_finding)
{
  orr_access_find_causal (accesses, budget, TRUE, ret_finding);
}

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrAccessRule rule
      = { find, "can be explained by causal order and one order of all writes", "that keeps to causality" };
  return orr_accesses_check (history, budget, &rule);
}

const OrrCheck orr_check_causal_convergence = {
  .entry
  = { .name = "causal-convergence",
      .summary = "Causal, and writes that don't depend on each other are ordered alike for all",
      .doc
      = "Causal convergence (CCv). As `causal`, and there is one order of all writes, in keeping with "
        "causality, such that each read returns the last write of its key among those that came before "
        "it. This is what replicas have that settle concurrent writes alike, as by time stamps. Violated "
        "where the reads demand an order that goes in a circle: one saw x = 1 replaced by x = 2, "
        "another x = 2 replaced by x = 1." },
  .source
  = "Bouajjani, Enea, Guerraoui & Hamza: On Verifying Causal Consistency, POPL 2017, sections 3 and 5; "
    "Burckhardt: Principles of Eventual Consistency, 2014",
  .silent = orr_accesses_silent,
  .check = check,
};
