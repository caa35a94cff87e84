# Stepping through a run. A command is a line; each shows what has just happened, and what came of it.
$ orrery replay primary-replica/sticky-fails-over <<'STEPS'
where
operation w1
next
effects
pending
STEPS
----
at the beginning, before 58 events, 0s of 12.2s; all nodes
\#4  0s  bob: w1: write message 1
  sends query {request=w1 steps=[write message 1]} to primary, arrives at 0.0005s
\#5  0s  primary: has written control
nothing came of it
  from replica1, sent at 0s: start-streaming {system-identifier=0 next=1} to primary, arrives at 0.0005s
  from replica2, sent at 0s: start-streaming {system-identifier=0 next=1} to primary, arrives at 0.0005s
  from client1, sent at 0s: query {request=w1 steps=[write message 1]} to primary, arrives at 0.0005s

# To the next fault, and what nodes had said by then; that of a node that is down may be gone.
$ orrery replay primary-replica/sticky-fails-over <<'STEPS'
fault
next
state
operation r2
next
cause
STEPS
----
\#37  0.2s  fault: stop replica1
\#38  0.2s  replica1: stops
primary:
  gives message = 1 its place in the order of writes (0.0005s)
  holds message = 1 (0.0005s)
replica1, down since 0.2s:
  holds message = 1 (0.001s, before it last stopped)
replica2:
  has said nothing yet
client1:
  says routed request=r1 to=replica1 why=policy (0.1s)
\#41  0.3s  alice: r2: read message
  says routed request=r2 to=replica1 why=policy
  sends query {request=r2 steps=[read message]} to replica1 (✗ its connection broke)
\#42  0.301s  client1: notices that its connection to replica1 broke
  says routed request=r2 to=replica2 why=unreachable
  sends query {request=r2 steps=[read message]} to replica2, arrives at 0.3015s
\#41  0.3s  alice: r2: read message
  says routed request=r2 to=replica1 why=policy
  sends query {request=r2 steps=[read message]} to replica1 (✗ its connection broke)

# Of one node alone, forwards and backwards, up to both ends.
$ orrery replay primary-replica/sticky-fails-over <<'STEPS'
node replica2
next 4
back
next 100
back 100
node
where
STEPS
----
events of replica2 alone
\#17  0.001s  replica2: gets streaming from primary {system-identifier=3283823366 end=1}
  sends standby-status {write=0/1000000 flush=0/1000000 apply=0/1000000} to primary, arrives at 0.0015s
\#10  0s  replica2: has synced control
the end, at 12.2s: quiet
  primary holds in the end message = 1
  replica1 holds in the end message = 1
  replica1 says position received=0/1000080 flushed=0/1000080 replayed=0/1000080
  replica2 holds in the end message = 1
  replica2 says position received=0/1000080 flushed=0/1000080 replayed=0/1000080
the beginning: 58 events lie ahead
events of all nodes
at the beginning, before 58 events, 0s of 12.2s; all nodes

# To what nodes say next, in a trace.
$ orrery run atomic-commitment/decision-not-logged --save run.db >/dev/null
orrery replay run.db <<'STEPS'
fact decided
fact decided
fact decided
time 20s
fact voted
# an event by its number, and a command cut short
event #30
cau
quit
this is not read any more
STEPS
----
\#16  0.0035s  coordinator: gets vote from participant2 {transaction=1 vote=yes}
  says decided transaction=1 decision=commit
  sends commit {transaction=1} to participant1, arrives at 0.004s
  sends commit {transaction=1} to participant2 (✗ dropped by a pin)
\#22  0.005s  participant1: has synced decided
  says decided transaction=1 decision=commit
  gives a = 50 its place in the order of writes
  holds a = 50
  sends ack {transaction=1} to coordinator (✗ nobody there)
\#33  3.505s  participant2: has synced decided
  says decided transaction=1 decision=abort
  sends ack {transaction=1} to coordinator, arrives at 3.5055s
