/* monotonic-writes.c: a session's writes keep their order. */
#include "check/check-private.h"

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget G_GNUC_UNUSED)
{
  static const OrrSessionRule rule = {
    .first_writes = TRUE,
    .second_writes = TRUE,
    .second = "write of what the session had written before",
    .seconds = "writes of what the session had written before",
    .none = "no session wrote a key twice",
  };
  return orr_session_check (history, &rule);
}

const OrrCheck orr_check_monotonic_writes = {
  .entry = { .name = "monotonic-writes",
             .summary = "A session's writes take their places in the order in which the session made them",
             .doc = "Someone who saves twice finds the second version in the end. Violated where a session "
                    "wrote a key twice, both were acknowledged, and the later write took its place before "
                    "the earlier.\n\n"
                    "The reading is by one version order of each key: the true order where the run knows "
                    "it, else any order that could explain what the clients saw." },
  .source = "Terry, Demers, Petersen, Spreitzer, Theimer & Welch: Session Guarantees for Weakly Consistent "
            "Replicated Data, PDIS 1994, section 3.4",
  .check = check,
};
