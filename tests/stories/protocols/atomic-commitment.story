# AC1 to AC5 (Bernstein, Hadzilacos & Goodman 1987), each kept and each broken, by nodes that say what they are told to say: a line is who says
# what, a second after the line before.
> file tell
{ echo 'model: spokesman'
  echo 'clients: {names: [a]}'
  echo 'network: {latency: 0ms}'
  echo "expect: {$2: $3}"
  echo 'workload:'
  echo '  operations:'
  awk 'NF { node = $1; say = $2; $1 = $2 = ""
            printf "    - {at: %ds, session: a, to: %s, read: x, say: %s, transaction: 1,%s}\n", ++n, node, say, $0 }' "$1"
} > told.yaml
orrery run told.yaml -q --plugin "$ORRERY_PLUGINS/spokesman.so" > told.txt || echo "status $?"
sed -n '/^Verdicts/,/^Expected/p' told.txt | sed '/^$/,$d'
> end

# A transaction as it should be keeps all five.
> file committed
north begun participants: [south, west]
south voted vote: yes
west voted vote: yes
north decided decision: commit
south decided decision: commit
west decided decision: commit
> end
$ for one in ac1-agreement ac2-no-reversal ac3-validity ac4-non-triviality ac5-termination; do sh tell committed $one holds; done
----
Verdicts
  ac1-agreement  holds
    in 3 facts, `decided` with the same transaction says the same decision
Verdicts
  ac2-no-reversal  holds
    in 3 facts, `decided` with the same node and transaction says the same decision
Verdicts
  ac3-validity  holds
    all had voted yes before each of 1 commit
Verdicts
  ac4-non-triviality  holds
    1 transaction on which all voted yes was committed
Verdicts
  ac5-termination  holds
    2 votes of yes ended in a decision

# AC1: two processes decide differently.
> file torn
south decided decision: commit
west decided decision: abort
> end
$ sh tell torn ac1-agreement violated
----
Verdicts
  ac1-agreement  violated
    south said "decided transaction=1 decision=commit" at 1s, and west said "decided transaction=1
    decision=abort" at 2s; but `decided` with the same transaction says the same decision
      south (1s): decided transaction=1 decision=commit
      west (2s): decided transaction=1 decision=abort

# AC2: one decides twice. What it says again after a crash must be the same.
> file twice
south decided decision: commit
south decided decision: commit
> end
$ sh tell twice ac2-no-reversal holds
----
Verdicts
  ac2-no-reversal  holds
    in 2 facts, `decided` with the same node and transaction says the same decision
> file reversed
south decided decision: commit
south decided decision: abort
> end
$ sh tell reversed ac2-no-reversal violated
----
Verdicts
  ac2-no-reversal  violated
    south said "decided transaction=1 decision=commit" at 1s, and south said "decided transaction=1
    decision=abort" at 2s; but `decided` with the same node and transaction says the same decision
      south (1s): decided transaction=1 decision=commit
      south (2s): decided transaction=1 decision=abort

# AC3: a commit over a no, and one before all were asked.
> file overruled
north begun participants: [south, west]
south voted vote: yes
west voted vote: no
north decided decision: commit
> end
$ sh tell overruled ac3-validity violated
----
Verdicts
  ac3-validity  violated
    north decided to commit transaction 1 (o1) at 4s, though west had voted no
      o1 (a, 1s): read x → nil at north
      west (3s): voted transaction=1 vote=no
      north (4s): decided transaction=1 decision=commit
> file hasty
north begun participants: [south, west]
south voted vote: yes
north decided decision: commit
west voted vote: yes
> end
$ sh tell hasty ac3-validity violated
----
Verdicts
  ac3-validity  violated
    north decided to commit transaction 1 (o1) at 3s, though west had not voted yes
      o1 (a, 1s): read x → nil at north
      north (3s): decided transaction=1 decision=commit

# AC4: all said yes, nothing failed, and it is aborted. Who took another one to be down may abort.
> file timid
north begun participants: [south, west]
south voted vote: yes
west voted vote: yes
north decided decision: abort
> end
$ sh tell timid ac4-non-triviality violated
----
Verdicts
  ac4-non-triviality  violated
    north decided to abort transaction 1 (o1) at 4s, though all had voted yes and nothing had failed
      o1 (a, 1s): read x → nil at north
      north (4s): decided transaction=1 decision=abort
> file suspicious
north begun participants: [south, west]
south voted vote: yes
west voted vote: yes
north suspected
north decided decision: abort
> end
$ sh tell suspicious ac4-non-triviality holds
----
Verdicts
  ac4-non-triviality  holds
    of no transaction all voted yes while nothing had failed

# AC5: one that voted yes is left in doubt.
> file doubt
north begun participants: [south, west]
south voted vote: yes
west voted vote: yes
north decided decision: commit
south decided decision: commit
> end
$ sh tell doubt ac5-termination violated
----
Verdicts
  ac5-termination  violated
    west voted yes on transaction 1 (o1) at 3s and never decided, though nothing was broken
      o1 (a, 1s): read x → nil at north
      west (3s): voted transaction=1 vote=yes
