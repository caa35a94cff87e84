# Several scenarios are shown side by side, a row each. What one of them expects is judged in all, so that they compare.
$ orrery run primary-replica/two-lags-lsn primary-replica/two-lags-sticky two-lags-primary-only
----
scenario               as expected  read-your-writes  monotonic-reads  convergence
two-lags-lsn           yes          holds             violated         holds
two-lags-sticky        yes          violated          holds            holds
two-lags-primary-only  yes          holds             holds            holds

scenario               at primary  stale  behind p99  behind max  read p50  read p99  write p50  write p99  success
two-lags-lsn                  67%  13.4%       408ms       591ms       2ms       2ms        1ms        1ms     100%
two-lags-sticky                0%  70.4%       596ms       599ms       1ms       1ms        1ms        1ms     100%
two-lags-primary-only        100%     0%          0s          0s       1ms       1ms        1ms        1ms     100%

at primary: share of reads that the primary served. stale: share of reads that were out of date.
behind: for how long what reads returned had been out of date, 0s where it was not. p50, p99, max:
half of all, 99% of all, all are at most that.

# The table alone.
$ orrery run -q two-lags-lsn two-lags-sticky
----
scenario         as expected  read-your-writes  monotonic-reads  convergence
two-lags-lsn     yes          holds             violated         holds
two-lags-sticky  yes          violated          holds            holds

# Names are as short as they can be while they differ.
> file a/lag.yaml
model: primary-replica
expect: {convergence: holds}
> end
> file b/lag.yaml
model: primary-replica
expect: {convergence: violated}
> end
$ orrery run -q a/lag.yaml b/lag.yaml two-lags-lsn
----
scenario      as expected  read-your-writes  convergence
a/lag.yaml    yes          holds             holds
b/lag.yaml    NO           holds             holds
two-lags-lsn  yes          holds             holds
not as expected: orrery run b/lag.yaml --seed 1
[exit 1]

# No line is longer than 120 columns, however much is asked.
$ orrery run --all-properties two-lags-lsn two-lags-sticky two-lags-round-robin | awk 'length > 120'
----
