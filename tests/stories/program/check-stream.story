# A history may come from a pipe, and Ctrl-C ends a check that takes long with what was decided so far.
> file short.edn
{:process 0, :type :invoke, :f :write, :value 1, :time 0}
{:process 0, :type :ok, :f :write, :value 1, :time 1000000}
{:process 1, :type :invoke, :f :read, :value nil, :time 2000000}
{:process 1, :type :ok, :f :read, :value nil, :time 3000000}
> end
$ cat short.edn | orrery check -q - --property linearizable --property sequential
----
-
jepsen-edn, register, 2 operations by 2 sessions

Assumed
  - reads that returned nil: as in Jepsen's own checkers, that says nothing of what was there (once,
    in line 4)

Verdicts
  linearizable  holds
    one order explains 2 operations
  sequential    holds
    one order explains 2 operations

again: orrery check - --property linearizable --property sequential
$ cat short.edn | orrery check -q /dev/stdin --property sequential | sed -n '/^Verdicts/,$p'
----
Verdicts
  sequential  holds
    one order explains 2 operations

again: orrery check /dev/stdin --property sequential
$ printf '' | orrery check -q -
----
-: the file is empty; write a history into it
[exit 65]
$ orrery run -q window-5s --save trace.sqlite > told; cat trace.sqlite | orrery check -q -
----
orrery: '-' is a trace, which can't be read from a pipe; name its file
[exit 65]
# Forty clients enqueue at once, and what comes out nobody had put in. To try all orders takes longer than anybody waits.
> file long
awk 'BEGIN {
  for (i = 0; i < 40; i++) printf "{:process %d, :type :invoke, :f :enqueue, :value %d, :time %d}\n", i, i % 20, i
  for (i = 0; i < 40; i++) printf "{:process %d, :type :ok, :f :enqueue, :value %d, :time %d}\n", i, i % 20, 100 + i
  print "{:process 0, :type :invoke, :f :dequeue, :value nil, :time 200}"
  print "{:process 0, :type :ok, :f :dequeue, :value 77, :time 201}"
}'
> end
> file interrupt
# Runs its arguments and interrupts them, a while after they listen to that (signal 2 is caught).
"$@" &
until grep -q '^SigCgt:.*[2367abef]$' /proc/$!/status; do sleep 0.1; done
sleep 0.5
kill -INT $!
wait $!
> end
$ sh long > long.edn; sh interrupt orrery check -q long.edn --model queue --property sequential --property linearizable
----
orrery: interrupted
long.edn
jepsen-edn, queue, 41 operations by 40 sessions

Assumed
  - values written to their key more than once: a read of one does not say which write it saw (20
    times, first in line 21)

Verdicts
  sequential    unknown
    the search was stopped after … states, in 41 operations
  linearizable  unknown
    it was interrupted before this was looked at

again: orrery check long.edn --model queue --property sequential --property linearizable
[exit 130]
