# What keeps the rules lives.
$ death-disk none
----

$ death-disk no-such-log
----
…
…model 'clumsy', actor 'server': broke the rule that a log is one of the model's table: there is no log 1
…
[exit 133]

$ death-disk no-such-cell
----
…
…model 'clumsy', actor 'server': broke the rule that a cell is one of the model's table: there is no cell 1
…
[exit 133]

$ death-disk no-such-sync
----
…
…model 'clumsy', actor 'server': broke the rule that a sync is one of the model's table: there is no sync 1
…
[exit 133]

# A log is read where it has records, and nowhere else.
$ death-disk behind-the-log
----
…
…model 'clumsy', actor 'server': broke the rule that a log is read where it has records: there is no record 1, the log goes from 1 to before 1
…
[exit 133]

$ death-disk a-gap
----
…
…model 'clumsy', actor 'server': broke the rule that a log has no gaps: orr_log_keep was asked to keep 1 to 5 of a log that ends at 1
…
[exit 133]

$ death-disk behind-the-keys
----
…
…model 'clumsy', actor 'server': broke the rule that a cell's keys are counted by orr_cell_length: there is no key 0 among 0
…
[exit 133]

# An answer is for somebody, and for all steps.
$ death-disk no-such-request
----
…
…model 'clumsy', actor 'server': broke the rule that a request is answered that was made: there is no operation 99
…
[exit 133]

$ death-disk one-value-for-two-steps
----
…
…model 'clumsy', actor 'server': broke the rule that orr_complete_value answers one step: operation 0 has 2
…
[exit 133]

# Who only looks changes nothing.
$ death-disk effect-in-observe
----
…
…model 'clumsy', actor 'server': broke the rule that observe has no effects: it called orr_log_append
…
[exit 133]
