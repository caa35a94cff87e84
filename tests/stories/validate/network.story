# Network, clocks and disks.

# Shares and bits.
> file broken.yaml
model: primary-replica
network: {loss: 101%, duplicate: 5, bandwidth: 100}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:17: loss: '101%' is out of bounds; a share is from 0% to 100%
broken.yaml:2:34: duplicate: '5' has no unit; write ppb, ppm or % right behind the number, as in 0.01%
broken.yaml:2:48: bandwidth: '100' has no unit; write bit/s, kbit/s, Mbit/s, Gbit/s or Tbit/s right behind the number, as in 100Mbit/s
[exit 65]

# A link from nowhere.
> file broken.yaml
model: primary-replica
network:
  links:
    - {from: primry, latency: 1ms}
    - {to: replica1, latncy: 1ms}
> end
$ orrery validate broken.yaml
----
broken.yaml:4:14: from: 'primry' is no node of this scenario; did you mean 'primary'?
broken.yaml:5:22: unknown key 'latncy'; did you mean 'latency'?
[exit 65]

# Regions in which nobody is.
> file broken.yaml
model: primary-replica
nodes: {replica1: {region: eu-west-1}}
network:
  regions:
    - {between: [eu-west-1, eu-west-2], latency: 40ms}
    - {between: [eu-west-1], latency: 1ms}
> end
$ orrery validate broken.yaml
----
broken.yaml:5:29: no node is in region 'eu-west-2'; did you mean 'eu-west-1'?
broken.yaml:6:17: 'between' takes two regions, not 1; write [a, b], or [a, a] for links within a region
[exit 65]

# Lines that say nothing.
> file broken.yaml
model: primary-replica
nodes: {replica1: {region: a}, replica2: {region: b}}
network:
  links: [{from: primary, to: replica1}, {}, {to: primary, loss: 1%}]
  regions: [{between: [a, b]}, {between: [a, b], latency: 1ms}]
> end
$ orrery validate broken.yaml
----
broken.yaml:4:11: the line says nothing about its links; add a latency, loss, corrupt or bandwidth, or leave the line out
broken.yaml:4:42: the line says nothing about its links; add a latency, loss, corrupt or bandwidth, or leave the line out
broken.yaml:5:13: the line says nothing about its links; add a latency, loss, corrupt or bandwidth, or leave the line out
[exit 65]

# More links than there is a table for.
$ {
  echo 'model: primary-replica'
  echo 'clients: {hosts: 2000}'
  echo 'network:'
  echo '  links:'
  seq -f '    - {to: client%g, latency: 1ms}' 1001
} > broken.yaml
orrery validate broken.yaml
----
broken.yaml:4:3: links of 1001 nodes and regions are told apart; at most 1000 can be; say what is different by regions, each of many nodes
[exit 65]

# An inbox for nobody.
> file broken.yaml
model: primary-replica
nodes: {primary: {inbox: 0}, replica1: {inbox: 5ms}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:26: inbox: '0' is too small; the least is 1
broken.yaml:2:48: inbox: '5ms' is not a whole number; write a whole number from 0, like 3
[exit 65]

# Corruption is a share.
> file broken.yaml
model: primary-replica
network: {corrupt: 2, links: [{to: replica1, corrupt: 101%}]}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:20: corrupt: '2' has no unit; write ppb, ppm or % right behind the number, as in 0.01%
broken.yaml:2:55: corrupt: '101%' is out of bounds; a share is from 0% to 100%
[exit 65]

# Negative time.
> file broken.yaml
model: primary-replica
network: {latency: -5ms}
disk: {sync: uniform(2ms..1ms)}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:20: latency: '-5ms' is negative; a time that something takes is 0 or more
broken.yaml:3:22: sync: the range runs backwards; write the smaller end first
[exit 65]

# Skew.
> file broken.yaml
model: primary-replica
clocks: {skew: uniform(5ms..-5ms), drift: 50}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:16: skew: uniform goes from the lesser to the greater; write uniform(-5ms..5ms)
broken.yaml:2:43: drift: '50' has no unit; write ppb, ppm or % right behind the number, as in 0.01%
[exit 65]

# Skew of a kind that there is not.
> file broken.yaml
model: primary-replica
clocks: {skew: normal(mean 0ms sd 1ms)}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:16: skew: a skew is no distribution; write a duration, or uniform(-5ms..5ms)
[exit 65]
