"""What atomic commitment costs, and what each single crash does to it: the two tables in the page of the model, made by runs and held against the
literature.

usage: commitment-tables.py [--update] ORRERY PAGE     with --update the tables in the page are rewritten
"""

import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

N_MAX = 10
ROUNDS = {"vote-request", "vote", "pre-commit", "pre-commit-ack", "commit", "abort", "ack"}
FORCED = {"collecting", "decision", "prepared", "decided"}

# Mohan, Lindsay & Obermarck 1986, and Skeen's five rounds: messages for N participants, forced writes of the coordinator and of each participant.
COSTS = [
    # what, options, steps, veto, messages a participant, coordinator's, each participant's
    ("two-phase, presumed nothing: commit", "presumption: nothing", "write", False, 4, 1, 2),
    ("two-phase, presumed nothing: abort, all having voted yes", "presumption: nothing", "write", True, 4, 1, 2),
    ("two-phase, presumed abort: commit", "presumption: abort", "write", False, 4, 1, 2),
    ("two-phase, presumed abort: abort, all having voted yes", "presumption: abort", "write", True, 3, 0, 1),
    ("two-phase, presumed abort: read-only participants", "presumption: abort", "read", False, 2, 0, 0),
    ("two-phase, presumed commit: commit", "presumption: commit", "write", False, 3, 2, 1),
    ("two-phase, presumed commit: abort, all having voted yes", "presumption: commit", "write", True, 4, 1, 2),
    ("three-phase: commit", "protocol: three-phase", "write", False, 5, 1, 2),
]

AC = ["ac1-agreement", "ac2-no-reversal", "ac3-validity", "ac4-non-triviality", "ac5-termination"]

# A process and what has just happened to it; what it then sends, if anything.
COORDINATOR = "coordinator"
STEPS = {
    "two-phase": [
        (COORDINATOR, "has the transaction", "send: work, nth: 1", "work"),
        (COORDINATOR, "hears that one has worked", "receive: worked, nth: 1", None),
        (COORDINATOR, "hears that all have worked", "receive: worked, nth: 2", "vote-request"),
        (COORDINATOR, "hears one yes", "receive: vote, nth: 1", None),
        (COORDINATOR, "hears that all vote yes", "receive: vote, nth: 2", None),
        (COORDINATOR, "has the commit on disk", "sync: coordinator, nth: 1", "commit"),
        (COORDINATOR, "hears one acknowledgement", "receive: ack, nth: 1", None),
        (COORDINATOR, "hears all acknowledgements", "receive: ack, nth: 2", None),
        ("participant1", "has done the work", "receive: work, to: participant1", "worked"),
        ("participant1", "is asked for its vote", "receive: vote-request, to: participant1", None),
        ("participant1", "has the prepare record on disk", "sync: participant1, nth: 1", "vote"),
        ("participant1", "hears the commit", "receive: commit, to: participant1", None),
        ("participant1", "has the commit on disk", "sync: participant1, nth: 2", "ack"),
    ],
    "three-phase": [
        (COORDINATOR, "has the transaction", "send: work, nth: 1", "work"),
        (COORDINATOR, "hears that one has worked", "receive: worked, nth: 1", None),
        (COORDINATOR, "hears that all have worked", "receive: worked, nth: 2", "vote-request"),
        (COORDINATOR, "hears one yes", "receive: vote, nth: 1", None),
        (COORDINATOR, "hears that all vote yes", "receive: vote, nth: 2", "pre-commit"),
        (COORDINATOR, "hears one acknowledgement", "receive: pre-commit-ack, nth: 1", None),
        (COORDINATOR, "hears all acknowledgements", "receive: pre-commit-ack, nth: 2", None),
        (COORDINATOR, "has the commit on disk", "sync: coordinator, nth: 1", "commit"),
        ("participant1", "has done the work", "receive: work, to: participant1", "worked"),
        ("participant1", "is asked for its vote", "receive: vote-request, to: participant1", None),
        ("participant1", "has the prepare record on disk", "sync: participant1, nth: 1", "vote"),
        ("participant1", "hears the pre-commit", "receive: pre-commit, to: participant1", "pre-commit-ack"),
        ("participant1", "hears the commit", "receive: commit, to: participant1", None),
        ("participant1", "has the commit on disk", "sync: participant1, nth: 2", None),
    ],
}

