# What keeps the rules lives.
$ death-engine none
----

# A message is one that the model has, to somebody who can take it, and says something.
$ death-engine no-such-message
----
…
…model 'puppet', actor 'n1': broke the rule that a message is of the model's table: message 99
…
[exit 133]

$ death-engine to-nobody
----
…
…model 'puppet', actor 'n1': broke the rule that a message goes to an actor of the run: 'note' to address 4294967295
…
[exit 133]

$ death-engine to-who-does-not-listen
----
…
…model 'puppet', actor 'client1': broke the rule that a message goes to a role with on_message: role 'client', message 'note'
…
[exit 133]

$ death-engine without-a-body
----
…
…model 'puppet', actor 'n1': broke the rule that a message with a record has a body: 'note'
…
[exit 133]

$ death-engine of-negative-size
----
…
…model 'puppet', actor 'n1': broke the rule that a message has no negative size: 'note' of -1 bytes
…
[exit 133]

# A timer lies in the future, and belongs to whoever set it.
$ death-engine timer-in-the-past
----
…
…model 'puppet', actor 'n1': broke the rule that a timer does not lie in the past: timer 'tick' after -1 ns
…
[exit 133]

$ death-engine no-such-timer
----
…
…model 'puppet', actor 'n1': broke the rule that a timer is of the model's table: kind 99
…
[exit 133]

$ death-engine timer-without-a-body
----
…
…model 'puppet', actor 'n1': broke the rule that a timer with a record has a body: timer 'tick'
…
[exit 133]

$ death-engine timer-of-another
----
…
…model 'puppet', actor 'n1': broke the rule that a timer is cancelled by whoever set it: timer 'tick' of n0
…
[exit 133]

# Nobody acts in another's name, or while it only looks.
$ death-engine as-another
----
…
…model 'puppet', actor 'n0': broke the rule that an actor acts in its own callbacks alone: orr_send was called outside of them
…
[exit 133]

$ death-engine send-in-observe
----
…
…model 'puppet', actor 'n0': broke the rule that observe has no effects: it called orr_send
…
[exit 133]

$ death-engine timer-in-observe
----
…
…model 'puppet', actor 'n0': broke the rule that observe has no effects: it called orr_timer_set
…
[exit 133]

$ death-engine allocation-in-observe
----
…
…model 'puppet', actor 'n0': broke the rule that observe has no effects: it called orr_alloc
…
[exit 133]

# What is said in public has a form.
$ death-engine no-such-fact
----
…
…model 'puppet', actor 'n1': broke the rule that a fact is of the model's table: fact 99
…
[exit 133]

$ death-engine fact-without-a-body
----
…
…model 'puppet', actor 'n1': broke the rule that a fact with a record has a body: fact 'says'
…
[exit 133]

# Draws have names.
$ death-engine unnamed-draw
----
…
…model 'puppet', actor 'n1': broke the rule that a draw's purpose is a word of the model's draws: 'fate'
…
[exit 133]

$ death-engine draw-from-nothing
----
…
…model 'puppet', actor 'n1': broke the rule that an index is drawn from something: orr_draw_index of none
…
[exit 133]

# Time does not run backwards.
$ death-engine negative-work
----
…
…model 'puppet', actor 'n1': broke the rule that work takes no negative time: -1 ns
…
[exit 133]

# Arrays are counted, addresses and sessions of this run.
$ death-engine foreign-array
----
…
…a message, log, cell or timer holds an array that was not made by orr_array
…
[exit 133]

$ death-engine array-of-nobody
----
…
…model 'puppet', actor 'n1': broke the rule that an array is given back by whoever holds it: one of 1 elements
…
[exit 133]

$ death-engine no-such-address
----
…
…model 'puppet', actor 'n1': broke the rule that an address is of the run: 99
…
[exit 133]

$ death-engine no-such-session
----
…
…model 'puppet', actor 'n1': broke the rule that a session is of the run: 99
…
[exit 133]
