/* writes-follow-reads.c: an answer stands behind what it answers. */
#include "check/check-private.h"

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget G_GNUC_UNUSED)
{
  static const OrrSessionRule rule = {
    .first_writes = FALSE,
    .second_writes = TRUE,
    .second = "write of what the session had read",
    .seconds = "writes of what the session had read",
    .none = "no session wrote a key that it had read",
  };
  return orr_session_check (history, &rule);
}

const OrrCheck orr_check_writes_follow_reads = {
  .entry = { .name = "writes-follow-reads",
             .summary = "A session's write stands behind the writes that the session had read",
             .doc = "An answer stands behind the question that it answers. Violated where a session read a "
                    "key and then wrote it, and its write took its place before the one that it had "
                    "read.\n\n"
                    "The reading is by one version order of each key: the true order where the run knows "
                    "it, else any order that could explain what the clients saw." },
  .source = "Terry, Demers, Petersen, Spreitzer, Theimer & Welch: Session Guarantees for Weakly Consistent "
            "Replicated Data, PDIS 1994, section 3.3",
  .check = check,
};
