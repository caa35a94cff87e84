# What there is.
$ orrery help
----
orrery: a deterministic simulator of replicated databases

usage: orrery COMMAND [OPTION…] …

  run            run scenarios and report what they guarantee
  fuzz           look for runs that break a promise, and shrink what is found
  sweep          run a scenario with every combination of some values, a row each
  compare        say what a change would do: two scenarios under the same seeds
  shrink         make a scenario that violates a property as small as it can be
  validate       check scenarios without running them
  check          judge saved traces, and histories of other programs
  explain        tell how a violation came about
  replay         step through a run, forwards and backwards
  models         list and explain the models, their options, bugs and scenarios
  objects        list and explain what operations work on
  faults         list and explain what can go wrong
  properties     list and explain what can be promised, and checked
  figures        list and explain what is measured, and can be expected
  distributions  list and explain the distributions of durations
  formats        list and explain the formats of histories that check reads
  reference      write the manual, or a JSON Schema of scenarios
  complete       say what may come next on a command line, for shells
  help           explain a command
  version        say which version this is

Every command takes --plugin FILE, a model from a shared object.

Start with   orrery run primary-replica/window-shorter-than-lag
More on one  orrery help COMMAND
$ orrery --help | head -n 1
----
orrery: a deterministic simulator of replicated databases
$ orrery help run
----
usage: orrery run [OPTION…] SCENARIO…

run: run scenarios and report what they guarantee.

A scenario is a file, or the name of an installed one (primary-replica/synchronous). Several are
run one after the other and shown side by side, a row each.

With --seeds each is run many times, by processes of their own, and what the runs say is counted:
in how many of them a property was violated and an expectation met, between which bounds the
figures lie (95% confidence intervals), and which seeds to look at. All runs must meet what is
expected, unless it says of how many ('violated in at least 10% of runs'). The output does not
depend on --jobs. A run that crashes or never comes back is told of, and the others go on.

  -s, --seed N          another seed than the scenario's
      --seeds A..B      many runs, one by each of these seeds; the report counts and measures over all
  -j, --jobs N          so many of them at once (default: one a processor)
      --patience TIME   give a run up that gets nowhere for so much processor time (default: 60s)
      --set PATH=VALUE  change a value, as in --set options.router.window=2s (may be repeated)
      --save FILE       save the trace, an SQLite database
      --level LEVEL     what is recorded: operations, events or full (default: full if saved)
      --record-limit N  rows of events and of messages that are recorded at most
      --events-max N    end the run after so many events; what it did not show is unknown
                        (default: 1000000000)
      --instant-max N   the same for events at one instant (default: 10000000)
  -p, --property NAME   judge this property too (may be repeated)
  -a, --all-properties  judge all properties; of those that follow from others the names alone are shown
      --each            show each in full
      --json            the report as JSON
      --dump            the trace as text, by which runs are compared byte by byte
  -q, --quiet           verdicts and expectations alone
      --junit FILE      save what passed and failed as JUnit's XML
      --tap             print it by the Test Anything Protocol, instead of the report
      --github          print annotations for GitHub's actions on standard error

Exit status: 0 all is as expected (or as the model claims, where the scenario expects nothing),
1 something is not, 2 something could not be decided, 64 wrong usage, 65 a scenario is wrong,
66 there is no such scenario, or it can't be read, 70 one of many runs died, 71 no process could be
started for them, 73 the trace could not be saved, 74 writing failed, 130 interrupted.
$ orrery help run > a; orrery run --help > b; orrery run -h window-5s > c; diff a b && diff a c
----
$ orrery help version help
----
usage: orrery version [--json]

version: say which version this is.

A seed names a run together with the scenario and the version.

      --json  the same as JSON


usage: orrery help [--json] [COMMAND…]

help: explain a command.

Without a command, lists them all.

      --json  the same as JSON, with all options

