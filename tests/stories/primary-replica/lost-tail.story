# What `synchronous_commit = off` can lose: what the WAL writer has not flushed yet. It favours whole pages of
# 8 KiB: a look that finds one completed leaves the rest to the next look, so that a write is at risk for two
# wal_writer_delay and the time of one flush. PostgreSQL's manual (§30.4) gives three as the most: there a look
# also stops at the end of the ring of buffers, which is not modelled.
#
# Four sessions write one row after the other; the primary's system crashes at random times. A row that was
# acknowledged and is not there in the end was lost by the first crash after its acknowledgement, which takes
# no time here.
> file lost-tail.yaml
model: primary-replica
options: {replicas: 0, synchronous-commit: off, router: primary-only}
clients: {sessions: 4}
network: {latency: 0s}
disk: {write: 1ms, sync: exponential(mean 5ms)}
duration: 4s
workload:
  think: exponential(mean 8ms)
  mix: {write: 100%}
  keys: {count: 10000, choose: sequential}
faults:
  - {every: exponential(mean 1s), crash: primary, kind: os, for: uniform(0s..300ms)}
expect: {}
> end
> file ages.awk
# Prints how long before the crash that lost it each lost row was acknowledged, in ms.
function field(name) {
  match($0, " " name "=\"?[^\" ]*")
  text = substr($0, RSTART, RLENGTH)
  sub(/^[^=]*="?/, "", text)
  return text
}
/^operations .*outcome="ok"/ { acknowledged[field("id")] = 0 + field("completed") }
/^steps / { row[field("operation")] = field("key") }
/^faults / { crash[++n] = 0 + field("began") }
/^facts .*final=1/ { kept[field("key")] = 1 }
END {
  for (id in acknowledged)
    if (!(row[id] in kept)) {
      for (i = 1; i < n && crash[i] < acknowledged[id]; i++);
      print (crash[i] - acknowledged[id]) / 1e6
    }
}
> end
> file show
# usage: show OPTION…: of 8 runs, how old the oldest is that was lost
for seed in $(seq 8); do
  orrery run lost-tail.yaml --seed $seed "$@" --dump | grep -E "^(operations|steps|faults|facts .*final=1)" | awk -f ages.awk
done |
  awk '{ if ($1 > oldest) oldest = $1 }
       END {
         age = (oldest > 450) ? "more than 450" : (oldest > 250) ? "250 to 450" : (oldest > 150) ? "150 to 250" : "0 to 150"
         print (NR > 0) ? "the oldest that was lost had been acknowledged " age " ms before the crash" : "nothing was lost"
       }'
> end
$ sh show
----
the oldest that was lost had been acknowledged 250 to 450 ms before the crash

# Where each record ends a page, or none is completed between two looks, one delay is the most.
$ sh show --set options.record-bytes=8KiB
----
the oldest that was lost had been acknowledged 150 to 250 ms before the crash
$ sh show --set 'workload.think=exponential(mean 200ms)'
----
the oldest that was lost had been acknowledged 150 to 250 ms before the crash
$ sh show --set options.wal-writer-delay=10ms
----
the oldest that was lost had been acknowledged 0 to 150 ms before the crash

# The other levels lose nothing.
$ sh show --set options.synchronous-commit=local
----
nothing was lost

# What was acknowledged three times wal_writer_delay before the crash is always there.
> file older.yaml
model: primary-replica
options: {replicas: 0, synchronous-commit: off, router: primary-only}
disk: {write: 1ms, sync: 20ms}
workload:
  operations:
    - {id: w1, at: 1s, write: {x: 1}}
faults:
  - {at: 1601ms, crash: primary, kind: os, for: 1s}
expect: {durability: holds}
> end
$ for at in 1000 1033 1066 1100 1133 1166; do orrery run older.yaml --set workload.operations.0.at=${at}ms \
    --set faults.0.at=$((at + 601))ms --quiet |
    grep '^    1 ack'; done
----
    1 acknowledged write was kept
    1 acknowledged write was kept
    1 acknowledged write was kept
    1 acknowledged write was kept
    1 acknowledged write was kept
    1 acknowledged write was kept
$ orrery run older.yaml --set faults.0.at=1100ms --quiet | sed -n '/^Verdicts/,/^$/p'
----
Verdicts
  durability  violated
    s1 wrote x = 1 at 1s (ok at 1.001s on primary), but in the end no node held that, or anything
    built upon it: primary held x = nil
      w1 (s1, 1s): write x 1 at primary
\
