# Between the operations of a small run stands what the nodes said of themselves, in the order of time.
> file two.yaml
model: {name: lww-cache}
options: {caches: 2, anti-entropy: 0s, replication-delay: 100ms}
clients: {names: [alice, bob]}
network: {latency: 1ms}
workload:
  operations:
    - {id: w1, at: 0ms, session: alice, to: cache1, write: {x: 1}}
    - {id: w2, at: 50ms, session: bob, to: cache2, write: {x: 2}}
    - {id: r1, at: 1s, session: alice, to: cache1, read: x}
> end
$ orrery run two.yaml | sed -n '/^What happened/,/^$/p'
----
What happened (set in: what the nodes said of themselves)
  w1 (alice, 0s): write x 1 at cache1
  w2 (bob, 0.05s): write x 2 at cache2
    cache2 (0.102s): arrived key=x value=1 order=concurrent kept=false
    cache1 (0.152s): arrived key=x value=2 order=concurrent kept=true
  r1 (alice, 1s): read x → 2 at cache1
\

# But not all that many nodes said between two operations.
> file sixteen.yaml
model: {name: event-store}
options: {stores: 16}
clients: {names: [alice]}
network: {latency: 1ms}
workload:
  operations:
    - {id: a1, at: 0ms, session: alice, to: store1, add: {talk: question}}
    - {id: r1, at: 1s, session: alice, to: store3, read: talk}
> end
$ orrery run sixteen.yaml | sed -n '/^What happened/,/^$/p' | cut -c1-50
----
What happened (set in: what the nodes said of them
  a1 (alice, 0s): add talk question at store1
    store1 (0.001s): delivered key=talk value=ques
    store2 (0.002s): delivered key=talk value=ques
    store3 (0.002s): delivered key=talk value=ques
    store4 (0.002s): delivered key=talk value=ques
    store5 (0.002s): delivered key=talk value=ques
    store6 (0.002s): delivered key=talk value=ques
    store7 (0.002s): delivered key=talk value=ques
    store8 (0.002s): delivered key=talk value=ques
    store9 (0.002s): delivered key=talk value=ques
    store10 (0.002s): delivered key=talk value=que
    store11 (0.002s): delivered key=talk value=que
    store12 (0.002s): delivered key=talk value=que
    … and 4 more
  r1 (alice, 1s): read talk → [question] at stor
\
