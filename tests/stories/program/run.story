# A scenario of one's own: what it guarantees comes first, then what was expected, then what happened and how to see it again.
> file lag.yaml
title: Read from a replica that is late
about: |
  Alice writes and reads at once.
  The replica is 100 ms behind.

  - She does not see her own write.
  - Half a second later she does.
model: primary-replica
options: {replicas: 1, apply-delay: 100ms}
clients: {names: [alice]}
workload:
  operations:
    - {id: w1, session: alice, write: {x: 1}}
    - {id: r1, after: w1, session: alice, read: x}
    - {id: r2, after: r1, at: 500ms, session: alice, read: x}
expect:
  read-your-writes: violated
  monotonic-reads: holds
  stale.read: exactly 50%
> end
$ orrery run lag.yaml
----
Read from a replica that is late
primary-replica, 3 operations by 1 session in 10.5s, seed 1

Alice writes and reads at once. The replica is 100 ms behind.

- She does not see her own write.
- Half a second later she does.

Verdicts
  read-your-writes  violated
    alice wrote x = 1 at 0s (ok at 0.001s on primary), but then read x = nil at 0.001s on replica1,
    which came to hold x = 1 only at 0.101s
      w1 (alice, 0s): write x 1 at primary
      r1 (alice, 0.001s): read x → nil at replica1
      alice  [write x 1] [read x → nil] |read x → 1|
             0s          0.001s         0.502s     0.503s
  monotonic-reads   holds
    in 1 read of what the session had read before, by 1 session

Expected
  read-your-writes  violated     met
  monotonic-reads   holds        met
  stale.read        exactly 50%  met: 50%

What happened (set in: what the nodes said of themselves)
  w1 (alice, 0s): write x 1 at primary
  r1 (alice, 0.001s): read x → nil at replica1
    client1 (0.001s): routed request=client1/0/1/0 to=replica1 why=policy
  r2 (alice, 0.502s): read x → 1 at replica1
    client1 (0.502s): routed request=client1/0/2/0 to=replica1 why=policy

Where reads went (stale: out of date; behind: for how long already)
  node      answered  share  stale  behind p99  behind max
  primary          0     0%      -           -           -
  replica1         2   100%    50%          0s          0s

Latency (p50: half took no longer; p99: 99% took no longer)
  operation      count  p50  p95  p99  max
  write              1  1ms  1ms  1ms  1ms
    at primary       1  1ms  1ms  1ms  1ms
  read               2  1ms  1ms  1ms  1ms
    at replica1      2  1ms  1ms  1ms  1ms

ended at 10.5s: nothing was left to happen; … events; digest …
again: orrery run lag.yaml --seed 1

# Verdicts and expectations alone.
$ orrery run --quiet lag.yaml
----
Read from a replica that is late
primary-replica, 3 operations by 1 session in 10.5s, seed 1

Verdicts
  read-your-writes  violated
    alice wrote x = 1 at 0s (ok at 0.001s on primary), but then read x = nil at 0.001s on replica1,
    which came to hold x = 1 only at 0.101s
      w1 (alice, 0s): write x 1 at primary
      r1 (alice, 0.001s): read x → nil at replica1
  monotonic-reads   holds
    in 1 read of what the session had read before, by 1 session

Expected
  read-your-writes  violated     met
  monotonic-reads   holds        met
  stale.read        exactly 50%  met: 50%

ended at 10.5s: nothing was left to happen; … events; digest …
again: orrery run lag.yaml --seed 1

# Another seed, said at the top and in the command that repeats the run.
$ orrery run -q -s 18446744073709551615 lag.yaml | grep seed
----
primary-replica, 3 operations by 1 session in 10.5s, seed 18446744073709551615
again: orrery run lag.yaml --seed 18446744073709551615
$ orrery run -q --seed 0 lag.yaml | tail -n 1
----
again: orrery run lag.yaml --seed 0

# Other values; the expectations are then not met, and the status says so.
$ orrery run -q lag.yaml --set options.apply-delay=0s --set 'title=No lag'
----
No lag
primary-replica, 3 operations by 1 session in 10.5s, seed 1

