# What there is, from the tables that the parser reads: a line each, or one in full.
$ orrery models
----
atomic-commitment      Several servers that do a transaction all or none, by two-phase or three-phase commit
event-store            Stores that take events and exchange them, in causal order by vector clocks
lww-cache              Caches that answer at once, tell each other later, and let the last writer win
primary-replica        One server takes writes, replicas follow its log, a router decides where reads go
$ orrery models primary-replica | grep -A 6 '^Settings\|^  synchronous-commit'
----
Settings
  replicas                    how many replicas follow the primary: replica1, replica2, … [2]
  synchronous-commit          what a commit waits for (synchronous_commit) [on]
    off                       wait for nothing: the WAL writer flushes within two of its delays
    local                     wait for the flush on the primary
    remote_write              and until the awaited standbys' operating systems have the record
    on                        and until the awaited standbys have flushed it
    remote_apply              and until the awaited standbys have replayed it
  synchronous-standby-names   which standbys it waits for (synchronous_standby_names); left out: for
$ orrery models primary-replica | grep '^[A-Z]'
----
A primary with streaming replicas, with the terms and semantics of PostgreSQL 15. A write is
Settings
Bugs, to be switched on by `model: {name: …, bugs: […]}`
Actions, for `faults:`
Messages
Timers
Facts
Objects, for `workload:`
Scenarios, for `orrery run`
$ orrery models primary-replica | grep window-shorter
----
  primary-replica/window-shorter-than-lag        A five-second window is not read-your-writes
$ orrery objects
----
register               A place that holds one value
map                    Keys that hold a value each and can be deleted
list-append            Lists that grow at their end
set                    Sets of values
counter                Numbers that are added to
bank                   Accounts between which money moves
text                   Texts that are written and grow at their end
queue                  Queues: first in, first out
stack                  Stacks: last in, first out
mutex                  Locks, each held once at a time
$ orrery objects register
----
register: A place that holds one value

A read returns what was written last, `nil` before the first write. `cas` writes only where it finds
the value that it expects. `bulk-write` writes rows that nobody reads.

In a generated load every write writes a value of its own, and a `cas` expects one of the latest
values.

Settings
  bulk-rows                   rows of a generated bulk write [1000]
  bulk-bytes                  length of each of its rows [64B]

Steps
  read                        Returns what the key holds, `nil` where it holds nothing.
  write                       Puts a value in the place of the old one.
  cas                         Compare and set: writes if the key holds the expected value, and fails
                              without effect otherwise.
  bulk-write                  Writes many rows that nobody reads: load alone.
$ orrery faults
----
stop                   Stops a node in good order and starts it again
crash                  Crashes a node, and restarts it
pause                  Stops a node's processor for a while
slow                   Makes all work of a node take longer
partition              Cuts nodes off from each other
link                   Makes a link slow, lossy or narrow
flap                   Cuts links off and on again, over and over
corrupt                Corrupts messages, which their checksums show
clog                   Lets nothing through for a while, and loses nothing
swizzle                Clogs nodes one after the other, and clears them in another order
hold                   Holds messages, and delivers them all at once
priorities             Gives links and nodes random priorities: the lower, the later messages and timers
inbox                  Bounds how many messages may wait at a node
collapse               Lets the bandwidth of links go down
clock                  Sets a node's wall clock forward or back
clock-drift            Lets a node's clocks run too fast or too slow
clock-stop             Stops a node's clocks for a while
clock-lie              Lets true time lie outside of the interval that a node's clock tells
disk                   Stalls a node's disk
disk-slow              Makes writes and syncs of a node take longer
disk-full              Leaves no space on a node's disk
disk-corrupt           Damages a record on a node's disk
action                 Does what an operator does
$ orrery faults crash pause
----
crash: Crashes a node, and restarts it

`kind: process` (the default) loses volatile state and what was not yet written; `os` also what was
written and not synced, but for what the disk had written out already, which is drawn, within what
`disk: {loses: …}` says, or pinned; `disk` loses everything. With `returns: false` the node never
starts again, not even when all faults end. A node that is down already is left alone.