problems = []


def demand(truth, what):
    if not truth:
        problems.append(what)


class Run:
    """A scenario, run: its verdicts and the rows of its trace."""

    def __init__(self, orrery, folder, text):
        (folder / "scenario.yaml").write_text(text, encoding="utf-8")
        command = [orrery, "run", "scenario.yaml", "--json", "--save", "run.sqlite"] + [word for name in AC for word in ("-p", name)]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
        if done.returncode not in (0, 1, 2):
            sys.exit(f"{text}\nends with {done.returncode}: {done.stderr}")
        self.verdicts = {one["property"]: one["verdict"] for one in json.loads(done.stdout)["verdicts"]}
        self.trace = sqlite3.connect(folder / "run.sqlite")

    def rows(self, query):
        return self.trace.execute(query).fetchall()

    def struck(self):
        return self.rows("SELECT count(*) FROM faults WHERE effects > 0") == [(1,)]

    def facts(self, name):
        """What was said: (node, body), in order."""
        return [(node, json.loads(body)) for node, body in self.rows(f"SELECT node, body FROM fact_log WHERE fact = '{name}' ORDER BY id")]


def cost(orrery, folder, options, step, veto, n):
    """Messages of the protocol, forced writes of the coordinator and of each participant."""
    steps = ", ".join(f"{{write: {{k{i}: 1}}}}" if step == "write" else f"{{read: k{i}}}" for i in range(1, n + 1))
    run = Run(orrery, folder, f"""model: atomic-commitment
options: {{participants: {n}, {options}}}
disk: {{sync: 1ms}}
workload:
  object: register
  operations: [{{steps: [{steps}]{', veto: coordinator' if veto else ''}}}]
""")
    messages = sum(kind in ROUNDS for kind, in run.rows("SELECT type FROM message_log"))
    forced = [node for node, kind in run.rows("SELECT target, type FROM event_log WHERE kind = 'synced'") if kind in FORCED]
    return messages, forced.count(COORDINATOR), [forced.count(f"participant{i}") for i in range(1, n + 1)]


def costs(orrery, folder):
    table = ["| | messages, N = 1 … 10 | forced writes of the coordinator | of each participant |", "| --- | --- | --- | --- |"]
    for what, options, step, veto, each, coordinator, participant in COSTS:
        counted = []
        for n in range(1, N_MAX + 1):
            messages, at_coordinator, at_participants = cost(orrery, folder, options, step, veto, n)
            counted.append(messages)
            demand(messages == each * n, f"{what}, {n} participants: {messages} messages, not {each * n}")
            demand(at_coordinator == coordinator, f"{what}, {n} participants: the coordinator forces {at_coordinator}, not {coordinator}")
            demand(set(at_participants) == {participant}, f"{what}, {n} participants: they force {at_participants}, not {participant}")
        table.append(f"| {what} | {', '.join(map(str, counted))}: {each}N | {at_coordinator} | {at_participants[0]} |")
    return table


def crash(orrery, folder, protocol, process, when, dropped, returns):
    """Runs a transfer in which a process crashes at a step, some of what it then sends being lost with it."""
    pins = "".join(f"  - {{message: {kind}, from: {process}, to: {to}, nth: 1, drop: true}}\n" for kind, to in dropped)
    back = "for: 5s" if returns else "returns: false"
    return Run(orrery, folder, f"""model: atomic-commitment
options: {{protocol: {protocol}}}
clients: {{names: [alice], timeout: 2s}}
network: {{latency: 1ms}}
disk: {{sync: 1ms, loses: all}}
duration: 20s
workload:
  operations: [{{transfer: {{from: a, to: b, amount: 50}}}}]
faults: [{{when: {{{when}}}, crash: {process}, kind: os, {back}}}]
{'pins:' if pins else ''}
{pins}""")


