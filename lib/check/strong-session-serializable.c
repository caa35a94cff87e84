/* strong-session-serializable.c: one after the other, in the order of each session. */
#include "check/dependencies.h"

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  static const OrrLevel level = {
    .shape = ORR_SHAPE_PLAIN,
    .reads = TRUE,
    .sessions = TRUE,
    .anti = ORR_ANTI_ALL,
    .explains = "one order of all transactions",
  };
  return orr_isolation_check (history, budget, &level);
}

const OrrCheck orr_check_strong_session_serializable = {
  .entry = { .name = "strong-session-serializable",
             .summary = "Serializable in an order that respects every session",
             .doc = "`serializable`, in an order in which each session's transactions stand as "
                    "the session ran them. Real time between sessions does not count. This is "
                    "what dbcop and Biswas & Enea mean by serializability. Where the order of "
                    "writes is not known, one is searched for, with a budget." },
  .source = "Daudjee & Salem: Lazy Database Replication with Ordering Guarantees, ICDE "
            "2004; Biswas & Enea: On the Complexity of Checking Transactional "
            "Consistency, OOPSLA 2019, section 2.2",
  .check = check,
};
