# What a session may rely on, read as Terry and others do: by the sets of writes that its reads saw. No order of the
# writes need be known. As dbcop writes them: `x:=1` writes, `x==1` reads, `x==?` reads what was there in the beginning.

# Each of the four is kept: alice's own writes are in her sight, and what was seen stays so.
> file kept.txt
[x:=1]
[x==1]
[y:=1]
---
[y==1]
[x==1]
> end
$ orrery check -q kept.txt --property read-your-writes-by-inclusion --property monotonic-reads-by-inclusion --property monotonic-writes-by-inclusion --property writes-follow-reads-by-inclusion | sed -n '/^Verdicts/,$p'
----
Verdicts
  read-your-writes-by-inclusion     holds
    3 reads by 2 sessions can be explained with all that their session had written in sight
  monotonic-reads-by-inclusion      holds
    3 reads by 2 sessions can be explained with all that their session had seen in sight
  monotonic-writes-by-inclusion     holds
    3 reads by 2 sessions can be explained with what was written before each write in sight
  writes-follow-reads-by-inclusion  holds
    3 reads by 2 sessions can be explained with what had been read before each write in sight

again: orrery check kept.txt --property read-your-writes-by-inclusion --property monotonic-reads-by-inclusion --property monotonic-writes-by-inclusion --property writes-follow-reads-by-inclusion
# A session does not see what it wrote itself.
> file own.txt
[x:=1]
[x==?]
> end
$ orrery check -q own.txt --property read-your-writes-by-inclusion | sed -n '/^Verdicts/,$p'
----
Verdicts
  read-your-writes-by-inclusion  violated
    s1 wrote x = 1, then read x = nil: so x = 1 was already there when s1 read x = nil
      o1 (s1, line 1): write x 1
      o2 (s1, line 2): read x → nil

again: orrery check own.txt --property read-your-writes-by-inclusion
# It saw a write, and then does not see it.
> file back.txt
[x:=1]
---
[x==1]
[x==?]
> end
$ orrery check -q back.txt --property monotonic-reads-by-inclusion | sed -n '/^Verdicts/,$p'
----
Verdicts
  monotonic-reads-by-inclusion  violated
    s1 wrote x = 1; s2 read x = 1, then read x = nil: so x = 1 was already there when s2 read x =
    nil
      o1 (s1, line 1): write x 1
      o2 (s2, line 3): read x → 1
      o3 (s2, line 4): read x → nil

again: orrery check back.txt --property monotonic-reads-by-inclusion
# Of one key at a time, on registers, what a session saw can refute the other two only by what came before its cause: a read
# of what the session itself wrote later; or two sessions that each read what the other wrote only after it had read.
> file before.txt
[x==1]
[x:=1]
> end
$ orrery check -q before.txt --property monotonic-writes-by-inclusion | sed -n '/^Verdicts/,$p'
----
Verdicts
  monotonic-writes-by-inclusion  violated
    s1 read x = 1, then wrote x = 1: so something came before its own cause
      o1 (s1, line 1): read x → 1
      o2 (s1, line 2): write x 1

again: orrery check before.txt --property monotonic-writes-by-inclusion
> file circle.txt
[x==1]
[y:=1]
---
[y==1]
[x:=1]
> end
$ orrery check -q circle.txt --property writes-follow-reads-by-inclusion --property monotonic-writes-by-inclusion | sed -n '/^Verdicts/,$p'
----
Verdicts
  writes-follow-reads-by-inclusion  violated
    s1 read x = 1, then wrote y = 1; s2 read y = 1, then wrote x = 1: so something came before its
    own cause
      o1 (s1, line 1): read x → 1
      o2 (s1, line 2): write y 1
      o3 (s2, line 4): read y → 1
      o4 (s2, line 5): write x 1
  monotonic-writes-by-inclusion     holds
    2 reads by 2 sessions can be explained with what was written before each write in sight

again: orrery check circle.txt --property writes-follow-reads-by-inclusion --property monotonic-writes-by-inclusion
