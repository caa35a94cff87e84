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
model: {name: many-leaders, count: each-for-itself}
clients: {names: [a]}
workload:
  operations:
    - {at: 0s, session: a, to: north, read: x}
expect:
  election-safety: violated
> end
$ orrery run apart.yaml --plugin ./many-leaders.so
----
apart.yaml:1:29: unknown key 'count'; use one of name, bugs
[exit 65]
# What it claims is expected of it.
$ sed '/^expect/,$d; s/each-for-itself/together/' apart.yaml > together.yaml; orrery run together.yaml --plugin ./many-leaders.so -q
----
together.yaml:1:29: unknown key 'count'; use one of name, bugs
[exit 65]
$ orrery run together.yaml --plugin ./many-leaders.so -q -p log-matching
----
together.yaml:1:29: unknown key 'count'; use one of name, bugs
[exit 65]
$ orrery run apart.yaml --plugin ./many-leaders.so -q --all-properties --json | grep -A30 election
----
apart.yaml:1:29: unknown key 'count'; use one of name, bugs
[exit 1]
# Each of many runs is judged by it too.
$ orrery run apart.yaml --plugin ./many-leaders.so -q --seeds 3
----
orrery: --seeds takes the first and the last of the seeds, as in 1..200, not '3'
[exit 64]
