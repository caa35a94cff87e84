# What operations do: the steps of every object, their keys and values.

# Reads.
> file broken.yaml
model: primary-replica
workload:
  operations:
    - {read: [x, y]}
    - {read: {x: 1}}
    - {read: }
    - {read: ""}
> end
$ orrery validate broken.yaml
----
broken.yaml:5:14: 'read' can't be a map; write a key: a word or a whole number, like x or 12
broken.yaml:6:14: 'read' has no value; write a key: a word or a whole number, like x or 12, or leave the key out
[exit 65]

# Writes.
> file broken.yaml
model: primary-replica
workload:
  operations:
    - {write: 5}
    - {write: {}}
    - {write: {x: 1, y: 2}}
    - {write: {x: {y: 1}}}
    - {write: [x, 1]}
    - {write: {x: }}
> end
$ orrery validate broken.yaml
----
broken.yaml:4:15: 'write' needs one key and its value; write {write: {x: 1}}
broken.yaml:5:15: 'write' needs one key and its value; write {write: {x: 1}}
broken.yaml:6:15: 'write' needs one key and its value; write {write: {x: 1}}
broken.yaml:7:19: 'write' can't be a map; write a value: nil, a whole number, a word, a text in quotes, or a list of these
broken.yaml:8:15: 'write' needs one key and its value; write {write: {x: 1}}
broken.yaml:9:19: 'write' has no value; write a value: nil, a whole number, a word, a text in quotes, or a list of these, or leave the key out
[exit 65]

# Compare and set.
> file broken.yaml
model: primary-replica
workload:
  operations:
    - {cas: x}
    - {cas: {key: x}}
    - {cas: {key: x, expected: 1}}
    - {cas: {key: x, expect: 1, value: 2}}
    - {cas: {key: x, expected: 1, value: {a: 1}}}
> end
$ orrery validate broken.yaml
----
broken.yaml:4:13: 'cas' needs its parts by their names; write {cas: {key: …, expected: …, value: …}}
broken.yaml:5:13: a cas has no 'expected'; add 'expected': a value: nil, a whole number, a word, a text in quotes, or a list of these
broken.yaml:5:13: a cas has no 'value'; add 'value': a value: nil, a whole number, a word, a text in quotes, or a list of these
broken.yaml:6:13: a cas has no 'value'; add 'value': a value: nil, a whole number, a word, a text in quotes, or a list of these
broken.yaml:7:13: a cas has no 'expected'; add 'expected': a value: nil, a whole number, a word, a text in quotes, or a list of these
broken.yaml:7:22: unknown key 'expect'; did you mean 'expected'?
broken.yaml:8:42: 'value' can't be a map; write a value: nil, a whole number, a word, a text in quotes, or a list of these
[exit 65]

# Rows.
> file broken.yaml
model: primary-replica
workload:
  operations:
    - {bulk-write: 5}
    - {bulk-write: {rows: many}}
    - {bulk-write: {rows: -1, bytes: 64}}
    - {bulk-write: {rows: 5, bytes: 5kg}}
    - {bulk-write: {row: 5, bytes: 64}}
> end
$ orrery validate broken.yaml
----
broken.yaml:4:20: 'bulk-write' needs its parts by their names; write {bulk-write: {rows: …, bytes: …}}
broken.yaml:5:20: a bulk-write has no 'bytes'; add 'bytes': a whole number above 0, like 10
broken.yaml:5:27: rows: 'many' is no whole number; write a whole number above 0, like 10
broken.yaml:6:27: rows: '-1' is not above 0; write a whole number above 0, like 10
broken.yaml:7:37: bytes: '5kg' is no whole number; write a whole number above 0, like 10
broken.yaml:8:20: a bulk-write has no 'rows'; add 'rows': a whole number above 0, like 10
broken.yaml:8:21: unknown key 'row'; did you mean 'rows'?
[exit 65]

# Steps of other objects.
> file broken.yaml
model: primary-replica
workload:
  operations:
    - {append: {x: 1}}
    - {add: {x: 1}}
    - {increment: {x: 1}}
    - {delete: x}
    - {transfer: {from: a, to: b, amount: 1}}
> end
$ orrery validate broken.yaml
----
broken.yaml:4:8: unknown step 'append' of register; list-append has it: write 'object: list-append' under 'workload'
broken.yaml:5:8: unknown step 'add' of register; set has it: write 'object: set' under 'workload'
broken.yaml:6:8: unknown step 'increment' of register; counter has it: write 'object: counter' under 'workload'
broken.yaml:7:8: unknown step 'delete' of register; map has it: write 'object: map' under 'workload'
broken.yaml:8:8: unknown step 'transfer' of register; bank has it: write 'object: bank' under 'workload'
[exit 65]

# Steps that nobody knows.
> file broken.yaml
model: primary-replica
workload:
  operations:
    - {upsert: {x: 1}}
    - {Read: x}
    - {wirte: {x: 1}}
> end
$ orrery validate broken.yaml
----
broken.yaml:4:8: unknown key 'upsert'; use one of id, at, after, session, to, cancel, read, write, cas, bulk-write, steps
broken.yaml:5:8: unknown key 'Read'; did you mean 'read'?
broken.yaml:6:8: unknown key 'wirte'; did you mean 'write'?
[exit 65]

