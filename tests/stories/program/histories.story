# Histories that other programs wrote are judged like runs.
> file register.edn
{:process 0, :type :invoke, :f :write, :value 1}
{:process 0, :type :ok, :f :write, :value 1}
{:process 0, :type :invoke, :f :read, :value nil}
{:process 0, :type :ok, :f :read, :value 1}
> end
$ orrery check register.edn --property read-your-writes
----
register.edn
jepsen-edn, register, 2 operations by 1 session

Assumed
  - entries without a time: the order of the entries is what counts (4 times, first in line 1)

Verdicts
  read-your-writes  holds
    some order of each key's writes explains 1 read of what the session had written

What happened
  o1 (p0, line 1): write register 1
  o2 (p0, line 3): read register → 1

again: orrery check register.edn --property read-your-writes
