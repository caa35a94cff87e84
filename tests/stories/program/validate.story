# `orrery validate` says what is wrong with scenarios without running them; what it says is told in validate/.
> file lag.yaml
workload: {operations: [{write: {x: 1}, id: w1}, {id: r1, read: x, after: w1}]}
options: {router: sticky, replicas: 2}
model: primary-replica
> end
> file broken.yaml
model: primary-replica
sed: 7
> end
$ orrery validate lag.yaml
----
lag.yaml: ok
$ orrery validate lag.yaml primary-replica/window-5s broken.yaml
----
broken.yaml:2:1: unknown key 'sed'; did you mean 'seed'?
lag.yaml: ok
primary-replica/window-5s: ok
[exit 65]
$ orrery validate --quiet lag.yaml broken.yaml
----
broken.yaml:2:1: unknown key 'sed'; did you mean 'seed'?
[exit 65]
$ orrery validate lag.yaml nothing.yaml
----
orrery: there is no file 'nothing.yaml'
lag.yaml: ok
[exit 66]

# What is written back reads back to the same text.
$ orrery validate --write lag.yaml --set seed=7
----
seed: 7
model: primary-replica
options:
  router: sticky
workload:
  operations:
    - {id: w1, write: {x: 1}}
    - {id: r1, after: w1, read: x}
$ orrery validate --write lag.yaml > again.yaml; orrery validate --write again.yaml | diff again.yaml -
----

# Wrong usage.
$ orrery validate
----
orrery: which scenario? Try 'orrery help validate'
[exit 64]
$ orrery validate --wirte lag.yaml
----
orrery: there is no option '--wirte'; did you mean '--write'?
[exit 64]
$ orrery validate --write --json lag.yaml
----
orrery: --json and --write are two forms; use one of them
[exit 64]
$ orrery validate lag.yaml --set
----
orrery: Missing argument for --set; try 'orrery help validate'
[exit 64]
$ orrery validate lag.yaml --set seed --set =7 --set seed= --set a..b=1
----
--set: 'seed' has no '='; write PATH=VALUE, as in seed=7
--set : the path has an empty part; write it like options.router.window
--set seed: there is no value; write PATH=VALUE; "" is the empty text
--set a..b: the path has an empty part; write it like options.router.window
[exit 65]
