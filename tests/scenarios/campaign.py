"""A campaign against the primary–replica model: every routing policy with every commit level, many runs each, options, load and faults drawn by the
number of the run. No run may crash, hang or break what the model claims; what it does not claim must be seen broken, or the faults were too mild.

usage: campaign.py ORRERY RUNS     runs of each pair
"""

import collections
import json
import pathlib
import random
import subprocess
import sys
import tempfile

POLICIES = ["primary-only", "replica-only", "random", "round-robin", "time-window", "lsn", "sticky"]
LEVELS = ["off", "local", "remote_write", "on", "remote_apply"]
JUDGED = ["durability", "read-your-writes", "monotonic-reads"]
SECONDS_MAX = 60

FAULTS = [
    "crash", "crash-os", "stop", "pause", "partition-majority", "partition-minority", "partition-isolate", "{slow: {factor: 20}}",
    "{disk: {stall: 700ms}}", "{clock: {jump: -2s}}", "{clock: {jump: 3s}}", "{link: {latency: 300ms, loss: 10%}}", "{link: {loss: 50%}}",
]
LOADS = [
    ("register", "{read: 50%, write: 40%, cas: 10%}"),
    ("register", "[{share: 60%, read: 1}, {share: 20%, read: 1, write: 2}, {share: 20%, read: 3}]"),
    ("map", "{read: 50%, write: 40%, delete: 10%}"),
    ("set", "{read: 50%, add: 40%, remove: 10%}"),
    ("list-append", "[{share: 50%, read: 2}, {share: 50%, append: 2}]"),
    ("counter", "{read: 50%, increment: 50%}"),
    ("bank", "{read: 50%, withdraw: 50%}"),
]

# What must be seen broken in some runs: with which policy and level; None: any.
BROKEN = [
    ("durability", None, "off"),
    ("read-your-writes", "replica-only", "on"),
    ("read-your-writes", "random", "local"),
    ("read-your-writes", "round-robin", "local"),
    ("read-your-writes", "time-window", "local"),
    ("read-your-writes", "sticky", "on"),
    ("read-your-writes", "lsn", "off"),
    ("monotonic-reads", "random", None),
    ("monotonic-reads", "round-robin", None),
    ("monotonic-reads", "lsn", None),
]


def router(policy, draw):
    settings = [f"policy: {policy}", "fallback: " + draw.choice(["none", "primary", "next"])]
    if policy in ("replica-only", "time-window", "lsn"):
        settings.append("spread: " + draw.choice(["random", "round-robin", "sticky", "first"]))
    if policy == "time-window":
        settings.append("window: " + draw.choice(["50ms", "500ms", "5s"]))
    if policy == "lsn":
        settings.append("wait: " + draw.choice(["0s", "50ms", "1s"]))
    return "{" + ", ".join(settings) + "}"


def operations(loaded, draw):
    """Bulk inserts, and writes whose wait is cancelled."""
    lines = []
    if loaded in ("register", "map") and draw.random() < 0.3:
        lines += [f"{{at: {at}s, bulk-write: {{rows: 20000, bytes: 64}}}}" for at in (1, 3)]
    if loaded in ("register", "map") and draw.random() < 0.3:
        lines += [f"{{at: {draw.randint(0, 5000)}ms, write: {{c: {i}}}, cancel: {draw.choice([0, 1, 2, 30, 300])}ms}}" for i in range(20)]
    return "[" + ", ".join(lines) + "]"


def faults(held_back, draw):
    drawn = [fault for fault in draw.sample(FAULTS, draw.randint(2, 9)) if not (held_back and "clock" in fault)] or ["crash"]
    if all("disk:" in fault or "clock:" in fault for fault in drawn):  # none would have an end, and the line takes no 'for'
        drawn.append("crash")
    target = draw.choice(["", "", ", target: primary", ", target: replica", ", target: client1"])
    every = draw.choice(["300ms", "1s", "2s"])
    lines = [f"{{every: exponential(mean {every}), choose: [{', '.join(drawn)}], for: uniform(50ms..2s){target}}}"]
    if draw.random() < 0.4:
        lines.append("{every: exponential(mean 1500ms), choose: [crash-os, crash, stop], for: uniform(0s..800ms), target: primary}")
    if draw.random() < 0.3:
        lines.append("{every: exponential(mean 2s), choose: [crash-disk, crash-os], for: uniform(0s..800ms), target: replica}")
    if draw.random() < 0.2:
        actions = ["pause-replay", "resume-replay", "freeze-receiver", "thaw-receiver"]
        lines += [f"{{at: {at}ms, action: {{{action}: replica1}}}}" for at, action in zip(sorted(draw.sample(range(5900), len(actions))), actions)]
    return "[" + ", ".join(lines) + "]"


