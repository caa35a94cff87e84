# Values from the command line are checked as those of the file are.

# A right one changes the scenario, wherever it lies and however short the file has written it.
> file scenario.yaml
model: primary-replica
options: {router: time-window}
clients: {names: [alice, bob]}
workload:
  operations:
    - {session: alice, write: {x: 1}}
faults:
  - {at: 1s, crash: primary, for: 1s}
> end
$ orrery validate --write --set options.router.window=2s --set 'workload.operations.1={session: bob, read: x}' \
    --set faults.0.kind=os --set 'expect.success=at least 99%' scenario.yaml
----
model: primary-replica
options:
  router: {policy: time-window, window: 2s}
clients:
  names: [alice, bob]
workload:
  operations:
    - {write: {x: 1}}
    - {session: bob, read: x}
faults:
  - {at: 1s, crash: primary, kind: os, for: 1s}
expect:
  success: at least 99%

# Wrong ones are told by their paths.
$ orrery validate --set options.router.windw=2s scenario.yaml
----
--set options.router.windw: unknown key 'windw'; did you mean 'window'?
[exit 65]
$ orrery validate --set options.replicas=many --set sed=2 scenario.yaml
----
--set sed: unknown key 'sed'; did you mean 'seed'?
--set options.replicas: replicas: 'many' is not a whole number; write a whole number from 0, like 3
[exit 65]
$ orrery validate --set seed scenario.yaml
----
--set: 'seed' has no '='; write PATH=VALUE, as in seed=7
[exit 65]
$ orrery validate --set seed= scenario.yaml
----
--set seed: there is no value; write PATH=VALUE; "" is the empty text
[exit 65]
$ orrery validate --set .seed=1 scenario.yaml
----
--set .seed: the path has an empty part; write it like options.router.window
[exit 65]
$ orrery validate --set faults.7.at=1s scenario.yaml
----
--set faults.7.at: '7' is no index into the list 'faults'; use 0 to 1; 1 adds an entry at the end
[exit 65]
$ orrery validate --set seed.x=1 scenario.yaml
----
--set seed.x: 'seed' can't be a map; write a whole number from 0, like 42
[exit 65]
$ orrery validate --set 'options.apply-delay=uniform(1s..' scenario.yaml
----
--set options.apply-delay:1:13: apply-delay: a duration is missing; write one like 200ms
[exit 65]
$ orrery validate --set 'title=[a' scenario.yaml
----
--set title: this '[' is not closed; close it with ']', and put ',' between entries
[exit 65]

# An empty map and an empty list.
$ orrery validate --quiet --set 'expect={}' --set 'faults=[]' scenario.yaml
----
