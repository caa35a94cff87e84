/* monotonic-reads.c: what a session has seen does not vanish. */
#include "check/check-private.h"

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget G_GNUC_UNUSED)
{
  static const OrrSessionRule rule = {
    .first_writes = FALSE,
    .second_writes = FALSE,
    .second = "read of what the session had read before",
    .seconds = "reads of what the session had read before",
    .none = "no session read a key twice",
  };
  return orr_session_check (history, &rule);
}

const OrrCheck orr_check_monotonic_reads = {
  .entry = { .name = "monotonic-reads",
             .summary = "A session's later reads never see something older than its earlier ones",
             .doc = "Someone who loads a page twice does not see it go back in time. Violated where a "
                    "session read a key, and a later read of the same key returned an older value.\n\n"
                    "The reading is by one version order of each key: the true order where the run knows "
                    "it, else any order that could explain what the clients saw." },
  .source = "Terry, Demers, Petersen, Spreitzer, Theimer & Welch: Session Guarantees for Weakly Consistent "
            "Replicated Data, PDIS 1994, section 3.2",
  .check = check,
};
