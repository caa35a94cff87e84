# A trace that was saved is judged again, without running anything.
> file lag.yaml
title: Behind
model: primary-replica
options: {replicas: 1, apply-delay: 100ms}
workload:
  operations:
    - {id: w1, write: {x: 1}}
    - {id: r1, after: w1, read: x}
expect: {read-your-writes: violated}
> end
$ orrery run -q lag.yaml --save lag.sqlite > /dev/null
----
$ orrery check lag.sqlite
----
Behind
primary-replica, 2 operations by 1 session in 10s, seed 1

Verdicts
  read-your-writes  violated
    s1 wrote x = 1 at 0s (ok at 0.001s on primary), but then read x = nil at 0.001s on replica1,
    which came to hold x = 1 only at 0.101s
      w1 (s1, 0s): write x 1 at primary
      r1 (s1, 0.001s): read x → nil at replica1
      s1  [write x 1] [read x → nil]
          0s          0.001s       0.002s

Expected
  read-your-writes  violated  met

What happened (set in: what the nodes said of themselves)
  w1 (s1, 0s): write x 1 at primary
  r1 (s1, 0.001s): read x → nil at replica1
    client1 (0.001s): routed request=client1/0/1/0 to=replica1 why=policy

Where reads went (stale: out of date; behind: for how long already)
  node      answered  share  stale  behind p99  behind max
  primary          0     0%      -           -           -
  replica1         1   100%   100%          0s          0s

Latency (p50: half took no longer; p99: 99% took no longer)
  operation      count  p50  p95  p99  max
  write              1  1ms  1ms  1ms  1ms
    at primary       1  1ms  1ms  1ms  1ms
  read               1  1ms  1ms  1ms  1ms
    at replica1      1  1ms  1ms  1ms  1ms

ended at 10s: nothing was left to happen; … events; digest …
again: orrery check lag.sqlite

# What it shows is what the run showed, but for the command.
$ orrery run lag.yaml | sed '$d' > run.txt; orrery check lag.sqlite | sed '$d' | diff run.txt -
----
$ orrery run lag.yaml --dump > run.txt; orrery check lag.sqlite --dump | diff run.txt -
----

# Where properties are named, it is they that count.
$ orrery check -q lag.sqlite --property read-your-writes
----
Behind
primary-replica, 2 operations by 1 session in 10s, seed 1

Verdicts
  read-your-writes  violated
    s1 wrote x = 1 at 0s (ok at 0.001s on primary), but then read x = nil at 0.001s on replica1,
    which came to hold x = 1 only at 0.101s
      w1 (s1, 0s): write x 1 at primary
      r1 (s1, 0.001s): read x → nil at replica1

Expected
  read-your-writes  violated  met

ended at 10s: nothing was left to happen; … events; digest …
again: orrery check lag.sqlite --property read-your-writes
[exit 1]
$ orrery check -q lag.sqlite -p convergence > /dev/null
----
$ orrery check -q lag.sqlite --all-properties > /dev/null
----
[exit 1]
$ orrery check lag.sqlite -p convergense
----
orrery: there is no property 'convergense'; did you mean 'convergence'?
[exit 64]

# Several, side by side.
$ cp lag.sqlite other.sqlite; orrery check -q lag.sqlite other.sqlite
----
scenario      as expected  read-your-writes
lag.sqlite    yes          violated
other.sqlite  yes          violated
$ orrery check --json lag.sqlite other.sqlite | grep again
----
  "again" : "orrery check lag.sqlite"
  "again" : "orrery check other.sqlite"

# Nothing to judge, or no trace; the others are judged all the same.
$ orrery check
----
orrery: which file? 'orrery run SCENARIO --save FILE' makes one; 'orrery formats' lists what else is read
[exit 64]
$ orrery check nothing.sqlite
----
orrery: can't read 'nothing.sqlite': there is no such file
[exit 66]
$ orrery check lag.yaml
----
lag.yaml: this is in no format that is known here; say --format NAME with one of jepsen-log, porcupine-kv, jepsen-json, dbcop, jepsen-edn, polysi, awdit
[exit 65]
$ head -c 5000 lag.sqlite > half.sqlite; orrery check half.sqlite
----
orrery: can't load 'half.sqlite': it is damaged or cut short
[exit 65]
$ : > empty.sqlite; orrery check empty.sqlite
----
empty.sqlite: the file is empty; write a history into it
[exit 65]
$ mkfifo pipe; orrery check pipe
----
orrery: can't read 'pipe': it is not a regular file
[exit 66]
$ orrery check -q lag.yaml lag.sqlite | head -n 1
----
lag.yaml: this is in no format that is known here; say --format NAME with one of jepsen-log, porcupine-kv, jepsen-json, dbcop, jepsen-edn, polysi, awdit
Behind
