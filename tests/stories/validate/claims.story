# Pins, claims, variations: every way to get them wrong.

# Pins that are none.
> file broken.yaml
model: primary-replica
pins:
  - 5
  - {}
  - [message]
  - {latency: 5ms}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:5: a pin must be a map, not a single value; write {name: value}, or a 'name: value' on each line
broken.yaml:4:5: a pin of nothing; use one of message, timer, draw, disk, write, sync, service, request, reply, stream, release, as in {message: NAME, drop: true}
broken.yaml:5:5: a pin must be a map, not a list; write {name: value}, or a 'name: value' on each line
broken.yaml:6:5: a pin of nothing; use one of message, timer, draw, disk, write, sync, service, request, reply, stream, release, as in {message: NAME, drop: true}
[exit 65]

# Messages.
> file broken.yaml
model: primary-replica
pins:
  - {message: [wal], drop: true}
  - {message: walll, drop: true}
  - {message: wal}
  - {message: wal, latency: x}
  - {message: wal, latency: -5ms}
  - {message: wal, drop: perhaps}
  - {message: wal, from: nobody, drop: true}
  - {message: wal, nth: x, drop: true}
  - {message: wal, nth: 0, drop: true}
  - {message: wal, node: primary, drop: true}
  - {message: wal, where: {frist: 1}, drop: true}
  - {message: wal, where: [first], drop: true}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:15: message must be a single value, not a list; write one word or value behind the ':'
broken.yaml:4:15: unknown message 'walll' of primary-replica; use one of query, result, position-query, position, cancel, start-streaming, streaming, wal, end-of-streaming, standby-status
broken.yaml:5:5: the pin says nothing about the message; add 'latency: DURATION' or 'drop: true'
broken.yaml:6:29: latency: 'x' is not a duration; write a number with its unit, like 200ms
broken.yaml:7:29: latency: '-5ms' is too small; the least is 0s
broken.yaml:8:26: drop: 'perhaps' is neither true nor false; write true or false
broken.yaml:9:26: from: 'nobody' is no node of this scenario; use one of primary, replica1, replica2, client1
broken.yaml:10:25: nth: 'x' is not a whole number; write a whole number from 0, like 3
broken.yaml:11:25: nth: '0' is too small; the least is 1
broken.yaml:12:20: unknown key 'node'; use one of from, to, nth, latency, drop, duplicate, message, where
broken.yaml:13:28: unknown field 'frist' of wal; did you mean 'first'?
broken.yaml:14:27: where must be a map, not a list; write {name: value}, or a 'name: value' on each line
[exit 65]

# Timers, draws, disks.
> file broken.yaml
model: primary-replica
pins:
  - {timer: heartbeat, after: 5ms}
  - {timer: patience, after: x}
  - {timer: patience, fires: 5ms}
  - {draw: luck, value: 5ms}
  - {draw: apply-delay}
  - {draw: apply-delay, value: 5}
  - {draw: apply-delay, node: nobody, value: 5ms}
  - {disk: nobody, kept: 1}
  - {disk: primary, kept: all}
  - {disk: primary, crash: 0, kept: 1}
  - {disk: primary, kept: 1, nth: 2}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:13: unknown timer 'heartbeat' of primary-replica; use one of wal-writer, bulk, standby-silent, standbys-missing, replay, retry, status, patience
broken.yaml:4:30: after: 'x' is not a duration; write a number with its unit, like 200ms
broken.yaml:5:5: a pin has no 'after'; add 'after': a duration with its unit, like 5s or 200ms
broken.yaml:5:23: unknown key 'fires'; use one of node, nth, after, timer, where
broken.yaml:6:12: unknown draw 'luck' of primary-replica; use one of apply-delay, replica, system-identifier
broken.yaml:7:5: the pin says neither 'value' nor 'index'; say what is to come of it
broken.yaml:8:32: value: '5' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms
broken.yaml:9:31: node: 'nobody' is no node of this scenario; use one of primary, replica1, replica2, client1
broken.yaml:10:12: disk: 'nobody' is no node of this scenario; use one of primary, replica1, replica2, client1
broken.yaml:11:27: kept: 'all' is not a whole number; write a whole number from 0, like 3
broken.yaml:12:28: crash: '0' is too small; the least is 1
broken.yaml:13:30: unknown key 'nth'; use one of crash, torn, fates, actor, disk, kept
[exit 65]

# Pins that are a map.
> file broken.yaml
model: primary-replica
pins: {message: wal, drop: true}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:7: pins must be a list, not a map; write [a, b], or a '- ' before each on a line of its own
[exit 65]

# Properties.
> file broken.yaml
model: primary-replica
expect:
  read-your-writes: true
  monotonic-reads: [holds]
  convergence: 
  durability: Holds
  linearisability: holds
