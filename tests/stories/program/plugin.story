# A model from outside is like any other.
$ cp "$ORRERY_PLUGINS"/*.so .
----
$ orrery models --plugin notice-board.so | grep notice
----
notice-board           Two boards take notices and tell each other
> file board.yaml
model: notice-board
clients: {names: [alice, bob]}
workload:
  operations:
    - {id: a1, at: 0s, session: alice, to: board1, write: {door: blue}}
    - {id: b1, at: 0s, session: bob, to: board2, write: {door: red}}
    - {id: a2, at: 1s, session: alice, to: board1, read: door}
    - {id: b2, at: 1s, session: bob, to: board2, read: door}
expect:
  convergence: holds
  read-your-writes: holds
> end
$ orrery run --plugin=./notice-board.so board.yaml -q
----
board.yaml
notice-board, 4 operations by 2 sessions in 11s, seed 1

Verdicts
  convergence       holds
    2 nodes held the same of 1 key in the end
  read-your-writes  holds
    some order of each key's writes explains 2 reads of what the session had written

Expected
  convergence       holds  met
  read-your-writes  holds  met

ended at 11s: …
again: orrery run board.yaml --seed 1 --plugin ./notice-board.so
$ orrery validate board.yaml --plugin notice-board.so
----
board.yaml: ok
$ orrery run board.yaml
----
board.yaml:1:8: unknown model 'notice-board'…
[exit 65]
# A saved run needs the model too, to say what it did.
$ orrery run --plugin ./notice-board.so board.yaml --save board.sqlite > /dev/null; orrery check board.sqlite
----
orrery: can't load 'board.sqlite': row 0 of its table 'run': its scenario can't be read: unknown model 'notice-board'
[exit 65]
$ orrery check board.sqlite --plugin ./notice-board.so -q
----
untitled
notice-board, 4 operations by 2 sessions in 11s, seed 1

Verdicts
  convergence       holds
    2 nodes held the same of 1 key in the end
  read-your-writes  holds
    some order of each key's writes explains 2 reads of what the session had written

Expected
  convergence       holds  met
  read-your-writes  holds  met

ended at 11s: …
again: orrery check board.sqlite --plugin ./notice-board.so

# What can be wrong with the file.
$ orrery run --plugin
----
orrery: --plugin needs the file of a model: --plugin ./mine.so
[exit 64]
$ orrery run --plugin none.so board.yaml
----
orrery: can't read 'none.so': there is no such file
[exit 66]
$ orrery run --plugin . board.yaml
----
orrery: can't read '.': it is a directory
[exit 66]
$ orrery run --plugin board.yaml board.yaml
----
orrery: can't use the plug-in 'board.yaml': it is no shared object; build it with 'cc -shared -fPIC'
[exit 65]
$ : > empty.so; orrery run --plugin empty.so board.yaml
----
orrery: can't use the plug-in 'empty.so': it is no shared object; build it with 'cc -shared -fPIC'
[exit 65]
$ cp notice-board.so other.so; printf '\363\000' | dd of=other.so bs=1 seek=18 conv=notrunc status=none; orrery models --plugin other.so
----
orrery: can't use the plug-in 'other.so': it was built for another machine; build it with this one's compiler
[exit 65]
$ cp notice-board.so object.so; printf '\001\000' | dd of=object.so bs=1 seek=16 conv=notrunc status=none; orrery models --plugin object.so
----
orrery: can't use the plug-in 'object.so': it is no shared object yet; link it with 'cc -shared'
[exit 65]
$ head -c 2000 notice-board.so > cut.so; orrery models --plugin cut.so
----
orrery: can't use the plug-in 'cut.so': its end is missing; build it again
[exit 65]

# What can be wrong with what is in it.
$ orrery models --plugin no-symbol.so
----
orrery: can't use the plug-in 'no-symbol.so': it has no symbol 'orr_plugin'; end it with ORR_PLUGIN (my_model);
[exit 65]
$ orrery models --plugin no-model.so
----
orrery: can't use the plug-in 'no-model.so': it shows no model; end it with ORR_PLUGIN (my_model);
[exit 65]
$ orrery models --plugin other-abi.so
----
orrery: can't use the plug-in 'other-abi.so': it was built for version … of the model interface, and this is version …; build it again against these headers
[exit 65]
$ orrery models --plugin other-headers.so
----
orrery: can't use the plug-in 'other-headers.so': it was built against other headers: its structs are of other sizes; build it again against these
[exit 65]
$ orrery models --plugin old-model.so
----
orrery: can't use the plug-in 'old-model.so': its model says .abi = 0; write .abi = ORR_MODEL_ABI
[exit 65]
$ orrery models --plugin same-name.so
----
same-name.so: there is a model 'primary-replica' already; give it another name
[exit 65]
$ orrery models --plugin notice-board.so --plugin ./notice-board.so
----
./notice-board.so: there is a model 'notice-board' already; give it another name
[exit 65]
$ orrery models --plugin bad-tables.so
----
bad-tables.so: model 'broken': entry needs a summary; one line, without a full stop
bad-tables.so: model 'broken': options, field 'small', has 4 bytes in the struct, and its type, integer, 8; base/field.h says beside each type which C type its member has
bad-tables.so: model 'broken': options, field 'wait', has the tag 'policy', which is no field before it; `tag` names a field that stands before it
bad-tables.so: model 'broken': options, field 'wait', has a default that can't be read: '5' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms; write it as a scenario would
bad-tables.so: model 'broken': options, field 'wait', has no doc; say in a few words what it means
bad-tables.so: model 'broken': options has 'Far', which is no name; use small letters, digits and '-', from a letter on
bad-tables.so: model 'broken': options, field 'Far', lies outside its struct of 16 bytes; is `size` the sizeof the struct that the fields are of?
bad-tables.so: model 'broken': options, field 'list', needs `fields` or `element`, and not both
bad-tables.so: model 'broken': options, field 'no-words', is of type choice without choices
bad-tables.so: model 'broken': options, field 'words', has choices, but is of type boolean
bad-tables.so: model 'broken': bug 'forgets' names 'durabilty', which is no property; did you mean 'durability'?
bad-tables.so: model 'broken': objects has 'registre', which there is not; `orrery objects` lists them
[exit 65]

# All that is wrong is said at once.
$ orrery models --plugin same-name.so --plugin none.so
----
same-name.so: there is a model 'primary-replica' already; give it another name
orrery: can't read 'none.so': there is no such file
[exit 66]
