# A keeper that answers before its mirror has a copy: fuzzing finds it, and shrinks it to what it takes: a write, a read, a crash, a lost copy.
> file noisy.yaml
title: A keeper and its mirror
model: {name: canary, bugs: [answers-before-copied]}
clients: {sessions: 2, contact: first}
network: {loss: 30%}
workload: {think: 50ms, mix: {read: 50%, write: 50%}, keys: {count: 2}}
faults:
  - {at: 300ms, crash: keeper, for: 20ms}
fuzz: {faults: [pause, slow]}
> end
$ orrery fuzz noisy.yaml --plugin "$ORRERY_PLUGINS/canary.so" -q --jobs 1 --out found | sed -n '/^Findings/,/orrery explain/p'
----
Findings
  1. read-your-writes violated
     s… wrote … = … at … (ok at … on keeper), but then read … = … at … on keeper
     2 operations, 1 fault… (shrunk from … operations and … of faults in … runs)
     needs: crash…
     first by seed … (…), in 1 run
     orrery explain found/001-read-your-writes/scenario.yaml --plugin …/canary.so
$ orrery fuzz noisy.yaml --plugin "$ORRERY_PLUGINS/canary.so" -q --jobs 8 --out again > /dev/null; diff -r found again
----
$ grep -c -e write: -e read: -e crash: found/001-read-your-writes/scenario.yaml; orrery run found/001-read-your-writes/scenario.yaml --plugin "$ORRERY_PLUGINS/canary.so" -q | sed -n '/^Expected/,/^$/p'
----
3
Expected
  read-your-writes  violated  met
\
# Without its mistake the same search finds nothing.
$ orrery fuzz noisy.yaml --set model=canary --plugin "$ORRERY_PLUGINS/canary.so" -n 300 -q | sed -n 2p
----
canary, 300 runs, seeds 1..300: nothing was found
