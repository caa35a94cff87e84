# Faults that never struck are told, each with its place; of a random line, what it never drew.
> file idle.yaml
model: primary-replica
duration: 2s
workload:
  operations:
    - {write: {x: 1}}
faults:
  - {when: {sync: replica1, nth: 100}, crash: primary}
  - {when: {fact: applied, node: replica1, nth: 3}, crash: primary}
  - {every: 500ms, choose: {crash: 1, pause: 1000000}, target: replica1, for: 10ms}
  - {every: 1min, choose: [crash]}
expect: {}
> end
$ orrery run idle.yaml | sed -n '/^Faults/,/^$/p'
----
Faults (effects: how often it made a difference)
  0.5s  pause replica1, for 10ms (changed nothing)
  1s  pause replica1, for 10ms (changed nothing)
  1.5s  pause replica1, for 10ms (changed nothing)
  pause: struck 3 times; had no effect
  never struck: {when: {sync: replica1, nth: 100}, crash: primary} (idle.yaml:7:5): what it waits for did not happen 100 times before the workload was over
  never struck: {when: {fact: applied, node: replica1, nth: 3}, crash: primary} (idle.yaml:8:5): what it waits for did not happen 3 times before the workload was over
  never struck: crash of {every: 500ms, choose: {crash: 1, pause: 1000000}, for: 10ms, target: replica1} (idle.yaml:9:5): it was never drawn
  never struck: {every: 60s, choose: [crash]} (idle.yaml:10:5): the workload was over before its first time came
\
$ orrery run --json idle.yaml --save idle.trace | sed -n '/"idle-faults"/,/^  ]/p'
----
  "idle-faults" : [
    {
      "line" : "{when: {sync: replica1, nth: 100}, crash: primary}",
      "place" : "idle.yaml:7:5",
      "choice" : null,
      "why" : "what it waits for did not happen 100 times before the workload was over"
    },
    {
      "line" : "{when: {fact: applied, node: replica1, nth: 3}, crash: primary}",
      "place" : "idle.yaml:8:5",
      "choice" : null,
      "why" : "what it waits for did not happen 3 times before the workload was over"
    },
    {
      "line" : "{every: 500ms, choose: {crash: 1, pause: 1000000}, for: 10ms, target: replica1}",
      "place" : "idle.yaml:9:5",
      "choice" : "crash",
      "why" : "it was never drawn"
    },
    {
      "line" : "{every: 60s, choose: [crash]}",
      "place" : "idle.yaml:10:5",
      "choice" : null,
      "why" : "the workload was over before its first time came"
    }
  ],
# A saved run holds the lines, and not where they stood.
$ orrery check idle.trace | grep never
----
  never struck: {when: {sync: replica1, nth: 100}, crash: primary}: what it waits for did not happen 100 times before the workload was over
  never struck: {when: {fact: applied, node: replica1, nth: 3}, crash: primary}: what it waits for did not happen 3 times before the workload was over
  never struck: crash of {every: 500ms, choose: {crash: 1, pause: 1000000}, for: 10ms, target: replica1}: it was never drawn
  never struck: {every: 60s, choose: [crash]}: the workload was over before its first time came
# Where all had their turn, nothing is said.
$ orrery run idle.yaml --set 'faults=[{every: 100ms, choose: [crash, pause], for: 10ms}]' | grep -c never
----
0
[exit 1]
# What was cut short says so.
$ orrery run idle.yaml --set 'faults=[{at: 1s, crash: primary}]' --events-max 10 | grep never
----
  never struck: {at: 1s, crash: primary} (--set faults:1:2): the run was cut short before that

# Of many runs, those are told that struck in none of them; and each figure's ends name the seeds that gave them.
> file seldom.yaml
model: primary-replica
options: {replicas: 1, apply-delay: exponential(mean 20ms)}
duration: 2s
workload: {think: exponential(mean 20ms), mix: {read: 50%, write: 50%}}
faults:
  - {when: {fact: applied, node: replica1, nth: 100000}, crash: primary}
  - {every: 500ms, choose: {crash: 1, pause: 1000000}, for: 10ms, target: replica1}
  - {every: exponential(mean 2s), choose: [pause], for: 10ms}
expect: {success: at least 50%}
> end
$ orrery run seldom.yaml --seeds 1..20 | sed -n '/^Faults/,/^  share/p'
----
Faults that never struck
  {when: {fact: applied, node: replica1, nth: 100000}, crash: primary} (seldom.yaml:6:5): it struck in no run
  crash of {every: 500ms, choose: {crash: 1, pause: 1000000}, for: 10ms, target: replica1} (seldom.yaml:7:5): it was drawn in no run

Figures (a run each; 95% CI: of the mean Student's, of the median by ranks)
  figure              runs    mean          95% CI  median        95% CI   least  by seed    most  by seed
  latency.write.p50     20     1ms        1ms..1ms     1ms      1ms..1ms     1ms        1     1ms        1
  latency.write.p99     20  2.16ms    824us..3.5ms     1ms      1ms..1ms     1ms        1  9.95ms       16
  latency.read.p50      20     1ms        1ms..1ms     1ms      1ms..1ms     1ms        1     1ms        1
  latency.read.p99      20  4.98ms  3.19ms..6.77ms  4.61ms   1ms..7.84ms     1ms        2    11ms        5
  share.read.primary    20      0%          0%..0%      0%        0%..0%      0%        1      0%        1

$ orrery run seldom.yaml --seeds 1..20 --json | grep -A 12 '"idle-faults"'
----
  "idle-faults" : [
    {
      "line" : "{when: {fact: applied, node: replica1, nth: 100000}, crash: primary}",
      "place" : "seldom.yaml:6:5",
      "choice" : null,
      "why" : "it struck in no run"
    },
    {
      "line" : "{every: 500ms, choose: {crash: 1, pause: 1000000}, for: 10ms, target: replica1}",
      "place" : "seldom.yaml:7:5",
      "choice" : "crash",
      "why" : "it was drawn in no run"
    }

$ orrery run seldom.yaml --seeds 1..20 --json | grep -A 22 '"latency.read.p99" : {' | grep -- -by
----
      "least-by" : "2",
      "most-by" : "5"

