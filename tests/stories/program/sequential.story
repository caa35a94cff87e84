# A read from a replica that is late is no violation if nobody can tell: bob is simply behind. When he sees the new value
# and then the old one, somebody can.
> file late.yaml
model: primary-replica
seed: 3
options:
  replicas: 2
  apply-delays: {replica1: 500ms, replica2: 2s}
  router: {policy: replica-only, spread: round-robin}
clients: {names: [alice, bob]}
workload:
  operations:
    - {id: w1, at: 0s, session: alice, write: {x: 1}}
    - {id: r1, at: 1s, session: bob, read: x}
    - {id: r2, at: 2100ms, session: bob, read: x}
> end
$ orrery run late.yaml --set expect.sequential=holds --set expect.linearizable=violated -q | grep -A5 -E 'sequential|linearizable'
----
$ orrery run late.yaml --set 'workload.operations=[{at: 0s, session: alice, write: {x: 1}}, {at: 600ms, session: bob, read: x}, {at: 700ms, session: bob, read: x}]' --set expect.sequential=violated -q
----
