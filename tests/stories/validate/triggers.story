# What goes wrong, and when: triggers, targets, choices, and the settings of every fault.

# Lines that are none.
> file broken.yaml
model: primary-replica
faults:
  - 5
  - [crash, primary]
  - {}
  - {at: 1s}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:5: a fault must be a map, not a single value; write {name: value}, or a 'name: value' on each line
broken.yaml:4:5: a fault must be a map, not a list; write {name: value}, or a 'name: value' on each line
broken.yaml:5:5: a line without a fault; name one, as in {at: 10s, crash: NODE, for: 5s}; `orrery faults` lists them
broken.yaml:6:5: a line without a fault; name one, as in {at: 10s, crash: NODE, for: 5s}; `orrery faults` lists them
[exit 65]

# Times.
> file broken.yaml
model: primary-replica
faults:
  - {at: soon, crash: primary}
  - {at: -1s, crash: primary}
  - {at: [1s], crash: primary}
  - {every: 0s, crash: primary}
  - {every: often, crash: primary}
  - {at: 1s, crash: primary, for: long}
  - {at: 1s, crash: primary, for: -1s}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:10: at: 'soon' is not a duration; write a number with its unit, like 200ms
broken.yaml:4:10: at: '-1s' is too small; the least is 0s
broken.yaml:5:10: 'at' can't be a list; write a duration with its unit, like 5s or 200ms
broken.yaml:6:13: no time would pass between one fault and the next; write a duration above 0s
broken.yaml:7:13: every: unknown distribution 'often'; there are durations like 200ms, and uniform, exponential, normal, lognormal, pareto, weibull, gamma, empirical and mixture
broken.yaml:8:35: for: unknown distribution 'long'; there are durations like 200ms, and uniform, exponential, normal, lognormal, pareto, weibull, gamma, empirical and mixture
broken.yaml:9:35: for: '-1s' is negative; a time that something takes is 0 or more
[exit 65]

# Several triggers.
> file broken.yaml
model: primary-replica
faults:
  - {at: 1s, every: 1s, crash: primary}
  - {at: 1s, when: {sync: primary}, crash: primary}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:14: 'every' beside 'at'; write two lines, or keep one of them
broken.yaml:4:14: 'when' beside 'at'; write two lines, or keep one of them
[exit 65]

# Events.
> file broken.yaml
model: primary-replica
faults:
  - {when: soon, crash: primary}
  - {when: {}, crash: primary}
  - {when: {snyc: primary}, crash: primary}
  - {when: {sync: nobody}, crash: primary}
  - {when: {sync: primary, nth: 0}, crash: primary}
  - {when: {sync: primary, from: primary}, crash: primary}
  - {when: {send: wall}, crash: primary}
  - {when: {send: [wal]}, crash: primary}
  - {when: {send: wal, from: nobody}, crash: primary}
  - {when: {receive: wal, too: replica1}, crash: primary}
  - {when: {fact: leadership}, crash: primary}
  - {when: {send: wal, where: 5}, crash: primary}
  - {when: {send: wal, where: {term: 2}}, crash: primary}
  - {when: {send: wal, where: {first: x}}, crash: primary}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:12: when must be a map, not a single value; write {name: value}, or a 'name: value' on each line
broken.yaml:4:12: 'when' names no event; use one of sync, send, receive, fact, as in {sync: primary, nth: 2}
broken.yaml:5:13: unknown key 'snyc'; did you mean 'sync'?
broken.yaml:6:19: sync: 'nobody' is no node of this scenario; use one of primary, replica1, replica2, client1
broken.yaml:7:33: nth: '0' is too small; the least is 1
broken.yaml:8:28: unknown key 'from'; use one of nth, sync
broken.yaml:9:19: unknown message 'wall' of primary-replica; did you mean 'wal'?
broken.yaml:10:19: message must be a single value, not a list; write one word or value behind the ':'
broken.yaml:11:30: from: 'nobody' is no node of this scenario; use one of primary, replica1, replica2, client1
broken.yaml:12:27: unknown key 'too'; did you mean 'to'?
broken.yaml:13:19: unknown fact 'leadership' of primary-replica; use one of version, applied, value, routed, position
broken.yaml:14:31: where must be a map, not a single value; write {name: value}, or a 'name: value' on each line
broken.yaml:15:32: unknown field 'term' of wal; use first
broken.yaml:16:39: first: 'x' is not a whole number from 0; write a whole number from 0, like 42
[exit 65]

