# A grid: the routing policies, a row each.
$ orrery sweep primary-replica/sweep-policies --seeds 1..5 -p read-your-writes -p monotonic-reads
----
Which way of routing reads, and what it costs
primary-replica, 7 points, seeds 1..5 each

router                                 as expected  runs  read-your-writes    monotonic-reads     convergence
primary-only                           yes             5  0% (0%..43.4%)      0% (0%..43.4%)      0% (0%..43.4%)
{policy: lsn, wait: 0s}                yes             5  0% (0%..43.4%)      100% (56.6%..100%)  0% (0%..43.4%)
{policy: time-window, window: 500ms}   yes             5  100% (56.6%..100%)  100% (56.6%..100%)  0% (0%..43.4%)
sticky                                 yes             5  100% (56.6%..100%)  0% (0%..43.4%)      0% (0%..43.4%)
{policy: replica-only, spread: first}  yes             5  100% (56.6%..100%)  0% (0%..43.4%)      0% (0%..43.4%)
round-robin                            yes             5  100% (56.6%..100%)  100% (56.6%..100%)  0% (0%..43.4%)
random                                 yes             5  100% (56.6%..100%)  100% (56.6%..100%)  0% (0%..43.4%)

router                                   share.read.primary            stale.read       staleness.read.p99
primary-only                              100% (100%..100%)           0% (0%..0%)              0s (0s..0s)
{policy: lsn, wait: 0s}                  67% (66.3%..67.6%)  13.8% (13.3%..14.3%)     470ms (422ms..517ms)
{policy: time-window, window: 500ms}   91.6% (90.2%..92.9%)     5.4% (4.7%..6.1%)     551ms (539ms..562ms)
sticky                                          0% (0%..0%)  69.9% (67.9%..71.9%)     596ms (594ms..597ms)
{policy: replica-only, spread: first}           0% (0%..0%)  43.6% (40.8%..46.5%)  97.6ms (96.4ms..98.8ms)
round-robin                                     0% (0%..0%)  69.7% (68.1%..71.2%)     596ms (595ms..597ms)
random                                          0% (0%..0%)  69.9% (68.2%..71.6%)     596ms (595ms..598ms)

router                                 latency.read.p99
primary-only                             1ms (1ms..1ms)
{policy: lsn, wait: 0s}                  2ms (2ms..2ms)
{policy: time-window, window: 500ms}     1ms (1ms..1ms)
sticky                                   1ms (1ms..1ms)
{policy: replica-only, spread: first}    1ms (1ms..1ms)
round-robin                              1ms (1ms..1ms)
random                                   1ms (1ms..1ms)

