/* ac1-agreement.c: all that decide decide alike. */
#include "check/check.h"

const OrrCheck orr_check_ac1_agreement = {
  .entry = { .name = "ac1-agreement",
             .summary = "All processes that decide about a transaction decide alike",
             .doc = "For models of atomic commitment, by their rules on the fact `decided`: no two processes "
                    "decide differently, neither while one of them "
                    "is down nor afterwards." },
  .source
  = "Bernstein, Hadzilacos & Goodman: Concurrency Control and Recovery in Database Systems, 1987, section "
    "7.2, AC1",
};