def outcome(run, processes):
    """What these have decided."""
    decided = {body["decision"] for node, body in run.facts("decided") if node in processes}
    voted = {node for node, body in run.facts("voted") if node in processes and body["vote"] == "yes"}
    undecided = voted - {node for node, _ in run.facts("decided")}
    if undecided:
        return "blocked" if run.facts("blocked") else "in doubt"
    return " and ".join(sorted(decided)) or "nothing begun"


def must_block(protocol, process, run):
    """Two-phase commit: nobody who is up knows the decision, and all of them have voted yes."""
    voted = {node for node, body in run.facts("voted") if body["vote"] == "yes"}
    heard = run.rows("SELECT 1 FROM message_log WHERE type IN ('commit', 'abort') AND sender = 'coordinator' AND fate = 'delivered'")
    return protocol == "two-phase" and process == COORDINATOR and voted == {"participant1", "participant2"} and not heard


def sent(kind, process):
    """What may have left when it crashed: which of its messages are lost."""
    if kind is None:
        return [("", [])]
    if process != COORDINATOR:
        return [("sent", []), ("not sent", [(kind, COORDINATOR)])]
    both = [(kind, "participant1"), (kind, "participant2")]
    return [("sent", []), ("sent to one", both[1:]), ("not sent", both)]


def crashes(orrery, folder):
    table = ["| protocol | crashes | when it | and its message is | it returns: AC1–AC5 | all decide | it never returns: AC1–AC4 | those left |",
             "| --- | --- | --- | --- | --- | --- | --- | --- |"]
    for protocol, steps in STEPS.items():
        for process, step, when, kind in steps:
            for how, dropped in sent(kind, process):
                where = f"{protocol}: {process} crashes when it {step}{' and its message is ' + how if how else ''}"
                back = crash(orrery, folder, protocol, process, when, dropped, True)
                for name in AC:
                    demand(back.verdicts[name] == "holds", f"{where}, and returns: {name} is {back.verdicts[name]}")
                all_decide = outcome(back, {"participant1", "participant2", COORDINATOR})
                demand(all_decide in ("commit", "abort", "nothing begun"), f"{where}, and returns: {all_decide}")
                gone = crash(orrery, folder, protocol, process, when, dropped, False)
                demand(back.struck() and gone.struck(), f"{where}: it never does")
                for name in AC[:4]:
                    demand(gone.verdicts[name] == "holds", f"{where}, and never returns: {name} is {gone.verdicts[name]}")
                left = outcome(gone, {"participant1", "participant2", COORDINATOR} - {process})
                demand((left == "blocked") == must_block(protocol, process, gone), f"{where}, and never returns: those left: {left}")
                table.append(f"| {protocol} | {process} | {step} | {how} | hold | {all_decide} | hold | {left} |")
    return table


def main(arguments):
    update = arguments[0] == "--update"
    orrery, page = str(pathlib.Path(arguments[-2]).resolve()), pathlib.Path(arguments[-1])
    text = page.read_text(encoding="utf-8")
    right = text
    with tempfile.TemporaryDirectory() as folder:
        for name, make in (("costs", costs), ("crashes", crashes)):
            table = "\n".join(make(orrery, pathlib.Path(folder)))
            right, n = re.subn(rf"(<!-- {name} -->\n).*?(<!-- end -->)", lambda match: match[1] + table + "\n" + match[2], right, flags=re.DOTALL)
            demand(n == 1, f"{page.name} has no place for the table of {name}")
    if right != text and update:
        page.write_text(right, encoding="utf-8")
    elif right != text:
        problems.append(f"the tables in {page} are not what the program does; --update rewrites them")
    print("\n".join(problems))
    return 1 if problems else 0


sys.exit(main(sys.argv[1:]))