Verdicts
  read-your-writes  holds
    in 2 reads of what the session had written, by 1 session
  monotonic-reads   holds
    in 1 read of what the session had read before, by 1 session

Expected
  read-your-writes  violated     NOT MET: holds
  monotonic-reads   holds        met
  stale.read        exactly 50%  NOT MET: 0%

ended at 10.5s: nothing was left to happen; … events; digest …
again: orrery run lag.yaml --seed 1 --set options.apply-delay=0s --set 'title=No lag'
[exit 1]

# Values that are not possible are told of as those of a file are.
$ orrery run lag.yaml --set options.replicas=0 --set optons.replicas=2 --set options.router=stiky
----
--set optons.replicas: unknown key 'optons'; did you mean 'options'?
--set options.router: policy: 'stiky' is none of primary-only, replica-only, random, round-robin, time-window, lsn, sticky; did you mean 'sticky'?
[exit 65]

# More properties than the scenario speaks of.
$ orrery run -q lag.yaml -p convergence --property durability | sed -n '/Verdicts/,/^$/p'
----
Verdicts
  read-your-writes  violated
    alice wrote x = 1 at 0s (ok at 0.001s on primary), but then read x = nil at 0.001s on replica1,
    which came to hold x = 1 only at 0.101s
      w1 (alice, 0s): write x 1 at primary
      r1 (alice, 0.001s): read x → nil at replica1
  monotonic-reads   holds
    in 1 read of what the session had read before, by 1 session
  convergence       holds
    2 nodes held the same of 1 key in the end
  durability        holds
    1 acknowledged write was kept
\
# All properties are those that say anything of such a run.
$ orrery run -q lag.yaml --all-properties | grep -E '^  (convergence|log-matching) ' | tr -s ' '
----
 convergence holds

# What the model claims is expected where the scenario expects nothing.
> file claims.yaml
model: primary-replica
options: {router: primary-only}
workload:
  operations:
    - {id: w1, write: {x: 1}}
    - {id: r1, after: w1, read: x}
> end
$ orrery run -q claims.yaml | grep -A 1 'Claimed'
----
Claimed by the model
  convergence          holds  met

# A run that is cut short proves nothing by what it did not show.
$ orrery run -q claims.yaml --events-max 5 -p convergence --set 'expect={read-your-writes: holds}'
----
claims.yaml
primary-replica, 1 operation by 1 session in 0s, seed 1

Verdicts
  read-your-writes  unknown
    the run was cut short: what it did not show might have come later
  convergence       unknown
    the run was cut short: what it did not show might have come later

Expected
  read-your-writes  holds  undecided: unknown

ended at 0s: cut short, since no more events were allowed; … events; digest …
again: orrery run claims.yaml --seed 1 --set 'expect={read-your-writes: holds}' --events-max 5 --property convergence
[exit 2]

# Why operations failed: here by the fault of a server that was stopped.
> file stopped.yaml
model: primary-replica
options: {replicas: 1, router: sticky}
clients: {sessions: 2}
duration: 3s
workload:
  think: 10ms
  mix: {read: 100%}
faults:
  - {at: 1s, stop: replica1, for: 1s}
expect: {success: below 100%}
> end
$ orrery run stopped.yaml
----
stopped.yaml
primary-replica, 544 operations by 2 sessions in 10s, seed 1

Expected
  success  below 100%  met: 66.5%

Without success
  outcome  count  first  why
  fail       182  1s     the connection was refused or broke

Faults (effects: how often it made a difference)
  1s  stop replica1, for 1s (1 effect)

Where reads went (stale: out of date; behind: for how long already)
  node      answered  share  stale  behind p99  behind max
  primary          0     0%      -           -           -
  replica1       362   100%     0%          0s          0s

Latency (p50: half took no longer; p99: 99% took no longer)
  operation      count  p50  p95  p99  max
  read             362  1ms  1ms  1ms  1ms
    at replica1    362  1ms  1ms  1ms  1ms

ended at 10s: nothing was left to happen; … events; digest …
again: orrery run stopped.yaml --seed 1
