# What survives which crash. Alice writes and is told that it succeeded; at that moment a server crashes, and
# is back a second later. Bob reads the row twice: his first read may meet a connection that died.
> file crash.yaml
model: primary-replica
options:
  replicas: 1
  synchronous-standby-names: replica1
clients: {names: [alice, bob]}
network: {latency: 1ms}
disk: {write: 1ms, sync: 20ms}
workload:
  operations:
    - {id: w1, at: 1s, session: alice, write: {x: 1}}
    - {id: r1, at: 4s, session: bob, read: x}
    - {id: r2, at: 5s, session: bob, read: x}
pins:
  - {disk: primary, crash: 1, kept: 0}
  - {disk: replica1, crash: 1, kept: 0}
> end
> file show
# usage: show ROUTER FAULTS LEVEL…: what is read afterwards, when a process or a system crashes
router=$1 faults=$2
shift 2
for kind in process os; do
  for level; do
    orrery run crash.yaml --set options.synchronous-commit=$level --set options.router=$router --set "$(printf "faults=$faults" $kind)" |
      awk -v what="$level, $kind:" '/^  w1 / { outcome = /unknown|fail/ ? "not acknowledged" : "acknowledged" }
                                    /^  r2 / { print what, outcome ", then", $7 }'
  done
done
> end

# The primary crashes. With `off` nothing was written yet, so that even the death of the process alone loses
# it: the WAL writer looks every 200 ms (wal_writer_delay). All others have flushed it.
$ sh show primary-only '[{when: {receive: result}, crash: primary, kind: %s, for: 1s}]' off local remote_write on remote_apply
----
off, process: acknowledged, then nil
local, process: acknowledged, then 1
remote_write, process: acknowledged, then 1
on, process: acknowledged, then 1
remote_apply, process: acknowledged, then 1
off, os: acknowledged, then nil
local, os: acknowledged, then 1
remote_write, os: acknowledged, then 1
on, os: acknowledged, then 1
remote_apply, os: acknowledged, then 1

# What a standby has promised shows when it crashes and the primary is gone as well. `remote_write` promised
# that its operating system had the row, which survives the process and not the system. (The disk had written
# none of it out by itself: that is pinned.)
$ sh show replica-only '[{when: {receive: result}, crash: replica1, kind: %s, for: 1s}, {when: {receive: result}, stop: primary, for: 9s}]' \
    remote_write on remote_apply
----
remote_write, process: acknowledged, then 1
on, process: acknowledged, then 1
remote_apply, process: acknowledged, then 1
remote_write, os: acknowledged, then nil
on, os: acknowledged, then 1
remote_apply, os: acknowledged, then 1

# A clean stop loses nothing at any level, and sends the standby the rest of the log first: with `off` the row
# is at the standby although the primary has never come back to flush it.
$ for level in off local on; do orrery run crash.yaml --set options.synchronous-commit=$level \
    --set options.router=replica-only --set 'faults=[{when: {receive: result}, stop: primary, for: 9s}]' |
    grep '^  r2'; done
----
  r2 (bob, 5s): read x → 1 at replica1
  r2 (bob, 5s): read x → 1 at replica1
  r2 (bob, 5s): read x → 1 at replica1

# A crash before the commit is flushed: nobody was told anything, and the row is not there. A crash while it
# waits for a standby: nobody was told anything, and it is there.
$ orrery run crash.yaml --set options.router=primary-only \
    --set 'faults=[{at: 1005ms, crash: primary, kind: os, for: 1s}]' |
    grep -E '^  (w1|r2)'
----
  w1 (alice, 1s): write x 1 at primary (unknown: the connection broke before the answer)
  r2 (bob, 5s): read x → nil at primary
$ orrery run crash.yaml --set options.router=primary-only \
    --set 'faults=[{at: 500ms, stop: replica1, for: 1h}, {at: 1500ms, crash: primary, kind: os, for: 1s}]' \
    --set duration=10s |
    grep -E '^  (w1|r2)'
----
  w1 (alice, 1s): write x 1 at primary (unknown: the connection broke before the answer)
  r2 (bob, 5s): read x → 1 at primary

# The primary's disk is lost, and with it the database. Its replica still has the row (so the row is not lost,
# as `durability` sees it), but the new, empty primary can't serve it: they are two systems now. Only a
# fail-over to the replica would have helped. The replica goes on showing what it has. The model claims nothing of
# this.
$ orrery run crash.yaml -p convergence -p durability --set options.router=primary-only \
    --set 'faults=[{at: 2s, crash: primary, kind: disk, for: 1s}]' |
    grep -E '^  (durability|convergence) |^    alice|^    when all|^  r2'
----
  convergence  violated
    when all was quiet, primary held x = nil and replica1 held x = 1
  durability   holds
  r2 (bob, 5s): read x → nil at primary
$ orrery run crash.yaml --set options.router=replica-only \
    --set 'faults=[{at: 2s, crash: primary, kind: disk, for: 1s}]' |
    grep '^  r2'
----
  r2 (bob, 5s): read x → 1 at replica1

# The replica's disk is lost: it is made anew from a base backup, and takes no connections before it has all
# that the primary has.
$ orrery run crash.yaml --set options.router=replica-only --set options.apply-delay=10s \
    --set 'faults=[{at: 3s, crash: replica1, kind: disk, for: 900ms}, {at: 3s, stop: primary, for: 1500ms}]' |
    grep -E '^  r[12]'
----
  r1 (bob, 4s): read x at replica1 (fail: the database system is starting up)
  r2 (bob, 5s): read x at replica1 (fail: the database system is starting up)

# What the replica's disk says about its own database rots. When it starts again it does not know whose log it
# has, and is made anew likewise.
$ orrery run crash.yaml -p convergence --set options.router=replica-only --set options.apply-delay=1s \
    --set 'faults=[{at: 1500ms, disk-corrupt: {node: replica1, part: cells}}, {at: 1600ms, crash: replica1, kind: os, for: 1s}]' |
    grep -E '^  (convergence|r2|1500ms|1.5s)'
----
  convergence  holds
  r2 (bob, 5s): read x → 1 at replica1
  1.5s  damage a cell on the disk of replica1 (1 effect)
