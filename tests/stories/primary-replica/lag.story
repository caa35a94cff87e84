# Where lag comes from. A replica that applies late on purpose (recovery_min_apply_delay 2 s): `on` waits for
# its disk alone and is fast, `remote_apply` takes as long as the delay, which counts from the commit, by the
# clocks of both servers.
> file delayed.yaml
model: primary-replica
options:
  replicas: 1
  synchronous-standby-names: replica1
  recovery-min-apply-delay: 2s
  router: replica-only
clients: {names: [alice, bob]}
network: {latency: 20ms}
disk: {write: 1ms, sync: 5ms}
workload:
  operations:
    - {id: w1, at: 1s, session: alice, write: {x: 1}}
    - {id: r1, at: 2900ms, session: bob, read: x}
    - {id: r2, at: 3100ms, session: bob, read: x}
> end
$ for level in on remote_apply; do orrery run delayed.yaml --set options.synchronous-commit=$level |
    grep -E '^  (r[12]|write) '; done
----
  r1 (bob, 2.9s): read x → nil at replica1
  r2 (bob, 3.1s): read x → 1 at replica1
  write              1  92ms  92ms  92ms  92ms
  r1 (bob, 2.9s): read x → nil at replica1
  r2 (bob, 3.1s): read x → 1 at replica1
  write              1  2.06s  2.06s  2.06s  2.06s

# A replica whose clock is ahead by half a second applies half a second too early; one whose clock is behind,
# too late.
$ for skew in 500ms -500ms; do orrery run delayed.yaml --set nodes.replica1.skew=$skew --json |
    grep -A 1 '"lag.max"' | tail -n 1; done
----
      "value" : 1448000000.0,
      "value" : 2448000000.0,

# Neither a restart nor a crash of the replica shortens the delay.
$ orrery run delayed.yaml --set 'faults=[{at: 1500ms, crash: replica1, for: 500ms}]' | grep -E '^  r[12] '
----
  r1 (bob, 2.9s): read x → nil at replica1
  r2 (bob, 3.1s): read x → 1 at replica1

# A bulk insert goes into the log as it comes, and a replica that takes twice as long for a row falls behind
# further and further. Of 100,000 rows that are inserted in half a second and replayed in one, the replica has
# less than half when the insert commits. In time, its lag is what Rita waits for when her router insists on
# her own write; in bytes, it is the difference of the position that she wants and the one that is replayed.
> file bulk.yaml
model: primary-replica
options: {replicas: 1, router: {policy: lsn, wait: 10s}}
clients: {names: [rita]}
workload:
  operations:
    - {id: b1, at: 0s, bulk-write: {rows: 100000, bytes: 64}}
    - {id: r1, after: b1, read: x}
> end
$ orrery run bulk.yaml | grep -E '^  (bulk-write|read) '
----
  bulk-write         1  501ms  501ms  501ms  501ms
  read               1  701ms  701ms  701ms  701ms
$ orrery run bulk.yaml --set options.router.wait=0s --dump | tr -d '\\' |
    grep -o '"wanted":"[^"]*"\|"replayed":"[^"]*"' | head -n 2
----
"wanted":"0/224F880"
"replayed":"0/157E400"

# Other sessions' writes wait behind it in the log.
> file behind.yaml
model: primary-replica
options: {replicas: 1, router: replica-only}
clients: {names: [alice, bob]}
workload:
  operations:
    - {id: b1, at: 0s, session: bob, bulk-write: {rows: 100000, bytes: 64}}
    - {id: w1, at: 400ms, session: alice, write: {x: 1}}
    - {id: r1, at: 600ms, session: alice, read: x}
    - {id: r2, at: 1300ms, session: alice, read: x}
> end
$ orrery run behind.yaml | grep -E '^  [wr][0-9] '
----
  w1 (alice, 0.4s): write x 1 at primary
  r1 (alice, 0.6s): read x → nil at replica1
  r2 (alice, 1.3s): read x → 1 at replica1

# A slow link to the replica does the same: 100,000 rows of 192 bytes each take 15 s at 10 Mbit/s.
$ orrery run behind.yaml --set 'network.links=[{from: primary, to: replica1, bandwidth: 10Mbit/s}]' \
    --set workload.operations.3.at=20s |
    grep -E '^  [wr][0-9] '
----
  w1 (alice, 0.4s): write x 1 at primary
  r1 (alice, 0.6s): read x → nil at replica1
  r2 (alice, 20s): read x → 1 at replica1

# An idle primary is no lag. Long after the last commit the replica has everything, although the time since
# its last replayed transaction, which monitors like to take for the lag, has grown to a minute.
> file idle.yaml
model: primary-replica
options: {replicas: 1, router: replica-only}
workload:
  operations:
    - {id: w1, at: 1s, write: {x: 1}}
    - {id: r1, at: 61s, read: x}
expect: {stale: exactly 0%, lag.max: below 1ms}
> end
$ orrery run idle.yaml --quiet | grep -E 'met:'
----
  stale    exactly 0%  met: 0%
  lag.max  below 1ms   met: 500us
$ orrery run idle.yaml --dump | tr -d '\\' | grep -o 'fact="position" final=1.*}' | sed 's/[^{]*{/{/'
----
{"received":"0/1000080","flushed":"0/1000080","replayed":"0/1000080"}

# A frozen receiver reads later, in order, what came meanwhile. It asks for nothing: one that lost the primary
# before it was frozen, and would try again at 5 s, does so when it is thawed, and once.
> file thaw.yaml
model: primary-replica
options: {replicas: 1, router: primary-only}
clients: {sessions: 5}
duration: 12s
workload: {think: 5ms, mix: {read: 50%, write: 50%}}
faults:
  - {at: 1s, stop: primary, for: 100ms}
  - {at: 3s, action: {freeze-receiver: replica1}}
  - {at: 4s, crash: primary, for: 100ms}
  - {at: 6s, action: {thaw-receiver: replica1}}
expect: {convergence: holds}
> end
$ orrery run thaw.yaml --dump | sed -n 's/.*sent_at=\([0-9]*\)000000 .*type="start-streaming".*/asked at \1 ms/p'
----
asked at 6000 ms
