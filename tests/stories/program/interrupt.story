# Ctrl-C ends a run, and what is known by then is told.
> file interrupt
# Runs its arguments and interrupts them, a while after they listen to that (signal 2 is caught).
"$@" &
until grep -q '^SigCgt:.*[2367abef]$' /proc/$!/status; do sleep 0.1; done
sleep 0.3
kill -INT $!
wait $!
> end
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
$ sh interrupt orrery run -q long.yaml
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
# What would have come after it does not run.
$ sh interrupt orrery run -q long.yaml window-5s
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
# Shrinking hands out how far it came, whoever does the work.
$ sh interrupt orrery shrink event-store/campaign --set 'model={name: event-store, bugs: [concurrent-withheld]}' --set duration=60s -p convergence --seed 5 -q > smaller.yaml; echo $?
----
130
# What is tried elsewhere first is not tried here any more.
$ cp "$ORRERY_PLUGINS"/endless.so .; printf 'model: endless\nworkload: {operations: [{read: x}]}\n' > endless.yaml; sh interrupt orrery explain --plugin ./endless.so endless.yaml
----
orrery: interrupted
[exit 130]
# A model that never comes back hears nothing; a second Ctrl-C ends the program, alone or with many runs. Two in one moment are one.
$ cp "$ORRERY_PLUGINS"/endless.so .
----
> file twice
"$@" &
until grep -q '^SigCgt:.*[2367abef]$' /proc/$!/status; do sleep 0.1; done
kill -INT $!
sleep 0.5
kill -INT $!
wait $!
> end
> file endless.yaml
model: endless
workload: {operations: [{read: x}]}
> end
$ sh twice orrery run --plugin ./endless.so -q endless.yaml
----
[exit 130]

# Who ends jobs asks by SIGTERM, of the whole group or of one process, and gets the same.
> file chance.yaml
model: primary-replica
workload: {think: 10ms, mix: {read: 100%}}
> end
$ timeout 3 orrery run chance.yaml --seeds 0..18446744073709551615 --jobs 2 2>&1 > said; sed -n 's/, .* runs/, … runs/; 2p' said; grep -c died said
----
orrery: interrupted
primary-replica, … runs, seeds 0..18446744073709551615
0
[exit 1]
