# Pins that fixed nothing are told, each with its place.
> file idle.yaml
model: primary-replica
options: {replicas: 1}
workload:
  operations:
    - {id: w1, write: {x: 1}}
    - {id: r1, after: w1, read: x}
pins:
  - {message: wal, nth: 1, latency: 2ms}
  - {message: wal, nth: 99, latency: 2ms}
  - {reply: w2, latency: 4ms}
  - {disk: primary, crash: 1, kept: 0}
expect: {}
> end
$ orrery run idle.yaml | sed -n '/^Pins/,/^$/p'
----
Pins that fixed nothing (what they are about did not happen)
  {message: wal, nth: 99, latency: 2ms} (idle.yaml:9:5)
  {reply: w2, latency: 4ms} (idle.yaml:10:5)
  {disk: primary, kept: 0} (idle.yaml:11:5)
\
$ orrery run --json idle.yaml --save idle.trace | sed -n '/"idle-pins"/,/^  ]/p'
----
  "idle-pins" : [
    {
      "line" : "{message: wal, nth: 99, latency: 2ms}",
      "place" : "idle.yaml:9:5"
    },
    {
      "line" : "{reply: w2, latency: 4ms}",
      "place" : "idle.yaml:10:5"
    },
    {
      "line" : "{disk: primary, kept: 0}",
      "place" : "idle.yaml:11:5"
    }
  ],
# All were met: nothing is said.
$ orrery run idle.yaml --set 'pins=[{message: wal, nth: 1, latency: 2ms}]' | grep -c '^Pins'
----
0
[exit 1]
# Of a saved run it is not known.
$ orrery check idle.trace | grep -c '^Pins'
----
0
[exit 1]