Settings
  node                        which node [required]
  kind                        what dies [process]
    process                   the process dies; what was written is kept
    os                        the operating system dies; what was synced is kept, and of what was
                              only written what the disk happened to write out
    disk                      the disk is lost; nothing is kept
  returns                     whether it starts again; false: it is gone for good [true]


pause: Stops a node's processor for a while

The node handles nothing; what arrives and what its timers and disk have to say waits until it goes
on. Its disk works on. Its effects are the events that waited.

Settings
  node                        which node [required]
$ orrery properties
----
linearizable                      As if there were one copy, and each operation took effect at one moment
sequential                        As if one after the other, each session's operations in its own order
read-your-writes                  A session's reads see its own earlier writes, or later ones
monotonic-reads                   A session's later reads never see something older than its earlier ones
monotonic-writes                  A session's writes take their places in the order in which the session made them
writes-follow-reads               A session's write stands behind the writes that the session had read
bounded-staleness                 No read is behind without end: whoever served a stale read caught up
convergence                       When all is quiet and connected, all nodes hold the same
durability                        Nothing that was acknowledged is lost, nothing deleted comes back
conserved-total                   Transfers keep the sum over all accounts
causal-delivery                   No node shows an event before what happened before it
progress                          After the heal, every operation completes and the system comes to rest
availability                      Every operation is answered before its client's patience is over
election-safety                   In each term at most one node leads
leader-append-only                A leader never overwrites or deletes entries of its log
log-matching                      Two logs that agree on an entry agree on all before it
leader-completeness               A committed entry is in the log of every later leader
state-machine-safety              No two nodes apply different commands at one place of the log
ac1-agreement                     All processes that decide about a transaction decide alike
ac2-no-reversal                   A process does not reverse its decision
ac3-validity                      A transaction is committed only if all processes voted yes
ac4-non-triviality                Where nothing fails and all vote yes, the transaction is committed
ac5-termination                   When all failures are repaired and no new ones come, all processes decide
read-uncommitted                  Transactions' writes don't interleave
read-committed                    Only what committed transactions wrote last is read
cursor-stability                  Read committed, and no update is lost
monotonic-atomic-view             After a read from a transaction, all that it wrote is seen
repeatable-read                   No cycle of dependencies between single keys
read-atomic                       A transaction is seen whole or not at all
transactional-causal              Read atomic, and causes are seen before effects
prefix                            All read from prefixes of one order of the transactions
parallel-snapshot-isolation       Causal snapshots, and no update is lost
snapshot-isolation                Reads from a snapshot, and the first to commit wins
serializable                      As if the transactions ran one after the other
strong-session-snapshot-isolation Snapshot isolation, and sessions see their own past
strong-session-serializable       Serializable in an order that respects every session
strong-snapshot-isolation         Snapshot isolation with up-to-date snapshots
strict-serializable               Serializable in an order that respects real time
causal                            Whoever sees a write has seen all that it was written in knowledge of
causal-memory                     Causal, and each session sees all writes in one order of its own
causal-convergence                Causal, and writes that don't depend on each other are ordered alike for all
pram                              Each session sees every other session's writes in the order in which they were made
consistent-prefix                 An operation that reads several keys sees a prefix of the sequence of all writes
regular                           A read returns the latest write of its key, or one that is going on meanwhile
safe                              A read that overlaps no write of its key returns the latest one
two-atomic                        One order for all, in which a read returns one of the last two writes
read-your-writes-by-inclusion     Each read saw all that its session had written
monotonic-reads-by-inclusion      Each read saw all that its session's earlier reads had seen
monotonic-writes-by-inclusion     Whoever saw a write saw all that its session had written before it
writes-follow-reads-by-inclusion  Whoever saw a write saw all that its session had read before it
$ orrery properties read-your-writes
----
read-your-writes: A session's reads see its own earlier writes, or later ones

Someone who saves a page and loads it again sees what was saved. Violated where a session's write
was acknowledged and a later read of the session, of the same key, returned something older. Writes
whose outcome the session does not know promise nothing.

The reading is by one version order of each key: the true order where the run knows it, else any
order that could explain what the clients saw.

Is implied by
  causal-convergence          where the order of writes is not known

In a partition
  A client can be served as long as it stays with the replica that knows its past: it is sticky available.
