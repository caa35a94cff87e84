# The page on histories has a small history in each format; each of them is of that format, and is judged as the page says.
> file example
awk -v head="### $1" '/^##/ { here = index($0, head) == 1; next } /^```/ { code = here && !code; next } code' \
  "$ORRERY_SOURCE/docs/histories.md" > example.txt
shift
orrery check -q example.txt "$@" | sed -n '2p; /^  [a-z-]* *\(holds\|violated\|unknown\)$/p'
> end
$ sh example Knossos -p linearizable
----
jepsen-edn, register, 3 operations by 2 sessions
  linearizable  violated
$ sh example 'Elle: lists' -p serializable -p snapshot-isolation
----
jepsen-edn, list-append, 2 operations by 2 sessions
  serializable        violated
  snapshot-isolation  holds
$ sh example 'Elle: registers' -p read-atomic -p read-committed
----
jepsen-edn, register, 2 operations by 2 sessions
  read-atomic     violated
  read-committed  holds
$ sh example elle-cli -p read-atomic -p read-committed
----
jepsen-json, register, 2 operations by 2 sessions
  read-atomic     violated
  read-committed  holds
$ sh example 'Jepsen'\''s log' -p linearizable
----
jepsen-log, register, 4 operations by 3 sessions
  linearizable  violated
$ sh example Porcupine -p linearizable
----
porcupine-kv, text, 3 operations by 2 sessions
  linearizable  holds
$ sh example AWDIT -p transactional-causal -p read-atomic
----
awdit, register, 4 operations by 2 sessions
  transactional-causal  violated
  read-atomic           holds
$ sh example 'dbcop' -p snapshot-isolation -p read-committed
----
dbcop, register, 3 operations by 3 sessions
  snapshot-isolation  violated
  read-committed      holds
$ sh example PolySI -p transactional-causal -p read-committed
----
polysi, register, 3 operations by 3 sessions
  transactional-causal  violated
  read-committed        holds

# What is broken in one of them is refused with its place: cut in the middle, with bytes that are no text, and where it contradicts itself. A number
# beyond all bounds is a value like others, which nobody else wrote; as a time it is none.
> file broken
sh example "$1" > whole.txt
head -c "$(($(wc -c < example.txt) - $2))" example.txt > cut.txt
{ cat example.txt; printf 'a\000b\377\n'; } > binary.txt
{ cat example.txt; printf '%b\n' "$3"; } > contradictory.txt
for file in cut binary contradictory; do orrery check -q $file.txt > out.txt 2>&1; echo "$? $(head -n 1 out.txt)"; done
> end
$ sh broken Knossos 8 '{:process 0, :type :ok, :f :read, :value 1}'
----
65 cut.txt:6:1: this map has no '}'; close it
65 binary.txt:7:2: byte 0x00 is no text here; histories are text in UTF-8
65 contradictory.txt:7:1: this process ends an operation that it did not invoke; write down its invocation before it
$ sh broken elle-cli 20 '{"process": 1, "type": "ok"}'
----
65 cut.txt:4:68: the text ends where a value is wanted; write a value
65 binary.txt:5:2: byte 0x00 is no text here; histories are text in UTF-8
65 contradictory.txt:5:1: there is something behind the list of operations; put all operations into the list, or none
$ sh broken "Jepsen's log" 5 'INFO  jepsen.util - 0 :ok :read 1'
----
65 cut.txt:8:27: no object has an operation ':re'; the page docs/histories.md tells which there are
65 binary.txt:9:2: byte 0x00 is no text here; histories are text in UTF-8
65 contradictory.txt:9:1: this process ends an operation that it did not invoke; write down its invocation before it
$ sh broken Porcupine 12 '{:process 1, :type :ok, :f :get, :key "x", :value "ba"}'
----
65 cut.txt:6:44: ':' alone means nothing; write a word behind it
65 binary.txt:7:2: byte 0x00 is no text here; histories are text in UTF-8
65 contradictory.txt:7:1: this process ends an operation that it did not invoke; write down its invocation before it
$ sh broken AWDIT 14 '=====\nr x'
----
65 cut.txt:9:1: 'r x' is no read, write or end; write 'r KEY VALUE', 'w KEY VALUE', '-----' or '====='
65 binary.txt:12:2: byte 0x00 is no text here; histories are text in UTF-8
65 contradictory.txt:13:1: 'r x' is no read, write or end; write 'r KEY VALUE', 'w KEY VALUE', '-----' or '====='
$ sh broken dbcop 3 '[x==1'
----
65 cut.txt:5:10: this step has no value; write the value
65 binary.txt:6:2: byte 0x00 is no text here; histories are text in UTF-8
65 contradictory.txt:7:1: the text ends within a transaction; end it with a ']'
$ sh broken PolySI 4 'w(1,10,0,3)\nw(1)'
----
65 cut.txt:6:8: this is no step here; write r(KEY,VALUE,SESSION,TRANSACTION) or w(…), in whole numbers
65 binary.txt:7:2: byte 0x00 is no text here; histories are text in UTF-8
65 contradictory.txt:8:4: this is no step here; write r(KEY,VALUE,SESSION,TRANSACTION) or w(…), in whole numbers
$ sh example Knossos > whole.txt; sed 's/1}/99999999999999999999999}/' example.txt > huge.txt; orrery check -q huge.txt -p linearizable | sed -n '/^Verdicts/,/^$/{/./p}'
----
Verdicts
  linearizable  violated
    nothing explains what this returned: p1 set register = 2 at line 3 (ok at line 4)
      o2 (p1, line 3): cas register 1 to 2
$ sh example AWDIT > whole.txt; sed 's/y 2/y 99999999999999999999999/' example.txt > huge.txt; orrery check -q huge.txt -p read-committed | sed -n '/^Verdicts/,/^$/{/./p}'
----
Verdicts
  read-committed  holds
    an order of the writes and reads explains 3 reads by 4 transactions
$ sh example PolySI > whole.txt; sed 's/,11,/,99999999999999999999999,/' example.txt > huge.txt; orrery check -q huge.txt
----
huge.txt:4:5: this is no step here; write r(KEY,VALUE,SESSION,TRANSACTION) or w(…), in whole numbers
huge.txt:5:5: this is no step here; write r(KEY,VALUE,SESSION,TRANSACTION) or w(…), in whole numbers
[exit 65]
$ sh example Knossos > whole.txt; sed 's/}/, :time 99999999999999999999999}/' example.txt > huge.txt; orrery check -q huge.txt 2>&1 | head -n 2
----
huge.txt:1:56: '99999999999999999999999' is no time; write whole nanoseconds, or leave times out and write the entries in their order
huge.txt:2:52: '99999999999999999999999' is no time; write whole nanoseconds, or leave times out and write the entries in their order
