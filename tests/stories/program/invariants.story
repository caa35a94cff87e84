# A model says by rules on its facts what some properties mean for it.
$ cp "$ORRERY_PLUGINS"/many-leaders.so .
----
$ orrery models --plugin many-leaders.so many-leaders
----
many-leaders: Nodes that declare themselves leaders

Settings
  count                       how terms are counted [together]
    together                  terms of one series
    each-for-itself           terms of its own

Timers
  time                        to lead

Facts
  leads                       the node leads
    term                      in which term
    how                       how it came to lead
      elected                 by votes
      declared                by itself

Invariants, properties that it gives a meaning to
  election-safety             `leads` with the same term is said by one node alone. (Raft, figure 3)
> file apart.yaml
model: many-leaders
options: {count: each-for-itself}
clients: {names: [a]}
workload:
  operations:
    - {at: 0s, session: a, to: north, read: x}
expect:
  election-safety: violated
> end
$ orrery run apart.yaml --plugin ./many-leaders.so
----
apart.yaml
many-leaders, 1 operation by 1 session in 10s, seed 1

Verdicts
  election-safety  violated
    north said "leads term=1 how=declared" at 1s, and south said "leads term=1 how=declared" at 2s;
    but `leads` with the same term is said by one node alone
      north (1s): leads term=1 how=declared
      south (2s): leads term=1 how=declared
      north  *leads term=1 how=declared
      south   *leads term=1 how=declared
             1s

Expected
  election-safety  violated  met

What happened (set in: what the nodes said of themselves)
  o1 (a, 0s): read x → nil at north
    north (1s): leads term=1 how=declared
    south (2s): leads term=1 how=declared

Where reads went (stale: out of date; behind: for how long already)
  node   answered  share  stale  behind p99  behind max
  north         1   100%      -           -           -
  south         0     0%      -           -           -

Latency (p50: half took no longer; p99: 99% took no longer)
  operation   count  p50  p95  p99  max
  read            1  1ms  1ms  1ms  1ms
    at north      1  1ms  1ms  1ms  1ms

ended at 10s: nothing was left to happen; 8 events; digest da7c9ea8463e6059
again: orrery run apart.yaml --seed 1 --plugin ./many-leaders.so
# What it claims is expected of it.
$ sed '/^expect/,$d; s/each-for-itself/together/' apart.yaml > together.yaml; orrery run together.yaml --plugin ./many-leaders.so -q
----
together.yaml
many-leaders, 1 operation by 1 session in 10s, seed 1

Verdicts
  election-safety  holds
    in 2 facts, `leads` with the same term is said by one node alone

Claimed by the model
  election-safety  holds  met

ended at 10s: nothing was left to happen; 8 events; digest a0f91eb570a079b8
again: orrery run together.yaml --seed 1 --plugin ./many-leaders.so
$ orrery run together.yaml --plugin ./many-leaders.so -q -p log-matching
----
together.yaml
many-leaders, 1 operation by 1 session in 10s, seed 1

Verdicts
  election-safety  holds
    in 2 facts, `leads` with the same term is said by one node alone
  log-matching     unknown
    the model says nothing of it

Claimed by the model
  election-safety  holds  met

ended at 10s: nothing was left to happen; 8 events; digest a0f91eb570a079b8
again: orrery run together.yaml --seed 1 --property log-matching --plugin ./many-leaders.so
$ orrery run apart.yaml --plugin ./many-leaders.so -q --all-properties --json | grep -A20 '"property" : "election'
----
      "property" : "election-safety",
      "verdict" : "violated",
      "sentence" : "north said \"leads term=1 how=declared\" at 1s, and south said \"leads term=1 how=declared\" at 2s; but `leads` with the same term is said by one node alone",
      "checked" : 2,
      "violations" : 1,
      "witness" : [],
      "facts" : [
        {
          "fact" : "leads",
          "node" : "north",
          "time-ns" : 1000000000,
          "what" : "north (1s): leads term=1 how=declared"
        },
        {
          "fact" : "leads",
          "node" : "south",
          "time-ns" : 2000000000,
          "what" : "south (2s): leads term=1 how=declared"
        }
      ]
    },
# Each of many runs is judged by it too.
$ orrery run apart.yaml --plugin ./many-leaders.so -q --seeds 1..3
----
apart.yaml
many-leaders, 3 runs, seeds 1..3

Verdicts
  election-safety  violated in all 3 runs (100%, 95% CI 43.9%..100%)
    by seed 1, 2, 3

Expected
  election-safety  violated  met in all 3 runs

24 events in all; digest 89b5bc271be23306
again: orrery run apart.yaml --seeds 1..3 --plugin ./many-leaders.so
