# What may vary.

# Paths that lead nowhere.
> file broken.yaml
model: primary-replica
sweep:
  options.router.windw: [1s]
  optons.replicas: [1]
> end
$ orrery validate broken.yaml
----
broken.yaml:3:3: options.router.windw: unknown key 'windw'; did you mean 'window'?
broken.yaml:4:3: optons.replicas: unknown key 'optons'; did you mean 'options'?
[exit 65]

# Values that can't be.
> file broken.yaml
model: primary-replica
sweep: {options.replicas: [1, 1001, two]}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:31: options.replicas can't be 1001: replicas: '1001' is too large; the most is 1000
broken.yaml:2:37: options.replicas can't be two: replicas: 'two' is not a whole number; write a whole number from 0, like 3
[exit 65]

# Values that don't go with the rest.
> file broken.yaml
model: primary-replica
options: {router: lsn}
fuzz: {options.router.window: [1s]}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:8: options.router.window: 'window' has no meaning with policy 'lsn'; it belongs to policy time-window
[exit 65]

# Not even a list.
> file broken.yaml
model: primary-replica
sweep: {options.replicas: []}
fuzz: {options.replicas: 3}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:27: 'options.replicas' may take from 1 to 1000 values, not 0; list them, as in [1s, 5s]
broken.yaml:3:26: options.replicas must be a list, not a single value; write [a, b], or a '- ' before each on a line of its own
[exit 65]

# Itself.
> file broken.yaml
model: primary-replica
sweep: {sweep.seed: [1]}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: 'sweep.seed' can't vary; name a value of another part
[exit 65]

# Faults to explore.
> file broken.yaml
model: primary-replica
fuzz: {faults: [crash, partition-majorty]}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:24: unknown fault 'partition-majorty'; did you mean 'partition-majority'?
[exit 65]
