/* log-matching.c: one entry stands for the whole log before it. */
#include "check/check.h"

const OrrCheck orr_check_log_matching = {
  .entry
  = { .name = "log-matching",
      .summary = "Two logs that agree on an entry agree on all before it",
      .doc
      = "For models with a replicated log. If two logs have an entry of the same index and term, they are "
        "the same up to there. What is looked at, the model says: `orrery models NAME` shows its rules." },
  .source
  = "Ongaro & Ousterhout: In Search of an Understandable Consensus Algorithm, USENIX ATC 2014, figure 3",
};
