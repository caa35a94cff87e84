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
