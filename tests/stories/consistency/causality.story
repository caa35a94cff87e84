# Causes come before their effects, or do not. Histories of registers, a line a session, as dbcop writes them: `x:=1` writes,
# `x==1` reads.

# A question is asked, somebody answers it, and somebody sees the answer and then the question.
> file answered.txt
[question:=1]
---
[question==1]
[answer:=1]
---
[answer==1]
[question==1]
> end
$ orrery check -q answered.txt --property causal --property causal-memory --property causal-convergence --property pram | sed -n '/^Verdicts/,$p'
----
Verdicts
  causal              holds
    3 reads by 2 sessions can be explained by causal order
  causal-memory       holds
    3 reads by 2 sessions can be explained by causal order and one order of the writes for each
    session
  causal-convergence  holds
    3 reads by 2 sessions can be explained by causal order and one order of all writes
  pram                holds
    3 reads by 2 sessions can be explained by one order of the writes for each session

again: orrery check answered.txt --property causal --property causal-memory --property causal-convergence --property pram
# The answer is there, the question is not: the cause is missing. Each session's own order is kept all the same.
> file unasked.txt
[question:=1]
---
[question==1]
[answer:=1]
---
[answer==1]
[question==?]
> end
$ orrery check -q unasked.txt --property causal --property causal-memory --property causal-convergence --property pram | sed -n '/^Verdicts/,$p'
----
Verdicts
  causal              violated
    s1 wrote question = 1; s2 read question = 1, then wrote answer = 1; s3 read answer = 1, then
    read question = nil: so question = 1 was already there when s3 read question = nil
      o1 (s1, line 1): write question 1
      o2 (s2, line 3): read question → 1
      o3 (s2, line 4): write answer 1
      o4 (s3, line 6): read answer → 1
      o5 (s3, line 7): read question → nil
  causal-memory       violated
    s1 wrote question = 1; s2 read question = 1, then wrote answer = 1; s3 read answer = 1, then
    read question = nil: so question = 1 was already there when s3 read question = nil
      o1 (s1, line 1): write question 1
      o2 (s2, line 3): read question → 1
      o3 (s2, line 4): write answer 1
      o4 (s3, line 6): read answer → 1
      o5 (s3, line 7): read question → nil
  causal-convergence  violated
    s1 wrote question = 1; s2 read question = 1, then wrote answer = 1; s3 read answer = 1, then
    read question = nil: so question = 1 was already there when s3 read question = nil
      o1 (s1, line 1): write question 1
      o2 (s2, line 3): read question → 1
      o3 (s2, line 4): write answer 1
      o4 (s3, line 6): read answer → 1
      o5 (s3, line 7): read question → nil
  pram                holds
    3 reads by 2 sessions can be explained by one order of the writes for each session

again: orrery check unasked.txt --property causal --property causal-memory --property causal-convergence --property pram
# Two write at once, and each sees the other's value take the place of its own. Each has an order that explains it:
# that is causal memory; there is no order for both: replicas that settle on one value can't do that.
> file crossed.txt
[x:=1]
[x==2]
---
[x:=2]
[x==1]
> end
$ orrery check -q crossed.txt --property causal-memory --property causal-convergence | sed -n '/^Verdicts/,$p'
----
Verdicts
  causal-memory       holds
    2 reads by 2 sessions can be explained by causal order and one order of the writes for each
    session
  causal-convergence  violated
    s1 wrote x = 1; s2 wrote x = 2, then read x = 1; s1 read x = 2: no order of the writes that
    keeps to causality explains what they all read
      o1 (s1, line 1): write x 1
      o3 (s2, line 4): write x 2
      o4 (s2, line 5): read x → 1
      o2 (s1, line 2): read x → 2

again: orrery check crossed.txt --property causal-memory --property causal-convergence
# The other way round: one order of all writes, of which a session learns late (Bouajjani and others 2017, figure 3).
> file late.txt
[z:=1]
[x:=1]
[y:=1]
---
[x:=2]
[z==?]
[y==1]
[x==2]
> end
$ orrery check -q late.txt --property causal-memory --property causal-convergence | sed -n '/^Verdicts/,$p'
----
Verdicts
  causal-memory       violated
    s1 wrote z = 1, then wrote x = 1, then wrote y = 1; s2 wrote x = 2, then read z = nil, then read
    y = 1, then read x = 2: so z = 1 was already there when s2 read z = nil
      o1 (s1, line 1): write z 1
      o2 (s1, line 2): write x 1
      o3 (s1, line 3): write y 1
      o4 (s2, line 5): write x 2
      o5 (s2, line 6): read z → nil
      o6 (s2, line 7): read y → 1
      o7 (s2, line 8): read x → 2
  causal-convergence  holds
    3 reads by 1 session can be explained by causal order and one order of all writes

again: orrery check late.txt --property causal-memory --property causal-convergence
# Causal, and yet a session goes back from what it wrote to what another had written, and forth again.
> file forth.txt
[x:=1]
---
[x:=2]
[x==1]
[x==2]
> end
$ orrery check -q forth.txt --property causal --property pram | sed -n '/^Verdicts/,$p'
----
Verdicts
  causal  holds
    2 reads by 1 session can be explained by causal order
  pram    violated
    s1 wrote x = 1; s2 wrote x = 2, then read x = 1, then read x = 2: no order of the writes that
    keeps each session's writes in turn explains what s2 read
      o1 (s1, line 1): write x 1
      o2 (s2, line 3): write x 2
      o3 (s2, line 4): read x → 1
      o4 (s2, line 5): read x → 2

again: orrery check forth.txt --property causal --property pram
