# --update rewrites what is told, keeps the placeholders that still match, and changes nothing else.
> file old.story
# A comment.
$ echo time 17; echo new; printf '# hash\n$ dollar\n\\ backslash\n'; echo; exit 2
----
time …
old

# Another comment.
$ echo same
----
…
> end
$ run-story --update old.story; cat old.story
----
old.story: 1 outputs rewritten
\# A comment.
\$ echo time 17; echo new; printf '# hash\n$ dollar\n\\ backslash\n'; echo; exit 2
----
time …
new
\\# hash
\\$ dollar
\\\ backslash

[exit 2]

\# Another comment.
\$ echo same
----
…

# What was rewritten passes.
$ run-story old.story
----