# Lists of steps.
> file broken.yaml
model: primary-replica
workload:
  operations:
    - {steps: x}
    - {steps: []}
    - {steps: [read]}
    - {steps: [{read: x, write: {x: 1}}]}
    - {steps: [{}]}
    - {steps: [{read: x}], read: y}
> end
$ orrery validate broken.yaml
----
broken.yaml:4:15: steps must be a list, not a single value; write [a, b], or a '- ' before each on a line of its own
broken.yaml:5:15: an operation has from 1 to 1000 steps, not 0; write [{read: x}, {write: {y: 1}}]
broken.yaml:6:16: each of 'steps' must be a map of one step; write [{read: x}, {write: {y: 1}}]
broken.yaml:7:16: each of 'steps' must be a map of one step; write [{read: x}, {write: {y: 1}}]
broken.yaml:8:16: each of 'steps' must be a map of one step; write [{read: x}, {write: {y: 1}}]
broken.yaml:9:28: 'read' beside 'steps' in one operation; put several steps into one list: steps: [{read: x}, {write: {y: 1}}]
[exit 65]

# Values that are none.
> file broken.yaml
model: primary-replica
workload:
  operations:
    - {write: {x: 99999999999999999999}}
    - {write: {x: [1, {a: 2}]}}
    - {write: {x: [1, ]}}
    - {write: {x: 1.5}}
> end
$ orrery validate broken.yaml
----
broken.yaml:5:23: 'write' can't be a map; write a value: nil, a whole number, a word, a text in quotes, or a list of these
[exit 65]

# What stands around the step.
> file broken.yaml
model: primary-replica
workload:
  operations:
    - 5
    - [read, x]
    - {}
    - {at: soon, read: x}
    - {at: -1s, read: x}
    - {cancel: never, read: x}
    - {id: 5, read: x}
    - {id: [a], read: x}
    - {session: 1, read: x}
    - {after: a b, read: x}
    - {read: x, level: QUORUM}
> end
$ orrery validate broken.yaml
----
broken.yaml:4:7: an operation must be a map, not a single value; write {name: value}, or a 'name: value' on each line
broken.yaml:5:7: an operation must be a map, not a list; write {name: value}, or a 'name: value' on each line
broken.yaml:6:7: an operation without a step; add one of read, write, cas, bulk-write, steps
broken.yaml:7:12: at: 'soon' is not a duration; write a number with its unit, like 200ms
broken.yaml:8:12: at: '-1s' is too small; the least is 0s
broken.yaml:9:16: cancel: 'never' is not a duration; write a number with its unit, like 200ms
broken.yaml:10:12: id: '5' is not a name; write a name of small letters, digits and '-' that starts with a letter
broken.yaml:11:12: 'id' can't be a list; write a name of small letters, digits and '-' that starts with a letter
broken.yaml:12:17: session: '1' is not a name; write a name of small letters, digits and '-' that starts with a letter
broken.yaml:13:15: after: 'a b' is not a name; write a name of small letters, digits and '-' that starts with a letter
broken.yaml:14:17: unknown key 'level'; use one of id, at, after, session, to, cancel, read, write, cas, bulk-write, steps
[exit 65]

# The same id twice.
> file broken.yaml
model: primary-replica
workload:
  operations:
    - {id: a, read: x}
    - {id: a, read: x}
    - {id: o4, read: x}
    - {read: x}
> end
$ orrery validate broken.yaml
----
broken.yaml:5:12: two operations are called 'a'; give each an id of its own
broken.yaml:7:7: two operations are called 'o4'; give each an id of its own
[exit 65]

# Circles.
> file broken.yaml
model: primary-replica
workload:
  operations:
    - {id: a, after: b, read: x}
    - {id: b, after: c, read: x}
    - {id: c, after: a, read: x}
    - {id: d, after: d, read: x}
> end
$ orrery validate broken.yaml
----
broken.yaml:4:22: 'a' waits for itself by way of 'b'; let one of them start at a time
broken.yaml:7:22: 'd' waits for itself by way of 'd'; let one of them start at a time
[exit 65]

# An object that the model does not know: queue.
> file broken.yaml
model: primary-replica
workload: {object: queue}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:20: unknown object 'queue' of primary-replica; use one of register, map, list-append, set, counter, bank
[exit 65]

# An object that the model does not know: regster.
> file broken.yaml
model: primary-replica
workload: {object: regster}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:20: unknown object 'regster' of primary-replica; did you mean 'register'?
[exit 65]

# A map instead of a list.
> file broken.yaml
model: primary-replica
workload:
  operations: {read: x}
> end
$ orrery validate broken.yaml
----
broken.yaml:3:15: operations must be a list, not a map; write [a, b], or a '- ' before each on a line of its own
[exit 65]

# A single operation.
> file broken.yaml
model: primary-replica
workload:
  operations: read x
> end
$ orrery validate broken.yaml
----
broken.yaml:3:15: operations must be a list, not a single value; write [a, b], or a '- ' before each on a line of its own
[exit 65]
