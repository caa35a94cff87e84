# Histories that other programs wrote are judged like runs.
> file register.edn
{:process 0, :type :invoke, :f :write, :value 1}
{:process 0, :type :ok, :f :write, :value 1}
{:process 0, :type :invoke, :f :read, :value nil}
{:process 0, :type :ok, :f :read, :value 1}
> end
$ orrery check register.edn --property read-your-writes
----
register.edn
jepsen-edn, register, 2 operations by 1 session

Assumed
  - entries without a time: the order of the entries is what counts (4 times, first in line 1)

Verdicts
  read-your-writes  holds
    some order of each key's writes explains 1 read of what the session had written

What happened
  o1 (p0, line 1): write register 1
  o2 (p0, line 3): read register → 1

again: orrery check register.edn --property read-your-writes

# What is wrong is refused with its place; the others are judged all the same.
> file broken.edn
{:process 0, :type :invoke, :f :write, :value 1}
{:process 0, :type :invoke, :f :read, :value nil}
{:process 1, :type :ok, :f :read, :value 1}
{:process 1, :type :done, :f :read, :value 1}
> end
$ orrery check broken.edn
----
broken.edn:2:1: this process has an operation that has not ended, of line 1; end that one first: with ok, fail, or info where nobody knows
broken.edn:3:1: this process ends an operation that it did not invoke; write down its invocation before it
broken.edn:4:20: there is no type ':done'; it is invoke, ok, fail or info
[exit 65]
$ orrery check -q broken.edn register.edn -p monotonic-reads | head -n 2
----
broken.edn:2:1: this process has an operation that has not ended, of line 1; end that one first: with ok, fail, or info where nobody knows
broken.edn:3:1: this process ends an operation that it did not invoke; write down its invocation before it
broken.edn:4:20: there is no type ':done'; it is invoke, ok, fail or info
register.edn
jepsen-edn, register, 2 operations by 1 session
$ orrery check register.edn --format json
----
--format: there is no format 'json'; use one of jepsen-log, porcupine-kv, jepsen-json, dbcop, jepsen-edn, polysi, awdit
[exit 64]
$ orrery check register.edn --model regster
----
--model: there is no object 'regster'; did you mean 'register'?
[exit 64]
$ orrery check register.edn --dump
----
orrery: --dump writes traces, and 'register.edn' is a history from elsewhere
[exit 64]
$ orrery check register.edn --model counter
----
register.edn:1:32: the object 'counter' has no ':write'; it has read, increment; --model NAME chooses another object
[exit 65]

# Several side by side, traces among them; which are recognised by what they are.
> file lag.yaml
model: primary-replica
options: {replicas: 1, apply-delay: 100ms}
workload:
  operations:
    - {id: w1, write: {x: 1}}
    - {id: r1, after: w1, read: x}
expect: {read-your-writes: violated}
> end
> file order.txt
w x 1
r y 0
=====
w y 0
> end
$ orrery run -q lag.yaml --save lag.sqlite > /dev/null
----
$ orrery check -q lag.sqlite register.edn order.txt -p read-your-writes
----
scenario      as expected  read-your-writes
lag.sqlite    yes          violated
register.edn  -            holds
order.txt     -            holds
[exit 1]
$ orrery check -q register.edn order.txt -p read-your-writes
----
scenario      read-your-writes
register.edn  holds
order.txt     holds

# A history that is not in the order of its sessions: it read its own write no more.
> file lost.json
[{"process": "alice", "type": "invoke", "f": "txn", "value": [["append", "x", 1]]},
{"process": "alice", "type": "ok", "f": "txn", "value": [["append", "x", 1]]},
{"process": "alice", "type": "invoke", "f": "txn", "value": [["r", "x", null]]},
{"process": "alice", "type": "ok", "f": "txn", "value": [["r", "x", []]]}]
> end
$ orrery check lost.json -p read-your-writes
----
lost.json
jepsen-json, list-append, 2 operations by 1 session

Assumed
  - entries without a time: the order of the entries is what counts (4 times, first in line 1)

Verdicts
  read-your-writes  violated
    no order of the writes explains this: alice appended 1 to x at line 1; alice read x = nil at
    line 3
      o1 (alice, line 1): append x 1
      o2 (alice, line 3): read x → nil
      alice  [append x 1] [read x → nil]

What happened
  o1 (alice, line 1): append x 1
  o2 (alice, line 3): read x → nil

