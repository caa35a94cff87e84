# What can't be written is told, and is no success.
$ orrery run window-5s > /dev/full
----
orrery: cannot write to standard output: No space left on device
[exit 74]
$ orrery help > /dev/full
----
orrery: cannot write to standard output: No space left on device
[exit 74]
$ orrery run -q window-5s --save t.sqlite > /dev/null; for command in models objects faults properties figures distributions version 'models primary-replica' \
    'help run' 'validate window-5s' 'validate --json window-5s' 'run --json window-5s' 'check t.sqlite' 'check --json t.sqlite' 'check --dump t.sqlite'; do
  orrery $command > /dev/full 2> said; echo "$? $(sed 's/output:.*/output/' said)"
done | sort -u
----
74 orrery: cannot write to standard output
$ for command in models 'validate window-5s' 'run -q window-5s' 'check -q t.sqlite'; do orrery $command >&- 2>&-; echo $?; done
----
74
74
74
74
$ for command in models 'models primary-replica' 'run window-5s' 'check --dump t.sqlite'; do orrery $command 2>&1 | true; done
----
$ orrery run window-5s >&-
----
orrery: cannot write to standard output: Bad file descriptor
[exit 74]

# Nor does a file that is opened take a closed stream's place.
$ orrery run window-5s --save t.sqlite >&- 2>&-; orrery check -q t.sqlite | head -n 1
----
A five-second window, with replicas a second behind
$ orrery validate window-5s <&- 2>&-
----
window-5s: ok

# A reader that has seen enough ends nothing but itself.
$ orrery models primary-replica | head -n 1
----
primary-replica: One server takes writes, replicas follow its log, a router decides where reads go

# Colours are for terminals, and progress too.
$ orrery run -q lsn-compared-as-text | grep -c "$(printf '\033')"
----
0
[exit 1]
$ TERM=xterm SHELL=/bin/sh script -qec 'orrery run -q lsn-compared-as-text' /dev/null < /dev/null | grep -c "$(printf '\033')"
----
5
$ NO_COLOR=1 TERM=xterm SHELL=/bin/sh script -qec 'orrery run -q lsn-compared-as-text' /dev/null < /dev/null | grep -c "$(printf '\033')"
----
0
[exit 1]

# Where the terminal's character set is not known, texts are still whole.
$ LC_ALL=C orrery run -q window-5s --set 'title=näher →' | head -n 1
----
näher →
