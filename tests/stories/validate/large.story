# Files that mean harm: large in one way or another. Whatever they are, the answer comes at once; a story's command has ten seconds, and these take
# far less than one on an idle machine.

# Names, keys, and lines of every kind, by the hundred thousand.
$ model='model: primary-replica'
  (echo "$model"; echo 'clients: {names: ['; seq -f 'a%.0f,' 50000; echo 'b]}') > names.yaml
  (echo "$model"; seq 50000 | sed 's/.*/a: 1/') > twice.yaml
  (echo "$model"; seq -f 'a%.0f: 1' 50000) > unknown.yaml
  (echo "$model"; echo 'faults:'; seq 50000 | sed 's/.*/  - {at: 1s, crash: primry}/') > faults.yaml
  (echo "$model"; echo 'expect:'; seq -f '  latency.p%.0f: below 5ms' 50000) > expect.yaml
  (echo "$model"; echo 'sweep:'; seq -f '  a%.0f: [1]' 50000) > sweep.yaml
  for file in names twice unknown faults expect sweep; do orrery validate $file.yaml > said 2>&1; echo "$? $(wc -l < said): $(tail -n 1 said)"; done
----
0 1: names.yaml: ok
65 101: … and 49900 more
65 101: … and 49900 more
65 101: … and 1 more
65 101: … and 1 more
65 1: sweep.yaml:1:1: trying 50000 values of fuzz and sweep in so large a scenario takes too long; list fewer values

# A hundred thousand operations are nothing out of the ordinary.
$ (echo 'model: primary-replica'; echo 'workload:'; echo '  operations:'; seq 100000 | sed 's/.*/    - {id: w&, at: &ms, write: {x: &}}/') > operations.yaml; orrery validate operations.yaml
----
operations.yaml: ok

# Values by the megabyte.
$ digits=$(head -c 300000 /dev/zero | tr '\0' 9)
  letters=$(head -c 300000 /dev/zero | tr '\0' x)
  for line in 'duration: @s' 'seed: @' 'title: @' 'network: {latency: @ms}' 'network: {loss: @%}' 'options: {replicas: @}' 'nodes: {@: {weight: 1}}' '@: 1' '@'; do
    (printf '%s\n' 'model: primary-replica'; printf '%s' "${line%%@*}"; case $line in *title*|*nodes*|@*) printf %s "$letters" ;; *) printf %s "$digits" ;; esac; printf '%s\n' "${line#*@}") > long.yaml
    orrery validate long.yaml 2>&1 | cut -c 1-150
  done
----
long.yaml:2:11: duration: '999999999999999999999999999999999999999999999999999999999999…' is out of bounds; a duration is at most 73 years, 26687d
long.yaml:2:7: seed: '999999999999999999999999999999999999999999999999999999999999…' is too large; the most is 18446744073709551615
long.yaml: ok
long.yaml:2:20: latency: '999999999999999999999999999999999999999999999999999999999999…' is out of bounds; a duration is at most 73 years, 26687d
long.yaml:2:17: loss: '999999999999999999999999999999999999999999999999999999999999…' is out of bounds; a share is from 0% to 100%
long.yaml:2:21: replicas: '999999999999999999999999999999999999999999999999999999999999…' is too large; the most is 1000
long.yaml:2:8: this '{' is not closed; close it with '}', and put ',' between entries
long.yaml:2:1: a key without a ':' behind it; write 'key: value'
long.yaml:2:1: a key without a ':' behind it; write 'key: value'

# Depth, brackets that are never closed, aliases of aliases, anchors.
$ head -c 1000000 /dev/zero | tr '\0' '[' > deep.yaml; orrery validate deep.yaml
----
deep.yaml:1:33: maps and lists lie more than 32 deep
[exit 65]
$ head -c 1000000 /dev/zero | tr '\0' '{' > deep.yaml; orrery validate deep.yaml
----
deep.yaml:1:33: maps and lists lie more than 32 deep
[exit 65]
$ (seq 2000 | awk '{printf "%" $1 "sa:\n", ""}') > deep.yaml; orrery validate deep.yaml
----
deep.yaml:33:34: maps and lists lie more than 32 deep
[exit 65]
$ (echo 'a: &a [x, x]'; for n in b c d e f g h i; do echo "$n: &$n [*a, *a, *a, *a, *a, *a, *a, *a]"; done) > bomb.yaml; orrery validate bomb.yaml 2>&1 | tail -n 2
----
bomb.yaml:9:32: aliases can't be used here; write the value out, or put a text that starts with '*' in quotes
bomb.yaml:9:36: aliases can't be used here; write the value out, or put a text that starts with '*' in quotes
$ (echo 'model: primary-replica'; seq 100000 | sed 's/.*/a&: \&a& 1/') > anchors.yaml; orrery validate anchors.yaml 2>&1 | tail -n 1
----
… and 199900 more

