# The canary's one mistake, in a run that shrinking left two operations, one fault and one pin of.
> file small.yaml
model: {name: canary, bugs: [answers-before-copied]}
clients: {contact: first}
workload:
  operations:
    - {id: w1, write: {x: 1}}
    - {id: r1, at: 101ms, read: x}
faults:
  - {at: 1ms, crash: keeper, for: 80ms}
pins:
  - {message: copy, drop: true}
expect: {read-your-writes: violated}
> end
$ cp "$ORRERY_PLUGINS/canary.so" .
----
$ orrery explain small.yaml --plugin canary.so
----
small.yaml
canary with bug answers-before-copied, seed 1: read-your-writes is violated

Step by step (*: what it is judged by)
* 0s       s1      w1: write x 1
  0.0005s  keeper  takes w1; gives x = 1 its place in the order of writes; sends copy {request=w1 x
                   = 1 number=1} to mirror (✗ dropped by a pin)
  0.001s   fault   crash keeper (process)
* 0.001s   s1      w1: ok (by keeper)
  0.081s   keeper  starts again after a crash of the process; sends recall to mirror
  0.0815s  mirror  gets recall from keeper; sends held {request=w1 value=nil number=0} to keeper
* 0.101s   s1      r1: read x
* 0.102s   s1      r1: read x → nil (by keeper)

As a picture (time downwards; ●──▶ a message; ✗ one that never arrives; ┊ a node that is down)
          client1                   keeper                    mirror
* 0s      │ w1: write x 1           │                         │
  0.0005s ●──────────w1────────────▶│                         │
          │                         │ gives x = 1 its place in the order of writes
          │                         ●─────────copy───────────✗│
  0.001s  │                         ╳ crashes (process)       │
          │◀───────────w1───────────●                         │
*         │ w1: ok                  ┊                         │
  0.081s  │                         ● starts again after a crash of the process
          │                         ●────────recall──────────▶│
  0.0815s │                         │◀──────────held──────────●
* 0.101s  │ r1: read x              │                         │
          ●──────────r1────────────▶│                         │
  0.102s  │◀───────────r1───────────●                         │
*         │ r1: read x → nil        │                         │

What broke
  s1 wrote x = 1 at 0s (ok at 0.001s on keeper), but then read x = nil at 0.101s on keeper
  read-your-writes: A session's reads see its own earlier writes, or later ones. Source: Terry,
  Demers, Petersen, Spreitzer, Theimer & Welch: Session Guarantees for Weakly Consistent Replicated
  Data, PDIS 1994, section 3.1.

The mistake that is switched on
  answers-before-copied: A write is answered before the mirror has its copy. Needs a lost copy, a
  crash of the keeper, and a read by the session that wrote. Source: asynchronous replication that
  is taken for synchronous.

What makes the difference
  Without the pin {message: copy, drop: true}: read-your-writes holds, and r1 comes to 'read x → 1'
  (here 'read x → nil'). The two runs are the same for 6 events, till 0.001s. Then
  - only here: nothing
  - only there: mirror: gets copy from keeper (at 0.001s)
  It holds as well
  - without the fault {at: 1ms, crash: keeper, for: 80ms}

again: orrery explain small.yaml --plugin canary.so --property read-your-writes

