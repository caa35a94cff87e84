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
     first by seed … (…), in … runs
     orrery run found/001-died/scenario.yaml --plugin …/crashing.so
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
