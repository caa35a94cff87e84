# What a change would do: the same seeds without it and with it.
$ orrery compare two-lags-random --set options.router=lsn --seeds 1..10
----
What changes from A to B
  A  two-lags-random: Replicas 100 ms and 600 ms late: a random replica for each read
  B  two-lags-random with options.router=lsn
10 pairs of runs by the same seed, of 1..10

Verdicts that change (how many runs violate it; unknown: pairs in which one was not decided)
  property           A  B  only A  by seed             only B  by seed  unknown
  read-your-writes  10  0      10  1, 2, 3, 4, 5, ...       0  -              0

No pair differs in monotonic-reads, convergence

What A expects (and how many runs meet it)
  figure or property  expected  A    runs  B        runs  B's first that do not
  read-your-writes    violated  met    10  NOT MET     0  1, 2, 3, 4, 5, ...

Figures that differ (means of all runs, and of B - A by the same seed; pp: percentage points)
  figure                             A       B    B - A              95% CI  relative
  share.read.primary                0%   66.2%  +66.2pp      +65pp..+67.5pp         -
  staleness.read.p50            88.5ms      0s  -88.5ms    -90.5ms..-86.4ms     -100%
  staleness-versions.read.p50      1.2       0     -1.2        -1.5..-0.898     -100%
  visibility.p50                 519ms   419us   -519ms      -524ms..-513ms    -99.9%
  staleness.read.mean            225ms  16.7ms   -208ms      -212ms..-204ms    -92.6%
  staleness-versions.read.mean    2.03   0.219    -1.81        -1.88..-1.75    -89.2%
  visibility.mean                482ms  68.9ms   -413ms      -420ms..-406ms    -85.7%
  stale.read                     69.8%   14.1%  -55.7pp    -56.6pp..-54.9pp    -79.9%
  fresh.0ms                      29.6%   85.8%  +56.2pp    +55.3pp..+57.1pp     +190%
  fresh.1ms                      29.8%   85.9%  +56.1pp    +55.2pp..+57.1pp     +188%
  fresh.10ms                     31.4%   86.7%  +55.3pp    +54.4pp..+56.2pp     +176%
  staleness-versions.read.p99      7.9     3.1     -4.8        -5.36..-4.24    -60.8%
  latency.read.p50                 1ms     2ms     +1ms          +1ms..+1ms     +100%
  latency.read.p99                 1ms     2ms     +1ms          +1ms..+1ms     +100%
  latency.read.max                 1ms     2ms     +1ms          +1ms..+1ms     +100%
  latency.read.mean                1ms  1.99ms   +989us      +984us..+994us    +98.9%
  fresh.100ms                      53%   97.2%  +44.2pp    +43.2pp..+45.1pp    +83.3%
  latency.mean                     1ms  1.74ms   +740us      +732us..+748us      +74%
  staleness-versions.read.max     10.5     7.2     -3.3          -4.2..-2.4    -31.4%
  staleness.read.p99             596ms   478ms   -118ms     -143ms..-92.8ms    -19.8%
  visibility.p99                 598ms   568ms  -30.5ms    -42.1ms..-18.9ms     -5.1%
  throughput.read               88.3/s  86.9/s   -1.4/s    -1.71/s..-1.08/s     -1.6%
  count.read                      1766    1738    -27.9          -34..-21.8     -1.6%
  throughput                     118/s   116/s  -1.73/s    -2.08/s..-1.37/s     -1.5%
  count                           2357    2323    -34.4        -41.3..-27.5     -1.5%
  throughput.write              29.6/s  29.2/s  -0.33/s  -0.396/s..-0.264/s     -1.1%
  count.write                      591     585     -6.5        -7.77..-5.23     -1.1%
  staleness.read.max             599ms   593ms  -6.21ms    -9.26ms..-3.15ms       -1%
  visibility.max                 599ms   593ms  -6.21ms    -9.26ms..-3.15ms       -1%
  delta-atomicity                599ms   593ms  -6.21ms    -9.26ms..-3.15ms       -1%

140 more differ, of single nodes or by other statistics; --all lists them.
94 figures do not differ.
48 only B has.

