# What goes wrong.

# Faults that don't exist.
> file broken.yaml
model: primary-replica
faults:
  - {at: 1s, crsh: primary}
  - {at: 1s, earthquake: primary}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:14: unknown key 'crsh'; did you mean 'crash'?
broken.yaml:4:14: unknown key 'earthquake'; `orrery faults` lists what can go wrong
[exit 65]

# None, and two.
> file broken.yaml
model: primary-replica
faults:
  - {at: 1s, for: 2s}
  - {at: 1s, crash: primary, stop: replica1}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:5: a line without a fault; name one, as in {at: 10s, crash: NODE, for: 5s}; `orrery faults` lists them
broken.yaml:4:30: 'stop' beside 'crash'; write a line for each
[exit 65]

# Two triggers.
> file broken.yaml
model: primary-replica
faults:
  - {at: 1s, every: 5s, crash: primary}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:14: 'every' beside 'at'; write two lines, or keep one of them
[exit 65]

# Nodes and kinds.
> file broken.yaml
model: primary-replica
faults:
  - {at: 1s, crash: primari}
  - {at: 1s, crash: primary, kind: power}
  - {at: 1s, crash: [primary]}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:21: node: 'primari' is no node of this scenario; did you mean 'primary'?
broken.yaml:4:36: kind: 'power' is not possible here; use one of process, os, disk
broken.yaml:5:21: 'crash' can't be a list; write crash: {node: …}
[exit 65]

# Settings.
> file broken.yaml
model: primary-replica
faults:
  - {at: 1s, stop: primary, kind: os}
  - {at: 1s, clock: replica1}
  - {at: 1s, slow: {node: replica1, factor: 0.5}}
  - {at: 1s, crash: {node: primary, kind: os}, kind: disk}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:29: unknown key 'kind'; use one of at, every, for, quiet, intensity, target, when, choose, node, stop
broken.yaml:4:21: 'clock' can't be a single value; write clock: {node: …}
broken.yaml:5:45: factor: '0.5' is too small; the least is 1
broken.yaml:6:48: 'kind' is there twice, here and within 'crash'; keep one
[exit 65]

# Partitions.
> file broken.yaml
model: primary-replica
faults:
  - {at: 1s, partition: {}}
  - {at: 1s, partition: [[primary]]}
  - {at: 1s, partition: [primary, replica1]}
  - {at: 1s, partition: [[primary], [replica3]]}
  - {at: 1s, partition: majorty}
  - {at: 1s, partition: {isolate: primary, from: replica1}}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:25: a partition that cuts nobody off; write [[a], [b, c]], {isolate: a}, {from: a, to: b}, majority, minority, ring or bridge
broken.yaml:4:25: one set alone cuts nobody off; name two sets or more: [[a], [b, c]]
broken.yaml:5:26: 'primary' can't stand alone; write a list, like [a, b]
broken.yaml:5:35: 'replica1' can't stand alone; write a list, like [a, b]
broken.yaml:6:38: nodes: 'replica3' is no node of this scenario; did you mean 'replica1'?
broken.yaml:7:25: shape: 'majorty' is none of majority, minority, isolate, ring, bridge; did you mean 'majority'?
broken.yaml:8:25: a partition in two forms at once; write a line for each
[exit 65]

# A link that stays as it is.
> file broken.yaml
model: primary-replica
faults:
  - {at: 1s, link: {from: primary}}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:20: the link would stay as it is; add a latency, loss, duplicate, corrupt or bandwidth
[exit 65]

# Shapes that need more, or other, words.
> file broken.yaml
model: primary-replica
faults:
  - {at: 1s, partition: rings}
  - {at: 1s, partition: {shape: bridge, from: primary}}
  - {every: 1s, choose: [partition-brigde]}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:25: shape: 'rings' is none of majority, minority, isolate, ring, bridge; did you mean 'ring'?
broken.yaml:4:25: a partition in two forms at once; write a line for each
broken.yaml:5:26: unknown fault 'partition-brigde'; did you mean 'partition-bridge'?
[exit 65]

# Links that flap, and that corrupt.
> file broken.yaml
model: primary-replica
faults:
  - {at: 1s, flap: replica7}
  - {at: 1s, flap: {node: primary, from: primary}}
  - {at: 1s, flap: {from: primary, to: primary}}
  - {at: 1s, flap: primary, down: 0s}
  - {at: 1s, flap: primary, up: -1s}
  - {at: 1s, flap: [primary, replica1]}
  - {at: 1s, corrupt: primary, share: 0%}
  - {at: 1s, corrupt: primary, share: 120%}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:20: node: 'replica7' is no node of this scenario; did you mean 'replica1'?
