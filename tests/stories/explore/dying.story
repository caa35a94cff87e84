# Runs that take their process down, or never come back: they are shrunk and explained as any other.
> file brittle.yaml
title: A mirror that can't bear a gap
model: brittle
duration: 5s
clients: {sessions: 3, contact: first}
network: {latency: uniform(1ms..3ms), loss: 2%}
workload: {think: exponential(mean 20ms), mix: {read: 50%, write: 50%}, keys: {count: 4}}
> end
$ cp "$ORRERY_PLUGINS"/brittle.so "$ORRERY_PLUGINS"/crashing.so "$ORRERY_PLUGINS"/endless.so .
----
$ orrery shrink brittle.yaml --plugin ./brittle.so
----
orrery: died: … → 2 operations, 1 pins in … runs
title: A run that dies by 2 operations with 1 pin
about: |
  The run dies: signal 6 (Aborted).
  Without any one of its operations and pins it does not, or chance is back.
model: brittle
workload:
  operations:
    - {id: w1, to: keeper, write: {x: 1}}
    - {id: w2, to: keeper, write: {x: 2}}
pins:
  - {message: told, where: {number: 1}, drop: true}
# It does so by every seed, and without any one of its lines it does not.
$ orrery shrink brittle.yaml --plugin ./brittle.so -q -o small.yaml; orrery run small.yaml --plugin ./brittle.so --seeds 1..5 -q | grep -c 'seed .*: signal 6 (Aborted): orrery run small.yaml --seed'; for line in w1 w2 told; do grep -v "$line" small.yaml | sed '/^pins:$/{$d}' > less.yaml; orrery run less.yaml --plugin ./brittle.so -q > /dev/null; echo $?; done
----
5
0
0
0
$ orrery shrink brittle.yaml --plugin ./brittle.so -p died -q --json | grep -e '"property"' -e '"operations"' -e '"pins"' -e minimal
----
  "property" : "died",
  "operations" : 2,
  "pins" : 1,
  "minimal" : true,
$ orrery shrink brittle.yaml --plugin ./brittle.so -p progress; orrery shrink brittle.yaml --plugin ./brittle.so --set network.loss=0% --set network.latency=2ms -p died
----
orrery: by seed 1 the run dies (signal 6 (Aborted)); without --property that is shrunk
orrery: nothing to shrink: by seed 1 the run comes to its end
[exit 1]

# A fault that a run dies of.
> file restart.yaml
model: crashing
duration: 20s
workload: {think: 10ms, mix: {read: 50%, write: 50%}}
faults: [{every: 1s, choose: {crash: 1, slow: 1}, for: 100ms}]
> end
$ orrery shrink restart.yaml --plugin ./crashing.so --seed 2
----
orrery: died: … → 0 operations, … → 1 faults in … runs
title: A run that dies by 1 fault
about: |
  The run dies: signal 6 (Aborted).
  Without any one of its faults it does not.
duration: 10ms
model: crashing
faults:
  - {at: 0s, crash: node, for: 10ms}

# How far it came, what happened last, and how to look at it.
$ orrery explain small.yaml --plugin ./brittle.so
----
small.yaml
the run dies: signal 6 (Aborted)

No run may take its process down or keep it for ever: that is a mistake of the model's, or ours.
It came as far as … of virtual time and handled … events; it died of the next one.

What happened last
…
\#…  s…: w2: write x 2
…

To see it happen: orrery run small.yaml --plugin ./brittle.so
In a debugger: gdb -ex run -ex backtrace --args orrery run small.yaml --plugin ./brittle.so
again: orrery explain small.yaml --plugin ./brittle.so
$ orrery explain brittle.yaml --seed 3 --plugin ./brittle.so --json | sed -n '/"last"/,/]/d; p'
----
{
  "died" : "signal 6 (Aborted)",
  "events" : …,
  "until-ns" : …,
  "run" : "orrery run brittle.yaml --seed 3 --plugin ./brittle.so",
  "debugger" : "gdb -ex run -ex backtrace --args orrery run brittle.yaml --seed 3 --plugin ./brittle.so",
  "again" : "orrery explain brittle.yaml --seed 3 --plugin ./brittle.so"
}

# A run that never comes back.
> file waits.yaml
model: {name: brittle, bugs: [waits-for-ever]}
clients: {contact: first}
workload: {operations: [{id: a, read: x}, {id: b, write: {x: 1}}, {id: c, write: {x: 2}}]}
pins: [{message: told, where: {number: 1}, drop: true}]
> end
$ orrery explain waits.yaml --plugin ./brittle.so --patience 100ms | grep -v '#'
----
waits.yaml
the run dies: it did not come back in 100ms of processor time

