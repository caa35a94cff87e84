# Adya's anomalies, one by one: the weakest level that forbids each says its name.

# Two transactions that append to two lists, in opposite orders: a cycle of writes (G0).
> file g0.edn
{:process 0, :type :invoke, :f :txn, :value [[:append x 1] [:append y 1]], :time 0}
{:process 1, :type :invoke, :f :txn, :value [[:append x 2] [:append y 2]], :time 1}
{:process 0, :type :ok, :f :txn, :value [[:append x 1] [:append y 1]], :time 10}
{:process 1, :type :ok, :f :txn, :value [[:append x 2] [:append y 2]], :time 11}
{:process 2, :type :invoke, :f :txn, :value [[:r x nil] [:r y nil]], :time 20}
{:process 2, :type :ok, :f :txn, :value [[:r x [1 2]] [:r y [2 1]]], :time 30}
> end
$ orrery check -q g0.edn --property read-uncommitted | sed -n '/^Verdicts/,$p'
----
Verdicts
  read-uncommitted  violated
    G0, a cycle of writes: o1 (p0) appended 1 to x before o2 appended 2 to x; and yet o2 (p1)
    appended 2 to y before o1 appended 1 to y
      o1 (p0, line 1, 0s): append x 1; append y 1
      o2 (p1, line 2, 1ns): append x 2; append y 2
      o3 (p2, line 5, 20ns): read x → [1 2]; read y → [2 1]

again: orrery check g0.edn --property read-uncommitted

# A read of what a failed transaction wrote (G1a).
> file g1a.hist
[x:=1]!
---
[x==1]
> end
$ orrery check -q g1a.hist --property read-uncommitted | sed -n '/^Verdicts/,$p'
----
Verdicts
  read-uncommitted  holds
    an order of the writes of all keys explains 1 read by 1 transaction

again: orrery check g1a.hist --property read-uncommitted
$ orrery check -q g1a.hist --property read-committed | sed -n '/^Verdicts/,$p'
----
Verdicts
  read-committed  violated
    G1a, an aborted read: o2 (s2) read x = 1, but o1 (s1) wrote x = 1 and failed
      o1 (s1, line 1): write x 1 (fail)
      o2 (s2, line 3): read x → 1

again: orrery check g1a.hist --property read-committed

# A read of what its transaction overwrote (G1b).
> file g1b.hist
[x:=1 x:=2]
---
[x==1]
> end
$ orrery check -q g1b.hist --property read-uncommitted | sed -n '/^Verdicts/,$p'
----
Verdicts
  read-uncommitted  holds
    an order of the writes of all keys explains 1 read by 2 transactions

again: orrery check g1b.hist --property read-uncommitted
$ orrery check -q g1b.hist --property read-committed | sed -n '/^Verdicts/,$p'
----
Verdicts
  read-committed  violated
    G1b, an intermediate read: o2 (s2) read x = 1, which was not the last that o1 (s1) wrote there
      o1 (s1, line 1): write x 1; write x 2
      o2 (s2, line 3): read x → 1

again: orrery check g1b.hist --property read-committed

# Two transactions that read from each other (G1c).
> file g1c.hist
[x:=1 y==1]
---
[y:=1 x==1]
> end
$ orrery check -q g1c.hist --property read-uncommitted | sed -n '/^Verdicts/,$p'
----
Verdicts
  read-uncommitted  holds
    an order of the writes of all keys explains 2 reads by 2 transactions

again: orrery check g1c.hist --property read-uncommitted
$ orrery check -q g1c.hist --property read-committed | sed -n '/^Verdicts/,$p'
----
Verdicts
  read-committed  violated
    G1c, circular information flow: o1 (s1) wrote x = 1, which o2 read; and yet o2 (s2) wrote y = 1,
    which o1 read
      o1 (s1, line 1): write x 1; read y → 1
      o2 (s2, line 3): write y 1; read x → 1

again: orrery check g1c.hist --property read-committed

# A transaction that was seen vanishes again (OTV).
> file otv.hist
[x:=1 y:=1]
---
[x==1 x:=2 y:=2]
---
[x==2 y==1]
> end
$ orrery check -q otv.hist --property read-committed | sed -n '/^Verdicts/,$p'
----
Verdicts
  read-committed  holds
    an order of the writes and reads explains 3 reads by 3 transactions

again: orrery check otv.hist --property read-committed
$ orrery check -q otv.hist --property monotonic-atomic-view | sed -n '/^Verdicts/,$p'
----
Verdicts
  monotonic-atomic-view  violated
    OTV, an observed transaction vanishes: o1 (s1) wrote x = 1, which o2 read; and yet o3 (s3) read
    y = 1 of o1 although it sees o2, which wrote y = 2, so that o2 comes before o1
      o1 (s1, line 1): write x 1; write y 1
      o2 (s2, line 3): read x → 1; write x 2; write y 2
      o3 (s3, line 5): read x → 2; read y → 1

