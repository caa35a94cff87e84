# Many runs, one by each seed: how often a property is violated, what was expected of every run, the first runs to look at.
> file chance.yaml
title: A replica that is sometimes late
model: primary-replica
options: {replicas: 1, apply-delay: exponential(mean 2ms)}
clients: {names: [alice]}
workload:
  operations:
    - {id: w1, session: alice, write: {x: 1}}
    - {id: r1, after: w1, at: 2ms, session: alice, read: x}
expect:
  read-your-writes: holds
  stale.read: at most 50%
> end
$ orrery run chance.yaml --seeds 1..200
----
A replica that is sometimes late
primary-replica, 200 runs, seeds 1..200

Verdicts
  read-your-writes  violated in 55 of 200 runs (27.5%, 95% CI 21.8%..34.1%)
    first by seed 1, 2, 3, 8, 9

Expected
  read-your-writes  holds        NOT MET in 55 of 200 runs
    first by seed 1, 2, 3, 8, 9
  stale.read        at most 50%  NOT MET in 55 of 200 runs
    first by seed 1, 2, 3, 8, 9

Not as expected
  orrery run chance.yaml --seed 1
  orrery run chance.yaml --seed 2
  orrery run chance.yaml --seed 3
  orrery run chance.yaml --seed 8
  orrery run chance.yaml --seed 9
  and 50 more