A property's column is the share of runs that violated it, with its 95% confidence interval
(Wilson's); a figure's is the mean over the runs, with that of Student's t.
$ orrery sweep primary-replica/sweep-policies --seeds 1..5 --jobs 1 > one; orrery sweep primary-replica/sweep-policies --seeds 1..5 --jobs 3 | cmp - one
----

# The grid may be given on the command line, and then replaces the file's own.
> file late.yaml
title: A replica that is late
model: primary-replica
options: {replicas: 1, apply-delay: 100ms, router: {policy: time-window, window: 50ms}}
workload:
  operations:
    - {id: w1, write: {x: 1}}
    - {id: r1, after: w1, at: 60ms, read: x}
sweep:
  options.router.window: [0s]
> end
$ orrery sweep -q late.yaml --vary options.router.window=10ms,80ms --vary options.apply-delay=20ms,100ms --seeds 1..3
----
A replica that is late
primary-replica, 4 points, seeds 1..3 each

window  apply-delay  as expected  runs  monotonic-writes  writes-follow-reads  convergence     durability
10ms    20ms         yes             3  0% (0%..56.1%)    0% (0%..56.1%)       0% (0%..56.1%)  0% (0%..56.1%)
10ms    100ms        yes             3  0% (0%..56.1%)    0% (0%..56.1%)       0% (0%..56.1%)  0% (0%..56.1%)
80ms    20ms         yes             3  0% (0%..56.1%)    0% (0%..56.1%)       0% (0%..56.1%)  0% (0%..56.1%)
80ms    100ms        yes             3  0% (0%..56.1%)    0% (0%..56.1%)       0% (0%..56.1%)  0% (0%..56.1%)
# Each point is an ordinary scenario: the command that is named shows its runs.
$ orrery sweep -q late.yaml --set 'expect={read-your-writes: holds}' --vary options.router.window=10ms,80ms --seeds 1..3 > out; tail -n 1 out
----
not as expected: orrery run late.yaml --set 'expect={read-your-writes: holds}' --set options.router.window=10ms --seeds 1..3
$ sh -c "$(tail -n 1 out | sed 's/^not as expected: //')" | grep NOT
----
  read-your-writes  holds  NOT MET in all 3 runs
# Without a grid of its own.
$ orrery sweep late.yaml --seeds 1..2 --set sweep.options={}
----
--set sweep.options: options must be a list, not a map; write [a, b], or a '- ' before each on a line of its own
[exit 65]

# Figures by name; CSV has all of them, a row a point.
$ orrery sweep late.yaml --vary 'options.router=random,{policy: time-window, window: 5s}' --seeds 1..2 --figure latency.read.p99 --csv late.csv | sed -n '/latency/,/^$/p'; cut -d, -f1-6 late.csv
----
router                             latency.read.p99
random                               1ms (1ms..1ms)
{policy: time-window, window: 5s}    1ms (1ms..1ms)

options.router,runs,result,convergence.violated,convergence.decided,monotonic-writes.violated
random,2,as expected,0,2,0
"{policy: time-window, window: 5s}",2,as expected,0,2
$ orrery sweep late.yaml --seeds 1..2 --csv - | tr , '\n' | grep -c latency
----
168
$ orrery sweep late.yaml --seeds 1..2 --json | grep -E '"(path|options.*|again)"'
----
      "path" : "options.router.window",
        "options.router.window" : "0s"
        "again" : "orrery run late.yaml --set options.router.window=0s --seeds 1..2"

# What can't be is told before anything runs: alone, or together with another value.
$ orrery sweep late.yaml --vary options.router.windw=1s
----
late.yaml: options.router.windw=1s can't be: unknown key 'windw'; did you mean 'window'?
[exit 65]
$ orrery sweep late.yaml --vary options.router=random,lsn --vary options.router.window=1s
----
late.yaml: options.router=random options.router.window=1s can't be: 'window' has no meaning with policy 'random'; it belongs to policy time-window
late.yaml: options.router=lsn options.router.window=1s can't be: 'window' has no meaning with policy 'lsn'; it belongs to policy time-window
[exit 65]
$ orrery sweep late.yaml --vary options.router.window=1,2s --vary options.replicas=0
----
late.yaml: options.router.window=1 options.replicas=0 can't be: window: '1' has no unit; write ns, us, ms, s, min, h or d right behind the number, as in 200ms
late.yaml: options.router.window=2s options.replicas=0 can't be: there is no replica to read from; use `policy: primary-only`, or have a replica
[exit 65]
$ orrery sweep late.yaml --vary options.router.window; orrery sweep late.yaml --vary 'seed=[1'; orrery sweep late.yaml --vary seed=1 --vary seed=2
----
--vary: 'options.router.window' does not say what takes which values; write PATH=V1,V2, as in options.router.window=1s,5s
--vary: '[1' is no list of values; separate them by commas, as in 1s,5s; quote what has some in it
--vary: 'seed' is varied twice; list all its values in one
[exit 64]
$ orrery sweep late.yaml --vary "seed=$(seq -s, 200)" --vary "workload.keys.count=$(seq -s, 100)"
----
late.yaml: the grid has more than 10000 points; list fewer values
[exit 65]
$ orrery sweep late.yaml --figure latencies.read; orrery sweep late.yaml --seeds 1..2 --figure latency.read.p77 > /dev/null
----
orrery: there is no figure 'latencies'; did you mean 'latency'?
orrery: no run had the figure 'latency.read.p77'; --csv has all that there were
[exit 64]
$ orrery sweep; orrery sweep late.yaml late.yaml; orrery sweep late.yaml --csv late.yaml; orrery sweep late.yaml --csv no/such.csv
----
orrery: which scenario? A file, or one that is installed: 'orrery models primary-replica' lists them
orrery: a sweep is of one scenario; 'orrery run' takes several, and 'orrery compare' two
orrery: can't write to 'late.yaml': that is what scenarios are called
orrery: can't write to 'no/such.csv': No such file or directory
[exit 73]

# A chart stands alone: lines where the setting is a number, bars where it is a word. The same sweep is the same bytes.
$ orrery sweep late.yaml --vary options.router.window=10ms,80ms,200ms --seeds 1..3 --figure latency.read.p99 --svg - | sed '/^<style>/,/^<.style>/d'
----
<svg xmlns="http://www.w3.org/2000/svg" width="760" height="460" viewBox="0 0 760 460" role="img">
<title>A replica that is late</title>
<text class="title" text-anchor="start" x="24" y="36">A replica that is late</text>
<text class="note" text-anchor="start" x="24" y="56">primary-replica, seeds 1 to 3 at each point; means of the runs, with 95% confidence intervals</text>
<line class="axis" x1="84" y1="408" x2="712" y2="408"/>
<text class="tick" text-anchor="end" x="76" y="412">0s</text>
<line class="grid" x1="84" y1="344" x2="712" y2="344"/>
<text class="tick" text-anchor="end" x="76" y="348">200us</text>
<line class="grid" x1="84" y1="280" x2="712" y2="280"/>
<text class="tick" text-anchor="end" x="76" y="284">400us</text>
<line class="grid" x1="84" y1="216" x2="712" y2="216"/>
<text class="tick" text-anchor="end" x="76" y="220">600us</text>
<line class="grid" x1="84" y1="152" x2="712" y2="152"/>
<text class="tick" text-anchor="end" x="76" y="156">800us</text>
<line class="grid" x1="84" y1="88" x2="712" y2="88"/>
<text class="tick" text-anchor="end" x="76" y="92">1ms</text>
<g transform="translate(20 248) rotate(-90)">
<text class="label" text-anchor="middle" x="0" y="0">latency.read.p99</text>
</g>
<line class="axis" x1="108" y1="408" x2="108" y2="412"/>
<text class="tick" text-anchor="middle" x="108" y="426">10ms</text>
<line class="axis" x1="321.7" y1="408" x2="321.7" y2="412"/>
<text class="tick" text-anchor="middle" x="321.7" y="426">80ms</text>
<line class="axis" x1="688" y1="408" x2="688" y2="412"/>
<text class="tick" text-anchor="middle" x="688" y="426">200ms</text>
<text class="label" text-anchor="middle" x="398" y="448">options.router.window</text>
<polyline class="s s0" points="108,88 321.7,88 688,88"/>
<path class="mark f0" transform="translate(108 88)" d="M-3.5 0A3.5 3.5 0 1 0 3.5 0A3.5 3.5 0 1 0 -3.5 0Z"/>
<path class="mark f0" transform="translate(321.7 88)" d="M-3.5 0A3.5 3.5 0 1 0 3.5 0A3.5 3.5 0 1 0 -3.5 0Z"/>
<path class="mark f0" transform="translate(688 88)" d="M-3.5 0A3.5 3.5 0 1 0 3.5 0A3.5 3.5 0 1 0 -3.5 0Z"/>
</svg>
$ orrery sweep late.yaml --vary options.router=random,sticky --vary options.replicas=1,2 --seeds 1..3 --svg chart.svg > out; sed '/^<style>/,/^<.style>/d' chart.svg
----
<svg xmlns="http://www.w3.org/2000/svg" width="760" height="478" viewBox="0 0 760 478" role="img">
<title>A replica that is late</title>
<text class="title" text-anchor="start" x="24" y="36">A replica that is late</text>
<text class="note" text-anchor="start" x="24" y="56">primary-replica, seeds 1 to 3 at each point; shares of runs, with 95% confidence intervals</text>
<text class="note" text-anchor="start" x="24" y="80">options.router</text>
<rect class="f0" x="138" y="71" width="10" height="10"/>
<text class="name" text-anchor="start" x="153" y="80">random</text>
<rect class="f1" x="212" y="71" width="10" height="10"/>
<text class="name" text-anchor="start" x="227" y="80">sticky</text>
<line class="axis" x1="84" y1="426" x2="712" y2="426"/>
<text class="tick" text-anchor="end" x="76" y="430">0%</text>
<line class="grid" x1="84" y1="319.3" x2="712" y2="319.3"/>
<text class="tick" text-anchor="end" x="76" y="323.3">20%</text>
<line class="grid" x1="84" y1="212.7" x2="712" y2="212.7"/>
<text class="tick" text-anchor="end" x="76" y="216.7">40%</text>
<line class="grid" x1="84" y1="106" x2="712" y2="106"/>
<text class="tick" text-anchor="end" x="76" y="110">60%</text>
<g transform="translate(20 266) rotate(-90)">
<text class="label" text-anchor="middle" x="0" y="0">convergence: violated</text>
</g>
<line class="axis" x1="108" y1="426" x2="108" y2="430"/>
<text class="tick" text-anchor="middle" x="108" y="444">1</text>
<line class="axis" x1="688" y1="426" x2="688" y2="430"/>
<text class="tick" text-anchor="middle" x="688" y="444">2</text>
<text class="label" text-anchor="middle" x="398" y="466">options.replicas</text>
<polyline class="s s0" points="108,426 688,426"/>
<line class="error" x1="108" y1="426" x2="108" y2="126.5"/>
<line class="error" x1="104" y1="426" x2="112" y2="426"/>
<line class="error" x1="104" y1="126.5" x2="112" y2="126.5"/>
<path class="mark f0" transform="translate(108 426)" d="M-3.5 0A3.5 3.5 0 1 0 3.5 0A3.5 3.5 0 1 0 -3.5 0Z"/>
<line class="error" x1="688" y1="426" x2="688" y2="126.5"/>
<line class="error" x1="684" y1="426" x2="692" y2="426"/>
<line class="error" x1="684" y1="126.5" x2="692" y2="126.5"/>
<path class="mark f0" transform="translate(688 426)" d="M-3.5 0A3.5 3.5 0 1 0 3.5 0A3.5 3.5 0 1 0 -3.5 0Z"/>
<polyline class="s s1" points="108,426 688,426"/>
<line class="error" x1="108" y1="426" x2="108" y2="126.5"/>
<line class="error" x1="104" y1="426" x2="112" y2="426"/>
<line class="error" x1="104" y1="126.5" x2="112" y2="126.5"/>
<path class="mark f1" transform="translate(108 426)" d="M-3.5-3.5H3.5V3.5H-3.5Z"/>
<line class="error" x1="688" y1="426" x2="688" y2="126.5"/>
<line class="error" x1="684" y1="426" x2="692" y2="426"/>
<line class="error" x1="684" y1="126.5" x2="692" y2="126.5"/>
<path class="mark f1" transform="translate(688 426)" d="M-3.5-3.5H3.5V3.5H-3.5Z"/>
</svg>
$ grep -ciE 'script|href|url|@import' chart.svg
----
0
[exit 1]
$ orrery sweep late.yaml --svg chart.yaml; orrery sweep late.yaml --svg /dev/null --seeds 1..1 > out; orrery sweep late.yaml --svg . ; orrery sweep late.yaml --set expect={} --seeds 1..1 --svg chart.svg > out
----
orrery: can't write to 'chart.yaml': that is what scenarios are called
orrery: can't write to '.': it is a directory
orrery: there is nothing to draw in 'chart.svg': name a figure by --figure
$ orrery sweep late.yaml --csv both --svg both; orrery sweep late.yaml --csv ''; test -e both; echo $?
----
orrery: --csv and --svg both want 'both'; name two files
orrery: can't write to '': a file needs a name
1
$ orrery sweep late.yaml --csv - --svg -; orrery sweep late.yaml --json --csv -; echo $?
----
orrery: --csv - and --svg - both want standard output; name a file
orrery: --json and --csv - both want standard output; name a file
64

# Shells are told what may come next.
$ orrery complete sweep --figure laten; orrery complete sweep --v; orrery complete compare --b; orrery complete check --view ''; orrery complete run --g; orrery complete sweep primary-replica/sweep
----
latency
--vary
--both
client
all
--github
primary-replica/sweep-policies
