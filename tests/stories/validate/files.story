# Files that can't be read, and several at once.

$ orrery validate nowhere.yaml
----
orrery: there is no file 'nowhere.yaml'
[exit 66]
$ mkdir folder.yaml; orrery validate folder.yaml
----
orrery: can't read 'folder.yaml': it is a directory
[exit 66]
$ mkfifo fifo.yaml; orrery validate fifo.yaml
----
orrery: can't read 'fifo.yaml': it is not a regular file
[exit 66]
$ printf 'model: primary-replica\ntitle: \377\n' > latin.yaml; orrery validate latin.yaml
----
latin.yaml:2:8: this is not UTF-8: byte 0xff; save the file as UTF-8
[exit 65]

# Each file is checked, and each is told about.
> file right.yaml
model: primary-replica
> end
> file wrong.yaml
model: primary-replica
seed: many
> end
$ orrery validate right.yaml wrong.yaml right.yaml
----
wrong.yaml:2:7: seed: 'many' is not a whole number from 0; write a whole number from 0, like 42
right.yaml: ok
right.yaml: ok
[exit 65]
$ orrery validate --quiet right.yaml
----

# JSON is YAML as well.
> file scenario.json
{"model": "primary-replica", "clients": {"names": ["alice"]}, "workload": {"operations": [{"session": "alice", "write": {"x": 1}}]}}
> end
$ orrery validate scenario.json
----
scenario.json: ok

# What is measured lies beside the scenario, not where one happens to be.
$ mkdir measured; printf '1ms\n2ms\n' > measured/delays.csv; printf 'model: primary-replica\ndisk: {sync: empirical(delays.csv)}\n' > measured/scenario.yaml
----
$ orrery validate measured/scenario.yaml
----
measured/scenario.yaml: ok
$ printf 'model: primary-replica\ndisk: {sync: empirical(delay.csv)}\n' > measured/scenario.yaml; orrery validate measured/scenario.yaml
----
measured/scenario.yaml:2:24: sync: can't use the file 'delay.csv': No such file or directory; it must lie beside the scenario
[exit 65]

# A link to nothing is no reason to suggest itself.
$ ln -s nowhere loop.yaml; orrery validate loop.yaml
----
orrery: 'loop.yaml' is a link to a file that is not there
[exit 66]
