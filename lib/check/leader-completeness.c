/* leader-completeness.c: an election loses nothing that was promised. */
#include "check/check.h"

const OrrCheck orr_check_leader_completeness = {
  .entry
  = { .name = "leader-completeness",
      .summary = "A committed entry is in the log of every later leader",
      .doc
      = "For models with a replicated log. What was committed in one term, the leaders of all later terms "
        "have in their logs: the rule `inherits`. What is looked at, the model says: `orrery models NAME` "
        "shows its rules." },
  .source
  = "Ongaro & Ousterhout: In Search of an Understandable Consensus Algorithm, USENIX ATC 2014, figure 3 and "
    "section 5.4.3",
};
