# A read-your-writes token must be the position up to which the primary has inserted (pg_current_wal_insert_lsn), not the one up to which it has written: after a commit with
# `off` its record is in memory alone. The router's token is the insert position, so the replica, which gets flushed log only, is found to be behind until the WAL
# writer has been there.
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
$ orrery run token.yaml --dump | sed -n 's/.*"routed".*\("to.*"\)}.*/\1/p'
----
"to\":\"primary\",\"why\":\"lagging\"
"to\":\"primary\",\"why\":\"lagging\"
"to\":\"replica1\",\"why\":\"caught-up\"
$ orrery run token.yaml | grep -E '^  [wr][0-9] '
----
  w1 (s1, 1.01s): write x 1 at primary
  r1 (s1, 1.012s): read x → 1 at primary
  r2 (s1, 1.15s): read x → 1 at primary
  r3 (s1, 1.25s): read x → 1 at replica1

# The token is the position behind the commit's record: the log starts at 0/1000000, and each record here has 128 bytes.
$ orrery run token.yaml --dump | grep -o 'type="result".*lsn..:..[0-9A-F/]*' | sed 's/.*\(".*serial\|request\)/\1/; s/\\//g; s/.*lsn":"//'
----
0/1000080
0/1000080
0/1000080
