# How a command ended must be told: no placeholder hides it.
> file hidden.story
$ echo one; exit 70
----
…
> end
$ run-story hidden.story
----
hidden.story:1: not as the story tells (- told, + printed)
  $ echo one; exit 70
  - …
  + one
  + [exit 70]
[exit 1]
> file told.story
$ echo one; exit 70
----
…
[exit 70]
> end
$ run-story told.story
----
