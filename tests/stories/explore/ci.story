# For programs that run tests: what is expected of each scenario is a case.
> file late.yaml
title: A replica that is <late> & "slow"
model: primary-replica
options: {replicas: 1, apply-delay: exponential(mean 2ms)}
clients: {names: [alice]}
workload:
  operations:
    - {id: w1, session: alice, write: {x: 1}}
    - {id: r1, after: w1, at: 2ms, session: alice, read: x}
expect:
  success: exactly 100%
  read-your-writes: holds
> end
> file mild.yaml
model: primary-replica
duration: 10ms
expect: {}
> end
$ orrery run late.yaml mild.yaml --tap
----
TAP version 13
1..3
ok 1 - late.yaml: success: exactly 100%
not ok 2 - late.yaml: read-your-writes: holds
  ---
  outcome: failed
  message: violated
  details: "alice wrote x = 1 at 0s (ok at 0.001s on primary), but then read x = nil at 0.003s on replica1, which came to hold x = 1 only at 0.01014s\nagain: orrery run late.yaml --seed 1\n"
  file: late.yaml
  line: 11
  ...
ok 3 - mild.yaml: comes to its end
[exit 1]
$ orrery run late.yaml --github > out; grep -c again out
----
::error file=late.yaml,line=11,col=3,title=late.yaml::read-your-writes: holds: violated%0Aalice wrote x = 1 at 0s (ok at 0.001s on primary), but then read x = nil at 0.003s on replica1, which came to hold x = 1 only at 0.01014s%0Aagain: orrery run late.yaml --seed 1%0A
1
$ orrery run -q late.yaml mild.yaml --junit junit.xml | head -n 2; cat junit.xml
----
scenario  as expected  read-your-writes
late      NO           violated
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="orrery" tests="3" failures="1" errors="0" skipped="0">
  <testsuite name="late.yaml" tests="2" failures="1" errors="0" skipped="0">
    <testcase classname="late.yaml" name="success: exactly 100%" file="late.yaml" line="10"/>
    <testcase classname="late.yaml" name="read-your-writes: holds" file="late.yaml" line="11">
      <failure type="failed" message="violated">alice wrote x = 1 at 0s (ok at 0.001s on primary), but then read x = nil at 0.003s on replica1, which came to hold x = 1 only at 0.01014s&#10;again: orrery run late.yaml --seed 1&#10;</failure>
    </testcase>
  </testsuite>
  <testsuite name="mild.yaml" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="mild.yaml" name="comes to its end" file="mild.yaml"/>
  </testsuite>
</testsuites>

# Of many runs: in how many it was so, and the commands of the first that were not.
$ orrery run late.yaml --seeds 1..20 --tap
----
TAP version 13
1..3
ok 1 - late.yaml: success: exactly 100%
not ok 2 - late.yaml: read-your-writes: holds
  ---
  outcome: failed
  message: "met in 10 of 20 runs, not met in 10"
  details: "orrery run late.yaml --seed 1\norrery run late.yaml --seed 2\norrery run late.yaml --seed 3\norrery run late.yaml --seed 8\norrery run late.yaml --seed 9\nand 5 more\n"
  file: late.yaml
  line: 11
  ...
ok 3 - late.yaml: all runs come to their end
[exit 1]
$ orrery run late.yaml mild.yaml --seeds 1..20 --junit - --github
----
::error file=late.yaml,line=11,col=3,title=late.yaml::read-your-writes: holds: met in 10 of 20 runs, not met in 10%0Aorrery run late.yaml --seed 1%0Aorrery run late.yaml --seed 2%0Aorrery run late.yaml --seed 3%0Aorrery run late.yaml --seed 8%0Aorrery run late.yaml --seed 9%0Aand 5 more%0A
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="orrery" tests="4" failures="1" errors="0" skipped="0">
  <testsuite name="late.yaml" tests="3" failures="1" errors="0" skipped="0">
    <testcase classname="late.yaml" name="success: exactly 100%" file="late.yaml" line="10"/>
    <testcase classname="late.yaml" name="read-your-writes: holds" file="late.yaml" line="11">
      <failure type="failed" message="met in 10 of 20 runs, not met in 10">orrery run late.yaml --seed 1&#10;orrery run late.yaml --seed 2&#10;orrery run late.yaml --seed 3&#10;orrery run late.yaml --seed 8&#10;orrery run late.yaml --seed 9&#10;and 5 more&#10;</failure>
    </testcase>
    <testcase classname="late.yaml" name="all runs come to their end" file="late.yaml"/>
  </testsuite>
  <testsuite name="mild.yaml" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="mild.yaml" name="all runs come to their end" file="mild.yaml"/>
  </testsuite>
