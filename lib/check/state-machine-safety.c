/* state-machine-safety.c: all replicas do the same things in the same order. */
#include "check/check.h"

const OrrCheck orr_check_state_machine_safety = {
  .entry
  = { .name = "state-machine-safety",
      .summary = "No two nodes apply different commands at one place of the log",
      .doc = "For models that replicate a state machine. What one node applies at an index, no other node "
             "contradicts. What is looked at, the model says: `orrery models NAME` shows its rules." },
  .source = "Ongaro & Ousterhout: In Search of an Understandable Consensus Algorithm, USENIX ATC 2014, "
            "figure 3; Schneider: Implementing Fault-Tolerant Services Using the State Machine Approach, ACM "
            "Computing Surveys 22(4), 1990",
};
