"""Holds each exercise of notebooks-data to what it says: its commands make its data, its columns are those that its README explains, what it counts
is what the program counts, and its notebook runs and finds what it claims. Each rule has canaries: exercises with a mistake, of which it must speak.

usage: check-exercises.py NOTEBOOKS-DATA ORRERY     prints TAP
"""

import csv
import importlib.machinery
import importlib.util
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

BYTES_MAX = 200_000
FILES = ("README.md", "scenario.yaml", "runs.csv", "notebook.ipynb")

# Runs the code cells of a notebook one after the other, as Jupyter does. Whether there is matplotlib must not depend on the machine: either there is
# none, or one that takes all calls.
RUN_CELLS = """
import json, sys, unittest.mock
plots = sys.argv[2] == "plots"
sys.modules["matplotlib"] = sys.modules["matplotlib.pyplot"] = unittest.mock.MagicMock() if plots else None
names = {"__name__": "__main__"}
for cell in json.load(open(sys.argv[1], encoding="utf-8"))["cells"]:
    if cell["cell_type"] == "code":
        exec(compile("".join(cell["source"]), "cell " + cell["id"], "exec"), names)
if plots and not sys.modules["matplotlib"].pyplot.show.called:
    sys.exit("nothing was drawn")
"""


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def header(path):
    return path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")