broken.yaml:4:27: 'node' beside 'from' or 'to'; write a line for each, or keep one of them
broken.yaml:5:40: there is no link from a node to itself; name two nodes
broken.yaml:6:35: a link that is down for no time; write a duration above 0s
broken.yaml:7:33: up: '-1s' is negative; a time that something takes is 0 or more
broken.yaml:8:20: 'flap' can't be a list; write flap: {node: …}
broken.yaml:9:39: no message would be corrupt; write a share above 0%
broken.yaml:10:39: share: '120%' is out of bounds; a share is from 0% to 100%
[exit 65]

# What is held, clogged, narrow and full.
> file broken.yaml
model: primary-replica
faults:
  - {at: 1s, hold: wall}
  - {at: 1s, hold: {from: primary, message: query, order: random}}
  - {at: 1s, clog: {node: primary, to: replica1}}
  - {at: 1s, swizzle: []}
  - {at: 1s, swizzle: [primary, replica7]}
  - {at: 1s, swizzle: primary}
  - {at: 1s, collapse: primary, bandwidth: 0}
  - {at: 1s, collapse: primary, bandwidth: 100}
  - {at: 1s, inbox: primary, limit: 0}
  - {at: 1s, inbox: {limit: 4}}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:20: message: 'wall' is no message of this model; did you mean 'wal'?
broken.yaml:4:59: order: 'random' is not possible here; use one of arrival, shuffled
broken.yaml:5:27: 'node' beside 'from' or 'to'; write a line for each, or keep one of them
broken.yaml:6:23: there is nobody to clog; name some, or leave 'nodes' out to have them drawn
broken.yaml:7:33: nodes: 'replica7' is no node of this scenario; did you mean 'replica1'?
broken.yaml:8:23: 'swizzle' can't be a single value; write swizzle: {nodes: …}
broken.yaml:9:44: bandwidth: '0' is out of bounds; a bit rate is from 1bit/s to 1000Tbit/s
broken.yaml:10:44: bandwidth: '100' has no unit; write bit/s, kbit/s, Mbit/s, Gbit/s or Tbit/s right behind the number, as in 100Mbit/s
broken.yaml:11:37: limit: '0' is too small; the least is 1
broken.yaml:12:21: the fault 'inbox' has no 'node'; add 'node': the name of a node
[exit 65]

# Too late.
> file broken.yaml
model: primary-replica
duration: 10s
faults:
  - {at: 10s, crash: primary}
> end
$ orrery validate broken.yaml
----
broken.yaml:4:10: a fault at 10s never strikes: the workload is over at 10s; let it strike earlier, or make 'duration' longer
[exit 65]

# Choices.
> file broken.yaml
model: primary-replica
faults:
  - {every: 5s, choose: []}
  - {every: 5s, choose: [partition-majorty, {crash: {kind: power}}]}
  - {every: 5s, choose: crash}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:25: there is nothing to choose from; name at least one, as in [crash, pause]
broken.yaml:4:26: unknown fault 'partition-majorty'; did you mean 'partition-majority'?
broken.yaml:4:60: kind: 'power' is not possible here; use one of process, os, disk
broken.yaml:5:25: choose must be a list, not a single value; write [a, b], or a '- ' before each on a line of its own
[exit 65]

# Weights, intensity and quiet periods.
> file broken.yaml
model: primary-replica
faults:
  - {every: 5s, choose: {crash: 0, pause: often}}
  - {every: 5s, choose: [{crash: {}, weight: 1.5}, {pause: {}, weigt: 2}]}
  - {every: 5s, crash: primary, intensity: 2}
  - {every: 5s, choose: [crash], intensity: 0}
  - {at: 5s, choose: [crash], quiet: {every: 30s, for: 10s}}
  - {every: 5s, choose: [crash], quiet: {every: 10s, for: 10s}}
  - {every: 5s, choose: [crash], quiet: 10s}
  - {every: 5s, choose: [crash], quiet: {for: 10s}}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:33: weight: '0' is out of bounds; write a whole number from 1 to 1000000
