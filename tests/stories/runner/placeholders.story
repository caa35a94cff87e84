# `…` stands for any text in a line, and alone for any number of lines, but for no more than that.
> file right.story
$ printf 'a 17 b 18 c\nx\ny\nz\n'
----
a … b … c
…
z
$ printf 'x\ny\nx\nz\n'
----
…
x
…
z
…
> end
$ run-story right.story
----

> file wrong.story
$ echo 'a 17 b'
----
a … c
$ printf 'a\nb\n'
----
…
c
> end
$ run-story wrong.story
----
wrong.story:1: not as the story tells (- told, + printed)
  $ echo 'a 17 b'
  - a … c
  + a 17 b
wrong.story:4: not as the story tells (- told, + printed)
  $ printf 'a\nb\n'
  - …
  - c
  + a
  + b
[exit 1]
