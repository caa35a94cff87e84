# What is wrong before it means anything.

# A quote that is never closed.
> file broken.yaml
model: primary-replica
title: "A scenario
> end
$ orrery validate broken.yaml
----
broken.yaml:2:8: this quote is never closed; close it, or double it where it is meant as a character
[exit 65]

# A bracket that is never closed.
> file broken.yaml
model: primary-replica
clients: {names: [alice, bob}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:18: this '[' is not closed; close it with ']', and put ',' between entries
[exit 65]

# A tab.
> file broken.yaml
model: primary-replica
options:
	replicas: 2
> end
$ orrery validate broken.yaml
----
broken.yaml:3:1: a tab where the line is indented; indent with spaces
[exit 65]

# An anchor.
> file broken.yaml
model: primary-replica
options: &options {replicas: 2}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:10: anchors can't be used here; take it out, or put a text that starts with '&' in quotes
[exit 65]

# An alias.
> file broken.yaml
model: primary-replica
options: *options
> end
$ orrery validate broken.yaml
----
broken.yaml:2:10: aliases can't be used here; write the value out, or put a text that starts with '*' in quotes
[exit 65]

# A key twice.
> file broken.yaml
model: primary-replica
seed: 1
seed: 2
> end
$ orrery validate broken.yaml
----
broken.yaml:3:1: the key 'seed' is there twice; keep one; the first is at line 2, column 1
[exit 65]

# Two documents.
> file broken.yaml
model: primary-replica
---
model: primary-replica
> end
$ orrery validate broken.yaml
----
broken.yaml:2:1: a second document starts here; keep one document a file
[exit 65]

# A line that fits no other.
> file broken.yaml
model: primary-replica
options:
   replicas: 2
  router: lsn
> end
$ orrery validate broken.yaml
----
broken.yaml:4:3: this line fits no key above; mend its indentation
[exit 65]
