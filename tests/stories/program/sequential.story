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
    - {id: r1, at: 400ms, session: bob, read: x}
    - {id: r2, at: 2100ms, session: bob, read: x}
> end
$ orrery run late.yaml --set expect.sequential=holds --set expect.linearizable=violated -q | grep -A5 -E 'sequential|linearizable'
----
  sequential    holds
    one order explains 3 operations
  linearizable  violated
    bob read x = nil at 0.4s (ok at 0.401s on replica1), as if nothing had been written yet, after
    alice wrote x = 1 at 0s (ok at 0.001s on primary)
      w1 (alice, 0s): write x 1 at primary
      r1 (bob, 0.4s): read x → nil at replica1

--
  sequential    holds     met
  linearizable  violated  met

ended at 12.1s: nothing was left to happen; 49 events; digest 9ed163c7952183e2
again: orrery run late.yaml --seed 3 --set expect.sequential=holds --set expect.linearizable=violated
$ orrery run late.yaml --set 'workload.operations=[{at: 0s, session: alice, write: {x: 1}}, {at: 600ms, session: bob, read: x}, {at: 700ms, session: bob, read: x}]' --set expect.sequential=violated -q
----
late.yaml
primary-replica, 3 operations by 2 sessions in 10.7s, seed 3

Verdicts
  sequential  violated
    in no order that keeps each session's own do these give what they returned: bob read x = 1 at
    0.6s (ok at 0.601s on replica1); bob read x = nil at 0.7s (ok at 0.701s on replica2)
      o2 (bob, 0.6s): read x → 1 at replica1
      o3 (bob, 0.7s): read x → nil at replica2

Expected
  sequential  violated  met

ended at 10.7s: nothing was left to happen; 49 events; digest 69928067cb92e0cc
again: orrery run late.yaml --seed 3 --set 'workload.operations=[{at: 0s, session: alice, write: {x: 1}}, {at: 600ms, session: bob, read: x}, {at: 700ms, session: bob, read: x}]' --set expect.sequential=violated
