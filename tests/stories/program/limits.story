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

# A large system's start takes time by its size, and not by the square: no host looks at the sessions of others, nor at all nodes for those of one
# role. Ten times as many hosts and sessions would then take a hundred times as long; half a second is allowed for what a machine does besides.
> file large.yaml
model: primary-replica
options: {replicas: 2}
duration: 10ms
clients: {hosts: HOSTS, sessions: SESSIONS}
workload:
  operations:
    - {id: w, write: {x: 1}}
expect: {success: exactly 100%}
> end
> file seconds.sh
sed "s/HOSTS/$1/; s/SESSIONS/$2/" large.yaml > "$1.yaml"
sh -c "orrery run $1.yaml > /dev/null; times" |
awk 'END { split ($1, own, /[ms]/); split ($2, kernel, /[ms]/); print 60 * (own[1] + kernel[1]) + own[2] + kernel[2] }'
> end
$ small=$(sh seconds.sh 2000 20000); large=$(sh seconds.sh 20000 200000); echo "$small $large" | awk '{ print $2 < 25 * $1 + 0.5 ? "by size" : $0 }'
----
by size
$ orrery run 20000.yaml | sed -n 2p
----
primary-replica, 1 operation by 200000 sessions in …, seed 1
