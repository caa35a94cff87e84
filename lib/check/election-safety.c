/* election-safety.c: two leaders in one term would both be right. */
#include "check/check.h"

const OrrCheck orr_check_election_safety = {
  .entry = { .name = "election-safety",
             .summary = "In each term at most one node leads",
             .doc = "For models that elect leaders and say so in facts. What is looked at, the model says: "
                    "`orrery models NAME` shows its rules. Of a model without such facts nothing is known." },
  .source
  = "Ongaro & Ousterhout: In Search of an Understandable Consensus Algorithm, USENIX ATC 2014, figure 3",
};
