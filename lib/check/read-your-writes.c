/* read-your-writes.c: a session's reads see what the session wrote. */
#include "check/check-private.h"

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget G_GNUC_UNUSED)
{
  static const OrrSessionRule rule = {
    .first_writes = TRUE,
    .second_writes = FALSE,
    .second = "read of what the session had written",
    .seconds = "reads of what the session had written",
    .none = "no session read a key that it had written",
  };
  return orr_session_check (history, &rule);
}

const OrrCheck orr_check_read_your_writes = {
  .entry = { .name = "read-your-writes",
             .summary = "A session's reads see its own earlier writes, or later ones",
             .doc = "Someone who saves a page and loads it again sees what was saved. Violated where a "
                    "session's write was acknowledged and a later read of the session, of the same key, "
                    "returned something older. Writes whose outcome the session does not know promise "
                    "nothing.\n\n"
                    "The reading is by one version order of each key: the true order where the run knows "
                    "it, else any order that could explain what the clients saw." },
  .source = "Terry, Demers, Petersen, Spreitzer, Theimer & Welch: Session Guarantees for Weakly Consistent "
            "Replicated Data, PDIS 1994, section 3.1",
  .check = check,
};