again: orrery compare two-lags-random --set options.router=lsn --seeds 1..10
$ orrery compare two-lags-random --set options.router=lsn --seeds 1..10 --jobs 1 > one; orrery compare two-lags-random --set options.router=lsn --seeds 1..10 --jobs 3 | cmp - one
----

# Two scenarios, of which the second breaks what the first keeps; the command that is named shows it.
$ orrery compare -q two-lags-lsn two-lags-sticky --seeds 1..10 > out; echo "exit $?"; cat out
----
exit 1
What changes from A to B
  A  two-lags-lsn: Replicas 100 ms and 600 ms late: the log position
  B  two-lags-sticky: Replicas 100 ms and 600 ms late: a replica for each session
10 pairs of runs by the same seed, of 1..10

Verdicts that change (how many runs violate it; unknown: pairs in which one was not decided)
  property           A   B  only A  by seed             only B  by seed             unknown
  read-your-writes   0  10       0  -                       10  1, 2, 3, 4, 5, ...        0
  monotonic-reads   10   0      10  1, 2, 3, 4, 5, ...       0  -                         0

No pair differs in convergence

What A expects (and how many runs meet it)
  figure or property  expected  A    runs  B        runs  B's first that do not
  read-your-writes    holds     met    10  NOT MET     0  1, 2, 3, 4, 5, ...

B breaks read-your-writes: orrery run two-lags-sticky --seed 1
again: orrery compare two-lags-lsn two-lags-sticky --seeds 1..10
$ sh -c "$(sed -n 's/^B breaks .*: orrery run/orrery run -q/p' out)" | grep -m 1 'read-your-writes '
----
  read-your-writes  violated (487 times in 1714; the first is shown)

# What changes nothing: each pair is one run.
$ orrery compare two-lags-lsn --set title=Other --seeds 1..5
----
What changes from A to B
  A  two-lags-lsn: Replicas 100 ms and 600 ms late: the log position
  B  two-lags-lsn with title=Other: Other
5 pairs of runs by the same seed, of 1..5
5 of them are the same, event for event

No pair differs in read-your-writes, convergence

311 figures do not differ.

again: orrery compare two-lags-lsn --set title=Other --seeds 1..5
# --both is for both, --set for B alone and comes after it.
$ orrery compare -q two-lags-time-window --both options.router.window=0s --set options.router.window=2s --seeds 1..5
----
What changes from A to B
  A  two-lags-time-window: Replicas 100 ms and 600 ms late: the primary for half a second after a write
  B  two-lags-time-window with options.router.window=2s
5 pairs of runs by the same seed, of 1..5

Verdicts that change (how many runs violate it; unknown: pairs in which one was not decided)
  property          A  B  only A  by seed        only B  by seed  unknown
  read-your-writes  5  0       5  1, 2, 3, 4, 5       0  -              0

No pair differs in convergence

What A expects (and how many runs meet it)
  figure or property  expected  A        runs  B        runs  B's first that do not
  read-your-writes    violated  met         5  NOT MET     0  1, 2, 3, 4, 5
  share.read.primary  above 0%  NOT MET     0  met         5  -

again: orrery compare two-lags-time-window --both options.router.window=0s --set options.router.window=2s --seeds 1..5

