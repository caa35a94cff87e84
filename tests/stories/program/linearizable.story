# One copy that answers everything: whatever happens, there is one order.
> file primary.yaml
model: primary-replica
seed: 3
duration: 5s
options:
  replicas: 2
  apply-delays: {replica1: 100ms, replica2: 600ms}
  router: {policy: primary-only}
clients: {hosts: 2, sessions: 6}
workload:
  object: register
  think: exponential(mean 20ms)
  mix: {read: 60%, write: 20%, cas: 20%}
  keys: {count: 3}
expect:
  linearizable: holds
> end
$ orrery run primary.yaml -q
----
primary.yaml
primary-replica, 1396 operations by 6 sessions in 10s, seed 3

Verdicts
  linearizable  holds
    one order explains 1167 operations in 3 parts that share no key

Expected
  linearizable  holds  met

ended at 10s: nothing was left to happen; 11155 events; digest 7927c626e7bb8380
again: orrery run primary.yaml --seed 3
$ orrery run primary.yaml --json | grep -A1 '"linearizable",' | head -2; orrery run primary.yaml --json | grep 'one order'
----
      "property" : "linearizable",
      "verdict" : "holds",
      "sentence" : "one order explains 1167 operations in 3 parts that share no key",

# Read from replicas that are late, and an old value is read when a new one was acknowledged already.
> file replicas.yaml
model: primary-replica
seed: 3
options:
  replicas: 1
  apply-delays: {replica1: 500ms}
  router: {policy: replica-only}
clients: {names: [alice, bob]}
workload:
  operations:
    - {id: w1, at: 0s, session: alice, write: {x: 1}}
    - {id: r1, at: 1s, session: bob, read: x}
    - {id: w2, at: 2s, session: alice, write: {x: 2}}
    - {id: r2, at: 2200ms, session: bob, read: x}
    - {id: r3, at: 3s, session: bob, read: x}
expect:
  linearizable: violated
> end
$ orrery run replicas.yaml | grep -A6 linearizable
----
  linearizable  violated
    x = 1 came before x = 2, for alice wrote x = 1 at 0s (ok at 0.001s on primary) before alice
    wrote x = 2 at 2s (ok at 2.001s on primary); but it came after it, too, for alice wrote x = 2 at
    2s (ok at 2.001s on primary) before bob read x = 1 at 2.2s (ok at 2.201s on replica1)
      w1 (alice, 0s): write x 1 at primary
      w2 (alice, 2s): write x 2 at primary
      r2 (bob, 2.2s): read x → 1 at replica1
--
  linearizable  violated  met

What happened (set in: what the nodes said of themselves)
  w1 (alice, 0s): write x 1 at primary
  r1 (bob, 1s): read x → 1 at replica1
    client1 (1s): routed request=client1/1/1/0 to=replica1 why=policy
  w2 (alice, 2s): write x 2 at primary

# The same of other objects: a list and a set show the order of what was put in, a counter how much.
> file show
for object in list-append:append set:add counter:increment; do
  orrery run replicas.yaml --set "workload.operations=[{at: 0s, session: alice, ${object#*:}: {x: 1}}, {at: 1s, session: bob, read: x}, {at: 2s, session: alice, ${object#*:}: {x: 2}}, {at: 2200ms, session: bob, read: x}]" --set "workload.object=${object%:*}" --json | grep 'in no order'
  orrery run primary.yaml --set "workload.object=${object%:*}" --set "workload.mix={read: 50%, ${object#*:}: 50%}" --json | grep 'one order'
done
> end
$ sh show
----
      "sentence" : "in no order do these give what they returned: alice appended 2 to x at 2s (ok at 2.001s on primary); bob read x = [1] at 2.2s (ok at 2.201s on replica1)",
      "sentence" : "one order explains 1396 operations in 3 parts that share no key",
      "sentence" : "in no order do these give what they returned: alice added 2 to x at 2s (ok at 2.001s on primary); bob read x = [1] at 2.2s (ok at 2.201s on replica1)",
      "sentence" : "one order explains 1396 operations in 3 parts that share no key",
      "sentence" : "in no order do these give what they returned: alice added 2 to x at 2s (ok at 2.001s on primary); bob read x = 1 at 2.2s (ok at 2.201s on replica1)",
      "sentence" : "one order explains 1396 operations in 3 parts that share no key",
