# What is no story is an error, never a story that passes.
> file text.story
echo one
> end
$ run-story text.story
----
text.story:1: neither a command (`$ `), a file (`> file NAME`) nor a comment (`#`)
[exit 65]

> file open.story
$ echo one
> end
$ run-story open.story
----
open.story:1: this command has no `----` after it
[exit 65]

$ printf '# Nothing happens.\n> file a\n' > file.story; run-story file.story
----
file.story:2: this file has no `> end`
[exit 65]

$ printf '# Nothing happens.\n' > empty.story; run-story empty.story
----
empty.story: a story without a command shows nothing
[exit 65]

$ printf '$ true\n----' > cut.story; run-story cut.story
----
cut.story: the story does not end with a newline
[exit 65]

$ run-story none.story
----
Failed to open file “none.story”: No such file or directory
[exit 66]

$ run-story
----
which stories?
[exit 64]
