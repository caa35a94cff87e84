# There may be nothing to explain.
$ orrery explain primary-replica/synchronous --property monotonic-writes
----
orrery: monotonic-writes holds in this run, no session wrote a key twice; another seed may break it: 'orrery run primary-replica/synchronous --seeds 1..100 --property monotonic-writes'
[exit 1]
$ orrery explain lww-cache/ties
----
orrery: this run violates nothing of what is expected of it or claimed; 'orrery run lww-cache/ties --all-properties' judges all properties, and --property NAME explains one
[exit 1]
$ orrery explain lww-cache/ties --set clients.timeout=3s --seed 2; orrery run lww-cache/ties --save kept.db > /dev/null; orrery explain kept.db; orrery explain kept.db --property convergence
----
orrery: this run violates nothing of what is expected of it or claimed; 'orrery run lww-cache/ties --seed 2 --set clients.timeout=3s --all-properties' judges all properties, and --property NAME explains one
orrery: this run violates nothing of what is expected of it or claimed; 'orrery check kept.db --all-properties' judges all properties, and --property NAME explains one
orrery: convergence holds in this run, …
[exit 1]
$ orrery explain lww-cache/ties --set expect={}
----
orrery: nothing is expected of this run; say which property is to be explained: --property NAME
[exit 1]
$ orrery explain
----
orrery: which run? A trace that 'orrery run --save' made, or a scenario: 'orrery explain SCENARIO'
[exit 64]
$ orrery explain lww-cache/ties lww-cache/gossip
----
orrery: 'orrery explain' takes one run, but there is 'lww-cache/gossip' too
[exit 64]
$ orrery explain lww-cache/tie
----
orrery: there is no file or installed scenario 'lww-cache/tie'; did you mean 'lww-cache/ties'?
[exit 66]
$ orrery explain lww-cache/ties --property convergance
----
orrery: there is no property 'convergance'; did you mean 'convergence'?
[exit 64]
$ orrery explain lww-cache/ties --seed one
----
orrery: --seed takes a whole number from 0, not 'one'
[exit 64]
$ orrery explain lww-cache/ties --steps 0
----
orrery: --steps takes a whole number from 1 to 100000, not '0'
[exit 64]
$ orrery explain lww-cache/ties --runs many
----
orrery: --runs takes a whole number from 0 to 1000000, not 'many'
[exit 64]

# A trace is of a run that has been.
$ orrery run lww-cache/tie-keeps-local --save ties.db >/dev/null
orrery explain ties.db --seed 2
----
orrery: 'ties.db' is a trace of a run that has been; --seed is for scenarios
[exit 64]
$ orrery explain ties.db --set duration=1s
----
orrery: 'ties.db' is a trace of a run that has been; --set is for scenarios
[exit 64]

# One that is damaged, or no trace.
$ head -c 20000 ties.db >half.db
orrery explain half.db
----
orrery: can't load 'half.db': it is damaged or cut short
[exit 65]
$ printf 'SQLite format 3\0and so on' >none.db
orrery explain none.db
----
orrery: can't load 'none.db': it is not an SQLite database
[exit 65]
$ orrery explain /dev/null
----
orrery: can't read '/dev/null': it is not a regular file
[exit 66]
