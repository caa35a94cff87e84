# The model's page (models/primary-replica/README.md) is held to what the program does. Its commands run.
> file commands
cd "$ORRERY_SOURCE"
grep -o '`orrery [^`]*`' models/primary-replica/README.md | tr -d '`' | while read -r command; do
  eval "$command" > /dev/null && echo "$command"
done
> end
$ sh commands
----
orrery models primary-replica
orrery run models/primary-replica/two-lags-*.yaml
orrery run models/primary-replica/benchmark-*.yaml

# What it names is there: scenarios, options, bugs, properties.
> file names
cd "$ORRERY_SOURCE/models/primary-replica"
grep -o '`[a-z0-9-]*`' README.md | tr -d '`' | sort -u | while read -r name; do
  test -e "$name.yaml" || orrery models primary-replica | grep -q -e "$name" || orrery properties | grep -q "^$name " ||
    echo "what is $name?"
done
> end
$ sh names
----

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
