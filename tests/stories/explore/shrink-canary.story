# The canary's one mistake takes two operations, one fault and one lost message; whatever else there is goes.
> file noisy.yaml
title: A keeper and its mirror, noisily
model: {name: canary, bugs: [answers-before-copied]}
duration: 30s
settle: 20s
clients: {sessions: 4, contact: first, timeout: 3s}
network: {latency: uniform(1ms..3ms), duplicate: 1%}
workload:
  operations:
    - {id: a, at: 137ms, session: s3, write: {apple: 5}}
    - {id: b, at: 251ms, session: s1, read: apple}
    - {id: c, at: 533ms, session: s4, write: {pear: 17}}
    - {id: d, at: 734ms, session: s2, write: {apple: 9}}
    - {id: e, after: d, at: 21ms, session: s3, read: apple}
    - {id: f, at: 1517ms, session: s4, write: {pear: 23}}
    - {id: g, at: 2013ms, session: s4, read: apple}
    - {id: h, after: g, at: 3711ms, session: s4, read: pear}
    - {id: i, at: 9013ms, session: s2, read: apple}
faults:
  - {at: 400ms, pause: mirror, for: 111ms}
  - {at: 1200ms, slow: {node: keeper, factor: 3}, for: 1700ms}
  - {at: 4321ms, crash: keeper, for: 77ms}
  - {at: 8s, crash: keeper, for: 98ms}
pins:
  - {message: copy, from: keeper, where: {key: apple, number: 2}, latency: 7ms}
  - {message: copy, where: {key: pear, value: 23}, drop: true}
  - {message: recall, nth: 2, latency: 12ms}
> end
$ cp "$ORRERY_PLUGINS/canary.so" .
----
$ orrery shrink noisy.yaml --plugin canary.so > small.yaml
----
orrery: read-your-writes: 9 → 2 operations, 4 → 1 faults, 1 pins in … runs
$ cat small.yaml
----
title: read-your-writes violated by 2 operations with 1 fault and 1 pin
about: |
  read-your-writes is violated: s1 wrote x = 1 at 0s (ok at 0.001s on keeper), but then read x = nil at 0.101s on keeper.
  Without the mistake answers-before-copied, or any one of its operations, pins and faults, it is not, or chance is back.
model: {name: canary, bugs: [answers-before-copied]}
workload:
  operations:
    - {id: w1, to: keeper, write: {x: 1}}
    - {id: r1, at: 101ms, to: keeper, read: x}
faults:
  - {at: 1ms, crash: keeper, for: 10ms}
pins:
  - {message: copy, drop: true}
expect:
  read-your-writes: violated
$ orrery run small.yaml --plugin canary.so --quiet --seeds 1..50
----
read-your-writes violated by 2 operations with 1 fault and 1 pin
canary with bug answers-before-copied, 50 runs, seeds 1..50

Verdicts
  read-your-writes  violated in all 50 runs (100%, 95% CI 92.9%..100%)
    first by seed 1, 2, 3, 4, 5

Expected
  read-your-writes  violated  met in all 50 runs

750 events in all; digest 61897c63647a92d0
again: orrery run small.yaml --seeds 1..50 --plugin canary.so
$ orrery shrink noisy.yaml --plugin canary.so --seed 7 --quiet -o again.yaml && sed 1,4d again.yaml
----
model: {name: canary, bugs: [answers-before-copied]}
workload:
  operations:
    - {id: w1, to: keeper, write: {x: 1}}
    - {id: r1, at: 101ms, to: keeper, read: x}
faults:
  - {at: 1ms, crash: keeper, for: 10ms}
pins:
  - {message: copy, drop: true}
expect:
  read-your-writes: violated

# So it is with a generated load under random faults, where all is left to chance: chance has given way to the one message that is lost.
> file random.yaml
model: {name: canary, bugs: [answers-before-copied]}
duration: 10s
clients: {sessions: 5, contact: first}
network: {latency: lognormal(median 1ms p99 8ms), loss: 2%, duplicate: 1%}
workload:
  object: register
  arrival: poisson(50/s)
  mix: {read: 60%, write: 40%}
  keys: {count: 6}
faults:
  - {every: exponential(mean 600ms), choose: {crash: 3, pause: 1, slow: 1}, target: keeper, for: uniform(10ms..400ms)}
> end
$ orrery shrink random.yaml --plugin canary.so --seed 59 -o small.yaml
----
orrery: read-your-writes: 493 → 2 operations, 16 → 1 faults, 1 pins in … runs
$ cat small.yaml
----
title: read-your-writes violated by 2 operations with 1 fault and 1 pin
about: |
  read-your-writes is violated: s1 wrote x = 1 at 0s (ok at 0.001s on keeper), but then read x = nil at 0.101s on keeper.
  Without the mistake answers-before-copied, or any one of its operations, pins and faults, it is not, or chance is back.
model: {name: canary, bugs: [answers-before-copied]}
workload:
  operations:
    - {id: w1, to: keeper, write: {x: 1}}
    - {id: r1, at: 101ms, to: keeper, read: x}
faults:
  - {at: 1ms, crash: keeper, for: 10ms}
pins:
  - {message: copy, drop: true}
expect:
  read-your-writes: violated
$ for seed in 62 65; do orrery shrink random.yaml --plugin canary.so --seed $seed -q | sed -n '/title/p'; done
----
title: read-your-writes violated by 2 operations with 1 fault and 1 pin
title: read-your-writes violated by 2 operations with 1 fault and 1 pin
