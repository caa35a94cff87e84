# What stands at the top of a scenario.

# Nothing at all.
> file broken.yaml
> end
$ orrery validate broken.yaml
----
broken.yaml: the text is empty; write a 'name: value' on each line
[exit 65]

# A list is no scenario.
> file broken.yaml
- primary-replica
> end
$ orrery validate broken.yaml
----
broken.yaml:1:1: a scenario must be a map, not a list; write {name: value}, or a 'name: value' on each line
[exit 65]

# No model.
> file broken.yaml
title: A scenario of nothing
seed: 7
> end
$ orrery validate broken.yaml
----
broken.yaml:1:1: there is no 'model'; add a line such as 'model: primary-replica'
[exit 65]

# Mistyped keys are told, and what was meant.
> file broken.yaml
modle: primary-replica
sed: 7
durration: 5s
> end
$ orrery validate broken.yaml
----
broken.yaml:1:1: unknown key 'modle'; did you mean 'model'?
broken.yaml:2:1: unknown key 'sed'; did you mean 'seed'?
broken.yaml:3:1: unknown key 'durration'; did you mean 'duration'?
[exit 65]

# A number whose unit is missing.
> file broken.yaml
model: primary-replica
duration: 60
settle: 5 s
> end
$ orrery validate broken.yaml
----
broken.yaml:2:11: duration: '60' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms
broken.yaml:3:9: settle: '5 s' has a space in it; write the unit right behind the number, as in 200ms
[exit 65]

# What can't be.
> file broken.yaml
model: primary-replica
duration: -1s
seed: -1
settle: soon
> end
$ orrery validate broken.yaml
----
broken.yaml:2:11: duration: '-1s' is too small; the least is 0s
broken.yaml:3:7: seed: '-1' is not a whole number from 0; write a whole number from 0, like 42
broken.yaml:4:9: settle: 'soon' is not a duration; write a number with its unit, like 200ms
[exit 65]

# A seed has 64 bits.
> file broken.yaml
model: primary-replica
seed: 18446744073709551616
> end
$ orrery validate broken.yaml
----
broken.yaml:2:7: seed: '18446744073709551616' is too large; the most is 18446744073709551615
[exit 65]

# A title is one text.
> file broken.yaml
model: primary-replica
title: [a, b]
about:
> end
$ orrery validate broken.yaml
----
broken.yaml:2:8: 'title' can't be a list; write a text
broken.yaml:3:7: 'about' has no value; write a text, or leave the key out
[exit 65]

# Words that are right, but elsewhere.
> file broken.yaml
model: primary-replica
replicas: 3
policy: sticky
sessions: 6
> end
$ orrery validate broken.yaml
----
broken.yaml:2:1: unknown key 'replicas'; it belongs under 'options'
broken.yaml:3:1: unknown key 'policy'; it belongs under 'options.router'
broken.yaml:4:1: unknown key 'sessions'; it belongs under 'clients'
[exit 65]
