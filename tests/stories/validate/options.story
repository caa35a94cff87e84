# The model's own options.

# An unknown one.
> file broken.yaml
model: primary-replica
options: {replcas: 3}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:11: unknown key 'replcas'; did you mean 'replicas'?
[exit 65]

# Too many, and none of these words.
> file broken.yaml
model: primary-replica
options: {replicas: 1001, synchronous-commit: remote-apply}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:21: replicas: '1001' is too large; the most is 1000
broken.yaml:2:47: synchronous-commit: 'remote-apply' is none of off, local, remote_write, on, remote_apply; did you mean 'remote_apply'?
[exit 65]

# A policy that does not exist.
> file broken.yaml
model: primary-replica
options: {router: time-windw}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:19: policy: 'time-windw' is none of primary-only, replica-only, random, round-robin, time-window, lsn, sticky; did you mean 'time-window'?
[exit 65]

# An option of another policy.
> file broken.yaml
model: primary-replica
options:
  router: {policy: lsn, window: 5s}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:25: 'window' has no meaning with policy 'lsn'; it belongs to policy time-window
[exit 65]

# A distribution's parameter.
> file broken.yaml
model: primary-replica
options: {apply-delay: lognormal(median 40ms p9 900ms)}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:46: apply-delay: lognormal has no parameter 'p9'; did you mean 'p99'?
[exit 65]

# A family that does not exist, a parenthesis that is not closed.
> file broken.yaml
model: primary-replica
options:
  apply-delay: lognorml(median 40ms p99 900ms)
  apply-delays: {replica1: exponential(mean 5ms}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:16: apply-delay: unknown distribution 'lognorml'; did you mean 'lognormal'?
broken.yaml:4:48: delay: a parameter or ')' is missing here, as in exponential(mean 10ms)
[exit 65]

# Who is waited for.
> file broken.yaml
model: primary-replica
options: {synchronous-standby-names: ANY (replica1)}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:42: synchronous-standby-names: after FIRST or ANY the number of standbys is missing; write a list of standbys as PostgreSQL takes it, like FIRST 1 (replica1, replica2), ANY 2 (*) or replica1
[exit 65]

# A position in the log.
> file broken.yaml
model: primary-replica
options: {wal-start: 0x1000}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:22: wal-start: that is no log position; write a log position as PostgreSQL prints it, two hexadecimal halves, like 0/3000060
[exit 65]

# A map of nothing.
> file broken.yaml
model: primary-replica
options: 5
> end
$ orrery validate broken.yaml
----
broken.yaml:2:10: options must be a map, not a single value; write {name: value}, or a 'name: value' on each line
[exit 65]

# The delay of a replica that there is not.
> file broken.yaml
model: primary-replica
options:
  replicas: 1
  apply-delays: {replica1: 100ms, replica2: 600ms, primary: 1s}
> end
$ orrery validate broken.yaml
----
broken.yaml:4:45: 'replica2' is no replica; there is replica1 alone
broken.yaml:4:61: 'primary' is no replica; there is replica1 alone
[exit 65]
