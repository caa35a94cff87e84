# How much: shares, rates, sizes and numbers, wherever they stand.

# A share without a unit.
> file broken.yaml
model: primary-replica
network: {loss: 0.1}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:17: loss: '0.1' has no unit; write ppb, ppm or % right behind the number, as in 0.01%
[exit 65]

# A share above the whole.
> file broken.yaml
model: primary-replica
network: {loss: 100.1%}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:17: loss: '100.1%' is out of bounds; a share is from 0% to 100%
[exit 65]

# A share below 0.
> file broken.yaml
model: primary-replica
network: {loss: -1%}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:17: loss: '-1%' is out of bounds; a share is from 0% to 100%
[exit 65]

# A share finer than a part in a billion.
> file broken.yaml
model: primary-replica
network: {loss: 0.00000001%}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:17: loss: '0.00000001%' is finer than a part per billion, and nothing is rounded here; write a share, like 0.01% or 50ppm
[exit 65]

# A share in words.
> file broken.yaml
model: primary-replica
network: {loss: half}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:17: loss: 'half' is not a share; write a number with its unit, like 0.01%
[exit 65]

# A fraction.
> file broken.yaml
model: primary-replica
network: {loss: 1/2}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:17: loss: '1/2' is not a share; write one number with its unit, like 0.01%
[exit 65]

# A permille.
> file broken.yaml
model: primary-replica
network: {loss: 1‰}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:17: loss: '1‰' has the unknown unit '‰'; the units are ppb, ppm or %
[exit 65]

