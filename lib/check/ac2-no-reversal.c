/* ac2-no-reversal.c: what a process has decided stays decided. */
#include "check/check.h"

const OrrCheck orr_check_ac2_no_reversal = {
  .entry = { .name = "ac2-no-reversal",
             .summary = "A process does not reverse its decision",
             .doc = "For models of atomic commitment, by their rules on the fact `decided`: no process "
                    "decides about a transaction a second time and "
                    "differently, a crash in between or not." },
  .source
  = "Bernstein, Hadzilacos & Goodman: Concurrency Control and Recovery in Database Systems, 1987, section "
    "7.2, AC2",
};
