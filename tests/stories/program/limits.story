# A run that does not end by itself is ended, and is no success, whatever was expected of it.
> file work.yaml
model: primary-replica
duration: 1s
clients: {sessions: 1000}
workload:
  arrival: poisson(1000/s)
  mix: {read: 100%}
expect: {}
> end
$ orrery run -q work.yaml --events-max 100
----
work.yaml
primary-replica, … operations by 1000 sessions in …, seed 1

ended at …: cut short, since no more events were allowed; 100 events; digest …
again: orrery run work.yaml --seed 1 --events-max 100
[exit 2]
$ orrery run -q work.yaml --instant-max 1
----
work.yaml
primary-replica, … operations by 1000 sessions in 0s, seed 1

ended at 0s: cut short, since time stood still; … events; digest …
again: orrery run work.yaml --seed 1 --instant-max 1
[exit 2]
$ orrery run work.yaml --instant-max none
----
orrery: --instant-max takes a whole number from 1, not 'none'
[exit 64]

# A large system starts in a moment: no host looks at the sessions of others, nor at all nodes for those of one role.
> file large.yaml
model: primary-replica
options: {replicas: 2}
duration: 10ms
clients: {hosts: 50000, sessions: 500000}
workload:
  operations:
    - {id: w, write: {x: 1}}
expect: {success: exactly 100%}
> end
$ orrery run large.yaml | sed -n 2p
----
primary-replica, 1 operation by 500000 sessions in …, seed 1
