# The processes that make many runs: whatever happens to them, the campaign ends, and none of them stays.
> file long.yaml
title: A run that takes a while
model: primary-replica
duration: 1000h
clients: {sessions: 10}
workload:
  think: 1ms
  mix: {read: 100%}
expect:
  read-your-writes: holds
> end
> file workers
# The processes that the process $1 has made, once there are $2.
until set -- "$1" "$2" $(cat "/proc/$1/task/$1/children") && [ $# -ge $(($2 + 2)) ]; do sleep 0.05; done
shift 2
echo "$@"
> end
> file left
# Says how many processes still run the scenario $1, of whom it waits a while that they end.
for try in 1 2 3 4 5 6 7 8 9 10; do
  n=0
  for process in /proc/[0-9]*; do
    if cat "$process/cmdline" 2> /dev/null | tr '\0' ' ' | grep -q "^orrery run .*$1"; then n=$((n + 1)); fi
  done
  [ $n = 0 ] && break
  sleep 0.1
done
echo "$n left"
> end

# A run that dies is a finding: with its seed, what it died of, and the command that shows it.
> file died.sh
orrery run -q long.yaml --seeds 7..7 &
kill -ABRT $(sh workers $! 1)
wait $!
> end
$ sh died.sh
----
A run that takes a while
primary-replica, 1 run, seeds 7..7

Expected
  read-your-writes  holds  undecided in the one run

Died (a mistake of the model's, or ours)
  seed 7: signal 6 (Aborted): orrery run long.yaml --seed 7

0 events in all; digest 81f5afe907c4fb8e
again: orrery run long.yaml --seeds 7..7
[exit 70]

# A range without end takes no memory, and Ctrl-C ends it. It also ends those that work.
> file interrupted.sh
orrery run -q long.yaml --seeds 0..18446744073709551615 --jobs 3 &
until grep -q '^SigCgt:.*[2367abef]$' /proc/$!/status; do sleep 0.1; done
sh workers $! 3 > /dev/null
kill -INT $!
wait $!
> end
$ sh interrupted.sh; echo $?; sh left long.yaml
----
orrery: interrupted
A run that takes a while
primary-replica, the first 0 of 18446744073709551616 runs, seeds 0..18446744073709551615

Expected
  read-your-writes  holds  undecided

0 events in all; digest 32e0860cbffb3fff
again: orrery run long.yaml --seeds 0..18446744073709551615
130
0 left

# What was done by then is told.
> file chance.yaml
model: primary-replica
workload:
  operations:
    - {id: w1, write: {x: 1}}
expect: {success: exactly 100%}
> end
> file some.sh
orrery run -q chance.yaml --seeds 0..18446744073709551615 --jobs 2 > report 2> complaint &
until grep -q '^SigCgt:.*[2367abef]$' /proc/$!/status; do sleep 0.1; done
sleep 0.5
kill -INT $!
wait $!
> end
$ sh some.sh; echo $?; cat complaint; sed -n 2p report; sed -n '/Expected/,/^$/p' report; sh left chance.yaml
----
130
orrery: interrupted
primary-replica, the first … of 18446744073709551616 runs, seeds 0..18446744073709551615
Expected
  success  exactly 100%  met in all … runs

0 left

# When the program is killed, its processes end too.
> file killed.sh
orrery run -q long.yaml --seeds 1..10 --jobs 2 &
sh workers $! 2 > /dev/null
kill -KILL $!
wait $! 2> /dev/null
> end
$ sh killed.sh; sh left long.yaml
----
0 left

# A system that lets no more processes start is told of.
$ ulimit -n 6; orrery run -q chance.yaml --seeds 1..100 --jobs 20
----
orrery: can't start a process for the runs: Too many open files; fewer --jobs may help
[exit 71]
# Fewer than were wanted do as well.
$ ulimit -n 12; orrery run -q chance.yaml --seeds 1..100 --jobs 20 | sed -n 2p
----
primary-replica, 100 runs, seeds 1..100

# Progress is for terminals, and for campaigns that take longer than a second.
$ TERM=xterm SHELL=/bin/sh script -qec 'timeout -s INT 3 orrery run chance.yaml --seeds 0..18446744073709551615 > /dev/null' /dev/null < /dev/null | tr '\r\033' '\n\n' | grep -o '[0-9]* runs, .*' | sed 's/[0-9][0-9]*/N/g' | sort -u
----
N runs, N a second, N not as expected
$ timeout -s INT 3 orrery run chance.yaml --seeds 0..18446744073709551615 2>&1 > /dev/null
----
orrery: interrupted
[exit 124]