</testsuites>
[exit 1]
$ orrery run late.yaml --seeds 1..20 --tap --jobs 1 > one; orrery run late.yaml --seeds 1..20 --tap --jobs 3 | cmp - one
----
$ orrery run late.yaml --tap --set 'expect={read-your-writes: violated, latency.read.p99: below 1s, stale.write: below 1%}'; orrery run late.yaml --github -q --set 'expect={read-your-writes: unknown}' > out
----
TAP version 13
1..3
ok 1 - late.yaml: read-your-writes: violated
ok 2 - late.yaml: latency.read.p99: below 1s
not ok 3 - late.yaml: stale.write: below 1%
  ---
  outcome: undecided
  message: no samples
  details: "again: orrery run late.yaml --seed 1 --set 'expect={read-your-writes: violated, latency.read.p99: below 1s, stale.write: below 1%}'\n"
  file: late.yaml
  ...
::error file=late.yaml,title=late.yaml::read-your-writes: unknown: violated%0Aalice wrote x = 1 at 0s (ok at 0.001s on primary), but then read x = nil at 0.003s on replica1, which came to hold x = 1 only at 0.01014s%0Aagain: orrery run late.yaml --seed 1 --set 'expect={read-your-writes: unknown}'%0A
[exit 1]

# Traces and histories, too.
$ orrery run late.yaml --save late.sqlite > out; orrery check late.sqlite --tap
----
TAP version 13
1..2
ok 1 - late.sqlite: success: exactly 100%
not ok 2 - late.sqlite: read-your-writes: holds
  ---
  outcome: failed
  message: violated
  details: "alice wrote x = 1 at 0s (ok at 0.001s on primary), but then read x = nil at 0.003s on replica1, which came to hold x = 1 only at 0.01014s\nagain: orrery check late.sqlite\n"
  ...
[exit 1]
> file history.edn
{:type :invoke, :process 0, :f :write, :value 1}
{:type :ok, :process 0, :f :write, :value 1}
{:type :invoke, :process 0, :f :read, :value nil}
{:type :ok, :process 0, :f :read, :value 2}
> end
$ orrery check history.edn -p linearizable --github -q > out; orrery check history.edn -p linearizable --tap | grep -v details
----
::error file=history.edn,title=history.edn::linearizable: violated%0Ap0 read register = 2 at line 3 (ok at line 4), which nobody had written%0Aagain: orrery check history.edn --property linearizable%0A
TAP version 13
1..1
not ok 1 - history.edn: linearizable
  ---
  outcome: failed
  message: violated
  file: history.edn
  ...

$ orrery run late.yaml --tap --json; orrery run late.yaml --tap --junit -; orrery run late.yaml --junit late.yaml; orrery run late.yaml --junit no/such.xml; orrery run late.yaml --tap --dump
----
orrery: --tap and --json are two forms; use one of them
orrery: --tap and --junit - both want standard output; name a file
orrery: can't write to 'late.yaml': that is what scenarios are called
orrery: can't write to 'no/such.xml': No such file or directory
orrery: --tap and --dump are two forms; use one of them
[exit 64]

# A campaign is a suite, too: a case for each property that it sought.
$ orrery fuzz lww-cache/hunt --set model.bugs=[tie-keeps-local] --out found --tap --junit fuzz.xml 2> /dev/null; grep -c '<failure' fuzz.xml
----
TAP version 13
1..2
not ok 1 - lww-cache/hunt: convergence
  ---
  outcome: failed
  message: violated in 1 of … runs that put it to the test
  details: "when all was quiet, …\norrery explain found/001-convergence/scenario.yaml\n"
  file: …
  ...
ok 2 - lww-cache/hunt: all runs come to their end
1

$ orrery fuzz lww-cache/hunt --runs 20 --tap --quiet
----
TAP version 13
1..2
ok 1 - lww-cache/hunt: convergence
ok 2 - lww-cache/hunt: all runs come to their end

$ orrery fuzz lww-cache/hunt --runs 20 --quiet --junit - | grep -vc '^ *<'
----
0
[exit 1]

$ orrery fuzz lww-cache/hunt --tap --json
----
orrery: --tap and --json are two forms; use one of them
[exit 64]

$ orrery check late.yaml --junit no/such.xml
----
orrery: can't write to 'no/such.xml': No such file or directory
[exit 73]
