# What the model's page (models/primary-replica/README.md) says of its policies is what they do.

# Which policy keeps what.
$ cd "$ORRERY_SOURCE"; for policy in primary-only lsn time-window sticky replica-only random round-robin; do
    orrery run models/primary-replica/two-lags-$policy.yaml -p read-your-writes -p monotonic-reads --json |
      awk -v policy=$policy '/"property"/ { name = $3 } /"verdict"/ { verdict[name] = $3 } /"(share.read.primary|stale.read|latency.read.p50)"/ { figure = $1 }
           /"text"/ && figure { value[figure] = $3; figure = "" }
           END { print policy, verdict["\"read-your-writes\","], verdict["\"monotonic-reads\","], value["\"share.read.primary\""], value["\"stale.read\""], value["\"latency.read.p50\""] }' |
      tr -d '",'
  done
----
primary-only holds holds 100% 0% 1ms
lsn holds violated 67% 13.4% 2ms
time-window violated violated 90.8% 5.6% 1ms
sticky violated holds 0% 70.4% 1ms
replica-only violated holds 0% 44.3% 1ms
random violated violated 0% 69.8% 1ms
round-robin violated violated 0% 69.3% 1ms
