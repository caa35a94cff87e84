# Registers as Lamport told them apart (1986): what a read returns while a write goes on, and when none does. Times are
# nanoseconds; process 0 writes, the others read.

# Two reads during a write: the new value, then the old one. That is regular; it is not linearizable.
> file during.edn
{:process 0, :type :invoke, :f :write, :value 1, :time 0}
{:process 0, :type :ok, :f :write, :value 1, :time 10000000}
{:process 0, :type :invoke, :f :write, :value 2, :time 100000000}
{:process 1, :type :invoke, :f :read, :value nil, :time 110000000}
{:process 1, :type :ok, :f :read, :value 2, :time 120000000}
{:process 2, :type :invoke, :f :read, :value nil, :time 130000000}
{:process 2, :type :ok, :f :read, :value 1, :time 140000000}
{:process 0, :type :ok, :f :write, :value 2, :time 200000000}
> end
$ orrery check -q during.edn --property safe --property regular --property linearizable | sed -n '/^Verdicts/,$p'
----
Verdicts
  safe          holds
    nobody read what was not being written
  regular       holds
    of 2 reads, none returned what had been replaced when it began
  linearizable  violated
    register = 1 came before register = 2, for p0 wrote register = 1 at 0s (ok at 0.01s) before p1
    read register = 2 at 0.11s (ok at 0.12s); but it came after it, too, for p1 read register = 2 at
    0.11s (ok at 0.12s) before p2 read register = 1 at 0.13s (ok at 0.14s)
      o1 (p0, line 1, 0s): write register 1
      o3 (p1, line 4, 0.11s): read register → 2
      o4 (p2, line 6, 0.13s): read register → 1

again: orrery check during.edn --property safe --property regular --property linearizable
# During a write a read returns what had been overwritten before: that is safe, for a read during a write may return
# anything at all, but not regular.
> file garbage.edn
{:process 0, :type :invoke, :f :write, :value 1, :time 0}
{:process 0, :type :ok, :f :write, :value 1, :time 10000000}
{:process 0, :type :invoke, :f :write, :value 2, :time 20000000}
{:process 0, :type :ok, :f :write, :value 2, :time 30000000}
{:process 0, :type :invoke, :f :write, :value 3, :time 100000000}
{:process 1, :type :invoke, :f :read, :value nil, :time 110000000}
{:process 1, :type :ok, :f :read, :value 1, :time 120000000}
{:process 0, :type :ok, :f :write, :value 3, :time 200000000}
> end
$ orrery check -q garbage.edn --property safe --property regular | sed -n '/^Verdicts/,$p'
----
Verdicts
  safe     holds
    nobody read what was not being written
  regular  violated
    p0 wrote register = 1 at 0s (ok at 0.01s); p0 wrote register = 2 at 0.02s (ok at 0.03s); but
    then p1 read register = 1 at 0.11s
      o1 (p0, line 1, 0s): write register 1
      o2 (p0, line 3, 0.02s): write register 2
      o4 (p1, line 6, 0.11s): read register → 1

again: orrery check garbage.edn --property safe --property regular
# No write goes on, and the read returns what was overwritten: that is not even safe.
> file stale.edn
{:process 0, :type :invoke, :f :write, :value 1, :time 0}
{:process 0, :type :ok, :f :write, :value 1, :time 10000000}
{:process 0, :type :invoke, :f :write, :value 2, :time 20000000}
{:process 0, :type :ok, :f :write, :value 2, :time 30000000}
{:process 0, :type :invoke, :f :write, :value 3, :time 40000000}
{:process 0, :type :ok, :f :write, :value 3, :time 50000000}
{:process 1, :type :invoke, :f :read, :value nil, :time 110000000}
{:process 1, :type :ok, :f :read, :value 1, :time 120000000}
> end
$ orrery check -q stale.edn --property safe --property regular | sed -n '/^Verdicts/,$p'
----
Verdicts
  safe     violated
    p0 wrote register = 1 at 0s (ok at 0.01s); p0 wrote register = 3 at 0.04s (ok at 0.05s); but
    then p1 read register = 1 at 0.11s
      o1 (p0, line 1, 0s): write register 1
      o3 (p0, line 5, 0.04s): write register 3
      o4 (p1, line 7, 0.11s): read register → 1
  regular  violated
    p0 wrote register = 1 at 0s (ok at 0.01s); p0 wrote register = 3 at 0.04s (ok at 0.05s); but
    then p1 read register = 1 at 0.11s
      o1 (p0, line 1, 0s): write register 1
      o3 (p0, line 5, 0.04s): write register 3
      o4 (p1, line 7, 0.11s): read register → 1

again: orrery check stale.edn --property safe --property regular
# Two writes behind, and how long ago: the figures of the same history.
$ orrery check -q stale.edn --property two-atomic | sed -n '/^Verdicts/,$p'
----
Verdicts
  two-atomic  violated
    p0 wrote register = 1 at 0s (ok at 0.01s); p0 wrote register = 2 at 0.02s (ok at 0.03s); p0
    wrote register = 3 at 0.04s (ok at 0.05s); p1 read register = 1 at 0.11s (ok at 0.12s): in no
    order did each read return one of the last two writes
      o1 (p0, line 1, 0s): write register 1
      o2 (p0, line 3, 0.02s): write register 2
      o3 (p0, line 5, 0.04s): write register 3
      o4 (p1, line 7, 0.11s): read register → 1

again: orrery check stale.edn --property two-atomic
