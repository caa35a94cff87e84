# All that the report says, for programs. Digests and seeds are texts, since 64 bits do not fit into every reader's numbers.
> file lag.yaml
title: Behind
model: primary-replica
options: {replicas: 1, apply-delay: 100ms}
workload:
  operations:
    - {id: w1, write: {x: 1}}
    - {id: r1, after: w1, read: x}
faults:
  - {at: 1s, stop: replica1, for: 1s}
expect:
  read-your-writes: holds
  count.read: exactly 1
> end
$ orrery run --json lag.yaml | sed '/"figures"/,/^  }/d'
----
{
  "title" : "Behind",
  "file" : "lag.yaml",
  "model" : "primary-replica",
  "version" : "0.1.0",
  "seed" : "1",
  "result" : "not as expected",
  "verdicts" : [
    {
      "property" : "read-your-writes",
      "verdict" : "violated",
      "sentence" : "s1 wrote x = 1 at 0s (ok at 0.001s on primary), but then read x = nil at 0.001s on replica1, which came to hold x = 1 only at 0.101s",
      "checked" : 1,
      "violations" : 1,
      "witness" : [
        {
          "id" : "w1",
          "session" : "s1",
          "invoked-ns" : 0,
          "what" : "w1 (s1, 0s): write x 1 at primary"
        },
        {
          "id" : "r1",
          "session" : "s1",
          "invoked-ns" : 1000000,
          "what" : "r1 (s1, 0.001s): read x → nil at replica1"
        }
      ]
    }
  ],
  "expected" : [
    {
      "name" : "read-your-writes",
      "expected" : "holds",
      "found" : "violated",
      "result" : "not met"
    },
    {
      "name" : "count.read",
      "expected" : "exactly 1",
      "found" : "1",
      "result" : "met"
    }
  ],
  "faults" : [
    {
      "what" : "stop replica1",
      "began-ns" : 1000000000,
      "ended-ns" : 2000000000,
      "effects" : 1
    }
  ],
  "idle-faults" : [],
  "idle-pins" : [],
  "operations" : 2,
  "events" : …,
  "ended-ns" : 12000000000,
  "ending" : "quiet",
  "digest" : "…",
  "again" : "orrery run lag.yaml --seed 1"
}
$ orrery run --json lag.yaml | grep -A 5 '"latency.read.replica1.p99"\|"share.read.primary"\|"count.read"'
----
      "name" : "count.read",
      "expected" : "exactly 1",
      "found" : "1",
      "result" : "met"
    }
  ],
--
    "latency.read.replica1.p99" : {
      "value" : 1000000.0,
      "unit" : "ns",
      "text" : "1ms",
      "samples" : 1
    },
--
    "count.read" : {
      "value" : 1.0,
      "unit" : null,
      "text" : "1",
      "samples" : 1
    },
--
    "share.read.primary" : {
      "value" : 0.0,
      "unit" : "ppb",
      "text" : "0%",
      "samples" : 1
    },

# Several are a list.
$ orrery run --json lag.yaml lag.yaml | grep -c '"again"'
----
2
$ orrery run --json lag.yaml lag.yaml | sed -n '1p;$p'
----
[
]

# So are problems.
> file broken.yaml
model: primary-replica
sed: 7
> end
$ orrery validate --json broken.yaml lag.yaml --set settle=1
----
[
  {
    "scenario" : "broken.yaml",
    "ok" : false,
    "problems" : [
      {
        "file" : "broken.yaml",
        "line" : 2,
        "column" : 1,
        "what" : "unknown key 'sed'",
        "remedy" : "did you mean 'seed'?"
      },
      {
        "file" : "--set settle",
        "line" : 1,
        "column" : 1,
        "what" : "settle: '1' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms",
        "remedy" : null
      }
    ]
  },
  {
    "scenario" : "lag.yaml",
    "ok" : false,
    "problems" : [
      {
        "file" : "--set settle",
        "line" : 1,
        "column" : 1,
        "what" : "settle: '1' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms",
        "remedy" : null
      }
    ]
  }
]
[exit 65]
