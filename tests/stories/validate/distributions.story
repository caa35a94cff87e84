# How long, when it varies: distributions.

# Of no family.
> file broken.yaml
model: primary-replica
network:
  latency: gauss(mean 1ms sd 1ms)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:12: latency: unknown distribution 'gauss'; there are durations like 200ms, and uniform, exponential, normal, lognormal, pareto, weibull, gamma, empirical and mixture
[exit 65]

# Nearly a family.
> file broken.yaml
model: primary-replica
network:
  latency: expnential(mean 5ms)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:12: latency: unknown distribution 'expnential'; did you mean 'exponential'?
[exit 65]

# Without arguments.
> file broken.yaml
model: primary-replica
network:
  latency: exponential
> end
$ orrery validate broken.yaml
----
broken.yaml:3:12: latency: exponential needs its arguments in parentheses, as in exponential(mean 10ms)
[exit 65]

# With empty brackets.
> file broken.yaml
model: primary-replica
network:
  latency: exponential()
> end
$ orrery validate broken.yaml
----
broken.yaml:3:24: latency: 'mean' is missing; exponential is written exponential(mean DURATION)
[exit 65]

# An argument without its name.
> file broken.yaml
model: primary-replica
network:
  latency: exponential(5ms)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:24: latency: '5ms' has no name before it; write it as in exponential(mean 10ms)
[exit 65]

# A parameter of another.
> file broken.yaml
model: primary-replica
network:
  latency: exponential(median 5ms)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:24: latency: exponential has no parameter 'median'; did you mean 'mean'?
[exit 65]

# A parameter twice.
> file broken.yaml
model: primary-replica
network:
  latency: normal(mean 1ms mean 2ms)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:28: latency: 'mean' is given twice; keep one
[exit 65]

# One parameter too few.
> file broken.yaml
model: primary-replica
network:
  latency: normal(mean 40ms)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:28: latency: 'sd' is missing; normal is written normal(mean DURATION sd DURATION)
[exit 65]

# One too many.
> file broken.yaml
model: primary-replica
network:
  latency: exponential(mean 5ms sd 1ms)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:33: latency: exponential has no parameter 'sd'; it is written exponential(mean DURATION)
[exit 65]

# A parameter without a value.
> file broken.yaml
model: primary-replica
network:
  latency: exponential(mean)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:28: latency: the value of 'mean' is missing; write it behind a space, as in exponential(mean 10ms)
[exit 65]

# Commas.
> file broken.yaml
model: primary-replica
network:
  latency: "normal(mean 40ms, sd 2ms)"
> end
$ orrery validate broken.yaml
----
broken.yaml:3:29: latency: arguments are separated by spaces, not by commas, as in normal(mean 40ms sd 2ms)
[exit 65]

# Equals signs.
> file broken.yaml
model: primary-replica
network:
  latency: normal(mean=40ms sd=2ms)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:23: latency: the value of 'mean' is missing; write it behind a space, as in normal(mean 40ms sd 2ms)
[exit 65]

# A bracket that is not closed.
> file broken.yaml
model: primary-replica
network:
  latency: normal(mean 40ms sd 2ms
> end
$ orrery validate broken.yaml
----
broken.yaml:3:35: latency: a parameter or ')' is missing here, as in normal(mean 40ms sd 2ms)
[exit 65]

# One closed twice.
> file broken.yaml
model: primary-replica
network:
  latency: normal(mean 40ms sd 2ms))
> end
$ orrery validate broken.yaml
----
broken.yaml:3:36: latency: ')' can't stand behind a distribution; terms are joined by '+'
[exit 65]

# A range the wrong way round.
> file broken.yaml
model: primary-replica
network:
  latency: uniform(4s..1s)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:20: latency: the range runs backwards; write the smaller end first
[exit 65]

# A range of one end.
> file broken.yaml
model: primary-replica
network:
  latency: uniform(1s)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:20: latency: uniform takes a range without spaces, as in uniform(1s..4s)
[exit 65]

# A range of three.
> file broken.yaml
model: primary-replica
network:
  latency: uniform(1s..2s..3s)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:24: latency: '2s..3s' is not a duration; write one number with its unit, like 200ms
[exit 65]

# A range without a unit.
> file broken.yaml
model: primary-replica
network:
  latency: uniform(1..4)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:20: latency: '1' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms
[exit 65]

# A range with a dash.
> file broken.yaml
model: primary-replica
network:
  latency: uniform(1s-4s)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:20: latency: uniform takes a range without spaces, as in uniform(1s..4s)
[exit 65]

# A median above its p99.
> file broken.yaml
model: primary-replica
network:
  latency: lognormal(median 900ms p99 40ms)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:39: latency: 'p99' of lognormal must be above its 'median'
[exit 65]

# A scale of nothing.
> file broken.yaml
model: primary-replica
network:
  latency: pareto(scale 0s shape 10)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:25: latency: 'scale' of pareto must be above 0s
[exit 65]

# A shape of nothing.
> file broken.yaml
model: primary-replica
network:
  latency: weibull(scale 5ms shape 0)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:36: latency: '0' is out of bounds; it must be from 0.001 to 1000000
[exit 65]

# A shape with a unit.
> file broken.yaml
model: primary-replica
network:
  latency: gamma(shape 2ms scale 5ms)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:24: latency: '2ms' is not a plain number; write one like 2 or 1.5
[exit 65]

# A shape beyond all bounds.
> file broken.yaml
model: primary-replica
network:
  latency: gamma(shape 1e9 scale 5ms)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:24: latency: '1e9' is not a plain number; write one like 2 or 1.5
[exit 65]

