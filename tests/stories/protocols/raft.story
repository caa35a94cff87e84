# The five properties of Raft's figure 3, each kept and each broken, by nodes that say what they are told to say: a line is who says what, a second
# after the line before.
> file tell
{ echo 'model: spokesman'
  echo 'clients: {names: [a]}'
  echo 'network: {latency: 0ms}'
  echo "expect: {$2: $3}"
  echo 'workload:'
  echo '  operations:'
  awk 'NF { node = $1; say = $2; $1 = $2 = ""
            printf "    - {at: %ds, session: a, to: %s, read: x, say: %s,%s}\n", ++n, node, say, $0 }' "$1"
} > told.yaml
orrery run told.yaml -q --plugin "$ORRERY_PLUGINS/spokesman.so" > told.txt || echo "status $?"
sed -n '/^Verdicts/,/^Expected/p' told.txt | sed '/^$/,$d'
> end

# One leader a term: two leaders in two terms are as they should be, two in one are not.
> file leaders
north leads term: 1
south leads term: 2
> end
$ sh tell leaders election-safety holds
----
Verdicts
  election-safety  holds
    in 2 facts, `leads` with the same term is said by one node alone
> file leaders
north leads term: 1
south leads term: 1
> end
$ sh tell leaders election-safety violated
----
Verdicts
  election-safety  violated
    north said "leads term=1" at 1s, and south said "leads term=1" at 2s; but `leads` with the same
    term is said by one node alone
      north (1s): leads term=1
      south (2s): leads term=1

# A leader adds to the end of its log; one that goes back has overwritten what stood there.
> file log
north leads term: 1
north appended term: 1, index: 1, command: 7
north appended term: 1, index: 2, previous: 1, command: 8
> end
$ sh tell log leader-append-only holds
----
Verdicts
  leader-append-only  holds
    in 2 facts, no `appended` with the same node and term is smaller than one that the node said
    before, by index
> file log
north leads term: 1
north appended term: 1, index: 1, command: 7
north appended term: 1, index: 2, previous: 1, command: 8
north appended term: 1, index: 1, command: 9
> end
$ sh tell log leader-append-only violated
----
Verdicts
  leader-append-only  violated
    north said "appended term=1 index=2 previous=1 command=8" at 3s, and north said "appended term=1
    index=1 previous=0 command=9" at 4s; but no `appended` with the same node and term is smaller
    than one that the node said before, by index
      north (3s): appended term=1 index=2 previous=1 command=8
      north (4s): appended term=1 index=1 previous=0 command=9

# Two logs that have an entry of one term at one place: the same there, and the same before it.
> file logs
north appended term: 1, index: 1, command: 7
south appended term: 1, index: 1, command: 7
north appended term: 2, index: 2, previous: 1, command: 8
south appended term: 2, index: 2, previous: 1, command: 8
> end
$ sh tell logs log-matching holds
----
Verdicts
  log-matching  holds
    in 4 facts, `appended` with the same term and index says the same command and previous
> file logs
north appended term: 1, index: 2, previous: 0, command: 7
north appended term: 3, index: 3, previous: 1, command: 8
south appended term: 2, index: 2, previous: 0, command: 9
south appended term: 3, index: 3, previous: 2, command: 8
> end
$ sh tell logs log-matching violated
----
Verdicts
  log-matching  violated
    north said "appended term=3 index=3 previous=1 command=8" at 2s, and south said "appended term=3
    index=3 previous=2 command=8" at 4s; but `appended` with the same term and index says the same
    command and previous
      north (2s): appended term=3 index=3 previous=1 command=8
      south (4s): appended term=3 index=3 previous=2 command=8

# What was committed in term 1 is in the log of whoever leads in term 2. South may lead: it has the entry. West may not.
> file elections
north leads term: 1
north appended term: 1, index: 1, command: 7
south appended term: 1, index: 1, command: 7
north committed term: 1, index: 1, command: 7
south leads term: 2
> end
$ sh tell elections leader-completeness holds
----
Verdicts
  leader-completeness  holds
    in 1 fact, `leads` is said only by a node that holds, by its `appended`, the index and command
    of each `committed` with a smaller term
> file elections
north leads term: 1
north appended term: 1, index: 1, command: 7
south appended term: 1, index: 1, command: 7
north committed term: 1, index: 1, command: 7
west leads term: 2
> end
$ sh tell elections leader-completeness violated
----
Verdicts
  leader-completeness  violated
    north said "committed term=1 index=1 previous=0 command=7" at 4s, and west said "leads term=2"
    at 5s; but `leads` is said only by a node that holds, by its `appended`, the index and command
    of each `committed` with a smaller term
      north (4s): committed term=1 index=1 previous=0 command=7
      west (5s): leads term=2
# Nor one that had it and cut it off: it says something of that place again.
> file elections
north leads term: 1
north appended term: 1, index: 1, command: 7
south appended term: 1, index: 1, command: 7
north committed term: 1, index: 1, command: 7
south appended term: 2, index: 1, command: 9
south leads term: 3
> end
$ sh tell elections leader-completeness violated
----
Verdicts
  leader-completeness  violated
    north said "committed term=1 index=1 previous=0 command=7" at 4s, and south said "leads term=3"
    at 6s; but `leads` is said only by a node that holds, by its `appended`, the index and command
    of each `committed` with a smaller term
      north (4s): committed term=1 index=1 previous=0 command=7
      south (6s): leads term=3

# One command at each place.
> file machines
north executed index: 1, command: 7
south executed index: 1, command: 7
south executed index: 2, command: 8
> end
$ sh tell machines state-machine-safety holds
----
Verdicts
  state-machine-safety  holds
    in 3 facts, `executed` with the same index says the same command
> file machines
north executed index: 1, command: 7
south executed index: 1, command: 7
north executed index: 2, command: 9
south executed index: 2, command: 8
> end
$ sh tell machines state-machine-safety violated
----
Verdicts
  state-machine-safety  violated
    north said "executed term=0 index=2 previous=0 command=9" at 3s, and south said "executed term=0
    index=2 previous=0 command=8" at 4s; but `executed` with the same index says the same command
      north (3s): executed term=0 index=2 previous=0 command=9
      south (4s): executed term=0 index=2 previous=0 command=8
