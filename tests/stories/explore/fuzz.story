# A model with a known mistake: the first run that shows it ends the campaign.
> file cut-off.yaml
title: An error that is none
model: {name: primary-replica, bugs: [network-error-reported-ok]}
workload: {think: 10ms, mix: {read: 50%, write: 50%}}
> end
$ orrery fuzz cut-off.yaml --jobs 1
----
found: durability violated by seed … (…): cut-off-findings/001-durability
An error that is none
primary-replica, the first … of 10000 runs, seeds 1..10000: 1 finding

Findings
  1. durability violated
…
     … operation…, … fault… (shrunk from … operations and … of faults in … runs)
     needs: …
     first by seed … (…), in 1 run
     orrery explain cut-off-findings/001-durability/scenario.yaml

Sought
  property             runs  put to the test  violated  undecided
…
  durability  …

Strategies
  strategy    runs  violating  findings  new coverage
  swarm …
  priorities …
  roles …
  swizzle …
  sync-crash …

Faults
  fault …
…

Coverage: … facts, transitions and events, the last new one in run …
…
… events in … of virtual time; digest …
findings: cut-off-findings
again: orrery fuzz cut-off.yaml --seeds 1..10000
[exit 1]

# What it found is a folder: the smallest scenario, which claims what it shows and is run as any other, its trace, and what was drawn.
$ cd cut-off-findings; ls; ls 001-durability
----
001-durability
campaign.json
index.json
state.json
original.yaml
report.txt
scenario.yaml
trace.db
$ cd cut-off-findings/001-durability; orrery run -q scenario.yaml | sed -n '/^Expected/,/^$/p'; orrery run -q original.yaml | sed -n '/^Expected/,/^$/p'
----
Expected
  durability  violated  met

Expected
  durability  violated  met
\
$ cd cut-off-findings/001-durability; orrery check -q trace.db | sed -n '/^Expected/,/^$/p'; grep -c . report.txt
----
Expected
  durability  violated  met

…
$ grep -e property -e folder cut-off-findings/index.json
----
    "property" : "durability",
    "folder" : "001-durability",

# Another campaign gets another folder, unless it is told which.
$ orrery fuzz cut-off.yaml --quiet > /dev/null; ls -d *findings*
----
cut-off-findings
cut-off-findings-2
$ diff -r cut-off-findings cut-off-findings-2
----
$ orrery fuzz cut-off.yaml --out cut-off-findings
----
orrery: there is something in 'cut-off-findings' already; use another folder, or go on with its campaign by --resume
[exit 73]

# The same runs give the same findings, byte by byte, however many make them.
> file by.sh
orrery fuzz cut-off.yaml -n 80 --keep-going --shrink-runs 100 -q --jobs $1 --out by-$1 | sed "s/by-$1/DIR/" > said-$1
> end
$ sh by.sh 1
----
$ sh by.sh 2
----
$ sh by.sh 8
----
$ diff -r by-1 by-2; diff -r by-1 by-8; cmp said-1 said-2; cmp said-1 said-8; ls -d by-1/*-durability | wc -l
----
…

# Nothing is found where there is nothing.
$ orrery fuzz cut-off.yaml --set model=primary-replica -n 200 --quiet; ls -d cut-off-findings*
----
An error that is none
primary-replica, 200 runs, seeds 1..200: nothing was found

Coverage: … facts, transitions and events, the last new one in run …
…
… events in … of virtual time; digest …
again: orrery fuzz cut-off.yaml --seeds 1..200 --set model=primary-replica
cut-off-findings
cut-off-findings-2

# What is sought may be named. As it was drawn it is not yet small.
$ orrery fuzz cut-off.yaml --property linearizable --no-shrink -q --out named | sed -n '/^Findings/,/orrery explain/p'
----
Findings
  1. linearizable violated
…
     … operations, … (not shrunk)
…
     first by seed … (…), in 1 run
     orrery explain named/001-linearizable/scenario.yaml
$ orrery fuzz cut-off.yaml --property durabilty
----
orrery: there is no property 'durabilty'; did you mean 'durability'?
[exit 64]

# Where nothing ought to hold, nothing can be found.
> file promises-nothing.yaml
model: notice-board
workload: {think: 10ms, mix: {read: 50%, write: 50%}}
> end
$ orrery fuzz promises-nothing.yaml --plugin "$ORRERY_PLUGINS/notice-board.so" -n 20 -q | sed -n 2p
----
…

# For programs.
$ orrery fuzz cut-off.yaml --json -q --out json > json.txt; grep -e result -e '"property" : "durability"' -e minimal -e '"again"' json.txt
----
  "result" : "violated",
      "property" : "durability",
      "minimal" : true,
      "again" : "orrery explain json/001-durability/scenario.yaml"
      "property" : "durability",
  "again" : "orrery fuzz cut-off.yaml --seeds 1..10000"

# A limit of time ends it, and what it found by then is what a longer campaign finds first.
$ orrery fuzz cut-off.yaml --set model=primary-replica --time 500ms --quiet > timed; sed -n 2p timed; grep -e 'the first' -e 18446744073709551615 timed; sed -n '$s/[0-9]* --set/N --set/p' timed
----
primary-replica, … run…, seeds 1..…: nothing was found
again: orrery fuzz cut-off.yaml --seeds 1..N --set model=primary-replica
$ orrery fuzz cut-off.yaml --time soon
----
orrery: --time takes a duration, as in 10min, not 'soon'
[exit 64]
$ orrery fuzz cut-off.yaml --seeds 1..10 --runs 10
----
orrery: --seeds says how many runs there are, and so does --runs; use one of them
[exit 64]
$ orrery fuzz
----
orrery: which scenario? A file, or one that is installed: 'orrery models primary-replica' lists them
[exit 64]
