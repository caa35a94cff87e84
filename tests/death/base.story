# What keeps the rules lives.
$ death-base a-default-that-reads
----

# A field table whose default can't be read is a mistake of whoever wrote the table.
$ death-base a-default-that-does-not-read
----
…
…the default of field 'wait' can't be read: '5 apples' …
…
[exit 133]

# Nothing takes longer than the longest time.
$ death-base a-constant-too-long
----
…
…distribution.c:…assertion failed: (…ORR_TIME_MAX…)
…
[exit 134]
