# A story that tells something else than what happens fails, and says where and how they differ.
> file wrong.story
$ echo one; echo two; echo three
----
one
2
three
> end
$ run-story wrong.story
----
wrong.story:1: not as the story tells (- told, + printed)
  $ echo one; echo two; echo three
    one
  - 2
  + two
    three
[exit 1]

# So does one that says nothing of the output, of the status, or of a missing newline.
> file silent.story
$ echo one
----
$ exit 3
----
$ printf no-newline
----
no-newline
> end
$ run-story silent.story
----
silent.story:1: not as the story tells (- told, + printed)
  $ echo one
  + one
silent.story:3: not as the story tells (- told, + printed)
  $ exit 3
  + [exit 3]
silent.story:5: not as the story tells (- told, + printed)
  $ printf no-newline
    no-newline
  + [no newline at the end]
[exit 1]

# One that tells more than what happens.
> file more.story
$ true
----
something
[exit 1]
> end
$ run-story more.story
----
more.story:1: not as the story tells (- told, + printed)
  $ true
  - something
  - [exit 1]
[exit 1]
