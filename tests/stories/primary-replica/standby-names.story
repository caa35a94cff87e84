# Which standbys a commit waits for (synchronous_standby_names; PostgreSQL 15 manual, §20.6.2). Replica1 is
# connected, but its receiver is frozen.
> file names.yaml
model: primary-replica
options: {replicas: 2, router: primary-only}
clients: {names: [alice], timeout: 3s}
network: {latency: 1ms}
workload:
  operations:
    - {id: w1, at: 1s, write: {x: 1}}
faults:
  - {at: 500ms, action: {freeze-receiver: replica1}}
> end
> file show
# usage: show NAMES…: what becomes of the write
for names; do
  orrery run names.yaml --set "options.synchronous-standby-names=$names" |
    awk -v names="$names" '/^  w1 .*unknown/ { print names ": blocks" } /^  write / { print names ": returns after", $6 }'
done
> end

# FIRST waits for the first of the list that are connected, whether or not they answer; ANY for those that are
# fastest.
$ sh show 'FIRST 1 (replica1, replica2)' 'FIRST 1 (replica2, replica1)' 'ANY 1 (replica1, replica2)' \
    'FIRST 2 (replica1, replica2)' 'ANY 2 (replica1, replica2)'
----
FIRST 1 (replica1, replica2): blocks
FIRST 1 (replica2, replica1): returns after 4ms
ANY 1 (replica1, replica2): returns after 4ms
FIRST 2 (replica1, replica2): blocks
ANY 2 (replica1, replica2): blocks

# A plain list is FIRST 1, not all; `*` is everybody, and nobody comes before anybody else in it but by
# chance, here replica1.
$ sh show 'replica1, replica2' 'replica2, replica1' '"*"' 'ANY 1 (*)' '2 (*)' 'FIRST 1 (REPLICA2)' '""'
----
replica1, replica2: blocks
replica2, replica1: returns after 4ms
"*": blocks
ANY 1 (*): returns after 4ms
2 (*): blocks
FIRST 1 (REPLICA2): returns after 4ms
"": returns after 2ms

# A name that no standby bears is waited for, and so are more standbys than there are.
$ sh show 'replica3' 'replica3, replica2' 'ANY 1 (replica3)' 'FIRST 2 (replica2, replica3)' 'ANY 3 (*)'
----
replica3: blocks
replica3, replica2: returns after 4ms
ANY 1 (replica3): blocks
FIRST 2 (replica2, replica3): blocks
ANY 3 (*): blocks

# Waiting for a standby can be cancelled. The commit is in the log already: the client gets OK, with a
# warning, and everybody sees it. The client's own patience does not end it: then it is committed all the same
# once the standby is there, and the client does not know.
> file cancel.yaml
model: primary-replica
options: {replicas: 1, synchronous-standby-names: nobody, router: primary-only}
clients: {names: [alice, bob]}
workload:
  operations:
    - {id: w1, at: 1s, session: alice, write: {x: 1}, cancel: 500ms}
    - {id: r1, after: w1, session: bob, read: x}
> end
$ orrery run cancel.yaml --quiet -p durability \
    --set 'expect={latency.write.max: [above 500ms, below 510ms]}' && orrery run cancel.yaml |
    grep -E '^  [wr]1 '
----
cancel.yaml
primary-replica, 2 operations by 2 sessions in 11s, seed 1

Verdicts
  durability  holds
    1 acknowledged write was kept

Expected
  latency.write.max  above 500ms  met: 501ms
  latency.write.max  below 510ms  met: 501ms

ended at 11s: nothing was left to happen; 32 events; digest 005f7901ce56a923
again: orrery run cancel.yaml --seed 1 --set 'expect={latency.write.max: [above 500ms, below 510ms]}' --property durability
  w1 (alice, 1s): write x 1 at primary (cancelled while it waited for synchronous replication: committed locally, perhaps on no standby)
  r1 (bob, 1.501s): read x → 1 at primary
> file late.yaml
model: primary-replica
options: {replicas: 1, synchronous-standby-names: replica1, router: primary-only}
clients: {names: [alice, bob], timeout: 2s}
workload:
  operations:
    - {id: w1, at: 1s, session: alice, write: {x: 1}}
    - {id: r1, at: 4s, session: bob, read: x}
    - {id: r2, at: 8s, session: bob, read: x}
faults: [{at: 0s, stop: replica1, for: 6s}]
> end
$ orrery run late.yaml | grep -E '^  [wr][12] '
----
  w1 (alice, 1s): write x 1 (unknown)
  r1 (bob, 4s): read x → nil at primary
  r2 (bob, 8s): read x → 1 at primary

# Before its commit, while it waits for a row that another transaction holds, a cancelled write has no effect.
> file lock.yaml
model: primary-replica
options: {replicas: 1, synchronous-standby-names: nobody, router: primary-only}
clients: {names: [alice, bob]}
workload:
  operations:
    - {id: w1, at: 1s, session: alice, write: {x: 1}, cancel: 3s}
    - {id: w2, at: 2s, session: bob, write: {x: 2}, cancel: 500ms}
    - {id: r2, after: w2, at: 5s, session: bob, read: x}
> end
$ orrery run lock.yaml | grep -E '^  [wr][12] '
----
  w1 (alice, 1s): write x 1 at primary (cancelled while it waited for synchronous replication: committed locally, perhaps on no standby)
  w2 (bob, 2s): write x 2 at primary (fail: cancelled)
  r2 (bob, 7.501s): read x → 1 at primary

# When the first of the list is stopped, the next one takes its place: at once for what is written from then
# on. What was waiting for replica1 already goes on when replica2 next says how far it is, at the latest after
# wal_receiver_status_interval (10 s).
> file takes-over.yaml
model: primary-replica
options: {replicas: 2, synchronous-standby-names: "FIRST 1 (replica1, replica2)", router: primary-only}
clients: {names: [alice, bob], timeout: 2min}
network: {latency: 1ms}
workload:
  operations:
    - {id: w1, at: 1s, session: alice, write: {x: 1}}
    - {id: r1, at: 65s, session: bob, read: x}
> end
$ orrery run takes-over.yaml --set 'faults=[{at: 500ms, stop: replica1}]' | grep '^  write '
----
  write             1  4ms  4ms  4ms  4ms
$ orrery run takes-over.yaml \
    --set 'faults=[{at: 500ms, action: {freeze-receiver: replica1}}, {at: 1500ms, stop: replica1}]' |
    grep '^  write '
----
  write             1   9s   9s   9s   9s

# A standby that is connected and silent is given up after wal_sender_timeout (60 s); then replica2 takes its
# place with its next word, at 70 s.
$ orrery run takes-over.yaml \
    --set 'faults=[{at: 500ms, action: {freeze-receiver: replica1}}, {at: 70s, action: {thaw-receiver: replica1}}]' |
    grep -E '^  (write|r1) '
----
  r1 (bob, 65s): read x → nil at primary
  write             1  69s  69s  69s  69s
$ orrery run takes-over.yaml --set options.wal-sender-timeout=20s \
    --set 'faults=[{at: 500ms, action: {freeze-receiver: replica1}}, {at: 70s, action: {thaw-receiver: replica1}}]' |
    grep '^  write '
----
  write             1  29s  29s  29s  29s
