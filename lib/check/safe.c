/* safe.c: a read that overlaps no write returns the latest. */
#include "check/regularity.h"

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  return orr_regularity_check (history, budget, TRUE);
}

const OrrCheck orr_check_safe = {
  .entry
  = { .name = "safe",
      .summary = "A read that overlaps no write of its key returns the latest one",
      .doc = "The weakest of Lamport's registers: while a key is being written a read of it may return "
             "anything at all, even what nobody ever wrote; but in peace it returns what was written last. A "
             "write whose outcome is unknown may be going on for ever, and so frees all later reads of "
             "its key. With several writers at once \"the latest\" is read as in `regular`." },
  .source = "Lamport: On Interprocess Communication, Distributed Computing 1986, part II",
  .silent = orr_accesses_silent_of_time,
  .check = check,
};
