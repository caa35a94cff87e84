# Generated load.

# Objects.
> file broken.yaml
model: primary-replica
workload: {object: regster}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:20: unknown object 'regster' of primary-replica; did you mean 'register'?
[exit 65]

# A mix that never comes.
> file broken.yaml
model: primary-replica
workload:
  mix: {read: 100%}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:3: a mix, but nothing says when its operations come; add 'arrival: poisson(1000/s)' for an open loop or 'think: exponential(mean 10ms)' for a closed one
[exit 65]

# A rate of nothing.
> file broken.yaml
model: primary-replica
workload: {arrival: poisson(10/s)}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:12: nothing says what operations do; add a mix, such as 'mix: {read: 90%, write: 10%}'
[exit 65]

# Open and closed at once.
> file broken.yaml
model: primary-replica
workload:
  arrival: poisson(10/s)
  think: 1s
  mix: {read: 100%}
> end
$ orrery validate broken.yaml
----
broken.yaml:4:3: 'think' beside 'arrival'; keep 'arrival' for an open loop or 'think' for a closed one
[exit 65]

# Shares that don't add up.
> file broken.yaml
model: primary-replica
workload:
  think: 1s
  mix: {read: 90%, write: 20%}
> end
$ orrery validate broken.yaml
----
broken.yaml:4:8: the shares of the mix add up to 110%; they must add up to 100%
[exit 65]

# Steps of another object.
> file broken.yaml
model: primary-replica
workload:
  think: 1s
  mix: {read: 50%, append: 50%}
> end
$ orrery validate broken.yaml
----
broken.yaml:4:20: unknown step 'append' of register; list-append has it: write 'object: list-append' under 'workload'
[exit 65]

# Templates.
> file broken.yaml
model: primary-replica
workload:
  think: 1s
  mix:
    - {share: 50%}
    - {read: 1}
    - {share: 50%, read: 1, wrte: 1}
> end
$ orrery validate broken.yaml
----
broken.yaml:5:7: an operation has from 1 to 1000 steps, not 0; say how many of each, as in {share: 10%, read: 2, write: 1}
broken.yaml:6:7: a template of the mix has no 'share'; add 'share': a share, like 0.01% or 50ppm
broken.yaml:7:29: unknown key 'wrte'; did you mean 'write'?
[exit 65]

# Arrivals.
> file broken.yaml
model: primary-replica
workload: {arrival: 1000/s, mix: {read: 100%}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:21: arrival: '1000/s' is no way to arrive; write poisson(RATE) or constant(RATE), like poisson(1000/s)
[exit 65]

# Rates without a time.
> file broken.yaml
model: primary-replica
workload: {arrival: poisson(1000), mix: {read: 100%}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:21: arrival: '1000' is not a rate; write how many, a slash and ns, us, ms, s, min, h or d, like 1000/s or 5/min
[exit 65]

# Keys.
> file broken.yaml
model: primary-replica
workload: {keys: {count: 0, choose: zipfian}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:26: count: '0' is too small; the least is 1
broken.yaml:2:37: choose: 'zipfian' is no way to choose keys; write uniform, sequential or zipf(EXPONENT), like zipf(0.99)
[exit 65]
