# Each known mistake and its cure are one scenario: without title, about and expectations they differ in the bug alone.
> file twins
bare () { sed -e '1,/^model/{/^model/!d}' -e '/^expect/,$d' "$ORRERY_SOURCE/models/atomic-commitment/$1.yaml"; }
while read -r wrong right; do
  bare "$wrong" > wrong
  bare "$right" > right
  diff wrong right | grep '^[<>]'
done
> end
$ printf '%s\n' 'decision-not-logged decision-logged' 'prepare-in-memory prepare-forced' 'prepared-aborts-on-timeout prepared-waits' \
    'decision-forgotten decision-remembered' 'decision-not-retried decision-retried' 'reads-between-commits reads-take-locks' | sh twins
----
< model: {name: atomic-commitment, bugs: [decision-not-logged]}
> model: atomic-commitment
< model: {name: atomic-commitment, bugs: [prepare-in-memory]}
> model: atomic-commitment
< model: {name: atomic-commitment, bugs: [prepared-aborts-on-timeout]}
> model: atomic-commitment
< model: {name: atomic-commitment, bugs: [decision-forgotten]}
> model: atomic-commitment
< model: {name: atomic-commitment, bugs: [decision-not-retried]}
> model: atomic-commitment
< model: {name: atomic-commitment, bugs: [reads-between-commits]}
> model: atomic-commitment