> end
$ orrery validate broken.yaml
----
broken.yaml:3:21: 'read-your-writes' is a property; it can't be 'true'; use one of holds, violated, unknown
broken.yaml:4:20: monotonic-reads must be a single value, not a list; write one word or value behind the ':'
broken.yaml:5:15: 'convergence' is a property; it can't be ''; use one of holds, violated, unknown
broken.yaml:6:15: 'durability' is a property; it can't be 'Holds'; did you mean 'holds'?
broken.yaml:7:3: unknown property or figure 'linearisability'; did you mean 'linearizable'?
[exit 65]

# Figures.
> file broken.yaml
model: primary-replica
expect:
  latency.p99: 5ms
  latency.p50: under 5ms
  latency.p90: below
  latency.max: below 5
  latency.min: below x
  latency.mean: {below: 5ms}
  success: at least 99
  failed: at last 99%
  throughput: above 5%
  count: above many
  count.read: above 1.5x
> end
$ orrery validate broken.yaml
----
broken.yaml:3:16: 'latency.p99' is a figure; it can't be '5ms'; write above, below, at least, at most or exactly and a value, as in 'below 5ms'
broken.yaml:4:16: 'latency.p50' is a figure; it can't be 'under 5ms'; write above, below, at least, at most or exactly and a value, as in 'below 5ms'
broken.yaml:5:16: 'latency.p90' is a figure; it can't be 'below'; write above, below, at least, at most or exactly and a value, as in 'below 5ms'
broken.yaml:6:16: latency.max: '5' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms
broken.yaml:7:16: latency.min: 'x' is not a duration; write a number with its unit, like 200ms
broken.yaml:8:17: latency.mean must be a single value, not a map; write one word or value behind the ':'
broken.yaml:9:12: success: '99' has no unit; write ppb, ppm or % right behind the number, as in 0.01%
broken.yaml:10:11: 'failed' is a figure; it can't be 'at last 99%'; write above, below, at least, at most or exactly and a value, as in 'at least 99.9%'
broken.yaml:11:15: throughput: '5%' has no unit; write /s right behind the number, as in 10/s
broken.yaml:12:10: count: 'many' is not a number; write a value, as in 'at most 10'
broken.yaml:13:15: count.read: '1.5x' is not a number; write a value, as in 'at most 10'
[exit 65]

# Names of figures.
> file broken.yaml
model: primary-replica
expect:
  latency: below 5ms
  latency.: below 5ms
  latency.p99.read: below 5ms
  latency.append.p99: below 5ms
  latency.read.write.p99: below 5ms
  share.p99: above 5%
  share.read.client9: above 5%
  latency.read.primary.replica1.p99: below 5ms
  .p99: below 5ms
> end
$ orrery validate broken.yaml
----
broken.yaml:3:3: 'latency' is a sample of many values; end it with one of mean, min, p50, p90, p95, p99, p999, max, as in latency.mean
broken.yaml:4:3: unknown part '' of latency; `orrery figures` says which it has
broken.yaml:5:3: 'read' of latency.p99.read is in the wrong place; write first the operation, then the node, then the statistic
broken.yaml:6:3: unknown part 'append' of latency; `orrery figures` says which it has
broken.yaml:7:3: unknown part 'write' of latency; use one of primary, replica1, replica2, client1, mean, min, p50, p90, p95, p99, p999, max
broken.yaml:8:3: unknown part 'p99' of share; use one of read, write, cas, bulk-write, transaction, primary, replica1, replica2, client1
broken.yaml:9:3: unknown part 'client9' of share; did you mean 'client1'?
broken.yaml:10:3: unknown part 'replica1' of latency; use one of mean, min, p50, p90, p95, p99, p999, max
broken.yaml:11:3: unknown property or figure '.p99'; `orrery properties` and `orrery figures` list them
[exit 65]

# Claims that are a list.
> file broken.yaml
model: primary-replica
expect: [holds]
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: expect must be a map, not a list; write {name: value}, or a 'name: value' on each line
[exit 65]

# Lists of bounds.
> file broken.yaml
model: primary-replica
expect: {latency.p99: [below 5ms, over 1ms, [above 1ms]], success: []}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:35: 'latency.p99' is a figure; it can't be 'over 1ms'; write above, below, at least, at most or exactly and a value, as in 'below 5ms'
broken.yaml:2:45: latency.p99 must be a single value, not a list; write one word or value behind the ':'
broken.yaml:2:68: 'success' has no bound; write one, as in [above 1ms, below 5ms]
[exit 65]

# What may be explored.
> file broken.yaml
model: primary-replica
fuzz: [crash]
> end
$ orrery validate broken.yaml
----
broken.yaml:2:7: fuzz must be a map, not a list; write {name: value}, or a 'name: value' on each line
[exit 65]

# Faults to explore.
> file broken.yaml
model: primary-replica
fuzz: {faults: crash}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:16: faults must be a list, not a single value; write [a, b], or a '- ' before each on a line of its own
[exit 65]

