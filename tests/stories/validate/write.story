# The canonical form: what is not a default, in one order, each value in its shortest form.

> file scenario.yaml
expect: {success: at least 99.9%, latency.read.p99: [above 100us, below 1s]}
faults:
  - {for: 5000ms, crash: {kind: os, node: replica1}, at: 12s}
  - {every: exponential(mean 5s), choose: [{partition: {shape: majority}}, {crash: {kind: process}}, slow], for: uniform(1s..4s), target: replica}
  - {when: {send: wal, from: primary, where: {first: 3}, nth: 1}, pause: primary, for: 1min}
workload:
  operations:
    - {id: o1, session: alice, at: 0s, steps: [{write: {x: "12"}}]}
    - {id: check, session: bob, after: o1, read: x}
    - {session: bob, at: 90s, bulk-write: {rows: 100000, bytes: 64}}
  mix: [{share: 90%, read: 1}, {share: 10%, write: 1}]
  arrival: poisson(1000/s)
clients: {names: [alice, bob], hosts: 1, timeout: 5000ms}
nodes: {replica1: {weight: 1, region: eu-west-1}}
options: {replicas: 2, router: {policy: time-window}, synchronous-commit: off}
model: {name: primary-replica, bugs: []}
settle: 30s
seed: 7
about: |
  Two lines
  of text.
title: "yes"
> end
$ orrery validate --write scenario.yaml
----
title: "yes"
about: |
  Two lines
  of text.
seed: 7
model: primary-replica
options:
  synchronous-commit: "off"
  router: time-window
nodes:
  replica1: {region: eu-west-1}
clients:
  names: [alice, bob]
workload:
  arrival: poisson(1000/s)
  mix: {read: 90%, write: 10%}
  operations:
    - {write: {x: "12"}}
    - {id: check, after: o1, session: bob, read: x}
    - {at: 90s, session: bob, bulk-write: {rows: 100000, bytes: 64}}
faults:
  - {at: 12s, crash: replica1, kind: os, for: 5s}
  - {every: exponential(mean 5s), choose: [partition-majority, crash, slow], for: uniform(1s..4s), target: replica}
  - {when: {send: wal, from: primary, where: {first: 3}}, pause: primary, for: 60s}
expect:
  success: at least 99.9%
  latency.read.p99: [above 100us, below 1s]

# It reads back to itself.
$ orrery validate --write scenario.yaml > once.yaml; orrery validate --write once.yaml > twice.yaml; cmp once.yaml twice.yaml && echo same
----
same

# Faults of links, written back.
> file links.yaml
model: primary-replica
nodes: {replica1: {inbox: 7}}
network: {corrupt: 1%}
faults:
  - {at: 1s, flap: replica1, down: 1s, up: 500ms}
  - {at: 1s, partition: ring}
  - {at: 1s, partition: {shape: bridge, isolate: primary}}
  - {at: 1s, corrupt: {from: primary}}
  - {at: 1s, clog: }
  - {at: 1s, hold: {message: wal, order: shuffled}}
  - {at: 1s, swizzle: [primary, replica1], interval: 2s}
  - {at: 1s, collapse: primary, bandwidth: 1Mbit/s}
  - {at: 1s, inbox: primary}
  - {every: 5s, choose: [flap, clog, corrupt, collapse, swizzle, inbox, hold-shuffled, partition-ring, partition-bridge]}
> end
$ orrery validate --write links.yaml > written.yaml && cat written.yaml && orrery validate --write written.yaml | cmp - written.yaml
----
model: primary-replica
nodes:
  replica1: {inbox: 7}
network:
  corrupt: 1%
faults:
  - {at: 1s, flap: replica1, down: 1s}
  - {at: 1s, partition: ring}
  - {at: 1s, partition: bridge, isolate: primary}
  - {at: 1s, corrupt: {from: primary}}
  - {at: 1s, clog: {}}
  - {at: 1s, hold: wal, order: shuffled}
  - {at: 1s, swizzle: [primary, replica1], interval: 2s}
  - {at: 1s, collapse: primary, bandwidth: 1Mbit/s}
  - {at: 1s, inbox: primary}
  - {every: 5s, choose: [flap, clog, corrupt, collapse, swizzle, inbox, hold-shuffled, partition-ring, partition-bridge]}
