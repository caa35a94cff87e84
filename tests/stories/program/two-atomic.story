# A replica that misses the latest write breaks linearizability, but no more than one write was missed. When it
# misses two, a reader who was promised one of the last two is let down.
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
    - {id: r1, at: 600ms, session: bob, read: x}
    - {id: r2, at: 700ms, session: bob, read: x}
    - {id: r3, at: 800ms, session: bob, read: x}
> end
$ orrery run late.yaml --set expect.two-atomic=holds --set expect.linearizable=violated -q | grep -A5 -E 'two-atomic|linearizable'
----
  two-atomic    holds
    3 reads by 1 session returned one of the last two writes, in one order for all
  linearizable  violated
    bob read x = nil at 0.7s (ok at 0.701s on replica2), as if nothing had been written yet, after
    bob read x = 1 at 0.6s (ok at 0.601s on replica1)
      r1 (bob, 0.6s): read x → 1 at replica1
      r2 (bob, 0.7s): read x → nil at replica2

--
  two-atomic    holds     met
  linearizable  violated  met

ended at 10.8s: nothing was left to happen; 54 events; digest 29078bfd8a4a2899
again: orrery run late.yaml --seed 3 --set expect.two-atomic=holds --set expect.linearizable=violated
$ orrery run late.yaml --set 'workload.operations=[{at: 0s, session: alice, write: {x: 1}}, {at: 100ms, session: alice, write: {x: 2}}, {at: 900ms, session: bob, read: x}, {at: 1s, session: bob, read: x}]' --set expect.two-atomic=violated -q
----
late.yaml
primary-replica, 4 operations by 2 sessions in 11s, seed 3

Verdicts
  two-atomic  violated
    alice wrote x = 1 at 0s (ok at 0.001s on primary); alice wrote x = 2 at 0.1s (ok at 0.101s on
    primary); bob read x = nil at 1s (ok at 1.001s on replica2): in no order did each read return
    one of the last two writes
      o1 (alice, 0s): write x 1 at primary
      o2 (alice, 0.1s): write x 2 at primary
      o4 (bob, 1s): read x → nil at replica2

Expected
  two-atomic  violated  met

ended at 11s: nothing was left to happen; 68 events; digest 6b0a2e2bcdfba0a5
again: orrery run late.yaml --seed 3 --set 'workload.operations=[{at: 0s, session: alice, write: {x: 1}}, {at: 100ms, session: alice, write: {x: 2}}, {at: 900ms, session: bob, read: x}, {at: 1s, session: bob, read: x}]' --set expect.two-atomic=violated
# The same in figures: in how many writes, and how much earlier the reads must have begun.
$ orrery run late.yaml --set 'expect.k-atomicity=exactly 2' --set 'expect.delta-atomicity=below 800ms' -q | grep atomicity
----
  k-atomicity      exactly 2    met: 2
  delta-atomicity  below 800ms  met: 699ms
again: orrery run late.yaml --seed 3 --set 'expect.k-atomicity=exactly 2' --set 'expect.delta-atomicity=below 800ms'
$ orrery run late.yaml --set 'expect.delta-atomicity=below 1ms' -q | grep atomicity
----
  delta-atomicity  below 1ms  NOT MET: 699ms
again: orrery run late.yaml --seed 3 --set 'expect.delta-atomicity=below 1ms'