# As JSON.
$ orrery compare --json two-lags-lsn two-lags-sticky --seeds 1..10 -p convergence | sed '/"figures"/,$d'
----
{
  "a" : {
    "name" : "two-lags-lsn",
    "title" : "Replicas 100 ms and 600 ms late: the log position",
    "model" : "primary-replica",
    "command" : "orrery run two-lags-lsn"
  },
  "b" : {
    "name" : "two-lags-sticky",
    "title" : "Replicas 100 ms and 600 ms late: a replica for each session",
    "model" : "primary-replica",
    "command" : "orrery run two-lags-sticky"
  },
  "first-seed" : "1",
  "last-seed" : "10",
  "pairs" : 10,
  "same" : 0,
  "died-a" : {
    "runs" : 0,
    "seeds" : []
  },
  "died-b" : {
    "runs" : 0,
    "seeds" : []
  },
  "result" : "B breaks something",
  "verdicts" : [
    {
      "property" : "read-your-writes",
      "violated-by-neither" : {
        "runs" : 0,
        "seeds" : []
      },
      "violated-by-both" : {
        "runs" : 0,
        "seeds" : []
      },
      "violated-only-by-a" : {
        "runs" : 0,
        "seeds" : []
      },
      "violated-only-by-b" : {
        "runs" : 10,
        "seeds" : [
          "1",
          "2",
          "3",
          "4",
          "5"
        ]
      },
      "unknown" : 0
    },
    {
      "property" : "convergence",
      "violated-by-neither" : {
        "runs" : 10,
        "seeds" : [
          "1",
          "2",
          "3",
          "4",
          "5"
        ]
      },
      "violated-by-both" : {
        "runs" : 0,
        "seeds" : []
      },
      "violated-only-by-a" : {
        "runs" : 0,
        "seeds" : []
      },
      "violated-only-by-b" : {
        "runs" : 0,
        "seeds" : []
      },
      "unknown" : 0
    },
    {
      "property" : "monotonic-reads",
      "violated-by-neither" : {
        "runs" : 0,
        "seeds" : []
      },
      "violated-by-both" : {
        "runs" : 0,
        "seeds" : []
      },
      "violated-only-by-a" : {
        "runs" : 10,
        "seeds" : [
          "1",
          "2",
          "3",
          "4",
          "5"
        ]
      },
      "violated-only-by-b" : {
        "runs" : 0,
        "seeds" : []
      },
      "unknown" : 0
    }
  ],
  "expected" : [
    {
      "name" : "read-your-writes",
      "expected" : "holds",
      "a" : {
        "result" : "met",
        "met" : {
          "runs" : 10,
          "seeds" : [
            "1",
            "2",
            "3",
            "4",
            "5"
          ]
        },
        "not-met" : {
          "runs" : 0,
          "seeds" : []
        },
        "undecided" : {
          "runs" : 0,
          "seeds" : []
        }
      },
      "b" : {
        "result" : "not met",
        "met" : {
          "runs" : 0,
          "seeds" : []
        },
        "not-met" : {
          "runs" : 10,
          "seeds" : [
            "1",
            "2",
            "3",
            "4",
            "5"
          ]
        },
        "undecided" : {
          "runs" : 0,
          "seeds" : []
        }
      }
    },
    {
      "name" : "convergence",
      "expected" : "holds",
      "a" : {
        "result" : "met",
        "met" : {
          "runs" : 10,
          "seeds" : [
            "1",
            "2",
            "3",
            "4",
            "5"
          ]
        },
        "not-met" : {
          "runs" : 0,
          "seeds" : []
        },
        "undecided" : {
          "runs" : 0,
          "seeds" : []
        }
      },
      "b" : {
        "result" : "met",
        "met" : {
          "runs" : 10,
          "seeds" : [
            "1",
            "2",
            "3",
            "4",
            "5"
          ]
        },
        "not-met" : {
          "runs" : 0,
          "seeds" : []
        },
        "undecided" : {
          "runs" : 0,
          "seeds" : []
        }
      }
    }
  ],
$ orrery compare --all two-lags-lsn --set title=Other --seeds 1..5 | grep -c latency
----
80

$ orrery compare; orrery compare two-lags-lsn; orrery compare a b c; orrery compare two-lags-lsn nothing-there; orrery compare two-lags-lsn --set options.router=lns
----
orrery: which scenarios? Name two, or one and --set PATH=VALUE, what would change
orrery: with what? Name a second scenario, or --set PATH=VALUE, what would change
orrery: two are compared; 'orrery run' shows more of them side by side, and 'orrery sweep' a grid
orrery: there is no file or installed scenario 'nothing-there'; 'orrery models NAME' lists a model's scenarios
--set options.router: policy: 'lns' is none of primary-only, replica-only, random, round-robin, time-window, lsn, sticky; did you mean 'lsn'?
[exit 65]

# Of one seed there is one pair.
$ orrery compare lww-cache/hunt --set duration=1s --seeds 7..7 | grep "by the same seed"
----
1 pair of runs by the same seed, of 7..7
