# Ctrl-C ends a run, and what is known by then is told. What comes after it does not run.
> file long.yaml
title: A long run
model: primary-replica
duration: 1000h
clients: {sessions: 10}
workload:
  think: 1ms
  mix: {read: 100%}
expect:
  read-your-writes: holds
> end
$ orrery run -q long.yaml & pid=$!; sleep 2; kill -INT $pid; wait $pid
----
orrery: interrupted
A long run
primary-replica, … operations by 10 sessions in …, seed 1

Verdicts
  read-your-writes  unknown
    the run was cut short: what it did not show might have come later

Expected
  read-your-writes  holds  undecided: unknown

ended at …: interrupted; … events; digest …
again: orrery run long.yaml --seed 1
[exit 130]
$ orrery run -q long.yaml window-5s > rows & pid=$!; sleep 2; kill -INT $pid; wait $pid; status=$?; cat rows; exit $status
----
orrery: interrupted
A long run
primary-replica, … operations by 10 sessions in …, seed 1

Verdicts
  read-your-writes  unknown
    the run was cut short: what it did not show might have come later

Expected
  read-your-writes  holds  undecided: unknown

ended at …: interrupted; … events; digest …
again: orrery run long.yaml --seed 1
[exit 130]