again: orrery check otv.hist --property monotonic-atomic-view

# Two transactions that add to what both found: a lost update.
> file lost-update.hist
[x:=1]
---
[x==1 x:=2]
---
[x==1 x:=3]
> end
$ orrery check -q lost-update.hist --property prefix | sed -n '/^Verdicts/,$p'
----
Verdicts
  prefix  holds
    one order, of which each transaction saw a prefix, explains 2 reads by 3 transactions

again: orrery check lost-update.hist --property prefix
$ orrery check -q lost-update.hist --property cursor-stability | sed -n '/^Verdicts/,$p'
----
Verdicts
  cursor-stability  violated
    G-cursor, a lost update: o2 (s2) read x = 1 and did not see that o3 wrote x = 3; and yet o3 (s3)
    read x = 1 and did not see that o2 wrote x = 2
      o1 (s1, line 1): write x 1
      o2 (s2, line 3): read x → 1; write x 2
      o3 (s3, line 5): read x → 1; write x 3

again: orrery check lost-update.hist --property cursor-stability
$ orrery check -q lost-update.hist --property parallel-snapshot-isolation | sed -n '/^Verdicts/,$p'
----
Verdicts
  parallel-snapshot-isolation  violated
    no order of the writes explains this: o1 (s1) wrote x = 1; o2 (s2) read x = 1 and wrote x = 2;
    o3 (s3) read x = 1 and wrote x = 3
      o1 (s1, line 1): write x 1
      o2 (s2, line 3): read x → 1; write x 2
      o3 (s3, line 5): read x → 1; write x 3

again: orrery check lost-update.hist --property parallel-snapshot-isolation
$ orrery check -q lost-update.hist --property snapshot-isolation | sed -n '/^Verdicts/,$p'
----
Verdicts
  snapshot-isolation  violated
    G-single, a lost update: o2 (s2) wrote x = 2, as it must be, before o3 wrote x = 3; and yet o3
    (s3) read x = 1 and did not see that o2 wrote x = 2
      o1 (s1, line 1): write x 1
      o2 (s2, line 3): read x → 1; write x 2
      o3 (s3, line 5): read x → 1; write x 3

again: orrery check lost-update.hist --property snapshot-isolation

# One key of before a transaction, the other of after it: read skew (G-single).
> file read-skew.edn
{:process 0, :type :invoke, :f :txn, :value [[:append x 1] [:append y 1]], :time 0}
{:process 1, :type :invoke, :f :txn, :value [[:r x nil] [:r y nil]], :time 1}
{:process 0, :type :ok, :f :txn, :value [[:append x 1] [:append y 1]], :time 10}
{:process 1, :type :ok, :f :txn, :value [[:r x []] [:r y [1]]], :time 11}
> end
$ orrery check -q read-skew.edn --property monotonic-atomic-view | sed -n '/^Verdicts/,$p'
----
Verdicts
  monotonic-atomic-view  holds
    an order in which no transaction that was seen vanishes explains 2 reads by 2 transactions

again: orrery check read-skew.edn --property monotonic-atomic-view
$ orrery check -q read-skew.edn --property snapshot-isolation | sed -n '/^Verdicts/,$p'
----
Verdicts
  snapshot-isolation  violated
    G-single, read skew: o1 (p0) appended 1 to y, which o2 read; and yet o2 (p1) read x = nil and
    did not see that o1 appended 1 to x
      o1 (p0, line 1, 0s): append x 1; append y 1
      o2 (p1, line 2, 1ns): read x → nil; read y → [1]

again: orrery check read-skew.edn --property snapshot-isolation
$ orrery check -q read-skew.edn --property read-atomic | sed -n '/^Verdicts/,$p'
----
Verdicts
  read-atomic  violated
    a fractured read: o1 (p0) appended 1 to y, which o2 read; and yet o2 (p1) read x = nil and did
    not see that o1 appended 1 to x
      o1 (p0, line 1, 0s): append x 1; append y 1
      o2 (p1, line 2, 1ns): read x → nil; read y → [1]

again: orrery check read-skew.edn --property read-atomic

# Two readers that see two writes in opposite orders: a long fork (G-nonadjacent).
> file long-fork.hist
[x:=1]
---
[y:=1]
---
[x==1 y==?]
---
[y==1 x==?]
> end
$ orrery check -q long-fork.hist --property parallel-snapshot-isolation | sed -n '/^Verdicts/,$p'
----
Verdicts
  parallel-snapshot-isolation  holds
    an order of each key's writes explains 4 reads by 4 transactions

