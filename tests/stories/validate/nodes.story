# Nodes and clients.

# A node that does not exist.
> file broken.yaml
model: primary-replica
nodes:
  replica3: {weight: 2}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:3: name: 'replica3' is no node of this scenario; did you mean 'replica1'?
[exit 65]

# Speeds and weights.
> file broken.yaml
model: primary-replica
nodes:
  replica1: {cpu: 0, weight: -1}
  replica2: {region: Europe}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:19: a node can't be that fast or slow; use a number from 0.001 to 1000, where 1 is the ordinary speed
broken.yaml:3:30: weight: '-1' is too small; the least is 0
broken.yaml:4:22: region: 'Europe' is not a name; write a name of small letters, digits and '-' that starts with a letter
[exit 65]

# A value that must be a map.
> file broken.yaml
model: primary-replica
clients: 3
nodes: [primary]
> end
$ orrery validate broken.yaml
----
broken.yaml:2:10: clients must be a map, not a single value; write {name: value}, or a 'name: value' on each line
broken.yaml:3:8: nodes must be a map, not a list; write {name: value}, or a 'name: value' on each line
[exit 65]

# Too few hosts, too many sessions.
> file broken.yaml
model: primary-replica
clients: {hosts: 0, sessions: 1000001}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:18: hosts: '0' is too small; the least is 1
broken.yaml:2:31: sessions: '1000001' is too large; the most is 1000000
[exit 65]

# Names of sessions.
> file broken.yaml
model: primary-replica
clients: {sessions: 3, names: [alice, bob]}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:31: 2 names for 3 sessions; leave 'sessions' out, or name as many as there are
[exit 65]

# The same name twice.
> file broken.yaml
model: primary-replica
clients: {names: [alice, bob, alice]}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:31: two sessions are called 'alice'; give each session a name of its own
[exit 65]

# Other ways to choose a server, to try again.
> file broken.yaml
model: primary-replica
clients: {contact: nearest, retry: always, timeout: 0s}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:20: contact: 'nearest' is not possible here; use one of sticky, random, round-robin, first
broken.yaml:2:36: retry: 'always' is not possible here; use one of never
broken.yaml:2:53: timeout: '0s' is too small; the least is 1ns
[exit 65]
