# A model that takes its process down: that is a finding, and the others go on.
> file restart.yaml
model: crashing
workload: {think: 10ms, mix: {read: 50%, write: 50%}}
> end
$ orrery fuzz restart.yaml --plugin "$ORRERY_PLUGINS/crashing.so" -n 100 --keep-going -q --jobs 2 --out found | sed '/^Coverage/,$d'
----
restart.yaml
crashing, 100 runs, seeds 1..100: 1 finding

Findings
  1. died
     the run died (a mistake of the model's, or ours): signal 6 (Aborted)
     0 operations, 1 fault (shrunk from … in … runs)
     needs: crash
     first by seed … (…), in … runs
     orrery explain found/001-died/scenario.yaml --plugin …/crashing.so
\
$ cat found/001-died/report.txt; ls found/001-died; orrery run found/001-died/scenario.yaml --plugin "$ORRERY_PLUGINS/crashing.so" -q --seeds 1..1 | grep -c 'signal 6'
----
The run died, which is a mistake of the model's, or ours: signal 6 (Aborted)
original.yaml
report.txt
scenario.yaml
1
$ orrery fuzz restart.yaml --plugin "$ORRERY_PLUGINS/crashing.so" -n 100 --keep-going -q --jobs 1 --out again > /dev/null; diff -r found again
----

# A model that never comes back: the run is given up, which is a finding, too, and the others go on.
> file endless.yaml
model: endless
workload: {operations: [{read: x}]}
> end
$ cp "$ORRERY_PLUGINS"/endless.so .
----
$ orrery fuzz endless.yaml --plugin ./endless.so -n 3 -p availability --keep-going -q --patience 100ms --jobs 2 --out stuck | sed '/^Coverage/,$d'
----
endless.yaml
endless, 3 runs, seeds 1..3: 1 finding

Findings
  1. died
     the run died (a mistake of the model's, or ours): it did not come back in 100ms of processor time
     first by seed 1 (…), in 3 runs
     orrery explain stuck/001-died/scenario.yaml --plugin ./endless.so
\
$ orrery run endless.yaml --plugin ./endless.so --seeds 1..2 --patience 100ms -q
----
endless.yaml
endless, 2 runs, seeds 1..2

Died (a mistake of the model's, or ours)
  seed 1: it did not come back in 100ms of processor time: orrery run endless.yaml --seed 1 --plugin ./endless.so
  seed 2: it did not come back in 100ms of processor time: orrery run endless.yaml --seed 2 --plugin ./endless.so

0 events in all; digest …
again: orrery run endless.yaml --seeds 1..2 --plugin ./endless.so
[exit 70]
# A run that goes on may take as long as it likes: many times the patience, and nothing is different.
> file slow.yaml
model: primary-replica
duration: 20s
clients: {sessions: 10}
workload: {think: 1ms, mix: {read: 100%}}
expect: {read-your-writes: holds}
> end
$ orrery run slow.yaml --seeds 1..1 -q --patience 20ms > impatient; orrery run slow.yaml --seeds 1..1 -q > patient; diff impatient patient
----
$ orrery run slow.yaml --patience 1s; orrery run slow.yaml --seeds 1..2 --patience 0s
----
orrery: --patience is for many runs; say which, as in --seeds 1..200
orrery: --patience takes a duration of at least 1ms, as in 60s, not '0s'
[exit 64]

# No room for a finding: it says so, and keeps what was there.
> file cut-off.yaml
model: {name: primary-replica, bugs: [network-error-reported-ok]}
workload: {think: 10ms, mix: {read: 50%, write: 50%}}
> end
$ ulimit -f 16; orrery fuzz cut-off.yaml -q --no-shrink --out full > said; echo $?; ls -A full; sed 's/.*: //; 2q; d' said
----
orrery: …full/.finding-0/…: …; what was kept before is in 'full'
74
campaign.json
1 violating run, of which nothing is kept

# Nowhere to put them.
$ orrery fuzz cut-off.yaml -q --out restart.yaml
----
orrery: can't use 'restart.yaml' for findings: …
[exit 73]
$ orrery fuzz cut-off.yaml -q --out restart.yaml/findings
----
orrery: can't make the folder 'restart.yaml/findings': Not a directory
[exit 73]

# A model that writes where the results of runs pass is a finding, and no long result to wait for.
> file scribbles.yaml
model: {name: brittle, bugs: [scribbles]}
workload: {operations: [{read: x}]}
> end
$ timeout 60 orrery fuzz scribbles.yaml --plugin "$ORRERY_PLUGINS/brittle.so" -n 3 -p progress --keep-going -q --no-shrink --jobs 2 --out scribbled | sed -n 1,5p
----
scribbles.yaml
brittle, 3 runs, seeds 1..3: 1 finding

Findings
  1. died