# Nothing, much of it, and too much.
$ : > empty.yaml; head -c 3000000 /dev/zero | tr '\0' '\n' > lines.yaml; head -c 3000000 /dev/zero | tr '\0' '#' > comment.yaml; head -c 9000000 /dev/zero > zeros.yaml; orrery validate empty.yaml lines.yaml comment.yaml zeros.yaml
----
empty.yaml: the text is empty; write a 'name: value' on each line
lines.yaml: the text is empty; write a 'name: value' on each line
comment.yaml: the text is empty; write a 'name: value' on each line
orrery: can't read 'zeros.yaml': a scenario has at most 8 MiB
[exit 66]
$ head -c 3000000 /dev/zero > zeros.yaml; head -c 1000000 /dev/urandom > noise.yaml; seq 500000 | sed 's/.*/---/' > documents.yaml; orrery validate zeros.yaml documents.yaml; orrery validate noise.yaml > said 2>&1; echo $?
----
zeros.yaml:1:1: a NUL byte; take it out
documents.yaml:2:1: a second document starts here; keep one document a file
65

# Other characters: UTF-16, a byte order mark, a byte that is no UTF-8, a control character, a line separator.
$ printf '\376\377\0m\0o' > a.yaml; printf '\377\376m\0o\0' > b.yaml; printf '\357\273\277model: primary-replica\n' > c.yaml; printf 'model: primary-replica\ntitle: caf\351\n' > d.yaml; printf 'model: primary-replica\ntitle: a\033[2Jb\n' > e.yaml; printf 'model:\0primary-replica\n' > f.yaml; orrery validate a.yaml b.yaml c.yaml d.yaml e.yaml f.yaml
----
a.yaml:1:1: this is not UTF-8: byte 0xfe; save the file as UTF-8
b.yaml:1:1: this is not UTF-8: byte 0xff; save the file as UTF-8
d.yaml:2:11: this is not UTF-8: byte 0xe9; save the file as UTF-8
e.yaml:2:9: a character that can't be seen: U+001B; take it out, or write it as an escape within double quotes
f.yaml:1:7: a NUL byte; take it out
c.yaml: ok
[exit 65]

# What is no file, or none that can be read. A link that leads to itself.
$ mkdir folder; mkfifo pipe; ln -s loop loop.yaml; for file in folder pipe loop.yaml /dev/zero /dev/null nothing.yaml folder/nothing.yaml empty.yaml/x; do orrery validate $file; echo $?; done
----
orrery: can't read 'folder': it is a directory
66
orrery: can't read 'pipe': it is not a regular file
66
orrery: 'loop.yaml' is a link to a file that is not there
66
orrery: can't read '/dev/zero': it is not a regular file
66
orrery: can't read '/dev/null': it is not a regular file
66
orrery: there is no file 'nothing.yaml'; did you mean 'long.yaml'?
66
orrery: there is no file 'folder/nothing.yaml'
66
orrery: there is no file or installed scenario 'empty.yaml/x'; 'orrery models NAME' lists a model's scenarios
66

# What a run would need too much memory for.
> file broken.yaml
model: primary-replica
options: {replicas: 1000}
clients: {hosts: 100000, sessions: 1000000}
workload: {object: bank, think: 1ms, mix: {read: 50%, transfer: 50%}, keys: {count: 1001}}
> end
$ orrery validate broken.yaml
----
broken.yaml:2:10: there are 101001 nodes and client hosts; the most is 100000; use fewer
broken.yaml:4:85: a generated read reads all accounts, and an operation has at most 1000 steps; use 1000 accounts at most
[exit 65]

# Lists that nobody needs.
$ (echo 'model: primary-replica'; echo 'faults:'; printf '  - {every: 1s, choose: ['; seq 1001 | sed 's/.*/crash,/'; echo ']}'; printf 'expect: {latency.p99: ['; seq 1001 | sed 's/.*/below &s,/'; echo ']}'; printf 'fuzz: {faults: ['; seq 1001 | sed 's/.*/crash,/'; echo ']}') > broken.yaml; orrery validate broken.yaml
----
broken.yaml:3:25: choose has 1001 entries; list at most 1000
broken.yaml:1005:23: latency.p99 has 1001 entries; list at most 1000
broken.yaml:2007:16: faults has 1001 entries; list at most 1000
[exit 65]
