/* leader-append-only.c: who leads only adds. */
#include "check/check.h"

const OrrCheck orr_check_leader_append_only = {
  .entry
  = { .name = "leader-append-only",
      .summary = "A leader never overwrites or deletes entries of its log",
      .doc
      = "For models with a replicated log. A leader adds to the end of its log and changes nothing in it, "
        "for as long as it leads. What is looked at, the model says: `orrery models NAME` shows its rules." },
  .source
  = "Ongaro & Ousterhout: In Search of an Understandable Consensus Algorithm, USENIX ATC 2014, figure 3",
};