# For programs.
$ orrery explain small.yaml --plugin canary.so --json --steps 2
----
{
  "title" : null,
  "model" : "canary",
  "seed" : "1",
  "property" : "read-your-writes",
  "sentence" : "s1 wrote x = 1 at 0s (ok at 0.001s on keeper), but then read x = nil at 0.101s on keeper",
  "rule" : "A session's reads see its own earlier writes, or later ones",
  "source" : "Terry, Demers, Petersen, Spreitzer, Theimer & Welch: Session Guarantees for Weakly Consistent Replicated Data, PDIS 1994, section 3.1",
  "until-ns" : 102000000,
  "steps" : [
    {
      "time-ns" : 0,
      "event" : 3,
      "who" : "s1",
      "what" : "w1: write x 1",
      "witness" : true,
      "folded" : 0,
      "left-out-before" : 0,
      "said" : [],
      "sent" : []
    },
    {
      "time-ns" : 500000,
      "event" : 3,
      "who" : "keeper",
      "what" : "takes w1",
      "witness" : false,
      "folded" : 0,
      "left-out-before" : 0,
      "said" : [
        "gives x = 1 its place in the order of writes"
      ],
      "sent" : [
        {
          "message" : 0,
          "type" : "copy",
          "to" : "mirror",
          "says" : "request=w1 x = 1 number=1",
          "fate" : "pinned",
          "delayed" : false
        }
      ]
    },
    {
      "time-ns" : 1000000,
      "event" : 6,
      "who" : "s1",
      "what" : "w1: ok",
      "witness" : true,
      "folded" : 0,
      "left-out-before" : 2,
      "said" : [],
      "sent" : []
    }
  ],
  "left-out" : 7,
  "held" : [],
  "runs" : 3,
  "holds" : [
    {
      "otherwise" : "without the pin {message: copy, drop: true}",
      "shared-events" : 6
    },
    {
      "otherwise" : "without the fault {at: 1ms, crash: keeper, for: 80ms}",
      "shared-events" : 4
    }
  ],
  "then" : "r1 comes to 'read x → 1' (here 'read x → nil')",
  "only-here" : "nothing",
  "only-there" : "mirror: gets copy from keeper (at 0.001s)",
  "again" : "orrery explain small.yaml --plugin canary.so --property read-your-writes --steps 2"
}

# A picture for terminals that have ASCII alone.
$ LC_ALL=C orrery explain small.yaml --plugin canary.so --runs 0 | sed -n '/^As a picture/,/^$/p'
----
As a picture (time downwards; o--> a message; x one that never arrives; : a node that is down)
          client1                   keeper                    mirror
* 0s      | w1: write x 1           |                         |
  0.0005s o----------w1------------>|                         |
          |                         | gives x = 1 its place in the order of writes
          |                         o---------copy-----------x|
  0.001s  |                         X crashes (process)       |
          |<-----------w1-----------o                         |
*         | w1: ok                  :                         |
  0.081s  |                         o starts again after a crash of the process
          |                         o--------recall---------->|
  0.0815s |                         |<----------held----------o
* 0.101s  | r1: read x              |                         |
          o----------r1------------>|                         |
  0.102s  |<-----------r1-----------o                         |
*         | r1: read x -> nil       |                         |
\
$ LC_ALL=C orrery explain small.yaml --plugin canary.so | LC_ALL=C grep -c '[^ -~]'
----
0
[exit 1]

# Where nothing that is left out alone makes it hold.
> file twice.yaml
model: {name: canary, bugs: [answers-before-copied]}
clients: {contact: first}
workload:
  operations:
    - {id: w1, write: {x: 1}}
    - {id: r1, at: 101ms, read: x}
faults:
  - {at: 1ms, crash: keeper, for: 20ms}
  - {at: 50ms, crash: keeper, for: 20ms}
pins:
  - {message: copy, from: keeper, drop: true}
  - {message: copy, to: mirror, drop: true}
expect: {read-your-writes: violated}
> end
$ orrery explain twice.yaml --plugin canary.so | sed -n '/^What makes/,/^$/p'
----
What makes the difference
  No one thing: left out alone, none of 5 makes it hold.
\
$ orrery explain twice.yaml --plugin canary.so --runs 1 | sed -n '/^What makes/,/^$/p'
----
What makes the difference
  No one thing: left out alone, none of 1 makes it hold.
  (1 of 5 scenarios with one thing less were run.)
\

# Where the load and the faults are drawn, the run is written down first: one strike of many can be left out.
> file drawn.yaml
model: {name: canary, bugs: [answers-before-copied]}
duration: 4s
clients: {sessions: 2, contact: first}
network: {loss: 20%}
workload:
  think: exponential(mean 20ms)
  mix: {read: 50%, write: 50%}
  keys: {count: 1}
faults:
  - {every: exponential(mean 1s), crash: keeper, for: 20ms}
expect: {read-your-writes: violated}
> end
$ orrery explain drawn.yaml --plugin canary.so --seed 5
----
drawn.yaml
canary with bug answers-before-copied, seed 5: read-your-writes is violated

