# Whatever is wrong in one place, all other places are looked at too. Only what could be right with the mistake mended is not complained about.

# Something in every section. `replica9` may exist with another number of replicas, `s9` with another number of sessions.
> file broken.yaml
title: [a]
model: {name: primary-replica, bugs: [lsn-compared-as-txt, [x]]}
options:
  replicas: many
  synchronous-commit: of
nodes:
  primry: {region: us}
  replica7: {weight: -2}
  replica1: {region: eu}
clients: {sessions: lots, timeout: 5}
network:
  loss: 2
  links: [{from: primary, to: replca1}]
  regions: [{between: [us, eu]}, {between: [eu, asia]}]
clocks: {skew: 5}
disk: {write: fast}
workload:
  operations:
    - {session: s9, read: x}
    - {session: alice, read: x}
    - {red: x}
faults:
  - {at: 1s, crash: replica9}
  - {at: 1s, crash: nobody}
  - {at: 1s, partition: {isolate: primry}}
  - 5
pins:
  - {message: wal, to: replica3, drop: true}
  - {message: wall, drop: true}
expect:
  read-your-wites: holds
  latency.p98: below 5ms
  share.read.replica4: above 5%
  share.read.nobody: above 5%
fuzz:
  options.router: [lsnn]
sweep:
  seed: [1, x]
  sed: [1]
> end
$ orrery validate broken.yaml
----
broken.yaml:1:8: 'title' can't be a list; write a text
broken.yaml:2:39: unknown bug 'lsn-compared-as-txt' of primary-replica; did you mean 'lsn-compared-as-text'?
broken.yaml:2:60: an entry of 'bugs' can't be a list; write a text
broken.yaml:4:13: replicas: 'many' is not a whole number; write a whole number from 0, like 3
broken.yaml:5:23: synchronous-commit: 'of' is none of off, local, remote_write, on, remote_apply; did you mean 'off'?
broken.yaml:7:3: name: 'primry' is no node of this scenario; did you mean 'primary'?
broken.yaml:8:22: weight: '-2' is too small; the least is 0
broken.yaml:10:21: sessions: 'lots' is not a whole number; write a whole number from 0, like 3
broken.yaml:10:36: timeout: '5' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms
broken.yaml:12:9: loss: '2' has no unit; write ppb, ppm or % right behind the number, as in 0.01%
broken.yaml:13:11: the line says nothing about its links; add a latency, loss, corrupt or bandwidth, or leave the line out
broken.yaml:13:31: to: 'replca1' is no node of this scenario; did you mean 'replica1'?
broken.yaml:14:13: the line says nothing about its links; add a latency, loss, corrupt or bandwidth, or leave the line out
broken.yaml:14:34: the line says nothing about its links; add a latency, loss, corrupt or bandwidth, or leave the line out
broken.yaml:14:49: no node is in region 'asia'; use eu
broken.yaml:15:16: skew: '5' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms
broken.yaml:16:15: write: unknown distribution 'fast'; there are durations like 200ms, and uniform, exponential, normal, lognormal, pareto, weibull, gamma, empirical and mixture
broken.yaml:20:17: unknown session 'alice'; the only one is 's1'; 'clients: {sessions: N}' makes more
broken.yaml:21:8: unknown key 'red'; did you mean 'read'?
broken.yaml:24:21: node: 'nobody' is no node of this scenario; use one of primary, replica1, replica2, client1
broken.yaml:25:35: isolate: 'primry' is no node of this scenario; did you mean 'primary'?
broken.yaml:26:5: a fault must be a map, not a single value; write {name: value}, or a 'name: value' on each line
broken.yaml:29:15: unknown message 'wall' of primary-replica; did you mean 'wal'?
broken.yaml:31:3: unknown property or figure 'read-your-wites'; did you mean 'read-your-writes'?
broken.yaml:32:3: unknown part 'p98' of latency; did you mean 'p90'?
broken.yaml:34:3: unknown part 'nobody' of share; use one of primary, replica1, replica2, client1
broken.yaml:36:20: options.router can't be lsnn: policy: 'lsnn' is none of primary-only, replica-only, random, round-robin, time-window, lsn, sticky; did you mean 'lsn'?
broken.yaml:38:13: seed can't be x: seed: 'x' is not a whole number from 0; write a whole number from 0, like 42
broken.yaml:39:3: sed: unknown key 'sed'; did you mean 'seed'?
[exit 65]

# Of an unknown model nothing is known: its options, nodes, messages and bugs are not complained about.
> file broken.yaml
model: {name: primry-replica, bugs: [any]}
options: {anything: 1}
duration: 5
faults: [{at: 1s, crash: anybody}, {at: 1x, crash: anybody}, {at: 1s, crsh: anybody}]
pins: [{message: any, drop: maybe}]
expect: {share.read.nobody: above 5%, share.read.nobody.p50: above 5%}
> end
$ orrery validate broken.yaml
----
broken.yaml:1:15: unknown model 'primry-replica'; did you mean 'primary-replica'?
broken.yaml:3:11: duration: '5' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms
broken.yaml:4:41: at: '1x' has the unknown unit 'x'; the units are ns, us, ms, s, min, h or d
broken.yaml:4:71: unknown key 'crsh'; did you mean 'crash'?
broken.yaml:5:29: drop: 'maybe' is neither true nor false; write true or false
broken.yaml:6:39: unknown part 'p50' of share; it has no further parts
[exit 65]

# Options that are right one by one, but not together: the defaults lay the nodes out.
> file broken.yaml
model: primary-replica
options: {replicas: 0, router: random}
faults: [{at: 1s, crash: replica1}, {at: 1s, crash: nobody}]
> end
$ orrery validate broken.yaml
----
broken.yaml:2:32: there is no replica to read from; use `policy: primary-only`, or have a replica
broken.yaml:3:53: node: 'nobody' is no node of this scenario; use one of primary, replica1, replica2, client1
[exit 65]

# An anchor does not hide what else is wrong.
> file broken.yaml
model: primary-replica
clients: &them {timeout: 5}
options: {replicas: 1, replicas: 3}
faults: [{at: 1s, crash: replica3}, {at: 1s, crash: primry}]
expect: {latency.p98: below 5ms}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:10: anchors can't be used here; take it out, or put a text that starts with '&' in quotes
broken.yaml:2:26: timeout: '5' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms
broken.yaml:3:24: the key 'replicas' is there twice; keep one; the first is at line 3, column 11
broken.yaml:4:53: node: 'primry' is no node of this scenario; did you mean 'primary'?
broken.yaml:5:10: unknown part 'p98' of latency; did you mean 'p90'?
[exit 65]

# A line of faults that is none does not hide that another comes too late.
> file broken.yaml
model: primary-replica
duration: 10s
faults: [5, {at: 20s, crash: primary}]
> end
$ orrery validate broken.yaml
----
broken.yaml:3:10: a fault must be a map, not a single value; write {name: value}, or a 'name: value' on each line
broken.yaml:3:18: a fault at 20s never strikes: the workload is over at 10s; let it strike earlier, or make 'duration' longer
[exit 65]

# A mistake in the YAML itself ends the reading.
> file broken.yaml
modle: primary-replica
faults: [{at: 1s, crash: primary}
expect: {}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: this '[' is not closed; close it with ']', and put ',' between entries
[exit 65]