def load_regenerate(folder):
    # Python would leave what it compiled beside the script, which is no place of ours.
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader("regenerate", str(folder / "regenerate"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("regenerate", loader))
    loader.exec_module(module)
    return module


# --- The rules: each takes the folder of an exercise and yields what is wrong ---

def whole(exercise):
    """All files are there, the index tells of the exercise, and no file of data is large."""
    for name in FILES:
        if not (exercise / name).is_file():
            yield f"there is no {name}"
    if f"({exercise.name}/README.md)" not in (exercise.parent / "README.md").read_text(encoding="utf-8"):
        yield "the README of all exercises does not link to it"
    for query in exercise.glob("*.sql"):
        if not query.with_suffix(".csv").is_file():
            yield f"there is no {query.stem}.csv; notebooks-data/regenerate makes it"
    for path in exercise.glob("*.csv"):
        if path.stat().st_size > BYTES_MAX:
            yield f"{path.name} has {path.stat().st_size} bytes; at most {BYTES_MAX}"


def seed(exercise):
    """The README names the scenario's seed, and the scenario expects something."""
    scenario = (exercise / "scenario.yaml").read_text(encoding="utf-8")
    match = re.search(r"(?m)^seed: (\d+)$", scenario)
    if not match or not re.search(rf"\bSeed {match[1]}\b", (exercise / "README.md").read_text(encoding="utf-8")):
        yield "the README does not name the scenario's seed"
    if not re.search(r"(?m)^expect:\n  \S", scenario):
        yield "the scenario expects nothing"


def columns(exercise):
    """The README explains the columns of each file of data, in their order."""
    sections = re.split(r"(?m)^#+ ", (exercise / "README.md").read_text(encoding="utf-8"))
    for path in sorted(exercise.glob("*.csv")):
        said = [re.findall(r"(?m)^\| `([^`]+)` \|", section) for section in sections if section.startswith(path.name + "\n")]
        if said != [header(path)]:
            yield f"{path.name} has the columns {', '.join(header(path))}, the README explains {', '.join(sum(said, [])) or 'none'}"


def notebook_form(exercise):
    """The notebook is what nbformat 4.5 describes, holds no outputs, and ends with answers that are hidden and hold."""
    try:
        notebook = json.loads((exercise / "notebook.ipynb").read_text(encoding="utf-8"))
    except ValueError as error:
        yield f"the notebook is not JSON: {error}"
        return
    if (notebook.get("nbformat"), notebook.get("nbformat_minor")) != (4, 5) or set(notebook) != {"cells", "metadata", "nbformat", "nbformat_minor"}:
        yield "the notebook's top is not as nbformat 4.5 has it"
        return
    for cell in notebook["cells"]:
        members = {"cell_type", "id", "metadata", "source"} | ({"execution_count", "outputs"} if cell["cell_type"] == "code" else set())
        if cell["cell_type"] not in ("code", "markdown") or set(cell) != members or not isinstance(cell["metadata"], dict):
            yield f"the cell {cell.get('id')} is not as nbformat 4.5 has it"
        elif not re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", cell["id"]) or not all(isinstance(line, str) for line in cell["source"]):
            yield f"the cell {cell['id']} has no proper id or source"
        elif cell.get("outputs") or cell.get("execution_count") is not None:
            yield f"the cell {cell['id']} holds outputs; clear them"
    if len({cell["id"] for cell in notebook["cells"]}) < len(notebook["cells"]):
        yield "two cells have the same id"
    answers = notebook["cells"][-1]
    if not answers["metadata"].get("jupyter", {}).get("source_hidden") or not any(line.startswith("assert ") for line in answers["source"]):
        yield "the last cell does not hide the answers, or asserts nothing"


def notebook_runs(exercise):
    """The cells run in their order, with and without something to draw with, and what the last one asserts is so."""
    for how in ("plots", "text"):
        run = subprocess.run([sys.executable, "-c", RUN_CELLS, "notebook.ipynb", how], cwd=exercise, capture_output=True, text=True, check=False)
        if run.returncode != 0 or not run.stdout:
            yield f"the notebook does not run ({how}):\n{run.stderr}"


def data(exercise, orrery):
    """What the README tells to type makes the data that lie there, to the byte. It is typed where they do not lie yet."""
    readme = (exercise / "README.md").read_text(encoding="utf-8")
    commands = "".join(re.findall(r"(?ms)^```sh\n(.*?)^```$", readme))
    with tempfile.TemporaryDirectory() as folder:
        top = pathlib.Path(folder)
        shutil.copytree(exercise.parent, top / "notebooks-data")
        (top / "build" / "sim").mkdir(parents=True)
        (top / "build" / "sim" / "orrery").symlink_to(orrery)
        copy = top / "notebooks-data" / exercise.name
        for query in copy.glob("*.sql"):
            query.with_suffix(".csv").unlink()
        run = subprocess.run(["sh", "-eu"], cwd=top, input=commands, capture_output=True, text=True, check=False)
        if run.returncode != 0:
            yield f"the README's commands fail:\n{run.stdout}{run.stderr}"
        for query in sorted(exercise.glob("*.sql")):
            kept, made = query.with_suffix(".csv"), copy / f"{query.stem}.csv"
            if not made.is_file():
                yield f"the README's commands do not make {kept.name}"
            elif kept.read_bytes() != made.read_bytes():
                yield f"{kept.name} is not what the program makes now; notebooks-data/regenerate makes it anew"


# What a file of data counts, and what the program counts: the property, and which rows tell of a violation.
COUNTS = {
    "reads.csv": ("read-your-writes", lambda row: row["missed_own"] == "1"),
    "writes.csv": ("durability", lambda row: row["outcome"] == "ok" and row["on_primary"] == row["on_replica1"] == "0"),
}
STALE = "stale.read"


def counts(exercise, orrery):
    """SQL and the program's checks, which share nothing, count the same in every run."""
    settings = load_regenerate(exercise.parent).settings
    known = [name for name in COUNTS if (exercise / name).is_file()]
    if not known:
        yield f"nothing that it counts is compared; the data are none of {', '.join(COUNTS)}"
    for name in known:
        check, condition = COUNTS[name]
        rows = read_csv(exercise / name)
        for run in read_csv(exercise / "runs.csv"):
            report = json.loads(subprocess.run([orrery, "run", exercise / "scenario.yaml", *settings(run), "--property", check, "--json"],
                                               stdout=subprocess.PIPE, check=False).stdout)
            own = [row for row in rows if row["run"] == run["run"]]
            counted = sum(map(condition, own))
            if not own or counted != report["verdicts"][0]["violations"]:
                yield f"{name}, {run['run']}: {counted} of {len(own)} violate {check}; the program counts {report['verdicts'][0]['violations']}"
            if "stale_ms" in header(exercise / name):
                share = sum(row["stale_ms"] != "0" for row in own) / len(own)
                if abs(share - report["figures"][STALE]["value"] / 1e9) > 1e-9:
                    yield f"{name}, {run['run']}: {share:.3%} of reads are stale; the program says {report['figures'][STALE]['text']}"


RULES = [whole, seed, columns, notebook_form, notebook_runs]
RULES_OF_RUNS = [data, counts]

# Exercises with a mistake: the rule that must speak, the file, what is replaced in it (a regular expression, once), and by what.
CANARIES = [
    (whole, "../README.md", r"reading-your-own-writes/README.md", "README.md"),
    (whole, "reads.csv", r"\Z", "x" * BYTES_MAX),
    (seed, "scenario.yaml", r"seed: 1", "seed: 2"),
    (seed, "scenario.yaml", r"(?s)expect:.*", ""),
    (columns, "README.md", r"\| `stale_ms`", "| `stale_us`"),
    (columns, "README.md", r"(?m)^\| `missed_own`.*\n", ""),
    (columns, "reads.csv", r"server,latency_us", "latency_us,server"),
    (columns, "README.md", r"### runs.csv", "### other.csv"),
    (notebook_form, "notebook.ipynb", r"\}\s*\Z", ""),
    (notebook_form, "notebook.ipynb", r'"outputs": \[\]', '"outputs": [{}]'),
    (notebook_form, "notebook.ipynb", r'"id": "load"', '"id": "question"'),
    (notebook_form, "notebook.ipynb", r'"nbformat_minor": 5', '"nbformat_minor": 3'),
    (notebook_form, "notebook.ipynb", r'"source_hidden": true', '"source_hidden": false'),
    (notebook_runs, "notebook.ipynb", r"import csv", "import csb"),
    (notebook_runs, "notebook.ipynb", r"plt\.show\(\)", "pass"),
    (notebook_runs, "notebook.ipynb", r"print\(f\\\"\\\\n\{what\}", "printf(f\\\"{what}"),
    (notebook_runs, "reads.csv", r"(?m)^(window-900,.*,)0$", r"\g<1>1"),
    (data, "reads.csv", r"(?m)^(window-900,.*,)0$", r"\g<1>1"),
    (data, "README.md", r"notebooks-data/regenerate reading-your-own-writes", "true"),
    (data, "scenario.yaml", r"share.read.primary: exactly 0%", "share.read.primary: above 0%"),
    (counts, "reads.csv", r"(?m)^(window-900,.*,)0$", r"\g<1>1"),
    (counts, "reads.csv", r"(?m)^(window-900,.*,)0(,.)$", r"\g<1>7\g<2>"),
]


def canaries(folder, orrery):
    for rule, name, pattern, instead in CANARIES:
        with tempfile.TemporaryDirectory() as place:
            shutil.copytree(folder, pathlib.Path(place) / "data")
            exercise = pathlib.Path(place) / "data" / "reading-your-own-writes"
            path = exercise / name
            text, n = re.subn(pattern, instead, path.read_text(encoding="utf-8"), count=1)
            path.write_text(text, encoding="utf-8", newline="")
            arguments = (exercise, orrery) if rule in RULES_OF_RUNS else (exercise,)
            if n != 1:
                yield f"{name} has no {pattern} to replace"
            elif not list(rule(*arguments)):
                yield f"{rule.__name__} does not speak of {name} with {instead[:40]!r} in the place of {pattern}"


def main(folder, orrery):
    folder, orrery = pathlib.Path(folder).absolute(), pathlib.Path(orrery).absolute()
    exercises = sorted(path for path in folder.iterdir() if path.is_dir() and path.name[0] not in "._")
    points = [(f"{exercise.name}: {rule.__name__.replace('_', ' ')}", rule, (exercise, orrery) if rule in RULES_OF_RUNS else (exercise,))
              for exercise in exercises for rule in RULES + RULES_OF_RUNS]
    points.append(("canaries", canaries, (folder, orrery)))
    failed = not exercises
    print(f"1..{len(points)}")
    for number, (name, rule, arguments) in enumerate(points, 1):
        problems = list(rule(*arguments))
        failed = failed or bool(problems)
        print(f"{'not ' if problems else ''}ok {number} - {name}", flush=True)
        for problem in problems:
            print(problem, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