$ orrery figures
----
latency                How long operations took
throughput             Operations that completed, a second of the workload
count                  How many operations there were
share                  A node's share of the operations that were served
success                Share of operations that succeeded
failed                 Share of operations that failed
unknown                Share of operations whose outcome the client does not know
stale                  Share of reads that were out of date
staleness              How long what a read returned had been out of date when the read began
staleness-versions     How many versions behind a read was
fresh                  Share of reads that saw the newest write, begun at least so long after it
visibility             How long after its acknowledgement a write was still missed by some read
lag                    How long after a write took its place a node came to hold it
convergence-time       How long after the last write all nodes held the same
k-atomicity            Of how many latest writes a read returned one: 1, 2, or 3 for more
delta-atomicity        By how much earlier reads must have begun for the history to be linearizable
lost-updates           How many acknowledged writes were lost to a concurrent one
in-doubt               How long a process that voted yes did not know the decision
blocking               How long a process that voted yes was blocked
$ orrery figures latency
----
latency: How long operations took

From when an operation was due until its client was answered `ok`. An operation that had to wait
because its session was busy has waited all the same: a load that arrives by itself does not slow
down for a slow system.

Name
  latency[.OPERATION][.NODE].STATISTIC

Statistics
  mean
  min
  p50
  p90
  p95
  p99
  p999
  max
$ orrery distributions
----
constant               DURATION
uniform                uniform(DURATION..DURATION)
exponential            exponential(mean DURATION)
normal                 normal(mean DURATION sd DURATION)
lognormal              lognormal(median DURATION p99 DURATION)
pareto                 pareto(scale DURATION shape NUMBER)
weibull                weibull(scale DURATION shape NUMBER)
gamma                  gamma(shape NUMBER scale DURATION)
empirical              empirical(FILE)
mixture                mixture(SHARE DISTRIBUTION + SHARE DISTRIBUTION …)
$ orrery distributions uniform
----
uniform: uniform(DURATION..DURATION)

Every nanosecond from the first to the second, both included, is equally likely.

Example
  uniform(1s..4s)

# What there is not.
$ orrery models paxos
----
orrery: there is no model 'paxos'; 'orrery models' lists them
[exit 64]
$ orrery objects regster
----
orrery: there is no object 'regster'; did you mean 'register'?
[exit 64]
$ orrery faults crahs
----
orrery: there is no fault 'crahs'; did you mean 'crash'?
[exit 64]
$ orrery properties linearisable
----
orrery: there is no property 'linearisable'; did you mean 'linearizable'?
[exit 64]
$ orrery figures latencey
----
orrery: there is no figure 'latencey'; did you mean 'latency'?
[exit 64]
$ orrery distributions lognorml
----
orrery: there is no distribution 'lognorml'; did you mean 'lognormal'?
[exit 64]
$ orrery faults --jsn
----
orrery: there is no option '--jsn'; did you mean '--json'?
[exit 64]

# The same for programs.
$ orrery faults --json pause
----
[
  {
    "name" : "pause",
    "summary" : "Stops a node's processor for a while",
    "doc" : "The node handles nothing; what arrives and what its timers and disk have to say waits until it goes on. Its disk works on. Its effects are the events that waited.",
    "settings" : [
      {
        "name" : "node",
        "type" : "node",
        "default" : null,
        "required" : true,
        "doc" : "which node"
      }
    ]
  }
]
$ orrery distributions --json uniform
----
[
  {
    "name" : "uniform",
    "summary" : "uniform(DURATION..DURATION)",
    "doc" : "Every nanosecond from the first to the second, both included, is equally likely.",
    "settings" : [],
    "examples" : [
      {
        "name" : "uniform(1s..4s)"
      }
    ]
  }
]
$ orrery figures --json share
----
[
  {
    "name" : "share",
    "summary" : "A node's share of the operations that were served",
    "doc" : "Of those answered `ok` whose server is known. `share.read.primary` is the share of reads that the primary served.",
    "settings" : [],
    "names" : [
      {
        "name" : "share[.OPERATION][.NODE]"
      }
    ]
  }
]
$ for command in models objects faults properties figures distributions; do orrery $command --json | head -n 1; done
----
[
[
[
[
[
[