# Stops, crashes and pauses.
> file broken.yaml
model: primary-replica
faults:
  - {at: 1s, stop: nobody}
  - {at: 1s, stop: }
  - {at: 1s, stop: {nod: primary}}
  - {at: 1s, crash: primary, kind: fire}
  - {at: 1s, crash: {kind: os}}
  - {at: 1s, pause: [primary, replica1]}
  - {at: 1s, pause: primary, length: 5s}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:20: node: 'nobody' is no node of this scenario; use one of primary, replica1, replica2, client1
broken.yaml:4:20: the fault 'stop' has no 'node'; add 'node': the name of a node
broken.yaml:5:20: the fault 'stop' has no 'node'; add 'node': the name of a node
broken.yaml:5:21: unknown key 'nod'; did you mean 'node'?
broken.yaml:6:36: kind: 'fire' is not possible here; use one of process, os, disk
broken.yaml:7:21: the fault 'crash' has no 'node'; add 'node': the name of a node
broken.yaml:8:21: 'pause' can't be a list; write pause: {node: …}
broken.yaml:9:30: unknown key 'length'; use one of at, every, for, quiet, intensity, target, when, choose, node, pause
[exit 65]

# Slow nodes.
> file broken.yaml
model: primary-replica
faults:
  - {at: 1s, slow: primary}
  - {at: 1s, slow: {node: primary, factor: 0}}
  - {at: 1s, slow: {node: primary, factor: much}}
> end
$ orrery validate broken.yaml
----
broken.yaml:4:44: factor: '0' is too small; the least is 1
broken.yaml:5:44: factor: 'much' is not a number; write a number, like 0.99
[exit 65]

# Partitions.
> file broken.yaml
model: primary-replica
faults:
  - {at: 1s, partition: 5}
  - {at: 1s, partition: []}
  - {at: 1s, partition: [[]]}
  - {at: 1s, partition: [[primary], [nobody]]}
  - {at: 1s, partition: {isolate: nobody}}
  - {at: 1s, partition: {form: primary}}
  - {at: 1s, partition: {shape: star}}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:25: shape: '5' is not possible here; use one of majority, minority, isolate, ring, bridge
broken.yaml:4:25: one set alone cuts nobody off; name two sets or more: [[a], [b, c]]
broken.yaml:5:25: one set alone cuts nobody off; name two sets or more: [[a], [b, c]]
broken.yaml:6:38: nodes: 'nobody' is no node of this scenario; use one of primary, replica1, replica2, client1
broken.yaml:7:35: isolate: 'nobody' is no node of this scenario; use one of primary, replica1, replica2, client1
broken.yaml:8:26: unknown key 'form'; did you mean 'from'?
broken.yaml:9:33: shape: 'star' is not possible here; use one of majority, minority, isolate, ring, bridge
[exit 65]

# Links.
> file broken.yaml
model: primary-replica
faults:
  - {at: 1s, link: primary}
  - {at: 1s, link: {}}
  - {at: 1s, link: {from: nobody, loss: 5%}}
  - {at: 1s, link: {from: primary, loss: 5}}
  - {at: 1s, link: {from: primary, latency: x}}
  - {at: 1s, link: {from: primary, bandwidth: 5}}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:20: 'link' can't be a single value; write link: {from: …}
broken.yaml:4:20: the link would stay as it is; add a latency, loss, duplicate, corrupt or bandwidth
broken.yaml:5:27: from: 'nobody' is no node of this scenario; use one of primary, replica1, replica2, client1
broken.yaml:6:42: loss: '5' has no unit; write ppb, ppm or % right behind the number, as in 0.01%
broken.yaml:7:45: latency: unknown distribution 'x'; there are durations like 200ms, and uniform, exponential, normal, lognormal, pareto, weibull, gamma, empirical and mixture
broken.yaml:8:47: bandwidth: '5' has no unit; write bit/s, kbit/s, Mbit/s, Gbit/s or Tbit/s right behind the number, as in 100Mbit/s
[exit 65]

