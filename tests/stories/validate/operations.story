# An explicit list.

# Sessions.
> file broken.yaml
model: primary-replica
clients: {names: [alice, bob]}
workload:
  operations:
    - {session: alcie, read: x}
    - {session: dora, read: x}
> end
$ orrery validate broken.yaml
----
broken.yaml:5:17: unknown session 'alcie'; did you mean 'alice'?
broken.yaml:6:17: unknown session 'dora'; name it under 'clients: {names: […]}'
[exit 65]

# Whoever waits for nobody.
> file broken.yaml
model: primary-replica
workload:
  operations:
    - {id: w1, write: {x: 1}}
    - {id: r1, after: w2, read: x}
> end
$ orrery validate broken.yaml
----
broken.yaml:5:23: unknown operation 'w2'; use one of w1, r1
[exit 65]

# Each for the other, and one for itself.
> file broken.yaml
model: primary-replica
workload:
  operations:
    - {id: a, after: b, read: x}
    - {id: b, after: a, read: x}
    - {id: c, after: c, read: x}
> end
$ orrery validate broken.yaml
----
broken.yaml:4:22: 'a' waits for itself by way of 'b'; let one of them start at a time
broken.yaml:6:22: 'c' waits for itself by way of 'c'; let one of them start at a time
[exit 65]

# Ids.
> file broken.yaml
model: primary-replica
workload:
  operations:
    - {id: a, read: x}
    - {id: a, read: x}
    - {id: B, read: x}
> end
$ orrery validate broken.yaml
----
broken.yaml:5:12: two operations are called 'a'; give each an id of its own
broken.yaml:6:12: id: 'B' is not a name; write a name of small letters, digits and '-' that starts with a letter
[exit 65]

# Steps.
> file broken.yaml
model: primary-replica
workload:
  operations:
    - {at: 1s}
    - {read: x, write: {x: 1}}
    - {write: x}
    - {write: {x: 1, y: 2}}
    - {cas: {key: x, value: 1}}
    - {read: nil}
> end
$ orrery validate broken.yaml
----
broken.yaml:4:7: an operation without a step; add one of read, write, cas, bulk-write, steps
broken.yaml:5:17: 'write' beside 'read' in one operation; put several steps into one list: steps: [{read: x}, {write: {y: 1}}]
broken.yaml:6:15: 'write' needs one key and its value; write {write: {x: 1}}
broken.yaml:7:15: 'write' needs one key and its value; write {write: {x: 1}}
broken.yaml:8:13: a cas has no 'expected'; add 'expected': a value: nil, a whole number, a word, a text in quotes, or a list of these
broken.yaml:9:14: read: 'nil' can't be a key, since it stands for none; write a key: a word or a whole number, like x or 12
[exit 65]

# Steps of another object.
> file broken.yaml
model: primary-replica
workload:
  operations:
    - {append: {x: 1}}
    - {steps: [{reed: x}]}
    - {steps: []}
    - {steps: {read: x}}
    - {reed: x}
> end
$ orrery validate broken.yaml
----
broken.yaml:4:8: unknown step 'append' of register; list-append has it: write 'object: list-append' under 'workload'
broken.yaml:5:17: unknown step 'reed' of register; did you mean 'read'?
broken.yaml:6:15: an operation has from 1 to 1000 steps, not 0; write [{read: x}, {write: {y: 1}}]
broken.yaml:7:15: steps must be a list, not a map; write [a, b], or a '- ' before each on a line of its own
broken.yaml:8:8: unknown key 'reed'; did you mean 'read'?
[exit 65]

# Money.
> file broken.yaml
model: primary-replica
workload:
  object: bank
  operations:
    - {transfer: {from: a, to: b, amount: -5}}
    - {withdraw: {a: much}}
    - {transfer: {from: a, amount: 5}}
> end
$ orrery validate broken.yaml
----
broken.yaml:5:43: amount: '-5' is not above 0; write a whole number above 0, like 10
broken.yaml:6:22: withdraw: 'much' is no whole number; write a whole number above 0, like 10
broken.yaml:7:18: a transfer has no 'to'; add 'to': a key: a word or a whole number, like x or 12
[exit 65]

# Numbers that no value can hold, and what is no number.
> file broken.yaml
model: primary-replica
workload:
  object: counter
  operations:
    - {increment: {x: 9223372036854775807}}
    - {increment: {x: -9223372036854775808}}
    - {increment: {x: 1.5}}
> end
$ orrery validate broken.yaml
----
broken.yaml:5:23: increment: '9223372036854775807' is more than a value can hold; numbers go from -4611686018427387904 to 4611686018427387903
broken.yaml:6:23: increment: '-9223372036854775808' is more than a value can hold; numbers go from -4611686018427387904 to 4611686018427387903
broken.yaml:7:23: increment: '1.5' is no whole number; write a whole number, like 1 or -3
[exit 65]

# Servers are the router's business here.
> file broken.yaml
model: primary-replica
workload:
  operations:
    - {to: replica1, read: x}
> end
$ orrery validate broken.yaml
----
broken.yaml:4:12: primary-replica has a client of its own, which chooses the server; leave 'to' out
[exit 65]

# Times.
> file broken.yaml
model: primary-replica
workload:
  operations:
    - {at: 5, read: x}
    - {at: -1s, read: x}
    - {at: uniform(1s..2s), read: x}
> end
$ orrery validate broken.yaml
----
broken.yaml:4:12: at: '5' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms
broken.yaml:5:12: at: '-1s' is too small; the least is 0s
broken.yaml:6:12: at: 'uniform(1s..2s)' is not a duration; write a number with its unit, like 200ms
[exit 65]
