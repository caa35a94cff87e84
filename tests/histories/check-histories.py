"""check-histories.py: other projects' histories get the verdicts that are known of them.

A folder of histories, which the environment names (ORRERY_HISTORIES), holds one folder a source, each with a file VERDICTS.txt: a history a line, and
what is known of it. Those words are other projects' words; here stands what each of them means in ours. Each history is judged by `orrery check`, and
what it holds is counted without its readers. A verdict that differs is a failure, but for those of disagreements.txt, each of which has its reason;
one of those that does not differ is a failure too.

Of each the verdicts of all properties, known or not, must not contradict the map of properties; keep-map looks at that.

usage: check-histories.py ORRERY KEEP-MAP SOURCE      exit 77: there are no histories here
"""

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys

SKIPPED = 77
WORDS = {True: "holds", False: "violated"}

# Levels as Biswas & Enea, dbcop, AWDIT and PolySI name them; they count the order of sessions. What they call read committed is more than Adya's.
LEVELS = {
    "RC": ["read-committed", "monotonic-atomic-view"],
    "RA": ["read-atomic"],
    "CC": ["transactional-causal"],
    "PC": ["prefix"],
    "SI": ["strong-session-snapshot-isolation"],
    "SER": ["strong-session-serializable"],
}


def linearizable(words):
    return {"linearizable": words[0] == "true"}


def levels(pairs):
    return {name: truth == "1" for level, truth in pairs for name in LEVELS[level]}


def awdit(words):
    return levels(zip(["RC", "RA", "CC"], words))


def pairs(words):
    return levels(re.findall(r"\b(RC|RA|CC|PC|SI|SER)=([01])\b", " ".join(words)))


def elle(words):
    if "invalid" in words:
        return {"strict-serializable": False, "serializable": False}
    return {"snapshot-isolation": "SI=true" in words, "repeatable-read": "repeatable-read=false" not in words}


def elle_cli(words):
    model = words[words.index("--model") + 1]
    property_of = {"cas-register": "linearizable", "mutex": "linearizable", "set-full": "linearizable", "bank": "conserved-total",
                   "list-append": "strict-serializable"}
    if words[0] == "thin-air-read":  # whatever the level: it reads what nothing wrote
        return {"read-committed": False, "serializable": False, "linearizable": False}
    return {property_of[model]: words[0] == "true"}


SOURCES = {
    "porcupine-etcd": linearizable,
    "porcupine-kv": linearizable,
    "knossos": linearizable,
    "elle": elle,
    "elle-cli": elle_cli,
    "awdit": awdit,
    "dbcop-tests": pairs,
    "isovista-polysi": pairs,
}


def count(source, text):
    """How many operations and sessions a history has, by no more than its looks; None where they don't say."""
    if source == "awdit":
        sessions = [re.split(r"(?m)^-+$", session) for session in re.split(r"(?m)^=+$", text)]
        return sum(bool(part.strip()) for session in sessions for part in session), len(sessions)
    if source == "dbcop-tests":
        return text.count("["), len(re.split(r"(?m)^---$", text))
    if source == "isovista-polysi":
        steps = [line.strip(" rw()").split(",") for line in text.split()]
        return len({(step[2], step[3]) for step in steps}), len({step[2] for step in steps})
    if source == "porcupine-etcd":
        begun = re.findall(r"- (\d+)\s+:invoke", text)
        return len(begun), len(set(begun))
    text = re.sub(r"(?m);.*$", "", text)
    begun = [re.search(r'"?:?process"?[ :]+(\d+)', entry) for entry in re.findall(r"\{[^{]*?:?\"?type\"?[: ]+\"?:?\"?invoke[^{}]*", text)]
    if not begun or None in begun:
        return None
    return len(begun), len({process[1] for process in begun})


def known(folder, source):
    for line in (folder / "VERDICTS.txt").read_text().splitlines():
        words = line.split()
        if words and not line.startswith("#"):
            yield words[0], SOURCES[source](words[1:])


def judge(orrery, folder, name, expected):
    arguments = [orrery, "check", "--json", str(folder / name)]
    for one in expected:
        arguments += ["--property", one]
    ran = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if ran.returncode >= 64:
        return None, ran.stderr.strip()
    return json.loads(ran.stdout), ""


def disagreements(source):
    """(file, property) → what is found instead."""
    table = {}
    for line in pathlib.Path(__file__).with_name("disagreements.txt").read_text().splitlines():
        words = line.split(maxsplit=4)
        if words and not line.startswith("#") and words[0] == source:
            table[words[1], words[2]] = words[3]
    return table


def compare(source, folder, name, expected, report, excused):
    """Yields what is wrong."""
    found = {verdict["property"]: verdict["verdict"] for verdict in report["verdicts"]}
    for one, truth in expected.items():
        wanted = WORDS[truth]
        if (name, one) in excused:
            if found[one] != excused[name, one]:
                yield f"{name}: {one} is {found[one]}; disagreements.txt says {excused[name, one]}"
        elif found[one] != wanted:
            yield f"{name}: {one} is {found[one]}, known is {wanted}"
    counted = count(source, (folder / name).read_text())
    empty = sum(what["count"] for what in report["assumed"] if "without a step" in what["what"])
    if counted and counted != (report["operations"] + empty, report["sessions"]):
        yield f"{name}: {report['operations']} operations by {report['sessions']} sessions, counted {counted[0]} by {counted[1]}"


def main():
    orrery, keep_map, source = sys.argv[1:]
    folder = pathlib.Path(os.environ.get("ORRERY_HISTORIES", "")) / source
    if "ORRERY_HISTORIES" not in os.environ or not folder.is_dir():
        print("skipped: ORRERY_HISTORIES names no folder with histories of", source)
        return SKIPPED
    built = {entry["name"] for entry in json.loads(subprocess.run([orrery, "properties", "--json"], capture_output=True, check=True).stdout)}
    excused, wrong, judged, files = disagreements(source), [], 0, list(known(folder, source))
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        asked = [(name, {one: truth for one, truth in expected.items() if one in built}) for name, expected in files]
        wrong += [f"no property of this name: {one}" for one in sorted({one for _, expected in files for one in expected} - built)]
        for (name, expected), (report, complaint) in zip(asked, pool.map(lambda ask: judge(orrery, folder, *ask), asked)):
            judged += len(expected)
            wrong += compare(source, folder, name, expected, report, excused) if report else [f"{name}: {complaint}"]
    kept = subprocess.run([keep_map, *(str(folder / name) for name, _ in files)], capture_output=True, text=True, check=False)
    wrong += kept.stdout.splitlines() or ([f"keep-map: status {kept.returncode} {kept.stderr}"] if kept.returncode else [])
    wrong += [f"disagreements.txt speaks of {name}, which is not there" for name, _ in excused if name not in dict(files)]
    print(f"{source}: {len(files)} histories, {judged} verdicts, {len(wrong)} wrong")
    print("\n".join(wrong))
    return 1 if wrong or not files else 0


if __name__ == "__main__":
    sys.exit(main())
