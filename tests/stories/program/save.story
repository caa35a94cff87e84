# Where a trace may be saved, and where not.
> file lag.yaml
model: primary-replica
expect: {convergence: holds}
> end
$ orrery run -q lag.yaml --save lag.sqlite > /dev/null; orrery run -q lag.yaml --save lag.sqlite | tail -n 1
----
again: orrery run lag.yaml --seed 1

# A trace may replace a trace, but nothing else.
$ orrery run lag.yaml --save lag.yaml
----
orrery: can't save to 'lag.yaml': what it holds is no trace, and would be lost
[exit 73]
$ orrery run lag.yaml --save /dev/full
----
orrery: can't save to '/dev/full': it is not a regular file
[exit 73]
$ orrery run lag.yaml --save .
----
orrery: can't save to '.': it is not a regular file
[exit 73]
$ cat lag.yaml
----
model: primary-replica
expect: {convergence: holds}

# The report is told even where the trace can't be saved.
$ orrery run -q lag.yaml --save nowhere/lag.sqlite
----
orrery: can't save to 'nowhere/lag.sqlite': No such file or directory
lag.yaml
primary-replica, 0 operations by 1 session in 10s, seed 1

Verdicts
  convergence  holds
    3 nodes held the same of 0 keys in the end

Expected
  convergence  holds  met

ended at 10s: nothing was left to happen; … events; digest …
again: orrery run lag.yaml --seed 1
[exit 73]

# One file holds one trace.
$ orrery run lag.yaml lag.yaml --save lag.sqlite
----
orrery: --save takes one scenario
[exit 64]

# How much is recorded is for the user to say.
$ for level in operations events full; do
  orrery run window-5s --level $level --save $level.sqlite > /dev/null
  echo $level: $(orrery check $level.sqlite --dump | cut -d ' ' -f 1 | uniq)
done
----
operations: run actors sessions operations steps facts
events: run actors sessions events messages operations steps facts
full: run actors sessions events messages operations steps facts
$ orrery run -q lag.yaml --level ful
----
orrery: there is no level 'ful'; did you mean 'full'?
[exit 64]
$ orrery run -q lag.yaml --level everything
----
orrery: there is no level 'everything'; use one of operations, events, full
[exit 64]
$ orrery run -q lag.yaml --record-limit 0
----
orrery: --record-limit takes a whole number from 1, not '0'
[exit 64]

# No room for it: nothing is left behind.
$ ulimit -f 8; orrery run -q lag.yaml --save grown.sqlite >/dev/null; echo $?; ls -A | grep grown
----
orrery: can't save to 'grown.sqlite': …
73
[exit 1]

# A trace stands alone: what its scenario read from a file is in it.
> file measured.yaml
model: primary-replica
network: {latency: empirical(delays.csv)}
workload: {operations: [{write: {x: 1}}]}
sweep: {network.latency: [1ms, empirical(delays.csv)]}
> end
$ printf '3ms\n1ms,4\n2ms\n' > delays.csv; orrery run measured.yaml --save measured.sqlite --dump > before; rm delays.csv
----
$ orrery check measured.sqlite --dump > after; cmp before after; grep -o 'empirical([^)]*)' after | head -n 1
----
empirical(1ms*4 2ms 3ms)
