# What a commit waits for (synchronous_commit; PostgreSQL 15 manual, §20.5.1), and what is visible where
# meanwhile. The awaited standby is 10 ms away, clients are 1 ms away. A disk takes 1 ms until the operating
# system has the data and 5 ms more for the flush; replay comes 100 ms after that. The row is written at 1 s,
# and read at 1.5 s and 4 s: at the primary by Patricia, who has just written something else there, and at the
# standby by Rita.
> file levels.yaml
model: primary-replica
options:
  replicas: 1
  synchronous-standby-names: replica1
  apply-delay: 100ms
  router: {policy: time-window, window: 1min}
clients: {names: [writer, patricia, rita], timeout: 100s}
network:
  latency: 1ms
  links:
    - {from: primary, to: replica1, latency: 10ms}
    - {from: replica1, to: primary, latency: 10ms}
disk: {write: 1ms, sync: 5ms}
workload:
  operations:
    - {id: p0, at: 500ms, session: patricia, write: {hers: 1}}
    - {id: w1, at: 1s, session: writer, write: {x: 1}}
    - {id: p1, at: 1500ms, session: patricia, read: x}
    - {id: r1, at: 1500ms, session: rita, read: x}
    - {id: p2, at: 4s, session: patricia, read: x}
    - {id: r2, at: 4s, session: rita, read: x}
> end
> file show
# usage: show FAULTS: what each level makes of them
echo 'level         the write took  at 1.5s: primary  standby  at 4s: primary  standby'
for level in off local remote_write on remote_apply; do
  orrery run levels.yaml --set options.synchronous-commit=$level --set "faults=[$1]" |
    awk -v level=$level '/^  [pr][12] \(/ { read[$1] = $6 == "→" ? $7 : "fails" }
                         /^  write / { longest = $6 }
                         END { printf "%-13s %-15s %-17s %-8s %-15s %s\n", level, longest, read["p1"], read["r1"], read["p2"], read["r2"] }'
done
> end

# Nothing is wrong. `off` waits for nothing, `local` for the primary's disk (6 ms), `remote_write` for the
# standby's operating system too (10 + 1 + 10 ms), `on` for its disk (5 ms more), `remote_apply` for its
# replay (100 ms more).
$ sh show ''
----
level         the write took  at 1.5s: primary  standby  at 4s: primary  standby
off           2ms             1                 1        1               1
local         8ms             1                 1        1               1
remote_write  29ms            1                 1        1               1
on            34ms            1                 1        1               1
remote_apply  134ms           1                 1        1               1

# The standby's replay stands still from 0.8 s to 3 s (pg_wal_replay_pause). All but `remote_apply` return,
# and the row is not to be seen on the standby. `remote_apply` waits until the replay goes on, and meanwhile
# the row is to be seen nowhere.
$ sh show '{at: 800ms, action: {pause-replay: replica1}}, {at: 3s, action: {resume-replay: replica1}}'
----
level         the write took  at 1.5s: primary  standby  at 4s: primary  standby
off           2ms             1                 nil      1               1
local         8ms             1                 nil      1               1
remote_write  29ms            1                 nil      1               1
on            34ms            1                 nil      1               1
remote_apply  2.01s           nil               nil      1               1

# The standby's WAL receiver is frozen in that time, with its connection open. Now whoever waits for a standby
# at all waits.
$ sh show '{at: 800ms, action: {freeze-receiver: replica1}}, {at: 3s, action: {thaw-receiver: replica1}}'
----
level         the write took  at 1.5s: primary  standby  at 4s: primary  standby
off           2ms             1                 nil      1               1
local         8ms             1                 nil      1               1
remote_write  2.01s           nil               nil      1               1
on            2.02s           nil               nil      1               1
remote_apply  2.12s           nil               nil      1               1

# The standby is stopped. It is as if it was frozen, until it is back and has caught up; nobody can read
# there.
$ sh show '{at: 800ms, stop: replica1, for: 2200ms}'
----
level         the write took  at 1.5s: primary  standby  at 4s: primary  standby
off           2ms             1                 fails    1               1
local         8ms             1                 fails    1               1
remote_write  2.03s           nil               fails    1               1
on            2.04s           nil               fails    1               1
remote_apply  2.14s           nil               fails    1               1

# The link is cut in both directions from 0.8 s to 3 s. What was lost is sent again 0.2, 0.6, 1.4 and 3 s
# after the first time, as TCP does it.
$ sh show '{at: 800ms, partition: [[primary], [replica1]], for: 2200ms}'
----
level         the write took  at 1.5s: primary  standby  at 4s: primary  standby
off           2ms             1                 nil      1               nil
local         8ms             1                 nil      1               nil
remote_write  3.04s           nil               nil      nil             nil
on            3.04s           nil               nil      nil             nil
remote_apply  3.14s           nil               nil      nil             nil
