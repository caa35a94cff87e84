/* broken-scenarios.h: what people get wrong, and what they are told.
 *
 * Each mistake with the exact messages: they are the face of the program, and a change of one should be seen and meant. */
#pragma once

typedef struct
{
  const char *name, *text, *messages;
} BrokenScenario;

static const BrokenScenario broken_scenarios[] = {
  { "empty",
    "",
    "f: the text is empty; write a 'name: value' on each line\n" },
  { "a list",
    "- a\n"
    "- b\n",
    "f:1:1: a scenario must be a map, not a list; write {name: value}, or a 'name: value' on each "
    "line\n" },
  { "no model",
    "title: nothing\n",
    "f:1:1: there is no 'model'; add a line such as 'model: primary-replica'\n" },
  { "two mistakes at once",
    "modle: primary-replica\n"
    "sed: 7\n",
    "f:1:1: unknown key 'modle'; did you mean 'model'?\n"
    "f:2:1: unknown key 'sed'; did you mean 'seed'?\n" },
  { "unknown model",
    "model: primary-replcia\n",
    "f:1:8: unknown model 'primary-replcia'; did you mean 'primary-replica'?\n" },
  { "unknown model without a near one",
    "model: paxos\n",
    "f:1:8: unknown model 'paxos'; use one of primary-replica, two-in-a-box\n" },
  { "unknown bug",
    "model: {name: primary-replica, bugs: [lsn-compared-as-txt]}\n",
    "f:1:39: unknown bug 'lsn-compared-as-txt' of primary-replica; did you mean "
    "'lsn-compared-as-text'?\n" },
  { "model without bugs",
    "model: {name: two-in-a-box, bugs: [anything]}\n",
    "f:1:36: unknown bug 'anything' of two-in-a-box; it has none\n" },
  { "model map without name",
    "model: {bugs: []}\n",
    "f:1:8: 'model' has no 'name'; add 'name': a text\n" },
  { "duration without unit",
    "model: primary-replica\n"
    "duration: 60\n",
    "f:2:11: duration: '60' has no unit; write ns, us, ms, s, min, h or d right behind the number, "
    "as in 200ms\n" },
  { "negative duration",
    "model: primary-replica\n"
    "duration: -1s\n",
    "f:2:11: duration: '-1s' is too small; the least is 0s\n" },
  { "seed too large",
    "model: primary-replica\n"
    "seed: 18446744073709551616\n",
    "f:2:7: seed: '18446744073709551616' is too large; the most is 18446744073709551615\n" },
  { "unknown option",
    "model: primary-replica\n"
    "options: {replcas: 3}\n",
    "f:2:11: unknown key 'replcas'; did you mean 'replicas'?\n" },
  { "options of a model that has none",
    "model: two-in-a-box\n"
    "options: {replicas: 3}\n",
    "f:2:10: two-in-a-box has no options; take 'options' out\n" },
  { "wrong choice",
    "model: primary-replica\n"
    "options: {synchronous-commit: offf}\n",
    "f:2:31: synchronous-commit: 'offf' is none of off, local, on; did you mean 'off'?\n" },
  { "option of another policy",
    "model: primary-replica\n"
    "options:\n"
    "  router: {policy: lsn, wait: 1s, window: 5s}\n",
    "f:3:35: 'window' has no meaning with policy 'lsn'; it belongs to policy time-window\n" },
  { "option that the policy requires",
    "model: primary-replica\n"
    "options: {router: lsn}\n",
    "f:2:19: 'router' has no 'wait'; add 'wait': a duration with its unit, like 5s or 200ms\n" },
  { "option out of bounds",
    "model: primary-replica\n"
    "options: {replicas: 0}\n",
    "f:2:21: replicas: '0' is too small; the least is 1\n" },
  { "the model's own rule",
    "model: primary-replica\n"
    "options: {router: {policy: lsn, wait: 2min}}\n",
    "f:2:39: nobody waits so long; wait for a minute at most\n" },
  { "distribution with a wrong parameter",
    "model: primary-replica\n"
    "options: {apply-delay: lognormal(median 40ms p9 900ms)}\n",
    "f:2:46: apply-delay: lognormal has no parameter 'p9'; did you mean 'p99'?\n" },
  { "two nodes of one name",
    "model: primary-replica\n"
    "options: {spares: [replica1]}\n",
    "f:2:10: two nodes are called 'replica1'; change the option that names it; hosts of clients are "
    "called client1, client2, …\n" },
  { "a node called like a client",
    "model: primary-replica\n"
    "options: {spares: [client1]}\n",
    "f:2:10: two nodes are called 'client1'; change the option that names it; hosts of clients are "
    "called client1, client2, …\n" },
  { "too many nodes",
    "model: primary-replica\n"
    "options: {replicas: 100000}\n",
    "f:2:10: there are 100002 nodes and client hosts; the most is 100000; use fewer\n" },
  { "unknown node",
    "model: primary-replica\n"
    "nodes:\n"
    "  replica3: {weight: 2}\n",
    "f:3:3: name: 'replica3' is no node of this scenario; did you mean 'replica1'?\n" },
  { "speed 0",
    "model: primary-replica\n"
    "nodes: {replica1: {cpu: 0}}\n",
    "f:2:25: a node can't be that fast or slow; use a number from 0.001 to 1000, where 1 is the "
    "ordinary speed\n" },
  { "clients that are none",
    "model: primary-replica\n"
    "clients: 3\n",
    "f:2:10: clients must be a map, not a single value; write {name: value}, or a 'name: value' on "
    "each line\n" },
  { "no host",
    "model: primary-replica\n"
    "clients: {hosts: 0}\n",
    "f:2:18: hosts: '0' is too small; the least is 1\n" },
  { "too many sessions",
    "model: primary-replica\n"
    "clients: {sessions: 1000001}\n",
    "f:2:21: sessions: '1000001' is too large; the most is 1000000\n" },
  { "names that don't match",
    "model: primary-replica\n"
    "clients: {sessions: 3, names: [alice, bob]}\n",
    "f:2:31: 2 names for 3 sessions; leave 'sessions' out, or name as many as there are\n" },
  { "a name twice",
    "model: primary-replica\n"
    "clients: {names: [alice, bob, alice]}\n",
    "f:2:31: two sessions are called 'alice'; give each session a name of its own\n" },
  { "a name that is none",
    "model: primary-replica\n"
    "clients: {names: [Alice]}\n",
    "f:2:19: names: 'Alice' is not a name; write a name of small letters, digits and '-' that "
    "starts with a letter\n" },
  { "loss above all",
    "model: primary-replica\n"
    "network: {loss: 101%}\n",
    "f:2:17: loss: '101%' is out of bounds; a share is from 0% to 100%\n" },
  { "loss without a unit",
    "model: primary-replica\n"
    "network: {loss: 5}\n",
    "f:2:17: loss: '5' has no unit; write ppb, ppm or % right behind the number, as in 0.01%\n" },
  { "bandwidth without a unit",
    "model: primary-replica\n"
    "network: {bandwidth: 100}\n",
    "f:2:22: bandwidth: '100' has no unit; write bit/s, kbit/s, Mbit/s, Gbit/s or Tbit/s right "
    "behind the number, as in 100Mbit/s\n" },
  { "a link from nowhere",
    "model: primary-replica\n"
    "network:\n"
    "  links:\n"
    "    - {from: primry, latency: 1ms}\n",
    "f:4:14: from: 'primry' is no node of this scenario; did you mean 'primary'?\n" },
  { "an unknown region",
    "model: primary-replica\n"
    "nodes: {replica1: {region: eu-west-1}}\n"
    "network:\n"
    "  regions:\n"
    "    - {between: [eu-west-1, us-east-1], latency: 40ms}\n",
    "f:5:29: no node is in region 'us-east-1'; use eu-west-1\n" },
  { "one region",
    "model: primary-replica\n"
    "nodes: {replica1: {region: eu}}\n"
    "network:\n"
    "  regions:\n"
    "    - {between: [eu], latency: 40ms}\n",
    "f:5:17: 'between' takes two regions, not 1; write [a, b], or [a, a] for links within a region\n" },
  { "skew the wrong way round",
    "model: primary-replica\n"
    "clocks: {skew: uniform(5ms..-5ms)}\n",
    "f:2:16: skew: uniform goes from the lesser to the greater; write uniform(-5ms..5ms)\n" },
  { "skew of another kind",
    "model: primary-replica\n"
    "clocks: {skew: normal(mean 0ms sd 1ms)}\n",
    "f:2:16: skew: a skew is no distribution; write a duration, or uniform(-5ms..5ms)\n" },
  { "unknown object",
    "model: primary-replica\n"
    "workload: {object: regster}\n",
    "f:2:20: unknown object 'regster' of primary-replica; did you mean 'register'?\n" },
  { "object that the model does not know",
    "model: primary-replica\n"
    "workload: {object: set}\n",
    "f:2:20: unknown object 'set' of primary-replica; use one of register, bank, list-append, "
    "counter\n" },
  { "mix without times",
    "model: primary-replica\n"
    "workload:\n"
    "  mix: {read: 100%}\n",
    "f:3:3: a mix, but nothing says when its operations come; add 'arrival: poisson(1000/s)' for an "
    "open loop or 'think: exponential(mean 10ms)' for a closed one\n" },
  { "times without a mix",
    "model: primary-replica\n"
    "workload: {arrival: poisson(10/s)}\n",
    "f:2:12: nothing says what operations do; add a mix, such as 'mix: {read: 90%, write: 10%}'\n" },
  { "both loops",
    "model: primary-replica\n"
    "workload:\n"
    "  arrival: poisson(10/s)\n"
    "  think: 1s\n"
    "  mix: {read: 100%}\n",
    "f:4:3: 'think' beside 'arrival'; keep 'arrival' for an open loop or 'think' for a closed one\n" },
  { "shares that don't add up",
    "model: primary-replica\n"
    "workload:\n"
    "  think: 1s\n"
    "  mix: {read: 90%, write: 20%}\n",
    "f:4:8: the shares of the mix add up to 110%; they must add up to 100%\n" },
  { "a step of another object",
    "model: primary-replica\n"
    "workload:\n"
    "  think: 1s\n"
    "  mix: {read: 50%, append: 50%}\n",
    "f:4:20: unknown step 'append' of register; list-append has it: write 'object: list-append' under 'workload'\n" },
  { "a template without steps",
    "model: primary-replica\n"
    "workload:\n"
    "  think: 1s\n"
    "  mix:\n"
    "    - {share: 100%, level: all}\n",
    "f:5:7: an operation has from 1 to 1000 steps, not 0; say how many of each, as in {share: 10%, "
    "read: 2, write: 1}\n" },
  { "a template with an unknown level",
    "model: primary-replica\n"
    "workload:\n"
    "  think: 1s\n"
    "  mix:\n"
    "    - {share: 100%, read: 1, level: most}\n",
    "f:5:37: level: 'most' is not possible here; use one of one, quorum, all\n" },
  { "an arrival that is none",
    "model: primary-replica\n"
    "workload: {arrival: 1000/s, mix: {read: 100%}}\n",
    "f:2:21: arrival: '1000/s' is no way to arrive; write poisson(RATE) or constant(RATE), like "
    "poisson(1000/s)\n" },
  { "a rate without time",
    "model: primary-replica\n"
    "workload: {arrival: poisson(1000), mix: {read: 100%}}\n",
    "f:2:21: arrival: '1000' is not a rate; write how many, a slash and ns, us, ms, s, min, h or d, "
    "like 1000/s or 5/min\n" },
  { "keys by nothing",
    "model: primary-replica\n"
    "workload: {keys: {count: 10, choose: zipfian}}\n",
    "f:2:38: choose: 'zipfian' is no way to choose keys; write uniform, sequential or "
    "zipf(EXPONENT), like zipf(0.99)\n" },
  { "an exponent of 0",
    "model: primary-replica\n"
    "workload: {keys: {count: 10, choose: zipf(0)}}\n",
    "f:2:38: choose: 'zipf(0)' needs an exponent above 0 and up to 10; write zipf(0.99)\n" },
  { "unknown session",
    "model: primary-replica\n"
    "clients: {names: [alice, bob]}\n"
    "workload:\n"
    "  operations:\n"
    "    - {session: alcie, read: x}\n",
    "f:5:17: unknown session 'alcie'; did you mean 'alice'?\n" },
  { "session beyond",
    "model: primary-replica\n"
    "workload:\n"
    "  operations:\n"
    "    - {session: s2, read: x}\n",
    "f:4:17: unknown session 's2'; the only one is 's1'; 'clients: {sessions: N}' makes more\n" },
  { "after nobody",
    "model: primary-replica\n"
    "workload:\n"
    "  operations:\n"
    "    - {id: w1, write: {x: 1}}\n"
    "    - {id: r1, after: w2, read: x}\n",
    "f:5:23: unknown operation 'w2'; use one of w1, r1\n" },
  { "after each other",
    "model: primary-replica\n"
    "workload:\n"
    "  operations:\n"
    "    - {id: a, after: b, read: x}\n"
    "    - {id: b, after: a, read: x}\n",
    "f:4:22: 'a' waits for itself by way of 'b'; let one of them start at a time\n" },
  { "after itself",
    "model: primary-replica\n"
    "workload:\n"
    "  operations:\n"
    "    - {id: a, after: a, read: x}\n",
    "f:4:22: 'a' waits for itself by way of 'a'; let one of them start at a time\n" },
  { "an id twice",
    "model: primary-replica\n"
    "workload:\n"
    "  operations:\n"
    "    - {id: a, read: x}\n"
    "    - {id: a, read: x}\n",
    "f:5:12: two operations are called 'a'; give each an id of its own\n" },
  { "an operation without a step",
    "model: primary-replica\n"
    "workload:\n"
    "  operations:\n"
    "    - {id: a, at: 1s}\n",
    "f:4:7: an operation without a step; add one of read, write, cas, bulk-write, steps\n" },
  { "two steps",
    "model: primary-replica\n"
    "workload:\n"
    "  operations:\n"
    "    - {read: x, write: {x: 1}}\n",
    "f:4:17: 'write' beside 'read' in one operation; put several steps into one list: steps: "
    "[{read: x}, {write: {y: 1}}]\n" },
  { "a write without a value",
    "model: primary-replica\n"
    "workload:\n"
    "  operations:\n"
    "    - {write: x}\n",
    "f:4:15: 'write' needs one key and its value; write {write: {x: 1}}\n" },
  { "cas without what is expected",
    "model: primary-replica\n"
    "workload:\n"
    "  operations:\n"
    "    - {cas: {key: x, value: 1}}\n",
    "f:4:13: a cas has no 'expected'; add 'expected': a value: nil, a whole number, a word, a text "
    "in quotes, or a list of these\n" },
  { "a step in a list that is none",
    "model: primary-replica\n"
    "workload:\n"
    "  operations:\n"
    "    - {steps: [{reed: x}]}\n",
    "f:4:17: unknown step 'reed' of register; did you mean 'read'?\n" },
  { "money that is none",
    "model: primary-replica\n"
    "workload:\n"
    "  object: bank\n"
    "  operations:\n"
    "    - {transfer: {from: a, to: b, amount: -5}}\n",
    "f:5:43: amount: '-5' is not above 0; write a whole number above 0, like 10\n" },
  { "a server that is none",
    "model: primary-replica\n"
    "workload:\n"
    "  operations:\n"
    "    - {to: replica9, read: x}\n",
    "f:4:12: to: 'replica9' is no node of this scenario; did you mean 'replica1'?\n" },
  { "a server that is a client",
    "model: primary-replica\n"
    "workload:\n"
    "  operations:\n"
    "    - {to: client1, read: x}\n",
    "f:4:12: 'client1' is a host of clients; name a server\n" },
  { "a fault that is none",
    "model: primary-replica\n"
    "faults:\n"
    "  - {at: 1s, crsh: primary}\n",
    "f:3:14: unknown key 'crsh'; did you mean 'crash'?\n" },
  { "a fault without a name",
    "model: primary-replica\n"
    "faults:\n"
    "  - {at: 1s, for: 2s}\n",
    "f:3:5: a line without a fault; name one, as in {at: 10s, crash: NODE, for: 5s}; `orrery "
    "faults` lists them\n" },
  { "two faults",
    "model: primary-replica\n"
    "faults:\n"
    "  - {at: 1s, crash: primary, stop: replica1}\n",
    "f:3:30: 'stop' beside 'crash'; write a line for each\n" },
  { "two triggers",
    "model: primary-replica\n"
    "faults:\n"
    "  - {at: 1s, every: 5s, crash: primary}\n",
    "f:3:14: 'every' beside 'at'; write two lines, or keep one of them\n" },
  { "a fault of nobody",
    "model: primary-replica\n"
    "faults:\n"
    "  - {at: 1s, crash: primari}\n",
    "f:3:21: node: 'primari' is no node of this scenario; did you mean 'primary'?\n" },
  { "a kind that is none",
    "model: primary-replica\n"
    "faults:\n"
    "  - {at: 1s, crash: primary, kind: os-crash}\n",
    "f:3:36: kind: 'os-crash' is not possible here; use one of process, os, disk\n" },
  { "a setting of another fault",
    "model: primary-replica\n"
    "faults:\n"
    "  - {at: 1s, stop: primary, kind: os}\n",
    "f:3:29: unknown key 'kind'; use one of at, every, for, quiet, intensity, target, when, "
    "choose, node, stop\n" },
  { "a fault that needs settings",
    "model: primary-replica\n"
    "faults:\n"
    "  - {at: 1s, clock: replica1}\n",
    "f:3:21: 'clock' can't be a single value; write clock: {node: …}\n" },
  { "a factor that is missing",
    "model: primary-replica\n"
    "faults:\n"
    "  - {at: 1s, slow: {node: replica1}}\n",
    "f:3:20: the fault 'slow' has no 'factor'; add 'factor': a number, like 0.99\n" },
  { "a setting twice",
    "model: primary-replica\n"
    "faults:\n"
    "  - {at: 1s, crash: {node: primary, kind: os}, kind: disk}\n",
    "f:3:48: 'kind' is there twice, here and within 'crash'; keep one\n" },
  { "the fault's own rule",
    "model: primary-replica\n"
    "faults:\n"
    "  - {at: 1s, partition: [[primary, replica1]]}\n",
    "f:3:25: one set alone cuts nobody off; name two\n" },
  { "too late",
    "model: primary-replica\n"
    "duration: 10s\n"
    "faults:\n"
    "  - {at: 10s, crash: primary}\n",
    "f:4:10: a fault at 10s never strikes: the workload is over at 10s; let it strike earlier, or "
    "make 'duration' longer\n" },
  { "choice of nothing",
    "model: primary-replica\n"
    "faults:\n"
    "  - {every: 5s, choose: []}\n",
    "f:3:25: there is nothing to choose from; name at least one, as in [crash, pause]\n" },
  { "choice of the unknown",
    "model: primary-replica\n"
    "faults:\n"
    "  - {every: 5s, choose: [partition-majorty]}\n",
    "f:3:26: unknown fault 'partition-majorty'; did you mean 'partition-majority'?\n" },
  { "target without choice",
    "model: primary-replica\n"
    "faults:\n"
    "  - {at: 5s, crash: primary, target: replica1}\n",
    "f:3:30: 'target' without 'choose'; name the node as the fault's own setting\n" },
  { "target that is none",
    "model: primary-replica\n"
    "faults:\n"
    "  - {every: 5s, choose: [crash], target: replicas}\n",
    "f:3:42: unknown node, role or fact 'replicas'; did you mean 'replica'?\n" },
  { "an event that is none",
    "model: primary-replica\n"
    "faults:\n"
    "  - {when: {synced: primary}, crash: primary}\n",
    "f:3:13: unknown key 'synced'; did you mean 'sync'?\n" },
  { "the 0th event",
    "model: primary-replica\n"
    "faults:\n"
    "  - {when: {sync: primary, nth: 0}, crash: primary}\n",
    "f:3:33: nth: '0' is too small; the least is 1\n" },
  { "a message that is none",
    "model: primary-replica\n"
    "faults:\n"
    "  - {when: {send: wall}, crash: primary}\n",
    "f:3:19: unknown message 'wall' of primary-replica; did you mean 'wal'?\n" },
  { "a field that is none",
    "model: primary-replica\n"
    "faults:\n"
    "  - {when: {send: wal, where: {trm: 2}}, crash: primary}\n",
    "f:3:32: unknown field 'trm' of wal; did you mean 'term'?\n" },
  { "a value of the wrong kind",
    "model: primary-replica\n"
    "faults:\n"
    "  - {when: {fact: leader, where: {term: two}}, crash: primary}\n",
    "f:3:41: term: 'two' is not a whole number from 0; write a whole number from 0, like 42\n" },
  { "an action that is none",
    "model: primary-replica\n"
    "faults:\n"
    "  - {at: 1s, action: {promot: replica1}}\n",
    "f:3:23: unknown action 'promot' of primary-replica; did you mean 'promote'?\n" },
  { "an action that ends",
    "model: primary-replica\n"
    "faults:\n"
    "  - {at: 1s, action: {promote: replica1}, for: 2s}\n",
    "f:3:43: an action has no end; leave 'for' out\n" },
  { "an action of nobody",
    "model: primary-replica\n"
    "faults:\n"
    "  - {at: 1s, action: {move-away: {times: 2}}}\n",
    "f:3:34: an action has no 'node'; add 'node': the name of a node\n" },
  { "a pin of nothing",
    "model: primary-replica\n"
    "pins:\n"
    "  - {node: primary}\n",
    "f:3:5: a pin of nothing; use one of message, timer, draw, disk, write, sync, service, request, reply, "
    "stream, release, as in {message: NAME, drop: true}\n" },
  { "a pin that says nothing",
    "model: primary-replica\n"
    "pins:\n"
    "  - {message: wal, from: primary}\n",
    "f:3:5: the pin says nothing about the message; add 'latency: DURATION' or 'drop: true'\n" },
  { "a pin that says too much",
    "model: primary-replica\n"
    "pins:\n"
    "  - {message: ping, drop: true, latency: 5ms}\n",
    "f:3:5: a message that is dropped has no latency; keep 'latency' or 'drop'\n" },
  { "a timer that is none",
    "model: primary-replica\n"
    "pins:\n"
    "  - {timer: elections, after: 5ms}\n",
    "f:3:13: unknown timer 'elections' of primary-replica; did you mean 'election'?\n" },
  { "a draw that is none",
    "model: primary-replica\n"
    "pins:\n"
    "  - {draw: aply-delay, value: 5ms}\n",
    "f:3:12: unknown draw 'aply-delay' of primary-replica; did you mean 'apply-delay'?\n" },
  { "a record without fields",
    "model: primary-replica\n"
    "pins:\n"
    "  - {message: ping, where: {term: 1}, drop: true}\n",
    "f:3:29: unknown field 'term' of ping; it has none\n" },
  { "an expectation of the unknown",
    "model: primary-replica\n"
    "expect: {read-your-write: holds}\n",
    "f:2:10: unknown property or figure 'read-your-write'; did you mean 'read-your-writes'?\n" },
  { "a verdict that is none",
    "model: primary-replica\n"
    "expect: {convergence: hold}\n",
    "f:2:23: 'convergence' is a property; it can't be 'hold'; did you mean 'holds'?\n" },
  { "a figure as a verdict",
    "model: primary-replica\n"
    "expect: {success: holds}\n",
    "f:2:19: 'success' is a figure; it can't be 'holds'; write above, below, at least, at most or "
    "exactly and a value, as in 'at least 99.9%'\n" },
  { "a property as a figure",
    "model: primary-replica\n"
    "expect: {convergence: above 5%}\n",
    "f:2:23: 'convergence' is a property; it can't be 'above 5%'; use one of holds, violated, "
    "unknown\n" },
  { "a figure without its unit",
    "model: primary-replica\n"
    "expect: {latency.p99: below 5}\n",
    "f:2:23: latency.p99: '5' has no unit; write ns, us, ms, s, min, h or d right behind the "
    "number, as in 200ms\n" },
  { "a verdict among several",
    "model: primary-replica\n"
    "expect: {convergence: [holds, violated]}\n",
    "f:2:23: convergence must be a single value, not a list; write one word or value behind the ':'\n" },
  { "no bound",
    "model: primary-replica\n"
    "expect: {success: []}\n",
    "f:2:19: 'success' has no bound; write one, as in [above 1ms, below 5ms]\n" },
  { "a rate without its unit",
    "model: primary-replica\n"
    "expect: {throughput: above 5}\n",
    "f:2:22: throughput: '5' has no unit; write /s right behind the number, as in 10/s\n" },
  { "a rate that is none",
    "model: primary-replica\n"
    "expect: {throughput: above much/s}\n",
    "f:2:22: throughput: 'much' is not a number; write a value, as in 'at least 10/s'\n" },
  { "a statistic that is none",
    "model: primary-replica\n"
    "expect: {latency.read.p98: below 5ms}\n",
    "f:2:10: unknown part 'p98' of latency; did you mean 'p90'?\n" },
  { "a sample without a statistic",
    "model: primary-replica\n"
    "expect: {latency.read: below 5ms}\n",
    "f:2:10: 'latency.read' is a sample of many values; end it with one of mean, min, p50, p90, "
    "p95, p99, p999, max, as in latency.read.mean\n" },
  { "a node that is none, in a figure",
    "model: primary-replica\n"
    "expect: {share.read.replica3: above 50%}\n",
    "f:2:10: unknown part 'replica3' of share; did you mean 'replica1'?\n" },
  { "a bound that is none",
    "model: primary-replica\n"
    "expect: {success: over 50%}\n",
    "f:2:19: 'success' is a figure; it can't be 'over 50%'; write above, below, at least, at most "
    "or exactly and a value, as in 'at least 99.9%'\n" },
  { "a path that leads nowhere",
    "model: primary-replica\n"
    "sweep: {options.router.windw: [1s]}\n",
    "f:2:9: options.router.windw: unknown key 'windw'; did you mean 'window'?\n" },
  { "a value that can't be",
    "model: primary-replica\n"
    "sweep: {options.replicas: [1, 0, two]}\n",
    "f:2:31: options.replicas can't be 0: replicas: '0' is too small; the least is 1\n"
    "f:2:34: options.replicas can't be two: replicas: 'two' is not a whole number; write a whole "
    "number from 0, like 3\n" },
  { "no values",
    "model: primary-replica\n"
    "sweep: {options.replicas: []}\n",
    "f:2:27: 'options.replicas' may take from 1 to 1000 values, not 0; list them, as in [1s, 5s]\n" },
  { "a value instead of a list",
    "model: primary-replica\n"
    "fuzz: {options.replicas: 3}\n",
    "f:2:26: options.replicas must be a list, not a single value; write [a, b], or a '- ' before "
    "each on a line of its own\n" },
  { "a sweep of the sweep",
    "model: primary-replica\n"
    "sweep: {sweep.seed: [1]}\n",
    "f:2:9: 'sweep.seed' can't vary; name a value of another part\n" },
  { "fuzz by the unknown",
    "model: primary-replica\n"
    "fuzz: {faults: [crash, erathquake]}\n",
    "f:2:24: unknown fault 'erathquake'; use one of stop, crash, crash-process, crash-os, "
    "crash-disk, partition, partition-majority, partition-minority, link, pause, clock, disk, slow\n" },
  { "several places at once",
    "model: primary-replica\n"
    "options: {replicas: 2, router: {policy: lsm}}\n"
    "clients: {sesions: 3}\n"
    "faults:\n"
    "  - {at: 1, crash: replica3}\n"
    "expect: {convergense: holds}\n",
    "f:2:41: policy: 'lsm' is none of primary-only, time-window, lsn; did you mean 'lsn'?\n"
    "f:3:11: unknown key 'sesions'; did you mean 'sessions'?\n"
    "f:5:10: at: '1' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in "
    "200ms\n"
    "f:6:10: unknown property or figure 'convergense'; did you mean 'convergence'?\n" },
  { "a tab",
    "model: primary-replica\n"
    "options:\n"
    "\treplicas: 2\n",
    "f:3:1: a tab where the line is indented; indent with spaces\n" },
  { "an anchor",
    "model: primary-replica\n"
    "options: &o {replicas: 2}\n",
    "f:2:10: anchors can't be used here; take it out, or put a text that starts with '&' in quotes\n" },
  { "a key twice",
    "model: primary-replica\n"
    "seed: 1\n"
    "seed: 2\n",
    "f:3:1: the key 'seed' is there twice; keep one; the first is at line 2, column 1\n" },
  { "nothing behind a key",
    "model: primary-replica\n"
    "seed:\n",
    "f:2:6: 'seed' has no value; write a whole number from 0, like 42, or leave the key out\n" },
};
