# What the model claims where a scenario expects nothing: what its options promise, as far as it bears the
# faults that are planned. Under none of them may a run fail for no fault of the model.
> file claims.yaml
model: primary-replica
options: {router: primary-only}
clients: {sessions: 3}
duration: 3s
workload:
  think: 5ms
  mix: {read: 50%, write: 50%}
  operations: [{at: 0s, session: s1, write: {y: 1}}]
> end
> file show
# usage: show OPTION…: what is claimed, and how it went
orrery run -q claims.yaml "$@" |
  awk '/^Claimed/ { on = 1; next } on && !/^  / { exit } on { sub (/,$/, "", $1); line = line (line ? ", " : "") $1; bad = bad (/ met$|nothing/ ? "" : " but " $0) }
       END { print line bad }'
> end
$ sh show
----
convergence, monotonic-writes, writes-follow-reads, durability, read-your-writes, monotonic-reads

# A crash of process or system is borne by whom it may strike, the loss of a disk by replicas: what only the
# primary had is lost with its disk, and its replicas can't follow it any more.
$ for kind in process os disk; do
    sh show --set 'faults=[{at: 1s, crash: primary, kind: '$kind', for: 100ms}]'
    sh show --set 'faults=[{at: 1s, crash: replica1, kind: '$kind', for: 100ms}]'
  done
----
convergence, monotonic-writes, writes-follow-reads, durability, read-your-writes, monotonic-reads
convergence, monotonic-writes, writes-follow-reads, durability, read-your-writes, monotonic-reads
convergence, monotonic-writes, writes-follow-reads, durability, read-your-writes, monotonic-reads
convergence, monotonic-writes, writes-follow-reads, durability, read-your-writes, monotonic-reads
nothing
convergence, monotonic-writes, writes-follow-reads, durability, read-your-writes, monotonic-reads

$ orrery run -q claims.yaml --set 'faults=[{at: 1s, crash: primary, kind: disk, for: 100ms}]' \
    --set 'expect={convergence: violated, read-your-writes: violated}' | grep 'met$'
----
  convergence       violated  met
  read-your-writes  violated  met

# The same where faults are drawn.
$ for target in replica primary; do
    sh show --set 'faults=[{every: 500ms, choose: [crash, crash-os, crash-disk], for: 100ms, target: '$target'}]'
  done
----
convergence, monotonic-writes, writes-follow-reads, durability, read-your-writes, monotonic-reads
nothing

# A replica that an operator holds back does not converge.
$ for action in pause-replay freeze-receiver; do sh show --set 'faults=[{at: 1s, action: {'$action': replica1}}]'; done
----
monotonic-writes, writes-follow-reads, durability, read-your-writes, monotonic-reads
monotonic-writes, writes-follow-reads, durability, read-your-writes, monotonic-reads

# A commit whose wait is cancelled is acknowledged before replicas show it, `remote_apply` or not. Who reads at
# the primary sees it.
$ for router in replica-only primary-only; do
    for operation in 'at=0s' 'cancel=1ms'; do
      sh show --set options.synchronous-commit=remote_apply --set 'options.synchronous-standby-names=FIRST 2 (*)' \
        --set options.router=$router --set workload.operations.0.$operation
    done
  done
----
convergence, monotonic-writes, writes-follow-reads, durability, read-your-writes
convergence, monotonic-writes, writes-follow-reads, durability
convergence, monotonic-writes, writes-follow-reads, durability, read-your-writes, monotonic-reads
convergence, monotonic-writes, writes-follow-reads, durability, read-your-writes, monotonic-reads