# Faults that there are not.
> file broken.yaml
model: primary-replica
fuzz: {faults: [crsh, lossy, [crash], 5]}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:17: unknown fault 'crsh'; did you mean 'crash'?
broken.yaml:2:23: unknown fault 'lossy'; `orrery faults` lists them
broken.yaml:2:30: a fault to explore must be a single value, not a list; write one word or value behind the ':'
broken.yaml:2:39: unknown fault '5'; `orrery faults` lists them
[exit 65]

# Values that are no list.
> file broken.yaml
model: primary-replica
fuzz: {options.replicas: 3}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:26: options.replicas must be a list, not a single value; write [a, b], or a '- ' before each on a line of its own
[exit 65]

# No values.
> file broken.yaml
model: primary-replica
sweep: {options.replicas: []}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:27: 'options.replicas' may take from 1 to 1000 values, not 0; list them, as in [1s, 5s]
[exit 65]

# Paths that lead nowhere.
> file broken.yaml
model: primary-replica
sweep: {options.replica: [1], option.replicas: [1], faults.3.at: [1s], model.name.x: [a], "": [1], a..b: [1]}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: options.replica: unknown key 'replica'; did you mean 'replicas'?
broken.yaml:2:31: option.replicas: unknown key 'option'; did you mean 'options'?
broken.yaml:2:53: faults.3.at: faults must be a list, not a map; write [a, b], or a '- ' before each on a line of its own
broken.yaml:2:72: model.name.x: 'model.name' is a single value and has no parts; set it as a whole
broken.yaml:2:91: : the path has an empty part; write it like options.router.window
broken.yaml:2:100: a..b: the path has an empty part; write it like options.router.window
[exit 65]

# Values that can't be.
> file broken.yaml
model: primary-replica
sweep: {seed: [1, -1, x], options.synchronous-commit: [on, of], network.loss: [5, 5%]}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:19: seed can't be -1: seed: '-1' is not a whole number from 0; write a whole number from 0, like 42
broken.yaml:2:23: seed can't be x: seed: 'x' is not a whole number from 0; write a whole number from 0, like 42
broken.yaml:2:60: options.synchronous-commit can't be of: synchronous-commit: 'of' is none of off, local, remote_write, on, remote_apply; did you mean 'off'?
broken.yaml:2:80: network.loss can't be 5: loss: '5' has no unit; write ppb, ppm or % right behind the number, as in 0.01%
[exit 65]

# Exploring exploration.
> file broken.yaml
model: primary-replica
sweep: {fuzz.faults: [[crash]], sweep.seed: [1]}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: 'fuzz.faults' can't vary; name a value of another part
broken.yaml:2:33: 'sweep.seed' can't vary; name a value of another part
[exit 65]

# A grid beyond all bounds.
> file broken.yaml
model: primary-replica
sweep:
  seed: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100]
  settle: [1s, 2s, 3s, 4s, 5s, 6s, 7s, 8s, 9s, 10s, 11s, 12s, 13s, 14s, 15s, 16s, 17s, 18s, 19s, 20s, 21s, 22s, 23s, 24s, 25s, 26s, 27s, 28s, 29s, 30s, 31s, 32s, 33s, 34s, 35s, 36s, 37s, 38s, 39s, 40s, 41s, 42s, 43s, 44s, 45s, 46s, 47s, 48s, 49s, 50s, 51s, 52s, 53s, 54s, 55s, 56s, 57s, 58s, 59s, 60s, 61s, 62s, 63s, 64s, 65s, 66s, 67s, 68s, 69s, 70s, 71s, 72s, 73s, 74s, 75s, 76s, 77s, 78s, 79s, 80s, 81s, 82s, 83s, 84s, 85s, 86s, 87s, 88s, 89s, 90s, 91s, 92s, 93s, 94s, 95s, 96s, 97s, 98s, 99s, 100s]
  duration: [1s, 2s, 3s, 4s, 5s, 6s, 7s, 8s, 9s, 10s, 11s, 12s, 13s, 14s, 15s, 16s, 17s, 18s, 19s, 20s, 21s, 22s, 23s, 24s, 25s, 26s, 27s, 28s, 29s, 30s, 31s, 32s, 33s, 34s, 35s, 36s, 37s, 38s, 39s, 40s, 41s, 42s, 43s, 44s, 45s, 46s, 47s, 48s, 49s, 50s, 51s, 52s, 53s, 54s, 55s, 56s, 57s, 58s, 59s, 60s, 61s, 62s, 63s, 64s, 65s, 66s, 67s, 68s, 69s, 70s, 71s, 72s, 73s, 74s, 75s, 76s, 77s, 78s, 79s, 80s, 81s, 82s, 83s, 84s, 85s, 86s, 87s, 88s, 89s, 90s, 91s, 92s, 93s, 94s, 95s, 96s, 97s, 98s, 99s, 100s]
> end
$ orrery validate broken.yaml
----
broken.yaml:3:3: the grid has more than 1000000 points; list fewer values
[exit 65]
