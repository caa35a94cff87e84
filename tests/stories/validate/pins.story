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
broken.yaml:3:5: a pin of nothing; use one of message, timer, draw, disk, as in {message: NAME, drop: true}
broken.yaml:4:6: unknown key 'mesage'; did you mean 'message'?
[exit 65]

# That say nothing, or too much.
> file broken.yaml
model: primary-replica
pins:
  - {message: wal, from: primary}
  - {message: wal, drop: true, latency: 5ms}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:5: the pin says nothing about the message; add 'latency: DURATION' or 'drop: true'
broken.yaml:4:5: a message that is dropped has no latency; keep 'latency' or 'drop'
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
broken.yaml:4:5: a pin has no 'value'; add 'value': a duration with its unit, like 5s or 200ms
broken.yaml:4:30: nth: '0' is too small; the least is 1
broken.yaml:5:5: a pin has no 'kept'; add 'kept': a whole number from 0, like 3
[exit 65]
