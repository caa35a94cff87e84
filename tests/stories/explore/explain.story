# How a violation came about: of all that happened what had a part in it, the same as a picture, the rule, and what
# would have had to be otherwise.
$ orrery explain primary-replica/sticky-fails-over
----
A sticky reader that goes to the next replica goes back in time
primary-replica, seed 1: monotonic-reads is violated

Step by step (*: what it is judged by)
  0s       bob       w1: write message 1; sends query {request=w1 steps=[write message 1]} to
                     primary
  0.0005s  primary   gets query from client1
  0.0005s  primary   has synced commit; holds message = 1; sends wal {first=1
                     records=[{lsn=0/1000080 key=message state=1 version=…} to replica1, replica2,
                     and result {request=w1 outcome=ok values=[nil] versions=[1] lsn=0/100008…} to
                     client1
  0.001s   replica1  gets wal from primary
  0.001s   replica2  gets wal from primary
  0.001s   bob       w1: ok (by primary)
  0.001s   replica1  has synced received; holds message = 1
* 0.1s     alice     r1: read message; says routed request=r1 to=replica1 why=policy; sends query
                     {request=r1 steps=[read message]} to replica1
  0.1005s  replica1  gets query from client1; sends result {request=r1 outcome=ok values=[1]
                     versions=[1]} to client1
* 0.101s   alice     r1: read message → 1 (by replica1)
  0.2s     fault     stop replica1
* 0.3s     alice     r2: read message; says routed request=r2 to=replica1 why=policy; sends query
                     {request=r2 steps=[read message]} to replica1 (✗ its connection broke)
  0.301s   client1   notices that its connection to replica1 broke; says routed request=r2
                     to=replica2 why=unreachable; sends query {request=r2 steps=[read message]} to
                     replica2
  0.3015s  replica2  gets query from client1; sends result {request=r2 outcome=ok values=[nil]
                     versions=[0]} to client1
* 0.302s   alice     r2: read message → nil (by replica2)
  0.601s   replica2  timer replay; holds message = 1

As a picture (time downwards; ●──▶ a message; ✗ one that never arrives; ┊ a node that is down)
          client1             primary             replica1            replica2
  0s      │ w1: write message 1                   │                   │
          ●──────query───────▶│                   │                   │
  0.0005s │                   │ has synced commit │                   │
          │                   │ holds message = 1 │                   │
          │                   ●───────wal────────▶│                   │
          │                   ●─────────────────wal──────────────────▶│
          │◀──────result──────●                   │                   │
  0.001s  │ w1: ok            │                   │                   │
          │                   │                   │ has synced received
          │                   │                   │ holds message = 1 │
* 0.1s    │ r1: read message  │                   │                   │
*         │ routed request=r1 to=replica1 why=policy                  │
          ●────────────────query─────────────────▶│                   │
  0.1005s │◀────────────────result────────────────●                   │
* 0.101s  │ r1: read message → 1                  │                   │
  0.2s    │                   │                   ╳ stops             │
* 0.3s    │ r2: read message  │                   ┊                   │
*         │ routed request=r2 to=replica1 why=policy                  │
          ●────query (its connection broke)──────✗┊                   │
  0.301s  │ notices that its connection to replica1 broke             │
          │ routed request=r2 to=replica2 why=unreachable             │
          ●──────────────────────────query───────────────────────────▶│
  0.3015s │◀──────────────────────────result──────────────────────────●
* 0.302s  │ r2: read message → nil                ┊                   │
  0.601s  │                   │                   ┊                   │ timer replay
          │                   │                   ┊                   │ holds message = 1

What each held
  node      message at 0.3015s    message in the end
  primary   1                     1
  replica1  1, before it stopped  1
  replica2  nil                   1

What broke
  alice read message = 1 at 0.1s (ok at 0.101s on replica1), but then read message = nil at 0.3s on
  replica2, which came to hold message = 1 only at 0.601s
  monotonic-reads: A session's later reads never see something older than its earlier ones. Source:
  Terry, Demers, Petersen, Spreitzer, Theimer & Welch: Session Guarantees for Weakly Consistent
  Replicated Data, PDIS 1994, section 3.2.

What makes the difference
  Without the fault {at: 200ms, stop: replica1, for: 2s}: monotonic-reads holds, and r2 comes to
  'read message → 1' (here 'read message → nil'). The two runs are the same for 37 events, till
  0.101s. Then
  - only here: fault: stop replica1 (at 0.2s); client1 says routed request=r2 to=replica2
    why=unreachable (at 0.301s)
  - only there: replica1: gets query from client1 (at 0.3005s)
  It holds as well
  - without the operation {id: w1, session: bob, write: {message: 1}}
  - with the default instead of options.apply-delays: {replica1: 0s, replica2: 600ms}

again: orrery explain primary-replica/sticky-fails-over --property monotonic-reads

# What nodes said can be what shows it. The same thing again and again is told once.
$ orrery explain atomic-commitment/decision-not-logged
----
A decision that is told before it is logged
atomic-commitment with bug decision-not-logged, seed 1: ac1-agreement is violated

Step by step (*: what it is judged by)
  0s       alice         t1: withdraw a 50; deposit b 50
  0.0005s  coordinator   takes t1; sends work {transaction=1 steps=[withdraw a 50] veto=false} to
                         participant1, and work {transaction=1 steps=[deposit b 50] veto=false} to
                         participant2
  0.001s   participant1  gets work from coordinator; sends worked {transaction=1 done=true stamp=1ms
                         values=[nil] versions=[1]} to coordinator
  0.001s   participant2  gets work from coordinator; sends worked {transaction=1 done=true stamp=1ms
                         values=[nil] versions=[2]} to coordinator
  0.0015s  coordinator   gets worked from participant2; says begun transaction=1
                         participants=[participant1, participant2]; sends vote-request
                         {transaction=1 stamp=1ms participants=[participant1, particip…} to
                         participant1, participant2
  0.002s   participant1  gets vote-request from coordinator
  0.002s   participant2  gets vote-request from coordinator
  0.003s   participant1  has synced prepared; says voted transaction=1 vote=yes; sends vote
                         {transaction=1 vote=yes} to coordinator
  0.003s   participant2  has synced prepared; says voted transaction=1 vote=yes; sends vote
                         {transaction=1 vote=yes} to coordinator
* 0.0035s  coordinator   gets vote from participant2; says decided transaction=1 decision=commit;
                         sends commit {transaction=1} to participant1, and commit {transaction=1} to
                         participant2 (✗ dropped by a pin)
  0.004s   alice         t1: ok (by coordinator)
  0.004s   participant1  gets commit from coordinator
  0.004s   fault         crash coordinator (os)
  0.005s   participant1  has synced decided; says decided transaction=1 decision=commit; holds a =
                         50; sends ack {transaction=1} to coordinator (✗ nobody there)
  1.503s   participant2  timer decision; says suspected transaction=1; sends decision-request
                         {transaction=1} to coordinator (✗ nobody there)
  2.003s   participant2  timer decision; says blocked transaction=1; sends decision-request
                         {transaction=1} to coordinator (✗ nobody there); the same 2 times more,
                         till 3.003s
  3.004s   coordinator   starts again after a crash of the system
  3.503s   participant2  timer decision; sends decision-request {transaction=1} to coordinator
  3.5035s  coordinator   gets decision-request from participant2; sends decision-answer
                         {transaction=1 progress=aborted} to participant2
  3.504s   participant2  gets decision-answer from coordinator
* 3.505s   participant2  has synced decided; says decided transaction=1 decision=abort

As a picture (time downwards; ●──▶ a message; ✗ one that never arrives; ┊ a node that is down)
          client1             coordinator         participant1        participant2
  0s      │ t1: withdraw a 50; deposit b 50       │                   │
  0.0005s ●───────t1─────────▶│                   │                   │
          │                   ●──────work────────▶│                   │
          │                   ●────────────────work──────────────────▶│
  0.001s  │                   │◀──────worked──────●                   │
          │                   │◀────────────────worked────────────────●
  0.0015s │                   │ begun transaction=1 participants=[participant1, participant2]
          │                   ●──vote-request────▶│                   │
          │                   ●────────────vote-request──────────────▶│
  0.003s  │                   │                   │ has synced prepared
          │                   │                   │ voted transaction=1 vote=yes
          │                   │◀───────vote───────●                   │
          │                   │                   │                   │ has synced prepared
          │                   │                   │                   │ voted transaction=1 vote=yes
          │                   │◀─────────────────vote─────────────────●
* 0.0035s │                   │ decided transaction=1 decision=commit │
          │                   ●─────commit───────▶│                   │
          │                   ●──────commit (dropped by a pin)───────✗│
  0.004s  │◀────────t1────────●                   │                   │
          │ t1: ok            │                   │                   │
          │                   ╳ crashes (os)      │                   │
  0.005s  │                   ┊                   │ has synced decided│
          │                   ┊                   │ decided transaction=1 decision=commit
          │                   ┊                   │ holds a = 50      │
          │                   ┊✗────────ack───────●                   │
  1.503s  │                   ┊                   │                   │ timer decision
          │                   ┊                   │                   │ suspected transaction=1
          │                   ┊✗────decision-request (nobody there)───●
  2.003s  │                   ┊                   │                   │ timer decision
          │                   ┊                   │                   │ blocked transaction=1
          │                   ┊✗────decision-request (nobody there)───●
          │                   ┊                   │                   │ (2 times more, till 3.003s)
  3.004s  │                   ● starts again after a crash of the system
  3.503s  │                   │                   │                   │ timer decision
          │                   │◀───────────decision-request───────────●
  3.5035s │                   ●───────────decision-answer────────────▶│
* 3.505s  │                   │                   │                   │ has synced decided
*         │                   │ decided transaction=1 decision=abort  │

What broke
  coordinator said "decided transaction=1 decision=commit" at 0.0035s, and participant2 said
  "decided transaction=1 decision=abort" at 3.505s; but `decided` with the same transaction says the
  same decision
  ac1-agreement: All processes that decide about a transaction decide alike. Source: Bernstein,
  Hadzilacos & Goodman: Concurrency Control and Recovery in Database Systems, 1987, section 7.2,
  AC1.

The mistake that is switched on
  decision-not-logged: The coordinator tells its decision without logging it. It crashes, knows
  nothing any more, and tells those who ask the opposite of what it told the others. Needs a crash
  of the coordinator. Source: the sample coordinator of many texts, which keeps its decisions in
  memory.

What makes the difference
  Without the pin {message: commit, to: participant2, nth: 1, drop: true}: ac1-agreement holds. The
  two runs are the same for 21 events, till 0.004s. Then
  - only here: participant2: timer decision (at 1.503s); participant2 says suspected transaction=1
    (at 1.503s)
  - only there: participant2: gets commit from coordinator (at 0.004s); participant2 says decided
    transaction=1 decision=commit (at 0.005s)
  It holds as well
  - without the fault {when: {receive: commit}, crash: coordinator, kind: os, for: 3s}
  - without the bug decision-not-logged
  - with the default instead of options.termination: ask

again: orrery explain atomic-commitment/decision-not-logged --property ac1-agreement
violated too: conserved-total (--property explains them)

# A scenario that violates several things: the first is told, another one on request.
$ orrery explain primary-replica/commit-off-loses-the-tail --property read-your-writes
----
synchronous_commit = off is not asynchronous replication
primary-replica, seed 1: read-your-writes is violated

Step by step (*: what it is judged by)
* 0.01s    alice    w1: write x 1; sends query {request=w1 steps=[write x 1]} to primary
  0.0105s  primary  gets query from client1; holds x = 1; sends result {request=w1 outcome=ok
                    values=[nil] versions=[1] lsn=0/100008…} to client1
* 0.011s   alice    w1: ok (by primary)
  0.06s    fault    crash primary (os)
  2.06s    primary  starts again after a crash of the system
* 6s       alice    r2: read x; says routed request=r2 to=primary why=policy; sends query
                    {request=r2 steps=[read x]} to primary
  6.0005s  primary  gets query from client1; sends result {request=r2 outcome=ok values=[nil]
                    versions=[0] lsn=0/100000…} to client1
* 6.001s   alice    r2: read x → nil (by primary)

As a picture (time downwards; ●──▶ a message; ✗ one that never arrives; ┊ a node that is down)
          client1                   primary
* 0.01s   │ w1: write x 1           │
          ●─────────query──────────▶│
  0.0105s │                         │ holds x = 1
          │◀─────────result─────────●
* 0.011s  │ w1: ok                  │
  0.06s   │                         ╳ crashes (os)
  2.06s   │                         ● starts again after a crash of the system
* 6s      │ r2: read x              │
*         │ routed request=r2 to=primary why=policy
          ●─────────query──────────▶│
  6.0005s │◀─────────result─────────●
* 6.001s  │ r2: read x → nil        │

What each held
  node      x at 6.0005s          x in the end
  primary   1, before it stopped  nil
  replica1  nil                   nil
  replica2  nil                   nil

What broke
  alice wrote x = 1 at 0.01s (ok at 0.011s on primary), but then read x = nil at 6s on primary,
  which had come to hold x = 1 at 0.0105s
  read-your-writes: A session's reads see its own earlier writes, or later ones. Source: Terry,
  Demers, Petersen, Spreitzer, Theimer & Welch: Session Guarantees for Weakly Consistent Replicated
  Data, PDIS 1994, section 3.1.

What makes the difference
  Without the fault {at: 60ms, crash: primary, kind: os, for: 2s}: read-your-writes holds, and r2
  comes to 'read x → 1' (here 'read x → nil'). The two runs are the same for 20 events, till 0.011s.
  Then
  - only here: fault: crash primary (os) (at 0.06s)
  - only there: primary: timer wal-writer (at 0.2s); replica1 holds x = 1 (at 0.20254s)
  It holds as well
  - with the default instead of options.synchronous-commit: "off"

again: orrery explain primary-replica/commit-off-loses-the-tail --property read-your-writes
violated too: durability (--property explains them)

# What a saved trace tells is what its scenario tells.
$ orrery run lww-cache/tie-keeps-local --save ties.db >/dev/null
orrery explain ties.db | sed '$d' >of-trace
orrery explain lww-cache/tie-keeps-local | sed '$d' >of-scenario
cmp of-trace of-scenario
cat of-trace
----
Two timestamps that are equal, and two caches that stay apart
lww-cache with bug tie-keeps-local, seed 1: convergence is violated

Step by step (*: what it is judged by)
* 1s      alice   w1: write age 30
* 1s      bob     w2: write age 31
  1.001s  cache1  takes w1; holds age = 30
  1.001s  cache2  takes w2; holds age = 31
* 1.002s  alice   w1: ok (by cache1)
* 1.002s  bob     w2: ok (by cache2)
  1.301s  cache1  timer send; sends update {age = 30 deleted=false written-at=1.001s
                  dot={node=cache1 co…} to cache2
  1.301s  cache1  timer send; sends update {age = 30 deleted=false written-at=1.001s
                  dot={node=cache1 co…} to cache3
  1.301s  cache2  timer send; sends update {age = 31 deleted=false written-at=1.001s
                  dot={node=cache2 co…} to cache1
  1.301s  cache2  timer send; sends update {age = 31 deleted=false written-at=1.001s
                  dot={node=cache2 co…} to cache3
  1.302s  cache2  gets update from cache1; says arrived age = 30 order=concurrent kept=false
  1.302s  cache3  gets update from cache1; says arrived age = 30 order=after kept=true; holds age =
                  30
  1.302s  cache1  gets update from cache2; says arrived age = 31 order=concurrent kept=false
  1.302s  cache3  gets update from cache2; says arrived age = 31 order=concurrent kept=false

As a picture (time downwards; ●──▶ a message; ✗ one that never arrives; ┊ a node that is down)
         client1              cache1               cache2               cache3
* 1s     │ w1: write age 30   │                    │                    │
*        │ w2: write age 31   │                    │                    │
  1.001s ●────────w1─────────▶│                    │                    │
         │                    │ holds age = 30     │                    │
         ●──────────────────w2────────────────────▶│                    │
         │                    │                    │ holds age = 31     │
  1.002s │◀─────────w1────────●                    │                    │
*        │ w1: ok             │                    │                    │
         │◀───────────────────w2───────────────────●                    │
*        │ w2: ok             │                    │                    │
  1.301s │                    │ timer send         │                    │
         │                    ●──────update───────▶│                    │
         │                    │ timer send         │                    │
         │                    ●────────────────update──────────────────▶│
         │                    │                    │ timer send         │
         │                    │◀───────update──────●                    │
         │                    │                    │ timer send         │
         │                    │                    ●──────update───────▶│
  1.302s │                    │                    │ arrived age = 30 order=concurrent kept=false
         │                    │ arrived age = 30 order=after kept=true  │
         │                    │                    │                    │ holds age = 30
         │                    │ arrived age = 31 order=concurrent kept=false
         │                arrived age = 31 order=concurrent kept=false  │

What each held
  node    age in the end
  cache1  30
  cache2  31
  cache3  30

What broke
  when all was quiet, cache1 held age = 30 and cache2 held age = 31
  convergence: When all is quiet and connected, all nodes hold the same. Source: Terry, Theimer,
  Petersen, Demers, Spreitzer & Hauser: Managing Update Conflicts in Bayou, SOSP 1995, section 2;
  Vogels: Eventually Consistent, ACM Queue 6(6), 2008.

The mistake that is switched on
  tie-keeps-local: Of two concurrent writes with one timestamp each cache keeps its own. Needs two
  writes of a key within one step of the clock, through different caches. Source: last-write-wins
  registers that compare timestamps with '>' alone.
\
What makes the difference
  Without the bug tie-keeps-local: convergence holds. The two runs are the same for 20 events, till
  1.302s. Then
  - only here: cache1 says arrived age = 31 order=concurrent kept=false (at 1.302s)
  - only there: cache1 says arrived age = 31 order=concurrent kept=true (at 1.302s)
\

# Also where the trace holds operations alone.
$ orrery run lww-cache/tie-keeps-local --save less.db --level operations >/dev/null
orrery explain less.db | sed '$d' | cmp - of-trace
----
