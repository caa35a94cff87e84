# Which system runs.

# A model that does not exist.
> file broken.yaml
model: primary-replcia
> end
$ orrery validate broken.yaml
----
broken.yaml:1:8: unknown model 'primary-replcia'; did you mean 'primary-replica'?
[exit 65]

# A bug that does not exist.
> file broken.yaml
model: {name: primary-replica, bugs: [lsn-compared-as-txt]}
> end
$ orrery validate broken.yaml
----
broken.yaml:1:39: unknown bug 'lsn-compared-as-txt' of primary-replica; did you mean 'lsn-compared-as-text'?
[exit 65]

# No name.
> file broken.yaml
model: {bugs: []}
> end
$ orrery validate broken.yaml
----
broken.yaml:1:8: 'model' has no 'name'; add 'name': a text
[exit 65]

# A list of models.
> file broken.yaml
model: [primary-replica]
> end
$ orrery validate broken.yaml
----
broken.yaml:1:8: a scenario has one model; write its name, or {name: …, bugs: […]}
[exit 65]

# An unknown model hides no other mistake.
> file broken.yaml
model: primary-replcia
options: {anything: 1}
clients: {hosts: none}
faults:
  - {at: 1, crash: anybody}
> end
$ orrery validate broken.yaml
----
broken.yaml:1:8: unknown model 'primary-replcia'; did you mean 'primary-replica'?
broken.yaml:3:18: hosts: 'none' is not a whole number; write a whole number from 0, like 3
broken.yaml:5:10: at: '1' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms
[exit 65]
