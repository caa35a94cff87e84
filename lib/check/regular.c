/* regular.c: a read returns the latest write, or one that is going on. */
#include "check/regularity.h"

static OrrVerdict *
check (const OrrHistory *history, const OrrCheckBudget *budget)
{
  return orr_regularity_check (history, budget, FALSE);
}

const OrrCheck orr_check_regular = {
  .entry
  = { .name = "regular",
      .summary = "A read returns the latest write of its key, or one that is going on meanwhile",
      .doc = "Violated where a read returned what another write had replaced: one that began after the "
             "first had ended, and ended before the read began. Two reads during one write may see "
             "the new value first and then the old one, which `linearizable` forbids.\n\n"
             "With several writers at once this is the weakest of the known readings: each read is "
             "explained by an order of the writes of its own, in keeping with real time." },
  .source
  = "Lamport: On Interprocess Communication, Distributed Computing 1986, part II; Shao, Welch, Pierce & "
    "Lee: Multiwriter Consistency Conditions for Shared Memory Registers, SIAM J. Comput. 2011",
  .silent = orr_accesses_silent_of_time,
  .check = check,
};
