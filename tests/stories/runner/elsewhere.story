# A plain run is run once more elsewhere, and must print the same: whatever a `…` hides, a model whose runs depend on where its memory lies, or in
# which country, is caught.
> file run.sh
cp "$ORRERY_PLUGINS"/unsteady.so .
cat > unsteady.yaml <<END
model: unsteady
options: {by: $1}
workload: {operations: [{at: 0s, session: s1, read: x}]}
END
> end
> file steady.story
$ sh "$HERE"/run.sh nothing
----
$ orrery run --plugin unsteady.so unsteady.yaml -q
----
…
> end
$ STORIES_ONCE=0 HERE=$PWD run-story steady.story
----
> file address.story
$ sh "$HERE"/run.sh address
----
$ orrery run --plugin unsteady.so unsteady.yaml -q
----
…
> end
$ STORIES_ONCE=0 HERE=$PWD run-story address.story
----
address.story:3: not the same when it is run again elsewhere
  $ orrery run --plugin unsteady.so unsteady.yaml -q
  - ended at 10s: nothing was left to happen; 6 events; digest …
  + ended at 10s: nothing was left to happen; 6 events; digest …
[exit 1]
> file locale.story
$ sh "$HERE"/run.sh locale
----
$ orrery run --plugin unsteady.so unsteady.yaml -q
----
…
> end
$ STORIES_ONCE=0 HERE=$PWD run-story locale.story
----
locale.story:3: not the same when it is run again elsewhere
  $ orrery run --plugin unsteady.so unsteady.yaml -q
  - ended at 10s: nothing was left to happen; 6 events; digest …
  + ended at 10s: nothing was left to happen; 6 events; digest …
[exit 1]