again: orrery check long-fork.hist --property parallel-snapshot-isolation
$ orrery check -q long-fork.hist --property snapshot-isolation | sed -n '/^Verdicts/,$p'
----
Verdicts
  snapshot-isolation  violated
    G-nonadjacent, a long fork: o1 (s1) wrote x = 1, which o3 read; o3 (s3) read y = nil and did not
    see that o2 wrote y = 1; o2 (s2) wrote y = 1, which o4 read; and yet o4 (s4) read x = nil and
    did not see that o1 wrote x = 1
      o1 (s1, line 1): write x 1
      o2 (s2, line 3): write y 1
      o3 (s3, line 5): read x → 1; read y → nil
      o4 (s4, line 7): read y → 1; read x → nil

again: orrery check long-fork.hist --property snapshot-isolation
$ orrery check -q long-fork.hist --property prefix | sed -n '/^Verdicts/,$p'
----
Verdicts
  prefix  violated
    G-nonadjacent, a long fork: o1 (s1) wrote x = 1, which o3 read; o3 (s3) read y = nil and did not
    see that o2 wrote y = 1; o2 (s2) wrote y = 1, which o4 read; and yet o4 (s4) read x = nil and
    did not see that o1 wrote x = 1
      o1 (s1, line 1): write x 1
      o2 (s2, line 3): write y 1
      o3 (s3, line 5): read x → 1; read y → nil
      o4 (s4, line 7): read y → 1; read x → nil

again: orrery check long-fork.hist --property prefix

# Two transactions that each read what the other writes: write skew (G2-item).
> file write-skew.hist
[x==? y:=1]
---
[y==? x:=1]
> end
$ orrery check -q write-skew.hist --property snapshot-isolation | sed -n '/^Verdicts/,$p'
----
Verdicts
  snapshot-isolation  holds
    one order of begins and ends explains 2 reads by 2 transactions

again: orrery check write-skew.hist --property snapshot-isolation
$ orrery check -q write-skew.hist --property serializable | sed -n '/^Verdicts/,$p'
----
Verdicts
  serializable  violated
    G2-item, write skew: o1 (s1) read x = nil and did not see that o2 wrote x = 1; and yet o2 (s2)
    read y = nil and did not see that o1 wrote y = 1
      o1 (s1, line 1): read x → nil; write y 1
      o2 (s2, line 3): read y → nil; write x 1

again: orrery check write-skew.hist --property serializable
$ orrery check -q write-skew.hist --property repeatable-read | sed -n '/^Verdicts/,$p'
----
Verdicts
  repeatable-read  violated
    G2-item, write skew: o1 (s1) read x = nil and did not see that o2 wrote x = 1; and yet o2 (s2)
    read y = nil and did not see that o1 wrote y = 1
      o1 (s1, line 1): read x → nil; write y 1
      o2 (s2, line 3): read y → nil; write x 1

again: orrery check write-skew.hist --property repeatable-read

# An effect is seen without its cause.
> file causes.hist
[x:=1]
---
[x==1 y:=1]
---
[y==1]
[x==?]
> end
$ orrery check -q causes.hist --property read-atomic | sed -n '/^Verdicts/,$p'
----
Verdicts
  read-atomic  holds
    an order in which no read is fractured explains 3 reads by 4 transactions

again: orrery check causes.hist --property read-atomic
$ orrery check -q causes.hist --property transactional-causal | sed -n '/^Verdicts/,$p'
----
Verdicts
  transactional-causal  violated
    a cause that was not seen: o1 (s1) wrote x = 1, which o2 read; o2 (s2) wrote y = 1, which o3
    read; o3 (s3) came before o4 in its session; and yet o4 (s3) read x = nil and did not see that
    o1 wrote x = 1
      o1 (s1, line 1): write x 1
      o2 (s2, line 3): read x → 1; write y 1
      o3 (s3, line 5): read y → 1
      o4 (s3, line 6): read x → nil

again: orrery check causes.hist --property transactional-causal

# A session that does not see what it wrote: G-single with the order of a session.
> file own-write.hist
[x:=1]
[x==?]
> end
$ orrery check -q own-write.hist --property serializable | sed -n '/^Verdicts/,$p'
----
Verdicts
  serializable  holds
    one order of all transactions explains 1 read by 2 transactions

again: orrery check own-write.hist --property serializable
$ orrery check -q own-write.hist --property snapshot-isolation | sed -n '/^Verdicts/,$p'
----
Verdicts
  snapshot-isolation  holds
    one order of begins and ends explains 1 read by 2 transactions

again: orrery check own-write.hist --property snapshot-isolation
$ orrery check -q own-write.hist --property strong-session-snapshot-isolation | sed -n '/^Verdicts/,$p'
----
Verdicts
  strong-session-snapshot-isolation  violated
    G-single-process: o1 (s1) came before o2 in its session; and yet o2 (s1) read x = nil and did
    not see that o1 wrote x = 1
      o1 (s1, line 1): write x 1
      o2 (s1, line 2): read x → nil

