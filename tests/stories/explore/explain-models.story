# Each model has its own way to go wrong. A message that was delayed:
$ orrery explain event-store/answer-before-question
----
An answer without its question
event-store, seed 1: causal-delivery is violated

Step by step (*: what it is judged by)
  0s      alice   ask: add talk question
* 0.005s  store1  has synced append; says delivered talk = question dot={node=store1 count=1}
                  clock={store1=1} order=after; sends event {topic=talk event=question
                  dot={node=store1 count=1} clock={s…} to store2, store3 (delayed: arrives after
                  800ms, others after 5ms)
  0.01s   store2  gets event from store1; says delivered talk = question dot={node=store1 count=1}
                  clock={store1=1} order=after
  0.01s   alice   ask: ok (by store1)
  0.2s    bob     answer: add talk answer
  0.205s  store2  has synced append; says delivered talk = answer dot={node=store2 count=1}
                  clock={store1=1 store2=1} order=after; sends event {topic=talk event=answer
                  dot={node=store2 count=1} clock={sto…} to store1, store3
  0.21s   store1  gets event from store2; says delivered talk = answer dot={node=store2 count=1}
                  clock={store1=1 store2=1} order=after
* 0.21s   store3  gets event from store2; says delivered talk = answer dot={node=store2 count=1}
                  clock={store1=1 store2=1} order=after
  0.21s   bob     answer: ok (by store2)
* 0.805s  store3  gets event from store1; says delivered talk = question dot={node=store1 count=1}
                  clock={store1=1} order=before

As a picture (time downwards; ●──▶ a message; ✗ one that never arrives; ┊ a node that is down)
         client1              store1               store2               store3
  0s     │ ask: add talk question                  │                    │
         ●───────ask─────────▶│                    │                    │
* 0.005s │                    │ has synced append  │                    │
*        │                    │ delivered talk = question dot={node=store1 count=1} clock={store1=1…
         │                    ●──────event────────▶│                    │
         │                    ●─────────────event (1)───────────────····│
  0.01s  │                    │                    │ delivered talk = question dot={node=store1 cou…
         │◀────────ask────────●                    │                    │
         │ ask: ok            │                    │                    │
  0.2s   │ answer: add talk answer                 │                    │
         ●────────────────answer──────────────────▶│                    │
  0.205s │                    │                    │ has synced append  │
         │                    │                    │ delivered talk = answer dot={node=store2 count…
         │                    │◀───────event───────●                    │
         │                    │                    ●──────event────────▶│
  0.21s  │                    │ delivered talk = answer dot={node=store2 count=1} clock={store1=1 s…
*        │                    │                    │                    │ delivered talk = answer d…
         │◀─────────────────answer─────────────────●                    │
         │ answer: ok         │                    │                    │
  0.805s │                    │                    │      event (1) ···▶│
*        │                    │                    │                    │ delivered talk = question…

What each held
  node    talk in the end
  store1  [answer question]
  store2  [answer question]
  store3  [answer question]

What broke
  store3 showed talk = answer at 0.21s, which happened when talk = question was known at store2, but
  store3 showed that only at 0.805s
  causal-delivery: No node shows an event before what happened before it. Source: Birman, Schiper &
  Stephenson: Lightweight Causal and Atomic Group Multicast, ACM Transactions on Computer Systems
  9(3), 1991, section 5.1.

What makes the difference
  With the default instead of options.delivery: immediate: causal-delivery holds. The two runs are
  the same for 15 events, till 0.21s. Then
  - only here: store3 says delivered talk = answer dot={node=store2 count=1} clock={store1=1
    store2=1} order=after (at 0.21s)
  - only there: store3 says delivered talk = question dot={node=store1 count=1} clock={store1=1}
    order=after (at 0.805s)
  It holds as well
  - with the default instead of network.links: [{from: store1, to: store3, latency: 800ms}]

again: orrery explain event-store/answer-before-question --property causal-delivery

# Partitions, a crash, and a clock that was set.
$ orrery explain lww-cache/write-after-crash
----
A write after a crash has not seen those before it
lww-cache, seed 1: durability is violated

Step by step (*: what it is judged by)
  1.4s    fault   set the clock of cache1 by -20s
  1.5s    fault   crash cache1 (process)
  1.5s    fault   partition [cache1 | cache2 cache3]
  1.51s   cache1  starts again after a crash of the process; sends digest {state=5804967296} to
                  cache2 (✗ cut off)
  1.52s   fault   partition [cache1 cache2 | cache3]
* 1.53s   alice   w2: write x 2
  1.54s   cache1  takes w2; holds x = 2
  1.545s  fault   ends: partition [cache1 | cache2 cache3]
* 1.55s   alice   w2: ok (by cache1)
  1.64s   cache1  timer send; sends update {x = 2 deleted=false written-at=-18.46s dot={node=cache1
                  coun…} to cache2
  1.64s   cache1  timer send; sends update {x = 2 deleted=false written-at=-18.46s dot={node=cache1
                  coun…} to cache3 (✗ cut off)
  1.65s   fault   crash cache1 (process)
  1.65s   cache2  gets update from cache1; says arrived x = 2 order=concurrent kept=false; sends
                  confirmed {key=x written-at=-18.46s dot={node=cache1 count=4294967297}} to cache1
                  (✗ nobody there)
  2.52s   fault   ends: partition [cache1 cache2 | cache3]
  3.65s   cache1  starts again after a crash of the process; sends digest {state=12239934592} to
                  cache2
  3.66s   cache2  gets digest from cache1; sends update {x = 1 deleted=false written-at=10ms
                  dot={node=cache1 count=1…} to cache1
  3.67s   cache1  gets update from cache2; says arrived x = 1 order=after kept=true; holds x = 1

As a picture (time downwards; ●──▶ a message; ✗ one that never arrives; ┊ a node that is down)
         client1              cache1               cache2               cache3
  1.4s   ══ set the clock of cache1 by -20s ════════════════════════════════════════════════════════
  1.5s   │                    ╳ crashes (process)  │                    │
         ══ partition [cache1 | cache2 cache3] ═════════════════════════════════════════════════════
  1.51s  │                    ● starts again after a crash of the process
         │                    ●──────digest───────✗│                    │
  1.52s  ══ partition [cache1 cache2 | cache3] ═════════════════════════════════════════════════════
* 1.53s  │ w2: write x 2      │                    │                    │
  1.54s  ●────────w2─────────▶│                    │                    │
         │                    │ holds x = 2        │                    │
  1.545s ══ ends: partition [cache1 | cache2 cache3] ═══════════════════════════════════════════════
  1.55s  │◀─────────w2────────●                    │                    │
*        │ w2: ok             │                    │                    │
  1.64s  │                    │ timer send         │                    │
         │                    ●──────update───────▶│                    │
         │                    │ timer send         │                    │
         │                    ●───────────update (cut off)─────────────✗│
  1.65s  │                    ╳ crashes (process)  │                    │
         │                    ┊                    │ arrived x = 2 order=concurrent kept=false
         │                    ┊✗─────confirmed─────●                    │
  2.52s  ══ ends: partition [cache1 cache2 | cache3] ═══════════════════════════════════════════════
  3.65s  │                    ● starts again after a crash of the process
         │                    ●──────digest───────▶│                    │
  3.66s  │                    │◀───────update──────●                    │
  3.67s  │                    │ arrived x = 1 order=after kept=true     │
         │                    │ holds x = 1        │                    │

What each held
  node    x in the end
  cache1  1
  cache2  1
  cache3  1

What broke
  alice wrote x = 2 at 1.53s (ok at 1.55s on cache1), but in the end no node held that, or anything
  built upon it: cache1 held x = 1
  durability: Nothing that was acknowledged is lost, nothing deleted comes back. Source: Haerder &
  Reuter: Principles of Transaction-Oriented Database Recovery, ACM Computing Surveys 15(4), 1983,
  section 1.1.

What makes the difference
  Without the fault {at: 1.5s, partition: [[cache1], [cache2, cache3]], for: 45ms}: durability
  holds. The two runs are the same for 30 events, till 1.5s. Then
  - only here: fault: partition [cache1 | cache2 cache3] (at 1.5s); cache2 says arrived x = 2
    order=concurrent kept=false (at 1.65s)
  - only there: fault: partition [cache1 cache2 | cache3] (at 1.52s); cache1 says arrived x = 1
    order=after kept=true (at 1.53s)
  It holds as well
  - without the fault {at: 1.5s, crash: cache1, for: 10ms}
  - without the operation {id: w1, to: cache1, write: {x: 1}}

again: orrery explain lww-cache/write-after-crash --property durability

# A load that was generated: of some thousand events a few are told.
$ orrery explain primary-replica/two-lags-time-window
----
Replicas 100 ms and 600 ms late: the primary for half a second after a write
primary-replica, seed 1: read-your-writes is violated

Step by step (*: what it is judged by)
  13.895144s  s1        o1684: write k2 439; sends query {request=o1684 steps=[write k2 439]} to
                        primary
  13.895644s  primary   gets query from client1
  13.895644s  primary   has synced commit; holds k2 = 439; sends wal {first=439
                        records=[{lsn=0/100DB80 key=k2 state=439 version=4…} to replica1, replica2,
                        and result {request=o1684 outcome=ok values=[nil] versions=[439] lsn=0/1…}
                        to client1
  13.896144s  replica1  gets wal from primary
  13.896144s  replica2  gets wal from primary
  13.896144s  s1        o1684: ok (by primary)
  13.996144s  replica1  timer replay; holds k2 = 439
* 14.122571s  s1        o1714: write k2 451; sends query {request=o1714 steps=[write k2 451]} to
                        primary
  14.123071s  primary   gets query from client1
  14.123071s  primary   has synced commit; holds k2 = 451; sends wal {first=451
                        records=[{lsn=0/100E180 key=k2 state=451 version=4…} to replica1, replica2,
                        and result {request=o1714 outcome=ok values=[nil] versions=[451] lsn=0/1…}
                        to client1
  14.123571s  replica1  gets wal from primary
  14.123571s  replica2  gets wal from primary
* 14.123571s  s1        o1714: ok (by primary)
  14.17511s   replica2  timer replay; holds k2 = 426
  14.202354s  replica1  timer replay; holds k2 = 448
  14.223571s  replica1  timer replay; holds k2 = 451
  14.496144s  replica2  timer replay; holds k2 = 439
* 14.66808s   s1        o1769: read k2; says routed request=o1769 to=replica2 why=policy; sends
                        query {request=o1769 steps=[read k2]} to replica2
  14.66858s   replica2  gets query from client1; sends result {request=o1769 outcome=ok values=[439]
                        versions=[439]} to client1
* 14.66908s   s1        o1769: read k2 → 439 (by replica2)
  14.702354s  replica2  timer replay; holds k2 = 448
  14.723571s  replica2  timer replay; holds k2 = 451

As a picture (time downwards; ●──▶ a message; ✗ one that never arrives; ┊ a node that is down)
             client1            primary            replica1           replica2
  13.895144s │ o1684: write k2 439                 │                  │
             ●─────query───────▶│                  │                  │
  13.895644s │                  │ has synced commit│                  │
             │                  │ holds k2 = 439   │                  │
             │                  ●──────wal────────▶│                  │
             │                  ●────────────────wal─────────────────▶│
             │◀──────result─────●                  │                  │
  13.896144s │ o1684: ok        │                  │                  │
  13.996144s │                  │                  │ timer replay     │
             │                  │                  │ holds k2 = 439   │
* 14.122571s │ o1714: write k2 451                 │                  │
             ●─────query───────▶│                  │                  │
  14.123071s │                  │ has synced commit│                  │
             │                  │ holds k2 = 451   │                  │
             │                  ●──────wal────────▶│                  │
             │                  ●────────────────wal─────────────────▶│
             │◀──────result─────●                  │                  │
* 14.123571s │ o1714: ok        │                  │                  │
  14.17511s  │                  │                  │                  │ timer replay
             │                  │                  │                  │ holds k2 = 426
  14.202354s │                  │                  │ timer replay     │
             │                  │                  │ holds k2 = 448   │
  14.223571s │                  │                  │ timer replay     │
             │                  │                  │ holds k2 = 451   │
  14.496144s │                  │                  │                  │ timer replay
             │                  │                  │                  │ holds k2 = 439
* 14.66808s  │ o1769: read k2   │                  │                  │
*            │ routed request=o1769 to=replica2 why=policy            │
             ●────────────────────────query──────────────────────────▶│
  14.66858s  │◀─────────────────────────result────────────────────────●
* 14.66908s  │ o1769: read k2 → 439                │                  │
  14.702354s │                  │                  │                  │ timer replay
             │                  │                  │                  │ holds k2 = 448
  14.723571s │                  │                  │                  │ timer replay
             │                  │                  │                  │ holds k2 = 451

What each held
  node      k2 at 14.66858s  k2 in the end
  primary   451              592
  replica1  451              592
  replica2  439              592

What broke
  s1 wrote k2 = 451 at 14.122571s (ok at 14.123571s on primary), but then read k2 = 439 at 14.66808s
  on replica2, which came to hold k2 = 451 only at 14.723571s
  read-your-writes: A session's reads see its own earlier writes, or later ones. Source: Terry,
  Demers, Petersen, Spreitzer, Theimer & Welch: Session Guarantees for Weakly Consistent Replicated
  Data, PDIS 1994, section 3.1.

What makes the difference
  With the default instead of options.apply-delays: {replica1: 100ms, replica2: 600ms}:
  read-your-writes holds, and o1769 comes to 'read k2 → 451' (here 'read k2 → 439'). The two runs
  are the same for 35 events, till 0.017406s. Then
  - only here: replica1: timer replay (at 0.116906s); replica1 holds k3 = 1 (at 0.116906s)
  - only there: primary: gets standby-status from replica1 (at 0.017406s); replica1 holds k1 = 2 (at
    0.041835s)

again: orrery explain primary-replica/two-lags-time-window --property read-your-writes

# A transaction whose parts are read between the commits.
$ orrery explain atomic-commitment/reads-between-commits
----
Reads between two commits
atomic-commitment with bug reads-between-commits, seed 1: conserved-total is violated

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
  0.0035s  coordinator   gets vote from participant2
  0.0045s  coordinator   has synced decision; says decided transaction=1 decision=commit; sends
                         commit {transaction=1} to participant1, participant2 (delayed: arrives
                         after 20ms, others after 500us)
  0.005s   alice         t1: ok (by coordinator)
  0.005s   participant1  gets commit from coordinator
  0.006s   participant1  has synced decided; says decided transaction=1 decision=commit; holds a =
                         50
* 0.015s   bob           r1: read a; read b
  0.0155s  coordinator   takes r1; sends work {transaction=2 steps=[read a] veto=false} to
                         participant1, and work {transaction=2 steps=[read b] veto=false} to
                         participant2
  0.016s   participant1  gets work from coordinator; sends worked {transaction=2 done=true
                         stamp=16ms values=[50] versions=[1]} to coordinator
  0.016s   participant2  gets work from coordinator; sends worked {transaction=2 done=true
                         stamp=16ms values=[100] versions=[0]} to coordinator
  0.0165s  coordinator   gets worked from participant2; says begun transaction=2
                         participants=[participant1, participant2]; sends vote-request
                         {transaction=2 stamp=16ms} to participant1, participant2
  0.017s   participant1  gets vote-request from coordinator; says voted transaction=2
                         vote=read-only; sends vote {transaction=2 vote=read-only} to coordinator
  0.017s   participant2  gets vote-request from coordinator; says voted transaction=2
                         vote=read-only; sends vote {transaction=2 vote=read-only} to coordinator
  0.0175s  coordinator   gets vote from participant2; says decided transaction=2 decision=commit
* 0.018s   bob           r1: read a → 50; read b → 100 (by coordinator)

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
  0.0045s │                   │ has synced decision                   │
          │                   │ decided transaction=1 decision=commit │
          │                   ●─────commit───────▶│                   │
          │                   ●──────commit (till 0.0245s)────────····│
  0.005s  │◀────────t1────────●                   │                   │
          │ t1: ok            │                   │                   │
  0.006s  │                   │                   │ has synced decided│
          │                   │                   │ decided transaction=1 decision=commit
          │                   │                   │ holds a = 50      │
* 0.015s  │ r1: read a; read b│                   │                   │
  0.0155s ●───────r1─────────▶│                   │                   │
          │                   ●──────work────────▶│                   │
          │                   ●────────────────work──────────────────▶│
  0.016s  │                   │◀──────worked──────●                   │
          │                   │◀────────────────worked────────────────●
  0.0165s │                   │ begun transaction=2 participants=[participant1, participant2]
          │                   ●──vote-request────▶│                   │
          │                   ●────────────vote-request──────────────▶│
  0.017s  │                   │                   │ voted transaction=2 vote=read-only
          │                   │◀───────vote───────●                   │
          │                   │   voted transaction=2 vote=read-only  │
          │                   │◀─────────────────vote─────────────────●
  0.0175s │                   │ decided transaction=2 decision=commit │
  0.018s  │◀────────r1────────●                   │                   │
*         │ r1: read a → 50; read b → 100         │                   │

What each held
  node          a at 0.0175s  a in the end  b at 0.0175s  b in the end
  coordinator   -             -             -             -
  participant1  50            50            -             -
  participant2  -             -             100           150

What broke
  bob read all accounts at 0.015s on coordinator, and found 150 in them, not 200
  conserved-total: Transfers keep the sum over all accounts. Source: Kingsbury: Jepsen's bank test,
  after Fekete, Liarokapis, O'Neil, O'Neil & Shasha: Making Snapshot Isolation Serializable, TODS
  30(2), 2005.

The mistake that is switched on
  reads-between-commits: Reads take no locks: they see one participant's commit before the other's.
  Needs nothing but bad luck. Source: Bernstein, Hadzilacos & Goodman 1987, §1.3: inconsistent
  retrieval.

What makes the difference
  Without the bug reads-between-commits: conserved-total holds, and r1 comes to 'read a → 50; read b
  → 150' (here 'read a → 50; read b → 100'). The two runs are the same for 28 events, till 0.0165s.
  Then
  - only here: coordinator: gets worked from participant2 (at 0.0165s); coordinator says begun
    transaction=2 participants=[participant1, participant2] (at 0.0165s)
  - only there: coordinator: gets worked from participant2 (at 0.026s); coordinator says begun
    transaction=2 participants=[participant1, participant2] (at 0.026s)
  It holds as well
  - without the pin {message: commit, to: participant2, nth: 1, latency: 20ms}
  - without the operation {id: t1, transfer: {from: a, to: b, amount: 50}}

again: orrery explain atomic-commitment/reads-between-commits --property conserved-total
violated too: serializable (--property explains them)
