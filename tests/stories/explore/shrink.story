# What shrinking says where there is nothing to shrink, where it is asked wrongly, and as JSON.
> file small.yaml
model: {name: lww-cache, bugs: [version-bumped-late]}
options: {caches: 2, replication-delay: 1s, anti-entropy: 0s}
clients: {names: [alice, bob]}
workload:
  object: map
  operations:
    - {id: w1, at: 1s, session: bob, to: cache2, write: {age: 31}}
    - {id: w2, at: 1500ms, session: alice, to: cache1, write: {age: 30}}
    - {id: r1, at: 5s, session: alice, to: cache1, read: age}
> end
$ orrery shrink small.yaml
----
orrery: convergence: 3 → 2 operations in … runs
title: convergence violated by 2 operations
about: |
  convergence is violated: when all was quiet, cache1 held x = 1 and cache2 held x = 2.
  Without the mistake version-bumped-late, or any one of its operations, it is not.
model: {name: lww-cache, bugs: [version-bumped-late]}
options:
  caches: 2
  replication-delay: 1s
  anti-entropy: 0s
clients:
  names: [bob]
workload:
  operations:
    - {id: w1, to: cache2, write: {x: 1}}
    - {id: w2, to: cache1, write: {x: 2}}
expect:
  convergence: violated
$ orrery shrink small.yaml -p convergence --json
----
orrery: convergence: 3 → 2 operations in … runs
{
  "property" : "convergence",
  "runs" : …,
  "operations-before" : 3,
  "faults-before" : 0,
  "operations" : 2,
  "faults" : 0,
  "actions" : 0,
  "pins" : 0,
  "explicit" : true,
  "minimal" : true,
  "scenario" : "title: convergence violated by 2 operations\nabout: |\n  convergence is violated: when all was quiet, cache1 held x = 1 and cache2 held x = 2.\n  Without the mistake version-bumped-late, or any one of its operations, it is not.\nmodel: {name: lww-cache, bugs: [version-bumped-late]}\noptions:\n  caches: 2\n  replication-delay: 1s\n  anti-entropy: 0s\nclients:\n  names: [bob]\nworkload:\n  operations:\n    - {id: w1, to: cache2, write: {x: 1}}\n    - {id: w2, to: cache1, write: {x: 2}}\nexpect:\n  convergence: violated\n"
}
$ orrery shrink small.yaml -p convergence --runs 3
----
orrery: convergence: 3 → 3 operations in … runs; ended early, it may become smaller still
title: convergence violated by 3 operations
about: |
  convergence is violated: when all was quiet, cache1 held age = 31 and cache2 held age = 30.
  Shrinking ended before it was known that nothing more can be left out.
model: {name: lww-cache, bugs: [version-bumped-late]}
options:
  caches: 2
  replication-delay: 1s
  anti-entropy: 0s
clients:
  names: [alice, bob]
workload:
  object: map
  operations:
    - {id: w1, at: 1s, session: bob, to: cache2, write: {age: 31}}
    - {id: w2, at: 1.5s, to: cache1, write: {age: 30}}
    - {id: r1, at: 5s, to: cache1, read: age}
expect:
  convergence: violated
$ orrery shrink small.yaml -p monotonic-reads --set clients.timeout=3s
----
orrery: nothing to shrink: by seed 1 monotonic-reads is not violated
orrery: 'orrery run small.yaml --set clients.timeout=3s --seeds 1..1000 --property monotonic-reads' tells by which seeds it is; then name one with --seed
[exit 1]
$ orrery shrink small.yaml -p convergance
----
orrery: there is no property 'convergance'; did you mean 'convergence'?
[exit 64]
# Where the result can't go is known before anything runs, and nothing is left there.
$ orrery shrink small.yaml -p convergence -o nowhere/there.yaml
----
orrery: can't write to 'nowhere/there.yaml': No such file or directory
[exit 73]
$ mkdir -p folder; orrery shrink small.yaml -p monotonic-reads -o folder; orrery shrink small.yaml -p monotonic-reads -q -o folder/small.yaml; ls folder
----
orrery: can't write to 'folder': it is a directory
orrery: nothing to shrink: by seed 1 monotonic-reads is not violated
orrery: 'orrery run small.yaml --seeds 1..1000 --property monotonic-reads' tells by which seeds it is; then name one with --seed
$ orrery shrink small.yaml --json -o -
----
orrery: --json and --output - are both for standard output; use one of them
[exit 64]
$ orrery shrink
----
orrery: which scenario? A file, or one that is installed: 'orrery models primary-replica' lists them
[exit 64]
$ orrery shrink small.yaml small.yaml
----
orrery: one scenario at a time, but there is 'small.yaml'
[exit 64]
$ orrery shrink small.yaml --runs 0
----
orrery: --runs takes a whole number from 1, not '0'
[exit 64]
$ orrery shrink none.yaml
----
orrery: there is no file 'none.yaml'
[exit 66]