broken.yaml:3:43: weight: 'often' is not a whole number; write a whole number from 0, like 3
broken.yaml:4:46: weight: '1.5' is not a whole number; write a whole number from 0, like 3
broken.yaml:4:52: this is not one fault to draw; write a name, or {slow: {factor: 10}}
broken.yaml:5:33: 'intensity' without 'choose'; leave it out, or write a line for each
broken.yaml:6:45: intensity: '0' is too small; the least is 1
broken.yaml:7:31: 'quiet' without 'every'; leave it out
broken.yaml:8:34: a quiet period needs 'every', and a shorter 'for'; write it as in quiet: {every: 30s, for: 10s}
broken.yaml:9:41: 'quiet' can't be a single value; write {every: …}; its keys are every, for
broken.yaml:10:34: a quiet period needs 'every', and a shorter 'for'; write it as in quiet: {every: 30s, for: 10s}
[exit 65]

# Targets.
> file broken.yaml
model: primary-replica
faults:
  - {at: 5s, crash: primary, target: replica1}
  - {every: 5s, choose: [crash], target: replicas}
  - {every: 5s, choose: [crash], target: said(primary)}
  - {every: 5s, choose: [crash], target: said primary}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:30: 'target' without 'choose'; name the node as the fault's own setting
broken.yaml:4:42: unknown node, role or fact 'replicas'; did you mean 'replica'?
broken.yaml:5:42: unknown node, role or fact 'said(primary)'; use one of replica, primary, replica1, replica2, client1, version, applied, value, routed, position
broken.yaml:6:42: target: 'said primary' is not a name; write a node, a role, a fact or said(FACT), like replica1 or said(leader)
[exit 65]

# Events.
> file broken.yaml
model: primary-replica
faults:
  - {when: {synced: primary}, crash: primary}
  - {when: {sync: primary, nth: 0}, crash: primary}
  - {when: {send: walk}, crash: primary}
  - {when: {node: primary}, crash: primary}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:13: unknown key 'synced'; did you mean 'sync'?
broken.yaml:4:33: nth: '0' is too small; the least is 1
broken.yaml:5:19: unknown message 'walk' of primary-replica; did you mean 'wal'?
broken.yaml:6:12: 'when' names no event; use one of sync, send, receive, fact, as in {sync: primary, nth: 2}
[exit 65]

# What an event must hold.
> file broken.yaml
model: primary-replica
faults:
  - {when: {send: wal, where: {frst: 2}}, crash: primary}
  - {when: {send: wal, where: {first: two}}, crash: primary}
  - {when: {fact: routed, where: {why: luck}}, crash: primary}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:32: unknown field 'frst' of wal; did you mean 'first'?
broken.yaml:4:39: first: 'two' is not a whole number from 0; write a whole number from 0, like 42
broken.yaml:5:40: why: 'luck' is not possible here; use one of write, policy, recent-write, caught-up, lagging, unreachable, forgotten
[exit 65]

# Actions.
> file broken.yaml
model: primary-replica
faults:
  - {at: 1s, action: {pause-reply: replica1}}
  - {at: 1s, action: {pause-replay: replica1}, for: 2s}
  - {at: 1s, action: pause-replay}
  - {at: 1s, action: {pause-replay: replica7}}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:23: unknown action 'pause-reply' of primary-replica; did you mean 'pause-replay'?
broken.yaml:4:48: an action has no end; leave 'for' out
broken.yaml:5:22: 'action' needs one action and its node; write action: {NAME: node}
broken.yaml:6:37: node: 'replica7' is no node of this scenario; did you mean 'replica1'?
[exit 65]

# Not even a map.
> file broken.yaml
model: primary-replica
faults: crash
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: faults must be a list, not a single value; write [a, b], or a '- ' before each on a line of its own
[exit 65]

# Again and again, without time between.
> file broken.yaml
model: primary-replica
faults:
  - {every: 0s, choose: [crash]}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:13: no time would pass between one fault and the next; write a duration above 0s
[exit 65]

# A duration beside what has no end.
> file broken.yaml
model: primary-replica
faults:
  - {at: 1s, clock: {node: primary}, for: 2s}
  - {at: 1s, disk: {node: primary, stall: 3s}, for: 2s}
  - {at: 1s, disk-corrupt: primary, for: 2s}
  - {at: 1s, crash: replica1, returns: false, for: 2s}
  - {every: 1s, choose: [clock, disk, {crash: {returns: false}}], for: 2s}
  - {every: 1s, choose: [clock, pause], for: 2s}
  - {at: 1s, crash: replica1, for: 2s}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:38: a wall clock stays as it was set; leave 'for' out
broken.yaml:4:48: a stall lasts as long as 'stall' says; leave 'for' out
broken.yaml:5:37: what has rotted stays so; leave 'for' out
broken.yaml:6:47: a node that does not return stays away; leave 'for' out
broken.yaml:7:67: a node that does not return stays away; leave 'for' out
[exit 65]