# Clocks and disks.
> file broken.yaml
model: primary-replica
faults:
  - {at: 1s, clock: {jump: 5s}}
  - {at: 1s, clock: {node: primary, jump: far}}
  - {at: 1s, disk: {stall: 5s}}
  - {at: 1s, disk: {node: primary, stall: -5s}}
  - {at: 1s, disk: {node: client9, stall: 5s}}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:21: the fault 'clock' has no 'node'; add 'node': the name of a node
broken.yaml:4:43: jump: 'far' is not a duration; write a number with its unit, like 200ms
broken.yaml:5:20: the fault 'disk' has no 'node'; add 'node': the name of a node
broken.yaml:6:43: stall: '-5s' is too small; the least is 0s
broken.yaml:7:27: node: 'client9' is no node of this scenario; did you mean 'client1'?
[exit 65]

# Actions.
> file broken.yaml
model: primary-replica
faults:
  - {at: 1s, action: pause-replay}
  - {at: 1s, action: {}}
  - {at: 1s, action: {promote: replica1}}
  - {at: 1s, action: {pause-replay: nobody}}
  - {at: 1s, action: {pause-replay: replica1, resume-replay: replica1}}
  - {at: 1s, action: {pause-replay: {node: replica1, why: x}}}
  - {at: 1s, action: {pause-replay: replica1}, for: 5s}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:22: 'action' needs one action and its node; write action: {NAME: node}
broken.yaml:4:22: 'action' needs one action and its node; write action: {NAME: node}
broken.yaml:5:23: unknown action 'promote' of primary-replica; use one of pause-replay, resume-replay, freeze-receiver, thaw-receiver
broken.yaml:6:37: node: 'nobody' is no node of this scenario; use one of primary, replica1, replica2, client1
broken.yaml:7:22: 'action' needs one action and its node; write action: {NAME: node}
broken.yaml:8:54: unknown key 'why'; use node
broken.yaml:9:48: an action has no end; leave 'for' out
[exit 65]

# Choices.
> file broken.yaml
model: primary-replica
faults:
  - {every: 1s, choose: crash}
  - {every: 1s, choose: []}
  - {every: 1s, choose: [crsh]}
  - {every: 1s, choose: [crash-fire]}
  - {every: 1s, choose: [[crash]]}
  - {every: 1s, choose: [action]}
  - {every: 1s, choose: [{slow: {factor: 0}}]}
  - {every: 1s, choose: [crash], target: nobody}
  - {every: 1s, crash: primary, target: replica1}
  - {every: 1s, choose: [crash], crash: primary}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:25: choose must be a list, not a single value; write [a, b], or a '- ' before each on a line of its own
broken.yaml:4:25: there is nothing to choose from; name at least one, as in [crash, pause]
broken.yaml:5:26: unknown fault 'crsh'; did you mean 'crash'?
broken.yaml:6:26: unknown fault 'crash-fire'; did you mean 'crash-disk'?
broken.yaml:7:26: this is not one fault to draw; write a name, or {slow: {factor: 10}}
broken.yaml:8:26: unknown fault 'action'; `orrery faults` lists them
broken.yaml:9:42: factor: '0' is too small; the least is 1
broken.yaml:10:42: unknown node, role or fact 'nobody'; use one of replica, primary, replica1, replica2, client1, version, applied, value, routed, position
broken.yaml:11:33: 'target' without 'choose'; name the node as the fault's own setting
broken.yaml:12:34: 'crash' beside 'choose'; write a line for each
[exit 65]

# Faults that are a map.
> file broken.yaml
model: primary-replica
faults: {at: 1s, crash: primary}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: faults must be a list, not a map; write [a, b], or a '- ' before each on a line of its own
[exit 65]
