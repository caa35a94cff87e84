# What a service owes its clients beside right answers: answers at all, and in time.

# While a partition lasts, a primary whose commits wait for a standby answers nobody who writes.
> file cut.yaml
model: primary-replica
options: {replicas: 1, synchronous-standby-names: replica1}
clients: {names: [alice], timeout: 1s}
workload:
  operations:
    - {id: w1, at: 1s, session: alice, write: {x: 1}}
    - {id: w2, at: 3s, session: alice, write: {x: 2}}
faults:
  - {at: 2s, partition: [[primary], [replica1]], for: 3s}
expect: {availability: violated}
> end
$ orrery run -q cut.yaml | sed -n '/^Verdicts/,/^Expected/p'
----
Verdicts
  availability  violated
    alice asked at 3s to write x = 2 and had no answer by 4s; so it went with 1 of 2 operations
      w2 (alice, 3s): write x 2 (unknown)

Expected
# A primary that waits for nobody answers all the while.
$ sed 's/, synchronous-standby-names: replica1//; s/violated/holds/' cut.yaml > alone.yaml; orrery run -q alone.yaml | sed -n '/^Verdicts/,/^Expected/p'
----
Verdicts
  availability  holds
    2 operations were answered in time

Expected

# A decision that was lost, and is never sent again: whoever asks for what is locked waits for ever, and nothing is broken any more.
> file lost.yaml
model: {name: atomic-commitment, bugs: [decision-not-retried]}
options: {termination: wait}
clients: {names: [alice, bob], timeout: 2s}
workload:
  operations:
    - {id: t1, at: 0s, session: alice, transfer: {from: a, to: b, amount: 50}}
    - {id: r1, at: 20s, session: bob, steps: [{read: a}, {read: b}]}
pins:
  - {message: commit, to: participant2, nth: 1, drop: true}
expect: {progress: violated}
> end
$ orrery run -q lost.yaml | sed -n '/^Verdicts/,/^Expected/p'
----
Verdicts
  progress  violated
    bob asked at 20s to read a and was never answered, though nothing was broken
      r1 (bob, 20s): read a; read b (unknown)

Expected
$ sed 's/^model.*/model: atomic-commitment/; s/violated/holds/' lost.yaml > sent-again.yaml; orrery run -q sent-again.yaml | sed -n '/^Verdicts/,/^Expected/p'
----
Verdicts
  progress  holds
    2 operations were answered

Expected

# A read that is behind, by a replica that catches up; there is a bound.
> file behind.yaml
model: primary-replica
options: {replicas: 1, router: replica-only, apply-delay: 200ms}
clients: {names: [alice]}
workload:
  operations:
    - {id: w1, at: 1s, session: alice, write: {x: 1}}
    - {id: r1, at: 1100ms, session: alice, read: x}
expect: {bounded-staleness: holds}
> end
$ orrery run -q behind.yaml | sed -n '/^Verdicts/,/^Expected/p'
----
Verdicts
  bounded-staleness  holds
    of 1 read, 1 was stale, by at most 1 version and 0.099s

Expected
# A cache that missed an update, and that nobody tells it of: however long one waits, it serves the old value.
> file dropped.yaml
model: {name: lww-cache, bugs: [dropped-when-peer-down]}
options: {caches: 2, replication-delay: 300ms, anti-entropy: 0s}
clients: {names: [alice, carol]}
workload:
  object: map
  operations:
    - {id: w1, at: 1s, session: alice, to: cache1, write: {age: 30}}
    - {id: r1, at: 8s, session: carol, to: cache2, read: age}
faults:
  - {at: 500ms, stop: cache2, for: 5800ms}
expect: {bounded-staleness: violated}
> end
$ orrery run -q dropped.yaml | sed -n '/^Verdicts/,/^Expected/p'
----
Verdicts
  bounded-staleness  violated
    alice wrote age = 30 at 1s (ok at 1.001s on cache1); carol read age = nil at 8s on cache2, which
    still held age = nil when all was quiet
      w1 (alice, 1s): write age 30 at cache1
      r1 (carol, 8s): read age → nil at cache2

Expected
