# Choices fixed by hand.

# Of nothing.
> file broken.yaml
model: primary-replica
pins:
  - {node: primary}
  - {mesage: wal, drop: true}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:5: a pin of nothing; use one of message, timer, draw, disk, write, sync, service, request, reply, stream, release, as in {message: NAME, drop: true}
broken.yaml:4:6: unknown key 'mesage'; did you mean 'message'?
[exit 65]

# That say nothing, or too much.
> file broken.yaml
model: primary-replica
pins:
  - {message: wal, from: primary}
  - {message: wal, drop: true, latency: 5ms} # a stream sends it again after that
  - {message: wal, duplicate: 5ms}
  - {draw: apply-delay, value: 5ms, index: 1}
  - {stream: primary, to: replica1}
  - {release: primary}
  - {request: w1, nth: 1}
  - {reply: w1, latency: 1ms, drop: true}
  - {sync: wall, latency: 1ms}
  - {write: wal}
  - {service: primary, nth: 2}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:5: the pin says nothing about the message; add 'latency: DURATION' or 'drop: true'
broken.yaml:5:31: a stream brings each message once; leave it out
broken.yaml:6:5: 'value' beside 'index'; keep one of them
broken.yaml:7:5: the pin says neither 'latency' nor 'lost'; say what is to come of it
broken.yaml:8:5: the pin says neither 'latency' nor 'rank'; say what is to come of it
broken.yaml:9:5: the pin says nothing about the message; add 'latency: DURATION' or 'drop: true'
broken.yaml:10:5: a message that is dropped has no latency; keep 'latency' or 'drop'
broken.yaml:11:12: unknown sync 'wall' of primary-replica; use one of commit, wal-writer, received, recovery, control
broken.yaml:12:5: a pin has no 'latency'; add 'latency': a duration with its unit, like 5s or 200ms
broken.yaml:12:13: unknown sync 'wal' of primary-replica; use one of commit, wal-writer, received, recovery, control
broken.yaml:13:5: a pin has no 'latency'; add 'latency': a duration with its unit, like 5s or 200ms
[exit 65]

# A datagram is lost or takes its time.
> file broken.yaml
model: lww-cache
pins:
  - {message: update, drop: true, latency: 5ms}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:5: a message that is dropped has no latency; keep 'latency' or 'drop'
[exit 65]

# Names.
> file broken.yaml
model: primary-replica
pins:
  - {timer: patient, after: 5ms}
  - {draw: aply-delay, value: 5ms}
  - {message: wal, to: replica9, drop: true}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:13: unknown timer 'patient' of primary-replica; did you mean 'patience'?
broken.yaml:4:12: unknown draw 'aply-delay' of primary-replica; did you mean 'apply-delay'?
broken.yaml:5:24: to: 'replica9' is no node of this scenario; did you mean 'replica1'?
[exit 65]

# What is missing.
> file broken.yaml
model: primary-replica
pins:
  - {timer: patience}
  - {draw: apply-delay, nth: 0}
  - {disk: primary}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:5: a pin has no 'after'; add 'after': a duration with its unit, like 5s or 200ms
broken.yaml:4:5: the pin says neither 'value' nor 'index'; say what is to come of it
broken.yaml:4:30: nth: '0' is too small; the least is 1
broken.yaml:5:5: a pin has no 'kept'; add 'kept': a number, like 4, or a list, like [LOG 1..4, CELL KEY]
[exit 65]

# What survives a crash, by name.
> file broken.yaml
model: primary-replica
pins:
  - {disk: primary}
  - {disk: primary, kept: [wall 1..4]}
  - {disk: primary, kept: [wal 4..1, wal x, wal 0, control 1 2]}
  - {disk: primary, kept: {wal: 1}}
  - {disk: primary, kept: some}
  - {disk: primary, kept: [[wal]], torn: perhaps}
disk: {loses: head, atomic: maybe}
faults:
  - {at: 1s, disk-corrupt: {node: primary, part: indexes, last: 0}}
  - {at: 1s, disk-slow: {node: primary, factor: 0.5}}
  - {at: 1s, clock-drift: {node: primary, by: -100%}}
  - {at: 1s, clock-stop: {node: primary, jump: 1s}}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:5: a pin has no 'kept'; add 'kept': a number, like 4, or a list, like [LOG 1..4, CELL KEY]
broken.yaml:4:28: unknown log or cell 'wall' of primary-replica; did you mean 'wal'?
broken.yaml:5:28: '4..1' is no part of a log; write it as in wal 1..4, or wal 3
broken.yaml:5:38: 'x' is no part of a log; write it as in wal 1..4, or wal 3
broken.yaml:5:45: '0' is no part of a log; write it as in wal 1..4, or wal 3
broken.yaml:5:52: a key with other characters can't be named here; write a word or a whole number, as in row x
broken.yaml:6:27: 'kept' can't be a map; write a whole number from 0, like 3
broken.yaml:7:27: kept: 'some' is not a whole number; write a whole number from 0, like 3
broken.yaml:8:28: kept must be a single value, not a list; write one word or value behind the ':'
broken.yaml:8:42: torn: 'perhaps' is neither true nor false; write true or false
broken.yaml:9:15: loses: 'head' is not possible here; use one of tail, nothing, all, any
broken.yaml:9:29: atomic: 'maybe' is neither true nor false; write true or false
broken.yaml:11:50: part: 'indexes' is not possible here; use one of any, logs, cells
broken.yaml:11:65: last: '0' is too small; the least is 1
broken.yaml:12:49: factor: '0.5' is too small; the least is 1
broken.yaml:13:47: by: '-100%' is too small; the least is -99.9999999%
broken.yaml:14:42: unknown key 'jump'; use node
[exit 65]

# What may be said of a crash, and of all else that chance decides.
> file pins.yaml
model: primary-replica
pins:
  - {disk: primary, fates: kkxlt}
  - {disk: primary, fates: kk, kept: 2}
  - {disk: primary, crash: 2, fates: kklt, actor: primary}
> end
$ orrery validate pins.yaml
----
pins.yaml:3:28: 'fates' has another letter than k, l and t; write a letter for each change, as in kklt: k is kept, l lost, t half-written
pins.yaml:4:38: 'kept' beside 'fates'; keep one of them
[exit 65]
> file pins.yaml
model: primary-replica
pins:
  - {disk: primary, crash: 2, fates: kklt, actor: primary}
  - {sync: commit, node: primary, nth: 2, latency: 3ms}
  - {write: commit, latency: 20us}
  - {service: primary, nth: 2, latency: 1ms}
  - {request: w1, nth: 1, drop: true}
  - {reply: w1, latency: 4ms}
  - {stream: primary, to: replica1, nth: 3, latency: 2ms, lost: [1, 3]}
  - {release: primary, to: replica1, nth: 2, rank: 1}
  - {draw: replica, node: client1, nth: 4, index: 1}
  - {message: wal, nth: 2, drop: true, latency: 2ms}
> end
$ orrery validate --write pins.yaml
----
model: primary-replica
pins:
  - {disk: primary, crash: 2, fates: kklt, actor: primary}
  - {sync: commit, node: primary, nth: 2, latency: 3ms}
  - {write: commit, latency: 20us}
  - {service: primary, nth: 2, latency: 1ms}
  - {request: w1, nth: 1, drop: true}
  - {reply: w1, latency: 4ms}
  - {stream: primary, to: replica1, nth: 3, latency: 2ms, lost: [1, 3]}
  - {release: primary, to: replica1, nth: 2, rank: 1}
  - {draw: replica, node: client1, nth: 4, index: 1}
  - {message: wal, nth: 2, latency: 2ms, drop: true}
