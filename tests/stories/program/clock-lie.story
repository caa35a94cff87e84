# An interval clock that promises too much: who waits until an instant is surely past relies on its bound. Two nodes stamp their writes by such a
# clock, as Spanner does; one runs 100 ms behind. While the clocks' bound is right, each later write has a later stamp.
$ cp "$ORRERY_PLUGINS"/commit-wait.so .
----
> file wait.yaml
model: commit-wait
clocks: {skew: uniform(-5ms..5ms), bound: 5ms}
clients: {names: [alice]}
workload:
  operations:
    - {id: w1, at: 1s, to: a, write: {x: 1}}
    - {id: w2, after: w1, to: b, write: {x: 2}}
    - {id: r, after: w2, to: a, read: x}
expect:
  monotonic-writes: holds
> end
$ orrery run wait.yaml --plugin commit-wait.so | sed '/^Where reads/,$d'
----
wait.yaml
commit-wait, 3 operations by 1 session in 11s, seed 1

Verdicts
  monotonic-writes  holds
    in 1 write of what the session had written before, by 1 session

Expected
  monotonic-writes  holds  met

What happened
  w1 (alice, 1s): write x 1 at a
  w2 (alice, 1.011s): write x 2 at b
  r (alice, 1.022s): read x → 2 at a
\

# A clock that is off, and promises what it promised: the later write has the earlier stamp, and is never seen.
$ orrery run wait.yaml --plugin commit-wait.so --set 'faults=[{clock-lie: {node: b, off: -100ms}, for: 5s}]' | sed '/^Where reads/,$d'
----
wait.yaml
commit-wait, 3 operations by 1 session in 15s, seed 1

Verdicts
  monotonic-writes  violated
    alice wrote x = 1 at 1s (ok at 1.011s on a), then wrote x = 2 at 1.011s on b, and yet the later
    write took its place before x = 1
      w1 (alice, 1s): write x 1 at a
      w2 (alice, 1.011s): write x 2 at b
      alice  [write x 1] [write x 2] |read x → 1|
             1s          1.011s      1.022s     1.024s

Expected
  monotonic-writes  holds  NOT MET: violated

What happened
  w1 (alice, 1s): write x 1 at a
  w2 (alice, 1.011s): write x 2 at b
  r (alice, 1.022s): read x → 1 at a

Faults (effects: how often it made a difference)
  0s  let the clock of b be off by -100ms, for 5s (3 effects)
\

# As far off, and it says so: then no interval is wrong. The write takes longer, and all is well.
$ orrery run wait.yaml --plugin commit-wait.so --set 'faults=[{clock-lie: {node: b, off: -100ms, bound: 110ms}, for: 5s}]' | sed '/^Where reads/,$d'
----
wait.yaml
commit-wait, 3 operations by 1 session in 15s, seed 1

Verdicts
  monotonic-writes  holds
    in 1 write of what the session had written before, by 1 session

Expected
  monotonic-writes  holds  met

What happened
  w1 (alice, 1s): write x 1 at a
  w2 (alice, 1.011s): write x 2 at b
  r (alice, 1.232s): read x → 2 at a

Faults (effects: how often it made a difference)
  0s  let the clock of b be off by -100ms and believe itself right to 110ms, for 5s (changed nothing)
\