# Nobody has to guess.
$ orrery | head -n 1
----
orrery: which command?
orrery: a deterministic simulator of replicated databases
$ orrery rnu
----
orrery: there is no command 'rnu'; did you mean 'run'?
[exit 64]
$ orrery help rnu
----
orrery: there is no command 'rnu'; did you mean 'run'?
[exit 64]
$ orrery help durability
----
orrery: there is no command 'durability'; 'orrery properties durability' explains it
[exit 64]
$ orrery help crash
----
orrery: there is no command 'crash'; 'orrery faults crash' explains it
[exit 64]
$ orrery frobnicate
----
orrery: there is no command 'frobnicate'; 'orrery help' lists them
[exit 64]
$ orrery --frobnicate
----
orrery: there is no command '--frobnicate'; 'orrery help' lists them
[exit 64]
$ orrery run
----
orrery: which scenario? A file, or one that is installed: 'orrery models primary-replica' lists them
[exit 64]
$ orrery run --jsn window-5s
----
orrery: there is no option '--jsn'; did you mean '--json'?
[exit 64]
$ orrery run --jsn=x window-5s
----
orrery: there is no option '--jsn'; did you mean '--json'?
[exit 64]
$ orrery run -x window-5s
----
orrery: there is no option '-x'; 'orrery help run' lists them
[exit 64]
$ orrery run window-5s --seed
----
orrery: Missing argument for --seed; try 'orrery help run'
[exit 64]
$ orrery run window-5s --seed seven
----
orrery: --seed takes a whole number from 0, not 'seven'
[exit 64]
$ orrery run window-5s --seed -1
----
orrery: --seed takes a whole number from 0, not '-1'
[exit 64]
$ orrery run window-5s --seed 18446744073709551616
----
orrery: --seed takes a whole number from 0, not '18446744073709551616'
[exit 64]
$ orrery run window-5s --events-max 0
----
orrery: --events-max takes a whole number from 1, not '0'
[exit 64]
$ orrery run --json --dump window-5s
----
orrery: --json and --dump are two forms; use one of them
[exit 64]

# Behind `--` there are no options.
$ orrery run -q -- window-5s | tail -n 1
----
again: orrery run window-5s --seed 1
$ orrery run -q -- -q
----
orrery: there is no file or installed scenario '-q'; 'orrery models NAME' lists a model's scenarios
[exit 66]

# Which version this is.
$ orrery version
----
orrery 0.1.0
$ orrery --version
----
orrery 0.1.0
$ orrery version --json
----
{
  "version" : "0.1.0"
}
$ orrery version 2
----
orrery: 'orrery version' takes nothing else, but there is '2'
[exit 64]

# The same for programs, with all options; and what a shell asks.
$ orrery help --json version
----
[
  {
    "name" : "version",
    "arguments" : "[--json]",
    "summary" : "say which version this is",
    "doc" : "A seed names a run together with the scenario and the version.",
    "options" : [
      {
        "name" : "json",
        "letter" : null,
        "argument" : null,
        "doc" : "the same as JSON"
      },
      {
        "name" : "plugin",
        "letter" : null,
        "argument" : "FILE",
        "doc" : "take a model from a shared object too (may be repeated)"
      }
    ]
  }
]
$ orrery complete -- he
----
help
$ orrery complete -- run --se
----
--seed
--seeds
--set
$ orrery complete -- run --property conv
----
convergence
$ orrery complete -- check --level
----
$ orrery complete -- run -q primary-replica/window-s
----
primary-replica/window-shorter-than-lag
primary-replica/window-standing-clock
$ orrery complete -- run --level ''
----
operations
events
full
$ orrery complete -- faults cr
----
crash
$ orrery complete -- reference orrery-sc
----
orrery-scenario.5
$ orrery complete -- nothing --x
----

# The manual.
$ orrery reference
----
orrery: which format? Use one of man, markdown, schema
[exit 64]
$ orrery reference mann
----
orrery: there is no format 'mann'; did you mean 'man'?
[exit 64]
$ orrery reference man orrery-version.1
----
.TH ORRERY-VERSION 1 "" "orrery 0.1.0" "Orrery"
.fchar \[u2026] ...
.SH NAME
orrery-version \- say which version this is
.SH Synopsis
\\fBorrery version\fR [\-\-json]
.SH Description
A seed names a run together with the scenario and the version.
.SH Options
.TP
\\fB\-\-json\fR
the same as JSON
.TP
\\fB\-\-plugin FILE\fR
take a model from a shared object too (may be repeated)
.SH See also
orrery(1), orrery\-scenario(5)
$ orrery reference markdown orrery-version.1
----
\# orrery-version: say which version this is

\## Synopsis

`orrery version` [--json]

\## Description

A seed names a run together with the scenario and the version.

\## Options

- `--json`: the same as JSON
- `--plugin FILE`: take a model from a shared object too (may be repeated)

\## See also

orrery(1), orrery-scenario(5)
$ orrery reference man orrery-versoin.1
----
orrery: there is no page 'orrery-versoin.1'; did you mean 'orrery-version.1'?
[exit 64]
$ orrery reference man --into nowhere
----
orrery: there is no folder 'nowhere'; make it first
[exit 73]
$ orrery reference schema | head -n 4
----
{
  "$schema" : "http://json-schema.org/draft-07/schema#",
  "title" : "Orrery scenario",
  "type" : "object",
