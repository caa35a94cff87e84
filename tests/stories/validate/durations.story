# How long: durations, wherever they stand.

# No unit.
> file broken.yaml
model: primary-replica
settle: 5
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: '5' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms
[exit 65]

# A unit that there is not.
> file broken.yaml
model: primary-replica
settle: 5sec
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: '5sec' has the unknown unit 'sec'; the units are ns, us, ms, s, min, h or d
[exit 65]

# A unit in capitals.
> file broken.yaml
model: primary-replica
settle: 5S
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: '5S' has the unknown unit 'S'; did you mean 's'?
[exit 65]

# A gap before the unit.
> file broken.yaml
model: primary-replica
settle: 5 s
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: '5 s' has a space in it; write the unit right behind the number, as in 200ms
[exit 65]

# A unit alone.
> file broken.yaml
model: primary-replica
settle: s
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: 's' is not a duration; write a number with its unit, like 200ms
[exit 65]

# Two of them.
> file broken.yaml
model: primary-replica
settle: 1min30s
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: '1min30s' is not a duration; write one number with its unit, like 200ms
[exit 65]

# A comma for a point.
> file broken.yaml
model: primary-replica
settle: "1,5s"
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: '1,5s' is not a duration; write one number with its unit, like 200ms
[exit 65]

# A point without digits.
> file broken.yaml
model: primary-replica
settle: 5.s
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: '5.s' is not a duration; write one number with its unit, like 200ms
[exit 65]

# No digit before the point.
> file broken.yaml
model: primary-replica
settle: .5s
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: '.5s' is not a duration; write a number with its unit, like 200ms
[exit 65]

# Two points.
> file broken.yaml
model: primary-replica
settle: 1.2.3s
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: '1.2.3s' is not a duration; write one number with its unit, like 200ms
[exit 65]

# Finer than a nanosecond.
> file broken.yaml
model: primary-replica
settle: 0.5ns
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: '0.5ns' is finer than a nanosecond, and nothing is rounded here; write a duration with its unit, like 5s or 200ms
[exit 65]

# Digits beyond a nanosecond.
> file broken.yaml
model: primary-replica
settle: 1.0000000001s
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: '1.0000000001s' is finer than a nanosecond, and nothing is rounded here; write a duration with its unit, like 5s or 200ms
[exit 65]

# Longer than time is.
> file broken.yaml
model: primary-replica
settle: 300000000000s
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: '300000000000s' is out of bounds; a duration is at most 73 years, 26687d
[exit 65]

# Days beyond all bounds.
> file broken.yaml
model: primary-replica
settle: 99999999999999999999d
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: '99999999999999999999d' is out of bounds; a duration is at most 73 years, 26687d
[exit 65]

# Below the least.
> file broken.yaml
model: primary-replica
settle: -5s
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: '-5s' is too small; the least is 0s
[exit 65]

# A plus sign.
> file broken.yaml
model: primary-replica
settle: +5s
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: '+5s' is not a duration; write a number with its unit, like 200ms
[exit 65]

# An exponent.
> file broken.yaml
model: primary-replica
settle: 1e3s
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: '1e3s' is not a duration; write one number with its unit, like 200ms
[exit 65]

# Hexadecimal.
> file broken.yaml
model: primary-replica
settle: 0x10s
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: '0x10s' is not a duration; write one number with its unit, like 200ms
[exit 65]

# A clock's time.
> file broken.yaml
model: primary-replica
settle: "00:00:05"
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: '00:00:05' is not a duration; write one number with its unit, like 200ms
[exit 65]

# Not a number.
> file broken.yaml
model: primary-replica
settle: nan
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: 'nan' is not a duration; write a number with its unit, like 200ms
[exit 65]

# Without end.
> file broken.yaml
model: primary-replica
settle: inf
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: 'inf' is not a duration; write a number with its unit, like 200ms
[exit 65]

# A word.
> file broken.yaml
model: primary-replica
settle: forever
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: 'forever' is not a duration; write a number with its unit, like 200ms
[exit 65]

# Empty quotes.
> file broken.yaml
model: primary-replica
settle: ""
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: a duration is missing; write one like 200ms
[exit 65]

# Arabic digits.
> file broken.yaml
model: primary-replica
settle: ٥s
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: '٥s' is not a duration; write a number with its unit, like 200ms
[exit 65]

# A micro sign.
> file broken.yaml
model: primary-replica
settle: 5µs
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: settle: '5µs' has the unknown unit 'µs'; the units are ns, us, ms, s, min, h or d
[exit 65]

# A list.
> file broken.yaml
model: primary-replica
settle: [5s]
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: 'settle' can't be a list; write a duration with its unit, like 5s or 200ms
[exit 65]

# A map.
> file broken.yaml
model: primary-replica
settle: {s: 5}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:9: 'settle' can't be a map; write a duration with its unit, like 5s or 200ms
[exit 65]
