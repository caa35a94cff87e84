# What the file claims.

# Names.
> file broken.yaml
model: primary-replica
expect:
  read-your-write: holds
  latncy.p99: below 5ms
> end
$ orrery validate broken.yaml
----
broken.yaml:3:3: unknown property or figure 'read-your-write'; did you mean 'read-your-writes'?
broken.yaml:4:3: unknown property or figure 'latncy.p99'; `orrery properties` and `orrery figures` list them
[exit 65]

# Verdicts.
> file broken.yaml
model: primary-replica
expect:
  read-your-writes: hold
  monotonic-reads: above 5%
> end
$ orrery validate broken.yaml
----
broken.yaml:3:21: 'read-your-writes' is a property; it can't be 'hold'; did you mean 'holds'?
broken.yaml:4:20: 'monotonic-reads' is a property; it can't be 'above 5%'; use one of holds, violated, unknown
[exit 65]

# Figures.
> file broken.yaml
model: primary-replica
expect:
  success: holds
  latency.p99: below 5
  throughput: above 100
  share.read.primary: over 50%
> end
$ orrery validate broken.yaml
----
broken.yaml:3:12: 'success' is a figure; it can't be 'holds'; write above, below, at least, at most or exactly and a value, as in 'at least 99.9%'
broken.yaml:4:16: latency.p99: '5' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms
broken.yaml:5:15: throughput: '100' has no unit; write /s right behind the number, as in 10/s
broken.yaml:6:23: 'share.read.primary' is a figure; it can't be 'over 50%'; write above, below, at least, at most or exactly and a value, as in 'at least 99.9%'
[exit 65]

# Parts of their names.
> file broken.yaml
model: primary-replica
expect:
  latency.read.p98: below 5ms
  latency.reed.p99: below 5ms
  share.read.replica3: above 50%
  success.p99: above 5%
> end
$ orrery validate broken.yaml
----
broken.yaml:3:3: unknown part 'p98' of latency; did you mean 'p90'?
broken.yaml:4:3: unknown part 'reed' of latency; did you mean 'read'?
broken.yaml:5:3: unknown part 'replica3' of share; did you mean 'replica1'?
broken.yaml:6:3: unknown part 'p99' of success; use one of read, write, cas, bulk-write, transaction
[exit 65]

# A sample has many values.
> file broken.yaml
model: primary-replica
expect: {latency.read: below 5ms}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:10: 'latency.read' is a sample of many values; end it with one of mean, min, p50, p90, p95, p99, p999, max, as in latency.read.mean
[exit 65]

# No bound.
> file broken.yaml
model: primary-replica
expect: {success: []}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:19: 'success' has no bound; write one, as in [above 1ms, below 5ms]
[exit 65]