Step by step (*: what it is judged by)
  0.350565s  fault   crash keeper (process)
  0.370565s  keeper  starts again after a crash of the process; sends recall to mirror
  0.371065s  mirror  gets recall from keeper; sends held {request=o7 x = 5 number=5} to keeper, and
                     held {request=o1 value=nil number=0} to keeper
  1.782042s  s2      o29: write x 18
  1.782542s  keeper  takes o29; gives x = 18 its place in the order of writes; sends copy
                     {request=o29 x = 18 number=18} to mirror
  1.783042s  mirror  gets copy from keeper; sends copied {request=o29 x = 18 number=18} to keeper
  1.983042s  s2      o29: ok (by keeper)
* 2.1392s    s2      o34: write x 20
  2.1397s    keeper  takes o34; gives x = 20 its place in the order of writes; sends copy
                     {request=o34 x = 20 number=20} to mirror (✗ lost)
  2.165184s  fault   crash keeper (process)
  2.185184s  keeper  starts again after a crash of the process; sends recall to mirror
  2.185684s  mirror  gets recall from keeper; sends held {request=o29 x = 18 number=18} to keeper,
                     and held {request=o1 value=nil number=0} to keeper
* 2.3402s    s2      o34: ok (by keeper)
* 2.341895s  s2      o35: read x
* 2.542895s  s2      o35: read x → 18 (by keeper)

As a picture (time downwards; ●──▶ a message; ✗ one that never arrives; ┊ a node that is down)
            client1                   keeper                    mirror
  0.350565s │                         ╳ crashes (process)       │
  0.370565s │                         ● starts again after a crash of the process
            │                         ●────────recall──────────▶│
  0.371065s │                         │◀──────────held──────────●
            │                         │◀──────────held──────────●
  1.782042s │ o29: write x 18         │                         │
  1.782542s ●──────────o29───────────▶│                         │
            │                         │ gives x = 18 its place in the order of writes
            │                         ●─────────copy───────────▶│
  1.783042s │                         │◀─────────copied─────────●
  1.983042s │◀───────────o29──────────●                         │
            │ o29: ok                 │                         │
* 2.1392s   │ o34: write x 20         │                         │
  2.1397s   ●──────────o34───────────▶│                         │
            │                         │ gives x = 20 its place in the order of writes
            │                         ●──────copy (lost)───────✗│
  2.165184s │                         ╳ crashes (process)       │
  2.185184s │                         ● starts again after a crash of the process
            │                         ●────────recall──────────▶│
  2.185684s │                         │◀──────────held──────────●
            │                         │◀──────────held──────────●
  2.3402s   │◀───────────o34──────────●                         │
*           │ o34: ok                 │                         │
* 2.341895s │ o35: read x             │                         │
            ●──────────o35───────────▶│                         │
  2.542895s │◀───────────o35──────────●                         │
*           │ o35: read x → 18        │                         │

What broke
  s2 wrote x = 20 at 2.1392s (ok at 2.3402s on keeper), but then read x = 18 at 2.341895s on keeper
  read-your-writes: A session's reads see its own earlier writes, or later ones. Source: Terry,
  Demers, Petersen, Spreitzer, Theimer & Welch: Session Guarantees for Weakly Consistent Replicated
  Data, PDIS 1994, section 3.1.

The mistake that is switched on
  answers-before-copied: A write is answered before the mirror has its copy. Needs a lost copy, a
  crash of the keeper, and a read by the session that wrote. Source: asynchronous replication that
  is taken for synchronous.

What makes the difference
  Without the fault {at: 2.16518405s, crash: keeper, for: 20ms}: read-your-writes holds, and o35
  comes to 'read x → 20' (here 'read x → 18'). The two runs are the same for 108 events, till
  2.1392s. Then
  - only here: fault: crash keeper (process) (at 2.165184s)
  - only there: nothing
  It holds as well
  - without the bug answers-before-copied
  - with the default instead of network.loss: 20%

again: orrery explain drawn.yaml --seed 5 --plugin canary.so --property read-your-writes
