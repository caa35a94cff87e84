# A read-your-writes token must be the position up to which the primary has inserted
# (pg_current_wal_insert_lsn), not the one up to which it has written (pg_current_wal_lsn): after a commit
# with `off` its record is in memory alone. The router's token is the insert position, so that the replica,
# which gets flushed log only, counts as behind until the WAL writer has been there, at 1.2 s.
> file token.yaml
model: primary-replica
options: {replicas: 1, synchronous-commit: off, router: lsn}
network: {latency: 1ms}
workload:
  operations:
    - {id: w1, at: 1010ms, write: {x: 1}}
    - {id: r1, after: w1, read: x}
    - {id: r2, at: 1150ms, read: x}
    - {id: r3, at: 1250ms, read: x}
> end
$ orrery run token.yaml | grep -E '^  [wr][0-9] '
----
  w1 (s1, 1.01s): write x 1 at primary
  r1 (s1, 1.012s): read x → 1 at primary
  r2 (s1, 1.15s): read x → 1 at primary
  r3 (s1, 1.25s): read x → 1 at replica1

# Each read says where it went and why; and the token is the position behind the commit's record: here the log
# starts at 0/1000000, and a record has 128 bytes.
$ orrery run token.yaml --dump | tr -d '\\' | sed -n 's/.*fact="routed".*"to":\(".*"\),"why":\(".*"\)}.*/\1 \2/p'
----
"primary" "lagging"
"primary" "lagging"
"replica1" "caught-up"
$ orrery run token.yaml --dump | tr -d '\\' | sed -n 's/.*type="position-query".*"wanted":\("[^"]*"\).*/\1/p' |
    sort -u
----
"0/1000080"

# Positions are numbers. As texts 0/9000000 comes after 0/10000000, and a replica that stands before the line
# is taken for one that has crossed it.
> file digit.yaml
model: {name: primary-replica, bugs: []}
options: {replicas: 1, wal-start: 0/FFFFF80, apply-delay: 1s, router: lsn}
workload:
  operations:
    - {id: w1, at: 1s, write: {x: 1}}
    - {id: r1, after: w1, read: x}
> end
$ for bugs in '[]' '[lsn-compared-as-text]'; do orrery run digit.yaml --set model.bugs="$bugs" | grep '^  r1'; done
----
  r1 (s1, 1.001s): read x → 1 at primary
  r1 (s1, 1.001s): read x → nil at replica1

# It takes a line where the text grows by a digit: elsewhere both orders agree.
> file show
for start; do
  echo "$start: $(orrery run digit.yaml --set model.bugs='[lsn-compared-as-text]' --set options.wal-start=$start | grep '^  r1' | sed 's/.*→ //')"
done
> end
$ sh show 0/1000000 0/8FFFFF80 0/FFFFF80 0/FFFFFF80 9/FFFFFF80 F/FFFFFF80
----
0/1000000: 1 at primary
0/8FFFFF80: 1 at primary
0/FFFFF80: nil at replica1
0/FFFFFF80: 1 at primary
9/FFFFFF80: 1 at primary
F/FFFFFF80: nil at replica1

# What is no position is refused.
$ orrery validate digit.yaml --set options.wal-start=0/0 --set options.record-bytes=0 2>&1
----
--set options.wal-start: wal-start: 0/0 stands for no position; write a log position as PostgreSQL prints it, two hexadecimal halves, like 0/3000060
--set options.record-bytes: record-bytes: '0' is too small; the least is 1B
[exit 65]
$ orrery validate digit.yaml --set options.wal-start=FFFFFFFF/0 2>&1
----
--set options.wal-start: a log that starts there soon comes to the end of all positions; start below 80000000/0
[exit 65]
