# Every part of a scenario: kinds, bounds and words of its settings.

# A model that is a number.
> file broken.yaml
model: 5
> end
$ orrery validate broken.yaml
----
broken.yaml:1:8: unknown model '5'; use one of atomic-commitment, event-store, lww-cache, primary-replica
[exit 65]

# A model without a name.
> file broken.yaml
model:
> end
$ orrery validate broken.yaml
----
broken.yaml:1:7: 'model' has no value; write its name behind it, as in 'model: primary-replica'
[exit 65]

# A model's name that is a list.
> file broken.yaml
model: {name: [a]}
> end
$ orrery validate broken.yaml
----
broken.yaml:1:15: 'name' can't be a list; write a text
[exit 65]

# A model with a setting that it has not.
> file broken.yaml
model: {name: primary-replica, bug: [x]}
> end
$ orrery validate broken.yaml
----
broken.yaml:1:32: unknown key 'bug'; did you mean 'bugs'?
[exit 65]

# Bugs that are no list.
> file broken.yaml
model: {name: primary-replica, bugs: lsn-compared-as-text}
> end
$ orrery validate broken.yaml
----
broken.yaml:1:38: 'bugs' can't be a single value; write a list, like [a, b]
[exit 65]

# A bug that is a map.
> file broken.yaml
model: {name: primary-replica, bugs: [{a: 1}]}
> end
$ orrery validate broken.yaml
----
broken.yaml:1:39: an entry of 'bugs' can't be a map; write a text
[exit 65]

# A title that is a map.
> file broken.yaml
model: primary-replica
title: {a: 1}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:8: 'title' can't be a map; write a text
[exit 65]

# Text that is a list.
> file broken.yaml
model: primary-replica
about: [a, b]
> end
$ orrery validate broken.yaml
----
broken.yaml:2:8: 'about' can't be a list; write a text
[exit 65]

# Options that are a list.
> file broken.yaml
model: primary-replica
options: [replicas, 2]
> end
$ orrery validate broken.yaml
----
broken.yaml:2:10: options must be a map, not a list; write {name: value}, or a 'name: value' on each line
[exit 65]

# Options that are a word.
> file broken.yaml
model: primary-replica
options: none
> end
$ orrery validate broken.yaml
----
broken.yaml:2:10: options must be a map, not a single value; write {name: value}, or a 'name: value' on each line
[exit 65]