again: orrery check own-write.hist --property strong-session-snapshot-isolation
$ orrery check -q own-write.hist --property strong-session-serializable | sed -n '/^Verdicts/,$p'
----
Verdicts
  strong-session-serializable  violated
    G-single-process: o1 (s1) came before o2 in its session; and yet o2 (s1) read x = nil and did
    not see that o1 wrote x = 1
      o1 (s1, line 1): write x 1
      o2 (s1, line 2): read x → nil

again: orrery check own-write.hist --property strong-session-serializable
$ orrery check -q own-write.hist --property read-atomic | sed -n '/^Verdicts/,$p'
----
Verdicts
  read-atomic  violated
    a fractured read: o1 (s1) came before o2 in its session; and yet o2 (s1) read x = nil and did
    not see that o1 wrote x = 1
      o1 (s1, line 1): write x 1
      o2 (s1, line 2): read x → nil

again: orrery check own-write.hist --property read-atomic

# A transaction that misses what had committed before it began.
> file stale.edn
{:process 0, :type :invoke, :f :txn, :value [[:append x 1]], :time 0}
{:process 0, :type :ok, :f :txn, :value [[:append x 1]], :time 10}
{:process 1, :type :invoke, :f :txn, :value [[:r x nil]], :time 20}
{:process 1, :type :ok, :f :txn, :value [[:r x []]], :time 30}
> end
$ orrery check -q stale.edn --property strong-session-serializable | sed -n '/^Verdicts/,$p'
----
Verdicts
  strong-session-serializable  holds
    one order of all transactions explains 1 read by 2 transactions

again: orrery check stale.edn --property strong-session-serializable
$ orrery check -q stale.edn --property strong-snapshot-isolation | sed -n '/^Verdicts/,$p'
----
Verdicts
  strong-snapshot-isolation  violated
    G-single-realtime: o1 (p0) had ended before o2 began; and yet o2 (p1) read x = nil and did not
    see that o1 appended 1 to x
      o1 (p0, line 1, 0s): append x 1
      o2 (p1, line 3, 20ns): read x → nil

again: orrery check stale.edn --property strong-snapshot-isolation
$ orrery check -q stale.edn --property strict-serializable | sed -n '/^Verdicts/,$p'
----
Verdicts
  strict-serializable  violated
    G-single-realtime: o1 (p0) had ended before o2 began; and yet o2 (p1) read x = nil and did not
    see that o1 appended 1 to x
      o1 (p0, line 1, 0s): append x 1
      o2 (p1, line 3, 20ns): read x → nil

again: orrery check stale.edn --property strict-serializable

# A value that nobody wrote: no level lets that pass.
> file thin-air.edn
{:process 0, :type :ok, :f :txn, :value [[:r x 7] [:w y 1]]}
> end
$ orrery check -q thin-air.edn --property read-uncommitted | sed -n '/^Verdicts/,$p'
----
Verdicts
  read-uncommitted  violated
    a thin-air read: o1 (p0) read x = 7, but nobody wrote 7
      o1 (p0, line 1): read x → 7; write y 1

again: orrery check thin-air.edn --property read-uncommitted

# A transaction that does not see its own write: neither does any level let that pass.
> file own.edn
{:process 0, :type :ok, :f :txn, :value [[:append x 1] [:r x []]]}
> end
$ orrery check -q own.edn --property read-uncommitted | sed -n '/^Verdicts/,$p'
----
Verdicts
  read-uncommitted  violated
    not what it had written itself: o1 (p0) read x = nil, although before that it appended 1 to x
      o1 (p0, line 1): append x 1; read x → nil

again: orrery check own.edn --property read-uncommitted

# Two lists that can't both be: incompatible orders.
> file orders.edn
{:process 0, :type :ok, :f :txn, :value [[:append x 1] [:append x 2]]}
{:process 1, :type :ok, :f :txn, :value [[:append x 3] [:r x [3]]]}
{:process 2, :type :ok, :f :txn, :value [[:r x [1 2 3]]]}
{:process 3, :type :ok, :f :txn, :value [[:r x [3 1]]]}
> end
$ orrery check -q orders.edn --property read-uncommitted | sed -n '/^Verdicts/,$p'
----
Verdicts
  read-uncommitted  violated
    incompatible orders: o4 (p3) read x = [3 1], and o3 (p2) read x = [1 2 3]: neither begins the
    other
      o3 (p2, line 3): read x → [1 2 3]
      o4 (p3, line 4): read x → [3 1]

again: orrery check orders.edn --property read-uncommitted