again: orrery check lost.json --property read-your-writes
[exit 1]
$ orrery check --json lost.json -p read-your-writes
----
{
  "file" : "lost.json",
  "format" : "jepsen-json",
  "object" : "list-append",
  "times" : "lines",
  "operations" : 2,
  "sessions" : 1,
  "assumed" : [
    {
      "what" : "entries without a time: the order of the entries is what counts",
      "count" : 4,
      "line" : 1,
      "column" : 2
    }
  ],
  "result" : "violated",
  "verdicts" : [
    {
      "property" : "read-your-writes",
      "verdict" : "violated",
      "sentence" : "no order of the writes explains this: alice appended 1 to x at line 1; alice read x = nil at line 3",
      "checked" : 1,
      "violations" : 1,
      "witness" : [
        {
          "id" : "o1",
          "session" : "alice",
          "line" : 1,
          "column" : 1,
          "what" : "o1 (alice, line 1): append x 1"
        },
        {
          "id" : "o2",
          "session" : "alice",
          "line" : 3,
          "column" : 1,
          "what" : "o2 (alice, line 3): read x → nil"
        }
      ]
    }
  ],
  "figures" : {  },
  "again" : "orrery check lost.json --property read-your-writes"
}
[exit 1]

# A bank in which money is made, and one with less than nothing in an account.
> file bank.edn
{:process 0, :type :invoke, :f :read}
{:process 0, :type :ok, :f :read, :value {a 10, b 10}}
{:process 1, :type :invoke, :f :transfer, :value {:from a, :to b, :amount 5}}
{:process 0, :type :invoke, :f :read}
{:process 0, :type :ok, :f :read, :value {a 10, b 15}}
{:process 1, :type :info, :f :transfer, :value {:from a, :to b, :amount 5}}
> end
$ orrery check -q bank.edn -p conserved-total
----
bank.edn
jepsen-edn, bank, 3 operations by 2 sessions

Assumed
  - entries without a time: the order of the entries is what counts (6 times, first in line 1)
  - reads of all accounts, of which the first is taken for what they held in the beginning (once, in
    line 1)

Verdicts
  conserved-total  violated
    p0 read all accounts at line 4, and found 25 in them, not 20
      o3 (p0, line 4): read a → 10; read b → 15

again: orrery check bank.edn --property conserved-total
[exit 1]
$ sed 's/10, b 15/-1, b 21/' bank.edn > overdrawn.edn; orrery check -q overdrawn.edn -p conserved-total
----
overdrawn.edn
jepsen-edn, bank, 3 operations by 2 sessions

Assumed
  - entries without a time: the order of the entries is what counts (6 times, first in line 1)
  - reads of all accounts, of which the first is taken for what they held in the beginning (once, in
    line 1)

Verdicts
  conserved-total  violated
    p0 read all accounts at line 4, and found less than nothing in a, which no withdrawal may leave
      o3 (p0, line 4): read a → -1; read b → 21

again: orrery check overdrawn.edn --property conserved-total
[exit 1]
$ orrery formats
----
jepsen-log             The log that Jepsen prints: an operation a line
porcupine-kv           Porcupine's logs of a key-value store with get, put and append
jepsen-json            Jepsen's histories in JSON, as elle-cli writes them
dbcop                  dbcop's text: transactions in brackets
jepsen-edn             Jepsen's histories in EDN, as Jepsen, Knossos and Elle write them
polysi                 The text of PolySI, Plume and IsoVista: a step a line, with session and transaction
awdit                  AWDIT's text: reads and writes of transactions, a line each
$ orrery formats awdit
----
awdit: AWDIT's text: reads and writes of transactions, a line each

`r KEY VALUE` reads, `w KEY VALUE` writes; `-----` ends a transaction, `=====` a session. There are
no times: what is known is the order within each session. Nothing is there before it is written, not
even 0.

Example
  w x 1
  -----
  w y 1
  =====
  r x 1
  r y 1
$ orrery formats --json dbcop
----
[
  {
    "name" : "dbcop",
    "summary" : "dbcop's text: transactions in brackets",
    "doc" : "`[x:=1 y==2 z==?]` is a transaction that writes 1 to x, reads 2 from y, and finds nothing in z; `]!` ends one that did not commit. `---` parts sessions; `//` begins a comment. A read of 0 found nothing, unless somebody wrote 0 to that key. There are no times.",
    "settings" : [],
    "examples" : [
      {
        "name" : "[x:=1 y:=1]"
      },
      {
        "name" : "---"
      },
      {
        "name" : "[x==1 y==1]"
      }
    ]
  }
]
$ orrery complete -- check --format j
----
jepsen-log
jepsen-json
jepsen-edn
$ orrery complete -- check --model set
----
set
set-full