Figures (a run each; 95% CI: of the mean Student's, of the median by ranks)
  figure              runs   mean        95% CI  median      95% CI  least  by seed  most  by seed
  latency.write.p50    200    1ms      1ms..1ms     1ms    1ms..1ms    1ms        1   1ms        1
  latency.write.p99    200    1ms      1ms..1ms     1ms    1ms..1ms    1ms        1   1ms        1
  latency.read.p50     200    1ms      1ms..1ms     1ms    1ms..1ms    1ms        1   1ms        1
  latency.read.p99     200    1ms      1ms..1ms     1ms    1ms..1ms    1ms        1   1ms        1
  share.read.primary   200     0%        0%..0%      0%      0%..0%     0%        1    0%        1
  success              200   100%    100%..100%    100%  100%..100%   100%        1  100%        1
  stale.read           200  27.5%  21.3%..33.7%      0%      0%..0%     0%        4  100%        1
  staleness.read.p99   200  550us  425us..675us      0s      0s..0s     0s        4   2ms        1
  staleness.read.max   200  550us  425us..675us      0s      0s..0s     0s        4   2ms        1

6000 events in all; digest 05032a1e0923067d
again: orrery run chance.yaml --seeds 1..200
[exit 1]
$ orrery run -q chance.yaml --seeds 1..200 --jobs 1 > one; orrery run -q chance.yaml --seeds 1..200 -j 2 > two; orrery run -q chance.yaml --seeds 1..200 -j 8 > eight; cmp one two && cmp one eight && wc -l < one
----
23
# The commands that it names show it.
$ sh -c "$(grep -m 1 -e '--seed ' one | sed 's/run/run -q/')" | grep 'read-your-writes'
----
  read-your-writes  violated
  read-your-writes  holds        NOT MET: violated

# An expectation may be about a share of the runs; of one run alone it says nothing.
$ orrery run -q chance.yaml --seeds 1..200 --set 'expect={read-your-writes: violated in at least 10% of runs, stale.read: exactly 100% in below 1% of runs}' | sed -n '/Expected/,/^$/p'
----
Expected
  read-your-writes  violated in at least 10% of runs  met: in 27.5%, 95% CI 21.8%..34.1%
  stale.read        exactly 100% in below 1% of runs  NOT MET: in 27.5%, 95% CI 21.8%..34.1%
\
$ orrery run -q chance.yaml --set 'expect.read-your-writes=violated in at least 10% of runs' | sed -n '/Expected/,/^$/p'
----
Expected
  read-your-writes  violated in at least 10% of runs  undecided: violated in this run; --seeds A..B makes many
  stale.read        at most 50%                       NOT MET: 100%
\
$ orrery run -q chance.yaml --seeds 1..50 --set 'expect={read-your-writes: violated in above 99% of runs}' | sed -n '/Expected/,/^$/p'
----
Expected
  read-your-writes  violated in above 99% of runs  NOT MET: in 36%, 95% CI 24.1%..49.9%
\
$ orrery validate --write chance.yaml --set 'expect={read-your-writes: violated in at  least 10% of runs}'
----
--set expect:1:20: read-your-writes: 'at  least 10%' is no share of runs; write above, below, at least, at most or exactly and a share, as in 'in at least 10% of runs'
[exit 65]
$ orrery validate --write chance.yaml --set 'expect={read-your-writes: violated in at least 10.0% of runs}' | grep -A 1 expect
----
expect:
  read-your-writes: violated in at least 10% of runs
$ orrery validate chance.yaml --set 'expect={read-your-writes: violated in most of runs, convergence: held in at least 1% of runs}'
----
--set expect:1:20: read-your-writes: 'most' is no share of runs; write above, below, at least, at most or exactly and a share, as in 'in at least 10% of runs'
--set expect:1:59: 'convergence' is a property; it can't be 'held'; use one of holds, violated, unknown
[exit 65]

# Several are a row each.
$ orrery run chance.yaml window-5s --seeds 1..20
----
scenario   as expected  runs  read-your-writes
chance     NO             20  50% (29.9%..70.1%)
window-5s  yes            20  0% (0%..16.1%)

scenario       at primary           stale           behind p99           behind max        read p50        read p99
chance        0% (0%..0%)  50% (26%..74%)  1ms (520us..1.48ms)  1ms (520us..1.48ms)  1ms (1ms..1ms)  1ms (1ms..1ms)
window-5s  50% (50%..50%)     0% (0%..0%)          0s (0s..0s)          0s (0s..0s)  1ms (1ms..1ms)  1ms (1ms..1ms)

scenario        write p50       write p99            success
chance     1ms (1ms..1ms)  1ms (1ms..1ms)  100% (100%..100%)
window-5s  1ms (1ms..1ms)  1ms (1ms..1ms)  100% (100%..100%)

A property's column is the share of runs that violated it, with its 95% confidence interval
(Wilson's); a figure's is the mean over the runs, with that of Student's t. at primary: share of
reads that the primary served. stale: share of reads that were out of date. behind: for how long
what reads returned had been out of date, 0s where it was not. p50, p99, max: half of all, 99% of
all, all are at most that.
not as expected: orrery run chance.yaml --seeds 1..20
[exit 1]

# As JSON.
$ orrery run --json chance.yaml --seeds 1..200 | sed '/"figures"/,/^  }/d'
----
{
  "title" : "A replica that is sometimes late",
  "file" : "chance.yaml",
  "model" : "primary-replica",
  "version" : "0.1.0",
  "first-seed" : "1",
  "last-seed" : "200",
  "complete" : true,
  "result" : "not as expected",
  "runs" : 200,
  "runs-as-expected" : 145,
  "runs-not-as-expected" : 55,
  "runs-undecided" : 0,
  "runs-cut-short" : 0,
  "runs-died" : 0,
  "not-as-expected" : [
    {
      "seed" : "1",
      "again" : "orrery run chance.yaml --seed 1"
    },
    {
      "seed" : "2",
      "again" : "orrery run chance.yaml --seed 2"
    },
    {
      "seed" : "3",
      "again" : "orrery run chance.yaml --seed 3"
    },
    {
      "seed" : "8",
      "again" : "orrery run chance.yaml --seed 8"
    },
    {
      "seed" : "9",
      "again" : "orrery run chance.yaml --seed 9"
    }
  ],
  "undecided" : [],
  "died" : [],
  "verdicts" : [
    {
      "property" : "read-your-writes",
      "holds" : 145,
      "violated" : 55,
      "unknown" : 0,
      "violated-share" : 0.27500000000000002,
      "violated-interval" : [
        0.21779700329307355,
        0.34068339357669647
      ],
      "violated-by" : [
        {
          "seed" : "1",
          "again" : "orrery run chance.yaml --seed 1"
        },
        {
          "seed" : "2",
          "again" : "orrery run chance.yaml --seed 2"
        },
        {
          "seed" : "3",
          "again" : "orrery run chance.yaml --seed 3"
        },
        {
          "seed" : "8",
          "again" : "orrery run chance.yaml --seed 8"
        },
        {
          "seed" : "9",
          "again" : "orrery run chance.yaml --seed 9"
        }
      ]
    }
  ],
  "expected" : [
    {
      "name" : "read-your-writes",
      "expected" : "holds",
      "met-in" : 145,
      "not-met-in" : 55,
      "undecided-in" : 0,
      "not-met-by" : [
        {
          "seed" : "1",
          "again" : "orrery run chance.yaml --seed 1"
        },
        {
          "seed" : "2",
          "again" : "orrery run chance.yaml --seed 2"
        },
        {
          "seed" : "3",
          "again" : "orrery run chance.yaml --seed 3"
        },
        {
          "seed" : "8",
          "again" : "orrery run chance.yaml --seed 8"
        },
        {
          "seed" : "9",
          "again" : "orrery run chance.yaml --seed 9"
        }
      ],
      "undecided-by" : [],
      "result" : "not met"
    },
    {
      "name" : "stale.read",
      "expected" : "at most 50%",
      "met-in" : 145,
      "not-met-in" : 55,
      "undecided-in" : 0,
      "not-met-by" : [
        {
          "seed" : "1",
          "again" : "orrery run chance.yaml --seed 1"
        },
        {
          "seed" : "2",
          "again" : "orrery run chance.yaml --seed 2"
        },
        {
          "seed" : "3",
          "again" : "orrery run chance.yaml --seed 3"
        },
        {
          "seed" : "8",
          "again" : "orrery run chance.yaml --seed 8"
        },
        {
          "seed" : "9",
          "again" : "orrery run chance.yaml --seed 9"
        }
      ],
      "undecided-by" : [],
      "result" : "not met"
    }
  ],
  "idle-faults" : [],
  "events" : 6000,
  "digest" : "…",
  "again" : "orrery run chance.yaml --seeds 1..200"
}
$ orrery run --json chance.yaml --seeds 1..200 | grep -A 18 '"latency.read.p99"'
----
    "latency.read.p99" : {
      "unit" : "ns",
      "runs" : 200,
      "mean" : 1000000.0,
      "mean-interval" : [
        1000000.0,
        1000000.0
      ],
      "median" : 1000000.0,
      "median-interval" : [
        1000000.0,
        1000000.0
      ],
      "least" : 1000000.0,
      "least-by" : "1",
      "most" : 1000000.0,
      "most-by" : "1"
    },
    "latency.read.p999" : {
$ orrery run --json chance.yaml window-5s --seeds 1..2 | sed -n '1p;$p'
----
[
]

# Runs that a limit ends are undecided.
$ orrery run -q chance.yaml --seeds 1..3 --events-max 4
----
A replica that is sometimes late
primary-replica, 3 runs, seeds 1..3

Verdicts
  read-your-writes  unknown in all 3 runs

Expected
  read-your-writes  holds        undecided in all 3 runs
    by seed 1, 2, 3
  stale.read        at most 50%  undecided in all 3 runs
    by seed 1, 2, 3

Undecided
  orrery run chance.yaml --seed 1 --events-max 4
  orrery run chance.yaml --seed 2 --events-max 4
  orrery run chance.yaml --seed 3 --events-max 4

12 events in all; digest …
again: orrery run chance.yaml --seeds 1..3 --events-max 4
[exit 2]

# Which seeds, and how many at once.
$ orrery run chance.yaml --seeds 5..1
----
orrery: --seeds takes the first and the last of the seeds, as in 1..200, not '5..1'
[exit 64]
$ orrery run chance.yaml --seeds a..b
----
orrery: --seeds takes the first and the last of the seeds, as in 1..200, not 'a..b'
[exit 64]
$ orrery run chance.yaml --seeds 200
----
orrery: --seeds takes the first and the last of the seeds, as in 1..200, not '200'
[exit 64]
$ orrery run chance.yaml --seeds 1..18446744073709551616
----
orrery: --seeds takes the first and the last of the seeds, as in 1..200, not '1..18446744073709551616'
[exit 64]
$ orrery run chance.yaml --seeds -1..2
----
orrery: --seeds takes the first and the last of the seeds, as in 1..200, not '-1..2'
[exit 64]
$ orrery run chance.yaml --seeds 1..
----
orrery: --seeds takes the first and the last of the seeds, as in 1..200, not '1..'
[exit 64]
$ orrery run -q chance.yaml --seeds 18446744073709551614..18446744073709551615 | sed -n '2p;$p'
----
primary-replica, 2 runs, seeds 18446744073709551614..18446744073709551615
again: orrery run chance.yaml --seeds 18446744073709551614..18446744073709551615
$ orrery run chance.yaml --seeds 1..2 --jobs 0
----
orrery: --jobs takes a whole number from 1 to 1024, not '0'
[exit 64]
$ orrery run chance.yaml --seeds 1..2 --jobs 5000
----
orrery: --jobs takes a whole number from 1 to 1024, not '5000'
[exit 64]
$ orrery run chance.yaml --jobs 2
----
orrery: --jobs is for many runs; say which, as in --seeds 1..200
[exit 64]
$ orrery run chance.yaml --seeds 1..2 --seed 3
----
orrery: --seed is for one run, and --seeds for many; use one of them
[exit 64]
$ orrery run chance.yaml --seeds 1..2 --save x.sqlite
----
orrery: --save is for one run, and --seeds for many; use one of them
[exit 64]
$ orrery run chance.yaml --seeds 1..2 --dump
----
orrery: --dump is for one run, and --seeds for many; use one of them
[exit 64]

# Progress is for terminals.
$ orrery run -q chance.yaml --seeds 1..2 2>&1 > /dev/null
----
[exit 1]
$ orrery run chance.yaml --seeds 1..2 > /dev/full
----
orrery: cannot write to standard output: No space left on device
[exit 74]