# A shape that is no number.
> file broken.yaml
model: primary-replica
network:
  latency: gamma(shape nan scale 5ms)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:24: latency: 'nan' is not a plain number; write one like 2 or 1.5
[exit 65]

# A mean below 0.
> file broken.yaml
model: primary-replica
network:
  latency: exponential(mean -5ms)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:29: latency: '-5ms' is negative; a time that something takes is 0 or more
[exit 65]

# A spread below 0.
> file broken.yaml
model: primary-replica
network:
  latency: normal(mean 5ms sd -1ms)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:31: latency: '-1ms' is negative; a time that something takes is 0 or more
[exit 65]

# A sum of nothing.
> file broken.yaml
model: primary-replica
network:
  latency: 5ms +
> end
$ orrery validate broken.yaml
----
broken.yaml:3:17: latency: a distribution is missing; write a duration like 200ms, or one like exponential(mean 10ms)
[exit 65]

# A sum that begins with a sign.
> file broken.yaml
model: primary-replica
network:
  latency: + 5ms
> end
$ orrery validate broken.yaml
----
broken.yaml:3:12: latency: '+' can't stand here; a duration or a distribution should
[exit 65]

# A difference.
> file broken.yaml
model: primary-replica
network:
  latency: 5ms - 1ms
> end
$ orrery validate broken.yaml
----
broken.yaml:3:16: latency: '-' can't stand behind a distribution; terms are joined by '+'
[exit 65]

# A product.
> file broken.yaml
model: primary-replica
network:
  latency: 2 * 5ms
> end
$ orrery validate broken.yaml
----
broken.yaml:3:12: latency: '2' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms
[exit 65]

# Shares that miss the whole.
> file broken.yaml
model: primary-replica
network:
  latency: mixture(50% 1ms + 40% 2ms)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:20: latency: the shares of this mixture add up to 90%; they must make 100%
[exit 65]

# Shares beyond the whole.
> file broken.yaml
model: primary-replica
network:
  latency: mixture(60% 1ms + 50% 2ms)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:20: latency: the shares of this mixture add up to 110%; they must make 100%
[exit 65]

# A mixture without shares.
> file broken.yaml
model: primary-replica
network:
  latency: mixture(1ms + 2ms)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:20: latency: a part of a mixture begins with its share, as in 8.78% exponential(mean 1ms); a sum within it stands in parentheses
[exit 65]

# A mixture of nothing.
> file broken.yaml
model: primary-replica
network:
  latency: mixture()
> end
$ orrery validate broken.yaml
----
broken.yaml:3:20: latency: a part of a mixture begins with its share, as in 8.78% exponential(mean 1ms); a sum within it stands in parentheses
[exit 65]

# A share of nothing.
> file broken.yaml
model: primary-replica
network:
  latency: mixture(50% + 50% 1ms)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:24: latency: '+' can't stand here; a duration or a distribution should
[exit 65]

# A file that is not there.
> file broken.yaml
model: primary-replica
network:
  latency: empirical(nothing.csv)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:22: latency: can't use the file 'nothing.csv': No such file or directory; it must lie beside the scenario
[exit 65]

# A file without a name.
> file broken.yaml
model: primary-replica
network:
  latency: empirical()
> end
$ orrery validate broken.yaml
----
broken.yaml:3:22: latency: the name of a file is missing, as in empirical(latencies.csv)
[exit 65]

# A folder.
> file broken.yaml
model: primary-replica
network:
  latency: empirical(/)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:22: latency: can't use the file '/': it is not a plain file
[exit 65]

# A device.
> file broken.yaml
model: primary-replica
network:
  latency: empirical(/dev/zero)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:22: latency: can't use the file '/dev/zero': it is not a plain file
[exit 65]

# Two values.
> file broken.yaml
model: primary-replica
network:
  latency: 5ms 6ms
> end
$ orrery validate broken.yaml
----
broken.yaml:3:16: latency: '6ms' can't stand behind a distribution; terms are joined by '+'
[exit 65]

# Something behind it.
> file broken.yaml
model: primary-replica
network:
  latency: exponential(mean 5ms) x
> end
$ orrery validate broken.yaml
----
broken.yaml:3:34: latency: 'x' can't stand behind a distribution; terms are joined by '+'
[exit 65]

# A text in front.
> file broken.yaml
model: primary-replica
network:
  latency: about exponential(mean 5ms)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:12: latency: unknown distribution 'about'; there are durations like 200ms, and uniform, exponential, normal, lognormal, pareto, weibull, gamma, empirical and mixture
[exit 65]

# Capitals.
> file broken.yaml
model: primary-replica
network:
  latency: Exponential(mean 5ms)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:12: latency: unknown distribution 'Exponential'; did you mean 'exponential'?
[exit 65]

# No unit within.
> file broken.yaml
model: primary-replica
network:
  latency: exponential(mean 5)
> end
$ orrery validate broken.yaml
----
broken.yaml:3:29: latency: '5' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms
[exit 65]

# A sum longer than time.
> file broken.yaml
model: primary-replica
network:
  latency: 200000000000s + 200000000000s
> end
$ orrery validate broken.yaml
----
broken.yaml:3:12: latency: '200000000000s' is out of bounds; a duration is at most 73 years, 26687d
[exit 65]

# Nested without end.
> file broken.yaml
model: primary-replica
network:
  latency: (((((((((((((((((((((((((((((((((((((((((((((((((1ms)))))))))))))))))))))))))))))))))))))))))))))))))
> end
$ orrery validate broken.yaml
----
broken.yaml:3:20: latency: distributions are nested more than 8 deep; take parentheses out
[exit 65]
