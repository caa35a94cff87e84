# While a commit waits for its standby, other sessions do not see it on the primary: it becomes visible there
# when the wait is over. But a standby that is not awaited shows it as soon as it has replayed it, so that a
# replica can be ahead of what the primary shows. (Patricia reads at the primary, Charlie at replica2.)
> file ahead.yaml
model: primary-replica
options:
  replicas: 2
  synchronous-commit: remote_apply
  synchronous-standby-names: replica1
  apply-delays: {replica1: 2s, replica2: 0s}
  router: {policy: time-window, window: 1min, spread: sticky}
clients: {names: [alice, charlie, patricia]}
workload:
  operations:
    - {id: p0, at: 0s, session: patricia, write: {hers: 1}}
    - {id: w1, at: 5s, session: alice, write: {x: 1}}
    - {id: p1, at: 6s, session: patricia, read: x}
    - {id: c1, at: 6s, session: charlie, read: x}
    - {id: p2, at: 8s, session: patricia, read: x}
    - {id: p3, at: 9s, session: patricia, read: x}
> end
> file show
orrery run ahead.yaml --set "faults=[$1]" | grep -E '^  [wpc][0-9] '
> end
$ sh show ''
----
  p0 (patricia, 0s): write hers 1 at primary
  w1 (alice, 5s): write x 1 at primary
  p1 (patricia, 6s): read x → nil at primary
  c1 (charlie, 6s): read x → 1 at replica2
  p2 (patricia, 8s): read x → 1 at primary
  p3 (patricia, 9s): read x → 1 at primary

# A crash of the primary at that moment does not take back what the replica has shown: flushed is flushed, and
# after the restart it is visible on the primary as well. Whoever waited for the commit does not know.
# (Patricia's next read meets a dead connection; the one after it does not.)
$ sh show '{at: 6500ms, crash: primary, kind: os, for: 500ms}'
----
  p0 (patricia, 0s): write hers 1 at primary
  w1 (alice, 5s): write x 1 at primary (unknown: the connection broke before the answer)
  p1 (patricia, 6s): read x → nil at primary
  c1 (charlie, 6s): read x → 1 at replica2
  p2 (patricia, 8s): read x at primary (fail: the connection was refused or broke)
  p3 (patricia, 9s): read x → 1 at primary

# Who has read the row at that replica and reads at the primary next goes back in time. A transaction that
# writes reads where it writes: so even a sticky session reads at two servers if some of its transactions
# write.
> file back.yaml
model: primary-replica
options:
  replicas: 2
  synchronous-commit: remote_apply
  synchronous-standby-names: replica1
  apply-delays: {replica1: 2s, replica2: 0s}
  router: sticky
clients: {names: [alice, charlie]}
workload:
  operations:
    - {id: w1, at: 5s, session: alice, write: {x: 1}}
    - {id: c1, at: 6s, session: charlie, read: x}
    - {id: c2, after: c1, session: charlie, steps: [{read: x}, {write: {y: 1}}]}
expect: {monotonic-reads: violated}
> end
$ orrery run back.yaml --quiet | sed -n '/^Verdicts/,/replica2$/p'
----
Verdicts
  monotonic-reads  violated
    charlie read x = 1 at 6s (ok at 6.001s on replica2), but then read x = nil at 6.001s on primary,
    which came to hold x = 1 only at 7.0015s
      c1 (charlie, 6s): read x → 1 at replica2