# A drift that nobody could call one.
> file broken.yaml
model: primary-replica
nodes: {primary: {drift: 200%}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:26: drift: '200%' is out of bounds; a drift is from -100% to 100%
[exit 65]

# A drift without a unit.
> file broken.yaml
model: primary-replica
nodes: {primary: {drift: 5}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:26: drift: '5' has no unit; write ppb, ppm or % right behind the number, as in 50ppm
[exit 65]

# A drift in words.
> file broken.yaml
model: primary-replica
nodes: {primary: {drift: fast}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:26: drift: 'fast' is not a drift; write a number with its unit, like 50ppm
[exit 65]

# A bit rate without a unit.
> file broken.yaml
model: primary-replica
network: {bandwidth: 1000}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:22: bandwidth: '1000' has no unit; write bit/s, kbit/s, Mbit/s, Gbit/s or Tbit/s right behind the number, as in 100Mbit/s
[exit 65]

# A bit rate in bytes.
> file broken.yaml
model: primary-replica
network: {bandwidth: 1MB/s}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:22: bandwidth: '1MB/s' has the unknown unit 'MB/s'; did you mean 'Mbit/s'?
[exit 65]

# A bit rate as others write it.
> file broken.yaml
model: primary-replica
network: {bandwidth: 1Gbps}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:22: bandwidth: '1Gbps' has the unknown unit 'Gbps'; the units are bit/s, kbit/s, Mbit/s, Gbit/s or Tbit/s
[exit 65]

# A bit rate of nothing.
> file broken.yaml
model: primary-replica
network: {bandwidth: 0bit/s}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:22: bandwidth: '0bit/s' is out of bounds; a bit rate is from 1bit/s to 1000Tbit/s
[exit 65]

# A bit rate beyond all bounds.
> file broken.yaml
model: primary-replica
network: {bandwidth: 99999999999999Gbit/s}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:22: bandwidth: '99999999999999Gbit/s' is out of bounds; a bit rate is from 1bit/s to 1000Tbit/s
[exit 65]

# A size with a unit that there is not.
> file broken.yaml
model: primary-replica
options: {record-bytes: 5KB}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:25: record-bytes: '5KB' has the unknown unit 'KB'; did you mean 'kB'?
[exit 65]

# A size below 0.
> file broken.yaml
model: primary-replica
options: {record-bytes: -5B}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:25: record-bytes: '-5B' is out of bounds; a size is from 0B to 8388607TiB
[exit 65]

# A size beyond all bounds.
> file broken.yaml
model: primary-replica
options: {record-bytes: 99999999999999999999GB}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:25: record-bytes: '99999999999999999999GB' is out of bounds; a size is from 0B to 8388607TiB
[exit 65]

# Half a byte.
> file broken.yaml
model: primary-replica
options: {record-bytes: 0.5B}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:25: record-bytes: '0.5B' is finer than a byte, and nothing is rounded here; write a size in bytes, like 64 or 16kB
[exit 65]

# A size in words.
> file broken.yaml
model: primary-replica
options: {record-bytes: big}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:25: record-bytes: 'big' is not a size; write a number with its unit, like 16kB
[exit 65]

# A rate without a time.
> file broken.yaml
model: primary-replica
workload: {arrival: poisson(5), mix: {read: 100%}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:21: arrival: '5' is not a rate; write how many, a slash and ns, us, ms, s, min, h or d, like 1000/s or 5/min
[exit 65]

# A rate of nothing.
> file broken.yaml
model: primary-replica
workload: {arrival: poisson(0/s), mix: {read: 100%}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:21: arrival: '0/s' never happens; a rate is above 0, like 1000/s
[exit 65]

# A rate below 0.
> file broken.yaml
model: primary-replica
workload: {arrival: poisson(-1/s), mix: {read: 100%}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:21: arrival: '-1/s' never happens; a rate is above 0, like 1000/s
[exit 65]

# A rate beyond all bounds.
> file broken.yaml
model: primary-replica
workload: {arrival: poisson(99999999999999999999/s), mix: {read: 100%}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:21: arrival: '99999999999999999999/s' is more than once in a nanosecond, the smallest time that there is; write poisson(RATE) or constant(RATE), like poisson(1000/s)
[exit 65]

# A rate of a unit that there is not.
> file broken.yaml
model: primary-replica
workload: {arrival: constant(5/fortnight), mix: {read: 100%}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:21: arrival: '5/fortnight' is not a rate; write how many, a slash and ns, us, ms, s, min, h or d, like 1000/s or 5/min
[exit 65]

# A rate in the form of a time.
> file broken.yaml
model: primary-replica
workload: {arrival: poisson(5ms), mix: {read: 100%}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:21: arrival: '5ms' is not a rate; write how many, a slash and ns, us, ms, s, min, h or d, like 1000/s or 5/min
[exit 65]

# A bare rate.
> file broken.yaml
model: primary-replica
workload: {arrival: 5/s, mix: {read: 100%}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:21: arrival: '5/s' is no way to arrive; write poisson(RATE) or constant(RATE), like poisson(1000/s)
[exit 65]

# A bracket that is not closed.
> file broken.yaml
model: primary-replica
workload: {arrival: poisson(5/s, mix: {read: 100%}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:21: arrival: 'poisson(5/s' is no way to arrive; write poisson(RATE) or constant(RATE), like poisson(1000/s)
[exit 65]

# Another process.
> file broken.yaml
model: primary-replica
workload: {arrival: bursty(5/s), mix: {read: 100%}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:21: arrival: 'bursty(5/s)' is no way to arrive; write poisson(RATE) or constant(RATE), like poisson(1000/s)
[exit 65]

# A number with a fraction.
> file broken.yaml
model: primary-replica
clients: {hosts: 1.5}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:18: hosts: '1.5' is not a whole number; write a whole number from 0, like 3
[exit 65]

# A number below 0.
> file broken.yaml
model: primary-replica
clients: {hosts: -1}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:18: hosts: '-1' is too small; the least is 1
[exit 65]

# A number in words.
> file broken.yaml
model: primary-replica
clients: {hosts: two}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:18: hosts: 'two' is not a whole number; write a whole number from 0, like 3
[exit 65]

# A number with separators.
> file broken.yaml
model: primary-replica
clients: {hosts: 1_000}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:18: hosts: '1_000' is not a whole number; write a whole number from 0, like 3
[exit 65]

# A number beyond all bounds.
> file broken.yaml
model: primary-replica
clients: {hosts: 99999999999999999999999}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:18: hosts: '99999999999999999999999' is too large; the most is 100000
[exit 65]

# A number that does not fit 32 bits.
> file broken.yaml
model: primary-replica
clients: {sessions: 4294967296}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:21: sessions: '4294967296' is too large; the most is 1000000
[exit 65]

# A number in hexadecimal.
> file broken.yaml
model: primary-replica
seed: 0x7
> end
$ orrery validate broken.yaml
----
broken.yaml:2:7: seed: '0x7' is not a whole number from 0; write a whole number from 0, like 42
[exit 65]

# A number with a plus sign.
> file broken.yaml
model: primary-replica
seed: +7
> end
$ orrery validate broken.yaml
----
broken.yaml:2:7: seed: '+7' is not a whole number from 0; write a whole number from 0, like 42
[exit 65]

# A number with an exponent.
> file broken.yaml
model: primary-replica
seed: 1e3
> end
$ orrery validate broken.yaml
----
broken.yaml:2:7: seed: '1e3' is not a whole number from 0; write a whole number from 0, like 42
[exit 65]

# A real number that is none.
> file broken.yaml
model: primary-replica
nodes: {primary: {cpu: fast}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:24: cpu: 'fast' is not a number; write a number, like 0.99
[exit 65]

# Not a number.
> file broken.yaml
model: primary-replica
nodes: {primary: {cpu: nan}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:24: cpu: 'nan' is not a number; write a number, like 0.99
[exit 65]

# Without end.
> file broken.yaml
model: primary-replica
nodes: {primary: {cpu: inf}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:24: cpu: 'inf' is not a number; write a number, like 0.99
[exit 65]

# Beyond a double.
> file broken.yaml
model: primary-replica
nodes: {primary: {cpu: 1e999}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:24: cpu: '1e999' is too large; the most is 1.7976931348623157e+308
[exit 65]

# Tiny beyond a double.
> file broken.yaml
model: primary-replica
nodes: {primary: {cpu: 1e-999}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:24: a node can't be that fast or slow; use a number from 0.001 to 1000, where 1 is the ordinary speed
[exit 65]

# Neither true nor false.
> file broken.yaml
model: primary-replica
network: {reorder: maybe}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:20: reorder: 'maybe' is neither true nor false; write true or false
[exit 65]

# A number for true.
> file broken.yaml
model: primary-replica
network: {reorder: 1}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:20: reorder: '1' is neither true nor false; write true or false
[exit 65]

# Yes for true.
> file broken.yaml
model: primary-replica
network: {reorder: yes}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:20: reorder: 'yes' is neither true nor false; write true or false
[exit 65]
