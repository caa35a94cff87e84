# A run is judged by all that the simulator knows, or by what its clients saw alone, as one must judge a real system.
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
$ orrery check lag.sqlite --view client
----
Behind
primary-replica, 2 operations by 1 session in 10s, seed 1
as its clients saw it: without the order of writes, and what nodes held and said

Verdicts
  read-your-writes  violated
    no order of the writes explains this: s1 wrote x = 1 at 0s on primary; s1 read x = nil at 0.001s
    on replica1
      w1 (s1, 0s): write x 1 at primary
      r1 (s1, 0.001s): read x → nil at replica1
      s1  [write x 1] [read x → nil]
          0s          0.001s       0.002s

Expected
  read-your-writes  violated  met

What happened
  w1 (s1, 0s): write x 1 at primary
  r1 (s1, 0.001s): read x → nil at replica1

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
again: orrery check lag.sqlite --view client
$ orrery check -q lag.sqlite --view all | tail -n 1
----
again: orrery check lag.sqlite

# What clients can't know is not decided, nor guessed: here, what nodes hold.
$ orrery check -q lag.sqlite --view client --property convergence
----
Behind
primary-replica, 2 operations by 1 session in 10s, seed 1
as its clients saw it: without the order of writes, and what nodes held and said

Verdicts
  read-your-writes  violated
    no order of the writes explains this: s1 wrote x = 1 at 0s on primary; s1 read x = nil at 0.001s
    on replica1
      w1 (s1, 0s): write x 1 at primary
      r1 (s1, 0.001s): read x → nil at replica1
  convergence       unknown
    it is not known what the nodes held in the end

Expected
  read-your-writes  violated  met

ended at 10s: nothing was left to happen; … events; digest …
again: orrery check lag.sqlite --property convergence --view client
[exit 2]
$ orrery check --json lag.sqlite --view client | grep -A 2 '"view"\|"again"\|"read-your-writes"'
----
  "view" : "client",
  "result" : "as expected",
  "verdicts" : [
--
      "property" : "read-your-writes",
      "verdict" : "violated",
      "sentence" : "no order of the writes explains this: s1 wrote x = 1 at 0s on primary; s1 read x = nil at 0.001s on replica1",
--
      "name" : "read-your-writes",
      "expected" : "violated",
      "found" : "violated",
--
  "again" : "orrery check lag.sqlite --view client"
}
$ orrery check --json lag.sqlite --view all | grep '"view"\|"again"'
----
  "again" : "orrery check lag.sqlite"

# Of a history from elsewhere nothing else is known.
> file order.txt
w x 1
r y 0
=====
w y 0
> end
$ orrery check --json order.txt | grep -v '"again"' > all.json; orrery check --json order.txt --view client | grep -v '"again"' | diff all.json -
----

# There are two views.
$ orrery check lag.sqlite --view both
----
orrery: there is no view 'both'; use --view client or --view all
[exit 64]

# Of all properties, JSON names those from which the others follow: the strongest that hold and the weakest that are violated.
$ orrery check --json --all-properties lag.sqlite | sed -n '/"strongest"/,/"expected"/p'
----
  "strongest" : [
    "monotonic-reads",
    "monotonic-writes",
    "writes-follow-reads",
    "bounded-staleness",
    "convergence",
    "durability",
    "conserved-total",
    "progress",
    "availability",
    "consistent-prefix",
    "serializable",
    "regular",
    "two-atomic",
    "writes-follow-reads-by-inclusion",
    "monotonic-reads-by-inclusion",
    "monotonic-writes-by-inclusion"
  ],
  "weakest" : [
    "read-your-writes",
    "causal",
    "read-your-writes-by-inclusion",
    "read-atomic"
  ],
  "expected" : [
$ orrery check --json order.txt | sed -n '/"strongest"/,/"figures"/p'
----
  "strongest" : [
    "sequential",
    "strong-session-serializable"
  ],
  "weakest" : [],
  "figures" : {  },
$ orrery check --json lag.sqlite | grep -c '"strongest"\|"weakest"'
----
0
[exit 1]