def scenario(policy, level, draw):
    replicas = draw.choice([1, 2, 2, 3])
    names = draw.choice(['""', "FIRST 1 (replica1)", "replica1, replica2", "ANY 1 (*)", f"FIRST {replicas} (*)", f"ANY {replicas} (*)"])
    held_back = draw.random() < 0.2
    loaded, mix = draw.choice(LOADS)
    return f"""model: primary-replica
duration: 6s
settle: 120s
options:
  replicas: {replicas}
  synchronous-commit: {level}
  synchronous-standby-names: {names}
  apply-delay: {draw.choice(["0s", "5ms", "100ms", "lognormal(median 5ms p99 300ms)", "exponential(mean 50ms)"])}
  recovery-min-apply-delay: {"200ms" if held_back else "0s"}
  wal-start: {draw.choice(["0/1000000", "0/FFFFF00", "0/FFFFFF00"])}
  wal-sender-timeout: {draw.choice(["60s", "60s", "0s", "300ms", "2s"])}
  router: {router(policy, draw)}
clients: {{hosts: {draw.choice([1, 2])}, sessions: {draw.choice([2, 3, 5])}, timeout: {draw.choice(["500ms", "5s"])}}}
network: {{latency: {draw.choice(["500us", "exponential(mean 2ms)", "lognormal(median 1ms p99 30ms)"])}}}
clocks: {{skew: uniform(-50ms..50ms), drift: 200ppm}}
disk: {{write: 20us, sync: {draw.choice(["1ms", "lognormal(median 1ms p99 50ms)", "20ms"])}}}
workload:
  object: {loaded}
  think: exponential(mean {draw.choice(["5ms", "20ms", "100ms"])})
  mix: {mix}
  keys: {{count: {draw.choice([1, 3, 10])}}}
  operations: {operations(loaded, draw)}
faults: {faults(held_back, draw)}
"""


def run(orrery, folder, policy, level, number):
    """What is wrong with a run, or None; and the properties that it breaks."""
    text = scenario(policy, level, random.Random(f"{policy}/{level}/{number}"))
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    command = [orrery, "run", "scenario.yaml", "--seed", str(number), "--quiet", "--json"]
    for name in JUDGED:
        command += ["--property", name]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS_MAX, check=False)
    except subprocess.TimeoutExpired:
        return f"{text}\nwith seed {number} it hangs", set()
    if done.returncode not in (0, 1, 2):
        return f"{text}\nwith seed {number} it ends with {done.returncode}: {done.stderr}", set()
    report = json.loads(done.stdout)
    wrong = [f"{one['name']}: {one['found']}" for one in report["expected"] if one["result"] != "met"]
    broken = {one["property"] for one in report["verdicts"] if one["verdict"] == "violated"}
    return (f"{text}\nwith seed {number} claims are not met: {', '.join(wrong)}" if wrong else None), broken


def main(orrery, runs):
    broken = collections.Counter()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for policy in POLICIES:
            for level in LEVELS:
                for number in range(runs):
                    wrong, names = run(orrery, pathlib.Path(folder), policy, level, number)
                    broken.update((name, a, b) for name in names for a in (policy, None) for b in (level, None))
                    if wrong:
                        failed += 1
                        print(wrong)
    for what in BROKEN:
        n = runs * (1 if what[1] else len(POLICIES)) * (1 if what[2] else len(LEVELS))
        name, policy, level = what[0], what[1] or "any policy", what[2] or "any level"
        print(f"{name} is violated in {broken[what]} of {n} runs with {policy}, {level}")
        if n >= 10 and broken[what] < n / 20:
            failed += 1
            print("that is too few: these faults test nothing")
    sys.exit(1 if failed else 0)


main(str(pathlib.Path(sys.argv[1]).resolve()), int(sys.argv[2]))
