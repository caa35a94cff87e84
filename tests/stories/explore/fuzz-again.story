# A campaign goes on where it was, and several become one.
> file cut-off.yaml
model: {name: primary-replica, bugs: [network-error-reported-ok]}
workload: {think: 10ms, mix: {read: 50%, write: 50%}}
> end
$ orrery fuzz cut-off.yaml -n 300 --keep-going --no-shrink -q --out whole > /dev/null
----
[exit 1]
$ orrery fuzz cut-off.yaml -n 200 --keep-going --no-shrink -q --out resumed > /dev/null; orrery fuzz --resume resumed -n 300 -q > /dev/null; diff -r whole resumed
----

# However many runs are asked for, seeds end with the last of all numbers.
$ orrery fuzz cut-off.yaml --seeds 100..109 -k --no-shrink -q --out last > /dev/null; orrery fuzz --resume last -n 18446744073709551614 --time 1ms -q > /dev/null; grep '"last"' last/campaign.json
----
  "last" : "18446744073709551615",

# Killed at any moment, it loses nothing that it told of, and comes to the same in the end.
> file killed.sh
# Kills a campaign once it has told of $1 findings.
: > told-$1
orrery fuzz cut-off.yaml -n 300 --keep-going --no-shrink --out killed-$1 > /dev/null 2> told-$1 &
until [ "$(grep -c found told-$1)" -ge $1 ]; do sleep 0.01; done
kill -KILL $!
wait $! 2> /dev/null
sed -n 's/^found: .*: //p' told-$1 | while read folder; do
  orrery run -q $folder/scenario.yaml > /dev/null || echo "$folder is lost"
  grep -q "$(basename $folder)" killed-$1/index.json || echo "the index does not name $folder"
done
orrery fuzz --resume killed-$1 -q > /dev/null
diff -r whole killed-$1
> end
$ sh killed.sh 1
----
$ sh killed.sh 4
----

# So does Ctrl-C, and tells what was found by then.
> file interrupted.sh
: > told
orrery fuzz cut-off.yaml -n 300 --keep-going --no-shrink --out interrupted > said 2> told &
until grep -q found told; do sleep 0.01; done
kill -INT $!
wait $!
> end
$ sh interrupted.sh; echo $?; grep -v found told; sed -n 's/, seeds.*//; 2p' said; orrery fuzz --resume interrupted -q > /dev/null; diff -r whole interrupted
----
130
orrery: interrupted
primary-replica, the first … of 300 runs

# What is asked for stays as it was.
$ orrery fuzz --resume whole --property linearizable
----
orrery: --resume goes on with what 'whole' asks for; only --runs, --time, --jobs and --patience can be said anew
[exit 64]
$ orrery fuzz --resume whole --runs 3
----
orrery: the campaign in 'whole' has made 300 runs already; --runs says to how many in all it goes on
[exit 64]
$ orrery fuzz cut-off.yaml --resume whole
----
orrery: --resume needs no scenario: 'whole' has it
[exit 64]
$ mkdir empty; orrery fuzz --resume empty
----
orrery: there is no campaign in 'empty': it has no campaign.json that can be read
[exit 65]
$ cp -r whole damaged; sed -i 's/causes/clauses/' damaged/state.json; orrery fuzz --resume damaged
----
orrery: 'damaged/state.json' is damaged: it does not say what is known
[exit 65]
$ cp -r whole damaged-2; sed -i 's/think: 10ms/think: soon/' damaged-2/campaign.json; orrery fuzz --resume damaged-2
----
the scenario in damaged-2/campaign.json:…
[exit 65]
$ sed -i 's/"orrery" : "[^"]*"/"orrery" : "0.0.1"/' damaged/campaign.json; orrery fuzz --resume damaged
----
orrery: the campaign in 'damaged' was made by version 0.0.1, and this is …: by another version the same seeds may give other runs
[exit 65]
# Not even brackets without end, which would take a parser that calls itself to the end of its stack.
$ head -c 3000000 /dev/zero | tr '\0' '[' > brackets; cp brackets damaged-2/campaign.json; orrery fuzz --resume damaged-2; cp -r whole damaged-3; cp brackets damaged-3/state.json; orrery fuzz --resume damaged-3
----
orrery: there is no campaign in 'damaged-2': it has no campaign.json that can be read
orrery: 'damaged-3/state.json' is damaged: it does not say what is known
[exit 65]
$ cp brackets whole/index.json; orrery fuzz --resume whole -q > /dev/null; grep -c number whole/index.json
----
…

# What was set when it began is part of the command that makes it again.
$ orrery fuzz cut-off.yaml --set clients.timeout=3s -n 4 -k --no-shrink -q --out set > /dev/null; orrery fuzz --resume set -n 6 -q | grep '^again'
----
again: orrery fuzz cut-off.yaml --seeds 1..6 --set clients.timeout=3s --keep-going --no-shrink

# The shards of a job array: each has its own seeds, and together they know of each cause once.
$ orrery fuzz cut-off.yaml --seeds 1..150 -k --no-shrink -q --out a > /dev/null; orrery fuzz cut-off.yaml --seeds 151..300 -k --no-shrink -q --out b > /dev/null
----
[exit 1]
$ orrery fuzz --merge a b --out both -q > both.txt; orrery fuzz --merge b a --out the-same -q > /dev/null; diff -r both the-same; sed -n 2p both.txt
----
primary-replica, 300 runs, seeds 1..300: … findings
$ ls -d both/0* | wc -l; ls -d a/0* b/0* | wc -l; for finding in both/0*; do orrery run -q $finding/scenario.yaml > /dev/null || echo $finding; done
----
…
…
$ orrery fuzz --merge a a --out twice; orrery fuzz --merge a --out alone; orrery fuzz --merge a b; orrery fuzz --resume both
----
orrery: the campaigns in 'a' and 'a' have seed 1 both
orrery: --merge takes several folders of findings, and --out, where they are to be one
orrery: --merge takes several folders of findings, and --out, where they are to be one
orrery: 'both' was merged from several campaigns; go on with those
[exit 64]
# Which seeds are there is told truly, also where some are missing between, and when what was merged is merged again.
$ orrery fuzz cut-off.yaml --seeds 401..410 --no-shrink -q --keep-going --out gap > /dev/null; orrery fuzz cut-off.yaml --seeds 411..420 --no-shrink -q --keep-going --out behind > /dev/null; orrery fuzz cut-off.yaml --seeds 301..310 --no-shrink -q --keep-going --out before > /dev/null; ls -d gap behind before
----
before
behind
gap
$ orrery fuzz --merge gap before --out gaps -q | sed -n 2p; orrery fuzz --merge gaps behind --out gaps-2 -q | sed -n 2p; grep '"seeds"' gaps-2/campaign.json
----
primary-replica, 20 runs, seeds 301..310, 401..410: … finding…
primary-replica, 30 runs, seeds 301..310, 401..420: … finding…
  "seeds" : "301..310, 401..420",
$ orrery fuzz cut-off.yaml --set clients.timeout=3s --seeds 301..350 --no-shrink -q --out c > /dev/null; orrery fuzz --merge a c --out both-2
----
orrery: the campaigns in 'a' and 'c' do not ask for the same
[exit 65]
