# A command that does not end is ended, with all that it has started.
> file slow.story
$ sleep 60 & sleep 60
----
> end
$ run-story --limit 1 slow.story
----
slow.story:1: not as the story tells (- told, + printed)
  $ sleep 60 & sleep 60
  + [time-out]
[exit 1]

# One that does not stop printing is ended too, and no `…` hides that.
> file endless.story
$ yes
----
…
> end
$ run-story endless.story 2>&1 | tail -n 2
----
  + y
  + [too much output]

# A signal shows as sh shows it.
> file killed.story
$ kill -ABRT $$
----
[exit 134]
> end
$ run-story killed.story
----
