# A history that keeps every level: transactions one after the other.

# Money that moves from one list to another, and is looked at in between.
> file serial.edn
{:process 0, :type :invoke, :f :txn, :value [[:append x 1] [:append y 1]], :time 0}
{:process 0, :type :ok, :f :txn, :value [[:append x 1] [:append y 1]], :time 10}
{:process 1, :type :invoke, :f :txn, :value [[:r x nil] [:append x 2]], :time 20}
{:process 1, :type :ok, :f :txn, :value [[:r x [1]] [:append x 2]], :time 30}
{:process 0, :type :invoke, :f :txn, :value [[:r x nil] [:r y nil]], :time 40}
{:process 0, :type :ok, :f :txn, :value [[:r x [1 2]] [:r y [1]]], :time 50}
> end
$ orrery check -q serial.edn --property read-uncommitted | sed -n '/^Verdicts/,$p'
----
Verdicts
  read-uncommitted  holds
    an order of the writes of all keys explains 3 reads by 3 transactions

again: orrery check serial.edn --property read-uncommitted
$ orrery check -q serial.edn --property read-committed | sed -n '/^Verdicts/,$p'
----
Verdicts
  read-committed  holds
    an order of the writes and reads explains 3 reads by 3 transactions

again: orrery check serial.edn --property read-committed
$ orrery check -q serial.edn --property cursor-stability | sed -n '/^Verdicts/,$p'
----
Verdicts
  cursor-stability  holds
    an order of the writes, reads and updates explains 3 reads by 3 transactions

again: orrery check serial.edn --property cursor-stability
$ orrery check -q serial.edn --property monotonic-atomic-view | sed -n '/^Verdicts/,$p'
----
Verdicts
  monotonic-atomic-view  holds
    an order in which no transaction that was seen vanishes explains 3 reads by 3 transactions

again: orrery check serial.edn --property monotonic-atomic-view
$ orrery check -q serial.edn --property repeatable-read | sed -n '/^Verdicts/,$p'
----
Verdicts
  repeatable-read  holds
    one order of all transactions explains 3 reads by 3 transactions

again: orrery check serial.edn --property repeatable-read
$ orrery check -q serial.edn --property read-atomic | sed -n '/^Verdicts/,$p'
----
Verdicts
  read-atomic  holds
    an order in which no read is fractured explains 3 reads by 3 transactions

again: orrery check serial.edn --property read-atomic
$ orrery check -q serial.edn --property transactional-causal | sed -n '/^Verdicts/,$p'
----
Verdicts
  transactional-causal  holds
    an order that respects causes explains 3 reads by 3 transactions

again: orrery check serial.edn --property transactional-causal
$ orrery check -q serial.edn --property prefix | sed -n '/^Verdicts/,$p'
----
Verdicts
  prefix  holds
    one order, of which each transaction saw a prefix, explains 3 reads by 3 transactions

again: orrery check serial.edn --property prefix
$ orrery check -q serial.edn --property parallel-snapshot-isolation | sed -n '/^Verdicts/,$p'
----
Verdicts
  parallel-snapshot-isolation  holds
    an order of each key's writes explains 3 reads by 3 transactions

again: orrery check serial.edn --property parallel-snapshot-isolation
$ orrery check -q serial.edn --property snapshot-isolation | sed -n '/^Verdicts/,$p'
----
Verdicts
  snapshot-isolation  holds
    one order of begins and ends explains 3 reads by 3 transactions

again: orrery check serial.edn --property snapshot-isolation
$ orrery check -q serial.edn --property serializable | sed -n '/^Verdicts/,$p'
----
Verdicts
  serializable  holds
    one order of all transactions explains 3 reads by 3 transactions

again: orrery check serial.edn --property serializable
$ orrery check -q serial.edn --property strong-session-snapshot-isolation | sed -n '/^Verdicts/,$p'
----
Verdicts
  strong-session-snapshot-isolation  holds
    one order of begins and ends explains 3 reads by 3 transactions

again: orrery check serial.edn --property strong-session-snapshot-isolation
$ orrery check -q serial.edn --property strong-session-serializable | sed -n '/^Verdicts/,$p'
----
Verdicts
  strong-session-serializable  holds
    one order of all transactions explains 3 reads by 3 transactions

again: orrery check serial.edn --property strong-session-serializable
$ orrery check -q serial.edn --property strong-snapshot-isolation | sed -n '/^Verdicts/,$p'
----
Verdicts
  strong-snapshot-isolation  holds
    one order of begins and ends explains 3 reads by 3 transactions

again: orrery check serial.edn --property strong-snapshot-isolation
$ orrery check -q serial.edn --property strict-serializable | sed -n '/^Verdicts/,$p'
----
Verdicts
  strict-serializable  holds
    one order of all transactions explains 3 reads by 3 transactions

again: orrery check serial.edn --property strict-serializable

# Where nobody wrote down times, levels that speak of real time say nothing.
> file timeless.hist
[x:=1]
[x==1]
> end
$ orrery check -q timeless.hist --property strict-serializable | sed -n '/^Verdicts/,$p'
----
Verdicts
  strict-serializable  unknown
    its operations have no times

again: orrery check timeless.hist --property strict-serializable
$ orrery check -q timeless.hist --property strong-snapshot-isolation | sed -n '/^Verdicts/,$p'
----
Verdicts
  strong-snapshot-isolation  unknown
    its operations have no times

again: orrery check timeless.hist --property strong-snapshot-isolation
$ orrery check -q timeless.hist --property serializable | sed -n '/^Verdicts/,$p'
----
Verdicts
  serializable  holds
    one order of all transactions explains 1 read by 2 transactions

again: orrery check timeless.hist --property serializable

# A transaction whose outcome nobody knows counts where it was read, and only there.
> file unknown-outcome.edn
{:process 0, :type :invoke, :f :txn, :value [[:append x 1]], :time 0}
{:process 1, :type :invoke, :f :txn, :value [[:append y 1]], :time 0}
{:process 0, :type :info, :f :txn, :value [[:append x 1]], :time 5}
{:process 1, :type :info, :f :txn, :value [[:append y 1]], :time 5}
{:process 2, :type :invoke, :f :txn, :value [[:r x nil] [:r y nil]], :time 10}
{:process 2, :type :ok, :f :txn, :value [[:r x [1]] [:r y []]], :time 20}
> end
$ orrery check -q unknown-outcome.edn --property strict-serializable | sed -n '/^Verdicts/,$p'
----
Verdicts
  strict-serializable  holds
    one order of all transactions explains 2 reads by 2 transactions

again: orrery check unknown-outcome.edn --property strict-serializable

# Where two transactions wrote the same value, a read of it does not say from whom.
> file twice.hist
[x:=1]
---
[x:=1]
---
[x==1]
> end
$ orrery check -q twice.hist --property serializable | sed -n '/^Verdicts/,$p'
----
Verdicts
  serializable  unknown
    it can't be told what 1 read or write saw or made

again: orrery check twice.hist --property serializable