No run may take its process down or keep it for ever: that is a mistake of the model's, or ours.
It came as far as … of virtual time and handled … events; from the next one it did not come back.

What happened last

To see it happen: orrery run waits.yaml --plugin ./brittle.so
In a debugger (Ctrl-C stops the run there): gdb -ex run -ex backtrace --args orrery run waits.yaml --plugin ./brittle.so
again: orrery explain waits.yaml --plugin ./brittle.so --patience 100ms
$ orrery shrink waits.yaml --plugin ./brittle.so --patience 100ms --runs 10 -q | grep dies:
----
  The run dies: it did not come back in 100ms of processor time.

# A run that dies as it begins, by some seeds alone: the seed stays.
> file luck.yaml
model: {name: brittle, bugs: [starts-by-luck]}
clients: {contact: first}
> end
$ for seed in 1 2 3 4 5 6; do orrery shrink luck.yaml --plugin ./brittle.so --seed $seed -q > luck-$seed.yaml 2> /dev/null && orrery run luck-$seed.yaml --plugin ./brittle.so --seeds $seed..$seed -q | grep -c 'signal 6'; done | sort | uniq -c | sed 's/ *//; s/^[2-8] 1$/some, and each dies/'; grep -h '^seed' luck-*.yaml | sort -u | sed -n '$p'
----
some, and each dies
seed: …

# A run that violates something may become one that dies when something is left out. It is explained and shrunk all the same.
> file gap.yaml
model: brittle
clients: {contact: first}
workload: {operations: [{id: w1, write: {x: 1}}, {id: w2, at: 20ms, write: {x: 2}}, {id: r1, at: 100ms, read: x}]}
faults: [{at: 0s, partition: {isolate: mirror}, for: 10ms}]
pins: [{message: told, nth: 2, drop: true}]
expect: {two-atomic: holds}
> end
$ sed 's/^model.*/model: {name: brittle, bugs: [waits-for-ever]}/' gap.yaml > gap-waits.yaml
----
$ orrery explain gap.yaml --plugin ./brittle.so | sed -n '/^What makes/,/^$/p'; orrery explain gap-waits.yaml --plugin ./brittle.so --patience 100ms | sed -n '/^What makes/,/^$/p'
----
What makes the difference
  No one thing: left out alone, none of 2 makes it hold.
\
What makes the difference
  No one thing: left out alone, none of 3 makes it hold.
\
$ orrery shrink gap.yaml --plugin ./brittle.so | grep -c id:
----
orrery: a smaller run died (signal 6 (Aborted)); now each is made in a process of its own, which takes longer
orrery: two-atomic: 3 → 3 operations, 1 → 0 faults in … runs
3
$ orrery shrink gap-waits.yaml --plugin ./brittle.so --patience 100ms | grep -c id:
----
orrery: a smaller run died (it did not come back in 100ms of processor time); now each is made in a process of its own, which takes longer
orrery: two-atomic: 3 → 3 operations, 1 → 0 faults in … runs
3
$ orrery fuzz gap.yaml --plugin ./brittle.so -n 8 -q --jobs 2 --out gap | grep 'two-atomic violated\|(shrunk from'; ls gap/001-*/trace.db
----
  1. two-atomic violated
     3 operations, 0 faults (shrunk from 3 operations and … of faults in … runs)
gap/001-two-atomic/trace.db

# What fuzzing finds is shrunk, too.
$ orrery fuzz brittle.yaml --plugin ./brittle.so -n 60 --keep-going -q --jobs 2 --out found | sed -n '/^Findings/,/^$/{/./p}'
----
Findings
  1. died
     the run died (a mistake of the model's, or ours): signal 6 (Aborted)
     2 operations, 0 faults, … (shrunk from … operations and … of faults in … runs)
     needs: …message told
     first by seed … (…), in … runs
     orrery explain found/001-died/scenario.yaml --plugin ./brittle.so
$ cat found/001-died/report.txt; ls found/001-died; orrery run found/001-died/scenario.yaml --plugin ./brittle.so -q --seeds 1..1 | grep -c 'signal 6'
----
The run died, which is a mistake of the model's, or ours: signal 6 (Aborted)
original.yaml
report.txt
scenario.yaml
1
$ orrery fuzz brittle.yaml --plugin ./brittle.so -n 60 --keep-going -q --jobs 1 --out again > /dev/null; diff -r found again
----