\#35  20s  bob: r1: read a; read b
  coordinator sends work {transaction=2 steps=[read a] veto=false} to participant1, arrives at 20.001s
  coordinator sends work {transaction=2 steps=[read b] veto=false} to participant2, arrives at 20.001s
\#40  20.002s  participant1: gets vote-request from coordinator {transaction=2 stamp=20.001s}
  says voted transaction=2 vote=read-only
  sends vote {transaction=2 vote=read-only} to coordinator, arrives at 20.0025s
\#30  3.5035s  coordinator: gets decision-request from participant2 {transaction=1}
  sends decision-answer {transaction=1 progress=aborted} to participant2, arrives at 3.504s
\#29  3.503s  participant2: timer decision {transaction=1}
  sends decision-request {transaction=1} to coordinator, arrives at 3.5035s

$ orrery replay lww-cache/ties <<'STEPS'
help
STEPS
----
  next [N]         the next event, or N events on
  back [N]         the event before, or N events back
  node [NAME]      from now on step through events of this node alone; without NAME through all
  fact [NAME]      on to where a node says something next, or says this
  fault            on to where a fault strikes or ends next
  operation [ID]   to where this operation is invoked; without ID on to the next
  time T           to that time, behind all that happens then: time 1.5s
  event N          to this event
  cause            to the event that caused this one
  effects          the events that this one caused
  state [NODE]     what nodes have said by now, the last of each kind and key
  pending          the messages that are under way
  where            where this is
  help             this list
  quit             ends it, as the end of the input does

# Mistakes are told, and the next line is read. Where no person types them the exit status tells of them, too.
$ orrery replay lww-cache/ties <<'STEPS'
nex 2
n
back 3
back
next many
next 0
node cache4
fact arived
fault
operation w9
time
time 5
event 1000000
cause
time 100s
effects
next
next
quit please
STEPS
----
\#1  0s  cache2: starts
orrery: is 'n' 'next' or 'node'?
the beginning: 30 events lie ahead
orrery: this is the beginning; 'next' goes on
orrery: how many events? A whole number from 1, not 'many'
orrery: how many events? A whole number from 1, not '0'
orrery: there is no node 'cache4'; did you mean 'cache1'?
orrery: there is no fact 'arived'; did you mean 'arrived'?
orrery: no fault strikes or ends from here on; 'time 0s' goes back to the beginning
orrery: there is no operation 'w9'; 'operation' alone goes to the next one
orrery: which time? As in 'time 1.5s'
orrery: '5' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms
orrery: which event? A number from 0 to 29
orrery: nothing caused it: it was planned, or is an end of the run
\#29  5.002s  bob: r2: read age → 31
nothing came of it
the end, at 15s: quiet
  cache1 holds in the end age = 31
  cache2 holds in the end age = 31
  cache3 holds in the end age = 31
orrery: this is the end; 'back' goes back
orrery: 'quit' takes nothing else, but there is 'please'
[exit 64]
$ printf 'where\nnext' | orrery replay lww-cache/ties
----
at the beginning, before 30 events, 0s of 15s; all nodes
\#0  0s  cache1: starts
$ printf 'next \377\nhead\n' | orrery replay lww-cache/ties
----
orrery: that is not UTF-8; 'help' lists the commands
orrery: there is no command 'head'; 'help' lists them
[exit 64]
$ head -c 5000 /dev/zero | tr '\0' n | orrery replay lww-cache/ties
----
orrery: a line of more than 1022 bytes is no command; 'help' lists them
[exit 64]
$ printf 'wh\0ere\n' | orrery replay lww-cache/ties
----
at the beginning, before 30 events, 0s of 15s; all nodes
$ orrery replay lww-cache/ties </dev/null
----
$ orrery replay lww-cache/ties <.
----
orrery: can't read standard input: Is a directory
[exit 74]
$ orrery replay
----
orrery: which run? A trace that 'orrery run --save' made, or a scenario: 'orrery replay SCENARIO'
[exit 64]
$ orrery replay nowhere.db
----
orrery: there is no file or installed scenario 'nowhere.db'; 'orrery models NAME' lists a model's scenarios
[exit 66]