# An option that is a map.
> file broken.yaml
model: primary-replica
options: {replicas: {count: 2}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:21: 'replicas' can't be a map; write a whole number from 0, like 3
[exit 65]

# An option of another choice.
> file broken.yaml
model: primary-replica
options: {router: {policy: sticky, window: 5s}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:36: 'window' has no meaning with policy 'sticky'; it belongs to policy time-window
[exit 65]

# An option of an option that has none.
> file broken.yaml
model: primary-replica
options: {replicas.count: 2}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:11: unknown key 'replicas.count'; use one of replicas, synchronous-commit, synchronous-standby-names, wal-start, record-bytes, wal-writer-delay, apply-delay, apply-delays, recovery-min-apply-delay, insert-per-row, replay-per-row, wal-retrieve-retry-interval, wal-receiver-status-interval, wal-sender-timeout, router
[exit 65]

# A list in place of a record.
> file broken.yaml
model: primary-replica
options: {router: [lsn, sticky]}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:19: 'router' can't be a list; write {policy: …}; its keys are policy, spread, hash, window, wait, fallback
[exit 65]

# Log positions.
> file broken.yaml
model: primary-replica
options: {wal-start: "12"}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:22: wal-start: that is no log position; write a log position as PostgreSQL prints it, two hexadecimal halves, like 0/3000060
[exit 65]

# A log position beyond all bounds.
> file broken.yaml
model: primary-replica
options: {wal-start: FFFFFFFFF/0}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:22: wal-start: that is no log position; write a log position as PostgreSQL prints it, two hexadecimal halves, like 0/3000060
[exit 65]

# Delays of replicas that are not there.
> file broken.yaml
model: primary-replica
options: {apply-delays: {replica9: 5ms}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:36: 'replica9' is no replica; they are replica1 to replica2
[exit 65]

# Delays that are a list.
> file broken.yaml
model: primary-replica
options: {apply-delays: [5ms]}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:25: 'apply-delays' can't be a list; write a map, like {a: 1, b: 2}
[exit 65]

# Standbys.
> file broken.yaml
model: primary-replica
options: {synchronous-standby-names: "ANY 0 (replica1)"}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:43: synchronous-standby-names: the number of standbys to wait for must lie between 1 and 1000; write a list of standbys as PostgreSQL takes it, like FIRST 1 (replica1, replica2), ANY 2 (*) or replica1
[exit 65]

# Standbys without a bracket.
> file broken.yaml
model: primary-replica
options: {synchronous-standby-names: "FIRST 1 replica1"}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:47: synchronous-standby-names: after the number the standbys must stand in parentheses; write a list of standbys as PostgreSQL takes it, like FIRST 1 (replica1, replica2), ANY 2 (*) or replica1
[exit 65]

# Nodes that are a word.
> file broken.yaml
model: primary-replica
nodes: primary
> end
$ orrery validate broken.yaml
----
broken.yaml:2:8: nodes must be a map, not a single value; write {name: value}, or a 'name: value' on each line
[exit 65]

# A node that is a word.
> file broken.yaml
model: primary-replica
nodes: {primary: big}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:18: 'primary' can't be a single value; write {region: …}; its keys are region, weight, cpu, service, inbox, skew, drift
[exit 65]

# A node's settings.
> file broken.yaml
model: primary-replica
nodes: {primary: {weight: heavy, cpu: 0, region: US, service: 5, skew: x, drift: 5, zone: a}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:27: weight: 'heavy' is not a whole number; write a whole number, like 12 or -3
broken.yaml:2:39: a node can't be that fast or slow; use a number from 0.001 to 1000, where 1 is the ordinary speed
broken.yaml:2:50: region: 'US' is not a name; write a name of small letters, digits and '-' that starts with a letter
broken.yaml:2:63: service: '5' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms
broken.yaml:2:72: skew: 'x' is not a duration; write a number with its unit, like 200ms
broken.yaml:2:82: drift: '5' has no unit; write ppb, ppm or % right behind the number, as in 50ppm
broken.yaml:2:85: unknown key 'zone'; use one of region, weight, cpu, service, inbox, skew, drift
[exit 65]

# A node's bounds.
> file broken.yaml
model: primary-replica
nodes: {primary: {weight: 1000001, cpu: 1001}, replica1: {weight: -1, cpu: -1}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:27: weight: '1000001' is too large; the most is 1000000
broken.yaml:2:41: a node can't be that fast or slow; use a number from 0.001 to 1000, where 1 is the ordinary speed
broken.yaml:2:67: weight: '-1' is too small; the least is 0
broken.yaml:2:76: a node can't be that fast or slow; use a number from 0.001 to 1000, where 1 is the ordinary speed
[exit 65]

# A node that is no name.
> file broken.yaml
model: primary-replica
nodes: {Primary: {weight: 1}, 5: {weight: 1}, "": {weight: 1}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: name: 'Primary' is not a name; write the name of a node
broken.yaml:2:31: name: '5' is not a name; write the name of a node
broken.yaml:2:47: name: '' is not a name; write the name of a node
[exit 65]

# Clients that are a list.
> file broken.yaml
model: primary-replica
clients: [alice]
> end
$ orrery validate broken.yaml
----
broken.yaml:2:10: clients must be a map, not a list; write {name: value}, or a 'name: value' on each line
[exit 65]

# Clients' words.
> file broken.yaml
model: primary-replica
clients: {hosts: x, sessions: y, names: alice, region: 5, timeout: z, retry: twice, contact: any, pool: 5}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:18: hosts: 'x' is not a whole number; write a whole number from 0, like 3
broken.yaml:2:31: sessions: 'y' is not a whole number; write a whole number from 0, like 3
broken.yaml:2:41: 'names' can't be a single value; write a list, like [a, b]
broken.yaml:2:56: region: '5' is not a name; write a name of small letters, digits and '-' that starts with a letter
broken.yaml:2:68: timeout: 'z' is not a duration; write a number with its unit, like 200ms
broken.yaml:2:78: retry: 'twice' is not possible here; use one of never
broken.yaml:2:94: contact: 'any' is not possible here; use one of sticky, random, round-robin, first
broken.yaml:2:99: unknown key 'pool'; use one of hosts, sessions, names, region, timeout, retry, contact
[exit 65]

# Clients' bounds.
> file broken.yaml
model: primary-replica
clients: {hosts: 0, sessions: 0, timeout: 0s}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:18: hosts: '0' is too small; the least is 1
broken.yaml:2:31: sessions: '0' is too small; the least is 1
broken.yaml:2:43: timeout: '0s' is too small; the least is 1ns
[exit 65]

# Too many of them.
> file broken.yaml
model: primary-replica
clients: {hosts: 100001, sessions: 1000001}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:18: hosts: '100001' is too large; the most is 100000
broken.yaml:2:36: sessions: '1000001' is too large; the most is 1000000
[exit 65]

# Names that are none.
> file broken.yaml
model: primary-replica
clients: {names: [Alice, 5, "", [bob], {c: d}, "a b"]}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:19: names: 'Alice' is not a name; write a name of small letters, digits and '-' that starts with a letter
broken.yaml:2:26: names: '5' is not a name; write a name of small letters, digits and '-' that starts with a letter
broken.yaml:2:29: names: '' is not a name; write a name of small letters, digits and '-' that starts with a letter
broken.yaml:2:33: an entry of 'names' can't be a list; write a name of small letters, digits and '-' that starts with a letter
broken.yaml:2:40: an entry of 'names' can't be a map; write a name of small letters, digits and '-' that starts with a letter
broken.yaml:2:48: names: 'a b' is not a name; write a name of small letters, digits and '-' that starts with a letter
[exit 65]

# A network that is a list.
> file broken.yaml
model: primary-replica
network: [5ms]
> end
$ orrery validate broken.yaml
----
broken.yaml:2:10: network must be a map, not a list; write {name: value}, or a 'name: value' on each line
[exit 65]

# The network's words.
> file broken.yaml
model: primary-replica
network: {latency: x, loss: y, duplicate: z, reorder: 5, bandwidth: q, stream-timeout: r, links: s, regions: t, jitter: 5}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:20: latency: unknown distribution 'x'; there are durations like 200ms, and uniform, exponential, normal, lognormal, pareto, weibull, gamma, empirical and mixture
broken.yaml:2:29: loss: 'y' is not a share; write a number with its unit, like 0.01%
broken.yaml:2:43: duplicate: 'z' is not a share; write a number with its unit, like 0.01%
broken.yaml:2:55: reorder: '5' is neither true nor false; write true or false
broken.yaml:2:69: bandwidth: 'q' is not a bit rate; write a number with its unit, like 100Mbit/s
broken.yaml:2:88: stream-timeout: 'r' is not a duration; write a number with its unit, like 200ms
broken.yaml:2:98: 'links' can't be a single value; write a list, like [a, b]
broken.yaml:2:110: 'regions' can't be a single value; write a list, like [a, b]
broken.yaml:2:113: unknown key 'jitter'; use one of latency, loss, duplicate, corrupt, reorder, bandwidth, stream-timeout, links, regions
[exit 65]

# The network's bounds.
> file broken.yaml
model: primary-replica
network: {loss: 101%, duplicate: 200%, stream-timeout: 0s}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:17: loss: '101%' is out of bounds; a share is from 0% to 100%
broken.yaml:2:34: duplicate: '200%' is out of bounds; a share is from 0% to 100%
broken.yaml:2:56: stream-timeout: '0s' is too small; the least is 1ns
[exit 65]

# Links.
> file broken.yaml
model: primary-replica
network: {links: [5, [primary], {}, {from: nobody}, {to: 5}, {latency: x}, {loss: 5}, {bandwidth: 0}, {via: primary}]}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:19: an entry of 'links' can't be a single value; write {from: …}; its keys are from, to, latency, loss, duplicate, corrupt, bandwidth
broken.yaml:2:22: an entry of 'links' can't be a list; write {from: …}; its keys are from, to, latency, loss, duplicate, corrupt, bandwidth
broken.yaml:2:33: the line says nothing about its links; add a latency, loss, corrupt or bandwidth, or leave the line out
broken.yaml:2:37: the line says nothing about its links; add a latency, loss, corrupt or bandwidth, or leave the line out
broken.yaml:2:44: from: 'nobody' is no node of this scenario; use one of primary, replica1, replica2, client1
broken.yaml:2:53: the line says nothing about its links; add a latency, loss, corrupt or bandwidth, or leave the line out
broken.yaml:2:58: to: '5' is not a name; write the name of a node
broken.yaml:2:72: latency: unknown distribution 'x'; there are durations like 200ms, and uniform, exponential, normal, lognormal, pareto, weibull, gamma, empirical and mixture
broken.yaml:2:83: loss: '5' has no unit; write ppb, ppm or % right behind the number, as in 0.01%
broken.yaml:2:99: bandwidth: '0' is out of bounds; a bit rate is from 1bit/s to 1000Tbit/s
broken.yaml:2:104: unknown key 'via'; use one of from, to, latency, loss, duplicate, corrupt, bandwidth
[exit 65]

# Regions.
> file broken.yaml
model: primary-replica
network: {regions: [5, {}, {between: a}, {between: [a]}, {between: [A, b]}, {latency: 5ms}, {between: [a, b], delay: 5ms}]}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:21: an entry of 'regions' can't be a single value; write {between: …}; its keys are between, latency, loss, corrupt, bandwidth
broken.yaml:2:24: an entry of 'regions' has no 'between'; add 'between': a list, like [a, b]
broken.yaml:2:24: the line says nothing about its links; add a latency, loss, corrupt or bandwidth, or leave the line out
broken.yaml:2:28: the line says nothing about its links; add a latency, loss, corrupt or bandwidth, or leave the line out
broken.yaml:2:38: 'between' can't be a single value; write a list, like [a, b]
broken.yaml:2:42: the line says nothing about its links; add a latency, loss, corrupt or bandwidth, or leave the line out
broken.yaml:2:52: 'between' takes two regions, not 1; write [a, b], or [a, a] for links within a region
broken.yaml:2:53: no node is in region 'a'; give nodes a 'region' under 'nodes:'
broken.yaml:2:58: the line says nothing about its links; add a latency, loss, corrupt or bandwidth, or leave the line out
broken.yaml:2:69: between: 'A' is not a name; write a name of small letters, digits and '-' that starts with a letter
broken.yaml:2:77: an entry of 'regions' has no 'between'; add 'between': a list, like [a, b]
broken.yaml:2:104: no node is in region 'a'; give nodes a 'region' under 'nodes:'
broken.yaml:2:107: no node is in region 'b'; give nodes a 'region' under 'nodes:'
broken.yaml:2:111: unknown key 'delay'; use one of between, latency, loss, corrupt, bandwidth
[exit 65]

# Clocks that are a word.
> file broken.yaml
model: primary-replica
clocks: perfect
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: clocks must be a map, not a single value; write {name: value}, or a 'name: value' on each line
[exit 65]

# The clocks' words.
> file broken.yaml
model: primary-replica
clocks: {skew: x, drift: y, bound: z, jump: 5s}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:16: skew: 'x' is not a duration; write a number with its unit, like 200ms
broken.yaml:2:26: drift: 'y' is not a share; write a number with its unit, like 0.01%
broken.yaml:2:36: bound: 'z' is not a duration; write a number with its unit, like 200ms
broken.yaml:2:39: unknown key 'jump'; use one of skew, drift, bound
[exit 65]

# The clocks' bounds.
> file broken.yaml
model: primary-replica
clocks: {drift: -5ppm, bound: -1s}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:17: drift: '-5ppm' is out of bounds; a share is from 0% to 100%
broken.yaml:2:31: bound: '-1s' is too small; the least is 0s
[exit 65]

# A skew of one end.
> file broken.yaml
model: primary-replica
clocks: {skew: uniform(5ms)}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:16: skew: uniform needs two durations; write uniform(-5ms..5ms)
[exit 65]

# A skew the wrong way round.
> file broken.yaml
model: primary-replica
clocks: {skew: uniform(5ms..-5ms)}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:16: skew: uniform goes from the lesser to the greater; write uniform(-5ms..5ms)
[exit 65]

# A skew that is not closed.
> file broken.yaml
model: primary-replica
clocks: {skew: uniform(-5ms..5ms}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:16: skew: a skew is no distribution; write a duration, or uniform(-5ms..5ms)
[exit 65]

# A disk that is a word.
> file broken.yaml
model: primary-replica
disk: ssd
> end
$ orrery validate broken.yaml
----
broken.yaml:2:7: disk must be a map, not a single value; write {name: value}, or a 'name: value' on each line
[exit 65]

# The disk's words.
> file broken.yaml
model: primary-replica
disk: {write: x, sync: y, size: 5GB}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:15: write: unknown distribution 'x'; there are durations like 200ms, and uniform, exponential, normal, lognormal, pareto, weibull, gamma, empirical and mixture
broken.yaml:2:24: sync: unknown distribution 'y'; there are durations like 200ms, and uniform, exponential, normal, lognormal, pareto, weibull, gamma, empirical and mixture
broken.yaml:2:27: unknown key 'size'; use one of write, sync, loses, atomic
[exit 65]

# A workload that is a list.
> file broken.yaml
model: primary-replica
workload: [read]
> end
$ orrery validate broken.yaml
----
broken.yaml:2:11: workload must be a map, not a list; write {name: value}, or a 'name: value' on each line
[exit 65]

# The workload's words.
> file broken.yaml
model: primary-replica
workload: {object: [register], arrival: [5/s], think: x, mix: 5, keys: 5, operations: x, operations-max: many, rate: 5}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:20: 'object' can't be a list; write a text
broken.yaml:2:41: 'arrival' can't be a list; write poisson(RATE) or constant(RATE), like poisson(1000/s)
broken.yaml:2:48: 'think' beside 'arrival'; keep 'arrival' for an open loop or 'think' for a closed one
broken.yaml:2:55: think: unknown distribution 'x'; there are durations like 200ms, and uniform, exponential, normal, lognormal, pareto, weibull, gamma, empirical and mixture
broken.yaml:2:63: 'mix' can't be a single value; write {read: 90%, write: 10%}
broken.yaml:2:72: 'keys' can't be a single value; write {count: …}; its keys are count, choose
broken.yaml:2:87: operations must be a list, not a single value; write [a, b], or a '- ' before each on a line of its own
broken.yaml:2:106: operations-max: 'many' is not a whole number from 0; write a whole number from 0, like 42
broken.yaml:2:112: unknown key 'rate'; use one of arrival, think, operations-max, keys, overtime, object, mix, operations
[exit 65]

# Keys.
> file broken.yaml
model: primary-replica
workload: {think: 5ms, mix: {read: 100%}, keys: {count: 0, choose: zipf(0), pick: any}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:57: count: '0' is too small; the least is 1
broken.yaml:2:68: choose: 'zipf(0)' needs an exponent above 0 and up to 10; write zipf(0.99)
broken.yaml:2:77: unknown key 'pick'; use one of count, choose
[exit 65]

# Choices of keys.
> file broken.yaml
model: primary-replica
workload: {think: 5ms, mix: {read: 100%}, keys: {choose: zipf(11)}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:58: choose: 'zipf(11)' needs an exponent above 0 and up to 10; write zipf(0.99)
[exit 65]

# Zipf without an exponent.
> file broken.yaml
model: primary-replica
workload: {think: 5ms, mix: {read: 100%}, keys: {choose: zipf()}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:58: choose: 'zipf()' needs an exponent above 0 and up to 10; write zipf(0.99)
[exit 65]

# Zipf of a word.
> file broken.yaml
model: primary-replica
workload: {think: 5ms, mix: {read: 100%}, keys: {choose: zipf(x)}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:58: choose: 'zipf(x)' needs an exponent above 0 and up to 10; write zipf(0.99)
[exit 65]

# Both loops.
> file broken.yaml
model: primary-replica
workload: {arrival: poisson(5/s), think: 5ms, mix: {read: 100%}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:35: 'think' beside 'arrival'; keep 'arrival' for an open loop or 'think' for a closed one
[exit 65]

# Neither loop.
> file broken.yaml
model: primary-replica
workload: {mix: {read: 100%}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:12: a mix, but nothing says when its operations come; add 'arrival: poisson(1000/s)' for an open loop or 'think: exponential(mean 10ms)' for a closed one
[exit 65]

# A mix that misses the whole.
> file broken.yaml
model: primary-replica
workload: {think: 5ms, mix: {read: 90%, write: 9%}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:29: the shares of the mix add up to 99%; they must add up to 100%
[exit 65]

# A mix of steps that there are not.
> file broken.yaml
model: primary-replica
workload: {think: 5ms, mix: {reed: 50%, append: 50%}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:30: unknown step 'reed' of register; did you mean 'read'?
broken.yaml:2:41: unknown step 'append' of register; list-append has it: write 'object: list-append' under 'workload'
[exit 65]

# A mix without shares.
> file broken.yaml
model: primary-replica
workload: {think: 5ms, mix: {read: 9, write: }}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:36: read: '9' has no unit; write ppb, ppm or % right behind the number, as in 0.01%
broken.yaml:2:46: 'write' has no value; write a share, like 0.01% or 50ppm, or leave the key out
[exit 65]

# An empty mix.
> file broken.yaml
model: primary-replica
workload: {think: 5ms, mix: {}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:29: the shares of the mix add up to 0%; they must add up to 100%
[exit 65]

# Templates.
> file broken.yaml
model: primary-replica
workload: {think: 5ms, mix: [5, {}, {share: 50%}, {share: 50%, read: 0}, {share: 50%, read: 1001}, {share: 50%, read: x}, {share: 50%, reed: 1}]}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:30: a template of the mix must be a map, not a single value; write {name: value}, or a 'name: value' on each line
broken.yaml:2:33: a template of the mix has no 'share'; add 'share': a share, like 0.01% or 50ppm
broken.yaml:2:33: an operation has from 1 to 1000 steps, not 0; say how many of each, as in {share: 10%, read: 2, write: 1}
broken.yaml:2:37: an operation has from 1 to 1000 steps, not 0; say how many of each, as in {share: 10%, read: 2, write: 1}
broken.yaml:2:51: an operation has from 1 to 1000 steps, not 0; say how many of each, as in {share: 10%, read: 2, write: 1}
broken.yaml:2:74: an operation has from 1 to 1000 steps, not 1001; say how many of each, as in {share: 10%, read: 2, write: 1}
broken.yaml:2:119: read: 'x' is not a whole number; write a whole number from 0, like 3
broken.yaml:2:136: unknown key 'reed'; did you mean 'read'?
[exit 65]

# A word at the top that belongs deeper.
> file broken.yaml
model: primary-replica
replicas: 3
hosts: 2
loss: 5%
window: 5s
sync: 5ms
mix: {read: 100%}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:1: unknown key 'replicas'; it belongs under 'options'
broken.yaml:3:1: unknown key 'hosts'; it belongs under 'clients'
broken.yaml:4:1: unknown key 'loss'; it belongs under 'network'
broken.yaml:5:1: unknown key 'window'; it belongs under 'options.router'
broken.yaml:6:1: unknown key 'sync'; it belongs under 'disk'
broken.yaml:7:1: unknown key 'mix'; it belongs under 'workload'
[exit 65]

# A word at the top that belongs nowhere.
> file broken.yaml
model: primary-replica
colour: blue
> end
$ orrery validate broken.yaml
----
broken.yaml:2:1: unknown key 'colour'; use one of title, about, seed, duration, settle, model, options, nodes, clients, network, clocks, disk, workload, faults, pins, expect, fuzz, sweep
[exit 65]
